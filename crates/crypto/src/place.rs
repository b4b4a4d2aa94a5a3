//! 장소와 달 — the names keys are kept under: three places that share nothing, and months of the Korean calendar.

use domain::time::At;
use std::{fmt, str::FromStr};

/// 보관 장소 — one of the three places that keep petitions apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// 현행 — petitions of this and the last years.
    Live,
    /// 보존 — closed years.
    Archive,
    /// 보안민원 — protected petitions, seen by the entitled only.
    Protected,
}

impl Place {
    /// All three, in the order they are opened.
    pub const ALL: [Place; 3] = [Place::Live, Place::Archive, Place::Protected];

    /// The name of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Place::Live => "live",
            Place::Archive => "archive",
            Place::Protected => "protected",
        }
    }
}

/// 달 — the month of an epoch key, by the Korean calendar. Stored as its number, 201807 for July 2018.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u32);

impl Month {
    /// The month of a moment; `None` outside the years 1 to 9999.
    pub fn of(at: At) -> Option<Month> {
        let date = at.date()?;
        Month::from_number(u32::try_from(i32::from(date.year()) * 100 + i32::from(date.month())).ok()?)
    }

    /// From its number, `None` unless it is like 201807.
    pub fn from_number(number: u32) -> Option<Month> {
        ((1..=9999).contains(&(number / 100)) && (1..=12).contains(&(number % 100))).then_some(Month(number))
    }

    /// Like 201807.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The month after.
    pub fn next(self) -> Month {
        Month(if self.0 % 100 == 12 {
            self.0 + 89
        } else {
            self.0 + 1
        })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0 / 100, self.0 % 100)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Month, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let number = |part: &str, len| match part.len() == len && part.bytes().all(|b| b.is_ascii_digit()) {
            true => part.parse::<u32>().map_err(|_| NotAMonth),
            false => Err(NotAMonth),
        };
        Month::from_number(number(year, 4)? * 100 + number(month, 2)?).ok_or(NotAMonth)
    }
}

/// A text that is no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a month: one like 2018-07 is expected")]
pub struct NotAMonth;

#[cfg(test)]
impl Month {
    pub(crate) const JULY_2018: Month = Month(201_807);
    pub(crate) const AUGUST_2018: Month = Month(201_808);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_by_the_korean_calendar() {
        assert_eq!(
            Month::of(At(1_531_753_200_000)),
            Some(Month::JULY_2018),
            "2018-07-17 00:00 KST"
        );
        let new_year = At::seoul(jiff::civil::datetime(2019, 1, 1, 0, 0, 0, 0));
        assert_eq!(Month::of(new_year).unwrap().to_string(), "2019-01");
        assert_eq!(Month::of(At(new_year.0 - 1)).unwrap().to_string(), "2018-12");
        assert_eq!(
            Month::of(At(new_year.0 - 1)).unwrap().next(),
            Month::of(new_year).unwrap()
        );
        assert_eq!(Month::JULY_2018.next(), Month::AUGUST_2018);
        assert_eq!("2018-07".parse(), Ok(Month::JULY_2018));
        for bad in [
            "2018-13",
            "2018-00",
            "2018-7",
            "201807",
            "+018-07",
            "0000-01",
            "２018-07",
        ] {
            assert_eq!(bad.parse::<Month>(), Err(NotAMonth), "{bad}");
        }
        assert_eq!(Month::of(At::NEVER), None);
    }
}

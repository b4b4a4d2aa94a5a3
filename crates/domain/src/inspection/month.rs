//! 월 — a month of the Korean calendar, counted from January of the year 0.

use crate::time::At;
use jiff::civil::{Date, date};
use std::fmt;
use std::str::FromStr;

/// A month: `2026-09`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u32);

/// A text that is no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month is written as 2026-09")]
pub struct NotAMonth;

impl Month {
    /// The month of a day.
    pub fn of(day: Date) -> Option<Month> {
        let year = u32::try_from(day.year()).ok()?;
        Some(Month(year * 12 + u32::from(day.month().unsigned_abs()) - 1))
    }

    /// Its number: months since January of the year 0.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// From its number; `None` beyond the year 9998.
    pub fn from_number(number: u32) -> Option<Month> {
        (number < 9_999 * 12).then_some(Month(number))
    }

    /// Year and month of the year.
    pub fn parts(self) -> (i16, i8) {
        (
            i16::try_from(self.0 / 12).unwrap_or(i16::MAX),
            i8::try_from(self.0 % 12 + 1).unwrap_or(1),
        )
    }

    /// Its first day.
    pub fn first(self) -> Date {
        let (year, month) = self.parts();
        date(year, month, 1)
    }

    /// Its first moment in Korea.
    pub fn begins(self) -> At {
        At::seoul(self.first().to_datetime(jiff::civil::Time::midnight()))
    }

    /// The first moment after it.
    pub fn ends(self) -> At {
        self.later(1).begins()
    }

    /// So many months later.
    pub fn later(self, months: u32) -> Month {
        Month(self.0.saturating_add(months).min(9_999 * 12 - 1))
    }

    /// So many months earlier.
    pub fn earlier(self, months: u32) -> Month {
        Month(self.0.saturating_sub(months))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.parts();
        write!(f, "{year:04}-{month:02}")
    }
}

impl FromStr for Month {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Month, NotAMonth> {
        if text.len() != 7 {
            return Err(NotAMonth);
        }
        format!("{text}-01")
            .parse()
            .ok()
            .and_then(Month::of)
            .filter(|month| month.to_string() == text)
            .ok_or(NotAMonth)
    }
}

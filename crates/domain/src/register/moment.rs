//! 대장의 날짜 — the ways Korean registers write a day and an hour, read without guessing.

use crate::time::At;
use jiff::civil::{Date, Time};

/// A day, with its hour where the register has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The hour.
    pub time: Option<Time>,
}

impl Moment {
    /// The moment; a day alone is its beginning.
    pub fn at(self) -> At {
        At::seoul(self.day.to_datetime(self.time.unwrap_or(Time::midnight())))
    }

    /// Whether this comes before `other`. Where one of them has no hour, days are compared.
    pub fn precedes(self, other: Moment) -> bool {
        match (self.time, other.time) {
            (Some(_), Some(_)) => self.at() < other.at(),
            _ => self.day < other.day,
        }
    }
}

/// Reads “2019-03-04”, “2019. 3. 4.(월)”, “2019/3/4 14:05”, “2019년 3월 4일 오후 2시 5분”, “20190304”, “201903041405”.
/// `None` for anything else: a year of two digits, a month of thirteen, a number of days since 1900.
pub fn read_moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text
        .chars()
        .any(|c| c.is_alphabetic() && !"년월일시분초오전후화수목금토TZ".contains(c))
    {
        return None;
    }
    let afternoon = text.contains("오후");
    let digits: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .collect();
    // A sign before a number, or a fraction behind a day, is no date.
    if text.starts_with(['-', '+', '.']) || (digits.len() == 2 && text.contains('.')) {
        return None;
    }
    let parts: Vec<String> = match digits.as_slice() {
        [whole] if matches!(whole.len(), 8 | 12 | 14) => {
            let mut parts = vec![
                whole[..4].to_owned(),
                whole[4..6].to_owned(),
                whole[6..8].to_owned(),
            ];
            parts.extend(
                whole.as_bytes()[8..]
                    .chunks(2)
                    .map(|two| String::from_utf8_lossy(two).into_owned()),
            );
            parts
        }
        [day, rest @ ..] if day.len() == 8 && !rest.is_empty() => {
            let mut parts = vec![day[..4].to_owned(), day[4..6].to_owned(), day[6..].to_owned()];
            parts.extend(rest.iter().map(|run| (*run).to_owned()));
            parts
        }
        [year, _, _, ..] if year.len() == 4 => digits.iter().map(|run| (*run).to_owned()).collect(),
        _ => return None,
    };
    let number = |at: usize| parts.get(at).map(|run| run.parse::<i8>().ok());
    let day = Date::new(parts[0].parse().ok()?, number(1)??, number(2)??).ok()?;
    let time = match (number(3), number(4)) {
        (None, _) => None,
        (Some(hour), minute) => {
            let hour = hour?;
            let hour = match (afternoon, text.contains("오전"), hour) {
                (true, _, 1..=11) => hour + 12,
                (_, true, 12) => 0,
                (true, _, 12) | (false, _, _) => hour,
                (true, _, _) => return None,
            };
            let second = match number(5) {
                Some(second) => second?,
                None => 0,
            };
            let minute = match minute {
                Some(minute) => minute?,
                None if text.contains('시') => 0,
                None => return None,
            };
            Some(Time::new(hour, minute, second, 0).ok()?)
        }
    };
    // Fractions of a second may follow; anything more is no moment.
    (parts.len() <= 7).then_some(Moment { day, time })
}

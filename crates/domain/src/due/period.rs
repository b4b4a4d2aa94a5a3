//! 처리기간 — a period of handling in one of the units of 법 제19조 and 영 제19조

use crate::text::plain;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// 처리기간. Written and stored as `immediately`, `1 hour`, `7 days`, `2 weeks`, `1 month`, `3 years`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Period {
    /// 즉시: within three working hours (영 제19조).
    Immediately,
    /// 시간: working hours.
    Hours(u32),
    /// 일: up to five as eight working hours each (법 제19조제1항), from six as working days (제2항).
    Days(u32),
    /// 주 (제3항).
    Weeks(u32),
    /// 월 (제3항).
    Months(u32),
    /// 연 (제3항).
    Years(u32),
}

plain!(Period);

/// The unit in which a period is counted: what is consumed until it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Working minutes.
    Minutes,
    /// Working days.
    Days,
    /// The calendar, by 민법 제160조.
    Calendar,
}

impl Period {
    /// The number before the unit; three for `Immediately`, which is three working hours.
    pub const fn number(self) -> u32 {
        match self {
            Period::Immediately => 3,
            Period::Hours(n) | Period::Days(n) | Period::Weeks(n) | Period::Months(n) | Period::Years(n) => n,
        }
    }

    /// How it is counted under 법 제19조.
    pub const fn unit(self) -> Unit {
        match self {
            Period::Immediately | Period::Hours(_) | Period::Days(0..=5) => Unit::Minutes,
            Period::Days(_) => Unit::Days,
            Period::Weeks(_) | Period::Months(_) | Period::Years(_) => Unit::Calendar,
        }
    }

    /// As long as `n` of this period's unit; an extension is given so (hours for `Immediately`).
    pub const fn times(self, n: u32) -> Period {
        match self {
            Period::Immediately | Period::Hours(_) => Period::Hours(n),
            Period::Days(_) => Period::Days(n),
            Period::Weeks(_) => Period::Weeks(n),
            Period::Months(_) => Period::Months(n),
            Period::Years(_) => Period::Years(n),
        }
    }

    /// In Korean: `즉시`, `8시간`, `7일`, `2주`, `1개월`, `3년`.
    pub fn korean(self) -> String {
        match self {
            Period::Immediately => "즉시".into(),
            Period::Hours(n) => format!("{n}시간"),
            Period::Days(n) => format!("{n}일"),
            Period::Weeks(n) => format!("{n}주"),
            Period::Months(n) => format!("{n}개월"),
            Period::Years(n) => format!("{n}년"),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, unit) = match *self {
            Period::Immediately => return f.write_str("immediately"),
            Period::Hours(n) => (n, "hour"),
            Period::Days(n) => (n, "day"),
            Period::Weeks(n) => (n, "week"),
            Period::Months(n) => (n, "month"),
            Period::Years(n) => (n, "year"),
        };
        write!(f, "{n} {unit}{}", if n == 1 { "" } else { "s" })
    }
}

/// A text that is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a period: use immediately, or N hours, days, weeks, months or years with N from 1 to 4294967295"
)]
pub struct NotAPeriod;

impl FromStr for Period {
    type Err = NotAPeriod;
    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let mut words = text.split_whitespace();
        let (first, unit, rest) = (words.next(), words.next(), words.next());
        match (first, unit, rest) {
            (Some("immediately"), None, None) => Ok(Period::Immediately),
            (Some(n), Some(unit), None) => {
                // `u32::from_str` would take a plus sign, which no one writes before a period.
                if !n.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(NotAPeriod);
                }
                let n = n.parse().map_err(|_| NotAPeriod)?;
                if n == 0 {
                    return Err(NotAPeriod);
                }
                match unit {
                    "hour" | "hours" => Ok(Period::Hours(n)),
                    "day" | "days" => Ok(Period::Days(n)),
                    "week" | "weeks" => Ok(Period::Weeks(n)),
                    "month" | "months" => Ok(Period::Months(n)),
                    "year" | "years" => Ok(Period::Years(n)),
                    _ => Err(NotAPeriod),
                }
            }
            _ => Err(NotAPeriod),
        }
    }
}

impl TryFrom<String> for Period {
    type Error = NotAPeriod;
    fn try_from(text: String) -> Result<Self, NotAPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}

//! 시각 — moments in milliseconds since 1970 (UTC), and their reading on a Korean wall.
//!
//! Korea has kept UTC+9 without summer time since 1988-10-09; the holiday table begins in 2004, so a fixed offset is exact.

use jiff::{
    civil::{Date, DateTime},
    tz::Offset,
};
use serde::{Deserialize, Serialize};

/// 한국 표준시 — the offset of Asia/Seoul.
pub const KST: Offset = Offset::constant(9);

/// A moment: milliseconds since 1970-01-01T00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct At(pub i64);

impl At {
    /// Later than every moment the calendar knows; sorts what has no due date last (the store has no nullable sort keys).
    pub const NEVER: At = At(i64::MAX);

    /// The moment at which a Korean wall clock shows `civil`.
    pub fn seoul(civil: DateTime) -> At {
        // Every civil date-time jiff can hold fits: its years are ±9999, far inside i64 milliseconds.
        let days = i64::from(
            jiff::civil::date(1970, 1, 1)
                .until(civil.date())
                .map_or(0, |span| span.get_days()),
        );
        let time = civil.time();
        let ms = ((i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60 + i64::from(time.second()))
            * 1000
            + i64::from(time.millisecond());
        At(days * 86_400_000 + ms - i64::from(KST.seconds()) * 1000)
    }

    /// What a Korean wall clock shows, or `None` outside the years ±9999.
    pub fn civil(self) -> Option<DateTime> {
        jiff::Timestamp::from_millisecond(self.0)
            .ok()
            .map(|ts| KST.to_datetime(ts))
    }

    /// The Korean calendar day of this moment, or `None` outside the years ±9999.
    pub fn date(self) -> Option<Date> {
        self.civil().map(DateTime::date)
    }

    /// This moment and `ms` milliseconds.
    pub fn plus(self, ms: i64) -> At {
        At(self.0.saturating_add(ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;

    #[test]
    fn a_korean_wall_clock_is_nine_hours_ahead() {
        assert_eq!(At::seoul(datetime(1970, 1, 1, 9, 0, 0, 0)), At(0));
        assert_eq!(
            At::seoul(datetime(2018, 7, 17, 0, 0, 0, 0)),
            At(1_531_753_200_000)
        );
        assert_eq!(
            At(1_531_753_200_000).civil(),
            Some(datetime(2018, 7, 17, 0, 0, 0, 0))
        );
        assert_eq!(At::NEVER.civil(), None);
    }
}

//! 근무시간의 자 — the working time of the city as one line of minutes, so that a story can be walked along it.

use domain::calendar::Calendar;
use domain::time::At;
use jiff::civil::{Date, Time};

/// Minutes of a working day.
pub const DAY: i64 = 480;

/// Measures moments by the working time (09–12, 13–18) that has passed since the calendar's first day.
pub struct Hours<'a> {
    /// Public holidays.
    pub calendar: &'a Calendar,
}

impl Hours<'_> {
    /// The working minutes before `at`; `None` outside the table.
    pub fn mark(&self, at: At) -> Option<i64> {
        let civil = at.civil()?;
        let (day, time) = (civil.date(), civil.time());
        let minute = i64::from(time.hour()) * 60 + i64::from(time.minute());
        let worked = if self.calendar.works(day)? {
            (minute - 540).clamp(0, 180) + (minute - 780).clamp(0, 300)
        } else {
            0
        };
        Some(self.calendar.working_days(self.calendar.first(), day)? * DAY + worked)
    }

    /// The moment at which this working minute begins.
    pub fn moment(&self, mark: i64) -> Option<At> {
        let first = self.calendar.first();
        let before = 1 - i64::from(self.calendar.works(first)?);
        let day = self.calendar.working_day(first, mark.div_euclid(DAY) + before)?;
        let worked = mark.rem_euclid(DAY);
        let minute = if worked < 180 { 540 + worked } else { 600 + worked };
        let time = Time::new(
            i8::try_from(minute / 60).ok()?,
            i8::try_from(minute % 60).ok()?,
            0,
            0,
        )
        .ok()?;
        Some(At::seoul(day.to_datetime(time)))
    }

    /// The `n`-th working day from `day` on; 0 is `day` itself or the next one that works.
    pub fn day(&self, day: Date, n: i64) -> Option<Date> {
        self.calendar.working_day(day, n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    #[test]
    fn a_moment_at_work_is_found_again_and_nights_count_nothing() {
        let calendar = Calendar::parse(crate::data::HOLIDAYS, 1).unwrap();
        let hours = Hours { calendar: &calendar };
        let at = |civil| At::seoul(civil);
        for civil in [
            datetime(2026, 11, 20, 9, 0, 0, 0),
            datetime(2026, 11, 20, 11, 59, 0, 0),
            datetime(2026, 11, 20, 13, 0, 0, 0),
            datetime(2026, 11, 20, 17, 59, 0, 0),
        ] {
            assert_eq!(
                hours.moment(hours.mark(at(civil)).unwrap()),
                Some(at(civil)),
                "{civil}"
            );
        }
        // From Friday evening over the weekend to Monday at nine nothing is worked; lunch neither.
        let friday = hours.mark(at(datetime(2026, 11, 20, 18, 0, 0, 0)));
        assert_eq!(hours.mark(at(datetime(2026, 11, 22, 15, 0, 0, 0))), friday);
        assert_eq!(hours.mark(at(datetime(2026, 11, 23, 9, 0, 0, 0))), friday);
        assert_eq!(
            hours.moment(friday.unwrap()),
            Some(at(datetime(2026, 11, 23, 9, 0, 0, 0)))
        );
        assert_eq!(
            hours.mark(at(datetime(2026, 11, 20, 12, 30, 0, 0))),
            hours.mark(at(datetime(2026, 11, 20, 13, 0, 0, 0)))
        );
        // 추석 2026: 24 to 26 September are holidays, the 27th a Sunday.
        assert_eq!(
            hours.moment(hours.mark(at(datetime(2026, 9, 23, 17, 0, 0, 0))).unwrap() + 120),
            Some(at(datetime(2026, 9, 28, 10, 0, 0, 0)))
        );
        assert_eq!(hours.day(date(2026, 9, 24), 0), Some(date(2026, 9, 28)));
    }
}

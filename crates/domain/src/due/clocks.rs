//! 그 밖의 기한 — the clocks beside the period of handling: transfers, supplements, objections, reminders, notices of progress

use super::walk::{outside, spot, working_minutes};
use super::{Facts, ObjectionDays, Reading, ReminderDays, Unfit, Unit, due_at, shown};
use crate::calendar::{Calendar, WorkingHours};
use crate::time::At;
use jiff::civil::{Date, Time};

/// 남은 시간 — what is left, or by how much it is late when negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Working minutes.
    Minutes(i64),
    /// Working days. From `left`: 0 is "due today".
    Days(i64),
    /// Calendar days; only of a held period in weeks, months or years.
    CalendarDays(i64),
}

impl Left {
    pub(super) fn minutes(n: u64) -> Left {
        Left::Minutes(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

/// 이송의 종류 — where a document goes (영 제13조제1항~제3항). Electronic documents go without delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferTo {
    /// 민원실 → 처리주무부서.
    Department,
    /// The same, far away or for another special reason.
    DistantDepartment,
    /// Another department of the same agency, through the petition office.
    WithinAgency,
    /// Another agency.
    Agency,
}

impl TransferTo {
    /// Its limit in working hours.
    pub const fn hours(self) -> u32 {
        match self {
            TransferTo::Department => 1,
            TransferTo::DistantDepartment | TransferTo::WithinAgency => 3,
            TransferTo::Agency => 8,
        }
    }
}

/// The first late instant of `n` working hours after a moment: reception of electronic petitions and first supplement (8),
/// transfers (`TransferTo::hours`).
pub fn working_deadline(calendar: &Calendar, hours: &WorkingHours, from: At, n: u32) -> Result<At, Unfit> {
    if n == 0 {
        return Err(Unfit::PeriodZero);
    }
    working_minutes(calendar, hours, from, u64::from(n) * 60)
}

/// The last day of `n` days by 민법: the first day not reckoned (제157조), a last day on a Saturday or holiday moved on (제161조).
pub fn civil_days(calendar: &Calendar, from: Date, n: u32) -> Result<Date, Unfit> {
    let refusal = || outside(calendar);
    let start = calendar.index(from).ok_or_else(refusal)?;
    let last = start
        .checked_add(usize::try_from(n).map_err(|_| refusal())?)
        .ok_or_else(refusal)?;
    let last = calendar.date(last).ok_or_else(refusal)?;
    calendar.working_day(last, 0).ok_or_else(refusal)
}

/// The last day for an objection to a refusal received on that day: sixty days (법 제35조제1항).
pub fn objection_until(calendar: &Calendar, refusal_received: Date) -> Result<Date, Unfit> {
    civil_days(calendar, refusal_received, 60)
}

/// The last day of the decision on an objection: ten days, and at most ten more from the day after they ended (법 제35조제2항).
pub fn objection_decision(
    calendar: &Calendar,
    reading: &Reading,
    received: Date,
    extension: Option<u32>,
) -> Result<Date, Unfit> {
    use super::Period::Days;
    let n = extension.unwrap_or(0);
    if n > 10 {
        return Err(Unfit::ExtensionTooLong {
            extension: Days(n),
            period: Days(10),
        });
    }
    match reading.objection {
        // The extension begins to run on the day after the last by the statute's own words, so that day is its first.
        ObjectionDays::Civil => match (civil_days(calendar, received, 10)?, n) {
            (last, 0) => Ok(last),
            (last, n) => civil_days(calendar, last, n),
        },
        ObjectionDays::Working => {
            let refusal = || outside(calendar);
            let first = calendar.working_day(received, 0).ok_or_else(refusal)?;
            calendar.working_day(first, 9 + i64::from(n)).ok_or_else(refusal)
        }
    }
}

/// The day on which the `nth` notice of progress (1 is the first) falls due: thirty days have passed on the 31st, then every
/// thirty (영 제23조). `None` past every calendar.
pub fn progress_notice(received: Date, nth: u32) -> Option<Date> {
    received
        .checked_add(jiff::Span::new().try_days(i64::from(nth) * 30 + 1).ok()?)
        .ok()
        .filter(|_| nth > 0)
}

/// The first day on which a document nobody collected may be destroyed and the petition closed: fifteen days after the planned
/// day have passed (영 제25조제4항).
pub fn unclaimed_from(planned: Date) -> Option<Date> {
    planned.checked_add(jiff::Span::new().days(16)).ok()
}

/// 알림 일정 — when the handler is reminded; each once for one due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminders {
    /// D−1; none where the period is eight working hours or less.
    pub before: Option<At>,
    /// D.
    pub on: At,
    /// D+1.
    pub after_one: At,
    /// D+2.
    pub after_two: At,
}

/// When to remind of a due date (`due`, the first late instant). Day and calendar units: D−1, D, D+1, D+2 at the reminder time.
/// Hour units: eight working hours before, on the due day at the reminder time or at reception if that is later, and the first
/// and second day after. `None` while held.
pub fn reminders(
    calendar: &Calendar,
    hours: &WorkingHours,
    reading: &Reading,
    facts: &Facts,
    due: At,
) -> Result<Option<Reminders>, Unfit> {
    let Some(day) = shown(due).map(|last| last.date()) else {
        return Ok(None);
    };
    let refusal = || outside(calendar);
    let at = |date: Date| At::seoul(date.to_datetime(reading.reminder_time));
    let away = |n: i64| match reading.reminder_days {
        ReminderDays::Working => calendar.working_day(day, n),
        ReminderDays::Calendar => jiff::Span::new()
            .try_days(n)
            .ok()
            .and_then(|span| day.checked_add(span).ok()),
    };
    let after_one = at(away(1).ok_or_else(refusal)?);
    let after_two = at(away(2).ok_or_else(refusal)?);
    let (before, on) = match super::walk::unit(facts) {
        Unit::Days | Unit::Calendar => (Some(at(away(-1).ok_or_else(refusal)?)), at(day)),
        Unit::Minutes => {
            let whole = u64::from(facts.period.number())
                + facts.extensions.iter().map(|n| u64::from(*n)).sum::<u64>();
            let long = match facts.period {
                super::Period::Immediately | super::Period::Hours(_) => whole > 8,
                super::Period::Days(_) => whole > 1,
                super::Period::Weeks(_) | super::Period::Months(_) | super::Period::Years(_) => true,
            };
            let before = long
                .then(|| working_before(calendar, hours, due, 480))
                .transpose()?;
            (
                before.filter(|before| *before >= facts.received),
                at(day).max(facts.received),
            )
        }
    };
    Ok(Some(Reminders {
        before,
        on,
        after_one,
        after_two,
    }))
}

/// The moment from which so many working minutes lie before the last lawful minute of `due`.
fn working_before(calendar: &Calendar, hours: &WorkingHours, due: At, minutes: i64) -> Result<At, Unfit> {
    let last = spot(calendar, due.plus(-60_000))?;
    let mut left = minutes;
    for day in (0..=last.day).rev() {
        let date = calendar.date(day).ok_or_else(|| outside(calendar))?;
        if calendar.works(date) != Some(true) {
            continue;
        }
        let end = if day == last.day { last.minute } else { 24 * 60 };
        for (opens, closes) in hours.spans().into_iter().rev() {
            let closes = closes.min(end);
            let here = i64::from(closes) - i64::from(opens);
            if here >= left {
                let midnight = At::seoul(date.to_datetime(Time::midnight()));
                return Ok(midnight.plus((i64::from(closes) - left) * 60_000));
            }
            left -= here.max(0);
        }
    }
    Err(outside(calendar))
}

/// What is left until `due` for work lists: working minutes in hour units; otherwise working days after today up to the due
/// day, 0 for today and below 0 when late. Uncounted stretches are in `due` already. `None` while held.
pub fn left(
    calendar: &Calendar,
    hours: &WorkingHours,
    unit: Unit,
    due: At,
    now: At,
) -> Result<Option<Left>, Unfit> {
    if due == At::NEVER {
        return Ok(None);
    }
    let refusal = || outside(calendar);
    let (end, here) = (spot(calendar, due.plus(-60_000))?, spot(calendar, now)?);
    let day = |i: usize| calendar.date(i).ok_or_else(refusal);
    match unit {
        Unit::Minutes => {
            let done = |spot: super::walk::Spot| -> Result<i64, Unfit> {
                let date = day(spot.day)?;
                let before = calendar
                    .working_days(calendar.first(), date)
                    .ok_or_else(refusal)?;
                let today = if calendar.works(date) == Some(true) {
                    let of =
                        |(opens, closes): (u16, u16)| i64::from(spot.minute.clamp(opens, closes) - opens);
                    hours.spans().into_iter().map(of).sum()
                } else {
                    0
                };
                Ok(before * 480 + today)
            };
            Ok(Some(Left::Minutes(done(end)? - done(here)?)))
        }
        Unit::Days | Unit::Calendar => {
            // Working days in (today, due day], or minus those in (due day, today].
            let upto = |i: usize| -> Result<i64, Unfit> {
                let date = day(i)?;
                let before = calendar
                    .working_days(calendar.first(), date)
                    .ok_or_else(refusal)?;
                Ok(before + i64::from(calendar.works(date) == Some(true)))
            };
            Ok(Some(Left::Days(upto(end.day)? - upto(here.day)?)))
        }
    }
}

/// The due date under a newer calendar, where it lies later than the one in force: a day declared a holiday afterwards moves open
/// due dates forward only, and the original is kept beside it.
pub fn moved(
    newer: &Calendar,
    hours: &WorkingHours,
    reading: &Reading,
    facts: &Facts,
    in_force: At,
) -> Result<Option<At>, Unfit> {
    let at = due_at(newer, hours, reading, facts)?;
    Ok((at > in_force && at != At::NEVER).then_some(at))
}

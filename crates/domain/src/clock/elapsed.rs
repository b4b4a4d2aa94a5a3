//! 쓴 시간 — how much of its period a petition took: counted by the same walk as its due date, so that what did not count towards
//! the date does not count here (법 제19조, 영 제20조).

use super::{Law, facts};
use crate::due::{Facts, Period, Stretch, Unit, What, due, shown};
use crate::petition::Petition;
use crate::refusal::Refusal;
use crate::time::At;

/// A working day in working minutes (법 제19조제1항).
const DAY: u64 = 480;

/// 처리기간과 쓴 시간, in working minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// P: the period as set, without extensions. In weeks, months and years: the working days it holds.
    pub allowed: u64,
    /// A: what counted until the end. In days the day of reception is the first, so an answer on the same day took one.
    pub used: u64,
}

impl Law<'_> {
    /// What a received petition was given and took until `until`. Errors: not received, or outside the calendar.
    pub fn spent(&self, p: &Petition, until: At) -> Result<Spent, Refusal> {
        let r = p.reception.ok_or(Refusal::NotNow)?;
        let until = until.max(r.at);
        let from = r.at.date().ok_or(Refusal::OutsideCalendar)?;
        let end = until.civil().ok_or(Refusal::OutsideCalendar)?;
        let working = |first: jiff::civil::Date, last: jiff::civil::Date| {
            let behind = last.tomorrow().ok()?;
            u64::try_from(self.calendar.working_days(first, behind)?).ok()
        };
        let unit = r.period.unit();
        let allowed = match (r.period, unit) {
            (Period::Immediately | Period::Hours(_), _) => u64::from(r.period.number()) * 60,
            (Period::Days(n), _) => u64::from(n) * DAY,
            (Period::Weeks(_) | Period::Months(_) | Period::Years(_), _) => {
                let due = self.due(r.at, r.period, p.kind, &[], &[])?;
                let last = shown(due).ok_or(Refusal::OutsideCalendar)?.date();
                working(from, last).ok_or(Refusal::OutsideCalendar)? * DAY
            }
        };
        // A period long enough to reach the end, whatever of the way did not count: the walk then tells what did.
        let days = working(from, end.date()).ok_or(Refusal::OutsideCalendar)? + 2;
        let days = u32::try_from(days).map_err(|_| Refusal::OutsideCalendar)?;
        let reach = match unit {
            Unit::Minutes => Period::Hours(days * 8),
            Unit::Days | Unit::Calendar => Period::Days(days.max(6)),
        };
        let stretches: Vec<Stretch> = (p.stretches.iter())
            .filter(|stretch| stretch.from <= end.date())
            .map(|stretch| Stretch {
                to: Some(stretch.to.unwrap_or(end.date()).min(end.date())),
                ..*stretch
            })
            .collect();
        let facts: Facts = facts(r.at, reach, p.kind, stretches.iter(), &[]);
        let way = due(self.calendar, self.hours, self.reading, &facts)?;
        let mut used = 0;
        for step in way.trace.steps.iter().take_while(|step| step.from < end) {
            match step.what {
                What::Minutes { minutes, total, .. } => {
                    let here = (end.duration_since(step.from).as_mins()).unsigned_abs();
                    used = total - minutes + minutes.min(here);
                }
                What::Days { first, last, .. } => {
                    let gone = end.date().duration_since(step.from.date()).as_hours() / 24;
                    used = last.min(first + gone.unsigned_abs()) * DAY;
                }
                What::Weekend
                | What::Holiday(_)
                | What::Uncounted(_)
                | What::Lunch
                | What::Closed
                | What::Shifted => {}
            }
        }
        Ok(Spent { allowed, used })
    }
}

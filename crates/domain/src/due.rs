//! 처리기간의 계산 — when a petition is due, and why on that day (법 제19조, 영 제19조~제21조)
//!
//! `due` gives the date with its trace, `due_at` only the moment; both run the same walk. The room is one: its files are
//! private and everything is named here, so that `domain::due::X` is the only path to X.

mod clause;
mod clocks;
mod ground;
mod period;
mod rules;
mod trace;
mod unfit;
mod walk;

pub use clause::Clause;
pub use clocks::{
    Left, Reminders, TransferTo, civil_days, left, moved, objection_decision, objection_until,
    progress_notice, reminders, unclaimed_from, working_deadline,
};
pub use ground::{Bearing, Ground, Picked, Stretch};
pub use period::{NotAPeriod, Period, Unit};
pub use rules::{Cause, ExtensionLaw, Rules, Term, days_for_copies, period_of_kind, preliminary_period};
pub use trace::{DayMark, DayView, Part, Step, Trace, What};
pub use unfit::Unfit;

use crate::calendar::{Calendar, WorkingHours};
use crate::time::At;
use jiff::civil::{DateTime, Time, time};
use serde::{Deserialize, Serialize};

/// What a due date is computed from. All of it is in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// 접수시각; seconds are dropped.
    pub received: At,
    /// The period as set, without extensions.
    pub period: Period,
    /// Which law counts.
    pub clock: Clock,
    /// Uncounted stretches, in any order; they may overlap.
    pub stretches: Vec<Stretch>,
    /// Extensions in the unit of the period (`Period::times`), the first and the second.
    pub extensions: Vec<u32>,
    /// Copies of certificates asked at once (영 제12조제5항), where the agency takes the days for them; 0 otherwise.
    pub copies: u32,
}

impl Facts {
    /// A petition nothing has happened to yet.
    pub const fn new(received: At, period: Period) -> Facts {
        Facts {
            received,
            period,
            clock: Clock::Petition,
            stretches: Vec::new(),
            extensions: Vec::new(),
            copies: 0,
        }
    }
}

/// 기간 계산의 종류 — which law counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// 법 제19조.
    Petition,
    /// The same, where an investigation on the spot stands aside (영 제17조제5항).
    Grievance,
    /// 사전심사: the same, capped by the service's own period (영 제34조제2항).
    Preliminary {
        /// The period of the petition reviewed beforehand.
        service: Period,
    },
    /// 정보공개법 제29조: working days however few, the first counted; one extension within the period; nothing is left out.
    Disclosure,
}

/// 해석 — every choice the law leaves open, with the reading we recommend as the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reading {
    /// Uncounted stretches in hour units.
    pub supplement_hours: SupplementHours,
    /// The first day of stretches other than a supplement.
    pub other_ends: OtherEnds,
    /// Where an extension in weeks, months or years is joined on.
    pub calendar_extension: CalendarExtension,
    /// Whether a reception after closing is the first day of a period in days.
    pub late_reception: LateReception,
    /// How the days of a decision on an objection run (법 제35조제2항).
    pub objection: ObjectionDays,
    /// On which days reminders go out.
    pub reminder_days: ReminderDays,
    /// At what time reminders go out.
    pub reminder_time: Time,
}

impl Default for Reading {
    fn default() -> Self {
        Reading {
            supplement_hours: SupplementHours::WholeDays,
            other_ends: OtherEnds::BothUncounted,
            calendar_extension: CalendarExtension::AfterNominalEnd,
            late_reception: LateReception::SameDay,
            objection: ObjectionDays::Civil,
            reminder_days: ReminderDays::Working,
            reminder_time: time(9, 0, 0, 0),
        }
    }
}

/// In hour units: what a stretch takes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplementHours {
    /// Whole days, both ends included: the letter of 행정절차법 시행령 제11조제1호.
    WholeDays,
    /// From instant to instant, where the times are known.
    ExactInstants,
}

/// Ends of stretches for which the decree does not say that they are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherEnds {
    /// As with a supplement.
    BothUncounted,
    /// The first day still counts towards the period (민법 제157조 applied to the stretch).
    FirstDayCounts,
}

/// Where an extension in calendar units begins when the first end fell on a holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarExtension {
    /// After the last day by the calendar; 민법 제161조 moves only the very end.
    AfterNominalEnd,
    /// After the day to which 민법 제161조 had moved the first end.
    AfterExpiry,
}

/// A reception after closing time in day units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateReception {
    /// The day is the first, whatever the hour.
    SameDay,
    /// The next working day is the first.
    NextWorkingDay,
}

/// The ten days of 법 제35조제2항.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionDays {
    /// Calendar days, the first not counted (민법 제157조).
    Civil,
    /// Working days, the first counted (as 법 제19조제2항).
    Working,
}

/// Days of reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderDays {
    /// D−1 is the working day before.
    Working,
    /// D−1 is the day before, whatever it is.
    Calendar,
}

/// 처리기한 — a due date and its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The first instant that is late; `At::NEVER` while held.
    pub at: At,
    /// The last lawful minute on a Korean wall clock, 23:59 in day and calendar units; `None` while held.
    pub shown: Option<DateTime>,
    /// What is left of the period while an open stretch holds the clock and no date can be told.
    pub held: Option<Left>,
    /// Why.
    pub trace: Trace,
}

/// The due date with its trace.
pub fn due(
    calendar: &Calendar,
    hours: &WorkingHours,
    reading: &Reading,
    facts: &Facts,
) -> Result<Due, Unfit> {
    let mut pen = trace::Pen::new(calendar, facts)?;
    let end = walk::walk(calendar, hours, reading, facts, &mut pen)?;
    let at = end.at(calendar);
    let held = match end {
        walk::End::Lawful(_) => None,
        walk::End::Held(left) => Some(left),
    };
    let shown = shown(at);
    Ok(Due {
        at,
        shown,
        held,
        trace: pen.trace(shown),
    })
}

/// The first instant that is late, without a trace; `At::NEVER` while an open stretch holds the clock.
pub fn due_at(
    calendar: &Calendar,
    hours: &WorkingHours,
    reading: &Reading,
    facts: &Facts,
) -> Result<At, Unfit> {
    Ok(walk::walk(calendar, hours, reading, facts, &mut walk::Blank)?.at(calendar))
}

/// The last lawful minute before a first late instant, as it is shown; `None` for `At::NEVER`.
pub fn shown(at: At) -> Option<DateTime> {
    At(at.0.saturating_sub(60_000)).civil()
}

//! 시계 — the law of time as one value: calendar, working hours and readings, asked by decisions and pages alike.

mod elapsed;

pub use elapsed::Spent;

use crate::calendar::{Calendar, WorkingHours};
use crate::due::{
    Cause, Clock, Due, ExtensionLaw, Facts, Ground, Left, Period, Reading, Reminders, Rules, Stretch, Term,
    TransferTo, Unfit, Unit, civil_days, due, due_at, left, moved, objection_decision, objection_until,
    period_of_kind, reminders, working_deadline,
};
use crate::life::Life;
use crate::petition::parts::late_after;
use crate::petition::{Petition, Reception};
use crate::refusal::Refusal;
use crate::terms::Kind;
use crate::time::At;
use jiff::civil::Date;

/// 시간에 관한 법.
#[derive(Debug, Clone, Copy)]
pub struct Law<'a> {
    /// Public holidays.
    pub calendar: &'a Calendar,
    /// 근무시간.
    pub hours: &'a WorkingHours,
    /// The agency's readings where the law is open.
    pub reading: &'a Reading,
}

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Refusal {
        match unfit {
            Unfit::OutsideTable { .. } | Unfit::NoMoment => Refusal::OutsideCalendar,
            Unfit::PeriodZero | Unfit::UnitNotHere | Unfit::PreliminaryTooLong { .. } => Refusal::PeriodUnfit,
            Unfit::ExtensionTooLong { .. } => Refusal::ExtensionTooLong,
            Unfit::ExtensionSpent => Refusal::ExtensionSpent,
            Unfit::CauseForbidden { .. } => Refusal::ExtensionGroundForbidden,
            Unfit::StretchReversed { .. }
            | Unfit::GroundNotYet { .. }
            | Unfit::GroundNotHere { .. }
            | Unfit::NotACondition
            | Unfit::InvestigationTwice
            | Unfit::InvestigationApart => Refusal::GroundUnknown,
        }
    }
}

/// Which law counts for a kind of petition.
const fn clock_of(kind: Kind) -> Clock {
    match kind {
        Kind::Grievance => Clock::Grievance,
        Kind::Disclosure => Clock::Disclosure,
        Kind::Statutory | Kind::Inquiry | Kind::Suggestion | Kind::Other => Clock::Petition,
    }
}

impl Law<'_> {
    /// The due date of a period that begins at `received`. An open stretch is left out.
    pub fn due(
        &self,
        received: At,
        period: Period,
        kind: Kind,
        stretches: &[Stretch],
        extensions: &[u32],
    ) -> Result<At, Refusal> {
        self.due_for(received, period, kind, stretches, extensions, 0)
    }

    /// The same for so many copies of a certificate: a day more for each further twenty (영12⑤).
    pub fn due_for(
        &self,
        received: At,
        period: Period,
        kind: Kind,
        stretches: &[Stretch],
        extensions: &[u32],
        copies: u32,
    ) -> Result<At, Refusal> {
        let closed = stretches.iter().filter(|s| s.to.is_some());
        let facts = Facts {
            copies,
            ..facts(received, period, kind, closed, extensions)
        };
        Ok(due_at(self.calendar, self.hours, self.reading, &facts)?)
    }

    /// The due date of a received petition as everything stands.
    pub fn due_of(&self, p: &Petition) -> Result<At, Refusal> {
        let r = p.reception.ok_or(Refusal::NotNow)?;
        let stands = of_petition(p, r, p.stretches.iter().filter(|s| s.to.is_some()));
        Ok(moved(self.calendar, self.hours, self.reading, &stands, r.due)?.unwrap_or(r.due))
    }

    /// The due date once the open stretch ends on `last`. It never moves back: what was told to the citizen stands.
    pub fn due_after(&self, p: &Petition, last: Date) -> Result<At, Refusal> {
        let r: Reception = p.reception.ok_or(Refusal::NotNow)?;
        let mut stretches = p.stretches.clone();
        if let Some(open) = stretches.last_mut().filter(|s| s.to.is_none()) {
            open.to = Some(last);
        }
        let due = self.due_for(
            p.kind.counts_from(p.filed_at, r.at),
            r.period,
            p.kind,
            &stretches,
            &p.extensions,
            p.intake.copies,
        )?;
        Ok(due.max(r.due))
    }

    /// 보완 기한의 말일: a last day on a Saturday or a holiday moves on to the next working day (영24④, 민법 제161조).
    pub fn last_day(&self, until: Date) -> Result<Date, Refusal> {
        self.calendar
            .working_day(until, 0)
            .ok_or(Refusal::OutsideCalendar)
    }

    /// The due date with its reasons: each day counted or not, and by which clause. While held, what is left.
    pub fn why(&self, p: &Petition) -> Result<Due, Refusal> {
        let r = p.reception.ok_or(Refusal::NotNow)?;
        let facts = of_petition(p, r, p.stretches.iter());
        Ok(due(self.calendar, self.hours, self.reading, &facts)?)
    }

    /// When the handler is reminded of this due date; `None` while nothing runs.
    pub fn reminders(&self, p: &Petition) -> Result<Option<Reminders>, Refusal> {
        let Some(due) = p.due() else { return Ok(None) };
        let r = p.reception.ok_or(Refusal::NotNow)?;
        let facts = of_petition(p, r, p.stretches.iter());
        Ok(reminders(self.calendar, self.hours, self.reading, &facts, due)?)
    }

    /// What is left until the petition's next lawful moment: its period, or before reception the eight hours of 영6⑧.
    /// `None` when nothing runs or the calendar does not reach so far.
    pub fn left(&self, p: &Petition, now: At) -> Option<Left> {
        let (due, unit) = match p.life {
            Life::Filed => (p.receive_by?, Unit::Minutes),
            Life::Received | Life::Distributed | Life::InHandling => {
                let r = p.reception?;
                (r.due, r.period.unit())
            }
            Life::Held | Life::Concluded => return None,
        };
        left(self.calendar, self.hours, unit, due, now).ok().flatten()
    }

    /// The period the decree sets for a kind; statutory petitions have theirs in the catalogue (법17).
    pub fn period_of_kind(&self, kind: Kind) -> Option<Period> {
        let term = match kind {
            Kind::Statutory => return None,
            Kind::Inquiry => Term::Inquiry,
            Kind::Suggestion => Term::Suggestion,
            Kind::Other => Term::Other,
            Kind::Grievance => Term::Grievance,
            Kind::Disclosure => Term::Disclosure,
        };
        Some(period_of_kind(term).0)
    }

    /// The last moment for 접수 of an electronic petition that arrived at `at` (영6⑧); `None` before that clause, or where
    /// the calendar does not reach: a filing is never refused for the calendar's sake.
    pub fn receive_by(&self, at: At, day: Date) -> Option<At> {
        let hours = Rules::for_reception(day).reception_hours?;
        working_deadline(self.calendar, self.hours, at, hours).ok()
    }

    /// The last moment for 접수 of a filed petition as the calendar now stands. It never moves back.
    pub fn receive_by_of(&self, p: &Petition) -> Result<At, Refusal> {
        let before = p.receive_by.ok_or(Refusal::NotNow)?;
        let day = p.filed_at.date().ok_or(Refusal::OutsideCalendar)?;
        let now = self.receive_by(p.filed_at, day).ok_or(Refusal::OutsideCalendar)?;
        Ok(now.max(before))
    }

    /// By when a document goes on (영13); `None` where the calendar does not reach: nothing is refused for that.
    pub fn hand_by(&self, from: At, to: TransferTo) -> Option<At> {
        working_deadline(self.calendar, self.hours, from, to.hours()).ok()
    }

    /// The last day for an objection to what was received on that day: sixty days (법35①), of a request for disclosure thirty
    /// (정보공개법18①).
    pub fn objection_until(&self, kind: Kind, received: Date) -> Result<Date, Refusal> {
        if kind.is_petition() {
            Ok(objection_until(self.calendar, received)?)
        } else {
            self.civil_days(received, 30)
        }
    }

    /// The last of so many days by the civil code: the first day is left out, and a last one that is no working day moves on.
    pub fn civil_days(&self, from: Date, n: u32) -> Result<Date, Refusal> {
        Ok(civil_days(self.calendar, from, n)?)
    }

    /// By when an objection made on that day is decided, the first moment that is late (법35②); of a request for disclosure seven
    /// working days with the first one, and at most seven more (정보공개법18③·29①).
    pub fn objection_due(&self, kind: Kind, made: Date, more: Option<u32>) -> Result<At, Refusal> {
        let last = if kind.is_petition() {
            objection_decision(self.calendar, self.reading, made, more)?
        } else {
            let days = 6 + i64::from(more.unwrap_or(0));
            let first = self.last_day(made)?;
            (self.calendar.working_day(first, days)).ok_or(Refusal::OutsideCalendar)?
        };
        Ok(late_after(last))
    }

    /// The version of the rules for a reception at `at`: the day they are in force from.
    pub fn rules(&self, at: At) -> Result<Date, Refusal> {
        Ok(Rules::for_reception(at.date().ok_or(Refusal::OutsideCalendar)?).effective_from)
    }

    /// Whether an extension may rest on `cause` for a petition of this kind received on `received` (영21); a request for
    /// disclosure knows but “부득이한 사유” (정보공개법11②).
    pub fn cause_applies(&self, cause: Cause, kind: Kind, received: Date) -> Result<(), Refusal> {
        if !kind.is_petition() {
            return if cause == Cause::Unavoidable {
                Ok(())
            } else {
                Err(Refusal::ExtensionGroundOfOtherTime)
            };
        }
        let rules = Rules::for_reception(received);
        rules
            .extension_cause(cause)
            .map_err(|_| match (rules.extension, cause) {
                (ExtensionLaw::Listed, Cause::Unavoidable) => Refusal::ExtensionGroundOfOtherTime,
                _ => Refusal::ExtensionGroundForbidden,
            })
    }

    /// Whether time on this ground stays uncounted if it begins on `from` (영20). The supplement has acts of its own.
    pub fn ground_applies(&self, ground: Ground, p: &Petition, from: Date) -> bool {
        let Some(r) = p.reception else { return false };
        let stretches: Vec<Stretch> = p
            .stretches
            .iter()
            .copied()
            .chain([Stretch::open(ground, from)])
            .collect();
        let facts = of_petition(p, r, stretches.iter());
        ground != Ground::Supplement && due_at(self.calendar, self.hours, self.reading, &facts).is_ok()
    }
}

/// The facts of a received petition with these stretches.
fn of_petition<'a>(p: &Petition, r: Reception, stretches: impl Iterator<Item = &'a Stretch>) -> Facts {
    Facts {
        copies: p.intake.copies,
        ..facts(
            p.kind.counts_from(p.filed_at, r.at),
            r.period,
            p.kind,
            stretches,
            &p.extensions,
        )
    }
}

fn facts<'a>(
    received: At,
    period: Period,
    kind: Kind,
    stretches: impl Iterator<Item = &'a Stretch>,
    extensions: &[u32],
) -> Facts {
    Facts {
        clock: clock_of(kind),
        stretches: stretches.copied().collect(),
        extensions: extensions.to_vec(),
        ..Facts::new(received, period)
    }
}

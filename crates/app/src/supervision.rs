//! 감독 — how fast the office is, who is written to about delay, and the examiner's month (법 제25조, 영 제22조·제28조, 규칙 제7조).
//!
//! Figures come from `measured`, a row for each ended petition written with the act that ends it; what is open is counted from
//! heads. Letters are acts on a petition; a month has a journal of its own.

pub mod boards;
pub mod letters;
pub mod month;
pub mod paper;

use crate::App;
use crate::office::Office;
use domain::inspection::Month;
use domain::petition::Petition;
use domain::time::At;
use store::batch::Batch;
use store::supervision::Measured;

/// How an ended petition came out; `None` before its end, for one that never was received, or outside the calendar.
pub fn measure(office: &Office, p: &Petition) -> Option<Measured> {
    let (end, reception) = (p.end?, p.reception?);
    let spent = office.law().spent(p, end.concluded_at).ok()?;
    Some(Measured {
        petition: p.id,
        month: Month::of(end.concluded_at.date()?)?,
        concluded_at: end.concluded_at,
        due: reception.due,
        unit: p.unit,
        handler: p.handler,
        kind: p.kind,
        outcome: end.outcome,
        allowed: spent.allowed,
        used: spent.used,
        late: p.is_late(),
    })
}

/// Writes down how a petition came out, with the act that ends it or corrects its end.
pub(crate) fn measure_end(batch: &mut Batch, office: &Office, before: &Petition, after: &Petition) {
    let told = |p: &Petition| p.end.map(|end| (end.outcome, end.concluded_at));
    if told(before) != told(after)
        && let Some(measured) = measure(office, after)
    {
        batch.measured(&measured);
    }
}

/// Midnight of the day after `day`.
pub(crate) fn midnight_after(day: jiff::civil::Date) -> Option<At> {
    let next = day.tomorrow().ok()?;
    Some(At::seoul(next.to_datetime(jiff::civil::Time::midnight())))
}

impl App {
    /// The moments that open work is sorted by: now, the end of today, the end of the next working day.
    pub(crate) fn bounds(&self) -> store::supervision::Bounds {
        let (office, now) = (self.office(), self.now());
        let day = now.date().unwrap_or(office.day);
        let today = midnight_after(day).unwrap_or(now);
        let next = office.calendar.working_day(day, 1).and_then(midnight_after);
        store::supervision::Bounds {
            now,
            today,
            tomorrow: next.unwrap_or(today),
        }
    }
}

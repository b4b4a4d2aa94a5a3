//! 표준답변 검토 — once a month the unit that owns answers past their day of review is told how many there are.

use crate::{App, Trouble};
use domain::id::UnitId;
use domain::terms::Seat;
use std::collections::BTreeMap;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::outbox::To;

/// Queues the reminders of this month.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let (office, now) = (app.office(), app.now());
    let mut stale: BTreeMap<UnitId, u32> = BTreeMap::new();
    for answer in app.standard_answers().await? {
        if answer.is_stale(office.day) {
            *stale.entry(answer.unit).or_default() += 1;
        }
    }
    let month = format!("{}-{:02}", office.day.year(), office.day.month());
    let mut queued = 0;
    for unit in stale.into_keys() {
        // The first of these seats that anybody in the unit holds.
        let seats = [
            Seat::Coordinator,
            Seat::DepartmentReceiver,
            Seat::TeamLead,
            Seat::DepartmentHead,
            Seat::CounterClerk,
        ];
        let whom = (seats.into_iter())
            .map(|seat| office.holders(seat, Some(unit)))
            .find(|holders| !holders.is_empty())
            .unwrap_or_default();
        for official in whom {
            let mut batch = Batch::new();
            let (unit, month) = (unit.bytes(), month.as_bytes());
            let to = To::Official(official);
            app.tell(&mut batch, "answers_stale", &[&unit, month], to, now);
            match app.places.live.commit(batch, Urgency::Bulk).await {
                Ok(()) => queued += 1,
                Err(CommitFault::Repeated) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
    }
    Ok(queued)
}

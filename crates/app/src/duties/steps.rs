//! 단계 기한 안내 — tells whoever is expected that a step of a special procedure is due tomorrow, and that it is late.

use crate::proceedings::told::reached;
use crate::{App, Trouble};
use domain::access::Who;
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::proceeding::Proceeding;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::outbox::To;
use store::proceeding::Found;

/// Steps looked at in one go.
const PIECE: u32 = 200;
/// So long before it is due it is told.
const BEFORE: i64 = 24 * 3_600_000;
/// What passed longer ago than this is not made up for.
const STALE: i64 = 3 * 24 * 3_600_000;

/// Queues every notice whose moment has come.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let now = app.now();
    let span = (now.plus(-STALE), now.plus(BEFORE));
    let everything = app.sight(&Who::System);
    let mut behind: Option<Found> = None;
    let mut queued = 0;
    loop {
        let page = app.here.steps_due(span, behind, PIECE).await?;
        let ids: Vec<PetitionId> = page.iter().map(|found| found.petition).collect();
        for petition in app.here.petitions(&ids, &everything).await? {
            for one in petition.open_proceedings() {
                queued += tell(app, &petition, one).await?;
            }
        }
        behind = page.last().copied();
        if page.len() < PIECE as usize {
            return Ok(queued);
        }
    }
}

async fn tell(app: &App, p: &Petition, one: &Proceeding) -> Result<u64, Trouble> {
    let (office, now) = (app.office(), app.now());
    let Some(due) = one
        .due()
        .filter(|due| due.0 < now.plus(BEFORE).0 && now.0 - due.0 < STALE)
    else {
        return Ok(0);
    };
    let template = if due <= now { "step_late" } else { "step_due" };
    let mut queued = 0;
    for hand in &one.stands.expects {
        for to in reached(&office, p, one.no, *hand, now) {
            let mut batch = Batch::new();
            // Once for each day it is due on: a step that is prolonged is told of again.
            let whom = match to {
                To::Person(person) => person.bytes(),
                To::Official(official) => official.bytes(),
            };
            let once = crypto::hash::sha256(
                "minwon step",
                &[
                    template.as_bytes(),
                    &p.id.bytes(),
                    &one.no.to_be_bytes(),
                    &due.0.to_be_bytes(),
                    &whom,
                ],
            );
            let id = domain::id::OutboxId(app.id());
            batch.effect(id, once, p.id, one.no, template, to, now, now);
            match app.here.commit(batch, Urgency::Bulk).await {
                Ok(()) => queued += 1,
                Err(CommitFault::Repeated) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
    }
    Ok(queued)
}

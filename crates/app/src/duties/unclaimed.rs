//! 미수령 문서 — a week before a paper may be destroyed its petitioner is told; on the day itself an official is asked to look,
//! and a person ends it (영25④).

use crate::act::{ActError, Call, effect_key};
use crate::{App, Trouble};
use domain::access::Who;
use domain::act::Act;
use domain::claim::{ClaimState, tell_on};
use domain::id::OutboxId;
use domain::petition::Petition;
use domain::terms::Seat;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::outbox::To;

/// Papers looked at in one run.
const PIECE: u32 = 2_000;

/// Tells petitioners, and proposes to officials.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let today = app.office().day;
    let place = &app.here;
    let mut done = 0;
    for id in place.claims(ClaimState::Waiting, PIECE).await? {
        let Some(head) = place.head(id).await? else {
            continue;
        };
        let Some(claim) = head.petition.claim else {
            continue;
        };
        if claim.told.is_none() && tell_on(&claim).is_some_and(|day| day <= today) {
            match app
                .act(&Who::System, id, Act::RemindClaim, &Call::default())
                .await
            {
                Ok(_) => done += 1,
                Err(ActError::Refused(refusal)) => {
                    tracing::warn!(petition = %id, %refusal, "a petitioner cannot be told of a paper");
                }
                Err(ActError::NotFound) => {}
                Err(ActError::Trouble(trouble)) => return Err(trouble),
            }
        }
        if claim.told.is_some() && claim.discard_from <= today {
            done += propose(app, &head.petition).await?;
        }
    }
    Ok(done)
}

async fn propose(app: &App, p: &Petition) -> Result<u64, Trouble> {
    let (office, now) = (app.office(), app.now());
    let decided = p
        .line
        .as_ref()
        .and_then(|line| line.signers.last())
        .map(|signer| signer.official);
    let mut whom: Vec<_> = p.handler.or(decided).into_iter().collect();
    if whom.is_empty() {
        whom = office.holders(Seat::CounterClerk, None);
    }
    let mut queued = 0;
    for official in whom {
        let to = To::Official(official);
        let once = effect_key("discard_proposed", p.id, 0, to);
        let mut batch = Batch::new();
        batch.effect(
            OutboxId(app.id()),
            once,
            p.id,
            0,
            "discard_proposed",
            to,
            now,
            now,
        );
        match app.here.commit(batch, Urgency::Bulk).await {
            Ok(()) => queued += 1,
            Err(CommitFault::Repeated) => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok(queued)
}

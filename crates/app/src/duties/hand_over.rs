//! 인계 — does the acts of the hand-overs that were ordered, one after the other, by the right of who ordered them.
//!
//! Each act carries a key of its own, so that whatever was interrupted goes on where it stopped and nothing is done twice.

use crate::act::{ActError, Call};
use crate::{App, Trouble};
use domain::act::Act;
use domain::handover::{Handover, Item, ItemState, Part, State};
use domain::refusal::Refusal;
use domain::time::At;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;

/// Goes on with every hand-over under way; gives how many petitions were looked at.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let mut done = 0;
    for handover in app.here.handovers_running().await? {
        done += go_on(app, &handover).await?;
    }
    Ok(done)
}

async fn go_on(app: &App, handover: &Handover) -> Result<u64, Trouble> {
    let place = &app.here;
    let items = place.handover_items(handover.id).await?;
    let mut done = 0;
    for item in items.iter().filter(|item| item.state == ItemState::Waiting) {
        let refusal = hand_over(app, handover, item).await?;
        let state = match refusal {
            None => ItemState::Done,
            Some(_) => ItemState::Refused,
        };
        let mut batch = Batch::new();
        let item = Item {
            state,
            refusal,
            ..*item
        };
        batch.handover_item(handover.id, &item, app.now());
        place.commit(batch, Urgency::Bulk).await?;
        done += 1;
    }
    let any = place.handover_items(handover.id).await?;
    let handed = any.iter().any(|item| item.state == ItemState::Done);
    // Where nothing could be handed over there is nothing to confirm.
    let (to, at): (State, At) = if handed {
        (State::HandedOver, app.now())
    } else {
        (State::Confirmed, app.now())
    };
    let mut batch = Batch::new();
    batch.handover_state(handover.id, State::Running, to, at);
    match place.commit(batch, Urgency::Bulk).await {
        Ok(()) | Err(CommitFault::Conflict) => Ok(done),
        Err(fault) => Err(fault.into()),
    }
}

/// One act; gives why it was refused.
async fn hand_over(app: &App, handover: &Handover, item: &Item) -> Result<Option<Refusal>, Trouble> {
    let Some(who) = app.office().who(handover.made_by, app.now()) else {
        return Ok(Some(Refusal::NotYours));
    };
    let act = match item.part {
        Part::Case => Act::HandOver { to: item.receiver },
        Part::Signature => Act::ReplaceSigner {
            from: handover.giver,
            to: item.receiver,
        },
    };
    let key = [
        handover.id.bytes().as_slice(),
        &item.petition.bytes(),
        item.part.code().as_bytes(),
    ]
    .concat();
    let call = Call {
        origin: Vec::new(),
        key: Some(key),
    };
    match app.act(&who, item.petition, act, &call).await {
        Ok(_) => Ok(None),
        // Given to the same one meanwhile: what was wanted is so.
        Err(ActError::Refused(Refusal::SameHandler)) => Ok(None),
        Err(ActError::Refused(refusal)) => Ok(Some(refusal)),
        Err(ActError::NotFound) => Ok(Some(Refusal::NotYours)),
        Err(ActError::Trouble(trouble)) => Err(trouble),
    }
}

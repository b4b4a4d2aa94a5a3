//! 기한 재계산 — when a holiday is declared later, moves the dates of open petitions that it touches (DESIGN §5).
//!
//! Walks the open petitions once for each version of the calendar; that it has done so is a setting, so that the walk costs
//! one small read on every other run. A petition whose date stays gets no event.

use crate::act::{ActError, Call};
use crate::{App, Trouble};
use domain::access::{Sight, Who};
use domain::act::Act;
use domain::petition::Petition;
use store::batch::Batch;
use store::engine::Urgency;
use store::head::{Behind, Scope};

/// Petitions looked at in one step.
const PIECE: u32 = 200;
/// Under which name the version is kept that every open petition has been looked at with.
const WALKED: &str = "calendar_walked";

/// Moves every date that the calendar of today moves.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let place = &app.here;
    let version = app.office().calendar.version();
    if place.setting(WALKED).await? == Some(version.to_string()) {
        return Ok(0);
    }
    let sight = Sight {
        all: true,
        ..Sight::default()
    };
    let mut behind: Option<Behind> = None;
    let (mut moved, mut left_over) = (0, false);
    loop {
        // A date that moves forward is met a second time further down the list, and is then as it should be.
        let page = place.list(Scope::Open, &sight, behind, PIECE).await?;
        for petition in &page {
            match recalculate(app, petition).await {
                Ok(n) => moved += n,
                Err(ActError::Refused(refusal)) => {
                    tracing::warn!(petition = %petition.id, %refusal, "the due date cannot be computed anew");
                }
                // It ended or changed meanwhile: the next run looks again.
                Err(ActError::NotFound | ActError::Trouble(Trouble::Contended)) => left_over = true,
                Err(ActError::Trouble(trouble)) => return Err(trouble),
            }
        }
        match page.last() {
            Some(last) if page.len() == PIECE as usize => {
                behind = Some(Behind {
                    key: last.act_by(),
                    id: last.id,
                });
            }
            _ => break,
        }
    }
    if !left_over && app.office().calendar.version() == version {
        let mut batch = Batch::new();
        batch.setting(WALKED, &version.to_string());
        place.commit(batch, Urgency::Bulk).await?;
    }
    Ok(moved)
}

/// Moves one date; cheap where nothing moves.
async fn recalculate(app: &App, p: &Petition) -> Result<u64, ActError> {
    let office = app.office();
    let stays = match (p.reception, p.receive_by) {
        (Some(reception), _) => {
            reception.calendar == office.calendar.version() || office.law().due_of(p)? == reception.due
        }
        (None, Some(receive_by)) => office.law().receive_by_of(p)? == receive_by,
        (None, None) => true,
    };
    if stays {
        return Ok(0);
    }
    let after = app
        .act(&Who::System, p.id, Act::MoveDue, &Call::default())
        .await?;
    Ok(u64::from(after.seq > p.seq))
}

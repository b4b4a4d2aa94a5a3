//! 기한 재계산 — when a holiday is declared later, moves the dates of open petitions that it touches (DESIGN §5).
//!
//! Walks the open petitions once for each version of the calendar; that it has done so is a setting, so that the walk costs
//! one small read on every other run. A petition whose date stays gets no event.

use crate::act::{ActError, Call};
use crate::{App, Trouble};
use domain::access::Who;
use domain::act::Act;
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::refusal::Refusal;
use futures_util::TryStreamExt;
use futures_util::stream::FuturesOrdered;
use store::batch::Batch;
use store::engine::Urgency;
use store::head::{Behind, Head};

/// Petitions looked at in one step.
const PIECE: u32 = 200;
/// Under which name the version is kept that every open petition has been looked at with.
const WALKED: &str = "calendar_walked";

/// Petitions moved in one list: some milliseconds of the writer, behind every user.
const LIST: usize = 50;
/// Lists under way at once: the engine writes one while the next is decided.
const AT_ONCE: usize = 3;

/// Moves every date that the calendar of today moves.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let place = &app.here;
    let version = app.office().calendar.version();
    if place.setting(WALKED).await? == Some(version.to_string()) {
        return Ok(0);
    }
    let mut behind: Option<Behind> = None;
    let (mut moved, mut left_over) = (0, false);
    let mut page = place.open_heads(behind, PIECE).await?;
    while let Some(last) = page.last() {
        // A date that moves forward is met a second time further down the list, and is then as it should be.
        behind = (page.len() == PIECE as usize).then(|| Behind {
            key: last.petition.act_by(),
            id: last.petition.id,
        });
        let mut touched = Vec::new();
        for head in std::mem::take(&mut page) {
            match stays(app, &head.petition) {
                Ok(true) => {}
                Ok(false) => touched.push(head),
                Err(refusal) => warn(head.petition.id, &refusal),
            }
        }
        // The next page is read while this one is written.
        let (written, next) = tokio::join!(move_all(app, &touched), async {
            match behind {
                Some(_) => place.open_heads(behind, PIECE).await,
                None => Ok(Vec::new()),
            }
        });
        let (n, contended) = written?;
        moved += n;
        left_over |= contended;
        page = next?;
    }
    if !left_over && app.office().calendar.version() == version {
        let mut batch = Batch::new();
        batch.setting(WALKED, &version.to_string());
        place.commit(batch, Urgency::Bulk).await?;
    }
    Ok(moved)
}

/// Moves the dates of these, list by list: one is written while the next is decided. Gives how many moved, and whether some must be
/// looked at again.
async fn move_all(app: &App, heads: &[Head]) -> Result<(u64, bool), Trouble> {
    let mut lists = heads.chunks(LIST);
    let mut under_way = FuturesOrdered::new();
    let (mut moved, mut left_over) = (0, false);
    loop {
        while under_way.len() < AT_ONCE
            && let Some(list) = lists.next()
        {
            under_way.push_back(move_list(app, list));
        }
        let Some(done) = under_way.try_next().await? else {
            return Ok((moved, left_over));
        };
        moved += done.0;
        left_over |= done.1;
    }
}

async fn move_list(app: &App, list: &[Head]) -> Result<(u64, bool), Trouble> {
    match app.act_together(list, &Act::MoveDue).await {
        Ok(done) => {
            for (id, refusal) in done.refused {
                warn(id, &refusal);
            }
            Ok((done.changed, false))
        }
        // Somebody acted on one of them: the others are moved one by one.
        Err(ActError::Trouble(Trouble::Contended)) => move_each(app, list).await,
        Err(ActError::Refused(refusal)) => Err(Trouble::Broken(refusal.to_string())),
        Err(ActError::NotFound) => Ok((0, true)),
        Err(ActError::Trouble(trouble)) => Err(trouble),
    }
}

async fn move_each(app: &App, list: &[Head]) -> Result<(u64, bool), Trouble> {
    let (mut moved, mut left_over) = (0, false);
    for head in list {
        match app
            .act(&Who::System, head.petition.id, Act::MoveDue, &Call::default())
            .await
        {
            Ok(after) => moved += u64::from(after.seq > head.petition.seq),
            Err(ActError::Refused(refusal)) => warn(head.petition.id, &refusal),
            // It ended or changed meanwhile: the next run looks again.
            Err(ActError::NotFound | ActError::Trouble(Trouble::Contended)) => left_over = true,
            Err(ActError::Trouble(trouble)) => return Err(trouble),
        }
    }
    Ok((moved, left_over))
}

fn warn(petition: PetitionId, refusal: &Refusal) {
    tracing::warn!(%petition, %refusal, "the due date cannot be computed anew");
}

/// Whether the date of a petition is as the calendar of today has it; cheap.
fn stays(app: &App, p: &Petition) -> Result<bool, Refusal> {
    let office = app.office();
    Ok(match (p.reception, p.receive_by) {
        (Some(reception), _) => {
            reception.calendar == office.calendar.version() || office.law().due_of(p)? == reception.due
        }
        (None, Some(receive_by)) => office.law().receive_by_of(p)? == receive_by,
        (None, None) => true,
    })
}

//! 감독 — finds petitions that have just become overdue and proposes a 독촉장 for each, draws up last month's list of inspection,
//! and measures what ended before figures were kept (영 제22조, 제28조제2항; 규칙 제7조).
//!
//! A proposal is told to the examiner once for each due date; the list shows it until the letter is issued. Petitions found at
//! the same time are told in one notice: the oldest names the rest.

use crate::act::effect_key;
use crate::supervision::measure;
use crate::{App, Trouble};
use domain::access::Who;
use domain::id::{OutboxId, PetitionId};
use domain::life::Life;
use domain::petition::Petition;
use domain::petition::letter::LetterKind;
use domain::terms::Seat;
use domain::time::At;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::head::{Behind, Scope};
use store::outbox::To;

const PIECE: u32 = 200;
const HOUR: i64 = 3_600_000;
/// Under which name it is kept that everything that had ended was measured once.
pub(crate) const MEASURED: &str = "measured";
/// Under which name it is kept up to which due date petitions were looked at.
const LOOKED: &str = "overdue_looked_at";

/// Does all three.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let measured = measure_all(app).await?;
    let proposed = propose(app).await?;
    let drawn = match app.this_month() {
        Ok(month) => app.draw_up(month.earlier(1)).await?,
        Err(_) => 0,
    };
    Ok(measured + proposed + drawn)
}

/// Petitions whose due date passed since the last look.
async fn propose(app: &App) -> Result<u64, Trouble> {
    let (place, now) = (&app.here, app.now());
    let looked = place.setting(LOOKED).await?;
    let since: Option<At> = looked.as_deref().and_then(|at| at.parse().ok()).map(At);
    if since.is_some_and(|since| now <= since) {
        return Ok(0);
    }
    let everything = app.sight(&Who::System);
    let mut behind = since.map(|key| Behind {
        key,
        id: PetitionId(uuid::Uuid::max()),
    });
    let mut found: Vec<Petition> = Vec::new();
    loop {
        let page = (place.list(Scope::Overdue(now), &everything, behind, PIECE)).await?;
        let new = |p: &&Petition| p.due().is_some() && p.letter(LetterKind::Dunning).is_none();
        found.extend(page.iter().filter(new).cloned());
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
    let mut told = 0;
    if let (Some(first), false) = (found.first(), app.is_simulated()) {
        let version = first.reception.map_or(0, |r| r.due_version);
        for examiner in app.office().holders(Seat::Examiner, None) {
            let to = To::Official(examiner);
            let once = effect_key("dunning_proposed", first.id, version, to);
            let mut batch = Batch::new();
            batch.effect(
                OutboxId(app.id()),
                once,
                first.id,
                0,
                "dunning_proposed",
                to,
                now,
                now,
            );
            match place.commit(batch, Urgency::Bulk).await {
                Ok(()) => told += 1,
                Err(CommitFault::Repeated) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
    }
    // What was told is told once by its key: cut off before this, the next look tells nobody twice. An idle office writes once an
    // hour.
    if !found.is_empty() || since.is_none_or(|since| now.0 - since.0 > HOUR) {
        let mut batch = Batch::new();
        batch.setting(LOOKED, &now.0.to_string());
        place.commit(batch, Urgency::Bulk).await?;
    }
    Ok(told)
}

/// Measures everything that had ended, once in the life of a place.
async fn measure_all(app: &App) -> Result<u64, Trouble> {
    let place = &app.here;
    if place.setting(MEASURED).await?.is_some() {
        return Ok(0);
    }
    let everything = app.sight(&Who::System);
    let office = app.office();
    let mut behind: Option<Behind> = None;
    let mut measured = 0;
    loop {
        let page = (place.list(Scope::Life(Life::Concluded), &everything, behind, PIECE)).await?;
        let rows: Vec<_> = page.iter().filter_map(|p| measure(&office, p)).collect();
        measured += rows.len() as u64;
        place.replace_measured(&rows, &[]).await?;
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
    let mut batch = Batch::new();
    batch.setting(MEASURED, "1");
    place.commit(batch, Urgency::Bulk).await?;
    Ok(measured)
}

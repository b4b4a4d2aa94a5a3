//! 접속기록 — seals the lines of the access log, signs a root over them every hour, and removes whole months after two years
//! (개인정보의 안전성 확보조치 기준 제8조제1항·제3항).

use crate::{App, Trouble};
use domain::inspection::Month;
use domain::terms::By;
use domain::time::At;
use store::batch::Batch;
use store::engine::Urgency;
use store::ledger::Look;
use store::place::Place;

/// A root is signed when the last one is so old: what was written since is vouched for by the database alone.
pub const ROOT_EVERY: i64 = 3_600_000;
/// 보관 기간: the law asks for two years where 고유식별정보 is processed.
pub const KEPT_MONTHS: u32 = 24;
/// Lines of the gate removed in one list.
const PIECE: u32 = 200;

/// Seals, signs and removes, in every place.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let now = app.now();
    let mut done = 0;
    for place in app.places.all() {
        done += place.seal_ledger().await?;
        let last = place.ledger_roots(1).await?.pop();
        if last.is_none_or(|root| root.signed_at.plus(ROOT_EVERY) <= now) {
            place.draw_ledger_root(now).await?;
        }
        if let Some(before) = removable(now) {
            done += forget(app, place, before).await?;
        }
    }
    for room in app.rooms() {
        done += room.forget_reasons().await?;
    }
    Ok(done)
}

/// What was signed before this moment has been kept long enough.
pub fn removable(now: At) -> Option<At> {
    Some(Month::of(now.date()?)?.earlier(KEPT_MONTHS).begins())
}

async fn forget(app: &App, place: &Place, before: At) -> Result<u64, Trouble> {
    let gone = place.forget_ledger(before).await?;
    if gone > 0 {
        let mut batch = Batch::new();
        let look = Look {
            at: app.now(),
            by: By::System,
            deed: "ledger_removed".to_owned(),
            petition: None,
            origin: Vec::new(),
            n: u32::try_from(gone).unwrap_or(u32::MAX),
        };
        batch.look(app.id(), &look);
        place.commit(batch, Urgency::Bulk).await?;
    }
    let old = place.gate_lines(At(0), before, None, PIECE).await?;
    let mut batch = Batch::new();
    for line in &old {
        let owner = match line.text {
            Some(text) => place.owner_of(text).await?,
            None => None,
        };
        batch.gate_line_gone(line.id, owner);
    }
    if !old.is_empty() {
        place.commit(batch, Urgency::Bulk).await?;
    }
    Ok(gone + old.len() as u64)
}

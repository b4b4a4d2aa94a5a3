//! 첨부 보관소 정리 — removes objects no row names any more: at once where the key was destroyed; otherwise when no copy of the database that is
//! still kept can name them. Once a day it looks for objects nobody ever named, left by a process that fell between object and row.

use crate::{App, Trouble};
use ports::delivery::Failed;
use ports::objects::Objects;
use std::sync::Arc;
use store::batch::Batch;
use store::engine::Urgency;

const DAY: i64 = 24 * 3_600_000;
/// When the whole store was last looked through.
const SWEPT: &str = "objects_swept";

/// Removes what is due; gives how many objects are gone now.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let Some(objects) = app.places.live.objects().cloned() else {
        return Ok(0);
    };
    let now = app.now();
    // A day more than copies are kept: the sweep and the copy are not of the same moment.
    let kept = app.ordinary().office().settings.keeping.horizon() + DAY;
    let mut gone = 0;
    for place in app.places.all() {
        for name in place.loose_due(now, now.plus(-kept)).await? {
            if !named(app, &name).await? {
                objects.remove(&name).await.map_err(|failed| away(&failed))?;
                gone += 1;
            }
            place.settled(&name).await?;
        }
    }
    Ok(gone + sweep(app, &objects, kept).await?)
}

/// Whether a row of any place names it. Asked twice, the second time the other way round: a petition that moves between two places lies in one
/// of them at each moment.
async fn named(app: &App, name: &str) -> Result<bool, Trouble> {
    let places: Vec<_> = app.places.all().collect();
    for place in places.iter().chain(places.iter().rev()) {
        if place.names_object(name).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Looks for objects that nobody names and that do not wait in `loose`, older than any copy; one part of 256 after the other.
async fn sweep(app: &App, objects: &Arc<dyn Objects>, kept: i64) -> Result<u64, Trouble> {
    let (live, now) = (&app.places.live, app.now());
    let swept = live
        .setting(SWEPT)
        .await?
        .and_then(|text| text.parse::<i64>().ok());
    // Without the keys of the 보안민원실 nobody can tell what its petitions name.
    if swept.is_some_and(|at| now.0 - at < DAY) || app.places.protected.is_none() {
        return Ok(0);
    }
    let mut gone = 0;
    for part in 0..=u8::MAX {
        let listed = objects
            .list(&format!("{part:02x}"))
            .await
            .map_err(|failed| away(&failed))?;
        for object in listed {
            if object.at.0 >= now.0 - kept
                || waits(app, &object.name).await?
                || named(app, &object.name).await?
            {
                continue;
            }
            objects
                .remove(&object.name)
                .await
                .map_err(|failed| away(&failed))?;
            gone += 1;
        }
    }
    if gone > 0 {
        tracing::warn!(
            gone,
            "objects that nobody named were removed from the store of attachments"
        );
    }
    let mut batch = Batch::new();
    batch.setting(SWEPT, &now.0.to_string());
    live.commit(batch, Urgency::Bulk).await?;
    Ok(gone)
}

async fn waits(app: &App, name: &str) -> Result<bool, Trouble> {
    for place in app.places.all() {
        if place.is_loose(name).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn away(failed: &Failed) -> Trouble {
    Trouble::Unavailable(format!("the store of attachments: {failed}"))
}

//! 월 열쇠 — living keys move under this month's epoch key; epoch keys nothing living needs die after the backup horizon
//! (개인정보 보호법 제21조, 영 제16조).

use crate::{App, Trouble};
use store::engine::Urgency;

/// Re-wraps what is left of older months, piece by piece behind everybody else's writes, and retires what has been idle long
/// enough. Stopped in between, it goes on where it was. Gives how many keys were re-wrapped and epoch keys destroyed.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let mut done = 0;
    for place in app.places.all() {
        let now = app.now();
        place.ready(now, &mut app.fill())?;
        // What another machine has retired meanwhile is forgotten here, too.
        place.keys().refresh()?;
        let mut mark = (0, [0; 16]);
        loop {
            let keys = place.wrapped_before(now, mark).await?;
            let Some(last) = keys.last() else { break };
            mark = last.mark();
            let (batch, moved) = place.rewrap(now, &keys, &mut app.fill())?;
            place.commit(batch, Urgency::Bulk).await?;
            done += moved;
        }
        let horizon = app.office().settings.keeping.horizon();
        for month in place.dying_epochs(now, horizon).await? {
            place.keys().retire(month, &mut app.fill())?;
            tracing::info!(place = place.name.name(), %month, "an epoch key was destroyed");
            done += 1;
        }
    }
    Ok(done)
}

//! 봉인 — leaf numbers, tallies, index; and once a day a signed root.

use crate::{App, Trouble};

/// So many events at once are worth going on without a rest.
const MANY: u64 = 400;

/// The duty: seals, and then has nothing more to do at once unless many had been waiting. Otherwise, while people file one
/// after another, every filing would bring a commit of the sealer's behind it, and the two would wait for the same disk.
pub async fn now_and_then(app: &App) -> Result<u64, Trouble> {
    let done = run(app).await?;
    Ok(if done < MANY { 0 } else { done })
}

/// Seals what waits, brings the index up to it, and draws a root when a new day has begun.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let now = app.now();
    let mut done = 0;
    for place in [
        Some(&app.places.live),
        Some(&app.places.archive),
        app.places.protected.as_ref(),
    ]
    .into_iter()
    .flatten()
    {
        done += place.seal(now).await?;
        place.index().await?;
        let last = place.last_root().await?;
        if last.is_none_or(|root| root.signed_at.date() < now.date()) {
            place.draw_root(now).await?;
        }
    }
    Ok(done)
}

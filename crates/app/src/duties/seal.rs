//! 봉인 — leaf numbers, tallies, index; and once a day a signed root.

use crate::{App, Trouble};

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

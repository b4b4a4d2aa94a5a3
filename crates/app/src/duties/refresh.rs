//! 새로 읽기 — what another process has changed is noticed by this one: the office, the handbook, the settings, and the keys.

use crate::{App, Trouble};

/// The office, where it has changed or a new day has begun.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    Ok(u64::from(app.refresh().await?))
}

/// Forgets the month keys that whoever does the duties has destroyed.
pub async fn keys(app: &App) -> Result<u64, Trouble> {
    for place in app.places.all() {
        place.keys().refresh()?;
    }
    Ok(0)
}

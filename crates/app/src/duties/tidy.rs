//! 정리 — forgets what has ended: sessions, codes, old drafts; by the office of today.

use crate::act::ActError;
use crate::{App, Trouble};

/// Tidies up once.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    app.refresh().await?;
    app.forget_ended().await?;
    match app.forget_old_drafts(app.now()).await {
        Ok(n) => Ok(n as u64),
        Err(ActError::Trouble(trouble)) => Err(trouble),
        Err(other) => Err(Trouble::Broken(other.to_string())),
    }
}

//! 공동이용 마무리 — look-ups whose answer got lost are ended, and whoever was looked up on an exception is told of them too.

use crate::{App, Trouble};

/// Ends what waits in vain.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    app.end_lost_looks().await
}

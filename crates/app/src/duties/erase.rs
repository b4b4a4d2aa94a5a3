//! 파기 — carries out what was decided, also where the machine died in between; ends what was kept apart until today.

use crate::{App, Trouble};

/// Once, in the room of the handle.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    Ok(app.finish_destructions().await? + app.end_apart().await?)
}

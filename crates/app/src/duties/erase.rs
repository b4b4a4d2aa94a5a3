//! 파기 — carries out what was decided, also where the machine died in between; ends what was kept apart until today; tells
//! the results of requests.

use crate::{App, Trouble};

/// Once, in the room of the handle.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    Ok(app.finish_destructions().await? + app.end_apart().await? + app.tell_erasures().await?)
}

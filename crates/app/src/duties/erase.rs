//! 파기와 폐기 — proposes what a year ends, carries out what was decided, also where the machine died in between; ends what was kept apart until today; tells
//! the results of requests.

use crate::{App, Trouble};

/// Once, in the room of the handle.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let gone = app.finish_destructions().await? + app.carry_out_disposals().await? + app.end_apart().await?;
    Ok(gone + app.tell_erasures().await? + app.propose_disposals().await?)
}

//! 파일 검사 — what came in is scanned before anyone opens it; and again when the scanner has learnt something new.

use crate::{App, Trouble};

/// Scans once in the room of the handle.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    app.scan_files().await
}

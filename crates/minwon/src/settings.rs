//! 기관 설정 — `minwon settings`: what the office is set to, as JSON. `serve` takes them from its configuration.

use crate::house::{self, Data};
use std::process::ExitCode;

/// Prints the settings.
pub async fn run(data: &Data) -> anyhow::Result<ExitCode> {
    let app = house::open(data).await?;
    println!("{}", serde_json::to_string_pretty(&app.office().settings)?);
    app.places.close().await;
    Ok(ExitCode::SUCCESS)
}

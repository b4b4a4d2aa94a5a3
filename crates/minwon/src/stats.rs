//! 통계 — `minwon stats [--json]`: how many petitions, in which life, of which field.

use crate::house::{self, Data};
use std::process::ExitCode;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// One JSON object: {"total": N, "by_state": {…}, "by_field": {…}}.
    #[arg(long)]
    json: bool,
}

/// Prints the numbers of the live place.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    let app = house::open(data).await?;
    house::seal(&app).await?;
    let stats = app.stats().await?;
    app.places.close().await;
    if args.json {
        println!("{}", serde_json::to_string(&stats)?);
        return Ok(ExitCode::SUCCESS);
    }
    println!("total {}", stats.total);
    for (title, numbers) in [("by state", &stats.by_state), ("by field", &stats.by_field)] {
        println!("\n{title}");
        for (name, n) in numbers {
            println!("  {n:>9}  {name}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

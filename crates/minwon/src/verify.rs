//! 검증 — `minwon verify`: re-checks chains, commitments and roots; rebuilds heads, index and numbers where they differ.

use crate::house::{self, Data};
use indicatif::{ProgressBar, ProgressStyle};
use std::process::ExitCode;

/// Verifies every place; 0 when nothing is wrong, 1 otherwise.
pub async fn run(data: &Data) -> anyhow::Result<ExitCode> {
    let app = house::open(data).await?;
    let mut faults = 0;
    for place in app.places.all() {
        let bar = ProgressBar::new_spinner();
        bar.set_style(ProgressStyle::with_template("{spinner} {msg}: {pos} petitions")?);
        bar.set_message(place.name.name());
        let report = app.verify(place, &mut |n| bar.set_position(n)).await?;
        bar.finish_and_clear();
        println!(
            "{}: {} petitions, {} events, {} texts checked, {} texts forgotten, {} roots",
            place.name.name(),
            report.petitions,
            report.events,
            report.texts,
            report.forgotten,
            report.roots
        );
        for fault in &report.faults {
            println!("  ✗ {fault}");
        }
        faults += report.faults.len();
    }
    app.places.close().await;
    if faults == 0 {
        println!("everything holds");
        Ok(ExitCode::SUCCESS)
    } else {
        println!("{faults} faults");
        Ok(ExitCode::from(1))
    }
}

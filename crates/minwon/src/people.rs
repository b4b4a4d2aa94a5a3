//! 사람과 조직 — `minwon people import FILE`: units, officials and absences from a table; tells what would change, and does it
//! with `--apply`.

use crate::house::{self, Data};
use anyhow::Context;
use app::act::Call;
use app::people::bring::{Mode, Outcome, Table};
use domain::access::Who;
use std::path::PathBuf;
use std::process::ExitCode;

/// What to do with people and units.
#[derive(clap::Subcommand)]
pub enum What {
    /// Brings in units (column `code`), officials (`login`) or absences (`login`, `kind`) from CSV or XLSX.
    Import(Import),
}

/// Arguments of `people import`.
#[derive(clap::Args)]
pub struct Import {
    /// The file; its first row names the columns.
    file: PathBuf,
    /// Does it; without, only tells what would change.
    #[arg(long)]
    apply: bool,
}

/// Brings the table in; 0 when no row is wrong, 1 when some are.
pub async fn run(data: &Data, what: What) -> anyhow::Result<ExitCode> {
    let What::Import(args) = what;
    let bytes = std::fs::read(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let table = Table::read(&bytes).with_context(|| args.file.display().to_string())?;
    let app = house::open(data).await?;
    let mode = if args.apply { Mode::Apply } else { Mode::Preview };
    let lines = app.bring(&Who::System, &table, mode, &Call::default()).await;
    house::seal(&app).await?;
    app.places.close().await;
    let lines = lines?;
    let mut counts = [0; 4];
    for line in &lines {
        let (n, said) = match &line.outcome {
            Outcome::New => (0, "new".to_owned()),
            Outcome::Changed(columns) => (1, format!("changed: {}", columns.join(", "))),
            Outcome::Same => (2, String::new()),
            Outcome::Wrong(fault, column) => (3, format!("wrong: {fault} ({column})")),
            Outcome::Unfit(unfit) => (3, format!("wrong: {unfit}")),
        };
        counts[n] += 1;
        if !said.is_empty() {
            println!("row {}  {}  {}  {said}", line.row, line.key, line.name);
        }
    }
    let [new, changed, same, wrong] = counts;
    println!("{new} new, {changed} changed, {same} the same, {wrong} wrong");
    if !args.apply && new + changed > 0 {
        println!("Nothing was stored. Repeat with --apply to store it.");
    }
    Ok(if wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

//! 검증 — `minwon verify`: re-checks chains, commitments and roots and rebuilds what is derived; `verify receipt` and `verify roots` check
//! files that were kept outside, without any data.

use crate::house::{self, Data};
use anyhow::Context;
use app::verify::Report;
use crypto::proof::{Receipt, RootsFile};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::place::PlaceName;

/// Arguments of `verify`.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

/// What is verified instead of the data folder.
#[derive(clap::Subcommand)]
enum What {
    /// The proof of a receipt, offline: signed by the office, and under a root that was published.
    Receipt {
        /// The proof, as downloaded from the page that checks receipts.
        proof: PathBuf,
        /// The roots file, kept or just downloaded.
        #[arg(long, value_name = "FILE")]
        roots: PathBuf,
    },
    /// The record of a lot, offline: what was fixed before the drawing is what was drawn from, and nobody else could have been drawn.
    Lot {
        /// The record, as downloaded from the page of the proceeding.
        record: PathBuf,
    },
    /// A roots file: every root signed, each following from the one before, and nothing of an earlier file changed.
    Roots {
        /// The later file.
        roots: PathBuf,
        /// A file that was kept earlier.
        #[arg(long, value_name = "FILE")]
        since: Option<PathBuf>,
    },
}

impl Args {
    /// Verifies kept files, where any are named: 0 when they hold, 1 otherwise. `None`: the data folder is meant.
    pub fn offline(&self) -> Option<ExitCode> {
        let done = match self.what.as_ref()? {
            What::Receipt { proof, roots } => receipt(proof, roots),
            What::Lot { record } => lot(record),
            What::Roots { roots, since } => kept_roots(roots, since.as_deref()),
        };
        Some(match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                println!("✗ {error:#}");
                ExitCode::from(1)
            }
        })
    }
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

fn receipt(proof: &Path, roots: &Path) -> anyhow::Result<()> {
    let receipt = Receipt::parse(&read(proof)?).with_context(|| proof.display().to_string())?;
    let file = RootsFile::parse(&read(roots)?).with_context(|| roots.display().to_string())?;
    file.check()?;
    let kept = receipt.check(&file)?;
    let (statement, _) = &receipt.statement;
    let at = (statement.recorded_at.civil()).map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string());
    println!(
        "✓ the receipt was signed by this office; its event was recorded on {} (Korean time)",
        at.unwrap_or_default()
    );
    let root = &receipt.root.statement;
    println!(
        "✓ it lies under root {} of {}, leaf {}",
        root.number, root.place, receipt.leaf
    );
    if kept {
        println!("✓ that root is the one in {}", roots.display());
    } else {
        println!(
            "  that root is not in {}: its signature alone speaks for it",
            roots.display()
        );
    }
    Ok(())
}

fn lot(file: &Path) -> anyhow::Result<()> {
    let record: app::lots::Record = serde_json::from_str(&read(file)?)
        .map_err(|_| app::lots::Wrong::NotALot)
        .with_context(|| file.display().to_string())?;
    app::lots::check(&record).with_context(|| file.display().to_string())?;
    println!(
        "✓ {} of {} candidates were drawn by the number fixed before and the word “{}”, and no others could have been",
        record.wanted,
        record.candidates.len(),
        record.word
    );
    Ok(())
}

fn kept_roots(roots: &Path, since: Option<&Path>) -> anyhow::Result<()> {
    let file = RootsFile::parse(&read(roots)?).with_context(|| roots.display().to_string())?;
    println!("✓ {} roots are signed and follow from one another", file.check()?);
    if let Some(since) = since {
        let earlier = RootsFile::parse(&read(since)?).with_context(|| since.display().to_string())?;
        let added = file.extends(&earlier)?;
        println!(
            "✓ {} begins it unchanged; {added} roots were added",
            since.display()
        );
    }
    Ok(())
}

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
        println!("{}", counted(place.name, &report));
        println!(
            "  access log: {} lines hold, {} not sealed yet, {} roots{}",
            report.lines,
            report.unsealed_lines,
            report.ledger_roots,
            (report.ledger_root.as_ref())
                .map(|(no, link)| format!("; the last is {no}: {link}"))
                .unwrap_or_default()
        );
        faults += tell(&report);
    }
    app.places.close().await;
    Ok(verdict(faults))
}

/// What was checked of a place, in one line.
pub fn counted(place: PlaceName, report: &Report) -> String {
    format!(
        "{}: {} petitions, {} events, {} texts checked, {} texts forgotten, {} roots",
        place.name(),
        report.petitions,
        report.events,
        report.texts,
        report.forgotten,
        report.roots
    )
}

/// Prints each fault; gives how many there are.
pub fn tell(report: &Report) -> usize {
    for fault in &report.faults {
        println!("  ✗ {fault}");
    }
    report.faults.len()
}

/// The last line, and what the command ends with: 0 when everything holds, 1 otherwise.
pub fn verdict(faults: usize) -> ExitCode {
    if faults == 0 {
        println!("everything holds");
        return ExitCode::SUCCESS;
    }
    println!("{faults} faults");
    ExitCode::from(1)
}

//! 가져오기 — `minwon import petitions FILE.csv`: an older register, row by row, through the same door as the web.

use crate::house::{self, Data};
use crate::register;
use anyhow::{Context, bail};
use app::App;
use app::act::ActError;
use app::import::{AT_ONCE, Imported, Into};
use domain::refusal::Refusal;
use domain::time::At;
use futures_util::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::{Date, Time};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What to bring in.
#[derive(clap::Subcommand)]
pub enum What {
    /// Petitions: a CSV file with the columns category, title, date (and agreed, which is not kept).
    Petitions(Args),
    /// An office's older register: numbers, dates, departments, outcomes, answers, histories.
    Register(register::Args),
}

/// Arguments of `import petitions`.
#[derive(clap::Args)]
pub struct Args {
    /// The file, in UTF-8.
    file: PathBuf,
    /// The service in the catalogue that the rows are filed under.
    #[arg(long, default_value = SERVICE, value_name = "CODE")]
    service: String,
}

/// 건의: what the rows of a public petition board are.
const SERVICE: &str = "S135";

#[derive(Deserialize)]
struct Row {
    category: String,
    title: String,
    date: Date,
}

/// Rows that cannot be brought in are named one by one; after so many only counted.
const NAMED: usize = 20;

/// Brings the file in; 0 when every row is there now, 1 when some were refused.
pub async fn run(data: &Data, what: What) -> anyhow::Result<ExitCode> {
    let args = match what {
        What::Petitions(args) => args,
        What::Register(args) => return register::run(data, &args).await,
    };
    let bytes = std::fs::read(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let (rows, unreadable) = read(&args.file, &bytes)?;
    let app = house::open(data).await?;
    let refused = bring_in(&app, &bytes, rows, &args).await;
    house::seal(&app).await?;
    app.places.close().await;
    let refused = refused? + unreadable;
    Ok(if refused == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// The rows that can be read, and how many cannot.
fn read(path: &Path, bytes: &[u8]) -> anyhow::Result<(Vec<Imported>, usize)> {
    if let Err(error) = std::str::from_utf8(bytes) {
        bail!(
            "{} is not in UTF-8 (byte {}): save it as UTF-8 and try again",
            path.display(),
            error.valid_up_to()
        );
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let headers = reader.headers().context("the file has no header")?.clone();
    for wanted in ["category", "title", "date"] {
        if !headers
            .iter()
            .any(|header| header.trim_start_matches('\u{FEFF}') == wanted)
        {
            bail!(
                "{} has no column `{wanted}`; it needs category, title and date",
                path.display()
            );
        }
    }
    let (mut rows, mut unreadable) = (Vec::new(), 0);
    for (n, row) in reader.deserialize::<Row>().enumerate() {
        let number = n as u64 + 1;
        match row {
            Ok(row) => rows.push(Imported {
                row: number,
                category: row.category,
                title: row.title,
                happened: At::seoul(row.date.to_datetime(Time::midnight())),
            }),
            Err(error) => {
                unreadable += 1;
                if unreadable <= NAMED {
                    eprintln!("row {number} cannot be read: {error}");
                }
            }
        }
    }
    Ok((rows, unreadable))
}

async fn bring_in(app: &App, bytes: &[u8], rows: Vec<Imported>, args: &Args) -> anyhow::Result<usize> {
    let service = args
        .service
        .parse()
        .map_err(|_| anyhow::anyhow!("`{}` is no service code", args.service))?;
    if app.office().service_newest(service).is_none() {
        bail!("the catalogue has no service `{}`", args.service);
    }
    let into = Into { service };
    let file = crypto::hash::plain_sha256(bytes);
    let person = app.placeholder().await?;
    let fields = app
        .fields_for(
            rows.iter()
                .map(|row| row.category.as_str())
                .filter(|c| !c.trim().is_empty()),
        )
        .await?;
    let bar = ProgressBar::new(rows.len() as u64);
    bar.set_style(ProgressStyle::with_template(
        "{bar:30} {pos}/{len}  {per_sec}  {eta} left",
    )?);
    let (app, fields, file) = (&app, &fields, &file);
    let mut results = stream::iter(rows)
        .map(|row| async move {
            let field = fields.get(&row.category).copied();
            (row.row, app.import_row(file, &row, person, field, into).await)
        })
        .buffer_unordered(AT_ONCE);
    let mut refused = 0;
    while let Some((row, result)) = results.next().await {
        bar.inc(1);
        match result {
            Ok(()) => {}
            Err(ActError::Refused(refusal)) => {
                refused += 1;
                if refused <= NAMED {
                    bar.suspend(|| eprintln!("row {row} is refused: {}", said(refusal)));
                }
            }
            Err(error) => bail!("row {row}: {error}; run the same command again to go on"),
        }
    }
    bar.finish();
    if refused > NAMED {
        eprintln!("… and {} more rows", refused - NAMED);
    }
    Ok(refused)
}

fn said(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::TitleMissing => "the title is empty",
        Refusal::TooLong => "the title is longer than 5,000 characters",
        other => other.code(),
    }
}

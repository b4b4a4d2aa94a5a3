//! 민원편람 — `minwon services export|import`: the handbook as CSV or XLSX, by the same reader as the officials' pages.

use crate::house::{self, Data};
use anyhow::{Context, bail};
use app::App;
use app::act::Call;
use app::handbook::{Line, Motive, Row};
use documents::sheet;
use domain::access::Who;
use domain::handbook::edition::Ground;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What to do with the handbook.
#[derive(clap::Subcommand)]
pub enum What {
    /// Writes the services valid on a day into a file, CSV or XLSX by its ending.
    Export(Export),
    /// Takes in the rows of a file that are new or differ; tells what is wrong with the others.
    Import(Import),
}

/// Arguments of `services export`.
#[derive(clap::Args)]
pub struct Export {
    /// The file; it is written anew.
    file: PathBuf,
    /// The day the services are valid on; today where none is named.
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<Date>,
}

/// Arguments of `services import`.
#[derive(clap::Args)]
pub struct Import {
    /// The file.
    file: PathBuf,
    /// The first day of rows that name none; tomorrow where none is named.
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Date>,
    /// On what ground: law_changed, organisation, review, correction, new.
    #[arg(long, default_value = "review", value_parser = ground)]
    ground: Ground,
    /// A remark for the history.
    #[arg(long, default_value = "")]
    remark: String,
    /// Only tell what would change.
    #[arg(long)]
    look: bool,
}

fn ground(code: &str) -> Result<Ground, String> {
    code.parse().map_err(|_| {
        let known: Vec<&str> = Ground::ALL.iter().map(|ground| ground.code()).collect();
        format!("there is no such ground; these are: {}", known.join(", "))
    })
}

/// Does it. Faulty rows make the exit code 2; the good ones are taken in all the same.
pub async fn run(data: &Data, what: What) -> anyhow::Result<ExitCode> {
    let app = house::open(data).await?;
    let done = match what {
        What::Export(export) => self::export(&app, &export).await,
        What::Import(import) => self::import(&app, &import).await,
    };
    app.places.close().await;
    done
}

async fn export(app: &App, args: &Export) -> anyhow::Result<ExitCode> {
    let today = app.office().day;
    let day = args.day.unwrap_or(today);
    let table = app.handbook_table(&Who::System, day, &Call::default()).await?;
    let bytes = match ending(&args.file).as_str() {
        "csv" => sheet::csv(&table),
        "xlsx" => sheet::xlsx(&table, today)?,
        other => bail!("`.{other}` is neither .csv nor .xlsx"),
    };
    std::fs::write(&args.file, bytes)
        .with_context(|| format!("{} cannot be written", args.file.display()))?;
    println!(
        "{} services valid on {day}: {}",
        table.rows.len(),
        args.file.display()
    );
    Ok(ExitCode::SUCCESS)
}

fn ending(file: &Path) -> String {
    file.extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase()
}

async fn import(app: &App, args: &Import) -> anyhow::Result<ExitCode> {
    let bytes =
        std::fs::read(&args.file).with_context(|| format!("{} cannot be read", args.file.display()))?;
    let today = app.office().day;
    let day = match args.from {
        Some(day) => day,
        None => today.tomorrow()?,
    };
    let motive = Motive {
        ground: args.ground,
        remark: args.remark.clone(),
    };
    let reading = if args.look {
        app.read_handbook(&Who::System, &bytes, day)?
    } else {
        app.take_in_handbook(&Who::System, &bytes, day, &motive, &Call::default())
            .await??
    };
    for column in &reading.unknown {
        println!("column `{column}` is not read");
    }
    for line in &reading.lines {
        if let Some(told) = told(line) {
            println!("line {}, {} {}: {told}", line.line, line.code, line.name);
        }
    }
    let count = |fits: fn(&Row) -> bool| reading.lines.iter().filter(|line| fits(&line.row)).count();
    let good = count(Row::is_good);
    let same = count(|row| matches!(row, Row::Same));
    let bad = reading.lines.len() - good - same;
    let verb = if args.look {
        "would be taken in"
    } else {
        "taken in"
    };
    println!(
        "{} rows: {good} {verb} from {day}, {same} as they were, {bad} faulty",
        reading.lines.len()
    );
    Ok(if bad == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}

/// What becomes of a row; nothing for one that is as it was.
fn told(line: &Line) -> Option<String> {
    Some(match &line.row {
        Row::Same => return None,
        Row::New(_) => "new".into(),
        Row::Changed(next) => {
            let parts: Vec<&str> = next.differences.iter().map(|one| one.part.code()).collect();
            format!("changed: {}", parts.join(", "))
        }
        Row::Cells(faults) => {
            let each = faults
                .iter()
                .map(|f| format!("column {}, {} ({}): `{}`", f.column + 1, f.part, f.why, f.text));
            each.collect::<Vec<_>>().join("; ")
        }
        Row::Unfit(all) => {
            let each = all.iter().map(|one| {
                format!("{} ({}) {} {}", one.part, one.why, one.item, one.why.clause())
                    .trim()
                    .to_owned()
            });
            each.collect::<Vec<_>>().join("; ")
        }
        Row::Refused(refusal) => format!("refused: {refusal}"),
        Row::Twice(first) => format!("the same code stands in line {first}"),
    })
}

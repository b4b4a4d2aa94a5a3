//! 이전 대장 가져오기 — `minwon import register FILE --map MAP.toml`: good rows go in, bad ones come back in a file to correct.

mod map;
mod report;
mod table;

use crate::house::{self, Data};
use anyhow::{Context, bail};
use app::App;
use app::act::register::{Came, KeptOut, Way, known};
use app::import::AT_ONCE;
use domain::register::{Cells, Column, Fault, Known, Old, Why, read, word};
use futures_util::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use map::Map;
use report::{Report, Where};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use table::Table;

/// Arguments of `import register`.
#[derive(clap::Args)]
pub struct Args {
    /// The register: CSV (UTF-8 or CP949) or XLSX.
    file: PathBuf,
    /// What its columns and words mean, as TOML; docs/operation.md shows one.
    #[arg(long, value_name = "MAP.toml")]
    map: PathBuf,
    /// Only look: tell what would come in and what would not; nothing is kept but the report.
    #[arg(long)]
    check: bool,
}

/// A row of the file with its history.
struct Row {
    /// As the spreadsheet numbers it; the header is 1.
    line: u64,
    cells: Cells,
    steps: Vec<Cells>,
    fault: Option<Fault>,
}

/// How many rows of each fate.
#[derive(Default)]
struct Fates {
    new: usize,
    there: usize,
    kept_out: usize,
    due_moved: usize,
}

/// Brings the register in; 0 when every row is there now, 1 when some are in the report.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    let map = Map::read(&args.map)?;
    let table = table::open(&args.file, map.sheet.as_deref(), map.encoding)?;
    let history = match &map.history {
        Some(history) => Some(open_history(history, args, &map)?),
        None => None,
    };
    let app = house::open(data).await?;
    let done = bring_in(&app, &map, &table, history.as_ref(), args).await;
    house::seal(&app).await?;
    app.places.close().await;
    let (fates, report) = done?;
    let told = report.write(&args.file, &table)?;
    let verb = if args.check { "would come in" } else { "came in" };
    println!(
        "{} {verb}, {} were there already, {} have faults",
        fates.new, fates.there, fates.kept_out
    );
    if fates.due_moved > 0 {
        println!(
            "{} open ones are due on another day under the law than the register says: the law's day holds",
            fates.due_moved
        );
    }
    match told {
        Some(path) => {
            println!("what has to be corrected is told in {}", path.display());
            Ok(ExitCode::from(1))
        }
        None => Ok(ExitCode::SUCCESS),
    }
}

/// The history: another sheet of the same file, or a file beside the map.
fn open_history(history: &map::History, args: &Args, map: &Map) -> anyhow::Result<Table> {
    match &history.file {
        Some(file) => {
            let beside = args.map.parent().unwrap_or(Path::new("."));
            table::open(&beside.join(file), history.sheet.as_deref(), map.encoding)
        }
        None if history.sheet.is_some() => table::open(&args.file, history.sheet.as_deref(), map.encoding),
        None => bail!("`history` names neither a file nor a sheet"),
    }
}

async fn bring_in(
    app: &App,
    map: &Map,
    table: &Table,
    history: Option<&Table>,
    args: &Args,
) -> anyhow::Result<(Fates, Report)> {
    let mut known = known(&app.office());
    map.teach(&mut known)?;
    let mut report = Report::default();
    let mut rows = rows(map, table)?;
    if let (Some(history), Some(of)) = (history, &map.history) {
        let orphans = join(&mut rows, history, of)?;
        for (line, number) in orphans {
            // A corrected file given again holds only some rows of the register: the others are here already.
            if !app.is_taken_over(&map.register, &number).await? {
                report.fault(Where::History(line), Column::Number, Why::Orphan);
            }
        }
    }
    let (good, mut fates) = judge(rows, &known, app, &mut report);
    let bar = ProgressBar::new(good.len() as u64);
    bar.set_style(ProgressStyle::with_template(
        "{bar:30} {pos}/{len}  {per_sec}  {eta} left",
    )?);
    let way = if args.check { Way::Check } else { Way::Write };
    let mut results = stream::iter(good)
        .map(|(line, old)| async move { (line, app.take_over(&map.register, &old, way).await) })
        .buffer_unordered(AT_ONCE);
    while let Some((line, result)) = results.next().await {
        bar.inc(1);
        match result {
            Ok(Came::New { due_moved }) => {
                fates.new += 1;
                fates.due_moved += usize::from(due_moved);
            }
            Ok(Came::There) => fates.there += 1,
            Err(KeptOut::Fault(fault)) => {
                fates.kept_out += 1;
                report.fault(Where::Row(line), fault.column, fault.why);
            }
            Err(KeptOut::Trouble(error)) => bail!("row {line}: {error}; run the same command again to go on"),
        }
    }
    bar.finish_and_clear();
    Ok((fates, report))
}

/// The rows of the file under what their cells are about; rows without any cell are none.
fn rows(map: &Map, table: &Table) -> anyhow::Result<Vec<Row>> {
    let places = map.places(&table.header)?;
    let mut rows: Vec<Row> = Vec::new();
    for (line, cells) in &table.rows {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let ragged = cells.len() < table.header.len()
            || cells[table.header.len()..]
                .iter()
                .any(|cell| !cell.trim().is_empty());
        let mut named: Cells = map.constants.clone();
        for (column, at) in &places {
            named.insert(*column, cells.get(*at).cloned().unwrap_or_default());
        }
        rows.push(Row {
            line: *line,
            cells: named,
            steps: Vec::new(),
            fault: ragged.then_some(Fault {
                column: Column::Number,
                why: Why::Ragged,
            }),
        });
    }
    // Which of two rows with one number is right nobody can know: both stay out.
    let mut times: HashMap<String, u32> = HashMap::new();
    for row in &rows {
        *times.entry(number(row)).or_default() += 1;
    }
    for row in &mut rows {
        let number = number(row);
        if !number.is_empty() && times.get(&number).is_some_and(|n| *n > 1) {
            row.fault = row.fault.or(Some(Fault {
                column: Column::Number,
                why: Why::Repeated,
            }));
        }
    }
    Ok(rows)
}

fn number(row: &Row) -> String {
    word(row.cells.get(&Column::Number).map_or("", String::as_str))
}

/// Puts each line of the history to its row; gives lines and numbers of those that have none.
fn join(rows: &mut [Row], history: &Table, of: &map::History) -> anyhow::Result<Vec<(u64, String)>> {
    let [number_at, when_at, what_at] = of.places(&history.header)?;
    let by_number: HashMap<String, usize> = (rows.iter().enumerate())
        .map(|(at, row)| (number(row), at))
        .collect();
    let mut orphans = Vec::new();
    for (line, cells) in &history.rows {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
        match by_number.get(&word(&cell(number_at))) {
            Some(at) => rows[*at]
                .steps
                .push([(Column::StepAt, cell(when_at)), (Column::StepWhat, cell(what_at))].into()),
            None => orphans.push((*line, cell(number_at))),
        }
    }
    Ok(orphans)
}

/// Reads every row; those with a fault go to the report.
fn judge(rows: Vec<Row>, known: &Known, app: &App, report: &mut Report) -> (Vec<(u64, Old<String>)>, Fates) {
    let (mut good, mut fates, now) = (Vec::new(), Fates::default(), app.now());
    for row in rows {
        let read = match row.fault {
            Some(fault) => Err(vec![fault]),
            None => read(&row.cells, &row.steps, known, now),
        };
        match read {
            Ok(old) => good.push((row.line, old)),
            Err(faults) => {
                fates.kept_out += 1;
                for fault in faults {
                    report.fault(Where::Row(row.line), fault.column, fault.why);
                }
            }
        }
    }
    (good, fates)
}

/// Reads a text file that may come from an older system: UTF-8, else CP949.
fn text_of(path: &Path, bytes: Vec<u8>, encoding: Option<map::Encoding>) -> anyhow::Result<String> {
    let utf8 = match encoding {
        Some(map::Encoding::Cp949) => None,
        Some(map::Encoding::Utf8) | None => std::str::from_utf8(&bytes).ok(),
    };
    if let Some(text) = utf8 {
        return Ok(text.trim_start_matches('\u{FEFF}').to_owned());
    }
    if encoding == Some(map::Encoding::Utf8) {
        bail!("{} is not in UTF-8", path.display());
    }
    let (text, _, broken) = encoding_rs::EUC_KR.decode(&bytes);
    if broken {
        bail!(
            "{} is neither in UTF-8 nor in CP949: save it in one of them and try again",
            path.display()
        );
    }
    Ok(text.into_owned())
}

/// A file's bytes, or what cannot be read.
fn bytes_of(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

//! 성능 측정 — `minwon bench`: the legal clock, intake and reading, measured where they run, as Markdown tables.
//!
//! Everything is measured in folders and schemas made for it and removed afterwards; no city's data is touched.

mod browser;
mod bytes;
mod cost;
mod crowd;
mod day;
mod due;
mod grow;
mod holiday;
mod http;
mod intake;
mod leak;
mod load;
mod raw;
mod read;
mod seen;
mod site;
mod words;

use crate::house::Data;
use crate::simulate::Profile;
use anyhow::Context;
use clap::ValueEnum;
use site::On;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};
pub use words::{RARE, RARE_EVERY};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// The due date, with and without its trace.
    Due,
    /// Durable intake through the application, and beside it the bare engines writing the same rows.
    Intake,
    /// Lists, a case, search.
    Read,
    /// All of them.
    All,
    /// What vault, access log, commitments and tokens each cost.
    Cost,
    /// How much a thief of the index guesses; `--titles` names a file of titles.
    Leak,
    /// Pages, search, figures and bytes as petitions become more: a simulated past of each size.
    Grow,
    /// How long it takes to move the dates of many open petitions when a holiday is declared, while people file.
    Holiday,
    /// How visitors fare beside slow clients, idle connections and one who files without end.
    Crowd,
    /// A day of a city of millions, faster: how long each page takes, and whether memory grows.
    Day,
    /// Reads the simulated past in the data folder; `grow` starts it.
    #[value(hide = true)]
    Seen,
    /// Files without end into the data folder itself, until killed; `--acks` gets every acknowledged key.
    #[value(hide = true)]
    Load,
    /// Checks what a killed load left: every acknowledged key once, with its number.
    #[value(hide = true)]
    Acked,
}

/// Arguments of `minwon bench`.
#[derive(clap::Args)]
pub struct Args {
    /// What to measure.
    #[arg(value_enum, default_value = "all")]
    part: Part,
    /// How many clients file at the same time.
    #[arg(long, value_delimiter = ',', default_value = "1,8,32", value_name = "N,…")]
    clients: Vec<usize>,
    /// How long each run files.
    #[arg(long, default_value_t = 3, value_name = "N")]
    seconds: u64,
    /// How many runs; the median of their rates is told.
    #[arg(long, default_value_t = 3, value_name = "N")]
    runs: usize,
    /// File through the pages too: every step of the web form over loopback.
    #[arg(long)]
    http: bool,
    /// How many petitions there are when reading is measured.
    #[arg(
        long,
        visible_alias = "sizes",
        value_delimiter = ',',
        default_value = "10000,100000",
        value_name = "N,…"
    )]
    size: Vec<usize>,
    /// Over how many years they are spread when growth is measured.
    #[arg(long, value_name = "Y", default_value_t = 3)]
    years: u32,
    /// How much is told of each when growth is measured.
    #[arg(long, value_enum, default_value = "full")]
    profile: Profile,
    /// A folder in which `minwon simulate` has told a past (and `--database` has it, where it lies there): measured as it is, and left.
    #[arg(long, value_name = "DIR")]
    past: Option<PathBuf>,
    /// How many open petitions there are when a holiday is declared, or how many lie behind the day that is replayed.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    petitions: usize,
    /// How many times as fast a day goes by.
    #[arg(long, value_name = "N", default_value_t = 48.0)]
    speed: f64,
    /// Only this hour of the day; 10 is the busiest.
    #[arg(long, value_name = "H", value_parser = clap::value_parser!(u32).range(0..24))]
    hour: Option<u32>,
    /// Without PostgreSQL.
    #[arg(long)]
    no_postgres: bool,
    /// Without SQLite.
    #[arg(long)]
    no_sqlite: bool,
    /// Where `load` writes acknowledged keys, and `acked` reads them.
    #[arg(long, hide = true, value_name = "FILE")]
    acks: Option<PathBuf>,
    /// Titles for `leak`: one a line, or a CSV with a column `title`.
    #[arg(long, value_name = "FILE")]
    titles: Option<PathBuf>,
    /// `load` goes on while the store is away: each client repeats its key until it has an answer.
    #[arg(long, hide = true)]
    patient: bool,
    /// Part of the keys of this `load`; for `acked`, how many rounds there were.
    #[arg(long, hide = true, default_value_t = 0, value_name = "N")]
    round: u32,
}

/// The address of a server for the benches, when `--database` names none: the one the tests share.
const SERVER: &str = "MINWON_TEST_POSTGRES";

/// Measures and prints.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    match args.part {
        Part::Due => due::run(args)?,
        Part::Intake
        | Part::Read
        | Part::Cost
        | Part::All
        | Part::Grow
        | Part::Holiday
        | Part::Crowd
        | Part::Day => {
            let engines = engines(data, args);
            // The default of `--data` is where a city's data lies; nothing is measured beside it.
            let within = Some(&data.data).filter(|folder| *folder != "./minwon-data");
            if let Some(folder) = within {
                std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            }
            let within = within.map(PathBuf::as_path);
            machine(within)?;
            if args.part == Part::All {
                due::run(args)?;
            }
            match args.part {
                Part::Cost => return cost::run(&engines, within, args).await.map(done),
                Part::Grow => return grow::run(&engines, within, args).await.map(done),
                Part::Holiday => return holiday::run(&engines, within, args).await.map(done),
                Part::Crowd => return crowd::run(&engines, within, args).await.map(done),
                Part::Day => return day::run(&engines, within, args).await.map(done),
                _ => {}
            }
            if args.part != Part::Read {
                intake::run(&engines, within, args).await?;
            }
            if args.part != Part::Intake {
                read::run(&engines, within, args).await?;
            }
        }
        Part::Leak => leak::run(
            args.titles
                .as_deref()
                .context("name a file of titles by --titles")?,
        )?,
        Part::Seen => seen::run(data, args).await?,
        Part::Load => load::run(data, args).await?,
        Part::Acked => return load::check(data, args).await,
    }
    Ok(ExitCode::SUCCESS)
}

fn done((): ()) -> ExitCode {
    ExitCode::SUCCESS
}

fn engines(data: &Data, args: &Args) -> Vec<On> {
    let mut engines = Vec::new();
    if !args.no_sqlite {
        engines.push(On::Sqlite);
    }
    if args.no_postgres {
        return engines;
    }
    let url = data.database.clone().or_else(|| std::env::var(SERVER).ok());
    match url.filter(|url| !url.is_empty()) {
        Some(url) => engines.push(On::Postgres(url)),
        None => {
            eprintln!("PostgreSQL is left out: name a server by --database postgres://… or {SERVER}");
        }
    }
    engines
}

/// Says what the numbers were measured on.
fn machine(within: Option<&std::path::Path>) -> anyhow::Result<()> {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpus = std::thread::available_parallelism().map_or(1, usize::from);
    let cpuinfo = read("/proc/cpuinfo");
    let model = cpuinfo
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("unknown", |(_, model)| model.trim());
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or("?");
    println!(
        "{cpus} cores ({model}), load before the start {load}, {} syncs of 4 KB a second\n",
        count(syncs(within)?)
    );
    Ok(())
}

/// How many times a second 4 KB can be appended and synced to the disk.
fn syncs(within: Option<&std::path::Path>) -> anyhow::Result<f64> {
    use std::io::Write;
    const TIMES: u32 = 500;
    let mut file = match within {
        Some(folder) => tempfile::tempfile_in(folder)?,
        None => tempfile::tempfile()?,
    };
    let begun = now();
    for _ in 0..TIMES {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
    }
    Ok(f64::from(TIMES) / begun.elapsed().as_secs_f64())
}

/// A Markdown table in the making.
struct Table(String);

impl Table {
    fn new(title: &str, columns: &[&str]) -> Table {
        let rule: Vec<&str> = columns
            .iter()
            .enumerate()
            .map(|(n, _)| if n == 0 { "---" } else { "--:" })
            .collect();
        Table(format!(
            "**{title}**\n\n| {} |\n| {} |\n",
            columns.join(" | "),
            rule.join(" | ")
        ))
    }

    fn row(&mut self, cells: &[String]) {
        eprintln!("  {}", cells.join("  "));
        self.0 += &format!("| {} |\n", cells.join(" | "));
    }

    fn print(self) {
        println!("{}", self.0);
    }
}

/// How long each of many things took.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    /// The time that so many of a hundred were within, in milliseconds.
    fn within(&mut self, percent: usize) -> f64 {
        self.0.sort_unstable();
        let at = (self.0.len() * percent / 100).min(self.0.len().saturating_sub(1));
        self.0.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }
}

/// The middle one of several numbers.
fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A whole number with commas.
pub(crate) fn count(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) && digits.as_bytes()[n - 1] != b'-' {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Milliseconds with as many decimals as they need.
fn ms(number: f64) -> String {
    match number {
        n if n < 10.0 => format!("{n:.2}"),
        n if n < 100.0 => format!("{n:.1}"),
        n => format!("{n:.0}"),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench measures how long things take; nothing stored depends on it"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        let cases = [
            (0.0, "0"),
            (999.4, "999"),
            (1_000.0, "1,000"),
            (1_234_567.0, "1,234,567"),
            (-1_500.0, "-1,500"),
        ];
        for (number, written) in cases {
            assert_eq!(count(number), written);
        }
        assert_eq!(
            (ms(1.234), ms(12.34), ms(123.4)),
            ("1.23".into(), "12.3".into(), "123".into())
        );
    }

    #[test]
    fn medians_and_percentiles_come_from_the_sorted_order() {
        assert_eq!(median(&[9.0, 1.0, 5.0]), 5.0);
        let mut times = Times((1..=100).rev().map(Duration::from_millis).collect());
        assert_eq!((times.within(50), times.within(99)), (51.0, 100.0));
        assert!(Times::default().within(99).is_nan());
    }
}

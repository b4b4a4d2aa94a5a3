//! 배우기 — `minwon learn`: the office learns from its own past which department answers what, and measures how well.

use crate::house::{self, Data};
use anyhow::{Context, bail};
use app::learn::METHOD;
use domain::suggest::{Lessons, Method, Score, Split, majority, measure, said, train};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// Only measure, on petitions kept back; nothing is laid down.
    #[arg(long)]
    measure: bool,
    /// Measure on a CSV file with the columns category and title (and date, to split by time) instead of the office's past.
    #[arg(long, value_name = "FILE.csv", requires = "measure")]
    titles: Option<PathBuf>,
}

/// Fewer petitions than these say nothing about how good a model is.
const ENOUGH: usize = 50;

/// Learns, or measures.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    if let Some(path) = &args.titles {
        print(&of_titles(path)?);
        return Ok(ExitCode::SUCCESS);
    }
    let app = house::open(data).await?;
    let bar = indicatif::ProgressBar::new_spinner();
    let lessons = app.lessons(&mut |n| bar.set_message(format!("{n}"))).await?;
    bar.finish_and_clear();
    if lessons.len() >= ENOUGH {
        print(&lessons);
    } else {
        println!(
            "{} answered petitions: too few to measure ({ENOUGH} are needed)",
            lessons.len()
        );
    }
    let account = app.account_of_suggestions().await?;
    println!(
        "distributed to the first department suggested: {}, to another one suggested: {}, elsewhere: {}",
        account.first, account.among, account.other
    );
    let mut done = ExitCode::SUCCESS;
    if !args.measure {
        match app.learn(&lessons).await? {
            Some(made) => println!(
                "learnt from {} petitions of {} departments: {} marks, {} bytes",
                made.lessons, made.units, made.marks, made.bytes
            ),
            None => {
                println!("nothing was learnt: it takes answered petitions of two departments at least");
                done = ExitCode::from(1);
            }
        }
    }
    app.places.close().await;
    Ok(done)
}

#[derive(Deserialize)]
struct Row {
    category: String,
    title: String,
    #[serde(default)]
    date: String,
}

/// A file of titles as lessons: each category stands for a department, each row for a petitioner of its own.
fn of_titles(path: &Path) -> anyhow::Result<Lessons> {
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut rows = Vec::new();
    for (n, row) in reader.deserialize::<Row>().enumerate() {
        rows.push(row.with_context(|| format!("row {}", n + 1))?);
    }
    if rows.is_empty() {
        bail!("{} has no row", path.display());
    }
    // Stable: rows of the same day stay in the order of the file.
    rows.sort_by(|a, b| a.date.cmp(&b.date));
    let mut lessons = Lessons::default();
    for (n, row) in (0_u128..).zip(rows) {
        let marks = said(&row.title).into_iter().flat_map(|said| said.marks);
        lessons.add(
            marks.map(|mark| key(&mark)),
            label(&row.category),
            n.to_be_bytes(),
        );
    }
    Ok(lessons)
}

/// Titles that are public need no secret key; what is measured is the same.
fn key(mark: &str) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = crypto::hash::plain_sha256(mark.as_bytes());
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

fn label(category: &str) -> [u8; 16] {
    let mut label = [0; 16];
    label.copy_from_slice(&crypto::hash::plain_sha256(category.as_bytes())[..16]);
    label
}

/// Prints how each method does on what it has not seen.
fn print(lessons: &Lessons) {
    println!("{} petitions, {} departments", lessons.len(), lessons.labels());
    for (split, name) in [
        (Split::ByTime, "the newest fifth kept back"),
        (Split::ByChance, "a fifth drawn by a fixed seed kept back"),
    ] {
        println!("\n| {name} | asked | first is right | one of three is right |");
        println!("| --- | --: | --: | --: |");
        line("always the three busiest departments", &majority(lessons, split));
        let mut chosen = None;
        for method in Method::ALL {
            let Some(model) = train(lessons, method, split) else {
                continue;
            };
            let score = measure(lessons, &model, split);
            let name = match method {
                Method::Bayes => "naive Bayes",
                Method::Complement => "complement naive Bayes",
                Method::Logistic => "logistic regression",
            };
            line(name, &score);
            if method == METHOD {
                chosen = Some((score, model.len(), model.to_bytes().len()));
            }
        }
        if let Some((score, marks, bytes)) = chosen {
            println!(
                "\nshown on the page: {} of {} ({}); the first shown is right in {}, one of those shown in {}; {marks} marks, {bytes} bytes",
                score.spoken,
                score.asked,
                share(score.spoken, score.asked),
                share(score.shown_first, score.spoken),
                share(score.shown, score.spoken),
            );
        }
    }
}

fn line(name: &str, score: &Score) {
    println!(
        "| {name} | {} | {} | {} |",
        score.asked,
        share(score.first, score.asked),
        share(score.among, score.asked)
    );
}

/// “61.3 %”.
fn share(part: u32, whole: u32) -> String {
    let tenths = (u64::from(part) * 1_000 + u64::from(whole) / 2)
        .checked_div(u64::from(whole))
        .unwrap_or(0);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

//! 버티기 — `cargo xtask soak kill`: petitions are filed, the program is killed without warning, again and again; then every
//! promise is checked. `cargo xtask soak walk`: random people do random things to a whole city. `cargo xtask soak failover`: the database falls.

mod failover;

use crate::{postgres, shell};
use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
use std::{
    collections::hash_map::RandomState,
    env, fs,
    hash::{BuildHasher, Hasher},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// What is soaked.
#[derive(Subcommand)]
pub enum Soak {
    /// Kill the program (SIGKILL) at random moments under load, start it again on the same data, and check at the end
    Kill(Kill),
    /// Let the primary of a replicated cluster fall under load, again and again, and check at the end
    Failover(failover::Failover),
    /// Let random people do random things to many petitions, on both engines, and check the books in between
    Walk(Walk),
}

/// Arguments of `soak walk`.
#[derive(Args)]
pub struct Walk {
    /// How many petitions are filed
    #[arg(long, default_value_t = 500)]
    petitions: u32,
    /// How many acts are tried
    #[arg(long, default_value_t = 10_000)]
    acts: u32,
}

/// Arguments of `soak kill`.
#[derive(Args)]
pub struct Kill {
    /// How often it is killed
    #[arg(long, default_value_t = 50)]
    rounds: u32,
    /// How many clients file at the same time
    #[arg(long, default_value_t = 16)]
    clients: u32,
    /// The shortest life, in milliseconds from the start of the process
    #[arg(long, default_value_t = 200)]
    shortest: u64,
    /// The longest life, in milliseconds
    #[arg(long, default_value_t = 2_000)]
    longest: u64,
    /// Keep the data in this new or empty folder (default: a temporary one, removed when all is well)
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// On an empty PostgreSQL database instead of SQLite: postgres://…
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// On a PostgreSQL server of its own, started for this
    #[arg(long, conflicts_with = "database")]
    postgres: bool,
}

/// The walk of the stories, made longer; an error when the books did not agree.
fn walked(walk: &Walk) -> Result<()> {
    ensure!(
        walk.petitions > 0 && walk.acts >= 4 * walk.petitions,
        "a walk needs at least four acts for each petition"
    );
    let server = postgres::start()?;
    shell::must(
        shell::cargo()
            .args(["nextest", "run", "--workspace", "--test", "city", "--no-capture"])
            .arg("whatever_a_city_does_the_books_agree")
            .env(postgres::VARIABLE, &server.address)
            .env("MINWON_WALK", format!("{}x{}", walk.petitions, walk.acts)),
    )
}

/// Does it; an error when a promise was broken.
pub fn run(soak: Soak) -> Result<()> {
    let kill = match soak {
        Soak::Kill(kill) => kill,
        Soak::Failover(args) => return failover::run(&args),
        Soak::Walk(walk) => return walked(&walk),
    };
    ensure!(
        kill.shortest <= kill.longest,
        "the shortest life is longer than the longest"
    );
    shell::say("building minwon with optimisation");
    shell::must(shell::cargo().args(["build", "--release", "--package", "minwon"]))?;
    let program = program()?;
    let server = kill.postgres.then(postgres::start).transpose()?;
    let database = server
        .as_ref()
        .map(|server| server.address.clone())
        .or(kill.database.clone());
    let folder = match &kill.data {
        Some(folder) => folder.clone(),
        None => env::temp_dir().join(format!("minwon-soak-{}", std::process::id())),
    };
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let acks = folder.join("acknowledged.txt");
    if acks.exists() {
        bail!("{} has been soaked before: choose a new folder", folder.display());
    }
    let data = folder.join("data");
    let minwon = |words: &[&str]| {
        let mut command = Command::new(&program);
        command.arg("--data").arg(&data);
        if let Some(url) = &database {
            command.args(["--database", url]);
        }
        command.args(words).stdin(Stdio::null());
        command
    };

    let mut lives = Vec::new();
    for round in 1..=kill.rounds {
        let log = fs::File::create(folder.join("log.txt"))?;
        let (number, clients) = (round.to_string(), kill.clients.to_string());
        let words = [
            "bench",
            "load",
            "--round",
            &number,
            "--clients",
            &clients,
            "--acks",
        ];
        let before = lines(&acks);
        let mut child = minwon(&words)
            .arg(&acks)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .with_context(|| program.display().to_string())?;
        let life = kill.shortest + chance() % (kill.longest - kill.shortest + 1);
        thread::sleep(Duration::from_millis(life));
        if let Some(status) = child.try_wait()? {
            let log = fs::read_to_string(folder.join("log.txt")).unwrap_or_default();
            bail!("round {round}: the program ended by itself ({status}):\n{log}");
        }
        child.kill()?;
        child.wait()?;
        let acknowledged = lines(&acks) - before;
        eprintln!("round {round}: killed after {life} ms, {acknowledged} acknowledged");
        lives.push((life, acknowledged));
    }

    shell::say("repeating every key, and verifying");
    let checked = checked(&|| minwon(&[]), &acks, kill.rounds, &kill.clients.to_string())?;
    println!("{}", table(&lives, &checked.found, &checked.verified));
    drop(server);
    ensure!(
        checked.holds,
        "a promise was broken; the data is in {}\n{}",
        folder.display(),
        checked.told
    );
    if kill.data.is_none() {
        fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

/// What was found at the end.
struct Checked {
    /// Numbers of `bench acked`.
    found: serde_json::Value,
    /// The last line of `verify`.
    verified: String,
    /// Whether every promise was kept.
    holds: bool,
    /// Everything both said.
    told: String,
}

/// Sends every key once more, and has chains, texts, roots and heads checked.
fn checked(minwon: &dyn Fn() -> Command, acks: &Path, rounds: u32, clients: &str) -> Result<Checked> {
    let keys = minwon()
        .args([
            "bench",
            "acked",
            "--round",
            &rounds.to_string(),
            "--clients",
            clients,
            "--acks",
        ])
        .arg(acks)
        .stderr(Stdio::inherit())
        .output()?;
    let told = String::from_utf8_lossy(&keys.stdout).into_owned();
    let found = told.lines().last().unwrap_or_default();
    let found = serde_json::from_str(found).with_context(|| format!("the check said:\n{told}"))?;
    let books = minwon().arg("verify").stderr(Stdio::inherit()).output()?;
    let sound = String::from_utf8_lossy(&books.stdout).into_owned();
    Ok(Checked {
        found,
        verified: sound.lines().last().unwrap_or_default().to_owned(),
        holds: keys.status.success() && books.status.success(),
        told: told + &sound,
    })
}

/// The result as a Markdown table.
fn table(lives: &[(u64, usize)], found: &serde_json::Value, verified: &str) -> String {
    let number = |name: &str| found[name].to_string();
    let span = |mut numbers: Vec<u64>| {
        numbers.sort_unstable();
        let at = |n: usize| numbers.get(n).copied().unwrap_or_default();
        format!(
            "{} / {} / {}",
            at(0),
            at(numbers.len() / 2),
            at(numbers.len().saturating_sub(1))
        )
    };
    let rows = [
        ("kills", lives.len().to_string()),
        (
            "life of a process in ms (shortest / median / longest)",
            span(lives.iter().map(|(life, _)| *life).collect()),
        ),
        (
            "acknowledged in a round (fewest / median / most)",
            span(lives.iter().map(|(_, n)| *n as u64).collect()),
        ),
        ("acknowledged filings", number("acknowledged")),
        ("… there once, with their number", number("kept")),
        ("… lost", number("lost")),
        (
            "stored, but killed before the answer went out",
            number("stored_unacknowledged"),
        ),
        ("keys without an answer, sent twice again", number("repeated")),
        ("… that made two petitions", number("doubled")),
        ("petitions in the end", number("petitions")),
        ("petitions nobody filed", number("unexplained")),
        ("`minwon verify`", verified.to_owned()),
    ];
    let rows: Vec<String> = rows
        .iter()
        .map(|(what, value)| format!("| {what} | {value} |"))
        .collect();
    format!("| what | |\n| --- | --: |\n{}\n", rows.join("\n"))
}

/// The optimised program, beside our own.
fn program() -> Result<PathBuf> {
    let ours = env::current_exe()?;
    let target = ours
        .parent()
        .and_then(Path::parent)
        .context("the folder of the built programs")?;
    let program = target.join("release/minwon");
    ensure!(program.exists(), "{} is not there", program.display());
    Ok(program)
}

fn lines(path: &Path) -> usize {
    fs::read(path).map_or(0, |bytes| bytes.iter().filter(|byte| **byte == b'\n').count())
}

/// A number nobody chose: the seed of a hash map, which the system draws.
fn chance() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_tells_what_was_found() {
        let found = serde_json::json!({
            "acknowledged": 30, "kept": 29, "lost": 1, "repeated": 4, "doubled": 0,
            "stored_unacknowledged": 3, "petitions": 34, "unexplained": 0,
        });
        let table = table(&[(900, 10), (200, 0), (1_500, 20)], &found, "everything holds");
        for row in [
            "| kills | 3 |",
            "| life of a process in ms (shortest / median / longest) | 200 / 900 / 1500 |",
            "| acknowledged in a round (fewest / median / most) | 0 / 10 / 20 |",
            "| … lost | 1 |",
            "| `minwon verify` | everything holds |",
        ] {
            assert!(table.contains(row), "{row}\n{table}");
        }
    }
}

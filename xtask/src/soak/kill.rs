//! 죽이기 — `cargo xtask soak kill`: the program is killed under load and started again on its data, again and again; or (`--server`) the
//! PostgreSQL under it, while one program goes on.

use super::{
    Checked, build, chance, checked, lines,
    load::{self, Load, last_lines, now, seconds},
    markdown, program,
    server::Server,
};
use crate::{postgres, shell};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use std::{
    env, fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

/// Arguments of `soak kill`.
#[derive(Args)]
pub struct Kill {
    /// How often it is killed
    #[arg(long, default_value_t = 50)]
    rounds: u32,
    /// How many clients file at the same time
    #[arg(long, default_value_t = 16)]
    clients: u32,
    /// The shortest life, in milliseconds from the start of the process, or with --server from when writes flow
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
    /// Kill not the program but a PostgreSQL server of its own: the postmaster and all its children at once
    #[arg(long, conflicts_with_all = ["database", "postgres"])]
    server: bool,
    /// With the optimised program as it lies there
    #[arg(long)]
    built: bool,
}

/// Does it; an error when a promise was broken.
pub fn run(kill: &Kill) -> Result<()> {
    ensure!(
        kill.shortest <= kill.longest,
        "the shortest life is longer than the longest"
    );
    if !kill.built {
        build()?;
    }
    let folder = match &kill.data {
        Some(folder) => folder.clone(),
        None => env::temp_dir().join(format!("minwon-soak-{}", std::process::id())),
    };
    if folder.join("acknowledged.txt").exists() {
        bail!("{} has been soaked before: choose a new folder", folder.display());
    }
    if kill.server {
        return servers(kill, folder);
    }
    programs(kill, folder)
}

/// A moment within the life of the one that is killed.
fn life(kill: &Kill) -> u64 {
    kill.shortest + chance() % (kill.longest - kill.shortest + 1)
}

/// Kills the program.
fn programs(kill: &Kill, folder: PathBuf) -> Result<()> {
    let program = program()?;
    let server = kill.postgres.then(postgres::start).transpose()?;
    let database = server
        .as_ref()
        .map(|server| server.address.clone())
        .or(kill.database.clone());
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let acks = folder.join("acknowledged.txt");
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
        let life = life(kill);
        thread::sleep(Duration::from_millis(life));
        if let Some(status) = child.try_wait()? {
            let log = fs::read_to_string(folder.join("log.txt")).unwrap_or_default();
            bail!(
                "round {round}: the program ended by itself ({status}); the last it said:\n{}",
                last_lines(&log, 40)
            );
        }
        child.kill()?;
        child.wait()?;
        let acknowledged = lines(&acks) - before;
        eprintln!("round {round}: killed after {life} ms, {acknowledged} acknowledged");
        lives.push((life, acknowledged));
    }

    shell::say("repeating every key, and verifying");
    let checked = checked(&|| minwon(&[]), &acks, kill.rounds, &kill.clients.to_string())?;
    println!("{}", table(&lives, &checked));
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

/// The result as a Markdown table.
fn table(lives: &[(u64, usize)], checked: &Checked) -> String {
    let number = |name: &str| checked.found[name].to_string();
    let mut rows = vec![("kills", lives.len().to_string())];
    rows.extend(about(lives));
    rows.extend([
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
        ("`minwon verify`", checked.verified.clone()),
    ]);
    let rows: Vec<(String, String)> = (rows.into_iter())
        .map(|(what, value)| (what.to_owned(), value))
        .collect();
    markdown(&rows)
}

/// How long the killed ones lived, and what was acknowledged meanwhile.
fn about(lives: &[(u64, usize)]) -> [(&'static str, String); 2] {
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
    [
        (
            "life of a process in ms (shortest / median / longest)",
            span(lives.iter().map(|(life, _)| *life).collect()),
        ),
        (
            "acknowledged in a round (fewest / median / most)",
            span(lives.iter().map(|(_, n)| *n as u64).collect()),
        ),
    ]
}

/// One life of the database server: milliseconds, what was acknowledged, and milliseconds from the kill until it was again.
struct Fall {
    life: u64,
    acknowledged: usize,
    back: i64,
}

/// Kills the database server under one program that goes on.
fn servers(kill: &Kill, folder: PathBuf) -> Result<()> {
    let mut server = Server::new(folder.join("postgres"))?;
    server.start()?;
    let load = Load::new(folder, &server.address(), kill.clients)?;
    let mut filing = load.begin()?;
    let fallen = falls(kill, &mut server, &load, &mut filing);
    filing.kill()?;
    filing.wait()?;
    let falls = fallen.with_context(|| load.told())?;
    shell::say("repeating every key, and verifying");
    let checked = load.checked()?;
    let lives: Vec<(u64, usize)> = falls.iter().map(|fall| (fall.life, fall.acknowledged)).collect();
    let mut rows = vec![("kills of the whole server".to_owned(), falls.len().to_string())];
    rows.extend(
        about(&lives).map(|(what, value)| (what.replace("a process", "the server under load"), value)),
    );
    rows.push((
        "seconds from the kill until writes were back".to_owned(),
        load::spread(falls.iter().map(|fall| fall.back).collect()),
    ));
    rows.extend(load.rows(&checked));
    rows.push(("`minwon verify`".to_owned(), checked.verified.clone()));
    println!("{}", markdown(&rows));
    if !checked.holds {
        server.keep();
        bail!("a promise was broken\n{}\n{}", load.told(), checked.told);
    }
    drop(server);
    if kill.data.is_none() {
        load.remove()?;
    }
    Ok(())
}

fn falls(kill: &Kill, server: &mut Server, load: &Load, filing: &mut Child) -> Result<Vec<Fall>> {
    let mut falls = Vec::new();
    for round in 1..=kill.rounds {
        load.flows_after(now())?;
        let (life, before) = (life(kill), load.acknowledged());
        thread::sleep(Duration::from_millis(life));
        let killed = now();
        server.kill()?;
        let acknowledged = load.acknowledged() - before;
        server.start()?;
        load.flows_after(now())?;
        let back = load.back_after(killed);
        if let Some(status) = filing.try_wait()? {
            bail!("round {round}: the program ended by itself ({status})");
        }
        eprintln!(
            "round {round}: the server was killed after {life} ms, {acknowledged} acknowledged, writes back after {:.1} s",
            seconds(back)
        );
        falls.push(Fall {
            life,
            acknowledged,
            back,
        });
    }
    Ok(falls)
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
        let checked = Checked {
            found,
            verified: "everything holds".to_owned(),
            holds: true,
            told: String::new(),
        };
        let table = table(&[(900, 10), (200, 0), (1_500, 20)], &checked);
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

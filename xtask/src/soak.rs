//! 버티기 — `cargo xtask soak kill`: petitions are filed, the program is killed without warning, again and again; then every
//! promise is checked. `cargo xtask soak walk`: random people do random things to a whole city. `cargo xtask soak failover`: the database
//! falls. `cargo xtask soak faults`: what lies beside the program fails.

mod failover;
mod faults;
mod kill;
mod load;
mod server;

use crate::{postgres, shell};
use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};
use std::{
    collections::hash_map::RandomState,
    env, fs,
    hash::{BuildHasher, Hasher},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What is soaked.
#[derive(Subcommand)]
pub enum Soak {
    /// Kill the program, or its database server (SIGKILL), at random moments under load, start it again on the same data, and check at the end
    Kill(kill::Kill),
    /// Let the primary of a replicated cluster fall under load, again and again, and check at the end
    Failover(failover::Failover),
    /// Let what lies beside the program fail (disk, database, clock, keys), and see what people are told and what is kept
    Faults(faults::Faults),
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
pub fn run(soak: &Soak) -> Result<()> {
    match soak {
        Soak::Kill(args) => kill::run(args),
        Soak::Failover(args) => failover::run(args),
        Soak::Faults(args) => faults::run(args),
        Soak::Walk(walk) => walked(walk),
    }
}

/// What was found at the end.
struct Checked {
    /// Numbers of `bench acked`.
    found: serde_json::Value,
    /// What `verify` says.
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
        verified: verdict(&sound),
        holds: keys.status.success() && books.status.success(),
        told: told + &sound,
    })
}

/// What `verify` says at its end, and how much it looked at in the live place.
fn verdict(told: &str) -> String {
    let last = told.lines().last().unwrap_or_default();
    let live = told.lines().find_map(|line| line.strip_prefix("live: "));
    live.map_or(last.to_owned(), |live| format!("{last} ({live})"))
}

/// Rows of what and how much as a Markdown table.
fn markdown(rows: &[(String, String)]) -> String {
    let rows: Vec<String> = (rows.iter())
        .map(|(what, value)| format!("| {what} | {value} |"))
        .collect();
    format!("| what | |\n| --- | --: |\n{}\n", rows.join("\n"))
}

/// Builds the program with optimisation.
fn build() -> Result<()> {
    shell::say("building minwon with optimisation");
    shell::must(shell::cargo().args(["build", "--release", "--package", "minwon"]))
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
    #[test]
    fn the_verdict_says_how_much_was_looked_at() {
        let told = "live: 8 petitions, 12 events\n  access log: 20 lines hold\narchive: 0 petitions\neverything holds\n";
        assert_eq!(super::verdict(told), "everything holds (8 petitions, 12 events)");
    }
}

//! 곁의 고장 — `cargo xtask soak faults`: a real `minwon serve`, citizens and officials at its pages (by `curl`), and what lies beside the program
//! fails: the disk, the database, the clock, the keys, a server that stands still. Asserts what people are told and that nothing acknowledged is lost.

mod browser;
mod database;
mod disk;
mod house;
mod keys;
mod relay;
mod scene;
mod servers;
mod shim;

use super::{build, program, server::Server};
use crate::shell;
use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};
use house::House;
use shim::Shim;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Arguments of `soak faults`.
#[derive(Args)]
pub struct Faults {
    /// Only these
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Fault>,
    /// With this program instead of the optimised one, which is built otherwise
    #[arg(long, value_name = "FILE")]
    with: Option<PathBuf>,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Fault {
    /// The disk is full (SQLite)
    FullDisk,
    /// The disk turns read-only (SQLite)
    ReadOnlyDisk,
    /// The database is away for a minute (PostgreSQL)
    DatabaseAway,
    /// Syncs take 200 ms, then 2 s (both)
    SlowDisk,
    /// The clock goes back an hour, while it runs and before it starts (both)
    Clock,
    /// Keys are missing at the start, and vanish while it runs (both)
    Keys,
    /// The process with the duties stands still for half a minute, another takes them over (PostgreSQL)
    Frozen,
    /// Servers come and go: what one knows the other knows, a killed holder, an upgrade (PostgreSQL)
    Servers,
}

/// One line of the table.
struct Row {
    what: &'static str,
    on: &'static str,
    seen: String,
    kept: String,
}

/// What every fault is tried with.
struct Trial<'a> {
    program: &'a Path,
    folder: &'a Path,
    shim: &'a Shim,
}

/// Both engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    Sqlite,
    Postgres,
}

impl On {
    fn name(self) -> &'static str {
        match self {
            On::Sqlite => "SQLite",
            On::Postgres => "PostgreSQL",
        }
    }
}

impl Trial<'_> {
    /// A new city with its first official, and the server it lies on where that is PostgreSQL.
    fn house(&self, name: &str, on: On) -> Result<(House, Option<Server>)> {
        let folder = self.folder.join(format!("{name}-{}", on.name()));
        let server = match on {
            On::Sqlite => None,
            On::Postgres => {
                let mut server = Server::new(self.folder.join(format!("{name}-postgres")))?;
                server.start_with(&self.shim.environment())?;
                Some(server)
            }
        };
        let mut house = House::new(self.program, folder, server.as_ref().map(Server::address))?;
        house.environment = self.shim.environment();
        house.furnish()?;
        Ok((house, server))
    }
}

/// Does it; an error where somebody was not told what they should be, or something was lost.
pub fn run(args: &Faults) -> Result<()> {
    let program = match &args.with {
        Some(program) => fs::canonicalize(program).with_context(|| program.display().to_string())?,
        None => {
            build()?;
            program()?
        }
    };
    ensure!(shell::is_root(), "disks can only be filled and broken by root");
    let folder = env::temp_dir().join(format!("minwon-faults-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let shim = Shim::build(&folder)?;
    let trial = Trial {
        program: &program,
        folder: &folder,
        shim: &shim,
    };
    let all: Vec<Fault> = match args.only.is_empty() {
        true => Fault::value_variants().to_vec(),
        false => args.only.clone(),
    };
    let mut rows = Vec::new();
    for fault in all {
        shell::say(&format!("{fault:?}"));
        let more = match fault {
            Fault::FullDisk => disk::full(&trial),
            Fault::ReadOnlyDisk => disk::read_only(&trial),
            Fault::DatabaseAway => database::away(&trial),
            Fault::SlowDisk => database::slow(&trial),
            Fault::Clock => keys::clock(&trial),
            Fault::Keys => keys::missing(&trial),
            Fault::Frozen => servers::frozen(&trial),
            Fault::Servers => servers::come_and_go(&trial),
        };
        let more = more.with_context(|| format!("{fault:?}; everything is kept in {}", folder.display()))?;
        for row in &more {
            eprintln!("{}", told(row));
        }
        rows.extend(more);
    }
    println!("| what fails | on | what people are told | what is kept |\n| --- | --- | --- | --- |");
    for row in &rows {
        println!("{}", told(row));
    }
    Ok(fs::remove_dir_all(&folder)?)
}

fn told(row: &Row) -> String {
    format!("| {} | {} | {} | {} |", row.what, row.on, row.seen, row.kept)
}

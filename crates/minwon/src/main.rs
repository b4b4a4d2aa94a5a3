//! 민원 — the program: reads the command line and hands over to one command (the only place where everything is put together)

mod due;

use clap::{Args, Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// Minwon, the petition office of a city.
#[derive(Parser)]
#[command(name = "minwon", version, about, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where the data lies; every command takes it, before or after its name.
#[derive(Args)]
struct Place {
    /// Folder of the data, made on first use.
    #[arg(long, global = true, value_name = "DIR", default_value = "./minwon-data")]
    data: PathBuf,
    /// PostgreSQL instead of the SQLite files in the data folder: postgres://…
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// When is a petition due, and why on that day? Needs no data.
    Due(due::Args),
}

fn main() -> ExitCode {
    let Cli {
        place: Place { data: _, database: _ },
        command,
    } = Cli::parse();
    match command {
        Command::Due(args) => due::run(&args),
    }
}

//! 개발 명령 — `cargo xtask …`: what a newcomer and the continuous check run, each in one command.

use clap::{Parser, Subcommand};
use std::process::ExitCode;

mod cluster;
mod fuzz;
mod generate;
mod hwpx;
mod licences;
mod postgres;
mod setup;
mod shell;
mod soak;
mod suite;
mod tidy;

/// The commands of this house.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "민원 — what the house is built, run and checked with"
)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what running (or, with --tests, testing) needs; says nothing when all is there
    Setup {
        /// Also what the tests need: a database server, a browser, PDF tools, the test runner
        #[arg(long)]
        tests: bool,
        /// Also what a replicated cluster on this machine needs: Patroni, etcd, haproxy
        #[arg(long)]
        cluster: bool,
    },
    /// Fetch, build and start the demonstration: a city with officials, log-ins and petitions
    Run {
        /// Build with optimisation: longer to build, quicker to use
        #[arg(long)]
        release: bool,
        /// Handed to `minwon demo` as they are
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Everything that must hold, with a summary; the last line is `N passed, N failed`
    Test {
        /// Leave out clippy, the licences and the documentation tests
        #[arg(long)]
        quick: bool,
        /// Run only tests whose name contains one of these
        filters: Vec<String>,
    },
    /// Three machines with a replicated database on this one, and the ways they fall (docs/operation.md)
    #[command(subcommand)]
    Cluster(cluster::Deed),
    /// Make life hard for the program and see that nothing is lost
    #[command(subcommand)]
    Soak(soak::Soak),
    /// Let libFuzzer look for bytes that break a parser that strangers reach (docs/security.md)
    Fuzz {
        /// Which targets; all of them where none is named
        names: Vec<String>,
        /// How long each
        #[arg(long, default_value_t = 600)]
        seconds: u64,
    },
    /// The rules of the house that the compiler does not know
    Tidy,
    /// The licences and sources of everything we build on
    Licences,
    /// Let two foreign readers open every .hwpx document we make; installs them under `target/`
    HwpxCheck,
    /// Write the generated documents anew
    Gen {
        /// Write nothing; fail when one is out of date
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    if let Some(done) = fuzz::compiler() {
        return done;
    }
    let done = match Line::parse().command {
        Command::Setup { tests, cluster } => set_up(tests, cluster),
        Command::Run { release, args } => run(release, &args),
        Command::Test { quick, filters } => return suite::run(quick, &filters),
        Command::Cluster(deed) => cluster::run(&deed),
        Command::Soak(soak) => soak::run(&soak),
        Command::Fuzz { names, seconds } => fuzz::run(&names, seconds),
        Command::Tidy => tidy::run(),
        Command::Licences => licences::run(),
        Command::HwpxCheck => hwpx::check(),
        Command::Gen { check: true } => generate::check(),
        Command::Gen { check: false } => generate::write(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn set_up(tests: bool, cluster: bool) -> anyhow::Result<()> {
    if cluster {
        setup::for_cluster()?;
    }
    if tests {
        setup::for_testing()
    } else {
        setup::for_running()
    }
}

/// Sets up, builds, and becomes `minwon demo`: from then on the terminal and its signals belong to the program.
fn run(release: bool, args: &[String]) -> anyhow::Result<()> {
    setup::for_running()?;
    let profile: &[&str] = if release { &["--release"] } else { &[] };
    shell::say("building minwon (the first time takes some minutes)");
    shell::must(
        shell::cargo()
            .args(["build", "--package", "minwon"])
            .args(profile),
    )?;
    let error = shell::become_program(
        shell::cargo()
            .args(["run", "--quiet", "--package", "minwon"])
            .args(profile)
            .args(["--", "demo"])
            .args(args),
    );
    Err(error)
}

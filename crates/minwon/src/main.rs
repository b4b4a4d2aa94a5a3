//! 민원 — the program: reads the command line and hands over to one command (the only place where everything is put together)

mod attachments;
mod backup;
mod bench;
mod city;
mod config;
mod connections;
mod data;
mod demo;
mod due;
mod holiday;
mod house;
mod import;
mod keys;
mod learn;
mod metrics;
mod official;
mod people;
mod protected;
mod register;
mod relocate;
mod restore;
mod roots;
mod search;
mod serve;
mod service;
mod services;
mod settings;
mod simulate;
mod stats;
mod tenure;
mod tracks;
mod verify;

use clap::{Parser, Subcommand};
use house::Data;
use std::process::ExitCode;

/// Everything is allocated by mimalloc, SQLite's pages too: see docs/decisions/0018-allocator.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Minwon, the petition office of a city.
#[derive(Parser)]
#[command(name = "minwon", version, about, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    data: Data,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// When is a petition due, and why on that day? Needs no data.
    Due(due::Args),
    /// Brings in an older register; repeating it adds nothing.
    #[command(subcommand)]
    Import(import::What),
    /// Learns from the office's own past which department answers what.
    Learn(learn::Args),
    /// Copies the data, never the keys, into an empty folder; `serve` may be at work.
    Backup(backup::Args),
    /// Puts a copy back where nothing lies yet; what was destroyed since is forgotten first.
    Restore(restore::Args),
    /// Carries the data to another folder or database, maybe of the other engine; interrupted, it goes on where it stopped.
    Move(relocate::Args),
    /// Re-checks everything and rebuilds what is derived; or checks a receipt or roots that were kept.
    Verify(verify::Args),
    /// The signed roots: a deposit outside.
    #[command(subcommand)]
    Roots(roots::What),
    /// How many petitions, in which state, of which field.
    Stats(stats::Args),
    /// Looks for petitions.
    Search(search::Args),
    /// A city to try: invented petitions in every state, officials for every seat, nothing leaves the house.
    Demo(demo::Args),
    /// Fills an empty folder with an invented past of many petitions, to try the program's size.
    Simulate(simulate::Args),
    /// Serves citizens and officials.
    Serve(serve::Args),
    /// Enters officials.
    #[command(subcommand)]
    Official(official::What),
    /// Brings in units, officials and absences.
    #[command(subcommand)]
    People(people::What),
    /// Who is let into the room of protected petitions.
    #[command(subcommand)]
    Protected(protected::What),
    /// Keys of other systems that read totals and where petitions stand.
    #[command(subcommand)]
    Service(service::What),
    /// The handbook of services as a sheet: out of the store and in again.
    #[command(subcommand)]
    Services(services::What),
    /// Special procedures: checks files, takes them into use, tells which are.
    #[command(subcommand)]
    Procedures(tracks::What),
    /// Keys and their shares on paper.
    #[command(subcommand)]
    Keys(keys::What),
    /// Holidays declared after the program was made.
    #[command(subcommand)]
    Holiday(holiday::What),
    /// Prints the settings of the office as JSON.
    Settings,
    /// Measures this machine: the legal clock, intake, reading.
    Bench(bench::Args),
}

fn main() -> ExitCode {
    let Cli { data, command } = Cli::parse();
    if let Command::Due(args) = &command {
        return due::run(args);
    }
    if let Command::Verify(args) = &command
        && let Some(done) = args.offline()
    {
        return done;
    }
    if let Command::Procedures(what) = &command
        && let Some(done) = what.offline()
    {
        return done;
    }
    let filter = std::env::var("MINWON_LOG").unwrap_or_else(|_| "warn,minwon=info".to_owned());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("minwon: {error}");
            return ExitCode::from(1);
        }
    };
    let done = runtime.block_on(async move {
        match command {
            Command::Due(args) => Ok(due::run(&args)),
            Command::Import(what) => import::run(&data, what).await,
            Command::Learn(args) => learn::run(&data, &args).await,
            Command::Backup(args) => backup::run(&data, &args).await,
            Command::Restore(args) => restore::run(&data, &args).await,
            Command::Move(args) => relocate::run(&data, &args).await,
            Command::Verify(_) => verify::run(&data).await,
            Command::Roots(what) => roots::run(&data, what).await,
            Command::Stats(args) => stats::run(&data, &args).await,
            Command::Search(args) => search::run(&data, &args).await,
            Command::Demo(args) => demo::run(&data, &args).await,
            Command::Simulate(args) => simulate::run(&data, &args).await,
            Command::Serve(args) => serve::run(&data, &args).await,
            Command::Official(what) => official::run(&data, what).await,
            Command::People(what) => people::run(&data, what).await,
            Command::Protected(what) => protected::run(&data, what).await,
            Command::Service(what) => service::run(&data, what).await,
            Command::Services(what) => services::run(&data, what).await,
            Command::Procedures(what) => tracks::run(&data, what).await,
            Command::Keys(what) => keys::run(&data, &what).await,
            Command::Holiday(what) => holiday::run(&data, what).await,
            Command::Settings => settings::run(&data).await,
            Command::Bench(args) => bench::run(&data, &args).await,
        }
    });
    done.unwrap_or_else(|error| {
        eprintln!("minwon: {error:#}");
        ExitCode::from(1)
    })
}

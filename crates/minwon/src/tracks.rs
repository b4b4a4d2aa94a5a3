//! 특별절차 — `minwon procedures check|load|list`: declared tracks, checked like a program and taken into use while the office works.

use crate::house::{self, Data};
use anyhow::Context;
use app::tracks::read;
use domain::track::Track;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What to do with special procedures.
#[derive(clap::Subcommand)]
pub enum What {
    /// Checks files; each fault names file, line and cure. Without a file, those the program brings. Needs no data.
    Check {
        /// The files.
        files: Vec<PathBuf>,
    },
    /// Takes a file into use. What runs stays on the version it began with.
    Load {
        /// The file.
        file: PathBuf,
    },
    /// Those in use: code, version, name, how many run.
    List,
}

impl What {
    /// Checks files, where that is what was asked: 0 when all can be used, 2 otherwise.
    pub fn offline(&self) -> Option<ExitCode> {
        let What::Check { files } = self else { return None };
        Some(match check(files) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(2),
            Err(error) => {
                eprintln!("minwon: {error:#}");
                ExitCode::from(1)
            }
        })
    }
}

fn check(files: &[PathBuf]) -> anyhow::Result<bool> {
    let mut good = true;
    let mut one = |name: &str, text: &str| match read(name, text) {
        Ok(track) => println!("✓ {name}: {}", told(&track)),
        Err(unusable) => {
            good = false;
            println!("{unusable}");
        }
    };
    if files.is_empty() {
        for (name, text) in procedures::TRACKS {
            one(name, text);
        }
    }
    for file in files {
        one(&file.display().to_string(), &text_of(file)?);
    }
    Ok(good)
}

fn text_of(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

fn told(track: &Track) -> String {
    let moves: usize = track.steps.iter().map(|step| step.moves.len()).sum();
    format!(
        "{} version {}, {} ({}): {} steps, {moves} moves, {} endings",
        track.code,
        track.version,
        track.name.ko,
        track.name.en,
        track.steps.len(),
        track.ends.len()
    )
}

/// Does it.
pub async fn run(data: &Data, what: What) -> anyhow::Result<ExitCode> {
    let app = house::open(data).await?;
    let done = match what {
        What::Check { files } => check(&files).map(|good| {
            if good {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(2)
            }
        }),
        What::Load { file } => {
            let text = text_of(&file)?;
            match app.load_track(&file.display().to_string(), &text).await {
                Ok(track) => {
                    println!("✓ in use from now on: {}", told(&track));
                    Ok(ExitCode::SUCCESS)
                }
                Err(app::tracks::LoadError::Unusable(unusable)) => {
                    println!("{unusable}");
                    Ok(ExitCode::from(2))
                }
                Err(error) => Err(error.into()),
            }
        }
        What::List => {
            let running = app.here.proceedings_running().await?;
            for track in app.office().tracks.iter() {
                let run: u64 = running
                    .iter()
                    .filter(|(code, ..)| *code == track.code)
                    .map(|(.., n)| n)
                    .sum();
                println!("{}; {run} running", told(track));
            }
            Ok(ExitCode::SUCCESS)
        }
    };
    app.places.close().await;
    done
}

//! 백업 — `minwon backup --to DIR`: a copy of the data, never of the keys; `serve` may be at work meanwhile.

use crate::house::Data;
use adapters::system::SystemClock;
use crypto::keyring::Keyring;
use ports::Clock;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// An empty folder, made if it is not there.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// Makes a copy.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    let keyring = Keyring::open(&data.keys())?;
    let (at, to, now) = (data.place(), args.to.clone(), SystemClock.now());
    let made = tokio::task::spawn_blocking(move || store::copy::back_up(&at, &keyring, now, &to)).await??;
    for place in &made.places {
        println!("{}: {} bytes, SHA-256 {}", place.file, place.bytes, place.sha256);
    }
    println!("the copy is in {}; keys are not in it", args.to.display());
    if inside(&args.to, &data.keys()) || inside(&data.keys(), &args.to) {
        eprintln!("! the copy lies beside the keys: who has both has everything; keep them apart");
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether one folder lies in another.
pub fn inside(inner: &Path, outer: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole(inner).starts_with(whole(outer))
}

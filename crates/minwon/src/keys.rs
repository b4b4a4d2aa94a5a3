//! 열쇠 복구 — `minwon keys recover`: puts a lost root key back from its shares on paper.

use crate::house::Data;
use adapters::system::SystemChance;
use anyhow::{Context, bail};
use crypto::keyring::Keyring;
use crypto::recovery::{Share, recover};
use ports::Chance;
use std::io::BufRead;
use std::process::ExitCode;

/// What to do with keys.
#[derive(clap::Subcommand)]
pub enum What {
    /// Puts root.key back: reads shares from the standard input, one a line, until there are enough.
    Recover,
}

/// Recovers the root key.
pub fn run(data: &Data, what: &What) -> anyhow::Result<ExitCode> {
    let What::Recover = what;
    let folder = data.keys();
    if !folder.is_dir() {
        bail!(
            "{} is not there: put the other key files back from their back-up first",
            folder.display()
        );
    }
    eprintln!("Type the shares, one a line:");
    let mut shares: Vec<Share> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line = line.context("the shares cannot be read")?;
        if line.trim().is_empty() {
            continue;
        }
        let share: Share = line
            .trim()
            .parse()
            .with_context(|| format!("share {} of the input", shares.len() + 1))?;
        let enough = usize::from(share.threshold());
        shares.push(share);
        if shares.len() >= enough {
            break;
        }
    }
    let root = recover(&shares)?;
    let mut fill = |out: &mut [u8]| SystemChance.fill(out);
    Keyring::put_back_root(&folder, &root, &mut fill)?;
    println!("root.key is back in {}.", folder.display());
    Ok(ExitCode::SUCCESS)
}

//! 뿌리값 기탁 — `minwon roots deposit`: writes the signed roots into a file outside, and refuses to write over a past that differs.

use crate::house::{self, Data};
use anyhow::{Context, bail};
use app::App;
use app::proofs::ROOTS_FILE;
use crypto::proof::RootsFile;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What to do with the roots.
#[derive(clap::Subcommand)]
pub enum What {
    /// Writes every signed root to a file in this folder (another machine's disk, a notary's drive), after checking that what lies
    /// there already is its beginning.
    Deposit {
        /// The folder.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
}

/// Does it.
pub async fn run(data: &Data, what: What) -> anyhow::Result<ExitCode> {
    let What::Deposit { to } = what;
    let app = house::open(data).await?;
    let done = deposit(&app, &to).await;
    app.places.close().await;
    let (roots, added) = done?;
    println!(
        "{} roots are deposited in {}, {added} of them new.",
        roots,
        to.join(ROOTS_FILE).display()
    );
    Ok(ExitCode::SUCCESS)
}

/// Writes the roots; gives how many there are, and how many of them were not there. What lies there is never made shorter or other.
pub async fn deposit(app: &App, folder: &Path) -> anyhow::Result<(usize, usize)> {
    let now = app.roots_file().await?;
    now.check().context("the roots of this database")?;
    let file = folder.join(ROOTS_FILE);
    let kept = match std::fs::read_to_string(&file) {
        Ok(text) => RootsFile::parse(&text).with_context(|| format!("{}", file.display()))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => RootsFile::default(),
        Err(error) => bail!("{} cannot be read: {error}", file.display()),
    };
    let added = (now.extends(&kept)).with_context(|| {
        format!(
            "what was deposited in {} differs from this database; nothing was written",
            file.display()
        )
    })?;
    if added > 0 || kept.keys.is_empty() {
        let new = file.with_extension("new");
        let written = (|| {
            let mut out = std::fs::File::create(&new)?;
            out.write_all(now.to_string().as_bytes())?;
            out.sync_all()?;
            std::fs::rename(&new, &file)
        })();
        written.with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok((now.roots.len(), added))
}

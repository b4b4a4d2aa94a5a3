//! 사이에 끼우는 것 — a small library between a program and libc: syncs become slow and the clock goes back, while the program runs, as two files say.

use crate::shell;
use anyhow::{Context, Result};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

const SOURCE: &str = include_str!("beside.c");

/// The built library and the two files it reads at every call.
pub struct Shim {
    library: PathBuf,
    sync: PathBuf,
    clock: PathBuf,
}

impl Shim {
    /// Builds it in this folder, where every user of the machine may read it.
    pub fn build(folder: &Path) -> Result<Shim> {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
        let (source, library) = (folder.join("beside.c"), folder.join("beside.so"));
        fs::write(&source, SOURCE)?;
        shell::must(
            Command::new("cc")
                .args(["-shared", "-fPIC", "-O2", "-Wall", "-o"])
                .arg(&library)
                .arg(&source),
        )
        .context("a C compiler is needed: apt-get install gcc")?;
        let shim = Shim {
            library,
            sync: folder.join("sync-ms"),
            clock: folder.join("clock-behind"),
        };
        shim.syncs_take(0)?;
        shim.clock_behind(0)?;
        Ok(shim)
    }

    /// What a program needs in its environment.
    pub fn environment(&self) -> Vec<(String, String)> {
        [
            ("LD_PRELOAD", &self.library),
            ("MINWON_SYNC_MS", &self.sync),
            ("MINWON_CLOCK_BEHIND", &self.clock),
        ]
        .map(|(name, path)| (name.to_owned(), path.to_string_lossy().into_owned()))
        .to_vec()
    }

    /// From now on every fsync and fdatasync takes so many milliseconds longer.
    pub fn syncs_take(&self, milliseconds: u32) -> Result<()> {
        written(&self.sync, milliseconds)
    }

    /// From now on the clock shows so many seconds less.
    pub fn clock_behind(&self, seconds: u32) -> Result<()> {
        written(&self.clock, seconds)
    }
}

/// Put in place whole: it is read at any moment.
fn written(path: &Path, value: u32) -> Result<()> {
    let new = path.with_extension("new");
    fs::write(&new, value.to_string())?;
    fs::rename(&new, path).with_context(|| path.display().to_string())
}

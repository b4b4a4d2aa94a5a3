//! HWPX 확인 — opens the documents that our templates give with two readers that are not ours.
//!
//! The readers are Python packages in an environment of their own under `target/`; nothing of the program needs them.

use crate::shell;
use anyhow::{Context, Result};
use std::{fs, process::Command};

/// The readers, pinned: what they said is only worth something for the version that said it.
const READERS: &[&str] = &["python-hwpx==6.9.0", "hwp-hwpx-parser==1.0.0"];

/// Prints every sample, fills every template, and lets each reader open every document.
pub fn check() -> Result<()> {
    let place = shell::root().join("target/hwpx-check");
    let (samples, readers) = (place.join("samples"), place.join("readers"));
    fs::create_dir_all(&place).with_context(|| place.display().to_string())?;
    let python = readers.join("bin/python");
    if !python.exists() {
        shell::must(Command::new("python3").args(["-m", "venv"]).arg(&readers))?;
    }
    let install = ["-m", "pip", "install", "--quiet"];
    shell::must(Command::new(&python).args(install).args(READERS))?;
    let example = [
        "run",
        "--quiet",
        "--package",
        "documents",
        "--example",
        "print_samples",
        "--",
    ];
    shell::must(shell::cargo().args(example).arg(&samples))?;
    let script = place.join("check.py");
    fs::write(&script, include_str!("hwpx/check.py")).with_context(|| script.display().to_string())?;
    shell::must(Command::new(&python).arg(&script).arg(&samples))
}

//! 퍼징 — lets libFuzzer look for bytes that break a parser of ours, on the one stable toolchain.
//!
//! Only our own crates are instrumented: this very program stands in for the compiler of workspace members and adds what libFuzzer
//! needs, so that everything of others is taken from the ordinary build.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Set for the compiler that is this program.
const WRAPPER: &str = "MINWON_FUZZ_COMPILER";

/// What libFuzzer needs of the compiler: a counter for each edge, where it is, and what was compared.
const FLAGS: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Copt-level=1",
    "-Cdebug-assertions=on",
    "-Coverflow-checks=on",
];

/// Stands in for the compiler where cargo was told so; `None` for an ordinary start.
pub fn compiler() -> Option<ExitCode> {
    std::env::var_os(WRAPPER)?;
    let mut args = std::env::args_os().skip(1);
    let rustc = args.next()?;
    let args: Vec<_> = args.collect();
    let named = |name: &str| {
        args.windows(2)
            .any(|pair| pair[0] == "--crate-name" && pair[1] == name)
    };
    let host = named("build_script_build") || args.iter().any(|arg| arg == "proc-macro");
    let mut command = Command::new(rustc);
    command.args(&args);
    // What only helps building, or only asks the compiler something, is left as it is.
    if !host && args.iter().any(|arg| arg == "--crate-name") {
        command.args(FLAGS);
    }
    let done = command.status().ok().and_then(|status| status.code());
    Some(ExitCode::from(
        done.and_then(|code| u8::try_from(code).ok()).unwrap_or(1),
    ))
}

/// Fuzzes these targets, one after the other; all of them where none is named.
pub fn run(names: &[String], seconds: u64) -> Result<()> {
    let folder = shell::root().join("target").join("fuzz");
    let program = build()?;
    let seeds = folder.join("seeds");
    let listed = shell::output_of(Command::new(&program).env("MINWON_FUZZ_SEEDS", &seeds))?;
    let known: Vec<&str> = listed.lines().collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("there is no target `{unknown}`; there are: {}", known.join(", "));
    }
    let mut broken = Vec::new();
    for name in known
        .iter()
        .filter(|name| names.is_empty() || names.iter().any(|n| n == *name))
    {
        match one(&program, &folder, name, seconds)? {
            Some(figures) => shell::say(&format!("{name}: {figures}")),
            None => broken.push(*name),
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    bail!(
        "broken: {}. What broke it lies in {}",
        broken.join(", "),
        folder.join("found").display()
    );
}

fn build() -> Result<PathBuf> {
    let wrapper = std::env::current_exe().context("this program has no path")?;
    shell::must(
        shell::cargo()
            .args([
                "build",
                "--quiet",
                // The features of the whole workspace: otherwise all that is of others is built once more.
                "--workspace",
                "--bin",
                "fuzz",
                "--features",
                "fuzz/libfuzzer",
            ])
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTC_WORKSPACE_WRAPPER", wrapper)
            .env(WRAPPER, "1"),
    )?;
    Ok(shell::root().join("target").join("debug").join("fuzz"))
}

/// The last figures of a run; `None` where it broke.
fn one(program: &Path, folder: &Path, name: &str, seconds: u64) -> Result<Option<String>> {
    let (corpus, found) = (folder.join("corpus").join(name), folder.join("found").join(name));
    std::fs::create_dir_all(&corpus)?;
    std::fs::create_dir_all(&found)?;
    let out = Command::new(program)
        .env("MINWON_FUZZ", name)
        .arg(&corpus)
        .arg(folder.join("seeds").join(name))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", found.display()))
        .args([
            "-timeout=20",
            "-rss_limit_mb=3000",
            "-max_len=65536",
            "-print_final_stats=1",
        ])
        .output()
        .with_context(|| program.display().to_string())?;
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    if !out.status.success() {
        let tail: Vec<&str> = said.lines().rev().take(60).collect();
        tail.iter().rev().for_each(|line| eprintln!("{line}"));
        return Ok(None);
    }
    let number = |key: &str| {
        (said.lines().rev())
            .find_map(|line| line.split_once(key))
            .and_then(|(_, rest)| rest.split_whitespace().next())
            .unwrap_or("?")
            .to_owned()
    };
    Ok(Some(format!(
        "{} executions, {} edges, {} features, {} inputs kept",
        number("stat::number_of_executed_units:"),
        number("cov: "),
        number("ft: "),
        number("corp: ")
    )))
}

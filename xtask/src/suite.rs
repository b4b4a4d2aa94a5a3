//! 시험 모음 — `cargo xtask test`: every check in order, the cheap ones first, one honest closing line.

use crate::{generate, licences, postgres, setup, shell, tidy};
use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader, IsTerminal, Write},
    process::{Command, ExitCode, Stdio},
};

/// How many tests ran, and how they ended.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Count {
    passed: u64,
    failed: u64,
    skipped: u64,
}

/// A step of the run as the table at the end shows it.
struct Done {
    name: &'static str,
    count: Option<Count>,
    error: Option<String>,
    seconds: f64,
}

#[derive(Default)]
struct Record(Vec<Done>);

impl Record {
    /// Runs a step that holds or does not.
    fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) -> bool {
        self.counted(name, || work().map(|()| None))
    }

    /// Runs a step that counts tests.
    fn counted(&mut self, name: &'static str, work: impl FnOnce() -> Result<Option<Count>>) -> bool {
        shell::say(name);
        let watch = shell::Stopwatch::start();
        let outcome = work();
        let seconds = watch.elapsed().as_secs_f64();
        let (count, error) = match outcome {
            Ok(count) => (count, None),
            Err(error) => (None, Some(format!("{error:#}"))),
        };
        if let Some(error) = &error {
            eprintln!("error: {name}: {error}");
        }
        let good = error.is_none() && count.is_none_or(|count| count.failed == 0);
        self.0.push(Done {
            name,
            count,
            error,
            seconds,
        });
        good
    }
}

/// Runs everything; the exit code is a success only when the closing line says `0 failed`.
pub fn run(quick: bool, filters: &[String]) -> ExitCode {
    let mut record = Record::default();
    if record.step("what the tests need is installed", setup::for_testing) {
        record.step("every file is formatted", || {
            shell::must(shell::cargo().args(["fmt", "--all", "--check"]))
                .context("`cargo fmt --all` puts it right")
        });
        record.step("the house is tidy", tidy::run);
        record.step("generated documents are fresh", generate::check);
        if !quick {
            record.step("licences and sources are known", licences::run);
            record.step("clippy has nothing to say", || {
                shell::must(
                    shell::cargo()
                        .args(["clippy", "--workspace", "--all-targets", "--quiet"])
                        .args(["--", "-D", "warnings"]),
                )
            });
        }
        let built = record.step("the tests build", || {
            shell::must(shell::cargo().args(["nextest", "run", "--workspace", "--no-run"]))
        });
        if built {
            record.counted("the tests pass", || tests(filters).map(Some));
            if !quick && filters.is_empty() {
                record.counted("the examples in the documentation hold", || examples().map(Some));
            }
        }
    }
    let total = total(&record.0);
    eprint!("{}", table(&record.0));
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The tests of the whole workspace, beside a database server of their own.
fn tests(filters: &[String]) -> Result<Count> {
    let given = std::env::var(postgres::VARIABLE).ok();
    let cluster = if given.is_none() {
        Some(postgres::start()?)
    } else {
        None
    };
    let address = given
        .as_deref()
        .or(cluster.as_ref().map(|cluster| cluster.address.as_str()))
        .unwrap_or_default();
    let mut command = shell::cargo();
    command
        // Built a moment ago: what the compiler had to say has been said.
        .args(["nextest", "run", "--workspace", "--cargo-quiet", "--cargo-quiet"])
        .args(filters)
        .env(postgres::VARIABLE, address);
    if std::io::stderr().is_terminal() {
        command.args(["--color", "always"]);
    }
    command.stderr(Stdio::piped());
    let (lines, success) = watched(&mut command, Stream::Errors)?;
    let count = lines
        .iter()
        .rev()
        .find_map(|line| from_nextest(line))
        .context("the test runner ended without its summary")?;
    anyhow::ensure!(
        success || count.failed > 0,
        "the test runner failed, though no test did"
    );
    Ok(count)
}

/// The examples in doc comments, which the test runner above does not run.
fn examples() -> Result<Count> {
    let mut command = shell::cargo();
    command
        .args(["test", "--doc", "--workspace", "--quiet", "--no-fail-fast"])
        .stdout(Stdio::piped());
    let (lines, success) = watched(&mut command, Stream::Words)?;
    let mut sum = Count::default();
    for count in lines.iter().filter_map(|line| from_cargo(line)) {
        sum.passed += count.passed;
        sum.failed += count.failed;
        sum.skipped += count.skipped;
    }
    anyhow::ensure!(success || sum.failed > 0, "the examples could not be run");
    Ok(sum)
}

/// Which of a program's two streams is read along.
enum Stream {
    Words,
    Errors,
}

/// Shows what a program says while it says it, and keeps the lines. The stream named must be piped.
fn watched(command: &mut Command, stream: Stream) -> Result<(Vec<String>, bool)> {
    let mut child = command.spawn().with_context(|| shell::shown(command))?;
    let pipe: Box<dyn std::io::Read> = match stream {
        Stream::Words => Box::new(child.stdout.take().context("standard output is not piped")?),
        Stream::Errors => Box::new(child.stderr.take().context("standard error is not piped")?),
    };
    let mut lines = Vec::new();
    let mut shown = std::io::stderr().lock();
    for line in BufReader::new(pipe).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        if !says_nothing(&line) {
            writeln!(shown, "{line}")?;
        }
        lines.push(line);
    }
    Ok((lines, child.wait()?.success()))
}

/// A crate without examples says so in three lines.
fn says_nothing(line: &str) -> bool {
    line.is_empty()
        || line == "running 0 tests"
        || line.starts_with("test result: ok. 0 passed; 0 failed; 0 ignored")
}

/// Reads `Summary [ 0.1s] 5/12 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped`.
///
/// Every way of not passing counts as failed, the tests that a cancelled run never began as well.
fn from_nextest(line: &str) -> Option<Count> {
    let plain = without_colour(line);
    let after = plain.trim_start().strip_prefix("Summary [")?.split_once(']')?.1;
    let (head, tail) = after.split_once(" run: ")?;
    let ran = head.split_whitespace().next()?;
    let wanted: u64 = ran.rsplit('/').next()?.parse().ok()?;
    let number_of = |what: &str| -> u64 {
        outside_brackets(tail)
            .split(',')
            .filter_map(|part| part.trim().split_once(' '))
            .filter(|(_, word)| word.trim() == what)
            .find_map(|(number, _)| number.parse().ok())
            .unwrap_or(0)
    };
    let passed = number_of("passed");
    Some(Count {
        passed,
        failed: wanted.saturating_sub(passed),
        skipped: number_of("skipped"),
    })
}

/// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn from_cargo(line: &str) -> Option<Count> {
    let plain = without_colour(line);
    let tail = plain
        .trim_start()
        .strip_prefix("test result: ")?
        .split_once(". ")?
        .1;
    let number_of = |what: &str| -> Option<u64> {
        tail.split(';')
            .find_map(|part| part.trim().strip_suffix(what)?.trim().parse().ok())
    };
    Some(Count {
        passed: number_of("passed")?,
        failed: number_of("failed")?,
        skipped: number_of("ignored")?,
    })
}

/// Terminal colours are `ESC [ … m`.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

fn outside_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|&c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

/// Tests that passed; tests that did not, and every other step that did not hold: `0 failed` means all is well.
fn total(steps: &[Done]) -> Count {
    let mut sum = Count::default();
    for step in steps {
        let count = step.count.unwrap_or_default();
        sum.passed += count.passed;
        sum.skipped += count.skipped;
        sum.failed += count.failed + u64::from(step.error.is_some());
    }
    sum
}

/// Step, seconds, result: one line each.
fn table(steps: &[Done]) -> String {
    let mut text = String::from("\n");
    for step in steps {
        let result = match (&step.error, step.count) {
            (Some(_), _) => "FAILED".to_owned(),
            (None, None) => "ok".to_owned(),
            (
                None,
                Some(Count {
                    passed,
                    failed: 0,
                    skipped: 0,
                }),
            ) => format!("ok: {passed} passed"),
            (
                None,
                Some(Count {
                    passed,
                    failed: 0,
                    skipped,
                }),
            ) => format!("ok: {passed} passed, {skipped} skipped"),
            (None, Some(Count { passed, failed, .. })) => format!("FAILED: {passed} passed, {failed} failed"),
        };
        text.push_str(&format!("{:>8.1} s  {:<42} {result}\n", step.seconds, step.name));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: u64, failed: u64, skipped: u64) -> Option<Count> {
        Some(Count {
            passed,
            failed,
            skipped,
        })
    }

    #[test]
    fn the_summary_of_the_runner_is_counted_honestly() {
        let table = [
            (
                "     Summary [   0.123s] 12 tests run: 12 passed, 3 skipped",
                count(12, 0, 3),
            ),
            (
                "     Summary [   0.1s] 12 tests run: 9 passed (1 slow, 1 flaky), 2 failed, 1 timed out, 0 skipped",
                count(9, 3, 0),
            ),
            (
                "     Summary [   4.0s] 5/12 tests run: 4 passed, 1 failed, 0 skipped",
                count(4, 8, 0),
            ),
            (
                "     Summary [   0.1s] 1 test run: 0 passed, 1 exec failed, 40 skipped",
                count(0, 1, 40),
            ),
            (
                "\u{1b}[32;1m     Summary\u{1b}[0m [   0.1s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, 0 skipped",
                count(2, 0, 0),
            ),
            ("     Starting 12 tests across 3 binaries", None),
        ];
        for (line, expected) in table {
            assert_eq!(from_nextest(line), expected, "{line}");
        }
    }

    #[test]
    fn the_results_of_examples_are_counted() {
        let line = "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(from_cargo(line), count(3, 1, 2));
        assert_eq!(from_cargo("running 3 tests"), None);
    }

    #[test]
    fn a_step_that_does_not_hold_is_never_zero_failed() {
        let mut record = Record::default();
        assert!(record.counted("tests", || Ok(count(7, 0, 0))));
        assert!(!record.step("format", || anyhow::bail!("one file")));
        assert_eq!(Some(total(&record.0)), count(7, 1, 0));
        assert!(table(&record.0).contains("FAILED"));
    }
}

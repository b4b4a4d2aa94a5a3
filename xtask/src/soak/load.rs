//! 짐 — one program that files without end while its database falls: its clients repeat their key until they have an answer, and what they
//! were told on the way is counted. In the end every promise is checked.

use super::{Checked, program};
use crate::shell;
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// What a run that broke off tells of the clients' log; all of it stays in the folder.
const LAST_LINES: usize = 40;

/// The clients, their data, and what they were promised.
pub struct Load {
    program: PathBuf,
    folder: PathBuf,
    acks: PathBuf,
    database: String,
    clients: String,
    /// The number of this life of the program that files: its clients' keys begin with it.
    lives: i64,
}

impl Load {
    /// With this folder for keys and promises, new or of a run that was broken off.
    pub fn new(folder: PathBuf, database: &str, clients: u32) -> Result<Load> {
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let acks = folder.join("acknowledged.txt");
        Ok(Load {
            program: program()?,
            lives: 1 + column(&acks, 0).into_iter().max().unwrap_or_default(),
            acks,
            folder,
            database: database.to_owned(),
            clients: clients.to_string(),
        })
    }

    fn minwon(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("--data")
            .arg(self.folder.join("data"))
            .args(["--database", &self.database])
            .stdin(Stdio::null());
        command
    }

    /// Begins to file.
    pub fn begin(&self) -> Result<Child> {
        let log = fs::File::create(self.folder.join("log.txt"))?;
        self.minwon()
            .args([
                "bench",
                "load",
                "--patient",
                "--round",
                &self.lives.to_string(),
                "--clients",
                &self.clients,
                "--acks",
            ])
            .arg(&self.acks)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .with_context(|| self.program.display().to_string())
    }

    /// Waits until something was acknowledged after this moment.
    pub fn flows_after(&self, moment: i64) -> Result<()> {
        let watch = shell::Stopwatch::start();
        while watch.elapsed() < Duration::from_secs(120) {
            if self.moments().last().is_some_and(|last| *last > moment) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("nothing was acknowledged for two minutes")
    }

    /// When each filing was acknowledged, in the order of the file.
    pub fn moments(&self) -> Vec<i64> {
        column(&self.acks, 4)
    }

    /// How many were.
    pub fn acknowledged(&self) -> usize {
        super::lines(&self.acks)
    }

    /// Milliseconds from this moment to the first filing acknowledged after the longest silence.
    pub fn back_after(&self, begun: i64) -> i64 {
        longest_gap(&self.moments(), begun - 1_000).map_or(0, |(_, end)| (end - begun).max(0))
    }

    /// What clients were told after this moment instead of a number: how often “away”, how often “unknown”, and after how many milliseconds
    /// the first “unknown”.
    pub fn told_since(&self, begun: i64) -> (usize, usize, Option<i64>) {
        let troubles = fs::read_to_string(self.acks.with_extension("troubles")).unwrap_or_default();
        let late: Vec<(i64, &str)> = (troubles.lines())
            .filter_map(|line| line.split_once(' '))
            .filter_map(|(at, kind)| Some((at.parse().ok()?, kind)))
            .filter(|(at, _)| *at > begun)
            .collect();
        let count = |what: &str| late.iter().filter(|(_, kind)| *kind == what).count();
        let unknown = late.iter().filter(|(_, kind)| *kind == "unknown");
        (
            count("unavailable"),
            count("unknown"),
            unknown.map(|(at, _)| at - begun).min(),
        )
    }

    /// Repeats every key, and has everything verified.
    pub fn checked(&self) -> Result<Checked> {
        let lives = u32::try_from(self.lives)?;
        super::checked(&|| self.minwon(), &self.acks, lives, &self.clients)
    }

    /// The rows every table of such a run has.
    pub fn rows(&self, checked: &Checked) -> Vec<(String, String)> {
        let troubles = fs::read_to_string(self.acks.with_extension("troubles")).unwrap_or_default();
        let met = |kind: &str| troubles.lines().filter(|line| line.ends_with(kind)).count();
        let number = |name: &str| checked.found[name].to_string();
        [
            ("clients", self.clients.clone()),
            ("acknowledged filings", number("acknowledged")),
            ("… there once, with their number", number("kept")),
            ("… lost", number("lost")),
            ("keys sent twice again at the end", number("repeated")),
            ("… that made two petitions", number("doubled")),
            ("petitions nobody filed", number("unexplained")),
            (
                "answers “away”, repeated by the key",
                met("unavailable").to_string(),
            ),
            (
                "answers “unknown”, resolved by the key",
                met("unknown").to_string(),
            ),
        ]
        .map(|(what, value)| (what.to_owned(), value))
        .to_vec()
    }

    /// Where the clients' data is, and the last they said.
    pub fn told(&self) -> String {
        let log = fs::read_to_string(self.folder.join("log.txt")).unwrap_or_default();
        format!(
            "the data of the clients is in {}; the last lines of log.txt there:\n{}",
            self.folder.display(),
            last_lines(&log, LAST_LINES)
        )
    }

    /// Removes what the clients kept.
    pub fn remove(self) -> Result<()> {
        Ok(fs::remove_dir_all(&self.folder)?)
    }
}

/// The end of a text.
pub fn last_lines(text: &str, most: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(most)..].join("\n")
}

/// Times in milliseconds told as seconds: the one, or the median and the worst.
pub fn spread(mut times: Vec<i64>) -> String {
    times.sort_unstable();
    match times[..] {
        [] => "-".to_owned(),
        [one] => format!("{:.1}", seconds(one)),
        [.., worst] => format!(
            "{:.1} / {:.1} (median / worst of {})",
            seconds(times[times.len() / 2]),
            seconds(worst),
            times.len()
        ),
    }
}

/// The longest time after `from` in which nothing was acknowledged: its begin and its end.
fn longest_gap(moments: &[i64], from: i64) -> Option<(i64, i64)> {
    let mut late: Vec<i64> = moments.iter().copied().filter(|at| *at >= from).collect();
    late.sort_unstable();
    let gaps = late.windows(2).map(|pair| (pair[0], pair[1]));
    gaps.max_by_key(|(begin, end)| end - begin)
}

/// A column of numbers of a file with one entry a line; the last line may still be half written.
fn column(path: &Path, n: usize) -> Vec<i64> {
    let told = fs::read_to_string(path).unwrap_or_default();
    let whole = told.rfind('\n').map_or("", |end| &told[..end]);
    (whole.lines())
        .filter_map(|line| line.split(' ').nth(n)?.parse().ok())
        .collect()
}

/// For people to read.
#[expect(clippy::cast_precision_loss, reason = "some seconds, for people to read")]
pub fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1e3
}

/// Milliseconds since 1970, as the program that files writes them down.
#[expect(
    clippy::disallowed_methods,
    reason = "compared with the moments another process of this machine wrote down; decides nothing that is stored"
)]
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_gap_is_found_among_what_came_late() {
        let moments = [0, 9_000, 10_000, 10_100, 14_000, 13_900, 14_050];
        assert_eq!(longest_gap(&moments, 9_500), Some((10_100, 13_900)));
        assert_eq!(longest_gap(&moments, 14_050), None);
    }

    #[test]
    fn a_half_written_line_is_left_for_the_next_look() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("acks");
        fs::write(&file, "1 0 0 ABC 17\n1 1 0 DEF 19\n1 0 1 GHI 2").unwrap();
        assert_eq!(column(&file, 4), [17, 19]);
    }

    #[test]
    fn times_and_logs_are_told_shortly() {
        assert_eq!(spread(vec![1_500]), "1.5");
        assert_eq!(
            spread(vec![9_000, 1_500, 2_000]),
            "2.0 / 9.0 (median / worst of 3)"
        );
        assert_eq!(last_lines("a\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("a", 2), "a");
    }
}

//! 인계를 견디기 — `cargo xtask soak failover`: clients file into a replicated cluster while its primary falls, again and again; then every
//! promise is checked, as after `soak kill`, and it is told how long nobody could file.
//!
//! One process files from the beginning to the end: it must find the new primary by itself. Each of its clients repeats its key until it has an
//! answer, so that whatever was left unknown by a fall is resolved by the key.

use super::{checked, program};
use crate::{
    cluster::{Cluster, What},
    shell,
};
use anyhow::{Context, Result, bail, ensure};
use clap::{Args, ValueEnum};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Arguments of `soak failover`.
#[derive(Args)]
pub struct Failover {
    /// How often the primary is killed
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// How many clients file at the same time
    #[arg(long, default_value_t = 16)]
    clients: u32,
    /// Leave out what comes after the kills: a switch, cut cables, no replica at all
    #[arg(long)]
    kills_only: bool,
    /// Instead of all that: these, in turn, until there were so many `--rounds`
    #[arg(long, value_enum, value_delimiter = ',', conflicts_with = "kills_only")]
    only: Vec<Kind>,
    /// End cleanly, with the check, when so many minutes are over, whatever rounds are left
    #[arg(long, value_name = "MINUTES")]
    within: Option<u64>,
    /// With the optimised program as it lies there
    #[arg(long)]
    built: bool,
    /// Go on with the cluster and the clients' data of a run that was broken off
    #[arg(long, value_name = "DIR")]
    resume: Option<PathBuf>,
}

/// What may be asked for by name.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// SIGKILL to the primary's database server
    Database,
    /// SIGKILL to everything on the primary's machine
    Machine,
    /// A planned switch
    Switch,
    /// The primary's cable pulled, and plugged in again when another leads
    Cut,
    /// The same for the synchronous replica
    CutStandby,
    /// Both replicas gone
    NoReplica,
}

/// What happens to the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Kill(What),
    Switch,
    CutPrimary,
    CutStandby,
    NoReplica,
}

impl From<Kind> for Event {
    fn from(kind: Kind) -> Event {
        match kind {
            Kind::Database => Event::Kill(What::Database),
            Kind::Machine => Event::Kill(What::Machine),
            Kind::Switch => Event::Switch,
            Kind::Cut => Event::CutPrimary,
            Kind::CutStandby => Event::CutStandby,
            Kind::NoReplica => Event::NoReplica,
        }
    }
}

impl Event {
    fn name(self) -> &'static str {
        match self {
            Event::Kill(What::Database) => "primary's database killed",
            Event::Kill(What::Machine) => "primary's machine killed",
            Event::Switch => "planned switch",
            Event::CutPrimary => "primary cut off",
            Event::CutStandby => "synchronous replica cut off",
            Event::NoReplica => "both replicas gone",
        }
    }
}

/// What came of it: milliseconds until writes were back, and from when that is counted.
struct Round {
    event: Event,
    back: i64,
}

/// So long writes flow before something happens.
const FLOW: Duration = Duration::from_secs(2);
/// So long both replicas are away: longer than a statement may take. A COMMIT that waits for a standby is not bound by that.
const ALONE: Duration = Duration::from_secs(45);
/// What was on its way when both replicas went may still be answered so long.
const ON_ITS_WAY: i64 = 1_000;

/// Does it; an error when a promise was broken.
pub fn run(args: &Failover) -> Result<()> {
    if args.resume.is_none() && !args.built {
        shell::say("building minwon with optimisation");
        shell::must(shell::cargo().args(["build", "--release", "--package", "minwon"]))?;
    }
    let program = program()?;
    let (cluster, folder) = match &args.resume {
        Some(folder) => (Cluster::there()?, folder.clone()),
        None => (
            Cluster::up()?,
            env::temp_dir().join(format!("minwon-failover-{}", std::process::id())),
        ),
    };
    cluster.heal()?;
    cluster.whole()?;
    fs::create_dir_all(&folder)?;
    let acks = folder.join("acknowledged.txt");
    let soak = Soak {
        lives: 1 + column(&acks, 0).into_iter().max().unwrap_or_default(),
        acks,
        program,
        cluster,
        folder,
        clients: args.clients.to_string(),
    };
    let mut load = soak.load()?;
    let done = soak.rounds(args, &mut load);
    load.kill()?;
    load.wait()?;
    let rounds = done.with_context(|| {
        let log = fs::read_to_string(soak.folder.join("log.txt")).unwrap_or_default();
        format!(
            "the data of the clients is in {}; they said:\n{log}",
            soak.folder.display()
        )
    })?;
    soak.cluster.whole()?;
    shell::say("repeating every key, and verifying");
    let checked = checked(
        &|| soak.minwon(),
        &soak.acks,
        u32::try_from(soak.lives)?,
        &soak.clients,
    )?;
    println!("{}", soak.table(&rounds, &checked.found, &checked.verified)?);
    ensure!(
        checked.holds,
        "a promise was broken; the cluster still runs (cargo xtask cluster down)\n{}",
        checked.told
    );
    soak.cluster.down()?;
    fs::remove_dir_all(&soak.folder)?;
    Ok(())
}

struct Soak {
    program: PathBuf,
    cluster: Cluster,
    folder: PathBuf,
    acks: PathBuf,
    clients: String,
    /// The number of this life of the program that files: its clients' keys begin with it.
    lives: i64,
}

impl Soak {
    fn minwon(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("--data")
            .arg(self.folder.join("data"))
            .args(["--database", &self.cluster.address()])
            .stdin(Stdio::null());
        command
    }

    fn load(&self) -> Result<Child> {
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

    fn rounds(&self, args: &Failover, load: &mut Child) -> Result<Vec<Round>> {
        let watch = shell::Stopwatch::start();
        let mut rounds = Vec::new();
        for (n, event) in events(args).into_iter().enumerate() {
            if (args.within).is_some_and(|minutes| watch.elapsed() > Duration::from_secs(60 * minutes)) {
                break;
            }
            let round = self.round(event)?;
            if let Some(status) = load.try_wait()? {
                bail!("the program ended by itself ({status})");
            }
            eprintln!(
                "round {}: {}, writes back after {:.1} s, {} acknowledged so far",
                n + 1,
                event.name(),
                seconds(round.back),
                super::lines(&self.acks)
            );
            rounds.push(round);
        }
        Ok(rounds)
    }

    /// Lets writes flow, lets it happen, waits until they flow again, and mends the cluster.
    fn round(&self, event: Event) -> Result<Round> {
        let before = self.cluster.whole()?;
        let leader = before.leader()?.to_owned();
        self.flows_after(now())?;
        thread::sleep(FLOW);
        let (cluster, patience) = (&self.cluster, Duration::from_secs(120));
        let mut begun = now();
        let another = |view: &crate::cluster::View| view.leader().is_ok_and(|now| now != leader);
        match event {
            Event::Kill(what) => {
                cluster.kill_primary(what)?;
                cluster.becomes("led by another", patience, another)?;
            }
            Event::Switch => {
                cluster.switch()?;
                cluster.becomes("led by another", patience, another)?;
            }
            Event::CutPrimary => {
                cluster.machine(&leader)?.unplug()?;
                cluster.becomes("led by another", patience, another)?;
            }
            Event::CutStandby => {
                let standby = before.standby().context("no synchronous replica")?.to_owned();
                cluster.machine(&standby)?.unplug()?;
                cluster.becomes("followed by another", patience, |view| {
                    view.standby().is_some_and(|now| now != standby)
                })?;
            }
            Event::NoReplica => {
                for name in before.followers() {
                    cluster.machine(name)?.stop_following()?;
                }
                thread::sleep(ALONE);
                let promised = self
                    .moments()
                    .into_iter()
                    .filter(|at| *at > begun + ON_ITS_WAY)
                    .count();
                ensure!(
                    promised == 0,
                    "{promised} filings were acknowledged that no replica had"
                );
                begun = now();
                cluster.heal()?;
            }
        }
        let led = now();
        self.flows_after(led)?;
        thread::sleep(FLOW);
        let back = longest_gap(&self.moments(), begun - 1_000).map_or(0, |(_, end)| end - begun);
        cluster.heal()?;
        Ok(Round {
            event,
            back: back.max(0),
        })
    }

    /// Waits until something was acknowledged after this moment.
    fn flows_after(&self, moment: i64) -> Result<()> {
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
    fn moments(&self) -> Vec<i64> {
        column(&self.acks, 4)
    }

    fn table(&self, rounds: &[Round], found: &serde_json::Value, verified: &str) -> Result<String> {
        let troubles = fs::read_to_string(self.acks.with_extension("troubles")).unwrap_or_default();
        let met = |kind: &str| troubles.lines().filter(|line| line.ends_with(kind)).count();
        let kills = rounds
            .iter()
            .filter(|round| matches!(round.event, Event::Kill(_)));
        let number = |name: &str| found[name].to_string();
        let mut rows = vec![
            ("fail-overs by a kill".to_owned(), kills.count().to_string()),
            ("clients".to_owned(), self.clients.clone()),
            ("acknowledged filings".to_owned(), number("acknowledged")),
            ("… there once, with their number".to_owned(), number("kept")),
            ("… lost".to_owned(), number("lost")),
            ("… that made two petitions".to_owned(), number("doubled")),
            ("petitions nobody filed".to_owned(), number("unexplained")),
            (
                "answers “away”, repeated by the key".to_owned(),
                met("unavailable").to_string(),
            ),
            (
                "answers “unknown”, resolved by the key".to_owned(),
                met("unknown").to_string(),
            ),
        ];
        let mut seen: Vec<Event> = Vec::new();
        for round in rounds {
            if seen.contains(&round.event) {
                continue;
            }
            seen.push(round.event);
            let mut times: Vec<i64> = (rounds.iter())
                .filter(|other| other.event == round.event)
                .map(|other| other.back)
                .collect();
            times.sort_unstable();
            let (middle, worst) = (times[times.len() / 2], times[times.len() - 1]);
            let from = match round.event {
                Event::NoReplica => " after their return",
                _ => "",
            };
            let told = match times.len() {
                1 => format!("{:.1}", seconds(worst)),
                n => format!("{:.1} / {:.1} ({n} times)", seconds(middle), seconds(worst)),
            };
            let what = format!("seconds until writes were back{from}, {}", round.event.name());
            rows.push((what, told));
        }
        rows.push(("`minwon verify`".to_owned(), verified.to_owned()));
        let rows: Vec<String> = (rows.iter())
            .map(|(what, value)| format!("| {what} | {value} |"))
            .collect();
        Ok(format!("| what | |\n| --- | --: |\n{}\n", rows.join("\n")))
    }
}

/// What will happen, in this order.
fn events(args: &Failover) -> Vec<Event> {
    let rounds = args.rounds as usize;
    let in_turn = |kinds: &[Kind]| -> Vec<Event> {
        (kinds.iter().cycle().take(rounds))
            .map(|kind| Event::from(*kind))
            .collect()
    };
    if !args.only.is_empty() {
        return in_turn(&args.only);
    }
    let mut events = in_turn(&[Kind::Database, Kind::Machine]);
    if !args.kills_only {
        events.extend([
            Event::Switch,
            Event::CutPrimary,
            Event::CutStandby,
            Event::NoReplica,
        ]);
    }
    events
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

#[expect(clippy::cast_precision_loss, reason = "some seconds, for people to read")]
fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1e3
}

/// Milliseconds since 1970, as the program that files writes them down.
#[expect(
    clippy::disallowed_methods,
    reason = "compared with the moments another process of this machine wrote down; decides nothing that is stored"
)]
fn now() -> i64 {
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
}

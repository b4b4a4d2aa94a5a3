//! 인계를 견디기 — `cargo xtask soak failover`: clients file into a replicated cluster while its primary falls, again and again; then every
//! promise is checked, as after `soak kill`, and it is told how long nobody could file.
//!
//! One process files from the beginning to the end: it must find the new primary by itself. Each of its clients repeats its key until it has an
//! answer, so that whatever was left unknown by a fall is resolved by the key.

use super::{
    Checked, build,
    load::{self, Load, now, seconds},
};
use crate::{
    cluster::{Cluster, What},
    shell,
};
use anyhow::{Context, Result, bail, ensure};
use clap::{Args, ValueEnum};
use std::{env, path::PathBuf, process::Child, thread, time::Duration};

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
/// So long both replicas are away: longer than a statement may take, or a commit may wait for its standby.
const ALONE: Duration = Duration::from_secs(45);
/// What was on its way when both replicas went may still be answered so long.
const ON_ITS_WAY: i64 = 1_000;

/// Does it; an error when a promise was broken.
pub fn run(args: &Failover) -> Result<()> {
    if args.resume.is_none() && !args.built {
        build()?;
    }
    let (cluster, folder) = match &args.resume {
        Some(folder) => (Cluster::there()?, folder.clone()),
        None => (
            Cluster::up()?,
            env::temp_dir().join(format!("minwon-failover-{}", std::process::id())),
        ),
    };
    cluster.heal()?;
    cluster.whole()?;
    let load = Load::new(folder, &cluster.address(), args.clients)?;
    let soak = Soak { cluster, load };
    let mut filing = soak.load.begin()?;
    let done = soak.rounds(args, &mut filing);
    filing.kill()?;
    filing.wait()?;
    let rounds = done.with_context(|| soak.load.told())?;
    soak.cluster.whole()?;
    shell::say("repeating every key, and verifying");
    let checked = soak.load.checked()?;
    println!("{}", table(&soak.load, &rounds, &checked));
    ensure!(
        checked.holds,
        "a promise was broken; the cluster still runs (cargo xtask cluster down)\n{}",
        checked.told
    );
    soak.cluster.down()?;
    soak.load.remove()
}

struct Soak {
    cluster: Cluster,
    load: Load,
}

impl Soak {
    fn rounds(&self, args: &Failover, filing: &mut Child) -> Result<Vec<Round>> {
        let watch = shell::Stopwatch::start();
        let mut rounds = Vec::new();
        for (n, event) in events(args).into_iter().enumerate() {
            if (args.within).is_some_and(|minutes| watch.elapsed() > Duration::from_secs(60 * minutes)) {
                break;
            }
            let round = self.round(event)?;
            if let Some(status) = filing.try_wait()? {
                bail!("the program ended by itself ({status})");
            }
            eprintln!(
                "round {}: {}, writes back after {:.1} s, {} acknowledged so far",
                n + 1,
                event.name(),
                seconds(round.back),
                self.load.acknowledged()
            );
            rounds.push(round);
        }
        Ok(rounds)
    }

    /// Lets writes flow, lets it happen, waits until they flow again, and mends the cluster.
    fn round(&self, event: Event) -> Result<Round> {
        let before = self.cluster.whole()?;
        let leader = before.leader()?.to_owned();
        self.load.flows_after(now())?;
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
                let promised = (self.load.moments())
                    .into_iter()
                    .filter(|at| *at > begun + ON_ITS_WAY)
                    .count();
                ensure!(
                    promised == 0,
                    "{promised} filings were acknowledged that no replica had"
                );
                let (away, unknown, first) = self.load.told_since(begun);
                eprintln!(
                    "without a replica for {} s: {unknown} times “unknown” (the first after {:.1} s), {away} times “away”, no number given",
                    ALONE.as_secs(),
                    seconds(first.unwrap_or_default())
                );
                begun = now();
                cluster.heal()?;
            }
        }
        let led = now();
        self.load.flows_after(led)?;
        thread::sleep(FLOW);
        let back = self.load.back_after(begun);
        cluster.heal()?;
        Ok(Round { event, back })
    }
}

/// The result as a Markdown table.
fn table(load: &Load, rounds: &[Round], checked: &Checked) -> String {
    let kills = (rounds.iter()).filter(|round| matches!(round.event, Event::Kill(_)));
    let mut rows = vec![("fail-overs by a kill".to_owned(), kills.count().to_string())];
    rows.extend(load.rows(checked));
    let mut seen: Vec<Event> = Vec::new();
    for round in rounds {
        if seen.contains(&round.event) {
            continue;
        }
        seen.push(round.event);
        let times = (rounds.iter())
            .filter(|other| other.event == round.event)
            .map(|other| other.back);
        let from = match round.event {
            Event::NoReplica => " after their return",
            _ => "",
        };
        let what = format!("seconds until writes were back{from}, {}", round.event.name());
        rows.push((what, load::spread(times.collect())));
    }
    rows.push(("`minwon verify`".to_owned(), checked.verified.clone()));
    super::markdown(&rows)
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

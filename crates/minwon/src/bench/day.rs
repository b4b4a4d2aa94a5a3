//! 하루 — a day of a city the size of Seoul, hour by hour but faster: people file and look, officials act and look; how long each page
//! takes, and whether memory grows.
//!
//! Each request has its moment, whatever became of the one before: what waits behind a slow page waits in the figures too. Petitions are
//! filed and pages opened through the pages; acts go through the one door for writing, each the next step of a petition filed here.

use super::browser::Browser;
use super::grow::City;
use super::site::{self, On, Pages};
use super::words::Writer;
use super::{Args, Table, Times, count, ms, now};
use crate::city::cast::Team;
use crate::city::plot::Shelf;
use crate::city::sample::{Material, Sample};
use crate::city::step::Step;
use crate::city::story::{Asker, Story};
use crate::house::Data;
use crate::metrics;
use crate::simulate::Profile;
use crate::tenure;
use anyhow::{Context, ensure};
use app::App;
use domain::due::Period;
use domain::id::{OfficialId, PersonId};
use domain::terms::{EntryPoint, Seat};
use domain::time::At;
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use store::session::Subject;
use tokio::task::JoinSet;

/// What a day brings: petitions (some 3.35 million a year), acts on them, pages looked at.
const PETITIONS: usize = 9_181;
const ACTS: usize = 40_000;
const VIEWS: usize = 500_000;
/// How the day is spread over its hours, from midnight on. The shape is ours: busy before noon and after lunch, quiet at night.
const LOOKED: [u32; 24] = [
    8, 5, 4, 3, 4, 7, 15, 30, 60, 95, 102, 88, 62, 80, 86, 82, 74, 64, 40, 28, 24, 20, 14, 9,
];
/// Officials act while the office is open.
const WORKED: [u32; 24] = [
    0, 0, 0, 0, 0, 0, 0, 0, 4, 110, 140, 120, 10, 120, 140, 140, 120, 90, 6, 0, 0, 0, 0, 0,
];
/// Petitions of the last two months before that day.
const DAYS: i64 = 60;
/// Citizens and officials whose requests run at once.
const CITIZENS: usize = 48;
const OFFICIALS: usize = 24;
/// Acts that run at once.
const HANDS: usize = 8;
/// How often memory is looked at.
const LOOKS: u32 = 20;
const HOUR: f64 = 3_600.0;

/// What happens to each petition, as far as the day gets.
const STEPS: [Step; 10] = [
    Step::Receive,
    Step::Distribute,
    Step::UnitReceive,
    Step::Designate,
    Step::Draft,
    Step::SendUp,
    Step::Sign,
    Step::Sign,
    Step::Answer,
    Step::Read,
];

/// Replays a day, or one hour of it, on each engine.
pub async fn run(engines: &[On], within: Option<&Path>, args: &Args) -> anyhow::Result<()> {
    let mut pages = Table::new(
        "By page",
        &[
            "engine",
            "what",
            "times",
            "failed",
            "p50 ms",
            "p99 ms",
            "longest ms",
        ],
    );
    let mut whole = Table::new(
        "The whole",
        &[
            "engine",
            "hours",
            "times as fast",
            "minutes",
            "requests and acts/s",
            "memory after a quarter, MB",
            "after a half",
            "at the end",
        ],
    );
    for on in engines {
        let city = City::new(on, within, args.petitions).await?;
        let data = Data {
            data: city.data(),
            key_folder: None,
            database: city.database.clone(),
        };
        eprintln!("a past of {} on {}", count(args.petitions as f64), on.name());
        let app = site::with_a_past(&data, args.petitions, DAYS, Profile::Full).await?;
        let mut seen = replay(&app, args).await?;
        let requests: usize = seen.kinds.values().map(|kind| kind.times.0.len()).sum();
        whole.row(&[
            on.name().to_owned(),
            match args.hour {
                Some(hour) => format!("{hour}–{}", hour + 1),
                None => "0–24".to_owned(),
            },
            format!("{}", args.speed),
            format!("{:.1}", seen.seconds / 60.0),
            count(requests as f64 / seen.seconds),
            count(seen.memory_at(4)),
            count(seen.memory_at(2)),
            count(seen.memory_at(1)),
        ]);
        for (what, kind) in &mut seen.kinds {
            pages.row(&[
                on.name().to_owned(),
                (*what).to_owned(),
                count(kind.times.0.len() as f64),
                count(kind.failed as f64),
                ms(kind.times.within(50)),
                ms(kind.times.within(99)),
                ms(kind.times.within(100)),
            ]);
        }
        app.places.close().await;
        city.remove().await?;
    }
    whole.print();
    pages.print();
    Ok(())
}

#[derive(Default)]
struct Kind {
    times: Times,
    failed: u64,
}

#[derive(Default)]
struct Seen {
    kinds: BTreeMap<&'static str, Kind>,
    seconds: f64,
    /// MB, in even steps.
    memory: Vec<f64>,
}

impl Seen {
    /// The memory after one of so many parts.
    fn memory_at(&self, part: usize) -> f64 {
        let at = (self.memory.len() / part).saturating_sub(1);
        self.memory.get(at).copied().unwrap_or(f64::NAN)
    }
}

/// Petitions filed today that wait for their next step, and all their numbers.
struct Desk {
    waiting: Mutex<VecDeque<Story>>,
    filed: Mutex<Vec<(PersonId, String)>>,
    sample: Arc<Sample>,
    entered: Option<Period>,
    teams: Vec<Team>,
    clerk: OfficialId,
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    fn new(app: &App, material: &Material) -> anyhow::Result<Desk> {
        let office = app.office();
        let shelf = Shelf::new(&office, material)?;
        let offer = (shelf.services.iter().flatten())
            .find(|offer| offer.door.service.as_str() == "S136")
            .context("nothing is told of 기타민원")?;
        Ok(Desk {
            waiting: Mutex::default(),
            filed: Mutex::default(),
            sample: Arc::new(offer.sample.clone()),
            entered: offer.period.1,
            teams: offer.teams.clone(),
            clerk: shelf.clerk(EntryPoint::Web, 0)?,
        })
    }

    /// Takes a petition in that was filed through the pages.
    async fn takes(&self, app: &App, n: usize, person: PersonId, number: String) -> anyhow::Result<()> {
        let filing = number.parse().ok().context("a 신청번호")?;
        let petition = (app.here.by_filing_number(filing).await?).context("what was just filed")?;
        let team = self.teams[n % self.teams.len()];
        lock(&self.filed).push((person, number));
        lock(&self.waiting).push_back(Story {
            n,
            steps: STEPS.into_iter().map(|step| (At(0), step)).collect(),
            sample: self.sample.clone(),
            district: None,
            entry: EntryPoint::Web,
            asker: Asker::Known(person),
            clerk: self.clerk,
            team,
            astray: team,
            entered: self.entered,
            flavour: n,
            petition: Some(petition.id),
            earlier: None,
        });
        Ok(())
    }
}

async fn replay(app: &Arc<App>, args: &Args) -> anyhow::Result<Seen> {
    let pages = Pages::open(app).await?;
    let duties = tenure::start(app, true, &tenure::Figures::default());
    let material = Arc::new(Material::read()?);
    let desk = Arc::new(Desk::new(app, &material)?);
    let people = site::people(app, CITIZENS).await?;
    let officials = officials(app);
    ensure!(!officials.is_empty(), "nobody works here");
    let cases = Arc::new(cases(app).await?);
    let clock = Clock {
        from: args.hour.map_or(0.0, |hour| f64::from(hour) * HOUR),
        until: args.hour.map_or(24.0, |hour| f64::from(hour) + 1.0) * HOUR,
        speed: args.speed,
    };
    let (views, petitions, acts) = (
        moments(&LOOKED, VIEWS),
        moments(&LOOKED, PETITIONS),
        moments(&WORKED, ACTS),
    );
    let begun = now();
    let mut work: JoinSet<anyhow::Result<BTreeMap<&'static str, Kind>>> = JoinSet::new();
    for (n, &person) in people.iter().enumerate() {
        let visitor = Browser::of(app, &pages.gate, Subject::Citizen(person), pages.address).await?;
        // Seven of ten pages are a citizen's.
        let mine = |moments: &[f64]| clock.mine(moments, n, CITIZENS);
        let looks = mine(&share(&views, |at| at % 10 < 7));
        let files = mine(&petitions);
        let (app, desk) = (app.clone(), desk.clone());
        work.spawn(citizen(visitor, app, desk, (n, person), (looks, files), begun));
    }
    for n in 0..OFFICIALS {
        let official = officials[n % officials.len()];
        let visitor = Browser::of(app, &pages.desk, Subject::Official(official), pages.address).await?;
        let looks = clock.mine(&share(&views, |at| at % 10 >= 7), n, OFFICIALS);
        work.spawn(official_looks(visitor, cases.clone(), n, looks, begun));
    }
    for n in 0..HANDS {
        let moments = clock.mine(&acts, n, HANDS);
        let (app, desk, material) = (app.clone(), desk.clone(), material.clone());
        work.spawn(async move { hands(&app, &desk, &material, moments, begun).await });
    }
    let mut seen = Seen::default();
    let lasts = clock.lasts();
    for n in 1..=LOOKS {
        tokio::time::sleep_until((begun + lasts * n / LOOKS).into()).await;
        // Without the mapped file, which the system takes back when it needs the room.
        seen.memory.push(metrics::memory("RssAnon:")? as f64 / 1024.0);
        eprintln!(
            "  {} of {LOOKS}: {:.0} MB",
            n,
            seen.memory.last().copied().unwrap_or_default()
        );
    }
    while let Some(one) = work.join_next().await {
        for (what, kind) in one?? {
            let all = seen.kinds.entry(what).or_default();
            all.times.0.extend(kind.times.0);
            all.failed += kind.failed;
        }
    }
    seen.seconds = begun.elapsed().as_secs_f64();
    duties.end().await;
    pages.close().await?;
    Ok(seen)
}

/// Which part of the day is replayed, and how fast.
#[derive(Clone, Copy)]
struct Clock {
    from: f64,
    until: f64,
    speed: f64,
}

impl Clock {
    fn lasts(self) -> Duration {
        Duration::from_secs_f64((self.until - self.from) / self.speed)
    }

    /// The moments of one of so many, from the beginning of the replay.
    fn mine(self, moments: &[f64], n: usize, of: usize) -> Vec<Duration> {
        (moments.iter().skip(n).step_by(of))
            .filter(|at| (self.from..self.until).contains(*at))
            .map(|at| Duration::from_secs_f64((at - self.from) / self.speed))
            .collect()
    }
}

/// So many moments of a day in seconds, spread by the hours' weights.
fn moments(hours: &[u32; 24], many: usize) -> Vec<f64> {
    let all: u32 = hours.iter().sum();
    let mut moments = Vec::with_capacity(many);
    let (mut before, mut hour) = (0, 0);
    for n in 0..many {
        let mark = (n as f64 + 0.5) / many as f64 * f64::from(all);
        while hour < 23 && f64::from(before + hours[hour]) < mark {
            before += hours[hour];
            hour += 1;
        }
        let within = (mark - f64::from(before)) / f64::from(hours[hour].max(1));
        moments.push((hour as f64 + within) * HOUR);
    }
    moments
}

/// Those whose place in the order is wanted.
fn share(moments: &[f64], wanted: impl Fn(usize) -> bool) -> Vec<f64> {
    let all = moments.iter().enumerate();
    all.filter(|(n, _)| wanted(*n)).map(|(_, at)| *at).collect()
}

/// Waits for a moment; when it was due.
async fn due(begun: Instant, at: Duration) -> Instant {
    tokio::time::sleep_until((begun + at).into()).await;
    begun + at
}

fn note<T>(
    kinds: &mut BTreeMap<&'static str, Kind>,
    what: &'static str,
    due: Instant,
    done: &anyhow::Result<T>,
) {
    let kind = kinds.entry(what).or_default();
    match done {
        Ok(_) => kind.times.0.push(due.elapsed()),
        Err(error) => {
            kind.failed += 1;
            // The first says what all say.
            if kind.failed == 1 {
                eprintln!("  {what}: {error:#}");
            }
        }
    }
}

/// A citizen looks at pages and files in between.
async fn citizen(
    mut visitor: Browser,
    app: Arc<App>,
    desk: Arc<Desk>,
    (n, person): (usize, PersonId),
    (looks, files): (Vec<Duration>, Vec<Duration>),
    begun: Instant,
) -> anyhow::Result<BTreeMap<&'static str, Kind>> {
    let mut kinds = BTreeMap::new();
    let mut writer = Writer::new(n as u64 * 100_000);
    let (mut files, mut filed) = (files.into_iter().peekable(), 0);
    let mut own: Vec<String> = Vec::new();
    for (turn, at) in looks.into_iter().enumerate() {
        while let Some(at) = files.next_if(|file| *file <= at) {
            let due = due(begun, at).await;
            let done = visitor.files(&writer.petition()).await;
            note(
                &mut kinds,
                "citizen: three forms that file a petition",
                due,
                &done,
            );
            match done {
                Ok((_, number)) => {
                    own.push(number.clone());
                    filed += 1;
                    desk.takes(&app, n + filed * CITIZENS, person, number).await?;
                }
                Err(_) => visitor.hangs_up(),
            }
        }
        let due = due(begun, at).await;
        let latest = own.get((turn * 7) % own.len().max(1));
        let (what, path) = match (turn % 10, latest) {
            (0 | 1, _) => ("citizen: first page", "/".to_owned()),
            (2, _) => ("citizen: services", "/services".to_owned()),
            (3 | 4, _) => ("citizen: one service", "/services/S134".to_owned()),
            (5, _) | (6.., None) => ("citizen: begin to file", "/file".to_owned()),
            (6 | 7, Some(_)) => ("citizen: my petitions", "/my".to_owned()),
            (_, Some(number)) => ("citizen: a petition of mine", format!("/my/{number}")),
        };
        let done = visitor.gets(&path).await;
        note(&mut kinds, what, due, &done);
        if done.is_err() {
            visitor.hangs_up();
        }
    }
    Ok(kinds)
}

/// An official looks at lists and cases.
async fn official_looks(
    mut visitor: Browser,
    cases: Arc<Vec<String>>,
    n: usize,
    looks: Vec<Duration>,
    begun: Instant,
) -> anyhow::Result<BTreeMap<&'static str, Kind>> {
    const WORDS: [&str; 4] = [
        "%EA%B0%80%EB%A1%9C%EB%93%B1",
        "%EB%8F%84%EB%A1%9C",
        "%EB%AC%B8%EC%9D%98",
        "%EC%A3%BC%EC%B0%A8",
    ];
    let mut kinds = BTreeMap::new();
    for (turn, at) in looks.into_iter().enumerate() {
        let due = due(begun, at).await;
        let case = &cases[(turn * 31 + n * 7) % cases.len()];
        let (what, path) = match turn % 20 {
            0..6 => ("official: work list", "/desk".to_owned()),
            6..8 => ("official: what ended", "/desk?queue=concluded".to_owned()),
            8..17 => ("official: a case", format!("/desk/cases/{case}")),
            17 => (
                "official: search",
                format!("/desk/search?q={}", WORDS[(turn / 20) % 4]),
            ),
            18 => ("official: news", "/desk/news".to_owned()),
            _ => ("official: approvals", "/desk/approvals".to_owned()),
        };
        let done = visitor.gets(&path).await;
        note(&mut kinds, what, due, &done);
        if done.is_err() {
            visitor.hangs_up();
        }
    }
    Ok(kinds)
}

/// Officials do the next step of whatever waits longest.
async fn hands(
    app: &App,
    desk: &Desk,
    material: &Material,
    moments: Vec<Duration>,
    begun: Instant,
) -> anyhow::Result<BTreeMap<&'static str, Kind>> {
    let mut kinds = BTreeMap::new();
    for at in moments {
        let due = due(begun, at).await;
        let Some(mut story) = lock(&desk.waiting).pop_front() else {
            continue;
        };
        let Some((_, step)) = story.steps.pop_front() else {
            continue;
        };
        let done = story.take(app, material, step).await;
        note(&mut kinds, "official: an act", due, &done);
        if !story.steps.is_empty() {
            lock(&desk.waiting).push_back(story);
        }
    }
    Ok(kinds)
}

/// Officials who see the whole city or a department: those who receive.
fn officials(app: &App) -> Vec<OfficialId> {
    let office = app.office();
    let mut all = office.holders(Seat::IntegratedReceiver, None);
    all.sort();
    all
}

/// Numbers of petitions of the past, spread over it.
async fn cases(app: &App) -> anyhow::Result<Vec<String>> {
    const CASES: i64 = 400;
    let now = app.now();
    let first = now.plus(-DAYS * 86_400_000);
    let mut numbers = Vec::new();
    for n in 0..CASES {
        let since = first.plus((now.0 - first.0) / CASES * n);
        if let Some(id) = app.here.petition_since(since).await?
            && let Some(head) = app.here.head(id).await?
        {
            numbers.push(head.petition.number.to_string());
        }
    }
    numbers.dedup();
    ensure!(!numbers.is_empty(), "there is no past");
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_holds_all_its_moments_in_order_and_in_the_hours_that_weigh() {
        let day = moments(&WORKED, 1_000);
        assert_eq!(day.len(), 1_000);
        assert!(day.is_sorted() && day.iter().all(|at| (8.0 * HOUR..19.0 * HOUR).contains(at)));
        let at_ten = day
            .iter()
            .filter(|at| (10.0 * HOUR..11.0 * HOUR).contains(*at))
            .count();
        assert_eq!(at_ten, 140);
        let clock = Clock {
            from: 10.0 * HOUR,
            until: 11.0 * HOUR,
            speed: 10.0,
        };
        assert_eq!(clock.lasts(), Duration::from_secs(360));
        let parts: usize = (0..7).map(|n| clock.mine(&day, n, 7).len()).sum();
        assert_eq!(parts, 140, "each moment is somebody's");
    }
}

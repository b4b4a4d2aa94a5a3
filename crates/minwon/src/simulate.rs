//! 모의 — `minwon simulate`: fills an empty data folder with a city's past, to try out how the program bears many petitions.
//!
//! Every row is what an act of somebody would have written: decided by the same rules, chained, sealed, counted. Only the commits
//! are larger. Whoever is interrupted starts the same command again: it goes on where it stopped, to the same end.

mod check;
mod days;
mod people;
mod telling;

pub use days::Past;
pub use telling::{FILED, Said, tell};

use crate::city::moment::{self, StoryChance, StoryClock, StoryIds};
use crate::data;
use crate::house::{self, Data, Parameters, Senders, Shares};
use anyhow::{Context, bail};
use app::{App, Places};
use clap::ValueEnum;
use domain::account::SignInRules;
use domain::time::At;
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use std::process::ExitCode;
use std::sync::Arc;
use store::batch::Batch;
use store::engine::Urgency;

/// The setting that says that a store holds a simulated past, and how far it has been told.
pub const MARK: &str = "simulation";
/// The password of every official of a simulated city.
const PASSWORD: &str = "hanbit-2026";

/// How much is told of each petition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// The life of a real petition, with texts of real size.
    Full,
    /// What lists, search and statistics need: few acts, few words, no access log.
    Slim,
    /// Open petitions only, received a few days ago.
    #[value(skip)]
    Open,
}

impl Profile {
    /// As it is written on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Profile::Full => "full",
            Profile::Slim => "slim",
            Profile::Open => "open",
        }
    }
}

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// How many petitions.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=50_000_000))]
    petitions: u32,
    /// Over how many past years they are spread.
    #[arg(long, value_name = "Y", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=15))]
    years: u32,
    /// How much is told of each.
    #[arg(long, value_enum, default_value = "full")]
    profile: Profile,
    /// Another seed tells another past.
    #[arg(long, value_name = "S", default_value_t = 2004)]
    seed: u64,
    /// The day on whose morning the past ends; today, unless named.
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// How many petitions are filed within one commit.
    #[arg(long, hide = true, value_name = "N", default_value_t = telling::FILED)]
    a_commit: usize,
}

/// What a store says of the past in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Which past.
    pub past: Past,
    /// The last step that was told: its moment and its story.
    pub told: Option<(At, usize)>,
    /// Whether it was told to its end.
    pub done: bool,
}

impl Mark {
    async fn read(places: &Places) -> anyhow::Result<Option<Mark>> {
        let text = places.live.setting(MARK).await?;
        (text.map(|text| serde_json::from_str(&text)))
            .transpose()
            .context("the mark of the simulation cannot be read")
    }

    /// Writes it down with what else the list holds.
    fn keep(&self, batch: &mut Batch) -> anyhow::Result<()> {
        batch.setting(MARK, &serde_json::to_string(self)?);
        Ok(())
    }
}

/// Tells the past, or goes on telling it.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    let parameters = Parameters::default();
    let now = parameters.clock.now();
    let places = house::places(data, &parameters, Shares::Untold).await?;
    let done = over(data, &places, args, now).await;
    places.close().await;
    done.map(|faults| ExitCode::from(u8::from(faults > 0)))
}

async fn over(data: &Data, places: &Places, args: &Args, now: At) -> anyhow::Result<usize> {
    let mark = match Mark::read(places).await? {
        Some(mark) => {
            anyhow::ensure!(
                args.tells(&mark.past)?,
                "{} holds another simulated past ({}): go on with that one, or choose an empty folder by --data",
                data.data.display(),
                mark.past
            );
            mark
        }
        None => {
            refuse_inhabited(data, places, now).await?;
            let past = args.past(now)?;
            Mark {
                past,
                told: None,
                done: false,
            }
        }
    };
    let app = laid_down(places, &mark.past).await?;
    if mark.done {
        // Whoever was interrupted at the very end may have left the sealer behind.
        moment::at(mark.past.until, house::seal(&app)).await?;
        println!("{} is told already", mark.past);
        return check::check(&app, &mark.past).await;
    }
    let mut said = telling::Said::new(mark.past.petitions);
    let begun = crate::bench::now();
    let told = telling::tell(&app, &mark, args.a_commit, &mut said).await?;
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{}: {} petitions in {seconds:.0} s, {} a second",
        mark.past,
        crate::bench::count(told as f64),
        crate::bench::count(told as f64 / seconds)
    );
    check::check(&app, &mark.past).await
}

/// Whatever lies here must be nothing: a real city's data and the demo's are not mixed with inventions.
async fn refuse_inhabited(data: &Data, places: &Places, now: At) -> anyhow::Result<()> {
    if places.live.setting(crate::demo::MARK).await?.is_some() {
        bail!(
            "{} holds the demo: a simulation needs an empty folder, choose one by --data",
            data.data.display()
        );
    }
    let day = now.date().context("the clock is outside the calendar")?;
    if !places.live.picture(day).await?.services.is_empty() {
        bail!(
            "{} holds the data of a real city: a simulation needs an empty folder, choose one by --data",
            data.data.display()
        );
    }
    Ok(())
}

impl Args {
    fn past(&self, now: At) -> anyhow::Result<Past> {
        let until = match self.until {
            Some(day) => At::seoul(day.to_datetime(Time::midnight())).plus(9 * 3_600_000),
            None => now,
        };
        anyhow::ensure!(until <= now, "a past ends today at the latest");
        let day = until.date().context("the end is outside the calendar")?;
        let from = day.checked_sub(i64::from(self.years).years())?;
        Ok(Past {
            petitions: self.petitions as usize,
            from,
            until,
            seed: self.seed,
            profile: self.profile,
        })
    }

    /// Whether this past is the one that is asked for. Its end stays what it was when it was begun.
    fn tells(&self, past: &Past) -> anyhow::Result<bool> {
        Ok(self.past(past.until)? == *past)
    }
}

/// The application over an empty store, with the mark and the demo's officials in it.
pub async fn laid_down(places: &Places, past: &Past) -> anyhow::Result<Arc<App>> {
    let parameters = Parameters {
        clock: Arc::new(StoryClock { outside: past.until }),
        ids: Arc::new(StoryIds::default()),
        chance: Arc::new(StoryChance),
    };
    let mut settings = house::settings();
    settings.sign_in = SignInRules::of_the_demo();
    let phc = crypto::password::hash(PASSWORD, &mut |out: &mut [u8]| parameters.chance.fill(out));
    if places.live.setting(MARK).await?.is_none() {
        let mark = Mark {
            past: past.clone(),
            told: None,
            done: false,
        };
        let mut batch = Batch::new();
        mark.keep(&mut batch)?;
        places.live.commit(batch, Urgency::User).await?;
    }
    let app = house::over(places.clone(), parameters, Senders::silent())
        .await?
        .simulated();
    let seed = past.seed_of("office", 0);
    moment::seeded_wait(past.until, seed, app.install(data::DEMO, &settings, &phc)).await??;
    Ok(Arc::new(app))
}

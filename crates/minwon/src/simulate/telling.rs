//! 이야기하기 — the stories of a past, step by step in the order of their moments, some two thousand petitions a commit.
//!
//! What is told next follows from the seed and from how the petitions stand; how far it was told is kept in the commit that holds
//! it. So a past that was interrupted goes on as if it had not been.

use super::{Mark, Past, Profile, people};
use crate::bench::{RARE, RARE_EVERY};
use crate::city::dice::Dice;
use crate::city::hours::Hours;
use crate::city::moment;
use crate::city::plot::{Plot, Shelf};
use crate::city::queue::Waiting;
use crate::city::sample::Material;
use crate::city::step::Step;
use crate::city::story::Story;
use crate::city::year::{COURSES, Course, OPEN, SLIM};
use crate::house;
use anyhow::Context;
use app::App;
use app::act::ActError;
use app::act::tell::{Logged, Teller};
use app::duties::ledger;
use app::office::Office;
use domain::id::PersonId;
use domain::time::At;
use jiff::civil::{Date, Time};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::batch::Batch;
use store::engine::Urgency;
use tokio::task::JoinHandle;

/// Petitions filed in one commit.
pub const FILED: usize = 2_000;
/// Writes after which it is committed whatever was filed: what waits lies in memory.
const WRITES: usize = 150_000;
/// So often the terminal is told how far it is.
const SAY: Duration = Duration::from_secs(5);

/// Tells how far it is.
pub struct Said {
    all: usize,
    begun: Instant,
    /// Petitions at the beginning, when it goes on.
    from: Option<usize>,
    last: Instant,
}

impl Said {
    /// Of so many.
    pub fn new(all: usize) -> Said {
        let now = crate::bench::now();
        Said {
            all,
            begun: now,
            from: None,
            last: now,
        }
    }

    fn at(&mut self, filed: usize, day: Date) {
        let from = *self.from.get_or_insert(filed);
        if self.last.elapsed() < SAY {
            return;
        }
        self.last = crate::bench::now();
        let rate = (filed - from) as f64 / self.begun.elapsed().as_secs_f64();
        let left = (self.all - filed) as f64 / rate.max(0.001);
        eprintln!(
            "  {day}  {} of {} petitions, {} a second, {:.0} min {:02.0} s left",
            crate::bench::count(filed as f64),
            crate::bench::count(self.all as f64),
            crate::bench::count(rate),
            (left / 60.0).floor(),
            left % 60.0
        );
    }
}

/// All a past is told from.
struct Source<'a> {
    past: &'a Past,
    office: &'a Office,
    material: &'a Material,
    shelf: Shelf<'a>,
    citizens: Vec<PersonId>,
}

impl Source<'_> {
    /// The story of this number, which is filed on this day.
    fn story(&self, n: usize, day: Date) -> anyhow::Result<Story> {
        let dice = Dice::new(self.past.seed_of("story", n))?;
        let (courses, usual) = match self.past.profile {
            Profile::Full => (COURSES, Course::Rated),
            Profile::Slim => (SLIM, Course::PassedOn),
            Profile::Open => (OPEN, Course::Waiting),
        };
        let plot = Plot {
            office: self.office,
            material: self.material,
            hours: Hours {
                calendar: &self.office.calendar,
            },
            dice: &dice,
            citizens: &self.citizens,
            now: self.past.until,
            courses,
            usual,
            by_web: self.past.profile != Profile::Full,
        };
        let (mut story, _) = plot.past(n, &self.shelf, Some(day))?;
        if let Some((filed, _)) = story.steps.front() {
            story.petition = Some(self.past.petition(n, *filed));
        }
        let sample = Arc::make_mut(&mut story.sample);
        // A word that one of many holds, for those who try out the search.
        if n.is_multiple_of(RARE_EVERY) {
            sample.title = format!("{} {RARE}", sample.title);
        }
        if self.past.profile == Profile::Slim {
            sample.body.clear();
            "안내해 드렸습니다.".clone_into(&mut sample.answer);
        }
        Ok(story)
    }
}

/// Tells what is not told yet. Gives the number of petitions told now.
pub async fn tell(app: &Arc<App>, mark: &Mark, a_commit: usize, said: &mut Said) -> anyhow::Result<usize> {
    let past = &mark.past;
    let office = app.office();
    let material = Material::read()?;
    let source = Source {
        past,
        office: &office,
        material: &material,
        shelf: match past.profile {
            // What stays open has time left.
            Profile::Open => Shelf::new(&office, &material)?.of_days(7),
            Profile::Full | Profile::Slim => Shelf::new(&office, &material)?,
        },
        citizens: people::enter(app, past, &material).await?,
    };
    let mut queue: BinaryHeap<Reverse<Waiting>> = BinaryHeap::new();
    let mut open = Vec::new();
    let days = past.days(&office.calendar);
    let mut days = days.into_iter().peekable();
    let mut filed = 0;
    if let Some(told) = mark.told {
        // What was told before is told again in thought, to find what is still open.
        while let Some((day, stories)) = days.next_if(|(day, _)| told.0.date().is_some_and(|at| *day <= at)) {
            for n in stories {
                let mut story = source.story(n, day)?;
                let before = story.steps.len();
                story.steps.retain(|(at, _)| (*at, n) > told);
                let begun = story.steps.len() < before;
                filed += usize::from(begun);
                if !story.steps.is_empty() {
                    open.extend(story.petition.filter(|_| begun));
                    queue.push(Reverse(Waiting(story)));
                }
            }
        }
    }
    let already = filed;
    let logged = match past.profile {
        Profile::Full => Logged::Since(ledger::removable(past.until).context("outside the calendar")?),
        Profile::Slim | Profile::Open => Logged::Never,
    };
    let mut teller = Teller::new(app, logged, &open).await?;
    let mut hand = Hand {
        app,
        past,
        storing: None,
    };
    let mut told = mark.told;
    let (mut month, mut in_list) = (None, 0);
    loop {
        // Everything filed on a day is in the queue before the first step of that day is taken.
        let next = queue.peek().and_then(|Reverse(story)| story.at().date());
        if let Some((day, stories)) = days.next_if(|(day, _)| next.is_none_or(|next| *day <= next)) {
            if month != Some(day.first_of_month()) {
                month = Some(day.first_of_month());
                ready(app, day)?;
            }
            for n in stories {
                queue.push(Reverse(Waiting(source.story(n, day)?)));
            }
            continue;
        }
        let Some(Reverse(Waiting(mut story))) = queue.pop() else {
            break;
        };
        let Some((at, step)) = story.steps.pop_front() else {
            continue;
        };
        take(&mut teller, &source, app, &story, at, step)
            .with_context(|| format!("{step:?} of story {}", story.n))?;
        told = Some((at, story.n));
        if step == Step::File {
            filed += 1;
            in_list += 1;
        }
        if !story.steps.is_empty() {
            queue.push(Reverse(Waiting(story)));
        } else if let Some(id) = story.petition {
            teller.is_over(id);
        }
        if in_list >= a_commit || teller.waiting() >= WRITES {
            in_list = 0;
            hand.store(teller.drain()?, told, false).await?;
            said.at(filed, at.date().unwrap_or_default());
        }
    }
    hand.store(teller.drain()?, told, true).await?;
    hand.finish().await?;
    Ok(filed - already)
}

/// The key of the month that new keys are wrapped by, and of the one behind it: a day's petitions may be filed after its midnight.
fn ready(app: &App, day: Date) -> anyhow::Result<()> {
    let at = At::seoul(day.to_datetime(Time::midnight()));
    let fill = &mut |out: &mut [u8]| app.ports.chance.fill(out);
    app.here.ready(at, fill)?;
    Ok(())
}

/// Takes one step. What the law does not allow at that moment does not happen, as with anybody.
fn take(
    teller: &mut Teller<'_>,
    source: &Source<'_>,
    app: &App,
    story: &Story,
    at: At,
    step: Step,
) -> anyhow::Result<()> {
    let Some(id) = story.petition else { return Ok(()) };
    let seed = source.past.seed_of("step", story.n) ^ u64::try_from(at.0)?;
    let done = moment::seeded(at, seed, || -> anyhow::Result<Result<(), ActError>> {
        if step == Step::File {
            let (by, petitioner, filing) = story.filing(app, source.material)?;
            return Ok(teller.file(id, &by, &petitioner, filing));
        }
        let Some(petition) = teller.petition(id) else {
            return Ok(Err(ActError::NotFound));
        };
        let (by, act) = story.act(app, source.material, petition, step)?;
        Ok(teller.act(&by, id, &act))
    })?;
    match done? {
        Ok(()) | Err(ActError::Refused(_) | ActError::NotFound) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// Stores one list while the next is told.
struct Hand<'a> {
    app: &'a Arc<App>,
    past: &'a Past,
    storing: Option<JoinHandle<anyhow::Result<()>>>,
}

impl Hand<'_> {
    /// Waits for the list before, and hands this one over, with the position that it leads to.
    async fn store(&mut self, mut batch: Batch, told: Option<(At, usize)>, done: bool) -> anyhow::Result<()> {
        self.finish().await?;
        let mark = Mark {
            past: self.past.clone(),
            told,
            done,
        };
        mark.keep(&mut batch)?;
        let app = Arc::clone(self.app);
        let at = told.map_or(self.past.until, |(at, _)| at);
        self.storing = Some(tokio::spawn(async move {
            app.here.commit(batch, Urgency::Bulk).await?;
            // The sealer works behind it, by the clock of the past.
            moment::at(at, async {
                house::seal(&app).await?;
                ledger::run(&app).await?;
                Ok(())
            })
            .await
        }));
        Ok(())
    }

    async fn finish(&mut self) -> anyhow::Result<()> {
        match self.storing.take() {
            Some(storing) => storing.await?,
            None => Ok(()),
        }
    }
}

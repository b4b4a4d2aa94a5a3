//! 많은 민원 앞에서 — opens a simulated past as `serve` does and reads it: lists, cases, search, figures, one after the other.

use super::grow::Seen;
use super::words::{RARE, Writer};
use super::{Args, Times, median, now};
use crate::city::sample::Material;
use crate::house::{self, Data, Parameters, Senders, Shares};
use crate::metrics;
use anyhow::Context;
use app::App;
use app::act::Call;
use app::desk::View;
use domain::access::{Sight, Who};
use domain::evaluation::Part;
use domain::filter::{Filter, When};
use domain::id::PetitionId;
use domain::inspection::Month;
use domain::life::Life;
use domain::terms::Seat;
use domain::time::At;
use std::collections::HashMap;
use std::sync::Arc;
use store::head::{Behind, Scope};

/// Lines of a page.
const PAGE: u32 = 20;
/// Cases opened, spread over the past.
const CASES: i64 = 200;
/// The most frequent words that are searched.
const COMMONEST: usize = 10;

/// Reads, and prints what was found as JSON.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<()> {
    let parameters = Parameters::default();
    let places = house::places(data, &parameters, Shares::Untold).await?;
    anyhow::ensure!(
        places.live.setting(crate::simulate::MARK).await?.is_some(),
        "only a simulated past is read by this bench"
    );
    let app = Arc::new(house::over(places, parameters, Senders::silent()).await?);
    let reader = Reader::new(&app, args).await?;
    let reads = reader.all().await?;
    app.places.close().await;
    let seen = Seen {
        reads,
        memory: metrics::memory("VmHWM:")?,
    };
    println!("{}", serde_json::to_string(&seen)?);
    Ok(())
}

struct Reader<'a> {
    app: &'a App,
    runs: usize,
    /// Who receives for the city, and so sees everything.
    all: Who,
    /// Who receives in one department, and sees what is its.
    narrow: Who,
    examiner: Who,
    ids: Vec<PetitionId>,
    /// Half-way down the open and the ended ones.
    halves: [Option<Behind>; 2],
    words: Vec<String>,
    reads: Vec<(String, f64, f64)>,
}

/// Times something: `$times` in each run, the median of the runs is told.
macro_rules! timed {
    ($self:ident, $what:expr, $times:expr, $work:expr) => {{
        $work;
        let (mut p50, mut p99) = (Vec::new(), Vec::new());
        for _ in 0..$self.runs.max(1) {
            let mut times = Times::default();
            for _ in 0..$times {
                let begun = now();
                $work;
                times.0.push(begun.elapsed());
            }
            p50.push(times.within(50));
            p99.push(times.within(99));
        }
        let read = ($what.to_string(), median(&p50), median(&p99));
        eprintln!("  {}: {:.2} {:.2}", read.0, read.1, read.2);
        $self.reads.push(read);
    }};
}

impl<'a> Reader<'a> {
    async fn new(app: &'a App, args: &Args) -> anyhow::Result<Reader<'a>> {
        let office = app.office();
        let person = |login: &str| -> anyhow::Result<Who> {
            let id = house::official(app, login)?;
            office.who(id, app.now()).context("an official without a seat")
        };
        let examiner = office.holders(Seat::Examiner, None).into_iter().min();
        let examiner = examiner.and_then(|id| office.who(id, app.now()));
        let (ids, halves) = spread(app).await?;
        Ok(Reader {
            app,
            runs: args.runs,
            all: person("receiver1")?,
            narrow: person("road.facilities.receiver")?,
            examiner: examiner.context("no examiner")?,
            ids,
            halves,
            words: commonest()?,
            reads: Vec::new(),
        })
    }

    async fn all(mut self) -> anyhow::Result<Vec<(String, f64, f64)>> {
        self.lists().await?;
        self.cases().await?;
        self.searches().await?;
        self.figures().await?;
        Ok(self.reads)
    }

    async fn lists(&mut self) -> anyhow::Result<()> {
        let (app, call) = (self.app, Call::default());
        let [open, ended] = self.halves;
        let (all, narrow) = (self.all.clone(), self.narrow.clone());
        timed!(self, "open, first page", 200, {
            app.list(&all, View::Open, None, PAGE, &call).await?
        });
        timed!(self, "open, half-way down", 200, {
            app.list(&all, View::Open, open, PAGE, &call).await?
        });
        timed!(self, "ended, first page", 200, {
            app.list(&all, View::Concluded, None, PAGE, &call).await?
        });
        timed!(self, "ended, half-way down", 200, {
            app.list(&all, View::Concluded, ended, PAGE, &call).await?
        });
        timed!(self, "one department, open", 200, {
            app.list(&narrow, View::Open, None, PAGE, &call).await?
        });
        timed!(self, "one department, ended", 200, {
            app.list(&narrow, View::Concluded, None, PAGE, &call).await?
        });
        let office = app.office();
        let unit = (office.unit_by_code("parks")).map(|unit| unit.id);
        let filters = [
            (
                "open, of a state and a department, overdue",
                View::Open,
                Filter {
                    unit,
                    life: Some(Life::InHandling),
                    due: Some(When::Overdue),
                    ..Filter::default()
                },
            ),
            (
                "ended, of a department",
                View::Concluded,
                Filter {
                    unit,
                    ..Filter::default()
                },
            ),
            (
                "ended, of a service",
                View::Concluded,
                Filter {
                    service: Some("S001".parse().map_err(|_| anyhow::anyhow!("a service"))?),
                    ..Filter::default()
                },
            ),
        ];
        for (what, view, filter) in filters {
            timed!(self, what, 100, {
                app.list_where(&all, view, filter, None, PAGE, &call).await?
            });
        }
        timed!(self, "counting the ended up to 1,000", 100, {
            app.count(&all, View::Concluded, 1_000).await?
        });
        Ok(())
    }

    async fn cases(&mut self) -> anyhow::Result<()> {
        let (app, all, call) = (self.app, self.all.clone(), Call::default());
        let mut dice = Writer::new(11);
        timed!(self, "a case with everything in it", 200, {
            let id = self.ids[dice.next(self.ids.len())];
            app.case(&all, id, &call).await?
        });
        Ok(())
    }

    async fn searches(&mut self) -> anyhow::Result<()> {
        let (app, call, words) = (self.app, Call::default(), self.words.clone());
        let two = [words[0].as_str(), RARE].join(" ");
        let both = [words[1].as_str(), words[COMMONEST - 1].as_str()].join(" ");
        for (who, whose) in [(self.all.clone(), ""), (self.narrow.clone(), ", one department")] {
            let mut turn = words.iter().cycle();
            timed!(self, format!("search, the ten commonest words{whose}"), 100, {
                let word = turn.next().context("no words")?;
                app.search(&who, word, None, PAGE, &call).await?
            });
            for (what, asked) in [
                ("a word in one of 5,000", RARE),
                ("a common and a rare word", two.as_str()),
                ("two common words", both.as_str()),
                ("a word that is nowhere", "우주정거장"),
            ] {
                timed!(self, format!("search, {what}{whose}"), 50, {
                    app.search(&who, asked, None, PAGE, &call).await?
                });
            }
        }
        Ok(())
    }

    async fn figures(&mut self) -> anyhow::Result<()> {
        let (app, call, examiner) = (self.app, Call::default(), self.examiner.clone());
        let today = app.now().date().context("outside the calendar")?;
        let last = today.first_of_month().yesterday()?;
        let month = Month::of(last).context("no month before")?;
        timed!(self, "numbers of the city", 50, app.stats().await?);
        timed!(self, "board of delays", 50, {
            app.delay_board(&examiner, &call).await?
        });
        timed!(self, "speed in a month", 20, {
            app.speed(&examiner, month, Part::All, &call).await?
        });
        Ok(())
    }
}

/// Petitions spread over the past, and where the middle of the open and of the ended ones is.
async fn spread(app: &App) -> anyhow::Result<(Vec<PetitionId>, [Option<Behind>; 2])> {
    let place = &app.here;
    let first = place
        .petition_since(At(0))
        .await?
        .context("there is nothing to read")?;
    let first = place.head(first).await?.context("a petition")?.petition.filed_at;
    let span = app.now().0 - first.0;
    let mut ids = Vec::new();
    for n in 0..CASES {
        ids.extend(place.petition_since(first.plus(span / CASES * n)).await?);
    }
    ids.dedup();
    let mut halves = [None; 2];
    // Half of the ended ones were due before the middle of the past.
    let middle = place
        .petition_since(first.plus(span / 2))
        .await?
        .context("a middle")?;
    let middle = place.head(middle).await?.context("a petition")?.petition;
    halves[1] = Some(Behind {
        key: middle.act_by(),
        id: middle.id,
    });
    let everything = Sight {
        all: true,
        ..Sight::default()
    };
    let open = place.list(Scope::Open, &everything, None, 10_000).await?;
    halves[0] = open.get(open.len() / 2).map(|petition| Behind {
        key: petition.act_by(),
        id: petition.id,
    });
    Ok((ids, halves))
}

/// The words that most of the samples hold.
fn commonest() -> anyhow::Result<Vec<String>> {
    let material = Material::read()?;
    let mut held: HashMap<&str, usize> = HashMap::new();
    for sample in &material.petitions {
        let mut words: Vec<&str> = (sample.title.split_whitespace())
            .chain(sample.body.split_whitespace())
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| word.chars().count() >= 2)
            .collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            *held.entry(word).or_default() += 1;
        }
    }
    let mut held: Vec<(&str, usize)> = held.into_iter().collect();
    held.sort_by_key(|(word, n)| (std::cmp::Reverse(*n), *word));
    Ok((held.into_iter().take(COMMONEST))
        .map(|(word, _)| word.to_owned())
        .collect())
}

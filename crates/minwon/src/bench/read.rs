//! 읽기 측정 — the work list, a case and search, once there are many petitions.

use super::site::{self, On, Site};
use super::words::{COMMON, RARE, Writer};
use super::{Args, Table, Times, count, median, ms, now};
use anyhow::Context;
use app::App;
use app::act::{ActError, Call};
use app::desk::View;
use domain::access::{Official, Post, Who};
use domain::act::Act;
use domain::id::PetitionId;
use domain::terms::{Kind, Seat};
use futures_util::{StreamExt, TryStreamExt, stream};
use std::path::Path;
use store::head::Behind;
use store::office::Person;

/// Lines of a page.
const PAGE: u32 = 20;
/// Filings at the same time while filling.
const AT_ONCE: usize = 64;
/// How many of the petitions are received and distributed, of a hundred.
const DISTRIBUTED: usize = 5;

/// Measures reading on each engine at each size.
pub async fn run(engines: &[On], within: Option<&Path>, args: &Args) -> anyhow::Result<()> {
    let mut table = Table::new(
        "Reading, one reader, looks of the official written to the ledger (ms)",
        &["engine", "petitions", "what", "p50", "p99"],
    );
    let mut filling = Table::new(
        "Filling (petitions/s)",
        &["engine", "petitions", "filed", "sealed and indexed"],
    );
    for on in engines {
        for &size in &args.size {
            eprintln!("reading on {} with {size}", on.name());
            let site = Site::new(on, within).await?;
            let who = clerk(&site.app).await?;
            let (filed, indexed) = fill(&site, &who, size).await?;
            filling.row(&[
                on.name().to_owned(),
                count(size as f64),
                count(filed),
                count(indexed),
            ]);
            measure(&site.app, &who, size, args, &mut |what, p50, p99| {
                table.row(&[
                    on.name().to_owned(),
                    count(size as f64),
                    what.to_owned(),
                    ms(p50),
                    ms(p99),
                ]);
            })
            .await?;
            site.remove().await?;
        }
    }
    filling.print();
    table.print();
    Ok(())
}

/// An official who receives and distributes, and so sees everything.
pub(super) async fn clerk(app: &App) -> anyhow::Result<Who> {
    let person = Person {
        id: app.new_official(),
        login: "bench".into(),
        name: "박측정".into(),
        title: "주무관".into(),
        phone: "02-000-0000".into(),
        mail: "bench@hanbit.example".into(),
    };
    app.enter_official(&person, "", "petition_office", &[Seat::IntegratedReceiver])
        .await?;
    let unit = app
        .office()
        .unit_by_code("petition_office")
        .context("the petition office")?
        .id;
    Ok(Who::Official(Official {
        id: person.id,
        posts: vec![Post {
            seat: Seat::IntegratedReceiver,
            unit,
        }],
        cover: domain::absence::Cover::default(),
    }))
}

/// Files `size` petitions, has some received and distributed, and seals; rates of filing and of indexing.
pub(super) async fn fill(site: &Site, who: &Who, size: usize) -> anyhow::Result<(f64, f64)> {
    let app = &*site.app;
    let begun = now();
    let mut writer = Writer::new(7);
    let all: Vec<PetitionId> = stream::iter(0..size)
        .map(|n| {
            let said = writer.petition();
            async move {
                let petition = site::file(app, site.person(n), said, n.to_be_bytes().to_vec()).await?;
                Ok::<_, ActError>(petition.id)
            }
        })
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    let filed = size as f64 / begun.elapsed().as_secs_f64();
    let unit = app.office().unit_by_code("management_team").context("a unit")?.id;
    stream::iter(all.iter().take(size * DISTRIBUTED / 100))
        .map(|id| async move {
            let receive = Act::Receive {
                kind: Kind::Inquiry,
                period: Some(
                    "7 days"
                        .parse()
                        .map_err(|_| domain::refusal::Refusal::ServiceNotValid)?,
                ),
            };
            for act in [receive, Act::Distribute { unit }] {
                app.act(who, *id, act, &Call::default()).await?;
            }
            Ok::<_, ActError>(())
        })
        .buffer_unordered(8)
        .try_collect::<Vec<_>>()
        .await?;
    let begun = now();
    while app::duties::seal::run(app).await? > 0 {}
    Ok((filed, size as f64 / begun.elapsed().as_secs_f64()))
}

async fn measure(
    app: &App,
    who: &Who,
    size: usize,
    args: &Args,
    told: &mut dyn FnMut(&str, f64, f64),
) -> anyhow::Result<()> {
    let call = Call::default();
    let (mut behind, mut ids): (Option<Behind>, Vec<PetitionId>) = (None, Vec::new());
    // Half-way down, by large steps; what is met on the way gives the cases to open.
    for _ in 0..size / 2 / 200 {
        let page = app.list(who, View::Open, behind, 200, &call).await?;
        ids.extend(page.items.iter().map(|item| item.petition.id));
        behind = page.next;
    }
    anyhow::ensure!(!ids.is_empty(), "there is nothing to read");
    let mut dice = Writer::new(11);
    macro_rules! timed {
        ($what:literal, $times:literal, $work:expr) => {{
            $work;
            let (mut p50, mut p99) = (Vec::new(), Vec::new());
            for _ in 0..args.runs.max(1) {
                let mut times = Times::default();
                for _ in 0..$times {
                    let begun = now();
                    $work;
                    times.0.push(begun.elapsed());
                }
                p50.push(times.within(50));
                p99.push(times.within(99));
            }
            told($what, median(&p50), median(&p99));
        }};
    }
    timed!("work list, first page of 20", 200, {
        app.list(who, View::Open, None, PAGE, &call).await?
    });
    timed!("work list, page half-way down", 200, {
        app.list(who, View::Open, behind, PAGE, &call).await?
    });
    timed!("counting a list up to 1,000", 200, {
        app.count(who, View::Open, 1_000).await?
    });
    timed!("a case with everything in it", 200, {
        app.case(who, ids[dice.next(ids.len())], &call).await?
    });
    timed!("search, a word in one petition of 5,000, all hits", 50, {
        app.search(who, RARE, None, 200, &call).await?
    });
    timed!("search, a word in every eighth petition, first page", 50, {
        app.search(who, COMMON, None, PAGE, &call).await?
    });
    timed!("search, two words, first page", 50, {
        app.search(who, "가로등 고장", None, PAGE, &call).await?
    });
    timed!("search, a word that is nowhere", 50, {
        app.search(who, "우주정거장", None, PAGE, &call).await?
    });
    Ok(())
}

//! 늦게 정해진 공휴일 — many open petitions, one new holiday: how long until every date has moved, and how long a user waits meanwhile.

use super::grow::City;
use super::site::{self, On, Sealer};
use super::words::Writer;
use super::{Args, Table, Times, count, ms, now};
use crate::house::Data;
use crate::simulate::Profile;
use anyhow::Context;
use app::{App, duties};
use domain::calendar::{Holiday, HolidayKind};
use domain::id::PersonId;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A user files so often.
const EVERY: Duration = Duration::from_millis(20);
/// So long a user files before the holiday is declared, for comparison.
const BEFORE: Duration = Duration::from_secs(5);
/// The petitions were filed within so many days.
const DAYS: i64 = 8;
/// What is declared a holiday: so many working days from today.
const AHEAD: i64 = 3;

/// Measures each engine.
pub async fn run(engines: &[On], within: Option<&Path>, args: &Args) -> anyhow::Result<()> {
    let mut table = Table::new(
        "A holiday declared late, a filing every 20 ms beside it",
        &[
            "engine",
            "open petitions",
            "moved",
            "in s",
            "moved/s",
            "filings",
            "p50 ms",
            "p99 ms",
            "longest ms",
            "longest before, ms",
        ],
    );
    for on in engines {
        eprintln!(
            "a holiday on {} with {} open",
            on.name(),
            count(args.petitions as f64)
        );
        let city = City::new(on, within, args.petitions).await?;
        let data = Data {
            data: city.data(),
            key_folder: None,
            database: city.database.clone(),
        };
        let app = site::with_a_past(&data, args.petitions, DAYS, Profile::Open).await?;
        let people = site::people(&app, 16).await?;
        let _sealer = Sealer::start(&app);
        let mut before = filing(&app, &people, Until::Passed(BEFORE), 1).await?;
        declare(&app).await?;
        let done = Arc::new(AtomicBool::new(false));
        let begun = now();
        let moving = tokio::spawn({
            let (app, done) = (Arc::clone(&app), Arc::clone(&done));
            async move {
                let moved = duties::calendar::run(&app).await;
                done.store(true, Ordering::Release);
                moved
            }
        });
        let mut beside = filing(&app, &people, Until::Done(&done), 2).await?;
        let moved = moving.await??;
        let seconds = begun.elapsed().as_secs_f64();
        table.row(&[
            on.name().to_owned(),
            count(args.petitions as f64),
            count(moved as f64),
            format!("{seconds:.1}"),
            count(moved as f64 / seconds),
            count(beside.0.len() as f64),
            ms(beside.within(50)),
            ms(beside.within(99)),
            ms(beside.within(100)),
            ms(before.within(100)),
        ]);
        app.places.close().await;
        city.remove().await?;
    }
    table.print();
    Ok(())
}

async fn declare(app: &App) -> anyhow::Result<()> {
    let today = app.now().date().context("outside the calendar")?;
    let date = app
        .office()
        .calendar
        .working_day(today, AHEAD)
        .context("a working day")?;
    app.declare_holiday(Holiday {
        date,
        name: "임시공휴일".to_owned(),
        kind: HolidayKind::Temporary,
        decree: "측정".to_owned(),
    })
    .await?;
    Ok(())
}

enum Until<'a> {
    Passed(Duration),
    Done(&'a AtomicBool),
}

/// Files at a steady pace, and measures how long each filing waits for its number.
async fn filing(app: &App, people: &[PersonId], until: Until<'_>, run: u64) -> anyhow::Result<Times> {
    let mut writer = Writer::new(run);
    let mut times = Times::default();
    let mut pace = tokio::time::interval(EVERY);
    pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let begun = now();
    for n in 0_u64.. {
        let over = match until {
            Until::Passed(time) => begun.elapsed() >= time,
            Until::Done(done) => done.load(Ordering::Acquire),
        };
        if over {
            break;
        }
        pace.tick().await;
        let key = [run.to_be_bytes(), n.to_be_bytes()].concat();
        let asked = now();
        site::file(app, people[times.0.len() % people.len()], writer.petition(), key).await?;
        times.0.push(asked.elapsed());
    }
    Ok(times)
}

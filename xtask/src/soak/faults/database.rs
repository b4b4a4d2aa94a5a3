//! 데이터베이스 — the database is away for a minute; the disk under it, or under SQLite, becomes slow.

use super::{
    On, Row, Trial, browser,
    scene::{AWAY, CLOSED, Scene, Told},
};
use crate::shell;
use anyhow::{Context, Result, ensure};
use std::{thread, time::Duration};

/// The database is killed, and comes back after a minute.
pub fn away(trial: &Trial) -> Result<Vec<Row>> {
    let (house, server) = trial.house("away", On::Postgres)?;
    let mut server = server.context("a server")?;
    let serving = house.starts("serve", "both")?;
    let mut scene = Scene::new(&house, &serving)?;
    let told = Told {
        press: CLOSED,
        act: CLOSED,
        reads: 503,
    };
    server.kill()?;
    let watch = shell::Stopwatch::start();
    let mut waited: f64 = 0.0;
    while watch.elapsed() < Duration::from_secs(60) {
        waited = waited.max(scene.refused(&serving, &told)?);
        thread::sleep(Duration::from_secs(5));
    }
    server.start_with(&trial.shim.environment())?;
    let well = browser::becomes(&serving.address, "200", 60)?;
    scene.goes_on()?;
    // The same from before the start.
    serving.stop()?;
    server.stop()?;
    let refused = house.refuses_to_start()?;
    server.start_with(&trial.shim.environment())?;
    let serving = house.starts("serve", "both")?;
    scene.at(&serving.address);
    scene.goes_on()?;
    let verified = scene.all_kept(serving)?;
    Ok(vec![Row {
        what: "the database is away for a minute",
        on: On::Postgres.name(),
        seen: format!(
            "503 within {waited:.1} s, `Retry-After: 30`: “{}” / “{}” On the first page of a petition, whose text lies nowhere else: “{}”, with what was typed. `/health` says 503. A start without it ends with “{refused}”",
            CLOSED[0], CLOSED[1], AWAY[0]
        ),
        kept: format!(
            "{verified}. Well {well:.1} s after the database, without a restart; going back and pressing again did it once"
        ),
    }])
}

/// Every sync of the disk takes longer.
pub fn slow(trial: &Trial) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for on in [On::Sqlite, On::Postgres] {
        let (house, server) = trial.house("slow", on)?;
        let serving = house.starts("serve", "both")?;
        let mut scene = Scene::new(&house, &serving)?;
        let mut told = Vec::new();
        for (milliseconds, what) in [(0, "no delay"), (200, "200 ms"), (2_000, "2 s")] {
            trial.shim.syncs_take(milliseconds)?;
            // What was begun before is over.
            thread::sleep(Duration::from_secs(3));
            let pressed = scene.goes_on()?;
            let list = scene.citizens[0].browser.go("/my")?;
            ensure!(list.status == 200, "{}", list.words());
            told.push(format!(
                "{what}: 신청 and 접수 at most {pressed:.1} s, 내 민원 {:.2} s",
                list.seconds
            ));
            eprintln!("{} {}", on.name(), told.last().map_or("", String::as_str));
        }
        trial.shim.syncs_take(0)?;
        let verified = scene.all_kept(serving)?;
        drop(server);
        rows.push(Row {
            what: "each sync of the disk takes longer",
            on: on.name(),
            seen: format!("No error: the page comes later. {}", told.join("; ")),
            kept: verified,
        });
    }
    Ok(rows)
}

//! 확인 — what a simulated past is checked by at its end: a sample of petitions whole, and the numbers against a count.

use super::Past;
use app::App;
use domain::id::PetitionId;
use domain::time::At;
use jiff::civil::Time;

/// So many petitions are checked whole.
const SAMPLE: i64 = 400;

/// Says what was found; gives the number of faults.
pub async fn check(app: &App, past: &Past) -> anyhow::Result<usize> {
    let place = &app.here;
    let ids = sample(app, past).await?;
    let mut report = app.verify_some(place, &ids).await?;
    let counted: i64 = place.counted_by_life().await?.values().sum();
    if usize::try_from(counted)? != past.petitions {
        let fault = format!("{counted} petitions lie here, {} were to be told", past.petitions);
        report.faults.push(fault);
    }
    if !place.effects_due(At::NEVER, 1).await?.is_empty() {
        report.faults.push("messages wait to be sent".to_owned());
    }
    println!(
        "checked: {} petitions with {} events and {} texts whole; the numbers of {counted} against a count",
        report.petitions, report.events, report.texts
    );
    for fault in &report.faults {
        println!("✗ {fault}");
    }
    Ok(report.faults.len())
}

/// Petitions spread over the whole past.
async fn sample(app: &App, past: &Past) -> anyhow::Result<Vec<PetitionId>> {
    let from = At::seoul(past.from.to_datetime(Time::midnight()));
    let span = past.until.0 - from.0;
    let mut ids = Vec::new();
    for n in 0..SAMPLE {
        ids.extend(app.here.petition_since(from.plus(span / SAMPLE * n)).await?);
    }
    ids.dedup();
    Ok(ids)
}

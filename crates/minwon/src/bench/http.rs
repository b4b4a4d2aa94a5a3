//! 화면을 거친 접수 측정 — every step of the web form over loopback, as a browser without a cache would send them.

use super::browser::Browser;
use super::site::{On, Pages, Sealer, Site};
use super::words::Writer;
use super::{Args, Table, Times, count, median, ms, now};
use std::path::Path;
use std::time::Duration;
use store::session::Subject;

/// Measures the way through the pages on each engine.
pub async fn run(engines: &[On], within: Option<&Path>, args: &Args) -> anyhow::Result<()> {
    let mut table = Table::new(
        "Intake through the pages: content, contact, sending (three forms each)",
        &[
            "engine",
            "clients",
            "petitions/s",
            "forms/s",
            "sending p50 ms",
            "sending p99 ms",
            "all three p50 ms",
            "all three p99 ms",
        ],
    );
    for on in engines {
        eprintln!("intake through the pages on {}", on.name());
        for &clients in &args.clients {
            let mut runs = Vec::new();
            for _ in 0..args.runs.max(1) {
                let site = Site::new(on, within).await?;
                runs.push(one(&site, clients, Duration::from_secs(args.seconds)).await?);
                site.remove().await?;
            }
            let middle = |n: usize| median(&runs.iter().map(|run| run[n]).collect::<Vec<_>>());
            table.row(&[
                on.name().to_owned(),
                clients.to_string(),
                count(middle(0)),
                count(middle(0) * 3.0),
                ms(middle(1)),
                ms(middle(2)),
                ms(middle(3)),
                ms(middle(4)),
            ]);
        }
    }
    table.print();
    Ok(())
}

async fn one(site: &Site, clients: usize, lasts: Duration) -> anyhow::Result<[f64; 5]> {
    let pages = Pages::open(&site.app).await?;
    let _sealer = Sealer::start(&site.app);
    let mut visitors = Vec::new();
    for n in 0..clients {
        let mut visitor = Browser::of(
            &site.app,
            &pages.gate,
            Subject::Citizen(site.person(n)),
            pages.address,
        )
        .await?;
        visitor.files(&Writer::new(1).petition()).await?;
        visitors.push(visitor);
    }
    let begun = now();
    let tasks: Vec<_> = (visitors.into_iter().enumerate())
        .map(|(n, mut visitor)| {
            tokio::spawn(async move {
                let mut writer = Writer::new(n as u64 * 1_000);
                let mut times = Vec::new();
                while begun.elapsed() < lasts {
                    let asked = now();
                    let (sending, _) = visitor.files(&writer.petition()).await?;
                    times.push((sending, asked.elapsed()));
                }
                anyhow::Ok(times)
            })
        })
        .collect();
    let (mut sending, mut all) = (Times::default(), Times::default());
    for task in tasks {
        for (one, whole) in task.await?? {
            sending.0.push(one);
            all.0.push(whole);
        }
    }
    let rate = all.0.len() as f64 / begun.elapsed().as_secs_f64();
    pages.close().await?;
    Ok([
        rate,
        sending.within(50),
        sending.within(99),
        all.within(50),
        all.within(99),
    ])
}

//! 접수 측정 — durable intake through the one door: chain, vault, outbox, ledger, key and sealer on; beside it the bare engine.

use super::site::{self, On, Sealer, Site};
use super::words::Writer;
use super::{Args, Table, Times, count, http, median, ms, now, raw};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::engine::{Urgency, Write};

/// How many filings the bare engines write again.
const REPLAYED: usize = 6_000;

/// What one run showed.
struct Run {
    rate: f64,
    p50: f64,
    p99: f64,
    /// Filings in one commit, where that can be told.
    group: Option<f64>,
    /// Processor time of this process for one filing, in µs; the clients and the sealer are in it.
    cpu: f64,
    /// Filings not yet sealed, and not yet found by search, at the end; and how long until all were.
    unsealed: u64,
    unfound: u64,
    caught_up: Duration,
}

/// Measures intake on each engine.
pub async fn run(engines: &[On], within: Option<&Path>, args: &Args) -> anyhow::Result<()> {
    let mut through = Table::new(
        "Durable intake through the application, everything on",
        &[
            "engine",
            "clients",
            "petitions/s",
            "p50 ms",
            "p99 ms",
            "a commit",
            "CPU µs each",
            "unsealed at the end",
            "not yet searchable",
            "caught up in s",
        ],
    );
    let mut beside = Table::new(
        "The same rows and bytes without the application (petitions/s)",
        &[
            "engine",
            "clients",
            "through the application",
            "engine alone, as many clients",
            "one bare thread, the same batches",
            "application / bare",
        ],
    );
    let mut built = Vec::new();
    for on in engines {
        eprintln!("intake on {}", on.name());
        let recorded = {
            let site = Site::new(on, within).await?;
            let (lists, took) = record(&site).await?;
            built.push((on, took, lists[0].len(), bytes(&lists)));
            site.remove().await?;
            lists
        };
        for &clients in &args.clients {
            let mut runs = Vec::new();
            for _ in 0..args.runs.max(1) {
                let site = Site::new(on, within).await?;
                runs.push(one(&site, clients, Duration::from_secs(args.seconds)).await?);
                site.remove().await?;
            }
            let middle = |of: fn(&Run) -> f64| median(&runs.iter().map(of).collect::<Vec<_>>());
            let rate = middle(|run| run.rate);
            let group = runs[0].group.map(|_| middle(|run| run.group.unwrap_or(1.0)));
            through.row(&[
                on.name().to_owned(),
                clients.to_string(),
                count(rate),
                ms(middle(|run| run.p50)),
                ms(middle(|run| run.p99)),
                group.map_or("1".to_owned(), |group| format!("{group:.1}")),
                count(middle(|run| run.cpu)),
                count(middle(|run| run.unsealed as f64)),
                count(middle(|run| run.unfound as f64)),
                format!("{:.1}", middle(|run| run.caught_up.as_secs_f64())),
            ]);
            let batch = group.map_or(1, |group| group.round().max(1.0) as usize);
            let (mut engine, mut bare) = (Vec::new(), Vec::new());
            for _ in 0..args.runs.max(1) {
                engine.push(engine_alone(on, within, &recorded, clients).await?);
                bare.push(bare_alone(on, within, &recorded, batch).await?);
            }
            let (engine, bare) = (median(&engine), median(&bare));
            beside.row(&[
                on.name().to_owned(),
                clients.to_string(),
                count(rate),
                count(engine),
                count(bare),
                format!("{:.2}", rate / bare),
            ]);
        }
    }
    through.print();
    beside.print();
    let mut alone = Table::new(
        "Building one filing's writes (sealing, hashing, JSON), one thread",
        &["engine", "µs", "filings/s", "writes", "bytes of parameters"],
    );
    for (on, took, writes, bytes) in built {
        let each = took.as_secs_f64() / REPLAYED as f64;
        alone.row(&[
            on.name().to_owned(),
            format!("{:.0}", each * 1e6),
            count(1.0 / each),
            writes.to_string(),
            count(bytes as f64 / REPLAYED as f64),
        ]);
    }
    alone.print();
    if args.http {
        http::run(engines, within, args).await?;
    }
    Ok(())
}

/// One run of so many clients, each filing again as soon as it has its number.
async fn one(site: &Site, clients: usize, lasts: Duration) -> anyhow::Result<Run> {
    // A short run before the one that counts: statements prepared, caches and connections warm.
    drive(site, clients, lasts / 6, 0).await?;
    let place = &site.app.places.live;
    while app::duties::seal::run(&site.app).await? > 0 {}
    let sealer = Sealer::start(&site.app);
    let (commits, cpu, sealed) = (commits(site), cpu_time(), place.sealed().await?);
    let begun = now();
    let mut times = drive(site, clients, lasts, 1).await?;
    let took = begun.elapsed();
    let filed = times.0.len() as u64;
    let ended = now();
    let (now_sealed, now_found) = (place.sealed().await?, place.indexed().await?);
    let cpu = (cpu_time() - cpu).as_secs_f64() * 1e6 / filed as f64;
    let group = commits
        .zip(self::commits(site))
        .map(|(before, after): (u32, u32)| {
            // The sealer's own commits, at most 400 leaves each, are not batches of filings.
            let sealers = (now_sealed - sealed).div_ceil(400);
            let commits = u64::from(after.wrapping_sub(before)).saturating_sub(sealers);
            filed as f64 / commits.max(1) as f64
        });
    let all = sealed + filed;
    while place.indexed().await? < all {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let caught_up = ended.elapsed();
    drop(sealer);
    Ok(Run {
        rate: filed as f64 / took.as_secs_f64(),
        p50: times.within(50),
        p99: times.within(99),
        group,
        cpu,
        unsealed: all.saturating_sub(now_sealed),
        unfound: all.saturating_sub(now_found),
        caught_up,
    })
}

/// The clients themselves: how long each filing took, from the call to the stored number.
pub async fn drive(site: &Site, clients: usize, lasts: Duration, turn: u8) -> anyhow::Result<Times> {
    let begun = now();
    let tasks: Vec<_> = (0..clients)
        .map(|client| {
            let (app, person) = (Arc::clone(&site.app), site.person(client));
            tokio::spawn(async move {
                let mut writer = Writer::new(client as u64 * 1_000 + u64::from(turn));
                let mut times = Vec::new();
                while begun.elapsed() < lasts {
                    let key = format!("{turn}/{client}/{}", times.len()).into_bytes();
                    let asked = now();
                    site::file(&app, person, writer.petition(), key).await?;
                    times.push(asked.elapsed());
                }
                Ok::<_, app::act::ActError>(times)
            })
        })
        .collect();
    let mut times = Times::default();
    for task in tasks {
        times.0.extend(task.await??);
    }
    Ok(times)
}

/// The lists of writes of many filings, and how long one thread took to build them.
pub(super) async fn record(site: &Site) -> anyhow::Result<(Vec<Vec<Write>>, Duration)> {
    let mut writer = Writer::new(3);
    for n in 0..500 {
        built(site, &mut writer, n).await?;
    }
    let begun = now();
    let mut lists = Vec::with_capacity(REPLAYED);
    for n in 0..REPLAYED {
        lists.push(built(site, &mut writer, n).await?);
    }
    Ok((lists, begun.elapsed()))
}

async fn built(site: &Site, writer: &mut Writer, n: usize) -> anyhow::Result<Vec<Write>> {
    let key = n.to_be_bytes().to_vec();
    site::writes(&site.app, site.person(n), writer.petition(), key).await
}

/// The engine with its queue, groups and pool, but nothing above it.
async fn engine_alone(
    on: &On,
    within: Option<&Path>,
    lists: &[Vec<Write>],
    clients: usize,
) -> anyhow::Result<f64> {
    let site = Site::new(on, within).await?;
    let mut shares: Vec<Vec<Vec<Write>>> = vec![Vec::new(); clients];
    for (n, list) in lists.iter().enumerate() {
        shares[n % clients].push(list.clone());
    }
    let begun = now();
    let tasks: Vec<_> = (shares.into_iter())
        .map(|share| {
            let engine = site.app.places.live.engine().clone();
            tokio::spawn(async move {
                for list in share {
                    engine.commit(list, Urgency::User).await?;
                }
                Ok::<_, store::engine::CommitError>(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    let rate = lists.len() as f64 / begun.elapsed().as_secs_f64();
    site.remove().await?;
    Ok(rate)
}

pub(super) async fn bare_alone(
    on: &On,
    within: Option<&Path>,
    lists: &[Vec<Write>],
    batch: usize,
) -> anyhow::Result<f64> {
    let site = Site::new(on, within).await?;
    site.close().await;
    let took = match site.schema() {
        None => raw::sqlite(&site.file(), lists, batch)?,
        Some(schema) => raw::postgres(&schema, lists, batch).await?,
    };
    site.remove().await?;
    Ok(lists.len() as f64 / took.as_secs_f64())
}

fn bytes(lists: &[Vec<Write>]) -> usize {
    use store::engine::Value;
    let size = |value: &Value| match value {
        Value::Null => 0,
        Value::Int(_) => 8,
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::Ints(ints) => 8 * ints.len(),
    };
    lists
        .iter()
        .flatten()
        .flat_map(|write| &write.params)
        .map(size)
        .sum()
}

/// How often the SQLite file was committed to: SQLite counts it in the header of its shared memory.
fn commits(site: &Site) -> Option<u32> {
    if site.schema().is_some() {
        return None;
    }
    let header = std::fs::read(site.file().with_extension("db-shm")).ok()?;
    Some(u32::from_ne_bytes(header.get(8..12)?.try_into().ok()?))
}

/// Processor time of this process so far, in steps of 10 ms.
fn cpu_time() -> Duration {
    let ticks = || {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        Some(user + system)
    };
    Duration::from_millis(ticks().unwrap_or_default() * 10)
}

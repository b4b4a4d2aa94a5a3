//! 붐비는 창구 — how ordinary visitors fare beside slow clients, idle connections and one who files without end.
//!
//! Pages are served as `serve` does. The visitors, and whoever crowds them, run on the same processor.

use super::browser::Browser;
use super::site::{On, Pages, Sealer, Site};
use super::words::Writer;
use super::{Args, Table, Times, count, ms, now};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::session::Subject;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use web::security::Gate;

/// Ordinary visitors at the same time.
const VISITORS: usize = 8;
/// Each of them looks at a page and files a petition so often.
const EVERY: Duration = Duration::from_millis(500);
/// Clients who say a byte at a time.
const SLOW: usize = 128;
/// Connections that say nothing.
const IDLE: usize = 10_000;
/// So often one person files: a thousand a minute.
const HASTE: Duration = Duration::from_millis(60);

/// What crowds the visitors.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Crowd {
    Nobody,
    SlowHeads,
    SlowBodies,
    Idle,
    OneFiler,
}

impl Crowd {
    const ALL: [Crowd; 5] = [
        Crowd::Nobody,
        Crowd::SlowHeads,
        Crowd::SlowBodies,
        Crowd::Idle,
        Crowd::OneFiler,
    ];

    fn name(self) -> String {
        match self {
            Crowd::Nobody => "nobody".to_owned(),
            Crowd::SlowHeads => format!("{SLOW} who say their headers a byte a second"),
            Crowd::SlowBodies => format!("{SLOW} who send a form a byte a second"),
            Crowd::Idle => format!("{} connections that say nothing", count(IDLE as f64)),
            Crowd::OneFiler => "one who files 1,000 petitions a minute".to_owned(),
        }
    }
}

/// Measures each engine.
pub async fn run(engines: &[On], within: Option<&Path>, args: &Args) -> anyhow::Result<()> {
    let mut table = Table::new(
        "Eight visitors, each twice a second: a new connection, a page, a petition in three forms",
        &[
            "engine",
            "beside",
            "visits",
            "failed",
            "page p50 ms",
            "page p99 ms",
            "sending p50 ms",
            "sending p99 ms",
            "of the crowd",
        ],
    );
    for on in engines {
        for crowd in Crowd::ALL {
            eprintln!("{} beside {}", on.name(), crowd.name());
            let site = Site::new(on, within).await?;
            let mut seen = beside(&site, crowd, Duration::from_secs(args.seconds)).await?;
            site.remove().await?;
            table.row(&[
                on.name().to_owned(),
                crowd.name(),
                count(seen.page.0.len() as f64),
                count(seen.failed as f64),
                ms(seen.page.within(50)),
                ms(seen.page.within(99)),
                ms(seen.sending.within(50)),
                ms(seen.sending.within(99)),
                seen.crowd,
            ]);
        }
    }
    table.print();
    Ok(())
}

#[derive(Default)]
struct Seen {
    page: Times,
    sending: Times,
    failed: u64,
    crowd: String,
}

async fn beside(site: &Site, crowd: Crowd, lasts: Duration) -> anyhow::Result<Seen> {
    let pages = Pages::open(&site.app).await?;
    let address = pages.address;
    let _sealer = Sealer::start(&site.app);
    let deeds = Arc::new(AtomicU64::new(0));
    let mut crowding = JoinSet::new();
    match crowd {
        Crowd::Nobody => {}
        Crowd::SlowHeads | Crowd::SlowBodies => {
            for _ in 0..SLOW {
                crowding.spawn(slow(address, crowd, Arc::clone(&deeds)));
            }
        }
        Crowd::Idle => {
            for _ in 0..IDLE {
                crowding.spawn(idle(address, Arc::clone(&deeds)));
            }
        }
        Crowd::OneFiler => {
            let one = visitor(site, &pages.gate, VISITORS, address).await?;
            crowding.spawn(without_end(one, Arc::clone(&deeds)));
        }
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mut visits = JoinSet::new();
    for n in 0..VISITORS {
        visits.spawn(calls(
            visitor(site, &pages.gate, n, address).await?,
            n as u64,
            lasts,
        ));
    }
    let mut seen = Seen::default();
    while let Some(one) = visits.join_next().await {
        let one = one?;
        seen.page.0.extend(one.page.0);
        seen.sending.0.extend(one.sending.0);
        seen.failed += one.failed;
    }
    let done = count(deeds.load(Ordering::Relaxed) as f64);
    seen.crowd = match crowd {
        Crowd::Nobody => "-".to_owned(),
        Crowd::SlowHeads | Crowd::SlowBodies => format!("{done} requests begun"),
        Crowd::Idle => format!("{done} connections opened"),
        Crowd::OneFiler => format!("{done} petitions filed"),
    };
    crowding.shutdown().await;
    pages.close().await?;
    Ok(seen)
}

async fn visitor(site: &Site, gate: &Gate, n: usize, at: SocketAddr) -> anyhow::Result<Browser> {
    Browser::of(&site.app, gate, Subject::Citizen(site.person(n)), at).await
}

/// One visit after the other, each with a connection of its own.
async fn calls(mut visitor: Browser, n: u64, lasts: Duration) -> Seen {
    let (mut writer, mut seen) = (Writer::new(n * 1_000), Seen::default());
    let mut pace = tokio::time::interval(EVERY);
    pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let begun = now();
    while begun.elapsed() < lasts {
        pace.tick().await;
        visitor.hangs_up();
        let asked = now();
        let page = visitor.gets("/services").await.map(|_| asked.elapsed());
        let sent = match &page {
            Ok(_) => visitor.files(&writer.petition()).await.map(|(sent, _)| sent),
            Err(_) => Ok(Duration::ZERO),
        };
        match (page, sent) {
            (Ok(page), Ok(sent)) => {
                seen.page.0.push(page);
                seen.sending.0.push(sent);
            }
            (Err(error), _) | (_, Err(error)) => {
                eprintln!("  {error:#}");
                seen.failed += 1;
            }
        }
    }
    seen
}

/// Says a request a byte a second; begins anew when it is shown the door.
async fn slow(at: SocketAddr, crowd: Crowd, begun: Arc<AtomicU64>) {
    let head = match crowd {
        Crowd::SlowBodies => {
            "POST /language HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n"
        }
        _ => "",
    };
    loop {
        let Ok(mut stream) = TcpStream::connect(at).await else {
            tokio::time::sleep(Duration::from_secs(1)).await;
            continue;
        };
        begun.fetch_add(1, Ordering::Relaxed);
        let slowly = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
            .bytes()
            .chain(std::iter::repeat(b'a'));
        if stream.write_all(head.as_bytes()).await.is_err() {
            continue;
        }
        for byte in slowly {
            if stream.write_all(&[byte]).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

/// Holds a connection and says nothing; opens another a second after it is closed.
async fn idle(at: SocketAddr, opened: Arc<AtomicU64>) {
    loop {
        if let Ok(mut stream) = TcpStream::connect(at).await {
            opened.fetch_add(1, Ordering::Relaxed);
            // Comes back when the other side closes.
            let _ = stream.read(&mut [0]).await;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Files one petition after another.
async fn without_end(mut visitor: Browser, filed: Arc<AtomicU64>) {
    let mut writer = Writer::new(77_000);
    let mut pace = tokio::time::interval(HASTE);
    loop {
        pace.tick().await;
        match visitor.files(&writer.petition()).await {
            Ok(_) => {
                filed.fetch_add(1, Ordering::Relaxed);
            }
            Err(error) => {
                eprintln!("  {error:#}");
                visitor.hangs_up();
            }
        }
    }
}

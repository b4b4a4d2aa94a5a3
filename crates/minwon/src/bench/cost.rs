//! 값 — what vault, access log, commitments and search tokens each cost: the same filings written with each left out, and pages read with
//! and without the access log, in one run.

use super::intake::{bare_alone, record};
use super::read::{clerk, fill};
use super::site::{On, Site};
use super::words::Writer;
use super::{Args, Table, Times, count, median, ms, now};
use app::act::Call;
use app::desk::View;
use crypto::hash::commit;
use crypto::seal::{Key, Suite, open, seal};
use domain::access::Who;
use std::hint::black_box;
use std::path::Path;
use store::engine::Write;

/// Filings in one commit of the bare engine.
const GROUP: usize = 16;

/// What is left out of a list of writes, by the tables it goes to.
const PARTS: &[(&str, &[&str])] = &[
    ("everything", &[]),
    ("without the vault (texts and keys)", &["INTO vault"]),
    ("without the access log", &["INTO ledger"]),
    ("without the outbox", &["INTO outbox"]),
    ("without the sealer's queue", &["INTO unsealed"]),
    (
        "events and heads alone",
        &[
            "INTO vault",
            "INTO ledger",
            "INTO outbox",
            "INTO unsealed",
            "INTO idempotency",
        ],
    ),
];

/// Measures on each engine.
pub async fn run(engines: &[On], within: Option<&Path>, args: &Args) -> anyhow::Result<()> {
    let mut rows = Table::new(
        "What is written for a filing, each part left out (one bare thread, 16 filings a commit)",
        &["engine", "written", "filings/s", "µs each", "saved"],
    );
    let mut pages = Table::new(
        "Pages with and without the access log, one reader (ms)",
        &[
            "engine",
            "page",
            "p50 with",
            "p50 without",
            "p99 with",
            "p99 without",
        ],
    );
    let mut search = Table::new(
        "Search tokens (petitions/s)",
        &["engine", "sealed alone", "sealed and indexed"],
    );
    for on in engines {
        eprintln!("costs on {}", on.name());
        let recorded = {
            let site = Site::new(on, within).await?;
            let (lists, _) = record(&site).await?;
            site.remove().await?;
            lists
        };
        let mut whole = 0.0;
        for (name, left_out) in PARTS {
            let kept: Vec<Vec<Write>> = recorded
                .iter()
                .map(|list| {
                    let stays = |write: &&Write| !left_out.iter().any(|table| write.sql.contains(table));
                    list.iter().filter(stays).cloned().collect()
                })
                .collect();
            let mut rates = Vec::new();
            for _ in 0..args.runs.max(1) {
                rates.push(bare_alone(on, within, &kept, GROUP).await?);
            }
            let each = 1e6 / median(&rates);
            if left_out.is_empty() {
                whole = each;
            }
            rows.row(&[
                on.name().to_owned(),
                (*name).to_owned(),
                count(median(&rates)),
                format!("{each:.0}"),
                format!("{:.0} %", 100.0 * (1.0 - each / whole)),
            ]);
        }
        let size = args.size.first().copied().unwrap_or(10_000);
        let site = Site::new(on, within).await?;
        let who = clerk(&site.app).await?;
        let (_, indexed) = fill(&site, &who, size).await?;
        looked(&site, &who, args, &mut |page, times: [f64; 4]| {
            let mut cells = vec![on.name().to_owned(), page.to_owned()];
            cells.extend(times.iter().map(|time| ms(*time)));
            pages.row(&cells);
        })
        .await?;
        site.remove().await?;
        search.row(&[
            on.name().to_owned(),
            count(sealed_alone(on, within, size).await?),
            count(indexed),
        ]);
    }
    rows.print();
    search.print();
    pages.print();
    ciphers();
    Ok(())
}

/// Petitions sealed in a second, without their words.
async fn sealed_alone(on: &On, within: Option<&Path>, size: usize) -> anyhow::Result<f64> {
    let site = Site::new(on, within).await?;
    let mut writer = Writer::new(7);
    for n in 0..size.min(5_000) {
        super::site::file(
            &site.app,
            site.person(n),
            writer.petition(),
            n.to_be_bytes().to_vec(),
        )
        .await?;
    }
    let begun = now();
    let sealed = site.app.here.seal(site.app.now()).await?;
    let rate = sealed as f64 / begun.elapsed().as_secs_f64();
    site.remove().await?;
    Ok(rate)
}

/// Pages as an official opens them, and as the system does, whose looks are not written down.
async fn looked(
    site: &Site,
    who: &Who,
    args: &Args,
    told: &mut dyn FnMut(&str, [f64; 4]),
) -> anyhow::Result<()> {
    let (app, call) = (&site.app, Call::default());
    let page = app.list(who, View::Open, None, 200, &call).await?;
    let ids: Vec<_> = page.items.iter().map(|item| item.petition.id).collect();
    anyhow::ensure!(!ids.is_empty(), "there is nothing to read");
    for what in ["a case with everything in it", "work list, first page of 20"] {
        let mut of = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..args.runs.max(1) {
            let (mut with, mut without) = (Times::default(), Times::default());
            // In turn, so that whatever else the machine does meets both.
            for n in 0..400 {
                for (reader, times) in [(who, &mut with), (&Who::System, &mut without)] {
                    let begun = now();
                    if what.starts_with("a case") {
                        black_box(app.case(reader, ids[n % ids.len()], &call).await?);
                    } else {
                        black_box(app.list(reader, View::Open, None, 20, &call).await?);
                    }
                    times.0.push(begun.elapsed());
                }
            }
            of[0].push(with.within(50));
            of[1].push(without.within(50));
            of[2].push(with.within(99));
            of[3].push(without.within(99));
        }
        told(
            what,
            [median(&of[0]), median(&of[1]), median(&of[2]), median(&of[3])],
        );
    }
    Ok(())
}

/// The ciphers and hashes alone.
fn ciphers() {
    let mut table = Table::new("One text of 600 bytes", &["what", "µs"]);
    let mut fill = |out: &mut [u8]| out.fill(7);
    let key = Key::generate(&mut fill);
    let text = [0x41; 600];
    let sealed = seal(Suite::Standard, &key, b"bench", &text, &mut fill);
    let mut timed = |what: &str, work: &mut dyn FnMut()| {
        const TIMES: u32 = 20_000;
        let begun = now();
        for _ in 0..TIMES {
            work();
        }
        let each = begun.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES);
        table.row(&[what.to_owned(), format!("{each:.2}")]);
    };
    timed("commitment (HMAC-SHA-256)", &mut || {
        black_box(commit(&[1; 32], &text));
    });
    timed("sealing (AES-256-GCM)", &mut || {
        black_box(seal(
            Suite::Standard,
            &key,
            b"bench",
            &text,
            &mut |out: &mut [u8]| out.fill(7),
        ));
    });
    timed("opening", &mut || {
        black_box(open(&key, b"bench", &sealed).is_ok());
    });
    let words = domain::search::tokens("가로등이 꺼져 있어 밤길이 어둡습니다. 골목 입구 세탁소 앞입니다.");
    timed("words of a sentence into tokens", &mut || {
        black_box(domain::search::tokens(
            "가로등이 꺼져 있어 밤길이 어둡습니다. 골목 입구 세탁소 앞입니다.",
        ));
    });
    table.print();
    println!("({} tokens in that sentence)", words.len());
}

//! 보이지 않음 — non-interference: two cities live the same days; one of them also has protected petitions. Whoever is not entitled gets
//! the same bytes in both, on every page, in every file, message and log line; and every row outside the room is the same, too.
//!
//! Identities and chance are counted, and what happens inside counts apart: any difference is one that somebody could see.

use crate::protected::{answered, handled, staffed};
use crate::visitor::{Browser, Log, Seen, on_a_deep_stack};
use app::act::{Call, Petitioner};
use app::duties::{ALL, Reach};
use app::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::number::FilingNumber;
use domain::terms::{EntryPoint, Kind, Outcome};
use jiff::civil::datetime;
use ports::mail::Mailbox as _;
use ports::message::Inbox as _;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use store::engine::Ask as _;
use testkit::city::{City, On, PASSWORD, answer, filing};

/// A word that only protected petitions have.
const CANARY: &str = "카나리아횃대";

/// What everybody else was given: where, and the bytes.
type Given = BTreeMap<String, Vec<u8>>;

/// Every duty once, in the ordinary room as always, in the other one apart.
async fn duties(city: &City) {
    for duty in ALL {
        (duty.run)(&city.app).await.expect("the duty is done");
        if duty.reach == Reach::Rooms {
            let inside = city.inside();
            city.aside(async { (duty.run)(&inside).await.expect("the duty is done inside") })
                .await;
        }
    }
}

/// The days both cities live. `secrets`: whether this one has protected petitions. Gives the number of the first of them.
async fn lives(city: &City, secrets: bool) -> Option<FilingNumber> {
    city.aside(staffed(city)).await;
    let kim = city.citizen("010-1234-5678").await;
    let lee = city.citizen("010-8765-4321").await;
    let p = city
        .in_handling(kim, "보도블록이 내려앉았습니다", Kind::Inquiry, None)
        .await;
    let mut number = None;
    if secrets {
        number = Some(city.aside(report(city, kim)).await);
    }
    city.files(lee, "S134", "가로등이 꺼졌습니다", "밤길이 어둡습니다.")
        .await;
    city.answers(p.id, answer(Outcome::Answered, "다음 주에 고칩니다."))
        .await;
    duties(city).await;
    city.it_is(datetime(2026, 6, 29, 10, 0, 0, 0));
    if secrets {
        city.aside(by_letter(city)).await;
    }
    let q = city
        .in_handling(lee, "횡단보도 도색", Kind::Suggestion, None)
        .await;
    let handler = city.official("road.facilities.1");
    let ask = Act::AskSupplement {
        what: Raw::text("어느 횡단보도입니까?"),
        until: jiff::civil::date(2026, 7, 6),
    };
    city.does(&handler, q.id, ask).await.expect("asked");
    duties(city).await;
    number
}

/// A report that is handled and answered inside, one that is overdue there, and a look that two people allowed.
async fn report(city: &City, kim: domain::id::PersonId) -> FilingNumber {
    let p = city
        .files(
            kim,
            "P001",
            &format!("{CANARY} 폭언 신고"),
            &format!("{CANARY}라고 합니다."),
        )
        .await;
    handled(city, p.id).await;
    answered(
        city,
        p.id,
        answer(Outcome::Answered, &format!("{CANARY} 조사를 마쳤습니다.")),
    )
    .await;
    let late = city.files(kim, "P003", &format!("{CANARY} 늦은 신고"), "").await;
    handled(city, late.id).await;
    p.number
}

async fn by_letter(city: &City) {
    let clerk = city.official("counter1");
    let mut paper = filing("P002", &format!("{CANARY} 편지"), CANARY);
    paper.entry = EntryPoint::Post;
    let petitioner = Petitioner::written_down(CANARY.into(), Some("01077778888".into()), None, None, "ko");
    let receive = Act::Receive {
        kind: Kind::Grievance,
        period: None,
    };
    city.app
        .enter(&clerk, petitioner, paper, vec![receive], &Call::default())
        .await
        .expect("handed in");
}

/// What of an answer anybody can see.
fn bytes(seen: &Seen) -> Vec<u8> {
    let mut all = format!("{}\n", seen.status).into_bytes();
    for name in [
        "location",
        "content-type",
        "content-length",
        "content-disposition",
        "etag",
        "retry-after",
    ] {
        if let Some(value) = seen.headers.get(name) {
            all.extend(
                format!("{name}: ")
                    .bytes()
                    .chain(value.as_bytes().iter().copied())
                    .chain(*b"\n"),
            );
        }
    }
    all.extend_from_slice(&seen.bytes);
    all
}

/// Walks every link from `start`, at most `most` pages.
async fn walks(browser: &mut Browser, seat: &str, start: &str, most: usize, given: &mut Given) {
    let (mut waiting, mut met) = (vec![start.to_owned()], BTreeSet::from([start.to_owned()]));
    while let Some(way) = waiting.pop() {
        if given.len() > 4_000 || met.len() > most + waiting.len() + 1 {
            break;
        }
        let seen = browser.go(&way).await;
        for found in seen.links() {
            if found.starts_with("/desk") == start.starts_with("/desk") && met.insert(found.clone()) {
                waiting.insert(0, found);
            }
        }
        given.insert(format!("{seat} GET {way}"), bytes(&seen));
    }
}

async fn sends(browser: &mut Browser, seat: &str, way: &str, fields: &[(&str, &str)], given: &mut Given) {
    let page = browser.go(way).await;
    if page
        .text
        .contains(&format!("action=\"{}\"", way.replace('/', "&#x2f;")))
        || page.text.contains(&format!("action=\"{way}\""))
    {
        let seen = browser.submits(&page, way, fields).await;
        given.insert(format!("{seat} POST {way} {fields:?}"), bytes(&seen));
    }
}

/// Everything that everybody else is given.
async fn looked_at(city: &City, number: FilingNumber) -> Given {
    let mut given = Given::new();
    let seats = [
        "receiver1",
        "counter1",
        "onestop1",
        "examiner",
        "management.lead",
        "privacy",
        "admin",
        "mayor",
        "evaluator",
        "records",
        "road.facilities.1",
        "road.facilities.head",
        "audit.receiver",
    ];
    let number = number.to_string();
    for login in seats {
        let mut browser = Browser::new(city);
        let page = browser.go("/desk/sign-in").await;
        let fields = [("login", login), ("password", PASSWORD)];
        let seen = browser.submits(&page, "/desk/sign-in", &fields).await;
        assert!(seen.status.is_success(), "{login} comes in: {}", seen.words());
        walks(&mut browser, login, "/desk", 40, &mut given).await;
        for words in [CANARY, number.as_str(), "폭언"] {
            sends(&mut browser, login, "/desk/search", &[("q", words)], &mut given).await;
        }
        let register = [
            ("from", "2026-06-01"),
            ("to", "2026-06-30"),
            ("reason", "register_audit"),
            ("as", "csv"),
        ];
        sends(&mut browser, login, "/desk/register", &register, &mut given).await;
        for way in [
            format!("/desk/cases/{number}"),
            format!("/desk/cases/{number}/acts/designate"),
            format!("/desk/cases/{number}/papers/filing"),
            format!("/desk/cases/{number}/pulse?seq=1"),
            "/desk/room".to_owned(),
            "/desk/room/seats".to_owned(),
        ] {
            let seen = browser.go(&way).await;
            given.insert(format!("{login} GET {way}"), bytes(&seen));
        }
    }
    // A neighbour, and somebody who is nobody.
    let mut neighbour = Browser::new(city);
    neighbour.signs_in(city, "010-8765-4321").await;
    walks(&mut neighbour, "neighbour", "/my", 60, &mut given).await;
    for who in ["guest", "neighbour"] {
        let mut browser = Browser::new(city);
        if who == "neighbour" {
            browser.cookies.clone_from(&neighbour.cookies);
        }
        for way in [
            format!("/my/{number}"),
            format!("/my/{number}/papers/filing"),
            "/roots".into(),
            "/board".into(),
        ] {
            let seen = browser.go(&way).await;
            given.insert(format!("{who} GET {way}"), bytes(&seen));
        }
    }
    let mut guest = Browser::new(city);
    walks(&mut guest, "guest", "/", 60, &mut given).await;
    let entitled: BTreeSet<String> = (city.inside().office().staff.posts.keys())
        .filter_map(|id| city.app.office().person(*id).map(|person| person.mail.clone()))
        .collect();
    let theirs = ["01012345678", "01077778888"];
    let mut told: Vec<String> = (city.messages.messages().into_iter())
        .filter(|message| !theirs.contains(&message.what.to.as_str()))
        .map(|message| format!("{} {}", message.what.to, message.what.text))
        .collect();
    told.extend(
        (city.letters.letters().into_iter())
            .filter(|letter| !entitled.contains(&letter.what.to))
            .map(|letter| format!("{} {} {}", letter.what.to, letter.what.subject, letter.what.text)),
    );
    // To the petitioner nothing is secret; what they are told of other petitions is the same all the same.
    given.insert("messages".into(), told.join("\n").into_bytes());
    given.insert(
        "statistics".into(),
        format!("{:?}", city.app.here.tallies("").await.expect("numbers")).into_bytes(),
    );
    given
}

/// Every row of the ordinary place.
async fn rows(city: &City) -> Given {
    let engine = city.app.here.engine();
    let mut all = Given::new();
    for table in [
        "event",
        "head",
        "involved",
        "awaited",
        "vault",
        "vault_key",
        "person",
        "identity",
        "outbox",
        "ledger",
        "idempotency",
        "series",
        "unsealed",
        "leaf",
        "seal",
        "root",
        "tally",
        "mailing",
        "dossier",
        "registered",
        "measured",
        "measured_total",
        "measured_city",
        "involved_open",
        "proceeding",
        "proceeding_member",
        "hour",
        "survey_mark",
        "inspection",
        "claim",
        "old_number",
        "issued",
        "hand_out",
        "published",
        "office_change",
        "post",
        "saved",
        "moving",
        "moved",
        "tie",
        "disposal",
        "disposal_item",
    ] {
        let rows = engine
            .query_text(format!("SELECT * FROM {table}"), Vec::new())
            .await
            .expect("rows");
        let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
        rows.sort();
        all.insert(table.to_owned(), rows.join("\n").into_bytes());
    }
    all
}

async fn told(on: On, secrets: bool, number: Option<FilingNumber>) -> (Given, Given, FilingNumber, City) {
    let city = City::new(on, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let filed = lives(&city, secrets).await;
    let rows = rows(&city).await;
    let number = number.or(filed).expect("a number to look for");
    (looked_at(&city, number).await, rows, number, city)
}

fn differ(a: &Given, b: &Given) -> Vec<String> {
    let mut differ: Vec<String> = Vec::new();
    for key in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
        let of = |given: &Given| {
            given
                .get(key)
                .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        };
        let (one, other) = (of(a), of(b));
        if one != other {
            let line = |text: &Option<String>, n: usize| {
                text.as_ref()
                    .and_then(|text| text.lines().nth(n).map(str::to_owned))
                    .unwrap_or_default()
            };
            let n = (0..4_000)
                .find(|n| line(&one, *n) != line(&other, *n))
                .unwrap_or_default();
            differ.push(format!(
                "{key}, line {n}:\n  {}\n  {}",
                line(&one, n),
                line(&other, n)
            ));
        }
    }
    differ
}

async fn the_same_bytes(on: On) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_max_level(tracing_subscriber::filter::LevelFilter::INFO)
        .with_writer(Mutex::new(writer))
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let (with, rows_with, number, city) = told(on, true, None).await;
    let log_with = std::mem::take(&mut *log.0.lock().expect("nobody panicked"));
    assert!(with.len() > 300, "only {} answers were compared", with.len());
    // The secrets are really there.
    let inside = city.inside();
    assert_eq!(inside.here.filed_in(2026).await.expect("counted"), 3);
    let head = city.entitled("humanrights");
    let found = inside
        .search(&head, CANARY, None, 20, &Call::default())
        .await
        .expect("searched");
    assert_eq!(found.items.len(), 3);
    drop(city);
    let (without, rows_without, _, _) = told(on, false, Some(number)).await;
    let log_without = std::mem::take(&mut *log.0.lock().expect("nobody panicked"));
    assert_eq!(
        differ(&rows_with, &rows_without),
        Vec::<String>::new(),
        "rows of the ordinary place"
    );
    assert_eq!(
        differ(&with, &without),
        Vec::<String>::new(),
        "what others are given"
    );
    let lines = |log: &[u8]| String::from_utf8_lossy(log).into_owned();
    assert_eq!(lines(&log_with), lines(&log_without), "log lines");
    let said = |given: &Given| {
        given
            .values()
            .any(|bytes| String::from_utf8_lossy(bytes).contains(CANARY))
    };
    // Only the search shows the word again: it was typed there.
    let mut elsewhere = with.clone();
    elsewhere.retain(|key, _| !key.contains(CANARY));
    assert!(!said(&elsewhere) && !said(&rows_with));
    let _ = Who::System;
}

#[test]
fn nobody_else_sees_a_difference_on_sqlite() {
    on_a_deep_stack(|| the_same_bytes(On::Sqlite));
}

#[test]
fn nobody_else_sees_a_difference_on_postgres() {
    on_a_deep_stack(|| the_same_bytes(On::Postgres));
}

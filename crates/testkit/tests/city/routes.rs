//! 주소와 자리 — the golden table of every address: what a guest, a citizen and an official of each single seat is answered there.
//!
//! `docs/generated/route-matrix.md` is this table. An address without its line in it, or one that answers somebody differently than
//! the line says, fails; `MINWON_WRITE_TABLES=1` writes it anew, and the change is then read like any other.

use crate::visitor::{Browser, on_a_deep_stack, quote};
use domain::terms::{Kind, Seat};
use jiff::civil::datetime;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use store::office::Person;
use testkit::city::{City, On, PASSWORD};

const TABLE: &str = "../../docs/generated/route-matrix.md";

/// Addresses nobody is sent to here: they end the session the walk goes on with.
const NOT_WALKED: &[&str] = &["desk_sign_out", "sign_out", "desk_room_leave"];

/// Somebody with exactly one seat, in the department in charge.
async fn seated(city: &City, seat: Seat) -> String {
    let login = format!("only.{}", seat.code().replace('_', "."));
    let person = Person {
        id: city.app.new_official(),
        login: login.clone(),
        name: "홑자리".into(),
        title: "주무관".into(),
        phone: String::new(),
        mail: String::new(),
    };
    let phc = crypto::password::hash(PASSWORD, &mut |out: &mut [u8]| out.fill(3));
    city.app
        .enter_official(&person, &phc, "road_facilities", &[seat])
        .await
        .expect("entered");
    login
}

/// What is put into the `{…}` of a pattern.
fn filled(pattern: &str, number: &str, id: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("a pattern is closed");
        out.push_str(before);
        out.push_str(&match name {
            "provider" => "rehearsal".to_owned(),
            "number" => number.to_owned(),
            "deed" => "draft".to_owned(),
            "paper" if pattern.starts_with("/desk/papers") => "reminder".to_owned(),
            "paper" => "receipt".to_owned(),
            "month" => "2026-05".to_owned(),
            "no" => "1".to_owned(),
            "code" if pattern.contains("answers") => "new".to_owned(),
            "code" => "S134".to_owned(),
            "step" => "content".to_owned(),
            "what" => "amend".to_owned(),
            "kind" | "sheet" => "csv".to_owned(),
            "ticket" => "1".to_owned(),
            "version" => "1".to_owned(),
            "file" if pattern.starts_with("/standards") => "standards.csv".to_owned(),
            _ => id.to_owned(),
        });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The answer in a word: a status, or where one is sent.
fn word(seen: &crate::visitor::Seen) -> String {
    let way = seen.headers.get("location").and_then(|way| way.to_str().ok());
    match way {
        Some(way) if way.starts_with("/desk/sign-in") || way.starts_with("/sign-in") => "sign-in".to_owned(),
        Some(_) => "elsewhere".to_owned(),
        None => seen.status.as_u16().to_string(),
    }
}

async fn answers(browser: &mut Browser, way: &str, token: &str) -> String {
    let looked = browser
        .once(axum::http::Request::get(way), axum::body::Body::empty())
        .await;
    let body = format!("csrf={}", quote(token));
    let sent = browser.post(way, "application/x-www-form-urlencoded", body).await;
    format!("{} · {}", word(&looked), word(&sent))
}

/// The token of the session, from the form that every page has.
async fn token(browser: &mut Browser, page: &str) -> String {
    let seen = browser.go(page).await;
    seen.text
        .split_once("name=\"csrf\" value=\"")
        .and_then(|(_, rest)| rest.split('"').next())
        .unwrap_or_default()
        .to_owned()
}

async fn table() -> String {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0))
        .await
        .with_rehearsal();
    let kim = city.citizen("010-1234-5678").await;
    let p = city.in_handling(kim, "보도블록", Kind::Inquiry, None).await;
    let (number, id) = (p.number.to_string(), p.id.to_string());
    let routes: Vec<(&str, &str)> = (web::view::ROUTES.iter())
        .flat_map(|table| table.iter().copied())
        .filter(|(name, _)| !NOT_WALKED.contains(name))
        .collect();
    // Address → answer → who gets it.
    let mut all: BTreeMap<&str, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    let mut put = |name, answer: String, who: String| {
        all.entry(name).or_default().entry(answer).or_default().push(who);
    };
    let mut guest = Browser::new(&city);
    let page = token(&mut guest, "/sign-in").await;
    for (name, pattern) in &routes {
        put(
            *name,
            answers(&mut guest, &filled(pattern, &number, &id), &page).await,
            "guest".into(),
        );
    }
    for (who, phone) in [
        ("petitioner", "010-1234-5678"),
        ("other citizen", "010-8765-4321"),
    ] {
        for (name, pattern) in &routes {
            let mut browser = Browser::new(&city);
            if !pattern.starts_with("/desk") {
                browser.signs_in(&city, phone).await;
                let page = token(&mut browser, "/my").await;
                put(
                    *name,
                    answers(&mut browser, &filled(pattern, &number, &id), &page).await,
                    who.into(),
                );
                // Codes are not sent without end.
                city.clock.advance(3_600_001);
            }
        }
    }
    for seat in Seat::ALL {
        let login = seated(&city, *seat).await;
        let mut browser = Browser::new(&city);
        let page = browser.go("/desk/sign-in").await;
        let fields = [("login", login.as_str()), ("password", PASSWORD)];
        browser.submits(&page, "/desk/sign-in", &fields).await;
        let page = token(&mut browser, "/desk").await;
        for (name, pattern) in &routes {
            if pattern.starts_with("/desk") {
                put(
                    *name,
                    answers(&mut browser, &filled(pattern, &number, &id), &page).await,
                    seat.code().into(),
                );
            }
        }
    }
    let mut page = String::from(
        "# 주소와 자리 — who is answered what\n\nGenerated by the story `routes`; do not edit (`MINWON_WRITE_TABLES=1 cargo nextest run \
         --workspace --test city routes`).\n\nEach address was looked at (GET) and sent an empty form (POST) by a guest, by the \
         petitioner and another citizen (citizens' pages), and by officials who hold one seat each, in the department that has the \
         petition in handling (officials' pages). `elsewhere` is a redirect, `sign-in` one to the log-in.\n\n\
         | address | pattern | GET · POST: who |\n|---|---|---|\n",
    );
    for (name, pattern) in &routes {
        let mut cells: Vec<String> = Vec::new();
        let answers = &all[name];
        let most = answers.values().map(Vec::len).max().unwrap_or_default();
        for (answer, who) in answers {
            let everybody = who.len() == most && most > 12;
            let named = if everybody {
                "everybody else".to_owned()
            } else {
                who.join(", ")
            };
            cells.push(format!("{answer}: {named}"));
        }
        let _ = writeln!(page, "| `{name}` | `{pattern}` | {} |", cells.join("; "));
    }
    page
}

#[test]
fn every_address_has_its_line_and_answers_as_it_says() {
    let page = on_a_deep_stack(table);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    if std::env::var_os("MINWON_WRITE_TABLES").is_some() {
        std::fs::write(&path, &page).expect("the table can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let lines: BTreeSet<&str> = kept.lines().collect();
    let differ: Vec<&str> = page.lines().filter(|line| !lines.contains(line)).collect();
    assert_eq!(
        differ,
        Vec::<&str>::new(),
        "lines that docs/generated/route-matrix.md does not have"
    );
    assert_eq!(kept, page);
}

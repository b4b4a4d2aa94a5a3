//! 나쁜 손님 — a visitor who fills every form of every page with the worst there is: no page breaks, nothing typed comes back as markup, no form
//! works without its token, and nobody is told what is another's.
//!
//! `MINWON_HOSTILE_FORMS` sets how many forms of each visitor are tried (60 otherwise; `cargo xtask soak hostile` tries them all).

use crate::protected::staffed;
use crate::visitor::{Browser, Log, Seen, on_a_deep_stack, quote, unescape};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::terms::{Kind, Outcome};
use jiff::civil::datetime;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use testkit::city::{City, On, PASSWORD, answer};

/// What only others may read.
const OTHERS: &str = "남의비밀낱말";
/// Told from everything else in a page or a log line.
const MARK: &str = "zq9x";

/// The values, the mildest first.
fn hostile() -> Vec<String> {
    vec![
        format!("<script>{MARK}(1)</script>\"'><img src=x onerror={MARK}>"),
        format!("{MARK}' OR '1'='1'; DROP TABLE head; --"),
        format!("=HYPERLINK(\"http://evil.example/{MARK}\",\"1\")"),
        format!("{MARK}\r\nSet-Cookie: evil=1\r\n\r\n<b>{MARK}</b>"),
        format!("../../../../etc/passwd%00{MARK}"),
        format!("{{{{ 7*7 }}}}{{% include \"/etc/passwd\" %}}${{{MARK}}}#{{7*7}}"),
        format!("\u{202e}{MARK}\u{0}\u{7}\u{feff}\u{e000}"),
        "-9223372036854775809".into(),
        "99999999999999999999999999".into(),
        "0000-00-00".into(),
        format!("http://169.254.169.254/latest/{MARK}"),
        format!("{MARK}{}", "가".repeat(30_000)),
        String::new(),
    ]
}

/// A form as a page shows it.
struct Form {
    action: String,
    upload: bool,
    hidden: Vec<(String, String)>,
    fields: Vec<String>,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    Some(unescape(rest.split('"').next()?))
}

fn forms(seen: &Seen) -> Vec<Form> {
    (seen.text.split("<form").skip(1))
        .filter_map(|rest| {
            let body = rest.split("</form>").next()?;
            let (tag, inner) = body.split_once('>')?;
            if attribute(tag, "method").as_deref() != Some("post") {
                return None;
            }
            let mut form = Form {
                action: attribute(tag, "action")?,
                upload: tag.contains("multipart/form-data"),
                hidden: Vec::new(),
                fields: Vec::new(),
            };
            for piece in inner.split('<').skip(1) {
                let kind = piece.split([' ', '>']).next().unwrap_or_default();
                let Some(name) = attribute(piece, "name") else {
                    continue;
                };
                match kind {
                    "input" if attribute(piece, "type").as_deref() == Some("hidden") => {
                        form.hidden
                            .push((name, attribute(piece, "value").unwrap_or_default()));
                    }
                    "button" => form
                        .hidden
                        .push((name, attribute(piece, "value").unwrap_or_default())),
                    "input" | "select" | "textarea" => form.fields.push(name),
                    _ => {}
                }
            }
            Some(form)
        })
        .collect()
}

/// The address with what names a thing in it left out: one page of a kind is enough.
fn kind_of(way: &str) -> String {
    let path = way.split('?').next().unwrap_or_default();
    let named = |part: &str| part.bytes().any(|b| b.is_ascii_digit()) && part.len() > 3;
    path.split('/')
        .map(|part| if named(part) { "#" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// Sends a form; `token` false leaves out what ties it to the session.
async fn sends(browser: &mut Browser, form: &Form, value: &str, token: bool) -> Seen {
    let mut pairs: Vec<(String, String)> = form
        .hidden
        .iter()
        .filter(|(name, _)| token || name != "csrf")
        .cloned()
        .collect();
    pairs.extend(form.fields.iter().map(|name| (name.clone(), value.to_owned())));
    // What no form has: whatever a program would take over without being told to.
    for extra in [
        "protected",
        "handler",
        "unit",
        "person",
        "seat",
        "is_admin",
        "life",
    ] {
        pairs.push((extra.into(), value.to_owned()));
    }
    if form.upload {
        let edge = "----minwon";
        let mut body = String::new();
        for (name, value) in &pairs {
            body +=
                &format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        let file = value.replace(['\r', '\n', '"', '\0'], "");
        body += &format!(
            "--{edge}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file}.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4 {MARK}\r\n--{edge}--\r\n"
        );
        browser
            .post(
                &form.action,
                &format!("multipart/form-data; boundary={edge}"),
                body,
            )
            .await
    } else {
        let body: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{}={}", quote(name), quote(value)))
            .collect();
        browser
            .post(&form.action, "application/x-www-form-urlencoded", body.join("&"))
            .await
    }
}

/// What must be true of every answer.
fn sound(who: &str, seen: &Seen, value: &str) {
    let place = format!(
        "{who} {} with {:?}",
        seen.path,
        value.chars().take(40).collect::<String>()
    );
    let allowed = seen.status != StatusCode::INTERNAL_SERVER_ERROR && seen.status != StatusCode::BAD_GATEWAY;
    assert!(allowed, "{place}: {}\n{}", seen.status, seen.words());
    assert_ne!(seen.status, StatusCode::SERVICE_UNAVAILABLE, "{place}");
    for markup in [
        format!("<script>{MARK}"),
        format!("<img src=x onerror={MARK}"),
        format!("<b>{MARK}"),
    ] {
        assert!(
            !seen.text.contains(&markup),
            "{place}: what was typed came back as markup"
        );
    }
    assert!(
        seen.headers
            .get("set-cookie")
            .is_none_or(|cookie| !cookie.as_bytes().starts_with(b"evil")),
        "{place}"
    );
    for header in ["location", "content-disposition"] {
        let value = seen
            .headers
            .get(header)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        assert!(
            value
                .as_ref()
                .is_none_or(|value| !value.starts_with("//") && !value.contains("evil.example/")),
            "{place}: {value:?}"
        );
    }
    let html = seen
        .headers
        .get("content-type")
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if html {
        let policy = seen
            .headers
            .get("content-security-policy")
            .map(|policy| policy.as_bytes().to_vec());
        assert!(
            policy.is_some_and(|policy| policy.starts_with(b"default-src 'none'")),
            "{place}: no policy"
        );
        assert!(seen.headers.contains_key("x-content-type-options"), "{place}");
        assert!(
            !seen.text.contains("root:x:0:0"),
            "{place}: a file of the machine"
        );
    }
}

/// What the petitions are about.
const TITLES: [&str; 2] = ["보도블록이 들뜸", "가로등이 꺼짐"];

struct Visit {
    who: &'static str,
    start: &'static str,
    may_read_others: bool,
}

async fn goes_round(city: &City, browser: &mut Browser, visit: &Visit, most: usize) -> (usize, usize) {
    let mut waiting = vec![visit.start.to_owned()];
    let (mut met, mut tried, mut pages, mut sent) = (BTreeSet::new(), BTreeMap::<String, usize>::new(), 0, 0);
    let values = hostile();
    while let Some(way) = waiting.pop() {
        if !met.insert(kind_of(&way)) || pages >= most || way.contains("sign-out") {
            continue;
        }
        let page = browser.go(&way).await;
        pages += 1;
        sound(visit.who, &page, "");
        assert!(
            visit.may_read_others || !page.text.contains(OTHERS),
            "{} reads {way}",
            visit.who
        );
        // The browser keeps titles in its history, wherever it stands.
        assert!(
            !TITLES.iter().any(|title| page.title().contains(title)),
            "{}: {way} is called by somebody's words",
            visit.who
        );
        for link in page.links() {
            waiting.insert(0, link);
        }
        for form in forms(&page) {
            let door = ["sign-out", "/sign-in", "/room/leave", "/language", "/look"];
            let count = tried.entry(kind_of(&form.action)).or_default();
            if *count >= 2
                || door.iter().any(|door| form.action.contains(door))
                || sent >= most * values.len()
            {
                continue;
            }
            *count += 1;
            let without = sends(browser, &form, "x", false).await;
            let refused = without.status == StatusCode::FORBIDDEN
                || without.status == StatusCode::NOT_FOUND
                || without
                    .headers
                    .get("location")
                    .is_some_and(|way| way.as_bytes().windows(7).any(|w| w == b"sign-in"));
            assert!(
                refused,
                "{} {} works without its token: {}",
                visit.who, form.action, without.status
            );
            for value in &values {
                let seen = sends(browser, &form, value, true).await;
                sent += 1;
                sound(visit.who, &seen, value);
                assert!(
                    visit.may_read_others || !seen.text.contains(OTHERS),
                    "{} is told by {}",
                    visit.who,
                    form.action
                );
                if seen.status.is_redirection() {
                    let next = browser.follow(seen).await;
                    sound(visit.who, &next, value);
                }
                // Codes and log-ins are throttled; the visitor is patient.
                city.clock.advance(20_000);
            }
        }
    }
    (pages, sent)
}

async fn tale() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    staffed(&city).await;
    let kim = city.citizen("010-1234-5678").await;
    let lee = city.citizen("010-8765-4321").await;
    let p = city.in_handling(kim, TITLES[0], Kind::Inquiry, None).await;
    city.answers(p.id, answer(Outcome::Answered, "고쳤습니다.")).await;
    city.in_handling(kim, TITLES[1], Kind::Suggestion, None).await;
    city.files(lee, "P001", &format!("{OTHERS} 신고"), OTHERS).await;
    city.files(lee, "S134", &format!("{OTHERS} 민원"), OTHERS).await;
    let most = std::env::var("MINWON_HOSTILE_FORMS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(60);
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(Mutex::new(log.clone()))
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let mut told = Vec::new();
    let mut guest = Browser::new(&city);
    let visit = Visit {
        who: "guest",
        start: "/",
        may_read_others: false,
    };
    told.push(("guest", goes_round(&city, &mut guest, &visit, most).await));
    let mut citizen = Browser::new(&city);
    citizen.signs_in(&city, "010-1234-5678").await;
    let visit = Visit {
        who: "citizen",
        start: "/my",
        may_read_others: false,
    };
    told.push(("citizen", goes_round(&city, &mut citizen, &visit, most).await));
    for (who, reads) in [
        ("road.facilities.1", false),
        ("road.facilities.head", false),
        ("receiver1", true),
        ("counter1", true),
        ("examiner", true),
        ("privacy", false),
        ("admin", false),
    ] {
        let mut browser = Browser::new(&city);
        let page = browser.go("/desk/sign-in").await;
        browser
            .submits(&page, "/desk/sign-in", &[("login", who), ("password", PASSWORD)])
            .await;
        let visit = Visit {
            who,
            start: "/desk",
            may_read_others: reads,
        };
        told.push((who, goes_round(&city, &mut browser, &visit, most).await));
    }
    for (who, (pages, sent)) in &told {
        println!("{who}: {pages} pages, {sent} forms sent");
        assert!(
            *pages > 5 && *sent > 20,
            "{who} did not get round: {pages}, {sent}"
        );
    }
    // Nothing anybody typed stands in the log, so nothing can pretend to be a line of it.
    let log = String::from_utf8_lossy(&log.0.lock().expect("nobody panicked")).into_owned();
    let line = log
        .lines()
        .find(|line| line.contains(MARK) && !line.contains("hyper") && !line.contains("tower"));
    assert_eq!(line, None, "a log line holds what a visitor typed");
    // Addresses nobody is to come to, typed by hand.
    let mut guest = Browser::new(&city);
    for way in [
        "/assets/../Cargo.toml",
        "/assets/x/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/x/%2e%2e/%2e%2e/etc/passwd",
        "/standards/..%2f..%2fkeys%2froot.key",
        "/desk//evil.example",
        "//evil.example/desk",
        "/my/%00",
        "/my/%ff%fe",
        "/services/%F0%9F%92%A9",
    ] {
        let seen = guest.once(Request::get(way), Body::empty()).await;
        sound("guest", &seen, way);
        assert!(
            seen.status.is_client_error() || seen.status.is_redirection(),
            "{way}: {}",
            seen.status
        );
    }
    for room in city.app.rooms() {
        let report = city.app.verify(&room.here, &mut |_| {}).await.expect("verified");
        assert_eq!(report.faults, Vec::<String>::new());
    }
}

#[test]
fn nothing_breaks_leaks_or_runs() {
    on_a_deep_stack(tale);
}

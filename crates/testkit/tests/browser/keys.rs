//! 글쇠와 함께 처리 — a list worked by single keys in a real Chromium, and fifty petitions distributed within a minute.

use super::{Hand, Way};
use domain::act::Act;
use domain::life::Life;
use domain::petition::Petition;
use domain::terms::Kind;
use jiff::civil::datetime;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use testkit::city::{City, On};
use testkit::site::Site;

const LIST: &str = "/desk?queue=to_distribute";
const ESCAPE: &str = "\u{E00C}";

/// Received, and waiting for a department.
async fn waiting(site: &Site, n: usize) -> Vec<Petition> {
    let kim = site.city.citizen("010-1234-5678").await;
    let receiver = site.city.official("receiver1");
    let mut all = Vec::new();
    for n in 0..n {
        let title = format!("배부를 기다리는 민원 {n}");
        let filed = site.city.files(kim, "S134", &title, "").await;
        let receive = Act::Receive {
            kind: Kind::Inquiry,
            period: None,
        };
        let received = site.city.does(&receiver, filed.id, receive).await;
        all.push(received.expect("it is received"));
    }
    all
}

async fn asks(hand: &Hand, script: &str) -> serde_json::Value {
    let said = hand.browser.client.execute(script, Vec::new()).await;
    said.expect("the script runs")
}

/// How many rows are chosen.
async fn picked(hand: &Hand) -> u64 {
    let n = asks(
        hand,
        "return document.querySelectorAll('[data-pick]:checked').length",
    )
    .await;
    n.as_u64().expect("a number")
}

async fn until(hand: &Hand, script: &str) {
    for _ in 0..100 {
        if asks(hand, script).await == true {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("never true: {script}\n{}", hand.browser.text().await);
}

/// Shows this step to axe-core and takes its picture.
async fn see(hand: &mut Hand, name: &str) {
    for finding in hand.browser.axe().await {
        hand.found.push(format!("{name}: {finding}"));
    }
    if let Some(folder) = std::env::var_os("MINWON_PICTURES") {
        let width = if hand.narrow().await { "320" } else { "1440" };
        let path = PathBuf::from(folder).join(format!("{width}_{name}.png"));
        hand.browser.picture(&path).await;
    }
}

/// From the chosen rows to the result; gives how often something was pressed and how many pages were loaded.
async fn distributes(hand: &mut Hand, which: &str, unit: &str, looks: bool) -> (u32, u32) {
    let (mut pressed, mut loaded) = (0, 0);
    for (step, name) in [
        (format!("button[name='which'][value='{which}']"), "bulk-choose"),
        ("button[name='act'][value='distribute']".to_owned(), "bulk-fill"),
        ("button[name='do'][value='check']".to_owned(), "bulk-check"),
        ("button[name='do'][value='go']".to_owned(), "bulk-done"),
    ] {
        if step.contains("check") {
            hand.browser.choose("unit", unit).await;
            pressed += 1;
        }
        hand.browser.click(&format!("main {step}")).await;
        (pressed, loaded) = (pressed + 1, loaded + 1);
        if looks {
            see(hand, name).await;
        }
    }
    // Without scripts what is left goes on by its button; with them by itself.
    let by_button = hand.way == Way::NoScripts;
    while by_button && !hand.browser.text().await.contains(" 0건 남음") {
        hand.browser.click("main form button.primary").await;
        (pressed, loaded) = (pressed + 1, loaded + 1);
    }
    for _ in 0..30 {
        if hand.browser.text().await.contains(" 0건 남음") {
            return (pressed, loaded);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    panic!("it never ends: {}", hand.browser.text().await);
}

#[expect(
    clippy::disallowed_methods,
    reason = "the time is printed for whoever measures; nothing rests on it"
)]
async fn fifty(way: Way, width: u32) {
    let site = Site::new(City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await).await;
    let mut hand = Hand::new(way, &site, width).await;
    let all = waiting(&site, 50).await;
    hand.sign_in("receiver1").await;
    let began = Instant::now();
    hand.browser.goto(&format!("{}{LIST}", site.address)).await;
    let unit = site.city.unit("road_facilities");
    let (pressed, loaded) = distributes(&mut hand, "listed", &unit.to_string(), false).await;
    let took = began.elapsed();
    hand.browser
        .says("50건 중 50건 처리, 0건 처리 안 됨, 0건 남음")
        .await;
    for p in &all {
        let head = site.city.app.places.live.head(p.id).await;
        let stands = head.expect("the store answers").expect("it is stored").petition;
        assert_eq!((stands.life, stands.unit), (Life::Distributed, Some(unit)));
    }
    let loaded = loaded + 1;
    println!("fifty, {way:?}: {took:?}, {pressed} presses, {loaded} pages");
    if way == Way::Mouse {
        assert!(pressed <= 5 && loaded <= 5, "{pressed} presses, {loaded} pages");
    }
    hand.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_distributes_fifty_in_a_minute() {
    fifty(Way::Mouse, 1440).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_distributes_fifty_without_scripts_on_a_phone() {
    fifty(Way::NoScripts, 320).await;
}

async fn by_keys(width: u32) {
    let site = Site::new(City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await).await;
    let mut hand = Hand::new(Way::Mouse, &site, width).await;
    let all = waiting(&site, 3).await;
    hand.sign_in("receiver1").await;
    hand.goto(LIST).await;

    // Rows by j and k, chosen by x.
    hand.browser.type_in("jx").await;
    assert_eq!(picked(&hand).await, 1);
    hand.browser.type_in("jjkx").await;
    assert_eq!(picked(&hand).await, 2);
    hand.browser.type_in("x").await;
    assert_eq!(picked(&hand).await, 1, "x takes back what x chose");
    hand.browser.type_in("x").await;

    // Nothing while Hangul is composed, and nothing while something is typed.
    let composing = "const e = new KeyboardEvent('keydown', { key: 'x', code: 'KeyX', bubbles: true, isComposing: true }); \
                     document.activeElement.dispatchEvent(e); return true";
    asks(&hand, composing).await;
    assert_eq!(picked(&hand).await, 2, "x while composing");
    hand.browser.type_in("/").await;
    assert_eq!(asks(&hand, "return document.activeElement.id").await, "quick");
    hand.browser.type_in("xjg?").await;
    assert_eq!(asks(&hand, "return document.activeElement.value").await, "xjg?");
    assert_eq!(picked(&hand).await, 2, "x while typing");
    assert_eq!(
        asks(&hand, "return document.querySelectorAll('dialog').length").await,
        0
    );

    // The help lies over the list and takes the keys; what was chosen is still chosen behind it.
    asks(&hand, "document.querySelector('[data-row]').focus(); return true").await;
    hand.browser.type_in("?").await;
    until(&hand, "return !!document.querySelector('dialog[open]')").await;
    hand.browser.says("목록의 다음 민원").await;
    see(&mut hand, "keys-help").await;
    hand.browser.type_in("x").await;
    hand.browser.type_in(ESCAPE).await;
    until(&hand, "return !document.querySelector('dialog')").await;
    assert_eq!(picked(&hand).await, 2, "x behind the help");
    see(&mut hand, "work-picked").await;

    // Two are distributed, one stays.
    let unit = site.city.unit("road_facilities");
    distributes(&mut hand, "chosen", &unit.to_string(), true).await;
    hand.browser.says("2건 중 2건 처리").await;
    let mut units = Vec::new();
    for p in &all {
        let head = site.city.app.places.live.head(p.id).await;
        units.push(
            head.expect("the store answers")
                .expect("it is stored")
                .petition
                .unit,
        );
    }
    assert_eq!(units, [Some(unit), Some(unit), None]);

    // From page to page, and to the first act of a petition.
    hand.goto(LIST).await;
    hand.browser.type_in("ga").await;
    until(&hand, "return location.pathname === '/desk/approvals'").await;
    hand.goto(LIST).await;
    hand.browser.type_in("j\u{E007}").await;
    until(&hand, "return location.pathname.startsWith('/desk/cases/')").await;
    until(&hand, "return document.readyState === 'complete'").await;
    hand.browser.type_in("1").await;
    assert_eq!(
        asks(&hand, "return !!document.activeElement.closest('.acts')").await,
        true
    );
    see(&mut hand, "case-by-keys").await;

    // Switched off by the one who is signed in, and by nobody else at the same machine.
    hand.goto("/desk/keys").await;
    see(&mut hand, "keys").await;
    hand.press("main [data-keys-switch] button").await;
    hand.goto(LIST).await;
    asks(&hand, "document.querySelector('[data-row]').focus(); return true").await;
    hand.browser.type_in("x").await;
    assert_eq!(picked(&hand).await, 0, "the keys are off");
    hand.sign_in("receiver2").await;
    hand.goto(LIST).await;
    hand.browser.type_in("jx").await;
    assert_eq!(picked(&hand).await, 1, "another's keys are on");
    assert_eq!(hand.found, Vec::<String>::new(), "axe-core found something");
    hand.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_works_a_list_by_keys() {
    by_keys(1440).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_works_a_list_by_keys_on_a_narrow_window() {
    by_keys(320).await;
}

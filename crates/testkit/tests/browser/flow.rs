//! 함께 처리와 글쇠 — rows chosen by single keys, distributed together, the keys switched off; looked at by axe-core, wide and narrow.

use super::{Hand, Way};
use domain::act::Act;
use domain::life::Life;
use domain::terms::Kind;
use jiff::civil::datetime;
use testkit::browser::Key;
use testkit::city::{City, On};
use testkit::site::Site;

async fn chosen(hand: &Hand) -> u64 {
    let script = "return document.querySelectorAll('[data-pick]:checked').length";
    let n = hand.browser.client.execute(script, Vec::new()).await;
    n.expect("the script runs").as_u64().unwrap_or_default()
}

async fn together(width: u32) {
    let site = Site::new(City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await).await;
    let city = &site.city;
    let kim = city.citizen("010-1234-5678").await;
    let mut all = Vec::new();
    for n in 0..4 {
        let filed = city
            .files(kim, "S134", &format!("배부를 기다리는 민원 {n}"), "")
            .await;
        let receive = Act::Receive {
            kind: Kind::Inquiry,
            period: None,
        };
        let receiver = city.official("receiver1");
        all.push(city.does(&receiver, filed.id, receive).await.expect("received"));
    }
    let mut hand = Hand::new(Way::Mouse, &site, width).await;
    hand.sign_in("receiver1").await;
    hand.goto("/desk?queue=to_distribute").await;
    // Down the list by j, chosen by x; with Korean letters on the keyboard the same keys do the same.
    hand.browser.type_in("jx").await;
    hand.browser.type_in("jjx").await;
    assert_eq!(chosen(&hand).await, 2);
    // While something is typed keys are letters.
    hand.browser.type_in("/").await;
    hand.browser.type_in("xjg?").await;
    let typed = "return document.getElementById('quick').value";
    let typed = hand.browser.client.execute(typed, Vec::new()).await;
    assert_eq!(typed.expect("the script runs"), serde_json::json!("xjg?"));
    assert_eq!(chosen(&hand).await, 2);
    hand.press("main form[action='/desk/bulk'] button[value='chosen']")
        .await;
    hand.browser.says("선택한 민원 2건을").await;
    hand.press("main button[name='act'][value='distribute']").await;
    hand.choose("unit", &city.unit("audit").to_string()).await;
    hand.press("main button[name='do'][value='check']").await;
    hand.browser.says("2건을 처리할 수 있고").await;
    hand.press("main button[name='do'][value='go']").await;
    hand.browser.says("2건 중 2건 처리").await;
    let mut gone = 0;
    for p in &all {
        let head = city.app.places.live.head(p.id).await.expect("read");
        gone += u32::from(head.is_some_and(|head| head.petition.life == Life::Distributed));
    }
    assert_eq!(gone, 2);
    // Help by a key; switched off, keys do nothing, on the next page neither.
    hand.browser.type_in("?").await;
    hand.browser.says("글쇠가 켜져 있습니다").await;
    hand.press("[data-keys-switch] button").await;
    hand.browser.says("글쇠가 꺼져 있습니다").await;
    hand.goto("/desk?queue=to_distribute").await;
    hand.browser.type_in("jx").await;
    hand.browser.key(Key::Tab).await;
    assert_eq!(chosen(&hand).await, 0);
    assert_eq!(hand.found, Vec::<String>::new());
    hand.browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_many_by_keys_on_a_wide_screen() {
    together(1440).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_many_by_keys_at_320_pixels() {
    together(320).await;
}

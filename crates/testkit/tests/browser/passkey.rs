//! 패스키 이야기 — in a real Chromium with a virtual authenticator: a passkey is made, logs in, confirms; and the page without scripts.

use fantoccini::Locator;
use store::batch::Batch;
use store::engine::Urgency;
use testkit::browser::{Browser, Scripts};
use testkit::city::{City, On, PASSWORD};
use testkit::site::Site;

async fn log_in(browser: &Browser, address: &str) {
    browser.goto(&format!("{address}/desk/sign-in")).await;
    browser.fill("login", "receiver1").await;
    browser.fill("password", PASSWORD).await;
    browser.click("form[action$='sign-in'] button.primary").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_passkey_is_made_and_logs_in_without_a_password() {
    let city = City::new(On::Sqlite, jiff::civil::date(2026, 6, 15).at(10, 0, 0, 0)).await;
    let site = Site::new(city).await;
    // Passkeys are for a name, not for a number.
    let address = site.address.replace("127.0.0.1", "localhost");
    let mut settings = site.city.app.office().settings.clone();
    settings.sign_in.address = address.clone();
    let mut batch = Batch::new();
    batch.setting("office", &serde_json::to_string(&settings).expect("text"));
    site.city
        .app
        .places
        .live
        .commit(batch, Urgency::User)
        .await
        .expect("kept");
    site.city.app.reload().await.expect("read");

    let browser = Browser::open(Scripts::On, 1280, 900).await;
    browser.add_authenticator().await;
    log_in(&browser, &address).await;
    browser.says("할 일").await;
    browser.goto(&format!("{address}/desk/account")).await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.press("이 기기에 패스키 등록").await;
    browser.says("복구 코드").await;
    browser.says("보관하였습니다").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.press("보관하였습니다").await;
    browser.says("남은 복구 코드: 10개").await;
    // The password alone is not enough any more; the passkey is the second factor.
    browser.press("로그아웃").await;
    browser.says("공무원 로그인").await;
    log_in(&browser, &address).await;
    browser.says("등록하신 패스키로 인증해 주십시오.").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.press("패스키로 확인").await;
    browser.says("할 일").await;
    // And by itself it is both.
    browser.press("로그아웃").await;
    browser.says("공무원 로그인").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.press("패스키로 로그인").await;
    browser.says("할 일").await;
    browser.goto(&format!("{address}/desk/account")).await;
    browser.says("현재 접속").await;
    // 다시 확인, eleven minutes later.
    site.city.it_is(jiff::civil::date(2026, 6, 15).at(10, 11, 0, 0));
    browser
        .goto(&format!("{address}/desk/account/authenticator"))
        .await;
    browser.says("다시 확인").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.press("패스키로 확인").await;
    browser.says("인증 앱 등록").await;
    assert_eq!(browser.path().await, "/desk/account/authenticator");
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_without_scripts_or_on_a_telephone_enrols_an_authenticator() {
    let city = City::new(On::Sqlite, jiff::civil::date(2026, 6, 15).at(10, 0, 0, 0)).await;
    let site = Site::new(city).await;
    let browser = Browser::open(Scripts::Off, 320, 700).await;
    log_in(&browser, &site.address).await;
    browser.goto(&format!("{}/desk/account", site.address)).await;
    browser.says("이 접속 주소에서는 패스키를 쓸 수 없습니다.").await;
    browser.press("인증 앱 등록").await;
    browser.says("인증 앱으로 아래 그림을 찍습니다.").await;
    let width = browser
        .client
        .execute("return document.documentElement.scrollWidth", vec![])
        .await;
    if let Ok(width) = width {
        assert!(width.as_f64().is_some_and(|w| w <= 320.0), "as wide as {width}");
    }
    let secret = browser
        .client
        .find(Locator::Css(".secret"))
        .await
        .expect("a secret")
        .text()
        .await
        .expect("letters");
    let mut bits = String::new();
    for letter in secret.bytes().filter(u8::is_ascii_alphanumeric) {
        let value = if letter.is_ascii_uppercase() {
            letter - b'A'
        } else {
            letter - b'2' + 26
        };
        bits += &format!("{value:05b}");
    }
    let bytes: Vec<u8> = (0..bits.len() / 8)
        .map(|n| u8::from_str_radix(&bits[n * 8..n * 8 + 8], 2).expect("bits"))
        .collect();
    let step = site.city.app.now().0 / crypto::totp::STEP;
    let code = crypto::totp::code(&bytes, u64::try_from(step).expect("after 1970"));
    browser.fill("code", &code).await;
    browser
        .click("form[action$='authenticator'] button.primary")
        .await;
    browser.says("복구 코드").await;
    browser.close().await;
}

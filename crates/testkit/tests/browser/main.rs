//! 브라우저 이야기 — the main road in a real Chromium: by mouse, by keyboard alone, and with scripts switched off; and what
//! axe-core says of every page on the way.

mod day;
mod flow;
mod keys;
mod passkey;
mod proceedings;
mod ten;

use fantoccini::Locator;
use jiff::civil::datetime;
use std::path::PathBuf;
use testkit::browser::{Browser, Key, Scripts};
use testkit::city::{City, On, PASSWORD};
use testkit::site::Site;

/// How a person works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Mouse,
    Keyboard,
    NoScripts,
}

/// A person at a browser.
struct Hand {
    way: Way,
    browser: Browser,
    address: String,
    /// Pages already shown to axe-core, by path without numbers.
    checked: Vec<String>,
    /// What it found.
    found: Vec<String>,
    /// Whether every page is to be Korean throughout, and no wider than the window.
    korean: bool,
}

impl Hand {
    async fn new(way: Way, site: &Site, width: u32) -> Hand {
        let scripts = if way == Way::NoScripts {
            Scripts::Off
        } else {
            Scripts::On
        };
        let browser = Browser::open(scripts, width, 900).await;
        Hand {
            way,
            browser,
            address: site.address.clone(),
            checked: Vec::new(),
            found: Vec::new(),
            korean: false,
        }
    }

    async fn goto(&mut self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.address)).await;
        self.look().await;
    }

    /// Presses a link or a button.
    async fn press(&mut self, css: &str) {
        match self.way {
            Way::Mouse | Way::NoScripts => self.browser.click(css).await,
            Way::Keyboard => {
                self.browser.tab_to(css).await;
                self.browser.key(Key::Enter).await;
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        self.look().await;
    }

    /// Writes into a field.
    async fn fill(&self, name: &str, value: &str) {
        match self.way {
            Way::Mouse | Way::NoScripts => self.browser.fill(name, value).await,
            Way::Keyboard => {
                self.browser.tab_to(&format!("[name='{name}']")).await;
                self.browser.type_in(value).await;
            }
        }
    }

    /// Chooses one of several.
    async fn choose(&self, name: &str, value: &str) {
        if self.way != Way::Keyboard {
            return self.browser.choose(name, value).await;
        }
        self.browser.tab_to(&format!("[name='{name}']")).await;
        // Space marks a radio button, but would open a list, where arrows choose by themselves.
        if !self.is_list(name).await && !self.chosen(name, value).await {
            self.browser.key(Key::Space).await;
        }
        for _ in 0..400 {
            if self.chosen(name, value).await {
                return;
            }
            self.browser.key(Key::Down).await;
        }
        panic!("{name}={value} cannot be chosen by keyboard");
    }

    async fn is_list(&self, name: &str) -> bool {
        let script = "return document.getElementsByName(arguments[0])[0].tagName === 'SELECT'";
        let list = self
            .browser
            .client
            .execute(script, vec![serde_json::json!(name)])
            .await;
        list.expect("the script runs") == serde_json::json!(true)
    }

    async fn chosen(&self, name: &str, value: &str) -> bool {
        let script = "const all = [...document.getElementsByName(arguments[0])]; \
                      return all.some(e => e.tagName === 'SELECT' ? e.value === arguments[1] : e.checked && e.value === arguments[1])";
        let args = vec![serde_json::json!(name), serde_json::json!(value)];
        self.browser
            .client
            .execute(script, args)
            .await
            .expect("the script runs")
            == serde_json::json!(true)
    }

    /// Shows the page to axe-core, once for each kind of page.
    async fn look(&mut self) {
        if self.way == Way::NoScripts {
            return;
        }
        if self.korean {
            self.found.extend(day::faults(self).await);
        }
        let path = self.browser.path().await;
        let kind: String = path
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        let kind = kind
            .split('/')
            .map(|part| if part.len() > 15 { "…" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        if self.checked.contains(&kind) {
            return;
        }
        self.checked.push(kind.clone());
        for finding in self.browser.axe().await {
            self.found.push(format!("{kind}: {finding}"));
        }
        if let Some(folder) = std::env::var_os("MINWON_PICTURES") {
            let name = format!(
                "{}{}.png",
                if self.narrow().await { "320" } else { "1440" },
                kind.replace(['/', '…'], "_")
            );
            self.browser.picture(&PathBuf::from(folder).join(name)).await;
        }
    }

    async fn narrow(&self) -> bool {
        let width = self
            .browser
            .client
            .execute("return innerWidth", Vec::new())
            .await
            .expect("the script runs");
        width.as_u64().unwrap_or(0) < 500
    }

    async fn sign_in(&mut self, login: &str) {
        self.browser
            .client
            .delete_all_cookies()
            .await
            .expect("cookies can be dropped");
        self.goto("/desk/sign-in").await;
        self.fill("login", login).await;
        self.fill("password", PASSWORD).await;
        self.press("main form button[type='submit']").await;
        assert!(
            !self.browser.path().await.ends_with("/sign-in"),
            "{}",
            self.browser.text().await
        );
    }

    /// Opens the form of a deed from the case.
    async fn begin(&mut self, number: &str, deed: &str) {
        self.goto(&format!("/desk/cases/{number}")).await;
        let way =
            format!("main form[action$='/acts/{deed}'] button[type='submit'], main a[href$='/acts/{deed}']");
        // What is rarely done stands folded away.
        let folded = format!(
            "main details:not([open]):has(form[action$='/acts/{deed}'], a[href$='/acts/{deed}']) > summary"
        );
        if (self.browser.client.find(Locator::Css(&folded)).await).is_ok() {
            self.press(&folded).await;
        }
        self.press(&way).await;
    }

    /// Does a deed that asks nothing: one press on the case, or a form with a button only.
    async fn confirm(&mut self, number: &str, deed: &str) {
        self.begin(number, deed).await;
        let text = self.browser.text().await;
        if self.browser.path().await.contains("/acts/") && !text.contains("마쳤습니다") {
            self.send(deed).await;
        }
    }

    /// Sends the form of a deed.
    async fn send(&mut self, deed: &str) {
        let go = format!("main form[action$='/acts/{deed}'] button[type='submit'].primary");
        self.press(&go).await;
        let text = self.browser.text().await;
        let done = text.contains("마쳤습니다") || !self.browser.path().await.contains("/acts/");
        assert!(done, "{deed} did not go through: {text}");
    }
}

/// From the first word to the rating.
async fn the_main_road(way: Way, on: On, width: u32) {
    let site = Site::new(City::new(on, datetime(2026, 6, 15, 10, 0, 0, 0)).await).await;
    let mut hand = Hand::new(way, &site, width).await;

    // A citizen writes without looking for a service.
    hand.goto("/").await;
    hand.press("a.door.strong").await;
    hand.choose("kind", "inquiry").await;
    hand.press("main form[action='/file'] button[type='submit']")
        .await;
    hand.fill("title", "도로점용 허가 기준을 알고 싶습니다").await;
    hand.fill("body", "가게 앞에 화분을 두려면 허가가 필요합니까?")
        .await;
    hand.choose("public", "no").await;
    hand.press("main form button[name='go'][value='next']").await;
    hand.fill("name", "김한빛").await;
    hand.choose("reach", "phone").await;
    hand.fill("phone", "010-1234-5678").await;
    hand.press("main form button[name='go'][value='next']").await;
    hand.fill("code", &site.city.last_code()).await;
    hand.press("main form button[type='submit']").await;
    hand.press("main form button.primary[type='submit']").await;
    hand.browser.says("신청번호").await;
    let path = hand.browser.path().await;
    let number = path.rsplit('/').next().expect("a number").to_owned();
    assert!(path.starts_with("/filed/"), "{path}");
    let cookies = hand
        .browser
        .client
        .get_all_cookies()
        .await
        .expect("cookies can be read");

    // The receiving official receives and distributes it.
    hand.sign_in("receiver1").await;
    hand.begin(&number, "receive").await;
    hand.choose("kind", "inquiry").await;
    hand.send("receive").await;
    hand.begin(&number, "distribute").await;
    hand.choose("unit", &site.city.unit("road_facilities").to_string())
        .await;
    hand.send("distribute").await;

    // The department receives it and names a handler.
    hand.sign_in("road.facilities.receiver").await;
    hand.confirm(&number, "unit_receive").await;
    hand.begin(&number, "designate").await;
    hand.choose("handler", &site.city.official_id("road.facilities.1").to_string())
        .await;
    hand.send("designate").await;

    // The handler asks for what is missing.
    hand.sign_in("road.facilities.1").await;
    hand.begin(&number, "ask_supplement").await;
    hand.fill("what", "가게의 위치를 알려 주시기 바랍니다.").await;
    match way {
        Way::Mouse | Way::NoScripts => hand.browser.fill("until", "06262026").await,
        Way::Keyboard => {
            hand.browser.tab_to("[name='until']").await;
            hand.browser.type_in("06262026").await;
        }
    }
    hand.send("ask_supplement").await;

    // The citizen answers.
    hand.browser
        .client
        .delete_all_cookies()
        .await
        .expect("cookies can be dropped");
    hand.goto("/").await;
    for cookie in &cookies {
        hand.browser
            .client
            .add_cookie(cookie.clone())
            .await
            .expect("cookies can be given back");
    }
    hand.goto(&format!("/my/{number}")).await;
    hand.press("main a[href$='/supplement']").await;
    hand.fill("text", "한빛로 12 1층입니다.").await;
    hand.press("main form button.primary[type='submit']").await;
    hand.goto(&format!("/my/{number}/due")).await;

    // Extended, drafted, sent up.
    hand.sign_in("road.facilities.1").await;
    hand.begin(&number, "extend").await;
    hand.choose("ground", "fact_finding").await;
    hand.fill("n", "3").await;
    hand.fill("reason", "현장을 확인해야 합니다.").await;
    hand.send("extend").await;
    hand.begin(&number, "draft").await;
    hand.choose("outcome", "answered").await;
    hand.fill("body", "1. 귀하의 민원에 감사드립니다.").await;
    hand.choose("openness", "private").await;
    hand.press("main form[action$='/acts/draft'] button[value='save']")
        .await;
    hand.begin(&number, "send_up").await;
    hand.choose("mark-1", "review").await;
    hand.choose(
        "signer-1",
        &site.city.official_id("road.facilities.lead").to_string(),
    )
    .await;
    hand.choose("mark-2", "delegated").await;
    hand.choose(
        "signer-2",
        &site.city.official_id("road.facilities.head").to_string(),
    )
    .await;
    hand.press("main form[action$='/acts/send_up'] button[value='send']")
        .await;
    hand.browser.says("마쳤습니다").await;

    // Signed and sent.
    hand.sign_in("road.facilities.lead").await;
    hand.begin(&number, "sign").await;
    hand.send("sign").await;
    hand.sign_in("road.facilities.head").await;
    hand.goto("/desk/approvals").await;
    hand.begin(&number, "sign").await;
    hand.send("sign").await;
    hand.sign_in("road.facilities.1").await;
    hand.confirm(&number, "answer").await;
    hand.goto("/desk").await;

    // Read and rated.
    hand.browser
        .client
        .delete_all_cookies()
        .await
        .expect("cookies can be dropped");
    hand.goto("/").await;
    for cookie in &cookies {
        hand.browser
            .client
            .add_cookie(cookie.clone())
            .await
            .expect("cookies can be given back");
    }
    hand.goto(&format!("/my/{number}")).await;
    hand.browser.says("감사드립니다").await;
    hand.press("main a[href$='/rating']").await;
    hand.choose("score", "5").await;
    hand.press("main form button.primary[type='submit']").await;

    for path in [
        "/services",
        "/my",
        "/drafts",
        "/look-up",
        "/privacy",
        "/accessibility",
        "/verify",
        "/roots",
        "/demo/mail",
    ] {
        hand.goto(path).await;
    }
    hand.sign_in("receiver1").await;
    for path in ["/desk", "/desk/search", "/desk/people", "/desk/about"] {
        hand.goto(path).await;
    }
    hand.sign_in("admin").await;
    for path in [
        "/desk/absences",
        "/desk/handovers",
        "/desk/organisation",
        "/desk/organisation/units/new",
        "/desk/organisation/officials/new",
        "/desk/organisation/import",
        "/desk/organisation/history",
    ] {
        hand.goto(path).await;
    }

    let petition = site
        .city
        .app
        .places
        .live
        .by_filing_number(number.parse().expect("a number"))
        .await;
    let petition = petition.expect("the store answers").expect("it is stored");
    assert_eq!(petition.score, Some(5), "the road was walked to its end");
    assert_eq!(petition.extensions, vec![3]);
    assert!(
        petition.end.is_some_and(|end| end.read_at.is_some()),
        "the answer was read"
    );
    assert_eq!(hand.found, Vec::<String>::new(), "axe-core found something");
    hand.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_by_mouse_on_sqlite() {
    the_main_road(Way::Mouse, On::Sqlite, 1440).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_by_mouse_on_postgres_on_a_phone() {
    the_main_road(Way::Mouse, On::Postgres, 320).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_by_keyboard_alone() {
    the_main_road(Way::Keyboard, On::Sqlite, 1440).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_without_scripts() {
    the_main_road(Way::NoScripts, On::Sqlite, 1440).await;
}

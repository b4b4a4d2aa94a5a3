//! 브라우저 — a real Chromium, driven as people do: by mouse, by keyboard alone, with or without JavaScript; with axe-core.
//!
//! Needs Debian's `chromium` and `chromium-driver`, and `axe-core` in `node_modules`; the set-up of the tests installs them.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Whether pages may run scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// As usual.
    On,
    /// Switched off in the browser.
    Off,
}

/// What a person had to do in a window, and how long the window kept them waiting.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    /// Presses of the mouse; entering a field is one, a choice in a list is two.
    pub clicks: u32,
    /// Keys struck, a Korean syllable counted by its letters on the two-set keyboard.
    pub keys: u32,
    /// Documents loaded.
    pub loads: u32,
    /// How long they took to load, as the browser measured it, in milliseconds.
    pub wait: f64,
}

impl std::ops::Sub for Tally {
    type Output = Tally;
    fn sub(self, before: Tally) -> Tally {
        Tally {
            clicks: self.clicks - before.clicks,
            keys: self.keys - before.keys,
            loads: self.loads - before.loads,
            wait: self.wait - before.wait,
        }
    }
}

/// Keys struck for a text on the two-set Korean keyboard: ㅘ and ㄺ are two, ㅆ and ㅖ one with Shift.
pub fn strokes(text: &str) -> u32 {
    let of = |c: char| match u32::from(c) {
        syllable @ 0xAC00..=0xD7A3 => {
            let n = syllable - 0xAC00;
            let vowel = match n / 28 % 21 {
                9..=11 | 14..=16 | 19 => 2,
                _ => 1,
            };
            let end = match n % 28 {
                0 => 0,
                3 | 5 | 6 | 9..=15 | 18 => 2,
                _ => 1,
            };
            1 + vowel + end
        }
        _ => 1,
    };
    text.chars().map(of).sum()
}

/// What was counted so far, and which document was counted last.
#[derive(Default)]
struct Counter {
    tally: Tally,
    last: f64,
}

/// A browser window.
pub struct Browser {
    /// The window, for what is not wrapped here.
    pub client: Client,
    counter: Mutex<Counter>,
    driver: Child,
    _profile: tempfile::TempDir,
}

/// Keys that tests press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// To the next control.
    Tab,
    /// Activates.
    Enter,
    /// Ticks and presses.
    Space,
    /// Next choice.
    Down,
}

impl Key {
    const fn code(self) -> char {
        match self {
            Key::Tab => '\u{E004}',
            Key::Enter => '\u{E007}',
            Key::Space => ' ',
            Key::Down => '\u{E015}',
        }
    }
}

impl Browser {
    /// Opens a window of this size.
    pub async fn open(scripts: Scripts, width: u32, height: u32) -> Browser {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver starts: install the package chromium-driver");
        let out = driver.stdout.take().expect("its words can be read");
        let mut lines = BufReader::new(out).lines();
        let port = loop {
            let line = lines
                .next_line()
                .await
                .expect("its words can be read")
                .expect("chromedriver says its port");
            if let Some(rest) = line.split("started successfully on port ").nth(1) {
                break rest.trim_end_matches('.').to_owned();
            }
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let profile = tempfile::tempdir().expect("a folder can be made");
        let mut options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--force-prefers-reduced-motion", "--force-color-profile=srgb", "--lang=ko",
                format!("--user-data-dir={}", profile.path().display()),
                format!("--window-size={width},{height}"),
            ],
        });
        if width < 500 {
            // No window gets this narrow: a telephone is emulated.
            let metrics =
                json!({ "width": width, "height": height, "pixelRatio": 1, "mobile": true, "touch": false });
            options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        options["prefs"] = json!({ "intl.accept_languages": "ko,ko-KR" });
        if scripts == Scripts::Off {
            options["prefs"]["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".into(), options);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("a window opens: install the package chromium");
        Browser {
            client,
            counter: Mutex::default(),
            driver,
            _profile: profile,
        }
    }

    /// What was counted since the window opened.
    pub async fn tally(&self) -> Tally {
        self.settle().await;
        self.counter.lock().expect("nobody fails while counting").tally
    }

    fn count(&self, clicks: u32, keys: u32) {
        let mut counter = self.counter.lock().expect("nobody fails while counting");
        counter.tally.clicks += clicks;
        counter.tally.keys += keys;
    }

    /// Counts the document on show, once it has loaded and if it was not counted before.
    async fn settle(&self) {
        let script = "const n = performance.getEntriesByType('navigation')[0]; \
                      return n && n.loadEventEnd > 0 && location.protocol.startsWith('http') \
                      ? [performance.timeOrigin, n.duration] : null";
        for _ in 0..40 {
            let seen = self.client.execute(script, Vec::new()).await.unwrap_or_default();
            if let (Some(origin), Some(wait)) = (seen[0].as_f64(), seen[1].as_f64()) {
                let mut counter = self.counter.lock().expect("nobody fails while counting");
                if counter.last != origin {
                    counter.last = origin;
                    counter.tally.loads += 1;
                    counter.tally.wait += wait;
                }
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    async fn devtools(&self, command: &str, params: Value) -> Value {
        #[derive(Debug)]
        struct Cdp(Value);
        impl fantoccini::wd::WebDriverCompatibleCommand for Cdp {
            fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
                base.join(&format!(
                    "session/{}/goog/cdp/execute",
                    session.unwrap_or_default()
                ))
            }
            fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
                (http::Method::POST, Some(self.0.to_string()))
            }
        }
        let body = json!({ "cmd": command, "params": params });
        self.client.issue_cmd(Cdp(body)).await.expect("the browser obeys")
    }

    /// Puts a device into the window that makes and unlocks passkeys without asking anybody.
    pub async fn add_authenticator(&self) {
        self.devtools("WebAuthn.enable", json!({ "enableUI": false }))
            .await;
        let options = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "automaticPresenceSimulation": true,
        });
        self.devtools("WebAuthn.addVirtualAuthenticator", json!({ "options": options }))
            .await;
    }

    /// Goes to an address.
    pub async fn goto(&self, address: &str) {
        self.client.goto(address).await.expect("the page opens");
        self.settle().await;
    }

    /// Clicks the element a CSS selector finds.
    pub async fn click(&self, css: &str) {
        // What the last press led to is counted before this one leads on.
        self.settle().await;
        self.count(1, 0);
        // A page that scrolls smoothly may still be on its way to the element.
        let mut tries = 0;
        loop {
            let element = self.find(css).await;
            self.show(&element).await;
            let Err(error) = element.click().await else {
                return self.settle().await;
            };
            tries += 1;
            assert!(tries < 20, "{css} cannot be clicked: {error}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Brings an element into the middle of the window, as a person scrolls.
    async fn show(&self, element: &fantoccini::elements::Element) {
        let script = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
        let element = serde_json::to_value(element).expect("an element can be named");
        self.client.execute(script, vec![element]).await.ok();
    }

    /// Clicks the link or button with these words.
    pub async fn press(&self, words: &str) {
        let xpath = format!(
            "(//button[contains(normalize-space(.), '{words}')] | //a[contains(normalize-space(.), '{words}')] \
             | //summary[contains(normalize-space(.), '{words}')])[1]"
        );
        let element = self
            .client
            .wait()
            .at_most(Duration::from_secs(10))
            .for_element(Locator::XPath(&xpath))
            .await;
        let Ok(element) = element else {
            panic!("nothing says `{words}` on: {}", self.text().await)
        };
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("`{words}` cannot be pressed: {error}"));
    }

    /// Writes into the field with this name, in place of what stands there.
    pub async fn fill(&self, name: &str, value: &str) {
        let element = self
            .find(&format!("[name='{name}']:not([type='hidden'], button)"))
            .await;
        self.count(1, strokes(value));
        element.clear().await.ok();
        element
            .send_keys(value)
            .await
            .unwrap_or_else(|error| panic!("{name} cannot be filled: {error}"));
    }

    /// Chooses the option with this value in the select, or the radio button with this value.
    pub async fn choose(&self, name: &str, value: &str) {
        let select = self
            .client
            .find(Locator::Css(&format!("select[name='{name}']")))
            .await;
        match select {
            Ok(select) => {
                self.count(2, 0);
                select
                    .select_by_value(value)
                    .await
                    .unwrap_or_else(|error| panic!("{name}={value}: {error}"));
            }
            Err(_) => {
                self.click(&format!("input[name='{name}'][value='{value}']"))
                    .await
            }
        }
    }

    async fn find(&self, css: &str) -> fantoccini::elements::Element {
        match self
            .client
            .wait()
            .at_most(Duration::from_secs(10))
            .for_element(Locator::Css(css))
            .await
        {
            Ok(element) => element,
            Err(_) => panic!("{css} is not on: {}", self.text().await),
        }
    }

    /// Draws a stroke over the element a CSS selector finds, as a pen signs.
    pub async fn sign(&self, css: &str) {
        use fantoccini::actions::{MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
        let element = self.find(css).await;
        self.show(&element).await;
        self.count(1, 0);
        let mut pen = MouseActions::new("pen".to_owned())
            .then(PointerAction::MoveToElement {
                element,
                duration: None,
                x: -60.0,
                y: 0.0,
            })
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            });
        for (x, y) in [(40.0, 20.0), (40.0, -30.0), (30.0, 10.0)] {
            pen = pen.then(PointerAction::MoveBy { duration: None, x, y });
        }
        let pen = pen.then(PointerAction::Up {
            button: MOUSE_BUTTON_LEFT,
        });
        self.client
            .perform_actions(pen)
            .await
            .expect("the stroke is taken");
    }

    /// Chooses a file for the field with this name.
    pub async fn attach(&self, name: &str, path: &Path) {
        self.count(2, 0);
        let element = self.find(&format!("[name='{name}'][type='file']")).await;
        element
            .send_keys(&path.display().to_string())
            .await
            .expect("the file is taken");
    }

    /// Presses a key.
    pub async fn key(&self, key: Key) {
        self.count(0, 1);
        let actions = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: key.code() })
            .then(KeyAction::Up { value: key.code() });
        self.client
            .perform_actions(actions)
            .await
            .expect("the key is taken");
    }

    /// Types letters where the focus is.
    pub async fn type_in(&self, text: &str) {
        self.count(0, strokes(text));
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            actions = actions
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
        }
        self.client
            .perform_actions(actions)
            .await
            .expect("the letters are taken");
    }

    /// Presses Tab until the focus lies on the element the CSS selector finds.
    pub async fn tab_to(&self, css: &str) {
        for _ in 0..120 {
            self.key(Key::Tab).await;
            let focused = self
                .client
                .active_element()
                .await
                .expect("something has the focus");
            let script = "return arguments[0].matches(arguments[1])";
            let element = serde_json::to_value(&focused).expect("an element can be named");
            let hit = self
                .client
                .execute(script, vec![element, json!(css)])
                .await
                .expect("the script runs");
            if hit == json!(true) {
                return;
            }
        }
        panic!("{css} cannot be reached by keyboard on: {}", self.text().await);
    }

    /// The words on the page.
    pub async fn text(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until the page says these words.
    pub async fn says(&self, words: &str) {
        for _ in 0..50 {
            if self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the page does not say `{words}` but: {}", self.text().await);
    }

    /// The path of the address now.
    pub async fn path(&self) -> String {
        self.client
            .current_url()
            .await
            .expect("the page has an address")
            .path()
            .to_owned()
    }

    /// What axe-core finds on the page, one line each; empty when nothing.
    pub async fn axe(&self) -> Vec<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&path).expect("axe-core is there: run the set-up of the tests");
        self.client
            .execute(&axe, Vec::new())
            .await
            .expect("axe-core can be read");
        let run = "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r => \
                   done(r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ' — ' + v.help))));";
        let found = self
            .client
            .execute_async(run, Vec::new())
            .await
            .expect("axe-core runs");
        found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }

    /// A picture of the whole page.
    pub async fn picture(&self, path: &Path) {
        let shot = json!({ "captureBeyondViewport": true, "format": "png" });
        let picture = self.devtools("Page.captureScreenshot", shot).await;
        let data = picture["data"].as_str().expect("a picture comes back");
        std::fs::write(path, base64(data)).expect("the picture can be written");
    }

    /// Closes the window.
    pub async fn close(mut self) {
        self.client.clone().close().await.ok();
        self.driver.kill().await.ok();
    }
}

/// Bytes of a base64 text without line breaks.
fn base64(text: &str) -> Vec<u8> {
    let value = |b: u8| match b {
        b'A'..=b'Z' => b - b'A',
        b'a'..=b'z' => b - b'a' + 26,
        b'0'..=b'9' => b - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for chunk in text.trim_end_matches('=').as_bytes().chunks(4) {
        let n = chunk.iter().fold(0_u32, |n, b| n << 6 | u32::from(value(*b))) << (6 * (4 - chunk.len()));
        bytes.extend_from_slice(&n.to_be_bytes()[1..chunk.len()]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_are_counted_as_a_korean_typist_strikes_them() {
        for (text, keys) in [
            ("가", 2),
            ("각", 3),
            ("과", 3),
            ("닭", 4),
            ("있", 3),
            ("계 1a", 5),
            ("괜찮다", 10),
        ] {
            assert_eq!(super::strokes(text), keys, "{text}");
        }
    }
}

//! 방문객 — a browser without JavaScript, inside the test: it keeps cookies, fills in forms and follows redirects.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{Arc, Mutex};
use testkit::city::City;
use tower::ServiceExt;
use web::{Options, Web};

/// A browser without JavaScript: cookies, forms, redirects.
pub struct Browser {
    pub router: Router,
    pub cookies: BTreeMap<String, String>,
    pub lang: &'static str,
}

pub struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub path: String,
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Seen {
    /// What the browser calls the page, in its tab and in its history.
    pub fn title(&self) -> &str {
        let rest = self.text.split_once("<title>").map_or("", |(_, rest)| rest);
        rest.split("</title>").next().unwrap_or_default()
    }

    /// Every address of ours that the page leads to, without its place in the page.
    pub fn links(&self) -> BTreeSet<String> {
        let text = unescape(&self.text);
        (text.split("href=\"").skip(1))
            .filter_map(|rest| rest.split('"').next())
            .filter(|way| way.starts_with('/') && !way.starts_with("/assets/") && !way.starts_with("/demo/"))
            .map(|way| way.split('#').next().unwrap_or_default().to_owned())
            .collect()
    }
}

/// 로그 — what the program says, kept.
#[derive(Clone, Default)]
pub struct Log(pub Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked").write(line)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Tells a long story on one thread of its own, where its log lines can be caught: its futures lie deeper in one another than a test's stack is high.
pub fn on_a_deep_stack<F: Future<Output: Send + 'static>>(
    story: impl FnOnce() -> F + Send + 'static,
) -> F::Output {
    let tale = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(story())
    };
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(tale);
    (thread.expect("a thread").join()).unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl Browser {
    pub fn new(city: &City) -> Browser {
        let options = Options {
            demo: true,
            mailbox: Some(city.letters.clone()),
            inbox: Some(city.messages.clone()),
            rehearsal: city.rehearsal.clone().map(|it| it as _),
            ..Options::default()
        };
        let web = Web::new(city.app.clone(), options).expect("every page can be read");
        Browser {
            router: web::router(web),
            cookies: BTreeMap::new(),
            lang: "ko",
        }
    }

    pub async fn once(&mut self, request: axum::http::request::Builder, body: Body) -> Seen {
        let cookies: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let request = request
            .header(header::HOST, "city.example")
            .header(header::ACCEPT_LANGUAGE, self.lang)
            .header(header::COOKIE, cookies.join("; "))
            .body(body)
            .expect("a request");
        let path = request.uri().to_string();
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("ASCII");
            let (name, value) = text
                .split(';')
                .next()
                .and_then(|p| p.split_once('='))
                .expect("a cookie");
            self.cookies.insert(name.into(), value.into());
        }
        let bytes = to_bytes(body, 64 << 20).await.expect("a body").to_vec();
        Seen {
            status: parts.status,
            headers: parts.headers,
            path,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }

    pub async fn go(&mut self, path: &str) -> Seen {
        let mut seen = self.once(Request::get(path), Body::empty()).await;
        for _ in 0..5 {
            let Some(way) = seen.headers.get(header::LOCATION) else {
                break;
            };
            let way = way.to_str().expect("ASCII").to_owned();
            seen = self.once(Request::get(way), Body::empty()).await;
        }
        seen
    }

    pub async fn follow(&mut self, seen: Seen) -> Seen {
        match seen.headers.get(header::LOCATION) {
            Some(way) => {
                let way = way.to_str().expect("ASCII").to_owned();
                self.go(&way).await
            }
            None => seen,
        }
    }

    /// Sends the form of `page` that goes to `action`, with these fields over the hidden ones, without going on.
    pub async fn sends(&mut self, page: &Seen, action: &str, fields: &[(&str, &str)]) -> Seen {
        let hidden = page.hidden(action);
        let mut all: BTreeMap<String, String> = hidden.into_iter().collect();
        for (name, value) in fields {
            all.insert((*name).into(), (*value).into());
        }
        if page.is_upload(action) {
            let edge = "----minwon";
            let mut body = String::new();
            for (name, value) in &all {
                body += &format!(
                    "--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                );
            }
            body += &format!("--{edge}--\r\n");
            self.post(action, &format!("multipart/form-data; boundary={edge}"), body)
                .await
        } else {
            let pairs: Vec<String> = all
                .iter()
                .map(|(k, v)| format!("{}={}", quote(k), quote(v)))
                .collect();
            self.post(action, "application/x-www-form-urlencoded", pairs.join("&"))
                .await
        }
    }

    pub async fn submits(&mut self, page: &Seen, action: &str, fields: &[(&str, &str)]) -> Seen {
        let seen = self.sends(page, action, fields).await;
        self.follow(seen).await
    }

    /// Asks for a file, and gives the gate a reason where it asks for one.
    pub async fn takes(&mut self, path: &str, purpose: &str, note: &str) -> Seen {
        let asked = self.go(path).await;
        if !asked.text.contains("name=\"back\"") {
            return asked;
        }
        let said = [("purpose", purpose), ("note", note), ("sure", "yes")];
        self.submits(&asked, "/desk/gate", &said).await
    }

    pub async fn post(&mut self, to: &str, kind: &str, body: impl Into<Body>) -> Seen {
        let request = Request::post(to).header(header::CONTENT_TYPE, kind);
        self.once(request, body.into()).await
    }

    pub async fn signs_in(&mut self, city: &City, phone: &str) {
        let page = self.go("/sign-in").await;
        let page = self
            .submits(&page, "/sign-in", &[("reach", "phone"), ("phone", phone)])
            .await;
        let code = city.last_code();
        let page = self.submits(&page, "/sign-in/code", &[("code", &code)]).await;
        assert_eq!((page.status, page.path.as_str()), (StatusCode::OK, "/my"));
    }
}

pub fn quote(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

impl Seen {
    pub fn form(&self, action: &str) -> &str {
        let start = format!("action=\"{action}\"");
        (self.text.split("<form").skip(1))
            .find(|form| {
                form.split('>')
                    .next()
                    .is_some_and(|tag| unescape(tag).contains(&start))
            })
            .and_then(|form| form.split("</form>").next())
            .unwrap_or_else(|| panic!("no form to {action} on {}:\n{}", self.path, self.words()))
    }

    pub fn is_upload(&self, action: &str) -> bool {
        self.form(action).contains("multipart/form-data")
    }

    pub fn hidden(&self, action: &str) -> Vec<(String, String)> {
        (self.form(action).split("<input type=\"hidden\" ").skip(1))
            .filter_map(|input| {
                let part = |name: &str| {
                    let rest = input.split_once(&format!("{name}=\""))?.1;
                    Some(unescape(rest.split('"').next()?))
                };
                Some((part("name")?, part("value")?))
            })
            .collect()
    }

    /// What stands between the tags of `<main>`.
    pub fn words(&self) -> String {
        let main = self
            .text
            .split_once("<main")
            .map_or(self.text.as_str(), |(_, rest)| rest);
        let mut out = String::new();
        let mut inside = true;
        for c in main.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => out.push(c),
                _ => {}
            }
        }
        unescape(&out.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// What stands behind `start` in the first link that has it.
    pub fn link(&self, start: &str) -> String {
        let text = unescape(&self.text);
        let rest = text
            .split(start)
            .nth(1)
            .unwrap_or_else(|| panic!("no link with {start}"));
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    pub fn says(&self, words: &str) -> &Seen {
        assert!(
            self.words().contains(words),
            "“{words}” is not on {} ({}):\n{}",
            self.path,
            self.status,
            self.words()
        );
        self
    }
}

pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#x2f;", "/")
        .replace("&amp;", "&")
}

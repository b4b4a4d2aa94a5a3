//! 통합로그인 상대 — a certified OpenID Connect provider (npm `oidc-provider`) on loopback, one who signs on with it by plain HTTP, and
//! a forger.

use reqwest::{Client, Response, header, redirect};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Where the provider sends browsers back to in stories without a browser.
pub const BACK: &str = "http://city.example/desk/sso/back";

/// A running provider. Dropping it ends it.
pub struct Provider {
    /// Its address.
    pub issuer: String,
    /// The address of one who makes every statement that is asked for.
    pub forger: String,
    child: Child,
}

impl Provider {
    /// Starts one that knows the clients `minwon` and `other`; `port` 0 takes a free one.
    pub async fn start(back: &str, port: u16) -> Provider {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("provider/provider.mjs");
        let mut child = Command::new("node")
            .arg(script)
            .args([back, &port.to_string()])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("node starts: install Node.js");
        let out = child.stdout.take().expect("its words can be read");
        let mut lines = BufReader::new(out).lines();
        let said: Value = loop {
            let line = lines.next_line().await.expect("its words can be read");
            let line = line.expect("the provider says where it is: run the set-up of the tests");
            if line.starts_with('{') {
                break serde_json::from_str(&line).expect("one line of JSON");
            }
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let address = |name: &str| said[name].as_str().expect("an address").to_owned();
        Provider {
            issuer: address("issuer"),
            forger: address("forger"),
            child,
        }
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        let port = self.issuer.rsplit(':').next().and_then(|port| port.parse().ok());
        port.expect("an address ends with a port")
    }

    /// Ends it, and waits until it is gone.
    pub async fn end(mut self) {
        self.child.kill().await.expect("it can be ended");
    }
}

/// One who signs on at the provider, with a browser of their own there.
#[derive(Default)]
pub struct Person {
    cookies: BTreeMap<String, String>,
}

impl Person {
    async fn ask(&mut self, client: &Client, request: reqwest::RequestBuilder) -> Response {
        let cookies: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let request = request
            .header(header::COOKIE, cookies.join("; "))
            .build()
            .expect("a request");
        let answer = client.execute(request).await.expect("the provider answers");
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let text = cookie
                .to_str()
                .expect("ASCII")
                .split(';')
                .next()
                .expect("a cookie");
            let (name, value) = text.split_once('=').expect("a cookie");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    /// Goes where the log-in page sends a browser, says that they are `login`, and gives the way back: path and query.
    pub async fn signs_on(&mut self, way: &str, login: &str) -> String {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build();
        let client = client.expect("a client");
        let base = way.split('/').take(3).collect::<Vec<_>>().join("/");
        let mut answer = self.ask(&client, client.get(way)).await;
        for _ in 0..12 {
            if let Some(to) = answer.headers().get(header::LOCATION) {
                let to = to.to_str().expect("ASCII").to_owned();
                if let Some(back) = to.strip_prefix("http://city.example") {
                    return back.to_owned();
                }
                let to = if to.starts_with('/') {
                    format!("{base}{to}")
                } else {
                    to
                };
                answer = self.ask(&client, client.get(to)).await;
                continue;
            }
            let status = answer.status();
            let page = answer.text().await.expect("a page");
            let action = page
                .split("action=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            let action = action.unwrap_or_else(|| panic!("no form on {status}: {page}"));
            let form = format!("prompt=login&login={login}&password=any");
            let post = client
                .post(if action.starts_with('/') {
                    format!("{base}{action}")
                } else {
                    action.to_owned()
                })
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form);
            answer = self.ask(&client, post).await;
        }
        panic!("the provider never sends back");
    }
}

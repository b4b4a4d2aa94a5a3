//! 화면을 거친 접수 측정 — every step of the web form over loopback, as a browser without a cache would send them.
//!
//! The client is a few lines of HTTP/1.1 over one kept connection; it takes part of the same processor.

use super::site::{On, Sealer, Site};
use super::words::{Said, Writer};
use super::{Args, Table, Times, count, median, ms, now};
use anyhow::{Context, bail, ensure};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::session::Subject;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use web::security::Session;
use web::{Options, Web};

/// Measures the way through the pages on each engine.
pub async fn run(engines: &[On], within: Option<&Path>, args: &Args) -> anyhow::Result<()> {
    let mut table = Table::new(
        "Intake through the pages: content, contact, sending (three forms each)",
        &[
            "engine",
            "clients",
            "petitions/s",
            "forms/s",
            "sending p50 ms",
            "sending p99 ms",
            "all three p50 ms",
            "all three p99 ms",
        ],
    );
    for on in engines {
        eprintln!("intake through the pages on {}", on.name());
        for &clients in &args.clients {
            let mut runs = Vec::new();
            for _ in 0..args.runs.max(1) {
                let site = Site::new(on, within).await?;
                runs.push(one(&site, clients, Duration::from_secs(args.seconds)).await?);
                site.remove().await?;
            }
            let middle = |n: usize| median(&runs.iter().map(|run| run[n]).collect::<Vec<_>>());
            table.row(&[
                on.name().to_owned(),
                clients.to_string(),
                count(middle(0)),
                count(middle(0) * 3.0),
                ms(middle(1)),
                ms(middle(2)),
                ms(middle(3)),
                ms(middle(4)),
            ]);
        }
    }
    table.print();
    Ok(())
}

async fn one(site: &Site, clients: usize, lasts: Duration) -> anyhow::Result<[f64; 5]> {
    let web = Web::new(Arc::clone(&site.app), Options::default())?;
    let gate = web.gate.clone();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let pages = web::router(web).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, pages).await });
    let _sealer = Sealer::start(&site.app);
    let mut visitors = Vec::new();
    for n in 0..clients {
        let open = site.app.begin_session(Subject::Citizen(site.person(n))).await?;
        let form = gate.csrf(&Session(open.cookie.clone()));
        visitors.push(Browser {
            stream: TcpStream::connect(address).await?,
            cookie: format!("{}={}", gate.cookie_name(), open.cookie),
            form,
            read: Vec::new(),
        });
    }
    for visitor in &mut visitors {
        visitor.stream.set_nodelay(true)?;
        visitor.files(&Writer::new(1).petition()).await?;
    }
    let begun = now();
    let tasks: Vec<_> = (visitors.into_iter().enumerate())
        .map(|(n, mut visitor)| {
            tokio::spawn(async move {
                let mut writer = Writer::new(n as u64 * 1_000);
                let mut times = Vec::new();
                while begun.elapsed() < lasts {
                    let asked = now();
                    let sending = visitor.files(&writer.petition()).await?;
                    times.push((sending, asked.elapsed()));
                }
                anyhow::Ok(times)
            })
        })
        .collect();
    let (mut sending, mut all) = (Times::default(), Times::default());
    for task in tasks {
        for (one, whole) in task.await?? {
            sending.0.push(one);
            all.0.push(whole);
        }
    }
    let rate = all.0.len() as f64 / begun.elapsed().as_secs_f64();
    server.abort();
    Ok([
        rate,
        sending.within(50),
        sending.within(99),
        all.within(50),
        all.within(99),
    ])
}

/// A signed-in citizen with one connection.
struct Browser {
    stream: TcpStream,
    cookie: String,
    /// The token that ties forms to the session.
    form: String,
    read: Vec<u8>,
}

impl Browser {
    /// Files one petition, form by form; how long the last form took.
    async fn files(&mut self, said: &Said) -> anyhow::Result<Duration> {
        const EDGE: &str = "----------minwon-bench";
        let mut body = String::new();
        for (name, value) in [
            ("csrf", self.form.as_str()),
            ("title", &said.title),
            ("body", &said.body),
            ("place", "가람동 1"),
            ("public", "no"),
            ("service", "S136"),
            ("go", "next"),
        ] {
            body +=
                &format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        body += &format!("--{EDGE}--\r\n");
        let way = self
            .posts(
                "/file/new/content",
                &format!("multipart/form-data; boundary={EDGE}"),
                &body,
            )
            .await?;
        ensure!(way.ends_with("/contact"), "the content led to {way}");
        let coded = "application/x-www-form-urlencoded";
        let csrf = self.form.clone();
        let way = self
            .posts(
                &way,
                coded,
                &format!("csrf={csrf}&name=%EA%B9%80%EB%AF%BC%EC%9B%90&go=next"),
            )
            .await?;
        ensure!(way.ends_with("/preview"), "the contact led to {way}");
        let asked = now();
        let way = self.posts(&way, coded, &format!("csrf={csrf}&once=")).await?;
        ensure!(way.starts_with("/filed/"), "sending led to {way}");
        Ok(asked.elapsed())
    }

    /// Sends a form; where the answer leads to.
    async fn posts(&mut self, path: &str, kind: &str, body: &str) -> anyhow::Result<String> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await?;
        let head = loop {
            if let Some(at) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            self.more().await?;
        };
        let text = String::from_utf8_lossy(&self.read[..head]).into_owned();
        let header = |name: &str| {
            text.lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim().to_owned())
        };
        let length: usize = header("content-length").map_or(Ok(0), |length| length.parse())?;
        while self.read.len() < head + length {
            self.more().await?;
        }
        let body = String::from_utf8_lossy(&self.read[head..head + length]).into_owned();
        self.read.drain(..head + length);
        let status = text.lines().next().unwrap_or_default();
        if !status.contains(" 303 ") {
            bail!("POST {path}: {status}\n{body}");
        }
        header("location").context("an answer that leads nowhere")
    }

    async fn more(&mut self) -> anyhow::Result<()> {
        let read = self.stream.read_buf(&mut self.read).await?;
        ensure!(read > 0, "the server closed the connection");
        Ok(())
    }
}

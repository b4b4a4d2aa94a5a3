//! 측정용 브라우저 — a few lines of HTTP/1.1 over one kept connection, as a browser without a cache would send them; it takes part of the
//! same processor.

use super::now;
use super::words::Said;
use anyhow::{Context, bail, ensure};
use app::App;
use std::net::SocketAddr;
use std::time::Duration;
use store::session::Subject;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use web::security::{Gate, Session};

/// Somebody signed in, with one connection.
pub struct Browser {
    at: SocketAddr,
    stream: Option<TcpStream>,
    cookie: String,
    /// The token that ties forms to the session.
    form: String,
    read: Vec<u8>,
}

/// What came back.
pub struct Answer {
    /// 200, 303, …
    pub status: u16,
    /// Where it leads.
    pub location: Option<String>,
    /// The page.
    pub body: String,
}

impl Browser {
    /// Signs somebody in.
    pub async fn of(app: &App, gate: &Gate, who: Subject, at: SocketAddr) -> anyhow::Result<Browser> {
        let open = app.begin_session(who).await?;
        Ok(Browser {
            at,
            stream: None,
            form: gate.csrf(&Session(open.cookie.clone())),
            cookie: format!("{}={}", gate.cookie_name(), open.cookie),
            read: Vec::new(),
        })
    }

    /// Closes the connection; the next request opens another.
    pub fn hangs_up(&mut self) {
        self.stream = None;
        self.read.clear();
    }

    /// Files one petition, form by form: how long the last form took, and the 신청번호.
    pub async fn files(&mut self, said: &Said) -> anyhow::Result<(Duration, String)> {
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
        let sending = asked.elapsed();
        let number = way.strip_prefix("/filed/");
        let number = number.with_context(|| format!("sending led to {way}"))?;
        Ok((sending, number.to_owned()))
    }

    /// Opens a page.
    pub async fn gets(&mut self, path: &str) -> anyhow::Result<Answer> {
        let answer = self.asks(&format!("GET {path} HTTP/1.1\r\n"), "").await?;
        if answer.status != 200 {
            bail!("GET {path}: {}\n{}", answer.status, answer.body);
        }
        Ok(answer)
    }

    /// Sends a form; where the answer leads to.
    async fn posts(&mut self, path: &str, kind: &str, body: &str) -> anyhow::Result<String> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n",
            body.len()
        );
        let answer = self.asks(&head, body).await?;
        if answer.status != 303 {
            bail!("POST {path}: {}\n{}", answer.status, answer.body);
        }
        answer.location.context("an answer that leads nowhere")
    }

    async fn asks(&mut self, head: &str, body: &str) -> anyhow::Result<Answer> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(self.at).await?;
            stream.set_nodelay(true)?;
            self.stream = Some(stream);
        }
        let stream = self.stream.as_mut().context("just connected")?;
        let request = format!("{head}Host: 127.0.0.1\r\nCookie: {}\r\n\r\n{body}", self.cookie);
        stream.write_all(request.as_bytes()).await?;
        let head = loop {
            if let Some(at) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            more(stream, &mut self.read).await?;
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
            more(stream, &mut self.read).await?;
        }
        let body = String::from_utf8_lossy(&self.read[head..head + length]).into_owned();
        self.read.drain(..head + length);
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
        Ok(Answer {
            status: status.context("an answer without a status")?,
            location: header("location"),
            body,
        })
    }
}

async fn more(stream: &mut TcpStream, read: &mut Vec<u8>) -> anyhow::Result<()> {
    ensure!(
        stream.read_buf(read).await? > 0,
        "the server closed the connection"
    );
    Ok(())
}

//! 공동이용 HTTP 연계 — one JSON object per look-up, posted to one fixed address of the centre.
//!
//! Nothing of a petition ever becomes part of an address: host, port and path come from the configuration alone, redirects and
//! proxies are not followed, and the host's name is resolved once, to addresses that were looked at before they are connected to.

use crate::{mode::Mode, secret::Secret, sharing::near::is_near};
use ports::sharing::{Answer, Question, Sharing};
use reqwest::{
    Client, StatusCode, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect,
};
use serde::{Deserialize, Serialize};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// How to reach the centre.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharingSettings {
    /// Where look-ups are posted; `https`, or `http` on this machine.
    pub url: String,
    /// Sent as `Authorization: Bearer …`, where the centre asks for it.
    pub token: Option<Secret>,
    /// How long to wait for the answer, in seconds.
    #[serde(default = "ten_seconds")]
    pub timeout: u64,
    /// No answer may be longer, in bytes.
    #[serde(default = "quarter_megabyte")]
    pub most: usize,
    /// Whether the centre lies in a private network (행정전산망) or on this machine; otherwise such addresses are refused.
    #[serde(default)]
    pub private_network: bool,
}

fn ten_seconds() -> u64 {
    10
}

fn quarter_megabyte() -> usize {
    256 * 1024
}

/// Settings the centre cannot be reached with.
#[derive(Debug, thiserror::Error)]
pub enum BadSettings {
    /// Not an address we may post to.
    #[error(
        "shared information: {0:?} is no address to post to: https, or http on this machine, without user, query or fragment"
    )]
    Url(String),
    /// An address in a private network, which the configuration does not allow.
    #[error(
        "shared information: {0} lies in a private network; say so with private_network = true if it should"
    )]
    Near(String),
    /// The HTTP client cannot be made.
    #[error("shared information: {0}")]
    Client(#[from] reqwest::Error),
}

/// Resolves the one host there is, once, and keeps what it found. Addresses nearby are left out unless they are allowed.
struct Once {
    near_allowed: bool,
    found: Arc<OnceCell<Vec<SocketAddr>>>,
}

impl Resolve for Once {
    fn resolve(&self, name: Name) -> Resolving {
        let (near_allowed, found) = (self.near_allowed, Arc::clone(&self.found));
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let addresses = found
                .get_or_try_init(|| async move {
                    let all = tokio::net::lookup_host((host.as_str(), 0)).await?;
                    sieve(all, near_allowed)
                })
                .await?
                .clone();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// The addresses that may be connected to. Errors: none is left.
fn sieve(
    all: impl Iterator<Item = SocketAddr>,
    near_allowed: bool,
) -> Result<Vec<SocketAddr>, std::io::Error> {
    let kept: Vec<SocketAddr> = all
        .filter(|address| near_allowed || !is_near(address.ip()))
        .collect();
    if kept.is_empty() {
        return Err(std::io::Error::other(
            "no address of the centre may be connected to",
        ));
    }
    Ok(kept)
}

/// What is posted.
#[derive(Serialize)]
struct Posted<'a> {
    request: String,
    item: &'a str,
    holder: &'a str,
    about: &'a str,
    name: &'a str,
    subject: &'a str,
    purpose: &'a str,
    basis: &'a str,
    agency: &'a str,
    petition: &'a str,
    official: &'a str,
}

/// What comes back.
#[derive(Deserialize)]
struct Answered {
    request: Uuid,
    found: bool,
    #[serde(default)]
    content: String,
}

/// Asks the centre.
pub struct HttpSharing {
    client: Client,
    url: Url,
    settings: SharingSettings,
}

impl HttpSharing {
    /// Checks the settings; speaks to the centre only with the first look-up.
    pub fn new(settings: SharingSettings, mode: Mode) -> Result<HttpSharing, BadSettings> {
        let bad = || BadSettings::Url(settings.url.clone());
        let url = Url::parse(&settings.url).map_err(|_| bad())?;
        let host = url.host_str().ok_or_else(bad)?;
        let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !plain || !(url.scheme() == "https" || (url.scheme() == "http" && here)) {
            return Err(bad());
        }
        let near_allowed = settings.private_network || mode != Mode::Production;
        // An address written as such is never resolved: it is looked at here.
        let written: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        let near = written.map_or(here, is_near);
        if near && !near_allowed {
            return Err(BadSettings::Near(host.to_owned()));
        }
        // Whoever came first has installed the same provider; a second time changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .timeout(Duration::from_secs(settings.timeout))
            .connect_timeout(Duration::from_secs(settings.timeout.min(5)))
            // A redirect would carry names and numbers to where nobody agreed to.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(Once {
                near_allowed,
                found: Arc::default(),
            }))
            .build()?;
        Ok(HttpSharing {
            client,
            url,
            settings,
        })
    }

    async fn ask(&self, question: &Question) -> Result<Answer, &'static str> {
        let id = question.id.simple().to_string();
        let posted = Posted {
            request: id.clone(),
            item: &question.item,
            holder: &question.holder,
            about: &question.about,
            name: &question.name,
            subject: &question.subject,
            purpose: &question.purpose,
            basis: &question.basis,
            agency: &question.agency,
            petition: &question.petition,
            official: &question.official,
        };
        let mut request = self
            .client
            .post(self.url.clone())
            .header("Idempotency-Key", &id)
            .json(&posted);
        if let Some(token) = &self.settings.token {
            request = request.bearer_auth(token.expose());
        }
        let mut response = request.send().await.map_err(|error| {
            if error.is_timeout() {
                "does not answer in time"
            } else {
                "cannot be reached"
            }
        })?;
        match response.status() {
            StatusCode::OK => {}
            // What speaks of this look-up; whatever speaks of us (401, 404, 429, a redirect …) waits for mended settings.
            StatusCode::BAD_REQUEST | StatusCode::FORBIDDEN | StatusCode::UNPROCESSABLE_ENTITY => {
                return Ok(Answer::Refused);
            }
            _ => return Err("does not take look-ups now"),
        }
        let mut body = zeroize::Zeroizing::new(Vec::new());
        while let Some(piece) = response.chunk().await.map_err(|_| "broke off its answer")? {
            if body.len() + piece.len() > self.settings.most {
                return Err("sent too long an answer");
            }
            body.extend_from_slice(&piece);
        }
        let answered: Answered =
            serde_json::from_slice(&body).map_err(|_| "sent an answer that cannot be read")?;
        if answered.request != question.id {
            return Err("answered another request");
        }
        Ok(match answered.found {
            true => Answer::Found(answered.content),
            false => Answer::NotFound,
        })
    }
}

#[async_trait::async_trait]
impl Sharing for HttpSharing {
    fn is_there(&self) -> bool {
        true
    }

    async fn look_up(&self, question: &Question) -> Answer {
        // Neither the question nor the answer is repeated in the log: they hold names and numbers.
        self.ask(question).await.unwrap_or_else(|why| {
            tracing::warn!(request = %question.id, why, "the centre for shared information");
            Answer::Later
        })
    }
}

#[cfg(test)]
mod tests;

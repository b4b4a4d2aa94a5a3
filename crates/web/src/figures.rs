//! 계수 — how many requests, of which face, how they ended and how long they took; and who was not let in. No address, no name, no number of a petition.

use crate::Web;
use app::identity::NotLetIn;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::metrics::histogram::Histogram;
use tokio::time::Instant;

/// Upper ends of the stretches that durations are counted in, in seconds.
const SECONDS: [f64; 11] = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0];

/// Makes a histogram of durations.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seconds;

impl MetricConstructor<Histogram> for Seconds {
    fn new_metric(&self) -> Histogram {
        Histogram::new(SECONDS)
    }
}

/// A name and a word out of a closed list.
pub type Label = (&'static str, &'static str);

/// Numbers of one process, since it began. A handle: clones count together.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Requests with their durations, by `face` (`citizen`, `official`, `program`, `any`), `class` (`page`, `form`, `asset`) and `status` (`2xx` …).
    pub requests: Family<[Label; 3], Histogram, Seconds>,
    /// Who was not let in, by `face` and `why` (`wrong`, `too_often`).
    pub not_let_in: Family<[Label; 2], Counter>,
}

impl Default for Figures {
    fn default() -> Figures {
        Figures {
            requests: Family::new_with_constructor(Seconds),
            not_let_in: Family::default(),
        }
    }
}

impl Figures {
    /// Counts somebody who was not let in.
    pub(crate) fn turned_away(&self, face: &'static str, why: &NotLetIn) {
        let why = match why {
            NotLetIn::Wait(_) => "too_often",
            NotLetIn::Wrong => "wrong",
            NotLetIn::NotSent | NotLetIn::Away | NotLetIn::Unfit(_) | NotLetIn::Trouble(_) => return,
        };
        self.not_let_in
            .get_or_create(&[("face", face), ("why", why)])
            .inc();
    }
}

/// The addresses of citizens.
pub(crate) const CITIZEN: &str = "citizen";
/// Those of officials.
pub(crate) const OFFICIAL: &str = "official";
/// Those of programs.
pub(crate) const PROGRAM: &str = "program";
/// What every face has.
pub(crate) const ANY: &str = "any";

/// Counts each request of a face, from its head to the head of the answer.
pub(crate) async fn count(
    State((web, face)): State<(Web, &'static str)>,
    request: Request,
    next: Next,
) -> Response {
    let class = match (request.method(), request.uri().path()) {
        (&Method::GET | &Method::HEAD, path) if path.starts_with("/assets/") => "asset",
        (&Method::GET | &Method::HEAD, _) => "page",
        _ => "form",
    };
    let begun = Instant::now();
    let response = next.run(request).await;
    let status = match response.status().as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    let figures = &web.options.figures;
    let labels = [("face", face), ("class", class), ("status", status)];
    let requests = figures.requests.get_or_create(&labels);
    requests.observe(begun.elapsed().as_secs_f64());
    if face == PROGRAM {
        match response.status() {
            StatusCode::UNAUTHORIZED => figures.turned_away(face, &NotLetIn::Wrong),
            StatusCode::TOO_MANY_REQUESTS => figures.turned_away(face, &NotLetIn::Wait(0)),
            _ => {}
        }
    }
    response
}

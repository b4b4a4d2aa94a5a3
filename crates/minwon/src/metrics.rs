//! 지표 — `/metrics` for Prometheus, on a listener of its own: how the machine is, how far the duties are behind, what people waited for.
//!
//! No name, no number of a petition, no log-in, no address; each label is a word of a closed list. Whatever is told of work is told of the house as a
//! whole, so that nothing says what is done in the 보안민원실 (docs/decisions/0013-protected-room.md).

use crate::{connections, tenure};
use anyhow::Context;
use app::App;
use app::watch::Standing;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::time::At;
use prometheus_client::encoding::prometheus_text::{CONTENT_TYPE, encode};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use store::engine::Dialect;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

/// So many connections at once; Prometheus needs one.
const CONNECTIONS: u32 = 8;
/// The store is asked no more often than that, however often we are.
const FRESH: Duration = Duration::from_secs(5);
/// And has so long to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where figures are served, and of which folder the free space is told.
pub struct Listening {
    /// The address, taken.
    pub at: TcpListener,
    /// The folder of the data.
    pub folder: PathBuf,
}

/// A number that may be unknown: then it is left out, and not told as nought.
type Maybe = Family<[(&'static str, &'static str); 0], Gauge<f64, AtomicU64>>;
/// One for each place.
type Places = Family<[(&'static str, &'static str); 1], Gauge>;

/// What is told.
pub struct Metrics {
    app: Arc<App>,
    folder: PathBuf,
    registry: Registry,
    gauges: Gauges,
    asked: Mutex<Option<Instant>>,
}

#[derive(Default)]
struct Gauges {
    store_up: Gauge,
    place_reads: Places,
    place_writes: Places,
    waiting: Gauge,
    in_use: Gauge,
    outbox_waiting: Maybe,
    outbox_oldest: Maybe,
    outbox_failed: Maybe,
    unsealed: Maybe,
    unindexed: Maybe,
    open: Maybe,
    overdue: Maybe,
    disk_free: Maybe,
    disk_size: Maybe,
    memory: Maybe,
}

impl Gauges {
    fn register(&self, to: &mut Registry) {
        to.register(
            "store_up",
            "Whether the figures of the store could be read",
            self.store_up.clone(),
        );
        to.register("place_reads", "Whether a place is read", self.place_reads.clone());
        let help = "Whether the last list of writes of a place met no trouble";
        to.register("place_writes", help, self.place_writes.clone());
        let help = "SQLite: lists that wait for the writer; PostgreSQL: who waits for a connection";
        to.register("store_waiting", help, self.waiting.clone());
        to.register(
            "store_connections_in_use",
            "Connections in use",
            self.in_use.clone(),
        );
        for (name, help, gauge) in [
            (
                "outbox_waiting",
                "Notices that are due and not sent",
                &self.outbox_waiting,
            ),
            (
                "outbox_oldest_seconds",
                "How long the oldest of them has waited",
                &self.outbox_oldest,
            ),
            ("outbox_failed", "Notices that were given up", &self.outbox_failed),
            ("unsealed_events", "Events without a leaf", &self.unsealed),
            (
                "unindexed_leaves",
                "Leaves the search index has not come to",
                &self.unindexed,
            ),
            (
                "petitions_open",
                "Open petitions without protected ones, in tens",
                &self.open,
            ),
            (
                "petitions_overdue",
                "Those past their day, in tens",
                &self.overdue,
            ),
            (
                "data_free_bytes",
                "Free space where the data folder lies",
                &self.disk_free,
            ),
            (
                "data_size_bytes",
                "Size of the disk where the data folder lies",
                &self.disk_size,
            ),
            ("resident_memory_bytes", "Memory of this process", &self.memory),
        ] {
            to.register(name, help, gauge.clone());
        }
    }
}

impl Metrics {
    /// Over the house and what was counted in it.
    pub fn new(
        app: Arc<App>,
        pages: web::figures::Figures,
        duties: tenure::Figures,
        folder: PathBuf,
    ) -> Metrics {
        let mut registry = Registry::with_prefix("minwon");
        let told = &mut registry;
        let version = Info::new([("version", env!("CARGO_PKG_VERSION")), ("engine", engine(&app))]);
        told.register("build", "The program and the engine of its database", version);
        let started = Gauge::<f64, AtomicU64>::default();
        started.set(app.now().0 as f64 / 1_000.0);
        told.register("start_time_seconds", "When this process began", started);
        let help = "Requests, from their head to the head of the answer";
        told.register("http_request_seconds", help, pages.requests);
        told.register(
            "not_let_in",
            "People and programs that were not let in",
            pages.not_let_in,
        );
        let commits = app.places.live.engine().figures().clone();
        told.register(
            "commits",
            "Lists of writes, by who waited and how it ended",
            commits.commits,
        );
        let help = "How long lists of writes took, from the hand-over to the answer";
        told.register("commit_seconds", help, commits.seconds);
        told.register("duty_runs", "Runs of a duty that came to their end", duties.runs);
        told.register("duty_failures", "Runs of a duty that failed", duties.failures);
        told.register(
            "duty_last_run_seconds",
            "How long the last good run of a duty took",
            duties.took,
        );
        let help = "When the last good run of a duty came to its end";
        told.register("duty_last_run_timestamp_seconds", help, duties.done_at);
        let help = "Whether this process does the duties of the house";
        told.register("duties_lease_held", help, duties.lease);
        let gauges = Gauges::default();
        gauges.register(told);
        Metrics {
            app,
            folder,
            registry,
            gauges,
            asked: Mutex::default(),
        }
    }

    /// The figures as they are now, as text. Never an error: what cannot be known is left out.
    pub async fn text(&self) -> String {
        self.look().await;
        let mut text = String::new();
        // Writing into a String does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }

    /// Brings the gauges up to date; what asks the store, no more often than [`FRESH`].
    async fn look(&self) {
        let gauges = &self.gauges;
        let load = self.app.engines_load();
        gauges.waiting.set(whole(load.waiting));
        gauges.in_use.set(whole(load.in_use));
        know(
            &gauges.memory,
            memory("VmRSS:").ok().map(|kb| kb as f64 * 1_024.0),
        );
        let disk = rustix::fs::statvfs(&self.folder).ok();
        let bytes = |blocks: u64, of: u64| blocks.saturating_mul(of) as f64;
        know(
            &gauges.disk_free,
            disk.as_ref().map(|it| bytes(it.f_bavail, it.f_frsize)),
        );
        know(
            &gauges.disk_size,
            disk.as_ref().map(|it| bytes(it.f_blocks, it.f_frsize)),
        );
        let mut asked = self.asked.lock().await;
        if asked.is_some_and(|at| at.elapsed() < FRESH) {
            return;
        }
        *asked = Some(Instant::now());
        match timeout(PATIENCE, self.app.wellness()).await {
            Ok(all) => {
                for one in all {
                    let of = [("place", one.place)];
                    gauges.place_reads.get_or_create(&of).set(i64::from(one.reads));
                    gauges.place_writes.get_or_create(&of).set(i64::from(one.writes));
                }
            }
            Err(_) => gauges.place_reads.clear(),
        }
        let standing = timeout(PATIENCE, self.app.how_far()).await;
        self.stand(standing.ok().and_then(Result::ok));
    }

    fn stand(&self, standing: Option<Standing>) {
        let gauges = &self.gauges;
        gauges.store_up.set(i64::from(standing.is_some()));
        let of = |number: fn(&Standing) -> u64| standing.as_ref().map(|it| number(it) as f64);
        know(&gauges.outbox_waiting, of(|it| it.backlog.waiting));
        know(&gauges.outbox_failed, of(|it| it.backlog.failed));
        know(&gauges.unsealed, of(|it| it.backlog.unsealed));
        know(&gauges.unindexed, of(|it| it.backlog.unindexed));
        know(&gauges.open, of(|it| it.open.into()));
        know(&gauges.overdue, of(|it| it.overdue.into()));
        let now = self.app.now();
        let oldest = standing.map(|it| it.backlog.oldest.map_or(0.0, |at| seconds(now, at)));
        know(&gauges.outbox_oldest, oldest);
    }
}

fn engine(app: &App) -> &'static str {
    match app.places.live.dialect() {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgresql",
    }
}

fn know(gauge: &Maybe, number: Option<f64>) {
    match number {
        Some(number) => {
            gauge.get_or_create(&[]).set(number);
        }
        None => gauge.clear(),
    }
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn seconds(now: At, at: At) -> f64 {
    (now.0 - at.0).max(0) as f64 / 1_000.0
}

/// What this process has in memory (`VmRSS:`), of that without files (`RssAnon:`), or had at most (`VmHWM:`), in KB.
pub(crate) fn memory(line: &str) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let told = status.lines().find_map(|told| told.strip_prefix(line));
    let kb = told.and_then(|told| told.split_whitespace().next());
    Ok(kb
        .with_context(|| format!("no {line} in /proc/self/status"))?
        .parse()?)
}

/// The one address of the listener.
fn router(metrics: Arc<Metrics>) -> Router {
    Router::new()
        .route("/metrics", get(told))
        .fallback(async || StatusCode::NOT_FOUND)
        .with_state(metrics)
}

async fn told(State(metrics): State<Arc<Metrics>>) -> Response {
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], metrics.text().await).into_response()
}

/// Serves the figures until it is dropped.
pub async fn serve(listener: TcpListener, metrics: Arc<Metrics>) {
    let served = connections::serve(listener, router(metrics), CONNECTIONS, std::future::pending());
    if let Err(error) = served.await {
        tracing::error!(%error, "figures are served no more");
    }
}

#[cfg(test)]
mod tests;

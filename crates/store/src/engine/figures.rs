//! 계수 — what became of the lists of writes this process handed to the engine, and how long they took: numbers for whoever watches over the machine.

use super::{CommitError, Urgency};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::metrics::histogram::Histogram;
use std::time::Duration;

/// Who waited, and how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Ended {
    /// `user`, `passing`, `bulk`.
    pub urgency: &'static str,
    /// `stored`, `conflict`, `unknown`, `unavailable`, `full`, `read_only`, `broken`.
    pub outcome: &'static str,
}

/// Who waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Waited {
    /// `user`, `passing`, `bulk`.
    pub urgency: &'static str,
}

/// Upper ends of the stretches that durations are counted in, in seconds.
const SECONDS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0,
];

/// Makes a histogram of durations.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seconds;

impl MetricConstructor<Histogram> for Seconds {
    fn new_metric(&self) -> Histogram {
        Histogram::new(SECONDS)
    }
}

/// Numbers of one process, since it began. A handle: clones count together.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Lists of writes by who waited and how it ended.
    pub commits: Family<Ended, Counter>,
    /// How long they took, from the hand-over to the answer.
    pub seconds: Family<Waited, Histogram, Seconds>,
}

impl Default for Figures {
    fn default() -> Figures {
        Figures {
            commits: Family::default(),
            seconds: Family::new_with_constructor(Seconds),
        }
    }
}

impl Figures {
    pub(super) fn committed(&self, urgency: Urgency, outcome: &Result<(), CommitError>, took: Duration) {
        let urgency = match urgency {
            Urgency::User => "user",
            Urgency::Passing => "passing",
            Urgency::Bulk => "bulk",
        };
        let outcome = match outcome {
            Ok(()) => "stored",
            Err(CommitError::Conflict { .. } | CommitError::Duplicate { .. }) => "conflict",
            Err(CommitError::Unknown(_)) => "unknown",
            Err(CommitError::Unavailable(_)) => "unavailable",
            Err(CommitError::Full) => "full",
            Err(CommitError::ReadOnly) => "read_only",
            Err(CommitError::Unstorable { .. } | CommitError::Broken(_)) => "broken",
        };
        self.commits.get_or_create(&Ended { urgency, outcome }).inc();
        let seconds = self.seconds.get_or_create(&Waited { urgency });
        seconds.observe(took.as_secs_f64());
    }
}

/// How busy an engine is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// SQLite: lists that wait for the writer. PostgreSQL: whoever waits for a connection.
    pub waiting: usize,
    /// Connections in use: of readers on SQLite, of the pool on PostgreSQL.
    pub in_use: usize,
}

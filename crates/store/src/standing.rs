//! 밀린 일 — how far what follows a commit is behind it: what waits to be sent, what waits to be sealed, what waits to be indexed.

use crate::engine::{Ask, ReadError};
use crate::place::Place;
use domain::time::At;

/// How far a place is behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backlog {
    /// Effects that are due and not sent.
    pub waiting: u64,
    /// The oldest of them, since when; `None` where none waits.
    pub oldest: Option<At>,
    /// Effects that were given up.
    pub failed: u64,
    /// Events without a leaf.
    pub unsealed: u64,
    /// Leaves the index has not come to.
    pub unindexed: u64,
}

impl Place {
    /// How far this place is behind, now.
    pub async fn backlog(&self, now: At) -> Result<Backlog, ReadError> {
        const OUTBOX: &str = "SELECT count(*), min(made_at) FROM outbox \
                              WHERE state = 'waiting' AND (attempts > 0 OR next_at <= $1)";
        let outbox = self.db.query_one(OUTBOX, crate::params![now.0]).await?;
        let waiting = outbox.int(0)?.unsigned_abs();
        let unsealed = self
            .db
            .query_one("SELECT count(*) FROM unsealed", Vec::new())
            .await?;
        // The index first: what is sealed between the two questions counts as not indexed, and never the other way round.
        let indexed = self.indexed().await?;
        Ok(Backlog {
            waiting,
            oldest: match waiting {
                0 => None,
                _ => Some(At(outbox.int(1)?)),
            },
            failed: u64::from(self.effects_failed().await?),
            unsealed: unsealed.int(0)?.unsigned_abs(),
            unindexed: self.sealed().await?.saturating_sub(indexed),
        })
    }
}

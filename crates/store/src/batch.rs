//! 쓰기 목록 — everything one act changes, as one list of writes that is stored whole or not at all.
//!
//! Rooms add their writes (`journal.rs`, `head.rs`, `vault.rs`, …); nothing is read in between. What a refused write was
//! for is remembered, so that a repeated key, a taken number and a lost race are told apart.

use crate::engine::{CommitError, Urgency, Value, Write};
use crate::place::Place;
use crate::seats::SeatChange;

/// Takes the first number of a series.
pub(crate) const FIRST_NUMBER: &str = "INSERT INTO series (name, next) VALUES ($1, 2)";
/// Takes the next one.
pub(crate) const NEXT_NUMBER: &str = "UPDATE series SET next = next + 1 WHERE name = $1 AND next = $2";

/// What a write is for; decides what its refusal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The answer that a repeated key gets again.
    Once,
    /// A petition's first head, with its 신청번호.
    FirstHead,
    /// Something whose refusal means that another act came first.
    Race,
}

/// A list of writes in the making.
#[derive(Debug, Default)]
pub struct Batch {
    writes: Vec<Write>,
    purposes: Vec<Purpose>,
    /// Seats given and ended, until it is written down by whom.
    seats: Vec<SeatChange>,
    /// Texts that are contents of files.
    pub(crate) files: Vec<[u8; 16]>,
}

/// Why a list was not stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitFault {
    /// The idempotency key (or the outbox's) has been used: the first answer stands.
    #[error("this was done before")]
    Repeated,
    /// The random 신청번호 is taken: draw another.
    #[error("the filing number is taken")]
    NumberTaken,
    /// Another act came first: reload and decide again.
    #[error("another act came first")]
    Conflict,
    /// The machine.
    #[error(transparent)]
    Store(CommitError),
}

impl Batch {
    /// An empty list.
    pub fn new() -> Batch {
        Batch::default()
    }

    pub(crate) fn push(&mut self, purpose: Purpose, write: Write) {
        self.writes.push(write);
        self.purposes.push(purpose);
    }

    pub(crate) fn add(&mut self, sql: &'static str, params: Vec<Value>) {
        self.push(Purpose::Race, Write::new(sql, params));
    }

    /// 중복 방지: remembers which petition and event the key's first use led to. First in the list, so that a repeat is
    /// told from a race.
    pub fn once(&mut self, key: [u8; 32], petition: domain::id::PetitionId, seq: u32, at: domain::time::At) {
        let write = Write::new(
            "INSERT INTO idempotency (key, petition, seq, at) VALUES ($1, $2, $3, $4)",
            crate::params![key, petition.bytes(), seq, at.0],
        );
        self.writes.insert(0, write);
        self.purposes.insert(0, Purpose::Once);
    }

    /// Moves a series on; refused as a race when another took the number.
    pub fn take_number(&mut self, series: &str, n: u32) {
        if n == 1 {
            self.add(FIRST_NUMBER, crate::params![series]);
        } else {
            let write = Write::new(NEXT_NUMBER, crate::params![series, n]);
            self.push(Purpose::Race, write.rows(1));
        }
    }

    /// How many writes it holds.
    pub fn len(&self) -> usize {
        self.writes.len()
    }

    /// Whether there is nothing to store.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    /// Takes the writes of another list behind its own.
    pub fn append(&mut self, other: Batch) {
        self.writes.extend(other.writes);
        self.purposes.extend(other.purposes);
        self.seats.extend(other.seats);
        self.files.extend(other.files);
    }

    pub(crate) fn seat(&mut self, change: SeatChange) {
        self.seats.push(change);
    }

    pub(crate) fn take_seats(&mut self) -> Vec<SeatChange> {
        std::mem::take(&mut self.seats)
    }

    /// The writes with what each is for.
    pub(crate) fn into_parts(self) -> (Vec<Write>, Vec<Purpose>) {
        (self.writes, self.purposes)
    }

    /// The writes themselves, for benches that replay them on a raw engine.
    pub fn into_writes(self) -> Vec<Write> {
        self.writes
    }
}

impl Place {
    /// Stores the whole list or nothing of it.
    pub async fn commit(&self, batch: Batch, urgency: Urgency) -> Result<(), CommitFault> {
        let Batch {
            mut writes,
            purposes,
            seats,
            files,
        } = batch;
        if !seats.is_empty() {
            let what = "a seat is given or ended, and nobody wrote down by whom";
            return Err(CommitFault::Store(CommitError::Broken(what.into())));
        }
        let apart = self.lay_apart(&mut writes, &files).await?;
        let stored = self.db.commit(writes, urgency).await;
        if !matches!(stored, Ok(()) | Err(CommitError::Unknown(_))) {
            self.take_back(&apart).await;
        }
        stored.map_err(|error| match error {
            CommitError::Duplicate { write } => match purposes.get(write) {
                Some(Purpose::Once) => CommitFault::Repeated,
                Some(Purpose::FirstHead) => CommitFault::NumberTaken,
                Some(Purpose::Race) | None => CommitFault::Conflict,
            },
            CommitError::Conflict { .. } => CommitFault::Conflict,
            other @ (CommitError::Unstorable { .. }
            | CommitError::Full
            | CommitError::ReadOnly
            | CommitError::Unavailable(_)
            | CommitError::Unknown(_)
            | CommitError::Broken(_)) => CommitFault::Store(other),
        })
    }
}

//! 발송함 — effects on the outside world, committed with the act that causes them and carried out by a duty.
//!
//! A row names a template and a petition, never a word of text: what is sent is rendered at delivery, in the reader's
//! language, from the vault. At least once, with a stable id; `once` keeps the same effect from being queued twice.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Urgency, Write};
use crate::place::Place;
use domain::id::{OfficialId, OutboxId, PersonId, PetitionId};
use domain::time::At;

/// To whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum To {
    /// A petitioner, by the contact in the vault.
    Person(PersonId),
    /// An official.
    Official(OfficialId),
}

/// An effect that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Stable identity: the receiver may see it twice, never two for one.
    pub id: OutboxId,
    /// What it is about.
    pub petition: PetitionId,
    /// The event that caused it; 0 for none.
    pub seq: u32,
    /// The notice, by name.
    pub template: String,
    /// To whom.
    pub to: To,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was queued.
    pub made_at: At,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Sent.
    Sent,
    /// To be tried again at that moment.
    Again(At),
    /// Given up: a person must look.
    Failed,
}

impl Batch {
    /// Queues an effect. `once` is a hash of what makes it the same effect; queuing it again is `Repeated`.
    #[expect(
        clippy::too_many_arguments,
        reason = "one row, one argument for each column that is not a constant"
    )]
    pub fn effect(
        &mut self,
        id: OutboxId,
        once: [u8; 32],
        petition: PetitionId,
        seq: u32,
        template: &str,
        to: To,
        now: At,
        due: At,
    ) {
        let (kind, whom) = match to {
            To::Person(person) => ("person", person.bytes()),
            To::Official(official) => ("official", official.bytes()),
        };
        self.push(
            Purpose::Once,
            Write::new(
                "INSERT INTO outbox (id, once, petition, seq, template, to_kind, to_id, state, attempts, next_at, made_at, \
                 done_at, fault) VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, $8, $9, 0, '')",
                crate::params![id.bytes(), once, petition.bytes(), seq, template, kind, whom, due.0, now.0],
            ),
        );
    }
}

impl Place {
    /// Effects whose time has come, oldest first.
    pub async fn effects_due(&self, now: At, limit: u32) -> Result<Vec<Effect>, ReadError> {
        const SQL: &str = "SELECT id, petition, seq, template, to_kind, to_id, attempts, made_at FROM outbox \
                           WHERE state = 'waiting' AND next_at <= $1 ORDER BY next_at, id LIMIT $2";
        self.db
            .query(SQL, crate::params![now.0, limit])
            .await?
            .iter()
            .map(effect)
            .collect()
    }

    /// Everything queued for a petition, oldest first, with its state.
    pub async fn effects_of(&self, petition: PetitionId) -> Result<Vec<(Effect, String)>, ReadError> {
        const SQL: &str = "SELECT id, petition, seq, template, to_kind, to_id, attempts, made_at, state FROM outbox \
                           WHERE petition = $1 ORDER BY made_at, id";
        let rows = self.db.query(SQL, crate::params![petition.bytes()]).await?;
        rows.iter()
            .map(|row| Ok((effect(row)?, row.text(8)?.to_owned())))
            .collect()
    }

    /// How many effects were given up.
    pub async fn effects_failed(&self) -> Result<u32, ReadError> {
        let row = self
            .db
            .query_one("SELECT count(*) FROM outbox WHERE state = 'failed'", Vec::new())
            .await?;
        Ok(u32::try_from(row.int(0)?).unwrap_or(u32::MAX))
    }

    /// Takes an effect for `until`: nobody else carries it out meanwhile. False when somebody else has it.
    pub async fn claim(
        &self,
        effect: &Effect,
        now: At,
        until: At,
    ) -> Result<bool, crate::batch::CommitFault> {
        let mut batch = Batch::new();
        let write = Write::new(
            "UPDATE outbox SET next_at = $1, attempts = attempts + 1 \
             WHERE id = $2 AND state = 'waiting' AND next_at <= $3 AND attempts = $4",
            crate::params![until.0, effect.id.bytes(), now.0, effect.attempts],
        );
        batch.push(Purpose::Race, write.rows(1));
        match self.commit(batch, Urgency::Bulk).await {
            Ok(()) => Ok(true),
            Err(crate::batch::CommitFault::Conflict) => Ok(false),
            Err(fault) => Err(fault),
        }
    }

    /// Writes down how the attempt ended that was claimed with `effect`; `fault` is a code, never what the outside world said. Nothing is
    /// written where the claim had run out and somebody else has taken the effect since: their attempt is the one that counts.
    pub async fn attempted(
        &self,
        effect: &Effect,
        attempt: Attempt,
        fault: &'static str,
        now: At,
    ) -> Result<(), crate::batch::CommitFault> {
        let (state, next) = match attempt {
            Attempt::Sent => ("sent", now),
            Attempt::Again(at) => ("waiting", at),
            Attempt::Failed => ("failed", now),
        };
        let mut batch = Batch::new();
        batch.add(
            "UPDATE outbox SET state = $1, next_at = $2, done_at = $3, fault = $4 \
             WHERE id = $5 AND state = 'waiting' AND attempts = $6",
            crate::params![
                state,
                next.0,
                now.0,
                fault,
                effect.id.bytes(),
                effect.attempts + 1
            ],
        );
        self.commit(batch, Urgency::Bulk).await
    }
}

fn effect(row: &Row) -> Result<Effect, ReadError> {
    let id = uuid::Uuid::from_bytes;
    let whom = id(row.id16(5)?);
    Ok(Effect {
        id: OutboxId(id(row.id16(0)?)),
        petition: PetitionId(id(row.id16(1)?)),
        seq: u32::try_from(row.int(2)?).unwrap_or_default(),
        template: row.text(3)?.to_owned(),
        to: match row.text(4)? {
            "person" => To::Person(PersonId(whom)),
            "official" => To::Official(OfficialId(whom)),
            other => return Err(ReadError::Broken(format!("nothing is sent to a {other}"))),
        },
        attempts: u32::try_from(row.int(6)?).unwrap_or_default(),
        made_at: At(row.int(7)?),
    })
}

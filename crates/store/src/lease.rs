//! 임차 — at most one process does a thing: who holds it, until when, and the how-manieth holder it is.
//!
//! The clock is the database's, the same for everybody who asks; what the clocks of the servers say decides nothing. A lease is a promise of
//! the polite: who was asleep past its end may still be about to write, so that what a holder does must bear being done beside its successor
//! (docs/decisions/0015-several-servers.md says how each duty does).

use crate::batch::{Batch, CommitFault, Purpose};
use crate::engine::{Ask, Dialect, ReadError, Urgency, Write};
use crate::place::Place;

/// Who asks for a lease: drawn by chance when a process starts.
pub type Owner = [u8; 16];

/// Takes what is free, what has run out, and what is one's own already. Each new holder gets the next number.
macro_rules! take {
    ($now:literal) => {
        concat!(
            "INSERT INTO lease (name, owner, ends_at, fence) VALUES ($1, $2, ",
            $now,
            " + $3, 1) ON CONFLICT (name) DO UPDATE SET \
             fence = CASE WHEN lease.owner = excluded.owner THEN lease.fence ELSE lease.fence + 1 END, \
             owner = excluded.owner, ends_at = excluded.ends_at \
             WHERE lease.owner = excluded.owner OR lease.ends_at <= ",
            $now
        )
    };
}
const TAKE_SQLITE: &str = take!("CAST(unixepoch('subsec') * 1000 AS INTEGER)");
const TAKE_POSTGRES: &str = take!("CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)");

/// What a trial is written under, and gone with its end.
const TRIAL: &str = "trial";
/// Bytes of a trial.
const LONG: usize = 256 * 1024;

impl Place {
    /// Takes or renews the lease of this name for so many milliseconds from now. Gives the number of this tenure, or `None` while somebody
    /// else holds it.
    pub async fn take_lease(&self, name: &str, owner: &Owner, term: i64) -> Result<Option<u64>, CommitFault> {
        let sql = match self.dialect() {
            Dialect::Sqlite => TAKE_SQLITE,
            Dialect::Postgres => TAKE_POSTGRES,
        };
        let mut batch = Batch::new();
        let write = Write::new(sql, crate::params![name, owner, term]);
        batch.push(Purpose::Race, write.rows(1));
        match self.commit(batch, Urgency::User).await {
            Ok(()) => {}
            Err(CommitFault::Conflict) => return Ok(None),
            Err(fault) => return Err(fault),
        }
        let holder = self.lease(name).await.map_err(read)?;
        Ok(holder
            .filter(|(holder, _)| holder == owner)
            .map(|(_, fence)| fence))
    }

    /// Gives a lease back before its time: the next one need not wait.
    pub async fn give_back(&self, name: &str, owner: &Owner) -> Result<(), CommitFault> {
        let mut batch = Batch::new();
        batch.add(
            "UPDATE lease SET ends_at = 0 WHERE name = $1 AND owner = $2",
            crate::params![name, owner],
        );
        self.commit(batch, Urgency::User).await
    }

    /// Ends whoever's lease this is: for one who knows that nobody else lives, as the files of SQLite let only one process in.
    pub async fn break_lease(&self, name: &str) -> Result<(), CommitFault> {
        let mut batch = Batch::new();
        batch.add(
            "UPDATE lease SET ends_at = 0 WHERE name = $1",
            crate::params![name],
        );
        self.commit(batch, Urgency::User).await
    }

    /// Who held a lease last, and the number of that tenure.
    pub async fn lease(&self, name: &str) -> Result<Option<(Owner, u64)>, ReadError> {
        const SQL: &str = "SELECT owner, fence FROM lease WHERE name = $1";
        let row = self.db.query_optional(SQL, crate::params![name]).await?;
        row.map(|row| Ok((row.id16(0)?, u64::try_from(row.int(1)?).unwrap_or_default())))
            .transpose()
    }

    /// A write that changes nothing, as long as a long petition: whether the store takes any. A disk with room for a line is full to
    /// whoever writes a page.
    pub async fn try_writing(&self) -> Result<(), CommitFault> {
        let mut batch = Batch::new();
        batch.setting(TRIAL, &"-".repeat(LONG));
        batch.add("DELETE FROM setting WHERE name = $1", crate::params![TRIAL]);
        self.commit(batch, Urgency::User).await
    }

    /// How often what makes up the picture of the office has changed here, by whomever.
    pub async fn revision(&self) -> Result<i64, ReadError> {
        let row = self
            .db
            .query_one("SELECT n FROM revision WHERE id = 1", Vec::new())
            .await?;
        row.int(0)
    }
}

/// The lease is ours, but its number could not be read: as good as a commit nobody knows of. It is asked for again.
fn read(error: ReadError) -> CommitFault {
    CommitFault::Store(crate::engine::CommitError::Unknown(error.to_string()))
}

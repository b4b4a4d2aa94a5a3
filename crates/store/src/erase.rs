//! 파기 — how an owner's key dies: decided in the database, written on the list outside, dropped, taken out of the index.
//!
//! The order is the promise. What is decided (`destroyed.done = 0`) is finished by a duty even when the machine dies in between;
//! what is on the list outside is forgotten by every older copy of the database before it answers; only then does the key go.

use crate::batch::{Batch, CommitFault, Purpose};
use crate::engine::{Ask, CommitError, ReadError, Urgency, Write};
use crate::place::Place;
use crate::vault::{Owner, VaultError};
use domain::id::{PersonId, PetitionId, TextId};
use domain::time::At;
use jiff::civil::Date;

/// Owners dropped in one list of writes.
const PIECE: usize = 32;
/// How many lines of the list outside this database has applied.
const APPLIED: &str = "destroyed_applied";

/// 파기 정지 — a hold on a petition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Identity.
    pub id: [u8; 16],
    /// The petition nothing destroys while it stands.
    pub petition: PetitionId,
    /// Who laid it down.
    pub by: [u8; 16],
    /// When.
    pub at: At,
    /// Ground, as code of `domain::retention::HoldGround`.
    pub ground: String,
    /// The last day it stands by itself.
    pub until: Date,
    /// What was said about it, in the vault under the petition's key.
    pub text: TextId,
    /// When it was lifted.
    pub lifted: Option<At>,
}

/// How far the list outside and this database agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applied {
    /// Lines of the list.
    pub lines: u64,
    /// Lines this database knew already.
    pub known: u64,
    /// Keys that were still there and are gone now.
    pub dropped: u64,
}

impl Batch {
    /// Decides that this owner is destroyed, for an entry of the 파기대장. A race while a hold stands on it.
    pub fn doom(&mut self, owner: Owner, entry: [u8; 16], now: At, today: Date) {
        self.add(
            "INSERT INTO destroyed (owner, entry, at, done) VALUES ($1, $2, $3, 0)",
            crate::params![owner, entry, now.0],
        );
        let write = Write::new(
            "UPDATE destroyed SET done = 0 WHERE owner = $1 AND NOT EXISTS \
             (SELECT 1 FROM legal_hold h WHERE h.petition = $2 AND h.lifted_at = 0 AND h.until_day >= $3)",
            crate::params![owner, owner, today.to_string()],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// Drops everything of an owner that could be read or tested against a guess. What numbers and times remain name nobody.
    fn forget(&mut self, owner: Owner) {
        self.drop_key(owner);
        for sql in [
            "DELETE FROM identity WHERE person = $1",
            "DELETE FROM tie WHERE person = $1",
            "DELETE FROM session WHERE subject = $1",
            "DELETE FROM saved WHERE id = $1",
            "DELETE FROM published WHERE petition = $1",
            "UPDATE proceeding SET published_at = 0 WHERE petition = $1",
            "DELETE FROM apart WHERE owner = $1",
            "DELETE FROM outbox WHERE petition = $1 AND state <> 'sent'",
            "DELETE FROM outbox WHERE to_id = $1 AND state <> 'sent'",
        ] {
            self.add(sql, crate::params![owner]);
        }
    }

    /// 분리 보관 — no ordinary page opens what this key seals any more; nothing leads to it by a contact either.
    pub fn set_apart(&mut self, owner: Owner, entry: [u8; 16], basis: &str, until: Date, now: At) {
        let write = Write::new(
            "UPDATE vault_key SET apart = 1 WHERE owner = $1",
            crate::params![owner],
        );
        self.push(Purpose::Race, write.rows(1));
        self.add(
            "INSERT INTO apart (owner, entry, basis, until_day, at) VALUES ($1, $2, $3, $4, $5)",
            crate::params![owner, entry, basis, until.to_string(), now.0],
        );
        for sql in [
            "DELETE FROM identity WHERE person = $1",
            "DELETE FROM tie WHERE person = $1",
            "DELETE FROM session WHERE subject = $1",
            "DELETE FROM claim WHERE person = $1",
            "DELETE FROM old_number WHERE petition = $1",
            "DELETE FROM published WHERE petition = $1",
            "UPDATE proceeding SET published_at = 0 WHERE petition = $1",
        ] {
            self.add(sql, crate::params![owner]);
        }
    }

    /// Lays a hold on a petition. A race when its destruction is decided already.
    pub fn hold(&mut self, hold: &Hold) {
        self.add(
            "INSERT INTO legal_hold (id, petition, by_id, at, ground, until_day, text, lifted_at, lifted_by) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
            crate::params![
                hold.id,
                hold.petition.bytes(),
                hold.by,
                hold.at.0,
                &hold.ground,
                hold.until.to_string(),
                hold.text.bytes(),
                crate::head::NONE
            ],
        );
        let write = Write::new(
            "UPDATE legal_hold SET lifted_at = 0 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM destroyed d WHERE d.owner = $2)",
            crate::params![hold.id, hold.petition.bytes()],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// Lifts a hold.
    pub fn lift(&mut self, hold: [u8; 16], by: [u8; 16], now: At) {
        let write = Write::new(
            "UPDATE legal_hold SET lifted_at = $1, lifted_by = $2 WHERE id = $3 AND lifted_at = 0",
            crate::params![now.0, by, hold],
        );
        self.push(Purpose::Race, write.rows(1));
    }
}

impl Place {
    /// Owners whose destruction is decided and not finished.
    pub async fn doomed(&self) -> Result<Vec<Owner>, ReadError> {
        let sql = "SELECT owner FROM destroyed WHERE done = 0 ORDER BY at, owner";
        let rows = self.db.query(sql, Vec::new()).await?;
        rows.iter().map(|row| row.id16(0)).collect()
    }

    /// Finishes what was decided: list outside, index, keys, log. Gives how many owners are gone now. Run again, it goes on
    /// where it stopped.
    pub async fn finish_destructions(&self, now: At) -> Result<u64, VaultError> {
        const SQL: &str = "SELECT owner FROM destroyed WHERE done = 0 ORDER BY at, owner LIMIT $1";
        let mut gone = 0;
        loop {
            let rows = self.db.query(SQL, crate::params![PIECE as u32]).await?;
            if rows.is_empty() {
                break;
            }
            let owners = rows
                .iter()
                .map(|row| row.id16(0))
                .collect::<Result<Vec<_>, _>>()?;
            // On disk before the database forgets: otherwise a crash in between would leave a back-up that nothing makes forget.
            self.keys.write_destroyed(&owners, now.0)?;
            self.drop_owners(&owners, now).await?;
            // Behind the keys: whatever the indexer still opened before is taken out with the rest.
            self.unindex(&owners).await?;
            gone += owners.len() as u64;
        }
        if gone > 0 {
            self.scrub().await?;
        }
        Ok(gone)
    }

    async fn drop_owners(&self, owners: &[Owner], now: At) -> Result<(), VaultError> {
        let mut batch = Batch::new();
        for owner in owners {
            batch.forget(*owner);
            batch.add(
                "INSERT INTO destroyed (owner, entry, at, done) VALUES ($1, $2, $3, 1) \
                 ON CONFLICT (owner) DO UPDATE SET done = 1",
                crate::params![*owner, crate::head::NONE, now.0],
            );
        }
        self.commit(batch, Urgency::Bulk)
            .await
            .map_err(VaultError::Written)
    }

    /// Makes this database forget what the list outside says was destroyed, as far as it does not know yet. Run at every opening,
    /// before anything answers: a database put back from a copy is older than the list. `more` are further lists.
    pub async fn apply_destroyed(
        &self,
        more: &[crypto::keyring::destroyed::Destroyed],
        now: At,
    ) -> Result<Applied, VaultError> {
        let list = self.keys.destroyed()?;
        let known = match self.setting(APPLIED).await? {
            Some(text) => text
                .parse::<u64>()
                .map_err(|_| ReadError::Broken("destroyed_applied is no number".into()))?,
            None => 0,
        };
        let mut applied = Applied {
            lines: list.len() as u64,
            known,
            dropped: 0,
        };
        if applied.lines < known {
            tracing::error!(
                place = self.name.name(),
                lines = applied.lines,
                known,
                "the list of what was destroyed is shorter than this database knows it: its end was lost"
            );
        }
        let behind = usize::try_from(known).unwrap_or(usize::MAX).min(list.len());
        let fresh: Vec<Owner> = (list[behind..].iter().chain(more))
            .map(|line| line.owner)
            .collect();
        for owners in fresh.chunks(PIECE) {
            for owner in owners {
                applied.dropped += u64::from(self.has_key(*owner).await?);
            }
            self.drop_owners(owners, now).await?;
            self.unindex(owners).await?;
        }
        if applied.lines > known {
            let mut batch = Batch::new();
            batch.setting(APPLIED, &applied.lines.to_string());
            self.commit(batch, Urgency::Bulk)
                .await
                .map_err(VaultError::Written)?;
        }
        if applied.dropped > 0 {
            self.scrub().await?;
        }
        Ok(applied)
    }

    /// Takes petitions out of the index; owners that are none are not in it.
    pub async fn unindex(&self, owners: &[Owner]) -> Result<(), VaultError> {
        let mut writes = Vec::new();
        for owner in owners {
            if self.words.dialect() == crate::engine::Dialect::Sqlite {
                writes.push(Write::new(
                    "DELETE FROM words WHERE rowid IN (SELECT leaf FROM entry WHERE petition = $1)",
                    crate::params![*owner],
                ));
            }
            writes.push(Write::new(
                "DELETE FROM entry WHERE petition = $1",
                crate::params![*owner],
            ));
        }
        let done = self.words.commit(writes, Urgency::Bulk).await;
        done.map_err(|error| VaultError::Written(CommitFault::Store(error)))
    }

    /// Leaves nothing of what was deleted in the files: the index is merged anew, logs are cut back (SQLite). PostgreSQL does
    /// the same by its own vacuum; what waits there is ciphertext without a key.
    pub async fn scrub(&self) -> Result<(), VaultError> {
        if self.words.dialect() == crate::engine::Dialect::Sqlite {
            let merge = Write::new("INSERT INTO words (words) VALUES ('optimize')", Vec::new());
            let merged = self.words.commit(vec![merge], Urgency::Bulk).await;
            merged.map_err(|error: CommitError| VaultError::Written(CommitFault::Store(error)))?;
        }
        self.words.cut_log().await;
        self.db.cut_log().await;
        Ok(())
    }

    /// Whether an owner was destroyed on purpose.
    pub async fn is_destroyed(&self, owner: Owner) -> Result<bool, ReadError> {
        const SQL: &str = "SELECT 1 FROM destroyed WHERE owner = $1";
        Ok(self
            .db
            .query_optional(SQL, crate::params![owner])
            .await?
            .is_some())
    }

    /// How many lines of the list outside this database has applied.
    pub async fn destroyed_applied(&self) -> Result<u64, ReadError> {
        Ok(self
            .setting(APPLIED)
            .await?
            .and_then(|text| text.parse().ok())
            .unwrap_or(0))
    }

    /// The holds on a petition, newest first, lifted ones too.
    pub async fn holds(&self, petition: PetitionId) -> Result<Vec<Hold>, ReadError> {
        const SQL: &str = "SELECT id, petition, by_id, at, ground, until_day, text, lifted_at FROM legal_hold \
                           WHERE petition = $1 ORDER BY at DESC, id DESC";
        let rows = self.db.query(SQL, crate::params![petition.bytes()]).await?;
        rows.iter().map(hold).collect()
    }

    /// The holds that stand, newest first.
    pub async fn standing_holds(&self, today: Date, most: u32) -> Result<Vec<Hold>, ReadError> {
        const SQL: &str = "SELECT id, petition, by_id, at, ground, until_day, text, lifted_at FROM legal_hold \
                           WHERE lifted_at = 0 AND until_day >= $1 ORDER BY at DESC, id DESC LIMIT $2";
        let rows = self
            .db
            .query(SQL, crate::params![today.to_string(), most])
            .await?;
        rows.iter().map(hold).collect()
    }

    /// Keys kept apart whose day is over.
    pub async fn apart_until(&self, today: Date, most: u32) -> Result<Vec<(Owner, [u8; 16])>, ReadError> {
        const SQL: &str =
            "SELECT owner, entry FROM apart WHERE until_day < $1 ORDER BY until_day, owner LIMIT $2";
        let rows = self
            .db
            .query(SQL, crate::params![today.to_string(), most])
            .await?;
        rows.iter().map(|row| Ok((row.id16(0)?, row.id16(1)?))).collect()
    }

    /// The drafts a person keeps: each has a key of its own.
    pub async fn drafts_of(&self, person: PersonId) -> Result<Vec<Owner>, ReadError> {
        let saved = self.saved_of(person.bytes()).await?;
        Ok(saved.into_iter().map(|saved| saved.id).collect())
    }
}

fn hold(row: &crate::engine::Row) -> Result<Hold, ReadError> {
    let day = row.text(5)?;
    Ok(Hold {
        id: row.id16(0)?,
        petition: PetitionId(uuid::Uuid::from_bytes(row.id16(1)?)),
        by: row.id16(2)?,
        at: At(row.int(3)?),
        ground: row.text(4)?.to_owned(),
        until: day
            .parse()
            .map_err(|_| ReadError::Broken(format!("{day} is no day")))?,
        text: TextId(uuid::Uuid::from_bytes(row.id16(6)?)),
        lifted: Some(At(row.int(7)?)).filter(|at| at.0 != 0),
    })
}

//! 보안민원의 자리 — moving a petition from one place to another whole, and the looks that two people allowed.
//!
//! A move is copy, then delete, each one list of writes; repeating either changes nothing. What stays behind is a leaf for each
//! event (the sealed roots cover it), lines of the ledger, and a row that says why those leaves have no events.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Urgency, Value, Write};
use crate::journal::Entry;
use crate::place::Place;
use crate::seal::SealError;
use crate::vault::VaultError;
use crypto::place::Month;
use crypto::seal::Suite;
use domain::glass::GlassState;
use domain::id::{OfficialId, PetitionId, TextId};
use domain::petition::Petition;
use domain::tally::{Delta, deltas};
use domain::time::At;
use std::collections::BTreeMap;

/// 긴급 열람 — a look at a protected petition that one who is not entitled asks for and another allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glass {
    /// Identity, and owner of the key its words are sealed under.
    pub id: [u8; 16],
    /// The petition; `None` where the number asked for names none here.
    pub petition: Option<PetitionId>,
    /// Where number and reason lie.
    pub text: TextId,
    /// Who asks.
    pub asked_by: OfficialId,
    /// When.
    pub asked_at: At,
    /// Who decided, and when.
    pub decided: Option<(OfficialId, At)>,
    /// How it stands.
    pub state: GlassState,
    /// The first moment at which nothing is shown any more.
    pub ends_at: At,
}

/// Rows that go along as they are: how they are read, how they are written, how many columns they have.
const ALONG: &[(&str, &str, usize)] = &[
    (
        "SELECT id, owner, sealed FROM vault WHERE owner = $1",
        "INSERT INTO vault (id, owner, sealed) VALUES ($1, $2, $3)",
        3,
    ),
    (
        "SELECT id, once, petition, seq, template, to_kind, to_id, state, attempts, next_at, made_at, done_at, fault \
         FROM outbox WHERE petition = $1",
        "INSERT INTO outbox (id, once, petition, seq, template, to_kind, to_id, state, attempts, next_at, made_at, done_at, \
         fault) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        13,
    ),
    (
        "SELECT content, name, petition, came_at, standing, tries, next_at, scanned_at, signatures, found, decided_by, decided_at, \
         reason FROM file_scan WHERE petition = $1",
        "INSERT INTO file_scan (content, name, petition, came_at, standing, tries, next_at, scanned_at, signatures, found, \
         decided_by, decided_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        13,
    ),
    (EVENTS, EVENT, 12),
];

const EVENTS: &str = "SELECT petition, seq, v, name, by_kind, by_id, recorded_at, happened_at, happened_ground, body, hash, \
                      instead_of FROM event WHERE petition = $1 ORDER BY seq";
const EVENT: &str = "INSERT INTO event (petition, seq, v, name, by_kind, by_id, recorded_at, happened_at, happened_ground, body, \
                     hash, instead_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// What is cleared away once a petition lies elsewhere.
const LEFT: &[&str] = &[
    "DELETE FROM event WHERE petition = $1",
    "DELETE FROM unsealed WHERE petition = $1",
    "DELETE FROM head WHERE id = $1",
    "DELETE FROM involved WHERE petition = $1",
    "DELETE FROM awaited WHERE petition = $1",
    "DELETE FROM entrusted WHERE petition = $1",
    "DELETE FROM mailing WHERE petition = $1",
    "DELETE FROM hand_out WHERE petition = $1",
    "DELETE FROM issued WHERE petition = $1",
    "DELETE FROM published WHERE petition = $1",
    "DELETE FROM measured WHERE petition = $1",
    "DELETE FROM dossier WHERE petition = $1",
    "DELETE FROM old_number WHERE petition = $1",
    "DELETE FROM file_scan WHERE petition = $1",
    "DELETE FROM vault WHERE owner = $1",
    "DELETE FROM vault_key WHERE owner = $1",
    "DELETE FROM outbox WHERE petition = $1",
    "DELETE FROM moving WHERE petition = $1",
];

/// The numbers that each event of a petition changes.
fn changes(journal: &[Entry]) -> Result<Vec<Vec<Delta>>, ReadError> {
    let broken = || ReadError::Broken("an event of the journal does not follow".into());
    let mut before: Option<Petition> = None;
    let mut all = Vec::with_capacity(journal.len());
    for entry in journal {
        let after = match before.clone() {
            None => Petition::begin(&entry.recorded).map_err(|_| broken())?,
            Some(mut petition) => {
                petition.apply(&entry.recorded).map_err(|_| broken())?;
                petition
            }
        };
        all.push(deltas(before.as_ref(), &after));
        before = Some(after);
    }
    Ok(all)
}

impl Batch {
    /// Notes that a petition is where it belongs.
    pub fn at_rest(&mut self, petition: PetitionId) {
        self.add(
            "DELETE FROM moving WHERE petition = $1",
            crate::params![petition.bytes()],
        );
    }

    /// Notes that a petition has to be moved to where it belongs since this act.
    pub fn moving(&mut self, petition: PetitionId, now: At) {
        self.add(
            "INSERT INTO moving (petition, at) VALUES ($1, $2) ON CONFLICT (petition) DO NOTHING",
            crate::params![petition.bytes(), now.0],
        );
    }

    /// Changes the numbers at once, for events the sealer has folded in already.
    fn tallied(&mut self, changes: &BTreeMap<String, i64>, sign: i64) {
        for (key, n) in changes.iter().filter(|(_, n)| **n != 0) {
            self.add(
                "INSERT INTO tally (key, n) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET n = tally.n + excluded.n",
                crate::params![key, sign * n],
            );
        }
    }

    /// A look asked for.
    pub fn glass(&mut self, glass: &Glass) {
        self.add(
            "INSERT INTO glass (id, petition, text, asked_by, asked_at, decided_by, decided_at, state, ends_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            crate::params![
                glass.id,
                glass.petition.map_or(crate::head::NONE, PetitionId::bytes),
                glass.text.bytes(),
                glass.asked_by.bytes(),
                glass.asked_at.0,
                crate::head::NONE,
                0_i64,
                glass.state.code(),
                glass.ends_at.0
            ],
        );
    }

    /// Decides on one that is still open; a race when somebody else did.
    pub fn glass_decided(&mut self, id: [u8; 16], by: OfficialId, now: At, state: GlassState, ends_at: At) {
        let write = Write::new(
            "UPDATE glass SET decided_by = $1, decided_at = $2, state = $3, ends_at = $4 WHERE id = $5 AND state = $6",
            crate::params![
                by.bytes(),
                now.0,
                state.code(),
                ends_at.0,
                id,
                GlassState::Asked.code()
            ],
        );
        self.push(Purpose::Race, write.rows(1));
    }
}

impl Place {
    /// Petitions that have to be moved, the longest waiting first.
    pub async fn to_be_moved(&self, limit: u32) -> Result<Vec<PetitionId>, ReadError> {
        const SQL: &str = "SELECT petition FROM moving ORDER BY at, petition LIMIT $1";
        let rows = self.db.query(SQL, crate::params![limit]).await?;
        rows.iter()
            .map(|row| Ok(PetitionId(uuid::Uuid::from_bytes(row.id16(0)?))))
            .collect()
    }

    /// The identities of the petitions here after `after` that do not wait to be moved, in their order.
    pub async fn at_rest_after(
        &self,
        after: Option<PetitionId>,
        limit: u32,
    ) -> Result<Vec<PetitionId>, ReadError> {
        const SQL: &str = "SELECT id FROM head WHERE id > $1 \
            AND NOT EXISTS (SELECT 1 FROM moving m WHERE m.petition = head.id) ORDER BY id LIMIT $2";
        let after = after.map_or([0; 16], PetitionId::bytes);
        let rows = self.db.query(SQL, crate::params![after, limit]).await?;
        rows.iter()
            .map(|row| Ok(PetitionId(uuid::Uuid::from_bytes(row.id16(0)?))))
            .collect()
    }

    /// Copies a petition into `to`, its key wrapped anew there; `more` is stored with it (the petitioner, who is told). Nothing is
    /// done where it lies there already. The texts stay sealed all the way.
    pub async fn copy_to(
        &self,
        to: &Place,
        id: PetitionId,
        more: Batch,
        now: At,
        mut fill: impl FnMut(&mut [u8]) + Send,
    ) -> Result<(), SealError> {
        if to.head(id).await?.is_some() {
            return Ok(());
        }
        let Some(head) = self.head(id).await? else {
            return Ok(());
        };
        let journal = self.journal(id).await?;
        let changes = changes(&journal)?;
        to.ready(now, &mut fill).map_err(VaultError::from)?;
        let month = Month::of(now).ok_or(VaultError::NoKey)?;
        let key = self.key_of(id.bytes()).await?;
        let wrapped = to
            .keys
            .wrap(Suite::Standard, month, &key.owner, key.key(), &mut fill)
            .map_err(VaultError::from)?;
        let mut batch = more;
        batch.add(
            "INSERT INTO vault_key (owner, epoch, wrapped) VALUES ($1, $2, $3)",
            crate::params![key.owner, month.number(), wrapped],
        );
        // Events that were here before have their leaves; the others get theirs from the sealer.
        let leaves = to.leaves_of(id).await?;
        let mut at_once: BTreeMap<String, i64> = BTreeMap::new();
        for (entry, deltas) in journal.iter().zip(&changes) {
            batch.issued(&entry.recorded);
            let (seq, recorded_at) = (entry.recorded.seq, entry.recorded.recorded_at);
            if seq <= leaves {
                for delta in deltas {
                    *at_once.entry(delta.side.key()).or_default() += delta.by;
                }
                continue;
            }
            let body = serde_json::to_string(deltas).map_err(|e| ReadError::Broken(e.to_string()))?;
            batch.add(
                "INSERT INTO unsealed (recorded_at, petition, seq, deltas) VALUES ($1, $2, $3, $4)",
                crate::params![recorded_at.0, id.bytes(), seq, body],
            );
        }
        batch.tallied(&at_once, 1);
        for (read, written, columns) in ALONG.iter().chain(crate::sharing::ALONG) {
            for row in self.db.query(read, crate::params![id.bytes()]).await? {
                batch.add(written, raw(&row, *columns)?);
            }
        }
        batch
            .head_whole(&head.petition, &head.hash)
            .map_err(|e| ReadError::Broken(e.to_string()))?;
        batch.add(
            "DELETE FROM moved WHERE petition = $1",
            crate::params![id.bytes()],
        );
        Ok(to.commit(batch, Urgency::User).await?)
    }

    /// Clears a petition away that lies elsewhere now. Its leaves stay under the roots; its share of the numbers is taken out.
    pub async fn clear_away(&self, id: PetitionId, now: At) -> Result<(), SealError> {
        self.seal(now).await?;
        let journal = self.journal(id).await?;
        let mut numbers: BTreeMap<String, i64> = BTreeMap::new();
        for delta in changes(&journal)?.into_iter().flatten() {
            *numbers.entry(delta.side.key()).or_default() += delta.by;
        }
        let mut batch = Batch::new();
        if let Some(head) = self.head(id).await? {
            // Whatever was done to it in between must be carried over first.
            let guard = Write::new(
                "UPDATE head SET seq = seq WHERE id = $1 AND seq = $2",
                crate::params![id.bytes(), head.petition.seq],
            );
            batch.push(Purpose::Race, guard.rows(1));
            batch.tallied(&numbers, -1);
        }
        for sql in LEFT.iter().chain(crate::sharing::LEFT) {
            batch.add(sql, crate::params![id.bytes()]);
        }
        batch.add(
            "INSERT INTO moved (petition, at) VALUES ($1, $2) ON CONFLICT (petition) DO UPDATE SET at = excluded.at",
            crate::params![id.bytes(), now.0],
        );
        self.unindex(&[id.bytes()]).await?;
        Ok(self.commit(batch, Urgency::User).await?)
    }

    async fn leaves_of(&self, id: PetitionId) -> Result<u32, ReadError> {
        const SQL: &str = "SELECT count(*) FROM leaf WHERE petition = $1";
        let row = self.db.query_one(SQL, crate::params![id.bytes()]).await?;
        Ok(u32::try_from(row.int(0)?).unwrap_or(u32::MAX))
    }

    /// Looks asked for since `since`, newest first.
    pub async fn glasses(&self, since: At, limit: u32) -> Result<Vec<Glass>, ReadError> {
        const SQL: &str = "SELECT id, petition, text, asked_by, asked_at, decided_by, decided_at, state, ends_at FROM glass \
                           WHERE asked_at >= $1 ORDER BY asked_at DESC, id DESC LIMIT $2";
        let rows = self.db.query(SQL, crate::params![since.0, limit]).await?;
        rows.iter().map(glass).collect()
    }

    /// A look asked for.
    pub async fn glass(&self, id: [u8; 16]) -> Result<Option<Glass>, ReadError> {
        const SQL: &str = "SELECT id, petition, text, asked_by, asked_at, decided_by, decided_at, state, ends_at FROM glass \
                           WHERE id = $1";
        let row = self.db.query_optional(SQL, crate::params![id]).await?;
        row.as_ref().map(glass).transpose()
    }
}

/// The values of a row as they are.
fn raw(row: &Row, columns: usize) -> Result<Vec<Value>, ReadError> {
    (0..columns).map(|at| row.value(at)).collect()
}

fn glass(row: &Row) -> Result<Glass, ReadError> {
    let some = |id: [u8; 16]| {
        Some(id)
            .filter(|id| *id != crate::head::NONE)
            .map(uuid::Uuid::from_bytes)
    };
    let official = |at| Ok::<_, ReadError>(some(row.id16(at)?).map(OfficialId));
    Ok(Glass {
        id: row.id16(0)?,
        petition: some(row.id16(1)?).map(PetitionId),
        text: TextId(uuid::Uuid::from_bytes(row.id16(2)?)),
        asked_by: OfficialId(uuid::Uuid::from_bytes(row.id16(3)?)),
        asked_at: At(row.int(4)?),
        decided: official(5)?.zip(Some(At(row.int(6)?))),
        state: (row.text(7)?.parse()).map_err(|_| ReadError::Broken("a look is in no state".into()))?,
        ends_at: At(row.int(8)?),
    })
}

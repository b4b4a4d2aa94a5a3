//! 옮기기 — a petition goes from one place to another whole.
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
use domain::access::Sight;
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::tally::{Delta, deltas};
use domain::time::At;
use std::collections::{BTreeMap, BTreeSet};

/// Rows that go along as they are: how they are read, how they are written, how many columns they have.
const ALONG: &[(&str, &str, usize)] = &[
    (
        // Where the content of a file lies in the store of attachments, the row that names it goes along, and the object stays.
        "SELECT id, owner, sealed, object FROM vault WHERE owner = $1",
        "INSERT INTO vault (id, owner, sealed, object) VALUES ($1, $2, $3, $4)",
        4,
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
    (
        "SELECT petition, approval, state, approved_at, handed_at FROM dossier WHERE petition = $1",
        "INSERT INTO dossier (petition, approval, state, approved_at, handed_at) VALUES ($1, $2, $3, $4, $5)",
        5,
    ),
    (
        "SELECT lookup, petition FROM old_number WHERE petition = $1",
        "INSERT INTO old_number (lookup, petition) VALUES ($1, $2)",
        2,
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
    "DELETE FROM involved_open WHERE petition = $1",
    "DELETE FROM awaited WHERE petition = $1",
    "DELETE FROM entrusted WHERE petition = $1",
    "DELETE FROM mailing WHERE petition = $1",
    "DELETE FROM proceeding WHERE petition = $1",
    "DELETE FROM proceeding_member WHERE petition = $1",
    "DELETE FROM hour WHERE petition = $1",
    "DELETE FROM survey_mark WHERE petition = $1",
    "DELETE FROM hand_out WHERE petition = $1",
    "DELETE FROM issued WHERE petition = $1",
    "DELETE FROM published WHERE petition = $1",
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

    /// Whether a petition has to be moved.
    pub async fn is_to_be_moved(&self, petition: PetitionId) -> Result<bool, ReadError> {
        const SQL: &str = "SELECT 1 FROM moving WHERE petition = $1";
        let row = self.db.query_optional(SQL, crate::params![petition.bytes()]);
        Ok(row.await?.is_some())
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
    /// done where it lies there already. The texts stay sealed all the way. Gives the last event of what lies there now; `None`
    /// where the petition lies in neither place.
    pub async fn copy_to(
        &self,
        to: &Place,
        id: PetitionId,
        more: Batch,
        now: At,
        urgency: Urgency,
        mut fill: impl FnMut(&mut [u8]) + Send,
    ) -> Result<Option<u32>, SealError> {
        if let Some(there) = to.head(id).await? {
            return Ok(Some(there.petition.seq));
        }
        let Some(head) = self.head(id).await? else {
            return Ok(None);
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
        // Events that were here before have their leaves; the others get theirs from the sealer. The numbers come along at once: no
        // sum over both places may miss them for a moment.
        let leaves = to.leaves_of(id).await?;
        let mut at_once: BTreeMap<String, i64> = BTreeMap::new();
        for (entry, deltas) in journal.iter().zip(&changes) {
            batch.issued(&entry.recorded);
            for delta in deltas {
                *at_once.entry(delta.side.key()).or_default() += delta.by;
            }
            let (seq, recorded_at) = (entry.recorded.seq, entry.recorded.recorded_at);
            if seq > leaves {
                batch.add(
                    "INSERT INTO unsealed (recorded_at, petition, seq, deltas) VALUES ($1, $2, $3, '[]')",
                    crate::params![recorded_at.0, id.bytes(), seq],
                );
            }
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
        to.commit(batch, urgency).await?;
        if leaves > 0 {
            // The index follows the leaves and has passed these already.
            to.index_again(id).await?;
        }
        Ok(Some(head.petition.seq))
    }

    /// Clears a petition away that lies elsewhere now. Its leaves stay under the roots; its share of the numbers is taken out, and
    /// `more` is stored with that. `copied` is its last event there: a conflict when another came since, which is nowhere else.
    pub async fn clear_away(
        &self,
        id: PetitionId,
        copied: u32,
        more: Batch,
        now: At,
        urgency: Urgency,
    ) -> Result<(), SealError> {
        self.seal(now).await?;
        let journal = self.journal(id).await?;
        let mut numbers: BTreeMap<String, i64> = BTreeMap::new();
        for delta in changes(&journal)?.into_iter().flatten() {
            *numbers.entry(delta.side.key()).or_default() += delta.by;
        }
        let mut batch = more;
        if self.head(id).await?.is_some() {
            let guard = Write::new(
                "UPDATE head SET seq = seq WHERE id = $1 AND seq = $2",
                crate::params![id.bytes(), copied],
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
        let cleared = self.commit(batch, urgency).await;
        if cleared.is_err() {
            self.index_again(id).await?;
        }
        Ok(cleared?)
    }

    /// Petitions that ended before `before`, behind `after`, by identity, of which nothing is under way in this place: no key is gone or
    /// kept apart, and no destruction, hold, disposal, notice, scan or look-up waits.
    pub async fn resting(
        &self,
        before: At,
        after: Option<PetitionId>,
        limit: u32,
    ) -> Result<Vec<Petition>, ReadError> {
        const SQL: &str = "SELECT h.state FROM head h WHERE h.is_open = 0 AND h.act_by = $1 AND h.id > $2 AND h.concluded_at < $3 \
            AND EXISTS (SELECT 1 FROM vault_key k WHERE k.owner = h.id AND k.apart = 0) \
            AND NOT EXISTS (SELECT 1 FROM destroyed d WHERE d.owner = h.id) \
            AND NOT EXISTS (SELECT 1 FROM legal_hold l WHERE l.petition = h.id AND l.lifted_at = 0) \
            AND NOT EXISTS (SELECT 1 FROM retention_anew a WHERE a.petition = h.id) \
            AND NOT EXISTS (SELECT 1 FROM disposal_item i JOIN disposal o ON o.id = i.disposal \
                            WHERE i.petition = h.id AND (o.state <> 'done' OR o.carried = 0)) \
            AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.petition = h.id AND x.state = 'waiting') \
            AND NOT EXISTS (SELECT 1 FROM file_scan f WHERE f.petition = h.id AND f.standing = 'waiting') \
            AND NOT EXISTS (SELECT 1 FROM shared_look s WHERE s.petition = h.id AND s.state = 'asked') \
            AND NOT EXISTS (SELECT 1 FROM moving m WHERE m.petition = h.id) \
            ORDER BY h.id LIMIT $4";
        let after = after.map_or(crate::head::NONE, PetitionId::bytes);
        // Nothing runs any more, so that the index of the lists finds them.
        let params = crate::params![At::NEVER.0, after, before.0, limit];
        let rows = self.db.query(SQL, params).await?;
        rows.iter().map(|row| crate::head::petition(row, 0)).collect()
    }

    /// Those of these petitions that lay here once and were moved away.
    pub async fn moved_away(&self, ids: &[[u8; 16]]) -> Result<Vec<[u8; 16]>, ReadError> {
        const SQL: &str = "SELECT petition FROM moved WHERE petition = $1";
        let mut been = Vec::new();
        for id in ids {
            if self.db.query_optional(SQL, crate::params![*id]).await?.is_some() {
                been.push(*id);
            }
        }
        Ok(been)
    }

    /// Those of these petitions that lie here.
    pub async fn here_of(&self, ids: &[PetitionId]) -> Result<BTreeSet<PetitionId>, ReadError> {
        let sight = Sight {
            all: true,
            ..Sight::default()
        };
        let found = self.petitions(ids, &sight).await?;
        Ok(found.into_iter().map(|petition| petition.id).collect())
    }

    async fn leaves_of(&self, id: PetitionId) -> Result<u32, ReadError> {
        const SQL: &str = "SELECT count(*) FROM leaf WHERE petition = $1";
        let row = self.db.query_one(SQL, crate::params![id.bytes()]).await?;
        Ok(u32::try_from(row.int(0)?).unwrap_or(u32::MAX))
    }
}

/// The values of a row as they are.
fn raw(row: &Row, columns: usize) -> Result<Vec<Value>, ReadError> {
    (0..columns).map(|at| row.value(at)).collect()
}

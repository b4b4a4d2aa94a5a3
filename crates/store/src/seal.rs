//! 봉인 — committed events get their leaf numbers, are folded into the tallies, and are signed under a Merkle root.
//!
//! Only the sealer's order counts across petitions. Every step is one list checked against the sealer's own position, so
//! two sealers at once do no harm: one of them loses the race and finds the work done.

use crate::batch::{Batch, CommitFault, Purpose};
use crate::engine::{Ask, ReadError, Urgency, Write};
use crate::place::Place;
use crypto::attestation::{RootStatement, Signed};
use crypto::merkle;
use crypto::sign::Public;
use domain::id::PetitionId;
use domain::tally::Delta;
use domain::time::At;
use std::collections::BTreeMap;

/// Leaves sealed in one list.
const PIECE: u32 = 400;

/// A signed root over the leaves `first .. next`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The place whose events they are.
    pub place: &'static str,
    /// 1, 2, …
    pub no: u64,
    /// First leaf under it.
    pub first: u64,
    /// The leaf after the last one under it.
    pub next: u64,
    /// Merkle root (RFC 6962) over the links of the events.
    pub merkle: [u8; 32],
    /// The link of the root before; zeros for the first.
    pub previous: [u8; 32],
    /// When it was signed.
    pub signed_at: At,
    /// Signature over the statement.
    pub signature: Vec<u8>,
    /// Public key, SEC1.
    pub signer: Vec<u8>,
}

impl Root {
    /// What is signed.
    pub fn statement(&self) -> RootStatement {
        RootStatement {
            place: self.place,
            number: self.no,
            first_leaf: self.first,
            leaves: self.next - self.first,
            root: self.merkle,
            previous: self.previous,
            drawn_at: self.signed_at,
        }
    }

    /// Whether the signature is of the named key over this root.
    pub fn is_signed(&self) -> bool {
        match (
            Public::from_sec1(&self.signer),
            Signed::from_slice(&self.signature),
        ) {
            (Some(public), Some(signed)) => self.statement().verify(&public, &signed),
            _ => false,
        }
    }
}

/// Why sealing stopped.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// A read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A commit.
    #[error(transparent)]
    Commit(#[from] CommitFault),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] crate::vault::VaultError),
}

/// A stored root of what is signed as `place`.
pub(crate) fn root(place: &'static str, row: &crate::engine::Row) -> Result<Root, ReadError> {
    Ok(Root {
        place,
        no: row.int(0)?.unsigned_abs(),
        first: row.int(1)?.unsigned_abs(),
        next: row.int(2)?.unsigned_abs(),
        merkle: row.hash32(3)?,
        previous: row.hash32(4)?,
        signed_at: At(row.int(5)?),
        signature: row.bytes(6)?.to_vec(),
        signer: row.bytes(7)?.to_vec(),
    })
}

impl Place {
    /// Seals everything that waits. Gives the number of events sealed; 0 also when another sealer was faster.
    pub async fn seal(&self, now: At) -> Result<u64, SealError> {
        let mut sealed = 0;
        loop {
            match self.seal_piece(now).await {
                // A piece that is not full was everything that waited. Going on while others file would never end, and the
                // index behind us would wait for it.
                Ok(n) if n < u64::from(PIECE) => return Ok(sealed + n),
                Ok(n) => sealed += n,
                Err(SealError::Commit(CommitFault::Conflict)) => return Ok(sealed),
                Err(error) => return Err(error),
            }
        }
    }

    async fn seal_piece(&self, now: At) -> Result<u64, SealError> {
        let next = self.sealed().await?;
        const WAITING: &str = "SELECT u.recorded_at, u.petition, u.seq, u.deltas, e.hash FROM unsealed u \
            JOIN event e ON e.petition = u.petition AND e.seq = u.seq \
            ORDER BY u.recorded_at, u.petition, u.seq LIMIT $1";
        let rows = self.db.query(WAITING, crate::params![PIECE]).await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let mut batch = Batch::new();
        let position = Write::new(
            "UPDATE seal SET next = $1, at = $2 WHERE id = 1 AND next = $3",
            crate::params![(next + rows.len() as u64) as i64, now.0, next as i64],
        );
        batch.push(Purpose::Race, position.rows(1));
        let mut changes: BTreeMap<String, i64> = BTreeMap::new();
        // Statement by statement: the engine takes rows of the same one together.
        for row in &rows {
            let deltas: Vec<Delta> = serde_json::from_str(row.text(3)?)
                .map_err(|error| ReadError::Broken(format!("deltas cannot be read: {error}")))?;
            for delta in deltas {
                *changes.entry(delta.side.key()).or_default() += delta.by;
            }
        }
        for (n, row) in rows.iter().enumerate() {
            batch.add(
                "INSERT INTO leaf (n, petition, seq, hash) VALUES ($1, $2, $3, $4)",
                crate::params![
                    (next + n as u64) as i64,
                    row.id16(1)?,
                    row.int(2)?,
                    row.hash32(4)?
                ],
            );
        }
        for row in &rows {
            batch.add(
                "DELETE FROM unsealed WHERE recorded_at = $1 AND petition = $2 AND seq = $3",
                crate::params![row.int(0)?, row.id16(1)?, row.int(2)?],
            );
        }
        for (key, by) in changes.into_iter().filter(|(_, by)| *by != 0) {
            batch.add(
                "INSERT INTO tally (key, n) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET n = tally.n + excluded.n",
                crate::params![key, by],
            );
        }
        self.commit(batch, Urgency::Bulk).await?;
        Ok(rows.len() as u64)
    }

    /// How many leaves there are.
    pub async fn sealed(&self) -> Result<u64, ReadError> {
        let row = self
            .db
            .query_one("SELECT next FROM seal WHERE id = 1", Vec::new())
            .await?;
        Ok(row.int(0)?.unsigned_abs())
    }

    /// When the numbers were last brought up to date.
    pub async fn sealed_at(&self) -> Result<At, ReadError> {
        let row = self
            .db
            .query_one("SELECT at FROM seal WHERE id = 1", Vec::new())
            .await?;
        Ok(At(row.int(0)?))
    }

    /// The links of the leaves `first .. next`.
    pub async fn leaves(&self, first: u64, next: u64) -> Result<Vec<[u8; 32]>, ReadError> {
        const SQL: &str = "SELECT hash FROM leaf WHERE n >= $1 AND n < $2 ORDER BY n";
        let rows = self
            .db
            .query(SQL, crate::params![first as i64, next as i64])
            .await?;
        rows.iter().map(|row| row.hash32(0)).collect()
    }

    /// The leaf of an event, once sealed.
    pub async fn leaf_of(&self, petition: PetitionId, seq: u32) -> Result<Option<u64>, ReadError> {
        const SQL: &str = "SELECT n FROM leaf WHERE petition = $1 AND seq = $2";
        let row = self
            .db
            .query_optional(SQL, crate::params![petition.bytes(), seq])
            .await?;
        row.map(|row| Ok(row.int(0)?.unsigned_abs())).transpose()
    }

    /// Signs a root over all leaves since the last one; `None` when there are none.
    pub async fn draw_root(&self, now: At) -> Result<Option<Root>, SealError> {
        let last = self.last_root().await?;
        let first = last.as_ref().map_or(0, |root| root.next);
        let next = self.sealed().await?;
        if next == first {
            return Ok(None);
        }
        let tree = merkle::root(&self.tree(first, next).await?);
        let root = self.signed(self.name.name(), last.as_ref(), next, tree, now);
        const SQL: &str = "INSERT INTO root (no, first, next, merkle, previous, signed_at, signature, signer) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        self.keep_root(SQL, root).await
    }

    /// A root over everything after the last one up to `next`, signed.
    pub(crate) fn signed(
        &self,
        place: &'static str,
        last: Option<&Root>,
        next: u64,
        merkle: merkle::Hash,
        now: At,
    ) -> Root {
        let mut root = Root {
            place,
            no: last.map_or(0, |root| root.no) + 1,
            first: last.map_or(0, |root| root.next),
            next,
            merkle,
            previous: last.map_or([0; 32], |root| root.statement().link()),
            signed_at: now,
            signature: Vec::new(),
            signer: self.keys.signer.public().to_sec1(),
        };
        root.signature = root.statement().sign(&self.keys.signer).to_bytes().to_vec();
        root
    }

    /// Writes a root down; `None` when another sealer was faster.
    pub(crate) async fn keep_root(
        &self,
        insert: &'static str,
        root: Root,
    ) -> Result<Option<Root>, SealError> {
        let mut batch = Batch::new();
        batch.add(
            insert,
            crate::params![
                root.no as i64,
                root.first as i64,
                root.next as i64,
                root.merkle,
                root.previous,
                root.signed_at.0,
                root.signature.clone(),
                root.signer.clone()
            ],
        );
        match self.commit(batch, Urgency::Bulk).await {
            Ok(()) => Ok(Some(root)),
            Err(CommitFault::Conflict) => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }

    /// The leaf hashes of the Merkle tree over `first .. next`.
    pub async fn tree(&self, first: u64, next: u64) -> Result<Vec<merkle::Hash>, ReadError> {
        Ok(self
            .leaves(first, next)
            .await?
            .iter()
            .map(|link| merkle::leaf(link))
            .collect())
    }

    /// The last signed root.
    pub async fn last_root(&self) -> Result<Option<Root>, ReadError> {
        Ok(self.roots(1).await?.pop())
    }

    /// The newest roots, newest first.
    pub async fn roots(&self, limit: u32) -> Result<Vec<Root>, ReadError> {
        const SQL: &str = "SELECT no, first, next, merkle, previous, signed_at, signature, signer FROM root \
                           ORDER BY no DESC LIMIT $1";
        let rows = self.db.query(SQL, crate::params![limit]).await?;
        rows.iter().map(|row| root(self.name.name(), row)).collect()
    }

    /// How many leaves no longer have the event, or the link, they were given to.
    pub async fn strayed_leaves(&self) -> Result<u64, ReadError> {
        const SQL: &str = "SELECT count(*) FROM leaf l LEFT JOIN event e ON e.petition = l.petition AND e.seq = l.seq \
                           WHERE (e.hash IS NULL AND NOT EXISTS (SELECT 1 FROM moved m WHERE m.petition = l.petition)) \
                           OR e.hash <> l.hash";
        Ok(self.db.query_one(SQL, Vec::new()).await?.int(0)?.unsigned_abs())
    }

    /// How many events have neither a leaf nor a place among those that wait for one, and how many leaves are missing of
    /// those the sealer counted.
    pub async fn unaccounted(&self) -> Result<(u64, u64), ReadError> {
        const EVENTS: &str = "SELECT count(*) FROM event e \
            WHERE NOT EXISTS (SELECT 1 FROM leaf l WHERE l.petition = e.petition AND l.seq = e.seq) \
            AND NOT EXISTS (SELECT 1 FROM unsealed u WHERE u.petition = e.petition AND u.seq = e.seq \
                AND u.recorded_at = e.recorded_at)";
        const LEAVES: &str =
            "SELECT s.next - (SELECT count(*) FROM leaf l WHERE l.n < s.next) FROM seal s WHERE s.id = 1";
        let events = self.db.query_one(EVENTS, Vec::new()).await?.int(0)?;
        let leaves = self.db.query_one(LEAVES, Vec::new()).await?.int(0)?;
        Ok((events.unsigned_abs(), leaves.unsigned_abs()))
    }

    /// Whether the root carries the signature of this place's own key: a signature of any other key proves nothing.
    pub fn signed_here(&self, root: &Root) -> bool {
        root.signer == self.keys.signer.public().to_sec1() && root.is_signed()
    }

    /// All numbers whose key begins with `prefix`, by key.
    pub async fn tallies(&self, prefix: &str) -> Result<BTreeMap<String, i64>, ReadError> {
        const SQL: &str = "SELECT key, n FROM tally WHERE key >= $1 AND key < $2 ORDER BY key";
        let end = format!("{prefix}\u{10FFFF}");
        let rows = self.db.query(SQL, crate::params![prefix, end]).await?;
        rows.iter()
            .map(|row| Ok((row.text(0)?.to_owned(), row.int(1)?)))
            .collect()
    }

    /// How many petitions stand in each life, counted one by one; for verification.
    pub async fn counted_by_life(&self) -> Result<BTreeMap<String, i64>, ReadError> {
        let rows = self
            .db
            .query("SELECT life, count(*) FROM head GROUP BY life", Vec::new())
            .await?;
        rows.iter()
            .map(|row| Ok((row.text(0)?.to_owned(), row.int(1)?)))
            .collect()
    }

    /// The first petition whose identity was made at this moment or later; for samples spread over the years.
    pub async fn petition_since(&self, at: At) -> Result<Option<PetitionId>, ReadError> {
        const SQL: &str = "SELECT id FROM head WHERE id >= $1 ORDER BY id LIMIT 1";
        let mut least = [0; 16];
        least[..6].copy_from_slice(&at.0.to_be_bytes()[2..]);
        let row = self.db.query_optional(SQL, crate::params![least]).await?;
        row.map(|row| Ok(PetitionId(uuid::Uuid::from_bytes(row.id16(0)?))))
            .transpose()
    }

    /// Puts recounted numbers in the place of the stored ones, if the sealer has not moved since `sealed`.
    pub async fn replace_tallies(
        &self,
        numbers: &BTreeMap<String, i64>,
        sealed: u64,
    ) -> Result<(), CommitFault> {
        let mut batch = Batch::new();
        let guard = Write::new(
            "UPDATE seal SET at = at WHERE id = 1 AND next = $1",
            crate::params![sealed as i64],
        );
        batch.push(Purpose::Race, guard.rows(1));
        batch.add("DELETE FROM tally", Vec::new());
        for (key, n) in numbers.iter().filter(|(_, n)| **n != 0) {
            batch.add(
                "INSERT INTO tally (key, n) VALUES ($1, $2)",
                crate::params![key, *n],
            );
        }
        self.commit(batch, Urgency::Bulk).await
    }
}

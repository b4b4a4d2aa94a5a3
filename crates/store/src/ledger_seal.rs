//! 접속기록의 봉인 — lines of the ledger get leaves in the order they are found, and signed Merkle roots over them
//! (개인정보의 안전성 확보조치 기준 제8조제3항: 위·변조, 도난, 분실되지 않도록 보관).
//!
//! No look waits for another: a line is stored without a number, and the sealer gives it one afterwards. Until then, a few seconds,
//! only the database vouches for it; until the next root, an hour at most, whoever may write to the database could put other
//! leaves in. What is under a root cannot be changed, removed, added to or put in another order without the signer's key.

use crate::batch::{Batch, CommitFault, Purpose};
use crate::engine::{Ask, ReadError, Row, Urgency, Write};
use crate::place::{Place, PlaceName};
use crate::seal::{Root, SealError};
use crypto::merkle;
use domain::time::At;

/// Lines sealed in one list.
const PIECE: u32 = 400;
/// Lines checked in one step.
const CHECKED: u64 = 2_000;
/// A line may be sealed so much later than it was written before it counts as put in afterwards: a sealer can have been away.
const LATE: i64 = 24 * 3_600_000;

/// What a check of the ledger found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerReport {
    /// Lines whose leaf holds.
    pub lines: u64,
    /// Lines not sealed yet.
    pub unsealed: u64,
    /// Roots that hold.
    pub roots: u64,
    /// Number and link of the last root, to be kept outside.
    pub last: Option<(u64, [u8; 32])>,
    /// What is wrong, one sentence each.
    pub faults: Vec<String>,
}

const LINE: &str = "id, at, by_kind, by_id, deed, petition, origin, n";

/// The leaf of a line under its number: every column of it.
fn hash(number: u64, row: &Row, from: usize) -> Result<[u8; 32], ReadError> {
    Ok(crypto::hash::sha256(
        "minwon ledger line",
        &[
            &number.to_be_bytes(),
            &row.id16(from)?,
            &row.int(from + 1)?.to_be_bytes(),
            row.text(from + 2)?.as_bytes(),
            &row.id16(from + 3)?,
            row.text(from + 4)?.as_bytes(),
            &row.id16(from + 5)?,
            row.bytes(from + 6)?,
            &row.int(from + 7)?.to_be_bytes(),
        ],
    ))
}

impl Place {
    /// What roots of this ledger are signed as.
    fn ledger_name(&self) -> &'static str {
        match self.name {
            PlaceName::Live => "live ledger",
            PlaceName::Archive => "archive ledger",
            PlaceName::Protected => "protected ledger",
        }
    }

    /// The next leaf, and the first one still kept.
    pub async fn ledger_state(&self) -> Result<(u64, u64), ReadError> {
        const SQL: &str = "SELECT next, kept FROM ledger_state WHERE id = 1";
        let row = self.db.query_one(SQL, Vec::new()).await?;
        Ok((row.int(0)?.unsigned_abs(), row.int(1)?.unsigned_abs()))
    }

    /// Gives leaves to the lines that have none; gives how many. 0 also when another sealer was faster.
    pub async fn seal_ledger(&self) -> Result<u64, SealError> {
        let mut sealed = 0;
        loop {
            let (next, _) = self.ledger_state().await?;
            let sql = format!("SELECT {LINE} FROM ledger WHERE leaf = -1 ORDER BY at, id LIMIT $1");
            let rows = self.db.query_text(sql, crate::params![PIECE]).await?;
            if rows.is_empty() {
                return Ok(sealed);
            }
            let mut batch = Batch::new();
            let position = Write::new(
                "UPDATE ledger_state SET next = $1 WHERE id = 1 AND next = $2",
                crate::params![(next + rows.len() as u64) as i64, next as i64],
            );
            batch.push(Purpose::Race, position.rows(1));
            for (number, row) in (next..).zip(&rows) {
                batch.add(
                    "INSERT INTO ledger_leaf (n, id, hash) VALUES ($1, $2, $3)",
                    crate::params![number as i64, row.id16(0)?, hash(number, row, 0)?],
                );
                // By its identity: `leaf = -1` would lead PostgreSQL through the index of unsealed lines, which is in another order and full of
                // those that were sealed since the last vacuum.
                let numbered = Write::new(
                    "UPDATE ledger SET leaf = $1 WHERE id = $2 AND leaf < 0",
                    crate::params![number as i64, row.id16(0)?],
                );
                batch.push(Purpose::Race, numbered.rows(1));
            }
            match self.commit(batch, Urgency::Bulk).await {
                Ok(()) => sealed += rows.len() as u64,
                Err(CommitFault::Conflict) => return Ok(sealed),
                Err(fault) => return Err(fault.into()),
            }
            if rows.len() < PIECE as usize {
                return Ok(sealed);
            }
        }
    }

    /// Signs a root over all leaves since the last one; `None` when there are none.
    pub async fn draw_ledger_root(&self, now: At) -> Result<Option<Root>, SealError> {
        let last = self.ledger_roots(1).await?.pop();
        let first = last.as_ref().map_or(0, |root| root.next);
        let (next, _) = self.ledger_state().await?;
        if next == first {
            return Ok(None);
        }
        let tree = self.ledger_tree(first, next).await?;
        let root = self.signed(self.ledger_name(), last.as_ref(), next, tree, now);
        const SQL: &str = "INSERT INTO ledger_root (no, first, next, merkle, previous, signed_at, signature, signer) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        self.keep_root(SQL, root).await
    }

    async fn ledger_tree(&self, first: u64, next: u64) -> Result<merkle::Hash, ReadError> {
        const SQL: &str = "SELECT hash FROM ledger_leaf WHERE n >= $1 AND n < $2 ORDER BY n";
        let rows = (self.db)
            .query(SQL, crate::params![first as i64, next as i64])
            .await?;
        let leaves: Vec<merkle::Hash> = (rows.iter())
            .map(|row| Ok(merkle::leaf(&row.hash32(0)?)))
            .collect::<Result<_, ReadError>>()?;
        Ok(merkle::root(&leaves))
    }

    /// The newest roots of the ledger, newest first.
    pub async fn ledger_roots(&self, limit: u32) -> Result<Vec<Root>, ReadError> {
        const SQL: &str = "SELECT no, first, next, merkle, previous, signed_at, signature, signer FROM ledger_root \
                           ORDER BY no DESC LIMIT $1";
        let rows = self.db.query(SQL, crate::params![limit]).await?;
        rows.iter()
            .map(|row| crate::seal::root(self.ledger_name(), row))
            .collect()
    }

    /// Removes the lines under every root that was signed before `before`; the roots stay. Gives how many lines went.
    pub async fn forget_ledger(&self, before: At) -> Result<u64, SealError> {
        const SQL: &str = "SELECT coalesce(max(next), 0) FROM ledger_root WHERE signed_at < $1";
        let row = self.db.query_one(SQL, crate::params![before.0]).await?;
        let (until, (_, kept)) = (row.int(0)?.unsigned_abs(), self.ledger_state().await?);
        if until <= kept {
            return Ok(0);
        }
        let mut batch = Batch::new();
        let moved = Write::new(
            "UPDATE ledger_state SET kept = $1 WHERE id = 1 AND kept = $2",
            crate::params![until as i64, kept as i64],
        );
        batch.push(Purpose::Race, moved.rows(1));
        batch.add(
            "DELETE FROM ledger WHERE leaf >= $1 AND leaf < $2",
            crate::params![kept as i64, until as i64],
        );
        batch.add(
            "DELETE FROM ledger_leaf WHERE n >= $1 AND n < $2",
            crate::params![kept as i64, until as i64],
        );
        match self.commit(batch, Urgency::Bulk).await {
            Ok(()) => Ok(until - kept),
            Err(CommitFault::Conflict) => Ok(0),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Checks the ledger against its leaves and roots. Lines may have been removed only under roots signed before `removable`.
    pub async fn check_ledger(&self, removable: At) -> Result<LedgerReport, ReadError> {
        let mut report = LedgerReport::default();
        let (next, kept) = self.ledger_state().await?;
        let mut roots = self.ledger_roots(u32::MAX >> 1).await?;
        roots.reverse();
        self.check_ledger_roots(&roots, (next, kept), removable, &mut report)
            .await?;
        // The root before tells when a line must have been there.
        let mut earlier = (roots.iter().zip(roots.iter().skip(1)))
            .map(|(before, root)| (root.first, root.next, before.signed_at))
            .peekable();
        let sql = format!(
            "SELECT f.n, f.hash, l.leaf, {} FROM ledger_leaf f LEFT JOIN ledger l ON l.id = f.id \
             WHERE f.n >= $1 AND f.n < $2 ORDER BY f.n",
            LINE.split(", ")
                .map(|column| format!("l.{column}"))
                .collect::<Vec<_>>()
                .join(", ")
        );
        let mut from = kept;
        while from < next {
            let until = (from + CHECKED).min(next);
            let rows = (self.db)
                .query_text(sql.clone(), crate::params![from as i64, until as i64])
                .await?;
            if (rows.len() as u64) < until - from {
                let gone = until - from - rows.len() as u64;
                report
                    .faults
                    .push(format!("{gone} leaves of the ledger are missing from {from} on"));
            }
            for row in &rows {
                let number = row.int(0)?.unsigned_abs();
                if row.opt_int(2)?.is_none() {
                    report
                        .faults
                        .push(format!("line {number} of the ledger was removed"));
                    continue;
                }
                if row.int(2)? != number as i64 || hash(number, row, 3)? != row.hash32(1)? {
                    report
                        .faults
                        .push(format!("line {number} of the ledger was changed"));
                    continue;
                }
                while earlier.peek().is_some_and(|(_, next, _)| *next <= number) {
                    earlier.next();
                }
                if let Some((first, _, signed)) = earlier.peek()
                    && *first <= number
                    && At(row.int(4)?) < signed.plus(-LATE)
                {
                    report
                        .faults
                        .push(format!("line {number} of the ledger was put in afterwards"));
                    continue;
                }
                report.lines += 1;
            }
            from = until;
        }
        const NUMBERED: &str = "SELECT count(*) FROM ledger WHERE leaf >= 0";
        const WITHOUT: &str = "SELECT count(*) FROM ledger WHERE leaf = -1";
        let numbered = self.db.query_one(NUMBERED, Vec::new()).await?.int(0)?;
        report.unsealed = (self.db.query_one(WITHOUT, Vec::new()).await?.int(0)?).unsigned_abs();
        let leaves = next - kept;
        if numbered.unsigned_abs() > leaves {
            report.faults.push(format!(
                "{} lines of the ledger were put in without the sealer",
                numbered.unsigned_abs() - leaves
            ));
        }
        Ok(report)
    }

    async fn check_ledger_roots(
        &self,
        roots: &[Root],
        (sealed, kept): (u64, u64),
        removable: At,
        report: &mut LedgerReport,
    ) -> Result<(), ReadError> {
        let (mut next, mut previous) = (0, [0; 32]);
        for root in roots {
            let mut holds = self.signed_here(root) && root.first == next && root.previous == previous;
            if root.next <= kept {
                holds &= root.signed_at < removable;
            } else {
                holds &= root.first >= kept && self.ledger_tree(root.first, root.next).await? == root.merkle;
            }
            if holds {
                report.roots += 1;
            } else {
                report
                    .faults
                    .push(format!("root {} of the ledger does not hold", root.no));
            }
            (next, previous) = (root.next, root.statement().link());
            report.last = Some((root.no, previous));
        }
        if next > sealed || kept > next {
            report
                .faults
                .push("the ledger ends before its last root".to_owned());
        }
        Ok(())
    }
}

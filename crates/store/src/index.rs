//! 색인 — the blind index: keyed tokens of sealed texts, as sets without order or count; derived, rebuilt from the vault.
//!
//! The tokens are made in `domain::search`; here they are keyed, laid down and asked. A candidate is only a candidate:
//! `app` opens its text and checks. What the index leaks is said in `docs/security.md`.

use crate::batch::CommitFault;
use crate::engine::{Ask, CommitError, Dialect, ReadError, Row, Urgency, Value, Write};
use crate::journal;
use crate::place::Place;
use crate::seal::SealError;
use domain::event::Event;
use domain::form::Record;
use domain::id::PetitionId;
use domain::search::{Query, tokens};
use domain::text::Text;
use std::collections::BTreeSet;

/// Leaves looked at in one step.
const PIECE: u32 = 400;
/// 구간: PostgreSQL finds an entry by its words and by the stretch of so many leaves (a power of two) it lies in. No word is so small
/// a number: words are 64 bits of a keyed hash.
const BLOCK: u32 = 14;
/// So many of the newest stretches are searched first, and at least so many together after that. How many hold a page is then told by how
/// many hits they had; a word that is in none of them is in few texts altogether.
const BLOCKS: u64 = 2;
/// Leaves with their events.
const LEAVES: &str = "SELECT e.petition, e.seq, e.v, e.by_kind, e.by_id, e.recorded_at, e.happened_at, e.happened_ground, e.body, \
                      e.hash, e.instead_of, l.n FROM leaf l JOIN event e ON e.petition = l.petition AND e.seq = l.seq";

/// A petition that may hold what was asked for, by the event whose text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The leaf of the event; newer ones are greater.
    pub leaf: u64,
    /// The petition.
    pub petition: PetitionId,
}

impl Place {
    /// Brings the index up to the sealer. Gives the number of leaves looked at.
    pub async fn index(&self) -> Result<u64, SealError> {
        let mut done = 0;
        loop {
            match self.index_piece().await {
                Ok(n) if n < u64::from(PIECE) => return Ok(done + n),
                Ok(n) => done += n,
                Err(SealError::Commit(CommitFault::Conflict)) => return Ok(done),
                Err(error) => return Err(error),
            }
        }
    }

    async fn index_piece(&self) -> Result<u64, SealError> {
        let next = self.indexed().await?;
        let sql = format!("{LEAVES} WHERE l.n >= $1 ORDER BY l.n LIMIT $2");
        let rows = (self.db)
            .query_text(sql, crate::params![next as i64, PIECE])
            .await?;
        // Leaves of petitions that were moved away have no event here: the position follows the leaves, not their number.
        let Some(last) = rows.last().map(|row| row.int(11)).transpose()? else {
            return Ok(0);
        };
        let mut writes = vec![
            Write::new(
                "UPDATE position SET next = $1 WHERE id = 1 AND next = $2",
                crate::params![last + 1, next as i64],
            )
            .rows(1),
        ];
        for (leaf, petition, keyed) in self.keyed(&rows).await? {
            self.lay(&mut writes, leaf, petition, keyed);
        }
        self.words
            .commit(writes, Urgency::Bulk)
            .await
            .map_err(|error| match error {
                CommitError::Conflict { .. } | CommitError::Duplicate { .. } => CommitFault::Conflict,
                other => CommitFault::Store(other),
            })?;
        Ok(rows.len() as u64)
    }

    /// The tokens of each leaf whose event says something that people look for.
    async fn keyed(&self, rows: &[Row]) -> Result<Vec<(u64, PetitionId, BTreeSet<i64>)>, SealError> {
        let mut found: Vec<(u64, PetitionId, Vec<Text>, Option<Text>)> = Vec::new();
        for row in rows {
            let Ok(entry) = journal::entry(row) else {
                // What cannot be read is for `verify` to report; the events behind it are found all the same.
                tracing::error!(
                    leaf = row.int(11)?,
                    "an event cannot be read and is left out of the index"
                );
                continue;
            };
            let texts = match &entry.recorded.event {
                Event::Answered { .. } => self.answer_texts(entry.recorded.petition).await?,
                event => searched(event),
            };
            let form = written(&entry.recorded.event);
            if !texts.is_empty() || form.is_some() {
                found.push((row.int(11)?.unsigned_abs(), entry.recorded.petition, texts, form));
            }
        }
        let all: Vec<Text> = found
            .iter()
            .flat_map(|(_, _, texts, form)| texts.iter().copied().chain(*form))
            .collect();
        let opened = self.open(&all).await?;
        let mut keyed = Vec::with_capacity(found.len());
        for (leaf, petition, texts, form) in found {
            let answers = form.and_then(|form| opened.text(form)).map(Record::searched);
            let words: BTreeSet<String> = texts
                .iter()
                .filter_map(|text| opened.text(*text))
                .chain(answers.as_deref())
                .flat_map(tokens)
                .collect();
            if !words.is_empty() {
                let tokens = words.iter().map(|word| self.keys.index.token(word)).collect();
                keyed.push((leaf, petition, tokens));
            }
        }
        Ok(keyed)
    }

    /// Lays a petition down anew that came back to a place whose index has passed its leaves. What is behind the position is laid
    /// by [`Place::index`].
    pub async fn index_again(&self, petition: PetitionId) -> Result<(), SealError> {
        let next = self.indexed().await?;
        let sql = format!("{LEAVES} WHERE l.petition = $1 AND l.n < $2 ORDER BY l.n");
        let params = crate::params![petition.bytes(), next as i64];
        let rows = self.db.query_text(sql, params).await?;
        let keyed = self.keyed(&rows).await?;
        self.unindex(&[petition.bytes()]).await?;
        let mut writes = Vec::new();
        for (leaf, petition, keyed) in keyed {
            self.lay(&mut writes, leaf, petition, keyed);
        }
        if writes.is_empty() {
            return Ok(());
        }
        let laid = self.words.commit(writes, Urgency::Bulk).await;
        laid.map_err(|error| SealError::Commit(CommitFault::Store(error)))
    }

    /// Lays one set of tokens down.
    fn lay(&self, writes: &mut Vec<Write>, leaf: u64, petition: PetitionId, keyed: BTreeSet<i64>) {
        match self.words.dialect() {
            Dialect::Sqlite => {
                let words: Vec<String> = keyed.into_iter().map(word).collect();
                writes.push(Write::new(
                    "INSERT INTO words (rowid, tokens) VALUES ($1, $2)",
                    crate::params![leaf as i64, words.join(" ")],
                ));
                writes.push(Write::new(
                    "INSERT INTO entry (leaf, petition) VALUES ($1, $2)",
                    crate::params![leaf as i64, petition.bytes()],
                ));
            }
            Dialect::Postgres => writes.push(Write::new(
                "INSERT INTO entry (leaf, petition, tokens) VALUES ($1, $2, $3)",
                crate::params![
                    leaf as i64,
                    petition.bytes(),
                    (keyed.into_iter())
                        .chain([(leaf >> BLOCK) as i64])
                        .collect::<Vec<i64>>()
                ],
            )),
        }
    }

    /// The texts of the answer that went out: those of the last draft.
    async fn answer_texts(&self, petition: PetitionId) -> Result<Vec<Text>, ReadError> {
        Ok(self
            .head(petition)
            .await?
            .and_then(|head| head.petition.draft)
            .map_or_else(Vec::new, |draft| {
                [Some(draft.body), draft.reasons].into_iter().flatten().collect()
            }))
    }

    /// How far the index has come.
    pub async fn indexed(&self) -> Result<u64, ReadError> {
        let row = self
            .words
            .query_one("SELECT next FROM position WHERE id = 1", Vec::new())
            .await?;
        Ok(row.int(0)?.unsigned_abs())
    }

    /// Candidates for a query, newest first, older than `before`, at most `limit`.
    pub async fn candidates(
        &self,
        query: &Query,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<Candidate>, ReadError> {
        let keyed: BTreeSet<i64> = query
            .tokens()
            .iter()
            .map(|word| self.keys.index.token(word))
            .collect();
        match self.words.dialect() {
            Dialect::Sqlite => {
                const SQL: &str = "SELECT e.leaf, e.petition FROM words JOIN entry e ON e.leaf = words.rowid \
                     WHERE words MATCH $1 AND words.rowid < $2 ORDER BY words.rowid DESC LIMIT $3";
                let before = before.map_or(i64::MAX, |leaf| leaf as i64);
                let asked: Vec<String> = keyed.into_iter().map(word).collect();
                let rows = self
                    .words
                    .query(SQL, crate::params![asked.join(" AND "), before, limit])
                    .await?;
                rows.iter().map(candidate).collect()
            }
            Dialect::Postgres => {
                let keyed: Vec<i64> = keyed.into_iter().collect();
                self.candidates_by_blocks(&keyed, before, limit).await
            }
        }
    }

    /// The newest stretches, then as many more as should hold what is left of the page, then all the rest: PostgreSQL gathers every text that
    /// holds the words before it gives the newest of them, so a common word must not be looked for everywhere.
    async fn candidates_by_blocks(
        &self,
        keyed: &[i64],
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<Candidate>, ReadError> {
        // The planner misjudges how rare a token is and would walk the primary key: keep the two steps apart.
        const NEAR: &str = "WITH hits AS MATERIALIZED (SELECT leaf, petition FROM entry WHERE tokens @> $1 AND tokens && $4) \
                            SELECT leaf, petition FROM hits WHERE leaf < $2 ORDER BY leaf DESC LIMIT $3";
        const ALL: &str = "WITH hits AS MATERIALIZED (SELECT leaf, petition FROM entry WHERE tokens @> $1) \
                           SELECT leaf, petition FROM hits WHERE leaf < $2 ORDER BY leaf DESC LIMIT $3";
        let mut below = match before {
            Some(leaf) => leaf,
            None => self.indexed().await?,
        };
        let mut found = Vec::new();
        let (mut looked, mut blocks) = (0, BLOCKS);
        while let Some(last) = below.checked_sub(1) {
            let newest = last >> BLOCK;
            let oldest = newest.saturating_sub(blocks - 1);
            let mut params = crate::params![keyed.to_vec(), below as i64, limit - found.len() as u32];
            let sql = if oldest == 0 {
                ALL
            } else {
                params.push(
                    (oldest..=newest)
                        .map(|block| block as i64)
                        .collect::<Vec<i64>>()
                        .into(),
                );
                NEAR
            };
            for row in self.words.query(sql, params).await? {
                found.push(candidate(&row)?);
            }
            let wanted = u64::from(limit) - found.len() as u64;
            if wanted == 0 {
                break;
            }
            looked += below - (oldest << BLOCK);
            below = oldest << BLOCK;
            blocks = more_blocks(wanted, found.len() as u64, looked);
        }
        Ok(found)
    }

    /// How many texts hold a token, counted no further than `most`.
    pub async fn held(&self, token: &str, most: u32) -> Result<u32, ReadError> {
        let keyed = self.keys.index.token(token);
        let (sql, asked): (_, Value) = match self.words.dialect() {
            Dialect::Sqlite => (
                "SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH $1 LIMIT $2)",
                word(keyed).into(),
            ),
            Dialect::Postgres => (
                "SELECT count(*) FROM (SELECT leaf FROM entry WHERE tokens @> $1 LIMIT $2) AS few",
                vec![keyed].into(),
            ),
        };
        let row = self.words.query_one(sql, crate::params![asked, most]).await?;
        Ok(u32::try_from(row.int(0)?).unwrap_or(most))
    }

    /// Candidates that hold any of these tokens, newest first, older than `before`, at most `limit`.
    pub async fn candidates_of_any(
        &self,
        tokens: &[String],
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<Candidate>, ReadError> {
        if tokens.is_empty() {
            return Ok(Vec::new());
        }
        let keyed: BTreeSet<i64> = tokens.iter().map(|token| self.keys.index.token(token)).collect();
        let before = before.map_or(i64::MAX, |leaf| leaf as i64);
        let (sql, asked): (_, Value) = match self.words.dialect() {
            Dialect::Sqlite => (
                "SELECT e.leaf, e.petition FROM words JOIN entry e ON e.leaf = words.rowid \
                 WHERE words MATCH $1 AND words.rowid < $2 ORDER BY words.rowid DESC LIMIT $3",
                keyed
                    .into_iter()
                    .map(word)
                    .collect::<Vec<_>>()
                    .join(" OR ")
                    .into(),
            ),
            // Two steps for the planner's sake, as in `candidates_by_blocks`.
            Dialect::Postgres => (
                "WITH hits AS MATERIALIZED (SELECT leaf, petition FROM entry WHERE tokens && $1) \
                 SELECT leaf, petition FROM hits WHERE leaf < $2 ORDER BY leaf DESC LIMIT $3",
                keyed.into_iter().collect::<Vec<i64>>().into(),
            ),
        };
        let rows = self
            .words
            .query(sql, crate::params![asked, before, limit])
            .await?;
        rows.iter().map(candidate).collect()
    }

    /// Whether a newer event of the same petition, at `from` or behind it, is a candidate too: then an earlier page of
    /// the same search has shown it.
    pub async fn shown_before(
        &self,
        query: &Query,
        candidate: Candidate,
        from: u64,
    ) -> Result<bool, ReadError> {
        const LEAVES: &str = "SELECT n FROM leaf WHERE petition = $1 AND n >= $2";
        let keyed: BTreeSet<i64> = query
            .tokens()
            .iter()
            .map(|word| self.keys.index.token(word))
            .collect();
        let (sql, asked): (_, Value) = match self.words.dialect() {
            Dialect::Sqlite => (
                "SELECT rowid FROM words WHERE words MATCH $1 AND rowid = $2",
                keyed
                    .into_iter()
                    .map(word)
                    .collect::<Vec<_>>()
                    .join(" AND ")
                    .into(),
            ),
            Dialect::Postgres => (
                "SELECT leaf FROM entry WHERE leaf = $2 AND tokens @> $1",
                keyed.into_iter().collect::<Vec<i64>>().into(),
            ),
        };
        let leaves = self
            .db
            .query(LEAVES, crate::params![candidate.petition.bytes(), from as i64])
            .await?;
        for leaf in leaves {
            let newer = self
                .words
                .query_optional(sql, crate::params![asked.clone(), leaf.int(0)?])
                .await?;
            if newer.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Empties the index; `index` then builds it anew from the vault.
    pub async fn forget_index(&self) -> Result<(), CommitError> {
        let clear = match self.words.dialect() {
            Dialect::Sqlite => vec![
                Write::new("INSERT INTO words (words) VALUES ('delete-all')", Vec::new()),
                Write::new("DELETE FROM entry", Vec::new()),
            ],
            Dialect::Postgres => vec![Write::new("DELETE FROM entry", Vec::new())],
        };
        let start = Write::new("UPDATE position SET next = 0 WHERE id = 1", Vec::new());
        self.words
            .commit(clear.into_iter().chain([start]).collect(), Urgency::Bulk)
            .await
    }
}

/// In how many stretches so many more hits should lie, if they lie as close as those found in so many leaves; half as many again, lest a
/// few are missing and the search goes out twice.
fn more_blocks(wanted: u64, found: u64, looked: u64) -> u64 {
    if found == 0 {
        return u64::MAX;
    }
    let leaves = u128::from(wanted) * u128::from(looked) / u128::from(found);
    let blocks = (leaves + leaves / 2) >> BLOCK;
    u64::try_from(blocks).unwrap_or(u64::MAX).max(BLOCKS)
}

/// The texts of an event that people look for.
pub fn searched(event: &Event) -> Vec<Text> {
    match event {
        Event::Filed {
            title, body, place, ..
        } => [Some(*title), *body, *place].into_iter().flatten().collect(),
        Event::SupplementGiven { note, .. } => note.iter().copied().collect(),
        // Number and handler stay out: one is looked up whole, the other is a name.
        Event::Migrated { old, .. } => (old.answer.into_iter())
            .chain(old.steps.iter().map(|step| step.what))
            .collect(),
        _ => Vec::new(),
    }
}

fn candidate(row: &Row) -> Result<Candidate, ReadError> {
    Ok(Candidate {
        leaf: row.int(0)?.unsigned_abs(),
        petition: PetitionId(uuid::Uuid::from_bytes(row.id16(1)?)),
    })
}

/// The answers to the form of a filing; of these only what `Record::searched` gives may be looked for.
pub fn written(event: &Event) -> Option<Text> {
    match event {
        Event::Filed { form, .. } => form.map(|written| written.answers),
        _ => None,
    }
}

/// A token as the FTS5 file keeps it.
fn word(token: i64) -> String {
    format!("{:016x}", token as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_word_is_looked_for_near_and_a_rare_one_everywhere() {
        let two = 2 << BLOCK;
        assert_eq!(more_blocks(64, 0, two), u64::MAX, "none in the newest: rare");
        assert_eq!(more_blocks(64, 4_000, two), BLOCKS, "a few more are near");
        // One in forty: 4,096 of them lie in ten stretches, and half as many are searched besides.
        let dense = u64::from(two as u32) / 40;
        assert_eq!(more_blocks(4_096 - dense, dense, two), 12);
        assert!(more_blocks(u64::from(u32::MAX), 1, u64::MAX) > 1 << 40);
    }
}

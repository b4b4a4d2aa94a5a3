//! 창구의 대장 — the register of issued certificates, papers waiting to be handed out, and small matters without a line in
//! the 처리부.
//!
//! The first two follow the journal: they are written with the event they rest on and can be made again from it.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Write};
use crate::place::Place;
use domain::certificate::CheckCode;
use domain::claim::{Claim, ClaimState};
use domain::event::{Event, Recorded};
use domain::id::{OfficialId, PetitionId, TextId, UnitId};
use domain::petition::Petition;
use domain::terms::{By, Code, EntryPoint};
use domain::time::At;

/// A line of the 발급대장.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssuedLine {
    /// Of which petition.
    pub petition: PetitionId,
    /// When.
    pub at: At,
    /// By whom.
    pub by: OfficialId,
}

/// A small matter, without its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmallMatter {
    /// Identity, and owner of the key its words are sealed under.
    pub id: [u8; 16],
    /// When.
    pub at: At,
    /// Who answered.
    pub by: OfficialId,
    /// In which unit.
    pub unit: UnitId,
    /// By which door.
    pub entry: EntryPoint,
    /// About what.
    pub service: Code,
    /// With which standard answer.
    pub answer: Code,
    /// The line that was noted down.
    pub text: TextId,
}

impl Batch {
    /// The line of the register that an event makes, if it is one of issue.
    pub(crate) fn issued(&mut self, recorded: &Recorded) {
        let Event::Issued {
            number,
            code,
            copies,
            charge,
            paid,
        } = &recorded.event
        else {
            return;
        };
        let by = match recorded.by {
            By::Official(official) => official.bytes(),
            By::Citizen(_) | By::Machine(_) | By::System => crate::head::NONE,
        };
        self.push(
            Purpose::Race,
            Write::new(
                "INSERT INTO issued (year, n, code, petition, seq, at, by_id, copies, per_copy, paid, waiver) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                crate::params![
                    number.year,
                    number.n,
                    code.to_string(),
                    recorded.petition.bytes(),
                    recorded.seq,
                    recorded.at().0,
                    by,
                    *copies,
                    money(charge.per_copy.0),
                    money(paid.0),
                    charge.waiver.map_or("", |(waiver, _)| waiver.code())
                ],
            ),
        );
    }

    /// The row of a paper that waits, where it has changed.
    pub(crate) fn claim_row(&mut self, before: Option<Claim>, p: &Petition) {
        let Some(claim) = p.claim.filter(|claim| Some(*claim) != before) else {
            return;
        };
        self.add(
            "INSERT INTO hand_out (petition, state, since, discard_from) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (petition) DO UPDATE SET state = excluded.state, since = excluded.since, \
             discard_from = excluded.discard_from",
            crate::params![
                p.id.bytes(),
                claim.state.code(),
                claim.since.0,
                claim.discard_from.to_string()
            ],
        );
    }

    /// A small matter.
    pub fn small_matter(&mut self, matter: &SmallMatter) {
        self.add(
            "INSERT INTO small_matter (id, at, by_id, unit, entry, service, answer, text) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            crate::params![
                matter.id,
                matter.at.0,
                matter.by.bytes(),
                matter.unit.bytes(),
                matter.entry.code(),
                matter.service.as_str(),
                matter.answer.as_str(),
                matter.text.bytes()
            ],
        );
    }
}

fn money(won: u64) -> i64 {
    i64::try_from(won).unwrap_or(i64::MAX)
}

fn line(row: &Row) -> Result<IssuedLine, ReadError> {
    Ok(IssuedLine {
        petition: PetitionId(uuid::Uuid::from_bytes(row.id16(0)?)),
        at: At(row.int(1)?),
        by: OfficialId(uuid::Uuid::from_bytes(row.id16(2)?)),
    })
}

impl Place {
    /// Lines of the register from `from` until before `until`, in the order of their numbers.
    pub async fn issued_between(
        &self,
        from: At,
        until: At,
        limit: u32,
    ) -> Result<Vec<IssuedLine>, ReadError> {
        const SQL: &str =
            "SELECT petition, at, by_id FROM issued WHERE at >= $1 AND at < $2 ORDER BY at, n LIMIT $3";
        let rows = self.db.query(SQL, crate::params![from.0, until.0, limit]).await?;
        rows.iter().map(line).collect()
    }

    /// The line of a code.
    pub async fn issued_by_code(&self, code: CheckCode) -> Result<Option<IssuedLine>, ReadError> {
        const SQL: &str = "SELECT petition, at, by_id FROM issued WHERE code = $1";
        let row = self
            .db
            .query_optional(SQL, crate::params![code.to_string()])
            .await?;
        row.as_ref().map(line).transpose()
    }

    /// Petitions whose paper stands so, the longest first.
    pub async fn claims(&self, state: ClaimState, limit: u32) -> Result<Vec<PetitionId>, ReadError> {
        const SQL: &str = "SELECT petition FROM hand_out WHERE state = $1 ORDER BY since, petition LIMIT $2";
        let rows = self.db.query(SQL, crate::params![state.code(), limit]).await?;
        rows.iter()
            .map(|row| Ok(PetitionId(uuid::Uuid::from_bytes(row.id16(0)?))))
            .collect()
    }

    /// How many small matters each standard answer settled from `from` until before `until`.
    pub async fn small_matters(&self, from: At, until: At) -> Result<Vec<(String, u32)>, ReadError> {
        const SQL: &str = "SELECT answer, count(*) FROM small_matter WHERE at >= $1 AND at < $2 \
                           GROUP BY answer ORDER BY answer";
        let rows = self.db.query(SQL, crate::params![from.0, until.0]).await?;
        rows.iter()
            .map(|row| {
                let n = u32::try_from(row.int(1)?).unwrap_or(u32::MAX);
                Ok((row.text(0)?.to_owned(), n))
            })
            .collect()
    }
}

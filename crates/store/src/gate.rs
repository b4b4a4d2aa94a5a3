//! 관문의 기록 — reasons given and not used yet, and what went out (개인정보의 안전성 확보조치 기준 제8조제2항, 제12조).
//!
//! Rows hold codes, numbers and identities; the reason in words lies in the vault under a key of its own.

use crate::batch::{Batch, Purpose as Write_};
use crate::engine::{Ask, ReadError, Row, Write};
use crate::head::NONE;
use crate::place::Place;
use domain::gate::{Export, Format, Purpose, Sure};
use domain::id::{OfficialId, PetitionId, TextId};
use domain::time::At;
use std::str::FromStr;

/// A reason given for one export, to be used once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Whose.
    pub official: OfficialId,
    /// A hash of the address it was given for.
    pub target: [u8; 32],
    /// Its identity, and owner of the key of its words.
    pub id: [u8; 16],
    /// The code.
    pub purpose: Option<Purpose>,
    /// Where its words lie.
    pub text: Option<TextId>,
    /// 확인함.
    pub sure: Sure,
    /// When.
    pub at: At,
}

/// What went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its identity.
    pub id: [u8; 16],
    /// When.
    pub at: At,
    /// Year and number: the serial number on the paper.
    pub serial: (u32, u32),
    /// Who carried it out.
    pub official: OfficialId,
    /// What.
    pub what: Export,
    /// Whose petition, where it is of one.
    pub petition: Option<PetitionId>,
    /// How many people it is about.
    pub subjects: u32,
    /// As what.
    pub format: Format,
    /// Why, as a code.
    pub purpose: Purpose,
    /// Why, in words; may be none.
    pub text: Option<TextId>,
    /// From where: an address of 4 or 16 bytes.
    pub origin: [u8; 17],
    /// Whether the mark of who printed it is on it.
    pub marked: bool,
}

/// An address of up to 16 bytes in one size: its length, then its bytes.
pub fn origin_of(origin: &[u8]) -> [u8; 17] {
    let mut whole = [0; 17];
    let length = origin.len().min(16);
    whole[0] = length as u8;
    whole[1..=length].copy_from_slice(&origin[..length]);
    whole
}

fn origin_bytes(origin: &[u8; 17]) -> &[u8] {
    &origin[1..=usize::from(origin[0]).min(16)]
}

impl Line {
    /// The address it went to, in network order.
    pub fn origin(&self) -> &[u8] {
        origin_bytes(&self.origin)
    }
}

pub(crate) fn coded<T: FromStr>(text: &str) -> Result<T, ReadError> {
    (text.parse()).map_err(|_| ReadError::Broken(format!("`{text}` is no code of ours")))
}

pub(crate) fn uuid(row: &Row, at: usize) -> Result<uuid::Uuid, ReadError> {
    Ok(uuid::Uuid::from_bytes(row.id16(at)?))
}

pub(crate) fn text_of(row: &Row, at: usize) -> Result<Option<TextId>, ReadError> {
    Ok(Some(TextId(uuid(row, at)?)).filter(|id| id.bytes() != NONE))
}

fn unsigned(n: i64) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

const LINE: &str =
    "id, at, year, no, official, what, petition, subjects, format, purpose, text, origin, marked";

fn line(row: &Row) -> Result<Line, ReadError> {
    Ok(Line {
        id: row.id16(0)?,
        at: At(row.int(1)?),
        serial: (unsigned(row.int(2)?), unsigned(row.int(3)?)),
        official: OfficialId(uuid(row, 4)?),
        what: coded(row.text(5)?)?,
        petition: Some(PetitionId(uuid(row, 6)?)).filter(|id| id.bytes() != NONE),
        subjects: unsigned(row.int(7)?),
        format: coded(row.text(8)?)?,
        purpose: coded(row.text(9)?)?,
        text: text_of(row, 10)?,
        origin: origin_of(row.bytes(11)?),
        marked: row.bool(12)?,
    })
}

impl Batch {
    /// Keeps a reason for one export, in the place of what was said for it before.
    pub fn gate_reason(&mut self, given: &Given) {
        self.add(
            "INSERT INTO gate_reason (official, target, id, purpose, text, sure, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            crate::params![
                given.official.bytes(),
                given.target,
                given.id,
                given.purpose.map_or("", Purpose::code),
                given.text.map_or(NONE, TextId::bytes),
                i64::from(given.sure == Sure::Yes),
                given.at.0
            ],
        );
    }

    /// Uses a reason up, or takes it back; another who does so at the same time comes too late. Its words stay where they lie.
    pub fn gate_reason_used(&mut self, given: &Given) {
        let write = Write::new("DELETE FROM gate_reason WHERE id = $1", crate::params![given.id]);
        self.push(Write_::Race, write.rows(1));
    }

    /// Writes down what goes out.
    pub fn gate_line(&mut self, line: &Line) {
        self.add(
            "INSERT INTO gate_line (id, at, year, no, official, what, petition, subjects, format, purpose, text, origin, marked) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            crate::params![
                line.id,
                line.at.0,
                line.serial.0,
                line.serial.1,
                line.official.bytes(),
                line.what.code(),
                line.petition.map_or(NONE, PetitionId::bytes),
                line.subjects,
                line.format.code(),
                line.purpose.code(),
                line.text.map_or(NONE, TextId::bytes),
                line.origin().to_vec(),
                i64::from(line.marked)
            ],
        );
    }

    /// Forgets a line whose time is over, and its reason.
    pub fn gate_line_gone(&mut self, id: [u8; 16], owner: Option<[u8; 16]>) {
        self.add("DELETE FROM gate_line WHERE id = $1", crate::params![id]);
        if let Some(owner) = owner {
            self.drop_key(owner);
        }
    }
}

impl Place {
    /// The reason given for an export and not used yet.
    pub async fn gate_reason(
        &self,
        official: OfficialId,
        target: &[u8; 32],
    ) -> Result<Option<Given>, ReadError> {
        const SQL: &str = "SELECT official, target, id, purpose, text, sure, at FROM gate_reason \
                           WHERE official = $1 AND target = $2";
        let row = (self.db)
            .query_optional(SQL, crate::params![official.bytes(), *target])
            .await?;
        row.map(|row| given(&row)).transpose()
    }

    /// Reasons given before `before` that nobody used, at most `limit`.
    pub async fn gate_reasons_before(&self, before: At, limit: u32) -> Result<Vec<Given>, ReadError> {
        const SQL: &str = "SELECT official, target, id, purpose, text, sure, at FROM gate_reason WHERE at < $1 \
                           ORDER BY at LIMIT $2";
        let rows = self.db.query(SQL, crate::params![before.0, limit]).await?;
        rows.iter().map(given).collect()
    }

    /// The last line of an official about one petition since `since`.
    pub async fn gate_line_of(
        &self,
        official: OfficialId,
        petition: PetitionId,
        since: At,
    ) -> Result<Option<Line>, ReadError> {
        let sql = format!(
            "SELECT {LINE} FROM gate_line WHERE official = $1 AND at >= $2 AND petition = $3 ORDER BY at DESC, id DESC LIMIT 1"
        );
        let row = (self.db)
            .query_text(sql, crate::params![official.bytes(), since.0, petition.bytes()])
            .await?;
        row.first().map(line).transpose()
    }

    /// What went out from `from` until before `to`, oldest first, behind `behind`, at most `limit`.
    pub async fn gate_lines(
        &self,
        from: At,
        to: At,
        behind: Option<(At, [u8; 16])>,
        limit: u32,
    ) -> Result<Vec<Line>, ReadError> {
        let (at, id) = behind.unwrap_or((from.plus(-1), [0xff; 16]));
        let sql = format!(
            "SELECT {LINE} FROM gate_line WHERE at >= $1 AND at < $2 AND (at, id) > ($3, $4) ORDER BY at, id LIMIT $5"
        );
        let rows = (self.db)
            .query_text(sql, crate::params![from.0, to.0, at.0, id, limit])
            .await?;
        rows.iter().map(line).collect()
    }

    /// The owner of the key a text lies under.
    pub async fn owner_of(&self, text: TextId) -> Result<Option<[u8; 16]>, ReadError> {
        const SQL: &str = "SELECT owner FROM vault WHERE id = $1";
        let row = (self.db.query_optional(SQL, crate::params![text.bytes()])).await?;
        row.map(|row| row.id16(0)).transpose()
    }
}

fn given(row: &Row) -> Result<Given, ReadError> {
    Ok(Given {
        official: OfficialId(uuid(row, 0)?),
        target: row.hash32(1)?,
        id: row.id16(2)?,
        purpose: match row.text(3)? {
            "" => None,
            code => Some(coded(code)?),
        },
        text: text_of(row, 4)?,
        sure: if row.bool(5)? { Sure::Yes } else { Sure::No },
        at: At(row.int(6)?),
    })
}

//! 접속기록 점검 — a month's review with its remarks, and the lines of the ledger it is drawn from.

use crate::batch::{Batch, Purpose as Write_};
use crate::engine::{Ask, ReadError, Row, Write};
use crate::gate::{coded, text_of, uuid};
use crate::head::NONE;
use crate::place::Place;
use domain::id::{OfficialId, PetitionId, TextId};
use domain::inspection::Month;
use domain::oversight::{Remark, Remarkable, Settled};
use domain::time::At;
use jiff::civil::Date;

/// A month's review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// Which month.
    pub month: Month,
    /// Its identity: owner of its words, address of its notices.
    pub id: PetitionId,
    /// When it was drawn up.
    pub drawn_at: At,
    /// Lines of officials in the month.
    pub looks: u32,
    /// Officials who left any.
    pub officials: u32,
    /// What went out through the gate.
    pub exports: u32,
    /// Who signed it, and when.
    pub signed: Option<(OfficialId, At)>,
    /// The privacy officer's closing words.
    pub text: Option<TextId>,
}

/// A remark as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Of which month.
    pub month: Month,
    /// Its number within it.
    pub no: u32,
    /// What was found.
    pub remark: Remark,
    /// How it stands.
    pub state: Settled,
    /// When an explanation was asked for.
    pub asked_at: Option<At>,
    /// 소명 요청.
    pub question: Option<TextId>,
    /// 소명.
    pub answer: Option<TextId>,
    /// When it came.
    pub answered_at: Option<At>,
    /// Who judged it, and when.
    pub judged: Option<(OfficialId, At)>,
    /// 점검 의견.
    pub judgement: Option<TextId>,
}

/// A line of the ledger, as far as the review counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its identity.
    pub id: [u8; 16],
    /// When.
    pub at: At,
    /// Who.
    pub official: OfficialId,
    /// What.
    pub deed: String,
    /// Whose petition.
    pub petition: Option<PetitionId>,
}

fn unsigned(n: i64) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

fn moment(n: i64) -> Option<At> {
    Some(At(n)).filter(|at| *at != At::NEVER)
}

fn month(row: &Row, at: usize) -> Result<Month, ReadError> {
    coded(row.text(at)?)
}

fn somebody(row: &Row, at: usize) -> Result<Option<OfficialId>, ReadError> {
    Ok(Some(OfficialId(uuid(row, at)?)).filter(|id| id.bytes() != NONE))
}

const REVIEW: &str = "month, id, drawn_at, looks, officials, exports, signed_at, signed_by, text";

fn review(row: &Row) -> Result<Review, ReadError> {
    Ok(Review {
        month: month(row, 0)?,
        id: PetitionId(uuid(row, 1)?),
        drawn_at: At(row.int(2)?),
        looks: unsigned(row.int(3)?),
        officials: unsigned(row.int(4)?),
        exports: unsigned(row.int(5)?),
        signed: somebody(row, 7)?.zip(moment(row.int(6)?)),
        text: text_of(row, 8)?,
    })
}

const ITEM: &str = "month, no, official, kind, day, petition, n, usual, state, asked_at, question, answer, answered_at, \
                    judged_by, judged_at, judgement";

fn item(row: &Row) -> Result<Item, ReadError> {
    let day = row.text(4)?;
    Ok(Item {
        month: month(row, 0)?,
        no: unsigned(row.int(1)?),
        remark: Remark {
            official: OfficialId(uuid(row, 2)?),
            kind: coded(row.text(3)?)?,
            day: match day {
                "" => None,
                day => Some(coded::<Date>(day)?),
            },
            petition: Some(PetitionId(uuid(row, 5)?)).filter(|id| id.bytes() != NONE),
            n: unsigned(row.int(6)?),
            usual: unsigned(row.int(7)?),
        },
        state: coded(row.text(8)?)?,
        asked_at: moment(row.int(9)?),
        question: text_of(row, 10)?,
        answer: text_of(row, 11)?,
        answered_at: moment(row.int(12)?),
        judged: somebody(row, 13)?.zip(moment(row.int(14)?)),
        judgement: text_of(row, 15)?,
    })
}

impl Batch {
    /// A month drawn up; a second one of the same month is a race.
    pub fn review(&mut self, review: &Review) {
        self.add(
            "INSERT INTO review (month, id, drawn_at, looks, officials, exports, signed_at, signed_by, text) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            crate::params![
                review.month.to_string(),
                review.id.bytes(),
                review.drawn_at.0,
                review.looks,
                review.officials,
                review.exports,
                At::NEVER.0,
                NONE,
                NONE
            ],
        );
    }

    /// A remark of a month.
    pub fn review_item(&mut self, month: Month, no: u32, remark: &Remark) {
        self.add(
            "INSERT INTO review_item (month, no, official, kind, day, petition, n, usual, state, asked_at, question, answer, \
             answered_at, judged_by, judged_at, judgement) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
             $14, $15, $16)",
            crate::params![
                month.to_string(),
                no,
                remark.official.bytes(),
                Remarkable::code(remark.kind),
                remark.day.map(|day| day.to_string()).unwrap_or_default(),
                remark.petition.map_or(NONE, PetitionId::bytes),
                remark.n,
                remark.usual,
                Settled::Open.code(),
                At::NEVER.0,
                NONE,
                NONE,
                At::NEVER.0,
                NONE,
                At::NEVER.0,
                NONE
            ],
        );
    }

    /// A remark as it stands after an act; another act since `before` is a race.
    pub fn review_item_after(&mut self, before: Settled, item: &Item) {
        let never = |at: Option<At>| at.unwrap_or(At::NEVER).0;
        let text = |text: Option<TextId>| text.map_or(NONE, TextId::bytes);
        let write = Write::new(
            "UPDATE review_item SET state = $1, asked_at = $2, question = $3, answer = $4, answered_at = $5, judged_by = $6, \
             judged_at = $7, judgement = $8 WHERE month = $9 AND no = $10 AND state = $11",
            crate::params![
                item.state.code(),
                never(item.asked_at),
                text(item.question),
                text(item.answer),
                never(item.answered_at),
                item.judged.map_or(NONE, |(by, _)| by.bytes()),
                never(item.judged.map(|(_, at)| at)),
                text(item.judgement),
                item.month.to_string(),
                item.no,
                before.code()
            ],
        );
        self.push(Write_::Race, write.rows(1));
    }

    /// 점검 결재: signs a month that nobody signed.
    pub fn review_signed(&mut self, month: Month, by: OfficialId, at: At, text: Option<TextId>) {
        let write = Write::new(
            "UPDATE review SET signed_at = $1, signed_by = $2, text = $3 WHERE month = $4 AND signed_at = $5",
            crate::params![
                at.0,
                by.bytes(),
                text.map_or(NONE, TextId::bytes),
                month.to_string(),
                At::NEVER.0
            ],
        );
        self.push(Write_::Race, write.rows(1));
    }
}

impl Place {
    /// A month's review.
    pub async fn review(&self, month: Month) -> Result<Option<Review>, ReadError> {
        let sql = format!("SELECT {REVIEW} FROM review WHERE month = $1");
        let rows = (self.db)
            .query_text(sql, crate::params![month.to_string()])
            .await?;
        rows.first().map(review).transpose()
    }

    /// The review with an identity: where a notice leads.
    pub async fn review_by_id(&self, id: PetitionId) -> Result<Option<Review>, ReadError> {
        let sql = format!("SELECT {REVIEW} FROM review WHERE id = $1");
        let rows = self.db.query_text(sql, crate::params![id.bytes()]).await?;
        rows.first().map(review).transpose()
    }

    /// The newest reviews, newest first.
    pub async fn reviews(&self, limit: u32) -> Result<Vec<Review>, ReadError> {
        let sql = format!("SELECT {REVIEW} FROM review ORDER BY month DESC LIMIT $1");
        let rows = self.db.query_text(sql, crate::params![limit]).await?;
        rows.iter().map(review).collect()
    }

    /// The remarks of a month.
    pub async fn review_items(&self, month: Month) -> Result<Vec<Item>, ReadError> {
        let sql = format!("SELECT {ITEM} FROM review_item WHERE month = $1 ORDER BY no");
        let rows = (self.db)
            .query_text(sql, crate::params![month.to_string()])
            .await?;
        rows.iter().map(item).collect()
    }

    /// The remarks on an official of which an explanation was asked, newest month first.
    pub async fn review_items_of(&self, official: OfficialId) -> Result<Vec<Item>, ReadError> {
        let sql = format!(
            "SELECT {ITEM} FROM review_item WHERE official = $1 AND asked_at < $2 ORDER BY month DESC, no"
        );
        let rows = (self.db)
            .query_text(sql, crate::params![official.bytes(), At::NEVER.0])
            .await?;
        rows.iter().map(item).collect()
    }

    /// What officials left in the ledger from `from` until before `to`, behind `behind`, at most `limit`.
    pub async fn ledger_between(
        &self,
        (from, to): (At, At),
        behind: Option<(At, [u8; 16])>,
        limit: u32,
    ) -> Result<Vec<Counted>, ReadError> {
        const SQL: &str = "SELECT id, at, by_id, deed, petition FROM ledger WHERE at < $1 AND (at, id) > ($2, $3) \
                           AND by_kind = 'official' ORDER BY at, id LIMIT $4";
        let (at, id) = behind.unwrap_or((from.plus(-1), [0xff; 16]));
        let rows = (self.db)
            .query(SQL, crate::params![to.0, at.0, id, limit])
            .await?;
        (rows.iter())
            .map(|row| {
                Ok(Counted {
                    id: row.id16(0)?,
                    at: At(row.int(1)?),
                    official: OfficialId(uuid(row, 2)?),
                    deed: row.text(3)?.to_owned(),
                    petition: Some(PetitionId(uuid(row, 4)?)).filter(|id| id.bytes() != NONE),
                })
            })
            .collect()
    }
}

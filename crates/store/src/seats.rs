//! 권한 기록 — every seat given, changed or taken away is written down with who did it, from where (개인정보의 안전성 확보조치 기준
//! 제5조제3항: kept for three years at least; nothing here removes it).
//!
//! A list of writes that gives or ends a seat is not stored before [`Batch::seats_by`] has said by whom.

use crate::batch::Batch;
use crate::engine::{Ask, ReadError};
use crate::journal::by_of;
use crate::office::Post;
use crate::people::Change;
use crate::place::Place;
use domain::id::{OfficialId, UnitId};
use domain::terms::{By, Seat};
use domain::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

const GIVEN: &str = "seat_given";
const ENDED: &str = "seat_ended";

/// A seat given or ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatChange {
    /// Whether it was given; else its end was set.
    pub given: bool,
    /// Whose.
    pub official: OfficialId,
    /// Where.
    pub unit: UnitId,
    /// Which.
    pub seat: Seat,
    /// Its first day.
    pub from: Date,
    /// Its last day; `None` until further notice.
    pub until: Option<Date>,
}

/// A seat given or ended, with who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatRecord {
    /// When.
    pub at: At,
    /// By whom.
    pub by: By,
    /// From where: 4 or 16 bytes, empty for commands and duties.
    pub origin: Vec<u8>,
    /// What.
    pub change: SeatChange,
}

impl SeatChange {
    pub(crate) const fn of(given: bool, post: Post, from: Date, until: Option<Date>) -> SeatChange {
        SeatChange {
            given,
            official: post.official,
            unit: post.unit,
            seat: post.seat,
            from,
            until,
        }
    }
}

impl Batch {
    /// Writes down by whom, from where and when the seats of this list are given and ended. `of` is an identity of what they are
    /// changed with; those of the records are made from it.
    pub fn seats_by(
        &mut self,
        of: uuid::Uuid,
        by: By,
        origin: &[u8],
        at: At,
    ) -> Result<(), serde_json::Error> {
        for (n, change) in self.take_seats().into_iter().enumerate() {
            let body = serde_json::to_string(&change)?;
            let n = (n as u64).to_be_bytes();
            let parts: [&[u8]; 4] = [of.as_bytes(), &at.0.to_be_bytes(), &n, body.as_bytes()];
            let mut id = [0; 16];
            id.copy_from_slice(&crypto::hash::sha256("minwon seat record", &parts)[..16]);
            let record = Change {
                at,
                by,
                origin: origin.to_vec(),
                what: if change.given { GIVEN } else { ENDED }.to_owned(),
                subject: change.official.bytes(),
                body,
            };
            self.change(uuid::Uuid::from_bytes(id), &record);
        }
        Ok(())
    }
}

impl Place {
    /// The last `limit` seats given and ended, newest first.
    pub async fn seat_records(&self, limit: u32) -> Result<Vec<SeatRecord>, ReadError> {
        const SQL: &str = "SELECT at, by_kind, by_id, origin, body FROM office_change WHERE what IN ($1, $2) \
                           ORDER BY at DESC, id DESC LIMIT $3";
        let rows = self.db.query(SQL, crate::params![GIVEN, ENDED, limit]).await?;
        (rows.iter())
            .map(|row| {
                Ok(SeatRecord {
                    at: At(row.int(0)?),
                    by: by_of(row.text(1)?, row.id16(2)?)?,
                    origin: row.bytes(3)?.to_vec(),
                    change: serde_json::from_str(row.text(4)?).map_err(|error| {
                        ReadError::Broken(format!("a seat record cannot be read: {error}"))
                    })?,
                })
            })
            .collect()
    }
}

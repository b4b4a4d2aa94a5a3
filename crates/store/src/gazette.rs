//! 고시본 — the standards of a day as they were gazetted: laid down once, and never changed.

use crate::batch::Batch;
use crate::engine::{Ask, ReadError};
use crate::journal::{by_of, by_parts};
use crate::place::Place;
use domain::terms::By;
use domain::time::At;
use jiff::civil::Date;

/// A gazetted edition without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gazetted {
    /// 고시번호.
    pub number: String,
    /// 기준일: the day whose standards it holds.
    pub day: Date,
    /// When it was laid down.
    pub made_at: At,
    /// By whom.
    pub by: By,
    /// How many services it holds.
    pub services: u32,
}

/// What an edition holds, and the hash over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The table as CSV.
    pub csv: Vec<u8>,
    /// The same as PDF.
    pub pdf: Vec<u8>,
    /// What was hashed when it was laid down.
    pub hash: Vec<u8>,
}

impl Batch {
    /// Lays an edition down; refused as a race when its number stands already.
    pub fn gazette(&mut self, edition: &Gazetted, content: &Content) {
        let (kind, who) = by_parts(edition.by);
        self.add(
            "INSERT INTO gazette (number, day, made_at, by_kind, by_id, services, csv, pdf, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            crate::params![
                edition.number.as_str(),
                edition.day.to_string(),
                edition.made_at.0,
                kind,
                who,
                edition.services,
                content.csv.clone(),
                content.pdf.clone(),
                content.hash.clone()
            ],
        );
    }
}

impl Place {
    /// Every edition, the newest day first.
    pub async fn gazettes(&self) -> Result<Vec<Gazetted>, ReadError> {
        const SQL: &str = "SELECT number, day, made_at, by_kind, by_id, services FROM gazette ORDER BY day DESC, number DESC";
        let rows = self.db.query(SQL, Vec::new()).await?;
        (rows.iter())
            .map(|row| {
                Ok(Gazetted {
                    number: row.text(0)?.to_owned(),
                    day: (row.text(1)?.parse())
                        .map_err(|_| ReadError::Broken("a day of an edition is none".into()))?,
                    made_at: At(row.int(2)?),
                    by: by_of(row.text(3)?, row.id16(4)?)?,
                    services: u32::try_from(row.int(5)?).unwrap_or_default(),
                })
            })
            .collect()
    }

    /// What the edition of this number holds.
    pub async fn gazetted(&self, number: &str) -> Result<Option<Content>, ReadError> {
        const SQL: &str = "SELECT csv, pdf, hash FROM gazette WHERE number = $1";
        let row = self.db.query_optional(SQL, crate::params![number]).await?;
        row.map(|row| {
            Ok(Content {
                csv: row.bytes(0)?.to_vec(),
                pdf: row.bytes(1)?.to_vec(),
                hash: row.bytes(2)?.to_vec(),
            })
        })
        .transpose()
    }
}

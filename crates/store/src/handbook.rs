//! 편람의 변경 — who made which version of a service, when and on what ground (영 제10조).

use crate::batch::Batch;
use crate::engine::{Ask, ReadError};
use crate::journal::{by_of, by_parts};
use crate::place::Place;
use domain::handbook::Service;
use domain::handbook::edition::Ground;
use domain::terms::{By, Code};
use domain::time::At;

/// One change of the handbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which service.
    pub code: Code,
    /// The version it made.
    pub version: u32,
    /// When.
    pub at: At,
    /// Who.
    pub by: By,
    /// On what ground.
    pub ground: Ground,
    /// What the one who made it remarked; may be empty.
    pub remark: String,
}

impl Batch {
    /// A version of a service with who made it. Refused as a race when another made that version first.
    pub fn edition(&mut self, service: &Service, change: &Change) -> Result<(), serde_json::Error> {
        self.service(service)?;
        let (kind, who) = by_parts(change.by);
        self.add(
            "INSERT INTO service_change (code, version, at, by_kind, by_id, ground, remark) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            crate::params![
                change.code.as_str(),
                change.version,
                change.at.0,
                kind,
                who,
                change.ground.code(),
                &change.remark
            ],
        );
        Ok(())
    }
}

impl Place {
    /// The changes of one service, oldest first.
    pub async fn changes_of(&self, code: Code) -> Result<Vec<Change>, ReadError> {
        const SQL: &str = "SELECT version, at, by_kind, by_id, ground, remark FROM service_change WHERE code = $1 ORDER BY version";
        let rows = self.db.query(SQL, crate::params![code.as_str()]).await?;
        (rows.iter())
            .map(|row| {
                Ok(Change {
                    code,
                    version: u32::try_from(row.int(0)?).unwrap_or_default(),
                    at: At(row.int(1)?),
                    by: by_of(row.text(2)?, row.id16(3)?)?,
                    ground: (row.text(4)?.parse())
                        .map_err(|_| ReadError::Broken("a ground of change is unknown".into()))?,
                    remark: row.text(5)?.to_owned(),
                })
            })
            .collect()
    }
}

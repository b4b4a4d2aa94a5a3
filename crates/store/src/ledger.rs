//! 열람 기록 — who looked at or did what, when and from where (개인정보의 안전성 확보조치 기준 제8조).
//!
//! A look is written down before it is shown. Columns hold ids, codes and an address in bytes, never a word of text.

use crate::batch::Batch;
use crate::engine::{Ask, ReadError};
use crate::journal::{by_of, by_parts};
use crate::place::Place;
use domain::id::PetitionId;
use domain::terms::By;
use domain::time::At;

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: At,
    /// Who.
    pub by: By,
    /// What, as a code: a deed of `domain::life::Deed`, or `look`, `list`, `search`, `print`.
    pub deed: String,
    /// Whose petition; `None` for lists.
    pub petition: Option<PetitionId>,
    /// From where: the address in network order, 4 or 16 bytes; empty for the system.
    pub origin: Vec<u8>,
    /// How many petitions were shown.
    pub n: u32,
}

impl Batch {
    /// Writes a line. `id` is a fresh identity, ordered by time.
    pub fn look(&mut self, id: uuid::Uuid, look: &Look) {
        let (kind, who) = by_parts(look.by);
        self.add(
            "INSERT INTO ledger (id, at, by_kind, by_id, deed, petition, origin, n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            crate::params![
                *id.as_bytes(),
                look.at.0,
                kind,
                who,
                &look.deed,
                look.petition.map_or([0; 16], PetitionId::bytes),
                look.origin.clone(),
                look.n
            ],
        );
    }
}

impl Place {
    /// Everybody who looked at or acted on a petition, oldest first.
    pub async fn looks(&self, petition: PetitionId) -> Result<Vec<Look>, ReadError> {
        const SQL: &str =
            "SELECT at, by_kind, by_id, deed, origin, n FROM ledger WHERE petition = $1 ORDER BY at, id";
        let rows = self.db.query(SQL, crate::params![petition.bytes()]).await?;
        (rows.iter())
            .map(|row| {
                Ok(Look {
                    at: At(row.int(0)?),
                    by: by_of(row.text(1)?, row.id16(2)?)?,
                    deed: row.text(3)?.to_owned(),
                    petition: Some(petition),
                    origin: row.bytes(4)?.to_vec(),
                    n: u32::try_from(row.int(5)?).unwrap_or_default(),
                })
            })
            .collect()
    }
}

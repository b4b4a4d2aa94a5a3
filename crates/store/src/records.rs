//! 넘길 문서 — approved answers for an outside document system, and the numbers it gave. Both follow the journal: they are
//! written with the event they rest on.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Write};
use crate::place::Place;
use domain::event::{Event, Recorded};
use domain::id::{PetitionId, UnitId};
use domain::time::At;

/// Where a dossier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// 넘길 것.
    Waiting,
    /// 등록 대기.
    Handed,
    /// 등록됨.
    Registered,
    /// 등록 거절.
    Refused,
    /// The petition ended otherwise before it was handed over.
    Void,
}

impl Standing {
    const fn code(self) -> &'static str {
        match self {
            Standing::Waiting => "waiting",
            Standing::Handed => "handed",
            Standing::Registered => "registered",
            Standing::Refused => "refused",
            Standing::Void => "void",
        }
    }
}

/// A dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Of which petition.
    pub petition: PetitionId,
    /// The event that approved it.
    pub approval: u32,
    /// When that was.
    pub approved_at: At,
}

impl Batch {
    /// What an approval leaves to be handed over.
    pub fn dossier(&mut self, recorded: &Recorded) {
        self.add(
            "INSERT INTO dossier (petition, approval, state, approved_at, handed_at) VALUES ($1, $2, $3, $4, 0)",
            crate::params![
                recorded.petition.bytes(),
                recorded.seq,
                Standing::Waiting.code(),
                recorded.recorded_at.0
            ],
        );
    }

    /// What an answer of the document system changes; nothing for any other event.
    pub fn dossier_answered(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::DocumentRegistered {
                approval,
                document,
                on,
            } => {
                self.dossier_stands(recorded.petition, *approval, Standing::Registered);
                self.add(
                    "INSERT INTO registered (unit, year, n, petition) VALUES ($1, $2, $3, $4)",
                    crate::params![
                        document.unit.bytes(),
                        i64::from(on.year()),
                        document.n,
                        recorded.petition.bytes()
                    ],
                );
            }
            Event::RegistrationRefused { approval, .. } => {
                self.dossier_stands(recorded.petition, *approval, Standing::Refused);
            }
            _ => {}
        }
    }

    /// Moves a dossier on.
    pub fn dossier_stands(&mut self, petition: PetitionId, approval: u32, standing: Standing) {
        self.add(
            "UPDATE dossier SET state = $1 WHERE petition = $2 AND approval = $3",
            crate::params![standing.code(), petition.bytes(), approval],
        );
    }

    /// It was handed over. An answer that came first stands.
    pub fn dossier_handed(&mut self, petition: PetitionId, approval: u32, at: At) {
        let write = Write::new(
            "UPDATE dossier SET state = $1, handed_at = $2 WHERE petition = $3 AND approval = $4 AND state = $5",
            crate::params![
                Standing::Handed.code(),
                at.0,
                petition.bytes(),
                approval,
                Standing::Waiting.code()
            ],
        );
        self.push(Purpose::Race, write);
    }
}

impl Place {
    /// Dossiers that stand so, the oldest first.
    pub async fn dossiers(&self, standing: Standing, most: u32) -> Result<Vec<Waiting>, ReadError> {
        const SQL: &str = "SELECT petition, approval, approved_at FROM dossier WHERE state = $1 \
                           ORDER BY approved_at, petition LIMIT $2";
        let rows = self.db.query(SQL, crate::params![standing.code(), most]).await?;
        rows.iter()
            .map(|row| {
                Ok(Waiting {
                    petition: PetitionId(uuid::Uuid::from_bytes(row.id16(0)?)),
                    approval: u32::try_from(row.int(1)?).unwrap_or_default(),
                    approved_at: At(row.int(2)?),
                })
            })
            .collect()
    }

    /// The petition whose document bears this number of an outside series, if one does.
    pub async fn registered(&self, unit: UnitId, year: i16, n: u32) -> Result<Option<PetitionId>, ReadError> {
        const SQL: &str = "SELECT petition FROM registered WHERE unit = $1 AND year = $2 AND n = $3";
        let params = crate::params![unit.bytes(), i64::from(year), n];
        let rows = self.db.query(SQL, params).await?;
        rows.first()
            .map(|row| Ok(PetitionId(uuid::Uuid::from_bytes(row.id16(0)?))))
            .transpose()
    }
}

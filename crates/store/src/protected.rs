//! 보안민원의 자리 — the looks at protected petitions that two people allowed.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Write};
use crate::place::Place;
use domain::glass::GlassState;
use domain::id::{OfficialId, PetitionId, TextId};
use domain::time::At;

/// 긴급 열람 — a look at a protected petition that one who is not entitled asks for and another allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glass {
    /// Identity, and owner of the key its words are sealed under.
    pub id: [u8; 16],
    /// The petition; `None` where the number asked for names none here.
    pub petition: Option<PetitionId>,
    /// Where number and reason lie.
    pub text: TextId,
    /// Who asks.
    pub asked_by: OfficialId,
    /// When.
    pub asked_at: At,
    /// Who decided, and when.
    pub decided: Option<(OfficialId, At)>,
    /// How it stands.
    pub state: GlassState,
    /// The first moment at which nothing is shown any more.
    pub ends_at: At,
}

impl Batch {
    /// A look asked for.
    pub fn glass(&mut self, glass: &Glass) {
        self.add(
            "INSERT INTO glass (id, petition, text, asked_by, asked_at, decided_by, decided_at, state, ends_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            crate::params![
                glass.id,
                glass.petition.map_or(crate::head::NONE, PetitionId::bytes),
                glass.text.bytes(),
                glass.asked_by.bytes(),
                glass.asked_at.0,
                crate::head::NONE,
                0_i64,
                glass.state.code(),
                glass.ends_at.0
            ],
        );
    }

    /// Decides on one that is still open; a race when somebody else did.
    pub fn glass_decided(&mut self, id: [u8; 16], by: OfficialId, now: At, state: GlassState, ends_at: At) {
        let write = Write::new(
            "UPDATE glass SET decided_by = $1, decided_at = $2, state = $3, ends_at = $4 WHERE id = $5 AND state = $6",
            crate::params![
                by.bytes(),
                now.0,
                state.code(),
                ends_at.0,
                id,
                GlassState::Asked.code()
            ],
        );
        self.push(Purpose::Race, write.rows(1));
    }
}

impl Place {
    /// Looks asked for since `since`, newest first.
    pub async fn glasses(&self, since: At, limit: u32) -> Result<Vec<Glass>, ReadError> {
        const SQL: &str = "SELECT id, petition, text, asked_by, asked_at, decided_by, decided_at, state, ends_at FROM glass \
                           WHERE asked_at >= $1 ORDER BY asked_at DESC, id DESC LIMIT $2";
        let rows = self.db.query(SQL, crate::params![since.0, limit]).await?;
        rows.iter().map(glass).collect()
    }

    /// A look asked for.
    pub async fn glass(&self, id: [u8; 16]) -> Result<Option<Glass>, ReadError> {
        const SQL: &str = "SELECT id, petition, text, asked_by, asked_at, decided_by, decided_at, state, ends_at FROM glass \
                           WHERE id = $1";
        let row = self.db.query_optional(SQL, crate::params![id]).await?;
        row.as_ref().map(glass).transpose()
    }
}

fn glass(row: &Row) -> Result<Glass, ReadError> {
    let some = |id: [u8; 16]| {
        Some(id)
            .filter(|id| *id != crate::head::NONE)
            .map(uuid::Uuid::from_bytes)
    };
    let official = |at| Ok::<_, ReadError>(some(row.id16(at)?).map(OfficialId));
    Ok(Glass {
        id: row.id16(0)?,
        petition: some(row.id16(1)?).map(PetitionId),
        text: TextId(uuid::Uuid::from_bytes(row.id16(2)?)),
        asked_by: OfficialId(uuid::Uuid::from_bytes(row.id16(3)?)),
        asked_at: At(row.int(4)?),
        decided: official(5)?.zip(Some(At(row.int(6)?))),
        state: (row.text(7)?.parse()).map_err(|_| ReadError::Broken("a look is in no state".into()))?,
        ends_at: At(row.int(8)?),
    })
}

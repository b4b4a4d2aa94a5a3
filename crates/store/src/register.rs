//! 처리부 — what was received from a moment to a moment, in the order of reception (영 제6조제2항).

use crate::engine::{Ask, ReadError};
use crate::head::{Behind, petition, sight_sql};
use crate::place::Place;
use domain::access::Sight;
use domain::id::{PetitionId, UnitId};
use domain::petition::Petition;
use domain::time::At;

impl Place {
    /// 이의신청된 민원 — the petitions that were objected to from `from` to before `to`, each with the event of it.
    pub async fn objected(&self, from: At, to: At) -> Result<Vec<(PetitionId, u32)>, ReadError> {
        const SQL: &str = "SELECT petition, seq FROM event WHERE name = 'Objected' AND recorded_at >= $1 AND recorded_at < $2 \
                           ORDER BY recorded_at, petition";
        let rows = self.db.query(SQL, crate::params![from.0, to.0]).await?;
        (rows.iter())
            .map(|row| {
                let petition = PetitionId(uuid::Uuid::from_bytes(row.id16(0)?));
                Ok((petition, u32::try_from(row.int(1)?).unwrap_or_default()))
            })
            .collect()
    }

    /// 접수 순서 — petitions received from `from` to before `to`, of one department or of all, in the order of reception:
    /// behind `behind` (its key is the moment of reception), at most `limit`.
    pub async fn received(
        &self,
        from: At,
        to: At,
        unit: Option<UnitId>,
        sight: &Sight,
        behind: Option<Behind>,
        limit: u32,
    ) -> Result<Vec<Petition>, ReadError> {
        let mut params = crate::params![from.0, to.0];
        let seen = sight_sql(sight, &mut params);
        let mut sql =
            format!("SELECT state FROM head WHERE received_at >= $1 AND received_at < $2 AND {seen}");
        if let Some(unit) = unit {
            params.push(unit.bytes().into());
            sql.push_str(&format!(" AND unit = ${}", params.len()));
        }
        if let Some(Behind { key, id }) = behind {
            params.extend([key.0.into(), id.bytes().into()]);
            let n = params.len();
            sql.push_str(&format!(" AND (received_at, id) > (${}, ${n})", n - 1));
        }
        params.push(limit.into());
        sql.push_str(&format!(" ORDER BY received_at, id LIMIT ${}", params.len()));
        let rows = self.db.query_text(sql, params).await?;
        rows.iter().map(|row| petition(row, 0)).collect()
    }
}

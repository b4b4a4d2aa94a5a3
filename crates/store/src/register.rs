//! 처리부 — what was received from a moment to a moment, in the order of reception (영 제6조제2항).

use crate::engine::{Ask, ReadError};
use crate::head::{Behind, petition, sight_sql};
use crate::place::Place;
use domain::access::Sight;
use domain::id::UnitId;
use domain::petition::Petition;
use domain::time::At;

impl Place {
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

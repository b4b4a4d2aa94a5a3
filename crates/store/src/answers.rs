//! 표준답변 — the office's own answers, every version of each; the newest is the one in use.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Write};
use crate::place::Place;
use domain::answers::StandardAnswer;
use domain::id::OfficialId;
use domain::time::At;

impl Batch {
    /// A new version of a standard answer, the first or the next; a race when somebody wrote that version first. Everything
    /// laid down at the start of a city was written by nobody.
    pub fn standard_answer(
        &mut self,
        answer: &StandardAnswer,
        by: Option<OfficialId>,
        now: At,
    ) -> Result<(), serde_json::Error> {
        self.add(
            "UPDATE standard_answer SET newest = 0 WHERE code = $1 AND version = $2",
            crate::params![answer.code.as_str(), i64::from(answer.version) - 1],
        );
        self.push(
            Purpose::Race,
            Write::new(
                "INSERT INTO standard_answer (code, version, newest, by_id, at, body) VALUES ($1, $2, 1, $3, $4, $5)",
                crate::params![
                    answer.code.as_str(),
                    answer.version,
                    by.map_or(crate::head::NONE, OfficialId::bytes),
                    now.0,
                    serde_json::to_string(answer)?
                ],
            ),
        );
        Ok(())
    }
}

impl Place {
    /// Every standard answer in its newest version, by code; retired ones too.
    pub async fn standard_answers(&self) -> Result<Vec<StandardAnswer>, ReadError> {
        const SQL: &str = "SELECT body FROM standard_answer WHERE newest = 1 ORDER BY code";
        let rows = self.db.query(SQL, Vec::new()).await?;
        rows.iter()
            .map(|row| {
                serde_json::from_str(row.text(0)?)
                    .map_err(|error| ReadError::Broken(format!("a standard answer cannot be read: {error}")))
            })
            .collect()
    }
}

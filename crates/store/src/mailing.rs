//! 발송대장 — letters by post, found by where they stand. The rows follow the journal and can be made again from it.

use crate::batch::Batch;
use crate::engine::{Ask, ReadError, Value};
use crate::head::sight_sql;
use crate::place::Place;
use domain::access::Sight;
use domain::id::PetitionId;
use domain::mailing::{MailState, Mailing};
use domain::petition::Petition;
use domain::time::At;

impl Batch {
    /// The rows of letters that have changed.
    pub(crate) fn mailing_rows(&mut self, before: &[Mailing], p: &Petition) {
        for mailing in p.mailings.iter().filter(|mailing| !before.contains(mailing)) {
            self.add(
                "INSERT INTO mailing (petition, no, mail, state, since, sent_on, ended_on) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) \
                 ON CONFLICT (petition, no) DO UPDATE SET state = excluded.state, sent_on = excluded.sent_on, \
                 ended_on = excluded.ended_on",
                crate::params![
                    p.id.bytes(),
                    mailing.no,
                    mailing.mail.code(),
                    mailing.state().code(),
                    mailing.since.0,
                    mailing.sent.map_or_else(String::new, |sent| sent.on.to_string()),
                    mailing.fate.map_or_else(String::new, |fate| fate.on().to_string())
                ],
            );
        }
    }
}

impl Place {
    /// Letters as far as `sight` reaches, by petition and number: those that wait longest first. Without a state, all that
    /// were owed from one moment until before another.
    pub async fn mailings(
        &self,
        sight: &Sight,
        state: Option<MailState>,
        (from, until): (At, At),
        limit: u32,
    ) -> Result<Vec<(PetitionId, u32)>, ReadError> {
        let mut params: Vec<Value> = crate::params![from.0, until.0, limit];
        let seen = sight_sql(sight, &mut params);
        let of_state = match state {
            Some(state) => {
                params.push(state.code().into());
                format!("AND state = ${}", params.len())
            }
            None => String::new(),
        };
        let sql = format!(
            "SELECT petition, no FROM mailing WHERE since >= $1 AND since < $2 {of_state} \
             AND petition IN (SELECT id FROM head WHERE {seen}) ORDER BY since, petition, no LIMIT $3"
        );
        let rows = self.db.query_text(sql, params).await?;
        rows.iter()
            .map(|row| {
                let no = u32::try_from(row.int(1)?).unwrap_or(u32::MAX);
                Ok((PetitionId(uuid::Uuid::from_bytes(row.id16(0)?)), no))
            })
            .collect()
    }
}

//! 삭제 요구와 파기대장 — their rows; each keeps its whole state as one value, checked by its count of changes.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Write};
use crate::place::Place;
use crate::vault::Owner;
use domain::id::PersonId;
use domain::retention::Destruction;
use domain::retention::request::{Number, Request, State};
use domain::time::At;
use jiff::civil::Date;
use serde::de::DeserializeOwned;

impl Batch {
    /// 파기대장에 한 줄.
    pub fn destruction(&mut self, entry: &Destruction) -> Result<(), serde_json::Error> {
        self.add(
            "INSERT INTO destruction (id, year, n, at, body) VALUES ($1, $2, $3, $4, $5)",
            crate::params![
                *entry.id.as_bytes(),
                i64::from(entry.year),
                entry.n,
                entry.at.0,
                serde_json::to_string(entry)?
            ],
        );
        Ok(())
    }

    /// A request as it came in; `code` is the hash of what lets its result be looked up without a log-in.
    pub fn erasure_first(
        &mut self,
        request: &Request,
        code: [u8; 32],
        due: At,
    ) -> Result<(), serde_json::Error> {
        self.add(
            "INSERT INTO erasure (id, seq, year, n, person, code, state, due, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            crate::params![
                *request.id.as_bytes(),
                request.seq,
                i64::from(request.number.year),
                request.number.n,
                request.person.bytes(),
                code,
                request.state().code(),
                due.0,
                serde_json::to_string(request)?
            ],
        );
        Ok(())
    }

    /// A request after a change; a race when another change came first.
    pub fn erasure_next(&mut self, request: &Request) -> Result<(), serde_json::Error> {
        let write = Write::new(
            "UPDATE erasure SET seq = $1, state = $2, body = $3 WHERE id = $4 AND seq = $5",
            crate::params![
                request.seq,
                request.state().code(),
                serde_json::to_string(request)?,
                *request.id.as_bytes(),
                i64::from(request.seq) - 1
            ],
        );
        self.push(Purpose::Race, write.rows(1));
        Ok(())
    }
}

impl Place {
    /// 파기대장, newest first, decided in `from .. to`.
    pub async fn destructions(&self, from: At, to: At, most: u32) -> Result<Vec<Destruction>, ReadError> {
        const SQL: &str =
            "SELECT body FROM destruction WHERE at >= $1 AND at < $2 ORDER BY year DESC, n DESC LIMIT $3";
        let rows = self.db.query(SQL, crate::params![from.0, to.0, most]).await?;
        rows.iter().map(|row| body(row, 0)).collect()
    }

    /// One line of the 파기대장.
    pub async fn destruction_entry(&self, id: uuid::Uuid) -> Result<Option<Destruction>, ReadError> {
        const SQL: &str = "SELECT body FROM destruction WHERE id = $1";
        let row = self
            .db
            .query_optional(SQL, crate::params![*id.as_bytes()])
            .await?;
        row.map(|row| body(&row, 0)).transpose()
    }

    /// A request by its number.
    pub async fn erasure(&self, number: Number) -> Result<Option<Request>, ReadError> {
        const SQL: &str = "SELECT body FROM erasure WHERE year = $1 AND n = $2";
        let params = crate::params![i64::from(number.year), number.n];
        let row = self.db.query_optional(SQL, params).await?;
        row.map(|row| body(&row, 0)).transpose()
    }

    /// A request by its number and the hash of its code.
    pub async fn erasure_by_code(
        &self,
        number: Number,
        code: [u8; 32],
    ) -> Result<Option<Request>, ReadError> {
        const SQL: &str = "SELECT body FROM erasure WHERE year = $1 AND n = $2 AND code = $3";
        let params = crate::params![i64::from(number.year), number.n, code];
        let row = self.db.query_optional(SQL, params).await?;
        row.map(|row| body(&row, 0)).transpose()
    }

    /// Requests in a state, the earliest due first.
    pub async fn erasures(&self, state: State, most: u32) -> Result<Vec<Request>, ReadError> {
        const SQL: &str = "SELECT body FROM erasure WHERE state = $1 ORDER BY due, id LIMIT $2";
        let rows = self.db.query(SQL, crate::params![state.code(), most]).await?;
        rows.iter().map(|row| body(row, 0)).collect()
    }

    /// The newest requests in a state first.
    pub async fn erasures_newest(&self, state: State, most: u32) -> Result<Vec<Request>, ReadError> {
        const SQL: &str = "SELECT body FROM erasure WHERE state = $1 ORDER BY due DESC, id DESC LIMIT $2";
        let rows = self.db.query(SQL, crate::params![state.code(), most]).await?;
        rows.iter().map(|row| body(row, 0)).collect()
    }

    /// The requests of a person, newest first.
    pub async fn erasures_of(&self, person: PersonId) -> Result<Vec<Request>, ReadError> {
        const SQL: &str = "SELECT body FROM erasure WHERE person = $1 ORDER BY year DESC, n DESC";
        let rows = self.db.query(SQL, crate::params![person.bytes()]).await?;
        rows.iter().map(|row| body(row, 0)).collect()
    }

    /// Whether this person can come back: by a verified contact or a tied identity.
    pub async fn is_verified(&self, person: PersonId) -> Result<bool, ReadError> {
        const SQL: &str =
            "SELECT 1 FROM identity WHERE person = $1 UNION SELECT 1 FROM tie WHERE person = $1 LIMIT 1";
        Ok(self
            .db
            .query_optional(SQL, crate::params![person.bytes()])
            .await?
            .is_some())
    }

    /// What was destroyed for an entry of the 파기대장, and whether each is done.
    pub async fn destroyed_for(&self, entry: uuid::Uuid) -> Result<Vec<(Owner, bool)>, ReadError> {
        const SQL: &str = "SELECT owner, done FROM destroyed WHERE entry = $1 ORDER BY owner";
        let rows = self.db.query(SQL, crate::params![*entry.as_bytes()]).await?;
        rows.iter()
            .map(|row| Ok((row.id16(0)?, row.int(1)? != 0)))
            .collect()
    }

    /// Whether an owner's key is kept apart, until when.
    pub async fn apart(&self, owner: Owner) -> Result<Option<(String, Date)>, ReadError> {
        const SQL: &str = "SELECT basis, until_day FROM apart WHERE owner = $1";
        let row = self.db.query_optional(SQL, crate::params![owner]).await?;
        row.map(|row| {
            let day = row.text(1)?;
            let until = day
                .parse()
                .map_err(|_| ReadError::Broken(format!("{day} is no day")))?;
            Ok((row.text(0)?.to_owned(), until))
        })
        .transpose()
    }
}

pub(crate) fn body<T: DeserializeOwned>(row: &Row, at: usize) -> Result<T, ReadError> {
    crate::office::read(row.text(at)?)
}

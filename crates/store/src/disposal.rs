//! 기록물 폐기와 분리 보관 열람 — the rows of the yearly lists, of retention set anew, and of who opened what is kept apart.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Value, Write};
use crate::head::petition;
use crate::place::Place;
use crate::retention::body;
use crate::vault::Owner;
use domain::id::{OfficialId, PetitionId, TextId, UnitId};
use domain::petition::Petition;
use domain::retention::Term;
use domain::retention::disposal::{Disposal, Fate, Step};
use domain::time::At;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Which lists are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The step that is awaited.
    pub step: Option<Step>,
    /// The year it was proposed in.
    pub year: Option<i16>,
    /// Of these departments; `None` for all.
    pub units: Option<Vec<UnitId>>,
}

/// A look at what is kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApartLook {
    /// Identity, and owner of the key of its reason.
    pub id: [u8; 16],
    /// What was opened.
    pub owner: Owner,
    /// By whom.
    pub official: OfficialId,
    /// When.
    pub at: At,
    /// Why.
    pub text: TextId,
}

/// What is kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// A petition or a person.
    pub owner: Owner,
    /// The line of the 파기대장 it was laid apart with.
    pub entry: uuid::Uuid,
    /// 보존 근거, as its code.
    pub basis: String,
    /// Until when.
    pub until: Date,
    /// Since when.
    pub at: At,
}

impl Batch {
    /// A proposal of records to be disposed of. A race when the department has this list of the year already.
    pub fn disposal_first(&mut self, disposal: &Disposal) -> Result<(), serde_json::Error> {
        self.add(
            "INSERT INTO disposal (id, seq, year, unit, part, state, made_at, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            crate::params![
                *disposal.id.as_bytes(),
                disposal.seq,
                i64::from(disposal.year),
                disposal.unit.bytes(),
                i64::from(disposal.part),
                disposal.step().code(),
                disposal.made_at.0,
                serde_json::to_string(disposal)?
            ],
        );
        for petition in &disposal.petitions {
            self.add(
                "INSERT INTO disposal_item (disposal, petition, verdict) VALUES ($1, $2, $3)",
                crate::params![*disposal.id.as_bytes(), petition.bytes(), ""],
            );
        }
        Ok(())
    }

    /// A proposal after a change; a race when another change came first.
    pub fn disposal_next(&mut self, disposal: &Disposal) -> Result<(), serde_json::Error> {
        let write = Write::new(
            "UPDATE disposal SET seq = $1, state = $2, carried = $3, body = $4 WHERE id = $5 AND seq = $6",
            crate::params![
                disposal.seq,
                disposal.step().code(),
                disposal.carried.map_or(0, |at| at.0),
                serde_json::to_string(disposal)?,
                *disposal.id.as_bytes(),
                i64::from(disposal.seq) - 1
            ],
        );
        self.push(Purpose::Race, write.rows(1));
        Ok(())
    }

    /// The board's word about every petition of a list, and retention set anew.
    pub fn disposal_decided(&mut self, disposal: &Disposal, now: At) {
        for petition in &disposal.petitions {
            self.add(
                "UPDATE disposal_item SET verdict = $1 WHERE disposal = $2 AND petition = $3",
                crate::params![
                    disposal.opinion(*petition).code(),
                    *disposal.id.as_bytes(),
                    petition.bytes()
                ],
            );
        }
        for (petition, term) in disposal.set_anew() {
            self.add(
                "INSERT INTO retention_anew (petition, term, disposal, at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (petition) DO UPDATE SET term = excluded.term, disposal = excluded.disposal, at = excluded.at",
                crate::params![petition.bytes(), term.code(), *disposal.id.as_bytes(), now.0],
            );
        }
    }

    /// What became of a petition when the decision was carried out.
    pub fn disposal_fate(&mut self, disposal: uuid::Uuid, petition: PetitionId, fate: Fate) {
        self.add(
            "UPDATE disposal_item SET fate = $1 WHERE disposal = $2 AND petition = $3",
            crate::params![fate.code(), *disposal.as_bytes(), petition.bytes()],
        );
    }

    /// A look at what is kept apart.
    pub fn apart_look(&mut self, look: &ApartLook) {
        self.add(
            "INSERT INTO apart_look (id, owner, official, at, text) VALUES ($1, $2, $3, $4, $5)",
            crate::params![
                look.id,
                look.owner,
                look.official.bytes(),
                look.at.0,
                look.text.bytes()
            ],
        );
    }
}

impl Place {
    /// Concluded petitions behind `after`, concluded before `before`, that are neither destroyed, held, kept apart, in a proposal
    /// that is not decided yet, nor in one of this year; with their retention where it was set anew. By identity.
    pub async fn disposable(
        &self,
        (before, year, today): (At, i16, Date),
        after: Option<PetitionId>,
        most: u32,
    ) -> Result<Vec<(Petition, Option<Term>)>, ReadError> {
        const SQL: &str = "SELECT h.state, COALESCE((SELECT a.term FROM retention_anew a WHERE a.petition = h.id), '') \
            FROM head h WHERE h.concluded_at < $1 AND h.is_open = 0 AND h.id > $2 \
            AND EXISTS (SELECT 1 FROM vault_key k WHERE k.owner = h.id AND k.apart = 0) \
            AND NOT EXISTS (SELECT 1 FROM destroyed d WHERE d.owner = h.id) \
            AND NOT EXISTS (SELECT 1 FROM legal_hold l WHERE l.petition = h.id AND l.lifted_at = 0 AND l.until_day >= $3) \
            AND NOT EXISTS (SELECT 1 FROM disposal_item i JOIN disposal o ON o.id = i.disposal \
                            WHERE i.petition = h.id AND (o.state <> 'done' OR o.carried = 0 OR o.year >= $4)) \
            ORDER BY h.id LIMIT $5";
        let after = after.map_or(crate::head::NONE, PetitionId::bytes);
        let params = crate::params![before.0, after, today.to_string(), i64::from(year), most];
        let rows = self.db.query(SQL, params).await?;
        (rows.iter())
            .map(|row| Ok((petition(row, 0)?, term(row.text(1)?)?)))
            .collect()
    }

    /// The retention of a petition, where the board set it anew.
    pub async fn term_anew(&self, petition: PetitionId) -> Result<Option<Term>, ReadError> {
        const SQL: &str = "SELECT term FROM retention_anew WHERE petition = $1";
        let row = self
            .db
            .query_optional(SQL, crate::params![petition.bytes()])
            .await?;
        row.map_or(Ok(None), |row| term(row.text(0)?))
    }

    /// How many lists a department has of a year.
    pub async fn disposal_parts(&self, year: i16, unit: UnitId) -> Result<u16, ReadError> {
        const SQL: &str = "SELECT COALESCE(MAX(part), 0) FROM disposal WHERE year = $1 AND unit = $2";
        let params = crate::params![i64::from(year), unit.bytes()];
        let row = self.db.query_optional(SQL, params).await?;
        let n = row.map_or(Ok(0), |row| row.int(0))?;
        u16::try_from(n).map_err(|_| ReadError::Broken(format!("{n} lists of a year")))
    }

    /// One proposal.
    pub async fn disposal(&self, id: uuid::Uuid) -> Result<Option<Disposal>, ReadError> {
        const SQL: &str = "SELECT body FROM disposal WHERE id = $1";
        let row = self
            .db
            .query_optional(SQL, crate::params![*id.as_bytes()])
            .await?;
        row.map(|row| body(&row, 0)).transpose()
    }

    /// Proposals behind `older`, newest first.
    pub async fn disposals(
        &self,
        wanted: &Wanted,
        older: Option<(At, uuid::Uuid)>,
        most: u32,
    ) -> Result<Vec<Disposal>, ReadError> {
        let mut params: Vec<Value> = Vec::new();
        let mut put = |value: Value| {
            params.push(value);
            format!("${}", params.len())
        };
        let mut conditions = vec!["1 = 1".to_owned()];
        if let Some(step) = wanted.step {
            conditions.push(format!("state = {}", put(step.code().into())));
        }
        if let Some(year) = wanted.year {
            conditions.push(format!("year = {}", put(i64::from(year).into())));
        }
        if let Some(units) = &wanted.units {
            if units.is_empty() {
                return Ok(Vec::new());
            }
            let places: Vec<String> = units.iter().map(|unit| put(unit.bytes().into())).collect();
            conditions.push(format!("unit IN ({})", places.join(", ")));
        }
        if let Some((at, id)) = older {
            let (before, same, behind) = (put(at.0.into()), put(at.0.into()), put((*id.as_bytes()).into()));
            conditions.push(format!(
                "(made_at < {before} OR made_at = {same} AND id < {behind})"
            ));
        }
        let sql = format!(
            "SELECT body FROM disposal WHERE {} ORDER BY made_at DESC, id DESC LIMIT {}",
            conditions.join(" AND "),
            put(most.into())
        );
        let rows = self.db.query_text(sql, params).await?;
        rows.iter().map(|row| body(row, 0)).collect()
    }

    /// How many proposals wait for a step, of these departments or of all.
    pub async fn disposals_waiting(&self, step: Step, units: Option<Vec<UnitId>>) -> Result<u32, ReadError> {
        let mut params: Vec<Value> = vec![step.code().into()];
        let mut sql = "SELECT COUNT(*) FROM disposal WHERE state = $1".to_owned();
        if let Some(units) = units {
            if units.is_empty() {
                return Ok(0);
            }
            let places: Vec<String> = (2..units.len() + 2).map(|n| format!("${n}")).collect();
            params.extend(units.iter().map(|unit| Value::from(unit.bytes())));
            sql.push_str(&format!(" AND unit IN ({})", places.join(", ")));
        }
        let rows = self.db.query_text(sql, params).await?;
        let n = rows.first().map_or(Ok(0), |row| row.int(0))?;
        Ok(u32::try_from(n).unwrap_or(u32::MAX))
    }

    /// Proposals that were decided and are not carried out yet.
    pub async fn disposals_decided(&self, most: u32) -> Result<Vec<Disposal>, ReadError> {
        const SQL: &str =
            "SELECT body FROM disposal WHERE state = 'done' AND carried = 0 ORDER BY made_at, id LIMIT $1";
        let rows = self.db.query(SQL, crate::params![most]).await?;
        rows.iter().map(|row| body(row, 0)).collect()
    }

    /// What became of the petitions of a list.
    pub async fn disposal_fates(
        &self,
        disposal: uuid::Uuid,
    ) -> Result<BTreeMap<PetitionId, Fate>, ReadError> {
        const SQL: &str = "SELECT petition, fate FROM disposal_item WHERE disposal = $1 AND fate <> ''";
        let rows = self.db.query(SQL, crate::params![*disposal.as_bytes()]).await?;
        let mut fates = BTreeMap::new();
        for row in &rows {
            let fate = (row.text(1)?.parse())
                .map_err(|_| ReadError::Broken("disposal_item.fate is no code".into()))?;
            fates.insert(PetitionId(uuid::Uuid::from_bytes(row.id16(0)?)), fate);
        }
        Ok(fates)
    }

    /// On which of these petitions a hold stands.
    pub async fn held_among(
        &self,
        petitions: &[PetitionId],
        today: Date,
    ) -> Result<Vec<PetitionId>, ReadError> {
        const SQL: &str =
            "SELECT 1 FROM legal_hold WHERE petition = $1 AND lifted_at = 0 AND until_day >= $2";
        let mut held = Vec::new();
        for petition in petitions {
            let params = crate::params![petition.bytes(), today.to_string()];
            if self.db.query_optional(SQL, params).await?.is_some() {
                held.push(*petition);
            }
        }
        Ok(held)
    }

    /// What is kept apart behind `after`, the longest first.
    pub async fn all_apart(&self, after: Option<(At, Owner)>, most: u32) -> Result<Vec<Apart>, ReadError> {
        const SQL: &str = "SELECT owner, entry, basis, until_day, at FROM apart \
                           WHERE at < $1 OR at = $2 AND owner > $3 ORDER BY at DESC, owner LIMIT $4";
        let (at, owner) = after.unwrap_or((At::NEVER, crate::head::NONE));
        let rows = self
            .db
            .query(SQL, crate::params![at.0, at.0, owner, most])
            .await?;
        rows.iter().map(apart).collect()
    }

    /// One thing that is kept apart.
    pub async fn one_apart(&self, owner: Owner) -> Result<Option<Apart>, ReadError> {
        const SQL: &str = "SELECT owner, entry, basis, until_day, at FROM apart WHERE owner = $1";
        let row = self.db.query_optional(SQL, crate::params![owner]).await?;
        row.map(|row| apart(&row)).transpose()
    }

    /// The newest looks at what is kept apart.
    pub async fn apart_looks(&self, most: u32) -> Result<Vec<ApartLook>, ReadError> {
        const SQL: &str =
            "SELECT id, owner, official, at, text FROM apart_look ORDER BY at DESC, id DESC LIMIT $1";
        let rows = self.db.query(SQL, crate::params![most]).await?;
        rows.iter()
            .map(|row| {
                Ok(ApartLook {
                    id: row.id16(0)?,
                    owner: row.id16(1)?,
                    official: OfficialId(uuid::Uuid::from_bytes(row.id16(2)?)),
                    at: At(row.int(3)?),
                    text: TextId(uuid::Uuid::from_bytes(row.id16(4)?)),
                })
            })
            .collect()
    }
}

fn apart(row: &Row) -> Result<Apart, ReadError> {
    let day = row.text(3)?;
    Ok(Apart {
        owner: row.id16(0)?,
        entry: uuid::Uuid::from_bytes(row.id16(1)?),
        basis: row.text(2)?.to_owned(),
        until: (day.parse()).map_err(|_| ReadError::Broken(format!("{day} is no day")))?,
        at: At(row.int(4)?),
    })
}

fn term(code: &str) -> Result<Option<Term>, ReadError> {
    match code {
        "" => Ok(None),
        code => match code.parse() {
            Ok(term) => Ok(Some(term)),
            Err(_) => Err(ReadError::Broken(format!("{code} is no retention"))),
        },
    }
}

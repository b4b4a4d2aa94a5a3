//! 특별절차 — what runs in petitions, found by its track, by when its step is due and by who takes part; and the tracks an agency has loaded.
//! The rows of petitions follow the journal and can be made again from it.

use crate::batch::Batch;
use crate::engine::{Ask, ReadError, Row, Value};
use crate::head::sight_sql;
use crate::place::Place;
use domain::access::Sight;
use domain::id::{OfficialId, PetitionId, UnitId};
use domain::petition::Petition;
use domain::proceeding::{Finish, Proceeding};
use domain::terms::{By, Code};
use domain::time::At;
use domain::track::Hand;
use std::collections::HashMap;

/// What a proceeding that ended with its petition ended as.
const WITH_PETITION: &str = "-with-petition";

/// Where a proceeding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its petition.
    pub petition: PetitionId,
    /// Its number there.
    pub no: u32,
    /// What the list runs by: when its step is due, when it ended, or when it was published.
    pub key: At,
}

/// How often a track ended in a way, and how long that took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The track.
    pub track: Code,
    /// The ending; `None` together with the petition.
    pub ending: Option<Code>,
    /// How many.
    pub count: u64,
    /// From beginning to end, of all together, in milliseconds.
    pub took: i64,
}

/// How often a mark was given to a question of a survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// The survey.
    pub survey: Code,
    /// The question.
    pub question: Code,
    /// The mark.
    pub mark: u32,
    /// How often.
    pub count: u64,
}

/// How many proceedings of a track somebody began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Who; `None` for those that citizens or services began.
    pub official: Option<OfficialId>,
    /// How many.
    pub begun: u64,
    /// How many of them have ended.
    pub ended: u64,
    /// From beginning to end, of those together, in milliseconds.
    pub took: i64,
}

/// Of whom a step is awaited, as identities: officials by name, seats by their bytes.
pub(crate) fn expected(p: &Petition) -> Vec<[u8; 16]> {
    let mut all: Vec<[u8; 16]> = Vec::new();
    for one in p.open_proceedings() {
        for hand in &one.stands.expects {
            match hand {
                Hand::Petitioner => {}
                Hand::Handler => all.extend(p.handler.map(OfficialId::bytes)),
                Hand::Seat(seat) => all.push(seat.bytes()),
                Hand::Lead(seat) => all.extend(p.unit.map(|unit: UnitId| seat.bytes_in(unit))),
                Hand::Member(role) => all.extend(one.members_of(*role).map(OfficialId::bytes)),
            }
        }
    }
    all
}

impl Batch {
    /// The rows of proceedings that have changed.
    pub(crate) fn proceeding_rows(&mut self, before: &[Proceeding], p: &Petition) {
        for one in p.proceedings.iter().filter(|one| !before.contains(one)) {
            let (track, version) = one.track;
            let (ending, ended_at) = match &one.end {
                None => ("", At(0)),
                Some((Finish::WithPetition, at)) => (WITH_PETITION, *at),
                Some((Finish::As(code), at)) => (code.as_str(), *at),
            };
            self.add(
                "INSERT INTO proceeding (petition, no, track, version, step, is_open, due, since, opened_at, opened_by, ended_at, ending, \
                 published_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
                 ON CONFLICT (petition, no) DO UPDATE SET step = excluded.step, is_open = excluded.is_open, due = excluded.due, \
                 since = excluded.since, ended_at = excluded.ended_at, ending = excluded.ending, \
                 published_at = excluded.published_at",
                crate::params![
                    p.id.bytes(),
                    one.no,
                    track.as_str(),
                    version,
                    one.stands.step.as_str(),
                    one.is_open(),
                    one.due().unwrap_or(At::NEVER).0,
                    one.since.0,
                    one.opened_at.0,
                    match one.opened_by {
                        By::Official(official) => official.bytes(),
                        By::Citizen(_) | By::Machine(_) | By::System => crate::head::NONE,
                    },
                    ended_at.0,
                    ending,
                    one.published.map_or(0, |(_, at)| at.0)
                ],
            );
            let was = before.iter().find(|other| other.no == one.no);
            self.hours(was, one, p.id);
            self.survey_marks(was, one, p.id);
            let same = was.is_some_and(|was| was.members == one.members && was.is_open() == one.is_open());
            if same {
                continue;
            }
            if was.is_some() {
                self.add(
                    "DELETE FROM proceeding_member WHERE petition = $1 AND no = $2",
                    crate::params![p.id.bytes(), one.no],
                );
            }
            for member in one.members.iter().filter(|_| one.is_open()) {
                self.add(
                    "INSERT INTO proceeding_member (official, petition, no, role) VALUES ($1, $2, $3, $4)",
                    crate::params![
                        member.official.bytes(),
                        p.id.bytes(),
                        one.no,
                        member.role.as_str()
                    ],
                );
            }
        }
    }

    /// 잡아 둔 시간, as it is now.
    fn hours(&mut self, was: Option<&Proceeding>, one: &Proceeding, petition: PetitionId) {
        let (before, now) = (was.map(Proceeding::hours).unwrap_or_default(), one.hours());
        if before == now {
            return;
        }
        if !before.is_empty() {
            self.add(
                "DELETE FROM hour WHERE petition = $1 AND no = $2",
                crate::params![petition.bytes(), one.no],
            );
        }
        for (official, from, until) in now {
            self.add(
                "INSERT INTO hour (official, from_at, until_at, petition, no) VALUES ($1, $2, $3, $4, $5)",
                crate::params![official.bytes(), from.0, until.0, petition.bytes(), one.no],
            );
        }
    }

    /// 설문의 답 that came since.
    fn survey_marks(&mut self, was: Option<&Proceeding>, one: &Proceeding, petition: PetitionId) {
        let known = was.map_or(0, |was| was.surveyed.len());
        for (nth, answered) in one.surveyed.iter().enumerate().skip(known) {
            for mark in &answered.marks {
                self.add(
                    "INSERT INTO survey_mark (petition, no, nth, question, track, survey, mark, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    crate::params![
                        petition.bytes(),
                        one.no,
                        u32::try_from(nth).unwrap_or(u32::MAX),
                        mark.question.as_str(),
                        one.track.0.as_str(),
                        answered.survey.as_str(),
                        mark.mark,
                        answered.at.0
                    ],
                );
            }
        }
    }

    /// Keeps a loaded track. A race where that version is there already.
    pub fn track(&mut self, code: Code, version: u32, text: &str, now: At) {
        self.add(
            "INSERT INTO track (code, version, text, loaded_at) VALUES ($1, $2, $3, $4)",
            crate::params![code.as_str(), version, text, now.0],
        );
    }
}

impl Place {
    /// The secret number of the nth lot of a proceeding. Nobody can choose it, look it up or have another one: it follows from where the lot
    /// stands and a key of the place.
    pub fn lot_seed(&self, petition: PetitionId, no: u32, nth: usize) -> [u8; 32] {
        self.keys.lookup.lookup("lot", &format!("{petition} {no} {nth}"))
    }

    /// Running proceedings, of a track or of all, as far as `sight` reaches: those due first first.
    pub async fn proceedings_open(
        &self,
        track: Option<Code>,
        sight: &Sight,
        behind: Option<Found>,
        limit: u32,
    ) -> Result<Vec<Found>, ReadError> {
        self.proceedings_where(("due", ">", "ASC"), "is_open = 1", track, sight, behind, limit)
            .await
    }

    /// Ended ones, newest first.
    pub async fn proceedings_ended(
        &self,
        track: Option<Code>,
        sight: &Sight,
        behind: Option<Found>,
        limit: u32,
    ) -> Result<Vec<Found>, ReadError> {
        self.proceedings_where(
            ("ended_at", "<", "DESC"),
            "is_open = 0",
            track,
            sight,
            behind,
            limit,
        )
        .await
    }

    /// 사례집: what was published, newest first. For everybody to read.
    pub async fn casebook(
        &self,
        track: Option<Code>,
        behind: Option<Found>,
        limit: u32,
    ) -> Result<Vec<Found>, ReadError> {
        let everything = Sight {
            all: true,
            ..Sight::default()
        };
        let way = ("published_at", "<", "DESC");
        self.proceedings_where(way, "published_at > 0", track, &everything, behind, limit)
            .await
    }

    async fn proceedings_where(
        &self,
        (key, sign, way): (&str, &str, &str),
        wanted: &str,
        track: Option<Code>,
        sight: &Sight,
        behind: Option<Found>,
        limit: u32,
    ) -> Result<Vec<Found>, ReadError> {
        let mut params: Vec<Value> = Vec::new();
        let seen = sight_sql(sight, &mut params);
        let mut sql = format!("SELECT petition, no, {key} FROM proceeding WHERE {wanted}");
        if !sight.all {
            sql.push_str(&format!(" AND petition IN (SELECT id FROM head WHERE {seen})"));
        }
        if let Some(track) = track {
            params.push(track.as_str().into());
            sql.push_str(&format!(" AND track = ${}", params.len()));
        }
        if let Some(behind) = behind {
            params.extend([
                behind.key.0.into(),
                behind.petition.bytes().into(),
                behind.no.into(),
            ]);
            let n = params.len();
            sql.push_str(&format!(
                " AND ({key}, petition, no) {sign} (${}, ${}, ${n})",
                n - 2,
                n - 1
            ));
        }
        params.push(limit.into());
        let n = params.len();
        sql.push_str(&format!(
            " ORDER BY {key} {way}, petition {way}, no {way} LIMIT ${n}"
        ));
        self.db.query_text(sql, params).await?.iter().map(found).collect()
    }

    /// Steps that are due from one moment until before another, behind a row.
    pub async fn steps_due(
        &self,
        (from, until): (At, At),
        behind: Option<Found>,
        limit: u32,
    ) -> Result<Vec<Found>, ReadError> {
        const SQL: &str = "SELECT petition, no, due FROM proceeding WHERE is_open = 1 AND due < $1 \
                           AND (due, petition, no) > ($2, $3, $4) ORDER BY due, petition, no LIMIT $5";
        let (at, id, no) = behind.map_or((from.0 - 1, [0xFF; 16], u32::MAX), |b| {
            (b.key.0, b.petition.bytes(), b.no)
        });
        let rows = self
            .db
            .query(SQL, crate::params![until.0, at, id, no, limit])
            .await?;
        rows.iter().map(found).collect()
    }

    /// 잡아 둔 시간 — from when until when an official's time is offered or booked, behind `now` and outside this one proceeding.
    pub async fn hours_of(
        &self,
        official: OfficialId,
        now: At,
        (petition, no): (PetitionId, u32),
    ) -> Result<Vec<(At, At)>, ReadError> {
        const SQL: &str = "SELECT from_at, until_at FROM hour WHERE official = $1 AND until_at > $2 AND (petition <> $3 OR no <> $4) \
                           ORDER BY from_at, petition, no";
        let params = crate::params![official.bytes(), now.0, petition.bytes(), no];
        let rows = self.db.query(SQL, params).await?;
        rows.iter()
            .map(|row| Ok((At(row.int(0)?), At(row.int(1)?))))
            .collect()
    }

    /// 설문 결과 — how often each mark was given to each question from one moment until before another.
    pub async fn survey_marks(&self, track: Code, (from, until): (At, At)) -> Result<Vec<Marked>, ReadError> {
        const SQL: &str = "SELECT survey, question, mark, count(*) FROM survey_mark WHERE track = $1 AND at >= $2 AND at < $3 \
                           GROUP BY survey, question, mark ORDER BY survey, question, mark";
        let rows = self
            .db
            .query(SQL, crate::params![track.as_str(), from.0, until.0])
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Marked {
                    survey: code(row, 0)?,
                    question: code(row, 1)?,
                    mark: u32::try_from(row.int(2)?).unwrap_or(0),
                    count: row.int(3)?.unsigned_abs(),
                })
            })
            .collect()
    }

    /// How many running proceedings each official is a member of.
    pub async fn member_loads(&self) -> Result<HashMap<OfficialId, u32>, ReadError> {
        const SQL: &str = "SELECT official, count(*) FROM proceeding_member GROUP BY official";
        let rows = self.db.query(SQL, Vec::new()).await?;
        rows.iter()
            .map(|row| {
                let official = OfficialId(uuid::Uuid::from_bytes(row.id16(0)?));
                Ok((official, u32::try_from(row.int(1)?).unwrap_or(u32::MAX)))
            })
            .collect()
    }

    /// How many proceedings run, by track and step.
    pub async fn proceedings_running(&self) -> Result<Vec<(Code, Code, u64)>, ReadError> {
        const SQL: &str = "SELECT track, step, count(*) FROM proceeding WHERE is_open = 1 GROUP BY track, step ORDER BY track, step";
        let rows = self.db.query(SQL, Vec::new()).await?;
        rows.iter()
            .map(|row| Ok((code(row, 0)?, code(row, 1)?, row.int(2)?.unsigned_abs())))
            .collect()
    }

    /// What ended from one moment until before another, by track and ending.
    pub async fn proceedings_finished(&self, (from, until): (At, At)) -> Result<Vec<Ended>, ReadError> {
        const SQL: &str = "SELECT track, ending, count(*), CAST(sum(ended_at - opened_at) AS BIGINT) FROM proceeding \
                           WHERE is_open = 0 AND ended_at >= $1 AND ended_at < $2 GROUP BY track, ending ORDER BY track, ending";
        let rows = self.db.query(SQL, crate::params![from.0, until.0]).await?;
        rows.iter()
            .map(|row| {
                Ok(Ended {
                    track: code(row, 0)?,
                    ending: if row.text(1)? == WITH_PETITION {
                        None
                    } else {
                        Some(code(row, 1)?)
                    },
                    count: row.int(2)?.unsigned_abs(),
                    took: row.int(3)?,
                })
            })
            .collect()
    }

    /// 부하 — how many proceedings of a track each official began from one moment until before another, the busiest first.
    pub async fn proceedings_begun(
        &self,
        track: Code,
        (from, until): (At, At),
    ) -> Result<Vec<Load>, ReadError> {
        const SQL: &str = "SELECT opened_by, count(*), CAST(sum(1 - is_open) AS BIGINT), \
                           CAST(sum(CASE is_open WHEN 1 THEN 0 ELSE ended_at - opened_at END) AS BIGINT) FROM proceeding \
                           WHERE track = $1 AND opened_at >= $2 AND opened_at < $3 GROUP BY opened_by ORDER BY 2 DESC, 1";
        let rows = self
            .db
            .query(SQL, crate::params![track.as_str(), from.0, until.0])
            .await?;
        rows.iter()
            .map(|row| {
                let by = row.id16(0)?;
                Ok(Load {
                    official: Some(OfficialId(uuid::Uuid::from_bytes(by)))
                        .filter(|_| by != crate::head::NONE),
                    begun: row.int(1)?.unsigned_abs(),
                    ended: row.int(2)?.unsigned_abs(),
                    took: row.int(3)?,
                })
            })
            .collect()
    }

    /// The texts of loaded tracks, in the order they were loaded.
    pub async fn loaded_tracks(&self) -> Result<Vec<String>, ReadError> {
        const SQL: &str = "SELECT text FROM track ORDER BY loaded_at, code, version";
        let rows = self.db.query(SQL, Vec::new()).await?;
        rows.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
    }
}

fn found(row: &Row) -> Result<Found, ReadError> {
    Ok(Found {
        petition: PetitionId(uuid::Uuid::from_bytes(row.id16(0)?)),
        no: u32::try_from(row.int(1)?).unwrap_or(u32::MAX),
        key: At(row.int(2)?),
    })
}

fn code(row: &Row, at: usize) -> Result<Code, ReadError> {
    (row.text(at)?.parse())
        .map_err(|_| ReadError::Broken(format!("no code: {}", row.text(at).unwrap_or_default())))
}

//! 조직과 편람 — units, officials and their seats, services, fields, districts and settings, each valid from a day to a day.
//!
//! Small tables, read whole into `app`'s picture of the office; a counter in `setting` tells when to read them again.

use crate::batch::Batch;
use crate::engine::{Ask, ReadError, Row};
use crate::place::Place;
use crate::seats::SeatChange;
use domain::absence::Absence;
use domain::handbook::Service;
use domain::id::{OfficialId, UnitId};
use domain::terms::Seat;
use domain::time::At;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// 부서.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Identity.
    pub id: UnitId,
    /// The office's own code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// The unit above, by code; empty for none.
    pub parent: String,
    /// Telephone.
    pub phone: String,
    /// Telefax.
    pub fax: String,
    /// Address.
    pub address: String,
    /// Mail address.
    pub mail: String,
}

/// 공무원.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identity.
    pub id: OfficialId,
    /// What one logs in with.
    pub login: String,
    /// 성명.
    pub name: String,
    /// 직위·직급.
    pub title: String,
    /// Telephone, told to petitioners (영31).
    pub phone: String,
    /// Mail address for notices.
    pub mail: String,
}

/// A seat of an official in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// Who.
    pub official: OfficialId,
    /// Where.
    pub unit: UnitId,
    /// What.
    pub seat: Seat,
}

/// A named number: a field of city life or a district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The number the journal keeps.
    pub id: u32,
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: String,
}

/// The whole picture, as valid on a day.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// Units.
    pub units: Vec<Unit>,
    /// Officials.
    pub officials: Vec<Person>,
    /// Seats.
    pub posts: Vec<Post>,
    /// Every unit there ever was, as it was called last: old petitions name them.
    pub every_unit: Vec<Unit>,
    /// Everybody who ever worked here.
    pub every_official: Vec<Person>,
    /// Absences that have not ended.
    pub absences: Vec<Absence>,
    /// Closed units and those that succeed them, in order.
    pub successors: BTreeMap<UnitId, Vec<UnitId>>,
    /// Every version of every service.
    pub services: Vec<Service>,
    /// Fields of city life.
    pub fields: Vec<Named>,
    /// Districts.
    pub districts: Vec<Named>,
}

/// The last day of what has no end.
pub(crate) const FOREVER: &str = "9999-12-31";

pub(crate) fn last(day: Option<Date>) -> String {
    day.map_or_else(|| FOREVER.to_owned(), |day| day.to_string())
}

impl Batch {
    /// A version of a unit, new or changed.
    pub fn unit(&mut self, unit: &Unit, from: Date, to: Option<Date>) -> Result<(), serde_json::Error> {
        self.add(
            "INSERT INTO unit (id, code, body, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (id, valid_from) DO UPDATE SET code = excluded.code, body = excluded.body, \
             valid_to = excluded.valid_to",
            crate::params![
                unit.id.bytes(),
                &unit.code,
                serde_json::to_string(unit)?,
                from.to_string(),
                last(to)
            ],
        );
        Ok(())
    }

    /// An official, new or changed; the password is a PHC string.
    pub fn official(
        &mut self,
        person: &Person,
        password: &str,
        from: Date,
        to: Option<Date>,
    ) -> Result<(), serde_json::Error> {
        self.add(
            "INSERT INTO official (id, login, password, body, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (id) DO UPDATE SET login = excluded.login, password = excluded.password, body = excluded.body, \
             valid_from = excluded.valid_from, valid_to = excluded.valid_to",
            crate::params![
                person.id.bytes(),
                &person.login,
                password,
                serde_json::to_string(person)?,
                from.to_string(),
                last(to)
            ],
        );
        Ok(())
    }

    /// A seat.
    pub fn post(&mut self, post: Post, from: Date, to: Option<Date>) {
        self.seat(SeatChange::of(true, post, from, to));
        self.add(
            "INSERT INTO post (official, unit, seat, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (official, unit, seat, valid_from) DO UPDATE SET valid_to = excluded.valid_to",
            crate::params![
                post.official.bytes(),
                post.unit.bytes(),
                post.seat.code(),
                from.to_string(),
                last(to)
            ],
        );
    }

    /// A version of a service. Versions are never changed, only followed by newer ones.
    pub fn service(&mut self, service: &Service) -> Result<(), serde_json::Error> {
        self.add(
            "INSERT INTO service (code, version, valid_from, valid_to, body) VALUES ($1, $2, $3, $4, $5)",
            crate::params![
                service.code.as_str(),
                service.version,
                service.valid_from.to_string(),
                last(service.valid_to),
                serde_json::to_string(service)?
            ],
        );
        Ok(())
    }

    /// A field of city life.
    pub fn field(&mut self, field: &Named) {
        self.add(
            "INSERT INTO field (id, name, name_en) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            crate::params![field.id, &field.name, &field.name_en],
        );
    }

    /// A district.
    pub fn district(&mut self, district: &Named) {
        self.add(
            "INSERT INTO district (id, name, name_en) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            crate::params![district.id, &district.name, &district.name_en],
        );
    }

    /// A setting no more.
    pub fn no_setting(&mut self, name: &str) {
        self.add("DELETE FROM setting WHERE name = $1", crate::params![name]);
    }

    /// A setting.
    pub fn setting(&mut self, name: &str, value: &str) {
        self.add(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            crate::params![name, value],
        );
    }
}

pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, ReadError> {
    serde_json::from_str(text)
        .map_err(|error| ReadError::Broken(format!("a row of the office cannot be read: {error}")))
}

const POSTS: &str = "SELECT official, unit, seat FROM post WHERE valid_from <= $1 AND valid_to >= $1 \
                     ORDER BY official, unit, seat";

fn post(row: &Row) -> Result<Post, ReadError> {
    Ok(Post {
        official: OfficialId(uuid::Uuid::from_bytes(row.id16(0)?)),
        unit: UnitId(uuid::Uuid::from_bytes(row.id16(1)?)),
        seat: row
            .text(2)?
            .parse()
            .map_err(|_| ReadError::Broken("a seat is unknown".into()))?,
    })
}

impl Picture {
    /// The same office where only these seats are held: what a place looks like that has seats of its own. Who holds none there
    /// stands in for nobody.
    pub fn seated(mut self, posts: Vec<Post>) -> Picture {
        let sits = |id: &OfficialId| posts.iter().any(|post| post.official == *id);
        self.absences.retain(|absence| sits(&absence.official));
        for absence in &mut self.absences {
            absence.stand_in = absence.stand_in.filter(sits);
            absence.deputy = absence.deputy.filter(sits);
        }
        self.posts = posts;
        self
    }
}

impl Place {
    /// The office as valid on `day`; services in every version.
    pub async fn picture(&self, day: Date) -> Result<Picture, ReadError> {
        let midnight = At::seoul(day.to_datetime(jiff::civil::Time::midnight()));
        let day = day.to_string();
        let snapshot = self.db.snapshot().await?;
        let mut picture = Picture::default();
        const UNITS: &str = "SELECT body FROM unit WHERE valid_from <= $1 AND valid_to >= $1 ORDER BY code";
        for row in snapshot.query(UNITS, crate::params![&day]).await? {
            picture.units.push(read(row.text(0)?)?);
        }
        const OFFICIALS: &str =
            "SELECT body FROM official WHERE valid_from <= $1 AND valid_to >= $1 ORDER BY login";
        for row in snapshot.query(OFFICIALS, crate::params![&day]).await? {
            picture.officials.push(read(row.text(0)?)?);
        }
        for row in snapshot.query(POSTS, crate::params![&day]).await? {
            picture.posts.push(post(&row)?);
        }
        const EVERY_UNIT: &str = "SELECT body FROM unit u WHERE valid_from = \
             (SELECT max(valid_from) FROM unit v WHERE v.id = u.id) ORDER BY code";
        for row in snapshot.query(EVERY_UNIT, Vec::new()).await? {
            picture.every_unit.push(read(row.text(0)?)?);
        }
        const EVERY_OFFICIAL: &str = "SELECT body FROM official ORDER BY login";
        for row in snapshot.query(EVERY_OFFICIAL, Vec::new()).await? {
            picture.every_official.push(read(row.text(0)?)?);
        }
        for row in snapshot
            .query(crate::people::ABSENCES, crate::params![midnight.0])
            .await?
        {
            picture.absences.push(crate::people::absence(&row)?);
        }
        const SUCCESSION: &str =
            "SELECT unit, successor FROM succession WHERE from_day <= $1 ORDER BY unit, nth";
        for row in snapshot.query(SUCCESSION, crate::params![&day]).await? {
            let unit = UnitId(uuid::Uuid::from_bytes(row.id16(0)?));
            let successor = UnitId(uuid::Uuid::from_bytes(row.id16(1)?));
            picture.successors.entry(unit).or_default().push(successor);
        }
        for row in snapshot
            .query("SELECT body FROM service ORDER BY code, version", Vec::new())
            .await?
        {
            picture.services.push(read(row.text(0)?)?);
        }
        for (sql, named) in [
            (
                "SELECT id, name, name_en FROM field ORDER BY id",
                &mut picture.fields,
            ),
            (
                "SELECT id, name, name_en FROM district ORDER BY id",
                &mut picture.districts,
            ),
        ] {
            for row in snapshot.query(sql, Vec::new()).await? {
                named.push(Named {
                    id: u32::try_from(row.int(0)?).unwrap_or_default(),
                    name: row.text(1)?.to_owned(),
                    name_en: row.text(2)?.to_owned(),
                });
            }
        }
        Ok(picture)
    }

    /// The seats held in this place on a day.
    pub async fn posts(&self, day: Date) -> Result<Vec<Post>, ReadError> {
        let rows = self.db.query(POSTS, crate::params![day.to_string()]).await?;
        rows.iter().map(post).collect()
    }

    /// A setting.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, ReadError> {
        let row = self
            .db
            .query_optional("SELECT value FROM setting WHERE name = $1", crate::params![name])
            .await?;
        row.map(|row| Ok(row.text(0)?.to_owned())).transpose()
    }

    /// The official of a log-in name, valid on `day`, with the PHC string of the password.
    pub async fn login(&self, login: &str, day: Date) -> Result<Option<(OfficialId, String)>, ReadError> {
        const SQL: &str =
            "SELECT id, password FROM official WHERE login = $1 AND valid_from <= $2 AND valid_to >= $2";
        let row = self
            .db
            .query_optional(SQL, crate::params![login, day.to_string()])
            .await?;
        row.map(|row| {
            Ok((
                OfficialId(uuid::Uuid::from_bytes(row.id16(0)?)),
                row.text(1)?.to_owned(),
            ))
        })
        .transpose()
    }

    /// The next number of a series.
    pub async fn next_number(&self, series: &str) -> Result<u32, ReadError> {
        let row = self
            .db
            .query_optional("SELECT next FROM series WHERE name = $1", crate::params![series])
            .await?;
        row.map_or(Ok(1), |row| Ok(u32::try_from(row.int(0)?).unwrap_or(u32::MAX)))
    }

    /// Waits until what is seen here is as safe as what was acknowledged. A commit of PostgreSQL whose wait for the standby was cut short is
    /// seen although it may still be lost with the primary: this one is written behind it, and is acknowledged only when a standby has both.
    pub async fn make_sure(&self) -> Result<(), crate::batch::CommitFault> {
        match self.dialect() {
            // What a reader sees has been synced.
            crate::engine::Dialect::Sqlite => Ok(()),
            crate::engine::Dialect::Postgres => {
                let mut batch = crate::batch::Batch::new();
                batch.add(
                    "SELECT pg_logical_emit_message(true, 'minwon', CAST('' AS TEXT))",
                    Vec::new(),
                );
                self.commit(batch, crate::engine::Urgency::User).await
            }
        }
    }

    /// The next number of every series.
    pub async fn series(&self) -> Result<HashMap<String, u32>, ReadError> {
        let rows = self.db.query("SELECT name, next FROM series", Vec::new()).await?;
        (rows.iter())
            .map(|row| {
                Ok((
                    row.text(0)?.to_owned(),
                    u32::try_from(row.int(1)?).unwrap_or(u32::MAX),
                ))
            })
            .collect()
    }

    /// What an idempotency key led to: the petition and the event.
    pub async fn done_before(
        &self,
        key: &[u8; 32],
    ) -> Result<Option<(domain::id::PetitionId, u32)>, ReadError> {
        const SQL: &str = "SELECT petition, seq FROM idempotency WHERE key = $1";
        let row = self.db.query_optional(SQL, crate::params![key]).await?;
        row.map(|row| {
            let petition = domain::id::PetitionId(uuid::Uuid::from_bytes(row.id16(0)?));
            Ok((petition, u32::try_from(row.int(1)?).unwrap_or_default()))
        })
        .transpose()
    }
}

//! 시작 자료 — what a new city begins with, read from the CSV files of `data/` and laid into the store once.

use crate::office::Settings;
use crate::{App, Trouble};
use domain::answers::StandardAnswer;
use domain::certificate::{ALONE_CERTIFICATE, ALONE_ONE_STOP};
use domain::due::Period;
use domain::handbook::{Fact, Online, Service, Surety};
use domain::id::{OfficialId, UnitId};
use domain::procedure::Words;
use domain::terms::{Code, Kind, Seat};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use store::batch::Batch;
use store::engine::Urgency;
use store::office::{Named, Person, Post, Unit};

/// The files, as texts.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// `units.csv`.
    pub units: &'a str,
    /// `services.csv`.
    pub services: &'a str,
    /// `fields.csv`.
    pub fields: &'a str,
    /// `districts.csv`.
    pub districts: &'a str,
    /// `officials.csv`; empty for a city that enters its own.
    pub officials: &'a str,
    /// `answers.csv`: 표준답변.
    pub answers: &'a str,
}

#[derive(Deserialize)]
struct UnitRow {
    code: String,
    name: String,
    name_en: String,
    parent: String,
    phone: String,
    fax: String,
    address: String,
    email: String,
}

#[derive(Deserialize)]
struct ServiceRow {
    code: Code,
    name: String,
    name_en: String,
    kind: String,
    group: String,
    period: String,
    period_status: String,
    documents: String,
    documents_status: String,
    fee: String,
    fee_status: String,
    department: String,
    department_status: String,
    unit: String,
    legal_basis: String,
    legal_basis_status: String,
    one_stop: String,
    oral: String,
    immediate: String,
    online: String,
    procedure: Code,
    keywords: String,
    valid_from: Date,
    note: String,
}

#[derive(Deserialize)]
struct FieldRow {
    number: u32,
    name: String,
    name_en: String,
}

#[derive(Deserialize)]
struct DistrictRow {
    code: u32,
    name: String,
    name_en: String,
}

#[derive(Deserialize)]
struct AnswerRow {
    code: Code,
    title: String,
    question: String,
    answer: String,
    unit: String,
    service: String,
    review_by: Date,
    reviewed_on: Date,
}

#[derive(Deserialize)]
struct OfficialRow {
    login: String,
    name: String,
    title: String,
    unit: String,
    seats: String,
    phone: String,
}

fn rows<T: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>, Trouble> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| Trouble::Broken(format!("{file}: {error}")))
}

fn fact<T>(value: Option<T>, status: &str) -> Option<Fact<T>> {
    value.map(|value| Fact {
        value,
        surety: if status == "sure" {
            Surety::Sure
        } else {
            Surety::Unsure
        },
    })
}

fn text(value: &str) -> Option<String> {
    (!value.trim().is_empty()).then(|| value.trim().to_owned())
}

fn list(value: &str) -> Vec<String> {
    value.split(';').filter_map(text).collect()
}

fn service(row: ServiceRow, units: &HashMap<String, UnitId>) -> Result<Service, Trouble> {
    let wrong = |what: &str| Trouble::Broken(format!("services.csv, {}: {what}", row.code));
    let period: Option<Period> = match text(&row.period) {
        Some(period) => Some(period.parse().map_err(|_| wrong("period"))?),
        None => None,
    };
    let kind: Kind = row.kind.parse().map_err(|_| wrong("kind"))?;
    let documents = list(&row.documents);
    Ok(Service {
        code: row.code,
        version: 1,
        valid_from: row.valid_from,
        valid_to: None,
        name: Words {
            ko: row.name,
            en: row.name_en,
        },
        group: row.group.clone(),
        kind,
        procedure: row.procedure,
        period: fact(period, &row.period_status),
        basis: fact(text(&row.legal_basis), &row.legal_basis_status),
        documents: fact(
            (!documents.is_empty()).then_some(documents),
            &row.documents_status,
        ),
        fee: fact(text(&row.fee), &row.fee_status),
        department: fact(text(&row.department), &row.department_status),
        unit: units.get(&row.unit).copied(),
        online: if row.online == "yes" {
            Online::Yes
        } else {
            Online::No
        },
        oral: row.oral == "yes",
        alone: if row.one_stop == "yes" {
            ALONE_ONE_STOP.to_vec()
        } else if row.group == "certificate" && row.immediate == "yes" {
            ALONE_CERTIFICATE.to_vec()
        } else {
            Vec::new()
        },
        words: list(&row.keywords),
        note: text(&row.note),
    })
}

impl App {
    /// Lays the starting data into an empty store, with one password (a PHC string) for every official of the files. Does
    /// nothing when the store holds services already; gives whether it did.
    pub async fn install(
        &self,
        files: Files<'_>,
        settings: &Settings,
        password: &str,
    ) -> Result<bool, Trouble> {
        let day = self
            .now()
            .date()
            .ok_or_else(|| Trouble::Broken("the clock is outside the calendar".into()))?;
        let picture = self.places.live.picture(day).await?;
        if !picture.services.is_empty() {
            return Ok(false);
        }
        let start = jiff::civil::date(2004, 1, 1);
        let mut batch = Batch::new();
        let mut units: HashMap<String, UnitId> = HashMap::new();
        for row in rows::<UnitRow>("units.csv", files.units)? {
            let id = UnitId(self.id());
            let (code, name, name_en, parent) = (row.code, row.name, row.name_en, row.parent);
            let (phone, fax, address, mail) = (row.phone, row.fax, row.address, row.email);
            units.insert(code.clone(), id);
            batch.unit(
                &Unit {
                    id,
                    code,
                    name,
                    name_en,
                    parent,
                    phone,
                    fax,
                    address,
                    mail,
                },
                start,
                None,
            )?;
        }
        for row in rows::<ServiceRow>("services.csv", files.services)? {
            batch.service(&service(row, &units)?)?;
        }
        for row in rows::<FieldRow>("fields.csv", files.fields)? {
            batch.field(&Named {
                id: row.number,
                name: row.name,
                name_en: row.name_en,
            });
        }
        for row in rows::<DistrictRow>("districts.csv", files.districts)? {
            batch.district(&Named {
                id: row.code,
                name: row.name,
                name_en: row.name_en,
            });
        }
        if !files.officials.is_empty() {
            for row in rows::<OfficialRow>("officials.csv", files.officials)? {
                let wrong = |what: &str| Trouble::Broken(format!("officials.csv, {}: {what}", row.login));
                let id = OfficialId(self.id());
                let unit = *units.get(&row.unit).ok_or_else(|| wrong("unit"))?;
                let mail = format!("{}@hanbit.example", row.login);
                let (login, name) = (row.login.clone(), row.name.clone());
                let (title, phone) = (row.title.clone(), row.phone.clone());
                batch.official(
                    &Person {
                        id,
                        login,
                        name,
                        title,
                        phone,
                        mail,
                    },
                    password,
                    start,
                    None,
                )?;
                for seat in list(&row.seats) {
                    let seat: Seat = seat.parse().map_err(|_| wrong("seat"))?;
                    batch.post(
                        Post {
                            official: id,
                            unit,
                            seat,
                        },
                        start,
                        None,
                    );
                }
            }
        }
        for row in rows::<AnswerRow>("answers.csv", files.answers)? {
            let wrong = |what: &str| Trouble::Broken(format!("answers.csv, {}: {what}", row.code));
            let answer = StandardAnswer {
                code: row.code,
                version: 1,
                unit: *units.get(&row.unit).ok_or_else(|| wrong("unit"))?,
                service: match text(&row.service) {
                    Some(code) => Some(code.parse().map_err(|_| wrong("service"))?),
                    None => None,
                },
                title: row.title,
                question: row.question,
                answer: row.answer,
                review_by: row.review_by,
                reviewed_on: row.reviewed_on,
                retired: false,
            };
            batch.standard_answer(&answer, None, self.now())?;
        }
        batch.setting("office", &serde_json::to_string(settings)?);
        self.places.live.commit(batch, Urgency::Bulk).await?;
        self.reload().await?;
        Ok(true)
    }

    /// Enters one official with a seat in a unit; for the command of the operator.
    pub async fn enter_official(
        &self,
        person: &Person,
        password: &str,
        unit: &str,
        seats: &[Seat],
    ) -> Result<(), Trouble> {
        let office = self.office();
        let unit = office
            .unit_by_code(unit)
            .ok_or_else(|| Trouble::Broken(format!("there is no unit `{unit}`")))?
            .id;
        let mut batch = Batch::new();
        batch.official(person, password, office.day, None)?;
        for seat in seats {
            batch.post(
                Post {
                    official: person.id,
                    unit,
                    seat: *seat,
                },
                office.day,
                None,
            );
        }
        self.places.live.commit(batch, Urgency::User).await?;
        self.reload().await
    }

    /// A fresh identity for an official entered by hand.
    pub fn new_official(&self) -> OfficialId {
        OfficialId(self.id())
    }
}

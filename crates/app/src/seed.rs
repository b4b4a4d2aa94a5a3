//! 시작 자료 — what a new city begins with, read from the CSV files of `data/` and laid into the store once.

mod detail;

use crate::office::Settings;
use crate::{App, Trouble};
use documents::sheet;
use domain::answers::StandardAnswer;
use domain::certificate::{ALONE_CERTIFICATE, ALONE_ONE_STOP};
use domain::handbook::Service;
use domain::handbook::part::Units;
use domain::handbook::row::Columns;
use domain::id::{OfficialId, UnitId};
use domain::terms::{By, Code, Seat};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use store::batch::Batch;
use store::engine::Urgency;
use store::office::{Named, Person, Post, Unit};

/// From when on the starting data hold.
const START: Date = jiff::civil::date(2004, 1, 1);

/// The files, as texts.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// `units.csv`.
    pub units: &'a str,
    /// `services.csv`.
    pub services: &'a str,
    /// `service_families.csv`: which single petitions belong to one 종.
    pub families: &'a str,
    /// `fields.csv`.
    pub fields: &'a str,
    /// `districts.csv`.
    pub districts: &'a str,
    /// `services/*.toml`: the code of a service and the text of its file.
    pub details: &'a [(&'a str, &'a str)],
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

fn text(value: &str) -> Option<String> {
    (!value.trim().is_empty()).then(|| value.trim().to_owned())
}

fn list(value: &str) -> Vec<String> {
    value.split(';').filter_map(text).collect()
}

/// Columns of the starting catalogue that no part of a service takes in.
const BESIDE: [&str; 4] = ["opens", "level_note", "period_note", "extension_note"];

/// The starting catalogue: every row of the sheet, and what the file of a service tells besides.
fn services(files: Files<'_>, units: &Units) -> Result<Vec<Service>, Trouble> {
    let mut all: Vec<Service> = Vec::new();
    for (file, text) in [
        ("services.csv", files.services),
        ("service_families.csv", files.families),
    ] {
        let broken = |what: String| Trouble::Broken(format!("{file}: {what}"));
        let sheet = sheet::read(text.as_bytes()).map_err(|error| broken(error.to_string()))?;
        let columns = Columns::read(&sheet.head).map_err(|error| broken(error.to_string()))?;
        if let Some(stray) = columns.unknown().find(|head| !BESIDE.contains(head)) {
            return Err(broken(format!(
                "there is no column `{stray}`; remove it, or name it as a part of a service"
            )));
        }
        for (line, cells) in &sheet.rows {
            let known = all
                .iter()
                .position(|service| Some(service.code) == columns.code_of(cells));
            let read = columns.service(cells, known.map(|n| &all[n]), START, units);
            let service = read.map_err(|faults| {
                let told = faults
                    .iter()
                    .map(|f| format!("{} ({}): `{}`", f.part, f.why, f.text));
                broken(format!("line {line}: {}", told.collect::<Vec<_>>().join("; ")))
            })?;
            match known {
                Some(n) => all[n] = service,
                None => all.push(service),
            }
        }
    }
    for service in all.iter_mut().filter(|service| service.alone.is_empty()) {
        if service.one_stop {
            service.alone = ALONE_ONE_STOP.to_vec();
        } else if service.group == "certificate" && service.immediate {
            service.alone = ALONE_CERTIFICATE.to_vec();
        }
    }
    for (code, text) in files.details {
        let code = code
            .parse()
            .map_err(|_| Trouble::Broken(format!("services/{code}.toml: the name is no code")))?;
        let known = all.iter().position(|service: &Service| service.code == code);
        let service = detail::lay(text, code, known.map(|n| all[n].clone()), START, units)
            .map_err(|error| Trouble::Broken(format!("services/{code}.toml: {error}")))?;
        match known {
            Some(n) => all[n] = service,
            None => all.push(service),
        }
    }
    Ok(all)
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
        let start = START;
        let mut batch = Batch::new();
        let mut units: HashMap<String, UnitId> = HashMap::new();
        let mut named: Vec<(UnitId, String, String)> = Vec::new();
        for row in rows::<UnitRow>("units.csv", files.units)? {
            let id = UnitId(self.id());
            let (code, name, name_en, parent) = (row.code, row.name, row.name_en, row.parent);
            let (phone, fax, address, mail) = (row.phone, row.fax, row.address, row.email);
            units.insert(code.clone(), id);
            named.push((id, code.clone(), name.clone()));
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
        let named = Units::new(
            named
                .iter()
                .map(|(id, code, name)| (*id, code.as_str(), name.as_str())),
        );
        for service in services(files, &named)? {
            batch.service(&service)?;
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
        batch.seats_by(uuid::Uuid::nil(), By::System, &[], self.now())?;
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
        batch.seats_by(person.id.0, By::System, &[], self.now())?;
        self.places.live.commit(batch, Urgency::User).await?;
        self.reload().await
    }

    /// A fresh identity for an official entered by hand.
    pub fn new_official(&self) -> OfficialId {
        OfficialId(self.id())
    }
}

//! 민원편람 — the list, one service with all its parts, its history, and the handbook as a file.

pub mod edit;
mod editions;
pub mod sheet;

use super::Reader;
use crate::leave::{Impersonal, Leave, download};
use crate::{
    Web,
    form::{self, Field, Shape},
    security::{Fault, guard},
    session::{Clerk, Seated},
    show,
    view::{
        Filled, Message,
        desk::{
            Here,
            handbook::{
                BookGroup, BookHistory, BookList, BookRow, BookService, DifferenceRow, EditionRow, GuideRow,
                Manual, Option2, PartRow, Section, Version, at,
            },
            timeline::Names,
        },
    },
};
use app::office::Office;
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Query},
    middleware::from_fn_with_state,
    response::Response,
    routing::get,
};
use documents::sheet as file;
use domain::{
    access::handbook::edits_handbook,
    handbook::{
        Service, Standing, Surety,
        part::{Cell, Difference, Part, Shape as PartShape, Units},
    },
    petition::Petition,
    terms::Code,
};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Parts that belong together, in the order they are read and entered. The code of a service never changes; its first day
/// stands with the version.
pub const SECTIONS: &[(&str, &[Part])] = &[
    (
        "book-section-what",
        &[
            Part::Name,
            Part::NameEn,
            Part::Family,
            Part::Group,
            Part::Kind,
            Part::Level,
            Part::Basis,
        ],
    ),
    (
        "book-section-papers",
        &[
            Part::Sheets,
            Part::Forms,
            Part::Documents,
            Part::Checks,
            Part::Example,
        ],
    ),
    (
        "book-section-money",
        &[Part::Fee, Part::Waivers, Part::LicenceTax],
    ),
    (
        "book-section-time",
        &[
            Part::Period,
            Part::Immediate,
            Part::IdentityCheck,
            Part::Deemed,
            Part::DeemedBasis,
            Part::Approver,
        ],
    ),
    (
        "book-section-who",
        &[
            Part::Unit,
            Part::Department,
            Part::Supporting,
            Part::Via,
            Part::OneStop,
            Part::Alone,
        ],
    ),
    (
        "book-section-how",
        &[
            Part::Procedure,
            Part::Steps,
            Part::Criteria,
            Part::Online,
            Part::Assurance,
            Part::Oral,
            Part::VisitOnly,
            Part::PreliminaryReview,
            Part::Compound,
        ],
    ),
    (
        "book-section-texts",
        &[Part::Manual, Part::Refusals, Part::Notices],
    ),
    ("book-section-find", &[Part::Words, Part::Note]),
];

/// The pages of the handbook behind their gate.
pub fn router(web: &Web) -> Router<Web> {
    let upload = Router::new()
        .route(at::Upload, get(sheet::form).post(sheet::take))
        .layer(DefaultBodyLimit::max(sheet::MOST_BYTES * 2));
    let pages = Router::new()
        .route(at::List, get(list).post(find))
        .route(at::New, get(edit::begin).post(edit::open))
        .route(at::Sheet, get(sheet::look).post(sheet::publish))
        .route(at::File, get(whole))
        .route(at::Service, get(service))
        .route(at::History, get(history))
        .route(at::Edit, get(edit::form).post(edit::send))
        .route(at::Close, get(edit::close_form).post(edit::close))
        .route(at::Manual, get(editions::manual))
        .route(at::Editions, get(editions::page).post(editions::lay_down))
        .layer(DefaultBodyLimit::max(crate::security::FORM_BYTES));
    upload
        .merge(pages)
        .layer(from_fn_with_state(web.desk.clone(), guard))
}

const FIELDS: &[Field] = &[
    Field {
        name: "q",
        label: "book-words",
        max: 200,
        shape: Shape::Line,
    },
    Field {
        name: "group",
        label: "book-group",
        max: 16,
        shape: Shape::Line,
    },
    Field {
        name: "unit",
        label: "book-unit",
        max: 60,
        shape: Shape::Line,
    },
];

/// `GET /desk/handbook`
pub async fn list(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    listed(&web, &clerk, Filled::default()).await
}

/// `POST /desk/handbook`: by words, group and unit.
pub async fn find(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    listed(&web, &clerk, read.filled).await
}

async fn listed(web: &Web, clerk: &Clerk, form: Filled) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let office = reader.office.clone();
    let units = office.named_units();
    let value = |name: &str| form.values.get(name).map_or("", |text| text.trim());
    let (words, group) = (value("q").to_owned(), value("group").to_owned());
    let unit = units.find(value("unit"));
    let all: Vec<&Service> = office.services_today().collect();
    let ranked: Vec<&Service> = if words.is_empty() {
        all.clone()
    } else {
        let code: Option<Code> = words.parse().ok();
        let found = office.finder.find(&words);
        (code.into_iter().chain(found.iter().map(|found| found.code)))
            .filter_map(|code| office.service_on(code, office.day))
            .collect()
    };
    let mut found: Vec<BookGroup> = Vec::new();
    let mut count = 0;
    let mut seen = std::collections::BTreeSet::new();
    for service in ranked {
        let fits = (group.is_empty() || service.group == group)
            && (unit.is_none() || service.unit == unit)
            && seen.insert(service.code);
        if !fits {
            continue;
        }
        count += 1;
        let name = reader.word(&format!("group-{}", service.group));
        let row = row(&reader, service, &units);
        match found.iter_mut().find(|group| group.name == name) {
            Some(group) => group.rows.push(row),
            None => found.push(BookGroup {
                name,
                rows: vec![row],
            }),
        }
    }
    let every = (String::new(), reader.word("book-every"));
    let mut groups: BTreeMap<&str, String> = BTreeMap::new();
    let mut in_charge: BTreeMap<String, String> = BTreeMap::new();
    for service in &all {
        let word = || reader.word(&format!("group-{}", service.group));
        groups.entry(&service.group).or_insert_with(word);
        if let Some(unit) = service.unit.and_then(|unit| office.units.get(&unit)) {
            in_charge.insert(unit.code.clone(), reader.pick(&unit.name, &unit.name_en));
        }
    }
    let mut by_name: Vec<Option2> = in_charge.into_iter().collect();
    by_name.sort_by(|a, b| a.1.cmp(&b.1));
    let groups = groups.into_iter().map(|(code, word)| (code.to_owned(), word));
    let view = BookList {
        bar: web.bar(clerk, Here::Handbook).await?,
        groups: std::iter::once(every.clone()).chain(groups).collect(),
        units: std::iter::once(every).chain(by_name).collect(),
        form,
        found,
        count,
        edits: edits_handbook(&clerk.who),
        day: office.day,
    };
    web.desk_page(clerk, &view)
}

fn row(reader: &Reader, service: &Service, units: &Units) -> BookRow {
    let unsure = Part::ALL
        .iter()
        .filter(|part| part.cell(service, units).surety == Some(Surety::Unsure));
    let newest = reader.office.service_newest(service.code);
    BookRow {
        code: service.code.to_string(),
        name: reader.pick(&service.name.ko, &service.name.en),
        family: service.family.clone(),
        kind: service.kind.to_string(),
        period: service.period.as_ref().map(|fact| show::period(fact.value)),
        unit: service.unit.map(|unit| reader.unit(unit)).unwrap_or_default(),
        unsure: unsure.count() as u64,
        planned: newest
            .map(|newest| newest.valid_from)
            .filter(|from| *from > reader.office.day),
    }
}

/// Where a version stands on the office's day.
fn version(reader: &Reader, service: &Service) -> Version {
    let day = reader.office.day;
    let last = service.valid_to;
    let state = if last.is_some_and(|last| last < service.valid_from) {
        "never"
    } else if service.valid_from > day {
        "planned"
    } else if last.is_some_and(|last| last < day) {
        "past"
    } else if service.standing == Standing::Closed {
        "closed"
    } else {
        "valid"
    };
    Version {
        code: service.code.to_string(),
        name: reader.pick(&service.name.ko, &service.name.en),
        number: service.version,
        from: service.valid_from,
        to: last.filter(|last| *last >= service.valid_from),
        state,
    }
}

/// A cell as it is read.
fn shown(reader: &Reader, part: Part, cell: &Cell, units: &Units) -> PartRow {
    let text = cell.text.trim();
    let word = match part.shape() {
        PartShape::Choice(choices) if !text.is_empty() => {
            let yes_no = choices.iter().any(|(code, _)| *code == "yes");
            Some(Message::new(if yes_no {
                format!("book-{text}")
            } else {
                format!("book-{part}-{text}")
            }))
        }
        _ if part == Part::Group && !text.is_empty() => Some(Message::new(format!("group-{text}"))),
        _ if part == Part::Period => text.parse().ok().map(show::period),
        _ => None,
    };
    let word = word.filter(|message| reader.knows(message));
    let lines: Vec<String> = match part {
        Part::Unit | Part::Supporting => (text.lines())
            .map(|code| {
                units
                    .find(code)
                    .map_or_else(|| code.to_owned(), |unit| reader.unit(unit))
            })
            .collect(),
        Part::Alone => text
            .lines()
            .map(|seat| reader.word(&format!("seat-{seat}")))
            .collect(),
        _ => text.lines().map(str::to_owned).collect(),
    };
    PartRow {
        part,
        lines,
        word,
        surety: cell.surety,
    }
}

/// Differences as they are read.
fn compared(reader: &Reader, differences: &[Difference], units: &Units) -> Vec<DifferenceRow> {
    (differences.iter())
        .map(|difference| DifferenceRow {
            part: difference.part,
            before: shown(reader, difference.part, &difference.before, units),
            after: shown(reader, difference.part, &difference.after, units),
        })
        .collect()
}

/// The version of a service that officials look at first: today's, else the newest.
fn present(office: &Office, code: &str) -> Result<Service, Fault> {
    let code: Code = code.parse().map_err(|_| Fault::not_found())?;
    let service = office
        .service_on(code, office.day)
        .or_else(|| office.service_newest(code));
    service.cloned().ok_or_else(Fault::not_found)
}

/// 업무 매뉴얼 — what the version a petition runs under tells of the step at hand (FEATURES A2).
pub fn manual(office: &Office, petition: &Petition) -> Option<Manual> {
    let service = office.services.get(&petition.service)?;
    let guides: Vec<GuideRow> = (service.guides(petition.life))
        .map(|guide| GuideRow {
            step: guide.step,
            aspect: guide.aspect,
            text: guide.text.clone(),
        })
        .collect();
    (!guides.is_empty()).then(|| Manual {
        code: service.code.to_string(),
        sure: service
            .manual
            .as_ref()
            .is_some_and(|fact| fact.surety == Surety::Sure),
        guides,
    })
}

/// `GET /desk/handbook/services/{code}`
pub async fn service(Seated(web): Seated, clerk: Clerk, Path(code): Path<String>) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let office = reader.office.clone();
    let service = present(&office, &code)?;
    let units = office.named_units();
    let planned = (office.service_newest(service.code))
        .filter(|newest| newest.version != service.version && newest.valid_from > office.day);
    let section = |(title, parts): &(&'static str, &[Part])| Section {
        title,
        parts: (parts.iter())
            .map(|part| shown(&reader, *part, &part.cell(&service, &units), &units))
            .collect(),
    };
    let view = BookService {
        bar: web.bar(&clerk, Here::Handbook).await?,
        version: version(&reader, &service),
        planned: planned.map(|newest| (newest.version, newest.valid_from)),
        sections: SECTIONS.iter().map(section).collect(),
        edits: edits_handbook(&clerk.who),
    };
    web.desk_page(&clerk, &view)
}

/// `GET /desk/handbook/services/{code}/history`
pub async fn history(Seated(web): Seated, clerk: Clerk, Path(code): Path<String>) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let service = present(&reader.office, &code)?;
    let units = reader.office.named_units();
    let editions = web.app.history(service.code).await?;
    let edition = |edition: &app::handbook::Edition| {
        let change = edition.change.as_ref();
        EditionRow {
            version: version(&reader, &edition.service),
            at: change.map(|change| change.at),
            by: change.map(|change| reader.by(change.by)).unwrap_or_default(),
            ground: change.map(|change| change.ground),
            remark: change.map(|change| change.remark.clone()).unwrap_or_default(),
            differences: compared(&reader, &edition.differences, &units),
        }
    };
    let view = BookHistory {
        bar: web.bar(&clerk, Here::Handbook).await?,
        code: service.code.to_string(),
        name: reader.pick(&service.name.ko, &service.name.en),
        editions: editions.iter().map(edition).collect(),
    };
    web.desk_page(&clerk, &view)
}

/// `?day=`: a day of the handbook; today where none is named.
#[derive(Debug, Deserialize)]
pub struct Day {
    /// The day, as 2027-01-01.
    #[serde(default)]
    pub day: String,
}

/// `GET /desk/handbook/files/{file}`
pub async fn whole(
    Seated(web): Seated,
    clerk: Clerk,
    Path(name): Path<String>,
    Query(asked): Query<Day>,
) -> Result<Response, Fault> {
    let today = web.app.office().day;
    let day: Date = asked.day.parse().unwrap_or(today);
    let end = name.strip_prefix("handbook.").ok_or_else(Fault::not_found)?;
    let table = web
        .app
        .handbook_table(&clerk.who, day, &clerk.asked.call(""))
        .await?;
    table_file(&table, &format!("handbook-{day}"), end, today)
}

/// A table as a file of this kind, `csv` or `xlsx`.
pub fn table_file(table: &file::Table, name: &str, end: &str, today: Date) -> Result<Response, Fault> {
    let (kind, bytes) = match end {
        "csv" => ("text/csv; charset=utf-8", file::csv(table)),
        "xlsx" => {
            let bytes = file::xlsx(table, today)
                .map_err(|error| app::Trouble::Broken(format!("a workbook cannot be written: {error}")))?;
            (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                bytes,
            )
        }
        _ => return Err(Fault::not_found()),
    };
    Ok(download(
        Leave::impersonal(Impersonal::Handbook),
        &format!("{name}.{end}"),
        kind,
        bytes,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::handbook::choice::of;

    #[test]
    fn every_part_has_its_place_and_its_words() {
        let pages = crate::render::Pages::new().expect("pages");
        let say = |lang: &'static str, key: String| pages.say(lang, &Message::new(key)).ok();
        for part in Part::ALL {
            let places = SECTIONS
                .iter()
                .flat_map(|(_, parts)| *parts)
                .filter(|one| *one == part)
                .count();
            let outside = matches!(part, Part::Code | Part::ValidFrom);
            assert_eq!(places, usize::from(!outside), "{part}");
            // The head of a column and the label on the page are the same word.
            assert_eq!(say("ko", format!("book-{part}")).as_deref(), Some(part.korean()));
            assert!(
                say("en", format!("book-{part}")).is_some()
                    && say("ko", format!("book-hint-{part}")).is_some()
            );
            for (code, korean) in of(*part).unwrap_or_default() {
                let yes_no = matches!(*code, "yes" | "no");
                let key = if yes_no {
                    format!("book-{code}")
                } else {
                    format!("book-{part}-{code}")
                };
                assert_eq!(say("ko", key).as_deref(), Some(*korean), "{part} {code}");
            }
        }
        for why in domain::handbook::fit::Why::ALL {
            let message = Message::new(format!("unfit-{why}"))
                .with("item", "")
                .with("clause", "");
            assert!(
                pages.say("ko", &message).is_ok() && pages.say("en", &message).is_ok(),
                "{why}"
            );
        }
        for why in domain::handbook::part::Misfit::ALL {
            let message = Message::new(format!("misfit-{why}")).with("field", "@book-name");
            assert!(
                pages.say("ko", &message).is_ok() && pages.say("en", &message).is_ok(),
                "{why}"
            );
        }
    }
}

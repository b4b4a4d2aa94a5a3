//! 민원처리기준표 — for everybody, of any day, as a page and as a file (법 제36조; FEATURES A9).

use super::open::{fact, name_of};
use crate::leave::{Impersonal, Leave, download};
use crate::{
    Web,
    desk::handbook::table_file,
    render::Lang,
    security::Fault,
    session::Visitor,
    show,
    view::{
        Message,
        citizen::{
            service::Fact,
            standards::{StandardGroup, StandardRow, Standards},
        },
    },
};
use app::{handbook::Scope, office::Office};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use documents::sheet::Table;
use domain::handbook::{Online, Service, Surety};
use jiff::civil::Date;
use serde::Deserialize;

/// `?day=` and `?scope=`.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    day: String,
    #[serde(default)]
    scope: String,
}

impl Asked {
    fn day(&self, office: &Office) -> Date {
        self.day.parse().unwrap_or(office.day)
    }

    fn scope(&self) -> (Scope, &'static str) {
        match self.scope.as_str() {
            "all" => (Scope::All, "all"),
            _ => (Scope::Own, "own"),
        }
    }
}

/// How a service is filed, as keys of words.
fn ways(service: &Service) -> Vec<&'static str> {
    [
        (service.online == Online::Yes, "how-online-short"),
        (true, "how-visit-short"),
        (true, "how-post-short"),
        (service.oral, "how-oral-short"),
    ]
    .into_iter()
    .filter_map(|(holds, way)| holds.then_some(way))
    .collect()
}

fn department(office: &Office, service: &Service, lang: Lang) -> String {
    match service.unit.and_then(|unit| office.units.get(&unit)) {
        Some(unit) if lang == "en" && !unit.name_en.is_empty() => unit.name_en.clone(),
        Some(unit) => unit.name.clone(),
        None => (service.department.as_ref())
            .map(|fact| fact.value.clone())
            .unwrap_or_default(),
    }
}

/// `GET /standards`
pub async fn page(
    State(web): State<Web>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let lang = visitor.asked.visit.lang;
    let office = web.app.office();
    let (day, (scope, scope_code)) = (asked.day(&office), asked.scope());
    let mut groups: Vec<StandardGroup> = Vec::new();
    for service in office.standards(day, scope) {
        let name = web.word(lang, &format!("group-{}", service.group), &service.group);
        let row = StandardRow {
            code: service.code.to_string(),
            name: name_of(service, lang),
            period: service.period.as_ref().map(|f| fact(f, show::period)),
            documents: Fact {
                value: service.owed_documents(),
                sure: service
                    .documents
                    .as_ref()
                    .is_none_or(|f| f.surety == Surety::Sure),
            },
            ways: ways(service),
            fee: service.fee.as_ref().map(|f| fact(f, |text| text)),
            sheets: service
                .sheets
                .as_ref()
                .map(|f| f.value.clone())
                .unwrap_or_default(),
            department: department(&office, service, lang),
        };
        match groups.last_mut().filter(|group| group.name == name) {
            Some(group) => group.rows.push(row),
            None => groups.push(StandardGroup {
                name,
                rows: vec![row],
            }),
        }
    }
    let view = Standards {
        day,
        scope: scope_code,
        groups,
        editions: (web.app.gazettes().await?.into_iter())
            .map(|edition| (edition.number, edition.day))
            .collect(),
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// `GET /standards/{file}`: the same as a file, in Korean.
pub async fn file(
    State(web): State<Web>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let office = web.app.office();
    let (day, (scope, _)) = (asked.day(&office), asked.scope());
    let Some(end) = name.strip_prefix("standards.") else {
        return gazetted(&web, &name).await;
    };
    let table = table(&web, day, scope)?;
    table_file(&table, &format!("standards-{day}"), end, office.day)
}

/// An edition as it was gazetted: `<고시번호>.pdf` or `.csv`.
async fn gazetted(web: &Web, name: &str) -> Result<Response, Fault> {
    let (number, end) = name.rsplit_once('.').ok_or_else(Fault::not_found)?;
    let content = web.app.gazetted(number).await?.ok_or_else(Fault::not_found)?;
    match end {
        "csv" => Ok(download(
            Leave::impersonal(Impersonal::Standards),
            name,
            "text/csv; charset=utf-8",
            content.csv,
        )),
        "pdf" => Ok(download(
            Leave::impersonal(Impersonal::Standards),
            name,
            "application/pdf",
            content.pdf,
        )),
        _ => Err(Fault::not_found()),
    }
}

/// The standards of a day as a table, in Korean.
pub fn table(web: &Web, day: Date, scope: Scope) -> Result<Table, Fault> {
    let office = web.app.office();
    let word = |key: &str| web.word("ko", key, key);
    let unsure = format!("({})", word("unsure"));
    let marked = |text: String, sure: bool| {
        if sure || text.is_empty() {
            text
        } else {
            format!("{text} {unsure}")
        }
    };
    let row = |service: &Service| {
        let period = service.period.as_ref();
        let documents = service.documents.as_ref();
        let fee = service.fee.as_ref();
        let ways: Vec<String> = ways(service).into_iter().map(word).collect();
        vec![
            word(&format!("group-{}", service.group)),
            service.family_name().to_owned(),
            service.code.to_string(),
            service.name.ko.clone(),
            period.map_or_else(
                || word("unsure"),
                |f| marked(f.value.korean(), f.surety == Surety::Sure),
            ),
            marked(
                service.owed_documents().join("\n"),
                documents.is_none_or(|f| f.surety == Surety::Sure),
            ),
            ways.join(", "),
            fee.map(|f| marked(f.value.clone(), f.surety == Surety::Sure))
                .unwrap_or_default(),
            service
                .sheets
                .as_ref()
                .map(|f| f.value.join("\n"))
                .unwrap_or_default(),
            service
                .basis
                .as_ref()
                .map(|f| f.value.clone())
                .unwrap_or_default(),
            department(&office, service, "ko"),
        ]
    };
    let head = [
        "book-group",
        "book-family",
        "book-code",
        "book-name",
        "book-period",
        "book-documents",
    ]
    .into_iter()
    .chain([
        "standards-how",
        "book-fee",
        "book-sheets",
        "book-legal_basis",
        "book-unit",
    ])
    .map(word)
    .collect();
    Ok(Table {
        name: format!(
            "{} {day}",
            web.gate.pages.say("ko", &Message::new("standards-title"))?
        ),
        head,
        rows: office.standards(day, scope).into_iter().map(row).collect(),
    })
}

//! 접속기록 점검의 길 — months, remarks, signatures, the report; explanations; and the figures of gate and review.

use super::{gate::Wish, reader::Reader};
use crate::{
    Web,
    form::{self, Field, Shape},
    leave::{Leave, download},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message,
        desk::{
            Desk, Here, at,
            privacy::{Explain, ItemRow, MonthRow, OutRow, ReviewPage, Reviews},
        },
    },
};
use app::{
    act::ActError,
    gate::{GateSettings, Naming},
    review::{Item, ReportWords, Review, Settle, WORDS},
};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::gate::{Export, Format};
use domain::id::{OfficialId, TextId};
use domain::inspection::Month;
use domain::refusal::Refusal;
use domain::terms::Seat;
use domain::time::At;
use serde::Deserialize;
use std::collections::HashMap;

/// Months in the list.
const MONTHS: u32 = 36;
/// Exports on a page.
const OUTS: u32 = 100;

/// The pages; the caller puts them behind the gate.
pub fn router() -> Router<Web> {
    Router::new()
        .route(at::Reviews, get(list).post(set))
        .route(at::Review, get(month).post(act))
        .route(at::ReviewPaper, get(paper))
        .route(at::Explain, get(explain).post(explained))
}

const FIGURES: &[&str] = &[
    "threshold",
    "words-least",
    "long-words",
    "again-minutes",
    "from-hour",
    "to-hour",
    "off-hours",
    "burst-least",
    "burst-times",
    "uninvolved",
    "bulk",
    "searches",
];

const fn figure(name: &'static str, label: &'static str) -> Field {
    Field {
        name,
        label,
        max: 6,
        shape: Shape::NeededLine,
    }
}

const SETTINGS: &[Field] = &[
    figure("threshold", "privacy-threshold"),
    figure("words-least", "privacy-words-least"),
    figure("long-words", "privacy-long-words"),
    figure("again-minutes", "privacy-again-minutes"),
    figure("from-hour", "privacy-from-hour"),
    figure("to-hour", "privacy-to-hour"),
    figure("off-hours", "privacy-off-hours"),
    figure("burst-least", "privacy-burst-least"),
    figure("burst-times", "privacy-burst-times"),
    figure("uninvolved", "privacy-uninvolved"),
    figure("bulk", "privacy-bulk"),
    figure("searches", "privacy-searches"),
    Field {
        name: "names",
        label: "privacy-names",
        max: 12,
        shape: Shape::NeededChoice(&["department", "name"]),
    },
];

const ACT: &[Field] = &[
    Field {
        name: "no",
        label: "privacy-remarks",
        max: 6,
        shape: Shape::NeededLine,
    },
    Field {
        name: "month",
        label: "privacy-month",
        max: 7,
        shape: Shape::Line,
    },
    Field {
        name: "words",
        label: "privacy-words",
        max: WORDS,
        shape: Shape::Text,
    },
    Field {
        name: "do",
        label: "privacy-words",
        max: 10,
        shape: Shape::Line,
    },
];

fn shown(settings: &GateSettings) -> Filled {
    let (rules, figures) = (settings.rules, settings.figures);
    let numbers = [
        rules.threshold,
        rules.words,
        rules.long_words,
        rules.again_minutes,
        figures.from_hour.into(),
        figures.to_hour.into(),
        figures.off_hours,
        figures.burst_least,
        figures.burst_times,
        figures.uninvolved,
        figures.bulk,
        figures.searches,
    ];
    let mut form = Filled::default();
    for (name, n) in FIGURES.iter().zip(numbers) {
        form.values.insert((*name).to_owned(), n.to_string());
    }
    let names = match settings.names {
        Naming::Department => "department",
        Naming::Name => "name",
    };
    form.values.insert("names".to_owned(), names.to_owned());
    form
}

fn month_row(review: &Review, reader: &Reader) -> MonthRow {
    MonthRow {
        month: review.month.to_string(),
        looks: review.looks.into(),
        officials: review.officials.into(),
        exports: review.exports.into(),
        signed_at: review.signed.map(|(_, at)| at),
        signed_by: (review.signed)
            .map(|(by, _)| reader.person(by).name)
            .unwrap_or_default(),
    }
}

fn person(reader: &Reader, id: OfficialId) -> String {
    let person = reader.person(id);
    [person.unit, person.title, person.name]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn item_row(
    item: &Item,
    texts: &HashMap<TextId, String>,
    number: String,
    me: Option<OfficialId>,
    reader: &Reader,
) -> ItemRow {
    let said = |text: Option<TextId>| text.and_then(|id| texts.get(&id).cloned()).unwrap_or_default();
    ItemRow {
        month: item.month.to_string(),
        no: item.no,
        person: person(reader, item.remark.official),
        kind: item.remark.kind.code(),
        day: item.remark.day.map(|day| day.to_string()).unwrap_or_default(),
        number,
        n: item.remark.n.into(),
        usual: item.remark.usual.into(),
        state: item.state.code(),
        question: said(item.question),
        answer: said(item.answer),
        answered_at: item.answered_at,
        judgement: said(item.judgement),
        judged_by: (item.judged)
            .map(|(by, _)| reader.person(by).name)
            .unwrap_or_default(),
        own: me == Some(item.remark.official),
    }
}

async fn list_page(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    set: bool,
    status: StatusCode,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let view = Reviews {
        bar: web.bar(clerk, Here::About).await?,
        rows: (web.app.reviews(&clerk.who, MONTHS).await?.iter())
            .map(|review| month_row(review, &reader))
            .collect(),
        form,
        figures: FIGURES.to_vec(),
        set,
    };
    web.desk_page_as(clerk, &view, status)
}

/// What a request before did, and which page of exports.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Did {
    did: String,
    outs: String,
}

/// `GET /desk/privacy`
pub async fn list(Seated(web): Seated, clerk: Clerk, Query(did): Query<Did>) -> Result<Response, Fault> {
    let settings = web.app.gate_settings().await?;
    list_page(&web, &clerk, shown(&settings), did.did == "set", StatusCode::OK).await
}

/// `POST /desk/privacy`: the figures.
pub async fn set(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, SETTINGS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let mut numbers = [0_u32; 12];
    for (name, number) in FIGURES.iter().zip(numbers.iter_mut()) {
        let typed = read.get(name).trim().to_owned();
        match typed.parse() {
            Ok(n) => *number = n,
            Err(_) if typed.is_empty() => {}
            Err(_) => {
                let fault = Message::new("privacy-figure-form").with("field", format!("@privacy-{name}"));
                read.filled = std::mem::take(&mut read.filled).wrong(name, fault);
            }
        }
    }
    let [
        threshold,
        words,
        long_words,
        again_minutes,
        from,
        to,
        off_hours,
        burst_least,
        burst_times,
        uninvolved,
        bulk,
        searches,
    ] = numbers;
    let hours = (u8::try_from(from).ok()).zip(
        u8::try_from(to)
            .ok()
            .filter(|to| *to <= 24 && from < u32::from(*to)),
    );
    if hours.is_none() {
        read.filled = std::mem::take(&mut read.filled).wrong("to-hour", Message::new("privacy-hours-form"));
    }
    let (Some((from_hour, to_hour)), true) = (hours, read.sound()) else {
        return list_page(&web, &clerk, read.filled, false, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let settings = GateSettings {
        rules: domain::gate::Rules {
            threshold,
            words,
            long_words,
            again_minutes,
        },
        figures: domain::oversight::Figures {
            from_hour,
            to_hour,
            off_hours,
            burst_least,
            burst_times,
            uninvolved,
            bulk,
            searches,
        },
        names: if read.get("names") == "name" {
            Naming::Name
        } else {
            Naming::Department
        },
    };
    let call = clerk.asked.call("");
    web.app.set_gate(&clerk.who, &settings, &call).await?;
    Ok(Redirect::to(&format!("{}?did=set", Desk::Reviews)).into_response())
}

/// A place in the list of exports: moment and identity.
fn behind(word: &str) -> Option<(At, [u8; 16])> {
    let (at, id) = word.split_once('-')?;
    let id: uuid::Uuid = id.parse().ok()?;
    Some((At(at.parse().ok()?), *id.as_bytes()))
}

async fn month_page(
    web: &Web,
    clerk: &Clerk,
    month: Month,
    outs: &str,
    form: Filled,
    status: StatusCode,
) -> Result<Response, Fault> {
    let call = clerk.asked.call("");
    let reader = web.reader(clerk.asked.visit.lang);
    let seen = web.app.reviewed(&clerk.who, month, &call).await?;
    let span = (month.begins(), month.ends());
    let lines = (web.app)
        .gone_out(&clerk.who, span, behind(outs), OUTS, &call)
        .await?;
    let next = (lines.last())
        .filter(|_| lines.len() == OUTS as usize)
        .map(|(line, _)| format!("{}-{}", line.at.0, uuid::Uuid::from_bytes(line.id).simple()));
    let me = clerk.who.official();
    let view = ReviewPage {
        bar: web.bar(clerk, Here::About).await?,
        row: month_row(&seen.review, &reader),
        form,
        open: (seen.items.iter()).filter(|item| !item.state.judged()).count() as u64,
        text: (seen.review.text)
            .and_then(|id| seen.texts.get(&id).cloned())
            .unwrap_or_default(),
        items: (seen.items.iter())
            .map(|item| {
                let number = item.remark.petition.and_then(|id| seen.numbers.get(&id).cloned());
                item_row(item, &seen.texts, number.unwrap_or_default(), me, &reader)
            })
            .collect(),
        outs: (lines.into_iter())
            .map(|(line, words)| OutRow {
                at: line.at,
                serial: format!("{}-{}", line.serial.0, line.serial.1),
                person: person(&reader, line.official),
                what: line.what.code(),
                format: line.format.code(),
                subjects: line.subjects.into(),
                purpose: line.purpose.code(),
                words,
            })
            .collect(),
        next,
        max: WORDS,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/privacy/{month}`
pub async fn month(
    Seated(web): Seated,
    clerk: Clerk,
    Path(month): Path<String>,
    Query(did): Query<Did>,
) -> Result<Response, Fault> {
    let month: Month = month.parse().map_err(|_| Fault::not_found())?;
    month_page(&web, &clerk, month, &did.outs, Filled::default(), StatusCode::OK).await
}

/// What was refused, beside the field it is about.
fn refused(field: &str, error: ActError, words: &str) -> Result<Filled, Fault> {
    let key = match error {
        ActError::Refused(Refusal::ReasonMissing) => "privacy-words-missing",
        ActError::Refused(Refusal::NotNow) => "privacy-not-now",
        other => return Err(other.into()),
    };
    Ok(Filled::of(&[(field, words)]).wrong(field, Message::new(key)))
}

/// `POST /desk/privacy/{month}`: asks, judges, signs.
pub async fn act(
    Seated(web): Seated,
    clerk: Clerk,
    Path(month): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, ACT)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let month: Month = month.parse().map_err(|_| Fault::not_found())?;
    let no: u32 = read.get("no").parse().map_err(|_| Fault::not_found())?;
    let (words, call) = (read.get("words").to_owned(), clerk.asked.call(""));
    let done = match read.get("do") {
        "sign" => web.app.sign_review(&clerk.who, month, &words, &call).await,
        what => {
            let settle = match what {
                "ask" => Settle::Ask(words.clone()),
                "normal" => Settle::Normal(words.clone()),
                "measure" => Settle::Measure(words.clone()),
                _ => return Err(Fault::not_found()),
            };
            (web.app)
                .settle_remark(&clerk.who, (month, no), &settle, &call)
                .await
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to(&Desk::Review(month.to_string()).to_string()).into_response()),
        Err(error) => {
            let form = refused(&format!("words-{no}"), error, &words)?;
            month_page(&web, &clerk, month, "", form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `GET /desk/privacy/{month}/report`
pub async fn paper(Seated(web): Seated, clerk: Clerk, Path(month): Path<String>) -> Result<Response, Fault> {
    let month: Month = month.parse().map_err(|_| Fault::not_found())?;
    let wish = Wish {
        what: Export::Review,
        format: Format::Pdf,
        petition: None,
        subjects: web.app.review_people(&clerk.who, month).await?,
        from: Desk::Review(month.to_string()).to_string(),
    };
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    let lang = crate::desk::case::press_lang(clerk.asked.visit.lang);
    let said = |key: String, otherwise: &str| web.word(clerk.asked.visit.lang, &key, otherwise);
    let kind = |kind: domain::oversight::Remarkable| said(format!("remark-{kind}"), kind.code());
    let state = |state: domain::oversight::Settled| said(format!("settled-{state}"), state.code());
    let words = ReportWords {
        kind: &kind,
        state: &state,
    };
    let printed = pass
        .over(&web.app)?
        .review_report(&clerk.who, month, lang, words, &clerk.asked.call(""))
        .await?;
    let name = format!("access-log-review-{month}.pdf");
    Ok(download(
        Leave::passed(&pass),
        &name,
        "application/pdf",
        printed.pdf,
    ))
}

async fn explain_page(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    given: bool,
    status: StatusCode,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let (items, texts) = web.app.to_explain(&clerk.who).await?;
    let officer = match &clerk.who {
        domain::access::Who::Official(official) => {
            (official.posts.iter()).any(|post| post.seat == Seat::PrivacyOfficer)
        }
        domain::access::Who::Citizen(_) | domain::access::Who::System => false,
    };
    let view = Explain {
        bar: web.bar(clerk, Here::About).await?,
        form,
        items: (items.iter())
            .map(|item| item_row(item, &texts, String::new(), None, &reader))
            .collect(),
        max: WORDS,
        given,
        officer,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/explain`
pub async fn explain(Seated(web): Seated, clerk: Clerk, Query(did): Query<Did>) -> Result<Response, Fault> {
    explain_page(
        &web,
        &clerk,
        Filled::default(),
        did.did == "given",
        StatusCode::OK,
    )
    .await
}

/// `POST /desk/explain`: 소명.
pub async fn explained(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, ACT)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let month: Month = read.get("month").parse().map_err(|_| Fault::not_found())?;
    let no: u32 = read.get("no").parse().map_err(|_| Fault::not_found())?;
    let words = read.get("words").to_owned();
    match (web.app)
        .explain(&clerk.who, (month, no), &words, &clerk.asked.call(""))
        .await
    {
        Ok(()) => Ok(Redirect::to(&format!("{}?did=given", Desk::Explain)).into_response()),
        Err(error) => {
            let form = refused(&format!("words-{month}-{no}"), error, &words)?;
            explain_page(&web, &clerk, form, false, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

//! 고시본과 업무 매뉴얼 — the standards of a day laid down as gazetted, and one service of the handbook as a book (법 제36조; FEATURES A2,
//! A9).

use super::{SECTIONS, present, shown};
use crate::leave::{Impersonal, Leave, download};
use crate::{
    Web,
    citizen::standards::table,
    form::{self, Field, Shape},
    security::Fault,
    session::{Clerk, Seated},
    show,
    view::{
        Filled, Message,
        desk::{
            Here,
            handbook::{Book as At, BookEditions, EditionLine},
        },
    },
};
use app::{
    act::ActError,
    gazette::{MOST_NUMBER, is_number},
    handbook::Scope,
};
use axum::{
    body::Bytes,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use documents::book::{Book, Volume};
use domain::{
    access::handbook::{HandbookDeed, may_handbook},
    handbook::Surety,
    refusal::Refusal,
};
use jiff::civil::Date;
use serde::Deserialize;

const FIELDS: &[Field] = &[
    Field {
        name: "number",
        label: "book-edition-number",
        max: MOST_NUMBER,
        shape: Shape::NeededLine,
    },
    Field {
        name: "day",
        label: "book-edition-day",
        max: 10,
        shape: Shape::NeededLine,
    },
];

/// How wide the columns of the table stand to one another.
const WIDTHS: &[u8] = &[7, 8, 5, 16, 8, 18, 10, 8, 12, 14, 10];

/// `?done=`
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

async fn listed(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    done: bool,
    status: StatusCode,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let editions = web.app.gazettes().await?;
    let view = BookEditions {
        bar: web.bar(clerk, Here::Handbook).await?,
        form,
        edits: may_handbook(&clerk.who, HandbookDeed::Gazette, None).is_ok(),
        done,
        day: reader.office.day,
        editions: (editions.into_iter())
            .map(|edition| EditionLine {
                by: reader.by(edition.by),
                number: edition.number,
                day: edition.day,
                made_at: edition.made_at,
                services: edition.services,
            })
            .collect(),
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/handbook/editions`
pub async fn page(Seated(web): Seated, clerk: Clerk, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let form = Filled::of(&[("day", &web.app.office().day.to_string())]);
    listed(&web, &clerk, form, asked.done == "yes", StatusCode::OK).await
}

/// `POST /desk/handbook/editions`: lays the standards of that day down under that number, once.
pub async fn lay_down(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let day: Option<Date> = read.get("day").trim().parse().ok();
    let number = read.get("number").trim().to_owned();
    if !number.is_empty() && !is_number(&number) {
        read.filled =
            std::mem::take(&mut read.filled).wrong("number", Message::new("book-edition-number-wrong"));
    }
    if day.is_none() && !read.get("day").trim().is_empty() {
        read.filled = std::mem::take(&mut read.filled).wrong("day", Message::new("error-date-form"));
    }
    let (Some(day), true) = (day, read.sound()) else {
        return listed(&web, &clerk, read.filled, false, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let table = table(&web, day, Scope::Own)?;
    let call = clerk.asked.call("");
    match web
        .app
        .gazette(&clerk.who, &number, day, &table, WIDTHS, &call)
        .await
    {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=yes", At::Editions)).into_response()),
        Err(ActError::Refused(refusal)) => {
            let (field, message) = match refusal {
                Refusal::DoneAlready => ("number", Message::new("book-edition-taken")),
                Refusal::DayInFuture => ("day", Message::new("book-edition-day-hint")),
                other => ("number", show::refused(other)),
            };
            let filled = std::mem::take(&mut read.filled).wrong(field, message);
            listed(&web, &clerk, filled, false, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /desk/handbook/services/{code}/manual.pdf`: the version officials look at first, with all its parts, in Korean.
pub async fn manual(Seated(web): Seated, clerk: Clerk, Path(code): Path<String>) -> Result<Response, Fault> {
    let reader = web.reader("ko");
    let office = reader.office.clone();
    let service = present(&office, &code)?;
    let units = office.named_units();
    let mut rows = Vec::new();
    for (title, parts) in SECTIONS {
        for part in *parts {
            let row = shown(&reader, *part, &part.cell(&service, &units), &units);
            let text = match &row.word {
                Some(word) => reader.say(word),
                None => row.lines.join("\n"),
            };
            if text.trim().is_empty() {
                continue;
            }
            let surety = match row.surety {
                Some(Surety::Unsure) => reader.word("unsure"),
                Some(Surety::Sure) | None => String::new(),
            };
            rows.push(vec![
                reader.word(title),
                reader.word(&format!("book-{part}")),
                text,
                surety,
            ]);
        }
    }
    let book = Book {
        volume: Volume::Manual,
        agency: office.settings.agency.name.clone(),
        title: format!("{} {}", service.name.ko, reader.word("book-manual")),
        span: format!(
            "{} · {}판 · {}부터",
            service.code,
            service.version,
            show::date("ko", service.valid_from)
        ),
        note: "「민원 처리에 관한 법률 시행령」 제10조".to_owned(),
        columns: vec![
            ("구분".to_owned(), 14),
            ("항목".to_owned(), 18),
            ("내용".to_owned(), 58),
            ("확인".to_owned(), 10),
        ],
        rows,
        drawn_up: web.app.now(),
    };
    let printed = book
        .print(web.app.press.press()?)
        .map_err(|error| app::Trouble::Broken(error.to_string()))?;
    let _ = &clerk;
    Ok(download(
        Leave::impersonal(Impersonal::Standards),
        &format!("{}-{}.pdf", service.code, service.version),
        "application/pdf",
        printed.pdf,
    ))
}

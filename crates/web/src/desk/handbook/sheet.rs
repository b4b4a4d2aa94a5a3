//! 일괄 올리기 — a sheet of services: kept, looked over row by row, then taken in but for its faulty rows.

use super::{compared, edit};
use crate::{
    Web,
    desk::{Reader, told},
    form::{self, Field, Files, Shape},
    security::Fault,
    session::{Clerk, Seated},
    show,
    view::{
        FieldError, Filled, Message,
        desk::{
            Here,
            handbook::{Book, BookSheet, BookUpload, SheetRow},
        },
    },
};
use app::{
    act::ActError,
    handbook::{Line, MOST_REMARK, Motive, NoReading, Reading, Row},
};
use axum::{
    body::Bytes,
    extract::{Multipart, Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use documents::sheet::NoSheet;
use domain::{
    access::handbook::edits_handbook,
    handbook::{edition::Ground, part::Units, row::NoColumns},
};
use jiff::civil::Date;

/// Bytes of a sheet.
pub const MOST_BYTES: usize = 4 << 20;

const FILES: Files = Files {
    name: "sheet",
    count: 1,
    each: MOST_BYTES as u64,
    all: MOST_BYTES as u64,
    take: None,
};

const UPLOAD: &[Field] = &[Field {
    name: "day",
    label: "book-sheet-day",
    max: 10,
    shape: Shape::NeededLine,
}];

const TAKE: &[Field] = &[
    Field {
        name: "day",
        label: "book-sheet-day",
        max: 10,
        shape: Shape::NeededLine,
    },
    Field {
        name: "ground",
        label: "book-ground",
        max: 20,
        shape: Shape::NeededChoice(&["law_changed", "organisation", "review", "correction", "new"]),
    },
    Field {
        name: "remark",
        label: "book-remark",
        max: MOST_REMARK,
        shape: Shape::Text,
    },
];

/// `GET /desk/handbook/upload`
pub async fn form(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let today = web.app.office().day;
    let tomorrow = today.tomorrow().unwrap_or(today);
    let form = Filled::of(&[("day", &tomorrow.to_string())]);
    upload(&web, &clerk, form, StatusCode::OK).await
}

async fn upload(web: &Web, clerk: &Clerk, form: Filled, status: StatusCode) -> Result<Response, Fault> {
    let view = BookUpload {
        bar: web.bar(clerk, Here::Handbook).await?,
        form,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `POST /desk/handbook/upload`: keeps the sheet and goes on to what it would change.
pub async fn take(Seated(web): Seated, clerk: Clerk, parts: Multipart) -> Result<Response, Fault> {
    let mut read = form::multipart(parts, UPLOAD, FILES).await?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let wrong = |read: &mut form::Read, field: &str, message| {
        let field = field.to_owned();
        read.filled.errors.push(FieldError { field, message });
    };
    if !edits_handbook(&clerk.who) {
        wrong(&mut read, "", Message::new("book-refused"));
        return upload(&web, &clerk, read.filled, StatusCode::FORBIDDEN).await;
    }
    let day: Option<Date> = read.get("day").trim().parse().ok();
    if day.is_none() {
        let message = Message::new("misfit-not_a_date").with("field", "@book-sheet-day");
        wrong(&mut read, "day", message);
    }
    if read.files.is_empty() && read.sound() {
        wrong(&mut read, "sheet", Message::new("book-sheet-needed"));
    }
    let (Some(day), Some(file), true) = (day, read.files.pop(), read.sound()) else {
        return upload(&web, &clerk, read.filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let id = web.app.keep_sheet(&clerk.who, file.name, file.bytes).await?;
    let way = Book::Sheet(id.to_string());
    Ok(Redirect::to(&format!("{way}?day={day}")).into_response())
}

async fn kept(web: &Web, clerk: &Clerk, id: &str) -> Result<(uuid::Uuid, String, Vec<u8>), Fault> {
    let id: uuid::Uuid = id.parse().map_err(|_| Fault::not_found())?;
    let (name, bytes) = web.app.kept_sheet(&clerk.who, id).await?;
    Ok((id, name, bytes))
}

/// `GET /desk/handbook/sheets/{id}`
pub async fn look(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<super::Day>,
) -> Result<Response, Fault> {
    let (_, name, bytes) = kept(&web, &clerk, &id).await?;
    let day = asked.day.parse().unwrap_or(web.app.office().day);
    let reading = web.app.read_handbook(&clerk.who, &bytes, day);
    let sheet = Sheet {
        id,
        name,
        day,
        done: false,
    };
    let form = Filled::of(&[("ground", Ground::Review.code())]);
    page(&web, &clerk, sheet, reading, form, StatusCode::OK).await
}

/// `POST /desk/handbook/sheets/{id}`: takes in the good rows.
pub async fn publish(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, TAKE)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let (kept_as, name, bytes) = kept(&web, &clerk, &id).await?;
    let day = read
        .get("day")
        .parse()
        .map_err(|_| Fault::of(StatusCode::BAD_REQUEST))?;
    let mut sheet = Sheet {
        id,
        name,
        day,
        done: false,
    };
    if !read.sound() {
        let reading = web.app.read_handbook(&clerk.who, &bytes, day);
        return page(
            &web,
            &clerk,
            sheet,
            reading,
            read.filled,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    let motive: Motive = edit::motive(&read);
    let call = clerk.asked.call("");
    match web
        .app
        .take_in_handbook(&clerk.who, &bytes, day, &motive, &call)
        .await
    {
        Ok(reading) => {
            sheet.done = reading.is_ok();
            // What has been taken in need not be kept; a sheet forgotten by its age instead does no harm.
            match web.app.drop_sheet(&clerk.who, kept_as).await {
                Ok(()) | Err(ActError::NotFound) => {}
                Err(error) => tracing::warn!(%error, "a sheet taken in is still kept"),
            }
            page(&web, &clerk, sheet, reading, read.filled, StatusCode::OK).await
        }
        Err(trouble) => {
            let message = told(&trouble);
            let status = Fault::from(trouble).status;
            let field = String::new();
            read.filled.errors.push(FieldError { field, message });
            let reading = web.app.read_handbook(&clerk.who, &bytes, day);
            page(&web, &clerk, sheet, reading, read.filled, status).await
        }
    }
}

/// Which sheet is looked at.
struct Sheet {
    id: String,
    name: String,
    day: Date,
    done: bool,
}

async fn page(
    web: &Web,
    clerk: &Clerk,
    sheet: Sheet,
    reading: Result<Reading, NoReading>,
    form: Filled,
    status: StatusCode,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let units = reader.office.named_units();
    let (fault, unknown, lines) = match reading {
        Ok(reading) => (None, reading.unknown, reading.lines),
        Err(error) => (Some(unreadable(&error)), Vec::new(), Vec::new()),
    };
    let mut rows: Vec<SheetRow> = lines.iter().map(|line| row(&reader, line, &units)).collect();
    let count = |state: &str| rows.iter().filter(|row| row.state == state).count() as u64;
    let counts = ["new", "changed", "same", "bad"].map(count);
    let order = |state: &str| {
        ["bad", "changed", "new", "same"]
            .iter()
            .position(|known| *known == state)
    };
    rows.sort_by_key(|row| (order(row.state), row.line));
    let view = BookSheet {
        bar: web.bar(clerk, Here::Handbook).await?,
        id: sheet.id,
        file: sheet.name,
        day: sheet.day,
        fault,
        unknown,
        rows,
        counts,
        done: sheet.done,
        form,
        grounds: edit::grounds(&reader, edit::OF_CHANGE),
    };
    web.desk_page_as(clerk, &view, status)
}

fn row(reader: &Reader, line: &Line, units: &Units) -> SheetRow {
    let (state, messages, differences) = match &line.row {
        Row::New(next) => ("new", next.warnings.iter().map(edit::unfit).collect(), Vec::new()),
        Row::Changed(next) => (
            "changed",
            next.warnings.iter().map(edit::unfit).collect(),
            compared(reader, &next.differences, units),
        ),
        Row::Same => ("same", Vec::new(), Vec::new()),
        Row::Cells(faults) => {
            let told = faults.iter().map(|fault| {
                let why = Message::new(format!("misfit-{}", fault.why))
                    .with("field", format!("@book-{}", fault.part));
                let text: String = fault.text.chars().take(60).collect();
                Message::new("book-cell")
                    .with("column", fault.column as u64 + 1)
                    .with("why", reader.say(&why))
                    .with("text", text)
            });
            ("bad", told.collect(), Vec::new())
        }
        Row::Unfit(all) => ("bad", all.iter().map(edit::unfit).collect(), Vec::new()),
        Row::Refused(refusal) => {
            let message = match refusal {
                domain::refusal::Refusal::NotYours => Message::new("book-refused"),
                other => show::refused(*other),
            };
            ("bad", vec![message], Vec::new())
        }
        Row::Twice(first) => (
            "bad",
            vec![Message::new("book-twice").with("n", *first)],
            Vec::new(),
        ),
    };
    SheetRow {
        line: line.line,
        code: line.code.clone(),
        name: line.name.clone(),
        state,
        messages,
        differences,
    }
}

fn unreadable(error: &NoReading) -> Message {
    let what = match error {
        NoReading::Sheet(NoSheet::Encoding) => "encoding",
        NoReading::Sheet(NoSheet::Malformed) => "malformed",
        NoReading::Sheet(NoSheet::Workbook) => "workbook",
        NoReading::Sheet(NoSheet::TooLarge) => "too_large",
        NoReading::Sheet(NoSheet::NoHead) => "no_head",
        NoReading::Columns(NoColumns::NoCode) => "no_code",
        NoReading::Columns(NoColumns::Twice(column)) => {
            return Message::new("book-no-sheet-twice").with("column", column.as_str());
        }
    };
    Message::new(format!("book-no-sheet-{what}"))
}

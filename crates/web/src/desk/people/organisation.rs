//! 조직 관리 — units, officials, files and the history of changes; for who administers the office.
//!
//! It is longer than 600 lines because units, officials and their history are kept on pages that share their forms.

use super::super::Here;
use super::{done, line, refused};
use crate::{
    Web,
    citizen::files,
    form::{self, Named, Read, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message,
        desk::{
            people::{
                People,
                organisation::{
                    ChangeRow, History, ImportPage, ImportRow, OfficialPage, Organisation, SeatRecord,
                    SeatRow, TermRow, UnitPage,
                },
            },
            timeline::Names,
        },
    },
};
use app::people::{
    OfficeError,
    bring::{self, Mode, Outcome, Table},
    organisation::{OfficialSaid, Organisation as Whole, Others, Posted, UnitSaid},
};
use axum::{
    body::Bytes,
    extract::{Multipart, Path},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    id::{OfficialId, UnitId},
    organisation as office,
    terms::Seat,
};
use jiff::civil::Date;

/// A table carried from the preview to what is done: characters.
const TABLE: usize = 900_000;

/// What a change says, without the marks of its notation: its values, one after the other.
fn body_of(json: &str) -> String {
    fn add(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) if !text.is_empty() => out.push(text.clone()),
            serde_json::Value::Number(n) => out.push(n.to_string()),
            serde_json::Value::Array(all) => all.iter().for_each(|value| add(value, out)),
            serde_json::Value::Object(all) => all.values().for_each(|value| add(value, out)),
            serde_json::Value::String(_) | serde_json::Value::Null | serde_json::Value::Bool(_) => {}
        }
    }
    let mut out = Vec::new();
    if let Ok(value) = serde_json::from_str(json) {
        add(&value, &mut out);
    }
    out.join(" · ")
}

/// `None` for “new”.
fn id_of<T: std::str::FromStr>(text: &str) -> Result<Option<T>, Fault> {
    if text == "new" {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Fault::not_found())
}

fn unit_terms(whole: &Whole, of: impl Fn(&TermRow) -> bool) -> Vec<TermRow> {
    (whole.units.iter())
        .map(|term| {
            let parent = whole.unit_by_code(&term.what.parent, term.to.unwrap_or(Date::MAX));
            let heirs = whole
                .successions
                .iter()
                .filter(|(unit, _, from)| *unit == term.what.id && term.to.is_some_and(|to| to < *from));
            let names: Vec<String> = heirs
                .filter_map(|(_, heir, from)| whole.unit_on(*heir, *from))
                .map(|heir| heir.what.name.clone())
                .collect();
            TermRow {
                id: term.what.id.to_string(),
                code: term.what.code.clone(),
                name: term.what.name.clone(),
                more: parent.map(|parent| parent.what.name.clone()).unwrap_or_default(),
                from: term.from,
                to: term.to,
                successors: names.join(", "),
            }
        })
        .filter(of)
        .collect()
}

/// `GET /desk/organisation`
pub async fn page(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let whole = web.app.organisation(&clerk.who).await?;
    let today = web.app.office().day;
    let stands = |row: &TermRow| row.to.is_none_or(|to| to >= today);
    let people: Vec<TermRow> = (whole.officials.iter())
        .map(|term| TermRow {
            id: term.what.id.to_string(),
            code: term.what.login.clone(),
            name: term.what.name.clone(),
            more: term.what.title.clone(),
            from: term.from,
            to: term.to,
            successors: String::new(),
        })
        .collect();
    let (officials, left) = people.into_iter().partition(stands);
    let view = Organisation {
        bar: web.bar(&clerk, Here::People).await?,
        units: unit_terms(&whole, stands),
        closed: unit_terms(&whole, |row| !stands(row)),
        officials,
        left,
    };
    web.desk_page(&clerk, &view)
}

/// `GET /desk/organisation/history`
pub async fn history(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let changes = web.app.office_changes(&clerk.who).await?;
    let rows = changes.into_iter().map(|change| ChangeRow {
        at: change.at,
        who: reader.by(change.by),
        body: body_of(&change.body),
        what: change.what,
    });
    let records = web.app.seat_records(&clerk.who).await?;
    let seats = records.into_iter().map(|record| SeatRecord {
        at: record.at,
        who: reader.by(record.by),
        given: record.change.given,
        official: reader.official(record.change.official),
        unit: reader.unit(record.change.unit),
        seat: record.change.seat.code(),
        from: record.change.from,
        until: record.change.until,
    });
    let view = History {
        bar: web.bar(&clerk, Here::People).await?,
        rows: rows.collect(),
        seats: seats.collect(),
    };
    web.desk_page(&clerk, &view)
}

const UNIT: &[Named<'static>] = &[
    line("name", "office-name", 100),
    line("name_en", "office-name-en", 100),
    line("code", "office-code", 40),
    line("parent", "office-parent", 40),
    line("phone", "desk-phone", 40),
    line("fax", "desk-fax", 40),
    line("address", "office-address", 200),
    line("mail", "office-mail", 200),
    line("from", "office-change-from", 10),
];
const CLOSE: &[Named<'static>] = &[
    line("last_day", "office-last-day", 10),
    line("successor-1", "office-successor", 32),
    line("successor-2", "office-successor", 32),
    line("successor-3", "office-successor", 32),
];

fn none() -> [String; 2] {
    [String::new(), "–".to_owned()]
}

async fn draw_unit(
    web: &Web,
    clerk: &Clerk,
    id: Option<UnitId>,
    form: Option<Filled>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let whole = web.app.organisation(&clerk.who).await?;
    let today = web.app.office().day;
    let term = id.and_then(|id| (whole.units.iter()).rfind(|term| term.what.id == id));
    if id.is_some() && term.is_none() {
        return Err(Fault::not_found());
    }
    let known = term.map_or_else(Filled::default, |term| {
        let u = &term.what;
        Filled::of(&[
            ("name", &u.name),
            ("name_en", &u.name_en),
            ("code", &u.code),
            ("parent", &u.parent),
            ("phone", &u.phone),
            ("fax", &u.fax),
            ("address", &u.address),
            ("mail", &u.mail),
        ])
    });
    let mut shown = known;
    if let Some(form) = form {
        shown.values.extend(form.values);
        shown.errors = form.errors;
    }
    let others = || (whole.units.iter()).filter(|term| term.holds(today) && Some(term.what.id) != id);
    let code = id.map(|id| id.to_string());
    let view = UnitPage {
        bar: web.bar(clerk, Here::People).await?,
        id: code.clone().unwrap_or_else(|| "new".to_owned()),
        name: term.map(|term| term.what.name.clone()).unwrap_or_default(),
        form: shown,
        parents: std::iter::once(none())
            .chain(others().map(|term| [term.what.code.clone(), term.what.name.clone()]))
            .collect(),
        heirs: std::iter::once(none())
            .chain(others().map(|term| [term.what.id.to_string(), term.what.name.clone()]))
            .collect(),
        versions: unit_terms(&whole, |row| Some(&row.id) == code.as_ref()),
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/organisation/units/{id}`
pub async fn unit(Seated(web): Seated, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    draw_unit(&web, &clerk, id_of(&id)?, None, StatusCode::OK).await
}

/// Where a fault of the office stands on its form.
fn field_of(error: &OfficeError) -> &'static str {
    match error {
        OfficeError::Refused(fault) => match fault {
            office::Fault::NameMissing => "name",
            office::Fault::CodeUnfit | office::Fault::Taken => "code",
            office::Fault::UnitUnknown => "parent",
            office::Fault::SuccessorMissing | office::Fault::SuccessorUnfit => "successor-1",
            office::Fault::PasswordUnfit => "password",
            office::Fault::DayPast | office::Fault::DayUnfit => "from",
            _ => "name",
        },
        OfficeError::Unfit(_) | OfficeError::Trouble(_) => "name",
    }
}

fn day(read: &mut Read, field: &str) -> Option<Date> {
    let day = read.get(field).trim().parse().ok();
    if day.is_none() {
        let form = std::mem::take(&mut read.filled);
        read.filled = form.wrong(field, Message::new("office-fault-day_unfit"));
    }
    day
}

/// `POST /desk/organisation/units/{id}`
pub async fn keep_unit(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let id: Option<UnitId> = id_of(&id)?;
    let mut read = form::urlencoded(&body, UNIT)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let said = UnitSaid {
        code: read.get("code").trim().to_owned(),
        name: read.get("name").to_owned(),
        name_en: read.get("name_en").to_owned(),
        parent: read.get("parent").to_owned(),
        phone: read.get("phone").to_owned(),
        fax: read.get("fax").to_owned(),
        address: read.get("address").to_owned(),
        mail: read.get("mail").to_owned(),
    };
    let from = day(&mut read, "from");
    let Some(from) = from.filter(|_| read.sound()) else {
        return draw_unit(
            &web,
            &clerk,
            id,
            Some(read.filled),
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    match web
        .app
        .keep_unit(&clerk.who, id, &said, from, &clerk.asked.call(""))
        .await
    {
        Ok(_) => Ok(done(People::Organisation, "unit")),
        Err(error) => {
            let field = field_of(&error);
            let form = read.filled.wrong(field, refused(error)?);
            draw_unit(&web, &clerk, id, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `POST /desk/organisation/units/{id}/close`
pub async fn close_unit(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let id: UnitId = id_of(&id)?.ok_or_else(Fault::not_found)?;
    let mut read = form::urlencoded(&body, CLOSE)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let mut heirs: Vec<UnitId> = Vec::new();
    for heir in ["successor-1", "successor-2", "successor-3"] {
        let heir = read.get(heir).parse().ok();
        heirs.extend(heir.filter(|heir| !heirs.contains(heir)));
    }
    let last_day = day(&mut read, "last_day");
    let Some(last_day) = last_day.filter(|_| read.sound()) else {
        return draw_unit(
            &web,
            &clerk,
            Some(id),
            Some(read.filled),
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let call = clerk.asked.call("");
    match web.app.close_unit(&clerk.who, id, last_day, &heirs, &call).await {
        Ok(()) => Ok(done(People::Organisation, "unit_close")),
        Err(error) => {
            let field = match field_of(&error) {
                "from" => "last_day",
                field => field,
            };
            let form = read.filled.wrong(field, refused(error)?);
            draw_unit(
                &web,
                &clerk,
                Some(id),
                Some(form),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}

async fn draw_official(
    web: &Web,
    clerk: &Clerk,
    id: Option<OfficialId>,
    form: Option<Filled>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let whole = web.app.organisation(&clerk.who).await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let today = reader.office.day;
    let term = id.and_then(|id| whole.officials.iter().find(|term| term.what.id == id));
    if id.is_some() && term.is_none() {
        return Err(Fault::not_found());
    }
    let mut shown = term.map_or_else(Filled::default, |term| {
        let p = &term.what;
        Filled::of(&[
            ("login", &p.login),
            ("name", &p.name),
            ("title", &p.title),
            ("phone", &p.phone),
            ("mail", &p.mail),
        ])
    });
    if let Some(id) = id {
        for post in whole.posts_of(id, today).filter(|post| post.holds(today)) {
            shown.values.insert("unit".to_owned(), post.what.unit.to_string());
            shown
                .values
                .insert(format!("seat-{}", post.what.seat), "yes".to_owned());
        }
    }
    if let Some(mut form) = form {
        form.values.remove("password");
        shown.values.extend(form.values);
        shown.errors = form.errors;
    }
    let held = (whole.posts.iter())
        .filter(|post| Some(post.what.official) == id && post.to.is_none_or(|to| to >= post.from))
        .map(|post| SeatRow {
            unit: reader.unit(post.what.unit),
            seat: post.what.seat,
            from: post.from,
            to: post.to,
        });
    let units = (whole.units.iter())
        .filter(|term| term.to.is_none_or(|to| to >= today))
        .map(|term| [term.what.id.to_string(), term.what.name.clone()]);
    let view = OfficialPage {
        bar: web.bar(clerk, Here::People).await?,
        id: id.map_or_else(|| "new".to_owned(), |id| id.to_string()),
        name: term.map(|term| term.what.name.clone()).unwrap_or_default(),
        form: shown,
        units: std::iter::once(none()).chain(units).collect(),
        seats: Seat::ALL.to_vec(),
        held: held.collect(),
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/organisation/officials/{id}`
pub async fn official(Seated(web): Seated, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    draw_official(&web, &clerk, id_of(&id)?, None, StatusCode::OK).await
}

const PERSON: [Named<'static>; 5] = [
    line("login", "desk-login", 40),
    line("name", "desk-person-name", 100),
    line("title", "desk-person-title", 100),
    line("phone", "desk-phone", 40),
    line("mail", "office-mail", 200),
];

/// Reads a form with the seats as check marks beside the fields given.
fn read_with_seats(body: &[u8], own: &[Named<'_>]) -> Result<(Read, Vec<Seat>), Fault> {
    let names: Vec<String> = Seat::ALL.iter().map(|seat| format!("seat-{seat}")).collect();
    let fields: Vec<Named<'_>> = (own.iter().copied())
        .chain(names.iter().map(|name| line(name, "desk-seats", 3)))
        .collect();
    let read = form::urlencoded(body, &fields)?;
    let seats = (Seat::ALL.iter().zip(&names))
        .filter(|(_, name)| !read.get(name).is_empty())
        .map(|(seat, _)| *seat)
        .collect();
    Ok((read, seats))
}

/// The post a form says; faults are added to it.
fn posted(read: &mut Read, seats: Vec<Seat>, official: OfficialId) -> Option<Posted> {
    let unit: Option<UnitId> = read.get("unit").parse().ok();
    if unit.is_none() {
        let form = std::mem::take(&mut read.filled);
        read.filled = form.wrong("unit", Message::new("office-fault-unit_unknown"));
    }
    let from = day(read, "from");
    Some(Posted {
        official,
        unit: unit?,
        seats,
        from: from?,
        others: if read.get("stay").is_empty() {
            Others::End
        } else {
            Others::Stay
        },
    })
}

/// `POST /desk/organisation/officials/{id}`
pub async fn keep_official(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let id: Option<OfficialId> = id_of(&id)?;
    let fields: Vec<Named<'_>> = (PERSON.iter().copied())
        .chain([
            line("unit", "desk-unit", 32),
            line("from", "office-post-from", 10),
            line("password", "office-password", 256),
        ])
        .collect();
    let (mut read, seats) = read_with_seats(&body, &fields)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let said = OfficialSaid {
        login: read.get("login").trim().to_owned(),
        name: read.get("name").to_owned(),
        title: read.get("title").to_owned(),
        phone: read.get("phone").to_owned(),
        mail: read.get("mail").to_owned(),
    };
    let call = clerk.asked.call("");
    let kept = match id {
        Some(id) => web.app.change_official(&clerk.who, id, &said, &call).await,
        None => {
            let posted = posted(&mut read, seats, web.app.new_official());
            let Some(posted) = posted.filter(|_| read.sound()) else {
                return draw_official(
                    &web,
                    &clerk,
                    None,
                    Some(read.filled),
                    StatusCode::UNPROCESSABLE_ENTITY,
                )
                .await;
            };
            let password = read.get("password").to_owned();
            let added = web
                .app
                .add_official(&clerk.who, &said, &posted, Some(&password), &call)
                .await;
            added.map(drop)
        }
    };
    match kept {
        Ok(()) => Ok(done(People::Organisation, "official")),
        Err(error) => {
            let field = match field_of(&error) {
                "code" => "login",
                "parent" => "unit",
                field => field,
            };
            let form = read.filled.wrong(field, refused(error)?);
            draw_official(&web, &clerk, id, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `POST /desk/organisation/officials/{id}/post`
pub async fn post_official(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let id: OfficialId = id_of(&id)?.ok_or_else(Fault::not_found)?;
    let fields = [
        line("unit", "desk-unit", 32),
        line("from", "office-post-from", 10),
        line("stay", "office-post-stay", 3),
    ];
    let (mut read, seats) = read_with_seats(&body, &fields)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let posted = posted(&mut read, seats, id);
    let Some(posted) = posted.filter(|_| read.sound()) else {
        return draw_official(
            &web,
            &clerk,
            Some(id),
            Some(read.filled),
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    match web
        .app
        .post_official(&clerk.who, &posted, &clerk.asked.call(""))
        .await
    {
        Ok(()) => Ok(done(People::Official(id.to_string()), "post")),
        Err(error) => {
            let field = match field_of(&error) {
                "parent" => "unit",
                field => field,
            };
            let form = read.filled.wrong(field, refused(error)?);
            draw_official(
                &web,
                &clerk,
                Some(id),
                Some(form),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}

/// `POST /desk/organisation/officials/{id}/end`
pub async fn end_official(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let id: OfficialId = id_of(&id)?.ok_or_else(Fault::not_found)?;
    let mut read = form::urlencoded(&body, &[line("last_day", "office-last-day", 10)])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let Some(last_day) = day(&mut read, "last_day") else {
        return draw_official(
            &web,
            &clerk,
            Some(id),
            Some(read.filled),
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    match web
        .app
        .end_official(&clerk.who, id, last_day, &clerk.asked.call(""))
        .await
    {
        Ok(()) => Ok(done(People::Official(id.to_string()), "end")),
        Err(error) => {
            let form = read.filled.wrong("last_day", refused(error)?);
            draw_official(
                &web,
                &clerk,
                Some(id),
                Some(form),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}

/// `POST /desk/organisation/officials/{id}/password`
pub async fn password(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let id: OfficialId = id_of(&id)?.ok_or_else(Fault::not_found)?;
    let read = form::urlencoded(&body, &[line("password", "office-password", 256)])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let set = web
        .app
        .set_password(&clerk.who, id, read.get("password"), &clerk.asked.call(""))
        .await;
    match set {
        Ok(()) => Ok(done(People::Official(id.to_string()), "password")),
        Err(error) => {
            let form = read.filled.wrong("password", refused(error)?);
            draw_official(
                &web,
                &clerk,
                Some(id),
                Some(form),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}

async fn draw_import(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    lines: Option<Vec<bring::Line>>,
    applied: bool,
    status: StatusCode,
) -> Result<Response, Fault> {
    // Whoever may not administer has no such page.
    web.app.organisation(&clerk.who).await?;
    let mut counts = [0; 4];
    let rows = lines.map(|lines| {
        (lines.into_iter())
            .map(|line| {
                let (outcome, n, what) = match &line.outcome {
                    Outcome::New => ("new", 0, Message::new("office-row-new")),
                    Outcome::Changed(columns) => {
                        let what = Message::new("office-row-changed").with("columns", columns.join(", "));
                        ("changed", 1, what)
                    }
                    Outcome::Same => ("same", 2, Message::new("office-row-same")),
                    Outcome::Wrong(fault, _) => ("wrong", 3, Message::new(format!("office-fault-{fault}"))),
                    Outcome::Unfit(unfit) => ("wrong", 3, Message::new(format!("absence-unfit-{unfit}"))),
                };
                counts[n] += 1;
                ImportRow {
                    row: line.row,
                    key: line.key,
                    name: line.name,
                    outcome: outcome.to_owned(),
                    what,
                }
            })
            .collect()
    });
    let view = ImportPage {
        bar: web.bar(clerk, Here::People).await?,
        form,
        rows,
        counts,
        applied,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/organisation/import`
pub async fn import(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    draw_import(&web, &clerk, Filled::default(), None, false, StatusCode::OK).await
}

/// `GET /desk/organisation/import/apply`: nothing is done by looking.
pub async fn to_import() -> Response {
    Redirect::to(&People::Import.to_string()).into_response()
}

/// `POST /desk/organisation/import`
pub async fn preview(Seated(web): Seated, clerk: Clerk, parts: Multipart) -> Result<Response, Fault> {
    let mut read = form::multipart(
        parts,
        &[],
        crate::form::Files {
            take: None,
            ..files(&web)
        },
    )
    .await?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let file = read.files.pop();
    let table = file.as_ref().map(|file| Table::read(&file.bytes));
    let table = match table {
        Some(Ok(table)) if read.sound() && table.csv().chars().count() <= TABLE => table,
        _ => {
            let form = read.filled.wrong("files", Message::new("office-no-table"));
            return draw_import(&web, &clerk, form, None, false, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let lines = web
        .app
        .bring(&clerk.who, &table, Mode::Preview, &clerk.asked.call(""))
        .await?;
    let form = Filled::of(&[("table", table.csv().as_str())]);
    draw_import(&web, &clerk, form, Some(lines), false, StatusCode::OK).await
}

/// `POST /desk/organisation/import/apply`
pub async fn apply(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let fields = [Named {
        name: "table",
        label: "import-file",
        max: TABLE,
        shape: Shape::Text,
    }];
    let read = form::urlencoded(&body, &fields)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let Ok(table) = Table::read(read.get("table").as_bytes()) else {
        let form = Filled::default().wrong("files", Message::new("office-no-table"));
        return draw_import(&web, &clerk, form, None, false, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let lines = web
        .app
        .bring(&clerk.who, &table, Mode::Apply, &clerk.asked.call(""))
        .await?;
    draw_import(&web, &clerk, Filled::default(), Some(lines), true, StatusCode::OK).await
}

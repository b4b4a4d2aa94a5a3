//! 개정·신설·폐지 — the next version of a service: a form with every part, looked over before it is published.

use super::{SECTIONS, compared, present};
use crate::{
    Web,
    desk::{Reader, told},
    form::{self, Field, Read, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        FieldError, Filled, Message,
        desk::{
            Here,
            handbook::{Book, BookClose, BookEdit, DifferenceRow, FieldSection, Option2, PartField},
        },
    },
};
use app::{
    act::Call,
    handbook::{MOST_REMARK, Motive, Unchanged},
};
use axum::{
    body::Bytes,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    handbook::{
        Service, Surety,
        edition::Ground,
        fit::Unfit,
        part::{Part, Shape as PartShape, Units},
    },
    procedure::Words,
    terms::Kind,
};
use jiff::civil::Date;
use std::sync::LazyLock;

/// Every field of the form. Names and labels follow the table of parts, so they are made once and kept for good.
static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for part in Part::ALL {
        let label: &'static str = format!("book-{part}").leak();
        let (max, shape) = match part.shape() {
            PartShape::Line(max) => (max, Shape::Line),
            PartShape::Text(max) => (max, Shape::Text),
            PartShape::Choice(_) | PartShape::Day => (40, Shape::Line),
        };
        all.push(Field {
            name: part.code(),
            label,
            max,
            shape,
        });
        if let Some(name) = part.surety_column() {
            all.push(Field {
                name,
                label,
                max: 10,
                shape: Shape::Choice(&["sure", "unsure"]),
            });
        }
    }
    all.extend(MOTIVE);
    all
});

const fn line(name: &'static str, label: &'static str, max: usize, shape: Shape) -> Field {
    Field {
        name,
        label,
        max,
        shape,
    }
}

/// Why a version is made, and what ties the form to what its writer saw.
const MOTIVE: [Field; 5] = [
    line(
        "ground",
        "book-ground",
        20,
        Shape::NeededChoice(&[
            "law_changed",
            "organisation",
            "review",
            "correction",
            "new",
            "abolished",
        ]),
    ),
    line("remark", "book-remark", MOST_REMARK, Shape::Text),
    line("base", "book-version", 10, Shape::Line),
    line("key", "book-version", 64, Shape::Line),
    line("wish", "book-look", 10, Shape::Line),
];

const CLOSE: &[Field] = &[
    line("last_day", "book-last-day", 10, Shape::NeededLine),
    line("remark", "book-remark", MOST_REMARK, Shape::Text),
    line("base", "book-version", 10, Shape::Line),
    line("key", "book-version", 64, Shape::Line),
];

/// The grounds a writer may choose.
pub fn grounds(reader: &Reader, with: &[Ground]) -> Vec<Option2> {
    (with.iter())
        .map(|ground| (ground.to_string(), reader.word(&format!("book-ground-{ground}"))))
        .collect()
}

/// The grounds of a change.
pub const OF_CHANGE: &[Ground] = &[
    Ground::LawChanged,
    Ground::Organisation,
    Ground::Review,
    Ground::Correction,
    Ground::New,
];

/// A service as the values of the form.
fn values(service: &Service, units: &Units) -> Filled {
    let mut filled = Filled::default();
    for part in Part::ALL {
        let cell = part.cell(service, units);
        if let Some(name) = part.surety_column() {
            let surety = cell.surety.unwrap_or(Surety::Unsure);
            filled.values.insert(name.to_owned(), surety.to_string());
        }
        filled.values.insert(part.code().to_owned(), cell.text);
    }
    filled
}

/// `GET /desk/handbook/services/{code}/edit`: the newest version, also one that is only planned.
pub async fn form(Seated(web): Seated, clerk: Clerk, Path(code): Path<String>) -> Result<Response, Fault> {
    let office = web.app.office();
    let service = present(&office, &code)?;
    let newest = office.service_newest(service.code).cloned().unwrap_or(service);
    let mut form = values(&newest, &office.named_units());
    let tomorrow = office.day.tomorrow().unwrap_or(office.day);
    let begins = newest.valid_from.max(tomorrow);
    form.values.insert("valid_from".into(), begins.to_string());
    form.values.insert("base".into(), newest.version.to_string());
    form.values.insert("key".into(), web.once());
    page(&web, &clerk, Some(&newest), form, None, StatusCode::OK).await
}

/// `GET /desk/handbook/new`
pub async fn begin(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let office = web.app.office();
    let mut form = Filled::of(&[
        ("procedure", "ordinary"),
        ("kind", "statutory"),
        ("ground", "new"),
    ]);
    let tomorrow = office.day.tomorrow().unwrap_or(office.day);
    form.values.insert("valid_from".into(), tomorrow.to_string());
    form.values.insert("key".into(), web.once());
    page(&web, &clerk, None, form, None, StatusCode::OK).await
}

/// What a look at the form found.
struct Looked {
    changes: Vec<DifferenceRow>,
    warnings: Vec<Message>,
}

async fn page(
    web: &Web,
    clerk: &Clerk,
    of: Option<&Service>,
    form: Filled,
    looked: Option<Looked>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let (changes, warnings) = match looked {
        Some(looked) => (Some(looked.changes), looked.warnings),
        None => (None, Vec::new()),
    };
    let sections = (SECTIONS.iter())
        .map(|(title, parts)| FieldSection {
            title,
            fields: parts.iter().map(|part| field(&reader, *part)).collect(),
        })
        .collect::<Vec<_>>();
    let mut sections = sections;
    if of.is_none()
        && let Some(first) = sections.first_mut()
    {
        first.fields.insert(0, field(&reader, Part::Code));
    }
    if let Some(first) = sections.first_mut() {
        first.fields.push(field(&reader, Part::ValidFrom));
    }
    let view = BookEdit {
        bar: web.bar(clerk, Here::Handbook).await?,
        service: of.map(|service| {
            let name = reader.pick(&service.name.ko, &service.name.en);
            (service.code.to_string(), name)
        }),
        form,
        sections,
        grounds: grounds(&reader, OF_CHANGE),
        changes,
        warnings,
    };
    web.desk_page_as(clerk, &view, status)
}

fn field(reader: &Reader, part: Part) -> PartField {
    let (shape, max) = match part.shape() {
        PartShape::Line(max) => ("line", max),
        PartShape::Text(max) => ("text", max),
        PartShape::Choice(_) => ("choice", 0),
        PartShape::Day => ("day", 0),
    };
    let mut options = Vec::new();
    if let PartShape::Choice(choices) = part.shape() {
        if part.has_surety() {
            options.push((String::new(), reader.word("book-choose")));
        }
        let yes_no = choices.iter().any(|(code, _)| *code == "yes");
        options.extend(choices.iter().map(|(code, _)| {
            let key = if yes_no {
                format!("book-{code}")
            } else {
                format!("book-{part}-{code}")
            };
            ((*code).to_owned(), reader.word(&key))
        }));
        if yes_no {
            options.reverse();
        }
    }
    PartField {
        part,
        surety: part.surety_column(),
        shape,
        max,
        rows: if max > 4_000 { 10 } else { 4 },
        options,
        required: matches!(
            part,
            Part::Code | Part::Name | Part::Group | Part::Kind | Part::Procedure | Part::ValidFrom
        ),
    }
}

/// `POST /desk/handbook/new`
pub async fn open(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    sent(&web, &clerk, None, &body).await
}

/// `POST /desk/handbook/services/{code}/edit`
pub async fn send(
    Seated(web): Seated,
    clerk: Clerk,
    Path(code): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let office = web.app.office();
    let service = present(&office, &code)?;
    let newest = office.service_newest(service.code).cloned().unwrap_or(service);
    sent(&web, &clerk, Some(newest), &body).await
}

async fn sent(web: &Web, clerk: &Clerk, of: Option<Service>, body: &Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(body, &FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let units = web.app.office().named_units();
    let service = laid(&mut read, of.as_ref(), &units);
    let (Some(service), true) = (service, read.sound()) else {
        return page(
            web,
            clerk,
            of.as_ref(),
            read.filled,
            None,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let base = read.get("base").parse().ok();
    if read.get("wish") != "publish" {
        return match web.app.foresee_edition(&clerk.who, base, service) {
            Ok(next) => {
                let reader = web.reader(clerk.asked.visit.lang);
                let looked = Looked {
                    changes: compared(&reader, &next.differences, &units),
                    warnings: next.warnings.iter().map(unfit).collect(),
                };
                page(web, clerk, of.as_ref(), read.filled, Some(looked), StatusCode::OK).await
            }
            Err(error) => again(web, clerk, of, read, error).await,
        };
    }
    let call = call(clerk, &read);
    let motive = motive(&read);
    match web.app.publish(&clerk.who, base, service, &motive, &call).await {
        Ok(service) => Ok(to_service(&service, "book-published")),
        Err(error) => again(web, clerk, of, read, error).await,
    }
}

/// Lays every field into a service; what cannot be read is told beside its field.
fn laid(read: &mut Read, of: Option<&Service>, units: &Units) -> Option<Service> {
    let mut service = match of {
        Some(service) => Service {
            standing: domain::handbook::Standing::Offered,
            ..service.clone()
        },
        None => {
            let (ko, en) = (String::new(), String::new());
            let (code, procedure) = ("new".parse().ok()?, "ordinary".parse().ok()?);
            let day = Date::constant(2004, 1, 1);
            Service::new(code, Words { ko, en }, Kind::Statutory, procedure, day)
        }
    };
    let mut wrong = Vec::new();
    for part in Part::ALL {
        if *part == Part::Code && of.is_some() {
            continue;
        }
        let surety = part.surety_column().and_then(|name| read.get(name).parse().ok());
        // In a form, a list is always one item a line.
        let text = match part.shape() {
            PartShape::Text(_) => format!("{}\n", read.get(part.code())),
            _ => read.get(part.code()).to_owned(),
        };
        if let Err(why) = part.set(&mut service, &text, surety, units) {
            let known = read.filled.errors.iter().any(|error| error.field == part.code());
            let message = Message::new(format!("misfit-{why}")).with("field", format!("@book-{part}"));
            if !known {
                wrong.push(FieldError {
                    field: part.code().to_owned(),
                    message,
                });
            }
        }
    }
    read.filled.errors.extend(wrong);
    Some(service)
}

/// What stands against a version, in words.
pub fn unfit(unfit: &Unfit) -> Message {
    let clause = match unfit.why.clause() {
        "" => String::new(),
        clause => format!("({clause})"),
    };
    Message::new(format!("unfit-{}", unfit.why))
        .with("item", unfit.item.as_str())
        .with("clause", clause)
}

/// The form again, with what stands against it beside the fields; nothing typed is lost.
async fn again(
    web: &Web,
    clerk: &Clerk,
    of: Option<Service>,
    mut read: Read,
    error: Unchanged,
) -> Result<Response, Fault> {
    let (faults, status) = match error {
        Unchanged::NotFound => return Err(Fault::not_found()),
        Unchanged::Refused(_) => (
            vec![(String::new(), Message::new("book-refused"))],
            StatusCode::FORBIDDEN,
        ),
        Unchanged::Trouble(trouble) => {
            let message = told(&trouble);
            (vec![(String::new(), message)], Fault::from(trouble).status)
        }
        Unchanged::Unfit(all) => {
            let overtaken = all
                .iter()
                .any(|unfit| unfit.why == domain::handbook::fit::Why::Overtaken);
            let place = |unfit: &Unfit| match (unfit.part, &of) {
                (Part::Code, Some(_)) => String::new(),
                (part, _) => part.code().to_owned(),
            };
            let faults = all.iter().map(|one| (place(one), unfit(one))).collect();
            (
                faults,
                if overtaken {
                    StatusCode::CONFLICT
                } else {
                    StatusCode::UNPROCESSABLE_ENTITY
                },
            )
        }
    };
    let mut of = of;
    if status == StatusCode::CONFLICT
        && let Some(service) = &of
        && let Some(newest) = web.app.office().service_newest(service.code).cloned()
    {
        // The next sending is held against the version that is now the newest.
        let values = &mut read.filled.values;
        values.insert("base".into(), newest.version.to_string());
        values.insert("key".into(), web.once());
        of = Some(newest);
    }
    for (field, message) in faults {
        read.filled.errors.push(FieldError { field, message });
    }
    page(web, clerk, of.as_ref(), read.filled, None, status).await
}

fn call(clerk: &Clerk, read: &Read) -> Call {
    clerk.asked.call(read.get("key"))
}

/// Why a version is made, as the form says.
pub fn motive(read: &Read) -> Motive {
    Motive {
        ground: read.get("ground").parse().unwrap_or(Ground::Correction),
        remark: read.get("remark").to_owned(),
    }
}

fn to_service(service: &Service, done: &str) -> Response {
    let way = Book::Service(service.code.to_string());
    Redirect::to(&format!("{way}?done={done}")).into_response()
}

/// `GET /desk/handbook/services/{code}/close`
pub async fn close_form(
    Seated(web): Seated,
    clerk: Clerk,
    Path(code): Path<String>,
) -> Result<Response, Fault> {
    let office = web.app.office();
    let service = present(&office, &code)?;
    let newest = office
        .service_newest(service.code)
        .map_or(service.version, |newest| newest.version);
    let mut form = Filled::default();
    form.values.insert("base".into(), newest.to_string());
    form.values.insert("key".into(), web.once());
    close_page(&web, &clerk, &service, form, StatusCode::OK).await
}

async fn close_page(
    web: &Web,
    clerk: &Clerk,
    service: &Service,
    form: Filled,
    status: StatusCode,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let view = BookClose {
        bar: web.bar(clerk, Here::Handbook).await?,
        code: service.code.to_string(),
        name: reader.pick(&service.name.ko, &service.name.en),
        form,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `POST /desk/handbook/services/{code}/close`
pub async fn close(
    Seated(web): Seated,
    clerk: Clerk,
    Path(code): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, CLOSE)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let service = present(&web.app.office(), &code)?;
    let last_day: Option<Date> = read.get("last_day").trim().parse().ok();
    let bad_day = Message::new("misfit-not_a_date").with("field", "@book-last-day");
    let wrong = |read: &mut Read, field: &str, message| {
        let field = field.to_owned();
        read.filled.errors.push(FieldError { field, message });
    };
    let (Some(last_day), true) = (last_day, read.sound()) else {
        if last_day.is_none() && read.sound() {
            wrong(&mut read, "last_day", bad_day);
        }
        return close_page(
            &web,
            &clerk,
            &service,
            read.filled,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let motive = Motive {
        ground: Ground::Abolished,
        remark: read.get("remark").to_owned(),
    };
    let (call, base) = (call(&clerk, &read), read.get("base").parse().unwrap_or_default());
    let closed = web
        .app
        .close_service(&clerk.who, service.code, base, last_day, &motive, &call)
        .await;
    let status = match closed {
        Ok(service) => return Ok(to_service(&service, "book-closed")),
        Err(Unchanged::NotFound) => return Err(Fault::not_found()),
        Err(Unchanged::Refused(_)) => {
            wrong(&mut read, "", Message::new("book-refused"));
            StatusCode::FORBIDDEN
        }
        Err(Unchanged::Unfit(all)) => {
            for one in &all {
                let field = if one.part == Part::ValidFrom {
                    "last_day"
                } else {
                    ""
                };
                wrong(&mut read, field, unfit(one));
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(Unchanged::Trouble(trouble)) => {
            wrong(&mut read, "", told(&trouble));
            Fault::from(trouble).status
        }
    };
    close_page(&web, &clerk, &service, read.filled, status).await
}

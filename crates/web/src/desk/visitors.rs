//! 다른 이용자의 길 — what an external user was handed and writes; conditions of external users; service accounts.

use super::{Reader, named, people::line, told};
use crate::{
    Web,
    form::{self, Field, Named, Read, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message,
        desk::{
            Desk, Here, at,
            visitors::{AccountRow, ExternalRow, Externals, HeldRow, Outside, OutsideCase, ServiceAccounts},
        },
    },
};
use app::{
    act::ActError,
    desk::View as List,
    visitors::{Barred, external::External, machines::ServiceAccount},
    words::Raw,
};
use axum::{
    Router,
    body::Bytes,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    access::Who,
    act::Act,
    external::{Entry, Hours, Outside as Kept, networks},
    id::{MachineId, OfficialId},
    machine::{Grant, Scope, Shut},
    petition::Petition,
    petition::parts::Entrusted,
    terms::Permit,
};
use jiff::civil::{Date, Time};

/// The pages; the caller puts them behind the gate.
pub fn router() -> Router<Web> {
    Router::new()
        .route(at::Outside, get(outside))
        .route(at::OutsideCase, get(case).post(note))
        .route(at::Externals, get(externals).post(keep))
        .route(at::ServiceAccounts, get(accounts).post(account))
}

/// So many are shown to an external user.
const MOST: u32 = 100;
/// The longest field note.
const NOTE: u32 = 10_000;

/// What the one who looks holds of a petition.
fn held<'p>(web: &Web, who: &Who, petition: &'p Petition) -> Option<&'p Entrusted> {
    let day = web.app.now().date()?;
    let me = who.official()?;
    petition.entrusted_to(me, day).next()
}

/// Who is no external user has other pages.
fn from_outside(who: &Who) -> Result<(), Fault> {
    match who {
        Who::Official(official) if official.is_external() => Ok(()),
        Who::Official(_) | Who::Citizen(_) | Who::System => Err(Fault::not_found()),
    }
}

fn row(reader: &Reader, petition: &Petition, title: String, given: &Entrusted) -> HeldRow {
    HeldRow {
        number: petition.number.to_string(),
        title,
        service: reader.service(petition),
        until: given.until,
        notes: given.permit == Permit::Note,
    }
}

/// `GET /desk/outside`: 맡은 민원.
async fn outside(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    from_outside(&clerk.who)?;
    let call = clerk.asked.call("");
    let listing = web.app.list(&clerk.who, List::Open, None, MOST, &call).await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let mut rows: Vec<HeldRow> = (listing.items.into_iter())
        .filter_map(|item| {
            let given = held(&web, &clerk.who, &item.petition)?;
            Some(row(
                &reader,
                &item.petition,
                item.title.unwrap_or_default(),
                given,
            ))
        })
        .collect();
    rows.sort_by_key(|row| row.until);
    let view = Outside {
        bar: web.bar(&clerk, Here::Work).await?,
        rows,
    };
    web.desk_page(&clerk, &view)
}

async fn case_page(
    web: &Web,
    clerk: &Clerk,
    number: &str,
    form: Filled,
    status: StatusCode,
) -> Result<Response, Fault> {
    from_outside(&clerk.who)?;
    let id = named(web, &clerk.who, number).await?;
    let call = clerk.asked.call("");
    let case = web.app.case(&clerk.who, id, &call).await?;
    let p = &case.petition;
    let given = held(web, &clerk.who, p).ok_or_else(Fault::not_found)?;
    let text = |text| case.texts.text(text).unwrap_or_default().to_owned();
    let reader = web.reader(clerk.asked.visit.lang);
    let once = form.values.get("once").cloned().unwrap_or_else(|| web.once());
    let view = OutsideCase {
        bar: web.bar(clerk, Here::Work).await?,
        row: row(&reader, p, text(p.title), given),
        no: given.no,
        what: text(given.what),
        body: p.body.map(text).unwrap_or_default(),
        place: p.place.map(text).unwrap_or_default(),
        notes: given.notes.iter().map(|(note, at)| (*at, text(*note))).collect(),
        form,
        once,
        max: NOTE,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/outside/{number}`
async fn case(Seated(web): Seated, clerk: Clerk, Path(number): Path<String>) -> Result<Response, Fault> {
    case_page(&web, &clerk, &number, Filled::default(), StatusCode::OK).await
}

const NOTES: &[Field] = &[
    Field {
        name: "once",
        label: "entrust-note",
        max: 64,
        shape: Shape::Line,
    },
    Field {
        name: "no",
        label: "entrust-which",
        max: 4,
        shape: Shape::NeededLine,
    },
    Field {
        name: "what",
        label: "entrust-note",
        max: NOTE as usize,
        shape: Shape::NeededText,
    },
];

/// `POST /desk/outside/{number}`: 현장 의견.
async fn note(
    Seated(web): Seated,
    clerk: Clerk,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, NOTES)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    from_outside(&clerk.who)?;
    let unsound = StatusCode::UNPROCESSABLE_ENTITY;
    if !read.sound() {
        return case_page(&web, &clerk, &number, read.filled, unsound).await;
    }
    let id = named(&web, &clerk.who, &number).await?;
    let act = Act::FieldNote {
        no: read.get("no").parse().map_err(|_| Fault::not_found())?,
        text: Raw::text(read.get("what")),
    };
    let call = clerk.asked.call(read.get("once"));
    let wrong = |read: Read, message: Message| read.filled.wrong("what", message);
    match web.app.act(&clerk.who, id, act, &call).await {
        Ok(_) => Ok(Redirect::to(&Desk::OutsideCase(number).to_string()).into_response()),
        Err(ActError::Refused(refusal)) => {
            let form = wrong(read, crate::show::refused(refusal));
            case_page(&web, &clerk, &number, form, unsound).await
        }
        Err(ActError::Trouble(trouble)) => {
            let (form, status) = (wrong(read, told(&trouble)), Fault::from(trouble).status);
            case_page(&web, &clerk, &number, form, status).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What an administrator is told; the machine's own trouble is a page of its own.
fn refused(error: Barred) -> Result<(&'static str, Message), Fault> {
    let (field, key) = match error {
        Barred::NotYours | Barred::Unknown => return Err(Fault::not_found()),
        Barred::Wait(_) => return Err(Fault::of(StatusCode::TOO_MANY_REQUESTS)),
        Barred::Trouble(trouble) => return Err(trouble.into()),
        Barred::Outside(why) => {
            let field = match why {
                Kept::NetworksUnfit | Kept::Network => "networks",
                Kept::HoursUnfit | Kept::Hour => "from",
                Kept::NotExternal | Kept::Unset | Kept::Factor => "official",
                Kept::UntilUnfit | Kept::Over => "until",
            };
            (field, format!("outside-{why}"))
        }
        Barred::Shut(why) => {
            let field = match why {
                Shut::NetworksUnfit | Shut::Network => "networks",
                Shut::NoScope | Shut::Scope => "scope-statistics_read",
                Shut::UntilUnfit | Shut::Over => "until",
                Shut::ReasonUnfit | Shut::NobodyAnswers => "reason",
                Shut::NameUnfit | Shut::Unknown | Shut::Revoked => "name",
            };
            (field, format!("shut-{why}"))
        }
    };
    Ok((field, Message::new(key)))
}

async fn externals_page(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    status: StatusCode,
) -> Result<Response, Fault> {
    let all = match web.app.externals(&clerk.who).await {
        Ok(all) => all,
        Err(error) => return Err(refused(error).map_or_else(|fault| fault, |_| Fault::not_found())),
    };
    let name = |one: &External| {
        format!("{} {}", one.person.name, one.person.title)
            .trim()
            .to_owned()
    };
    let hours = |hours: &Hours| format!("{}–{}", hours.from.strftime("%H:%M"), hours.to.strftime("%H:%M"));
    let view = Externals {
        bar: web.bar(clerk, Here::People).await?,
        form,
        people: all
            .iter()
            .map(|one| (one.person.id.to_string(), name(one)))
            .collect(),
        rows: (all.iter())
            .map(|one| ExternalRow {
                id: one.person.id.to_string(),
                person: name(one),
                until: one.entry.as_ref().map(|entry| entry.until),
                networks: (one.entry.iter())
                    .flat_map(|entry| entry.networks.iter().map(ToString::to_string))
                    .collect(),
                days: one
                    .entry
                    .iter()
                    .flat_map(|entry| entry.hours.days.clone())
                    .collect(),
                hours: one
                    .entry
                    .as_ref()
                    .map(|entry| hours(&entry.hours))
                    .unwrap_or_default(),
            })
            .collect(),
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/externals`
async fn externals(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    externals_page(&web, &clerk, Filled::default(), StatusCode::OK).await
}

const DAYS: [&str; 7] = ["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"];

fn text<'a>(name: &'a str, label: &'a str, max: usize) -> Named<'a> {
    Named {
        name,
        label,
        max,
        shape: Shape::Text,
    }
}

fn wrong(read: &mut Read, field: &str, message: Message) {
    read.filled = std::mem::take(&mut read.filled).wrong(field, message);
}

/// The last day and the networks of a form; faults go beside the fields.
fn bounds(read: &mut Read) -> (Option<Date>, Option<Vec<domain::external::Network>>) {
    let until = read.get("until").trim().parse().ok();
    if until.is_none() {
        wrong(read, "until", Message::new("error-date-form"));
    }
    let within = networks(read.get("networks")).ok();
    if within.is_none() {
        wrong(read, "networks", Message::new("outside-networks_unfit"));
    }
    (until, within)
}

/// `POST /desk/externals`
async fn keep(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let fields: Vec<Named<'static>> = [
        line("official", "externals-person", 32),
        line("until", "externals-until", 10),
        text("networks", "externals-networks", 2_000),
        line("from", "externals-from", 5),
        line("to", "externals-to", 5),
    ]
    .into_iter()
    .chain(DAYS.map(|day| line(day, "externals-days", 3)))
    .collect();
    let mut read = form::urlencoded(&body, &fields)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let official = read.get("official").parse::<OfficialId>().ok();
    if official.is_none() {
        wrong(
            &mut read,
            "official",
            Message::new("error-required").with("field", "@externals-person"),
        );
    }
    let (until, networks) = bounds(&mut read);
    let (from, to) = (clock(&mut read, "from"), clock(&mut read, "to"));
    let days = (1_i8..)
        .zip(DAYS)
        .filter(|(_, name)| read.get(name) == "yes")
        .map(|(day, _)| day)
        .collect();
    let (Some(official), Some(until), Some(networks), Some(from), Some(to)) =
        (official, until, networks, from, to)
    else {
        return externals_page(&web, &clerk, read.filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let entry = Entry {
        until,
        networks,
        hours: Hours { days, from, to },
    };
    let call = clerk.asked.call("");
    match web.app.keep_external(&clerk.who, official, &entry, &call).await {
        Ok(()) => Ok(Redirect::to(&Desk::Externals.to_string()).into_response()),
        Err(error) => {
            let (field, why) = refused(error)?;
            let form = read.filled.wrong(field, why);
            externals_page(&web, &clerk, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

fn clock(read: &mut Read, name: &str) -> Option<Time> {
    let time = Time::strptime("%H:%M", read.get(name).trim()).ok();
    if time.is_none() {
        wrong(read, name, Message::new("externals-time-form"));
    }
    time
}

fn scope_field(scope: Scope) -> String {
    format!("scope-{}", scope.code().replace('.', "_"))
}

async fn accounts_page(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    made: Option<(String, String)>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let all = match web.app.service_accounts(&clerk.who).await {
        Ok(all) => all,
        Err(error) => return Err(refused(error).map_or_else(|fault| fault, |_| Fault::not_found())),
    };
    let (today, office) = (web.app.now().date(), web.app.office());
    let standing = |account: &ServiceAccount| match (account.revoked_at, today) {
        (Some(_), _) => "revoked",
        (None, Some(today)) if today <= account.grant.until => "open",
        (None, _) => "over",
    };
    let view = ServiceAccounts {
        bar: web.bar(clerk, Here::People).await?,
        form,
        rows: (all.iter())
            .map(|account| AccountRow {
                id: account.id.to_string(),
                name: account.name.clone(),
                prefix: account.prefix.clone(),
                scopes: account.grant.scopes.iter().map(|scope| scope.code()).collect(),
                networks: account.grant.networks.iter().map(ToString::to_string).collect(),
                until: account.grant.until,
                reason: account.grant.reason.clone(),
                answers: (account.grant.answers)
                    .and_then(|official| office.person(official).map(|person| person.name.clone())),
                used_at: Some(account.used_at).filter(|at| at.0 > 0),
                standing: standing(account),
            })
            .collect(),
        made,
        scopes: Scope::ALL
            .iter()
            .map(|scope| (scope_field(*scope), scope.code()))
            .collect(),
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/service-accounts`
async fn accounts(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    accounts_page(&web, &clerk, Filled::default(), None, StatusCode::OK).await
}

/// `POST /desk/service-accounts`: makes one, or takes one back. A new key stands on the page that answers, and nowhere else.
async fn account(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let scopes: Vec<(Scope, String)> = Scope::ALL
        .iter()
        .map(|scope| (*scope, scope_field(*scope)))
        .collect();
    let fields: Vec<Named<'_>> = [
        line("do", "machines-add", 10),
        line("id", "machines-name", 32),
        line("name", "machines-name", 100),
        line("until", "externals-until", 10),
        text("networks", "externals-networks", 2_000),
        text("reason", "machines-reason", 1_000),
    ]
    .into_iter()
    .chain(scopes.iter().map(|(_, name)| line(name, "machines-scopes", 3)))
    .collect();
    let mut read = form::urlencoded(&body, &fields)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let call = clerk.asked.call("");
    let unsound = StatusCode::UNPROCESSABLE_ENTITY;
    if read.get("do") == "revoke" {
        let id: MachineId = read.get("id").parse().map_err(|_| Fault::not_found())?;
        return match web.app.revoke_service_account(&clerk.who, id, &call).await {
            Ok(()) => Ok(Redirect::to(&Desk::ServiceAccounts.to_string()).into_response()),
            Err(error) => Err(refused(error).map_or_else(|fault| fault, |_| Fault::not_found())),
        };
    }
    let (until, networks) = bounds(&mut read);
    let (Some(until), Some(networks)) = (until, networks) else {
        return accounts_page(&web, &clerk, read.filled, None, unsound).await;
    };
    let grant = Grant {
        scopes: (scopes.iter())
            .filter(|(_, name)| read.get(name) == "yes")
            .map(|(scope, _)| *scope)
            .collect(),
        networks,
        until,
        reason: read.get("reason").to_owned(),
        // Who makes a key answers for what it reads.
        answers: clerk.who.official(),
    };
    let name = read.get("name").to_owned();
    match web.app.add_service_account(&clerk.who, &name, grant, &call).await {
        Ok((account, key)) => {
            let made = Some((account.name, key));
            accounts_page(&web, &clerk, Filled::default(), made, StatusCode::OK).await
        }
        Err(error) => {
            let (field, why) = refused(error)?;
            accounts_page(&web, &clerk, read.filled.wrong(field, why), None, unsound).await
        }
    }
}

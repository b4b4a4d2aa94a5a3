//! 창구 접수 — reads what a clerk enters, files it and moves it on in the same sitting.

use super::{at_the_counter, field, petitioner, refusal, tabs};
use crate::{
    Web,
    citizen::{
        attached, files as files_of,
        open::name_of,
        sheet::{self, Posted},
    },
    desk::{fields as acts, given, party},
    form::{self, Field, Read, Shape},
    security::Fault,
    session::{Clerk, Seated},
    show,
    view::{
        FieldError, Filled, Message,
        counter::{
            Counter,
            entry::{Chosen, Done, Entry, Found},
        },
        desk::Here,
    },
};
use app::{
    act::{ActError, NOBODY},
    counter::{decides_alone, takes_in},
    face::expected_documents,
    words::Raw,
};
use axum::{
    extract::{FromRequest, Multipart, Path, Query, Request},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    act::{Act, Answer, Filing},
    decide::counter::receipt_owed,
    form::{Answers, Form, show::summary},
    handbook::{Service, Surety},
    intake::{Delivery, Intake},
    number::FilingNumber,
    petitioner::Sort,
    refusal::Refusal,
    terms::{EntryPoint, HappenedGround, Kind, Openness, Outcome},
    time::At,
};
use jiff::civil::{Date, Time};
use serde::Deserialize;

/// At most so many services found.
const FOUND: usize = 12;

/// The doors of the counter.
pub(super) const DOORS: &[&str] = &["counter", "phone", "post", "fax", "mail"];

fn fields() -> Vec<Field> {
    let own = [
        field("key", "send", 64, Shape::Line),
        field("do", "send", 20, Shape::Line),
        field("q", "search-label", 200, Shape::Line),
        field("service", "desk-service", 16, Shape::Line),
        field("entry", "counter-door", 20, Shape::Choice(DOORS)),
        field("name", "name", 100, Shape::Line),
        field("phone", "phone", 40, Shape::Line),
        field("mail", "mail", 200, Shape::Line),
        field("address", "counter-address", 300, Shape::Line),
        field(
            "delivery",
            "counter-delivery",
            20,
            Shape::Choice(&["electronic", "counter", "post"]),
        ),
        field("sort", "party-sort", 20, Shape::Line),
        field("filer", "party-filer", 20, Shape::Line),
        field("power", "party-power", 20, Shape::Line),
        field("may_end", "party-may-end", 20, Shape::Line),
        field("told", "party-told", 20, Shape::Line),
        field("public", "public", 3, Shape::Choice(&["yes", "no"])),
        field("title", "title", 500, Shape::Line),
        field("body", "body", 20_000, Shape::Text),
        field("happened_day", "counter-happened-day", 10, Shape::Line),
        field("happened_time", "counter-happened-time", 5, Shape::Line),
        field(
            "ground",
            "counter-ground",
            20,
            Shape::Choice(&["paper", "outage", "offline"]),
        ),
        field("period_n", "desk-period-n", 4, Shape::Line),
        field("period_unit", "desk-period-unit", 20, Shape::Line),
        field("outcome", "desk-outcome", 40, Shape::Line),
        field("answer", "desk-body", 20_000, Shape::Text),
        field("reasons", "desk-reasons", 10_000, Shape::Text),
        field("remedies", "desk-remedies", 10_000, Shape::Text),
        field("recipient", "counter-recipient", 40, Shape::Line),
        field("evidence", "counter-evidence", 40, Shape::Line),
    ];
    let documents = acts::DOCUMENTS.map(|name| field(name, "desk-documents", 5, Shape::Line));
    let names = party::NAMES.map(|(name, label)| field(name, label, 300, Shape::Line));
    [
        own.to_vec(),
        names.to_vec(),
        documents.to_vec(),
        given::ORDER.to_vec(),
    ]
    .concat()
}

/// `GET /desk/counter`
pub async fn page(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    if !takes_in(&clerk.who) {
        // The menu leads everybody here; who does not take petitions in keeps standard answers.
        return Ok(Redirect::to(&Counter::Answers.to_string()).into_response());
    }
    let form = Filled::of(&[
        ("entry", "counter"),
        ("delivery", "counter"),
        ("sort", "person"),
        ("filer", "oneself"),
        ("public", "no"),
    ]);
    draw(&web, &clerk, form, None, web.once(), StatusCode::OK).await
}

async fn draw(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    refused: Option<Refusal>,
    key: String,
    status: StatusCode,
) -> Result<Response, Fault> {
    let office = web.app.office();
    let value = |name: &str| form.values.get(name).map_or("", String::as_str);
    let chosen = (value("service").parse().ok()).and_then(|code| office.service_on(code, office.day));
    let words = value("q").trim();
    let found = (!words.is_empty() && (chosen.is_none() || value("do") == "find")).then(|| {
        (office
            .finder
            .find(words)
            .into_iter()
            .map(|found| found.code)
            .take(FOUND))
        .filter_map(|code| office.service_on(code, office.day))
        .map(|service| row(clerk, service))
        .collect()
    });
    let view = Entry {
        bar: web.bar(clerk, Here::Counter).await?,
        tabs: tabs(clerk, "entry"),
        chosen: chosen.map(|service| choose(web, clerk, service)),
        sheet: (chosen.filter(|_| found.is_none()))
            .and_then(|service| web.app.forms.of_service(service.code))
            .map(|form| sheet::sheet(form, &[], clerk.asked.visit.lang)),
        found,
        form,
        refused: refused.map(|refusal| (refusal, refusal.clause().to_owned())),
        key,
    };
    web.desk_page_as(clerk, &view, status)
}

fn row(clerk: &Clerk, service: &Service) -> Found {
    Found {
        code: service.code.to_string(),
        name: name_of(service, clerk.asked.visit.lang),
        kind: service.kind,
        period: service.sure_period().map(show::period),
        alone: decides_alone(&clerk.who, service),
    }
}

fn is_certificate(service: &Service) -> bool {
    service.group == "certificate"
}

fn choose(web: &Web, clerk: &Clerk, service: &Service) -> Chosen {
    let office = web.app.office();
    let alone = decides_alone(&clerk.who, service);
    let certificate = is_certificate(service);
    let decided = Outcome::of_answer(service.kind).iter().copied();
    Chosen {
        service: row(clerk, service),
        documents: expected_documents(service)
            .into_iter()
            .take(acts::DOCUMENTS.len())
            .collect(),
        documents_sure: service
            .documents
            .as_ref()
            .is_none_or(|f| f.surety == Surety::Sure),
        fee: service.fee.as_ref().map(|f| f.value.clone()).unwrap_or_default(),
        needs_period: service
            .sure_period()
            .or_else(|| office.law().period_of_kind(service.kind))
            .is_none(),
        outcomes: match (alone, certificate) {
            (false, _) => Vec::new(),
            (true, true) => vec![Outcome::Issued],
            (true, false) => decided.filter(|o| *o != Outcome::Returned).collect(),
        },
        certificate: certificate && alone,
    }
}

/// `?form=`: the typed form whose fields the page showed, by code and version.
#[derive(Debug, Deserialize)]
pub struct On {
    #[serde(default)]
    form: String,
}

/// `POST /desk/counter`
pub async fn send(
    Seated(web): Seated,
    clerk: Clerk,
    Query(on): Query<On>,
    request: Request,
) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    let typed = sheet::from_mark(&on.form).and_then(|(code, version)| web.app.forms.version(code, version));
    let posted = typed.map(|typed| Posted::of(typed, clerk.asked.visit.lang));
    let own: Vec<form::Named<'_>> = (fields().into_iter())
        .chain(posted.iter().flat_map(Posted::fields))
        .collect();
    let slots = posted.as_ref().map(Posted::slots).unwrap_or_default();
    let parts = Multipart::from_request(request, &web)
        .await
        .map_err(|_| Fault::of(StatusCode::UNSUPPORTED_MEDIA_TYPE))?;
    let mut read = form::multipart_with(parts, &own, files_of(&web), &slots).await?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let key = read.get("key").to_owned();
    let wish = read.get("do").to_owned();
    if !matches!(wish.as_str(), "receive" | "finish") {
        let mut form = std::mem::take(&mut read.filled);
        if wish == "find" {
            form.values.remove("service");
        }
        form.errors.clear();
        return draw(&web, &clerk, form, None, key, StatusCode::OK).await;
    }
    let service = read.get("service").to_owned();
    let office = web.app.office();
    let service = (service.parse().ok())
        .and_then(|code| office.service_on(code, office.day))
        .cloned();
    let Some(service) = service else {
        wrong(&mut read, "q", Message::new("counter-error-service"));
        return again(&web, &clerk, read, None, key).await;
    };
    let finish = wish == "finish";
    let typed = typed.filter(|typed| typed.services.contains(&service.code));
    let written = written(typed, &clerk, &web, &mut read);
    let entered = entered(&clerk, &service, written, &mut read, finish);
    let Some((who, filing, acts)) = entered.filter(|_| read.sound()) else {
        return again(&web, &clerk, read, None, key).await;
    };
    let call = clerk.asked.call(&key);
    match web.app.enter(&clerk.who, who, filing, acts, &call).await {
        Ok(petition) => Ok(Redirect::to(&super::taken(&web, &petition)).into_response()),
        Err(error @ ActError::Trouble(_)) => {
            let ActError::Trouble(trouble) = error else {
                return Err(Fault::not_found());
            };
            let message = crate::desk::told(&trouble);
            read.filled = std::mem::take(&mut read.filled).wrong("", message);
            draw(
                &web,
                &clerk,
                read.filled,
                None,
                key,
                StatusCode::SERVICE_UNAVAILABLE,
            )
            .await
        }
        Err(error) => {
            let refusal = refusal(error)?;
            again(&web, &clerk, read, Some(refusal), key).await
        }
    }
}

async fn again(
    web: &Web,
    clerk: &Clerk,
    mut read: Read,
    refused: Option<Refusal>,
    key: String,
) -> Result<Response, Fault> {
    let order: Vec<&str> = fields().iter().map(|field| field.name).collect();
    read.filled
        .errors
        .sort_by_key(|error| order.iter().position(|name| *name == error.field));
    draw(
        web,
        clerk,
        read.filled,
        refused,
        key,
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await
}

fn wrong(read: &mut Read, field: &str, message: Message) {
    read.filled.errors.push(FieldError {
        field: field.to_owned(),
        message,
    });
}

/// The one written down is the one who filed. Where that is the petitioner, or a body or minor for whom they act, what is not
/// written again is the same: the name of an agent, of a guardian, of a representative.
fn same_name(read: &mut Read) {
    let name = read.get("name").trim().to_owned();
    let kinds = party::kinds(|field| read.get(field).to_owned());
    let field = match kinds.sort {
        _ if kinds.filer.is_agent() => "agent",
        Sort::Minor => "guardian",
        sort if sort.is_body() => "representative",
        _ => return,
    };
    if read.get(field).trim().is_empty() && !name.is_empty() {
        read.filled.values.insert(field.to_owned(), name);
    }
}

/// What was filled in of a typed form. A clerk who has only what the petitioner brought on paper leaves all of it empty and
/// writes a title: nobody is sent away for a form that is not filled in.
fn written<'f>(
    typed: Option<&'f Form>,
    clerk: &Clerk,
    web: &Web,
    read: &mut Read,
) -> Option<(&'f Form, Answers)> {
    let typed = typed?;
    let answers = sheet::taken(typed, read);
    if answers.0.is_empty() {
        return None;
    }
    let (today, lang) = (web.app.office().day, clerk.asked.visit.lang);
    sheet::judge(typed, &answers, today, false, lang, &mut read.filled);
    Some((typed, answers))
}

type Entered = (app::act::Petitioner, Filing<Raw>, Vec<Act<Raw>>);

/// The sitting a form asks for; `None` with faults beside the fields.
fn entered(
    clerk: &Clerk,
    service: &Service,
    written: Option<(&Form, Answers)>,
    read: &mut Read,
    finish: bool,
) -> Option<Entered> {
    let who = petitioner(&mut read.filled, clerk.asked.visit.lang);
    let files = attached(std::mem::take(&mut read.files), &mut read.filled);
    let entry: Option<EntryPoint> = read.get("entry").parse().ok();
    if entry.is_none() {
        wrong(read, "entry", acts::told("error-required-choice", "counter-door"));
    }
    let delivery: Option<Delivery> = read.get("delivery").parse().ok();
    // Whoever is written to by post has said so beside the name; a structured address is asked for only where one was begun.
    let post = delivery == Some(Delivery::Post)
        && (!read.get("zip").is_empty() || !read.get("road").is_empty() || read.get("address").is_empty());
    same_name(read);
    let party = party::party(read, post);
    let told = written.as_ref().map(|(typed, answers)| summary(typed, answers));
    let title = match read.get("title").trim() {
        "" if told.is_some() => told.as_ref().map(|told| told.0.clone()).unwrap_or_default(),
        "" if service.kind == Kind::Statutory => service.name.ko.clone(),
        "" => {
            wrong(read, "title", acts::told("error-required", "title"));
            String::new()
        }
        typed => typed.to_owned(),
    };
    let happened = happened(read);
    let period = acts::period(read);
    let handed = (acts::DOCUMENTS.iter().enumerate())
        .filter(|(n, name)| *n < 32 && !read.get(name).is_empty())
        .fold(0_u32, |bits, (n, _)| bits | 1 << n);
    let certificate = is_certificate(service);
    let copies = if certificate {
        read.get("copies").trim().parse().unwrap_or(0)
    } else {
        0
    };
    let mut acts = vec![Act::Receive {
        kind: service.kind,
        period: period?,
    }];
    if finish {
        if certificate {
            acts.push(Act::Issue(given::order(read)?));
        } else {
            let outcome: Option<Outcome> = acts::choice(read, "outcome", "desk-outcome");
            if read.get("answer").trim().is_empty() {
                wrong(read, "answer", acts::told("error-required", "desk-body"));
            }
            acts.push(Act::AnswerAtOnce(Answer {
                outcome: outcome?,
                body: Raw::text(read.get("answer")),
                reasons: Raw::optional(read.get("reasons")),
                remedies: Raw::optional(read.get("remedies")),
                openness: Openness::Private,
                exception: None,
            }));
        }
        // Whoever waits takes it along: handed out in the same sitting, to the petitioner in person.
        if delivery == Some(Delivery::Counter) && !read.get("evidence").is_empty() {
            let given = given::hand_out(read)?;
            acts.push(Act::HandOut(domain::claim::HandOut { name: None, ..given }));
        }
    }
    let openness = match read.get("public") {
        "yes" => Openness::Public,
        _ => Openness::Private,
    };
    let form = match &written {
        Some((typed, answers)) => Some(app::forms::written(typed, answers).ok()?),
        None => None,
    };
    let (of_form, place) = told.map(|(_, body, place)| (body, place)).unwrap_or_default();
    let body = match read.get("body").trim() {
        "" => of_form,
        typed => typed.to_owned(),
    };
    Some((
        who?,
        Filing {
            service: service.code,
            entry: entry?,
            field: None,
            district: None,
            person: NOBODY,
            title: Raw::text(&title),
            body: Raw::optional(&body),
            place: Raw::optional(&place),
            files,
            form,
            openness,
            happened: happened?,
            split_from: None,
            intake: Intake {
                delivery,
                copies,
                handed,
                party,
                ..Intake::default()
            },
        },
        acts,
    ))
}

/// 소급 등록: a day, a time and a ground together, or none of them.
fn happened(read: &mut Read) -> Option<Option<(At, HappenedGround)>> {
    let (day, time) = (
        read.get("happened_day").trim().to_owned(),
        read.get("happened_time").trim().to_owned(),
    );
    let ground: Option<HappenedGround> = read.get("ground").parse().ok();
    if day.is_empty() && time.is_empty() && ground.is_none() {
        return Some(None);
    }
    let date: Option<Date> = day.parse().ok();
    let clock: Option<Time> = format!("{time}:00").parse().ok();
    if date.is_none() {
        wrong(read, "happened_day", Message::new("error-date-form"));
    }
    if clock.is_none() {
        wrong(read, "happened_time", Message::new("counter-error-time"));
    }
    if ground.is_none() {
        wrong(
            read,
            "ground",
            acts::told("error-required-choice", "counter-ground"),
        );
    }
    Some(Some((At::seoul(date?.to_datetime(clock?)), ground?)))
}

/// `GET /desk/counter/done/{number}`
pub async fn done(Seated(web): Seated, clerk: Clerk, Path(number): Path<String>) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    let number: FilingNumber = number.parse().map_err(|_| Fault::not_found())?;
    let id = web.app.numbered(&clerk.who, number).await?;
    let petition = web.app.standing(&clerk.who, id).await?;
    let item = web.app.line(petition).await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let p = &item.petition;
    let service = reader.office.services.get(&p.service);
    let documents: Vec<String> = service.map(expected_documents).unwrap_or_default();
    let issued = p
        .issue
        .map(|issue| (issue.number.to_string(), issue.copies, issue.paid.to_string()));
    let waits = p
        .claim
        .is_some_and(|claim| claim.state == domain::claim::ClaimState::Waiting);
    let view = Done {
        bar: web.bar(&clerk, Here::Counter).await?,
        tabs: tabs(&clerk, "entry"),
        head: reader.head(p, item.title.as_deref(), item.left),
        receipt_omitted: receipt_owed(p).err().map(str::to_owned),
        missing: p
            .intake
            .missing(&documents)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        issued,
        to_hand_out: waits,
    };
    web.desk_page(&clerk, &view)
}

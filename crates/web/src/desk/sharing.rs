//! 행정정보 공동이용의 길 — look-ups and consents of one petition, and the office's page of roles and figures.

use super::{Reader, named, told};
use crate::leave::{self, Impersonal, Leave};
use crate::{
    Web,
    citizen::files,
    form::{self, Field, Named, Read, Shape},
    render::Lang,
    security::Fault,
    session::{Clerk, Seated, id16},
    view::{
        Filled, Message,
        desk::{
            Desk, Here, at,
            sharing::{FigureRow, Opened, RoleRow, SharingCase, SharingOffice},
            timeline::Names,
        },
        shared::{ConsentRow, LookRow, OfferRow, RecordRow, Shares},
    },
};
use app::{
    act::ActError,
    office::Office,
    sharing::{KeptLook, LookUp, MOST_LINE, Shared, Signed, day_of},
};
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    access::handles,
    consent::{Basis, Exception, Item, Purpose, Role},
    terms::Code,
    text::hex,
    time::At,
};
use serde::Deserialize;

/// The pages; the caller puts them behind the gate.
pub fn router() -> Router<Web> {
    let drawn = Router::new()
        .route(at::SharingConsent, get(to_case).post(take))
        .layer(DefaultBodyLimit::max(1 << 20));
    Router::new()
        .route(at::SharingCase, get(case).post(act))
        .route(at::Sharing, get(office).post(role))
        .route(at::SharingCsv, get(csv))
        .merge(drawn)
}

fn pick(lang: Lang, names: &[String; 2]) -> String {
    let [ko, en] = names;
    if lang == "ko" || en.is_empty() { ko } else { en }.clone()
}

fn offer(item: &Item, lang: Lang) -> OfferRow {
    OfferRow {
        code: item.code.to_string(),
        name: pick(lang, &item.name),
        holder: pick(lang, &item.holder),
        keep: item.keep,
    }
}

/// The name of an item; its code where the list has lost it.
fn item_name(web: &Web, code: Code, lang: Lang) -> String {
    let item = web.app.shared.get(code);
    item.map_or_else(|| code.to_string(), |item| pick(lang, &item.name))
}

/// Items that may be consented to, ready for a page.
pub(crate) fn offers(items: &[Item], lang: Lang) -> Vec<OfferRow> {
    items.iter().map(|item| offer(item, lang)).collect()
}

fn look_row(web: &Web, office: &Office, look: &KeptLook, lang: Lang) -> LookRow {
    let unit = office.every_unit.get(&look.unit);
    let unit = unit.map(|unit| pick(lang, &[unit.name.clone(), unit.name_en.clone()]));
    let person = office.person(look.official).map(|person| person.name.clone());
    LookRow {
        id: hex(&look.id),
        item: item_name(web, look.item, lang),
        purpose: look.purpose,
        who: [unit, person].into_iter().flatten().collect::<Vec<_>>().join(" "),
        at: look.asked_at,
        state: look.state,
        exception: match look.basis {
            Basis::Consent(_) => None,
            Basis::Exception(exception) => Some(exception),
        },
        clause: look.basis.clause(),
    }
}

/// What `app` knows of a petition's shared information, in words.
pub(crate) fn shares(web: &Web, shared: &Shared, lang: Lang) -> Shares {
    let (office, now) = (web.app.office(), web.app.now());
    let person = |id| office.person(id).map(|person| person.name.clone());
    Shares {
        there: shared.there,
        agency: pick(
            lang,
            &[
                office.settings.agency.name.clone(),
                office.settings.agency.name_en.clone(),
            ],
        ),
        offered: offers(&shared.offered, lang),
        consents: (shared.consents.iter())
            .map(|kept| ConsentRow {
                id: hex(&kept.consent.id),
                items: (kept.consent.items.iter())
                    .map(|item| item_name(web, *item, lang))
                    .collect(),
                purpose: kept.consent.purpose,
                signed_at: kept.consent.signed_at,
                until: kept.consent.valid_until,
                before: kept.taken_by.and_then(person).unwrap_or_default(),
                state: match kept.consent.withdrawn_at {
                    Some(_) => "withdrawn",
                    None if kept.consent.holds(now) => "good",
                    None => "expired",
                },
            })
            .collect(),
        looks: (shared.looks.iter())
            .map(|look| look_row(web, &office, look, lang))
            .collect(),
        records: (shared.records.iter())
            .filter_map(|(kept, note)| {
                Some(RecordRow {
                    id: hex(&kept.id),
                    asked_at: kept.asked_at,
                    due: day_of(kept.due)?,
                    told_at: kept.answered.map(|(at, _, _)| at),
                    note: note.clone(),
                })
            })
            .collect(),
        may_consent: shared.may_consent,
    }
}

const fn field(name: &'static str, label: &'static str, max: usize, shape: Shape) -> Field {
    Field {
        name,
        label,
        max,
        shape,
    }
}

/// The name of the box of every item there is.
pub(crate) fn boxes(web: &Web) -> Vec<String> {
    let items = web.app.shared.all();
    items.iter().map(|item| format!("item-{}", item.code)).collect()
}

/// These fields, and the boxes.
pub(crate) fn with_boxes<'a>(fields: &'a [Field], boxes: &'a [String]) -> Vec<Named<'a>> {
    let box_of = |name: &'a String| Named {
        name: name.as_str(),
        label: "sharing-items",
        max: 3,
        shape: Shape::Choice(&["yes"]),
    };
    fields.iter().copied().chain(boxes.iter().map(box_of)).collect()
}

/// The codes of the boxes that were ticked.
pub(crate) fn ticked(read: &Read, boxes: &[String]) -> Vec<String> {
    (boxes.iter())
        .filter(|name| read.get(name) == "yes")
        .filter_map(|name| name.strip_prefix("item-"))
        .map(str::to_owned)
        .collect()
}

/// What a page of one petition shows besides what is stored.
#[derive(Default)]
struct Shown {
    form: Filled,
    ticked: Vec<String>,
    opened: Option<Opened>,
}

async fn draw(
    web: &Web,
    clerk: &Clerk,
    number: &str,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, Fault> {
    let lang = clerk.asked.visit.lang;
    let id = named(web, &clerk.who, number).await?;
    let case = web.app.case(&clerk.who, id, &clerk.asked.call("")).await?;
    let shared = web.app.shared(&clerk.who, id).await?;
    let key = shown
        .form
        .values
        .get("key")
        .filter(|key| !key.is_empty())
        .cloned();
    let view = SharingCase {
        bar: web.bar(clerk, Here::Work).await?,
        number: case.petition.number.to_string(),
        title: case.texts.text(case.petition.title).unwrap_or("-").to_owned(),
        mine: (shared.mine.iter())
            .map(|item| (offer(item, lang), item.about.code()))
            .collect(),
        exceptions: Exception::ALL.iter().map(|e| (*e, e.clause())).collect(),
        may_tell: shared.may_tell,
        may_open: handles(&clerk.who, &case.petition),
        shares: shares(web, &shared, lang),
        opened: shown.opened,
        key: key.unwrap_or_else(|| web.once()),
        ticked: shown.ticked,
        form: shown.form,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/cases/{number}/sharing`
pub async fn case(Seated(web): Seated, clerk: Clerk, Path(number): Path<String>) -> Result<Response, Fault> {
    draw(&web, &clerk, &number, Shown::default(), StatusCode::OK).await
}

/// `GET /desk/cases/{number}/sharing/consent`: opened by hand, or after switching the language.
pub async fn to_case(_: Clerk, Path(number): Path<String>) -> Redirect {
    Redirect::to(&Desk::SharingCase(number).to_string())
}

const ACT: &[Field] = &[
    field("key", "send", 64, Shape::Line),
    field("id", "send", 32, Shape::Line),
    field("item", "sharing-item", 16, Shape::Line),
    field("subject", "sharing-subject", MOST_LINE, Shape::Line),
    field(
        "purpose",
        "sharing-purpose",
        20,
        Shape::Choice(&["documents", "waiver"]),
    ),
    field("exception", "sharing-ground", 20, Shape::Line),
    field("note", "sharing-record-note", 2_000, Shape::Text),
    field(
        "do",
        "send",
        10,
        Shape::NeededChoice(&["look", "open", "withdraw", "tell"]),
    ),
];

/// What stopped it, beside the form; anything else is a fault of its own.
async fn again(
    web: &Web,
    clerk: &Clerk,
    number: &str,
    error: ActError,
    (form, ticked): (Filled, Vec<String>),
    at_field: &str,
) -> Result<Response, Fault> {
    let (message, status) = match error {
        ActError::Refused(refusal) => (crate::show::refused(refusal), StatusCode::UNPROCESSABLE_ENTITY),
        ActError::Trouble(trouble) => (told(&trouble), Fault::from(trouble).status),
        ActError::NotFound => return Err(Fault::not_found()),
    };
    let shown = Shown {
        form: form.wrong(at_field, message),
        ticked,
        opened: None,
    };
    draw(web, clerk, number, shown, status).await
}

/// `POST /desk/cases/{number}/sharing`: looks up, opens, withdraws, tells.
pub async fn act(
    Seated(web): Seated,
    clerk: Clerk,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, ACT)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let id = named(&web, &clerk.who, &number).await?;
    let lang = clerk.asked.visit.lang;
    let call = clerk.asked.call("");
    let thing = || id16(read.get("id")).ok_or_else(Fault::not_found);
    let done = |what: &str| {
        let way = Desk::SharingCase(number.clone());
        Ok(Redirect::to(&format!("{way}?office=sharing-{what}")).into_response())
    };
    if !read.sound() {
        let shown = Shown {
            form: read.filled,
            ..Shown::default()
        };
        return draw(&web, &clerk, &number, shown, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (at_field, error) = match read.get("do") {
        "open" => {
            let (look, subject, content) = (web.app).shared_content(&clerk.who, id, thing()?, &call).await?;
            let shown = Shown {
                opened: Some(Opened {
                    look: look_row(&web, &web.app.office(), &look, lang),
                    subject,
                    content,
                }),
                ..Shown::default()
            };
            return draw(&web, &clerk, &number, shown, StatusCode::OK).await;
        }
        "withdraw" => match web.app.withdraw_consent(&clerk.who, id, thing()?, &call).await {
            Ok(()) => return done("withdrawn"),
            Err(error) => ("", error),
        },
        "tell" => {
            let (record, note) = (thing()?, read.get("note"));
            match (web.app)
                .tell_shared_record(&clerk.who, id, record, note, &call)
                .await
            {
                Ok(()) => return done("told"),
                Err(error) => ("note", error),
            }
        }
        _ => {
            let wanted = LookUp {
                item: read.get("item").parse().map_err(|_| Fault::not_found())?,
                purpose: read.get("purpose").parse().unwrap_or(Purpose::Documents),
                subject: read.get("subject").to_owned(),
                exception: match read.get("exception") {
                    "" => None,
                    code => Some(code.parse().map_err(|_| Fault::not_found())?),
                },
            };
            let call = clerk.asked.call(read.get("key"));
            match web.app.look_up_shared(&clerk.who, id, &wanted, &call).await {
                Ok(_) => return done("look"),
                Err(error) => ("subject", error),
            }
        }
    };
    // What was refused may be sent again, corrected, as another look-up.
    let mut form = read.filled;
    form.values.remove("key");
    again(&web, &clerk, &number, error, (form, Vec::new()), at_field).await
}

const TAKE: &[Field] = &[
    field("key", "send", 64, Shape::Line),
    field("signature", "sharing-signature", MOST_LINE, Shape::Line),
];

/// `POST /desk/cases/{number}/sharing/consent`: signed at the counter, by name and, where there is a pad, by hand.
pub async fn take(
    Seated(web): Seated,
    clerk: Clerk,
    Path(number): Path<String>,
    request: Request,
) -> Result<Response, Fault> {
    let parts = Multipart::from_request(request, &web)
        .await
        .map_err(|_| Fault::of(StatusCode::UNSUPPORTED_MEDIA_TYPE))?;
    let boxes = boxes(&web);
    let read = form::multipart_with(parts, &with_boxes(TAKE, &boxes), files(&web), &[]).await?;
    let ticked = ticked(&read, &boxes);
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let id = named(&web, &clerk.who, &number).await?;
    let signed = Signed {
        items: ticked.iter().filter_map(|item| item.parse().ok()).collect(),
        purpose: Purpose::Documents,
        name: read.get("signature").to_owned(),
        drawn: read.files.first().map(|file| file.bytes.clone()),
    };
    let call = clerk.asked.call(read.get("key"));
    match web.app.consent(&clerk.who, id, &signed, &call).await {
        Ok(()) => {
            let way = Desk::SharingCase(number);
            Ok(Redirect::to(&format!("{way}?office=sharing-consent")).into_response())
        }
        Err(error) => {
            let mut form = read.filled;
            form.values.remove("key");
            let at_field = if ticked.is_empty() { "items" } else { "signature" };
            again(&web, &clerk, &number, error, (form, ticked), at_field).await
        }
    }
}

/// `?year=`
#[derive(Debug, Default, Deserialize)]
pub struct Year {
    #[serde(default)]
    year: String,
}

impl Year {
    /// The year asked for, or this one.
    fn of(&self, office: &Office) -> i16 {
        let asked = self.year.parse().ok().filter(|year| (2000..=2100).contains(year));
        asked.unwrap_or(office.day.year())
    }
}

async fn figures(web: &Web, reader: &Reader, year: i16, lang: Lang) -> Result<Vec<FigureRow>, Fault> {
    let office = web.app.office();
    let all = web.app.shared_figures(year).await?;
    Ok((all.into_iter())
        .map(|counted| {
            let service = office.services.get(&counted.service);
            FigureRow {
                service: service.map_or_else(
                    || counted.service.0.to_string(),
                    |service| reader.pick(&service.name.ko, &service.name.en),
                ),
                item: item_name(web, counted.item, lang),
                n: counted.n,
                basis: service
                    .and_then(|service| service.basis.as_ref())
                    .map(|basis| basis.value.clone())
                    .unwrap_or_default(),
                clause: match counted.exception {
                    None => domain::consent::CONSENT_CLAUSE,
                    Some(exception) => exception.clause(),
                },
            }
        })
        .collect())
}

async fn office_page(
    web: &Web,
    clerk: &Clerk,
    year: &Year,
    form: Filled,
    status: StatusCode,
) -> Result<Response, Fault> {
    let lang = clerk.asked.visit.lang;
    let reader = web.reader(lang);
    let office = &reader.office;
    let grants = web.app.sharing_roles(&clerk.who).await?;
    let gives = web.app.gives_sharing_roles(&clerk.who, &grants);
    let me = clerk.who.official();
    let year = year.of(office);
    let view = SharingOffice {
        bar: web.bar(clerk, Here::People).await?,
        there: web.app.shares(),
        roles: (grants.iter())
            .map(|grant| {
                let unit = office.unit_of(grant.official).map(|unit| reader.unit(unit));
                RoleRow {
                    id: hex(&grant.id),
                    who: [unit.unwrap_or_default(), reader.official(grant.official)]
                        .join(" ")
                        .trim()
                        .to_owned(),
                    role: grant.role,
                    item: grant
                        .item
                        .map(|item| item_name(web, item, lang))
                        .unwrap_or_default(),
                    by: reader.official(grant.given_by),
                    at: grant.given_at,
                    ended: grant.ended.map(|(at, _): (At, _)| at),
                    mine: gives.contains(&grant.role) && me != Some(grant.official) && grant.ended.is_none(),
                }
            })
            .collect(),
        gives,
        items: offers(web.app.shared.all(), lang),
        year,
        figures: figures(web, &reader, year, lang).await?,
        shredded: (web.app.shredded_in(year).await?.into_iter())
            .map(|(unit, n)| (reader.unit(unit), n))
            .collect(),
        form,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/sharing`
pub async fn office(Seated(web): Seated, clerk: Clerk, Query(year): Query<Year>) -> Result<Response, Fault> {
    office_page(&web, &clerk, &year, Filled::default(), StatusCode::OK).await
}

const ROLE: &[Field] = &[
    field("id", "send", 32, Shape::Line),
    field("login", "sharing-role-login", 64, Shape::Line),
    field(
        "role",
        "sharing-role",
        20,
        Shape::Choice(&["manager", "grantor", "accessor"]),
    ),
    field("item", "sharing-item", 16, Shape::Line),
    field("do", "send", 10, Shape::NeededChoice(&["give", "end"])),
];

/// `POST /desk/sharing`: gives and takes back roles.
pub async fn role(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, ROLE)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    web.app.sharing_roles(&clerk.who).await?;
    let (year, unsound) = (Year::default(), StatusCode::UNPROCESSABLE_ENTITY);
    if !read.sound() {
        return office_page(&web, &clerk, &year, read.filled, unsound).await;
    }
    let call = clerk.asked.call("");
    let done = if read.get("do") == "end" {
        let id = id16(read.get("id")).ok_or_else(Fault::not_found)?;
        web.app.end_sharing_role(&clerk.who, id, &call).await
    } else {
        let login = read.get("login").trim().to_lowercase();
        let office = web.app.ordinary().office();
        let person = office.official_by_login(&login);
        let (Some(person), Ok(role)) = (person, read.get("role").parse::<Role>()) else {
            let form = read.filled.wrong("login", Message::new("sharing-role-unknown"));
            return office_page(&web, &clerk, &year, form, unsound).await;
        };
        let item = read.get("item").parse().ok();
        (web.app)
            .give_sharing_role(&clerk.who, person.id, role, item, &call)
            .await
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?office=sharing-role", Desk::Sharing)).into_response()),
        Err(ActError::Refused(refusal)) => {
            let form = read.filled.wrong("", crate::show::refused(refusal));
            office_page(&web, &clerk, &year, form, unsound).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /desk/sharing/figures.csv?year=`: what is published of a year.
pub async fn csv(Seated(web): Seated, clerk: Clerk, Query(year): Query<Year>) -> Result<Response, Fault> {
    web.app.sharing_roles(&clerk.who).await?;
    let lang = clerk.asked.visit.lang;
    let reader = web.reader(lang);
    let year = year.of(&reader.office);
    let head: Vec<String> = [
        "sharing-service",
        "sharing-item",
        "sharing-n",
        "sharing-law",
        "sharing-basis",
    ]
    .iter()
    .map(|key| reader.word(key))
    .collect();
    let lines: Vec<Vec<String>> = (figures(&web, &reader, year, lang).await?.into_iter())
        .map(|row| {
            vec![
                row.service,
                row.item,
                row.n.to_string(),
                row.basis,
                row.clause.to_owned(),
            ]
        })
        .collect();
    let by = Leave::impersonal(Impersonal::Figures);
    Ok(leave::csv(by, &format!("sharing-{year}.csv"), &head, &lines))
}

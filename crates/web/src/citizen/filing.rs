//! 신청의 길 — what it is, what it says, who files it, a last look, the number: every step is saved before the next one.
//!
//! A draft not yet saved stands under the address `new`. Its key makes filing it twice the same filing.

use super::{
    ONCE, again,
    contact::{contact_page, send_contact, verified_name},
    content::{content_page, file_rows, form_of, send_content},
    enter::{MINUTES, not_let_in},
    identity::doors,
    open::name_of,
    party,
    sharing::{SIGNATURE, signed},
    sheet,
};
use crate::{
    Web,
    desk::sharing::{boxes, offers, ticked, with_boxes},
    form::{self, Field, Shape},
    render::Lang,
    route::To,
    security::Fault,
    session::{Asked, Citizen, Person, Visitor, id16, with_done},
    view::{
        Filled, Message,
        citizen::{
            contact::{Code, Purpose},
            filing::{DraftRow, Drafts, Filed, Preview, Start},
            identity::Needed,
        },
    },
};
use app::{
    act::{ActError, Petitioner},
    identity::{Address, masked},
    saved::{Draft, KEPT},
    sharing::Signed,
    words::Raw,
};
use axum::{
    RequestExt,
    body::Bytes,
    extract::{Multipart, Path, Query, Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::Who,
    act::Filing,
    assurance::Assurance,
    event::Event,
    form::numbers,
    handbook::{Online, Service},
    intake::Intake,
    petition::Petition,
    terms::{self, EntryPoint, Openness},
    text::hex,
};
use serde::Deserialize;

/// The address of a draft nobody has saved yet.
pub(super) const NEW: &str = "new";

/// What people say they have, and the row of the starting catalogue it is filed under; the office decides at reception.
const PLAIN: &[(&str, &str, terms::Kind)] = &[
    ("free", "S136", terms::Kind::Other),
    ("inquiry", "S134", terms::Kind::Inquiry),
    ("suggestion", "S135", terms::Kind::Suggestion),
    ("grievance", "S138", terms::Kind::Grievance),
    ("other", "S136", terms::Kind::Other),
];
const KINDS: &[&str] = &["free", "inquiry", "suggestion", "grievance", "other"];

/// The service for a plain word: the one of the starting catalogue, else any of that kind that is filed online.
fn service_for(web: &Web, plain: &str) -> Option<Service> {
    let (_, code, kind) = PLAIN.iter().find(|(word, _, _)| *word == plain)?;
    let office = web.app.office();
    let online = |service: &&Service| service.online == Online::Yes && service.kind == *kind;
    let known = code
        .parse()
        .ok()
        .and_then(|code| office.service_on(code, office.day));
    known
        .filter(online)
        .or_else(|| office.services_today().find(online))
        .cloned()
}

/// The service a draft will be filed under; writing freely it is the general one.
fn service_of(web: &Web, draft: &Draft) -> Option<Service> {
    if draft.service.is_empty() {
        return service_for(web, "free");
    }
    let office = web.app.office();
    office
        .service_on(draft.service.parse().ok()?, office.day)
        .cloned()
}

pub(super) fn shown_service(web: &Web, draft: &Draft, lang: Lang) -> (Option<String>, String) {
    if draft.service.is_empty() {
        return (None, "free".into());
    }
    match service_of(web, draft) {
        Some(service) => (Some(name_of(&service, lang)), service.kind.to_string()),
        None => (None, "free".into()),
    }
}

/// `GET /file`
pub async fn start(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    let view = Start {
        form: Filled::default(),
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// `POST /file`: a kind was chosen.
pub async fn choose(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    const FIELDS: &[Field] = &[Field {
        name: "kind",
        label: "kind",
        max: 20,
        shape: Shape::NeededChoice(KINDS),
    }];
    let read = form::urlencoded(&body, FIELDS)?;
    web.admit(&visitor.asked, &read)?;
    if !read.sound() {
        let view = Start { form: read.filled };
        return web.page_again(
            &visitor.asked,
            visitor.person.as_ref(),
            &view,
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    }
    let way = To::Step(NEW.into(), "content".into());
    Ok(Redirect::to(&format!("{way}?kind={}", read.get("kind"))).into_response())
}

/// `GET /file/service/{code}`: a service was chosen.
pub async fn start_service(
    State(web): State<Web>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, Fault> {
    let office = web.app.office();
    let code = code.parse().map_err(|_| Fault::not_found())?;
    let service = office.service_on(code, office.day).ok_or_else(Fault::not_found)?;
    if service.online == Online::No {
        let way = To::Service(code.to_string()).to_string();
        return Ok(Redirect::to(&way).into_response());
    }
    let draft = Draft {
        service: code.to_string(),
        ..Draft::default()
    };
    let view = content_page(&web, &visitor.asked, NEW, &draft, None);
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// What the first step hands to the second.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    /// The plain word.
    #[serde(default)]
    pub kind: String,
}

/// `GET /file/{draft}/{step}`
pub async fn step(
    State(web): State<Web>,
    visitor: Visitor,
    Path((id, step)): Path<(String, String)>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Fault> {
    let person = visitor.person.as_ref();
    let asked = &visitor.asked;
    if id == NEW {
        if step != "content" {
            return Ok(Redirect::to(&To::Start.to_string()).into_response());
        }
        let plain = Some(chosen.kind.as_str()).filter(|kind| *kind != "free");
        let service = plain.and_then(|plain| service_for(&web, plain));
        let draft = Draft {
            service: service.map(|s| s.code.to_string()).unwrap_or_default(),
            ..Draft::default()
        };
        return web.page(asked, person, &content_page(&web, asked, NEW, &draft, None));
    }
    let key = id16(&id).ok_or_else(Fault::not_found)?;
    let draft = web.app.draft(visitor.owner(), key).await?;
    let to = |step: &str| {
        let way = To::Step(id.clone(), step.to_owned()).to_string();
        Ok(Redirect::to(&way).into_response())
    };
    match step.as_str() {
        "content" => web.page(asked, person, &content_page(&web, asked, &id, &draft, None)),
        _ if !written(&web, &draft) => to("content"),
        _ if let Some(needed) = must_verify(&web, &visitor, &id, &draft) => web.page(asked, person, &needed),
        "contact" => {
            let view = contact_page(&web, &visitor, &id, &draft, None).await?;
            web.page(asked, person, &view)
        }
        "party" => web.page(asked, person, &party::page(&id, &draft, None)),
        _ if !party::is_whole(&draft) => to(if draft.name.trim().is_empty() {
            "contact"
        } else {
            "party"
        }),
        "verify" if person.is_some_and(Person::is_reached) => to("preview"),
        "verify" => match Address::parse(&draft.address) {
            Some(address) => web.page(asked, person, &verify_page(&id, &address, Filled::default())),
            None => to("contact"),
        },
        "preview" => match person {
            Some(person) if person.is_reached() && !draft.name.trim().is_empty() => {
                let view = preview_page(&web, asked, person, &id, &draft, Filled::default());
                web.page(asked, Some(person), &view)
            }
            _ => to("contact"),
        },
        _ => Err(Fault::not_found()),
    }
}

/// `POST /file/{draft}/{step}`. Who asks is found out after the form was read, so that a store that is away loses nothing.
pub async fn send_step(
    State(web): State<Web>,
    asked: Asked,
    Path((id, step)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Response> {
    let fault = IntoResponse::into_response;
    if step == "content" {
        let on = request
            .uri()
            .query()
            .and_then(|query| query.strip_prefix("form="));
        let on = on.unwrap_or_default().to_owned();
        let parts: Multipart = request.extract().await.map_err(IntoResponse::into_response)?;
        return send_content(&web, asked, &id, &on, parts).await.map_err(fault);
    }
    if step == "party" {
        let parts: Multipart = request.extract().await.map_err(IntoResponse::into_response)?;
        return party::send(&web, asked, &id, parts).await.map_err(fault);
    }
    let body: Bytes = request.extract().await.map_err(IntoResponse::into_response)?;
    if body.len() > crate::security::FORM_BYTES {
        return Err(Fault::of(StatusCode::PAYLOAD_TOO_LARGE).into_response());
    }
    match step.as_str() {
        "contact" => send_contact(&web, asked, &id, &body).await.map_err(fault),
        "verify" => send_code(&web, asked, &id, &body).await.map_err(fault),
        "preview" => send(&web, asked, &id, &body).await.map_err(fault),
        _ => Err(Fault::not_found().into_response()),
    }
}

/// What is told before a service that asks who files it, to one who has not shown it yet: nothing that was written is lost.
fn must_verify(web: &Web, visitor: &Visitor, id: &str, draft: &Draft) -> Option<Needed> {
    let service = service_of(web, draft)?;
    let proof = visitor.person.as_ref().and_then(Person::proof);
    let asked = service.assurance.asked_at(EntryPoint::Web);
    let lang = visitor.asked.visit.lang;
    (!Assurance::of(proof).suffices(asked)).then(|| Needed {
        service: name_of(&service, lang),
        doors: doors(web, asked, lang),
        signed_in: visitor.person.is_some(),
        back: To::Step(id.to_owned(), "contact".into()).to_string(),
    })
}

/// Whether a draft says what it must.
fn written(web: &Web, draft: &Draft) -> bool {
    match form_of(web, draft) {
        Some(form) => draft.form.is_some() && sheet::is_whole(form, &draft.answers, web.app.office().day),
        None => !draft.title.trim().is_empty() && !draft.body.trim().is_empty(),
    }
}

pub(super) const GO: Field = Field {
    name: "go",
    label: "next",
    max: 4,
    shape: Shape::Choice(&["next", "save"]),
};
fn verify_page(id: &str, address: &Address, form: Filled) -> Code {
    let to = |step: &str| To::Step(id.to_owned(), step.to_owned()).to_string();
    Code {
        purpose: Purpose::File,
        action: to("verify"),
        again: to("contact"),
        sent_to: Some(masked(address)),
        minutes: MINUTES,
        keep: Vec::new(),
        form,
    }
}

async fn send_code(web: &Web, asked: Asked, id: &str, body: &[u8]) -> Result<Response, Fault> {
    const CODE: &[Field] = &[Field {
        name: "code",
        label: "code",
        max: 20,
        shape: Shape::NeededLine,
    }];
    let mut read = form::urlencoded(body, CODE)?;
    web.admit(&asked, &read)?;
    let visitor = web.visitor(asked.clone()).await?;
    let preview = To::Step(id.to_owned(), "preview".into()).to_string();
    if visitor.person.as_ref().is_some_and(Person::is_reached) {
        return Ok(Redirect::to(&preview).into_response());
    }
    let key = id16(id).ok_or_else(Fault::not_found)?;
    let draft = web.app.draft(visitor.owner(), key).await?;
    let address = Address::parse(&draft.address).ok_or_else(Fault::not_found)?;
    let page = |form| verify_page(id, &address, form);
    if !read.sound() {
        let view = page(read.filled);
        return web.page_again(&asked, None, &view, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let code = read.filled.values.remove("code").unwrap_or_default();
    if let Some(person) = &visitor.person {
        return match web.app.add_contact(person.id, &address, &code).await {
            Ok(_) => Ok(Redirect::to(&preview).into_response()),
            Err(why) => not_let_in(web, &visitor, why, "code", read.filled, page),
        };
    }
    match web.app.verify_contact(&address, &code, asked.visit.lang).await {
        Ok(person) => {
            let open = web
                .app
                .sign_in(person, &asked.visit.session.0, web.app.proof_by_code())
                .await?;
            Ok(web.enter(&open, &preview))
        }
        Err(why) => not_let_in(web, &visitor, why, "code", read.filled, page),
    }
}

/// The agency's name in the reader's language.
fn pick_agency(web: &Web, lang: Lang) -> String {
    let office = web.app.office();
    let agency = &office.settings.agency;
    if lang == "en" && !agency.name_en.is_empty() {
        agency.name_en.clone()
    } else {
        agency.name.clone()
    }
}

fn preview_page(web: &Web, asked: &Asked, person: &Person, id: &str, draft: &Draft, form: Filled) -> Preview {
    let (service, kind) = shown_service(web, draft, asked.visit.lang);
    let code = draft.service.parse().ok();
    let lang = asked.visit.lang;
    let form_on = form_of(web, draft);
    let slots: Vec<terms::Code> = draft.files.iter().filter_map(|file| file.slot).collect();
    let missing = form_on.map(|on| on.missing_documents(&draft.answers, &slots));
    let free = [
        ("title", &draft.title),
        ("body", &draft.body),
        ("place", &draft.place),
    ];
    let free = free.into_iter().filter(|(_, text)| numbers::holds_resident(text));
    Preview {
        parts: form_on
            .map(|on| sheet::parts(on, &draft.answers, lang))
            .unwrap_or_default(),
        missing: (missing.into_iter().flatten())
            .map(|field| sheet::tongue(lang).of(&field.label).to_owned())
            .collect(),
        residents: match form_on {
            Some(on) => sheet::residents(on, &draft.answers, lang),
            None => free.map(|(key, _)| web.word(lang, key, key)).collect(),
        },
        draft: id.to_owned(),
        service,
        kind,
        title: draft.title.clone(),
        body: draft.body.clone(),
        place: draft.place.clone(),
        public: draft.openness == Openness::Public.code(),
        files: file_rows(draft),
        name: draft.name.clone(),
        party: party::traits(draft),
        contact: person.contact.clone(),
        // Writing freely the kind, and with it the period, is decided at reception.
        expected: code.and_then(|code| web.app.expected_now(code)),
        once: draft.key.clone(),
        shareable: offers(&shareable(web, draft), lang),
        agency: pick_agency(web, lang),
        ticked: Vec::new(),
        form,
    }
}

/// What may be consented to with this filing. Whoever files for somebody else cannot consent in their place.
fn shareable(web: &Web, draft: &Draft) -> Vec<domain::consent::Item> {
    let code = draft.service.parse().ok();
    match code.filter(|_| !party::by_agent(draft)) {
        Some(code) => web.app.shareable(code),
        None => Vec::new(),
    }
}

/// What is wrong with a consent before anything is filed: ticked and not signed by the petitioner, or signed and nothing ticked.
fn consent_fault(ticked: &[String], signature: &str, name: &str) -> Option<(&'static str, Message)> {
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    let (signed, same) = (
        !letters(signature).is_empty(),
        letters(signature) == letters(name),
    );
    match (ticked.is_empty(), signed, same) {
        (true, false, _) => None,
        (true, true, _) => Some(("items", Message::new("sharing-error-items"))),
        (false, _, true) => None,
        (false, _, false) => Some(("signature", Message::new("sharing-error-signature"))),
    }
}

/// 신청: the last form of the road.
async fn send(web: &Web, asked: Asked, id: &str, body: &[u8]) -> Result<Response, Fault> {
    let boxes = boxes(web);
    let mut read = form::urlencoded(body, &with_boxes(&[ONCE, SIGNATURE], &boxes))?;
    web.admit(&asked, &read)?;
    let ticked = ticked(&read, &boxes);
    let visitor = web.visitor(asked.clone()).await?;
    let Some(person) = visitor.person.as_ref() else {
        let way = To::Step(id.to_owned(), "contact".into()).to_string();
        return Ok(Redirect::to(&way).into_response());
    };
    let who = Who::Citizen(person.id);
    let key = id16(id).ok_or_else(Fault::not_found)?;
    let filed = |petition: &Petition| {
        let way = To::Filed(petition.number.to_string()).to_string();
        Ok(Redirect::to(&way).into_response())
    };
    let mut draft = match web.app.draft(visitor.owner(), key).await {
        Ok(draft) => draft,
        Err(ActError::NotFound) => {
            // The same form sent again after it was filed: the same number.
            let before = web.app.filed_before(&who, read.get("once").as_bytes()).await?;
            return before.as_ref().map_or(Err(Fault::not_found()), filed);
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(name) = verified_name(web, person).await? {
        draft.name = name;
    }
    if !person.is_reached()
        || !written(web, &draft)
        || draft.name.trim().is_empty()
        || !party::is_whole(&draft)
    {
        let way = To::Step(id.to_owned(), "contact".into()).to_string();
        return Ok(Redirect::to(&way).into_response());
    }
    if let Some((field, message)) = consent_fault(&ticked, read.get("signature"), &draft.name) {
        read.filled = std::mem::take(&mut read.filled).wrong(field, message);
    }
    if !read.sound() {
        let mut view = preview_page(web, &asked, person, id, &draft, read.filled);
        view.ticked = ticked;
        return web.page_again(&asked, Some(person), &view, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let consent = (!ticked.is_empty()).then(|| signed(&ticked, read.get("signature")));
    match file(web, &asked, person, &who, &draft, consent.as_ref()).await {
        Ok(petition) => {
            if let Err(error) = web.app.forget_draft(visitor.owner(), key).await {
                // It keeps its key: sending it again would give the same number.
                tracing::warn!(%error, "a filed draft could not be forgotten");
            }
            filed(&petition)
        }
        Err(error) => again(web, &asked, Some(person), error, |told| {
            let mut view = preview_page(web, &asked, person, id, &draft, read.filled.wrong("", told));
            view.ticked = ticked;
            view
        }),
    }
}

async fn file(
    web: &Web,
    asked: &Asked,
    person: &Person,
    who: &Who,
    draft: &Draft,
    consent: Option<&Signed>,
) -> Result<Petition, ActError> {
    let service = service_of(web, draft).ok_or(domain::refusal::Refusal::ServiceNotValid)?;
    let mut files = Vec::new();
    for kept in &draft.files {
        files.push(web.app.draft_file(kept).await?);
    }
    let form = match form_of(web, draft) {
        Some(on) => Some(app::forms::written(on, &draft.answers).map_err(app::Trouble::from)?),
        None => None,
    };
    if let Some(mut contact) = web.app.contact(person.id).await? {
        contact.name = draft.name.trim().to_owned();
        contact.language = asked.visit.lang.to_owned();
        web.app.change_contact(person.id, &contact).await?;
    }
    let filing = Filing {
        service: service.code,
        entry: EntryPoint::Web,
        field: None,
        district: None,
        person: person.id,
        title: Raw::text(&draft.title),
        body: Raw::optional(&draft.body),
        place: Raw::optional(&draft.place),
        files,
        form,
        openness: draft.openness.parse().unwrap_or(Openness::Private),
        happened: None,
        split_from: None,
        intake: Intake {
            proof: person.proof(),
            ..party::intake(draft)
        },
    };
    let petitioner = Petitioner::Known(person.id);
    web.app
        .file_consenting(who, petitioner, filing, consent, &asked.call(&draft.key))
        .await
}

/// `GET /filed/{number}`: 신청 확인.
pub async fn filed(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let id = super::named(&web, &citizen, &number).await?;
    let case = web.app.case(&citizen.who(), id, &citizen.asked.call("")).await?;
    let p = &case.petition;
    let general = service_for(&web, "free").is_some_and(|service| service.code == p.service.0);
    let expected = case.journal.first().and_then(|entry| match entry.recorded.event {
        Event::Filed { expected, .. } => expected,
        _ => None,
    });
    let view = Filed {
        number: p.number.to_string(),
        title: case.texts.text(p.title).unwrap_or_default().to_owned(),
        filed_at: p.filed_at,
        received_by: p.receive_by,
        expected: expected.filter(|_| !general),
        contact: citizen.person.masked.clone(),
    };
    web.page(&citizen.asked, Some(&citizen.person), &view)
}

/// `GET /drafts`
pub async fn drafts(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    let all = web.app.drafts(visitor.owner()).await?;
    let rows = (all.into_iter())
        .map(|(saved, draft)| DraftRow {
            id: hex(&saved.id),
            step: match (
                written(&web, &draft),
                draft.name.trim().is_empty() || visitor.person.is_none(),
            ) {
                (false, _) => "content",
                (true, true) => "contact",
                (true, false) => "preview",
            }
            .into(),
            title: draft.title,
            saved_at: saved.saved_at,
            kept_until: saved.saved_at.plus(KEPT),
        })
        .collect();
    let view = Drafts {
        rows,
        keep_days: (KEPT / 86_400_000) as u32,
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// `POST /drafts/{draft}/delete`
pub async fn drop_draft(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[])?;
    web.admit(&visitor.asked, &read)?;
    let key = id16(&id).ok_or_else(Fault::not_found)?;
    match web.app.forget_draft(visitor.owner(), key).await {
        Ok(()) | Err(ActError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&with_done(&To::Drafts, "draft-gone")).into_response())
}

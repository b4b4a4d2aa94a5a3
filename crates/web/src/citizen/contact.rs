//! 신청의 셋째 걸음 — who files, how they are reached, and, for the few who file otherwise than in their own name, what they are.

use super::{
    again,
    enter::{REACH, address, not_let_in},
    filing::GO,
    party,
};
use crate::{
    Web,
    form::{self, Field, Shape},
    route::To,
    security::Fault,
    session::{Asked, Person, Visitor, id16, with_done},
    view::{Filled, citizen::filing::Contact},
};
use app::{Trouble, saved::Draft};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::assurance::Assurance;

const fn chosen(name: &'static str, label: &'static str, codes: &'static [&'static str]) -> Field {
    Field {
        name,
        label,
        max: 20,
        shape: Shape::Choice(codes),
    }
}

/// 민원인 구분; a public body does not file as a citizen.
const SORT: Field = chosen(
    "sort",
    "party-sort",
    &["person", "foreigner", "company", "association", "minor"],
);
const FILER: Field = chosen(
    "filer",
    "party-filer",
    &["oneself", "agent", "administrative_agent"],
);
const DELIVERY: Field = chosen("delivery", "party-delivery", &["electronic", "post", "counter"]);
const NAME: Field = Field {
    name: "name",
    label: "name",
    max: 60,
    shape: Shape::NeededLine,
};

/// The name that stands beside 본인확인: what a provider gave, and nothing typed. `None` for who came in by a code.
pub(super) async fn verified_name(web: &Web, person: &Person) -> Result<Option<String>, Trouble> {
    match Assurance::of(person.proof()) {
        Assurance::Verified => web.app.verified_name(person.id).await,
        Assurance::None | Assurance::Contact => Ok(None),
    }
}

pub(super) async fn contact_page(
    web: &Web,
    visitor: &Visitor,
    id: &str,
    draft: &Draft,
    form: Option<Filled>,
) -> Result<Contact, Trouble> {
    let named = match &visitor.person {
        Some(person) => verified_name(web, person).await?,
        None => None,
    };
    Ok(page(visitor, named, id, draft, form))
}

fn page(visitor: &Visitor, named: Option<String>, id: &str, draft: &Draft, form: Option<Filled>) -> Contact {
    let person = visitor.person.as_ref();
    let name = if let Some(named) = &named {
        named.clone()
    } else if draft.name.is_empty() {
        person.map(|p| p.name.clone()).unwrap_or_default()
    } else {
        draft.name.clone()
    };
    let (reach, field) = if draft.address.contains('@') {
        ("mail", "mail")
    } else {
        ("phone", "phone")
    };
    Contact {
        draft: id.to_owned(),
        verified: person.filter(|p| p.is_reached()).map(|p| p.masked.clone()),
        named,
        form: form.unwrap_or_else(|| {
            let kept = party::kept(draft);
            Filled::of(&[
                ("name", &name),
                ("reach", reach),
                (field, &draft.address),
                ("sort", &kept("sort", "person")),
                ("filer", &kept("filer", "oneself")),
                ("delivery", &kept("delivery", "electronic")),
            ])
        }),
    }
}

pub(super) async fn send_contact(web: &Web, asked: Asked, id: &str, body: &[u8]) -> Result<Response, Fault> {
    let [reach, phone, mail] = REACH;
    let mut read = form::urlencoded(body, &[NAME, reach, phone, mail, GO, SORT, FILER, DELIVERY])?;
    web.admit(&asked, &read)?;
    let visitor = match web.visitor(asked.clone()).await {
        Ok(visitor) => visitor,
        Err(trouble) => {
            let visitor = Visitor {
                asked: asked.clone(),
                person: None,
            };
            return again(web, &asked, None, trouble.into(), |told| {
                page(
                    &visitor,
                    None,
                    id,
                    &Draft::default(),
                    Some(read.filled.wrong("", told)),
                )
            });
        }
    };
    let named = match &visitor.person {
        // Where the store is away, what comes next says so with all that was typed.
        Some(person) => verified_name(web, person).await.unwrap_or_default(),
        None => None,
    };
    if let Some(name) = &named {
        read.filled.errors.retain(|error| error.field != NAME.name);
        read.filled.values.insert(NAME.name.into(), name.clone());
    }
    let person = visitor.person.as_ref();
    let saving = read.get("go") == "save";
    let address = if person.is_some_and(Person::is_reached) {
        read.filled.errors.retain(|error| error.field != "reach");
        None
    } else {
        address(&mut read)
    };
    if saving {
        let unfinished = ["error-required", "error-phone-form", "error-mail-form"];
        read.filled
            .errors
            .retain(|error| !unfinished.iter().any(|key| error.message.key.starts_with(key)));
    }
    let key = id16(id).ok_or_else(Fault::not_found)?;
    let mut draft = match web.app.draft(visitor.owner(), key).await {
        Ok(draft) => draft,
        Err(error) => {
            return again(web, &asked, person, error, |told| {
                page(
                    &visitor,
                    named,
                    id,
                    &Draft::default(),
                    Some(read.filled.wrong("", told)),
                )
            });
        }
    };
    draft.name = read.get("name").trim().chars().take(60).collect();
    for kind in [SORT, FILER, DELIVERY] {
        party::keep(&mut draft, kind.name, read.get(kind.name));
    }
    if let Some(address) = &address {
        draft.address = address.value.clone();
    }
    let stored = web
        .app
        .save_draft(visitor.owner(), Some(key), &mut draft, Vec::new())
        .await;
    if let Err(error) = stored {
        return again(web, &asked, person, error, |told| {
            page(&visitor, named, id, &draft, Some(read.filled.wrong("", told)))
        });
    }
    if !read.sound() {
        let view = page(&visitor, named, id, &draft, Some(read.filled));
        return web.page_again(&asked, person, &view, StatusCode::UNPROCESSABLE_ENTITY);
    }
    if saving {
        return Ok(Redirect::to(&with_done(&To::Drafts, "saved")).into_response());
    }
    if party::is_needed(&draft) {
        let way = To::Step(id.to_owned(), "party".into()).to_string();
        return Ok(Redirect::to(&way).into_response());
    }
    let Some(address) = address else {
        let way = To::Step(id.to_owned(), "preview".into()).to_string();
        return Ok(Redirect::to(&way).into_response());
    };
    match web.app.ask_code(&address, asked.visit.lang, &asked.origin).await {
        Ok(()) => {
            let way = To::Step(id.to_owned(), "verify".into()).to_string();
            Ok(Redirect::to(&way).into_response())
        }
        Err(why) => not_let_in(web, &visitor, why, "", read.filled, |form| {
            page(&visitor, named, id, &draft, Some(form))
        }),
    }
}

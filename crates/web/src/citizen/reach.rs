//! 로그인 연락처 — adding the telephone or mailbox one comes in by, or putting a new one in the place of the old.

use super::enter::{CODE, MINUTES, REACH, address, not_let_in, without_code};
use crate::{
    Web,
    form::{self, Field, Shape},
    route::To,
    security::Fault,
    session::{Citizen, Visitor, with_done},
    view::{
        Filled, Message,
        citizen::{
            contact::{Code, Purpose},
            identity::{AddContact, ReachRow},
        },
    },
};
use app::identity::{Address, contacts::Added, masked};
use axum::{
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

/// One's own contacts, masked: who looks over a shoulder reads no number.
pub(super) async fn rows(web: &Web, citizen: &Citizen) -> Result<Vec<ReachRow>, Fault> {
    Ok((web.app.reaches(citizen.person.id).await?.into_iter())
        .map(|reach| ReachRow {
            masked: masked(&reach.address),
            mail: reach.address.value.contains('@'),
            lets_in: reach.lets_in,
        })
        .collect())
}

async fn view(web: &Web, citizen: &Citizen, form: Filled) -> Result<AddContact, Fault> {
    Ok(AddContact {
        reaches: rows(web, citizen).await?,
        form,
    })
}

/// `GET /my/contact`
pub async fn page(State(web): State<Web>, citizen: Citizen) -> Result<Response, Fault> {
    let view = view(&web, &citizen, Filled::default()).await?;
    web.page(&citizen.asked, Some(&citizen.person), &view)
}

/// `POST /my/contact`: sends the code.
pub async fn ask(State(web): State<Web>, citizen: Citizen, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, &REACH)?;
    web.admit(&citizen.asked, &read)?;
    let person = Some(&citizen.person);
    let address = address(&mut read);
    let Some(address) = address.filter(|_| read.sound()) else {
        let view = view(&web, &citizen, read.filled).await?;
        return web.page_again(&citizen.asked, person, &view, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let lang = citizen.asked.visit.lang;
    if let Err(why) = web.app.ask_code(&address, lang, &citizen.asked.origin).await {
        let view = view(&web, &citizen, Filled::default()).await?;
        return not_let_in(&web, &visitor(citizen), why, "", read.filled, |form| AddContact {
            form,
            ..view
        });
    }
    web.page(&citizen.asked, person, &code_page(&address, Filled::default()))
}

fn visitor(citizen: Citizen) -> Visitor {
    Visitor {
        asked: citizen.asked,
        person: Some(citizen.person),
    }
}

fn code_page(address: &Address, form: Filled) -> Code {
    Code {
        purpose: Purpose::Contact,
        action: To::AddContactCode.to_string(),
        again: To::AddContact.to_string(),
        sent_to: Some(masked(address)),
        minutes: MINUTES,
        keep: vec![("address".into(), address.value.clone())],
        form,
    }
}

/// `POST /my/contact/code`: checks the code; the contact lets in from now on.
pub async fn check(State(web): State<Web>, citizen: Citizen, body: Bytes) -> Result<Response, Fault> {
    const ADDRESS: Field = Field {
        name: "address",
        label: "contact",
        max: 254,
        shape: Shape::NeededLine,
    };
    let read = form::urlencoded(&body, &[CODE, ADDRESS])?;
    web.admit(&citizen.asked, &read)?;
    let Some(address) = Address::parse(read.get("address")) else {
        return Ok(Redirect::to(&To::AddContact.to_string()).into_response());
    };
    let person = Some(&citizen.person);
    if !read.sound() {
        let view = code_page(&address, read.filled);
        return web.page_again(&citizen.asked, person, &view, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let added = web
        .app
        .add_contact(citizen.person.id, &address, read.get("code"))
        .await;
    match added {
        Ok(Added::LetsIn) => Ok(Redirect::to(&with_done(&To::Mine, "contact-added")).into_response()),
        Ok(Added::Reached) => Ok(Redirect::to(&with_done(&To::Mine, "contact-reached")).into_response()),
        Ok(Added::Refused) => {
            let form = Filled::default().wrong("", Message::new("reach-error-others"));
            let view = view(&web, &citizen, form).await?;
            web.page_again(&citizen.asked, person, &view, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(why) => not_let_in(
            &web,
            &visitor(citizen),
            why,
            "code",
            without_code(read.filled),
            |form| code_page(&address, form),
        ),
    }
}

/// An address that only takes forms, opened by hand or after switching the language.
pub async fn again() -> Redirect {
    Redirect::to(&To::AddContact.to_string())
}

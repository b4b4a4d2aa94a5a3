//! 본인확인 — to the providers and back, tying and untying one's own identities, and the rehearsal of the demo.
//!
//! Who is not signed in follows a link. Who is signed in ties: that begins with a form of this session alone, and the provider is
//! reached by a link on the page that answers, because a form of ours sends nobody to foreign pages (`form-action 'self'`).

use super::enter::{Back, back_or_mine};
use crate::{
    Web,
    form::{self, Field, Shape},
    render::Lang,
    route::To,
    security::Fault,
    session::{Asked, Citizen, Person, Visitor, with_done},
    view::citizen::identity::{Door, Leaving, NotShown, Rehearse, RoleRow, Why},
};
use app::identity::brokers::{self, Answer, NotUntied, Wanted};
use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::assurance::Assurance;
use ports::identity::{Provider, Role};
use serde::Deserialize;

/// The name of a provider in the reader's language.
pub(super) fn name_of(provider: &Provider, lang: Lang) -> String {
    let name = match lang {
        "en" if !provider.name_en.is_empty() => &provider.name_en,
        _ => &provider.name,
    };
    name.clone()
}

/// The providers that are enough where `needed` is asked.
pub(super) fn doors(web: &Web, needed: Assurance, lang: Lang) -> Vec<Door> {
    (web.app.providers())
        .filter(|provider| provider.assurance.suffices(needed))
        .map(|provider| Door {
            code: provider.code.to_string(),
            name: name_of(provider, lang),
            means: provider.means,
        })
        .collect()
}

/// The page that says why nobody was shown, and how to go on.
fn not_shown(
    web: &Web,
    asked: &Asked,
    person: Option<&Person>,
    provider: &Provider,
    why: brokers::NotShown,
) -> Result<Response, Fault> {
    let mut wait = None;
    let (why, status) = match why {
        brokers::NotShown::Foreign => (Why::Foreign, StatusCode::UNPROCESSABLE_ENTITY),
        brokers::NotShown::Late => (Why::Late, StatusCode::UNPROCESSABLE_ENTITY),
        brokers::NotShown::Again => (Why::Again, StatusCode::UNPROCESSABLE_ENTITY),
        brokers::NotShown::Cancelled => (Why::Cancelled, StatusCode::UNPROCESSABLE_ENTITY),
        brokers::NotShown::Refused => (Why::Refused, StatusCode::UNPROCESSABLE_ENTITY),
        brokers::NotShown::Lacking => (Why::Lacking, StatusCode::UNPROCESSABLE_ENTITY),
        brokers::NotShown::Taken => (Why::Taken, StatusCode::UNPROCESSABLE_ENTITY),
        brokers::NotShown::Away => (Why::Away, StatusCode::SERVICE_UNAVAILABLE),
        brokers::NotShown::SignedOut => (Why::SignedOut, StatusCode::FORBIDDEN),
        brokers::NotShown::Wait(seconds) => {
            wait = Some(seconds);
            (Why::Wait, StatusCode::TOO_MANY_REQUESTS)
        }
        brokers::NotShown::Trouble(trouble) => return Err(trouble.into()),
    };
    let view = NotShown {
        why,
        provider: name_of(provider, asked.visit.lang),
        signed_in: person.is_some(),
    };
    let mut response = web.page_again(asked, person, &view, status)?;
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// `GET /sign-in/identity/{provider}`: to the provider, to come in. Who is in ties, by a form.
pub async fn to_provider(
    State(web): State<Web>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(back): Query<Back>,
) -> Result<Response, Fault> {
    let provider = web.app.provider(&code).ok_or_else(Fault::not_found)?;
    if visitor.person.is_some() {
        return Ok(Redirect::to(&To::Mine.to_string()).into_response());
    }
    let back = back_or_mine(&back.back);
    let cookie = &visitor.asked.visit.session.0;
    match web.app.ask_broker(cookie, &code, Wanted::Entry, &back).await {
        Ok(way) => Ok(Redirect::to(&way).into_response()),
        Err(why) => not_shown(&web, &visitor.asked, None, provider, why),
    }
}

/// What a provider sends a browser back with.
#[derive(Debug, Deserialize)]
pub struct FromProvider {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: String,
}

/// `GET /sign-in/identity/{provider}/back`: from the provider.
pub async fn from_provider(
    State(web): State<Web>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(came): Query<FromProvider>,
) -> Result<Response, Fault> {
    let provider = web.app.provider(&code).ok_or_else(Fault::not_found)?;
    let asked = &visitor.asked;
    let answer = Answer {
        state: &came.state,
        code: &came.code,
        error: &came.error,
    };
    let cookie = &asked.visit.session.0;
    let answered = web
        .app
        .answer_broker(cookie, &code, answer, asked.visit.lang, &asked.origin)
        .await;
    match answered {
        Ok((open, back)) => {
            let way = match back_or_mine(&back) {
                mine if mine == To::Mine.to_string() => with_done(&To::Mine, "identity-tied"),
                way => way,
            };
            Ok(web.enter(&open, &way))
        }
        Err(why) => not_shown(&web, asked, visitor.person.as_ref(), provider, why),
    }
}

/// `POST /my/identity/tie`: the page with the way to the provider.
pub async fn tie(State(web): State<Web>, citizen: Citizen, body: Bytes) -> Result<Response, Fault> {
    const FIELDS: &[Field] = &[
        Field {
            name: "provider",
            label: "identity-own-title",
            max: 16,
            shape: Shape::NeededLine,
        },
        Field {
            name: "back",
            label: "back",
            max: 2_000,
            shape: Shape::Line,
        },
    ];
    let read = form::urlencoded(&body, FIELDS)?;
    let asked = &citizen.asked;
    web.admit(asked, &read)?;
    let Some(provider) = web.app.provider(read.get("provider")) else {
        return Ok(Redirect::to(&To::Mine.to_string()).into_response());
    };
    let back = back_or_mine(read.get("back"));
    let (cookie, code) = (&asked.visit.session.0, provider.code.to_string());
    let person = Some(&citizen.person);
    match web.app.ask_broker(cookie, &code, Wanted::Tie, &back).await {
        Ok(way) => {
            let view = Leaving {
                provider: name_of(provider, asked.visit.lang),
                way,
                back,
            };
            web.page(asked, person, &view)
        }
        Err(why) => not_shown(&web, asked, person, provider, why),
    }
}

/// `POST /my/identity/untie`
pub async fn untie(State(web): State<Web>, citizen: Citizen, body: Bytes) -> Result<Response, Fault> {
    const TIE: &[Field] = &[Field {
        name: "tie",
        label: "identity-own-title",
        max: 64,
        shape: Shape::NeededLine,
    }];
    let read = form::urlencoded(&body, TIE)?;
    web.admit(&citizen.asked, &read)?;
    match web.app.untie(citizen.person.id, read.get("tie")).await {
        Ok(()) => Ok(Redirect::to(&with_done(&To::Mine, "identity-untied")).into_response()),
        // What is not there is untied already.
        Err(NotUntied::Unknown) => Ok(Redirect::to(&To::Mine.to_string()).into_response()),
        Err(NotUntied::Last) => super::mine::again_with(&web, &citizen, "identity-error-last").await,
        Err(NotUntied::Trouble(trouble)) => Err(trouble.into()),
    }
}

/// An address that only takes forms, opened by hand or after switching the language.
pub async fn to_mine() -> Redirect {
    Redirect::to(&To::Mine.to_string())
}

/// Whom a visitor of the demo chose to be.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    state: String,
    #[serde(default)]
    role: String,
}

/// `GET /demo/identity`: the page of the provider that checks nothing, and the way back from it.
pub async fn rehearse(
    State(web): State<Web>,
    asked: Asked,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Fault> {
    let rehearsal = web.options.rehearsal.as_ref().ok_or_else(Fault::not_found)?;
    if !chosen.role.is_empty() {
        let way = rehearsal.plays(&chosen.state, &chosen.role);
        let way = way.ok_or_else(Fault::not_found)?;
        return Ok(Redirect::to(&way).into_response());
    }
    let roles = (rehearsal.roles().into_iter())
        .map(|role| match role {
            Role::Person { key, name, reach } => RoleRow { key, name, reach },
            Role::Fault { key } => RoleRow {
                key,
                name: String::new(),
                reach: false,
            },
        })
        .collect();
    let view = Rehearse {
        state: chosen.state,
        roles,
    };
    web.page(&asked, None, &view)
}

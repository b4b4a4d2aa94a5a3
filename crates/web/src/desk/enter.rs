//! 로그인 — officials come in by password, passkey or single sign-on, and go out again.

use crate::{
    Web,
    form::{self, Field, Shape},
    lang::safe_return,
    security::Fault,
    session::{Asked, Clerk, Seated},
    view::{
        Filled,
        desk::{Desk, account::Account, sign_in::SignIn},
    },
};
use app::identity::{
    NotLetIn,
    passkeys::Purpose,
    sso::{Answered, Wanted},
};
use axum::{
    body::Bytes,
    extract::Query,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

const FIELDS: &[Field] = &[
    Field {
        name: "login",
        label: "desk-login",
        max: 64,
        shape: Shape::NeededLine,
    },
    Field {
        name: "password",
        label: "desk-password",
        max: 256,
        shape: Shape::NeededLine,
    },
    Field {
        name: "back",
        label: "back",
        max: 2_000,
        shape: Shape::Line,
    },
];

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
pub struct Back {
    /// A path of ours.
    #[serde(default)]
    back: String,
}

/// Only pages of the officials' face are gone back to, and none that log in or out.
pub(super) fn way_back(back: &str) -> String {
    let path = safe_return(back);
    let ours = path == "/desk" || path.starts_with("/desk/") || path.starts_with("/desk?");
    let doors = [
        Desk::SignIn.to_string(),
        Desk::SignOut.to_string(),
        Account::Sso.to_string(),
    ];
    let door = doors.iter().any(|door| path.starts_with(door));
    if ours && !door {
        path.to_owned()
    } else {
        Desk::Work.to_string()
    }
}

/// The log-in page as it is, or with what went wrong.
fn page(web: &Web, asked: &Asked, form: Filled, back: &str, wait: Option<u64>) -> SignIn {
    let rules = web.app.sign_in_rules();
    SignIn {
        form,
        back: back.to_owned(),
        wait,
        passwords: rules.passwords,
        sso: web.sso_name(asked.visit.lang),
        ask: super::account::ask(web, &asked.visit.session.0, Purpose::Entry),
    }
}

/// The log-in page after somebody was not let in.
fn refused(web: &Web, asked: &Asked, form: Filled, back: &str, why: NotLetIn) -> Result<Response, Fault> {
    let (form, wait, status) = super::door::told_why(web, asked, form, "login", "desk-sign-in-wrong", why);
    super::door::draw(web, asked, &page(web, asked, form, back, wait), wait, status)
}

/// `GET /desk/sign-in`
pub async fn sign_in(Seated(web): Seated, asked: Asked, Query(back): Query<Back>) -> Result<Response, Fault> {
    let back = way_back(&back.back);
    if web.app.official(&asked.visit.session.0).await?.is_some() {
        return Ok(Redirect::to(&back).into_response());
    }
    web.desk_draw(
        &asked,
        None,
        &page(&web, &asked, Filled::default(), &back, None),
        StatusCode::OK,
    )
}

/// `POST /desk/sign-in`
pub async fn log_in(Seated(web): Seated, asked: Asked, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, FIELDS)?;
    web.desk.admit(&asked.visit.session, &read.csrf)?;
    let back = way_back(read.get("back"));
    let (sound, login, password) = (
        read.sound(),
        read.get("login").to_owned(),
        read.get("password").to_owned(),
    );
    let mut form = read.filled;
    form.values.remove("password");
    if !sound {
        let view = page(&web, &asked, form, &back, None);
        return web.desk_draw(&asked, None, &view, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match web.app.log_in(&login, &password, &asked.arrival()).await {
        Ok(entered) => super::door::go_on(&web, &asked, entered, &back).await,
        Err(why) => refused(&web, &asked, form, &back, why),
    }
}

/// `POST /desk/sign-in/passkey`
pub async fn by_passkey(Seated(web): Seated, asked: Asked, body: Bytes) -> Result<Response, Fault> {
    let (read, answer) = super::account::passkey_answer(&body)?;
    web.desk.admit(&asked.visit.session, &read.csrf)?;
    let back = way_back(read.get("back"));
    let entered = web
        .app
        .enter_by_passkey(&asked.visit.session.0, &answer, &asked.arrival())
        .await;
    match entered {
        Ok(entered) => super::door::go_on(&web, &asked, entered, &back).await,
        Err(why) => {
            let (form, wait, status) =
                super::door::told_why(&web, &asked, Filled::default(), "", "passkey-wrong", why);
            super::door::draw(&web, &asked, &page(&web, &asked, form, &back, wait), wait, status)
        }
    }
}

/// Where to go on, and what for.
#[derive(Debug, Deserialize)]
pub struct ToSso {
    #[serde(default)]
    back: String,
    #[serde(default)]
    wanted: String,
}

/// `GET /desk/sso`: to the single sign-on.
pub async fn to_sso(Seated(web): Seated, asked: Asked, Query(to): Query<ToSso>) -> Result<Response, Fault> {
    if web.app.sso_front().is_none() {
        return Err(Fault::not_found());
    }
    let back = way_back(&to.back);
    let wanted = match to.wanted.as_str() {
        "confirm" => Wanted::Confirm,
        _ => Wanted::Entry,
    };
    match web.app.ask_sso(&asked.visit.session.0, wanted, &back).await {
        Ok(way) => Ok(Redirect::to(&way).into_response()),
        Err(why) => refused(&web, &asked, Filled::default(), &back, why),
    }
}

/// What the single sign-on sends a browser back with.
#[derive(Debug, Deserialize)]
pub struct FromSso {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

/// `GET /desk/sso/back`: from the single sign-on.
pub async fn from_sso(
    Seated(web): Seated,
    asked: Asked,
    Query(came): Query<FromSso>,
) -> Result<Response, Fault> {
    if web.app.sso_front().is_none() {
        return Err(Fault::not_found());
    }
    let cookie = &asked.visit.session.0;
    let answered = web
        .app
        .answer_sso(cookie, &came.state, &came.code, &asked.arrival())
        .await;
    match answered {
        Ok((Answered::Entered(entered), back)) => {
            super::door::go_on(&web, &asked, *entered, &way_back(&back)).await
        }
        Ok((Answered::Confirmed, back)) => Ok(Redirect::to(&way_back(&back)).into_response()),
        Err(why) => refused(&web, &asked, Filled::default(), &Desk::Work.to_string(), why),
    }
}

/// `POST /desk/sign-out`
pub async fn sign_out(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    match clerk.who.official() {
        Some(official) => web.app.log_out(&clerk.open, official).await?,
        None => web.app.end_session(&clerk.open.session).await?,
    }
    let cookie = web.desk.set_cookie(&web.desk.new_session());
    let way = Desk::SignIn.to_string();
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&way)).into_response())
}

/// An address that only takes forms, opened by hand or after switching the language.
pub async fn to_work() -> Redirect {
    Redirect::to(&Desk::Work.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_the_log_in_one_stays_in_the_office() {
        for (back, way) in [
            ("/desk/cases/1", "/desk/cases/1"),
            ("/desk?queue=late", "/desk?queue=late"),
            ("/desk/sign-out", "/desk"),
            ("/desk/sign-in?back=/desk", "/desk"),
            ("/my", "/desk"),
            ("/desks", "/desk"),
            ("/desk/sign-in/factor", "/desk"),
            ("/desk/sso", "/desk"),
            ("/desk/account", "/desk/account"),
            ("//evil.example", "/desk"),
            ("", "/desk"),
        ] {
            assert_eq!(way_back(back), way, "{back}");
        }
    }
}

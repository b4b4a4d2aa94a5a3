//! 로그인 — officials come in by id and password, and go out again.

use super::told;
use crate::{
    form::{self, Field, Shape},
    lang::safe_return,
    security::{Fault, Session},
    session::{Asked, Clerk, Seated},
    view::{
        Filled, Message,
        desk::{Desk, sign_in::SignIn},
    },
};
use app::identity::NotLetIn;
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
fn way_back(back: &str) -> String {
    let path = safe_return(back);
    let ours = path == "/desk" || path.starts_with("/desk/") || path.starts_with("/desk?");
    let door = [Desk::SignIn, Desk::SignOut]
        .iter()
        .any(|door| path.starts_with(&door.to_string()));
    if ours && !door {
        path.to_owned()
    } else {
        Desk::Work.to_string()
    }
}

/// `GET /desk/sign-in`
pub async fn sign_in(Seated(web): Seated, asked: Asked, Query(back): Query<Back>) -> Result<Response, Fault> {
    let back = way_back(&back.back);
    if web.app.official(&asked.visit.session.0).await?.is_some() {
        return Ok(Redirect::to(&back).into_response());
    }
    let view = SignIn {
        form: Filled::default(),
        back,
        wait: None,
    };
    web.desk_draw(&asked, None, &view, StatusCode::OK)
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
    let page = |form, wait| SignIn {
        form,
        back: back.clone(),
        wait,
    };
    if !sound {
        return web.desk_draw(&asked, None, &page(form, None), StatusCode::UNPROCESSABLE_ENTITY);
    }
    match web.app.log_in(&login, &password, &asked.origin).await {
        Ok(open) => {
            // Whoever was logged in here before is not any more.
            if let Some((old, _)) = web.app.official(&asked.visit.session.0).await? {
                web.app.end_session(&old.session).await?;
            }
            let cookie = web.desk.set_cookie(&Session(open.cookie));
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&back)).into_response())
        }
        Err(NotLetIn::Wait(seconds)) => {
            let wait = u64::try_from(seconds).unwrap_or(0).max(1);
            let view = page(form, Some(wait));
            let mut response = web.desk_draw(&asked, None, &view, StatusCode::TOO_MANY_REQUESTS)?;
            response.headers_mut().insert(header::RETRY_AFTER, wait.into());
            Ok(response)
        }
        Err(NotLetIn::Wrong | NotLetIn::NotSent) => {
            let form = form.wrong("login", Message::new("desk-sign-in-wrong"));
            web.desk_draw(&asked, None, &page(form, None), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(NotLetIn::Trouble(trouble)) => {
            let form = form.wrong("", told(&trouble));
            let status = Fault::from(trouble).status;
            web.desk_draw(&asked, None, &page(form, None), status)
        }
    }
}

/// `POST /desk/sign-out`
pub async fn sign_out(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    web.app.end_session(&clerk.open.session).await?;
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
            ("//evil.example", "/desk"),
            ("", "/desk"),
        ] {
            assert_eq!(way_back(back), way, "{back}");
        }
    }
}

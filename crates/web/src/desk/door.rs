//! 문 안쪽의 걸음 — what is still asked of who is half-way in: second factor, a password of their own, enrolment.

use super::{account, enter::way_back, told};
use crate::{
    Web,
    form::{self, Field, Shape},
    security::{Fault, Session},
    session::{Asked, Seated},
    view::{
        Filled, Message, View,
        desk::{
            Desk,
            account::{Account, Enrol, FactorStep, NewCodes, PasswordPage, Qr},
        },
    },
};
use app::identity::{
    NotLetIn, OpenSession,
    door::{Entered, Step},
    factors::Enrolment,
    passkeys::Purpose,
};
use axum::{
    body::Bytes,
    extract::Query,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::id::OfficialId;
use serde::Deserialize;

/// Fields of the steps.
const fn field(name: &'static str, label: &'static str, max: usize, shape: Shape) -> Field {
    Field {
        name,
        label,
        max,
        shape,
    }
}

pub(super) const BACK: Field = field("back", "back", 2_000, Shape::Line);
pub(super) const CODE: Field = field("code", "factor-code", 40, Shape::NeededLine);
pub(super) const SEALED: Field = field("sealed", "factor-code", 400, Shape::Line);
pub(super) const NEW: [Field; 2] = [
    field("password", "password-new", 256, Shape::NeededLine),
    field("again", "password-again", 256, Shape::NeededLine),
];

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
pub struct Back {
    #[serde(default)]
    back: String,
}

/// Somebody was recognised: on to the next step, or in. Whoever was logged in here before is not any more.
pub(super) async fn go_on(web: &Web, asked: &Asked, entered: Entered, back: &str) -> Result<Response, Fault> {
    if let Some((old, _)) = web.app.official(&asked.visit.session.0).await? {
        web.app.end_session(&old.session).await?;
    }
    let way = match entered.step {
        None => back.to_owned(),
        Some(step) => {
            let name = match step {
                Step::Factor => "desk_factor",
                Step::Password => "desk_first_password",
                Step::Enrol => "desk_first_factor",
            };
            crate::route::by_name(name, &[], &[("back".to_owned(), back.to_owned())])
                .unwrap_or_else(|_| Desk::SignIn.to_string())
        }
    };
    let mut response = Redirect::to(&way).into_response();
    set_cookies(web, &mut response, &entered);
    Ok(response)
}

fn set_cookies(web: &Web, response: &mut Response, entered: &Entered) {
    let cookies = [
        Some(web.desk.set_cookie(&Session(entered.open.cookie.clone()))),
        entered.known.as_ref().map(|mark| web.desk.set_device(mark)),
    ];
    for cookie in cookies.into_iter().flatten() {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
}

/// What a page says after somebody was not let in: the form with what is wrong, seconds to wait, the status.
pub(super) fn told_why(
    web: &Web,
    asked: &Asked,
    form: Filled,
    field: &str,
    wrong: &str,
    why: NotLetIn,
) -> (Filled, Option<u64>, StatusCode) {
    let unfit = StatusCode::UNPROCESSABLE_ENTITY;
    let figures = &web.options.figures;
    figures.turned_away(crate::figures::OFFICIAL, &why);
    match why {
        NotLetIn::Wait(seconds) => {
            let wait = u64::try_from(seconds).unwrap_or(0).max(1);
            (form, Some(wait), StatusCode::TOO_MANY_REQUESTS)
        }
        NotLetIn::Wrong | NotLetIn::NotSent => (form.wrong(field, Message::new(wrong)), None, unfit),
        NotLetIn::Unfit(fault) => {
            let message = Message::new(format!("office-fault-{fault}"));
            (form.wrong("password", message), None, unfit)
        }
        NotLetIn::Away => {
            let name = web.sso_name(asked.visit.lang).unwrap_or_default();
            let message = Message::new("sso-away").with("name", name);
            (form.wrong("", message), None, StatusCode::SERVICE_UNAVAILABLE)
        }
        NotLetIn::Trouble(trouble) => {
            let form = form.wrong("", told(&trouble));
            (form, None, Fault::from(trouble).status)
        }
    }
}

/// Draws a page of the door, with the seconds to wait in the header too.
pub(super) fn draw<V: View>(
    web: &Web,
    asked: &Asked,
    view: &V,
    wait: Option<u64>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let mut response = web.desk_draw(asked, None, view, status)?;
    if let Some(wait) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, wait.into());
    }
    Ok(response)
}

/// Who is half-way in and stands before this very step; anybody else goes to where they belong.
async fn stands(
    web: &Web,
    asked: &Asked,
    wanted: Step,
    back: &str,
) -> Result<(OpenSession, OfficialId), Response> {
    let known = web.app.entering(&asked.visit.session.0).await;
    let known = known.map_err(|trouble| Fault::from(trouble).into_response())?;
    match known {
        Some((open, official, step)) if step == wanted => Ok((open, official)),
        Some((_, _, step)) => {
            let way = match step {
                Step::Factor => Account::Factor,
                Step::Password => Account::FirstPassword,
                Step::Enrol => Account::FirstFactor,
            };
            Err(Redirect::to(&way.to_string()).into_response())
        }
        None => {
            let back = [("back".to_owned(), back.to_owned())];
            let way = crate::route::by_name("desk_sign_in", &[], &back);
            let way = way.unwrap_or_else(|_| Desk::SignIn.to_string());
            Err(Redirect::to(&way).into_response())
        }
    }
}

async fn factor_page(
    web: &Web,
    open: &OpenSession,
    official: OfficialId,
    form: Filled,
    back: &str,
    wait: Option<u64>,
) -> Result<FactorStep, Fault> {
    let secured = web.app.secured(official).await?;
    Ok(FactorStep {
        form,
        back: back.to_owned(),
        authenticator: secured.authenticator.is_some(),
        ask: (!secured.passkeys.is_empty())
            .then(|| account::ask(web, &open.cookie, Purpose::Entry))
            .flatten(),
        wait,
    })
}

/// `GET /desk/sign-in/factor`
pub async fn factor(Seated(web): Seated, asked: Asked, Query(back): Query<Back>) -> Result<Response, Fault> {
    let back = way_back(&back.back);
    let (open, official) = match stands(&web, &asked, Step::Factor, &back).await {
        Ok(known) => known,
        Err(way) => return Ok(way),
    };
    let view = factor_page(&web, &open, official, Filled::default(), &back, None).await?;
    web.desk_draw(&asked, None, &view, StatusCode::OK)
}

/// `POST /desk/sign-in/factor`
pub async fn give_factor(Seated(web): Seated, asked: Asked, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[CODE, BACK])?;
    web.desk.admit(&asked.visit.session, &read.csrf)?;
    let back = way_back(read.get("back"));
    let (open, official) = match stands(&web, &asked, Step::Factor, &back).await {
        Ok(known) => known,
        Err(way) => return Ok(way),
    };
    let (sound, code) = (read.sound(), read.get("code").to_owned());
    let mut form = read.filled;
    form.values.remove("code");
    if !sound {
        let view = factor_page(&web, &open, official, form, &back, None).await?;
        return draw(&web, &asked, &view, None, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match web.app.enter_code(&open, official, &code, &asked.arrival()).await {
        Ok(entered) => go_on(&web, &asked, entered, &back).await,
        Err(why) => {
            let (form, wait, status) = told_why(&web, &asked, form, "code", "factor-wrong", why);
            let view = factor_page(&web, &open, official, form, &back, wait).await?;
            draw(&web, &asked, &view, wait, status)
        }
    }
}

/// `POST /desk/sign-in/factor/passkey`
pub async fn give_passkey(Seated(web): Seated, asked: Asked, body: Bytes) -> Result<Response, Fault> {
    let (read, answer) = account::passkey_answer(&body)?;
    web.desk.admit(&asked.visit.session, &read.csrf)?;
    let back = way_back(read.get("back"));
    let (open, official) = match stands(&web, &asked, Step::Factor, &back).await {
        Ok(known) => known,
        Err(way) => return Ok(way),
    };
    match web.app.step_by_passkey(&open, official, &answer).await {
        Ok(entered) => go_on(&web, &asked, entered, &back).await,
        Err(why) => {
            let (form, wait, status) = told_why(&web, &asked, Filled::default(), "", "passkey-wrong", why);
            let view = factor_page(&web, &open, official, form, &back, wait).await?;
            draw(&web, &asked, &view, wait, status)
        }
    }
}

/// `GET /desk/sign-in/password`
pub async fn password(
    Seated(web): Seated,
    asked: Asked,
    Query(back): Query<Back>,
) -> Result<Response, Fault> {
    let back = way_back(&back.back);
    if let Err(way) = stands(&web, &asked, Step::Password, &back).await {
        return Ok(way);
    }
    let view = PasswordPage {
        bar: None,
        form: Filled::default(),
        back,
        wait: None,
    };
    web.desk_draw(&asked, None, &view, StatusCode::OK)
}

/// The new password a form says twice, or the form with what is wrong.
pub(super) fn said_twice(read: form::Read) -> Result<String, Filled> {
    let new = read.get("password").to_owned();
    let same = new == read.get("again");
    let sound = read.sound();
    let mut form = read.filled;
    for name in ["old", "password", "again"] {
        form.values.remove(name);
    }
    if sound && !same {
        form = form.wrong("again", Message::new("password-differs"));
    }
    if sound && same { Ok(new) } else { Err(form) }
}

/// `POST /desk/sign-in/password`
pub async fn set_password(Seated(web): Seated, asked: Asked, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[NEW[0], NEW[1], BACK])?;
    web.desk.admit(&asked.visit.session, &read.csrf)?;
    let back = way_back(read.get("back"));
    let (open, official) = match stands(&web, &asked, Step::Password, &back).await {
        Ok(known) => known,
        Err(way) => return Ok(way),
    };
    let page = |form, wait| PasswordPage {
        bar: None,
        form,
        back: back.clone(),
        wait,
    };
    let new = match said_twice(read) {
        Ok(new) => new,
        Err(form) => {
            return draw(
                &web,
                &asked,
                &page(form, None),
                None,
                StatusCode::UNPROCESSABLE_ENTITY,
            );
        }
    };
    match web.app.enter_password(&open, official, &new).await {
        Ok(entered) => go_on(&web, &asked, entered, &back).await,
        Err(why) => {
            let wrong = "desk-sign-in-wrong";
            let (form, wait, status) = told_why(&web, &asked, Filled::default(), "password", wrong, why);
            draw(&web, &asked, &page(form, wait), wait, status)
        }
    }
}

pub(super) fn enrol_view(enrolment: Enrolment, form: Filled, back: &str) -> Enrol {
    let letters: Vec<char> = enrolment.secret.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
    Enrol {
        bar: None,
        form,
        back: back.to_owned(),
        secret: groups.join(" "),
        sealed: enrolment.sealed,
        qr: Qr::of(&enrolment.address),
    }
}

/// `GET /desk/sign-in/enrol`
pub async fn enrol(Seated(web): Seated, asked: Asked, Query(back): Query<Back>) -> Result<Response, Fault> {
    let back = way_back(&back.back);
    let (open, official) = match stands(&web, &asked, Step::Enrol, &back).await {
        Ok(known) => known,
        Err(way) => return Ok(way),
    };
    let enrolment = web.app.begin_enrolment(&open, official);
    let view = enrol_view(enrolment, Filled::default(), &back);
    web.desk_draw(&asked, None, &view, StatusCode::OK)
}

/// `POST /desk/sign-in/enrol`: the codes are shown, and the door is open.
pub async fn finish_enrol(Seated(web): Seated, asked: Asked, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[CODE, SEALED, BACK])?;
    web.desk.admit(&asked.visit.session, &read.csrf)?;
    let back = way_back(read.get("back"));
    let (open, official) = match stands(&web, &asked, Step::Enrol, &back).await {
        Ok(known) => known,
        Err(way) => return Ok(way),
    };
    let (sealed, code) = (read.get("sealed").to_owned(), read.get("code").to_owned());
    match web.app.finish_enrolment(&open, official, &sealed, &code).await {
        Ok(codes) => {
            let entered = match web.app.enter_enrolled(&open, official).await {
                Ok(entered) => entered,
                Err(NotLetIn::Trouble(trouble)) => return Err(trouble.into()),
                Err(_) => return Err(Fault::of(StatusCode::FORBIDDEN)),
            };
            let view = NewCodes {
                bar: None,
                codes,
                back,
            };
            let mut response = web.desk_draw(&asked, None, &view, StatusCode::OK)?;
            set_cookies(&web, &mut response, &entered);
            Ok(response)
        }
        Err(why) => {
            let (form, wait, status) = told_why(&web, &asked, Filled::default(), "code", "enrol-wrong", why);
            let enrolment = web.app.same_enrolment(&open, official, &sealed);
            let enrolment = enrolment.unwrap_or_else(|| web.app.begin_enrolment(&open, official));
            draw(&web, &asked, &enrol_view(enrolment, form, &back), wait, status)
        }
    }
}

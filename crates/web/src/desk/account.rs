//! 로그인 보안의 길 — an official's own password, second factors, passkeys and sessions; 다시 확인; what the administrator may do.

use super::{
    door::{self, BACK, CODE, NEW, SEALED, said_twice, told_why},
    enter::{self, way_back},
    people::done,
};
use crate::{
    Web,
    form::{self, Field, Shape},
    render::Lang,
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled,
        desk::{
            Here,
            account::{
                Account, Ask, ConfirmPage, NewCodes, PasskeyRow, PasswordPage, Secured, SessionRow, at,
            },
            people::People,
        },
    },
};
use app::identity::{
    NotLetIn,
    passkeys::{Answer, Purpose, name_of},
};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::id::OfficialId;
use serde::Deserialize;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The pages of this room; the caller puts them behind the gate.
pub(super) fn router() -> Router<Web> {
    Router::new()
        .route(at::PasskeyEntry, get(enter::to_work).post(enter::by_passkey))
        .route(at::Factor, get(door::factor).post(door::give_factor))
        .route(at::FactorPasskey, get(enter::to_work).post(door::give_passkey))
        .route(at::FirstPassword, get(door::password).post(door::set_password))
        .route(at::FirstFactor, get(door::enrol).post(door::finish_enrol))
        .route(at::Sso, get(enter::to_sso))
        .route(at::SsoBack, get(enter::from_sso))
        .route(at::Page, get(page))
        .route(at::Password, get(password).post(change_password))
        .route(at::Authenticator, get(authenticator).post(enrol))
        .route(at::DropAuthenticator, get(to_page).post(drop_authenticator))
        .route(at::Codes, get(to_page).post(codes))
        .route(at::Passkeys, get(to_page).post(make_passkey))
        .route(at::DropPasskey, get(to_page).post(drop_passkey))
        .route(at::EndSession, get(to_page).post(end_session))
        .route(at::Confirm, get(confirm_page).post(confirm))
        .route(at::ConfirmPasskey, get(to_page).post(confirm_passkey))
        .route(at::EndSessions, post(end_sessions))
        .route(at::ResetFactors, post(reset_factors))
        .layer(axum::extract::DefaultBodyLimit::max(crate::security::FORM_BYTES))
}

/// A question to a passkey, bound to the session behind `cookie`.
pub(super) fn ask(web: &Web, cookie: &str, purpose: Purpose) -> Option<Ask> {
    let asked = web.app.ask_passkey(cookie, purpose)?;
    Some(Ask {
        token: asked.token,
        challenge: asked.challenge,
        host: asked.host,
        user: String::new(),
        login: String::new(),
        but: String::new(),
    })
}

/// The answer of a passkey as a form brings it.
pub(super) fn passkey_answer(body: &[u8]) -> Result<(form::Read, Answer), Fault> {
    const fn part(name: &'static str, max: usize) -> Field {
        Field {
            name,
            label: "account-passkeys",
            max,
            shape: Shape::Line,
        }
    }
    const FIELDS: [Field; 6] = [
        part("token", 64),
        part("id", 2_048),
        part("client", 8_192),
        part("device", 16_384),
        part("signature", 2_048),
        BACK,
    ];
    let read = form::urlencoded(body, &FIELDS)?;
    let get = |name| read.get(name).to_owned();
    let answer = Answer {
        token: get("token"),
        id: get("id"),
        client: get("client"),
        device: get("device"),
        signature: get("signature"),
    };
    Ok((read, answer))
}

impl Web {
    /// The name of the single sign-on in a language; `None` where there is none.
    pub(super) fn sso_name(&self, lang: Lang) -> Option<String> {
        let front = self.app.sso_front()?;
        Some(if lang == "en" {
            front.name_en.clone()
        } else {
            front.name.clone()
        })
    }

    /// Where an official is sent who must first show anew who they are, to come back to `back`; `None` for one who just did.
    /// For acts whose harm a stolen session must not do.
    pub fn confirm_first(&self, clerk: &Clerk, back: &str) -> Option<Response> {
        if self.app.fresh(&clerk.open) {
            return None;
        }
        let back = [("back".to_owned(), back.to_owned())];
        let way = crate::route::by_name("desk_confirm", &[], &back);
        let way = way.unwrap_or_else(|_| Account::Confirm.to_string());
        Some(Redirect::to(&way).into_response())
    }
}

fn me(clerk: &Clerk) -> Result<OfficialId, Fault> {
    clerk.who.official().ok_or_else(Fault::not_found)
}

/// An address as people write it.
fn shown(origin: &[u8]) -> String {
    match (<[u8; 4]>::try_from(origin), <[u8; 16]>::try_from(origin)) {
        (Ok(v4), _) => Ipv4Addr::from(v4).to_string(),
        (_, Ok(v6)) => Ipv6Addr::from(v6).to_string(),
        _ => String::new(),
    }
}

async fn draw(web: &Web, clerk: &Clerk, form: Filled, status: StatusCode) -> Result<Response, Fault> {
    let official = me(clerk)?;
    let secured = web.app.secured(official).await?;
    let office = web.app.office();
    let login = office.officials.get(&official).map(|person| person.login.clone());
    let but: Vec<String> = (secured.passkeys.iter())
        .map(|passkey| domain::text::hex(&passkey.name))
        .collect();
    let ask = ask(web, &clerk.open.cookie, Purpose::Made).map(|ask| Ask {
        user: domain::text::hex(&official.bytes()),
        login: login.unwrap_or_default(),
        but: but.join(" "),
        ..ask
    });
    let passkeys = secured.passkeys.iter().map(|passkey| PasskeyRow {
        name: name_of(passkey),
        device: crate::device::parts(&passkey.device),
        made: passkey.made_at,
        used: passkey.used_at,
    });
    let sessions = web.app.sessions(&clerk.open, official).await?;
    let sessions = sessions.into_iter().map(|seen| SessionRow {
        name: seen.name,
        since: seen.since,
        used: seen.used,
        origin: shown(&seen.origin),
        device: crate::device::parts(&seen.device),
        road: seen.road.map_or_else(String::new, |road| road.to_string()),
        own: seen.own,
    });
    let view = Secured {
        bar: web.bar(clerk, Here::Account).await?,
        form,
        password: secured.password,
        password_at: secured.password_at,
        authenticator: secured.authenticator,
        codes: secured.codes,
        needed: secured.needed,
        passkeys: passkeys.collect(),
        ask,
        sessions: sessions.collect(),
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/account`
async fn page(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    draw(&web, &clerk, Filled::default(), StatusCode::OK).await
}

/// An address that only takes forms, opened by hand.
async fn to_page() -> Redirect {
    Redirect::to(&Account::Page.to_string())
}

/// Reads a form of this room, and lets only who showed a moment ago who they are go on.
#[expect(clippy::result_large_err, reason = "it is the answer itself, sent as it is")]
fn admitted(
    web: &Web,
    clerk: &Clerk,
    body: &[u8],
    fields: &[Field],
) -> Result<form::Read, Result<Response, Fault>> {
    let read = form::urlencoded(body, fields).map_err(|error| Err(error.into()))?;
    web.desk
        .admit(&clerk.asked.visit.session, &read.csrf)
        .map_err(Err)?;
    match web.confirm_first(clerk, &Account::Page.to_string()) {
        Some(way) => Err(Ok(way)),
        None => Ok(read),
    }
}

/// `GET /desk/account/password`
async fn password(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    draw_password(&web, &clerk, Filled::default(), None, StatusCode::OK).await
}

async fn draw_password(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    wait: Option<u64>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let view = PasswordPage {
        bar: Some(web.bar(clerk, Here::Account).await?),
        form,
        back: Account::Page.to_string(),
        wait,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `POST /desk/account/password`
async fn change_password(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    const OLD: Field = Field {
        name: "old",
        label: "password-old",
        max: 256,
        shape: Shape::NeededLine,
    };
    let read = form::urlencoded(&body, &[OLD, NEW[0], NEW[1], BACK])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let old = read.get("old").to_owned();
    let new = match said_twice(read) {
        Ok(new) => new,
        Err(form) => {
            return draw_password(&web, &clerk, form, None, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match web
        .app
        .change_password(&clerk.open, me(&clerk)?, &old, &new)
        .await
    {
        Ok(()) => Ok(done(Account::Page, "own_password")),
        Err(why) => {
            let wrong = "password-old-wrong";
            let (form, wait, status) = told_why(&web, &clerk.asked, Filled::default(), "old", wrong, why);
            draw_password(&web, &clerk, form, wait, status).await
        }
    }
}

/// `GET /desk/account/authenticator`
async fn authenticator(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let own = Account::Authenticator.to_string();
    if let Some(way) = web.confirm_first(&clerk, &own) {
        return Ok(way);
    }
    let enrolment = web.app.begin_enrolment(&clerk.open, me(&clerk)?);
    let mut view = door::enrol_view(enrolment, Filled::default(), &Account::Page.to_string());
    view.bar = Some(web.bar(&clerk, Here::Account).await?);
    web.desk_page(&clerk, &view)
}

async fn show_codes(web: &Web, clerk: &Clerk, codes: Vec<String>) -> Result<Response, Fault> {
    let view = NewCodes {
        bar: Some(web.bar(clerk, Here::Account).await?),
        codes,
        back: Account::Page.to_string(),
    };
    web.desk_page(clerk, &view)
}

/// `POST /desk/account/authenticator`
async fn enrol(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = match admitted(&web, &clerk, &body, &[CODE, SEALED, BACK]) {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let official = me(&clerk)?;
    let sealed = read.get("sealed").to_owned();
    let kept = web
        .app
        .finish_enrolment(&clerk.open, official, &sealed, read.get("code"))
        .await;
    match kept {
        Ok(codes) => show_codes(&web, &clerk, codes).await,
        Err(why) => {
            let (form, _, status) =
                told_why(&web, &clerk.asked, Filled::default(), "code", "enrol-wrong", why);
            let enrolment = web.app.same_enrolment(&clerk.open, official, &sealed);
            let enrolment = enrolment.unwrap_or_else(|| web.app.begin_enrolment(&clerk.open, official));
            let mut view = door::enrol_view(enrolment, form, &Account::Page.to_string());
            view.bar = Some(web.bar(&clerk, Here::Account).await?);
            web.desk_page_as(&clerk, &view, status)
        }
    }
}

/// What went wrong, on the page of the account.
async fn wrong(web: &Web, clerk: &Clerk, words: &str, why: NotLetIn) -> Result<Response, Fault> {
    let (form, _, status) = told_why(web, &clerk.asked, Filled::default(), "", words, why);
    draw(web, clerk, form, status).await
}

/// `POST /desk/account/authenticator/drop`
async fn drop_authenticator(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    if let Err(answer) = admitted(&web, &clerk, &body, &[]) {
        return answer;
    }
    match web.app.drop_authenticator(&clerk.open, me(&clerk)?).await {
        Ok(()) => Ok(done(Account::Page, "authenticator_dropped")),
        Err(why) => wrong(&web, &clerk, "account-last-factor", why).await,
    }
}

/// `POST /desk/account/codes`
async fn codes(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    if let Err(answer) = admitted(&web, &clerk, &body, &[]) {
        return answer;
    }
    let codes = web.app.renew_codes(&clerk.open, me(&clerk)?).await?;
    show_codes(&web, &clerk, codes).await
}

/// `POST /desk/account/passkeys`
async fn make_passkey(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let (read, answer) = passkey_answer(&body)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    if let Some(way) = web.confirm_first(&clerk, &Account::Page.to_string()) {
        return Ok(way);
    }
    let device = clerk.asked.device.clone();
    match web
        .app
        .keep_passkey(&clerk.open, me(&clerk)?, &answer, &device)
        .await
    {
        Ok(codes) if codes.is_empty() => Ok(done(Account::Page, "passkey_made")),
        Ok(codes) => show_codes(&web, &clerk, codes).await,
        Err(why) => wrong(&web, &clerk, "account-passkey-wrong", why).await,
    }
}

const NAME: Field = Field {
    name: "name",
    label: "account-device",
    max: 32,
    shape: Shape::Line,
};

/// `POST /desk/account/passkeys/drop`
async fn drop_passkey(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = match admitted(&web, &clerk, &body, &[NAME]) {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    match web
        .app
        .drop_passkey(&clerk.open, me(&clerk)?, read.get("name"))
        .await
    {
        Ok(true) => Ok(done(Account::Page, "passkey_dropped")),
        Ok(false) => Err(Fault::not_found()),
        Err(why) => wrong(&web, &clerk, "account-last-factor", why).await,
    }
}

/// `POST /desk/account/sessions/end`
async fn end_session(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[NAME])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let official = me(&clerk)?;
    match read.get("name") {
        "others" => web.app.end_others(&clerk.open, official).await?,
        name => {
            if !web.app.end_own(&clerk.open, official, name).await? {
                return Err(Fault::not_found());
            }
        }
    }
    Ok(done(Account::Page, "session_ended"))
}

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

async fn draw_confirm(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    back: &str,
    wait: Option<u64>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let secured = web.app.secured(me(clerk)?).await?;
    let view = ConfirmPage {
        bar: web.bar(clerk, Here::Account).await?,
        form,
        back: back.to_owned(),
        password: secured.password,
        code: secured.is_factored(),
        ask: (!secured.passkeys.is_empty())
            .then(|| ask(web, &clerk.open.cookie, Purpose::Confirm))
            .flatten(),
        sso: web.sso_name(clerk.asked.visit.lang),
        wait,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/account/confirm`
async fn confirm_page(
    Seated(web): Seated,
    clerk: Clerk,
    Query(back): Query<Back>,
) -> Result<Response, Fault> {
    draw_confirm(
        &web,
        &clerk,
        Filled::default(),
        &way_back(&back.back),
        None,
        StatusCode::OK,
    )
    .await
}

/// `POST /desk/account/confirm`
async fn confirm(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    const PASSWORD: Field = Field {
        name: "password",
        label: "desk-password",
        max: 256,
        shape: Shape::NeededLine,
    };
    const SAID: Field = Field {
        shape: Shape::Line,
        ..CODE
    };
    let read = form::urlencoded(&body, &[PASSWORD, SAID, BACK])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let back = way_back(read.get("back"));
    let (sound, password, code) = (
        read.sound(),
        read.get("password").to_owned(),
        read.get("code").to_owned(),
    );
    let mut form = read.filled;
    form.values.clear();
    if !sound {
        return draw_confirm(&web, &clerk, form, &back, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let arrival = clerk.asked.arrival();
    match web
        .app
        .confirm(&clerk.open, me(&clerk)?, &password, &code, &arrival)
        .await
    {
        Ok(()) => Ok(Redirect::to(&back).into_response()),
        Err(why) => {
            let (form, wait, status) = told_why(&web, &clerk.asked, form, "password", "confirm-wrong", why);
            draw_confirm(&web, &clerk, form, &back, wait, status).await
        }
    }
}

/// `POST /desk/account/confirm/passkey`
async fn confirm_passkey(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let (read, answer) = passkey_answer(&body)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let back = way_back(read.get("back"));
    match web
        .app
        .confirm_by_passkey(&clerk.open, me(&clerk)?, &answer)
        .await
    {
        Ok(()) => Ok(Redirect::to(&back).into_response()),
        Err(why) => {
            let (form, wait, status) =
                told_why(&web, &clerk.asked, Filled::default(), "", "passkey-wrong", why);
            draw_confirm(&web, &clerk, form, &back, wait, status).await
        }
    }
}

fn theirs(web: &Web, clerk: &Clerk, id: &str, body: &[u8]) -> Result<OfficialId, Fault> {
    let read = form::urlencoded(body, &[])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    id.parse().map_err(|_| Fault::not_found())
}

/// `POST /desk/organisation/officials/{id}/sessions`: 강제 로그아웃.
async fn end_sessions(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let official = theirs(&web, &clerk, &id, &body)?;
    web.app
        .end_sessions(&clerk.who, official, &clerk.asked.call(""))
        .await?;
    Ok(done(People::Official(id), "sessions_ended"))
}

/// `POST /desk/organisation/officials/{id}/factors`: 2단계 인증 초기화.
async fn reset_factors(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let official = theirs(&web, &clerk, &id, &body)?;
    let way = People::Official(id);
    if let Some(confirm) = web.confirm_first(&clerk, &way.to_string()) {
        return Ok(confirm);
    }
    web.app
        .reset_factors(&clerk.who, official, &clerk.asked.call(""))
        .await?;
    Ok(done(way, "factors_reset"))
}

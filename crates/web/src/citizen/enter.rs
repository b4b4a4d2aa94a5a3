//! 들어오기 — signing in by a one-time code to a telephone or mail address, signing out, looking up by number.
//!
//! What is typed is carried from form to form in the form itself: nothing about anybody stands in an address.

use super::identity::doors;
use crate::{
    Web,
    form::{self, Field, Read, Shape},
    lang::safe_return,
    route::To,
    security::Fault,
    session::Visitor,
    view::{
        Filled, Message, View,
        citizen::contact::{Code, LookUp, Purpose, SignIn},
    },
};
use app::identity::{Address, CODE_LIVES, NotLetIn, masked};
use axum::{
    body::Bytes,
    extract::{Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{assurance::Assurance, number::FilingNumber};
use serde::Deserialize;

/// 이름 말고 연락처를 읽는 칸 — telephone or mail.
pub const REACH: [Field; 3] = [
    Field {
        name: "reach",
        label: "reach",
        max: 5,
        shape: Shape::NeededChoice(&["phone", "mail"]),
    },
    Field {
        name: "phone",
        label: "phone",
        max: 20,
        shape: Shape::Line,
    },
    Field {
        name: "mail",
        label: "mail",
        max: 254,
        shape: Shape::Line,
    },
];
const BACK: Field = Field {
    name: "back",
    label: "back",
    max: 2_000,
    shape: Shape::Line,
};
pub(super) const CODE: Field = Field {
    name: "code",
    label: "code",
    max: 20,
    shape: Shape::NeededLine,
};

/// The contact a form names; what is wrong with it is added to the form.
pub fn address(read: &mut Read) -> Option<Address> {
    let reach = read.get("reach").to_owned();
    if !matches!(reach.as_str(), "phone" | "mail") {
        return None;
    }
    let mail = reach == "mail";
    let address = Address::parse(read.get(&reach)).filter(|a| a.value.contains('@') == mail);
    if address.is_none() {
        let key = if mail {
            "error-mail-form"
        } else {
            "error-phone-form"
        };
        let filled = std::mem::take(&mut read.filled);
        read.filled = filled.wrong(&reach, Message::new(key));
    }
    address
}

/// For how many minutes a code holds.
pub const MINUTES: u32 = (CODE_LIVES / 60_000) as u32;

/// A form drawn again because somebody was not let in.
pub fn not_let_in<V: View>(
    web: &Web,
    visitor: &Visitor,
    why: NotLetIn,
    field: &str,
    form: Filled,
    page: impl FnOnce(Filled) -> V,
) -> Result<Response, Fault> {
    let figures = &web.options.figures;
    figures.turned_away(crate::figures::CITIZEN, &why);
    let (status, message, wait) = match why {
        NotLetIn::Wrong | NotLetIn::Unfit(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            Message::new("error-code-wrong"),
            None,
        ),
        NotLetIn::Wait(seconds) => (
            StatusCode::TOO_MANY_REQUESTS,
            Message::new("error-wait").with("minutes", (seconds + 59) / 60),
            Some(seconds),
        ),
        NotLetIn::NotSent | NotLetIn::Away => (
            StatusCode::SERVICE_UNAVAILABLE,
            Message::new("error-code-not-sent"),
            None,
        ),
        NotLetIn::Trouble(trouble) => {
            let told = super::told(&trouble);
            (Fault::from(trouble).status, told, None)
        }
    };
    let page = page(form.wrong(field, message));
    let mut response = web.page_again(&visitor.asked, visitor.person.as_ref(), &page, status)?;
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
pub struct Back {
    /// A path of ours.
    #[serde(default)]
    pub back: String,
}

pub(super) fn back_or_mine(back: &str) -> String {
    match safe_return(back) {
        "/" => To::Mine.to_string(),
        path => path.to_owned(),
    }
}

/// `GET /sign-in`
pub async fn sign_in(
    State(web): State<Web>,
    visitor: Visitor,
    Query(back): Query<Back>,
) -> Result<Response, Fault> {
    let back = back_or_mine(&back.back);
    if visitor.person.is_some() {
        return Ok(Redirect::to(&back).into_response());
    }
    let lang = visitor.asked.visit.lang;
    let view = SignIn {
        back,
        doors: doors(&web, Assurance::None, lang),
        form: Filled::default(),
    };
    web.page(&visitor.asked, None, &view)
}

/// `POST /sign-in`: sends the code.
pub async fn ask_code(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    let [reach, phone, mail] = REACH;
    let mut read = form::urlencoded(&body, &[reach, phone, mail, BACK])?;
    web.admit(&visitor.asked, &read)?;
    let back = back_or_mine(read.get("back"));
    let address = address(&mut read);
    let lang = visitor.asked.visit.lang;
    let page = |form| SignIn {
        back: back.clone(),
        doors: doors(&web, Assurance::None, lang),
        form,
    };
    let Some(address) = address.filter(|_| read.sound()) else {
        let person = visitor.person.as_ref();
        return web.page_again(
            &visitor.asked,
            person,
            &page(read.filled),
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    };
    if let Err(why) = web.app.ask_code(&address, lang, &visitor.asked.origin).await {
        return not_let_in(&web, &visitor, why, "", read.filled, page);
    }
    let view = code_page(&address, &back, Filled::default());
    web.page(&visitor.asked, None, &view)
}

fn code_page(address: &Address, back: &str, form: Filled) -> Code {
    Code {
        purpose: Purpose::SignIn,
        action: To::Code.to_string(),
        again: To::SignIn.to_string(),
        sent_to: Some(masked(address)),
        minutes: MINUTES,
        keep: vec![
            ("address".into(), address.value.clone()),
            ("back".into(), back.to_owned()),
        ],
        form,
    }
}

/// `POST /sign-in/code`: checks the code and lets in.
pub async fn check_code(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    const ADDRESS: Field = Field {
        name: "address",
        label: "contact",
        max: 254,
        shape: Shape::NeededLine,
    };
    let read = form::urlencoded(&body, &[CODE, ADDRESS, BACK])?;
    web.admit(&visitor.asked, &read)?;
    let Some(address) = Address::parse(read.get("address")) else {
        return Ok(Redirect::to(&To::SignIn.to_string()).into_response());
    };
    let back = back_or_mine(read.get("back"));
    let page = |form| code_page(&address, &back, form);
    if !read.sound() {
        let view = page(read.filled);
        return web.page_again(&visitor.asked, None, &view, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let lang = visitor.asked.visit.lang;
    match web.app.verify_contact(&address, read.get("code"), lang).await {
        Ok(person) => {
            let open = web
                .app
                .sign_in(person, &visitor.asked.visit.session.0, web.app.proof_by_code())
                .await?;
            Ok(web.enter(&open, &back))
        }
        Err(why) => not_let_in(&web, &visitor, why, "code", without_code(read.filled), page),
    }
}

pub(super) fn without_code(mut form: Filled) -> Filled {
    form.values.remove("code");
    form
}

/// `POST /sign-out`
pub async fn sign_out(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[])?;
    web.admit(&visitor.asked, &read)?;
    if let Some(person) = &visitor.person {
        web.app.end_session(&person.open.session).await?;
    }
    // A new token: what the old one wrote as a guest belongs to nobody any more.
    let cookie = web.gate.set_cookie(&web.gate.new_session());
    Ok((
        [(header::SET_COOKIE, cookie)],
        Redirect::to(&To::Home.to_string()),
    )
        .into_response())
}

/// Addresses that only take forms, opened by hand or after switching the language.
pub async fn to_sign_in() -> Redirect {
    Redirect::to(&To::SignIn.to_string())
}
/// As [`to_sign_in`].
pub async fn to_look_up() -> Redirect {
    Redirect::to(&To::LookUp.to_string())
}
/// As [`to_sign_in`].
pub async fn to_home() -> Redirect {
    Redirect::to(&To::Home.to_string())
}

const NUMBER: Field = Field {
    name: "number",
    label: "number",
    max: 60,
    shape: Shape::NeededLine,
};

/// `GET /look-up`
pub async fn look_up(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    let view = LookUp {
        form: Filled::default(),
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// `POST /look-up`: sends a code to the contact of that petition, and never says whether there is one.
pub async fn ask_number(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, &[NUMBER])?;
    web.admit(&visitor.asked, &read)?;
    let number: Option<FilingNumber> = read.get("number").trim().parse().ok();
    if number.is_none() && read.sound() {
        read.filled = read.filled.wrong("number", Message::new("error-number-form"));
    }
    let page = |form| LookUp { form };
    let person = visitor.person.as_ref();
    let Some(number) = number.filter(|_| read.sound()) else {
        return web.page_again(
            &visitor.asked,
            person,
            &page(read.filled),
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    };
    if let Some(person) = person {
        let who = domain::access::Who::Citizen(person.id);
        if web.app.numbered(&who, number).await.is_ok() {
            let way = To::Petition(number.to_string()).to_string();
            return Ok(Redirect::to(&way).into_response());
        }
    }
    let lang = visitor.asked.visit.lang;
    if let Err(why) = web.app.ask_code_for(number, lang, &visitor.asked.origin).await {
        return not_let_in(&web, &visitor, why, "", read.filled, page);
    }
    web.page(&visitor.asked, person, &number_page(number, Filled::default()))
}

fn number_page(number: FilingNumber, form: Filled) -> Code {
    Code {
        purpose: Purpose::LookUp,
        action: To::LookUpCode.to_string(),
        again: To::LookUp.to_string(),
        sent_to: None,
        minutes: MINUTES,
        keep: vec![("number".into(), number.to_string())],
        form,
    }
}

/// `POST /look-up/code`: checks the code and shows the petition.
pub async fn check_number(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[CODE, NUMBER])?;
    web.admit(&visitor.asked, &read)?;
    let Ok(number) = read.get("number").parse::<FilingNumber>() else {
        return Ok(to_look_up().await.into_response());
    };
    let page = |form| number_page(number, form);
    let person = visitor.person.as_ref();
    if !read.sound() {
        return web.page_again(
            &visitor.asked,
            person,
            &page(read.filled),
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    }
    match web.app.verify_number(number, read.get("code")).await {
        Ok(person) => {
            let open = web
                .app
                .sign_in(person, &visitor.asked.visit.session.0, web.app.proof_by_code())
                .await?;
            Ok(web.enter(&open, &To::Petition(number.to_string()).to_string()))
        }
        Err(why) => not_let_in(&web, &visitor, why, "code", without_code(read.filled), page),
    }
}

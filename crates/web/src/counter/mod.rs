//! 창구의 길 — the handlers behind the counter's pages and behind what stands in the hall.
//!
//! No rule of law stands here: what a sitting may hold is asked of `app`. What was typed comes back with every fault.

pub mod entry;
pub mod hall;
pub mod lists;
pub mod oral;
pub mod post;
pub mod shred;
pub mod small;

use crate::{
    Web,
    citizen::UPLOAD_BYTES,
    form::{Field, Shape},
    security::{FORM_BYTES, Fault, guard},
    session::{Clerk, room},
    view::{
        Filled, Message,
        counter::{Tabs, at},
    },
};
use app::{
    act::{ActError, Petitioner},
    counter::{keeps_register, takes_in},
    identity::Address,
};
use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn_with_state, routing::get};
use domain::refusal::Refusal;

/// The counter's pages, behind the officials' gate.
pub fn desk(web: &Web) -> Router<Web> {
    let uploads = Router::new()
        .route(at::Entry, get(entry::page).post(entry::send))
        .route(at::ReadBack, get(oral::read_back).post(oral::sign))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES));
    let pages = Router::new()
        .route(at::Done, get(entry::done))
        .route(at::Oral, get(oral::page).post(oral::write))
        .route(at::Small, get(small::page).post(small::send))
        .route(at::Shred, get(shred::page).post(shred::tap))
        .route(at::Queue, get(hall::queue).post(hall::press))
        .route(at::Claims, get(lists::claims))
        .route(at::Issued, get(lists::issued))
        .route(at::IssuedFile, get(lists::issued_file))
        .route(at::Post, get(post::page).post(post::send))
        .route(at::PostFile, get(post::file))
        .route(at::Certificate, get(lists::certificate))
        .route(at::Answers, get(lists::answers))
        .route(at::Answer, get(lists::answer).post(lists::keep))
        .layer(DefaultBodyLimit::max(FORM_BYTES));
    uploads
        .merge(pages)
        .layer(from_fn_with_state(web.clone(), room))
        .layer(from_fn_with_state(web.desk.clone(), guard))
}

/// Where the clerk goes after taking a petition in: to the petition, or, where it went to those entitled, to its number.
fn taken(web: &Web, petition: &domain::petition::Petition) -> String {
    let number = petition.number.to_string();
    if petition.protected && !web.app.is_inside() {
        crate::view::desk::Desk::HandedIn(number).to_string()
    } else {
        crate::view::counter::Counter::Done(number).to_string()
    }
}

/// What stands in the hall and what anyone may check, behind the citizens' gate.
pub fn hall(web: &Web) -> Router<Web> {
    Router::new()
        .route(at::Check, get(hall::check_form).post(hall::check))
        .route(at::Kiosk, get(hall::kiosk).post(hall::take))
        .route(at::Ticket, get(hall::ticket))
        .route(at::Hall, get(hall::board))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn_with_state(web.gate.clone(), guard))
}

const fn field(name: &'static str, label: &'static str, max: usize, shape: Shape) -> Field {
    Field {
        name,
        label,
        max,
        shape,
    }
}

/// The tabs an official sees.
fn tabs(clerk: &Clerk, here: &'static str) -> Tabs {
    Tabs {
        here,
        takes_in: takes_in(&clerk.who),
        register: keeps_register(&clerk.who),
        post: app::post::sends_post(&clerk.who),
    }
}

/// Only for those who sit at the counter; for others these pages are not there.
fn at_the_counter(clerk: &Clerk) -> Result<(), Fault> {
    if takes_in(&clerk.who) {
        Ok(())
    } else {
        Err(Fault::not_found())
    }
}

/// Who asks, as entered: name, and at least one way to reach them.
fn petitioner(form: &mut Filled, lang: &str) -> Option<Petitioner> {
    let get = |form: &Filled, name: &str| form.values.get(name).map_or("", String::as_str).trim().to_owned();
    let name = get(form, "name");
    let (phone, mail, address) = (get(form, "phone"), get(form, "mail"), get(form, "address"));
    let before = form.errors.len();
    let mut wrong = |field: &str, message: Message| {
        *form = std::mem::take(form).wrong(field, message);
    };
    if name.is_empty() {
        wrong("name", Message::new("error-required").with("field", "@name"));
    }
    if phone.is_empty() && mail.is_empty() && address.is_empty() {
        wrong("phone", Message::new("counter-error-reach"));
    }
    let reach = |value: &str, is_mail: bool| {
        Address::parse(value).filter(|address| address.value.contains('@') == is_mail)
    };
    let phone = match phone.as_str() {
        "" => None,
        typed => {
            let known = reach(typed, false);
            if known.is_none() {
                wrong("phone", Message::new("error-phone-form"));
            }
            known.map(|address| address.value)
        }
    };
    let mail = match mail.as_str() {
        "" => None,
        typed => {
            let known = reach(typed, true);
            if known.is_none() {
                wrong("mail", Message::new("error-mail-form"));
            }
            known.map(|address| address.value)
        }
    };
    (form.errors.len() == before).then(|| {
        let address = (!address.is_empty()).then_some(address);
        Petitioner::written_down(name, phone, mail, address, lang)
    })
}

/// What stopped a sitting: a refusal to show beside the form, or something else.
fn refusal(error: ActError) -> Result<Refusal, Fault> {
    match error {
        ActError::Refused(refusal) => Ok(refusal),
        ActError::NotFound => Err(Fault::not_found()),
        ActError::Trouble(trouble) => Err(trouble.into()),
    }
}

//! 더 말씀하실 것 — changes before the end, an objection to a refusal, a further question.

use super::{
    ONCE, attached, files as files_of, limits,
    mine::{Open, once, reopen},
};
use crate::{
    Web,
    form::{self, Field, Shape},
    security::Fault,
    session::{Asked, Citizen},
    view::{
        Filled, Message,
        citizen::say::{Say, What},
    },
};
use app::words::{self, Raw};
use axum::{
    extract::{Multipart, Path, State},
    response::Response,
};
use domain::act::Act;
use jiff::civil::Date;

fn known(what: &str) -> Result<What, Fault> {
    What::of(what).ok_or_else(Fault::not_found)
}

fn view(web: &Web, open: &Open, what: What, form: Filled) -> Say {
    let sent = open.case.petition.end.and_then(|end| end.sent_at.date());
    let earliest = sent.filter(|_| what == What::Objection);
    Say {
        number: open.number.clone(),
        title: open.title.clone(),
        what,
        disclosure: !open.case.petition.kind.is_petition(),
        earliest,
        until: earliest.and_then(|sent| web.app.objection_until(open.case.petition.kind, sent)),
        files: what.takes_files(),
        limits: limits(web),
        once: once(web, &form),
        form,
    }
}

/// `GET /my/{number}/say/{what}`
pub async fn page(
    State(web): State<Web>,
    citizen: Citizen,
    Path((number, what)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let what = known(&what)?;
    let open = Open::new(&web, citizen, &number).await?;
    let view = view(&web, &open, what, Filled::default());
    open.page(&web, what.deed(), &view)
}

/// `POST /my/{number}/say/{what}`
pub async fn send(
    State(web): State<Web>,
    asked: Asked,
    Path((number, what)): Path<(String, String)>,
    parts: Multipart,
) -> Result<Response, Fault> {
    const FIELDS: &[Field] = &[
        Field {
            name: "received",
            label: "say-received",
            max: 10,
            shape: Shape::Line,
        },
        Field {
            name: "text",
            label: "body",
            max: words::BODY,
            shape: Shape::Text,
        },
        ONCE,
    ];
    let what = known(&what)?;
    let mut read = form::multipart(parts, FIELDS, files_of(&web)).await?;
    web.admit(&asked, &read)?;
    let files = attached(std::mem::take(&mut read.files), &mut read.filled);
    let blank = |form| Say {
        number: number.clone(),
        title: number.clone(),
        what,
        disclosure: false,
        earliest: None,
        until: None,
        files: what.takes_files(),
        limits: limits(&web),
        once: once(&web, &form),
        form,
    };
    let open = match reopen(&web, &asked, &number, &read, blank).await {
        Ok(open) => open,
        Err(answer) => return answer,
    };
    let words = read.get("text").trim().to_owned();
    if words.is_empty() && (what != What::Amend || files.is_empty()) {
        let message = match what {
            What::Amend => Message::new("error-supplement-empty"),
            What::Objection | What::Further => {
                Message::new("error-required").with("field", format!("@say-{}-text", what.code()))
            }
        };
        read.filled = std::mem::take(&mut read.filled).wrong("text", message);
    }
    let received: Option<Date> = read.get("received").trim().parse().ok();
    if what == What::Objection && received.is_none() {
        read.filled = std::mem::take(&mut read.filled).wrong("received", Message::new("error-date-form"));
    }
    if !read.sound() {
        return open.wrong(&web, &view(&web, &open, what, read.filled));
    }
    let text = Raw::text(&words);
    let act = match (what, received) {
        (What::Objection, Some(received)) => Act::Object {
            reason: text,
            received,
            files,
        },
        (What::Further, _) => Act::AskFurther { what: text },
        (What::Amend | What::Objection, _) => Act::Amend {
            note: Raw::optional(&words),
            files,
        },
    };
    open.act(&web, act, read, what.code(), |form| view(&web, &open, what, form))
        .await
}

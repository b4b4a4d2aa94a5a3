//! 공동이용을 보고 정하는 길 — the petitioner sees who looked up what, consents, withdraws, and asks for the record.

use super::{ONCE, again, mine::once, named};
use crate::{
    Web,
    desk::sharing::{boxes, shares, ticked, with_boxes},
    form::{self, Field, Shape},
    route::To,
    security::Fault,
    session::{Citizen, id16, with_done},
    view::{Filled, citizen::sharing::SharingPage},
};
use app::sharing::{MOST_LINE, Signed};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{consent::Purpose, id::PetitionId};

/// The name signed with: here and with a filing.
pub(super) const SIGNATURE: Field = Field {
    name: "signature",
    label: "sharing-signature",
    max: MOST_LINE,
    shape: Shape::Line,
};

const FIELDS: &[Field] = &[
    ONCE,
    SIGNATURE,
    Field {
        name: "id",
        label: "send",
        max: 32,
        shape: Shape::Line,
    },
    Field {
        name: "do",
        label: "send",
        max: 10,
        shape: Shape::NeededChoice(&["give", "withdraw", "ask"]),
    },
];

/// What was ticked and signed, if anything was.
pub(super) fn signed(ticked: &[String], name: &str) -> Signed {
    Signed {
        items: ticked.iter().filter_map(|item| item.parse().ok()).collect(),
        purpose: Purpose::Documents,
        name: name.to_owned(),
        drawn: None,
    }
}

async fn view(
    web: &Web,
    citizen: &Citizen,
    id: PetitionId,
    form: Filled,
    ticked: Vec<String>,
) -> Result<SharingPage, Fault> {
    let who = citizen.who();
    let case = web.app.case(&who, id, &citizen.asked.call("")).await?;
    let shared = web.app.shared(&who, id).await?;
    let shares = shares(web, &shared, citizen.asked.visit.lang);
    Ok(SharingPage {
        number: case.petition.number.to_string(),
        title: case.texts.text(case.petition.title).unwrap_or("-").to_owned(),
        awaited: shares.records.iter().any(|record| record.told_at.is_none()),
        shares,
        ticked,
        once: once(web, &form),
        form,
    })
}

/// `GET /my/{number}/sharing`
pub async fn page(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let id = named(&web, &citizen, &number).await?;
    let view = view(&web, &citizen, id, Filled::default(), Vec::new()).await?;
    web.page(&citizen.asked, Some(&citizen.person), &view)
}

/// `POST /my/{number}/sharing`
pub async fn send(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let boxes = boxes(&web);
    let read = form::urlencoded(&body, &with_boxes(FIELDS, &boxes))?;
    web.admit(&citizen.asked, &read)?;
    let id = named(&web, &citizen, &number).await?;
    let (who, ticked) = (citizen.who(), ticked(&read, &boxes));
    if !read.sound() {
        let view = view(&web, &citizen, id, read.filled, ticked).await?;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return web.page_again(&citizen.asked, Some(&citizen.person), &view, status);
    }
    let call = citizen.asked.call(read.get("once"));
    let (done, what, field) = match read.get("do") {
        "withdraw" => {
            let consent = id16(read.get("id")).ok_or_else(Fault::not_found)?;
            let done = web.app.withdraw_consent(&who, id, consent, &call).await;
            (done, "sharing-withdrawn", "")
        }
        "ask" => (
            web.app.ask_shared_record(&who, id, &call).await,
            "sharing-asked",
            "",
        ),
        _ => {
            let signed = signed(&ticked, read.get("signature"));
            let field = if ticked.is_empty() { "items" } else { "signature" };
            (
                web.app.consent(&who, id, &signed, &call).await,
                "sharing-given",
                field,
            )
        }
    };
    let Err(error) = done else {
        let way = with_done(&To::Sharing(number), what);
        return Ok(Redirect::to(&way).into_response());
    };
    let mut form = read.filled;
    // What was refused may be sent again, corrected.
    form.values.remove("once");
    let page = view(&web, &citizen, id, form, ticked).await?;
    again(&web, &citizen.asked, Some(&citizen.person), error, |told| {
        let form = page.form.clone().wrong(field, told);
        SharingPage { form, ..page }
    })
}

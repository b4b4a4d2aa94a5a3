//! 오작성 서식 파기의 길 — one tap, one number.

use super::{at_the_counter, field, tabs};
use crate::{
    Web,
    form::{self, Field, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        counter::{Counter, shred::Shred},
        desk::Here,
    },
};
use axum::{
    body::Bytes,
    response::{IntoResponse, Redirect, Response},
};

const FIELDS: &[Field] = &[field("do", "send", 10, Shape::NeededChoice(&["count", "undo"]))];

async fn view(web: &Web, clerk: &Clerk) -> Result<Shred, Fault> {
    Ok(Shred {
        bar: web.bar(clerk, Here::Counter).await?,
        tabs: tabs(clerk, "shred"),
        today: web.app.shredded_today(&clerk.who).await?,
    })
}

/// `GET /desk/counter/shredded`
pub async fn page(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    web.desk_page(&clerk, &view(&web, &clerk).await?)
}

/// `POST /desk/counter/shredded`
pub async fn tap(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    let read = form::urlencoded(&body, FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    if read.sound() {
        let undo = read.get("do") == "undo";
        web.app.shred(&clerk.who, undo, &clerk.asked.call("")).await?;
    }
    Ok(Redirect::to(&Counter::Shred.to_string()).into_response())
}

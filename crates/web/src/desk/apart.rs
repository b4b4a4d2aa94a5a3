//! 분리 보관 열람의 길 — what there is, and the one door to it: a reason is asked, and what opens is shown once, at no address of its own.

use super::disposal::called;
use crate::{
    Web,
    form::{self, Named, Shape},
    security::Fault,
    session::{Clerk, Seated, id16},
    show,
    view::{
        Filled, Message,
        desk::{
            Here, at,
            disposal::{ApartList, ApartLookRow, ApartPage, ApartRow},
        },
    },
};
use app::act::ActError;
use app::erase::apart::{Kept, WHY};
use axum::{Router, body::Bytes, extract::Query, http::StatusCode, response::Response, routing::get};
use domain::refusal::Refusal;
use domain::retention::NO_END;
use domain::terms::By;
use domain::text::hex;
use domain::time::At;
use serde::Deserialize;

/// The page; the caller puts it behind the gate.
pub fn router() -> Router<Web> {
    Router::new().route(at::Apart, get(page).post(open))
}

/// What the list is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    older: Option<String>,
}

fn row(n: usize, kept: &Kept) -> ApartRow {
    ApartRow {
        n,
        id: hex(&kept.apart.owner),
        number: kept.petition.as_ref().map_or_else(String::new, called),
        basis: kept.apart.basis.clone(),
        until: Some(kept.apart.until).filter(|until| *until != NO_END),
        at: kept.apart.at,
        entry: (kept.entry).map_or_else(String::new, |(year, n)| format!("{year}-{n}")),
    }
}

fn behind(mark: &str) -> Option<(At, [u8; 16])> {
    let (at, owner) = mark.split_once('-')?;
    Some((At(at.parse().ok()?), id16(owner)?))
}

async fn list(
    web: &Web,
    clerk: &Clerk,
    older: Option<&str>,
    form: Filled,
    status: StatusCode,
) -> Result<Response, Fault> {
    let call = clerk.asked.call("");
    let (kept, more) = (web.app)
        .kept_apart(&clerk.who, older.and_then(behind), &call)
        .await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let looks = web.app.looks_apart(&clerk.who).await?;
    let last = kept.last().filter(|_| more);
    let view = ApartList {
        bar: web.bar(clerk, Here::Papers).await?,
        older: last.map(|kept| format!("{}-{}", kept.apart.at.0, hex(&kept.apart.owner))),
        rows: (kept.iter().zip(1..)).map(|(kept, n)| row(n, kept)).collect(),
        looks: (looks.into_iter())
            .map(|looked| ApartLookRow {
                at: looked.look.at,
                by: reader.by(By::Official(looked.look.official)),
                number: looked.petition.as_ref().map_or_else(String::new, called),
                why: looked.why,
            })
            .collect(),
        form,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/apart`
pub async fn page(
    Seated(web): Seated,
    clerk: Clerk,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fault> {
    let older = wanted.older.as_deref();
    list(&web, &clerk, older, Filled::default(), StatusCode::OK).await
}

/// `POST /desk/apart`
pub async fn open(
    Seated(web): Seated,
    clerk: Clerk,
    Query(wanted): Query<Wanted>,
    body: Bytes,
) -> Result<Response, Fault> {
    let names: Vec<String> = (1..=50).map(|n| format!("why-{n}")).collect();
    let line = |name, max| Named {
        name,
        label: "apart-why",
        max,
        shape: Shape::Line,
    };
    let mut fields: Vec<Named<'_>> = names.iter().map(|name| line(name.as_str(), WHY.1)).collect();
    fields.extend([line("n", 3), line("owner", 32)]);
    let mut read = form::urlencoded(&body, &fields)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let field = format!("why-{}", read.get("n"));
    let owner = id16(read.get("owner")).ok_or_else(Fault::not_found)?;
    let why = read.get(&field).trim().to_owned();
    let call = clerk.asked.call("");
    let fault = match web.app.open_apart(&clerk.who, owner, &why, &call).await {
        Ok(open) => {
            let n = read.get("n").parse().unwrap_or(1);
            let view = ApartPage {
                bar: web.bar(&clerk, Here::Papers).await?,
                row: row(n, &open.kept),
                why,
                contact: open.contact.map(|contact| {
                    let phone = contact.phone.map(|phone| domain::korean::phone(&phone));
                    let [phone, mail, address] = [phone, contact.mail, contact.address];
                    [
                        contact.name,
                        phone.unwrap_or_default(),
                        mail.unwrap_or_default(),
                        address.unwrap_or_default(),
                    ]
                }),
                words: open.words,
            };
            return web.desk_page(&clerk, &view);
        }
        Err(ActError::Refused(Refusal::BasisMissing)) => Message::new("apart-error-why"),
        Err(ActError::Refused(refusal)) => show::refused(refusal),
        Err(other) => return Err(other.into()),
    };
    read.filled = std::mem::take(&mut read.filled).wrong(&field, fault);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    list(&web, &clerk, wanted.older.as_deref(), read.filled, status).await
}

//! 공무원의 길 — the handlers behind the officials' pages: read the form, ask `app`, draw what comes back.
//!
//! No rule of law stands here: what is possible is asked of `app`, which lists to show follows from the seats. What was
//! typed is never lost: it comes back with the page, whoever was first and whatever is away.

pub mod account;
pub mod act;
pub mod apart;
pub mod ask;
pub mod bulk;
pub mod case;
pub mod disposal;
pub mod door;
pub mod enter;
mod entrust;
pub mod erasure;
pub mod fields;
pub mod files;
pub mod follow;
pub mod gate;
pub mod given;
pub mod handbook;
pub mod list;
pub mod papers;
pub mod party;
pub mod past;
pub mod people;
mod phrases;
pub mod plain;
pub mod privacy;
pub mod proceeding;
pub mod reader;
pub mod room;
pub mod sharing;
pub mod supervision;
mod visitors;

use crate::{
    Web,
    citizen::UPLOAD_BYTES,
    render::Lang,
    security::{FORM_BYTES, Fault, guard},
    session::{Asked, Clerk, Seated},
    show,
    view::{
        Frame, Message, Notice, Tone, View,
        desk::{Bar, Desk, Here, at},
    },
};
use app::{Trouble, act::ActError, desk as lists};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Path},
    http::{StatusCode, header},
    middleware::from_fn_with_state,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{access::Who, id::PetitionId, life::Deed, number::FilingNumber, refusal::Refusal};
use reader::Reader;

/// Counts in the menu and on the tabs stop here.
const MOST: u32 = 1_000;

/// The officials' pages behind their gate.
pub fn router(web: &Web) -> Router<Web> {
    let acts = Router::new()
        .route(at::Act, get(act::form).post(act::send))
        .route(at::Template, get(papers::template).post(papers::lay))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES));
    let pages = Router::new()
        .route(at::SignIn, get(enter::sign_in).post(enter::log_in))
        .route(at::SignOut, get(enter::to_work).post(enter::sign_out))
        .route(at::Work, get(list::work))
        .route(at::Bulk, get(enter::to_work).post(bulk::send))
        .route(at::Keys, get(bulk::keys))
        .route(at::Filter, get(enter::to_work).post(follow::filter))
        .route(at::News, get(follow::news).post(follow::confirm))
        .route(at::Pulse, get(follow::pulse))
        .route(at::CasePulse, get(follow::case_pulse))
        .route(at::Search, get(list::search).post(list::find))
        .route(at::Approvals, get(list::approvals))
        .route(at::Register, get(papers::register_form).post(papers::register))
        .route(at::Papers, get(papers::papers).post(papers::set))
        .route(at::Gate, get(enter::to_work).post(gate::give))
        .route(at::People, get(list::people))
        .route(at::About, get(list::about))
        .route(at::Case, get(case::page))
        .route(at::Reveal, get(case::to_case_page).post(case::reveal))
        .route(at::Paper, get(case::paper))
        .route(at::File, get(case::file))
        .route(at::HeldFiles, get(files::list))
        .route(at::HeldFile, get(files::page).post(files::decide))
        .route(at::Supervision, get(supervision::delays))
        .route(at::Speed, get(supervision::speed))
        .route(at::SpeedCsv, get(supervision::speed_csv))
        .route(at::Letters, get(supervision::letters).post(supervision::issue))
        .route(at::Months, get(supervision::month::months))
        .route(
            at::Month,
            get(supervision::month::month).post(supervision::month::send),
        )
        .route(at::MonthPaper, get(supervision::month::paper))
        .route(
            at::Finding,
            get(supervision::month::finding).post(supervision::month::answer),
        )
        .route(at::Erasure, get(erasure::page).post(erasure::send))
        .route(at::ErasureFile, get(erasure::file_csv))
        .route(at::ErasurePdf, get(erasure::file_pdf))
        .route(at::ErasurePaper, get(erasure::certificate))
        .route(at::ErasureCase, get(erasure::case).post(erasure::decide))
        .route(at::Known, get(known))
        .layer(DefaultBodyLimit::max(FORM_BYTES));
    acts.merge(pages)
        .merge(room::router())
        .merge(privacy::router())
        .merge(proceeding::router())
        .merge(disposal::router())
        .merge(sharing::router())
        .merge(people::router())
        .merge(account::router())
        .merge(visitors::router())
        .layer(from_fn_with_state(web.clone(), crate::session::room))
        .layer(from_fn_with_state(web.desk.clone(), guard))
        .merge(handbook::router(web))
}

/// `GET /desk/{id}`: where notices lead; on to the petition by its number, for one who may know of it.
async fn known(Seated(web): Seated, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    let id: PetitionId = id.parse().map_err(|_| Fault::not_found())?;
    let petition = web.app.standing(&clerk.who, id).await?;
    let way = Desk::Case(petition.number.to_string()).to_string();
    Ok(Redirect::to(&way).into_response())
}

/// The petition an address names: by 신청번호, or by its identity.
async fn named(web: &Web, who: &Who, number: &str) -> Result<PetitionId, ActError> {
    if let Ok(id) = number.parse::<PetitionId>() {
        return Ok(id);
    }
    let number: FilingNumber = number.parse().map_err(|_| ActError::NotFound)?;
    web.app.numbered(who, number).await
}

impl Web {
    /// The menu of an official's page.
    pub(crate) async fn bar(&self, clerk: &Clerk, here: Here) -> Result<Bar, Fault> {
        let waiting = self.app.count(&clerk.who, lists::View::ToSign, MOST).await?;
        Ok(Bar {
            here,
            approvals: waiting.into(),
        })
    }

    /// Reads codes, names and texts in the language of a request.
    pub(crate) fn reader(&self, lang: Lang) -> Reader {
        Reader::new(self.clone(), lang)
    }

    /// The frame of an official's page.
    fn desk_frame(&self, asked: &Asked, who: Option<&Who>) -> Frame {
        let mut frame = self.desk.frame(&asked.visit);
        frame.inside = self.app.is_inside();
        if let Some(Who::Official(official)) = who {
            frame.entitled = self.app.is_entitled(official.id);
            let office = self.app.office();
            let person = office.officials.get(&official.id);
            frame.who = person.map(|p| format!("{} {}", p.name, p.title));
        }
        frame.notice = notice(&asked.visit.path);
        frame
    }

    /// Draws an official's page.
    pub(crate) fn desk_page<V: View>(&self, clerk: &Clerk, view: &V) -> Result<Response, Fault> {
        self.desk_page_as(clerk, view, StatusCode::OK)
    }

    /// Draws an official's page under another status: 409, 422, 503.
    pub(crate) fn desk_page_as<V: View>(
        &self,
        clerk: &Clerk,
        view: &V,
        status: StatusCode,
    ) -> Result<Response, Fault> {
        self.desk_draw(&clerk.asked, Some(&clerk.who), view, status)
    }

    fn desk_draw<V: View>(
        &self,
        asked: &Asked,
        who: Option<&Who>,
        view: &V,
        status: StatusCode,
    ) -> Result<Response, Fault> {
        let html = self.desk.pages.draw(&self.desk_frame(asked, who), view)?;
        let mut response = (status, Html(html)).into_response();
        if let Some(seconds) = Fault::of(status).retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        Ok(response)
    }
}

/// What is done on pages that are about no petition: the word `done-…` tells it.
const ROOMS_DONE: &[&str] = &["book-published", "book-closed"];

/// What the page before did, or why it could not: the address says which, so that nothing has to be kept.
fn notice(path: &str) -> Option<Notice> {
    let (_, query) = path.split_once('?')?;
    query.split('&').find_map(|pair| {
        let (name, code) = pair.split_once('=')?;
        match name {
            "done" if ROOMS_DONE.contains(&code) => Some(Notice {
                tone: Tone::Success,
                message: Message::new(format!("done-{code}")),
            }),
            "done" => Some(Notice {
                tone: Tone::Success,
                message: Message::new("desk-did")
                    .with("field", format!("@deed-{}", code.parse::<Deed>().ok()?)),
            }),
            "office" => Some(Notice {
                tone: match code {
                    "filter-full" | "filter-nameless" | "filter-unfit" => Tone::Warning,
                    _ => Tone::Success,
                },
                message: Message::new(format!(
                    "office-done-{}",
                    people::DONE.iter().find(|known| **known == code)?
                )),
            }),
            "not" => Some(Notice {
                tone: Tone::Warning,
                message: show::refused(code.parse::<Refusal>().ok()?),
            }),
            _ => None,
        }
    })
}

/// To the petition, with what was done or refused there.
fn to_case(number: &FilingNumber, query: &str) -> Response {
    let way = Desk::Case(number.to_string()).to_string();
    let way = if query.is_empty() {
        way
    } else {
        format!("{way}?{query}")
    };
    Redirect::to(&way).into_response()
}

/// What an official is told when the machine could not do it.
pub(crate) fn told(trouble: &Trouble) -> Message {
    Message::new(match trouble {
        Trouble::Unknown(_) => "trouble-unknown",
        Trouble::Unavailable(_) | Trouble::Contended | Trouble::Broken(_) => "trouble-away",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_words_are_told_as_done_or_refused() {
        let pages = crate::render::Pages::new().expect("pages");
        let said = |path: &str| notice(path).map(|n| pages.say("ko", &n.message).expect("words"));
        assert_eq!(
            said("/desk/cases/1?done=receive").as_deref(),
            Some("접수 — 처리하였습니다.")
        );
        assert!(said("/desk?queue=mine&not=send_back_open").is_some_and(|said| said.contains("제13조")));
        for path in [
            "/desk",
            "/desk?done=",
            "/desk?done=<b>",
            "/desk?not=receive",
            "/desk?x=receive",
        ] {
            assert!(notice(path).is_none(), "{path}");
        }
    }
}

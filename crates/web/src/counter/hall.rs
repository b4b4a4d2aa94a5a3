//! 민원실 — the windows call, the kiosk gives numbers, the board shows them, and anyone checks a code.

use super::{at_the_counter, field, tabs};
use crate::{
    Web,
    citizen::open::name_of,
    form::{self, Field, Shape},
    security::Fault,
    session::{Clerk, Visitor},
    view::{
        Filled, Message,
        counter::{
            Counter,
            hall::{Called, Check, Genuine, Hall, Kiosk, Line, Queue, TicketPage},
        },
        desk::Here,
    },
};
use app::{act::ActError, identity::NotLetIn};
use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    certificate::CheckCode,
    queue::{Business, Move, Ticket, TicketState, waits},
    refusal::Refusal,
};
use serde::Deserialize;

/// Numbers shown on the board.
const SHOWN: usize = 6;

fn lines(tickets: &[Ticket]) -> Vec<Line> {
    let of = |business: &Business| Line::of(*business, waits(tickets, *business));
    Business::ALL.iter().map(of).collect()
}

fn called(ticket: &Ticket) -> Called {
    Called {
        ticket: ticket.shown(),
        business: ticket.business,
        window: ticket.window,
    }
}

/// `?window=3&serves=general,certificate&told=…`
#[derive(Debug, Deserialize)]
pub struct At {
    #[serde(default)]
    window: u32,
    #[serde(default)]
    serves: String,
    #[serde(default)]
    told: String,
}

fn served(list: &str) -> Vec<Business> {
    list.split(',').filter_map(|code| code.parse().ok()).collect()
}

/// `GET /desk/counter/queue`
pub async fn queue(State(web): State<Web>, clerk: Clerk, Query(at): Query<At>) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    let tickets = web.app.tickets().await?;
    let window = at.window.clamp(1, 99);
    let serves = match served(&at.serves) {
        none if none.is_empty() => Business::ALL.to_vec(),
        some => some,
    };
    let here = tickets
        .iter()
        .filter(|t| t.state == TicketState::Called && t.window == window)
        .max_by_key(|t| t.called);
    let told = match at.told.as_str() {
        "nobody" => Some(Message::new("counter-nobody-waits")),
        "overtaken" => Some(Message::new("counter-queue-overtaken")),
        _ => None,
    };
    let view = Queue {
        bar: web.bar(&clerk, Here::Counter).await?,
        tabs: tabs(&clerk, "queue"),
        window,
        now: here.map(called),
        skipped: tickets
            .iter()
            .filter(|t| t.state == TicketState::Skipped)
            .map(called)
            .collect(),
        lines: lines(&tickets),
        serves,
        told,
    };
    web.desk_page(&clerk, &view)
}

const PRESSED: &[Field] = &[
    field("window", "counter-window", 2, Shape::Line),
    field("ticket", "counter-ticket", 8, Shape::Line),
    field("do", "send", 10, Shape::Line),
    field("general", "counter-serves", 4, Shape::Line),
    field("certificate", "counter-serves", 4, Shape::Line),
    field("one_stop", "counter-serves", 4, Shape::Line),
    field("help", "counter-serves", 4, Shape::Line),
];

/// `POST /desk/counter/queue`
pub async fn press(State(web): State<Web>, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    let read = form::urlencoded(&body, PRESSED)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let window: u32 = read.get("window").trim().parse().unwrap_or(1).clamp(1, 99);
    let serves: Vec<Business> = (Business::ALL.iter().copied())
        .filter(|business| !read.get(business.code()).is_empty())
        .collect();
    let asked = if serves.is_empty() {
        Business::ALL.to_vec()
    } else {
        serves.clone()
    };
    let step = match read.get("do") {
        "call" => Some(Move::Call),
        "recall" => Some(Move::Recall),
        "skip" => Some(Move::Skip),
        "finish" => Some(Move::Finish),
        _ => None,
    };
    let done = match step {
        Some(step) => {
            let tickets = web.app.tickets().await?;
            let seen = tickets.iter().find(|t| t.shown() == read.get("ticket")).copied();
            let seen = seen.ok_or_else(Fault::not_found)?;
            web.app
                .move_ticket(&clerk.who, &seen, step, window)
                .await
                .map(Some)
        }
        None if read.get("do") == "next" => {
            // Whoever stands at the window is finished with before the next is called.
            let tickets = web.app.tickets().await?;
            for stands in tickets
                .iter()
                .filter(|t| t.state == TicketState::Called && t.window == window)
            {
                let _ = web
                    .app
                    .move_ticket(&clerk.who, stands, Move::Finish, window)
                    .await;
            }
            web.app.call_next(&clerk.who, window, &asked).await
        }
        None => Ok(None),
    };
    let told = match done {
        Ok(None) if read.get("do") == "next" => "nobody",
        Ok(_) => "",
        Err(ActError::Refused(Refusal::NotNow)) => "overtaken",
        Err(ActError::Trouble(app::Trouble::Contended)) => "overtaken",
        Err(error) => return Err(error.into()),
    };
    let codes: Vec<&str> = serves.iter().map(|business| business.code()).collect();
    let query = [
        ("window".to_owned(), window.to_string()),
        ("serves".to_owned(), codes.join(",")),
        ("told".to_owned(), told.to_owned()),
    ];
    let way = crate::route::by_name("counter_queue", &[], &query).unwrap_or_default();
    Ok(Redirect::to(&way).into_response())
}

/// `GET /hall`
pub async fn board(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    let tickets = web.app.tickets().await?;
    let mut shown: Vec<&Ticket> = tickets
        .iter()
        .filter(|t| t.state == TicketState::Called)
        .collect();
    shown.sort_by_key(|ticket| std::cmp::Reverse(ticket.called));
    let view = Hall {
        called: shown.into_iter().take(SHOWN).map(called).collect(),
        lines: lines(&tickets),
        as_of: web.app.now(),
    };
    web.page(&visitor.asked, None, &view)
}

/// `GET /kiosk`
pub async fn kiosk(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    let tickets = web.app.tickets().await?;
    web.page(
        &visitor.asked,
        None,
        &Kiosk {
            lines: lines(&tickets),
        },
    )
}

/// `POST /kiosk`
pub async fn take(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    const FIELDS: &[Field] = &[field("business", "counter-business", 20, Shape::Line)];
    let read = form::urlencoded(&body, FIELDS)?;
    web.admit(&visitor.asked, &read)?;
    let business: Business = read.get("business").parse().map_err(|_| Fault::not_found())?;
    match web.app.take_ticket(business, &visitor.asked.origin).await {
        Ok(ticket) => Ok(Redirect::to(&Counter::Ticket(ticket.shown()).to_string()).into_response()),
        Err(NotLetIn::Trouble(trouble)) => Err(trouble.into()),
        Err(_) => Err(Fault::of(StatusCode::TOO_MANY_REQUESTS)),
    }
}

/// `GET /kiosk/{ticket}`
pub async fn ticket(
    State(web): State<Web>,
    visitor: Visitor,
    Path(shown): Path<String>,
) -> Result<Response, Fault> {
    let tickets = web.app.tickets().await?;
    let own = tickets
        .iter()
        .find(|t| t.shown() == shown)
        .ok_or_else(Fault::not_found)?;
    let before = tickets
        .iter()
        .filter(|t| t.business == own.business && t.state == TicketState::Waiting && t.n < own.n)
        .count();
    let view = TicketPage {
        ticket: own.shown(),
        business: own.business,
        before: u32::try_from(before).unwrap_or(u32::MAX),
        taken: own.taken,
        window: (own.state == TicketState::Called).then_some(own.window),
    };
    web.page(&visitor.asked, None, &view)
}

/// `?code=`: what the QR code of a certificate leads to; looked up only when the button is pressed.
#[derive(Debug, Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
}

/// `GET /check`
pub async fn check_form(
    State(web): State<Web>,
    visitor: Visitor,
    Query(code): Query<Code>,
) -> Result<Response, Fault> {
    let typed: String = code.code.chars().take(40).collect();
    let view = Check {
        form: Filled::of(&[("code", typed.as_str())]),
        ..Check::default()
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// `POST /check`
pub async fn check(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    const FIELDS: &[Field] = &[field("code", "counter-check-code", 40, Shape::NeededLine)];
    let mut read = form::urlencoded(&body, FIELDS)?;
    web.admit(&visitor.asked, &read)?;
    let person = visitor.person.as_ref();
    let code: Option<CheckCode> = read.get("code").parse().ok();
    if code.is_none() && read.sound() {
        read.filled = std::mem::take(&mut read.filled).wrong("code", Message::new("counter-error-code"));
    }
    let mut view = Check {
        form: std::mem::take(&mut read.filled),
        ..Check::default()
    };
    let Some(code) = code.filter(|_| view.form.errors.is_empty()) else {
        return web.page_again(&visitor.asked, person, &view, StatusCode::UNPROCESSABLE_ENTITY);
    };
    match web.app.check_certificate(code, &visitor.asked.origin).await {
        Ok(None) => view.unknown = true,
        Ok(Some(found)) => {
            let (office, lang) = (web.app.office(), visitor.asked.visit.lang);
            let service = found.service.and_then(|key| office.services.get(&key));
            let unit = found.unit.and_then(|unit| office.units.get(&unit));
            view.found = Some(Genuine {
                service: service.map(|s| name_of(s, lang)).unwrap_or_default(),
                issue: found.issue.number.to_string(),
                name: found.name,
                at: found.issue.at,
                copies: found.issue.copies,
                unit: unit
                    .map(|u| {
                        if lang == "en" {
                            u.name_en.clone()
                        } else {
                            u.name.clone()
                        }
                    })
                    .unwrap_or_default(),
            });
        }
        Err(NotLetIn::Wait(seconds)) => {
            view.wait = u32::try_from(seconds).ok();
            return web.page_again(&visitor.asked, person, &view, StatusCode::TOO_MANY_REQUESTS);
        }
        Err(NotLetIn::Trouble(trouble)) => return Err(trouble.into()),
        Err(NotLetIn::Wrong | NotLetIn::NotSent | NotLetIn::Away | NotLetIn::Unfit(_)) => {
            return Err(Fault::not_found());
        }
    }
    web.page(&visitor.asked, person, &view)
}

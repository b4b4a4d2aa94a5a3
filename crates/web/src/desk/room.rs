//! 보안민원실의 길 — in and out of the room, who is let in, what was handed in, and looks that two people allow.

use super::{Reader, people::line, told};
use crate::{
    Web,
    form::{self, Field, Named, Read, Shape},
    security::{Fault, Session},
    session::{Clerk, Seated, id16},
    view::{
        Filled, Message,
        desk::{
            Desk, Here, at,
            room::{GlassCase, GlassDesk, GlassRow, GlassStep, HandedIn, RoomDoor, RoomSeats, SeatRow},
            timeline::Names,
        },
    },
};
use app::{
    act::ActError,
    identity::NotLetIn,
    protected::{Unseated, glass::REASON},
};
use axum::{
    Router,
    body::Bytes,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{glass::GlassState, korean, number::FilingNumber, terms::Seat, text::hex};
use std::cmp::Reverse;

/// The pages of the room; the caller puts them behind the gate.
pub fn router() -> Router<Web> {
    Router::new()
        .route(at::Room, get(door).post(enter))
        .route(at::RoomLeave, post(leave))
        .route(at::RoomSeats, get(seats).post(seat))
        .route(at::HandedIn, get(handed_in))
        .route(at::Glass, get(glass).post(ask))
        .route(at::GlassCase, get(to_glass).post(look))
}

/// What can be given inside: whoever takes in, distributes, handles, signs, watches the time, and lets others in.
const SEATS: &[Seat] = &[
    Seat::IntegratedReceiver,
    Seat::CounterClerk,
    Seat::DepartmentReceiver,
    Seat::Handler,
    Seat::SupportingHandler,
    Seat::Reviewer,
    Seat::DepartmentHead,
    Seat::Approver,
    Seat::DeputyExaminer,
    Seat::Examiner,
    Seat::Administrator,
];

const DOOR: &[Field] = &[Field {
    name: "password",
    label: "room-password",
    max: 256,
    shape: Shape::NeededLine,
}];

async fn door_page(web: &Web, clerk: &Clerk, form: Filled, status: StatusCode) -> Result<Response, Fault> {
    let entitled = (clerk.who.official()).is_some_and(|official| web.app.is_entitled(official));
    if !entitled {
        return Err(Fault::not_found());
    }
    let view = RoomDoor {
        bar: web.bar(clerk, Here::Room).await?,
        form,
        inside: web.app.is_inside(),
        administers: web.app.is_inside() && web.app.seats_inside(&clerk.who).await.is_ok(),
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/room`
pub async fn door(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    // Who has a second factor shows it before the door, and the password at it.
    if let Some(official) = clerk.who.official().filter(|_| !web.app.is_inside())
        && web.app.is_entitled(official)
        && web.app.secured(official).await?.is_factored()
        && let Some(way) = web.confirm_first(&clerk, &Desk::Room.to_string())
    {
        return Ok(way);
    }
    door_page(&web, &clerk, Filled::default(), StatusCode::OK).await
}

/// `POST /desk/room`: 입실.
pub async fn enter(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, DOOR)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    if web.app.is_inside() {
        return Ok(Redirect::to(&Desk::Work.to_string()).into_response());
    }
    let (sound, password) = (read.sound(), read.get("password").to_owned());
    let mut form = read.filled;
    form.values.remove("password");
    if !sound {
        return door_page(&web, &clerk, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (why, status) = match web
        .app
        .go_inside(&clerk.open, &password, &clerk.asked.origin)
        .await
    {
        Ok(inside) => {
            let cookie = web.desk.set_cookie(&Session(inside.cookie));
            return Ok((
                [(header::SET_COOKIE, cookie)],
                Redirect::to(&Desk::Work.to_string()),
            )
                .into_response());
        }
        Err(NotLetIn::Wait(seconds)) => (
            Message::new("room-wait").with("seconds", seconds),
            StatusCode::TOO_MANY_REQUESTS,
        ),
        Err(NotLetIn::Wrong | NotLetIn::NotSent | NotLetIn::Away | NotLetIn::Unfit(_)) => {
            (Message::new("room-not-let-in"), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(NotLetIn::Trouble(trouble)) => (told(&trouble), Fault::from(trouble).status),
    };
    door_page(&web, &clerk, form.wrong("password", why), status).await
}

/// `POST /desk/room/leave`: 퇴실.
pub async fn leave(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    if !web.app.is_inside() {
        return Ok(Redirect::to(&Desk::Work.to_string()).into_response());
    }
    let (session, way) = match web.app.go_outside(&clerk.open, &clerk.asked.origin).await? {
        Some(outside) => (Session(outside.cookie), Desk::Work),
        None => (web.desk.new_session(), Desk::SignIn),
    };
    let cookie = web.desk.set_cookie(&session);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&way.to_string())).into_response())
}

async fn seats_page(web: &Web, clerk: &Clerk, form: Filled, status: StatusCode) -> Result<Response, Fault> {
    let terms = web.app.seats_inside(&clerk.who).await.map_err(fault)?;
    let reader = web.reader(clerk.asked.visit.lang);
    let office = &reader.office;
    let today = office.day;
    let mut rows: Vec<SeatRow> = (terms.into_iter())
        .map(|term| SeatRow {
            person: reader.official(term.what.official),
            official: term.what.official.to_string(),
            seat: term.what.seat.code(),
            unit: reader.unit(term.what.unit),
            unit_code: office
                .unit(term.what.unit)
                .map(|unit| unit.code.clone())
                .unwrap_or_default(),
            from: term.from.to_string(),
            until: term.to.map(|to| to.to_string()).unwrap_or_default(),
            today: term.from <= today && term.to.is_none_or(|to| to >= today),
        })
        .collect();
    rows.sort_by_key(|row| (!row.today, Reverse(row.from.clone()), row.person.clone()));
    let mut units: Vec<(String, String)> = (office.units.values())
        .map(|unit| (unit.code.clone(), reader.unit(unit.id)))
        .collect();
    units.sort_by(|a, b| a.1.cmp(&b.1));
    let view = RoomSeats {
        bar: web.bar(clerk, Here::Room).await?,
        form,
        rows,
        seats: SEATS.iter().map(|seat| seat.code()).collect(),
        units,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/room/seats`
pub async fn seats(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    if !web.app.is_inside() {
        return Err(Fault::not_found());
    }
    seats_page(&web, &clerk, Filled::default(), StatusCode::OK).await
}

fn seat_fields() -> Vec<Named<'static>> {
    vec![
        line("login", "room-seat-login", 64),
        line("official", "room-seat-person", 40),
        line("seat", "room-seat", 40),
        line("unit", "room-seat-unit", 64),
        line("until", "room-seat-until", 10),
        line("do", "room-seat-do", 10),
    ]
}

/// `POST /desk/room/seats`
pub async fn seat(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, &seat_fields())?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    if !web.app.is_inside() {
        return Err(Fault::not_found());
    }
    let office = web.app.ordinary().office();
    let give = read.get("do") == "give";
    let official = if give {
        let login = read.get("login").trim().to_lowercase();
        office.official_by_login(&login).map(|person| person.id)
    } else {
        read.get("official").parse().ok()
    };
    let seat = (read.get("seat").parse::<Seat>().ok()).filter(|seat| SEATS.contains(seat));
    let unit = office.unit_by_code(read.get("unit")).map(|unit| unit.id);
    let until = read.get("until").trim().to_owned();
    let day = until.parse::<jiff::civil::Date>();
    if give && !until.is_empty() && day.is_err() {
        wrong(&mut read, "until", Message::new("error-date-form"));
    }
    let (Some(official), Some(seat), Some(unit)) = (official, seat, unit) else {
        wrong(&mut read, "login", Message::new("room-seat-unknown"));
        return seats_page(&web, &clerk, read.filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if !read.sound() {
        return seats_page(&web, &clerk, read.filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let call = clerk.asked.call("");
    let done = if give {
        web.app
            .entitle(&clerk.who, official, seat, unit, day.ok(), &call)
            .await
    } else {
        web.app
            .end_entitlement(&clerk.who, official, seat, unit, &call)
            .await
    };
    let message = match done {
        Ok(()) => return Ok(Redirect::to(&Desk::RoomSeats.to_string()).into_response()),
        Err(Unseated::Unknown) => Message::new("room-seat-unknown"),
        Err(Unseated::DayPast) => Message::new("room-seat-day-past"),
        Err(Unseated::LastOne) => Message::new("room-seat-last"),
        Err(Unseated::Trouble(trouble)) => told(&trouble),
        Err(error @ Unseated::NotYours) => return Err(fault(error)),
    };
    let field = if give { "login" } else { "" };
    let form = std::mem::take(&mut read.filled).wrong(field, message);
    seats_page(&web, &clerk, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn fault(error: Unseated) -> Fault {
    match error {
        Unseated::Trouble(trouble) => trouble.into(),
        Unseated::NotYours | Unseated::Unknown | Unseated::DayPast | Unseated::LastOne => Fault::not_found(),
    }
}

fn wrong(read: &mut Read, field: &str, message: Message) {
    read.filled = std::mem::take(&mut read.filled).wrong(field, message);
}

/// `GET /desk/handed-in/{number}`: what a clerk who is not entitled tells the petitioner.
pub async fn handed_in(
    Seated(web): Seated,
    clerk: Clerk,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let number: FilingNumber = number.parse().map_err(|_| Fault::not_found())?;
    let view = HandedIn {
        bar: web.bar(&clerk, Here::Counter).await?,
        number: number.to_string(),
    };
    web.desk_page(&clerk, &view)
}

async fn glass_page(web: &Web, clerk: &Clerk, form: Filled, status: StatusCode) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let (me, now) = (clerk.who.official(), web.app.now());
    let decides = web.app.may_allow_glass(&clerk.who);
    let rows = (web.app.glasses(&clerk.who).await?.into_iter())
        .map(|asked| {
            let glass = asked.glass;
            let over = now >= glass.ends_at;
            let mine = me == Some(glass.asked_by);
            GlassRow {
                id: hex(&glass.id),
                number: asked.number,
                reason: asked.reason,
                asked_by: reader.official(glass.asked_by),
                asked_at: glass.asked_at,
                state: match glass.state {
                    GlassState::Declined => "declined",
                    GlassState::Asked | GlassState::Allowed if over => "over",
                    state => state.code(),
                },
                decided_by: glass
                    .decided
                    .map(|(by, _)| reader.official(by))
                    .unwrap_or_default(),
                ends_at: glass.ends_at,
                mine_to_decide: decides && !mine && !over && glass.state == GlassState::Asked,
                mine_to_open: mine && !over && glass.state == GlassState::Allowed,
            }
        })
        .collect();
    let view = GlassDesk {
        bar: web.bar(clerk, Here::Room).await?,
        form,
        rows,
        max: REASON,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/glass`
pub async fn glass(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    glass_page(&web, &clerk, Filled::default(), StatusCode::OK).await
}

const GLASS: &[Field] = &[
    Field {
        name: "number",
        label: "glass-number",
        max: 40,
        shape: Shape::Line,
    },
    Field {
        name: "reason",
        label: "glass-reason",
        max: REASON,
        shape: Shape::Text,
    },
    Field {
        name: "id",
        label: "glass-number",
        max: 32,
        shape: Shape::Line,
    },
    Field {
        name: "do",
        label: "glass-ask",
        max: 10,
        shape: Shape::NeededChoice(&["ask", "allow", "decline"]),
    },
];

/// `POST /desk/glass`: asks, allows, declines.
pub async fn ask(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, GLASS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let call = clerk.asked.call("");
    let back = || Ok(Redirect::to(&Desk::Glass.to_string()).into_response());
    let unsound = StatusCode::UNPROCESSABLE_ENTITY;
    if read.get("do") != "ask" {
        let id = id16(read.get("id")).ok_or_else(Fault::not_found)?;
        let allow = read.get("do") == "allow";
        return match web.app.decide_glass(&clerk.who, id, allow, &call).await {
            Ok(()) => back(),
            Err(ActError::Refused(refusal)) => {
                let form = Filled::default().wrong("", crate::show::refused(refusal));
                glass_page(&web, &clerk, form, unsound).await
            }
            Err(error) => Err(error.into()),
        };
    }
    if read.get("number").trim().parse::<FilingNumber>().is_err() {
        wrong(&mut read, "number", Message::new("glass-number-form"));
    }
    if read.get("reason").trim().is_empty() {
        let message = Message::new("error-required").with("field", "@glass-reason");
        wrong(&mut read, "reason", message);
    }
    if !read.sound() {
        return glass_page(&web, &clerk, read.filled, unsound).await;
    }
    let (number, reason) = (
        read.get("number").trim().to_owned(),
        read.get("reason").to_owned(),
    );
    match web.app.ask_glass(&clerk.who, &number, &reason, &call).await {
        Ok(()) => back(),
        Err(ActError::Refused(refusal)) => {
            let form = read.filled.wrong("reason", crate::show::refused(refusal));
            glass_page(&web, &clerk, form, unsound).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /desk/glass/{id}`: opened by hand, or after switching the language. Opening is an act of its own.
pub async fn to_glass(_: Clerk) -> Redirect {
    Redirect::to(&Desk::Glass.to_string())
}

/// `POST /desk/glass/{id}`
pub async fn look(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let id = id16(&id).ok_or_else(Fault::not_found)?;
    let call = clerk.asked.call("");
    let case = web.app.look_through_glass(&clerk.who, id, &call).await?;
    let reader: Reader = web.reader(clerk.asked.visit.lang);
    let text = |text| case.texts.text(text).map(str::to_owned);
    let p = &case.petition;
    let steps = reader
        .entries(case.journal.iter().map(|entry| &entry.recorded), text)
        .into_iter()
        .map(|entry| GlassStep {
            at: entry.at,
            what: reader.say(&entry.what),
            text: entry.note,
        })
        .collect();
    let contact = case.contact.clone().unwrap_or_default();
    let petitioner = [
        ("glass-name", contact.name),
        (
            "desk-phone",
            contact
                .phone
                .map(|phone| korean::phone(&phone))
                .unwrap_or_default(),
        ),
        ("glass-mail", contact.mail.unwrap_or_default()),
        ("glass-address", contact.address.unwrap_or_default()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| (reader.word(key), value))
    .collect();
    let view = GlassCase {
        bar: web.bar(&clerk, Here::Room).await?,
        number: p.number.to_string(),
        title: text(p.title).unwrap_or_default(),
        service: reader.service(p),
        body: p.body.and_then(text).unwrap_or_default(),
        place: p.place.and_then(text).unwrap_or_default(),
        petitioner,
        steps,
    };
    web.desk_page(&clerk, &view)
}

//! 부재 — the list with its gaps, entering one, ending one.

use super::super::{Here, Reader};
use super::{by_unit, done, line, refused};
use crate::{
    Web,
    form::{self, Named, Read},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message,
        desk::{
            people::{
                People,
                absences::{AbsenceRow, Absences, GapRow, Standing},
            },
            timeline::Names,
        },
    },
};
use app::people::{OfficeError, absences::Away};
use axum::{body::Bytes, extract::Path, http::StatusCode, response::Response};
use domain::{
    absence::{AbsenceKind, Unfit},
    access::Who,
    organisation::administers,
    time::At,
};
use jiff::civil::{Date, Time};

const FIELDS: &[Named<'static>] = &[
    line("official", "absence-who", 32),
    line("kind", "absence-kind", 20),
    line("from", "absence-from-day", 10),
    line("from_time", "absence-from-time", 8),
    line("to", "absence-to-day", 10),
    line("to_time", "absence-to-time", 8),
    line("stand_in", "desk-stand-in", 32),
    line("deputy", "absence-deputy", 32),
];

/// `GET /desk/absences`
pub async fn page(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let me = clerk.who.official().map(|id| id.to_string()).unwrap_or_default();
    let form = Filled::of(&[("official", me.as_str())]);
    draw(&web, &clerk, form, StatusCode::OK).await
}

async fn draw(web: &Web, clerk: &Clerk, form: Filled, status: StatusCode) -> Result<Response, Fault> {
    let (reader, now) = (web.reader(clerk.asked.visit.lang), web.app.now());
    let name = |reader: &Reader, id: Option<_>| id.map(|id| reader.official(id)).unwrap_or_default();
    let may = web.app.absentees(&clerk.who);
    let mut rows: Vec<AbsenceRow> = (web.app.absences(&clerk.who).await?.into_iter())
        .map(|kept| {
            let a = kept.absence;
            let standing = match kept.cancelled_at {
                Some(_) => Standing::Cancelled,
                None if a.to <= now => Standing::Past,
                None if a.from <= now => Standing::Now,
                None => Standing::Coming,
            };
            AbsenceRow {
                id: a.id.to_string(),
                who: reader.official(a.official),
                unit: reader.person(a.official).unit,
                kind: a.kind,
                from: a.from,
                to: a.to,
                stand_in: name(&reader, a.stand_in),
                deputy: name(&reader, a.deputy),
                standing,
                may_end: matches!(standing, Standing::Now | Standing::Coming) && may.contains(&a.official),
            }
        })
        .collect();
    // What matters now first.
    rows.sort_by_key(|row| (row.standing as u8, row.from));
    let gaps = web.app.gaps(&clerk.who).await?;
    let gaps = gaps.into_iter().map(|gap| GapRow {
        who: reader.official(gap.absence.official),
        from: gap.absence.from,
        to: gap.absence.to,
        petitions: gap.petitions,
        signatures: gap.signatures,
    });
    let everybody = reader.office.staff.posts.keys().copied();
    let view = Absences {
        bar: web.bar(clerk, Here::People).await?,
        form,
        people: by_unit(&reader, may.iter().copied()),
        substitutes: by_unit(&reader, everybody),
        rows,
        gaps: gaps.collect(),
        administers: matches!(&clerk.who, Who::Official(me) if administers(me)),
    };
    web.desk_page_as(clerk, &view, status)
}

/// A day and an hour as entered; a day alone is its beginning, or with `end` its end.
fn moment(read: &mut Read, day: &str, hour: &str, end: bool) -> Option<At> {
    let wrong = |read: &mut Read, field: &str, key: &str| {
        let form = std::mem::take(&mut read.filled);
        read.filled = form.wrong(field, Message::new(key));
    };
    let Ok(date) = read.get(day).trim().parse::<Date>() else {
        wrong(read, day, "office-fault-day_unfit");
        return None;
    };
    let written = read.get(hour).trim().to_owned();
    if written.is_empty() {
        let date = if end { date.tomorrow().ok()? } else { date };
        return Some(At::seoul(date.to_datetime(Time::midnight())));
    }
    match written.parse::<Time>() {
        Ok(time) => Some(At::seoul(date.to_datetime(time))),
        Err(_) => {
            wrong(read, hour, "office-fault-day_unfit");
            None
        }
    }
}

/// `POST /desk/absences`
pub async fn enter(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let needed = |read: &mut Read, field: &str, label: &str| {
        let form = std::mem::take(&mut read.filled);
        let message = Message::new("error-required-choice").with("field", format!("@{label}"));
        read.filled = form.wrong(field, message);
    };
    let official = read.get("official").parse().ok();
    if official.is_none() {
        needed(&mut read, "official", "absence-who");
    }
    let kind: Option<AbsenceKind> = read.get("kind").parse().ok();
    if kind.is_none() {
        needed(&mut read, "kind", "absence-kind");
    }
    let from = moment(&mut read, "from", "from_time", false);
    let to = moment(&mut read, "to", "to_time", true);
    let (stand_in, deputy) = (read.get("stand_in").parse().ok(), read.get("deputy").parse().ok());
    let away = match (official, kind, from, to) {
        (Some(official), Some(kind), Some(from), Some(to)) if read.sound() => Away {
            official,
            kind,
            from,
            to,
            stand_in,
            deputy,
        },
        _ => return draw(&web, &clerk, read.filled, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    match web
        .app
        .enter_absence(&clerk.who, away, &clerk.asked.call(""))
        .await
    {
        Ok(_) => Ok(done(People::Absences, "absence")),
        Err(error) => {
            let field = match &error {
                OfficeError::Unfit(Unfit::Overlapping) => "from",
                OfficeError::Unfit(Unfit::Backwards | Unfit::Past | Unfit::TooLong) => "to",
                OfficeError::Unfit(_) if stand_in.is_some() => "stand_in",
                OfficeError::Unfit(_) => "deputy",
                OfficeError::Refused(_) | OfficeError::Trouble(_) => "official",
            };
            let form = read.filled.wrong(field, refused(error)?);
            draw(&web, &clerk, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `POST /desk/absences/{id}/end`
pub async fn end(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, &[])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let id = id.parse().map_err(|_| Fault::not_found())?;
    web.app.end_absence(&clerk.who, id, &clerk.asked.call("")).await?;
    Ok(done(People::Absences, "absence_end"))
}

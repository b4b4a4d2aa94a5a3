//! 발송대장의 길 — shows letters by where they stand, marks many as posted at once, and gives the register as PDF and CSV.

use super::tabs;
use crate::desk::disposal::unfit;
use crate::desk::gate::Wish;
use crate::leave::{Leave, csv_file, download};
use crate::{
    Web,
    desk::{
        fields::told,
        party::{about, next_step, sending},
    },
    form::{self, Named, Read, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message,
        counter::{
            Counter,
            post::{Post, Row},
        },
        desk::Here,
    },
};
use app::{
    act::ActError,
    post::{LINES, Line, PAGE, Wanted, paper_of},
};
use axum::{
    body::Bytes,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use documents::press::Lang;
use domain::gate::{Export, Format};
use domain::{
    act::Act,
    id::PetitionId,
    mailing::{Fate, MailState, MailWay},
};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

/// How far back the list reaches where nothing else is asked for.
const BACK: i64 = 92;

/// `?state=`, `?from=` and `?to=`
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    done: u32,
}

impl Asked {
    fn waiting() -> Asked {
        Asked {
            state: String::new(),
            from: String::new(),
            to: String::new(),
            done: 0,
        }
    }

    /// The letters asked for; those that wait, of the last three months, where nothing was.
    fn wanted(&self, today: Date, most: u32) -> (MailState, Wanted) {
        let state = self.state.parse().unwrap_or(MailState::Waiting);
        let to = self.to.parse().unwrap_or(today);
        let back = to.checked_sub(BACK.days()).unwrap_or(to);
        let from: Date = self.from.parse().unwrap_or(back);
        let wanted = Wanted {
            state: Some(state),
            from: from.min(to),
            to,
            most,
        };
        (state, wanted)
    }
}

fn key(line: &Line) -> String {
    format!("{}-{}", line.petition.id.0.simple(), line.mailing.no)
}

/// The letter a key names.
fn named(key: &str) -> Option<(PetitionId, u32)> {
    let (id, no) = key.split_once('-')?;
    Some((PetitionId(id.parse().ok()?), no.parse().ok()?))
}

fn row(line: &Line) -> Row {
    let (p, mailing) = (&line.petition, &line.mailing);
    let paper = paper_of(mailing.mail).and_then(|code| code.parse::<app::papers::Paper>().ok());
    Row {
        number: p.number.to_string(),
        reception: p.reception.map(|r| r.number.to_string()).unwrap_or_default(),
        key: key(line),
        mail: mailing.mail,
        title: line.title.clone(),
        to: line.to.clone(),
        address: line.address.clone(),
        paper: (paper.filter(|paper| paper.fits(p)))
            .map(|paper| paper.code().to_owned())
            .unwrap_or_default(),
        since: mailing.since,
        what: about(mailing),
        registered: (mailing.sent.and_then(|sent| sent.number))
            .map(|number| number.to_string())
            .unwrap_or_default(),
        next: match mailing.fate {
            Some(Fate::Returned(_, reason)) => next_step(reason).to_owned(),
            _ => String::new(),
        },
    }
}

/// `GET /desk/post`
pub async fn page(Seated(web): Seated, clerk: Clerk, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let today = web.app.office().day.to_string();
    let form = Filled::of(&[("on", &today), ("way", MailWay::Registered.code())]);
    draw(&web, &clerk, &asked, form, web.once(), StatusCode::OK).await
}

async fn draw(
    web: &Web,
    clerk: &Clerk,
    asked: &Asked,
    form: Filled,
    key: String,
    status: StatusCode,
) -> Result<Response, Fault> {
    let (state, wanted) = asked.wanted(web.app.office().day, PAGE + 1);
    let lines = web
        .app
        .mailings(&clerk.who, wanted, &clerk.asked.call(""))
        .await?;
    let view = Post {
        bar: web.bar(clerk, Here::Counter).await?,
        tabs: tabs(clerk, "post"),
        state,
        from: wanted.from,
        to: wanted.to,
        more: lines.len() > PAGE as usize,
        rows: lines.iter().take(PAGE as usize).map(row).collect(),
        done: asked.done,
        form,
        key,
    };
    web.desk_page_as(clerk, &view, status)
}

/// The letters whose fields a sent form holds, by the beginning of their names.
fn letters(body: &[u8], prefix: &str) -> Vec<String> {
    (body.split(|byte| *byte == b'&'))
        .filter_map(|pair| pair.split(|byte| *byte == b'=').next())
        .filter_map(|name| form::decode(name).ok()?.strip_prefix(prefix).map(str::to_owned))
        .filter(|key| named(key).is_some())
        .collect()
}

/// `POST /desk/post`: each letter is an act of its own; what cannot be done is told beside it, and the rest is done.
pub async fn send(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let keys = letters(&body, "number-");
    let names: Vec<[String; 2]> = (keys.iter())
        .map(|key| [format!("pick-{key}"), format!("number-{key}")])
        .collect();
    let line = |name, label| Named {
        name,
        label,
        max: 64,
        shape: Shape::Line,
    };
    let mut fields = vec![
        line("key", "send"),
        line("on", "post-sent-on"),
        line("way", "post-way"),
    ];
    for [pick, number] in &names {
        fields.push(line(pick, "post-pick"));
        fields.push(line(number, "post-number"));
    }
    let mut read = form::urlencoded(&body, &fields)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let once = read.get("key").to_owned();
    let picked: Vec<&String> = keys
        .iter()
        .filter(|key| !read.get(&format!("pick-{key}")).is_empty())
        .collect();
    let picked: Vec<String> = picked.into_iter().cloned().collect();
    let on: Option<Date> = read.get("on").trim().parse().ok();
    let way: Option<MailWay> = read.get("way").parse().ok();
    if on.is_none() {
        wrong(&mut read, "on", Message::new("error-date-form"));
    }
    if way.is_none() {
        wrong(&mut read, "way", told("error-required-choice", "post-way"));
    }
    if picked.is_empty() {
        wrong(&mut read, "", Message::new("post-error-none"));
    }
    let mut done = 0;
    if read.sound() {
        for key in &picked {
            let field = format!("number-{key}");
            let (Some((id, no)), Some(sending)) = (named(key), sending(&mut read, on, way, &field)) else {
                continue;
            };
            let call = clerk.asked.call(&format!("{once}-{key}"));
            match web
                .app
                .act(&clerk.who, id, Act::SendMail { no, sending }, &call)
                .await
            {
                Ok(_) => done += 1,
                Err(ActError::Refused(refusal)) => {
                    wrong(&mut read, &field, Message::new(format!("refusal-{refusal}")));
                }
                Err(ActError::NotFound) => wrong(&mut read, &field, Message::new("refusal-no_such_mail")),
                Err(ActError::Trouble(trouble)) => {
                    wrong(&mut read, &field, crate::desk::told(&trouble));
                }
            }
        }
    }
    if read.sound() {
        return Ok(Redirect::to(&format!("{}?done={done}", Counter::Post)).into_response());
    }
    let asked = Asked {
        done,
        ..Asked::waiting()
    };
    draw(
        &web,
        &clerk,
        &asked,
        read.filled,
        once,
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await
}

fn wrong(read: &mut Read, field: &str, message: Message) {
    read.filled = std::mem::take(&mut read.filled).wrong(field, message);
}

/// `GET /desk/post/{kind}`: pdf or csv.
pub async fn file(
    Seated(web): Seated,
    clerk: Clerk,
    Path(kind): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (_, mut wanted) = asked.wanted(web.app.office().day, LINES);
    if asked.state.is_empty() {
        wanted.state = None;
    }
    let lang = if clerk.asked.visit.lang == "en" {
        Lang::En
    } else {
        Lang::Ko
    };
    let subjects = (web.app.dispatch_register_people(&clerk.who, wanted).await).map_err(unfit)?;
    let wish = Wish {
        what: Export::Dispatch,
        format: match kind.as_str() {
            "csv" => Format::Csv,
            "pdf" => Format::Pdf,
            _ => return Err(Fault::not_found()),
        },
        petition: None,
        subjects,
        from: Counter::Post.to_string(),
    };
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    let app = pass.over(&web.app)?;
    let pages = app
        .dispatch_register(&clerk.who, wanted, lang, &clerk.asked.call(""))
        .await
        .map_err(unfit)?;
    let name = format!("dispatch-{}-{}.{kind}", wanted.from, wanted.to);
    match kind.as_str() {
        "csv" => Ok(csv_file(Leave::passed(&pass), &name, pages.csv(lang))),
        "pdf" => {
            let printed = app.print_register(&pages, lang).map_err(unfit)?;
            Ok(download(
                Leave::passed(&pass),
                &name,
                "application/pdf",
                printed.pdf,
            ))
        }
        _ => Err(Fault::not_found()),
    }
}

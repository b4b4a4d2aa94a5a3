//! 따라가기의 길 — narrowing the work list, keeping conditions, what changed since the last visit, and word of it to pages that
//! lie open.

use super::{Reader, named};
use crate::{
    form::{self, Field, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Message,
        desk::{
            Count, Desk, Here,
            follow::{ChangedRow, Choice, FilterForm, KeptRow, News, Part, Pulse},
            list::Queue,
            timeline::Names,
        },
    },
};
use app::follow::KeptFilter;
use axum::{
    body::Bytes,
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::{Sight, Who},
    filter::{Filter, PARTS, When},
    id::UnitId,
    life::Life,
    terms::{EntryPoint, Kind},
    time::At,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Petitions on the page of what changed.
const CHANGED: u32 = 50;
/// Word of more than so many is told as "more than".
const TOLD: u32 = 100;

/// The list with this condition. Codes hold letters, digits, `-` and `_` only: nothing needs to be escaped.
pub(super) fn way(queue: &str, filter: Filter) -> String {
    let mut way = format!("{}?queue={queue}", Desk::Work);
    for (name, code) in filter.parts() {
        way.push_str(&format!("&{name}={code}"));
    }
    way
}

/// Where an open list asks whether anything happened since it was read.
pub(super) fn pulse_of(queue: Queue, filter: Filter, now: At) -> String {
    let list = way(queue.code(), filter);
    let (_, query) = list.split_once('?').unwrap_or_default();
    format!("{}?{query}&since={}", Desk::Pulse, now.0)
}

/// The form above the list.
pub(super) fn form(
    clerk: &Clerk,
    reader: &Reader,
    kept: Vec<KeptFilter>,
    (queue, filter): (Queue, Filter),
    count: Option<Count>,
) -> FilterForm {
    let office = &reader.office;
    let words = |prefix: &str, codes: Vec<&'static str>| -> Vec<Choice> {
        (codes.into_iter())
            .map(|code| Choice {
                code: code.to_owned(),
                key: format!("{prefix}-{code}"),
                name: String::new(),
            })
            .collect()
    };
    let named = |mut names: Vec<(String, String)>| -> Vec<Choice> {
        names.sort_by(|a, b| a.1.cmp(&b.1));
        (names.into_iter())
            .map(|(code, name)| Choice {
                code,
                key: String::new(),
                name,
            })
            .collect()
    };
    let sight = Sight::of(&clerk.who);
    let own: Vec<UnitId> = match &clerk.who {
        Who::Official(me) => me.posts.iter().map(|post| post.unit).collect(),
        Who::Citizen(_) | Who::System => Vec::new(),
    };
    let sees = |unit: &UnitId| sight.all || own.contains(unit);
    let units = (office.units.keys())
        .filter(|unit| sees(unit))
        .map(|unit| (unit.to_string(), reader.unit(*unit)))
        .collect();
    // Colleagues of one's own departments; whoever sees everything narrows by department.
    let people = (office.staff.posts.iter())
        .filter(|(_, posts)| posts.iter().any(|post| own.contains(&post.unit)))
        .map(|(id, _)| (id.to_string(), reader.official(*id)))
        .collect();
    let services = office
        .services_today()
        .map(|service| {
            let name = reader.pick(&service.name.ko, &service.name.en);
            (service.code.to_string(), name)
        })
        .collect();
    let lives = (Life::ALL.iter())
        .filter(|life| queue == Queue::Concluded || life.is_open())
        .map(|life| life.code());
    let choices: [(&'static str, Vec<Choice>); 7] = [
        ("unit", named(units)),
        ("handler", named(people)),
        (
            "kind",
            words("kind", Kind::ALL.iter().map(|kind| kind.code()).collect()),
        ),
        ("service", named(services)),
        ("life", words("life", lives.collect())),
        (
            "entry",
            words("entry", EntryPoint::ALL.iter().map(|e| e.code()).collect()),
        ),
        (
            "due",
            words("when", When::ALL.iter().map(|when| when.code()).collect()),
        ),
    ];
    let asked = filter.parts();
    let parts = (choices.into_iter())
        .filter(|(_, choices)| choices.len() > 1)
        .map(|(name, choices)| Part {
            name,
            choices,
            chosen: (asked.iter().find(|(of, _)| *of == name)).map_or_else(String::new, |(_, c)| c.clone()),
        })
        .collect();
    let here = way(queue.code(), filter);
    let kept = (kept.into_iter())
        .map(|one| {
            let way = way(&one.queue, one.filter);
            KeptRow {
                id: domain::text::hex(&one.id),
                name: one.name,
                here: way == here,
                way,
                begins: one.begins,
            }
        })
        .collect();
    FilterForm {
        parts,
        narrowed: !filter.is_empty(),
        count,
        kept,
    }
}

const fn line(name: &'static str, max: usize) -> Field {
    Field {
        name,
        label: "filter-title",
        max,
        shape: Shape::Line,
    }
}

const FIELDS: &[Field] = &[
    line("queue", 30),
    line("unit", 40),
    line("handler", 40),
    line("kind", 30),
    line("service", 30),
    line("life", 30),
    line("entry", 30),
    line("due", 30),
    Field {
        name: "name",
        label: "filter-name",
        max: app::follow::NAME,
        shape: Shape::Line,
    },
    line("id", 32),
    Field {
        name: "do",
        label: "filter-title",
        max: 10,
        shape: Shape::NeededChoice(&["show", "keep", "begin", "unbegin", "forget"]),
    },
];

/// `POST /desk/filter`
pub async fn filter(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let queue = Queue::of(read.get("queue")).unwrap_or(Queue::Mine);
    let filter = Filter::read(|name| PARTS.contains(&name).then(|| read.get(name)));
    let to = |query: &str| Redirect::to(&format!("{}{query}", way(queue.code(), filter))).into_response();
    if !read.sound() {
        return Ok(to("&office=filter-unfit"));
    }
    let id = identity(read.get("id"));
    Ok(match (read.get("do"), id) {
        ("keep", _) => {
            // A condition without a name of its own is called by the list.
            let name = read.get("name").trim();
            if name.is_empty() {
                return Ok(to("&office=filter-nameless"));
            }
            let kept = (web.app.keep_filter(&clerk.who, name, queue.code(), filter)).await?;
            to(if kept {
                "&office=filter-kept"
            } else {
                "&office=filter-full"
            })
        }
        ("begin", Some(id)) => {
            web.app.begin_with_filter(&clerk.who, Some(id)).await?;
            to("&office=filter-begins")
        }
        ("unbegin", Some(_)) => {
            web.app.begin_with_filter(&clerk.who, None).await?;
            to("&office=filter-begins-not")
        }
        ("forget", Some(id)) => {
            web.app.forget_filter(&clerk.who, id).await?;
            to("&office=filter-forgotten")
        }
        _ => to(""),
    })
}

/// Sixteen bytes in hexadecimal.
fn identity(text: &str) -> Option<[u8; 16]> {
    let n = u128::from_str_radix(text, 16).ok().filter(|_| text.len() == 32)?;
    Some(n.to_be_bytes())
}

/// `GET /desk/news`
pub async fn news(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let news = web.app.news(&clerk.who, CHANGED, &clerk.asked.call("")).await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let view = News {
        bar: web.bar(&clerk, Here::Work).await?,
        since: news.since,
        until: news.until.0.to_string(),
        changed: (news.changed.iter())
            .map(|changed| ChangedRow {
                row: reader.row(&changed.item),
                // What was written stays in the case, where opening it is written down.
                entries: reader.entries(changed.events.iter(), |_| None),
            })
            .collect(),
        more: news.more,
    };
    web.desk_page(&clerk, &view)
}

const CONFIRM: &[Field] = &[line("until", 20)];

/// `POST /desk/news`: everything up to the moment the page was read is seen.
pub async fn confirm(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, CONFIRM)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    if let Ok(until) = read.get("until").parse() {
        web.app.confirm_news(&clerk.who, At(until)).await?;
    }
    Ok(Redirect::to(&format!("{}?office=news-seen", Desk::News)).into_response())
}

/// `?since=`, `?queue=` and a condition.
#[derive(Debug, Deserialize)]
pub struct Open {
    #[serde(default)]
    since: i64,
    #[serde(default)]
    queue: String,
    #[serde(flatten)]
    parts: BTreeMap<String, String>,
}

/// `GET /desk/pulse`: a line for a list that lies open; empty while nobody did anything.
pub async fn pulse(Seated(web): Seated, clerk: Clerk, Query(open): Query<Open>) -> Result<Response, Fault> {
    let n = (web.app.count_news(&clerk.who, Some(At(open.since)), TOLD)).await?;
    let queue = Queue::of(&open.queue).unwrap_or(Queue::Mine);
    let filter = Filter::read(|name| open.parts.get(name).map(String::as_str));
    let view = Pulse {
        told: (n > 0).then(|| Message::new("pulse-list").with("n", u64::from(n))),
        way: way(queue.code(), filter),
    };
    web.desk_page(&clerk, &view)
}

/// `?seq=`
#[derive(Debug, Deserialize)]
pub struct Since {
    #[serde(default)]
    seq: u32,
}

/// `GET /desk/cases/{number}/pulse`
pub async fn case_pulse(
    Seated(web): Seated,
    clerk: Clerk,
    Path(number): Path<String>,
    Query(since): Query<Since>,
) -> Result<Response, Fault> {
    let id = named(&web, &clerk.who, &number).await?;
    let moved = web.app.has_moved(&clerk.who, id, since.seq).await?;
    let view = Pulse {
        told: moved.then(|| Message::new("pulse-case")),
        way: Desk::Case(number).to_string(),
    };
    web.desk_page(&clerk, &view)
}

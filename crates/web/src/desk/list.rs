//! 목록 — the work list in the order of due times, search, the approval inbox, the office and the system itself.

use super::{MOST, Reader, follow};
use crate::{
    Web,
    form::{self, Field, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message, Paging,
        desk::{
            Count, Here,
            list::{Approvals, Awaited, Queue, Search, Tab, WorkList},
            office::{About, Member, People, Records, Root, Unit},
            timeline::Names,
        },
    },
};
use app::{
    desk::{Item, View, search::Before},
    face,
};
use axum::{
    body::Bytes,
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::{MATRIX, Official, Relation, Who},
    due::Rules,
    filter::Filter,
    id::UnitId,
    life::Deed,
    number::{FilingNumber, ReceptionNumber},
    search,
    terms::Seat,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Rows of one page.
const ROWS: u32 = 50;
/// Roots shown.
const ROOTS: u32 = 30;

/// `?queue=`, `?older=`, and a condition: `?life=held&due=week`.
#[derive(Debug, Deserialize)]
pub struct Which {
    #[serde(default)]
    queue: String,
    #[serde(default)]
    older: String,
    /// The parts of a condition.
    #[serde(flatten)]
    parts: BTreeMap<String, String>,
}

/// The list of the application behind a tab.
fn view_of(queue: Queue, unit: Option<UnitId>) -> View {
    match queue {
        Queue::Mine => View::Mine,
        Queue::Unit => unit.map_or(View::Open, View::Unit),
        Queue::ToReceive => View::ToReceive,
        Queue::ToDistribute => View::ToDistribute,
        Queue::ToDesignate => View::ToDesignate,
        Queue::OnTheLine => View::ToSign,
        Queue::ToConfirm => View::ToConfirm,
        Queue::ToRead => View::ToRead,
        Queue::Held => View::Held,
        Queue::Late => View::Overdue,
        Queue::Concluded => View::Concluded,
    }
}

/// Whether a tab is any use to this official: those for a deed only where a seat of theirs may do it somewhere.
fn has(who: &Who, queue: Queue) -> bool {
    let may = |deed: Deed| match who {
        Who::Official(Official { posts, .. }) => MATRIX.iter().any(|(of, seat, relation)| {
            *of == deed
                && matches!(relation, Relation::Agency | Relation::LeadUnit)
                && posts.iter().any(|post| Some(post.seat) == *seat)
        }),
        Who::Citizen(_) | Who::System => false,
    };
    match queue {
        Queue::ToReceive => may(Deed::Receive),
        Queue::ToDistribute => may(Deed::Distribute),
        Queue::ToDesignate => may(Deed::Designate),
        Queue::Mine
        | Queue::Unit
        | Queue::OnTheLine
        | Queue::ToConfirm
        | Queue::ToRead
        | Queue::Held
        | Queue::Late
        | Queue::Concluded => true,
    }
}

/// More than this is “99+” beside the name of another list, and of news: each is looked at to be counted, for every page, and
/// nobody reads a longer number there. The list that is open is counted up to a thousand.
const FEW: u32 = 99;

/// A number that was counted no further than the limit.
fn counted(n: u32, most: u32) -> Count {
    Count {
        n: n.min(most).into(),
        more: n > most,
    }
}

/// `GET /desk`
pub async fn work(Seated(web): Seated, clerk: Clerk, Query(which): Query<Which>) -> Result<Response, Fault> {
    let kept = web.app.kept_filters(&clerk.who).await?;
    // Whoever comes without asking for a list begins with the condition they chose for that.
    let asks = !(which.queue.is_empty() && which.older.is_empty() && which.parts.is_empty());
    if let Some(one) = kept.iter().find(|one| one.begins && !asks) {
        return Ok(Redirect::to(&follow::way(&one.queue, one.filter)).into_response());
    }
    let queue = Queue::of(&which.queue)
        .filter(|queue| has(&clerk.who, *queue))
        .unwrap_or(Queue::Mine);
    let filter = Filter::read(|name| which.parts.get(name).map(String::as_str));
    let reader = web.reader(clerk.asked.visit.lang);
    let unit = match &clerk.who {
        Who::Official(official) => reader.office.unit_of(official.id),
        Who::Citizen(_) | Who::System => None,
    };
    let behind = face::behind(&which.older);
    let call = clerk.asked.call("");
    let listing = web
        .app
        .list_where(&clerk.who, view_of(queue, unit), filter, behind, ROWS, &call)
        .await?;
    let left = match filter.is_empty() {
        true => None,
        false => {
            let view = view_of(queue, unit);
            let n = (web.app.count_where(&clerk.who, view, filter, MOST + 1)).await?;
            Some(counted(n, MOST))
        }
    };
    let mut tabs = Vec::new();
    for tab in Queue::ALL.into_iter().filter(|tab| has(&clerk.who, *tab)) {
        // What has ended only grows: nobody needs to know how much it is by now.
        let count = match tab {
            Queue::Concluded => None,
            _ => {
                let most = if tab == queue { MOST } else { FEW };
                let n = web.app.count(&clerk.who, view_of(tab, unit), most + 1).await?;
                Some(counted(n, most))
            }
        };
        // 후결과 공람 come seldom: their tabs are there while something waits in them.
        if matches!(tab, Queue::ToConfirm | Queue::ToRead)
            && tab != queue
            && count.as_ref().is_some_and(|count| count.n == 0)
        {
            continue;
        }
        tabs.push(Tab { queue: tab, count });
    }
    let view = WorkList {
        bar: web.bar(&clerk, Here::Work).await?,
        gaps: web.app.gaps(&clerk.who).await?.len() as u64,
        disposals: web.app.disposals_awaited(&clerk.who).await?,
        tabs,
        queue,
        rows: listing.items.iter().map(|item| reader.row(item)).collect(),
        paging: Paging {
            older: listing.next.map(face::mark),
            newer: behind.map(|_| "first".to_owned()),
        },
        filter: follow::form(&clerk, &reader, kept, (queue, filter), left),
        news: counted(web.app.count_news(&clerk.who, None, FEW + 1).await?, FEW),
        way: follow::way(queue.code(), filter),
        pulse: follow::pulse_of(queue, filter, web.app.now()),
        as_of: web.app.now(),
    };
    web.desk_page(&clerk, &view)
}

const FIELDS: &[Field] = &[
    Field {
        name: "q",
        label: "desk-search-label",
        max: 200,
        shape: Shape::NeededLine,
    },
    Field {
        name: "older",
        label: "desk-search-label",
        max: 20,
        shape: Shape::Line,
    },
];

/// `GET /desk/search`
pub async fn search(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let view = Search {
        bar: web.bar(&clerk, Here::Search).await?,
        form: Filled::default(),
        rows: None,
        count: None,
        older: None,
        paused: false,
    };
    web.desk_page(&clerk, &view)
}

/// `POST /desk/search`: what was searched for must not stand in addresses and logs.
pub async fn find(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let words = read.get("q").trim().to_owned();
    let number = words.parse::<FilingNumber>().is_ok() || words.parse::<ReceptionNumber>().is_ok();
    if read.sound() && !number && search::Query::parse(&words).is_none() {
        let form = std::mem::take(&mut read.filled);
        read.filled = form.wrong("q", Message::new("desk-search-nothing-to-find"));
    }
    let bar = web.bar(&clerk, Here::Search).await?;
    if !read.sound() {
        let view = Search {
            bar,
            form: read.filled,
            rows: None,
            count: None,
            older: None,
            paused: false,
        };
        return web.desk_page_as(&clerk, &view, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let before: Option<Before> = read.get("older").parse().ok();
    let call = clerk.asked.call("");
    let hits = web.app.search(&clerk.who, &words, before, ROWS, &call).await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let whole = before.is_none() && hits.next.is_none();
    let view = Search {
        bar,
        form: read.filled,
        count: whole.then_some(Count {
            n: hits.items.len() as u64,
            more: false,
        }),
        rows: Some(hits.items.iter().map(|item| reader.row(item)).collect()),
        older: hits.next.map(|leaf| leaf.to_string()),
        paused: hits.paused,
    };
    web.desk_page(&clerk, &view)
}

/// A petition on the approval line; `None` if it no longer is.
async fn awaited(web: &Web, reader: &Reader, item: &Item) -> Result<Option<Awaited>, Fault> {
    let p = &item.petition;
    let (Some(draft), Some(signer)) = (p.draft, p.signer()) else {
        return Ok(None);
    };
    let person = reader.person(signer.official);
    Ok(Some(Awaited {
        row: reader.row(item),
        drafter: reader.by(draft.by),
        mark: signer.mark,
        signer: format!("{} {}", person.title, person.name),
        outcome: draft.outcome,
        sent_up_at: web.app.sent_up_at(p.id).await?.unwrap_or(draft.at),
    }))
}

/// `GET /desk/approvals`
pub async fn approvals(
    Seated(web): Seated,
    clerk: Clerk,
    Query(which): Query<Which>,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let call = clerk.asked.call("");
    let behind = face::behind(&which.older);
    let listing = web
        .app
        .list(&clerk.who, View::ToSign, behind, ROWS, &call)
        .await?;
    let (mut waiting, mut sent) = (Vec::new(), Vec::new());
    for item in &listing.items {
        waiting.extend(awaited(&web, &reader, item).await?);
    }
    for item in &web.app.sent_up_by(&clerk.who, ROWS).await? {
        sent.extend(awaited(&web, &reader, item).await?);
    }
    let view = Approvals {
        bar: web.bar(&clerk, Here::Approvals).await?,
        waiting,
        sent,
        older: listing.next.map(face::mark),
        as_of: web.app.now(),
    };
    web.desk_page(&clerk, &view)
}

/// `GET /desk/people`
pub async fn people(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let office = &reader.office;
    let mut members: BTreeMap<UnitId, Vec<Member>> = BTreeMap::new();
    for (official, posts) in &office.staff.posts {
        let mut of_unit: BTreeMap<UnitId, Vec<Seat>> = BTreeMap::new();
        for post in posts {
            of_unit.entry(post.unit).or_default().push(post.seat);
        }
        for (unit, seats) in of_unit {
            members.entry(unit).or_default().push(Member {
                person: reader.person(*official),
                seats,
                // 부재 중이면 지금 그 일을 하는 사람.
                stand_in: (office.away(*official, web.app.now()))
                    .map(|away| {
                        let substitutes = [away.stand_in, away.deputy].into_iter().flatten();
                        let mut names: Vec<String> = substitutes.map(|id| reader.official(id)).collect();
                        names.dedup();
                        names.join(", ")
                    })
                    .unwrap_or_default(),
            });
        }
    }
    let everyone_elsewhere = members.is_empty();
    let mut units: Vec<_> = (office.units.values())
        .filter(|unit| everyone_elsewhere || members.contains_key(&unit.id))
        .collect();
    units.sort_by(|a, b| (&a.parent, &a.code).cmp(&(&b.parent, &b.code)));
    let units = units
        .into_iter()
        .map(|unit| {
            let mut members = members.get(&unit.id).cloned().unwrap_or_default();
            members.sort_by(|a, b| (&a.seats, &a.person.name).cmp(&(&b.seats, &b.person.name)));
            let parent = office.unit_by_code(&unit.parent);
            Unit {
                code: unit.code.clone(),
                name: reader.pick(&unit.name, &unit.name_en),
                parent: parent
                    .map(|parent| reader.pick(&parent.name, &parent.name_en))
                    .unwrap_or_default(),
                phone: unit.phone.clone(),
                members,
            }
        })
        .collect();
    let view = People {
        bar: web.bar(&clerk, Here::People).await?,
        administers: matches!(&clerk.who, Who::Official(me) if domain::organisation::administers(me)),
        units,
    };
    web.desk_page(&clerk, &view)
}

/// `GET /desk/about`
pub async fn about(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let office = web.app.office();
    let roots = web.app.published_roots(ROOTS).await?;
    let roots = roots.into_iter().filter_map(|root| {
        Some(Root {
            number: root.no,
            day: root.signed_at.date()?,
            signed_at: root.signed_at,
            events: root.next - root.first,
            root: domain::text::hex(&root.merkle),
        })
    });
    let view = About {
        bar: web.bar(&clerk, Here::About).await?,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine: web.app.engine_name().to_owned(),
        rules: Rules::for_reception(office.day).text.to_owned(),
        calendar: office.calendar.version(),
        calendar_until: office.calendar.last(),
        roots: roots.collect(),
        suggestions: web.suggestions().await?,
        records: web.app.exchange().await?.map(|exchange| Records {
            waiting: exchange.waiting,
            since: exchange.since,
            slow: (exchange.since).is_some_and(|since| app::records::is_slow(since, web.app.now())),
            aside: exchange.aside,
        }),
    };
    web.desk_page(&clerk, &view)
}

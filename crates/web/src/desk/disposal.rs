//! 기록물 폐기의 길 — the lists, one list and the step that is awaited, and the paper for the board.

use super::gate::Wish;
use super::papers::lang_of;
use crate::leave::{Leave, download};
use crate::{
    Web,
    form::{self, Named, Read, Shape},
    security::Fault,
    session::{Clerk, Seated},
    show,
    view::{
        Filled, Message,
        desk::{
            Desk, Here, at,
            disposal::{BoardRow, DisposalPage, Disposals, ItemRow, ListRow, SaidRow, TakenRow},
            timeline::Names,
        },
    },
};
use app::act::ActError;
use app::erase::disposal::{Item, Members, NAMES, Opened, ROWS, Said, Shown, WHY};
use app::papers::register::NotDrawnUp;
use axum::{
    Router,
    body::Bytes,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use documents::registers::{Pages, Register};
use domain::access::disposal::{DisposalDeed, may_dispose};
use domain::gate::{Export, Format};
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::retention::disposal::{Disposal, Opinion, Step, Taken};
use domain::terms::By;
use domain::time::At;
use jiff::civil::Date;
use serde::Deserialize;

/// The pages; the caller puts them behind the gate.
pub fn router() -> Router<Web> {
    Router::new()
        .route(at::Disposals, get(lists))
        .route(at::Disposal, get(page).post(send))
        .route(at::DisposalSheet, get(sheet))
        .merge(super::apart::router())
}

/// 접수번호, or 신청번호 where there is none.
pub(crate) fn called(p: &Petition) -> String {
    p.reception
        .map_or_else(|| p.number.to_string(), |r| r.number.to_string())
}

/// What a list of lists is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    step: Option<String>,
    year: Option<String>,
    older: Option<String>,
}

/// What a page of a list is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    opinion: Option<String>,
    page: Option<usize>,
    saved: Option<String>,
}

impl Asked {
    fn shown(&self) -> Shown {
        Shown {
            opinion: self.opinion.as_deref().and_then(|code| code.parse().ok()),
            page: self.page.unwrap_or(1).clamp(1, 10_000),
        }
    }
}

fn row(web: &Web, clerk: &Clerk, disposal: &Disposal) -> ListRow {
    let reader = web.reader(clerk.asked.visit.lang);
    let step = disposal.step();
    let mine =
        DisposalDeed::of(step).is_some_and(|deed| may_dispose(&clerk.who, deed, disposal.unit).is_ok());
    ListRow {
        id: disposal.id.to_string(),
        year: disposal.year,
        part: disposal.part,
        unit: reader.unit(disposal.unit),
        petitions: disposal.petitions.len(),
        step,
        made_at: disposal.made_at,
        mine,
    }
}

/// `GET /desk/disposals`
pub async fn lists(
    Seated(web): Seated,
    clerk: Clerk,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fault> {
    let year = wanted.year.unwrap_or_default();
    let mut form = Filled::of(&[("year", &year)]);
    let number: Option<i16> = year.parse().ok().filter(|year| (1900..=9999).contains(year));
    if !year.is_empty() && number.is_none() {
        form = form.wrong("year", Message::new("disposal-error-year"));
    }
    let step: Option<Step> = wanted.step.as_deref().and_then(|code| code.parse().ok());
    let older = wanted.older.as_deref().and_then(behind);
    let status = match form.errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (disposals, more) = match web.app.disposals(&clerk.who, step, number, older).await {
        Err(ActError::Refused(_)) => return Err(Fault::not_found()),
        other => other?,
    };
    let last = disposals.last().filter(|_| more);
    let view = Disposals {
        bar: web.bar(&clerk, Here::Papers).await?,
        older: last.map(|one| format!("{}-{}", one.made_at.0, one.id)),
        rows: disposals.iter().map(|one| row(&web, &clerk, one)).collect(),
        step: step.map_or_else(String::new, |step| step.code().to_owned()),
        year,
        form,
    };
    web.desk_page_as(&clerk, &view, status)
}

fn behind(mark: &str) -> Option<(At, uuid::Uuid)> {
    let (at, id) = mark.split_once('-')?;
    Some((At(at.parse().ok()?), id.parse().ok()?))
}

fn item_row(n: usize, item: &Item, disposal: &Disposal) -> ItemRow {
    let steps = [Step::Department, Step::Review, Step::Board];
    let said = steps.into_iter().zip(&item.said);
    ItemRow {
        n,
        id: item.petition.id.to_string(),
        number: called(&item.petition),
        title: item.title.clone(),
        service: String::new(),
        concluded: item.petition.end.and_then(|end| end.concluded_at.date()),
        term: item.term,
        until: item.until,
        said: said
            .filter_map(|(step, said)| {
                let (mark, why) = said.as_ref()?;
                Some(SaidRow {
                    step,
                    opinion: mark.opinion,
                    term: mark.term,
                    why: why.clone(),
                })
            })
            .collect(),
        proposed: disposal.proposed(item.petition.id),
        held: item.held,
        fate: item.fate,
    }
}

/// What is being said in the step that is awaited, for the fields of the page.
fn typed(opened: &Opened) -> Filled {
    let mut form = Filled::default();
    for (item, n) in opened.items.iter().zip(1..) {
        if let Some((mark, why)) = &item.said[3] {
            let mut put = |name: &str, value: &str| {
                form.values.insert(format!("{name}-{n}"), value.to_owned());
            };
            put("opinion", mark.opinion.code());
            put("why", why);
            put("term", mark.term.map_or("", |term| term.code()));
        }
    }
    form
}

impl Web {
    async fn disposal_page(
        &self,
        clerk: &Clerk,
        opened: &Opened,
        asked: &Asked,
        form: Filled,
        status: StatusCode,
    ) -> Result<Response, Fault> {
        let reader = self.reader(clerk.asked.visit.lang);
        let disposal = &opened.disposal;
        let shown = asked.shown();
        let count = |opinion| {
            let all = disposal.petitions.iter();
            all.filter(|id| disposal.proposed(**id) == opinion).count()
        };
        let board = disposal.board.as_ref();
        let taken = [
            (Step::Department, disposal.department.as_ref()),
            (Step::Review, disposal.review.as_ref()),
            (Step::Board, board.map(|board| &board.taken)),
        ];
        let taken_row = |(step, taken): (Step, Option<&Taken>)| {
            taken.map(|taken| TakenRow {
                step,
                by: reader.by(By::Official(taken.by)),
                at: taken.at,
                exceptions: taken.marks.len(),
            })
        };
        let holds_seat = row(self, clerk, disposal);
        let same = holds_seat.mine && opened.may == Err(Refusal::NotYours);
        let view = DisposalPage {
            bar: self.bar(clerk, Here::Papers).await?,
            list: ListRow {
                mine: opened.may.is_ok(),
                ..holds_seat
            },
            counts: [Opinion::Destroy, Opinion::Defer, Opinion::Again].map(count),
            taken: taken.into_iter().filter_map(taken_row).collect(),
            board: board.map(|board| {
                let members = opened.members.clone().unwrap_or_default();
                BoardRow {
                    held_on: board.held_on,
                    inside: members.inside,
                    outside: members.outside,
                }
            }),
            carried: disposal.carried,
            items: (opened.items.iter().zip(1..))
                .map(|(item, n)| ItemRow {
                    service: reader.service(&item.petition),
                    ..item_row(n, item, disposal)
                })
                .collect(),
            opinion: (shown.opinion).map_or_else(String::new, |opinion| opinion.code().to_owned()),
            fitting: opened.fitting,
            page: shown.page,
            pages: opened.fitting.div_ceil(ROWS).max(1),
            same,
            saved: asked.saved.is_some() && form.errors.is_empty(),
            form,
        };
        self.desk_page_as(clerk, &view, status)
    }
}

async fn opened(web: &Web, clerk: &Clerk, id: &str, shown: Shown) -> Result<Opened, Fault> {
    let id = id.parse().map_err(|_| Fault::not_found())?;
    Ok((web.app)
        .disposal(&clerk.who, id, shown, &clerk.asked.call(""))
        .await?)
}

/// `GET /desk/disposals/{id}`
pub async fn page(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let opened = opened(&web, &clerk, &id, asked.shown()).await?;
    let form = typed(&opened);
    web.disposal_page(&clerk, &opened, &asked, form, StatusCode::OK)
        .await
}

/// The exceptions written on a page; faults are told beside the fields.
fn said(read: &mut Read) -> Vec<Said> {
    let mut all = Vec::new();
    for n in 1..=ROWS {
        let get = |name: &str| read.get(&format!("{name}-{n}")).trim().to_owned();
        let Ok(petition) = get("petition").parse::<PetitionId>() else {
            continue;
        };
        let one = Said {
            petition,
            opinion: get("opinion").parse().ok(),
            term: get("term").parse().ok(),
            why: get("why"),
        };
        if one.opinion.is_some() && one.why.is_empty() {
            let fault = Message::new("disposal-error-why");
            read.filled = std::mem::take(&mut read.filled).wrong(&format!("why-{n}"), fault);
        }
        if one.opinion == Some(Opinion::Again) && one.term.is_none() {
            let fault = Message::new("disposal-error-term");
            read.filled = std::mem::take(&mut read.filled).wrong(&format!("term-{n}"), fault);
        }
        all.push(one);
    }
    all
}

/// The board as it was written down.
fn board(read: &mut Read) -> Option<(Date, Members)> {
    let names = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    let members = Members {
        inside: names(read.get("inside")),
        outside: names(read.get("outside")),
    };
    let held_on: Option<Date> = read.get("held_on").trim().parse().ok();
    if held_on.is_none() {
        let fault = Message::new("disposal-error-held-on");
        read.filled = std::mem::take(&mut read.filled).wrong("held_on", fault);
    }
    if members.outside.len() < 2 {
        let fault = Message::new("disposal-error-outside");
        read.filled = std::mem::take(&mut read.filled).wrong("outside", fault);
    }
    Some((held_on?, members))
}

/// Does what a form asks for.
async fn act(web: &Web, clerk: &Clerk, id: uuid::Uuid, read: &mut Read) -> Result<(), ActError> {
    let (who, call) = (&clerk.who, clerk.asked.call(""));
    let step: Step = read.get("step").parse().map_err(|_| Refusal::NotNow)?;
    let marks = said(read);
    let take = read.get("do") == "take";
    let met = match take && step == Step::Board {
        true => board(read),
        false => None,
    };
    if !read.sound() {
        return Ok(());
    }
    // Sent twice, the step is taken already: what was excepted with it went along the first time.
    match web.app.mark_disposal(who, id, step, &marks, &call).await {
        Err(ActError::Refused(Refusal::NotNow | Refusal::NotYours)) if take => {}
        other => other?,
    }
    match (take, met) {
        (false, _) => Ok(()),
        (true, Some((held_on, members))) => {
            let decided = web.app.decide_disposal(who, id, held_on, &members, &call).await;
            if let Err(ActError::Refused(Refusal::BoardIncomplete)) = decided {
                let fault = Message::new("disposal-error-held-on");
                read.filled = std::mem::take(&mut read.filled).wrong("held_on", fault);
                return Ok(());
            }
            decided
        }
        (true, None) => web.app.submit_disposal(who, id, step, &call).await,
    }
}

/// `POST /desk/disposals/{id}`
pub async fn send(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    body: Bytes,
) -> Result<Response, Fault> {
    let names: Vec<(String, usize, Shape)> = (1..=ROWS)
        .flat_map(|n| {
            [("petition", 40), ("opinion", 20), ("term", 20), ("why", WHY)]
                .map(|(name, max)| (format!("{name}-{n}"), max, Shape::Line))
        })
        .chain([
            ("step".to_owned(), 20, Shape::NeededLine),
            ("do".to_owned(), 10, Shape::NeededChoice(&["mark", "take"])),
            ("held_on".to_owned(), 10, Shape::Line),
            ("inside".to_owned(), NAMES / 2, Shape::Text),
            ("outside".to_owned(), NAMES / 2, Shape::Text),
        ])
        .collect();
    let fields: Vec<Named<'_>> = (names.iter())
        .map(|(name, max, shape)| Named {
            name,
            label: match name.as_str() {
                "held_on" => "disposal-held-on",
                "inside" => "disposal-inside",
                "outside" => "disposal-outside",
                _ => "disposal-why",
            },
            max: *max,
            shape: *shape,
        })
        .collect();
    let mut read = form::urlencoded(&body, &fields)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let key = id.parse().map_err(|_| Fault::not_found())?;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match act(&web, &clerk, key, &mut read).await {
        Ok(()) if read.sound() => {
            let shown = asked.shown();
            let query = match read.get("do") == "take" {
                true => "saved=yes".to_owned(),
                false => format!(
                    "opinion={}&page={}&saved=yes",
                    shown.opinion.map_or("", |opinion| opinion.code()),
                    shown.page
                ),
            };
            let way = format!("{}?{query}", Desk::Disposal(id));
            return Ok(Redirect::to(&way).into_response());
        }
        Ok(()) => {}
        Err(ActError::Refused(Refusal::NotNow)) => {
            status = StatusCode::CONFLICT;
            let moved = Message::new("disposal-error-moved");
            read.filled = std::mem::take(&mut read.filled).wrong("", moved);
        }
        Err(ActError::Refused(refusal)) => {
            read.filled = std::mem::take(&mut read.filled).wrong("", show::refused(refusal));
        }
        Err(ActError::NotFound) => return Err(Fault::not_found()),
        Err(ActError::Trouble(trouble)) => return Err(trouble.into()),
    }
    let opened = opened(&web, &clerk, &id, asked.shown()).await?;
    web.disposal_page(&clerk, &opened, &asked, read.filled, status)
        .await
}

/// `GET /desk/disposals/{id}/list.pdf`: no title and no name stands on it, for it is kept when the records are gone.
pub async fn sheet(Seated(web): Seated, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    let key = id.parse().map_err(|_| Fault::not_found())?;
    let seen = opened(&web, &clerk, &id, Shown::default()).await?;
    let wish = Wish {
        what: Export::DisposalList,
        format: Format::Pdf,
        petition: None,
        subjects: u32::try_from(seen.disposal.petitions.len()).unwrap_or(u32::MAX),
        from: Desk::Disposal(id).to_string(),
    };
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    let app = pass.over(&web.app)?;
    let opened = (app.disposal_sheet(&clerk.who, key, &clerk.asked.call(""))).await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let disposal = &opened.disposal;
    let opinion_at = |item: &Item, steps: &[usize], taken: bool| -> String {
        if !taken {
            return String::new();
        }
        let mark = (steps.iter().rev()).find_map(|step| item.said[*step].as_ref().map(|(mark, _)| mark));
        let opinion = mark.map_or(Opinion::Destroy, |mark| mark.opinion);
        let word = reader.word(&format!("opinion-{opinion}"));
        match mark.and_then(|mark| mark.term) {
            Some(term) => format!("{word} ({})", reader.word(&format!("term-{term}"))),
            None => word,
        }
    };
    let day = |day: Option<Date>| day.map_or_else(String::new, domain::korean::date);
    let lines = (opened.items.iter().zip(1..))
        .map(|(item, n): (&Item, usize)| {
            vec![
                n.to_string(),
                called(&item.petition),
                reader.service(&item.petition),
                day(item.petition.end.and_then(|end| end.concluded_at.date())),
                reader.word(&format!("term-{}", item.term)),
                day(item.until),
                opinion_at(item, &[0], disposal.department.is_some()),
                opinion_at(item, &[0, 1], disposal.review.is_some()),
                opinion_at(item, &[0, 1, 2], disposal.board.is_some()),
            ]
        })
        .collect();
    let list = row(&web, &clerk, disposal);
    let name = Message::new("disposal-name")
        .with("year", u64::try_from(list.year).unwrap_or_default())
        .with("unit", list.unit)
        .with("part", u64::from(list.part));
    let mut of = vec![reader.say(&name)];
    if let (Some(board), Some(members)) = (&disposal.board, &opened.members) {
        of.push(format!(
            "{} {}",
            reader.word("disposal-held-on"),
            domain::korean::date(board.held_on)
        ));
        for (word, names) in [
            ("disposal-inside", &members.inside),
            ("disposal-outside", &members.outside),
        ] {
            if !names.is_empty() {
                of.push(format!("{} {}", reader.word(word), names.join(", ")));
            }
        }
    }
    let made = disposal.made_at.date().unwrap_or_default();
    let agency = &app.office().settings.agency;
    let lang = lang_of(&clerk);
    let pages = Pages {
        register: Register::Disposal,
        agency: reader.pick(&agency.name, &agency.name_en),
        from: made,
        to: disposal
            .carried
            .and_then(|at| at.date())
            .unwrap_or(app.office().day),
        of: of.join(" · "),
        lines,
        drawn_up: app.now(),
    };
    let printed = app.print_register(&pages, lang).map_err(unfit)?;
    Ok(download(
        Leave::passed(&pass),
        &format!("기록물 폐기 목록 {}-{}.pdf", disposal.year, disposal.part),
        "application/pdf",
        printed.pdf,
    ))
}

/// A register that cannot be printed.
pub(crate) fn unfit(error: NotDrawnUp) -> Fault {
    match error {
        NotDrawnUp::Act(error) => error.into(),
        NotDrawnUp::Days | NotDrawnUp::TooLong => Fault::of(StatusCode::UNPROCESSABLE_ENTITY),
    }
}

//! 심사관의 한 달 — its page, its papers, and what is done to it.

use super::{SPEED_WORDS, figures, speed_row};
use crate::desk::gate::Wish;
use crate::leave::{Impersonal, Leave, csv, download};
use crate::{
    Web,
    desk::{Reader, named},
    form::{self, Field, Read, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message,
        desk::{
            Desk, Here,
            supervision::{
                Finding as FindingPage, FindingRow, ItemRow, Month as MonthPage, Months, SpeedRow, Told,
            },
            timeline::Names,
        },
    },
};
use app::{act::ActError, supervision::month::Inspected, words::Raw};
use axum::{
    body::Bytes,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::gate::{Export, Format};
use domain::{
    evaluation::{Lot, Work},
    id::UnitId,
    inspection::{Act, BoardRow, Event, Finding, Month, Recorded, Stand, Weight},
    refusal::Refusal,
    text::Text,
};
use jiff::civil::Date;

/// Months of the list.
const MONTHS: u32 = 60;
/// The day of the next month by which a month is inspected (규칙7).
const BY_DAY: i8 = 5;

const fn field(name: &'static str, label: &'static str, max: usize, shape: Shape) -> Field {
    Field {
        name,
        label,
        max,
        shape,
    }
}

const MONTH_FIELDS: &[Field] = &[
    field("key", "send", 80, Shape::Line),
    field(
        "do",
        "send",
        10,
        Shape::NeededChoice(&["board", "text", "find", "close"]),
    ),
    field("staff_text", "sv-staff-text-field", 1_000, Shape::Text),
    field(
        "find_weight",
        "sv-weight",
        10,
        Shape::Choice(&["remark", "order"]),
    ),
    field("find_unit", "desk-unit", 32, Shape::Line),
    field("find_petition", "sv-find-petition", 64, Shape::Line),
    field("find_text", "sv-find-text", 4_000, Shape::Text),
    field("find_reply_by", "sv-reply-by-order", 10, Shape::Line),
];

const FINDING_FIELDS: &[Field] = &[
    field("key", "send", 80, Shape::Line),
    field(
        "do",
        "send",
        10,
        Shape::NeededChoice(&["reply", "accept", "again"]),
    ),
    field("text", "sv-reply-order", 4_000, Shape::Text),
    field("reply_by", "sv-again-by", 10, Shape::Line),
];

/// `GET /desk/supervision/months`
pub async fn months(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let months = web.app.months(MONTHS).await?;
    let view = Months {
        bar: web.bar(&clerk, Here::Supervision).await?,
        months: months.iter().map(ToString::to_string).collect(),
    };
    web.desk_page(&clerk, &view)
}

/// What a page of a month shows besides it.
#[derive(Default)]
struct Page {
    form: Filled,
    refused: Option<Refusal>,
    key: Option<String>,
}

/// The rows of a board.
fn board(rows: &[BoardRow], reader: &Reader) -> Vec<SpeedRow> {
    let choices = reader.office.settings.evaluation;
    let mut rows: Vec<SpeedRow> = (rows.iter())
        .map(|row| {
            // As published, of all lengths together: the sums are the figures, and the reading may have changed since.
            let mut work = Work::default();
            let lot = Lot {
                allowed: row
                    .allowed
                    .checked_div(row.cases)
                    .unwrap_or(0)
                    .max(choices.least()),
                cases: row.cases,
                late: row.late,
                used: row.used,
            };
            work.add(lot, &choices);
            work.allowed = row.allowed;
            work.open_late = row.open_late;
            speed_row(reader.unit(row.unit), &work, &choices)
        })
        .collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    rows
}

fn finding_row(finding: &Finding, seen: &Inspected, reader: &Reader) -> FindingRow {
    let text = |text: Option<&Text>| {
        text.and_then(|text| seen.texts.text(*text))
            .unwrap_or_default()
            .to_owned()
    };
    FindingRow {
        no: finding.no,
        weight: finding.weight,
        stand: finding.stand,
        unit: reader.unit(finding.unit),
        at: finding.at,
        text: text(finding.texts.first()),
        reply_by: finding.reply_by,
    }
}

fn told<'a>(journal: impl Iterator<Item = &'a Recorded>, seen: &Inspected, reader: &Reader) -> Vec<Told> {
    let day = |day: Date| day.strftime("%Y. %-m. %-d.").to_string();
    journal
        .map(|recorded| Told {
            at: recorded.at,
            who: reader.by(recorded.by),
            what: match &recorded.event {
                Event::Drawn { items } => Message::new("sv-event-drawn").with("n", *items),
                Event::BoardPublished { rows } => Message::new("sv-event-board").with("n", rows.len()),
                Event::StaffTextSent { to, .. } => Message::new("sv-event-text").with("n", *to),
                Event::Found { no, weight, unit, .. } => Message::new(format!("sv-event-found-{weight}"))
                    .with("no", *no)
                    .with("unit", reader.unit(*unit)),
                Event::Replied { no, .. } => Message::new("sv-event-replied").with("no", *no),
                Event::Accepted { no } => Message::new("sv-event-accepted").with("no", *no),
                Event::AskedAgain { no, reply_by, .. } => Message::new("sv-event-again")
                    .with("no", *no)
                    .with("until", day(*reply_by)),
                Event::Closed {} => Message::new("sv-event-closed"),
            },
            note: (recorded.event.text())
                .and_then(|text| seen.texts.text(text))
                .unwrap_or_default()
                .to_owned(),
        })
        .collect()
}

impl Page {
    async fn draw(
        mut self,
        web: &Web,
        clerk: &Clerk,
        month: Month,
        status: StatusCode,
    ) -> Result<Response, Fault> {
        let seen = web
            .app
            .inspected(&clerk.who, month, &clerk.asked.call(""))
            .await?;
        let reader = web.reader(clerk.asked.visit.lang);
        let standing = &seen.standing;
        let rows = match &seen.state.board {
            Some((_, rows)) => rows.clone(),
            None if standing.examiner => web.app.board_rows(month).await?,
            None => Vec::new(),
        };
        if standing.examiner
            && seen.state.staff_text.is_none()
            && !self.form.values.contains_key("staff_text")
        {
            let text = web.app.staff_text(month).await?;
            self.form.values.insert("staff_text".to_owned(), text);
        }
        let mut units: Vec<(String, String)> = (reader.office.units.keys())
            .filter(|unit| standing.examiner || standing.deputy_of.contains(unit))
            .map(|unit| (unit.to_string(), reader.unit(*unit)))
            .collect();
        units.sort_by(|a, b| a.1.cmp(&b.1));
        if !units.is_empty() {
            units.insert(0, (String::new(), reader.word("desk-choose")));
        }
        let (year, of_year) = month.later(1).parts();
        let by = jiff::civil::date(year, of_year, BY_DAY);
        let takes_part = standing.takes_part();
        let view = MonthPage {
            bar: web.bar(clerk, Here::Supervision).await?,
            month: month.to_string(),
            examiner: standing.examiner,
            units,
            drawn: seen.state.drawn.map(|(at, _)| (at, by)),
            board: board(&rows, &reader),
            published: seen.state.board.as_ref().map(|(at, _)| *at),
            sent: seen.state.staff_text.map(|(at, text, to)| {
                let text = seen.texts.text(text).unwrap_or_default().to_owned();
                (at, text, to)
            }),
            items: (seen.items.iter())
                .map(|(item, line)| ItemRow {
                    unit: (item.unit)
                        .map_or_else(|| reader.word("sv-undistributed"), |unit| reader.unit(unit)),
                    ground: item.ground,
                    clause: item.ground.clause().to_owned(),
                    row: line.as_ref().map(|line| reader.row(line)),
                })
                .collect(),
            findings: (seen.state.findings.iter())
                .map(|finding| finding_row(finding, &seen, &reader))
                .collect(),
            closed: seen.state.closed,
            told: told(seen.journal.iter().filter(|_| takes_part), &seen, &reader),
            holds: seen.holds,
            form: self.form,
            refused: self.refused.map(|refusal| (refusal, refusal.clause().to_owned())),
            key: self.key.unwrap_or_else(|| web.once()),
        };
        web.desk_page_as(clerk, &view, status)
    }
}

/// `GET /desk/supervision/months/{month}`
pub async fn month(Seated(web): Seated, clerk: Clerk, Path(month): Path<String>) -> Result<Response, Fault> {
    let month: Month = month.parse().map_err(|_| Fault::not_found())?;
    Page::default().draw(&web, &clerk, month, StatusCode::OK).await
}

/// The act a form on a month asks for; `None` with faults beside the fields.
async fn asked(web: &Web, clerk: &Clerk, month: Month, read: &mut Read) -> Result<Option<Act<Raw>>, Fault> {
    let mut faults = Filled::default();
    let required = |label: &str| Message::new("error-required").with("field", format!("@{label}"));
    let act = match read.get("do") {
        "board" => Some(Act::PublishBoard {
            rows: web.app.board_rows(month).await?,
        }),
        "text" => {
            let text = Raw::optional(read.get("staff_text"));
            if text.is_none() {
                faults = faults.wrong("staff_text", required("sv-staff-text-field"));
            }
            let to = u32::try_from(web.app.office().officials.len()).unwrap_or(u32::MAX);
            text.map(|text| Act::SendStaffText { text, to })
        }
        "find" => {
            let weight: Option<Weight> = read.get("find_weight").parse().ok();
            let unit: Option<UnitId> = read.get("find_unit").parse().ok();
            let text = Raw::optional(read.get("find_text"));
            let day = read.get("find_reply_by").trim().to_owned();
            let reply_by: Option<Date> = day.parse().ok();
            let choice =
                |label: &str| Message::new("error-required-choice").with("field", format!("@{label}"));
            if weight.is_none() {
                faults = faults.wrong("find_weight", choice("sv-weight"));
            }
            if unit.is_none() {
                faults = faults.wrong("find_unit", choice("desk-unit"));
            }
            let number = read.get("find_petition").trim().to_owned();
            let petition = match number.as_str() {
                "" => None,
                number => match named(web, &clerk.who, number).await {
                    Ok(id) => Some(id),
                    Err(ActError::Trouble(trouble)) => return Err(trouble.into()),
                    Err(ActError::NotFound | ActError::Refused(_)) => {
                        faults = faults.wrong("find_petition", Message::new("sv-error-no-petition"));
                        None
                    }
                },
            };
            if text.is_none() {
                faults = faults.wrong("find_text", required("sv-find-text"));
            }
            let missing = weight == Some(Weight::Order) && reply_by.is_none();
            if missing || (!day.is_empty() && reply_by.is_none()) {
                faults = faults.wrong("find_reply_by", Message::new("error-date-form"));
            }
            match (weight, unit, text) {
                (Some(weight), Some(unit), Some(text)) => Some(Act::Find {
                    weight,
                    unit,
                    petition,
                    text,
                    reply_by: reply_by.filter(|_| weight == Weight::Order),
                }),
                _ => None,
            }
        }
        "close" => Some(Act::Close),
        _ => None,
    };
    read.filled.errors.extend(faults.errors);
    Ok(act.filter(|_| read.sound()))
}

/// `POST /desk/supervision/months/{month}`
pub async fn send(
    Seated(web): Seated,
    clerk: Clerk,
    Path(month): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let month: Month = month.parse().map_err(|_| Fault::not_found())?;
    let mut read = form::urlencoded(&body, MONTH_FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let key = read.get("key").to_owned();
    let act = asked(&web, &clerk, month, &mut read).await?;
    let mut page = Page {
        key: key.rsplit_once('-').map(|(key, _)| key.to_owned()),
        ..Page::default()
    };
    let Some(act) = act else {
        page.form = read.filled;
        return page
            .draw(&web, &clerk, month, StatusCode::UNPROCESSABLE_ENTITY)
            .await;
    };
    match web
        .app
        .inspect(&clerk.who, month, act, &clerk.asked.call(&key))
        .await
    {
        Ok(_) => Ok(Redirect::to(&Desk::Month(month.to_string()).to_string()).into_response()),
        Err(ActError::Refused(refusal)) => {
            page.form = read.filled;
            page.refused = Some(refusal);
            page.draw(&web, &clerk, month, StatusCode::UNPROCESSABLE_ENTITY)
                .await
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /desk/supervision/months/{month}/papers/{paper}`: `list.csv`, `board.csv` or `report.pdf`.
pub async fn paper(
    Seated(web): Seated,
    clerk: Clerk,
    Path((month, paper)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let month: Month = month.parse().map_err(|_| Fault::not_found())?;
    let reader = web.reader(clerk.asked.visit.lang);
    let words = |words: &[&str]| -> Vec<String> { words.iter().map(|word| reader.word(word)).collect() };
    let call = clerk.asked.call("");
    let wish = Wish {
        what: Export::Inspection,
        format: if paper == "report.pdf" {
            Format::Pdf
        } else {
            Format::Csv
        },
        petition: None,
        subjects: web.app.inspected_petitions(&clerk.who, month).await?,
        from: Desk::Month(month.to_string()).to_string(),
    };
    match paper.as_str() {
        "list.csv" => {
            // Whoever may not see the month is told so before being asked anything.
            web.app.months_open_to(&clerk.who, month).await?;
            let pass = match web.pass(&clerk, &wish).await? {
                Ok(pass) => pass,
                Err(asks) => return Ok(asks),
            };
            let seen = web.app.inspected(&clerk.who, month, &call).await?;
            let lines: Vec<Vec<String>> = (seen.items.iter())
                .map(|(item, line)| {
                    let unit = item.unit.map(|unit| reader.unit(unit)).unwrap_or_default();
                    let number = line.as_ref().map(|line| line.petition.number.to_string());
                    let ground = reader.word(&format!("sv-ground-{}", item.ground));
                    vec![
                        unit,
                        ground,
                        item.ground.clause().to_owned(),
                        number.unwrap_or_default(),
                    ]
                })
                .collect();
            let head = words(&["desk-unit", "sv-why", "sv-clause", "sv-filing-number"]);
            Ok(csv(
                Leave::passed(&pass),
                &format!("inspection-{month}.csv"),
                &head,
                &lines,
            ))
        }
        "board.csv" => {
            let seen = web.app.inspected(&clerk.who, month, &call).await?;
            let rows = match &seen.state.board {
                Some((_, rows)) => rows.clone(),
                None if seen.standing.examiner => web.app.board_rows(month).await?,
                None => return Err(Fault::not_found()),
            };
            let lines: Vec<Vec<String>> = (board(&rows, &reader).iter())
                .map(|row| std::iter::once(row.name.clone()).chain(figures(row)).collect())
                .collect();
            let head = words(&[&["desk-unit"], SPEED_WORDS.as_slice()].concat());
            Ok(csv(
                Leave::impersonal(Impersonal::Figures),
                &format!("board-{month}.csv"),
                &head,
                &lines,
            ))
        }
        "report.pdf" => {
            if !web.app.standing_in(&clerk.who).examiner {
                return Err(Fault::not_found());
            }
            web.app.months_open_to(&clerk.who, month).await?;
            let pass = match web.pass(&clerk, &wish).await? {
                Ok(pass) => pass,
                Err(asks) => return Ok(asks),
            };
            let lang = crate::desk::case::press_lang(reader.lang);
            let printed = pass
                .over(&web.app)?
                .inspection_report(&clerk.who, month, lang, &call)
                .await?;
            let name = format!("inspection-{month}.pdf");
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

struct FindingForm {
    form: Filled,
    refused: Option<Refusal>,
    key: Option<String>,
}

async fn finding_page(
    web: &Web,
    clerk: &Clerk,
    (month, no): (Month, u32),
    left: FindingForm,
    status: StatusCode,
) -> Result<Response, Fault> {
    let seen = web
        .app
        .inspected(&clerk.who, month, &clerk.asked.call(""))
        .await?;
    let finding = seen.state.finding(no).ok_or_else(Fault::not_found)?;
    let reader = web.reader(clerk.asked.visit.lang);
    let about = |recorded: &&Recorded| {
        matches!(&recorded.event,
            Event::Found { no: of, .. } | Event::Replied { no: of, .. } | Event::Accepted { no: of } | Event::AskedAgain { no: of, .. }
            if *of == no)
    };
    let petition = match finding.petition {
        Some(id) => web
            .app
            .standing(&clerk.who, id)
            .await
            .ok()
            .map(|p| p.number.to_string()),
        None => None,
    };
    let open = seen.state.closed.is_none();
    let view = FindingPage {
        bar: web.bar(clerk, Here::Supervision).await?,
        month: month.to_string(),
        finding: finding_row(finding, &seen, &reader),
        petition,
        told: told(seen.journal.iter().filter(about), &seen, &reader),
        replies: open && finding.stand == Stand::Awaited && seen.standing.answers_for.contains(&finding.unit),
        judges: open && finding.stand == Stand::Replied && seen.standing.examiner,
        form: left.form,
        refused: left.refused.map(|refusal| (refusal, refusal.clause().to_owned())),
        key: left.key.unwrap_or_else(|| web.once()),
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/supervision/months/{month}/findings/{no}`
pub async fn finding(
    Seated(web): Seated,
    clerk: Clerk,
    Path((month, no)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (month, no) = place(&month, &no)?;
    let left = FindingForm {
        form: Filled::default(),
        refused: None,
        key: None,
    };
    finding_page(&web, &clerk, (month, no), left, StatusCode::OK).await
}

fn place(month: &str, no: &str) -> Result<(Month, u32), Fault> {
    let month = month.parse().map_err(|_| Fault::not_found())?;
    Ok((month, no.parse().map_err(|_| Fault::not_found())?))
}

/// `POST /desk/supervision/months/{month}/findings/{no}`
pub async fn answer(
    Seated(web): Seated,
    clerk: Clerk,
    Path((month, no)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Fault> {
    let (month, no) = place(&month, &no)?;
    let mut read = form::urlencoded(&body, FINDING_FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let key = read.get("key").to_owned();
    let text = Raw::optional(read.get("text"));
    let reply_by: Option<Date> = read.get("reply_by").trim().parse().ok();
    let mut faults = Filled::default();
    let what = read.get("do").to_owned();
    if text.is_none() && what != "accept" {
        faults = faults.wrong(
            "text",
            Message::new("error-required").with("field", "@sv-reply-order"),
        );
    }
    if what == "again" && reply_by.is_none() {
        faults = faults.wrong("reply_by", Message::new("error-date-form"));
    }
    read.filled.errors.extend(faults.errors);
    let act = match (what.as_str(), text, reply_by) {
        ("accept", _, _) => Some(Act::Accept { no }),
        ("again", Some(text), Some(reply_by)) => Some(Act::AskAgain { no, text, reply_by }),
        ("reply", Some(text), _) => Some(Act::Reply { no, text }),
        _ => None,
    };
    let mut left = FindingForm {
        form: Filled::default(),
        refused: None,
        key: Some(key.clone()).filter(|key| !key.is_empty()),
    };
    let Some(act) = act.filter(|_| read.sound()) else {
        left.form = read.filled;
        return finding_page(&web, &clerk, (month, no), left, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match web
        .app
        .inspect(&clerk.who, month, act, &clerk.asked.call(&key))
        .await
    {
        Ok(_) => {
            let way = Desk::Finding(month.to_string(), no.to_string());
            Ok(Redirect::to(&way.to_string()).into_response())
        }
        Err(ActError::Refused(refusal)) => {
            left.form = read.filled;
            left.refused = Some(refusal);
            finding_page(&web, &clerk, (month, no), left, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other.into()),
    }
}

//! 감독의 길 — delay board, speed index and letters; the months have a file of their own.

pub mod month;

use super::Reader;
use crate::desk::gate::Wish;
use crate::leave::{Leave, csv};
use crate::{
    Web,
    form::{self, Field, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message, Paging,
        desk::{
            Desk, Here,
            supervision::{
                Bars, Candidate, Delays, LetterRow, Letters, OpenRow, Outcome, Speed, SpeedRow, Unit,
            },
        },
    },
};
use app::{
    desk::Item,
    supervision::{
        boards::{Group, Open},
        letters::{AT_ONCE, Issued, Sent, behind, mark},
    },
    words::Raw,
};
use axum::{body::Bytes, extract::Query, http::StatusCode, response::Response};
use domain::gate::{Export, Format};
use domain::{
    evaluation::{Choices, Part, Work, ratio::Ratio},
    id::{OfficialId, PetitionId, UnitId},
    inspection::Month,
    petition::letter::LetterKind,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Letters of one page.
const ROWS: u32 = 30;
/// Months to choose from.
const MONTHS: u32 = 36;

/// A figure as it is shown.
fn figure(ratio: Option<Ratio>) -> String {
    ratio.map_or_else(|| "–".to_owned(), Ratio::hundredths)
}

/// What was handled, as a row.
pub(super) fn speed_row(name: String, work: &Work, choices: &Choices) -> SpeedRow {
    SpeedRow {
        name,
        cases: work.cases,
        late: work.late,
        open_late: work.open_late,
        delayed: figure(work.delayed(choices)),
        kept: figure(work.kept(choices)),
        index: figure(work.shortened(choices)),
    }
}

fn open_row(name: String, open: &Open) -> OpenRow {
    OpenRow {
        name,
        open: open.open,
        overdue: open.overdue,
        today: open.today,
        tomorrow: open.tomorrow,
        sent_back: open.sent_back,
        oldest: open.oldest,
    }
}

/// The months as they are drawn. What ended is told by its own month: what was overdue and open then is left out.
fn trend(months: Vec<(Month, Work)>, choices: &Choices) -> Vec<Bars> {
    let rows = months.into_iter().map(|(month, work)| {
        let row = speed_row(String::new(), &work, choices);
        (month.to_string(), row)
    });
    Bars::draw(rows.collect())
}

/// Departments by name, each with its people by name.
fn units<T, R>(
    groups: BTreeMap<Option<UnitId>, Group<T>>,
    reader: &Reader,
    row: impl Fn(String, &T) -> R,
) -> Vec<Unit<R>> {
    use crate::view::desk::timeline::Names;
    let unit = |id: Option<UnitId>| id.map_or_else(|| reader.word("sv-undistributed"), |id| reader.unit(id));
    let person =
        |id: Option<OfficialId>| id.map_or_else(|| reader.word("sv-undesignated"), |id| reader.official(id));
    let mut named: Vec<(String, Group<T>)> = (groups.into_iter())
        .map(|(id, group)| (unit(id), group))
        .collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    (named.into_iter())
        .map(|(name, group)| {
            let mut people: Vec<(String, T)> = (group.people.into_iter())
                .map(|(id, part)| (person(id), part))
                .collect();
            people.sort_by(|a, b| a.0.cmp(&b.0));
            Unit {
                whole: row(name, &group.whole),
                people: (people.into_iter())
                    .map(|(name, part)| row(name, &part))
                    .collect(),
            }
        })
        .collect()
}

/// `GET /desk/supervision`
pub async fn delays(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let board = web.app.delay_board(&clerk.who, &clerk.asked.call("")).await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let choices = reader.office.settings.evaluation;
    let letters = match web.app.supervises(&clerk.who) {
        Some(_) => Some(u64::from(web.app.waiting_letters(&clerk.who, 200).await?)),
        None => None,
    };
    let view = Delays {
        bar: web.bar(&clerk, Here::Supervision).await?,
        own: board.own,
        total: open_row(String::new(), &board.total),
        units: units(board.units, &reader, open_row),
        trend: trend(board.trend, &choices),
        letters,
        as_of: web.app.now(),
    };
    web.desk_page(&clerk, &view)
}

/// `?month=` and `?part=`.
#[derive(Debug, Deserialize)]
pub struct Which {
    #[serde(default)]
    month: String,
    #[serde(default)]
    part: String,
}

impl Which {
    fn read(&self, web: &Web) -> Result<(Month, Part), Fault> {
        let this = web.app.this_month()?;
        let month = self.month.parse().ok().filter(|month| *month <= this);
        Ok((
            month.unwrap_or(this),
            self.part.parse().unwrap_or(Part::Statutory),
        ))
    }
}

/// `GET /desk/supervision/speed`
pub async fn speed(Seated(web): Seated, clerk: Clerk, Query(which): Query<Which>) -> Result<Response, Fault> {
    let (month, part) = which.read(&web)?;
    let board = (web.app)
        .speed(&clerk.who, month, part, &clerk.asked.call(""))
        .await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let choices = reader.office.settings.evaluation;
    let row = |name: String, work: &Work| speed_row(name, work, &choices);
    let this = web.app.this_month()?;
    let view = Speed {
        bar: web.bar(&clerk, Here::Supervision).await?,
        own: board.own,
        month: month.to_string(),
        months: (0..MONTHS).map(|n| this.earlier(n).to_string()).collect(),
        part: part.to_string(),
        total: row(String::new(), &board.total),
        units: units(board.units, &reader, row),
        trend: trend(board.trend, &choices),
        form: Filled::default(),
    };
    web.desk_page(&clerk, &view)
}

/// `GET /desk/supervision/speed.csv`: the same table.
pub async fn speed_csv(
    Seated(web): Seated,
    clerk: Clerk,
    Query(which): Query<Which>,
) -> Result<Response, Fault> {
    let (month, part) = which.read(&web)?;
    let board = (web.app)
        .speed(&clerk.who, month, part, &clerk.asked.call(""))
        .await?;
    let reader = web.reader(clerk.asked.visit.lang);
    let choices = reader.office.settings.evaluation;
    let row = |name: String, work: &Work| speed_row(name, work, &choices);
    let units = units(board.units, &reader, row);
    // It says of officials by name how late they were.
    let wish = Wish {
        what: Export::Inspection,
        format: Format::Csv,
        petition: None,
        subjects: units.iter().map(|unit| unit.people.len() as u32).sum(),
        from: format!("{}?month={month}&part={part}", Desk::Speed),
    };
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    let mut lines = Vec::new();
    for unit in units {
        let name = unit.whole.name.clone();
        lines.push(speed_cells(&name, "", &unit.whole));
        lines.extend((unit.people.iter()).map(|person| speed_cells(&name, &person.name, person)));
    }
    let head = ["desk-unit", "desk-handler"].into_iter().chain(SPEED_WORDS);
    let head: Vec<String> = head.map(|word| reader.word(word)).collect();
    Ok(csv(
        Leave::passed(&pass),
        &format!("speed-{month}-{part}.csv"),
        &head,
        &lines,
    ))
}

/// The words above the figures of a row.
pub(super) const SPEED_WORDS: [&str; 6] = [
    "sv-handled",
    "sv-late",
    "sv-open-late",
    "sv-delayed",
    "sv-kept",
    "sv-index",
];

fn speed_cells(unit: &str, person: &str, row: &SpeedRow) -> Vec<String> {
    let mut cells = vec![unit.to_owned(), person.to_owned()];
    cells.extend(figures(row));
    cells
}

/// The figures of a row, in the order of [`SPEED_WORDS`].
pub(super) fn figures(row: &SpeedRow) -> [String; 6] {
    [
        row.cases.to_string(),
        row.late.to_string(),
        row.open_late.to_string(),
        row.delayed.clone(),
        row.kept.clone(),
        row.index.clone(),
    ]
}

const fn field(name: &'static str, label: &'static str, max: usize, shape: Shape) -> Field {
    Field {
        name,
        label,
        max,
        shape,
    }
}

const LETTER_FIELDS: &[Field] = &[
    field("key", "send", 80, Shape::Line),
    field(
        "kind",
        "sv-letters",
        10,
        Shape::NeededChoice(&["dunning", "advance"]),
    ),
    field("which", "send", 10, Shape::Choice(&["chosen", "listed"])),
    field("reply_by", "sv-reply-by", 10, Shape::Line),
    field("note", "sv-letter-note", 2_000, Shape::Text),
];

/// `?older=`.
#[derive(Debug, Deserialize)]
pub struct Older {
    #[serde(default)]
    older: String,
}

/// `GET /desk/supervision/letters`
pub async fn letters(
    Seated(web): Seated,
    clerk: Clerk,
    Query(older): Query<Older>,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let day = reader.office.calendar.working_day(reader.office.day, 3);
    let form = Filled::of(&[("reply_by", &day.map(|day| day.to_string()).unwrap_or_default())]);
    let page = Page {
        form,
        ..Page::default()
    };
    page.draw(&web, &clerk, &older.older, StatusCode::OK).await
}

/// What the page of letters shows besides the lists.
#[derive(Default)]
struct Page {
    form: Filled,
    key: Option<String>,
    chosen: Vec<PetitionId>,
    outcome: Option<Outcome>,
}

impl Page {
    async fn draw(
        self,
        web: &Web,
        clerk: &Clerk,
        older: &str,
        status: StatusCode,
    ) -> Result<Response, Fault> {
        let reader = web.reader(clerk.asked.visit.lang);
        let call = clerk.asked.call("");
        let issues = web.app.supervises(&clerk.who).is_some();
        let candidate = |item: &Item| Candidate {
            id: item.petition.id.to_string(),
            row: reader.row(item),
            chosen: self.chosen.contains(&item.petition.id),
        };
        let (mut dunning, mut advance) = ((Vec::new(), false), (Vec::new(), false));
        if issues {
            dunning = (web.app)
                .proposed(&clerk.who, LetterKind::Dunning, AT_ONCE, &call)
                .await?;
            advance = (web.app)
                .proposed(&clerk.who, LetterKind::Advance, AT_ONCE, &call)
                .await?;
        }
        let from = behind(older);
        let (sent, next) = web.app.dunned(&clerk.who, from, ROWS, &call).await?;
        let view = Letters {
            bar: web.bar(clerk, Here::Supervision).await?,
            issues,
            dunning: dunning.0.iter().map(candidate).collect(),
            dunning_more: dunning.1,
            advance: advance.0.iter().map(candidate).collect(),
            advance_more: advance.1,
            form: self.form,
            key: self.key.unwrap_or_else(|| web.once()),
            outcome: self.outcome,
            sent: sent.iter().map(|sent| letter_row(sent, &reader)).collect(),
            paging: Paging {
                older: next.map(mark),
                newer: from.map(|_| "first".to_owned()),
            },
        };
        web.desk_page_as(clerk, &view, status)
    }
}

fn letter_row(sent: &Sent, reader: &Reader) -> LetterRow {
    use crate::view::desk::timeline::Names;
    let letter = &sent.letter;
    let to: Vec<String> = letter.to.iter().map(|id| reader.official(*id)).collect();
    LetterRow {
        number: letter.number.map(|n| n.to_string()).unwrap_or_default(),
        at: letter.at,
        to: to.join(", "),
        reply_by: letter.reply_by,
        lapsed: letter.reply.is_none() && letter.reply_by.is_some_and(|day| day < reader.office.day),
        received_at: letter.received_at,
        replied_at: letter.reply.map(|reply| reply.at),
        cause: letter
            .reply
            .map(|reply| reply.cause.to_string())
            .unwrap_or_default(),
        planned: letter.reply.and_then(|reply| reply.planned),
        row: reader.row(&sent.item),
    }
}

/// The ticked and the listed petitions of a form, and the rest of it.
fn petitions(body: &[u8]) -> (Vec<PetitionId>, Vec<PetitionId>, Vec<u8>) {
    let ([ticked, listed], rest) = form::lists(body, ["petition", "listed"]);
    let ids = |list: Vec<String>| list.iter().filter_map(|id| id.parse().ok()).collect();
    (ids(ticked), ids(listed), rest)
}

/// `POST /desk/supervision/letters`: one letter for each chosen petition, or for the whole list.
pub async fn issue(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let (ticked, listed, rest) = petitions(&body);
    let mut read = form::urlencoded(&rest, LETTER_FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let kind: LetterKind = read.get("kind").parse().unwrap_or(LetterKind::Dunning);
    let chosen = if read.get("which") == "listed" {
        listed
    } else {
        ticked
    };
    let mut faults = Filled::default();
    let reply_by = read.get("reply_by").trim().parse().ok();
    if kind == LetterKind::Dunning && reply_by.is_none() {
        faults = faults.wrong("reply_by", Message::new("error-date-form"));
    }
    if chosen.is_empty() {
        faults = faults.wrong(&format!("chosen-{kind}"), Message::new("sv-error-nothing-chosen"));
    }
    read.filled.errors.extend(faults.errors);
    let key = read.get("key").to_owned();
    if !read.sound() {
        let key = key.rsplit_once('-').map(|(key, _)| key.to_owned());
        let page = Page {
            form: read.filled,
            key,
            chosen,
            outcome: None,
        };
        return page
            .draw(&web, &clerk, "", StatusCode::UNPROCESSABLE_ENTITY)
            .await;
    }
    let today = web.app.office().day;
    let note = Raw::optional(read.get("note"));
    let call = clerk.asked.call(&key);
    let reply_by = reply_by.unwrap_or(today);
    let issued = (web.app)
        .issue(&clerk.who, kind, &chosen, reply_by, note, &call)
        .await?;
    let page = Page {
        form: Filled::of(&[("reply_by", &reply_by.to_string())]),
        outcome: Some(outcome(chosen.len(), &issued)),
        ..Page::default()
    };
    page.draw(&web, &clerk, "", StatusCode::OK).await
}

fn outcome(asked: usize, issued: &Issued) -> Outcome {
    Outcome {
        asked: asked as u64,
        done: issued.done.len() as u64,
        refused: (issued.refused.iter())
            .map(|(p, refusal)| (p.number.to_string(), *refusal, refusal.clause().to_owned()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_petitions_are_read_from_one_form_and_nothing_else_is() {
        let (a, b) = ("a".repeat(32), "b".repeat(32));
        let body = format!("csrf=x&petition={a}&listed={a}&listed={b}&petition=nobody&which=chosen");
        let (ticked, listed, rest) = petitions(body.as_bytes());
        assert_eq!(
            ticked.iter().map(ToString::to_string).collect::<Vec<_>>(),
            std::slice::from_ref(&a)
        );
        assert_eq!(listed.len(), 2);
        assert_eq!(rest, b"csrf=x&which=chosen");
    }

    #[test]
    fn a_place_in_the_list_is_read_back() {
        let text = format!("1500-{}-7", "c".repeat(32));
        assert_eq!(behind(&text).map(mark), Some(text));
        assert!(behind("1500-x-7").is_none() && behind("first").is_none());
    }
}

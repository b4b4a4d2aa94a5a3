//! 특별절차 현황 — what runs everywhere by when it is due, what ended, and the figures of a year.

use super::{load, surveys};
use crate::{
    Web,
    desk::reader::Reader,
    leave::{Impersonal, Leave, csv},
    proceeding::{due, finish, plain, said, step_name},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Message, Paging,
        desk::{
            Here,
            proceeding::{CountRow, FinishedRow, ProceedingList, ProceedingRow},
        },
        proceeding::Ended,
    },
};
use app::proceedings::{Line, behind, mark};
use axum::{extract::Query, response::Response};
use domain::{proceeding::Finish, terms::Code, time::At, track::Track};
use jiff::civil::{Time, date};
use serde::Deserialize;

/// Lines of one page.
const ROWS: u32 = 30;

/// `?track=`, `?state=ended`, `?year=`, `?older=`.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    #[serde(default)]
    track: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    older: String,
}

/// `GET /desk/proceedings`
pub async fn list(Seated(web): Seated, clerk: Clerk, Query(which): Query<Which>) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let ended = which.state == "ended";
    let track = which
        .track
        .parse::<Code>()
        .ok()
        .filter(|code| reader.office.tracks.newest(*code).is_some());
    let from = behind(&which.older);
    let (lines, more) = (web.app)
        .proceedings_list(&clerk.who, track, !ended, from, ROWS, &clerk.asked.call(""))
        .await?;
    let burden = match track.and_then(|code| reader.office.tracks.newest(code)) {
        Some(track) => Some(load::burden(&web, &clerk, &reader, track).await?),
        None => None,
    };
    let year = year_of(&which, &reader);
    let (running, finished) = web.app.proceedings_counted(within(year)).await?;
    let view = ProceedingList {
        bar: web.bar(&clerk, Here::Proceedings).await?,
        as_of: web.app.now(),
        ended,
        track: track.map(|code| code.to_string()).unwrap_or_default(),
        tracks: (reader.office.tracks.current())
            .map(|track| [track.code.to_string(), said(&reader, &track.name)])
            .collect(),
        rows: lines.iter().filter_map(|line| row(&web, &reader, line)).collect(),
        paging: Paging {
            older: lines.last().filter(|_| more).map(|line| mark(line.at)),
            newer: from.map(|_| "first".to_owned()),
        },
        burden,
        surveys: match track {
            Some(track) => {
                let marked = web.app.survey_marks(track, within(year)).await?;
                surveys::tables(&reader, track, &marked)
            }
            None => Vec::new(),
        },
        counts: (running.into_iter())
            .map(|(track, step, n)| CountRow {
                track: track_name(&reader, track),
                step: any_step(&reader, track, step),
                n,
            })
            .collect(),
        year,
        finished: (finished.iter())
            .map(|ended| finished_row(&reader, (ended.track, ended.ending), ended.count, ended.took))
            .collect(),
    };
    web.desk_page(&clerk, &view)
}

/// The year asked for, or this one.
fn year_of(which: &Which, reader: &Reader) -> i16 {
    let asked = which
        .year
        .parse()
        .ok()
        .filter(|year| (2000..=2100).contains(year));
    asked.unwrap_or(reader.office.day.year())
}

/// From the first moment of a year until the first of the next.
fn within(year: i16) -> (At, At) {
    let first = |year: i16| At::seoul(date(year, 1, 1).to_datetime(Time::midnight()));
    (first(year), first(year + 1))
}

fn row(web: &Web, reader: &Reader, line: &Line) -> Option<ProceedingRow> {
    let one = line
        .item
        .petition
        .proceedings
        .iter()
        .find(|one| one.no == line.no)?;
    let track = reader.office.tracks.version(one.track.0, one.track.1)?;
    let due = due(one);
    Some(ProceedingRow {
        row: reader.row(&line.item),
        no: line.no,
        track: said(reader, &track.name),
        step: step_name(reader, track, one.stands.step),
        due,
        late: due.is_some_and(|due| due <= web.app.now()),
        ended: one.end.map(|(how, at)| Ended {
            as_what: finish(reader, track, how),
            at,
            then: String::new(),
        }),
    })
}

/// The name of a track, whichever version; its code where there is none.
fn track_name(reader: &Reader, track: Code) -> String {
    (reader.office.tracks.newest(track)).map_or_else(|| track.to_string(), |track| said(reader, &track.name))
}

/// What whichever version of a track has, the newest first.
pub(super) fn any<'a, T>(reader: &'a Reader, track: Code, of: impl Fn(&'a Track) -> Option<T>) -> Option<T> {
    let versions: Vec<&Track> = (reader.office.tracks.iter())
        .filter(|one| one.code == track)
        .collect();
    versions.into_iter().rev().find_map(of)
}

/// The name of a step in whichever version has it.
fn any_step(reader: &Reader, track: Code, step: Code) -> String {
    let found = any(reader, track, |one| one.step(step).map(|_| one));
    found.map_or_else(|| step.to_string(), |track| step_name(reader, track, step))
}

/// The name of an ending in whichever version has it.
fn ending(reader: &Reader, track: Code, ending: Option<Code>) -> Message {
    let Some(code) = ending else {
        return Message::new("proc-with-petition");
    };
    match any(reader, track, |one| one.ending(code).map(|_| one)) {
        Some(track) => finish(reader, track, Finish::As(code)),
        None => plain(code.as_str()),
    }
}

fn finished_row(reader: &Reader, (track, how): (Code, Option<Code>), count: u64, took: i64) -> FinishedRow {
    FinishedRow {
        track: track_name(reader, track),
        ending: ending(reader, track, how),
        count,
        mean: mean(count, took),
    }
}

/// Days on average, to a tenth; `took` is of all together, in milliseconds.
pub(super) fn mean(count: u64, took: i64) -> String {
    const DAY: u64 = 86_400_000;
    let tenths = took.unsigned_abs().saturating_mul(10) / count.max(1).saturating_mul(DAY);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// `GET /desk/proceedings/ended.csv?year=`: how often what ended in that year, and after how many days. Nobody is in it.
pub async fn figures(
    Seated(web): Seated,
    clerk: Clerk,
    Query(which): Query<Which>,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let year = year_of(&which, &reader);
    let (_, finished) = web.app.proceedings_counted(within(year)).await?;
    let lines: Vec<Vec<String>> = (finished.iter())
        .map(|ended| {
            let row = finished_row(&reader, (ended.track, ended.ending), ended.count, ended.took);
            vec![
                year.to_string(),
                row.track,
                reader.say(&row.ending),
                row.count.to_string(),
                row.mean,
            ]
        })
        .collect();
    let head = [
        "proc-of-year",
        "proc-track",
        "proc-end",
        "proc-number",
        "proc-mean",
    ];
    let head: Vec<String> = head.iter().map(|word| reader.word(word)).collect();
    let leave = Leave::impersonal(Impersonal::Figures);
    Ok(csv(leave, &format!("proceedings-{year}.csv"), &head, &lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_told_in_days_to_a_tenth() {
        assert_eq!(mean(2, 3 * 86_400_000), "1.5");
        assert_eq!(mean(3, 86_400_000), "0.3");
        assert_eq!(mean(0, 0), "0.0");
    }

    #[test]
    fn a_year_begins_and_ends_in_seoul() {
        let (from, until) = within(2026);
        assert_eq!(
            from.civil().map(|at| at.to_string()).as_deref(),
            Some("2026-01-01T00:00:00")
        );
        assert_eq!(until.date(), Some(date(2027, 1, 1)));
    }
}

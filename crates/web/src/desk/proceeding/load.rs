//! 이달의 부하 — who began how many of one track this month, and how long those took, beside what the track is to reach.
//!
//! Whose figures one sees is as on the boards (실적의 시야): one's own, those of one's department, or everybody's. The sum is for all.

use super::list::mean;
use crate::{
    Web,
    desk::reader::Reader,
    proceeding::said,
    security::Fault,
    session::Clerk,
    view::desk::proceeding::{AimRow, Burden, Extent, LoadBar, LoadRow},
};
use app::proceedings::Load;
use domain::{access::figures::Figures, inspection::Month, track::Track};

/// Where there is nothing to divide by.
const NONE: &str = "–";

/// The figures of a track as far as this official sees them.
pub(super) async fn burden(
    web: &Web,
    clerk: &Clerk,
    reader: &Reader,
    track: &Track,
) -> Result<Burden, Fault> {
    let month = web.app.this_month()?;
    let loads = (web.app)
        .proceedings_begun(track.code, (month.begins(), month.ends()))
        .await?;
    let seen = Figures::of(&clerk.who);
    let days = worked(reader, month);
    let people: Vec<LoadRow> = (loads.iter())
        .filter(|load| {
            seen.admits(
                load.official.and_then(|id| reader.office.unit_of(id)),
                load.official,
            )
        })
        .map(|load| person(reader, load, days))
        .collect();
    Ok(Burden {
        month: month.to_string(),
        extent: if seen.all {
            Extent::All
        } else if seen.units.is_empty() {
            Extent::Own
        } else {
            Extent::Unit
        },
        total: row(&sum(&loads), days),
        bars: LoadBar::draw(&people),
        people,
        aims: (track.aims.iter())
            .map(|aim| AimRow {
                of: aim.of,
                before: said(reader, &aim.before),
                aim: said(reader, &aim.aim),
            })
            .collect(),
    })
}

/// Working days of the month so far, today with them.
fn worked(reader: &Reader, month: Month) -> u64 {
    let until = reader.office.day.tomorrow().ok();
    let days = until.and_then(|until| reader.office.calendar.working_days(month.first(), until));
    days.and_then(|days| u64::try_from(days).ok()).unwrap_or(0)
}

/// All of them together.
fn sum(loads: &[Load]) -> Load {
    let none = Load {
        official: None,
        begun: 0,
        ended: 0,
        took: 0,
    };
    loads.iter().fold(none, |sum, load| Load {
        begun: sum.begun + load.begun,
        ended: sum.ended + load.ended,
        took: sum.took + load.took,
        ..sum
    })
}

fn row(load: &Load, days: u64) -> LoadRow {
    LoadRow {
        name: String::new(),
        unit: String::new(),
        begun: load.begun,
        a_day: a_day(load.begun, days),
        ended: load.ended,
        mean: if load.ended == 0 {
            NONE.to_owned()
        } else {
            mean(load.ended, load.took)
        },
    }
}

/// The line of one official; of what citizens and services began where there is none.
fn person(reader: &Reader, load: &Load, days: u64) -> LoadRow {
    let (name, unit) = match load.official {
        Some(id) => {
            let person = reader.person(id);
            (person.name, person.unit)
        }
        None => (reader.word("proc-load-others"), String::new()),
    };
    LoadRow {
        name,
        unit,
        ..row(load, days)
    }
}

/// How many on a working day, to a tenth.
fn a_day(begun: u64, days: u64) -> String {
    match begun.saturating_mul(10).checked_div(days) {
        Some(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
        None => NONE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_to_a_tenth_and_where_there_are_none_nothing_is_told() {
        let load = |begun, ended, took| Load {
            official: None,
            begun,
            ended,
            took,
        };
        let all = [load(21, 2, 86_400_000), load(4, 1, 2 * 86_400_000)];
        let total = row(&sum(&all), 10);
        assert_eq!((total.begun, total.ended), (25, 3));
        assert_eq!((total.a_day.as_str(), total.mean.as_str()), ("2.5", "1.0"));
        let none = row(&sum(&[]), 0);
        assert_eq!((none.a_day.as_str(), none.mean.as_str()), (NONE, NONE));
    }
}

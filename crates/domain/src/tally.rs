//! 집계 — how each event changes the office's numbers. Corrections are negative deltas; nothing is ever recounted to show a page.

use crate::id::UnitId;
use crate::life::Life;
use crate::petition::Petition;
use crate::terms::{Code, District, EntryPoint, Field, Kind, coded};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// What is counted.
    Measure {
        /// 신청.
        Filed = "filed",
        /// 접수.
        Received = "received",
        /// 처리 완료.
        Concluded = "concluded",
        /// 기한을 넘겨 완료.
        Late = "late",
    }
}

/// Along which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Standing in a life now (no day).
    Life(Life),
    /// Of a field, whenever filed (no day).
    Field(Option<Field>),
    /// Day × service × lead department.
    Service(Measure, Date, Code, Option<UnitId>),
    /// Day × district × field.
    Place(Measure, Date, Option<District>, Option<Field>),
    /// Day × entry point.
    Entry(Measure, Date, EntryPoint),
    /// Day × kind of what is no petition: counted apart from all of the above.
    OwnLaw(Kind, Measure, Date),
}

/// One change of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// Which number.
    pub side: Side,
    /// By how much.
    pub by: i64,
}

/// What changes when a petition goes from `before` to `after` (`before` is `None` when it is filed). A corrected moment of
/// conclusion is taken from the day it was counted on and counted on the right one.
/// What is no petition is counted under its own law alone; it never becomes one (`Refusal::OtherLaw`), so that nothing has to
/// be counted back.
pub fn deltas(before: Option<&Petition>, after: &Petition) -> Vec<Delta> {
    let mut changes = Vec::new();
    let mut count = |by: i64, measure: Measure, day: Option<Date>| {
        let Some(day) = day else { return };
        if !after.kind.is_petition() {
            let side = Side::OwnLaw(after.kind, measure, day);
            changes.push(Delta { side, by });
            return;
        }
        let sides = [
            Side::Service(measure, day, after.service.0, after.unit),
            Side::Place(measure, day, after.district, after.field),
            Side::Entry(measure, day, after.entry),
        ];
        changes.extend(sides.map(|side| Delta { side, by }));
    };
    if before.is_none() {
        count(1, Measure::Filed, after.filed_at.date());
    }
    if let (Some(reception), None) = (after.reception, before.and_then(|b| b.reception)) {
        count(1, Measure::Received, reception.at.date());
    }
    let ended = |p: &Petition| p.end.map(|end| (end.concluded_at.date(), p.is_late()));
    let (was, is) = (before.and_then(ended), ended(after));
    if was != is {
        for (by, end) in [(-1, was), (1, is)] {
            if let Some((day, late)) = end {
                count(by, Measure::Concluded, day);
                if late {
                    count(by, Measure::Late, day);
                }
            }
        }
    }
    if !after.kind.is_petition() {
        return changes;
    }
    if before.is_none() {
        changes.push(Delta {
            side: Side::Field(after.field),
            by: 1,
        });
    }
    if before.map(|b| b.life) != Some(after.life) {
        changes.extend(before.map(|b| Delta {
            side: Side::Life(b.life),
            by: -1,
        }));
        changes.push(Delta {
            side: Side::Life(after.life),
            by: 1,
        });
    }
    changes
}

impl Side {
    /// The number's key in the store: its kind, then its parts, `-` for none.
    pub fn key(&self) -> String {
        fn or(part: Option<impl ToString>) -> String {
            part.map_or_else(|| "-".to_owned(), |p| p.to_string())
        }
        match self {
            Side::Life(life) => format!("life/{life}"),
            Side::Field(field) => format!("field/{}", or(field.map(|f| f.0))),
            Side::Service(measure, day, service, unit) => {
                format!("service/{measure}/{day}/{service}/{}", or(*unit))
            }
            Side::Place(measure, day, district, field) => {
                format!(
                    "place/{measure}/{day}/{}/{}",
                    or(district.map(|d| d.0)),
                    or(field.map(|f| f.0))
                )
            }
            Side::Entry(measure, day, entry) => format!("entry/{measure}/{day}/{entry}"),
            Side::OwnLaw(kind, measure, day) => format!("own_law/{kind}/{measure}/{day}"),
        }
    }
}

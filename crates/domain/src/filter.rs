//! 조건 — what an official narrows a list of petitions to. Its parts are joined by "and"; each stands for one code, so that a
//! condition fits in an address and can be kept.

use crate::id::{OfficialId, UnitId};
use crate::life::Life;
use crate::petition::Petition;
use crate::terms::{Code, EntryPoint, Kind, coded};
use crate::time::At;
use serde::{Deserialize, Serialize};

coded! {
    /// 기한 — by when somebody must do something next.
    When {
        /// 기한 경과.
        Overdue = "overdue",
        /// 오늘까지.
        Today = "today",
        /// 이번 근무일부터 닷새.
        Week = "week",
    }
}

/// 조건.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// 주관부서.
    #[serde(default)]
    pub unit: Option<UnitId>,
    /// 처리담당자.
    #[serde(default)]
    pub handler: Option<OfficialId>,
    /// 종류.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// 민원사무.
    #[serde(default)]
    pub service: Option<Code>,
    /// 상태.
    #[serde(default)]
    pub life: Option<Life>,
    /// 신청 방법.
    #[serde(default)]
    pub entry: Option<EntryPoint>,
    /// 기한.
    #[serde(default)]
    pub due: Option<When>,
}

/// The names of the parts, as in addresses and forms.
pub const PARTS: [&str; 7] = ["unit", "handler", "kind", "service", "life", "entry", "due"];

/// The moments that [`When`] is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// Now.
    pub now: At,
    /// The midnight at which today ends.
    pub today: At,
    /// The midnight at which the fifth working day from today ends.
    pub week: At,
}

/// A condition at a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Condition {
    /// What is asked for.
    pub filter: Filter,
    /// To be done after the first of these moments and no later than the second.
    pub act_by: Option<(At, At)>,
}

impl Filter {
    /// Whether it leaves everything in.
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// Reads the parts that `get` knows; what is no code, or empty, asks for nothing.
    pub fn read<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Filter {
        fn part<'a, T: std::str::FromStr>(get: &impl Fn(&str) -> Option<&'a str>, name: &str) -> Option<T> {
            get(name)?.parse().ok()
        }
        Filter {
            unit: part(&get, "unit"),
            handler: part(&get, "handler"),
            kind: part(&get, "kind"),
            service: part(&get, "service"),
            life: part(&get, "life"),
            entry: part(&get, "entry"),
            due: part(&get, "due"),
        }
    }

    /// Its parts as names and codes, in the order of [`PARTS`]; those that ask for nothing are left out.
    pub fn parts(&self) -> Vec<(&'static str, String)> {
        let all = [
            self.unit.map(|unit| unit.to_string()),
            self.handler.map(|handler| handler.to_string()),
            self.kind.map(|kind| kind.to_string()),
            self.service.map(|service| service.to_string()),
            self.life.map(|life| life.to_string()),
            self.entry.map(|entry| entry.to_string()),
            self.due.map(|due| due.to_string()),
        ];
        (PARTS.into_iter().zip(all))
            .filter_map(|(name, code)| Some((name, code?)))
            .collect()
    }

    /// The condition at a moment.
    pub fn at(self, ends: Ends) -> Condition {
        let act_by = self.due.map(|due| match due {
            When::Overdue => (At(i64::MIN), ends.now),
            When::Today => (ends.now, ends.today),
            When::Week => (ends.now, ends.week),
        });
        Condition { filter: self, act_by }
    }
}

impl Condition {
    /// Whether the petition is among what is asked for.
    pub fn admits(&self, p: &Petition) -> bool {
        let Filter {
            unit,
            handler,
            kind,
            service,
            life,
            entry,
            due: _,
        } = self.filter;
        fn fits<T: PartialEq>(asked: Option<T>, is: Option<T>) -> bool {
            asked.is_none() || asked == is
        }
        fits(unit, p.unit)
            && fits(handler, p.handler)
            && fits(kind, Some(p.kind))
            && fits(service, Some(p.service.0))
            && fits(life, Some(p.life))
            && fits(entry, Some(p.entry))
            && (self.act_by).is_none_or(|(after, until)| after < p.act_by() && p.act_by() <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_read_as_it_was_written_and_nonsense_asks_for_nothing() {
        let filter = Filter {
            unit: Some(UnitId(uuid::Uuid::from_u128(7))),
            kind: Some(Kind::Grievance),
            service: "S134".parse().ok(),
            life: Some(Life::Held),
            due: Some(When::Week),
            ..Filter::default()
        };
        let parts = filter.parts();
        assert_eq!(parts.len(), 5);
        let get = |name: &str| {
            (parts.iter())
                .find(|(of, _)| *of == name)
                .map(|(_, code)| code.as_str())
        };
        assert_eq!(Filter::read(get), filter);
        assert!(Filter::read(|_| Some("<b>")).is_empty());
        assert!(Filter::read(|_| None).is_empty());
        let json = serde_json::to_string(&filter).unwrap();
        assert_eq!(serde_json::from_str::<Filter>(&json).unwrap(), filter);
    }
}

//! 편람의 판 — how versions of a service follow one another: never changed, only followed; from the first day of a newer
//! one on, the older ones no longer hold (법 제13조, 제17조제3항).

use super::fit::{Known, Unfit, Why, faults};
use super::part::{Difference, Part, Units, differences};
use super::{Service, Standing};
use crate::terms::coded;
use jiff::civil::Date;

coded! {
    /// 변경 사유 — why a version was made.
    Ground {
        /// 법령의 제정·개정·폐지.
        LawChanged = "law_changed",
        /// 조직·담당의 변경.
        Organisation = "organisation",
        /// 정기 정비 (상·하반기).
        Review = "review",
        /// 오류 정정.
        Correction = "correction",
        /// 민원사무 신설.
        New = "new",
        /// 민원사무 폐지.
        Abolished = "abolished",
    }
}

/// Gives each version of one service its true last day: the day before a newer one begins, or its own if that is
/// earlier. `versions` are in the order of their numbers. One that a newer version overtakes before its first day is
/// never valid.
pub fn settle(versions: &mut [Service]) {
    let mut next: Option<Date> = None;
    for version in versions.iter_mut().rev() {
        if let Some(last) = next.and_then(|day| day.yesterday().ok()) {
            version.valid_to = Some(version.valid_to.map_or(last, |own| own.min(last)));
        }
        next = Some(next.map_or(version.valid_from, |day| day.min(version.valid_from)));
    }
}

/// 다음 판 — the next version of a service, ready to be stored: numbered, checked, and different from the newest.
/// `versions` are all there are, by number; `base` is the version the writer had before them, `None` for a new service.
/// Errors: everything that stands against it, the parts in their order.
pub fn succeed(
    versions: &[Service],
    base: Option<u32>,
    mut next: Service,
    today: Date,
    known: &Known,
    units: &Units,
) -> Result<Next, Vec<Unfit>> {
    let newest = versions.last();
    let mut all = Vec::new();
    let mut differs = Vec::new();
    match newest {
        Some(newest) if base != Some(newest.version) => all.push(Unfit::of(Part::Code, Why::Overtaken)),
        Some(newest) => {
            next.version = newest.version.saturating_add(1);
            differs = differences(newest, &next, units);
            if differs.is_empty()
                && (newest.standing, next.standing) == (Standing::Offered, Standing::Offered)
            {
                all.push(Unfit::of(Part::Name, Why::Unchanged));
            }
        }
        None if base.is_some() => all.push(Unfit::of(Part::Code, Why::Overtaken)),
        None => next.version = 1,
    }
    if next.valid_from < today {
        all.push(Unfit::of(Part::ValidFrom, Why::BeginsInPast));
    }
    if newest.is_some_and(|newest| next.valid_from < newest.valid_from && newest.valid_from > today) {
        all.push(Unfit::of(Part::ValidFrom, Why::OvertakesPlanned));
    }
    if next.standing == Standing::Offered {
        all.extend(faults(&next, known));
    } else if newest.is_some_and(|newest| newest.standing == Standing::Closed) {
        all.push(Unfit::of(Part::Code, Why::ClosedAlready));
    }
    next.valid_to = None;
    let (warnings, against): (Vec<Unfit>, Vec<Unfit>) =
        all.into_iter().partition(|unfit| unfit.why.is_warning());
    if against.is_empty() {
        Ok(Next {
            service: next,
            differences: differs,
            warnings,
        })
    } else {
        Err(against)
    }
}

/// What may be stored, what it changes, and what the writer should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The version.
    pub service: Service,
    /// What it tells differently; nothing for a new service.
    pub differences: Vec<Difference>,
    /// What stands not against it, but deserves a look.
    pub warnings: Vec<Unfit>,
}

/// 폐지 — the version that closes a service: as it was, no longer offered behind its last day. `None` at the end of the
/// calendar.
pub fn closing(newest: &Service, last_day: Date) -> Option<Service> {
    Some(Service {
        standing: Standing::Closed,
        valid_from: last_day.tomorrow().ok()?,
        valid_to: None,
        ..newest.clone()
    })
}

//! 부재 — who is away and who acts meanwhile: 업무대행자 for what they handle, 대결자 for what they sign (행정업무의 운영 및 혁신에
//! 관한 규정 제10조제3항).
//!
//! Facts in, facts out: who acts now follows from the absences alone, so that everything is given back by itself when an
//! absence ends. 직무대리 is neither: it is a seat of its own, held from a day to a day.

use crate::id::{AbsenceId, OfficialId};
use crate::terms::coded;
use crate::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// 부재 사유.
    AbsenceKind {
        /// 휴가.
        Leave = "leave",
        /// 출장.
        Trip = "trip",
        /// 교육.
        Training = "training",
        /// 병가.
        SickLeave = "sick_leave",
    }
}

coded! {
    /// 무엇을 대신하는가.
    Part {
        /// 처리 — by the 업무대행자.
        Handling = "handling",
        /// 결재 — by the 대결자.
        Signing = "signing",
    }
}

/// 부재.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Its identity.
    pub id: AbsenceId,
    /// Who is away.
    pub official: OfficialId,
    /// Why.
    pub kind: AbsenceKind,
    /// The first moment away.
    pub from: At,
    /// The first moment back.
    pub to: At,
    /// 업무대행자.
    pub stand_in: Option<OfficialId>,
    /// 대결자.
    pub deputy: Option<OfficialId>,
}

impl Absence {
    /// Whether the official is away at `now`.
    pub fn covers(&self, now: At) -> bool {
        self.from <= now && now < self.to
    }

    /// Who does this part meanwhile.
    pub const fn substitute(&self, part: Part) -> Option<OfficialId> {
        match part {
            Part::Handling => self.stand_in,
            Part::Signing => self.deputy,
        }
    }
}

coded! {
    /// What is wrong with an absence that is entered.
    Unfit {
        /// It ends before it begins.
        Backwards = "backwards",
        /// It ended already.
        Past = "past",
        /// Longer than a year: a leave of absence is a change of post, not an absence.
        TooLong = "too_long",
        /// The official is away then already.
        Overlapping = "overlapping",
        /// Nobody stands in for themselves.
        OwnSubstitute = "own_substitute",
        /// The substitute holds no seat here.
        SubstituteUnknown = "substitute_unknown",
        /// The substitute is away for the whole time.
        SubstituteAway = "substitute_away",
    }
}

/// The longest absence, in milliseconds: 366 days.
const LONGEST: i64 = 366 * 86_400_000;

/// Whether an absence may be entered beside `others` at `now`; `works` says who holds a seat.
pub fn fits(
    absence: &Absence,
    others: &[Absence],
    now: At,
    works: impl Fn(OfficialId) -> bool,
) -> Result<(), Unfit> {
    if absence.to <= absence.from {
        return Err(Unfit::Backwards);
    }
    if absence.to <= now {
        return Err(Unfit::Past);
    }
    if absence.to.0 - absence.from.0 > LONGEST {
        return Err(Unfit::TooLong);
    }
    let others = || others.iter().filter(|other| other.id != absence.id);
    if others().any(|o| o.official == absence.official && o.from < absence.to && absence.from < o.to) {
        return Err(Unfit::Overlapping);
    }
    for substitute in [absence.stand_in, absence.deputy].into_iter().flatten() {
        if substitute == absence.official {
            return Err(Unfit::OwnSubstitute);
        }
        if !works(substitute) {
            return Err(Unfit::SubstituteUnknown);
        }
        if others().any(|o| o.official == substitute && o.from <= absence.from && o.to >= absence.to) {
            return Err(Unfit::SubstituteAway);
        }
    }
    Ok(())
}

/// Who does this part of `official`'s work now: the official, or, while away, the substitute, or theirs if they are away
/// too. Exactly one, always: where a chain of substitutes comes back to its beginning the official is the one, and where it
/// ends in somebody away without a substitute, that one is.
pub fn acting(absences: &[Absence], official: OfficialId, part: Part, now: At) -> OfficialId {
    let mut met = vec![official];
    let mut acting = official;
    loop {
        let substitute = (absences.iter())
            .filter(|absence| absence.official == acting && absence.covers(now))
            .find_map(|absence| absence.substitute(part));
        match substitute {
            None => return acting,
            Some(next) if met.contains(&next) => return official,
            Some(next) => {
                met.push(next);
                acting = next;
            }
        }
    }
}

/// 대행 관계 — the facts of this moment about one official that `access::may` and `access::Sight` go by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    /// The day it is, by which what was handed out for a time is held; `None` holds nothing.
    pub day: Option<Date>,
    /// Who handles the official's own petitions now, if somebody else does.
    pub handled_by: Option<OfficialId>,
    /// Who signs in the official's place now, if somebody else does.
    pub signed_by: Option<OfficialId>,
    /// Whose petitions the official handles beside the own ones.
    pub handles_for: Vec<OfficialId>,
    /// In whose place the official signs.
    pub signs_for: Vec<OfficialId>,
}

impl Cover {
    /// How `official` stands now.
    pub fn of(absences: &[Absence], official: OfficialId, now: At) -> Cover {
        let by = |part| Some(acting(absences, official, part, now)).filter(|other| *other != official);
        let whom = |part| {
            let mut away: Vec<OfficialId> = (absences.iter())
                .filter(|absence| absence.covers(now) && absence.official != official)
                .map(|absence| absence.official)
                .filter(|away| acting(absences, *away, part, now) == official)
                .collect();
            away.sort_unstable();
            away.dedup();
            away
        };
        Cover {
            day: now.date(),
            handled_by: by(Part::Handling),
            signed_by: by(Part::Signing),
            handles_for: whom(Part::Handling),
            signs_for: whom(Part::Signing),
        }
    }
}

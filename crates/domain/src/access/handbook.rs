//! 편람의 권한 — who may change the handbook: the coordinator of the unit in charge, the examiner, the administrator.
//!
//! Everybody may read it: it is public (법 제13조).

use super::{Relation, Who};
use crate::id::UnitId;
use crate::refusal::Refusal;
use crate::terms::{Seat, coded};

coded! {
    /// What is done to the handbook; the code stands in the ledger.
    HandbookDeed {
        /// A new version of a service.
        Change = "handbook_change",
        /// A service nobody had before.
        Open = "handbook_open",
        /// A service is offered no longer.
        Close = "handbook_close",
        /// The standards of a day are laid down as gazetted (고시본).
        Gazette = "handbook_gazette",
    }
}

/// The table: what is done, by which seat, and whether it must be held in the unit in charge.
pub const HANDBOOK: &[(HandbookDeed, Seat, Relation)] = &[
    (HandbookDeed::Change, Seat::Coordinator, Relation::LeadUnit),
    (HandbookDeed::Change, Seat::Examiner, Relation::Agency),
    (HandbookDeed::Change, Seat::Administrator, Relation::Agency),
    (HandbookDeed::Open, Seat::Coordinator, Relation::LeadUnit),
    (HandbookDeed::Open, Seat::Examiner, Relation::Agency),
    (HandbookDeed::Open, Seat::Administrator, Relation::Agency),
    (HandbookDeed::Close, Seat::Coordinator, Relation::LeadUnit),
    (HandbookDeed::Close, Seat::Examiner, Relation::Agency),
    (HandbookDeed::Close, Seat::Administrator, Relation::Agency),
    (HandbookDeed::Gazette, Seat::Examiner, Relation::Agency),
    (HandbookDeed::Gazette, Seat::Administrator, Relation::Agency),
];

/// Whether `who` may do this to a service that `unit` is in charge of; a new one is its future unit's. Errors: `NotYours`.
pub fn may_handbook(who: &Who, deed: HandbookDeed, unit: Option<UnitId>) -> Result<(), Refusal> {
    let fits = |seat: Seat, relation: Relation| match (who, relation) {
        (Who::System, _) => true,
        (Who::Official(official), Relation::Agency) => official.posts.iter().any(|post| post.seat == seat),
        (Who::Official(official), Relation::LeadUnit) => {
            (official.posts.iter()).any(|post| post.seat == seat && Some(post.unit) == unit)
        }
        (Who::Citizen(_) | Who::Official(_), _) => false,
    };
    if (HANDBOOK.iter()).any(|(of, seat, relation)| *of == deed && fits(*seat, *relation)) {
        Ok(())
    } else {
        Err(Refusal::NotYours)
    }
}

/// Whether `who` may change any service at all: those are shown the way to it.
pub fn edits_handbook(who: &Who) -> bool {
    match who {
        Who::System => true,
        Who::Citizen(_) => false,
        Who::Official(official) => {
            (HANDBOOK.iter()).any(|(_, seat, _)| official.posts.iter().any(|post| post.seat == *seat))
        }
    }
}

/// The table in words, for the page of the access matrix.
pub(super) fn page(page: &mut String) {
    use std::fmt::Write;
    page.push_str("\n## 편람 — who may change the handbook\n\n| deed | seat | relation to the service |\n|---|---|---|\n");
    for (deed, seat, relation) in HANDBOOK {
        let _ = writeln!(page, "| `{deed}` | {seat} | {relation} |");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Official, Post};
    use crate::id::{OfficialId, PersonId};
    use uuid::Uuid;

    #[test]
    fn only_those_in_charge_change_the_handbook() {
        let (ours, theirs) = (UnitId(Uuid::from_u128(1)), UnitId(Uuid::from_u128(2)));
        let with = |seat| {
            let posts = vec![Post { seat, unit: ours }];
            Who::Official(Official {
                id: OfficialId(Uuid::from_u128(9)),
                posts,
                cover: crate::absence::Cover::default(),
            })
        };
        for (who, unit, may) in [
            (with(Seat::Coordinator), Some(ours), true),
            (with(Seat::Coordinator), Some(theirs), false),
            (with(Seat::Coordinator), None, false),
            (with(Seat::Examiner), Some(theirs), true),
            (with(Seat::Administrator), None, true),
            (with(Seat::Handler), Some(ours), false),
            (with(Seat::DepartmentHead), Some(ours), false),
            (Who::Citizen(PersonId(Uuid::from_u128(3))), Some(ours), false),
            (Who::System, None, true),
        ] {
            let coordinates = who == with(Seat::Coordinator);
            for deed in HandbookDeed::ALL {
                // What is gazetted is the whole agency's.
                let may = may && !(coordinates && *deed == HandbookDeed::Gazette);
                assert_eq!(
                    may_handbook(&who, *deed, unit).is_ok(),
                    may,
                    "{deed} {who:?} {unit:?}"
                );
            }
        }
    }
}

//! 기록물 폐기와 분리 보관의 권한 — who gives the opinion, who reviews, who records the board, who opens what is kept apart
//! (공공기록물법 제27조·제27조의2, 영 제43조; 개인정보 보호법 제21조③).

use super::{Relation, Who};
use crate::id::UnitId;
use crate::refusal::Refusal;
use crate::retention::disposal::Step;
use crate::terms::{Seat, coded};

coded! {
    /// What is done about records whose retention is over, and about what is kept apart; the code stands in the ledger.
    DisposalDeed {
        /// 폐기 목록을 봄.
        Look = "look_disposal",
        /// 처리과의 의견.
        Opinion = "give_disposal_opinion",
        /// 전문요원의 심사.
        Review = "review_disposal",
        /// 심의회의 결정.
        Board = "decide_disposal",
        /// 분리 보관 목록을 봄.
        ListApart = "look_apart",
        /// 분리 보관한 것을 열람.
        OpenApart = "open_apart",
    }
}

impl DisposalDeed {
    /// The deed that takes a step; `None` where none is left.
    pub const fn of(step: Step) -> Option<DisposalDeed> {
        match step {
            Step::Department => Some(DisposalDeed::Opinion),
            Step::Review => Some(DisposalDeed::Review),
            Step::Board => Some(DisposalDeed::Board),
            Step::Done => None,
        }
    }
}

/// The table: a deed, its seat, and how far the seat reaches.
pub const TABLE: &[(DisposalDeed, Seat, Relation)] = &[
    (DisposalDeed::Look, Seat::DepartmentHead, Relation::LeadUnit),
    (DisposalDeed::Look, Seat::RecordsOfficer, Relation::Agency),
    (DisposalDeed::Look, Seat::PrivacyOfficer, Relation::Agency),
    (DisposalDeed::Opinion, Seat::DepartmentHead, Relation::LeadUnit),
    (DisposalDeed::Review, Seat::RecordsOfficer, Relation::Agency),
    (DisposalDeed::Board, Seat::RecordsOfficer, Relation::Agency),
    (DisposalDeed::ListApart, Seat::PrivacyOfficer, Relation::Agency),
    (DisposalDeed::ListApart, Seat::RecordsOfficer, Relation::Agency),
    (DisposalDeed::OpenApart, Seat::PrivacyOfficer, Relation::Agency),
    (DisposalDeed::OpenApart, Seat::RecordsOfficer, Relation::Agency),
];

/// How far `who` reaches with a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Far {
    /// Every department of the place.
    All,
    /// These departments.
    Units(Vec<UnitId>),
}

impl Far {
    /// Whether it reaches this department.
    pub fn reaches(&self, unit: UnitId) -> bool {
        match self {
            Far::All => true,
            Far::Units(units) => units.contains(&unit),
        }
    }
}

/// How far `who` reaches with a deed. Errors: `NotYours` for one it is none of.
pub fn far(who: &Who, deed: DisposalDeed) -> Result<Far, Refusal> {
    let Who::Official(official) = who else {
        return match who {
            Who::System => Ok(Far::All),
            Who::Citizen(_) | Who::Official(_) => Err(Refusal::NotYours),
        };
    };
    let mut units = Vec::new();
    for post in &official.posts {
        for (of, seat, relation) in TABLE {
            if *of == deed && *seat == post.seat {
                match relation {
                    Relation::Agency => return Ok(Far::All),
                    _ => units.push(post.unit),
                }
            }
        }
    }
    match units.is_empty() {
        true => Err(Refusal::NotYours),
        false => Ok(Far::Units(units)),
    }
}

/// Whether `who` may do this about the records of a department.
pub fn may_dispose(who: &Who, deed: DisposalDeed, unit: UnitId) -> Result<(), Refusal> {
    match far(who, deed)?.reaches(unit) {
        true => Ok(()),
        false => Err(Refusal::NotYours),
    }
}

/// The table in words, for the page of the access matrix.
pub(super) fn page(page: &mut String) {
    use std::fmt::Write;
    page.push_str(
        "\n## 기록물 폐기와 분리 보관 — who disposes of records, who opens what is kept apart\n\n\
         | deed | seat | reach |\n|---|---|---|\n",
    );
    for (deed, seat, relation) in TABLE {
        let _ = writeln!(page, "| {deed} | {seat} | {relation} |");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Official, Post};
    use crate::id::OfficialId;

    fn who(seat: Seat, unit: u8) -> Who {
        Who::Official(Official {
            id: OfficialId(uuid::Uuid::nil()),
            posts: vec![Post {
                seat,
                unit: UnitId(uuid::Uuid::from_bytes([unit; 16])),
            }],
            cover: Default::default(),
        })
    }

    #[test]
    fn each_step_has_its_seat_and_a_head_reaches_no_further_than_the_department() {
        let unit = |n: u8| UnitId(uuid::Uuid::from_bytes([n; 16]));
        let head = who(Seat::DepartmentHead, 1);
        assert_eq!(may_dispose(&head, DisposalDeed::Opinion, unit(1)), Ok(()));
        for (deed, of) in [
            (DisposalDeed::Opinion, 2),
            (DisposalDeed::Look, 2),
            (DisposalDeed::Review, 1),
            (DisposalDeed::Board, 1),
            (DisposalDeed::OpenApart, 1),
        ] {
            assert_eq!(
                may_dispose(&head, deed, unit(of)),
                Err(Refusal::NotYours),
                "{deed} {of}"
            );
        }
        let records = who(Seat::RecordsOfficer, 9);
        assert_eq!(may_dispose(&records, DisposalDeed::Review, unit(2)), Ok(()));
        assert_eq!(
            may_dispose(&records, DisposalDeed::Opinion, unit(2)),
            Err(Refusal::NotYours)
        );
        let reads = may_dispose(&who(Seat::PrivacyOfficer, 9), DisposalDeed::Look, unit(2));
        assert_eq!(reads, Ok(()));
        for seat in [Seat::Handler, Seat::Administrator, Seat::Examiner] {
            for deed in DisposalDeed::ALL {
                assert_eq!(far(&who(seat, 1), *deed), Err(Refusal::NotYours), "{seat} {deed}");
            }
        }
    }
}

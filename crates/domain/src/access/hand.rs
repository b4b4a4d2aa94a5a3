//! 손 — whether somebody is one of those a special procedure names.

use super::{Who, handles};
use crate::id::UnitId;
use crate::petition::Petition;
use crate::proceeding::Proceeding;
use crate::terms::Seat;
use crate::track::{Hand, Track};

/// Whether `who` reads what is written in a proceeding that is privileged: the petitioner, whoever its steps name, and who has made a move
/// in it.
pub fn reads(track: &Track, p: &Petition, one: &Proceeding, who: &Who) -> bool {
    let moved = who
        .official()
        .is_some_and(|official| one.movers.contains(&official));
    let named = || {
        track
            .hands()
            .into_iter()
            .any(|hand| is_hand(hand, p, Some(one), who))
    };
    *who == Who::System || is_hand(Hand::Petitioner, p, None, who) || moved || named()
}

/// Whether `who` is this hand towards a petition, and in what runs in it: without that nobody is a member.
pub fn is_hand(hand: Hand, p: &Petition, one: Option<&Proceeding>, who: &Who) -> bool {
    let official = match who {
        Who::Citizen(person) => return hand == Hand::Petitioner && p.is_of(*person),
        Who::System => return false,
        Who::Official(official) => official,
    };
    if official.is_external() {
        return false;
    }
    let holds = |seat: Seat, unit: Option<UnitId>| {
        (official.posts.iter()).any(|post| post.seat == seat && unit.is_none_or(|unit| unit == post.unit))
    };
    match hand {
        Hand::Petitioner => false,
        Hand::Handler => handles(who, p),
        Hand::Seat(seat) => holds(seat, None),
        Hand::Lead(seat) => p.unit.is_some_and(|unit| holds(seat, Some(unit))),
        Hand::Member(role) => one.is_some_and(|one| one.members_of(role).any(|member| member == official.id)),
    }
}

//! 맡기기 — what an external user is handed, sees and writes, and how long.

use crate::office::{
    HANDLER, HEAD, INSPECTOR, LEAD, OFFICE, OTHER_INSPECTOR, PARKS_HANDLER, Story, answer, line, moment, text,
};
use crate::refusals::Row;
use domain::access::{Sight, Who, may};
use domain::act::Act;
use domain::id::OfficialId;
use domain::life::Deed;
use domain::refusal::Refusal;
use domain::terms::{Outcome, Permit};
use domain::text::Text;
use jiff::civil::{Date, date};

/// A Monday.
const MONDAY: &str = "2026-06-15T10:00";

fn give(to: OfficialId, permit: Permit, until: Date) -> Act<Text> {
    Act::Entrust {
        to,
        permit,
        what: text(1),
        until,
    }
}

fn note(no: u32) -> Act<Text> {
    Act::FieldNote { no, text: text(2) }
}

/// Handed to the inspector until Wednesday, to look and to write.
fn given() -> Story {
    Story::handled("permit", MONDAY).official(HANDLER, give(INSPECTOR, Permit::Note, date(2026, 6, 17)))
}

pub const ROWS: &[Row] = &[
    (
        "외부 접속자가 아닌 사람에게 맡김",
        Refusal::NotExternal,
        || Story::handled("permit", MONDAY).no(HANDLER, give(PARKS_HANDLER, Permit::See, date(2026, 6, 17))),
    ),
    (
        "이미 맡긴 사람에게 또 맡김",
        Refusal::EntrustedAlready,
        || given().no(HANDLER, give(INSPECTOR, Permit::See, date(2026, 6, 18))),
    ),
    ("지난날까지 맡김", Refusal::EntrustTimeUnfit, || {
        Story::handled("permit", MONDAY).no(HANDLER, give(INSPECTOR, Permit::See, date(2026, 6, 14)))
    }),
    ("아흔하루 동안 맡김", Refusal::EntrustTimeUnfit, || {
        Story::handled("permit", MONDAY).no(HANDLER, give(INSPECTOR, Permit::See, date(2026, 9, 14)))
    }),
    ("맡긴 적 없는 것을 거둠", Refusal::NotEntrusted, || {
        Story::handled("permit", MONDAY).no(HANDLER, Act::TakeBack { no: 1 })
    }),
    ("두 번 거둠", Refusal::NotEntrusted, || {
        given()
            .official(HANDLER, Act::TakeBack { no: 1 })
            .no(HANDLER, Act::TakeBack { no: 1 })
    }),
    (
        "열람만 맡긴 사람의 현장 의견",
        Refusal::NotEntrusted,
        || {
            Story::handled("permit", MONDAY)
                .official(HANDLER, give(INSPECTOR, Permit::See, date(2026, 6, 17)))
                .no(INSPECTOR, note(1))
        },
    ),
    (
        "남에게 맡긴 것에 적은 현장 의견",
        Refusal::NotEntrusted,
        || {
            given()
                .official(HANDLER, give(OTHER_INSPECTOR, Permit::Note, date(2026, 6, 17)))
                .no(INSPECTOR, note(2))
        },
    ),
];

fn at(id: OfficialId, when: &str) -> Who {
    OFFICE.official_at(id, moment(when))
}

#[test]
fn 맡긴_동안에만_보인다() {
    let story = given();
    let sees = |story: &Story, id, when| Sight::of(&at(id, when)).admits(story.petition());
    let before = Story::handled("permit", MONDAY);
    assert!(!sees(&before, INSPECTOR, MONDAY), "not before");
    assert!(sees(&story, INSPECTOR, MONDAY));
    assert!(sees(&story, INSPECTOR, "2026-06-17T23:59"), "the last day counts");
    assert!(!sees(&story, INSPECTOR, "2026-06-18T00:00"), "not after it");
    assert!(!sees(&story, OTHER_INSPECTOR, MONDAY), "nobody else from outside");
    let back = given().official(LEAD, Act::TakeBack { no: 1 });
    assert!(!sees(&back, INSPECTOR, MONDAY), "not once it is taken back");
    let ended = given()
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() })
        .official(LEAD, Act::Sign { comment: None })
        .official(HEAD, Act::Sign { comment: None })
        .official(HANDLER, Act::Answer);
    assert!(!sees(&ended, INSPECTOR, MONDAY), "not once it has ended");
}

#[test]
fn 밖에서_온_사람은_맡은_일_말고는_아무것도_못_한다() {
    let story = given();
    let who = at(INSPECTOR, MONDAY);
    for deed in Deed::ALL {
        let may = may(&who, *deed, Some(story.petition())).is_ok();
        assert_eq!(may, *deed == Deed::FieldNote, "{deed}");
    }
    // What was ever written down of a relation does not count: neither a line of approval nor a circulation.
    let mut petition = story.petition().clone();
    petition.handler = Some(INSPECTOR);
    assert!(may(&who, Deed::Draft, Some(&petition)).is_err());
}

#[test]
fn 현장_의견이_민원에_남는다() {
    let story = given().official(INSPECTOR, note(1)).on("2026-06-18T09:00");
    let given = &story.petition().entrusted[0];
    assert_eq!(given.notes, vec![(text(2), moment(MONDAY))]);
    assert_eq!(story.no(INSPECTOR, note(1)), Refusal::NotYours, "the day is over");
    // It can be handed to them anew, under a number of its own.
    let again = story.official(HANDLER, give(INSPECTOR, Permit::See, date(2026, 6, 19)));
    assert_eq!(again.petition().entrusted.last().map(|given| given.no), Some(2));
}

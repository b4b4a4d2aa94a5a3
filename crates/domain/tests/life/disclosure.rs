//! 정보공개 청구 — no petition: its own clock from its arrival, its own register, outcomes and numbers (정보공개법 제11조·제29조).

use crate::office::{
    HANDLER, HEAD, OFFICE, RECEIVER, ROADS, ROADS_RECEIVER, Story, answer, code, filing, moment, text,
};
use domain::act::Act;
use domain::due::Cause;
use domain::event::Event;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::tally::{Measure, Side, deltas};
use domain::terms::{EntryPoint, Kind, Mark, Outcome, Register};

fn extend(ground: Cause, n: u32) -> Act<domain::text::Text> {
    Act::Extend {
        n,
        ground,
        reason: text(30),
    }
}

/// Filed late on a Friday, received on Monday, with its handler.
fn handled() -> Story {
    Story::web("open", "2018-07-13T23:00")
        .on("2018-07-16T10:00")
        .official(
            RECEIVER,
            Act::Receive {
                kind: Kind::Disclosure,
                period: None,
            },
        )
        .official(RECEIVER, Act::Distribute { unit: ROADS })
        .official(ROADS_RECEIVER, Act::UnitReceive)
        .official(ROADS_RECEIVER, Act::Designate { handler: HANDLER })
}

#[test]
fn 청구를_받은_날부터_열흘을_센다() {
    let story = handled();
    // The Friday of its arrival is the first day, although it was received on Monday.
    assert_eq!(story.due().as_deref(), Some("2018-07-26T23:59"));
    let Event::Filed {
        receive_by, expected, ..
    } = story.case.journal[0].event
    else {
        unreachable!("a journal begins with the filing")
    };
    // 영6⑧ is about petitions; the office receives a request no later than one, so that none lies unseen.
    let petition = Story::web("inquiry", "2018-07-13T23:00");
    assert_eq!(receive_by, petition.petition().receive_by);
    assert_eq!(expected, story.petition().due());
    // A petition of the same period received on the same Monday has a day more.
    assert_eq!(
        Kind::Statutory.counts_from(moment("2018-07-13T23:00"), moment("2018-07-16T10:00")),
        moment("2018-07-16T10:00")
    );
}

#[test]
fn 한_차례_열흘까지_부득이한_사유로만_연장한다() {
    let story = handled();
    assert_eq!(
        story.no(HANDLER, extend(Cause::FactFinding, 10)),
        Refusal::ExtensionGroundOfOtherTime
    );
    assert_eq!(
        story.no(HANDLER, extend(Cause::Unavoidable, 11)),
        Refusal::ExtensionTooLong
    );
    let story = story.official(HANDLER, extend(Cause::Unavoidable, 10));
    assert_eq!(story.due().as_deref(), Some("2018-08-09T23:59"));
    assert_eq!(
        story.no(HANDLER, extend(Cause::Unavoidable, 1)),
        Refusal::ExtensionSpent
    );
}

#[test]
fn 제_결과로만_끝난다() {
    let story = handled();
    assert_eq!(
        story.no(HANDLER, Act::Draft(answer(Outcome::Answered))),
        Refusal::OutcomeNotOfKind
    );
    assert_eq!(
        story.no(HANDLER, Act::Draft(answer(Outcome::Refused))),
        Refusal::OutcomeNotOfKind
    );
    for outcome in [
        Outcome::PartlyDisclosed,
        Outcome::NotDisclosed,
        Outcome::NoInformation,
    ] {
        let bare = domain::act::Answer {
            reasons: None,
            ..answer(outcome)
        };
        assert_eq!(
            story.no(HANDLER, Act::Draft(bare)),
            Refusal::ReasonsOwed,
            "{outcome}"
        );
    }
    let signer = domain::event::Signer {
        official: HEAD,
        mark: Mark::Decide,
    };
    let story = story
        .official(HANDLER, Act::Draft(answer(Outcome::Disclosed)))
        .official(HANDLER, Act::SendUp { line: vec![signer] })
        .official(HEAD, Act::Sign { comment: None })
        .official(HANDLER, Act::Answer);
    assert_eq!(
        story.petition().end.map(|end| end.outcome),
        Some(Outcome::Disclosed)
    );
    let permit = Story::handled("permit", "2018-07-17T10:00");
    assert_eq!(
        permit.no(HANDLER, Act::Draft(answer(Outcome::Disclosed))),
        Refusal::OutcomeNotOfKind
    );
}

#[test]
fn 민원의_대장과_통계에_들지_않는다() {
    let story = handled();
    let number = story.petition().reception.map(|r| r.number);
    // The number is handed in by the store's series; the kind says of which register.
    assert!(number.is_some());
    assert_eq!(story.petition().kind.register(), Register::Disclosure);
    let mut before: Option<Petition> = None;
    let mut sides = Vec::new();
    for recorded in &story.case.journal {
        let after = match before.clone() {
            None => Petition::begin(recorded).expect("it begins"),
            Some(mut p) => {
                p.apply(recorded).expect("it follows");
                p
            }
        };
        sides.extend(
            deltas(before.as_ref(), &after)
                .into_iter()
                .map(|delta| delta.side),
        );
        before = Some(after);
    }
    let day = |at: &str| moment(at).date().expect("a day");
    assert_eq!(
        sides,
        [
            Side::OwnLaw(Kind::Disclosure, Measure::Filed, day("2018-07-13T23:00")),
            Side::OwnLaw(Kind::Disclosure, Measure::Received, day("2018-07-16T10:00")),
        ]
    );
}

#[test]
fn 보완과_분류_변경은_없다() {
    let story = handled();
    let ask = Act::AskSupplement {
        what: text(31),
        until: jiff::civil::date(2018, 7, 30),
    };
    assert_eq!(story.no(HANDLER, ask), Refusal::NotInProcedure);
    let change = Act::Reclassify {
        service: code("inquiry"),
        kind: Kind::Inquiry,
        period: None,
        reason: text(32),
    };
    assert_eq!(story.no(HANDLER, change), Refusal::OtherLaw);
    let filed = Story::filed(&OFFICE, filing("open", EntryPoint::Counter), "2018-07-16T10:00");
    assert_eq!(
        filed.no(
            RECEIVER,
            Act::Receive {
                kind: Kind::Inquiry,
                period: None
            }
        ),
        Refusal::NotInProcedure
    );
}

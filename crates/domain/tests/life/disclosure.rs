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

/// A third party was told on Monday the 16th.
pub fn told() -> Story {
    handled().official(
        HANDLER,
        Act::TellThirdParty {
            name: text(31),
            what: text(32),
            arrived: jiff::civil::date(2018, 7, 16),
        },
    )
}

/// What a third party says.
pub fn heard(no: u32, objects: bool) -> Act<domain::text::Text> {
    Act::HearThirdParty {
        no,
        objects,
        text: text(33),
    }
}

/// Decided on Monday the 16th with that outcome.
pub fn decided(outcome: Outcome) -> Story {
    sent(handled(), outcome)
}

fn sent(story: Story, outcome: Outcome) -> Story {
    let line = vec![domain::event::Signer {
        official: HEAD,
        mark: Mark::Delegated,
    }];
    story
        .official(HANDLER, Act::Draft(answer(outcome)))
        .official(HANDLER, Act::SendUp { line })
        .official(HEAD, Act::Sign { comment: None })
        .official(HANDLER, Act::Answer)
}

/// An objection to a decision received on that day.
pub fn object(received: &str) -> Act<domain::text::Text> {
    Act::Object {
        reason: text(34),
        received: received.parse().expect("a day"),
        files: Vec::new(),
    }
}

#[test]
fn 비공개_결정에는_삼십일_안에_이의를_신청하고_이레_안에_결정한다() {
    for (outcome, possible) in [
        (Outcome::NotDisclosed, true),
        (Outcome::PartlyDisclosed, true),
        (Outcome::NoInformation, true),
        (Outcome::Disclosed, false),
    ] {
        let story = decided(outcome).on("2018-08-15T10:00");
        if !possible {
            assert_eq!(story.not_kim(object("2018-07-16")), Refusal::NothingToObject);
            continue;
        }
        // Thirty days after the 16th of July is the 15th of August, 광복절: until the 16th.
        assert_eq!(
            decided(outcome)
                .on("2018-08-17T10:00")
                .not_kim(object("2018-07-16")),
            Refusal::DisclosureObjectionLate
        );
        let story = decided(outcome).on("2018-08-16T10:00").kim(object("2018-07-16"));
        // Seven working days with the first: 16, 17, 20, 21, 22, 23, 24 August.
        let due = |story: &Story| story.petition().objection.expect("made").due;
        assert_eq!(due(&story), moment("2018-08-25T00:00"));
        let extend = |days| Act::ExtendObjection {
            days,
            reason: text(35),
        };
        assert_eq!(story.no(HANDLER, extend(8)), Refusal::ObjectionExtensionUnfit);
        // Seven more from the day after: 27, 28, 29, 30, 31 August, 3, 4 September.
        let story = story.official(HANDLER, extend(7));
        assert_eq!(due(&story), moment("2018-09-05T00:00"));
        let story = story.official(
            HEAD,
            Act::DecideObjection {
                verdict: domain::terms::Verdict::Upheld,
                reason: text(36),
                remedies: text(37),
            },
        );
        assert!(!story.petition().wants_work());
    }
}

#[test]
fn 제3자의_뜻에_어긋나게_공개하면_삼십일을_둔다() {
    let story = told();
    // Three days after Monday the 16th: until Thursday the 19th.
    assert_eq!(
        story.petition().third_parties[0].until,
        jiff::civil::date(2018, 7, 19)
    );
    let story = story.official(HANDLER, heard(1, true));
    assert_eq!(story.no(HANDLER, heard(1, false)), Refusal::NoThirdParty);
    let disclosed = sent(story.on("2018-07-17T10:00"), Outcome::PartlyDisclosed);
    // Thirty whole days between the 17th of July and the 17th of August.
    assert_eq!(
        disclosed.petition().disclosed_from,
        Some(jiff::civil::date(2018, 8, 17))
    );
    // Who does not object delays nothing, nor does a decision not to disclose.
    let agreed = sent(told().official(HANDLER, heard(1, false)), Outcome::Disclosed);
    assert_eq!(agreed.petition().disclosed_from, None);
    let refused = sent(told().official(HANDLER, heard(1, true)), Outcome::NotDisclosed);
    assert_eq!(refused.petition().disclosed_from, None);
    // Unheard, but the three days are over.
    let silent = sent(told().on("2018-07-20T09:00"), Outcome::Disclosed);
    assert_eq!(silent.petition().disclosed_from, None);
    // A petition knows no third party.
    let permit = Story::handled("permit", "2018-07-17T10:00");
    let tell = Act::TellThirdParty {
        name: text(31),
        what: text(32),
        arrived: jiff::civil::date(2018, 7, 17),
    };
    assert_eq!(permit.no(HANDLER, tell), Refusal::NotInProcedure);
}

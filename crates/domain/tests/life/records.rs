//! 외부 문서시스템과 수리·허가 간주 — where the number comes from outside, and where silence decides.

use crate::office::{HANDLER, HEAD, KIM, LEAD, OFFICE, Office, ROADS, Story, answer, line, text};
use domain::access::Who;
use domain::act::Act;
use domain::decide::Numbering;
use domain::event::Event;
use domain::life::Life;
use domain::number::DocumentNumber;
use domain::refusal::Refusal;
use domain::terms::Outcome;
use domain::text::Text;
use jiff::civil::{Date, date};

/// A permit approved where numbers come from outside.
pub fn approved_outside() -> Story {
    let office = Office {
        numbering: Numbering::Outside,
        ..OFFICE.clone()
    };
    let mut story = Story::handled("permit", "2018-07-17T10:00");
    story.office = office;
    story
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() })
        .official(LEAD, Act::Sign { comment: None })
        .official(HEAD, Act::Sign { comment: None })
}

/// What the document system answers about the approval of event `approval`.
pub fn registered(approval: u32, n: u32, on: Date) -> Act<Text> {
    Act::RegisterDocument {
        approval,
        document: DocumentNumber { unit: ROADS, n },
        on,
    }
}

fn approval(story: &Story) -> u32 {
    story.petition().seq
}

#[test]
fn 번호는_밖에서_온_뒤에만_나간다() {
    let mut story = approved_outside();
    let seq = approval(&story);
    assert!(story.petition().lacks_number().is_some());
    assert!(matches!(
        story.case.journal.last().map(|recorded| &recorded.event),
        Some(Event::Approved { document: None, .. })
    ));
    let day = date(2018, 7, 17);
    for (name, act) in [
        ("다른 결재", registered(seq - 1, 7, day)),
        ("영 번", registered(seq, 0, day)),
        ("결재 전날", registered(seq, 7, date(2018, 7, 16))),
        ("내일", registered(seq, 7, date(2018, 7, 18))),
    ] {
        assert_eq!(
            story.refusal(&Who::System, &act),
            Refusal::RegistrationUnfit,
            "{name}"
        );
    }
    story = story.system(registered(seq, 7, day));
    assert_eq!(story.petition().lacks_number(), None);
    let before = story.petition().seq;
    story = story.system(registered(seq, 7, day));
    assert_eq!(story.petition().seq, before, "the same answer again is no news");
    assert_eq!(
        story.refusal(&Who::System, &registered(seq, 8, day)),
        Refusal::RegistrationUnfit
    );
    let refuse = Act::RefuseRegistration {
        approval: seq,
        reason: text(5),
    };
    assert_eq!(story.refusal(&Who::System, &refuse), Refusal::RegistrationUnfit);
    assert_eq!(story.refusal(&Who::Citizen(KIM), &refuse), Refusal::NotYours);
    let story = story.official(HANDLER, Act::Answer);
    assert_eq!(story.petition().life, Life::Concluded);
}

#[test]
fn 거절된_결재는_기안자에게_돌아가고_다시_올릴_수_있다() {
    let story = approved_outside();
    let refuse = Act::RefuseRegistration {
        approval: approval(&story),
        reason: text(5),
    };
    let story = story.system(refuse);
    assert!(story.petition().line.is_none() && story.petition().draft.is_some());
    let story = story.official(HANDLER, Act::SendUp { line: line() });
    assert!(story.petition().signer().is_some());
}

#[test]
fn 기한이_지나면_사람이_간주를_기록한다() {
    // Five days are forty working hours: from Tuesday the 17th at ten until the next one.
    let story = Story::handled("notice", "2018-07-17T10:00").on("2018-07-24T10:01");
    let due = story.petition().due().expect("it runs");
    let story = story.official(HEAD, Act::RecordDeemed { note: None });
    let end = story.petition().end.expect("an end");
    assert_eq!((end.outcome, end.concluded_at), (Outcome::DeemedAccepted, due));
    assert!(story.petition().is_late());
    assert!(!story.petition().answered(), "nobody signed an answer");
}

#[test]
fn 옛_결재는_그대로_읽힌다() {
    // Approved before there was an outside document system: the number stands in the event itself.
    let text = r#"{"is":"approved","step":0,"comment":null,"document":{"unit":"00000000000000000000000000000002","n":7}}"#;
    let event: Event = serde_json::from_str(text).expect("an event of old");
    assert!(matches!(event, Event::Approved { document: Some(number), .. } if number.n == 7));
}

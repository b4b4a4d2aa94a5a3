//! 접기 — a journal makes a head, and a journal that cannot be makes none.

use crate::office::{HANDLER, HEAD, LEAD, RECEIVER, ROADS, ROADS_RECEIVER, Story, answer, line, text};
use domain::act::Act;
use domain::event::{Event, Recorded};
use domain::id::PetitionId;
use domain::life::{Deed, Life};
use domain::petition::Petition;
use domain::terms::Outcome;
use domain::time::At;
use uuid::Uuid;

fn journal() -> Vec<Recorded> {
    Story::handled("permit", "2018-07-17T10:00")
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() })
        .official(LEAD, Act::Sign { comment: None })
        .official(HEAD, Act::Sign { comment: None })
        .official(HANDLER, Act::Answer)
        .case
        .journal
}

#[test]
fn 손댄_기록부는_접히지_않는다() {
    let whole = journal();
    assert_eq!(Petition::fold(&whole).map(|p| p.life), Ok(Life::Concluded));
    type Harm = fn(&mut Vec<Recorded>);
    let table: [(&str, Harm, u32); 9] = [
        ("빈 기록부", |j| j.clear(), 1),
        ("신청 없이 시작", |j| drop(j.remove(0)), 2),
        ("신청이 첫째가 아님", |j| j[0].seq = 2, 2),
        ("가운데가 빠짐", |j| drop(j.remove(3)), 5),
        ("두 번 신청", |j| j[1].event = j[0].event.clone(), 2),
        ("다른 민원의 사건", |j| j[4].petition = PetitionId(Uuid::nil()), 5),
        ("시각이 뒤로 감", |j| j[4].recorded_at = At(0), 5),
        ("부서 접수 없는 순서", |j| j[1].event = Event::Recalled {}, 2),
        (
            "끝난 뒤의 사건",
            |j| {
                let last = j.last().cloned().expect("an event");
                j.push(Recorded {
                    seq: last.seq + 1,
                    event: Event::Designated { handler: HANDLER },
                    ..last
                });
            },
            11,
        ),
    ];
    for (name, harm, seq) in table {
        let mut broken = whole.clone();
        harm(&mut broken);
        assert_eq!(Petition::fold(&broken).map_err(|b| b.seq), Err(seq), "{name}");
    }
}

/// Each event comes of a deed, and each deed that changes a petition has an event: the two tables know one another.
#[test]
fn 행위마다_사건이_있다() {
    let journal = journal();
    for recorded in &journal {
        assert!(!recorded.event.deeds().is_empty(), "{}", recorded.event.name());
    }
    let names: Vec<&str> = journal.iter().map(|r| r.event.name()).collect();
    assert_eq!(
        names,
        [
            "Filed",
            "Received",
            "Distributed",
            "UnitReceived",
            "Designated",
            "Drafted",
            "SentUp",
            "Signed",
            "Approved",
            "Answered"
        ]
    );
    assert_eq!(journal[1].event.deeds(), [Deed::Receive]);
}

/// Every event tells the vault of every text it holds: a text left out would outlive its petition's key list.
#[test]
fn 사건은_제_글을_모두_안다() {
    let story = Story::handled("permit", "2018-07-17T10:00")
        .official(HANDLER, Act::Draft(answer(Outcome::Refused)))
        .official(
            HANDLER,
            Act::AskSupplement {
                what: text(40),
                until: jiff::civil::date(2018, 7, 24),
            },
        )
        .kim(Act::Supplement {
            note: Some(text(41)),
            files: vec![domain::event::Attached {
                content: text(42),
                name: text(43),
                size: 9,
                kind: domain::terms::FileType::Pdf,
                slot: None,
            }],
        })
        .official(
            HANDLER,
            Act::Transfer {
                agency: text(44),
                reason: text(45),
                report_by: None,
            },
        );
    for recorded in &story.case.journal {
        let json = serde_json::to_string(&recorded.event).expect("json");
        assert_eq!(
            json.matches("\"commitment\"").count(),
            recorded.event.texts().len(),
            "{json}"
        );
    }
    assert_eq!(story.petition().files.len(), 1);
}

/// Handing a case back takes the handler and the draft with it.
#[test]
fn 재배부를_요청하면_담당자와_기안이_없어진다() {
    let story = Story::handled("permit", "2018-07-17T10:00")
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HEAD, Act::SendBack { reason: text(50) });
    let p = story.petition();
    assert_eq!(
        (p.life, p.handler, p.send_back, p.sent_back),
        (Life::Distributed, None, Some(ROADS), 1)
    );
    assert!(p.draft.is_none() && p.unit_received_at.is_none());
    let story = story
        .official(RECEIVER, Act::Distribute { unit: ROADS })
        .official(ROADS_RECEIVER, Act::UnitReceive);
    assert_eq!(story.petition().send_back, None);
}

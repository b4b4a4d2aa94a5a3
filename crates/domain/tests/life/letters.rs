//! 예고장·독촉장 — to whom they go and when, what is owed for them, and every refusal on the way (영 제28조제2항).

use crate::office::{
    EXAMINER, FRONT, HANDLER, HEAD, OTHER_HANDLER, RECEIVER, ROADS, ROADS_RECEIVER, STRANGER, Story, line,
    moment, text,
};
use domain::access::Post;
use domain::act::Act;
use domain::due::Cause;
use domain::id::OfficialId;
use domain::petition::letter::{DelayCause, LetterKind};
use domain::refusal::Refusal;
use domain::terms::{Outcome, Seat};
use domain::text::Text;
use jiff::civil::date;

/// A permit of seven days, received on Tuesday the 17th of July: due at the end of Wednesday the 25th.
const RECEIVED: &str = "2018-07-17T10:00";
const BEFORE: &str = "2018-07-24T09:00";
const LAST: &str = "2018-07-25T23:59";
const LATE: &str = "2018-07-26T00:00";

pub fn dun() -> Act<Text> {
    Act::IssueDunning {
        reply_by: date(2018, 7, 30),
        note: None,
    }
}

pub fn warn() -> Act<Text> {
    Act::IssueAdvanceNotice { note: Some(text(40)) }
}

pub fn reply(planned: Option<jiff::civil::Date>) -> Act<Text> {
    Act::ReplyDunning {
        cause: DelayCause::FactFinding,
        planned,
        text: text(41),
    }
}

fn late() -> Story {
    Story::handled("permit", RECEIVED).on(LATE)
}

/// The refusals of letters, each by its story.
pub const ROWS: &[crate::refusals::Row] = &[
    (
        "기한이 지나지 않은 민원의 독촉장",
        Refusal::NotOverdue,
        || Story::handled("permit", RECEIVED).on(LAST).no(EXAMINER, dun()),
    ),
    (
        "기한이 지난 민원의 예고장",
        Refusal::AdvanceTooLate,
        || late().no(EXAMINER, warn()),
    ),
    (
        "같은 기한의 두 번째 독촉장",
        Refusal::LetterIssued,
        || late().official(EXAMINER, dun()).no(EXAMINER, dun()),
    ),
    ("받을 사람이 없는 부서", Refusal::NobodyToWriteTo, || {
        let mut story = Story::received("permit", RECEIVED)
            .official(RECEIVER, Act::Distribute { unit: ROADS })
            .on(LATE);
        story
            .office
            .staff
            .posts
            .retain(|official, _| *official == EXAMINER);
        story.no(EXAMINER, dun())
    }),
    ("지난 날의 회신기한", Refusal::ReplyInPast, || {
        let act = Act::IssueDunning {
            reply_by: date(2018, 7, 25),
            note: None,
        };
        late().no(EXAMINER, act)
    }),
    ("두 번째 수령 확인", Refusal::NoLetter, || {
        late()
            .official(EXAMINER, dun())
            .official(HEAD, Act::ConfirmDunning)
            .no(HEAD, Act::ConfirmDunning)
    }),
    ("예정일 없는 회신", Refusal::PlanMissing, || {
        late().official(EXAMINER, dun()).no(HEAD, reply(None))
    }),
    ("지난 예정일의 회신", Refusal::PlanMissing, || {
        late()
            .official(EXAMINER, dun())
            .no(HEAD, reply(Some(date(2018, 7, 25))))
    }),
];

/// Refusals about letters and months that `decide` gives to nobody who may ask.
pub const ELSEWHERE: &[(Refusal, &str)] = &[
    (
        Refusal::RepliedAlready,
        "who has replied is no addressee any more; of months: decided in inspection::Inspection::decide",
    ),
    (Refusal::MonthNotOver, "inspection::Inspection::decide"),
    (Refusal::DoneAlready, "inspection::Inspection::decide"),
    (Refusal::NoFinding, "inspection::Inspection::decide"),
    (Refusal::NotReplied, "inspection::Inspection::decide"),
    (Refusal::OrdersOpen, "inspection::Inspection::decide"),
    (Refusal::InspectionClosed, "inspection::Inspection::decide"),
];

#[test]
fn 편지는_사유대로_거절된다() {
    for (name, refusal, story) in ROWS {
        assert_eq!(story(), *refusal, "{name}");
    }
}

#[test]
fn 예고장은_담당자에게_독촉장은_부서장에게() {
    let story = Story::handled("permit", RECEIVED)
        .on(BEFORE)
        .official(EXAMINER, warn());
    let letter = story
        .petition()
        .letter(LetterKind::Advance)
        .expect("issued")
        .clone();
    assert_eq!(
        (letter.to.as_slice(), letter.number),
        ([HANDLER].as_slice(), None)
    );
    let story = story.on(LATE).official(EXAMINER, dun());
    let letter = story.petition().dunning().expect("issued");
    assert_eq!(letter.to, [HEAD]);
    assert_eq!(letter.due, moment(LATE), "the first late moment");
    assert_eq!(letter.number.map(|n| n.to_string()).as_deref(), Some("2026-1"));
}

#[test]
fn 담당자가_없으면_부서_접수자에게_배부_전이면_통합접수자에게_예고한다() {
    let before = Story::received("permit", RECEIVED)
        .on(BEFORE)
        .official(EXAMINER, warn());
    assert_eq!(before.petition().letters[0].to, [RECEIVER]);
    let after = Story::received("permit", RECEIVED)
        .official(RECEIVER, Act::Distribute { unit: ROADS })
        .on(BEFORE)
        .official(EXAMINER, warn());
    assert_eq!(after.petition().letters[0].to, [ROADS_RECEIVER]);
}

/// 영28②: "민원심사관이 처리주무부서의 장인 경우에는 관계 직원".
#[test]
fn 심사관이_그_부서의_장이면_관계_직원에게() {
    let mut story = late();
    let post = |seat| Post { seat, unit: ROADS };
    story
        .office
        .staff
        .posts
        .insert(HEAD, vec![post(Seat::DepartmentHead), post(Seat::DeputyExaminer)]);
    let story = story.official(HEAD, dun());
    let letter = story.petition().dunning().expect("issued");
    assert_eq!(letter.to, [HANDLER], "not to oneself");
    assert_eq!(story.no(HEAD, Act::ConfirmDunning), Refusal::NotYours);
}

#[test]
fn 분임심사관은_제_부서의_민원에만_발급한다() {
    let deputy = |unit| {
        let mut story = late();
        let post = Post {
            seat: Seat::DeputyExaminer,
            unit,
        };
        story.office.staff.posts.insert(STRANGER, vec![post]);
        story
    };
    assert_eq!(deputy(FRONT).no(STRANGER, dun()), Refusal::NotYours);
    let story = deputy(ROADS).official(STRANGER, dun());
    assert_eq!(story.petition().dunning().expect("issued").to, [HEAD]);
}

#[test]
fn 수령과_회신은_받은_사람만_한다() {
    let story = late().official(EXAMINER, dun());
    for official in [HANDLER, OTHER_HANDLER, EXAMINER, RECEIVER] {
        assert_eq!(story.no(official, Act::ConfirmDunning), Refusal::NotYours);
        assert_eq!(
            story.no(official, reply(Some(date(2018, 7, 30)))),
            Refusal::NotYours
        );
    }
    let story = story.on("2018-07-26T11:00").official(HEAD, Act::ConfirmDunning);
    let story = story
        .on("2018-07-27T11:00")
        .official(HEAD, reply(Some(date(2018, 7, 30))));
    let letter = story.petition().dunning().expect("issued");
    assert_eq!(letter.received_at, Some(moment("2018-07-26T11:00")));
    let told = letter.reply.expect("replied");
    assert_eq!(
        (told.cause, told.planned),
        (DelayCause::FactFinding, Some(date(2018, 7, 30)))
    );
    assert_eq!(
        story.no(HEAD, reply(Some(date(2018, 7, 30)))),
        Refusal::NotYours,
        "once"
    );
}

#[test]
fn 회신하면_수령도_확인된다_끝난_뒤에는_예정일이_없다() {
    let story = late()
        .official(EXAMINER, dun())
        .official(HANDLER, Act::Draft(crate::office::answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() })
        .official(crate::office::LEAD, Act::Sign { comment: None })
        .official(HEAD, Act::Sign { comment: None })
        .official(HANDLER, Act::Answer)
        .official(HEAD, reply(Some(date(2018, 7, 30))));
    let letter = story.petition().dunning().expect("issued");
    assert!(letter.received_at.is_some());
    assert_eq!(letter.reply.expect("replied").planned, None);
}

#[test]
fn 기한이_옮겨지면_다시_독촉할_수_있다() {
    let official = |id: OfficialId| id;
    let story = Story::handled("permit", RECEIVED)
        .on(BEFORE)
        .official(EXAMINER, warn())
        .official(
            HANDLER,
            Act::Extend {
                n: 2,
                ground: Cause::Unavoidable,
                reason: text(22),
            },
        );
    assert_eq!(story.petition().letters.len(), 1);
    let story = story.official(official(EXAMINER), warn()).on("2018-07-28T00:00");
    let story = story.official(EXAMINER, dun());
    let versions: Vec<u32> = story.petition().letters.iter().map(|l| l.due_version).collect();
    assert_eq!(versions, [1, 2, 2]);
}

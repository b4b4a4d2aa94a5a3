//! 큰길 밖의 거절과 이야기 — consultation, jurisdiction, mass petitions, mergers, repeats, other ends, and what comes after: each
//! refusal with the story that leads to it, and the stories that end well.
//!
//! It is longer than 600 lines because it is one table of refusals and the stories beside it.

use crate::office::{
    CLOSED, COUNTER, EXAMINER, FRONT, HANDLER, HEAD, KIM, LEAD, OFFICE, PARKS, PARKS_HANDLER, PARKS_RECEIVER,
    RECEIVER, ROADS, ROADS_RECEIVER, Story, answer, beside, filing, line, moment, text,
};
use crate::refusals::Row;
use domain::access::Who;
use domain::act::{Act, Filing};
use domain::event::Attached;
use domain::id::PersonId;
use domain::life::Life;
use domain::refusal::Refusal;
use domain::terms::{
    Board, ChosenBy, Conversion, EntryPoint, Exception, FileType, Openness, Opinion, Outcome, Repeat, Verdict,
};
use domain::text::Text;
use jiff::civil::{Date, date};

/// 2026-06-15 is a Monday.
const MONDAY: &str = "2026-06-15T10:00";

fn handled(service: &str) -> Story {
    Story::handled(service, MONDAY)
}

/// With petitions beside it that an act may name.
fn among(service: &str, at: &str) -> Story {
    let mut story = Story::received(service, at);
    story.office = story.office.clone().with_beside(service, moment(at));
    story
}

fn sent_back() -> Story {
    Story::received("permit", MONDAY)
        .official(RECEIVER, Act::Distribute { unit: ROADS })
        .official(ROADS_RECEIVER, Act::SendBack { reason: text(20) })
}

fn rule(unit: domain::id::UnitId) -> Act<Text> {
    Act::RuleJurisdiction {
        unit,
        reason: text(21),
    }
}

fn consult(unit: domain::id::UnitId, reply_by: Date) -> Act<Text> {
    Act::AskConsult {
        unit,
        what: text(22),
        reply_by,
    }
}

/// The roads department asks the parks department until Wednesday.
fn consulted() -> Story {
    handled("permit").official(HANDLER, consult(PARKS, date(2026, 6, 17)))
}

fn reply(no: u32) -> Act<Text> {
    Act::ReplyConsult {
        no,
        opinion: Opinion::Agree,
        text: text(23),
        files: Vec::new(),
    }
}

fn prolong(day: Date) -> Act<Text> {
    Act::ProlongConsult { no: 1, reply_by: day }
}

fn link(earlier: &[u128]) -> Act<Text> {
    Act::LinkEarlier {
        repeat: Repeat::Repeated,
        earlier: earlier.iter().map(|n| beside(*n)).collect(),
    }
}

fn take_in(n: u128) -> Act<Text> {
    Act::TakeIn {
        children: (0..n).map(beside).collect(),
    }
}

fn mass(households: u32, signers: u32) -> Act<Text> {
    Act::MarkMass {
        households,
        signers,
        list: None,
    }
}

fn representatives(n: u8) -> Act<Text> {
    Act::ChooseRepresentatives {
        names: (0..n).map(|i| text(40 + i)).collect(),
        by: ChosenBy::Petitioners,
    }
}

fn ask(until: Date) -> Act<Text> {
    Act::AskSupplement {
        what: text(24),
        until,
    }
}

/// Answered with this outcome on the same day.
fn answered(service: &str, outcome: Outcome, openness: Openness) -> Story {
    let mut answer = answer(outcome);
    answer.openness = openness;
    let mut filing = filing(service, EntryPoint::Web);
    filing.openness = openness;
    let kind = OFFICE.service(filing.service).kind;
    Story::filed(&OFFICE, filing, MONDAY)
        .official(RECEIVER, Act::Receive { kind, period: None })
        .official(RECEIVER, Act::Distribute { unit: ROADS })
        .official(ROADS_RECEIVER, Act::UnitReceive)
        .official(ROADS_RECEIVER, Act::Designate { handler: HANDLER })
        .official(HANDLER, Act::Draft(answer))
        .official(HANDLER, Act::SendUp { line: line() })
        .official(LEAD, Act::Sign { comment: None })
        .official(HEAD, Act::Sign { comment: None })
        .official(HANDLER, Act::Answer)
}

fn refused() -> Story {
    answered("permit", Outcome::Refused, Openness::Private)
}

fn object(received: Date) -> Act<Text> {
    Act::Object {
        reason: text(25),
        received,
        files: Vec::new(),
    }
}

fn decide() -> Act<Text> {
    Act::DecideObjection {
        verdict: Verdict::Upheld,
        reason: text(26),
        remedies: text(27),
    }
}

fn more(days: u32) -> Act<Text> {
    Act::ExtendObjection {
        days,
        reason: text(28),
    }
}

fn publish() -> Act<Text> {
    Act::Publish {
        title: text(29),
        question: text(30),
        answer: text(31),
    }
}

fn correct(at: &str, files: usize) -> Act<Text> {
    Act::CorrectConclusion {
        to: moment(at),
        reason: text(32),
        evidence: (0..files)
            .map(|_| Attached {
                content: text(33),
                name: text(34),
                size: 1,
                kind: FileType::Pdf,
                slot: None,
            })
            .collect(),
    }
}

fn refer(day: Date) -> Act<Text> {
    Act::Refer {
        agency: text(35),
        reason: text(36),
        report_by: day,
    }
}

fn rectify() -> Act<Text> {
    Act::Rectify {
        what: text(37),
        consent: text(38),
    }
}

/// The rows.
pub const ROWS: &[Row] = &[
    (
        "소관이 정해진 뒤의 재배부 요청",
        Refusal::JurisdictionRuled,
        || {
            sent_back()
                .official(EXAMINER, rule(ROADS))
                .no(ROADS_RECEIVER, Act::SendBack { reason: text(20) })
        },
    ),
    (
        "다툼 없는 소관 결정",
        Refusal::NoJurisdictionDispute,
        || {
            Story::received("permit", MONDAY)
                .official(RECEIVER, Act::Distribute { unit: ROADS })
                .no(EXAMINER, rule(ROADS))
        },
    ),
    (
        "폐지된 부서로의 소관 결정",
        Refusal::UnknownUnit,
        || sent_back().no(EXAMINER, rule(CLOSED)),
    ),
    (
        "주관부서에 대한 협조 요청",
        Refusal::ConsultOwnUnit,
        || handled("permit").no(HANDLER, consult(ROADS, date(2026, 6, 17))),
    ),
    (
        "같은 부서에 거듭 협조 요청",
        Refusal::ConsultOpen,
        || consulted().no(HANDLER, consult(PARKS, date(2026, 6, 18))),
    ),
    (
        "처리기한 뒤의 회신기한",
        Refusal::ConsultBeyondDue,
        || handled("permit").no(HANDLER, consult(PARKS, date(2026, 6, 24))),
    ),
    ("지난 날의 회신기한", Refusal::ConsultBeyondDue, || {
        handled("permit").no(HANDLER, consult(PARKS, date(2026, 6, 14)))
    }),
    ("요청하지 않은 회신", Refusal::NoConsult, || {
        consulted().no(PARKS_RECEIVER, reply(2))
    }),
    ("회신한 뒤의 취소", Refusal::NoConsult, || {
        consulted()
            .official(PARKS_RECEIVER, reply(1))
            .no(HANDLER, Act::CancelConsult { no: 1 })
    }),
    ("다른 부서의 회신", Refusal::NotYours, || {
        consulted().no(ROADS_RECEIVER, reply(1))
    }),
    ("두 번 늘린 회신기한", Refusal::ConsultProlonged, || {
        consulted()
            .official(PARKS_RECEIVER, prolong(date(2026, 6, 18)))
            .no(PARKS_RECEIVER, prolong(date(2026, 6, 19)))
    }),
    (
        "처음보다 길게 늘린 회신기한",
        Refusal::ConsultProlonged,
        || consulted().no(PARKS_RECEIVER, prolong(date(2026, 6, 20))),
    ),
    (
        "지난 뒤에 늘린 회신기한",
        Refusal::ConsultProlonged,
        || {
            consulted()
                .on("2026-06-18T09:00")
                .no(PARKS_RECEIVER, prolong(date(2026, 6, 19)))
        },
    ),
    ("회신을 기다리는 상신", Refusal::ConsultsOpen, || {
        consulted()
            .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
            .no(HANDLER, Act::SendUp { line: line() })
    }),
    (
        "법정민원의 동일 민원 연결",
        Refusal::StatutoryExempt,
        || handled("permit").no(HANDLER, link(&[20])),
    ),
    ("남의 민원 연결", Refusal::EarlierUnfit, || {
        among("quick", MONDAY).no(RECEIVER, link(&[20, 0]))
    }),
    ("아무것도 연결하지 않음", Refusal::EarlierUnfit, || {
        among("quick", MONDAY).no(RECEIVER, link(&[]))
    }),
    (
        "한 건만 연결한 반복 종결",
        Refusal::RepeatUnproven,
        || repeated(&[20]).no(HANDLER, Act::Draft(answer(Outcome::ClosedRepeated))),
    ),
    ("사유 없는 처리 예외", Refusal::ExceptionMissing, || {
        let mut bare = answer(Outcome::Excepted);
        bare.exception = None;
        handled("inquiry").no(HANDLER, Act::Draft(bare))
    }),
    (
        "심의 없는 다수인관련민원의 종결",
        Refusal::BoardOwed,
        || {
            repeated(&[20, 21])
                .official(HANDLER, mass(5, 5))
                .no(HANDLER, Act::Draft(answer(Outcome::ClosedRepeated)))
        },
    ),
    ("앞날의 심의", Refusal::DayInFuture, || {
        handled("inquiry").no(
            EXAMINER,
            Act::RecordBoard {
                board: Board::RepeatClosing,
                held: date(2026, 6, 16),
                result: text(39),
            },
        )
    }),
    (
        "한 번 반송된 보완 요구의 취하 간주",
        Refusal::NotReturnedTwice,
        || {
            handled("permit")
                .official(HANDLER, ask(date(2026, 6, 22)))
                .official(HANDLER, Act::MarkUndelivered)
                .no(HANDLER, Act::DeemWithdrawn)
        },
    ),
    (
        "회보를 부탁하지 않은 이송의 회보",
        Refusal::NothingTracked,
        || {
            handled("inquiry")
                .official(
                    HANDLER,
                    Act::Transfer {
                        agency: text(35),
                        reason: text(36),
                        report_by: None,
                    },
                )
                .no(HANDLER, Act::ReportBack { result: text(39) })
        },
    ),
    ("지난 날까지의 회보", Refusal::SupplementInPast, || {
        handled("inquiry").no(HANDLER, refer(date(2026, 6, 15)))
    }),
    (
        "서른 날이 지나기 전의 진행 통지",
        Refusal::ProgressNotDue,
        || {
            handled("permit")
                .on("2026-07-15T10:00")
                .refusal(&Who::System, &Act::TellProgress)
        },
    ),
    ("네 세대의 다수인관련민원", Refusal::MassTooFew, || {
        handled("inquiry").no(HANDLER, mass(4, 50))
    }),
    (
        "네 명이 연명한 다수인관련민원",
        Refusal::MassTooFew,
        || handled("inquiry").no(HANDLER, mass(50, 4)),
    ),
    ("두 번 지정", Refusal::MassAlready, || {
        handled("inquiry")
            .official(HANDLER, mass(5, 5))
            .no(HANDLER, mass(6, 6))
    }),
    ("네 명의 대표자", Refusal::RepresentativesUnfit, || {
        handled("inquiry")
            .official(HANDLER, mass(5, 5))
            .not_kim(representatives(4))
    }),
    (
        "민원인이 기관의 이름으로 정한 대표자",
        Refusal::RepresentativesUnfit,
        || {
            handled("inquiry")
                .official(HANDLER, mass(5, 5))
                .not_kim(Act::ChooseRepresentatives {
                    names: vec![text(40)],
                    by: ChosenBy::Office,
                })
        },
    ),
    (
        "다수인관련민원이 아닌 민원의 대표자",
        Refusal::NotMass,
        || handled("inquiry").not_kim(representatives(1)),
    ),
    ("네 명의 병합", Refusal::MergeTooFew, || {
        among("inquiry", MONDAY).no(RECEIVER, take_in(3))
    }),
    ("2022년의 병합", Refusal::MergeNotYet, || {
        among("inquiry", "2022-12-30T10:00").no(RECEIVER, take_in(5))
    }),
    ("법정민원의 병합", Refusal::MergeUnfit, || {
        among("permit", MONDAY).no(RECEIVER, take_in(5))
    }),
    ("답변한 민원의 병합", Refusal::MergeUnfit, || {
        among("quick", MONDAY).no(RECEIVER, Act::Merge { into: beside(20) })
    }),
    (
        "2026년 5월 전의 직권 보정",
        Refusal::RectifyNotYet,
        || Story::received("permit", "2026-05-04T10:00").no(RECEIVER, rectify()),
    ),
    ("허가에 대한 이의신청", Refusal::NothingToObject, || {
        answered("permit", Outcome::Granted, Openness::Private).not_kim(object(date(2026, 6, 15)))
    }),
    ("예순한째 날의 이의신청", Refusal::ObjectionLate, || {
        // 6월 15일에 받은 거부처분의 예순째 날은 8월 14일 금요일이다.
        refused()
            .on("2026-08-15T09:00")
            .not_kim(object(date(2026, 6, 15)))
    }),
    (
        "보내기 전에 받았다는 거부처분",
        Refusal::DayInFuture,
        || refused().not_kim(object(date(2026, 6, 14))),
    ),
    ("두 번째 이의신청", Refusal::ObjectionMade, || {
        refused()
            .kim(object(date(2026, 6, 15)))
            .not_kim(object(date(2026, 6, 15)))
    }),
    ("없는 이의신청의 결정", Refusal::NoObjection, || {
        refused().no(HEAD, decide())
    }),
    ("열하루의 연장", Refusal::ObjectionExtensionUnfit, || {
        refused().kim(object(date(2026, 6, 15))).no(HANDLER, more(11))
    }),
    ("두 번째 연장", Refusal::ObjectionExtensionUnfit, || {
        refused()
            .kim(object(date(2026, 6, 15)))
            .official(HANDLER, more(10))
            .no(HANDLER, more(1))
    }),
    ("끝난 뒤의 연장", Refusal::ObjectionExtensionUnfit, || {
        refused()
            .kim(object(date(2026, 6, 15)))
            .on("2026-06-26T09:00")
            .no(HANDLER, more(1))
    }),
    ("두 번째 추가답변 요청", Refusal::FurtherAsked, || {
        refused()
            .kim(Act::AskFurther { what: text(39) })
            .not_kim(Act::AskFurther { what: text(39) })
    }),
    ("묻지 않은 추가답변", Refusal::NoFurther, || {
        refused().no(HANDLER, Act::AnswerFurther { body: text(39) })
    }),
    ("앞날로의 정정", Refusal::CorrectionUnfit, || {
        refused().no(EXAMINER, correct("2026-06-15T11:00", 1))
    }),
    ("증빙 없는 정정", Refusal::CorrectionUnfit, || {
        refused()
            .on("2026-06-16T10:00")
            .no(EXAMINER, correct("2026-06-15T11:00", 0))
    }),
    (
        "비공개 민원의 비공개 전환",
        Refusal::PrivateAlready,
        || handled("inquiry").no(HANDLER, Act::Narrow { reason: text(39) }),
    ),
    ("두 번 보안민원 지정", Refusal::ProtectedAlready, || {
        handled("inquiry")
            .official(HANDLER, Act::Protect { reason: text(39) })
            .no(HANDLER, Act::Protect { reason: text(40) })
    }),
    (
        "보안민원이 아닌 것의 해제",
        Refusal::NotProtected,
        || handled("inquiry").no(HEAD, Act::Unprotect { reason: text(39) }),
    ),
    ("비공개 답변의 게시", Refusal::NotPublic, || {
        let mut story = answered("inquiry", Outcome::Answered, Openness::Private);
        story.case.petition.openness = Openness::Public;
        story.no(HANDLER, publish())
    }),
    ("두 번 게시", Refusal::PublishedAlready, || {
        answered("inquiry", Outcome::Answered, Openness::Public)
            .official(HANDLER, publish())
            .no(HANDLER, publish())
    }),
    ("게시하지 않은 것의 취소", Refusal::NotPublished, || {
        answered("inquiry", Outcome::Answered, Openness::Public).no(HANDLER, Act::Unpublish)
    }),
];

/// Kim's petition of a kind that may be closed as repeated, with so many earlier ones linked.
fn repeated(earlier: &[u128]) -> Story {
    among("inquiry", MONDAY)
        .official(RECEIVER, link(earlier))
        .official(RECEIVER, Act::Distribute { unit: ROADS })
        .official(ROADS_RECEIVER, Act::UnitReceive)
        .official(ROADS_RECEIVER, Act::Designate { handler: HANDLER })
}

#[test]
fn 다른_민원을_병합한_민원은_다시_병합되지_않는다() {
    let mut story = among("inquiry", MONDAY);
    let taken = domain::event::Child {
        petition: beside(99),
        number: story.petition().number,
        person: KIM,
    };
    story.office.beside[0].children.push(taken);
    assert_eq!(story.no(RECEIVER, take_in(6)), Refusal::MergeUnfit);
}

#[test]
fn 법정민원은_병합하지_않는다() {
    let permits = among("permit", MONDAY);
    assert_eq!(permits.no(RECEIVER, take_in(6)), Refusal::MergeUnfit);
    // The same with questions is possible.
    among("inquiry", MONDAY).official(RECEIVER, take_in(6));
}

#[test]
fn 이의신청_결정기간은_한_번만_연장된다() {
    let extended = refused()
        .kim(object(date(2026, 6, 15)))
        .official(HANDLER, more(5));
    assert_eq!(extended.no(HANDLER, more(5)), Refusal::ObjectionExtensionUnfit);
}

#[test]
fn 신청인이_비공개로_낸_민원은_답변이_공개여도_게시하지_않는다() {
    let mut open = answer(Outcome::Answered);
    open.openness = Openness::Public;
    let story = handled("inquiry")
        .official(HANDLER, Act::Draft(open))
        .official(HANDLER, Act::SendUp { line: line() })
        .official(LEAD, Act::Sign { comment: None })
        .official(HEAD, Act::Sign { comment: None })
        .official(HANDLER, Act::Answer);
    assert_eq!(story.no(HANDLER, publish()), Refusal::NotPublic);
}

#[test]
fn 협조부서는_제게_온_요청에만_답한다() {
    let asked = consulted().official(HANDLER, consult(FRONT, date(2026, 6, 17)));
    assert_eq!(asked.no(PARKS_RECEIVER, reply(2)), Refusal::NotYours, "남의 요청");
    let replied = asked.official(PARKS_RECEIVER, reply(1));
    assert_eq!(
        replied
            .petition()
            .open_consults()
            .map(|c| c.no)
            .collect::<Vec<_>>(),
        [2]
    );
}

#[test]
fn 재배부가_다투어지면_조정위원회가_정한_부서가_맡는다() {
    let story = sent_back().official(EXAMINER, rule(PARKS));
    let p = story.petition();
    assert_eq!(
        (p.life, p.unit, p.send_back),
        (Life::Distributed, Some(PARKS), None)
    );
    assert_eq!(
        (p.jurisdiction_ruled, p.sent_back, p.unit_received_at),
        (true, 1, None)
    );
    let story = story.official(PARKS_RECEIVER, Act::UnitReceive).official(
        PARKS_RECEIVER,
        Act::Designate {
            handler: PARKS_HANDLER,
        },
    );
    assert_eq!(story.petition().life, Life::InHandling);
}

#[test]
fn 배부와_재배부에는_근무시간이_있다() {
    // 영13①: 한 근무시간, 영13②: 세 근무시간. 17시 30분의 접수는 다음 근무일 9시 30분까지이고, 그다음 1분부터 늦다.
    let received = Story::received("permit", "2026-06-15T17:30");
    assert_eq!(received.petition().hand_by, Some(moment("2026-06-16T09:31")));
    let given = received.official(RECEIVER, Act::Distribute { unit: ROADS });
    assert_eq!(given.petition().hand_by, None);
    let back = given.official(ROADS_RECEIVER, Act::SendBack { reason: text(20) });
    assert_eq!(back.petition().hand_by, Some(moment("2026-06-16T11:31")));
}

#[test]
fn 협조부서의_회신을_모아_상신한다() {
    let story = consulted()
        .official(PARKS_RECEIVER, prolong(date(2026, 6, 19)))
        .official(PARKS_RECEIVER, reply(1))
        .official(HANDLER, consult(FRONT, date(2026, 6, 16)))
        .official(HANDLER, Act::CancelConsult { no: 2 })
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() });
    let p = story.petition();
    assert_eq!(p.consults.len(), 1);
    assert_eq!(
        p.consults[0].reply.map(|(opinion, ..)| opinion),
        Some(Opinion::Agree)
    );
    assert_eq!(
        (p.consults[0].reply_by, p.consults[0].prolonged),
        (date(2026, 6, 19), true)
    );
    assert_eq!(p.supporting().collect::<Vec<_>>(), [PARKS]);
}

#[test]
fn 반복민원은_두_번_답한_뒤에_닫힌다() {
    let story = repeated(&[20, 21]).official(HANDLER, Act::Draft(answer(Outcome::ClosedRepeated)));
    assert_eq!(
        story.petition().draft.map(|d| d.outcome),
        Some(Outcome::ClosedRepeated)
    );
    let board = Act::RecordBoard {
        board: Board::RepeatClosing,
        held: date(2026, 6, 15),
        result: text(39),
    };
    let story = repeated(&[20, 21])
        .official(HANDLER, mass(5, 5))
        .official(EXAMINER, board)
        .official(HANDLER, Act::Draft(answer(Outcome::ClosedRepeated)));
    assert!(story.petition().draft.is_some(), "영26: after the board");
}

#[test]
fn 처리_예외는_사유와_함께_남는다() {
    let story = handled("inquiry").official(HANDLER, Act::Draft(answer(Outcome::Excepted)));
    let draft = story.petition().draft.expect("a draft");
    assert_eq!(draft.exception, Some(Exception::PrivateMatter));
}

#[test]
fn 다섯_사람의_민원은_하나가_된다() {
    let story = among("inquiry", MONDAY).official(RECEIVER, take_in(4));
    let p = story.petition();
    assert_eq!(p.children.len(), 4);
    assert_eq!(p.children[0].person, PersonId(uuid::Uuid::from_u128(0x2000)));
    // 넷과 더불어 다섯이 된 뒤에는 한 건도 더 병합할 수 있다.
    let story = story.official(
        RECEIVER,
        Act::TakeIn {
            children: vec![beside(5)],
        },
    );
    assert_eq!(story.petition().children.len(), 5);
    // 다른 쪽에서 본 같은 일.
    let merged = among("inquiry", MONDAY).official(RECEIVER, Act::Merge { into: beside(3) });
    let p = merged.petition();
    assert_eq!((p.life, p.merged_into), (Life::Concluded, Some(beside(3))));
    assert_eq!(p.end.map(|end| end.outcome), Some(Outcome::Merged));
}

#[test]
fn 이첩한_민원은_회보를_받을_때까지_남는다() {
    let story = handled("inquiry").official(HANDLER, refer(date(2026, 6, 30)));
    let p = story.petition();
    assert_eq!(
        (p.life, p.end.map(|end| end.outcome)),
        (Life::Concluded, Some(Outcome::Referred))
    );
    assert!(p.wants_work());
    assert_eq!(p.act_by(), moment("2026-07-01T00:00"));
    let story = story.official(HANDLER, Act::ReportBack { result: text(39) });
    assert!(!story.petition().wants_work());
}

#[test]
fn 두_번_반송되면_취하한_것으로_본다() {
    let story = handled("permit")
        .official(HANDLER, ask(date(2026, 6, 22)))
        .official(COUNTER, Act::MarkUndelivered)
        .on("2026-06-23T09:00")
        .official(HANDLER, ask(date(2026, 7, 2)))
        .official(HANDLER, Act::MarkUndelivered)
        .official(HANDLER, Act::DeemWithdrawn);
    let p = story.petition();
    assert_eq!(p.end.map(|end| end.outcome), Some(Outcome::DeemedWithdrawn));
    assert_eq!(p.undelivered, 2);
}

#[test]
fn 서른_날마다_진행을_알린다() {
    // 6월 15일에 접수하였으므로 7월 16일에 서른 날이 지나 있다.
    let story = handled("permit").on("2026-07-16T00:00").system(Act::TellProgress);
    assert_eq!(story.petition().progress_told, 1);
    assert_eq!(
        story.refusal(&Who::System, &Act::TellProgress),
        Refusal::ProgressNotDue
    );
    // 두 번을 놓쳤으면 한 번에 알린다.
    let story = story.on("2026-09-14T00:00").system(Act::TellProgress);
    assert_eq!(story.petition().progress_told, 3);
    // 담당자는 민원인이 물으면 언제든지 알린다.
    let story = story.official(HANDLER, Act::TellProgress);
    assert_eq!(story.petition().progress_told, 3);
}

#[test]
fn 이의신청은_열흘_안에_결정한다() {
    let story = refused().kim(object(date(2026, 6, 15)));
    let objection = story.petition().objection.expect("an objection");
    // 초일 불산입: 6월 25일까지.
    assert_eq!(objection.due, moment("2026-06-26T00:00"));
    assert_eq!(story.petition().act_by(), objection.due);
    let story = story.official(HANDLER, more(10));
    let objection = story.petition().objection.expect("an objection");
    // 만료일 다음 날부터 열흘: 7월 5일은 일요일이므로 7월 6일까지.
    assert_eq!(objection.due, moment("2026-07-07T00:00"));
    let story = story.official(HEAD, decide());
    let p = story.petition();
    assert!(!p.wants_work() && p.objection.is_some_and(|o| o.decision.is_some()));
    // 예순째 날에는 아직 할 수 있다.
    refused().on("2026-08-14T23:00").kim(object(date(2026, 6, 15)));
}

#[test]
fn 추가답변은_법정기한을_다시_열지_않는다() {
    let story = refused().kim(Act::AskFurther { what: text(39) });
    let p = story.petition();
    assert_eq!((p.life, p.due(), p.wants_work()), (Life::Concluded, None, true));
    // 이레 근무일 뒤: 6월 24일.
    assert_eq!(p.act_by(), moment("2026-06-25T00:00"));
    let story = story.official(HANDLER, Act::AnswerFurther { body: text(39) });
    assert!(!story.petition().wants_work());
}

#[test]
fn 처리_완료_시각은_증빙으로_바로잡는다() {
    let story = refused()
        .on("2026-06-18T10:00")
        .official(EXAMINER, correct("2026-06-16T15:00", 1));
    let end = story.petition().end.expect("an end");
    assert_eq!(end.concluded_at, moment("2026-06-16T15:00"));
    assert_eq!(end.sent_at, moment(MONDAY), "what was sent when stays");
}

#[test]
fn 게시된_민원은_비공개가_되면_내려간다() {
    let story = answered("inquiry", Outcome::Answered, Openness::Public).official(HANDLER, publish());
    assert!(story.petition().published.is_some());
    let story = story.official(HANDLER, Act::Narrow { reason: text(39) });
    let p = story.petition();
    assert_eq!((p.openness, p.published), (Openness::Private, None));
}

#[test]
fn 나뉜_민원은_처음_신청한_때의_것이다() {
    let part = Filing {
        happened: Some((moment(MONDAY), domain::terms::HappenedGround::Split)),
        split_from: Some(beside(9)),
        ..filing("inquiry", EntryPoint::Web)
    };
    let case = OFFICE
        .try_file(&Who::Citizen(KIM), &part, moment("2026-06-17T10:00"))
        .expect("a filing that is taken");
    assert_eq!(case.petition.filed_at, moment(MONDAY));
    assert_eq!(case.petition.split_from, Some(beside(9)));
    assert_eq!(
        case.petition.receive_by,
        Some(moment("2026-06-16T10:01")),
        "its eight hours ran from then"
    );
}

#[test]
fn 민원이_아닌_것은_전환된다() {
    let story = Story::web("inquiry", MONDAY).official(
        RECEIVER,
        Act::Convert {
            into: Conversion::Disclosure,
            reason: text(39),
        },
    );
    assert_eq!(
        story.petition().end.map(|end| end.outcome),
        Some(Outcome::NotAPetition)
    );
}

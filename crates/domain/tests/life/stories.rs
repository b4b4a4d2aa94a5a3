//! 이야기 — what happens on the main road and beside it: reception, classes, supplements, extensions, completion.

use crate::office::{
    COUNTER, HANDLER, HEAD, KIM, LEAD, OFFICE, OTHER_HANDLER, Office, RECEIVER, ROADS, ROADS_RECEIVER, Story,
    answer, code, filing, line, migrated, moment, text,
};
use domain::access::Who;
use domain::act::Act;
use domain::decide::{Completion, offered};
use domain::due::{Cause, Ground, Period, shown};
use domain::event::{Event, Signer};
use domain::life::{Deed, Life};
use domain::refusal::Refusal;
use domain::terms::{EntryPoint, Kind, Mark, Outcome};
use domain::text::Text;
use domain::time::At;
use jiff::civil::date;

fn told(at: Option<At>) -> Option<String> {
    shown(at?).map(|d| d.strftime("%Y-%m-%dT%H:%M").to_string())
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn ask(until: &str) -> Act<Text> {
    Act::AskSupplement {
        what: text(20),
        until: until.parse().expect("a date"),
    }
}

fn give() -> Act<Text> {
    Act::Supplement {
        note: Some(text(21)),
        files: Vec::new(),
    }
}

fn sign() -> Act<Text> {
    Act::Sign { comment: None }
}

fn reclassify(service: &str, kind: Kind) -> Act<Text> {
    Act::Reclassify {
        service: code(service),
        kind,
        period: None,
        reason: text(24),
    }
}

fn extend(n: u32) -> Act<Text> {
    Act::Extend {
        n,
        ground: Cause::Unavoidable,
        reason: text(22),
    }
}

#[test]
fn 접수_시한은_2023년부터_전자민원에만() {
    let table = [
        ("2022년 전자민원", EntryPoint::Web, "2022-12-29T10:00", None),
        (
            "2023년 누리집",
            EntryPoint::Web,
            "2023-01-02T10:00",
            some("2023-01-03T10:00"),
        ),
        (
            "2023년 전자우편",
            EntryPoint::Mail,
            "2023-01-02T10:00",
            some("2023-01-03T10:00"),
        ),
        (
            "2023년 문자",
            EntryPoint::Message,
            "2023-01-02T10:00",
            some("2023-01-03T10:00"),
        ),
        (
            "2023년 다른 시스템",
            EntryPoint::Api,
            "2023-01-02T10:00",
            some("2023-01-03T10:00"),
        ),
        ("2023년 창구", EntryPoint::Counter, "2023-01-02T10:00", None),
        ("2023년 우편", EntryPoint::Post, "2023-01-02T10:00", None),
        (
            "밤에 신청",
            EntryPoint::Web,
            "2023-01-02T22:00",
            some("2023-01-03T18:00"),
        ),
        (
            "금요일 저녁에 신청",
            EntryPoint::Web,
            "2023-01-06T19:00",
            some("2023-01-09T18:00"),
        ),
        ("달력 밖", EntryPoint::Web, "2031-01-02T10:00", None),
    ];
    for (name, entry, at, wanted) in table {
        let story = Story::filed(&OFFICE, filing("inquiry", entry), at);
        assert_eq!(told(story.petition().receive_by), wanted, "{name}");
        assert_eq!(story.due(), None, "{name}");
    }
    let old = Story::filed(
        &OFFICE,
        migrated("inquiry", "2024-03-04T10:00"),
        "2026-09-21T10:00",
    );
    assert_eq!(old.petition().receive_by, None, "옮겨 온 민원");
    assert_eq!(old.petition().filed_at, moment("2024-03-04T10:00"));
}

#[test]
fn 신청할_때_알려_주는_기한() {
    let table = [
        ("확정된 기간", "permit", some("2018-07-25T23:59")),
        ("질의 7일", "inquiry", some("2018-07-25T23:59")),
        ("건의 14일", "idea", some("2018-08-03T23:59")),
        ("즉시는 3근무시간", "other", some("2018-07-17T14:00")),
    ];
    for (name, service, wanted) in table {
        let story = Story::web(service, "2018-07-17T10:00");
        let Event::Filed { expected, .. } = story.case.journal[0].event else {
            panic!("a filing")
        };
        assert_eq!(told(expected), wanted, "{name}");
    }
    // 달력 밖의 신청도 받는다. 다만 기한은 알려 드리지 못한다.
    let far = Story::web("permit", "2031-07-17T10:00");
    assert!(matches!(
        far.case.journal[0].event,
        Event::Filed { expected: None, .. }
    ));
}

#[test]
fn 전화는_기타민원만() {
    let counter = OFFICE.official(COUNTER);
    for (service, taken) in [
        ("other", true),
        ("inquiry", false),
        ("idea", false),
        ("wrong", false),
        ("permit", false),
    ] {
        let got = OFFICE.try_file(
            &counter,
            &filing(service, EntryPoint::Phone),
            moment("2018-07-17T10:00"),
        );
        assert_eq!(
            got.map(|_| ()),
            if taken {
                Ok(())
            } else {
                Err(Refusal::MustBeWritten)
            },
            "{service}"
        );
    }
}

#[test]
fn 분류를_바꾸면_같은_접수부터_다시_센다() {
    let story = Story::received("permit", "2018-07-17T10:00").on("2018-07-19T10:00");
    assert_eq!(story.due(), some("2018-07-25T23:59"));
    let story = story.official(RECEIVER, reclassify("idea", Kind::Suggestion));
    let p = story.petition();
    assert_eq!(story.due(), some("2018-08-03T23:59"));
    assert_eq!(
        p.reception.map(|r| (r.at, r.period)),
        Some((moment("2018-07-17T10:00"), Period::Days(14)))
    );
    assert_eq!((p.kind, p.service.0), (Kind::Suggestion, code("idea")));
    // 처음 기한은 그대로 남는다.
    assert_eq!(
        told(p.reception.map(|r| r.original_due)),
        some("2018-07-25T23:59")
    );
}

#[test]
fn 접수_전에_분류를_바꾸면_기한은_접수할_때_정한다() {
    let story =
        Story::web("permit", "2018-07-17T10:00").official(RECEIVER, reclassify("idea", Kind::Suggestion));
    assert_eq!(story.due(), None);
    let story = story.on("2018-07-18T10:00").official(
        RECEIVER,
        Act::Receive {
            kind: Kind::Suggestion,
            period: None,
        },
    );
    assert_eq!(story.due(), some("2018-08-06T23:59"));
}

#[test]
fn 분류를_바꾸면_연장과_제안과_맞지_않는_기안이_없어진다() {
    let story = Story::handled("permit", "2018-07-17T10:00")
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, extend(3))
        .official(HANDLER, extend(2));
    assert_eq!(story.due(), some("2018-07-30T23:59"));
    assert!(story.petition().proposal.is_some());
    let story = story.official(HANDLER, reclassify("idea", Kind::Suggestion));
    let p = story.petition();
    assert_eq!(story.due(), some("2018-08-03T23:59"));
    assert!(p.extensions.is_empty() && p.proposal.is_none() && p.draft.is_none());
    // 맞는 기안은 남는다.
    let kept = Story::handled("inquiry", "2018-07-17T10:00")
        .official(HANDLER, Act::Draft(answer(Outcome::Answered)))
        .official(HANDLER, reclassify("idea", Kind::Suggestion));
    assert!(kept.petition().draft.is_some());
}

#[test]
fn 보완하는_동안은_세지_않는다() {
    let story = Story::handled("permit", "2018-07-17T10:00")
        .on("2018-07-19T10:00")
        .official(HANDLER, ask("2018-07-27"));
    assert_eq!((story.petition().life, story.due()), (Life::Held, None));
    assert_eq!(told(Some(story.petition().act_by())), some("2018-07-27T23:59"));
    let story = story.on("2018-07-23T15:00").kim(give());
    // 7월 19, 20, 23일이 빠진다.
    assert_eq!(
        (story.petition().life, story.due()),
        (Life::InHandling, some("2018-07-30T23:59"))
    );
    // 보완은 다시 요구할 수 있고, 그때는 새 요구다.
    let story = story.official(HANDLER, ask("2018-07-30"));
    assert_eq!(story.petition().supplement.map(|s| s.round), Some(1));
    assert_eq!(story.petition().supplements, 2);
}

#[test]
fn 보완이_오면_반려_기안은_힘을_잃는다() {
    let lapsed = || {
        Story::handled("permit", "2018-07-17T10:00")
            .official(HANDLER, ask("2018-07-24"))
            .on("2018-07-25T09:00")
            .official(HANDLER, Act::Draft(answer(Outcome::Returned)))
            .official(HANDLER, Act::SendUp { line: line() })
            .official(LEAD, sign())
    };
    let given = lapsed().kim(give());
    assert!(given.petition().draft.is_none() && given.petition().line.is_none());
    assert_eq!(given.petition().life, Life::InHandling);
    let prolonged = lapsed().kim(Act::ProlongSupplement {
        until: date(2018, 7, 31),
    });
    assert!(prolonged.petition().draft.is_none() && prolonged.petition().line.is_none());
    let returned = (lapsed().on("2018-08-10T09:00").official(HEAD, sign())).official(HANDLER, Act::Answer);
    assert_eq!(
        returned.petition().end.map(|e| e.outcome),
        Some(Outcome::Returned)
    );
    // 불산입 중에 끝났으므로 기한을 넘긴 것이 아니다.
    assert!(!returned.petition().is_late());
}

#[test]
fn 기한이_지난_뒤에_보완을_요구한_민원은_늦은_것이다() {
    let story = Story::handled("permit", "2018-07-17T10:00")
        .on("2018-07-26T10:00")
        .official(HANDLER, ask("2018-07-31"))
        .on("2018-08-01T10:00")
        .official(HANDLER, Act::Draft(answer(Outcome::Returned)))
        .official(HANDLER, Act::SendUp { line: line() })
        .official(LEAD, sign())
        .official(HEAD, sign())
        .official(HANDLER, Act::Answer);
    assert!(story.petition().is_late());
}

#[test]
fn 불산입_중에도_담당자를_바꿀_수_있다() {
    let story = Story::handled("permit", "2018-07-17T10:00")
        .official(
            HANDLER,
            Act::Hold {
                ground: Ground::Hearing,
                note: None,
            },
        )
        .on("2018-07-18T10:00")
        .official(
            ROADS_RECEIVER,
            Act::Designate {
                handler: OTHER_HANDLER,
            },
        );
    assert_eq!(
        (story.petition().life, story.petition().handler),
        (Life::Held, Some(OTHER_HANDLER))
    );
    let story = story.official(OTHER_HANDLER, Act::Resume);
    assert_eq!(
        (story.petition().life, story.due()),
        (Life::InHandling, some("2018-07-27T23:59"))
    );
}

#[test]
fn 둘째_연장은_동의를_받아야_한다() {
    let story = Story::handled("permit", "2018-07-17T10:00").official(HANDLER, extend(7));
    assert_eq!(story.due(), some("2018-08-03T23:59"));
    let story = story.official(HANDLER, extend(7));
    assert_eq!(story.due(), some("2018-08-03T23:59"));
    let declined = story.kim(Act::DeclineExtension);
    assert_eq!(
        (declined.due(), declined.petition().proposal),
        (some("2018-08-03T23:59"), None)
    );
    let story = declined.official(HANDLER, extend(2)).kim(Act::ConsentExtension);
    assert_eq!(story.due(), some("2018-08-07T23:59"));
    assert_eq!(story.petition().extensions, [7, 2]);
    assert_eq!(story.petition().reception.map(|r| r.due_version), Some(3));
}

#[test]
fn 처리_완료_시각은_정한_대로() {
    let table = [
        (Completion::Approval, "2018-07-18T09:00"),
        (Completion::Sending, "2018-07-19T09:00"),
    ];
    for (completion, wanted) in table {
        let office = Office {
            completion,
            ..OFFICE.clone()
        };
        let told = Story {
            office,
            ..Story::handled("permit", "2018-07-17T10:00")
        }
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() })
        .official(LEAD, sign())
        .on("2018-07-18T09:00")
        .official(HEAD, sign())
        .on("2018-07-19T09:00")
        .official(HANDLER, Act::Answer);
        let end = told.petition().end.expect("it ended");
        assert_eq!(
            (end.concluded_at, end.sent_at),
            (moment(wanted), moment("2018-07-19T09:00")),
            "{completion}"
        );
    }
}

#[test]
fn 결재선의_모양() {
    let signer = |official, mark| Signer { official, mark };
    let fit = [
        ("결재만", vec![signer(HEAD, Mark::Decide)]),
        ("전결", vec![signer(LEAD, Mark::Delegated)]),
        ("검토와 결재", line()),
        (
            "검토, 협조, 결재",
            vec![
                signer(LEAD, Mark::Review),
                signer(COUNTER, Mark::Concur),
                signer(HEAD, Mark::Decide),
            ],
        ),
    ];
    for (name, line) in fit {
        let mut story = Story::handled("permit", "2018-07-17T10:00")
            .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
            .official(HANDLER, Act::SendUp { line: line.clone() });
        for signer in &line {
            assert_eq!(story.petition().signer(), Some(*signer), "{name}");
            assert!(story.petition().approved_at().is_none(), "{name}");
            story = story.official(signer.official, sign());
        }
        assert!(
            story.petition().approved_at().is_some() && story.petition().signer().is_none(),
            "{name}"
        );
    }
}

#[test]
fn 결재되기_전에는_시행_단추가_없다() {
    let story =
        Story::handled("permit", "2018-07-17T10:00").official(HANDLER, Act::Draft(answer(Outcome::Granted)));
    let procedure = OFFICE.procedure(code("ordinary"));
    let own = OFFICE.official(HANDLER);
    let button = |deed| offered(story.petition(), deed, &own, procedure);
    assert_eq!(button(Deed::Answer), Err(Refusal::NotApproved));
    assert_eq!(button(Deed::Recall), Err(Refusal::NotOnTheLine));
    assert_eq!(button(Deed::SendUp), Ok(()));
}

#[test]
fn 반송된_기안은_고쳐서_다시_올린다() {
    let story = Story::handled("permit", "2018-07-17T10:00")
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() })
        .official(LEAD, sign())
        .official(HEAD, Act::TurnBack { reason: text(25) });
    assert!(story.petition().line.is_none() && story.petition().draft.is_some());
    let story = story
        .official(HANDLER, Act::Draft(answer(Outcome::Refused)))
        .official(HANDLER, Act::SendUp { line: line() });
    assert_eq!(
        story.petition().draft.map(|d| (d.version, d.outcome)),
        Some((2, Outcome::Refused))
    );
    assert_eq!(story.petition().signer().map(|s| s.official), Some(LEAD));
}

#[test]
fn 즉시답변은_그_자리에서_끝난다() {
    let story = Story::received("quick", "2018-07-17T10:00")
        .on("2018-07-17T10:30")
        .official(COUNTER, Act::AnswerAtOnce(answer(Outcome::Answered)));
    let p = story.petition();
    let names: Vec<&str> = story.case.journal.iter().map(|r| r.event.name()).collect();
    assert_eq!(
        names,
        ["Filed", "Received", "Drafted", "SentUp", "Approved", "Answered"]
    );
    assert_eq!((p.life, p.unit, p.handler), (Life::Concluded, None, None));
    assert_eq!(
        p.end.map(|e| (e.outcome, e.concluded_at)),
        Some((Outcome::Answered, moment("2018-07-17T10:30")))
    );
    assert!(p.answered() && !p.is_late());
    let rated = story.kim(Act::ReadAnswer).kim(Act::Rate {
        score: 5,
        comment: None,
    });
    assert_eq!(rated.petition().score, Some(5));
}

#[test]
fn 답변은_한_번_읽은_것으로_남는다() {
    let story = Story::received("quick", "2018-07-17T10:00")
        .official(COUNTER, Act::AnswerAtOnce(answer(Outcome::Answered)))
        .on("2018-07-17T11:00")
        .kim(Act::ReadAnswer)
        .on("2018-07-18T11:00")
        .kim(Act::ReadAnswer);
    assert_eq!(
        story.petition().end.and_then(|e| e.read_at),
        Some(moment("2018-07-17T11:00"))
    );
    assert_eq!(story.case.journal.len(), 7);
}

#[test]
fn 취하하면_기다리던_결재가_없어진다() {
    let story = Story::handled("permit", "2018-07-17T10:00")
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() })
        .kim(Act::Withdraw { reason: None });
    let p = story.petition();
    assert_eq!((p.life, p.signer(), p.answered()), (Life::Concluded, None, false));
    assert_eq!(p.end.map(|e| e.outcome), Some(Outcome::Withdrawn));
}

#[test]
fn 나중에_정해진_공휴일은_기한을_뒤로만_옮긴다() {
    let story = Story::handled("permit", "2018-07-17T10:00");
    let office = OFFICE.with_holiday(date(2018, 7, 23));
    let quiet = OFFICE.ask(
        story.petition(),
        &Who::System,
        &Act::MoveDue,
        moment("2018-07-18T10:00"),
    );
    assert_eq!(quiet, Ok(Vec::new()));
    let moved = Story { office, ..story }
        .on("2018-07-18T10:00")
        .system(Act::MoveDue);
    assert_eq!(moved.due(), some("2018-07-26T23:59"));
    let r = moved.petition().reception.expect("it was received");
    assert_eq!(
        (told(Some(r.original_due)), r.due_version, r.calendar),
        (some("2018-07-25T23:59"), 2, 2)
    );
    // 그 공휴일이 취소되어도 알려 드린 기한은 당겨지지 않는다.
    let back = Story {
        office: OFFICE.clone(),
        ..moved
    };
    let quiet = OFFICE.ask(
        back.petition(),
        &Who::System,
        &Act::MoveDue,
        moment("2018-07-18T11:00"),
    );
    assert_eq!(quiet, Ok(Vec::new()));
    // 7월 25일에 하루를 기다리면 7월 26일까지다. 공휴일이 있던 때의 기한과 같고, 그보다 빠르지 않다.
    let held = back
        .on("2018-07-26T10:00")
        .official(
            HANDLER,
            Act::Hold {
                ground: Ground::Hearing,
                note: None,
            },
        )
        .official(HANDLER, Act::Resume);
    assert_eq!(held.due(), some("2018-07-26T23:59"));
}

#[test]
fn 남의_일은_하지_못한다() {
    let story = Story::handled("permit", "2018-07-17T10:00");
    assert_eq!(
        story.no(OTHER_HANDLER, Act::Draft(answer(Outcome::Granted))),
        Refusal::NotYours
    );
    assert_eq!(Refusal::NotYours.clause(), "민원 처리에 관한 법률 제7조");
    assert_eq!(story.petition().person, KIM);
    assert_eq!(story.petition().unit, Some(ROADS));
}

#[test]
fn 확정된_법정_처리기간은_창구에서_바꾸지_못한다() {
    let period = Some(Period::Days(90));
    let kind = Kind::Statutory;
    let story = Story::web("permit", "2018-07-17T10:00").official(RECEIVER, Act::Receive { kind, period });
    let received = story.case.petition.reception.expect("received");
    assert_eq!(
        Some(received.period),
        OFFICE.service(code("permit")).sure_period()
    );
}

//! 창구 — by word of mouth and signed, one official alone, copies, hand-out, and papers nobody fetches.

use crate::office::{
    COUNTER, Case, HANDLER, KIM, OFFICE, ONE_STOP, RECEIVER, ROADS, Story, answer, code, filing, moment, text,
};
use crate::refusals::Row;
use domain::act::{Act, Filing};
use domain::certificate::{MOST_COPIES, Order};
use domain::claim::{ClaimState, Evidence, HandOut, Recipient};
use domain::decide::counter::receipt_owed;
use domain::due::Period;
use domain::event::{Attached, Event};
use domain::fee::{Charge, Waiver, Won};
use domain::id::OfficialId;
use domain::intake::{Delivery, Intake, Interpreter, Oral, Signature, SignatureWay, Tongue};
use domain::life::Life;
use domain::refusal::Refusal;
use domain::terms::{EntryPoint, FileType, HappenedGround, Kind, Outcome};
use domain::text::Text;
use jiff::civil::date;

const MORNING: &str = "2026-06-15T10:00";

fn picture() -> Attached {
    Attached {
        content: text(91),
        name: text(92),
        size: 900,
        kind: FileType::Png,
        slot: None,
    }
}

fn spoken(service: &str, signed: bool) -> Filing<Text> {
    let signature = signed.then(|| Signature {
        way: SignatureWay::Screen,
        file: picture(),
    });
    Filing {
        intake: Intake {
            oral: Some(Oral {
                tongue: Tongue::Vietnamese,
                interpreter: Interpreter::Companion,
                signature,
            }),
            ..Intake::default()
        },
        ..filing(service, EntryPoint::Oral)
    }
}

fn fetched(service: &str, copies: u32) -> Filing<Text> {
    Filing {
        intake: Intake {
            delivery: Some(Delivery::Counter),
            copies,
            ..Intake::default()
        },
        ..filing(service, EntryPoint::Counter)
    }
}

/// A clerk enters a filing; what comes of it.
fn entered(clerk: OfficialId, filing: Filing<Text>, at: &str) -> Result<Story, Refusal> {
    let now = moment(at);
    let case: Case = OFFICE.try_file(&OFFICE.official(clerk), &filing, now)?;
    Ok(Story {
        office: OFFICE.clone(),
        case,
        now,
    })
}

fn at_the_counter(clerk: OfficialId, filing: Filing<Text>) -> Story {
    let kind = OFFICE.service(filing.service).kind;
    entered(clerk, filing, MORNING)
        .expect("taken")
        .official(clerk, Act::Receive { kind, period: None })
}

fn order(copies: u32, waiver: Option<(Waiver, Won)>) -> Act<Text> {
    Act::Issue(Order {
        copies,
        charge: Charge {
            per_copy: Won(500),
            waiver,
        },
        facts: text(40),
    })
}

fn to(recipient: Recipient, power: Option<Attached>) -> Act<Text> {
    Act::HandOut(HandOut {
        recipient,
        evidence: Evidence::ResidentCard,
        name: power.map(|_| text(50)),
        power,
        signature: None,
    })
}

/// Decided at the counter by the one-stop clerk, waiting to be fetched: due on 18 June, so kept until 3 July.
fn waiting() -> Story {
    at_the_counter(ONE_STOP, fetched("badge", 0))
        .official(ONE_STOP, Act::AnswerAtOnce(answer(Outcome::Granted)))
}

fn refused(clerk: OfficialId, filing: Filing<Text>, at: &str) -> Refusal {
    match entered(clerk, filing, at) {
        Ok(_) => panic!("this should be refused"),
        Err(refusal) => refusal,
    }
}

fn discard() -> Act<Text> {
    Act::DiscardUnclaimed { reason: text(60) }
}

/// The refusals of the counter.
pub const ROWS: &[Row] = &[
    (
        "서명하지 않은 구술 법정민원",
        Refusal::MustBeSigned,
        || refused(COUNTER, spoken("permit", false), MORNING),
    ),
    ("서명하지 않은 구술 건의", Refusal::MustBeSigned, || {
        refused(COUNTER, spoken("idea", false), MORNING)
    }),
    (
        "서명 없이 받은 구술 기타민원을 질의로 접수",
        Refusal::MustBeSigned,
        || {
            let kind = Kind::Inquiry;
            let story =
                entered(COUNTER, spoken("other", false), MORNING).expect("기타민원은 말로 할 수 있다");
            story.no(COUNTER, Act::Receive { kind, period: None })
        },
    ),
    (
        "전화로 받은 기타민원을 질의로 접수",
        Refusal::MustBeWritten,
        || {
            let kind = Kind::Inquiry;
            let story =
                entered(COUNTER, filing("other", EntryPoint::Phone), MORNING).expect("전화로 할 수 있다");
            story.no(COUNTER, Act::Receive { kind, period: None })
        },
    ),
    ("앞날의 소급 등록", Refusal::HappenedUnfit, || {
        let filing = Filing {
            happened: Some((moment("2026-06-16T10:00"), HappenedGround::Paper)),
            ..filing("permit", EntryPoint::Post)
        };
        refused(COUNTER, filing, MORNING)
    }),
    (
        "창구에서 이전 대장으로 등록",
        Refusal::HappenedUnfit,
        || {
            let filing = Filing {
                happened: Some((moment("2026-06-01T10:00"), HappenedGround::Migrated)),
                ..filing("permit", EntryPoint::Counter)
            };
            refused(COUNTER, filing, MORNING)
        },
    ),
    ("너무 많은 통수의 신청", Refusal::CopiesUnfit, || {
        refused(COUNTER, fetched("extract", MOST_COPIES + 1), MORNING)
    }),
    ("0통 발급", Refusal::CopiesUnfit, || {
        at_the_counter(COUNTER, fetched("extract", 1)).no(COUNTER, order(0, None))
    }),
    ("감면이 아닌 감면", Refusal::FeeUnfit, || {
        at_the_counter(COUNTER, fetched("extract", 1)).no(COUNTER, order(1, Some((Waiver::ByLaw, Won(500)))))
    }),
    (
        "원스톱 민원을 창구 접수자가 결정",
        Refusal::NotAlone,
        || {
            at_the_counter(COUNTER, fetched("badge", 0))
                .no(COUNTER, Act::AnswerAtOnce(answer(Outcome::Granted)))
        },
    ),
    (
        "발급할 수 없는 종류의 발급",
        Refusal::NotInProcedure,
        || at_the_counter(COUNTER, filing("other", EntryPoint::Counter)).no(COUNTER, order(1, None)),
    ),
    ("교부할 것이 없음", Refusal::NothingToHandOut, || {
        let posted = Filing {
            intake: Intake {
                delivery: Some(Delivery::Post),
                ..Intake::default()
            },
            ..filing("extract", EntryPoint::Counter)
        };
        at_the_counter(COUNTER, posted)
            .official(COUNTER, order(1, None))
            .no(COUNTER, to(Recipient::Petitioner, None))
    }),
    ("두 번 교부", Refusal::NothingToHandOut, || {
        waiting()
            .official(ONE_STOP, to(Recipient::Petitioner, None))
            .no(ONE_STOP, to(Recipient::Petitioner, None))
    }),
    ("위임장 없는 수임인", Refusal::PowerMissing, || {
        waiting().no(ONE_STOP, to(Recipient::Agent, None))
    }),
    ("이름만 적은 수임인", Refusal::PowerMissing, || {
        let Act::HandOut(given) = to(Recipient::Agent, None) else {
            unreachable!("it is handed out")
        };
        let named = HandOut {
            name: Some(text(70)),
            power: None,
            ..given
        };
        waiting().no(ONE_STOP, Act::HandOut(named))
    }),
    ("15일이 지나기 전의 폐기", Refusal::NotUnclaimed, || {
        let story = waiting().on("2026-06-27T10:00").system(Act::RemindClaim);
        story.on("2026-07-03T18:00").no(ONE_STOP, discard())
    }),
    ("알리지 않은 폐기", Refusal::ClaimNotTold, || {
        waiting().on("2026-07-20T10:00").no(ONE_STOP, discard())
    }),
    ("알린 날의 폐기", Refusal::ClaimNotTold, || {
        waiting()
            .on("2026-07-20T10:00")
            .system(Act::RemindClaim)
            .no(ONE_STOP, discard())
    }),
];

#[test]
fn 구술민원은_서명한_뒤에_문서민원이_된다() {
    for service in ["permit", "inquiry", "idea", "wrong"] {
        let story = at_the_counter(COUNTER, spoken(service, true));
        assert_eq!(story.petition().life, Life::Received, "{service}");
        assert!(story.petition().intake.signed());
    }
    let story = at_the_counter(COUNTER, spoken("other", false));
    assert_eq!(
        story.petition().kind,
        Kind::Other,
        "법8 단서: 기타민원은 서명이 필요 없다"
    );
}

#[test]
fn 원스톱은_한자리에서_끝나고_보통의_사건으로_남는다() {
    let story = waiting();
    let names: Vec<&str> = story
        .case
        .journal
        .iter()
        .map(|recorded| recorded.event.name())
        .collect();
    assert_eq!(
        names,
        ["Filed", "Received", "Drafted", "SentUp", "Approved", "Answered"]
    );
    let claim = story.petition().claim.expect("a paper waits");
    assert_eq!(
        (claim.state, claim.discard_from),
        (ClaimState::Waiting, date(2026, 7, 4))
    );
    let story = story.official(ONE_STOP, to(Recipient::Agent, Some(picture())));
    assert_eq!(
        story.petition().claim.map(|c| c.state),
        Some(ClaimState::HandedOut)
    );
}

#[test]
fn 한자리에서_끝낼_수_없으면_주관부서로_간다() {
    let story =
        at_the_counter(ONE_STOP, fetched("badge", 0)).official(ONE_STOP, Act::Distribute { unit: ROADS });
    assert_eq!(story.petition().unit, Some(ROADS));
}

#[test]
fn 거부도_한자리에서_할_수_있으나_교부할_것은_없다() {
    let story = at_the_counter(ONE_STOP, fetched("badge", 0))
        .official(ONE_STOP, Act::AnswerAtOnce(answer(Outcome::Refused)));
    assert_eq!(story.petition().claim, None);
}

#[test]
fn 발급은_번호와_확인번호와_수수료를_남긴다() {
    for (waiver, paid) in [
        (None, 1_500),
        (Some((Waiver::BasicLiving, Won(0))), 0),
        (Some((Waiver::ByLaw, Won(250))), 750),
    ] {
        let story = at_the_counter(COUNTER, fetched("extract", 3)).official(COUNTER, order(3, waiver));
        let issue = story.petition().issue.expect("issued");
        assert_eq!((issue.copies, issue.paid), (3, Won(paid)));
        assert_eq!(story.petition().end.map(|end| end.outcome), Some(Outcome::Issued));
        let kept = story
            .case
            .journal
            .iter()
            .any(|r| matches!(r.event, Event::Issued { .. }));
        assert!(kept);
    }
}

#[test]
fn 스무_통마다_하루가_더해진다() {
    for (copies, due) in [
        (0, "2026-06-15T14:01"),
        (20, "2026-06-15T14:01"),
        (21, "2026-06-16T14:01"),
        (40, "2026-06-16T14:01"),
        (41, "2026-06-17T14:01"),
    ] {
        let story = at_the_counter(COUNTER, fetched("extract", copies));
        let reception = story.petition().reception.expect("received");
        assert_eq!(reception.due, moment(due), "{copies}통");
        let law = OFFICE.law();
        let why = law.why(story.petition()).expect("a trace");
        let told = why
            .trace
            .steps
            .iter()
            .any(|step| step.korean().contains("대량 증명서"));
        assert_eq!(told, copies > 20, "{copies}통");
        assert_eq!(law.due_of(story.petition()), Ok(reception.due));
    }
}

#[test]
fn 미수령_문서는_알린_뒤_열엿새째부터_사람이_폐기한다() {
    let early = waiting().on("2026-06-26T10:00");
    let nothing = OFFICE
        .ask(
            early.petition(),
            &domain::access::Who::System,
            &Act::RemindClaim,
            early.now,
        )
        .expect("allowed");
    assert!(nothing.is_empty(), "a week before is soon enough");
    let told = early.on("2026-06-27T09:00").system(Act::RemindClaim);
    let claim = told.petition().claim.expect("a claim");
    assert_eq!(claim.told, Some(moment("2026-06-27T09:00")));
    let ended = told.on("2026-07-04T09:00").official(ONE_STOP, discard());
    let p = ended.petition();
    assert_eq!(p.claim.map(|c| c.state), Some(ClaimState::Discarded));
    assert_eq!(p.end.map(|end| end.outcome), Some(Outcome::Unclaimed));
    assert_eq!(
        p.draft.map(|draft| draft.outcome),
        Some(Outcome::Granted),
        "what was granted stays on record"
    );
}

#[test]
fn 접수증은_방문한_사람에게_내준다() {
    let spoken = |entry| Filing {
        entry,
        ..fetched("badge", 0)
    };
    for (name, filing, owed) in [
        ("방문 법정민원", fetched("badge", 0), Ok(())),
        ("우편", spoken(EntryPoint::Post), Err("제2호")),
        ("팩스", spoken(EntryPoint::Fax), Err("제2호")),
        ("즉시", fetched("extract", 1), Err("제3호")),
        ("기타민원", filing("other", EntryPoint::Counter), Err("제1호")),
        ("구술 법정민원", self::spoken("permit", true), Ok(())),
    ] {
        let story = at_the_counter(COUNTER, filing);
        match (receipt_owed(story.petition()), owed) {
            (Ok(()), Ok(())) => {}
            (Err(clause), Err(end)) => assert!(clause.ends_with(end), "{name}: {clause}"),
            (got, _) => panic!("{name}: {got:?}"),
        }
    }
}

#[test]
fn 소급_접수의_처리기간은_그때부터_센다() {
    let filing = Filing {
        happened: Some((moment("2026-06-12T09:30"), HappenedGround::Paper)),
        ..filing("badge", EntryPoint::Post)
    };
    let story = entered(COUNTER, filing, MORNING).expect("taken");
    assert_eq!(story.petition().filed_at, moment("2026-06-12T09:30"));
    let period = story.office.service(code("badge")).sure_period();
    assert_eq!(period, Some(Period::Days(3)));
    let seen = story.official(
        RECEIVER,
        Act::Receive {
            kind: Kind::Statutory,
            period: None,
        },
    );
    assert!(seen.petition().reception.is_some());
    let _ = (KIM, HANDLER);
}

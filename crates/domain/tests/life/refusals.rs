//! 거절 — every refusal a decision can give, one row each: the story that leads to it and the act that meets it.
//!
//! It is longer than 600 lines because it is one table, and only a whole table shows that no refusal is missing.

use crate::beside;
use crate::disclosure;
use crate::office::{
    CLOSED, COUNTER, EXAMINER, HANDLER, HEAD, KIM, LEAD, NEIGHBOUR, OFFICE, OTHER_HANDLER, PARKS,
    PARKS_HANDLER, RECEIVER, ROADS, ROADS_RECEIVER, STRANGER, Story, answer, code, filing, line, moment,
    text,
};
use crate::records;
use domain::access::Who;
use domain::act::{Act, Filing};
use domain::assurance::Assurance;
use domain::due::{Cause, Ground, Period};
use domain::event::Signer;
use domain::refusal::Refusal;
use domain::terms::{EntryPoint, Kind, Mark, Outcome};
use domain::text::Text;
use jiff::civil::date;
use std::collections::BTreeSet;

/// A row: its name, the refusal, and the story that ends in it.
pub type Row = (&'static str, Refusal, fn() -> Refusal);

/// Refusals that no decision gives, and who gives them.
const ELSEWHERE: &[(Refusal, &str)] = &[
    (Refusal::ConsentMissing, "domain::consent: the table of look-ups"),
    (Refusal::ConsentNarrower, "domain::consent: the table of look-ups"),
    (
        Refusal::ConsentWithdrawn,
        "domain::consent: the table of look-ups",
    ),
    (Refusal::ConsentExpired, "domain::consent: the table of look-ups"),
    (Refusal::ConsentUnsigned, "domain::consent: the table of look-ups"),
    (Refusal::NoAccess, "domain::consent: the table of look-ups"),
    (Refusal::SubjectUnfit, "domain::consent: the table of look-ups"),
    (
        Refusal::NoSharing,
        "testkit, story sharing: refused by the application",
    ),
    (
        Refusal::RecordAsked,
        "testkit, story sharing: refused by the application",
    ),
    (
        Refusal::MustBeKept,
        "domain::retention::request: the table of decisions",
    ),
    (
        Refusal::StillNeeded,
        "domain::retention::request: the table of decisions",
    ),
    (
        Refusal::BasisMissing,
        "domain::retention::request: the table of decisions",
    ),
    (Refusal::BoardIncomplete, "domain::retention::disposal"),
    (
        Refusal::NothingToErase,
        "the stories of erasure: the store knows what is there",
    ),
    (
        Refusal::DestroyedAlready,
        "the stories of erasure: the store knows what is destroyed",
    ),
    (
        Refusal::FileUnfit,
        "a file is looked at before anything is decided (city/attachments.rs)",
    ),
    (
        Refusal::FileWaiting,
        "the scanner, not the law (city/attachments.rs)",
    ),
    (
        Refusal::FileHeld,
        "the scanner, not the law (city/attachments.rs)",
    ),
    (
        Refusal::FileDestroyed,
        "the scanner, not the law (city/attachments.rs)",
    ),
    (
        Refusal::FileNotHeld,
        "the scanner, not the law (city/attachments.rs)",
    ),
    (
        Refusal::FormUnfit,
        "answers are held against their form before they are laid into the vault",
    ),
    (
        Refusal::TitleMissing,
        "texts are read before they are laid into the vault; decisions see references only",
    ),
    (
        Refusal::PetitionerUnclear,
        "name and contact are read before they are laid into the vault",
    ),
    (
        Refusal::ReasonMissing,
        "an empty reason is found before it is laid into the vault",
    ),
    (
        Refusal::AgencyMissing,
        "an empty name is found before it is laid into the vault",
    ),
    (
        Refusal::TooLong,
        "lengths are read before texts are laid into the vault",
    ),
    (
        Refusal::NothingHeld,
        "a held petition always has an open stretch; this guards heads that were not folded",
    ),
];

fn not_filed(who: &Who, filing: &Filing<Text>, at: &str) -> Refusal {
    match OFFICE.try_file(who, filing, moment(at)) {
        Ok(_) => panic!("this filing should be refused"),
        Err(refusal) => refusal,
    }
}

fn drafted() -> Story {
    Story::handled("permit", "2018-07-17T10:00").official(HANDLER, Act::Draft(answer(Outcome::Granted)))
}

fn on_the_line() -> Story {
    drafted().official(HANDLER, Act::SendUp { line: line() })
}

fn approved() -> Story {
    on_the_line()
        .official(LEAD, Act::Sign { comment: None })
        .official(HEAD, Act::Sign { comment: None })
}

fn answered() -> Story {
    approved().official(HANDLER, Act::Answer)
}

/// A supplement was asked on 2018-07-18 until 2018-07-24.
fn supplement_asked() -> Story {
    Story::handled("permit", "2018-07-17T10:00")
        .on("2018-07-18T10:00")
        .official(HANDLER, ask("2018-07-24"))
}

fn ask(until: &str) -> Act<Text> {
    Act::AskSupplement {
        what: text(20),
        until: until.parse().expect("a date"),
    }
}

fn prolong(until: &str) -> Act<Text> {
    Act::ProlongSupplement {
        until: until.parse().expect("a date"),
    }
}

fn give() -> Act<Text> {
    Act::Supplement {
        note: Some(text(21)),
        files: Vec::new(),
    }
}

fn extend(n: u32, ground: Cause) -> Act<Text> {
    Act::Extend {
        n,
        ground,
        reason: text(22),
    }
}

fn send_back() -> Act<Text> {
    Act::SendBack { reason: text(23) }
}

fn reclassify(service: &str, kind: Kind) -> Act<Text> {
    Act::Reclassify {
        service: code(service),
        kind,
        period: None,
        reason: text(24),
    }
}

fn send_up(line: &[(domain::id::OfficialId, Mark)]) -> Act<Text> {
    Act::SendUp {
        line: line
            .iter()
            .map(|(official, mark)| Signer {
                official: *official,
                mark: *mark,
            })
            .collect(),
    }
}

fn sign() -> Act<Text> {
    Act::Sign { comment: None }
}

fn rate(score: u32) -> Act<Text> {
    Act::Rate { score, comment: None }
}

fn turn_back() -> Act<Text> {
    Act::TurnBack { reason: text(25) }
}

fn withdraw() -> Act<Text> {
    Act::Withdraw { reason: None }
}

/// A first extension was made on 2018-07-18 and a second proposed.
fn proposed() -> Story {
    Story::handled("permit", "2018-07-17T10:00")
        .on("2018-07-18T10:00")
        .official(HANDLER, extend(3, Cause::Unavoidable))
        .official(HANDLER, extend(2, Cause::Unavoidable))
}

const ROWS: &[Row] = &[
    // 신청
    ("남의 이름으로 신청", Refusal::NotYours, || {
        not_filed(
            &Who::Citizen(NEIGHBOUR),
            &filing("inquiry", EntryPoint::Web),
            "2018-07-17T10:00",
        )
    }),
    (
        "접수 권한이 없는 공무원의 신청 입력",
        Refusal::NotYours,
        || {
            not_filed(
                &OFFICE.official(HANDLER),
                &filing("inquiry", EntryPoint::Counter),
                "2018-07-17T10:00",
            )
        },
    ),
    (
        "전화로 하는 법정민원 신청",
        Refusal::MustBeWritten,
        || {
            not_filed(
                &OFFICE.official(COUNTER),
                &filing("permit", EntryPoint::Phone),
                "2018-07-17T10:00",
            )
        },
    ),
    ("전화로 하는 질의", Refusal::MustBeWritten, || {
        not_filed(
            &OFFICE.official(COUNTER),
            &filing("inquiry", EntryPoint::Phone),
            "2018-07-17T10:00",
        )
    }),
    (
        "온라인으로 받지 않는 민원의 온라인 신청",
        Refusal::NotOnline,
        || {
            not_filed(
                &Who::Citizen(KIM),
                &filing("rare", EntryPoint::Web),
                "2018-07-17T10:00",
            )
        },
    ),
    (
        "본인확인이 필요한 민원을 확인 없이 온라인 신청",
        Refusal::NotVerified,
        || {
            not_filed(
                &Who::Citizen(KIM),
                &filing("sworn", EntryPoint::Web),
                "2018-07-17T10:00",
            )
        },
    ),
    ("폐지된 민원의 신청", Refusal::ServiceNotValid, || {
        not_filed(
            &Who::Citizen(KIM),
            &filing("bygone", EntryPoint::Web),
            "2018-07-17T10:00",
        )
    }),
    // 접수·분류·배부
    (
        "처리기간을 모르는 민원의 접수",
        Refusal::PeriodMissing,
        || {
            let paper = Story::filed(&OFFICE, filing("rare", EntryPoint::Post), "2018-07-17T10:00");
            paper.no(
                RECEIVER,
                Act::Receive {
                    kind: Kind::Statutory,
                    period: None,
                },
            )
        },
    ),
    ("0일의 처리기간으로 접수", Refusal::PeriodUnfit, || {
        let story = Story::filed(&OFFICE, filing("rare", EntryPoint::Post), "2018-07-17T10:00");
        story.no(
            RECEIVER,
            Act::Receive {
                kind: Kind::Statutory,
                period: Some(Period::Days(0)),
            },
        )
    }),
    (
        "공휴일을 알 수 없는 해에 접수",
        Refusal::OutsideCalendar,
        || {
            let story = Story::web("permit", "2031-07-17T10:00");
            story.no(
                RECEIVER,
                Act::Receive {
                    kind: Kind::Statutory,
                    period: None,
                },
            )
        },
    ),
    ("두 번 접수", Refusal::NotNow, || {
        let story = Story::received("permit", "2018-07-17T10:00");
        story.no(
            RECEIVER,
            Act::Receive {
                kind: Kind::Statutory,
                period: None,
            },
        )
    }),
    ("처리담당자의 접수", Refusal::NotYours, || {
        let story = Story::web("permit", "2018-07-17T10:00");
        story.no(
            HANDLER,
            Act::Receive {
                kind: Kind::Statutory,
                period: None,
            },
        )
    }),
    (
        "즉시답변 절차에서 법정민원으로 접수",
        Refusal::NotInProcedure,
        || {
            let story = Story::web("quick", "2018-07-17T10:00");
            story.no(
                RECEIVER,
                Act::Receive {
                    kind: Kind::Statutory,
                    period: Some(Period::Days(7)),
                },
            )
        },
    ),
    (
        "즉시답변 절차에서 배부",
        Refusal::NotInProcedure,
        || Story::received("quick", "2018-07-17T10:00").no(RECEIVER, Act::Distribute { unit: ROADS }),
    ),
    (
        "일반 절차에서 즉시답변",
        Refusal::NotInProcedure,
        || {
            let story = Story::received("inquiry", "2018-07-17T10:00");
            story.no(RECEIVER, Act::AnswerAtOnce(answer(Outcome::Answered)))
        },
    ),
    (
        "처리 중인 민원을 즉시답변 절차로 변경",
        Refusal::NotInProcedure,
        || Story::handled("inquiry", "2018-07-17T10:00").no(HANDLER, reclassify("quick", Kind::Inquiry)),
    ),
    (
        "접수한 민원을 즉시답변 절차의 고충민원으로 변경",
        Refusal::NotInProcedure,
        || Story::received("inquiry", "2018-07-17T10:00").no(RECEIVER, reclassify("quick", Kind::Grievance)),
    ),
    (
        "민원을 정보공개 청구로 변경",
        Refusal::OtherLaw,
        || Story::received("inquiry", "2018-07-17T10:00").no(RECEIVER, reclassify("open", Kind::Disclosure)),
    ),
    ("같은 분류로 변경", Refusal::SameKind, || {
        Story::received("permit", "2018-07-17T10:00").no(RECEIVER, reclassify("permit", Kind::Statutory))
    }),
    (
        "처리기간을 모르는 민원으로 변경",
        Refusal::PeriodMissing,
        || Story::received("permit", "2018-07-17T10:00").no(RECEIVER, reclassify("rare", Kind::Statutory)),
    ),
    ("상신한 뒤 분류 변경", Refusal::OnTheLine, || {
        on_the_line().no(HANDLER, reclassify("idea", Kind::Suggestion))
    }),
    ("결재된 뒤 분류 변경", Refusal::ApprovedAlready, || {
        approved().no(HANDLER, reclassify("idea", Kind::Suggestion))
    }),
    ("없어진 부서에 배부", Refusal::UnknownUnit, || {
        Story::received("permit", "2018-07-17T10:00").no(RECEIVER, Act::Distribute { unit: CLOSED })
    }),
    ("같은 부서에 다시 배부", Refusal::SameUnit, || {
        let story =
            Story::received("permit", "2018-07-17T10:00").official(RECEIVER, Act::Distribute { unit: ROADS });
        story.no(RECEIVER, Act::Distribute { unit: ROADS })
    }),
    (
        "부서가 접수한 뒤 다른 부서에 배부",
        Refusal::UnitHasReceived,
        || {
            let story = Story::received("permit", "2018-07-17T10:00")
                .official(RECEIVER, Act::Distribute { unit: ROADS })
                .official(ROADS_RECEIVER, Act::UnitReceive);
            story.no(RECEIVER, Act::Distribute { unit: PARKS })
        },
    ),
    ("재배부를 두 번 요청", Refusal::SendBackOpen, || {
        Story::handled("permit", "2018-07-17T10:00")
            .official(HEAD, send_back())
            .no(HEAD, send_back())
    }),
    (
        "재배부를 요청한 채 부서 접수",
        Refusal::SendBackOpen,
        || {
            let story = Story::handled("permit", "2018-07-17T10:00").official(HEAD, send_back());
            story.no(ROADS_RECEIVER, Act::UnitReceive)
        },
    ),
    (
        "재배부를 요청한 채 담당자 지정",
        Refusal::SendBackOpen,
        || {
            let story = Story::handled("permit", "2018-07-17T10:00").official(HEAD, send_back());
            story.no(ROADS_RECEIVER, Act::Designate { handler: HANDLER })
        },
    ),
    ("상신한 뒤 재배부 요청", Refusal::OnTheLine, || {
        on_the_line().no(HEAD, send_back())
    }),
    ("결재된 뒤 재배부 요청", Refusal::ApprovedAlready, || {
        approved().no(HEAD, send_back())
    }),
    ("부서 접수를 두 번", Refusal::UnitHasReceived, || {
        let story = Story::received("permit", "2018-07-17T10:00")
            .official(RECEIVER, Act::Distribute { unit: ROADS })
            .official(ROADS_RECEIVER, Act::UnitReceive);
        story.no(ROADS_RECEIVER, Act::UnitReceive)
    }),
    (
        "부서 접수 전에 담당자 지정",
        Refusal::UnitHasNotReceived,
        || {
            let story = Story::received("permit", "2018-07-17T10:00")
                .official(RECEIVER, Act::Distribute { unit: ROADS });
            story.no(ROADS_RECEIVER, Act::Designate { handler: HANDLER })
        },
    ),
    (
        "다른 부서 사람을 담당자로 지정",
        Refusal::HandlerNotOfUnit,
        || {
            Story::handled("permit", "2018-07-17T10:00").no(
                ROADS_RECEIVER,
                Act::Designate {
                    handler: PARKS_HANDLER,
                },
            )
        },
    ),
    (
        "부서장을 담당자로 지정",
        Refusal::HandlerNotOfUnit,
        || Story::handled("permit", "2018-07-17T10:00").no(ROADS_RECEIVER, Act::Designate { handler: HEAD }),
    ),
    ("같은 담당자를 다시 지정", Refusal::SameHandler, || {
        Story::handled("permit", "2018-07-17T10:00").no(ROADS_RECEIVER, Act::Designate { handler: HANDLER })
    }),
    ("상신한 뒤 담당자 변경", Refusal::OnTheLine, || {
        on_the_line().no(
            ROADS_RECEIVER,
            Act::Designate {
                handler: OTHER_HANDLER,
            },
        )
    }),
    // 보완
    (
        "담당자가 아닌 사람의 보완 요구",
        Refusal::NotYours,
        || Story::handled("permit", "2018-07-17T10:00").no(OTHER_HANDLER, ask("2018-07-24")),
    ),
    (
        "오늘까지 보완하라는 요구",
        Refusal::SupplementInPast,
        || Story::handled("permit", "2018-07-17T10:00").no(HANDLER, ask("2018-07-17")),
    ),
    (
        "공휴일을 알 수 없는 해까지 보완하라는 요구",
        Refusal::OutsideCalendar,
        || Story::handled("permit", "2018-07-17T10:00").no(HANDLER, ask("2031-01-02")),
    ),
    (
        "기한이 남았는데 재보완 요구",
        Refusal::SupplementNotLapsed,
        || {
            supplement_asked()
                .on("2018-07-24T17:00")
                .no(HANDLER, ask("2018-07-30"))
        },
    ),
    ("11일의 재보완 요구", Refusal::SupplementTooLong, || {
        supplement_asked()
            .on("2018-07-25T09:00")
            .no(HANDLER, ask("2018-08-05"))
    }),
    (
        "지난 날까지의 재보완 요구",
        Refusal::SupplementInPast,
        || {
            supplement_asked()
                .on("2018-07-25T09:00")
                .no(HANDLER, ask("2018-07-24"))
        },
    ),
    ("세 번째 보완 요구", Refusal::SupplementOpen, || {
        supplement_asked()
            .on("2018-07-25T09:00")
            .official(HANDLER, ask("2018-07-31"))
            .on("2018-08-01T09:00")
            .no(HANDLER, ask("2018-08-07"))
    }),
    ("상신한 뒤 보완 요구", Refusal::OnTheLine, || {
        on_the_line().no(HANDLER, ask("2018-07-24"))
    }),
    ("결재된 뒤 보완 요구", Refusal::ApprovedAlready, || {
        approved().no(HANDLER, ask("2018-07-24"))
    }),
    (
        "다른 사유로 불산입 중 보완 요구",
        Refusal::NotNow,
        || {
            Story::handled("permit", "2018-07-17T10:00")
                .official(
                    HANDLER,
                    Act::Hold {
                        ground: Ground::Hearing,
                        note: None,
                    },
                )
                .no(HANDLER, ask("2018-07-24"))
        },
    ),
    (
        "보완 기한을 오히려 앞당김",
        Refusal::SupplementInPast,
        || supplement_asked().not_kim(prolong("2018-07-23")),
    ),
    (
        "보완 기한 연장을 세 번째 요청",
        Refusal::ProlongationSpent,
        || {
            supplement_asked()
                .kim(prolong("2018-07-26"))
                .kim(prolong("2018-07-30"))
                .not_kim(prolong("2018-08-02"))
        },
    ),
    (
        "보완과 재보완을 합하여 세 번째 연장 요청",
        Refusal::ProlongationSpent,
        || {
            supplement_asked()
                .kim(prolong("2018-07-26"))
                .kim(prolong("2018-07-30"))
                .on("2018-07-31T09:00")
                .official(HANDLER, ask("2018-08-03"))
                .not_kim(prolong("2018-08-06"))
        },
    ),
    (
        "불산입 중 보완 기한 연장 요청",
        Refusal::NoSupplementAsked,
        || {
            Story::handled("permit", "2018-07-17T10:00")
                .official(
                    HANDLER,
                    Act::Hold {
                        ground: Ground::Hearing,
                        note: None,
                    },
                )
                .not_kim(prolong("2018-07-24"))
        },
    ),
    ("요구가 없는 보완", Refusal::NoSupplementAsked, || {
        Story::handled("permit", "2018-07-17T10:00")
            .official(
                HANDLER,
                Act::Hold {
                    ground: Ground::Hearing,
                    note: None,
                },
            )
            .not_kim(give())
    }),
    ("빈 보완", Refusal::BodyMissing, || {
        supplement_asked().not_kim(Act::Supplement {
            note: None,
            files: Vec::new(),
        })
    }),
    (
        "반려가 결재된 뒤의 보완",
        Refusal::ApprovedAlready,
        || returned().not_kim(give()),
    ),
    (
        "반려가 결재된 뒤의 보완 기한 연장 요청",
        Refusal::ApprovedAlready,
        || returned().not_kim(prolong("2018-08-02")),
    ),
    // 불산입
    (
        "보완을 불산입 사유로 직접 지정",
        Refusal::GroundUnknown,
        || {
            Story::handled("permit", "2018-07-17T10:00").no(
                HANDLER,
                Act::Hold {
                    ground: Ground::Supplement,
                    note: None,
                },
            )
        },
    ),
    ("2018년의 시스템 장애", Refusal::GroundUnknown, || {
        Story::handled("permit", "2018-07-17T10:00").no(
            HANDLER,
            Act::Hold {
                ground: Ground::Outage,
                note: None,
            },
        )
    }),
    (
        "고충이 아닌 민원의 현장조사",
        Refusal::GroundUnknown,
        || {
            let hold = Act::Hold {
                ground: Ground::FieldInvestigation,
                note: None,
            };
            Story::handled("permit", "2018-07-17T10:00").no(HANDLER, hold)
        },
    ),
    (
        "보완을 기다리며 불산입 종료",
        Refusal::SupplementOpen,
        || supplement_asked().no(HANDLER, Act::Resume),
    ),
    // 연장
    (
        "2026-05-06 뒤 업무과중으로 연장",
        Refusal::ExtensionGroundForbidden,
        || Story::handled("permit", "2026-05-06T10:00").no(HANDLER, extend(3, Cause::Workload)),
    ),
    (
        "2026-05-06 뒤 담당자 지정 지연으로 연장",
        Refusal::ExtensionGroundForbidden,
        || Story::handled("permit", "2026-05-06T10:00").no(HANDLER, extend(3, Cause::LateDesignation)),
    ),
    (
        "2026-05-06 뒤 담당자 부재로 연장",
        Refusal::ExtensionGroundForbidden,
        || Story::handled("permit", "2026-05-06T10:00").no(HANDLER, extend(3, Cause::Absence)),
    ),
    (
        "2026-05-06 뒤 부득이한 사유로 연장",
        Refusal::ExtensionGroundOfOtherTime,
        || Story::handled("permit", "2026-05-06T10:00").no(HANDLER, extend(3, Cause::Unavoidable)),
    ),
    ("처리기간보다 긴 연장", Refusal::ExtensionTooLong, || {
        Story::handled("permit", "2018-07-17T10:00").no(HANDLER, extend(8, Cause::Unavoidable))
    }),
    ("0일의 연장", Refusal::ExtensionTooLong, || {
        Story::handled("permit", "2018-07-17T10:00").no(HANDLER, extend(0, Cause::Unavoidable))
    }),
    ("기한이 지난 뒤 연장", Refusal::DueHasPassed, || {
        Story::handled("permit", "2018-07-17T10:00")
            .on("2018-07-26T00:00")
            .no(HANDLER, extend(3, Cause::Unavoidable))
    }),
    (
        "기한이 지난 뒤 연장 동의",
        Refusal::DueHasPassed,
        || proposed().on("2018-07-31T00:00").not_kim(Act::ConsentExtension),
    ),
    (
        "동의를 기다리며 또 연장",
        Refusal::ExtensionConsentOpen,
        || proposed().no(HANDLER, extend(1, Cause::Unavoidable)),
    ),
    ("세 번째 연장", Refusal::ExtensionSpent, || {
        proposed()
            .kim(Act::ConsentExtension)
            .no(HANDLER, extend(1, Cause::Unavoidable))
    }),
    ("제안이 없는 연장 동의", Refusal::NoConsentAsked, || {
        Story::handled("permit", "2018-07-17T10:00").not_kim(Act::ConsentExtension)
    }),
    (
        "제안이 없는 연장 부동의",
        Refusal::NoConsentAsked,
        || Story::handled("permit", "2018-07-17T10:00").not_kim(Act::DeclineExtension),
    ),
    (
        "분류가 바뀌어 사라진 제안에 동의",
        Refusal::NoConsentAsked,
        || {
            proposed()
                .official(HANDLER, reclassify("idea", Kind::Suggestion))
                .not_kim(Act::ConsentExtension)
        },
    ),
    ("결재된 뒤 연장", Refusal::ApprovedAlready, || {
        approved().no(HANDLER, extend(3, Cause::Unavoidable))
    }),
    // 기안·결재
    ("질의를 허가하는 기안", Refusal::OutcomeNotOfKind, || {
        Story::handled("inquiry", "2018-07-17T10:00").no(HANDLER, Act::Draft(answer(Outcome::Granted)))
    }),
    (
        "법정민원에 처분 없는 답변",
        Refusal::OutcomeNotOfKind,
        || Story::handled("permit", "2018-07-17T10:00").no(HANDLER, Act::Draft(answer(Outcome::Answered))),
    ),
    ("구제절차 없는 불허가", Refusal::ReasonsOwed, || {
        let bare = domain::act::Answer {
            remedies: None,
            ..answer(Outcome::Refused)
        };
        Story::handled("permit", "2018-07-17T10:00").no(HANDLER, Act::Draft(bare))
    }),
    ("사유 없는 불허가", Refusal::ReasonsOwed, || {
        let bare = domain::act::Answer {
            reasons: None,
            ..answer(Outcome::Refused)
        };
        Story::handled("permit", "2018-07-17T10:00").no(HANDLER, Act::Draft(bare))
    }),
    (
        "보완을 요구하지 않은 반려",
        Refusal::NothingLapsed,
        || Story::handled("permit", "2018-07-17T10:00").no(HANDLER, Act::Draft(answer(Outcome::Returned))),
    ),
    ("보완 기한 안의 반려", Refusal::NothingLapsed, || {
        supplement_asked()
            .on("2018-07-24T23:00")
            .no(HANDLER, Act::Draft(answer(Outcome::Returned)))
    }),
    (
        "보완을 기다리며 허가 기안",
        Refusal::SupplementOpen,
        || supplement_asked().no(HANDLER, Act::Draft(answer(Outcome::Granted))),
    ),
    (
        "보완을 기다리며 전에 쓴 기안을 상신",
        Refusal::SupplementOpen,
        || {
            drafted()
                .official(HANDLER, ask("2018-07-24"))
                .no(HANDLER, Act::SendUp { line: line() })
        },
    ),
    (
        "불산입 중 전에 쓴 기안을 상신",
        Refusal::NotNow,
        || {
            drafted()
                .official(
                    HANDLER,
                    Act::Hold {
                        ground: Ground::Hearing,
                        note: None,
                    },
                )
                .no(HANDLER, Act::SendUp { line: line() })
        },
    ),
    ("불산입 중 기안", Refusal::NotNow, || {
        Story::handled("permit", "2018-07-17T10:00")
            .official(
                HANDLER,
                Act::Hold {
                    ground: Ground::Hearing,
                    note: None,
                },
            )
            .no(HANDLER, Act::Draft(answer(Outcome::Granted)))
    }),
    ("기안 없이 상신", Refusal::NoDraft, || {
        Story::handled("permit", "2018-07-17T10:00").no(HANDLER, Act::SendUp { line: line() })
    }),
    (
        "분류가 바뀌어 사라진 기안의 상신",
        Refusal::NoDraft,
        || {
            drafted()
                .official(HANDLER, reclassify("idea", Kind::Suggestion))
                .no(HANDLER, Act::SendUp { line: line() })
        },
    ),
    (
        "재보완을 요구하여 사라진 반려 기안의 상신",
        Refusal::NoDraft,
        || {
            supplement_asked()
                .on("2018-07-25T09:00")
                .official(HANDLER, Act::Draft(answer(Outcome::Returned)))
                .official(HANDLER, ask("2018-07-31"))
                .no(HANDLER, Act::SendUp { line: line() })
        },
    ),
    ("상신한 뒤 다시 기안", Refusal::OnTheLine, || {
        on_the_line().no(HANDLER, Act::Draft(answer(Outcome::Refused)))
    }),
    ("두 번 상신", Refusal::OnTheLine, || {
        on_the_line().no(HANDLER, Act::SendUp { line: line() })
    }),
    ("결재된 뒤 다시 기안", Refusal::ApprovedAlready, || {
        approved().no(HANDLER, Act::Draft(answer(Outcome::Refused)))
    }),
    ("빈 결재선", Refusal::LineUnfit, || {
        drafted().no(HANDLER, send_up(&[]))
    }),
    (
        "결재 없이 검토로 끝나는 결재선",
        Refusal::LineUnfit,
        || drafted().no(HANDLER, send_up(&[(LEAD, Mark::Review)])),
    ),
    ("결재가 둘인 결재선", Refusal::LineUnfit, || {
        drafted().no(HANDLER, send_up(&[(LEAD, Mark::Delegated), (HEAD, Mark::Decide)]))
    }),
    (
        "같은 사람이 두 번 있는 결재선",
        Refusal::LineUnfit,
        || drafted().no(HANDLER, send_up(&[(HEAD, Mark::Review), (HEAD, Mark::Decide)])),
    ),
    ("기안자가 결재하는 결재선", Refusal::LineUnfit, || {
        drafted().no(HANDLER, send_up(&[(LEAD, Mark::Review), (HANDLER, Mark::Decide)]))
    }),
    (
        "근무하지 않는 사람이 있는 결재선",
        Refusal::LineUnfit,
        || drafted().no(HANDLER, send_up(&[(STRANGER, Mark::Decide)])),
    ),
    ("차례가 아닌 결재", Refusal::NotYours, || {
        on_the_line().no(HEAD, sign())
    }),
    (
        "상신하지 않은 기안의 회수",
        Refusal::NotOnTheLine,
        || drafted().no(HANDLER, Act::Recall),
    ),
    ("검토가 끝난 뒤 회수", Refusal::SignedAlready, || {
        on_the_line().official(LEAD, sign()).no(HANDLER, Act::Recall)
    }),
    ("회수한 기안의 결재", Refusal::NotYours, || {
        on_the_line().official(HANDLER, Act::Recall).no(LEAD, sign())
    }),
    ("반송한 사람의 재결재", Refusal::NotYours, || {
        on_the_line().official(LEAD, turn_back()).no(LEAD, sign())
    }),
    ("결재 전 시행", Refusal::NotApproved, || {
        on_the_line().official(LEAD, sign()).no(HANDLER, Act::Answer)
    }),
    // 이송·취하·열람·평가
    ("상신한 뒤 이송", Refusal::OnTheLine, || {
        on_the_line().no(
            HANDLER,
            Act::Transfer {
                agency: text(30),
                reason: text(31),
                report_by: None,
            },
        )
    }),
    ("결재된 뒤 이송", Refusal::ApprovedAlready, || {
        approved().no(
            HANDLER,
            Act::Transfer {
                agency: text(30),
                reason: text(31),
                report_by: None,
            },
        )
    }),
    ("끝난 민원의 취하", Refusal::Concluded, || {
        answered().not_kim(withdraw())
    }),
    ("이웃의 취하", Refusal::NotYours, || {
        Story::web("permit", "2018-07-17T10:00").refusal(&Who::Citizen(NEIGHBOUR), &withdraw())
    }),
    ("민원심사관의 기안", Refusal::NotYours, || {
        drafted().no(EXAMINER, Act::Draft(answer(Outcome::Granted)))
    }),
    ("처리 중 평가", Refusal::NotNow, || {
        Story::handled("permit", "2018-07-17T10:00").not_kim(rate(5))
    }),
    ("취하한 민원의 평가", Refusal::NotAnswered, || {
        Story::handled("permit", "2018-07-17T10:00")
            .kim(withdraw())
            .not_kim(rate(5))
    }),
    (
        "결재되었으나 보내기 전에 취하한 답변의 열람",
        Refusal::NotAnswered,
        || approved().kim(withdraw()).not_kim(Act::ReadAnswer),
    ),
    (
        "상신 중에 취하한 답변의 열람",
        Refusal::NotAnswered,
        || on_the_line().kim(withdraw()).not_kim(Act::ReadAnswer),
    ),
    ("이송된 민원의 평가", Refusal::NotAnswered, || {
        drafted()
            .official(
                HANDLER,
                Act::Transfer {
                    agency: text(30),
                    reason: text(31),
                    report_by: None,
                },
            )
            .not_kim(rate(1))
    }),
    ("0점", Refusal::ScoreUnfit, || answered().not_kim(rate(0))),
    ("6점", Refusal::ScoreUnfit, || answered().not_kim(rate(6))),
    ("두 번 평가", Refusal::RatedAlready, || {
        answered().kim(rate(4)).not_kim(rate(5))
    }),
    ("민원인의 기한 재계산", Refusal::NotYours, || {
        Story::handled("permit", "2018-07-17T10:00").not_kim(Act::MoveDue)
    }),
    // 결재선의 변경, 공람, 조직 개편: 더 많은 경우는 absence.rs에 있다.
    (
        "결재할 수 있는 사람이 있는 결재선의 변경",
        Refusal::SignerCanSign,
        || on_the_line().no(HANDLER, Act::Reroute { rest: Vec::new() }),
    ),
    ("공람자 없는 공람", Refusal::ReadersUnfit, || {
        approved().no(HANDLER, Act::Circulate { readers: Vec::new() })
    }),
    (
        "폐지되지 않은 부서의 승계",
        Refusal::NoSuccessor,
        || Story::handled("permit", "2018-07-17T10:00").refusal(&Who::System, &Act::Succeed { unit: PARKS }),
    ),
    // 정보공개 청구의 제3자와 이의신청: 더 많은 경우는 disclosure.rs에 있다.
    (
        "제3자의 비공개 요청 기간에 올린 공개 결정",
        Refusal::ThirdPartyTime,
        || {
            disclosure::told()
                .official(HANDLER, Act::Draft(answer(Outcome::Disclosed)))
                .no(HANDLER, Act::SendUp { line: line() })
        },
    ),
    ("없는 제3자의 의견", Refusal::NoThirdParty, || {
        disclosure::told().no(HANDLER, disclosure::heard(2, true))
    }),
    (
        "서른한째 날의 정보공개 이의신청",
        Refusal::DisclosureObjectionLate,
        || {
            disclosure::decided(Outcome::NotDisclosed)
                .on("2018-08-17T10:00")
                .not_kim(disclosure::object("2018-07-16"))
        },
    ),
    // 외부 문서시스템과 수리·허가 간주: 더 많은 경우는 records.rs에 있다.
    (
        "문서번호가 오지 않은 시행",
        Refusal::NumberAwaited,
        || records::approved_outside().no(HANDLER, Act::Answer),
    ),
    (
        "다른 결재에 대한 문서시스템의 회신",
        Refusal::RegistrationUnfit,
        || records::approved_outside().refusal(&Who::System, &records::registered(1, 7, date(2018, 7, 17))),
    ),
    (
        "간주 규정이 없는 민원의 간주 기록",
        Refusal::NotDeemed,
        || Story::handled("permit", "2018-07-17T10:00").no(HANDLER, Act::RecordDeemed { note: None }),
    ),
    (
        "처리기한이 지나기 전의 간주 기록",
        Refusal::DeemedNotYet,
        || Story::handled("notice", "2018-07-17T10:00").no(HANDLER, Act::RecordDeemed { note: None }),
    ),
];

/// The supplement lapsed, the return was approved, and it was not sent yet.
fn returned() -> Story {
    supplement_asked()
        .on("2018-07-25T09:00")
        .official(HANDLER, Act::Draft(answer(Outcome::Returned)))
        .official(HANDLER, send_up(&[(HEAD, Mark::Decide)]))
        .official(HEAD, sign())
}

#[test]
fn 거절은_사유마다_제_이름으로_난다() {
    for (name, refusal, story) in ROWS
        .iter()
        .chain(beside::ROWS)
        .chain(crate::counter::ROWS)
        .chain(crate::post::ROWS)
    {
        assert_eq!(story(), *refusal, "{name}");
    }
}

#[test]
fn 모든_거절_사유에_그_이야기가_있다() {
    let told: BTreeSet<Refusal> = (ROWS
        .iter()
        .chain(beside::ROWS)
        .chain(crate::counter::ROWS)
        .chain(crate::post::ROWS)
        .chain(crate::letters::ROWS)
        .chain(crate::entrust::ROWS)
        .chain(crate::proceedings::ROWS))
    .map(|(_, refusal, _)| *refusal)
    .collect();
    let elsewhere: BTreeSet<Refusal> = (ELSEWHERE.iter().chain(crate::letters::ELSEWHERE))
        .map(|(refusal, _)| *refusal)
        .collect();
    assert_eq!(
        told.intersection(&elsewhere).collect::<Vec<_>>(),
        Vec::<&Refusal>::new()
    );
    let missing: Vec<_> = Refusal::ALL
        .iter()
        .filter(|r| !told.contains(r) && !elsewhere.contains(r))
        .collect();
    assert_eq!(missing, Vec::<&Refusal>::new());
    assert!(ELSEWHERE.iter().all(|(_, why)| !why.is_empty()));
}

#[test]
fn 연장_사유는_접수일의_법을_따른다() {
    use Cause::{
        Absence, Comparable, Cooperation, FactFinding, ForceMajeure, LateDesignation, Unavoidable, Workload,
    };
    let before = "2026-05-04T10:00";
    let since = "2026-05-06T10:00";
    let table = [
        (before, Unavoidable, None),
        (before, Workload, None),
        (before, Cooperation, None),
        (since, Cooperation, None),
        (since, FactFinding, None),
        (since, ForceMajeure, None),
        (since, Comparable, None),
        (since, Unavoidable, Some(Refusal::ExtensionGroundOfOtherTime)),
        (since, Workload, Some(Refusal::ExtensionGroundForbidden)),
        (since, LateDesignation, Some(Refusal::ExtensionGroundForbidden)),
        (since, Absence, Some(Refusal::ExtensionGroundForbidden)),
    ];
    for (received, cause, wanted) in table {
        // 접수는 앞서 하고 연장은 시행일 뒤에 한다: 접수일이 법을 정한다.
        let story = Story::handled("permit", received).on("2026-05-07T10:00");
        let who = OFFICE.official(HANDLER);
        let got = OFFICE.ask(
            story.petition(),
            &who,
            &extend(3, cause),
            moment("2026-05-07T10:00"),
        );
        assert_eq!(got.err(), wanted, "{received} {cause}");
    }
}

#[test]
fn 토요일에_끝나는_보완_기한은_월요일에_끝난다() {
    let story = Story::handled("permit", "2018-07-17T10:00").official(HANDLER, ask("2018-07-21"));
    assert_eq!(
        story.petition().supplement.map(|s| s.until),
        Some(date(2018, 7, 23))
    );
    let story = story.on("2018-07-23T10:00");
    assert_eq!(
        story.no(HANDLER, Act::Draft(answer(Outcome::Returned))),
        Refusal::NothingLapsed
    );
    let story = story.kim(prolong("2018-07-28"));
    assert_eq!(
        story.petition().supplement.map(|s| s.until),
        Some(date(2018, 7, 30))
    );
}

#[test]
fn 재보완은_열흘까지() {
    let story = supplement_asked().on("2018-07-25T09:00");
    assert_eq!(story.no(HANDLER, ask("2018-08-05")), Refusal::SupplementTooLong);
    let story = story.official(HANDLER, ask("2018-08-04"));
    let open = story.petition().supplement.expect("an open demand");
    // 8월 4일은 토요일이다.
    assert_eq!(
        (open.round, open.until, story.petition().supplements),
        (2, date(2018, 8, 6), 2)
    );
}

#[test]
fn 거절마다_조문이_있고_관청이_정한_것만_없다() {
    for refusal in Refusal::ALL {
        assert_eq!(
            refusal.clause().is_empty(),
            crate::walks::HOUSE.contains(refusal),
            "{refusal}"
        );
    }
}

#[test]
fn what_was_shown_opens_the_way_and_the_counter_never_asks() {
    let proof = |assurance| domain::assurance::Proof {
        assurance,
        means: domain::assurance::Means::Simple,
        at: domain::time::At(0),
    };
    for (entry, shown, taken) in [
        (EntryPoint::Web, None, false),
        (EntryPoint::Web, Some(Assurance::Contact), false),
        (EntryPoint::Web, Some(Assurance::Verified), true),
        (EntryPoint::Counter, None, true),
        (EntryPoint::Post, None, true),
    ] {
        let mut filing = filing("sworn", entry);
        filing.intake.proof = shown.map(proof);
        let counter = OFFICE.official(COUNTER);
        let kim = Who::Citizen(KIM);
        let who = if entry == EntryPoint::Web { &kim } else { &counter };
        let filed = OFFICE.try_file(who, &filing, moment("2018-07-17T10:00"));
        assert_eq!(filed.is_ok(), taken, "{entry} {shown:?}");
        if !taken {
            assert_eq!(filed.err(), Some(Refusal::NotVerified));
        }
    }
}

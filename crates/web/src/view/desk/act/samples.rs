//! 행위 양식의 보기 — every act's form as it may look, for the gallery and its tests.
//!
//! It is longer than 600 lines because every form has its sample.

use super::{
    super::{
        Bar, HOSTILE, Here, Person, at,
        case::{Draft, SignerRow, Standing, head},
        endless,
        handbook::Manual,
        timeline::{Entry, sample},
    },
    ActPage, Ask, Choice, Conflict, Done, GroundChoice, Group, HandlerChoice, Input, Kept, KeptField,
    KindChoice, Letter, Looks, OutcomeChoice, Standard, Suggested,
};
use crate::view::{Filled, Message, View};
use domain::{
    due::{Cause, Ground, Left, Period},
    life::{Deed, Life},
    petition::letter::DelayCause,
    refusal::Refusal,
    terms::{Conversion, Exception, Kind, Mark, Openness, Outcome},
};
use jiff::civil::date;

/// A letter for samples.
fn letter() -> Letter {
    Letter {
        agency: "한빛특별시".into(),
        to: "남궁정숙 귀하".into(),
        title: "도로점용 허가 신청에 대한 처리결과 통지".into(),
        body: "1. 귀하의 도로점용 허가 신청을 검토한 결과를 알려 드립니다.\n2. 신청하신 장소는 보도 폭이 2.0m로 점용하면 보행에 필요한 폭을 남길 수 없습니다.\n  가. 위치: 가람로 12\n  나. 면적: 6㎡  끝.".into(),
        reasons: "보도의 유효 폭 1.5m를 남길 수 없음(「도로법」 제61조)".into(),
        remedies: "이 처분을 받은 날부터 60일 이내에 이의신청을 하실 수 있습니다.".into(),
        sender: "한빛특별시장".into(),
        signers: vec![
            ["기안자".into(), "주무관".into(), "배도담".into()],
            ["검토자".into(), "도로관리팀장".into(), "한순덕".into()],
            ["전결".into(), "도로시설과장".into(), "신채움".into()],
        ],
        document: "도로시설과-16175(2026. 9. 18.)".into(),
        contact: "(00000) 한빛특별시 중구 가상대로 1 / 전화 02-000-1300 / 전송 02-000-1309 / road@hanbit.example".into(),
        openness: Openness::Private,
    }
}

/// Every act with what it asks for, for samples.
fn asks() -> Vec<(&'static str, Deed, Ask, Filled)> {
    let choice = |value: &str, text: &str| Choice {
        value: value.into(),
        text: text.into(),
    };
    let group = |name: &str, choices: Vec<Choice>| Group {
        name: name.into(),
        choices,
    };
    let kinds = |known: bool| {
        Kind::ALL
            .iter()
            .map(|kind| KindChoice {
                kind: *kind,
                period: (known || *kind != Kind::Statutory).then(|| Period::Days(7).korean()),
                due_at: (known || *kind != Kind::Statutory).then(|| at(2026, 9, 23, 0, 0)),
            })
            .collect()
    };
    let handler = |id: &str, name: &str, open, late| HandlerChoice {
        person: Person::sample(id, name, "주무관", "도로시설과"),
        open,
        late,
    };
    let draft = Draft {
        version: 2,
        by: "도로시설과 배도담".into(),
        at: at(2026, 9, 17, 10, 12),
        outcome: Outcome::Refused,
        body: letter().body,
        reasons: letter().reasons,
        remedies: letter().remedies,
        openness: Openness::Private,
    };
    let line = vec![
        SignerRow {
            person: Person::sample("l1", "한순덕", "도로관리팀장", "도로시설과"),
            mark: Mark::Review,
            standing: Standing::Signed,
            at: Some(at(2026, 9, 17, 11, 30)),
            comment: "사유를 분명히 하였습니다.".into(),
            stood_in: None,
        },
        SignerRow {
            person: Person::sample("l2", "신채움", "도로시설과장", "도로시설과"),
            mark: Mark::Delegated,
            standing: Standing::Awaited,
            at: None,
            comment: String::new(),
            stood_in: None,
        },
    ];
    let standard = |code: &str, title: &str, text: &str, stale| Standard {
        code: code.into(),
        title: title.into(),
        text: text.into(),
        review_by: Some(date(2026, 12, 31)),
        stale,
    };
    let answers = vec![
        standard(
            "A001",
            "운영시간",
            "우리 시 민원실은 평일 09:00부터 18:00까지 운영합니다.",
            false,
        ),
        standard(
            "A003",
            "처리기간 계산",
            "처리기간이 5일 이하이면 접수한 시각부터 근무시간으로 계산합니다.",
            true,
        ),
    ];
    let outcomes = |kind| {
        Outcome::of_answer(kind)
            .iter()
            .map(|outcome| OutcomeChoice {
                outcome: *outcome,
                owes_reasons: outcome.owes_reasons(),
            })
            .collect::<Vec<_>>()
    };
    let officials = vec![
        group(
            "도로시설과",
            vec![
                choice("l1", "한순덕 도로관리팀장"),
                choice("l2", "신채움 도로시설과장"),
            ],
        ),
        group("보행정책과", vec![choice("l3", "하태양 보행정책팀장")]),
    ];
    let drafted = Filled::of(&[
        ("outcome", "refused"),
        ("body", &draft.body),
        ("reasons", &draft.reasons),
        ("remedies", &draft.remedies),
        ("openness", "private"),
    ]);
    let grounds = [
        Ground::IdentityCheck,
        Ground::Examination,
        Ground::Hearing,
        Ground::Outage,
    ];
    let none = Filled::default();
    vec![
        (
            "receive",
            Deed::Receive,
            Ask::Receive {
                kinds: kinds(true),
                needs_period: false,
            },
            Filled::of(&[("kind", "statutory")]),
        ),
        (
            "receive, period unknown",
            Deed::Receive,
            Ask::Receive {
                kinds: kinds(false),
                needs_period: true,
            },
            Filled::of(&[("kind", "statutory"), ("period_unit", "days")])
                .wrong("period_n", Message::new("refusal-period_missing")),
        ),
        (
            "reclassify",
            Deed::Reclassify,
            Ask::Reclassify {
                services: vec![
                    group(
                        "도로",
                        vec![choice("S201", "도로점용 허가"), choice("S202", "도로 굴착 신고")],
                    ),
                    group("일반", vec![choice("G001", "불편 신고")]),
                ],
                kinds: kinds(false),
            },
            Filled::of(&[("service", "S201"), ("kind", "statutory")]),
        ),
        (
            "distribute",
            Deed::Distribute,
            Ask::Distribute {
                units: vec![
                    group(
                        "추천",
                        vec![choice("u1", "도로시설과"), choice("u2", "보행정책과")],
                    ),
                    group(
                        "안전총괄본부",
                        vec![choice("u1", "도로시설과"), choice("u9", "교량안전과")],
                    ),
                ],
                send_back: None,
                suggested: vec![
                    Suggested {
                        value: "u1".into(),
                        text: "도로시설과".into(),
                        words: vec!["가로등이".into(), "꺼져".into(), "<b>".into()],
                    },
                    Suggested {
                        value: "u2".into(),
                        text: "보행정책과".into(),
                        words: vec!["보도".into()],
                    },
                ],
            },
            none.clone(),
        ),
        (
            "distribute again",
            Deed::Distribute,
            Ask::Distribute {
                units: vec![group("안전총괄본부", vec![choice("u9", "교량안전과")])],
                send_back: Some((
                    "보행정책과".into(),
                    "도로 시설물 파손은 도로시설과 소관입니다.".into(),
                )),
                suggested: vec![],
            },
            none.clone().wrong(
                "unit",
                Message::new("error-required-choice").with("field", "부서"),
            ),
        ),
        (
            "send back",
            Deed::SendBack,
            Ask::SendBack { times: 2 },
            none.clone(),
        ),
        ("unit receives", Deed::UnitReceive, Ask::Confirm, none.clone()),
        (
            "designate",
            Deed::Designate,
            Ask::Designate {
                handlers: vec![handler("h1", "배도담", 12, 0), handler("h2", "오미르", 31, 2)],
            },
            Filled::of(&[("handler", "h1")]),
        ),
        (
            "ask a supplement",
            Deed::AskSupplement,
            Ask::AskSupplement {
                documents: vec!["점용 위치도".into(), "공사 계획서".into()],
                round: 1,
                earliest: date(2026, 9, 16),
                latest: None,
            },
            Filled::of(&[("document-1", "점용 위치도"), ("until", "2026-09-22")]),
        ),
        (
            "ask again",
            Deed::AskSupplement,
            Ask::AskSupplement {
                documents: vec![],
                round: 2,
                earliest: date(2026, 9, 16),
                latest: Some(date(2026, 9, 25)),
            },
            Filled::of(&[("until", "2026-12-31")])
                .wrong("until", Message::new("refusal-supplement_too_long")),
        ),
        (
            "prolong",
            Deed::ProlongSupplement,
            Ask::ProlongSupplement {
                until: date(2026, 9, 18),
                left: 1,
            },
            none.clone(),
        ),
        (
            "supplement",
            Deed::Supplement,
            Ask::Supplement {
                what: "1. 점용 위치도".into(),
            },
            none.clone(),
        ),
        (
            "hold",
            Deed::Hold,
            Ask::Hold {
                grounds: grounds
                    .into_iter()
                    .map(|ground| GroundChoice {
                        ground,
                        clause: ground.clause().korean(),
                    })
                    .collect(),
            },
            none.clone(),
        ),
        ("resume", Deed::Resume, Ask::Confirm, none.clone()),
        (
            "extend",
            Deed::Extend,
            Ask::Extend {
                unit: "days".into(),
                max: 7,
                nth: 1,
                grounds: vec![
                    Cause::Cooperation,
                    Cause::FactFinding,
                    Cause::ForceMajeure,
                    Cause::Comparable,
                ],
                forbidden: vec![Cause::Workload, Cause::LateDesignation, Cause::Absence],
            },
            none.clone(),
        ),
        (
            "extend with consent",
            Deed::Extend,
            Ask::Extend {
                unit: "days".into(),
                max: 7,
                nth: 2,
                grounds: vec![Cause::Unavoidable],
                forbidden: vec![],
            },
            Filled::of(&[("n", "9"), ("reason", "현장 확인이 더 필요합니다.")])
                .wrong("n", Message::new("refusal-extension_too_long")),
        ),
        (
            "draft",
            Deed::Draft,
            Ask::Draft {
                exceptions: Exception::ALL.to_vec(),
                outcomes: outcomes(Kind::Statutory),
                answers: answers.clone(),
                letter: None,
                version: None,
            },
            Filled::of(&[("openness", "private")]),
        ),
        (
            "draft, preview",
            Deed::Draft,
            Ask::Draft {
                exceptions: Exception::ALL.to_vec(),
                outcomes: outcomes(Kind::Statutory),
                answers: vec![],
                letter: Some(letter()),
                version: Some(2),
            },
            drafted.clone(),
        ),
        (
            "answer at once",
            Deed::AnswerAtOnce,
            Ask::Draft {
                exceptions: Exception::ALL.to_vec(),
                outcomes: outcomes(Kind::Other),
                answers,
                letter: None,
                version: None,
            },
            Filled::of(&[("outcome", "answered"), ("body", "안내해 드립니다.")])
                .wrong("body", Message::new("refusal-too_long")),
        ),
        (
            "send up",
            Deed::SendUp,
            Ask::SendUp {
                slots: 4,
                officials: officials.clone(),
                draft: draft.clone(),
            },
            Filled::of(&[
                ("signer-1", "l1"),
                ("mark-1", "review"),
                ("signer-2", "l2"),
                ("mark-2", "delegated"),
            ]),
        ),
        (
            "sign",
            Deed::Sign,
            Ask::Sign {
                mark: Mark::Delegated,
                letter: letter(),
                line: line.clone(),
                instead_of: Some("도로관리팀장 한순덕".into()),
            },
            none.clone(),
        ),
        (
            "the rest of the line anew",
            Deed::Reroute,
            Ask::Reroute {
                slots: 3,
                officials: officials.clone(),
                draft: draft.clone(),
                line,
            },
            none.clone(),
        ),
        (
            "another signer",
            Deed::ReplaceSigner,
            Ask::ReplaceSigner {
                from: vec![Choice {
                    value: "l2".into(),
                    text: "표다온 과장".into(),
                }],
                officials: officials.clone(),
            },
            none.clone(),
        ),
        (
            "circulate",
            Deed::Circulate,
            Ask::Circulate {
                officials: officials.clone(),
            },
            none.clone(),
        ),
        (
            "hand over",
            Deed::HandOver,
            Ask::HandOver {
                handlers: vec![handler("h1", "배도담", 12, 0), handler("h2", "오미르", 31, 2)],
            },
            none.clone(),
        ),
        (
            "confirm afterwards",
            Deed::ConfirmAfter,
            Ask::Confirm,
            none.clone(),
        ),
        (
            "read what was circulated",
            Deed::ReadCirculated,
            Ask::Confirm,
            none.clone(),
        ),
        ("turn back", Deed::TurnBack, Ask::TurnBack { draft }, none.clone()),
        ("recall", Deed::Recall, Ask::Confirm, none.clone()),
        (
            "answer",
            Deed::Answer,
            Ask::Answer {
                letter: Letter {
                    reasons: String::new(),
                    remedies: String::new(),
                    document: String::new(),
                    ..letter()
                },
                to: vec!["010-****-5678".into()],
            },
            none.clone(),
        ),
        (
            "transfer",
            Deed::Transfer,
            Ask::Transfer {
                agencies: vec!["국토교통부".into(), "가람구청".into()],
            },
            none.clone(),
        ),
        (
            "issue",
            Deed::Issue,
            Ask::Issue,
            Filled::of(&[
                ("copies", "2"),
                ("per_copy", "600"),
                ("facts", "위 사람의 등록 사실을 증명합니다."),
            ]),
        ),
        (
            "hand out",
            Deed::HandOut,
            Ask::HandOut,
            Filled::of(&[("recipient", "agent")]),
        ),
        (
            "discard",
            Deed::DiscardUnclaimed,
            Ask::Discard {
                from: date(2026, 9, 30),
                told: Some(at(2026, 9, 23, 9, 0)),
            },
            none.clone(),
        ),
        (
            "advance notice",
            Deed::IssueAdvanceNotice,
            Ask::IssueAdvanceNotice,
            none.clone(),
        ),
        (
            "dunning",
            Deed::IssueDunning,
            Ask::IssueDunning,
            Filled::of(&[("reply_by", "2026-09-28")]).wrong("reply_by", Message::new("error-date-form")),
        ),
        (
            "reply",
            Deed::ReplyDunning,
            Ask::ReplyDunning {
                causes: DelayCause::ALL.to_vec(),
                open: true,
                note: "지연 경위를 함께 적어 주시기 바랍니다.".into(),
            },
            Filled::of(&[("cause", "fact_finding"), ("planned", "2026-09-30")]),
        ),
        ("withdraw", Deed::Withdraw, Ask::Withdraw, none.clone()),
        (
            "convert",
            Deed::Convert,
            Ask::Plain {
                about: String::new(),
                inputs: vec![
                    Input::new(
                        "into",
                        "desk-convert-into",
                        Looks::Choice {
                            choices: Conversion::ALL
                                .iter()
                                .map(|c| choice(c.code(), "정보공개 청구"))
                                .collect(),
                        },
                    ),
                    Input::text("reason", "desk-reason", 4, 2_000).hinted("desk-convert-hint"),
                ],
            },
            none.clone(),
        ),
        (
            "record_deemed",
            Deed::RecordDeemed,
            Ask::Plain {
                about: "수리한 것으로 봅니다 — 건축법 제21조제4항".into(),
                inputs: vec![Input::text("note", "desk-deemed-note", 4, 2_000).optional()],
            },
            none.clone(),
        ),
        (
            "hear_third_party",
            Deed::HearThirdParty,
            Ask::Plain {
                about: String::new(),
                inputs: vec![
                    Input::new(
                        "no",
                        "desk-third",
                        Looks::Choice {
                            choices: vec![choice("1", "1. 가온건설")],
                        },
                    ),
                    Input::text("what", "desk-third-text", 5, 10_000),
                ],
            },
            none.clone(),
        ),
        (
            "every_field",
            Deed::ReplyConsult,
            Ask::Plain {
                about: HOSTILE.into(),
                inputs: vec![
                    Input::new(
                        "unit",
                        "desk-consult-unit",
                        Looks::Groups {
                            groups: vec![group("도시기반시설본부", vec![choice("a", "도로시설과")])],
                        },
                    ),
                    Input::new("n", "desk-objection-days", Looks::Number { max: 10 }),
                    Input::new("to", "desk-concluded-truly", Looks::Moment),
                    Input::new(
                        "agency",
                        "desk-agency-refer",
                        Looks::Line {
                            max: 200,
                            list: vec!["가람구청".into()],
                        },
                    ),
                    Input::new(
                        "until",
                        "desk-report-by",
                        Looks::Day {
                            earliest: Some(date(2026, 9, 20)),
                            latest: None,
                        },
                    ),
                    Input::new(
                        "earlier-1",
                        "desk-earlier",
                        Looks::Boxes {
                            names: vec!["earlier-1".into(), "earlier-2".into()],
                            choices: vec![
                                choice("b", "2026. 8. 1. · 가로등 · 답변"),
                                choice("c", &endless()),
                            ],
                        },
                    )
                    .hinted("desk-earlier-hint"),
                    Input::files("desk-files-hint"),
                ],
            },
            none,
        ),
    ]
}

fn since() -> Vec<Entry> {
    sample().into_iter().skip(3).take(1).collect()
}

impl View for ActPage {
    const TEMPLATE: &'static str = "desk/act.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |deed: Deed, ask, form| ActPage {
            bar: Bar {
                here: Here::Work,
                approvals: 4,
            },
            head: head(Life::InHandling, Some(Left::Days(6))),
            deed,
            label: Message::new(format!("deed-{deed}")),
            files: deed == Deed::Supplement || deed == Deed::ReplyConsult,
            ask,
            form,
            refused: None,
            changed: vec![],
            seq: 6,
            key: "0197c0de".into(),
            body: "가람로 12 상가 앞 보도 약 6㎡를 공사 자재를 두는 곳으로 쓰고자 합니다.".into(),
            manual: Some(Manual::sample()),
        };
        let mut samples: Vec<_> = asks()
            .into_iter()
            .map(|(name, deed, ask, form)| (name, page(deed, ask, form)))
            .collect();
        let typed = Filled::of(&[("reason", HOSTILE)]);
        let refused = Refusal::OnTheLine;
        samples.push((
            "refused, and others were first",
            ActPage {
                refused: Some((refused, refused.clause().into())),
                changed: since(),
                body: endless(),
                manual: None,
                ..page(Deed::SendBack, Ask::SendBack { times: 0 }, typed)
            },
        ));
        samples
    }
}

impl View for Conflict {
    const TEMPLATE: &'static str = "desk/conflict.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let full = Conflict {
            bar: Bar {
                here: Here::Work,
                approvals: 4,
            },
            head: head(Life::Distributed, Some(Left::Minutes(75))),
            label: Message::new("deed-send_back"),
            refused: (Refusal::OnTheLine, Refusal::OnTheLine.clause().into()),
            changed: since(),
            typed: vec![(
                Message::new("desk-reason"),
                format!("소관이 아닙니다. {}", HOSTILE),
            )],
        };
        let house = Conflict {
            refused: (Refusal::SameUnit, String::new()),
            changed: vec![],
            typed: vec![],
            ..full.clone()
        };
        vec![("with text", full), ("nothing typed", house)]
    }
}

impl View for Done {
    const TEMPLATE: &'static str = "desk/done.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let full = Done {
            bar: Bar {
                here: Here::Work,
                approvals: 4,
            },
            head: head(Life::Distributed, Some(Left::Days(6))),
            label: Message::new("deed-distribute"),
            what: Message::new("event-distributed").with("unit", "도로시설과"),
            next: Some(("20260914-7K3F3-QD2XA".into(), endless())),
        };
        vec![
            ("with a next one", full.clone()),
            (
                "nothing left",
                Done {
                    next: None,
                    head: head(Life::Concluded, None),
                    ..full
                },
            ),
        ]
    }
}

impl View for Kept {
    const TEMPLATE: &'static str = "desk/kept.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let field = |name: &str, label: &str, value: &str, long| KeptField {
            name: name.into(),
            label: Message::new(label),
            value: value.into(),
            long,
        };
        let away = Kept {
            bar: Bar {
                here: Here::Work,
                approvals: 0,
            },
            label: Message::new("deed-draft"),
            why: Message::new("trouble-away"),
            act: "/desk/cases/20260914-7K3F2-QD2XA/acts/draft".into(),
            sign_in: None,
            files: false,
            fields: vec![
                field("key", "send", "0197c0de", false),
                field("outcome", "desk-outcome", "answered", false),
                field("body", "desk-body", HOSTILE, true),
            ],
        };
        let ended = Kept {
            why: Message::new("desk-kept-signed-out"),
            sign_in: Some("/desk/sign-in?back=%2Fdesk".into()),
            files: true,
            ..away.clone()
        };
        vec![("the store is away", away), ("the log-in has ended", ended)]
    }
}

//! 견본 — a special procedure with something of everything, so that each branch of its templates is drawn by a test.

use super::{
    CandidateRow, DrawnRow, Ended, InquiryRow, LotRow, MeetingRow, MoveForm, MoveLink, MovedRow, NeedRow,
    OfferRow, Openable, Panel, PaperLink, PartForm, PromiseRow, RoleRow, Row, Stage, StepRow, Told, VoteRow,
    Whole,
};
use crate::view::{
    Filled, Message,
    citizen::sheet::Sheet,
    desk::{
        HOSTILE, Person,
        act::{Choice, Group},
        at,
    },
};
use domain::proceeding::Kept;
use jiff::civil::date;

fn text(text: &str) -> Message {
    Message::new("plain-text").with("text", text)
}

fn seat(seat: &str) -> Message {
    Message::new("hand-seat").with("seat", format!("@seat-{seat}"))
}

fn hands() -> Vec<Message> {
    vec![
        Message::new("hand-petitioner"),
        Message::new("hand-handler"),
        seat("ombudsman"),
        Message::new("hand-lead").with("seat", "@seat-department_head"),
        text("시민 배심원"),
    ]
}

fn link(name: &str, why: Option<&str>) -> MoveLink {
    MoveLink {
        name: name.into(),
        href: "/desk/1/proceedings/1/panel/ready".into(),
        why: why.map(Message::new),
    }
}

fn ended(then: &str) -> Ended {
    Ended {
        as_what: text("양쪽이 받아들임"),
        at: at(2026, 10, 2, 11, 0),
        then: then.into(),
    }
}

/// A panel with one that runs, one that ended, and one that could begin.
pub fn panel_sample() -> Panel {
    let running = Row {
        name: "민원배심법정".into(),
        href: "/desk/1/proceedings/2".into(),
        step: "배심원단 구성".into(),
        due: Some(at(2026, 9, 29, 0, 0)),
        late: true,
        ended: None,
        moves: vec![
            link("시민 배심원 위촉", None),
            link("배심원단 구성 완료", Some("refusal-members_too_few")),
        ],
    };
    let done = Row {
        step: "이행 점검".into(),
        due: None,
        late: false,
        ended: Some(ended("")),
        moves: vec![],
        ..running.clone()
    };
    Panel {
        running: vec![running, done],
        openable: vec![Openable {
            name: "법률상담".into(),
            button: "법률상담 신청".into(),
            summary: "변호사가 서면으로 상담합니다.".into(),
            href: "/desk/1/proceedings/open/legal_counsel".into(),
        }],
    }
}

fn lot(drawn: bool) -> LotRow {
    LotRow {
        role: "시민 배심원".into(),
        candidates: 9,
        wanted: 4,
        commitment: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        committed_at: at(2026, 9, 20, 10, 0),
        drawn: drawn.then(|| DrawnRow {
            at: at(2026, 9, 21, 14, 0),
            word: "<b>봄바람</b> 7".into(),
            seed: "1b4f0e9851971998e732078544c96b36c3d01cedf7caa332359d6f1d83567014".into(),
            people: vec!["유가온".into(), "서마루".into()],
            href: "/desk/1/proceedings/2/lots/1/record".into(),
        }),
    }
}

fn steps(stages: [Stage; 4]) -> Vec<StepRow> {
    let names = ["안건 적합 여부 검토", "배심원단 구성", "심의", "이행 점검"];
    (names.into_iter().zip(stages).enumerate())
        .map(|(n, (name, stage))| StepRow {
            name: name.into(),
            stage,
            who: hands(),
            limit: (n != 3).then(|| Message::new("period-days").with("n", 7)),
            basis: if n == 0 {
                "시행령 제21조".into()
            } else {
                String::new()
            },
            no_limit: if n == 3 {
                "약속한 날마다 점검합니다.".into()
            } else {
                String::new()
            },
        })
        .collect()
}

/// One that runs as officials see it, one that has only begun, and one that ended as a citizen sees it.
pub fn whole_samples() -> Vec<(&'static str, Whole)> {
    let person = |id: &str, name: &str| Person::sample(id, name, "위원", "시민감사옴부즈만위원회");
    let promise = |no, state, word: Option<&str>| PromiseRow {
        no,
        unit: "도로시설과".into(),
        what: "보도를 다시 포장합니다.".into(),
        by: date(2026, 12, 31),
        state,
        word: word.map(|word| (word.to_owned(), at(2026, 10, 1, 9, 0))),
    };
    let running = Whole {
        name: "민원배심법정".into(),
        summary: "시민과 전문가가 함께 듣고 결정합니다.".into(),
        basis: "서울특별시 옴부즈만 관련 조례".into(),
        sure: false,
        official: true,
        step: "배심원단 구성".into(),
        hint: "전문가 1~3명과 시민 3~6명을 둡니다.".into(),
        who: hands(),
        opened_at: at(2026, 9, 15, 9, 0),
        since: at(2026, 9, 16, 9, 0),
        due: Some(at(2026, 9, 29, 0, 0)),
        late: true,
        no_limit: String::new(),
        prolonged: true,
        holds: true,
        waits: true,
        ended: None,
        offers: panel_sample().running.swap_remove(0).moves,
        steps: steps([Stage::Done, Stage::Now, Stage::Next, Stage::Next]),
        roles: vec![
            RoleRow {
                name: "전문가 배심원".into(),
                least: 1,
                most: 3,
                people: vec![person("e1", "조하람")],
            },
            RoleRow {
                name: "시민 배심원".into(),
                least: 3,
                most: 6,
                people: vec![],
            },
        ],
        lots: vec![lot(true), lot(false)],
        offer: Some(offer()),
        meetings: vec![
            MeetingRow {
                at: at(2026, 9, 25, 14, 0),
                place: "시청 3층 회의실".into(),
                lasts: Some(30),
                minutes: HOSTILE.into(),
            },
            MeetingRow {
                at: at(2026, 9, 28, 14, 0),
                place: "시청 3층 회의실".into(),
                lasts: None,
                minutes: String::new(),
            },
        ],
        vote: Some(VoteRow {
            yes: 4,
            no: 2,
            abstained: 1,
            carried: true,
        }),
        inquiries: vec![
            InquiryRow {
                no: 1,
                to: "가람경찰서".into(),
                what: "사고 기록".into(),
                asked_at: at(2026, 9, 17, 9, 0),
                reply_by: date(2026, 9, 24),
                reply: Some(("3건입니다.".into(), at(2026, 9, 22, 9, 0))),
            },
            InquiryRow {
                no: 2,
                to: "공원과".into(),
                what: "나무의 나이".into(),
                asked_at: at(2026, 9, 17, 9, 0),
                reply_by: date(2026, 9, 24),
                reply: None,
            },
        ],
        promises: vec![
            promise(1, Kept::Done, Some("다 하였습니다.")),
            promise(2, Kept::UnderWay, None),
            promise(3, Kept::GivenUp, Some("예산이 없습니다.")),
        ],
        story: Some([HOSTILE.into(), "보도의 폭".into(), "다시 포장한다.".into()]),
        tied: vec!["20260914-7K3F2-QD2XA".into()],
        moves: vec![
            MovedRow {
                at: at(2026, 9, 15, 9, 0),
                who: "민원인".into(),
                name: "민원배심법정 신청".into(),
                led: None,
                paper: None,
                rows: vec![["의견이 맞서는 점".into(), HOSTILE.into()]],
                facts: vec![],
                told: vec![],
            },
            MovedRow {
                at: at(2026, 9, 16, 9, 0),
                who: "시민감사옴부즈만위원회 홍보람".into(),
                name: "안건 채택".into(),
                led: Some(Message::new("proc-led-step").with("step", "배심원단 구성")),
                paper: Some(PaperLink {
                    title: "안건 채택 통지서".into(),
                    href: "/desk/1/proceedings/papers/7".into(),
                }),
                rows: vec![],
                facts: vec![
                    (Message::new("proc-fact-minuted"), "회의록".into()),
                    (Message::new("proc-fact-prolonged"), String::new()),
                ],
                told: vec!["민원배심법정에서 다루기로 하였습니다.".into()],
            },
        ],
    };
    let begun = Whole {
        late: false,
        due: None,
        no_limit: "기한이 없습니다.".into(),
        prolonged: false,
        holds: false,
        waits: false,
        sure: true,
        hint: String::new(),
        who: vec![],
        offers: vec![],
        roles: vec![],
        lots: vec![],
        offer: None,
        meetings: vec![],
        vote: running.vote.as_ref().map(|vote| VoteRow {
            carried: false,
            ..vote.clone()
        }),
        inquiries: vec![],
        promises: vec![],
        story: None,
        tied: vec![],
        ..running.clone()
    };
    let over = Whole {
        official: false,
        ended: Some(ended("")),
        due: None,
        steps: steps([Stage::Done, Stage::Done, Stage::Skipped, Stage::Done]),
        offers: vec![],
        vote: None,
        inquiries: vec![],
        ..running.clone()
    };
    let official_over = Whole {
        official: true,
        ended: Some(ended("답변에 결정 내용을 적습니다.")),
        ..over.clone()
    };
    vec![
        ("running", running),
        ("begun", begun),
        ("ended", over),
        ("ended, for officials", official_over),
    ]
}

fn group() -> Group {
    Group {
        name: "도로국".into(),
        choices: vec![Choice {
            value: "u1".into(),
            text: "도로시설과".into(),
        }],
    }
}

fn offer() -> OfferRow {
    OfferRow {
        starts: vec![at(2026, 9, 25, 14, 0), at(2026, 9, 25, 14, 30)],
        minutes: 30,
        place: "시청 3층 상담실".into(),
        host: Person::sample("o1", "유가온", "조사관", "시민감사옴부즈만위원회"),
    }
}

fn every_part() -> Vec<Vec<PartForm>> {
    let candidate = |value: &str, why: Option<&str>, chosen| CandidateRow {
        value: value.into(),
        person: Person::sample(value, "유가온", "위원", "시민감사옴부즈만위원회"),
        load: 2,
        why: why.map(Message::new),
        chosen,
    };
    let role = || "시민 배심원".to_owned();
    let row = |value: &str, words: &str, note: &str| [value.to_owned(), words.to_owned(), note.to_owned()];
    let appoint = |candidates, panel| PartForm::Appoint {
        role: role(),
        least: 3,
        most: 6,
        named: 1,
        panel,
        candidates,
    };
    vec![
        vec![appoint(
            vec![
                candidate("juror/1", None, true),
                candidate("juror/2", None, false),
                candidate("juror/3", Some("proc-why-partial"), false),
                candidate("juror/4", Some("proc-why-member"), false),
                candidate("juror/5", Some("proc-why-released"), false),
            ],
            7,
        )],
        vec![appoint(vec![], 0), PartForm::Prolong { due: None }],
        vec![
            PartForm::Release {
                role: role(),
                members: vec![row("juror/1", "유가온", "시민감사옴부즈만위원회")],
            },
            PartForm::Meet,
            PartForm::Prolong {
                due: Some(at(2026, 9, 29, 0, 0)),
            },
        ],
        vec![
            PartForm::Release {
                role: role(),
                members: vec![],
            },
            PartForm::CommitLot {
                role: role(),
                candidates: vec!["유가온".into(), "서마루".into()],
                most: 6,
                named: 2,
            },
        ],
        vec![
            PartForm::DrawLot {
                lot: Some(lot(false)),
                candidates: vec!["유가온".into()],
            },
            PartForm::Minutes {
                meeting: Some((at(2026, 9, 25, 14, 0), "시청".into())),
            },
            PartForm::Vote { members: 7 },
        ],
        vec![
            PartForm::DrawLot {
                lot: None,
                candidates: vec![],
            },
            PartForm::Minutes { meeting: None },
        ],
        vec![
            PartForm::Inquire,
            PartForm::Reply {
                inquiries: vec![row("1", "가람경찰서", "사고 기록")],
            },
            PartForm::Tie,
        ],
        vec![
            PartForm::Offer {
                days: vec![["hour_day_1", "hour_times_1"], ["hour_day_2", "hour_times_2"]],
                busy: vec![(at(2026, 9, 25, 14, 0), at(2026, 9, 25, 14, 30))],
                most: 12,
            },
            PartForm::Book {
                hours: vec![
                    ("1".into(), at(2026, 9, 25, 14, 0)),
                    ("2".into(), at(2026, 9, 25, 14, 30)),
                ],
                offer: Some(offer()),
            },
            PartForm::Cancel {
                meeting: Some((at(2026, 9, 25, 14, 0), "시청".into())),
            },
        ],
        vec![
            PartForm::Offer {
                days: vec![],
                busy: vec![],
                most: 12,
            },
            PartForm::Book {
                hours: vec![],
                offer: None,
            },
            PartForm::Cancel { meeting: None },
            PartForm::Survey {
                name: "만족도".into(),
                questions: vec![
                    ["mark_1".into(), "공정하였습니까?".into()],
                    ["mark_2".into(), "알기 쉬웠습니까?".into()],
                ],
                marks: vec![
                    ["1".into(), "1점 — 매우 불만족".into()],
                    ["2".into(), "2점".into()],
                    ["5".into(), "5점 — 매우 만족".into()],
                ],
            },
        ],
        vec![
            PartForm::Reply { inquiries: vec![] },
            PartForm::FollowUp { promises: vec![] },
        ],
        vec![
            PartForm::Promise { units: vec![group()] },
            PartForm::FollowUp {
                promises: vec![row("1", "다시 포장합니다.", "도로시설과, 2026. 12. 31.")],
            },
            PartForm::Publish,
        ],
    ]
}

/// The form that begins a track, one for each part, one that is not possible, and one that was refused.
pub fn form_samples() -> Vec<(&'static str, MoveForm)> {
    let beginning = MoveForm {
        name: "민원배심법정 신청".into(),
        track: "민원배심법정".into(),
        mark: "jury_court.1".into(),
        step: String::new(),
        step_hint: String::new(),
        hint: String::new(),
        summary: "시민과 전문가가 함께 듣고 결정합니다.".into(),
        basis: "서울특별시 옴부즈만 관련 조례".into(),
        sure: false,
        leads: Message::new("proc-led-step").with("step", "안건 적합 여부 검토"),
        paper: String::new(),
        needs: vec![],
        blocked: None,
        refused: None,
        sheet: Some(Sheet {
            sections: Sheet::sample().sections.into_iter().take(1).collect(),
            ..Sheet::sample()
        }),
        parts: vec![],
        told: vec![],
        action: "/desk/1/proceedings/open/jury_court".into(),
        back: "/desk/cases/1".into(),
        key: "0f".repeat(16),
        max: 50_000,
        form: Filled::default(),
    };
    let step = MoveForm {
        step: "배심원단 구성".into(),
        step_hint: "전문가 1~3명과 시민 3~6명을 둡니다.".into(),
        hint: "나중에 바꿀 수 없습니다.".into(),
        summary: String::new(),
        basis: String::new(),
        sure: true,
        leads: Message::new("proc-led-stays"),
        paper: "안건 부적합 통지서".into(),
        needs: vec![
            NeedRow {
                what: Message::new("need-members").with("role", "시민 배심원"),
                met: false,
            },
            NeedRow {
                what: Message::new("need-minutes"),
                met: true,
            },
        ],
        sheet: None,
        told: vec![Told {
            who: hands(),
            text: "배심원단이 정해졌습니다.".into(),
        }],
        action: "/desk/1/proceedings/2/panel/name_juror".into(),
        back: "/desk/1/proceedings/2".into(),
        ..beginning.clone()
    };
    let blocked = MoveForm {
        blocked: Some(Message::new("refusal-members_too_few")),
        leads: Message::new("proc-led-end").with("end", "안건 부적합"),
        ..step.clone()
    };
    let refused = MoveForm {
        refused: Some(Message::new("refusal-moved_on")),
        parts: vec![PartForm::Minutes { meeting: None }],
        form: Filled::of(&[("minutes", "</textarea><b>회의록</b>")]).wrong(
            "minutes",
            Message::new("error-line").with("field", "@part-minutes"),
        ),
        ..step.clone()
    };
    let parts = every_part().into_iter().map(|parts| {
        let view = MoveForm {
            parts,
            paper: String::new(),
            ..step.clone()
        };
        ("a part", view)
    });
    [
        ("beginning", beginning),
        ("blocked", blocked),
        ("refused", refused),
    ]
    .into_iter()
    .chain(parts)
    .collect()
}

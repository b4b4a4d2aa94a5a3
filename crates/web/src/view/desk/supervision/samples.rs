//! 감독 화면의 보기 — each page of supervision with every face it has.

use super::{
    Bars, Candidate, Delays, Finding, FindingRow, ItemRow, LetterRow, Letters, Month, Months, OpenRow,
    Outcome, Speed, SpeedRow, Told, Unit,
};
use crate::view::{
    Filled, Message, Paging, View,
    desk::{Bar, Here, at, endless, list::sample_row},
};
use domain::{
    inspection::{Ground, Stand, Weight},
    refusal::Refusal,
};
use jiff::civil::date;

fn bar() -> Bar {
    Bar {
        here: Here::Supervision,
        approvals: 2,
    }
}

fn open_row(name: &str, overdue: u64) -> OpenRow {
    OpenRow {
        name: name.into(),
        open: 1_204,
        overdue,
        today: 12,
        tomorrow: 7,
        sent_back: 3,
        oldest: (overdue > 0).then(|| at(2026, 9, 2, 0, 0)),
    }
}

fn speed_row(name: &str, cases: u64, late: u64) -> SpeedRow {
    SpeedRow {
        name: name.into(),
        cases,
        late,
        open_late: 1,
        delayed: "3.1".into(),
        kept: "96.9".into(),
        index: "62.0".into(),
    }
}

fn trend() -> Vec<Bars> {
    let months = (1..=12).map(|n| (format!("2026-{n:02}"), speed_row("", n * 37, n)));
    Bars::draw(months.collect())
}

fn candidate(n: u8) -> Candidate {
    Candidate {
        id: format!("{n:032x}"),
        row: sample_row(),
        chosen: n == 1,
    }
}

impl View for Delays {
    const TEMPLATE: &'static str = "desk/supervision/delays.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |own, units, letters| Delays {
            bar: bar(),
            own,
            total: open_row("", 15),
            units,
            trend: trend(),
            letters,
            as_of: at(2026, 9, 14, 10, 0),
        };
        let unit = |name: &str, overdue| Unit {
            whole: open_row(name, overdue),
            people: vec![open_row("배도담", overdue), open_row("담당자 없음", 0)],
        };
        vec![
            (
                "examiner",
                page(
                    false,
                    vec![unit("도로시설과", 15), unit("감사담당관", 0)],
                    Some(15),
                ),
            ),
            ("own", page(true, vec![unit(&endless(), 1)], None)),
            ("nothing", page(true, Vec::new(), None)),
        ]
    }
}

impl View for Speed {
    const TEMPLATE: &'static str = "desk/supervision/speed.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |own, units| Speed {
            bar: bar(),
            own,
            month: "2026-08".into(),
            months: vec!["2026-09".into(), "2026-08".into()],
            part: "statutory".into(),
            total: speed_row("", 444, 12),
            units,
            trend: trend(),
            form: Filled::of(&[("month", "2026-08"), ("part", "statutory")]),
        };
        let unit = Unit {
            whole: speed_row("도로시설과", 444, 12),
            people: vec![speed_row("배도담", 444, 12)],
        };
        vec![
            ("examiner", page(false, vec![unit])),
            ("nothing", page(true, Vec::new())),
        ]
    }
}

impl View for Letters {
    const TEMPLATE: &'static str = "desk/supervision/letters.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let sent = LetterRow {
            number: "2026-15".into(),
            at: at(2026, 9, 14, 10, 0),
            to: "한혜담".into(),
            reply_by: Some(date(2026, 9, 17)),
            lapsed: true,
            received_at: None,
            replied_at: None,
            cause: String::new(),
            planned: None,
            row: sample_row(),
        };
        let replied = LetterRow {
            lapsed: false,
            received_at: Some(at(2026, 9, 14, 11, 0)),
            replied_at: Some(at(2026, 9, 15, 11, 0)),
            cause: "fact_finding".into(),
            planned: Some(date(2026, 9, 18)),
            ..sent.clone()
        };
        let page = |issues, outcome| Letters {
            bar: bar(),
            issues,
            dunning: if issues {
                vec![candidate(1), candidate(2)]
            } else {
                Vec::new()
            },
            dunning_more: issues,
            advance: if issues { vec![candidate(3)] } else { Vec::new() },
            advance_more: issues,
            form: Filled::of(&[("reply_by", "2026-09-17")]),
            key: "k".into(),
            outcome,
            sent: vec![sent.clone(), replied.clone()],
            paging: Paging {
                older: Some("1-a-2".into()),
                newer: None,
            },
        };
        let outcome = Outcome {
            asked: 51,
            done: 50,
            refused: vec![(
                "20260914-7K3F2-QD2XA".into(),
                Refusal::NotOverdue,
                "제28조제2항".into(),
            )],
        };
        let wrong = Letters {
            form: Filled::of(&[("reply_by", "내일")])
                .wrong("reply_by", Message::new("error-date-form"))
                .wrong("chosen-dunning", Message::new("sv-error-nothing-chosen")),
            ..page(true, None)
        };
        let empty = Letters {
            dunning: Vec::new(),
            advance: Vec::new(),
            sent: Vec::new(),
            ..page(true, None)
        };
        vec![
            ("examiner", page(true, None)),
            ("issued", page(true, Some(outcome))),
            ("wrong", wrong),
            ("handler", page(false, None)),
            ("nothing", empty),
        ]
    }
}

impl View for Months {
    const TEMPLATE: &'static str = "desk/supervision/months.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |months| Months { bar: bar(), months };
        vec![
            ("two", page(vec!["2026-08".into(), "2026-07".into()])),
            ("none", page(Vec::new())),
        ]
    }
}

fn finding_row(no: u32, weight: Weight, stand: Stand) -> FindingRow {
    FindingRow {
        no,
        weight,
        stand,
        unit: "도로시설과".into(),
        at: at(2026, 9, 3, 14, 0),
        text: "지연 경위를 밝히고 재발 방지 대책을 세울 것 <b>".into(),
        reply_by: (weight == Weight::Order).then_some(date(2026, 9, 10)),
    }
}

fn told() -> Vec<Told> {
    vec![Told {
        at: at(2026, 9, 1, 0, 1),
        who: "시스템".into(),
        what: Message::new("sv-event-drawn").with("n", 12),
        note: "현장 확인이 늦었습니다. <script>".into(),
    }]
}

impl View for Month {
    const TEMPLATE: &'static str = "desk/supervision/month.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let item = |row| ItemRow {
            unit: "도로시설과".into(),
            ground: Ground::Late,
            clause: Ground::Late.clause().into(),
            row,
        };
        let page = Month {
            bar: bar(),
            month: "2026-08".into(),
            examiner: true,
            units: vec![("a".repeat(32), "도로시설과".into())],
            drawn: Some((at(2026, 9, 1, 0, 1), date(2026, 9, 5))),
            board: vec![speed_row("도로시설과", 444, 12)],
            published: None,
            sent: None,
            items: vec![item(Some(sample_row())), item(None)],
            findings: vec![
                finding_row(1, Weight::Order, Stand::Awaited),
                finding_row(2, Weight::Remark, Stand::Noted),
            ],
            closed: None,
            told: told(),
            holds: true,
            form: Filled::of(&[("staff_text", "[한빛특별시 민원] 2026년 8월 민원 처리 현황")]),
            refused: None,
            key: "k".into(),
        };
        let after = Month {
            published: Some(at(2026, 9, 2, 9, 0)),
            sent: Some((at(2026, 9, 2, 9, 5), "안내문자 <b>".into(), 277)),
            closed: Some(at(2026, 9, 20, 9, 0)),
            holds: false,
            ..page.clone()
        };
        let everybody = Month {
            examiner: false,
            units: Vec::new(),
            items: Vec::new(),
            findings: Vec::new(),
            told: Vec::new(),
            ..after.clone()
        };
        let refused = Month {
            refused: Some((Refusal::OrdersOpen, "제22조".into())),
            form: Filled::of(&[("find_text", "늦음")]).wrong(
                "find_unit",
                Message::new("error-choice").with("field", "@desk-unit"),
            ),
            ..page.clone()
        };
        let early = Month {
            board: Vec::new(),
            items: Vec::new(),
            findings: Vec::new(),
            drawn: None,
            ..page.clone()
        };
        vec![
            ("examiner", page),
            ("after", after),
            ("everybody", everybody),
            ("refused", refused),
            ("early", early),
        ]
    }
}

impl View for Finding {
    const TEMPLATE: &'static str = "desk/supervision/finding.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |stand, replies, judges| Finding {
            bar: bar(),
            month: "2026-08".into(),
            finding: finding_row(1, Weight::Order, stand),
            petition: Some("20260914-7K3F2-QD2XA".into()),
            told: told(),
            replies,
            judges,
            form: Filled::default(),
            refused: None,
            key: "k".into(),
        };
        let refused = Finding {
            refused: Some((Refusal::ReplyInPast, "제28조제2항".into())),
            form: Filled::of(&[("text", "다시")]).wrong("reply_by", Message::new("error-date-form")),
            ..page(Stand::Replied, false, true)
        };
        vec![
            ("reply", page(Stand::Awaited, true, false)),
            ("judge", page(Stand::Replied, false, true)),
            ("refused", refused),
            ("look", page(Stand::Settled, false, false)),
        ]
    }
}

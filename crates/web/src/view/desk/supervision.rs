//! 감독 화면 — delay board, speed index, letters, and the examiner's months (영 제22조, 제28조; 계획 Ⅳ-2).

use super::{Bar, Here, at, endless, list::Row};
use crate::view::{Filled, Message, Paging, View};
use domain::{
    inspection::{Ground, Stand, Weight},
    refusal::Refusal,
    time::At,
};
use jiff::civil::{Date, date};
use serde::Serialize;

/// What is open with a department or a person.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OpenRow {
    /// Whose.
    pub name: String,
    /// Open.
    pub open: u64,
    /// 기한 경과
    pub overdue: u64,
    /// 오늘까지
    pub today: u64,
    /// 다음 근무일까지
    pub tomorrow: u64,
    /// 재배부 요청 횟수
    pub sent_back: u64,
    /// The oldest due date that has passed.
    pub oldest: Option<At>,
}

/// How fast a department or a person was; figures as they are shown, “–” where there is none.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SpeedRow {
    /// Whose.
    pub name: String,
    /// 처리
    pub cases: u64,
    /// 지연 처리
    pub late: u64,
    /// 월말 기한 경과
    pub open_late: u64,
    /// 지연율(%)
    pub delayed: String,
    /// 준수율(%)
    pub kept: String,
    /// 스피드지수
    pub index: String,
}

/// A department with its people.
#[derive(Debug, Clone, Serialize)]
pub struct Unit<T> {
    /// The department together.
    pub whole: T,
    /// Its people.
    pub people: Vec<T>,
}

/// One month of a chart: its numbers, and its bars in the units of the drawing.
#[derive(Debug, Clone, Serialize)]
pub struct Bars {
    /// “2026-06”
    pub month: String,
    /// “6”
    pub label: String,
    /// The numbers.
    pub row: SpeedRow,
    /// Left edge.
    pub x: u64,
    /// Top and height of all that was handled.
    pub all: (u64, u64),
    /// Top and height of what was handled late.
    pub late: (u64, u64),
}

/// The height of a chart.
const TALL: u64 = 150;
/// The distance of its bars.
const STEP: u64 = 56;

impl Bars {
    /// The bars of these months, the highest as tall as the chart.
    pub fn draw(months: Vec<(String, SpeedRow)>) -> Vec<Bars> {
        let most = months.iter().map(|(_, row)| row.cases).max().unwrap_or(0).max(1);
        let high = |n: u64| (n * TALL).div_ceil(most);
        (months.into_iter().zip(0..))
            .map(|((month, row), n)| Bars {
                label: (month.split_once('-'))
                    .map_or_else(String::new, |(_, m)| m.trim_start_matches('0').to_owned()),
                x: 12 + n * STEP,
                all: (10 + TALL - high(row.cases), high(row.cases)),
                late: (10 + TALL - high(row.late), high(row.late)),
                month,
                row,
            })
            .collect()
    }
}

/// 지연 현황판.
#[derive(Debug, Clone, Serialize)]
pub struct Delays {
    /// The menu.
    pub bar: Bar,
    /// Whether the figures are one's own alone.
    pub own: bool,
    /// Everything seen.
    pub total: OpenRow,
    /// By department.
    pub units: Vec<Unit<OpenRow>>,
    /// The last months.
    pub trend: Vec<Bars>,
    /// Letters that are proposed, for those who issue them.
    pub letters: Option<u64>,
    /// As of.
    pub as_of: At,
}

/// 스피드지수.
#[derive(Debug, Clone, Serialize)]
pub struct Speed {
    /// The menu.
    pub bar: Bar,
    /// Whether the figures are one's own alone.
    pub own: bool,
    /// “2026-06”
    pub month: String,
    /// Months to choose from.
    pub months: Vec<String>,
    /// `statutory`, `everyday` or `all`.
    pub part: String,
    /// Everything seen.
    pub total: SpeedRow,
    /// By department.
    pub units: Vec<Unit<SpeedRow>>,
    /// The twelve months up to this one.
    pub trend: Vec<Bars>,
    /// The form's values.
    pub form: Filled,
}

/// A petition a letter is proposed for.
#[derive(Debug, Clone, Serialize)]
pub struct Candidate {
    /// Its identity, for the form.
    pub id: String,
    /// Its line.
    pub row: Row,
    /// Whether it is ticked.
    pub chosen: bool,
}

/// A dunning letter as it stands.
#[derive(Debug, Clone, Serialize)]
pub struct LetterRow {
    /// 독촉장 번호
    pub number: String,
    /// When it was issued.
    pub at: At,
    /// To whom.
    pub to: String,
    /// 회신기한
    pub reply_by: Option<Date>,
    /// Whether that day has passed without a reply.
    pub lapsed: bool,
    /// 수령 확인
    pub received_at: Option<At>,
    /// 회신
    pub replied_at: Option<At>,
    /// 지연 사유, keyed `delay-<code>`; empty without a reply.
    pub cause: String,
    /// 처리 예정일
    pub planned: Option<Date>,
    /// The petition.
    pub row: Row,
}

/// What came of issuing letters.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// How many were asked for.
    pub asked: u64,
    /// How many were issued.
    pub done: u64,
    /// Which were not, and why: 신청번호, refusal, clause.
    pub refused: Vec<(String, Refusal, String)>,
}

/// 예고장·독촉장.
#[derive(Debug, Clone, Serialize)]
pub struct Letters {
    /// The menu.
    pub bar: Bar,
    /// Whether one issues letters.
    pub issues: bool,
    /// Proposed for a 독촉장, and whether there are more.
    pub dunning: Vec<Candidate>,
    /// Whether there are more of those.
    pub dunning_more: bool,
    /// Proposed for a 예고장.
    pub advance: Vec<Candidate>,
    /// Whether there are more of those.
    pub advance_more: bool,
    /// The form as it was left.
    pub form: Filled,
    /// What makes a repeat the same call.
    pub key: String,
    /// What came of the last form.
    pub outcome: Option<Outcome>,
    /// Letters issued, newest first.
    pub sent: Vec<LetterRow>,
    /// Paging of those.
    pub paging: Paging,
}

/// The months.
#[derive(Debug, Clone, Serialize)]
pub struct Months {
    /// The menu.
    pub bar: Bar,
    /// Newest first.
    pub months: Vec<String>,
}

/// A line of the list of inspection.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// 부서
    pub unit: String,
    /// Why: words keyed `sv-ground-<code>`.
    pub ground: Ground,
    /// The clause.
    pub clause: String,
    /// The petition, where it may be opened.
    pub row: Option<Row>,
}

/// 지적 또는 시정 요구 in a list.
#[derive(Debug, Clone, Serialize)]
pub struct FindingRow {
    /// Number within the month.
    pub no: u32,
    /// 지적, 시정 요구
    pub weight: Weight,
    /// Where it stands.
    pub stand: Stand,
    /// 부서
    pub unit: String,
    /// When it was made.
    pub at: At,
    /// What was found.
    pub text: String,
    /// 회신기한
    pub reply_by: Option<Date>,
}

/// One entry of a month's history.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// When.
    pub at: At,
    /// Who.
    pub who: String,
    /// What.
    pub what: Message,
    /// What was written; empty if nothing.
    pub note: String,
}

/// 심사관의 한 달.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// The menu.
    pub bar: Bar,
    /// “2026-06”
    pub month: String,
    /// Whether the one who looks is the examiner.
    pub examiner: bool,
    /// Departments a finding may be made about: value and name.
    pub units: Vec<(String, String)>,
    /// When the list was drawn up, and by when it is to be inspected.
    pub drawn: Option<(At, Date)>,
    /// The board: as published, or for the examiner as the facts give it.
    pub board: Vec<SpeedRow>,
    /// When it was published.
    pub published: Option<At>,
    /// When the text was sent, the text, and to how many.
    pub sent: Option<(At, String, u32)>,
    /// The list.
    pub items: Vec<ItemRow>,
    /// Findings and orders.
    pub findings: Vec<FindingRow>,
    /// When the month was closed.
    pub closed: Option<At>,
    /// The history.
    pub told: Vec<Told>,
    /// Whether the chain of its journal holds.
    pub holds: bool,
    /// The forms as they were left.
    pub form: Filled,
    /// Why the last act was refused.
    pub refused: Option<(Refusal, String)>,
    /// What makes a repeat the same call.
    pub key: String,
}

/// One finding with what may be done about it.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// The menu.
    pub bar: Bar,
    /// “2026-06”
    pub month: String,
    /// The finding.
    pub finding: FindingRow,
    /// The petition it is about.
    pub petition: Option<String>,
    /// What was said and replied, oldest first.
    pub told: Vec<Told>,
    /// Whether one replies.
    pub replies: bool,
    /// Whether one judges the reply.
    pub judges: bool,
    /// The form as it was left.
    pub form: Filled,
    /// Why it was refused.
    pub refused: Option<(Refusal, String)>,
    /// What makes a repeat the same call.
    pub key: String,
}

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
        row: super::list::sample_row(),
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
            row: super::list::sample_row(),
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
            items: vec![item(Some(super::list::sample_row())), item(None)],
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

//! 민원 한 건 — the time line in plain words, the answer, the papers, and why it is due on that day.

use super::{
    at,
    filing::FileRow,
    mine::{PetitionRow, Status},
    sheet::Part,
};
use crate::view::{
    Message, View,
    proceeding::{Panel, panel_sample},
    shared::Shares,
};
use domain::time::At;
use jiff::civil::{Date, date};
use serde::Serialize;

/// How a step of the time line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It has happened.
    Done,
    /// It is happening.
    Now,
    /// It will happen.
    ToCome,
}

/// One step of the time line.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// How it stands.
    pub stage: Stage,
    /// When; `None` for what is to come.
    pub at: Option<At>,
    /// What happened, in plain words.
    pub what: Message,
    /// What people wrote about it; empty if nothing.
    pub note: String,
}

/// The official in charge: their name stands on every notice (영 제31조).
#[derive(Debug, Clone, Serialize)]
pub struct Handler {
    /// 부서.
    pub unit: String,
    /// 성명.
    pub name: String,
    /// 연락처.
    pub phone: String,
}

/// What waits for the citizen or is open to them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Acts {
    /// 보완: by when.
    pub supplement: Option<At>,
    /// 보완 기한 연장: how often it may still be asked for.
    pub supplement_time: u32,
    /// 연장 동의: to when.
    pub consent: Option<At>,
    /// 취하.
    pub withdraw: bool,
    /// 만족도 평가.
    pub rate: bool,
    /// 내용 변경·추가 제출.
    pub amend: bool,
    /// 이의신청: until when, if the result was received on the day it was sent.
    pub objection: Option<At>,
    /// 추가답변 요청.
    pub further: bool,
}

/// The answer.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// When it was sent.
    pub at: At,
    /// Outcome: a key of the translation files, “outcome-…”.
    pub outcome: Message,
    /// 문서번호.
    pub document: String,
    /// What it says.
    pub text: String,
    /// Why, and what can be done against it; empty unless refused (법 제27조제3항).
    pub remedies: String,
}

/// A satisfaction score already given.
#[derive(Debug, Clone, Serialize)]
pub struct Rating {
    /// 1–5.
    pub score: u8,
    /// What was said; may be empty.
    pub comment: String,
}

/// 민원 한 건.
#[derive(Debug, Clone, Serialize)]
pub struct PetitionPage {
    /// Number, title, status, dates.
    pub row: PetitionRow,
    /// 접수번호.
    pub reception: Option<String>,
    /// The service's name.
    pub service: Option<String>,
    /// Its kind.
    pub kind: String,
    /// 내용.
    pub body: String,
    /// 장소; may be empty.
    pub place: String,
    /// The typed form as filled in; empty where there was none.
    pub parts: Vec<Part>,
    /// 공개 여부.
    pub public: bool,
    /// 첨부.
    pub files: Vec<FileRow>,
    /// The due moment at reception, where it has moved since.
    pub original_due: Option<At>,
    /// Who is in charge.
    pub handler: Option<Handler>,
    /// Oldest first; what is to come last.
    pub steps: Vec<Step>,
    /// Papers to download: filing, receipt, result.
    pub papers: Vec<String>,
    /// What may be done.
    pub acts: Acts,
    /// The answer.
    pub answer: Option<Answer>,
    /// Whether that answer was given to a petition this one was merged into.
    pub together: bool,
    /// The score already given.
    pub rating: Option<Rating>,
    /// 행정정보 공동이용; empty where nothing is shared and nothing could be.
    pub shares: Shares,
    /// 특별절차.
    pub proceedings: Panel,
}

impl View for PetitionPage {
    const TEMPLATE: &'static str = "citizen/petition.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |status: Status| PetitionRow {
            number: "2026-000123".into(),
            title: "가로등이 꺼져 있습니다".into(),
            status,
            tone: status.tone(),
            filed_at: at(2026, 11, 20, 10, 5),
            due_at: matches!(status, Status::Handling | Status::Supplement | Status::Consent)
                .then(|| at(2026, 12, 3, 0, 0)),
            your_turn: matches!(status, Status::Supplement | Status::Consent),
        };
        let step = |stage, when: Option<At>, key: &str| Step {
            stage,
            at: when,
            what: Message::new(key),
            note: String::new(),
        };
        let filed = PetitionPage {
            row: row(Status::Filed),
            reception: None,
            service: None,
            kind: "free".into(),
            body: "밤길이 어둡습니다.\n\n고쳐 주시기 바랍니다.".into(),
            place: String::new(),
            parts: vec![],
            public: false,
            files: vec![],
            original_due: None,
            handler: None,
            steps: vec![
                step(Stage::Now, Some(at(2026, 11, 20, 10, 5)), "step-filed"),
                step(Stage::ToCome, None, "step-received"),
                step(Stage::ToCome, None, "step-answered"),
            ],
            papers: vec!["filing".into()],
            acts: Acts {
                withdraw: true,
                amend: true,
                ..Acts::default()
            },
            answer: None,
            together: false,
            rating: None,
            shares: Shares::default(),
            proceedings: Panel::default(),
        };
        let handling = PetitionPage {
            row: row(Status::Handling),
            reception: Some("2026-시민봉사담당관-00456".into()),
            service: Some("도로점용 허가".into()),
            kind: "statutory".into(),
            place: "한빛로 12".into(),
            public: true,
            shares: Shares::sample(),
            files: vec![FileRow {
                id: "f1".into(),
                name: "현장 사진.jpg".into(),
                size: 1_500_000,
                cleaned: true,
                standing: Some("infected"),
            }],
            original_due: Some(at(2026, 12, 1, 0, 0)),
            handler: Some(Handler {
                unit: "도로관리과".into(),
                name: "이다온".into(),
                phone: "02-2133-0000".into(),
            }),
            steps: vec![
                step(Stage::Done, Some(at(2026, 11, 20, 10, 5)), "step-filed"),
                step(Stage::Done, Some(at(2026, 11, 20, 11, 0)), "step-received"),
                Step {
                    what: Message::new("step-designated").with("unit", "도로관리과"),
                    note: "현장을 먼저 확인하겠습니다.".into(),
                    ..step(Stage::Now, Some(at(2026, 11, 20, 14, 0)), "step-received")
                },
                step(Stage::ToCome, None, "step-answered"),
            ],
            papers: vec!["filing".into(), "receipt".into()],
            ..filed.clone()
        };
        let supplement = PetitionPage {
            row: row(Status::Supplement),
            acts: Acts {
                supplement: Some(at(2026, 11, 30, 0, 0)),
                supplement_time: 2,
                withdraw: true,
                ..Acts::default()
            },
            ..handling.clone()
        };
        let consent = PetitionPage {
            row: row(Status::Consent),
            acts: Acts {
                consent: Some(at(2026, 12, 12, 0, 0)),
                withdraw: true,
                ..Acts::default()
            },
            proceedings: panel_sample(),
            ..handling.clone()
        };
        let answered = PetitionPage {
            parts: super::sheet::parts_sample(),
            row: row(Status::Answered),
            answer: Some(Answer {
                at: at(2026, 11, 27, 16, 20),
                outcome: Message::new("outcome-refused"),
                document: "도로관리과-16175".into(),
                text: "1. 귀하의 민원을 검토하였습니다.\n2. 점용은 허가하기 어렵습니다.".into(),
                remedies: "이 처분을 받은 날부터 60일 이내에 이의신청을 하실 수 있습니다.".into(),
            }),
            papers: vec!["filing".into(), "receipt".into(), "result".into()],
            acts: Acts {
                rate: true,
                objection: Some(at(2027, 1, 27, 0, 0)),
                further: true,
                ..Acts::default()
            },
            ..handling.clone()
        };
        let rated = PetitionPage {
            rating: Some(Rating {
                score: 4,
                comment: "친절하셨습니다.".into(),
            }),
            acts: Acts::default(),
            answer: answered.answer.clone().map(|a| Answer {
                outcome: Message::new("outcome-answered"),
                remedies: String::new(),
                ..a
            }),
            ..answered.clone()
        };
        let others = Status::ALL.map(|status| {
            (
                "a status",
                PetitionPage {
                    row: row(status),
                    ..filed.clone()
                },
            )
        });
        [
            ("filed", filed),
            ("handling", handling),
            ("supplement", supplement),
            ("consent", consent),
            ("answered", answered),
            ("rated", rated),
        ]
        .into_iter()
        .chain(others)
        .collect()
    }
}

/// How a day counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// 산입
    Counted,
    /// 토·일요일
    Rest,
    /// 공휴일
    Holiday,
    /// 불산입
    Uncounted,
    /// 처리기한인 날
    Due,
    /// Before the period or after it.
    Outside,
}

/// One day of the trace.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// How it counts.
    pub counts: Counts,
    /// The how-manieth day of the period it is.
    pub nth: Option<u32>,
    /// The holiday's name or the ground; empty if there is nothing to say.
    pub note: String,
}

/// One month as a table; weeks begin on Sunday, cells outside the month are empty.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// The month's first day.
    pub first: Date,
    /// Weeks of seven cells.
    pub weeks: Vec<Vec<Option<Day>>>,
}

/// Lays days out into months; days of a month that are not given stand outside the period.
pub fn months(days: &[Day]) -> Vec<Month> {
    let mut firsts: Vec<Date> = days.iter().map(|day| day.date.first_of_month()).collect();
    firsts.sort_unstable();
    firsts.dedup();
    let month = |first: Date| {
        let lead = usize::from(first.weekday().to_sunday_zero_offset().unsigned_abs());
        let mut cells: Vec<Option<Day>> = vec![None; lead];
        let mut date = first;
        while date.month() == first.month() && date.year() == first.year() {
            let given = days.iter().find(|day| day.date == date).cloned();
            cells.push(Some(given.unwrap_or(Day {
                date,
                counts: Counts::Outside,
                nth: None,
                note: String::new(),
            })));
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        cells.resize(cells.len().next_multiple_of(7), None);
        Month {
            first,
            weeks: cells.chunks(7).map(<[_]>::to_vec).collect(),
        }
    };
    firsts.into_iter().map(month).collect()
}

/// A stretch of the trace, for those who would rather read than look.
#[derive(Debug, Clone, Serialize)]
pub struct Stretch {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Whether it counts, and why.
    pub why: Message,
    /// The clause.
    pub clause: String,
}

/// 왜 이 날짜입니까? — the due date with its trace.
#[derive(Debug, Clone, Serialize)]
pub struct DueDay {
    /// 신청번호.
    pub number: String,
    /// 제목.
    pub title: String,
    /// When it was received.
    pub received_at: At,
    /// 처리기간.
    pub period: Message,
    /// 처리기한: the first instant that is late.
    pub due_at: At,
    /// The calendar.
    pub months: Vec<Month>,
    /// The same as a list.
    pub stretches: Vec<Stretch>,
}

impl View for DueDay {
    const TEMPLATE: &'static str = "citizen/due_day.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let day = |d: i8, counts, nth, note: &str| Day {
            date: date(2026, 5, d),
            counts,
            nth,
            note: note.into(),
        };
        let days = [
            day(20, Counts::Counted, Some(1), ""),
            day(21, Counts::Counted, Some(2), ""),
            day(22, Counts::Uncounted, None, "보완"),
            day(23, Counts::Rest, None, ""),
            day(24, Counts::Holiday, None, "부처님오신날"),
            day(25, Counts::Holiday, None, "대체공휴일"),
            day(26, Counts::Counted, Some(3), ""),
            day(27, Counts::Counted, Some(4), ""),
            day(28, Counts::Counted, Some(5), ""),
            day(29, Counts::Due, Some(6), ""),
        ];
        let stretch = |from, to, key: &str, clause: &str| Stretch {
            from: date(2026, 5, from),
            to: date(2026, 5, to),
            why: Message::new(key),
            clause: clause.into(),
        };
        let full = DueDay {
            number: "2026-000123".into(),
            title: "가로등이 꺼져 있습니다".into(),
            received_at: at(2026, 5, 20, 10, 0),
            period: Message::new("period-days").with("n", 6),
            due_at: at(2026, 5, 30, 0, 0),
            months: months(&days),
            stretches: vec![
                stretch(20, 21, "why-counted", "법 제19조제2항"),
                stretch(22, 22, "why-supplement", "행정절차법 시행령 제11조제1호"),
                stretch(23, 25, "why-rest", "법 제19조제2항"),
                stretch(26, 29, "why-counted", "법 제19조제2항"),
            ],
        };
        vec![
            ("six days", full.clone()),
            (
                "hours",
                DueDay {
                    months: vec![],
                    stretches: vec![],
                    period: Message::new("period-hours").with("n", 3),
                    ..full
                },
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_whole_and_its_weeks_begin_on_sunday() {
        let day = Day {
            date: date(2026, 5, 20),
            counts: Counts::Due,
            nth: Some(1),
            note: String::new(),
        };
        let months = months(&[day]);
        assert_eq!(months.len(), 1);
        assert!(months[0].weeks.iter().all(|week| week.len() == 7));
        // 2026-05-01 is a Friday.
        assert!(months[0].weeks[0][4].is_none());
        assert_eq!(
            months[0].weeks[0][5].as_ref().map(|d| d.date),
            Some(date(2026, 5, 1))
        );
        let cells: Vec<_> = months[0].weeks.iter().flatten().flatten().collect();
        assert_eq!(cells.len(), 31);
        assert_eq!(cells.iter().filter(|d| d.counts == Counts::Due).count(), 1);
    }
}

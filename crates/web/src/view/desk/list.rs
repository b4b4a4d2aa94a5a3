//! 목록 — the work list in the order of due times, search, and the approval inbox.

use super::follow::FilterForm;
use super::{Bar, Count, Flag, HOSTILE, Here, Remaining, at, endless};
use crate::view::{Filled, Message, Paging, View};
use domain::{
    due::Left,
    life::Life,
    terms::{Kind, Mark, Outcome},
    time::At,
};
use serde::Serialize;

/// One petition in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// 신청번호, also the address.
    pub number: String,
    /// 접수번호
    pub reception: Option<String>,
    /// 제목, whole; the page shortens it.
    pub title: String,
    /// 민원사무
    pub service: String,
    /// 종류
    pub kind: Kind,
    /// 생애
    pub life: Life,
    /// 처리 결과, once concluded.
    pub outcome: Option<Outcome>,
    /// The first instant that is late: of handling, or of 접수 while only filed. `None` while nothing runs.
    pub due_at: Option<At>,
    /// 남은 시간
    pub remaining: Remaining,
    /// 주관부서
    pub unit: Option<String>,
    /// 처리담당자
    pub handler: Option<String>,
    /// 표시
    pub flags: Vec<Flag>,
}

/// 어느 목록 — the tabs of the work list; the code stands in `?queue=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// 내 할 일
    Mine,
    /// 우리 부서
    Unit,
    /// 접수 대기
    ToReceive,
    /// 배부 대기
    ToDistribute,
    /// 담당자 지정 대기
    ToDesignate,
    /// 결재 대기
    OnTheLine,
    /// 후결(사후 보고) 대기
    ToConfirm,
    /// 공람 대기
    ToRead,
    /// 불산입 중
    Held,
    /// 기한 경과
    Late,
    /// 완료
    Concluded,
}

impl Queue {
    /// All of them, in the order of the tabs.
    pub const ALL: [Queue; 11] = [
        Queue::Mine,
        Queue::Unit,
        Queue::ToReceive,
        Queue::ToDistribute,
        Queue::ToDesignate,
        Queue::OnTheLine,
        Queue::ToConfirm,
        Queue::ToRead,
        Queue::Held,
        Queue::Late,
        Queue::Concluded,
    ];

    /// The code in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Queue::Mine => "mine",
            Queue::Unit => "unit",
            Queue::ToReceive => "to_receive",
            Queue::ToDistribute => "to_distribute",
            Queue::ToDesignate => "to_designate",
            Queue::OnTheLine => "on_the_line",
            Queue::ToConfirm => "to_confirm",
            Queue::ToRead => "to_read",
            Queue::Held => "held",
            Queue::Late => "late",
            Queue::Concluded => "concluded",
        }
    }

    /// The queue of a code.
    pub fn of(code: &str) -> Option<Queue> {
        Queue::ALL.into_iter().find(|queue| queue.code() == code)
    }
}

/// One tab.
#[derive(Debug, Clone, Serialize)]
pub struct Tab {
    /// Which list.
    pub queue: Queue,
    /// How many; `None` where nobody counts.
    pub count: Option<Count>,
}

/// 할 일 목록.
#[derive(Debug, Clone, Serialize)]
pub struct WorkList {
    /// The menu.
    pub bar: Bar,
    /// 공백 경보: how many absences leave work without anybody.
    pub gaps: u64,
    /// How many lists of records to dispose of wait for who looks.
    pub disposals: u32,
    /// The tabs this official has.
    pub tabs: Vec<Tab>,
    /// The one shown.
    pub queue: Queue,
    /// Nearest due first; what has no due date last.
    pub rows: Vec<Row>,
    /// Keyset paging: `older` is the next page.
    pub paging: Paging,
    /// 조건.
    pub filter: FilterForm,
    /// How many petitions others changed since the last visit.
    pub news: Count,
    /// This list with its condition, at its first page.
    pub way: String,
    /// Where a page that lies open asks whether anything happened.
    pub pulse: String,
    /// When this was read.
    pub as_of: At,
}

/// 검색 결과. Fields: `q`, `older`.
#[derive(Debug, Clone, Serialize)]
pub struct Search {
    /// The menu.
    pub bar: Bar,
    /// What was asked: `q`, words or a number.
    pub form: Filled,
    /// What was found, newest first; `None` before anything was asked.
    pub rows: Option<Vec<Row>>,
    /// How many.
    pub count: Option<Count>,
    /// Continue with what is older.
    pub older: Option<String>,
    /// Whether the search paused before the page was full.
    pub paused: bool,
}

/// One petition in the approval inbox.
#[derive(Debug, Clone, Serialize)]
pub struct Awaited {
    /// The petition.
    pub row: Row,
    /// 기안자
    pub drafter: String,
    /// The signature that is awaited.
    pub mark: Mark,
    /// From whom it is awaited (in “올린 것”).
    pub signer: String,
    /// The outcome proposed.
    pub outcome: Outcome,
    /// 상신한 때
    pub sent_up_at: At,
}

/// 결재함.
#[derive(Debug, Clone, Serialize)]
pub struct Approvals {
    /// The menu.
    pub bar: Bar,
    /// 결재할 것: nearest due first.
    pub waiting: Vec<Awaited>,
    /// 올린 것: what I sent up and is still on the line.
    pub sent: Vec<Awaited>,
    /// Continue; `None` at the end of `waiting`.
    pub older: Option<String>,
    /// When this was read.
    pub as_of: At,
}

/// The rows the samples share.
pub(super) fn rows() -> Vec<Row> {
    let row = |n: u32, title: &str, kind, life, left, due_at| Row {
        number: format!("20260914-7K3F{n:X}-QD2XA"),
        reception: (life != Life::Filed).then(|| format!("2026-{:06}", 4_210 + n)),
        title: title.into(),
        service: "불편 신고(도로·보도)".into(),
        kind,
        life,
        outcome: None,
        due_at,
        remaining: Remaining::of(left, life),
        unit: (life != Life::Filed && life != Life::Received).then(|| "도로시설과".into()),
        handler: matches!(life, Life::InHandling | Life::Held | Life::Concluded).then(|| "배도담".into()),
        flags: vec![],
    };
    let mut rows = vec![
        Row {
            flags: vec![Flag::SendBack],
            handler: None,
            ..row(
                1,
                "버스정류장 앞 포트홀에 오토바이가 넘어질 뻔했습니다",
                Kind::Other,
                Life::Distributed,
                Some(Left::Minutes(-75)),
                Some(at(2026, 9, 15, 13, 15)),
            )
        },
        Row {
            service: "도로점용 허가".into(),
            flags: vec![Flag::OnTheLine],
            ..row(
                2,
                "상가 앞 보도 일부를 공사 자재 적치 장소로 쓰고자 점용 허가를 신청합니다",
                Kind::Statutory,
                Life::InHandling,
                Some(Left::Days(-1)),
                Some(at(2026, 9, 15, 0, 0)),
            )
        },
        row(
            3,
            "골목 입구 가로등이 사흘째 꺼져 있습니다",
            Kind::Other,
            Life::InHandling,
            Some(Left::Minutes(200)),
            Some(at(2026, 9, 15, 17, 52)),
        ),
        row(
            4,
            HOSTILE,
            Kind::Other,
            Life::Filed,
            Some(Left::Minutes(400)),
            Some(at(2026, 9, 16, 11, 12)),
        ),
        Row {
            service: "질의(건축법령)".into(),
            flags: vec![Flag::Supplemented],
            ..row(
                5,
                "다가구주택 옥상에 비가림 시설을 설치하면 증축 신고 대상인지 질의합니다",
                Kind::Inquiry,
                Life::InHandling,
                Some(Left::Days(1)),
                Some(at(2026, 9, 17, 0, 0)),
            )
        },
        row(
            6,
            &endless(),
            Kind::Suggestion,
            Life::Received,
            Some(Left::Days(5)),
            Some(at(2026, 9, 23, 0, 0)),
        ),
        Row {
            service: "고충민원".into(),
            flags: vec![Flag::Consent, Flag::TurnedBack],
            ..row(
                7,
                "주차 단속 과태료 이의 처리 지연에 대한 고충민원",
                Kind::Grievance,
                Life::InHandling,
                Some(Left::Days(9)),
                Some(at(2026, 10, 2, 0, 0)),
            )
        },
        Row {
            service: "식품접객업 영업신고".into(),
            flags: vec![Flag::SupplementLapsed],
            due_at: None,
            ..row(8, "일반음식점 영업신고", Kind::Statutory, Life::Held, None, None)
        },
    ];
    rows.push(Row {
        outcome: Some(Outcome::Answered),
        flags: vec![],
        ..row(
            9,
            "공원 화장실 비상벨 점검 요청",
            Kind::Other,
            Life::Concluded,
            None,
            None,
        )
    });
    rows.push(Row {
        flags: vec![Flag::Approved, Flag::Declined],
        ..row(
            10,
            "어린이집 앞 과속방지턱 설치 건의",
            Kind::Suggestion,
            Life::InHandling,
            Some(Left::CalendarDays(12)),
            Some(at(2026, 9, 28, 0, 0)),
        )
    });
    rows
}

/// A row for samples of other pages.
pub(crate) fn sample_row() -> Row {
    Row {
        number: "20260914-7K3F2-QD2XA".into(),
        reception: Some("2026-004212".into()),
        title: super::HOSTILE.into(),
        service: "불편 신고(도로·보도)".into(),
        kind: Kind::Other,
        life: Life::InHandling,
        outcome: None,
        due_at: Some(at(2026, 9, 15, 0, 0)),
        remaining: Remaining::of(Some(Left::Days(-1)), Life::InHandling),
        unit: Some("도로시설과".into()),
        handler: Some("배도담".into()),
        flags: vec![],
    }
}

impl View for WorkList {
    const TEMPLATE: &'static str = "desk/work.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let counts = [23, 148, 1_000, 12, 7, 4, 1, 2, 31, 2, 0];
        let full = WorkList {
            bar: Bar {
                here: Here::Work,
                approvals: 4,
            },
            gaps: 2,
            disposals: 1,
            tabs: (Queue::ALL.into_iter().zip(counts))
                .map(|(queue, n)| Tab {
                    queue,
                    count: (queue != Queue::Concluded).then_some(Count { n, more: n == 1_000 }),
                })
                .collect(),
            queue: Queue::Mine,
            rows: rows(),
            paging: Paging {
                older: Some("1789534800000-2".into()),
                newer: None,
            },
            filter: super::follow::sample(),
            news: Count { n: 3, more: false },
            way: "/desk?queue=mine&life=held".into(),
            pulse: "/desk/pulse?queue=mine&since=1789534800000".into(),
            as_of: at(2026, 9, 15, 14, 32),
        };
        let paged = WorkList {
            queue: Queue::Concluded,
            paging: Paging {
                older: None,
                newer: Some("first".into()),
            },
            ..full.clone()
        };
        let empty = WorkList {
            bar: Bar {
                here: Here::Work,
                approvals: 0,
            },
            gaps: 0,
            disposals: 0,
            queue: Queue::Late,
            rows: vec![],
            paging: Paging::default(),
            filter: FilterForm::default(),
            news: Count { n: 0, more: false },
            ..full.clone()
        };
        vec![("ordinary", full), ("last page", paged), ("nothing to do", empty)]
    }
}

impl View for Search {
    const TEMPLATE: &'static str = "desk/search.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let bar = Bar {
            here: Here::Search,
            approvals: 4,
        };
        let found = Search {
            bar: bar.clone(),
            form: Filled::of(&[("q", "가로등")]),
            rows: Some(rows()),
            count: Some(Count { n: 1_000, more: true }),
            older: Some("000003".into()),
            paused: false,
        };
        let few = Search {
            count: Some(Count { n: 10, more: false }),
            older: None,
            ..found.clone()
        };
        let none = Search {
            form: Filled::of(&[("q", "<script>alert(1)</script>")]),
            rows: Some(vec![]),
            count: Some(Count { n: 0, more: false }),
            older: None,
            ..found.clone()
        };
        let paused = Search {
            count: None,
            paused: true,
            ..found.clone()
        };
        let none_yet = Search {
            rows: Some(vec![]),
            ..paused.clone()
        };
        let first = Search {
            form: Filled::default(),
            rows: None,
            count: None,
            older: None,
            ..found.clone()
        };
        let wrong = Search {
            form: Filled::of(&[("q", "!")]).wrong("q", Message::new("desk-search-nothing-to-find")),
            ..first.clone()
        };
        vec![
            ("found", found),
            ("few", few),
            ("none", none),
            ("paused", paused),
            ("none_yet", none_yet),
            ("first", first),
            ("wrong", wrong),
        ]
    }
}

impl View for Approvals {
    const TEMPLATE: &'static str = "desk/approvals.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let awaited = |i: usize, mark, outcome| {
            rows().into_iter().nth(i).map(|row| Awaited {
                row,
                drafter: "도로시설과 배도담".into(),
                mark,
                signer: "도로관리팀장 한순덕".into(),
                outcome,
                sent_up_at: at(2026, 9, 15, 11, 5),
            })
        };
        let full = Approvals {
            bar: Bar {
                here: Here::Approvals,
                approvals: 3,
            },
            waiting: [
                awaited(1, Mark::Delegated, Outcome::Refused),
                awaited(2, Mark::Review, Outcome::Answered),
                awaited(4, Mark::Concur, Outcome::Answered),
            ]
            .into_iter()
            .flatten()
            .collect(),
            sent: awaited(6, Mark::Decide, Outcome::Answered).into_iter().collect(),
            older: Some("3".into()),
            as_of: at(2026, 9, 15, 14, 32),
        };
        let empty = Approvals {
            bar: Bar {
                here: Here::Approvals,
                approvals: 0,
            },
            waiting: vec![],
            sent: vec![],
            older: None,
            ..full.clone()
        };
        vec![("three", full), ("empty", empty)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_in_the_address_is_the_one_words_are_keyed_by() {
        for queue in Queue::ALL {
            assert_eq!(Queue::of(queue.code()), Some(queue));
            assert_eq!(serde_json::to_value(queue).ok(), Some(queue.code().into()));
        }
        assert_eq!(Queue::of("nothing"), None);
    }
}

//! 기록물 폐기 화면 — the lists, one list with its petitions and the form of the step that is awaited; and what is kept apart.

use super::{Bar, Here, at};
use crate::view::{Filled, Message, View};
use domain::retention::Term;
use domain::retention::disposal::{Fate, Opinion, Step};
use domain::time::At;
use jiff::civil::{Date, date};
use serde::Serialize;

fn bar() -> Bar {
    Bar {
        here: Here::Papers,
        approvals: 0,
    }
}

/// A list in one line.
#[derive(Debug, Clone, Serialize)]
pub struct ListRow {
    /// Its identity, also the address.
    pub id: String,
    /// Year it was proposed in.
    pub year: i16,
    /// Which of the department in that year.
    pub part: u16,
    /// 처리과.
    pub unit: String,
    /// How many petitions.
    pub petitions: usize,
    /// The step that is awaited.
    pub step: Step,
    /// When it was proposed.
    pub made_at: At,
    /// Whether the one who looks takes that step.
    pub mine: bool,
}

/// 폐기 목록들.
#[derive(Debug, Clone, Serialize)]
pub struct Disposals {
    /// The menu.
    pub bar: Bar,
    /// The lists.
    pub rows: Vec<ListRow>,
    /// The step shown; empty for all.
    pub step: String,
    /// The year shown; empty for all.
    pub year: String,
    /// Whether a year was no year.
    pub form: Filled,
    /// Continue with what is older.
    pub older: Option<String>,
}

fn list(step: Step, mine: bool) -> ListRow {
    ListRow {
        id: "00000000-0000-0000-0000-000000000007".into(),
        year: 2032,
        part: 1,
        unit: "도로시설과".into(),
        petitions: 42,
        step,
        made_at: at(2032, 1, 10, 0, 1),
        mine,
    }
}

impl View for Disposals {
    const TEMPLATE: &'static str = "desk/disposal/list.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let some = Disposals {
            bar: bar(),
            rows: vec![
                list(Step::Department, true),
                list(Step::Review, false),
                list(Step::Board, false),
                list(Step::Done, false),
            ],
            step: String::new(),
            year: "2032".into(),
            form: Filled::of(&[("year", "2032")]),
            older: Some("1789534800000-2".into()),
        };
        let wrong = Filled::of(&[("year", "작년")]).wrong("year", Message::new("disposal-error-year"));
        vec![
            ("some", some.clone()),
            (
                "none",
                Disposals {
                    rows: Vec::new(),
                    older: None,
                    ..some.clone()
                },
            ),
            ("wrong", Disposals { form: wrong, ..some }),
        ]
    }
}

/// What a step said of a petition.
#[derive(Debug, Clone, Serialize)]
pub struct SaidRow {
    /// Which step.
    pub step: Step,
    /// What becomes of it.
    pub opinion: Opinion,
    /// Its new retention.
    pub term: Option<Term>,
    /// 사유; empty once the petition is gone.
    pub why: String,
}

/// A petition of a list, with its fields `opinion-N`, `term-N`, `why-N`.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// Its place on the page, from 1.
    pub n: usize,
    /// Its identity.
    pub id: String,
    /// 접수번호 or 신청번호.
    pub number: String,
    /// 제목; `None` once it is destroyed.
    pub title: Option<String>,
    /// 민원사무.
    pub service: String,
    /// 종결일.
    pub concluded: Option<Date>,
    /// 보존기간.
    pub term: Term,
    /// 보존 만료일.
    pub until: Option<Date>,
    /// What the steps said of it, in their order.
    pub said: Vec<SaidRow>,
    /// What is proposed of it now.
    pub proposed: Opinion,
    /// Whether its destruction is stopped now.
    pub held: bool,
    /// What became of it.
    pub fate: Option<Fate>,
}

/// A step that was taken.
#[derive(Debug, Clone, Serialize)]
pub struct TakenRow {
    /// Which.
    pub step: Step,
    /// By whom.
    pub by: String,
    /// When.
    pub at: At,
    /// How many exceptions.
    pub exceptions: usize,
}

/// The board as it met.
#[derive(Debug, Clone, Serialize)]
pub struct BoardRow {
    /// Day of the meeting.
    pub held_on: Date,
    /// 내부 위원.
    pub inside: Vec<String>,
    /// 외부 위원.
    pub outside: Vec<String>,
}

/// 폐기 목록 하나.
#[derive(Debug, Clone, Serialize)]
pub struct DisposalPage {
    /// The menu.
    pub bar: Bar,
    /// The list.
    pub list: ListRow,
    /// How many petitions are to be destroyed, deferred, kept longer.
    pub counts: [usize; 3],
    /// The steps taken.
    pub taken: Vec<TakenRow>,
    /// The board, once it has decided.
    pub board: Option<BoardRow>,
    /// When it was carried out.
    pub carried: Option<At>,
    /// The petitions of this page.
    pub items: Vec<ItemRow>,
    /// Those shown; empty for all.
    pub opinion: String,
    /// How many fit.
    pub fitting: usize,
    /// This page and the last one.
    pub page: usize,
    /// The last page.
    pub pages: usize,
    /// Why the one who looks, who holds the seat, does not take the step.
    pub same: bool,
    /// What was done.
    pub saved: bool,
    /// The form.
    pub form: Filled,
}

impl View for DisposalPage {
    const TEMPLATE: &'static str = "desk/disposal/page.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let item = |n: usize, proposed, held, fate: Option<Fate>| ItemRow {
            n,
            id: format!("00000000-0000-0000-0000-00000000000{n}"),
            number: format!("2026-00123{n}"),
            title: fate.is_none().then(|| super::HOSTILE.to_owned()),
            service: "도로시설물 파손 신고".into(),
            concluded: Some(date(2026, 6, 15)),
            term: Term::Five,
            until: Some(date(2031, 12, 31)),
            said: match proposed {
                Opinion::Destroy => Vec::new(),
                opinion => vec![SaidRow {
                    step: Step::Department,
                    opinion,
                    term: (opinion == Opinion::Again).then_some(Term::Ten),
                    why: "같은 곳의 <b>후속 공사</b>에 참고가 됩니다.".into(),
                }],
            },
            proposed,
            held,
            fate,
        };
        let taken = |step, by: &str| TakenRow {
            step,
            by: by.into(),
            at: at(2032, 1, 20, 15, 0),
            exceptions: 2,
        };
        let department = DisposalPage {
            bar: bar(),
            list: list(Step::Department, true),
            counts: [40, 1, 1],
            taken: Vec::new(),
            board: None,
            carried: None,
            items: vec![
                item(1, Opinion::Destroy, false, None),
                item(2, Opinion::Defer, false, None),
                item(3, Opinion::Again, true, None),
            ],
            opinion: String::new(),
            fitting: 42,
            page: 1,
            pages: 3,
            same: false,
            saved: true,
            form: Filled::of(&[("opinion-2", "defer"), ("why-2", "후속 공사 참고")]),
        };
        let board = DisposalPage {
            list: list(Step::Board, true),
            taken: vec![
                taken(Step::Department, "도로시설과 한혜담"),
                taken(Step::Review, "정보공개담당관 홍상철"),
            ],
            saved: false,
            form: Filled::of(&[("outside", "김교수")])
                .wrong("outside", Message::new("disposal-error-outside")),
            ..department.clone()
        };
        vec![
            ("department", department.clone()),
            (
                "wrong",
                DisposalPage {
                    form: department
                        .form
                        .clone()
                        .wrong("why-3", Message::new("disposal-error-why")),
                    ..department.clone()
                },
            ),
            (
                "review by the same person",
                DisposalPage {
                    list: list(Step::Review, false),
                    same: true,
                    ..department.clone()
                },
            ),
            ("board", board.clone()),
            (
                "carried out",
                DisposalPage {
                    list: list(Step::Done, false),
                    taken: vec![taken(Step::Board, "정보공개담당관 홍상철")],
                    board: Some(BoardRow {
                        held_on: date(2032, 2, 10),
                        inside: vec!["박서기".into()],
                        outside: vec!["김교수".into(), "이기록".into()],
                    }),
                    carried: Some(at(2032, 2, 10, 17, 0)),
                    items: vec![
                        item(1, Opinion::Destroy, false, Some(Fate::Destroyed)),
                        item(2, Opinion::Defer, false, None),
                        item(3, Opinion::Destroy, true, Some(Fate::Held)),
                    ],
                    page: 3,
                    form: Filled::default(),
                    ..board
                },
            ),
            (
                "nothing fits",
                DisposalPage {
                    items: Vec::new(),
                    opinion: "again".into(),
                    fitting: 0,
                    pages: 1,
                    ..department
                },
            ),
        ]
    }
}

/// A thing that is kept apart.
#[derive(Debug, Clone, Serialize)]
pub struct ApartRow {
    /// Its place on the page, from 1.
    pub n: usize,
    /// Its identity.
    pub id: String,
    /// 접수번호 or 신청번호; empty for name and contact of a person.
    pub number: String,
    /// 보존 근거, as its code.
    pub basis: String,
    /// Until when; `None` without an end.
    pub until: Option<Date>,
    /// Since when.
    pub at: At,
    /// Its line in the 파기대장.
    pub entry: String,
}

/// A look somebody took.
#[derive(Debug, Clone, Serialize)]
pub struct ApartLookRow {
    /// When.
    pub at: At,
    /// Who.
    pub by: String,
    /// At which petition; empty for name and contact.
    pub number: String,
    /// Why.
    pub why: String,
}

/// 분리 보관: what there is, and who looked.
#[derive(Debug, Clone, Serialize)]
pub struct ApartList {
    /// The menu.
    pub bar: Bar,
    /// What is kept apart.
    pub rows: Vec<ApartRow>,
    /// Continue with what is older.
    pub older: Option<String>,
    /// Who looked.
    pub looks: Vec<ApartLookRow>,
    /// The form: `why-N`.
    pub form: Filled,
}

fn apart(n: usize, number: &str, until: Option<Date>) -> ApartRow {
    ApartRow {
        n,
        id: "ab".repeat(16),
        number: number.into(),
        basis: "public_records".into(),
        until,
        at: at(2026, 6, 18, 15, 20),
        entry: "2026-8".into(),
    }
}

impl View for ApartList {
    const TEMPLATE: &'static str = "desk/disposal/apart.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let some = ApartList {
            bar: bar(),
            rows: vec![
                apart(1, "2026-001234", Some(date(2031, 12, 31))),
                apart(2, "", None),
            ],
            older: Some("1789534800000-2".into()),
            looks: vec![ApartLookRow {
                at: at(2026, 7, 1, 10, 0),
                by: "정보통신담당관 황새론".into(),
                number: "2026-001234".into(),
                why: "법원의 <b>사실조회</b>에 답하기 위함".into(),
            }],
            form: Filled::default(),
        };
        vec![
            ("some", some.clone()),
            (
                "none",
                ApartList {
                    rows: Vec::new(),
                    looks: Vec::new(),
                    older: None,
                    ..some.clone()
                },
            ),
            (
                "wrong",
                ApartList {
                    form: Filled::of(&[("why-2", "그냥")]).wrong("why-2", Message::new("apart-error-why")),
                    ..some
                },
            ),
        ]
    }
}

/// What was opened.
#[derive(Debug, Clone, Serialize)]
pub struct ApartPage {
    /// The menu.
    pub bar: Bar,
    /// What, why it is kept and until when.
    pub row: ApartRow,
    /// Why it was opened.
    pub why: String,
    /// 성명, 전화, 전자우편, 주소.
    pub contact: Option<[String; 4]>,
    /// What was said: when, by which act, and what.
    pub words: Vec<(At, &'static str, String)>,
}

impl View for ApartPage {
    const TEMPLATE: &'static str = "desk/disposal/apart_open.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let petition = ApartPage {
            bar: bar(),
            row: apart(1, "2026-001234", Some(date(2031, 12, 31))),
            why: "법원의 사실조회에 답하기 위함".into(),
            contact: Some(["홍길동", "010-1234-5678", "", ""].map(str::to_owned)),
            words: vec![
                (at(2026, 6, 15, 10, 0), "file", super::HOSTILE.into()),
                (at(2026, 6, 16, 10, 0), "answer", super::endless()),
            ],
        };
        vec![
            ("petition", petition.clone()),
            (
                "person",
                ApartPage {
                    row: apart(2, "", None),
                    words: Vec::new(),
                    ..petition.clone()
                },
            ),
            (
                "nothing there",
                ApartPage {
                    contact: None,
                    words: Vec::new(),
                    ..petition
                },
            ),
        ]
    }
}

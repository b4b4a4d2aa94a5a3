//! 조직 관리 — units and officials with the days they are valid from and to, import, history; for the administrator.

use crate::view::{
    Filled, Message, View,
    desk::{Bar, Here, at},
};
use domain::{terms::Seat, time::At};
use jiff::civil::{Date, date};
use serde::Serialize;

/// Something valid from a day to a day.
#[derive(Debug, Clone, Serialize)]
pub struct TermRow {
    /// Its identity, for links.
    pub id: String,
    /// Code or log-in name.
    pub code: String,
    /// Name.
    pub name: String,
    /// The unit above, or title and seats.
    pub more: String,
    /// First day.
    pub from: Date,
    /// Last day; `None` for no end.
    pub to: Option<Date>,
    /// 승계부서; empty if none.
    pub successors: String,
}

/// 조직 관리.
#[derive(Debug, Clone, Serialize)]
pub struct Organisation {
    /// The menu.
    pub bar: Bar,
    /// Units that are valid or come to be.
    pub units: Vec<TermRow>,
    /// Units that were closed.
    pub closed: Vec<TermRow>,
    /// Officials that are valid or come to be.
    pub officials: Vec<TermRow>,
    /// Officials who have left.
    pub left: Vec<TermRow>,
}

/// 부서. Fields: `code`, `name`, `name_en`, `parent`, `phone`, `fax`, `address`, `mail`, `from`; for closing `last_day`,
/// `successor-1` … `successor-3`.
#[derive(Debug, Clone, Serialize)]
pub struct UnitPage {
    /// The menu.
    pub bar: Bar,
    /// “new”, or its identity.
    pub id: String,
    /// Its name; empty for a new one.
    pub name: String,
    /// As it was left, with errors.
    pub form: Filled,
    /// Codes and names of units above, empty first.
    pub parents: Vec<[String; 2]>,
    /// Identities and names of units that may succeed it, empty first.
    pub heirs: Vec<[String; 2]>,
    /// Its versions.
    pub versions: Vec<TermRow>,
}

/// A seat of an official.
#[derive(Debug, Clone, Serialize)]
pub struct SeatRow {
    /// 부서
    pub unit: String,
    /// 역할
    pub seat: Seat,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
}

/// 공무원. Fields: `login`, `name`, `title`, `phone`, `mail`; for a post `unit`, `from`, `seat-<code>`, `stay`; `last_day`;
/// `password`.
#[derive(Debug, Clone, Serialize)]
pub struct OfficialPage {
    /// The menu.
    pub bar: Bar,
    /// “new”, or the identity.
    pub id: String,
    /// 성명; empty for a new one.
    pub name: String,
    /// As it was left, with errors.
    pub form: Filled,
    /// Identities and names of units, empty first.
    pub units: Vec<[String; 2]>,
    /// Every seat there is.
    pub seats: Vec<Seat>,
    /// The seats held, now and later and before.
    pub held: Vec<SeatRow>,
}

/// What comes of one row of a file.
#[derive(Debug, Clone, Serialize)]
pub struct ImportRow {
    /// Its number in the file.
    pub row: usize,
    /// Code or log-in name.
    pub key: String,
    /// Name.
    pub name: String,
    /// `new`, `changed`, `same`, `wrong`.
    pub outcome: String,
    /// Which columns change, or what is wrong.
    pub what: Message,
}

/// 파일로 가져오기. Field: `files`; then `table`.
#[derive(Debug, Clone, Serialize)]
pub struct ImportPage {
    /// The menu.
    pub bar: Bar,
    /// As it was left, with errors.
    pub form: Filled,
    /// The rows of the file; `None` before there is one.
    pub rows: Option<Vec<ImportRow>>,
    /// How many are new, changed, the same, wrong.
    pub counts: [usize; 4],
    /// Whether it was done.
    pub applied: bool,
}

/// One change.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    /// When.
    pub at: At,
    /// By whom.
    pub who: String,
    /// What: words keyed `office-change-<code>`.
    pub what: String,
    /// To what, and how it stands since.
    pub body: String,
}

/// A seat given or ended.
#[derive(Debug, Clone, Serialize)]
pub struct SeatRecord {
    /// When.
    pub at: At,
    /// By whom.
    pub who: String,
    /// Whether it was given; else its end was set.
    pub given: bool,
    /// Whose.
    pub official: String,
    /// Where.
    pub unit: String,
    /// Which: words keyed `seat-<code>`.
    pub seat: &'static str,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Option<Date>,
}

/// 변경 이력.
#[derive(Debug, Clone, Serialize)]
pub struct History {
    /// The menu.
    pub bar: Bar,
    /// Newest first.
    pub rows: Vec<ChangeRow>,
    /// 권한 기록, newest first.
    pub seats: Vec<SeatRecord>,
}

fn bar() -> Bar {
    Bar {
        here: Here::People,
        approvals: 0,
    }
}

fn unit(to: Option<Date>, successors: &str) -> TermRow {
    TermRow {
        id: "u1".into(),
        code: "road_facilities".into(),
        name: "도로시설과".into(),
        more: "안전총괄본부".into(),
        from: date(2004, 1, 1),
        to,
        successors: successors.into(),
    }
}

impl View for Organisation {
    const TEMPLATE: &'static str = "desk/people/organisation.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let official = |to| TermRow {
            id: "h1".into(),
            code: "road.facilities.1".into(),
            name: "배도담".into(),
            more: "주무관".into(),
            successors: String::new(),
            ..unit(to, "")
        };
        let full = Organisation {
            bar: bar(),
            units: vec![unit(None, ""), unit(Some(date(2026, 12, 31)), "도로관리과")],
            closed: vec![unit(Some(date(2026, 6, 30)), "도로관리과")],
            officials: vec![official(None)],
            left: vec![official(Some(date(2026, 6, 30)))],
        };
        let bare = Organisation {
            closed: vec![],
            left: vec![],
            ..full.clone()
        };
        vec![("full", full), ("bare", bare)]
    }
}

impl View for UnitPage {
    const TEMPLATE: &'static str = "desk/people/unit.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let none = || ["".to_owned(), "–".to_owned()];
        let full = UnitPage {
            bar: bar(),
            id: "u1".into(),
            name: "도로시설과".into(),
            form: Filled::of(&[("code", "road_facilities"), ("name", "도로시설과")])
                .wrong("successor-1", Message::new("office-fault-successor_missing")),
            parents: vec![none(), ["safety".into(), "안전총괄본부".into()]],
            heirs: vec![none(), ["u2".into(), "도로관리과".into()]],
            versions: vec![unit(None, "")],
        };
        let new = UnitPage {
            id: "new".into(),
            name: String::new(),
            form: Filled::default(),
            versions: vec![],
            ..full.clone()
        };
        vec![("one", full), ("new", new)]
    }
}

impl View for OfficialPage {
    const TEMPLATE: &'static str = "desk/people/official.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let full = OfficialPage {
            bar: bar(),
            id: "h1".into(),
            name: "배도담".into(),
            form: Filled::of(&[
                ("login", "road.facilities.1"),
                ("name", "배도담"),
                ("seat-handler", "yes"),
            ])
            .wrong("from", Message::new("office-fault-day_past")),
            units: vec![["".into(), "–".into()], ["u1".into(), "도로시설과".into()]],
            seats: Seat::ALL.to_vec(),
            held: vec![SeatRow {
                unit: "도로시설과".into(),
                seat: Seat::Handler,
                from: date(2004, 1, 1),
                to: None,
            }],
        };
        let new = OfficialPage {
            id: "new".into(),
            name: String::new(),
            form: Filled::default(),
            held: vec![],
            ..full.clone()
        };
        vec![("one", full), ("new", new)]
    }
}

impl View for ImportPage {
    const TEMPLATE: &'static str = "desk/people/import.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |row, outcome: &str, what: Message| ImportRow {
            row,
            key: "road.facilities.1".into(),
            name: "배도담".into(),
            outcome: outcome.into(),
            what,
        };
        let preview = ImportPage {
            bar: bar(),
            form: Filled::of(&[("table", "login,name\n")]),
            rows: Some(vec![
                row(2, "new", Message::new("office-row-new")),
                row(
                    3,
                    "changed",
                    Message::new("office-row-changed").with("columns", "title"),
                ),
                row(4, "same", Message::new("office-row-same")),
                row(5, "wrong", Message::new("office-fault-unit_unknown")),
            ]),
            counts: [1, 1, 1, 1],
            applied: false,
        };
        let applied = ImportPage {
            applied: true,
            ..preview.clone()
        };
        let first = ImportPage {
            form: Filled::default().wrong("files", Message::new("office-no-table")),
            rows: None,
            ..preview.clone()
        };
        vec![("preview", preview), ("applied", applied), ("first", first)]
    }
}

impl View for History {
    const TEMPLATE: &'static str = "desk/people/history.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let full = History {
            bar: bar(),
            rows: vec![ChangeRow {
                at: at(2026, 9, 15, 9, 30),
                who: "시스템 관리자".into(),
                what: "unit_closed".into(),
                body: "도로시설과 → 도로관리과".into(),
            }],
            seats: vec![
                SeatRecord {
                    at: at(2026, 9, 15, 9, 30),
                    who: "시스템 관리자".into(),
                    given: true,
                    official: "김가람 주무관".into(),
                    unit: "도로관리과".into(),
                    seat: "handler",
                    from: date(2026, 9, 16),
                    until: None,
                },
                SeatRecord {
                    at: at(2026, 9, 15, 9, 30),
                    who: "시스템 관리자".into(),
                    given: false,
                    official: "김가람 주무관".into(),
                    unit: "도로시설과".into(),
                    seat: "handler",
                    from: date(2026, 1, 1),
                    until: Some(date(2026, 9, 15)),
                },
            ],
        };
        let none = History {
            rows: vec![],
            seats: vec![],
            ..full.clone()
        };
        vec![("one", full), ("none", none)]
    }
}

//! 파기 화면 — requests to erase, the 파기대장, holds and epoch keys; and the page of one request.

use super::{Bar, Here, at};
use crate::view::{Filled, Message, View};
use domain::retention::request::{No, State, Verdict, Wanted, Way};
use domain::retention::{Basis, DestructionKind, HoldGround};
use domain::time::At;
use jiff::civil::{Date, date};
use serde::Serialize;

/// A request in the list.
#[derive(Debug, Clone, Serialize)]
pub struct RequestRow {
    /// 요구 번호, also the address.
    pub number: String,
    /// 범위.
    pub wanted: Wanted,
    /// 요구 방법.
    pub way: Way,
    /// When.
    pub at: At,
    /// The result is told by then.
    pub due: Date,
    /// Whether that day is over.
    pub late: bool,
    /// Where it stands.
    pub state: State,
}

/// A line of the 파기대장.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterRow {
    /// 연번.
    pub number: String,
    /// When.
    pub at: At,
    /// 종류.
    pub kind: DestructionKind,
    /// 민원.
    pub petitions: u32,
    /// 사람.
    pub persons: u32,
    /// 임시저장.
    pub drafts: u32,
    /// 보존 근거.
    pub basis: Option<Basis>,
    /// Who decided.
    pub by: String,
    /// 요구 번호 or 폐기 목록; empty for none.
    pub request: String,
    /// The list it carries out, as its address.
    pub disposal: Option<String>,
}

/// A hold that stands.
#[derive(Debug, Clone, Serialize)]
pub struct HoldRow {
    /// Its identity, for lifting it.
    pub id: String,
    /// 접수번호 or 신청번호.
    pub number: String,
    /// 사유.
    pub ground: HoldGround,
    /// Until; `None` for until further notice.
    pub until: Option<Date>,
    /// Who laid it down.
    pub by: String,
    /// When.
    pub at: At,
}

/// A month's epoch key.
#[derive(Debug, Clone, Serialize)]
pub struct EpochRow {
    /// The month.
    pub month: String,
    /// How many keys it wraps.
    pub wraps: u64,
    /// When it dies.
    pub dies: Option<At>,
    /// Whether it is dead.
    pub retired: bool,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct ErasureDesk {
    /// The menu.
    pub bar: Bar,
    /// Requests, for the privacy officer.
    pub requests: Option<Vec<RequestRow>>,
    /// The 파기대장 of this year and the last, for who may read it.
    pub register: Option<Vec<RegisterRow>>,
    /// Holds, for who may lay them.
    pub holds: Option<Vec<HoldRow>>,
    /// Epoch keys, for the privacy officer.
    pub epochs: Option<Vec<EpochRow>>,
    /// Whether who looks takes requests in on paper.
    pub takes_in: bool,
    /// What was just taken in: number, code, and the last day.
    pub given: Option<(String, String, Date)>,
    /// Lists of records to dispose of that wait for who looks; `None` for who sees none.
    pub disposals: Option<u32>,
    /// Whether who looks may see what is kept apart.
    pub apart: bool,
    /// The forms.
    pub form: Filled,
    /// The idempotency key.
    pub key: String,
}

impl View for ErasureDesk {
    const TEMPLATE: &'static str = "desk/erasure.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let bar = || Bar {
            here: Here::Papers,
            approvals: 0,
        };
        let row = |state, late| RequestRow {
            number: "2026-12".into(),
            wanted: Wanted::Everything,
            way: Way::Web,
            at: at(2026, 6, 15, 10, 0),
            due: date(2026, 6, 25),
            late,
            state,
        };
        let line = |kind, basis| RegisterRow {
            number: "2026-7".into(),
            at: at(2026, 6, 18, 15, 20),
            kind,
            petitions: 3,
            persons: 1,
            drafts: 0,
            basis,
            by: "황새론 · 개인정보 보호책임자".into(),
            request: "2026-12".into(),
            disposal: None,
        };
        let hold = |until| HoldRow {
            id: "ab".repeat(16),
            number: "2026-001234".into(),
            ground: HoldGround::Lawsuit,
            until,
            by: "황새론".into(),
            at: at(2026, 6, 1, 9, 0),
        };
        let whole = ErasureDesk {
            bar: bar(),
            requests: Some(vec![
                row(State::Waiting, true),
                row(State::Decided, false),
                row(State::Told, false),
            ]),
            register: Some(vec![
                line(DestructionKind::Request, None),
                line(DestructionKind::KeptApart, Some(Basis::PublicRecords)),
                line(DestructionKind::Restored, None),
                RegisterRow {
                    request: "2026년 도로시설과 제1호".into(),
                    disposal: Some("00000000-0000-0000-0000-000000000007".into()),
                    ..line(DestructionKind::Disposal, None)
                },
            ]),
            holds: Some(vec![hold(Some(date(2026, 12, 31))), hold(None)]),
            epochs: Some(vec![
                EpochRow {
                    month: "2026-04".into(),
                    wraps: 0,
                    dies: None,
                    retired: true,
                },
                EpochRow {
                    month: "2026-05".into(),
                    wraps: 0,
                    dies: Some(at(2026, 7, 6, 0, 10)),
                    retired: false,
                },
                EpochRow {
                    month: "2026-06".into(),
                    wraps: 1_204,
                    dies: None,
                    retired: false,
                },
            ]),
            takes_in: false,
            given: None,
            disposals: Some(2),
            apart: true,
            form: Filled::default(),
            key: "0f".repeat(16),
        };
        let counter = ErasureDesk {
            requests: None,
            register: None,
            holds: None,
            epochs: None,
            takes_in: true,
            disposals: None,
            apart: false,
            ..whole.clone()
        };
        vec![
            ("privacy officer", whole.clone()),
            (
                "nothing yet",
                ErasureDesk {
                    requests: Some(Vec::new()),
                    register: Some(Vec::new()),
                    holds: Some(Vec::new()),
                    ..whole.clone()
                },
            ),
            (
                "wrong",
                ErasureDesk {
                    form: Filled::default().wrong("hold_number", Message::new("sv-error-no-petition")),
                    ..whole
                },
            ),
            (
                "nothing to do here",
                ErasureDesk {
                    takes_in: false,
                    ..counter.clone()
                },
            ),
            ("counter", counter.clone()),
            (
                "counter, taken in",
                ErasureDesk {
                    given: Some(("2026-12".into(), "7K3FQD2X".into(), date(2026, 6, 25))),
                    ..counter
                },
            ),
        ]
    }
}

/// 결정: verdict, basis, until, ground of refusal.
pub type Ruled = (Verdict, Option<Basis>, Option<Date>, Option<No>);

/// A thing of a request, with the fields of its ruling: `verdict-N`, `basis-N`, `until-N`, `no-N`.
#[derive(Debug, Clone, Serialize)]
pub struct ThingRow {
    /// Its place, from 1.
    pub n: usize,
    /// 접수번호 or 신청번호; empty for name and contact.
    pub number: String,
    /// What the rules allow: destroy, keep, open, held.
    pub may: &'static str,
    /// The last day of its retention.
    pub until: Option<Date>,
    /// What was ruled, once decided: verdict, basis, until, ground of refusal.
    pub ruled: Option<Ruled>,
}

/// The page of a request.
#[derive(Debug, Clone, Serialize)]
pub struct ErasureCase {
    /// The menu.
    pub bar: Bar,
    /// The request.
    pub request: RequestRow,
    /// What was said with it.
    pub said: String,
    /// Its things.
    pub things: Vec<ThingRow>,
    /// When it was decided, and by whom.
    pub decided: Option<(At, String)>,
    /// Reasons.
    pub reasons: String,
    /// When it was told.
    pub told: Option<At>,
    /// Whether something was destroyed: then there is a certificate.
    pub certificate: bool,
    /// The form.
    pub form: Filled,
}

impl View for ErasureCase {
    const TEMPLATE: &'static str = "desk/erasure_case.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let thing = |n, number: &str, may, until, ruled| ThingRow {
            n,
            number: number.into(),
            may,
            until,
            ruled,
        };
        let waiting = ErasureCase {
            bar: Bar {
                here: Here::Papers,
                approvals: 2,
            },
            request: RequestRow {
                number: "2026-12".into(),
                wanted: Wanted::Everything,
                way: Way::Counter,
                at: at(2026, 6, 15, 10, 0),
                due: date(2026, 6, 25),
                late: false,
                state: State::Waiting,
            },
            said: "<b>이사</b>하여 더 이상 필요하지 않습니다.".into(),
            things: vec![
                thing(1, "2019-001234", "destroy", None, None),
                thing(2, "2026-001234", "keep", Some(date(2031, 12, 31)), None),
                thing(3, "2026-001300", "open", None, None),
                thing(4, "2025-000700", "held", None, None),
                thing(5, "", "keep", None, None),
            ],
            decided: None,
            reasons: String::new(),
            told: None,
            certificate: false,
            form: Filled::of(&[
                ("verdict-1", "destroy"),
                ("verdict-2", "keep_apart"),
                ("basis-2", "public_records"),
                ("until-2", "2031-12-31"),
            ]),
        };
        let by: Option<(At, String)> = Some((at(2026, 6, 18, 15, 20), "황새론".into()));
        let decided = ErasureCase {
            request: RequestRow {
                state: State::Decided,
                ..waiting.request.clone()
            },
            things: vec![
                thing(
                    1,
                    "2019-001234",
                    "destroy",
                    None,
                    Some((Verdict::Destroy, None, None, None)),
                ),
                thing(
                    2,
                    "2026-001234",
                    "keep",
                    None,
                    Some((
                        Verdict::KeepApart,
                        Some(Basis::PublicRecords),
                        Some(date(2031, 12, 31)),
                        None,
                    )),
                ),
                thing(
                    3,
                    "",
                    "open",
                    None,
                    Some((Verdict::Refuse, None, None, Some(No::Open))),
                ),
            ],
            decided: by,
            reasons: "보존기간이 남아 있습니다.".into(),
            certificate: true,
            ..waiting.clone()
        };
        vec![
            ("waiting", waiting.clone()),
            (
                "wrong",
                ErasureCase {
                    form: waiting
                        .form
                        .clone()
                        .wrong("", Message::new("refusal-must_be_kept")),
                    ..waiting
                },
            ),
            ("decided", decided.clone()),
            (
                "told",
                ErasureCase {
                    told: Some(at(2026, 6, 18, 15, 21)),
                    request: RequestRow {
                        state: State::Told,
                        ..decided.request.clone()
                    },
                    ..decided
                },
            ),
        ]
    }
}

//! 나의 민원 — the list, and what a citizen may do: supplement, ask for more time, consent, withdraw, rate.

use super::{at, filing::Limits, identity::Own};
use crate::view::{Filled, Message, Paging, Tone, View};
use domain::time::At;
use serde::Serialize;

/// Where a petition stands, in the citizen's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 신청됨, 접수 전
    Filed,
    /// 접수됨, 담당 부서를 정하는 중
    Received,
    /// 담당 부서에서 담당자를 정하는 중
    Distributed,
    /// 처리 중
    Handling,
    /// 보완을 기다리는 중
    Supplement,
    /// 연장 동의를 기다리는 중
    Consent,
    /// 불산입 중
    Held,
    /// 답변함
    Answered,
    /// 반려함
    Returned,
    /// 다른 기관으로 이송함
    Transferred,
    /// 취하함
    Withdrawn,
    /// 다른 민원과 함께 처리함
    Merged,
    /// 수리·허가한 것으로 봄
    Deemed,
    /// 종결함
    Closed,
}

impl Status {
    /// All of them, in the order of a petition's life.
    pub const ALL: [Status; 14] = [
        Status::Filed,
        Status::Received,
        Status::Distributed,
        Status::Handling,
        Status::Supplement,
        Status::Consent,
        Status::Held,
        Status::Answered,
        Status::Returned,
        Status::Transferred,
        Status::Withdrawn,
        Status::Merged,
        Status::Deemed,
        Status::Closed,
    ];

    /// The colour beside the words.
    pub fn tone(self) -> Tone {
        match self {
            Status::Filed | Status::Received | Status::Distributed | Status::Handling => Tone::Information,
            Status::Supplement | Status::Consent => Tone::Warning,
            Status::Answered | Status::Deemed => Tone::Success,
            Status::Held
            | Status::Returned
            | Status::Transferred
            | Status::Withdrawn
            | Status::Merged
            | Status::Closed => Tone::Gray,
        }
    }
}

/// A petition in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PetitionRow {
    /// 신청번호.
    pub number: String,
    /// 제목.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// Its colour.
    pub tone: Tone,
    /// When it was filed.
    pub filed_at: At,
    /// 처리기한; `None` before reception and after the end.
    pub due_at: Option<At>,
    /// Whether something waits for the citizen.
    pub your_turn: bool,
}

impl PetitionRow {
    /// One row per status.
    pub fn samples() -> Vec<PetitionRow> {
        Status::ALL
            .into_iter()
            .enumerate()
            .map(|(i, status)| PetitionRow {
                number: format!("2026-{:06}", 120 + i),
                title: ["가로등이 꺼져 있습니다", "<b>도로</b> 점용 허가 신청"][i % 2].into(),
                status,
                tone: status.tone(),
                filed_at: at(2026, 11, 20, 10, 5),
                due_at: matches!(status, Status::Handling | Status::Supplement)
                    .then(|| at(2026, 12, 3, 0, 0)),
                your_turn: matches!(status, Status::Supplement | Status::Consent),
            })
            .collect()
    }
}

/// 나의 민원.
#[derive(Debug, Clone, Serialize)]
pub struct Mine {
    /// Newest first.
    pub rows: Vec<PetitionRow>,
    /// Older and newer.
    pub paging: Paging,
    /// How many drafts wait.
    pub drafts: u32,
    /// 로그인 연락처 and 내 본인확인.
    pub own: Own,
    /// What went wrong with a form of this page.
    pub form: Filled,
}

impl View for Mine {
    const TEMPLATE: &'static str = "citizen/mine.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let paging = Paging {
            older: Some("a1".into()),
            newer: Some("b2".into()),
        };
        vec![
            (
                "some",
                Mine {
                    rows: PetitionRow::samples(),
                    paging,
                    drafts: 2,
                    own: Own::sample(),
                    form: Filled::default(),
                },
            ),
            (
                "none",
                Mine {
                    rows: vec![],
                    paging: Paging::default(),
                    drafts: 0,
                    own: Own::none(),
                    form: Filled::default(),
                },
            ),
            (
                "last way in",
                Mine {
                    rows: vec![],
                    paging: Paging::default(),
                    drafts: 0,
                    own: Own {
                        doors: Vec::new(),
                        ..Own::sample()
                    },
                    form: Filled::default().wrong("", Message::new("identity-error-last")),
                },
            ),
        ]
    }
}

/// 보완 — what is missing and by when; `form` has `text`, `files`.
#[derive(Debug, Clone, Serialize)]
pub struct Supplement {
    /// 신청번호.
    pub number: String,
    /// 제목.
    pub title: String,
    /// What the office asks for, in its words.
    pub asked: String,
    /// By when; `None` while the store cannot tell.
    pub due_at: Option<At>,
    /// How often more time may still be asked for.
    pub prolong_left: u32,
    /// What the agency takes.
    pub limits: Limits,
    /// The idempotency key.
    pub once: String,
    /// The form.
    pub form: Filled,
}

impl View for Supplement {
    const TEMPLATE: &'static str = "citizen/supplement.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |prolong_left, form| Supplement {
            number: "2026-000123".into(),
            title: "도로 점용 허가 신청".into(),
            asked: "위치도를 다시 올려 주시기 바랍니다.\n축척이 보이지 않습니다.".into(),
            due_at: Some(at(2026, 12, 3, 0, 0)),
            prolong_left,
            limits: Limits::sample(),
            once: "0f".repeat(16),
            form,
        };
        let wrong = Filled::of(&[("text", "첨부합니다.")])
            .wrong("files", Message::new("error-files-many").with("max", 10));
        vec![
            ("first", page(2, Filled::default())),
            ("no more time", page(0, wrong)),
            (
                "the store is away",
                Supplement {
                    asked: String::new(),
                    due_at: None,
                    ..page(0, Filled::default().wrong("", Message::new("trouble-away")))
                },
            ),
        ]
    }
}

/// 보완 기한 연장 요청 — at most twice (영 제24조제2항); `form` has `until` (a date).
#[derive(Debug, Clone, Serialize)]
pub struct SupplementTime {
    /// 신청번호.
    pub number: String,
    /// The present end.
    pub due_at: At,
    /// How often it was asked for already.
    pub used: u32,
    /// The idempotency key.
    pub once: String,
    /// The form.
    pub form: Filled,
}

impl View for SupplementTime {
    const TEMPLATE: &'static str = "citizen/supplement_time.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |used, form| SupplementTime {
            number: "2026-000123".into(),
            due_at: at(2026, 12, 3, 0, 0),
            used,
            once: "0f".repeat(16),
            form,
        };
        let wrong = Filled::of(&[("until", "")]).wrong("until", Message::new("error-date-form"));
        vec![
            ("first", page(0, Filled::default())),
            ("second, wrong", page(1, wrong)),
        ]
    }
}

/// 처리기간 연장 동의 — the second extension needs it (영 제21조); `form` has `agree` (yes, no).
#[derive(Debug, Clone, Serialize)]
pub struct Consent {
    /// 신청번호.
    pub number: String,
    /// 제목.
    pub title: String,
    /// Why the office asks: a coded ground.
    pub ground: Message,
    /// The reason in the office's words.
    pub reason: String,
    /// The present due moment.
    pub from: At,
    /// The due moment after consent.
    pub to: At,
    /// The idempotency key.
    pub once: String,
    /// The form.
    pub form: Filled,
}

impl View for Consent {
    const TEMPLATE: &'static str = "citizen/consent.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |form| Consent {
            number: "2026-000123".into(),
            title: "도로 점용 허가 신청".into(),
            ground: Message::new("cause-fact_finding"),
            reason: "현장 조사에 시간이 더 필요합니다.".into(),
            from: at(2026, 12, 3, 0, 0),
            to: at(2026, 12, 12, 0, 0),
            once: "0f".repeat(16),
            form,
        };
        let wrong = Filled::default().wrong(
            "agree",
            Message::new("error-required-choice").with("field", "동의 여부"),
        );
        vec![
            ("asked", page(Filled::default())),
            ("nothing chosen", page(wrong)),
        ]
    }
}

/// 취하 — with one question before it is done; `form` has `sure` (yes).
#[derive(Debug, Clone, Serialize)]
pub struct Withdraw {
    /// 신청번호.
    pub number: String,
    /// 제목.
    pub title: String,
    /// The idempotency key.
    pub once: String,
    /// The form.
    pub form: Filled,
}

impl View for Withdraw {
    const TEMPLATE: &'static str = "citizen/withdraw.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |form| Withdraw {
            number: "2026-000123".into(),
            title: "가로등이 꺼져 있습니다".into(),
            once: "0f".repeat(16),
            form,
        };
        let wrong = Filled::default().wrong("sure", Message::new("error-withdraw-sure"));
        vec![("asked", page(Filled::default())), ("not sure", page(wrong))]
    }
}

/// 만족도 평가 — `form` has `score` (1–5) and `comment`.
#[derive(Debug, Clone, Serialize)]
pub struct Rate {
    /// 신청번호.
    pub number: String,
    /// 제목.
    pub title: String,
    /// The idempotency key.
    pub once: String,
    /// The form.
    pub form: Filled,
}

impl View for Rate {
    const TEMPLATE: &'static str = "citizen/rate.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |form| Rate {
            number: "2026-000123".into(),
            title: "가로등이 꺼져 있습니다".into(),
            once: "0f".repeat(16),
            form,
        };
        let wrong = Filled::of(&[("score", "4")]).wrong(
            "score",
            Message::new("error-required-choice").with("field", "만족도"),
        );
        vec![("empty", page(Filled::default())), ("wrong", page(wrong))]
    }
}

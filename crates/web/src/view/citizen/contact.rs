//! 본인 확인 — signing in and looking up by a one-time code; the two statements; the demo's mailbox.

use super::{at, identity::Door};
use crate::view::{Filled, Message, View};
use domain::time::At;
use serde::Serialize;

/// 본인 확인 — `form` has `reach` (phone, mail), `phone`, `mail`.
#[derive(Debug, Clone, Serialize)]
pub struct SignIn {
    /// Where to go afterwards: a path of ours.
    pub back: String,
    /// 본인확인 기관.
    pub doors: Vec<Door>,
    /// The form.
    pub form: Filled,
}

impl View for SignIn {
    const TEMPLATE: &'static str = "citizen/sign_in.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let wrong =
            Filled::of(&[("reach", "mail"), ("mail", "kim@")]).wrong("mail", Message::new("error-mail-form"));
        vec![
            (
                "empty",
                SignIn {
                    back: "/my".into(),
                    doors: Vec::new(),
                    form: Filled::default(),
                },
            ),
            (
                "wrong",
                SignIn {
                    back: "/my".into(),
                    doors: Door::samples(),
                    form: wrong,
                },
            ),
        ]
    }
}

/// 신청번호로 조회 — `form` has `number`.
#[derive(Debug, Clone, Serialize)]
pub struct LookUp {
    /// The form.
    pub form: Filled,
}

impl View for LookUp {
    const TEMPLATE: &'static str = "citizen/look_up.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let wrong = Filled::of(&[("number", "12")]).wrong("number", Message::new("error-number-form"));
        vec![
            (
                "empty",
                LookUp {
                    form: Filled::default(),
                },
            ),
            ("wrong", LookUp { form: wrong }),
        ]
    }
}

/// What a one-time code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 신청인 연락처 확인
    File,
    /// 본인 확인
    SignIn,
    /// 신청번호로 조회
    LookUp,
    /// 로그인 연락처
    Contact,
}

/// 인증번호 입력 — `form` has `code`. For a look-up the page says the same whether the number exists or not.
#[derive(Debug, Clone, Serialize)]
pub struct Code {
    /// What for.
    pub purpose: Purpose,
    /// Where the form goes: a path of ours.
    pub action: String,
    /// Where to ask for another code: a path of ours.
    pub again: String,
    /// Where the code was sent, masked; `None` where that would tell something.
    pub sent_to: Option<String>,
    /// For how many minutes it holds.
    pub minutes: u32,
    /// What the form carries on unseen: names and values.
    pub keep: Vec<(String, String)>,
    /// The form.
    pub form: Filled,
}

impl View for Code {
    const TEMPLATE: &'static str = "citizen/code.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |purpose, sent_to: Option<&str>, form| Code {
            purpose,
            action: "/sign-in/code".into(),
            again: "/sign-in".into(),
            sent_to: sent_to.map(str::to_owned),
            minutes: 10,
            keep: vec![("address".into(), "\"<01012345678>".into())],
            form,
        };
        vec![
            (
                "filing",
                page(Purpose::File, Some("010-****-5678"), Filled::default()),
            ),
            (
                "sign in, wrong",
                page(
                    Purpose::SignIn,
                    Some("k***@example.org"),
                    Filled::default().wrong("code", Message::new("error-code-wrong")),
                ),
            ),
            ("look up", page(Purpose::LookUp, None, Filled::default())),
        ]
    }
}

/// 개인정보 처리방침.
#[derive(Debug, Clone, Serialize)]
pub struct Privacy {
    /// 개인정보 보호책임자: name or seat, and telephone.
    pub officer: String,
    /// For how many days a draft is kept.
    pub draft_days: u32,
    /// In force since.
    pub since: At,
}

impl View for Privacy {
    const TEMPLATE: &'static str = "citizen/privacy.html";
    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "only",
            Privacy {
                officer: "행정국장 02-120".into(),
                draft_days: 30,
                since: at(2026, 11, 1, 0, 0),
            },
        )]
    }
}

/// 웹 접근성 안내.
#[derive(Debug, Clone, Serialize)]
pub struct Accessibility {
    /// Last checked.
    pub checked: At,
}

impl View for Accessibility {
    const TEMPLATE: &'static str = "citizen/accessibility.html";
    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "only",
            Accessibility {
                checked: at(2026, 11, 1, 0, 0),
            },
        )]
    }
}

/// One letter or text message of the demo.
#[derive(Debug, Clone, Serialize)]
pub struct Letter {
    /// When it was handed over.
    pub at: At,
    /// mail or phone.
    pub channel: String,
    /// To whom.
    pub to: String,
    /// Subject; empty for text messages.
    pub subject: String,
    /// Text.
    pub text: String,
}

/// 체험용 우편함 — what a citizen would have received (demo only).
#[derive(Debug, Clone, Serialize)]
pub struct Mailbox {
    /// Newest first.
    pub letters: Vec<Letter>,
}

impl View for Mailbox {
    const TEMPLATE: &'static str = "citizen/mailbox.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let letter = |channel: &str, subject: &str, text: &str| Letter {
            at: at(2026, 11, 23, 20, 8),
            channel: channel.into(),
            to: "010-1234-5678".into(),
            subject: subject.into(),
            text: text.into(),
        };
        vec![
            (
                "two",
                Mailbox {
                    letters: vec![
                        letter("phone", "", "인증번호는 123456입니다."),
                        letter("mail", "접수되었습니다", "신청하신 민원이\n접수되었습니다."),
                    ],
                },
            ),
            ("none", Mailbox { letters: vec![] }),
        ]
    }
}

//! 로그인 — id and password; who tries too often waits.

use crate::view::{
    Filled, Message, View,
    desk::account::{Ask, samples::ask},
};
use serde::Serialize;

/// 로그인. Fields: `login`, `password`, `back`.
#[derive(Debug, Clone, Serialize)]
pub struct SignIn {
    /// What was entered (never the password) and what is wrong.
    pub form: Filled,
    /// The page to go on to: a path of our own.
    pub back: String,
    /// How many seconds to wait before the next try.
    pub wait: Option<u64>,
    /// Whether passwords of ours are taken.
    pub passwords: bool,
    /// The name of the single sign-on, where there is one.
    pub sso: Option<String>,
    /// The question to a passkey.
    pub ask: Option<Ask>,
}

impl View for SignIn {
    const TEMPLATE: &'static str = "desk/sign_in.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let first = SignIn {
            form: Filled::default(),
            back: "/desk".into(),
            wait: None,
            passwords: true,
            sso: Some("한빛 통합로그인".into()),
            ask: Some(ask()),
        };
        let away = SignIn {
            form: Filled::default().wrong("", Message::new("sso-away").with("name", "한빛 통합로그인")),
            ..first.clone()
        };
        let sso_only = SignIn {
            passwords: false,
            ask: None,
            ..first.clone()
        };
        let bare = SignIn {
            sso: None,
            ask: None,
            ..first.clone()
        };
        let tried = Filled::of(&[("login", "receiver1")]);
        vec![
            ("first", first.clone()),
            ("away", away),
            ("sso_only", sso_only),
            ("bare", bare),
            (
                "wrong",
                SignIn {
                    form: tried.clone().wrong("login", Message::new("desk-sign-in-wrong")),
                    ..first.clone()
                },
            ),
            (
                "throttled",
                SignIn {
                    form: tried,
                    wait: Some(90),
                    ..first
                },
            ),
        ]
    }
}

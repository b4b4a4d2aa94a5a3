//! 로그인 — id and password; who tries too often waits.

use crate::view::{Filled, Message, View};
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
}

impl View for SignIn {
    const TEMPLATE: &'static str = "desk/sign_in.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let first = SignIn {
            form: Filled::default(),
            back: "/desk".into(),
            wait: None,
        };
        let tried = Filled::of(&[("login", "receiver1")]);
        vec![
            ("first", first.clone()),
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

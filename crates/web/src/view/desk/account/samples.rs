//! 로그인 보안 보기 — made-up accounts: well secured, bare, with faults, waiting.

use super::{
    Ask, ConfirmPage, Enrol, FactorStep, NewCodes, PasskeyRow, PasswordPage, Qr, Secured, SessionRow,
};
use crate::view::{
    Filled, Message, View,
    desk::{Bar, Here, at},
};

fn bar() -> Bar {
    Bar {
        here: Here::Account,
        approvals: 0,
    }
}

/// A made-up question.
pub fn ask() -> Ask {
    Ask {
        token: "00".repeat(24),
        challenge: "11".repeat(32),
        host: "minwon.hanbit.example".into(),
        user: "22".repeat(16),
        login: "receiver1".into(),
        but: String::new(),
    }
}

fn device() -> [String; 2] {
    ["windows".into(), "edge".into()]
}

impl View for Secured {
    const TEMPLATE: &'static str = "desk/account/page.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let session = SessionRow {
            name: "0a".repeat(16),
            since: at(2026, 9, 15, 8, 55),
            used: at(2026, 9, 15, 9, 30),
            origin: "203.0.113.7".into(),
            device: device(),
            road: "password".into(),
            own: true,
        };
        let other = SessionRow {
            name: "0b".repeat(16),
            origin: "2001:db8::7".into(),
            device: ["other".into(), "other".into()],
            road: "passkey".into(),
            own: false,
            ..session.clone()
        };
        let made = at(2026, 9, 1, 9, 0);
        let passkey = PasskeyRow {
            name: "0c".repeat(16),
            device: device(),
            made,
            used: None,
        };
        let full = Secured {
            bar: bar(),
            form: Filled::default().wrong("", Message::new("account-passkey-wrong")),
            password: true,
            password_at: Some(made),
            authenticator: Some(made),
            codes: 3,
            needed: true,
            passkeys: vec![
                passkey.clone(),
                PasskeyRow {
                    used: Some(made),
                    ..passkey
                },
            ],
            ask: Some(ask()),
            sessions: vec![session.clone(), other],
        };
        let bare = Secured {
            form: Filled::default(),
            password: false,
            password_at: None,
            authenticator: None,
            codes: 0,
            needed: false,
            passkeys: vec![],
            ask: None,
            sessions: vec![session],
            ..full.clone()
        };
        let owed = Secured {
            needed: true,
            password: true,
            ..bare.clone()
        };
        vec![("full", full), ("bare", bare), ("owed", owed)]
    }
}

impl View for FactorStep {
    const TEMPLATE: &'static str = "desk/account/factor.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let first = FactorStep {
            form: Filled::default(),
            back: "/desk".into(),
            authenticator: true,
            ask: Some(ask()),
            wait: None,
        };
        let wrong = FactorStep {
            form: Filled::default().wrong("code", Message::new("factor-wrong")),
            ask: None,
            ..first.clone()
        };
        let wait = FactorStep {
            authenticator: false,
            wait: Some(90),
            ..first.clone()
        };
        vec![("first", first), ("wrong", wrong), ("throttled", wait)]
    }
}

impl View for PasswordPage {
    const TEMPLATE: &'static str = "desk/account/password.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let door = PasswordPage {
            bar: None,
            form: Filled::default(),
            back: "/desk".into(),
            wait: None,
        };
        let inside = PasswordPage {
            bar: Some(bar()),
            form: Filled::default().wrong("password", Message::new("office-fault-password_common")),
            wait: Some(30),
            ..door.clone()
        };
        vec![("door", door), ("inside", inside)]
    }
}

impl View for Enrol {
    const TEMPLATE: &'static str = "desk/account/enrol.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let door = Enrol {
            bar: None,
            form: Filled::default(),
            back: "/desk".into(),
            secret: "JBSW Y3DP EHPK 3PXP".into(),
            sealed: "00".repeat(57),
            qr: Qr::of("otpauth://totp/%ED%95%9C%EB%B9%9B:receiver1?secret=JBSWY3DPEHPK3PXP"),
        };
        let inside = Enrol {
            bar: Some(bar()),
            form: Filled::default().wrong("code", Message::new("enrol-wrong")),
            ..door.clone()
        };
        vec![("door", door), ("inside", inside)]
    }
}

impl View for NewCodes {
    const TEMPLATE: &'static str = "desk/account/codes.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let door = NewCodes {
            bar: None,
            codes: vec!["ABCD-EFGH-2345".into(); 10],
            back: "/desk".into(),
        };
        let inside = NewCodes {
            bar: Some(bar()),
            ..door.clone()
        };
        vec![("door", door), ("inside", inside)]
    }
}

impl View for ConfirmPage {
    const TEMPLATE: &'static str = "desk/account/confirm.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let full = ConfirmPage {
            bar: bar(),
            form: Filled::default().wrong("password", Message::new("confirm-wrong")),
            back: "/desk".into(),
            password: true,
            code: true,
            ask: Some(ask()),
            sso: Some("한빛 통합로그인".into()),
            wait: Some(60),
        };
        let bare = ConfirmPage {
            form: Filled::default(),
            code: false,
            ask: None,
            sso: None,
            wait: None,
            ..full.clone()
        };
        let sso = ConfirmPage {
            password: false,
            ask: None,
            wait: None,
            form: Filled::default(),
            ..full.clone()
        };
        vec![("full", full), ("bare", bare), ("sso", sso)]
    }
}

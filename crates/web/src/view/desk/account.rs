//! 로그인 보안 화면 — second factors, passkeys, password and sessions of one's own; the steps of the door; 다시 확인.

pub mod samples;

use crate::{
    route::Row,
    view::{Face, Filled, Sample, desk::Bar, samples as of_view},
};
use domain::time::At;
use qrcode::{Color, QrCode};
use serde::Serialize;

crate::routes! {
    /// The addresses of this room.
    Account {
        /// 패스키 로그인 (POST)
        PasskeyEntry = "desk_passkey" "/desk/sign-in/passkey";
        /// 2단계 인증 (POST: the number)
        Factor = "desk_factor" "/desk/sign-in/factor";
        /// 2단계 인증: 패스키 (POST)
        FactorPasskey = "desk_factor_passkey" "/desk/sign-in/factor/passkey";
        /// 첫 비밀번호 변경 (POST)
        FirstPassword = "desk_first_password" "/desk/sign-in/password";
        /// 첫 2단계 인증 등록 (POST)
        FirstFactor = "desk_first_factor" "/desk/sign-in/enrol";
        /// 통합로그인으로
        Sso = "desk_sso" "/desk/sso";
        /// 통합로그인에서
        SsoBack = "desk_sso_back" "/desk/sso/back";
        /// 로그인 보안
        Page = "desk_account" "/desk/account";
        /// 비밀번호 변경 (POST)
        Password = "desk_account_password" "/desk/account/password";
        /// 인증 앱 등록 (POST)
        Authenticator = "desk_authenticator" "/desk/account/authenticator";
        /// 인증 앱 해제 (POST)
        DropAuthenticator = "desk_authenticator_drop" "/desk/account/authenticator/drop";
        /// 복구 코드 다시 만들기 (POST)
        Codes = "desk_codes" "/desk/account/codes";
        /// 패스키 등록 (POST)
        Passkeys = "desk_passkeys" "/desk/account/passkeys";
        /// 패스키 삭제 (POST)
        DropPasskey = "desk_passkey_drop" "/desk/account/passkeys/drop";
        /// 접속 끊기 (POST)
        EndSession = "desk_session_end" "/desk/account/sessions/end";
        /// 다시 확인 (POST)
        Confirm = "desk_confirm" "/desk/account/confirm";
        /// 다시 확인: 패스키 (POST)
        ConfirmPasskey = "desk_confirm_passkey" "/desk/account/confirm/passkey";
        /// 강제 로그아웃 (POST)
        EndSessions(id) = "desk_official_sessions" "/desk/organisation/officials/{id}/sessions";
        /// 2단계 인증 초기화 (POST)
        ResetFactors(id) = "desk_official_factors" "/desk/organisation/officials/{id}/factors";
    }
}

/// The addresses of this room, for the template function `url`.
pub const TABLE: &[Row] = Account::TABLE;

/// Every sample of these pages.
pub fn gallery() -> Vec<Sample> {
    let of = Face::Desk;
    [
        of_view::<Secured>(of),
        of_view::<FactorStep>(of),
        of_view::<PasswordPage>(of),
        of_view::<Enrol>(of),
        of_view::<NewCodes>(of),
        of_view::<ConfirmPage>(of),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A question to a passkey, as a form carries it.
#[derive(Debug, Clone, Serialize)]
pub struct Ask {
    /// Comes back with the answer.
    pub token: String,
    /// What the device signs.
    pub challenge: String,
    /// The host it is for.
    pub host: String,
    /// For a new one: who it is of, in hexadecimal digits; empty otherwise.
    pub user: String,
    /// For a new one: the log-in name; empty otherwise.
    pub login: String,
    /// For a new one: passkeys that are there already, in hexadecimal digits with spaces between.
    pub but: String,
}

/// One open session.
#[derive(Debug, Clone, Serialize)]
pub struct SessionRow {
    /// What it is called in a form.
    pub name: String,
    /// Since when.
    pub since: At,
    /// When it was last used.
    pub used: At,
    /// From which address.
    pub origin: String,
    /// Codes of system and browser.
    pub device: [String; 2],
    /// By which road: words keyed `road-<code>`.
    pub road: String,
    /// Whether it is this one.
    pub own: bool,
}

/// One passkey.
#[derive(Debug, Clone, Serialize)]
pub struct PasskeyRow {
    /// What it is called in a form.
    pub name: String,
    /// Codes of system and browser it was made on.
    pub device: [String; 2],
    /// When it was made.
    pub made: At,
    /// When it was last used.
    pub used: Option<At>,
}

/// 로그인 보안.
#[derive(Debug, Clone, Serialize)]
pub struct Secured {
    /// The menu.
    pub bar: Bar,
    /// As it was left, with errors.
    pub form: Filled,
    /// Whether there is a password of ours.
    pub password: bool,
    /// When it was changed.
    pub password_at: Option<At>,
    /// Since when there is an authenticator.
    pub authenticator: Option<At>,
    /// Recovery codes left.
    pub codes: u32,
    /// Whether a seat needs a second factor.
    pub needed: bool,
    /// Passkeys.
    pub passkeys: Vec<PasskeyRow>,
    /// The question to a new passkey; `None` where there is no address they could be for.
    pub ask: Option<Ask>,
    /// Open sessions.
    pub sessions: Vec<SessionRow>,
}

/// 2단계 인증. Fields: `code`, `back`.
#[derive(Debug, Clone, Serialize)]
pub struct FactorStep {
    /// As it was left, with errors.
    pub form: Filled,
    /// Where to go on.
    pub back: String,
    /// Whether there is an authenticator.
    pub authenticator: bool,
    /// The question to a passkey, where there is one.
    pub ask: Option<Ask>,
    /// How many seconds to wait before the next try.
    pub wait: Option<u64>,
}

/// 비밀번호 변경. Fields: `old`, `password`, `again`, `back`.
#[derive(Debug, Clone, Serialize)]
pub struct PasswordPage {
    /// The menu; `None` at the door.
    pub bar: Option<Bar>,
    /// As it was left, with errors; never the passwords.
    pub form: Filled,
    /// Where to go on.
    pub back: String,
    /// How many seconds to wait before the next try.
    pub wait: Option<u64>,
}

/// 인증 앱 등록. Fields: `sealed`, `code`, `back`.
#[derive(Debug, Clone, Serialize)]
pub struct Enrol {
    /// The menu; `None` at the door.
    pub bar: Option<Bar>,
    /// As it was left, with errors.
    pub form: Filled,
    /// Where to go on.
    pub back: String,
    /// The secret in groups of four letters.
    pub secret: String,
    /// The secret sealed, to come back.
    pub sealed: String,
    /// The address as a picture.
    pub qr: Qr,
}

/// A QR code as one path of unit squares.
#[derive(Debug, Clone, Serialize)]
pub struct Qr {
    /// Its sides, with the quiet zone.
    pub side: usize,
    /// The dark squares.
    pub path: String,
}

impl Qr {
    /// The picture of a text; empty for a text too long for one.
    pub fn of(text: &str) -> Qr {
        const QUIET: usize = 4;
        let Ok(code) = QrCode::new(text) else {
            return Qr {
                side: 0,
                path: String::new(),
            };
        };
        let width = code.width();
        let dark = (code.to_colors().into_iter().enumerate()).filter(|(_, colour)| *colour == Color::Dark);
        let path = dark
            .map(|(n, _)| format!("M{} {}h1v1h-1z", n % width + QUIET, n / width + QUIET))
            .collect();
        Qr {
            side: width + 2 * QUIET,
            path,
        }
    }
}

/// 복구 코드: shown this once.
#[derive(Debug, Clone, Serialize)]
pub struct NewCodes {
    /// The menu; `None` at the door.
    pub bar: Option<Bar>,
    /// The codes.
    pub codes: Vec<String>,
    /// Where to go on.
    pub back: String,
}

/// 다시 확인. Fields: `password`, `code`, `back`.
#[derive(Debug, Clone, Serialize)]
pub struct ConfirmPage {
    /// The menu.
    pub bar: Bar,
    /// As it was left, with errors; never the password.
    pub form: Filled,
    /// Where to go on.
    pub back: String,
    /// Whether there is a password of ours.
    pub password: bool,
    /// Whether a second factor is asked for beside the password.
    pub code: bool,
    /// The question to a passkey, where there is one.
    pub ask: Option<Ask>,
    /// The name of the single sign-on, where there is one.
    pub sso: Option<String>,
    /// How many seconds to wait before the next try.
    pub wait: Option<u64>,
}

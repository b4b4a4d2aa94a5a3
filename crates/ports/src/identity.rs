//! 본인 확인 — who an official at the log-in page is: by password, or by the agency's single sign-on.

use domain::id::OfficialId;
use domain::time::At;

/// The place that knows could not be asked; nobody is let in, and nobody is told they were wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("log-ins cannot be checked now: {0}")]
pub struct Unavailable(pub String);

/// 로그인 확인 — checks an official's login and password: our own argon2id hashes, or an agency's directory.
#[async_trait::async_trait]
pub trait Identity: Send + Sync {
    /// Who it is, `None` if login or password are wrong: which of the two is told to nobody, by word or by time.
    async fn authenticate(&self, login: &str, password: &str) -> Result<Option<OfficialId>, Unavailable>;
}

/// 비밀번호 대장 — where the password adapter finds the hashes; `app` implements it over the officials' accounts.
#[async_trait::async_trait]
pub trait Logins: Send + Sync {
    /// The account of a login and the PHC string of its password; `None` if there is none, or it is closed.
    async fn find(&self, login: &str) -> Result<Option<(OfficialId, String)>, Unavailable>;
}

/// How the single sign-on is called on the log-in page, and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Front {
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// Whether it asks for two factors itself, so that we need not.
    pub two_factors: bool,
}

/// What binds an answer of the single sign-on to one question of one browser. Each is secret until it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Comes back with the answer.
    pub state: String,
    /// Stands in the signed statement.
    pub nonce: String,
    /// Proves that who asked also redeems (PKCE): 43 to 128 unreserved characters.
    pub verifier: String,
    /// Whether the person must show anew who they are, also when they are signed on.
    pub anew: bool,
}

/// Whom the single sign-on named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The claim that names the account.
    pub account: String,
    /// When the person last showed who they are, if it says so.
    pub shown_at: Option<At>,
}

/// Why the single sign-on named nobody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotNamed {
    /// What came back does not hold: a code used before, a wrong signature, nonce, audience or time.
    #[error("the answer does not hold: {0}")]
    Refused(String),
    /// It cannot be reached.
    #[error("the single sign-on cannot be reached: {0}")]
    Away(String),
}

/// 통합로그인 — the agency's single sign-on.
#[async_trait::async_trait]
pub trait SingleSignOn: Send + Sync {
    /// How it is shown.
    fn front(&self) -> &Front;
    /// Where a browser is sent with this question.
    async fn address(&self, question: &Question) -> Result<String, NotNamed>;
    /// Whom the code that came back names.
    async fn redeem(&self, code: &str, question: &Question) -> Result<Named, NotNamed>;
}

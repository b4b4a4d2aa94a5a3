//! 본인 확인 — who an official at the log-in page is.

use domain::id::OfficialId;

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

//! 본인 확인 — who an official at the log-in page is, by password or by the agency's single sign-on; who a citizen is, by a
//! provider of 본인확인.

use domain::assurance::{Assurance, Means};
use domain::id::OfficialId;
use domain::terms::Code;
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
    #[error("the provider cannot be reached: {0}")]
    Away(String),
    /// It says who it is without what we must know: this claim is missing.
    #[error("the claim `{0}` is missing")]
    Lacking(String),
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

/// 본인확인 기관 — how a provider is shown to citizens, and what its word is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// What it is called in addresses.
    pub code: Code,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// What kind it is.
    pub means: Means,
    /// How sure the office is of whom it names.
    pub assurance: Assurance,
    /// Who vouches: an identity of one issuer is none of another's.
    pub issuer: String,
    /// The claim that the identifier stands in.
    pub claim: String,
}

/// Whom a provider named. It is in no log: neither `Debug` nor an error says anything of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    /// The lasting identifier: what the provider knows the person by, or the connecting information (CI).
    pub identifier: String,
    /// 성명.
    pub name: String,
    /// 전화번호, as the provider writes it.
    pub phone: Option<String>,
    /// 전자우편.
    pub mail: Option<String>,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown(…)")
    }
}

/// 본인확인 — a provider that says who a citizen is.
#[async_trait::async_trait]
pub trait Broker: Send + Sync {
    /// How it is shown.
    fn provider(&self) -> &Provider;
    /// Where a browser is sent with this question.
    async fn address(&self, question: &Question) -> Result<String, NotNamed>;
    /// Whom the code that came back names.
    async fn redeem(&self, code: &str, question: &Question) -> Result<Shown, NotNamed>;
}

/// One who can be played at the rehearsal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// An invented person.
    Person {
        /// What a form calls them.
        key: String,
        /// 성명.
        name: String,
        /// Whether the provider tells a telephone or mail too.
        reach: bool,
    },
    /// Something that goes wrong.
    Fault {
        /// What a form calls it: `lacking` or `away`.
        key: String,
    },
}

/// 연습용 본인확인 — the page of the demo on which a visitor chooses who to be.
pub trait Rehearsal: Send + Sync {
    /// Whom one can be.
    fn roles(&self) -> Vec<Role>;
    /// The way back for who plays this role in answer to the question of `state`; an unknown role cancels. `None` where nobody asked
    /// that question.
    fn plays(&self, state: &str, role: &str) -> Option<String>;
}

//! 통합로그인 — the agency's single sign-on: which account a provider's statement names.

use super::client::{BadSettings, Client, Registration};
use crate::secret::Secret;
use ports::Clock;
use ports::identity::{Front, Named, NotNamed, Question, SingleSignOn};
use std::sync::Arc;

/// How to reach the provider.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SsoSettings {
    /// The provider's own address, exactly as it stands in its statements; `https`, or `http` on this machine.
    pub issuer: String,
    /// What it knows us by.
    pub client_id: String,
    /// What we show it; none for a public client.
    pub client_secret: Option<Secret>,
    /// The claim that names the account: its log-in name here.
    #[serde(default = "preferred_username")]
    pub claim: String,
    /// What is asked for besides `openid`.
    #[serde(default = "profile")]
    pub scopes: Vec<String>,
    /// What it is called on the log-in page.
    #[serde(default = "name")]
    pub name: String,
    /// The same in English.
    #[serde(default = "name_en")]
    pub name_en: String,
    /// Whether it asks for two factors itself, so that we need not.
    #[serde(default)]
    pub two_factors: bool,
    /// How long to wait for its answer, in seconds.
    #[serde(default = "ten_seconds")]
    pub timeout: u64,
}

fn preferred_username() -> String {
    "preferred_username".into()
}
fn profile() -> Vec<String> {
    vec!["profile".into()]
}
fn name() -> String {
    "통합로그인".into()
}
fn name_en() -> String {
    "single sign-on".into()
}
fn ten_seconds() -> u64 {
    10
}

/// The single sign-on.
pub struct Oidc {
    client: Client,
    claim: String,
    front: Front,
}

impl Oidc {
    /// Checks the settings; asks the provider only at first use. `back` is where it sends browsers back to.
    pub fn new(settings: SsoSettings, back: &str, clock: Arc<dyn Clock>) -> Result<Oidc, BadSettings> {
        let registration = Registration {
            issuer: settings.issuer,
            client_id: settings.client_id,
            client_secret: settings.client_secret,
            scopes: settings.scopes,
            timeout: settings.timeout,
        };
        Ok(Oidc {
            client: Client::new(registration, back, clock)?,
            claim: settings.claim,
            front: Front {
                name: settings.name,
                name_en: settings.name_en,
                two_factors: settings.two_factors,
            },
        })
    }
}

#[async_trait::async_trait]
impl SingleSignOn for Oidc {
    fn front(&self) -> &Front {
        &self.front
    }

    async fn address(&self, question: &Question) -> Result<String, NotNamed> {
        self.client.address(question).await
    }

    async fn redeem(&self, code: &str, question: &Question) -> Result<Named, NotNamed> {
        let statement = self.client.redeem(code, question).await?;
        let account = (statement.claim(&self.claim))
            .ok_or_else(|| NotNamed::Refused(format!("the claim `{}` is not in it", self.claim)))?;
        Ok(Named {
            account: account.to_owned(),
            shown_at: statement.shown_at,
        })
    }
}

//! 본인확인 기관 — providers that say who a citizen is (본인확인, 간편인증, 모바일 신분증), by OpenID Connect.
//!
//! Of what a provider says four claims are read and no other: the lasting identifier, name, telephone, mail.

use super::client::{BadSettings, Client, Registration, Statement};
use crate::secret::Secret;
use domain::assurance::{Assurance, Means};
use domain::terms::Code;
use ports::Clock;
use ports::identity::{Broker, NotNamed, Provider, Question, Shown};
use serde::{Deserialize, Deserializer};
use std::sync::Arc;

/// How to reach a provider (`[[verification]]`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrokerSettings {
    /// What it is called in addresses.
    pub code: Code,
    /// What it is called on pages.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// 본인확인, 간편인증, 모바일 신분증 or 인증서.
    #[serde(deserialize_with = "means")]
    pub kind: Means,
    /// The provider's own address, exactly as it stands in its statements; `https`, or `http` on this machine.
    pub issuer: String,
    /// What it knows us by.
    pub client_id: String,
    /// What we show it; none for a public client.
    pub client_secret: Option<Secret>,
    /// What is asked for besides `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// In which claims it says what.
    #[serde(default)]
    pub claims: Claims,
    /// How sure the office is of whom it names.
    #[serde(default = "verified")]
    pub level: Assurance,
    /// How long to wait for its answer, in seconds.
    #[serde(default = "ten_seconds")]
    pub timeout: u64,
}

/// In which claims a provider says what.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Claims {
    /// The lasting identifier: `sub`, or where the connecting information (CI) stands.
    pub identifier: String,
    /// 성명.
    pub name: String,
    /// 전화번호.
    pub phone: String,
    /// 전자우편.
    pub mail: String,
}

impl Default for Claims {
    fn default() -> Claims {
        Claims {
            identifier: "sub".into(),
            name: "name".into(),
            phone: "phone_number".into(),
            mail: "email".into(),
        }
    }
}

fn verified() -> Assurance {
    Assurance::Verified
}
fn ten_seconds() -> u64 {
    10
}
fn means<'de, D: Deserializer<'de>>(from: D) -> Result<Means, D::Error> {
    let word = String::deserialize(from)?;
    Means::of_provider(&word).ok_or_else(|| {
        serde::de::Error::custom(format!(
            "{word:?} is none of 본인확인, 간편인증, 모바일 신분증, 인증서"
        ))
    })
}

/// A provider.
pub struct OidcBroker {
    client: Client,
    claims: Claims,
    provider: Provider,
}

impl OidcBroker {
    /// Checks the settings; asks the provider only at first use. `back` is where it sends browsers back to.
    pub fn new(
        settings: BrokerSettings,
        back: &str,
        clock: Arc<dyn Clock>,
    ) -> Result<OidcBroker, BadSettings> {
        let provider = Provider {
            code: settings.code,
            name: settings.name,
            name_en: settings.name_en,
            means: settings.kind,
            assurance: settings.level,
            issuer: settings.issuer.clone(),
            claim: settings.claims.identifier.clone(),
        };
        let registration = Registration {
            issuer: settings.issuer,
            client_id: settings.client_id,
            client_secret: settings.client_secret,
            scopes: settings.scopes,
            timeout: settings.timeout,
        };
        Ok(OidcBroker {
            client: Client::new(registration, back, clock)?,
            claims: settings.claims,
            provider,
        })
    }

    /// Whether all that is read was said.
    fn is_whole(&self, statement: &Statement) -> bool {
        let Claims {
            identifier,
            name,
            phone,
            mail,
        } = &self.claims;
        let reach = statement.claim(phone).or_else(|| statement.claim(mail));
        [statement.claim(identifier), statement.claim(name), reach]
            .iter()
            .all(Option::is_some)
    }
}

#[async_trait::async_trait]
impl Broker for OidcBroker {
    fn provider(&self) -> &Provider {
        &self.provider
    }

    async fn address(&self, question: &Question) -> Result<String, NotNamed> {
        self.client.address(question).await
    }

    async fn redeem(&self, code: &str, question: &Question) -> Result<Shown, NotNamed> {
        let mut statement = self.client.redeem(code, question).await?;
        if !self.is_whole(&statement) {
            let more = self.client.ask_more(&mut statement).await;
            let needed = [&self.claims.identifier, &self.claims.name];
            if needed.into_iter().any(|claim| statement.claim(claim).is_none()) {
                more?;
            }
        }
        let said = |claim: &str| statement.claim(claim).map(str::to_owned);
        let lacking = |claim: &str| NotNamed::Lacking(claim.to_owned());
        Ok(Shown {
            identifier: said(&self.claims.identifier).ok_or_else(|| lacking(&self.claims.identifier))?,
            name: said(&self.claims.name).ok_or_else(|| lacking(&self.claims.name))?,
            phone: said(&self.claims.phone),
            mail: said(&self.claims.mail),
        })
    }
}

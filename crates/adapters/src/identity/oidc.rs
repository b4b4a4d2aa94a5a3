//! 통합로그인 — OpenID Connect: authorization code with PKCE, state and nonce; the provider is asked about itself at first use, and
//! for its keys anew when it signs with one we do not know.

use crate::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use domain::time::At;
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreJwsSigningAlgorithm,
    CoreProviderMetadata,
};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, DiscoveryError,
    HttpRequest, HttpResponse, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, SignatureVerificationError, TokenResponse,
};
use ports::Clock;
use ports::identity::{Front, Named, NotNamed, Question, SingleSignOn};
use reqwest::{Client, Url, redirect};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// The longest answer of a provider that is read, in bytes.
const LONGEST: usize = 1 << 20;
/// A statement older than this, or from further ahead, is not taken: seconds.
const AGE: i64 = 600;
/// Clocks may differ by so much: seconds.
const AWRY: i64 = 60;
/// Keys are asked for anew at most so often, in milliseconds.
const REFRESH: i64 = 60_000;
/// What statements may be signed with: public keys only, so that nobody who knows the client's secret can sign.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 5] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

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

/// Settings a provider cannot be reached with.
#[derive(Debug, thiserror::Error)]
pub enum BadSettings {
    /// Not an address we may ask.
    #[error("single sign-on: {0:?} is no address to ask: https, or http on this machine")]
    Address(String),
    /// The HTTP client cannot be made.
    #[error("single sign-on: {0}")]
    Client(#[from] reqwest::Error),
}

/// What the provider says of itself, and when it said so.
#[derive(Clone)]
struct Known {
    metadata: CoreProviderMetadata,
    at: At,
}

/// A provider.
pub struct Oidc {
    http: Client,
    issuer: IssuerUrl,
    back: RedirectUrl,
    settings: SsoSettings,
    front: Front,
    clock: Arc<dyn Clock>,
    known: Mutex<Option<Known>>,
}

/// What went wrong while asking.
#[derive(Debug, thiserror::Error)]
enum Unasked {
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[error("{0}")]
    Shape(#[from] openidconnect::http::Error),
    #[error("the answer is too long")]
    TooLong,
}

impl Oidc {
    /// Checks the settings; asks the provider only at first use. `back` is where it sends browsers back to.
    pub fn new(settings: SsoSettings, back: &str, clock: Arc<dyn Clock>) -> Result<Oidc, BadSettings> {
        let bad = || BadSettings::Address(settings.issuer.clone());
        Url::parse(&settings.issuer)
            .ok()
            .filter(|url| match url.scheme() {
                "https" => true,
                "http" => matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")),
                _ => false,
            })
            .ok_or_else(bad)?;
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_| bad())?;
        let back = RedirectUrl::new(back.to_owned()).map_err(|_| BadSettings::Address(back.to_owned()))?;
        // Whoever came first has installed the same provider; a second time changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder()
            .timeout(Duration::from_secs(settings.timeout))
            // A redirect would lead requests of ours to where nobody agreed to.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()?;
        let front = Front {
            name: settings.name.clone(),
            name_en: settings.name_en.clone(),
            two_factors: settings.two_factors,
        };
        Ok(Oidc {
            http,
            issuer,
            back,
            settings,
            front,
            clock,
            known: Mutex::new(None),
        })
    }

    /// What the provider says of itself: as it was last asked, but never older than `since`.
    async fn known(&self, since: Option<At>) -> Result<CoreProviderMetadata, NotNamed> {
        let mut known = self.known.lock().await;
        if let Some(known) = known
            .as_ref()
            .filter(|known| since.is_none_or(|since| known.at >= since))
        {
            return Ok(known.metadata.clone());
        }
        let ask = |request| fetch(self.http.clone(), request);
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &ask)
            .await
            .map_err(|error| match error {
                DiscoveryError::Request(why) => NotNamed::Away(why.to_string()),
                other => NotNamed::Away(format!("it does not say who it is: {other}")),
            })?;
        *known = Some(Known {
            metadata: metadata.clone(),
            at: self.clock.now(),
        });
        Ok(metadata)
    }

    fn secret(&self) -> Option<ClientSecret> {
        let secret = self.settings.client_secret.as_ref();
        secret.map(|secret| ClientSecret::new(secret.expose().to_owned()))
    }

    /// Whom a statement names, if it is for us, now, and in answer to this question.
    fn read(
        &self,
        metadata: CoreProviderMetadata,
        token: &CoreIdToken,
        question: &Question,
    ) -> Result<Named, ClaimsVerificationError> {
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(self.settings.client_id.clone()),
            self.secret(),
        );
        let now = self.clock.now().0.div_euclid(1000);
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || DateTime::<Utc>::from_timestamp(now, 0).unwrap_or_default())
            .set_issue_time_verifier_fn(move |issued| {
                let age = now - issued.timestamp();
                if (-AWRY..=AGE).contains(&age) {
                    Ok(())
                } else {
                    Err("it was not made now".to_owned())
                }
            });
        let claims = token.claims(&verifier, &Nonce::new(question.nonce.clone()))?;
        let shown_at = claims.auth_time().map(|at| At(at.timestamp_millis()));
        Ok(Named {
            account: self.account(token).unwrap_or_default(),
            shown_at,
        })
    }

    /// The claim that names the account, of a statement that was checked.
    fn account(&self, token: &CoreIdToken) -> Option<String> {
        let token = token.to_string();
        let body = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
        let claims: Value = serde_json::from_slice(&body).ok()?;
        if self.settings.claim == "email" && claims.get("email_verified") != Some(&Value::Bool(true)) {
            return None;
        }
        claims.get(&self.settings.claim)?.as_str().map(str::to_owned)
    }
}

/// One request of ours.
async fn fetch(http: Client, request: HttpRequest) -> Result<HttpResponse, Unasked> {
    let mut answer = http.execute(request.try_into()?).await?;
    let mut response = openidconnect::http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > LONGEST {
            return Err(Unasked::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(response.body(body)?)
}

#[async_trait::async_trait]
impl SingleSignOn for Oidc {
    fn front(&self) -> &Front {
        &self.front
    }

    async fn address(&self, question: &Question) -> Result<String, NotNamed> {
        let metadata = self.known(None).await?;
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(self.settings.client_id.clone()),
            self.secret(),
        )
        .set_redirect_uri(self.back.clone());
        let (state, nonce) = (question.state.clone(), question.nonce.clone());
        let verifier = PkceCodeVerifier::new(question.verifier.clone());
        let mut way = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scopes(self.settings.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if question.anew {
            way = way.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
        }
        Ok(way.url().0.into())
    }

    async fn redeem(&self, code: &str, question: &Question) -> Result<Named, NotNamed> {
        let metadata = self.known(None).await?;
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(self.settings.client_id.clone()),
            self.secret(),
        )
        .set_redirect_uri(self.back.clone());
        let ask = |request| fetch(self.http.clone(), request);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| NotNamed::Away(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(question.verifier.clone()))
            .request_async(&ask)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(why) => NotNamed::Away(why.to_string()),
                RequestTokenError::ServerResponse(why) => NotNamed::Refused(why.error().to_string()),
                RequestTokenError::Parse(why, _) => NotNamed::Refused(why.to_string()),
                RequestTokenError::Other(why) => NotNamed::Refused(why),
            })?;
        let token = answer
            .id_token()
            .ok_or_else(|| NotNamed::Refused("there is no statement in it".into()))?;
        let named = match self.read(metadata, token, question) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let since = self.clock.now().plus(-REFRESH);
                self.read(self.known(Some(since)).await?, token, question)
            }
            read => read,
        };
        let named = named.map_err(|error| NotNamed::Refused(error.to_string()))?;
        if named.account.is_empty() {
            let claim = &self.settings.claim;
            return Err(NotNamed::Refused(format!("the claim `{claim}` is not in it")));
        }
        Ok(named)
    }
}

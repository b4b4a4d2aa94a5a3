//! 신원 확인 연결(OpenID Connect) — the one client for whoever says who somebody is: authorization code with PKCE, state and nonce. A
//! provider is asked about itself at first use, and for its keys anew when it signs with one we do not know.

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
    HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse,
};
use ports::Clock;
use ports::identity::{NotNamed, Question};
use reqwest::{Client as Http, Url, redirect};
use serde_json::{Map, Value};
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

/// What a provider knows us by, and what it is asked for.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The provider's own address, exactly as it stands in its statements; `https`, or `http` on this machine.
    pub issuer: String,
    /// What it knows us by.
    pub client_id: String,
    /// What we show it; none for a public client.
    pub client_secret: Option<Secret>,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// How long to wait for its answer, in seconds.
    pub timeout: u64,
}

/// Settings a provider cannot be reached with.
#[derive(Debug, thiserror::Error)]
pub enum BadSettings {
    /// Not an address we may ask.
    #[error("{0:?} is no address to ask: https, or http on this machine")]
    Address(String),
    /// The HTTP client cannot be made.
    #[error("{0}")]
    Client(#[from] reqwest::Error),
}

/// What the provider says of itself, and when it said so.
#[derive(Clone)]
struct Known {
    metadata: CoreProviderMetadata,
    at: At,
}

/// A provider, as a client of it.
pub struct Client {
    http: Http,
    issuer: IssuerUrl,
    back: RedirectUrl,
    registration: Registration,
    clock: Arc<dyn Clock>,
    known: Mutex<Option<Known>>,
}

/// A statement that holds: for us, now, in answer to this question.
pub struct Statement {
    claims: Map<String, Value>,
    /// When the person last showed who they are, if it says so.
    pub shown_at: Option<At>,
    /// What more may be asked with.
    access: String,
}

impl Statement {
    /// A claim that is a text and not empty. An address or a number that the provider says it did not check is none; of an address
    /// (`email`) it must say that it did.
    pub fn claim(&self, name: &str) -> Option<&str> {
        let text = self.claims.get(name)?.as_str()?.trim();
        let checked = self.claims.get(&format!("{name}_verified"));
        let holds = match checked {
            None => name != "email",
            Some(checked) => *checked == Value::Bool(true),
        };
        (holds && !text.is_empty()).then_some(text)
    }
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

impl Client {
    /// Checks the settings; asks the provider only at first use. `back` is where it sends browsers back to.
    pub fn new(registration: Registration, back: &str, clock: Arc<dyn Clock>) -> Result<Client, BadSettings> {
        let bad = || BadSettings::Address(registration.issuer.clone());
        Url::parse(&registration.issuer)
            .ok()
            .filter(|url| match url.scheme() {
                "https" => true,
                "http" => matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")),
                _ => false,
            })
            .ok_or_else(bad)?;
        let issuer = IssuerUrl::new(registration.issuer.clone()).map_err(|_| bad())?;
        let back = RedirectUrl::new(back.to_owned()).map_err(|_| BadSettings::Address(back.to_owned()))?;
        // Whoever came first has installed the same provider; a second time changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Http::builder()
            .timeout(Duration::from_secs(registration.timeout))
            // A redirect would lead requests of ours to where nobody agreed to.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Client {
            http,
            issuer,
            back,
            registration,
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
        let secret = self.registration.client_secret.as_ref();
        secret.map(|secret| ClientSecret::new(secret.expose().to_owned()))
    }

    /// What a statement says, if it is for us, now, and in answer to this question.
    fn read(
        &self,
        metadata: CoreProviderMetadata,
        token: &CoreIdToken,
        question: &Question,
    ) -> Result<(Map<String, Value>, Option<At>), ClaimsVerificationError> {
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(self.registration.client_id.clone()),
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
        Ok((body_of(token), shown_at))
    }

    /// Where a browser is sent with this question.
    pub async fn address(&self, question: &Question) -> Result<String, NotNamed> {
        let metadata = self.known(None).await?;
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(self.registration.client_id.clone()),
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
            .add_scopes(self.registration.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if question.anew {
            way = way.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
        }
        Ok(way.url().0.into())
    }

    /// What the provider states for the code that came back.
    pub async fn redeem(&self, code: &str, question: &Question) -> Result<Statement, NotNamed> {
        let metadata = self.known(None).await?;
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(self.registration.client_id.clone()),
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
        let read = match self.read(metadata, token, question) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let since = self.clock.now().plus(-REFRESH);
                self.read(self.known(Some(since)).await?, token, question)
            }
            read => read,
        };
        let (claims, shown_at) = read.map_err(|error| NotNamed::Refused(error.to_string()))?;
        let access = answer.access_token().secret().clone();
        Ok(Statement {
            claims,
            shown_at,
            access,
        })
    }

    /// Adds what the provider tells only where it is asked about the person (UserInfo), without a word over what was signed. A
    /// provider without such a place told all it tells.
    pub async fn ask_more(&self, statement: &mut Statement) -> Result<(), NotNamed> {
        let metadata = self.known(None).await?;
        let Some(place) = metadata.userinfo_endpoint() else {
            return Ok(());
        };
        let refused = |why: &str| NotNamed::Refused(format!("what it tells of the person: {why}"));
        let request = openidconnect::http::Request::get(place.url().as_str())
            .header("authorization", format!("Bearer {}", statement.access))
            .header("accept", "application/json")
            .body(Vec::new())
            .map_err(|error| NotNamed::Away(error.to_string()))?;
        let answer = fetch(self.http.clone(), request)
            .await
            .map_err(|error| NotNamed::Away(error.to_string()))?;
        if !answer.status().is_success() {
            return Err(refused(answer.status().as_str()));
        }
        let told: Map<String, Value> =
            serde_json::from_slice(answer.body()).map_err(|_| refused("no plain claims"))?;
        if told.get("sub").is_none() || told.get("sub") != statement.claims.get("sub") {
            return Err(refused("it is of somebody else"));
        }
        for (name, value) in told {
            statement.claims.entry(name).or_insert(value);
        }
        Ok(())
    }
}

/// The claims of a statement that was checked.
fn body_of(token: &CoreIdToken) -> Map<String, Value> {
    let token = token.to_string();
    let body = token
        .split('.')
        .nth(1)
        .and_then(|body| URL_SAFE_NO_PAD.decode(body).ok());
    let mut claims: Map<String, Value> = body
        .and_then(|body| serde_json::from_slice(&body).ok())
        .unwrap_or_default();
    claims.retain(|_, value| !value.is_null());
    claims
}

/// One request of ours.
async fn fetch(http: Http, request: HttpRequest) -> Result<HttpResponse, Unasked> {
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

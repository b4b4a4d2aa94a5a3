//! 관문 — what stands before every page: session cookie, CSRF, headers, request ids, and error pages in plain words.
//!
//! One [`Gate`] per face. It keeps nothing: a session is a random token in a cookie, what it may do is looked up by
//! `app` under the token's hash; the CSRF token is a MAC over the session token, so that no other session's fits.

use crate::{
    POLICY, lang,
    render::{Lang, Pages},
    view::{Face, Frame, Message, View, citizen::error::ErrorPage},
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use domain::text::hex;
use futures_util::FutureExt;
use ports::{Chance, Clock, Ids};
use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

/// At most so many bytes of a form without files.
pub const FORM_BYTES: usize = 1 << 20;
/// How long a request may take: ten files over a slow line fit.
pub const PATIENCE: Duration = Duration::from_secs(180);

/// A keyed MAC (HMAC-SHA-256 under a key of its own): `minwon` hands in the one of `crypto`.
pub type Mac = Arc<dyn Fn(&[u8]) -> [u8; 32] + Send + Sync>;

/// The agency's name and telephone in a language.
pub type Letterhead = Arc<dyn Fn(Lang) -> (String, String) + Send + Sync>;

/// What stands before the pages of one face.
#[derive(Clone)]
pub struct Gate {
    /// Citizens or officials; each has its own cookie.
    pub face: Face,
    /// Whether browsers reach us by HTTPS: then cookies are `__Host-` and Secure.
    pub https: bool,
    /// 체험판.
    pub demo: bool,
    /// Binds CSRF tokens to sessions.
    pub mac: Mac,
    /// Now.
    pub clock: Arc<dyn Clock>,
    /// Request ids.
    pub ids: Arc<dyn Ids>,
    /// Session tokens.
    pub chance: Arc<dyn Chance>,
    /// All pages.
    pub pages: Arc<Pages>,
    /// Who runs this.
    pub letterhead: Letterhead,
    /// A request, with its whole body, must be answered by then.
    pub patience: Duration,
}

/// 화면 이용 — the session token of a request: 64 hexadecimal digits. Store its hash, never the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session(pub String);

/// What the gate found out about a request; handlers take it as an `Extension`.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The session, new or known.
    pub session: Session,
    /// Whether it was made just now.
    pub new: bool,
    /// The language.
    pub lang: Lang,
    /// How it is drawn.
    pub look: crate::look::Look,
    /// The request's id, for the log and the error page.
    pub request: String,
    /// Path and query.
    pub path: String,
}

/// A request that ends in an error page.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// One of [`ErrorPage::STATUSES`].
    pub status: StatusCode,
    /// More to say, where there is.
    pub detail: Option<Message>,
    /// Seconds until it makes sense to try again (429, 503).
    pub retry_after: Option<u32>,
}

impl Fault {
    /// A fault of that status.
    pub fn of(status: StatusCode) -> Fault {
        let retry_after = matches!(status.as_u16(), 429 | 503).then_some(30);
        Fault {
            status,
            detail: None,
            retry_after,
        }
    }
    /// What is not there, or must not be seen.
    pub fn not_found() -> Fault {
        Fault::of(StatusCode::NOT_FOUND)
    }
    /// The same with more to say.
    pub fn because(self, detail: Message) -> Fault {
        Fault {
            detail: Some(detail),
            ..self
        }
    }
}

impl From<crate::form::Unreadable> for Fault {
    fn from(what: crate::form::Unreadable) -> Fault {
        match what {
            crate::form::Unreadable::Encoding => {
                Fault::of(StatusCode::BAD_REQUEST).because(Message::new("error-encoding"))
            }
            crate::form::Unreadable::Malformed => Fault::of(StatusCode::BAD_REQUEST),
            crate::form::Unreadable::TooLarge => Fault::of(StatusCode::PAYLOAD_TOO_LARGE),
        }
    }
}

impl From<crate::render::Broken> for Fault {
    fn from(broken: crate::render::Broken) -> Fault {
        tracing::error!(%broken, "a page cannot be drawn");
        Fault::of(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Fault {
    /// The gate draws the page; without a gate the status alone is sent.
    fn into_response(self) -> Response {
        let status = self.status;
        (status, [(FAULT, "1")], axum::Extension(self)).into_response()
    }
}

/// Marks a response whose page the gate has yet to draw; never leaves the house.
const FAULT: HeaderName = HeaderName::from_static("x-minwon-fault");

impl Gate {
    /// The cookie's name.
    pub fn cookie_name(&self) -> &'static str {
        match (self.face, self.https) {
            (Face::Citizen, true) => "__Host-minwon",
            (Face::Citizen, false) => "minwon",
            (Face::Desk, true) => "__Host-minwon-desk",
            (Face::Desk, false) => "minwon-desk",
        }
    }

    /// A new session, for first visits and after every sign-in and sign-out (a known token must not become a signed-in one).
    pub fn new_session(&self) -> Session {
        let mut bytes = [0; 32];
        self.chance.fill(&mut bytes);
        Session(hex(&bytes))
    }

    /// The session a request names, if its token has the right form.
    pub fn session(&self, headers: &HeaderMap) -> Option<Session> {
        lang::cookie(headers, self.cookie_name())
            .filter(|token| token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit()))
            .map(|token| Session(token.to_owned()))
    }

    /// The `Set-Cookie` value for a session.
    pub fn set_cookie(&self, session: &Session) -> String {
        let secure = if self.https { "; Secure" } else { "" };
        format!(
            "{}={}; Path=/; HttpOnly; SameSite=Lax{secure}",
            self.cookie_name(),
            session.0
        )
    }

    /// The name of the cookie by which an official's browser is known again.
    pub fn device_cookie(&self) -> &'static str {
        if self.https {
            "__Host-minwon-device"
        } else {
            "minwon-device"
        }
    }

    /// The `Set-Cookie` value that lets a browser be known again for half a year.
    pub fn set_device(&self, mark: &str) -> String {
        let secure = if self.https { "; Secure" } else { "" };
        format!(
            "{}={mark}; Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax{secure}",
            self.device_cookie()
        )
    }

    /// The CSRF token of a session: 64 hexadecimal digits.
    pub fn csrf(&self, session: &Session) -> String {
        hex(&(self.mac)(format!("csrf:{}", session.0).as_bytes()))
    }

    /// Refuses a form whose token is not this session's.
    pub fn admit(&self, session: &Session, token: &str) -> Result<(), Fault> {
        let expected = self.csrf(session);
        // Every byte is looked at, so that time tells nothing about how far a guess was right.
        let differs = expected
            .bytes()
            .zip(token.bytes())
            .fold(0, |acc, (a, b)| acc | (a ^ b));
        if expected.len() == token.len() && differs == 0 {
            Ok(())
        } else {
            Err(Fault::of(StatusCode::FORBIDDEN))
        }
    }

    /// The frame of a page for a visit.
    pub fn frame(&self, visit: &Visit) -> Frame {
        let (agency, phone) = (self.letterhead)(visit.lang);
        Frame {
            lang: visit.lang,
            langs: lang::all(),
            look: visit.look,
            face: self.face,
            agency,
            phone,
            demo: self.demo,
            csrf: self.csrf(&visit.session),
            path: visit.path.clone(),
            who: None,
            notice: None,
            inside: false,
            entitled: false,
        }
    }

    /// Draws a page.
    pub fn page<V: View>(&self, frame: &Frame, view: &V) -> Result<Response, Fault> {
        Ok(Html(self.pages.draw(frame, view)?).into_response())
    }

    /// Draws a page with a form that has faults (422).
    pub fn faulty_page<V: View>(&self, frame: &Frame, view: &V) -> Result<Response, Fault> {
        Ok((
            StatusCode::UNPROCESSABLE_ENTITY,
            Html(self.pages.draw(frame, view)?),
        )
            .into_response())
    }

    fn visit(&self, request: &Request) -> Visit {
        let headers = request.headers();
        let known = self.session(headers);
        let id = self.ids.next(self.clock.now()).simple().to_string();
        Visit {
            new: known.is_none(),
            session: known.unwrap_or_else(|| self.new_session()),
            lang: lang::of(headers),
            look: crate::look::of(headers),
            request: id[id.len() - 12..].to_owned(),
            path: lang::safe_return(request.uri().path_and_query().map_or("/", |p| p.as_str())).to_owned(),
        }
    }

    /// What was not sent, or not answered, in time. Whether it was done is not known here; the form's own key makes a repeat
    /// the same act.
    fn too_slow(&self, visit: &Visit) -> Response {
        let fault = Fault::of(StatusCode::SERVICE_UNAVAILABLE).because(Message::new("error-too-slow"));
        let mut response = self.error_page(visit, &fault);
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
        response
    }

    fn error_page(&self, visit: &Visit, fault: &Fault) -> Response {
        let status = if ErrorPage::STATUSES.contains(&fault.status.as_u16()) {
            fault.status
        } else if fault.status.is_server_error() {
            StatusCode::INTERNAL_SERVER_ERROR
        } else {
            StatusCode::BAD_REQUEST
        };
        let view = ErrorPage {
            status: status.as_u16(),
            detail: fault.detail.clone(),
            retry_after: fault.retry_after,
            request: visit.request.clone(),
        };
        let html = self
            .pages
            .draw(&self.frame(visit), &view)
            .unwrap_or_else(|broken| {
                tracing::error!(%broken, "the error page cannot be drawn");
                format!(
                    "<!doctype html><title>{status}</title><h1>{status}</h1><p>{}",
                    visit.request
                )
            });
        let mut response = (status, Html(html)).into_response();
        if let Some(seconds) = fault.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The middleware: `axum::middleware::from_fn_with_state(gate, guard)` around all pages of a face.
pub async fn guard(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let visit = gate.visit(&request);
    let foreign = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
        && from_elsewhere(request.headers());
    request.extensions_mut().insert(visit.clone());
    let mut response = if foreign {
        gate.error_page(&visit, &Fault::of(StatusCode::FORBIDDEN))
    } else {
        let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
        match tokio::time::timeout(gate.patience, answer).await {
            Ok(Ok(response)) => finish(&gate, &visit, response),
            Err(_) => gate.too_slow(&visit),
            Ok(Err(_)) => {
                tracing::error!(request = visit.request, "a handler panicked");
                gate.error_page(&visit, &Fault::of(StatusCode::INTERNAL_SERVER_ERROR))
            }
        }
    };
    if response.status().is_server_error() {
        tracing::error!(
            request = visit.request,
            status = response.status().as_u16(),
            "the answer was an error page"
        );
    }
    // A handler that changes the session has set the cookie itself.
    let named = format!("{}=", gate.cookie_name());
    let set = response
        .headers()
        .get_all(header::SET_COOKIE)
        .iter()
        .any(|v| v.as_bytes().starts_with(named.as_bytes()));
    let cached = response
        .headers()
        .get(header::CACHE_CONTROL)
        .is_some_and(|v| v.as_bytes().starts_with(b"public"));
    if visit.new
        && !set
        && !cached
        && let Ok(cookie) = gate.set_cookie(&visit.session).parse()
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    seal(&gate, &visit, &mut response);
    response
}

/// Errors that have no page yet — ours and the router's own — get one.
fn finish(gate: &Gate, visit: &Visit, mut response: Response) -> Response {
    let ours = response.headers_mut().remove(FAULT).is_some();
    if let Some(fault) = response.extensions_mut().remove::<Fault>().filter(|_| ours) {
        return gate.error_page(visit, &fault);
    }
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    let status = response.status();
    if (status.is_client_error() || status.is_server_error()) && !html {
        let mut page = gate.error_page(visit, &Fault::of(status));
        if let Some(allow) = response.headers().get(header::ALLOW) {
            page.headers_mut().insert(header::ALLOW, allow.clone());
        }
        return page;
    }
    response
}

/// What every answer carries.
fn seal(gate: &Gate, visit: &Visit, response: &mut Response<Body>) {
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &'static str| {
        headers
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    };
    set("content-security-policy", POLICY);
    set("x-content-type-options", "nosniff");
    set("x-frame-options", "DENY");
    set("referrer-policy", "same-origin");
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    set(
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=()",
    );
    set("cache-control", "no-store");
    if gate.https {
        set("strict-transport-security", "max-age=31536000");
    }
    if let Ok(value) = HeaderValue::from_str(&visit.request) {
        headers.insert("x-request-id", value);
    }
}

/// Whether a writing request says that it comes from another site. Old browsers say nothing; for them the token decides.
fn from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, from)| from != host),
        _ => false,
    }
}

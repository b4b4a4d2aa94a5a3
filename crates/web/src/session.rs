//! 방문자 — who sends a request: the address it came from, the session behind its cookie, and the way in.
//!
//! A guest has no row in the store; what a guest has written hangs on the cookie's hash. Who is signed in is asked of
//! `app` with every request, so that a session that ended is ended everywhere at once.

use crate::{
    Origin, Web,
    form::Read,
    render::Broken,
    route::To,
    security::{Fault, Session, Visit},
    view::{
        Frame, Message, Notice, Tone, View,
        counter::at as counter,
        desk::{Desk, account::at as account, at},
    },
};
use app::{App, Trouble, act::ActError, act::Call, identity, identity::OpenSession, identity::door::Arrival};
use axum::{
    extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::{access::Who, assurance::Proof, id::PersonId, korean, text::unhex};
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// A request before anyone has asked the store who sends it. Never refused.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What the gate found out.
    pub visit: Visit,
    /// Where it came from: 4 or 16 bytes, none if unknown.
    pub origin: Vec<u8>,
    /// Whether only the headers are wanted.
    pub head: bool,
    /// What kind of browser: a coarse code.
    pub device: String,
    /// What an earlier log-in of an official left with the browser.
    pub known: Option<String>,
}

impl FromRequestParts<Web> for Asked {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Asked, Fault> {
        let visit = parts.extensions.get::<Visit>().cloned().ok_or_else(|| {
            tracing::error!("a page stands outside the gate");
            Fault::of(StatusCode::INTERNAL_SERVER_ERROR)
        })?;
        Ok(Asked {
            visit,
            origin: origin_of(parts, web.options.origin == Origin::Proxy),
            head: parts.method == Method::HEAD,
            device: crate::device::of(&parts.headers),
            known: crate::lang::cookie(&parts.headers, web.desk.device_cookie()).map(str::to_owned),
        })
    }
}

/// Where a request came from: 4 or 16 bytes, none if unknown.
pub(crate) fn origin_of(parts: &Parts, proxy: bool) -> Vec<u8> {
    let peer = (parts.extensions.get::<ConnectInfo<SocketAddr>>()).map(|info| info.0.ip());
    let forwarded = forwarded(&parts.headers).filter(|_| proxy);
    forwarded.or(peer).map(bytes).unwrap_or_default()
}

/// The address our own proxy saw: the last one of the last header.
pub fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

fn bytes(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets().to_vec(),
    }
}

impl Asked {
    /// From where somebody comes who wants in.
    pub fn arrival(&self) -> Arrival {
        Arrival {
            origin: self.origin.clone(),
            device: self.device.clone(),
            known: self.known.clone(),
        }
    }

    /// The call an act is written down under; `once` makes a repeat the same call.
    pub fn call(&self, once: &str) -> Call {
        Call {
            origin: self.origin.clone(),
            key: (!once.is_empty()).then(|| once.as_bytes().to_vec()),
        }
    }
}

/// 민원인 — a visitor of the citizens' pages, signed in or not.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The request.
    pub asked: Asked,
    /// Who is signed in.
    pub person: Option<Person>,
}

/// Somebody who has shown that a contact is theirs.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their identity.
    pub id: PersonId,
    /// Their session.
    pub open: OpenSession,
    /// Name as last given; may be empty.
    pub name: String,
    /// The proven contact, masked.
    pub masked: String,
    /// The proven contact in full.
    pub contact: String,
}

impl Person {
    /// Whether there is a contact to reach them by: whoever came in by a provider that told none has none yet.
    pub fn is_reached(&self) -> bool {
        !self.masked.is_empty()
    }

    /// How they showed who they are.
    pub fn proof(&self) -> Option<Proof> {
        App::proof_of(&self.open)
    }
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Visitor, Fault> {
        let asked = Asked::from_request_parts(parts, web).await?;
        Ok(web.visitor(asked).await?)
    }
}

impl Visitor {
    /// Whose drafts these are.
    pub fn owner(&self) -> [u8; 16] {
        match &self.person {
            Some(person) => person.id.bytes(),
            None => App::guest_owner(&self.asked.visit.session.0),
        }
    }
}

/// A signed-in visitor; anybody else is sent to sign in, and back.
#[derive(Debug, Clone)]
pub struct Citizen {
    /// The request.
    pub asked: Asked,
    /// Who.
    pub person: Person,
}

impl Citizen {
    /// As one who acts.
    pub fn who(&self) -> Who {
        Who::Citizen(self.person.id)
    }
}

impl FromRequestParts<Web> for Citizen {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Citizen, Response> {
        let visitor = Visitor::from_request_parts(parts, web)
            .await
            .map_err(IntoResponse::into_response)?;
        match visitor.person {
            Some(person) => Ok(Citizen {
                asked: visitor.asked,
                person,
            }),
            None => {
                let query = [("back".to_owned(), visitor.asked.visit.path)];
                let way = crate::route::by_name("sign_in", &[], &query).unwrap_or_default();
                Err(Redirect::to(&way).into_response())
            }
        }
    }
}

/// 방 — the application in the room that an official's session is of, as [`room`] found it.
#[derive(Clone)]
struct Room(Arc<App>);

/// The pages that can be opened inside the 보안민원실: what is about petitions, and the room itself. The house (people, handbook,
/// forms, the hall) is looked after outside, where it cannot be mistaken for something that concerns the room alone.
const INSIDE: &[&str] = &[
    at::SignOut,
    at::Work,
    at::Bulk,
    at::Keys,
    at::Filter,
    at::News,
    at::Pulse,
    at::CasePulse,
    at::Search,
    at::Approvals,
    at::Register,
    at::Gate,
    at::Reviews,
    at::Review,
    at::ReviewPaper,
    at::Explain,
    at::Case,
    at::Act,
    at::Reveal,
    at::Paper,
    at::File,
    at::Supervision,
    at::Speed,
    at::SpeedCsv,
    at::Letters,
    at::Months,
    at::Month,
    at::MonthPaper,
    at::Finding,
    at::Known,
    at::Room,
    at::RoomLeave,
    at::RoomSeats,
    at::Proceedings,
    at::ProceedingsCsv,
    at::ProceedingOpen,
    at::Proceeding,
    at::ProceedingMove,
    at::ProceedingLot,
    at::ProceedingPaper,
    account::Confirm,
    account::ConfirmPasskey,
    counter::Entry,
    counter::Done,
    counter::Oral,
    counter::ReadBack,
    counter::Post,
    counter::PostFile,
];

/// The pages of an external user: what was handed to them, and the way out. Everything else is not there for them.
const OUTSIDE: &[&str] = &[at::SignOut, at::Outside, at::OutsideCase];

/// The middleware behind the officials' gate: finds the room of the session, and keeps those inside to what belongs there.
pub async fn room(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    if let (Some(inside), Some(visit)) = (&web.inside, visit) {
        match inside.session(&visit.session.0).await {
            Ok(None) => {}
            Ok(Some(_)) => {
                let known = request.extensions().get::<MatchedPath>();
                if !known.is_some_and(|path| INSIDE.contains(&path.as_str())) {
                    let why = Message::new("room-elsewhere");
                    return Fault::of(StatusCode::FORBIDDEN).because(why).into_response();
                }
                request.extensions_mut().insert(Room(inside.clone()));
            }
            Err(trouble) => return Fault::from(trouble).into_response(),
        }
    }
    next.run(request).await
}

/// 여기 — pages and application in the room the official is in. Every handler of the officials' pages takes it.
pub struct Seated(pub Web);

impl FromRequestParts<Web> for Seated {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Seated, Infallible> {
        Ok(Seated(here(parts, web)))
    }
}

fn here(parts: &Parts, web: &Web) -> Web {
    let mut web = web.clone();
    if let Some(Room(app)) = parts.extensions.get() {
        web.app = app.clone();
    }
    web
}

/// 공무원 — a logged-in official; anybody else is sent to the log-in page, and back.
#[derive(Debug, Clone)]
pub struct Clerk {
    /// The request.
    pub asked: Asked,
    /// As one who acts, with the seats held today.
    pub who: Who,
    /// The session.
    pub open: OpenSession,
}

impl FromRequestParts<Web> for Clerk {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Clerk, Response> {
        let asked = Asked::from_request_parts(parts, web)
            .await
            .map_err(IntoResponse::into_response)?;
        let known = here(parts, web).app.official(&asked.visit.session.0).await;
        match known.map_err(|trouble| Fault::from(trouble).into_response())? {
            Some((open, who)) => {
                let app = &here(parts, web).app;
                let allowed = app.lets_in(&open.session, &who, &asked.origin).await;
                if let Err(why) = allowed.map_err(|trouble| Fault::from(trouble).into_response())? {
                    let why = Message::new(format!("outside-{why}"));
                    return Err(Fault::of(StatusCode::FORBIDDEN).because(why).into_response());
                }
                let external = matches!(&who, Who::Official(official) if official.is_external());
                let path = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str);
                if external && path == Some(at::Work) {
                    return Err(Redirect::to(&Desk::Outside.to_string()).into_response());
                }
                if external && !path.is_some_and(|path| OUTSIDE.contains(&path)) {
                    return Err(Fault::not_found().into_response());
                }
                Ok(Clerk { asked, who, open })
            }
            None => {
                let query = [("back".to_owned(), asked.visit.path)];
                let way = crate::route::by_name("desk_sign_in", &[], &query)
                    .unwrap_or_else(|_| Desk::SignIn.to_string());
                Err(Redirect::to(&way).into_response())
            }
        }
    }
}

impl Web {
    /// Asks the store who sends a request.
    pub async fn visitor(&self, asked: Asked) -> Result<Visitor, Trouble> {
        let Some((open, id)) = self.app.citizen(&asked.visit.session.0).await? else {
            return Ok(Visitor { asked, person: None });
        };
        let contact = self.app.contact(id).await?.unwrap_or_default();
        let address = identity::reach(&contact);
        let person = Person {
            id,
            open,
            masked: address.as_ref().map(identity::masked).unwrap_or_default(),
            contact: address.map(|a| korean::phone(&a.value)).unwrap_or_default(),
            name: contact.name,
        };
        Ok(Visitor {
            asked,
            person: Some(person),
        })
    }

    /// The frame of a citizen's page.
    pub fn frame(&self, asked: &Asked, person: Option<&Person>) -> Frame {
        let mut frame = self.gate.frame(&asked.visit);
        frame.who = person.map(|p| {
            if p.name.is_empty() {
                p.masked.clone()
            } else {
                p.name.clone()
            }
        });
        frame.notice = done(&asked.visit.path);
        frame
    }

    /// Draws a citizen's page.
    pub fn page<V: View>(&self, asked: &Asked, person: Option<&Person>, view: &V) -> Result<Response, Fault> {
        self.gate.page(&self.frame(asked, person), view)
    }

    /// Draws a citizen's page again, with what is wrong: `status` is 422, 429 or 503.
    pub fn page_again<V: View>(
        &self,
        asked: &Asked,
        person: Option<&Person>,
        view: &V,
        status: StatusCode,
    ) -> Result<Response, Fault> {
        let html = self.gate.pages.draw(&self.frame(asked, person), view)?;
        let mut response = (status, axum::response::Html(html)).into_response();
        if let Some(seconds) = Fault::of(status).retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        Ok(response)
    }

    /// Refuses a form that does not come from this session's own page.
    pub fn admit(&self, asked: &Asked, form: &Read) -> Result<(), Fault> {
        self.gate.admit(&asked.visit.session, &form.csrf)
    }

    /// Goes to `way` with the cookie of a session just begun.
    pub fn enter(&self, open: &OpenSession, way: &str) -> Response {
        let cookie = self.gate.set_cookie(&Session(open.cookie.clone()));
        ([(header::SET_COOKIE, cookie)], Redirect::to(way)).into_response()
    }

    /// Thirty-two hexadecimal digits nobody can guess: what makes a form sent twice the same sending.
    pub fn once(&self) -> String {
        let mut token = self.gate.new_session().0;
        token.truncate(32);
        token
    }

    /// A word in the reader's language, or `otherwise` where there is none (codes an office made itself).
    pub fn word(&self, lang: &'static str, key: &str, otherwise: &str) -> String {
        let said: Result<String, Broken> = self.gate.pages.say(lang, &Message::new(key));
        said.unwrap_or_else(|_| otherwise.to_owned())
    }
}

/// What a page just did, told on the page that follows: the address says which, so that nothing has to be kept.
const DONE: &[&str] = &[
    "supplement",
    "supplement-time",
    "consent",
    "decline",
    "withdraw",
    "rate",
    "saved",
    "draft-gone",
    "sharing-given",
    "sharing-withdrawn",
    "sharing-asked",
    "identity-tied",
    "identity-untied",
    "contact-added",
    "contact-reached",
    "open-proceeding",
    "move-proceeding",
];

/// `to` with the word that tells what was done there.
pub fn with_done(to: &To, what: &str) -> String {
    format!("{to}?done={what}")
}

fn done(path: &str) -> Option<Notice> {
    let (_, what) = path.split_once("?done=")?;
    let what = DONE.iter().find(|known| **known == what)?;
    Some(Notice {
        tone: Tone::Success,
        message: Message::new(format!("done-{what}")),
    })
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Fault {
        match trouble {
            Trouble::Unavailable(what) => {
                tracing::warn!(what, "the store is away");
                Fault::of(StatusCode::SERVICE_UNAVAILABLE)
            }
            Trouble::Unknown(what) => {
                tracing::warn!(what, "nobody knows whether it was stored");
                Fault::of(StatusCode::SERVICE_UNAVAILABLE).because(Message::new("trouble-unknown"))
            }
            Trouble::Contended => Fault::of(StatusCode::SERVICE_UNAVAILABLE),
            Trouble::Broken(what) => {
                tracing::error!(what, "a defect");
                Fault::of(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

impl From<ActError> for Fault {
    fn from(error: ActError) -> Fault {
        match error {
            ActError::NotFound => Fault::not_found(),
            ActError::Refused(refusal) => {
                Fault::of(StatusCode::UNPROCESSABLE_ENTITY).because(crate::show::refused(refusal))
            }
            ActError::Trouble(trouble) => trouble.into(),
        }
    }
}

/// Sixteen bytes from their 32 hexadecimal digits, as they stand in addresses.
pub fn id16(text: &str) -> Option<[u8; 16]> {
    let whole = unhex(&format!("{text}{}", "0".repeat(32)))?;
    (text.len() == 32).then(|| whole[..16].try_into().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_last_hop_is_what_our_own_proxy_wrote() {
        let header = |value: &'static str| {
            HeaderMap::from_iter([(
                "x-forwarded-for".parse().expect("name"),
                HeaderValue::from_static(value),
            )])
        };
        for (value, expected) in [
            ("203.0.113.9, 198.51.100.7", Some("198.51.100.7")),
            ("2001:db8::1", Some("2001:db8::1")),
            ("198.51.100.7, unknown", None),
            ("", None),
        ] {
            assert_eq!(
                forwarded(&header(value)),
                expected.map(|a| a.parse().expect("address")),
                "{value}"
            );
        }
        assert_eq!(
            bytes("::ffff:192.0.2.1".parse().expect("address")),
            [192, 0, 2, 1]
        );
    }

    #[test]
    fn only_known_words_are_told_as_done() {
        assert!(done("/my/1?done=withdraw").is_some());
        for path in ["/my", "/my?done=", "/my?done=<b>", "/my?done=withdraw&x"] {
            assert!(done(path).is_none(), "{path}");
        }
    }

    #[test]
    fn an_id_in_an_address_is_32_digits() {
        assert_eq!(id16(&"0a".repeat(16)), Some([10; 16]));
        for wrong in [
            "",
            "0a",
            &"0a".repeat(17),
            &"zz".repeat(16),
            "가가가가가가가가가가",
        ] {
            assert_eq!(id16(wrong), None, "{wrong}");
        }
    }
}

//! 본인 확인 — officials by password, citizens by a one-time code to a telephone number or mail address; sessions; throttling.
//!
//! Codes and sessions are kept as hashes only. Whether a login, a number or a contact exists is told to nobody, neither by
//! words nor by the form of the answer.

mod away;
pub mod brokers;
pub mod contacts;
pub mod door;
pub mod factors;
pub mod passkeys;
pub mod passwords;
pub mod sessions;
pub mod sso;

use crate::act::ActError;
use crate::{App, Trouble};
use domain::account::network;
use domain::assurance::{Assurance, Means, Proof};
use domain::id::{OfficialId, OutboxId, PersonId, TextId};
use domain::korean;
use domain::number::FilingNumber;
use domain::organisation::Fault;
use ports::Clock;
use ports::identity::{Logins, Unavailable};
use ports::mail::Letter;
use ports::message::TextMessage;
use std::sync::Arc;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::person::{Contact, ContactKind};
use store::place::Place;
use store::session::{Coming, Passcode, Session, Subject};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// A one-time code lives this long.
pub const CODE_LIVES: i64 = 5 * MINUTE;
/// After so many wrong tries a code is dead.
pub const CODE_TRIES: u32 = 5;
/// So many codes may be sent to one contact in an hour.
pub const CODES_AN_HOUR: u32 = 5;
/// A session of an official ends after a working day, of a citizen after two hours, of a guest after a day.
const OFFICIAL_SESSION: i64 = 10 * HOUR;
const CITIZEN_SESSION: i64 = 2 * HOUR;
const GUEST_SESSION: i64 = 24 * HOUR;
/// Who is half-way in has so long for the other half.
const ENTERING_SESSION: i64 = 10 * MINUTE;
/// An official's session unused for so long ends.
const OFFICIAL_IDLE: i64 = 60 * MINUTE;
/// In the 보안민원실 a session is shorter, and ends sooner when nobody is at the screen.
const INSIDE_SESSION: i64 = 4 * HOUR;
const INSIDE_IDLE: i64 = 15 * MINUTE;

/// A contact as typed, made comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Telephone or mail.
    pub kind: ContactKind,
    /// Digits only, or a mail address in lower case.
    pub value: String,
}

impl Address {
    /// Reads a Korean telephone number or a mail address; `None` for what is neither.
    pub fn parse(text: &str) -> Option<Address> {
        let text = text.trim();
        if text.contains('@') {
            let value = text.to_lowercase();
            let (local, domain) = value.rsplit_once('@')?;
            let plain = |s: &str| {
                !s.is_empty()
                    && s.chars().all(|c| {
                        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | ',' | ';' | '(' | ')')
                    })
            };
            let fits = plain(local)
                && plain(domain)
                && domain.contains('.')
                && value.len() <= 254
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !domain.contains("..")
                && !local.contains('@');
            return fits.then_some(Address {
                kind: ContactKind::Mail,
                value,
            });
        }
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, '-' | ' ' | '.' | '(' | ')'))
            .collect();
        let digits = digits.strip_prefix("+82").map_or(digits.clone(), |rest| {
            format!("0{}", rest.trim_start_matches('0'))
        });
        let fits = digits.starts_with('0')
            && (9..=11).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then_some(Address {
            kind: ContactKind::Phone,
            value: digits,
        })
    }
}

/// 비밀번호 대장 — the accounts of officials as the password adapter asks for them.
pub struct Accounts {
    /// Where the accounts lie.
    pub live: Place,
    /// Which day it is.
    pub clock: Arc<dyn Clock>,
}

#[async_trait::async_trait]
impl Logins for Accounts {
    async fn find(&self, login: &str) -> Result<Option<(OfficialId, String)>, Unavailable> {
        let Some(day) = self.clock.now().date() else {
            return Ok(None);
        };
        self.live
            .login(login, day)
            .await
            .map_err(|error| Unavailable(error.to_string()))
    }
}

/// Why somebody was not let in.
#[derive(Debug, thiserror::Error)]
pub enum NotLetIn {
    /// Login or password, code or number are wrong; which of them is not said.
    #[error("not recognised")]
    Wrong,
    /// Too many tries: wait this many seconds.
    #[error("too many tries")]
    Wait(i64),
    /// The code could not be sent.
    #[error("the code could not be sent")]
    NotSent,
    /// The single sign-on cannot be reached.
    #[error("the single sign-on cannot be reached")]
    Away,
    /// What was chosen cannot be taken: a password that is guessed first.
    #[error("unfit: {0}")]
    Unfit(Fault),
    /// The machine.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

macro_rules! trouble {
    ($($error:ty),*) => {$(
        impl From<$error> for NotLetIn {
            fn from(error: $error) -> NotLetIn {
                NotLetIn::Trouble(error.into())
            }
        }
    )*};
}
trouble!(
    serde_json::Error,
    store::engine::ReadError,
    CommitFault,
    store::vault::VaultError
);

/// A session as a page holds it: what the cookie says, and what the store knows of it.
#[derive(Debug, Clone)]
pub struct OpenSession {
    /// The cookie's value: 64 hexadecimal digits.
    pub cookie: String,
    /// The session.
    pub session: Session,
}

impl App {
    /// What a cookie is known by: its hash. A guest has no session in the store; drafts of a guest hang on this.
    pub fn session_key(cookie: &str) -> [u8; 32] {
        crypto::hash::sha256("minwon session", &[cookie.as_bytes()])
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.ports.chance.fill(&mut bytes);
        bytes
    }

    /// Begins a session for `subject`.
    pub async fn begin_session(&self, subject: Subject) -> Result<OpenSession, Trouble> {
        self.begin_session_as(subject, Coming::default()).await
    }

    /// The same, of one who came in before.
    pub(crate) async fn begin_session_as(
        &self,
        subject: Subject,
        coming: Coming,
    ) -> Result<OpenSession, Trouble> {
        let open = self.new_session(subject, coming);
        self.here.begin_session(&open.session).await?;
        Ok(open)
    }

    /// A session that is not stored yet, under a cookie nobody has seen.
    fn new_session(&self, subject: Subject, coming: Coming) -> OpenSession {
        let now = self.now();
        let lives = match subject {
            Subject::Official(_) if self.is_inside() => INSIDE_SESSION,
            Subject::Official(_) => OFFICIAL_SESSION,
            Subject::Citizen(_) => CITIZEN_SESSION,
            Subject::Entering(_) => ENTERING_SESSION,
            Subject::Guest => GUEST_SESSION,
        };
        let cookie = domain::text::hex(&self.random());
        let session = Session {
            key: Self::session_key(&cookie),
            subject,
            secret: self.random(),
            made_at: now,
            seen_at: now,
            ends_at: now.plus(lives),
            coming,
        };
        OpenSession { cookie, session }
    }

    /// The session of a cookie, if it has neither ended nor idled too long.
    pub async fn session(&self, cookie: &str) -> Result<Option<OpenSession>, Trouble> {
        if cookie.len() != 64 {
            return Ok(None);
        }
        let now = self.now();
        let key = Self::session_key(cookie);
        let Some(session) = self.here.session(&key, now).await? else {
            return Ok(None);
        };
        let idle = now.0 - session.seen_at.0;
        let patience = if self.is_inside() {
            INSIDE_IDLE
        } else {
            OFFICIAL_IDLE
        };
        if matches!(session.subject, Subject::Official(_)) && idle > patience {
            self.here.end_session(&key).await?;
            return Ok(None);
        }
        if idle > MINUTE {
            self.here.session_seen(&key, now).await?;
        }
        Ok(Some(OpenSession {
            cookie: cookie.to_owned(),
            session,
        }))
    }

    /// Ends a session.
    pub async fn end_session(&self, session: &Session) -> Result<(), Trouble> {
        Ok(self.here.end_session(&session.key).await?)
    }

    /// Counts a try under `key` and refuses when there were too many: `most` in `window` milliseconds.
    pub(crate) async fn throttled(&self, key: [u8; 32], most: u32, window: i64) -> Result<(), NotLetIn> {
        let now = self.now();
        let place = &self.places.live;
        match place.throttle_more(&key, most, now, now.plus(-window)).await {
            Ok(()) => Ok(()),
            Err(CommitFault::Conflict) => {
                let since = place.throttle(&key).await?.map_or(now, |(_, since)| since);
                Err(NotLetIn::Wait(((since.0 + window - now.0 + 999) / 1000).max(1)))
            }
            Err(fault) => Err(fault.into()),
        }
    }

    fn code_key(purpose: &str, what: &str) -> [u8; 32] {
        crypto::hash::sha256("minwon passcode", &[purpose.as_bytes(), what.as_bytes()])
    }

    fn code_mac(&self, key: &[u8; 32], code: &str) -> [u8; 32] {
        let secret = self.places.live.keys().derive("passcodes");
        crypto::hash::mac(&secret, "passcode", &[key, code.as_bytes()])
    }

    /// Draws a code, keeps its HMAC, and sends it to `address`.
    async fn send_code(&self, key: [u8; 32], address: &Address, language: &str) -> Result<(), NotLetIn> {
        let now = self.now();
        let mut number = [0; 8];
        self.ports.chance.fill(&mut number);
        let code = format!("{:06}", u64::from_le_bytes(number) % 1_000_000);
        let passcode = Passcode {
            code: self.code_mac(&key, &code),
            tries: 0,
            made_at: now,
            ends_at: now.plus(CODE_LIVES),
        };
        self.places.live.keep_passcode(&key, &passcode).await?;
        let minutes = (CODE_LIVES / MINUTE).to_string();
        let office = self.office();
        let english = language == "en";
        let agency = if english {
            &office.settings.agency.name_en
        } else {
            &office.settings.agency.name
        };
        let words = [
            ("agency", agency.as_str()),
            ("code", &code),
            ("minutes", &minutes),
        ];
        self.say_at_once(address, "code", language, &words).await
    }

    /// Sends a notice past the outbox: what must come while somebody waits for it, or goes where no row would find the way.
    async fn say_at_once(
        &self,
        address: &Address,
        notice: &str,
        language: &str,
        words: &[(&str, &str)],
    ) -> Result<(), NotLetIn> {
        let said = self.notices.render(notice, language, words)?;
        let id = OutboxId(self.id());
        let sent = match address.kind {
            ContactKind::Phone => {
                let message = TextMessage {
                    id,
                    to: address.value.clone(),
                    text: said.message,
                };
                self.ports.messenger.send(&message).await
            }
            ContactKind::Mail => {
                let letter = Letter {
                    id,
                    to: address.value.clone(),
                    subject: said.title,
                    text: said.mail,
                    attachments: Vec::new(),
                };
                self.ports.mailer.send(&letter).await
            }
        };
        sent.map_err(|error| {
            tracing::warn!(%error, notice, "a notice could not be sent at once");
            NotLetIn::NotSent
        })
    }

    /// Checks a code and uses it up.
    async fn check_code(&self, key: [u8; 32], code: &str) -> Result<(), NotLetIn> {
        let place = &self.places.live;
        // Each try is counted before it is looked at: guesses made at the same moment must not share one count.
        let waiting = loop {
            let waiting = place.passcode(&key, self.now()).await?.ok_or(NotLetIn::Wrong)?;
            if waiting.tries >= CODE_TRIES {
                return Err(NotLetIn::Wrong);
            }
            match place.passcode_tried(&key, waiting.tries).await {
                Ok(()) => break waiting,
                Err(CommitFault::Conflict) => {}
                Err(fault) => return Err(fault.into()),
            }
        };
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        if !crypto::hash::same(&self.code_mac(&key, &digits), &waiting.code) {
            return Err(NotLetIn::Wrong);
        }
        match self.places.live.use_passcode(&key, &waiting.code).await {
            Ok(()) => Ok(()),
            Err(CommitFault::Conflict) => Err(NotLetIn::Wrong),
            Err(fault) => Err(fault.into()),
        }
    }

    /// What somebody has shown who gave a one-time code.
    pub fn proof_by_code(&self) -> Proof {
        Proof {
            assurance: Assurance::Contact,
            means: Means::Code,
            at: self.now(),
        }
    }

    /// Sends a one-time code to a contact.
    pub async fn ask_code(&self, address: &Address, language: &str, origin: &[u8]) -> Result<(), NotLetIn> {
        let key = Self::code_key("contact", &address.value);
        self.throttled(key, CODES_AN_HOUR, HOUR).await?;
        self.throttled(
            crypto::hash::sha256("minwon code address", &[network(origin)]),
            30,
            HOUR,
        )
        .await?;
        self.send_code(key, address, language).await
    }

    /// Checks the code sent to a contact, and gives the person: a known one, or a new one with that contact.
    pub async fn verify_contact(
        &self,
        address: &Address,
        code: &str,
        language: &str,
    ) -> Result<PersonId, NotLetIn> {
        self.check_code(Self::code_key("contact", &address.value), code)
            .await?;
        let place = &self.places.live;
        for _ in 0..3 {
            if let Some(person) = place.person_by(address.kind, &address.value).await? {
                return Ok(person);
            }
            match self.new_person(address, language).await {
                Err(NotLetIn::Trouble(Trouble::Contended)) => {}
                other => return other,
            }
        }
        Err(Trouble::Contended.into())
    }

    async fn new_person(&self, address: &Address, language: &str) -> Result<PersonId, NotLetIn> {
        let place = &self.places.live;
        let (now, person) = (self.now(), PersonId(self.id()));
        let value = Some(address.value.clone());
        let (phone, mail) = match address.kind {
            ContactKind::Phone => (value, None),
            ContactKind::Mail => (None, value),
        };
        let contact = Contact {
            name: String::new(),
            phone,
            mail,
            address: None,
            language: language.to_owned(),
        };
        let mut batch = Batch::new();
        {
            let fill = &mut self.fill();
            place
                .ready(now, fill)
                .map_err(|e| Trouble::Broken(e.to_string()))?;
            batch.person(place, person, TextId(self.id()), &contact, now, fill)?;
        }
        batch.identity(place, address.kind, &address.value, person, now);
        place.commit(batch, Urgency::User).await?;
        Ok(person)
    }

    /// The contact of a person as the vault of this room has it.
    pub async fn contact(&self, person: PersonId) -> Result<Option<Contact>, Trouble> {
        Ok(self.here.contacts(&[person]).await?.remove(&person))
    }

    /// Takes over name, further contact and language as a citizen gave them; the verified contact stays.
    pub async fn change_contact(&self, person: PersonId, contact: &Contact) -> Result<(), ActError> {
        let place = &self.places.live;
        if self.contact(person).await?.as_ref() == Some(contact) {
            return Ok(());
        }
        let old = place.contact_text(person).await?.ok_or(ActError::NotFound)?;
        let key = place.key_of(person.bytes()).await?;
        let mut batch = Batch::new();
        batch.contact_changed(&key, person, old, TextId(self.id()), contact, &mut self.fill())?;
        Ok(place.commit(batch, Urgency::User).await?)
    }

    /// Sends a one-time code to the contact of the petition with this number. Nothing tells whether there is one.
    pub async fn ask_code_for(
        &self,
        number: FilingNumber,
        language: &str,
        origin: &[u8],
    ) -> Result<(), NotLetIn> {
        let shown = number.to_string();
        let key = Self::code_key("number", &shown);
        self.throttled(
            crypto::hash::sha256("minwon number address", &[network(origin)]),
            20,
            HOUR,
        )
        .await?;
        self.throttled(key, CODES_AN_HOUR, HOUR).await?;
        let Some((room, petition)) = self.anywhere(number).await? else {
            return Ok(());
        };
        let Some(contact) = room.contact(petition.person).await? else {
            return Ok(());
        };
        let Some(address) = reach(&contact) else {
            return Ok(());
        };
        match self.send_code(key, &address, language).await {
            // A contact that cannot be reached must look like any other number.
            Err(NotLetIn::NotSent) => Ok(()),
            other => other,
        }
    }

    /// Checks the code sent for a number, and gives the petitioner.
    pub async fn verify_number(&self, number: FilingNumber, code: &str) -> Result<PersonId, NotLetIn> {
        self.check_code(Self::code_key("number", &number.to_string()), code)
            .await?;
        let (_, petition) = self.anywhere(number).await?.ok_or(NotLetIn::Wrong)?;
        Ok(petition.person)
    }

    /// Forgets what has ended: sessions, codes, counters of tries.
    pub async fn forget_ended(&self) -> Result<(), Trouble> {
        let now = self.now();
        Ok(self.places.live.forget_ended(now, now.plus(-2 * HOUR)).await?)
    }
}

/// How a contact is reached: by text message where there is a telephone, else by mail.
pub fn reach(contact: &Contact) -> Option<Address> {
    let phone = contact.phone.as_ref().map(|value| Address {
        kind: ContactKind::Phone,
        value: value.clone(),
    });
    phone.or_else(|| {
        contact.mail.as_ref().map(|value| Address {
            kind: ContactKind::Mail,
            value: value.clone(),
        })
    })
}

/// A contact as shown to one who has not shown who they are: 010-****-5678, k***@example.org.
pub fn masked(address: &Address) -> String {
    match address.kind {
        ContactKind::Phone => {
            let shown = korean::phone(&address.value);
            let parts: Vec<&str> = shown.split('-').collect();
            match parts.as_slice() {
                [first, middle, last] => format!("{first}-{}-{last}", "*".repeat(middle.len())),
                _ => "*".repeat(address.value.len()),
            }
        }
        ContactKind::Mail => {
            let (local, domain) = address.value.split_once('@').unwrap_or(("", ""));
            format!("{}***@{domain}", local.chars().next().unwrap_or('*'))
        }
    }
}

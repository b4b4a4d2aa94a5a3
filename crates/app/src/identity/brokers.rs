//! 본인확인 — citizens by a provider that says who they are: coming in, tying an identity to oneself, untying it.
//!
//! An identity belongs to one person or to nobody; two persons are never made one because name or number are the same. Nothing of
//! it stands in an event, in the access log or in a line of the log.

use super::away::{Asker, Lost};
use super::{Address, HOUR, OpenSession};
use crate::act::ActError;
use crate::{App, TRIES, Trouble};
use domain::account::network;
use domain::assurance::{Assurance, Contacted, Means, Proof, Tying, may_untie, tying};
use domain::id::{PersonId, TextId};
use domain::time::At;
use ports::identity::{Broker, NotNamed, Provider, Shown};
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::outbox::To;
use store::person::{Contact, ContactKind};
use store::session::Subject;
use store::tie::Tie;

/// So many answers are looked at from one network in an hour.
const ANSWERS_AN_HOUR: u32 = 60;
/// The longest identifier, in bytes; a longer one is none.
const LONGEST_IDENTIFIER: usize = 512;
/// The longest name, in characters.
const LONGEST_NAME: usize = 60;

/// What a provider is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// 로그인.
    Entry,
    /// 연결, to whom is signed in.
    Tie,
}

impl Wanted {
    const fn code(self) -> &'static str {
        match self {
            Wanted::Entry => "entry",
            Wanted::Tie => "tie",
        }
    }

    fn of(code: &str) -> Option<Wanted> {
        [Wanted::Entry, Wanted::Tie]
            .into_iter()
            .find(|wanted| wanted.code() == code)
    }
}

/// Why nobody was shown.
#[derive(Debug, thiserror::Error)]
pub enum NotShown {
    /// No answer to a question of this browser.
    #[error("not this browser's question")]
    Foreign,
    /// It took too long.
    #[error("too long ago")]
    Late,
    /// The answer was given before.
    #[error("answered before")]
    Again,
    /// The person, or the provider, broke it off.
    #[error("broken off")]
    Cancelled,
    /// What the provider said does not hold.
    #[error("the answer does not hold")]
    Refused,
    /// It does not say what must be known.
    #[error("something is missing in the answer")]
    Lacking,
    /// It cannot be reached.
    #[error("the provider is away")]
    Away,
    /// The identity is somebody else's here.
    #[error("tied to another person")]
    Taken,
    /// Who wanted to tie is not signed in any more.
    #[error("signed out meanwhile")]
    SignedOut,
    /// Too many answers from this network: wait so many seconds.
    #[error("too many tries")]
    Wait(i64),
    /// The machine.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

crate::from_trouble!(
    NotShown:
    store::engine::ReadError,
    store::vault::VaultError,
    CommitFault,
    serde_json::Error
);

impl From<NotNamed> for NotShown {
    fn from(why: NotNamed) -> NotShown {
        // The reasons name claims and rules, never what stands in them.
        tracing::warn!(%why, "a provider named nobody");
        match why {
            NotNamed::Refused(_) => NotShown::Refused,
            NotNamed::Away(_) => NotShown::Away,
            NotNamed::Lacking(_) => NotShown::Lacking,
        }
    }
}

impl From<ActError> for NotShown {
    fn from(error: ActError) -> NotShown {
        match error {
            ActError::Trouble(trouble) => NotShown::Trouble(trouble),
            other => NotShown::Trouble(Trouble::Broken(other.to_string())),
        }
    }
}

/// What a provider sent a browser back with.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Our question.
    pub state: &'a str,
    /// What is redeemed; empty where there is an error.
    pub code: &'a str,
    /// Why there is nothing to redeem; empty where there is.
    pub error: &'a str,
}

/// Why an identity was not untied.
#[derive(Debug, thiserror::Error)]
pub enum NotUntied {
    /// There is none of that name.
    #[error("no such tie")]
    Unknown,
    /// It is the last way in.
    #[error("the last way in")]
    Last,
    /// The machine.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

crate::from_trouble!(NotUntied: store::engine::ReadError, store::vault::VaultError);

/// One of one's own tied identities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tied {
    /// What it is called in a form: a hash of what it is found by.
    pub handle: String,
    /// The provider's code.
    pub provider: String,
    /// Its kind.
    pub means: Means,
    /// The name it gave.
    pub name: String,
    /// Since when.
    pub since: At,
    /// When it was last shown.
    pub shown: At,
}

fn handle(lookup: &[u8; 32]) -> String {
    let mut handle = domain::text::hex(&crypto::hash::sha256("minwon tie name", &[lookup]));
    handle.truncate(32);
    handle
}

fn asker(cookie: &str) -> Asker<'_> {
    Asker {
        label: "verification",
        cookie,
    }
}

/// A name as it is kept: one line, not too long.
fn name_of(said: &str) -> String {
    let line: String = said.chars().filter(|c| !c.is_control()).collect();
    line.trim().chars().take(LONGEST_NAME).collect()
}

/// What a form is filled with that the provider told.
fn contact_of(shown: &Shown, language: &str) -> Contact {
    let reach = |said: &Option<String>, kind| {
        let address = said.as_deref().and_then(Address::parse);
        address
            .filter(|address| address.kind == kind)
            .map(|address| address.value)
    };
    Contact {
        name: name_of(&shown.name),
        phone: reach(&shown.phone, ContactKind::Phone),
        mail: reach(&shown.mail, ContactKind::Mail),
        address: None,
        language: language.to_owned(),
    }
}

impl App {
    /// The providers citizens can choose among.
    pub fn providers(&self) -> impl Iterator<Item = &Provider> {
        self.ports.brokers.iter().map(|broker| broker.provider())
    }

    /// Whether a provider is there that is enough where `needed` is asked.
    pub fn provides(&self, needed: Assurance) -> bool {
        self.providers()
            .any(|provider| provider.assurance.suffices(needed))
    }

    fn broker(&self, code: &str) -> Option<&dyn Broker> {
        let found = self
            .ports
            .brokers
            .iter()
            .find(|broker| broker.provider().code.as_str() == code);
        found.map(AsRef::as_ref)
    }

    /// The provider of a code.
    pub fn provider(&self, code: &str) -> Option<&Provider> {
        self.broker(code).map(Broker::provider)
    }

    /// Where a browser is sent, to come back to `back` in the end. Who ties shows anew who they are, so that nobody ties whoever
    /// happens to be signed on at the provider.
    pub async fn ask_broker(
        &self,
        cookie: &str,
        code: &str,
        wanted: Wanted,
        back: &str,
    ) -> Result<String, NotShown> {
        let broker = self.broker(code).ok_or(NotShown::Foreign)?;
        let asker = asker(cookie);
        let state = self.state(asker, &format!("{} {code}", wanted.code()), back);
        let question = self.question(asker, state, wanted == Wanted::Tie);
        Ok(broker.address(&question).await?)
    }

    /// Takes what came back to the address of the provider `code`: a session under a new cookie, and the way to go on. Whatever
    /// session the browser had is over.
    pub async fn answer_broker(
        &self,
        cookie: &str,
        code: &str,
        answer: Answer<'_>,
        language: &str,
        origin: &[u8],
    ) -> Result<(OpenSession, String), NotShown> {
        let broker = self.broker(code).ok_or(NotShown::Foreign)?;
        let asker = asker(cookie);
        let came = self.came_back(asker, answer.state).map_err(|lost| match lost {
            Lost::Foreign => NotShown::Foreign,
            Lost::Late => NotShown::Late,
        })?;
        // An answer that came to the address of another provider is no answer of this one.
        let wanted = came
            .what
            .split_once(' ')
            .filter(|(_, asked)| *asked == code)
            .and_then(|(wanted, _)| Wanted::of(wanted))
            .ok_or(NotShown::Foreign)?;
        match self.only_once(answer.state).await {
            Ok(()) => {}
            Err(CommitFault::Conflict) => return Err(NotShown::Again),
            Err(fault) => return Err(fault.into()),
        }
        if answer.code.is_empty() {
            return Err(match answer.error {
                "temporarily_unavailable" | "server_error" => NotShown::Away,
                _ => NotShown::Cancelled,
            });
        }
        let network = crypto::hash::sha256("minwon verification address", &[network(origin)]);
        match self.throttled(network, ANSWERS_AN_HOUR, HOUR).await {
            Ok(()) => {}
            Err(super::NotLetIn::Wait(seconds)) => return Err(NotShown::Wait(seconds)),
            Err(super::NotLetIn::Trouble(trouble)) => return Err(trouble.into()),
            Err(other) => return Err(Trouble::Broken(other.to_string()).into()),
        }
        let signed_in = match wanted {
            Wanted::Entry => None,
            Wanted::Tie => Some(self.citizen(cookie).await?.ok_or(NotShown::SignedOut)?.1),
        };
        let question = self.question(asker, answer.state.to_owned(), wanted == Wanted::Tie);
        let shown = broker.redeem(answer.code, &question).await?;
        let person = self
            .person_shown(broker.provider(), &shown, signed_in, language)
            .await?;
        let proof = Proof {
            assurance: broker.provider().assurance,
            means: broker.provider().means,
            at: self.now(),
        };
        let open = self.sign_in(person, cookie, proof).await?;
        Ok((open, came.back))
    }

    /// The person of an identity that was just shown: whose it is, who wants it tied, or somebody new.
    async fn person_shown(
        &self,
        provider: &Provider,
        shown: &Shown,
        signed_in: Option<PersonId>,
        language: &str,
    ) -> Result<PersonId, NotShown> {
        if shown.identifier.len() > LONGEST_IDENTIFIER || name_of(&shown.name).is_empty() {
            return Err(NotShown::Lacking);
        }
        let place = &self.places.live;
        let lookup = place.tie_lookup(&provider.issuer, &provider.claim, &shown.identifier);
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let known = place.tie(&lookup).await?;
            let holder = known.as_ref().map(|tie| tie.person);
            let done = match (known, signed_in.map(|person| (person, tying(holder, person)))) {
                (_, Some((_, Tying::Taken))) => return Err(NotShown::Taken),
                (Some(tie), _) => self.seen_again(provider, &tie, shown, language).await,
                (None, Some((person, _))) => self.first_tied(provider, lookup, person, shown, language).await,
                (None, None) => self.first_seen(provider, lookup, shown, language).await,
            };
            match done {
                Err(NotShown::Trouble(Trouble::Contended)) => {}
                done => return done,
            }
        }
        Err(Trouble::Contended.into())
    }

    fn new_tie(&self, provider: &Provider, lookup: [u8; 32], person: PersonId) -> Tie {
        let now = self.now();
        Tie {
            lookup,
            person,
            provider: provider.code.to_string(),
            means: provider.means,
            assurance: provider.assurance,
            text: TextId(self.id()),
            made_at: now,
            used_at: now,
        }
    }

    /// Somebody new.
    async fn first_seen(
        &self,
        provider: &Provider,
        lookup: [u8; 32],
        shown: &Shown,
        language: &str,
    ) -> Result<PersonId, NotShown> {
        let place = &self.places.live;
        let (now, person) = (self.now(), PersonId(self.id()));
        let contact = contact_of(shown, language);
        let tie = self.new_tie(provider, lookup, person);
        let mut batch = Batch::new();
        let fill = &mut self.fill();
        place
            .ready(now, fill)
            .map_err(|error| Trouble::Broken(error.to_string()))?;
        let key = batch.person(place, person, TextId(self.id()), &contact, now, fill)?;
        batch.text(&key, tie.text, contact.name.as_bytes(), fill);
        batch.tied(&tie);
        place.commit(batch, Urgency::User).await?;
        Ok(person)
    }

    /// Tied to whom is signed in. What they said of themselves stays; what is not known yet is filled in.
    async fn first_tied(
        &self,
        provider: &Provider,
        lookup: [u8; 32],
        person: PersonId,
        shown: &Shown,
        language: &str,
    ) -> Result<PersonId, NotShown> {
        let place = &self.places.live;
        let tie = self.new_tie(provider, lookup, person);
        let key = place.key_of(person.bytes()).await?;
        let mut batch = Batch::new();
        batch.text(&key, tie.text, name_of(&shown.name).as_bytes(), &mut self.fill());
        batch.tied(&tie);
        self.tell_of_tie(&mut batch, "identity_tied", &tie);
        place.commit(batch, Urgency::User).await?;
        self.fill_in(person, shown, language).await?;
        Ok(person)
    }

    /// Somebody who came before.
    async fn seen_again(
        &self,
        provider: &Provider,
        before: &Tie,
        shown: &Shown,
        language: &str,
    ) -> Result<PersonId, NotShown> {
        let place = &self.places.live;
        let name = name_of(&shown.name);
        let known = place.open_loose(&[before.text]).await?;
        let mut tie = Tie {
            text: before.text,
            made_at: before.made_at,
            ..self.new_tie(provider, before.lookup, before.person)
        };
        let mut batch = Batch::new();
        if known.get(&before.text).map(Vec::as_slice) != Some(name.as_bytes()) {
            tie.text = TextId(self.id());
            let key = place.key_of(before.person.bytes()).await?;
            batch.text(&key, tie.text, name.as_bytes(), &mut self.fill());
        }
        batch.tie_shown(before, &tie);
        place.commit(batch, Urgency::User).await?;
        self.fill_in(before.person, shown, language).await?;
        Ok(before.person)
    }

    /// Fills in name and contact where nothing is known: nothing that a person said or showed is written over.
    async fn fill_in(&self, person: PersonId, shown: &Shown, language: &str) -> Result<(), NotShown> {
        let Some(mut contact) = self.contact(person).await? else {
            return Ok(());
        };
        let told = contact_of(shown, language);
        if contact.name.is_empty() {
            contact.name = told.name;
        }
        if contact.phone.is_none() && contact.mail.is_none() {
            (contact.phone, contact.mail) = (told.phone, told.mail);
        }
        Ok(self.change_contact(person, &contact).await?)
    }

    /// The person is told where they are reached already: whoever ties in their name does not do it unseen.
    fn tell_of_tie(&self, batch: &mut Batch, notice: &str, tie: &Tie) {
        let id = self.id();
        self.tell(
            batch,
            notice,
            &[id.as_bytes()],
            To::Person(tie.person),
            self.now(),
        );
    }

    /// 내 본인확인 — the identities tied to a person, the last shown first.
    pub async fn ties(&self, person: PersonId) -> Result<Vec<Tied>, Trouble> {
        let place = &self.places.live;
        let ties = place.ties_of(person).await?;
        let texts: Vec<TextId> = ties.iter().map(|tie| tie.text).collect();
        let opened = place.open_loose(&texts).await?;
        Ok((ties.into_iter())
            .map(|tie| Tied {
                handle: handle(&tie.lookup),
                provider: tie.provider,
                means: tie.means,
                name: (opened.get(&tie.text))
                    .map(|name| String::from_utf8_lossy(name).into_owned())
                    .unwrap_or_default(),
                since: tie.made_at,
                shown: tie.used_at,
            })
            .collect())
    }

    /// The name that the last provider gave whose word makes a person verified: what stands beside 본인확인 is nothing typed.
    pub async fn verified_name(&self, person: PersonId) -> Result<Option<String>, Trouble> {
        let place = &self.places.live;
        let ties = place.ties_of(person).await?;
        let last = ties.iter().find(|tie| tie.assurance == Assurance::Verified);
        let Some(tie) = last else { return Ok(None) };
        let mut opened = place.open_loose(&[tie.text]).await?;
        Ok(opened
            .remove(&tie.text)
            .and_then(|name| String::from_utf8(name).ok()))
    }

    /// Unties one of one's own identities. What was opened with it counts as a shown contact from now on.
    pub async fn untie(&self, person: PersonId, name: &str) -> Result<(), NotUntied> {
        let place = &self.places.live;
        let ties = place.ties_of(person).await?;
        let tie = ties.iter().find(|tie| handle(&tie.lookup) == name);
        let tie = tie.ok_or(NotUntied::Unknown)?;
        let contacted = match place.has_contact(person).await? {
            true => Contacted::Yes,
            false => Contacted::No,
        };
        if !may_untie(ties.len(), contacted) {
            return Err(NotUntied::Last);
        }
        let mut batch = Batch::new();
        batch.untied(tie);
        self.tell_of_tie(&mut batch, "identity_untied", tie);
        match place.commit(batch, Urgency::User).await {
            Ok(()) => Ok(()),
            // Untied meanwhile, or the other one was.
            Err(CommitFault::Conflict) => Err(NotUntied::Last),
            Err(fault) => Err(NotUntied::Trouble(fault.into())),
        }
    }

    /// How a citizen's session was opened; who uses one of an older program has shown a contact.
    pub fn proof_of(open: &OpenSession) -> Option<Proof> {
        match open.session.subject {
            Subject::Citizen(_) => open.session.coming.proof,
            Subject::Guest | Subject::Official(_) | Subject::Entering(_) => None,
        }
    }
}

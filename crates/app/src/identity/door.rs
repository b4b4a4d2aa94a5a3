//! 문 — how an official comes in: by password and second factor, step by step; whose tries are counted where; one session at the end.
//!
//! Nobody is an official before the last step: who is half-way in has a session of another kind, which opens no page.

use super::{HOUR, MINUTE, NotLetIn, OpenSession};
use crate::{App, Trouble};
use domain::account::{Road, SignInRules, network};
use domain::id::OfficialId;
use domain::terms::By;
use store::batch::Batch;
use store::engine::Urgency;
use store::session::{Coming, Session, Subject};

/// So many wrong tries for one account from one network in ten minutes.
pub const TRIES: u32 = 5;
/// So many wrong tries from one network in ten minutes, whatever the account.
pub const TRIES_OF_NETWORK: u32 = 30;
/// So many wrong tries for one account in an hour from devices it never came in with, wherever they are.
pub const TRIES_OF_STRANGERS: u32 = 20;
/// So many wrong tries for one account from a device it came in with before, in ten minutes.
pub const TRIES_OF_KNOWN: u32 = 10;

/// From where somebody comes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The address, in 4 or 16 bytes; none if unknown.
    pub origin: Vec<u8>,
    /// What kind of browser: a coarse code.
    pub device: String,
    /// What an earlier good log-in left with the browser.
    pub known: Option<String>,
}

impl From<&[u8]> for Arrival {
    fn from(origin: &[u8]) -> Arrival {
        Arrival {
            origin: origin.to_vec(),
            ..Arrival::default()
        }
    }
}

/// What is still asked of who is half-way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// 2단계 인증.
    Factor,
    /// A password of their own in place of the one somebody set.
    Password,
    /// A second factor, because the seat needs one.
    Enrol,
}

/// What a good answer at the door led to.
#[derive(Debug, Clone)]
pub struct Entered {
    /// The session.
    pub open: OpenSession,
    /// What is still asked; `None` when the door is open.
    pub step: Option<Step>,
    /// What the browser keeps, so that it is known next time.
    pub known: Option<String>,
}

/// Tries that were counted before anything was looked at.
pub(crate) struct Tries {
    clear: Vec<[u8; 32]>,
    less: Vec<[u8; 32]>,
}

/// Hexadecimal digits of what marks a known device: 16 bytes of chance, 32 of their MAC.
const MARK: usize = 96;

impl App {
    /// What a log-in asks for here.
    pub fn sign_in_rules(&self) -> SignInRules {
        self.ordinary().office().settings.sign_in.clone()
    }

    /// The log-in name of an official who works here today.
    pub(crate) fn login_of(&self, official: OfficialId) -> Option<String> {
        let office = self.ordinary().office();
        office.officials.get(&official).map(|person| person.login.clone())
    }

    fn mark_of(&self, login: &str, chance: &str) -> String {
        let key = self.places.live.keys().derive("known devices");
        let mac = crypto::hash::mac(&key, "known device", &[login.as_bytes(), chance.as_bytes()]);
        format!("{chance}{}", domain::text::hex(&mac))
    }

    /// Whether `login` came in with this browser before.
    fn knows<'a>(&self, login: &str, from: &'a Arrival) -> Option<&'a str> {
        let mark = from
            .known
            .as_deref()
            .filter(|mark| mark.len() == MARK && mark.is_ascii())?;
        let right = self.mark_of(login, &mark[..32]);
        crypto::hash::same(right.as_bytes(), mark.as_bytes()).then_some(mark)
    }

    /// Counts a try before it is looked at. A device this account came in with has a counter of its own, which nobody else
    /// can fill; every other device is counted with its network, and with all the other strangers who try this account.
    pub(crate) async fn counted(&self, what: &str, login: &str, from: &Arrival) -> Result<Tries, NotLetIn> {
        let key = |label: &str, parts: &[&[u8]]| crypto::hash::sha256(label, parts);
        let (what, login_bytes) = (what.as_bytes(), login.as_bytes());
        if let Some(mark) = self.knows(login, from) {
            let own = key("minwon known device", &[what, login_bytes, mark.as_bytes()]);
            self.throttled(own, TRIES_OF_KNOWN, 10 * MINUTE).await?;
            return Ok(Tries {
                clear: vec![own],
                less: Vec::new(),
            });
        }
        let network = network(&from.origin);
        // The network first: who is over its measure leaves no further row behind.
        let address = key("minwon login address", &[network]);
        self.throttled(address, TRIES_OF_NETWORK, 10 * MINUTE).await?;
        let both = key("minwon login", &[what, login_bytes, network]);
        self.throttled(both, TRIES, 10 * MINUTE).await?;
        let strangers = key("minwon login strangers", &[what, login_bytes]);
        self.throttled(strangers, TRIES_OF_STRANGERS, HOUR).await?;
        Ok(Tries {
            clear: vec![both],
            less: vec![address, strangers],
        })
    }

    /// Only wrong tries count: a whole office may stand behind one address.
    pub(crate) async fn forgive(&self, tries: Tries) -> Result<(), Trouble> {
        for key in tries.clear {
            self.places.live.throttle_clear(&key).await?;
        }
        for key in tries.less {
            self.places.live.throttle_less(&key).await?;
        }
        Ok(())
    }

    /// 로그인 of an official by password.
    pub async fn log_in(&self, login: &str, password: &str, from: &Arrival) -> Result<Entered, NotLetIn> {
        let login = login.trim().to_lowercase();
        if !self.sign_in_rules().passwords {
            return Err(NotLetIn::Wrong);
        }
        let tries = self.counted("password", &login, from).await?;
        let known = self.ports.identity.authenticate(&login, password).await;
        let official = known
            .map_err(|e| Trouble::Unavailable(e.to_string()))?
            .ok_or(NotLetIn::Wrong)?;
        self.forgive(tries).await?;
        self.comes_in(official, Road::Password, false, from).await
    }

    /// Whether an official's seats, in whatever room, need a second factor.
    pub(crate) fn seats_need_factor(&self, official: OfficialId) -> bool {
        let rules = self.sign_in_rules();
        self.rooms().any(|room| {
            let office = room.office();
            let posts = office.staff.posts.get(&official);
            posts.is_some_and(|posts| rules.needs_second_factor(posts))
        })
    }

    /// What is still asked of who came this far.
    async fn owed(&self, official: OfficialId, road: Road, factored: bool) -> Result<Option<Step>, Trouble> {
        let place = &self.places.live;
        let account = place.account(official).await?;
        let has = !account.totp.is_empty() || !place.passkeys(official).await?.is_empty();
        Ok(if has && !factored {
            Some(Step::Factor)
        } else if road == Road::Password && account.must_change {
            Some(Step::Password)
        } else if !has && !factored && (account.must_enrol || self.seats_need_factor(official)) {
            Some(Step::Enrol)
        } else {
            None
        })
    }

    /// Somebody was recognised: they are in, or half-way in. What the browser held before is no session of theirs.
    pub(crate) async fn comes_in(
        &self,
        official: OfficialId,
        road: Road,
        factored: bool,
        from: &Arrival,
    ) -> Result<Entered, NotLetIn> {
        let step = self.owed(official, road, factored).await?;
        let coming = Coming {
            road: Some(road),
            factored,
            proven_at: Some(self.now()),
            origin: from.origin.clone(),
            device: from.device.clone(),
            proof: None,
        };
        self.goes_on(official, coming, step, None).await
    }

    /// The next session: another cookie each time, and the one before is gone.
    async fn goes_on(
        &self,
        official: OfficialId,
        coming: Coming,
        step: Option<Step>,
        before: Option<&Session>,
    ) -> Result<Entered, NotLetIn> {
        let login = self.login_of(official).ok_or(NotLetIn::Wrong)?;
        let mut batch = Batch::new();
        if let Some(before) = before {
            batch.session_ends(&before.key);
        }
        let subject = match step {
            Some(_) => Subject::Entering(official),
            None => Subject::Official(official),
        };
        let known = match step {
            Some(_) => None,
            None => {
                let chance = domain::text::hex(&self.random());
                self.note_deed(&mut batch, official, "sign_in", &coming.origin);
                Some(self.mark_of(&login, &chance[..32]))
            }
        };
        let open = self.new_session(subject, coming);
        batch.session_begins(&open.session);
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(Entered { open, step, known })
    }

    /// Writes what an official did to their own account into the ledger.
    pub(crate) fn note_deed(&self, batch: &mut Batch, official: OfficialId, deed: &str, origin: &[u8]) {
        let look = self.look_by(By::Official(official), deed, None, 0, origin);
        batch.look(self.id(), &look);
    }

    /// Who is half-way in with this cookie, and what is asked of them.
    pub async fn entering(&self, cookie: &str) -> Result<Option<(OpenSession, OfficialId, Step)>, Trouble> {
        let Some(open) = self.session(cookie).await? else {
            return Ok(None);
        };
        let Subject::Entering(official) = open.session.subject else {
            return Ok(None);
        };
        let road = open.session.coming.road.unwrap_or(Road::Password);
        let step = self.owed(official, road, open.session.coming.factored).await?;
        let here = self.login_of(official).is_some();
        Ok(step.filter(|_| here).map(|step| (open, official, step)))
    }

    /// One step is done: on to the next, or in.
    pub(crate) async fn stepped(
        &self,
        open: &OpenSession,
        official: OfficialId,
        factored: bool,
    ) -> Result<Entered, NotLetIn> {
        let coming = Coming {
            factored: open.session.coming.factored || factored,
            proven_at: Some(self.now()),
            ..open.session.coming.clone()
        };
        let road = coming.road.unwrap_or(Road::Password);
        let step = self.owed(official, road, coming.factored).await?;
        self.goes_on(official, coming, step, Some(&open.session)).await
    }

    /// 2단계 인증 at the door: the number of the authenticator, or a recovery code.
    pub async fn enter_code(
        &self,
        open: &OpenSession,
        official: OfficialId,
        said: &str,
        from: &Arrival,
    ) -> Result<Entered, NotLetIn> {
        self.check_factor(official, said, from).await?;
        self.stepped(open, official, true).await
    }

    /// The enrolment step of the door is done.
    pub async fn enter_enrolled(
        &self,
        open: &OpenSession,
        official: OfficialId,
    ) -> Result<Entered, NotLetIn> {
        self.stepped(open, official, true).await
    }
}

//! 패스키 — a key in a device, unlocked by its owner: made inside, used at the door by itself, or to show anew who one is.
//!
//! A question is not kept: it carries its time and a MAC that binds it to the session and the purpose, and the answer to it
//! is taken once.

use super::factors::bytes;
use super::{MINUTE, NotLetIn, OpenSession};
use crate::App;
use crate::identity::door::{Arrival, Entered};
use crypto::passkey::{self, Signed, Site};
use domain::account::Road;
use domain::id::OfficialId;
use std::net::IpAddr;
use store::account::Passkey;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::session::Subject;

/// A question is answered by then.
const ANSWERED_BY: i64 = 10 * MINUTE;
/// So many passkeys has an account at most.
pub const MOST: usize = 10;

/// What a passkey is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be made.
    Made,
    /// To log in, or as a second factor at the door.
    Entry,
    /// To show anew who one is.
    Confirm,
}

/// A question to a device.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// Comes back with the answer.
    pub token: String,
    /// What the device signs: hexadecimal digits.
    pub challenge: String,
    /// The host it is for.
    pub host: String,
}

/// The answer, as a form brings it: hexadecimal digits.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The question's token.
    pub token: String,
    /// `rawId`.
    pub id: String,
    /// `clientDataJSON`.
    pub client: String,
    /// `authenticatorData`, or `attestationObject` of a new one.
    pub device: String,
    /// `signature`; empty for a new one.
    pub signature: String,
}

impl App {
    /// Where passkeys are for: the officials' pages. `None` where their address has no name.
    pub fn passkey_site(&self) -> Option<Site> {
        let office = self.ordinary().office();
        let settings = &office.settings;
        let address = match settings.sign_in.address.as_str() {
            "" => &settings.agency.address_of_pages,
            own => own,
        };
        let (scheme, rest) = address.split_once("://")?;
        let authority = rest.split('/').next()?;
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => authority,
        };
        // A passkey is for a name; browsers make none for a number.
        if host.is_empty() || host.starts_with('[') || host.parse::<IpAddr>().is_ok() {
            return None;
        }
        Some(Site {
            host: host.to_owned(),
            origin: format!("{scheme}://{authority}"),
        })
    }

    /// A question bound to the session behind `cookie`.
    pub fn ask_passkey(&self, cookie: &str, purpose: Purpose) -> Option<Challenge> {
        let site = self.passkey_site()?;
        let mut token = self.now().0.to_be_bytes().to_vec();
        token.extend_from_slice(&self.random()[..16]);
        let challenge = self.challenge(cookie, purpose, &token);
        Some(Challenge {
            token: domain::text::hex(&token),
            challenge: domain::text::hex(&challenge),
            host: site.host,
        })
    }

    fn challenge(&self, cookie: &str, purpose: Purpose, token: &[u8]) -> [u8; 32] {
        let key = self.places.live.keys().derive("passkey questions");
        let purpose = match purpose {
            Purpose::Made => "made",
            Purpose::Entry => "entry",
            Purpose::Confirm => "confirm",
        };
        let session = App::session_key(cookie);
        crypto::hash::mac(&key, "passkey question", &[&session, purpose.as_bytes(), token])
    }

    /// The question a token stands for, if it is young enough.
    fn asked_for(&self, cookie: &str, purpose: Purpose, token: &str) -> Option<([u8; 32], [u8; 32])> {
        let token = bytes(token).filter(|token| token.len() == 24)?;
        let (at, _) = token.split_first_chunk::<8>()?;
        let age = self.now().0 - i64::from_be_bytes(*at);
        let young = (0..=ANSWERED_BY).contains(&age);
        young.then(|| {
            let challenge = self.challenge(cookie, purpose, &token);
            (
                challenge,
                crypto::hash::sha256("minwon passkey answer", &[&challenge]),
            )
        })
    }

    /// Keeps a new passkey. Recovery codes come with the first second factor: they are shown this once.
    pub async fn keep_passkey(
        &self,
        open: &OpenSession,
        official: OfficialId,
        answer: &Answer,
        device: &str,
    ) -> Result<Vec<String>, NotLetIn> {
        let (challenge, once) = self
            .asked_for(&open.cookie, Purpose::Made, &answer.token)
            .ok_or(NotLetIn::Wrong)?;
        let site = self.passkey_site().ok_or(NotLetIn::Wrong)?;
        let (client, attestation) = (
            bytes(&answer.client).ok_or(NotLetIn::Wrong)?,
            bytes(&answer.device).ok_or(NotLetIn::Wrong)?,
        );
        let made = passkey::made(&client, &attestation, &challenge, &site).map_err(not_taken)?;
        let secured = self.secured(official).await?;
        if secured.passkeys.len() >= MOST {
            return Err(NotLetIn::Wrong);
        }
        let now = self.now();
        let mut batch = Batch::new();
        batch.spent(&once, now.plus(ANSWERED_BY));
        batch.passkey(&Passkey {
            lookup: lookup(&made.id),
            official,
            name: made.id,
            public_key: made.key,
            signs: made.count,
            device: device.to_owned(),
            made_at: now,
            used_at: None,
        });
        let codes = match secured.codes {
            0 => self.fresh_codes(&mut batch, official),
            _ => Vec::new(),
        };
        batch.sessions_end(official, Some(&open.session.key));
        self.note_deed(&mut batch, official, "passkey_made", &open.session.coming.origin);
        match self.places.live.commit(batch, Urgency::User).await {
            Ok(()) => {
                self.end_inside(official).await?;
                Ok(codes)
            }
            Err(CommitFault::Conflict) => Err(NotLetIn::Wrong),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Checks the answer of a passkey and uses it up.
    async fn recognised(
        &self,
        cookie: &str,
        purpose: Purpose,
        answer: &Answer,
    ) -> Result<OfficialId, NotLetIn> {
        let (challenge, once) = self
            .asked_for(cookie, purpose, &answer.token)
            .ok_or(NotLetIn::Wrong)?;
        let site = self.passkey_site().ok_or(NotLetIn::Wrong)?;
        let read = |hex: &str| bytes(hex).ok_or(NotLetIn::Wrong);
        let (id, client, device, signature) = (
            read(&answer.id)?,
            read(&answer.client)?,
            read(&answer.device)?,
            read(&answer.signature)?,
        );
        let place = &self.places.live;
        let kept = place.passkey(&lookup(&id)).await?.ok_or(NotLetIn::Wrong)?;
        let known = passkey::Passkey {
            id: kept.name,
            key: kept.public_key,
            count: kept.signs,
        };
        let sent = Signed {
            client: &client,
            device: &device,
            signature: &signature,
        };
        let signs = passkey::signed(sent, &challenge, &site, &known).map_err(not_taken)?;
        let now = self.now();
        let mut batch = Batch::new();
        batch.spent(&once, now.plus(ANSWERED_BY));
        batch.passkey_used(&kept.lookup, kept.signs, signs, now);
        match place.commit(batch, Urgency::User).await {
            Ok(()) => Ok(kept.official),
            Err(CommitFault::Conflict) => Err(NotLetIn::Wrong),
            Err(fault) => Err(fault.into()),
        }
    }

    /// 패스키 로그인: two factors at once. `cookie` is what the browser held when it was asked.
    pub async fn enter_by_passkey(
        &self,
        cookie: &str,
        answer: &Answer,
        from: &Arrival,
    ) -> Result<Entered, NotLetIn> {
        let official = self.recognised(cookie, Purpose::Entry, answer).await?;
        self.comes_in(official, Road::Passkey, true, from).await
    }

    /// The second factor at the door, by passkey: it must be of the one who is half-way in.
    pub async fn step_by_passkey(
        &self,
        open: &OpenSession,
        official: OfficialId,
        answer: &Answer,
    ) -> Result<Entered, NotLetIn> {
        if self.recognised(&open.cookie, Purpose::Entry, answer).await? != official {
            return Err(NotLetIn::Wrong);
        }
        self.stepped(open, official, true).await
    }

    /// 다시 확인 by passkey.
    pub async fn confirm_by_passkey(
        &self,
        open: &OpenSession,
        official: OfficialId,
        answer: &Answer,
    ) -> Result<(), NotLetIn> {
        let own = matches!(open.session.subject, Subject::Official(id) if id == official);
        if !own || self.recognised(&open.cookie, Purpose::Confirm, answer).await? != official {
            return Err(NotLetIn::Wrong);
        }
        self.proven(open, official).await
    }

    /// Forgets a passkey; every other session ends. Refused for the last factor of who needs one.
    pub async fn drop_passkey(
        &self,
        open: &OpenSession,
        official: OfficialId,
        name: &str,
    ) -> Result<bool, NotLetIn> {
        let passkeys = self.places.live.passkeys(official).await?;
        let Some(found) = passkeys.iter().find(|passkey| name_of(passkey) == name) else {
            return Ok(false);
        };
        let secured = self.secured(official).await?;
        if secured.needed && secured.authenticator.is_none() && secured.passkeys.len() < 2 {
            return Err(NotLetIn::Wrong);
        }
        let mut batch = Batch::new();
        batch.passkey_gone(official, &found.lookup);
        batch.sessions_end(official, Some(&open.session.key));
        self.note_deed(
            &mut batch,
            official,
            "passkey_dropped",
            &open.session.coming.origin,
        );
        self.places.live.commit(batch, Urgency::User).await?;
        self.end_inside(official).await?;
        Ok(true)
    }

    /// Forgets the authenticator; every other session ends. Refused for the last factor of who needs one.
    pub async fn drop_authenticator(&self, open: &OpenSession, official: OfficialId) -> Result<(), NotLetIn> {
        let secured = self.secured(official).await?;
        if secured.needed && secured.passkeys.is_empty() {
            return Err(NotLetIn::Wrong);
        }
        let mut batch = Batch::new();
        batch.authenticator_gone(official);
        batch.sessions_end(official, Some(&open.session.key));
        self.note_deed(
            &mut batch,
            official,
            "authenticator_dropped",
            &open.session.coming.origin,
        );
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(self.end_inside(official).await?)
    }
}

/// What a passkey is called in a form.
pub fn name_of(passkey: &Passkey) -> String {
    let mut name = domain::text::hex(&passkey.lookup);
    name.truncate(32);
    name
}

fn lookup(id: &[u8]) -> [u8; 32] {
    crypto::hash::sha256("minwon passkey", &[id])
}

fn not_taken(why: passkey::Refused) -> NotLetIn {
    tracing::warn!(%why, "a passkey was not taken");
    NotLetIn::Wrong
}

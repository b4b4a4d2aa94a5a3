//! 2단계 인증 — the authenticator's six digits, each taken once; recovery codes; and the reset by the administrator.

use super::{MINUTE, NotLetIn, OpenSession};
use crate::act::Call;
use crate::identity::door::Arrival;
use crate::people::OfficeError;
use crate::{App, Trouble};
use crypto::seal::Suite;
use crypto::totp;
use domain::access::Who;
use domain::id::{OfficialId, OutboxId};
use domain::organisation::Fault;
use ports::mail::Letter;
use serde::Serialize;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use zeroize::Zeroizing;

/// So many recovery codes are made at a time.
pub const CODES: usize = 10;
/// An enrolment begun must be finished by then.
const ENROLMENT: i64 = 30 * MINUTE;

/// An authenticator on its way: shown once, kept only when its first number proves it.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// The secret, as an authenticator takes it by hand.
    pub secret: String,
    /// The same as an address, for its camera.
    pub address: String,
    /// The secret sealed, to come back with the first number.
    pub sealed: String,
}

/// What an account is secured with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secured {
    /// Since when there is an authenticator.
    pub authenticator: Option<domain::time::At>,
    /// Recovery codes left.
    pub codes: u32,
    /// Whether there is a password of ours.
    pub password: bool,
    /// When it was changed, if that was noted.
    pub password_at: Option<domain::time::At>,
    /// Whether a seat needs a second factor.
    pub needed: bool,
    /// Passkeys, oldest first.
    pub passkeys: Vec<store::account::Passkey>,
}

impl Secured {
    /// Whether there is a second factor.
    pub fn is_factored(&self) -> bool {
        self.authenticator.is_some() || !self.passkeys.is_empty()
    }
}

fn letters(said: &str) -> String {
    said.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

impl App {
    fn factor_key(&self) -> crypto::seal::Key {
        self.places.live.keys().derive("second factors")
    }

    /// What an official's log-in is secured with.
    pub async fn secured(&self, official: OfficialId) -> Result<Secured, Trouble> {
        let place = &self.places.live;
        let account = place.account(official).await?;
        Ok(Secured {
            authenticator: account.totp_at.filter(|_| !account.totp.is_empty()),
            codes: place.recovery_codes(official).await?,
            password: self.has_password(official).await?,
            password_at: account.password_at,
            needed: self.seats_need_factor(official),
            passkeys: place.passkeys(official).await?,
        })
    }

    /// Begins an enrolment that only this session can finish.
    pub fn begin_enrolment(&self, open: &OpenSession, official: OfficialId) -> Enrolment {
        let secret = Zeroizing::new(self.random());
        let secret = &secret[..totp::SECRET];
        let plain = [&self.now().0.to_be_bytes()[..], secret].concat();
        let aad = enrolment(open, official);
        let sealed = crypto::seal::seal(
            Suite::Standard,
            &self.factor_key(),
            &aad,
            &plain,
            &mut self.fill(),
        );
        self.enrolment_of(official, secret, domain::text::hex(&sealed))
    }

    fn enrolment_of(&self, official: OfficialId, secret: &[u8], sealed: String) -> Enrolment {
        let office = self.ordinary().office();
        let agency = escaped(&office.settings.agency.name);
        let login = escaped(&self.login_of(official).unwrap_or_default());
        let secret = totp::base32(secret);
        Enrolment {
            address: format!("otpauth://totp/{agency}:{login}?secret={secret}&issuer={agency}"),
            secret,
            sealed,
        }
    }

    fn open_enrolment(
        &self,
        open: &OpenSession,
        official: OfficialId,
        sealed: &str,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let sealed = bytes(sealed)?;
        let plain = crypto::seal::open(&self.factor_key(), &enrolment(open, official), &sealed).ok()?;
        let (begun, _) = plain.split_first_chunk::<8>()?;
        let age = self.now().0 - i64::from_be_bytes(*begun);
        (0..=ENROLMENT).contains(&age).then_some(plain)
    }

    /// The same enrolment again, after a wrong number; `None` when it is none, or too old.
    pub fn same_enrolment(
        &self,
        open: &OpenSession,
        official: OfficialId,
        sealed: &str,
    ) -> Option<Enrolment> {
        let plain = self.open_enrolment(open, official, sealed)?;
        Some(self.enrolment_of(official, &plain[8..], sealed.to_owned()))
    }

    /// Keeps the authenticator whose first number is right, ends every other session, and gives new recovery codes: they are
    /// shown this once.
    pub async fn finish_enrolment(
        &self,
        open: &OpenSession,
        official: OfficialId,
        sealed: &str,
        said: &str,
    ) -> Result<Vec<String>, NotLetIn> {
        let plain = self
            .open_enrolment(open, official, sealed)
            .ok_or(NotLetIn::Wrong)?;
        let secret = &plain[8..];
        let step = totp::step_of(secret, self.now().0, &letters(said)).ok_or(NotLetIn::Wrong)?;
        let step = i64::try_from(step).map_err(|_| NotLetIn::Wrong)?;
        let kept = crypto::seal::seal(
            Suite::Standard,
            &self.factor_key(),
            &official.bytes(),
            secret,
            &mut self.fill(),
        );
        let mut batch = Batch::new();
        batch.authenticator(official, kept, step, self.now());
        let codes = self.fresh_codes(&mut batch, official);
        batch.sessions_end(official, Some(&open.session.key));
        self.note_deed(
            &mut batch,
            official,
            "authenticator_enrolled",
            &open.session.coming.origin,
        );
        self.places.live.commit(batch, Urgency::User).await?;
        self.end_inside(official).await?;
        Ok(codes)
    }

    /// New recovery codes in place of those before.
    pub async fn renew_codes(
        &self,
        open: &OpenSession,
        official: OfficialId,
    ) -> Result<Vec<String>, Trouble> {
        let mut batch = Batch::new();
        let codes = self.fresh_codes(&mut batch, official);
        self.note_deed(
            &mut batch,
            official,
            "recovery_codes_renewed",
            &open.session.coming.origin,
        );
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(codes)
    }

    /// Twelve letters each: 60 bits, of which nobody can try enough.
    pub(crate) fn fresh_codes(&self, batch: &mut Batch, official: OfficialId) -> Vec<String> {
        let codes: Vec<String> = (0..CODES)
            .map(|_| {
                let letters = totp::base32(&self.random());
                format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..12])
            })
            .collect();
        let kept: Vec<[u8; 32]> = codes.iter().map(|code| self.code_of(official, code)).collect();
        batch.recovery_codes(official, &kept);
        codes
    }

    fn code_of(&self, official: OfficialId, said: &str) -> [u8; 32] {
        let key = self.places.live.keys().derive("recovery codes");
        crypto::hash::mac(
            &key,
            "recovery code",
            &[&official.bytes(), letters(said).as_bytes()],
        )
    }

    /// Checks the number of the authenticator, or a recovery code, and uses it up.
    pub(crate) async fn check_factor(
        &self,
        official: OfficialId,
        said: &str,
        from: &Arrival,
    ) -> Result<(), NotLetIn> {
        let login = self.login_of(official).ok_or(NotLetIn::Wrong)?;
        let tries = self.counted("factor", &login, from).await?;
        let mut batch = Batch::new();
        let number = letters(said);
        if number.len() == 6 {
            let account = self.places.live.account(official).await?;
            let secret = crypto::seal::open(&self.factor_key(), &official.bytes(), &account.totp);
            let secret = secret.map_err(|_| NotLetIn::Wrong)?;
            let step = totp::step_of(&secret, self.now().0, &number).ok_or(NotLetIn::Wrong)?;
            batch.authenticator_used(official, i64::try_from(step).map_err(|_| NotLetIn::Wrong)?);
        } else {
            batch.recovery_code_used(official, &self.code_of(official, &number));
            self.note_deed(&mut batch, official, "recovery_code_used", &from.origin);
        }
        match self.places.live.commit(batch, Urgency::User).await {
            Ok(()) => Ok(self.forgive(tries).await?),
            Err(CommitFault::Conflict) => Err(NotLetIn::Wrong),
            Err(fault) => Err(fault.into()),
        }
    }

    /// 2단계 인증 초기화 — the administrator takes every second factor of somebody away, who enrols anew at the next log-in.
    /// Every session of theirs ends, and they are told by mail where there is an address.
    pub async fn reset_factors(
        &self,
        who: &Who,
        official: OfficialId,
        call: &Call,
    ) -> Result<(), OfficeError> {
        self.administered(who)?;
        let office = self.ordinary().office();
        let person = office.officials.get(&official).ok_or(Fault::Unknown)?;
        let mut batch = Batch::new();
        batch.factors_reset(official);
        self.administer(&mut batch, who, "factors_reset", official, &person.name, call)?;
        self.shut_out(batch, official).await?;
        self.tell_of(official, "factors_reset").await;
        Ok(())
    }

    /// Writes what the administrator did to an account into the history of the office and into the ledger.
    pub(crate) fn administer(
        &self,
        batch: &mut Batch,
        who: &Who,
        what: &str,
        official: OfficialId,
        body: &impl Serialize,
        call: &Call,
    ) -> Result<(), serde_json::Error> {
        self.changed(batch, who, what, official.bytes(), body, call)?;
        if let Who::Official(by) = who {
            self.note_deed(batch, by.id, what, &call.origin);
        }
        Ok(())
    }

    /// Tells an official by mail that their log-in was changed. Nothing hangs on it: what cannot be sent is noted.
    pub(crate) async fn tell_of(&self, official: OfficialId, notice: &str) {
        let office = self.ordinary().office();
        let Some(person) = office.officials.get(&official).filter(|p| !p.mail.is_empty()) else {
            return;
        };
        let agency = office.settings.agency.name.as_str();
        let words = [("agency", agency), ("name", person.name.as_str())];
        let rendered = match self.notices.render(notice, "ko", &words) {
            Ok(rendered) => rendered,
            Err(error) => return tracing::error!(%error, notice, "a notice cannot be written"),
        };
        let letter = Letter {
            id: OutboxId(self.id()),
            to: person.mail.clone(),
            subject: rendered.title,
            text: rendered.mail,
            attachments: Vec::new(),
        };
        if let Err(error) = self.ports.mailer.send(&letter).await {
            tracing::warn!(%error, notice, "an official could not be told");
        }
    }
}

/// What ties a sealed enrolment to its session and its account.
fn enrolment(open: &OpenSession, official: OfficialId) -> Vec<u8> {
    [&b"enrolment"[..], &open.session.key, &official.bytes()].concat()
}

/// Bytes from hexadecimal digits, few enough for a form.
pub(crate) fn bytes(hex: &str) -> Option<Vec<u8>> {
    if !hex.is_ascii() || !hex.len().is_multiple_of(2) || hex.len() > 16_384 {
        return None;
    }
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok())
        .collect()
}

/// Percent-encodes all but unreserved characters.
fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

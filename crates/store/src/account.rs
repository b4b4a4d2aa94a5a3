//! 계정 — second factors, passkeys and recovery codes of officials, and what may come back once only.
//!
//! The secret of an authenticator arrives sealed and recovery codes arrive as HMACs: this room never sees them plain.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Write};
use crate::place::Place;
use domain::id::OfficialId;
use domain::time::At;

/// What a log-in needs to know of an account besides its password.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// Somebody else set the password: it is changed at the next log-in.
    pub must_change: bool,
    /// The second factor was taken away: another one is enrolled at the next log-in.
    pub must_enrol: bool,
    /// When the password was last changed, if that was noted.
    pub password_at: Option<At>,
    /// The secret of the authenticator, sealed; empty for none.
    pub totp: Vec<u8>,
    /// The last step whose number was taken.
    pub totp_step: i64,
    /// Since when there is an authenticator.
    pub totp_at: Option<At>,
}

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Hash of its name: what it is found by.
    pub lookup: [u8; 32],
    /// Whose.
    pub official: OfficialId,
    /// What the browser calls it.
    pub name: Vec<u8>,
    /// Its public key, as the crate of ciphers writes it.
    pub public_key: Vec<u8>,
    /// How often it signed, where it counts.
    pub signs: u32,
    /// On what kind of browser it was made.
    pub device: String,
    /// When it was made.
    pub made_at: At,
    /// When it was last used.
    pub used_at: Option<At>,
}

fn noted_at(at: i64) -> Option<At> {
    Some(At(at)).filter(|at| at.0 != 0)
}

fn passkey(row: &Row) -> Result<Passkey, ReadError> {
    Ok(Passkey {
        lookup: row.hash32(0)?,
        official: OfficialId(uuid::Uuid::from_bytes(row.id16(1)?)),
        name: row.bytes(2)?.to_vec(),
        public_key: row.bytes(3)?.to_vec(),
        signs: u32::try_from(row.int(4)?).unwrap_or(u32::MAX),
        device: row.text(5)?.to_owned(),
        made_at: At(row.int(6)?),
        used_at: noted_at(row.int(7)?),
    })
}

impl Place {
    /// What is noted of an account; nothing is noted of most.
    pub async fn account(&self, official: OfficialId) -> Result<Account, ReadError> {
        const SQL: &str = "SELECT must_change, must_enrol, password_at, totp, totp_step, totp_at FROM account WHERE official = $1";
        let row = self
            .db
            .query_optional(SQL, crate::params![official.bytes()])
            .await?;
        let Some(row) = row else {
            return Ok(Account::default());
        };
        Ok(Account {
            must_change: row.int(0)? != 0,
            must_enrol: row.int(1)? != 0,
            password_at: noted_at(row.int(2)?),
            totp: row.bytes(3)?.to_vec(),
            totp_step: row.int(4)?,
            totp_at: noted_at(row.int(5)?),
        })
    }

    /// The passkeys of an official, oldest first.
    pub async fn passkeys(&self, official: OfficialId) -> Result<Vec<Passkey>, ReadError> {
        const SQL: &str = "SELECT lookup, official, name, public_key, signs, device, made_at, used_at FROM passkey \
                           WHERE official = $1 ORDER BY made_at, lookup";
        let rows = self.db.query(SQL, crate::params![official.bytes()]).await?;
        rows.iter().map(passkey).collect()
    }

    /// The passkey found by the hash of its name.
    pub async fn passkey(&self, lookup: &[u8; 32]) -> Result<Option<Passkey>, ReadError> {
        const SQL: &str = "SELECT lookup, official, name, public_key, signs, device, made_at, used_at FROM passkey WHERE lookup = $1";
        let row = self.db.query_optional(SQL, crate::params![lookup]).await?;
        row.map(|row| passkey(&row)).transpose()
    }

    /// How many recovery codes an official has left.
    pub async fn recovery_codes(&self, official: OfficialId) -> Result<u32, ReadError> {
        const SQL: &str = "SELECT count(*) FROM recovery_code WHERE official = $1";
        let row = self.db.query_one(SQL, crate::params![official.bytes()]).await?;
        Ok(u32::try_from(row.int(0)?).unwrap_or(u32::MAX))
    }
}

impl Batch {
    fn noted(&mut self, official: OfficialId) {
        self.add(
            "INSERT INTO account (official, must_change, must_enrol, password_at, totp, totp_step, totp_at) \
             VALUES ($1, 0, 0, 0, $2, 0, 0) ON CONFLICT (official) DO NOTHING",
            crate::params![official.bytes(), Vec::<u8>::new()],
        );
    }

    /// A password was set: by somebody else, then it must be changed, or by oneself.
    pub fn password_noted(&mut self, official: OfficialId, must_change: bool, now: At) {
        self.noted(official);
        self.add(
            "UPDATE account SET must_change = $1, password_at = $2 WHERE official = $3",
            crate::params![must_change, now.0, official.bytes()],
        );
    }

    /// Another password; the account must be there.
    pub fn password(&mut self, official: OfficialId, phc: &str) {
        let write = Write::new(
            "UPDATE official SET password = $1 WHERE id = $2",
            crate::params![phc, official.bytes()],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// An authenticator, with the step whose number proved it.
    pub fn authenticator(&mut self, official: OfficialId, sealed: Vec<u8>, step: i64, now: At) {
        self.noted(official);
        self.add(
            "UPDATE account SET totp = $1, totp_step = $2, totp_at = $3, must_enrol = 0 WHERE official = $4",
            crate::params![sealed, step, now.0, official.bytes()],
        );
    }

    /// Uses the number of a step up; a race when it, or a later one, was used before.
    pub fn authenticator_used(&mut self, official: OfficialId, step: i64) {
        let write = Write::new(
            "UPDATE account SET totp_step = $1 WHERE official = $2 AND totp_step < $1",
            crate::params![step, official.bytes()],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// Forgets the authenticator.
    pub fn authenticator_gone(&mut self, official: OfficialId) {
        self.add(
            "UPDATE account SET totp = $1, totp_at = 0 WHERE official = $2",
            crate::params![Vec::<u8>::new(), official.bytes()],
        );
    }

    /// Takes every second factor away; another one is enrolled at the next log-in.
    pub fn factors_reset(&mut self, official: OfficialId) {
        self.noted(official);
        self.authenticator_gone(official);
        self.add(
            "UPDATE account SET must_enrol = 1 WHERE official = $1",
            crate::params![official.bytes()],
        );
        self.add(
            "DELETE FROM passkey WHERE official = $1",
            crate::params![official.bytes()],
        );
        self.add(
            "DELETE FROM recovery_code WHERE official = $1",
            crate::params![official.bytes()],
        );
    }

    /// A new passkey; a race when one of that name is there.
    pub fn passkey(&mut self, p: &Passkey) {
        self.noted(p.official);
        self.add(
            "INSERT INTO passkey (lookup, official, name, public_key, signs, device, made_at, used_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            crate::params![
                p.lookup,
                p.official.bytes(),
                p.name.clone(),
                p.public_key.clone(),
                p.signs,
                &p.device,
                p.made_at.0,
                p.used_at.map_or(0, |at| at.0)
            ],
        );
        self.add(
            "UPDATE account SET must_enrol = 0 WHERE official = $1",
            crate::params![p.official.bytes()],
        );
    }

    /// A passkey signed; a race when it signed otherwise in between.
    pub fn passkey_used(&mut self, lookup: &[u8; 32], before: u32, signs: u32, now: At) {
        let write = Write::new(
            "UPDATE passkey SET signs = $1, used_at = $2 WHERE lookup = $3 AND signs = $4",
            crate::params![signs, now.0, lookup, before],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// Forgets a passkey of an official.
    pub fn passkey_gone(&mut self, official: OfficialId, lookup: &[u8; 32]) {
        self.add(
            "DELETE FROM passkey WHERE official = $1 AND lookup = $2",
            crate::params![official.bytes(), lookup],
        );
    }

    /// Recovery codes in place of the ones before.
    pub fn recovery_codes(&mut self, official: OfficialId, codes: &[[u8; 32]]) {
        self.add(
            "DELETE FROM recovery_code WHERE official = $1",
            crate::params![official.bytes()],
        );
        for code in codes {
            self.add(
                "INSERT INTO recovery_code (official, code) VALUES ($1, $2)",
                crate::params![official.bytes(), code],
            );
        }
    }

    /// Uses a recovery code up; a race when there is none such.
    pub fn recovery_code_used(&mut self, official: OfficialId, code: &[u8; 32]) {
        let write = Write::new(
            "DELETE FROM recovery_code WHERE official = $1 AND code = $2",
            crate::params![official.bytes(), code],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// Uses up what may come back once only; a race when it came back before.
    pub fn spent(&mut self, key: &[u8; 32], ends_at: At) {
        self.add(
            "INSERT INTO spent (key, ends_at) VALUES ($1, $2)",
            crate::params![key, ends_at.0],
        );
    }
}

//! 다른 이용자 — conditions of external users, and service accounts.
//!
//! A key of a service account is kept as a hash only, found by its beginning.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Write};
use crate::journal::{by_of, by_parts};
use crate::place::Place;
use domain::external::Entry;
use domain::id::{MachineId, OfficialId, PetitionId};
use domain::machine::Grant;
use domain::petition::Petition;
use domain::terms::By;
use domain::time::At;

/// 서비스 계정 — as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceAccount {
    /// Its identity.
    pub id: MachineId,
    /// What it is called.
    pub name: String,
    /// The beginning of the key: what people call it by.
    pub prefix: String,
    /// SHA-256 of the key.
    pub key: [u8; 32],
    /// What it opens.
    pub grant: Grant,
    /// Who made it.
    pub made_by: By,
    /// When.
    pub made_at: At,
    /// When it was used last; 0 for never.
    pub used_at: At,
    /// When it was taken back.
    pub revoked_at: Option<At>,
}

fn broken(error: serde_json::Error) -> ReadError {
    ReadError::Broken(error.to_string())
}

fn account(row: &Row) -> Result<ServiceAccount, ReadError> {
    Ok(ServiceAccount {
        id: MachineId(uuid::Uuid::from_bytes(row.id16(0)?)),
        name: row.text(1)?.to_owned(),
        prefix: row.text(2)?.to_owned(),
        key: row.hash32(3)?,
        grant: serde_json::from_str(row.text(4)?).map_err(broken)?,
        made_by: by_of(row.text(5)?, row.id16(6)?)?,
        made_at: At(row.int(7)?),
        used_at: At(row.int(8)?),
        revoked_at: Some(At(row.int(9)?)).filter(|at| *at != At::NEVER),
    })
}

impl Batch {
    /// The conditions of an external user, in the place of older ones.
    pub fn external(
        &mut self,
        official: OfficialId,
        entry: &Entry,
        now: At,
    ) -> Result<(), serde_json::Error> {
        self.add(
            "INSERT INTO external (official, until_day, body, changed_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (official) DO UPDATE SET until_day = excluded.until_day, body = excluded.body, \
             changed_at = excluded.changed_at",
            crate::params![
                official.bytes(),
                entry.until.to_string(),
                serde_json::to_string(entry)?,
                now.0
            ],
        );
        Ok(())
    }

    /// Every session of an official ends.
    pub fn sessions_of_end(&mut self, official: OfficialId) {
        self.add(
            "DELETE FROM session WHERE kind = 'official' AND subject = $1",
            crate::params![official.bytes()],
        );
    }

    /// A new service account.
    pub fn service_account(&mut self, a: &ServiceAccount) -> Result<(), serde_json::Error> {
        let (kind, by) = by_parts(a.made_by);
        self.add(
            "INSERT INTO service_account (id, name, prefix, key_hash, body, until_day, made_kind, made_by, made_at, used_at, \
             revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            crate::params![
                a.id.bytes(),
                a.name.as_str(),
                a.prefix.as_str(),
                a.key,
                serde_json::to_string(&a.grant)?,
                a.grant.until.to_string(),
                kind,
                by,
                a.made_at.0,
                a.used_at.0,
                a.revoked_at.unwrap_or(At::NEVER).0
            ],
        );
        Ok(())
    }

    /// A service account was used.
    pub fn service_account_used(&mut self, id: MachineId, now: At) {
        self.add(
            "UPDATE service_account SET used_at = $1 WHERE id = $2",
            crate::params![now.0, id.bytes()],
        );
    }

    /// A service account is taken back; a race when it was already, or is unknown.
    pub fn service_account_revoked(&mut self, id: MachineId, now: At) {
        let write = Write::new(
            "UPDATE service_account SET revoked_at = $1 WHERE id = $2 AND revoked_at = $3",
            crate::params![now.0, id.bytes(), At::NEVER.0],
        );
        self.push(Purpose::Race, write.rows(1));
    }
}

impl Place {
    /// The conditions of an external user.
    pub async fn external(&self, official: OfficialId) -> Result<Option<Entry>, ReadError> {
        const SQL: &str = "SELECT body FROM external WHERE official = $1";
        let row = self
            .db
            .query_optional(SQL, crate::params![official.bytes()])
            .await?;
        row.map(|row| serde_json::from_str(row.text(0)?).map_err(broken))
            .transpose()
    }

    /// Every service account, the newest first.
    pub async fn service_accounts(&self) -> Result<Vec<ServiceAccount>, ReadError> {
        const SQL: &str = "SELECT id, name, prefix, key_hash, body, made_kind, made_by, made_at, used_at, revoked_at FROM service_account \
             ORDER BY made_at DESC, id DESC";
        let rows = self.db.query(SQL, Vec::new()).await?;
        rows.iter().map(account).collect()
    }

    /// The service account whose key begins so.
    pub async fn service_account(&self, prefix: &str) -> Result<Option<ServiceAccount>, ReadError> {
        const SQL: &str = "SELECT id, name, prefix, key_hash, body, made_kind, made_by, made_at, used_at, revoked_at FROM service_account \
             WHERE prefix = $1";
        let row = self.db.query_optional(SQL, crate::params![prefix]).await?;
        row.map(|row| account(&row)).transpose()
    }

    /// Petitions in the order of their identities, behind one of them: for reading all of them page by page.
    pub async fn petitions_after(
        &self,
        after: Option<PetitionId>,
        limit: u32,
    ) -> Result<Vec<Petition>, ReadError> {
        const SQL: &str = "SELECT state FROM head WHERE id > $1 ORDER BY id LIMIT $2";
        let after = after.map_or([0; 16], PetitionId::bytes);
        let rows = self.db.query(SQL, crate::params![after, limit]).await?;
        rows.iter()
            .map(|row| serde_json::from_str(row.text(0)?).map_err(broken))
            .collect()
    }
}

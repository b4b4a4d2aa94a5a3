//! 월 열쇠 갈아 감싸기 — living keys move under this month's epoch key, so that older epoch keys can die (개인정보 보호법 제21조).
//!
//! An epoch key dies when nothing living has been wrapped by it for longer than a back-up is kept: then no copy of the
//! database from before a destruction can be opened any more, wherever it lies.

use crate::batch::{Batch, CommitFault};
use crate::engine::{Ask, ReadError, Urgency};
use crate::place::Place;
use crate::vault::{Owner, VaultError};
use crypto::Fill;
use crypto::place::Month;
use crypto::seal::Suite;
use domain::time::At;
use std::collections::BTreeMap;

/// Keys re-wrapped in one list of writes: about two milliseconds of the writer.
pub const PIECE: u32 = 64;

/// Where a piece of re-wrapping ended; the next one begins behind it.
pub type Mark = (i64, Owner);

/// A wrapped key as it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapped {
    /// The number of its month.
    pub epoch: i64,
    /// Whose.
    pub owner: Owner,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Wrapped {
    /// The next piece begins behind it.
    pub fn mark(&self) -> Mark {
        (self.epoch, self.owner)
    }
}

/// A month's epoch key as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EpochState {
    /// The month.
    pub month: Month,
    /// How many keys it wraps.
    pub wraps: u64,
    /// Since when it wraps none; `None` while it does, or while the duty has not seen it yet.
    pub idle_since: Option<At>,
    /// Whether it is dead.
    pub retired: bool,
}

impl Place {
    /// The next keys of months older than `now`'s, behind `mark`.
    pub async fn wrapped_before(&self, now: At, mark: Mark) -> Result<Vec<Wrapped>, VaultError> {
        const SQL: &str = "SELECT epoch, owner, wrapped FROM vault_key WHERE epoch < $1 AND (epoch, owner) > ($2, $3) \
                           ORDER BY epoch, owner LIMIT $4";
        let month = Month::of(now).ok_or(VaultError::NoKey)?;
        let params = crate::params![month.number(), mark.0, mark.1, PIECE];
        let rows = self.db.query(SQL, params).await?;
        (rows.iter())
            .map(|row| {
                Ok(Wrapped {
                    epoch: row.int(0)?,
                    owner: row.id16(1)?,
                    bytes: row.bytes(2)?.to_vec(),
                })
            })
            .collect()
    }

    /// Wraps these keys anew under the key of `now`'s month: the writes, and how many they are. One that does not open is left where
    /// it is, and its month lives on.
    pub fn rewrap(&self, now: At, keys: &[Wrapped], fill: Fill<'_>) -> Result<(Batch, u64), VaultError> {
        let month = Month::of(now).ok_or(VaultError::NoKey)?;
        let (mut batch, mut done) = (Batch::new(), 0);
        for Wrapped { epoch, owner, bytes } in keys {
            let old = u32::try_from(*epoch).ok().and_then(Month::from_number);
            let Some(Ok(key)) = old.map(|old| self.keys.unwrap(old, owner, bytes)) else {
                tracing::error!(
                    place = self.name.name(),
                    epoch,
                    "a key does not open and is not wrapped anew"
                );
                continue;
            };
            let wrapped = self.keys.wrap(Suite::Standard, month, owner, &key, fill)?;
            // Destroyed meanwhile: then there is nothing to change, and nothing comes back.
            batch.add(
                "UPDATE vault_key SET epoch = $1, wrapped = $2 WHERE owner = $3 AND epoch = $4",
                crate::params![month.number(), wrapped, *owner, *epoch],
            );
            done += 1;
        }
        Ok((batch, done))
    }

    /// Every month that has a key, wraps keys, or is dead, oldest first.
    pub async fn epochs(&self) -> Result<Vec<EpochState>, VaultError> {
        let mut states: BTreeMap<Month, EpochState> = BTreeMap::new();
        for month in self.keys.months()? {
            entry(&mut states, month);
        }
        for month in self.keys.retired()? {
            entry(&mut states, month).retired = true;
        }
        const WRAPS: &str = "SELECT epoch, count(*) FROM vault_key GROUP BY epoch";
        for row in self.db.query(WRAPS, Vec::new()).await? {
            entry(&mut states, month_of(row.int(0)?)?).wraps = row.int(1)?.unsigned_abs();
        }
        for row in self
            .db
            .query("SELECT month, since FROM epoch_idle", Vec::new())
            .await?
        {
            entry(&mut states, month_of(row.int(0)?)?).idle_since = Some(At(row.int(1)?));
        }
        Ok(states.into_values().collect())
    }

    /// Notes since when older months wrap nothing. Gives those that have wrapped nothing for `horizon` milliseconds: their keys
    /// are to be retired. Never the current month or a later one, and never one that still wraps a key.
    pub async fn dying_epochs(&self, now: At, horizon: i64) -> Result<Vec<Month>, VaultError> {
        let current = Month::of(now).ok_or(VaultError::NoKey)?;
        let mut dying = Vec::new();
        for state in self.epochs().await? {
            if state.retired || state.month >= current {
                continue;
            }
            let mut batch = Batch::new();
            match (state.wraps, state.idle_since) {
                (0, None) => batch.add(
                    "INSERT INTO epoch_idle (month, since) VALUES ($1, $2) ON CONFLICT (month) DO NOTHING",
                    crate::params![state.month.number(), now.0],
                ),
                (0, Some(since)) if now.0 >= since.0.saturating_add(horizon) => {
                    dying.push(state.month);
                }
                (0, Some(_)) => {}
                // Somebody with a slow clock still wrote under it: the time begins anew.
                (_, _) => batch.add(
                    "DELETE FROM epoch_idle WHERE month = $1",
                    crate::params![state.month.number()],
                ),
            }
            self.commit(batch, Urgency::Bulk).await.map_err(written)?;
        }
        Ok(dying)
    }
}

fn entry(states: &mut BTreeMap<Month, EpochState>, month: Month) -> &mut EpochState {
    states.entry(month).or_insert(EpochState {
        month,
        wraps: 0,
        idle_since: None,
        retired: false,
    })
}

fn month_of(number: i64) -> Result<Month, ReadError> {
    let month = u32::try_from(number).ok().and_then(Month::from_number);
    month.ok_or_else(|| ReadError::Broken("a key is wrapped in no month".into()))
}

fn written(fault: CommitFault) -> VaultError {
    VaultError::Written(fault)
}

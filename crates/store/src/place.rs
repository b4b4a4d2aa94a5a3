//! 보관 장소 — one complete store: journal, heads, vault, index, tallies, outbox, numbers, ledger and keys.
//!
//! There are three: live, archive (closed years) and protected (보안민원). Nothing in a place refers to another, and who
//! is not given a handle cannot ask. On SQLite a place is `<name>.db` with `<name>.index.db`; on PostgreSQL a schema.

use crate::engine::{
    Ask, Dialect, Engine, MigrationSet, OpenError, PostgresOptions, ReadError, SqliteOptions, Urgency, Write,
};
use crypto::Fill;
use crypto::keyring::{KeyError, Keyring, PlaceKeys};
use crypto::place::Month;
use crypto::seal::Suite;
use domain::time::At;
use ports::objects::Objects;
use std::path::PathBuf;
use std::sync::Arc;

pub use crypto::place::Place as PlaceName;

mod sqlite {
    refinery::embed_migrations!("migrations/sqlite");
}
mod sqlite_index {
    refinery::embed_migrations!("migrations/sqlite_index");
}
mod postgres {
    refinery::embed_migrations!("migrations/postgres");
}

pub(crate) const TABLES: MigrationSet = MigrationSet {
    sqlite: sqlite::migrations::runner,
    postgres: Some(postgres::migrations::runner),
};
const INDEX: MigrationSet = MigrationSet {
    sqlite: sqlite_index::migrations::runner,
    postgres: None,
};

/// Where the database is.
#[derive(Debug, Clone)]
pub enum Where {
    /// A folder of SQLite files.
    Folder(PathBuf),
    /// A PostgreSQL server: `postgres://…`, and a prefix for the names of the schemas (empty in use, one of its own for
    /// each test).
    Server {
        /// The address.
        url: String,
        /// What the names of the three schemas begin with.
        prefix: String,
    },
}

/// One place, open.
#[derive(Clone)]
pub struct Place {
    /// Which.
    pub name: PlaceName,
    pub(crate) db: Engine,
    pub(crate) words: Engine,
    pub(crate) keys: Arc<PlaceKeys>,
    pub(crate) objects: Option<Arc<dyn Objects>>,
}

/// Why a place could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The database.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A read on the way.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A write on the way.
    #[error(transparent)]
    Commit(#[from] crate::engine::CommitError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// Forgetting what was destroyed.
    #[error(transparent)]
    Vault(#[from] crate::vault::VaultError),
    /// This process may not read the keys of the place.
    #[error("the keys of the place `{0}` cannot be read by this process")]
    Closed(&'static str),
}

/// Whether data lie there already, so that there must be keys.
pub async fn begun(at: &Where) -> Result<bool, PlaceError> {
    match at {
        Where::Folder(folder) => Ok(folder.join(format!("{}.db", PlaceName::Live.name())).exists()),
        Where::Server { url, prefix } => {
            const SQL: &str = "SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = 'setting'";
            let schema = format!("{prefix}{}", PlaceName::Live.name());
            let db = Engine::postgres(url, &schema, PostgresOptions::default()).await?;
            let found = db.query_optional(SQL, crate::params![schema]).await;
            db.close().await;
            Ok(found?.is_some())
        }
    }
}

impl Place {
    /// Opens the place, brings its tables up to date, and refuses if its database was sealed with other keys.
    pub async fn open_at(
        at: &Where,
        name: PlaceName,
        keyring: &Keyring,
        now: At,
        fill: Fill<'_>,
    ) -> Result<Place, PlaceError> {
        Place::open_with(at, name, SqliteOptions::default(), keyring, now, fill).await
    }

    /// The same with other options for the files of SQLite.
    pub async fn open_with(
        at: &Where,
        name: PlaceName,
        sqlite: SqliteOptions,
        keyring: &Keyring,
        now: At,
        fill: Fill<'_>,
    ) -> Result<Place, PlaceError> {
        let keys = keyring
            .place(name)
            .ok_or(PlaceError::Closed(name.name()))?
            .clone();
        let (db, words) = match at {
            Where::Folder(folder) => {
                let file = |suffix: &str| folder.join(format!("{}{suffix}.db", name.name()));
                let db = Engine::sqlite(&file(""), sqlite.clone()).await?;
                let words = Engine::sqlite(&file(".index"), sqlite).await?;
                words.migrate(INDEX).await?;
                (db, words)
            }
            Where::Server { url, prefix } => {
                let schema = format!("{prefix}{}", name.name());
                let db = Engine::postgres(url, &schema, PostgresOptions::default()).await?;
                (db.clone(), db)
            }
        };
        db.migrate(TABLES).await?;
        let place = Place {
            name,
            db,
            words,
            keys,
            objects: None,
        };
        match place.is_sound(now, fill).await {
            Ok(()) => Ok(place),
            Err(error) => {
                // Whoever cures it and tries again finds the files let go.
                place.close().await;
                Err(error)
            }
        }
    }

    /// What must be so before anything answers.
    async fn is_sound(&self, now: At, fill: Fill<'_>) -> Result<(), PlaceError> {
        self.check_keys(fill).await?;
        self.miss_no_month(now).await?;
        self.ready(now, fill)?;
        // A database put back from a copy may be older than what was destroyed since.
        self.apply_destroyed(&[], now).await?;
        Ok(())
    }

    /// Makes sure the month's epoch key exists; cheap, called before anything is wrapped.
    pub fn ready(&self, now: At, fill: Fill<'_>) -> Result<(), KeyError> {
        match Month::of(now) {
            Some(month) => self.keys.ensure_epoch(month, fill),
            None => Ok(()),
        }
    }

    /// Looks whether the keys of all months that wrap something are there. Without an older one the rest works, and the log says so; without this
    /// month's the place is not opened: a new key made in its place would lock out what the lost one wrapped.
    async fn miss_no_month(&self, now: At) -> Result<(), PlaceError> {
        const NEXT: &str = "SELECT min(epoch) FROM vault_key WHERE epoch > $1";
        let mut last = 0;
        while let Some(number) = self.db.query_one(NEXT, crate::params![last]).await?.opt_int(0)? {
            last = number;
            let Some(month) = u32::try_from(number).ok().and_then(Month::from_number) else {
                continue;
            };
            match self.keys.must_have(month) {
                Err(missing) if Month::of(now) == Some(month) => return Err(missing.into()),
                Err(missing) => {
                    tracing::error!(place = self.name.name(), %missing, "what this month wrapped stays shut")
                }
                Ok(()) => {}
            }
        }
        Ok(())
    }

    /// The first opening leaves a test value; every later one must open it.
    async fn check_keys(&self, fill: Fill<'_>) -> Result<(), PlaceError> {
        const SQL: &str = "SELECT value FROM setting WHERE name = 'key_test'";
        if self.db.query_optional(SQL, Vec::new()).await?.is_none() {
            let value = domain::text::hex(&self.keys.test_value(Suite::Standard, fill));
            let write = Write::new(
                "INSERT INTO setting (name, value) VALUES ('key_test', $1) ON CONFLICT (name) DO NOTHING",
                crate::params![value],
            );
            self.db.commit(vec![write], Urgency::User).await?;
        }
        let row = self.db.query_one(SQL, Vec::new()).await?;
        let value =
            bytes_of_hex(row.text(0)?).ok_or_else(|| ReadError::Broken("the key test is no hex".into()))?;
        Ok(self.keys.check(&value)?)
    }

    /// The keys of the place, for signing receipts and deriving keys of named uses.
    pub fn keys(&self) -> &PlaceKeys {
        &self.keys
    }

    /// Which engine, for reports.
    pub fn dialect(&self) -> Dialect {
        self.db.dialect()
    }

    /// The same place, whose lists of writes are counted together with those of `other`: no figure then says in which of them.
    pub fn counted_with(self, other: &Place) -> Place {
        let figures = other.db.figures();
        Place {
            db: self.db.counted_in(figures.clone()),
            words: self.words.counted_in(figures.clone()),
            ..self
        }
    }

    /// The engine itself, for benches that measure it raw and for health checks.
    pub fn engine(&self) -> &Engine {
        &self.db
    }

    /// Stores what is waiting and lets the files go.
    pub async fn close(&self) {
        self.words.close().await;
        self.db.close().await;
    }
}

pub(crate) fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    (text.len().is_multiple_of(2) && text.is_ascii()).then_some(())?;
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok())
        .collect()
}

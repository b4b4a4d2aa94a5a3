//! 저장 엔진 — one door to SQLite and to PostgreSQL: lists of writes, reads, snapshots. It knows no petition.
//!
//! A [`Write`] list is committed whole or not at all, without a read in between; what the writer believed is said as
//! an [`Expect`] and checked by row count. `Ok(())` from [`Engine::commit`] means the list is on disk (SQLite at
//! `synchronous=FULL`; PostgreSQL as its `synchronous_commit` says), and every read begun afterwards sees it. The one exception says so itself:
//! [`Urgency::Passing`].
//!
//! SQL is one text for both engines with `$1`, `$2`, …; see [`dialect`] for what the text must keep to.

pub mod dialect;
pub mod figures;
pub mod value;

mod postgres;
mod sqlite;

pub use dialect::Dialect;
pub use figures::{Figures, Load};
pub use postgres::PostgresOptions;
pub use sqlite::SqliteOptions;
pub use value::{Expect, Row, Value, Write};

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::time::Instant;

/// One database: a SQLite file with its writer thread, or a schema of a PostgreSQL server with its pool.
///
/// Cloning gives another handle to the same database. All methods must be called inside a tokio runtime.
#[derive(Clone)]
pub struct Engine {
    kind: Kind,
    figures: Figures,
}

#[derive(Clone)]
enum Kind {
    Sqlite(Arc<sqlite::Sqlite>),
    Postgres(Arc<postgres::Postgres>),
}

/// Who waits for a list of writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// A person waits: goes first.
    User,
    /// As `User`, but what is written is worth no wait for the disk or for a standby: everybody sees it at once, and a fall of the database
    /// may take back what was written in the last second. A list that nobody misses, like when a session was last used.
    Passing,
    /// A duty works through many things: goes behind every waiting `User` list, in pieces of at most 20 ms.
    Bulk,
}

/// Why a list of writes was not acknowledged. Every variant but `Unknown` means: nothing of the list is stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// The row count of the write at this index is not the expected one, or another transaction came between
    /// (serialization failure, deadlock): reload and decide again. The index is the number of writes when the
    /// database said so only at the commit itself.
    #[error("write {write} met another state than expected")]
    Conflict {
        /// Position in the list, from 0.
        write: usize,
    },
    /// The write at this index would store a key a second time (primary key or unique index).
    #[error("write {write} repeats a key that is already stored")]
    Duplicate {
        /// Position in the list, from 0.
        write: usize,
    },
    /// The write at this index carries what no engine of ours stores: a NUL character in a text.
    #[error("write {write} holds a NUL character in a text")]
    Unstorable {
        /// Position in the list, from 0.
        write: usize,
    },
    /// The disk, or the size allowed to the database, is used up.
    #[error("the disk is full")]
    Full,
    /// The database takes no writes: a read-only disk, or a standby server.
    #[error("the database is read-only")]
    ReadOnly,
    /// The database could not be reached or is overloaded; a later attempt may succeed.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// Stored or not, nobody knows: the connection was lost during COMMIT, the disk failed under it, or PostgreSQL
    /// stopped waiting for its standby. Repeat with the same idempotency key, or look.
    #[error("it is unknown whether the list was stored: {0}")]
    Unknown(String),
    /// A defect of the program or of the stored data: wrong SQL, a violated constraint, corruption.
    #[error("the database refused the list: {0}")]
    Broken(String),
}

/// Why a read gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// A text parameter holds a NUL character, which no stored text does.
    #[error("a parameter holds a NUL character")]
    Unstorable,
    /// The database could not be reached or is overloaded; a later attempt may succeed.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// A defect of the program or of the stored data: wrong SQL, a column of another type, corruption.
    #[error("the database refused the query: {0}")]
    Broken(String),
}

/// Why a database could not be opened or migrated.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process (or another engine of this one) has this file open for writing.
    #[error("{} is already in use by another process: stop that one first, or choose another data folder", path.display())]
    InUse {
        /// The database file.
        path: PathBuf,
    },
    /// The folder or the lock file could not be made or opened.
    #[error("cannot open {}", path.display())]
    File {
        /// What could not be opened.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The database could not be reached.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The address, the schema name or the database itself is not what we can work with.
    #[error("the database cannot be used: {0}")]
    Unusable(String),
    /// A migration failed or the history does not fit this program; the failed migration left nothing behind.
    #[error("the migration failed: {0}")]
    Migration(String),
}

/// The migrations of one kind of database, one runner for each engine, as made by `refinery::embed_migrations!`.
///
/// Both sides have the same numbers and the same tables. What exists on SQLite only (a search index in its own file)
/// has no PostgreSQL side.
#[derive(Clone, Copy)]
pub struct MigrationSet {
    /// Migrations for SQLite.
    pub sqlite: fn() -> refinery::Runner,
    /// Migrations for PostgreSQL, or `None` where PostgreSQL has no such database.
    pub postgres: Option<fn() -> refinery::Runner>,
}

/// How a database feels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Whether a trivial read works now.
    pub reads: Result<(), ReadError>,
    /// The last `Full`, `ReadOnly`, `Unavailable` or `Unknown` a list met, until a later list succeeds.
    pub writes: Result<(), CommitError>,
}

impl Engine {
    /// Opens or makes the SQLite database at `path` (file mode 0600; folders made on the way get 0700) and starts its
    /// writer. A second writer on the same file is refused by the lock on `<path>.lock`.
    pub async fn sqlite(path: &Path, options: SqliteOptions) -> Result<Engine, OpenError> {
        let path = path.to_owned();
        let opened = tokio::task::spawn_blocking(move || sqlite::Sqlite::open(path, options)).await;
        opened
            .unwrap_or_else(|panic| Err(OpenError::Unusable(panic.to_string())))
            .map(|sqlite| Engine::of(Kind::Sqlite(Arc::new(sqlite))))
    }

    /// Connects to `url` (`postgres://…`, unix socket or loopback: the connection is not encrypted) and makes `schema`
    /// (lower-case letters, digits, `_`) when absent. Every connection sees that schema only.
    pub async fn postgres(url: &str, schema: &str, options: PostgresOptions) -> Result<Engine, OpenError> {
        let opened = postgres::Postgres::open(url, schema, options).await?;
        Ok(Engine::of(Kind::Postgres(Arc::new(opened))))
    }

    fn of(kind: Kind) -> Engine {
        Engine {
            kind,
            figures: Figures::default(),
        }
    }

    /// Brings the tables up to date. Several processes may call this at once on PostgreSQL: one works, the others wait.
    /// A history of a newer program is refused. All steps and their history are one transaction: whoever is killed on the way
    /// finds the tables as they were.
    pub async fn migrate(&self, set: MigrationSet) -> Result<(), OpenError> {
        match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.migrate((set.sqlite)().set_grouped(true)).await,
            Kind::Postgres(postgres) => match set.postgres {
                Some(runner) => postgres.migrate(runner().set_grouped(true)).await,
                None => Err(OpenError::Migration("this database exists on SQLite only".into())),
            },
        }
    }

    /// Stores the whole list, in order, or nothing of it. An empty list is stored at once.
    ///
    /// Dropping the future does not take the list back: it may be stored or not.
    pub async fn commit(&self, writes: Vec<Write>, urgency: Urgency) -> Result<(), CommitError> {
        if let Some(write) = writes.iter().position(|w| w.params.iter().any(Value::holds_nul)) {
            return Err(CommitError::Unstorable { write });
        }
        if writes.is_empty() {
            return Ok(());
        }
        let begun = Instant::now();
        let outcome = match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.commit(writes, urgency).await,
            Kind::Postgres(postgres) => postgres.commit(&writes, urgency).await,
        };
        self.figures.committed(urgency, &outcome, begun.elapsed());
        outcome
    }

    /// What became of the lists of this process so far.
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// The same engine, whose lists are counted there.
    pub fn counted_in(self, figures: Figures) -> Engine {
        Engine { figures, ..self }
    }

    /// How busy it is now.
    pub fn load(&self) -> Load {
        match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.load(),
            Kind::Postgres(postgres) => postgres.load(),
        }
    }

    /// Opens a read transaction: all its queries see the database as it is now.
    ///
    /// It occupies one reader until dropped: keep it short.
    pub async fn snapshot(&self) -> Result<Snapshot, ReadError> {
        Ok(Snapshot(match &self.kind {
            Kind::Sqlite(sqlite) => SnapshotKind::Sqlite(sqlite.snapshot().await?),
            Kind::Postgres(postgres) => SnapshotKind::Postgres(postgres.snapshot().await?),
        }))
    }

    /// Which engine this is, for the few true branches.
    pub fn dialect(&self) -> Dialect {
        match &self.kind {
            Kind::Sqlite(_) => Dialect::Sqlite,
            Kind::Postgres(_) => Dialect::Postgres,
        }
    }

    /// A cheap check: one trivial read, and what the last writes met.
    pub async fn health(&self) -> Health {
        let reads = self.query("SELECT 1", Vec::new()).await.map(drop);
        let writes = match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.trouble(),
            Kind::Postgres(postgres) => postgres.trouble(),
        };
        Health { reads, writes }
    }

    /// Cuts the write-ahead log back to nothing as far as no reader is in the way, so that nothing deleted lies in it. Gives
    /// whether it did; PostgreSQL looks after its own.
    pub async fn cut_log(&self) -> bool {
        match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.cut_log().await,
            Kind::Postgres(_) => true,
        }
    }

    /// Stores everything still waiting, then ends the writer and the connections. Later lists are `Unavailable`.
    pub async fn close(&self) {
        match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.close().await,
            Kind::Postgres(postgres) => postgres.close(),
        }
    }
}

/// A read transaction, see [`Engine::snapshot`]. Its queries run one after another.
pub struct Snapshot(SnapshotKind);

enum SnapshotKind {
    Sqlite(sqlite::Snapshot),
    Postgres(postgres::Snapshot),
}

/// Asking: the same questions to an [`Engine`] (each on its own) and to a [`Snapshot`] (all of one moment).
pub trait Ask: Sync {
    /// All rows of a query. The text is fixed in the program or composed; prefer [`Ask::query`] and [`Ask::query_text`].
    fn ask(
        &self,
        sql: Cow<'static, str>,
        params: Vec<Value>,
    ) -> impl Future<Output = Result<Vec<Row>, ReadError>> + Send;

    /// All rows of a fixed query.
    fn query(
        &self,
        sql: &'static str,
        params: Vec<Value>,
    ) -> impl Future<Output = Result<Vec<Row>, ReadError>> + Send {
        self.ask(Cow::Borrowed(sql), params)
    }

    /// All rows of a composed query. Values never belong into the text: the few shapes it takes are prepared once.
    fn query_text(
        &self,
        sql: String,
        params: Vec<Value>,
    ) -> impl Future<Output = Result<Vec<Row>, ReadError>> + Send {
        self.ask(Cow::Owned(sql), params)
    }

    /// The one row of a fixed query; none or several are `Broken`.
    fn query_one(
        &self,
        sql: &'static str,
        params: Vec<Value>,
    ) -> impl Future<Output = Result<Row, ReadError>> + Send {
        async move {
            self.query_optional(sql, params)
                .await?
                .ok_or_else(|| ReadError::Broken(format!("one row was expected, none came: {sql}")))
        }
    }

    /// The one row of a fixed query, or `None`; several are `Broken`.
    fn query_optional(
        &self,
        sql: &'static str,
        params: Vec<Value>,
    ) -> impl Future<Output = Result<Option<Row>, ReadError>> + Send {
        async move {
            let mut rows = self.ask(Cow::Borrowed(sql), params).await?;
            match rows.len() {
                0 | 1 => Ok(rows.pop()),
                many => Err(ReadError::Broken(format!(
                    "at most one row was expected, {many} came: {sql}"
                ))),
            }
        }
    }
}

impl Ask for Engine {
    async fn ask(&self, sql: Cow<'static, str>, params: Vec<Value>) -> Result<Vec<Row>, ReadError> {
        if params.iter().any(Value::holds_nul) {
            return Err(ReadError::Unstorable);
        }
        match &self.kind {
            Kind::Sqlite(sqlite) => sqlite.query(sql, params).await,
            Kind::Postgres(postgres) => postgres.query(sql, &params).await,
        }
    }
}

impl Ask for Snapshot {
    async fn ask(&self, sql: Cow<'static, str>, params: Vec<Value>) -> Result<Vec<Row>, ReadError> {
        if params.iter().any(Value::holds_nul) {
            return Err(ReadError::Unstorable);
        }
        match &self.0 {
            SnapshotKind::Sqlite(snapshot) => snapshot.query(sql, params).await,
            SnapshotKind::Postgres(snapshot) => snapshot.query(sql, &params).await,
        }
    }
}

/// What the last lists met, kept for [`Engine::health`] without a lock on the happy path.
#[derive(Default)]
struct Trouble {
    standing: std::sync::atomic::AtomicBool,
    last: std::sync::Mutex<Option<CommitError>>,
}

impl Trouble {
    fn note(&self, outcome: &Result<(), CommitError>) {
        use std::sync::atomic::Ordering::Relaxed;
        match outcome {
            Ok(()) if !self.standing.load(Relaxed) => {}
            Ok(()) => {
                self.standing.store(false, Relaxed);
                *locked(&self.last) = None;
            }
            Err(
                error @ (CommitError::Full
                | CommitError::ReadOnly
                | CommitError::Unavailable(_)
                | CommitError::Unknown(_)),
            ) => {
                tracing::error!(%error, "a list of writes was not stored");
                *locked(&self.last) = Some(error.clone());
                self.standing.store(true, Relaxed);
            }
            Err(CommitError::Broken(error)) => {
                tracing::error!(error, "a list of writes is refused by the database");
            }
            Err(
                CommitError::Conflict { .. } | CommitError::Duplicate { .. } | CommitError::Unstorable { .. },
            ) => {}
        }
    }

    fn standing(&self) -> Result<(), CommitError> {
        locked(&self.last).clone().map_or(Ok(()), Err)
    }
}

/// The value behind a lock. No code of ours panics while holding one half-changed, so a poisoned lock is still whole.
fn locked<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// An error and its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        told = format!("{told}: {inner}");
        cause = inner.source();
    }
    told
}

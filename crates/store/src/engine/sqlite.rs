//! SQLite — one writer thread that puts many lists into one commit, and a pool of readers.
//!
//! Why lists share a commit: the price of `synchronous=FULL` is one sync per commit, whoever is in it. Each list has a
//! savepoint of its own, so that one refused list leaves the others alone; after an error of the disk the whole batch is
//! undone and every list is tried again by itself, so that only the guilty one is refused.

use super::{
    CommitError, Expect, OpenError, ReadError, Row, Trouble, Urgency, Value, Write, chain, dialect, locked,
};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, ffi,
    types::{ToSqlOutput, ValueRef},
};
use std::{
    borrow::Cow,
    collections::{HashMap, VecDeque},
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex},
    thread::JoinHandle,
    time::{Duration, Instant},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// What may be set about a SQLite database.
#[derive(Debug, Clone)]
pub struct SqliteOptions {
    /// Reading connections; each is opened when first needed.
    pub readers: usize,
    /// The most lists in one commit.
    pub group: usize,
    /// The most lists waiting; beyond it a list is `Unavailable` at once.
    pub queue: usize,
    /// How long a read waits for a free reader, and the writer for a foreign lock.
    pub wait: Duration,
    /// How much of the file may be mapped into memory, in bytes.
    pub mmap: u64,
    /// The size at which the database counts as full, in pages of 4,096 bytes; `None` for what the disk holds.
    pub largest: Option<u32>,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        SqliteOptions {
            readers: 8,
            group: 128,
            queue: 10_000,
            wait: Duration::from_secs(5),
            mmap: 256 << 20,
            largest: None,
        }
    }
}

/// The longest a bulk batch may run before its commit.
const PIECE: Duration = Duration::from_millis(20);
/// After so many batches of users in a row one bulk piece is let in, or the sealer would starve under constant load.
const PATIENCE: u32 = 256;
/// Statements kept prepared per connection.
const STATEMENTS: usize = 256;
/// A write-ahead log of this size is cut back even under load.
const LONG_WAL: u64 = 256 << 20;

pub(super) struct Sqlite {
    queue: Arc<Queue>,
    readers: Arc<Readers>,
    most_waiting: usize,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl Sqlite {
    pub(super) fn open(path: PathBuf, options: SqliteOptions) -> Result<Sqlite, OpenError> {
        let file = |source| OpenError::File {
            path: path.clone(),
            source,
        };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)
                .map_err(file)?;
        }
        let lock = own(&beside(&path, ".lock")).map_err(file)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse { path }),
            Err(TryLockError::Error(source)) => return Err(file(source)),
        }
        // Made by us before SQLite does, for the mode; its log and shared memory then take the same.
        drop(own(&path).map_err(file)?);
        let connection = writing(&path, &options).map_err(|error| unusable(&error))?;
        let queue = Arc::new(Queue::default());
        let writer = Writer {
            connection,
            texts: HashMap::new(),
            queue: Arc::clone(&queue),
            group: options.group.max(1),
            wait: options.wait,
            wal: beside(&path, "-wal"),
            user_batches: 0,
            untidied: 0,
            _lock: lock,
        };
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || writer.run_or_abort())
            .map_err(file)?;
        Ok(Sqlite {
            queue,
            readers: Arc::new(Readers {
                path,
                mmap: options.mmap,
                wait: options.wait,
                free: Arc::new(Semaphore::new(options.readers.max(1))),
                idle: Mutex::default(),
            }),
            most_waiting: options.queue,
            writer: Mutex::new(Some(thread)),
        })
    }

    pub(super) async fn migrate(&self, runner: refinery::Runner) -> Result<(), OpenError> {
        let (reply, answer) = oneshot::channel();
        {
            let mut waiting = locked(&self.queue.waiting);
            if waiting.closing {
                return Err(OpenError::Unavailable("closed".into()));
            }
            waiting.migrations.push_back(Migrate { runner, reply });
        }
        self.queue.wake.notify_one();
        answer
            .await
            .unwrap_or_else(|_| Err(OpenError::Unavailable("the writer has ended".into())))
    }

    pub(super) async fn commit(&self, writes: Vec<Write>, urgency: Urgency) -> Result<(), CommitError> {
        let (reply, answer) = oneshot::channel();
        {
            let mut waiting = locked(&self.queue.waiting);
            if waiting.closing {
                return Err(CommitError::Unavailable("closed".into()));
            }
            if waiting.user.len() + waiting.bulk.len() >= self.most_waiting {
                return Err(CommitError::Unavailable("too many lists are waiting".into()));
            }
            let list = List { writes, reply };
            match urgency {
                Urgency::User => waiting.user.push_back(list),
                Urgency::Bulk => waiting.bulk.push_back(list),
            }
        }
        self.queue.wake.notify_one();
        answer
            .await
            .unwrap_or_else(|_| Err(CommitError::Unknown("the writer has ended".into())))
    }

    pub(super) async fn query(
        &self,
        sql: Cow<'static, str>,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, ReadError> {
        let lent = self.readers.lend().await?;
        let (_, rows) = lent.work(move |reader| reader.rows(sql, &params)).await?;
        Ok(rows)
    }

    pub(super) async fn snapshot(&self) -> Result<Snapshot, ReadError> {
        let lent = self.readers.lend().await?;
        // BEGIN alone takes no snapshot; the first read does.
        let (lent, ()) = lent
            .work(|reader| {
                reader
                    .connection
                    .execute_batch("BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1")
                    .map_err(|error| read_error(&error))
            })
            .await?;
        Ok(Snapshot(tokio::sync::Mutex::new(Some(lent))))
    }

    pub(super) fn trouble(&self) -> Result<(), CommitError> {
        if locked(&self.queue.waiting).closing {
            return Err(CommitError::Unavailable("closed".into()));
        }
        self.queue.trouble.standing()
    }

    pub(super) async fn close(&self) {
        self.queue.close();
        self.readers.free.close();
        locked(&self.readers.idle).clear();
        let thread = locked(&self.writer).take();
        if let Some(thread) = thread {
            // A writer that panicked has ended the process; there is no other failure to report.
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// What waits for the writer.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    wake: Condvar,
    trouble: Trouble,
}

#[derive(Default)]
struct Waiting {
    user: VecDeque<List>,
    bulk: VecDeque<List>,
    migrations: VecDeque<Migrate>,
    closing: bool,
}

struct List {
    writes: Vec<Write>,
    reply: oneshot::Sender<Result<(), CommitError>>,
}

struct Migrate {
    runner: refinery::Runner,
    reply: oneshot::Sender<Result<(), OpenError>>,
}

enum Next {
    Migrate(Migrate),
    Lists,
    Idle,
    End,
}

impl Queue {
    /// Sleeps until there is work; with something to tidy, until a second has passed without work.
    fn next(&self, untidied: bool) -> Next {
        let mut waiting = locked(&self.waiting);
        loop {
            if let Some(migrate) = waiting.migrations.pop_front() {
                return Next::Migrate(migrate);
            }
            if !waiting.user.is_empty() || !waiting.bulk.is_empty() {
                return Next::Lists;
            }
            if waiting.closing {
                return Next::End;
            }
            if untidied {
                let (back, slept) = self
                    .wake
                    .wait_timeout(waiting, Duration::from_secs(1))
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                waiting = back;
                let idle =
                    waiting.user.is_empty() && waiting.bulk.is_empty() && waiting.migrations.is_empty();
                if slept.timed_out() && idle && !waiting.closing {
                    return Next::Idle;
                }
            } else {
                waiting = self
                    .wake
                    .wait(waiting)
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
            }
        }
    }

    /// Whose batch comes now, when something waits.
    fn turn(&self, user_batches: u32) -> Urgency {
        let waiting = locked(&self.waiting);
        if waiting.user.is_empty() || (user_batches >= PATIENCE && !waiting.bulk.is_empty()) {
            Urgency::Bulk
        } else {
            Urgency::User
        }
    }

    /// Everything that waits, users first.
    fn all(&self) -> Vec<List> {
        let mut waiting = locked(&self.waiting);
        let Waiting { user, bulk, .. } = &mut *waiting;
        user.drain(..).chain(bulk.drain(..)).collect()
    }

    /// The next list of this urgency for a batch that has begun. A bulk batch ends when a user has come.
    fn take(&self, urgency: Urgency, first: bool) -> Option<List> {
        let mut waiting = locked(&self.waiting);
        match urgency {
            Urgency::User => waiting.user.pop_front(),
            Urgency::Bulk if first || waiting.user.is_empty() => waiting.bulk.pop_front(),
            Urgency::Bulk => None,
        }
    }

    fn answer(&self, list: List, outcome: Result<(), CommitError>) {
        self.trouble.note(&outcome);
        // Who has stopped waiting for the answer does not get one.
        let _ = list.reply.send(outcome);
    }

    fn close(&self) {
        locked(&self.waiting).closing = true;
        self.wake.notify_one();
    }
}

struct Writer {
    connection: Connection,
    /// Each fixed text as SQLite wants it.
    texts: HashMap<&'static str, Box<str>>,
    queue: Arc<Queue>,
    group: usize,
    wait: Duration,
    wal: PathBuf,
    user_batches: u32,
    /// Commits since the log was last cut back.
    untidied: u32,
    _lock: File,
}

/// Why a list was undone, and whether the batch around it can still be trusted.
struct Failure {
    error: CommitError,
    serious: bool,
}

impl Writer {
    /// A half-done batch behind a panicking writer would leave callers waiting on a database nobody writes: end instead.
    fn run_or_abort(mut self) {
        let run = std::panic::catch_unwind(AssertUnwindSafe(|| self.run()));
        if run.is_err() {
            tracing::error!("the SQLite writer panicked; the process ends so that nothing is half written");
            std::process::abort();
        }
    }

    fn run(&mut self) {
        loop {
            match self.queue.next(self.untidied > 0) {
                Next::Migrate(Migrate { runner, reply }) => {
                    let outcome = runner.run(&mut self.connection);
                    self.connection.flush_prepared_statement_cache();
                    let _ = reply.send(outcome.map(drop).map_err(|e| OpenError::Migration(chain(&e))));
                }
                Next::Lists => {
                    self.batch();
                    self.untidied = self.untidied.saturating_add(1);
                    let long = || std::fs::metadata(&self.wal).is_ok_and(|wal| wal.len() > LONG_WAL);
                    if self.untidied.is_multiple_of(256) && long() {
                        self.tidy(Duration::from_millis(50));
                    }
                }
                Next::Idle => self.tidy(Duration::ZERO),
                Next::End => {
                    self.tidy(Duration::from_millis(200));
                    return;
                }
            }
        }
    }

    /// Cuts the log back to nothing, waiting at most `wait` for readers; if they are in the way, another time.
    fn tidy(&mut self, wait: Duration) {
        let cut = self.connection.busy_timeout(wait).and_then(|()| {
            self.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
        }) == Ok(0);
        // Setting a timeout on an open connection cannot fail.
        let _ = self.connection.busy_timeout(self.wait);
        if cut {
            self.untidied = 0;
        }
    }

    fn batch(&mut self) {
        if let Err(error) = self.end("BEGIN IMMEDIATE") {
            // All of them, or each would wait anew for whoever holds the database.
            let Failure { error, .. } = failure(&error, 0);
            for list in self.queue.all() {
                self.queue.answer(list, Err(error.clone()));
            }
            return;
        }
        let begun = now();
        let urgency = self.queue.turn(self.user_batches);
        match urgency {
            Urgency::User => self.user_batches += 1,
            Urgency::Bulk => self.user_batches = 0,
        }
        let mut done: Vec<(List, Result<(), CommitError>)> = Vec::new();
        let mut serious = false;
        while done.len() < self.group {
            if urgency == Urgency::Bulk && !done.is_empty() && begun.elapsed() >= PIECE {
                break;
            }
            let Some(list) = self.queue.take(urgency, done.is_empty()) else {
                break;
            };
            let outcome = self.in_savepoint(&list.writes);
            serious = outcome.as_ref().is_err_and(|failure| failure.serious);
            done.push((list, outcome.map_err(|failure| failure.error)));
            if serious {
                break;
            }
        }
        if !serious && self.end("COMMIT").is_ok() {
            for (list, outcome) in done {
                self.queue.answer(list, outcome);
            }
            return;
        }
        self.undo();
        for (list, _) in done {
            let outcome = self.alone(&list.writes);
            self.queue.answer(list, outcome);
        }
    }

    /// One list in a transaction of its own.
    fn alone(&mut self, writes: &[Write]) -> Result<(), CommitError> {
        self.end("BEGIN IMMEDIATE")
            .map_err(|error| failure(&error, 0).error)?;
        let outcome = self.list(writes).map_err(|failure| failure.error).and_then(|()| {
            self.end("COMMIT")
                .map_err(|error| match failure(&error, writes.len()).error {
                    // The sync failed: after a power cut the list may be found in the log, or not.
                    CommitError::Unavailable(why) => CommitError::Unknown(why),
                    other => other,
                })
        });
        if outcome.is_err() {
            self.undo();
        }
        outcome
    }

    fn in_savepoint(&mut self, writes: &[Write]) -> Result<(), Failure> {
        let lost = |error: rusqlite::Error| Failure {
            serious: true,
            ..failure(&error, 0)
        };
        self.end("SAVEPOINT list").map_err(lost)?;
        match self.list(writes) {
            Ok(()) => self.end("RELEASE list").map_err(lost),
            Err(why) if why.serious || self.connection.is_autocommit() => {
                Err(Failure { serious: true, ..why })
            }
            Err(why) => {
                self.end("ROLLBACK TO list").map_err(lost)?;
                self.end("RELEASE list").map_err(lost)?;
                Err(why)
            }
        }
    }

    fn list(&mut self, writes: &[Write]) -> Result<(), Failure> {
        for (at, write) in writes.iter().enumerate() {
            let text = self
                .texts
                .entry(write.sql)
                .or_insert_with(|| dialect::for_sqlite(write.sql).into());
            let run = self.connection.prepare_cached(text).and_then(|mut statement| {
                bind(&mut statement, &write.params)?;
                statement.raw_execute()
            });
            let rows = run.map_err(|error| failure(&error, at))?;
            match write.expect {
                Expect::Rows(expected) if expected != rows as u64 => {
                    return Err(Failure {
                        error: CommitError::Conflict { write: at },
                        serious: false,
                    });
                }
                Expect::Rows(_) | Expect::Any => {}
            }
        }
        Ok(())
    }

    fn end(&self, sql: &'static str) -> rusqlite::Result<()> {
        self.connection.prepare_cached(sql)?.execute([]).map(drop)
    }

    fn undo(&self) {
        if !self.connection.is_autocommit()
            && let Err(error) = self.end("ROLLBACK")
        {
            tracing::error!(%error, "SQLite could not roll back");
        }
    }
}

/// The reading connections.
struct Readers {
    path: PathBuf,
    mmap: u64,
    wait: Duration,
    free: Arc<Semaphore>,
    idle: Mutex<Vec<Reader>>,
}

struct Reader {
    connection: Connection,
    texts: HashMap<&'static str, Box<str>>,
}

impl Readers {
    async fn lend(self: &Arc<Self>) -> Result<Lent, ReadError> {
        let free = Arc::clone(&self.free).acquire_owned();
        let permit = match tokio::time::timeout(self.wait, free).await {
            Ok(Ok(permit)) => permit,
            Ok(Err(_)) => return Err(ReadError::Unavailable("closed".into())),
            Err(_) => return Err(ReadError::Unavailable("all readers are busy".into())),
        };
        let reader = locked(&self.idle).pop();
        Ok(Lent {
            reader,
            home: Arc::clone(self),
            _permit: permit,
        })
    }
}

/// A reader on loan. It goes home when dropped, out of its transaction, also when nobody waits for the answer any more.
struct Lent {
    reader: Option<Reader>,
    home: Arc<Readers>,
    _permit: OwnedSemaphorePermit,
}

impl Lent {
    /// Runs on a thread that may block. The loan comes back with the answer; after an error the connection is closed, so
    /// that whatever was wrong with it ends with it.
    async fn work<T: Send + 'static>(
        mut self,
        work: impl FnOnce(&mut Reader) -> Result<T, ReadError> + Send + 'static,
    ) -> Result<(Lent, T), ReadError> {
        let blocking = tokio::task::spawn_blocking(move || {
            let mut reader = match self.reader.take() {
                Some(reader) => reader,
                None => Reader {
                    connection: reading(&self.home.path, self.home.mmap, self.home.wait)
                        .map_err(|error| read_error(&error))?,
                    texts: HashMap::new(),
                },
            };
            let answer = work(&mut reader)?;
            self.reader = Some(reader);
            Ok((self, answer))
        });
        blocking
            .await
            .unwrap_or_else(|error| Err(ReadError::Unavailable(error.to_string())))
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(reader) = self.reader.take() else { return };
        let clean = reader.connection.is_autocommit() || reader.connection.execute_batch("ROLLBACK").is_ok();
        if clean && !self.home.free.is_closed() {
            locked(&self.home.idle).push(reader);
        }
    }
}

impl Reader {
    fn rows(&mut self, sql: Cow<'static, str>, params: &[Value]) -> Result<Vec<Row>, ReadError> {
        let composed;
        let text: &str = match sql {
            Cow::Borrowed(fixed) => self
                .texts
                .entry(fixed)
                .or_insert_with(|| dialect::for_sqlite(fixed).into()),
            Cow::Owned(text) => {
                composed = dialect::for_sqlite(&text);
                &composed
            }
        };
        fetch(&self.connection, text, params).map_err(|error| read_error(&error))
    }
}

/// One consistent view, held by one reader.
pub(super) struct Snapshot(tokio::sync::Mutex<Option<Lent>>);

impl Snapshot {
    pub(super) async fn query(
        &self,
        sql: Cow<'static, str>,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, ReadError> {
        let mut place = self.0.lock().await;
        let lent = place
            .take()
            .ok_or_else(|| ReadError::Unavailable("this snapshot ended with an error".into()))?;
        let (lent, rows) = lent.work(move |reader| reader.rows(sql, &params)).await?;
        *place = Some(lent);
        Ok(rows)
    }
}

fn fetch(connection: &Connection, sql: &str, params: &[Value]) -> rusqlite::Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    let columns = statement.column_count();
    let mut rows = statement.raw_query();
    let mut fetched = Vec::new();
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(columns);
        for at in 0..columns {
            values.push(match row.get_ref(at)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(value) => Value::Int(value),
                ValueRef::Text(text) => Value::Text(
                    std::str::from_utf8(text)
                        .map_err(|error| rusqlite::Error::Utf8Error(at, error))?
                        .to_owned(),
                ),
                ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
                ValueRef::Real(_) => {
                    return Err(rusqlite::Error::InvalidColumnType(
                        at,
                        "a number with a fraction".into(),
                        rusqlite::types::Type::Real,
                    ));
                }
            });
        }
        fetched.push(Row(values));
    }
    Ok(fetched)
}

fn bind(statement: &mut rusqlite::Statement<'_>, params: &[Value]) -> rusqlite::Result<()> {
    let wanted = statement.parameter_count();
    if wanted != params.len() {
        return Err(rusqlite::Error::InvalidParameterCount(params.len(), wanted));
    }
    for (at, param) in params.iter().enumerate() {
        statement.raw_bind_parameter(at + 1, param)?;
    }
    Ok(())
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(value) => ValueRef::Integer(*value),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
            Value::Ints(_) => {
                return Err(rusqlite::Error::ToSqlConversionFailure(
                    "integer arrays exist on PostgreSQL only".into(),
                ));
            }
        }))
    }
}

/// What an error at the write at this index means.
fn failure(error: &rusqlite::Error, write: usize) -> Failure {
    let told = error.to_string();
    let extended = error.sqlite_error().map_or(0, |inner| inner.extended_code);
    let (error, serious) = match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => match extended {
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID => (CommitError::Duplicate { write }, false),
            _ => (CommitError::Broken(told), false),
        },
        Some(ErrorCode::DiskFull) => (CommitError::Full, true),
        // A full disk shows in this way when the shared memory beside the log cannot grow.
        Some(ErrorCode::SystemIoFailure) if extended == ffi::SQLITE_IOERR_SHMSIZE => {
            (CommitError::Full, true)
        }
        Some(ErrorCode::ReadOnly) => (CommitError::ReadOnly, true),
        Some(
            ErrorCode::SystemIoFailure
            | ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::CannotOpen
            | ErrorCode::OutOfMemory
            | ErrorCode::OperationInterrupted
            | ErrorCode::FileLockingProtocolFailed,
        ) => (CommitError::Unavailable(told), true),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => (CommitError::Broken(told), true),
        _ => (CommitError::Broken(told), false),
    };
    Failure { error, serious }
}

fn read_error(error: &rusqlite::Error) -> ReadError {
    match failure(error, 0).error {
        CommitError::Unavailable(told) => ReadError::Unavailable(told),
        CommitError::Full => ReadError::Unavailable("the disk is full".into()),
        _ => ReadError::Broken(error.to_string()),
    }
}

fn unusable(error: &rusqlite::Error) -> OpenError {
    match failure(error, 0).error {
        CommitError::Unavailable(told) => OpenError::Unavailable(told),
        _ => OpenError::Unusable(error.to_string()),
    }
}

fn writing(path: &Path, options: &SqliteOptions) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(options.wait)?;
    // Twice the usual pages between checkpoints: the writer makes them itself, in a user's way.
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = {};
         PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864",
        options.mmap
    ))?;
    if let Some(pages) = options.largest {
        connection.execute_batch(&format!("PRAGMA max_page_count = {pages}"))?;
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn reading(path: &Path, mmap: u64, wait: Duration) -> rusqlite::Result<Connection> {
    // Read-write, because a reader of a write-ahead log shares its index; `query_only` is what keeps it from writing.
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(wait)?;
    connection.execute_batch(&format!(
        "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -8192; PRAGMA mmap_size = {mmap}"
    ))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn own(path: &Path) -> std::io::Result<File> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[expect(
    clippy::disallowed_methods,
    reason = "measures how long a bulk batch has run; decides nothing that is stored"
)]
fn now() -> Instant {
    Instant::now()
}

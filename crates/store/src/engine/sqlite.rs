//! SQLite — one writer thread that puts many lists into one commit, and a pool of readers.
//!
//! Why lists share a commit: the price of `synchronous=FULL` is one sync per commit, whoever is in it. Each list has a
//! savepoint of its own, so that one refused list leaves the others alone; after an error of the disk the whole batch is
//! undone and every list is tried again by itself, so that only the guilty one is refused.

mod reader;
mod writer;

pub(super) use reader::Snapshot;

use super::{CommitError, Load, OpenError, ReadError, Row, Urgency, Value, Write, locked};
use reader::Readers;
use rusqlite::{
    ErrorCode, ffi,
    types::{ToSqlOutput, ValueRef},
};
use std::{
    borrow::Cow,
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    thread::JoinHandle,
    time::Duration,
};
use tokio::sync::oneshot;
use writer::{List, Migrate, Queue, Writer};

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
            // All of it: a reader's own cache is empty again after each commit of the writer, and what is mapped is not copied.
            mmap: 1 << 40,
            largest: None,
        }
    }
}

/// Statements kept prepared per connection.
const STATEMENTS: usize = 256;

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
        let queue = Arc::new(Queue::default());
        let writer =
            Writer::new(&path, &options, Arc::clone(&queue), lock).map_err(|error| unusable(&error))?;
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || writer.run_or_abort())
            .map_err(file)?;
        Ok(Sqlite {
            queue,
            readers: Arc::new(Readers::new(path, &options)),
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

    pub(super) async fn cut_log(&self) -> bool {
        let (reply, answer) = oneshot::channel();
        {
            let mut waiting = locked(&self.queue.waiting);
            if waiting.closing {
                return false;
            }
            waiting.cuts.push_back(reply);
        }
        self.queue.wake.notify_one();
        answer.await.unwrap_or(false)
    }

    pub(super) async fn commit(&self, writes: Vec<Write>, urgency: Urgency) -> Result<(), CommitError> {
        let (reply, answer) = oneshot::channel();
        {
            let mut waiting = locked(&self.queue.waiting);
            if waiting.closing {
                return Err(CommitError::Unavailable("closed".into()));
            }
            if waiting.lists() >= self.most_waiting {
                return Err(CommitError::Unavailable("too many lists are waiting".into()));
            }
            let list = List { writes, reply };
            match urgency {
                Urgency::User => waiting.user.push_back(list),
                Urgency::Passing => waiting.passing.push_back(list),
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
        self.readers.query(sql, params).await
    }

    pub(super) async fn snapshot(&self) -> Result<Snapshot, ReadError> {
        self.readers.snapshot().await
    }

    pub(super) fn trouble(&self) -> Result<(), CommitError> {
        if locked(&self.queue.waiting).closing {
            return Err(CommitError::Unavailable("closed".into()));
        }
        self.queue.trouble.standing()
    }

    pub(super) fn load(&self) -> Load {
        Load {
            waiting: locked(&self.queue.waiting).lists(),
            in_use: self.readers.in_use(),
        }
    }

    pub(super) async fn close(&self) {
        self.queue.close();
        self.readers.close();
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

/// Why a list was undone, and whether the batch around it can still be trusted.
struct Failure {
    error: CommitError,
    serious: bool,
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

fn unusable(error: &rusqlite::Error) -> OpenError {
    match failure(error, 0).error {
        CommitError::Unavailable(told) => OpenError::Unavailable(told),
        _ => OpenError::Unusable(error.to_string()),
    }
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

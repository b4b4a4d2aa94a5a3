//! 읽기 — the reading connections to SQLite, lent out one at a time, and snapshots.

use super::{
    super::{CommitError, ReadError, Row, Value, dialect, locked},
    STATEMENTS, SqliteOptions, bind, failure,
};
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use std::{
    borrow::Cow,
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The reading connections.
pub(super) struct Readers {
    path: PathBuf,
    mmap: u64,
    wait: Duration,
    most: usize,
    free: Arc<Semaphore>,
    idle: Mutex<Vec<Reader>>,
}

struct Reader {
    connection: Connection,
    texts: HashMap<&'static str, Box<str>>,
}

impl Readers {
    pub(super) fn new(path: PathBuf, options: &SqliteOptions) -> Readers {
        Readers {
            path,
            mmap: options.mmap,
            wait: options.wait,
            most: options.readers.max(1),
            free: Arc::new(Semaphore::new(options.readers.max(1))),
            idle: Mutex::default(),
        }
    }

    pub(super) async fn query(
        self: &Arc<Self>,
        sql: Cow<'static, str>,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, ReadError> {
        let lent = self.lend().await?;
        let (_, rows) = lent.work(move |reader| reader.rows(sql, &params)).await?;
        Ok(rows)
    }

    pub(super) async fn snapshot(self: &Arc<Self>) -> Result<Snapshot, ReadError> {
        let lent = self.lend().await?;
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

    /// How many are lent out.
    pub(super) fn in_use(&self) -> usize {
        self.most.saturating_sub(self.free.available_permits())
    }

    pub(super) fn close(&self) {
        self.free.close();
        locked(&self.idle).clear();
    }

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
pub(in crate::engine) struct Snapshot(tokio::sync::Mutex<Option<Lent>>);

impl Snapshot {
    pub(in crate::engine) async fn query(
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

fn read_error(error: &rusqlite::Error) -> ReadError {
    match failure(error, 0).error {
        CommitError::Unavailable(told) => ReadError::Unavailable(told),
        CommitError::Full => ReadError::Unavailable("the disk is full".into()),
        _ => ReadError::Broken(error.to_string()),
    }
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

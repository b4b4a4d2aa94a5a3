//! PostgreSQL — one pipelined transaction per list of writes, on a pool of connections.
//!
//! The pool is deadpool with a manager of our own, because a connection must hear the server's WARNINGs: on a commit
//! whose wait for the standby was cut short the server says so by a WARNING and then reports success, and to us that
//! commit is unknown, not done.
//!
//! Connections are not encrypted: use a unix socket or loopback (a tunnel, a local proxy). `Manager::create` is where
//! TLS would come in.

mod link;

use super::{CommitError, Load, OpenError, ReadError, Row, Trouble, Urgency, Value, Write, chain};
use deadpool::managed::{self, Metrics, Object, Pool, PoolError, RecycleError, Timeouts};
use futures_util::{FutureExt, StreamExt, stream};
use link::{Link, failure, read_error};
use std::{
    borrow::Cow,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::Semaphore;
use tokio_postgres::{AsyncMessage, Client, Config, Error, NoTls, error::Severity};

const NONE_FREE: &str = "no connection became free in time";

/// What may be set about a connection to PostgreSQL.
#[derive(Debug, Clone)]
pub struct PostgresOptions {
    /// The most connections. A quarter of them is kept for reading: commits that wait for a standby stop no page that only reads.
    pub size: usize,
    /// How many of them lists of bulk may use at once.
    pub bulk: usize,
    /// How long to wait for a free connection, and for a new one.
    pub wait: Duration,
    /// The longest a statement may run, and a commit may wait for its standby (which is then `Unknown`).
    pub longest: Duration,
}

impl Default for PostgresOptions {
    fn default() -> Self {
        PostgresOptions {
            size: 20,
            bulk: 1,
            wait: Duration::from_secs(5),
            longest: Duration::from_secs(30),
        }
    }
}

pub(super) struct Postgres {
    pool: Pool<Manager>,
    commits: Semaphore,
    bulk: Semaphore,
    wait: Duration,
    schema: String,
    trouble: Trouble,
}

impl Postgres {
    pub(super) async fn open(
        url: &str,
        schema: &str,
        options: PostgresOptions,
    ) -> Result<Postgres, OpenError> {
        let mut config = Config::from_str(url).map_err(|error| OpenError::Unusable(chain(&error)))?;
        if !plain(schema) {
            return Err(OpenError::Unusable(format!(
                "schema name {schema:?}: lower-case letters, digits and _ are expected"
            )));
        }
        // client_min_messages is set so that no setting of the server can hide the WARNING we listen for.
        let ours = format!(
            "-c search_path={schema} -c timezone=UTC -c client_min_messages=warning -c statement_timeout={}",
            options.longest.as_millis()
        );
        let given = config
            .get_options()
            .map_or(String::new(), |given| format!("{given} "));
        config.options(given + &ours);
        if config.get_application_name().is_none() {
            config.application_name("minwon");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(options.wait);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(options.longest);
        }
        // A server that vanished without a word is noticed within half a minute, not after two hours.
        if config.get_keepalives_idle() >= Duration::from_secs(7_200) {
            config.keepalives_idle(Duration::from_secs(10));
            config.keepalives_interval(Duration::from_secs(5));
            config.keepalives_retries(3);
        }
        let size = options.size.max(1);
        let manager = Manager {
            config,
            longest: options.longest,
        };
        manager.prepare_schema(schema).await?;
        let pool = Pool::builder(manager)
            .max_size(size)
            .timeouts(Timeouts {
                wait: Some(options.wait),
                create: Some(options.wait),
                recycle: Some(options.wait),
            })
            .runtime(deadpool::Runtime::Tokio1)
            .build()
            .map_err(|error| OpenError::Unusable(error.to_string()))?;
        Ok(Postgres {
            pool,
            commits: Semaphore::new(size - size / 4),
            bulk: Semaphore::new(options.bulk.max(1)),
            wait: options.wait,
            schema: schema.to_owned(),
            trouble: Trouble::default(),
        })
    }

    pub(super) async fn migrate(&self, runner: refinery::Runner) -> Result<(), OpenError> {
        let failed = |error: Error| open_error(&error);
        // A connection of its own: no statement limit, and the lock ends with it whatever happens.
        let mut link = managed::Manager::create(self.pool.manager())
            .await
            .map_err(failed)?;
        link.client
            .batch_execute("SET statement_timeout = 0")
            .await
            .map_err(failed)?;
        lock_schema(&link.client, &self.schema).await.map_err(failed)?;
        runner
            .run_async(&mut link.client)
            .await
            .map(drop)
            .map_err(|error| OpenError::Migration(chain(&error)))
    }

    pub(super) async fn commit(&self, writes: &[Write], urgency: Urgency) -> Result<(), CommitError> {
        let closed = |_| CommitError::Unavailable("closed".into());
        let _turn = match urgency {
            Urgency::User | Urgency::Passing => None,
            Urgency::Bulk => Some(self.bulk.acquire().await.map_err(closed)?),
        };
        let outcome = self.attempt(writes, urgency).await;
        self.trouble.note(&outcome);
        outcome
    }

    async fn attempt(&self, writes: &[Write], urgency: Urgency) -> Result<(), CommitError> {
        let _place = match urgency {
            Urgency::User | Urgency::Bulk => {
                match tokio::time::timeout(self.wait, self.commits.acquire()).await {
                    Ok(place) => Some(place.map_err(|_| CommitError::Unavailable("closed".into()))?),
                    Err(_) => return Err(CommitError::Unavailable(NONE_FREE.into())),
                }
            }
            Urgency::Passing => None,
        };
        loop {
            let mut link = self.link().await.map_err(CommitError::Unavailable)?;
            let outcome = link.commit(writes, begin(urgency)).await;
            match &outcome {
                Ok(()) | Err(CommitError::Conflict { .. } | CommitError::Duplicate { .. }) => return outcome,
                // Nothing of the list was stored, so it may be tried again.
                Err(CommitError::Unavailable(_)) if died_idle(&link) => drop(Object::take(link)),
                // Whatever else is wrong ends with the connection: a server shutting down, a primary become
                // standby, plans older than a migration.
                Err(_) => {
                    drop(Object::take(link));
                    return outcome;
                }
            }
        }
    }

    pub(super) async fn query(
        &self,
        sql: Cow<'static, str>,
        params: &[Value],
    ) -> Result<Vec<Row>, ReadError> {
        loop {
            let mut link = self.link().await.map_err(ReadError::Unavailable)?;
            let rows = link.rows(sql.clone(), params).await;
            if rows.is_ok() {
                return rows;
            }
            let again = died_idle(&link);
            drop(Object::take(link));
            if !again {
                return rows;
            }
        }
    }

    pub(super) async fn snapshot(&self) -> Result<Snapshot, ReadError> {
        loop {
            let mut link = self.link().await.map_err(ReadError::Unavailable)?;
            link.open = true;
            // BEGIN alone takes no snapshot; the first query does.
            let begun = link
                .client
                .batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1")
                .await;
            let Err(error) = begun else {
                return Ok(Snapshot(tokio::sync::Mutex::new(Some(link))));
            };
            let again = died_idle(&link);
            drop(Object::take(link));
            if !again {
                return Err(read_error(&error));
            }
        }
    }

    pub(super) fn trouble(&self) -> Result<(), CommitError> {
        if self.pool.is_closed() {
            return Err(CommitError::Unavailable("closed".into()));
        }
        self.trouble.standing()
    }

    pub(super) fn load(&self) -> Load {
        let pool = self.pool.status();
        Load {
            waiting: pool.waiting,
            in_use: pool.size.saturating_sub(pool.available),
        }
    }

    pub(super) fn close(&self) {
        self.bulk.close();
        self.commits.close();
        self.pool.close();
    }

    async fn link(&self) -> Result<Object<Manager>, String> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Timeout(_) => NONE_FREE.to_owned(),
            PoolError::Closed => "closed".to_owned(),
            PoolError::Backend(error) => chain(&error),
            other => other.to_string(),
        })
    }
}

/// How a transaction begins whose commit waits for the disk as the server says, or for nothing.
fn begin(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::User | Urgency::Bulk => "BEGIN",
        Urgency::Passing => "BEGIN; SET LOCAL synchronous_commit = off",
    }
}

/// Whether this connection was used before and is now found dead: the server was restarted or replaced in between, and
/// another connection, at the latest a new one, may do.
fn died_idle(link: &Object<Manager>) -> bool {
    link.client.is_closed() && Object::metrics(link).recycle_count > 0
}

/// Makes connections and decides which may be used again.
struct Manager {
    config: Config,
    longest: Duration,
}

impl Manager {
    async fn prepare_schema(&self, schema: &str) -> Result<(), OpenError> {
        let failed = |error: Error| open_error(&error);
        let client = managed::Manager::create(self).await.map_err(failed)?.client;
        let encoding: String = client
            .query_one("SHOW server_encoding", &[])
            .await
            .map_err(failed)?
            .get(0);
        if encoding != "UTF8" {
            return Err(OpenError::Unusable(format!(
                "the database is encoded in {encoding}, UTF8 is needed"
            )));
        }
        // Not CREATE … IF NOT EXISTS alone: it asks for the right to create even when there is nothing to do, and two
        // at once can still collide.
        lock_schema(&client, schema).await.map_err(failed)?;
        let there = client
            .query_opt("SELECT 1 FROM pg_namespace WHERE nspname = $1", &[&schema])
            .await
            .map_err(failed)?;
        if there.is_none() {
            client
                .batch_execute(&format!("CREATE SCHEMA {schema}"))
                .await
                .map_err(failed)?;
        }
        Ok(())
    }
}

/// Held until this connection ends.
async fn lock_schema(client: &Client, schema: &str) -> Result<(), Error> {
    client
        .query_one(
            "SELECT pg_advisory_lock(hashtextextended('minwon ' || $1::text, 0))",
            &[&schema],
        )
        .await
        .map(drop)
}

impl managed::Manager for Manager {
    type Type = Link;
    type Error = Error;

    async fn create(&self) -> Result<Link, Error> {
        let (client, mut connection) = self.config.connect(NoTls).await?;
        let warned = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&warned);
        tokio::spawn(async move {
            let mut messages = stream::poll_fn(move |context| connection.poll_message(context));
            // The flag is up before the answer that follows the WARNING is handed to whoever waits for it.
            while let Some(message) = messages.next().await {
                match message {
                    Ok(AsyncMessage::Notice(notice)) => {
                        if notice.parsed_severity() == Some(Severity::Warning) {
                            tracing::warn!(message = notice.message(), "PostgreSQL warns");
                            heard.store(true, Ordering::Release);
                        }
                    }
                    Ok(_) => {}
                    Err(error) => {
                        tracing::warn!(error = chain(&error), "a connection to PostgreSQL ended");
                        break;
                    }
                }
            }
        });
        Ok(Link::new(client, warned, self.longest))
    }

    async fn recycle(&self, link: &mut Link, _: &Metrics) -> managed::RecycleResult<Error> {
        if link.client.is_closed() {
            return Err(RecycleError::message("closed"));
        }
        if link.open {
            return Err(RecycleError::message("left within a transaction"));
        }
        Ok(())
    }
}

/// One consistent view, held by one connection.
pub(super) struct Snapshot(tokio::sync::Mutex<Option<Object<Manager>>>);

impl Snapshot {
    pub(super) async fn query(
        &self,
        sql: Cow<'static, str>,
        params: &[Value],
    ) -> Result<Vec<Row>, ReadError> {
        let mut place = self.0.lock().await;
        let Some(link) = place.as_mut() else {
            return Err(ReadError::Unavailable("this snapshot ended with an error".into()));
        };
        let rows = link.rows(sql, params).await;
        if rows.is_err() {
            drop(place.take().map(Object::take));
        }
        rows
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        if let Some(link) = self.0.get_mut() {
            // The first poll sends it, and whatever the next owner asks is answered after it.
            let sent = link.client.batch_execute("ROLLBACK").now_or_never();
            link.open = matches!(sent, Some(Err(_)));
        }
    }
}

fn open_error(error: &Error) -> OpenError {
    match failure(error, 0) {
        CommitError::Unavailable(_) => OpenError::Unavailable(chain(error)),
        _ if error.code().is_none() => OpenError::Unavailable(chain(error)),
        _ => OpenError::Unusable(chain(error)),
    }
}

/// Whether a schema name may stand in a text unquoted.
fn plain(schema: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    schema.len() <= 63
        && schema.bytes().all(fits)
        && schema.bytes().next().is_some_and(|first| !first.is_ascii_digit())
        && !schema.starts_with("pg_")
}

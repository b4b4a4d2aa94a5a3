//! 쓰기 — the one thread that writes to SQLite: what waits for it, and how it puts lists into commits.

use super::{
    super::{CommitError, Expect, OpenError, Trouble, Urgency, Write, chain, dialect, locked},
    Failure, STATEMENTS, SqliteOptions, beside, bind, failure,
};
use rusqlite::{Connection, OpenFlags};
use std::{
    collections::{HashMap, VecDeque},
    fs::File,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex},
    time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// The longest a bulk batch may run before its commit.
const PIECE: Duration = Duration::from_millis(20);
/// After so many batches of users in a row one bulk piece is let in, or the sealer would starve under constant load.
const PATIENCE: u32 = 256;
/// A write-ahead log of this size is cut back even under load.
const LONG_WAL: u64 = 256 << 20;

/// What waits for the writer.
#[derive(Default)]
pub(super) struct Queue {
    pub(super) waiting: Mutex<Waiting>,
    pub(super) wake: Condvar,
    pub(super) trouble: Trouble,
}

#[derive(Default)]
pub(super) struct Waiting {
    pub(super) user: VecDeque<List>,
    pub(super) passing: VecDeque<List>,
    pub(super) bulk: VecDeque<List>,
    pub(super) migrations: VecDeque<Migrate>,
    pub(super) cuts: VecDeque<oneshot::Sender<bool>>,
    pub(super) closing: bool,
}

impl Waiting {
    /// How many lists wait.
    pub(super) fn lists(&self) -> usize {
        self.user.len() + self.passing.len() + self.bulk.len()
    }
}

pub(super) struct List {
    pub(super) writes: Vec<Write>,
    pub(super) reply: oneshot::Sender<Result<(), CommitError>>,
}

pub(super) struct Migrate {
    pub(super) runner: refinery::Runner,
    pub(super) reply: oneshot::Sender<Result<(), OpenError>>,
}

enum Next {
    Migrate(Migrate),
    Cut(oneshot::Sender<bool>),
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
            if let Some(reply) = waiting.cuts.pop_front() {
                return Next::Cut(reply);
            }
            if waiting.lists() > 0 {
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
                let idle = waiting.lists() == 0 && waiting.migrations.is_empty() && waiting.cuts.is_empty();
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
        let patient = user_batches >= PATIENCE && !waiting.bulk.is_empty();
        match (patient, waiting.user.is_empty(), waiting.passing.is_empty()) {
            (false, false, _) => Urgency::User,
            (false, true, false) => Urgency::Passing,
            (true, ..) | (false, true, true) => Urgency::Bulk,
        }
    }

    /// Whether nothing waits but what need not wait for the disk.
    fn only_passing(&self) -> bool {
        let waiting = locked(&self.waiting);
        !waiting.passing.is_empty() && waiting.user.is_empty() && waiting.bulk.is_empty()
    }

    /// Everything that waits, users first.
    fn all(&self) -> Vec<List> {
        let mut waiting = locked(&self.waiting);
        let Waiting {
            user, passing, bulk, ..
        } = &mut *waiting;
        user.drain(..)
            .chain(passing.drain(..))
            .chain(bulk.drain(..))
            .collect()
    }

    /// The next list of this urgency for a batch that has begun. A bulk batch ends when a user has come; what need not wait for the disk
    /// rides along with those who wait for it anyway.
    fn take(&self, urgency: Urgency, first: bool) -> Option<List> {
        let mut waiting = locked(&self.waiting);
        match urgency {
            Urgency::User => waiting.user.pop_front().or_else(|| waiting.passing.pop_front()),
            Urgency::Passing => waiting.passing.pop_front(),
            Urgency::Bulk if first || (waiting.user.is_empty() && waiting.passing.is_empty()) => {
                waiting.bulk.pop_front()
            }
            Urgency::Bulk => None,
        }
    }

    fn answer(&self, list: List, outcome: Result<(), CommitError>) {
        self.trouble.note(&outcome);
        // Who has stopped waiting for the answer does not get one.
        let _ = list.reply.send(outcome);
    }

    pub(super) fn close(&self) {
        locked(&self.waiting).closing = true;
        self.wake.notify_one();
    }
}

pub(super) struct Writer {
    connection: Connection,
    /// Each fixed text as SQLite wants it.
    texts: HashMap<&'static str, Box<str>>,
    queue: Arc<Queue>,
    group: usize,
    wait: Duration,
    wal: PathBuf,
    user_batches: u32,
    /// Whether a commit waits for the disk now; see [`Writer::begin`].
    syncs: bool,
    /// Commits since the log was last cut back.
    untidied: u32,
    _lock: File,
}

impl Writer {
    pub(super) fn new(
        path: &Path,
        options: &SqliteOptions,
        queue: Arc<Queue>,
        lock: File,
    ) -> rusqlite::Result<Writer> {
        Ok(Writer {
            connection: writing(path, options)?,
            texts: HashMap::new(),
            queue,
            group: options.group.max(1),
            wait: options.wait,
            wal: beside(path, "-wal"),
            user_batches: 0,
            syncs: true,
            untidied: 0,
            _lock: lock,
        })
    }

    /// A half-done batch behind a panicking writer would leave callers waiting on a database nobody writes: end instead.
    pub(super) fn run_or_abort(mut self) {
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
                    // A migration that ends half would be undone in any case; this one is on disk when it is told of.
                    let _ = self.sync(true);
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
                Next::Cut(reply) => {
                    self.untidied = self.untidied.max(1);
                    self.tidy(Duration::from_millis(50));
                    let _ = reply.send(self.untidied == 0);
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
        let passing = self.queue.only_passing();
        if let Err(error) = self.begin(passing) {
            // All of them, or each would wait anew for whoever holds the database.
            let Failure { error, .. } = failure(&error, 0);
            for list in self.queue.all() {
                self.queue.answer(list, Err(error.clone()));
            }
            return;
        }
        let begun = now();
        // Who came while the lock was waited for has a say, unless nobody is to be told that it is on disk.
        let urgency = if passing {
            Urgency::Passing
        } else {
            self.queue.turn(self.user_batches)
        };
        match urgency {
            Urgency::User | Urgency::Passing => self.user_batches += 1,
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

    /// Begins a batch. One that holds only passing lists is written to the log without a sync: the next commit that syncs takes it along,
    /// since the log is one file and is read from its beginning, so that no fall leaves a later commit without an earlier one.
    fn begin(&mut self, passing: bool) -> rusqlite::Result<()> {
        self.sync(!passing)?;
        self.end("BEGIN IMMEDIATE")
    }

    /// Whether commits wait for the disk from now on; outside a transaction only.
    fn sync(&mut self, wanted: bool) -> rusqlite::Result<()> {
        if wanted != self.syncs {
            let level = if wanted { "FULL" } else { "NORMAL" };
            self.connection.pragma_update(None, "synchronous", level)?;
            self.syncs = wanted;
        }
        Ok(())
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

fn writing(path: &Path, options: &SqliteOptions) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(options.wait)?;
    // Twice the usual pages between checkpoints: the writer makes them itself, in a user's way.
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
         PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = {};
         PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864",
        options.mmap
    ))?;
    if let Some(pages) = options.largest {
        connection.execute_batch(&format!("PRAGMA max_page_count = {pages}"))?;
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

#[expect(
    clippy::disallowed_methods,
    reason = "measures how long a bulk batch has run; decides nothing that is stored"
)]
fn now() -> Instant {
    Instant::now()
}

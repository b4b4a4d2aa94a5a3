//! 연결 하나 — one connection to PostgreSQL: its prepared statements, its transactions, its errors and types.

use super::super::{CommitError, Expect, ReadError, Row, Value, Write, chain};
use bytes::BytesMut;
use futures_util::{
    TryStreamExt,
    future::{MaybeDone, maybe_done},
};
use std::{
    borrow::Cow,
    collections::HashMap,
    error::Error as StdError,
    future::poll_fn,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
    time::Duration,
};
use tokio::time::timeout;
use tokio_postgres::{
    CancelToken, Client, Error, NoTls, Statement,
    error::SqlState,
    types::{FromSql, IsNull, ToSql, Type, to_sql_checked},
};

/// Statements kept prepared per connection; beyond it the composed ones are forgotten.
const STATEMENTS: usize = 512;
/// How long a server that was asked to stop waiting may take to say what became of the commit.
const ANSWER: Duration = Duration::from_secs(5);

/// One connection with what it has prepared.
pub(super) struct Link {
    pub(super) client: Client,
    /// Raised by each WARNING of the server.
    warned: Arc<AtomicBool>,
    statements: HashMap<Cow<'static, str>, Statement>,
    /// Within a transaction, or asked to stop. A connection dropped so (its caller went away) is not used again.
    pub(super) open: bool,
    /// The longest a commit may wait for its standby.
    longest: Duration,
}

impl Link {
    pub(super) fn new(client: Client, warned: Arc<AtomicBool>, longest: Duration) -> Link {
        Link {
            client,
            warned,
            statements: HashMap::new(),
            open: false,
            longest,
        }
    }

    /// Commits the list in a transaction that begins like this.
    pub(super) async fn commit(&mut self, writes: &[Write], begin: &'static str) -> Result<(), CommitError> {
        let requests = requests(writes);
        let mut statements = Vec::with_capacity(requests.len());
        for request in &requests {
            let prepared = self.prepared(request.sql.clone()).await;
            statements.push(prepared.map_err(|error| failure(&error, request.at))?);
        }
        self.open = true;
        let (begun, outcomes) = self.send(&requests, &statements, begin).await;
        if let Err(error) = begun {
            // Without its BEGIN every statement that passed was a transaction of its own.
            return Err(match failure(&error, 0) {
                why if outcomes.iter().any(Result::is_ok) => CommitError::Unknown(why.to_string()),
                why => why,
            });
        }
        for (outcome, request) in outcomes.into_iter().zip(&requests) {
            let at = request.at;
            let refused = match (outcome, request.expect) {
                (Err(error), _) => failure(&error, at),
                (Ok(rows), Expect::Rows(expected)) if rows != expected => CommitError::Conflict { write: at },
                (Ok(_), Expect::Rows(_) | Expect::Any) => continue,
            };
            if self.client.batch_execute("ROLLBACK").await.is_ok() {
                self.open = false;
            }
            return Err(refused);
        }
        self.warned.store(false, Ordering::Release);
        let mut waiting = Waiting(Some(self.client.cancel_token()));
        let mut commit = pin!(self.client.batch_execute("COMMIT"));
        let (committed, asked) = match timeout(self.longest, &mut commit).await {
            Ok(committed) => (committed, false),
            Err(_) => {
                waiting.end();
                let answer = timeout(ANSWER, commit).await;
                let silent = || CommitError::Unknown("PostgreSQL does not say whether it was stored".into());
                (answer.map_err(|_| silent())?, true)
            }
        };
        waiting.0 = None;
        // What was asked to stop may be stopped in its next statement instead.
        self.open = asked;
        match committed {
            Ok(()) if self.warned.load(Ordering::Acquire) => Err(CommitError::Unknown(
                "PostgreSQL stopped waiting for its standby".into(),
            )),
            Ok(()) => Ok(()),
            Err(error) => Err(match failure(&error, writes.len()) {
                certain @ (CommitError::Conflict { .. }
                | CommitError::Duplicate { .. }
                | CommitError::Full) => certain,
                // A deferred constraint; the server has rolled back.
                CommitError::Broken(why)
                    if error.code().is_some_and(|code| code.code().starts_with("23")) =>
                {
                    CommitError::Broken(why)
                }
                doubt => CommitError::Unknown(doubt.to_string()),
            }),
        }
    }

    /// Sends BEGIN and all statements in their order before the first answer is awaited.
    async fn send(
        &self,
        requests: &[Request<'_>],
        statements: &[Statement],
        begin: &'static str,
    ) -> (Result<(), Error>, Vec<Result<u64, Error>>) {
        let mut begin = pin!(maybe_done(self.client.batch_execute(begin)));
        let mut sent: Vec<Pin<Box<MaybeDone<_>>>> = requests
            .iter()
            .zip(statements)
            .map(|(request, statement)| {
                let params = request.writes.iter().flat_map(|write| &write.params);
                let params: Vec<&Value> = params.collect();
                Box::pin(maybe_done(self.client.execute_raw(statement, params)))
            })
            .collect();
        // A request goes out at its first poll: one round over all of them, in order, is the pipeline.
        poll_fn(|context| {
            let _ = begin.as_mut().poll(context);
            for request in &mut sent {
                let _ = request.as_mut().poll(context);
            }
            Poll::Ready(())
        })
        .await;
        begin.as_mut().await;
        let mut outcomes = Vec::with_capacity(sent.len());
        for request in &mut sent {
            request.as_mut().await;
            outcomes.extend(request.as_mut().take_output());
        }
        // Both were awaited to their end, so both outputs are there.
        (begin.take_output().unwrap_or(Ok(())), outcomes)
    }

    pub(super) async fn rows(
        &mut self,
        sql: Cow<'static, str>,
        params: &[Value],
    ) -> Result<Vec<Row>, ReadError> {
        let fetched = async {
            let statement = self.prepared(sql).await?;
            let rows = self.client.query_raw(&statement, params).await?;
            rows.and_then(|row| async move {
                (0..row.len())
                    .map(|at| row.try_get::<_, Value>(at))
                    .collect::<Result<Vec<_>, _>>()
                    .map(Row)
            })
            .try_collect::<Vec<Row>>()
            .await
        };
        fetched.await.map_err(|error| read_error(&error))
    }

    async fn prepared(&mut self, sql: Cow<'static, str>) -> Result<Statement, Error> {
        if let Some(statement) = self.statements.get(&*sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&sql).await?;
        if self.statements.len() >= STATEMENTS {
            self.statements.retain(|sql, _| matches!(sql, Cow::Borrowed(_)));
        }
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

/// A COMMIT under way. `statement_timeout` does not end its wait for a standby (the server has stopped that clock by then),
/// nor does the end of its connection: sixteen such waits would hold every connection, and the server's too. So whoever waited
/// long enough, or leaves, asks the server to stop waiting; it then says by a WARNING that no standby is known to have it.
struct Waiting(Option<CancelToken>);

impl Waiting {
    fn end(&mut self) {
        if let Some(token) = self.0.take() {
            // Where it fails the connection is lost, and said to be so by the COMMIT itself.
            tokio::spawn(async move { timeout(ANSWER, token.cancel_query(NoTls)).await });
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.end();
    }
}

/// What is sent as one: a write, or several rows of the same INSERT.
struct Request<'a> {
    /// The place of its first write in the list.
    at: usize,
    sql: Cow<'static, str>,
    writes: &'a [Write],
    expect: Expect,
}

/// So many rows go into one INSERT, and so many of those that are left over: few texts, so that each is prepared once.
const ROWS: [usize; 3] = [64, 16, 4];

/// The writes in their order; rows of the same INSERT that stand behind one another become one statement.
fn requests(writes: &[Write]) -> Vec<Request<'_>> {
    let mut requests = Vec::with_capacity(writes.len());
    let mut at = 0;
    while let Some(first) = writes.get(at) {
        let alike = |write: &&Write| write.sql == first.sql && write.expect == Expect::Any;
        let run = writes[at..].iter().take_while(alike).take(ROWS[0]).count();
        let rows = ROWS.into_iter().find(|rows| *rows <= run).unwrap_or(1);
        let (rows, sql) = match several(first.sql, rows) {
            Some(sql) => (rows, Cow::Owned(sql)),
            None => (1, Cow::Borrowed(first.sql)),
        };
        requests.push(Request {
            at,
            sql,
            writes: &writes[at..at + rows],
            expect: first.expect,
        });
        at += rows;
    }
    requests
}

/// An INSERT of one row as one of several; `None` for every other statement.
fn several(sql: &str, rows: usize) -> Option<String> {
    if rows < 2 || !sql.starts_with("INSERT INTO ") || !sql.ends_with(')') {
        return None;
    }
    let (head, row) = sql.split_once(" VALUES (")?;
    let row = row.strip_suffix(')')?;
    let columns = row.split(", ").enumerate();
    // Anything but $1, $2, … in their order is left as it is.
    let plain = |(n, column): (usize, &str)| column.strip_prefix('$') == Some(&(n + 1).to_string());
    if !columns.clone().all(plain) {
        return None;
    }
    let width = columns.count();
    let of_row = |row: usize| {
        let columns: Vec<String> = (1..=width).map(|n| format!("${}", row * width + n)).collect();
        format!("({})", columns.join(", "))
    };
    let all: Vec<String> = (0..rows).map(of_row).collect();
    Some(format!("{head} VALUES {}", all.join(", ")))
}

/// What an error at the write at this index means, before COMMIT was sent.
pub(super) fn failure(error: &Error, write: usize) -> CommitError {
    let Some(code) = error.code() else {
        let lost = error.is_closed() || error.source().is_some_and(|cause| cause.is::<std::io::Error>());
        let told = chain(error);
        return if lost {
            CommitError::Unavailable(told)
        } else {
            CommitError::Broken(told)
        };
    };
    // Code and message only: the detail of a violated key quotes the stored values.
    let told = || match error.as_db_error() {
        Some(told) => format!("{} ({})", told.message(), code.code()),
        None => code.code().to_owned(),
    };
    if *code == SqlState::UNIQUE_VIOLATION {
        CommitError::Duplicate { write }
    } else if *code == SqlState::T_R_SERIALIZATION_FAILURE
        || *code == SqlState::T_R_DEADLOCK_DETECTED
        || *code == SqlState::LOCK_NOT_AVAILABLE
    {
        CommitError::Conflict { write }
    } else if *code == SqlState::DISK_FULL {
        CommitError::Full
    } else if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
        CommitError::ReadOnly
    } else if matches!(&code.code()[..2], "08" | "53" | "57" | "58") {
        // Connection, resources, an operator's intervention (shutdown, time limit), the system under it.
        CommitError::Unavailable(told())
    } else {
        CommitError::Broken(told())
    }
}

pub(super) fn read_error(error: &Error) -> ReadError {
    match failure(error, 0) {
        CommitError::Unavailable(told) => ReadError::Unavailable(told),
        CommitError::Full => ReadError::Unavailable("the disk is full".into()),
        CommitError::Conflict { .. } => ReadError::Unavailable("another transaction was in the way".into()),
        other => ReadError::Broken(other.to_string()),
    }
}

type Refused = Box<dyn StdError + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Refused> {
        match (self, wanted) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(value), &Type::INT8) => value.to_sql(wanted, out),
            (Value::Int(value), &Type::INT4) => i32::try_from(*value)?.to_sql(wanted, out),
            (Value::Int(value), &Type::INT2) => i16::try_from(*value)?.to_sql(wanted, out),
            (Value::Text(value), &(Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME)) => {
                value.to_sql(wanted, out)
            }
            (Value::Bytes(value), &Type::BYTEA) => value.to_sql(wanted, out),
            (Value::Ints(value), &Type::INT8_ARRAY) => value.to_sql(wanted, out),
            (Value::Int(_) | Value::Text(_) | Value::Bytes(_) | Value::Ints(_), _) => {
                Err(format!("this parameter does not fit the type {wanted} that the text gives it").into())
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(given: &Type, raw: &'a [u8]) -> Result<Value, Refused> {
        Ok(match *given {
            Type::INT8 => Value::Int(i64::from_sql(given, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(given, raw)?.into()),
            Type::INT2 => Value::Int(i16::from_sql(given, raw)?.into()),
            Type::BOOL => Value::Int(bool::from_sql(given, raw)?.into()),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME => {
                Value::Text(String::from_sql(given, raw)?)
            }
            Type::BYTEA => Value::Bytes(raw.to_vec()),
            Type::INT8_ARRAY => Value::Ints(Vec::from_sql(given, raw)?),
            _ => return Err(format!("a column of type {given}: cast it in the text").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Value, Refused> {
        Ok(Value::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_insert_are_sent_together_and_nothing_else_is() {
        const ROW: &str = "INSERT INTO t (a, b) VALUES ($1, $2)";
        assert_eq!(
            several(ROW, 2).unwrap(),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)"
        );
        for other in [
            "INSERT INTO t (a, b) VALUES ($1, 2)",
            "INSERT INTO t (a) VALUES ($1) ON CONFLICT DO NOTHING",
            "DELETE FROM t WHERE a = $1",
            "INSERT INTO t (a, b) VALUES ($2, $1)",
        ] {
            assert_eq!(several(other, 4), None, "{other}");
        }
        let row = |n: i64| Write::new(ROW, vec![Value::Int(n), Value::Int(n)]);
        let mut writes: Vec<Write> = (0..70).map(row).collect();
        writes.insert(5, Write::new("DELETE FROM t", Vec::new()));
        let sent = requests(&writes);
        let sizes: Vec<(usize, usize)> = sent.iter().map(|r| (r.at, r.writes.len())).collect();
        assert_eq!(sizes[..3], [(0, 4), (4, 1), (5, 1)]);
        assert_eq!(sizes[3], (6, 64));
        assert_eq!(sizes.iter().map(|(_, n)| n).sum::<usize>(), 71);
    }
}

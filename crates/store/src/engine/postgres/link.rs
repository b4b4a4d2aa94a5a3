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
};
use tokio_postgres::{
    Client, Error, Statement,
    error::SqlState,
    types::{FromSql, IsNull, ToSql, Type, to_sql_checked},
};

/// Statements kept prepared per connection; beyond it the composed ones are forgotten.
const STATEMENTS: usize = 512;

/// One connection with what it has prepared.
pub(super) struct Link {
    pub(super) client: Client,
    /// Raised by each WARNING of the server.
    warned: Arc<AtomicBool>,
    statements: HashMap<Cow<'static, str>, Statement>,
    /// Within a transaction. A connection dropped so (its caller went away) is not used again.
    pub(super) open: bool,
}

impl Link {
    pub(super) fn new(client: Client, warned: Arc<AtomicBool>) -> Link {
        Link {
            client,
            warned,
            statements: HashMap::new(),
            open: false,
        }
    }

    /// Commits the list in a transaction that begins like this.
    pub(super) async fn commit(&mut self, writes: &[Write], begin: &'static str) -> Result<(), CommitError> {
        let mut statements = Vec::with_capacity(writes.len());
        for (at, write) in writes.iter().enumerate() {
            let prepared = self.prepared(Cow::Borrowed(write.sql)).await;
            statements.push(prepared.map_err(|error| failure(&error, at))?);
        }
        self.open = true;
        let (begun, outcomes) = self.send(writes, &statements, begin).await;
        if let Err(error) = begun {
            // Without its BEGIN every statement that passed was a transaction of its own.
            return Err(match failure(&error, 0) {
                why if outcomes.iter().any(Result::is_ok) => CommitError::Unknown(why.to_string()),
                why => why,
            });
        }
        for (at, (outcome, write)) in outcomes.into_iter().zip(writes).enumerate() {
            let refused = match (outcome, write.expect) {
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
        let committed = self.client.batch_execute("COMMIT").await;
        self.open = false;
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
        writes: &[Write],
        statements: &[Statement],
        begin: &'static str,
    ) -> (Result<(), Error>, Vec<Result<u64, Error>>) {
        let mut begin = pin!(maybe_done(self.client.batch_execute(begin)));
        let mut sent: Vec<Pin<Box<MaybeDone<_>>>> = writes
            .iter()
            .zip(statements)
            .map(|(write, statement)| {
                Box::pin(maybe_done(
                    self.client.execute_raw(statement, write.params.iter()),
                ))
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

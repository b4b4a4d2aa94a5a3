//! 맨 엔진 — the same rows and bytes written by one bare thread or connection, prepared statements, the same batches.

use super::now;
use anyhow::Context;
use futures_util::future::try_join_all;
use rusqlite::Connection;
use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;
use store::engine::Write;
use store::engine::dialect::for_sqlite;

/// Writes all lists into the SQLite file, `group` of them in one commit; how long it took.
pub fn sqlite(file: &Path, lists: &[Vec<Write>], group: usize) -> anyhow::Result<Duration> {
    let connection = Connection::open(file)?;
    // The same settings as the engine's own writer.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456;
         PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864",
    )?;
    let mut statements: HashMap<&'static str, rusqlite::Statement<'_>> = HashMap::new();
    for write in lists.iter().flatten() {
        if !statements.contains_key(write.sql) {
            statements.insert(write.sql, connection.prepare(&for_sqlite(write.sql))?);
        }
    }
    let begun = now();
    for batch in lists.chunks(group.max(1)) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for write in batch.iter().flatten() {
            let statement = statements.get_mut(write.sql).context("prepared above")?;
            for (at, param) in write.params.iter().enumerate() {
                statement.raw_bind_parameter(at + 1, param)?;
            }
            statement.raw_execute()?;
        }
        connection.execute_batch("COMMIT")?;
    }
    Ok(begun.elapsed())
}

/// Writes all lists over one connection, `group` of them in one pipelined transaction; how long it took.
pub async fn postgres(
    (url, schema): &(String, String),
    lists: &[Vec<Write>],
    group: usize,
) -> anyhow::Result<Duration> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
    let connection = tokio::spawn(connection);
    client
        .batch_execute(&format!("SET search_path = {schema}"))
        .await?;
    let mut statements = HashMap::new();
    for write in lists.iter().flatten() {
        if !statements.contains_key(write.sql) {
            statements.insert(write.sql, client.prepare(write.sql).await?);
        }
    }
    let begun = now();
    for batch in lists.chunks(group.max(1)) {
        let begin = client.batch_execute("BEGIN");
        // Requests go out in the order of their first poll: BEGIN, the writes, COMMIT, without waiting in between.
        let writes = try_join_all(
            (batch.iter().flatten())
                .map(|write| client.execute_raw(&statements[write.sql], write.params.iter())),
        );
        let commit = client.batch_execute("COMMIT");
        let (begun, written, committed) = futures_util::future::join3(begin, writes, commit).await;
        begun?;
        written?;
        committed?;
    }
    let took = begun.elapsed();
    drop(client);
    connection.await??;
    Ok(took)
}

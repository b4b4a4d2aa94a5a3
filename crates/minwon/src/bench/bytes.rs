//! 바이트 — how much of the disk each part of a place takes.

use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// The parts, in the order of the table.
pub const PARTS: [&str; 6] = ["journal", "heads", "vault", "access log", "index", "other"];

/// The part that a table and its indexes belong to.
fn part(table: &str) -> &'static str {
    match table {
        "event" | "unsealed" | "leaf" | "root" | "seal" => "journal",
        "head" | "involved" | "involved_open" | "awaited" | "measured" | "measured_total"
        | "measured_city" | "mailing" | "published" | "entrusted" | "hand_out" => "heads",
        "vault" | "vault_key" | "person" | "identity" | "claim" | "tie" => "vault",
        "ledger" | "ledger_root" | "ledger_seal" => "access log",
        "entry" | "position" => "index",
        words if words.starts_with("words") => "index",
        _ => "other",
    }
}

fn gathered(tables: impl IntoIterator<Item = (String, u64)>) -> Vec<(&'static str, u64)> {
    let mut sums: Vec<(&'static str, u64)> = PARTS.map(|name| (name, 0)).to_vec();
    for (table, bytes) in tables {
        let name = part(&table);
        if let Some((_, sum)) = sums.iter_mut().find(|(part, _)| *part == name) {
            *sum += bytes;
        }
    }
    sums
}

/// Bytes of the live place by part.
pub async fn parts(data: &Path, database: Option<&str>) -> anyhow::Result<Vec<(&'static str, u64)>> {
    let tables = match database {
        Some(url) => of_server(url).await?,
        None => {
            let mut tables = of_file(&data.join("live.db"))?;
            tables.extend(of_file(&data.join("live.index.db"))?);
            tables
        }
    };
    Ok(gathered(tables))
}

fn of_file(path: &Path) -> anyhow::Result<Vec<(String, u64)>> {
    const SQL: &str = "SELECT coalesce(s.tbl_name, d.name), sum(d.pgsize) FROM dbstat d \
        LEFT JOIN sqlite_schema s ON s.name = d.name WHERE d.aggregate = TRUE GROUP BY 1";
    let file = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = file.prepare(SQL)?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

async fn of_server(url: &str) -> anyhow::Result<Vec<(String, u64)>> {
    const SQL: &str = "SELECT c.relname::text, pg_total_relation_size(c.oid) FROM pg_class c \
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'live' AND c.relkind = 'r'";
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
    let connection = tokio::spawn(connection);
    let rows = client.query(SQL, &[]).await?;
    drop(client);
    connection.await??;
    Ok((rows.iter())
        .map(|row| (row.get(0), row.get::<_, i64>(1).unsigned_abs()))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_counted_once() {
        let tables = [
            "event",
            "head",
            "vault",
            "ledger",
            "words_data",
            "entry",
            "setting",
        ];
        let sums = gathered(tables.map(|table| (table.to_owned(), 5)));
        assert_eq!(sums.iter().map(|(_, sum)| sum).sum::<u64>(), 35);
        assert_eq!(sums[4], ("index", 10));
        assert_eq!(sums[5], ("other", 5));
    }
}

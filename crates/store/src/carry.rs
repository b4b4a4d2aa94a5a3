//! 이사 — one place carried whole from one database to another, which may be of the other engine.
//!
//! Table by table in the order of the keys, page by page, each page one commit; interrupted, it goes on behind the last row that arrived.
//! Both sides have the same tables and columns, so that nothing needs to know what a row means. The index is not carried: it is
//! built anew from the vault. Nobody may write on the old side meanwhile, and a mark keeps it from being served afterwards.

use crate::engine::{
    Ask, CommitError, Dialect, Engine, OpenError, PostgresOptions, ReadError, Row, SqliteOptions, Urgency,
    Value, Write,
};
use crate::place::{Place, PlaceName, TABLES, Where};

/// Rows of one commit.
const PIECE: u32 = 500;
/// Bytes of sealed texts in one commit, as far as a single one is not longer.
const BYTES: i64 = 8_000_000;
/// Tables that are derived, say who is at work, or belong to the history of the migrations.
const LEFT_OUT: &[&str] = &["entry", "lease", "position", "refinery_schema_history"];
/// Carried at the very end, in one commit: until then it says that the new side is not whole.
const LAST: &str = "setting";
/// The mark on the new side until all of it is there and checked.
pub const COMING: &str = "carried_from";
/// What the mark says of a place that is there whole, while others may not be.
const WHOLE: &str = "whole";
/// The mark on the old side once it is.
pub const GONE: &str = "carried_to";

/// What was carried of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: u64,
}

/// Why a place could not be carried.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    /// A database.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A write.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The new side holds something of its own.
    #[error("the place `{0}` holds data of its own at the new address: give an empty one")]
    Occupied(&'static str),
    /// A row is missing.
    #[error("the table `{table}` has {here} rows at the old address and {there} at the new one")]
    Differs {
        /// The table.
        table: String,
        /// At the old address.
        here: u64,
        /// At the new one.
        there: u64,
    },
    /// A table that cannot be walked.
    #[error("the table `{0}` has no primary key")]
    Keyless(String),
}

/// A table as both sides know it.
struct Table {
    name: String,
    columns: Vec<String>,
    /// Places of the primary key among the columns, in its order.
    key: Vec<usize>,
}

impl Table {
    fn list(&self) -> String {
        self.columns.join(", ")
    }

    fn keys(&self) -> Vec<&str> {
        self.key.iter().map(|at| self.columns[*at].as_str()).collect()
    }

    fn key_of(&self, row: &Row) -> Result<Vec<Value>, ReadError> {
        self.key.iter().map(|at| row.value(*at)).collect()
    }

    /// The text that lays a row down. There is one for each table, and the program ends with the move.
    fn insert(&self) -> &'static str {
        let places: Vec<String> = (1..=self.columns.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.name,
            self.list(),
            places.join(", ")
        );
        sql.leak()
    }
}

/// One place, open on both sides.
pub struct Carrier {
    name: PlaceName,
    from: Engine,
    to: Engine,
    tables: Vec<Table>,
}

async fn open(at: &Where, name: PlaceName) -> Result<Engine, OpenError> {
    let engine = match at {
        Where::Folder(folder) => {
            let file = folder.join(format!("{}.db", name.name()));
            Engine::sqlite(&file, SqliteOptions::default()).await?
        }
        Where::Server { url, prefix } => {
            let schema = format!("{prefix}{}", name.name());
            Engine::postgres(url, &schema, PostgresOptions::default()).await?
        }
    };
    engine.migrate(TABLES).await?;
    Ok(engine)
}

async fn tables(engine: &Engine) -> Result<Vec<Table>, CarryError> {
    let (tables, columns) = match engine.dialect() {
        Dialect::Sqlite => (
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
            "SELECT name, pk FROM pragma_table_info($1) ORDER BY cid",
        ),
        Dialect::Postgres => (
            "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1",
            "SELECT CAST(a.attname AS TEXT), CAST(COALESCE(array_position(i.indkey::int2[], a.attnum) + 1, 0) AS BIGINT) \
             FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
             LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary \
             WHERE n.nspname = current_schema() AND CAST(c.relname AS TEXT) = $1 AND a.attnum > 0 AND NOT a.attisdropped \
             ORDER BY a.attnum",
        ),
    };
    let mut all = Vec::new();
    for row in engine.query(tables, Vec::new()).await? {
        let name = row.text(0)?.to_owned();
        if LEFT_OUT.contains(&name.as_str()) {
            continue;
        }
        let (mut names, mut key) = (Vec::new(), Vec::new());
        for (at, column) in engine
            .query(columns, crate::params![&name])
            .await?
            .iter()
            .enumerate()
        {
            names.push(column.text(0)?.to_owned());
            let place = column.int(1)?;
            if place > 0 {
                key.push((place, at));
            }
        }
        if key.is_empty() {
            return Err(CarryError::Keyless(name));
        }
        key.sort_unstable();
        all.push(Table {
            name,
            columns: names,
            key: key.into_iter().map(|(_, at)| at).collect(),
        });
    }
    Ok(all)
}

async fn rows(engine: &Engine, table: &str) -> Result<u64, ReadError> {
    let sql = format!("SELECT count(*) FROM {table}");
    let counted = engine.query_text(sql, Vec::new()).await?;
    counted
        .first()
        .map_or(Ok(0), |row| Ok(row.int(0)?.unsigned_abs()))
}

async fn setting(engine: &Engine, name: &str) -> Result<Option<String>, ReadError> {
    const SQL: &str = "SELECT value FROM setting WHERE name = $1";
    let row = engine.query_optional(SQL, crate::params![name]).await?;
    row.map(|row| row.text(0).map(str::to_owned)).transpose()
}

fn mark(name: &str, value: &str) -> Write {
    Write::new(
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        crate::params![name, value],
    )
}

/// The place is there whole and was checked: it may be served from now on.
pub async fn arrived(place: &Place) -> Result<(), CommitError> {
    let gone = Write::new("DELETE FROM setting WHERE name = $1", crate::params![COMING]);
    place.db.commit(vec![gone], Urgency::User).await
}

impl Carrier {
    /// Opens a place on both sides. Errors: a server is at work on SQLite files; the new side holds data that was not carried there.
    pub async fn open(from: &Where, to: &Where, name: PlaceName) -> Result<Carrier, CarryError> {
        let (from, to) = (open(from, name).await?, open(to, name).await?);
        let tables = tables(&from).await?;
        let carrier = Carrier {
            name,
            from,
            to,
            tables,
        };
        carrier.begin().await?;
        Ok(carrier)
    }

    /// Empties what the migrations laid down, once, and marks the new side as not whole.
    async fn begin(&self) -> Result<(), CarryError> {
        if setting(&self.to, COMING).await?.is_some() {
            return Ok(());
        }
        for table in ["event", "person", "official", LAST] {
            if rows(&self.to, table).await? > 0 {
                return Err(CarryError::Occupied(self.name.name()));
            }
        }
        let mut writes = Vec::new();
        for table in self.tables.iter().filter(|table| table.name != LAST) {
            let sql: &'static str = format!("DELETE FROM {}", table.name).leak();
            writes.push(Write::new(sql, Vec::new()));
        }
        writes.push(mark(COMING, self.name.name()));
        Ok(self.to.commit(writes, Urgency::User).await?)
    }

    /// Carries every table that is not there whole, the settings last; `progress` is told table and rows so far. Gives what lies at
    /// the new address in the end. Errors: a table is longer on one side.
    pub async fn carry(&self, mut progress: impl FnMut(&str, u64)) -> Result<Vec<Carried>, CarryError> {
        let mut all = Vec::new();
        for table in self.tables.iter().filter(|table| table.name != LAST) {
            self.carry_table(table, &mut progress).await?;
            let (here, there) = (
                rows(&self.from, &table.name).await?,
                rows(&self.to, &table.name).await?,
            );
            if here != there {
                let table = table.name.clone();
                return Err(CarryError::Differs { table, here, there });
            }
            all.push(Carried {
                table: table.name.clone(),
                rows: there,
            });
        }
        if setting(&self.to, COMING).await?.as_deref() != Some(WHOLE) {
            let settings = self
                .from
                .query("SELECT name, value FROM setting ORDER BY name", Vec::new())
                .await?;
            let mut writes = vec![Write::new("DELETE FROM setting", Vec::new())];
            for row in &settings {
                writes.push(mark(row.text(0)?, row.text(1)?));
            }
            writes.push(mark(COMING, WHOLE));
            self.to.commit(writes, Urgency::User).await?;
        }
        Ok(all)
    }

    async fn carry_table(
        &self,
        table: &Table,
        progress: &mut impl FnMut(&str, u64),
    ) -> Result<(), CarryError> {
        let keys = table.keys();
        let backwards: Vec<String> = keys.iter().map(|key| format!("{key} DESC")).collect();
        let last = format!(
            "SELECT {} FROM {} ORDER BY {} LIMIT 1",
            table.list(),
            table.name,
            backwards.join(", ")
        );
        let last = self.to.query_text(last, Vec::new()).await?;
        let mut after = last.first().map(|row| table.key_of(row)).transpose()?;
        let insert = table.insert();
        let mut done = if after.is_some() {
            rows(&self.to, &table.name).await?
        } else {
            0
        };
        loop {
            let limit = self.fitting(table, after.as_deref()).await?;
            let page = self.page(table, &table.list(), after.as_deref(), limit).await?;
            let Some(end) = page.last() else { return Ok(()) };
            after = Some(table.key_of(end)?);
            let mut writes = Vec::with_capacity(page.len());
            for row in &page {
                let values: Result<Vec<Value>, ReadError> =
                    (0..table.columns.len()).map(|at| row.value(at)).collect();
                writes.push(Write::new(insert, values?));
            }
            self.to.commit(writes, Urgency::User).await?;
            done += page.len() as u64;
            progress(&table.name, done);
        }
    }

    /// How many rows of the next page fit into memory: sealed files are long.
    async fn fitting(&self, table: &Table, after: Option<&[Value]>) -> Result<u32, CarryError> {
        if table.name != "vault" {
            return Ok(PIECE);
        }
        let lengths = self
            .page(table, "CAST(length(sealed) AS BIGINT)", after, PIECE)
            .await?;
        let (mut sum, mut n) = (0, 0);
        for row in &lengths {
            sum += row.int(0)?;
            if n > 0 && sum > BYTES {
                break;
            }
            n += 1;
        }
        Ok(n.max(1))
    }

    async fn page(
        &self,
        table: &Table,
        what: &str,
        after: Option<&[Value]>,
        limit: u32,
    ) -> Result<Vec<Row>, ReadError> {
        let keys = table.keys().join(", ");
        let mut params: Vec<Value> = after.map(<[Value]>::to_vec).unwrap_or_default();
        let mut sql = format!("SELECT {what} FROM {}", table.name);
        if !params.is_empty() {
            let places: Vec<String> = (1..=params.len()).map(|n| format!("${n}")).collect();
            sql.push_str(&format!(" WHERE ({keys}) > ({})", places.join(", ")));
        }
        params.push(limit.into());
        sql.push_str(&format!(" ORDER BY {keys} LIMIT ${}", params.len()));
        self.from.query_text(sql, params).await
    }

    /// Marks the old side as gone to `whither`, so that nobody files there any more.
    pub async fn leave(&self, whither: &str) -> Result<(), CarryError> {
        Ok(self.from.commit(vec![mark(GONE, whither)], Urgency::User).await?)
    }

    /// Lets the new side go, to be opened like any other.
    pub async fn hand_over(&self) {
        self.to.close().await;
    }

    /// Lets the old side go.
    pub async fn close(&self) {
        self.from.close().await;
    }
}

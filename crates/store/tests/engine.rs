//! 저장 엔진의 시험 — what the rooms above rely on, told on both engines.

// Included, not depended on: the test kit stands on every crate of the house, and these tests need this one only.
#[expect(
    dead_code,
    reason = "going back to a moment is told by the stories of the city"
)]
#[path = "../../testkit/src/postgres.rs"]
mod postgres;

#[path = "engine/postgres.rs"]
mod own_to_postgres;
#[path = "engine/sqlite.rs"]
mod own_to_sqlite;

use futures_util::future::join_all;
use postgres::{Server, Sync, fresh_schema};
use proptest::{prelude::*, test_runner::TestRunner};
use refinery::{Migration, Runner};
use std::{path::Path, time::Duration};
use store::{
    engine::{
        Ask, CommitError, Dialect, Engine, MigrationSet, OpenError, PostgresOptions, ReadError, Row,
        SqliteOptions, Urgency, Value, Write,
    },
    params,
};
use tempfile::TempDir;

const TABLES: MigrationSet = MigrationSet {
    sqlite: || {
        Runner::new(&[migration(
            "V1__tables",
            "CREATE TABLE item (id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, name TEXT NOT NULL UNIQUE, body BLOB) STRICT;
             CREATE TABLE line (at INTEGER PRIMARY KEY AUTOINCREMENT, who TEXT NOT NULL) STRICT;
             CREATE TABLE part (id INTEGER PRIMARY KEY,
                 item INTEGER NOT NULL REFERENCES item DEFERRABLE INITIALLY DEFERRED) STRICT;",
        )])
    },
    postgres: Some(|| {
        Runner::new(&[migration(
            "V1__tables",
            "CREATE TABLE item (id BIGINT PRIMARY KEY, rev BIGINT NOT NULL, name TEXT COLLATE \"C\" NOT NULL UNIQUE, body BYTEA);
             CREATE TABLE line (at BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, who TEXT NOT NULL);
             CREATE TABLE part (id BIGINT PRIMARY KEY,
                 item BIGINT NOT NULL REFERENCES item DEFERRABLE INITIALLY DEFERRED);",
        )])
    }),
};

fn migration(name: &str, sql: &str) -> Migration {
    Migration::unapplied(name, sql).expect("a well-named migration")
}

const INSERT: &str = "INSERT INTO item (id, rev, name, body) VALUES ($1, $2, $3, $4)";
const BUMP: &str = "UPDATE item SET rev = rev + 1 WHERE id = $1 AND rev = $2";
const COUNT: &str = "SELECT COUNT(*) FROM item";
const ALL: &str = "SELECT id, rev, name, body FROM item ORDER BY id";

fn insert(id: i64) -> Write {
    Write::new(INSERT, params![id, 1_i64, format!("민원 {id}"), None::<Vec<u8>>]).rows(1)
}

async fn sqlite(folder: &TempDir) -> Engine {
    sqlite_with(folder.path(), SqliteOptions::default()).await
}

async fn sqlite_with(folder: &Path, options: SqliteOptions) -> Engine {
    let engine = Engine::sqlite(&folder.join("live.db"), options)
        .await
        .expect("opens");
    engine.migrate(TABLES).await.expect("migrates");
    engine
}

async fn postgres(address: &str, options: PostgresOptions) -> Engine {
    let engine = Engine::postgres(address, &fresh_schema(), options)
        .await
        .expect("connects");
    engine.migrate(TABLES).await.expect("migrates");
    engine
}

/// Both engines with empty tables; the folder lives as long as it is held.
async fn both() -> ([Engine; 2], TempDir) {
    let folder = TempDir::new().expect("a folder");
    let engines = [
        sqlite(&folder).await,
        postgres(&Server::shared(), PostgresOptions::default()).await,
    ];
    (engines, folder)
}

async fn count(engine: &Engine) -> i64 {
    engine
        .query_one(COUNT, vec![])
        .await
        .and_then(|row| row.int(0))
        .expect("a count")
}

async fn user(engine: &Engine, writes: Vec<Write>) -> Result<(), CommitError> {
    engine.commit(writes, Urgency::User).await
}

fn broken<T>(outcome: &Result<T, CommitError>) -> bool {
    matches!(outcome, Err(CommitError::Broken(_)))
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_commit_at_once_and_nothing_is_lost_or_mixed() {
    let (engines, _folder) = both().await;
    for engine in engines {
        user(&engine, vec![insert(0)]).await.unwrap();
        let clients = (0..32_i64).map(|client| {
            let engine = engine.clone();
            tokio::spawn(async move {
                for turn in 0..25 {
                    let id = 1 + client * 25 + turn;
                    let counted = Write::new("UPDATE item SET rev = rev + 1 WHERE id = 0", vec![]).rows(1);
                    user(&engine, vec![insert(id), counted]).await.unwrap();
                    let own = engine
                        .query_one("SELECT rev FROM item WHERE id = $1", params![id])
                        .await;
                    assert_eq!(own, Ok(Row(params![1_i64])), "one reads one's own writes");
                }
            })
        });
        for client in join_all(clients).await {
            client.unwrap();
        }
        assert_eq!(count(&engine).await, 801);
        let counter = engine
            .query_one("SELECT rev FROM item WHERE id = 0", vec![])
            .await;
        assert_eq!(counter.unwrap().int(0), Ok(801));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_passes_is_seen_at_once_and_in_its_order_among_the_others() {
    let (engines, _folder) = both().await;
    for engine in engines {
        let urgency =
            |id: i64| [Urgency::Passing, Urgency::User, Urgency::Passing, Urgency::Bulk][id as usize % 4];
        let lists = (0..64).map(|id| engine.commit(vec![insert(id)], urgency(id)));
        assert!(join_all(lists).await.iter().all(Result::is_ok));
        assert_eq!(count(&engine).await, 64);
        let again = engine.commit(vec![insert(1)], Urgency::Passing).await;
        assert_eq!(again, Err(CommitError::Duplicate { write: 0 }));
        let bump = |rev: i64| vec![Write::new(BUMP, params![1_i64, rev]).rows(1)];
        assert_eq!(engine.commit(bump(1), Urgency::Passing).await, Ok(()));
        assert_eq!(user(&engine, bump(2)).await, Ok(()), "built upon what passed");
        let late = engine.commit(bump(1), Urgency::Passing).await;
        assert_eq!(late, Err(CommitError::Conflict { write: 0 }));
        engine.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_lists_among_good_ones_are_refused_alone() {
    let (engines, _folder) = both().await;
    for engine in engines {
        user(&engine, vec![insert(1000)]).await.unwrap();
        let lists = (0..40_i64).map(|id| {
            let second = match id {
                7 => insert(1000),
                11 => Write::new("UPDATE no_such_table SET rev = 1", vec![]),
                13 => Write::new(BUMP, params![1000_i64, 99_i64]).rows(1),
                17 => Write::new(INSERT, params![1_i64]),
                19 => Write::new(INSERT, params![2000_i64, 1_i64, Value::Null, Value::Null]),
                23 => Write::new(
                    "INSERT INTO part (id, item) VALUES ($1, $2)",
                    params![1_i64, 9999_i64],
                ),
                _ => insert(id + 100),
            };
            user(&engine, vec![insert(id), second])
        });
        let outcomes = join_all(lists).await;
        for (id, outcome) in outcomes.iter().enumerate() {
            match id {
                7 => assert_eq!(*outcome, Err(CommitError::Duplicate { write: 1 })),
                13 => assert_eq!(*outcome, Err(CommitError::Conflict { write: 1 })),
                11 | 17 | 19 | 23 => assert!(broken(outcome), "{id}: {outcome:?}"),
                _ => assert_eq!(*outcome, Ok(()), "{id}"),
            }
        }
        assert_eq!(count(&engine).await, 1 + 34 * 2, "{:?}", engine.dialect());
    }
}

#[tokio::test]
async fn of_two_who_saw_the_same_state_one_must_look_again() {
    let (engines, _folder) = both().await;
    for engine in engines {
        user(&engine, vec![insert(1)]).await.unwrap();
        let act = |id| vec![insert(id), Write::new(BUMP, params![1_i64, 1_i64]).rows(1)];
        let (a, b) = tokio::join!(user(&engine, act(2)), user(&engine, act(3)));
        assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
        assert_eq!(a.and(b), Err(CommitError::Conflict { write: 1 }));
        assert_eq!(count(&engine).await, 2, "the loser left nothing behind");
        assert_eq!(user(&engine, vec![]).await, Ok(()));
    }
}

#[tokio::test]
async fn a_snapshot_sees_what_was_acknowledged_before_it_and_nothing_after() {
    let (engines, _folder) = both().await;
    for engine in engines {
        user(&engine, vec![insert(1)]).await.unwrap();
        let snapshot = engine.snapshot().await.unwrap();
        user(&engine, vec![insert(2)]).await.unwrap();
        assert_eq!(snapshot.query(ALL, vec![]).await.unwrap().len(), 1);
        assert_eq!(engine.query(ALL, vec![]).await.unwrap().len(), 2);
        assert_eq!(snapshot.query_one(COUNT, vec![]).await.unwrap().int(0), Ok(1));
        let composed = format!("SELECT name FROM item WHERE id IN ({})", "$2, $1");
        let names = snapshot
            .query_text(composed, params![1_i64, 2_i64])
            .await
            .unwrap();
        assert_eq!(names, [Row(params!["민원 1"])]);
        drop(snapshot);
        assert_eq!(
            engine
                .query_optional("SELECT id FROM item WHERE id = 9", vec![])
                .await,
            Ok(None)
        );
        assert!(matches!(
            engine.query_optional(ALL, vec![]).await,
            Err(ReadError::Broken(_))
        ));
        assert!(matches!(
            engine.query("SELECT nothing", vec![]).await,
            Err(ReadError::Broken(_))
        ));
    }
}

#[tokio::test]
async fn nul_reaches_no_engine() {
    let (engines, _folder) = both().await;
    for engine in engines {
        let nul = Write::new(INSERT, params![2_i64, 1_i64, "홍\0길동", Value::Null]);
        assert_eq!(
            user(&engine, vec![insert(1), nul]).await,
            Err(CommitError::Unstorable { write: 1 })
        );
        let asked = engine
            .query("SELECT id FROM item WHERE name = $1", params!["\0"])
            .await;
        assert_eq!(asked, Err(ReadError::Unstorable));
        let bytes = Write::new(INSERT, params![3_i64, 1_i64, "묶음", vec![0_u8, 0]]);
        assert_eq!(user(&engine, vec![bytes]).await, Ok(()));
        assert_eq!(count(&engine).await, 1);
    }
}

#[tokio::test]
async fn values_come_back_as_they_went_in() {
    let (engines, _folder) = both().await;
    for engine in engines {
        let body: Vec<u8> = (0..=255).collect();
        let rows = [
            params![i64::MIN, i64::MAX, "한글 $1 '따옴표' \u{1F600}", body],
            params![0_i64, false, "", Vec::<u8>::new()],
            params![7_i64, true, "NULL", None::<Vec<u8>>],
        ];
        let writes = rows
            .iter()
            .map(|row| Write::new(INSERT, row.clone()).rows(1))
            .collect();
        user(&engine, writes).await.unwrap();
        let expected: Vec<Row> = rows.into_iter().map(Row).collect();
        assert_eq!(engine.query(ALL, vec![]).await.unwrap(), expected);
        let compared = engine
            .query_one("SELECT $1 < id, '$1' FROM item WHERE id = 7", params![6_i64])
            .await;
        assert_eq!(
            compared,
            Ok(Row(params![true, "$1"])),
            "the same truth on both, quotes left alone"
        );
        let page = "SELECT id FROM item WHERE (rev, id) < ($1, $2) ORDER BY rev DESC, id DESC LIMIT $3";
        let page = engine.query(page, params![1_i64, 7_i64, 1_i64]).await;
        assert_eq!(page, Ok(vec![Row(params![0_i64])]));

        let array = engine
            .query_one("SELECT CAST($1 AS BIGINT[])", params![vec![3_i64, -4]])
            .await;
        match engine.dialect() {
            Dialect::Postgres => assert_eq!(array.unwrap().ints(0), Ok(&[3_i64, -4][..])),
            Dialect::Sqlite => assert!(matches!(array, Err(ReadError::Broken(_)))),
        }
    }
}

#[derive(Debug, Clone)]
enum Act {
    Insert(i64, Value),
    Bump(i64, i64, u64),
    Rename(i64, i64),
    Delete(i64, Option<u64>),
    Merge(i64, i64),
}

fn write(act: &Act) -> Write {
    match act.clone() {
        Act::Insert(id, name) => Write::new(INSERT, params![id, 1_i64, name, id.to_be_bytes().to_vec()]),
        Act::Bump(id, rev, rows) => Write::new(BUMP, params![id, rev]).rows(rows),
        Act::Rename(id, to) => Write::new(
            "UPDATE item SET name = $2 WHERE id = $1",
            params![id, format!("이름 {to}")],
        ),
        Act::Delete(id, rows) => {
            let delete = Write::new("DELETE FROM item WHERE id >= $1 AND id < $1 + 2", params![id]);
            rows.map_or(delete.clone(), |rows| delete.rows(rows))
        }
        Act::Merge(id, rev) => Write::new(
            "INSERT INTO item (id, rev, name) VALUES ($2, $1, $3) ON CONFLICT (id) DO UPDATE SET rev = $1",
            params![rev, id, format!("합침 {id}")],
        )
        .rows(1),
    }
}

fn acts() -> impl Strategy<Value = Vec<Vec<Act>>> {
    let id = 0..8_i64;
    let name = prop_oneof![
        8 => (0..8_i64).prop_map(|n| Value::from(format!("이름 {n}"))),
        1 => Just(Value::Null),
        1 => Just(Value::from("a\0b")),
    ];
    let act = prop_oneof![
        5 => (id.clone(), name).prop_map(|(id, name)| Act::Insert(id, name)),
        2 => (id.clone(), 1..3_i64, 0..2_u64).prop_map(|(id, rev, rows)| Act::Bump(id, rev, rows)),
        2 => (id.clone(), 0..8_i64).prop_map(|(id, to)| Act::Rename(id, to)),
        1 => (id.clone(), proptest::option::of(0..3_u64)).prop_map(|(id, rows)| Act::Delete(id, rows)),
        1 => (id, 1..5_i64).prop_map(|(id, rev)| Act::Merge(id, rev)),
    ];
    proptest::collection::vec(proptest::collection::vec(act, 1..4), 1..24)
}

#[test]
fn the_same_random_acts_end_alike_on_both_engines() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (engines, _folder) = runtime.block_on(both());
    let told = |outcome: Result<(), CommitError>| match outcome {
        // Each engine says in its own words what is wrong with a defective statement.
        Err(CommitError::Broken(_)) => Err(CommitError::Broken(String::new())),
        other => other,
    };
    let story = |lists: Vec<Vec<Act>>| {
        runtime.block_on(async {
            for engine in &engines {
                user(engine, vec![Write::new("DELETE FROM item", vec![])])
                    .await
                    .unwrap();
            }
            for list in lists {
                let mut ends = Vec::new();
                for engine in &engines {
                    let outcome = told(user(engine, list.iter().map(write).collect()).await);
                    ends.push((outcome, engine.query(ALL, vec![]).await));
                }
                prop_assert_eq!(&ends[0], &ends[1], "after {:?}", list);
            }
            Ok(())
        })
    };
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner.run(&acts(), story).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn migrations_run_once_and_a_changed_one_is_refused() {
    let (engines, _folder) = both().await;
    for engine in engines {
        user(&engine, vec![insert(1)]).await.unwrap();
        let (a, b) = tokio::join!(engine.migrate(TABLES), engine.migrate(TABLES));
        assert!(a.is_ok() && b.is_ok(), "{a:?} {b:?}");
        assert_eq!(count(&engine).await, 1);
        let changed = MigrationSet {
            sqlite: || Runner::new(&[migration("V1__tables", "CREATE TABLE other (id INTEGER)")]),
            postgres: Some(|| Runner::new(&[migration("V1__tables", "CREATE TABLE other (id BIGINT)")])),
        };
        assert!(matches!(
            engine.migrate(changed).await,
            Err(OpenError::Migration(_))
        ));
        let index = MigrationSet {
            sqlite: || Runner::new(&[]),
            postgres: None,
        };
        assert!(
            engine.migrate(index).await.is_err(),
            "an index of SQLite, or a history this program does not know"
        );
    }
    let refused = Engine::postgres(&Server::shared(), "public; DROP", PostgresOptions::default()).await;
    assert!(matches!(refused.err(), Some(OpenError::Unusable(_))));
}

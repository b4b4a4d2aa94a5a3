//! 저장 엔진의 시험 — what the rooms above rely on, told on both engines.

// Included, not depended on: the test kit stands on every crate of the house, and these tests need this one only.
#[path = "../../testkit/src/postgres.rs"]
mod postgres;

use futures_util::future::join_all;
use postgres::{Server, Sync, fresh_schema};
use proptest::{prelude::*, test_runner::TestRunner};
use refinery::{Migration, Runner};
use std::{
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
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
async fn a_full_disk_refuses_who_needs_room_and_nobody_else() {
    let folder = TempDir::new().unwrap();
    let options = SqliteOptions {
        largest: Some(64),
        ..SqliteOptions::default()
    };
    let engine = sqlite_with(folder.path(), options).await;
    let big = |id: i64| {
        Write::new(
            INSERT,
            params![id, 1_i64, format!("큰 것 {id}"), vec![7_u8; 40_000]],
        )
        .rows(1)
    };
    let mut stored = 0;
    let refusal = loop {
        match user(&engine, vec![big(stored)]).await {
            Ok(()) => stored += 1,
            Err(why) => break why,
        }
    };
    assert_eq!(refusal, CommitError::Full);
    assert!(stored > 1, "some went in");
    let health = engine.health().await;
    assert_eq!((health.reads, health.writes), (Ok(()), Err(CommitError::Full)));

    let small = || vec![Write::new("INSERT INTO line (who) VALUES ($1)", params!["작은 것"]).rows(1)];
    let mixed = [small(), vec![big(100)], small(), vec![big(101)], small()];
    let outcomes = join_all(mixed.into_iter().map(|list| user(&engine, list))).await;
    assert_eq!(
        outcomes,
        [
            Ok(()),
            Err(CommitError::Full),
            Ok(()),
            Err(CommitError::Full),
            Ok(())
        ]
    );
    assert_eq!(count(&engine).await, stored);

    user(
        &engine,
        vec![Write::new("DELETE FROM item WHERE id = $1", params![0_i64]).rows(1)],
    )
    .await
    .unwrap();
    assert_eq!(user(&engine, vec![big(102)]).await, Ok(()), "room was made");
    assert_eq!(engine.health().await.writes, Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn users_go_before_bulk_that_came_earlier() {
    let folder = TempDir::new().unwrap();
    let engine = sqlite(&folder).await;
    // Somebody else holds the file, so that everything below is waiting before the writer chooses.
    let other = rusqlite::Connection::open(folder.path().join("live.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let line = |who: &'static str| vec![Write::new("INSERT INTO line (who) VALUES ($1)", params![who])];
    let bulk = (0..50).map(|_| engine.commit(line("bulk"), Urgency::Bulk));
    let users = (0..10).map(|_| engine.commit(line("user"), Urgency::User));
    let release = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        other.execute_batch("COMMIT").unwrap();
    };
    let (bulk, users, ()) = tokio::join!(join_all(bulk), join_all(users), release);
    assert!(bulk.iter().chain(&users).all(Result::is_ok));
    let order = engine
        .query("SELECT who FROM line ORDER BY at", vec![])
        .await
        .unwrap();
    assert_eq!(order.len(), 60);
    assert!(
        order[..10].iter().all(|row| row.text(0) == Ok("user")),
        "{order:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_queue_is_refused_at_once() {
    let folder = TempDir::new().unwrap();
    let options = SqliteOptions {
        queue: 3,
        wait: Duration::from_millis(200),
        ..SqliteOptions::default()
    };
    let engine = sqlite_with(folder.path(), options).await;
    let other = rusqlite::Connection::open(folder.path().join("live.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let outcomes = join_all((0..6).map(|id| user(&engine, vec![insert(id)]))).await;
    assert!(
        outcomes
            .iter()
            .all(|o| matches!(o, Err(CommitError::Unavailable(_)))),
        "{outcomes:?}"
    );
    let too_many = CommitError::Unavailable("too many lists are waiting".into());
    assert_eq!(
        outcomes
            .iter()
            .filter(|o| o.as_ref().err() == Some(&too_many))
            .count(),
        3
    );
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(user(&engine, vec![insert(1)]).await, Ok(()));
}

#[tokio::test]
async fn one_file_has_one_writer_and_strangers_cannot_read_it() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("new/place/live.db");
    let first = Engine::sqlite(&path, SqliteOptions::default()).await.unwrap();
    first.migrate(TABLES).await.unwrap();
    user(&first, vec![insert(1)]).await.unwrap();
    let second = Engine::sqlite(&path, SqliteOptions::default()).await;
    assert!(matches!(second.err(), Some(OpenError::InUse { .. })));
    for (name, mode) in [
        ("live.db", 0o600),
        ("live.db-wal", 0o600),
        ("live.db.lock", 0o600),
        ("", 0o700),
    ] {
        let found = path
            .parent()
            .unwrap()
            .join(name)
            .metadata()
            .unwrap()
            .permissions()
            .mode()
            & 0o777;
        assert_eq!(found, mode, "{name}");
    }
    first.close().await;
    assert!(matches!(
        user(&first, vec![insert(2)]).await,
        Err(CommitError::Unavailable(_))
    ));
    let third = Engine::sqlite(&path, SqliteOptions::default()).await.unwrap();
    assert_eq!(count(&third).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_stores_what_still_waits() {
    let folder = TempDir::new().unwrap();
    let engine = sqlite(&folder).await;
    let waiting = join_all((0..50).map(|id| engine.commit(vec![insert(id)], Urgency::Bulk)));
    let (outcomes, ()) = tokio::join!(waiting, engine.close());
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(count(&sqlite(&folder).await).await, 50);
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

#[tokio::test]
async fn the_search_index_of_sqlite_is_there() {
    let folder = TempDir::new().unwrap();
    let index = MigrationSet {
        sqlite: || {
            let fts = "CREATE VIRTUAL TABLE token USING fts5(tokens, content='', detail=none, columnsize=0)";
            Runner::new(&[migration("V1__index", fts)])
        },
        postgres: None,
    };
    let engine = Engine::sqlite(&folder.path().join("index.db"), SqliteOptions::default())
        .await
        .unwrap();
    engine.migrate(index).await.unwrap();
    let add = |id: i64, tokens: &str| {
        Write::new(
            "INSERT INTO token (rowid, tokens) VALUES ($1, $2)",
            params![id, tokens],
        )
    };
    user(&engine, vec![add(1, "a1 b2"), add(2, "b2 c3")])
        .await
        .unwrap();
    let found = engine
        .query(
            "SELECT rowid FROM token WHERE token MATCH $1 ORDER BY rowid DESC",
            params!["b2"],
        )
        .await;
    assert_eq!(found, Ok(vec![Row(params![2_i64]), Row(params![1_i64])]));
    user(
        &engine,
        vec![Write::new(
            "INSERT INTO token (token, rowid, tokens) VALUES ('delete', $1, $2)",
            params![1_i64, "a1 b2"],
        )],
    )
    .await
    .unwrap();
    let found = engine
        .query("SELECT rowid FROM token WHERE token MATCH $1", params!["a1"])
        .await;
    assert_eq!(found, Ok(vec![]));
}

const CHILD: &str = "MINWON_TEST_CHILD_FOLDER";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_kill_is_there_after_it() {
    let folder = TempDir::new().unwrap();
    for round in 0..3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "child_that_is_killed", "--nocapture"])
            .env(CHILD, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let told = lines.map_while(Result::ok);
        let mut acknowledged = Vec::new();
        for line in told {
            acknowledged.extend(line.strip_prefix("ack ").and_then(|id| id.parse::<i64>().ok()));
            if acknowledged.len() == 100 + round * 37 {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(acknowledged.len() >= 100, "the child worked");
        let engine = sqlite(&folder).await;
        let there: Vec<i64> = engine
            .query("SELECT id FROM item", vec![])
            .await
            .unwrap()
            .iter()
            .map(|row| row.int(0).unwrap())
            .collect();
        for id in acknowledged {
            assert!(there.contains(&id), "{id} was acknowledged and is lost");
        }
        for id in &there {
            assert!(there.contains(&-id), "{id} is half stored");
        }
        engine.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started and killed by what_was_acknowledged_before_a_kill_is_there_after_it"]
async fn child_that_is_killed() {
    let folder = std::env::var(CHILD).expect("started by the other test");
    let engine = sqlite_with(Path::new(&folder), SqliteOptions::default()).await;
    let from = count(&engine).await;
    let clients = (1..=8_i64).map(|client| {
        let engine = engine.clone();
        tokio::spawn(async move {
            for turn in 0.. {
                let id = from + turn * 8 + client;
                user(&engine, vec![insert(id), insert(-id)]).await.unwrap();
                println!("ack {id}");
            }
        })
    });
    join_all(clients).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_gone_is_said_and_back_is_noticed() {
    let server = Server::start(Sync::On);
    let engine = postgres(&server.address(), PostgresOptions::default()).await;
    join_all((0..8).map(|id| user(&engine, vec![insert(id)]))).await;
    server.kill();
    assert!(matches!(
        user(&engine, vec![insert(100)]).await,
        Err(CommitError::Unavailable(_))
    ));
    assert!(matches!(
        engine.query(COUNT, vec![]).await,
        Err(ReadError::Unavailable(_))
    ));
    let health = engine.health().await;
    assert!(health.reads.is_err() && health.writes.is_err(), "{health:?}");
    server.resume();
    assert_eq!(count(&engine).await, 8, "acknowledged before the plug was pulled");
    assert_eq!(user(&engine, vec![insert(100)]).await, Ok(()));
    assert_eq!(engine.health().await.writes, Ok(()));

    join_all((200..208).map(|id| user(&engine, vec![insert(id)]))).await;
    server.restart();
    assert_eq!(
        user(&engine, vec![insert(300)]).await,
        Ok(()),
        "connections that died idle are replaced unseen"
    );
    server.restart();
    assert_eq!(count(&engine).await, 18);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_wait_for_the_standby_is_cut_short_is_unknown() {
    let server = Server::start(Sync::On);
    let engine = postgres(&server.address(), PostgresOptions::default()).await;
    let (operator, connection) = tokio_postgres::connect(&server.address(), tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    operator
        .batch_execute("ALTER SYSTEM SET synchronous_standby_names = 'absent'")
        .await
        .unwrap();
    operator.batch_execute("SELECT pg_reload_conf()").await.unwrap();
    let setting = "SELECT current_setting('synchronous_standby_names')";
    while operator
        .query_one(setting, &[])
        .await
        .unwrap()
        .get::<_, String>(0)
        != "absent"
    {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let waiting = tokio::spawn({
        let engine = engine.clone();
        async move { user(&engine, vec![insert(1)]).await }
    });
    let cancel = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    while operator.query(cancel, &[]).await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let outcome = waiting.await.unwrap();
    assert!(matches!(outcome, Err(CommitError::Unknown(_))), "{outcome:?}");
    assert_eq!(count(&engine).await, 1, "here it was stored after all");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_walks_away_leaves_no_transaction_behind() {
    let options = PostgresOptions {
        size: 1,
        wait: Duration::from_millis(300),
        ..PostgresOptions::default()
    };
    let address = Server::shared();
    let engine = postgres(&address, options).await;
    let snapshot = engine.snapshot().await.unwrap();
    let asked = engine.query(COUNT, vec![]).await;
    assert!(
        matches!(asked, Err(ReadError::Unavailable(_))),
        "the one connection is taken: {asked:?}"
    );
    drop(snapshot);
    user(&engine, vec![insert(1)]).await.unwrap();

    for step in 0..20_u64 {
        // Dropped after a while, wherever it then is; the second write waits for the first round trip.
        let id = 10 + i64::try_from(step).unwrap();
        let list = vec![
            insert(id),
            Write::new("SELECT pg_sleep(0.002)", vec![]),
            insert(1),
        ];
        let left = tokio::time::timeout(Duration::from_micros(step * 300), user(&engine, list)).await;
        assert!(!matches!(left, Ok(Ok(()))), "the list repeats a key");
    }
    assert_eq!(user(&engine, vec![insert(2)]).await, Ok(()));
    assert!(
        engine
            .query_one("SELECT rev FROM item WHERE id = 2", vec![])
            .await
            .is_ok()
    );
}

//! SQLite만의 이야기 — the full disk, the queue, the lock, the kill.

use super::*;
use std::{
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
};

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
            .args([
                "--ignored",
                "--exact",
                "own_to_sqlite::child_that_is_killed",
                "--nocapture",
            ])
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

#[tokio::test]
async fn a_migration_cut_off_before_its_history_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let engine = Engine::sqlite(&folder.path().join("cut.db"), SqliteOptions::default())
        .await
        .unwrap();
    // Its table is made, and then its line of the history cannot be written: as if it were killed in between.
    let cut = MigrationSet {
        sqlite: || {
            let sql = "CREATE TABLE one (n INTEGER); DROP TABLE refinery_schema_history;";
            Runner::new(&[migration("V1__one", sql)])
        },
        postgres: None,
    };
    assert!(engine.migrate(cut).await.is_err());
    let whole = MigrationSet {
        sqlite: || Runner::new(&[migration("V1__one", "CREATE TABLE one (n INTEGER)")]),
        postgres: None,
    };
    engine.migrate(whole).await.unwrap();
}

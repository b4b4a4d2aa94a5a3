//! PostgreSQL만의 이야기 — the server that goes and comes back, the standby that is waited for, the caller who leaves.

use super::*;

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
}

// On one thread, so that the connections learn of the restart only when they are used.
#[tokio::test]
async fn connections_that_died_idle_are_replaced_unseen() {
    let server = Server::start(Sync::Off);
    let engine = postgres(&server.address(), PostgresOptions::default()).await;
    join_all((0..8).map(|id| user(&engine, vec![insert(id)]))).await;
    server.restart();
    assert_eq!(user(&engine, vec![insert(100)]).await, Ok(()));
    server.restart();
    assert_eq!(count(&engine).await, 9);
    server.restart();
    let snapshot = engine.snapshot().await.expect("a snapshot");
    assert_eq!(snapshot.query_one(COUNT, vec![]).await, Ok(Row(params![9_i64])));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_wait_for_the_standby_is_cut_short_is_unknown() {
    let server = Server::start(Sync::On);
    let engine = postgres(&server.address(), PostgresOptions::default()).await;
    let (operator, connection) = tokio_postgres::connect(&server.address(), tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    server.waits_for("absent");
    let passing = engine.commit(vec![insert(7)], Urgency::Passing);
    let passing = tokio::time::timeout(Duration::from_secs(10), passing).await;
    assert_eq!(passing, Ok(Ok(())), "what passes waits for no standby");
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
    assert_eq!(count(&engine).await, 2, "here it was stored after all");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_no_standby_answers_commits_end_unknown_and_reading_goes_on() {
    let server = Server::start(Sync::On);
    let options = PostgresOptions {
        size: 4,
        wait: Duration::from_millis(300),
        longest: Duration::from_secs(2),
        ..PostgresOptions::default()
    };
    let engine = postgres(&server.address(), options).await;
    let (operator, connection) = tokio_postgres::connect(&server.address(), tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    let waiting = async || -> i64 {
        let sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        operator.query_one(sql, &[]).await.unwrap().get(0)
    };
    server.waits_for("absent");
    let all = tokio::spawn({
        let engine = engine.clone();
        async move { join_all((0..5).map(|id| user(&engine, vec![insert(id)]))).await }
    });
    while waiting().await < 3 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(count(&engine).await, 0, "who only reads finds a connection");
    let all = all.await.unwrap();
    let unknown = all
        .iter()
        .filter(|done| matches!(done, Err(CommitError::Unknown(_))))
        .count();
    let away = all
        .iter()
        .filter(|done| matches!(done, Err(CommitError::Unavailable(_))))
        .count();
    assert_eq!((unknown, away), (3, 2), "{all:?}");
    assert_eq!(waiting().await, 0, "the server waits no longer either");
    // Who leaves in the middle leaves nobody waiting.
    let left = user(&engine, vec![insert(50)]);
    assert!(
        tokio::time::timeout(Duration::from_millis(500), left)
            .await
            .is_err()
    );
    while waiting().await > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.waits_for("");
    assert_eq!(user(&engine, vec![insert(100)]).await, Ok(()));
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

    for (id, patience) in [(10, 0), (11, 1), (12, 20), (13, 20)] {
        // Left while the list is on its way or under it; COMMIT is never sent.
        let list = vec![insert(id), Write::new("SELECT pg_sleep(0.1)", vec![])];
        let left = tokio::time::timeout(Duration::from_millis(patience), user(&engine, list)).await;
        assert!(left.is_err(), "{left:?}");
        assert_eq!(user(&engine, vec![insert(id + 100)]).await, Ok(()));
        let there = engine
            .query_optional("SELECT id FROM item WHERE id = $1", params![id])
            .await;
        assert_eq!(there, Ok(None), "stored by the next one's commit");
    }
    assert_eq!(user(&engine, vec![insert(2)]).await, Ok(()));
    assert!(
        engine
            .query_one("SELECT rev FROM item WHERE id = 2", vec![])
            .await
            .is_ok()
    );
}

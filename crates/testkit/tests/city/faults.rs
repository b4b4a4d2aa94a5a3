//! 고장 — a full disk, a database that is away, other keys, a clock set back: a clear answer, nothing lost, and it heals.

use app::act::{ActError, Call, Petitioner};
use app::{Places, Trouble};
use crypto::keyring::Keyring;
use domain::access::Who;
use domain::act::Act;
use domain::terms::Kind;
use domain::time::At;
use jiff::civil::datetime;
use store::engine::{Ask, Urgency, Write};
use testkit::city::{City, On, filing};
use testkit::postgres::{Server, Sync};

async fn tries_to_file(
    city: &City,
    person: domain::id::PersonId,
    body: &str,
    key: u32,
) -> Result<(), ActError> {
    let call = Call {
        key: Some(key.to_be_bytes().to_vec()),
        ..Call::default()
    };
    let filing = filing("S134", "저장될 수 있는가", body);
    city.app
        .file(&Who::Citizen(person), Petitioner::Known(person), filing, &call)
        .await
        .map(drop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_takes_nothing_and_loses_nothing() {
    let city = City::with_room_for(560, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    let body = "큰 민원 ".repeat(3_000);
    let mut filed = 0;
    let full = loop {
        match tries_to_file(&city, kim, &body, filed).await {
            Ok(()) => filed += 1,
            Err(error) => break error,
        }
        assert!(filed < 200, "it must become full");
    };
    assert!(filed > 2, "{filed}");
    assert!(
        matches!(&full, ActError::Trouble(Trouble::Unavailable(_))),
        "{full:?}"
    );
    let live = &city.app.places.live;
    let count = async |table: &str| {
        live.engine()
            .query_text(format!("SELECT count(*) FROM {table}"), Vec::new())
            .await
            .unwrap()[0]
            .int(0)
            .unwrap()
    };
    for table in ["head", "event", "idempotency"] {
        assert_eq!(
            count(table).await,
            i64::from(filed),
            "{table}: nothing of the refused list is stored"
        );
    }
    assert!(
        live.engine().health().await.writes.is_err(),
        "and the health page tells"
    );
    assert_eq!(
        city.app
            .petitions_of(&Who::Citizen(kim), None, 100)
            .await
            .unwrap()
            .items
            .len(),
        filed as usize,
        "reading goes on"
    );
    // Room is made: the same click is taken, once.
    let room = Write::new("DELETE FROM service", Vec::new());
    live.engine().commit(vec![room], Urgency::User).await.unwrap();
    let mut again = tries_to_file(&city, kim, "작은 민원", filed).await;
    for _ in 0..3 {
        if again.is_err() {
            again = tries_to_file(&city, kim, "작은 민원", filed).await;
        }
    }
    again.expect("it works again");
    tries_to_file(&city, kim, "작은 민원", filed)
        .await
        .expect("repeated");
    assert_eq!(count("head").await, i64::from(filed) + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_went_away_comes_back() {
    let server = Server::start(Sync::On);
    let city = City::on_server(&server, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    tries_to_file(&city, kim, "", 1).await.unwrap();
    server.kill();
    let away = tries_to_file(&city, kim, "", 2).await;
    assert!(
        matches!(
            away,
            Err(ActError::Trouble(Trouble::Unavailable(_) | Trouble::Unknown(_)))
        ),
        "{away:?}"
    );
    let away = tries_to_file(&city, kim, "", 2).await;
    assert!(
        matches!(away, Err(ActError::Trouble(Trouble::Unavailable(_)))),
        "{away:?}"
    );
    let read = city.app.petitions_of(&Who::Citizen(kim), None, 10).await;
    assert!(
        matches!(read, Err(ActError::Trouble(Trouble::Unavailable(_)))),
        "{read:?}"
    );
    assert!(city.app.health().await.is_err());
    server.resume();
    city.app
        .health()
        .await
        .expect("well again before anybody has written");
    let mut filed = tries_to_file(&city, kim, "", 2).await;
    for _ in 0..10 {
        if filed.is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        filed = tries_to_file(&city, kim, "", 2).await;
    }
    filed.expect("it healed by itself");
    tries_to_file(&city, kim, "", 2).await.expect("repeated");
    let mine = city.app.petitions_of(&Who::Citizen(kim), None, 10).await.unwrap();
    assert_eq!(mine.items.len(), 2, "nothing lost, nothing doubled");
    city.duties().await;
    assert_eq!(
        city.app
            .verify(&city.app.places.live, &mut |_| {})
            .await
            .unwrap()
            .faults,
        Vec::<String>::new()
    );
}

/// An answer that nobody knows of stays unknown, however often the key is sent, until a standby has what was written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_standby_has_is_not_promised_on_repeating_the_key() {
    let server = Server::start(Sync::On);
    let city = City::on_server(&server, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    let options = store::engine::PostgresOptions::default();
    let operator = store::engine::Engine::postgres(&server.address(), "operator", options)
        .await
        .unwrap();
    server.waits_for("absent");
    let unknown = async |key| {
        let filing = tries_to_file(&city, kim, "", key);
        let cancel = async {
            const SQL: &str =
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
            while operator.query(SQL, Vec::new()).await.unwrap().is_empty() {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        let (told, ()) = tokio::join!(filing, cancel);
        assert!(
            matches!(told, Err(ActError::Trouble(Trouble::Unknown(_)))),
            "{told:?}"
        );
    };
    unknown(1).await;
    let seen = city.app.petitions_of(&Who::Citizen(kim), None, 10).await.unwrap();
    assert_eq!(seen.items.len(), 1, "it is written here, and yet no promise");
    unknown(1).await;
    server.waits_for("");
    tries_to_file(&city, kim, "", 1).await.expect("now it is one");
    let mine = city.app.petitions_of(&Who::Citizen(kim), None, 10).await.unwrap();
    assert_eq!(mine.items.len(), 1, "once");
}

testkit::on_both_engines! {
    async fn a_city_opened_again_is_the_same(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "다시 여는 아침", Kind::Inquiry, None).await;
        city.duties().await;
        let city = city.reopened().await;
        let case = city.app.case(&Who::Citizen(kim), p.id, &Call::default()).await.unwrap();
        assert_eq!((&case.petition, case.texts.text(p.title)), (&p, Some("다시 여는 아침")));
        let hits = city.app.search(&city.official("receiver1"), "아침", None, 5, &Call::default()).await.unwrap();
        assert_eq!(hits.items.len(), 1);
        let next = city.in_handling(kim, "다음 민원", Kind::Inquiry, None).await;
        assert_eq!(next.reception.unwrap().number.n, 2, "numbers go on");
    }

    async fn data_sealed_with_other_keys_is_not_opened(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        city.citizen("010-1234-5678").await;
        city.app.places.close().await;
        let other = city.folder().join("other-keys");
        let chance = city.app.ports.chance.clone();
        let keyring = Keyring::create(&other, &mut |out: &mut [u8]| chance.fill(out)).unwrap();
        let opened = Places::open(&city.at, &keyring, city.app.now(), &*chance).await;
        assert!(matches!(opened.err(), Some(store::place::PlaceError::Keys(_))), "one folder's keys do not open another's data");
    }

    async fn a_lost_key_of_the_month_is_not_made_anew(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.files(kim, "S134", "열쇠를 잃은 날", "").await;
        let file = city.folder().join("keys/live/epoch-2026-06.key");
        let kept = std::fs::read(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        app::duties::refresh::keys(&city.app).await.unwrap();
        city.duty("rekey").await;
        city.files(kim, "S134", "그래도 받는다", "").await;
        assert!(!file.exists(), "a second key of the month would lock out what the first one wrapped");
        assert!(store::place::begun(&city.at).await.unwrap(), "there are data that want their keys");
        city.app.places.close().await;
        let chance = city.app.ports.chance.clone();
        let opened = async || {
            let keyring = Keyring::open(&city.folder().join("keys")).unwrap();
            Places::open(&city.at, &keyring, city.app.now(), &*chance).await
        };
        let refused = opened().await.err().expect("not without the month's key").to_string();
        assert!(refused.contains("epoch-2026-06.key is missing"), "{refused}");
        assert!(!file.exists());
        std::fs::write(&file, kept).unwrap();
        let places = opened().await.expect("with it");
        assert!(places.live.by_filing_number(p.number).await.unwrap().is_some());
        places.close().await;
    }

    async fn a_clock_set_back_never_writes_an_earlier_time(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.files(kim, "S134", "거꾸로 가는 시계", "").await;
        city.it_is(datetime(2026, 6, 15, 9, 0, 0, 0));
        let receiver = city.official("receiver1");
        city.does(&receiver, p.id, Act::Receive { kind: Kind::Inquiry, period: None }).await.unwrap();
        city.it_is(datetime(2026, 6, 15, 11, 0, 0, 0));
        city.does(&receiver, p.id, Act::Distribute { unit: city.unit("audit") }).await.unwrap();
        let journal = city.app.places.live.journal(p.id).await.unwrap();
        let times: Vec<At> = journal.iter().map(|entry| entry.recorded.recorded_at).collect();
        let at = |h| At::seoul(datetime(2026, 6, 15, h, 0, 0, 0));
        assert_eq!(times, vec![at(10), at(10), at(11)]);
        assert_eq!(city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap().faults, Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_do_not_share_a_folder() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let keyring = Keyring::open(&city.folder().join("keys")).unwrap();
    let chance = city.app.ports.chance.clone();
    let second = Places::open(&city.at, &keyring, city.app.now(), &*chance).await;
    let told = second.err().expect("the folder is in use").to_string();
    assert!(told.contains("already in use"), "{told}");
}

//! 이사 이야기 — a city that is carried to the other engine is the same city: every number, word, key and proof.

use crate::erasure::answered;
use app::act::Call;
use domain::access::Who;
use domain::terms::Outcome;
use jiff::civil::datetime;
use store::carry::{COMING, GONE};
use store::engine::Dialect;
use testkit::city::{City, On};

/// What must be the same: numbers, the petitioner's list with its titles, a case word for word, and what verifies.
async fn seen(city: &City, kim: &Who) -> Vec<String> {
    let call = Call::default();
    let mut seen = Vec::new();
    for place in city.app.places.all() {
        seen.push(format!("{:?}", place.tallies("").await.unwrap()));
        let report = Box::pin(city.app.verify(place, &mut |_| {})).await.unwrap();
        // Looking writes lines of its own into the access log; whatever else is counted and signed stays.
        let counted = (
            report.petitions,
            report.events,
            report.texts,
            report.roots,
            report.ledger_roots,
        );
        seen.push(format!(
            "{counted:?} {:?} {:?}",
            report.ledger_root, report.faults
        ));
    }
    for item in city.app.petitions_of(kim, None, 20).await.unwrap().items {
        let case = city.app.case(kim, item.petition.id, &call).await.unwrap();
        assert!(case.chain_holds);
        let words: Vec<Option<&str>> = (case.journal.iter())
            .flat_map(|entry| entry.recorded.event.texts())
            .map(|text| case.texts.text(text))
            .collect();
        seen.push(format!(
            "{} {:?} {words:?} {:?}",
            item.petition.number, item.title, case.contact
        ));
    }
    let found = city
        .app
        .search(&city.official("examiner"), "느티나무", None, 20, &call)
        .await
        .unwrap();
    seen.push(format!(
        "{:?}",
        found
            .items
            .iter()
            .map(|item| item.petition.number)
            .collect::<Vec<_>>()
    ));
    seen
}

testkit::on_both_engines! {
    async fn a_city_that_moves_is_the_same_city(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let person = city.citizen("010-1234-5678").await;
        let kim = Who::Citizen(person);
        for nth in 0..3 {
            Box::pin(answered(&city, person, &format!("느티나무 {nth}"))).await;
        }
        let mut long = testkit::city::filing("S134", "느티나무 사진", "붙임을 보아 주십시오.");
        long.files = vec![app::words::file("사진.txt", "가".repeat(3_000_000).into()).unwrap()];
        let known = app::act::Petitioner::Known(person);
        city.app.file(&kim, known, long, &Call::default()).await.unwrap();
        Box::pin(city.duties()).await;
        let before = Box::pin(seen(&city, &kim)).await;
        let dialect = city.app.here.dialect();
        let to = if dialect == Dialect::Sqlite { On::Postgres } else { On::Sqlite };
        let city = Box::pin(city.carried(to)).await;
        assert_ne!(city.app.here.dialect(), dialect);
        // The index is not carried; it is built anew.
        Box::pin(city.duties()).await;
        let after = Box::pin(seen(&city, &kim)).await;
        assert_eq!(before, after);
        for mark in [GONE, COMING] {
            assert_eq!(city.app.here.setting(mark).await.unwrap(), None, "{mark}");
        }
        // Life goes on there.
        let p = Box::pin(answered(&city, person, "이사한 뒤의 민원")).await;
        assert_eq!(p.end.unwrap().outcome, Outcome::Answered);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_carried_over_data_that_is_there() {
    let (one, other) = (
        City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await,
        City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await,
    );
    let at = |city: &City| store::place::Where::Folder(city.folder().join("data"));
    let (from, to) = (at(&one), at(&other));
    one.app.places.close().await;
    // While somebody is at work there, and when nobody is: both say what is wrong.
    let busy = store::carry::Carrier::open(&from, &to, store::place::PlaceName::Live).await;
    assert!(busy.err().unwrap().to_string().contains("in use"));
    other.app.places.close().await;
    let full = store::carry::Carrier::open(&from, &to, store::place::PlaceName::Live).await;
    assert!(full.err().unwrap().to_string().contains("holds data of its own"));
}

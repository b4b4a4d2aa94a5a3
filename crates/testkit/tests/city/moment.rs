//! 시점 복원 이야기 — a PostgreSQL server put back to a moment from a base backup and its archived log: what was filed before is there, what
//! came after is not, and what was destroyed since stays destroyed.

use crate::erasure::answered;
use app::act::Call;
use app::erase::{Doomed, Ground};
use domain::access::Who;
use domain::retention::DestructionKind;
use jiff::civil::datetime;
use testkit::city::City;
use testkit::postgres::{Server, Sync};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_goes_back_to_a_moment_and_destroyed_petitions_do_not_come_back() {
    let server = Server::start(Sync::Off);
    server.archives();
    let city = City::on_server(&server, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    let first = city.files(kim, "S134", "복사 전의 민원", "").await;
    let base = server.base_backup();
    let lee = city.citizen("010-8765-4321").await;
    let second = city.files(lee, "S134", "순간 전의 민원", "").await;
    let doomed = Box::pin(answered(&city, lee, "파기될 카나리아")).await;
    Box::pin(city.duties()).await;

    let moment = server.asks("SELECT now()");
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    let after = city.files(kim, "S134", "순간 뒤의 민원", "").await;
    let drop = Doomed {
        petitions: vec![doomed.id],
        ..Doomed::default()
    };
    let (kind, ground) = (DestructionKind::Disposal, Ground::default());
    city.app
        .destroy(&Who::System, &drop, kind, &ground)
        .await
        .unwrap();
    Box::pin(city.duties()).await;
    server.archived();
    let list = city.app.here.keys().destroyed().unwrap().len() as u64;
    assert_eq!(list, 1);

    // The machine is lost: another is made from the copy and the log, with the keys as they are.
    let other = server.at_moment(&base, &moment);
    let city = City::over_server(city, &other).await;
    let (place, receiver, call) = (&city.app.here, city.official("receiver1"), Call::default());
    assert!(
        place.head(after.id).await.unwrap().is_none(),
        "not there yet at that moment"
    );
    for p in [&first, &second] {
        let case = city.app.case(&receiver, p.id, &call).await.unwrap();
        assert!(case.chain_holds && case.texts.text(p.title).is_some());
    }
    // At the moment it was not destroyed: the list outside says that it is.
    assert_eq!(place.destroyed_applied().await.unwrap(), list);
    assert!(!place.has_key(doomed.id.bytes()).await.unwrap());
    Box::pin(city.duties()).await;
    for word in ["카나리아", "파기될"] {
        let found = city.app.search(&receiver, word, None, 10, &call).await.unwrap();
        assert!(found.items.is_empty(), "{word}");
    }
    let found = city.app.search(&receiver, "순간", None, 10, &call).await.unwrap();
    let found: Vec<_> = found.items.iter().map(|item| item.petition.id).collect();
    assert_eq!(found, [second.id]);
    for place in city.app.places.all() {
        let report = Box::pin(city.app.verify(place, &mut |_| {})).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new(), "{:?}", place.name);
    }
    // And the office goes on there.
    city.files(kim, "S134", "새 기계의 민원", "").await;
}

//! 따라가기 — conditions of the work list are kept by their owner alone; what others did since the last visit is told, one's own acts
//! are not; a condition in Rust and in SQL are one.

use app::act::Call;
use app::desk::View;
use app::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::filter::{Ends, Filter, When};
use domain::id::PetitionId;
use domain::life::Life;
use domain::petition::Petition;
use domain::terms::{EntryPoint, Kind};
use domain::time::At;
use jiff::civil::{date, datetime};
use std::collections::BTreeSet;
use testkit::city::City;

/// Petitions in several states, with the department and its handler.
async fn several(city: &City) -> Vec<PetitionId> {
    let kim = city.citizen("010-1234-5678").await;
    let mut ids = Vec::new();
    for (title, kind) in [
        ("보도가 꺼졌습니다", Kind::Inquiry),
        ("나무를 심어 주십시오", Kind::Suggestion),
    ] {
        ids.push(city.in_handling(kim, title, kind, None).await.id);
    }
    let held = city.in_handling(kim, "보완할 민원", Kind::Inquiry, None).await;
    let handler = city.official("road.facilities.1");
    let ask = Act::AskSupplement {
        what: Raw::text("사진"),
        until: date(2026, 6, 30),
    };
    city.does(&handler, held.id, ask).await.unwrap();
    ids.push(held.id);
    ids.push(city.files(kim, "S134", "아직 접수 전", "").await.id);
    ids
}

async fn listed(city: &City, who: &Who, filter: Filter) -> BTreeSet<PetitionId> {
    let page = city
        .app
        .list_where(who, View::Open, filter, None, 100, &Call::default())
        .await
        .unwrap();
    let count = city.app.count_where(who, View::Open, filter, 100).await.unwrap();
    assert_eq!(count as usize, page.items.len(), "{filter:?}");
    page.items.into_iter().map(|item| item.petition.id).collect()
}

testkit::on_both_engines! {
    async fn a_condition_in_rust_and_in_sql_are_one(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        several(&city).await;
        // Some time later one is overdue, one due within the week.
        city.it_is(datetime(2026, 6, 24, 9, 0, 0, 0));
        let examiner = city.official("examiner");
        let all: Vec<Petition> = {
            let page = city.app.list(&examiner, View::Open, None, 100, &Call::default()).await.unwrap();
            page.items.into_iter().map(|item| item.petition).collect()
        };
        assert_eq!(all.len(), 4);
        let ends = Ends {
            now: At::seoul(datetime(2026, 6, 24, 9, 0, 0, 0)),
            today: At::seoul(datetime(2026, 6, 25, 0, 0, 0, 0)),
            week: At::seoul(datetime(2026, 7, 1, 0, 0, 0, 0)),
        };
        let (unit, elsewhere) = (city.unit("road_facilities"), city.unit("audit"));
        let handler = city.official_id("road.facilities.1");
        let mut seen = BTreeSet::new();
        for unit in [None, Some(unit), Some(elsewhere)] {
            for kind in [None, Some(Kind::Inquiry), Some(Kind::Suggestion)] {
                for life in [None, Some(Life::Held), Some(Life::InHandling), Some(Life::Filed)] {
                    for due in [None, Some(When::Overdue), Some(When::Today), Some(When::Week)] {
                        for handler in [None, Some(handler)] {
                            for entry in [None, Some(EntryPoint::Web), Some(EntryPoint::Counter)] {
                                let filter = Filter { unit, kind, life, due, handler, entry, service: None };
                                let condition = filter.at(ends);
                                let wanted: BTreeSet<PetitionId> =
                                    all.iter().filter(|p| condition.admits(p)).map(|p| p.id).collect();
                                assert_eq!(listed(&city, &examiner, filter).await, wanted, "{filter:?}");
                                seen.insert(wanted);
                            }
                        }
                    }
                }
            }
        }
        assert!(seen.len() > 6, "conditions that all say the same show nothing: {}", seen.len());
        let service = Filter { service: "S134".parse().ok(), ..Filter::default() };
        assert_eq!(listed(&city, &examiner, service).await.len(), 4);
    }

    async fn conditions_are_kept_by_their_owner_alone(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let (me, other) = (city.official("road.facilities.1"), city.official("audit.1"));
        let held = Filter { life: Some(Life::Held), ..Filter::default() };
        assert!(city.app.keep_filter(&me, "김 반장님께 물은 것", "mine", held).await.unwrap());
        assert!(city.app.keep_filter(&me, "오늘", "unit", Filter { due: Some(When::Today), ..Filter::default() }).await.unwrap());
        let kept = city.app.kept_filters(&me).await.unwrap();
        assert_eq!(kept.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["김 반장님께 물은 것", "오늘"]);
        assert_eq!((kept[0].filter, kept[0].queue.as_str(), kept[0].begins), (held, "mine", false));
        assert!(city.app.kept_filters(&other).await.unwrap().is_empty());
        city.app.begin_with_filter(&me, Some(kept[1].id)).await.unwrap();
        // Whoever knows the identity of another's condition can do nothing with it.
        city.app.begin_with_filter(&other, Some(kept[0].id)).await.unwrap();
        assert!(city.app.forget_filter(&other, kept[0].id).await.is_err());
        let begins: Vec<bool> = city.app.kept_filters(&me).await.unwrap().iter().map(|one| one.begins).collect();
        assert_eq!(begins, [false, true]);
        city.app.begin_with_filter(&me, Some(kept[0].id)).await.unwrap();
        city.app.forget_filter(&me, kept[1].id).await.unwrap();
        let left = city.app.kept_filters(&me).await.unwrap();
        assert_eq!((left.len(), left[0].begins), (1, true), "one at most is the first");
        for n in 1..app::follow::MOST_FILTERS {
            assert!(city.app.keep_filter(&me, &n.to_string(), "mine", held).await.unwrap());
        }
        assert!(!city.app.keep_filter(&me, "하나 더", "mine", held).await.unwrap());
        // Its name is nobody's to read in the database.
        if let testkit::city::On::Sqlite = city_engine(&city) {
            let name = "김 반장님께 물은 것".as_bytes();
            let files = std::fs::read_dir(city.folder().join("data")).unwrap();
            for file in files.map(|file| file.unwrap().path()) {
                let bytes = std::fs::read(&file).unwrap();
                assert!(!bytes.windows(name.len()).any(|part| part == name), "{}", file.display());
            }
        }
    }

    async fn what_others_did_since_the_last_visit_is_told(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let ids = several(&city).await;
        let (handler, call) = (city.official("road.facilities.1"), Call::default());
        city.it_is(datetime(2026, 6, 15, 11, 0, 0, 0));
        assert_eq!(city.app.count_news(&handler, None, 100).await.unwrap(), 3, "the last day, for whoever never looked");
        let news = city.app.news(&handler, 50, &call).await.unwrap();
        city.app.confirm_news(&handler, news.until).await.unwrap();
        assert_eq!(city.app.count_news(&handler, None, 100).await.unwrap(), 0);
        // What I do myself is no news to me, but to the head of the department.
        city.it_is(datetime(2026, 6, 15, 12, 0, 0, 0));
        let head = city.official("road.facilities.head");
        city.app.confirm_news(&head, city.app.now()).await.unwrap();
        city.it_is(datetime(2026, 6, 15, 13, 0, 0, 0));
        city.does(&handler, ids[0], Act::Hold { ground: domain::due::Ground::Examination, note: None }).await.unwrap();
        assert_eq!(city.app.count_news(&handler, None, 100).await.unwrap(), 0);
        assert_eq!(city.app.count_news(&head, None, 100).await.unwrap(), 1);
        // The citizen hands in what was asked for.
        let p = city.app.places.live.head(ids[2]).await.unwrap().unwrap().petition;
        let given = Act::Supplement { note: Some(Raw::text("사진입니다.")), files: Vec::new() };
        city.does(&Who::Citizen(p.person), ids[2], given).await.unwrap();
        let news = city.app.news(&handler, 50, &call).await.unwrap();
        assert_eq!(news.changed.len(), 1);
        assert_eq!(news.changed[0].item.petition.id, ids[2]);
        let names: Vec<String> = news.changed[0].events.iter().map(|e| e.event.name().to_owned()).collect();
        assert_eq!(names, ["SupplementGiven"]);
        // An open page hears of it from the moment it was read on, and of nothing before.
        assert_eq!(city.app.count_news(&handler, Some(city.app.now().plus(-1)), 100).await.unwrap(), 1);
        assert_eq!(city.app.count_news(&handler, Some(city.app.now()), 100).await.unwrap(), 0);
        assert!(city.app.has_moved(&handler, ids[2], p.seq).await.unwrap());
        assert!(!city.app.has_moved(&handler, ids[2], p.seq + 1).await.unwrap());
        // Nobody hears of what they may not see.
        let stranger = city.official("audit.1");
        assert_eq!(city.app.count_news(&stranger, None, 100).await.unwrap(), 0);
        assert!(city.app.has_moved(&stranger, ids[2], 1).await.is_err());
        // Whoever receives for the office hears of what comes in.
        let receiver = city.official("receiver1");
        assert_eq!(city.app.count_news(&receiver, None, 100).await.unwrap(), 1);
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }
}

fn city_engine(city: &City) -> testkit::city::On {
    match city.at {
        store::place::Where::Folder(_) => testkit::city::On::Sqlite,
        store::place::Where::Server { .. } => testkit::city::On::Postgres,
    }
}

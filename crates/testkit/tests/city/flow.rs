//! 함께 처리 — fifty petitions distributed by one form, refusals told beforehand, and nothing done twice or lost by a stop half-way.

use crate::visitor::{Browser, Seen, quote, unescape};
use app::act::Call;
use app::act::each::{Fate, Wanted};
use axum::http::StatusCode;
use domain::act::Act;
use domain::id::PersonId;
use domain::life::{Deed, Life};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::Kind;
use domain::time::At;
use jiff::civil::datetime;
use testkit::city::{City, PASSWORD};

const BULK: &str = "/desk/bulk";

async fn received(city: &City, kim: PersonId, n: usize) -> Petition {
    let filed = city
        .files(kim, "S134", &format!("배부를 기다리는 민원 {n}"), "")
        .await;
    let receive = Act::Receive {
        kind: Kind::Inquiry,
        period: None,
    };
    let receiver = city.official("receiver1");
    city.does(&receiver, filed.id, receive).await.unwrap()
}

async fn signed_in(city: &City, login: &str) -> Browser {
    let mut browser = Browser::new(city);
    let page = browser.go("/desk/sign-in").await;
    let fields = [("login", login), ("password", PASSWORD)];
    let work = browser.submits(&page, "/desk/sign-in", &fields).await;
    assert_eq!(work.status, StatusCode::OK, "{login}");
    browser
}

/// The ticked boxes of the form of a page.
fn ticked(page: &Seen) -> Vec<(String, String)> {
    (page.form(BULK).split("<input class=\"pick\"").skip(1))
        .filter(|input| {
            input
                .split('>')
                .next()
                .is_some_and(|tag| tag.contains(" checked"))
        })
        .filter_map(|input| {
            let value = input.split_once("value=\"")?.1.split('"').next()?;
            Some(("petition".to_owned(), unescape(value)))
        })
        .collect()
}

/// Sends the form of a page with what is ticked and these fields besides.
async fn sends(browser: &mut Browser, page: &Seen, more: &[(&str, &str)]) -> Seen {
    let mut all = page.hidden(BULK);
    all.extend(ticked(page));
    all.extend(more.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
    let body: Vec<String> = all
        .iter()
        .map(|(k, v)| format!("{}={}", quote(k), quote(v)))
        .collect();
    browser
        .post(BULK, "application/x-www-form-urlencoded", body.join("&"))
        .await
}

async fn state(city: &City, id: domain::id::PetitionId) -> Petition {
    let place = &city.app.places.live;
    place.head(id).await.unwrap().unwrap().petition
}

async fn distributions(city: &City, id: domain::id::PetitionId) -> usize {
    let journal = city.app.places.live.journal(id).await.unwrap();
    let of = |event: &domain::event::Event| matches!(event, domain::event::Event::Distributed { .. });
    journal.iter().filter(|entry| of(&entry.recorded.event)).count()
}

testkit::on_both_engines! {
    async fn fifty_petitions_are_distributed_by_one_form_and_each_once(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let mut all = Vec::new();
        for n in 0..50 {
            all.push(received(&city, kim, n).await);
        }
        let (audit, road) = (city.unit("audit"), city.unit("road_facilities"));
        let mut clerk = signed_in(&city, "receiver1").await;
        let list = clerk.go("/desk?queue=to_distribute").await;
        let choose = sends(&mut clerk, &list, &[("which", "listed")]).await;
        choose.says("선택한 민원 50건을").says("배부 (50건 가능)");
        let fill = sends(&mut clerk, &choose, &[("act", "distribute")]).await;
        // Nothing entered: told beside its field, and nothing is lost.
        let wrong = sends(&mut clerk, &fill, &[("do", "check")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("주관부서를 고르거나");
        // One of them goes elsewhere, by a button of its own.
        let set = format!("{}={road}", all[7].id);
        let fill = sends(&mut clerk, &wrong, &[("set", &set)]).await;
        assert_eq!(fill.status, StatusCode::OK);
        let unit = audit.to_string();
        let check = sends(&mut clerk, &fill, &[("unit", &unit), ("do", "check")]).await;
        check.says("50건을 처리할 수 있고 0건은 처리할 수 없습니다");
        for p in &all {
            assert_eq!(state(&city, p.id).await.life, Life::Received, "looking does nothing");
        }
        // Meanwhile somebody else sends one of them to another department: it stays there.
        city.does(&city.official("receiver1"), all[3].id, Act::Distribute { unit: road }).await.unwrap();
        for _ in 0..2 {
            // The same page sent twice: the same answer, and nothing more is done.
            let done = sends(&mut clerk, &check, &[("do", "go")]).await;
            done.says("50건 중 49건 처리, 1건 처리 안 됨, 0건 남음").says("다른 분이 먼저");
            for (n, p) in all.iter().enumerate() {
                let stands = state(&city, p.id).await;
                assert_eq!(stands.unit, Some(if n == 7 || n == 3 { road } else { audit }), "{n}");
                assert_eq!(distributions(&city, p.id).await, 1, "{n}");
            }
        }
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn a_list_stopped_half_way_goes_on_where_it_stopped(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let unit = city.unit("audit");
        let receiver = city.official("receiver1");
        let mut wanted = Vec::new();
        for n in 0..4 {
            let p = received(&city, kim, n).await;
            wanted.push(Wanted { petition: p.id, seq: Some(p.seq), act: Act::Distribute { unit } });
        }
        let call = Call { origin: Vec::new(), key: Some(b"whole".to_vec()) };
        // No time at all: each sending does one, never none and never one twice.
        for done in 1..=4 {
            let fates = city.app.each(&receiver, &wanted, At(0), &call).await;
            assert!(fates.trouble.is_none());
            let n = fates.each.iter().filter(|(_, fate)| matches!(fate, Fate::Done(_))).count();
            let waiting = fates.each.iter().filter(|(_, fate)| matches!(fate, Fate::Waiting)).count();
            assert_eq!((n, waiting), (done, 4 - done));
        }
        for one in &wanted {
            assert_eq!(distributions(&city, one.petition).await, 1);
        }
        // One who may not know of them gets nothing, not even why.
        let stranger = city.official("parks.1");
        let call = Call { origin: Vec::new(), key: Some(b"other".to_vec()) };
        let fates = city.app.each(&stranger, &wanted, At::NEVER, &call).await;
        assert!(fates.each.iter().all(|(_, fate)| matches!(fate, Fate::Unknown)));
    }

    async fn refusals_are_told_beforehand_and_only_the_rest_is_done(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let (good, other) = (received(&city, kim, 1).await, received(&city, kim, 2).await);
        let unit = city.unit("audit");
        let receiver = city.official("receiver1");
        city.does(&receiver, other.id, Act::Distribute { unit }).await.unwrap();
        let mut clerk = signed_in(&city, "receiver1").await;
        let list = clerk.go("/desk").await;
        let numbers = [("number", good.number.to_string()), ("number", other.number.to_string()), ("number", "20990101-AAAAA-AAAAA".to_owned())];
        let more: Vec<(&str, &str)> = numbers.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let choose = sends(&mut clerk, &list, &more).await;
        choose.says("선택한 민원 2건을");
        let fill = sends(&mut clerk, &choose, &[("act", "distribute")]).await;
        let check = sends(&mut clerk, &fill, &[("unit", &unit.to_string()), ("do", "check")]).await;
        check.says("1건을 처리할 수 있고 1건은 처리할 수 없습니다");
        assert_eq!(ticked(&check).len(), 1);
        assert_eq!(city.is_refused(&receiver, other.id, Act::Distribute { unit }).await, Refusal::SameUnit);
        let done = sends(&mut clerk, &check, &[("do", "go")]).await;
        done.says("1건 중 1건 처리, 0건 처리 안 됨, 0건 남음");
        assert_eq!(state(&city, good.id).await.unit, Some(unit));
        // An act that is not for many at once is not done, whatever the form says.
        let strange = sends(&mut clerk, &choose, &[("act", Deed::Receive.code()), ("do", "go")]).await;
        strange.says("선택한 민원 2건을");
    }
}

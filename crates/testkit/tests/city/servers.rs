//! 여러 서버 — two processes at one database: what one knows the other knows, what is counted is counted once, and one does the duties.

use app::identity::{Address, CODES_AN_HOUR, NotLetIn};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::access::Who;
use domain::calendar::{Holiday, HolidayKind};
use domain::id::{OutboxId, PetitionId};
use domain::terms::Seat;
use jiff::civil::{date, datetime};
use ports::mail::Mailbox;
use std::collections::BTreeSet;
use std::time::Duration;
use store::batch::Batch;
use store::engine::Urgency;
use store::outbox::{Attempt, To};
use store::session::Subject;
use testkit::city::{City, On};
use tower::ServiceExt;
use web::{Faces, Options, Web};

testkit::on_both_engines! {
    async fn a_session_begun_at_one_is_known_and_ended_at_the_other(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let other = city.another_server().await;
        let kim = city.citizen("010-1234-5678").await;
        let open = city.app.begin_session(Subject::Citizen(kim)).await.unwrap();
        let there = other.session(&open.cookie).await.unwrap().expect("known at once");
        assert_eq!((there.session.subject, there.session.secret), (Subject::Citizen(kim), open.session.secret));
        other.end_session(&there.session).await.unwrap();
        assert!(city.app.session(&open.cookie).await.unwrap().is_none(), "and ended for both");
    }

    async fn codes_and_tries_count_across_servers(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let other = city.another_server().await;
        let phone = Address::parse("010-1234-5678").unwrap();
        for n in 0..CODES_AN_HOUR {
            let asked = [&*city.app, &other][n as usize % 2];
            asked.ask_code(&phone, "ko", &[127, 0, 0, 1]).await.unwrap();
        }
        for asked in [&*city.app, &other] {
            assert!(matches!(asked.ask_code(&phone, "ko", &[127, 0, 0, 1]).await, Err(NotLetIn::Wait(_))));
        }
        // The code asked for at one is good at the other, once.
        let code = city.last_code();
        other.verify_contact(&phone, &code, "ko").await.unwrap();
        assert!(matches!(city.app.verify_contact(&phone, &code, "ko").await, Err(NotLetIn::Wrong)));
    }

    async fn what_one_changes_the_other_reads_anew(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let other = city.another_server().await;
        assert!(!other.refresh().await.unwrap(), "nothing has changed");
        // A seat given: by the same road as the page of people.
        let name = city.official_id("receiver1");
        let mut person = city.app.office().officials[&name].clone();
        person.id = city.app.new_official();
        person.login = "second.server".into();
        city.app.enter_official(&person, "", "audit", &[Seat::Handler]).await.unwrap();
        assert!(!other.office().officials.contains_key(&person.id));
        assert!(other.refresh().await.unwrap());
        let office = other.office();
        assert!(office.officials.contains_key(&person.id) && !office.staff.posts[&person.id].is_empty());
        assert!(!other.refresh().await.unwrap(), "once");
        // A holiday, which is a setting; and what is a setting of a duty's own moves nobody.
        let holiday = Holiday { date: date(2026, 6, 19), name: "임시공휴일".into(), kind: HolidayKind::Temporary, decree: "국무회의 의결".into() };
        city.app.declare_holiday(holiday).await.unwrap();
        assert!(other.refresh().await.unwrap());
        assert_eq!(other.office().calendar.works(date(2026, 6, 19)), Some(false));
        city.duty("calendar").await;
        assert!(!other.refresh().await.unwrap());
        // A version of a service in the handbook.
        let mut service = city.app.office().service_newest("S134".parse().unwrap()).unwrap().clone();
        service.version += 1;
        let mut batch = Batch::new();
        batch.service(&service).unwrap();
        city.app.places.live.commit(batch, Urgency::User).await.unwrap();
        assert!(other.refresh().await.unwrap());
        assert_eq!(other.office().service_newest("S134".parse().unwrap()).unwrap().version, service.version);
        // Who was let into the 보안민원실, behind its own door.
        city.entitles("audit.1", "audit", &[Seat::Handler]).await;
        assert!(other.refresh().await.unwrap());
        let inside = other.protected().unwrap().office();
        assert!(inside.who(city.official_id("audit.1"), other.now()).is_some());
        // And a day that begins begins for both.
        city.it_is(datetime(2026, 6, 16, 0, 0, 1, 0));
        assert!(other.refresh().await.unwrap());
        assert_eq!(other.office().day, date(2026, 6, 16));
    }

    async fn one_holds_the_duties_and_the_next_comes_when_it_is_gone(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let other = city.another_server().await;
        let (here, there) = (&city.app.places.live, &other.places.live);
        let (one, two) = ([1; 16], [2; 16]);
        assert_eq!(here.take_lease("duties", &one, 600).await.unwrap(), Some(1));
        assert_eq!(there.take_lease("duties", &two, 600).await.unwrap(), None);
        assert_eq!(there.take_lease("another", &two, 600).await.unwrap(), Some(1), "each by its name");
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert_eq!(here.take_lease("duties", &one, 600).await.unwrap(), Some(1), "renewed, the same tenure");
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert_eq!(there.take_lease("duties", &two, 600).await.unwrap(), None, "it still holds");
        // Gone without a word.
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert_eq!(there.take_lease("duties", &two, 60_000).await.unwrap(), Some(2));
        assert_eq!(here.take_lease("duties", &one, 600).await.unwrap(), None, "who comes back late has lost it");
        // What is not one's own cannot be given back.
        here.give_back("duties", &one).await.unwrap();
        assert_eq!(here.take_lease("duties", &one, 600).await.unwrap(), None);
        there.give_back("duties", &two).await.unwrap();
        assert_eq!(here.take_lease("duties", &one, 600).await.unwrap(), Some(3));
        // Many at the same moment: one.
        here.give_back("duties", &one).await.unwrap();
        let all = (10..26_u8).map(|n| async move {
            let owner = [n; 16];
            [here, there][usize::from(n % 2)].take_lease("duties", &owner, 60_000).await.unwrap()
        });
        let held: Vec<u64> = futures_util::future::join_all(all).await.into_iter().flatten().collect();
        assert_eq!(held, [4]);
    }

    async fn two_deliverers_send_each_effect_once(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let other = city.another_server().await;
        let receiver = To::Official(city.official_id("receiver1"));
        let mut queued = BTreeSet::new();
        for n in 0..100_u8 {
            let id = OutboxId(uuid::Uuid::from_bytes([n + 1; 16]));
            queued.insert(id);
            let mut batch = Batch::new();
            let none = PetitionId(uuid::Uuid::nil());
            batch.effect(id, [n; 32], none, 0, "answers_stale", receiver, city.app.now(), city.app.now());
            city.app.places.live.commit(batch, Urgency::User).await.unwrap();
        }
        let deliver = async |app: &app::App| {
            let mut sent = 0;
            for _ in 0..4 {
                sent += app::duties::deliver::run(app).await.unwrap();
            }
            sent
        };
        let (here, there) = tokio::join!(deliver(&city.app), deliver(&other));
        assert_eq!(here + there, 100);
        let letters = city.letters.letters();
        let arrived: BTreeSet<OutboxId> = letters.iter().map(|letter| letter.what.id).collect();
        assert_eq!((letters.len(), arrived), (100, queued), "each once");
        assert_eq!(deliver(&other).await, 0);
    }

    async fn who_took_too_long_does_not_overrule_the_next(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let (place, now) = (&city.app.places.live, city.app.now());
        let mut batch = Batch::new();
        let (id, none) = (OutboxId(uuid::Uuid::from_bytes([9; 16])), PetitionId(uuid::Uuid::nil()));
        let to = To::Official(city.official_id("receiver1"));
        batch.effect(id, [9; 32], none, 0, "answers_stale", to, now, now);
        place.commit(batch, Urgency::User).await.unwrap();
        let first = place.effects_due(now, 10).await.unwrap().remove(0);
        assert!(place.claim(&first, now, now.plus(1_000)).await.unwrap());
        assert!(!place.claim(&first, now, now.plus(1_000)).await.unwrap(), "taken");
        let later = now.plus(1_000);
        let second = place.effects_due(later, 10).await.unwrap().remove(0);
        assert!(place.claim(&second, later, later.plus(1_000)).await.unwrap(), "the claim ran out");
        // The first comes back and says it failed for ever; the second has sent it.
        place.attempted(&first, Attempt::Failed, "refused", later).await.unwrap();
        place.attempted(&second, Attempt::Sent, "", later).await.unwrap();
        let told = place.effects_of(none).await.unwrap();
        assert_eq!(told.iter().map(|(_, state)| state.as_str()).collect::<Vec<_>>(), ["sent"]);
    }

    async fn receptions_at_two_servers_leave_no_gap(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let other = city.another_server().await;
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let mut filed = Vec::new();
        for n in 0..12 {
            filed.push(city.files(kim, "S134", &format!("민원 {n}"), "").await.id);
        }
        let receive = |app: app::App, who: Who, id| async move {
            let act = domain::act::Act::Receive { kind: domain::terms::Kind::Inquiry, period: None };
            Box::pin(app.act(&who, id, act, &Default::default())).await.unwrap()
        };
        let all = filed.iter().enumerate().map(|(n, id)| {
            let app = if n % 2 == 0 { app::App::clone(&city.app) } else { other.clone() };
            tokio::spawn(receive(app, receiver.clone(), *id))
        });
        let received = futures_util::future::join_all(all).await;
        let mut numbers: Vec<u32> = received.into_iter().map(|p| p.unwrap().reception.unwrap().number.n).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=12).collect::<Vec<u32>>());
    }
}

/// What each face answers: its own pages, health, and nothing of the others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_face_serves_its_own() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    const OWN: [(&str, Faces); 4] = [
        ("/services", Faces::Citizen),
        ("/desk/sign-in", Faces::Official),
        ("/desk", Faces::Official),
        ("/api/v1/statistics", Faces::Machine),
    ];
    for faces in [
        Faces::Citizen,
        Faces::Official,
        Faces::Machine,
        Faces::None,
        Faces::All,
    ] {
        let options = Options {
            faces,
            ..Options::default()
        };
        let router = web::router(Web::new(city.app.clone(), options).unwrap());
        let status = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).unwrap();
            router.clone().oneshot(request).await.unwrap().status()
        };
        assert_eq!(status("/health").await, StatusCode::OK, "{faces:?}");
        for (path, whose) in OWN {
            let there = status(path).await != StatusCode::NOT_FOUND;
            assert_eq!(there, faces == whose || faces == Faces::All, "{faces:?} {path}");
        }
        assert_eq!(faces.does_duties(), matches!(faces, Faces::None | Faces::All));
    }
}

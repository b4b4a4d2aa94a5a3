//! 되풀이와 동시 — what is done twice is done once, and what is done at the same moment is done one after the other.

use app::act::{ActError, Call, Petitioner};
use app::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::event::Signer;
use domain::life::Life;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::{Kind, Mark, Outcome};
use jiff::civil::datetime;
use std::collections::BTreeSet;
use std::sync::Arc;
use testkit::city::{City, answer, filing};
use tokio::task::JoinSet;

fn keyed(key: &str) -> Call {
    Call {
        origin: vec![127, 0, 0, 1],
        key: Some(key.as_bytes().to_vec()),
    }
}

async fn files_with(city: &City, person: domain::id::PersonId, key: &str) -> Result<Petition, ActError> {
    let filing = filing("S134", "한 번만 내는 민원", "내용");
    city.app
        .file(
            &Who::Citizen(person),
            Petitioner::Known(person),
            filing,
            &keyed(key),
        )
        .await
}

testkit::on_both_engines! {
    async fn a_repeated_key_gets_the_first_answer(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let lee = city.citizen("010-8765-4321").await;
        let first = files_with(&city, kim, "열쇠").await.unwrap();
        let again = files_with(&city, kim, "열쇠").await.unwrap();
        assert_eq!((again.id, again.number), (first.id, first.number));
        let other_key = files_with(&city, kim, "다른 열쇠").await.unwrap();
        let other_person = files_with(&city, lee, "열쇠").await.unwrap();
        assert_eq!(BTreeSet::from([first.id, other_key.id, other_person.id]).len(), 3);
        assert_eq!(other_person.person, lee, "another person's key is another key");

        // An act, repeated after the petition has moved on, gives what the petition is now and does nothing.
        let receiver = city.official("receiver1");
        let receive = || Act::Receive { kind: Kind::Inquiry, period: None };
        let received = city.app.act(&receiver, first.id, receive(), &keyed("접수")).await.unwrap();
        let unit = city.unit("road_facilities");
        city.does(&receiver, first.id, Act::Distribute { unit }).await.unwrap();
        let again = city.app.act(&receiver, first.id, receive(), &keyed("접수")).await.unwrap();
        assert_eq!((again.life, again.seq), (Life::Distributed, 3));
        assert_eq!(again.reception.unwrap().number, received.reception.unwrap().number);
        // Without the key, or by somebody else with it, it is a second reception and refused.
        assert_eq!(city.is_refused(&receiver, first.id, receive()).await, Refusal::NotNow);
        let second = city.app.act(&city.official("receiver2"), first.id, receive(), &keyed("접수")).await;
        assert!(matches!(second, Err(ActError::Refused(Refusal::NotNow))), "{second:?}");
        // The same key on another petition is another act.
        let elsewhere = city.app.act(&receiver, other_key.id, receive(), &keyed("접수")).await.unwrap();
        assert_eq!(elsewhere.id, other_key.id);

        city.duties().await;
        assert_eq!(city.app.stats().await.unwrap().total, 3);
    }

    async fn thirty_two_clicks_file_one_petition(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let city = Arc::new(city);
        let mut clicks = JoinSet::new();
        for _ in 0..32 {
            let city = city.clone();
            clicks.spawn(async move { files_with(&city, kim, "두근두근").await.unwrap() });
        }
        let filed: BTreeSet<_> = clicks.join_all().await.into_iter().map(|p| (p.id, p.number)).collect();
        assert_eq!(filed.len(), 1, "{filed:?}");
        city.duties().await;
        assert_eq!(city.app.stats().await.unwrap().total, 1);
        let mine = city.app.petitions_of(&Who::Citizen(kim), None, 50).await.unwrap();
        assert_eq!(mine.items.len(), 1);
        let told = city.app.case(&Who::Citizen(kim), mine.items[0].petition.id, &Call::default()).await.unwrap();
        assert_eq!(told.effects.len(), 1, "one letter, not thirty-two");
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!((report.faults, report.petitions), (Vec::<String>::new(), 1));
    }

    async fn two_officials_receive_at_once_and_one_wins(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let city = Arc::new(city);
        for round in 0..8 {
            let p = city.files(kim, "S134", &format!("경쟁 {round}"), "").await;
            let mut race = JoinSet::new();
            for login in ["receiver1", "receiver2"] {
                let city = city.clone();
                race.spawn(async move {
                    let who = city.official(login);
                    city.does(&who, p.id, Act::Receive { kind: Kind::Inquiry, period: None }).await
                });
            }
            let (won, lost): (Vec<_>, Vec<_>) = race.join_all().await.into_iter().partition(Result::is_ok);
            assert_eq!((won.len(), lost.len()), (1, 1), "{won:?} {lost:?}");
            assert!(matches!(lost[0], Err(ActError::Refused(Refusal::NotNow))), "{lost:?}");
        }
    }

    async fn a_lost_race_is_decided_again_on_what_the_winner_left(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        // The citizen rates nothing here: withdrawal and distribution meet, and whatever comes second sees the first.
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let unit = city.unit("road_facilities");
        let city = Arc::new(city);
        for round in 0..8 {
            let p = city.files(kim, "S134", &format!("경쟁 {round}"), "").await;
            city.does(&receiver, p.id, Act::Receive { kind: Kind::Inquiry, period: None }).await.unwrap();
            let (one, two, who) = (city.clone(), city.clone(), receiver.clone());
            let given = tokio::spawn(async move { one.does(&who, p.id, Act::Distribute { unit }).await });
            let withdrawn = tokio::spawn(async move { two.does(&Who::Citizen(kim), p.id, Act::Withdraw { reason: None }).await });
            let withdrawn = withdrawn.await.unwrap().expect("법22②: possible until the end");
            assert_eq!(withdrawn.life, Life::Concluded);
            match given.await.unwrap() {
                Ok(p) => assert_eq!(p.life, Life::Distributed),
                Err(ActError::Refused(Refusal::Concluded)) => {}
                Err(other) => panic!("{other}"),
            }
        }
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn numbers_follow_one_another_without_a_gap(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let city = Arc::new(city);
        let mut filed = Vec::new();
        for n in 0..20 {
            filed.push(city.files(kim, "S134", &format!("{n}번째"), "").await.id);
        }
        let mut receptions = JoinSet::new();
        for (n, id) in filed.iter().copied().enumerate() {
            let city = city.clone();
            receptions.spawn(async move {
                let who = city.official(if n % 2 == 0 { "receiver1" } else { "receiver2" });
                // Every third comes as something that cannot be received: it takes no number.
                if n % 3 == 0 {
                    let unfit = Act::Receive { kind: Kind::Statutory, period: None };
                    assert_eq!(city.is_refused(&who, id, unfit).await, Refusal::PeriodMissing);
                }
                let p = city.does(&who, id, Act::Receive { kind: Kind::Inquiry, period: None }).await.unwrap();
                p.reception.unwrap().number.n
            });
        }
        let numbers: BTreeSet<u32> = receptions.join_all().await.into_iter().collect();
        assert_eq!(numbers, (1..=20).collect(), "법9②: the register has no gap");

        // The same for 문서번호 of one department.
        let receiver = city.official("receiver1");
        let department = city.official("road.facilities.receiver");
        let (unit, handler) = (city.unit("road_facilities"), city.official_id("road.facilities.1"));
        let head = city.official_id("road.facilities.head");
        let clerk = city.official("road.facilities.1");
        for id in &filed[..10] {
            let line = vec![Signer { official: head, mark: Mark::Decide }];
            city.does(&receiver, *id, Act::Distribute { unit }).await.unwrap();
            city.does(&department, *id, Act::UnitReceive).await.unwrap();
            city.does(&department, *id, Act::Designate { handler }).await.unwrap();
            city.does(&clerk, *id, Act::Draft(answer(Outcome::Answered, "답변"))).await.unwrap();
            city.does(&clerk, *id, Act::SendUp { line }).await.unwrap();
        }
        let mut approvals = JoinSet::new();
        for id in filed[..10].iter().copied() {
            let city = city.clone();
            approvals.spawn(async move {
                let who = city.official("road.facilities.head");
                let p = city.does(&who, id, Act::Sign { comment: Some(Raw::text("좋습니다.")) }).await.unwrap();
                p.line.unwrap().document.unwrap().n
            });
        }
        let numbers: BTreeSet<u32> = approvals.join_all().await.into_iter().collect();
        assert_eq!(numbers, (1..=10).collect());
        city.it_is(datetime(2027, 1, 4, 10, 0, 0, 0));
        let p = city.files(kim, "S134", "새해", "").await;
        let p = city.does(&receiver, p.id, Act::Receive { kind: Kind::Inquiry, period: None }).await.unwrap();
        assert_eq!(p.reception.unwrap().number.to_string(), "2027-000001");
    }
}

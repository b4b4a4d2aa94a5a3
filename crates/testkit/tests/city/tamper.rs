//! 훼손 — whoever writes into the database by hand is found out; what is derived is made anew; a destroyed key is no fault.

use app::verify::Report;
use domain::access::{Sight, Who};
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::terms::{Kind, Outcome};
use jiff::civil::datetime;
use store::engine::{Ask, Urgency, Write};
use store::head::Scope;
use store::params;
use testkit::city::{City, answer};

async fn by_hand(city: &City, sql: &'static str, params: Vec<store::engine::Value>) {
    let write = Write::new(sql, params).rows(1);
    city.app
        .places
        .live
        .engine()
        .commit(vec![write], Urgency::User)
        .await
        .unwrap_or_else(|e| panic!("{sql}: {e}"));
}

async fn verified(city: &City) -> Report {
    city.app
        .verify(&city.app.places.live, &mut |_| {})
        .await
        .expect("a fault is reported, it does not end the verification")
}

/// Three petitions, one of them answered, sealed under a root.
async fn office(city: &City) -> Vec<Petition> {
    let kim = city.citizen("010-1234-5678").await;
    let first = city.files(kim, "S134", "하나", "첫째 내용").await;
    let second = city.files(kim, "S134", "둘", "둘째 내용").await;
    let third = city.in_handling(kim, "셋", Kind::Inquiry, None).await;
    let third = city.answers(third.id, answer(Outcome::Answered, "답변")).await;
    city.duties().await;
    assert_eq!(verified(city).await.faults, Vec::<String>::new());
    vec![first, second, third]
}

/// The faults that were found, and that a second look finds the same again, or nothing where `healed`.
async fn finds(city: &City, words: &[&str], healed: bool) {
    let report = verified(city).await;
    for word in words {
        assert!(
            report.faults.iter().any(|fault| fault.contains(word)),
            "{word} is not among {:?}",
            report.faults
        );
    }
    let again = verified(city).await.faults;
    if healed {
        assert_eq!(again, Vec::<String>::new(), "made anew");
    } else {
        assert!(
            words.iter().all(|w| again.iter().any(|fault| fault.contains(w))),
            "a fault stays a fault: {again:?}"
        );
    }
}

async fn works_on(city: &City, id: PetitionId) {
    let receiver = city.official("receiver1");
    city.duties().await;
    city.app
        .list(&receiver, app::desk::View::Open, None, 10, &Default::default())
        .await
        .expect("the list still opens");
    city.app
        .search(&receiver, "둘", None, 10, &Default::default())
        .await
        .expect("the search still works");
    city.app
        .case(&receiver, id, &Default::default())
        .await
        .expect("the other case still opens");
}

testkit::on_both_engines! {
    async fn a_changed_event_breaks_the_chain(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        let id = p[0].id.bytes();
        by_hand(&city, "UPDATE event SET body = replace(body, '\"private\"', '\"public\"') WHERE petition = $1 AND seq = 1", params![id]).await;
        finds(&city, &["chain"], false).await;
        let case = city.app.case(&Who::System, p[0].id, &Default::default()).await.unwrap();
        assert!(!case.chain_holds, "and the case says so");
        works_on(&city, p[1].id).await;
    }

    async fn a_back_dated_event_breaks_the_chain(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        by_hand(&city, "UPDATE event SET recorded_at = recorded_at - 1, happened_at = happened_at - 1 WHERE petition = $1 AND seq = 3", params![p[2].id.bytes()]).await;
        finds(&city, &["chain"], false).await;
    }

    async fn a_time_without_a_ground_is_found(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        by_hand(&city, "UPDATE event SET happened_at = happened_at - 1 WHERE petition = $1 AND seq = 3", params![p[2].id.bytes()]).await;
        finds(&city, &["without a ground"], false).await;
    }

    async fn an_event_by_another_hand_breaks_the_chain(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        let other = city.official_id("audit.1").bytes();
        by_hand(&city, "UPDATE event SET by_id = $1 WHERE petition = $2 AND seq = 2", params![other, p[2].id.bytes()]).await;
        finds(&city, &["chain"], false).await;
    }

    async fn an_unreadable_event_is_reported_and_the_rest_works(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        by_hand(&city, "UPDATE event SET body = '{' WHERE petition = $1 AND seq = 1", params![p[0].id.bytes()]).await;
        finds(&city, &["cannot be read"], false).await;
        works_on(&city, p[1].id).await;
    }

    async fn a_deleted_event_leaves_its_leaf(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        by_hand(&city, "DELETE FROM event WHERE petition = $1 AND seq = 4", params![p[2].id.bytes()]).await;
        finds(&city, &["chain", "leaves"], false).await;
    }

    async fn a_whole_petition_taken_away_leaves_its_leaves(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        let id = p[0].id.bytes();
        by_hand(&city, "DELETE FROM event WHERE petition = $1", params![id]).await;
        by_hand(&city, "DELETE FROM head WHERE id = $1", params![id]).await;
        finds(&city, &["leaves"], false).await;
    }

    async fn an_event_that_never_passed_the_sealer_is_found(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        by_hand(&city, "DELETE FROM leaf WHERE petition = $1 AND seq = 1", params![p[1].id.bytes()]).await;
        finds(&city, &["without the sealer", "missing", "root 1"], false).await;
    }

    async fn a_changed_head_is_made_anew(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        let id = p[0].id.bytes();
        let unit = city.unit("audit").bytes();
        for (sql, values) in [
            ("UPDATE head SET state = replace(state, '\"filed\"', '\"concluded\"') WHERE id = $1", params![id]),
            ("UPDATE head SET state = '{}' WHERE id = $1", params![id]),
            ("UPDATE head SET unit = $2 WHERE id = $1", params![id, unit]),
            ("UPDATE head SET act_by = 0 WHERE id = $1", params![id]),
            ("UPDATE head SET hash = $2 WHERE id = $1", params![id, [7_u8; 32]]),
            ("DELETE FROM head WHERE id = $1", params![id]),
        ] {
            by_hand(&city, sql, values).await;
            finds(&city, &["head"], true).await;
            assert_eq!(city.app.places.live.head(p[0].id).await.unwrap().unwrap().petition, p[0], "{sql}");
        }
        // Two heads with each other's numbers.
        let other = p[1].id.bytes();
        by_hand(&city, "UPDATE head SET number = 'x' WHERE id = $1", params![id]).await;
        by_hand(&city, "UPDATE head SET number = $2 WHERE id = $1", params![other, p[0].number.to_string()]).await;
        by_hand(&city, "UPDATE head SET number = $2 WHERE id = $1", params![id, p[1].number.to_string()]).await;
        finds(&city, &["head"], true).await;
        // One let in by a row of `involved` is out again, and a head nobody filed is gone.
        by_hand(&city, "INSERT INTO involved (who, petition) VALUES ($1, $2)", params![city.official_id("audit.1").bytes(), id]).await;
        finds(&city, &["head"], true).await;
        let sight = Sight { involved: Some(city.official_id("audit.1")), ..Sight::default() };
        assert!(city.app.places.live.list(Scope::Open, &sight, None, 10).await.unwrap().is_empty());
        by_hand(&city, "UPDATE head SET id = $2 WHERE id = $1", params![id, [9_u8; 16]]).await;
        finds(&city, &["head but no journal"], true).await;
    }

    async fn two_texts_exchanged_are_found(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        let (one, two) = (p[0].body.unwrap().id.bytes(), p[0].title.id.bytes());
        let sealed = |id: [u8; 16]| {
            let city = &city;
            async move {
                let row = city.app.places.live.engine().query_one("SELECT sealed FROM vault WHERE id = $1", params![id]).await;
                row.unwrap().bytes(0).unwrap().to_vec()
            }
        };
        let (a, b) = (sealed(one).await, sealed(two).await);
        by_hand(&city, "UPDATE vault SET sealed = $1 WHERE id = $2", params![b, one]).await;
        by_hand(&city, "UPDATE vault SET sealed = $1 WHERE id = $2", params![a, two]).await;
        finds(&city, &["committed to"], false).await;
        works_on(&city, p[1].id).await;
        let case = city.app.case(&Who::System, p[0].id, &Default::default()).await.unwrap();
        assert!(!case.chain_holds);
        assert_eq!(case.texts.text(case.petition.title), None, "what is not what was written is not shown");
    }

    async fn a_text_taken_out_of_the_vault_is_found(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        by_hand(&city, "DELETE FROM vault WHERE id = $1", params![p[0].title.id.bytes()]).await;
        finds(&city, &["missing though its key"], false).await;
    }

    async fn changed_statistics_are_counted_anew(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        office(&city).await;
        let before = city.app.places.live.tallies("").await.unwrap();
        by_hand(&city, "UPDATE tally SET n = n + 7 WHERE key = 'life/filed'", Vec::new()).await;
        finds(&city, &["statistics"], true).await;
        by_hand(&city, "DELETE FROM tally WHERE key = 'life/concluded'", Vec::new()).await;
        finds(&city, &["statistics"], true).await;
        assert_eq!(city.app.places.live.tallies("").await.unwrap().into_iter().filter(|(_, n)| *n != 0).collect::<Vec<_>>(),
            before.into_iter().filter(|(_, n)| *n != 0).collect::<Vec<_>>());
    }

    async fn a_changed_leaf_or_root_does_not_hold(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        let engine = city.app.places.live.engine();
        let leaf = engine.query_one("SELECT hash FROM leaf WHERE n = 1", Vec::new()).await.unwrap().hash32(0).unwrap();
        by_hand(&city, "UPDATE leaf SET hash = $1 WHERE n = 1", params![[3_u8; 32]]).await;
        finds(&city, &["root 1", "leaves"], false).await;
        by_hand(&city, "UPDATE leaf SET hash = $1 WHERE n = 1", params![leaf]).await;
        assert_eq!(verified(&city).await.faults, Vec::<String>::new());
        // Signed anew by a key of somebody else's: a good signature of the wrong hand.
        let root = city.app.places.live.last_root().await.unwrap().unwrap();
        let key = crypto::sign::Signer::generate(&mut |out: &mut [u8]| out.fill(5));
        let forged = root.statement().sign(&key).to_bytes().to_vec();
        by_hand(&city, "UPDATE root SET signature = $1, signer = $2 WHERE no = 1", params![forged, key.public().to_sec1()]).await;
        finds(&city, &["root 1"], false).await;
        by_hand(&city, "UPDATE root SET signature = $1, signer = $2 WHERE no = 1", params![root.signature, root.signer]).await;
        assert_eq!(verified(&city).await.faults, Vec::<String>::new());
        by_hand(&city, "UPDATE root SET signed_at = signed_at - 1 WHERE no = 1", Vec::new()).await;
        finds(&city, &["root 1"], false).await;
        assert_eq!(p.len(), 3);
    }

    async fn a_destroyed_key_takes_the_words_and_leaves_the_rest(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = office(&city).await;
        by_hand(&city, "DELETE FROM vault_key WHERE owner = $1", params![p[0].id.bytes()]).await;
        finds(&city, &["nobody decided that"], false).await;
        // Decided and written down, the same is as it should be.
        by_hand(
            &city,
            "INSERT INTO destroyed (owner, entry, at, done) VALUES ($1, $2, 0, 1)",
            params![p[0].id.bytes(), [1_u8; 16]],
        )
        .await;
        let report = verified(&city).await;
        assert_eq!((report.faults, report.forgotten), (Vec::<String>::new(), 2));
        let case = city.app.case(&Who::System, p[0].id, &Default::default()).await.unwrap();
        assert!(case.chain_holds);
        assert_eq!((case.texts.text(p[0].title), case.texts.text(p[0].body.unwrap())), (None, None));
        let receiver = city.official("receiver1");
        let hits = city.app.search(&receiver, "첫째", None, 10, &Default::default()).await.unwrap();
        assert!(hits.items.is_empty(), "the index was built anew without it");
        let list = city.app.list(&receiver, app::desk::View::Open, None, 10, &Default::default()).await.unwrap();
        let line = list.items.iter().find(|item| item.petition.id == p[0].id).unwrap();
        assert_eq!(line.title, None);
        assert_eq!(city.app.stats().await.unwrap().total, 3, "the numbers stay");
        works_on(&city, p[1].id).await;
    }
}

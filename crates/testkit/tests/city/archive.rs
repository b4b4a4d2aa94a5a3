//! 서고 이야기 — petitions of closed years go to the archive while the office works, are found there by whoever looked before, and come
//! back to whoever needs them.

use crate::erasure::answered;
use crate::visitor::Browser;
use app::act::{ActError, Call};
use app::desk::View;
use app::desk::search::Before;
use axum::http::StatusCode;
use domain::access::Who;
use domain::act::Act;
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::retention::request::{Wanted, Way};
use domain::retention::{DestructionKind, HoldGround};
use domain::terms::{Kind, Openness, Outcome};
use jiff::civil::{Date, date, datetime};
use std::collections::BTreeMap;
use store::batch::Batch;
use store::engine::Urgency;
use testkit::city::City;

fn words(text: &str) -> app::words::Raw {
    app::words::Raw::text(text)
}

async fn it_is(city: &City, day: Date) {
    city.it_is(day.at(10, 0, 0, 0));
    city.app.reload().await.unwrap();
}

/// So many petitions of a citizen, answered in June 2026.
async fn old_ones(city: &City, phone: &str, n: usize) -> Vec<Petition> {
    let person = city.citizen(phone).await;
    let mut all = Vec::new();
    for nth in 0..n {
        let p = Box::pin(answered(city, person, &format!("오래된 느티나무 {nth}"))).await;
        all.push(p);
    }
    Box::pin(city.duties()).await;
    all
}

/// Which of these lie at hand, and which in the archive.
async fn lies(city: &City, all: &[Petition]) -> (Vec<bool>, Vec<bool>) {
    let (mut at_hand, mut archived) = (Vec::new(), Vec::new());
    for p in all {
        at_hand.push(city.app.here.head(p.id).await.unwrap().is_some());
        archived.push(city.app.places.archive.head(p.id).await.unwrap().is_some());
    }
    (at_hand, archived)
}

async fn all_is_well(city: &City) {
    Box::pin(city.duties()).await;
    for place in city.app.places.all() {
        let report = Box::pin(city.app.verify(place, &mut |_| {})).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new(), "{:?}", place.name);
    }
}

async fn hits(city: &City, who: &Who, words: &str, page: u32) -> Vec<PetitionId> {
    let (mut before, mut found) = (None, Vec::new());
    loop {
        let call = Call::default();
        let hits = city.app.search(who, words, before, page, &call).await.unwrap();
        found.extend(hits.items.iter().map(|item| item.petition.id));
        match hits.next {
            // As a page carries it to the next.
            Some(next) => before = Some(next.to_string().parse::<Before>().unwrap()),
            None => return found,
        }
    }
}

testkit::on_both_engines! {
    async fn a_closed_year_goes_and_is_found_as_before(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let old = old_ones(&city, "010-1234-5678", 5).await;
        let kim = Who::Citizen(old[0].person);
        let examiner = city.official("examiner");
        it_is(&city, date(2028, 12, 31)).await;
        assert_eq!(city.duty("archive").await, 0, "two whole years are kept at hand");
        it_is(&city, date(2029, 1, 1)).await;
        let young = city.files(old[0].person, "S134", "새로 심은 느티나무", "").await;
        Box::pin(city.duties()).await;
        city.duty("seal").await;
        // Everything was told before it goes: what is seen before and after must be the same.
        let call = Call::default();
        assert_eq!(lies(&city, &old).await, (vec![false; 5], vec![true; 5]));
        assert_eq!(lies(&city, std::slice::from_ref(&young)).await.0, [true]);
        let stats = city.app.stats().await.unwrap();
        assert_eq!((stats.total, stats.by_state["concluded"]), (6, 5));
        let listed = city.app.list(&examiner, View::Concluded, None, 3, &call).await.unwrap();
        let rest = city.app.list(&examiner, View::Concluded, listed.next, 3, &call).await.unwrap();
        let titles: Vec<_> = listed.items.iter().chain(&rest.items).map(|item| item.title.clone().expect("opened")).collect();
        assert_eq!(titles.len(), 5);
        assert!(titles.iter().all(|title| title.starts_with("오래된 느티나무")), "{titles:?}");
        assert_eq!(city.app.count(&examiner, View::Concluded, 100).await.unwrap(), 5);
        let mine = city.app.petitions_of(&kim, None, 10).await.unwrap();
        assert_eq!(mine.items.len(), 6);
        // Search gives what is at hand first and goes on in the archive, whatever the page holds.
        for page in [1, 2, 4, 20] {
            let found = hits(&city, &examiner, "느티나무", page).await;
            assert_eq!(found.len(), 6, "{page}");
            assert_eq!(found[0], young.id);
            let mut wanted: Vec<_> = old.iter().chain([&young]).map(|p| p.id).collect();
            let mut all = found.clone();
            wanted.sort();
            all.sort();
            assert_eq!(all, wanted, "{page}");
        }
        let number = old[1].reception.unwrap().number.to_string();
        assert_eq!(hits(&city, &examiner, &number, 5).await, [old[1].id]);
        assert_eq!(lies(&city, &old).await.0, [false; 5], "looking for it takes nothing out");
        // Whoever has no business with it sees it there as little as here.
        let other = city.official("humanrights.head");
        assert_eq!(hits(&city, &other, "느티나무", 5).await, []);
        assert!(matches!(city.app.case(&other, old[0].id, &call).await, Err(ActError::NotFound)));
        all_is_well(&city).await;
    }

    async fn whoever_opens_or_acts_gets_it_back(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let old = old_ones(&city, "010-1234-5678", 3).await;
        let kim = Who::Citizen(old[0].person);
        let before = city.app.stats().await.unwrap().by_state;
        it_is(&city, date(2029, 1, 1)).await;
        Box::pin(city.duties()).await;
        let call = Call::default();
        // The citizen opens one by its number, with everything in it.
        let mut browser = Browser::new(&city);
        browser.signs_in(&city, "010-1234-5678").await;
        let seen = browser.go(&format!("/my/{}", old[0].number)).await;
        assert_eq!(seen.status, StatusCode::OK);
        seen.says("오래된 느티나무 0").says("답변 zqcanary");
        assert_eq!(lies(&city, &old).await, (vec![true, false, false], vec![false, true, true]));
        // An official opens the next; the chain holds, the petitioner is named, and the look of then is remembered.
        let handler = city.app.office().who(old[1].handler.unwrap(), city.app.now()).unwrap();
        let case = city.app.case(&handler, old[1].id, &call).await.unwrap();
        assert!(case.chain_holds);
        assert!(case.contact.is_some());
        assert_eq!(case.petition.seq, old[1].seq);
        // The third is acted on: it is decided on what came back.
        let ask = Act::AskFurther { what: words("어느 나무입니까?") };
        let asked = city.does(&kim, old[2].id, ask).await.unwrap();
        assert!(asked.further.is_some());
        assert_eq!(lies(&city, &old).await, (vec![true; 3], vec![false; 3]));
        assert_eq!(city.app.stats().await.unwrap().by_state["concluded"], before["concluded"]);
        Box::pin(city.duties()).await;
        // What came back is found where it lies, and what rests goes again the next day; what waits for somebody stays.
        assert_eq!(hits(&city, &city.official("examiner"), "느티나무", 10).await.len(), 3);
        it_is(&city, date(2029, 1, 3)).await;
        city.duty("archive").await;
        city.duty("seal").await;
        assert_eq!(lies(&city, &old).await, (vec![false, false, true], vec![true, true, false]));
        assert_eq!(hits(&city, &city.official("examiner"), "느티나무", 10).await.len(), 3);
        all_is_well(&city).await;
    }

    async fn a_move_that_was_cut_off_leaves_the_living_one(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let old = old_ones(&city, "010-1234-5678", 2).await;
        it_is(&city, date(2029, 1, 1)).await;
        let fill = || |out: &mut [u8]| out.fill(7);
        let (live, archive, now) = (&city.app.here, &city.app.places.archive, city.app.now());
        for p in &old {
            live.copy_to(archive, p.id, Batch::new(), now, Urgency::Bulk, fill()).await.unwrap();
        }
        // Both places hold both; it is shown once.
        let kim = Who::Citizen(old[0].person);
        assert_eq!(city.app.petitions_of(&kim, None, 10).await.unwrap().items.len(), 2);
        // One is acted on meanwhile: clearing away what was copied before is refused, and nothing of the act is lost.
        let asked = city.does(&kim, old[1].id, Act::AskFurther { what: words("무엇입니까?") }).await.unwrap();
        let stale = live.clear_away(old[1].id, old[1].seq, Batch::new(), now, Urgency::Bulk).await;
        assert!(stale.is_err(), "what came since is nowhere else");
        Box::pin(city.duties()).await;
        assert_eq!(lies(&city, &old).await.0, [false, true]);
        let head = live.head(old[1].id).await.unwrap().unwrap();
        assert_eq!(head.petition.seq, asked.seq);
        assert_eq!(hits(&city, &city.official("examiner"), "느티나무", 10).await.len(), 2);
        // The stale copy counts for nothing, and goes when its petition rests.
        let further = Act::AnswerFurther { body: words("느티나무입니다.") };
        let handler = city.app.office().who(old[1].handler.unwrap(), city.app.now()).unwrap();
        city.does(&handler, old[1].id, further).await.unwrap();
        Box::pin(city.duties()).await;
        it_is(&city, date(2029, 1, 2)).await;
        Box::pin(city.duties()).await;
        assert_eq!(lies(&city, &old).await, (vec![false; 2], vec![true; 2]));
        let kept = archive.head(old[1].id).await.unwrap().unwrap();
        assert!(kept.petition.seq > asked.seq);
        all_is_well(&city).await;
    }

    async fn what_somebody_needs_stays_and_what_is_destroyed_is_forgotten_everywhere(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let mut old = old_ones(&city, "010-1234-5678", 4).await;
        let mut public = testkit::city::filing("S134", "느티나무를 묻습니다", "몇 년 되었습니까?");
        public.openness = Openness::Public;
        let kim = Who::Citizen(old[0].person);
        let petitioner = app::act::Petitioner::Known(old[0].person);
        let asked = city.app.file(&kim, petitioner, public, &Call::default()).await.unwrap();
        let road = city.official("road.facilities.receiver");
        let receiver = city.official("receiver1");
        for (who, act) in [
            (&receiver, Act::Receive { kind: Kind::Inquiry, period: None }),
            (&receiver, Act::Distribute { unit: city.unit("road_facilities") }),
            (&road, Act::UnitReceive),
            (&road, Act::Designate { handler: city.official_id("road.facilities.1") }),
        ] {
            city.does(who, asked.id, act).await.unwrap();
        }
        let mut open = testkit::city::answer(Outcome::Answered, "답합니다.");
        open.openness = Openness::Public;
        old[0] = Box::pin(city.answers(asked.id, open)).await;
        let handler = city.official("road.facilities.1");
        let publish = Act::Publish { title: words("나무"), question: words("묻습니다."), answer: words("답합니다.") };
        city.does(&handler, old[0].id, publish).await.unwrap();
        let (officer, call) = (city.official("privacy"), Call::default());
        let hold = city.app.hold_petition(&officer, old[1].id, HoldGround::Lawsuit, Some(date(2030, 1, 1)), "소송", &call);
        hold.await.unwrap();
        Box::pin(city.duties()).await;
        it_is(&city, date(2029, 1, 1)).await;
        Box::pin(city.duties()).await;
        assert_eq!(lies(&city, &old).await.0, [true, true, false, false]);
        // Who asks what becomes of all of it is told of all of it.
        let given = city.app.ask_erasure(&kim, old[0].person, Wanted::Everything, None, Way::Web, "이사", &call);
        let given = given.await.unwrap();
        let opened = city.app.erasure(&officer, given.number, &Call::default()).await.unwrap();
        assert_eq!(opened.things.len(), 6, "five petitions, and who asks in them");
        assert_eq!(lies(&city, &old).await.0, [true; 4]);
        // A back-up of the archive still holds the third: the list outside makes it forget, too.
        let doomed = city.app.with_persons(vec![old[2].id]).await.unwrap();
        city.app.destroy(&officer, &doomed, DestructionKind::Request, &Default::default()).await.unwrap();
        let lists: BTreeMap<&str, Vec<[u8; 16]>> = (city.app.places.all())
            .map(|place| (place.name.name(), place.keys().destroyed().unwrap().iter().map(|line| line.owner).collect()))
            .collect();
        assert_eq!(lists["live"], [old[2].id.bytes()]);
        assert_eq!(lists["archive"], [old[2].id.bytes()]);
        assert_eq!(lists["protected"], Vec::<[u8; 16]>::new());
        // In the January behind its retention the year's list is drawn up from what came back.
        it_is(&city, date(2029, 1, 3)).await;
        Box::pin(city.duty("archive")).await;
        assert_eq!(lies(&city, &old[3..]).await, (vec![false], vec![true]));
        it_is(&city, date(2032, 1, 10)).await;
        Box::pin(city.duty("erase")).await;
        let lists = city.app.disposals(&city.official("records"), None, None, None).await.unwrap().0;
        assert!(lists.iter().any(|list| list.petitions.contains(&old[3].id)), "{lists:?}");
        assert_eq!(lies(&city, &old[3..]).await, (vec![true], vec![false]));
    }
}

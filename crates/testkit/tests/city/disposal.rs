//! 기록물 폐기 — proposed by the year, judged by department, records officer and board, carried out once and for good; and the page of
//! what is kept apart (공공기록물법 제27조, 영 제43조; 개인정보 보호법 제21조③).

use crate::erasure::{answered, keeps_a_year, leaves_nothing, pieces_held, sealed_pieces, seated};
use crate::privacy::{CANARY, everything_written};
use crate::protected;
use app::App;
use app::act::{ActError, Call};
use app::erase::disposal::{Members, Said, Shown};
use domain::access::{Official, Post, Who};
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::retention::disposal::{Disposal, Fate, Opinion, Step};
use domain::retention::{Basis, DestructionKind, HoldGround, Term};
use domain::terms::{By, Outcome, Seat};
use jiff::civil::{Date, date, datetime};
use store::batch::Batch;
use store::engine::{Ask, Urgency};
use testkit::city::{City, On, answer};

fn none() -> Call {
    Call::default()
}

fn board() -> Members {
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    Members {
        inside: names(&["박서기", "오국장", "민과장"]),
        outside: names(&["김교수", "이기록"]),
    }
}

fn says(petition: PetitionId, opinion: Opinion, term: Option<Term>) -> Said {
    Said {
        petition,
        opinion: Some(opinion),
        term,
        why: "업무 참고에 더 필요합니다.".into(),
    }
}

async fn it_is(city: &City, day: Date) {
    city.it_is(day.at(10, 0, 0, 0));
    city.app.reload().await.unwrap();
}

/// So many petitions of the road department, answered in June 2026 and kept for a year.
async fn old_ones(city: &City, n: usize) -> Vec<Petition> {
    keeps_a_year(city).await;
    let kim = city.citizen("010-5555-6666").await;
    let mut all = Vec::new();
    for nth in 0..n {
        all.push(answered(city, kim, &format!("오래된 민원 {nth}")).await);
    }
    Box::pin(city.duties()).await;
    all
}

async fn lists(app: &App, who: &Who) -> Vec<Disposal> {
    app.disposals(who, None, None, None).await.unwrap().0
}

async fn has_key(app: &App, id: PetitionId) -> bool {
    app.here.has_key(id.bytes()).await.unwrap()
}

/// The first two steps, by whoever holds the seats.
async fn reviewed(app: &App, list: &Disposal, records: &Who) {
    let head = app.office().holders(Seat::DepartmentHead, Some(list.unit))[0];
    let head = app.office().who(head, app.now()).unwrap();
    app.submit_disposal(&head, list.id, Step::Department, &none())
        .await
        .unwrap();
    app.submit_disposal(records, list.id, Step::Review, &none())
        .await
        .unwrap();
}

async fn fates(app: &App, list: &Disposal, ids: &[PetitionId]) -> Vec<Option<Fate>> {
    let fates = app.here.disposal_fates(list.id).await.unwrap();
    ids.iter().map(|id| fates.get(id).copied()).collect()
}

testkit::on_both_engines! {
    async fn a_year_proposes_and_three_steps_decide(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let old = old_ones(&city, 5).await;
        let ids: Vec<PetitionId> = old.iter().map(|p| p.id).collect();
        let (records, head) = (city.official("records"), city.official("road.facilities.head"));
        it_is(&city, date(2028, 1, 9)).await;
        city.duty("erase").await;
        assert!(lists(&city.app, &records).await.is_empty(), "the day has not come");
        it_is(&city, date(2028, 1, 10)).await;
        let kim = city.citizen("010-5555-6666").await;
        let open = city.files(kim, "S134", "새 민원", "").await;
        city.duty("erase").await;
        city.duty("erase").await;
        let all = lists(&city.app, &records).await;
        assert_eq!(all.len(), 1, "once");
        let list = &all[0];
        let mut proposed = list.petitions.clone();
        let mut wanted = ids.clone();
        proposed.sort();
        wanted.sort();
        assert_eq!(proposed, wanted);
        assert!(!list.petitions.contains(&open.id));
        assert_eq!(city.app.disposals_awaited(&head).await.unwrap(), 1);
        assert_eq!(city.app.disposals_awaited(&records).await.unwrap(), 0);
        // Another department's head knows of none; the officer gives no opinion; nobody else sees one.
        let other = city.official("humanrights.head");
        assert!(lists(&city.app, &other).await.is_empty());
        for (who, refused) in [(&other, ActError::NotFound), (&city.official("road.facilities.1"), ActError::NotFound)] {
            let seen = city.app.disposal(who, list.id, Shown::default(), &none()).await;
            assert_eq!(format!("{:?}", seen.err().unwrap()), format!("{refused:?}"));
        }
        let early = city.app.submit_disposal(&records, list.id, Step::Department, &none()).await;
        assert!(matches!(early, Err(ActError::Refused(Refusal::NotYours))), "{early:?}");
        // The department: one is deferred, one gets a new term that ends later than today, with reasons.
        let mark = async |who: &Who, step, said: Said| city.app.mark_disposal(who, list.id, step, &[said], &none()).await;
        let short = mark(&head, Step::Department, says(ids[2], Opinion::Again, Some(Term::One))).await;
        assert!(matches!(short, Err(ActError::Refused(Refusal::BasisMissing))), "{short:?}");
        let silent = Said { why: "  ".into(), ..says(ids[1], Opinion::Defer, None) };
        assert!(matches!(mark(&head, Step::Department, silent).await, Err(ActError::Refused(Refusal::BasisMissing))));
        mark(&head, Step::Department, says(ids[1], Opinion::Defer, None)).await.unwrap();
        mark(&head, Step::Department, says(ids[2], Opinion::Again, Some(Term::Five))).await.unwrap();
        let seq = city.app.here.disposal(list.id).await.unwrap().unwrap().seq;
        mark(&head, Step::Department, says(ids[2], Opinion::Again, Some(Term::Five))).await.unwrap();
        city.app.submit_disposal(&head, list.id, Step::Department, &none()).await.unwrap();
        city.app.submit_disposal(&head, list.id, Step::Department, &none()).await.unwrap();
        let now = city.app.here.disposal(list.id).await.unwrap().unwrap();
        assert_eq!((now.seq, now.step()), (seq + 1, Step::Review), "sent twice, taken once");
        // The same person does not review, whatever seats they hold.
        let Who::Official(official) = &head else { unreachable!() };
        let mut posts = official.posts.clone();
        posts.push(Post { seat: Seat::RecordsOfficer, unit: city.unit("disclosure") });
        let both = Who::Official(Official { posts, ..official.clone() });
        let same = city.app.submit_disposal(&both, list.id, Step::Review, &none()).await;
        assert!(matches!(same, Err(ActError::Refused(Refusal::NotYours))), "{same:?}");
        let same = mark(&both, Step::Review, says(ids[0], Opinion::Defer, None)).await;
        assert!(matches!(same, Err(ActError::Refused(Refusal::NotYours))), "{same:?}");
        let seen = city.app.disposal(&records, list.id, Shown { opinion: Some(Opinion::Defer), page: 1 }, &none()).await.unwrap();
        assert_eq!((seen.fitting, seen.items.len()), (1, 1));
        let (said, why) = seen.items[0].said[0].as_ref().unwrap();
        assert_eq!((said.opinion, why.as_str()), (Opinion::Defer, "업무 참고에 더 필요합니다."));
        city.app.submit_disposal(&records, list.id, Step::Review, &none()).await.unwrap();
        assert_eq!(city.app.disposals_awaited(&records).await.unwrap(), 1, "the board");
        for id in &ids {
            assert!(has_key(&city.app, *id).await, "nothing goes before the board");
        }
        // A hold laid down between proposal and execution keeps one out.
        let privacy = city.official("privacy");
        city.app.hold_petition(&privacy, ids[3], HoldGround::Lawsuit, None, "2028구합1", &none()).await.unwrap();
        let today = date(2028, 1, 10);
        let alone = Members { outside: vec!["김교수".into()], ..board() };
        let refused = city.app.decide_disposal(&records, list.id, today, &alone, &none()).await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::BoardIncomplete))), "{refused:?}");
        city.app.decide_disposal(&records, list.id, today, &board(), &none()).await.unwrap();
        city.app.decide_disposal(&records, list.id, today, &board(), &none()).await.unwrap();
        let kept: Vec<bool> = [has_key(&city.app, ids[0]).await, has_key(&city.app, ids[1]).await, has_key(&city.app, ids[2]).await,
            has_key(&city.app, ids[3]).await, has_key(&city.app, ids[4]).await].into();
        assert_eq!(kept, [false, true, true, true, false]);
        assert_eq!(fates(&city.app, list, &ids).await, [Some(Fate::Destroyed), None, None, Some(Fate::Held), Some(Fate::Destroyed)]);
        // One line of the 파기대장, on the ground of this list.
        let entries = city.app.destructions(&records, date(2028, 1, 1), today).await.unwrap();
        assert_eq!(entries.len(), 1, "{entries:?}");
        let entry = &entries[0];
        assert_eq!((entry.kind, entry.petitions, entry.persons), (DestructionKind::Disposal, 2, 0), "the person's contact is needed");
        assert_eq!((entry.disposal, entry.reviewer), (Some(list.id), Some(city.official_id("records"))));
        assert_eq!(entry.by, By::Official(city.official_id("records")));
        let seen = city.app.disposal(&records, list.id, Shown::default(), &none()).await.unwrap();
        assert_eq!(seen.members, Some(board()));
        // What was deferred and what was held come back, once nothing stands in the way; the new term counts.
        let holds = city.app.here.holds(ids[3]).await.unwrap();
        city.app.lift_hold(&privacy, ids[3], holds[0].id, &none()).await.unwrap();
        city.duty("erase").await;
        assert!(has_key(&city.app, ids[3]).await, "not in the same year");
        it_is(&city, date(2029, 1, 11)).await;
        city.duty("erase").await;
        let mut next = lists(&city.app, &records).await[0].petitions.clone();
        next.sort();
        let mut back = vec![ids[1], ids[3]];
        back.sort();
        assert_eq!(next, back);
        it_is(&city, date(2032, 1, 11)).await;
        city.duty("erase").await;
        let latest = lists(&city.app, &records).await;
        assert_eq!(latest[0].petitions, [ids[2]], "kept until the last day of 2031");
        let report = city.app.verify(&city.app.here, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn a_machine_that_died_behind_the_decision_is_made_good(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let old = old_ones(&city, 2).await;
        it_is(&city, date(2028, 1, 11)).await;
        city.duty("erase").await;
        let records = city.official("records");
        let list = lists(&city.app, &records).await.remove(0);
        reviewed(&city.app, &list, &records).await;
        // The decision alone is stored.
        let mut decided = city.app.here.disposal(list.id).await.unwrap().unwrap();
        let now = city.app.now();
        let key = city.app.here.key_of(*list.id.as_bytes()).await.unwrap();
        let mut batch = Batch::new();
        let id = domain::id::TextId(uuid::Uuid::from_u128(77));
        let names = batch.text(&key, id, &serde_json::to_vec(&board()).unwrap(), &mut |out: &mut [u8]| out.fill(7));
        decided.decide(city.official_id("records"), now, date(2028, 1, 11), 5, 2, names, date(2028, 1, 11)).unwrap();
        batch.disposal_next(&decided).unwrap();
        batch.disposal_decided(&decided, now);
        city.app.here.commit(batch, Urgency::User).await.unwrap();
        let city = Box::pin(city.reopened()).await;
        assert!(has_key(&city.app, old[0].id).await);
        assert!(city.duty("erase").await >= 2);
        for p in &old {
            assert!(!has_key(&city.app, p.id).await);
        }
        city.duty("erase").await;
        let entries = city.app.destructions(&records, date(2028, 1, 1), date(2028, 12, 31)).await.unwrap();
        assert_eq!(entries.len(), 1, "carried out once");
    }

    async fn the_room_proposes_to_its_own_people_alone(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        protected::staffed(&city).await;
        city.entitles("records", "disclosure", &[Seat::RecordsOfficer]).await;
        keeps_a_year(&city).await;
        let kim = city.citizen("010-1234-5678").await;
        let p = city.files(kim, "P001", "상사의 폭언을 신고합니다", "매일 폭언을 듣습니다.").await;
        protected::handled(&city, p.id).await;
        protected::answered(&city, p.id, answer(Outcome::Answered, "조사를 마쳤습니다.")).await;
        Box::pin(city.duties()).await;
        it_is(&city, date(2028, 1, 11)).await;
        city.duty("erase").await;
        let outside = city.official("records");
        assert!(lists(&city.app, &outside).await.is_empty(), "nothing of it outside");
        let (room, inside) = (city.inside(), city.entitled("records"));
        let list = lists(&room, &inside).await.remove(0);
        assert_eq!(list.petitions, [p.id]);
        let seen = city.app.disposal(&outside, list.id, Shown::default(), &none()).await;
        assert!(matches!(seen, Err(ActError::NotFound)));
        reviewed(&room, &list, &inside).await;
        room.decide_disposal(&inside, list.id, date(2028, 1, 11), &board(), &none()).await.unwrap();
        assert!(!has_key(&room, p.id).await);
        assert_eq!(room.here.destructions(domain::time::At(0), domain::time::At::NEVER, 9).await.unwrap().len(), 1);
        assert!(city.app.here.destructions(domain::time::At(0), domain::time::At::NEVER, 9).await.unwrap().is_empty());
    }

    async fn what_the_board_gave_up_can_be_found_nowhere(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        keeps_a_year(&city).await;
        let ids = Box::pin(everything_written(&city)).await;
        Box::pin(city.duties()).await;
        it_is(&city, date(2028, 1, 11)).await;
        Box::pin(city.duties()).await;
        let owners: Vec<[u8; 16]> = ids.iter().map(|id| id.bytes()).collect();
        let sealed = sealed_pieces(&city, &owners).await;
        assert!(sealed.len() > 25, "{}", sealed.len());
        let sqlite = city.folder().join("data").exists();
        assert!(!sqlite || pieces_held(&city, &sealed) > 25, "the search finds what is there");
        let records = city.official("records");
        let mut exports = Vec::new();
        for list in lists(&city.app, &records).await {
            // What an office writes about a petition goes with it.
            let head = city.app.office().holders(Seat::DepartmentHead, Some(list.unit))[0];
            let head = city.app.office().who(head, city.app.now()).unwrap();
            let said = Said { why: format!("{CANARY} zqcanary 의견"), ..says(list.petitions[0], Opinion::Destroy, None) };
            city.app.mark_disposal(&head, list.id, Step::Department, &[said], &none()).await.unwrap();
            reviewed(&city.app, &list, &records).await;
            city.app.decide_disposal(&records, list.id, date(2028, 1, 11), &board(), &none()).await.unwrap();
            let sheet = city.app.disposal_sheet(&records, list.id, &none()).await.unwrap();
            exports.push(format!("{sheet:?}").into_bytes());
        }
        for id in &ids {
            assert!(!has_key(&city.app, *id).await);
            let rows = city.app.here.engine().query("SELECT 1 FROM vault WHERE owner = $1", store::params![id.bytes()]).await.unwrap();
            assert!(rows.is_empty());
        }
        for word in [CANARY, "zqcanary"] {
            for token in domain::search::tokens(word) {
                assert_eq!(city.app.here.held(&token, 10).await.unwrap(), 0, "the index holds {word}");
            }
        }
        let report = city.app.verify(&city.app.here, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        if sqlite {
            Box::pin(leaves_nothing(&city, &sealed, exports)).await;
        }
    }

    async fn what_is_kept_apart_opens_with_a_reason_and_loudly(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-5555-6666").await;
        let p = answered(&city, kim, "분리될 민원 zqapart").await;
        let officer = city.official("privacy");
        let mut batch = Batch::new();
        let last = date(2031, 12, 31);
        for owner in [p.id.bytes(), kim.bytes()] {
            batch.set_apart(owner, [3; 16], Basis::PublicRecords.code(), last, city.app.now());
        }
        city.app.here.commit(batch, Urgency::User).await.unwrap();
        for login in ["receiver1", "road.facilities.1", "road.facilities.head", "examiner", "admin"] {
            let who = city.official(login);
            let listed = city.app.kept_apart(&who, None, &none()).await;
            assert!(matches!(listed, Err(ActError::NotFound)), "{login}");
            let opened = city.app.open_apart(&who, p.id.bytes(), "법원의 사실조회에 답하기 위함", &none()).await;
            assert!(matches!(opened, Err(ActError::NotFound)), "{login}");
        }
        let (kept, more) = city.app.kept_apart(&officer, None, &none()).await.unwrap();
        assert_eq!((kept.len(), more), (2, false));
        assert!(kept.iter().all(|one| one.apart.until == last && one.apart.basis == "public_records"));
        let silent = city.app.open_apart(&officer, p.id.bytes(), " 그냥 ", &none()).await;
        assert!(matches!(silent, Err(ActError::Refused(Refusal::BasisMissing))), "{silent:?}");
        assert!(city.app.looks_apart(&officer).await.unwrap().is_empty());
        let why = "법원의 사실조회에 답하기 위함";
        let open = city.app.open_apart(&officer, p.id.bytes(), why, &none()).await.unwrap();
        assert!(open.words.iter().any(|(_, _, text)| text.contains("zqapart")), "{:?}", open.words);
        assert_eq!(open.contact.and_then(|contact| contact.phone).as_deref(), Some("01055556666"));
        let person = city.app.open_apart(&city.official("records"), kim.bytes(), why, &none()).await.unwrap();
        assert!(person.words.is_empty() && person.contact.is_some());
        // Written down: on the page, in the ledger of looks, and told to the officer.
        let looks = city.app.looks_apart(&officer).await.unwrap();
        assert_eq!(looks.len(), 2);
        assert!(looks.iter().all(|look| look.why == why));
        let rows = city.app.here.engine().query("SELECT template FROM outbox", Vec::new()).await.unwrap();
        assert_eq!(rows.iter().filter(|row| row.text(0).unwrap() == "erasure_apart").count(), 2);
        assert!(city.app.here.looks(p.id).await.unwrap().iter().any(|look| look.deed == "open_apart"));
        // What another law keeps apart is not proposed, and no ordinary door opens it.
        let case = city.app.case(&Who::System, p.id, &none()).await.unwrap();
        assert!(case.texts.text(p.title).is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_take_the_steps_without_javascript() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let old = old_ones(&city, 2).await;
    it_is(&city, date(2028, 1, 11)).await;
    city.duty("erase").await;
    let list = lists(&city.app, &city.official("records")).await.remove(0);
    let way = format!("/desk/disposals/{}", list.id);
    let mut other = seated(&city, "parks.head").await;
    assert_eq!(other.go(&way).await.status, axum::http::StatusCode::NOT_FOUND);
    other
        .go("/desk/disposals")
        .await
        .says("조건에 맞는 폐기 목록이 없습니다.");
    let mut head = seated(&city, "road.facilities.head").await;
    head.go("/desk")
        .await
        .says("처리하실 기록물 폐기 목록이 1건 있습니다.");
    head.go("/desk/disposals?step=department&year=2028")
        .await
        .says("처리 필요");
    head.go("/desk/disposals?year=28").await.says("네 자리 숫자");
    let page = head.go(&way).await;
    page.says("오래된 민원 0")
        .says("파기가 정지된 민원")
        .says("의견 제출");
    let to = format!("{way}?opinion=&page=1");
    // What lacks its reason comes back with everything that was typed.
    let fields = [
        ("opinion-1", "again"),
        ("why-1", ""),
        ("why-2", "적어 둔 말"),
        ("do", "take"),
    ];
    let wrong = head.sends(&page, &to, &fields).await;
    assert_eq!(wrong.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("사유를 적어 주십시오").says("새 보존기간을 선택");
    assert!(
        wrong.text.contains("value=\"적어 둔 말\""),
        "nothing typed is lost"
    );
    let fields = [
        ("opinion-1", "defer"),
        ("why-1", "후속 공사에 <b>참고</b>"),
        ("do", "mark"),
    ];
    let saved = head.submits(&page, &to, &fields).await;
    saved.says("저장하였습니다.").says("보류 1건");
    let fields = [
        ("opinion-1", "defer"),
        ("why-1", "후속 공사에 <b>참고</b>"),
        ("do", "take"),
    ];
    head.submits(&saved, &to, &fields)
        .await
        .says("전문요원 심사 대기");
    // The same form once more changes nothing.
    head.submits(&saved, &to, &fields)
        .await
        .says("전문요원 심사 대기");
    let mut records = seated(&city, "records").await;
    let page = records.go(&way).await;
    page.says("후속 공사에").says("심사 완료");
    let page = records.submits(&page, &to, &[("do", "take")]).await;
    page.says("심의회 결정 등록");
    let board = |outside: &'static str| {
        [
            ("held_on", "2028-01-11"),
            ("inside", "박서기"),
            ("outside", outside),
            ("do", "take"),
        ]
    };
    let wrong = records.sends(&page, &to, &board("김교수")).await;
    wrong.says("외부 위원을 두 명 이상").says("박서기");
    let sheet = records
        .takes(&format!("{way}/list.pdf"), "approval", "심의회에 올립니다")
        .await;
    assert!(sheet.bytes.starts_with(b"%PDF"), "{}", sheet.status);
    let done = records.submits(&page, &to, &board("김교수\n이기록")).await;
    done.says("심의 완료").says("폐기함").says("김교수, 이기록");
    let gone = old.iter().find(|p| p.id == list.petitions[1]).unwrap();
    assert!(!has_key(&city.app, gone.id).await);
    records
        .go("/desk/erasure")
        .await
        .says("기록물 폐기")
        .says("2028년 도로시설과 제1호");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_of_what_is_kept_apart_asks_first() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-5555-6666").await;
    let p = answered(&city, kim, "분리될 민원").await;
    let mut batch = Batch::new();
    batch.set_apart(
        p.id.bytes(),
        [3; 16],
        Basis::LocalTax.code(),
        date(2031, 12, 31),
        city.app.now(),
    );
    city.app.here.commit(batch, Urgency::User).await.unwrap();
    let mut other = seated(&city, "road.facilities.head").await;
    assert_eq!(
        other.go("/desk/apart").await.status,
        axum::http::StatusCode::NOT_FOUND
    );
    let mut officer = seated(&city, "privacy").await;
    let page = officer.go("/desk/apart").await;
    page.says("지방세기본법").says("2031");
    assert!(!page.text.contains("분리될 민원"));
    let wrong = officer.sends(&page, "/desk/apart", &[("why-1", "그냥")]).await;
    wrong.says("10자 이상");
    assert!(wrong.text.contains("value=\"그냥\""), "nothing typed is lost");
    let open = officer
        .sends(
            &page,
            "/desk/apart",
            &[("why-1", "법원의 사실조회에 답하기 위함")],
        )
        .await;
    open.says("분리될 민원")
        .says("접속기록에 남고")
        .says("지방세기본법");
    officer
        .go("/desk/apart")
        .await
        .says("법원의 사실조회에 답하기 위함");
}

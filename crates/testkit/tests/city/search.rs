//! 찾기 — every title is found by its words, page by page without loss or doubles, and answers once they went out.

use domain::access::Who;
use domain::act::Act;
use domain::search::Query;
use domain::terms::{Kind, Outcome};
use jiff::civil::datetime;
use std::collections::BTreeSet;
use store::engine::{Dialect, Urgency, Write};
use testkit::city::{City, answer};

async fn finds(city: &City, who: &Who, words: &str) -> Vec<domain::id::PetitionId> {
    let mut found = Vec::new();
    let mut before = None;
    loop {
        let page = city
            .app
            .search(who, words, before, 7, &Default::default())
            .await
            .unwrap();
        found.extend(page.items.iter().map(|item| item.petition.id));
        match page.next {
            Some(next) => before = Some(next),
            None => return found,
        }
    }
}

/// Titles as people write them, and a word each is the only one to hold.
const TRICKY: &[(&str, &str)] = &[
    ("가로등이 며칠째 꺼져 있습니다", "며칠째"),
    ("등", "등"),
    ("버스 ㅋㅋ 안 와요 ㅠㅠ", "ㅋㅋ"),
    ("😡😡 소음 때문에 못 살겠어요 😡", "살겠어요"),
    ("１２３번지 불법주차", "123번지"),
    ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1161}\u{11bc} 다리", "한강"),
    ("KTX 역사 Wi-Fi가 안됩니다", "wi"),
    ("漢江公園 청소", "漢江"),
    ("ﬁne dust 미세먼지", "fine"),
    ("2026.06.15(월) 14시 민원실 A4용지", "a4용지"),
    ("첫 줄\n둘째줄에만있는말\n셋째 줄", "둘째줄에만있는말"),
    ("İstanbul 자매도시", "i̇stanbul"),
    ("<script>alert('민원')</script>", "script"),
    ("값이 100%인지 AND OR NOT NEAR 확인", "near"),
    ("\"따옴표\" 'OR' 1=1 --", "따옴표"),
];

testkit::on_both_engines! {
    async fn each_title_is_found_by_its_rarest_word(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let mut ids = Vec::new();
        for (title, _) in TRICKY {
            ids.push(city.files(kim, "S134", title, "").await.id);
        }
        // Symbols alone, and five thousand characters over many lines, break nothing.
        let symbols = city.files(kim, "S134", "!!! ??? …", "").await;
        let lines: String = (0..999).map(|n| format!("줄{n}\n")).collect();
        let long = city.files(kim, "S134", &format!("{lines}끝의말"), "").await;
        let over = city.app.file(
            &Who::Citizen(kim), app::act::Petitioner::Known(kim),
            testkit::city::filing("S134", &"가".repeat(5_001), ""), &Default::default(),
        ).await;
        assert!(matches!(over, Err(app::act::ActError::Refused(domain::refusal::Refusal::TooLong))));
        let full = city.files(kim, "S134", &"가".repeat(5_000), "").await;
        assert!(finds(&city, &receiver, "며칠째").await.is_empty(), "the index follows the sealer");
        city.duties().await;
        for ((title, word), id) in TRICKY.iter().zip(&ids) {
            let found = finds(&city, &receiver, word).await;
            if title.chars().count() > 1 {
                assert_eq!(found, vec![*id], "{word:?} in {title:?}");
            } else {
                assert!(found.contains(id), "{word:?} in {title:?}");
            }
        }
        assert_eq!(finds(&city, &receiver, "등").await.len(), 2, "가로등 and 등; a single syllable is a word");
        assert_eq!(finds(&city, &receiver, "꺼져 가로등").await, vec![ids[0]], "several words in any order");
        assert_eq!(finds(&city, &receiver, "끝의말").await, vec![long.id]);
        assert_eq!(finds(&city, &receiver, "줄998").await, vec![long.id]);
        assert_eq!(finds(&city, &receiver, "가가가").await, vec![full.id]);
        assert_eq!(finds(&city, &receiver, "!!!").await, Vec::new());
        assert_eq!(finds(&city, &receiver, "가등").await, Vec::new(), "pairs that meet only in the index are no hit");
        let listed = city.app.case(&receiver, symbols.id, &Default::default()).await.unwrap();
        assert_eq!(listed.texts.text(listed.petition.title), Some("!!! ??? …"));
    }

    async fn hundreds_of_hits_come_page_by_page_without_loss_or_doubles(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let mut filed = Vec::new();
        for n in 0..230 {
            let title = if n % 3 == 0 { format!("보도블록 파손 {n}") } else { format!("보도 공사 {n} 블록") };
            filed.push((n, city.files(kim, "S134", &title, "").await.id));
        }
        city.duties().await;
        let wanted: Vec<_> = filed.iter().rev().filter(|(n, _)| n % 3 == 0).map(|(_, id)| *id).collect();
        assert_eq!(finds(&city, &receiver, "보도블록").await, wanted, "newest first");
        let both = finds(&city, &receiver, "보도").await;
        assert_eq!(both.len(), 230);
        assert_eq!(both.iter().collect::<BTreeSet<_>>().len(), 230);
        let own = finds(&city, &Who::Citizen(kim), "보도").await;
        assert_eq!(own, both, "a citizen searches their own");
    }

    async fn one_petition_that_holds_the_word_many_times_is_one_hit(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let handler = city.official("road.facilities.1");
        let first = city.in_handling(kim, "육교 승강기", Kind::Inquiry, None).await;
        for n in 0..20 {
            city.files(kim, "S134", &format!("육교 {n}"), "").await;
        }
        let ask = Act::AskSupplement { what: app::words::Raw::text("어느 곳입니까"), until: jiff::civil::date(2026, 6, 30) };
        city.does(&handler, first.id, ask).await.unwrap();
        city.clock.advance(60_000);
        let note = Some(app::words::Raw::text("역 앞 육교입니다."));
        city.does(&Who::Citizen(kim), first.id, Act::Supplement { note, files: Vec::new() }).await.unwrap();
        city.duties().await;
        let found = finds(&city, &receiver, "육교").await;
        assert_eq!(found.len(), 21, "the supplement and the title are the same petition, on whatever page");
        assert_eq!(found[0], first.id, "by its newest word");
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 21);
    }

    async fn an_answer_is_found_once_it_went_out(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let p = city.in_handling(kim, "횡단보도 신호", Kind::Inquiry, None).await;
        let handler = city.official("road.facilities.1");
        city.does(&handler, p.id, Act::Draft(answer(Outcome::Answered, "초안에만있는낱말"))).await.unwrap();
        city.duties().await;
        assert!(finds(&city, &receiver, "초안에만있는낱말").await.is_empty(), "a draft is nobody's to find");
        city.answers(p.id, answer(Outcome::Answered, "보행시간을 연장하였습니다.")).await;
        city.duties().await;
        assert_eq!(finds(&city, &receiver, "보행시간을").await, vec![p.id]);
        assert!(finds(&city, &receiver, "초안에만있는낱말").await.is_empty());
        // Numbers are found whole, by whoever may see the petition.
        let filing = p.number.to_string();
        let reception = p.reception.unwrap().number.to_string();
        for number in [&filing, &reception, &filing.to_lowercase().replace('-', "")] {
            assert_eq!(finds(&city, &receiver, number).await, vec![p.id], "{number}");
            assert_eq!(finds(&city, &city.official("audit.receiver"), number).await, Vec::new(), "{number}");
        }
        // Built anew from the vault, the index finds the same.
        city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(finds(&city, &receiver, "보행시간을").await, vec![p.id]);
        assert_eq!(finds(&city, &receiver, "횡단보도").await, vec![p.id]);
    }

    async fn texts_far_apart_are_found_newest_first_and_each_once(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        for n in 0..30 {
            let title = if n % 10 == 3 { "가로등과 신호등" } else { "가로등" };
            city.files(kim, "S134", title, "").await;
        }
        city.duty("seal").await;
        let place = &city.app.places.live;
        // As if thousands of events lay between each two of them: PostgreSQL looks through the newest stretches first.
        if place.dialect() == Dialect::Postgres {
            let apart = vec![
                Write::new(
                    "UPDATE entry SET leaf = -1 - leaf * 20000, \
                     tokens = tokens[1:cardinality(tokens) - 1] || ((leaf * 20000) >> 14)",
                    Vec::new(),
                ),
                Write::new("UPDATE entry SET leaf = -1 - leaf", Vec::new()),
                Write::new("UPDATE position SET next = 1 + 20000 * next", Vec::new()),
            ];
            place.engine().commit(apart, Urgency::Bulk).await.unwrap();
        }
        for (word, wanted) in [("가로등", 30), ("신호등", 3), ("가로등 신호등", 3), ("분수대", 0)] {
            let query = Query::parse(word).unwrap();
            let (mut found, mut before) = (Vec::new(), None);
            loop {
                let page = place.candidates(&query, before, 4).await.unwrap();
                before = page.last().map(|last| last.leaf);
                found.extend(page.iter().map(|candidate| candidate.leaf));
                if page.len() < 4 {
                    break;
                }
            }
            assert!(found.is_sorted_by(|a, b| a > b), "{word}: {found:?}");
            assert_eq!(found.len(), wanted, "{word}: {found:?}");
        }
    }

    async fn a_search_among_much_that_may_not_be_seen_pauses_and_goes_on(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let mine = city.in_handling(kim, "보도블록이 깨졌습니다", Kind::Inquiry, None).await;
        for n in 0..5 {
            city.files(kim, "S134", &format!("보도블록 교체 요청 {n}"), "").await;
        }
        city.duties().await;
        let handler = city.official("road.facilities.1");
        let mut pages = Vec::new();
        let mut before = None;
        loop {
            let page = city.app.search_within(&handler, "보도블록", before, (7, 2), &Default::default()).await.unwrap();
            pages.push((page.items.iter().map(|item| item.petition.id).collect::<Vec<_>>(), page.paused));
            assert_eq!(page.paused, page.next.is_some(), "no page here is ever full");
            match page.next {
                Some(next) => before = Some(next),
                None => break,
            }
        }
        let found: Vec<_> = pages.iter().flat_map(|(ids, _)| ids.clone()).collect();
        assert_eq!(found, [mine.id]);
        assert_eq!(pages[..2], [(vec![], true), (vec![], true)], "four newer ones of others were looked at, and this is told");
    }
}

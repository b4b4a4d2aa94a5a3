//! 감독 — letters one by one and fifty at once, figures that each sees only as far as they may, and the examiner's month with its
//! text to all staff (영 제22조, 제28조; 계획 Ⅳ-2).

use crate::visitor::{Browser, Seen};
use app::act::{ActError, Call};
use app::supervision::month::staff_text;
use app::words::Raw;
use axum::http::StatusCode;
use domain::access::Who;
use domain::access::figures::Figures;
use domain::act::Act;
use domain::evaluation::Part;
use domain::id::{PersonId, PetitionId, UnitId};
use domain::inspection::{self, BoardRow, Ground, Month, Stand, Weight};
use domain::petition::Petition;
use domain::petition::letter::{DelayCause, LetterKind};
use domain::refusal::Refusal;
use domain::terms::{Kind, Outcome};
use jiff::civil::{date, datetime};
use ports::mail::Mailbox;
use std::collections::BTreeSet;
use store::engine::{Urgency, Write};
use testkit::city::{City, On, PASSWORD, answer};

fn call(key: &str) -> Call {
    Call {
        origin: Vec::new(),
        key: Some(key.as_bytes().to_vec()),
    }
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// Waits for a handler of another department.
async fn with_audit(city: &City, kim: PersonId, title: &str) -> Petition {
    let filed = city.files(kim, "S134", title, "").await;
    let receiver = city.official("receiver1");
    let period = None;
    city.does(
        &receiver,
        filed.id,
        Act::Receive {
            kind: Kind::Inquiry,
            period,
        },
    )
    .await
    .unwrap();
    let unit = city.unit("audit");
    city.does(&receiver, filed.id, Act::Distribute { unit })
        .await
        .unwrap()
}

async fn proposed(city: &City, who: &Who, kind: LetterKind) -> Vec<PetitionId> {
    let (items, _) = city.app.proposed(who, kind, 200, &Call::default()).await.unwrap();
    items.into_iter().map(|item| item.petition.id).collect()
}

fn letters_to(city: &City, login: &str, word: &str) -> usize {
    let letters = city.letters.letters();
    let to = format!("{login}@");
    (letters.iter())
        .filter(|l| l.what.to.starts_with(&to) && l.what.subject.contains(word))
        .count()
}

testkit::on_both_engines! {
    async fn a_late_petition_is_proposed_dunned_received_and_answered(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "늦어진 민원", Kind::Inquiry, None).await;
        let (examiner, head) = (city.official("examiner"), city.official("road.facilities.head"));
        // Due at the end of Tuesday the 23rd: on the 22nd an advance notice is proposed, and goes to the handler.
        city.it_is(datetime(2026, 6, 22, 9, 0, 0, 0));
        city.duties().await;
        assert_eq!(proposed(&city, &examiner, LetterKind::Advance).await, [p.id]);
        assert!(proposed(&city, &examiner, LetterKind::Dunning).await.is_empty());
        city.does(&examiner, p.id, Act::IssueAdvanceNotice { note: None }).await.unwrap();
        assert!(proposed(&city, &examiner, LetterKind::Advance).await.is_empty());
        city.duties().await;
        assert_eq!(letters_to(&city, "road.facilities.1", "예고장"), 1);
        // The first look after midnight finds it late and tells the examiner once.
        city.it_is(datetime(2026, 6, 24, 0, 0, 0, 0));
        for _ in 0..3 { city.duties().await; }
        assert_eq!(letters_to(&city, "examiner", "독촉장 발급 대상"), 1);
        assert_eq!(proposed(&city, &examiner, LetterKind::Dunning).await, [p.id]);
        let dun = Act::IssueDunning { reply_by: date(2026, 6, 26), note: Some(Raw::text("경위를 적어 주시기 바랍니다.")) };
        let p = city.does(&examiner, p.id, dun.clone()).await.unwrap();
        let letter = p.dunning().unwrap().clone();
        assert_eq!((letter.to.as_slice(), letter.number.unwrap().to_string()), ([city.official_id("road.facilities.head")].as_slice(), "2026-1".to_owned()));
        assert_eq!(city.is_refused(&examiner, p.id, dun).await, Refusal::LetterIssued);
        city.duties().await;
        assert_eq!(letters_to(&city, "road.facilities.head", "독촉장 제2026-1호"), 1);
        assert!(city.letters.letters().iter().all(|l| !l.what.text.contains("늦어진 민원") && !l.what.text.contains("경위를")), "a notice carries no word of anybody");
        // Received, then answered with a day; the examiner is told.
        city.does(&head, p.id, Act::ConfirmDunning).await.unwrap();
        let reply = Act::ReplyDunning { cause: DelayCause::FactFinding, planned: Some(date(2026, 6, 25)), text: Raw::text("현장 확인이 늦었습니다.") };
        city.does(&head, p.id, reply).await.unwrap();
        city.duties().await;
        assert_eq!(letters_to(&city, "examiner", "독촉장 제2026-1호 회신"), 1);
        let case = city.app.case(&examiner, p.id, &Default::default()).await.unwrap();
        let reply = case.petition.dunning().unwrap().reply.unwrap();
        assert_eq!(case.texts.text(reply.text), Some("현장 확인이 늦었습니다."));
        assert!(case.chain_holds);
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn fifty_letters_are_issued_by_one_form_and_each_once(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let mut ids = Vec::new();
        for n in 0..50 {
            let p = city.in_handling(kim, &format!("늦어진 민원 {n}"), Kind::Inquiry, None).await;
            ids.push(p.id);
        }
        let on_time = city.in_handling(kim, "아직 남은 민원", Kind::Suggestion, None).await;
        city.it_is(datetime(2026, 6, 24, 9, 0, 0, 0));
        let examiner = city.official("examiner");
        let wanted: BTreeSet<PetitionId> = ids.iter().copied().collect();
        let listed: BTreeSet<PetitionId> = proposed(&city, &examiner, LetterKind::Dunning).await.into_iter().collect();
        assert_eq!(listed, wanted);
        ids.push(on_time.id);
        let until = date(2026, 6, 26);
        // Cut off after the first twenty, then sent again whole: every letter once, numbers without a gap.
        let half = city.app.issue(&examiner, LetterKind::Dunning, &ids[..20], until, None, &call("form")).await.unwrap();
        assert_eq!((half.done.len(), half.refused.len()), (20, 0));
        let all = city.app.issue(&examiner, LetterKind::Dunning, &ids, until, None, &call("form")).await.unwrap();
        assert_eq!(all.done.len(), 50);
        assert_eq!(all.refused.iter().map(|(p, r)| (p.id, *r)).collect::<Vec<_>>(), [(on_time.id, Refusal::NotOverdue)]);
        let numbers: BTreeSet<u32> = all.done.iter().map(|p| p.dunning().unwrap().number.unwrap().n).collect();
        assert_eq!(numbers, (1..=50).collect());
        for p in &all.done {
            assert_eq!(p.letters.len(), 1);
        }
        assert!(proposed(&city, &examiner, LetterKind::Dunning).await.is_empty());
        let (sent, next) = city.app.dunned(&examiner, None, 30, &Call::default()).await.unwrap();
        assert_eq!(sent.len(), 30);
        let (rest, end) = city.app.dunned(&examiner, next, 30, &Call::default()).await.unwrap();
        assert_eq!((rest.len(), end), (20, None));
        let together: BTreeSet<PetitionId> = sent.iter().chain(&rest).map(|s| s.item.petition.id).collect();
        assert_eq!(together, wanted);
    }

    async fn each_sees_figures_and_letters_as_far_as_they_may(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let roads = city.in_handling(kim, "도로의 늦은 민원", Kind::Inquiry, None).await;
        let audit = with_audit(&city, kim, "감사의 늦은 민원").await;
        let done = city.in_handling(kim, "도로의 끝난 민원", Kind::Inquiry, None).await;
        city.it_is(datetime(2026, 6, 16, 10, 0, 0, 0));
        city.answers(done.id, answer(Outcome::Answered, "답변")).await;
        city.it_is(datetime(2026, 6, 24, 9, 0, 0, 0));
        let june = month("2026-06");
        let (road_unit, audit_unit) = (Some(city.unit("road_facilities")), Some(city.unit("audit")));
        let handler = city.official_id("road.facilities.1");
        for (login, units, overdue, handled) in [
            ("examiner", vec![road_unit, audit_unit], 2, 1),
            ("road.facilities.head", vec![road_unit], 1, 1),
            ("audit.head", vec![audit_unit], 1, 0),
            ("road.facilities.1", vec![road_unit], 1, 1),
            ("road.facilities.2", vec![], 0, 0),
            // Who receives for the whole office opens every petition, but sees nobody's figures.
            ("receiver1", vec![], 0, 0),
        ] {
            let who = city.official(login);
            let board = city.app.delay_board(&who, &Call::default()).await.unwrap();
            let seen: BTreeSet<Option<UnitId>> = board.units.keys().copied().collect();
            assert_eq!(seen, units.iter().copied().collect(), "{login}");
            assert_eq!(board.total.overdue, overdue, "{login}");
            let speed = city.app.speed(&who, june, Part::All, &Call::default()).await.unwrap();
            assert_eq!(speed.total.cases, handled, "{login}");
            if login == "road.facilities.1" {
                assert!(board.own);
                assert_eq!(board.units[&road_unit].people.keys().copied().collect::<Vec<_>>(), [Some(handler)]);
            }
        }
        // 7 days, done on the second: (7 − 2) ÷ 7; and one of the roads open past its date counts as late.
        let speed = city.app.speed(&city.official("examiner"), june, Part::All, &Call::default()).await.unwrap();
        let choices = city.app.office().settings.evaluation;
        assert_eq!(speed.total.shortened(&choices).unwrap().hundredths(), "71.4");
        assert_eq!((speed.total.late, speed.total.open_late), (0, 2));
        assert_eq!(speed.total.delayed(&choices).unwrap().hundredths(), "66.7");
        let statutory = city.app.speed(&city.official("examiner"), june, Part::Statutory, &Call::default()).await.unwrap();
        assert_eq!(statutory.total.cases + statutory.total.open_late, 0);
        // Deputies propose and issue in their own department alone; who is none may not even ask.
        let (head, other) = (city.official("road.facilities.head"), city.official("audit.head"));
        assert_eq!(proposed(&city, &head, LetterKind::Dunning).await, [roads.id]);
        assert_eq!(proposed(&city, &other, LetterKind::Dunning).await, [audit.id]);
        let clerk = city.official("road.facilities.1");
        let refused = city.app.proposed(&clerk, LetterKind::Dunning, 10, &Call::default()).await;
        assert!(matches!(refused, Err(ActError::NotFound)));
        let until = date(2026, 6, 26);
        let ids = [roads.id, audit.id];
        let issued = city.app.issue(&other, LetterKind::Dunning, &ids, until, None, &call("a")).await.unwrap();
        assert_eq!(issued.done.iter().map(|p| p.id).collect::<Vec<_>>(), [audit.id], "the other does not exist for them");
        assert!(issued.refused.is_empty());
        let issued = city.app.issue(&head, LetterKind::Dunning, &ids, until, None, &call("b")).await.unwrap();
        // The deputy is the head of that department: the letter goes to the staff concerned.
        assert_eq!(issued.done[0].dunning().unwrap().to, [handler]);
        for (login, letters) in [("examiner", 2), ("road.facilities.head", 1), ("road.facilities.1", 1), ("road.facilities.2", 0)] {
            let (sent, _) = city.app.dunned(&city.official(login), None, 30, &Call::default()).await.unwrap();
            assert_eq!(sent.len(), letters, "{login}");
        }
    }

    async fn the_database_sees_as_far_as_the_rule(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let mut all = vec![city.in_handling(kim, "하나", Kind::Inquiry, None).await];
        all.push(with_audit(&city, kim, "둘").await);
        all.push(city.files(kim, "S134", "셋", "").await);
        let place = &city.app.places.live;
        let now = city.app.now();
        let bounds = store::supervision::Bounds { now, today: now, tomorrow: now };
        let officials: Vec<_> = city.app.office().officials.keys().copied().collect();
        for id in officials {
            let seen = Figures::of(&city.app.office().who(id, now).unwrap());
            let admitted = all.iter().filter(|p| seen.admits(p.unit, p.handler)).count() as u64;
            let counted: u64 = place.open_work(&seen, bounds).await.unwrap().iter().map(|work| work.open).sum();
            assert_eq!(counted, admitted, "{seen:?}");
        }
    }

    async fn the_examiners_month(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let late = city.in_handling(kim, "늦은 민원", Kind::Inquiry, None).await;
        let good = city.in_handling(kim, "제때 끝난 민원", Kind::Inquiry, None).await;
        city.it_is(datetime(2026, 6, 16, 10, 0, 0, 0));
        city.answers(good.id, answer(Outcome::Answered, "답변")).await;
        city.it_is(datetime(2026, 6, 30, 10, 0, 0, 0));
        city.answers(late.id, answer(Outcome::Answered, "늦은 답변")).await;
        let june = month("2026-06");
        let (examiner, head) = (city.official("examiner"), city.official("road.facilities.head"));
        let none = city.app.inspected(&examiner, june, &Call::default()).await;
        assert!(matches!(none, Err(ActError::NotFound)), "not before the month is over");
        city.it_is(datetime(2026, 7, 1, 0, 0, 0, 0));
        city.duties().await;
        city.duties().await;
        let seen = city.app.inspected(&examiner, june, &Call::default()).await.unwrap();
        let lines: Vec<(PetitionId, Ground)> = seen.items.iter().map(|(item, _)| (item.petition, item.ground)).collect();
        assert_eq!(lines, [(late.id, Ground::Late)]);
        assert_eq!(seen.state.drawn.unwrap().1, 1, "drawn up once");
        assert_eq!(letters_to(&city, "examiner", "확인·점검 목록"), 1);

        // The board and the text come from the facts; the examiner looks at the text and sends it once.
        let roads = city.unit("road_facilities");
        let rows = city.app.board_rows(june).await.unwrap();
        assert_eq!(rows, [BoardRow { unit: roads, cases: 2, late: 1, open_late: 0, allowed: 2 * 7 * 480, used: (2 + 12) * 480 }]);
        let text = city.app.staff_text(june).await.unwrap();
        let everyone = u32::try_from(city.app.office().officials.len()).unwrap();
        city.app.inspect(&examiner, june, inspection::Act::PublishBoard { rows: rows.clone() }, &call("board")).await.unwrap();
        let send = inspection::Act::SendStaffText { text: Raw::text(&text), to: everyone };
        city.app.inspect(&examiner, june, send.clone(), &call("text")).await.unwrap();
        city.app.inspect(&examiner, june, send.clone(), &call("text")).await.unwrap();
        let again = city.app.inspect(&examiner, june, send, &call("another form")).await;
        assert!(matches!(again, Err(ActError::Refused(Refusal::DoneAlready))));
        for _ in 0..10 { city.duty("deliver").await; }
        let id = city.app.places.live.inspection(june).await.unwrap().id.unwrap();
        let queued = city.app.places.live.effects_of(id).await.unwrap();
        let sent = queued.iter().filter(|(e, state)| e.template == "staff_text" && state == "sent").count();
        assert_eq!(sent, everyone as usize, "to each once");
        let letters = city.letters.letters();
        let letter = letters.iter().find(|l| l.what.subject.contains("민원 처리 현황 안내")).unwrap();
        assert!(letter.what.text.starts_with(&text));

        // An order to the department, its reply, asked again, settled, closed.
        let find = inspection::Act::Find { weight: Weight::Order, unit: roads, petition: Some(late.id), text: Raw::text("지연 경위를 밝히고 재발 방지 대책을 세울 것"), reply_by: Some(date(2026, 7, 10)) };
        city.app.inspect(&examiner, june, find, &call("find")).await.unwrap();
        let reply = |words: &str| inspection::Act::Reply { no: 1, text: Raw::text(words) };
        let stranger = city.official("audit.head");
        let refused = city.app.inspect(&stranger, june, reply("우리가"), &call("x")).await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::NotYours))));
        city.app.inspect(&head, june, reply("담당자를 늘리겠습니다."), &call("r1")).await.unwrap();
        let again = inspection::Act::AskAgain { no: 1, text: Raw::text("시행일을 밝힐 것"), reply_by: date(2026, 7, 15) };
        city.app.inspect(&examiner, june, again, &call("again")).await.unwrap();
        city.app.inspect(&head, june, reply("8월 1일부터 시행합니다."), &call("r2")).await.unwrap();
        city.app.inspect(&examiner, june, inspection::Act::Accept { no: 1 }, &call("ok")).await.unwrap();
        let state = city.app.inspect(&examiner, june, inspection::Act::Close, &call("close")).await.unwrap();
        assert_eq!((state.findings[0].stand, state.closed.is_some()), (Stand::Settled, true));
        let seen = city.app.inspected(&head, june, &Call::default()).await.unwrap();
        assert!(seen.holds);
        let words: Vec<&str> = seen.journal.iter().filter_map(|r| r.event.text()).filter_map(|t| seen.texts.text(t)).collect();
        assert!(words.contains(&"8월 1일부터 시행합니다."), "{words:?}");
        // Another department sees the published board and nothing of this.
        let seen = city.app.inspected(&stranger, june, &Call::default()).await.unwrap();
        assert!(seen.state.board.is_some() && seen.state.findings.is_empty() && seen.items.is_empty());
        assert_eq!(seen.journal.iter().filter(|r| matches!(r.event, inspection::Event::Found { .. } | inspection::Event::Replied { .. })).count(), 0);
    }

    async fn figures_are_made_anew_from_the_journal(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "끝난 민원", Kind::Inquiry, None).await;
        city.it_is(datetime(2026, 6, 16, 10, 0, 0, 0));
        let p = city.answers(p.id, answer(Outcome::Answered, "답변")).await;
        city.duties().await;
        let place = &city.app.places.live;
        let wanted = app::supervision::measure(&city.app.office(), &p).unwrap();
        assert!(place.measured_holds(&wanted).await.unwrap());
        let wrong = store::supervision::Measured { used: 1, ..wanted };
        let astray = store::supervision::Measured { petition: PetitionId(uuid::Uuid::from_u128(9)), ..wanted };
        place.replace_measured(&[wrong, astray], &[]).await.unwrap();
        let report = city.app.verify(place, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, ["2 figures of ended petitions differ from the journal; they are made anew"]);
        assert!(place.measured_holds(&wanted).await.unwrap());
        let report = city.app.verify(place, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn sums_of_figures_follow_whatever_is_written_and_are_made_anew(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "끝난 민원", Kind::Inquiry, None).await;
        city.it_is(datetime(2026, 6, 16, 10, 0, 0, 0));
        let p = city.answers(p.id, answer(Outcome::Answered, "답변")).await;
        let place = &city.app.places.live;
        let examiner = city.official("examiner");
        let (june, july) = (Month::of(date(2026, 6, 1)).unwrap(), Month::of(date(2026, 7, 1)).unwrap());
        let seen = domain::access::figures::Figures::of(&examiner);
        let cases = async |month, part| -> Vec<(u64, u64, u64)> {
            let lots = place.worked(&seen, month, part).await.unwrap();
            lots.iter().map(|(_, lot)| (lot.cases, lot.late, lot.used)).collect()
        };
        let told = app::supervision::measure(&city.app.office(), &p).unwrap();
        assert_eq!(cases(june, Part::All).await, [(1, 0, told.used)]);
        assert_eq!(cases(june, Part::Everyday).await, [(1, 0, told.used)]);
        assert_eq!(cases(june, Part::Statutory).await, []);

        // Corrected, moved to another month and kind, no longer counted, and gone: the sum follows each time.
        let late = store::supervision::Measured { late: true, used: told.used + 7, ..told };
        place.replace_measured(&[late], &[]).await.unwrap();
        assert_eq!(cases(june, Part::All).await, [(1, 1, told.used + 7)]);
        let moved = store::supervision::Measured { month: july, kind: Kind::Statutory, ..late };
        place.replace_measured(&[moved], &[]).await.unwrap();
        assert_eq!((cases(june, Part::All).await, cases(july, Part::Statutory).await), (vec![], vec![(1, 1, told.used + 7)]));
        assert!(place.totals_hold().await.unwrap());
        let withdrawn = store::supervision::Measured { outcome: Outcome::Withdrawn, ..moved };
        place.replace_measured(&[withdrawn], &[]).await.unwrap();
        assert_eq!(cases(july, Part::All).await, []);
        place.replace_measured(&[told], &[]).await.unwrap();
        place.replace_measured(&[], &[told.petition]).await.unwrap();
        assert_eq!(cases(june, Part::All).await, []);
        assert!(place.totals_hold().await.unwrap());
        place.replace_measured(&[told], &[]).await.unwrap();

        // Sums that somebody has touched by hand.
        let write = Write::new("UPDATE measured_total SET cases = cases + 1 WHERE cases = 1", Vec::new()).rows(1);
        place.engine().commit(vec![write], Urgency::User).await.unwrap();
        assert!(!place.totals_hold().await.unwrap());
        let report = city.app.verify(place, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, ["the sums of figures differ from what they add up to; they are made anew"]);
        assert_eq!(cases(june, Part::All).await, [(1, 0, told.used)]);
        assert_eq!(city.app.verify(place, &mut |_| {}).await.unwrap().faults, Vec::<String>::new());

        // The same for those of the whole city, which a year's trend reads.
        let everybody = domain::access::figures::Figures { all: true, ..Default::default() };
        let year = async || {
            let months = place.worked_by_month(&everybody, (june, july), Part::All).await.unwrap();
            months.into_iter().map(|(month, lot)| (month, lot.cases, lot.used)).collect::<Vec<_>>()
        };
        assert_eq!(year().await, [(june, 1, told.used)]);
        let write = Write::new("UPDATE measured_city SET used = used + 1 WHERE cases = 1", Vec::new()).rows(1);
        place.engine().commit(vec![write], Urgency::User).await.unwrap();
        assert!(!place.totals_hold().await.unwrap());
        assert!(!city.app.verify(place, &mut |_| {}).await.unwrap().faults.is_empty());
        assert_eq!(year().await, [(june, 1, told.used)]);
    }
}

#[test]
fn 안내문자는_사실대로_쓴다() {
    let unit = |n: u128| UnitId(uuid::Uuid::from_u128(n));
    let row = |n, cases, late, open_late| BoardRow {
        unit: unit(n),
        cases,
        late,
        open_late,
        allowed: cases * 7 * 480,
        used: cases * 3 * 480,
    };
    let name = |id: UnitId| {
        let names = [
            "",
            "도로시설과",
            "감사담당관",
            "공원녹지정책과",
            "버스정책과",
            "택시물류과",
        ];
        names[usize::try_from(id.0.as_u128()).unwrap()].to_owned()
    };
    let rows = [
        row(1, 1_200, 14, 3),
        row(2, 30, 0, 0),
        row(3, 210, 2, 0),
        row(4, 90, 0, 9),
        row(5, 4, 1, 0),
    ];
    let late = staff_text("한빛특별시", month("2026-06"), &rows, name);
    insta::assert_snapshot!("staff_text_late", late);
    let good = staff_text("한빛특별시", month("2026-01"), &[row(2, 30, 0, 0)], name);
    insta::assert_snapshot!("staff_text_good", good);
    let nothing = staff_text("한빛특별시", month("2026-01"), &[], name);
    insta::assert_snapshot!("staff_text_nothing", nothing);
    assert!(late.len() <= 2_000, "a text message");
}

/// An official at a browser.
async fn at_the_desk(city: &City, login: &str) -> Browser {
    let mut browser = Browser::new(city);
    let page = browser.go("/desk/sign-in").await;
    let fields = [("login", login), ("password", PASSWORD)];
    let page = browser.submits(&page, "/desk/sign-in", &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    browser
}

/// The values of the hidden fields of this name on a page.
fn hidden(page: &Seen, name: &str) -> Vec<String> {
    let start = format!("name=\"{name}\" value=\"");
    (page.text.split(&start).skip(1))
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_supervision_work_without_javascript() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    for n in 0..50 {
        city.in_handling(kim, &format!("늦어진 민원 {n}"), Kind::Inquiry, None)
            .await;
    }
    city.it_is(datetime(2026, 6, 24, 9, 0, 0, 0));
    city.duties().await;
    let mut examiner = at_the_desk(&city, "examiner").await;
    let board = examiner.go("/desk/supervision").await;
    board
        .says("지연 현황판")
        .says("독촉장을 발급할 민원이 50건")
        .says("도로시설과");
    let page = examiner.go("/desk/supervision/letters").await;
    let listed = hidden(&page, "listed");
    assert_eq!(listed.len(), 50);
    let (csrf, key) = (hidden(&page, "csrf")[0].clone(), hidden(&page, "key")[0].clone());
    let mine = csrf.clone();
    let body = |which: &str, until: &str| {
        let listed: Vec<String> = listed.iter().map(|id| format!("listed={id}")).collect();
        format!(
            "csrf={csrf}&key={key}&kind=dunning&which={which}&reply_by={until}&note=&{}",
            listed.join("&")
        )
    };
    let form = "application/x-www-form-urlencoded";
    // Nothing ticked, no day: told beside the fields, and nothing is issued.
    let wrong = examiner
        .post("/desk/supervision/letters", form, body("chosen", ""))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("발급할 민원을 하나 이상 선택하여 주시기 바랍니다.");
    assert_eq!(hidden(&wrong, "listed").len(), 50);
    let issued = examiner
        .post("/desk/supervision/letters", form, body("listed", "2026-06-26"))
        .await;
    issued
        .says("50건 중 50건을 발급하였습니다.")
        .says("독촉장을 발급할 민원이 없습니다.");
    let again = examiner
        .post("/desk/supervision/letters", form, body("listed", "2026-06-26"))
        .await;
    again.says("50건 중 50건을 발급하였습니다.");
    let rest = issued.link("/desk/cases/");
    let number = rest.split('/').next().unwrap();
    let paper = format!("/desk/cases/{number}/papers/dunning");
    let paper = examiner.takes(&paper, "handling", "").await;
    assert!(paper.bytes.starts_with(b"%PDF"));
    // A clerk is shown no list to issue from, and cannot issue by hand either.
    let mut clerk = at_the_desk(&city, "road.facilities.2").await;
    let page = clerk.go("/desk/supervision/letters").await;
    assert!(hidden(&page, "listed").is_empty());
    let csrf = hidden(&page, "csrf")[0].clone();
    let forged = body("listed", "2026-06-26").replacen(&mine, &csrf, 1);
    let forged = clerk.post("/desk/supervision/letters", form, forged).await;
    assert_eq!(forged.status, StatusCode::NOT_FOUND);
    clerk
        .go("/desk/supervision")
        .await
        .says("내가 처리하는 민원의 실적만 보입니다.");
    // The month: a finding without its words comes back with all that was typed; then it reaches the department.
    city.it_is(datetime(2026, 7, 1, 9, 0, 0, 0));
    city.duties().await;
    let mut examiner = at_the_desk(&city, "examiner").await;
    let way = "/desk/supervision/months/2026-06";
    let month = examiner.go(way).await;
    month
        .says("처리기간 경과")
        .says("보낼 글")
        .says("점검 기한 2026. 7. 5.");
    let csrf = hidden(&month, "csrf")[0].clone();
    let unit = city.unit("road_facilities");
    let find = |text: &str, key: &str| {
        format!(
            "csrf={csrf}&key={key}-find&do=find&find_weight=order&find_unit={unit}&find_petition=&find_text={text}&find_reply_by=2026-07-10"
        )
    };
    let wrong = examiner.post(way, form, find("", "a")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text.contains("value=\"2026-07-10\""),
        "nothing typed is lost"
    );
    let text = crate::visitor::quote("지연 경위를 밝힐 것");
    let found = examiner.post(way, form, find(&text, "b")).await;
    let found = examiner.follow(found).await;
    found.says("지연 경위를 밝힐 것").says("회신 대기");
    let mut head = at_the_desk(&city, "road.facilities.head").await;
    let finding = format!("{way}/findings/1");
    let page = head.go(&finding).await;
    let answered = head
        .submits(&page, &finding, &[("text", "조치하였습니다."), ("do", "reply")])
        .await;
    answered.says("조치하였습니다.").says("회신 확인 대기");
    let mut other = at_the_desk(&city, "audit.head").await;
    assert_eq!(other.go(&finding).await.status, StatusCode::NOT_FOUND);
    for paper in ["list.csv", "board.csv", "report.pdf"] {
        let paper = format!("{way}/papers/{paper}");
        let seen = examiner
            .takes(&paper, "inspection", "이달 점검 결과를 보고하려고 출력합니다")
            .await;
        assert_eq!(seen.status, StatusCode::OK, "{paper}");
        assert!(
            seen.headers[axum::http::header::CONTENT_DISPOSITION]
                .to_str()
                .unwrap()
                .starts_with("attachment"),
            "{paper}"
        );
    }
    assert_eq!(
        head.go(&format!("{way}/papers/report.pdf")).await.status,
        StatusCode::NOT_FOUND
    );
}

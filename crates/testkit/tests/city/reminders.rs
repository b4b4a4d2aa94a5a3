//! 독촉 안내와 발송 — D−1, D, D+1, D+2 at nine on working days, once each; and letters that wait for a server that is away.

use app::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::due::Cause;
use domain::id::PetitionId;
use domain::terms::{Kind, Outcome};
use jiff::ToSpan;
use jiff::civil::{DateTime, date, datetime};
use ports::delivery::Failed;
use ports::mail::Mailbox;
use testkit::city::{City, answer};

async fn reminders(city: &City, id: PetitionId) -> Vec<String> {
    let case = city
        .app
        .case(&Who::System, id, &Default::default())
        .await
        .unwrap();
    let mut found: Vec<String> = (case.effects.into_iter())
        .filter(|(effect, _)| effect.template.starts_with("remind_"))
        .map(|(effect, state)| {
            let at = effect.made_at.civil().unwrap().strftime("%m-%d %H:%M");
            format!("{} {at} {state}", effect.template.trim_start_matches("remind_"))
        })
        .collect();
    found.sort_by_key(|line| line.split(' ').nth(1).map(str::to_owned));
    found
}

/// A citizen who is reached by mail alone.
async fn writes_by_mail(city: &City) -> domain::id::PersonId {
    let address = app::identity::Address::parse("kim@citizen.example").unwrap();
    city.app.ask_code(&address, "ko", &[127, 0, 0, 1]).await.unwrap();
    let text = city.letters.letters()[0].what.text.clone();
    let runs = text.split(|c: char| !c.is_ascii_digit());
    let code = runs
        .into_iter()
        .find(|run| run.len() == 6)
        .expect("a code")
        .to_owned();
    city.app.verify_contact(&address, &code, "ko").await.unwrap()
}

/// Lets the days pass, with the duties looked after every half hour from eight to ten and at six in the evening.
async fn pass(city: &City, from: DateTime, days: i32) {
    for day in 0..days {
        let day = from.checked_add(day.days()).unwrap().date();
        for (h, m) in [(8, 30), (8, 59), (9, 0), (9, 30), (18, 0)] {
            city.it_is(day.at(h, m, 0, 0));
            city.duties().await;
        }
    }
}

testkit::on_both_engines! {
    async fn a_handler_is_reminded_four_times(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "잊힌 민원", Kind::Inquiry, None).await;
        pass(&city, datetime(2026, 6, 15, 0, 0, 0, 0), 14).await;
        // Due at the end of Tuesday the 23rd.
        let wanted = ["d_minus_1 06-22 09:00 sent", "d 06-23 09:00 sent", "d_plus_1 06-24 09:00 sent", "d_plus_2 06-25 09:00 sent"];
        assert_eq!(reminders(&city, p.id).await, wanted);
        let letters = city.letters.letters();
        let reminded = letters.iter().filter(|l| l.what.to.starts_with("road.facilities.1@") && l.at.civil().unwrap().day() >= 22);
        assert_eq!(reminded.count(), 4, "to the handler alone");
        assert!(letters.iter().all(|l| !l.what.text.contains("잊힌 민원")), "a letter carries no word of the petition");
    }

    async fn weekends_and_holidays_are_stepped_over(city, at datetime(2026, 9, 14, 10, 0, 0, 0)) {
        // 추석 2026: Thursday 24th to Saturday 26th of September. Seven days from the 14th end on Tuesday the 22nd.
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "추석 앞 민원", Kind::Inquiry, None).await;
        pass(&city, datetime(2026, 9, 18, 0, 0, 0, 0), 14).await;
        let days: Vec<String> = reminders(&city, p.id).await;
        assert_eq!(days, ["d_minus_1 09-21 09:00 sent", "d 09-22 09:00 sent", "d_plus_1 09-23 09:00 sent", "d_plus_2 09-28 09:00 sent"]);
    }

    async fn reminders_pause_with_the_clock_and_are_armed_anew(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let handler = city.official("road.facilities.1");
        let p = city.in_handling(kim, "움직이는 기한", Kind::Inquiry, None).await;
        pass(&city, datetime(2026, 6, 22, 0, 0, 0, 0), 1).await;
        assert_eq!(reminders(&city, p.id).await.len(), 1);
        // Extended on the 22nd by two days: due the 25th, and D−1 is the 24th once more.
        city.it_is(datetime(2026, 6, 22, 19, 0, 0, 0));
        let extend = Act::Extend { n: 2, ground: Cause::FactFinding, reason: Raw::text("현장") };
        city.does(&handler, p.id, extend).await.unwrap();
        pass(&city, datetime(2026, 6, 23, 0, 0, 0, 0), 2).await;
        let wanted = ["d_minus_1 06-22 09:00 sent", "d_minus_1 06-24 09:00 sent"];
        assert_eq!(reminders(&city, p.id).await, wanted);
        // A supplement on the 24th: silence until it has come.
        city.it_is(datetime(2026, 6, 24, 19, 0, 0, 0));
        let ask = Act::AskSupplement { what: Raw::text("위치"), until: date(2026, 7, 10) };
        city.does(&handler, p.id, ask).await.unwrap();
        pass(&city, datetime(2026, 6, 25, 0, 0, 0, 0), 6).await;
        assert_eq!(reminders(&city, p.id).await.len(), 2, "nothing runs, nobody is reminded");
        city.it_is(datetime(2026, 7, 1, 10, 0, 0, 0));
        let note = Some(Raw::text("한빛로 1"));
        let p = city.does(&Who::Citizen(kim), p.id, Act::Supplement { note, files: Vec::new() }).await.unwrap();
        assert!(p.due().is_some());
        pass(&city, datetime(2026, 7, 2, 0, 0, 0, 0), 2).await;
        assert!(reminders(&city, p.id).await.len() > 2, "running again: {:?}", reminders(&city, p.id).await);
        // After the end it is silent.
        let told = reminders(&city, p.id).await.len();
        city.it_is(datetime(2026, 7, 3, 19, 0, 0, 0));
        city.answers(p.id, answer(Outcome::Answered, "답변")).await;
        pass(&city, datetime(2026, 7, 4, 0, 0, 0, 0), 6).await;
        assert_eq!(reminders(&city, p.id).await.len(), told);
    }

    async fn a_letter_waits_for_a_server_that_is_away(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = writes_by_mail(&city).await;
        let p = city.files(kim, "S134", "편지를 기다리는 민원", "").await;
        let state = async || {
            let case = city.app.case(&Who::System, p.id, &Default::default()).await.unwrap();
            case.effects.into_iter().find(|(e, _)| e.template == "filed").unwrap()
        };
        let first = state().await.0.id;
        for n in 0..3 {
            city.letters.stumble(Failed::Later("away".into()));
            city.duty("deliver").await;
            let (effect, state) = state().await;
            assert_eq!((effect.id, effect.attempts, state.as_str()), (first, n + 1, "waiting"));
            assert_eq!(city.duty("deliver").await, 0, "not before its time");
            city.clock.advance((60_000 << n) - 1);
            assert_eq!(city.duty("deliver").await, 0, "one, two, four minutes");
            city.clock.advance(1);
        }
        let before = city.letters.letters().len();
        assert_eq!(city.duty("deliver").await, 1);
        let letters = city.letters.letters();
        assert_eq!((letters.len(), letters[0].what.id), (before + 1, first), "under the same identity");
        assert_eq!(city.duty("deliver").await, 0, "once");
        // A server that never comes back: given up, and shown.
        let p = city.files(kim, "S134", "끝내 닿지 않은 편지", "").await;
        for _ in 0..20 {
            city.letters.stumble(Failed::Later("away".into()));
            city.duty("deliver").await;
            city.clock.advance(7 * 3_600_000);
        }
        let case = city.app.case(&Who::System, p.id, &Default::default()).await.unwrap();
        assert_eq!((case.effects[0].1.as_str(), case.effects[0].0.attempts), ("failed", 12));
        assert_eq!(city.app.places.live.effects_failed().await.unwrap(), 1);
    }

    async fn what_will_never_be_taken_is_shown_at_once(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.files(kim, "S134", "없는 번호", "").await;
        city.messages.stumble(Failed::Never("no such number".into()));
        city.duty("deliver").await;
        let case = city.app.case(&Who::System, p.id, &Default::default()).await.unwrap();
        assert_eq!(case.effects[0].1, "failed");
        // One who left neither telephone nor mail is not written to, and that is shown too.
        let contact = store::person::Contact { name: "연락처 없음".into(), language: "ko".into(), ..Default::default() };
        let clerk = city.official("counter1");
        let mut filing = testkit::city::filing("S134", "창구에서", "");
        filing.entry = domain::terms::EntryPoint::Counter;
        let p = city.app.file(&clerk, app::act::Petitioner::New(contact), filing, &Default::default()).await.unwrap();
        city.duty("deliver").await;
        let case = city.app.case(&clerk, p.id, &Default::default()).await.unwrap();
        assert_eq!(case.effects[0].1, "failed");
        assert_eq!(city.app.places.live.effects_failed().await.unwrap(), 2);
    }
}

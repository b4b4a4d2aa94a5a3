//! 보완과 답변 — supplements asked twice and prolonged, drafts recalled and turned back, and which moment ends the period.

use app::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::decide::Completion;
use domain::event::Signer;
use domain::life::Life;
use domain::refusal::Refusal;
use domain::terms::{Kind, Mark, Outcome};
use domain::time::At;
use jiff::civil::{date, datetime};
use store::batch::Batch;
use store::engine::Urgency;
use testkit::city::{answer, settings};

testkit::on_both_engines! {
    async fn a_supplement_that_never_comes_ends_in_a_return_with_reasons(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let (citizen, handler) = (Who::Citizen(kim), city.official("road.facilities.1"));
        let p = city.in_handling(kim, "서류가 모자란 신청", Kind::Statutory, Some(domain::due::Period::Days(10))).await;
        let ask = |until| Act::AskSupplement { what: Raw::text("사업자등록증 사본"), until };
        let back = || Act::Draft(answer(Outcome::Returned, "반려합니다."));
        assert_eq!(city.is_refused(&handler, p.id, ask(date(2026, 6, 15))).await, Refusal::SupplementInPast);
        assert_eq!(city.is_refused(&handler, p.id, back()).await, Refusal::NothingLapsed);
        let p = city.does(&handler, p.id, ask(date(2026, 6, 20))).await.unwrap();
        assert_eq!(p.supplement.unwrap().until, date(2026, 6, 22), "a Saturday moves on to Monday");
        // The citizen asks for more time, twice and not a third time.
        let prolong = |until| Act::ProlongSupplement { until };
        assert_eq!(city.is_refused(&citizen, p.id, prolong(date(2026, 6, 22))).await, Refusal::SupplementInPast);
        city.does(&citizen, p.id, prolong(date(2026, 6, 24))).await.unwrap();
        let p = city.does(&citizen, p.id, prolong(date(2026, 6, 26))).await.unwrap();
        assert_eq!(p.supplement.map(|s| (s.until, s.prolonged)), Some((date(2026, 6, 26), 2)));
        assert_eq!(city.is_refused(&citizen, p.id, prolong(date(2026, 6, 30))).await, Refusal::ProlongationSpent);
        // Lapsed: a second demand of at most ten days.
        assert_eq!(city.is_refused(&handler, p.id, ask(date(2026, 7, 3))).await, Refusal::SupplementNotLapsed);
        city.it_is(datetime(2026, 6, 29, 9, 0, 0, 0));
        assert_eq!(city.is_refused(&handler, p.id, ask(date(2026, 7, 10))).await, Refusal::SupplementTooLong);
        let p = city.does(&handler, p.id, ask(date(2026, 7, 9))).await.unwrap();
        assert_eq!(p.supplement.map(|s| s.round), Some(2));
        assert_eq!(city.is_refused(&handler, p.id, ask(date(2026, 7, 15))).await, Refusal::SupplementOpen);
        assert_eq!(city.is_refused(&handler, p.id, back()).await, Refusal::NothingLapsed);
        city.it_is(datetime(2026, 7, 10, 9, 0, 0, 0));
        let bare = app::words::Raw::text("반려합니다.");
        let without = Act::Draft(domain::act::Answer {
            outcome: Outcome::Returned, body: bare, reasons: None, remedies: None, openness: domain::terms::Openness::Private,
            exception: None,
        });
        assert_eq!(city.is_refused(&handler, p.id, without).await, Refusal::ReasonsOwed);
        let p = city.answers(p.id, answer(Outcome::Returned, "법 제22조에 따라 반려합니다.")).await;
        assert_eq!((p.life, p.end.unwrap().outcome), (Life::Concluded, Outcome::Returned));
        assert!(!p.is_late(), "nothing of the period ran since the first demand");
        let case = city.app.case(&citizen, p.id, &Default::default()).await.unwrap();
        let draft = case.petition.draft.unwrap();
        for text in [draft.reasons.unwrap(), draft.remedies.unwrap()] {
            assert!(case.texts.text(text).is_some(), "법27③: the citizen reads reasons and remedies");
        }
    }

    async fn a_draft_goes_up_and_comes_back(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let handler = city.official("road.facilities.1");
        let (lead, head) = (city.official("road.facilities.lead"), city.official("road.facilities.head"));
        let signer = |login: &str, mark| Signer { official: city.official_id(login), mark };
        let line = || vec![signer("road.facilities.lead", Mark::Review), signer("road.facilities.head", Mark::Decide)];
        let up = || Act::SendUp { line: line() };
        let sign = || Act::Sign { comment: None };
        let p = city.in_handling(kim, "도로의 돌", Kind::Inquiry, None).await;
        let draft = |text: &str| Act::Draft(answer(Outcome::Answered, text));
        assert_eq!(city.is_refused(&handler, p.id, up()).await, Refusal::NoDraft);
        let foreign = Act::Draft(answer(Outcome::Issued, "발급"));
        assert_eq!(city.is_refused(&handler, p.id, foreign).await, Refusal::OutcomeNotOfKind);
        city.does(&handler, p.id, draft("첫 답변안")).await.unwrap();
        for unfit in [
            vec![],
            vec![signer("road.facilities.lead", Mark::Review)],
            vec![signer("road.facilities.lead", Mark::Decide), signer("road.facilities.head", Mark::Decide)],
            vec![signer("road.facilities.1", Mark::Review), signer("road.facilities.head", Mark::Decide)],
        ] {
            assert_eq!(city.is_refused(&handler, p.id, Act::SendUp { line: unfit }).await, Refusal::LineUnfit);
        }
        // Recalled while nobody has signed.
        city.does(&handler, p.id, up()).await.unwrap();
        assert_eq!(city.is_refused(&handler, p.id, draft("둘째")).await, Refusal::OnTheLine);
        city.does(&handler, p.id, Act::Recall).await.unwrap();
        let lost = city.does(&lead, p.id, sign()).await;
        assert!(matches!(lost, Err(app::act::ActError::Refused(Refusal::NotYours))), "{lost:?}");
        // Redrafted, turned back by the second, and the first signs again.
        city.does(&handler, p.id, draft("둘째 답변안")).await.unwrap();
        city.does(&handler, p.id, up()).await.unwrap();
        city.does(&lead, p.id, sign()).await.unwrap();
        assert_eq!(city.is_refused(&handler, p.id, Act::Recall).await, Refusal::SignedAlready);
        assert_eq!(city.is_refused(&handler, p.id, Act::Answer).await, Refusal::NotApproved);
        let p = city.does(&head, p.id, Act::TurnBack { reason: Raw::text("근거를 더 쓰십시오.") }).await.unwrap();
        assert_eq!((p.line, p.draft.unwrap().version), (None, 2));
        city.does(&handler, p.id, draft("셋째 답변안")).await.unwrap();
        city.does(&handler, p.id, up()).await.unwrap();
        city.does(&lead, p.id, sign()).await.unwrap();
        city.does(&head, p.id, sign()).await.unwrap();
        assert_eq!(city.is_refused(&handler, p.id, draft("넷째")).await, Refusal::ApprovedAlready);
        let p = city.does(&handler, p.id, Act::Answer).await.unwrap();
        let case = city.app.case(&Who::Citizen(kim), p.id, &Default::default()).await.unwrap();
        assert_eq!(case.texts.text(case.petition.draft.unwrap().body), Some("셋째 답변안"));
        city.duties().await;
        let effects = city.app.case(&head, p.id, &Default::default()).await.unwrap().effects;
        let told = |name: &str| effects.iter().filter(|(e, state)| e.template == name && state == "sent").count();
        assert_eq!((told("approval_waiting"), told("returned")), (5, 1));
    }

    async fn an_agency_may_count_until_the_answer_is_sent(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let mut sending = settings();
        sending.completion = Completion::Sending;
        let mut batch = Batch::new();
        batch.setting("office", &serde_json::to_string(&sending).unwrap());
        city.app.places.live.commit(batch, Urgency::User).await.unwrap();
        city.app.reload().await.unwrap();
        let kim = city.citizen("010-1234-5678").await;
        let handler = city.official("road.facilities.1");
        let p = city.in_handling(kim, "결재 뒤 늦게 보낸 답변", Kind::Inquiry, None).await;
        city.it_is(datetime(2026, 6, 23, 17, 0, 0, 0));
        city.does(&handler, p.id, Act::Draft(answer(Outcome::Answered, "답변"))).await.unwrap();
        let line = vec![Signer { official: city.official_id("road.facilities.head"), mark: Mark::Delegated }];
        city.does(&handler, p.id, Act::SendUp { line }).await.unwrap();
        city.does(&city.official("road.facilities.head"), p.id, Act::Sign { comment: None }).await.unwrap();
        city.it_is(datetime(2026, 6, 24, 9, 0, 0, 0));
        let p = city.does(&handler, p.id, Act::Answer).await.unwrap();
        assert_eq!(p.end.unwrap().concluded_at, At::seoul(datetime(2026, 6, 24, 9, 0, 0, 0)));
        assert!(p.is_late(), "approved in time, sent too late: late where sending counts");
        city.duties().await;
        let late = city.app.places.live.tallies("entry/late/").await.unwrap();
        assert_eq!(late.values().sum::<i64>(), 1);
    }
}

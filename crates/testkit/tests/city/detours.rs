//! 옆길 — sending back, redistribution, transfer, withdrawal, holds, extensions, other services: what leaves the main road
//! and comes back to it, or ends beside it.

use app::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::due::{Cause, Ground, Period};
use domain::id::UnitId;
use domain::life::{Deed, Life};
use domain::refusal::Refusal;
use domain::terms::{Kind, Outcome};
use domain::time::At;
use jiff::civil::{date, datetime};
use testkit::city::{City, answer};

fn due(y: i16, m: i8, d: i8) -> Option<At> {
    Some(At::seoul(datetime(y, m, d, 0, 0, 0, 0)))
}

async fn sent(city: &City, who: &Who, id: domain::id::PetitionId) -> Vec<String> {
    city.duties().await;
    let case = city.app.case(who, id, &Default::default()).await.unwrap();
    case.effects
        .into_iter()
        .filter(|(_, state)| state == "sent")
        .map(|(e, _)| e.template)
        .collect()
}

testkit::on_both_engines! {
    async fn a_petition_goes_back_and_forth_until_its_department_is_found(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let roads = city.official("road.facilities.receiver");
        let (road_unit, parks) = (city.unit("road_facilities"), city.unit("audit"));
        let p = city.files(kim, "S134", "어느 부서 일입니까", "").await;
        city.does(&receiver, p.id, Act::Receive { kind: Kind::Inquiry, period: None }).await.unwrap();
        let nowhere = Act::Distribute { unit: UnitId(uuid::Uuid::from_u128(7)) };
        assert_eq!(city.is_refused(&receiver, p.id, nowhere).await, Refusal::UnknownUnit);
        for round in 1..=3 {
            city.does(&receiver, p.id, Act::Distribute { unit: road_unit }).await.unwrap();
            assert_eq!(city.is_refused(&receiver, p.id, Act::Distribute { unit: road_unit }).await, Refusal::SameUnit);
            let reason = Raw::text("우리 부서 소관이 아닙니다.");
            let p = city.does(&roads, p.id, Act::SendBack { reason: reason.clone() }).await.unwrap();
            assert_eq!((p.sent_back, p.send_back, p.life), (round, Some(road_unit), Life::Distributed));
            assert_eq!(city.is_refused(&roads, p.id, Act::SendBack { reason }).await, Refusal::SendBackOpen);
            assert_eq!(city.is_refused(&roads, p.id, Act::UnitReceive).await, Refusal::SendBackOpen);
        }
        let p = city.does(&receiver, p.id, Act::Distribute { unit: parks }).await.unwrap();
        assert_eq!((p.unit, p.send_back, p.sent_back), (Some(parks), None, 3));
        assert_eq!(p.due(), due(2026, 6, 24), "the clock ran through all of it");
        // The first department has lost it from sight; the second may take it and give it to its own people only.
        let gone = city.app.case(&roads, p.id, &Default::default()).await;
        assert!(matches!(gone, Err(app::act::ActError::NotFound)));
        let audit = city.official("audit.receiver");
        let early = Act::Designate { handler: city.official_id("audit.1") };
        assert_eq!(city.is_refused(&audit, p.id, early.clone()).await, Refusal::UnitHasNotReceived);
        city.does(&audit, p.id, Act::UnitReceive).await.unwrap();
        assert_eq!(city.is_refused(&receiver, p.id, Act::Distribute { unit: road_unit }).await, Refusal::UnitHasReceived);
        let stranger = Act::Designate { handler: city.official_id("road.facilities.1") };
        assert_eq!(city.is_refused(&audit, p.id, stranger).await, Refusal::HandlerNotOfUnit);
        let p = city.does(&audit, p.id, early).await.unwrap();
        assert_eq!(p.life, Life::InHandling);
        // Even from a handler's desk it can go back, and the handler is gone with it.
        let p = city.does(&audit, p.id, Act::SendBack { reason: Raw::text("다시 보니 아닙니다.") }).await.unwrap();
        assert_eq!((p.life, p.handler, p.sent_back), (Life::Distributed, None, 4));
        let told = sent(&city, &receiver, p.id).await;
        assert!(told.iter().filter(|t| *t == "sent_back").count() >= 4, "{told:?}");
    }

    async fn what_belongs_elsewhere_is_transferred_and_the_citizen_told(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let p = city.files(kim, "S134", "국도 관리", "").await;
        city.does(&receiver, p.id, Act::Receive { kind: Kind::Inquiry, period: None }).await.unwrap();
        let to = |agency: &str| Act::Transfer { agency: Raw::text(agency), reason: Raw::text("국도는 국토관리청 소관입니다."), report_by: None };
        assert_eq!(city.is_refused(&receiver, p.id, to("  ")).await, Refusal::AgencyMissing);
        let p = city.does(&receiver, p.id, to("가상국토관리청")).await.unwrap();
        assert_eq!((p.life, p.end.unwrap().outcome), (Life::Concluded, Outcome::Transferred));
        city.duties().await;
        use ports::message::Inbox;
        let message = city.messages.messages().remove(0).what.text;
        assert!(message.contains("이송"), "{message}");
        let citizen = Who::Citizen(kim);
        assert_eq!(city.is_refused(&citizen, p.id, Act::Withdraw { reason: None }).await, Refusal::Concluded);
        assert_eq!(city.is_refused(&citizen, p.id, Act::Rate { score: 1, comment: None }).await, Refusal::NotAnswered);
        let case = city.app.case(&citizen, p.id, &Default::default()).await.unwrap();
        let texts = case.journal.iter().flat_map(|e| e.recorded.event.texts());
        let said: Vec<&str> = texts.filter_map(|t| case.texts.text(t)).collect();
        assert!(said.contains(&"가상국토관리청"), "{said:?}");
    }

    async fn a_citizen_withdraws_at_any_moment(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let citizen = Who::Citizen(kim);
        let filed = city.files(kim, "S134", "바로 취하", "").await;
        let handled = city.in_handling(kim, "처리 중 취하", Kind::Inquiry, None).await;
        let held = city.in_handling(kim, "보완 중 취하", Kind::Inquiry, None).await;
        let ask = Act::AskSupplement { what: Raw::text("위치"), until: date(2026, 6, 26) };
        city.does(&city.official("road.facilities.1"), held.id, ask).await.unwrap();
        for id in [filed.id, handled.id, held.id] {
            let stranger = Who::Citizen(city.citizen("010-2222-3333").await);
            let unknown = city.does(&stranger, id, Act::Withdraw { reason: None }).await;
            assert!(matches!(unknown, Err(app::act::ActError::NotFound)));
            let p = city.does(&citizen, id, Act::Withdraw { reason: Some(Raw::text("해결되었습니다.")) }).await.unwrap();
            assert_eq!((p.life, p.end.unwrap().outcome, p.supplement), (Life::Concluded, Outcome::Withdrawn, None));
            assert!(sent(&city, &citizen, id).await.contains(&"withdrawn".to_owned()));
        }
        let open = city.app.count(&city.official("receiver1"), app::desk::View::Open, 100).await.unwrap();
        assert_eq!(open, 0);
    }

    async fn the_clock_stands_still_on_a_named_ground_only(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let handler = city.official("road.facilities.1");
        let p = city.in_handling(kim, "기술 검토가 필요한 일", Kind::Statutory, Some(Period::Days(10))).await;
        assert_eq!(p.due(), due(2026, 6, 27));
        let hold = |ground| Act::Hold { ground, note: Some(Raw::text("감정 결과를 기다립니다.")) };
        assert_eq!(city.is_refused(&handler, p.id, hold(Ground::Supplement)).await, Refusal::GroundUnknown);
        assert_eq!(city.is_refused(&handler, p.id, Act::Resume).await, Refusal::NotNow);
        city.it_is(datetime(2026, 6, 17, 11, 0, 0, 0));
        let p = city.does(&handler, p.id, hold(Ground::Examination)).await.unwrap();
        assert_eq!((p.life, p.due()), (Life::Held, None));
        assert_eq!(city.is_refused(&handler, p.id, Act::Draft(answer(Outcome::Granted, "허가"))).await, Refusal::NotNow);
        city.it_is(datetime(2026, 6, 23, 16, 0, 0, 0));
        let p = city.does(&handler, p.id, Act::Resume).await.unwrap();
        assert_eq!(p.life, Life::InHandling);
        assert_eq!(p.stretches.len(), 1);
        let moved = p.due().unwrap();
        assert!(moved > due(2026, 6, 27).unwrap(), "{moved:?}");
        let case = city.app.case(&handler, p.id, &Default::default()).await.unwrap();
        assert_eq!(case.why.unwrap().at, moved, "the trace ends where the date stands");
    }

    async fn a_second_extension_needs_the_citizen(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let (citizen, handler) = (Who::Citizen(kim), city.official("road.facilities.1"));
        let extend = |n| Act::Extend { n, ground: Cause::FactFinding, reason: Raw::text("현장을 확인해야 합니다.") };
        let p = city.in_handling(kim, "오래 걸리는 일", Kind::Inquiry, None).await;
        assert_eq!(city.is_refused(&citizen, p.id, Act::ConsentExtension).await, Refusal::NoConsentAsked);
        assert_eq!(city.is_refused(&handler, p.id, extend(8)).await, Refusal::ExtensionTooLong);
        city.does(&handler, p.id, extend(2)).await.unwrap();
        let p = city.does(&handler, p.id, extend(3)).await.unwrap();
        assert_eq!((p.extensions.as_slice(), p.due()), (&[2][..], due(2026, 6, 26)), "only proposed");
        assert_eq!(city.is_refused(&handler, p.id, extend(3)).await, Refusal::ExtensionConsentOpen);
        let p = city.does(&citizen, p.id, Act::DeclineExtension).await.unwrap();
        assert_eq!((p.proposal, p.due()), (None, due(2026, 6, 26)));
        city.does(&handler, p.id, extend(3)).await.unwrap();
        let p = city.does(&citizen, p.id, Act::ConsentExtension).await.unwrap();
        assert_eq!((p.extensions.as_slice(), p.due()), (&[2, 3][..], due(2026, 7, 1)));
        assert_eq!(city.is_refused(&handler, p.id, extend(1)).await, Refusal::ExtensionSpent);
        let told = sent(&city, &citizen, p.id).await;
        assert_eq!(told.iter().filter(|t| *t == "extension_consent").count(), 2, "{told:?}");
        // What has lapsed cannot be extended, nor consented to.
        let late = city.in_handling(kim, "늦은 일", Kind::Inquiry, None).await;
        city.it_is(datetime(2026, 7, 20, 10, 0, 0, 0));
        assert_eq!(city.is_refused(&handler, late.id, extend(1)).await, Refusal::DueHasPassed);
    }

    async fn a_petition_filed_wrongly_becomes_what_it_is(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let as_instant = |kind| Act::Reclassify {
            service: "G002".parse().unwrap(), kind, period: None, reason: Raw::text("간단한 질의입니다."),
        };
        // Before reception it goes over to another procedure, and is then what that procedure offers.
        let p = city.files(kim, "S134", "구청 문 여는 시간", "").await;
        assert_eq!(p.procedure.0.as_str(), "ordinary");
        assert_eq!(city.is_refused(&receiver, p.id, as_instant(Kind::Statutory)).await, Refusal::NotInProcedure);
        let p = city.does(&receiver, p.id, as_instant(Kind::Other)).await.unwrap();
        assert_eq!((p.procedure.0.as_str(), p.service.0.as_str(), p.kind), ("instant_answer", "G002", Kind::Other));
        city.does(&receiver, p.id, Act::Receive { kind: Kind::Other, period: None }).await.unwrap();
        let unit = city.unit("road_facilities");
        assert_eq!(city.is_refused(&receiver, p.id, Act::Distribute { unit }).await, Refusal::NotInProcedure);
        // In handling it cannot: the instant answer knows no handler. Another kind of the same service it can become.
        let p = city.in_handling(kim, "건의로 바뀌는 민원", Kind::Inquiry, None).await;
        let handler = city.official("road.facilities.1");
        assert_eq!(city.is_refused(&handler, p.id, as_instant(Kind::Other)).await, Refusal::NotInProcedure);
        let as_kind = |kind| Act::Reclassify {
            service: "S134".parse().unwrap(), kind, period: None, reason: Raw::text("건의입니다."),
        };
        assert_eq!(city.is_refused(&handler, p.id, as_kind(Kind::Inquiry)).await, Refusal::SameKind);
        assert_eq!(city.is_refused(&handler, p.id, as_kind(Kind::Statutory)).await, Refusal::PeriodMissing);
        let p = city.does(&handler, p.id, as_kind(Kind::Suggestion)).await.unwrap();
        assert_eq!((p.kind, p.reception.unwrap().period), (Kind::Suggestion, Period::Days(14)));
        assert_eq!(p.due(), due(2026, 7, 3), "14 working days from the same reception");
        assert_eq!(p.reception.unwrap().original_due, due(2026, 6, 24).unwrap());
    }

    async fn a_simple_question_is_answered_at_the_counter(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let clerk = city.official("counter1");
        let p = city.files(kim, "G002", "여권은 어디에서 만듭니까", "").await;
        let p = city.does(&clerk, p.id, Act::Receive { kind: Kind::Other, period: None }).await.unwrap();
        let handler = city.official("road.facilities.1");
        let unseen = city.does(&handler, p.id, Act::AnswerAtOnce(answer(Outcome::Answered, "1층입니다."))).await;
        assert!(matches!(unseen, Err(app::act::ActError::NotFound)));
        city.it_is(datetime(2026, 6, 15, 10, 7, 0, 0));
        let p = city.does(&clerk, p.id, Act::AnswerAtOnce(answer(Outcome::Answered, "1층 여권창구입니다."))).await.unwrap();
        let end = p.end.unwrap();
        assert_eq!((p.life, end.concluded_at), (Life::Concluded, At::seoul(datetime(2026, 6, 15, 10, 7, 0, 0))));
        assert_eq!(p.line.unwrap().document.map(|d| (d.unit, d.n)), Some((city.unit("counter_team"), 1)));
        let told = sent(&city, &Who::Citizen(kim), p.id).await;
        assert!(told.contains(&"answered".to_owned()), "{told:?}");
        assert!(!told.contains(&"approval_waiting".to_owned()), "nobody waits for a signature given in the same act");
        let deeds = city.app.case(&Who::Citizen(kim), p.id, &Default::default()).await.unwrap().deeds;
        let rate = deeds.iter().find(|(deed, _)| *deed == Deed::Rate).unwrap();
        assert_eq!(rate.1, Ok(()));
    }
}

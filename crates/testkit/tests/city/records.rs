//! 문서시스템과 간주 — numbers from an outside document system that is slow, wrong, away or hasty; and services that a law deems
//! decided when their period passes.

use app::desk::View;
use app::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::decide::Numbering;
use domain::due::Period;
use domain::event::{Event, Signer};
use domain::id::PetitionId;
use domain::life::Life;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::{By, Kind, Mark, Outcome};
use domain::time::At;
use jiff::civil::{date, datetime};
use ports::delivery::Failed;
use ports::mail::Mailbox;
use ports::message::Inbox;
use ports::records::{DossierId, Records, Said};
use store::batch::Batch;
use store::engine::Urgency;
use store::records::Standing;
use testkit::city::{City, answer};

/// The office takes its numbers from outside from now on.
async fn numbers_come_from_outside(city: &City) {
    let mut settings = city.app.office().settings.clone();
    settings.numbering = Numbering::Outside;
    let mut batch = Batch::new();
    batch.setting("office", &serde_json::to_string(&settings).unwrap());
    city.app.places.live.commit(batch, Urgency::User).await.unwrap();
    city.app.reload().await.unwrap();
}

/// A petition whose answer has been approved.
async fn approved(city: &City, phone: &str) -> Petition {
    let person = city.citizen(phone).await;
    let p = city
        .in_handling(person, "가로등이 꺼졌습니다", Kind::Inquiry, None)
        .await;
    let handler = city.official("road.facilities.1");
    (city.does(
        &handler,
        p.id,
        Act::Draft(answer(Outcome::Answered, "고쳤습니다.")),
    ))
    .await
    .unwrap();
    sent_up(city, p.id).await
}

async fn sent_up(city: &City, id: PetitionId) -> Petition {
    let line = vec![Signer {
        official: city.official_id("road.facilities.head"),
        mark: Mark::Delegated,
    }];
    city.does(&city.official("road.facilities.1"), id, Act::SendUp { line })
        .await
        .unwrap();
    city.does(
        &city.official("road.facilities.head"),
        id,
        Act::Sign { comment: None },
    )
    .await
    .unwrap()
}

fn dossier(p: &Petition) -> DossierId {
    DossierId {
        petition: p.id,
        approval: p.line.as_ref().unwrap().approval.unwrap(),
    }
}

fn number(n: u32) -> Said {
    Said::Registered {
        unit: "road_facilities".into(),
        n,
        on: date(2026, 6, 15),
    }
}

async fn now(city: &City, id: PetitionId) -> Petition {
    city.app.places.live.head(id).await.unwrap().unwrap().petition
}

async fn told(city: &City, id: PetitionId, template: &str) -> usize {
    let case = city
        .app
        .case(&Who::System, id, &Default::default())
        .await
        .unwrap();
    case.effects
        .iter()
        .filter(|(effect, _)| effect.template == template)
        .count()
}

async fn all_is_well(city: &City) {
    city.duties().await;
    let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
}

testkit::on_both_engines! {
    async fn a_number_from_outside_comes_late_and_once(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        numbers_come_from_outside(&city).await;
        let p = approved(&city, "010-1234-5678").await;
        assert!(p.lacks_number().is_some());
        assert_eq!(p.line.as_ref().unwrap().document, None);
        let handler = city.official("road.facilities.1");
        assert_eq!(city.is_refused(&handler, p.id, Act::Answer).await, Refusal::NumberAwaited);
        // The other side is away at first.
        city.records.stumble(Failed::Later("away".into()));
        assert_eq!(city.duty("records").await, 0);
        assert_eq!(city.duty("records").await, 1);
        assert_eq!(city.duty("records").await, 0);
        let handed = city.records.handed();
        assert_eq!((handed.len(), city.records.times()), (1, 1));
        assert_eq!((handed[0].id, handed[0].unit.as_str(), &handed[0].own_number), (dossier(&p), "road_facilities", &None));
        assert!(handed[0].pdf.starts_with(b"%PDF"));
        let seats: Vec<&str> = handed[0].hands.iter().map(|hand| hand.seat).collect();
        assert_eq!(seats, ["기안", "전결"]);
        let standing = city.app.exchange().await.unwrap().unwrap();
        assert_eq!((standing.waiting, standing.since), (1, p.approved_at()));
        // A fall between handing over and writing it down: it is handed over again, and is one dossier still.
        let mut fall = Batch::new();
        fall.dossier_stands(p.id, dossier(&p).approval, Standing::Waiting);
        city.app.places.live.commit(fall, Urgency::User).await.unwrap();
        assert_eq!(city.duty("records").await, 1);
        assert_eq!((city.records.handed().len(), city.records.times()), (1, 2));
        // A day later it still waits; what comes then is a number.
        city.it_is(datetime(2026, 6, 16, 15, 0, 0, 0));
        assert!(app::records::is_slow(p.lacks_number().unwrap(), city.app.now()));
        city.records.says(dossier(&p), number(16_175));
        assert_eq!(city.duty("records").await, 1);
        let registered = now(&city, p.id).await;
        let line = registered.line.as_ref().unwrap();
        assert_eq!(line.document.map(|d| (d.unit, d.n)), Some((city.unit("road_facilities"), 16_175)));
        assert_eq!(line.registered.map(|r| r.on), Some(date(2026, 6, 15)));
        assert_eq!((registered.seq, told(&city, p.id, "document_registered").await), (p.seq + 1, 1));
        assert_eq!(city.app.exchange().await.unwrap().unwrap().waiting, 0);
        // The same answer again is no news; a fall before settling looks the same.
        city.records.says(dossier(&p), number(16_175));
        city.duty("records").await;
        assert_eq!((now(&city, p.id).await.seq, city.records.open()), (p.seq + 1, 0));
        assert_eq!(city.records.put_aside(), Vec::new());
        // Approval, not registration, ends the period.
        let sent = city.does(&handler, p.id, Act::Answer).await.unwrap();
        assert_eq!(sent.end.map(|end| end.concluded_at), p.approved_at());
        let case = city.app.case(&Who::Citizen(p.person), p.id, &Default::default()).await.unwrap();
        let notice = city.app.result_notice(&case, documents::press::Lang::Ko).unwrap();
        assert_eq!(notice.letter.number, "도로시설과-16175");
        // Our own series was not touched.
        let series = format!("document/{}/2026", city.unit("road_facilities"));
        assert_eq!(city.app.places.live.next_number(&series).await.unwrap(), 1);
        all_is_well(&city).await;
    }

    async fn answers_that_fit_nothing_are_put_aside(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        numbers_come_from_outside(&city).await;
        let (one, two) = (approved(&city, "010-1234-5678").await, approved(&city, "010-8765-4321").await);
        city.duty("records").await;
        city.records.says(dossier(&one), number(7));
        let nobody = DossierId { petition: PetitionId(uuid::Uuid::from_u128(9)), approval: 3 };
        let said = |unit: &str, n, on| Said::Registered { unit: unit.into(), n, on };
        let today = date(2026, 6, 15);
        for (id, said, why) in [
            (dossier(&two), number(7), "belongs to the document of petition"),
            (dossier(&one), number(8), "registration_unfit"),
            (nobody, number(9), "there is no petition"),
            (dossier(&two), said("moon", 9, today), "there is no unit `moon`"),
            (dossier(&two), said("road_facilities", 9, date(2026, 6, 14)), "registration_unfit"),
            (dossier(&two), said("road_facilities", 9, date(2026, 6, 16)), "registration_unfit"),
            (DossierId { approval: 2, ..dossier(&two) }, number(9), "registration_unfit"),
            (dossier(&one), Said::Refused { reason: "늦은 거절".into() }, "registration_unfit"),
        ] {
            city.records.says(id, said);
            city.duty("records").await;
            let aside = city.records.put_aside();
            let (_, last) = aside.last().expect("put aside");
            assert!(last.contains(why), "{last} instead of {why}");
        }
        assert_eq!((city.records.put_aside().len(), city.records.open()), (8, 0));
        assert_eq!(city.app.exchange().await.unwrap().unwrap().aside, Some(8));
        assert!(now(&city, two.id).await.lacks_number().is_some(), "still waits for its own");
        city.records.says(dossier(&two), number(8));
        city.duty("records").await;
        assert!(now(&city, two.id).await.lacks_number().is_none());
        all_is_well(&city).await;
    }

    async fn what_the_document_system_refuses_goes_back_to_its_drafter(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        numbers_come_from_outside(&city).await;
        let p = approved(&city, "010-1234-5678").await;
        city.duty("records").await;
        city.records.says(dossier(&p), Said::Refused { reason: "붙임이 빠졌습니다".into() });
        city.duty("records").await;
        let back = now(&city, p.id).await;
        assert_eq!((back.line.clone(), back.draft.map(|draft| draft.version)), (None, Some(1)));
        assert_eq!(told(&city, p.id, "registration_refused").await, 1);
        let case = city.app.case(&Who::System, p.id, &Default::default()).await.unwrap();
        let reason = case.journal.iter().find_map(|entry| match entry.recorded.event {
            Event::RegistrationRefused { reason, .. } => case.texts.text(reason),
            _ => None,
        });
        assert_eq!(reason, Some("붙임이 빠졌습니다"), "its words lie in the vault");
        // The same draft, approved again, is another dossier; what is said of the first one no longer counts.
        let again = sent_up(&city, p.id).await;
        city.records.says(dossier(&p), number(7));
        assert_eq!(city.duty("records").await, 2);
        assert_eq!((city.records.handed().len(), city.records.put_aside().len()), (2, 1));
        city.records.says(dossier(&again), number(7));
        city.duty("records").await;
        assert_eq!(now(&city, p.id).await.line.unwrap().document.map(|d| d.n), Some(7));
        // Withdrawn before it was handed over: there is nothing to hand over.
        let other = approved(&city, "010-8765-4321").await;
        city.does(&Who::Citizen(other.person), other.id, Act::Withdraw { reason: None }).await.unwrap();
        city.duty("records").await;
        assert_eq!((city.records.handed().len(), city.app.exchange().await.unwrap().unwrap().waiting), (2, 0));
        all_is_well(&city).await;
    }

    async fn what_is_answered_at_once_is_registered_afterwards(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        numbers_come_from_outside(&city).await;
        let kim = city.citizen("010-1234-5678").await;
        let p = city.files(kim, "G002", "전화번호를 알려 주십시오", "").await;
        let receiver = city.official("receiver1");
        city.does(&receiver, p.id, Act::Receive { kind: Kind::Other, period: None }).await.unwrap();
        let p = city.does(&receiver, p.id, Act::AnswerAtOnce(answer(Outcome::Answered, "120입니다."))).await.unwrap();
        let own = p.line.as_ref().unwrap().document.expect("a number of our own");
        assert_eq!((p.life, own.n), (Life::Concluded, 1));
        city.duty("records").await;
        let handed = city.records.handed();
        assert_eq!(handed[0].own_number.as_deref(), Some("민원관리팀-1"));
        city.records.says(dossier(&p), Said::Registered { unit: handed[0].unit.clone(), n: 500, on: date(2026, 6, 15) });
        city.duty("records").await;
        let line = now(&city, p.id).await.line.unwrap();
        assert_eq!((line.document, line.registered.map(|r| r.document.n)), (Some(own), Some(500)));
        assert_eq!(told(&city, p.id, "document_registered").await, 0, "nobody has anything to do");
        all_is_well(&city).await;
    }

    async fn own_approval_hands_nothing_over(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let p = approved(&city, "010-1234-5678").await;
        assert_eq!(p.line.as_ref().unwrap().document.map(|d| d.n), Some(1));
        city.duty("records").await;
        assert_eq!((city.records.times(), city.app.exchange().await.unwrap()), (0, None));
        assert!(city.records.outside(), "although there is a system it could be handed to");
    }

    async fn a_deemed_decision_is_alarmed_of_and_recorded_by_a_person(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let p = city.files(kim, "S066", "착공신고", "").await;
        let (kind, unit) = (Kind::Statutory, city.unit("road_facilities"));
        city.does(&receiver, p.id, Act::Receive { kind, period: None }).await.unwrap();
        city.does(&receiver, p.id, Act::Distribute { unit }).await.unwrap();
        let department = city.official("road.facilities.receiver");
        city.does(&department, p.id, Act::UnitReceive).await.unwrap();
        let handler = city.official("road.facilities.1");
        let p = city.does(&department, p.id, Act::Designate { handler: handler.official().unwrap() }).await.unwrap();
        // Three days are twenty-four working hours: until Thursday the 18th at ten, that minute still in time.
        let due = At::seoul(datetime(2026, 6, 18, 10, 1, 0, 0));
        assert_eq!(p.due(), Some(due));
        let record = || Act::RecordDeemed { note: Some(Raw::text("담당자 병가 중 기한 경과")) };
        assert_eq!(city.is_refused(&handler, p.id, record()).await, Refusal::DeemedNotYet);
        assert_eq!(city.app.alarmed(&p), None);
        let whom = 1 + city.app.office().holders(domain::terms::Seat::DepartmentHead, Some(unit)).len()
            + city.app.office().holders(domain::terms::Seat::Examiner, None).len();
        assert!(whom >= 3, "handler, head and examiner");
        for (day, hour, template) in [(17, 10, "deemed_d_minus_1"), (18, 9, "deemed_d"), (18, 11, "deemed_passed")] {
            city.it_is(datetime(2026, 6, day, hour, 0, 0, 0));
            city.duty("remind").await;
            city.duty("remind").await;
            assert_eq!(told(&city, p.id, template).await, whom, "{template}");
            let wanted = if template != "deemed_passed" { app::deemed::Alarm::Soon } else { app::deemed::Alarm::Passed };
            assert_eq!(city.app.alarmed(&p), Some(wanted));
        }
        city.duties().await;
        assert!(now(&city, p.id).await.life.is_open(), "the system decides nothing");
        let listed = city.app.list(&handler, View::Mine, None, 20, &Default::default()).await.unwrap();
        assert!(listed.items.iter().any(|item| item.petition.id == p.id));
        assert_eq!(city.is_refused(&city.official("road.facilities.receiver"), p.id, record()).await, Refusal::NotYours);
        let ended = city.does(&city.official("road.facilities.head"), p.id, record()).await.unwrap();
        let end = ended.end.unwrap();
        assert_eq!((end.outcome, end.concluded_at), (Outcome::DeemedAccepted, due), "since the end of the period");
        assert!(ended.is_late() && ended.due().is_none());
        city.duties().await;
        let letters = city.messages.messages();
        assert!(letters.iter().any(|m| m.what.text.contains("신청하신 민원을 수리한 것으로 봅니다")));
        // Where no law says so, nothing is deemed and nobody is alarmed.
        let other = city.in_handling(kim, "물음", Kind::Statutory, Some(Period::Days(1))).await;
        city.it_is(datetime(2026, 6, 29, 9, 0, 0, 0));
        assert_eq!((city.app.alarmed(&other), city.is_refused(&handler, other.id, record()).await), (None, Refusal::NotDeemed));
        all_is_well(&city).await;
    }

    async fn a_department_that_has_replied_is_done(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "도로와 감사", Kind::Inquiry, None).await;
        let (handler, unit) = (city.official("road.facilities.1"), city.unit("audit"));
        let what = Raw::text("가로수에 대한 의견");
        city.does(&handler, p.id, Act::AskConsult { unit, what, reply_by: date(2026, 6, 18) }).await.unwrap();
        let supports = city.official("audit.receiver");
        let mine = async || city.app.list(&supports, View::Mine, None, 20, &Default::default()).await.unwrap().items.len();
        assert_eq!(mine().await, 1);
        let text = Raw::text("의견 없음");
        let reply = Act::ReplyConsult { no: 1, opinion: domain::terms::Opinion::ALL[0], text, files: Vec::new() };
        city.does(&supports, p.id, reply).await.unwrap();
        assert_eq!(mine().await, 0, "what is replied to is no work");
        assert!(city.app.case(&supports, p.id, &Default::default()).await.is_ok(), "but can still be read");
        all_is_well(&city).await;
    }

    async fn a_part_is_filed_by_whoever_splits_it_off(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "둘을 묻습니다", Kind::Inquiry, None).await;
        let handler = city.official("road.facilities.1");
        let part = app::act::many::Part {
            service: "S134".parse().unwrap(),
            title: Raw::text("둘째"),
            body: Raw::text("둘째 물음"),
            reason: Raw::text("소관이 다름"),
        };
        let new = city.app.split(&handler, p.id, part, &Default::default()).await.unwrap();
        let case = city.app.case(&Who::System, new.id, &Default::default()).await.unwrap();
        assert_eq!(case.journal[0].recorded.by, By::Official(handler.official().unwrap()));
        all_is_well(&city).await;
    }

    async fn a_request_for_disclosure_is_objected_to_and_is_never_called_a_petition(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let citizen = Who::Citizen(kim);
        let p = city.files(kim, "S131", "시장 업무추진비 내역", "2025년 내역").await;
        let (receiver, unit) = (city.official("receiver1"), city.unit("road_facilities"));
        let (handler, head) = (city.official("road.facilities.1"), city.official("road.facilities.head"));
        let department = city.official("road.facilities.receiver");
        city.does(&receiver, p.id, Act::Receive { kind: Kind::Disclosure, period: None }).await.unwrap();
        city.does(&receiver, p.id, Act::Distribute { unit }).await.unwrap();
        city.does(&department, p.id, Act::UnitReceive).await.unwrap();
        city.does(&department, p.id, Act::Designate { handler: handler.official().unwrap() }).await.unwrap();
        // A third party is told, and has three days.
        let tell = Act::TellThirdParty { name: Raw::text("가온건설"), what: Raw::text("계약 금액. 전화로 알림"), arrived: date(2026, 6, 15) };
        let told_it = city.does(&handler, p.id, tell).await.unwrap();
        assert_eq!(told_it.third_parties[0].until, date(2026, 6, 18));
        let draft = |outcome| Act::Draft(answer(outcome, "결정합니다."));
        city.does(&handler, p.id, draft(Outcome::Disclosed)).await.unwrap();
        let line = vec![Signer { official: head.official().unwrap(), mark: Mark::Delegated }];
        assert_eq!(city.is_refused(&handler, p.id, Act::SendUp { line }).await, Refusal::ThirdPartyTime);
        let heard = Act::HearThirdParty { no: 1, objects: true, text: Raw::text("영업비밀입니다") };
        city.does(&handler, p.id, heard).await.unwrap();
        let p = city.answers(p.id, answer(Outcome::PartlyDisclosed, "금액을 빼고 공개합니다.")).await;
        assert_eq!(p.disclosed_from, Some(date(2026, 7, 16)));
        // Thirty days to object, seven working days to decide: 15 to 23 June.
        let object = || Act::Object { reason: Raw::text("금액도 공개해야 합니다"), received: date(2026, 6, 15), files: Vec::new() };
        let p = city.does(&citizen, p.id, object()).await.unwrap();
        assert_eq!(p.objection.unwrap().due, At::seoul(datetime(2026, 6, 24, 0, 0, 0, 0)));
        assert_eq!(city.is_refused(&citizen, p.id, object()).await, Refusal::ObjectionMade);
        let reason = || Raw::text("심의회 일정");
        assert_eq!(city.is_refused(&handler, p.id, Act::ExtendObjection { days: 8, reason: reason() }).await, Refusal::ObjectionExtensionUnfit);
        city.does(&handler, p.id, Act::ExtendObjection { days: 7, reason: reason() }).await.unwrap();
        let decide = Act::DecideObjection { verdict: domain::terms::Verdict::Dismissed, reason: Raw::text("영업비밀"), remedies: Raw::text("행정심판") };
        city.does(&head, p.id, decide).await.unwrap();
        city.it_is(datetime(2026, 6, 17, 10, 0, 0, 0));
        city.duties().await;
        // Whatever was said about it, to whomever.
        let said: Vec<String> = (city.messages.messages().into_iter().map(|m| m.what.text))
            .chain(city.letters.letters().into_iter().map(|l| l.what.subject + "\n" + &l.what.text))
            .filter(|text| !text.contains("확인번호"))
            .collect();
        assert!(said.len() >= 9, "{}", said.len());
        for text in &said {
            assert!(!text.contains("민원"), "{text}");
        }
        assert!(said.iter().any(|text| text.contains("정보공개 여부를 결정하였습니다")));
        assert!(said.iter().any(|text| text.contains("제18조제3항") || text.contains("이의신청을 받았습니다")));
        all_is_well(&city).await;
    }
}

//! 큰길 — one petition from filing to rating, and the side streets of that road.

use app::act::ActError;
use app::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::due::{Cause, Period};
use domain::event::Signer;
use domain::life::Life;
use domain::refusal::Refusal;
use domain::terms::{Kind, Mark, Outcome};
use domain::time::At;
use jiff::civil::{date, datetime};
use testkit::city::answer;

testkit::on_both_engines! {
    async fn a_petition_goes_from_filing_to_rating(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        // 김한빛 writes about the law of road occupation.
        let kim = city.citizen("010-1234-5678").await;
        let citizen = Who::Citizen(kim);
        let p = city.files(kim, "S134", "도로점용 허가 기준을 알고 싶습니다", "가게 앞에 화분을 두려면 허가가 필요합니까?").await;
        assert_eq!(p.life, Life::Filed);
        assert_eq!(p.receive_by, Some(At::seoul(datetime(2026, 6, 16, 10, 0, 0, 0)).plus(60_000)), "영6⑧: eight working hours");

        // The integrated receiver receives and distributes it.
        let receiver = city.official("receiver1");
        let p = city.does(&receiver, p.id, Act::Receive { kind: Kind::Inquiry, period: Some(Period::Days(7)) }).await.unwrap();
        let reception = p.reception.unwrap();
        assert_eq!(reception.number.to_string(), "2026-000001");
        assert_eq!(p.due(), Some(At::seoul(datetime(2026, 6, 24, 0, 0, 0, 0))), "법19②: the seventh working day");
        let unit = city.unit("road_facilities");
        city.does(&receiver, p.id, Act::Distribute { unit }).await.unwrap();

        // The department receives it and designates a handler.
        let department = city.official("road.facilities.receiver");
        city.does(&department, p.id, Act::UnitReceive).await.unwrap();
        let handler = city.official_id("road.facilities.1");
        city.does(&department, p.id, Act::Designate { handler }).await.unwrap();
        let handler = city.official("road.facilities.1");

        // A supplement is asked on the 16th and arrives on the 18th: three days do not count.
        city.it_is(datetime(2026, 6, 16, 11, 0, 0, 0));
        let what = Raw::text("가게의 위치를 알려 주시기 바랍니다.");
        let p = city.does(&handler, p.id, Act::AskSupplement { what, until: date(2026, 6, 26) }).await.unwrap();
        assert_eq!((p.life, p.due()), (Life::Held, None));
        city.it_is(datetime(2026, 6, 18, 15, 0, 0, 0));
        let note = Some(Raw::text("한빛로 12 1층입니다."));
        let p = city.does(&citizen, p.id, Act::Supplement { note, files: Vec::new() }).await.unwrap();
        assert_eq!(p.due(), Some(At::seoul(datetime(2026, 6, 27, 0, 0, 0, 0))));

        // It is extended once, on a ground the decree knows; overwork is none since 2026-05-06.
        let extend = |ground, n| Act::Extend { n, ground, reason: Raw::text("현장을 확인해야 합니다.") };
        let refused = city.does(&handler, p.id, extend(Cause::Workload, 3)).await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::ExtensionGroundForbidden))), "{refused:?}");
        let p = city.does(&handler, p.id, extend(Cause::FactFinding, 3)).await.unwrap();
        assert_eq!(p.due(), Some(At::seoul(datetime(2026, 7, 2, 0, 0, 0, 0))));

        // Drafted, sent up, reviewed, approved, sent.
        city.it_is(datetime(2026, 6, 25, 9, 30, 0, 0));
        let lead = city.official_id("road.facilities.lead");
        let head = city.official_id("road.facilities.head");
        city.does(&handler, p.id, Act::Draft(answer(Outcome::Answered, "1. 귀하의 민원에 감사드립니다."))).await.unwrap();
        let line = vec![Signer { official: lead, mark: Mark::Review }, Signer { official: head, mark: Mark::Delegated }];
        city.does(&handler, p.id, Act::SendUp { line }).await.unwrap();
        let early = city.does(&city.official("road.facilities.head"), p.id, Act::Sign { comment: None }).await;
        assert!(matches!(early, Err(ActError::Refused(Refusal::NotYours))), "the head signs after the team lead");
        city.does(&city.official("road.facilities.lead"), p.id, Act::Sign { comment: None }).await.unwrap();
        let p = city.does(&city.official("road.facilities.head"), p.id, Act::Sign { comment: None }).await.unwrap();
        assert_eq!(p.line.as_ref().and_then(|l| l.document).map(|d| d.n), Some(1));
        city.it_is(datetime(2026, 6, 25, 14, 0, 0, 0));
        let p = city.does(&handler, p.id, Act::Answer).await.unwrap();
        let end = p.end.unwrap();
        assert_eq!((p.life, end.outcome), (Life::Concluded, Outcome::Answered));
        assert_eq!(end.concluded_at, At::seoul(datetime(2026, 6, 25, 9, 30, 0, 0)), "완료는 결재 시각");
        assert_eq!(end.sent_at, At::seoul(datetime(2026, 6, 25, 14, 0, 0, 0)));

        // Read and rated by the citizen.
        city.does(&citizen, p.id, Act::ReadAnswer).await.unwrap();
        let p = city.does(&citizen, p.id, Act::Rate { score: 5, comment: None }).await.unwrap();
        assert_eq!(p.score, Some(5));

        // What the machine made of it: notices, seals, numbers, and a journal that holds.
        city.duties().await;
        let case = city.app.case(&citizen, p.id, &Default::default()).await.unwrap();
        assert!(case.chain_holds);
        let sent: Vec<&str> = (case.effects.iter()).filter(|(_, s)| s == "sent").map(|(e, _)| e.template.as_str()).collect();
        for notice in ["filed", "received", "distributed", "designated", "supplement_asked", "supplemented", "extended", "approval_waiting", "answered"] {
            assert!(sent.contains(&notice), "{notice} was not sent: {sent:?}");
        }
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        assert_eq!(report.petitions, 1);
        let stats = city.app.stats().await.unwrap();
        assert_eq!((stats.total, stats.by_state["concluded"]), (1, 1));
        let hits = city.app.search(&receiver, "화분", None, 20, &Default::default()).await.unwrap();
        assert_eq!(hits.items.len(), 1);
    }
}

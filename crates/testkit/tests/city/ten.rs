//! 열 가지 민원 — each of the ten filled in, received, handled by its own department, decided in the words of its kind and read.

use app::act::{ActError, Call, Petitioner};
use app::papers::Paper;
use app::words::Raw;
use documents::press::Lang;
use domain::access::Who;
use domain::act::{Act, Filing};
use domain::due::Period;
use domain::event::Signer;
use domain::form::{Answers, show};
use domain::id::{OfficialId, UnitId};
use domain::life::Life;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::{EntryPoint, Kind, Mark, Outcome, Seat};
use domain::time::At;
use jiff::civil::datetime;
use testkit::city::{City, answer, filing};
use testkit::ten::{Played, TEN};

/// A filing of the service with these answers on its form.
fn filled(city: &City, played: &Played, answers: &Answers) -> Filing<Raw> {
    let form = city
        .app
        .forms
        .of_service(played.service.parse().unwrap())
        .expect("a form");
    let (title, body, place) = show::summary(form, answers);
    Filing {
        place: Raw::optional(&place),
        form: Some(app::forms::written(form, answers).unwrap()),
        entry: played.entry,
        ..filing(played.service, &title, &body)
    }
}

/// One who holds a seat in a unit.
fn holder(city: &City, seat: Seat, unit: UnitId, but: Option<OfficialId>) -> OfficialId {
    let mut holders = city.app.office().holders(seat, Some(unit));
    holders.sort_unstable();
    holders
        .into_iter()
        .find(|id| Some(*id) != but)
        .unwrap_or_else(|| panic!("nobody holds {seat} there"))
}

/// From reception to the reading of the answer, in the department the catalogue names.
async fn handled(city: &City, played: &Played, p: Petition, citizen: &Who) -> Petition {
    let office = city.app.office();
    let service = office.services.get(&p.service).expect("a service").clone();
    let unit = service.unit.expect("a unit");
    let who = |id: OfficialId| city.app.office().who(id, city.app.now()).expect("works here");
    let head = [Seat::DepartmentHead, Seat::Approver].map(|seat| office.holders(seat, Some(unit)));
    let head = *head.iter().flatten().next().expect("somebody decides");
    let (receiver, department) = (
        city.official("receiver1"),
        who(holder(city, Seat::DepartmentReceiver, unit, None)),
    );
    let handler = holder(city, Seat::Handler, unit, Some(head));
    // Where no period is confirmed the official enters it at reception.
    let period = service
        .sure_period()
        .is_none()
        .then_some(Period::Days(20))
        .filter(|_| p.kind == Kind::Statutory);
    let line = vec![Signer {
        official: head,
        mark: Mark::Delegated,
    }];
    let way = [
        (&receiver, Act::Receive { kind: p.kind, period }),
        (&receiver, Act::Distribute { unit }),
        (&department, Act::UnitReceive),
        (&department, Act::Designate { handler }),
        (
            &who(handler),
            Act::Draft(answer(played.outcome, "1. 신청하신 내용을 처리하였습니다.")),
        ),
        (&who(handler), Act::SendUp { line }),
        (&who(head), Act::Sign { comment: None }),
        (&who(handler), Act::Answer),
        (citizen, Act::ReadAnswer),
    ];
    let mut p = p;
    for (who, act) in way {
        let deed = act.deed();
        p = (city.does(who, p.id, act).await)
            .unwrap_or_else(|error| panic!("{}, {deed}: {error}", played.service));
    }
    p
}

testkit::on_both_engines! {
    async fn the_ten_are_played_through(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let (citizen, call) = (Who::Citizen(kim), Call::default());
        let clerk = city.official("counter1");
        let receiver = city.official("receiver1");
        let mut numbers = Vec::new();
        for played in TEN {
            let form = city.app.forms.of_service(played.service.parse().unwrap()).expect("a form");
            let answers = played.filled();
            assert_eq!(form.missing_documents(&answers, &[]).len(), played.missing, "{}", played.service);
            let who = if played.entry == EntryPoint::Web { &citizen } else { &clerk };
            let p = city.app.file(who, Petitioner::Known(kim), filled(&city, played, &answers), &call).await;
            let p = p.unwrap_or_else(|error| panic!("{}: {error}", played.service));
            let case = city.app.case(&receiver, p.id, &call).await.unwrap();
            assert_eq!(case.texts.text(p.title), Some(played.title));
            let (_, kept) = city.app.filled_in(p.form, &case.texts).expect("a filled-in form");
            assert_eq!(kept, form.record(&answers).answers, "{}", played.service);
            city.app.paper(&citizen, p.id, Paper::Filing, Lang::Ko, &call).await.expect("a confirmation of filing");

            let p = handled(&city, played, p, &citizen).await;
            assert_eq!((p.life, p.end.unwrap().outcome), (Life::Concluded, played.outcome), "{}", played.service);
            city.app.paper(&citizen, p.id, Paper::Result, Lang::Ko, &call).await.expect("a result notice");
            numbers.push(p.reception.unwrap().number.to_string());
            if played.service == "S065" {
                // Forty working hours from ten o'clock on Monday; nothing in the law deems a silent office to have accepted.
                assert_eq!(p.reception.unwrap().due, At::seoul(datetime(2026, 6, 22, 10, 0, 0, 0)).plus(60_000));
            }
        }
        let petitions: Vec<String> = (1..TEN.len()).map(|n| format!("2026-{n:06}")).collect();
        assert_eq!(numbers[..9], petitions, "the 처리부 has no gap");
        assert_eq!(numbers[9], "공개-2026-000001");

        city.duties().await;
        let stats = city.app.stats().await.unwrap();
        assert_eq!((stats.total, stats.by_state["concluded"]), (9, 9), "a request for disclosure is no petition");
        let apart = city.app.places.live.tallies("own_law/").await.unwrap();
        assert_eq!(apart.values().sum::<i64>(), 3, "filed, received, concluded: {apart:?}");
        for played in TEN.iter().filter(|played| !played.word.is_empty()) {
            let hits = city.app.search(&receiver, played.word, None, 20, &call).await.unwrap();
            assert_eq!(hits.items.len(), 1, "{} by {}", played.service, played.word);
        }
        for secret in ["123-45-67891", "110111", "1975-05-20", "02-000-7777"] {
            let hits = city.app.search(&receiver, secret, None, 20, &call).await.unwrap();
            assert!(hits.items.is_empty(), "{secret} is no word to be found by");
        }
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!((report.petitions, report.faults), (10, Vec::new()));
    }

    async fn answers_that_do_not_fit_are_not_taken(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let (citizen, lamp) = (Who::Citizen(kim), &TEN[0]);
        let refused = async |filing: Filing<Raw>| {
            match city.app.file(&citizen, Petitioner::Known(kim), filing, &Call::default()).await {
                Err(ActError::Refused(refusal)) => refusal,
                other => panic!("was to be refused: {other:?}"),
            }
        };
        let mut answers = lamp.filled();
        answers.0.remove(&"address".parse().unwrap());
        assert_eq!(refused(filled(&city, lamp, &answers)).await, Refusal::FormUnfit, "what is needed is missing");
        let mut stray = filled(&city, lamp, &lamp.filled());
        stray.service = "S137".parse().unwrap();
        assert_eq!(refused(stray).await, Refusal::FormUnfit, "the form of another service");
        let mut late = filled(&city, lamp, &lamp.filled());
        late.form.as_mut().unwrap().version = 99;
        assert_eq!(refused(late).await, Refusal::FormUnfit, "a version nobody knows");
        let mut torn = filled(&city, lamp, &lamp.filled());
        torn.form.as_mut().unwrap().answers = Raw::text("{}x");
        assert_eq!(refused(torn).await, Refusal::FormUnfit, "no answers at all");
    }

    async fn the_clock_of_a_request_for_disclosure_is_its_own(city, at datetime(2026, 6, 12, 23, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let played = &TEN[9];
        let filing = filled(&city, played, &played.filled());
        let p = city.app.file(&Who::Citizen(kim), Petitioner::Known(kim), filing, &Call::default()).await.unwrap();
        // Received on Monday; but the Friday it arrived on is the first of its ten days.
        city.it_is(datetime(2026, 6, 15, 10, 0, 0, 0));
        let receiver = city.official("receiver1");
        let p = city.does(&receiver, p.id, Act::Receive { kind: Kind::Disclosure, period: None }).await.unwrap();
        assert_eq!(p.due(), Some(At::seoul(datetime(2026, 6, 26, 0, 0, 0, 0))), "정보공개법11①·29");
        let case = city.app.case(&receiver, p.id, &Call::default()).await.unwrap();
        assert!(case.why.is_some(), "and the page can say why");
        assert_eq!(p.reception.unwrap().number.to_string(), "공개-2026-000001");
        let other = Act::Reclassify { service: "S134".parse().unwrap(), kind: Kind::Inquiry, period: None, reason: Raw::text("x") };
        assert_eq!(city.is_refused(&receiver, p.id, other).await, Refusal::NotInProcedure);
        let q = city.files(kim, "S134", "문서를 보고 싶습니다", "").await;
        let other = Act::Reclassify { service: "S131".parse().unwrap(), kind: Kind::Disclosure, period: None, reason: Raw::text("x") };
        assert_eq!(city.is_refused(&receiver, q.id, other).await, Refusal::OtherLaw);
        assert_eq!(Outcome::of_answer(Kind::Disclosure).len(), 4);
    }
}

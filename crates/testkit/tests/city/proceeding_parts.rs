//! 예약, 설문, 보관된 절차 — hours of one official, marks that are counted, and a version that a later program finds: on both engines, and by their forms.

use crate::proceeding_pages as pages;
use crate::proceedings::{go, moves, named, opens, step, words};
use crate::visitor::{Browser, on_a_deep_stack};
use app::act::{ActError, Call};
use app::proceedings::Handed;
use app::words::Raw;
use axum::http::StatusCode;
use domain::access::Who;
use domain::act::Act;
use domain::due::Period;
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::proceeding::{Answered, Fact};
use domain::refusal::Refusal;
use domain::terms::Kind;
use domain::time::At;
use jiff::civil::datetime;
use testkit::city::{City, On};

/// A grievance that is being investigated by the first investigator.
async fn investigated(city: &City, person: domain::id::PersonId) -> PetitionId {
    let p = city
        .in_handling(person, "소음", Kind::Grievance, Some(Period::Days(30)))
        .await;
    let (citizen, ombudsman) = (Who::Citizen(person), city.official("ombudsman1"));
    opens(city, &citizen, p.id, "grievance", &[("look", "살펴 주세요.")])
        .await
        .unwrap();
    let why = [("grounds", "asked"), ("reason", "청구하였다.")];
    go(city, &ombudsman, p.id, "investigate", &why, vec![]).await;
    let investigator = city.official_id("investigator1");
    go(
        city,
        &ombudsman,
        p.id,
        "name",
        &[],
        vec![named("investigator", investigator)],
    )
    .await;
    go(city, &ombudsman, p.id, "start", &[], vec![]).await;
    p.id
}

fn hour(hour: i8, minute: i8) -> At {
    At::seoul(datetime(2026, 6, 17, hour, minute, 0, 0))
}

fn offered(starts: Vec<At>) -> Handed {
    let place = words("시청 3층 상담실");
    Handed {
        facts: vec![Fact::HoursOffered {
            starts,
            minutes: 30,
            place,
        }],
        ..Handed::default()
    }
}

fn booked(at: At) -> Vec<Fact<Raw>> {
    vec![Fact::Booked { at }]
}

testkit::on_both_engines! {
    async fn an_hour_of_one_official_is_offered_to_one_petitioner_at_a_time(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let (kim, lee) = (city.citizen("010-1234-5678").await, city.citizen("010-2222-3333").await);
        let (one, other) = (investigated(&city, kim).await, investigated(&city, lee).await);
        let investigator = city.official("investigator1");
        let taken = |result: Result<Petition, ActError>| {
            assert!(matches!(result, Err(ActError::Refused(Refusal::HourTaken))), "{result:?}");
        };

        moves(&city, &investigator, one, "offer", offered(vec![hour(10, 0), hour(11, 0)])).await.unwrap();
        taken(moves(&city, &investigator, other, "offer", offered(vec![hour(10, 15)])).await);
        // Those offered here may be offered here again, in another way.
        moves(&city, &investigator, one, "offer", offered(vec![hour(10, 15), hour(11, 0)])).await.unwrap();
        let ahead = city.app.hours_of(&investigator, other, 1).await.unwrap();
        assert_eq!(ahead, [(hour(10, 15), hour(10, 45)), (hour(11, 0), hour(11, 30))]);

        let nobodys = moves(&city, &Who::Citizen(lee), one, "choose", Handed { facts: booked(hour(11, 0)), ..Handed::default() }).await;
        assert!(matches!(nobodys, Err(ActError::NotFound)), "{nobodys:?}");
        let p = go(&city, &Who::Citizen(kim), one, "choose", &[], booked(hour(11, 0))).await;
        assert_eq!(p.proceedings[0].arranged().map(|meeting| meeting.at), Some(hour(11, 0)));
        // What was not picked is free, what was is not.
        taken(moves(&city, &investigator, other, "offer", offered(vec![hour(11, 15)])).await);
        moves(&city, &investigator, other, "offer", offered(vec![hour(10, 15)])).await.unwrap();
        moves(&city, &Who::Citizen(kim), one, "call_off", Handed::default()).await.unwrap();
        let p = moves(&city, &investigator, other, "offer", offered(vec![hour(11, 15)])).await.unwrap();
        assert_eq!(p.proceedings[0].hours().len(), 1);

        // Two windows at the same moment: one of them is told.
        let both = tokio::join!(
            moves(&city, &investigator, one, "offer", offered(vec![hour(15, 0)])),
            moves(&city, &investigator, other, "offer", offered(vec![hour(15, 10)])),
        );
        assert!(both.0.is_ok() != both.1.is_ok(), "{both:?}");
        taken(if both.0.is_ok() { both.1 } else { both.0 });

        // With the end of what they belong to they are free.
        city.does(&Who::Citizen(kim), one, Act::Withdraw { reason: None }).await.unwrap();
        city.does(&Who::Citizen(lee), other, Act::Withdraw { reason: None }).await.unwrap();
        assert!(city.app.hours_of(&investigator, one, 9).await.unwrap().is_empty());
        let report = city.app.verify(&city.app.here, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn a_survey_is_counted_and_what_one_marked_is_told_to_nobody(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let (citizen, receiver, lawyer) = (Who::Citizen(kim), city.official("receiver1"), city.official("lawyer1"));
        let code = |text: &str| text.parse::<domain::terms::Code>().unwrap();
        for mark in 1..=5 {
            let p = city.in_handling(kim, "질문", Kind::Inquiry, Some(Period::Days(14))).await;
            let asked = [("about", "rights"), ("question", "알고 싶습니다."), ("wish", "yes")];
            opens(&city, &citizen, p.id, "legal_counsel", &asked).await.unwrap();
            go(&city, &receiver, p.id, "receive", &[], vec![]).await;
            go(&city, &receiver, p.id, "assign", &[], vec![named("lawyer", city.official_id("lawyer1"))]).await;
            go(&city, &lawyer, p.id, "answer", &[("opinion", "이렇습니다.")], vec![]).await;
            let given = |mark| vec![Fact::Surveyed {
                survey: code("counsel"),
                marks: vec![Answered { question: code("clear"), mark }],
            }];
            let theirs = moves(&city, &lawyer, p.id, "rate", Handed { facts: given(5), ..Handed::default() }).await;
            assert!(matches!(theirs, Err(ActError::Refused(Refusal::MoveNotYours))), "{theirs:?}");
            go(&city, &citizen, p.id, "rate", &[], given(mark)).await;
            let again = moves(&city, &citizen, p.id, "rate", Handed { facts: given(5), ..Handed::default() }).await;
            assert!(matches!(again, Err(ActError::Refused(Refusal::SurveyedAlready))), "{again:?}");
            go(&city, &citizen, p.id, "confirm", &[], vec![]).await;
        }
        let year = (At::seoul(datetime(2026, 1, 1, 0, 0, 0, 0)), At::seoul(datetime(2027, 1, 1, 0, 0, 0, 0)));
        let marks = city.app.survey_marks(code("legal_counsel"), year).await.unwrap();
        assert_eq!(marks.iter().map(|one| (one.mark, one.count)).collect::<Vec<_>>(), [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]);
        let before = (At(0), year.0);
        assert!(city.app.survey_marks(code("legal_counsel"), before).await.unwrap().is_empty());
    }

    async fn what_runs_finds_its_version_when_a_later_program_brings_another(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        city.app.keep_tracks(procedures::TRACKS).await.unwrap();
        city.app.keep_tracks(procedures::TRACKS).await.unwrap();
        let p = city.in_handling(kim, "질문", Kind::Inquiry, Some(Period::Days(14))).await;
        let asked = [("about", "rights"), ("question", "알고 싶습니다."), ("wish", "yes")];
        opens(&city, &Who::Citizen(kim), p.id, "legal_counsel", &asked).await.unwrap();

        // A later program: its counsel has a second version, and no file of the first.
        let (_, text) = procedures::TRACKS.iter().find(|(_, text)| text.contains("code = \"legal_counsel\"")).unwrap();
        let text = text.replacen("version = 1", "version = 2", 1).replacen("\"접수\"", "\"새 접수\"", 1);
        let later = app::tracks::read_all([("legal_counsel.toml", text.as_str())]).unwrap();
        let app = app::App::clone(&city.app).with_tracks(later).await.unwrap();
        assert_eq!(app.office().tracks.newest("legal_counsel".parse().unwrap()).unwrap().version, 2);
        let receiver = city.official("receiver1");
        let p = app.standing(&receiver, p.id).await.unwrap();
        let running = app.proceedings(&receiver, &p);
        assert_eq!(running[0].track.version, 1);
        let at = (1, "received".parse().unwrap(), "receive".parse().unwrap());
        let p = Box::pin(app.move_proceeding(&receiver, p.id, at, Handed::default(), &Call::default())).await.unwrap();
        assert_eq!(step(&p), "assign");
    }
}

/// 상담 시간을 예약하고, 끝에 설문에 답한다.
async fn hours_and_marks() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    let p = city
        .in_handling(kim, "소음", Kind::Grievance, Some(Period::Days(30)))
        .await;
    let number = p.number.to_string();
    let my = |rest: &str| format!("/my/{number}/proceedings{rest}");
    let at = |rest: &str| format!("/desk/{number}/proceedings{rest}");
    let mut petitioner = Browser::new(&city);
    petitioner.signs_in(&city, "010-1234-5678").await;
    pages::moves(
        &mut petitioner,
        &my("/open/grievance"),
        &[("f-look", "살펴 주세요.")],
    )
    .await;
    let mut ombudsman = pages::desk(&city, "ombudsman1").await;
    let why = [("f-grounds-asked", "yes"), ("f-reason", "청구하였습니다.")];
    pages::moves(&mut ombudsman, &at("/1/triage/investigate"), &why).await;
    let investigator = [city.official_id("investigator1").to_string()];
    pages::names(
        &mut ombudsman,
        &at("/1/assign/name"),
        "investigator",
        &investigator,
    )
    .await;
    pages::moves(&mut ombudsman, &at("/1/assign/start"), &[]).await;

    // 조사관: nothing to book yet; what is wrong is told and what was typed stays.
    let choose = my("/1/research/choose");
    petitioner
        .go(&choose)
        .await
        .says("고르실 수 있는 예약 시간이 아직 없습니다.");
    let mut investigator = pages::desk(&city, "investigator1").await;
    let offer = at("/1/research/offer");
    let form = investigator.go(&offer).await;
    form.says("날짜 1").says("시작 시각");
    let typed = |times: &'static str| {
        [
            ("hour_day_1", "2026-06-17"),
            ("hour_times_1", times),
            ("hour_minutes", "30"),
            ("hour_place", "시청 3층 상담실"),
        ]
    };
    let empty = investigator
        .submits(&form, &offer, &[("hour_minutes", "30"), ("hour_place", "시청")])
        .await;
    empty.says("날짜와 시작 시각을 하나 이상");
    let faulty = investigator.submits(&form, &offer, &typed("열 시")).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    faulty.says("날짜마다 10:00처럼");
    assert!(faulty.text.contains("시청 3층 상담실"), "what was typed stays");
    let close = investigator
        .submits(&faulty, &offer, &typed("10:00, 10:20"))
        .await;
    close.says("서로 겹치지 않게");
    let done = investigator.submits(&close, &offer, &typed("10:30, 10:00")).await;
    done.says("예약 시간 2개 제안(한 번에 30분)").says("2026. 6. 17.");

    // 민원인: picks the second, then somebody cancels.
    let hour = |hour: i8, minute: i8| {
        domain::time::At::seoul(datetime(2026, 6, 17, hour, minute, 0, 0))
            .0
            .to_string()
    };
    let page = petitioner.go(&my("/1")).await;
    page.says("예약할 수 있는 시간").says("시청 3층 상담실");
    let form = petitioner.go(&choose).await;
    let missing = petitioner.submits(&form, &choose, &[]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let gone = petitioner.submits(&form, &choose, &[("hour", &hour(9, 0))]).await;
    gone.says("고르신 시간은 지금 예약할 수 없습니다.");
    let booked = petitioner
        .submits(&gone, &choose, &[("hour", &hour(10, 30))])
        .await;
    booked.says("예약: 2026. 6. 17.(수) 10:30").says("(30분)");
    assert!(!booked.words().contains("예약할 수 있는 시간"));
    let other = investigator.go(&offer).await;
    other.says("민원인이 고를 수 있는 시간을 12개까지");
    let cancel = my("/1/research/call_off");
    petitioner
        .go(&cancel)
        .await
        .says("이 예약을 취소합니다.")
        .says("10:30");
    pages::moves(&mut petitioner, &cancel, &[])
        .await
        .says("예약 취소");
    petitioner
        .go(&cancel)
        .await
        .says("취소할 예약이나 일정이 없습니다.");

    // 법률상담의 설문.
    let p = city
        .in_handling(kim, "질문", Kind::Inquiry, Some(Period::Days(14)))
        .await;
    let number = p.number.to_string();
    let my = |rest: &str| format!("/my/{number}/proceedings{rest}");
    let at = |rest: &str| format!("/desk/{number}/proceedings{rest}");
    let asked = [
        ("f-about", "rights"),
        ("f-question", "알고 싶습니다."),
        ("f-wish", "yes"),
    ];
    pages::moves(&mut petitioner, &my("/open/legal_counsel"), &asked).await;
    let mut receiver = pages::desk(&city, "receiver1").await;
    pages::moves(&mut receiver, &at("/1/received/receive"), &[]).await;
    let lawyer = [city.official_id("lawyer1").to_string()];
    pages::names(&mut receiver, &at("/1/assign/assign"), "lawyer", &lawyer).await;
    let mut lawyer = pages::desk(&city, "lawyer1").await;
    pages::moves(
        &mut lawyer,
        &at("/1/answer/answer"),
        &[("f-opinion", "이렇습니다.")],
    )
    .await;
    let rate = my("/1/reading/rate");
    let form = petitioner.go(&rate).await;
    form.says("법률상담 만족도")
        .says("답변이 알기 쉬웠습니다.")
        .says("5점 — 매우 그렇다");
    let none = petitioner.submits(&form, &rate, &[]).await;
    none.says("한 문항 이상에 답해 주시기 바랍니다.");
    let done = petitioner
        .submits(&none, &rate, &[("mark_1", "5"), ("mark_3", "2")])
        .await;
    done.says("설문에 답함");
    petitioner.go(&rate).await.says("이 설문에는 이미 답하셨습니다.");
    let seen = lawyer.go(&at("/1")).await;
    seen.says("설문에 답함");
    assert!(!seen.words().contains("매우 그렇다") && !seen.words().contains("5점"));
    let figures = ombudsman.go("/desk/proceedings?track=legal_counsel").await;
    figures
        .says("법률상담 만족도 결과(2026년)")
        .says("다섯 명보다 적어");
}

#[test]
fn an_hour_is_booked_and_a_survey_answered_by_their_forms() {
    on_a_deep_stack(hours_and_marks);
}

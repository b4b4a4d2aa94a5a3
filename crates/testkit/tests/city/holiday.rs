//! 임시공휴일 — a holiday declared later moves open due dates forward, keeps the original, and touches nothing else.

use domain::access::Who;
use domain::calendar::{Holiday, HolidayKind};
use domain::event::Event;
use domain::terms::{Kind, Outcome};
use domain::time::At;
use jiff::civil::{Date, date, datetime};
use testkit::city::{City, answer};

async fn declared(city: &City, day: Date) {
    let holiday = Holiday {
        date: day,
        name: "임시공휴일".into(),
        kind: HolidayKind::Temporary,
        decree: "국무회의 의결".into(),
    };
    city.app.declare_holiday(holiday).await.unwrap();
}

testkit::on_both_engines! {
    async fn a_holiday_declared_later_moves_open_dates(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let touched = city.in_handling(kim, "걸리는 민원", Kind::Inquiry, None).await;
        let early = city.in_handling(kim, "이미 끝난 민원", Kind::Inquiry, None).await;
        city.answers(early.id, answer(Outcome::Answered, "답변")).await;
        let filed = city.files(kim, "S134", "아직 접수 전", "").await;
        assert_eq!(city.duty("calendar").await, 0, "nothing to move at the beginning");
        city.it_is(datetime(2026, 6, 16, 9, 0, 0, 0));
        let later = city.in_handling(kim, "하루 뒤 민원", Kind::Inquiry, None).await;
        declared(&city, date(2026, 6, 19)).await;
        assert_eq!(city.duty("calendar").await, 2);
        assert_eq!(city.duty("calendar").await, 0, "once");
        let now = async |id| city.app.case(&Who::System, id, &Default::default()).await.unwrap();
        for (petition, original, moved) in [
            (&touched, datetime(2026, 6, 24, 0, 0, 0, 0), datetime(2026, 6, 25, 0, 0, 0, 0)),
            (&later, datetime(2026, 6, 25, 0, 0, 0, 0), datetime(2026, 6, 26, 0, 0, 0, 0)),
        ] {
            let case = now(petition.id).await;
            let reception = case.petition.reception.unwrap();
            assert_eq!((reception.original_due, reception.due), (At::seoul(original), At::seoul(moved)));
            assert_eq!((reception.calendar, reception.due_version), (2, 2));
            let last = case.journal.last().unwrap();
            let event = Event::DueMoved { from: At::seoul(original), due: At::seoul(moved), calendar: 2 };
            assert_eq!((&last.recorded.event, last.recorded.by), (&event, domain::terms::By::System));
            assert_eq!(case.why.unwrap().at, At::seoul(moved), "and the calendar on the page says why");
        }
        assert_eq!(now(early.id).await.petition.reception.unwrap().calendar, 1, "what has ended stays");
        assert_eq!(now(filed.id).await.petition.seq, 1, "eight hours that are over before the holiday stay");
        // Received from now on, a petition counts by the new calendar at once.
        let fresh = city.in_handling(kim, "새 달력의 민원", Kind::Inquiry, None).await;
        assert_eq!(fresh.reception.unwrap().calendar, 2);
        assert_eq!(fresh.due(), Some(At::seoul(datetime(2026, 6, 26, 0, 0, 0, 0))));
        // A holiday that touches no open date makes no event; one that does moves them again.
        declared(&city, date(2026, 12, 24)).await;
        assert_eq!(city.duty("calendar").await, 0);
        declared(&city, date(2026, 6, 22)).await;
        assert_eq!(city.duty("calendar").await, 3);
        let reception = now(touched.id).await.petition.reception.unwrap();
        assert_eq!(reception.due, At::seoul(datetime(2026, 6, 26, 0, 0, 0, 0)));
        assert_eq!(reception.original_due, At::seoul(datetime(2026, 6, 24, 0, 0, 0, 0)));
        // Declared twice, or for a year nobody knows yet: told, and nothing changes.
        for day in [date(2026, 6, 22), date(2099, 1, 1)] {
            let (name, kind) = ("임시공휴일".into(), HolidayKind::Temporary);
            let holiday = Holiday { date: day, name, kind, decree: "국무회의 의결".into() };
            assert!(city.app.declare_holiday(holiday).await.is_err(), "{day}");
        }
        // And it is still known when the program is started again.
        let city = city.reopened().await;
        assert_eq!(city.app.office().calendar.version(), 4);
        assert!(city.app.office().calendar.works(date(2026, 6, 19)) == Some(false));
        assert_eq!(city.duty("calendar").await, 0);
        city.duties().await;
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn the_eight_hours_until_reception_move_as_well(city, at datetime(2026, 6, 18, 16, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let filed = city.files(kim, "S134", "접수 전", "").await;
        assert_eq!(filed.receive_by, Some(At::seoul(datetime(2026, 6, 19, 16, 1, 0, 0))));
        declared(&city, date(2026, 6, 19)).await;
        assert_eq!(city.duty("calendar").await, 1);
        let moved = city.app.places.live.head(filed.id).await.unwrap().unwrap().petition;
        let by = At::seoul(datetime(2026, 6, 22, 16, 1, 0, 0));
        assert_eq!((moved.receive_by, moved.act_by(), moved.seq), (Some(by), by, 2));
        city.duties().await;
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn hundreds_of_dates_move_in_one_walk(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        // More than one piece of the walk, all with the same due date, so that the walk goes over what it has just moved.
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let mut ids = Vec::new();
        for n in 0..230 {
            let p = city.files(kim, "S134", &format!("많은 민원 {n}"), "").await;
            let receive = domain::act::Act::Receive { kind: Kind::Inquiry, period: None };
            city.does(&receiver, p.id, receive).await.unwrap();
            ids.push(p.id);
        }
        declared(&city, date(2026, 6, 19)).await;
        assert_eq!(city.duty("calendar").await, 230);
        for id in ids {
            let p = city.app.places.live.head(id).await.unwrap().unwrap().petition;
            assert_eq!((p.seq, p.due()), (3, Some(At::seoul(datetime(2026, 6, 25, 0, 0, 0, 0)))));
        }
    }
}

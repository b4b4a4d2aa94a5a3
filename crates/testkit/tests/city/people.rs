//! 사람과 조직 — absences, signing in absence, circulation, reorganisation and transfer day, told by their actors.

use app::act::{ActError, Call};
use app::desk::View;
use app::people::OfficeError;
use app::people::absences::Away;
use app::people::bring::{Mode, Outcome, Table};
use app::people::handover::Order;
use app::people::organisation::{Others, Posted, UnitSaid};
use app::words::Raw;
use documents::press::Lang;
use domain::absence::{AbsenceKind, Unfit};
use domain::access::Who;
use domain::act::Act;
use domain::event::{Event, Signer};
use domain::handover::{ItemState, State, progress};
use domain::id::OfficialId;
use domain::organisation::Fault;
use domain::refusal::Refusal;
use domain::terms::{By, Kind, Mark, Outcome as Result_, Seat};
use domain::time::At;
use jiff::civil::{DateTime, date, datetime};
use testkit::city::{City, answer};

fn away(official: OfficialId, from: DateTime, to: DateTime) -> Away {
    Away {
        official,
        kind: AbsenceKind::Leave,
        from: At::seoul(from),
        to: At::seoul(to),
        stand_in: None,
        deputy: None,
    }
}

fn on(day: i8, hour: i8) -> DateTime {
    datetime(2026, 6, day, hour, 0, 0, 0)
}

fn line(city: &City) -> Vec<Signer> {
    vec![
        Signer {
            official: city.official_id("road.facilities.lead"),
            mark: Mark::Review,
        },
        Signer {
            official: city.official_id("road.facilities.head"),
            mark: Mark::Delegated,
        },
    ]
}

async fn lists(city: &City, who: &Who, view: View) -> usize {
    let page = city
        .app
        .list(who, view, None, 50, &Call::default())
        .await
        .unwrap();
    assert_eq!(
        city.app.count(who, view, 50).await.unwrap() as usize,
        page.items.len()
    );
    page.items.len()
}

fn refused<T: std::fmt::Debug>(result: Result<T, OfficeError>) -> Fault {
    match result {
        Err(OfficeError::Refused(fault)) => fault,
        other => panic!("this was to be refused: {other:?}"),
    }
}

testkit::on_both_engines! {
    async fn a_stand_in_takes_what_falls_due_and_gives_it_back(city, at on(15, 10)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "가로등이 꺼졌습니다", Kind::Inquiry, None).await;
        let (handler, other) = (city.official("road.facilities.1"), city.official_id("road.facilities.2"));
        assert_eq!(lists(&city, &city.official("road.facilities.2"), View::Mine).await, 0);
        let mut leave = away(city.official_id("road.facilities.1"), on(15, 9), on(16, 14));
        // Without a stand-in the head is alarmed, and nobody else.
        let id = city.app.enter_absence(&handler, leave, &Call::default()).await.unwrap();
        let head = city.official("road.facilities.head");
        let gaps = city.app.gaps(&head).await.unwrap();
        assert_eq!(gaps.iter().map(|g| (g.absence.official, g.petitions)).collect::<Vec<_>>(), [(leave.official, 1)]);
        assert!(city.app.gaps(&city.official("audit.receiver")).await.unwrap().is_empty());
        city.app.end_absence(&head, id, &Call::default()).await.unwrap();
        leave.stand_in = Some(other);
        leave.from = At::seoul(on(15, 10));
        let stranger = city.official("audit.1");
        assert_eq!(refused(city.app.enter_absence(&stranger, leave, &Call::default()).await), Fault::NotYours);
        let id = city.app.enter_absence(&handler, leave, &Call::default()).await.unwrap();
        // The same form again enters nothing twice; another one for the same time is unfit.
        assert_eq!(city.app.enter_absence(&handler, leave, &Call::default()).await.unwrap(), id);
        let twice = Away { kind: AbsenceKind::Trip, ..leave };
        let error = city.app.enter_absence(&handler, twice, &Call::default()).await;
        assert!(matches!(error, Err(OfficeError::Unfit(Unfit::Overlapping))), "{error:?}");
        assert!(city.app.gaps(&head).await.unwrap().is_empty());
        // The stand-in sees it and works on it; the handler does not until back.
        let (handler, stand_in) = (city.official("road.facilities.1"), city.official("road.facilities.2"));
        assert_eq!(lists(&city, &stand_in, View::Mine).await, 1);
        let draft = || Act::Draft(answer(Result_::Answered, "고치겠습니다."));
        assert_eq!(city.is_refused(&handler, p.id, draft()).await, Refusal::NotYours);
        city.does(&stand_in, p.id, draft()).await.unwrap();
        let case = city.app.case(&head, p.id, &Call::default()).await.unwrap();
        let last = &case.journal.last().unwrap().recorded;
        assert_eq!((last.by, last.instead_of), (By::Official(other), Some(leave.official)));
        assert!(case.chain_holds);
        // It is given back by itself.
        city.it_is(on(16, 14));
        let (handler, stand_in) = (city.official("road.facilities.1"), city.official("road.facilities.2"));
        assert_eq!(lists(&city, &stand_in, View::Mine).await, 0);
        assert!(matches!(city.app.case(&stand_in, p.id, &Call::default()).await, Err(ActError::NotFound)));
        city.does(&handler, p.id, Act::SendUp { line: line(&city) }).await.unwrap();
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn signed_in_absence_and_confirmed_afterwards(city, at on(15, 10)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "보도블록이 깨졌습니다", Kind::Inquiry, None).await;
        let handler = city.official("road.facilities.1");
        let (head, lead) = (city.official_id("road.facilities.head"), city.official_id("road.facilities.lead"));
        let mut trip = away(head, on(15, 10), on(17, 0));
        trip.deputy = Some(lead);
        city.app.enter_absence(&city.official("road.facilities.head"), trip, &Call::default()).await.unwrap();
        city.does(&handler, p.id, Act::Draft(answer(Result_::Answered, "고치겠습니다."))).await.unwrap();
        city.does(&handler, p.id, Act::SendUp { line: line(&city) }).await.unwrap();
        let sign = || Act::Sign { comment: None };
        let deputy = city.official("road.facilities.lead");
        city.does(&deputy, p.id, sign()).await.unwrap();
        assert_eq!(lists(&city, &city.official("road.facilities.lead"), View::ToSign).await, 1);
        assert_eq!(city.is_refused(&city.official("road.facilities.head"), p.id, sign()).await, Refusal::NotYours);
        let p = city.does(&deputy, p.id, sign()).await.unwrap();
        let stood = p.line.as_ref().unwrap().stood_in[0];
        assert_eq!((stood.absent, stood.by, stood.confirmed_at), (head, lead, None));
        // The document names the one who signed, with 전결(대결).
        let case = city.app.case(&handler, p.id, &Call::default()).await.unwrap();
        let notice = city.app.result_notice(&case, Lang::Ko).unwrap();
        let last = notice.letter.signatures.last().unwrap();
        let office = city.app.office();
        assert_eq!(last.name, office.officials[&lead].name);
        assert!(format!("{:?}", last.seat).contains("DelegatedStandIn"), "{last:?}");
        city.does(&handler, p.id, Act::Answer).await.unwrap();
        // 후결: it waits for the head, and for nobody else.
        city.it_is(on(17, 9));
        let head = city.official("road.facilities.head");
        assert_eq!(lists(&city, &head, View::ToConfirm).await, 1);
        assert_eq!(lists(&city, &city.official("road.facilities.lead"), View::ToConfirm).await, 0);
        city.does(&head, p.id, Act::ConfirmAfter).await.unwrap();
        assert_eq!(lists(&city, &head, View::ToConfirm).await, 0);
        // 공람: a reader of another department sees it from now on, and confirms.
        let reader = city.official("audit.1");
        assert!(matches!(city.app.case(&reader, p.id, &Call::default()).await, Err(ActError::NotFound)));
        let readers = vec![city.official_id("audit.1")];
        city.does(&handler, p.id, Act::Circulate { readers }).await.unwrap();
        assert_eq!(lists(&city, &reader, View::ToRead).await, 1);
        city.does(&reader, p.id, Act::ReadCirculated).await.unwrap();
        assert_eq!(lists(&city, &reader, View::ToRead).await, 0);
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn transfer_day(city, at on(15, 10)) {
        let kim = city.citizen("010-1234-5678").await;
        for title in ["첫째", "둘째", "셋째"] {
            city.in_handling(kim, title, Kind::Inquiry, None).await;
        }
        let drafted = city.in_handling(kim, "결재 중", Kind::Inquiry, None).await;
        let giver = city.official("road.facilities.1");
        city.does(&giver, drafted.id, Act::Draft(answer(Result_::Answered, "답"))).await.unwrap();
        city.does(&giver, drafted.id, Act::SendUp { line: line(&city) }).await.unwrap();
        let ids = |login: &str| city.official_id(login);
        let (giver_id, one, two) = (ids("road.facilities.1"), ids("road.facilities.2"), ids("road.facilities.receiver"));
        let head = city.official("road.facilities.head");
        let call = Call::default();
        let burden = city.app.burden(&head, giver_id, &call).await.unwrap();
        assert_eq!((burden.cases.len(), burden.signatures.len()), (4, 0));
        assert_eq!(refused(city.app.burden(&city.official("audit.1"), giver_id, &call).await), Fault::NotYours);
        let order = Order {
            receivers: vec![one, two],
            signer: None,
            witness: Some(ids("road.facilities.lead")),
            note: Some(Raw::text("현장 확인을 마쳤습니다.")),
        };
        let nobody = Order { receivers: vec![ids("audit.1")], ..order.clone() };
        assert_eq!(refused(city.app.order_handover(&head, giver_id, &nobody, &call).await), Fault::ReceiverUnfit);
        let id = city.app.order_handover(&head, giver_id, &order, &call).await.unwrap();
        assert_eq!(city.app.order_handover(&head, giver_id, &order, &call).await.unwrap(), id, "ordered once");
        // Interrupted by a restart: what was ordered goes on.
        let city = city.reopened().await;
        let (head, receiver) = (city.official("road.facilities.head"), city.official("road.facilities.2"));
        assert_eq!(city.app.handover(&head, id, &call).await.unwrap().handover.state, State::Running);
        assert_eq!(refused(city.app.confirm_handover(&receiver, id, true, &call).await), Fault::NotAwaited);
        city.duty("hand_over").await;
        assert_eq!(city.duty("hand_over").await, 0, "nothing is done twice");
        let whole = city.app.handover(&head, id, &call).await.unwrap();
        let items: Vec<_> = whole.items.iter().map(|(item, _)| *item).collect();
        assert_eq!(progress(&items), (0, 4, 0));
        assert_eq!(whole.note, "현장 확인을 마쳤습니다.");
        for receiver in [one, two] {
            assert_eq!(items.iter().filter(|i| i.receiver == receiver).count(), 2, "shared evenly");
        }
        for item in &items {
            let p = city.app.standing(&Who::System, item.petition).await.unwrap();
            assert_eq!((p.handler, item.state), (Some(item.receiver), ItemState::Done));
        }
        let p = city.app.standing(&Who::System, drafted.id).await.unwrap();
        assert!(p.draft.is_some() && p.signer().is_some(), "draft and line go along");
        // Journalled by whoever ordered it.
        let case = city.app.case(&head, drafted.id, &call).await.unwrap();
        let last = &case.journal.last().unwrap().recorded;
        assert!(matches!(last.event, Event::HandedOver { from, .. } if from == giver_id));
        assert_eq!(last.by, By::Official(city.official_id("road.facilities.head")));
        // The receivers confirm, with the manuals read, each once.
        assert_eq!(refused(city.app.confirm_handover(&receiver, id, false, &call).await), Fault::ManualsUnread);
        city.app.confirm_handover(&receiver, id, true, &call).await.unwrap();
        assert_eq!(refused(city.app.confirm_handover(&receiver, id, true, &call).await), Fault::NotAwaited);
        let sheet = city.app.handover_sheet(&head, id, Lang::Ko, &call).await.unwrap();
        assert!(sheet.pdf.starts_with(b"%PDF") && sheet.missing.is_empty());
        let second = city.official("road.facilities.receiver");
        city.app.confirm_handover(&second, id, true, &call).await.unwrap();
        assert_eq!(city.app.handover(&head, id, &call).await.unwrap().handover.state, State::Confirmed);
        assert_eq!(refused(city.app.handover(&city.official("audit.1"), id, &call).await), Fault::Unknown);
        let giver_now = city.app.burden(&head, giver_id, &call).await.unwrap();
        assert!(giver_now.cases.is_empty());
    }

    async fn a_closed_department_is_succeeded(city, at on(15, 10)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "조직 개편 전의 민원", Kind::Inquiry, None).await;
        let admin = city.official("admin");
        let call = Call::default();
        let (old, heir) = (city.unit("road_facilities"), city.unit("audit"));
        let stranger = city.official("road.facilities.head");
        assert_eq!(refused(city.app.close_unit(&stranger, old, date(2026, 6, 30), &[heir], &call).await), Fault::NotYours);
        assert_eq!(refused(city.app.close_unit(&admin, old, date(2026, 6, 30), &[], &call).await), Fault::SuccessorMissing);
        assert_eq!(refused(city.app.close_unit(&admin, old, date(2026, 6, 30), &[old], &call).await), Fault::SuccessorUnfit);
        assert_eq!(refused(city.app.close_unit(&admin, old, date(2026, 6, 1), &[heir], &call).await), Fault::DayPast);
        city.app.close_unit(&admin, old, date(2026, 6, 30), &[heir], &call).await.unwrap();
        assert_eq!(city.duty("reorganise").await, 0, "not before the day");
        city.it_is(datetime(2026, 7, 1, 9, 0, 0, 0));
        city.app.reload().await.unwrap();
        assert_eq!(city.duty("reorganise").await, 1);
        assert_eq!(city.duty("reorganise").await, 0);
        let case = city.app.case(&Who::System, p.id, &call).await.unwrap();
        let last = &case.journal.last().unwrap().recorded;
        assert_eq!((&last.event, last.by), (&Event::Succeeded { from: old, unit: heir }, By::System));
        assert_eq!(case.petition.handler, p.handler, "the handler moved along with the seat");
        // The seats went on, the old name is still known, and the history tells who closed it.
        let office = city.app.office();
        assert!(office.staff.handles_in(p.handler.unwrap(), heir));
        assert!(office.unit(old).is_some() && !office.units.contains_key(&old));
        let changes = city.app.office_changes(&admin).await.unwrap();
        assert_eq!((changes[0].what.as_str(), changes[0].by), ("unit_closed", By::Official(city.official_id("admin"))));
        let handler = city.official("road.facilities.1");
        city.does(&handler, p.id, Act::Draft(answer(Result_::Answered, "답"))).await.unwrap();
    }

    async fn every_seat_given_moved_and_taken_away_is_written_down(city, at on(15, 10)) {
        let admin = city.official("admin");
        let call = Call { origin: vec![10, 0, 0, 7], key: None };
        let app = &city.app;
        let seats_held: usize = app.office().staff.posts.values().map(Vec::len).sum();
        let laid = app.seat_records(&admin).await.unwrap();
        assert_eq!(laid.len(), seats_held, "the seats of the beginning are written down too");
        assert!(laid.iter().all(|record| record.by == By::System && record.change.given));
        let reader = &admin;
        let since = |n: usize| async move {
            let mut records = app.seat_records(reader).await.unwrap();
            records.truncate(records.len() - n);
            let mut told: Vec<_> = (records.iter())
                .map(|r| (r.change.given, r.change.official, r.change.unit, r.change.seat, r.change.until, r.by, r.origin.clone()))
                .collect();
            told.sort_by_key(|told| (told.0, told.3));
            (told, records.len() + n)
        };
        let (person, audit, roads) = (city.official_id("road.facilities.1"), city.unit("audit"), city.unit("road_facilities"));
        let me = By::Official(city.official_id("admin"));
        let from = [10, 0, 0, 7].to_vec();
        city.it_is(on(15, 11));
        // 발령: the seat there begins, the seat here ends.
        let posted = Posted { official: person, unit: audit, seats: vec![Seat::Handler], from: date(2026, 6, 16), others: Others::End };
        app.post_official(&admin, &posted, &call).await.unwrap();
        city.it_is(datetime(2026, 6, 16, 9, 0, 0, 0));
        let (told, n) = since(laid.len()).await;
        assert!(told.contains(&(true, person, audit, Seat::Handler, None, me, from.clone())), "{told:?}");
        assert!(told.contains(&(false, person, roads, Seat::Handler, Some(date(2026, 6, 15)), me, from.clone())), "{told:?}");
        app.reload().await.unwrap();
        // 퇴직: everything that was held ends.
        app.end_official(&admin, person, date(2026, 6, 30), &call).await.unwrap();
        city.it_is(datetime(2026, 6, 17, 9, 0, 0, 0));
        let (told, n) = since(n).await;
        assert_eq!(told, [(false, person, audit, Seat::Handler, Some(date(2026, 6, 30)), me, from.clone())]);
        // 폐지: each seat of the department ends and goes on in the other.
        let of_roads = app.office().staff.posts.values().flatten().filter(|post| post.unit == roads).count();
        app.close_unit(&admin, roads, date(2026, 6, 30), &[audit], &call).await.unwrap();
        city.it_is(datetime(2026, 6, 18, 9, 0, 0, 0));
        let (told, n) = since(n).await;
        assert_eq!((told.iter().filter(|t| t.0).count(), told.iter().filter(|t| !t.0).count()), (of_roads, of_roads), "{told:?}");
        // A file brought in, and the operator's command.
        let file = "아이디,성명,직위,부서,역할\nnew.one,새사람,주무관,audit,handler\n";
        let table = Table::read(file.as_bytes()).unwrap();
        app.bring(&admin, &table, Mode::Apply, &call).await.unwrap();
        city.it_is(datetime(2026, 6, 19, 9, 0, 0, 0));
        let (told, n) = since(n).await;
        assert_eq!(told, [(true, city.official_id("new.one"), audit, Seat::Handler, None, me, from)]);
        let other = store::office::Person {
            id: app.new_official(), login: "by.command".into(), name: "명령".into(), title: "주무관".into(), phone: String::new(), mail: String::new(),
        };
        app.enter_official(&other, "", "audit", &[Seat::Reviewer]).await.unwrap();
        let (told, _) = since(n).await;
        assert_eq!(told, [(true, other.id, audit, Seat::Reviewer, None, By::System, Vec::new())]);
        // Whoever does not administer the office reads none of it; and nothing that gives a seat is stored without a word by whom.
        assert!(app.seat_records(&city.official("receiver1")).await.is_err());
        let mut batch = store::batch::Batch::new();
        let post = store::office::Post { official: other.id, unit: audit, seat: Seat::Administrator };
        batch.post(post, date(2026, 6, 19), None);
        assert!(app.places.live.commit(batch, store::engine::Urgency::User).await.is_err());
        assert!(!app.places.live.post_terms().await.unwrap().iter().any(|term| term.what == post));
    }

    async fn units_change_from_a_day_and_files_bring_them_in(city, at on(15, 10)) {
        let (admin, call) = (city.official("admin"), Call::default());
        let unit = city.unit("audit");
        let known = city.app.office().units[&unit].clone();
        let said = UnitSaid { code: known.code.clone(), name: "감사위원회".into(), parent: known.parent.clone(), ..UnitSaid::default() };
        city.app.keep_unit(&admin, Some(unit), &said, date(2026, 7, 1), &call).await.unwrap();
        assert_eq!(city.app.office().units[&unit].name, known.name, "not before the day");
        city.it_is(datetime(2026, 7, 1, 9, 0, 0, 0));
        city.app.reload().await.unwrap();
        assert_eq!(city.app.office().units[&unit].name, "감사위원회");
        let twice = UnitSaid { code: "road_facilities".into(), ..said.clone() };
        assert_eq!(refused(city.app.keep_unit(&admin, None, &twice, date(2026, 7, 2), &call).await), Fault::Taken);
        let file = "아이디,성명,직위,부서,역할\nnew.one,새사람,주무관,audit,handler\nroad.facilities.1,,과장,,\n\
                    broken,나,주무관,nowhere,handler\nnew.one,또,주무관,audit,handler\nwrong.seat,다,주무관,audit,king\n";
        let table = Table::read(file.as_bytes()).unwrap();
        let preview = city.app.bring(&admin, &table, Mode::Preview, &call).await.unwrap();
        let outcomes: Vec<&Outcome> = preview.iter().map(|line| &line.outcome).collect();
        assert_eq!(outcomes, [
            &Outcome::New,
            &Outcome::Wrong(Fault::NameMissing, "name".into()),
            &Outcome::Wrong(Fault::UnitUnknown, "unit".into()),
            &Outcome::Wrong(Fault::RowTwice, "login".into()),
            &Outcome::Wrong(Fault::SeatUnknown, "seats".into()),
        ]);
        assert!(city.app.office().officials.values().all(|p| p.login != "new.one"), "a preview stores nothing");
        let again = Table::read(table.csv().as_bytes()).unwrap();
        assert_eq!(again, table, "what is carried along is the same table");
        assert_eq!(city.app.bring(&admin, &again, Mode::Apply, &call).await.unwrap(), preview);
        let fresh = city.official_id("new.one");
        assert!(city.app.office().staff.handles_in(fresh, unit));
        assert_eq!(city.app.bring(&admin, &table, Mode::Preview, &call).await.unwrap()[0].outcome, Outcome::Same);
        let absences = "login,kind,from,to,stand_in\nnew.one,휴가,2026-07-06,2026-07-08,audit.1\nnew.one,출장,2026-07-07,2026-07-07,\n";
        let table = Table::read(absences.as_bytes()).unwrap();
        let lines = city.app.bring(&admin, &table, Mode::Apply, &call).await.unwrap();
        assert_eq!(lines[0].outcome, Outcome::New);
        assert_eq!(lines[1].outcome, Outcome::Unfit(Unfit::Overlapping));
        city.it_is(datetime(2026, 7, 8, 23, 59, 0, 0));
        let Who::Official(stand_in) = city.official("audit.1") else { panic!("an official") };
        assert_eq!(stand_in.cover.handles_for, [fresh]);
        // Who leaves keeps the name on what was done, and cannot come in any more.
        city.app.end_official(&admin, fresh, date(2026, 7, 8), &call).await.unwrap();
        city.it_is(datetime(2026, 7, 9, 9, 0, 0, 0));
        city.app.reload().await.unwrap();
        assert!(city.app.office().who(fresh, city.app.now()).is_none());
        assert_eq!(city.app.office().person(fresh).map(|p| p.name.as_str()), Some("새사람"));
    }
}

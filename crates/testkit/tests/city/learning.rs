//! 길잡이 — the office learns from its own past, finds what was asked before, and takes an older register over.

use app::act::register::{Came, KeptOut, Way, known};
use app::act::{Call, Petitioner};
use app::words::Raw;
use domain::access::Who;
use domain::act::{Act, Answer};
use domain::event::Signer;
use domain::id::{PersonId, PetitionId};
use domain::life::Life;
use domain::likeness::Degree;
use domain::petition::Petition;
use domain::register::{Cells, Column, Known, Old, Why, read};
use domain::terms::{Kind, Mark, Outcome};
use domain::time::At;
use jiff::civil::datetime;
use store::engine::{Ask, Urgency, Write};
use store::params;
use store::person::Contact;
use testkit::city::{City, answer, filing};

fn reply(body: &str) -> Answer<Raw> {
    answer(Outcome::Answered, body)
}

/// Files, and brings it to reception.
async fn received(city: &City, person: PersonId, title: &str, body: &str) -> Petition {
    let filed = city.files(person, "S134", title, body).await;
    let receive = Act::Receive {
        kind: Kind::Inquiry,
        period: None,
    };
    city.does(&city.official("receiver1"), filed.id, receive)
        .await
        .unwrap()
}

/// Distributes to a department and has its handler answer.
async fn answered(city: &City, id: PetitionId, unit: &str, prefix: &str, body: &str) -> Petition {
    let department = city.official(&format!("{prefix}.receiver"));
    let handler = format!("{prefix}.1");
    city.does(
        &city.official("receiver1"),
        id,
        Act::Distribute {
            unit: city.unit(unit),
        },
    )
    .await
    .unwrap();
    city.does(&department, id, Act::UnitReceive).await.unwrap();
    let designate = Act::Designate {
        handler: city.official_id(&handler),
    };
    city.does(&department, id, designate).await.unwrap();
    let (drafter, head) = (city.official(&handler), city.official(&format!("{prefix}.head")));
    let line = vec![Signer {
        official: city.official_id(&format!("{prefix}.head")),
        mark: Mark::Delegated,
    }];
    let way = [
        (&drafter, Act::Draft(reply(body))),
        (&drafter, Act::SendUp { line }),
        (&head, Act::Sign { comment: None }),
        (&drafter, Act::Answer),
    ];
    let mut petition = None;
    for (who, act) in way {
        petition = Some(city.does(who, id, act).await.unwrap());
    }
    petition.unwrap()
}

async fn people(city: &City, n: usize) -> Vec<PersonId> {
    let mut people = Vec::new();
    for n in 0..n {
        people.push(city.citizen(&format!("010-1111-{n:04}")).await);
    }
    people
}

/// Six answered petitions for each of two departments, by six petitioners.
async fn a_past(city: &City) {
    for (n, person) in people(city, 6).await.into_iter().enumerate() {
        let lamp = received(
            city,
            person,
            "가로등이 꺼져 있습니다",
            &format!("골목 {n}번째 가로등 고장"),
        )
        .await;
        answered(
            city,
            lamp.id,
            "road_facilities",
            "road.facilities",
            "고치겠습니다.",
        )
        .await;
        let bribe = received(
            city,
            person,
            "공무원 비위를 감사해 주십시오",
            &format!("{n}번째 감사 청구"),
        )
        .await;
        answered(city, bribe.id, "audit", "audit", "조사하겠습니다.").await;
    }
}

async fn suggested(city: &City, p: &Petition, title: &str) -> Vec<(domain::id::UnitId, Vec<String>)> {
    let said = city.app.suggestions(p, title, None).await.unwrap();
    said.into_iter().map(|s| (s.unit, s.words)).collect()
}

async fn ledger(city: &City, deed: &str) -> Vec<Vec<u8>> {
    let rows = city.app.places.live.engine();
    let rows = rows
        .query(
            "SELECT petition FROM ledger WHERE deed = $1 ORDER BY at, id",
            params![deed],
        )
        .await
        .unwrap();
    rows.iter().map(|row| row.bytes(0).unwrap().to_vec()).collect()
}

/// A good row of an older register.
fn good(number: &str) -> Cells {
    [
        (Column::Number, number),
        (Column::Filed, "2019-03-04"),
        (Column::Received, "2019-03-04 10:20"),
        (Column::Due, "2019-03-13"),
        (Column::Concluded, "2019-03-11"),
        (Column::Department, "도로시설과"),
        (Column::Handler, "옛담당"),
        (Column::Kind, "질의민원"),
        (Column::Outcome, "답변"),
        (Column::Title, "가로등 점검 주기를 알고 싶습니다"),
        (Column::Answer, "매월 첫째 주에 점검합니다."),
        (Column::Name, "홍길동"),
        (Column::Phone, "010-9999-0001"),
    ]
    .map(|(column, cell)| (column, cell.to_owned()))
    .into()
}

fn with(number: &str, changes: &[(Column, &str)]) -> Cells {
    let mut cells = good(number);
    for (column, cell) in changes {
        cells.insert(*column, (*cell).to_owned());
    }
    cells
}

fn row(city: &City, known: &Known, cells: &Cells, steps: &[Cells]) -> Old<String> {
    read(cells, steps, known, city.app.now()).unwrap_or_else(|faults| panic!("{cells:?}: {faults:?}"))
}

testkit::on_both_engines! {
    async fn the_past_suggests_a_department_and_a_person_decides(city, at datetime(2026, 6, 15, 9, 30, 0, 0)) {
        let receiver = city.official("receiver1");
        let kim = city.citizen("010-2222-0001").await;
        a_past(&city).await;
        let lamp = received(&city, kim, "어두운 골목 가로등이 꺼져 있습니다", "").await;
        assert_eq!(suggested(&city, &lamp, "가로등이 꺼져 있습니다").await, [], "before anything was learnt");
        let lessons = city.app.lessons(&mut |_| {}).await.unwrap();
        assert_eq!((lessons.len(), lessons.labels()), (12, 2));
        let made = city.app.learn(&lessons).await.unwrap().expect("a model");
        assert_eq!((made.lessons, made.units), (12, 2));
        let roads = city.unit("road_facilities");
        let said = suggested(&city, &lamp, "어두운 골목 가로등이 꺼져 있습니다").await;
        assert_eq!(said[0].0, roads);
        assert!(said[0].1.contains(&"가로등이".to_owned()), "{said:?}");
        assert!(!said[0].1.contains(&"어두운".to_owned()), "only words of the past speak: {said:?}");
        // The first suggestion is taken; another petition goes where nobody suggested; a third says nothing known.
        city.does(&receiver, lamp.id, Act::Distribute { unit: roads }).await.unwrap();
        let second = received(&city, kim, "가로등이 꺼져 있습니다", "").await;
        city.does(&receiver, second.id, Act::Distribute { unit: city.unit("welfare") }).await.unwrap();
        let third = received(&city, kim, "Hello", "").await;
        city.does(&receiver, third.id, Act::Distribute { unit: roads }).await.unwrap();
        let account = city.app.account_of_suggestions().await.unwrap();
        assert_eq!((account.first, account.among, account.other), (1, 0, 1));
        assert_eq!(account.made, Some((city.app.now(), 12)));
        // Who says that it is not theirs is not suggested again.
        let department = city.official("road.facilities.receiver");
        let back = city.does(&department, lamp.id, Act::SendBack { reason: Raw::text("소관이 아닙니다") }).await.unwrap();
        assert!(suggested(&city, &back, "가로등이 꺼져 있습니다").await.iter().all(|(unit, _)| *unit != roads));
        // Learning anew takes the old model's place, key and all.
        city.app.learn(&lessons).await.unwrap();
        assert_eq!(city.app.places.live.models().await.unwrap().len(), 1);
        assert_eq!(suggested(&city, &second, "가로등이 꺼져 있습니다").await[0].0, roads);
        // Somebody changes it by hand: it says nothing more, and distributing goes on.
        let write = Write::new("UPDATE model SET lessons = 13", Vec::new()).rows(1);
        city.app.places.live.engine().commit(vec![write], Urgency::User).await.unwrap();
        let city = city.reopened().await;
        assert_eq!(suggested(&city, &second, "가로등이 꺼져 있습니다").await, []);
        assert_eq!(city.app.account_of_suggestions().await.unwrap().made, None);
        let fourth = received(&city, kim, "가로등이 꺼져 있습니다", "").await;
        city.does(&receiver, fourth.id, Act::Distribute { unit: roads }).await.unwrap();
        assert_eq!(city.app.account_of_suggestions().await.unwrap().first, 1, "nothing was suggested, nothing is counted");
    }

    async fn like_petitions_are_found_within_sight_and_every_look_is_written_down(city, at datetime(2026, 6, 15, 9, 30, 0, 0)) {
        let (kim, lee) = (city.citizen("010-2222-0001").await, city.citizen("010-2222-0002").await);
        let old = received(&city, kim, "공원 분수대 소음 문의", "밤에도 분수대가 돌아 잠을 잘 수 없습니다").await;
        let old = answered(&city, old.id, "road_facilities", "road.facilities", "밤 아홉 시에 멈추겠습니다.").await;
        for n in 0..5 {
            received(&city, kim, &format!("버스 정류장 {n}번 이전 요청"), "정류장을 옮겨 주십시오").await;
        }
        let new = received(&city, lee, "분수대 소음이 심합니다", "공원 분수대가 밤에도 돕니다").await;
        city.duties().await;
        let call = Call::default();
        let receiver = city.official("receiver1");
        let found = city.app.similar(&receiver, new.id, &call).await.unwrap();
        assert_eq!(found[0].item.petition.id, old.id);
        assert_eq!(found[0].answer.as_deref(), Some("밤 아홉 시에 멈추겠습니다."));
        assert_eq!(found[0].item.petition.end.unwrap().outcome, Outcome::Answered);
        assert!(found.iter().all(|s| s.item.title.as_deref().unwrap().contains("분수대")), "{found:?}");
        assert_eq!(ledger(&city, "similar").await, [old.id.bytes().to_vec()], "the one that was shown, and no other");
        // A department that may not see it is not told that it exists.
        let unit = city.unit("audit");
        city.does(&receiver, new.id, Act::Distribute { unit }).await.unwrap();
        let audit = city.official("audit.receiver");
        assert_eq!(city.app.similar(&audit, new.id, &call).await.unwrap().len(), 0);
        let roads = city.official("road.facilities.receiver");
        assert!(city.app.similar(&roads, new.id, &call).await.is_err(), "nor may one ask about what one does not see");
        assert_eq!(ledger(&city, "similar").await.len(), 1);
    }

    async fn the_same_petitioner_is_seen_again_and_the_article_is_counted(city, at datetime(2026, 6, 15, 9, 30, 0, 0)) {
        let (kim, lee) = (city.citizen("010-2222-0001").await, city.citizen("010-2222-0002").await);
        let receiver = city.official("receiver1");
        let call = Call::default();
        let title = "옆집 공사 소음을 멈추어 주십시오";
        let mut now = datetime(2026, 6, 15, 10, 0, 0, 0);
        for n in 0..2 {
            let one = received(&city, kim, title, "아침마다 시끄럽습니다").await;
            let contact = city.app.contact(kim).await.unwrap();
            let before = city.app.repeated(&receiver, &one, contact.as_ref(), &call).await.unwrap();
            assert_eq!(before.map(|r| (r.repetition.times, r.repetition.may_end)), (n > 0).then_some((2, false)));
            now = now.checked_add(jiff::Span::new().hours(1)).unwrap();
            city.it_is(now);
            answered(&city, one.id, "road_facilities", "road.facilities", "담당 부서에서 점검합니다.").await;
            now = now.checked_add(jiff::Span::new().hours(1)).unwrap();
            city.it_is(now);
        }
        received(&city, kim, "도서관 책을 늘려 주십시오", "어린이 책이 적습니다").await;
        received(&city, lee, title, "아침마다 시끄럽습니다").await;
        // The third one comes by a guest who wrote down the same telephone number.
        let guest = Contact { name: "김아무개".into(), phone: Some("01022220001".into()), language: "ko".into(), ..Contact::default() };
        let third = city.app.file(&city.official("counter1"), Petitioner::New(guest.clone()), domain::act::Filing {
            entry: domain::terms::EntryPoint::Counter, ..filing("S134", title, "아침마다 또 시끄럽습니다")
        }, &call).await.unwrap();
        assert_ne!(third.person, kim);
        let found = city.app.repeated(&receiver, &third, Some(&guest), &call).await.unwrap().expect("a repetition");
        assert_eq!((found.repetition.times, found.repetition.notices, found.repetition.may_end), (3, 2, true));
        assert!(found.before.iter().all(|b| b.likeness.degree != Degree::Different && b.item.petition.person == kim));
        // And the guest's petition is seen from the verified person's side.
        now = now.checked_add(jiff::Span::new().hours(1)).unwrap();
        city.it_is(now);
        let fourth = received(&city, kim, title, "아침마다 시끄럽습니다").await;
        let contact = city.app.contact(kim).await.unwrap();
        let found = city.app.repeated(&receiver, &fourth, contact.as_ref(), &call).await.unwrap().unwrap();
        assert_eq!((found.repetition.times, found.repetition.notices), (4, 2));
        assert_eq!(ledger(&city, "repeated").await.len(), 1 + 2 + 3, "every earlier petition shown, each time");
        let audit = city.official("audit.receiver");
        assert!(city.app.repeated(&audit, &fourth, contact.as_ref(), &call).await.unwrap().is_none(), "what one may not see does not exist");
    }

    async fn an_older_register_is_taken_over_once_with_its_own_dates(city, at datetime(2026, 6, 15, 9, 30, 0, 0)) {
        use Column::*;
        let known = known(&city.app.office());
        let step = |at: &str, what: &str| -> Cells {
            [(StepAt, at), (StepWhat, what)].map(|(column, cell)| (column, cell.to_owned())).into()
        };
        let steps = [step("2019-03-05 09:00", "현장 확인 칠성판"), step("2019-03-06", "부서 협의")];
        let concluded = row(&city, &known, &good("2019-001234"), &steps);
        let came = city.app.take_over("대장", &concluded, Way::Check).await.unwrap();
        assert_eq!((came, city.app.stats().await.unwrap().total), (Came::New { due_moved: false }, 0), "a look keeps nothing");
        assert_eq!(city.app.take_over("대장", &concluded, Way::Write).await.unwrap(), Came::New { due_moved: false });
        assert_eq!(city.app.take_over("대장", &concluded, Way::Write).await.unwrap(), Came::There, "given again");
        let withdrawn = row(&city, &known, &with("2019-001235", &[(Outcome, "취하"), (Answer, "")]), &[]);
        let open = row(&city, &known, &with("2026-000077", &[
            (Filed, "2026-06-10"), (Received, "2026-06-11 10:00"), (Due, "2026-06-30"), (Concluded, ""), (Outcome, ""), (Answer, ""),
        ]), &[]);
        let unreceived = row(&city, &known, &with("2026-000078", &[
            (Filed, "2026-06-12"), (Received, ""), (Due, ""), (Concluded, ""), (Outcome, ""), (Answer, ""), (Department, ""), (Handler, ""),
        ]), &[]);
        city.app.take_over("대장", &withdrawn, Way::Write).await.unwrap();
        let came = city.app.take_over("대장", &open, Way::Write).await.unwrap();
        assert_eq!(came, Came::New { due_moved: true }, "the register said the 30th, the law says seven days");
        city.app.take_over("대장", &unreceived, Way::Write).await.unwrap();
        // Another register may use the same number; the same register may not use it for another content.
        city.app.take_over("다른 대장", &concluded, Way::Write).await.unwrap();
        let other = row(&city, &known, &with("2019-001234", &[(Title, "다른 내용")]), &steps);
        match city.app.take_over("대장", &other, Way::Write).await {
            Err(KeptOut::Fault(fault)) => assert_eq!((fault.column, fault.why), (Number, Why::Taken)),
            came => panic!("{came:?}"),
        }
        // An open statutory one whose period nobody has confirmed cannot be taken over.
        let unsure = with("2026-000079", &[
            (Kind, "법정민원"), (Service, "S003"), (Filed, "2026-06-10"), (Received, "2026-06-11"), (Due, ""), (Concluded, ""), (Outcome, ""), (Answer, ""),
        ]);
        match city.app.take_over("대장", &row(&city, &known, &unsure, &[]), Way::Write).await {
            Err(KeptOut::Fault(fault)) => assert_eq!((fault.column, fault.why), (Service, Why::PeriodMissing)),
            came => panic!("{came:?}"),
        }
        city.duties().await;
        assert_eq!(city.app.stats().await.unwrap().total, 5);
        let receiver = city.official("receiver1");
        let call = Call::default();
        let hits = city.app.search(&receiver, "2019 001234", None, 10, &call).await.unwrap();
        assert_eq!(hits.items.len(), 2, "found by the older number, however it is written");
        let found = city.app.search(&receiver, "칠성판", None, 10, &call).await.unwrap();
        assert_eq!(found.items.len(), 2, "and by the words of its history");
        for name in ["옛담당", "홍길동"] {
            assert_eq!(city.app.search(&receiver, name, None, 10, &call).await.unwrap().items.len(), 0, "{name} is no word of the index");
        }
        let one = &hits.items.last().unwrap().petition;
        let case = city.app.case(&receiver, one.id, &call).await.unwrap();
        let old = case.petition.old.as_ref().unwrap();
        assert_eq!(case.petition.life, Life::Concluded);
        assert_eq!(case.petition.unit, Some(city.unit("road_facilities")));
        assert_eq!(case.petition.filed_at, At::seoul(datetime(2019, 3, 4, 0, 0, 0, 0)));
        assert_eq!(case.petition.end.unwrap().concluded_at, At::seoul(datetime(2019, 3, 11, 0, 0, 0, 0)));
        assert_eq!(case.petition.recorded_at, city.app.now(), "written down now");
        assert_eq!(case.texts.text(old.answer.unwrap()), Some("매월 첫째 주에 점검합니다."));
        assert_eq!(case.texts.text(old.steps[0].what), Some("현장 확인 칠성판"));
        assert_eq!(case.contact.unwrap().phone.as_deref(), Some("01099990001"));
        assert!(case.chain_holds);
        // The open one runs on under the law, in its department, from its own reception.
        let hits = city.app.search(&receiver, "2026-000077", None, 10, &call).await.unwrap();
        let open = hits.items[0].petition.clone();
        assert_eq!((open.life, open.unit), (Life::Distributed, Some(city.unit("road_facilities"))));
        let reception = open.reception.unwrap();
        assert_eq!(reception.at, At::seoul(datetime(2026, 6, 11, 10, 0, 0, 0)));
        assert_eq!(reception.due, At::seoul(datetime(2026, 6, 20, 0, 0, 0, 0)), "seven days, the first one counted, no Saturday, no Sunday");
        city.does(&city.official("road.facilities.receiver"), open.id, Act::UnitReceive).await.unwrap();
        let hits = city.app.search(&receiver, "2026-000078", None, 10, &call).await.unwrap();
        assert_eq!(hits.items[0].petition.life, Life::Filed);
        // Nobody was or will be written to because of what came over.
        let engine = city.app.places.live.engine();
        assert_eq!(engine.query_one("SELECT count(*) FROM outbox WHERE petition IN (SELECT id FROM head)", Vec::new()).await.unwrap().int(0), Ok(0));
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        // What the older register answered is a past to learn from.
        assert_eq!(city.app.lessons(&mut |_| {}).await.unwrap().len(), 2);
        assert_eq!(Who::System.by(), case.journal[1].recorded.by);
    }

    async fn bad_rows_stay_out_and_good_ones_come_in(city, at datetime(2026, 6, 15, 9, 30, 0, 0)) {
        use Column::*;
        let known = known(&city.app.office());
        let long = "가".repeat(5_001);
        let bad: &[&[(Column, &str)]] = &[
            &[(Number, "")],
            &[(Number, "2.02E+11")],
            &[(Filed, "")],
            &[(Filed, "지난봄")],
            &[(Filed, "43528")],
            &[(Filed, "1019-03-04")],
            &[(Received, "2019-02-30")],
            &[(Received, "2019-03-01")],
            &[(Due, "2019-03-01")],
            &[(Concluded, "2019-03-01")],
            &[(Concluded, "2029-03-11")],
            &[(Concluded, "")],
            &[(Outcome, "")],
            &[(Outcome, "잘됨")],
            &[(Outcome, "허가")],
            &[(Kind, "")],
            &[(Kind, "민원")],
            &[(Department, "")],
            &[(Department, "없어진과")],
            &[(Service, "없는 사무")],
            &[(Service, "S003")],
            &[(Title, "")],
            &[(Title, &long)],
            &[(Title, "#REF!")],
            &[(Answer, "번호는 800101-1234567")],
            &[(Answer, "\u{FFFD}")],
            &[(Name, "")],
            &[(Phone, "집전화")],
        ];
        let (mut kept_out, mut came) = (0, 0);
        for (n, changes) in bad.iter().enumerate() {
            let number = format!("2019-{n:06}");
            for cells in [with(&number, changes), good(&format!("2020-{n:06}"))] {
                match read(&cells, &[], &known, city.app.now()) {
                    Err(faults) => {
                        kept_out += 1;
                        assert!(faults.iter().all(|f| changes.iter().any(|(column, _)| *column == f.column) || f.column == Concluded), "{changes:?}: {faults:?}");
                    }
                    Ok(old) => {
                        came += 1;
                        city.app.take_over("대장", &old, Way::Write).await.unwrap();
                    }
                }
            }
            // Corrected and given again.
            let old = row(&city, &known, &good(&number), &[]);
            assert_eq!(city.app.take_over("대장", &old, Way::Write).await.unwrap(), Came::New { due_moved: false });
        }
        assert_eq!((kept_out, came), (bad.len(), bad.len()));
        city.duties().await;
        assert_eq!(city.app.stats().await.unwrap().total, 2 * bad.len() as i64);
    }
}

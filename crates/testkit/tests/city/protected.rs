//! 보안민원 — filed by web, by a clerk who is not entitled and by one who is; handled and answered by the entitled alone; moved in and
//! out with a reason; seen by two people's word; and nothing of it anywhere else.

use app::act::{ActError, Call, Petitioner};
use app::desk::View;
use app::words::Raw;
use domain::access::{Sight, Who};
use domain::act::{Act, Answer};
use domain::event::{Event, Signer};
use domain::id::PetitionId;
use domain::life::Life;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::{Kind, Mark, Outcome, Seat};
use jiff::civil::datetime;
use ports::mail::Mailbox as _;
use ports::message::Inbox;
use testkit::city::{City, PASSWORD, answer, filing};

const REPORT: &str = "P001";

fn words(text: &str) -> Raw {
    Raw::text(text)
}

/// The people of the room: who takes in and handles, who decides, who watches the time.
pub async fn staffed(city: &City) {
    let unit = "human_rights";
    let desk = [
        Seat::IntegratedReceiver,
        Seat::CounterClerk,
        Seat::DepartmentReceiver,
        Seat::Handler,
    ];
    city.entitles("humanrights", unit, &desk).await;
    city.entitles("humanrights2", unit, &[Seat::Handler, Seat::Examiner])
        .await;
    city.entitles(
        "humanrights.head",
        unit,
        &[Seat::Approver, Seat::DepartmentHead, Seat::Administrator],
    )
    .await;
}

async fn inside(city: &City, who: &Who, id: PetitionId, act: Act<Raw>) -> Result<Petition, ActError> {
    city.inside().act(who, id, act, &Call::default()).await
}

/// Through the room as far as its handler.
pub async fn handled(city: &City, id: PetitionId) -> Petition {
    let receiver = city.entitled("humanrights");
    let unit = city.unit("human_rights");
    let handler = city.official_id("humanrights");
    let way = [
        Act::Receive {
            kind: Kind::Grievance,
            period: None,
        },
        Act::Distribute { unit },
        Act::UnitReceive,
        Act::Designate { handler },
    ];
    let mut petition = None;
    for act in way {
        let deed = act.deed();
        let done = inside(city, &receiver, id, act).await;
        petition = Some(done.unwrap_or_else(|error| panic!("{deed}: {error}")));
    }
    petition.unwrap()
}

/// Answers it by the room's own line.
pub async fn answered(city: &City, id: PetitionId, answer: Answer<Raw>) -> Petition {
    let (handler, head) = (city.entitled("humanrights"), city.entitled("humanrights.head"));
    let line = vec![Signer {
        official: city.official_id("humanrights.head"),
        mark: Mark::Decide,
    }];
    for (who, act) in [
        (&handler, Act::Draft(answer)),
        (&handler, Act::SendUp { line }),
        (&head, Act::Sign { comment: None }),
        (&handler, Act::Answer),
    ] {
        let deed = act.deed();
        inside(city, who, id, act)
            .await
            .unwrap_or_else(|error| panic!("{deed}: {error}"));
    }
    city.inside().here.head(id).await.unwrap().unwrap().petition
}

/// Chains, heads, numbers and roots of both places hold.
async fn all_is_well(city: &City) {
    city.duties().await;
    for room in city.app.rooms() {
        let report = city.app.verify(&room.here, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new(), "{:?}", room.here.name);
    }
}

testkit::on_both_engines! {
    async fn a_report_lies_where_only_the_entitled_see_it(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        staffed(&city).await;
        let kim = city.citizen("010-1234-5678").await;
        let p = city.files(kim, REPORT, "상사의 폭언을 신고합니다", "매일 폭언을 듣습니다.").await;
        assert!(p.protected);
        assert!(city.app.here.head(p.id).await.unwrap().is_none(), "not a row of it in the ordinary place");
        assert!(city.app.here.journal(p.id).await.unwrap().is_empty());
        let call = Call::default();
        // Whatever seat one holds outside, and the system itself: it does not exist.
        for login in city.app.office().officials.values().map(|person| person.login.clone()).collect::<Vec<_>>() {
            let who = city.official(&login);
            assert!(matches!(city.app.case(&who, p.id, &call).await, Err(ActError::NotFound)), "{login}");
            assert!(matches!(city.app.numbered(&who, p.number).await, Err(ActError::NotFound)), "{login}");
            let found = city.app.search(&who, "폭언", None, 20, &call).await.unwrap();
            assert!(found.items.is_empty(), "{login}");
        }
        // Inside it waits on the list of who receives, and for nobody else.
        let room = city.inside();
        let receiver = city.entitled("humanrights");
        let listed = room.list(&receiver, View::Mine, None, 20, &call).await.unwrap();
        assert_eq!(listed.items.iter().map(|item| item.petition.id).collect::<Vec<_>>(), [p.id]);
        let stranger = room.office().who(city.official_id("receiver1"), city.app.now()).unwrap();
        assert!(matches!(room.case(&stranger, p.id, &call).await, Err(ActError::NotFound)), "a seat outside is none inside");
        let p = handled(&city, p.id).await;
        assert!(p.reception.unwrap().number.n > app::protected::FIRST_RECEPTION);
        // To its petitioner the house has no walls.
        let citizen = Who::Citizen(kim);
        let case = city.app.case(&citizen, p.id, &call).await.unwrap();
        assert_eq!(case.texts.text(p.title), Some("상사의 폭언을 신고합니다"));
        let ordinary = city.files(kim, "S134", "가로등", "").await;
        let mine = city.app.petitions_of(&citizen, None, 20).await.unwrap();
        assert_eq!(mine.items.iter().map(|item| item.petition.id).collect::<Vec<_>>(), [ordinary.id, p.id]);
        let lee = city.citizen("010-9999-0000").await;
        assert!(matches!(city.app.case(&Who::Citizen(lee), p.id, &call).await, Err(ActError::NotFound)));
        // Its own line: a signer from outside the room cannot be put on it.
        let draft = Act::Draft(answer(Outcome::Answered, "조사를 마쳤습니다."));
        inside(&city, &receiver, p.id, draft).await.unwrap();
        let outsider = vec![Signer { official: city.official_id("road.facilities.head"), mark: Mark::Decide }];
        let refused = inside(&city, &receiver, p.id, Act::SendUp { line: outsider }).await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::LineUnfit))), "{refused:?}");
        let p = answered(&city, p.id, answer(Outcome::Answered, "조사를 마쳤습니다.")).await;
        assert_eq!(p.life, Life::Concluded);
        city.app.act(&citizen, p.id, Act::Rate { score: 5, comment: Some(words("고맙습니다")) }, &call).await.unwrap();
        city.duties().await;
        let told = city.messages.messages();
        let kim_was_told = told.iter().filter(|m| m.what.to == "01012345678" && m.what.text.contains("처리결과")).count();
        assert!(kim_was_told >= 1, "the petitioner is told of the answer: {told:?}");
        assert!(told.iter().all(|m| !m.what.text.contains("인권침해")), "a telephone lies on the table");
        all_is_well(&city).await;
    }

    async fn a_clerk_who_is_not_entitled_puts_it_in_and_sees_it_no_more(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        staffed(&city).await;
        let clerk = city.official("counter1");
        let mut paper = filing(REPORT, "편지로 온 신고", "우편으로 왔습니다.");
        paper.entry = domain::terms::EntryPoint::Counter;
        let petitioner = Petitioner::written_down("김솔".into(), Some("01022223333".into()), None, None, "ko");
        let receive = Act::Receive { kind: Kind::Grievance, period: None };
        let p = city.app.enter(&clerk, petitioner, paper, vec![receive], &Call::default()).await.unwrap();
        assert!(p.protected);
        assert_eq!(p.life, Life::Filed, "it is received inside");
        assert!(matches!(city.app.case(&clerk, p.id, &Call::default()).await, Err(ActError::NotFound)));
        let contact = city.inside().contact(p.person).await.unwrap().unwrap();
        assert_eq!(contact.name, "김솔");
        assert!(city.app.contact(p.person).await.unwrap().is_none(), "nor is its petitioner known outside");
        handled(&city, p.id).await;
        all_is_well(&city).await;
    }

    async fn it_is_moved_in_and_out_with_a_reason_and_nothing_is_lost(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        staffed(&city).await;
        let kim = city.citizen("010-1234-5678").await;
        let mut long = filing("S134", "담당 공무원이 사진을 돌렸습니다", "소름끼치는 일입니다.");
        long.files = vec![app::words::file("사진.txt", "붙임 내용".into()).unwrap()];
        let p = city.app.file(&Who::Citizen(kim), Petitioner::Known(kim), long, &Call::default()).await.unwrap();
        let receiver = city.official("receiver1");
        city.does(&receiver, p.id, Act::Receive { kind: Kind::Inquiry, period: None }).await.unwrap();
        city.duties().await;
        let before = city.app.here.tallies("").await.unwrap();
        let number = city.does(&receiver, p.id, Act::Protect { reason: words("2차 피해가 걱정됩니다.") }).await.unwrap().number;
        assert!(city.app.here.head(p.id).await.unwrap().is_none(), "moved");
        assert!(city.app.here.journal(p.id).await.unwrap().is_empty());
        assert!(matches!(city.app.case(&receiver, p.id, &Call::default()).await, Err(ActError::NotFound)));
        for word in ["소름끼치는", "사진을"] {
            let found = city.app.search(&receiver, word, None, 20, &Call::default()).await.unwrap();
            assert!(found.items.is_empty(), "{word} is not found outside any more");
        }
        city.duties().await;
        assert_ne!(city.app.here.tallies("").await.unwrap(), before, "its share of the numbers went with it");
        let room = city.inside();
        let head = city.entitled("humanrights.head");
        let moved = room.found(&city.entitled("humanrights"), &number.to_string()).await.unwrap();
        assert_eq!((moved.id, moved.number), (p.id, number));
        let case = room.case(&city.entitled("humanrights"), p.id, &Call::default()).await.unwrap();
        assert!(case.chain_holds);
        let why = case.journal.iter().find_map(|entry| match &entry.recorded.event {
            Event::Protected { reason } => Some(*reason),
            _ => None,
        });
        assert_eq!(case.texts.text(why.unwrap()), Some("2차 피해가 걱정됩니다."));
        assert_eq!(case.contact.as_ref().map(|c| c.phone.clone()), Some(Some("01012345678".to_owned())));
        let file = case.petition.files[0];
        let (_, name, bytes) =
            room.attachment(&city.entitled("humanrights"), p.id, file.content.id, &Call::default()).await.unwrap();
        assert_eq!((name.as_str(), bytes.as_slice()), ("사진.txt", "붙임 내용".as_bytes()));
        all_is_well(&city).await;
        // Nobody outside lifts the protection; inside, who decides does.
        assert!(matches!(city.does(&receiver, p.id, Act::Unprotect { reason: words("해제") }).await, Err(ActError::NotFound)));
        let unit = city.unit("human_rights");
        inside(&city, &city.entitled("humanrights"), p.id, Act::Distribute { unit }).await.unwrap();
        inside(&city, &head, p.id, Act::Unprotect { reason: words("본인이 원하였습니다.") }).await.unwrap();
        assert!(room.here.head(p.id).await.unwrap().is_none(), "moved back");
        city.duties().await;
        for word in ["소름끼치는", "사진을"] {
            let found = city.app.search(&receiver, word, None, 20, &Call::default()).await.unwrap();
            assert_eq!(found.items.len(), 1, "{word} is found outside again");
        }
        let case = city.app.case(&receiver, p.id, &Call::default()).await.unwrap();
        assert!(case.chain_holds);
        assert!(!case.petition.protected);
        assert_eq!(case.texts.text(p.title), Some("담당 공무원이 사진을 돌렸습니다"));
        city.duties().await;
        let found = city.app.search(&receiver, "소름끼치는", None, 20, &Call::default()).await.unwrap();
        assert_eq!(found.items.len(), 1, "and found again");
        all_is_well(&city).await;
        // And in once more: its leaves are there already.
        city.does(&receiver, p.id, Act::Protect { reason: words("다시") }).await.unwrap();
        all_is_well(&city).await;
    }

    async fn whoever_classifies_it_as_a_protected_service_protects_it(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        staffed(&city).await;
        let kim = city.citizen("010-1234-5678").await;
        let p = city.files(kim, "S134", "무엇인지 모르고 낸 신고", "").await;
        let receiver = city.official("receiver1");
        let act = Act::Reclassify {
            service: REPORT.parse().unwrap(),
            kind: Kind::Grievance,
            period: None,
            reason: words("인권침해 신고입니다."),
        };
        let p = city.does(&receiver, p.id, act).await.unwrap();
        assert!(p.protected);
        assert!(city.app.here.head(p.id).await.unwrap().is_none());
        all_is_well(&city).await;
    }

    async fn a_move_that_was_cut_off_is_finished_by_the_duty(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        staffed(&city).await;
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "옮기다 끊긴 민원", Kind::Inquiry, None).await;
        let room = city.inside();
        let handler = city.official("road.facilities.1");
        // The copy is there, and the program died before it cleared away: a database of an older copy looks the same.
        let more = store::batch::Batch::new();
        let fill = |out: &mut [u8]| out.fill(7);
        city.does(&handler, p.id, Act::Protect { reason: words("끊김") }).await.unwrap();
        room.here.copy_to(&city.app.here, p.id, more, city.app.now(), store::engine::Urgency::User, fill).await.unwrap();
        assert!(city.app.here.head(p.id).await.unwrap().is_some(), "in both places");
        // What is on its way out lies in both places, too: only what is at rest inside is cleared away outside.
        assert_eq!(room.here.at_rest_after(None, 9).await.unwrap(), [p.id]);
        let mut batch = store::batch::Batch::new();
        batch.moving(p.id, city.app.now());
        room.here.commit(batch, store::engine::Urgency::User).await.unwrap();
        assert_eq!(room.here.at_rest_after(None, 9).await.unwrap(), []);
        city.duties().await;
        assert!(city.app.here.head(p.id).await.unwrap().is_none(), "inside is where it belongs");
        assert!(room.here.head(p.id).await.unwrap().is_some());
        all_is_well(&city).await;
    }

    async fn two_people_open_it_in_an_emergency_and_everybody_is_told(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        staffed(&city).await;
        let kim = city.citizen("010-1234-5678").await;
        let p = city.files(kim, REPORT, "급한 신고", "지금 위험합니다.").await;
        let (asker, second) = (city.official("road.facilities.1"), city.official("examiner"));
        let call = Call { origin: vec![10, 0, 0, 7], key: None };
        let number = p.number.to_string();
        assert!(matches!(city.app.ask_glass(&asker, &number, " ", &call).await, Err(ActError::Refused(Refusal::ReasonMissing))));
        city.app.ask_glass(&asker, &number, "생명이 위험합니다", &call).await.unwrap();
        // Asking for a number that names nothing looks the same.
        let nothing = domain::number::FilingNumber::new(city.app.now(), 99).unwrap().to_string();
        city.app.ask_glass(&asker, &nothing, "없는 번호", &call).await.unwrap();
        let asked = city.app.glasses(&asker).await.unwrap();
        assert_eq!(asked.len(), 2);
        let real = asked.iter().find(|one| one.number == number).unwrap().glass.id;
        let empty = asked.iter().find(|one| one.number == nothing).unwrap().glass.id;
        assert!(matches!(city.app.look_through_glass(&asker, real, &call).await, Err(ActError::NotFound)), "not yet allowed");
        assert!(matches!(city.app.decide_glass(&asker, real, true, &call).await, Err(ActError::Refused(Refusal::NotYours))), "not alone");
        let other = city.official("road.facilities.head");
        assert!(matches!(city.app.decide_glass(&other, real, true, &call).await, Err(ActError::Refused(Refusal::NotYours))));
        assert!(city.app.glasses(&other).await.unwrap().is_empty(), "requests are between the two");
        city.app.decide_glass(&second, real, true, &call).await.unwrap();
        city.app.decide_glass(&second, empty, true, &call).await.unwrap();
        assert!(matches!(city.app.decide_glass(&second, real, false, &call).await, Err(ActError::Refused(Refusal::NotNow))));
        let case = city.app.look_through_glass(&asker, real, &call).await.unwrap();
        assert_eq!(case.texts.text(p.title), Some("급한 신고"));
        assert!(matches!(city.app.look_through_glass(&second, real, &call).await, Err(ActError::NotFound)), "only who asked");
        assert!(matches!(city.app.look_through_glass(&asker, empty, &call).await, Err(ActError::NotFound)));
        assert!(matches!(city.app.case(&asker, p.id, &call).await, Err(ActError::NotFound)), "no other way in");
        let looks = city.inside().here.looks(p.id).await.unwrap();
        let deeds: Vec<&str> = looks.iter().map(|look| look.deed.as_str()).collect();
        assert_eq!(deeds, ["file", "glass_asked", "glass_allowed", "break_glass"]);
        assert_eq!(looks[3].origin, [10, 0, 0, 7]);
        city.duties().await;
        let mails: Vec<String> = city.letters.letters().into_iter().map(|letter| letter.what.subject).collect();
        for subject in ["긴급 열람 요청", "긴급 열람 승인"] {
            assert!(mails.iter().any(|mail| mail.contains(subject)), "{subject}: {mails:?}");
        }
        city.it_is(datetime(2026, 6, 15, 11, 0, 0, 0));
        assert!(matches!(city.app.look_through_glass(&asker, real, &call).await, Err(ActError::NotFound)), "an hour is over");
        all_is_well(&city).await;
    }

    async fn the_door_lets_in_the_entitled_who_confirm_who_they_are(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        staffed(&city).await;
        let from = [127, 0, 0, 1];
        let open = city.app.log_in("humanrights", PASSWORD, &from[..].into()).await.unwrap().open;
        assert!(city.app.go_inside(&open, "틀린 비밀번호", &from).await.is_err());
        let inside = city.app.go_inside(&open, PASSWORD, &from).await.unwrap();
        assert_ne!(inside.cookie, open.cookie);
        assert!(city.app.official(&open.cookie).await.unwrap().is_none(), "the ordinary session ended");
        assert!(city.app.official(&inside.cookie).await.unwrap().is_none(), "and outside the new one is nothing");
        let (_, who) = city.inside().official(&inside.cookie).await.unwrap().unwrap();
        assert!(Sight::of(&who).all, "the receiver inside sees the room");
        // Whoever is not entitled does not get in, with the same words.
        let stranger = city.app.log_in("receiver1", PASSWORD, &from[..].into()).await.unwrap().open;
        assert!(matches!(city.app.go_inside(&stranger, PASSWORD, &from).await, Err(app::identity::NotLetIn::Wrong)));
        assert!(city.app.official(&stranger.cookie).await.unwrap().is_some(), "and keeps their session");
        // An entitlement that ends puts one out at once.
        let head = city.entitled("humanrights.head");
        for seat in [Seat::IntegratedReceiver, Seat::CounterClerk, Seat::DepartmentReceiver, Seat::Handler] {
            let (official, unit) = (city.official_id("humanrights"), city.unit("human_rights"));
            city.app.end_entitlement(&head, official, seat, unit, &Call::default()).await.unwrap();
        }
        assert!(city.inside().official(&inside.cookie).await.unwrap().is_none());
        let (admin, call) = (city.official("admin"), Call::default());
        let last = city.app.end_entitlement(
            &head, city.official_id("humanrights.head"), Seat::Administrator, city.unit("human_rights"), &call,
        );
        assert!(matches!(last.await, Err(app::protected::Unseated::LastOne)));
        let not_theirs = city.app.entitle(
            &admin, city.official_id("admin"), Seat::Handler, city.unit("human_rights"), None, &call,
        );
        assert!(matches!(not_theirs.await, Err(app::protected::Unseated::NotYours)), "the administrator of the house is none inside");
        assert!(city.inside().here.changes(50).await.unwrap().iter().any(|change| change.what == "entitlement_ended"));
        // Fifteen minutes without a touch.
        let open = city.app.log_in("humanrights2", PASSWORD, &from[..].into()).await.unwrap().open;
        let inside = city.app.go_inside(&open, PASSWORD, &from).await.unwrap();
        city.it_is(datetime(2026, 6, 15, 10, 16, 0, 0));
        assert!(city.inside().official(&inside.cookie).await.unwrap().is_none());
    }

    async fn the_access_log_of_the_room_is_reviewed_by_who_is_entitled_to(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        staffed(&city).await;
        city.entitles("privacy", "human_rights", &[Seat::PrivacyOfficer]).await;
        city.entitles("receiver2", "management_team", &[Seat::Examiner]).await;
        let kim = city.citizen("010-1234-5678").await;
        let p = city.files(kim, REPORT, "신고합니다", "").await;
        handled(&city, p.id).await;
        let call = Call::default();
        for _ in 0..5 {
            city.inside().case(&city.entitled("receiver2"), p.id, &call).await.unwrap();
        }
        let month = "2026-06".parse().unwrap();
        city.it_is(datetime(2026, 7, 1, 9, 0, 0, 0));
        city.duty("review").await;
        let seen = city.inside().reviewed(&city.entitled("privacy"), month, &call).await.unwrap();
        assert_eq!(seen.numbers.get(&p.id), Some(&p.number.to_string()), "who looked often is remarked on");
        // Inside only: the review of the ordinary room names nothing of it.
        let outside = city.app.reviewed(&city.official("privacy"), month, &call).await;
        assert!(outside.is_err() || outside.unwrap().numbers.is_empty());
        let bare = city.inside().reviews(&city.entitled("humanrights2"), 9).await;
        assert!(matches!(bare, Err(ActError::NotFound)));
    }

    async fn only_a_coarse_number_of_a_year_that_is_over_leaves_the_room(city, at datetime(2025, 12, 30, 10, 0, 0, 0)) {
        staffed(&city).await;
        let kim = city.citizen("010-1234-5678").await;
        for n in 0..3 {
            city.files(kim, REPORT, &format!("신고 {n}"), "").await;
        }
        assert_eq!(city.app.protected_total(2025).await.unwrap(), None, "the year is not over");
        city.it_is(datetime(2026, 1, 5, 10, 0, 0, 0));
        city.app.reload().await.unwrap();
        assert_eq!(city.app.protected_total(2025).await.unwrap(), Some(0), "fewer than fifty");
    }
}

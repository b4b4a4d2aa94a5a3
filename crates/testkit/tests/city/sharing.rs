//! 행정정보 공동이용 — nothing is looked up without a signed consent or a coded exception, by nobody but an 접근권한자 who handles the petition;
//! whoever is looked up sees it, and may ask for the record.

use app::act::{ActError, Call};
use app::sharing::{LookUp, Signed, day_of};
use domain::access::Who;
use domain::act::Act;
use domain::consent::{Exception, Found, Purpose, Role};
use domain::id::{PersonId, PetitionId};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::{Code, Kind, Seat};
use jiff::civil::{date, datetime};
use ports::message::Inbox;
use ports::sharing::Answer;
use store::office::Person;
use testkit::city::{City, PASSWORD};

const NAME: &str = "김하늘";

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn signed(items: &[&str]) -> Signed {
    Signed {
        items: items.iter().map(|item| code(item)).collect(),
        purpose: Purpose::Documents,
        name: NAME.into(),
        drawn: None,
    }
}

fn wanted(item: &str, subject: &str) -> LookUp {
    LookUp {
        item: code(item),
        purpose: Purpose::Documents,
        subject: subject.into(),
        exception: None,
    }
}

fn call(key: &str) -> Call {
    Call {
        key: Some(key.as_bytes().to_vec()),
        ..Call::default()
    }
}

/// Filed at the counter: this service is not taken online.
async fn taken_in(city: &City, kim: PersonId, title: &str) -> Petition {
    let filing = domain::act::Filing {
        entry: domain::terms::EntryPoint::Counter,
        ..testkit::city::filing("S008", title, "")
    };
    let petitioner = app::act::Petitioner::Known(kim);
    let clerk = city.official("counter1");
    city.app
        .file(&clerk, petitioner, filing, &Call::default())
        .await
        .expect("filed")
}

/// An administrator, and the three roles: whoever handles roads may see resident records and business registrations.
async fn roles(city: &City) {
    let admin = Person {
        id: city.app.new_official(),
        login: "the.admin".into(),
        name: "나관리".into(),
        title: "주무관".into(),
        phone: String::new(),
        mail: String::new(),
    };
    let phc = crypto::password::hash(PASSWORD, &mut |out: &mut [u8]| out.fill(3));
    city.app
        .enter_official(&admin, &phc, "petition_office", &[Seat::Administrator])
        .await
        .unwrap();
    let (admin, call) = (city.official("the.admin"), Call::default());
    let (manager, grantor, handler) = (
        city.official_id("examiner"),
        city.official_id("road.facilities.head"),
        city.official_id("road.facilities.1"),
    );
    city.app
        .give_sharing_role(&admin, manager, Role::Manager, None, &call)
        .await
        .unwrap();
    city.app
        .give_sharing_role(&city.official("examiner"), grantor, Role::Grantor, None, &call)
        .await
        .unwrap();
    for item in ["resident", "business"] {
        let head = city.official("road.facilities.head");
        city.app
            .give_sharing_role(&head, handler, Role::Accessor, Some(code(item)), &call)
            .await
            .unwrap();
    }
}

/// A service that asks for papers which can be looked up, and a petition of it in handling.
async fn handled(city: &City) -> (PersonId, Petition) {
    let kim = city.citizen("010-1234-5678").await;
    let mut contact = city.app.contact(kim).await.unwrap().unwrap();
    contact.name = NAME.into();
    city.app.change_contact(kim, &contact).await.unwrap();
    let p = taken_in(city, kim, "국제물류주선업 등록").await;
    (kim, handle(city, p.id).await)
}

/// On its way to the handler of roads.
async fn handle(city: &City, id: PetitionId) -> Petition {
    let receiver = city.official("receiver1");
    let department = city.official("road.facilities.receiver");
    let (unit, handler) = (
        city.unit("road_facilities"),
        city.official_id("road.facilities.1"),
    );
    let receive = Act::Receive {
        kind: Kind::Statutory,
        period: Some("5 days".parse().expect("a period")),
    };
    for (who, act) in [
        (&receiver, receive),
        (&receiver, Act::Distribute { unit }),
        (&department, Act::UnitReceive),
        (&department, Act::Designate { handler }),
    ] {
        city.does(who, id, act).await.unwrap();
    }
    city.app.here.head(id).await.unwrap().unwrap().petition
}

fn refused(done: Result<impl std::fmt::Debug, ActError>) -> Refusal {
    match done {
        Err(ActError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// Everything the ledger tells of a petition, as deeds.
async fn deeds(city: &City, id: PetitionId) -> Vec<String> {
    let looks = city.app.here.looks(id).await.unwrap();
    looks.into_iter().map(|look| look.deed).collect()
}

testkit::on_both_engines! {
    async fn nothing_is_looked_up_without_a_consent_a_role_and_the_petition_in_hand(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let (kim, p) = handled(&city).await;
        let handler = city.official("road.facilities.1");
        let business = wanted("business", "123-45-67891");
        let ask = async |who: &Who, what: &LookUp| city.app.look_up_shared(who, p.id, what, &Call::default()).await;
        // Nobody was named yet; then named, but nobody consented.
        assert_eq!(refused(ask(&handler, &business).await), Refusal::NoAccess);
        roles(&city).await;
        assert_eq!(refused(ask(&handler, &business).await), Refusal::ConsentMissing);
        // Signed by somebody else, or for more than the service asks for: no consent.
        let citizen = Who::Citizen(kim);
        let consent = async |signed: &Signed| city.app.consent(&citizen, p.id, signed, &Call::default()).await;
        assert_eq!(refused(consent(&Signed { name: "이다온".into(), ..signed(&["business"]) }).await), Refusal::ConsentUnsigned);
        assert_eq!(refused(consent(&Signed { name: " ".into(), ..signed(&["business"]) }).await), Refusal::ConsentUnsigned);
        assert_eq!(refused(consent(&signed(&[])).await), Refusal::ConsentUnsigned);
        assert_eq!(refused(consent(&signed(&["business", "land"])).await), Refusal::ConsentNarrower);
        let stranger = Who::Citizen(city.citizen("010-8765-4321").await);
        assert!(city.app.consent(&stranger, p.id, &signed(&["business"]), &Call::default()).await.is_err());
        let elsewhere = city.official("audit.1");
        assert!(city.app.consent(&elsewhere, p.id, &signed(&["business"]), &Call::default()).await.is_err());
        assert!(city.sharing.asked().is_empty());
        consent(&signed(&["business"])).await.unwrap();
        // No wider than the items, the role and what it is found by.
        assert_eq!(refused(ask(&handler, &wanted("corporation", "110111-1234567")).await), Refusal::NoAccess);
        assert_eq!(refused(ask(&handler, &wanted("resident", "1990-01-31")).await), Refusal::ConsentNarrower);
        assert_eq!(refused(ask(&handler, &wanted("business", "123")).await), Refusal::SubjectUnfit);
        let waiver = LookUp { purpose: Purpose::Waiver, ..business.clone() };
        assert_eq!(refused(ask(&handler, &waiver).await), Refusal::ConsentNarrower);
        // The head of the department sees the petition, and gives the right; to look up is the handler's alone.
        assert_eq!(refused(ask(&city.official("road.facilities.head"), &business).await), Refusal::NotYours);
        assert!(ask(&city.official("audit.1"), &business).await.is_err());
        assert!(ask(&citizen, &business).await.is_err());
        assert!(city.sharing.asked().is_empty(), "nothing left the house");
        let look = ask(&handler, &business).await.unwrap();
        assert_eq!(look.state, Found::Yes);
        let asked = city.sharing.asked();
        assert_eq!(asked.len(), 1);
        assert_eq!((asked[0].name.as_str(), asked[0].subject.as_str(), asked[0].item.as_str()), (NAME, "123-45-67891", "business"));
        assert_eq!(asked[0].basis, "전자정부법 제42조제1항");
        // What the list says is kept lies in the vault, and is opened with a line of its own.
        let (_, subject, content) = city.app.shared_content(&handler, p.id, look.id, &Call::default()).await.unwrap();
        assert_eq!((subject.as_str(), content.is_some()), ("123-45-67891", true));
        assert!(city.app.shared_content(&city.official("road.facilities.head"), p.id, look.id, &Call::default()).await.is_err());
        let deeds = deeds(&city, p.id).await;
        for deed in ["consent", "look_up_shared", "shared_content"] {
            assert_eq!(deeds.iter().filter(|of| *of == deed).count(), 1, "{deed}");
        }
        // The person sees it, without a word of the record; whoever consented need not be told once more.
        let shared = city.app.shared(&citizen, p.id).await.unwrap();
        assert_eq!(shared.looks.len(), 1);
        assert_eq!((shared.looks[0].official, shared.looks[0].state), (city.official_id("road.facilities.1"), Found::Yes));
        let told = city.app.here.effects_of(p.id).await.unwrap();
        assert!(!told.iter().any(|(effect, _)| effect.template.starts_with("shared")));
    }

    async fn withdrawn_expired_or_of_another_petition_nothing_rests_on_it(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let (kim, p) = handled(&city).await;
        roles(&city).await;
        let (citizen, handler) = (Who::Citizen(kim), city.official("road.facilities.1"));
        let business = wanted("business", "123-45-67891");
        city.app.consent(&citizen, p.id, &signed(&["business", "corporation"]), &call("one")).await.unwrap();
        city.app.consent(&citizen, p.id, &signed(&["business", "corporation"]), &call("one")).await.unwrap();
        let kept = city.app.shared(&citizen, p.id).await.unwrap().consents;
        assert_eq!(kept.len(), 1, "the same form twice is one consent");
        // Another petition of the same person has none.
        let other = taken_in(&city, kim, "다른 민원").await;
        let other = handle(&city, other.id).await;
        assert_eq!(refused(city.app.look_up_shared(&handler, other.id, &business, &Call::default()).await), Refusal::ConsentMissing);
        let stranger = Who::Citizen(city.citizen("010-8765-4321").await);
        assert!(city.app.withdraw_consent(&stranger, p.id, kept[0].consent.id, &Call::default()).await.is_err());
        assert!(city.app.withdraw_consent(&citizen, other.id, kept[0].consent.id, &Call::default()).await.is_err());
        city.app.look_up_shared(&handler, p.id, &business, &Call::default()).await.unwrap();
        city.app.withdraw_consent(&citizen, p.id, kept[0].consent.id, &Call::default()).await.unwrap();
        assert_eq!(refused(city.app.look_up_shared(&handler, p.id, &business, &Call::default()).await), Refusal::ConsentWithdrawn);
        // Given again at the counter, before a clerk; good until ninety days are over.
        city.it_is(datetime(2026, 6, 16, 10, 0, 0, 0));
        let drawn = Signed { drawn: Some(b"\x89PNG\r\n\x1a\n....".to_vec()), ..signed(&["business"]) };
        let clerk = city.official("receiver1");
        let broken = Signed { drawn: Some(b"<svg>".to_vec()), ..drawn.clone() };
        assert_eq!(refused(city.app.consent(&clerk, p.id, &broken, &Call::default()).await), Refusal::ConsentUnsigned);
        city.app.consent(&clerk, p.id, &drawn, &Call::default()).await.unwrap();
        let kept = city.app.shared(&citizen, p.id).await.unwrap().consents;
        assert_eq!(kept[1].taken_by, Some(city.official_id("receiver1")));
        city.app.look_up_shared(&handler, p.id, &business, &Call::default()).await.unwrap();
        city.it_is(datetime(2026, 9, 14, 10, 0, 0, 0));
        // Both say why not: that it was taken back says more than that its time is over.
        assert_eq!(refused(city.app.look_up_shared(&handler, p.id, &business, &Call::default()).await), Refusal::ConsentWithdrawn);
        assert_eq!(city.sharing.asked().len(), 2);
    }

    async fn on_an_exception_the_person_is_told_and_may_ask_for_the_record(city, at datetime(2026, 6, 17, 10, 0, 0, 0)) {
        let (kim, p) = handled(&city).await;
        roles(&city).await;
        let (citizen, handler) = (Who::Citizen(kim), city.official("road.facilities.1"));
        let urgent = LookUp { exception: Some(Exception::Emergency), ..wanted("resident", "1990-01-31") };
        // While the centre is away nobody is told of what did not happen; the same form again asks the same request again.
        city.sharing.answers(Answer::Later);
        let look = city.app.look_up_shared(&handler, p.id, &urgent, &call("a")).await.unwrap();
        assert_eq!(look.state, Found::Later);
        let again = city.app.look_up_shared(&handler, p.id, &urgent, &call("a")).await.unwrap();
        assert_eq!((again.id, city.sharing.asked().len()), (look.id, 1), "an answered call is not asked anew");
        let told = async || {
            let effects = city.app.here.effects_of(p.id).await.unwrap();
            effects.into_iter().map(|(effect, _)| effect.template).filter(|name| name.starts_with("shared")).collect::<Vec<_>>()
        };
        assert!(told().await.is_empty());
        for (key, answer, state) in [("b", Answer::Refused, Found::Refused), ("c", Answer::NotFound, Found::No)] {
            city.sharing.answers(answer);
            let look = city.app.look_up_shared(&handler, p.id, &urgent, &call(key)).await.unwrap();
            assert_eq!(look.state, state);
        }
        assert_eq!(told().await, ["shared_looked_up"], "an answer about the person is told, once");
        // Seen, but not kept: the list says so.
        let look = city.app.look_up_shared(&handler, p.id, &urgent, &call("d")).await.unwrap();
        assert_eq!((look.state, look.content), (Found::Yes, None));
        city.duties().await;
        let last = city.messages.messages().into_iter().filter(|one| one.what.text.contains("공동이용")).count();
        assert_eq!(last, 2);
        // 열람 청구: ten days, the last one a Saturday; one at a time; told once.
        city.app.ask_shared_record(&citizen, p.id, &Call::default()).await.unwrap();
        assert_eq!(refused(city.app.ask_shared_record(&citizen, p.id, &Call::default()).await), Refusal::RecordAsked);
        assert!(city.app.ask_shared_record(&handler, p.id, &Call::default()).await.is_err());
        let record = city.app.shared(&citizen, p.id).await.unwrap().records[0].0;
        assert_eq!(day_of(record.due), Some(date(2026, 6, 29)));
        let stranger = city.official("audit.1");
        assert!(city.app.tell_shared_record(&stranger, p.id, record.id, "", &Call::default()).await.is_err());
        city.app.tell_shared_record(&handler, p.id, record.id, "세 번 조회하였습니다.", &Call::default()).await.unwrap();
        assert_eq!(refused(city.app.tell_shared_record(&handler, p.id, record.id, "", &Call::default()).await), Refusal::DoneAlready);
        let records = city.app.shared(&citizen, p.id).await.unwrap().records;
        assert_eq!(records[0].1, "세 번 조회하였습니다.");
        assert!(told().await.ends_with(&["shared_record_told".to_owned()]));
        // What is published counts answers, not people.
        let figures = city.app.shared_figures(2026).await.unwrap();
        assert_eq!(figures.len(), 1);
        assert_eq!((figures[0].n, figures[0].exception, figures[0].item), (2, Some(Exception::Emergency), code("resident")));
        assert!(city.app.shared_figures(2025).await.unwrap().is_empty());
        // No word of it lies outside the vault.
        if let store::place::Where::Folder(folder) = &city.at {
            for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file()) {
                let bytes = std::fs::read(&file).unwrap();
                for word in ["1990-01-31", "세 번 조회"] {
                    assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word}: {}", file.display());
                }
            }
        }
    }

    async fn a_lost_answer_is_ended_and_told(city, at datetime(2026, 6, 17, 10, 0, 0, 0)) {
        let (_, p) = handled(&city).await;
        roles(&city).await;
        let handler = city.official("road.facilities.1");
        let urgent = LookUp { exception: Some(Exception::Duty), ..wanted("resident", "1990-01-31") };
        let look = city.app.look_up_shared(&handler, p.id, &urgent, &call("a")).await.unwrap();
        // As if the machine had stopped between the question and its answer.
        let mut lost = store::batch::Batch::new();
        lost.shared_look(&store::sharing::KeptLook { id: [9; 16], state: Found::Asked, answered_at: None, ..look });
        city.app.here.commit(lost, store::engine::Urgency::User).await.unwrap();
        assert_eq!(city.duty("sharing").await, 0, "it may still come");
        city.it_is(datetime(2026, 6, 17, 10, 11, 0, 0));
        assert_eq!(city.duty("sharing").await, 1);
        assert_eq!(city.duty("sharing").await, 0);
        let looks = city.app.here.shared_looks(p.id).await.unwrap();
        assert!(looks.iter().any(|look| look.id == [9; 16] && look.state == Found::Later));
        let effects = city.app.here.effects_of(p.id).await.unwrap();
        assert_eq!(effects.iter().filter(|(effect, _)| effect.template == "shared_looked_up").count(), 2);
    }

    async fn roles_are_given_by_the_one_above_and_a_consent_comes_with_the_filing_or_not_at_all(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        roles(&city).await;
        let (head, handler, none) = (city.official("road.facilities.head"), city.official("road.facilities.1"), Call::default());
        let other = city.official_id("audit.1");
        let give = async |who: &Who, role, item| city.app.give_sharing_role(who, other, role, item, &none).await;
        assert_eq!(refused(give(&handler, Role::Accessor, Some(code("resident"))).await), Refusal::NotYours);
        assert_eq!(refused(give(&head, Role::Grantor, None).await), Refusal::NotYours);
        assert_eq!(refused(give(&head, Role::Accessor, Some(code("dreams"))).await), Refusal::NoAccess);
        assert_eq!(refused(give(&head, Role::Accessor, None).await), Refusal::NoAccess);
        assert!(give(&city.official("audit.1"), Role::Manager, None).await.is_err(), "who has nothing to do with it sees nothing");
        let me = city.official_id("road.facilities.head");
        assert_eq!(refused(city.app.give_sharing_role(&head, me, Role::Accessor, Some(code("resident")), &none).await), Refusal::NotYours);
        give(&head, Role::Accessor, Some(code("resident"))).await.unwrap();
        give(&head, Role::Accessor, Some(code("resident"))).await.unwrap();
        let grants = city.app.sharing_roles(&head).await.unwrap();
        let given: Vec<_> = grants.iter().filter(|grant| grant.official == other).collect();
        assert_eq!(given.len(), 1);
        city.app.end_sharing_role(&head, given[0].id, &none).await.unwrap();
        assert!(city.app.sharing_roles(&city.official("audit.1")).await.is_err());
        // With the filing.
        let kim = city.citizen("010-1234-5678").await;
        let mut contact = city.app.contact(kim).await.unwrap().unwrap();
        contact.name = NAME.into();
        city.app.change_contact(kim, &contact).await.unwrap();
        let filing = || domain::act::Filing {
            person: kim,
            entry: domain::terms::EntryPoint::Counter,
            ..testkit::city::filing("S008", "등록", "")
        };
        let counter = city.official("counter1");
        let (citizen, petitioner) = (Who::Citizen(kim), || app::act::Petitioner::Known(kim));
        let more = signed(&["land"]);
        assert_eq!(refused(city.app.file_consenting(&counter, petitioner(), filing(), Some(&more), &none).await), Refusal::ConsentNarrower);
        assert_eq!(city.app.petitions_of(&citizen, None, 10).await.unwrap().items.len(), 0, "nothing was filed either");
        let good = signed(&["business"]);
        let p = city.app.file_consenting(&counter, petitioner(), filing(), Some(&good), &call("f")).await.unwrap();
        let q = city.app.file_consenting(&counter, petitioner(), filing(), Some(&good), &call("f")).await.unwrap();
        assert_eq!(p.id, q.id);
        assert_eq!(city.app.shared(&citizen, p.id).await.unwrap().consents.len(), 1);
        // A shredded form is a number of its day and department.
        let clerk = city.official("receiver1");
        for undo in [false, false, true] {
            city.app.shred(&clerk, undo, &none).await.unwrap();
        }
        assert!(city.app.shred(&handler, false, &none).await.is_err());
        assert_eq!(city.app.shredded_today(&clerk).await.unwrap(), 1);
        assert_eq!(city.app.shredded_in(2026).await.unwrap().iter().map(|(_, n)| n).sum::<u32>(), 1);
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }
}

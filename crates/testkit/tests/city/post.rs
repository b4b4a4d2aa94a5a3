//! 우편 송달 — from the demand that waits to the letter that comes back, and the register that tells of all of them.

use crate::visitor::Browser;
use app::act::{ActError, Call};
use app::party::Names;
use app::post::{LINES, Wanted};
use app::words::Raw;
use documents::press::Lang;
use domain::access::Who;
use domain::act::{Act, Filing};
use domain::id::PersonId;
use domain::intake::{Delivery, Intake};
use domain::mailing::{Fate, Mail, MailState, MailWay, ReturnReason, Sending};
use domain::petition::Petition;
use domain::petitioner::Party;
use domain::refusal::Refusal;
use domain::terms::{Kind, Outcome};
use jiff::civil::{Date, date, datetime};
use ports::mail::Mailbox;
use ports::message::Inbox;
use testkit::city::{City, On, PASSWORD, answer, filing};

const MONDAY: Date = date(2026, 6, 15);

/// Kim asks for letters by post, and the petition lies with its handler.
async fn handled(city: &City, kim: PersonId, title: &str) -> Petition {
    let names = Names {
        zip: "06234".into(),
        road: "한빛시 가람구 한빛로 12".into(),
        detail: "301호".into(),
        ..Names::default()
    };
    let filing = Filing {
        person: kim,
        intake: Intake {
            delivery: Some(Delivery::Post),
            party: Party {
                names: names.raw(),
                ..Party::default()
            },
            ..Intake::default()
        },
        ..filing("S134", title, "언제 고칩니까?")
    };
    let who = Who::Citizen(kim);
    let call = Call::default();
    let filed = city
        .app
        .file(&who, app::act::Petitioner::Known(kim), filing, &call);
    let p = filed.await.expect("filed");
    let (receiver, department) = (
        city.official("receiver1"),
        city.official("road.facilities.receiver"),
    );
    let handler = city.official_id("road.facilities.1");
    let receive = Act::Receive {
        kind: Kind::Inquiry,
        period: None,
    };
    let unit = city.unit("road_facilities");
    city.does(&receiver, p.id, receive).await.expect("received");
    city.does(&receiver, p.id, Act::Distribute { unit })
        .await
        .expect("distributed");
    city.does(&department, p.id, Act::UnitReceive)
        .await
        .expect("taken in");
    city.does(&department, p.id, Act::Designate { handler })
        .await
        .expect("designated")
}

fn wanted(state: Option<MailState>) -> Wanted {
    Wanted {
        state,
        from: MONDAY,
        to: date(2026, 7, 15),
        most: LINES,
    }
}

fn send(no: u32, on: Date, way: MailWay) -> Act<Raw> {
    Act::SendMail {
        no,
        sending: Sending {
            on,
            way,
            number: way
                .is_registered()
                .then(|| "1234567890123".parse().expect("a number")),
        },
    }
}

testkit::on_both_engines! {
    async fn a_letter_waits_is_posted_comes_back_and_goes_again(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = handled(&city, kim, "보도 수리").await;
        let (handler, clerk) = (city.official("road.facilities.1"), city.official("counter1"));
        let demand = Act::AskSupplement { what: Raw::text("사진"), until: date(2026, 6, 26) };
        let p = city.does(&handler, p.id, demand).await.unwrap();
        assert_eq!(p.mailings.len(), 1);
        let waiting = city.app.mailings(&clerk, wanted(Some(MailState::Waiting)), &Call::default()).await.unwrap();
        let seen: Vec<_> = waiting.iter().map(|l| (l.mailing.mail, l.address.join(" "))).collect();
        assert_eq!(seen, [(Mail::Supplement, "한빛시 가람구 한빛로 12 301호 06234".to_owned())]);
        // Whoever decides sends no letters: for them the page is not there.
        assert!(matches!(city.app.mailings(&city.official("road.facilities.head"), wanted(None), &Call::default()).await, Err(ActError::NotFound)));
        let unfit = Act::SendMail { no: 1, sending: Sending { on: MONDAY, way: MailWay::Registered, number: None } };
        assert_eq!(city.is_refused(&clerk, p.id, unfit).await, Refusal::MailNumberUnfit);
        city.does(&clerk, p.id, send(1, MONDAY, MailWay::Registered)).await.unwrap();
        city.duty("deliver").await;
        let told = city.messages.messages().into_iter().next().expect("a message").what.text;
        assert!(told.contains("등기번호 12345-6789-0123"), "{told}");
        city.it_is(datetime(2026, 6, 18, 10, 0, 0, 0));
        let back = Act::EndMail { no: 1, fate: Fate::Returned(date(2026, 6, 18), ReturnReason::Moved) };
        let p = city.does(&clerk, p.id, back).await.unwrap();
        assert_eq!(p.undelivered, 1, "the demand counts as returned (영25②)");
        city.duty("deliver").await;
        assert!(city.letters.letters().iter().any(|l| l.what.subject.contains("반송")), "the office is told");
        // Another address, and it goes again.
        let moved = Names { zip: "06235".into(), road: "한빛시 나래구 새길 3".into(), ..Names::default() };
        let correct = Act::CorrectParty {
            party: Party { names: moved.raw(), ..Party::default() },
            delivery: None,
            reason: Raw::text("전화로 확인"),
        };
        city.does(&handler, p.id, correct).await.unwrap();
        city.does(&handler, p.id, Act::QueueMail { mail: Mail::Supplement }).await.unwrap();
        let waiting = city.app.mailings(&clerk, wanted(Some(MailState::Waiting)), &Call::default()).await.unwrap();
        assert_eq!(waiting.iter().map(|l| l.address.join(" ")).collect::<Vec<_>>(), ["한빛시 나래구 새길 3 06235"]);
        // The rows can be made again from the journal.
        let head = city.app.places.live.head(p.id).await.unwrap().expect("a head");
        assert!(city.app.places.live.head_holds(&head.petition, &head.hash).await.unwrap());
        city.app.places.live.replace_head(&head.petition, &head.hash).await.unwrap();
        let all = city.app.mailings(&clerk, wanted(None), &Call::default()).await.unwrap();
        assert_eq!(all.iter().map(|l| l.mailing.state()).collect::<Vec<_>>(), [MailState::Returned, MailState::Waiting]);
    }

    async fn an_answer_goes_by_post_after_the_end_and_the_register_tells_it(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = handled(&city, kim, "보도 수리").await;
        let p = city.answers(p.id, answer(Outcome::Answered, "이번 주에 고칩니다.")).await;
        assert_eq!(p.mailings.iter().map(|m| m.mail).collect::<Vec<_>>(), [Mail::Answer]);
        let handler = city.official("road.facilities.1");
        city.does(&handler, p.id, send(1, MONDAY, MailWay::Certified)).await.unwrap();
        city.it_is(datetime(2026, 6, 17, 10, 0, 0, 0));
        city.does(&handler, p.id, Act::EndMail { no: 1, fate: Fate::Arrived(date(2026, 6, 17)) }).await.unwrap();
        let pages = city.app.dispatch_register(&handler, wanted(None), Lang::Ko, &Call::default()).await.unwrap();
        let line = pages.lines.first().expect("a line").join("|");
        assert!(line.starts_with("2026-06-15|") && line.ends_with("|배달증명|12345-6789-0123|2026-06-17|도달"), "{line}");
        assert!(String::from_utf8(pages.csv(Lang::Ko)).unwrap().contains("12345-6789-0123"));
        let case = city.app.case(&handler, p.id, &Call::default()).await.unwrap();
        let letter = city.app.result_notice(&case, Lang::Ko).unwrap().letter;
        assert!(letter.to.ends_with("귀하 (우06234 한빛시 가람구 한빛로 12, 301호)"), "{}", letter.to);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_letters_are_marked_as_posted_at_once() {
    let city = City::new(On::Sqlite, MONDAY.at(10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    for title in ["보도 수리", "가로등 고장"] {
        let p = handled(&city, kim, title).await;
        city.answers(p.id, answer(Outcome::Answered, "고칩니다.")).await;
    }
    let mut clerk = Browser::new(&city);
    let page = clerk.go("/desk/sign-in").await;
    clerk
        .submits(
            &page,
            "/desk/sign-in",
            &[("login", "counter1"), ("password", PASSWORD)],
        )
        .await;
    let page = clerk.go("/desk/post").await;
    page.says("보도 수리").says("가로등 고장").says("한빛로 12");
    let picks: Vec<String> = (page.text.split("name=\"pick-").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect();
    assert_eq!(picks.len(), 2);
    let names: Vec<[String; 2]> = picks
        .iter()
        .map(|key| [format!("pick-{key}"), format!("number-{key}")])
        .collect();
    let fields = |second: &'static str| {
        vec![
            ("on", "2026-06-15"),
            ("way", "registered"),
            (names[0][0].as_str(), "yes"),
            (names[0][1].as_str(), "1111122223333"),
            (names[1][0].as_str(), "yes"),
            (names[1][1].as_str(), second),
        ]
    };
    // One number is wrong: the other letter is recorded, and this one is told of beside its field.
    let wrong = clerk.submits(&page, "/desk/post", &fields("12")).await;
    assert_eq!(wrong.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY);
    wrong
        .says("등기번호는 숫자 13자리입니다")
        .says("1건을 발송한 것으로");
    let rest = [
        ("on", "2026-06-15"),
        ("way", "registered"),
        (names[1][0].as_str(), "yes"),
        (names[1][1].as_str(), "1111122224444"),
    ];
    let done = clerk.submits(&wrong, "/desk/post", &rest).await;
    done.says("1건을 발송한 것으로 기록하였습니다");
    clerk.go("/desk/post?state=sent").await.says("11111-2222-4444");
    let pdf = clerk
        .takes(
            "/desk/post/pdf?from=2026-06-01&to=2026-06-30",
            "keeping",
            "월말 비치",
        )
        .await;
    assert!(pdf.bytes.starts_with(b"%PDF"));
    let case = clerk.go("/desk/post").await;
    case.says("발송을 기다리는 우편물이 없습니다.");
}

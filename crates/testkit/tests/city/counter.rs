//! 창구 — a spoken petition, one sitting, a certificate and its check, ten seconds, numbers, answers, and what nobody fetches.

use crate::visitor::Browser;
use app::act::{ActError, Call, NOBODY, Petitioner};
use app::answers::NotKept;
use app::words::Raw;
use domain::act::{Act, Filing};
use domain::answers::{AnswerFault, StandardAnswer};
use domain::certificate::Order;
use domain::claim::{ClaimState, Evidence, HandOut, Recipient};
use domain::fee::{Charge, Waiver, Won};
use domain::intake::{Delivery, Intake, Interpreter, Oral, Signature, SignatureWay, Tongue};
use domain::life::Life;
use domain::queue::{Business, Move, TicketState};
use domain::refusal::Refusal;
use domain::terms::{EntryPoint, HappenedGround, Kind, Openness, Outcome};
use domain::time::At;
use jiff::civil::{date, datetime};
use ports::message::Inbox;
use testkit::city::{answer, filing};

fn walk_in(name: &str) -> Petitioner {
    Petitioner::written_down(name.into(), Some("01012345678".into()), None, None, "ko")
}

fn at_counter(service: &str, copies: u32) -> Filing<Raw> {
    Filing {
        entry: EntryPoint::Counter,
        person: NOBODY,
        intake: Intake {
            delivery: Some(Delivery::Counter),
            copies,
            handed: 1,
            ..Default::default()
        },
        ..filing(service, "창구 신청", "")
    }
}

fn spoken(service: &str, signed: bool) -> Filing<Raw> {
    let png = app::words::file("signature.png", files::picture::smallest()).expect("a picture");
    let signature = signed.then_some(Signature {
        way: SignatureWay::Screen,
        file: png,
    });
    Filing {
        entry: EntryPoint::Oral,
        intake: Intake {
            oral: Some(Oral {
                tongue: Tongue::Vietnamese,
                interpreter: Interpreter::Companion,
                signature,
            }),
            ..Intake::default()
        },
        ..filing(service, "말로 한 신청", "두 통이 필요합니다.")
    }
}

fn receive(kind: Kind) -> Act<Raw> {
    Act::Receive { kind, period: None }
}

fn issue(copies: u32, waiver: Option<(Waiver, Won)>) -> Act<Raw> {
    let charge = Charge {
        per_copy: Won(2_000),
        waiver,
    };
    Act::Issue(Order {
        copies,
        charge,
        facts: Raw::text("국내거소를 신고한 사실"),
    })
}

fn given(recipient: Recipient) -> Act<Raw> {
    Act::HandOut(HandOut {
        recipient,
        evidence: Evidence::Passport,
        name: None,
        power: None,
        signature: None,
    })
}

testkit::on_both_engines! {
    async fn a_spoken_petition_is_received_once_it_is_signed(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let clerk = city.official("counter1");
        let acts = || vec![receive(Kind::Statutory)];
        let call = Call { key: Some(b"sheet".to_vec()), ..Call::default() };
        let unsigned = city.app.enter(&clerk, walk_in("응우옌"), spoken("S036", false), acts(), &call).await;
        assert!(matches!(unsigned, Err(ActError::Refused(Refusal::MustBeSigned))), "{unsigned:?}");
        let p = city.app.enter(&clerk, walk_in("응우옌"), spoken("S036", true), acts(), &call).await.unwrap();
        assert_eq!((p.life, p.reception.map(|r| r.number.n)), (Life::Received, Some(1)), "the refused one took no number");
        let again = city.app.enter(&clerk, walk_in("응우옌"), spoken("S036", true), acts(), &call).await.unwrap();
        assert_eq!(again.id, p.id, "the same form sent twice is one petition");
        let signature = p.intake.oral.unwrap().signature.unwrap().file;
        let (_, name, content) = city.app.attachment(&clerk, p.id, signature.content.id, &Call::default()).await.unwrap();
        assert_eq!((name.as_str(), content.len()), ("signature.png", files::picture::smallest().len()));
        let case = city.app.case(&clerk, p.id, &Call::default()).await.unwrap();
        assert!(case.chain_holds);
        // 기타민원 needs no signature (법8 단서), and does not become another kind without one.
        let other = city.app.enter(&clerk, walk_in("김말로"), spoken("G001", false), vec![], &Call::default()).await.unwrap();
        assert_eq!(city.is_refused(&clerk, other.id, receive(Kind::Inquiry)).await, Refusal::MustBeSigned);
    }

    async fn a_certificate_is_issued_in_one_sitting_and_anyone_can_check_it(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let clerk = city.official("counter1");
        let acts = vec![receive(Kind::Statutory), issue(3, Some((Waiver::Disabled, Won(500)))), given(Recipient::Petitioner)];
        let p = city.app.enter(&clerk, walk_in("김하늘"), at_counter("S036", 3), acts, &Call::default()).await.unwrap();
        let one = p.issue.expect("issued");
        assert_eq!((one.number.to_string().as_str(), one.copies, one.paid), ("2026-발급-000001", 3, Won(1_500)));
        assert_eq!(p.claim.map(|c| c.state), Some(ClaimState::HandedOut));
        // A handler of another department cannot issue; a fee that is no waiver is refused, and takes no number.
        let wrong = vec![receive(Kind::Statutory), issue(1, Some((Waiver::ByLaw, Won(2_000))))];
        let refused = city.app.enter(&clerk, walk_in("이"), at_counter("S036", 1), wrong, &Call::default()).await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::FeeUnfit))));
        let q = city.app.enter(&clerk, walk_in("박나래"), at_counter("S036", 1), vec![receive(Kind::Statutory), issue(1, None)], &Call::default()).await.unwrap();
        assert_eq!(q.issue.map(|i| i.number.n), Some(2));
        let today = date(2026, 6, 15);
        let lines = city.app.register(&clerk, today, today, &Call::default()).await.unwrap();
        let told: Vec<_> = lines.iter().map(|l| (l.name.as_str(), l.issue.paid.0)).collect();
        assert_eq!(told, [("김하늘", 1_500), ("박나래", 2_000)]);
        let stranger = city.official("road.facilities.1");
        assert!(matches!(city.app.register(&stranger, today, today, &Call::default()).await, Err(ActError::NotFound)));
        // Anyone, without login: what the paper shows, the name masked.
        let found = city.app.check_certificate(one.code, &[1, 2, 3, 4]).await.unwrap().expect("genuine");
        assert_eq!((found.name.as_str(), found.issue.copies), ("김*늘", 3));
        let none = city.app.check_certificate(domain::certificate::CheckCode::new(1), &[1, 2, 3, 4]).await.unwrap();
        assert_eq!(none, None);
        for _ in 0..58 {
            city.app.check_certificate(one.code, &[1, 2, 3, 4]).await.unwrap();
        }
        assert!(matches!(city.app.check_certificate(one.code, &[1, 2, 3, 4]).await, Err(app::identity::NotLetIn::Wait(_))));
        assert!(city.app.check_certificate(one.code, &[9, 9, 9, 9]).await.is_ok(), "another address is not throttled");
    }

    async fn a_one_stop_service_is_decided_by_its_clerk_alone(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let clerk = city.official("onestop1");
        let period = Some(domain::due::Period::Days(3));
        let start = Act::Receive { kind: Kind::Statutory, period };
        let counter = city.official("counter1");
        let grant = || Act::AnswerAtOnce(answer(Outcome::Granted, "재발급합니다."));
        let refused = city.app.enter(&counter, walk_in("이보람"), at_counter("S001", 0), vec![start.clone(), grant()], &Call::default()).await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::NotAlone))), "{refused:?}");
        let p = city.app.enter(&clerk, walk_in("이보람"), at_counter("S001", 0), vec![start, grant()], &Call::default()).await.unwrap();
        assert_eq!((p.life, p.end.map(|e| e.outcome)), (Life::Concluded, Some(Outcome::Granted)));
        let waiting = city.app.claims(&counter, &Call::default()).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(city.is_refused(&counter, p.id, given(Recipient::Agent)).await, Refusal::PowerMissing);
        // Nobody fetches it: told a week before, destroyed by a person after the fifteen days.
        let discard = || Act::DiscardUnclaimed { reason: Raw::text("세 번 전화하였으나 받지 않음") };
        let claim = p.claim.unwrap();
        assert_eq!(claim.discard_from, date(2026, 7, 4));
        city.it_is(datetime(2026, 6, 27, 9, 0, 0, 0));
        city.app.reload().await.unwrap();
        assert_eq!(city.duty("unclaimed").await, 1);
        assert_eq!(city.duty("unclaimed").await, 0, "told once");
        city.duty("deliver").await;
        let told = city.messages.messages().into_iter().next().expect("a message").what.text;
        assert!(told.contains("2026. 7. 3.") && told.contains("찾아가"), "{told}");
        assert_eq!(city.is_refused(&counter, p.id, discard()).await, Refusal::NotUnclaimed);
        city.it_is(datetime(2026, 7, 4, 9, 0, 0, 0));
        city.app.reload().await.unwrap();
        assert_eq!(city.duty("unclaimed").await, 1, "proposed to who decided");
        let p = city.does(&counter, p.id, discard()).await.unwrap();
        assert_eq!(p.end.map(|e| e.outcome), Some(Outcome::Unclaimed));
        assert!(city.app.claims(&counter, &Call::default()).await.unwrap().is_empty());
    }

    async fn what_came_on_paper_counts_from_when_it_came(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let clerk = city.official("counter1");
        let came = At::seoul(datetime(2026, 6, 12, 9, 30, 0, 0));
        let letter = Filing { entry: EntryPoint::Fax, happened: Some((came, HappenedGround::Paper)), ..at_counter("S134", 0) };
        let kind = Kind::Inquiry;
        let p = city.app.enter(&clerk, walk_in("최서면"), letter, vec![receive(kind)], &Call::default()).await.unwrap();
        let r = p.reception.unwrap();
        assert_eq!((p.filed_at, r.at), (came, came));
        let now = city.app.enter(&clerk, walk_in("최방문"), at_counter("S134", 0), vec![receive(kind)], &Call::default()).await.unwrap();
        assert!(r.due < now.reception.unwrap().due);
        let tomorrow = At::seoul(datetime(2026, 6, 16, 9, 0, 0, 0));
        let wrong = Filing { happened: Some((tomorrow, HappenedGround::Paper)), ..at_counter("S134", 0) };
        let refused = city.app.enter(&clerk, walk_in("최"), wrong, vec![receive(kind)], &Call::default()).await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::HappenedUnfit))));
    }

    async fn small_matters_are_answered_at_once_and_counted(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let mut browser = Browser::new(&city);
        let page = browser.go("/desk/sign-in").await;
        let fields = [("login", "counter1"), ("password", testkit::city::PASSWORD)];
        browser.submits(&page, "/desk/sign-in", &fields).await;
        let page = browser.go("/desk/counter/small").await;
        let typed = [("line", "몇 시까지 합니까"), ("answer", "a001"), ("name", "김전화"), ("entry", "phone")];
        let done = browser.sends(&page, "/desk/counter/small", &typed).await;
        done.says("접수번호 2026-000001").says("평일 09:00부터");
        let typed = [("line", "주차장은 어디입니까"), ("answer", "A001"), ("entry", "phone")];
        let done = browser.sends(&done, "/desk/counter/small", &typed).await;
        done.says("처리부 기록 없이").says("기록 생략 1건");
        let wrong = browser.sends(&done, "/desk/counter/small", &[("line", "몇 시"), ("answer", "Z9"), ("entry", "phone")]).await;
        assert_eq!(wrong.status.as_u16(), 422);
        assert!(wrong.text.contains("몇 시"), "nothing typed is lost");
    }

    async fn a_clerk_fills_in_the_form_of_a_service_or_takes_its_paper(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let mut browser = Browser::new(&city);
        let page = browser.go("/desk/sign-in").await;
        let fields = [("login", "counter1"), ("password", testkit::city::PASSWORD)];
        browser.submits(&page, "/desk/sign-in", &fields).await;
        let page = browser.go("/desk/counter").await;
        let page = browser.sends(&page, "/desk/counter", &[("service", "G001"), ("do", "choose")]).await;
        page.says("가로등·보안등 고장 신고서");
        let on = "/desk/counter?form=lamp.1";
        let who = [("service", "G001"), ("entry", "counter"), ("name", "최방문"), ("phone", "010-2222-3333"), ("do", "receive")];
        let half = [("f-fault", "off"), ("public", "yes")];
        let wrong = browser.sends(&page, on, &[&who[..], &half].concat()).await;
        assert_eq!(wrong.status.as_u16(), 422, "an address is needed");
        assert!(wrong.text.contains("최방문"), "nothing typed is lost");
        let whole = [("f-fault", "off"), ("f-address", "한빛로 12 앞"), ("public", "yes")];
        let done = browser.submits(&wrong, on, &[&who[..], &whole].concat()).await;
        done.says("2026-000001");
        let clerk = city.official("counter1");
        let page = city.app.list(&clerk, app::desk::View::Mine, None, 10, &Call::default()).await.unwrap();
        let filled = &page.items[0].petition;
        assert!(filled.form.is_some() && filled.openness == Openness::Public);
        // Brought on paper: the form stays empty, and nobody is sent away.
        let page = browser.go("/desk/counter").await;
        let page = browser.sends(&page, "/desk/counter", &[("service", "G001"), ("do", "choose")]).await;
        let paper = [("title", "종이로 낸 고장 신고")];
        browser.submits(&page, on, &[&who[..], &paper].concat()).await.says("2026-000002");
        let page = city.app.list(&clerk, app::desk::View::Mine, None, 10, &Call::default()).await.unwrap();
        assert!(page.items.iter().any(|item| item.petition.form.is_none() && item.petition.openness == Openness::Private));
    }

    async fn numbers_are_called_in_their_order(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let clerk = city.official("counter1");
        let take = |business| { let app = city.app.clone(); async move { app.take_ticket(business, &[1]).await.unwrap() } };
        assert_eq!(take(Business::General).await.shown(), "A001");
        city.it_is(datetime(2026, 6, 15, 10, 1, 0, 0));
        assert_eq!(take(Business::Help).await.shown(), "H001");
        city.it_is(datetime(2026, 6, 15, 10, 2, 0, 0));
        assert_eq!(take(Business::General).await.shown(), "A002");
        city.it_is(datetime(2026, 6, 15, 10, 9, 0, 0));
        let first = city.app.call_next(&clerk, 3, &[Business::General]).await.unwrap().unwrap();
        assert_eq!((first.shown().as_str(), first.window), ("A001", 3));
        let second = city.app.call_next(&city.official("counter2"), 4, Business::ALL).await.unwrap().unwrap();
        assert_eq!(second.shown(), "H001", "nobody is called twice");
        let skipped = city.app.move_ticket(&clerk, &first, Move::Skip, 3).await.unwrap();
        assert_eq!(skipped.state, TicketState::Skipped);
        let stale = city.app.move_ticket(&clerk, &first, Move::Finish, 3).await;
        assert!(stale.is_err(), "it no longer stands as it was seen");
        let citizen = city.official("road.facilities.1");
        assert!(city.app.call_next(&citizen, 1, Business::ALL).await.is_err());
        let mut browser = Browser::new(&city);
        let board = browser.go("/hall").await;
        board.says("H001").says("4번 창구");
        assert!(!board.words().contains("A001"), "who was not there is not called");
    }

    async fn a_standard_answer_belongs_to_its_unit(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let all = city.app.standard_answers().await.unwrap();
        assert_eq!(all.len(), 32);
        let old = all.iter().find(|a| a.code.as_str() == "A004").unwrap().clone();
        let (own, other) = (city.official("counter1"), city.official("road.facilities.1"));
        let next = |review_by| StandardAnswer { review_by, title: "구술민원 안내".into(), ..old.clone() };
        let refused = city.app.keep_answer(&other, next(date(2026, 12, 31)), 1).await;
        assert!(matches!(refused, Err(NotKept::Fault(AnswerFault::NotYours))), "{refused:?}");
        let refused = city.app.keep_answer(&own, next(date(2026, 6, 15)), 1).await;
        assert!(matches!(refused, Err(NotKept::Fault(AnswerFault::ReviewDay))));
        city.app.keep_answer(&own, next(date(2026, 12, 31)), 1).await.unwrap();
        let late = city.app.keep_answer(&own, next(date(2026, 12, 31)), 1).await;
        assert!(matches!(late, Err(NotKept::Overtaken)));
        let kept = city.app.standard_answer("a004").await.unwrap().unwrap();
        assert_eq!((kept.version, kept.title.as_str()), (2, "구술민원 안내"));
        // Those past their day of review are told to their units, once a month.
        let told = city.duty("answers").await;
        assert!(told > 0);
        assert_eq!(city.duty("answers").await, 0);
        city.duty("deliver").await;
    }
}

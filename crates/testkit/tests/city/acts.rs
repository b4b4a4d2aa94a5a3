//! 큰길 밖의 행위 — consultation, mergers, splitting, objection, further answers, publishing and word of progress, as the people
//! of an office live them.

use app::act::many::Part;
use app::act::{ActError, Call, Petitioner};
use app::desk::View;
use app::words::Raw;
use domain::access::Who;
use domain::act::{Act, Filing};
use domain::event::Event;
use domain::life::Life;
use domain::refusal::Refusal;
use domain::terms::{Conversion, EntryPoint, Kind, Openness, Opinion, Outcome, Verdict};
use domain::time::At;
use jiff::civil::{date, datetime};
use ports::message::Inbox;
use testkit::city::{City, answer, filing};

fn words(text: &str) -> Raw {
    Raw::text(text)
}

/// Nothing that the stories did broke a chain, a head or a number.
async fn all_is_well(city: &City) {
    city.duties().await;
    let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
}

async fn told(city: &City, template: &str) -> usize {
    city.duties().await;
    let sent = city.messages.messages();
    sent.iter()
        .filter(|message| message.what.text.contains(template))
        .count()
}

testkit::on_both_engines! {
    async fn another_department_is_asked_and_replies(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "감사와 도로에 걸친 민원", Kind::Inquiry, None).await;
        let handler = city.app.office().who(p.handler.unwrap(), city.app.now()).unwrap();
        let receiver = city.official("audit.receiver");
        let call = Call::default();
        assert!(city.app.case(&receiver, p.id, &call).await.is_err(), "before it is asked, it does not exist there");
        let ask = Act::AskConsult { unit: city.unit("audit"), what: words("감사 의견을 주십시오."), reply_by: date(2026, 6, 19) };
        city.does(&handler, p.id, ask).await.unwrap();
        let seen = city.app.list(&receiver, View::Mine, None, 20, &call).await.unwrap();
        assert!(seen.items.iter().any(|item| item.petition.id == p.id), "it lies on the list of those who are to reply");
        let reply = |text: &str| Act::ReplyConsult { no: 1, opinion: Opinion::AgreeOnTerms, text: words(text), files: Vec::new() };
        assert_eq!(city.is_refused(&handler, p.id, reply("남의 회신")).await, Refusal::NotYours);
        let p = city.does(&receiver, p.id, reply("조건부로 동의합니다.")).await.unwrap();
        assert_eq!(p.consults[0].reply.map(|(opinion, ..)| opinion), Some(Opinion::AgreeOnTerms));
        let case = city.app.case(&handler, p.id, &call).await.unwrap();
        assert_eq!(case.texts.text(p.consults[0].reply.unwrap().1), Some("조건부로 동의합니다."));
        let answered = city.answers(p.id, answer(Outcome::Answered, "의견을 모아 답변드립니다.")).await;
        assert_eq!(answered.life, Life::Concluded);
        all_is_well(&city).await;
    }

    async fn five_people_get_one_answer(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let receiver = city.official("receiver1");
        let mut filed = Vec::new();
        for n in 1..=6 {
            let title = format!("버스 노선을 되살려 주십시오 {n}");
            let p = if n == 1 {
                let kim = Petitioner::written_down("김하늘".into(), Some("01011110001".into()), None, None, "ko");
                let filing = Filing { entry: EntryPoint::Counter, ..filing("S134", &title, "") };
                city.app.file(&receiver, kim, filing, &Call::default()).await.unwrap()
            } else {
                let person = city.citizen(&format!("010-1111-000{n}")).await;
                city.files(person, "S134", &title, "").await
            };
            let person = p.person;
            city.does(&receiver, p.id, Act::Receive { kind: Kind::Inquiry, period: None }).await.unwrap();
            filed.push((person, p.id));
        }
        let (lead, others) = (filed[0].1, filed[1..].iter().map(|(_, id)| *id).collect::<Vec<_>>());
        let call = Call { key: Some(b"merge".to_vec()), ..Call::default() };
        let few = city.app.merge(&receiver, lead, others[..3].to_vec(), &Call::default()).await;
        assert!(matches!(few, Err(ActError::Refused(Refusal::MergeTooFew))));
        let p = city.app.merge(&receiver, lead, others.clone(), &call).await.unwrap();
        assert_eq!(p.children.len(), 5);
        let again = city.app.merge(&receiver, lead, others.clone(), &call).await.unwrap();
        assert_eq!(again.seq, p.seq, "a form sent twice merges once");
        let child = city.app.places.live.head(others[0]).await.unwrap().unwrap().petition;
        assert_eq!((child.life, child.merged_into), (Life::Concluded, Some(lead)));
        let citizen = Who::Citizen(filed[1].0);
        assert!(city.app.answered_with(&child).await.unwrap().is_none(), "not answered yet");
        // The receiver hands it on, the department answers.
        city.does(&receiver, lead, Act::Distribute { unit: city.unit("road_facilities") }).await.unwrap();
        let road = city.official("road.facilities.receiver");
        city.does(&road, lead, Act::UnitReceive).await.unwrap();
        city.does(&road, lead, Act::Designate { handler: city.official_id("road.facilities.1") }).await.unwrap();
        city.answers(lead, answer(Outcome::Answered, "노선을 되살리겠습니다. 김하늘 님(010-1111-0001)께서 처음 알려 주셨습니다.")).await;
        let with = city.app.answered_with(&child).await.unwrap().expect("answered");
        assert_eq!(with.body, "노선을 되살리겠습니다. 김** 님(***-****-****)께서 처음 알려 주셨습니다.", "the other petitioner stays unnamed");
        assert_eq!(told(&city, "함께 처리한 민원에 답변하였습니다").await, 5);
        assert!(city.app.case(&citizen, lead, &Call::default()).await.is_err(), "the other's petition stays the other's");
        all_is_well(&city).await;
    }

    async fn a_part_goes_its_own_way(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let receiver = city.official("receiver1");
        let whole = city.files(kim, "S134", "도로와 감사에 대한 물음", "첫째, 도로. 둘째, 감사.").await;
        city.does(&receiver, whole.id, Act::Receive { kind: Kind::Inquiry, period: None }).await.unwrap();
        city.it_is(datetime(2026, 6, 15, 15, 0, 0, 0));
        let part = || Part { service: "S134".parse().unwrap(), title: words("감사에 대한 물음"), body: words("둘째, 감사."), reason: words("소관이 다름") };
        let call = Call { key: Some(b"split".to_vec()), ..Call::default() };
        let new = city.app.split(&receiver, whole.id, part(), &call).await.unwrap();
        assert_eq!((new.filed_at, new.person, new.split_from), (whole.filed_at, kim, Some(whole.id)));
        assert_eq!(city.app.split(&receiver, whole.id, part(), &call).await.unwrap().id, new.id, "once");
        let kims = city.app.petitions_of(&Who::Citizen(kim), None, 20).await.unwrap();
        assert_eq!(kims.items.len(), 2);
        let case = city.app.case(&receiver, whole.id, &Call::default()).await.unwrap();
        assert!(matches!(case.journal.last().unwrap().recorded.event, Event::PartSplitOff { part, .. } if part == new.id));
        let kim = Who::Citizen(kim);
        let refused = city.app.split(&kim, whole.id, part(), &Call::default()).await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::NotYours))));
        all_is_well(&city).await;
    }

    async fn a_refusal_is_objected_to_and_decided(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let citizen = Who::Citizen(kim);
        let p = city.in_handling(kim, "등록을 신청합니다", Kind::Statutory, Some(domain::due::Period::Days(7))).await;
        let handler = city.app.office().who(p.handler.unwrap(), city.app.now()).unwrap();
        city.answers(p.id, answer(Outcome::Refused, "등록할 수 없습니다.")).await;
        let object = || Act::Object { reason: words("요건을 갖추었습니다."), received: date(2026, 6, 15), files: Vec::new() };
        let p = city.does(&citizen, p.id, object()).await.unwrap();
        assert_eq!(p.objection.unwrap().due, At::seoul(datetime(2026, 6, 26, 0, 0, 0, 0)));
        let listed = city.app.list(&handler, View::Mine, None, 20, &Call::default()).await.unwrap();
        assert!(listed.items.iter().any(|item| item.petition.id == p.id), "what waits for a decision is work");
        assert_eq!(city.is_refused(&citizen, p.id, object()).await, Refusal::ObjectionMade);
        assert_eq!(told(&city, "이의신청을 받았습니다").await, 1);
        let decide = Act::DecideObjection { verdict: Verdict::Dismissed, reason: words("요건이 모자랍니다."), remedies: words("행정심판을 청구하실 수 있습니다.") };
        assert_eq!(city.is_refused(&handler, p.id, decide.clone()).await, Refusal::NotYours);
        let p = city.does(&city.official("road.facilities.head"), p.id, decide).await.unwrap();
        assert!(!p.wants_work());
        assert_eq!(told(&city, "이의신청을 결정하였습니다").await, 1);
        // 이의신청처리대장 (별지 제12호서식): for whoever may see the petition.
        let wanted = app::papers::register::Wanted { from: date(2026, 6, 15), to: date(2026, 6, 30), unit: None };
        let (reason, lang) = (app::papers::register::Reason::Keeping, documents::press::Lang::Ko);
        let drawn = city.app.objection_register(&handler, wanted, reason, lang, &Call::default()).await.unwrap();
        assert_eq!(drawn.lines.len(), 1);
        assert_eq!((drawn.lines[0][4].as_str(), drawn.lines[0][7].as_str()), ("2026. 6. 15.(월)", "기각"));
        let stranger = city.official("audit.1");
        let none = city.app.objection_register(&stranger, wanted, reason, lang, &Call::default()).await.unwrap();
        assert_eq!(none.lines.len(), 0);
        let before = app::papers::register::Wanted { from: date(2026, 6, 1), to: date(2026, 6, 14), unit: None };
        assert_eq!(city.app.objection_register(&handler, before, reason, lang, &Call::default()).await.unwrap().lines.len(), 0);
        let ask = Act::AskFurther { what: words("어느 요건입니까?") };
        let p = city.does(&citizen, p.id, ask).await.unwrap();
        assert!(p.wants_work() && p.due().is_none());
        city.does(&handler, p.id, Act::AnswerFurther { body: words("사무실 요건입니다.") }).await.unwrap();
        all_is_well(&city).await;
    }

    async fn what_both_left_public_can_be_read_by_all(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let mut public = filing("S134", "가로등 물음", "홍길동입니다. 010-1234-5678로 알려 주십시오.");
        public.openness = Openness::Public;
        let p = city.app.file(&Who::Citizen(kim), app::act::Petitioner::Known(kim), public, &Call::default()).await.unwrap();
        let receiver = city.official("receiver1");
        city.does(&receiver, p.id, Act::Receive { kind: Kind::Inquiry, period: None }).await.unwrap();
        city.does(&receiver, p.id, Act::Distribute { unit: city.unit("road_facilities") }).await.unwrap();
        let road = city.official("road.facilities.receiver");
        city.does(&road, p.id, Act::UnitReceive).await.unwrap();
        city.does(&road, p.id, Act::Designate { handler: city.official_id("road.facilities.1") }).await.unwrap();
        let mut open = answer(Outcome::Answered, "고쳤습니다.");
        open.openness = Openness::Public;
        city.answers(p.id, open).await;
        let handler = city.official("road.facilities.1");
        let publish = Act::Publish { title: words("가로등 물음"), question: words("***입니다."), answer: words("고쳤습니다.") };
        city.does(&handler, p.id, publish).await.unwrap();
        let board = city.app.board(None, 10).await.unwrap();
        assert_eq!(board.shown.len(), 1);
        assert_eq!((board.shown[0].question.as_str(), board.shown[0].answer.as_str()), ("***입니다.", "고쳤습니다."));
        all_is_well(&city).await;
        city.does(&receiver, p.id, Act::Narrow { reason: words("사생활") }).await.unwrap();
        assert!(city.app.board(None, 10).await.unwrap().shown.is_empty());
        all_is_well(&city).await;
    }

    async fn every_thirty_days_there_is_word(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "오래 걸리는 민원", Kind::Statutory, Some(domain::due::Period::Months(4))).await;
        city.it_is(datetime(2026, 7, 15, 10, 0, 0, 0));
        assert_eq!(city.duty("progress").await, 0, "thirty days have not passed");
        city.it_is(datetime(2026, 7, 16, 8, 0, 0, 0));
        assert_eq!(city.duty("progress").await, 0, "not before nine");
        city.it_is(datetime(2026, 7, 16, 9, 0, 0, 0));
        assert_eq!(city.duty("progress").await, 1);
        assert_eq!(city.duty("progress").await, 0, "once");
        city.it_is(datetime(2026, 8, 17, 9, 0, 0, 0));
        assert_eq!(city.duty("progress").await, 1);
        let p = city.app.places.live.head(p.id).await.unwrap().unwrap().petition;
        assert_eq!(p.progress_told, 2);
        all_is_well(&city).await;
    }

    async fn what_is_no_petition_is_converted(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.files(kim, "S134", "문서를 공개해 주십시오", "").await;
        let convert = Act::Convert { into: Conversion::Disclosure, reason: words("정보공개 청구로 처리합니다.") };
        let p = city.does(&city.official("receiver1"), p.id, convert).await.unwrap();
        assert_eq!(p.end.map(|end| end.outcome), Some(Outcome::NotAPetition));
        assert_eq!(told(&city, "다른 절차로 처리됩니다").await, 1);
        all_is_well(&city).await;
    }
}

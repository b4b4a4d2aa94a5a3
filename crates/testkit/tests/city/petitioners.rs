//! 민원인과 대리인 — companies, minors and agents: who is named on papers, who is told, who may look, and who may end it.

use crate::visitor::Browser;
use app::act::{ActError, Call, NOBODY, Petitioner};
use app::party::Names;
use app::words::Raw;
use axum::http::StatusCode;
use documents::press::Lang;
use domain::access::Who;
use domain::act::{Act, Filing};
use domain::intake::{Delivery, Intake};
use domain::petitioner::{Filer, Party, Power, Sort, Told};
use domain::refusal::Refusal;
use domain::terms::{EntryPoint, Kind};
use jiff::civil::{date, datetime};
use ports::message::Inbox;
use testkit::city::{City, On, filing};

fn company() -> Names {
    Names {
        name: "한빛건설 주식회사".into(),
        representative: "김하늘".into(),
        business: "123-45-67891".into(),
        ..Names::default()
    }
}

/// At the counter, an agent files for a company that is told, too.
fn by_agent(names: Names, told: Told) -> Filing<Raw> {
    Filing {
        entry: EntryPoint::Counter,
        person: NOBODY,
        intake: Intake {
            delivery: Some(Delivery::Electronic),
            party: Party {
                sort: Sort::Company,
                filer: Filer::Agent,
                power: Power::Missing,
                told,
                names: names.raw(),
                ..Party::default()
            },
            ..Intake::default()
        },
        ..filing("S134", "공사 차량의 통행 문의", "통행 허가 구간을 알고 싶습니다.")
    }
}

fn walk_in() -> Petitioner {
    Petitioner::written_down("박서준".into(), Some("01055556666".into()), None, None, "ko")
}

testkit::on_both_engines! {
    async fn an_agent_files_and_both_are_told(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let clerk = city.official("counter1");
        let names = Names { agent: "박서준".into(), own_reach: "01077778888".into(), ..company() };
        let acts = || vec![Act::Receive { kind: Kind::Inquiry, period: None }];
        // A number that cannot be one is refused, whoever sends it.
        let wrong = Names { business: "123-45-67890".into(), ..names.clone() };
        let refused = city.app.enter(&clerk, walk_in(), by_agent(wrong, Told::Both), acts(), &Call::default()).await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::PetitionerUnclear))), "{refused:?}");
        // The 위임장 is missing: it is received all the same (법9①).
        let p = city.app.enter(&clerk, walk_in(), by_agent(names, Told::Both), acts(), &Call::default()).await.unwrap();
        assert_eq!((p.intake.party.power, p.intake.party.sort), (Power::Missing, Sort::Company));
        city.duty("deliver").await;
        let mut told: Vec<String> = city.messages.messages().into_iter().map(|m| m.what.to).collect();
        told.sort_unstable();
        assert_eq!(told, ["01055556666", "01077778888"]);
        // No event says a name.
        let journal = city.app.case(&clerk, p.id, &Call::default()).await.unwrap().journal;
        let stored = format!("{journal:?}");
        assert!(!stored.contains("한빛건설") && !stored.contains("박서준"), "{stored}");
        // Whoever proves the company's telephone sees it and may withdraw it; the agent may not without consent.
        let company = Who::Citizen(city.citizen("010-7777-8888").await);
        assert!(city.app.case(&company, p.id, &Call::default()).await.is_ok());
        assert_eq!(city.app.petitions_of(&company, None, 10).await.unwrap().items.len(), 1);
        let agent = Who::Citizen(p.person);
        assert_eq!(city.is_refused(&agent, p.id, Act::Withdraw { reason: None }).await, Refusal::ConsentToEndMissing);
        let stranger = Who::Citizen(city.citizen("010-9999-0000").await);
        assert!(matches!(city.does(&stranger, p.id, Act::Withdraw { reason: None }).await, Err(ActError::NotFound)));
        city.does(&company, p.id, Act::Withdraw { reason: None }).await.unwrap();
    }

    async fn an_official_corrects_who_asks_and_the_petitioner_is_told(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "가로등이 꺼졌습니다", Kind::Inquiry, None).await;
        let handler = city.official("road.facilities.1");
        let correct = |names: Option<Raw>| Act::CorrectParty {
            party: Party { sort: Sort::Company, names, ..Party::default() },
            delivery: None,
            reason: Raw::text("등기사항증명서로 확인"),
        };
        assert_eq!(city.is_refused(&handler, p.id, correct(None)).await, Refusal::PetitionerUnclear);
        let stranger = city.official("road.facilities.head");
        assert_eq!(city.is_refused(&stranger, p.id, correct(company().raw())).await, Refusal::NotYours);
        let p = city.does(&handler, p.id, correct(company().raw())).await.unwrap();
        assert_eq!(p.intake.party.sort, Sort::Company);
        let case = city.app.case(&handler, p.id, &Call::default()).await.unwrap();
        let names = app::party::names(&case.petition, &case.texts);
        assert_eq!(names.on_paper(&p.intake.party, "김하늘", false), "한빛건설 주식회사(대표자 김하늘)");
        let paper = app::papers::Paper::Receipt;
        assert!(city.app.paper(&handler, p.id, paper, Lang::Ko, &Call::default()).await.is_ok());
        city.duty("deliver").await;
        let last = city.messages.messages().into_iter().next().expect("a message").what.text;
        assert!(last.contains("신청인 정보를 바로잡았습니다"), "{last}");
        assert!(!last.contains("한빛건설"), "no notice says what was written");
    }
}

/// Until the third step: who files.
async fn to_contact(browser: &mut Browser) -> crate::visitor::Seen {
    let start = browser.go("/file").await;
    let content = browser.submits(&start, "/file", &[("kind", "inquiry")]).await;
    let fields = [
        ("title", "통행 허가 구간"),
        ("body", "어디까지입니까?"),
        ("public", "no"),
        ("go", "next"),
    ];
    browser.submits(&content, "/file/new/content", &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_files_with_an_agent_without_javascript_and_loses_nothing() {
    let city = City::new(On::Sqlite, date(2026, 11, 23).at(10, 0, 0, 0)).await;
    let mut browser = Browser::new(&city);
    let contact = to_contact(&mut browser).await;
    let fields = [
        ("name", "박서준"),
        ("sort", "company"),
        ("filer", "agent"),
        ("delivery", "post"),
        ("reach", "phone"),
        ("phone", "010-5555-6666"),
        ("go", "next"),
    ];
    let party = browser.submits(&contact, &contact.path.clone(), &fields).await;
    party
        .says("법인의 상호 또는 명칭")
        .says("도로명주소")
        .says("위임장");
    assert!(
        !party.text.contains("name=\"guardian\""),
        "only what this kind needs"
    );
    let mut fields = vec![
        ("party_name", "한빛건설 주식회사"),
        ("representative", "김하늘"),
        ("business", "123-45-67890"),
        ("agent", "박서준"),
        ("told", "filer"),
        ("zip", "06234"),
        ("road", "한빛시 가람구 한빛로 12"),
        ("go", "next"),
    ];
    let wrong = browser.submits(&party, &party.path.clone(), &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("사업자등록번호가 맞지 않습니다");
    assert!(wrong.text.contains("한빛로 12"), "nothing typed is lost");
    fields[2].1 = "123-45-67891";
    let code = browser.submits(&wrong, &party.path.clone(), &fields).await;
    let digits = city.last_code();
    let preview = browser
        .submits(&code, &code.path.clone(), &[("code", &digits)])
        .await;
    preview
        .says("이대로 신청하시겠습니까?")
        .says("한빛건설 주식회사")
        .says("미제출(보완 필요)")
        .says("06234");
    let filed = browser.submits(&preview, &preview.path.clone(), &[]).await;
    let number = filed.path.rsplit('/').next().expect("a number").to_owned();
    let found = city
        .app
        .places
        .live
        .by_filing_number(number.parse().expect("a number"))
        .await;
    let p = found.expect("the store reads").expect("it was filed");
    assert_eq!(
        (p.intake.party.sort, p.intake.party.filer, p.intake.delivery),
        (Sort::Company, Filer::Agent, Some(Delivery::Post))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_in_their_own_name_is_asked_nothing_more() {
    let city = City::new(On::Sqlite, date(2026, 11, 23).at(10, 0, 0, 0)).await;
    let mut browser = Browser::new(&city);
    let contact = to_contact(&mut browser).await;
    let fields = [
        ("name", "김하늘"),
        ("sort", "person"),
        ("filer", "oneself"),
        ("delivery", "electronic"),
        ("reach", "phone"),
        ("phone", "010-1234-5678"),
        ("go", "next"),
    ];
    let code = browser.submits(&contact, &contact.path.clone(), &fields).await;
    assert!(code.path.ends_with("/verify"), "{}", code.path);
}

/// 개인정보 보호법 제24조의2: no form of a service and no row of the handbook asks for a resident number without a basis.
#[test]
fn no_service_asks_for_a_resident_number() {
    let speaks = |text: &str| {
        ["주민등록번호", "주민번호", "외국인등록번호"]
            .iter()
            .any(|word| text.contains(word))
    };
    for form in testkit::city::forms().iter() {
        for field in form.fields() {
            assert!(!speaks(&field.label.ko), "{}: {}", form.code, field.label.ko);
        }
    }
    for row in testkit::city::FILES.services.lines() {
        assert!(!speaks(row), "{row}");
    }
    for (code, text) in testkit::city::details() {
        for line in text.lines().filter(|line| speaks(line)) {
            let forbids = line.contains("적게 하지 않습니다") || line.contains("마십시오");
            assert!(forbids || line.contains('법'), "{code}: {line}");
        }
    }
}

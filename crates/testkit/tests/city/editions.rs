//! 고시본과 매뉴얼, 구제절차, 심사관의 문서 — what is laid down stays as it was; a reason brings its remedies along; papers hang on
//! their case.

use crate::visitor::Browser;
use app::act::{ActError, Call};
use app::words::Raw;
use axum::http::StatusCode;
use domain::act::Act;
use domain::due::Period;
use domain::handbook::{Fact, Service, Surety};
use domain::refusal::Refusal;
use domain::terms::{Kind, Outcome};
use jiff::civil::{date, datetime};
use store::engine::Ask;
use testkit::city::{City, On, PASSWORD, answer};

async fn official(city: &City, login: &str) -> Browser {
    let mut browser = Browser::new(city);
    let page = browser.go("/desk/sign-in").await;
    let fields = [("login", login), ("password", PASSWORD)];
    let work = browser.submits(&page, "/desk/sign-in", &fields).await;
    assert_eq!(work.status, StatusCode::OK, "{login}");
    browser
}

testkit::on_both_engines! {
    async fn what_was_gazetted_never_changes(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let mut examiner = official(&city, "examiner").await;
        let page = examiner.go("/desk/handbook/editions").await;
        page.says("아직 고시본이 없습니다.");
        let wrong = [("number", "2026/15"), ("day", "2026-06-16")];
        let told = examiner.submits(&page, "/desk/handbook/editions", &wrong).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
        told.says("고시번호에는 한글, 영문, 숫자, 붙임표만 쓸 수 있습니다.");
        let tomorrow = [("number", "제2026-15호"), ("day", "2026-06-16")];
        let told = examiner.submits(&told, "/desk/handbook/editions", &tomorrow).await;
        told.says("오늘이나 지난 날만 고를 수 있습니다.");
        assert!(told.text.contains("제2026-15호"), "nothing typed is lost");
        let fields = [("number", "제2026-15호"), ("day", "2026-06-15")];
        let done = examiner.submits(&told, "/desk/handbook/editions", &fields).await;
        done.says("고시본을 남겼습니다.").says("제2026-15호");
        // Everybody finds it, as it was.
        let mut visitor = Browser::new(&city);
        visitor.go("/standards").await.says("제2026-15호");
        let csv = visitor.go("/standards/%EC%A0%9C2026-15%ED%98%B8.csv").await;
        let pdf = visitor.go("/standards/%EC%A0%9C2026-15%ED%98%B8.pdf").await;
        assert!(csv.text.contains("S127") && pdf.bytes.starts_with(b"%PDF"), "{}", csv.text);
        // The handbook goes on; the edition does not.
        city.it_is(datetime(2026, 6, 16, 10, 0, 0, 0));
        city.app.reload().await.unwrap();
        let newest = city.app.office().service_newest("S127".parse().unwrap()).unwrap().clone();
        let period = Some(Fact { value: Period::Days(9), surety: Surety::Sure });
        let next = Service { valid_from: date(2026, 6, 17), period, ..newest.clone() };
        let motive = app::handbook::Motive { ground: domain::handbook::edition::Ground::LawChanged, remark: String::new() };
        city.app.publish(&city.official("examiner"), Some(newest.version), next, &motive, &Call::default()).await.unwrap();
        city.it_is(datetime(2026, 6, 17, 10, 0, 0, 0));
        city.app.reload().await.unwrap();
        let today = visitor.go("/standards/standards.csv").await;
        assert_ne!(today.bytes, csv.bytes, "today's table has changed");
        assert_eq!(visitor.go("/standards/%EC%A0%9C2026-15%ED%98%B8.csv").await.bytes, csv.bytes);
        let mut examiner = official(&city, "examiner").await;
        let again = examiner.go("/desk/handbook/editions").await;
        let fields = [("number", "제2026-15호"), ("day", "2026-06-17")];
        let told = examiner.submits(&again, "/desk/handbook/editions", &fields).await;
        told.says("같은 번호의 고시본이 이미 있습니다.");
        assert_eq!(visitor.go("/standards/%EC%A0%9C2026-15%ED%98%B8.pdf").await.bytes, pdf.bytes);
        assert_eq!(visitor.go("/standards/none.pdf").await.status, StatusCode::NOT_FOUND);
        // Who may not is refused, and sees no form.
        let clerk = official(&city, "road.facilities.1").await.go("/desk/handbook/editions").await;
        assert!(!clerk.text.contains("name=\"number\""));
        let table = documents::sheet::Table { name: "표".into(), head: vec!["가".into()], rows: vec![] };
        let who = city.official("road.facilities.1");
        let refused = city.app.gazette(&who, "제1호", date(2026, 6, 15), &table, &[1], &Call::default()).await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::NotYours))));
        // A changed byte is found.
        const SQL: &str = "UPDATE gazette SET csv = pdf WHERE number = $1";
        city.app.places.live.engine().query(SQL, vec!["제2026-15호".into()]).await.ok();
        let now = city.app.gazetted("제2026-15호").await;
        assert!(now.is_err() || now.unwrap().unwrap().csv == csv.bytes);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_is_printed_as_a_manual() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let mut handler = official(&city, "road.facilities.1").await;
    handler
        .go("/desk/handbook/services/S065")
        .await
        .says("업무 매뉴얼 (PDF)");
    let pdf = handler.go("/desk/handbook/services/S065/manual.pdf").await;
    assert_eq!(pdf.status, StatusCode::OK);
    assert!(pdf.bytes.starts_with(b"%PDF") && pdf.bytes.len() > 10_000);
    assert_eq!(
        handler.go("/desk/handbook/services/S999/manual.pdf").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_for_refusal_brings_its_remedies_along() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    let p = city
        .in_handling(kim, "재교부를 신청합니다", Kind::Statutory, Some(Period::Days(7)))
        .await;
    let service = "S004".parse().unwrap();
    let reclassify = Act::Reclassify {
        service,
        kind: Kind::Statutory,
        period: Some(Period::Days(7)),
        reason: Raw::text("민원명 정정"),
    };
    city.does(&city.official("road.facilities.1"), p.id, reclassify)
        .await
        .unwrap();
    let mut handler = official(&city, "road.facilities.1").await;
    let way = format!("/desk/cases/{}/acts/draft", p.number);
    let page = handler.go(&way).await;
    page.says("이의신청").says("행정심판");
    let reason = [
        ("outcome", "refused"),
        ("body", "거부합니다."),
        ("insert", "refusal-1"),
    ];
    let seen = handler.submits(&page, &way, &reason).await;
    assert_eq!(seen.status, StatusCode::OK);
    let typed = |name: &str| {
        let field = seen.text.split(&format!("name=\"{name}\"")).nth(1).expect(name);
        let text = field
            .split_once('>')
            .and_then(|(_, rest)| rest.split_once("</textarea>"));
        text.expect("a text field").0.to_owned()
    };
    assert!(!typed("reasons").trim().is_empty());
    let remedies = typed("remedies");
    for word in ["60일 이내", "행정심판", "행정소송", "제35조"] {
        assert!(remedies.contains(word), "{word} in {remedies}");
    }
    // Without remedies it goes nowhere.
    let mut bare = answer(Outcome::Refused, "거부합니다.");
    bare.remedies = None;
    assert_eq!(
        city.is_refused(&city.official("road.facilities.1"), p.id, Act::Draft(bare))
            .await,
        Refusal::ReasonsOwed
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_advance_notice_hangs_on_its_case() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    let p = city.in_handling(kim, "물음", Kind::Inquiry, None).await;
    let paper = format!("/desk/cases/{}/papers/advance_notice", p.number);
    let mut handler = official(&city, "road.facilities.1").await;
    assert_eq!(handler.go(&paper).await.status, StatusCode::NOT_FOUND);
    let issue = Act::IssueAdvanceNotice { note: None };
    city.does(&city.official("examiner"), p.id, issue).await.unwrap();
    handler
        .go(&format!("/desk/cases/{}", p.number))
        .await
        .says("예고장 (PDF)");
    let pdf = handler.takes(&paper, "handling", "").await;
    assert!(pdf.bytes.starts_with(b"%PDF"));
    assert!(pdf.bytes.starts_with(b"%PDF"));
    let mut visitor = Browser::new(&city);
    let home = visitor.go("/").await;
    assert!(
        home.text.contains("board\">공개 민원과 답변</a>"),
        "the board is in the menu"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn korean_facts_are_marked_on_the_english_page() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let mut visitor = Browser::new(&city);
    visitor.lang = "en";
    let page = visitor.go("/services/S065").await;
    page.says("kept in Korean only");
    assert!(
        page.text.contains("<span lang=\"ko\">신고서</span>"),
        "{}",
        page.text
    );
    visitor.lang = "ko";
    let mut korean = Browser::new(&city);
    let page = korean.go("/services/S065").await;
    assert!(!page.text.contains("lang=\"ko\">신고서"));
}

//! 문서 — which papers fit a case, as PDF and in the office's template; the register in the order of reception; the seal.

use crate::visitor::Browser;
use app::act::{ActError, Call};
use app::papers::Paper;
use app::papers::dress::{NotLaid, PaperSettings, SEAL, SealUse};
use app::papers::register::{NotDrawnUp, Reason, Wanted};
use app::words::Raw;
use axum::http::{StatusCode, header};
use documents::hwpx::{Template, Unfit, names::names, starter};
use documents::press::Lang;
use domain::access::Who;
use domain::act::Act;
use domain::due::{Cause, Period};
use domain::papers::Form;
use domain::terms::{Kind, Outcome};
use jiff::civil::{date, datetime};
use testkit::city::{City, On, PASSWORD, answer};

/// The smallest picture there is: one white dot.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00,
    0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0x00, 0x01, 0x01, 0x01, 0x00,
    0xb1, 0x38, 0xf6, 0x14, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

fn call() -> Call {
    Call::default()
}

async fn papers_of(city: &City, who: &Who, id: domain::id::PetitionId) -> Vec<&'static str> {
    let mut found = Vec::new();
    for paper in Paper::ALL {
        match city.app.paper(who, id, *paper, Lang::Ko, &call()).await {
            Ok(printed) => {
                assert!(printed.pdf.starts_with(b"%PDF-"), "{paper:?}");
                found.push(paper.code());
            }
            Err(ActError::NotFound) => {}
            Err(error) => panic!("{paper:?}: {error}"),
        }
    }
    found
}

/// The words of a document, as the word processor's own preview says them.
fn words(hwpx: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(hwpx)).unwrap();
    std::io::read_to_string(zip.by_name("Preview/PrvText.txt").unwrap()).unwrap()
}

testkit::on_both_engines! {
    async fn a_case_has_the_papers_of_its_life(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let handler = city.official("road.facilities.1");
        let p = city.in_handling(kim, "보도 점용", Kind::Statutory, Some(Period::Days(10))).await;
        assert_eq!(
            papers_of(&city, &handler, p.id).await,
            ["filing_confirmation", "receipt", "authorization", "progress_notice"],
        );
        let what = Raw::text("<도면> 1부\n서명 & 날인");
        city.does(&handler, p.id, Act::AskSupplement { what, until: date(2026, 6, 22) }).await.unwrap();
        let filled = city.app.paper_hwpx(&handler, p.id, Paper::Supplement, &call()).await.unwrap();
        let said = words(&filled);
        assert!(said.contains("<도면> 1부") && said.contains("서명 & 날인") && said.contains("2026. 6. 22.(월) 23:59"), "{said}");
        assert!(said.contains("민원문서 보완 요구") && !said.contains("{{"), "{said}");
        let note = Some(Raw::text("보완합니다."));
        city.does(&Who::Citizen(kim), p.id, Act::Supplement { note, files: Vec::new() }).await.unwrap();
        let reason = Raw::text("경찰서의 의견을 기다립니다.");
        city.does(&handler, p.id, Act::Extend { n: 5, ground: Cause::Cooperation, reason }).await.unwrap();
        let said = words(&city.app.paper_hwpx(&handler, p.id, Paper::Extension, &call()).await.unwrap());
        assert!(said.contains("관계 기관·부서의 협조 (경찰서의 의견을 기다립니다.)"), "{said}");
        city.answers(p.id, answer(Outcome::Refused, "1. 허가할 수 없습니다.")).await;
        assert_eq!(
            papers_of(&city, &handler, p.id).await,
            ["filing_confirmation", "receipt", "supplement_request", "extension_notice", "result_notice", "objection"],
        );
        // A stranger of another department knows nothing of it, whatever the paper.
        let stranger = city.official("prompt.admin.1");
        assert!(papers_of(&city, &stranger, p.id).await.is_empty());
        let filled = city.app.paper_hwpx(&stranger, p.id, Paper::Result, &call()).await;
        assert!(matches!(filled, Err(ActError::NotFound)));
    }

    async fn the_office_lays_its_own_template_and_seal(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let (handler, keeper) = (city.official("road.facilities.1"), city.official("admin"));
        let p = city.in_handling(kim, "보도 점용", Kind::Inquiry, None).await;
        let form = Form::of("progress_notice").unwrap();
        let own = starter::template(form).unwrap().unwrap();
        let lay = |who: Who, paper: &'static str, content: Vec<u8>| {
            let app = city.app.clone();
            async move { app.lay_template(&who, paper, &content, &call()).await }
        };
        assert!(matches!(lay(handler.clone(), "progress_notice", own.clone()).await, Err(NotLaid::NotFound)));
        assert!(matches!(lay(keeper.clone(), "register", own.clone()).await, Err(NotLaid::NotFound)));
        // The template of another paper has marks that this one does not know; they are named.
        let other = starter::template(Form::of("extension_notice").unwrap()).unwrap().unwrap();
        match lay(keeper.clone(), "progress_notice", other).await {
            Err(NotLaid::Unfit(Unfit::Unknown(marks))) => assert_eq!(marks, ["당초 처리기한", "연장 사유"]),
            other => panic!("{other:?}"),
        }
        assert!(matches!(lay(keeper.clone(), "progress_notice", b"%PDF-1.7".to_vec()).await, Err(NotLaid::Unfit(Unfit::NotHwpx))));
        lay(keeper.clone(), "progress_notice", own.clone()).await.unwrap();
        lay(keeper.clone(), "progress_notice", Vec::new()).await.unwrap();
        let versions = city.app.templates().await.unwrap();
        let of_paper: Vec<(u32, u64)> = versions.iter().map(|v| (v.version, v.size)).collect();
        assert_eq!(of_paper, [(2, 0), (1, own.len() as u64)], "every version stays");
        assert_eq!(city.app.template_file("progress_notice", Some(1)).await.unwrap(), own);
        Template::read(&city.app.template_file("progress_notice", None).await.unwrap()).unwrap().check(&names(form)).unwrap();
        // 관인.
        let settings = |seal| PaperSettings { seal, ..PaperSettings::default() };
        assert!(city.app.set_papers(&handler, &settings(SealUse::Printed), &call()).await.is_err());
        // A picture that cannot be printed would stop every paper: it is not taken.
        let broken = [&PNG[..PNG.len() - 20], &[0; 20]].concat();
        for no_seal in [b"GIF89a".to_vec(), PNG[..8].to_vec(), broken] {
            assert!(matches!(lay(keeper.clone(), SEAL, no_seal).await, Err(NotLaid::NoSeal)));
        }
        lay(keeper.clone(), SEAL, PNG.to_vec()).await.unwrap();
        let print = || async { city.app.paper(&handler, p.id, Paper::Receipt, Lang::Ko, &call()).await.unwrap().pdf };
        let omitted = print().await;
        city.app.set_papers(&keeper, &settings(SealUse::Printed), &call()).await.unwrap();
        let sealed = print().await;
        assert_ne!(omitted, sealed);
        lay(keeper.clone(), SEAL, Vec::new()).await.unwrap();
        city.app.set_papers(&keeper, &settings(SealUse::ByHand), &call()).await.unwrap();
        assert_ne!(print().await, sealed, "a seal taken away is printed no more");
        let said = words(&city.app.paper_hwpx(&handler, p.id, Paper::Progress, &call()).await.unwrap());
        assert!(said.contains("비공개(6)") && !said.contains("관인생략"), "{said}");
    }

    async fn the_register_is_drawn_up_in_the_order_of_reception(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let (receiver, handler) = (city.official("receiver1"), city.official("road.facilities.1"));
        let first = city.in_handling(kim, "첫째", Kind::Inquiry, None).await;
        city.it_is(datetime(2026, 6, 16, 9, 0, 0, 0));
        let second = city.in_handling(kim, "둘째", Kind::Inquiry, None).await;
        city.answers(second.id, answer(Outcome::Answered, "1. 답변")).await;
        city.files(kim, "S134", "접수 전", "").await;
        let wanted = |from, to| Wanted { from, to, unit: None };
        let draw = |who: Who, wanted| {
            let app = city.app.clone();
            async move { app.petition_register(&who, wanted, Reason::Inspection, Lang::Ko, &call()).await }
        };
        let numbers = |pages: &documents::registers::Pages| pages.lines.iter().map(|l| l[0].clone()).collect::<Vec<_>>();
        let n = |p: &domain::petition::Petition| p.reception.unwrap().number.to_string();
        let june = wanted(date(2026, 6, 1), date(2026, 6, 30));
        let pages = draw(receiver.clone(), june).await.unwrap();
        assert_eq!(numbers(&pages), [n(&first), n(&second)], "what is not received is in no register");
        assert_eq!(&pages.lines[1][4..8], ["도로시설과", "7일", "2026. 6. 24.(수) 23:59", "답변"]);
        assert!(pages.lines[0][7..].iter().all(String::is_empty), "what has not ended has no end");
        assert_eq!(numbers(&draw(receiver.clone(), wanted(date(2026, 6, 15), date(2026, 6, 15))).await.unwrap()), [n(&first)]);
        assert_eq!(numbers(&draw(receiver.clone(), wanted(date(2026, 6, 16), date(2026, 6, 16))).await.unwrap()), [n(&second)]);
        assert!(city.app.print_register(&pages, Lang::Ko).unwrap().pdf.starts_with(b"%PDF-"));
        // One sees the lines of what one may see.
        assert_eq!(draw(handler, june).await.unwrap().lines.len(), 2);
        assert!(draw(city.official("prompt.admin.1"), june).await.unwrap().lines.is_empty());
        assert!(matches!(draw(Who::Citizen(kim), june).await, Err(NotDrawnUp::Act(ActError::NotFound))));
        for (from, to) in [(date(2026, 6, 2), date(2026, 6, 1)), (date(2025, 1, 1), date(2026, 6, 1))] {
            assert!(matches!(draw(receiver.clone(), wanted(from, to)).await, Err(NotDrawnUp::Days)));
        }
    }
}

/// Logs an official in and gives the browser.
async fn desk(city: &City, login: &str) -> Browser {
    let mut browser = Browser::new(city);
    let page = browser.go("/desk/sign-in").await;
    let fields = [("login", login), ("password", PASSWORD)];
    let seen = browser.submits(&page, "/desk/sign-in", &fields).await;
    assert_eq!(seen.path, "/desk", "{}", seen.text);
    browser
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_registers_and_templates() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    let p = city.in_handling(kim, "보도 점용", Kind::Inquiry, None).await;
    // 민원 처리부: what was typed comes back with what is wrong, and the file comes when nothing is.
    let mut browser = desk(&city, "receiver1").await;
    let page = browser.go("/desk/register").await;
    page.says("민원 처리부");
    assert!(
        page.text.contains("2026-06-01"),
        "the first of the month is offered"
    );
    let wrong = [("from", "6월 1일"), ("to", "2026-06-30"), ("as", "csv")];
    let seen = browser.sends(&page, "/desk/register", &wrong).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    seen.says("2026-09-01과 같이 써 주시기 바랍니다.")
        .says("출력 사유 — 하나를 골라 주시기 바랍니다.");
    assert!(seen.text.contains("6월 1일"), "what was typed stays");
    let right = [
        ("from", "2026-06-01"),
        ("to", "2026-06-30"),
        ("reason", "register_audit"),
        ("as", "csv"),
    ];
    let file = browser.sends(&page, "/desk/register", &right).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(
        file.headers[header::CONTENT_TYPE]
            .to_str()
            .unwrap()
            .starts_with("text/csv")
    );
    let number = p.reception.unwrap().number.to_string();
    assert!(file.text.contains("접수번호,접수일시") && file.text.contains(&number));
    let without = browser
        .post(
            "/desk/register",
            "application/x-www-form-urlencoded",
            "from=2026-06-01",
        )
        .await;
    assert_eq!(without.status, StatusCode::FORBIDDEN, "no token, no register");
    // 서식: a case gives its papers as documents of the word processor.
    let way = format!("/desk/cases/{}/papers", p.number);
    let receipt = browser
        .takes(&format!("{way}/receipt.hwpx"), "handling", "")
        .await;
    assert!(receipt.bytes.starts_with(b"PK") && words(&receipt.bytes).contains(&number));
    assert_eq!(
        browser.go(&format!("{way}/objection.hwpx")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        browser.go(&format!("{way}/nothing")).await.status,
        StatusCode::NOT_FOUND
    );
    let page = browser.go("/desk/papers").await;
    page.says("서식 확인 필요").says("별지 제7호서식");
    assert!(
        !page.text.contains("multipart"),
        "who does not keep them is offered no upload"
    );
    assert!(browser.go("/desk/papers/reminder").await.bytes.starts_with(b"PK"));
    assert_eq!(
        browser.go("/desk/papers/register").await.status,
        StatusCode::NOT_FOUND
    );
    // 시스템 관리자.
    let mut keeper = desk(&city, "admin").await;
    let page = keeper.go("/desk/papers").await;
    let none = keeper
        .sends(&page, "/desk/papers/reminder", &[("do", "lay")])
        .await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.says("파일을 골라 주시기 바랍니다.");
    keeper
        .submits(&page, "/desk/papers/reminder", &[("do", "back")])
        .await
        .says("기본으로 되돌렸습니다.");
    let odd = [("seal", "omitted"), ("retention", "영원히"), ("ground", "6")];
    let seen = keeper.sends(&page, "/desk/papers", &odd).await;
    seen.says("1에서 100까지의 수");
    assert!(seen.text.contains("영원히"), "what was typed stays");
    let fine = [("seal", "by_hand"), ("retention", "10"), ("ground", "6")];
    keeper
        .submits(&page, "/desk/papers", &fine)
        .await
        .says("문서의 모양을 저장하였습니다.");
    assert_eq!(city.app.paper_settings().await.unwrap().retention_years, 10);
}

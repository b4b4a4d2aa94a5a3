//! 민원인의 화면 — the citizens' pages by plain HTTP: from the first word to the rating, and everything that can be sent wrong.

use crate::visitor::{Browser, Seen};
use app::words::Raw;
use axum::http::{StatusCode, header};
use domain::act::{Act, Answer};
use domain::due::Cause;
use domain::id::PetitionId;
use domain::terms::{Kind, Openness, Outcome};
use jiff::civil::date;
use testkit::city::{City, On};

async fn city() -> City {
    City::new(On::Sqlite, date(2026, 11, 23).at(10, 0, 0, 0)).await
}

/// Files freely and gives the page of the number, and the number.
async fn files(browser: &mut Browser, city: &City, title: &str) -> (Seen, String) {
    let start = browser.go("/file").await;
    let content = browser.submits(&start, "/file", &[("kind", "inquiry")]).await;
    let fields = [
        ("title", title),
        ("body", "밤길이 어둡습니다.\n<b>고쳐</b> 주십시오."),
        ("public", "no"),
        ("go", "next"),
    ];
    let contact = browser.submits(&content, "/file/new/content", &fields).await;
    let way = contact.path.clone();
    let contact = if contact.text.contains("name=\"phone\"") {
        let fields = [
            ("name", "김하늘"),
            ("reach", "phone"),
            ("phone", "010-1234-5678"),
            ("go", "next"),
        ];
        let code = browser.submits(&contact, &way, &fields).await;
        let digits = city.last_code();
        browser
            .submits(&code, &code.path.clone(), &[("code", &digits)])
            .await
    } else {
        browser
            .submits(&contact, &way, &[("name", "김하늘"), ("go", "next")])
            .await
    };
    contact
        .says("이대로 신청하시겠습니까?")
        .says("<b>고쳐</b> 주십시오.");
    let way = contact.path.clone();
    let filed = browser.submits(&contact, &way, &[]).await;
    let number = filed.path.rsplit('/').next().expect("a number").to_owned();
    filed.says("신청하셨습니다").says(&number);
    let again = browser.submits(&contact, &way, &[]).await;
    assert_eq!(again.path, filed.path, "the same form sent twice is one petition");
    (filed, number)
}

async fn id_of(city: &City, number: &str) -> PetitionId {
    let found = city
        .app
        .places
        .live
        .by_filing_number(number.parse().expect("a number"))
        .await;
    found.expect("the store reads").expect("it was filed").id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_walks_the_whole_road_without_javascript() {
    let city = city().await;
    let mut browser = Browser::new(&city);
    let (_, number) = files(&mut browser, &city, "가로등이 꺼져 있습니다").await;
    let id = id_of(&city, &number).await;
    let mine = browser.go("/my").await;
    mine.says("가로등이 꺼져 있습니다").says("접수 전");
    let way = format!("/my/{number}");
    assert_eq!(
        browser.go(&format!("/my/{id}")).await.status,
        StatusCode::OK,
        "the link of a notice"
    );

    let receiver = city.official("receiver1");
    let department = city.official("road.facilities.receiver");
    let handler = city.official("road.facilities.1");
    let (unit, official) = (
        city.unit("road_facilities"),
        city.official_id("road.facilities.1"),
    );
    for (who, act) in [
        (
            &receiver,
            Act::Receive {
                kind: Kind::Inquiry,
                period: None,
            },
        ),
        (&receiver, Act::Distribute { unit }),
        (&department, Act::UnitReceive),
        (&department, Act::Designate { handler: official }),
        (
            &handler,
            Act::AskSupplement {
                what: Raw::text("위치를 알려 주십시오."),
                until: date(2026, 11, 30),
            },
        ),
    ] {
        city.app
            .act(who, id, act, &Default::default())
            .await
            .expect("done");
    }
    let page = browser.go(&way).await;
    page.says("보완해 주시기 바랍니다").says("위치를 알려 주십시오.");
    let page = browser.go(&format!("{way}/supplement-time")).await;
    let page = browser
        .submits(
            &page,
            &format!("{way}/supplement-time"),
            &[("until", "2026-12-04")],
        )
        .await;
    page.says("보완 기한을 연장하였습니다");
    let page = browser.go(&format!("{way}/supplement")).await;
    page.says("1번 더");
    let mut away = Browser::new(&city);
    away.cookies = browser.cookies.clone();
    city.it_is(date(2026, 11, 23).at(13, 0, 0, 0));
    let late = away
        .submits(
            &page,
            &format!("{way}/supplement"),
            &[("text", "한빛로 12 앞입니다.")],
        )
        .await;
    assert_eq!(late.status, StatusCode::FORBIDDEN, "the session has ended");
    late.says("쓰신 글을 복사해 두신 뒤").says("한빛로 12 앞입니다.");
    browser.signs_in(&city, "010-1234-5678").await;
    let page = browser.go(&format!("{way}/supplement")).await;
    let empty = browser
        .submits(&page, &format!("{way}/supplement"), &[("text", " ")])
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = browser
        .submits(
            &page,
            &format!("{way}/supplement"),
            &[("text", "한빛로 12 앞입니다.")],
        )
        .await;
    page.says("보완을 보내셨습니다").says("한빛로 12 앞입니다.");
    browser
        .go(&format!("{way}/due"))
        .await
        .says("7일")
        .says("민원 처리에 관한 법률 제19조제2항");

    let extend = |n| Act::Extend {
        n,
        ground: Cause::FactFinding,
        reason: Raw::text("현장을 확인합니다."),
    };
    city.app
        .act(&handler, id, extend(2), &Default::default())
        .await
        .expect("extended");
    city.app
        .act(&handler, id, extend(1), &Default::default())
        .await
        .expect("proposed");
    let page = browser.go(&format!("{way}/consent")).await;
    page.says("현장을 확인합니다.");
    let page = browser
        .submits(&page, &format!("{way}/consent"), &[("agree", "yes")])
        .await;
    page.says("연장에 동의하셨습니다");

    assert_eq!(
        browser.go(&format!("{way}/papers/result")).await.status,
        StatusCode::NOT_FOUND,
        "no answer yet"
    );
    let answer = Answer {
        outcome: Outcome::Answered,
        body: Raw::text("1. 고쳤습니다."),
        reasons: None,
        remedies: None,
        openness: Openness::Public,
        exception: None,
    };
    let head = city.official("road.facilities.head");
    let line = vec![domain::event::Signer {
        official: city.official_id("road.facilities.head"),
        mark: domain::terms::Mark::Delegated,
    }];
    for (who, act) in [
        (&handler, Act::Draft(answer)),
        (&handler, Act::SendUp { line }),
        (
            &head,
            Act::Sign {
                comment: Some(Raw::text("내부 의견")),
            },
        ),
    ] {
        city.app
            .act(who, id, act, &Default::default())
            .await
            .expect("done");
        let page = browser.go(&way).await;
        assert!(
            !page.text.contains("고쳤습니다") && !page.text.contains("내부 의견"),
            "a draft was shown"
        );
    }
    city.app
        .act(&handler, id, Act::Answer, &Default::default())
        .await
        .expect("sent");
    browser.go(&way).await.says("1. 고쳤습니다.");
    let read = city
        .app
        .places
        .live
        .head(id)
        .await
        .expect("read")
        .expect("there")
        .petition;
    assert!(
        read.end.expect("ended").read_at.is_some(),
        "reading the answer is written down"
    );
    for paper in ["filing", "receipt", "result"] {
        let seen = browser.go(&format!("{way}/papers/{paper}")).await;
        assert_eq!(seen.status, StatusCode::OK, "{paper}");
        assert!(seen.bytes.starts_with(b"%PDF-"), "{paper}");
        assert_eq!(seen.headers["x-content-type-options"], "nosniff");
        assert!(
            seen.headers[header::CONTENT_DISPOSITION]
                .to_str()
                .expect("ASCII")
                .starts_with("attachment")
        );
    }
    let page = browser.go(&format!("{way}/rating")).await;
    let rated = browser
        .submits(
            &page,
            &format!("{way}/rating"),
            &[("score", "5"), ("comment", "감사합니다.")],
        )
        .await;
    rated.says("만족도 5점").says("감사합니다.");
    let again = browser
        .submits(
            &page,
            &format!("{way}/rating"),
            &[("score", "5"), ("comment", "감사합니다.")],
        )
        .await;
    assert_eq!(
        again.status,
        StatusCode::OK,
        "the same form sent twice is done once"
    );
    let other = browser
        .sends(
            &page,
            &format!("{way}/rating"),
            &[("score", "1"), ("once", "another")],
        )
        .await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    other
        .says("이미 평가하였습니다")
        .says("민원 처리에 관한 법률 제42조");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_taken_by_their_content_and_come_back_as_they_were() {
    let city = city().await;
    let mut browser = Browser::new(&city);
    browser.signs_in(&city, "010-1234-5678").await;
    let content = browser.go("/file/new/content").await;
    let upload = |csrf: &str, name: &str, file: &[u8]| {
        let mut body = Vec::new();
        for (field, value) in [
            ("csrf", csrf),
            ("title", "제목"),
            ("body", "내용"),
            ("public", "no"),
            ("go", "next"),
        ] {
            let part = format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let part =
            format!("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--x--\r\n");
        body
    };
    let csrf = content
        .hidden("/file/new/content")
        .into_iter()
        .find(|(k, _)| k == "csrf")
        .expect("a token")
        .1;
    let kind = "multipart/form-data; boundary=x";
    let seen = browser
        .post(
            "/file/new/content",
            kind,
            upload(&csrf, "거짓.pdf", b"MZ program\0"),
        )
        .await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    seen.says("거짓.pdf — 이름은 .pdf인데 내용은 실행 파일입니다.");
    let pdf = b"%PDF-1.7 small";
    let seen = browser
        .post("/file/new/content", kind, upload(&csrf, "../현장 사진.pdf", pdf))
        .await;
    let contact = browser.follow(seen).await;
    let way = contact.path.clone();
    let preview = browser
        .submits(&contact, &way, &[("name", "김하늘"), ("go", "next")])
        .await;
    preview.says("현장 사진.pdf");
    let way = preview.path.clone();
    let filed = browser.submits(&preview, &way, &[]).await;
    let number = filed.path.rsplit('/').next().expect("a number").to_owned();
    let page = browser.go(&format!("/my/{number}")).await;
    let link = page.link("/files/");
    let file = browser.go(&format!("/my/{number}/files/{link}")).await;
    assert_eq!(file.bytes, pdf);
    assert_eq!(file.headers[header::CONTENT_TYPE], "application/pdf");
    assert!(
        file.headers[header::CONTENT_DISPOSITION]
            .to_str()
            .expect("ASCII")
            .contains("%ED%98%84%EC%9E%A5")
    );
    let mut stranger = Browser::new(&city);
    stranger.signs_in(&city, "010-9999-0000").await;
    for path in ["", "/due", "/files/x", "/papers/filing", "/withdraw"] {
        let seen = stranger.go(&format!("/my/{number}{path}")).await;
        assert_eq!(
            seen.status,
            StatusCode::NOT_FOUND,
            "what one may not see does not exist: {path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_changes_the_cookie_and_takes_the_drafts_along() {
    let city = city().await;
    let mut browser = Browser::new(&city);
    let start = browser.go("/file").await;
    let content = browser.submits(&start, "/file", &[("kind", "free")]).await;
    browser
        .submits(
            &content,
            "/file/new/content",
            &[
                ("title", "가로등"),
                ("body", ""),
                ("public", "no"),
                ("go", "save"),
            ],
        )
        .await
        .says("임시저장하였습니다")
        .says("가로등");
    let before = browser.cookies["minwon"].clone();
    browser.signs_in(&city, "010-1234-5678").await;
    let signed = browser.cookies["minwon"].clone();
    assert_ne!(before, signed);
    browser.go("/drafts").await.says("가로등");
    let home = browser.go("/").await;
    let out = browser.submits(&home, "/sign-out", &[]).await;
    assert_eq!(out.status, StatusCode::OK);
    assert_ne!(browser.cookies["minwon"], signed);
    browser.cookies.insert("minwon".into(), signed);
    assert_eq!(
        browser.go("/my").await.path.split('?').next(),
        Some("/sign-in"),
        "an ended session is ended"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_and_a_code_open_one_petition_and_a_wrong_number_tells_nothing() {
    let city = city().await;
    let mut browser = Browser::new(&city);
    let (_, number) = files(&mut browser, &city, "가로등").await;
    let mut other = Browser::new(&city);
    let page = other.go("/look-up").await;
    let unknown = other
        .submits(&page, "/look-up", &[("number", "20260101-00000-00000")])
        .await;
    let known = other
        .submits(&page, "/look-up", &[("number", &number.to_lowercase())])
        .await;
    assert_eq!(known.status, StatusCode::OK);
    if unknown.status == StatusCode::OK {
        assert_eq!(unknown.words(), known.words(), "whether it exists is not told");
    }
    let wrong = other
        .submits(&known, "/look-up/code", &[("code", "000000")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = city.last_code();
    let seen = other.submits(&wrong, "/look-up/code", &[("code", &code)]).await;
    assert_eq!(
        (seen.status, seen.path),
        (StatusCode::OK, format!("/my/{number}"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn anyone_may_check_a_paper_search_and_read_in_two_languages() {
    let city = city().await;
    let mut browser = Browser::new(&city);
    let home = browser.go("/").await;
    for (words, expected) in [
        ("가로등이 꺼졌어요", "가로등·보안등 고장 신고"),
        ("길에 있는 가로등이 고장났습니다", "가로등·보안등 고장 신고"),
        ("요양보호사", "요양보호사 자격증 재발급"),
        ("우주선ㅋㅋ", "찾지 못하였습니다"),
    ] {
        browser
            .submits(&home, "/services", &[("q", words)])
            .await
            .says(expected);
    }
    browser
        .go("/services/S001")
        .await
        .says("장례지도사 자격증 재발급");
    let list = browser.go("/services").await;
    let older = list.link("/services?older=");
    browser
        .go(&format!("/services?older={older}"))
        .await
        .says("더 최근 것");
    for path in [
        "/privacy",
        "/accessibility",
        "/verify",
        "/roots",
        "/demo/mail",
        "/look-up",
        "/sign-in",
        "/file",
        "/drafts",
    ] {
        for lang in ["ko", "en"] {
            browser.lang = lang;
            assert_eq!(browser.go(path).await.status, StatusCode::OK, "{path} {lang}");
        }
    }
    browser.lang = "ko";
    let (_, number) = files(&mut browser, &city, "가로등").await;
    let id = id_of(&city, &number).await;
    let journal = city.app.places.live.journal(id).await.expect("read");
    let keys = city.app.places.live.keys();
    let statement = crypto::attestation::Attestation {
        petition: id,
        seq: 1,
        event: journal[0].hash,
        commitment: domain::text::Commitment([1; 32]),
        recorded_at: journal[0].recorded.recorded_at,
    };
    let text = statement.to_text(&statement.sign(&keys.signer));
    let page = browser.go("/verify").await;
    let check = |words: String, expected: &'static str| (words, expected);
    let mut altered = text.clone();
    altered.replace_range(40..41, if &text[40..41] == "A" { "B" } else { "A" });
    for (words, expected) in [
        check(text.clone(), "저희가 드린 증명문이 맞습니다"),
        check(
            format!(" {}\n{} ", &text[..50], &text[50..]),
            "저희가 드린 증명문이 맞습니다",
        ),
        check(altered, "저희가 드린 증명문이 아닙니다"),
        check("MW1".into(), "읽지 못하였습니다"),
    ] {
        browser
            .submits(&page, "/verify", &[("statement", &words)])
            .await
            .says(expected);
    }
    city.app.places.live.seal(city.app.now()).await.expect("sealed");
    city.app
        .places
        .live
        .draw_root(city.app.now())
        .await
        .expect("drawn");
    browser
        .submits(&page, "/verify", &[("statement", &text)])
        .await
        .says("1번 뿌리값");
    browser.go("/roots").await.says("1번");
    // Both files are kept, and hold without us.
    let roots = browser.go("/roots/minwon-roots.txt").await;
    let kept = crypto::proof::RootsFile::parse(&roots.text).expect("a roots file");
    assert_eq!(kept.check(), Ok(1));
    let proof = browser
        .sends(&page, "/verify/proof", &[("statement", &text)])
        .await;
    let receipt = crypto::proof::Receipt::parse(&proof.text)
        .unwrap_or_else(|doubt| panic!("{doubt}: {}", proof.words()));
    assert_eq!(receipt.check(&kept), Ok(true));
    let disposition = proof.headers.get("content-disposition").expect("a file to keep");
    assert!(disposition.to_str().expect("ASCII").starts_with("attachment"));
    for nothing in ["MW1", "", &text[..60]] {
        let none = browser
            .sends(&page, "/verify/proof", &[("statement", nothing)])
            .await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "{nothing}");
    }
    let health = browser.go("/health").await;
    assert_eq!(
        (health.status, health.text.as_str()),
        (StatusCode::OK, r#"{"status":"ok"}"#)
    );
}

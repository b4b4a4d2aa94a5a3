//! 잘못 보낸 것 — empty, enormous, hostile, forged, doubled, a full disk: a clear page in the reader's language, and nothing lost.

use crate::visitor::{Browser, unescape};
use axum::http::{StatusCode, header};
use jiff::civil::date;
use testkit::city::{City, On};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_wrong_meets_a_clear_page_and_nothing_is_lost() {
    let city = City::new(On::Sqlite, date(2026, 11, 23).at(10, 0, 0, 0)).await;
    let mut browser = Browser::new(&city);
    let start = browser.go("/file").await;
    let content = browser.submits(&start, "/file", &[("kind", "free")]).await;
    let csrf = content
        .hidden("/file/new/content")
        .into_iter()
        .find(|(k, _)| k == "csrf")
        .expect("a token")
        .1;
    let long = "가\n".repeat(2_500);
    for (name, title, body, status, words) in [
        ("empty", "", "", 422, "입력해 주시기 바랍니다"),
        ("too long", &*"가".repeat(5_001), "나", 422, "5000자까지"),
        (
            "hostile",
            "<script>alert(1)</script>",
            "\u{202E}뒤집기",
            422,
            "<script>alert(1)</script>",
        ),
        ("NUL", "가\0나", "다", 422, "보이지 않는 문자"),
        ("several lines", &*long, "나", 303, ""),
    ] {
        let fields = [("title", title), ("body", body), ("public", "no"), ("go", "next")];
        let seen = browser.sends(&content, "/file/new/content", &fields).await;
        assert_eq!(seen.status.as_u16(), status, "{name}");
        assert!(!seen.text.contains("<script>alert"), "{name}");
        if !words.is_empty() {
            assert!(unescape(&seen.text).contains(words), "{name}: {}", seen.words());
        }
    }
    let form = "application/x-www-form-urlencoded";
    for (name, to, kind, body, status) in [
        ("no token", "/services", form, b"q=a".to_vec(), 403),
        (
            "another's token",
            "/services",
            form,
            format!("csrf={}&q=a", "0".repeat(64)).into_bytes(),
            403,
        ),
        (
            "EUC-KR",
            "/services",
            form,
            format!("csrf={csrf}&q=%B0%A1").into_bytes(),
            400,
        ),
        ("enormous", "/services", form, vec![b'a'; 2 << 20], 413),
        (
            "not a form with files",
            "/file/new/content",
            form,
            b"title=a".to_vec(),
            400,
        ),
        (
            "cut off",
            "/file/new/content",
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-".to_vec(),
            400,
        ),
        (
            "forged draft",
            &format!("/file/{}/preview", "ab".repeat(16)),
            form,
            format!("csrf={csrf}").into_bytes(),
            303,
        ),
        (
            "no such draft",
            "/file/zz/contact",
            form,
            format!("csrf={csrf}&name=a&reach=phone&phone=0212345678").into_bytes(),
            404,
        ),
        (
            "no such step",
            &format!("/file/{}/x", "ab".repeat(16)),
            form,
            Vec::new(),
            404,
        ),
        ("no such method", "/my", form, Vec::new(), 405),
    ] {
        let seen = browser.post(to, kind, body).await;
        assert_eq!(seen.status.as_u16(), status, "{name}: {}", seen.words());
        assert!(status == 303 || seen.text.contains("<h1>"), "{name}: a page");
    }
    for (path, status) in [
        ("/my", 200),
        ("/my/20260101-AAAAA-AAAAA", 200),
        ("/nowhere", 404),
        ("/services/zz%00", 404),
        ("/services?older=%FF", 200),
        ("/services?older=zzzz", 200),
        (&*format!("/file/{}/content", "cd".repeat(16)), 404),
    ] {
        let seen = browser.go(path).await;
        assert_eq!(seen.status.as_u16(), status, "{path}: {}", seen.words());
    }
    // The drafts kept on the way are the visitor's own.
    let drafts = browser.go("/drafts").await;
    drafts.says("임시저장한 글");
    let mut stranger = Browser::new(&city);
    stranger.go("/drafts").await.says("임시저장한 글이 없습니다");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_loses_nothing_of_what_was_written() {
    let city = City::with_room_for(540, date(2026, 11, 23).at(10, 0, 0, 0)).await;
    let mut browser = Browser::new(&city);
    let start = browser.go("/file").await;
    let content = browser.submits(&start, "/file", &[("kind", "free")]).await;
    let long = format!("밤길이 어둡습니다. {}", "가".repeat(40_000));
    let fields = [
        ("title", "가로등이 꺼져 있습니다"),
        ("body", long.as_str()),
        ("public", "no"),
        ("go", "next"),
    ];
    let mut last = browser.sends(&content, "/file/new/content", &fields).await;
    for _ in 0..60 {
        if last.status != StatusCode::SEE_OTHER {
            break;
        }
        last = browser.sends(&content, "/file/new/content", &fields).await;
    }
    assert_eq!(last.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(last.headers.contains_key(header::RETRY_AFTER));
    last.says("쓰신 글은 이 화면에 그대로 있습니다")
        .says("가로등이 꺼져 있습니다")
        .says(&long);
    assert_eq!(
        browser.go("/health").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    browser.go("/").await.says("무엇을 찾으십니까?");
    let code = browser.go("/sign-in").await;
    let code = browser
        .submits(
            &code,
            "/sign-in",
            &[("reach", "phone"), ("phone", "010-1234-5678")],
        )
        .await;
    assert!(matches!(code.status.as_u16(), 200 | 503), "{}", code.words());
}

//! 관문 시험 — bad requests meet a clear page in their language, and no door opens without the right token.

use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    extract::{DefaultBodyLimit, Multipart, State},
    http::{HeaderMap, Request, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::time::At;
use ports::{Chance, Clock, Ids};
use std::sync::Arc;
use tower::ServiceExt;
use uuid::Uuid;
use web::{
    assets,
    form::{self, Field, Files, Shape},
    lang,
    render::Pages,
    route::at,
    security::{FORM_BYTES, Fault, Gate, Session, Visit, guard},
    view::Face,
};

struct Frozen;
impl Clock for Frozen {
    fn now(&self) -> At {
        At(1_531_753_200_000)
    }
}
impl Ids for Frozen {
    fn next(&self, _: At) -> Uuid {
        Uuid::from_u128(0x0123_4567_89ab_cdef)
    }
}
impl Chance for Frozen {
    fn fill(&self, out: &mut [u8]) {
        out.fill(7);
    }
}

fn gate(https: bool) -> Gate {
    Gate {
        face: Face::Citizen,
        https,
        demo: false,
        // Good enough to tell sessions apart; the real one is an HMAC.
        mac: Arc::new(|bytes| {
            let step = |a: u32, b: &u8| a.wrapping_mul(16_777_619) ^ u32::from(*b);
            std::array::from_fn(|i| (bytes.iter().fold(i as u32, step) >> 16) as u8)
        }),
        clock: Arc::new(Frozen),
        ids: Arc::new(Frozen),
        chance: Arc::new(Frozen),
        pages: Arc::new(Pages::new().expect("pages")),
        letterhead: Arc::new(|_| ("한빛시".into(), "02-120".into())),
        patience: web::security::PATIENCE,
    }
}

const FIELDS: &[Field] = &[Field {
    name: "title",
    label: "title",
    max: 20,
    shape: Shape::NeededLine,
}];
const FILES: Files = Files {
    name: "files",
    count: 2,
    each: 10,
    all: 15,
    take: None,
};

async fn say(
    State(gate): State<Gate>,
    Extension(visit): Extension<Visit>,
    body: axum::body::Bytes,
) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, FIELDS)?;
    gate.admit(&visit.session, &read.csrf)?;
    Ok(format!(
        "{:?}",
        read.filled
            .errors
            .iter()
            .map(|e| &e.message.key)
            .collect::<Vec<_>>()
    )
    .into_response())
}

async fn send(
    State(gate): State<Gate>,
    Extension(visit): Extension<Visit>,
    parts: Multipart,
) -> Result<Response, Fault> {
    let read = form::multipart(parts, FIELDS, FILES).await?;
    gate.admit(&visit.session, &read.csrf)?;
    let faults: Vec<_> = read
        .filled
        .errors
        .iter()
        .map(|e| e.message.key.as_str())
        .collect();
    Ok(format!(
        "{faults:?} {}",
        read.files
            .iter()
            .map(|f| f.name.as_str())
            .collect::<Vec<_>>()
            .join("|")
    )
    .into_response())
}

fn house(gate: Gate) -> Router {
    Router::new()
        .route("/say", post(say))
        .route("/send", post(send))
        .route("/panic", get(async || -> &'static str { panic!("a secret") }))
        .route("/busy", get(async || Fault::of(StatusCode::SERVICE_UNAVAILABLE)))
        .route(at::Language, get(lang::switch))
        .route("/assets/{hash}/{*path}", get(assets::serve))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(axum::middleware::from_fn_with_state(gate.clone(), guard))
        .with_state(gate)
}

async fn ask(gate: &Gate, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let response = house(gate.clone()).oneshot(request).await.expect("infallible");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 4 << 20).await.expect("body");
    (
        parts.status,
        parts.headers,
        String::from_utf8_lossy(&bytes).into_owned(),
    )
}

fn token() -> Session {
    Session("ab".repeat(32))
}

fn posting(to: &str, body: impl Into<Body>) -> axum::http::request::Builder {
    let _: Body = body.into();
    Request::post(to)
        .header(header::COOKIE, format!("minwon={}", token().0))
        .header(header::HOST, "city.example")
}

#[tokio::test]
async fn a_form_opens_the_door_with_its_own_session_only() {
    let gate = gate(false);
    let own = gate.csrf(&token());
    let other = gate.csrf(&Session("cd".repeat(32)));
    assert_ne!(own, other);
    for (csrf, expected) in [
        (own.as_str(), 200),
        (other.as_str(), 403),
        ("", 403),
        (&own[..63], 403),
    ] {
        let body = format!("csrf={csrf}&title=a");
        let (status, _, _) = ask(&gate, posting("/say", "").body(body.into()).expect("request")).await;
        assert_eq!(status.as_u16(), expected, "{csrf}");
    }
    for (name, value, expected) in [
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("sec-fetch-site", "same-origin", 200),
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("origin", "https://city.example", 200),
    ] {
        let body = format!("csrf={own}&title=a");
        let (status, _, _) = ask(
            &gate,
            posting("/say", "")
                .header(name, value)
                .body(body.into())
                .expect("request"),
        )
        .await;
        assert_eq!(status.as_u16(), expected, "{name}: {value}");
    }
}

#[tokio::test]
async fn faults_are_told_in_the_readers_language_and_tell_nothing_else() {
    let gate = gate(false);
    let get = |path: &str, lang: &str| {
        Request::get(path)
            .header(header::ACCEPT_LANGUAGE, lang)
            .body(Body::empty())
            .expect("request")
    };
    for (path, status, ko, en) in [
        (
            "/nowhere",
            404,
            "찾으시는 화면이 없습니다",
            "There is no such page",
        ),
        (
            "/say",
            405,
            "이 주소로는 할 수 없는 요청입니다",
            "This cannot be done at this address",
        ),
        (
            "/panic",
            500,
            "화면을 보여 드리지 못하였습니다",
            "We could not show this page",
        ),
        (
            "/busy",
            503,
            "지금은 이용이 어렵습니다",
            "not available right now",
        ),
    ] {
        for (lang, words) in [("ko", ko), ("en", en)] {
            let (got, headers, html) = ask(&gate, get(path, lang)).await;
            assert_eq!(got.as_u16(), status, "{path}");
            assert!(html.contains(words), "{path} {lang}: {html}");
            assert!(!html.contains("secret"));
            assert_eq!(headers.contains_key(header::RETRY_AFTER), status == 503);
            assert!(!headers.contains_key("x-minwon-fault"));
        }
    }
    let own = gate.csrf(&token());
    for (body, status, words) in [
        (format!("csrf={own}&title=%B0%A1"), 400, "UTF-8"),
        (
            format!("csrf={own}&title={}", "a".repeat(FORM_BYTES)),
            413,
            "너무 큽니다",
        ),
    ] {
        let (got, _, html) = ask(&gate, posting("/say", "").body(body.into()).expect("request")).await;
        assert_eq!(got.as_u16(), status);
        assert!(html.contains(words), "{html}");
    }
    // A body of another kind than the form's.
    let (got, _, _) = ask(
        &gate,
        posting("/send", "")
            .header(header::CONTENT_TYPE, "text/plain")
            .body("x".into())
            .expect("request"),
    )
    .await;
    assert_eq!(got.as_u16(), 400);
}

#[tokio::test]
async fn files_are_read_to_their_limits() {
    let gate = gate(false);
    let own = gate.csrf(&token());
    let part = |name: &str, file: &str, content: &str| {
        format!(
            "--X\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n{content}\r\n"
        )
    };
    let text = |name: &str, value: &str| {
        format!("--X\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    for (files, expected) in [
        (part("files", "", ""), "[] "),
        (part("files", "../etc/사진.jpg", "12345"), "[] 사진.jpg"),
        (part("files", "a", "12345678901"), r#"["error-file-large"] "#),
        (part("files", "a", ""), r#"["error-file-empty"] "#),
        (
            part("files", "a", "1234567890") + &part("files", "b", "123456"),
            r#"["error-files-large"] a"#,
        ),
        (
            part("files", "a", "1") + &part("files", "b", "1") + &part("files", "c", "1"),
            r#"["error-files-many"] a|b"#,
        ),
        (part("other", "a", "1"), r#"["error-unknown-field"] "#),
        (text("title", "again"), r#"["error-twice"] "#),
    ] {
        let body = text("csrf", &own) + &text("title", "a") + &files + "--X--\r\n";
        let request = posting("/send", "")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X")
            .body(body.into());
        let (status, _, said) = ask(&gate, request.expect("request")).await;
        assert_eq!((status.as_u16(), said.as_str()), (200, expected));
    }
    let cut = text("csrf", &own) + "--X\r\ncontent-disp";
    let request = posting("/send", "")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X")
        .body(cut.into());
    assert_eq!(ask(&gate, request.expect("request")).await.0.as_u16(), 400);
}

#[tokio::test]
async fn every_answer_is_sealed_and_a_first_visit_gets_a_session() {
    for https in [false, true] {
        let gate = gate(https);
        let (_, headers, _) = ask(
            &gate,
            Request::get("/nowhere").body(Body::empty()).expect("request"),
        )
        .await;
        let cookie = headers[header::SET_COOKIE].to_str().expect("text");
        assert!(cookie.contains("HttpOnly; SameSite=Lax"));
        assert_eq!(cookie.starts_with("__Host-minwon="), https);
        assert_eq!(cookie.ends_with("; Secure"), https);
        assert_eq!(headers.contains_key("strict-transport-security"), https);
        assert_eq!(headers["content-security-policy"], web::POLICY);
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(headers["x-content-type-options"], "nosniff");
    }
    let gate = gate(false);
    let known = Request::get("/nowhere").header(header::COOKIE, format!("minwon={}", token().0));
    let (_, headers, _) = ask(&gate, known.body(Body::empty()).expect("request")).await;
    assert!(!headers.contains_key(header::SET_COOKIE), "a known session stays");
    let forged = Request::get("/nowhere").header(header::COOKIE, "minwon=<script>");
    let (_, headers, _) = ask(&gate, forged.body(Body::empty()).expect("request")).await;
    assert!(
        headers.contains_key(header::SET_COOKIE),
        "what is no token is replaced"
    );
    let css = assets::address("app.css").expect("there");
    let (_, headers, _) = ask(&gate, Request::get(css).body(Body::empty()).expect("request")).await;
    assert_eq!(
        headers[header::CACHE_CONTROL],
        "public, max-age=31536000, immutable"
    );
    assert!(
        !headers.contains_key(header::SET_COOKIE),
        "what is cached for everybody carries no session"
    );
}

#[tokio::test]
async fn switching_the_language_stays_in_the_house() {
    let gate = gate(false);
    for (back, to) in [("/my", "/my"), ("//evil.example", "/"), ("", "/")] {
        let path = format!("/language?to=en&back={back}");
        let (status, headers, _) = ask(&gate, Request::get(path).body(Body::empty()).expect("request")).await;
        assert_eq!(status.as_u16(), 303);
        assert_eq!(headers[header::LOCATION], to);
        assert!(
            headers
                .get_all(header::SET_COOKIE)
                .iter()
                .any(|v| v.to_str().is_ok_and(|v| v.starts_with("lang=en;")))
        );
    }
}

#[tokio::test]
async fn what_does_not_end_in_time_gets_a_page_that_says_so() {
    let hurried = Gate {
        patience: std::time::Duration::from_millis(1),
        ..gate(false)
    };
    let never = Router::new()
        .route("/never", get(async || std::future::pending::<Response>().await))
        .layer(axum::middleware::from_fn_with_state(hurried, guard));
    let request = Request::get("/never").body(Body::empty()).expect("a request");
    let response = never.oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["retry-after"], "30");
    assert_eq!(response.headers()["connection"], "close");
    let page = to_bytes(response.into_body(), 1 << 20).await.expect("a page");
    let page = String::from_utf8_lossy(&page);
    assert!(page.contains("요청이 제때 끝나지 않아"), "{page}");
}

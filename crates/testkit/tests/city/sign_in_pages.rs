//! 로그인의 화면 — the door step by step by plain HTTP, a planted cookie, the account page, 다시 확인, and the administrator's buttons.

use crate::sign_in::with_rules;
use crate::visitor::Browser;
use axum::http::{StatusCode, header};
use domain::account::SignInRules;
use jiff::civil::date;
use testkit::city::{City, On, PASSWORD};

async fn city() -> City {
    City::new(On::Sqlite, date(2026, 6, 15).at(10, 0, 0, 0)).await
}

async fn official(city: &City, login: &str) -> Browser {
    let mut browser = Browser::new(city);
    let page = browser.go("/desk/sign-in").await;
    let fields = [("login", login), ("password", PASSWORD)];
    let work = browser.submits(&page, "/desk/sign-in", &fields).await;
    assert_eq!(work.status, StatusCode::OK, "{login}");
    browser
}

/// The number of the secret a page shows.
fn code_of(city: &City, page: &crate::visitor::Seen) -> String {
    let secret: String = page
        .text
        .split("secret\">")
        .nth(1)
        .expect("a secret")
        .split('<')
        .next()
        .expect("letters")
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let mut bits = String::new();
    for letter in secret.bytes() {
        let value = if letter.is_ascii_uppercase() {
            letter - b'A'
        } else {
            letter - b'2' + 26
        };
        bits += &format!("{value:05b}");
    }
    let bytes: Vec<u8> = (0..bits.len() / 8)
        .map(|n| u8::from_str_radix(&bits[n * 8..n * 8 + 8], 2).expect("bits"))
        .collect();
    crypto::totp::code(
        &bytes,
        u64::try_from(city.app.now().0 / crypto::totp::STEP).expect("after 1970"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planted_cookie_is_worth_nothing_after_the_log_in() {
    let city = city().await;
    let planted = "a1".repeat(32);
    let mut victim = Browser::new(&city);
    victim.cookies.insert("minwon-desk".into(), planted.clone());
    let page = victim.go("/desk/sign-in").await;
    let fields = [("login", "receiver1"), ("password", PASSWORD)];
    victim.submits(&page, "/desk/sign-in", &fields).await;
    assert_ne!(victim.cookies["minwon-desk"], planted);
    let mut thief = Browser::new(&city);
    thief.cookies.insert("minwon-desk".into(), planted.clone());
    assert!(
        thief.go("/desk").await.path.starts_with("/desk/sign-in"),
        "the planted cookie opens nothing"
    );
    // Logged in already, and planted anew: the other session does not become the thief's.
    let (mine, work) = (victim.cookies["minwon-desk"].clone(), victim.go("/desk").await);
    assert_eq!(work.status, StatusCode::OK);
    let out = victim.submits(&work, "/desk/sign-out", &[]).await;
    assert_eq!(out.status, StatusCode::OK);
    thief.cookies.insert("minwon-desk".into(), mine);
    assert!(
        thief.go("/desk").await.path.starts_with("/desk/sign-in"),
        "ended is ended"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door_is_walked_step_by_step_and_no_step_is_left_out() {
    let city = city().await;
    with_rules(&city, SignInRules::default()).await;
    let mut browser = Browser::new(&city);
    let page = browser.go("/desk/sign-in?back=%2Fdesk%2Fpeople").await;
    let fields = [("login", "receiver1"), ("password", PASSWORD)];
    let enrol = browser.submits(&page, "/desk/sign-in", &fields).await;
    assert!(enrol.path.starts_with("/desk/sign-in/enrol"), "{}", enrol.path);
    enrol.says("맡으신 역할은 2단계 인증이 필요합니다.");
    let half = browser.cookies["minwon-desk"].clone();
    for way in [
        "/desk",
        "/desk/people",
        "/desk/account",
        "/desk/account/password",
        "/desk/sign-in/factor",
    ] {
        let seen = browser.go(way).await;
        assert!(seen.path.starts_with("/desk/sign-in"), "{way} → {}", seen.path);
    }
    let wrong = browser
        .submits(&enrol, "/desk/sign-in/enrol", &[("code", "123")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("인증번호가 맞지 않습니다.");
    let code = code_of(&city, &wrong);
    let codes = browser
        .submits(&wrong, "/desk/sign-in/enrol", &[("code", &code)])
        .await;
    codes.says("복구 코드").says("보관하였습니다");
    assert_ne!(browser.cookies["minwon-desk"], half, "another cookie");
    assert!(
        codes.text.contains("href=\"/desk/people\"")
            || codes.text.contains("href=\"&#x2f;desk&#x2f;people\"")
    );
    assert_eq!(browser.go("/desk/people").await.path, "/desk/people");
    // The next time the number is asked for.
    let mut again = Browser::new(&city);
    let page = again.go("/desk/sign-in").await;
    let factor = again.submits(&page, "/desk/sign-in", &fields).await;
    factor.says("2단계 인증").says("6자리 번호");
    let used = again
        .submits(&factor, "/desk/sign-in/factor", &[("code", &code)])
        .await;
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY);
    used.says("이미 사용한 번호입니다");
    assert!(!used.text.contains(&code), "a number is not shown again");
    let recovery = codes
        .text
        .split("<code class=\"n\">")
        .nth(1)
        .expect("a code")
        .split('<')
        .next()
        .expect("letters")
        .to_owned();
    let work = again
        .submits(&used, "/desk/sign-in/factor", &[("code", &recovery)])
        .await;
    assert_eq!((work.status, work.path.as_str()), (StatusCode::OK, "/desk"));
    let account = again.go("/desk/account").await;
    account
        .says("남은 복구 코드: 9개")
        .says("현재 접속")
        .says("그 밖의 기기");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_changed_by_who_confirms_and_sessions_are_ended_by_a_button() {
    let city = city().await;
    let mut mine = official(&city, "road.facilities.1").await;
    let mut other = official(&city, "road.facilities.1").await;
    let page = mine.go("/desk/account").await;
    page.says("로그인 보안")
        .says("등록된 패스키가 없습니다.")
        .says("다른 접속 모두 끊기");
    city.it_is(date(2026, 6, 15).at(10, 11, 0, 0));
    let confirm = mine.go("/desk/account/authenticator").await;
    assert!(
        confirm.path.starts_with("/desk/account/confirm?back="),
        "{}",
        confirm.path
    );
    let wrong = mine
        .submits(&confirm, "/desk/account/confirm", &[("password", "틀림")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("비밀번호나 인증번호가 맞지 않습니다.");
    let enrol = mine
        .submits(&wrong, "/desk/account/confirm", &[("password", PASSWORD)])
        .await;
    assert_eq!(
        enrol.path, "/desk/account/authenticator",
        "back to where it was wanted"
    );
    let code = code_of(&city, &enrol);
    mine.submits(&enrol, "/desk/account/authenticator", &[("code", &code)])
        .await
        .says("복구 코드");
    assert!(
        other.go("/desk").await.path.starts_with("/desk/sign-in"),
        "the other session ended"
    );
    let page = mine.go("/desk/account").await;
    page.says("인증 앱 다시 등록").says("남은 복구 코드: 10개");
    // The password, by oneself.
    let page = mine.go("/desk/account/password").await;
    let differs = [
        ("old", PASSWORD),
        ("password", "나만 아는 긴 문장"),
        ("again", "나만 아는 긴 문장!"),
    ];
    let seen = mine.submits(&page, "/desk/account/password", &differs).await;
    seen.says("새 비밀번호와 서로 다릅니다.");
    let common = [
        ("old", PASSWORD),
        ("password", "password1234"),
        ("again", "password1234"),
    ];
    let seen = mine.submits(&seen, "/desk/account/password", &common).await;
    seen.says("흔히 쓰는 비밀번호입니다.");
    let right = [
        ("old", PASSWORD),
        ("password", "나만 아는 긴 문장"),
        ("again", "나만 아는 긴 문장"),
    ];
    mine.submits(&seen, "/desk/account/password", &right)
        .await
        .says("비밀번호를 바꾸었습니다.");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_has_buttons_and_others_have_none() {
    let city = city().await;
    let them = city.official_id("road.facilities.1");
    let way = format!("/desk/organisation/officials/{them}");
    let mut theirs = official(&city, "road.facilities.1").await;
    let mut admin = official(&city, "admin").await;
    let page = admin.go(&way).await;
    page.says("강제 로그아웃")
        .says("열려 있는 접속: 1개")
        .says("2단계 인증이 등록되어 있지 않습니다.");
    admin
        .submits(&page, &format!("{way}/sessions"), &[])
        .await
        .says("모든 접속을 끊었습니다.");
    assert!(theirs.go("/desk").await.path.starts_with("/desk/sign-in"));
    let page = admin.go(&way).await;
    admin
        .submits(&page, &format!("{way}/factors"), &[])
        .await
        .says("2단계 인증을 초기화하였습니다.");
    admin
        .go("/desk/organisation/history")
        .await
        .says("강제 로그아웃")
        .says("2단계 인증 초기화");
    let mut stranger = official(&city, "receiver1").await;
    let own = stranger.go("/desk/account").await;
    let csrf = own
        .hidden("/desk/sign-out")
        .into_iter()
        .find(|(k, _)| k == "csrf");
    let csrf = csrf.expect("a token").1;
    for what in ["sessions", "factors"] {
        let body = format!("csrf={csrf}");
        let seen = stranger
            .post(
                &format!("{way}/{what}"),
                "application/x-www-form-urlencoded",
                body,
            )
            .await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_known_again_by_a_mark_of_its_own() {
    let city = city().await;
    let mut browser = official(&city, "receiver1").await;
    assert_eq!(browser.cookies["minwon-device"].len(), 96);
    let page = browser.go("/desk").await;
    browser.submits(&page, "/desk/sign-out", &[]).await;
    assert!(
        browser.cookies.contains_key("minwon-device"),
        "it outlives the session"
    );
    let page = browser.go("/desk/sign-in").await;
    let seen = browser
        .sends(
            &page,
            "/desk/sign-in",
            &[("login", "receiver1"), ("password", "틀림")],
        )
        .await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    let set: Vec<_> = seen.headers.get_all(header::SET_COOKIE).iter().collect();
    assert!(set.is_empty(), "a wrong password leaves no mark: {set:?}");
}

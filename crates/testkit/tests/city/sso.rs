//! 통합로그인 이야기 — officials come in through a certified provider; whatever is replayed, borrowed or forged is refused.

use crate::visitor::{Browser, Seen};
use adapters::identity::oidc::{Oidc, SsoSettings};
use adapters::secret::Secret;
use adapters::system::SystemClock;
use app::act::Call;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiff::civil::datetime;
use ports::Clock;
use ports::identity::{NotNamed, Question, SingleSignOn};
use std::sync::Arc;
use std::time::Duration;
use testkit::city::{City, PASSWORD};
use testkit::sso::{BACK, Person, Provider};

fn settings(issuer: &str) -> SsoSettings {
    serde_json::from_value(serde_json::json!({
        "issuer": issuer, "client_id": "minwon", "client_secret": "minwon secret", "name": "한빛 통합로그인",
    }))
    .expect("settings")
}

fn adapter(issuer: &str, clock: Arc<dyn Clock>) -> Arc<Oidc> {
    Arc::new(Oidc::new(settings(issuer), BACK, clock).expect("sound settings"))
}

/// The provider lives now; so does the city.
async fn with(city: City, provider: &Provider) -> City {
    city.clock.set(SystemClock.now());
    city.app.reload().await.expect("read");
    let sso = adapter(&provider.issuer, city.clock.clone());
    city.with_sso(sso)
}

async fn way(browser: &mut Browser, path: &str) -> String {
    let seen = browser.once(Request::get(path), Body::empty()).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.words());
    seen.headers[header::LOCATION].to_str().expect("ASCII").to_owned()
}

async fn signs_in(browser: &mut Browser, login: &str) -> (Seen, String) {
    browser
        .go("/desk/sign-in")
        .await
        .says("한빛 통합로그인(으)로 로그인");
    let there = way(browser, "/desk/sso?back=%2Fdesk%2Fpeople").await;
    let back = Person::default().signs_on(&there, login).await;
    (browser.go(&back).await, back)
}

fn is_refused(seen: &Seen) {
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", seen.words());
    seen.says("아이디 또는 비밀번호가 맞지 않습니다.");
}

fn question(nonce: &str) -> Question {
    Question {
        state: "state".into(),
        nonce: nonce.into(),
        verifier: "v".repeat(64),
        anew: false,
    }
}

testkit::on_both_engines! {
    async fn an_official_comes_in_and_nothing_comes_in_twice(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let provider = Provider::start(BACK, 0).await;
        let city = with(city, &provider).await;
        let mut browser = Browser::new(&city);
        let planted = browser.go("/desk/sign-in").await;
        assert_eq!(planted.status, StatusCode::OK);
        let before = browser.cookies["minwon-desk"].clone();
        let (seen, back) = signs_in(&mut browser, "receiver1").await;
        assert_eq!((seen.status, seen.path.as_str()), (StatusCode::OK, "/desk/people"), "{}", seen.words());
        assert_ne!(browser.cookies["minwon-desk"], before, "another cookie");
        browser.go("/desk/account").await.says("통합로그인");
        // The same code and state once more, by the same browser as it was: once is all.
        let mut again = Browser::new(&city);
        again.cookies.insert("minwon-desk".into(), before);
        is_refused(&again.go(&back).await);
        // Log-out ends the session here.
        let page = browser.go("/desk").await;
        browser.submits(&page, "/desk/sign-out", &[]).await;
        assert!(browser.go("/desk").await.path.starts_with("/desk/sign-in"));
    }

    async fn an_answer_to_another_browser_is_no_answer(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let provider = Provider::start(BACK, 0).await;
        let city = with(city, &provider).await;
        // A thief signs on, and makes the victim's browser open the thief's answer: nobody is logged in as the thief.
        let (mut thief, mut victim) = (Browser::new(&city), Browser::new(&city));
        thief.go("/desk/sign-in").await;
        victim.go("/desk/sign-in").await;
        let there = way(&mut thief, "/desk/sso").await;
        let back = Person::default().signs_on(&there, "receiver2").await;
        is_refused(&victim.go(&back).await);
        assert!(victim.go("/desk").await.path.starts_with("/desk/sign-in"));
        // A code of one's own under a state of another question.
        let (first, second) = (way(&mut thief, "/desk/sso").await, way(&mut thief, "/desk/sso").await);
        let one = Person::default().signs_on(&first, "receiver1").await;
        let two = Person::default().signs_on(&second, "receiver2").await;
        let part = |back: &str, name: &str| {
            let rest = back.split(&format!("{name}=")).nth(1).expect("a part").to_owned();
            rest.split('&').next().expect("a value").to_owned()
        };
        let mixed = format!("/desk/sso/back?code={}&state={}", part(&one, "code"), part(&two, "state"));
        is_refused(&thief.go(&mixed).await);
        for broken in ["/desk/sso/back", "/desk/sso/back?code=x&state=y", "/desk/sso/back?error=access_denied&state=00.00"] {
            is_refused(&thief.go(broken).await);
        }
        // Late is late.
        let there = way(&mut thief, "/desk/sso").await;
        let back = Person::default().signs_on(&there, "receiver2").await;
        city.clock.set(city.app.now().plus(11 * 60_000));
        is_refused(&thief.go(&back).await);
    }

    async fn no_account_is_made_and_an_ended_one_stays_out(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let provider = Provider::start(BACK, 0).await;
        let city = with(city, &provider).await;
        let officials = city.app.office().every_official.len();
        is_refused(&signs_in(&mut Browser::new(&city), "somebody.unknown").await.0);
        assert_eq!(city.app.office().every_official.len(), officials);
        let them = city.official_id("receiver1");
        let yesterday = city.app.office().day.yesterday().expect("a day");
        city.app.end_official(&city.official("admin"), them, yesterday, &Call::default()).await.expect("ended");
        is_refused(&signs_in(&mut Browser::new(&city), "receiver1").await.0);
    }

    async fn a_provider_that_is_away_leaves_the_password_road_open(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let provider = Provider::start(BACK, 0).await;
        let city = with(city, &provider).await;
        let port = provider.port();
        provider.end().await;
        let mut browser = Browser::new(&city);
        browser.go("/desk/sign-in").await;
        let seen = browser.go("/desk/sso").await;
        assert_eq!(seen.status, StatusCode::SERVICE_UNAVAILABLE);
        seen.says("한빛 통합로그인에 연결할 수 없습니다.");
        let fields = [("login", "receiver1"), ("password", PASSWORD)];
        let work = browser.submits(&seen, "/desk/sign-in", &fields).await;
        assert_eq!((work.status, work.path.as_str()), (StatusCode::OK, "/desk"));
        // It comes back with other keys: they are asked for.
        let provider = Provider::start(BACK, port).await;
        let (seen, _) = signs_in(&mut Browser::new(&city), "receiver2").await;
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.words());
        provider.end().await;
        let provider = Provider::start(BACK, port).await;
        city.clock.set(city.app.now().plus(61_000));
        let (seen, _) = signs_in(&mut Browser::new(&city), "receiver2").await;
        assert_eq!((seen.status, seen.path.as_str()), (StatusCode::OK, "/desk/people"), "{}", seen.words());
        drop(provider);
    }

    async fn who_they_are_is_shown_anew_by_the_provider(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let provider = Provider::start(BACK, 0).await;
        let city = with(city, &provider).await;
        let mut browser = Browser::new(&city);
        let (seen, _) = signs_in(&mut browser, "receiver1").await;
        assert_eq!(seen.status, StatusCode::OK);
        city.clock.set(city.app.now().plus(5 * 60_000));
        let fresh = async |browser: &Browser| {
            let (open, _) = city.app.official(&browser.cookies["minwon-desk"]).await.expect("read").expect("in");
            city.app.fresh(&open)
        };
        assert!(fresh(&browser).await);
        city.clock.set(SystemClock.now().plus(10 * 60_000 + 1_000));
        assert!(!fresh(&browser).await);
        let page = browser.go("/desk/account/authenticator").await;
        page.says("다시 확인").says("한빛 통합로그인(으)로 다시 확인");
        // The clock of the city runs ten minutes ahead of the provider's: what it says is too old to count.
        let there = way(&mut browser, "/desk/sso?wanted=confirm&back=%2Fdesk%2Faccount%2Fauthenticator").await;
        assert!(there.contains("prompt=login") && there.contains("max_age=0"), "{there}");
        let back = Person::default().signs_on(&there, "receiver1").await;
        is_refused(&browser.go(&back).await);
        assert!(!fresh(&browser).await);
        // Somebody else's sign-on confirms nothing either; one's own, now, does.
        city.clock.set(SystemClock.now());
        let (open, _) = city.app.official(&browser.cookies["minwon-desk"]).await.expect("read").expect("in");
        let mut aged = store::batch::Batch::new();
        aged.session_proven(&open.session.key, false, city.app.now().plus(-11 * 60_000));
        city.app.places.live.commit(aged, store::engine::Urgency::User).await.expect("aged");
        assert!(!fresh(&browser).await);
        let there = way(&mut browser, "/desk/sso?wanted=confirm&back=%2Fdesk%2Faccount%2Fauthenticator").await;
        let back = Person::default().signs_on(&there, "receiver2").await;
        is_refused(&browser.go(&back).await);
        let there = way(&mut browser, "/desk/sso?wanted=confirm&back=%2Fdesk%2Faccount%2Fauthenticator").await;
        let back = Person::default().signs_on(&there, "receiver1").await;
        let seen = browser.go(&back).await;
        assert_eq!(seen.path, "/desk/account/authenticator", "{}", seen.words());
        assert!(fresh(&browser).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_does_not_hold_is_refused() {
    let provider = Provider::start(BACK, 0).await;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let sso = adapter(&provider.issuer, clock.clone());
    // A real code, redeemed with another verifier, another nonce, by another client; then once rightly, and never again.
    let code = async |asked: &Question| {
        let there = sso.address(asked).await.expect("an address");
        let back = Person::default().signs_on(&there, "receiver1").await;
        back.split("code=")
            .nth(1)
            .and_then(|rest| rest.split('&').next())
            .expect("a code")
            .to_owned()
    };
    let refused = |named: Result<ports::identity::Named, NotNamed>| {
        assert!(matches!(named, Err(NotNamed::Refused(_))), "{named:?}");
    };
    let asked = question("nonce");
    let other = Question {
        verifier: "w".repeat(64),
        ..asked.clone()
    };
    refused(sso.redeem(&code(&asked).await, &other).await);
    refused(sso.redeem(&code(&asked).await, &question("another nonce")).await);
    let mut foreign = settings(&provider.issuer);
    foreign.client_id = "other".into();
    foreign.client_secret = Some(Secret::new("other secret"));
    let foreign = Oidc::new(foreign, BACK, clock.clone()).expect("sound settings");
    refused(foreign.redeem(&code(&asked).await, &asked).await);
    let mut guessed = settings(&provider.issuer);
    guessed.client_secret = Some(Secret::new("guessed"));
    let guessed = Oidc::new(guessed, BACK, clock.clone()).expect("sound settings");
    refused(guessed.redeem(&code(&asked).await, &asked).await);
    let right = code(&asked).await;
    assert_eq!(
        sso.redeem(&right, &asked).await.expect("named").account,
        "receiver1"
    );
    refused(sso.redeem(&right, &asked).await);

    // Statements of a forger, each wrong in one thing.
    let forged = adapter(&provider.forger, clock);
    let now = SystemClock.now().0 / 1000;
    let statement = |change: serde_json::Value| {
        let mut claims = serde_json::json!({ "nonce": "nonce", "preferred_username": "receiver1" });
        for (name, value) in change.as_object().expect("claims") {
            claims[name] = value.clone();
        }
        let text = claims.to_string();
        base64_url(text.as_bytes())
    };
    let named = forged.redeem(&statement(serde_json::json!({})), &asked).await;
    assert_eq!(named.expect("a right one is taken").account, "receiver1");
    for wrong in [
        serde_json::json!({ "nonce": "another" }),
        serde_json::json!({ "nonce": null }),
        serde_json::json!({ "aud": "other" }),
        serde_json::json!({ "aud": ["minwon", "other"] }),
        serde_json::json!({ "iss": "http://127.0.0.1:1" }),
        serde_json::json!({ "exp": now - 1 }),
        serde_json::json!({ "iat": now - 3_600 }),
        serde_json::json!({ "iat": now + 3_600 }),
        serde_json::json!({ "preferred_username": null }),
        serde_json::json!({ "preferred_username": 7 }),
        serde_json::json!({ "sign": "none" }),
        serde_json::json!({ "sign": "hs256" }),
        serde_json::json!({ "sign": "strange" }),
        serde_json::json!({ "sign": "unknown" }),
    ] {
        let named = forged.redeem(&statement(wrong.clone()), &asked).await;
        assert!(matches!(named, Err(NotNamed::Refused(_))), "{wrong}: {named:?}");
    }
    // Nobody there: away, not refused, and soon.
    let mut nobody = settings("http://127.0.0.1:9");
    nobody.timeout = 2;
    let nobody = Oidc::new(nobody, BACK, Arc::new(SystemClock)).expect("sound settings");
    let away = tokio::time::timeout(Duration::from_secs(5), nobody.address(&asked)).await;
    assert!(matches!(away.expect("soon"), Err(NotNamed::Away(_))));
    for bad in ["http://sso.example", "ftp://127.0.0.1", "sso", ""] {
        assert!(
            Oidc::new(settings(bad), BACK, Arc::new(SystemClock)).is_err(),
            "{bad}"
        );
    }
}

pub fn base64_url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().fold(0_u32, |n, byte| n << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        out.extend((0..=chunk.len()).map(|i| char::from(LETTERS[(n >> (18 - 6 * i) & 63) as usize])));
    }
    out
}

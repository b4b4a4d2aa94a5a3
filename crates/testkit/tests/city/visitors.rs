//! 다른 이용자 — somebody from outside sees what was handed to them, from where and when they may, and nothing else; programs read by
//! key.

use crate::visitor::Browser;
use app::act::{ActError, Call};
use app::visitors::Barred;
use app::words::Raw;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::access::Who;
use domain::act::Act;
use domain::external::{Entry, Hours, Outside};
use domain::gate::Export;
use domain::machine::{Grant, Scope, Shut};
use domain::terms::{By, Kind, Permit};
use jiff::civil::{date, datetime, time};
use testkit::city::{City, PASSWORD, outsider};
use web::{Options, Origin, Web};

/// A browser behind our proxy at this address.
fn browser(city: &City) -> Browser {
    let options = Options {
        demo: true,
        origin: Origin::Proxy,
        ..Options::default()
    };
    let web = Web::new(city.app.clone(), options).expect("every page can be read");
    Browser {
        router: web::router(web),
        cookies: Default::default(),
        lang: "ko",
    }
}

async fn look(browser: &mut Browser, way: &str, from: &str) -> crate::visitor::Seen {
    browser
        .once(Request::get(way).header("x-forwarded-for", from), Body::empty())
        .await
}

async fn read(browser: &mut Browser, way: &str, from: &str, key: &str) -> crate::visitor::Seen {
    let request = Request::get(way)
        .header("x-forwarded-for", from)
        .header("authorization", format!("Bearer {key}"));
    browser.once(request, Body::empty()).await
}

fn entry() -> Entry {
    Entry {
        until: date(2026, 6, 30),
        networks: vec!["203.0.113.0/24".parse().unwrap()],
        hours: Hours {
            days: vec![1, 2, 3, 4, 5],
            from: time(9, 0, 0, 0),
            to: time(18, 0, 0, 0),
        },
    }
}

/// Lets external users in without a second factor, as an office does for a trial.
async fn trial(city: &City) {
    let mut settings = city.app.office().settings.clone();
    settings.outside_without_factor = true;
    let mut batch = store::batch::Batch::new();
    batch.setting("office", &serde_json::to_string(&settings).unwrap());
    city.app
        .places
        .live
        .commit(batch, store::engine::Urgency::User)
        .await
        .unwrap();
    city.app.reload().await.unwrap();
}

testkit::on_both_engines! {
    async fn somebody_from_outside_sees_what_was_handed_to_them_and_nothing_else(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        trial(&city).await;
        let call = Call::default();
        let kim = city.citizen("010-1234-5678").await;
        let given = city.in_handling(kim, "한낮의 파인 길", Kind::Inquiry, None).await;
        let other = city.in_handling(kim, "한낮의 다른 길", Kind::Inquiry, None).await;
        let inspector = outsider(&city, "inspector").await;
        let administrator = city.official("admin");
        let handler = city.app.office().who(given.handler.unwrap(), city.app.now()).unwrap();
        let who = || city.app.office().who(inspector, city.app.now()).unwrap();
        let give = Act::Entrust { to: inspector, permit: Permit::Note, what: Raw::text("현장을 보아 주십시오."), until: date(2026, 6, 17) };
        city.does(&handler, given.id, give).await.unwrap();
        // An act and a look at what was not handed over are answered as if it did not exist.
        assert!(city.app.case(&who(), given.id, &call).await.is_ok());
        assert!(matches!(city.app.case(&who(), other.id, &call).await, Err(ActError::NotFound)));
        // Conditions are the administrator's to set.
        assert!(matches!(city.app.keep_external(&handler, inspector, &entry(), &call).await, Err(Barred::NotYours)));
        let mut late = entry();
        late.until = date(2027, 6, 16);
        let unfit = city.app.keep_external(&administrator, inspector, &late, &call).await;
        assert!(matches!(unfit, Err(Barred::Outside(Outside::UntilUnfit))));
        let handlers = city.app.keep_external(&administrator, given.handler.unwrap(), &entry(), &call).await;
        assert!(matches!(handlers, Err(Barred::Outside(Outside::NotExternal))), "an official is no external user");
        // Without conditions nobody comes in.
        let (near, far) = ("203.0.113.9", "198.51.100.9");
        let mut browser = browser(&city);
        let signs_in = async |browser: &mut Browser| {
            let page = browser.go("/desk/sign-in").await;
            browser.sends(&page, "/desk/sign-in", &[("login", "inspector"), ("password", PASSWORD)]).await;
        };
        signs_in(&mut browser).await;
        assert_eq!(look(&mut browser, "/desk/outside", near).await.status, StatusCode::FORBIDDEN);
        city.app.keep_external(&administrator, inspector, &entry(), &call).await.unwrap();
        signs_in(&mut browser).await;
        let list = look(&mut browser, "/desk/outside", near).await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(list.text.contains("한낮의 파인 길") && !list.text.contains("한낮의 다른 길"));
        let way = format!("/desk/outside/{}", given.number);
        let case = look(&mut browser, &way, near).await;
        assert!(case.text.contains("현장을 보아 주십시오.") && !case.text.contains("010-1234-5678") && !case.text.contains("1234-5678"));
        // Every other page of the office is not there.
        let ways = ["/desk/cases", "/desk/search", "/desk/people", "/desk/approvals", "/desk/counter", "/desk/handbook", "/desk/register"];
        let number = format!("/desk/cases/{}", given.number);
        let elsewhere = format!("/desk/outside/{}", other.number);
        for way in ways.into_iter().chain([number.as_str(), elsewhere.as_str()]) {
            assert_eq!(look(&mut browser, way, near).await.status, StatusCode::NOT_FOUND, "{way}");
        }
        // What they write stands in the journal under their name, and the look in the ledger.
        city.does(&who(), given.id, Act::FieldNote { no: 1, text: Raw::text("길이 파였습니다.") }).await.unwrap();
        let looks = city.app.places.live.looks(given.id).await.unwrap();
        let theirs: Vec<&str> = looks.iter().filter(|l| l.by == By::Official(inspector)).map(|l| l.deed.as_str()).collect();
        assert!(theirs.contains(&"look") && theirs.contains(&"field_note"), "{theirs:?}");
        let shown = city.app.case(&handler, given.id, &call).await.unwrap();
        assert_eq!(shown.texts.text(shown.petition.entrusted[0].notes[0].0), Some("길이 파였습니다."));
        // From elsewhere the session ends, also for the right address.
        assert_eq!(look(&mut browser, "/desk/outside", far).await.status, StatusCode::FORBIDDEN);
        assert_eq!(look(&mut browser, "/desk/outside", near).await.status, StatusCode::SEE_OTHER, "logged out");
        // At night it ends, too.
        city.clock.set(domain::time::At::seoul(datetime(2026, 6, 15, 17, 30, 0, 0)));
        signs_in(&mut browser).await;
        assert_eq!(look(&mut browser, "/desk/outside", near).await.status, StatusCode::OK);
        city.clock.set(domain::time::At::seoul(datetime(2026, 6, 15, 18, 0, 0, 0)));
        assert_eq!(look(&mut browser, "/desk/outside", near).await.status, StatusCode::FORBIDDEN);
        // After its last day the petition is not there any more; once taken back, neither.
        city.clock.set(domain::time::At::seoul(datetime(2026, 6, 16, 9, 0, 0, 0)));
        signs_in(&mut browser).await;
        assert_eq!(look(&mut browser, &way, near).await.status, StatusCode::OK);
        city.does(&handler, given.id, Act::TakeBack { no: 1 }).await.unwrap();
        assert_eq!(look(&mut browser, &way, near).await.status, StatusCode::NOT_FOUND);
        // Without a second factor an office that was not told to do without lets nobody in.
        let mut settings = city.app.office().settings.clone();
        settings.outside_without_factor = false;
        let mut batch = store::batch::Batch::new();
        batch.setting("office", &serde_json::to_string(&settings).unwrap());
        city.app.places.live.commit(batch, store::engine::Urgency::User).await.unwrap();
        city.app.reload().await.unwrap();
        assert_eq!(look(&mut browser, "/desk/outside", near).await.status, StatusCode::FORBIDDEN);
    }

    async fn a_program_reads_what_its_key_opens_and_leaves_its_trace(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let call = Call::default();
        let kim = city.citizen("010-1234-5678").await;
        let mut numbers = Vec::new();
        for n in 0..3 {
            numbers.push(city.in_handling(kim, &format!("한낮의 길 {n}"), Kind::Inquiry, None).await);
        }
        let administrator = city.official("admin");
        let grant = |scopes: &[Scope]| Grant {
            scopes: scopes.to_vec(),
            networks: vec!["203.0.113.0/24".parse().unwrap()],
            until: date(2026, 6, 30),
            reason: "상담 콜센터에서 처리 상태를 안내하려고 읽습니다.".into(),
            answers: administrator.official(),
        };
        let handler = city.official("road.facilities.1");
        let refused = city.app.add_service_account(&handler, "통계", grant(Scope::ALL), &call).await;
        assert!(matches!(refused, Err(Barred::NotYours)));
        let refused = city.app.add_service_account(&administrator, " ", grant(Scope::ALL), &call).await;
        assert!(matches!(refused, Err(Barred::Shut(Shut::NameUnfit))));
        let silent = Grant { reason: "연계".into(), ..grant(Scope::ALL) };
        let refused = city.app.add_service_account(&administrator, "통계 누리집", silent, &call).await;
        assert!(matches!(refused, Err(Barred::Shut(Shut::ReasonUnfit))));
        let (account, key) = city.app.add_service_account(&administrator, "통계 누리집", grant(Scope::ALL), &call).await.unwrap();
        let (_, totals) = city.app.add_service_account(&Who::System, "통계만", grant(&[Scope::StatisticsRead]), &call).await.unwrap();
        // The key itself lies nowhere.
        assert!(key.starts_with(&account.prefix) && key.len() > 70);
        assert!(city.app.places.live.service_account(&account.prefix).await.unwrap().is_some());
        city.duties().await;
        let (near, far) = ("203.0.113.9", "198.51.100.9");
        let mut program = browser(&city);
        let one = format!("/api/v1/petitions/{}", numbers[0].number);
        let table = [
            ("/api/v1/statistics", near, totals.as_str(), StatusCode::OK),
            ("/api/v1/petitions", near, totals.as_str(), StatusCode::FORBIDDEN),
            ("/api/v1/petitions", near, key.as_str(), StatusCode::OK),
            ("/api/v1/petitions", far, key.as_str(), StatusCode::FORBIDDEN),
            ("/api/v1/petitions?after=x", near, key.as_str(), StatusCode::BAD_REQUEST),
            (one.as_str(), near, key.as_str(), StatusCode::OK),
            ("/api/v1/petitions/20260615-AAAA-AAAA", near, key.as_str(), StatusCode::NOT_FOUND),
            ("/api/v1/petitions", near, "", StatusCode::UNAUTHORIZED),
            ("/api/v1/petitions", near, &key[..key.len() - 1], StatusCode::UNAUTHORIZED),
            ("/api/v1/petitions", near, &format!("{}0", &key[..key.len() - 1]), StatusCode::UNAUTHORIZED),
        ];
        let last_is_nought = key.ends_with('0');
        for (way, from, key, wanted) in table {
            let seen = read(&mut program, way, from, key).await;
            if wanted == StatusCode::UNAUTHORIZED && last_is_nought && key.len() > 70 {
                continue;
            }
            assert_eq!(seen.status, wanted, "{way} {}", seen.text);
            let kind = seen.headers.get("content-type").unwrap().to_str().unwrap();
            let json: serde_json::Value = serde_json::from_str(&seen.text).unwrap();
            if !wanted.is_success() {
                assert_eq!(kind, "application/problem+json");
                assert_eq!(json["status"], wanted.as_u16());
            }
            // No word of a citizen, whatever is asked.
            assert!(!seen.text.contains("한낮") && !seen.text.contains("1234-5678"), "{way}");
        }
        let seen = read(&mut program, &one, near, &key).await;
        let json: serde_json::Value = serde_json::from_str(&seen.text).unwrap();
        assert_eq!((json["life"].as_str(), json["filed_at"].as_str()), (Some("in_handling"), Some("2026-06-15T10:00:00+09:00")));
        let looks = city.app.places.live.looks(numbers[0].id).await.unwrap();
        let by = By::Machine(account.id);
        assert_eq!(looks.iter().filter(|look| look.by == by && look.deed == "machine_look").count(), 2);
        // Page by page, each petition once.
        let seen = read(&mut program, "/api/v1/petitions", near, &key).await;
        let json: serde_json::Value = serde_json::from_str(&seen.text).unwrap();
        assert_eq!((json["petitions"].as_array().unwrap().len(), json["next"].is_null()), (3, true));
        let after = json["petitions"][1]["id"].as_str().unwrap();
        let seen = read(&mut program, &format!("/api/v1/petitions?after={after}"), near, &key).await;
        let json: serde_json::Value = serde_json::from_str(&seen.text).unwrap();
        assert_eq!(json["petitions"].as_array().unwrap().len(), 1);
        // Every list passed the gate, under who answers for the key, with the reason it was made for.
        let days = (domain::time::At(0), domain::time::At(i64::MAX));
        let lines = city.app.gone_out(&city.official("privacy"), days, None, 100, &call).await.unwrap();
        let lists: Vec<_> = lines.iter().filter(|(line, _)| line.what == Export::Bulk).collect();
        assert_eq!(lists.len(), 3);
        for (line, words) in lists {
            assert_eq!((Some(line.official), line.subjects), (administrator.official(), 1));
            assert!(words.contains(&account.prefix) && words.contains("콜센터"), "{words}");
        }
        // Taken back, it opens nothing; after the last day, neither does the other.
        city.app.revoke_service_account(&administrator, account.id, &call).await.unwrap();
        assert_eq!(read(&mut program, &one, near, &key).await.status, StatusCode::UNAUTHORIZED);
        assert!(matches!(city.app.revoke_service_account(&administrator, account.id, &call).await, Err(Barred::Unknown)));
        city.clock.set(domain::time::At::seoul(datetime(2026, 7, 1, 9, 0, 0, 0)));
        assert_eq!(read(&mut program, "/api/v1/statistics", near, &totals).await.status, StatusCode::UNAUTHORIZED);
        // Guesses are counted by address.
        let mut last = StatusCode::OK;
        for _ in 0..31 {
            last = read(&mut program, "/api/v1/statistics", far, "mwk_00000000_x").await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    }
}

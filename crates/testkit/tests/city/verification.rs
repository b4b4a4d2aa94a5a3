//! 본인확인 이야기 — citizens come in by a provider, tie and untie, file what asks for it; and whatever is replayed, planted, forged or
//! somebody else's comes to nothing.

use crate::sso::base64_url;
use crate::visitor::{Browser, Seen};
use adapters::identity::broker::{BrokerSettings, OidcBroker};
use adapters::system::SystemClock;
use app::act::Call;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::access::Who;
use domain::assurance::{Assurance, Means, Proof};
use domain::handbook::Service;
use domain::id::PersonId;
use jiff::civil::datetime;
use ports::Clock;
use ports::identity::{Broker, NotNamed, Question, Shown};
use ports::message::Inbox;
use std::sync::Arc;
use store::engine::Ask;
use testkit::city::City;
use testkit::sso::{Person, Provider};

const ENTRY: &str = "/sign-in/identity/rehearsal";
const BACK: &str = "http://city.example/sign-in/identity/phone/back";

/// Where one request leads, without going there.
async fn way(browser: &mut Browser, path: &str) -> String {
    let seen = browser.once(Request::get(path), Body::empty()).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.words());
    seen.headers[header::LOCATION].to_str().expect("ASCII").to_owned()
}

/// The way back from the rehearsal to which `there` leads, for who plays this role.
async fn plays(browser: &mut Browser, there: &str, role: &str) -> String {
    way(browser, &format!("{there}&role={role}")).await
}

/// Comes in at the rehearsal as `role`.
async fn comes_in(browser: &mut Browser, role: &str) -> Seen {
    let there = way(browser, ENTRY).await;
    let back = plays(browser, &there, role).await;
    browser.go(&back).await
}

/// Ties at the rehearsal what `role` shows.
async fn ties(browser: &mut Browser, role: &str) -> Seen {
    let page = browser.go("/my").await;
    let leaving = browser
        .submits(&page, "/my/identity/tie", &[("provider", "rehearsal")])
        .await;
    leaving.says("확인 기관에서 받는 정보");
    let there = format!("/demo/identity{}", leaving.link("href=\"/demo/identity"));
    let back = plays(browser, &there, role).await;
    browser.go(&back).await
}

/// Adds a telephone number to one's ways in, by the code sent there.
async fn adds(browser: &mut Browser, city: &City, phone: &str) -> Seen {
    let page = browser.go("/my/contact").await;
    let fields = [("reach", "phone"), ("phone", phone)];
    let code = browser.submits(&page, "/my/contact", &fields).await;
    let digits = city.last_code();
    browser
        .submits(&code, "/my/contact/code", &[("code", &digits)])
        .await
}

fn cookie(browser: &Browser) -> String {
    browser.cookies["minwon"].clone()
}

async fn person(city: &City, browser: &Browser) -> Option<(PersonId, Option<Proof>)> {
    let known = city.app.citizen(&cookie(browser)).await.expect("read");
    known.map(|(open, person)| (person, app::App::proof_of(&open)))
}

fn is_not_in(seen: &Seen, words: &str) {
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", seen.words());
    seen.says("본인확인을 마치지 못하였습니다").says(words);
}

/// From now on this service asks who files it online.
async fn asks_who(city: &City, service: &str) {
    let code = service.parse().expect("a code");
    let newest = city.app.office().service_newest(code).expect("a service").clone();
    let base = newest.version;
    let next = Service {
        valid_from: city.app.office().day,
        assurance: Assurance::Verified,
        ..newest
    };
    let motive = app::handbook::Motive {
        ground: domain::handbook::edition::Ground::LawChanged,
        remark: "본인확인".into(),
    };
    let who = city.official("examiner");
    let made = city
        .app
        .publish(&who, Some(base), next, &motive, &Call::default())
        .await;
    made.expect("published");
}

async fn rows(city: &City, sql: &str) -> Vec<String> {
    let rows = city
        .app
        .here
        .engine()
        .query_text(sql.to_owned(), Vec::new())
        .await;
    rows.expect("rows").iter().map(|row| format!("{row:?}")).collect()
}

testkit::on_both_engines! {
    async fn who_comes_again_is_the_same_person_under_another_cookie(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let city = city.with_rehearsal();
        let mut browser = Browser::new(&city);
        browser.go("/sign-in").await.says("연습용 본인확인").says("인증번호로 로그인");
        let planted = cookie(&browser);
        let page = browser.go(ENTRY).await;
        page.says("체험판에만 있는 화면입니다. 아무것도 확인하지 않습니다.");
        let seen = comes_in(&mut browser, "haneul").await;
        assert_eq!((seen.status, seen.path.as_str()), (StatusCode::OK, "/my?done=identity-tied"), "{}", seen.words());
        seen.says("내 본인확인").says("연습용 본인확인").says("김하늘");
        assert_ne!(cookie(&browser), planted, "another cookie: a planted one opens nothing");
        assert!(city.app.citizen(&planted).await.expect("read").is_none());
        let (first, proof) = person(&city, &browser).await.expect("in");
        assert_eq!(proof.map(|p| (p.assurance, p.means)), Some((Assurance::Verified, Means::Simple)));
        let contact = city.app.contact(first).await.expect("read").expect("a contact");
        assert_eq!((contact.name.as_str(), contact.phone.as_deref()), ("김하늘", Some("01000002101")));
        let petition = city.files(first, "S134", "다시 찾는 민원", "내용").await;
        let mut elsewhere = Browser::new(&city);
        let seen = comes_in(&mut elsewhere, "haneul").await;
        seen.says("다시 찾는 민원");
        assert_eq!(person(&city, &elsewhere).await.expect("in").0, first);
        assert_eq!(elsewhere.go(&format!("/my/{}", petition.number)).await.status, StatusCode::OK);
        // Somebody else is somebody else, and the same telephone by a code is nobody the provider named.
        let mut other = Browser::new(&city);
        comes_in(&mut other, "bada").await;
        assert_ne!(person(&city, &other).await.expect("in").0, first);
        assert_ne!(city.citizen("010-0000-2101").await, first, "persons are not made one by a telephone number");
    }

    async fn an_answer_holds_once_in_one_browser_and_not_for_long(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let city = city.with_rehearsal();
        let (mut thief, mut victim) = (Browser::new(&city), Browser::new(&city));
        thief.go("/sign-in").await;
        victim.go("/sign-in").await;
        // The thief's own answer, opened by the victim: nobody is signed in as the thief.
        let there = way(&mut thief, ENTRY).await;
        let back = plays(&mut thief, &there, "bada").await;
        is_not_in(&victim.go(&back).await, "이 브라우저에서 시작하신 본인확인이 아니거나");
        assert!(person(&city, &victim).await.is_none());
        // Replayed, also in the browser as it was, also with digits spelled otherwise.
        let before = thief.cookies.clone();
        assert_eq!(thief.go(&back).await.status, StatusCode::OK);
        thief.cookies = before;
        is_not_in(&thief.go(&back).await, "이미 한 번 쓴 확인 결과입니다.");
        let (path, state) = back.split_once("&state=").expect("a state");
        is_not_in(&thief.go(&format!("{path}&state={}", state.to_uppercase())).await, "이미 한 번 쓴");
        assert!(person(&city, &thief).await.is_none());
        // A code under the state of another question.
        let (one, two) = (way(&mut victim, ENTRY).await, way(&mut victim, ENTRY).await);
        let one = plays(&mut victim, &one, "haneul").await;
        let two = plays(&mut victim, &two, "bada").await;
        let (code, _) = one.split_once("&state=").expect("a state");
        let (_, state) = two.split_once("&state=").expect("a state");
        is_not_in(&victim.go(&format!("{code}&state={state}")).await, "올바르지 않아");
        for broken in ["", "?code=x&state=y", "?error=access_denied&state=00", "?code=x"] {
            is_not_in(&victim.go(&format!("{ENTRY}/back{broken}")).await, "이 브라우저에서 시작하신");
        }
        assert_eq!(victim.go("/sign-in/identity/nobody").await.status, StatusCode::NOT_FOUND);
        assert_eq!(victim.go("/sign-in/identity/nobody/back").await.status, StatusCode::NOT_FOUND);
        // Late, broken off, without a name, away: each has its words, and nobody is in.
        let there = way(&mut victim, ENTRY).await;
        let back = plays(&mut victim, &there, "haneul").await;
        city.clock.advance(10 * 60_000 + 1);
        is_not_in(&victim.go(&back).await, "10분이 지났습니다");
        is_not_in(&comes_in(&mut victim, "cancel").await, "그만두셨습니다");
        is_not_in(&comes_in(&mut victim, "lacking").await, "성명 등 필요한 정보를 알려 주지 않았습니다");
        let seen = comes_in(&mut victim, "away").await;
        assert_eq!(seen.status, StatusCode::SERVICE_UNAVAILABLE);
        seen.says("확인 기관에 연결할 수 없습니다").says("민원실");
        victim.lang = "en";
        comes_in(&mut victim, "lacking").await.says("did not tell us what we need");
        assert!(person(&city, &victim).await.is_none());
        // Answers are not looked at without end.
        for n in 0..70 {
            let seen = comes_in(&mut victim, "lacking").await;
            if seen.status == StatusCode::TOO_MANY_REQUESTS {
                assert!(n > 40 && seen.headers.contains_key(header::RETRY_AFTER));
                return;
            }
        }
        panic!("without end");
    }

    async fn an_identity_is_tied_by_its_owner_alone_and_never_taken_from_another(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let city = city.with_rehearsal();
        let mut kim = Browser::new(&city);
        kim.signs_in(&city, "010-1234-5678").await;
        let (first, proof) = person(&city, &kim).await.expect("in");
        assert_eq!(proof.map(|p| (p.assurance, p.means)), Some((Assurance::Contact, Means::Code)));
        let before = cookie(&kim);
        ties(&mut kim, "haneul").await.says("연결 끊기").says("김하늘");
        assert_ne!(cookie(&kim), before);
        assert!(city.app.citizen(&before).await.expect("read").is_none(), "the session before is over");
        let (same, proof) = person(&city, &kim).await.expect("in");
        assert_eq!((same, proof.map(|p| p.assurance)), (first, Some(Assurance::Verified)));
        let contact = city.app.contact(first).await.expect("read").expect("a contact");
        assert_eq!((contact.name.as_str(), contact.phone.as_deref()), ("김하늘", Some("01012345678")), "nothing is written over");
        let mut again = Browser::new(&city);
        comes_in(&mut again, "haneul").await;
        assert_eq!(person(&city, &again).await.expect("in").0, first);
        // Who is in does not become another by a link.
        assert_eq!(way(&mut kim, ENTRY).await, "/my");
        // Lee shows Kim's identity: refused, and both stay who they are.
        let mut lee = Browser::new(&city);
        lee.signs_in(&city, "010-8765-4321").await;
        let second = person(&city, &lee).await.expect("in");
        is_not_in(&ties(&mut lee, "haneul").await, "다른 ‘나의 민원’에 연결되어 있어");
        assert_eq!(person(&city, &lee).await.expect("still in"), second);
        assert!(city.app.ties(second.0).await.expect("read").is_empty());
        assert_eq!(city.app.ties(first).await.expect("read").len(), 1);
        // A tie begins with a form of the session: no other site begins it, and no question for coming in becomes one.
        let forged = lee.post("/my/identity/tie", "application/x-www-form-urlencoded", "provider=rehearsal").await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
        let page = lee.go("/my").await;
        let leaving = lee.submits(&page, "/my/identity/tie", &[("provider", "rehearsal")]).await;
        let there = format!("/demo/identity{}", leaving.link("href=\"/demo/identity"));
        let back = plays(&mut lee, &there, "bada").await;
        // Kim's browser with Lee's tie: nothing is tied to anybody.
        is_not_in(&kim.go(&back).await, "이 브라우저에서 시작하신");
        let page = lee.go("/my").await;
        lee.submits(&page, "/sign-out", &[]).await;
        is_not_in(&lee.go(&back).await, "이 브라우저에서 시작하신");
        assert_eq!(rows(&city, "SELECT provider FROM tie").await.len(), 1);
        // Kim unties by an own form; somebody else's name for a tie is nothing.
        let handle = city.app.ties(first).await.expect("read")[0].handle.clone();
        assert!(city.app.untie(second.0, &handle).await.is_err());
        let page = kim.go("/my").await;
        kim.submits(&page, "/my/identity/untie", &[]).await.says("본인확인 연결을 끊었습니다.");
        assert!(city.app.ties(first).await.expect("read").is_empty());
        let (_, proof) = person(&city, &kim).await.expect("in");
        assert_eq!(proof, None, "nothing is verified any more");
        let mut new = Browser::new(&city);
        comes_in(&mut new, "haneul").await;
        assert_ne!(person(&city, &new).await.expect("in").0, first, "what was untied belongs to nobody");
        // The last way in stays.
        let page = new.go("/my").await;
        let seen = new.submits(&page, "/my/identity/untie", &[]).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        seen.says("다시 들어오실 수 없으므로 끊지 않았습니다.");
        let (alone, _) = person(&city, &new).await.expect("in");
        assert_eq!(city.app.ties(alone).await.expect("read").len(), 1);
    }

    async fn a_contact_added_is_a_way_in_and_a_new_one_ends_the_old(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let city = city.with_rehearsal();
        // San's provider tells no contact: the identity is the only way in, until a telephone is.
        let mut san = Browser::new(&city);
        comes_in(&mut san, "san").await;
        let (first, _) = person(&city, &san).await.expect("in");
        let page = san.go("/my").await;
        page.says("인증번호로 로그인하실 수 있는 연락처가 없습니다.");
        adds(&mut san, &city, "010-1234-5678").await.says("이제 이 연락처로 로그인하실 수 있습니다.");
        let page = san.go("/my").await;
        page.says("010-****-5678").says("인증번호로 로그인하실 수 있습니다");
        assert!(!page.text.contains("01012345678"), "no number is shown whole");
        san.submits(&page, "/my/identity/untie", &[]).await.says("본인확인 연결을 끊었습니다.");
        let mut again = Browser::new(&city);
        again.signs_in(&city, "010-1234-5678").await;
        assert_eq!(person(&city, &again).await.expect("in").0, first);
        // A wrong code adds nothing and says so; the page asks again.
        let page = san.go("/my/contact").await;
        let code = san.submits(&page, "/my/contact", &[("reach", "mail"), ("mail", "san@example.org")]).await;
        let seen = san.submits(&code, "/my/contact/code", &[("code", "000 000")]).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(city.app.reaches(first).await.expect("read").len(), 1);
        // A new number takes the old one's place; the old one is told and opens nothing of San's any more.
        adds(&mut san, &city, "010-1111-2222").await.says("이제 이 연락처로 로그인하실 수 있습니다.");
        let told = city.messages.messages().into_iter().find(|m| m.what.to == "01012345678").expect("told");
        assert!(told.what.text.contains("더 ‘나의 민원’에 로그인할 수 없습니다"), "{}", told.what.text);
        let mut next = Browser::new(&city);
        next.signs_in(&city, "010-1234-5678").await;
        let (second, _) = person(&city, &next).await.expect("in");
        assert_ne!(second, first, "a number given up opens nothing to whoever has it next");
        // What lets in somebody else goes on doing so, and takes nobody's place.
        adds(&mut san, &city, "010-1234-5678").await.says("다른 ‘나의 민원’의 로그인 연락처여서 바꾸지 않았습니다");
        let mut again = Browser::new(&city);
        again.signs_in(&city, "010-1111-2222").await;
        assert_eq!(person(&city, &again).await.expect("in").0, first);
        let mut bare = Browser::new(&city);
        comes_in(&mut bare, "san").await;
        adds(&mut bare, &city, "010-1234-5678").await.says("로그인에는 쓰실 수 없습니다.");
        let (third, _) = person(&city, &bare).await.expect("in");
        let reaches = city.app.reaches(third).await.expect("read");
        assert_eq!((reaches.len(), reaches[0].lets_in), (1, false));
        next.go("/my").await;
        assert_eq!(person(&city, &next).await.expect("in").0, second);
    }

    async fn whose_identity_is_tied_is_told_where_they_are_reached(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let city = city.with_rehearsal();
        let mut kim = Browser::new(&city);
        kim.signs_in(&city, "010-1234-5678").await;
        ties(&mut kim, "haneul").await.says("본인확인을 마쳤습니다.");
        city.duty("deliver").await;
        let to_kim = || (city.messages.messages().into_iter()).filter(|m| m.what.to == "01012345678");
        let newest = to_kim().next().expect("a message").what.text;
        assert!(newest.contains("‘나의 민원’에 본인확인이 연결되었습니다."), "{newest}");
        assert!(newest.contains("/my"), "{newest}");
        // Showing it again says nothing; untying does.
        let before = to_kim().count();
        let mut again = Browser::new(&city);
        comes_in(&mut again, "haneul").await;
        city.duty("deliver").await;
        assert_eq!(to_kim().count(), before);
        let page = kim.go("/my").await;
        kim.submits(&page, "/my/identity/untie", &[]).await.says("본인확인 연결을 끊었습니다.");
        city.duty("deliver").await;
        assert_eq!(to_kim().count(), before + 1);
        // The office tells its own people nothing of it: no word of who or by which provider stands in the outbox.
        let told = rows(&city, "SELECT template, to_kind FROM outbox WHERE template LIKE 'identity%'").await;
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|row| row.contains("person")), "{told:?}");
    }

    async fn what_asks_who_files_keeps_what_was_written_and_names_another_way(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let city = city.with_rehearsal();
        asks_who(&city, "S134").await;
        let mut browser = Browser::new(&city);
        browser.go("/services/S134").await.says("온라인으로 신청하시려면 본인확인이 필요합니다.");
        let content = browser.go("/file/service/S134").await;
        let fields = [("title", "가로등 문의"), ("body", "언제 고칩니까?"), ("public", "no"), ("go", "next")];
        let needed = browser.submits(&content, "/file/new/content", &fields).await;
        needed.says("본인확인이 필요한 민원입니다").says("임시저장하였습니다").says("민원실");
        let contact = needed.path.clone();
        // No step behind it opens, and a form sent past it is refused by the law, not by the page alone.
        for step in ["party", "verify", "preview"] {
            browser.go(&contact.replace("contact", step)).await.says("본인확인이 필요한 민원입니다");
        }
        let there = way(&mut browser, &format!("{ENTRY}?back={contact}")).await;
        let back = plays(&mut browser, &there, "san").await;
        let page = browser.go(&back).await;
        page.says("박산").says("본인확인으로 받은 성명입니다.");
        assert!(page.text.contains("name=\"phone\""), "nobody told how to reach them");
        // The name is the provider's, whatever is sent for it.
        let fields = [("name", "홍길동"), ("reach", "phone"), ("phone", "010-3333-4444"), ("go", "next")];
        let code = browser.submits(&page, &contact, &fields).await;
        let digits = city.last_code();
        let preview = browser.submits(&code, &code.path.clone(), &[("code", &digits)]).await;
        preview.says("이대로 신청하시겠습니까?").says("박산").says("언제 고칩니까?");
        let filed = browser.submits(&preview, &preview.path.clone(), &[]).await;
        filed.says("신청하셨습니다");
        let number = filed.path.rsplit('/').next().expect("a number").to_owned();
        let petition = city.app.here.by_filing_number(number.parse().expect("a number")).await.expect("read").expect("filed");
        let proof = petition.intake.proof.expect("what was shown");
        assert_eq!((proof.assurance, proof.means), (Assurance::Verified, Means::Simple));
        let (san, _) = person(&city, &browser).await.expect("in");
        assert_eq!(petition.person, san);
        let contact = city.app.contact(san).await.expect("read").expect("a contact");
        assert_eq!((contact.name.as_str(), contact.phone.as_deref()), ("박산", Some("01033334444")));
        // The official sees by what and when, and nothing of the provider's.
        let mut desk = Browser::new(&city);
        let page = desk.go("/desk/sign-in").await;
        desk.submits(&page, "/desk/sign-in", &[("login", "receiver1"), ("password", testkit::city::PASSWORD)]).await;
        let case = desk.go(&format!("/desk/cases/{number}")).await;
        case.says("신청인 확인").says("간편인증 · 2026. 6. 15.");
        assert!(!case.text.contains("rehearsal"), "not by whom");
        // Who came in by a code is asked to tie, in the same draft; filing past it is refused.
        let mut kim = Browser::new(&city);
        kim.signs_in(&city, "010-1234-5678").await;
        let content = kim.go("/file/service/S134").await;
        let fields = [("title", "또 문의"), ("body", "둘째 글"), ("public", "no"), ("go", "next")];
        let needed = kim.submits(&content, "/file/new/content", &fields).await;
        let leaving = kim.submits(&needed, "/my/identity/tie", &[("provider", "rehearsal")]).await;
        let there = format!("/demo/identity{}", leaving.link("href=\"/demo/identity"));
        let back = plays(&mut kim, &there, "haneul").await;
        let page = kim.go(&back).await;
        assert_eq!(page.path, needed.path, "back at the same step");
        let preview = kim.submits(&page, &page.path.clone(), &[("go", "next")]).await;
        preview.says("둘째 글").says("김하늘");
        let handle = city.app.ties(person(&city, &kim).await.expect("in").0).await.expect("read")[0].handle.clone();
        city.app.untie(person(&city, &kim).await.expect("in").0, &handle).await.expect("untied");
        let seen = kim.submits(&preview, &preview.path.clone(), &[]).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", seen.words());
        seen.says("본인확인이 필요합니다").says("둘째 글");
    }

    async fn with_no_provider_all_is_as_before_and_the_counter_is_named(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let mut browser = Browser::new(&city);
        let page = browser.go("/sign-in").await;
        assert!(!page.words().contains("본인확인으로 로그인"), "{}", page.words());
        assert_eq!(browser.go(ENTRY).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.go("/demo/identity").await.status, StatusCode::NOT_FOUND);
        browser.signs_in(&city, "010-1234-5678").await;
        assert!(!browser.go("/my").await.words().contains("내 본인확인"));
        asks_who(&city, "S134").await;
        let content = browser.go("/file/service/S134").await;
        let fields = [("title", "문의"), ("body", "글"), ("public", "no"), ("go", "next")];
        let needed = browser.submits(&content, "/file/new/content", &fields).await;
        needed.says("지금은 누리집에서 하실 수 있는 본인확인이 없습니다.").says("신분증을 가지고 민원실로");
    }

    async fn who_was_destroyed_is_not_found_by_coming_back(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let city = city.with_rehearsal();
        let mut browser = Browser::new(&city);
        comes_in(&mut browser, "haneul").await;
        let (first, _) = person(&city, &browser).await.expect("in");
        let petition = city.files(first, "S134", "지울 민원", "내용").await;
        // Nothing of the identity lies in the open: neither what the provider knows the person by, nor the name.
        for table in ["tie", "event", "ledger", "session", "outbox", "idempotency", "vault", "person"] {
            let all = rows(&city, &format!("SELECT * FROM {table}")).await.join("\n");
            for canary in ["haneul", "김하늘", "01000002101", "urn:minwon:rehearsal"] {
                let hex: String = canary.bytes().map(|b| format!("{b:02x}")).collect();
                let list = format!("{:?}", canary.as_bytes());
                assert!(!all.contains(canary) && !all.contains(&hex) && !all.contains(list.trim_matches(['[', ']'])), "{canary} in {table}");
            }
        }
        let withdrawn = domain::act::Act::Withdraw { reason: None };
        city.app.act(&Who::Citizen(first), petition.id, withdrawn, &Call::default()).await.expect("withdrawn");
        let ledger = rows(&city, "SELECT * FROM ledger").await.join("\n");
        assert!(!ledger.contains("rehearsal") && !ledger.contains("simple"));
        let doomed = app::erase::Doomed { petitions: vec![petition.id], persons: vec![first], drafts: Vec::new() };
        let ground = app::erase::Ground::default();
        city.app.destroy(&Who::System, &doomed, domain::retention::DestructionKind::Disposal, &ground).await.expect("destroyed");
        assert!(rows(&city, "SELECT provider FROM tie").await.is_empty());
        assert!(person(&city, &browser).await.is_none());
        let mut again = Browser::new(&city);
        let seen = comes_in(&mut again, "haneul").await;
        assert!(!seen.words().contains("지울 민원"));
        assert_ne!(person(&city, &again).await.expect("in").0, first);
    }

    async fn a_certified_provider_names_a_citizen(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let provider = Provider::start(BACK, 0).await;
        city.clock.set(SystemClock.now());
        city.app.reload().await.expect("read");
        let broker: Arc<dyn Broker> = broker(&provider.issuer, "ci", city.clock.clone());
        let city = city.with_brokers(vec![broker]);
        let mut browser = Browser::new(&city);
        browser.go("/sign-in").await.says("휴대전화 본인확인");
        let there = way(&mut browser, "/sign-in/identity/phone?back=%2Fmy%2F20260615-00000001").await;
        for part in ["code_challenge_method=S256", "nonce=", "state=", "response_type=code"] {
            assert!(there.contains(part), "{part} in {there}");
        }
        assert!(!there.contains("20260615"), "where one goes afterwards is not told");
        let back = Person::default().signs_on(&there, "hong").await;
        let before = browser.cookies.clone();
        let seen = browser.go(&back).await;
        assert!(seen.status != StatusCode::UNPROCESSABLE_ENTITY, "{}", seen.words());
        let (first, proof) = person(&city, &browser).await.expect("in");
        assert_eq!(proof.map(|p| p.means), Some(Means::Identity));
        let contact = city.app.contact(first).await.expect("read").expect("a contact");
        assert_eq!((contact.name.as_str(), contact.phone.as_deref()), ("이름 hong", Some("01077770001")));
        let mut replayed = Browser::new(&city);
        replayed.cookies = before;
        is_not_in(&replayed.go(&back).await, "이미 한 번 쓴");
        let mut again = Browser::new(&city);
        let there = way(&mut again, "/sign-in/identity/phone").await;
        let back = Person::default().signs_on(&there, "hong").await;
        again.go(&back).await;
        assert_eq!(person(&city, &again).await.expect("in").0, first);
        // Refused at the provider, and a provider that is away.
        let mut other = Browser::new(&city);
        let there = way(&mut other, "/sign-in/identity/phone").await;
        let state = there.split("state=").nth(1).expect("a state").split('&').next().expect("a state").to_owned();
        let seen = other.go(&format!("/sign-in/identity/phone/back?error=access_denied&state={state}")).await;
        is_not_in(&seen, "그만두셨습니다");
        provider.end().await;
        let there = Browser::new(&city.with_brokers(vec![broker_of(9)])).go("/sign-in/identity/phone").await;
        assert_eq!(there.status, StatusCode::SERVICE_UNAVAILABLE);
        there.says("확인 기관에 연결할 수 없습니다").says("휴대전화 본인확인");
    }
}

fn broker(issuer: &str, identifier: &str, clock: Arc<dyn Clock>) -> Arc<OidcBroker> {
    let settings: BrokerSettings = serde_json::from_value(serde_json::json!({
        "code": "phone", "name": "휴대전화 본인확인", "name_en": "telephone identity check", "kind": "본인확인",
        "issuer": issuer, "client_id": "minwon", "client_secret": "minwon secret", "scopes": ["profile", "phone"],
        "claims": { "identifier": identifier }, "timeout": 3,
    }))
    .expect("settings");
    Arc::new(OidcBroker::new(settings, BACK, clock).expect("sound settings"))
}

fn broker_of(port: u16) -> Arc<dyn Broker> {
    broker(&format!("http://127.0.0.1:{port}"), "sub", Arc::new(SystemClock))
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_a_provider_vouches_for_is_read() {
    let provider = Provider::start(BACK, 0).await;
    let forged = broker(&provider.forger, "sub", Arc::new(SystemClock));
    let asked = Question {
        state: "state".into(),
        nonce: "nonce".into(),
        verifier: "v".repeat(64),
        anew: false,
    };
    let redeem = async |claims: serde_json::Value| {
        let code = base64_url(claims.to_string().as_bytes());
        forged.redeem(&code, &asked).await
    };
    let right = serde_json::json!({ "nonce": "nonce", "sub": "a", "name": "김하늘", "phone_number": "+82 10-1111-2222" });
    let with = |change: serde_json::Value| {
        let mut claims = right.clone();
        for (name, value) in change.as_object().expect("claims") {
            claims[name] = value.clone();
        }
        claims
    };
    let shown = |phone: Option<&str>, mail: Option<&str>| Shown {
        identifier: "a".into(),
        name: "김하늘".into(),
        phone: phone.map(str::to_owned),
        mail: mail.map(str::to_owned),
    };
    for (change, expected) in [
        (serde_json::json!({}), shown(Some("+82 10-1111-2222"), None)),
        // A number or an address that was not checked is none; of an address it must be said.
        (
            serde_json::json!({ "phone_number_verified": false }),
            shown(None, None),
        ),
        (
            serde_json::json!({ "phone_number": null, "email": "a@example.org" }),
            shown(None, None),
        ),
        (
            serde_json::json!({ "phone_number": null, "email": "a@example.org", "email_verified": true }),
            shown(None, Some("a@example.org")),
        ),
        // What is told only where it is asked for, and never over what was signed.
        (
            serde_json::json!({ "name": null, "userinfo": { "sub": "a", "name": "김하늘" } }),
            shown(Some("+82 10-1111-2222"), None),
        ),
        (
            serde_json::json!({ "phone_number": null, "userinfo": { "sub": "a", "name": "남", "phone_number": "010-9" } }),
            shown(Some("010-9"), None),
        ),
    ] {
        let read = redeem(with(change.clone())).await;
        assert!(read.as_ref() == Ok(&expected), "{change}");
    }
    for wrong in [
        serde_json::json!({ "name": null }),
        serde_json::json!({ "name": "  " }),
        serde_json::json!({ "name": 7 }),
        // Told of somebody else.
        serde_json::json!({ "name": null, "userinfo": { "sub": "b", "name": "남" } }),
        serde_json::json!({ "nonce": "another" }),
        serde_json::json!({ "sign": "none" }),
        serde_json::json!({ "aud": "other" }),
    ] {
        let read = redeem(with(wrong.clone())).await;
        assert!(
            matches!(read, Err(NotNamed::Refused(_) | NotNamed::Lacking(_))),
            "{wrong}"
        );
    }
}

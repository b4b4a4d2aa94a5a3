//! 관문과 접속기록 — nobody carries anything out without a reason; whoever touches the access log is found out; the month is reviewed;
//! petitioners read which offices looked.

use crate::visitor::{Browser, Seen};
use app::act::{ActError, Call};
use app::gate::{Going, Held, Reason};
use app::looked::Doing;
use app::review::Settle;
use axum::http::{Request, StatusCode};
use domain::access::Who;
use domain::gate::{Demand, Export, Format, Lack, Purpose, Sure};
use domain::oversight::{Remarkable, Settled};
use domain::refusal::Refusal;
use domain::terms::Kind;
use jiff::civil::{date, datetime};
use store::engine::{Ask, Urgency, Write};
use store::params;
use testkit::city::{City, PASSWORD};

async fn desk(city: &City, login: &str) -> Browser {
    let mut browser = Browser::new(city);
    let page = browser.go("/desk/sign-in").await;
    let fields = [("login", login), ("password", PASSWORD)];
    let seen = browser.submits(&page, "/desk/sign-in", &fields).await;
    assert_eq!(seen.path, "/desk", "{}", seen.text);
    browser
}

fn is_file(seen: &Seen) -> bool {
    seen.headers
        .get("content-disposition")
        .is_some_and(|said| said.to_str().unwrap().starts_with("attachment"))
}

/// Everything that went out, as the privacy officer is shown it.
async fn gone_out(city: &City) -> Vec<(store::gate::Line, String)> {
    let span = (domain::time::At(0), domain::time::At::NEVER);
    let who = city.official("privacy");
    city.app
        .gone_out(&who, span, None, 100, &Call::default())
        .await
        .unwrap()
}

async fn by_hand(city: &City, sql: &'static str, params: Vec<store::engine::Value>, rows: u64) {
    let write = Write::new(sql, params).rows(rows);
    let engine = city.app.places.live.engine();
    engine
        .commit(vec![write], Urgency::User)
        .await
        .unwrap_or_else(|e| panic!("{sql}: {e}"));
}

async fn faults(city: &City) -> Vec<String> {
    let live = &city.app.places.live;
    city.app.verify(live, &mut |_| {}).await.unwrap().faults
}

testkit::on_both_engines! {
    async fn a_paper_of_one_case_costs_one_click(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "보도블록", Kind::Inquiry, None).await;
        let mut clerk = desk(&city, "receiver1").await;
        let way = format!("/desk/cases/{}/papers", p.number);
        let receipt = format!("{way}/receipt");
        let asked = clerk.go(&receipt).await;
        assert!(!is_file(&asked), "nothing goes out unasked");
        asked.says("출력·저장 사유").says("정보주체 1명");
        assert!(gone_out(&city).await.is_empty());
        // A reason that does not fit comes back with the page, and nothing went out.
        let unfit = clerk.submits(&asked, "/desk/gate", &[("purpose", "keeping")]).await;
        assert_eq!(unfit.status, StatusCode::UNPROCESSABLE_ENTITY);
        unfit.says("사유를 골라 주시기 바랍니다.");
        let file = clerk.submits(&asked, "/desk/gate", &[("purpose", "hand_out")]).await;
        assert!(is_file(&file) && file.bytes.starts_with(b"%PDF"));
        assert_eq!(file.headers["x-minwon-serial"], "2026-1");
        // The same reason holds for the other papers of this petition, for half an hour and not for another petition's.
        assert!(is_file(&clerk.go(&format!("{way}/filing_confirmation")).await));
        let other = city.in_handling(kim, "가로등", Kind::Inquiry, None).await;
        assert!(!is_file(&clerk.go(&format!("/desk/cases/{}/papers/receipt", other.number)).await));
        city.clock.advance(30 * 60_000 + 1);
        let later = clerk.go(&receipt).await;
        assert!(!is_file(&later), "after half an hour it is asked again");
        // Whoever asks for the headers alone uses nothing up.
        let lines = gone_out(&city).await;
        let said: Vec<_> = lines.iter().map(|(l, _)| (l.serial, l.what, l.subjects, l.purpose, l.marked)).collect();
        assert_eq!(said, vec![
            ((2026, 1), Export::CasePaper, 1, Purpose::HandOut, false),
            ((2026, 2), Export::CasePaper, 1, Purpose::HandOut, false),
        ]);
        assert_eq!(lines[0].0.petition, Some(p.id));
        // For use inside it bears who printed it.
        let inside = clerk.submits(&later, "/desk/gate", &[("purpose", "approval")]).await;
        assert!(is_file(&inside));
        assert!(gone_out(&city).await.last().unwrap().0.marked);
        assert_ne!(inside.bytes.len(), file.bytes.len(), "the mark is on the paper");
        // A citizen's own paper is theirs.
        let mut citizen = Browser::new(&city);
        citizen.signs_in(&city, "010-1234-5678").await;
        assert!(is_file(&citizen.go(&format!("/my/{}/papers/receipt", p.number)).await));
        assert_eq!(gone_out(&city).await.len(), 3);
    }

    async fn many_people_ask_for_words(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        for n in 0..3 {
            let citizen = city.citizen(&format!("010-1234-567{n}")).await;
            city.in_handling(citizen, "보도블록", Kind::Inquiry, None).await;
        }
        let who = city.official("receiver1");
        let going = |subjects| Going {
            what: Export::Register, format: Format::Csv, petition: None, subjects, target: "/desk/register",
        };
        let reason = |words: &str, sure| Reason { purpose: Some(Purpose::Audit), words: words.into(), sure };
        let lacks = |held: Result<app::gate::Pass, Held>| match held {
            Err(Held::Ask(asked)) => (asked.demand, asked.lacks),
            other => panic!("{other:?}"),
        };
        let call = Call::default();
        let long = "감사원 요구 자료로 제출하기 위하여 저장합니다";
        let app = &city.app;
        assert_eq!(lacks(app.gate_with(&who, going(3), &reason("감사", Sure::Yes), &call).await), (Demand::Words, vec![Lack::Words(5)]));
        assert_eq!(lacks(app.gate_with(&who, going(100), &reason(long, Sure::No), &call).await), (Demand::Confirmed, vec![Lack::Sure]));
        assert!(app.gate_with(&who, going(100), &reason(long, Sure::Yes), &call).await.is_ok());
        assert!(matches!(app.gate_with(&Who::System, going(1), &reason(long, Sure::Yes), &call).await, Err(Held::Act(ActError::NotFound))));
        // On the page: what was typed comes back, and the file ends with who saved it.
        let mut clerk = desk(&city, "receiver1").await;
        let page = clerk.go("/desk/register").await;
        let fields = |note: &'static str| [
            ("from", "2026-06-01"), ("to", "2026-06-30"), ("reason", "register_audit"), ("register", "petitions"), ("as", "csv"), ("note", note),
        ];
        let short = clerk.sends(&page, "/desk/register", &fields("감사")).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        short.says("구체적인 사유를 5자 이상 써 주시기 바랍니다.");
        let file = clerk.sends(&page, "/desk/register", &fields("감사 자료 제출")).await;
        assert!(is_file(&file), "{}", file.text);
        assert!(file.text.trim_end().lines().last().unwrap().contains("(receiver1)"), "{}", file.text);
        let (line, words) = gone_out(&city).await.pop().unwrap();
        assert_eq!((line.subjects, line.what, words.as_str()), (3, Export::Register, "감사 자료 제출"));
        assert_eq!(file.headers["x-minwon-serial"], format!("{}-{}", line.serial.0, line.serial.1));
    }

    async fn a_reason_is_good_once_and_for_its_own_address(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        city.in_handling(kim, "보도블록", Kind::Inquiry, None).await;
        let who = city.official("receiver1");
        let call = Call::default();
        let going = |target| Going {
            what: Export::Issued, format: Format::Csv, petition: None, subjects: 2, target,
        };
        let reason = Reason { purpose: Some(Purpose::Keeping), words: "월말 비치용 출력".into(), sure: Sure::No };
        city.app.give_reason(&who, "/a", &reason).await.unwrap();
        let asks = |held: Result<app::gate::Pass, Held>| matches!(held, Err(Held::Ask(_)));
        assert!(asks(city.app.gate(&who, going("/b"), &call).await), "another address");
        assert!(asks(city.app.gate(&city.official("receiver2"), going("/a"), &call).await), "another official");
        assert!(city.app.gate(&who, going("/a"), &call).await.is_ok());
        assert!(asks(city.app.gate(&who, going("/a"), &call).await), "used up");
        city.app.give_reason(&who, "/a", &reason).await.unwrap();
        city.clock.advance(10 * 60_000 + 1);
        assert!(asks(city.app.gate(&who, going("/a"), &call).await), "too old");
        city.duty("ledger").await;
        assert_eq!(faults(&city).await, Vec::<String>::new());
    }

    async fn whoever_touches_the_access_log_is_found_out(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "보도블록", Kind::Inquiry, None).await;
        let clerk = city.official("receiver1");
        let look = || async { city.app.case(&clerk, p.id, &Call::default()).await.unwrap() };
        for _ in 0..5 {
            look().await;
        }
        city.duty("ledger").await;
        city.clock.advance(3_600_000);
        look().await;
        city.duty("ledger").await;
        let live = &city.app.places.live;
        assert_eq!(live.ledger_roots(9).await.unwrap().len(), 2);
        let report = city.app.verify(live, &mut |_| {}).await.unwrap();
        assert_eq!((report.faults.len(), report.unsealed_lines, report.ledger_roots), (0, 0, 2), "{:?}", report.faults);
        assert!(report.lines > 6);
        let finds = |word: &'static str| {
            let city = &city;
            async move {
                let found = faults(city).await;
                assert!(found.iter().any(|fault| fault.contains(word)), "{word} is not among {found:?}");
            }
        };
        // Changed, and put right again.
        by_hand(&city, "UPDATE ledger SET n = n + 1 WHERE leaf = 0", params![], 1).await;
        finds("line 0 of the ledger was changed").await;
        by_hand(&city, "UPDATE ledger SET n = n - 1 WHERE leaf = 0", params![], 1).await;
        assert_eq!(faults(&city).await, Vec::<String>::new());
        // Two lines changed places.
        by_hand(&city, "UPDATE ledger SET leaf = CASE WHEN leaf = 0 THEN 1 ELSE 0 END WHERE leaf IN (0, 1)", params![], 2).await;
        finds("line 0 of the ledger was changed").await;
        by_hand(&city, "UPDATE ledger SET leaf = CASE WHEN leaf = 0 THEN 1 ELSE 0 END WHERE leaf IN (0, 1)", params![], 2).await;
        // Put in: with a number, or dated back and left to the sealer.
        let insert = "INSERT INTO ledger (id, at, by_kind, by_id, deed, petition, origin, n, leaf) SELECT $1, at - $2, by_kind, by_id, \
                      deed, petition, origin, n, $3 FROM ledger WHERE leaf = 0";
        by_hand(&city, insert, params![[7_u8; 16], 0_i64, 2_i64], 1).await;
        finds("1 lines of the ledger were put in without the sealer").await;
        by_hand(&city, "DELETE FROM ledger WHERE id = $1", params![[7_u8; 16]], 1).await;
        by_hand(&city, insert, params![[8_u8; 16], 2 * 86_400_000_i64, -1_i64], 1).await;
        city.duty("ledger").await;
        city.clock.advance(3_600_000);
        city.duty("ledger").await;
        finds("was put in afterwards").await;
        // Removed, with its leaf too: then the root no longer holds.
        by_hand(&city, "DELETE FROM ledger WHERE leaf = 2", params![], 1).await;
        finds("line 2 of the ledger was removed").await;
        by_hand(&city, "DELETE FROM ledger_leaf WHERE n = 2", params![], 1).await;
        finds("root 1 of the ledger does not hold").await;
    }

    async fn the_access_log_is_kept_for_two_years(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "보도블록", Kind::Inquiry, None).await;
        city.duty("ledger").await;
        let live = &city.app.places.live;
        let lines = live.looks(p.id).await.unwrap().len();
        assert!(lines > 0);
        city.it_is(datetime(2028, 6, 30, 23, 0, 0, 0));
        city.duty("ledger").await;
        assert_eq!(live.looks(p.id).await.unwrap().len(), lines, "two years are not over for the whole month");
        city.it_is(datetime(2028, 7, 1, 0, 0, 1, 0));
        city.duty("ledger").await;
        assert!(live.looks(p.id).await.unwrap().is_empty());
        assert_eq!(live.ledger_roots(9).await.unwrap().last().unwrap().no, 1, "the root stays");
        assert_eq!(faults(&city).await, Vec::<String>::new());
        // Whoever removes lines before their time is found out by what the root says.
        city.app.case(&city.official("road.facilities.1"), p.id, &Call::default()).await.unwrap();
        city.clock.advance(3_600_000);
        city.duty("ledger").await;
        let next = live.ledger_state().await.unwrap().0 as i64;
        by_hand(&city, "UPDATE ledger_state SET kept = $1", params![next], 1).await;
        assert!(faults(&city).await.iter().any(|fault| fault.contains("of the ledger does not hold")));
    }

    async fn petitioners_read_which_offices_looked(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let lee = city.citizen("010-8765-4321").await;
        let p = city.in_handling(kim, "보도블록", Kind::Inquiry, None).await;
        let clerk = city.official("road.facilities.1");
        for _ in 0..3 {
            city.app.case(&clerk, p.id, &Call::default()).await.unwrap();
        }
        let me = Who::Citizen(kim);
        let (lines, more) = city.app.looked_at(&me, p.id, 0, 20).await.unwrap();
        let road = city.unit("road_facilities");
        let mine = lines.iter().find(|l| l.unit == Some(road) && l.doing == Doing::Look).unwrap();
        assert_eq!((mine.n, mine.name.clone(), more), (3, None, false));
        assert!(lines.iter().any(|l| l.doing == Doing::Handle));
        assert!(city.app.looked_at(&me, p.id, 0, 1).await.unwrap().1, "there is another page");
        for stranger in [Who::Citizen(lee), clerk.clone()] {
            assert!(matches!(city.app.looked_at(&stranger, p.id, 0, 20).await, Err(ActError::NotFound)));
        }
        let mut browser = Browser::new(&city);
        browser.signs_in(&city, "010-1234-5678").await;
        browser.go(&format!("/my/{}", p.number)).await.says("어느 부서가 이 민원을 열람하였는지 보기");
        let page = browser.go(&format!("/my/{}/looks", p.number)).await;
        page.says("민원을 열람하였습니다").says("(3회)");
        let name = city.app.office().person(city.official_id("road.facilities.1")).unwrap().name.clone();
        assert!(!page.text.contains(&name), "the department, not the person");
        // The agency may tell the person too.
        let mut settings = city.app.gate_settings().await.unwrap();
        settings.names = app::gate::Naming::Name;
        assert!(matches!(city.app.set_gate(&clerk, &settings, &Call::default()).await, Err(ActError::NotFound)));
        city.app.set_gate(&city.official("privacy"), &settings, &Call::default()).await.unwrap();
        assert!(browser.go(&format!("/my/{}/looks", p.number)).await.text.contains(&name));
    }

    async fn a_month_is_drawn_up_explained_judged_and_signed(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "보도블록", Kind::Inquiry, None).await;
        // Who has nothing to do with it looks at it four times; the handler may as often as needed.
        let call = Call::default();
        for _ in 0..4 {
            city.app.case(&city.official("receiver2"), p.id, &call).await.unwrap();
            city.app.case(&city.official("road.facilities.1"), p.id, &call).await.unwrap();
        }
        let month = "2026-06".parse().unwrap();
        let officer = city.official("privacy");
        let receiver = city.official("receiver2");
        assert_eq!(city.app.draw_up_review(month).await.unwrap(), 0, "the month is not over");
        city.it_is(datetime(2026, 7, 1, 9, 0, 0, 0));
        city.duty("review").await;
        city.duty("review").await;
        assert_eq!(city.app.reviews(&officer, 9).await.unwrap().len(), 1, "once");
        assert!(matches!(city.app.reviews(&receiver, 9).await, Err(ActError::NotFound)));
        let seen = city.app.reviewed(&officer, month, &call).await.unwrap();
        let item = seen.items.iter().find(|i| i.remark.official == city.official_id("receiver2")).unwrap();
        assert_eq!((item.remark.kind, item.remark.n, item.remark.petition), (Remarkable::OnePetition, 4, Some(p.id)));
        assert!(!seen.items.iter().any(|i| i.remark.official == city.official_id("road.facilities.1")));
        let at = (month, item.no);
        let app = &city.app;
        let not = |refusal| move |done: Result<(), ActError>| assert!(matches!(done, Err(ActError::Refused(r)) if r == refusal), "{done:?}");
        not(Refusal::NotNow)(app.sign_review(&officer, month, "", &call).await);
        not(Refusal::ReasonMissing)(app.settle_remark(&officer, at, &Settle::Ask(" ".into()), &call).await);
        app.settle_remark(&officer, at, &Settle::Ask("열람한 까닭을 적어 주시기 바랍니다".into()), &call).await.unwrap();
        assert!(matches!(app.explain(&city.official("receiver1"), at, "제가 아닙니다", &call).await, Err(ActError::NotFound)));
        let mut asked = desk(&city, "receiver2").await;
        let page = asked.go("/desk/explain").await;
        page.says("열람한 까닭을 적어 주시기 바랍니다");
        let given = asked.submits(&page, "/desk/explain", &[("words", "창구 문의에 답하려고 열람하였습니다")]).await;
        given.says("소명을 제출하였습니다.");
        not(Refusal::NotNow)(app.explain(&receiver, at, "다시", &call).await);
        // The officer reads it, judges everything, and signs.
        let mut chief = desk(&city, "privacy").await;
        let page = chief.go("/desk/privacy/2026-06").await;
        page.says("창구 문의에 답하려고 열람하였습니다");
        for item in app.reviewed(&officer, month, &call).await.unwrap().items {
            app.settle_remark(&officer, (month, item.no), &Settle::Normal("확인함".into()), &call).await.unwrap();
        }
        not(Refusal::NotNow)(app.settle_remark(&officer, at, &Settle::Measure("늦음".into()), &call).await);
        let page = chief.go("/desk/privacy/2026-06").await;
        let signed = chief.submits(&page, "/desk/privacy/2026-06", &[("words", "이상 없음"), ("do", "sign")]).await;
        signed.says("이상 없음");
        not(Refusal::NotNow)(app.sign_review(&officer, month, "", &call).await);
        let seen = app.reviewed(&officer, month, &call).await.unwrap();
        assert!(seen.review.signed.is_some() && seen.items.iter().all(|i| i.state == Settled::Normal));
        let report = chief.takes("/desk/privacy/2026-06/report", "inspection", "월 점검 결과 보관").await;
        assert!(report.bytes.starts_with(b"%PDF"));
        let mut other = desk(&city, "receiver1").await;
        for way in ["/desk/privacy", "/desk/privacy/2026-06", "/desk/privacy/2026-06/report"] {
            assert_eq!(other.go(way).await.status, StatusCode::NOT_FOUND, "{way}");
        }
        // That the review was looked into stands in the ledger too.
        let span = (month.ends(), domain::time::At::NEVER);
        let lines = app.places.live.ledger_between(span, None, 1_000).await.unwrap();
        for deed in ["review_look", "review_ask", "review_explain", "review_judge", "review_sign"] {
            assert!(lines.iter().any(|line| line.deed == deed), "{deed}");
        }
    }

    async fn an_unsigned_month_is_reminded_of_once_from_the_tenth_on(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        city.in_handling(kim, "보도블록", Kind::Inquiry, None).await;
        let told = || async {
            let sql = "SELECT count(*) FROM outbox WHERE template = 'review_due'";
            let row = city.app.places.live.engine().query_one(sql, Vec::new()).await.unwrap();
            row.int(0).unwrap()
        };
        city.it_is(datetime(2026, 7, 9, 23, 59, 0, 0));
        city.duty("review").await;
        assert_eq!(told().await, 0);
        city.it_is(date(2026, 7, 10).at(0, 0, 1, 0));
        city.duty("review").await;
        city.duty("review").await;
        assert_eq!(told().await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asking_for_headers_uses_no_reason_up() {
    let city = City::new(testkit::city::On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    let p = city.in_handling(kim, "보도블록", Kind::Inquiry, None).await;
    let mut clerk = desk(&city, "receiver1").await;
    let way = format!("/desk/cases/{}/papers/receipt", p.number);
    let reason = Reason {
        purpose: Some(Purpose::HandOut),
        words: String::new(),
        sure: Sure::No,
    };
    let who = city.official("receiver1");
    city.app.give_reason(&who, &way, &reason).await.unwrap();
    let head = clerk.once(Request::head(&way), axum::body::Body::empty()).await;
    assert!(!is_file(&head));
    assert!(is_file(&clerk.go(&way).await));
}

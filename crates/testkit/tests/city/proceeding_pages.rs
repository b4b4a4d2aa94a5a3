//! 특별절차의 화면 — a jury court from its application to the casebook, by the forms of its pages: what each side sees, and what it never does.

use crate::visitor::{Browser, Seen, on_a_deep_stack, quote};
use axum::http::StatusCode;
use domain::due::Period;
use domain::terms::Kind;
use jiff::civil::datetime;
use testkit::city::{City, On, PASSWORD};

pub async fn desk(city: &City, login: &str) -> Browser {
    let mut browser = Browser::new(city);
    let page = browser.go("/desk/sign-in").await;
    let seen = browser
        .submits(
            &page,
            "/desk/sign-in",
            &[("login", login), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(seen.path, "/desk", "{login}");
    browser
}

/// Fills in the form of a move and goes on to the page that follows.
pub async fn moves(browser: &mut Browser, way: &str, fields: &[(&str, &str)]) -> Seen {
    let page = browser.go(way).await;
    assert_eq!(page.status, StatusCode::OK, "{way}: {}", page.words());
    let seen = browser.submits(&page, way, fields).await;
    assert_eq!(seen.status, StatusCode::OK, "{way}: {}", seen.words());
    seen
}

/// The same with several people named.
pub async fn names(browser: &mut Browser, way: &str, role: &str, officials: &[String]) -> Seen {
    let page = browser.go(way).await;
    let hidden = page.hidden(way);
    let named = officials
        .iter()
        .map(|id| ("member".to_owned(), format!("{role}/{id}")));
    let body: Vec<String> = (hidden.into_iter().chain(named))
        .map(|(name, value)| format!("{}={}", quote(&name), quote(&value)))
        .collect();
    let seen = browser
        .post(way, "application/x-www-form-urlencoded", body.join("&"))
        .await;
    browser.follow(seen).await
}

/// Where the papers of a proceeding are had.
fn papers(page: &Seen) -> Vec<String> {
    (page.links().into_iter())
        .filter(|way| way.contains("/proceedings/papers/"))
        .collect()
}

fn is_paper(seen: &Seen) {
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.words());
    assert!(seen.bytes.starts_with(b"%PDF"), "{}", seen.words());
    let kept = seen.headers["content-disposition"].to_str().expect("ASCII");
    assert!(kept.starts_with("attachment; filename=\"file.pdf\""), "{kept}");
}

async fn story() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    let p = city
        .in_handling(kim, "방음벽", Kind::Grievance, Some(Period::Days(30)))
        .await;
    let number = p.number.to_string();
    let my = |rest: &str| format!("/my/{number}{rest}");
    let at = |rest: &str| format!("/desk/{number}/proceedings{rest}");

    // 민원인: the panel, the form, what is wrong with it, and the page that follows.
    let mut petitioner = Browser::new(&city);
    petitioner.signs_in(&city, "010-1234-5678").await;
    let opening = my("/proceedings/open/jury_court");
    let page = petitioner.go(&my("")).await;
    assert!(page.links().contains(&opening), "{:?}", page.links());
    let page = petitioner.go(&opening).await;
    page.says("의견이 맞서는 점").says("확인 필요");
    let wrong = petitioner
        .submits(
            &page,
            &opening,
            &[("f-issue", " "), ("f-tried", "전화를 하였습니다.")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("의견이 맞서는 점").says("전화를 하였습니다.");
    let page = petitioner
        .submits(&wrong, &opening, &[("f-issue", "방음벽 높이"), ("f-tried", "")])
        .await;
    assert!(page.path.starts_with(&my("/proceedings/1")), "{}", page.path);
    page.says("안건 적합 여부 검토")
        .says("방음벽 높이")
        .says("민원배심법정 취하");
    let again = petitioner.go(&opening).await;
    again.says("같은 절차가 이미 진행되고 있습니다.");
    assert!(
        !again.text.contains("name=\"f-issue\""),
        "a form that cannot be sent is not shown"
    );

    // 옴부즈만: the list, the case, and the first move, sent twice by the same form.
    let mut ombudsman = desk(&city, "ombudsman1").await;
    let list = ombudsman.go("/desk/proceedings").await;
    list.says("민원배심법정").says("안건 적합 여부 검토");
    assert!(list.links().contains(&at("/1")), "{:?}", list.links());
    let case = ombudsman.go(&format!("/desk/cases/{number}")).await;
    let accept = at("/1/suit/accept");
    assert!(case.links().contains(&accept), "{:?}", case.links());
    case.says("특별절차 개시 — 민원배심법정");
    let form = ombudsman.go(&accept).await;
    form.says("배심원단에 물을 것").says("다음 단계: 배심원단 구성");
    let faulty = ombudsman.submits(&form, &accept, &[("f-question", "")]).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = ombudsman
        .submits(&faulty, &accept, &[("f-question", "높여야 합니까")])
        .await;
    assert!(
        page.path.starts_with(&at("/1?done=move_proceeding")),
        "{}",
        page.path
    );
    page.says("배심원단 구성")
        .says("높여야 합니까")
        .says("처리하였습니다");
    let twice = ombudsman
        .submits(&faulty, &accept, &[("f-question", "높여야 합니까")])
        .await;
    assert!(
        twice.path.starts_with(&at("/1?done=")),
        "the same form again is the same act: {}",
        twice.path
    );
    let late = ombudsman
        .sends(&form, &accept, &[("key", "another"), ("f-question", "또 물음")])
        .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.says("그사이 절차가 다음 단계로 넘어갔습니다.")
        .says("또 물음");
    let seen = petitioner.go(&my("/proceedings/1")).await;
    seen.says("배심원단 구성")
        .says("이제 시민 배심원과 전문가 배심원을 정합니다");
    assert!(
        !seen.words().contains("높여야 합니까"),
        "what officials answered is theirs: {}",
        seen.words()
    );
    let stranger = petitioner.go(&my("/proceedings/1/panel/name_expert")).await;
    assert_eq!(
        stranger.status,
        StatusCode::NOT_FOUND,
        "no officials' form for a petitioner"
    );

    // 배심원: named, drawn, and checked by anybody.
    let owed = ombudsman.go(&at("/1/panel/ready")).await;
    owed.says("갖추지 못함").says("구성원이 아직 모자랍니다.");
    let way = at("/1/panel/name_expert");
    let nobody = names(&mut ombudsman, &way, "expert", &[]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    nobody.says("사람을 골라 주시기 바랍니다.");
    let experts = ["expert1", "expert2"].map(|login| city.official_id(login).to_string());
    let page = names(&mut ombudsman, &way, "expert", &experts).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    let lot = at("/1/panel/announce_lot");
    let many = ombudsman.go(&lot).await;
    let many = ombudsman.submits(&many, &lot, &[("wanted", "6")]).await;
    assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY);
    many.says("정할 수 있는 인원보다 많습니다.");
    moves(&mut ombudsman, &lot, &[("wanted", "5")])
        .await
        .says("아직 추첨하지 않았습니다.");
    let none = ombudsman.go(&at("/1/lots/1/record")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND, "nothing is drawn yet");
    let draw = at("/1/lot/draw");
    ombudsman.go(&draw).await.says("공고한 확인값");
    moves(&mut ombudsman, &draw, &[("word", "봄바람 7")])
        .await
        .says("봄바람 7");
    let record = ombudsman.go(&at("/1/lots/1/record")).await;
    let record: app::lots::Record = serde_json::from_slice(&record.bytes).expect("a record");
    assert_eq!(app::lots::check(&record), Ok(()));
    let own = petitioner.go(&my("/proceedings/1/lots/1/record")).await;
    let own: app::lots::Record = serde_json::from_slice(&own.bytes).expect("the same record");
    assert_eq!(own, record);

    // 회의: the day is told, minutes are not.
    moves(&mut ombudsman, &at("/1/panel/ready"), &[]).await;
    let days = my("/proceedings/1/schedule/days");
    moves(&mut petitioner, &days, &[("f-days", "22일 오후")])
        .await
        .says("22일 오후");
    let arrange = at("/1/schedule/arrange");
    let meeting = [
        ("meet_day", "2026-06-22"),
        ("place", "시청 3층 회의실"),
        ("f-openness", "public"),
        ("f-both_agree", "yes"),
    ];
    let page = ombudsman.go(&arrange).await;
    let wrong = ombudsman
        .submits(
            &page,
            &arrange,
            &[&meeting[..], &[("meet_time", "이른 아침")]].concat(),
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("14:00처럼");
    assert!(wrong.text.contains("시청 3층 회의실"), "what was typed is kept");
    moves(
        &mut ombudsman,
        &arrange,
        &[&meeting[..], &[("meet_time", "14:00")]].concat(),
    )
    .await;
    petitioner
        .go(&my("/proceedings/1"))
        .await
        .says("시청 3층 회의실")
        .says("14:00");
    city.it_is(datetime(2026, 6, 23, 9, 0, 0, 0));
    let mut ombudsman = desk(&city, "ombudsman1").await;
    let mut petitioner = Browser::new(&city);
    petitioner.signs_in(&city, "010-1234-5678").await;
    moves(
        &mut ombudsman,
        &at("/1/hearing/minutes"),
        &[("minutes", "양쪽의 말을 들었다.")],
    )
    .await
    .says("양쪽의 말을 들었다.");
    let votes = [("yes", "5"), ("no", "2"), ("abstained", "0")];
    let cast = at("/1/vote/cast");
    let page = ombudsman.go(&cast).await;
    let wrong = ombudsman
        .submits(&page, &cast, &[("yes", "다섯"), ("no", "2"), ("abstained", "0")])
        .await;
    wrong.says("숫자를 써 주시기 바랍니다");
    let more = ombudsman
        .submits(&page, &cast, &[("yes", "5"), ("no", "3"), ("abstained", "0")])
        .await;
    more.says("표가 없거나 구성원의 수보다 많습니다.");
    moves(&mut ombudsman, &cast, &votes)
        .await
        .says("찬성 5, 반대 2, 기권 0");
    let seen = petitioner.go(&my("/proceedings/1")).await;
    assert!(
        !seen.words().contains("양쪽의 말을 들었다"),
        "minutes are the office's own"
    );
    assert!(!seen.words().contains("찬성 5"), "votes are, too");
    let case = ombudsman.go(&format!("/desk/cases/{number}")).await;
    case.says("민원배심법정 — 안건 적합 여부 검토: 안건 채택");
    petitioner.go(&my("")).await.says("민원배심법정 시작");

    // 결정과 이행: the decision on paper, the promise and what became of it; then the case, told without persons.
    let decided = [
        ("f-extent", "whole"),
        ("f-order", "방음벽을 2미터 높인다."),
        ("f-reason", "소음이 기준을 넘는다."),
    ];
    moves(&mut ombudsman, &at("/1/vote/uphold"), &decided).await;
    let seen = petitioner.go(&my("/proceedings/1")).await;
    seen.says("방음벽을 2미터 높인다.").says("소음이 기준을 넘는다.");

    // 결정서: the same paper for both sides; an official says why first, and who is not of the petition finds nothing.
    let own = papers(&seen);
    assert_eq!(own.len(), 1, "{own:?}");
    let paper = petitioner.go(&own[0]).await;
    is_paper(&paper);
    petitioner.lang = "en";
    is_paper(&petitioner.go(&own[0]).await);
    petitioner.lang = "ko";
    let theirs = papers(&ombudsman.go(&at("/1")).await);
    assert_eq!(theirs.len(), 1, "{theirs:?}");
    let asked = ombudsman.go(&theirs[0]).await;
    assert!(asked.text.contains("name=\"back\""), "{}", asked.words());
    assert!(
        asked.links().contains(&at("/1")),
        "the way back is the proceeding"
    );
    is_paper(&ombudsman.takes(&theirs[0], "handling", "").await);
    let (_, seq) = own[0].rsplit_once('/').expect("a number");
    assert!(theirs[0].ends_with(&format!("/{seq}")));
    for other in ["0", "1", "99", "x"] {
        let none = petitioner.go(&my(&format!("/proceedings/papers/{other}"))).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{other}");
        let none = ombudsman.go(&at(&format!("/papers/{other}"))).await;
        assert_eq!(
            none.status,
            StatusCode::NOT_FOUND,
            "{other}: before any reason is asked"
        );
    }
    let mut stranger = Browser::new(&city);
    let guest = stranger.go(&own[0]).await;
    assert!(guest.path.starts_with("/sign-in"), "{}", guest.path);
    stranger.signs_in(&city, "010-8765-4321").await;
    let (page, paper) = (
        stranger.go(&my("/proceedings/1")).await,
        stranger.go(&own[0]).await,
    );
    assert_eq!(
        (page.status, paper.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    let mut colleague = desk(&city, "prompt.admin.1").await;
    let (page, paper) = (colleague.go(&at("/1")).await, colleague.go(&theirs[0]).await);
    assert_eq!(
        (page.status, paper.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );

    petitioner.go("/my").await.says("하실 일이 있습니다");
    moves(&mut petitioner, &my("/proceedings/1/accept_p/accept"), &[]).await;
    let mut head = desk(&city, "road.facilities.head").await;
    moves(&mut head, &at("/1/accept_d/accept"), &[]).await;
    let unit = city.unit("road_facilities").to_string();
    let promised = [
        ("unit", unit.as_str()),
        ("promise", "2미터 증설"),
        ("by", "2026-11-30"),
    ];
    let promise = at("/1/commit/promise");
    let page = head.go(&promise).await;
    let past = head
        .submits(
            &page,
            &promise,
            &[&promised[..2], &[("by", "2026-06-01")]].concat(),
        )
        .await;
    past.says("오늘이나 그 뒤의 날짜여야 합니다.");
    moves(&mut head, &promise, &promised).await.says("이행 중");
    petitioner
        .go(&my("/proceedings/1"))
        .await
        .says("2미터 증설")
        .says("이행 중");
    moves(&mut head, &at("/1/commit/ready"), &[]).await;
    let kept = [
        ("promise_no", "1"),
        ("state", "done"),
        ("word_on", "10월에 마쳤습니다."),
    ];
    moves(&mut ombudsman, &at("/1/comply/check"), &kept)
        .await
        .says("이행 완료");
    petitioner
        .go(&my("/proceedings/1"))
        .await
        .says("10월에 마쳤습니다.");
    moves(&mut ombudsman, &at("/1/comply/kept"), &[]).await;
    let publish = at("/1/casebook/publish");
    ombudsman.go(&publish).await.says("누구나 읽는 사례집");
    let told = [
        ("title", "방음벽의 높이"),
        ("question", "높여야 하는가"),
        ("holding", "높인다"),
    ];
    let done = moves(&mut ombudsman, &publish, &told).await;
    assert!(
        done.path.starts_with(&at("/1?done=move_proceeding")),
        "whoever moved it still sees it: {}",
        done.path
    );
    let mut seat = desk(&city, "ombudsman2").await;
    for way in [at("/1"), theirs[0].clone()] {
        let gone = seat.go(&way).await;
        assert_eq!(
            gone.status,
            StatusCode::NOT_FOUND,
            "the seat sees it no more: {way}"
        );
    }
    is_paper(&head.takes(&theirs[0], "approval", "").await);
    head.go(&at("/1")).await.says("끝남").says("높인다");
    let over = head.go(&at("/1/suit/accept")).await;
    over.says("진행 중인 절차가 아닙니다.");

    // 누구나: the procedures and the casebook; officials: the figures.
    let mut anybody = Browser::new(&city);
    anybody.go("/services").await.says("특별절차 안내");
    anybody
        .go("/procedures")
        .await
        .says("민원배심법정")
        .says("확인 필요");
    anybody
        .go("/procedures/jury_court")
        .await
        .says("안건 적합 여부 검토")
        .says("시민감사옴부즈만")
        .says("끝나는 방식");
    anybody
        .go("/casebook")
        .await
        .says("방음벽의 높이")
        .says("결정 요지");
    anybody
        .go("/casebook?track=jury_court")
        .await
        .says("방음벽의 높이");
    anybody
        .go("/casebook?track=no_such&older=x")
        .await
        .says("방음벽의 높이");
    anybody.go("/casebook?older=1-2-3").await.says("방음벽의 높이");
    let gone = anybody.go("/procedures/no_such").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    anybody.lang = "en";
    anybody.go("/procedures/jury_court").await.says("How it can end");
    let over = petitioner.go(&my("/proceedings/1")).await;
    over.says("끝남");
    head.go("/desk/proceedings?state=ended").await.says("방음벽");
    head.go("/desk/proceedings?state=ended&track=legal_counsel")
        .await
        .says("해당하는 절차가 없습니다.");
    let figures = ombudsman.go("/desk/proceedings/ended.csv?year=2026").await;
    assert!(figures.text.contains("민원배심법정"), "{}", figures.text);
}

#[test]
fn a_court_goes_by_its_pages() {
    on_a_deep_stack(story);
}

/// The figures of the month on the list of one track.
async fn burden(browser: &mut Browser, track: &str) -> String {
    let page = browser.go(&format!("/desk/proceedings?track={track}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    let (_, rest) = page.text.split_once("id=\"burden\"").expect("its figures");
    rest.split("</section>").next().unwrap_or_default().to_owned()
}

async fn figures() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    let name = |login: &str| {
        let office = city.app.office();
        let person = office.person(city.official_id(login)).expect("somebody");
        person.name.clone()
    };
    let (own, other) = (name("road.facilities.1"), name("road.facilities.2"));
    let mut handler = desk(&city, "road.facilities.1").await;
    let empty = burden(&mut handler, "identity_check").await;
    assert!(!empty.contains("<svg"), "nothing has begun: {empty}");
    for title in ["등록", "재발급"] {
        let p = city
            .in_handling(kim, title, Kind::Statutory, Some(Period::Days(10)))
            .await;
        moves(
            &mut handler,
            &format!("/desk/{}/proceedings/open/identity_check", p.number),
            &[],
        )
        .await;
    }
    let seen = burden(&mut handler, "identity_check").await;
    for part in [
        own.as_str(),
        "<svg",
        "한 사람이 하루 80~110건",
        "담당자마다 하루 8~11건",
        "내가 시작한 것과 전체 합계만 보입니다.",
    ] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
    assert!(!seen.contains(&other) && !seen.contains("style="), "{seen}");
    // 소속 부서의 장 sees who it was, 민원심사관 everybody; who has nothing to do with it the sum alone.
    let mut head = desk(&city, "road.facilities.head").await;
    let seen = burden(&mut head, "identity_check").await;
    assert!(seen.contains(&own) && seen.contains("소속 부서 직원"), "{seen}");
    let mut examiner = desk(&city, "examiner").await;
    let seen = burden(&mut examiner, "identity_check").await;
    assert!(seen.contains(&own) && !seen.contains("합계만 보입니다"), "{seen}");
    let mut ombudsman = desk(&city, "ombudsman1").await;
    let seen = burden(&mut ombudsman, "identity_check").await;
    assert!(!seen.contains(&own) && !seen.contains("<svg"), "{seen}");
    assert!(seen.contains("전체 합계") && seen.contains(">2<"), "{seen}");
    let all = ombudsman.go("/desk/proceedings").await;
    assert!(!all.text.contains("id=\"burden\""), "of one track alone");
    ombudsman.lang = "en";
    let seen = burden(&mut ombudsman, "identity_check").await;
    assert!(
        seen.contains("2–3 days") && seen.contains("aim: 1–2 days"),
        "{seen}"
    );
}

#[test]
fn who_began_how_many_is_shown_as_far_as_the_boards_show_it() {
    on_a_deep_stack(figures);
}

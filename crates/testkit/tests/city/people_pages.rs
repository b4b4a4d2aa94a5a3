//! 사람과 조직의 화면 — the pages of this room by plain HTTP: entering, being refused, importing, closing, handing over.

use crate::visitor::Browser;
use axum::http::StatusCode;
use domain::terms::Kind;
use jiff::civil::date;
use testkit::city::{City, On, PASSWORD};

async fn official(city: &City, login: &str) -> Browser {
    let mut browser = Browser::new(city);
    let page = browser.go("/desk/sign-in").await;
    let fields = [("login", login), ("password", PASSWORD)];
    let work = browser.submits(&page, "/desk/sign-in", &fields).await;
    assert_eq!(work.status, StatusCode::OK, "{login}");
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn people_enter_absences_and_hand_over_without_javascript() {
    let city = City::new(On::Sqlite, date(2026, 6, 15).at(10, 0, 0, 0)).await;
    let kim = city.citizen("010-1234-5678").await;
    city.in_handling(kim, "가로등이 꺼졌습니다", Kind::Inquiry, None)
        .await;
    let (handler, other) = (
        city.official_id("road.facilities.1"),
        city.official_id("road.facilities.2"),
    );
    let (handler, other) = (handler.to_string(), other.to_string());
    let mut mine = official(&city, "road.facilities.1").await;
    let page = mine.go("/desk/absences").await;
    page.says("부재 등록").says("등록된 부재가 없습니다.");
    // Backwards: told beside its field, and what was entered is still there.
    let mut fields = vec![
        ("official", handler.as_str()),
        ("kind", "leave"),
        ("from", "2026-06-17"),
        ("to", "2026-06-16"),
        ("from_time", ""),
        ("to_time", ""),
        ("stand_in", ""),
        ("deputy", ""),
    ];
    let wrong = mine.submits(&page, "/desk/absences", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("끝이 시작보다 앞섭니다.");
    assert!(wrong.text.contains("2026-06-17"), "nothing typed is lost");
    fields[3].1 = "2026-06-18";
    let entered = mine.submits(&wrong, "/desk/absences", &fields).await;
    entered.says("부재를 등록하였습니다.").says("예정");
    // The head is alarmed, on the work list and on the page of absences.
    let mut head = official(&city, "road.facilities.head").await;
    head.go("/desk").await.says("공백 경보");
    head.go("/desk/absences")
        .await
        .says("업무대행자 없이 남는 민원 1건");
    // Nobody else's page tells of it.
    let mut stranger = official(&city, "audit.1").await;
    let seen = stranger.go("/desk/absences").await;
    assert!(!seen.text.contains("업무대행자 없이 남는 민원"));
    for hidden in [
        "/desk/organisation",
        "/desk/organisation/import",
        "/desk/organisation/units/new",
    ] {
        assert_eq!(
            stranger.go(hidden).await.status,
            StatusCode::NOT_FOUND,
            "{hidden}"
        );
    }
    let way = format!("/desk/handovers/from/{handler}");
    assert_eq!(stranger.go(&way).await.status, StatusCode::NOT_FOUND);
    // Transfer day.
    let page = head.go(&way).await;
    page.says("가로등이 꺼졌습니다");
    let nobody = head.submits(&page, &way, &[("receiver-1", other.as_str())]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    let lead = city.official_id("road.facilities.lead").to_string();
    let fields = [
        ("receiver-1", other.as_str()),
        ("witness", lead.as_str()),
        ("note", "열쇠는 서랍에 있습니다."),
    ];
    let ordered = head.submits(&nobody, &way, &fields).await;
    ordered
        .says("인계를 시작하였습니다.")
        .says("인계 중")
        .says("열쇠는 서랍에 있습니다.");
    let one = ordered.path.split('?').next().unwrap_or_default().to_owned();
    city.duty("hand_over").await;
    head.go(&one).await.says("인수 확인 대기").says("인계함");
    let sheet = head
        .takes(&format!("{one}/sheet"), "handling", "인계 서류에 붙임")
        .await;
    assert!(sheet.bytes.starts_with(b"%PDF"));
    let mut receiver = official(&city, "road.facilities.2").await;
    receiver.go("/desk/handovers").await.says("확인해 주십시오");
    let page = receiver.go(&one).await;
    let confirm = format!("{one}/confirm");
    let unread = receiver.submits(&page, &confirm, &[]).await;
    unread.says("업무편람을 읽었음을 확인해야 합니다.");
    let confirmed = receiver.submits(&unread, &confirm, &[("manuals", "yes")]).await;
    confirmed.says("인수를 확인하였습니다.").says("인계·인수 완료");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_changes_the_office_and_its_history_tells() {
    let city = City::new(On::Sqlite, date(2026, 6, 15).at(10, 0, 0, 0)).await;
    let mut admin = official(&city, "admin").await;
    admin.go("/desk/organisation").await.says("도로시설과");
    let page = admin.go("/desk/organisation/units/new").await;
    let way = "/desk/organisation/units/new";
    let mut fields = vec![
        ("name", "도로관리과"),
        ("code", "road_facilities"),
        ("from", "2026-06-15"),
    ];
    let taken = admin.submits(&page, way, &fields).await;
    taken.says("이미 쓰고 있는 코드나 아이디입니다.");
    assert!(taken.text.contains("도로관리과"), "nothing typed is lost");
    fields[1].1 = "road_management";
    admin
        .submits(&taken, way, &fields)
        .await
        .says("부서를 저장하였습니다.")
        .says("도로관리과");
    let (old, heir) = (city.unit("road_facilities"), city.unit("road_management"));
    let (one, heir) = (format!("/desk/organisation/units/{old}"), heir.to_string());
    let page = admin.go(&one).await;
    let close = format!("{one}/close");
    let without = admin.submits(&page, &close, &[("last_day", "2026-06-30")]).await;
    without.says("승계 부서를 하나 이상 정해야 합니다.");
    let fields = [("last_day", "2026-06-30"), ("successor-1", heir.as_str())];
    admin
        .submits(&without, &close, &fields)
        .await
        .says("부서의 폐지를 등록하였습니다.");
    let page = admin.go("/desk/organisation/officials/new").await;
    let way = "/desk/organisation/officials/new";
    let fields = [
        ("login", "fresh"),
        ("name", "새사람"),
        ("unit", heir.as_str()),
        ("seat-handler", "yes"),
        ("from", "2026-06-15"),
        ("password", "한빛 새 비밀번호 2!"),
    ];
    let added = admin.submits(&page, way, &fields).await;
    added.says("공무원을 저장하였습니다.").says("새사람");
    assert!(!added.text.contains("비밀번호 2"), "a password is never shown");
    let fresh = city.official_id("fresh").to_string();
    let person = format!("/desk/organisation/officials/{fresh}");
    let page = admin.go(&person).await;
    let short = admin
        .submits(&page, &format!("{person}/password"), &[("password", "짧다")])
        .await;
    short.says("비밀번호는 10자 이상이어야 합니다.");
    admin
        .go("/desk/organisation/history")
        .await
        .says("부서 폐지")
        .says("공무원 추가");
}

//! 열 가지 민원 — those of the ten that can be filed online, by a citizen on a phone and by the officials of each department. The
//! two without a confirmed period are filed at the counter: their pages say so.

use super::{Hand, Way};
use domain::form::{Field, FieldType};
use domain::id::{OfficialId, UnitId};
use domain::terms::{EntryPoint, Seat};
use jiff::civil::datetime;
use testkit::city::{City, On};
use testkit::site::Site;
use testkit::ten::{Played, TEN};

/// The most screens a citizen's first filing may take, from the page of the service to the number.
const SCREENS: usize = 6;

/// Fills in one field as a person does.
async fn fill(hand: &mut Hand, field: &Field, value: &str) {
    let name = format!("f-{}", field.name);
    match field.is {
        FieldType::Choice => hand.choose(&name, value).await,
        FieldType::Choices => hand.press(&format!("input[name='{name}-{value}']")).await,
        // The browser of the tests takes month, day, year.
        FieldType::Date => {
            let (year, rest) = value.split_once('-').expect("a day");
            hand.browser
                .fill(&name, &format!("{}{year}", rest.replace('-', "")))
                .await;
        }
        _ => hand.fill(&name, value).await,
    }
}

/// Files one service and gives its number, and through how many screens.
pub(super) async fn filed(site: &Site, hand: &mut Hand, played: &Played) -> (String, usize) {
    let form = (site
        .city
        .app
        .forms
        .of_service(played.service.parse().expect("a code")))
    .expect("a form");
    let mut screens = 1;
    hand.goto(&format!("/services/{}", played.service)).await;
    hand.press(&format!("main a[href='/file/service/{}']", played.service))
        .await;
    screens += 1;
    if played.service == "S065" {
        // Sent too early: every fault stands beside its field, and nothing typed is lost.
        hand.fill("f-use", "단독주택").await;
        hand.press("main form button[name='go'][value='next']").await;
        hand.browser.says("대지 위치: 꼭 적어 주셔야 합니다.").await;
        assert!(
            hand.browser
                .client
                .find(fantoccini::Locator::Css("#f-use[value='단독주택']"))
                .await
                .is_ok()
        );
        hand.browser
            .client
            .find(fantoccini::Locator::Css("#f-use"))
            .await
            .expect("the field")
            .clear()
            .await
            .expect("it can be cleared");
    }
    for (name, value) in played.answers {
        let field = form.field(name.parse().expect("a name")).expect("a field");
        fill(hand, field, value).await;
    }
    hand.press("main form button[name='go'][value='next']").await;
    if hand.browser.path().await.ends_with("/content") {
        panic!("{}: {}", played.service, hand.browser.text().await);
    }
    screens += 1;
    let first = hand
        .browser
        .client
        .find(fantoccini::Locator::Css("[name='phone']"))
        .await
        .is_ok();
    if first {
        hand.fill("name", "김한빛").await;
        hand.choose("reach", "phone").await;
        hand.fill("phone", "010-1234-5678").await;
        hand.press("main form button[name='go'][value='next']").await;
        screens += 1;
        hand.fill("code", &site.city.last_code()).await;
        hand.press("main form button[type='submit']").await;
    } else {
        hand.press("main form button[name='go'][value='next']").await;
    }
    screens += 1;
    if played.missing > 0 {
        hand.browser.says("아직 올리지 않으신 구비서류가 있습니다").await;
    }
    hand.press("main form button.primary[type='submit']").await;
    hand.browser.says("신청번호").await;
    screens += 1;
    let path = hand.browser.path().await;
    assert!(path.starts_with("/filed/"), "{path}");
    (path.rsplit('/').next().expect("a number").to_owned(), screens)
}

/// The login of one who holds a seat in a unit.
pub(super) fn login(site: &Site, seat: Seat, unit: UnitId, but: Option<OfficialId>) -> (OfficialId, String) {
    let office = site.city.app.office();
    let mut holders = office.holders(seat, Some(unit));
    holders.sort_unstable();
    let id = holders
        .into_iter()
        .find(|id| Some(*id) != but)
        .unwrap_or_else(|| panic!("nobody holds {seat}"));
    (id, office.officials[&id].login.clone())
}

/// What the department does with it, from its reception there to the answer.
pub(super) async fn handled(site: &Site, hand: &mut Hand, played: &Played, number: &str, unit: UnitId) {
    let seat = if played.service == "S133" || played.service == "S135" {
        Seat::Approver
    } else {
        Seat::DepartmentHead
    };
    let (head, head_login) = login(site, seat, unit, None);
    let (_, receiver) = login(site, Seat::DepartmentReceiver, unit, None);
    let (handler, handler_login) = login(site, Seat::Handler, unit, Some(head));
    hand.sign_in(&receiver).await;
    hand.confirm(number, "unit_receive").await;
    hand.begin(number, "designate").await;
    hand.choose("handler", &handler.to_string()).await;
    hand.send("designate").await;

    hand.sign_in(&handler_login).await;
    hand.goto(&format!("/desk/cases/{number}")).await;
    hand.browser.says(played.title).await;
    hand.begin(number, "draft").await;
    hand.choose("outcome", played.outcome.code()).await;
    hand.fill("body", "1. 신청하신 내용을 처리하였습니다.").await;
    if played.outcome.owes_reasons() {
        hand.fill("reasons", "개인정보가 들어 있는 부분은 공개하지 않습니다.")
            .await;
        hand.fill("remedies", "30일 이내에 이의신청을 하실 수 있습니다.")
            .await;
    }
    hand.choose("openness", "private").await;
    hand.press("main form[action$='/acts/draft'] button[value='save']")
        .await;
    hand.begin(number, "send_up").await;
    hand.choose("mark-1", "delegated").await;
    hand.choose("signer-1", &head.to_string()).await;
    hand.choose("mark-2", "").await;
    hand.choose("signer-2", "").await;
    hand.press("main form[action$='/acts/send_up'] button[value='send']")
        .await;
    hand.browser.says("마쳤습니다").await;

    hand.sign_in(&head_login).await;
    hand.begin(number, "sign").await;
    hand.send("sign").await;
    hand.sign_in(&handler_login).await;
    hand.confirm(number, "answer").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_plays_the_services_from_both_sides() {
    let site = Site::new(City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await).await;
    let mut citizen = Hand::new(Way::Mouse, &site, 320).await;
    let mut desk = Hand::new(Way::Mouse, &site, 1440).await;
    let mut filings: Vec<(&Played, String)> = Vec::new();
    for played in TEN {
        if played.entry != EntryPoint::Web {
            citizen.goto(&format!("/services/{}", played.service)).await;
            let way = format!("main a[href='/file/service/{}']", played.service);
            let online = citizen.browser.client.find(fantoccini::Locator::Css(&way)).await;
            assert!(online.is_err(), "{} has no confirmed period", played.service);
            continue;
        }
        let (number, screens) = filed(&site, &mut citizen, played).await;
        eprintln!("{}: {screens} screens", played.service);
        assert!(screens <= SCREENS, "{}: {screens} screens", played.service);
        filings.push((played, number));
    }

    let office = site.city.app.office();
    let unit_of = |played: &Played| {
        let code = played.service.parse().expect("a code");
        office
            .service_newest(code)
            .and_then(|service| service.unit)
            .expect("a unit")
    };
    desk.sign_in("receiver1").await;
    for (played, number) in &filings {
        let service = office
            .service_newest(played.service.parse().expect("a code"))
            .expect("a service");
        desk.begin(number, "receive").await;
        desk.choose("kind", service.kind.code()).await;
        desk.send("receive").await;
        desk.begin(number, "distribute").await;
        desk.choose("unit", &unit_of(played).to_string()).await;
        desk.send("distribute").await;
    }
    for (played, number) in &filings {
        handled(&site, &mut desk, played, number, unit_of(played)).await;
        citizen.goto(&format!("/my/{number}")).await;
        citizen.browser.says("신청하신 내용을 처리하였습니다").await;
    }
    assert_eq!(
        citizen.found,
        Vec::<String>::new(),
        "axe-core found something on the phone"
    );
    assert_eq!(
        desk.found,
        Vec::<String>::new(),
        "axe-core found something at the desk"
    );
    citizen.browser.close().await;
    desk.browser.close().await;
}

//! 사무실의 하루 — twelve seats of one house live through one day, in Korean only; what field staff use also at 320 px. What a
//! trained clerk needs for the commonest tasks is counted on the way (docs/clerk.md).

mod house;

use super::{Hand, Way, ten};
use domain::petition::Petition;
use domain::terms::Outcome;
pub use house::faults;
use house::{Day, PICTURE, yesterday};
use jiff::civil::datetime;
use serde_json::json;
use testkit::browser::Tally;
use testkit::city::{City, On};
use testkit::site::Site;
use testkit::ten::{Played, TEN};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_lives_through_a_day_in_the_office() {
    // With MINWON_FIGURES the fifty are distributed one by one as well, for the table.
    let alone: u32 = if std::env::var_os("MINWON_FIGURES").is_some() {
        50
    } else {
        3
    };
    let city = City::new(On::Sqlite, datetime(2026, 6, 1, 10, 0, 0, 0)).await;
    let (late, near, received) = yesterday(&city, 50 + alone).await;
    city.it_is(datetime(2026, 6, 15, 9, 0, 0, 0));
    city.app.reload().await.expect("the office of the day");
    let site = Site::new(city).await;
    let (desk, field, citizen) = (
        Hand::new(Way::Mouse, &site, 1440).await,
        Hand::new(Way::Mouse, &site, 320).await,
        Hand::new(Way::Mouse, &site, 320).await,
    );
    let [desk, field, citizen] = [desk, field, citizen].map(|hand| Hand { korean: true, ..hand });
    let mut day = Day {
        site,
        desk,
        field,
        citizen,
        table: Vec::new(),
        since: Tally::default(),
    };
    the_counter(&mut day).await;
    the_examiner(&mut day, &late, &near).await;
    the_head_leaves(&mut day).await;
    fifty(&mut day, &received, alone).await;
    let number = the_main_road(&mut day).await;
    the_refusal(&mut day).await;
    the_evening(&mut day, &number).await;
    eprintln!("{}", day.told());
    for (name, hand) in [
        ("desk", &day.desk),
        ("field", &day.field),
        ("citizen", &day.citizen),
    ] {
        assert_eq!(hand.found, Vec::<String>::new(), "what was found at: {name}");
        assert!(hand.checked.len() > 5, "{name} saw {:?}", hand.checked);
    }
    assert!(day.table.len() >= 10, "ten tasks are in the table");
    day.desk.browser.close().await;
    day.field.browser.close().await;
    day.citizen.browser.close().await;
}

/// 민원인, 창구 접수자, 민원 전담직원: a number, a spoken petition, a certificate, a call.
async fn the_counter(day: &mut Day) {
    day.citizen.goto("/kiosk").await;
    day.citizen.press("main form button[value='general']").await;
    day.citizen.browser.says("A001").await;

    day.desk.sign_in("counter1").await;
    day.desk.goto("/desk/counter/queue").await;
    day.desk.fill("window", "3").await;
    day.desk.press("main button[value='next']").await;
    day.desk.browser.says("A001").await;
    day.citizen.goto("/hall").await;
    day.citizen.browser.says("A001").await;

    day.desk.goto("/desk/counter").await;
    day.begins().await;
    day.desk.press("main a[href='/desk/counter/oral']").await;
    day.desk.choose("service", "S134").await;
    day.desk.fill("name", "박말자").await;
    day.desk.fill("phone", "010-2222-3333").await;
    day.desk.fill("title", "버스정류소 의자를 고쳐 주십시오").await;
    let said = "한빛로 버스정류소의 의자가 부서졌습니다. 노인들이 앉지 못합니다.";
    day.desk.fill("body", said).await;
    day.desk.choose("delivery", "post").await;
    day.desk
        .press("main form[action='/desk/counter/oral'] button.primary")
        .await;
    day.desk.browser.says("노인들이 앉지 못합니다").await;
    day.desk.browser.sign("canvas").await;
    day.desk.browser.says("서명").await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    day.desk
        .press("main form[action*='/desk/counter/oral/'] button.primary")
        .await;
    day.desk.browser.says("접수번호").await;
    day.ends("구술민원 접수", 1).await;
    assert!(day.desk.browser.path().await.starts_with("/desk/counter/done/"));

    day.desk.goto("/desk/counter").await;
    day.begins().await;
    day.desk.press("main a[href='/desk/counter/small']").await;
    day.desk
        .fill("line", "지난주 신고한 한빛로 12 가로등, 어디까지 되었는지 문의")
        .await;
    day.desk.fill("answer", "A002").await;
    day.desk.fill("name", "이전화").await;
    day.desk.fill("phone", "010-3333-4444").await;
    day.desk
        .press("main form[action='/desk/counter/small'] button.primary")
        .await;
    day.desk.browser.says("접수번호").await;
    day.ends("전화 10초 입력(즉시답변)", 1).await;

    day.desk.sign_in("onestop1").await;
    day.desk.goto("/desk/counter").await;
    day.begins().await;
    day.desk.fill("q", "국내거소").await;
    day.desk.press("main button[value='find']").await;
    day.desk.choose("service", "S036").await;
    day.desk.press("main button[value='choose']").await;
    day.desk.choose("entry", "counter").await;
    day.desk.fill("name", "김하늘").await;
    day.desk.fill("phone", "010-5555-6666").await;
    day.desk.fill("copies", "1").await;
    day.desk.fill("per_copy", "2000").await;
    day.desk.fill("facts", "국내거소를 신고한 사실").await;
    day.desk.choose("evidence", "resident_card").await;
    day.desk.press("main button[value='finish']").await;
    day.desk.browser.says("발급번호").await;
    day.ends("증명 발급·교부", 1).await;
    day.desk.goto("/desk/counter/issued").await;
    day.desk.browser.says("2,000원").await;
    let code = "return document.querySelector('main tbody td span.n').textContent";
    let code = day.desk.browser.client.execute(code, Vec::new()).await;
    let code = code.expect("the script runs");
    day.citizen.goto("/check").await;
    day.citizen.fill("code", code.as_str().expect("a code")).await;
    day.citizen.press("main form button.primary").await;
    day.citizen.browser.says("국내거소신고").await;
    day.citizen.browser.says("김*늘").await;
}

/// 민원심사관: a letter to a head who owes an answer, and one to a handler who soon will.
async fn the_examiner(day: &mut Day, late: &Petition, near: &Petition) {
    day.desk.sign_in("examiner").await;
    day.begins().await;
    day.desk.goto("/desk/supervision/letters").await;
    day.desk.press("#chosen-dunning").await;
    day.desk.fill("reply_by", "06172026").await;
    day.desk
        .press("main form:has(#chosen-dunning) button[value='chosen']")
        .await;
    day.desk.browser.says("2026-1").await;
    day.ends("독촉장 발급", 1).await;
    day.desk
        .press("main form:has(#chosen-advance) button[value='chosen'], #chosen-advance")
        .await;
    day.desk
        .press("main form:has(#chosen-advance) button[value='chosen']")
        .await;
    assert_eq!(day.petition(&near.number.to_string()).await.letters.len(), 1);

    let number = late.number.to_string();
    day.desk.sign_in("road.facilities.head").await;
    day.desk.confirm(&number, "confirm_dunning").await;
    day.desk.begin(&number, "reply_dunning").await;
    day.desk.choose("cause", "fact_finding").await;
    day.desk.fill("planned", "06172026").await;
    day.desk
        .fill("text", "현장 확인이 늦었습니다. 수요일까지 답하겠습니다.")
        .await;
    day.desk.send("reply_dunning").await;
    let letter = day.petition(&number).await;
    let letter = letter.dunning().expect("a letter");
    assert!(letter.reply.is_some(), "the head replied");
    day.desk.sign_in("examiner").await;
    day.desk.goto("/desk/supervision/letters").await;
    day.desk.browser.says("사실관계·현장 확인").await;
    day.desk.goto("/desk/supervision").await;
}

/// 부서장, 업무대행자, 시스템 관리자: work handed over, an afternoon away.
async fn the_head_leaves(day: &mut Day) {
    let (giver, taker) = (day.id("road.facilities.1"), day.id("road.facilities.2"));
    let (head, lead) = (day.id("road.facilities.head"), day.id("road.facilities.lead"));
    day.desk.sign_in("road.facilities.head").await;
    day.desk.goto("/desk/handovers").await;
    let way = format!("/desk/handovers/from/{giver}");
    day.desk.press(&format!("main a[href='{way}']")).await;
    day.desk.choose("receiver-1", &taker).await;
    day.desk.choose("witness", &lead).await;
    day.desk.fill("note", "방음벽은 다음 주에 다시 봅니다.").await;
    day.desk.press("main form[data-guard] button.primary").await;
    day.desk.browser.says("인계").await;
    let path = day.desk.browser.path().await;

    day.desk.goto("/desk/absences").await;
    day.desk.choose("official", &head).await;
    day.desk.choose("kind", "trip").await;
    day.desk.fill("from", "06152026").await;
    day.desk.fill("from_time", "0100PM").await;
    day.desk.fill("to", "06152026").await;
    day.desk.choose("deputy", &lead).await;
    day.desk.press("main form[data-guard] button.primary").await;
    day.desk.browser.says("예정").await;

    day.desk.sign_in("road.facilities.2").await;
    for _ in 0..50 {
        day.desk.goto(&path).await;
        if day.desk.browser.text().await.contains("인수 확인 대기") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    day.desk.press("input[name='manuals']").await;
    day.desk
        .press(&format!("main form[action='{path}/confirm'] button.primary"))
        .await;
    day.desk.browser.says("인계·인수 완료").await;

    day.desk.sign_in("admin").await;
    day.desk.goto("/desk/absences").await;
    day.desk.goto("/desk/organisation").await;
    day.desk.browser.says("도로시설과").await;
}

/// 통합접수자: some petitions one by one, fifty together.
async fn fifty(day: &mut Day, received: &[Petition], alone: u32) {
    let parks = day.unit("parks");
    day.desk.sign_in("receiver1").await;
    day.begins().await;
    for petition in &received[..alone as usize] {
        let number = petition.number.to_string();
        day.desk.begin(&number, "distribute").await;
        day.desk.choose("unit", &parks).await;
        day.desk.send("distribute").await;
    }
    day.ends("배부 한 건씩", alone).await;
    day.desk.goto("/desk").await;
    day.begins().await;
    day.desk
        .press("main form[action='/desk/bulk'] button[value='listed']")
        .await;
    day.desk
        .press("main form[action='/desk/bulk'] button[value='distribute']")
        .await;
    day.desk.choose("unit", &parks).await;
    day.desk
        .press("main form[action='/desk/bulk'] button[value='check']")
        .await;
    day.desk
        .press("main form[action='/desk/bulk'] button[value='go']")
        .await;
    for _ in 0..100 {
        if day
            .desk
            .browser
            .client
            .find(fantoccini::Locator::Css("[data-carry-on]"))
            .await
            .is_err()
        {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    let mut done = 0;
    for petition in &received[alone as usize..] {
        let now = day.petition(&petition.number.to_string()).await;
        done += u32::from(now.unit == Some(day.site.city.unit("parks")));
    }
    day.ends("일괄 배부", done).await;
    assert!(
        done >= 30,
        "a page of the list was distributed together, not {done}"
    );
}

/// 민원인 to 결재, with everything that lies between.
async fn the_main_road(day: &mut Day) -> String {
    day.it_is(10, 30).await;
    // The citizen writes on a telephone.
    day.citizen.goto("/").await;
    day.citizen.press("a.door.strong").await;
    day.citizen.choose("kind", "inquiry").await;
    day.citizen
        .press("main form[action='/file'] button[type='submit']")
        .await;
    day.citizen
        .fill("title", "도로점용 허가 기준을 알고 싶습니다")
        .await;
    day.citizen
        .fill("body", "가게 앞에 화분을 두려면 허가가 필요합니까?")
        .await;
    day.citizen.choose("public", "yes").await;
    day.citizen
        .press("main form button[name='go'][value='next']")
        .await;
    day.citizen.fill("name", "김한빛").await;
    day.citizen.choose("reach", "phone").await;
    day.citizen.fill("phone", "010-1234-5678").await;
    day.citizen
        .press("main form button[name='go'][value='next']")
        .await;
    let code = day.site.city.last_code();
    day.citizen.fill("code", &code).await;
    day.citizen.press("main form button[type='submit']").await;
    day.citizen.press("main form button.primary[type='submit']").await;
    day.citizen.browser.says("신청번호").await;
    let path = day.citizen.browser.path().await;
    let number = path.rsplit('/').next().expect("a number").to_owned();

    // 통합접수자
    day.desk.sign_in("receiver1").await;
    day.begins().await;
    day.desk.begin(&number, "receive").await;
    day.desk.choose("kind", "inquiry").await;
    day.desk.send("receive").await;
    day.ends("온라인 민원 접수", 1).await;
    day.begins().await;
    day.desk.begin(&number, "distribute").await;
    let pavement = day.unit("pavement");
    day.desk.choose("unit", &pavement).await;
    day.desk.send("distribute").await;
    day.ends("배부", 1).await;

    // 부서 접수자 of the wrong department, 민원심사관, 부서 접수자 of the right one.
    day.desk.sign_in("pavement.receiver").await;
    day.desk.begin(&number, "send_back").await;
    day.desk
        .fill("reason", "도로점용 허가는 도로시설과 소관입니다.")
        .await;
    day.desk.send("send_back").await;
    let roads = day.unit("road_facilities");
    day.desk.sign_in("examiner").await;
    day.desk.begin(&number, "rule_jurisdiction").await;
    day.desk.choose("unit", &roads).await;
    day.desk
        .fill("reason", "도로점용 허가는 도로시설과에서 처리합니다.")
        .await;
    day.desk.send("rule_jurisdiction").await;
    let handler = day.id("road.facilities.1");
    day.desk.sign_in("road.facilities.receiver").await;
    day.begins().await;
    day.desk.confirm(&number, "unit_receive").await;
    day.desk.begin(&number, "designate").await;
    day.desk.choose("handler", &handler).await;
    day.desk.send("designate").await;
    day.ends("부서 접수·담당자 지정", 1).await;

    // 처리담당자 in the field: the list, the case, a hold that ends, all at 320 px.
    day.field.sign_in("road.facilities.1").await;
    day.field.goto("/desk").await;
    day.field
        .press(&format!("main a[href='/desk/cases/{number}']"))
        .await;
    day.field.browser.says("도로점용 허가 기준").await;
    day.field.begin(&number, "hold").await;
    day.field.press("input[name='ground']").await;
    day.field.fill("note", "현장 검사 결과를 기다립니다.").await;
    day.field.send("hold").await;
    day.it_is(10, 50).await;
    day.field.confirm(&number, "resume").await;

    // 보완 요구 at the desk, given on the citizen's telephone.
    day.desk.sign_in("road.facilities.1").await;
    day.begins().await;
    day.desk.begin(&number, "ask_supplement").await;
    day.desk.fill("what", "가게의 위치를 알려 주시기 바랍니다.").await;
    day.desk.fill("until", "06262026").await;
    day.desk.send("ask_supplement").await;
    day.ends("보완 요구", 1).await;
    day.it_is(11, 5).await;
    day.citizen_signs_in().await;
    day.citizen.goto(&format!("/my/{number}")).await;
    day.citizen.press("main a[href$='/supplement']").await;
    day.citizen.fill("text", "한빛로 12 1층입니다.").await;
    let photo = day.site.city.folder().join("가게 앞.png");
    std::fs::write(&photo, PICTURE).expect("a picture can be written");
    day.citizen.browser.attach("files", &photo).await;
    day.citizen.press("main form button.primary[type='submit']").await;

    // 협조: asked at the desk, answered by the other department with a telephone and a file.
    day.desk.begin(&number, "ask_consult").await;
    day.desk.choose("unit", &pavement).await;
    day.desk
        .fill("what", "보도 폭에 대한 의견을 주시기 바랍니다.")
        .await;
    day.desk.fill("until", "06172026").await;
    day.desk.send("ask_consult").await;
    day.field.sign_in("pavement.receiver").await;
    day.field.begin(&number, "reply_consult").await;
    day.field.choose("opinion", "agree").await;
    day.field.fill("what", "보도 폭이 넓어 지장이 없습니다.").await;
    day.field.browser.attach("files", &photo).await;
    day.field.send("reply_consult").await;

    day.desk.begin(&number, "extend").await;
    day.desk.choose("ground", "fact_finding").await;
    day.desk.fill("n", "3").await;
    day.desk.fill("reason", "현장을 확인해야 합니다.").await;
    day.desk.send("extend").await;

    // 기안 begun in the field, then at the desk with its line.
    day.field.sign_in("road.facilities.1").await;
    day.field.begin(&number, "draft").await;
    day.field.choose("outcome", "answered").await;
    day.field.fill("body", "1. 현장을 확인하였습니다.").await;
    day.field.choose("openness", "public").await;
    day.field
        .press("main form[action$='/acts/draft'] button[value='save']")
        .await;
    day.begins().await;
    day.desk.begin(&number, "draft").await;
    day.desk.choose("outcome", "answered").await;
    day.desk
        .fill(
            "body",
            "1. 귀하의 민원에 감사드립니다. 2. 보도에 화분을 두려면 도로점용 허가를 받아야 합니다.",
        )
        .await;
    day.desk.choose("openness", "public").await;
    day.desk
        .press("main form[action$='/acts/draft'] button[value='save']")
        .await;
    day.desk.begin(&number, "send_up").await;
    let (lead, head) = (day.id("onestop.lead"), day.id("road.facilities.head"));
    day.desk.choose("mark-1", "review").await;
    day.desk.choose("signer-1", &lead).await;
    day.desk.choose("mark-2", "delegated").await;
    day.desk.choose("signer-2", &head).await;
    day.desk
        .press("main form[action$='/acts/send_up'] button[value='send']")
        .await;
    day.desk.browser.says("마쳤습니다").await;
    day.ends("기안·상신", 1).await;

    // 검토자, and after noon 대결자 for the head who is away.
    day.desk.sign_in("onestop.lead").await;
    day.begins().await;
    day.desk.goto("/desk/approvals").await;
    day.desk.begin(&number, "sign").await;
    day.desk.send("sign").await;
    day.ends("검토·결재", 1).await;
    day.it_is(14, 0).await;
    day.desk.sign_in("road.facilities.lead").await;
    day.desk.begin(&number, "sign").await;
    day.desk.browser.says("대결").await;
    day.desk.send("sign").await;
    day.desk.sign_in("road.facilities.1").await;
    day.desk.confirm(&number, "answer").await;

    day.citizen_signs_in().await;
    day.citizen.goto(&format!("/my/{number}")).await;
    day.citizen.browser.says("도로점용 허가를 받아야 합니다").await;
    day.citizen.press("main a[href$='/rating']").await;
    day.citizen.choose("score", "5").await;
    day.citizen.press("main form button.primary[type='submit']").await;
    number
}

/// 거부처분, 이의신청, 결정.
async fn the_refusal(day: &mut Day) {
    let report = TEN.iter().find(|played| played.service == "S065");
    let refused = Played {
        outcome: Outcome::Refused,
        ..*report.expect("it is one of the ten")
    };
    let (number, _) = ten::filed(&day.site, &mut day.citizen, &refused).await;
    let unit = day.site.city.unit("d_building");
    day.desk.sign_in("receiver1").await;
    day.desk.begin(&number, "receive").await;
    day.desk.choose("kind", "statutory").await;
    day.desk.send("receive").await;
    day.desk.begin(&number, "distribute").await;
    day.desk.choose("unit", &unit.to_string()).await;
    day.desk.send("distribute").await;
    ten::handled(&day.site, &mut day.desk, &refused, &number, unit).await;
    day.it_is(14, 10).await;
    day.citizen.goto(&format!("/my/{number}")).await;
    day.citizen.browser.says("이의신청").await;
    day.citizen.press("main a[href$='/say/objection']").await;
    day.citizen.fill("received", "06152026").await;
    day.citizen.fill("text", "배치도를 고쳐 다시 냅니다.").await;
    day.citizen.press("main form button.primary[type='submit']").await;
    let (_, head) = ten::login(&day.site, domain::terms::Seat::DepartmentHead, unit, None);
    day.desk.sign_in(&head).await;
    day.desk.begin(&number, "decide_objection").await;
    day.desk.browser.says("배치도를 고쳐").await;
    day.desk.choose("verdict", "upheld").await;
    day.desk
        .fill("reason", "고친 배치도로 기준에 맞음이 확인됩니다.")
        .await;
    day.desk
        .fill("remedies", "행정심판을 청구하실 수 있습니다.")
        .await;
    day.desk.send("decide_objection").await;
    day.citizen.goto(&format!("/my/{number}")).await;
    day.citizen
        .browser
        .says("고친 배치도로 기준에 맞음이 확인됩니다")
        .await;
    let now = day.petition(&number).await;
    assert!(
        now.objection
            .is_some_and(|objection| objection.decision.is_some())
    );
}

/// What the day left: a public answer on the board, and the petition as it stands.
async fn the_evening(day: &mut Day, number: &str) {
    day.it_is(17, 0).await;
    day.desk.sign_in("road.facilities.1").await;
    day.desk.begin(number, "publish").await;
    day.desk.send("publish").await;
    day.citizen.goto("/board").await;
    day.citizen.browser.says("도로점용 허가 기준").await;
    let petition = day.petition(number).await;
    assert_eq!(petition.score, Some(5), "read and rated");
    assert_eq!(petition.extensions, vec![3]);
    assert_eq!(petition.sent_back, 1);
    assert_eq!(petition.stretches.len(), 2, "held once, supplemented once");
    assert!(petition.consults.iter().all(|consult| consult.reply.is_some()));
    assert!(petition.published.is_some());
    for hand in [&day.desk, &day.field, &day.citizen] {
        let lang = hand
            .browser
            .client
            .execute("return document.documentElement.lang", Vec::new())
            .await;
        assert_eq!(lang.expect("the script runs"), json!("ko"));
    }
}

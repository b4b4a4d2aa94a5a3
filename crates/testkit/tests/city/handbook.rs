//! 민원편람 — versions with a first day, who may make them, sheets with faulty rows, and the officials' pages of it.

use crate::visitor::{Browser, Seen, quote, unescape};
use app::act::{ActError, Call, Petitioner};
use app::handbook::{Motive, Row, Unchanged};
use documents::sheet::{self, Table};
use domain::access::Who;
use domain::due::Period;
use domain::handbook::edition::Ground;
use domain::handbook::fit::Why;
use domain::handbook::part::Part;
use domain::handbook::row::Columns;
use domain::handbook::{Document, Fact, Service, Surety};
use domain::refusal::Refusal;
use domain::terms::{By, Code};
use jiff::civil::{Date, date, datetime};
use store::engine::Ask;
use testkit::city::{City, PASSWORD, filing};

fn code(code: &str) -> Code {
    code.parse().unwrap()
}

fn sure<T>(value: T) -> Option<Fact<T>> {
    let surety = Surety::Sure;
    Some(Fact { value, surety })
}

fn motive() -> Motive {
    Motive {
        ground: Ground::LawChanged,
        remark: "조례 개정".into(),
    }
}

/// The newest version, from `day` on.
fn newest(city: &City, service: &str, day: Date) -> Service {
    let newest = city.app.office().service_newest(code(service)).unwrap().clone();
    Service {
        valid_from: day,
        ..newest
    }
}

async fn publish(city: &City, who: &Who, base: u32, next: Service) -> Result<Service, Vec<Why>> {
    match city
        .app
        .publish(who, Some(base), next, &motive(), &Call::default())
        .await
    {
        Ok(service) => Ok(service),
        Err(Unchanged::Unfit(all)) => Err(all.into_iter().map(|unfit| unfit.why).collect()),
        Err(other) => panic!("{other}"),
    }
}

/// How often the ledger says that this was done.
async fn written_down(city: &City, deed: &str) -> i64 {
    const SQL: &str = "SELECT COUNT(*) FROM ledger WHERE deed = $1";
    let rows = city
        .app
        .places
        .live
        .engine()
        .query(SQL, vec![deed.into()])
        .await
        .unwrap();
    rows[0].int(0).unwrap()
}

testkit::on_both_engines! {
    async fn petitions_stay_on_the_version_they_began_with(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let examiner = city.official("examiner");
        let before = city.files(kim, "S134", "먼저 낸 질의", "").await;
        assert_eq!(before.service, (code("S134"), 1));
        let next = Service { period: sure(Period::Days(5)), ..newest(&city, "S134", date(2026, 7, 1)) };
        let made = publish(&city, &examiner, 1, next).await.unwrap();
        assert_eq!((made.version, made.valid_from), (2, date(2026, 7, 1)));
        // Until its first day nothing changes; the version before it has got its last day.
        let between = city.files(kim, "S134", "그 사이 낸 질의", "").await;
        assert_eq!(between.service, (code("S134"), 1));
        let office = city.app.office();
        assert_eq!(office.services[&(code("S134"), 1)].valid_to, Some(date(2026, 6, 30)));
        assert_eq!(office.service_on(code("S134"), date(2026, 6, 30)).unwrap().version, 1);
        assert_eq!(office.service_on(code("S134"), date(2026, 7, 1)).unwrap().version, 2);
        city.it_is(datetime(2026, 7, 1, 9, 0, 0, 0));
        city.duties().await;
        let after = city.files(kim, "S134", "그 뒤에 낸 질의", "").await;
        assert_eq!(after.service, (code("S134"), 2));
        // Received only now, what was filed before still runs seven days; what was filed after, five of eight hours.
        let receiver = city.official("receiver1");
        let receive = domain::act::Act::Receive { kind: domain::terms::Kind::Inquiry, period: None };
        let old = city.does(&receiver, before.id, receive.clone()).await.unwrap();
        let new = city.does(&receiver, after.id, receive).await.unwrap();
        assert_eq!(old.reception.unwrap().period, Period::Days(7));
        assert_eq!(new.reception.unwrap().period, Period::Days(5));
        assert_eq!((old.service.1, new.service.1), (1, 2));
        // The history says who, when, why and what.
        let history = city.app.history(code("S134")).await.unwrap();
        assert_eq!(history.iter().map(|edition| edition.service.version).collect::<Vec<_>>(), [2, 1]);
        let change = history[0].change.clone().unwrap();
        assert_eq!(change.by, By::Official(city.official_id("examiner")));
        assert_eq!((change.ground, change.remark.as_str()), (Ground::LawChanged, "조례 개정"));
        let parts: Vec<Part> = history[0].differences.iter().map(|difference| difference.part).collect();
        assert_eq!(parts, [Part::Period]);
        assert_eq!((history[0].differences[0].before.text.as_str(), history[0].differences[0].after.text.as_str()), ("7 days", "5 days"));
        assert_eq!((history[1].change.clone(), history[1].differences.len()), (None, 0));
        assert_eq!(written_down(&city, "handbook_change").await, 1);
        // And it is still so when the program is started again.
        let city = city.reopened().await;
        assert_eq!(city.app.office().service_on(code("S134"), date(2026, 7, 1)).unwrap().version, 2);
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn what_cannot_be_published_is_told_with_why(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let examiner = city.official("examiner");
        let day = date(2026, 7, 1);
        let changed = |part: &dyn Fn(&mut Service)| {
            let mut next = newest(&city, "S134", day);
            part(&mut next);
            next
        };
        let needless = Document::named("인감증명서 1부");
        for (next, why) in [
            (changed(&|_| {}), Why::Unchanged),
            (changed(&|s| { s.valid_from = date(2026, 6, 14); s.note = Some("달라짐".into()); }), Why::BeginsInPast),
            (changed(&|s| s.documents = sure(vec![needless.clone()])), Why::NeedlessDocument),
            (changed(&|s| s.period = sure(Period::Days(20))), Why::PeriodBeyondLaw),
            (changed(&|s| s.procedure = code("party")), Why::UnknownProcedure),
            (changed(&|s| s.compound = true), Why::CompoundNotStatutory),
        ] {
            assert_eq!(publish(&city, &examiner, 1, next).await, Err(vec![why]));
        }
        let with_basis = Document { basis: "인감증명법 제12조".into(), ..needless };
        let next = changed(&|s| s.documents = sure(vec![with_basis.clone()]));
        // Who may not is refused: a handler, a coordinator of another unit; one of the unit in charge may.
        for login in ["road.facilities.1", "road.facilities.receiver"] {
            let who = city.official(login);
            let refused = city.app.publish(&who, Some(1), next.clone(), &motive(), &Call::default()).await;
            assert!(matches!(refused, Err(Unchanged::Refused(Refusal::NotYours))), "{login}: {refused:?}");
        }
        let in_charge = Service { unit: Some(city.unit("road_facilities")), ..next.clone() };
        publish(&city, &examiner, 1, in_charge).await.unwrap();
        let coordinator = city.official("road.facilities.receiver");
        let own = Service { note: Some("우리 과의 일".into()), ..newest(&city, "S134", day) };
        // A repeated key is the same change; the version that was overtaken is told.
        let call = Call { key: Some(b"once".to_vec()), ..Call::default() };
        for _ in 0..2 {
            let made = city.app.publish(&coordinator, Some(2), own.clone(), &motive(), &call).await.unwrap();
            assert_eq!(made.version, 3);
        }
        assert_eq!(publish(&city, &examiner, 2, next).await, Err(vec![Why::Overtaken]));
        assert_eq!(city.app.history(code("S134")).await.unwrap().len(), 3);
        // Version 2 was overtaken before its first day: it never holds.
        assert!((0..60).all(|n| {
            let day = date(2026, 6, 15).checked_add(jiff::Span::new().days(n)).unwrap();
            city.app.office().service_on(code("S134"), day).unwrap().version != 2
        }));
    }

    async fn a_closed_service_takes_no_more_petitions(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let examiner = city.official("examiner");
        let before = city.files(kim, "S135", "먼저 낸 건의", "").await;
        let close = async |base| {
            city.app.close_service(&examiner, code("S135"), base, date(2026, 6, 30), &motive(), &Call::default()).await
        };
        assert_eq!(close(1).await.unwrap().version, 2);
        let again = close(2).await;
        assert!(matches!(&again, Err(Unchanged::Unfit(all)) if all[0].why == Why::ClosedAlready), "{again:?}");
        city.it_is(datetime(2026, 6, 30, 17, 0, 0, 0));
        city.duties().await;
        city.files(kim, "S135", "마지막 날의 건의", "").await;
        city.it_is(datetime(2026, 7, 1, 9, 0, 0, 0));
        city.duties().await;
        let (who, person) = (Who::Citizen(kim), Petitioner::Known(kim));
        let late = city.app.file(&who, person, filing("S135", "늦은 건의", ""), &Call::default()).await;
        assert!(matches!(late, Err(ActError::Refused(Refusal::ServiceNotValid))), "{late:?}");
        // What was filed before goes on.
        let receive = domain::act::Act::Receive { kind: domain::terms::Kind::Suggestion, period: None };
        city.does(&city.official("receiver1"), before.id, receive).await.unwrap();
        assert!(city.app.office().services_today().all(|service| service.code != code("S135")));
        // It can be opened again, as a version that follows.
        let reopened = Service { standing: domain::handbook::Standing::Offered, ..newest(&city, "S135", date(2026, 8, 1)) };
        assert_eq!(publish(&city, &examiner, 2, reopened).await.unwrap().version, 3);
        assert_eq!(written_down(&city, "handbook_close").await, 1);
    }

    async fn a_bad_row_stops_no_good_one_and_never_vanishes(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let examiner = city.official("examiner");
        let call = Call::default();
        let whole = city.app.handbook_table(&examiner, date(2026, 6, 15), &call).await.unwrap();
        let day = date(2026, 7, 1);
        // What went out and came back changes nothing, in either form.
        for file in [sheet::csv(&whole), sheet::xlsx(&whole, day).unwrap()] {
            let reading = city.app.read_handbook(&examiner, &file, day).unwrap();
            assert_eq!(reading.lines.len(), whole.rows.len());
            for line in &reading.lines {
                assert!(matches!(line.row, Row::Same), "{} {:?}", line.code, line.row);
            }
        }
        let columns = Columns::read(&whole.head).unwrap();
        let at = |part: Part| columns.heads().iter().position(|head| head == part.korean()).unwrap();
        let row = |service: &str, changes: &[(Part, &str)]| {
            let mut cells = whole.rows.iter().find(|row| row[0] == service).unwrap_or(&vec![String::new(); whole.head.len()]).clone();
            cells[0] = service.to_owned();
            changes.iter().for_each(|(part, text)| cells[at(*part)] = (*text).to_owned());
            cells
        };
        let new: &[(Part, &str)] = &[
            (Part::Name, "반려식물 상담 신청"), (Part::Kind, "기타민원"), (Part::Group, "own"), (Part::Procedure, "ordinary"),
            (Part::Unit, "총무과"), (Part::Period, "즉시"), (Part::Words, "화분\n식물이 시들어요"),
        ];
        let rows = vec![
            row("S125", &[(Part::Fee, "조례에 따름")]),
            row("S126", &[(Part::Period, "곧")]),
            row("S127", &[(Part::Unit, "없는과"), (Part::Online, "글쎄")]),
            row("S128", &[(Part::Documents, "신분증 사본")]),
            row("S125", &[(Part::Fee, "2,000원")]),
            row("N001", new),
            row("N002", &[(Part::Name, "분류 없는 것")]),
            row("???", &[]),
            row("S129", &[(Part::ValidFrom, "2026-08-15"), (Part::Note, "늦게 시작")]),
            row("S130", &[]),
        ];
        let table = Table { name: "고침".into(), head: whole.head.clone(), rows };
        let file = sheet::xlsx(&table, day).unwrap();
        let shape = |row: &Row| match row {
            Row::New(_) => "new".to_owned(),
            Row::Changed(next) => next.differences.iter().map(|d| d.part.code()).collect::<Vec<_>>().join("+"),
            Row::Same => "same".into(),
            Row::Cells(faults) => faults.iter().map(|f| format!("{}:{}", f.part, f.why)).collect::<Vec<_>>().join("+"),
            Row::Unfit(all) => all.iter().map(|u| u.why.code()).collect::<Vec<_>>().join("+"),
            Row::Refused(refusal) => refusal.to_string(),
            Row::Twice(line) => format!("twice {line}"),
        };
        let expected = [
            (2, "fee"), (3, "period:not_a_period"), (4, "unit:unknown_unit+online:not_a_choice"),
            (5, "needless_document"), (6, "twice 2"), (7, "new"), (8, "group:missing+kind:missing+procedure:missing"),
            (9, "code:not_a_code+name:missing"), (10, "note"), (11, "same"),
        ];
        let looked = city.app.read_handbook(&examiner, &file, day).unwrap();
        let seen: Vec<(u32, String)> = looked.lines.iter().map(|line| (line.line, shape(&line.row))).collect();
        for ((line, row), (n, told)) in seen.iter().zip(expected) {
            assert!(*line == n && row.starts_with(told), "{n} {told}: {line} {row}");
        }
        assert_eq!(seen.len(), expected.len(), "no row vanishes");
        assert!(city.app.office().service_newest(code("N001")).is_none(), "looking stores nothing");
        // Taken in: the good ones, at once.
        let taken = city.app.take_in_handbook(&examiner, &file, day, &motive(), &call).await.unwrap().unwrap();
        assert_eq!(taken.lines.iter().filter(|line| line.row.is_good()).count(), 3);
        let office = city.app.office();
        let fee = office.service_on(code("S125"), day).unwrap().fee.clone().unwrap();
        assert_eq!((fee.value.as_str(), office.service_on(code("S125"), date(2026, 6, 30)).unwrap().version), ("조례에 따름", 1));
        assert_eq!(office.service_newest(code("S129")).unwrap().valid_from, date(2026, 8, 15));
        let new = office.service_newest(code("N001")).unwrap();
        assert_eq!((new.version, new.unit, new.valid_from), (1, Some(city.unit("general_affairs")), day));
        for untouched in ["S126", "S127", "S128", "S130"] {
            assert_eq!(office.service_newest(code(untouched)).unwrap().version, 1, "{untouched}");
        }
        // Once more: nothing is taken in twice.
        let again = city.app.take_in_handbook(&examiner, &file, day, &motive(), &call).await.unwrap().unwrap();
        assert_eq!(again.lines.iter().filter(|line| line.row.is_good()).count(), 0);
        assert_eq!((written_down(&city, "handbook_change").await, written_down(&city, "handbook_open").await), (2, 1));
        // From its first day on the new one is found by its own words.
        city.it_is(datetime(2026, 7, 1, 9, 0, 0, 0));
        city.duties().await;
        assert_eq!(city.app.office().finder.find("화분의 식물이 시들었어요")[0].code, code("N001"));
        // A sheet without codes, or no sheet at all, is told as a whole.
        for wrong in [&b"a,b\n1,2\n"[..], b"\xff\xfe\xff", b"PK\x03\x04"] {
            assert!(city.app.read_handbook(&examiner, wrong, day).is_err());
        }
        let handler = city.official("road.facilities.1");
        let refused = city.app.read_handbook(&handler, &file, date(2026, 9, 1)).unwrap();
        assert!(refused.lines.iter().all(|line| !line.row.is_good()), "who may not, may not by sheet either");
    }

    async fn the_handbook_is_kept_on_its_pages(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let mut browser = Browser::new(&city);
        browser.logs_in("examiner").await;
        let list = browser.go("/desk/handbook").await;
        list.says("민원편람").says("공인중개사 자격증 재교부");
        let found = browser.submits(&list, "/desk/handbook", &[("q", "가로등이 고장났어요"), ("group", ""), ("unit", "")]).await;
        found.says("가로등·보안등 고장 신고");
        let way = "/desk/handbook/services/S125";
        browser.go(way).await.says("확인 필요").says("주관부서");
        let edit = browser.go(&format!("{way}/edit")).await;
        let action = format!("{way}/edit");
        let mut fields = edit.fields(&action);
        fields.insert("period".into(), "열흘".into());
        fields.insert("fee".into(), "20,000원".into());
        fields.insert("remark".into(), "쓴 글은 남습니다".into());
        fields.insert("ground".into(), "correction".into());
        fields.insert("wish".into(), "look".into());
        let sent = |fields: &std::collections::BTreeMap<String, String>| fields.iter().map(|(k, v)| format!("{}={}", quote(k), quote(v))).collect::<Vec<_>>().join("&");
        const FORM: &str = "application/x-www-form-urlencoded";
        // What cannot be read is told beside its field; nothing typed is lost.
        let wrong = browser.post(&action, FORM, sent(&fields)).await;
        assert_eq!(wrong.status.as_u16(), 422);
        wrong.says("처리기간: 즉시, 3시간, 7일");
        assert!(wrong.fields(&action)["period"] == "열흘" && wrong.fields(&action)["remark"] == "쓴 글은 남습니다");
        fields.insert("period".into(), "10일".into());
        let looked = browser.post(&action, FORM, sent(&fields)).await;
        looked.says("달라지는 내용").says("20,000원");
        assert_eq!(city.app.office().service_newest(code("S125")).unwrap().version, 1, "looking stores nothing");
        fields.insert("wish".into(), "publish".into());
        let done = browser.post(&action, FORM, sent(&fields)).await;
        assert_eq!(done.status.as_u16(), 303, "{}", done.words());
        let done = browser.follow(done).await;
        done.says("게재하였습니다").says("제2판이 2026. 6. 16.(화)부터 시행됩니다");
        browser.go(&format!("{way}/history")).await.says("제2판").says("오류 정정").says("쓴 글은 남습니다").says("수수료");
        // Sent twice by one form: one version. From another form with an old base: told, and nothing lost.
        browser.post(&action, FORM, sent(&fields)).await;
        fields.insert("key".into(), "another".into());
        fields.insert("fee".into(), "30,000원".into());
        let overtaken = browser.post(&action, FORM, sent(&fields)).await;
        assert_eq!(overtaken.status.as_u16(), 409);
        overtaken.says("다른 분이 새 판을 게재하였습니다");
        assert_eq!(overtaken.fields(&action)["fee"], "30,000원");
        assert_eq!(city.app.office().service_newest(code("S125")).unwrap().version, 2);
        // A sheet: looked over, then taken in but for its faulty row.
        let upload = browser.go("/desk/handbook/upload").await;
        let csrf = upload.hidden("/desk/handbook/upload").into_iter().find(|(name, _)| name == "csrf").unwrap().1;
        let table = "민원코드,수수료,처리기간\r\nS126,1000원,즉시\r\nS127,,모름\r\n";
        let part = |name: &str, more: &str, text: &str| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{text}\r\n");
        let body = part("csrf", "", &csrf) + &part("day", "", "2026-07-01") + &part("sheet", "; filename=\"편람.csv\"", table) + "--edge--\r\n";
        let seen = browser.post("/desk/handbook/upload", "multipart/form-data; boundary=edge", body).await;
        let seen = browser.follow(seen).await;
        seen.says("편람.csv").says("2행 · S126").says("3행 · S127").says("즉시, 3시간, 7일").says("1줄 게재");
        let way = seen.path.split('?').next().unwrap().to_owned();
        let done = browser.submits(&seen, &way, &[("ground", "review"), ("remark", "")]).await;
        done.says("1줄을 게재하였습니다").says("3행 · S127");
        assert_eq!(city.app.office().service_newest(code("S126")).unwrap().version, 2);
        assert_eq!(browser.go(&way).await.status.as_u16(), 404, "taken in, and forgotten");
        // Files, close, and those who may only read.
        for name in ["handbook.csv", "handbook.xlsx"] {
            let file = browser.go(&format!("/desk/handbook/files/{name}?day=2026-07-01")).await;
            assert!(sheet::read(&file.bytes).unwrap().rows.len() > 100, "{name}");
        }
        let close = browser.go("/desk/handbook/services/S130/close").await;
        let closed = browser.submits(&close, "/desk/handbook/services/S130/close", &[("last_day", "2026-06-30"), ("remark", "")]).await;
        closed.says("폐지하였습니다");
        let mut reader = Browser::new(&city);
        reader.logs_in("road.facilities.1").await;
        let edit = reader.go(&action).await;
        let mut fields = edit.fields(&action);
        fields.insert("note".into(), "고침".into());
        fields.insert("ground".into(), "correction".into());
        fields.insert("wish".into(), "publish".into());
        let refused = reader.post(&action, FORM, sent(&fields)).await;
        assert_eq!(refused.status.as_u16(), 403);
        refused.says("권한이 없습니다");
        assert!(!reader.go("/desk/handbook").await.text.contains("/desk/handbook/new"));
        // And everybody reads what holds today.
        let mut citizen = Browser::new(&city);
        citizen.go("/standards").await.says("자치민원 처리기준표").says("급수공사 신청");
        citizen.go("/services/S004").await.says("결과에 동의하지 않으시면");
        let file = citizen.go("/standards/standards.csv?scope=all").await;
        assert!(sheet::read(&file.bytes).unwrap().rows.len() > 100);
        let home = citizen.go("/services").await;
        citizen.submits(&home, "/services", &[("q", "공인중계사 자격증 잃어버렸어요")]).await.says("공인중개사 자격증 재교부").says("비슷한 말에서 찾음");
    }
}

impl Browser {
    async fn logs_in(&mut self, login: &str) {
        let page = self.go("/desk/sign-in").await;
        let seen = self
            .submits(
                &page,
                "/desk/sign-in",
                &[("login", login), ("password", PASSWORD)],
            )
            .await;
        assert_eq!(
            (seen.status.as_u16(), seen.path.as_str()),
            (200, "/desk"),
            "{}",
            seen.words()
        );
    }
}

impl Seen {
    /// Every field of the form that goes to `action`, as it stands.
    fn fields(&self, action: &str) -> std::collections::BTreeMap<String, String> {
        let form = self.form(action);
        let mut all: std::collections::BTreeMap<String, String> = self.hidden(action).into_iter().collect();
        let part = |tag: &str, name: &str| {
            Some(unescape(
                tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?,
            ))
        };
        for tag in form
            .split("<input ")
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
        {
            let tag = format!(" {tag}");
            if let (Some(name), Some(value)) = (part(&tag, "name"), part(&tag, "value")) {
                all.insert(name, value);
            }
        }
        for rest in form.split("<textarea ").skip(1) {
            let (tag, rest) = rest.split_once('>').expect("a tag");
            let text = rest.split("</textarea>").next().unwrap_or_default();
            let text = text.strip_prefix('\n').unwrap_or(text);
            all.insert(part(&format!(" {tag}"), "name").expect("a name"), unescape(text));
        }
        for rest in form.split("<select ").skip(1) {
            let (tag, rest) = rest.split_once('>').expect("a tag");
            let options = rest.split("</select>").next().unwrap_or_default();
            let chosen = options
                .split("<option")
                .skip(1)
                .find(|option| option.contains(" selected"))
                .or(options.split("<option").nth(1));
            let value = chosen
                .and_then(|option| part(option.split('>').next()?, "value"))
                .unwrap_or_default();
            all.insert(part(&format!(" {tag}"), "name").expect("a name"), value);
        }
        all
    }
}

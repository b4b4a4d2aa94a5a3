//! 첨부 파일 — nobody opens a file before it was scanned; what harms is kept apart, and the petition goes on (개인정보의 안전성 확보조치
//! 기준 제9조).

use crate::visitor::Browser;
use adapters::scan::clamd::{Clamd, ClamdSettings};
use adapters::scan::sandbox::eicar;
use app::act::{ActError, Call, Petitioner};
use app::scan::Decision;
use app::words::Raw;
use axum::http::{StatusCode, header};
use domain::access::Who;
use domain::act::Act;
use domain::event::Attached;
use domain::id::TextId;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::FileStanding;
use jiff::civil::date;
use ports::delivery::Failed;
use ports::message::Inbox;
use ports::scan::{Scanner, Verdict};
use testkit::city::{City, On, filing};
use testkit::on_both_engines;

const DAY: i64 = 24 * 3_600_000;

fn pdf(words: &str) -> Attached<Raw> {
    app::words::file("위치도.pdf", format!("%PDF-1.7 {words}").into_bytes()).expect("a PDF")
}

/// Harmless, and found by every engine.
fn pattern() -> Attached<Raw> {
    app::words::file("메모.txt", eicar()).expect("plain text")
}

/// A citizen files with these files.
async fn files(city: &City, files: Vec<Attached<Raw>>) -> (Who, Petition) {
    let person = city.citizen("010-1234-5678").await;
    let who = Who::Citizen(person);
    let mut filing = filing("S134", "가로등 고장", "밤길이 어둡습니다.");
    filing.files = files;
    let filed = city
        .app
        .file(&who, Petitioner::Known(person), filing, &Call::default())
        .await;
    (who, filed.expect("filed"))
}

async fn opens(city: &City, who: &Who, p: &Petition, file: TextId) -> Result<Vec<u8>, Refusal> {
    match city.app.attachment(who, p.id, file, &Call::default()).await {
        Ok((_, _, content)) => Ok(content),
        Err(ActError::Refused(refusal)) => Err(refusal),
        Err(other) => panic!("{other}"),
    }
}

async fn stands(city: &City, file: TextId) -> FileStanding {
    let scan = city.app.here.scan_of(file).await.expect("the store reads");
    scan.expect("the file is known").standing
}

fn reason() -> Raw {
    Raw::text("백신 제조사에 문의한 결과 오탐으로 확인함")
}

on_both_engines! {
    async fn nobody_opens_a_file_before_it_was_scanned(city, at date(2026, 11, 23).at(10, 0, 0, 0)) {
        city.scanner.is_there(true);
        let (citizen, p) = files(&city, vec![pdf("지도"), pattern()]).await;
        let (clean, harmful) = (p.files[0].content.id, p.files[1].content.id);
        let receiver = city.official("receiver1");
        for who in [&citizen, &receiver] {
            assert_eq!(opens(&city, who, &p, clean).await, Err(Refusal::FileWaiting));
        }
        // The petition itself goes on.
        let receive = Act::Receive { kind: domain::terms::Kind::Other, period: None };
        let p = city.does(&receiver, p.id, receive).await.expect("received");
        assert_eq!(city.duty("scan").await, 2);
        assert_eq!(city.duty("scan").await, 0, "nothing is left to do");
        for who in [&citizen, &receiver] {
            assert!(opens(&city, who, &p, clean).await.unwrap().starts_with(b"%PDF"));
            assert_eq!(opens(&city, who, &p, harmful).await, Err(Refusal::FileHeld));
        }
        city.duty("deliver").await;
        let told: Vec<String> = city.messages.messages().into_iter().map(|sent| sent.what.text).collect();
        assert!(told.iter().any(|text| text.contains("악성코드가 발견되었습니다")), "{told:?}");
        let effects = city.app.here.effects_of(p.id).await.unwrap();
        let held = effects.iter().filter(|(effect, _)| effect.template == "file_held").count();
        assert!(held >= 2, "the receivers and the examiner are told");
        assert!(effects.iter().all(|(_, state)| state != "failed"), "{effects:?}");
        let case = city.app.case(&receiver, p.id, &Call::default()).await.unwrap();
        assert_eq!((case.standings.of(clean), case.standings.of(harmful)), ("clean", "infected"));
    }

    async fn a_file_is_released_only_with_a_reason_by_those_who_decide(city, at date(2026, 11, 23).at(10, 0, 0, 0)) {
        city.scanner.is_there(true);
        let (citizen, p) = files(&city, vec![pattern()]).await;
        let file = p.files[0].content.id;
        city.duty("scan").await;
        let (call, receiver, examiner) = (Call::default(), city.official("receiver1"), city.official("examiner"));
        let decide = async |who: &Who, decision, reason: &Raw| match city.app.decide_file(who, file, decision, reason, &call).await {
            Ok(()) => Ok(()),
            Err(ActError::Refused(refusal)) => Err(refusal),
            Err(other) => panic!("{other}"),
        };
        for who in [&citizen, &receiver] {
            assert_eq!(decide(who, Decision::Release, &reason()).await, Err(Refusal::NotYours));
        }
        assert_eq!(decide(&examiner, Decision::Release, &Raw::text("  ")).await, Err(Refusal::ReasonMissing));
        assert_eq!(opens(&city, &receiver, &p, file).await, Err(Refusal::FileHeld));
        // A clerk sees it on the list of what is kept apart, with its name, and an official without the petition does not.
        let seen = city.app.quarantine(&receiver, &call).await.unwrap();
        assert_eq!(seen.held.first().and_then(|held| held.name.as_deref()), Some("메모.txt"));
        let stranger = city.official("bus.policy.head");
        assert!(city.app.quarantine(&stranger, &call).await.unwrap().held.is_empty());
        // The administrator decides without seeing the citizen's words.
        let admin = city.official("admin");
        let seen = city.app.quarantine(&admin, &call).await.unwrap();
        assert_eq!(seen.held.len(), 1);
        assert_eq!(seen.held[0].name, None);
        assert_eq!(decide(&examiner, Decision::Release, &reason()).await, Ok(()));
        assert_eq!(decide(&admin, Decision::Destroy, &reason()).await, Err(Refusal::FileNotHeld), "another decided first");
        assert_eq!(opens(&city, &receiver, &p, file).await, Ok(eicar()));
        let looks = city.app.here.looks(p.id).await.unwrap();
        assert!(looks.iter().any(|look| look.deed == "release_file" && look.by == examiner.by()));
        let seen = city.app.quarantine(&examiner, &call).await.unwrap();
        let words = String::from_utf8(reason().0).unwrap();
        assert_eq!(seen.decided.first().and_then(|held| held.reason.clone()), Some(words));
        // What was released stays so, whatever the scanner learns.
        city.scanner.learns(b"EICAR", "Again");
        assert_eq!(city.duty("scan").await, 0);
    }

    async fn what_is_destroyed_is_gone_and_the_journal_still_holds(city, at date(2026, 11, 23).at(10, 0, 0, 0)) {
        city.scanner.is_there(true);
        let (_, p) = files(&city, vec![pattern()]).await;
        let file = p.files[0].content.id;
        city.duty("scan").await;
        let (call, admin) = (Call::default(), city.official("admin"));
        city.app.decide_file(&admin, file, Decision::Destroy, &reason(), &call).await.unwrap();
        assert_eq!(opens(&city, &city.official("receiver1"), &p, file).await, Err(Refusal::FileDestroyed));
        assert!(city.app.here.open_loose(&[file]).await.unwrap().is_empty());
        let report = city.app.verify(&city.app.here, &mut |_| {}).await.unwrap();
        assert!(report.faults.is_empty(), "{:?}", report.faults);
        assert_eq!(report.forgotten, 1);
    }

    async fn what_was_clean_is_scanned_again_when_the_scanner_has_learnt(city, at date(2026, 10, 1).at(10, 0, 0, 0)) {
        city.scanner.is_there(true);
        let (_, old) = files(&city, vec![pdf("새로 알려질 것")]).await;
        city.duty("scan").await;
        city.it_is(date(2026, 11, 10).at(10, 0, 0, 0));
        let (citizen, new) = files(&city, vec![pdf("새로 알려질 것"), pdf("다른 것")]).await;
        city.duty("scan").await;
        let before = city.scanner.scans();
        city.scanner.learns("새로 알려질 것".as_bytes(), "New-1");
        assert_eq!(city.duty("scan").await, 2, "the older one came in more than thirty days ago");
        assert_eq!(city.duty("scan").await, 0, "once for each thing learnt");
        assert_eq!(city.scanner.scans(), before + 2);
        assert_eq!(stands(&city, new.files[0].content.id).await, FileStanding::Infected);
        assert_eq!(stands(&city, new.files[1].content.id).await, FileStanding::Clean);
        assert_eq!(stands(&city, old.files[0].content.id).await, FileStanding::Clean);
        assert_eq!(opens(&city, &citizen, &new, new.files[0].content.id).await, Err(Refusal::FileHeld));
    }

    async fn a_scanner_that_is_away_is_asked_later_and_at_last_a_person(city, at date(2026, 11, 23).at(10, 0, 0, 0)) {
        city.scanner.is_there(true);
        let (citizen, p) = files(&city, vec![pdf("지도"), pdf("설계")]).await;
        let (first, second) = (p.files[0].content.id, p.files[1].content.id);
        city.scanner.says(Ok(Verdict::Unscannable("too large".into())));
        city.scanner.says(Err(Failed::Later("busy".into())));
        city.duty("scan").await;
        let (held, waits) = if stands(&city, first).await == FileStanding::Unscannable { (first, second) } else { (second, first) };
        assert_eq!(stands(&city, waits).await, FileStanding::Waiting);
        assert_eq!(city.duty("scan").await, 0, "it rests a minute");
        for _ in 0..5 {
            city.clock.advance(DAY);
            city.scanner.says(Err(Failed::Later("busy".into())));
            city.duty("scan").await;
        }
        assert_eq!(stands(&city, waits).await, FileStanding::Unscannable, "after six tries a person decides");
        assert_eq!(opens(&city, &citizen, &p, held).await, Err(Refusal::FileHeld));
        let effects = city.app.here.effects_of(p.id).await.unwrap();
        assert!(effects.iter().all(|(effect, _)| effect.template != "file_infected"), "nobody blames the petitioner");
    }

    async fn without_a_scanner_files_are_open_and_begin_to_wait_when_there_is_one(city, at date(2026, 11, 23).at(10, 0, 0, 0)) {
        let (citizen, p) = files(&city, vec![pdf("지도")]).await;
        let file = p.files[0].content.id;
        assert!(opens(&city, &citizen, &p, file).await.is_ok());
        assert_eq!(city.app.standings(p.id).await.unwrap().of(file), "unscanned");
        assert_eq!(city.duty("scan").await, 0);
        city.scanner.is_there(true);
        assert_eq!(opens(&city, &citizen, &p, file).await, Err(Refusal::FileWaiting));
        city.duty("scan").await;
        assert!(opens(&city, &citizen, &p, file).await.is_ok());
    }
}

/// One upload of these files to the page of a new petition.
fn upload(csrf: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    let fields = [
        ("csrf", csrf),
        ("title", "현장 사진"),
        ("body", "사진을 보아 주십시오."),
        ("public", "no"),
        ("go", "next"),
    ];
    for (name, value) in fields {
        body.extend(
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
        );
    }
    for (name, content) in files {
        let part =
            format!("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
        body.extend(part.into_bytes());
        body.extend_from_slice(content);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    body
}

const UPLOAD: &str = "multipart/form-data; boundary=x";

/// A photo with a place in it, as telephones write them: an Exif description whose directory of the place holds a latitude.
fn photo() -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    tiff.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0");
    tiff.extend(b"\0\x01\0\x02\0\x05\0\0\0\x03\0\0\0\x38\0\0\0\0");
    for part in [37_u32, 1, 33, 1, 59, 1] {
        tiff.extend(part.to_be_bytes());
    }
    let mut photo = b"\xFF\xD8\xFF\xE1".to_vec();
    photo.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    photo.extend(b"Exif\0\0");
    photo.extend(tiff);
    photo.extend(b"\xFF\xDA\0\x08\x01\x01\0\0\x3F\0picture\xFF\xD9");
    photo
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_tell_why_a_file_is_not_taken_and_what_was_taken_out() {
    let city = City::new(On::Sqlite, date(2026, 11, 23).at(10, 0, 0, 0)).await;
    city.scanner.is_there(true);
    let mut browser = Browser::new(&city);
    browser.signs_in(&city, "010-1234-5678").await;
    let start = browser.go("/file").await;
    let content = browser.submits(&start, "/file", &[("kind", "inquiry")]).await;
    let hidden = content.hidden("/file/new/content");
    let csrf = hidden
        .iter()
        .find(|(name, _)| name == "csrf")
        .expect("a token")
        .1
        .clone();
    content.says("위치와 기기 정보는 저장하기 전에 지웁니다.");
    for (name, bytes, says) in [
        (
            "거짓.pdf",
            b"MZ\x90\0\x03\0".as_slice(),
            "거짓.pdf — 이름은 .pdf인데 내용은 실행 파일입니다.",
        ),
        (
            "사진.jpg",
            b"%PDF-1.7",
            "사진.jpg — 이름은 .jpg인데 내용은 PDF 파일입니다.",
        ),
        (
            "쪽.html",
            b"<html>",
            "쪽.html — 웹 문서입니다. 안전을 위하여 받지 않습니다.",
        ),
        ("그림.svg", b"<svg onload='x'/>", "그림.svg — 웹 문서입니다."),
        (
            "잘린.png",
            b"\x89PNG\r\n\x1a\n12",
            "잘린.png — 손상되어 읽을 수 없는 파일입니다.",
        ),
        (
            "모름.bin",
            b"\0\x01\x02",
            "모름.bin — 받을 수 없는 종류의 파일입니다.",
        ),
    ] {
        let seen = browser
            .post("/file/new/content", UPLOAD, upload(&csrf, &[(name, bytes)]))
            .await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        seen.says(says);
    }
    let taken = photo();
    assert!(taken.windows(4).any(|part| part == b"Exif"));
    let seen = browser
        .post(
            "/file/new/content",
            UPLOAD,
            upload(
                &csrf,
                &[("..\\현장\u{202E} 사진.jpg", &taken), ("메모.txt", &eicar())],
            ),
        )
        .await;
    let contact = browser.follow(seen).await;
    let back = contact.path.replace("/contact", "/content");
    browser
        .go(&back)
        .await
        .says("사진·영상에 담긴 위치와 기기 정보를 지웠습니다.");
    let preview = browser
        .submits(
            &contact,
            &contact.path.clone(),
            &[("name", "김하늘"), ("go", "next")],
        )
        .await;
    let filed = browser.submits(&preview, &preview.path.clone(), &[]).await;
    let number = filed.path.rsplit('/').next().expect("a number").to_owned();
    let mine = format!("/my/{number}");
    let page = browser.go(&mine).await;
    page.says("검사 중입니다.");
    assert!(!page.text.contains("/files/"), "what waits has no link");
    let id = city
        .app
        .here
        .by_filing_number(number.parse().unwrap())
        .await
        .unwrap()
        .unwrap()
        .id;
    let petition = city.app.here.head(id).await.unwrap().unwrap().petition;
    let way = |n: usize| format!("{mine}/files/{}", petition.files[n].content.id);
    assert_eq!(browser.go(&way(0)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    city.duty("scan").await;
    let page = browser.go(&mine).await;
    page.says("현장 사진.jpg")
        .says("악성코드가 발견되어 열 수 없습니다.");
    let file = browser.go(&way(0)).await;
    assert_eq!(file.headers[header::CONTENT_TYPE], "image/jpeg");
    assert_eq!(
        file.headers[header::CONTENT_SECURITY_POLICY],
        "default-src 'none'; sandbox"
    );
    assert_eq!(file.headers[header::CACHE_CONTROL], "no-store");
    assert!(file.bytes.ends_with(b"picture\xFF\xD9"));
    assert!(
        !file.bytes.windows(4).any(|part| part == 37_u32.to_be_bytes()),
        "the latitude is gone"
    );
    assert!(
        file.bytes.windows(4).any(|part| part == b"\x01\x12\0\x03"),
        "which way up stays"
    );
    browser
        .go(&way(1))
        .await
        .says("격리된 파일이어서 열 수 없습니다.");

    let mut desk = Browser::new(&city);
    let page = desk.go("/desk/sign-in").await;
    let fields = [("login", "examiner"), ("password", testkit::city::PASSWORD)];
    desk.submits(&page, &page.path.clone(), &fields).await;
    let list = desk.go("/desk/held-files").await;
    list.says("메모.txt")
        .says("Eicar-Test-Signature")
        .says("검사기: sandbox 1");
    let one = format!("/desk/held-files/{}", petition.files[1].content.id);
    let page = desk.go(&one).await;
    let again = desk
        .submits(&page, &one, &[("reason", " "), ("decision", "destroy")])
        .await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = desk
        .submits(
            &page,
            &one,
            &[("reason", "악성코드로 확인"), ("decision", "destroy")],
        )
        .await;
    done.says("파기").says("악성코드로 확인");
    assert!(
        !done
            .text
            .contains("<form method=\"post\" action=\"/desk/held-files"),
        "it is decided"
    );
    browser.go(&mine).await.says("파기한 파일입니다.");
}

/// ClamAV's own daemon with one signature of ours, on a socket of its own.
struct Daemon {
    process: std::process::Child,
    folder: tempfile::TempDir,
}

impl Daemon {
    /// Starts it; `None` where it is not installed (the set-up of the tests installs it).
    fn start() -> Option<Daemon> {
        let program = std::path::Path::new("/usr/sbin/clamd");
        if !program.exists() {
            eprintln!("clamd is not installed: this story is not told");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("db")).unwrap();
        // “minwon-hazard”, anywhere in any file.
        std::fs::write(
            at("db").join("own.ndb"),
            "Minwon.Hazard:0:*:6d696e776f6e2d68617a617264\n",
        )
        .unwrap();
        let settings = format!(
            "DatabaseDirectory {}\nLocalSocket {}\nForeground yes\nStreamMaxLength 1M\nTemporaryDirectory {}\n",
            at("db").display(),
            at("socket").display(),
            folder.path().display()
        );
        std::fs::write(at("clamd.conf"), settings).unwrap();
        let process = std::process::Command::new(program)
            .arg("--config-file")
            .arg(at("clamd.conf"))
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("clamd starts");
        Some(Daemon { process, folder })
    }

    fn scanner(&self) -> Clamd {
        Clamd::new(&ClamdSettings {
            address: self.folder.path().join("socket").display().to_string(),
            timeout: 20,
            largest: 8 << 20,
        })
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_daemon_keeps_a_file_apart() {
    let Some(daemon) = Daemon::start() else { return };
    let scanner = daemon.scanner();
    let mut known = scanner.signatures().await;
    for _ in 0..100 {
        if known.is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        known = scanner.signatures().await;
    }
    assert!(known.unwrap().starts_with("ClamAV "));
    let large = vec![b'x'; 3 << 20];
    assert!(
        matches!(scanner.scan(&large).await, Ok(Verdict::Unscannable(_))),
        "beyond its StreamMaxLength"
    );

    let mut city = City::new(On::Sqlite, date(2026, 11, 23).at(10, 0, 0, 0)).await;
    let app = std::sync::Arc::get_mut(&mut city.app).expect("nobody else holds it");
    app.ports.scanner = std::sync::Arc::new(daemon.scanner());
    let hazard = pdf("before minwon-hazard after");
    let (citizen, p) = files(&city, vec![pdf("지도"), hazard]).await;
    assert_eq!(
        opens(&city, &citizen, &p, p.files[0].content.id).await,
        Err(Refusal::FileWaiting)
    );
    assert_eq!(city.duty("scan").await, 2);
    assert!(opens(&city, &citizen, &p, p.files[0].content.id).await.is_ok());
    assert_eq!(
        opens(&city, &citizen, &p, p.files[1].content.id).await,
        Err(Refusal::FileHeld)
    );
    let scan = city
        .app
        .here
        .scan_of(p.files[1].content.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (scan.standing, scan.found.as_str()),
        (FileStanding::Infected, "Minwon.Hazard.UNOFFICIAL")
    );
    // The daemon dies: what comes in waits, and nothing breaks.
    drop(daemon);
    let (_, late) = files(&city, vec![pdf("나중")]).await;
    let duty = app::duties::ALL.iter().find(|duty| duty.name == "scan").unwrap();
    assert!(duty.once(&city.app).await.is_err());
    assert_eq!(
        stands(&city, late.files[0].content.id).await,
        FileStanding::Waiting
    );
}

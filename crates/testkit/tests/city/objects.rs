//! 첨부 보관소 이야기 — files in a store beside the database: the object first, then the row; nothing is lost, nothing is left, and the store learns
//! nothing of what it holds.

use crate::protected::staffed;
use adapters::mode::Mode;
use adapters::objects::sandbox::SandboxObjects;
use adapters::objects::{ObjectSettings, StoredObjects};
use adapters::secret::Secret;
use app::Trouble;
use app::act::{ActError, Call, Petitioner};
use app::erase::{Doomed, Ground};
use app::saved::{Draft, NewFile};
use app::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::event::Attached;
use domain::id::TextId;
use domain::petition::Petition;
use domain::retention::DestructionKind;
use domain::terms::{FileType, Kind, Outcome};
use jiff::civil::{Date, date, datetime};
use ports::objects::Objects;
use std::sync::Arc;
use store::batch::{Batch, CommitFault};
use store::engine::{Ask, Dialect, Urgency};
use store::objects::name_of;
use testkit::city::{City, On, answer, filing};

/// A word that only files hold.
const CANARY: &str = "카나리아의 도면";

fn pdf(words: &str) -> Attached<Raw> {
    app::words::file("위치도.pdf", format!("%PDF-1.7 {words}").into_bytes()).expect("a PDF")
}

fn sandbox(city: &City) -> Arc<SandboxObjects> {
    Arc::new(SandboxObjects::new(Mode::Test, city.clock.clone()).expect("tests are no production"))
}

fn as_objects(sandbox: &Arc<SandboxObjects>) -> Arc<dyn Objects> {
    sandbox.clone()
}

async fn files(city: &City, words: &[&str]) -> Result<Petition, ActError> {
    let person = city.citizen("010-1234-5678").await;
    let mut filing = filing("S134", "가로등 고장", "밤길이 어둡습니다.");
    filing.files = words.iter().map(|words| pdf(words)).collect();
    let who = Who::Citizen(person);
    city.app
        .file(&who, Petitioner::Known(person), filing, &Call::default())
        .await
}

async fn opens(app: &app::App, who: &Who, p: &Petition, nth: usize) -> Result<Vec<u8>, ActError> {
    let opened = app
        .attachment(who, p.id, p.files[nth].content.id, &Call::default())
        .await;
    opened.map(|(_, _, content)| content)
}

/// Faults that a verification of every place finds.
async fn faults(city: &City) -> Vec<String> {
    let mut all = Vec::new();
    for place in city.app.places.all() {
        let report = Box::pin(city.app.verify(place, &mut |_| {})).await.unwrap();
        all.extend(report.faults);
    }
    all
}

/// Every object of a store, by name.
async fn listed(objects: &dyn Objects) -> Vec<String> {
    let mut all = Vec::new();
    for part in 0..=u8::MAX {
        let part = objects.list(&format!("{part:02x}")).await.unwrap();
        all.extend(part.into_iter().map(|object| object.name));
    }
    all
}

async fn destroyed(city: &City, p: &Petition) {
    let doomed = Doomed {
        petitions: vec![p.id],
        ..Doomed::default()
    };
    let (kind, ground) = (DestructionKind::Disposal, Ground::default());
    city.app
        .destroy(&Who::System, &doomed, kind, &ground)
        .await
        .unwrap();
}

async fn it_is(city: &City, day: Date) {
    city.it_is(day.at(10, 0, 0, 0));
    city.app.reload().await.unwrap();
}

/// What any store has to bear: filed, opened, moved into the 보안민원실 and out, copied, destroyed, put back from the copy.
async fn whole(city: City, objects: Arc<dyn Objects>) {
    staffed(&city).await;
    let before = files(&city, &["먼저 들어온 것"]).await.unwrap();
    let city = city.with_objects(&objects);
    assert!(listed(&*objects).await.is_empty());
    let p = files(&city, &[CANARY, "둘째"]).await.unwrap();
    let other = files(&city, &["파기될 것"]).await.unwrap();
    let other = Box::pin(to_the_end(&city, other)).await;
    let names = listed(&*objects).await;
    assert_eq!(names.len(), 3, "one for each file that came since");
    for name in &names {
        let held = objects.get(name).await.unwrap().unwrap();
        assert_eq!(&name_of(&held), name, "it is called by what it holds");
        let canary = CANARY.as_bytes();
        assert!(
            !held.windows(canary.len()).any(|part| part == canary),
            "and holds it sealed"
        );
        assert!(!held.windows(4).any(|part| part == b"%PDF"));
    }
    // The database holds the name, and nothing of the content.
    let rows = "SELECT length(sealed) FROM vault WHERE object <> ''";
    let rows = city.app.here.engine().query(rows, Vec::new()).await.unwrap();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.int(0).unwrap() == 0));
    let receiver = city.official("receiver1");
    let words = |nth: usize| [CANARY, "둘째"][nth].as_bytes();
    for nth in [0, 1] {
        assert!(
            opens(&city.app, &receiver, &p, nth)
                .await
                .unwrap()
                .ends_with(words(nth))
        );
    }
    // What came before there was a store stays where it is, and opens.
    assert!(
        opens(&city.app, &receiver, &before, 0)
            .await
            .unwrap()
            .starts_with(b"%PDF")
    );
    assert_eq!(faults(&city).await, Vec::<String>::new());

    // Into the 보안민원실: the row goes along, the object stays as it is.
    let protect = Act::Protect {
        reason: Raw::text("2차 피해가 걱정됩니다."),
    };
    city.does(
        &receiver,
        p.id,
        Act::Receive {
            kind: Kind::Inquiry,
            period: None,
        },
    )
    .await
    .unwrap();
    city.does(&receiver, p.id, protect).await.unwrap();
    Box::pin(city.duties()).await;
    assert!(city.app.here.head(p.id).await.unwrap().is_none());
    let inside = city.inside();
    let opened = opens(&inside, &city.entitled("humanrights"), &p, 0)
        .await
        .unwrap();
    assert!(opened.ends_with(CANARY.as_bytes()));
    assert_eq!(listed(&*objects).await, names);
    assert_eq!(faults(&city).await, Vec::<String>::new());

    // A copy, then the other petition is destroyed, and with its key its object; then the copy is put back.
    let copy = city.backed_up("copy");
    destroyed(&city, &other).await;
    Box::pin(city.duties()).await;
    let left = listed(&*objects).await;
    assert_eq!(left.len(), 2, "its object is gone: {left:?}");
    let city = Box::pin(city.restored(&copy)).await.with_objects(&objects);
    Box::pin(city.duties()).await;
    assert_eq!(faults(&city).await, Vec::<String>::new());
    assert_eq!(listed(&*objects).await, left);
    let opened = opens(&city.inside(), &city.entitled("humanrights"), &p, 1)
        .await
        .unwrap();
    assert!(opened.ends_with("둘째".as_bytes()));
    assert!(
        opens(&city.app, &city.official("receiver1"), &other, 0)
            .await
            .is_err()
    );
}

testkit::on_both_engines! {
    async fn files_lie_in_memory_of_a_store(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let objects = as_objects(&sandbox(&city));
        Box::pin(whole(city, objects)).await;
    }

    async fn files_lie_in_a_folder(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let folder = tempfile::tempdir().unwrap();
        let settings = ObjectSettings { folder: Some(folder.path().join("files")), ..ObjectSettings::default() };
        let objects: Arc<dyn Objects> = Arc::new(StoredObjects::new(&settings).unwrap());
        Box::pin(whole(city, objects)).await;
    }

    async fn files_lie_in_a_bucket(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let Some(server) = Server::start().await else { return };
        let objects = server.bucket().await;
        Box::pin(whole(city, objects)).await;
    }

    async fn what_a_store_lost_or_changed_is_found(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let sandbox = sandbox(&city);
        let city = city.with_objects(&as_objects(&sandbox));
        let p = files(&city, &[CANARY]).await.unwrap();
        city.duty("seal").await;
        assert_eq!(faults(&city).await, Vec::<String>::new());
        let (name, held) = sandbox.held().pop_first().unwrap();
        let receiver = city.official("receiver1");
        let mut other = held.clone();
        *other.last_mut().unwrap() ^= 1;
        for spoilt in [Some(other), Some(Vec::new()), None] {
            sandbox.spoils(&name, spoilt);
            let found = faults(&city).await;
            assert_eq!(found, [format!("petition {}: 1 texts are missing though its key has not been destroyed", p.id)]);
            assert!(opens(&city.app, &receiver, &p, 0).await.is_err());
            // The case opens all the same: only the file is missing.
            assert!(city.app.case(&receiver, p.id, &Call::default()).await.is_ok());
        }
        sandbox.spoils(&name, Some(held));
        assert_eq!(faults(&city).await, Vec::<String>::new());
    }

    async fn while_it_is_away_nothing_with_files_is_taken_and_all_else_goes_on(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let sandbox = sandbox(&city);
        let city = city.with_objects(&as_objects(&sandbox));
        let p = files(&city, &[CANARY]).await.unwrap();
        sandbox.is_away(true);
        let refused = files(&city, &["지금"]).await;
        assert!(matches!(refused, Err(ActError::Trouble(Trouble::Unavailable(_)))), "{refused:?}");
        let receiver = city.official("receiver1");
        let opened = opens(&city.app, &receiver, &p, 0).await;
        assert!(matches!(opened, Err(ActError::Trouble(Trouble::Unavailable(_)))), "{opened:?}");
        assert!(files(&city, &[]).await.is_ok(), "without a file it goes on");
        assert!(city.app.case(&receiver, p.id, &Call::default()).await.is_ok());
        sandbox.is_away(false);
        assert_eq!(sandbox.held().len(), 1, "nothing was left behind");
        assert!(files(&city, &["지금"]).await.is_ok());
        assert_eq!(sandbox.held().len(), 2);
        city.duties().await;
        assert_eq!(faults(&city).await, Vec::<String>::new());
    }

    async fn a_list_that_is_not_stored_leaves_no_object(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let sandbox = sandbox(&city);
        let city = city.with_objects(&as_objects(&sandbox));
        let place = &city.app.here;
        let owner = city.app.new_official().bytes();
        let mut fill = |out: &mut [u8]| out.fill(9);
        let mut first = Batch::new();
        let key = first.owner_key(place, owner, city.app.now(), &mut fill).unwrap();
        place.commit(first, Urgency::User).await.unwrap();
        let list = |nth: u8| {
            let mut nonce = |out: &mut [u8]| out.fill(nth);
            let mut batch = Batch::new();
            let id = TextId(uuid::Uuid::from_bytes([nth; 16]));
            batch.text(&key, id, CANARY.as_bytes(), &mut nonce);
            batch.lies_apart(id);
            batch.once([1; 32], domain::id::PetitionId(uuid::Uuid::nil()), 1, city.app.now());
            batch
        };
        assert!(place.commit(list(1), Urgency::User).await.is_ok());
        let kept = sandbox.held();
        assert_eq!(kept.len(), 1);
        assert_eq!(place.commit(list(2), Urgency::User).await, Err(CommitFault::Repeated));
        assert_eq!(sandbox.held(), kept, "what was laid down for it is taken back");
    }

    async fn what_nobody_names_goes_when_no_copy_can_name_it(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let sandbox = sandbox(&city);
        let city = city.with_objects(&as_objects(&sandbox));
        let p = files(&city, &[CANARY]).await.unwrap();
        // A process fell between object and row.
        let orphan = name_of(b"nobody's");
        sandbox.put(&orphan, b"nobody's".to_vec()).await.unwrap();
        // A draft with a file, whose text is replaced and which is then forgotten: its key dies.
        let new = NewFile { name: "지도.pdf".into(), kind: Some(FileType::Pdf), content: b"%PDF-1.7".to_vec(), cleaned: false, slot: None };
        let draft = city.app.save_draft([3; 16], None, &mut Draft::default(), vec![new]).await.unwrap();
        assert_eq!(sandbox.held().len(), 3);
        city.app.forget_draft([3; 16], draft).await.unwrap();
        assert_eq!(city.duty("objects").await, 1, "with its key it goes at once");
        // An examiner destroys a file: the key lives, and a copy of yesterday names it.
        city.scanner.is_there(true);
        let harmful = app::words::file("메모.txt", adapters::scan::sandbox::eicar()).unwrap();
        let mut filing = filing("S134", "가로등 고장", "");
        filing.files = vec![harmful];
        let who = Who::Citizen(p.person);
        let q = city.app.file(&who, Petitioner::Known(p.person), filing, &Call::default()).await.unwrap();
        city.duty("scan").await;
        let (admin, call) = (city.official("admin"), Call::default());
        let decision = app::scan::Decision::Destroy;
        city.app.decide_file(&admin, q.files[0].content.id, decision, &Raw::text("악성코드"), &call).await.unwrap();
        assert_eq!((city.duty("objects").await, sandbox.held().len()), (0, 3));
        it_is(&city, date(2026, 7, 21)).await;
        assert_eq!((city.duty("objects").await, sandbox.held().len()), (0, 3), "35 days and one: not yet over");
        it_is(&city, date(2026, 7, 22)).await;
        assert_eq!(city.duty("objects").await, 2, "the orphan, and what was destroyed");
        let left: Vec<String> = sandbox.held().into_keys().collect();
        assert_eq!(left.len(), 1, "what a row names stays, however old");
        assert!(city.app.here.names_object(&left[0]).await.unwrap());
        assert_eq!(faults(&city).await, Vec::<String>::new());
    }

    async fn names_go_along_to_the_archive_and_to_another_engine(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let sandbox = sandbox(&city);
        let objects = as_objects(&sandbox);
        let city = city.with_objects(&objects);
        let p = files(&city, &[CANARY]).await.unwrap();
        let receiver = city.official("receiver1");
        city.does(&receiver, p.id, Act::Receive { kind: Kind::Inquiry, period: None }).await.unwrap();
        let unit = city.unit("road_facilities");
        city.does(&receiver, p.id, Act::Distribute { unit }).await.unwrap();
        Box::pin(city.duties()).await;
        let to = match city.app.here.dialect() {
            Dialect::Sqlite => On::Postgres,
            Dialect::Postgres => On::Sqlite,
        };
        let held = sandbox.held();
        let city = Box::pin(city.carried(to)).await.with_objects(&objects);
        assert_eq!(sandbox.held(), held);
        assert!(opens(&city.app, &city.official("receiver1"), &p, 0).await.unwrap().ends_with(CANARY.as_bytes()));
        assert_eq!(faults(&city).await, Vec::<String>::new());
        // An answered one, two years later, in the archive.
        let person = city.citizen("010-1234-5678").await;
        let mut long = filing("S134", "오래된 느티나무", "");
        long.files = vec![pdf("느티나무")];
        let q = city.app.file(&Who::Citizen(person), Petitioner::Known(person), long, &Call::default()).await.unwrap();
        let q = Box::pin(to_the_end(&city, q)).await;
        city.scanner.is_there(true);
        Box::pin(city.duties()).await;
        it_is(&city, date(2029, 1, 1)).await;
        Box::pin(city.duties()).await;
        assert!(city.app.places.archive.head(q.id).await.unwrap().is_some(), "it lies in the archive");
        assert_eq!(sandbox.held().len(), 2);
        assert_eq!(faults(&city).await, Vec::<String>::new());
        let opened = opens(&city.app, &city.official("examiner"), &q, 0).await.unwrap();
        assert!(opened.ends_with("느티나무".as_bytes()));
    }
}

/// Received, handled and answered.
async fn to_the_end(city: &City, p: Petition) -> Petition {
    let receiver = city.official("receiver1");
    let department = city.official("road.facilities.receiver");
    let (unit, handler) = (
        city.unit("road_facilities"),
        city.official_id("road.facilities.1"),
    );
    let (kind, period) = (Kind::Inquiry, None);
    for (who, act) in [
        (&receiver, Act::Receive { kind, period }),
        (&receiver, Act::Distribute { unit }),
        (&department, Act::UnitReceive),
        (&department, Act::Designate { handler }),
    ] {
        city.does(who, p.id, act).await.unwrap();
    }
    city.answers(p.id, answer(Outcome::Answered, "고칩니다.")).await
}

/// An S3-compatible server (moto) on loopback. Dropping it ends it.
struct Server {
    process: std::process::Child,
    address: String,
}

impl Server {
    /// Starts one; `None` where it is not installed (the set-up of the tests installs it).
    async fn start() -> Option<Server> {
        let home =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/test-s3/bin/moto_server");
        if !home.exists() {
            eprintln!("moto is not installed: this story is not told");
            return None;
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let process = std::process::Command::new(home)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("moto starts");
        let server = Server {
            process,
            address: format!("http://127.0.0.1:{port}"),
        };
        for _ in 0..300 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Some(server);
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("moto does not answer");
    }

    /// A bucket of its own, made by a plain request: the test server takes any signature.
    async fn bucket(&self) -> Arc<dyn Objects> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let made = client
            .put(format!("{}/minwon-files", self.address))
            .send()
            .await
            .unwrap();
        assert!(made.status().is_success(), "{made:?}");
        let settings = ObjectSettings {
            bucket: Some("minwon-files".into()),
            endpoint: Some(self.address.clone()),
            access_key: Some("minwon".into()),
            secret_key: Some(Secret::new("hush")),
            ..ObjectSettings::default()
        };
        Arc::new(StoredObjects::new(&settings).unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_keeps_lists_and_forgets_and_says_when_it_is_away() {
    let Some(server) = Server::start().await else {
        return;
    };
    let objects = server.bucket().await;
    let name = name_of(b"sealed");
    assert_eq!(objects.get(&name).await.unwrap(), None);
    objects.put(&name, b"sealed".to_vec()).await.unwrap();
    objects.put(&name, b"sealed".to_vec()).await.unwrap();
    assert_eq!(objects.get(&name).await.unwrap(), Some(b"sealed".to_vec()));
    assert_eq!(listed(&*objects).await, std::slice::from_ref(&name));
    objects.remove(&name).await.unwrap();
    objects.remove(&name).await.unwrap();
    assert_eq!(objects.get(&name).await.unwrap(), None);
    let large = vec![7; 12 << 20];
    let name = name_of(&large);
    objects.put(&name, large.clone()).await.unwrap();
    assert_eq!(objects.get(&name).await.unwrap(), Some(large));
    drop(server);
    assert!(objects.get(&name).await.is_err());
    assert!(objects.put(&name, vec![1]).await.is_err());
}

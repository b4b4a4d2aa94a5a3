//! 도시 — an office with its people, on SQLite or PostgreSQL, at a moment that stands still until the story moves it on.
//!
//! It is longer than 600 lines because everything a story says of its city is one list.

use adapters::identity::password::PasswordIdentity;
use adapters::identity::sandbox::SandboxBroker;
use adapters::mail::{Sender, sandbox::SandboxMailer};
use adapters::mode::Mode;
use adapters::objects::{ObjectSettings, StoredObjects};
use adapters::records::sandbox::SandboxRecords;
use adapters::sandbox::{CountingIds, FrozenClock, SeededChance};
use adapters::scan::sandbox::SandboxScanner;
use adapters::sharing::sandbox::SandboxSharing;
use adapters::sms::sandbox::SandboxMessenger;
use app::act::{ActError, Call, Petitioner};
use app::identity::{Accounts, Address};
use app::notice::Notices;
use app::office::{Agency, Settings};
use app::papers::Pressroom;
use app::remedies::Remedies;
use app::seed::Files;
use app::words::Raw;
use app::{App, Places, Ports, duties};
use crypto::keyring::Keyring;
use documents::fonts::Fonts;
use documents::press::Press;
use domain::access::Who;
use domain::account::SignInRules;
use domain::act::{Act, Answer, Filing};
use domain::calendar::Calendar;
use domain::consent::Items;
use domain::decide::Completion;
use domain::due::Period;
use domain::event::Signer;
use domain::form::Forms;
use domain::id::{OfficialId, PersonId, PetitionId, UnitId};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::{EntryPoint, Kind, Mark, Openness, Outcome};
use domain::time::At;
use jiff::civil::DateTime;
use ports::identity::{Broker, SingleSignOn};
use ports::message::Inbox;
use ports::{Chance, Clock};
use std::path::Path;
use std::sync::Arc;
use std::task::Poll;
use store::carry::Carrier;
use store::engine::SqliteOptions;
use store::place::{Place, PlaceName, Where};

/// On which engine a story runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// Files in a folder of its own.
    Sqlite,
    /// Schemas of its own on the shared test server.
    Postgres,
}

/// The password of every official of the city.
pub const PASSWORD: &str = "한빛 시험 비밀번호 1!";

/// A city.
pub struct City {
    /// The application.
    pub app: Arc<App>,
    /// Time.
    pub clock: Arc<FrozenClock>,
    /// Text messages that were sent.
    pub messages: Arc<SandboxMessenger>,
    /// Letters that were sent.
    pub letters: Arc<SandboxMailer>,
    /// The outside document system, used once the settings say so.
    pub records: Arc<SandboxRecords>,
    /// The scanner of files: away until a story wants it.
    pub scanner: Arc<SandboxScanner>,
    /// Who checks passwords, and counts how many.
    pub passwords: Arc<PasswordIdentity>,
    /// The centre for shared information.
    pub sharing: Arc<SandboxSharing>,
    /// The provider of 본인확인 that checks nothing, where the city has it.
    pub rehearsal: Option<Arc<SandboxBroker>>,
    /// Where the database is.
    pub at: Where,
    /// The counters behind identities and chance, and where those of [`City::aside`] stand.
    counters: (Arc<CountingIds>, Arc<SeededChance>),
    aside: std::sync::Mutex<(u64, u64)>,
    folder: tempfile::TempDir,
}

/// The notices of `data/notices`, read from the source tree.
pub fn notices() -> Notices {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/notices");
    let mut files = Vec::new();
    for language in ["ko", "en"] {
        for entry in std::fs::read_dir(root.join(language)).expect("data/notices is there") {
            let path = entry.expect("a folder can be read").path();
            let name = path
                .file_stem()
                .expect("a file has a name")
                .to_string_lossy()
                .into_owned();
            files.push((
                language,
                name,
                std::fs::read_to_string(&path).expect("a notice can be read"),
            ));
        }
    }
    Notices::new(files.iter().map(|(l, n, t)| (*l, n.as_str(), t.as_str()))).expect("the notices are whole")
}

fn tracks() -> domain::track::Tracks {
    app::tracks::read_all(procedures::TRACKS.iter().copied()).expect("the tracks are whole")
}

/// The forms of `data/forms`, read from the source tree.
pub fn forms() -> Forms {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/forms");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("data/forms is there") {
        let path = entry.expect("a folder can be read").path();
        let text = std::fs::read_to_string(&path).expect("a form can be read");
        files.push((path.display().to_string(), text));
    }
    files.sort();
    app::forms::read(files.iter().map(|(file, text)| (file.as_str(), text.as_str())))
        .unwrap_or_else(|error| panic!("the forms are whole:\n{error}"))
}

/// The files of `data/services`, read from the source tree: the code of a service and its text.
pub fn details() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/services");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root).into_iter().flatten() {
        let path = entry.expect("a folder can be read").path();
        if path.extension().is_some_and(|end| end == "toml") {
            let code = path
                .file_stem()
                .expect("a file has a name")
                .to_string_lossy()
                .into_owned();
            files.push((code, std::fs::read_to_string(&path).expect("a file can be read")));
        }
    }
    files.sort();
    files
}

/// The starting data of `data/`, without the files of single services.
pub const FILES: Files<'static> = Files {
    units: include_str!("../../../data/units.csv"),
    services: include_str!("../../../data/services.csv"),
    families: include_str!("../../../data/service_families.csv"),
    fields: include_str!("../../../data/fields.csv"),
    districts: include_str!("../../../data/districts.csv"),
    details: &[],
    officials: include_str!("../../../data/officials.csv"),
    answers: include_str!("../../../data/answers.csv"),
};

/// The settings of the city of tests.
pub fn settings() -> Settings {
    Settings {
        agency: Agency {
            name: "한빛특별시".into(),
            name_en: "Hanbit Metropolitan City".into(),
            sender: "한빛특별시장".into(),
            office: "petition_office".into(),
            postcode: "00000".into(),
            address: "한빛특별시 중구 가상대로 1".into(),
            homepage: "www.hanbit.example".into(),
            phone: "02-000-1010".into(),
            fax: "02-000-1019".into(),
            mail: "hanbit@hanbit.example".into(),
            address_of_pages: "http://127.0.0.1:8080".into(),
        },
        hours: Default::default(),
        reading: Default::default(),
        completion: Completion::Approval,
        numbering: Default::default(),
        evaluation: Default::default(),
        protection: Default::default(),
        keeping: Default::default(),
        outside_without_factor: false,
        files: Default::default(),
        sign_in: SignInRules::of_the_demo(),
    }
}

/// The press of tests, from the fonts the set-up installs.
pub fn pressroom() -> Pressroom {
    Pressroom::new(|| {
        let read = |name: &str| {
            let path = Path::new("/usr/share/fonts/opentype/noto").join(name);
            std::fs::read(&path)
                .map_err(|error| format!("{}: {error}; install fonts-noto-cjk", path.display()))
        };
        let files = vec![read("NotoSansCJK-Regular.ttc")?, read("NotoSansCJK-Bold.ttc")?];
        Ok(Press::new(Fonts::new(files).map_err(|error| error.to_string())?))
    })
}

/// Set to anything, the files of every city of the tests lie in a folder of its own instead of the database.
const FILES_APART: &str = "MINWON_TEST_OBJECTS";

fn files_apart(folder: &Path) -> Option<Arc<dyn ports::objects::Objects>> {
    std::env::var_os(FILES_APART)?;
    let settings = ObjectSettings {
        folder: Some(folder.join("files")),
        ..ObjectSettings::default()
    };
    Some(Arc::new(
        StoredObjects::new(&settings).expect("a folder can be made"),
    ))
}

/// What outlives the program of a city: its folder, its clock, and the counters of identities and chance.
type Remains = (
    tempfile::TempDir,
    Arc<FrozenClock>,
    Arc<CountingIds>,
    Arc<SeededChance>,
);

impl City {
    /// A city that has just been set up, at this moment.
    pub async fn new(on: On, now: DateTime) -> City {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let at = City::somewhere(on, folder.path(), "data");
        City::open(at, folder, At::seoul(now), None).await
    }

    /// A city whose SQLite files count as full at so many pages of 4,096 bytes.
    pub async fn with_room_for(pages: u32, now: DateTime) -> City {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let at = Where::Folder(folder.path().join("data"));
        City::open(at, folder, At::seoul(now), Some(pages)).await
    }

    /// A city on a PostgreSQL server of the story's own, which it may kill.
    pub async fn on_server(server: &crate::postgres::Server, now: DateTime) -> City {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let at = Where::Server {
            url: server.address(),
            prefix: String::new(),
        };
        City::open(at, folder, At::seoul(now), None).await
    }

    /// The same city over another server, with the keys as they are now.
    pub async fn over_server(self, server: &crate::postgres::Server) -> City {
        let (_, remains) = self.stopped().await;
        let at = Where::Server {
            url: server.address(),
            prefix: String::new(),
        };
        City::begun_again(at, remains).await
    }

    /// The same city after its program was stopped and started again.
    pub async fn reopened(self) -> City {
        let (at, remains) = self.stopped().await;
        City::begun_again(at, remains).await
    }

    /// Stops the program; gives where its data lie, and what outlives it.
    async fn stopped(self) -> (Where, Remains) {
        self.app.places.close().await;
        let City {
            app,
            clock,
            at,
            folder,
            counters: (ids, chance),
            ..
        } = self;
        drop(app);
        (at, (folder, clock, ids, chance))
    }

    async fn begun_again(at: Where, (folder, clock, ids, chance): Remains) -> City {
        Box::pin(City::with(at, folder, clock, ids, chance, None)).await
    }

    /// The keys of the city, opened once more.
    pub fn keyring(&self) -> Keyring {
        Keyring::open(&self.folder().join("keys")).expect("the keys can be opened")
    }

    /// A copy of everything as it is now, in a folder of this name.
    pub fn backed_up(&self, name: &str) -> std::path::PathBuf {
        let to = self.folder().join(name);
        store::copy::back_up(&self.at, &self.keyring(), self.clock.now(), &to).expect("a copy can be made");
        to
    }

    /// The same city after its data were lost and put back from a copy, as `minwon restore` does it.
    pub async fn restored(self, from: &Path) -> City {
        let keyring = self.keyring();
        let (at, remains) = self.stopped().await;
        lose(&at).await;
        let manifest = store::copy::check(from, &keyring).expect("the copy is whole");
        store::copy::check_lists(&manifest, &keyring, |_| 0).expect("the lists are the newest");
        store::copy::put_back(from, &manifest, &at).expect("the copy can be put back");
        City::begun_again(at, remains).await
    }

    /// The same city after its data were carried to a database of this engine, as `minwon move` does it, and cut off once in the
    /// middle of a table. The old side is marked as left.
    pub async fn carried(self, to: On) -> City {
        let (at, remains) = self.stopped().await;
        let there = City::somewhere(to, remains.0.path(), "carried");
        for name in PlaceName::ALL {
            let carrier = Carrier::open(&at, &there, name).await.expect("both sides open");
            let cut = std::cell::Cell::new(false);
            {
                // Dropped at the first page of the journal: what arrived stays, the rest is missing.
                let mut carrying =
                    std::pin::pin!(carrier.carry(|table, _| cut.set(cut.get() || table == "event")));
                std::future::poll_fn(|context| match carrying.as_mut().poll(context) {
                    Poll::Ready(_) => Poll::Ready(()),
                    Poll::Pending if cut.get() => Poll::Ready(()),
                    Poll::Pending => Poll::Pending,
                })
                .await;
            }
            carrier.hand_over().await;
            carrier.close().await;
            let carrier = Carrier::open(&at, &there, name)
                .await
                .expect("both sides open again");
            carrier
                .carry(|_, _| {})
                .await
                .expect("it goes on where it stopped");
            carrier.hand_over().await;
            carrier
                .leave("another database")
                .await
                .expect("the old side is marked");
            carrier.close().await;
        }
        let city = City::begun_again(there, remains).await;
        for place in city.app.places.all() {
            store::carry::arrived(place)
                .await
                .expect("the mark can be taken away");
        }
        city
    }

    fn somewhere(on: On, folder: &Path, name: &str) -> Where {
        match on {
            On::Sqlite => Where::Folder(folder.join(name)),
            On::Postgres => Where::Server {
                url: crate::postgres::Server::shared(),
                prefix: format!("{}_", crate::postgres::fresh_schema()),
            },
        }
    }

    async fn open(at: Where, folder: tempfile::TempDir, now: At, largest: Option<u32>) -> City {
        let clock = Arc::new(FrozenClock::new(Mode::Test, now).expect("tests are no production"));
        let chance = Arc::new(SeededChance::new(Mode::Test, 7).expect("tests are no production"));
        let ids = Arc::new(CountingIds::new(Mode::Test).expect("tests are no production"));
        City::with(at, folder, clock, ids, chance, largest).await
    }

    async fn with(
        at: Where,
        folder: tempfile::TempDir,
        clock: Arc<FrozenClock>,
        ids: Arc<CountingIds>,
        chance: Arc<SeededChance>,
        largest: Option<u32>,
    ) -> City {
        let keys = folder.path().join("keys");
        let mut fill = |out: &mut [u8]| chance.fill(out);
        let keyring = if keys.exists() {
            Keyring::open(&keys)
        } else {
            Keyring::create(&keys, &mut fill)
        };
        let keyring = keyring.expect("the keys can be opened");
        let mut places = Places::open(&at, &keyring, clock.now(), &*chance)
            .await
            .expect("the places can be opened");
        if largest.is_some() {
            places.live.close().await;
            let sqlite = SqliteOptions {
                largest,
                ..SqliteOptions::default()
            };
            let (now, fill) = (clock.now(), &mut fill);
            let live = Place::open_with(&at, PlaceName::Live, sqlite, &keyring, now, fill).await;
            places.live = live.expect("the live place can be opened anew");
        }
        if let Some(objects) = files_apart(folder.path()) {
            places = places.with_objects(&objects);
        }
        let messages =
            Arc::new(SandboxMessenger::new(Mode::Test, clock.clone()).expect("tests are no production"));
        let sender = Sender {
            name: "한빛특별시".into(),
            address: "hanbit@hanbit.example".into(),
        };
        let letters =
            SandboxMailer::new(Mode::Test, sender, clock.clone(), None).expect("tests are no production");
        let letters = Arc::new(letters);
        let sharing = Arc::new(SandboxSharing::new(Mode::Test).expect("tests are no production"));
        let records = Arc::new(SandboxRecords::new(Mode::Test).expect("tests are no production"));
        let scanner = Arc::new(SandboxScanner::new(Mode::Test).expect("tests are no production"));
        scanner.is_there(false);
        let accounts = Accounts {
            live: places.live.clone(),
            clock: clock.clone(),
        };
        let passwords = Arc::new(PasswordIdentity::new(Arc::new(accounts)));
        let ports = Ports {
            clock: clock.clone(),
            ids: ids.clone(),
            chance: chance.clone(),
            identity: passwords.clone(),
            sso: None,
            brokers: Vec::new(),
            mailer: letters.clone(),
            messenger: messages.clone(),
            records: records.clone(),
            scanner: scanner.clone(),
            sharing: sharing.clone(),
        };
        let calendar =
            Calendar::parse(include_str!("../../../data/holidays.csv"), 1).expect("the holidays are whole");
        let procedures = procedures::catalogue().expect("the procedures are whole");
        let app = App::new(
            places,
            ports,
            procedures,
            notices(),
            pressroom(),
            calendar,
            settings(),
        )
        .await
        .expect("the application can be put together")
        .with_tracks(tracks())
        .await
        .expect("the tracks can be used")
        .with_forms(forms())
        .with_remedies(
            Remedies::read(include_str!("../../../data/refusal_remedies.toml"))
                .expect("the remedies are whole"),
        )
        .with_shared(
            Items::parse(include_str!("../../../data/shared_information.csv")).expect("the list is whole"),
        );
        let phc = crypto::password::hash(PASSWORD, &mut |out: &mut [u8]| chance.fill(out));
        let details = details();
        let details: Vec<(&str, &str)> = details.iter().map(|(c, t)| (c.as_str(), t.as_str())).collect();
        let files = Files {
            details: &details,
            ..FILES
        };
        app.install(files, &settings(), &phc)
            .await
            .expect("the starting data can be laid down");
        City {
            app: Arc::new(app),
            clock,
            messages,
            letters,
            records,
            scanner,
            passwords,
            sharing,
            rehearsal: None,
            at,
            counters: (ids, chance),
            aside: std::sync::Mutex::new((1 << 40, 1 << 40)),
            folder,
        }
    }

    /// Does something whose draws of identities and chance leave those of everything else as they would have been.
    pub async fn aside<T>(&self, what: impl Future<Output = T>) -> T {
        let (ids, chance) = *self.aside.lock().expect("nobody panicked");
        let outside = (self.counters.0.jump(ids), self.counters.1.jump(chance));
        let done = what.await;
        let inside = (self.counters.0.jump(outside.0), self.counters.1.jump(outside.1));
        *self.aside.lock().expect("nobody panicked") = inside;
        done
    }

    /// The 보안민원실 of this city.
    pub fn inside(&self) -> App {
        self.app.protected().expect("the keys are there")
    }

    /// Lets an official of the starting data into the 보안민원실 with these seats.
    pub async fn entitles(&self, login: &str, unit: &str, seats: &[domain::terms::Seat]) {
        for seat in seats {
            let (official, unit) = (self.official_id(login), self.unit(unit));
            self.app
                .entitle(&Who::System, official, *seat, unit, None, &Call::default())
                .await
                .expect("entitled");
        }
    }

    /// An entitled official, with the seats held inside.
    pub fn entitled(&self, login: &str) -> Who {
        self.inside()
            .office()
            .who(self.official_id(login), self.app.now())
            .expect("the official works here")
    }

    /// The same city, whose files lie in this store from now on.
    pub fn with_objects(self, objects: &Arc<dyn ports::objects::Objects>) -> City {
        let mut app = App::clone(&self.app);
        app.places = app.places.clone().with_objects(objects);
        app.here = app.places.live.clone();
        City {
            app: Arc::new(app),
            ..self
        }
    }

    /// The same city with a single sign-on.
    pub fn with_sso(self, sso: Arc<dyn SingleSignOn>) -> City {
        let mut app = App::clone(&self.app);
        app.ports.sso = Some(sso);
        City {
            app: Arc::new(app),
            ..self
        }
    }

    /// The same city with the provider of 본인확인 that checks nothing, before the others.
    pub fn with_rehearsal(self) -> City {
        let code: domain::terms::Code = "rehearsal".parse().expect("a code");
        let back = format!("/sign-in/identity/{code}/back");
        let chance = self.app.ports.chance.clone();
        let broker = SandboxBroker::new(Mode::Test, code, "/demo/identity", &back, chance);
        let broker = Arc::new(broker.expect("tests are no production"));
        let mut all: Vec<Arc<dyn Broker>> = vec![broker.clone()];
        all.extend(self.app.ports.brokers.iter().cloned());
        City {
            rehearsal: Some(broker),
            ..self.with_brokers(all)
        }
    }

    /// The same city with providers of 본인확인, in this order.
    pub fn with_brokers(self, brokers: Vec<Arc<dyn Broker>>) -> City {
        let mut app = App::clone(&self.app);
        app.ports.brokers = brokers;
        City {
            app: Arc::new(app),
            ..self
        }
    }

    /// Another process of the same house: its own memory and, on PostgreSQL, its own connections, beside the same database. The files of SQLite
    /// belong to one process, so there it is another application over the same files.
    pub async fn another_server(&self) -> App {
        let places = match &self.at {
            Where::Folder(_) => self.app.places.clone(),
            Where::Server { .. } => {
                let (now, chance) = (self.clock.now(), &*self.counters.1);
                let places = Places::open(&self.at, &self.keyring(), now, chance).await;
                let places = places.expect("the places can be opened once more");
                match self.app.places.live.objects() {
                    Some(objects) => places.with_objects(objects),
                    None => places,
                }
            }
        };
        let calendar =
            Calendar::parse(include_str!("../../../data/holidays.csv"), 1).expect("the holidays are whole");
        let procedures = procedures::catalogue().expect("the procedures are whole");
        let app = App::new(
            places,
            self.app.ports.clone(),
            procedures,
            notices(),
            pressroom(),
            calendar,
            settings(),
        );
        app.await
            .expect("the application can be put together")
            .with_tracks(tracks())
            .await
            .expect("the tracks can be used")
            .with_forms(forms())
    }

    /// The folder of the city: `data` (on SQLite) and `keys`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Moves the clock to this moment.
    pub fn it_is(&self, now: DateTime) {
        self.clock.set(At::seoul(now));
    }

    /// An official of the starting data, with the seats of today.
    pub fn official(&self, login: &str) -> Who {
        self.app
            .office()
            .who(self.official_id(login), self.app.now())
            .expect("the official works here")
    }

    /// The identity of an official of the starting data.
    pub fn official_id(&self, login: &str) -> OfficialId {
        let office = self.app.office();
        office
            .official_by_login(login)
            .unwrap_or_else(|| panic!("no official {login}"))
            .id
    }

    /// A unit of the starting data.
    pub fn unit(&self, code: &str) -> UnitId {
        self.app
            .office()
            .unit_by_code(code)
            .unwrap_or_else(|| panic!("no unit {code}"))
            .id
    }

    /// A citizen who has shown that this telephone number is theirs.
    pub async fn citizen(&self, phone: &str) -> PersonId {
        let address = Address::parse(phone).expect("a telephone number");
        self.app
            .ask_code(&address, "ko", &[127, 0, 0, 1])
            .await
            .expect("a code is sent");
        let code = self.last_code();
        self.app
            .verify_contact(&address, &code, "ko")
            .await
            .expect("the code is right")
    }

    /// The six digits of the last text message.
    pub fn last_code(&self) -> String {
        let message = self
            .messages
            .messages()
            .into_iter()
            .next()
            .expect("a message came");
        let text = message.what.text;
        let digits: Vec<&str> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|run| run.len() == 6)
            .collect();
        digits
            .first()
            .copied()
            .unwrap_or_else(|| panic!("no code in: {text}"))
            .to_owned()
    }

    /// Files by web, in the citizen's own words.
    pub async fn files(&self, person: PersonId, service: &str, title: &str, body: &str) -> Petition {
        let filing = filing(service, title, body);
        Box::pin(self.app.file(
            &Who::Citizen(person),
            Petitioner::Known(person),
            filing,
            &Call::default(),
        ))
        .await
        .expect("filed")
    }

    /// A petition that has come as far as the desk of `road.facilities.1`, received now.
    pub async fn in_handling(
        &self,
        person: PersonId,
        title: &str,
        kind: Kind,
        period: Option<Period>,
    ) -> Petition {
        let filed = self.files(person, "S134", title, "").await;
        let receiver = self.official("receiver1");
        let department = self.official("road.facilities.receiver");
        let unit = self.unit("road_facilities");
        let handler = self.official_id("road.facilities.1");
        let way = [
            (&receiver, Act::Receive { kind, period }),
            (&receiver, Act::Distribute { unit }),
            (&department, Act::UnitReceive),
            (&department, Act::Designate { handler }),
        ];
        let mut petition = filed;
        for (who, act) in way {
            let deed = act.deed();
            petition =
                (self.does(who, petition.id, act).await).unwrap_or_else(|error| panic!("{deed}: {error}"));
        }
        petition
    }

    /// Drafts this answer, has it approved by the head of the department, and sends it.
    pub async fn answers(&self, id: PetitionId, answer: Answer<Raw>) -> Petition {
        let handler = self.official("road.facilities.1");
        let head = self.official("road.facilities.head");
        let line = vec![Signer {
            official: self.official_id("road.facilities.head"),
            mark: Mark::Delegated,
        }];
        let way = [
            (&handler, Act::Draft(answer)),
            (&handler, Act::SendUp { line }),
            (&head, Act::Sign { comment: None }),
        ];
        for (who, act) in way {
            let deed = act.deed();
            (self.does(who, id, act).await).unwrap_or_else(|error| panic!("{deed}: {error}"));
        }
        self.does(&handler, id, Act::Answer).await.expect("sent")
    }

    /// Does an act that the office must refuse, and gives the refusal.
    pub async fn is_refused(&self, who: &Who, id: PetitionId, act: Act<Raw>) -> Refusal {
        let deed = act.deed();
        match self.does(who, id, act).await {
            Err(ActError::Refused(refusal)) => refusal,
            other => panic!("{deed} was to be refused: {other:?}"),
        }
    }

    /// Does an act.
    pub async fn does(&self, who: &Who, id: PetitionId, act: Act<Raw>) -> Result<Petition, ActError> {
        // On the heap: a story with many acts would not fit the stack of a test.
        Box::pin(self.app.act(who, id, act, &Call::default())).await
    }

    /// Runs one duty once, and gives how many things it did.
    pub async fn duty(&self, name: &str) -> u64 {
        let duty = duties::ALL
            .iter()
            .find(|duty| duty.name == name)
            .unwrap_or_else(|| panic!("no duty {name}"));
        duty.once(&self.app)
            .await
            .unwrap_or_else(|error| panic!("the duty {name} failed: {error}"))
    }

    /// Runs every duty once.
    pub async fn duties(&self) {
        for duty in duties::ALL {
            self.duty(duty.name).await;
        }
    }
}

/// Loses the data of a city, and nothing of its keys.
async fn lose(at: &Where) {
    match at {
        Where::Folder(data) => std::fs::remove_dir_all(data).expect("the data can be lost"),
        Where::Server { url, prefix } => {
            let options = store::engine::PostgresOptions::default();
            let engine = store::engine::Engine::postgres(url, "public", options)
                .await
                .expect("the server is there");
            for place in PlaceName::ALL {
                let sql = format!("DROP SCHEMA IF EXISTS {prefix}{} CASCADE", place.name());
                let write = store::engine::Write::new(sql.leak(), Vec::new());
                engine
                    .commit(vec![write], store::engine::Urgency::User)
                    .await
                    .expect("the schema can be dropped");
            }
        }
    }
}

/// A filing by web.
pub fn filing(service: &str, title: &str, body: &str) -> Filing<Raw> {
    Filing {
        service: service.parse().expect("a code"),
        entry: EntryPoint::Web,
        field: None,
        district: None,
        person: PersonId(uuid::Uuid::nil()),
        title: Raw::text(title),
        body: Raw::optional(body),
        place: None,
        files: Vec::new(),
        form: None,
        openness: Openness::Private,
        happened: None,
        split_from: None,
        intake: Default::default(),
    }
}

/// An answer that grants what was asked.
pub fn answer(outcome: Outcome, body: &str) -> Answer<Raw> {
    let owed = outcome
        .owes_reasons()
        .then(|| Raw::text("근거 법령의 기준에 맞지 않습니다."));
    Answer {
        outcome,
        body: Raw::text(body),
        reasons: owed.clone(),
        remedies: owed,
        openness: Openness::Private,
        exception: None,
    }
}

/// Declares a story twice: once on each engine.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($city:ident, at $now:expr) $body:block)*) => {$(
        mod $name {
            use super::*;
            async fn story($city: $crate::city::City) $body
            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                story($crate::city::City::new($crate::city::On::Sqlite, $now).await).await;
            }
            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                story($crate::city::City::new($crate::city::On::Postgres, $now).await).await;
            }
        }
    )*};
}

/// An external user of this login, with no conditions set.
pub async fn outsider(city: &City, login: &str) -> domain::id::OfficialId {
    let person = store::office::Person {
        id: city.app.new_official(),
        login: login.to_owned(),
        name: "노을".into(),
        title: "한빛시설관리공단".into(),
        phone: String::new(),
        mail: String::new(),
    };
    let phc = crypto::password::hash(PASSWORD, &mut |out: &mut [u8]| out.fill(3));
    city.app
        .enter_official(
            &person,
            &phc,
            "road_facilities",
            &[domain::terms::Seat::ExternalUser],
        )
        .await
        .expect("entered");
    person.id
}

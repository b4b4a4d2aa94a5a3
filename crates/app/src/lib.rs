//! 응용 — where people's acts meet the law and the store: one door for writing (`act`), one for reading (`desk`).
//!
//! This crate never names an adapter or a procedure: the outside world and the catalogue are handed to it as values.

pub mod act;
pub mod answers;
pub mod archive;
pub mod counter;
pub mod deemed;
pub mod desk;
pub mod duties;
pub mod erase;
pub mod face;
pub mod follow;
pub mod forms;
pub mod gate;
pub mod gazette;
pub mod handbook;
pub mod identity;
pub mod import;
pub mod learn;
pub mod looked;
pub mod lots;
pub mod notice;
pub mod office;
pub mod papers;
pub mod party;
pub mod people;
pub mod post;
pub mod proceedings;
pub mod proofs;
pub mod protected;
pub mod queue;
pub mod records;
pub mod remedies;
pub mod review;
pub mod saved;
pub mod scan;
pub mod seed;
pub mod sharing;
pub mod similar;
pub mod stats;
pub mod supervision;
pub mod tracks;
pub mod verify;
pub mod visitors;
pub mod watch;
pub mod words;

use crypto::keyring::Keyring;
use domain::access::Who;
use domain::calendar::{Calendar, Holiday};
use domain::form::Forms;
use domain::procedure::Catalogue;
use domain::time::At;
use domain::track::Hand;
use office::{Office, Settings};
use ports::{Chance, Clock, Ids};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use store::batch::{Batch, CommitFault};
use store::engine::{CommitError, ReadError, Urgency};
use store::place::{Place, PlaceName, Where};
use store::vault::VaultError;

/// How often a commit that lost a race is tried in all.
pub(crate) const TRIES: u32 = 20;

/// The three places. Who is not given a handle cannot ask.
#[derive(Clone)]
pub struct Places {
    /// Where petitions live.
    pub live: Place,
    /// Closed years.
    pub archive: Place,
    /// 보안민원; `None` in a process that may not read its keys.
    pub protected: Option<Place>,
}

impl Places {
    /// Opens all places that this process has keys for.
    pub async fn open(
        at: &Where,
        keyring: &Keyring,
        now: At,
        chance: &dyn Chance,
    ) -> Result<Places, store::place::PlaceError> {
        let mut fill = |out: &mut [u8]| chance.fill(out);
        let live = Place::open_at(at, PlaceName::Live, keyring, now, &mut fill).await?;
        let archive = Place::open_at(at, PlaceName::Archive, keyring, now, &mut fill).await?;
        let protected = match keyring.place(PlaceName::Protected) {
            Some(_) => Some(Place::open_at(at, PlaceName::Protected, keyring, now, &mut fill).await?),
            None => None,
        };
        Ok(Places {
            archive: archive.counted_with(&live),
            protected: protected.map(|protected| protected.counted_with(&live)),
            live: live.clone().counted_with(&live),
        })
    }

    /// The same places, whose files lie in this store from now on.
    pub fn with_objects(self, objects: &Arc<dyn ports::objects::Objects>) -> Places {
        Places {
            live: self.live.with_objects(objects.clone()),
            archive: self.archive.with_objects(objects.clone()),
            protected: (self.protected).map(|protected| protected.with_objects(objects.clone())),
        }
    }

    /// Every open place.
    pub fn all(&self) -> impl Iterator<Item = &Place> {
        [Some(&self.live), Some(&self.archive), self.protected.as_ref()]
            .into_iter()
            .flatten()
    }

    /// Stores what is waiting and lets the files go.
    pub async fn close(&self) {
        for place in self.all() {
            place.close().await;
        }
    }
}

/// The outside world, and the three things never read globally.
#[derive(Clone)]
pub struct Ports {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Identities.
    pub ids: Arc<dyn Ids>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// Who an official at the log-in page is.
    pub identity: Arc<dyn ports::identity::Identity>,
    /// The agency's single sign-on, where there is one.
    pub sso: Option<Arc<dyn ports::identity::SingleSignOn>>,
    /// Providers that say who a citizen is, in the order they are shown in; none where there are none.
    pub brokers: Vec<Arc<dyn ports::identity::Broker>>,
    /// Mail.
    pub mailer: Arc<dyn ports::mail::Mailer>,
    /// Text messages.
    pub messenger: Arc<dyn ports::message::Messenger>,
    /// An outside document system, if there is one.
    pub records: Arc<dyn ports::records::Records>,
    /// What knows harmful files, if there is one.
    pub scanner: Arc<dyn ports::scan::Scanner>,
    /// The centre for shared administrative information, if there is one.
    pub sharing: Arc<dyn ports::sharing::Sharing>,
}

/// Whether acts are done now, or told of a past that never was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Course {
    /// Done now: whoever must know is told.
    #[default]
    Lived,
    /// Told by a simulated clock on an empty data folder: nobody is told anything.
    Simulated,
}

/// Under which name the holidays lie that were declared after the program's table was made.
const DECLARED: &str = "declared_holidays";

/// The application: everything a page, a command or a duty may ask for, inside one room of the house. A handle: clones are cheap.
///
/// The office works in the ordinary room; [`App::protected`] is the same application in the 보안민원실, where other petitions lie
/// and only the entitled hold a seat. Petitions are read and written through [`App::here`] alone, so that a room that was never
/// entered has nothing to filter; accounts, sessions, the handbook and the settings are the house's and lie in `places.live`.
#[derive(Clone)]
pub struct App {
    /// The places.
    pub places: Places,
    /// Where the petitions of this room lie.
    pub here: Place,
    /// The outside world.
    pub ports: Ports,
    /// Procedures by code and version.
    pub procedures: Arc<Catalogue>,
    /// Forms of services, by code and version.
    pub forms: Arc<Forms>,
    /// Tracks that the program brings; those in use are [`Office::tracks`].
    pub tracks: Arc<domain::track::Tracks>,
    /// What can be looked up at other agencies (행정정보 공동이용).
    pub shared: Arc<domain::consent::Items>,
    /// Standard texts that tell how a decision can be contested.
    pub remedies: Arc<remedies::Remedies>,
    /// Notices and papers.
    pub notices: Arc<notice::Notices>,
    /// Fonts and templates of papers.
    pub press: Arc<papers::Pressroom>,
    /// The table of holidays that comes with the program; what was declared since lies in the store.
    calendar: Arc<Calendar>,
    /// The ordinary room.
    open: Room,
    /// 보안민원실; `None` in a process that may not read its keys.
    closed: Option<Room>,
    /// Whether this handle works in the 보안민원실.
    inside: bool,
    course: Course,
    /// Which picture of the office this process has.
    seen: Arc<Mutex<Option<Revision>>>,
    /// Held by whoever finds out whether the store takes writes again.
    trying: Arc<tokio::sync::Mutex<()>>,
    /// What was learnt of distributions, once it is asked for.
    learnt: Arc<learn::Learnt>,
}

/// How often the picture of the office had changed when it was read: in the house, and behind the door of the 보안민원실.
type Revision = (i64, i64);

/// 방 — the office as it stands in one place: who holds which seat there, and one reception at a time.
#[derive(Clone)]
struct Room {
    office: Arc<RwLock<Arc<Office>>>,
    /// One reception at a time in this process, so that 접수번호 follow one another without a lost race.
    reception: Arc<tokio::sync::Mutex<()>>,
}

impl Room {
    fn new(office: Office) -> Room {
        Room {
            office: Arc::new(RwLock::new(Arc::new(office))),
            reception: Arc::default(),
        }
    }

    fn office(&self) -> Arc<Office> {
        self.office.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn is_now(&self, office: Office) {
        *self.office.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(office);
    }
}

/// Why the machine could not do it. What a person did wrong is a `Refusal` instead.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Too busy, full, read-only, away: nothing was stored; try again later.
    #[error("the store cannot take it now: {0}")]
    Unavailable(String),
    /// Stored or not, nobody knows: repeat with the same key.
    #[error("it is unknown whether it was stored: {0}")]
    Unknown(String),
    /// Another act came first, again and again.
    #[error("others act on the same petition at the same time")]
    Contended,
    /// A defect.
    #[error("{0}")]
    Broken(String),
}

/// Lets every error of store and vault reach an error that has a `Trouble` in it by `?`.
macro_rules! from_trouble {
    ($to:ident: $($error:ty),* $(,)?) => {$(
        impl From<$error> for $to {
            fn from(error: $error) -> $to {
                $to::Trouble(error.into())
            }
        }
    )*};
}
pub(crate) use from_trouble;

impl From<ReadError> for Trouble {
    fn from(error: ReadError) -> Trouble {
        match error {
            ReadError::Unavailable(what) => Trouble::Unavailable(what),
            ReadError::Unstorable | ReadError::Broken(_) => Trouble::Broken(error.to_string()),
        }
    }
}
impl From<CommitFault> for Trouble {
    fn from(fault: CommitFault) -> Trouble {
        match fault {
            CommitFault::Conflict | CommitFault::NumberTaken | CommitFault::Repeated => Trouble::Contended,
            CommitFault::Store(error) => error.into(),
        }
    }
}
impl From<CommitError> for Trouble {
    fn from(error: CommitError) -> Trouble {
        match error {
            CommitError::Full | CommitError::ReadOnly | CommitError::Unavailable(_) => {
                Trouble::Unavailable(error.to_string())
            }
            CommitError::Unknown(what) => Trouble::Unknown(what),
            CommitError::Conflict { .. } | CommitError::Duplicate { .. } => Trouble::Contended,
            CommitError::Unstorable { .. } | CommitError::Broken(_) => Trouble::Broken(error.to_string()),
        }
    }
}
impl From<VaultError> for Trouble {
    fn from(error: VaultError) -> Trouble {
        match error {
            VaultError::Read(error) => error.into(),
            VaultError::Written(fault) => fault.into(),
            VaultError::Keys(_) | VaultError::NoKey | VaultError::Altered(_) => {
                Trouble::Broken(error.to_string())
            }
        }
    }
}
impl From<crypto::keyring::KeyError> for Trouble {
    fn from(error: crypto::keyring::KeyError) -> Trouble {
        Trouble::Broken(error.to_string())
    }
}
impl From<store::seal::SealError> for Trouble {
    fn from(error: store::seal::SealError) -> Trouble {
        use store::seal::SealError::{Commit, Read, Vault};
        match error {
            Read(error) => error.into(),
            Commit(error) => error.into(),
            Vault(error) => error.into(),
        }
    }
}
impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Trouble {
        Trouble::Broken(error.to_string())
    }
}

impl App {
    /// Puts the application together. `settings` are used where the store holds none yet.
    pub async fn new(
        places: Places,
        ports: Ports,
        procedures: Catalogue,
        notices: notice::Notices,
        press: papers::Pressroom,
        calendar: Calendar,
        settings: Settings,
    ) -> Result<App, Trouble> {
        let now = ports.clock.now();
        let day = now
            .date()
            .ok_or_else(|| Trouble::Broken("the clock is outside the calendar".into()))?;
        let picture = places.live.picture(day).await?;
        let closed = match &places.protected {
            Some(protected) => {
                let inside = picture.clone().seated(protected.posts(day).await?);
                Some(Room::new(Office::new(
                    day,
                    settings.clone(),
                    calendar.clone(),
                    inside,
                )))
            }
            None => None,
        };
        let open = Room::new(Office::new(day, settings, calendar.clone(), picture));
        let app = App {
            here: places.live.clone(),
            places,
            ports,
            procedures: Arc::new(procedures),
            forms: Arc::default(),
            tracks: Arc::default(),
            shared: Arc::default(),
            remedies: Arc::default(),
            notices: Arc::new(notices),
            press: Arc::new(press),
            calendar: Arc::new(calendar),
            open,
            closed,
            inside: false,
            course: Course::Lived,
            seen: Arc::default(),
            trying: Arc::default(),
            learnt: Arc::default(),
        };
        app.reload().await?;
        Ok(app)
    }

    /// 보안민원실 — the same application where protected petitions lie; `None` where this process has no keys to it. Whoever is
    /// let in is asked of [`App::official_inside`].
    pub fn protected(&self) -> Option<App> {
        let (here, _) = (self.places.protected.clone()?, self.closed.as_ref()?);
        Some(App {
            here,
            inside: true,
            ..self.clone()
        })
    }

    /// The same application in the ordinary room.
    pub fn ordinary(&self) -> App {
        App {
            here: self.places.live.clone(),
            inside: false,
            ..self.clone()
        }
    }

    /// Every room this process has keys to, the ordinary one first.
    pub fn rooms(&self) -> impl Iterator<Item = App> {
        [Some(self.ordinary()), self.protected()].into_iter().flatten()
    }

    /// Whether petitions read and written through this handle are protected ones.
    pub fn is_inside(&self) -> bool {
        self.inside
    }

    fn room(&self) -> &Room {
        self.closed.as_ref().filter(|_| self.inside).unwrap_or(&self.open)
    }

    /// The same application for telling a past: what is done puts nothing in the outbox (demo and simulation).
    pub fn simulated(mut self) -> App {
        self.course = Course::Simulated;
        self
    }

    /// The same application with these forms.
    pub fn with_forms(mut self, forms: Forms) -> App {
        self.forms = Arc::new(forms);
        self
    }

    /// Whether a past is told, of which nobody is told anything.
    pub(crate) fn is_simulated(&self) -> bool {
        self.course == Course::Simulated
    }

    /// Now.
    pub fn now(&self) -> At {
        self.ports.clock.now()
    }

    /// The office as it is valid today, with the seats held in this room.
    pub fn office(&self) -> Arc<Office> {
        self.room().office()
    }

    /// One reception at a time in this room.
    pub(crate) async fn in_order(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.room().reception.lock().await
    }

    /// Waits before a commit is tried again that has lost this many races: a moment that grows and is never twice the same, so
    /// that servers which take numbers from one series do not lose to each other in step.
    pub(crate) async fn wait_for_turn(&self, lost: u32) {
        if lost == 0 {
            return;
        }
        let mut chance = [0; 2];
        self.ports.chance.fill(&mut chance);
        let longest = 2 << lost.min(5);
        let pause = u64::from(u16::from_le_bytes(chance)) % longest;
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }

    /// Reads the office anew from the store: after a change, and when the day changes.
    pub async fn reload(&self) -> Result<(), Trouble> {
        let day = self
            .now()
            .date()
            .ok_or_else(|| Trouble::Broken("the clock is outside the calendar".into()))?;
        // Asked for before the picture: what changes in between is read again, and never missed.
        let revision = self.revision().await?;
        let picture = self.places.live.picture(day).await?;
        let settings = match self.places.live.setting("office").await? {
            Some(text) => serde_json::from_str(&text)?,
            None => self.office().settings.clone(),
        };
        let calendar = self.calendar_with(&self.declared_holidays().await?)?;
        let tracks = Arc::new(self.every_track().await?);
        if let (Some(room), Some(protected)) = (&self.closed, &self.places.protected) {
            let inside = picture.clone().seated(protected.posts(day).await?);
            let office = Office::new(day, settings.inside(), calendar.clone(), inside);
            room.is_now(office.with_tracks(tracks.clone()));
        }
        (self.open).is_now(Office::new(day, settings, calendar, picture).with_tracks(tracks));
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(revision);
        Ok(())
    }

    async fn revision(&self) -> Result<Revision, Trouble> {
        let inside = match &self.places.protected {
            Some(protected) => protected.revision().await?,
            None => 0,
        };
        Ok((self.places.live.revision().await?, inside))
    }

    /// Reads the office anew where another process has changed it, or where a new day has begun; gives whether it did. Cheap where
    /// nothing has changed.
    pub async fn refresh(&self) -> Result<bool, Trouble> {
        let revision = self.revision().await?;
        let seen = *self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let stands = seen == Some(revision) && self.now().date() == Some(self.office().day);
        if !stands {
            self.reload().await?;
        }
        Ok(!stands)
    }

    /// 임시공휴일 — takes in a holiday declared after the table of the program was made, and keeps it. What is decided from
    /// now on follows it; the dates of open petitions are moved by the duty `calendar`. Errors: a day outside the table, or
    /// one declared already; nothing is kept then.
    pub async fn declare_holiday(&self, holiday: Holiday) -> Result<(), Trouble> {
        let mut declared = self.declared_holidays().await?;
        declared.push(holiday);
        self.calendar_with(&declared)?;
        let mut batch = Batch::new();
        batch.setting(DECLARED, &serde_json::to_string(&declared)?);
        self.places.live.commit(batch, Urgency::User).await?;
        self.reload().await
    }

    /// Holidays declared so far, in the order they were declared.
    pub async fn declared_holidays(&self) -> Result<Vec<Holiday>, Trouble> {
        match self.places.live.setting(DECLARED).await? {
            Some(text) => Ok(serde_json::from_str(&text)?),
            None => Ok(Vec::new()),
        }
    }

    /// The table of the program and these days; each of them gives the calendar a version of its own. A day that a newer
    /// table of the program knows by itself is in it once.
    fn calendar_with(&self, declared: &[Holiday]) -> Result<Calendar, Trouble> {
        let mut calendar = Calendar::clone(&self.calendar);
        for (holiday, n) in declared.iter().zip(1..) {
            let known = |known: &Holiday| known.name == holiday.name;
            if self.calendar.on(holiday.date).any(known) {
                continue;
            }
            calendar = calendar
                .with(holiday.clone(), self.calendar.version() + n)
                .map_err(|error| Trouble::Broken(error.to_string()))?;
        }
        Ok(calendar)
    }

    /// Fills with chance; used inside one synchronous stretch only.
    pub(crate) fn fill(&self) -> impl FnMut(&mut [u8]) + '_ {
        |out: &mut [u8]| self.ports.chance.fill(out)
    }

    /// A fresh identity.
    pub(crate) fn id(&self) -> uuid::Uuid {
        self.ports.ids.next(self.now())
    }

    /// Through which sight `who` looks into this room.
    pub(crate) fn sight(&self, who: &Who) -> domain::access::Sight {
        let mut sight = domain::access::Sight::of(who);
        // Seats that no special procedure names see nothing by one: not asked for, the store need not look.
        let named = self.office();
        sight
            .seats
            .retain(|seat| named.track_hands.contains(&Hand::Seat(*seat)));
        sight
    }
}

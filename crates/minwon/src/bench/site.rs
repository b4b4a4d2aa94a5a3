//! 측정 자리 — a city of its own for one measurement: a folder or three schemas, removed when it is done.

use super::words;
use crate::connections;
use crate::data;
use crate::house::{self, Data, Parameters, Senders, Shares};
use crate::simulate::{self, Mark, Past, Profile};
use anyhow::Context;
use app::act::{ActError, Call, Petitioner};
use app::words::Raw;
use app::{App, Places};
use crypto::keyring::Keyring;
use domain::access::Who;
use domain::act::Filing;
use domain::id::{PersonId, TextId};
use domain::petition::Petition;
use domain::terms::{Code, EntryPoint, Openness};
use jiff::ToSpan;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::batch::Batch;
use store::engine::{Urgency, Write};
use store::person::Contact;
use store::place::Where;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use web::security::Gate;
use web::{Options, Web};

/// 기타민원: what is filed.
const SERVICE: &str = "S136";
/// How many people file.
const PEOPLE: usize = 256;

/// The engine measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum On {
    /// Files.
    Sqlite,
    /// A server at this address.
    Postgres(String),
}

impl On {
    /// As it stands in a table.
    pub fn name(&self) -> &'static str {
        match self {
            On::Sqlite => "SQLite",
            On::Postgres(_) => "PostgreSQL",
        }
    }
}

/// A city to measure.
pub struct Site {
    /// Its application.
    pub app: Arc<App>,
    people: Vec<PersonId>,
    at: Where,
    /// Removed with the site.
    folder: TempDir,
}

impl Site {
    /// A new city with the starting catalogue, beside nothing else.
    pub async fn new(on: &On, within: Option<&Path>) -> anyhow::Result<Site> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let folder = match within {
            Some(folder) => tempfile::tempdir_in(folder)?,
            None => tempfile::tempdir()?,
        };
        let at = match on {
            On::Sqlite => Where::Folder(folder.path().join("data")),
            On::Postgres(url) => Where::Server {
                url: url.clone(),
                prefix: format!(
                    "bench_{}_{}_",
                    std::process::id(),
                    NEXT.fetch_add(1, Ordering::Relaxed)
                ),
            },
        };
        let parameters = Parameters::default();
        let chance = Arc::clone(&parameters.chance);
        let keyring = Keyring::create(&folder.path().join("keys"), &mut |out: &mut [u8]| {
            chance.fill(out)
        })?;
        let places = Places::open(&at, &keyring, parameters.clock.now(), &*chance).await?;
        let app = house::over(places, parameters, Senders::silent()).await?;
        app.install(data::CITY, &house::settings(), "").await?;
        let people = people(&app, PEOPLE).await?;
        Ok(Site {
            app: Arc::new(app),
            people,
            at,
            folder,
        })
    }

    /// One of the people.
    pub fn person(&self, n: usize) -> PersonId {
        self.people[n % self.people.len()]
    }

    /// The file of the live place.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("data/live.db")
    }

    /// The schema of the live place, and the address of its server.
    pub fn schema(&self) -> Option<(String, String)> {
        match &self.at {
            Where::Folder(_) => None,
            Where::Server { url, prefix } => Some((url.clone(), format!("{prefix}live"))),
        }
    }

    /// Closes the engine, and leaves the data for a bare one.
    pub async fn close(&self) {
        self.app.places.close().await;
    }

    /// Removes everything.
    pub async fn remove(self) -> anyhow::Result<()> {
        self.close().await;
        if let Where::Server { url, prefix } = &self.at {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
            let connection = tokio::spawn(connection);
            for place in ["live", "archive", "protected"] {
                client
                    .batch_execute(&format!("DROP SCHEMA IF EXISTS {prefix}{place} CASCADE"))
                    .await?;
            }
            drop(client);
            connection.await??;
        }
        Ok(())
    }
}

/// A city to which so many petitions came in the last days, by the clock of this machine.
pub async fn with_a_past(
    data: &Data,
    petitions: usize,
    days: i64,
    profile: Profile,
) -> anyhow::Result<Arc<App>> {
    let parameters = Parameters::default();
    let until = parameters.clock.now();
    let today = until.date().context("outside the calendar")?;
    let places = house::places(data, &parameters, Shares::Untold).await?;
    let past = Past {
        petitions,
        from: today.checked_sub(days.days())?,
        until,
        seed: 7,
        profile,
    };
    let told = simulate::laid_down(&places, &past).await?;
    let mark = Mark {
        past,
        told: None,
        done: false,
    };
    simulate::tell(&told, &mark, simulate::FILED, &mut simulate::Said::new(petitions)).await?;
    Ok(Arc::new(
        house::over(places, parameters, Senders::silent()).await?,
    ))
}

/// People whose contact the office keeps.
pub async fn people(app: &App, many: usize) -> anyhow::Result<Vec<PersonId>> {
    let place = &app.places.live;
    let mut people = Vec::with_capacity(many);
    let mut batch = Batch::new();
    for n in 0..many {
        let now = app.now();
        let id = || app.ports.ids.next(now);
        let person = PersonId(id());
        let contact = Contact {
            name: format!("김민원{n}"),
            phone: Some(format!("010{n:08}")),
            language: "ko".to_owned(),
            ..Contact::default()
        };
        let fill = &mut |out: &mut [u8]| app.ports.chance.fill(out);
        batch.person(place, person, TextId(id()), &contact, now, fill)?;
        people.push(person);
    }
    place.commit(batch, Urgency::Bulk).await?;
    Ok(people)
}

/// Files one made-up petition as the web does.
pub async fn file(
    app: &App,
    person: PersonId,
    said: words::Said,
    key: Vec<u8>,
) -> Result<Petition, ActError> {
    let (filing, call) = (filing(person, &said)?, call(key));
    app.file(&Who::Citizen(person), Petitioner::Known(person), filing, &call)
        .await
}

/// The writes of the same petition, not stored.
pub async fn writes(
    app: &App,
    person: PersonId,
    said: words::Said,
    key: Vec<u8>,
) -> anyhow::Result<Vec<Write>> {
    let (filing, call) = (filing(person, &said)?, call(key));
    app.filing_writes(&Who::Citizen(person), &Petitioner::Known(person), filing, &call)
        .await
        .context("a petition cannot be built")
}

fn filing(person: PersonId, said: &words::Said) -> Result<Filing<Raw>, ActError> {
    let service: Code = SERVICE
        .parse()
        .map_err(|_| domain::refusal::Refusal::ServiceNotValid)?;
    Ok(Filing {
        service,
        entry: EntryPoint::Web,
        field: None,
        district: None,
        person,
        title: Raw::text(&said.title),
        body: Raw::optional(&said.body),
        place: Raw::optional("가람동 1"),
        files: Vec::new(),
        form: None,
        openness: Openness::Private,
        happened: None,
        split_from: None,
        intake: Default::default(),
    })
}

fn call(key: Vec<u8>) -> Call {
    Call {
        origin: vec![127, 0, 0, 1],
        key: Some(key),
    }
}

/// Pages as `serve` serves them, on an address of their own.
pub struct Pages {
    /// Where.
    pub address: SocketAddr,
    /// Before the citizens' pages.
    pub gate: Gate,
    /// Before the officials' pages.
    pub desk: Gate,
    end: oneshot::Sender<()>,
    server: JoinHandle<anyhow::Result<()>>,
}

impl Pages {
    /// Opens them.
    pub async fn open(app: &Arc<App>) -> anyhow::Result<Pages> {
        let web = Web::new(Arc::clone(app), Options::default())?;
        let (gate, desk) = (web.gate.clone(), web.desk.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (end, ended) = oneshot::channel::<()>();
        let server = tokio::spawn(connections::serve(
            listener,
            web::router(web),
            connections::MOST,
            async { drop(ended.await) },
        ));
        Ok(Pages {
            address,
            gate,
            desk,
            end,
            server,
        })
    }

    /// Closes them.
    pub async fn close(self) -> anyhow::Result<()> {
        drop(self.end);
        self.server.await?
    }
}

/// The sealer as `serve` runs it, until dropped.
pub struct Sealer(JoinHandle<()>);

impl Sealer {
    /// Starts.
    pub fn start(app: &Arc<App>) -> Sealer {
        let app = Arc::clone(app);
        Sealer(tokio::spawn(async move {
            let Some(duty) = app::duties::ALL.iter().find(|duty| duty.name == "seal") else {
                return;
            };
            loop {
                match duty.once(&app).await {
                    Ok(0) => tokio::time::sleep(duty.rest).await,
                    Ok(_) => {}
                    Err(error) => {
                        tracing::warn!(%error, "the sealer stumbled");
                        tokio::time::sleep(duty.rest).await;
                    }
                }
            }
        }))
    }
}

impl Drop for Sealer {
    fn drop(&mut self) {
        self.0.abort();
    }
}

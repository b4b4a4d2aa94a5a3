//! 집 짓기 — opens keys, places and application: the one place where everything is put together.

use crate::data;
use adapters::identity::password::PasswordIdentity;
use adapters::system::{SystemChance, SystemClock, SystemIds};
use anyhow::Context;
use app::identity::Accounts;
use app::office::{Agency, Settings};
use app::papers::Pressroom;
use app::{App, Places, Ports};
use clap::Args;
use crypto::keyring::Keyring;
use crypto::recovery::{SHARES, THRESHOLD, split};
use documents::fonts::Fonts;
use documents::press::Press;
use domain::calendar::Calendar;
use domain::decide::Completion;
use domain::id::OfficialId;
use ports::identity::{Broker, SingleSignOn};
use ports::mail::Mailer;
use ports::message::Messenger;
use ports::records::{NoRecords, Records};
use ports::scan::{NoScanner, Scanner};
use ports::sharing::{NoSharing, Sharing};
use ports::{Chance, Clock, Ids};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Arc;
use store::batch::Batch;
use store::engine::Urgency;
use store::place::Where;

/// Where the data lies; every command takes it, before or after its name.
#[derive(Args, Debug, Clone)]
pub struct Data {
    /// Folder of the data and the keys, made on first use.
    #[arg(long, global = true, value_name = "DIR", default_value = "./minwon-data")]
    pub data: PathBuf,
    /// Folder of the keys, where it is not `keys` in the data folder: on another disk, with other back-ups.
    #[arg(long = "keys", global = true, value_name = "DIR")]
    pub key_folder: Option<PathBuf>,
    /// PostgreSQL instead of the SQLite files in the data folder: postgres://…
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
}

impl Data {
    /// Where the database is.
    pub fn place(&self) -> Where {
        match &self.database {
            Some(url) => Where::Server {
                url: url.clone(),
                prefix: String::new(),
            },
            None => Where::Folder(self.data.clone()),
        }
    }

    /// Says so where keys and data lie in one folder: one copy of it takes both.
    pub fn warn_of_keys(&self) {
        if self.database.is_none() && crate::backup::inside(&self.keys(), &self.data) {
            eprintln!(
                "! the keys lie in the data folder ({}): whoever copies it has both. Keep them elsewhere with --keys DIR.",
                self.keys().display()
            );
        }
    }

    /// The folder of the keys.
    pub fn keys(&self) -> PathBuf {
        self.key_folder.clone().unwrap_or_else(|| self.data.join("keys"))
    }
}

/// The senders of this run.
pub struct Senders {
    /// Mail.
    pub mailer: Arc<dyn Mailer>,
    /// Text messages.
    pub messenger: Arc<dyn Messenger>,
    /// An outside document system.
    pub records: Arc<dyn Records>,
    /// What knows harmful files.
    pub scanner: Arc<dyn Scanner>,
    /// The agency's single sign-on, where there is one.
    pub sso: Option<Arc<dyn SingleSignOn>>,
    /// Providers that say who a citizen is.
    pub brokers: Vec<Arc<dyn Broker>>,
    /// The centre for shared administrative information.
    pub sharing: Arc<dyn Sharing>,
}

/// For commands that send nothing: whatever is due waits for `serve`.
struct Silent;

#[async_trait::async_trait]
impl Mailer for Silent {
    async fn send(&self, _: &ports::mail::Letter) -> Result<(), ports::delivery::Failed> {
        Err(ports::delivery::Failed::Later(
            "this command sends nothing".into(),
        ))
    }
}
#[async_trait::async_trait]
impl Messenger for Silent {
    async fn send(&self, _: &ports::message::TextMessage) -> Result<(), ports::delivery::Failed> {
        Err(ports::delivery::Failed::Later(
            "this command sends nothing".into(),
        ))
    }
}

impl Senders {
    /// None.
    pub fn silent() -> Senders {
        Senders {
            mailer: Arc::new(Silent),
            messenger: Arc::new(Silent),
            records: Arc::new(NoRecords),
            scanner: Arc::new(NoScanner),
            sso: None,
            brokers: Vec::new(),
            sharing: Arc::new(NoSharing),
        }
    }
}

/// What a new city is called until its operator says otherwise.
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
        files: Default::default(),
        sign_in: Default::default(),
        outside_without_factor: false,
    }
}

/// Where Debian's `fonts-noto-cjk` puts its fonts; `MINWON_FONTS` names another folder.
const FONTS: &str = "/usr/share/fonts/opentype/noto";

/// The press, from the fonts of this machine.
pub fn pressroom() -> Pressroom {
    Pressroom::new(|| {
        let folder = std::env::var_os("MINWON_FONTS").map_or_else(|| PathBuf::from(FONTS), PathBuf::from);
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|error| {
                format!(
                    "{}: {error}; install the package fonts-noto-cjk or set MINWON_FONTS",
                    path.display()
                )
            })
        };
        let files = vec![read("NotoSansCJK-Regular.ttc")?, read("NotoSansCJK-Bold.ttc")?];
        Ok(Press::new(Fonts::new(files).map_err(|error| error.to_string())?))
    })
}

/// Whether the recovery shares of new keys are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shares {
    /// Once, at the making.
    Told,
    /// Never: the keys of a demo are worth nothing.
    Untold,
}

/// Opens the key folder, or makes it on first use and prints the recovery shares once.
fn keyring(folder: &Path, chance: &dyn Chance, shares: Shares) -> anyhow::Result<Keyring> {
    if folder.exists() {
        return Ok(Keyring::open(folder)?);
    }
    let mut fill = |out: &mut [u8]| chance.fill(out);
    let keyring = Keyring::create(folder, &mut fill)?;
    if shares == Shares::Untold {
        return Ok(keyring);
    }
    let shares = split(keyring.root(), THRESHOLD, SHARES, &mut fill)?;
    eprintln!("New keys were made in {}.", folder.display());
    eprintln!(
        "Keep these {SHARES} recovery shares apart from one another and from the data; any {THRESHOLD} of them"
    );
    eprintln!("bring the keys back. They are shown this once:\n");
    for share in shares {
        eprintln!("  {share}");
    }
    eprintln!();
    Ok(keyring)
}

/// Time, identities and chance of this run.
pub struct Parameters {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Identities.
    pub ids: Arc<dyn Ids>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
}

impl Default for Parameters {
    /// Those of the machine.
    fn default() -> Parameters {
        Parameters {
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds::default()),
            chance: Arc::new(SystemChance),
        }
    }
}

/// Opens the places of the data folder.
pub async fn places(data: &Data, parameters: &Parameters, shares: Shares) -> anyhow::Result<Places> {
    let keys = data.keys();
    if !keys.exists() && store::place::begun(&data.place()).await? {
        anyhow::bail!(
            "the key folder {} is not there, and data sealed with it are: put it back from its back-up, mount it, or name it with --keys; \
             new keys would not open them, so none were made",
            keys.display()
        );
    }
    let keyring = keyring(&keys, &*parameters.chance, shares)?;
    let now = parameters.clock.now();
    let places = Places::open(&data.place(), &keyring, now, &*parameters.chance)
        .await
        .context("the data cannot be opened")?;
    let left = places.live.setting(store::carry::GONE).await?;
    let mut coming = false;
    for place in places.all() {
        coming |= place.setting(store::carry::COMING).await?.is_some();
    }
    if left.is_some() || coming {
        places.close().await;
    }
    if let Some(whither) = left {
        anyhow::bail!("this data was moved to {whither} and is not used here any more");
    }
    if coming {
        anyhow::bail!("a move to here was not finished: run the same `minwon move` again");
    }
    Ok(places)
}

/// Puts the application together over open places.
pub async fn over(places: Places, parameters: Parameters, senders: Senders) -> anyhow::Result<App> {
    let accounts = Accounts {
        live: places.live.clone(),
        clock: parameters.clock.clone(),
    };
    let ports = Ports {
        clock: parameters.clock,
        ids: parameters.ids,
        chance: parameters.chance,
        identity: Arc::new(PasswordIdentity::new(Arc::new(accounts))),
        sso: senders.sso,
        brokers: senders.brokers,
        mailer: senders.mailer,
        messenger: senders.messenger,
        records: senders.records,
        scanner: senders.scanner,
        sharing: senders.sharing,
    };
    let calendar = Calendar::parse(data::HOLIDAYS, 1).context("the table of holidays")?;
    let procedures = procedures::catalogue()?;
    let tracks = app::tracks::read_all(procedures::TRACKS.iter().copied())?;
    Ok(App::new(
        places,
        ports,
        procedures,
        data::notices()?,
        pressroom(),
        calendar,
        settings(),
    )
    .await?
    .with_tracks(tracks)
    .await?
    .with_forms(data::forms()?)
    .with_remedies(data::remedies()?)
    .with_shared(data::shared()?))
}

/// Opens everything with this machine's clock, for a command that sends nothing. The starting catalogue is laid down on
/// first use.
pub async fn open(data: &Data) -> anyhow::Result<App> {
    let parameters = Parameters::default();
    let places = places(data, &parameters, Shares::Told).await?;
    let places = crate::attachments::known(places).await?;
    let app = over(places, parameters, Senders::silent()).await?;
    app.install(data::CITY, &settings(), "").await?;
    Ok(app)
}

/// Opens the house, does one thing in it, and closes it.
pub async fn within(
    data: &Data,
    act: impl AsyncFnOnce(&App) -> anyhow::Result<()>,
) -> anyhow::Result<ExitCode> {
    let app = open(data).await?;
    let done = act(&app).await;
    app.places.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

/// Who logs in like this.
pub fn official(app: &App, login: &str) -> anyhow::Result<OfficialId> {
    let login = login.trim().to_lowercase();
    let office = app.office();
    let found = office.official_by_login(&login);
    (found.map(|person| person.id)).with_context(|| format!("there is no official `{login}`"))
}

/// One of the codes of a list, as it was typed.
pub fn one_of<T: FromStr + Copy>(
    typed: &str,
    what: &str,
    all: &[T],
    code: fn(T) -> &'static str,
) -> Result<T, String> {
    typed.parse().map_err(|_| {
        let known: Vec<&str> = all.iter().map(|one| code(*one)).collect();
        format!("there is no such {what}; these are: {}", known.join(", "))
    })
}

/// Writes the settings of the office down where they differ from what is kept.
pub async fn keep_settings(app: &App, settings: &Settings) -> anyhow::Result<()> {
    if app.office().settings == *settings {
        return Ok(());
    }
    let mut batch = Batch::new();
    batch.setting("office", &serde_json::to_string(settings)?);
    app.places.live.commit(batch, Urgency::User).await?;
    app.reload().await?;
    Ok(())
}

/// Runs the sealer to its end, as every command that writes does before it returns.
pub async fn seal(app: &App) -> anyhow::Result<()> {
    app::duties::seal::run(app).await?;
    Ok(())
}

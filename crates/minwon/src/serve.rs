//! 운영 — `minwon serve`: pages and duties for real use, from a configuration that names every way out of the house.

use crate::config::{self, Config};
use crate::connections;
use crate::house::{self, Data, Parameters, Senders, Shares};
use crate::metrics::{self, Metrics};
use crate::tenure;
use adapters::identity::broker::OidcBroker;
use adapters::identity::oidc::Oidc;
use adapters::mail::smtp::SmtpMailer;
use adapters::mode::Mode;
use adapters::records::exchange::Exchange;
use adapters::scan::clamd::Clamd;
use adapters::sharing::http::HttpSharing;
use adapters::sms::http::HttpMessenger;
use anyhow::Context;
use app::App;
use clap::ValueEnum;
use ports::identity::{Broker, SingleSignOn};
use ports::records::{NoRecords, Records};
use ports::scan::NoScanner;
use ports::sharing::NoSharing;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use web::route::To;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// Where to listen; put a proxy with HTTPS before it.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The configuration (docs/operation.md); secrets may stand in the environment instead.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What this process serves: pages for citizens in one network, for officials in another, the addresses of programs, the duties; or all.
    #[arg(long, value_name = "FACE", default_value = "both")]
    face: Face,
    /// Browsers reach us by HTTPS: cookies are marked Secure, and browsers are told to stay with it.
    #[arg(long)]
    https: bool,
    /// A proxy of ours stands before us and writes X-Forwarded-For.
    #[arg(long)]
    proxy: bool,
}

/// What a process serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Face {
    /// Pages for citizens
    Citizen,
    /// Pages for officials
    Official,
    /// Addresses for programs with a key
    Api,
    /// No page: seals, sends, reminds; of several one does, the others stand by
    Duties,
    /// All of it
    #[value(alias = "all")]
    Both,
}

impl From<Face> for web::Faces {
    fn from(face: Face) -> web::Faces {
        match face {
            Face::Citizen => web::Faces::Citizen,
            Face::Official => web::Faces::Official,
            Face::Api => web::Faces::Machine,
            Face::Duties => web::Faces::None,
            Face::Both => web::Faces::All,
        }
    }
}

/// Serves until it is told to end.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    if data.database.is_none() && args.face != Face::Both {
        anyhow::bail!(
            "files of SQLite serve one process, which must do everything: leave --face out, or name a PostgreSQL by --database"
        );
    }
    let Config {
        settings,
        mail,
        sms,
        records,
        scan,
        sso,
        verification,
        sharing,
        metrics,
        attachments,
    } = config::read(args.config.as_deref())?;
    let records: Arc<dyn Records> =
        match records {
            Some(exchange) => Arc::new(Exchange::new(&exchange.folder).with_context(|| {
                format!("the exchange folder {} cannot be used", exchange.folder.display())
            })?),
            None => Arc::new(NoRecords),
        };
    let listener = listen(args.listen).await?;
    let watched = match &metrics {
        Some(metrics) => Some(metrics::Listening {
            at: TcpListener::bind(metrics.listen).await.with_context(|| {
                format!(
                    "cannot listen on {}, which `metrics.listen` names",
                    metrics.listen
                )
            })?,
            folder: data.data.clone(),
        }),
        None => None,
    };
    let parameters = Parameters::default();
    let sso: Option<Arc<dyn SingleSignOn>> = match sso {
        Some(sso) => {
            let address = match settings.sign_in.address.as_str() {
                "" => &settings.agency.address_of_pages,
                own => own,
            };
            let back = format!("{address}{}", web::view::desk::account::Account::SsoBack);
            Some(Arc::new(
                Oidc::new(sso, &back, parameters.clock.clone()).context("in `sso`")?,
            ))
        }
        None => None,
    };
    let mut brokers: Vec<Arc<dyn Broker>> = Vec::new();
    for broker in verification {
        let back = To::IdentifyBack(broker.code.to_string());
        let back = format!("{}{back}", settings.agency.address_of_pages);
        let code = broker.code;
        let broker = OidcBroker::new(broker, &back, parameters.clock.clone())
            .with_context(|| format!("in `verification`, {code}"))?;
        brokers.push(Arc::new(broker));
    }
    let mailer = SmtpMailer::new(mail, parameters.clock.clone())?;
    let senders = Senders {
        mailer: Arc::new(mailer),
        messenger: Arc::new(HttpMessenger::new(sms)?),
        records,
        scanner: match &scan {
            Some(settings) => Arc::new(Clamd::new(settings)),
            None => {
                eprintln!(
                    "Files are opened unscanned: no scanner is configured (docs/operation.md, `[scan]`)."
                );
                Arc::new(NoScanner)
            }
        },
        sso,
        brokers,
        sharing: match sharing {
            Some(centre) => Arc::new(HttpSharing::new(centre, Mode::Production)?),
            None => Arc::new(NoSharing),
        },
    };
    let places = house::places(data, &parameters, Shares::Told).await?;
    data.warn_of_keys();
    if places.live.setting(crate::demo::MARK).await?.is_some() {
        anyhow::bail!(
            "{} holds the demo: give a real city a folder of its own with --data",
            data.data.display()
        );
    }
    if places.live.setting(crate::simulate::MARK).await?.is_some() {
        anyhow::bail!(
            "{} holds a simulated past: give a real city a folder of its own with --data",
            data.data.display()
        );
    }
    let places = crate::attachments::chosen(places, attachments.as_ref()).await?;
    let app = house::over(places, parameters, senders).await?;
    app.install(crate::data::CITY, &settings, "").await?;
    app.keep_tracks(procedures::TRACKS).await?;
    house::keep_settings(&app, &settings).await?;
    app.press
        .press()
        .map_err(|error| anyhow::anyhow!("papers cannot be made: {error}"))?;
    let options = web::Options {
        https: args.https,
        faces: args.face.into(),
        origin: if args.proxy {
            web::Origin::Proxy
        } else {
            web::Origin::Connection
        },
        ..web::Options::default()
    };
    if app.office().officials.is_empty() {
        eprintln!("No official can log in yet: enter the first one with `minwon official add`.");
    }
    eprintln!("Listening on http://{}", listener.local_addr()?);
    if let Some(watched) = &watched {
        eprintln!(
            "Figures for Prometheus on http://{}/metrics",
            watched.at.local_addr()?
        );
    }
    until_told(Arc::new(app), options, listener, watched).await?;
    Ok(ExitCode::SUCCESS)
}

/// Takes the address, or says why it cannot be had.
pub async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}; choose another with --listen"))
}

/// Serves pages and runs the duties, as far as both are this process' own, until SIGINT or SIGTERM; then finishes what is under way and closes.
pub async fn until_told(
    app: Arc<App>,
    options: web::Options,
    listener: TcpListener,
    watched: Option<metrics::Listening>,
) -> anyhow::Result<()> {
    let shared = options.faces.does_duties();
    let (pages, done) = (options.figures.clone(), tenure::Figures::default());
    let web = web::Web::new(app.clone(), options).map_err(|error| anyhow::anyhow!("the pages: {error}"))?;
    let router = web::router(web);
    let duties = tenure::start(&app, shared, &done);
    let watched = watched.map(|listening| {
        let metrics = Metrics::new(app.clone(), pages, done, listening.folder);
        tokio::spawn(metrics::serve(listening.at, Arc::new(metrics)))
    });
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let told = async {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    connections::serve(listener, router, connections::MOST, told).await?;
    duties.end().await;
    if let Some(watched) = watched {
        watched.abort();
    }
    app.places.close().await;
    Ok(())
}

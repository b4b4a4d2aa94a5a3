//! 운영 — `minwon serve`: pages and duties for real use, from a configuration that names every way out of the house.

use crate::config::{self, Config};
use crate::house::{self, Data, Parameters, Senders, Shares};
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
use axum::extract::ConnectInfo;
use axum::response::Response;
use clap::ValueEnum;
use futures_util::future::{Either, select};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use ports::identity::{Broker, SingleSignOn};
use ports::records::{NoRecords, Records};
use ports::scan::NoScanner;
use ports::sharing::NoSharing;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Semaphore;
use tower::ServiceExt;
use web::route::To;

/// So many connections at once; the next one waits in the kernel's queue.
const CONNECTIONS: usize = 1024;
/// A client must have sent its request line and headers by then.
const HEADERS: Duration = Duration::from_secs(20);
/// No connection lives longer, so that clients which read a byte a minute cannot take them all.
const CONNECTION: Duration = Duration::from_secs(900);
/// Requests under way at the end may take so long.
const LEAVE: Duration = Duration::from_secs(10);

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
    } = config::read(args.config.as_deref())?;
    let records: Arc<dyn Records> =
        match records {
            Some(exchange) => Arc::new(Exchange::new(&exchange.folder).with_context(|| {
                format!("the exchange folder {} cannot be used", exchange.folder.display())
            })?),
            None => Arc::new(NoRecords),
        };
    let listener = listen(args.listen).await?;
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
    let app = house::over(places, parameters, senders).await?;
    app.install(crate::data::CITY, &settings, "").await?;
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
    until_told(Arc::new(app), options, listener).await?;
    Ok(ExitCode::SUCCESS)
}

/// Takes the address, or says why it cannot be had.
pub async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}; choose another with --listen"))
}

/// Serves pages and runs the duties, as far as both are this process' own, until SIGINT or SIGTERM; then finishes what is under way and closes.
pub async fn until_told(app: Arc<App>, options: web::Options, listener: TcpListener) -> anyhow::Result<()> {
    let shared = options.faces.does_duties();
    let web = web::Web::new(app.clone(), options).map_err(|error| anyhow::anyhow!("the pages: {error}"))?;
    let router = web::router(web);
    let duties = tenure::start(&app, shared);
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let under_way = GracefulShutdown::new();
    loop {
        let seat = room.clone().acquire_owned().await?;
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file handles, or the client has gone: neither ends the office.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    continue;
                }
            },
            _ = interrupt.recv() => break,
            _ = terminate.recv() => break,
        };
        let connection = under_way.watch(connection(stream, peer, router.clone()));
        tokio::spawn(async move {
            let _seat = seat;
            if let Ok(Err(error)) = tokio::time::timeout(CONNECTION, connection).await {
                tracing::debug!(%error, "a connection broke");
            }
        });
    }
    drop(listener);
    eprintln!("Ending: requests under way are finished first …");
    if let Either::Right(_) = select(pin!(under_way.shutdown()), pin!(tokio::time::sleep(LEAVE))).await {
        tracing::warn!("some requests took too long and were cut off");
    }
    duties.end().await;
    app.places.close().await;
    Ok(())
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: axum::Router,
) -> http1::Connection<
    TokioIo<TcpStream>,
    impl hyper::service::Service<hyper::Request<Incoming>, Response = Response, Error = Infallible, Future: Send>,
> {
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        router.oneshot(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .serve_connection(TokioIo::new(stream), service)
}

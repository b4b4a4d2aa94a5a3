//! 화면 — pages rendered on the server, Korean first, in the look of the government's design system (KRDS).
//!
//! A page is a [`view::View`]: plain data, a template, samples. Web holds no rule of law, no SQL and no clock: handlers
//! parse a form, call `app`, and show what comes back. Every page works without JavaScript.
//!
//! To add a page: a line in [`route`], a struct with `impl View` in `view/`, a template, its words in every folder of
//! `locales/`, and the struct's name in the gallery of its room. The test over the gallery then renders it with every
//! sample in every language.

pub mod assets;
pub mod citizen;
pub mod counter;
pub mod desk;
pub mod device;
pub mod figures;
pub mod form;
pub mod lang;
pub mod leave;
pub mod look;
pub mod machine;
mod proceeding;
pub mod render;
pub mod route;
pub mod security;
pub mod session;
pub mod show;
pub mod view;

use app::App;
use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    middleware::from_fn_with_state,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use ports::{identity::Rehearsal, mail::Mailbox, message::Inbox};
use render::{Broken, Pages};
use security::{Fault, Gate, guard};
use std::sync::Arc;
use view::Face;

/// The content policy of every page: nothing foreign, nothing inline.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What a process serves: citizens in one network, officials in another, programs in a third, or all from one machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Faces {
    /// 민원인.
    Citizen,
    /// 공무원.
    Official,
    /// 기계: programs with a key.
    Machine,
    /// Nobody: a process that does the duties.
    None,
    /// 모두.
    #[default]
    All,
}

impl Faces {
    fn citizens(self) -> bool {
        matches!(self, Faces::Citizen | Faces::All)
    }

    fn officials(self) -> bool {
        matches!(self, Faces::Official | Faces::All)
    }

    fn machines(self) -> bool {
        matches!(self, Faces::Machine | Faces::All)
    }

    /// Whether such a process does the duties of the house when it is its turn.
    pub fn does_duties(self) -> bool {
        matches!(self, Faces::None | Faces::All)
    }
}

/// Where the address a request came from is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// From the connection itself.
    #[default]
    Connection,
    /// From the last hop of `X-Forwarded-For`: only behind a proxy of our own that always writes it.
    Proxy,
}

/// How the pages are served.
#[derive(Clone, Default)]
pub struct Options {
    /// Whether browsers reach us by HTTPS: cookies are then `__Host-` and Secure, and HSTS is sent.
    pub https: bool,
    /// 체험판: says so on every page and shows the sandbox mailbox.
    pub demo: bool,
    /// Which pages.
    pub faces: Faces,
    /// Where the address of a request is read.
    pub origin: Origin,
    /// Sandbox letters, for the demo's mailbox page.
    pub mailbox: Option<Arc<dyn Mailbox>>,
    /// Sandbox text messages, for the same page.
    pub inbox: Option<Arc<dyn Inbox>>,
    /// The provider of 본인확인 that checks nothing, for its page in the demo.
    pub rehearsal: Option<Arc<dyn Rehearsal>>,
    /// What is counted of requests.
    pub figures: figures::Figures,
}

/// What every handler has at hand.
#[derive(Clone)]
pub struct Web {
    /// The application, in the room it is used in.
    pub app: Arc<App>,
    /// The same in the 보안민원실, for those let in.
    pub inside: Option<Arc<App>>,
    /// Before the citizens' pages.
    pub gate: Gate,
    /// Before the officials' pages.
    pub desk: Gate,
    /// How the pages are served.
    pub options: Arc<Options>,
}

impl Web {
    /// Puts the faces before the application. Errors: a template or translation that cannot be read.
    pub fn new(app: Arc<App>, options: Options) -> Result<Web, Broken> {
        let office = app.clone();
        let gate = Gate {
            face: Face::Citizen,
            https: options.https,
            demo: options.demo,
            mac: app.form_mac(),
            clock: app.ports.clock.clone(),
            ids: app.ports.ids.clone(),
            chance: app.ports.chance.clone(),
            pages: Arc::new(Pages::new()?),
            letterhead: Arc::new(move |lang| {
                let agency = &office.office().settings.agency;
                let name = if lang == "en" {
                    &agency.name_en
                } else {
                    &agency.name
                };
                (name.clone(), agency.phone.clone())
            }),
            patience: security::PATIENCE,
        };
        let desk = Gate {
            face: Face::Desk,
            ..gate.clone()
        };
        Ok(Web {
            inside: app.protected().map(Arc::new),
            app,
            gate,
            desk,
            options: Arc::new(options),
        })
    }
}

/// Every page of the faces served, ready for `axum::serve`. Serve it with
/// `into_make_service_with_connect_info::<std::net::SocketAddr>()`, or the ledger knows no addresses.
pub fn router(web: Web) -> Router {
    let faces = web.options.faces;
    let counted =
        |part: Router<Web>, face| part.layer(from_fn_with_state((web.clone(), face), figures::count));
    let mut all = counted(shared(&web), figures::ANY);
    if faces.citizens() {
        let citizens = citizen::router(&web).merge(counter::hall(&web));
        all = all.merge(counted(citizens, figures::CITIZEN));
    }
    if faces.officials() {
        let officials = desk::router(&web).merge(counter::desk(&web));
        all = all.merge(counted(officials, figures::OFFICIAL));
    }
    if faces.machines() {
        all = all.merge(counted(machine::router(), figures::PROGRAM));
    }
    all.with_state(web)
}

/// What every face has: health, and the page for what is not there; what has pages has files, the language, and the demo's mailbox.
fn shared(web: &Web) -> Router<Web> {
    let faces = web.options.faces;
    let gate = match faces {
        Faces::Citizen | Faces::Machine | Faces::None | Faces::All => web.gate.clone(),
        Faces::Official => web.desk.clone(),
    };
    let mut shared = Router::new().route("/health", get(health));
    if faces.citizens() || faces.officials() {
        shared = shared
            .route("/assets/{hash}/{*path}", get(assets::serve))
            .route(route::at::Language, get(lang::switch))
            .route(route::at::Look, axum::routing::post(look::turn));
    }
    if web.options.demo {
        shared = shared
            .route(route::at::Mailbox, get(citizen::open::mailbox))
            .route(route::at::Rehearsal, get(citizen::identity::rehearse));
    }
    if faces == Faces::Official {
        let desk = view::desk::Desk::Work.to_string();
        shared = shared.route(route::at::Home, get(async move || Redirect::to(&desk)));
    }
    shared
        .fallback(async || Fault::not_found())
        .layer(from_fn_with_state(gate, guard))
}

/// `GET /health`: whether the store can be read and written, for whoever watches over the machine.
async fn health(State(web): State<Web>) -> Response {
    match web.app.health().await {
        Ok(()) => Json(serde_json::json!({ "status": "ok" })).into_response(),
        Err(error) => {
            tracing::error!(%error, "the store is not well");
            let body = Json(serde_json::json!({ "status": "unavailable" }));
            (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "30")], body).into_response()
        }
    }
}

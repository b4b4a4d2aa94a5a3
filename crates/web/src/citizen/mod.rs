//! 민원인의 길 — the handlers behind the citizens' pages: read the form, ask `app`, draw what comes back.
//!
//! No rule of law stands here. A form with faults is drawn again with what was entered; where the store is away the same,
//! with 503 and the time to try again.

mod contact;
pub mod content;
pub mod enter;
pub mod erasure;
pub mod filing;
pub mod identity;
pub mod looks;
pub mod mine;
pub mod open;
mod party;
pub mod petition;
pub mod proceeding;
pub mod reach;
mod say;
mod sharing;
pub mod sheet;
pub mod standards;

use crate::{
    Web,
    form::{Field, FilePart, Files, Kinds, Shape},
    route::at,
    security::{FORM_BYTES, Fault, guard},
    session::{Asked, Citizen, Person},
    show,
    view::{FieldError, Filled, Message, View, citizen::filing::Limits},
};
use ::files::Taken;
use app::{Trouble, act::ActError, words};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::from_fn_with_state,
    response::Response,
    routing::{get, post},
};
use domain::{event::Attached, id::PetitionId, number::FilingNumber, terms::Code};

/// A form with files is read to the end up to here, so that the browser hears what is wrong with it.
pub(crate) const UPLOAD_BYTES: usize = 128 << 20;

/// The field of a form that carries files.
pub(crate) const FILES: &str = "files";

/// The files a form may carry.
pub(crate) fn files(web: &Web) -> Files {
    let rules = &web.app.office().settings.files;
    Files {
        name: FILES,
        count: rules.count,
        each: rules.each,
        all: rules.all,
        take: Some(Kinds::of(&rules.kinds)),
    }
}

/// What makes a form sent twice the same sending.
const ONCE: Field = Field {
    name: "once",
    label: "send",
    max: 64,
    shape: Shape::Line,
};

/// The citizens' pages behind their gate.
pub fn router(web: &Web) -> Router<Web> {
    let uploads = Router::new()
        .route(at::Step, get(filing::step).post(filing::send_step))
        .route(at::Supplement, get(mine::supplement).post(mine::send_supplement))
        .route(at::Say, get(say::page).post(say::send))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES));
    let pages = Router::new()
        .route(at::Home, get(open::home))
        .route(at::Board, get(open::board))
        .route(at::Services, get(open::services).post(open::search))
        .route(at::Service, get(open::service))
        .route(at::Standards, get(standards::page))
        .route(at::StandardsFile, get(standards::file))
        .route(at::Privacy, get(open::privacy))
        .route(at::Accessibility, get(open::accessibility))
        .route(at::Verify, get(open::verify).post(open::check))
        .route(at::Proof, get(open::to_verify).post(open::proof))
        .route(at::Roots, get(open::roots))
        .route(at::RootsFile, get(open::roots_file))
        .route(at::Start, get(filing::start).post(filing::choose))
        .route(at::StartService, get(filing::start_service))
        .route(at::DropFile, post(content::drop_file))
        .route(at::Filed, get(filing::filed))
        .route(at::Drafts, get(filing::drafts))
        .route(at::DropDraft, post(filing::drop_draft))
        .route(at::SignIn, get(enter::sign_in).post(enter::ask_code))
        .route(at::Code, get(enter::to_sign_in).post(enter::check_code))
        .route(at::Identify, get(identity::to_provider))
        .route(at::IdentifyBack, get(identity::from_provider))
        .route(at::TieIdentity, get(identity::to_mine).post(identity::tie))
        .route(at::UntieIdentity, get(identity::to_mine).post(identity::untie))
        .route(at::AddContact, get(reach::page).post(reach::ask))
        .route(at::AddContactCode, get(reach::again).post(reach::check))
        .route(at::SignOut, get(enter::to_home).post(enter::sign_out))
        .route(at::LookUp, get(enter::look_up).post(enter::ask_number))
        .route(at::LookUpCode, get(enter::to_look_up).post(enter::check_number))
        .route(at::ErasureAsk, get(erasure::page).post(erasure::send))
        .route(at::ErasureResult, get(erasure::result).post(erasure::look_up))
        .route(
            at::ErasureCertificate,
            get(erasure::to_result).post(erasure::certificate),
        )
        .route(at::Mine, get(mine::list))
        .route(at::Petition, get(petition::page))
        .route(at::DueDay, get(petition::due_day))
        .route(at::Looks, get(looks::page))
        .route(at::Paper, get(petition::paper))
        .route(at::File, get(petition::file))
        .route(
            at::SupplementTime,
            get(mine::supplement_time).post(mine::send_supplement_time),
        )
        .route(at::Consent, get(mine::consent).post(mine::send_consent))
        .route(at::Sharing, get(sharing::page).post(sharing::send))
        .route(
            at::ProceedingOpen,
            get(proceeding::opening).post(proceeding::open),
        )
        .route(at::Proceeding, get(proceeding::page))
        .route(at::ProceedingMove, get(proceeding::form).post(proceeding::send))
        .route(at::ProceedingLot, get(proceeding::lot))
        .route(at::ProceedingPaper, get(proceeding::paper))
        .route(at::Procedures, get(proceeding::procedures))
        .route(at::Procedure, get(proceeding::procedure))
        .route(at::Casebook, get(proceeding::casebook))
        .route(at::Withdraw, get(mine::withdraw).post(mine::send_withdraw))
        .route(at::Rate, get(mine::rate).post(mine::send_rate))
        .layer(DefaultBodyLimit::max(FORM_BYTES));
    uploads
        .merge(pages)
        .layer(from_fn_with_state(web.gate.clone(), guard))
}

/// What the agency takes.
fn limits(web: &Web) -> Limits {
    let rules = &web.app.office().settings.files;
    Limits {
        title: words::TITLE as u32,
        body: words::BODY as u32,
        files: rules.count as u32,
        file_size: rules.each,
        kinds: show::kinds(&rules.kinds),
    }
}

/// The petition an address names: by 신청번호, or by the identity that stands in notices.
async fn named(web: &Web, citizen: &Citizen, number: &str) -> Result<PetitionId, Fault> {
    if let Ok(id) = number.parse::<PetitionId>() {
        return Ok(id);
    }
    let number: FilingNumber = number.parse().map_err(|_| Fault::not_found())?;
    Ok(web.app.numbered(&citizen.who(), number).await?)
}

/// A form drawn again because of what came of sending it: a refusal beside the form, or the store away.
fn again<V: View>(
    web: &Web,
    asked: &Asked,
    person: Option<&Person>,
    error: ActError,
    page: impl FnOnce(Message) -> V,
) -> Result<Response, Fault> {
    match error {
        ActError::NotFound => Err(Fault::not_found()),
        ActError::Refused(refusal) => web.page_again(
            asked,
            person,
            &page(show::refused(refusal)),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ActError::Trouble(trouble) => {
            let told = told(&trouble);
            web.page_again(asked, person, &page(told), Fault::from(trouble).status)
        }
    }
}

/// What a citizen is told when the machine could not do it.
fn told(trouble: &Trouble) -> Message {
    match trouble {
        Trouble::Unknown(_) => Message::new("trouble-unknown"),
        Trouble::Unavailable(_) | Trouble::Contended | Trouble::Broken(_) => Message::new("trouble-away"),
    }
}

/// The files of a form that were found fit; what is wrong with the others is added to the form.
pub(crate) fn taken(parts: Vec<FilePart>, form: &mut Filled) -> Vec<(FilePart, Taken)> {
    let mut kept = Vec::new();
    for mut part in parts {
        match part.taken.take() {
            Some(Ok(taken)) => kept.push((part, taken)),
            looked => {
                let fault = looked.and_then(Result::err).unwrap_or(::files::Fault::NotTaken);
                form.errors.push(FieldError {
                    field: part.field,
                    message: show::unfit(&part.name, fault),
                });
            }
        }
    }
    kept
}

/// The same, as an act carries them.
pub(crate) fn attached(parts: Vec<FilePart>, form: &mut Filled) -> Vec<Attached<words::Raw>> {
    (taken(parts, form).into_iter())
        .map(|(part, taken)| Attached {
            slot: slot_of(&part),
            ..words::attached(taken)
        })
        .collect()
}

/// Which 구비서류 of a typed form a file is.
fn slot_of(part: &FilePart) -> Option<Code> {
    (part.field.strip_prefix(sheet::FIELD)).and_then(|slot| slot.parse().ok())
}

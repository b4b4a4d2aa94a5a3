//! 민원인의 길 — the handlers behind the citizens' pages: read the form, ask `app`, draw what comes back.
//!
//! No rule of law stands here. A form with faults is drawn again with what was entered; where the store is away the same,
//! with 503 and the time to try again.

mod contact;
pub mod content;
pub mod enter;
pub mod filing;
pub mod mine;
pub mod open;
mod party;
pub mod petition;
mod say;
pub mod sheet;
pub mod standards;

use crate::{
    Web,
    form::{Field, Files, Shape},
    route::at,
    security::{FORM_BYTES, Fault, guard},
    session::{Asked, Citizen, Person},
    show,
    view::{Filled, Message, View, citizen::filing::Limits},
};
use app::{Trouble, act::ActError, words};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::from_fn_with_state,
    response::Response,
    routing::{get, post},
};
use domain::{event::Attached, id::PetitionId, number::FilingNumber};

/// At most so many bytes of all files of one form.
const FILES_BYTES: u64 = 50 << 20;
/// A form with files is read to the end up to here, so that the browser hears what is wrong with it.
pub(crate) const UPLOAD_BYTES: usize = 128 << 20;

/// The files a form may carry.
pub(crate) const FILES: Files = Files {
    name: "files",
    count: words::FILES,
    each: words::FILE as u64,
    all: FILES_BYTES,
};

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
        .route(at::Roots, get(open::roots))
        .route(at::Start, get(filing::start).post(filing::choose))
        .route(at::StartService, get(filing::start_service))
        .route(at::DropFile, post(content::drop_file))
        .route(at::Filed, get(filing::filed))
        .route(at::Drafts, get(filing::drafts))
        .route(at::DropDraft, post(filing::drop_draft))
        .route(at::SignIn, get(enter::sign_in).post(enter::ask_code))
        .route(at::Code, get(enter::to_sign_in).post(enter::check_code))
        .route(at::SignOut, get(enter::to_home).post(enter::sign_out))
        .route(at::LookUp, get(enter::look_up).post(enter::ask_number))
        .route(at::LookUpCode, get(enter::to_look_up).post(enter::check_number))
        .route(at::Mine, get(mine::list))
        .route(at::Petition, get(petition::page))
        .route(at::DueDay, get(petition::due_day))
        .route(at::Paper, get(petition::paper))
        .route(at::File, get(petition::file))
        .route(
            at::SupplementTime,
            get(mine::supplement_time).post(mine::send_supplement_time),
        )
        .route(at::Consent, get(mine::consent).post(mine::send_consent))
        .route(at::Withdraw, get(mine::withdraw).post(mine::send_withdraw))
        .route(at::Rate, get(mine::rate).post(mine::send_rate))
        .layer(DefaultBodyLimit::max(FORM_BYTES));
    uploads
        .merge(pages)
        .layer(from_fn_with_state(web.gate.clone(), guard))
}

/// What the agency takes.
fn limits() -> Limits {
    Limits {
        title: words::TITLE as u32,
        body: words::BODY as u32,
        files: words::FILES as u32,
        file_size: words::FILE as u64,
        kinds: "PDF, HWP, HWPX, DOCX, XLSX, JPG, PNG, TXT".into(),
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

/// The files of a form, each with its type told by content; faults are added to the form.
pub(crate) fn attached(files: Vec<crate::form::FilePart>, form: &mut Filled) -> Vec<Attached<words::Raw>> {
    let mut kept = Vec::new();
    for part in files {
        let name = part.name.clone();
        match words::file(&part.name, part.bytes) {
            Ok(mut file) => {
                file.slot = (part.field.strip_prefix(sheet::FIELD)).and_then(|slot| slot.parse().ok());
                kept.push(file);
            }
            Err(fault) => {
                let message = match fault {
                    words::FileFault::Empty => Message::new("error-file-empty"),
                    words::FileFault::NotTaken => Message::new("error-file-kind"),
                    words::FileFault::TooLarge => {
                        Message::new("error-file-large").with("max", show::size(words::FILE as u64))
                    }
                };
                form.errors.push(crate::view::FieldError {
                    field: part.field,
                    message: message.with("name", name),
                });
            }
        }
    }
    kept
}

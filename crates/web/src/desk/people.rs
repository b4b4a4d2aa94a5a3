//! 사람과 조직의 길 — absences, units and officials, hand-overs: read the form, ask `app`, draw what comes back.

pub mod absences;
pub mod handover;
pub mod organisation;

use super::Reader;
use crate::{
    Web,
    citizen::UPLOAD_BYTES,
    form::{Named, Shape},
    security::Fault,
    view::{
        Message,
        desk::{
            act::{Choice, Group},
            people::at,
        },
    },
};
use app::people::OfficeError;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{id::OfficialId, organisation as office};
use std::collections::BTreeMap;

/// The pages of this room; the caller puts them behind the gate.
pub fn router() -> Router<Web> {
    let uploads = Router::new()
        .route(at::Import, get(organisation::import).post(organisation::preview))
        .route(at::Apply, get(organisation::to_import).post(organisation::apply))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES));
    uploads
        .route(at::Absences, get(absences::page).post(absences::enter))
        .route(at::EndAbsence, post(absences::end))
        .route(at::Organisation, get(organisation::page))
        .route(at::History, get(organisation::history))
        .route(at::Unit, get(organisation::unit).post(organisation::keep_unit))
        .route(at::CloseUnit, post(organisation::close_unit))
        .route(
            at::Official,
            get(organisation::official).post(organisation::keep_official),
        )
        .route(at::Post, post(organisation::post_official))
        .route(at::EndOfficial, post(organisation::end_official))
        .route(at::Password, post(organisation::password))
        .route(at::Handovers, get(handover::page))
        .route(at::NewHandover, get(handover::form).post(handover::order))
        .route(at::Handover, get(handover::one))
        .route(at::Confirm, post(handover::confirm))
        .route(at::Sheet, get(handover::sheet))
}

pub(super) const fn line<'a>(name: &'a str, label: &'a str, max: usize) -> Named<'a> {
    Named {
        name,
        label,
        max,
        shape: Shape::Line,
    }
}

/// What an official is told when the office says no; what the machine did wrong is a page of its own.
pub(super) fn refused(error: OfficeError) -> Result<Message, Fault> {
    match error {
        OfficeError::Refused(office::Fault::Unknown | office::Fault::NotYours) => Err(Fault::not_found()),
        OfficeError::Refused(fault) => Ok(Message::new(format!("office-fault-{fault}"))),
        OfficeError::Unfit(unfit) => Ok(Message::new(format!("absence-unfit-{unfit}"))),
        OfficeError::Trouble(trouble) => Err(trouble.into()),
    }
}

impl From<OfficeError> for Fault {
    fn from(error: OfficeError) -> Fault {
        match refused(error) {
            Ok(message) => Fault::of(StatusCode::UNPROCESSABLE_ENTITY).because(message),
            Err(fault) => fault,
        }
    }
}

/// To `way`, with the word that tells what was done.
pub(super) fn done(way: impl std::fmt::Display, what: &str) -> Response {
    Redirect::to(&format!("{way}?office={what}")).into_response()
}

/// What pages of this room tell as done.
pub(super) const DONE: &[&str] = &[
    "sharing-look",
    "sharing-consent",
    "sharing-withdrawn",
    "sharing-told",
    "sharing-role",
    "filter-kept",
    "filter-full",
    "filter-nameless",
    "filter-unfit",
    "filter-begins",
    "filter-begins-not",
    "filter-forgotten",
    "news-seen",
    "absence",
    "absence_end",
    "unit",
    "unit_close",
    "official",
    "post",
    "end",
    "password",
    "own_password",
    "authenticator_dropped",
    "passkey_made",
    "passkey_dropped",
    "session_ended",
    "sessions_ended",
    "factors_reset",
    "handover",
    "confirm",
];

/// Officials by unit, in the order of names.
pub(super) fn by_unit(reader: &Reader, officials: impl Iterator<Item = OfficialId>) -> Vec<Group> {
    let mut groups: BTreeMap<String, Vec<Choice>> = BTreeMap::new();
    for id in officials {
        let person = reader.person(id);
        groups.entry(person.unit).or_default().push(Choice {
            value: person.id,
            text: format!("{} {}", person.name, person.title),
        });
    }
    (groups.into_iter())
        .map(|(name, mut choices)| {
            choices.sort_by(|a, b| a.text.cmp(&b.text));
            Group { name, choices }
        })
        .collect()
}

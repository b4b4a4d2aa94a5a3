//! 민원인 화면 — the citizens' pages, in the order in which a citizen meets them.

pub mod board;
pub mod contact;
pub mod erasure;
pub mod error;
pub mod filing;
pub mod identity;
pub mod looks;
pub mod mine;
pub mod petition;
pub mod proceeding;
pub mod proof;
pub mod say;
pub mod service;
pub mod sharing;
pub mod sheet;
pub mod standards;

use crate::view::{Face, Sample, samples};
use domain::time::At;

/// Every sample of the citizens' pages.
pub fn gallery() -> Vec<Sample> {
    let of = Face::Citizen;
    [
        samples::<service::Home>(of),
        samples::<service::Services>(of),
        samples::<service::ServicePage>(of),
        samples::<standards::Standards>(of),
        samples::<filing::Start>(of),
        samples::<filing::Content>(of),
        samples::<filing::Contact>(of),
        samples::<filing::Asking>(of),
        samples::<filing::Preview>(of),
        samples::<filing::Filed>(of),
        samples::<filing::Drafts>(of),
        samples::<contact::SignIn>(of),
        samples::<contact::LookUp>(of),
        samples::<contact::Code>(of),
        samples::<contact::Privacy>(of),
        samples::<contact::Accessibility>(of),
        samples::<contact::Mailbox>(of),
        samples::<identity::AddContact>(of),
        samples::<identity::Leaving>(of),
        samples::<identity::NotShown>(of),
        samples::<identity::Needed>(of),
        samples::<identity::Rehearse>(of),
        samples::<mine::Mine>(of),
        samples::<petition::PetitionPage>(of),
        samples::<petition::DueDay>(of),
        samples::<proceeding::CitizenProceeding>(of),
        samples::<proceeding::CitizenMove>(of),
        samples::<proceeding::Procedures>(of),
        samples::<proceeding::ProcedurePage>(of),
        samples::<proceeding::Casebook>(of),
        samples::<looks::Looks>(of),
        samples::<mine::Supplement>(of),
        samples::<mine::SupplementTime>(of),
        samples::<mine::Consent>(of),
        samples::<mine::Withdraw>(of),
        samples::<mine::Rate>(of),
        samples::<say::Say>(of),
        samples::<erasure::ErasureAsk>(of),
        samples::<erasure::ErasureResult>(of),
        samples::<sharing::SharingPage>(of),
        samples::<board::Board>(of),
        samples::<proof::Verify>(of),
        samples::<proof::Roots>(of),
        samples::<error::ErrorPage>(of),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A Korean wall clock's moment, for samples.
fn at(year: i16, month: i8, day: i8, hour: i8, minute: i8) -> At {
    At::seoul(jiff::civil::datetime(year, month, day, hour, minute, 0, 0))
}

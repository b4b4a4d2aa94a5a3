//! 사람과 조직 — absences, units and officials, hand-overs: changes of the office itself, each written into its history.

pub mod absences;
pub mod bring;
pub mod handover;
pub mod organisation;

use crate::act::Call;
use crate::{App, Trouble};
use domain::absence::Unfit;
use domain::access::{Official, Who};
use domain::organisation::Fault;
use serde::Serialize;
use store::batch::{Batch, CommitFault};
use store::people::Change;

/// Why a change of the office was not made.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// The office says no.
    #[error("refused: {0}")]
    Refused(Fault),
    /// The absence cannot be entered.
    #[error("unfit: {0}")]
    Unfit(Unfit),
    /// The machine.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

impl From<Fault> for OfficeError {
    fn from(fault: Fault) -> OfficeError {
        OfficeError::Refused(fault)
    }
}
impl From<Unfit> for OfficeError {
    fn from(unfit: Unfit) -> OfficeError {
        OfficeError::Unfit(unfit)
    }
}

crate::from_trouble!(
    OfficeError:
    store::engine::ReadError,
    store::vault::VaultError,
    CommitFault,
    serde_json::Error
);

/// The official who acts.
pub(crate) fn official(who: &Who) -> Result<&Official, OfficeError> {
    match who {
        Who::Official(official) => Ok(official),
        Who::Citizen(_) | Who::System => Err(Fault::NotYours.into()),
    }
}

impl App {
    /// Writes a change into the history of the office, and every seat it gives or ends.
    pub(crate) fn changed(
        &self,
        batch: &mut Batch,
        who: &Who,
        what: &str,
        subject: [u8; 16],
        body: &impl Serialize,
        call: &Call,
    ) -> Result<(), serde_json::Error> {
        let change = Change {
            at: self.now(),
            by: who.by(),
            origin: call.origin.clone(),
            what: what.to_owned(),
            subject,
            body: serde_json::to_string(body)?,
        };
        let id = self.id();
        batch.change(id, &change);
        batch.seats_by(id, who.by(), &call.origin, self.now())
    }
}

//! 교부할 문서 — when a concluded petition leaves a paper to be fetched at the counter, and how that ends (법27④, 영25④).

use super::Petition;
use crate::claim::{Claim, ClaimState, discard_from};
use crate::intake::Delivery;
use crate::terms::Outcome;
use crate::time::At;

impl Petition {
    /// The paper of this outcome, where it is to be fetched at the counter: what grants something is handed out.
    pub(super) fn to_claim(&self, outcome: Outcome, at: At) -> Option<Claim> {
        let fetched = self.intake.delivery == Some(Delivery::Counter) && outcome.is_handed_out();
        Some(Claim {
            state: ClaimState::Waiting,
            since: at,
            discard_from: discard_from(self.reception?.due, at)?,
            told: None,
            ended: None,
        })
        .filter(|_| fetched)
    }

    /// `None` where no paper waits.
    pub(super) fn end_claim(&mut self, state: ClaimState, at: At) -> Option<()> {
        let claim = self.claim.as_mut().filter(|c| c.state == ClaimState::Waiting)?;
        claim.state = state;
        claim.ended = Some(at);
        Some(())
    }
}

//! 인계·인수 — handing an official's work over on transfer day: what goes to whom, and how far it has come.

use crate::id::{HandoverId, OfficialId, PetitionId};
use crate::refusal::Refusal;
use crate::terms::coded;
use crate::text::Text;
use crate::time::At;

coded! {
    /// 인계할 것.
    Part {
        /// 처리 중인 민원, with its draft and its line.
        Case = "case",
        /// 결재할 것.
        Signature = "signature",
    }
}

coded! {
    /// 인계·인수의 단계.
    State {
        /// 인계 중 — acts are being done, one after the other.
        Running = "running",
        /// 인수 확인 대기.
        HandedOver = "handed_over",
        /// 인계·인수 완료 — every receiver has confirmed.
        Confirmed = "confirmed",
    }
}

coded! {
    /// How far one petition has come.
    ItemState {
        /// 대기.
        Waiting = "waiting",
        /// 인계됨.
        Done = "done",
        /// 인계하지 못함.
        Refused = "refused",
    }
}

/// 인계·인수.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handover {
    /// Its identity.
    pub id: HandoverId,
    /// 인계자.
    pub giver: OfficialId,
    /// Who ordered it: the acts are done by their right.
    pub made_by: OfficialId,
    /// When.
    pub made_at: At,
    /// How far it has come.
    pub state: State,
    /// When the last act was done; `At::NEVER` before.
    pub done_at: At,
    /// 확인자 (입회자).
    pub witness: OfficialId,
    /// 특이사항, in the vault under the hand-over's own key.
    pub note: Option<Text>,
}

/// One petition of a hand-over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Which.
    pub petition: PetitionId,
    /// What of it.
    pub part: Part,
    /// 인수자.
    pub receiver: OfficialId,
    /// How far.
    pub state: ItemState,
    /// Why it could not be handed over.
    pub refusal: Option<Refusal>,
}

/// 인수 확인.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// 인수자.
    pub receiver: OfficialId,
    /// When it was confirmed; `None` while it is awaited.
    pub confirmed_at: Option<At>,
    /// Whether the receiver confirmed to have read the working manuals.
    pub manuals: bool,
}

/// Shares `petitions` out among `receivers`: each goes to exactly one, and nobody gets two more than another.
/// The number beside a receiver is what they have to do already: the least burdened is served first.
pub fn share<T: Copy>(petitions: &[T], receivers: &[(OfficialId, u32)]) -> Vec<(T, OfficialId)> {
    let mut order: Vec<(u32, usize)> = receivers.iter().enumerate().map(|(i, (_, n))| (*n, i)).collect();
    order.sort_unstable();
    let turn = order.iter().map(|(_, i)| receivers[*i].0).cycle();
    petitions.iter().copied().zip(turn).collect()
}

/// How many petitions stand at each state: waiting, done, refused.
pub fn progress(items: &[Item]) -> (usize, usize, usize) {
    let of = |state: ItemState| items.iter().filter(|item| item.state == state).count();
    (
        of(ItemState::Waiting),
        of(ItemState::Done),
        of(ItemState::Refused),
    )
}

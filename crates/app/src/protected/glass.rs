//! 긴급 열람 — two people, one look, for an hour, and everybody entitled is told.
//!
//! Whether the number names a protected petition at all is told only to the one who was allowed to look: asking and waiting are the
//! same for every number.

use crate::App;
use crate::act::{ActError, Call, effect_key};
use crate::desk::Case;
use domain::access::Who;
use domain::glass::{GlassState, LASTS, WAITS, decides, may_decide};
use domain::id::{OfficialId, OutboxId, PetitionId, TextId};
use domain::number::FilingNumber;
use domain::refusal::Refusal;
use domain::terms::Seat;
use serde::{Deserialize, Serialize};
use store::batch::Batch;
use store::engine::Urgency;
use store::outbox::To;
use store::protected::Glass;

/// So many requests are shown.
const SHOWN: u32 = 200;
/// So many days back.
const BACK: i64 = 90 * 24 * 3_600_000;
/// The longest reason, in characters.
pub const REASON: usize = 1_000;

#[derive(Serialize, Deserialize)]
struct Words {
    number: String,
    reason: String,
}

/// A request with its words.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The request.
    pub glass: Glass,
    /// 신청번호, as asked for.
    pub number: String,
    /// Why.
    pub reason: String,
}

impl App {
    /// Whether `who` may be the second person of a break-glass look.
    pub fn may_allow_glass(&self, who: &Who) -> bool {
        seats(who).iter().any(|seat| decides(*seat))
    }

    /// 긴급 열람 요청. The entitled and whoever may decide are told at once. Errors: a number of no form; no reason.
    pub async fn ask_glass(
        &self,
        who: &Who,
        number: &str,
        reason: &str,
        call: &Call,
    ) -> Result<(), ActError> {
        let (Some(asker), reason) = (who.official(), reason.trim()) else {
            return Err(ActError::NotFound);
        };
        if reason.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        if reason.chars().count() > REASON {
            return Err(Refusal::TooLong.into());
        }
        let number: FilingNumber = number.parse().map_err(|_| ActError::NotFound)?;
        let room = self.protected().ok_or(ActError::NotFound)?;
        let (now, petition) = (self.now(), room.here.by_filing_number(number).await?);
        let words = serde_json::to_vec(&Words {
            number: number.to_string(),
            reason: reason.to_owned(),
        })?;
        let (id, text) = (*self.id().as_bytes(), TextId(self.id()));
        let mut batch = Batch::new();
        room.here.ready(now, &mut self.fill())?;
        let key = batch.owner_key(&room.here, id, now, &mut self.fill())?;
        batch.text(&key, text, &words, &mut self.fill());
        batch.glass(&Glass {
            id,
            petition: petition.as_ref().map(|p| p.id),
            text,
            asked_by: asker,
            asked_at: now,
            decided: None,
            state: GlassState::Asked,
            ends_at: now.plus(WAITS),
        });
        if let Some(p) = &petition {
            room.tell_of_glass(&mut batch, "glass_asked", p.id, self.deciders(asker));
        }
        room.write_down_glass(&mut batch, asker, "glass_asked", petition.map(|p| p.id), call);
        Ok(room.here.commit(batch, Urgency::User).await?)
    }

    /// 긴급 열람 승인·거절 by the second person. Errors: not theirs to decide, decided already, or waited too long.
    pub async fn decide_glass(
        &self,
        who: &Who,
        id: [u8; 16],
        allow: bool,
        call: &Call,
    ) -> Result<(), ActError> {
        let by = who.official().ok_or(ActError::NotFound)?;
        let room = self.protected().ok_or(ActError::NotFound)?;
        let glass = room.here.glass(id).await?.ok_or(ActError::NotFound)?;
        let now = self.now();
        may_decide((by, &seats(who)), (glass.asked_by, glass.asked_at), now)?;
        if glass.state != GlassState::Asked {
            return Err(Refusal::NotNow.into());
        }
        let (state, deed) = if allow {
            (GlassState::Allowed, "glass_allowed")
        } else {
            (GlassState::Declined, "glass_declined")
        };
        let mut batch = Batch::new();
        batch.glass_decided(id, by, now, state, now.plus(LASTS));
        if let (Some(petition), true) = (glass.petition, allow) {
            room.tell_of_glass(&mut batch, "glass_allowed", petition, self.deciders(by));
        }
        room.write_down_glass(&mut batch, by, deed, glass.petition, call);
        Ok(room.here.commit(batch, Urgency::User).await?)
    }

    /// The requests `who` made, and, for the second person, everybody's; newest first, 90 days back.
    pub async fn glasses(&self, who: &Who) -> Result<Vec<Asked>, ActError> {
        let (Some(me), Some(room)) = (who.official(), self.protected()) else {
            return Ok(Vec::new());
        };
        let all = self.may_allow_glass(who);
        let mut glasses = room.here.glasses(self.now().plus(-BACK), SHOWN).await?;
        glasses.retain(|glass| all || glass.asked_by == me);
        let texts: Vec<TextId> = glasses.iter().map(|glass| glass.text).collect();
        let opened = room.here.open_loose(&texts).await?;
        Ok((glasses.into_iter())
            .filter_map(|glass| {
                let words: Words = serde_json::from_slice(opened.get(&glass.text)?).ok()?;
                Some(Asked {
                    glass,
                    number: words.number,
                    reason: words.reason,
                })
            })
            .collect())
    }

    /// 긴급 열람 — the petition, for the one who asked, while the hour lasts. Every opening is in the ledger of the room.
    /// `NotFound` also where the number names no protected petition.
    pub async fn look_through_glass(&self, who: &Who, id: [u8; 16], call: &Call) -> Result<Case, ActError> {
        let (me, room) = (who.official(), self.protected().ok_or(ActError::NotFound)?);
        let glass = room.here.glass(id).await?.ok_or(ActError::NotFound)?;
        let open = glass.state == GlassState::Allowed && self.now() < glass.ends_at;
        if !open || me != Some(glass.asked_by) {
            return Err(ActError::NotFound);
        }
        let petition = glass.petition.ok_or(ActError::NotFound)?;
        let head = room.here.head(petition).await?.ok_or(ActError::NotFound)?;
        room.looked(who, "break_glass", Some(petition), 1, call).await?;
        room.opened(who, head.petition).await
    }

    /// Everybody who may decide, but for one.
    fn deciders(&self, but: OfficialId) -> Vec<OfficialId> {
        let office = self.ordinary().office();
        let mut all: Vec<OfficialId> = [Seat::PrivacyOfficer, Seat::Examiner]
            .into_iter()
            .flat_map(|seat| office.holders(seat, None))
            .filter(|official| *official != but)
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Tells these and everybody entitled.
    fn tell_of_glass(&self, batch: &mut Batch, template: &str, petition: PetitionId, also: Vec<OfficialId>) {
        let now = self.now();
        let mut whom: Vec<OfficialId> = self.office().staff.posts.keys().copied().chain(also).collect();
        whom.sort_unstable();
        whom.dedup();
        for official in whom {
            let to = To::Official(official);
            let id = OutboxId(self.id());
            // Each time is a time of its own.
            let cause = u32::try_from(now.0 / 1_000 % i64::from(u32::MAX)).unwrap_or_default();
            let once = effect_key(template, petition, cause, to);
            batch.effect(id, once, petition, 0, template, to, now, now);
        }
    }

    fn write_down_glass(
        &self,
        batch: &mut Batch,
        official: OfficialId,
        deed: &str,
        petition: Option<PetitionId>,
        call: &Call,
    ) {
        let look = self.look_by(
            domain::terms::By::Official(official),
            deed,
            petition,
            0,
            &call.origin,
        );
        batch.look(self.id(), &look);
    }
}

fn seats(who: &Who) -> Vec<Seat> {
    match who {
        Who::Official(official) => official.posts.iter().map(|post| post.seat).collect(),
        Who::Citizen(_) | Who::System => Vec::new(),
    }
}

//! 인계·인수 — what an official has to hand over, ordering it, the receivers' confirmation, and the 인계인수서.

use super::{OfficeError, official};
use crate::act::{ActError, Call};
use crate::desk::Item;
use crate::words::Raw;
use crate::{App, Trouble};
use documents::handover::{HandoverSheet, Row, Signed};
use documents::press::{Lang, Printed};
use domain::access::{Sight, Who};
use domain::handover::{self as paper, Handover, ItemState, Part, Receipt, State, share};
use domain::id::{HandoverId, OfficialId, PetitionId, TextId};
use domain::life::Life;
use domain::organisation::{Fault, administers, leads, may_hand_over};
use domain::petition::Petition;
use domain::time::At;
use store::batch::Batch;
use store::engine::Urgency;
use store::head::{Behind, Scope};

/// Petitions read in one step, and how many at most are handed over at once.
const PIECE: u32 = 200;
const MOST: usize = 2_000;
/// Hand-overs looked through for a list.
const SHOWN: u32 = 200;

/// What an official has open.
#[derive(Debug, Clone, Default)]
pub struct Burden {
    /// 처리 중인 민원, nearest due first.
    pub cases: Vec<Item>,
    /// 결재할 것, nearest due first.
    pub signatures: Vec<Item>,
}

/// A hand-over with all that belongs to it.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The hand-over.
    pub handover: Handover,
    /// Its petitions, with what stands in a list of them; `None` where it may not be seen any more.
    pub items: Vec<(paper::Item, Option<Item>)>,
    /// Who confirmed.
    pub receipts: Vec<Receipt>,
    /// 특이사항.
    pub note: String,
}

/// What is ordered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// Who takes over the cases: one, or several by share.
    pub receivers: Vec<OfficialId>,
    /// Who takes over the signatures.
    pub signer: Option<OfficialId>,
    /// 확인자.
    pub witness: Option<OfficialId>,
    /// 특이사항.
    pub note: Option<Raw>,
}

impl App {
    /// Whose work `who` may hand over.
    pub fn givers(&self, who: &Who) -> Vec<OfficialId> {
        let office = self.office();
        let Ok(me) = official(who) else {
            return Vec::new();
        };
        (office.staff.posts.keys().copied())
            .filter(|id| may_hand_over(me, *id, &office.staff.posts))
            .collect()
    }

    /// What `giver` has open, as far as `who` may see it.
    pub async fn burden(&self, who: &Who, giver: OfficialId, call: &Call) -> Result<Burden, OfficeError> {
        let office = self.office();
        if !may_hand_over(official(who)?, giver, &office.staff.posts) {
            return Err(Fault::NotYours.into());
        }
        let (cases, signatures) = self.laid_on(giver, &Sight::of(who)).await?;
        let n = cases.len() + signatures.len();
        let burden = Burden {
            cases: self.lines(cases).await?,
            signatures: self.lines(signatures).await?,
        };
        self.looked(who, "list", None, n, call).await?;
        Ok(burden)
    }

    async fn lines(&self, petitions: Vec<Petition>) -> Result<Vec<Item>, Trouble> {
        self.items(petitions).await.map_err(|error| match error {
            ActError::Trouble(trouble) => trouble,
            other => Trouble::Broken(other.to_string()),
        })
    }

    /// The open petitions an official handles, and those on whose line they still have to sign.
    async fn laid_on(
        &self,
        giver: OfficialId,
        sight: &Sight,
    ) -> Result<(Vec<Petition>, Vec<Petition>), Trouble> {
        let involved = Sight {
            involved: Some(giver),
            ..Sight::default()
        };
        let (mut cases, mut signatures) = (Vec::new(), Vec::new());
        let mut behind = None;
        while cases.len() + signatures.len() < MOST {
            let page = self
                .places
                .live
                .list(Scope::Open, &involved, behind, PIECE)
                .await?;
            behind = page.last().map(|last| Behind {
                key: last.act_by(),
                id: last.id,
            });
            let full = page.len() == PIECE as usize;
            for petition in page.into_iter().filter(|p| sight.admits(p)) {
                let unsigned = (petition.line.iter())
                    .filter(|line| !line.is_approved())
                    .flat_map(|line| line.signers.iter().skip(line.signed_at.len()))
                    .any(|signer| signer.official == giver);
                if unsigned {
                    signatures.push(petition.clone());
                }
                if petition.handler == Some(giver) && petition.life != Life::Distributed {
                    cases.push(petition);
                }
            }
            if !full {
                break;
            }
        }
        Ok((cases, signatures))
    }

    /// How much an official has: open petitions and signatures awaited now, each counted no further than 1,000.
    pub async fn weight(&self, official: OfficialId) -> Result<(u32, u32), Trouble> {
        let everything = Sight::of(&Who::System);
        let count = async |scope| self.places.live.count(&[scope], &everything, 1_000).await;
        let cases = count(Scope::Handler(official)).await?;
        Ok((cases, count(Scope::Signer(official)).await?))
    }

    /// Orders a hand-over of all that `giver` has; the acts are done by the duty `hand_over`, by the right of `who`.
    pub async fn order_handover(
        &self,
        who: &Who,
        giver: OfficialId,
        order: &Order,
        call: &Call,
    ) -> Result<HandoverId, OfficeError> {
        let (me, office, now) = (official(who)?, self.office(), self.now());
        if !may_hand_over(me, giver, &office.staff.posts) {
            return Err(Fault::NotYours.into());
        }
        // The same form sent twice orders once.
        let running = self.places.live.handovers_running().await?;
        if let Some(same) = running.iter().find(|h| h.giver == giver && h.made_by == me.id) {
            return Ok(same.id);
        }
        let works = |id: &OfficialId| *id != giver && office.staff.posts.contains_key(id);
        let witness = order
            .witness
            .filter(|id| works(id))
            .ok_or(Fault::OfficialUnknown)?;
        if !order.receivers.iter().chain(&order.signer).all(works) {
            return Err(Fault::ReceiverUnfit.into());
        }
        let (cases, signatures) = self.laid_on(giver, &Sight::of(who)).await?;
        if cases.is_empty() && signatures.is_empty() {
            return Err(Fault::NothingToHandOver.into());
        }
        let missing = (!cases.is_empty() && order.receivers.is_empty())
            || (!signatures.is_empty() && order.signer.is_none());
        let of_unit = |p: &Petition, to: &OfficialId| p.unit.is_some_and(|u| office.staff.handles_in(*to, u));
        let strangers = cases
            .iter()
            .any(|p| !order.receivers.iter().all(|to| of_unit(p, to)));
        if missing || strangers {
            return Err(Fault::ReceiverUnfit.into());
        }
        let mut receivers = Vec::new();
        for receiver in &order.receivers {
            receivers.push((*receiver, self.load(*receiver).await?.0));
        }
        let ids: Vec<PetitionId> = cases.iter().map(|p| p.id).collect();
        let item = |petition, part, receiver| paper::Item {
            petition,
            part,
            receiver,
            state: ItemState::Waiting,
            refusal: None,
        };
        let mut items: Vec<paper::Item> = (share(&ids, &receivers).into_iter())
            .map(|(petition, receiver)| item(petition, Part::Case, receiver))
            .collect();
        if let Some(signer) = order.signer {
            items.extend(signatures.iter().map(|p| item(p.id, Part::Signature, signer)));
        }
        let id = HandoverId(self.id());
        let mut batch = Batch::new();
        let note = match &order.note {
            None => None,
            Some(raw) => {
                let fill = &mut self.fill();
                let place = &self.places.live;
                place.ready(now, fill).map_err(Trouble::from)?;
                let key = batch
                    .owner_key(place, id.bytes(), now, fill)
                    .map_err(Trouble::from)?;
                Some(batch.text(&key, TextId(self.id()), &raw.0, fill))
            }
        };
        let handover = Handover {
            id,
            giver,
            made_by: me.id,
            made_at: now,
            state: State::Running,
            done_at: At::NEVER,
            witness,
            note,
        };
        batch.handover(&handover, &items)?;
        self.changed(
            &mut batch,
            who,
            "handover_ordered",
            id.bytes(),
            &items.len(),
            call,
        )?;
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(id)
    }

    fn may_see_handover(&self, who: &Who, handover: &Handover, receipts: &[Receipt]) -> bool {
        let Ok(me) = official(who) else {
            return false;
        };
        [handover.giver, handover.made_by, handover.witness].contains(&me.id)
            || receipts.iter().any(|receipt| receipt.receiver == me.id)
            || leads(me, handover.giver, &self.office().staff.posts)
            || administers(me)
    }

    /// The hand-overs `who` has to do with, newest first, with their progress and receipts.
    pub async fn handovers(
        &self,
        who: &Who,
    ) -> Result<Vec<(Handover, (usize, usize, usize), Vec<Receipt>)>, OfficeError> {
        let place = &self.places.live;
        let mut all = Vec::new();
        for handover in place.handovers(SHOWN).await? {
            let receipts = place.handover_receipts(handover.id).await?;
            if self.may_see_handover(who, &handover, &receipts) {
                let items = place.handover_items(handover.id).await?;
                all.push((handover, paper::progress(&items), receipts));
            }
        }
        Ok(all)
    }

    /// One hand-over. Errors: none that `who` may know of.
    pub async fn handover(&self, who: &Who, id: HandoverId, call: &Call) -> Result<Whole, OfficeError> {
        let place = &self.places.live;
        let handover = place.handover(id).await?.ok_or(Fault::Unknown)?;
        let receipts = place.handover_receipts(id).await?;
        if !self.may_see_handover(who, &handover, &receipts) {
            return Err(Fault::Unknown.into());
        }
        let items = place.handover_items(id).await?;
        let ids: Vec<PetitionId> = items.iter().map(|item| item.petition).collect();
        let seen = place.petitions(&ids, &Sight::of(who)).await?;
        let lines = self.lines(seen).await?;
        self.looked(who, "list", None, lines.len(), call).await?;
        let items = (items.into_iter())
            .map(|item| {
                let line = lines.iter().find(|line| line.petition.id == item.petition);
                (item, line.cloned())
            })
            .collect();
        let note = match handover.note {
            None => String::new(),
            Some(text) => {
                let opened = place.open(&[text]).await?;
                opened.text(text).unwrap_or_default().to_owned()
            }
        };
        Ok(Whole {
            handover,
            items,
            receipts,
            note,
        })
    }

    /// 인수 확인 — by a receiver, once everything was handed over, with the working manuals read.
    pub async fn confirm_handover(
        &self,
        who: &Who,
        id: HandoverId,
        manuals: bool,
        call: &Call,
    ) -> Result<(), OfficeError> {
        let (me, now, place) = (official(who)?, self.now(), &self.places.live);
        let handover = place.handover(id).await?.ok_or(Fault::Unknown)?;
        let receipts = place.handover_receipts(id).await?;
        let mine = |receipt: &&Receipt| receipt.receiver == me.id;
        let receipt = receipts.iter().find(mine).ok_or(Fault::Unknown)?;
        if handover.state != State::HandedOver || receipt.confirmed_at.is_some() {
            return Err(Fault::NotAwaited.into());
        }
        if !manuals {
            return Err(Fault::ManualsUnread.into());
        }
        let mut batch = Batch::new();
        batch.handover_receipt(id, me.id, now, manuals);
        let others = receipts
            .iter()
            .filter(|receipt| receipt.confirmed_at.is_none())
            .count();
        if others == 1 {
            batch.handover_state(id, State::HandedOver, State::Confirmed, handover.done_at);
        }
        self.changed(&mut batch, who, "handover_confirmed", id.bytes(), &manuals, call)?;
        Ok(place.commit(batch, Urgency::User).await?)
    }

    /// How many petitions a hand-over names, to one who may see it.
    pub async fn handover_petitions(
        &self,
        who: &Who,
        id: HandoverId,
        call: &Call,
    ) -> Result<u32, OfficeError> {
        let whole = self.handover(who, id, call).await?;
        let mut ids: Vec<PetitionId> = whole.items.iter().map(|(item, _)| item.petition).collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(u32::try_from(ids.len()).unwrap_or(u32::MAX))
    }

    /// 인계인수서. Petitions the one who prints may not see any more stand in it by number only.
    pub async fn handover_sheet(
        &self,
        who: &Who,
        id: HandoverId,
        lang: Lang,
        call: &Call,
    ) -> Result<Printed, OfficeError> {
        let whole = self.handover(who, id, call).await?;
        self.looked(who, "print", None, whole.items.len(), call).await?;
        let office = self.office();
        let name = |id: OfficialId| {
            office.person(id).map_or_else(String::new, |person| {
                let unit = office.unit_of(id).and_then(|unit| office.unit(unit));
                let unit = unit.map(|unit| unit.name.as_str()).unwrap_or_default();
                format!("{unit} {} {}", person.title, person.name)
                    .trim()
                    .to_owned()
            })
        };
        let mut rows = Vec::new();
        for (item, line) in &whole.items {
            let number = match line {
                Some(line) => {
                    let p = &line.petition;
                    p.reception
                        .map_or_else(|| p.number.to_string(), |r| r.number.to_string())
                }
                None => {
                    let head = self.ordinary().head(item.petition).await?;
                    head.map(|head| head.petition.number.to_string())
                        .unwrap_or_default()
                }
            };
            rows.push(Row {
                part: item.part,
                number,
                title: line
                    .as_ref()
                    .and_then(|line| line.title.clone())
                    .unwrap_or_default(),
                due: line
                    .as_ref()
                    .and_then(|line| line.petition.due())
                    .unwrap_or(At::NEVER),
                life: line.as_ref().map(|line| line.petition.life),
                remarks: line
                    .as_ref()
                    .map(|line| remarks(&line.petition, lang))
                    .unwrap_or_default(),
                receiver: office
                    .person(item.receiver)
                    .map(|p| p.name.clone())
                    .unwrap_or_default(),
                state: item.state,
            });
        }
        let h = &whole.handover;
        let sheet = HandoverSheet {
            agency: office.settings.agency.name.clone(),
            ident: id.to_string(),
            handed_over_at: h.done_at,
            giver: Signed {
                who: name(h.giver),
                at: Some(h.made_at),
                manuals: false,
            },
            receivers: (whole.receipts.iter())
                .map(|receipt| Signed {
                    who: name(receipt.receiver),
                    at: receipt.confirmed_at,
                    manuals: receipt.manuals,
                })
                .collect(),
            witness: Signed {
                who: name(h.witness),
                at: None,
                manuals: false,
            },
            rows,
            note: whole.note,
            drawn_up: self.now(),
        };
        let printed = sheet.print(self.press.press()?, lang);
        printed.map_err(|error| Trouble::Broken(error.to_string()).into())
    }
}

/// 비고 — what a successor has to know first, from the petition itself.
fn remarks(p: &Petition, lang: Lang) -> String {
    let ko = lang == Lang::Ko;
    let said = |holds: bool, korean: String, english: &str| {
        holds.then(|| if ko { korean } else { english.to_owned() })
    };
    let until = p.supplement.map(|asked| asked.until);
    let day = until
        .map(|day| day.strftime("%Y. %-m. %-d.").to_string())
        .unwrap_or_default();
    [
        said(
            until.is_some(),
            format!("보완 기한 {day}"),
            &format!("supplement until {day}"),
        ),
        said(
            p.life == Life::Held && until.is_none(),
            "불산입 중".to_owned(),
            "clock held",
        ),
        said(
            !p.extensions.is_empty(),
            format!("연장 {}회", p.extensions.len()),
            &format!("extended {} times", p.extensions.len()),
        ),
        said(
            p.proposal.is_some(),
            "연장 동의 대기".to_owned(),
            "consent to an extension awaited",
        ),
        said(
            p.signer().is_some(),
            "결재 진행 중".to_owned(),
            "on the approval line",
        ),
        said(
            p.draft.is_some() && p.line.is_none(),
            "기안 있음".to_owned(),
            "drafted",
        ),
        said(
            p.approved_at().is_some(),
            "결재 완료, 시행 전".to_owned(),
            "approved, not sent",
        ),
        said(
            p.sent_back > 0,
            format!("재배부 요청 {}회", p.sent_back),
            "sent back before",
        ),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}

//! 여러 민원에 걸친 행위 — merging petitions of one purpose into one (영 제6조제7항), and splitting a part off: each is one list
//! of writes over several petitions, stored whole or not at all.

use super::{ActError, Call, Numbers, Petitioner, effect_key, once_key, setting};
use crate::words::{Raw, check_act, check_filing};
use crate::{App, TRIES, Trouble};
use domain::access::{Sight, Who, may};
use domain::act::{Act, Filing};
use domain::decide::{Setting, decide, offered};
use domain::id::{OutboxId, PersonId, PetitionId};
use domain::life::Deed;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::{Code, HappenedGround};
use domain::time::At;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::head::Head;
use store::outbox::To;
use store::place::Place;

/// At most so many petitions are merged in one act.
pub const MERGED_AT_ONCE: usize = 100;

impl App {
    /// The other petitions an act names, as far as `who` may know of them.
    pub(super) async fn beside(
        &self,
        place: &Place,
        who: &Who,
        act: &Act<Raw>,
    ) -> Result<Vec<Petition>, ActError> {
        match act.names() {
            [] => Ok(Vec::new()),
            ids => Ok(place.petitions(ids, &Sight::of(who)).await?),
        }
    }

    /// 병합 — `lead` takes in `children`, which end there and are answered with it. Gives `lead` as it then stands.
    pub async fn merge(
        &self,
        who: &Who,
        lead: PetitionId,
        children: Vec<PetitionId>,
        call: &Call,
    ) -> Result<Petition, ActError> {
        if children.len() > MERGED_AT_ONCE {
            return Err(Refusal::MergeUnfit.into());
        }
        let place = &self.here;
        let once = (call.key.as_ref()).map(|key| {
            once_key(
                Deed::TakeIn.code(),
                who,
                &[&lead.bytes(), key.as_slice()].concat(),
            )
        });
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            match self.first_answer(place, once).await {
                Err(ActError::NotFound) => {}
                known => return known,
            }
            match self.merged(place, who, lead, &children, once, call).await {
                Err(ActError::Trouble(Trouble::Contended)) => {}
                other => return other,
            }
        }
        Err(Trouble::Contended.into())
    }

    async fn merged(
        &self,
        place: &Place,
        who: &Who,
        lead: PetitionId,
        children: &[PetitionId],
        once: Option<[u8; 32]>,
        call: &Call,
    ) -> Result<Petition, ActError> {
        let lead = self.admitted(who, lead).await?;
        let mut heads: Vec<Head> = Vec::with_capacity(children.len());
        for id in children {
            heads.push(self.admitted(who, *id).await?);
        }
        let others: Vec<Petition> = heads.iter().map(|head| head.petition.clone()).collect();
        let mut batch = Batch::new();
        let take_in = Act::TakeIn {
            children: children.to_vec(),
        };
        let after = self.joined(&mut batch, who, &lead, &take_in, &others)?;
        self.write_down(
            &mut batch,
            who,
            Deed::TakeIn,
            lead.petition.id,
            call,
            after.recorded_at,
        );
        let beside = [lead.petition.clone()];
        for head in &heads {
            let merge = Act::Merge {
                into: lead.petition.id,
            };
            let merged = self.joined(&mut batch, who, head, &merge, &beside)?;
            self.write_down(&mut batch, who, Deed::Merge, merged.id, call, merged.recorded_at);
        }
        if let Some(once) = once {
            batch.once(once, after.id, after.seq, after.recorded_at);
        }
        place.commit(batch, Urgency::User).await?;
        Ok(after)
    }

    /// One petition's part of an act over several.
    fn joined(
        &self,
        batch: &mut Batch,
        who: &Who,
        head: &Head,
        act: &Act<Raw>,
        beside: &[Petition],
    ) -> Result<Petition, ActError> {
        let office = self.office();
        let now = self.now().max(head.petition.recorded_at);
        let (service, procedure) = self.rules_of(&office, &head.petition, act, now)?;
        let laid = act.clone().lay(&mut |_: Raw| Err(Refusal::TooLong))?;
        let setting = Setting {
            beside,
            ..setting(&office, service, procedure, who, now, Numbers::default())
        };
        let events = decide(&head.petition, &laid, &setting)?;
        self.append(
            batch,
            &office,
            head,
            (who, None),
            events,
            &Numbers::default(),
            now,
        )
    }

    /// Tells everyone whose petition was merged into this one that it is answered, each of their own petition.
    pub(super) fn announce_to_children(&self, batch: &mut Batch, lead: &Petition, seq: u32, now: At) {
        for child in &lead.children {
            let to = To::Person(child.person);
            let once = effect_key("merged_answered", child.petition, seq, to);
            let id = OutboxId(self.id());
            batch.effect(id, once, child.petition, seq, "merged_answered", to, now, now);
        }
    }

    /// 분리 — files a part of a petition as one of its own, for the same petitioner, from the same moment. Gives the part.
    pub async fn split(
        &self,
        who: &Who,
        whole: PetitionId,
        part: Part,
        call: &Call,
    ) -> Result<Petition, ActError> {
        let place = &self.here;
        let once = (call.key.as_ref()).map(|key| {
            once_key(
                Deed::SplitOff.code(),
                who,
                &[&whole.bytes(), key.as_slice()].concat(),
            )
        });
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            match self.first_answer(place, once).await {
                Err(ActError::NotFound) => {}
                known => return known,
            }
            match self.split_off(place, who, whole, &part, once, call).await {
                Err(ActError::Trouble(Trouble::Contended)) => {}
                other => return other,
            }
        }
        Err(Trouble::Contended.into())
    }

    async fn split_off(
        &self,
        place: &Place,
        who: &Who,
        whole: PetitionId,
        part: &Part,
        once: Option<[u8; 32]>,
        call: &Call,
    ) -> Result<Petition, ActError> {
        let head = self.admitted(who, whole).await?;
        let p = &head.petition;
        may(who, Deed::SplitOff, Some(p))?;
        let filing = Filing {
            service: part.service,
            entry: p.entry,
            field: p.field,
            district: p.district,
            person: PersonId(p.person.0),
            title: part.title.clone(),
            body: Some(part.body.clone()),
            place: None,
            files: Vec::new(),
            form: None,
            openness: p.openness,
            happened: Some((p.filed_at, HappenedGround::Split)),
            split_from: Some(p.id),
            intake: Default::default(),
        };
        check_filing(&filing)?;
        let office = self.office();
        let now = self.now().max(p.recorded_at);
        let petitioner = Petitioner::Known(p.person);
        let begun = self
            .filing(place, &office, who, &petitioner, filing, None, call, now)
            .await?;
        let (mut batch, new) = (begun.batch, begun.head.petition);
        self.announce(&mut batch, &office, &new, &begun.filed, now);
        let act = Act::SplitOff {
            part: new.id,
            number: new.number,
            reason: part.reason.clone(),
        };
        check_act(&act)?;
        let (service, procedure) = self.rules_of(&office, p, &act, now)?;
        offered(p, Deed::SplitOff, who, procedure)?;
        let key = place.key_of(p.id.bytes()).await?;
        let laid = act.lay(&mut |raw: Raw| Ok::<_, Refusal>(self.lay(&mut batch, &key, &raw)))?;
        let setting = setting(&office, service, procedure, who, now, Numbers::default());
        let events = decide(p, &laid, &setting)?;
        self.append(
            &mut batch,
            &office,
            &head,
            (who, None),
            events,
            &Numbers::default(),
            now,
        )?;
        self.write_down(&mut batch, who, Deed::SplitOff, p.id, call, now);
        if let Some(once) = once {
            batch.once(once, new.id, 1, now);
        }
        match place.commit(batch, Urgency::User).await {
            Ok(()) => Ok(new),
            Err(CommitFault::NumberTaken) => Err(Trouble::Contended.into()),
            Err(fault) => Err(fault.into()),
        }
    }
}

/// What is split off.
#[derive(Debug, Clone)]
pub struct Part {
    /// Row of the catalogue it is filed under.
    pub service: Code,
    /// 제목.
    pub title: Raw,
    /// 내용.
    pub body: Raw,
    /// Why it is split off.
    pub reason: Raw,
}

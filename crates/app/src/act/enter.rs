//! 창구 접수 — a petition taken in by a clerk and moved on in the same sitting: one list of writes, stored whole or not at all.
//!
//! A phone call answered at once, a certificate issued while one waits, a one-stop service received, decided and handed out:
//! each is filed and acted on by the ordinary rules, one after the other, and the citizen sees the number only after all of
//! it is stored. Only the last step is announced: nobody is told of three things that happened before their eyes.

use super::{ActError, Begun, Call, Numbers, Petitioner, add, once_key, setting};
use crate::words::{Raw, check_act, check_filing};
use crate::{App, TRIES, Trouble};
use domain::access::Who;
use domain::act::{Act, Filing};
use domain::decide::decide;
use domain::event::{Event, Recorded};
use domain::life::Deed;
use domain::petition::Petition;
use domain::refusal::Refusal;
use store::batch::CommitFault;
use store::engine::Urgency;

impl App {
    /// Files and then does `acts` in their order. Where the filing happened earlier (서면·장애·현장), the reception counts
    /// from then, too. Errors: the first refusal of any step; nothing is stored then.
    pub async fn enter(
        &self,
        who: &Who,
        petitioner: Petitioner,
        filing: Filing<Raw>,
        acts: Vec<Act<Raw>>,
        call: &Call,
    ) -> Result<Petition, ActError> {
        // A clerk who is not entitled puts it in and sees it no more: what follows is done inside.
        if let Some(room) = self.room_for(filing.service)? {
            return Box::pin(room.file(who, petitioner, filing, call)).await;
        }
        check_filing(&filing)?;
        acts.iter().try_for_each(check_act)?;
        if let Petitioner::New(contact) = &petitioner
            && contact.name.trim().is_empty()
        {
            return Err(Refusal::PetitionerUnclear.into());
        }
        let place = &self.here;
        let once = call.key.as_ref().map(|key| once_key("file", who, key));
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            // Numbers of receptions and documents follow one another without a lost race.
            let in_order = self.in_order().await;
            let entered = self.entered(who, &petitioner, &filing, &acts, once, call).await;
            let (begun, last) = match entered {
                Ok(entered) => entered,
                Err(ActError::Refused(refusal)) => {
                    drop(in_order);
                    return match self.first_answer(place, once).await {
                        Ok(petition) => Ok(petition),
                        Err(ActError::Trouble(trouble)) => Err(trouble.into()),
                        Err(_) => Err(refusal.into()),
                    };
                }
                Err(other) => return Err(other),
            };
            let Begun { mut batch, head, .. } = begun;
            let office = self.office();
            self.announce(&mut batch, &office, &head.petition, &last, last.recorded_at);
            match place.commit(batch, Urgency::User).await {
                Ok(()) => return Ok(head.petition),
                Err(CommitFault::Repeated) => return self.first_answer(place, once).await,
                Err(CommitFault::NumberTaken | CommitFault::Conflict) => {}
                Err(fault @ CommitFault::Store(_)) => return Err(fault.into()),
            }
        }
        Err(Trouble::Contended.into())
    }

    /// One try: the whole list, and the last event in it.
    async fn entered(
        &self,
        who: &Who,
        petitioner: &Petitioner,
        filing: &Filing<Raw>,
        acts: &[Act<Raw>],
        once: Option<[u8; 32]>,
        call: &Call,
    ) -> Result<(Begun, Recorded), ActError> {
        let place = &self.here;
        let (office, now) = (self.office(), self.now());
        let year = now.date().ok_or(Refusal::OutsideCalendar)?.year();
        let mut begun = self
            .filing(place, &office, who, petitioner, filing.clone(), once, call, now)
            .await?;
        let first = begun.head.clone();
        let mut last = begun.filed.clone();
        for act in acts {
            let before = begun.head.petition.clone();
            let series = Numbers::read(place, &office, who, &before, act.deed(), year, self.chance()).await?;
            let (service, procedure) = self.rules_of(&office, &before, act, now)?;
            let laid = act
                .clone()
                .lay(&mut |raw: Raw| Ok::<_, Refusal>(self.lay(&mut begun.batch, &begun.key, &raw)))?;
            // What was done with the paper or during the outage is decided by the moment at which it was done.
            let happened = filing.happened.filter(|_| act.deed() == Deed::Receive);
            let at = happened.map_or(now, |(at, _)| at);
            let events = decide(
                &before,
                &laid,
                &setting(&office, service, procedure, who, at, series.clone()),
            )?;
            for event in events {
                // A letter that waits for the post stands behind what it tells: that is what is announced.
                let letter = matches!(event, Event::MailingDue { .. });
                let added = add(
                    &mut begun.batch,
                    &mut begun.head,
                    (who, None),
                    event,
                    &series,
                    now,
                    happened,
                )?;
                if !letter {
                    last = added;
                }
            }
            self.write_down(&mut begun.batch, who, act.deed(), before.id, call, now);
        }
        if begun.head.petition.seq > first.petition.seq {
            begun
                .batch
                .head_next(&first.petition, &begun.head.petition, &begun.head.hash)?;
            crate::supervision::measure_end(&mut begun.batch, &office, &first.petition, &begun.head.petition);
        }
        Ok((begun, last))
    }
}

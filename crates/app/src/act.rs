//! 행위 — the one door to writing: read the clock once, decide, and commit one list of writes.
//!
//! It is longer than 600 lines because every act takes the same one way through it; what reaches over several petitions stands beside it.
//!
//! A citizen sees a number only after that list is stored. A repeated key gets the first answer again and makes no second
//! petition; who loses a race decides again on the new state.

pub mod each;
mod enter;
mod foresee;
pub mod many;
mod numbers;
pub mod register;
pub mod tell;
mod together;

use crate::office::Office;
use crate::sharing::Signed;
use crate::words::{Raw, check_act, check_filing};
use crate::{App, TRIES, Trouble};
use domain::absence::Part;
use domain::access::{Sight, Who, instead_of};
use domain::act::{Act, Filing};
use domain::certificate::CheckCode;
use domain::decide::{Numbering, Setting, decide, file};
use domain::event::{Event, Recorded};
use domain::handbook::Service;
use domain::id::{OfficialId, OutboxId, PersonId, PetitionId, TextId, UnitId};
use domain::life::Deed;
use domain::mailing::Fate;
use domain::number::FilingNumber;
use domain::petition::Petition;
use domain::procedure::Procedure;
use domain::refusal::Refusal;
use domain::tally::deltas;
use domain::terms::{By, HappenedGround, Kind, Seat};
use domain::time::At;
use numbers::Numbers;
use store::batch::{Batch, CommitFault};
use store::engine::{Urgency, Write};
use store::head::Head;
use store::journal::BEGINNING;
use store::ledger::Look;
use store::outbox::To;
use store::person::Contact;
use store::place::Place;
use store::vault::OwnerKey;

const HOUR: i64 = 3_600_000;

/// From where and by which key an act comes.
#[derive(Debug, Clone, Default)]
pub struct Call {
    /// The address it came from, 4 or 16 bytes; empty for commands and duties.
    pub origin: Vec<u8>,
    /// What makes a repeat the same call: chosen by the client, any bytes.
    pub key: Option<Vec<u8>>,
}

/// Who files.
#[derive(Debug, Clone)]
pub enum Petitioner {
    /// A person the office knows by a verified contact.
    Known(PersonId),
    /// One whose name and contact are written down with this petition.
    New(Contact),
}

impl Petitioner {
    /// One whose name and contact a clerk has written down; the telephone number as digits.
    pub fn written_down(
        name: String,
        phone: Option<String>,
        mail: Option<String>,
        address: Option<String>,
        language: &str,
    ) -> Petitioner {
        Petitioner::New(Contact {
            name,
            phone,
            mail,
            address,
            language: language.to_owned(),
        })
    }
}

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The law or the office says no; each refusal names its clause.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// There is no such petition, or none that this person may know of.
    #[error("there is no such petition")]
    NotFound,
    /// The machine.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

impl From<Refusal> for ActError {
    fn from(refusal: Refusal) -> ActError {
        ActError::Refused(refusal)
    }
}

crate::from_trouble!(
    ActError:
    store::engine::ReadError,
    store::vault::VaultError,
    CommitFault,
    serde_json::Error
);

impl From<crypto::keyring::KeyError> for ActError {
    fn from(error: crypto::keyring::KeyError) -> ActError {
        ActError::Trouble(Trouble::Broken(error.to_string()))
    }
}

impl App {
    /// 신청 — files a petition and gives it back as stored.
    pub async fn file(
        &self,
        who: &Who,
        petitioner: Petitioner,
        filing: Filing<Raw>,
        call: &Call,
    ) -> Result<Petition, ActError> {
        self.file_consenting(who, petitioner, filing, None, call).await
    }

    /// The same with a consent to shared information, stored with the petition or not at all.
    pub async fn file_consenting(
        &self,
        who: &Who,
        petitioner: Petitioner,
        filing: Filing<Raw>,
        consent: Option<&Signed>,
        call: &Call,
    ) -> Result<Petition, ActError> {
        if let Some(room) = self.room_for(filing.service)? {
            return Box::pin(room.file_consenting(who, petitioner, filing, consent, call)).await;
        }
        check_filing(&filing)?;
        self.fits(filing.service, filing.form.as_ref())?;
        if let Petitioner::New(contact) = &petitioner
            && contact.name.trim().is_empty()
        {
            return Err(Refusal::PetitionerUnclear.into());
        }
        let place = &self.here;
        let office = self.office();
        let once = call.key.as_ref().map(|key| once_key("file", who, key));
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let now = self.now();
            let mut begun = self
                .filing(place, &office, who, &petitioner, filing.clone(), once, call, now)
                .await?;
            if let Some(signed) = consent {
                let (key, p) = (&begun.key, &begun.head.petition);
                self.lay_consent(&mut begun.batch, key, p, (who, signed), now)
                    .await?;
            }
            self.announce(&mut begun.batch, &office, &begun.head.petition, &begun.filed, now);
            let (batch, petition) = (begun.batch, begun.head.petition);
            match place.commit(batch, Urgency::User).await {
                Ok(()) => return Ok(petition),
                Err(CommitFault::Repeated) => return self.first_answer(place, once).await,
                Err(CommitFault::NumberTaken | CommitFault::Conflict) => {}
                Err(fault @ CommitFault::Store(_)) => return Err(fault.into()),
            }
        }
        Err(Trouble::Contended.into())
    }

    /// The writes of a filing, not stored: for benches, which replay them on a bare engine. Everybody else files.
    pub async fn filing_writes(
        &self,
        who: &Who,
        petitioner: &Petitioner,
        filing: Filing<Raw>,
        call: &Call,
    ) -> Result<Vec<Write>, ActError> {
        let once = call.key.as_ref().map(|key| once_key("file", who, key));
        let (place, office, now) = (&self.here, self.office(), self.now());
        let begun = self
            .filing(place, &office, who, petitioner, filing, once, call, now)
            .await?;
        let mut batch = begun.batch;
        self.announce(&mut batch, &office, &begun.head.petition, &begun.filed, now);
        Ok(batch.into_writes())
    }

    /// The list of writes of a filing.
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one filing, each used once"
    )]
    async fn filing(
        &self,
        place: &Place,
        office: &Office,
        who: &Who,
        petitioner: &Petitioner,
        mut filing: Filing<Raw>,
        once: Option<[u8; 32]>,
        call: &Call,
        now: At,
    ) -> Result<Begun, ActError> {
        place.ready(now, &mut self.fill())?;
        let mut batch = Batch::new();
        let language = match petitioner {
            Petitioner::New(contact) => contact.language.as_str(),
            Petitioner::Known(_) => "ko",
        };
        self.principal(&mut batch, &mut filing.intake.party, language, now)
            .await?;
        if let Petitioner::Known(person) = petitioner
            && self.is_inside()
        {
            self.bring_person(&self.ordinary(), &mut batch, *person, now)
                .await?;
        }
        let id = PetitionId(self.id());
        let mut begun = self.begin(batch, office, who, (id, petitioner), filing, now)?;
        let Head { petition, hash } = &begun.head;
        begun.batch.head_first(petition, hash)?;
        self.write_down(&mut begun.batch, who, Deed::File, petition.id, call, now);
        if let Some(once) = once {
            begun.batch.once(once, petition.id, 1, now);
        }
        Ok(begun)
    }

    /// The same but for its head and its line in the access log, behind what the list holds; asks nothing of the store.
    fn begin(
        &self,
        mut batch: Batch,
        office: &Office,
        who: &Who,
        (id, petitioner): (PetitionId, &Petitioner),
        mut filing: Filing<Raw>,
        now: At,
    ) -> Result<Begun, ActError> {
        let place = &self.here;
        let fill = &mut self.fill();
        let person = match petitioner {
            Petitioner::Known(person) => *person,
            Petitioner::New(contact) => {
                let person = PersonId(self.id());
                batch.person(place, person, TextId(self.id()), contact, now, fill)?;
                self.remember_claims(&mut batch, person, contact);
                person
            }
        };
        filing.person = person;
        let key = batch.owner_key(place, id.bytes(), now, fill)?;
        let filing = filing.lay(&mut |raw: Raw| Ok::<_, Refusal>(self.lay(&mut batch, &key, &raw)))?;
        let day = filing
            .happened
            .map_or(now, |(at, _)| at)
            .date()
            .ok_or(Refusal::OutsideCalendar)?;
        let service = office
            .service_on(filing.service, day)
            .or_else(|| office.service_newest(filing.service));
        let service = service.ok_or(Refusal::ServiceNotValid)?;
        let procedure = self
            .procedures
            .newest(service.procedure)
            .ok_or(Refusal::ServiceNotValid)?;
        let mut chance = [0; 8];
        fill(&mut chance);
        let number = FilingNumber::new(now, u64::from_le_bytes(chance)).ok_or(Refusal::OutsideCalendar)?;
        // A part that is split off is filed by whoever splits, for the petitioner: whether they may was decided with the whole.
        let decides = if filing.split_from.is_some() {
            &Who::System
        } else {
            who
        };
        let setting = setting(office, service, procedure, decides, now, Numbers::default());
        let mut event = file(&filing, number, &setting)?;
        if let Event::Filed { protected, .. } = &mut event {
            *protected = self.is_inside();
        }
        let recorded = Recorded {
            petition: id,
            seq: 1,
            by: who.by(),
            recorded_at: now,
            instead_of: None,
            happened: filing.happened,
            event,
        };
        let petition = Petition::begin(&recorded).map_err(|error| Trouble::Broken(error.to_string()))?;
        let hash = batch.event(&recorded, &BEGINNING, &deltas(None, &petition))?;
        Ok(Begun {
            batch,
            key,
            head: Head { petition, hash },
            filed: recorded,
        })
    }

    /// Does an act to a petition and gives the petition as it then stands.
    pub async fn act(
        &self,
        who: &Who,
        id: PetitionId,
        act: Act<Raw>,
        call: &Call,
    ) -> Result<Petition, ActError> {
        if let Some(room) = self.elsewhere(who, id).await? {
            return Box::pin(room.act(who, id, act, call)).await;
        }
        check_act(&act)?;
        let place = &self.here;
        let once = call
            .key
            .as_ref()
            .map(|key| once_key(act.deed().code(), who, &[&id.bytes(), key.as_slice()].concat()));
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let head = self.admitted(who, id).await?;
            match self.acted(place, who, &head, &act, once, call).await {
                Ok(petition) => {
                    if petition.protected != self.is_inside() {
                        // Where the move fails, the duty makes up for it.
                        self.settle(id).await?;
                    }
                    return Ok(petition);
                }
                Err(ActError::Refused(refusal)) => {
                    // The same call may have been done already: then its first answer stands.
                    return match self.first_answer(place, once).await {
                        Ok(petition) => Ok(petition),
                        Err(ActError::Trouble(trouble)) => Err(trouble.into()),
                        Err(_) => Err(refusal.into()),
                    };
                }
                Err(ActError::Trouble(Trouble::Contended)) => match self.first_answer(place, once).await {
                    Err(ActError::NotFound) => {}
                    known => return known,
                },
                Err(other) => return Err(other),
            }
        }
        Err(Trouble::Contended.into())
    }

    /// The petition, if `who` may know of it.
    async fn admitted(&self, who: &Who, id: PetitionId) -> Result<Head, ActError> {
        let head = self.head(id).await?.ok_or(ActError::NotFound)?;
        if Sight::of(who).admits(&head.petition) {
            Ok(head)
        } else {
            Err(ActError::NotFound)
        }
    }

    async fn first_answer(&self, place: &Place, once: Option<[u8; 32]>) -> Result<Petition, ActError> {
        let once = once.ok_or(ActError::NotFound)?;
        let (id, _) = place.done_before(&once).await?.ok_or(ActError::NotFound)?;
        // The first time it may have been unknown whether it was stored: an answer now is a promise.
        place.make_sure().await?;
        Ok(place.head(id).await?.ok_or(ActError::NotFound)?.petition)
    }

    /// One try: decide on `head` and commit.
    async fn acted(
        &self,
        place: &Place,
        who: &Who,
        head: &Head,
        act: &Act<Raw>,
        once: Option<[u8; 32]>,
        call: &Call,
    ) -> Result<Petition, ActError> {
        let office = self.office();
        let before = &head.petition;
        self.asked_fits(before, act)?;
        let _in_order = match act.deed() {
            Deed::Receive | Deed::Sign | Deed::AnswerAtOnce | Deed::Issue | Deed::IssueDunning => {
                Some(self.in_order().await)
            }
            _ => None,
        };
        // What is recorded never goes back in time within a petition, even if the machine's clock does.
        let now = self.now().max(before.recorded_at);
        let year = now.date().ok_or(Refusal::OutsideCalendar)?.year();
        let beside = self.beside(place, who, act).await?;
        let hours = self.hours_asked(who, before, act).await?;
        let chance = self.chance();
        let series = Numbers::read(place, &office, who, before, act.deed(), year, chance).await?;
        let key = place.key_of(before.id.bytes()).await?;
        let mut batch = Batch::new();
        let mut act = act.clone();
        if let Act::CorrectParty { party, .. } = &mut act {
            self.principal(&mut batch, party, "ko", now).await?;
        }
        let matter = Matter {
            office: &office,
            key: Some(&key),
            beside: &beside,
            busy: &hours.busy,
            series: &series,
        };
        let Some(after) = self.led_to(&mut batch, who, head, &act, &matter, now)? else {
            return Ok(before.clone());
        };
        if let Some((series, turn)) = &hours.turn {
            batch.take_number(series, *turn);
        }
        batch.head_next(before, &after.petition, &after.hash)?;
        self.write_down(&mut batch, who, act.deed(), before.id, call, now);
        self.count_choice(&mut batch, who, before, &act).await;
        if let Some(once) = once {
            batch.once(once, before.id, after.petition.seq, now);
        }
        place.commit(batch, Urgency::User).await?;
        Ok(after.petition)
    }

    /// What an act leads to: everything it changes but the head and the access log goes into the list, and the petition as it then stands is given;
    /// `None` where the act changes nothing. Asks nothing of the store.
    fn led_to(
        &self,
        batch: &mut Batch,
        who: &Who,
        head: &Head,
        act: &Act<Raw>,
        matter: &Matter<'_>,
        now: At,
    ) -> Result<Option<Head>, ActError> {
        let (office, before) = (matter.office, &head.petition);
        let (service, procedure) = self.rules_of(office, before, act, now)?;
        let laid = act.clone().lay(&mut |raw: Raw| {
            let key = matter.key.ok_or(Refusal::NotNow)?;
            Ok::<_, Refusal>(self.lay(batch, key, &raw))
        })?;
        let mut events = decide(
            before,
            &laid,
            &Setting {
                beside: matter.beside,
                busy: matter.busy,
                ..setting(office, service, procedure, who, now, matter.series.clone())
            },
        )?;
        if let Act::Reclassify { service, reason, .. } = &laid
            && self.is_protected(*service)
            && !before.protected
            && !events.is_empty()
        {
            // What is classified as a protected service becomes a protected petition, on the same ground.
            events.push(Event::Protected { reason: *reason });
        }
        if events.is_empty() {
            return Ok(None);
        }
        let absent = instead_of(who, act.deed(), before);
        let after = self.follow(batch, office, head, (who, absent), events, matter.series, now)?;
        Ok(Some(after))
    }

    /// Adds events, head, numbers and notices to the list.
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one commit, each used once"
    )]
    fn append(
        &self,
        batch: &mut Batch,
        office: &Office,
        head: &Head,
        (who, instead_of): (&Who, Option<OfficialId>),
        events: Vec<Event>,
        series: &Numbers,
        now: At,
    ) -> Result<Petition, ActError> {
        let after = self.follow(batch, office, head, (who, instead_of), events, series, now)?;
        batch.head_next(&head.petition, &after.petition, &after.hash)?;
        Ok(after.petition)
    }

    /// Adds events, numbers and notices to the list, and gives the head that they lead to.
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one commit, each used once"
    )]
    fn follow(
        &self,
        batch: &mut Batch,
        office: &Office,
        head: &Head,
        (who, instead_of): (&Who, Option<OfficialId>),
        events: Vec<Event>,
        series: &Numbers,
        now: At,
    ) -> Result<Head, ActError> {
        let mut after = head.clone();
        for event in events {
            let recorded = add(batch, &mut after, (who, instead_of), event, series, now, None)?;
            self.announce(batch, office, &after.petition, &recorded, now);
        }
        if after.petition.protected != head.petition.protected {
            batch.moving(after.petition.id, now);
        }
        crate::supervision::measure_end(batch, office, &head.petition, &after.petition);
        Ok(after)
    }

    /// 75 bits nobody can guess, for a check code.
    fn chance(&self) -> CheckCode {
        let mut bytes = [0; 16];
        self.ports.chance.fill(&mut bytes);
        CheckCode::new(u128::from_le_bytes(bytes))
    }

    /// The service and the procedure an act is decided under: those of the petition, or the new ones of a reclassification.
    fn rules_of<'a>(
        &'a self,
        office: &'a Office,
        before: &Petition,
        act: &Act<Raw>,
        now: At,
    ) -> Result<(&'a Service, &'a Procedure), ActError> {
        if let Act::Reclassify { service, .. } = act {
            let day = now.date().ok_or(Refusal::OutsideCalendar)?;
            let service = office.service_on(*service, day).ok_or(Refusal::ServiceNotValid)?;
            let old = self.procedures.version(before.procedure.0, before.procedure.1);
            let new = self
                .procedures
                .newest(service.procedure)
                .ok_or(Refusal::ServiceNotValid)?;
            // Whether reclassifying is offered is for the old procedure to say; what comes after, for the new one.
            let life = before.life;
            if !old.is_some_and(|old| old.offers(life, Deed::Reclassify)) {
                return Err(Refusal::NotInProcedure.into());
            }
            return Ok((service, new));
        }
        let missing = || Trouble::Broken("the petition's service or procedure is unknown".into());
        let service = office.services.get(&before.service).ok_or_else(missing)?;
        let procedure = self
            .procedures
            .version(before.procedure.0, before.procedure.1)
            .ok_or_else(missing)?;
        Ok((service, procedure))
    }

    /// Lays one text into the vault.
    fn lay(&self, batch: &mut Batch, key: &OwnerKey, raw: &Raw) -> domain::text::Text {
        batch.text(key, TextId(self.id()), &raw.0, &mut self.fill())
    }

    /// Writes the act into the ledger.
    fn write_down(&self, batch: &mut Batch, who: &Who, deed: Deed, id: PetitionId, call: &Call, now: At) {
        let look = Look {
            at: now,
            ..self.look_of(who, deed.code(), Some(id), 1, call)
        };
        batch.look(self.id(), &look);
    }

    /// Queues the notices an event calls for. Migrated and simulated acts put nothing in the outbox.
    fn announce(&self, batch: &mut Batch, office: &Office, p: &Petition, recorded: &Recorded, now: At) {
        let migrated = matches!(recorded.happened, Some((_, HappenedGround::Migrated)));
        if migrated || self.course == crate::Course::Simulated {
            return;
        }
        let person = To::Person(p.person);
        let seat = |seat: Seat, unit: Option<UnitId>| {
            office.holders(seat, unit).into_iter().map(To::Official).collect()
        };
        // Whoever acts now is told: the stand-in while the official is away.
        let acting = |official: OfficialId, part: Part| To::Official(office.acting(official, part, now));
        let handler = || -> Vec<To> {
            p.handler
                .into_iter()
                .map(|id| acting(id, Part::Handling))
                .collect()
        };
        let signer = || {
            // Whoever sends up and signs in one act (즉시답변) is not told that their own signature is awaited.
            p.signer()
                .filter(|s| recorded.by != By::Official(s.official))
                .map(|s| acting(s.official, Part::Signing))
                .into_iter()
                .collect::<Vec<_>>()
        };
        if let Event::ProceedingOpened { .. } | Event::ProceedingMoved { .. } = &recorded.event {
            for to in crate::proceedings::told::told(office, p, recorded) {
                self.queue_notice(
                    batch,
                    p.id,
                    recorded.seq,
                    (crate::proceedings::NOTICE, to, 0),
                    now,
                );
            }
        }
        let notices: Vec<(&str, Vec<To>, i64)> = match &recorded.event {
            Event::Filed { .. } => vec![("filed", vec![person], 0)],
            Event::Received { .. } => vec![("received", vec![person], 0)],
            Event::Distributed { unit } => {
                vec![("distributed", seat(Seat::DepartmentReceiver, Some(*unit)), 0)]
            }
            Event::SendBackAsked { .. } => vec![("sent_back", seat(Seat::IntegratedReceiver, None), 0)],
            Event::Designated { .. } => vec![("designated", handler(), 0)],
            Event::SupplementAsked { .. } => vec![("supplement_asked", vec![person], 0)],
            Event::SupplementGiven { .. } => vec![("supplemented", handler(), 0)],
            Event::ExtensionProposed { .. } => vec![("extension_consent", vec![person], 0)],
            Event::Extended { .. } => vec![("extended", vec![person], 0)],
            Event::SentUp { .. } | Event::Signed { .. } => vec![("approval_waiting", signer(), 0)],
            Event::Rerouted { .. } | Event::SignerReplaced { .. } => vec![("approval_waiting", signer(), 0)],
            Event::TurnedBack { .. } => vec![("returned", handler(), 0)],
            // What went out before it was registered concerns nobody any more.
            Event::DocumentRegistered { .. } if !p.life.is_open() => Vec::new(),
            Event::DocumentRegistered { .. } => vec![("document_registered", handler(), 0)],
            Event::RegistrationRefused { .. } => vec![("registration_refused", drafter(p), 0)],
            Event::DeemedDecided { .. } => vec![("deemed_decided", vec![person], 0)],
            // Third parties are told by letter; the petitioner reads of the day in the answer's own notice.
            Event::ThirdPartyTold { .. } | Event::ThirdPartyHeard { .. } | Event::DisclosureSet { .. } => {
                Vec::new()
            }
            Event::HandedOver { .. } => vec![("designated", handler(), 0)],
            Event::PartyCorrected { .. } => vec![("party_corrected", vec![person], 0)],
            Event::MailingSent { .. } => vec![("letter_posted", vec![person], 0)],
            Event::MailingEnded {
                fate: Fate::Returned(..),
                ..
            } => {
                let whom = match p.handler {
                    Some(_) => handler(),
                    None => seat(Seat::IntegratedReceiver, None),
                };
                vec![("letter_returned", whom, 0)]
            }
            Event::MailingDue { .. } | Event::MailingEnded { .. } => Vec::new(),
            Event::Succeeded { unit, .. } => {
                vec![("distributed", seat(Seat::DepartmentReceiver, Some(*unit)), 0)]
            }
            Event::Answered { .. } => vec![
                ("answered", vec![person], 0),
                ("rating_invited", vec![person], 24 * HOUR),
            ],
            Event::ClaimReminded { .. } => vec![("claim_reminded", vec![person], 0)],
            Event::UnclaimedDiscarded { .. } => vec![("unclaimed_discarded", vec![person], 0)],
            Event::AdvanceNoticeIssued { to, .. } => vec![("advance_notice", officials(to), 0)],
            Event::DunningIssued { to, .. } => vec![("dunning", officials(to), 0)],
            Event::DunningReplied { .. } => vec![("dunning_replied", issuer(p), 0)],
            Event::Withdrawn { .. } => vec![("withdrawn", vec![person], 0)],
            Event::Transferred { .. } => vec![("transferred", vec![person], 0)],
            Event::Referred { .. } => vec![("referred", vec![person], 0)],
            Event::ReportedBack { .. } => vec![("reported_back", vec![person], 0)],
            Event::Converted { .. } => vec![("converted", vec![person], 0)],
            Event::DeemedWithdrawn {} => vec![("withdrawn", vec![person], 0)],
            Event::ProgressTold { .. } => vec![("progress", vec![person], 0)],
            Event::Merged { .. } => vec![("merged", vec![person], 0)],
            Event::PartSplitOff { .. } => vec![("split_off", vec![person], 0)],
            Event::Amended { .. } => vec![("amended", handler(), 0)],
            Event::Rectified { .. } => vec![("rectified", vec![person], 0)],
            Event::JurisdictionRuled { unit, .. } => {
                vec![("distributed", seat(Seat::DepartmentReceiver, Some(*unit)), 0)]
            }
            Event::ConsultAsked { unit, .. } => {
                vec![("consult_asked", seat(Seat::DepartmentReceiver, Some(*unit)), 0)]
            }
            Event::ConsultProlonged { .. } | Event::ConsultReplied { .. } => {
                vec![("consult_replied", handler(), 0)]
            }
            Event::ConsultCancelled { .. } => Vec::new(),
            Event::Objected { .. } => {
                let head = p.unit.map(|unit| seat(Seat::DepartmentHead, Some(unit)));
                vec![
                    ("objection_made", vec![person], 0),
                    (
                        "objection_waiting",
                        [handler(), head.unwrap_or_default()].concat(),
                        0,
                    ),
                ]
            }
            Event::ObjectionExtended { .. } => vec![("objection_extended", vec![person], 0)],
            Event::ObjectionDecided { .. } => vec![("objection_decided", vec![person], 0)],
            Event::FurtherAsked { .. } => vec![("further_asked", handler(), 0)],
            Event::FurtherAnswered { .. } => vec![("further_answered", vec![person], 0)],
            Event::Narrowed { .. } => vec![("narrowed", vec![person], 0)],
            // Whoever takes over inside is told there, once the petition lies there.
            Event::Protected { .. } | Event::Unprotected { .. } => Vec::new(),
            Event::Published { .. } => vec![("published", vec![person], 0)],
            Event::EarlierLinked { .. }
            | Event::BoardHeld { .. }
            | Event::DemandReturned { .. }
            | Event::MassMarked { .. }
            | Event::RepresentativesChosen { .. }
            | Event::TookIn { .. }
            | Event::ConclusionCorrected { .. }
            | Event::Unpublished {} => Vec::new(),
            // Whom the track names is told above, in its words.
            Event::ProceedingOpened { .. }
            | Event::ProceedingMoved { .. }
            | Event::ProceedingEnded { .. }
            | Event::Reclassified { .. }
            | Event::UnitReceived { .. }
            | Event::SupplementProlonged { .. }
            | Event::HoldBegan { .. }
            | Event::HoldEnded { .. }
            | Event::ExtensionDeclined {}
            | Event::Drafted { .. }
            | Event::Approved { .. }
            | Event::Issued { .. }
            | Event::HandedOut { .. }
            | Event::Recalled {}
            | Event::AnswerRead {}
            | Event::DunningReceived { .. }
            | Event::Rated { .. }
            | Event::Migrated { .. }
            | Event::ConfirmedAfter { .. }
            | Event::Entrusted { .. }
            | Event::TakenBack { .. }
            | Event::FieldNoted { .. }
            | Event::Circulated { .. }
            | Event::CirculationRead {}
            | Event::DueMoved { .. } => Vec::new(),
        };
        if matches!(recorded.event, Event::Answered { .. }) {
            self.announce_to_children(batch, p, recorded.seq, now);
        }
        let principal = p.intake.party.principal.map(To::Person);
        for (template, whom, later) in notices {
            // 본인 is told of everything the agent is.
            let also = principal.filter(|_| whom.contains(&person));
            for to in whom.into_iter().chain(also) {
                self.queue_notice(batch, p.id, recorded.seq, (template, to, later), now);
            }
        }
    }

    /// Queues one notice about an event, once.
    fn queue_notice(
        &self,
        batch: &mut Batch,
        p: PetitionId,
        cause: u32,
        (template, to, later): (&str, To, i64),
        now: At,
    ) {
        let once = effect_key(template, p, cause, to);
        batch.effect(
            OutboxId(self.id()),
            once,
            p,
            cause,
            template,
            to,
            now,
            now.plus(later),
        );
    }
}

fn officials(to: &[OfficialId]) -> Vec<To> {
    to.iter().copied().map(To::Official).collect()
}

/// Who answers for the draft: the handler, or who drafted it at once.
fn drafter(p: &Petition) -> Vec<To> {
    let drafted = match p.draft.map(|draft| draft.by) {
        Some(By::Official(official)) => Some(official),
        Some(By::Citizen(_) | By::Machine(_) | By::System) | None => None,
    };
    (p.handler.or(drafted).into_iter()).map(To::Official).collect()
}

/// Who issued the newest dunning letter.
fn issuer(p: &Petition) -> Vec<To> {
    match p.dunning().map(|letter| letter.by) {
        Some(By::Official(official)) => vec![To::Official(official)],
        Some(By::Citizen(_) | By::Machine(_) | By::System) | None => Vec::new(),
    }
}

/// A filing in the making: its list of writes, its key, where it stands, and the event it begins with.
struct Begun {
    batch: Batch,
    key: OwnerKey,
    head: Head,
    filed: Recorded,
}

/// What an act is decided with, beside the petition itself.
struct Matter<'a> {
    office: &'a Office,
    /// For what is said; `None` where nothing is.
    key: Option<&'a OwnerKey>,
    beside: &'a [Petition],
    busy: &'a [(At, At)],
    series: &'a Numbers,
}

/// Adds one event to the list: the number it takes, the event itself, and where the petition then stands.
fn add(
    batch: &mut Batch,
    head: &mut Head,
    (who, instead_of): (&Who, Option<OfficialId>),
    event: Event,
    series: &Numbers,
    now: At,
    happened: Option<(At, HappenedGround)>,
) -> Result<Recorded, ActError> {
    match &event {
        Event::Received { number, .. } => {
            batch.take_number(&series.reception_series, number.n - series.before_receptions)
        }
        Event::Approved {
            document: Some(document),
            ..
        } => batch.take_number(&series.document_series, document.n - series.before_documents),
        Event::DunningIssued { number, .. } => {
            batch.take_number(&series.letter_series, number.n - series.before_documents)
        }
        Event::Issued { number, .. } => batch.take_number(&series.issue_series, number.n),
        _ => {}
    }
    let recorded = Recorded {
        petition: head.petition.id,
        seq: head.petition.seq + 1,
        by: who.by(),
        recorded_at: now,
        instead_of,
        happened,
        event,
    };
    if series.numbering == Numbering::Outside && matches!(recorded.event, Event::Approved { .. }) {
        batch.dossier(&recorded);
    }
    batch.dossier_answered(&recorded);
    let earlier = head.petition.clone();
    head.petition
        .apply(&recorded)
        .map_err(|error| Trouble::Broken(error.to_string()))?;
    head.hash = batch.event(&recorded, &head.hash, &deltas(Some(&earlier), &head.petition))?;
    Ok(recorded)
}

/// What makes an effect the same effect: notice, petition, cause, receiver.
pub(crate) fn effect_key(template: &str, petition: PetitionId, cause: u32, to: To) -> [u8; 32] {
    let whom = match to {
        To::Person(person) => person.bytes(),
        To::Official(official) => official.bytes(),
    };
    crypto::hash::sha256(
        "minwon effect",
        &[
            template.as_bytes(),
            &petition.bytes(),
            &cause.to_be_bytes(),
            &whom,
        ],
    )
}

/// What makes a call the same call: the deed, who does it, and the client's key.
pub(crate) fn once_key(deed: &str, who: &Who, key: &[u8]) -> [u8; 32] {
    let whom = match who {
        Who::Citizen(person) => person.bytes(),
        Who::Official(official) => official.id.bytes(),
        Who::System => [0; 16],
    };
    crypto::hash::sha256("minwon once", &[deed.as_bytes(), &whom, key])
}

fn setting<'a>(
    office: &'a Office,
    service: &'a Service,
    procedure: &'a Procedure,
    who: &'a Who,
    now: At,
    numbers: Numbers,
) -> Setting<'a> {
    Setting {
        now,
        who,
        law: office.law(),
        service,
        procedure,
        staff: &office.staff,
        completion: office.settings.completion,
        numbering: office.settings.numbering,
        reception_number: numbers.reception,
        document_number: numbers.document,
        beside: &[],
        busy: &[],
        letter_number: numbers.letter,
        tracks: &office.tracks,
        issue: numbers.issue,
    }
}

/// Who asks before the petition is stored: `App::file` and `App::enter` put the real one in.
pub const NOBODY: PersonId = PersonId(uuid::Uuid::nil());

/// The kind that a general petition in the citizen's own words is filed under until the office decides.
pub const UNDECIDED: Kind = Kind::Other;

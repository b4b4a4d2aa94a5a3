//! 이전 대장 — rows of an older register laid down as events of their own time, each number of a register once.
//!
//! A row given again is left as it is; a number given again with another content is a fault. Nothing is sent to anybody.

use super::{ActError, Numbers, setting};
use crate::office::Office;
use crate::words::Raw;
use crate::{App, TRIES, Trouble};
use domain::access::Who;
use domain::act::Filing;
use domain::certificate::CheckCode;
use domain::decide::{file, register::take_over};
use domain::event::{Event, Recorded};
use domain::id::{PersonId, PetitionId, TextId};
use domain::life::Deed;
use domain::number::FilingNumber;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::register::{Column, Fault, Known, Old, OldPetitioner, Why, word};
use domain::tally::deltas;
use domain::terms::{Code, EntryPoint, HappenedGround, Kind, Openness};
use domain::time::At;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::journal::BEGINNING;
use store::person::Contact;

/// Under which services of the starting catalogue rows lie that name none, where those exist.
const USUAL: &[(Kind, &str)] = &[
    (Kind::Inquiry, "S134"),
    (Kind::Suggestion, "S135"),
    (Kind::Other, "S136"),
    (Kind::Grievance, "S138"),
];

/// Whether rows are laid down, or only looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Laid down.
    Write,
    /// Looked at: everything is decided, nothing is kept.
    Check,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// It came in now (or would).
    New {
        /// It is open, and its due date under the law is another than the register told: the law's holds.
        due_moved: bool,
    },
    /// It was there.
    There,
}

/// Why a row did not come in.
#[derive(Debug, thiserror::Error)]
pub enum KeptOut {
    /// Something in the row.
    #[error("the row has a fault: {}", .0.why)]
    Fault(Fault),
    /// The machine.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

impl From<ActError> for KeptOut {
    fn from(error: ActError) -> KeptOut {
        let fault = |column, why| KeptOut::Fault(Fault { column, why });
        match error {
            ActError::Refused(Refusal::PeriodMissing) => fault(Column::Service, Why::PeriodMissing),
            ActError::Refused(Refusal::NotInProcedure) => fault(Column::Service, Why::NotOfKind),
            ActError::Refused(Refusal::OutsideCalendar) => fault(Column::Received, Why::OutsideCalendar),
            ActError::Refused(refusal) => KeptOut::Trouble(Trouble::Broken(refusal.code().to_owned())),
            ActError::NotFound => KeptOut::Trouble(Trouble::Broken("the row's petition is away".into())),
            ActError::Trouble(trouble) => KeptOut::Trouble(trouble),
        }
    }
}

/// What an office's words mean by its own tables: departments and services by name and by code. A name that two of them
/// have means neither.
pub fn known(office: &Office) -> Known {
    let mut known = Known::default();
    let mut ambiguous = Vec::new();
    for unit in office.units.values() {
        if known.units.insert(word(&unit.name), unit.id).is_some() {
            ambiguous.push(word(&unit.name));
        }
    }
    for name in &ambiguous {
        known.units.remove(name);
    }
    known
        .units
        .extend(office.units.values().map(|unit| (word(&unit.code), unit.id)));
    for service in office.services_today() {
        let means = (service.code, service.kind);
        known.services.insert(word(&service.name.ko), means);
        known.services.insert(service.code.to_string(), means);
    }
    for (kind, code) in USUAL {
        if let Some((code, of)) = known.services.get(*code).copied()
            && of == *kind
        {
            known.service_of.insert(*kind, code);
        }
    }
    known
}

/// Everything a row says, part by part, for its keyed hash.
fn parts(old: &Old<String>) -> Vec<Vec<u8>> {
    let time = |at: Option<At>| at.map(|at| at.0.to_be_bytes().to_vec()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default().into_bytes();
    let mut parts = vec![
        old.kind.code().into(),
        old.service.as_str().into(),
        time(Some(old.filed)),
        time(old.received),
        time(old.due),
        time(old.ended.map(|(_, at)| at)),
        old.ended.map_or("", |(outcome, _)| outcome.code()).into(),
        old.unit.map(|unit| unit.bytes().to_vec()).unwrap_or_default(),
        text(&old.handler),
        old.title.clone().into_bytes(),
        text(&old.body),
        text(&old.answer),
    ];
    if let Some(OldPetitioner {
        name,
        phone,
        mail,
        address,
    }) = &old.petitioner
    {
        parts.extend([name.clone().into_bytes(), text(phone), text(mail), text(address)]);
    }
    for step in &old.steps {
        parts.extend([time(Some(step.at)), step.what.clone().into_bytes()]);
    }
    parts
}

impl App {
    /// What makes a row the same row: the register and the number in it.
    fn row_key(register: &str, number: &str) -> [u8; 32] {
        crypto::hash::sha256("minwon register", &[register.as_bytes(), word(number).as_bytes()])
    }

    /// Whether a number of a register is here already.
    pub async fn is_taken_over(&self, register: &str, number: &str) -> Result<bool, Trouble> {
        let key = App::row_key(register, number);
        Ok(self.here.done_before(&key).await?.is_some())
    }

    /// Brings one row in. Errors: a fault of the row that only the office can know, or the machine.
    pub async fn take_over(&self, register: &str, old: &Old<String>, way: Way) -> Result<Came, KeptOut> {
        let place = &self.here;
        let key = App::row_key(register, &old.number);
        let said = parts(old);
        let said: Vec<&[u8]> = said.iter().map(Vec::as_slice).collect();
        let row = crypto::hash::mac(&place.keys().derive("register"), "row", &said);
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            if let Some(came) = self.came_before(&key, &row).await? {
                return Ok(came);
            }
            let _in_order = match (old.ended, old.received) {
                (None, Some(_)) => Some(self.in_order().await),
                _ => None,
            };
            let (batch, due_moved) = self.taking_over(old, key, row).await?;
            if way == Way::Check {
                return Ok(Came::New { due_moved });
            }
            match place.commit(batch, Urgency::Bulk).await {
                Ok(()) => return Ok(Came::New { due_moved }),
                Err(CommitFault::Repeated | CommitFault::NumberTaken | CommitFault::Conflict) => {}
                Err(fault @ CommitFault::Store(_)) => return Err(KeptOut::Trouble(fault.into())),
            }
        }
        Err(KeptOut::Trouble(Trouble::Contended))
    }

    async fn came_before(&self, key: &[u8; 32], row: &[u8; 32]) -> Result<Option<Came>, KeptOut> {
        let place = &self.here;
        let Some((id, _)) = place.done_before(key).await.map_err(Trouble::from)? else {
            return Ok(None);
        };
        let head = place.head(id).await.map_err(Trouble::from)?;
        let same = (head.and_then(|head| head.petition.old)).is_some_and(|old| old.row == *row);
        if same {
            Ok(Some(Came::There))
        } else {
            Err(KeptOut::Fault(Fault {
                column: Column::Number,
                why: Why::Taken,
            }))
        }
    }

    /// The list of writes of a row: its petition filed, taken over and, where it is open, received and distributed.
    async fn taking_over(
        &self,
        old: &Old<String>,
        key: [u8; 32],
        row: [u8; 32],
    ) -> Result<(Batch, bool), ActError> {
        let (place, office, now) = (&self.here, self.office(), self.now());
        let who = Who::System;
        let day = old.filed.date().ok_or(Refusal::OutsideCalendar)?;
        let service = (office.service_on(old.service, day))
            .or_else(|| office.service_newest(old.service))
            .ok_or(Refusal::ServiceNotValid)?;
        let procedure = (self.procedures.newest(service.procedure)).ok_or(Refusal::ServiceNotValid)?;
        let placeholder = match old.petitioner {
            None => Some(self.placeholder().await?),
            Some(_) => None,
        };
        let mut batch = Batch::new();
        let id = PetitionId(self.id());
        let (filing, laid) = {
            let fill = &mut self.fill();
            place.ready(now, fill)?;
            let person = match (&old.petitioner, placeholder) {
                (Some(petitioner), _) => self.old_petitioner(&mut batch, petitioner, now)?,
                (None, Some(person)) => person,
                (None, None) => return Err(Refusal::PetitionerUnclear.into()),
            };
            let owner = batch.owner_key(place, id.bytes(), now, fill)?;
            let mut lay = |raw: Raw| Ok::<_, Refusal>(self.lay(&mut batch, &owner, &raw));
            let filing = filed(old, service.code, person).lay(&mut lay)?;
            let laid = (old.clone()).lay(filing.title, filing.body, &mut |text: String| {
                lay(Raw::text(&text))
            })?;
            (filing, laid)
        };
        let mut chance = [0; 8];
        self.ports.chance.fill(&mut chance);
        let number = FilingNumber::new(now, u64::from_le_bytes(chance)).ok_or(Refusal::OutsideCalendar)?;
        let first = setting(&office, service, procedure, &who, now, Numbers::default());
        let event = file(&filing, number, &first)?;
        let recorded = recorded(id, 1, now, old.filed, event);
        let begun = Petition::begin(&recorded).map_err(|error| Trouble::Broken(error.to_string()))?;
        let mut hash = batch.event(&recorded, &BEGINNING, &deltas(None, &begun))?;
        batch.head_first(&begun, &hash)?;
        let year = now.date().ok_or(Refusal::OutsideCalendar)?.year();
        let numbers = Numbers::read(
            place,
            &office,
            &who,
            &begun,
            Deed::Receive,
            year,
            CheckCode::new(0),
        )
        .await?;
        let decided = setting(&office, service, procedure, &who, now, numbers.clone());
        let mut petition = begun.clone();
        for (at, event) in take_over(&laid, row, &decided)? {
            if let Event::Received { number, .. } = &event {
                batch.take_number(&numbers.reception_series, number.n);
            }
            let recorded = self::recorded(id, petition.seq + 1, now, at, event);
            let before = petition.clone();
            (petition.apply(&recorded)).map_err(|error| Trouble::Broken(error.to_string()))?;
            hash = batch.event(&recorded, &hash, &deltas(Some(&before), &petition))?;
        }
        batch.head_next(&begun, &petition, &hash)?;
        batch.old_number(place, &old.number, id);
        self.write_down(&mut batch, &who, Deed::File, id, &super::Call::default(), now);
        batch.once(key, id, petition.seq, now);
        let moved = petition
            .due()
            .is_some_and(|due| old.due.is_some_and(|told| told != due));
        Ok((batch, moved))
    }

    /// The petitioner of a row: a person of its own, whose contact is written down and proves nothing.
    fn old_petitioner(&self, batch: &mut Batch, old: &OldPetitioner, now: At) -> Result<PersonId, ActError> {
        let contact = Contact {
            name: old.name.clone(),
            phone: old.phone.clone(),
            mail: old.mail.clone(),
            address: old.address.clone(),
            language: "ko".to_owned(),
        };
        let person = PersonId(self.id());
        let fill = &mut self.fill();
        batch.person(&self.here, person, TextId(self.id()), &contact, now, fill)?;
        self.remember_claims(batch, person, &contact);
        Ok(person)
    }
}

fn filed(old: &Old<String>, service: Code, person: PersonId) -> Filing<Raw> {
    Filing {
        service,
        entry: EntryPoint::Import,
        field: None,
        district: None,
        person,
        title: Raw::text(&old.title),
        body: old.body.as_deref().and_then(Raw::optional),
        place: None,
        files: Vec::new(),
        form: None,
        intake: Default::default(),
        split_from: None,
        // Who gave it to the older register was never asked whether it may be public.
        openness: Openness::Private,
        happened: Some((old.filed, HappenedGround::Migrated)),
    }
}

fn recorded(petition: PetitionId, seq: u32, now: At, happened: At, event: Event) -> Recorded {
    Recorded {
        petition,
        seq,
        by: Who::System.by(),
        instead_of: None,
        recorded_at: now,
        happened: Some((happened, HappenedGround::Migrated)),
        event,
    }
}

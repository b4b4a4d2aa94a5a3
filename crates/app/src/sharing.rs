//! 행정정보 공동이용 — consents, look-ups and who may look up; nothing is asked outside before it is allowed and written down.
//! It is longer than 600 lines because every look-up takes the same one way through it.
//! `domain::consent` says whether; here the rows are read, the words laid into the vault, and the centre asked.

pub mod figures;
pub mod roles;

use crate::act::{ActError, Call, once_key};
use crate::{App, TRIES, Trouble};
use domain::access::{Official, Who, handles};
use domain::consent::{
    Basis, Consent, ConsentWay, Exception, Found, Item, Items, Purpose, Wanted, basis, may_access, record_due,
};
use domain::id::{OfficialId, OutboxId, PersonId, PetitionId, TextId};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::{Code, Seat};
use domain::time::At;
use jiff::civil::{Date, date};
use ports::sharing::{Answer, Question};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::ledger::Look;
use store::outbox::To;
pub use store::sharing::KeptLook;
use store::sharing::{KeptConsent, KeptRecord};
use store::vault::OwnerKey;

/// The longest drawn signature, in bytes.
pub const DRAWN_BYTES: usize = 512 * 1024;
/// The longest name, and the longest thing a record is found by.
const LINE: usize = 100;
/// A look-up whose answer is not known for so long never gets one.
const LOST: i64 = 10 * 60_000;

/// What somebody signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// 대상정보, as ticked.
    pub items: Vec<Code>,
    /// 목적.
    pub purpose: Purpose,
    /// The name written as signature.
    pub name: String,
    /// The signature drawn on a screen, as PNG.
    pub drawn: Option<Vec<u8>>,
}

/// What was shown and signed, as it lies in the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Words {
    agency: String,
    purpose: String,
    items: Vec<[String; 2]>,
    name: String,
    #[serde(default)]
    drawn: String,
}

/// What an official wants to look up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUp {
    /// 대상정보.
    pub item: Code,
    /// 목적.
    pub purpose: Purpose,
    /// The day of birth, number or place the record is found by.
    pub subject: String,
    /// The exception claimed where nobody consented.
    pub exception: Option<Exception>,
}

/// All that is known of shared information about one petition, without the content of any record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// Whether a centre is set up.
    pub there: bool,
    /// Items that may be consented to for the petition's 구비서류.
    pub offered: Vec<Item>,
    /// Consents, oldest first.
    pub consents: Vec<KeptConsent>,
    /// Look-ups, oldest first.
    pub looks: Vec<KeptLook>,
    /// Requests for their record, oldest first, with what was told.
    pub records: Vec<(KeptRecord, String)>,
    /// Whether the one who asks may take or give a consent now.
    pub may_consent: bool,
    /// Items the one who asks may look up now.
    pub mine: Vec<Item>,
    /// Whether the one who asks may tell the record.
    pub may_tell: bool,
}

/// 1970-01-01, from which days are counted in columns.
const FIRST: Date = date(1970, 1, 1);

/// A day as a number.
pub fn day_number(day: Date) -> i64 {
    day.duration_since(FIRST).as_hours() / 24
}

/// The day behind a number.
pub fn day_of(number: i64) -> Option<Date> {
    FIRST
        .checked_add(jiff::SignedDuration::from_hours(number * 24))
        .ok()
}

fn same_name(a: &str, b: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    !letters(a).is_empty() && letters(a) == letters(b)
}

/// Whose record it is: the petitioner, or the 본인 an agent files for.
fn person_of(p: &Petition) -> PersonId {
    p.intake.party.principal.unwrap_or(p.person)
}

fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.len() <= DRAWN_BYTES
}

impl App {
    /// The same application with this list of shared information.
    pub fn with_shared(mut self, items: Items) -> App {
        self.shared = Arc::new(items);
        self
    }

    /// Whether a centre is set up here.
    pub fn shares(&self) -> bool {
        self.ports.sharing.is_there()
    }

    /// The hash of the agency's name that consents are for.
    fn agency(&self) -> [u8; 32] {
        let office = self.office();
        crypto::hash::sha256("minwon sharing agency", &[office.settings.agency.name.as_bytes()])
    }

    /// Items among the 구비서류 of a service as it is valid today; none where no centre is set up.
    pub fn shareable(&self, service: Code) -> Vec<Item> {
        let office = self.office();
        if !self.shares() {
            return Vec::new();
        }
        let Some(service) = office.service_on(service, office.day) else {
            return Vec::new();
        };
        let documents = service.documents.as_ref().map_or(&[][..], |fact| &fact.value);
        let checks = service.checks.as_ref().map_or(&[][..], |fact| &fact.value);
        let items = self.shared.among(documents, checks);
        items.into_iter().cloned().collect()
    }

    /// What may be consented to for a purpose: what the service asks for, or what shows that a fee is waived and is not kept.
    fn consentable(&self, service: Code, purpose: Purpose) -> Vec<Item> {
        match purpose {
            Purpose::Documents => self.shareable(service),
            Purpose::Waiver => (self.shared.all().iter())
                .filter(|item| !item.keep && self.shares())
                .cloned()
                .collect(),
        }
    }

    /// Lays a consent into a list of writes. Errors: nothing ticked, more than the service needs, another name than the one it is
    /// about, or a signature that is no picture: `ConsentUnsigned`, `ConsentNarrower`.
    pub(crate) async fn lay_consent(
        &self,
        batch: &mut Batch,
        key: &OwnerKey,
        p: &Petition,
        (who, signed): (&Who, &Signed),
        now: At,
    ) -> Result<(), ActError> {
        let offered = self.consentable(p.service.0, signed.purpose);
        let mut items = signed.items.clone();
        items.sort_unstable();
        items.dedup();
        let drawn = signed.drawn.as_deref();
        let person = self.contact(person_of(p)).await?;
        let named = person.is_some_and(|person| same_name(&person.name, &signed.name));
        if items.is_empty() || !named || drawn.is_some_and(|drawn| !is_png(drawn)) {
            return Err(Refusal::ConsentUnsigned.into());
        }
        if items
            .iter()
            .any(|code| !offered.iter().any(|item| item.code == *code))
        {
            return Err(Refusal::ConsentNarrower.into());
        }
        let words = Words {
            agency: self.office().settings.agency.name.clone(),
            purpose: signed.purpose.code().to_owned(),
            items: (offered.iter())
                .filter(|item| items.contains(&item.code))
                .map(|item| [item.name[0].clone(), item.holder[0].clone()])
                .collect(),
            name: signed.name.trim().to_owned(),
            drawn: drawn.map(domain::text::hex).unwrap_or_default(),
        };
        let text = TextId(self.id());
        batch.text(key, text, &serde_json::to_vec(&words)?, &mut self.fill());
        batch.consent(&KeptConsent {
            consent: Consent {
                id: *self.id().as_bytes(),
                petition: p.id,
                purpose: signed.purpose,
                items,
                agency: self.agency(),
                signed_at: now,
                valid_until: Consent::valid_from(now),
                withdrawn_at: None,
            },
            way: match drawn {
                Some(_) => ConsentWay::Drawn,
                None => ConsentWay::Typed,
            },
            text,
            taken_by: who.official(),
        });
        Ok(())
    }

    /// Whether `who` may give or take a consent for this petition: the petitioner, unless an agent files; a clerk at the counter or
    /// the handler, before whom it is signed.
    fn consents(&self, who: &Who, p: &Petition) -> Result<(), Refusal> {
        if !p.life.is_open() {
            return Err(Refusal::Concluded);
        }
        let may = match who {
            Who::Citizen(person) => *person == person_of(p),
            Who::Official(_) => crate::counter::takes_in(who) || handles(who, p),
            Who::System => false,
        };
        may.then_some(()).ok_or(Refusal::NotYours)
    }

    /// 사전동의 — keeps a consent signed after filing.
    pub async fn consent(
        &self,
        who: &Who,
        id: PetitionId,
        signed: &Signed,
        call: &Call,
    ) -> Result<(), ActError> {
        if let Some(room) = self.elsewhere(who, id).await? {
            return Box::pin(room.consent(who, id, signed, call)).await;
        }
        let p = self.standing(who, id).await?;
        self.consents(who, &p)?;
        if !self.shares() {
            return Err(Refusal::NoSharing.into());
        }
        let now = self.now();
        let key = self.here.key_of(id.bytes()).await?;
        let mut batch = Batch::new();
        self.lay_consent(&mut batch, &key, &p, (who, signed), now).await?;
        self.shared_line(&mut batch, who, "consent", id, call, now);
        if let Some(key) = &call.key {
            let once = once_key("consent", who, &[&id.bytes(), key.as_slice()].concat());
            batch.once(once, id, p.seq, now);
        }
        match self.here.commit(batch, Urgency::User).await {
            Ok(()) | Err(CommitFault::Repeated) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }

    /// 동의 철회 — by the petitioner, or by a clerk who is told to.
    pub async fn withdraw_consent(
        &self,
        who: &Who,
        id: PetitionId,
        consent: [u8; 16],
        call: &Call,
    ) -> Result<(), ActError> {
        if let Some(room) = self.elsewhere(who, id).await? {
            return Box::pin(room.withdraw_consent(who, id, consent, call)).await;
        }
        let p = self.standing(who, id).await?;
        let may = match who {
            Who::Citizen(person) => *person == person_of(&p) || p.is_of(*person),
            Who::Official(_) => crate::counter::takes_in(who) || handles(who, &p),
            Who::System => false,
        };
        if !may {
            return Err(Refusal::NotYours.into());
        }
        let kept = self.here.consents(id).await?;
        let kept = kept.iter().find(|kept| kept.consent.id == consent);
        let kept = kept.ok_or(ActError::NotFound)?;
        if kept.consent.withdrawn_at.is_some() {
            return Ok(());
        }
        let now = self.now();
        let mut batch = Batch::new();
        batch.consent_withdrawn(consent, now);
        self.shared_line(&mut batch, who, "consent_withdrawn", id, call, now);
        match self.here.commit(batch, Urgency::User).await {
            // Withdrawn by somebody at the same moment: it is withdrawn.
            Ok(()) | Err(CommitFault::Conflict) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Everything about shared information on one petition. The caller has opened the case, which is in the ledger.
    pub async fn shared(&self, who: &Who, id: PetitionId) -> Result<Shared, ActError> {
        if let Some(room) = self.elsewhere(who, id).await? {
            return Box::pin(room.shared(who, id)).await;
        }
        let p = self.standing(who, id).await?;
        let there = self.shares();
        let kept = self.here.shared_records(id).await?;
        let told: Vec<TextId> = kept.iter().filter_map(|kept| Some(kept.answered?.2)).collect();
        let mut opened = self.here.open_loose(&told).await?;
        let records = (kept.into_iter())
            .map(|kept| {
                let text = kept.answered.and_then(|(_, _, text)| opened.remove(&text));
                (
                    kept,
                    String::from_utf8(text.unwrap_or_default()).unwrap_or_default(),
                )
            })
            .collect();
        let mine = match who {
            Who::Official(me) if there && p.life.is_open() && handles(who, &p) => {
                let grants = self.places.live.sharing_roles().await?;
                (self.shared.all().iter())
                    .filter(|item| may_access(me.id, item.code, &grants).is_ok())
                    .cloned()
                    .collect()
            }
            _ => Vec::new(),
        };
        Ok(Shared {
            there,
            offered: self.shareable(p.service.0),
            consents: self.here.consents(id).await?,
            looks: self.here.shared_looks(id).await?,
            records,
            may_consent: there && self.consents(who, &p).is_ok(),
            mine,
            may_tell: tells(who, &p),
        })
    }

    /// 조회 — asks the centre for one item, if the law lets it and `who` is 접근권한자 and handles the petition. The look-up is stored, with
    /// its line in the ledger, before anything leaves the house; the same call again never asks twice as two.
    pub async fn look_up_shared(
        &self,
        who: &Who,
        id: PetitionId,
        wanted: &LookUp,
        call: &Call,
    ) -> Result<KeptLook, ActError> {
        let Who::Official(me) = who else {
            return Err(Refusal::NotYours.into());
        };
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let p = self.standing(who, id).await?;
            let (look, item) = self.allowed(me, (who, &p), wanted, call).await?;
            let now = look.asked_at;
            let key = self.here.key_of(id.bytes()).await?;
            let mut batch = Batch::new();
            let subject = wanted.subject.trim().as_bytes();
            batch.shared_look(&look);
            batch.text(&key, look.subject, subject, &mut self.fill());
            if let Basis::Consent(consent) = look.basis {
                batch.consent_stands(consent);
            }
            self.shared_line(&mut batch, who, "look_up_shared", id, call, now);
            match self.here.commit(batch, Urgency::User).await {
                Ok(()) => return self.ask_centre(&p, look, item).await,
                Err(CommitFault::Repeated) => {
                    let looks = self.here.shared_looks(id).await?;
                    let first = looks.into_iter().find(|first| first.id == look.id);
                    let first = first.ok_or(Trouble::Contended)?;
                    return match first.state {
                        // It was asked, and the answer got lost: the same request once more.
                        Found::Asked => self.ask_centre(&p, first, item).await,
                        _ => Ok(first),
                    };
                }
                Err(CommitFault::Conflict | CommitFault::NumberTaken) => {}
                Err(fault @ CommitFault::Store(_)) => return Err(fault.into()),
            }
        }
        Err(Trouble::Contended.into())
    }

    /// The look-up as it will be stored. Errors: all that stands against it.
    async fn allowed(
        &self,
        me: &Official,
        (who, p): (&Who, &Petition),
        wanted: &LookUp,
        call: &Call,
    ) -> Result<(KeptLook, &Item), ActError> {
        if !self.shares() {
            return Err(Refusal::NoSharing.into());
        }
        if !p.life.is_open() {
            return Err(Refusal::Concluded.into());
        }
        if !handles(who, p) {
            return Err(Refusal::NotYours.into());
        }
        let grants = self.places.live.sharing_roles().await?;
        may_access(me.id, wanted.item, &grants)?;
        let item = self.shared.get(wanted.item).ok_or(Refusal::NoAccess)?;
        if !item.about.fits(&wanted.subject) {
            return Err(Refusal::SubjectUnfit.into());
        }
        let now = self.now();
        let asked = Wanted {
            petition: p.id,
            item: wanted.item,
            purpose: wanted.purpose,
            agency: self.agency(),
            exception: wanted.exception,
        };
        let kept = self.here.consents(p.id).await?;
        let consents: Vec<Consent> = kept.into_iter().map(|kept| kept.consent).collect();
        let basis = basis(&asked, &consents, now)?;
        let unit = (self.office().unit_of(me.id)).ok_or(Refusal::NotYours)?;
        // The same call is the same look-up.
        let id = match &call.key {
            None => *self.id().as_bytes(),
            Some(key) => {
                let once = once_key("look_up_shared", who, &[&p.id.bytes(), key.as_slice()].concat());
                let mut id = [0; 16];
                id.copy_from_slice(&once[..16]);
                id
            }
        };
        let look = KeptLook {
            id,
            petition: p.id,
            item: wanted.item,
            purpose: wanted.purpose,
            basis,
            official: me.id,
            unit,
            service: p.service,
            asked_at: now,
            state: Found::Asked,
            answered_at: None,
            subject: TextId(self.id()),
            content: None,
        };
        Ok((look, item))
    }

    /// Asks the centre and writes down what came of it.
    async fn ask_centre(&self, p: &Petition, look: KeptLook, item: &Item) -> Result<KeptLook, ActError> {
        let subject = self.here.open_loose(&[look.subject]).await?.remove(&look.subject);
        let subject = String::from_utf8(subject.unwrap_or_default()).unwrap_or_default();
        let contact = self.contact(person_of(p)).await?;
        let question = Question {
            id: uuid::Uuid::from_bytes(look.id),
            item: look.item.to_string(),
            holder: item.holder[0].clone(),
            about: item.about.code().to_owned(),
            name: contact.map(|contact| contact.name).unwrap_or_default(),
            subject,
            purpose: look.purpose.code().to_owned(),
            basis: look.basis.clause().to_owned(),
            agency: self.office().settings.agency.name.clone(),
            petition: p.number.to_string(),
            official: look.official.to_string(),
        };
        let (state, content) = match self.ports.sharing.look_up(&question).await {
            Answer::Found(content) => (Found::Yes, Some(content).filter(|_| item.keep)),
            Answer::NotFound => (Found::No, None),
            Answer::Later => (Found::Later, None),
            Answer::Refused => (Found::Refused, None),
        };
        self.answered(p, look, state, content).await
    }

    /// Writes down what came of a look-up; whoever is looked up on an exception is told (제42조제2항).
    async fn answered(
        &self,
        p: &Petition,
        mut look: KeptLook,
        state: Found,
        content: Option<String>,
    ) -> Result<KeptLook, ActError> {
        let now = self.now().max(look.asked_at);
        let mut batch = Batch::new();
        look.content = match content {
            Some(content) => {
                let key = self.here.key_of(p.id.bytes()).await?;
                let text = TextId(self.id());
                batch.text(&key, text, content.as_bytes(), &mut self.fill());
                Some(text)
            }
            None => None,
        };
        (look.state, look.answered_at) = (state, Some(now));
        batch.shared_look_answered(look.id, state, look.content, now);
        // Where nobody knows what was answered, the person is told as well: better once too often.
        let lost = state == Found::Later && now >= look.asked_at.plus(LOST);
        if let Basis::Exception(_) = look.basis
            && (state.is_answer() || lost)
        {
            let mut whom = vec![To::Person(p.person)];
            whom.extend(p.intake.party.principal.map(To::Person));
            self.tell_shared(&mut batch, p, "shared_looked_up", look.id, &whom, now);
        }
        match self.here.commit(batch, Urgency::User).await {
            Ok(()) => Ok(look),
            Err(CommitFault::Conflict) => {
                let looks = self.here.shared_looks(p.id).await?;
                let stored = looks.into_iter().find(|stored| stored.id == look.id);
                stored.ok_or(ActError::NotFound)
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// Ends look-ups whose answer got lost on the way; how many.
    pub(crate) async fn end_lost_looks(&self) -> Result<u64, Trouble> {
        let mut done = 0;
        for look in self.here.shared_looks_open(self.now().plus(-LOST), 100).await? {
            let Some(head) = self.here.head(look.petition).await? else {
                continue;
            };
            match self.answered(&head.petition, look, Found::Later, None).await {
                Ok(_) => done += 1,
                Err(ActError::Trouble(trouble)) => return Err(trouble),
                Err(ActError::Refused(_) | ActError::NotFound) => {}
            }
        }
        Ok(done)
    }

    /// What a record said and by what it was found; for the one who handles the petition, with a line in the ledger first.
    pub async fn shared_content(
        &self,
        who: &Who,
        id: PetitionId,
        look: [u8; 16],
        call: &Call,
    ) -> Result<(KeptLook, String, Option<String>), ActError> {
        let p = self.standing(who, id).await?;
        if !matches!(who, Who::Official(_)) || !handles(who, &p) {
            return Err(ActError::NotFound);
        }
        let looks = self.here.shared_looks(id).await?;
        let look = (looks.into_iter().find(|kept| kept.id == look)).ok_or(ActError::NotFound)?;
        let mut batch = Batch::new();
        self.shared_line(&mut batch, who, "shared_content", id, call, self.now());
        self.here.commit(batch, Urgency::User).await?;
        let wanted: Vec<TextId> = [Some(look.subject), look.content].into_iter().flatten().collect();
        let mut opened = self.here.open_loose(&wanted).await?;
        let mut text = |id: TextId| opened.remove(&id).and_then(|bytes| String::from_utf8(bytes).ok());
        let subject = text(look.subject).unwrap_or_default();
        Ok((look, subject, look.content.and_then(text)))
    }

    /// 열람 청구 — the petitioner asks which information about them was shared; to be told within ten days.
    pub async fn ask_shared_record(&self, who: &Who, id: PetitionId, call: &Call) -> Result<(), ActError> {
        if let Some(room) = self.elsewhere(who, id).await? {
            return Box::pin(room.ask_shared_record(who, id, call)).await;
        }
        let p = self.standing(who, id).await?;
        if !matches!(who, Who::Citizen(person) if p.is_of(*person) || *person == person_of(&p)) {
            return Err(Refusal::NotYours.into());
        }
        let kept = self.here.shared_records(id).await?;
        if kept.iter().any(|kept| kept.answered.is_none()) {
            return Err(Refusal::RecordAsked.into());
        }
        let (now, office) = (self.now(), self.office());
        let day = now.date().ok_or(Refusal::OutsideCalendar)?;
        let due = record_due(day, &office.calendar).ok_or(Refusal::OutsideCalendar)?;
        let record = KeptRecord {
            id: *self.id().as_bytes(),
            petition: id,
            asked_at: now,
            due: day_number(due),
            answered: None,
        };
        let mut batch = Batch::new();
        batch.shared_record(&record);
        self.shared_line(&mut batch, who, "ask_shared_record", id, call, now);
        let whom: Vec<OfficialId> = match p.handler {
            Some(handler) => vec![office.acting(handler, domain::absence::Part::Handling, now)],
            None => office.holders(Seat::PrivacyOfficer, None),
        };
        let whom: Vec<To> = whom.into_iter().map(To::Official).collect();
        self.tell_shared(&mut batch, &p, "shared_record_asked", record.id, &whom, now);
        Ok(self.here.commit(batch, Urgency::User).await?)
    }

    /// 열람 통지 — tells the petitioner; the look-ups themselves stand on their page, `note` goes with them.
    pub async fn tell_shared_record(
        &self,
        who: &Who,
        id: PetitionId,
        record: [u8; 16],
        note: &str,
        call: &Call,
    ) -> Result<(), ActError> {
        let p = self.standing(who, id).await?;
        let official = who.official().filter(|_| tells(who, &p));
        let official = official.ok_or(Refusal::NotYours)?;
        let kept = self.here.shared_records(id).await?;
        let kept = (kept.iter().find(|kept| kept.id == record)).ok_or(ActError::NotFound)?;
        if kept.answered.is_some() {
            return Err(Refusal::DoneAlready.into());
        }
        let now = self.now();
        let key = self.here.key_of(id.bytes()).await?;
        let mut batch = Batch::new();
        let text = TextId(self.id());
        batch.text(&key, text, note.trim().as_bytes(), &mut self.fill());
        batch.shared_record_told(record, official, text, now);
        self.shared_line(&mut batch, who, "tell_shared_record", id, call, now);
        let whom = [To::Person(p.person)];
        self.tell_shared(&mut batch, &p, "shared_record_told", record, &whom, now);
        match self.here.commit(batch, Urgency::User).await {
            Ok(()) => Ok(()),
            Err(CommitFault::Conflict) => Err(Refusal::DoneAlready.into()),
            Err(fault) => Err(fault.into()),
        }
    }

    /// A line of the ledger.
    fn shared_line(
        &self,
        batch: &mut Batch,
        who: &Who,
        deed: &str,
        petition: PetitionId,
        call: &Call,
        now: At,
    ) {
        let look = Look {
            at: now,
            ..self.look_of(who, deed, Some(petition), 1, call)
        };
        batch.look(self.id(), &look);
    }

    /// Queues notices; a told past tells nobody.
    fn tell_shared(
        &self,
        batch: &mut Batch,
        p: &Petition,
        template: &str,
        about: [u8; 16],
        whom: &[To],
        now: At,
    ) {
        if self.is_simulated() {
            return;
        }
        for to in whom {
            let id = match to {
                To::Person(person) => person.bytes(),
                To::Official(official) => official.bytes(),
            };
            let once = crypto::hash::sha256("minwon effect shared", &[template.as_bytes(), &about, &id]);
            batch.effect(OutboxId(self.id()), once, p.id, 0, template, *to, now, now);
        }
    }
}

/// Whether `who` tells the record of a petition: whoever handles it, or answers for privacy.
fn tells(who: &Who, p: &Petition) -> bool {
    match who {
        Who::Official(official) => {
            handles(who, p) || (official.posts.iter()).any(|post| post.seat == Seat::PrivacyOfficer)
        }
        Who::Citizen(_) | Who::System => false,
    }
}

/// The longest line a form may send.
pub const MOST_LINE: usize = LINE;

//! 창구의 일 — small matters without a line of the 처리부, the 발급대장, the check of a code, papers waiting to be handed out,
//! and certificates.

use crate::act::{ActError, Call};
use crate::desk::hand::masked_name;
use crate::desk::{Case, Item};
use crate::identity::NotLetIn;
use crate::words::Raw;
use crate::{App, Trouble};
use documents::certificate::Certificate;
use documents::press::{Lang, Printed};
use domain::access::Who;
use domain::certificate::{CheckCode, Issue};
use domain::claim::ClaimState;
use domain::handbook::Service;
use domain::id::{OfficialId, PetitionId, TextId};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::{Code, EntryPoint, Kind, Seat};
use domain::time::At;
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::batch::Batch;
use store::counter::{IssuedLine, SmallMatter};
use store::engine::Urgency;

/// Lines of the register on one page or in one file.
const LINES: u32 = 5_000;
/// Papers shown as waiting.
const CLAIMS: u32 = 200;
/// Tries of a check code an hour, from one address.
const CHECKS: u32 = 60;
const HOUR: i64 = 3_600_000;

/// A line of the 발급대장.
#[derive(Debug, Clone)]
pub struct Line {
    /// The issue.
    pub issue: Issue,
    /// The petition it belongs to.
    pub petition: Petition,
    /// 신청인; empty when the key is gone.
    pub name: String,
    /// Who issued it.
    pub by: OfficialId,
}

/// What anyone who holds the paper may see: no more than it shows, the name masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What was issued.
    pub service: Option<(Code, u32)>,
    /// The issue.
    pub issue: Issue,
    /// 신청인, masked.
    pub name: String,
    /// Who issued it, as the office: the unit.
    pub unit: Option<domain::id::UnitId>,
}

/// Seats that keep the register of issues.
const REGISTER: &[Seat] = &[
    Seat::CounterClerk,
    Seat::OneStopClerk,
    Seat::IntegratedReceiver,
    Seat::FeeOfficer,
    Seat::Examiner,
];
/// Seats that take petitions in.
const INTAKE: &[Seat] = &[Seat::CounterClerk, Seat::OneStopClerk, Seat::IntegratedReceiver];

fn holds(who: &Who, seats: &[Seat]) -> bool {
    matches!(who, Who::Official(official) if official.posts.iter().any(|post| seats.contains(&post.seat)))
}

/// Whether `who` sits at the counter.
pub fn takes_in(who: &Who) -> bool {
    holds(who, INTAKE)
}

/// Whether `who` may read the 발급대장.
pub fn keeps_register(who: &Who) -> bool {
    holds(who, REGISTER)
}

/// Whether `who` decides on this service alone.
pub fn decides_alone(who: &Who, service: &Service) -> bool {
    holds(who, &service.alone)
}

/// The first moments of two days, as the register is asked for: from the one until the end of the other.
fn span(from: Date, to: Date) -> (At, At) {
    let midnight = |day: Date| At::seoul(day.to_datetime(jiff::civil::Time::midnight()));
    let end = to.tomorrow().map_or(At::NEVER, midnight);
    (midnight(from), end)
}

impl App {
    /// 처리부 생략 — a small matter asked by word of mouth and answered with a standard answer (영16②). It has no number; it is
    /// counted, and its line is sealed. Errors: `NotYours`; `MustBeWritten` for what did not come by word of mouth.
    pub async fn note_small(
        &self,
        who: &Who,
        entry: EntryPoint,
        service: Code,
        answer: Code,
        line: &str,
        call: &Call,
    ) -> Result<(), ActError> {
        let Who::Official(official) = who else {
            return Err(Refusal::NotYours.into());
        };
        if !takes_in(who) {
            return Err(Refusal::NotYours.into());
        }
        if !matches!(entry, EntryPoint::Phone | EntryPoint::Oral | EntryPoint::Counter) {
            return Err(Refusal::MustBeWritten.into());
        }
        let raw = Raw::text(line);
        if raw.0.is_empty() {
            return Err(Refusal::TitleMissing.into());
        }
        let (place, now, office) = (&self.here, self.now(), self.office());
        let unit = office.unit_of(official.id).ok_or(Refusal::NotYours)?;
        let fill = &mut self.fill();
        place.ready(now, fill)?;
        let mut batch = Batch::new();
        let id = *self.id().as_bytes();
        let key = batch.owner_key(place, id, now, fill)?;
        let text = TextId(self.id());
        batch.text(&key, text, &raw.0, fill);
        batch.small_matter(&SmallMatter {
            id,
            at: now,
            by: official.id,
            unit,
            entry,
            service,
            answer,
            text,
        });
        if let Some(once) = &call.key {
            let once = crate::act::once_key("small", who, once);
            batch.once(once, PetitionId(uuid::Uuid::from_bytes(id)), 0, now);
        }
        let look = self.look_of(who, "small", None, 1, call);
        batch.look(self.id(), &look);
        match place.commit(batch, Urgency::User).await {
            Ok(()) | Err(store::batch::CommitFault::Repeated) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }

    /// How often each standard answer settled a small matter without a line of the 처리부 on a day.
    pub async fn small_matters(&self, day: Date) -> Result<Vec<(String, u32)>, Trouble> {
        let (from, until) = span(day, day);
        Ok(self.here.small_matters(from, until).await?)
    }

    /// How many petitions by word of mouth or at the counter were answered on a day with a line of the 처리부: those of the
    /// service for small matters.
    pub async fn small_with_number(&self, day: Date) -> Result<u32, Trouble> {
        let Some(service) = self.small_service(None) else {
            return Ok(0);
        };
        let key = format!("service/concluded/{day}/{service}/");
        let tallies = self.ordinary().tallies(&key).await?;
        Ok(u32::try_from(tallies.values().sum::<i64>()).unwrap_or(0))
    }

    /// 발급대장 — what was issued from one day to another, in the order of the numbers. The look is in the ledger.
    pub async fn register(
        &self,
        who: &Who,
        from: Date,
        to: Date,
        call: &Call,
    ) -> Result<Vec<Line>, ActError> {
        if !keeps_register(who) {
            return Err(ActError::NotFound);
        }
        let (first, until) = span(from, to);
        let place = &self.here;
        let issued = self.issued_between(first, until).await?;
        let ids: Vec<PetitionId> = issued.iter().map(|line| line.petition).collect();
        let all = self.sight(&Who::System);
        let mut petitions: BTreeMap<PetitionId, Petition> = BTreeMap::new();
        if !ids.is_empty() {
            let found = self.petitions(&ids, &all).await?;
            petitions.extend(found.into_iter().map(|p| (p.id, p)));
        }
        let people: Vec<_> = petitions.values().map(|p| p.person).collect();
        let contacts = place.contacts(&people).await?;
        self.looked(who, "register", None, issued.len(), call).await?;
        Ok((issued.into_iter())
            .filter_map(|line| {
                let petition = petitions.get(&line.petition)?.clone();
                Some(Line {
                    issue: petition.issue?,
                    name: contacts
                        .get(&petition.person)
                        .map(|c| c.name.clone())
                        .unwrap_or_default(),
                    petition,
                    by: line.by,
                })
            })
            .collect())
    }

    /// 진위 확인 — what was issued under a code, for anyone who has it. Errors: too many tries from one address.
    pub async fn check_certificate(
        &self,
        code: CheckCode,
        origin: &[u8],
    ) -> Result<Option<Checked>, NotLetIn> {
        let key = crypto::hash::sha256("minwon check address", &[origin]);
        self.throttled(key, CHECKS, HOUR).await?;
        let mut issued = None;
        for place in self.shelves() {
            if issued.is_none() {
                issued = place.issued_by_code(code).await.map_err(Trouble::from)?;
            }
        }
        let Some(line) = issued else { return Ok(None) };
        let Some(head) = self.head(line.petition).await? else {
            return Ok(None);
        };
        let p = head.petition;
        let contact = self.contact(p.person).await?;
        Ok(p.issue.filter(|issue| issue.code == code).map(|issue| Checked {
            service: Some(p.service),
            issue,
            name: contact.map(|c| masked_name(&c.name)).unwrap_or_default(),
            unit: (p.line.as_ref())
                .and_then(|line| line.document)
                .map(|document| document.unit),
        }))
    }

    /// 교부 대기 — papers that wait at the counter, the longest first, as far as one may see them.
    pub async fn claims(&self, who: &Who, call: &Call) -> Result<Vec<Item>, ActError> {
        let place = &self.here;
        let ids = place.claims(ClaimState::Waiting, CLAIMS).await?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut petitions = place.petitions(&ids, &self.sight(who)).await?;
        petitions.sort_by_key(|p| (p.claim.map(|claim| claim.since), p.id));
        let mut items = Vec::with_capacity(petitions.len());
        for petition in petitions {
            items.push(self.line(petition).await?);
        }
        self.looked(who, "claims", None, items.len(), call).await?;
        Ok(items)
    }

    /// How many people the register of issued certificates is about.
    pub async fn register_people(&self, who: &Who, from: Date, to: Date) -> Result<u32, ActError> {
        if !keeps_register(who) {
            return Err(ActError::NotFound);
        }
        let (first, until) = span(from, to);
        let issued = self.issued_between(first, until).await?;
        let ids: Vec<PetitionId> = issued.iter().map(|line| line.petition).collect();
        if ids.is_empty() {
            return Ok(0);
        }
        let petitions = self.petitions(&ids, &self.sight(&Who::System)).await?;
        Ok(crate::papers::register::people(&petitions))
    }

    async fn issued_between(&self, from: At, until: At) -> Result<Vec<IssuedLine>, ActError> {
        let mut issued = Vec::new();
        for place in self.shelves() {
            issued.extend(place.issued_between(from, until, LINES).await?);
        }
        issued.sort_by_key(|line: &IssuedLine| (line.at, line.petition));
        issued.truncate(LINES as usize);
        Ok(issued)
    }

    /// 증명서 — prints what was issued. `NotFound` where nothing was, or for one who may not know.
    pub async fn certificate(
        &self,
        who: &Who,
        id: PetitionId,
        lang: Lang,
        call: &Call,
    ) -> Result<Printed, ActError> {
        let case = self.case(who, id, call).await?;
        let issue = case.petition.issue.ok_or(ActError::NotFound)?;
        self.looked(who, "print", Some(id), 1, call).await?;
        Ok(self
            .certificate_of(&case, issue, lang)
            .print(self.press.press()?, lang)?)
    }

    fn certificate_of(&self, case: &Case, issue: Issue, lang: Lang) -> Certificate {
        let (p, office) = (&case.petition, self.office());
        let agency = &office.settings.agency;
        let service = office.services.get(&p.service);
        let facts = p
            .draft
            .and_then(|draft| case.texts.text(draft.body))
            .unwrap_or_default();
        let unit = p
            .line
            .as_ref()
            .and_then(|line| line.document)
            .map(|document| document.unit);
        let unit = unit.and_then(|unit| office.units.get(&unit));
        let (title, unit_name) = match lang {
            Lang::Ko => (service.map(|s| &s.name.ko), unit.map(|u| &u.name)),
            Lang::En => (service.map(|s| &s.name.en), unit.map(|u| &u.name_en)),
        };
        Certificate {
            agency: agency.sender.clone(),
            title: title.cloned().unwrap_or_default(),
            number: issue.number.to_string(),
            name: case.contact.as_ref().map(|c| c.name.clone()).unwrap_or_default(),
            facts: facts.to_owned(),
            copies: issue.copies,
            paid: issue.paid,
            issued: issue.at,
            unit: unit_name.cloned().unwrap_or_default(),
            phone: unit.map(|u| u.phone.clone()).unwrap_or_default(),
            code: issue.code.to_string(),
            check_at: format!("{}/check", agency.address_of_pages),
        }
    }

    /// The service a small matter is filed under: the one of the standard answer where that may be answered at once, else
    /// the one every office has for it. `None` where the catalogue has none.
    pub fn small_service(&self, of_answer: Option<Code>) -> Option<Code> {
        let office = self.office();
        let at_once = |service: &&Service| {
            let offers = self
                .procedures
                .newest(service.procedure)
                .is_some_and(|procedure| {
                    procedure.offers(domain::life::Life::Received, domain::life::Deed::AnswerAtOnce)
                });
            service.kind == Kind::Other && offers
        };
        let own = of_answer
            .and_then(|code| office.service_on(code, office.day))
            .filter(at_once);
        own.or_else(|| office.services_today().find(at_once))
            .map(|service| service.code)
    }
}

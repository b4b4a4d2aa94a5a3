//! 개인정보 삭제 요구 — asked by the citizen or at the counter, decided by the privacy officer by the rules, carried out, told
//! (개인정보 보호법 제36조, 영 제43조).

use super::{Doomed, Ground, MOST_WORDS, holds, raced};
use crate::act::{ActError, Call, once_key};
use crate::identity::{NotLetIn, reach};
use crate::{App, Trouble};
use domain::access::Who;
use domain::id::{OutboxId, PersonId, PetitionId, TextId};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::retention::request::{Decision, Number, Request, Ruled, State, Thing, Verdict, Wanted, Way};
use domain::retention::{DestructionKind, May, NO_END, tell_by};
use domain::terms::Seat;
use domain::text::Text;
use domain::time::At;
use jiff::civil::Date;
use ports::mail::Letter;
use ports::message::TextMessage;
use std::collections::BTreeSet;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::outbox::To;
use store::person::{Contact, ContactKind};

/// Requests shown at once.
const MOST: u32 = 200;
/// Letters that are not mistaken for one another when read out.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// A result is sent again and again for so long; then a person tells it.
const TRIED: i64 = 3 * 24 * 3_600_000;
const HOUR: i64 = 3_600_000;
/// The officer is reminded so many days before the last day.
const REMINDED: i64 = 3;

/// What the one who asked is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// 요구 번호.
    pub number: Number,
    /// 확인번호: with the number it opens the result, also when the contact is gone by then. Shown this once.
    pub code: String,
    /// The result is told by then.
    pub due: Date,
}

/// A thing of a request, with what may become of it today.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The thing.
    pub thing: Thing,
    /// What the rules say.
    pub may: May,
    /// The petition, where it is one.
    pub petition: Option<Petition>,
}

/// A request as the officer sees it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The request.
    pub request: Request,
    /// What was said with it.
    pub said: String,
    /// The reasons of the decision.
    pub reasons: String,
    /// Its things.
    pub things: Vec<Judged>,
}

/// The first moment after a day.
fn end_of(day: Date) -> At {
    let midnight = |day: Date| At::seoul(day.to_datetime(jiff::civil::Time::midnight()));
    day.tomorrow().map_or(At::NEVER, midnight)
}

impl App {
    fn erasure_code(&self, number: Number, code: &str) -> [u8; 32] {
        let spelt: String = (code.chars())
            .filter(|c| c.is_ascii_alphanumeric())
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let key = self.here.keys().derive("erasure code");
        crypto::hash::mac(
            &key,
            "erasure code",
            &[number.to_string().as_bytes(), spelt.as_bytes()],
        )
    }

    /// 삭제 요구 — asks for it. `petition` is needed for one petition only. At the counter the clerk has looked at an identity card.
    /// Errors: `NotYours`; `NothingToErase` where nothing is left, or the same is asked already.
    #[expect(clippy::too_many_arguments, reason = "the fields of one form")]
    pub async fn ask_erasure(
        &self,
        who: &Who,
        person: PersonId,
        wanted: Wanted,
        petition: Option<PetitionId>,
        way: Way,
        words: &str,
        call: &Call,
    ) -> Result<Given, ActError> {
        let allowed = match (who, way) {
            (Who::Citizen(own), Way::Web) => *own == person,
            (_, Way::Counter) => crate::counter::takes_in(who),
            _ => false,
        };
        if !allowed {
            return Err(Refusal::NotYours.into());
        }
        if words.chars().count() > MOST_WORDS {
            return Err(Refusal::TooLong.into());
        }
        // Whoever asks what becomes of it all is answered about all of it.
        self.take_out_all_of(person).await?;
        let mut things = Vec::new();
        for known in self.petitions_with(person).await? {
            let asked = match wanted {
                Wanted::Petition => petition == Some(known.id),
                Wanted::Contact => false,
                Wanted::Everything => true,
            };
            if asked && self.here.has_key(known.id.bytes()).await? {
                things.push(Thing::Petition(known.id));
            }
        }
        if wanted != Wanted::Petition && self.here.has_key(person.bytes()).await? {
            things.push(Thing::Person(person));
        }
        let waiting = self.here.erasures_of(person).await?;
        let twice = waiting
            .iter()
            .any(|one| one.state() == State::Waiting && one.things == things);
        let contact = self.here.contacts(&[person]).await?.remove(&person);
        let (false, false, Some(contact)) = (things.is_empty(), twice, contact) else {
            return Err(Refusal::NothingToErase.into());
        };
        let (now, office) = (self.now(), self.office());
        let due = tell_by(office.day, &office.calendar).ok_or(Refusal::OutsideCalendar)?;
        let series = format!("erasure-{}", office.day.year());
        let number = Number {
            year: office.day.year(),
            n: self.here.next_number(&series).await?,
        };
        let id = self.id();
        let mut batch = Batch::new();
        if let Some(key) = &call.key {
            batch.once(once_key("ask_erasure", who, key), PetitionId(id), 0, now);
        }
        batch.take_number(&series, number.n);
        let (request, code) = {
            let fill = &mut self.fill();
            self.here.ready(now, fill)?;
            let key = batch.owner_key(&self.here, *id.as_bytes(), now, fill)?;
            let said = (!words.trim().is_empty())
                .then(|| batch.text(&key, TextId(self.id()), words.trim().as_bytes(), fill));
            let reach = batch.text(&key, TextId(self.id()), &serde_json::to_vec(&contact)?, fill);
            let mut bytes = [0; 8];
            fill(&mut bytes);
            let code: String = bytes
                .iter()
                .map(|byte| char::from(LETTERS[usize::from(byte & 31)]))
                .collect();
            let request = Request {
                id,
                seq: 1,
                number,
                person,
                wanted,
                things,
                way,
                by: who.by(),
                at: now,
                due,
                said,
                reach,
                decision: None,
                told: None,
            };
            (request, code)
        };
        batch.erasure_first(&request, self.erasure_code(number, &code), end_of(due))?;
        batch.look(self.id(), &self.look_of(who, "ask_erasure", petition, 1, call));
        for officer in office.holders(Seat::PrivacyOfficer, None) {
            self.erasure_effect(&mut batch, &request, "erasure_asked", To::Official(officer), now);
        }
        match self.here.commit(batch, Urgency::User).await {
            Ok(()) => Ok(Given { number, code, due }),
            // The same form sent twice: the first one stands, and its code was shown.
            Err(CommitFault::Repeated) => Err(Refusal::NothingToErase.into()),
            Err(fault) => Err(fault.into()),
        }
    }

    fn erasure_effect(&self, batch: &mut Batch, request: &Request, template: &str, to: To, due: At) {
        self.tell(batch, template, &[request.id.as_bytes()], to, due);
    }

    /// Requests: those to decide first, then those to tell, then what is done. Errors: `NotYours`.
    pub async fn erasures(&self, who: &Who) -> Result<Vec<Request>, ActError> {
        if !holds(who, Seat::PrivacyOfficer) {
            return Err(Refusal::NotYours.into());
        }
        let mut all = self.here.erasures(State::Waiting, MOST).await?;
        all.extend(self.here.erasures(State::Decided, MOST).await?);
        all.extend(self.here.erasures_newest(State::Told, MOST).await?);
        Ok(all)
    }

    /// A citizen's own requests.
    pub async fn erasures_asked(&self, person: PersonId) -> Result<Vec<Request>, ActError> {
        Ok(self.here.erasures_of(person).await?)
    }

    /// One request, opened for the officer; the look is written down first.
    pub async fn erasure(&self, who: &Who, number: Number, call: &Call) -> Result<Opened, ActError> {
        if !holds(who, Seat::PrivacyOfficer) {
            return Err(Refusal::NotYours.into());
        }
        let request = self.here.erasure(number).await?.ok_or(ActError::NotFound)?;
        let mut batch = Batch::new();
        batch.look(self.id(), &self.look_of(who, "look_erasure", None, 1, call));
        self.here.commit(batch, Urgency::User).await?;
        self.opened_erasure(request).await
    }

    /// A request by number and 확인번호, for whoever holds both. Tries are counted.
    pub async fn erasure_result(
        &self,
        number: Number,
        code: &str,
        origin: &[u8],
    ) -> Result<Option<Opened>, NotLetIn> {
        self.throttled(crypto::hash::sha256("minwon erasure code", &[origin]), 30, HOUR)
            .await?;
        let own = crypto::hash::sha256("minwon erasure number", &[number.to_string().as_bytes()]);
        self.throttled(own, 20, HOUR).await?;
        match self
            .here
            .erasure_by_code(number, self.erasure_code(number, code))
            .await?
        {
            Some(request) => match self.opened_erasure(request).await {
                Ok(opened) => Ok(Some(opened)),
                Err(ActError::Trouble(trouble)) => Err(trouble.into()),
                Err(ActError::NotFound | ActError::Refused(_)) => Ok(None),
            },
            None => Ok(None),
        }
    }

    async fn opened_erasure(&self, request: Request) -> Result<Opened, ActError> {
        let reasons = request.decision.as_ref().and_then(|decision| decision.reasons);
        let wanted: Vec<Text> = [request.said, reasons].into_iter().flatten().collect();
        let texts = self.here.open(&wanted).await?;
        let text = |text: Option<Text>| {
            text.and_then(|text| texts.text(text))
                .unwrap_or_default()
                .to_owned()
        };
        Ok(Opened {
            said: text(request.said),
            reasons: text(reasons),
            things: self.judged(&request.things).await?,
            request,
        })
    }

    /// What may become of each thing today. The person's data is judged as if all petitions of the request that may go, went.
    async fn judged(&self, things: &[Thing]) -> Result<Vec<Judged>, Trouble> {
        let mut judged = Vec::new();
        let mut going = BTreeSet::new();
        for thing in things {
            let Thing::Petition(id) = thing else { continue };
            let Some(head) = self.head(*id).await? else {
                continue;
            };
            let may = self.may_petition(&head.petition).await?;
            if may == May::Destroy {
                going.insert(*id);
            }
            judged.push(Judged {
                thing: *thing,
                may,
                petition: Some(head.petition),
            });
        }
        for thing in things {
            let Thing::Person(person) = thing else { continue };
            judged.push(Judged {
                thing: *thing,
                may: self.may_person(*person, &going).await?,
                petition: None,
            });
        }
        Ok(judged)
    }

    /// 결정 — by the privacy officer. What is to be destroyed is gone when this returns. Errors: `NotYours`, and whatever the rules
    /// do not allow today.
    pub async fn decide_erasure(
        &self,
        who: &Who,
        number: Number,
        ruled: Vec<Ruled>,
        words: &str,
        call: &Call,
    ) -> Result<Request, ActError> {
        let Who::Official(official) = who else {
            return Err(Refusal::NotYours.into());
        };
        if !holds(who, Seat::PrivacyOfficer) {
            return Err(Refusal::NotYours.into());
        }
        let refuses = ruled.iter().any(|one| one.verdict != Verdict::Destroy);
        if refuses && words.trim().is_empty() {
            return Err(Refusal::BasisMissing.into());
        }
        if words.chars().count() > MOST_WORDS {
            return Err(Refusal::TooLong.into());
        }
        let mut request = self.here.erasure(number).await?.ok_or(ActError::NotFound)?;
        let judged = self.judged(&request.things).await?;
        let may: Vec<(Thing, May)> = judged.iter().map(|one| (one.thing, one.may)).collect();
        let of = |verdict: Verdict| ruled.iter().filter(move |one| one.verdict == verdict);
        let going: Vec<PetitionId> = of(Verdict::Destroy)
            .filter_map(|one| match one.thing {
                Thing::Petition(id) => Some(id),
                Thing::Person(_) => None,
            })
            .collect();
        let mut doomed = self.with_persons(going).await?;
        for one in of(Verdict::Destroy) {
            if let Thing::Person(person) = one.thing {
                // With the petitions that go now, and not with those that stay.
                let besides = doomed.petitions.iter().copied().collect();
                if self.may_person(person, &besides).await? != May::Destroy {
                    return Err(Refusal::MustBeKept.into());
                }
                doomed.drafts.extend(self.here.drafts_of(person).await?);
                if !doomed.persons.contains(&person) {
                    doomed.persons.push(person);
                }
            }
        }
        let now = self.now();
        let mut batch = Batch::new();
        let reasons = match words.trim() {
            "" => None,
            words => {
                let key = self.here.key_of(*request.id.as_bytes()).await?;
                Some(batch.text(&key, TextId(self.id()), words.as_bytes(), &mut self.fill()))
            }
        };
        let mut entries = Vec::new();
        let ground = Ground {
            request: Some(number),
            ..Ground::default()
        };
        if !doomed.is_empty() {
            let entry = self
                .doom(&mut batch, who, DestructionKind::Request, &doomed, &ground)
                .await?;
            entries.push(entry);
        }
        let mut apart: Vec<[u8; 16]> = Vec::new();
        let kept: Vec<&Ruled> = of(Verdict::KeepApart).collect();
        if let Some((basis, _)) = kept.first().and_then(|one| one.kept) {
            let mut counted = Doomed::default();
            for one in &kept {
                match one.thing {
                    Thing::Petition(id) => counted.petitions.push(id),
                    Thing::Person(person) => counted.persons.push(person),
                }
            }
            let ground = Ground {
                basis: Some(basis),
                ..ground.clone()
            };
            let after = u32::from(!entries.is_empty());
            let entry = self
                .entry_after(
                    &mut batch,
                    who,
                    DestructionKind::KeptApart,
                    &counted,
                    &ground,
                    after,
                )
                .await?;
            entries.push(entry);
            for one in kept {
                let Some((basis, until)) = one.kept else { continue };
                let owner = match one.thing {
                    Thing::Petition(id) => id.bytes(),
                    Thing::Person(person) => person.bytes(),
                };
                let lawful = may
                    .iter()
                    .find(|(thing, _)| *thing == one.thing)
                    .map(|(_, may)| *may);
                // Never longer than the record itself is kept, where that is what orders it.
                let until = match lawful {
                    Some(May::KeepApart(last)) => last.or(until),
                    _ => until,
                };
                batch.set_apart(
                    owner,
                    *entry.as_bytes(),
                    basis.code(),
                    until.unwrap_or(NO_END),
                    now,
                );
                apart.push(owner);
            }
        }
        let decision = Decision {
            at: now,
            by: official.id,
            ruled,
            reasons,
            entries,
        };
        request.decide(decision, &may)?;
        batch.erasure_next(&request)?;
        self.destruction_looks(&mut batch, who, &doomed, call);
        batch.look(self.id(), &self.look_of(who, "decide_erasure", None, 1, call));
        self.here.commit(batch, Urgency::User).await.map_err(raced)?;
        self.finish_destructions().await?;
        if !apart.is_empty() {
            self.here.unindex(&apart).await?;
            self.here.scrub().await?;
        }
        Ok(request)
    }

    /// Sends results that were decided and not told yet, and reminds the officer of those whose last day comes near. Gives how many
    /// were told.
    pub async fn tell_erasures(&self) -> Result<u64, Trouble> {
        let now = self.now();
        let mut told = 0;
        for request in self.here.erasures(State::Decided, MOST).await? {
            let late = request
                .decision
                .as_ref()
                .is_some_and(|decision| now.0 > decision.at.0 + TRIED);
            if !late && self.tell_erasure(&request).await? {
                self.told_erasure(request).await?;
                told += 1;
            }
        }
        for request in self.here.erasures(State::Waiting, MOST).await? {
            if end_of(request.due).0 - now.0 > (REMINDED + 1) * 24 * HOUR {
                break;
            }
            for officer in self.office().holders(Seat::PrivacyOfficer, None) {
                let mut batch = Batch::new();
                self.erasure_effect(&mut batch, &request, "erasure_due", To::Official(officer), now);
                match self.here.commit(batch, Urgency::Bulk).await {
                    Ok(()) | Err(CommitFault::Repeated) => {}
                    Err(fault) => return Err(fault.into()),
                }
            }
        }
        Ok(told)
    }

    async fn tell_erasure(&self, request: &Request) -> Result<bool, Trouble> {
        let opened = self.here.open(&[request.reach]).await?;
        let contact = opened
            .bytes(request.reach)
            .and_then(|bytes| serde_json::from_slice::<Contact>(bytes).ok());
        let Some((contact, address)) = contact.and_then(|contact| Some((contact.clone(), reach(&contact)?)))
        else {
            return Ok(false);
        };
        let link = format!("{}/erasure", self.office().settings.agency.address_of_pages);
        let number = request.number.to_string();
        let words = [("number", number.as_str()), ("link", link.as_str())];
        let notice = self
            .notices
            .render("erasure_decided", &contact.language, &words)?;
        // The same identity at every try: who gets it twice can tell.
        let id = OutboxId(request.id);
        let sent = match address.kind {
            ContactKind::Phone => {
                let message = TextMessage {
                    id,
                    to: address.value,
                    text: notice.message,
                };
                self.ports.messenger.send(&message).await
            }
            ContactKind::Mail => {
                let letter = Letter {
                    id,
                    to: address.value,
                    subject: notice.title,
                    text: notice.mail,
                    attachments: Vec::new(),
                };
                self.ports.mailer.send(&letter).await
            }
        };
        if let Err(error) = &sent {
            tracing::warn!(%error, request = %request.number, "the result of a request to erase was not taken");
        }
        Ok(sent.is_ok())
    }

    /// Told: the address it was sent to and what was said are no longer needed. The reasons stay for who has the 확인번호.
    async fn told_erasure(&self, mut request: Request) -> Result<(), Trouble> {
        request.told = Some(self.now());
        request.seq += 1;
        let mut batch = Batch::new();
        batch.drop_text(request.reach.id);
        if let Some(said) = request.said {
            batch.drop_text(said.id);
        }
        batch.erasure_next(&request)?;
        match self.here.commit(batch, Urgency::Bulk).await {
            Ok(()) | Err(CommitFault::Conflict) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }

    /// 통지함 — the officer has told it in another way: by post, by telephone.
    pub async fn told_by_hand(&self, who: &Who, number: Number, call: &Call) -> Result<(), ActError> {
        if !holds(who, Seat::PrivacyOfficer) {
            return Err(Refusal::NotYours.into());
        }
        let request = self.here.erasure(number).await?.ok_or(ActError::NotFound)?;
        if request.state() != State::Decided {
            return Err(Refusal::NotNow.into());
        }
        let mut batch = Batch::new();
        batch.look(self.id(), &self.look_of(who, "tell_erasure", None, 1, call));
        self.here.commit(batch, Urgency::User).await?;
        Ok(self.told_erasure(request).await?)
    }
}

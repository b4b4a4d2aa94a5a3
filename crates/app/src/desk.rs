//! 열람 — the one door to reading: what one may not see does not exist, and every look of an official is written down first.
//!
//! It is longer than 600 lines because every way of reading takes the same one door.

pub mod hand;
pub mod search;

use crate::act::{ActError, Call};
use crate::office::Office;
use crate::{App, Trouble};
use domain::access::{MATRIX, Relation, Sight, Who};
use domain::decide::{offered, timely};
use domain::due::{Due, Left};
use domain::event::{Attached, Event};
use domain::filter::{Ends, Filter};
use domain::id::{OfficialId, PetitionId, UnitId};
use domain::life::{Deed, Life};
use domain::number::{DocumentNumber, FilingNumber, ReceptionNumber};
use domain::petition::people::Awaited;
use domain::petition::{End, Petition};
use domain::refusal::Refusal;
use domain::terms::{By, Code, Kind};
use domain::text::Text;
use domain::time::At;
use domain::track::Hand;
use store::batch::Batch;
use store::engine::Urgency;
use store::head::{Behind, Scope};
use store::journal::{BEGINNING, Entry, link};
use store::ledger::Look;
use store::outbox::Effect;
use store::person::Contact;
use store::place::Place;
use store::vault::Opened;

/// A line of a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// The petition.
    pub petition: Petition,
    /// Its title; `None` when its key is gone.
    pub title: Option<String>,
    /// What is left until its next lawful moment.
    pub left: Option<Left>,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Listing {
    /// Its lines.
    pub items: Vec<Item>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Behind>,
}

/// A petition on the public board.
#[derive(Debug, Clone)]
pub struct Published {
    /// 제목, masked.
    pub title: String,
    /// 민원 내용, masked.
    pub question: String,
    /// 답변, masked.
    pub answer: String,
    /// The department that answered.
    pub unit: Option<UnitId>,
    /// Since when it is shown.
    pub at: At,
}

/// A page of the public board.
#[derive(Debug, Clone)]
pub struct Board {
    /// Newest first.
    pub shown: Vec<Published>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Behind>,
}

/// The answer to a petition that another one was merged into, without anything of its petitioner.
#[derive(Debug, Clone)]
pub struct Together {
    /// How it ended, and when that was sent.
    pub end: End,
    /// Row of the catalogue, and its version.
    pub service: (Code, u32),
    /// 문서번호.
    pub document: Option<DocumentNumber>,
    /// 본문.
    pub body: String,
    /// 거부 사유; may be empty.
    pub reasons: String,
    /// 구제절차; may be empty.
    pub remedies: String,
}

/// A whole case, opened.
#[derive(Debug, Clone)]
pub struct Case {
    /// The petition as it stands.
    pub petition: Petition,
    /// Its journal, oldest first.
    pub journal: Vec<Entry>,
    /// Every text the journal speaks of, and that could be opened.
    pub texts: Opened,
    /// Who asks; `None` when the key is gone.
    pub contact: Option<Contact>,
    /// Why the due date is what it is; `None` before reception or outside the calendar.
    pub why: Option<Due>,
    /// What is left.
    pub left: Option<Left>,
    /// Every deed of officials (for an official) or of petitioners (for a citizen), and why not where it is not possible now.
    pub deeds: Vec<(Deed, Result<(), Refusal>)>,
    /// What was sent about it, with its state.
    pub effects: Vec<(Effect, String)>,
    /// Who looked at it and when; for the citizen and the privacy officer.
    pub looks: Vec<Look>,
    /// Whether the chain of its journal holds, and every text in the vault is the one the journal speaks of.
    pub chain_holds: bool,
    /// The leaf of its last event, once sealed.
    pub leaf: Option<u64>,
    /// Where its files stand between coming in and being opened.
    pub standings: crate::scan::Standings,
}

/// What a list of the desk is about. The desk turns it into a scope that the one who looks may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// What waits for me: mine to handle, mine to sign, or my office's to receive and distribute.
    Mine,
    /// Everything open that I may see.
    Open,
    /// Everything open in one of my departments.
    Unit(UnitId),
    /// Waiting for reception.
    ToReceive,
    /// Waiting for distribution.
    ToDistribute,
    /// Waiting for a handler, in the departments whose petitions I may designate one for.
    ToDesignate,
    /// 재배부 요청.
    SentBack,
    /// Waiting for my signature.
    ToSign,
    /// 후결: signed in my place, and not confirmed by me yet.
    ToConfirm,
    /// 공람: circulated to me, and not read yet.
    ToRead,
    /// 불산입 중.
    Held,
    /// Past their time.
    Overdue,
    /// Ended.
    Concluded,
}

/// 이번 주: today and so many working days more.
const WEEK: i64 = 4;

const CITIZEN_DEEDS: &[Deed] = &[
    Deed::ProlongSupplement,
    Deed::Supplement,
    Deed::ConsentExtension,
    Deed::DeclineExtension,
    Deed::ReadAnswer,
    Deed::Withdraw,
    Deed::Rate,
    Deed::Amend,
    Deed::Object,
    Deed::AskFurther,
];

impl App {
    /// A page of a list of the desk: at most `limit` lines behind `behind`.
    pub async fn list(
        &self,
        who: &Who,
        view: View,
        behind: Option<Behind>,
        limit: u32,
        call: &Call,
    ) -> Result<Listing, ActError> {
        self.list_where(who, view, Filter::default(), behind, limit, call)
            .await
    }

    /// The same, narrowed to a condition.
    pub async fn list_where(
        &self,
        who: &Who,
        view: View,
        filter: Filter,
        behind: Option<Behind>,
        limit: u32,
        call: &Call,
    ) -> Result<Listing, ActError> {
        let sight = self.sight(who);
        let condition = filter.at(self.ends());
        let mut petitions = Vec::new();
        for (scope, sight) in self.scopes(who, view, &sight) {
            for place in self.shelves_of(view) {
                let page = place
                    .list_where(scope, &sight, &condition, behind, limit + 1)
                    .await?;
                petitions.extend(page);
            }
        }
        let newest_first = view == View::Concluded;
        petitions.sort_by_key(|p: &Petition| (p.act_by(), p.id));
        petitions.dedup_by_key(|p| p.id);
        if newest_first {
            petitions.reverse();
        }
        let next = (petitions.len() > limit as usize).then(|| {
            let last = &petitions[limit as usize - 1];
            Behind {
                key: last.act_by(),
                id: last.id,
            }
        });
        petitions.truncate(limit as usize);
        let items = self.items(petitions).await?;
        self.looked(who, "list", None, items.len(), call).await?;
        Ok(Listing { items, next })
    }

    /// How many lines a list has, counted no further than `most`.
    pub async fn count(&self, who: &Who, view: View, most: u32) -> Result<u32, ActError> {
        self.count_where(who, view, Filter::default(), most).await
    }

    /// The same, narrowed to a condition.
    pub async fn count_where(
        &self,
        who: &Who,
        view: View,
        filter: Filter,
        most: u32,
    ) -> Result<u32, ActError> {
        let sight = self.sight(who);
        let condition = filter.at(self.ends());
        let scopes: Vec<Scope> = self
            .scopes(who, view, &sight)
            .into_iter()
            .map(|(scope, _)| scope)
            .collect();
        let mut counted = 0;
        for place in self.shelves_of(view) {
            counted += place.count_where(&scopes, &sight, &condition, most).await?;
        }
        Ok(counted.min(most))
    }

    /// Where the petitions of a view lie: only what has ended is in the archive.
    fn shelves_of(&self, view: View) -> impl Iterator<Item = &Place> {
        let most = if view == View::Concluded { usize::MAX } else { 1 };
        self.shelves().take(most)
    }

    /// The moments that conditions are measured by.
    fn ends(&self) -> Ends {
        let bounds = self.bounds();
        let office = self.office();
        let day = bounds.now.date().unwrap_or(office.day);
        let week = (office.calendar.working_day(day, WEEK)).and_then(crate::supervision::midnight_after);
        Ends {
            now: bounds.now,
            today: bounds.today,
            week: week.unwrap_or(bounds.today),
        }
    }

    /// The scopes behind a view. Where a scope is the official's own by its very words, sight need not be asked again.
    fn scopes(&self, who: &Who, view: View, sight: &Sight) -> Vec<(Scope, Sight)> {
        let official = match who {
            Who::Official(official) => Some(official.id),
            Who::Citizen(_) | Who::System => None,
        };
        let own = |scope: fn(OfficialId) -> Scope| official.map(scope).into_iter();
        // 업무대행과 대결: what is done for those who are away stands among one's own.
        let (handling, signing): (Vec<Scope>, Vec<Scope>) = match who {
            Who::Official(official) => (
                official
                    .cover
                    .handles_for
                    .iter()
                    .copied()
                    .map(Scope::Handler)
                    .collect(),
                official
                    .cover
                    .signs_for
                    .iter()
                    .copied()
                    .map(Scope::Signer)
                    .collect(),
            ),
            Who::Citizen(_) | Who::System => (Vec::new(), Vec::new()),
        };
        let scopes: Vec<Scope> = match view {
            // Whoever comes in from outside has one list: what was handed to them.
            View::Mine | View::Open if sight.entrusted.is_some() => vec![Scope::Open],
            View::Mine => {
                let mut mine: Vec<Scope> = own(Scope::Handler).chain(own(Scope::Signer)).collect();
                mine.extend(handling.into_iter().chain(signing));
                if let Who::Official(official) = who {
                    for post in &official.posts {
                        use domain::terms::Seat;
                        match post.seat {
                            Seat::IntegratedReceiver | Seat::CounterClerk | Seat::OneStopClerk => {
                                mine.extend([
                                    Scope::Life(Life::Filed),
                                    Scope::Life(Life::Received),
                                    Scope::SentBack,
                                ]);
                            }
                            Seat::DepartmentReceiver | Seat::Coordinator => {
                                mine.push(Scope::Undesignated(post.unit))
                            }
                            _ => {}
                        }
                    }
                }
                mine.extend(sight.supports.iter().map(|unit| Scope::Supported(*unit)));
                mine.extend(steps_of(who, &self.office()));
                mine.dedup();
                mine
            }
            View::Open if sight.all => vec![Scope::Open],
            View::Open => {
                let units = sight.units.iter().map(|unit| Scope::Unit(*unit));
                units
                    .chain(own(Scope::Involving))
                    .chain(sight.supports.iter().map(|unit| Scope::Consulting(*unit)))
                    .chain(sight.seats.iter().map(|seat| Scope::Seated(*seat)))
                    .chain(handling)
                    .chain(signing)
                    .collect()
            }
            View::Unit(unit) => vec![Scope::Unit(unit)],
            View::ToReceive => vec![Scope::Life(Life::Filed)],
            View::ToDistribute => vec![Scope::Life(Life::Received), Scope::SentBack],
            View::ToDesignate => match who {
                Who::Official(official) => (official.posts.iter())
                    .filter(|post| MATRIX.contains(&(Deed::Designate, Some(post.seat), Relation::LeadUnit)))
                    .map(|post| Scope::Undesignated(post.unit))
                    .collect(),
                Who::Citizen(_) | Who::System => Vec::new(),
            },
            View::SentBack => vec![Scope::SentBack],
            View::ToSign => own(Scope::Signer).chain(signing).collect(),
            View::ToConfirm => (official.into_iter())
                .map(|id| Scope::Awaited(id, Awaited::Confirmation))
                .collect(),
            View::ToRead => (official.into_iter())
                .map(|id| Scope::Awaited(id, Awaited::Reading))
                .collect(),
            View::Held => vec![Scope::Life(Life::Held)],
            View::Overdue => vec![Scope::Overdue(self.now())],
            View::Concluded if sight.all => vec![Scope::Concluded],
            View::Concluded => {
                let units = sight.units.iter().map(|unit| Scope::ConcludedOf(*unit));
                units
                    .chain(own(Scope::ConcludedInvolving))
                    .chain(
                        sight
                            .supports
                            .iter()
                            .map(|unit| Scope::ConcludedConsulting(*unit)),
                    )
                    .collect()
            }
        };
        let mut unique: Vec<Scope> = Vec::new();
        for scope in scopes {
            if !unique.contains(&scope) {
                unique.push(scope);
            }
        }
        unique.into_iter().map(|scope| (scope, sight.clone())).collect()
    }

    /// A citizen's petitions, newest first.
    pub async fn petitions_of(
        &self,
        who: &Who,
        behind: Option<Behind>,
        limit: u32,
    ) -> Result<Listing, ActError> {
        let Who::Citizen(person) = who else {
            return Err(ActError::NotFound);
        };
        let sight = self.sight(who);
        let mut items: Vec<Item> = Vec::new();
        for room in self.rooms() {
            let petitions = room.petitions_from(*person, &sight, behind, limit + 1).await?;
            items.extend(room.items(petitions).await?);
        }
        items.sort_by_key(|item| std::cmp::Reverse((item.petition.filed_at, item.petition.id)));
        let next = (items.len() > limit as usize).then(|| {
            let last = &items[limit as usize - 1].petition;
            Behind {
                key: last.filed_at,
                id: last.id,
            }
        });
        items.truncate(limit as usize);
        Ok(Listing { items, next })
    }

    pub(crate) async fn items(&self, petitions: Vec<Petition>) -> Result<Vec<Item>, ActError> {
        let titles: Vec<Text> = petitions.iter().map(|p| p.title).collect();
        let opened = self.open_anywhere(&titles).await?;
        let (office, now) = (self.office(), self.now());
        let law = office.law();
        Ok((petitions.into_iter())
            .map(|petition| Item {
                title: opened.text(petition.title).map(str::to_owned),
                left: law.left(&petition, now),
                petition,
            })
            .collect())
    }

    /// A case with everything in it. A look of an official is in the ledger before anything is shown.
    pub async fn case(&self, who: &Who, id: PetitionId, call: &Call) -> Result<Case, ActError> {
        if let Some(room) = self.elsewhere(who, id).await? {
            return Box::pin(room.case(who, id, call)).await;
        }
        let head = self.head(id).await?.ok_or(ActError::NotFound)?;
        if !self.sight(who).admits(&head.petition) {
            return Err(ActError::NotFound);
        }
        self.looked(who, "look", Some(id), 1, call).await?;
        self.opened(who, head.petition).await
    }

    /// A case with everything in it, for one who was let in and whose look is written down.
    pub(crate) async fn opened(&self, who: &Who, petition: Petition) -> Result<Case, ActError> {
        let (place, id) = (&self.here, petition.id);
        let journal = place.journal(id).await?;
        let unread = self.unread(who, &petition);
        let wanted: Vec<Text> = (journal.iter().map(|entry| &entry.recorded.event))
            .filter(|event| !event.proceeding().is_some_and(|no| unread.contains(&no)))
            .flat_map(Event::texts)
            .collect();
        let contents: Vec<Text> = attached(&journal).map(|file| file.content).collect();
        let texts = place
            .open(
                &wanted
                    .into_iter()
                    .filter(|t| !contents.contains(t))
                    .collect::<Vec<_>>(),
            )
            .await?;
        let contact = place.contacts(&[petition.person]).await?.remove(&petition.person);
        let office = self.office();
        let law = office.law();
        Ok(Case {
            standings: self.standings(id).await?,
            why: law.why(&petition).ok(),
            left: law.left(&petition, self.now()),
            deeds: self.deeds(who, &petition),
            effects: place.effects_of(id).await?,
            looks: place.looks(id).await?,
            chain_holds: chain_holds(&journal) && texts.altered.is_empty(),
            leaf: place.leaf_of(id, petition.seq).await?,
            contact,
            texts,
            journal,
            petition,
        })
    }

    /// What was answered to the petition this one was merged into: the answer to this one too, and nothing else of the other.
    /// The other petitioner's name, numbers and addresses are masked in it.
    pub async fn answered_with(&self, p: &Petition) -> Result<Option<Together>, ActError> {
        let Some(lead) = p.merged_into else {
            return Ok(None);
        };
        let place = &self.here;
        let lead = self.head(lead).await?.ok_or(ActError::NotFound)?.petition;
        let together = lead.children.iter().any(|child| child.petition == p.id);
        let (true, true, Some(end), Some(draft)) = (together, lead.answered(), lead.end, lead.draft) else {
            return Ok(None);
        };
        let wanted: Vec<Text> = [Some(draft.body), draft.reasons, draft.remedies]
            .into_iter()
            .flatten()
            .collect();
        let opened = place.open(&wanted).await?;
        let name = place.contacts(&[lead.person]).await?.remove(&lead.person);
        let name = name.map(|contact| contact.name).unwrap_or_default();
        let shown = |text: Option<Text>| {
            let text = text.and_then(|text| opened.text(text)).unwrap_or_default();
            domain::text::mask(text, &[&name])
        };
        Ok(Some(Together {
            end,
            service: lead.service,
            document: lead.line.and_then(|line| line.document),
            body: shown(Some(draft.body)),
            reasons: shown(draft.reasons),
            remedies: shown(draft.remedies),
        }))
    }

    /// 공개 게시판: the masked words of published petitions, newest first.
    pub async fn board(&self, behind: Option<Behind>, limit: u32) -> Result<Board, ActError> {
        let place = &self.here;
        let mut petitions = place.published(behind, limit + 1).await?;
        let more = petitions.len() > limit as usize;
        petitions.truncate(limit as usize);
        let next = petitions.last().filter(|_| more).and_then(|last| {
            Some(Behind {
                key: last.published?.at,
                id: last.id,
            })
        });
        let texts: Vec<Text> = (petitions.iter())
            .filter_map(|p| p.published)
            .flat_map(|p| [p.title, p.question, p.answer])
            .collect();
        let opened = place.open(&texts).await?;
        let said = |text| opened.text(text).map(str::to_owned);
        let shown = (petitions.iter())
            .filter_map(|p| {
                let published = p.published?;
                Some(Published {
                    title: said(published.title)?,
                    question: said(published.question)?,
                    answer: said(published.answer)?,
                    unit: p.unit,
                    at: published.at,
                })
            })
            .collect();
        Ok(Board { shown, next })
    }

    /// The first moment too late to object to a refusal received on that day; `None` beyond the calendar.
    pub fn objection_until(&self, kind: Kind, received: jiff::civil::Date) -> Option<At> {
        let last = self.office().law().objection_until(kind, received).ok()?;
        Some(domain::petition::parts::late_after(last))
    }

    /// What `who` could do now, and why not.
    pub fn deeds(&self, who: &Who, petition: &Petition) -> Vec<(Deed, Result<(), Refusal>)> {
        let Some(procedure) = self
            .procedures
            .version(petition.procedure.0, petition.procedure.1)
        else {
            return Vec::new();
        };
        let of_citizens = matches!(who, Who::Citizen(_));
        (Deed::ALL.iter())
            .filter(|deed| {
                !matches!(
                    deed,
                    // What a special procedure offers stands with it (`App::proceedings`).
                    Deed::File
                        | Deed::RemindClaim
                        | Deed::MoveDue
                        | Deed::Succeed
                        | Deed::OpenProceeding
                        | Deed::MoveProceeding
                )
            })
            .filter(|deed| !of_citizens || CITIZEN_DEEDS.contains(deed))
            .map(|deed| {
                let possible = offered(petition, *deed, who, procedure);
                (*deed, possible.and_then(|()| timely(petition, *deed, self.now())))
            })
            .collect()
    }

    /// An attached file of a case: its name and its content.
    pub async fn attachment(
        &self,
        who: &Who,
        id: PetitionId,
        text: domain::id::TextId,
        call: &Call,
    ) -> Result<(Attached, String, Vec<u8>), ActError> {
        if let Some(room) = self.elsewhere(who, id).await? {
            return Box::pin(room.attachment(who, id, text, call)).await;
        }
        let place = &self.here;
        let file = self.attached(who, id, text).await?;
        self.looked(who, "open_file", Some(id), 1, call).await?;
        let opened = place.open(&[file.content, file.name]).await?;
        let content = opened.bytes(file.content).ok_or(ActError::NotFound)?.to_vec();
        Ok((
            file,
            opened.text(file.name).unwrap_or_default().to_owned(),
            content,
        ))
    }

    /// A file of a petition that may be opened, unopened. `NotFound` for one whose petition it is not to see.
    pub async fn attached(
        &self,
        who: &Who,
        id: PetitionId,
        text: domain::id::TextId,
    ) -> Result<Attached, ActError> {
        let place = &self.here;
        let head = self.head(id).await?.ok_or(ActError::NotFound)?;
        if !self.sight(who).admits(&head.petition) {
            return Err(ActError::NotFound);
        }
        let known = head.petition.files.iter().find(|f| f.content.id == text).copied();
        let file = match known {
            Some(file) => file,
            // Signatures and powers of attorney are named by the journal alone.
            None => attached(&place.journal(id).await?)
                .find(|f| f.content.id == text)
                .ok_or(ActError::NotFound)?,
        };
        self.may_open(place, id, &file).await?;
        Ok(file)
    }

    /// A number typed into the search: 신청번호 or 접수번호.
    pub(crate) async fn by_number(&self, words: &str, sight: &Sight) -> Result<Option<Petition>, ActError> {
        let found = if let Ok(number) = words.parse::<FilingNumber>() {
            self.by_filing_number(number).await?
        } else if let Ok(number) = words.parse::<ReceptionNumber>() {
            self.by_reception_number(number).await?
        } else {
            None
        };
        Ok(found.filter(|petition| sight.admits(petition)))
    }

    /// Writes a look down; citizens' looks at their own petitions are theirs and are not watched.
    pub(crate) async fn looked(
        &self,
        who: &Who,
        deed: &str,
        petition: Option<PetitionId>,
        n: usize,
        call: &Call,
    ) -> Result<(), Trouble> {
        if !matches!(who, Who::Official(_)) {
            return Ok(());
        }
        let mut batch = Batch::new();
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        let look = self.look_of(who, deed, petition, n, call);
        batch.look(self.id(), &look);
        Ok(self.here.commit(batch, Urgency::User).await?)
    }

    /// A line of the ledger about what `who` does now, from where `call` comes.
    pub(crate) fn look_of(
        &self,
        who: &Who,
        deed: &str,
        petition: Option<PetitionId>,
        n: u32,
        call: &Call,
    ) -> Look {
        self.look_by(who.by(), deed, petition, n, &call.origin)
    }

    /// The same, where it is not the one who calls.
    pub(crate) fn look_by(
        &self,
        by: By,
        deed: &str,
        petition: Option<PetitionId>,
        n: u32,
        origin: &[u8],
    ) -> Look {
        Look {
            at: self.now(),
            by,
            deed: deed.to_owned(),
            petition,
            origin: origin.to_vec(),
            n,
        }
    }
}

/// Steps of special procedures that wait for an official by name, by a seat, or by a seat in their own department.
fn steps_of(who: &Who, office: &Office) -> Vec<Scope> {
    let Who::Official(official) = who else {
        return Vec::new();
    };
    let named = |hand: Hand| office.track_hands.contains(&hand);
    let mut all = vec![Scope::Step(official.id.bytes())];
    for post in &official.posts {
        all.extend(named(Hand::Seat(post.seat)).then(|| Scope::Step(post.seat.bytes())));
        all.extend(named(Hand::Lead(post.seat)).then(|| Scope::Step(post.seat.bytes_in(post.unit))));
    }
    all
}

fn attached(journal: &[Entry]) -> impl Iterator<Item = Attached> {
    journal.iter().flat_map(|entry| entry.recorded.event.attached())
}

/// Whether every link follows from the one before.
pub fn chain_holds(journal: &[Entry]) -> bool {
    let mut previous = BEGINNING;
    journal.iter().enumerate().all(|(i, entry)| {
        let holds = entry.recorded.seq as usize == i + 1
            && link(&previous, &entry.recorded, domain::event::VERSION, &entry.body) == entry.hash;
        previous = entry.hash;
        holds
    })
}

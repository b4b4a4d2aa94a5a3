//! 함께 처리 — chooses an act for many petitions, shows what will happen to each, and does it as far as a moment allows.
//!
//! The pages keep nothing: what was chosen, and the key of the whole, travel in the form. Sending a page again, or going on
//! after a stop, does no petition twice. Nothing is chosen for anybody: a suggestion is a button.

use super::{Reader, told};
use crate::{
    Web,
    form::{self, Field, Read, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message,
        desk::{
            Here,
            act::{Choice, Group, HandlerChoice},
            bulk::{Bulk, Chosen, Fate, Keys, Offer, Step, Tally},
            timeline::Names,
        },
    },
};
use app::{
    act::{
        ActError,
        each::{AT_ONCE, Fate as Came, Wanted},
    },
    desk::Item,
    words::Raw,
};
use axum::{body::Bytes, http::StatusCode, response::Response};
use domain::{
    act::Act,
    id::{OfficialId, PetitionId, UnitId},
    life::Deed,
};
use std::collections::BTreeMap;

/// Acts that are safe for many at once: none of them decides about a petition, each can be set right by the next.
const TOGETHER: [Deed; 5] = [
    Deed::Distribute,
    Deed::UnitReceive,
    Deed::Designate,
    Deed::Circulate,
    Deed::ReadCirculated,
];
/// How long one sending goes on, in milliseconds; what is left goes on with the next.
const PORTION: i64 = 2_000;
const READERS: [&str; 3] = ["reader-1", "reader-2", "reader-3"];

const FIELDS: &[Field] = &[
    line("act", "bulk-act"),
    line("do", "bulk-act"),
    line("which", "bulk-act"),
    line("key", "bulk-act"),
    line("set", "desk-unit-lead"),
    line("unit", "desk-unit-lead"),
    line("handler", "desk-handler"),
    line(READERS[0], "desk-readers"),
    line(READERS[1], "desk-readers"),
    line(READERS[2], "desk-readers"),
];

const fn line(name: &'static str, label: &'static str) -> Field {
    Field {
        name,
        label,
        max: 80,
        shape: Shape::Line,
    }
}

/// `GET /desk/keys`
pub async fn keys(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let bar = web.bar(&clerk, Here::About).await?;
    web.desk_page(&clerk, &Keys { bar })
}

/// What a form says about the many.
struct Said {
    read: Read,
    /// Each petition and the event it was looked at.
    marks: Vec<(PetitionId, Option<u32>)>,
    /// Departments for single ones.
    own: BTreeMap<PetitionId, UnitId>,
}

impl Said {
    fn seq(&self, id: PetitionId) -> Option<u32> {
        (self.marks.iter()).find_map(|(of, seq)| (*of == id).then_some(*seq)?)
    }

    /// What the form wants done to this petition; `None` while something is missing.
    fn act(&self, deed: Deed, id: PetitionId) -> Option<Act<Raw>> {
        Some(match deed {
            Deed::Distribute => Act::Distribute {
                unit: (self.own.get(&id).copied()).or_else(|| self.read.get("unit").parse().ok())?,
            },
            Deed::Designate => Act::Designate {
                handler: self.read.get("handler").parse().ok()?,
            },
            Deed::Circulate => Act::Circulate {
                readers: Some(self.readers()).filter(|readers| !readers.is_empty())?,
            },
            Deed::UnitReceive => Act::UnitReceive,
            Deed::ReadCirculated => Act::ReadCirculated,
            _ => return None,
        })
    }

    fn readers(&self) -> Vec<OfficialId> {
        let mut readers = Vec::new();
        for reader in READERS.iter().filter_map(|name| self.read.get(name).parse().ok()) {
            if !readers.contains(&reader) {
                readers.push(reader);
            }
        }
        readers
    }

    /// The field that an act without an answer points at.
    fn missing(deed: Deed) -> (&'static str, &'static str) {
        match deed {
            Deed::Distribute => ("unit", "bulk-unit-missing"),
            Deed::Designate => ("handler", "bulk-handler-missing"),
            _ => (READERS[0], "bulk-readers-missing"),
        }
    }
}

/// An identity with the event it was looked at: “….7”.
fn mark(text: &str) -> Option<(PetitionId, Option<u32>)> {
    let (id, seq) = text.split_once('.')?;
    Some((id.parse().ok()?, Some(seq.parse().ok()?)))
}

fn pair(text: &str) -> Option<(PetitionId, Option<UnitId>)> {
    let (id, unit) = text.split_once('=')?;
    Some((id.parse().ok()?, unit.parse().ok()))
}

/// `POST /desk/bulk`
pub async fn send(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let ([petitions, numbers, listed, own], rest) =
        form::lists(&body, ["petition", "number", "listed", "own"]);
    let read = form::urlencoded(&rest, FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let mut marks: Vec<_> = petitions.iter().filter_map(|text| mark(text)).collect();
    let from_list = if read.get("which") == "listed" {
        listed
    } else {
        numbers
    };
    for number in from_list.iter().take(AT_ONCE) {
        match super::named(&web, &clerk.who, number).await {
            Ok(id) => marks.push((id, None)),
            Err(ActError::NotFound) => {}
            Err(other) => return Err(other.into()),
        }
    }
    marks.truncate(AT_ONCE);
    let mut own: BTreeMap<PetitionId, UnitId> = (own.iter())
        .filter_map(|text| pair(text))
        .filter_map(|(id, unit)| Some((id, unit?)))
        .collect();
    let set = pair(read.get("set"));
    match set {
        Some((id, Some(unit))) => _ = own.insert(id, unit),
        Some((id, None)) => _ = own.remove(&id),
        None => {}
    }
    let deed = (read.get("act").parse().ok()).filter(|deed| TOGETHER.contains(deed));
    let said = Said { read, marks, own };
    let page = Together {
        web: &web,
        clerk: &clerk,
        reader: web.reader(clerk.asked.visit.lang),
        said,
    };
    let Some(deed) = deed else {
        return page.choose().await;
    };
    match page.said.read.get("do") {
        "go" => page.go(deed).await,
        "check" => page.check(deed).await,
        _ if matches!(deed, Deed::UnitReceive | Deed::ReadCirculated) => page.check(deed).await,
        _ => page.fill(deed, Filled::default(), StatusCode::OK).await,
    }
}

struct Together<'a> {
    web: &'a Web,
    clerk: &'a Clerk,
    reader: Reader,
    said: Said,
}

impl Together<'_> {
    async fn items(&self) -> Result<Vec<Item>, Fault> {
        let ids: Vec<PetitionId> = self.said.marks.iter().map(|(id, _)| *id).collect();
        Ok((self.web.app)
            .chosen(&self.clerk.who, &ids, &self.clerk.asked.call(""))
            .await?)
    }

    fn line(&self, item: &Item, fate: Fate) -> Chosen {
        let (p, row) = (&item.petition, self.reader.row(item));
        let own = self.said.own.get(&p.id);
        Chosen {
            mark: format!("{}.{}", p.id, self.said.seq(p.id).unwrap_or(p.seq)),
            id: p.id.to_string(),
            number: row.reception.clone().unwrap_or_else(|| row.number.clone()),
            row: Some(row),
            fate,
            own: own.map(|unit| self.choice(*unit)),
            suggested: None,
        }
    }

    fn choice(&self, unit: UnitId) -> Choice {
        Choice {
            value: unit.to_string(),
            text: self.reader.unit(unit),
        }
    }

    async fn page(&self, step: Step, deed: Option<Deed>, chosen: Vec<Chosen>) -> Result<Bulk, Fault> {
        let count = |of: fn(&Fate) -> bool| chosen.iter().filter(|one| of(&one.fate)).count() as u64;
        let key = self.said.read.get("key");
        Ok(Bulk {
            bar: self.web.bar(self.clerk, Here::Work).await?,
            step,
            deed,
            offers: Vec::new(),
            tally: Tally {
                all: chosen.len() as u64,
                possible: count(|fate| matches!(fate, Fate::Possible)),
                done: count(|fate| matches!(fate, Fate::Done)),
                not: count(|fate| matches!(fate, Fate::Refused { .. } | Fate::Overtaken | Fate::Unknown)),
                waiting: count(|fate| matches!(fate, Fate::Waiting)),
            },
            chosen,
            units: Vec::new(),
            handlers: Vec::new(),
            officials: Vec::new(),
            to: self.to(deed),
            form: self.said.read.filled.clone(),
            key: if key.is_empty() {
                self.web.once()
            } else {
                key.to_owned()
            },
            trouble: None,
        })
    }

    /// To whom, in words.
    fn to(&self, deed: Option<Deed>) -> String {
        let person = |id: OfficialId| {
            let person = self.reader.person(id);
            format!("{} {} {}", person.unit, person.name, person.title)
        };
        match deed {
            Some(Deed::Distribute) => {
                let unit = self.said.read.get("unit").parse().ok();
                unit.map(|unit| self.reader.unit(unit)).unwrap_or_default()
            }
            Some(Deed::Designate) => {
                let handler = self.said.read.get("handler").parse().ok();
                handler.map(person).unwrap_or_default()
            }
            Some(Deed::Circulate) => {
                let names: Vec<String> = self.said.readers().into_iter().map(person).collect();
                names.join(", ")
            }
            _ => String::new(),
        }
    }

    /// Which act: those that are possible now for one of the chosen at least.
    async fn choose(&self) -> Result<Response, Fault> {
        let items = self.items().await?;
        let mut fits: BTreeMap<Deed, u64> = BTreeMap::new();
        for item in &items {
            for (deed, possible) in self.web.app.deeds(&self.clerk.who, &item.petition) {
                if possible.is_ok() && TOGETHER.contains(&deed) {
                    *fits.entry(deed).or_default() += 1;
                }
            }
        }
        let chosen = items.iter().map(|item| self.line(item, Fate::Open)).collect();
        let mut page = self.page(Step::Choose, None, chosen).await?;
        page.offers = (TOGETHER.into_iter())
            .filter_map(|deed| {
                let fits = *fits.get(&deed)?;
                Some(Offer { deed, fits })
            })
            .collect();
        self.web.desk_page(self.clerk, &page)
    }

    /// What the act asks for.
    async fn fill(&self, deed: Deed, faults: Filled, status: StatusCode) -> Result<Response, Fault> {
        let items = self.items().await?;
        let mut chosen = Vec::with_capacity(items.len());
        for item in &items {
            let mut line = self.line(item, Fate::Open);
            if deed == Deed::Distribute && line.own.is_none() {
                let title = item.title.as_deref().unwrap_or_default();
                let said = self.web.app.suggestions(&item.petition, title, None).await?;
                line.suggested = said.first().map(|first| self.choice(first.unit));
            }
            chosen.push(line);
        }
        let mut page = self.page(Step::Fill, Some(deed), chosen).await?;
        match deed {
            Deed::Distribute => page.units = self.units(&items),
            Deed::Designate => page.handlers = self.handlers(&items).await?,
            _ => page.officials = self.reader.colleagues(self.clerk.who.official()),
        }
        page.form.errors.extend(faults.errors);
        self.web.desk_page_as(self.clerk, &page, status)
    }

    /// Departments that one of them at least can be distributed to.
    fn units(&self, items: &[Item]) -> Vec<Group> {
        self.reader.units_where(|unit| {
            let act = Act::Distribute { unit };
            (items.iter()).any(|item| self.foreseen(item, &act).is_ok())
        })
    }

    async fn handlers(&self, items: &[Item]) -> Result<Vec<HandlerChoice>, Fault> {
        let fits = |handler| {
            let act = Act::Designate { handler };
            (items.iter()).any(|item| self.foreseen(item, &act).is_ok())
        };
        Ok(self.reader.handlers_where(fits).await?)
    }

    fn foreseen(&self, item: &Item, act: &Act<Raw>) -> Result<(), ActError> {
        let foreseen = self.web.app.foresee(&self.clerk.who, &item.petition, act);
        foreseen.map(|_| ())
    }

    /// What will happen to each, before anything does.
    async fn check(&self, deed: Deed) -> Result<Response, Fault> {
        let mut chosen = Vec::new();
        for item in &self.items().await? {
            let Some(act) = self.said.act(deed, item.petition.id) else {
                let (field, key) = Said::missing(deed);
                let faults = Filled::default().wrong(field, Message::new(key));
                return self.fill(deed, faults, StatusCode::UNPROCESSABLE_ENTITY).await;
            };
            let fate = match self.foreseen(item, &act) {
                _ if self
                    .said
                    .seq(item.petition.id)
                    .is_some_and(|seq| seq != item.petition.seq) =>
                {
                    Fate::Overtaken
                }
                Ok(()) => Fate::Possible,
                Err(ActError::Refused(refusal)) => Fate::Refused {
                    refusal,
                    clause: refusal.clause().to_owned(),
                },
                Err(ActError::NotFound) => Fate::Unknown,
                Err(ActError::Trouble(trouble)) => return Err(trouble.into()),
            };
            chosen.push(self.line(item, fate));
        }
        let page = self.page(Step::Check, Some(deed), chosen).await?;
        self.web.desk_page(self.clerk, &page)
    }

    /// Does it, as far as one portion reaches.
    async fn go(&self, deed: Deed) -> Result<Response, Fault> {
        let items = self.items().await?;
        let mut wanted = Vec::with_capacity(self.said.marks.len());
        for (id, seq) in &self.said.marks {
            let (Some(act), Some(_)) = (self.said.act(deed, *id), seq) else {
                return self.check(deed).await;
            };
            wanted.push(Wanted {
                petition: *id,
                seq: *seq,
                act,
            });
        }
        // Without a key a repeat could not be told from a new wish.
        if self.said.read.get("key").is_empty() {
            return self.check(deed).await;
        }
        let until = self.web.app.now().plus(PORTION);
        let call = self.clerk.asked.call(self.said.read.get("key"));
        let fates = self.web.app.each(&self.clerk.who, &wanted, until, &call).await;
        let chosen = (fates.each.iter())
            .map(|(id, came)| {
                let fate = match came {
                    Came::Done(_) => Fate::Done,
                    Came::Refused(refusal) => Fate::Refused {
                        refusal: *refusal,
                        clause: refusal.clause().to_owned(),
                    },
                    Came::Overtaken => Fate::Overtaken,
                    Came::Unknown => Fate::Unknown,
                    Came::Waiting => Fate::Waiting,
                };
                if let Some(item) = items.iter().find(|item| item.petition.id == *id) {
                    return self.line(item, fate);
                }
                // Gone on to others with an earlier portion: its number is known here, the rest is not shown any more.
                let number = match came {
                    Came::Done(p) => p.reception.map(|r| r.number.to_string()),
                    _ => None,
                };
                Chosen {
                    mark: format!("{id}.{}", self.said.seq(*id).unwrap_or_default()),
                    id: id.to_string(),
                    number: number.unwrap_or_default(),
                    row: None,
                    fate,
                    own: self.said.own.get(id).map(|unit| self.choice(*unit)),
                    suggested: None,
                }
            })
            .collect();
        let status = match &fates.trouble {
            None => StatusCode::OK,
            Some(_) => StatusCode::SERVICE_UNAVAILABLE,
        };
        let mut page = self.page(Step::Done, Some(deed), chosen).await?;
        page.trouble = fates.trouble.as_ref().map(told);
        self.web.desk_page_as(self.clerk, &page, status)
    }
}

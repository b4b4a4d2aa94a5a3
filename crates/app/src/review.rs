//! 접속기록 월 점검 — drawn up from the ledger, explained by those it remarks on, judged and signed by the privacy officer
//! (개인정보의 안전성 확보조치 기준 제8조제2항).
//!
//! Whoever looks into a review leaves a line of their own.

use crate::act::ActError;
use crate::act::Call;
use crate::{App, Trouble};
use domain::access::{Sight, Who};
use domain::id::{OfficialId, PersonId, PetitionId, TextId, UnitId};
use domain::inspection::Month;
use domain::life::Deed;
use domain::oversight::{Day, Out, Pair, Remark, Settled, Tie, remarks};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::Seat;
use domain::time::At;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::office::Post;
use store::people::Term;
use store::person::ContactKind;
pub use store::review::{Item, Review};

/// Lines read in one step.
const PIECE: u32 = 2_000;
/// The longest text of a request, an explanation or an opinion, in characters.
pub const WORDS: usize = 1_000;
/// Most remarks of a month that are listed; the figures of the agency should leave fewer.
const MOST: usize = 1_000;

/// A month as it stands, with its words.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// The month.
    pub review: Review,
    /// Its remarks.
    pub items: Vec<Item>,
    /// Every text of it.
    pub texts: HashMap<TextId, String>,
    /// Numbers of the petitions it names, as far as they are still here.
    pub numbers: HashMap<PetitionId, String>,
}

/// What the privacy officer does with a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settle {
    /// 소명 요청.
    Ask(String),
    /// 정상.
    Normal(String),
    /// 조치.
    Measure(String),
}

/// The words of a report for codes, in its language.
#[derive(Clone, Copy)]
pub struct ReportWords<'a> {
    /// Of a remark.
    pub kind: &'a (dyn Fn(domain::oversight::Remarkable) -> String + Send + Sync),
    /// Of where it stands.
    pub state: &'a (dyn Fn(Settled) -> String + Send + Sync),
}

/// What was counted in a month.
#[derive(Debug, Default)]
struct Counts {
    days: BTreeMap<(OfficialId, Date), Day>,
    looks: BTreeMap<(OfficialId, PetitionId), u32>,
    acted: BTreeSet<(OfficialId, PetitionId)>,
    lines: u32,
}

impl App {
    /// Draws up the review of a month that is over, once; gives how many remarks it has. A month without a line has none.
    pub async fn draw_up_review(&self, month: Month) -> Result<u64, Trouble> {
        let (place, now) = (&self.here, self.now());
        if now < month.ends() || place.review(month).await?.is_some() {
            return Ok(0);
        }
        let settings = self.gate_settings().await?;
        let counts = self.count_month(month, &settings.figures).await?;
        if counts.lines == 0 {
            return Ok(0);
        }
        let (outs, exports) = self.outs_of(month).await?;
        let pairs = self.pairs_of(&counts).await?;
        let mut found: Vec<Remark> = remarks(&settings.figures, &counts.days, &pairs, &outs);
        found.truncate(MOST);
        let officials: BTreeSet<OfficialId> = counts.days.keys().map(|(official, _)| *official).collect();
        let id = PetitionId(self.id());
        let mut batch = Batch::new();
        batch.review(&Review {
            month,
            id,
            drawn_at: now,
            looks: counts.lines,
            officials: u32::try_from(officials.len()).unwrap_or(u32::MAX),
            exports,
            signed: None,
            text: None,
        });
        {
            let fill = &mut self.fill();
            place.ready(now, fill)?;
            batch.owner_key(place, id.bytes(), now, fill)?;
        }
        for (remark, no) in found.iter().zip(1..) {
            batch.review_item(month, no, remark);
        }
        match place.commit(batch, Urgency::Bulk).await {
            Ok(()) => Ok(found.len() as u64 + 1),
            Err(CommitFault::Conflict) => Ok(0),
            Err(fault) => Err(fault.into()),
        }
    }

    async fn count_month(
        &self,
        month: Month,
        figures: &domain::oversight::Figures,
    ) -> Result<Counts, Trouble> {
        let office = self.office();
        let span = (month.begins(), month.ends());
        let (mut counts, mut behind) = (Counts::default(), None);
        loop {
            let lines = self.here.ledger_between(span, behind, PIECE).await?;
            for line in &lines {
                let Some(civil) = line.at.civil() else { continue };
                counts.lines += 1;
                let day = counts.days.entry((line.official, civil.date())).or_default();
                let works = office.calendar.works(civil.date()).unwrap_or(true);
                if figures.off(civil, works) {
                    day.off += 1;
                }
                match (line.deed.as_str(), line.petition) {
                    ("search", _) => day.searches += 1,
                    (
                        "look" | "open_file" | "reveal" | "print" | "export" | "break_glass",
                        Some(petition),
                    ) => {
                        day.looks += 1;
                        if line.deed != "export" && line.deed != "print" {
                            *counts.looks.entry((line.official, petition)).or_default() += 1;
                        }
                    }
                    (deed, Some(petition)) if deed.parse::<Deed>().is_ok() => {
                        counts.acted.insert((line.official, petition));
                    }
                    _ => {}
                }
            }
            match lines.last() {
                Some(last) if lines.len() == PIECE as usize => behind = Some((last.at, last.id)),
                _ => return Ok(counts),
            }
        }
    }

    async fn outs_of(&self, month: Month) -> Result<(Vec<Out>, u32), Trouble> {
        let (mut outs, mut n, mut behind) = (Vec::new(), 0, None);
        loop {
            let lines = (self.here)
                .gate_lines(month.begins(), month.ends(), behind, PIECE)
                .await?;
            n += u32::try_from(lines.len()).unwrap_or(u32::MAX);
            outs.extend(lines.iter().filter_map(|line| {
                Some(Out {
                    official: line.official,
                    day: line.at.date()?,
                    subjects: line.subjects,
                })
            }));
            match lines.last() {
                Some(last) if lines.len() == PIECE as usize => behind = Some((last.at, last.id)),
                _ => return Ok((outs, n)),
            }
        }
    }

    /// Who looked at what, and what they have to do with it.
    async fn pairs_of(&self, counts: &Counts) -> Result<Vec<Pair>, Trouble> {
        let mut ids: Vec<PetitionId> = (counts.looks.keys())
            .filter(|pair| !counts.acted.contains(pair))
            .map(|(_, petition)| *petition)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let everything = Sight::of(&Who::System);
        let heads: HashMap<PetitionId, Petition> = (self.here.petitions(&ids, &everything).await?)
            .into_iter()
            .map(|p| (p.id, p))
            .collect();
        let mut posts = self.places.live.post_terms().await?;
        if self.is_inside() {
            posts.extend(self.here.post_terms().await?);
        }
        let units = units_of(&posts);
        let own = self.known_as_citizens(counts, &units).await?;
        let none = BTreeSet::new();
        Ok((counts.looks.iter())
            .filter(|(pair, _)| !counts.acted.contains(*pair))
            .filter_map(|((official, petition), looks)| {
                let p = heads.get(petition)?;
                let theirs = units.get(official).unwrap_or(&none);
                let colleagues = own.get(official).is_some_and(|people| people.contains(&p.person));
                let involved = p.involved().contains(official)
                    || p.unit.is_some_and(|unit| theirs.contains(&unit))
                    || p.supporting().any(|unit| theirs.contains(&unit));
                Some(Pair {
                    official: *official,
                    petition: *petition,
                    person: p.person,
                    looks: *looks,
                    tie: match (colleagues, involved) {
                        (true, _) => Tie::Own,
                        (false, true) => Tie::Involved,
                        (false, false) => Tie::None,
                    },
                })
            })
            .collect())
    }

    /// The petitioners that an official, or a colleague of the same department, is by verified contact. Nothing is opened: contacts
    /// of the office are looked up as whole values.
    async fn known_as_citizens(
        &self,
        counts: &Counts,
        units: &HashMap<OfficialId, BTreeSet<UnitId>>,
    ) -> Result<HashMap<OfficialId, BTreeSet<PersonId>>, Trouble> {
        let office = self.office();
        let mut of_unit: HashMap<UnitId, BTreeSet<PersonId>> = HashMap::new();
        for (official, theirs) in units {
            let Some(person) = office.person(*official) else {
                continue;
            };
            let phone: String = person.phone.chars().filter(char::is_ascii_digit).collect();
            for (kind, value) in [(ContactKind::Mail, &person.mail), (ContactKind::Phone, &phone)] {
                if value.is_empty() {
                    continue;
                }
                if let Some(citizen) = self.here.person_by(kind, value).await? {
                    for unit in theirs {
                        of_unit.entry(*unit).or_default().insert(citizen);
                    }
                }
            }
        }
        let officials: BTreeSet<OfficialId> = counts.looks.keys().map(|(official, _)| *official).collect();
        Ok((officials.into_iter())
            .map(|official| {
                let theirs = units.get(&official).into_iter().flatten();
                let people = theirs.filter_map(|unit| of_unit.get(unit)).flatten().copied();
                (official, people.collect())
            })
            .collect())
    }

    /// The months that were drawn up, newest first; for the privacy officer.
    pub async fn reviews(&self, who: &Who, limit: u32) -> Result<Vec<Review>, ActError> {
        self.privacy_officer(who)?;
        Ok(self.here.reviews(limit).await?)
    }

    /// A month with everything in it; that it was looked at is written down first.
    pub async fn reviewed(&self, who: &Who, month: Month, call: &Call) -> Result<Reviewed, ActError> {
        self.privacy_officer(who)?;
        let place = &self.here;
        let review = place.review(month).await?.ok_or(ActError::NotFound)?;
        let items = place.review_items(month).await?;
        let n = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let mut batch = Batch::new();
        batch.look(self.id(), &self.look_of(who, "review_look", None, n, call));
        place.commit(batch, Urgency::User).await?;
        let texts: Vec<TextId> = (items.iter())
            .flat_map(|item| [item.question, item.answer, item.judgement])
            .chain([review.text])
            .flatten()
            .collect();
        let ids: Vec<PetitionId> = items.iter().filter_map(|item| item.remark.petition).collect();
        let known = if ids.is_empty() {
            Vec::new()
        } else {
            place.petitions(&ids, &Sight::of(&Who::System)).await?
        };
        Ok(Reviewed {
            texts: self.words_opened(&texts).await?,
            numbers: known.into_iter().map(|p| (p.id, p.number.to_string())).collect(),
            review,
            items,
        })
    }

    async fn words_opened(&self, texts: &[TextId]) -> Result<HashMap<TextId, String>, ActError> {
        let opened = self.here.open_loose(texts).await?;
        Ok((opened.into_iter())
            .map(|(id, words)| (id, String::from_utf8(words).unwrap_or_default()))
            .collect())
    }

    /// Asks for an explanation of a remark, or judges it. Errors: `NotNow` once the month is signed, or when it was judged; `ReasonMissing`
    /// for a request without words, a measure without words, and a judgement on oneself without words.
    pub async fn settle_remark(
        &self,
        who: &Who,
        (month, no): (Month, u32),
        act: &Settle,
        call: &Call,
    ) -> Result<(), ActError> {
        let official = self.privacy_officer(who)?;
        let place = &self.here;
        let review = place.review(month).await?.ok_or(ActError::NotFound)?;
        let mut item = (place.review_items(month).await?.into_iter())
            .find(|item| item.no == no)
            .ok_or(ActError::NotFound)?;
        if review.signed.is_some() || item.state.judged() {
            return Err(Refusal::NotNow.into());
        }
        let (words, needed) = match act {
            Settle::Ask(words) | Settle::Measure(words) => (words, true),
            Settle::Normal(words) => (words, item.remark.official == official),
        };
        if needed && words.trim().is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let (before, now) = (item.state, self.now());
        let mut batch = Batch::new();
        let text = self.lay_words(&mut batch, review.id, words).await?;
        let deed = match act {
            Settle::Ask(_) => {
                item.state = Settled::Asked;
                item.asked_at = Some(now);
                item.question = text;
                self.queue(
                    &mut batch,
                    "review_asked",
                    review.id,
                    no,
                    item.remark.official,
                    now,
                );
                "review_ask"
            }
            Settle::Normal(_) | Settle::Measure(_) => {
                item.state = match act {
                    Settle::Normal(_) => Settled::Normal,
                    _ => Settled::Measure,
                };
                item.judged = Some((official, now));
                item.judgement = text;
                "review_judge"
            }
        };
        batch.review_item_after(before, &item);
        batch.look(self.id(), &self.look_of(who, deed, None, 1, call));
        Ok(place.commit(batch, Urgency::User).await?)
    }

    async fn lay_words(
        &self,
        batch: &mut Batch,
        owner: PetitionId,
        words: &str,
    ) -> Result<Option<TextId>, ActError> {
        let words: String = words.trim().chars().take(WORDS).collect();
        if words.is_empty() {
            return Ok(None);
        }
        let key = self.here.key_of(owner.bytes()).await?;
        let text = TextId(self.id());
        batch.text(&key, text, words.as_bytes(), &mut self.fill());
        Ok(Some(text))
    }

    /// The remarks on oneself of which an explanation was asked, with their words.
    pub async fn to_explain(&self, who: &Who) -> Result<(Vec<Item>, HashMap<TextId, String>), ActError> {
        let Who::Official(official) = who else {
            return Err(ActError::NotFound);
        };
        let items = self.here.review_items_of(official.id).await?;
        let texts: Vec<TextId> = (items.iter())
            .flat_map(|item| [item.question, item.answer])
            .flatten()
            .collect();
        let texts = self.words_opened(&texts).await?;
        Ok((items, texts))
    }

    /// 소명. Errors: `NotFound` for a remark on somebody else, `NotNow` where none is awaited, `ReasonMissing`.
    pub async fn explain(
        &self,
        who: &Who,
        (month, no): (Month, u32),
        words: &str,
        call: &Call,
    ) -> Result<(), ActError> {
        let Who::Official(official) = who else {
            return Err(ActError::NotFound);
        };
        let place = &self.here;
        let review = place.review(month).await?.ok_or(ActError::NotFound)?;
        let mut item = (place.review_items_of(official.id).await?.into_iter())
            .find(|item| item.month == month && item.no == no)
            .ok_or(ActError::NotFound)?;
        if item.state != Settled::Asked {
            return Err(Refusal::NotNow.into());
        }
        if words.trim().is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let now = self.now();
        let mut batch = Batch::new();
        item.answer = self.lay_words(&mut batch, review.id, words).await?;
        item.answered_at = Some(now);
        item.state = Settled::Answered;
        batch.review_item_after(Settled::Asked, &item);
        for officer in self.office().holders(Seat::PrivacyOfficer, None) {
            self.queue(&mut batch, "review_explained", review.id, no, officer, now);
        }
        batch.look(self.id(), &self.look_of(who, "review_explain", None, 1, call));
        Ok(place.commit(batch, Urgency::User).await?)
    }

    /// 점검 확인: signs a month of which everything is judged. Errors: `NotNow` while something is open, or once it is signed.
    pub async fn sign_review(
        &self,
        who: &Who,
        month: Month,
        words: &str,
        call: &Call,
    ) -> Result<(), ActError> {
        let official = self.privacy_officer(who)?;
        let place = &self.here;
        let review = place.review(month).await?.ok_or(ActError::NotFound)?;
        let items = place.review_items(month).await?;
        if review.signed.is_some() || !items.iter().all(|item| item.state.judged()) {
            return Err(Refusal::NotNow.into());
        }
        let mut batch = Batch::new();
        let text = self.lay_words(&mut batch, review.id, words).await?;
        batch.review_signed(month, official, self.now(), text);
        batch.look(self.id(), &self.look_of(who, "review_sign", None, 1, call));
        Ok(place.commit(batch, Urgency::User).await?)
    }

    /// The report of a month, in these words for its lines; the look is in the ledger.
    pub async fn review_report(
        &self,
        who: &Who,
        month: Month,
        lang: documents::press::Lang,
        words: ReportWords<'_>,
        call: &Call,
    ) -> Result<documents::press::Printed, ActError> {
        let seen = self.reviewed(who, month, call).await?;
        let office = self.office();
        let said = |text: Option<TextId>| {
            text.and_then(|id| seen.texts.get(&id).cloned())
                .unwrap_or_default()
        };
        let name = |id: OfficialId| {
            office
                .person(id)
                .map_or_else(String::new, |person| format!("{} {}", person.title, person.name))
        };
        let ko = lang == documents::press::Lang::Ko;
        let lines = (seen.items.iter())
            .map(|item| {
                let day = item.remark.day.map(|day| day.to_string()).unwrap_or_default();
                let number = (item.remark.petition)
                    .and_then(|id| seen.numbers.get(&id).cloned())
                    .unwrap_or_default();
                let counted = if ko {
                    format!("{}건 (기준·평소 {})", item.remark.n, item.remark.usual)
                } else {
                    format!("{} (figure or usual {})", item.remark.n, item.remark.usual)
                };
                let own = match (item.judged, ko) {
                    (Some((by, _)), true) if by == item.remark.official => " [본인]",
                    (Some((by, _)), false) if by == item.remark.official => " [own]",
                    _ => "",
                };
                documents::review_report::Line {
                    kind: (words.kind)(item.remark.kind),
                    person: name(item.remark.official),
                    what: [day, number, counted]
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join("\n"),
                    answer: said(item.answer),
                    state: format!("{}{own}\n{}", (words.state)(item.state), said(item.judgement)),
                }
            })
            .collect();
        let (year, of_year) = month.parts();
        let review = seen.review;
        let signed = review.signed.map(|(by, at)| {
            let at = domain::korean::moment(at).unwrap_or_default();
            format!("{} {at} {}", name(by), said(review.text))
        });
        let n = seen.items.len();
        let report = documents::review_report::ReviewReport {
            agency: office.settings.agency.name.clone(),
            month: if ko {
                format!("{year}년 {of_year}월")
            } else {
                month.to_string()
            },
            figures: if ko {
                format!(
                    "접속기록 {}건, 접속한 사람 {}명, 출력·저장 {}건",
                    review.looks, review.officials, review.exports
                )
            } else {
                format!(
                    "{} lines, {} officials, {} prints and files",
                    review.looks, review.officials, review.exports
                )
            },
            count: if ko {
                format!("모두 {n}건")
            } else {
                format!("{n} remarks")
            },
            signed: match (signed, ko) {
                (Some(signed), true) => format!("개인정보 보호책임자 {signed}"),
                (Some(signed), false) => format!("Privacy officer {signed}"),
                (None, true) => "개인정보 보호책임자 미확인".to_owned(),
                (None, false) => "Not signed".to_owned(),
            },
            lines,
            drawn_up: self.now(),
        };
        Ok(report.print(self.press.press()?, lang)?)
    }

    /// How many remarks a month has; for the privacy officer.
    pub async fn review_people(&self, who: &Who, month: Month) -> Result<u32, ActError> {
        self.privacy_officer(who)?;
        if self.here.review(month).await?.is_none() {
            return Err(ActError::NotFound);
        }
        let items = self.here.review_items(month).await?;
        let people: BTreeSet<OfficialId> = items.iter().map(|item| item.remark.official).collect();
        Ok(u32::try_from(people.len()).unwrap_or(u32::MAX))
    }

    /// Tells the privacy officers once that a month drawn up is not signed by the tenth day after it; gives how many were told.
    pub(crate) async fn remind_of_review(&self, month: Month) -> Result<u64, Trouble> {
        let Some(review) = self.here.review(month).await? else {
            return Ok(0);
        };
        let now = self.now();
        let tenth = At::seoul(
            (month.later(1).first())
                .saturating_add(jiff::Span::new().days(9))
                .to_datetime(jiff::civil::Time::midnight()),
        );
        if review.signed.is_some() || now < tenth || self.is_simulated() {
            return Ok(0);
        }
        let mut told = 0;
        for officer in self.office().holders(Seat::PrivacyOfficer, None) {
            let mut batch = Batch::new();
            self.queue(&mut batch, "review_due", review.id, 0, officer, now);
            match self.here.commit(batch, Urgency::Bulk).await {
                Ok(()) => told += 1,
                Err(CommitFault::Repeated | CommitFault::Conflict) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(told)
    }
}

fn units_of(posts: &[Term<Post>]) -> HashMap<OfficialId, BTreeSet<UnitId>> {
    let mut units: HashMap<OfficialId, BTreeSet<UnitId>> = HashMap::new();
    for term in posts {
        units
            .entry(term.what.official)
            .or_default()
            .insert(term.what.unit);
    }
    units
}

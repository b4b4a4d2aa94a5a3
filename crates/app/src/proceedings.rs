//! 특별절차의 진행 — what runs in a petition as its pages show it, who can be named, and the one way a move is made.
//!
//! A page never knows a track by name: it asks for the moves that are there, shows what they ask, and hands back what was answered.

mod hours;
pub(crate) mod told;

use crate::act::{ActError, Call};
use crate::desk::Item;
use crate::words::Raw;
use crate::{App, Trouble, lots};
use documents::press::Lang;
use documents::proceeding::ProceedingPaper;
use domain::access::hand::{is_hand, reads};
use domain::access::{Sight, Who};
use domain::act::Act;
use domain::decide::proceeding::{eligible, movable, startable};
use domain::event::Event;
use domain::form::show::{Tongue, parts};
use domain::form::{Answers, Record};
use domain::id::{OfficialId, PetitionId};
use domain::life::Deed;
use domain::petition::Petition;
use domain::proceeding::{Fact, Finish, Given, Proceeding};
use domain::refusal::Refusal;
use domain::terms::Code;
use domain::track::{Hand, Move, Part, Role, Step, Track};
use store::outbox::To;
use store::place::Place;
pub use store::proceeding::{Ended, Found, Load, Marked};
use store::vault::Opened;

/// The notice that carries a track's own sentence.
pub const NOTICE: &str = "proceeding";

/// A track that runs or ran in a petition.
#[derive(Debug, Clone)]
pub struct Running {
    /// Where it stands.
    pub proceeding: Proceeding,
    /// The track, in the version it runs on.
    pub track: Track,
    /// What this person can do in this step, and why not now where a condition is missing.
    pub moves: Vec<(Move, Result<(), Refusal>)>,
}

/// Somebody who could be named.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub official: OfficialId,
    /// In how many running proceedings they are members.
    pub load: u32,
    /// Whether they can be named here: no member yet, and neutral where that is asked.
    pub free: bool,
}

/// A line of the list of proceedings.
#[derive(Debug, Clone)]
pub struct Line {
    /// The petition as a line.
    pub item: Item,
    /// Its number there.
    pub no: u32,
    /// Where the next page begins.
    pub at: Found,
}

/// 사례 — one case of the casebook.
#[derive(Debug, Clone)]
pub struct Story {
    /// The track it was decided by.
    pub track: Code,
    /// How it ended; `None` while it still runs.
    pub ending: Option<Code>,
    /// 제목.
    pub title: String,
    /// 쟁점.
    pub question: String,
    /// 결정 요지.
    pub holding: String,
    /// Where the next page begins; its key is when it was published.
    pub at: Found,
}

/// What a page hands in for a move.
#[derive(Debug, Clone, Default)]
pub struct Handed {
    /// Answers to what the move asks.
    pub answers: Answers,
    /// What its parts take; of a lot only what is said below.
    pub facts: Vec<Fact<Raw>>,
    /// How many a lot that is announced is to draw.
    pub wanted: Option<u32>,
    /// The word called out at a drawing.
    pub word: Option<String>,
    /// The petition to tie.
    pub tie: Option<PetitionId>,
}

impl Running {
    /// The step it stands in, or stood in last.
    pub fn step(&self) -> Option<&Step> {
        self.track.step(self.proceeding.stands.step)
    }
}

impl App {
    /// What runs or ran in a petition, the newest first, with what `who` can do.
    pub fn proceedings(&self, who: &Who, p: &Petition) -> Vec<Running> {
        let office = self.office();
        let tracks = &office.tracks;
        let mut all: Vec<Running> = (p.proceedings.iter())
            .filter_map(|one| {
                let track = tracks.version(one.track.0, one.track.1)?.clone();
                let mut moves = Vec::new();
                if one.is_open()
                    && let Some(step) = track.step(one.stands.step)
                {
                    for declared in &step.moves {
                        match movable(p, one, declared.code, tracks, who) {
                            Err(Refusal::MoveNotYours) => {}
                            possible => moves.push((declared.clone(), possible.map(|_| ()))),
                        }
                    }
                }
                Some(Running {
                    proceeding: one.clone(),
                    track,
                    moves,
                })
            })
            .collect();
        all.reverse();
        all
    }

    /// The tracks that `who` could begin in a petition now.
    pub fn openable(&self, who: &Who, p: &Petition) -> Vec<Track> {
        let office = self.office();
        if domain::access::may(who, Deed::OpenProceeding, Some(p)).is_err()
            || !p.life.allows(Deed::OpenProceeding)
        {
            return Vec::new();
        }
        (office.tracks.current())
            .filter(|track| startable(p, track).is_ok())
            .filter(|track| track.opens.who.iter().any(|hand| is_hand(*hand, p, None, who)))
            .cloned()
            .collect()
    }

    /// The numbers of proceedings in a petition whose words are not for `who`: privileged ones that they take no part in.
    pub(crate) fn unread(&self, who: &Who, p: &Petition) -> Vec<u32> {
        let office = self.office();
        let hidden = |one: &&Proceeding| {
            let track = office.tracks.version(one.track.0, one.track.1);
            track.is_some_and(|track| track.privileged && !reads(track, p, one, who))
        };
        p.proceedings.iter().filter(hidden).map(|one| one.no).collect()
    }

    /// Somebody who is this hand towards a petition and in what runs in it, the first of those who are; for the demonstration and for stories.
    pub fn somebody(&self, p: &Petition, hand: Hand) -> Option<Who> {
        let (office, now) = (self.office(), self.now());
        let no = p.open_proceedings().next().map_or(0, |one| one.no);
        match told::reached(&office, p, no, hand, now).into_iter().next()? {
            To::Person(person) => Some(Who::Citizen(person)),
            To::Official(official) => office.who(official, now),
        }
    }

    /// 후보 — who holds the seat a role is filled from, those with least to do first.
    pub async fn candidates(
        &self,
        p: &Petition,
        one: &Proceeding,
        role: &Role,
    ) -> Result<Vec<Candidate>, Trouble> {
        let office = self.office();
        let loads = self.here.member_loads().await?;
        let free = eligible(p, one, role, &office.staff);
        let mut all: Vec<Candidate> = (office.holders(role.seat, None).into_iter())
            .map(|official| Candidate {
                official,
                load: loads.get(&official).copied().unwrap_or(0),
                free: free.contains(&official),
            })
            .collect();
        all.sort_by_key(|candidate| (!candidate.free, candidate.load, candidate.official));
        Ok(all)
    }

    /// 개시 — begins a track.
    pub async fn open_proceeding(
        &self,
        who: &Who,
        id: PetitionId,
        track: Code,
        answers: &Answers,
        call: &Call,
    ) -> Result<Petition, ActError> {
        let declared = self
            .office()
            .tracks
            .newest(track)
            .cloned()
            .ok_or(Refusal::ProceedingUnknown)?;
        let asked = sealed(&declared, &declared.opens.ask, answers)?;
        self.act(who, id, Act::OpenProceeding { track, asked }, call)
            .await
    }

    /// 진행 — makes a move in the step that the page showed.
    pub async fn move_proceeding(
        &self,
        who: &Who,
        id: PetitionId,
        (no, step, code): (u32, Code, Code),
        handed: Handed,
        call: &Call,
    ) -> Result<Petition, ActError> {
        if let Some(room) = self.elsewhere(who, id).await? {
            return Box::pin(room.move_proceeding(who, id, (no, step, code), handed, call)).await;
        }
        let p = self.standing(who, id).await?;
        // Where it has ended or moved on meanwhile the decision says so, or finds that this very call was the one.
        let at = p.open_proceeding(no).map(|one| (&p, one));
        let given = self.given((no, step, code), at, handed)?;
        self.act(who, id, Act::MoveProceeding(given), call).await
    }

    fn given(
        &self,
        (no, step, code): (u32, Code, Code),
        at: Option<(&Petition, &Proceeding)>,
        handed: Handed,
    ) -> Result<Given<Raw>, ActError> {
        let mut given = Given {
            no,
            step,
            code,
            asked: None,
            facts: handed.facts,
            tie: handed.tie,
        };
        let Some((p, one)) = at else { return Ok(given) };
        let office = self.office();
        let Some(track) = office.tracks.version(one.track.0, one.track.1) else {
            return Ok(given);
        };
        let Some(declared) = track.step(step).and_then(|step| step.one(code)) else {
            return Ok(given);
        };
        given.asked = sealed(track, &declared.ask, &handed.answers)?;
        for part in &declared.does {
            match part {
                Part::CommitLot(role) => {
                    let declared = track.role(*role).ok_or(Refusal::PartsUnfit)?;
                    let candidates = eligible(p, one, declared, &office.staff);
                    let wanted = handed.wanted.unwrap_or(0);
                    let seed = self.here.lot_seed(p.id, no, one.lots.len());
                    given.facts.push(Fact::LotCommitted {
                        role: *role,
                        wanted,
                        commitment: lots::commitment(&seed, wanted, &candidates),
                        candidates,
                    });
                }
                Part::DrawLot(role) => {
                    let nth = one
                        .lots
                        .iter()
                        .position(|lot| lot.role == *role && lot.drawn.is_none());
                    let nth = nth.ok_or(Refusal::NoLot)?;
                    let lot = &one.lots[nth];
                    let seed = self.here.lot_seed(p.id, no, nth);
                    // The key it follows from has been lost or exchanged: what was announced cannot be kept, and another is announced.
                    if lots::commitment(&seed, lot.wanted, &lot.candidates) != lot.commitment {
                        return Err(Trouble::Broken(
                            "the number of a lot does not fit what was announced".into(),
                        )
                        .into());
                    }
                    let word = Raw::text(handed.word.as_deref().unwrap_or_default());
                    let said = String::from_utf8_lossy(&word.0).into_owned();
                    given.facts.push(Fact::LotDrawn {
                        role: *role,
                        seed,
                        officials: lots::draw(&seed, &said, lot.wanted, &lot.candidates),
                        word,
                    });
                }
                Part::Cancel => given.facts.push(Fact::Cancelled {}),
                _ => {}
            }
        }
        Ok(given)
    }

    /// What was answered to a move or at the beginning, opened; nothing where nothing was asked or the key is gone.
    pub fn asked(&self, asked: Option<domain::text::Text>, texts: &Opened) -> Answers {
        let text = asked.and_then(|asked| texts.text(asked));
        let record = text.and_then(|text| serde_json::from_str::<Record>(text).ok());
        record.map(|record| record.answers).unwrap_or_default()
    }

    /// 문서 — the paper of a move, for whoever sees the petition: its title and the PDF. `NotFound` where that event made none.
    pub async fn proceeding_paper(
        &self,
        who: &Who,
        id: PetitionId,
        seq: u32,
        lang: Lang,
        call: &Call,
    ) -> Result<(String, Vec<u8>), ActError> {
        if let Some(room) = self.elsewhere(who, id).await? {
            return Box::pin(room.proceeding_paper(who, id, seq, lang, call)).await;
        }
        let case = self.case(who, id, call).await?;
        let event = case
            .journal
            .iter()
            .map(|entry| &entry.recorded)
            .find(|recorded| recorded.seq == seq);
        let recorded = event.ok_or(ActError::NotFound)?;
        let Event::ProceedingMoved {
            no,
            step,
            code,
            asked,
            ..
        } = &recorded.event
        else {
            return Err(ActError::NotFound);
        };
        let office = self.office();
        if self.unread(who, &case.petition).contains(no) {
            return Err(ActError::NotFound);
        }
        let one = case
            .petition
            .proceedings
            .iter()
            .find(|one| one.no == *no)
            .ok_or(ActError::NotFound)?;
        let track = office
            .tracks
            .version(one.track.0, one.track.1)
            .ok_or(ActError::NotFound)?;
        let made = track
            .step(*step)
            .and_then(|step| step.one(*code))
            .ok_or(ActError::NotFound)?;
        let title = made.paper.as_ref().ok_or(ActError::NotFound)?;
        let tongue = match lang {
            Lang::Ko => Tongue::Ko,
            Lang::En => Tongue::En,
        };
        let form = domain::track::check::asked(track, &made.ask);
        let answers = self.asked(*asked, &case.texts);
        let agency = &office.settings.agency;
        let paper = ProceedingPaper {
            agency: agency.name.clone(),
            sender: agency.sender.clone(),
            title: tongue.of(title).to_owned(),
            number: case.petition.number.to_string(),
            track: tongue.of(&track.name).to_owned(),
            lines: parts(&form, &answers, tongue)
                .into_iter()
                .flat_map(|part| part.rows)
                .collect(),
            basis: track.basis.clone(),
            at: recorded.at(),
        };
        let printed = paper.print(self.press.press()?, lang)?;
        Ok((paper.title, printed.pdf))
    }

    /// A page of proceedings that run (those due first first) or ended (newest first), of a track or of all, as far as `who` sees them; and
    /// whether there are more.
    pub async fn proceedings_list(
        &self,
        who: &Who,
        track: Option<Code>,
        open: bool,
        behind: Option<Found>,
        limit: u32,
        call: &Call,
    ) -> Result<(Vec<Line>, bool), ActError> {
        let sight = self.sight(who);
        let mut found: Vec<(Found, Petition)> = Vec::new();
        // What still runs is not in the archive.
        for place in self.shelves().take(if open { 1 } else { usize::MAX }) {
            let page = if open {
                place.proceedings_open(track, &sight, behind, limit + 1).await?
            } else {
                place.proceedings_ended(track, &sight, behind, limit + 1).await?
            };
            found.extend(with_petitions(page, place, &sight).await?);
        }
        found.sort_by_key(|(at, _)| (at.key, at.petition, at.no));
        if !open {
            found.reverse();
        }
        let more = found.len() > limit as usize;
        found.truncate(limit as usize);
        let (at, petitions): (Vec<Found>, Vec<Petition>) = found.into_iter().unzip();
        let items = self.items(petitions).await?;
        self.looked(who, "list", None, items.len(), call).await?;
        let lines = at
            .into_iter()
            .zip(items)
            .map(|(at, item)| Line { item, no: at.no, at });
        Ok((lines.collect(), more))
    }

    /// 사례집 — cases told without persons, newest first. For everybody to read; what is protected is never among them.
    pub async fn casebook(
        &self,
        track: Option<Code>,
        behind: Option<Found>,
        limit: u32,
    ) -> Result<Vec<Story>, ActError> {
        let room = self.ordinary();
        let everything = self.sight(&Who::System);
        let mut stories: Vec<Story> = Vec::new();
        for place in room.shelves() {
            let page = place.casebook(track, behind, limit).await?;
            for (at, p) in with_petitions(page, place, &everything).await? {
                let Some(one) = p.proceedings.iter().find(|one| one.no == at.no) else {
                    continue;
                };
                let Some((told, _)) = one.published else { continue };
                let opened = place.open(&[told.title, told.question, told.holding]).await?;
                let said = |text| opened.text(text).map(str::to_owned);
                let (Some(title), Some(question), Some(holding)) =
                    (said(told.title), said(told.question), said(told.holding))
                else {
                    continue;
                };
                let ending = one.end.and_then(|(finish, _)| match finish {
                    Finish::As(code) => Some(code),
                    Finish::WithPetition => None,
                });
                stories.push(Story {
                    track: one.track.0,
                    ending,
                    title,
                    question,
                    holding,
                    at,
                });
            }
        }
        stories.sort_by_key(|story| std::cmp::Reverse((story.at.key, story.at.petition, story.at.no)));
        stories.truncate(limit as usize);
        Ok(stories)
    }

    /// How many run, by track and step, and what ended from one moment until before another.
    pub async fn proceedings_counted(
        &self,
        between: (domain::time::At, domain::time::At),
    ) -> Result<(Vec<(Code, Code, u64)>, Vec<Ended>), Trouble> {
        let mut finished: Vec<Ended> = Vec::new();
        for place in self.shelves() {
            for part in place.proceedings_finished(between).await? {
                match finished
                    .iter_mut()
                    .find(|sum| (sum.track, sum.ending) == (part.track, part.ending))
                {
                    Some(sum) => {
                        sum.count += part.count;
                        sum.took += part.took;
                    }
                    None => finished.push(part),
                }
            }
        }
        Ok((self.here.proceedings_running().await?, finished))
    }

    /// 부하 — how many of a track each official began from one moment until before another, and how long those took that ended.
    pub async fn proceedings_begun(
        &self,
        track: Code,
        between: (domain::time::At, domain::time::At),
    ) -> Result<Vec<Load>, Trouble> {
        let mut all: Vec<Load> = Vec::new();
        for place in self.shelves() {
            for part in place.proceedings_begun(track, between).await? {
                match all.iter_mut().find(|sum| sum.official == part.official) {
                    Some(sum) => {
                        sum.begun += part.begun;
                        sum.ended += part.ended;
                        sum.took += part.took;
                    }
                    None => all.push(part),
                }
            }
        }
        all.sort_by_key(|load| std::cmp::Reverse(load.begun));
        Ok(all)
    }
}

/// The petitions of a page, in its order, as far as `sight` reaches.
async fn with_petitions(
    page: Vec<Found>,
    place: &Place,
    sight: &Sight,
) -> Result<Vec<(Found, Petition)>, ActError> {
    let ids: Vec<PetitionId> = page.iter().map(|found| found.petition).collect();
    let petitions = place.petitions(&ids, sight).await?;
    let of = |at: &Found| petitions.iter().find(|p| p.id == at.petition).cloned();
    Ok(page.into_iter().filter_map(|at| Some((at, of(&at)?))).collect())
}

/// The place in a list as it stands in an address.
pub fn mark(at: Found) -> String {
    format!("{}-{}-{}", at.key.0, at.petition, at.no)
}

/// The place a mark in an address means; `None` for what is no mark.
pub fn behind(mark: &str) -> Option<Found> {
    let mut parts = mark.rsplitn(3, '-');
    let (no, petition, key) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Found {
        petition: petition.parse().ok()?,
        no: no.parse().ok()?,
        key: domain::time::At(key.parse().ok()?),
    })
}

/// Answers as one text to be sealed; nothing where nothing is asked.
fn sealed(track: &Track, fields: &[domain::form::Field], answers: &Answers) -> Result<Option<Raw>, ActError> {
    if fields.is_empty() {
        return Ok(None);
    }
    let record = domain::track::check::asked(track, fields).record(answers);
    Ok(Some(Raw(serde_json::to_vec(&record)?)))
}

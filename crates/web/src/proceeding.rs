//! 특별절차를 보이는 법 — turns what runs in a petition into what its pages show, for officials and for the petitioner.
//!
//! A page never knows a track by name. The petitioner sees where it stands, what they answered and were told, who takes part, when and
//! where one meets, decisions on paper and promises; minutes, questions, replies and votes are the office's own.

pub(crate) mod draw;
pub(crate) mod form;
pub(crate) mod history;

use crate::{
    Web,
    desk::reader::Reader,
    route::To,
    security::Fault,
    show,
    view::{
        Message,
        desk::{Desk, Person, timeline::Names},
        proceeding::{
            DrawnRow, Ended, InquiryRow, LotRow, MeetingRow, MoveLink, OfferRow, Openable, Panel, PromiseRow,
            RoleRow, Row, Stage, StepRow, VoteRow, Whole,
        },
    },
};
use app::{act::ActError, desk::Case, lots, proceedings::Running};
use domain::{
    access::Who,
    event::Event,
    id::OfficialId,
    procedure::Words,
    proceeding::{Finish, Lot, Offer, Proceeding},
    terms::Code,
    text::{Text, hex},
    time::At,
    track::{Hand, Move, Track},
};
use std::collections::BTreeSet;

/// A word that is data, as a message.
pub(crate) fn plain(text: &str) -> Message {
    Message::new("plain-text").with("text", text)
}

/// A hand in words.
pub(crate) fn hand(reader: &Reader, track: &Track, hand: Hand) -> Message {
    match hand {
        Hand::Petitioner => Message::new("hand-petitioner"),
        Hand::Handler => Message::new("hand-handler"),
        Hand::Seat(seat) => Message::new("hand-seat").with("seat", format!("@seat-{seat}")),
        Hand::Lead(seat) => Message::new("hand-lead").with("seat", format!("@seat-{seat}")),
        Hand::Member(role) => plain(&role_name(reader, track, role)),
    }
}

/// Hands in words.
pub(crate) fn hands(reader: &Reader, track: &Track, all: &[Hand]) -> Vec<Message> {
    all.iter().map(|one| hand(reader, track, *one)).collect()
}

/// Words of a track in the reader's language.
pub(crate) fn said(reader: &Reader, words: &Words) -> String {
    reader.pick(&words.ko, &words.en)
}

/// Words that need not be there.
pub(crate) fn perhaps(reader: &Reader, words: Option<&Words>) -> String {
    words.map(|words| said(reader, words)).unwrap_or_default()
}

/// The name of a role; its code where the track has none.
pub(crate) fn role_name(reader: &Reader, track: &Track, role: Code) -> String {
    track
        .role(role)
        .map_or_else(|| role.to_string(), |role| said(reader, &role.name))
}

/// The name of a step; its code where the track has none.
pub(crate) fn step_name(reader: &Reader, track: &Track, step: Code) -> String {
    track
        .step(step)
        .map_or_else(|| step.to_string(), |step| said(reader, &step.name))
}

/// How it ended, in words.
pub(crate) fn finish(reader: &Reader, track: &Track, finish: Finish) -> Message {
    match finish {
        Finish::WithPetition => Message::new("proc-with-petition"),
        Finish::As(code) => plain(
            &track
                .ending(code)
                .map_or_else(|| code.to_string(), |end| said(reader, &end.name)),
        ),
    }
}

/// Where a move leads.
pub(crate) fn leads(reader: &Reader, track: &Track, one: &Move) -> Message {
    match (one.to, one.end) {
        (Some(step), _) => Message::new("proc-led-step").with("step", step_name(reader, track, step)),
        (None, Some(end)) => {
            let name = track
                .ending(end)
                .map_or_else(|| end.to_string(), |end| said(reader, &end.name));
            Message::new("proc-led-end").with("end", name)
        }
        (None, None) => Message::new("proc-led-stays"),
    }
}

/// A lot as it is shown; `href` leads to its record.
pub(crate) fn lot_row(reader: &Reader, track: &Track, lot: &Lot, word: String, href: String) -> LotRow {
    LotRow {
        role: role_name(reader, track, lot.role),
        candidates: lot.candidates.len(),
        wanted: lot.wanted,
        commitment: hex(&lot.commitment),
        committed_at: lot.committed_at,
        drawn: lot.drawn.as_ref().map(|drawn| DrawnRow {
            at: drawn.at,
            word,
            seed: hex(&drawn.seed),
            people: drawn.officials.iter().map(|id| reader.official(*id)).collect(),
            href,
        }),
    }
}

/// The step's day, where it has one.
pub(crate) fn due(one: &Proceeding) -> Option<At> {
    one.due().filter(|due| *due != At::NEVER)
}

/// 보는 눈 — a petition with its special procedures, in the eyes of one who looks.
pub(crate) struct Lens<'a> {
    /// The application and its pages.
    pub web: &'a Web,
    /// Who looks.
    pub who: &'a Who,
    /// The petition, opened.
    pub case: &'a Case,
    /// Names and words.
    pub reader: &'a Reader,
}

impl Lens<'_> {
    fn official(&self) -> bool {
        matches!(self.who, Who::Official(_))
    }

    fn number(&self) -> String {
        self.case.petition.number.to_string()
    }

    /// The page of the petition.
    pub(crate) fn petition_page(&self) -> String {
        if self.official() {
            Desk::Case(self.number()).to_string()
        } else {
            To::Petition(self.number()).to_string()
        }
    }

    /// The page of one whole.
    pub(crate) fn page(&self, no: u32) -> String {
        if self.official() {
            Desk::Proceeding(self.number(), no.to_string()).to_string()
        } else {
            To::Proceeding(self.number(), no.to_string()).to_string()
        }
    }

    /// The form that begins a track.
    pub(crate) fn opening(&self, track: Code) -> String {
        if self.official() {
            Desk::ProceedingOpen(self.number(), track.to_string()).to_string()
        } else {
            To::ProceedingOpen(self.number(), track.to_string()).to_string()
        }
    }

    /// The form of a move.
    pub(crate) fn move_page(&self, (no, step, code): (u32, Code, Code)) -> String {
        let (no, step, code) = (no.to_string(), step.to_string(), code.to_string());
        if self.official() {
            Desk::ProceedingMove(self.number(), no, step, code).to_string()
        } else {
            To::ProceedingMove(self.number(), no, step, code).to_string()
        }
    }

    fn record(&self, no: u32, nth: usize) -> String {
        let (no, nth) = (no.to_string(), (nth + 1).to_string());
        if self.official() {
            Desk::ProceedingLot(self.number(), no, nth).to_string()
        } else {
            To::ProceedingLot(self.number(), no, nth).to_string()
        }
    }

    /// The record of the nth lot, from 1; `None` before it is drawn.
    pub(crate) fn lot_record(&self, no: u32, nth: usize) -> Option<lots::Record> {
        let one = self.case.petition.proceedings.iter().find(|one| one.no == no)?;
        let lot = one.lots.get(nth.checked_sub(1)?)?;
        let word = self.text(lot.drawn.as_ref()?.word);
        lots::record(&self.number(), lot, &word)
    }

    fn text(&self, text: Text) -> String {
        self.case.texts.text(text).unwrap_or_default().to_owned()
    }

    fn late(&self, one: &Proceeding) -> bool {
        due(one).is_some_and(|due| due <= self.web.app.now())
    }

    /// What runs or ran in the petition, the newest first.
    pub(crate) fn all(&self) -> Vec<Running> {
        self.web.app.proceedings(self.who, &self.case.petition)
    }

    /// One of them.
    pub(crate) fn one(&self, no: u32) -> Option<Running> {
        self.all().into_iter().find(|one| one.proceeding.no == no)
    }

    /// The panel on the petition's page.
    pub(crate) fn panel(&self) -> Panel {
        let row = |one: &Running| Row {
            name: said(self.reader, &one.track.name),
            href: self.page(one.proceeding.no),
            step: step_name(self.reader, &one.track, one.proceeding.stands.step),
            due: due(&one.proceeding),
            late: self.late(&one.proceeding),
            ended: self.ended(one),
            moves: self.offers(one),
        };
        let openable = |track: &Track| Openable {
            name: said(self.reader, &track.name),
            button: said(self.reader, &track.opens.name),
            summary: said(self.reader, &track.summary),
            href: self.opening(track.code),
        };
        Panel {
            running: self.all().iter().map(row).collect(),
            openable: self
                .web
                .app
                .openable(self.who, &self.case.petition)
                .iter()
                .map(openable)
                .collect(),
        }
    }

    fn offers(&self, one: &Running) -> Vec<MoveLink> {
        let at = one.proceeding.stands.step;
        (one.moves.iter())
            .map(|(made, possible)| MoveLink {
                name: said(self.reader, &made.name),
                href: self.move_page((one.proceeding.no, at, made.code)),
                why: possible.err().map(show::refused),
            })
            .collect()
    }

    fn ended(&self, one: &Running) -> Option<Ended> {
        let (how, at) = one.proceeding.end?;
        let then = match how {
            Finish::As(code) if self.official() => one.track.ending(code).and_then(|end| end.then.as_ref()),
            Finish::As(_) | Finish::WithPetition => None,
        };
        Some(Ended {
            as_what: finish(self.reader, &one.track, how),
            at,
            then: perhaps(self.reader, then),
        })
    }

    /// One shown whole.
    fn whole(&self, one: &Running) -> Whole {
        let (reader, track, p) = (self.reader, &one.track, &one.proceeding);
        let step = one.step();
        let own = self.official();
        Whole {
            name: said(reader, &track.name),
            summary: said(reader, &track.summary),
            basis: track.basis.clone(),
            sure: track.basis_sure,
            official: own,
            step: step_name(reader, track, p.stands.step),
            hint: perhaps(reader, step.and_then(|step| step.hint.as_ref())),
            who: hands(reader, track, &p.stands.expects),
            opened_at: p.opened_at,
            since: p.since,
            due: due(p),
            late: self.late(p),
            no_limit: perhaps(reader, step.and_then(|step| step.no_limit.as_ref())),
            prolonged: p.prolonged,
            holds: p.stands.holds,
            waits: p.keeps_answer(),
            ended: self.ended(one),
            offers: self.offers(one),
            steps: self.steps(one),
            roles: (track.roles.iter())
                .map(|role| RoleRow {
                    name: said(reader, &role.name),
                    least: role.least,
                    most: role.most,
                    people: p.members_of(role.code).map(|id| self.person(id)).collect(),
                })
                .collect(),
            lots: (p.lots.iter().enumerate())
                .map(|(nth, lot)| {
                    let word = lot.drawn.as_ref().map(|drawn| self.text(drawn.word));
                    lot_row(
                        reader,
                        track,
                        lot,
                        word.unwrap_or_default(),
                        self.record(p.no, nth),
                    )
                })
                .collect(),
            offer: p
                .offer
                .as_ref()
                .filter(|_| p.is_open())
                .map(|offer| self.offer(offer)),
            meetings: (p.meetings.iter())
                .map(|meeting| MeetingRow {
                    at: meeting.at,
                    place: self.text(meeting.place),
                    lasts: meeting.booked.map(|(_, minutes)| minutes),
                    minutes: meeting
                        .minutes
                        .filter(|_| own)
                        .map(|text| self.text(text))
                        .unwrap_or_default(),
                })
                .collect(),
            vote: p.vote.filter(|_| own).map(|vote| VoteRow {
                yes: vote.yes,
                no: vote.no,
                abstained: vote.abstained,
                carried: vote.is_for(),
            }),
            inquiries: (p.inquiries.iter().filter(|_| own))
                .map(|inquiry| InquiryRow {
                    no: inquiry.no,
                    to: self.text(inquiry.to),
                    what: self.text(inquiry.what),
                    asked_at: inquiry.asked_at,
                    reply_by: inquiry.reply_by,
                    reply: inquiry.reply.map(|(text, at)| (self.text(text), at)),
                })
                .collect(),
            promises: (p.promises.iter())
                .map(|promise| PromiseRow {
                    no: promise.no,
                    unit: reader.unit(promise.unit),
                    what: self.text(promise.what),
                    by: promise.by,
                    state: promise.state,
                    word: promise.word.map(|(text, at)| (self.text(text), at)),
                })
                .collect(),
            story: p.published.map(|(story, _)| {
                [
                    self.text(story.title),
                    self.text(story.question),
                    self.text(story.holding),
                ]
            }),
            tied: Vec::new(),
            moves: self.history(one),
        }
    }

    /// The same with the numbers of the petitions it is tied to, as far as the one who looks knows of them.
    pub(crate) async fn page_of(&self, one: &Running) -> Result<Whole, Fault> {
        let mut whole = self.whole(one);
        for id in &one.proceeding.tied {
            match self.web.app.standing(self.who, *id).await {
                Ok(petition) => whole.tied.push(petition.number.to_string()),
                Err(ActError::NotFound) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(whole)
    }

    /// Moments of which one can be picked; those that have passed are left out.
    fn offer(&self, offer: &Offer) -> OfferRow {
        let now = self.web.app.now();
        OfferRow {
            starts: (offer.starts.iter().copied())
                .filter(|start| *start > now)
                .collect(),
            minutes: offer.minutes,
            place: self.text(offer.place),
            host: self.person(offer.host),
        }
    }

    /// A member: citizens read name and department, as of the one who handles their petition.
    fn person(&self, id: OfficialId) -> Person {
        let person = self.reader.person(id);
        if self.official() {
            return person;
        }
        Person {
            title: String::new(),
            phone: String::new(),
            ..person
        }
    }

    fn steps(&self, one: &Running) -> Vec<StepRow> {
        let (open, now) = (one.proceeding.is_open(), one.proceeding.stands.step);
        let mut been: BTreeSet<Code> = BTreeSet::from([now]);
        for entry in &self.case.journal {
            match &entry.recorded.event {
                Event::ProceedingOpened { no, stands, .. } if *no == one.proceeding.no => {
                    been.insert(stands.step);
                }
                Event::ProceedingMoved { no, step, .. } if *no == one.proceeding.no => {
                    been.insert(*step);
                }
                _ => {}
            }
        }
        (one.track.steps.iter())
            .map(|step| StepRow {
                name: said(self.reader, &step.name),
                stage: match (open, been.contains(&step.code)) {
                    (true, _) if step.code == now => Stage::Now,
                    (_, true) => Stage::Done,
                    (true, false) => Stage::Next,
                    (false, false) => Stage::Skipped,
                },
                who: hands(self.reader, &one.track, &step.who),
                limit: step.limit.map(show::period),
                basis: step.limit_basis.clone().unwrap_or_default(),
                no_limit: perhaps(self.reader, step.no_limit.as_ref()),
            })
            .collect()
    }
}

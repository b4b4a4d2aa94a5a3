//! 특별절차의 경과 — what was done in a special procedure, as officials read it and as its petitioner does; and its names in the time line.

use super::{Lens, leads, role_name, said};
use crate::{
    citizen::sheet,
    desk::reader::Reader,
    route::To,
    show,
    view::{
        Message,
        desk::{Desk, timeline::Names},
        proceeding::{MovedRow, PaperLink},
    },
};
use app::proceedings::Running;
use domain::{
    event::Event,
    id::OfficialId,
    procedure::Words,
    proceeding::{Fact, Proceeding},
    terms::{By, Code},
    text::Text,
    track::{Hand, Step, Tell, Track, check},
};

impl Lens<'_> {
    /// What was done, oldest first; a petitioner sees their own, what they were told, and decisions on paper.
    pub(super) fn history(&self, one: &Running) -> Vec<MovedRow> {
        let mut rows = Vec::new();
        for entry in &self.case.journal {
            let recorded = &entry.recorded;
            let mine = matches!(recorded.by, By::Citizen(_));
            match &recorded.event {
                Event::ProceedingOpened { no, asked, .. } if *no == one.proceeding.no => {
                    let shown = self.official() || mine;
                    rows.push(MovedRow {
                        at: recorded.at(),
                        who: self.by(recorded.by),
                        name: said(self.reader, &one.track.opens.name),
                        led: None,
                        paper: None,
                        rows: self.answers(&one.track, &one.track.opens.ask, asked.filter(|_| shown)),
                        facts: Vec::new(),
                        told: self.told(&one.track.opens.tell),
                    });
                }
                Event::ProceedingMoved {
                    no,
                    step,
                    code,
                    asked,
                    facts,
                    ..
                } if *no == one.proceeding.no => {
                    let Some(made) = one.track.step(*step).and_then(|step| step.one(*code)) else {
                        continue;
                    };
                    let told = self.told(&made.tell);
                    let shown = self.official() || mine || made.paper.is_some();
                    if !shown && told.is_empty() {
                        continue;
                    }
                    rows.push(MovedRow {
                        at: recorded.at(),
                        who: self.by(recorded.by),
                        name: said(self.reader, &made.name),
                        led: (made.to.is_some() || made.end.is_some())
                            .then(|| leads(self.reader, &one.track, made)),
                        paper: made.paper.as_ref().map(|title| self.paper(title, recorded.seq)),
                        rows: self.answers(&one.track, &made.ask, asked.filter(|_| shown)),
                        facts: facts
                            .iter()
                            .filter_map(|fact| self.fact(one, fact, mine))
                            .collect(),
                        told,
                    });
                }
                _ => {}
            }
        }
        rows
    }

    /// The paper of a move: its title, and where it is had.
    fn paper(&self, title: &Words, seq: u32) -> PaperLink {
        let (number, event) = (self.number(), seq.to_string());
        PaperLink {
            title: said(self.reader, title),
            href: if self.official() {
                Desk::ProceedingPaper(number, event).to_string()
            } else {
                To::ProceedingPaper(number, event).to_string()
            },
        }
    }

    /// The number of the proceeding in which that event made a paper; `None` where it made none.
    pub(crate) fn made_paper(&self, seq: u32) -> Option<u32> {
        let mut journal = self.case.journal.iter().map(|entry| &entry.recorded);
        let Event::ProceedingMoved { no, step, code, .. } = journal.find(|one| one.seq == seq)?.event else {
            return None;
        };
        let made = self.one(no)?.track.step(step)?.one(code)?.paper.is_some();
        made.then_some(no)
    }

    /// Who did it; a petitioner reads whether it was themselves or the office.
    fn by(&self, by: By) -> String {
        match (self.official(), by) {
            (true, by) => self.reader.by(by),
            (false, By::Citizen(_)) => self.reader.word("proc-by-petitioner"),
            (false, By::Official(_) | By::Machine(_) | By::System) => self.reader.word("proc-by-office"),
        }
    }

    /// The sentences a petitioner was told; officials read what was answered instead.
    fn told(&self, tell: &[Tell]) -> Vec<String> {
        let to_petitioner = tell.iter().filter(|tell| tell.who.contains(&Hand::Petitioner));
        (to_petitioner.filter(|_| !self.official()))
            .map(|tell| self.reader.pick(&tell.ko, &tell.en))
            .collect()
    }

    fn answers(
        &self,
        track: &Track,
        fields: &[domain::form::Field],
        asked: Option<Text>,
    ) -> Vec<[String; 2]> {
        let form = check::asked(track, fields);
        let answers = self.web.app.asked(asked, &self.case.texts);
        let parts = sheet::parts(&form, &answers, self.reader.lang);
        parts.into_iter().flat_map(|part| part.rows).collect()
    }

    /// What a part did: what, and what was written. `None` where that is not for who looks.
    fn fact(&self, one: &Running, fact: &Fact, mine: bool) -> Option<(Message, String)> {
        let (reader, own) = (self.reader, self.official());
        let role = |role: &Code| role_name(reader, &one.track, *role);
        let names = |all: &[OfficialId]| {
            all.iter()
                .map(|id| reader.official(*id))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let word = Message::new;
        let day = |day: jiff::civil::Date| show::date(reader.lang, day);
        Some(match fact {
            Fact::Appointed { role: of, official } => (
                word("proc-fact-appointed")
                    .with("role", role(of))
                    .with("name", reader.official(*official)),
                String::new(),
            ),
            Fact::Released { role: of, official } if own => (
                word("proc-fact-released")
                    .with("role", role(of))
                    .with("name", reader.official(*official)),
                String::new(),
            ),
            Fact::LotCommitted {
                role: of,
                candidates,
                wanted,
                ..
            } => (
                word("proc-fact-lot-committed")
                    .with("role", role(of))
                    .with("n", candidates.len())
                    .with("wanted", *wanted),
                String::new(),
            ),
            Fact::LotDrawn {
                role: of, officials, ..
            } => (
                word("proc-fact-lot-drawn")
                    .with("role", role(of))
                    .with("names", names(officials)),
                String::new(),
            ),
            Fact::MeetingSet { at, place } => {
                let when = at
                    .civil()
                    .map(|moment| show::datetime(reader.lang, moment))
                    .unwrap_or_default();
                (word("proc-fact-meeting").with("when", when), self.text(*place))
            }
            Fact::HoursOffered {
                starts,
                minutes,
                place,
            } => (
                word("proc-fact-offered")
                    .with("n", starts.len())
                    .with("minutes", *minutes),
                self.text(*place),
            ),
            Fact::Booked { at } => {
                let when = at
                    .civil()
                    .map(|moment| show::datetime(reader.lang, moment))
                    .unwrap_or_default();
                (word("proc-fact-booked").with("when", when), String::new())
            }
            Fact::Cancelled {} => (word("proc-fact-cancelled"), String::new()),
            // That somebody answered is told, what they marked is not.
            Fact::Surveyed { .. } => (word("proc-fact-surveyed"), String::new()),
            Fact::Minuted { text } if own => (word("proc-fact-minuted"), self.text(*text)),
            Fact::Voted { vote } if own => (
                word("proc-voted")
                    .with("yes", vote.yes)
                    .with("no", vote.no)
                    .with("abstained", vote.abstained),
                String::new(),
            ),
            Fact::Inquired { to, what, reply_by } if own || mine => (
                word("proc-fact-inquired")
                    .with("text", self.text(*to))
                    .with("when", day(*reply_by)),
                self.text(*what),
            ),
            Fact::Replied { no, text } if own || mine => {
                (word("proc-fact-replied").with("no", *no), self.text(*text))
            }
            Fact::Promised { unit, what, by } => (
                word("proc-fact-promised")
                    .with("unit", reader.unit(*unit))
                    .with("when", day(*by)),
                self.text(*what),
            ),
            Fact::Followed {
                no,
                state,
                word: text,
            } => (
                word("proc-fact-followed")
                    .with("no", *no)
                    .with("state", format!("@kept-{state}")),
                self.text(*text),
            ),
            Fact::Published { story } => (word("proc-fact-published"), self.text(story.title)),
            Fact::Tied { .. } => (word("proc-fact-tied"), String::new()),
            Fact::Prolonged {} => (word("proc-fact-prolonged"), String::new()),
            Fact::Released { .. }
            | Fact::Minuted { .. }
            | Fact::Voted { .. }
            | Fact::Inquired { .. }
            | Fact::Replied { .. } => return None,
        })
    }
}

/// A move or an end in the time line, by the names of its track; `None` for other events.
pub(crate) fn event_named(reader: &Reader, proceedings: &[Proceeding], event: &Event) -> Option<Message> {
    let track_of = |no: u32| {
        let (code, version) = proceedings.iter().find(|one| one.no == no)?.track;
        reader.office.tracks.version(code, version)
    };
    match event {
        Event::ProceedingMoved { no, step, code, .. } => {
            let track = track_of(*no)?;
            let at: &Step = track.step(*step)?;
            let made = at.one(*code)?;
            Some(
                Message::new("event-proceeding_moved-named")
                    .with("track", said(reader, &track.name))
                    .with("step", said(reader, &at.name))
                    .with("move", said(reader, &made.name)),
            )
        }
        Event::ProceedingEnded { no, end } => {
            let track = track_of(*no)?;
            let ending = track.ending(*end)?;
            Some(
                Message::new("event-proceeding_ended-named")
                    .with("track", said(reader, &track.name))
                    .with("end", said(reader, &ending.name)),
            )
        }
        _ => None,
    }
}

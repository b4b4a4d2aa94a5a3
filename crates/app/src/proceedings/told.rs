//! 알림 — whom an event of a special procedure is told to, and in which words of its track.

use crate::office::Office;
use domain::absence::Part;
use domain::event::{Event, Recorded};
use domain::petition::Petition;
use domain::procedure::Words;
use domain::proceeding::Proceeding;
use domain::terms::{By, Seat};
use domain::time::At;
use domain::track::{Hand, Tell, Track};
use store::outbox::{Effect, To};

/// What a notice about a special procedure may speak of.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Its name; of a protected petition only that there is one.
    pub track: String,
    /// What its track says to this receiver, or the name of the step that is due.
    pub sentence: String,
    /// When that is due.
    pub due: Option<At>,
}

/// The words of a notice: of an event that a track speaks of, or of a step that is due or late. Such a notice carries the number of the
/// proceeding where others carry their cause.
pub(crate) fn words(
    office: &Office,
    p: &Petition,
    effect: &Effect,
    cause: Option<&Recorded>,
    english: bool,
) -> Told {
    let of = |words: &Words| {
        if english {
            words.en.clone()
        } else {
            words.ko.clone()
        }
    };
    let step = effect.template.starts_with("step_");
    let one = p.proceedings.iter().find(|one| step && one.no == effect.seq);
    let mut told = match (one, cause) {
        (Some(one), _) => {
            let track = office.tracks.version(one.track.0, one.track.1);
            let step = track.and_then(|track| track.step(one.stands.step));
            Told {
                track: track.map(|track| of(&track.name)).unwrap_or_default(),
                sentence: step.map(|step| of(&step.name)).unwrap_or_default(),
                due: Proceeding::due(one),
            }
        }
        (None, Some(cause)) => {
            let said: Vec<(&Tell, &Track, u32)> = (sentences(office, p, cause).into_iter())
                .filter(|(tell, _, no)| {
                    let hears = |hand: &Hand| reached(office, p, *no, *hand, cause.at()).contains(&effect.to);
                    tell.who.iter().any(hears)
                })
                .collect();
            let lines = said.iter().map(|(tell, ..)| {
                if english {
                    tell.en.as_str()
                } else {
                    tell.ko.as_str()
                }
            });
            Told {
                track: said
                    .first()
                    .map(|(_, track, _)| of(&track.name))
                    .unwrap_or_default(),
                sentence: lines.collect::<Vec<_>>().join("\n"),
                due: None,
            }
        }
        (None, None) => Told::default(),
    };
    if p.protected {
        // A telephone lies on the table: what it was about is not for whoever reads along.
        told.track = if english {
            "Petition".to_owned()
        } else {
            "민원".to_owned()
        };
    }
    told
}

/// Whom an event of a special procedure is told to, each once.
pub(crate) fn told(office: &Office, p: &Petition, recorded: &Recorded) -> Vec<To> {
    let mut all: Vec<To> = Vec::new();
    for (tell, _, no) in sentences(office, p, recorded) {
        for hand in &tell.who {
            for to in reached(office, p, no, *hand, recorded.at()) {
                // Whoever does it knows it.
                let own = matches!((to, recorded.by), (To::Official(a), By::Official(b)) if a == b);
                if !own && !all.contains(&to) {
                    all.push(to);
                }
            }
        }
    }
    all
}

/// Who stands behind a hand.
pub(crate) fn reached(office: &Office, p: &Petition, no: u32, hand: Hand, now: At) -> Vec<To> {
    let seat =
        |seat: Seat, unit| -> Vec<To> { office.holders(seat, unit).into_iter().map(To::Official).collect() };
    match hand {
        Hand::Petitioner => (std::iter::once(p.person).chain(p.intake.party.principal))
            .map(To::Person)
            .collect(),
        Hand::Handler => (p.handler.into_iter())
            .map(|id| To::Official(office.acting(id, Part::Handling, now)))
            .collect(),
        Hand::Seat(wanted) => seat(wanted, None),
        Hand::Lead(wanted) => p.unit.map(|unit| seat(wanted, Some(unit))).unwrap_or_default(),
        Hand::Member(role) => (p.proceedings.iter().find(|one| one.no == no).into_iter())
            .flat_map(|one| one.members_of(role))
            .map(To::Official)
            .collect(),
    }
}

/// The sentences that an event's track has for people, with the track and the number of the proceeding.
fn sentences<'o>(office: &'o Office, p: &Petition, recorded: &Recorded) -> Vec<(&'o Tell, &'o Track, u32)> {
    let (no, track, tell): (u32, Option<&Track>, Option<&Vec<Tell>>) = match &recorded.event {
        Event::ProceedingOpened {
            no, track, version, ..
        } => {
            let track = office.tracks.version(*track, *version);
            (*no, track, track.map(|track| &track.opens.tell))
        }
        Event::ProceedingMoved { no, step, code, .. } => {
            let one = p.proceedings.iter().find(|one| one.no == *no);
            let track = one.and_then(|one| office.tracks.version(one.track.0, one.track.1));
            let made = track
                .and_then(|track| track.step(*step))
                .and_then(|step| step.one(*code));
            (*no, track, made.map(|made| &made.tell))
        }
        _ => (0, None, None),
    };
    let (Some(track), Some(tell)) = (track, tell) else {
        return Vec::new();
    };
    tell.iter().map(|tell| (tell, track, no)).collect()
}

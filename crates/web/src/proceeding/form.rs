//! 특별절차의 양식 — what a move asks: the fields its track declares and what its parts take; how they are read and handed on.
//!
//! A form carries code and version of its track, so that what was written can be read again while the store is away.

use super::{plain, said};
use crate::{
    Web,
    citizen::sheet::{self, Posted},
    desk::reader::Reader,
    form::{self, Field, Named, Read, Shape, Unreadable},
    render::Lang,
    view::{FieldError, Message},
};
use app::{
    act::ActError,
    proceedings::Handed,
    words::{BODY, Raw},
};
use domain::{
    access::Who,
    form::{Answers, Form},
    id::OfficialId,
    proceeding::{Answered, CaseStory, Fact, Proceeding, Vote},
    terms::Code,
    time::At,
    track::{Move, Part, Step, Survey, Track, check},
};
use jiff::civil::{Date, Time};

/// Most characters of one line.
const LINE: usize = 300;

/// 무엇을 묻는가 — the beginning of a track, or a move in one of its steps.
pub(crate) struct Declared {
    /// The track.
    pub track: Track,
    /// The step and the move; `None` at the beginning.
    pub at: Option<(Step, Move)>,
}

impl Declared {
    /// The beginning of the newest version.
    pub(crate) fn opening(web: &Web, code: &str) -> Option<Declared> {
        let track = web.app.office().tracks.newest(code.parse().ok()?)?.clone();
        Some(Declared { track, at: None })
    }

    /// A move, by the track's mark in the form.
    pub(crate) fn marked(web: &Web, mark: &str, step: &str, code: &str) -> Option<Declared> {
        let (track, version) = sheet::from_mark(mark)?;
        let track = web.app.office().tracks.version(track, version)?.clone();
        Declared::of(track, step.parse().ok()?, code.parse().ok()?)
    }

    /// A move of a track.
    pub(crate) fn of(track: Track, step: Code, code: Code) -> Option<Declared> {
        let step = track.step(step)?.clone();
        let made = step.one(code)?.clone();
        Some(Declared {
            track,
            at: Some((step, made)),
        })
    }

    /// Whether it is of the version that something runs on.
    pub(crate) fn is_of(&self, one: &Proceeding) -> bool {
        (self.track.code, self.track.version) == one.track
    }

    /// The fields it asks.
    pub(crate) fn ask(&self) -> &[domain::form::Field] {
        self.at
            .as_ref()
            .map_or(&self.track.opens.ask, |(_, made)| &made.ask)
    }

    /// Its parts.
    pub(crate) fn does(&self) -> &[Part] {
        self.at.as_ref().map_or(&[], |(_, made)| &made.does)
    }

    /// The fields as a form.
    pub(crate) fn form(&self) -> Form {
        check::asked(&self.track, self.ask())
    }

    /// As on the button.
    pub(crate) fn name(&self, reader: &Reader) -> String {
        let name = self
            .at
            .as_ref()
            .map_or(&self.track.opens.name, |(_, made)| &made.name);
        said(reader, name)
    }
}

/// The mark of the track that a form came with; "" if none did.
pub(crate) fn mark_of(body: &[u8]) -> String {
    let ([marks], _) = form::lists(body, ["track"]);
    marks.into_iter().next().unwrap_or_default()
}

const fn field(name: &'static str, label: &'static str, max: usize, shape: Shape) -> Field {
    Field {
        name,
        label,
        max,
        shape,
    }
}

/// Days on which moments are offered, and their times as they are typed: “10:00, 10:30”.
pub(crate) const HOUR_DAYS: [(&str, &str); 4] = [
    ("hour_day_1", "hour_times_1"),
    ("hour_day_2", "hour_times_2"),
    ("hour_day_3", "hour_times_3"),
    ("hour_day_4", "hour_times_4"),
];
/// The mark of each question of a survey, by its place.
pub(crate) const MARKS: [&str; Survey::QUESTIONS] = [
    "mark_1", "mark_2", "mark_3", "mark_4", "mark_5", "mark_6", "mark_7", "mark_8", "mark_9", "mark_10",
];
const MARK: [&str; Survey::BEST as usize] = ["1", "2", "3", "4", "5"];

/// What every form has besides: the keys of officials' and of citizens' forms, and the mark of the track.
const COMMON: [Field; 3] = [
    field("key", "send", 80, Shape::Line),
    field("once", "send", 64, Shape::Line),
    field("track", "send", 40, Shape::Line),
];

/// What a part of a move takes; whom it names comes as a list.
fn fields_of(part: Part) -> Vec<Field> {
    use Shape::{Choice, Line, NeededChoice, NeededLine, NeededText};
    match part {
        Part::Appoint(_) | Part::Prolong | Part::Cancel => vec![],
        Part::Release(_) => vec![field("leaver", "part-release", 80, NeededLine)],
        Part::CommitLot(_) => vec![field("wanted", "proc-lot-wanted", 4, NeededLine)],
        Part::DrawLot(_) => vec![field("word", "proc-lot-word", 100, NeededLine)],
        Part::Meet => vec![
            field("meet_day", "proc-meet-day", 10, NeededLine),
            field("meet_time", "proc-meet-time", 8, NeededLine),
            field("place", "proc-meet-place", LINE, NeededLine),
        ],
        Part::Offer => (HOUR_DAYS.iter())
            .flat_map(|(day, times)| {
                [
                    field(day, "proc-hour-dates", 10, Line),
                    field(times, "proc-hour-starts", 100, Line),
                ]
            })
            .chain([
                field("hour_minutes", "proc-hour-minutes", 3, NeededLine),
                field("hour_place", "proc-meet-place", LINE, NeededLine),
            ])
            .collect(),
        Part::Book => vec![field("hour", "proc-hour-pick", 20, NeededLine)],
        Part::Survey(_) => (MARKS.iter())
            .map(|name| field(name, "proc-survey", 1, Choice(&MARK)))
            .collect(),
        Part::Minutes => vec![field("minutes", "part-minutes", BODY, NeededText)],
        Part::Vote => vec![
            field("yes", "proc-yes", 4, NeededLine),
            field("no", "proc-no", 4, NeededLine),
            field("abstained", "proc-abstained", 4, NeededLine),
        ],
        Part::Inquire => vec![
            field("to", "proc-to", LINE, NeededLine),
            field("what", "proc-what", BODY, NeededText),
            field("reply_by", "proc-reply-by", 10, NeededLine),
        ],
        Part::Reply => vec![
            field("inquiry", "proc-which", 6, NeededLine),
            field("reply", "proc-reply", BODY, NeededText),
        ],
        Part::Promise => vec![
            field("unit", "proc-promise-unit", 40, NeededLine),
            field("promise", "proc-promise-what", BODY, NeededText),
            field("by", "proc-promise-by", 10, NeededLine),
        ],
        Part::FollowUp => vec![
            field("promise_no", "proc-which-promise", 6, NeededLine),
            field(
                "state",
                "proc-promise-state",
                10,
                NeededChoice(&["under_way", "done", "given_up"]),
            ),
            field("word_on", "proc-word-on", BODY, NeededText),
        ],
        Part::Publish => vec![
            field("title", "proc-story-title", LINE, NeededLine),
            field("question", "proc-question", BODY, NeededText),
            field("holding", "proc-holding", BODY, NeededText),
        ],
        Part::Tie => vec![field("number", "proc-tie-number", 40, NeededLine)],
    }
}

/// 보낸 것 — a form as it came.
pub(crate) struct Sent {
    /// Values and faults.
    pub read: Read,
    /// Whom it names.
    pub members: Vec<String>,
}

impl Sent {
    /// Nothing, in the place of what is handed on.
    pub(crate) fn empty() -> Sent {
        Sent {
            read: Read::default(),
            members: Vec::new(),
        }
    }

    /// The idempotency key, by whichever name the face has for it.
    pub(crate) fn key(&self) -> &str {
        match self.read.get("key") {
            "" => self.read.get("once"),
            key => key,
        }
    }

    /// Name, label and value of what was written, for a page without the store; what was written at length stands open.
    pub(crate) fn typed(&self, declared: &Declared, lang: Lang) -> Vec<(String, Message, String, bool)> {
        let form = declared.form();
        let posted = Posted::of(&form, lang);
        let own = declared
            .does()
            .iter()
            .flat_map(|part| fields_of(*part))
            .chain(COMMON);
        let known = (posted
            .fields()
            .map(|field| (field.name.to_owned(), plain(field.label), field.shape)))
        .chain(own.map(|field| (field.name.to_owned(), Message::new(field.label), field.shape)));
        let mut all: Vec<(String, Message, String, bool)> = known
            .filter_map(|(name, label, shape)| {
                let value = self
                    .read
                    .filled
                    .values
                    .get(&name)
                    .filter(|value| !value.is_empty())?
                    .clone();
                Some((
                    name,
                    label,
                    value,
                    matches!(shape, Shape::Text | Shape::NeededText),
                ))
            })
            .collect();
        let members = self.members.iter();
        all.extend(members.map(|value| {
            (
                "member".to_owned(),
                Message::new("part-appoint"),
                value.clone(),
                false,
            )
        }));
        all
    }

    fn wrong(&mut self, field: &str, message: Message) {
        let told = self.read.filled.errors.iter().any(|error| error.field == field);
        if !told {
            self.read.filled.errors.push(FieldError {
                field: field.to_owned(),
                message,
            });
        }
    }

    fn day(&mut self, name: &str) -> Option<Date> {
        let day = self.read.get(name).trim().parse().ok();
        if day.is_none() {
            self.wrong(name, Message::new("error-date-form"));
        }
        day
    }

    fn figure(&mut self, name: &'static str, label: &str) -> Option<u32> {
        let figure = self.read.get(name).trim().parse().ok();
        if figure.is_none() {
            self.wrong(
                name,
                Message::new("proc-error-figure").with("field", format!("@{label}")),
            );
        }
        figure
    }

    /// The moments offered, in order; a day without times, and times without a day, are faults.
    fn starts(&mut self) -> Vec<At> {
        let mut starts = Vec::new();
        for (day, times) in HOUR_DAYS {
            let typed = self.read.get(times).trim().to_owned();
            match (self.read.get(day).trim().is_empty(), typed.is_empty()) {
                (true, true) => continue,
                (false, true) => self.wrong(times, Message::new("proc-error-hour-times")),
                (true, false) | (false, false) => {
                    let Some(day) = self.day(day) else { continue };
                    for one in typed.split([',', ' ', '、', '·']).filter(|one| !one.is_empty()) {
                        match time(one) {
                            Some(hour) => starts.push(At::seoul(day.to_datetime(hour))),
                            None => self.wrong(times, Message::new("proc-error-hour-times")),
                        }
                    }
                }
            }
        }
        starts.sort_unstable();
        if starts.is_empty() && self.read.filled.errors.is_empty() {
            self.wrong(HOUR_DAYS[0].0, Message::new("proc-error-no-hours"));
        }
        starts
    }

    fn text(&self, name: &str) -> Raw {
        Raw::text(self.read.get(name))
    }
}

/// Reads a form as it came.
pub(crate) fn read(body: &[u8], declared: &Declared, lang: Lang) -> Result<Sent, Unreadable> {
    let ([members], rest) = form::lists(body, ["member"]);
    let form = declared.form();
    let posted = Posted::of(&form, lang);
    let own: Vec<Field> = declared
        .does()
        .iter()
        .flat_map(|part| fields_of(*part))
        .chain(COMMON)
        .collect();
    let fields: Vec<Named<'_>> = posted.fields().chain(own.iter().copied()).collect();
    let read = form::urlencoded(&rest, &fields)?;
    Ok(Sent { read, members })
}

/// “09:30” as a time of day.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let minute = minute.split(':').next()?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// “juror/0197…”.
fn named(text: &str) -> Option<(Code, OfficialId)> {
    let (role, official) = text.split_once('/')?;
    Some((role.parse().ok()?, official.parse().ok()?))
}

/// What a form hands in; its faults are added to it.
pub(crate) async fn handed(
    web: &Web,
    who: &Who,
    declared: &Declared,
    sent: &mut Sent,
    lang: Lang,
) -> Result<Handed, ActError> {
    let answers = answers(web, declared, sent, lang);
    let mut handed = Handed {
        answers,
        ..Handed::default()
    };
    for part in declared.does() {
        let before = handed.facts.len();
        match part {
            Part::Appoint(role) => {
                let all = sent
                    .members
                    .iter()
                    .filter_map(|value| named(value))
                    .filter(|(of, _)| of == role);
                handed
                    .facts
                    .extend(all.map(|(role, official)| Fact::Appointed { role, official }));
                if handed.facts.len() == before {
                    sent.wrong("member", Message::new("proc-error-nobody"));
                }
            }
            Part::Release(role) => match named(sent.read.get("leaver")).filter(|(of, _)| of == role) {
                Some((role, official)) => handed.facts.push(Fact::Released { role, official }),
                None => sent.wrong("leaver", Message::new("proc-error-nobody")),
            },
            Part::CommitLot(_) => handed.wanted = sent.figure("wanted", "proc-lot-wanted"),
            Part::DrawLot(_) => handed.word = Some(sent.read.get("word").trim().to_owned()),
            Part::Meet => {
                let day = sent.day("meet_day");
                let hour = time(sent.read.get("meet_time"));
                if hour.is_none() {
                    sent.wrong("meet_time", Message::new("proc-error-time"));
                }
                if let (Some(day), Some(hour)) = (day, hour) {
                    handed.facts.push(Fact::MeetingSet {
                        at: At::seoul(day.to_datetime(hour)),
                        place: sent.text("place"),
                    });
                }
            }
            Part::Offer => {
                let starts = sent.starts();
                if let Some(minutes) = sent.figure("hour_minutes", "proc-hour-minutes") {
                    handed.facts.push(Fact::HoursOffered {
                        starts,
                        minutes,
                        place: sent.text("hour_place"),
                    });
                }
            }
            Part::Book => match sent.read.get("hour").parse() {
                Ok(at) => handed.facts.push(Fact::Booked { at: At(at) }),
                Err(_) => sent.wrong(
                    "hour",
                    Message::new("error-choice").with("field", "@proc-hour-pick"),
                ),
            },
            Part::Cancel => {}
            Part::Survey(code) => {
                let Some(survey) = declared.track.survey(*code) else {
                    continue;
                };
                let marks: Vec<Answered> = (survey.questions.iter().zip(MARKS))
                    .filter_map(|(question, name)| {
                        let mark = sent.read.get(name).parse().ok()?;
                        Some(Answered {
                            question: question.code,
                            mark,
                        })
                    })
                    .collect();
                if marks.is_empty() {
                    sent.wrong(MARKS[0], Message::new("proc-error-survey"));
                } else {
                    handed.facts.push(Fact::Surveyed { survey: *code, marks });
                }
            }
            Part::Minutes => handed.facts.push(Fact::Minuted {
                text: sent.text("minutes"),
            }),
            Part::Vote => {
                let (yes, no) = (sent.figure("yes", "proc-yes"), sent.figure("no", "proc-no"));
                if let (Some(yes), Some(no), Some(abstained)) =
                    (yes, no, sent.figure("abstained", "proc-abstained"))
                {
                    let vote = Vote { yes, no, abstained };
                    handed.facts.push(Fact::Voted { vote });
                }
            }
            Part::Inquire => handed
                .facts
                .extend(sent.day("reply_by").map(|reply_by| Fact::Inquired {
                    to: sent.text("to"),
                    what: sent.text("what"),
                    reply_by,
                })),
            Part::Reply => match sent.read.get("inquiry").parse() {
                Ok(no) => handed.facts.push(Fact::Replied {
                    no,
                    text: sent.text("reply"),
                }),
                Err(_) => sent.wrong(
                    "inquiry",
                    Message::new("error-choice").with("field", "@proc-which"),
                ),
            },
            Part::Promise => match (sent.read.get("unit").parse(), sent.day("by")) {
                (Ok(unit), Some(by)) => handed.facts.push(Fact::Promised {
                    unit,
                    what: sent.text("promise"),
                    by,
                }),
                (Ok(_), None) => {}
                (Err(_), _) => sent.wrong(
                    "unit",
                    Message::new("error-choice").with("field", "@proc-promise-unit"),
                ),
            },
            Part::FollowUp => match (
                sent.read.get("promise_no").parse(),
                sent.read.get("state").parse(),
            ) {
                (Ok(no), Ok(state)) => handed.facts.push(Fact::Followed {
                    no,
                    state,
                    word: sent.text("word_on"),
                }),
                (Ok(_), Err(_)) => {}
                (Err(_), _) => sent.wrong(
                    "promise_no",
                    Message::new("error-choice").with("field", "@proc-which-promise"),
                ),
            },
            Part::Publish => handed.facts.push(Fact::Published {
                story: CaseStory {
                    title: sent.text("title"),
                    question: sent.text("question"),
                    holding: sent.text("holding"),
                },
            }),
            Part::Tie => {
                let number = sent.read.get("number").trim().to_owned();
                if !number.is_empty() {
                    match web.app.found(who, &number).await {
                        Ok(other) => handed.tie = Some(other.id),
                        Err(ActError::NotFound) => {
                            sent.wrong(
                                "number",
                                Message::new("desk-error-unknown-number").with("number", number),
                            );
                        }
                        Err(error) => return Err(error),
                    }
                }
            }
            Part::Prolong => {}
        }
    }
    Ok(handed)
}

/// The answers to the fields that are asked; their faults are added to the form.
pub(crate) fn answers(web: &Web, declared: &Declared, sent: &mut Sent, lang: Lang) -> Answers {
    let form = declared.form();
    let answers = sheet::taken(&form, &sent.read);
    sheet::judge(
        &form,
        &answers,
        web.app.office().day,
        false,
        lang,
        &mut sent.read.filled,
    );
    answers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_and_a_name_are_read_as_they_are_sent() {
        assert_eq!(time("09:30"), Time::new(9, 30, 0, 0).ok());
        assert_eq!(time("14:05:00"), Time::new(14, 5, 0, 0).ok());
        assert!(
            ["", "9", "25:00", "09:60", "a:b"]
                .into_iter()
                .all(|wrong| time(wrong).is_none())
        );
        let value = format!("juror/{}", "0a".repeat(16));
        assert_eq!(
            named(&value).map(|(role, _)| role.to_string()).as_deref(),
            Some("juror")
        );
        assert!(
            ["", "juror", "juror/x", "/"]
                .into_iter()
                .all(|wrong| named(wrong).is_none())
        );
    }
}

//! 특별절차 양식 그리기 — the form of a move as its page shows it: what it asks, whom it can name, which conditions it has.

use super::{
    Lens, due,
    form::{Declared, HOUR_DAYS, MARKS, Sent},
    hands, leads, lot_row, perhaps, role_name, said, step_name,
};
use crate::{
    citizen::sheet,
    desk::reader::Reader,
    security::Fault,
    show,
    view::{
        Filled, Message,
        citizen::sheet::{Section, Sheet},
        desk::timeline::Names,
        proceeding::{CandidateRow, MoveForm, NeedRow, PartForm, Told},
    },
};
use app::{
    proceedings::{Candidate, Running},
    words::BODY,
};
use domain::{
    decide::proceeding::HOURS,
    id::OfficialId,
    proceeding::{Kept, Proceeding},
    refusal::Refusal,
    terms::Code,
    track::{Need, Part, Role, Survey, Track},
};

/// How a form was left, and what came of sending it.
#[derive(Default)]
pub(crate) struct Left {
    /// Values and faults.
    pub form: Filled,
    /// Whom it named.
    pub members: Vec<String>,
    /// Its key.
    pub key: String,
    /// Why it cannot be made now, on opening it.
    pub blocked: Option<Refusal>,
    /// Why it was not taken.
    pub refused: Option<Refusal>,
}

impl Left {
    /// As it was sent.
    pub(crate) fn of(sent: Sent) -> Left {
        Left {
            key: sent.key().to_owned(),
            form: sent.read.filled,
            members: sent.members,
            ..Left::default()
        }
    }
}

/// The form without what only the store knows: whom it can name, which questions are open.
pub(crate) fn blank(
    reader: &Reader,
    declared: &Declared,
    left: Left,
    (action, back): (String, String),
) -> MoveForm {
    let track = &declared.track;
    let form = declared.form();
    let drawn = Sheet {
        lead: String::new(),
        ..sheet::sheet(&form, &[], reader.lang)
    };
    let heading = reader.word("proc-ask");
    let sections = drawn.sections.into_iter().map(|section| Section {
        name: heading.clone(),
        ..section
    });
    let drawn = Sheet {
        sections: sections.collect(),
        ..drawn
    };
    let (step, made) = match &declared.at {
        Some((step, made)) => (Some(step), Some(made)),
        None => (None, None),
    };
    let tell = made.map_or(&track.opens.tell, |made| &made.tell);
    let first = track
        .steps
        .first()
        .map(|step| step_name(reader, track, step.code))
        .unwrap_or_default();
    MoveForm {
        name: declared.name(reader),
        track: said(reader, &track.name),
        mark: sheet::mark(&form),
        step: step.map(|step| said(reader, &step.name)).unwrap_or_default(),
        step_hint: perhaps(reader, step.and_then(|step| step.hint.as_ref())),
        hint: perhaps(reader, made.and_then(|made| made.hint.as_ref())),
        summary: if made.is_none() {
            said(reader, &track.summary)
        } else {
            String::new()
        },
        basis: track.basis.clone(),
        sure: track.basis_sure,
        leads: match made {
            Some(made) => leads(reader, track, made),
            None => Message::new("proc-led-step").with("step", first),
        },
        paper: perhaps(reader, made.and_then(|made| made.paper.as_ref())),
        needs: Vec::new(),
        blocked: left.blocked.map(show::refused),
        refused: left.refused.map(show::refused),
        sheet: (!declared.ask().is_empty()).then_some(drawn),
        parts: (declared.does().iter())
            .map(|part| empty(reader, track, *part))
            .collect(),
        told: (tell.iter())
            .map(|tell| Told {
                who: hands(reader, track, &tell.who),
                text: reader.pick(&tell.ko, &tell.en),
            })
            .collect(),
        action,
        back,
        key: left.key,
        max: BODY,
        form: left.form,
    }
}

/// A part before anything is known of the one that runs.
fn empty(reader: &Reader, track: &Track, part: Part) -> PartForm {
    let bounds = |role: Code| track.role(role).map_or((0, 0), |role| (role.least, role.most));
    let name = |role: Code| role_name(reader, track, role);
    match part {
        Part::Appoint(role) => PartForm::Appoint {
            role: name(role),
            least: bounds(role).0,
            most: bounds(role).1,
            named: 0,
            panel: track.panel.unwrap_or(0),
            candidates: Vec::new(),
        },
        Part::Release(role) => PartForm::Release {
            role: name(role),
            members: Vec::new(),
        },
        Part::CommitLot(role) => PartForm::CommitLot {
            role: name(role),
            candidates: Vec::new(),
            most: bounds(role).1,
            named: 0,
        },
        Part::DrawLot(_) => PartForm::DrawLot {
            lot: None,
            candidates: Vec::new(),
        },
        Part::Meet => PartForm::Meet,
        Part::Offer => PartForm::Offer {
            days: HOUR_DAYS.iter().map(|(day, times)| [*day, *times]).collect(),
            busy: Vec::new(),
            most: HOURS,
        },
        Part::Book => PartForm::Book {
            hours: Vec::new(),
            offer: None,
        },
        Part::Cancel => PartForm::Cancel { meeting: None },
        Part::Survey(code) => survey(reader, track, code),
        Part::Minutes => PartForm::Minutes { meeting: None },
        Part::Vote => PartForm::Vote { members: 0 },
        Part::Inquire => PartForm::Inquire,
        Part::Reply => PartForm::Reply {
            inquiries: Vec::new(),
        },
        Part::Promise => PartForm::Promise {
            units: reader.units_where(|_| true),
        },
        Part::FollowUp => PartForm::FollowUp { promises: Vec::new() },
        Part::Publish => PartForm::Publish,
        Part::Tie => PartForm::Tie,
        Part::Prolong => PartForm::Prolong { due: None },
    }
}

/// The questions of a survey; nothing where it is not declared, which the checker finds.
fn survey(reader: &Reader, track: &Track, code: Code) -> PartForm {
    let (mut name, mut questions, mut marks) = (String::new(), Vec::new(), Vec::new());
    if let Some(survey) = track.survey(code) {
        name = said(reader, &survey.name);
        questions = (survey.questions.iter().zip(MARKS))
            .map(|(question, field)| [field.to_owned(), said(reader, &question.text)])
            .collect();
        marks = (1..=Survey::BEST)
            .map(|mark| {
                let points = reader.say(&Message::new("proc-mark").with("n", mark));
                let text = match mark {
                    1 => format!("{points} — {}", said(reader, &survey.worst)),
                    Survey::BEST => format!("{points} — {}", said(reader, &survey.best)),
                    _ => points,
                };
                [mark.to_string(), text]
            })
            .collect();
    }
    PartForm::Survey {
        name,
        questions,
        marks,
    }
}

impl Lens<'_> {
    /// The form that begins a track.
    pub(crate) fn opening_form(&self, declared: &Declared, left: Left) -> MoveForm {
        let ways = (self.opening(declared.track.code), self.petition_page());
        self.quiet(blank(self.reader, declared, left, ways))
    }

    /// The form of a move, with what only the one that runs knows.
    pub(crate) async fn move_form(
        &self,
        declared: &Declared,
        one: &Running,
        left: Left,
    ) -> Result<MoveForm, Fault> {
        let Some((step, made)) = &declared.at else {
            return Ok(self.opening_form(declared, left));
        };
        let no = one.proceeding.no;
        let ways = (self.move_page((no, step.code, made.code)), self.page(no));
        let members = left.members.clone();
        let mut form = blank(self.reader, declared, left, ways);
        form.needs = (made.needs.iter())
            .map(|need| NeedRow {
                what: self.need(&declared.track, *need),
                met: one.proceeding.meets(*need, role_of(&declared.track, *need)),
            })
            .collect();
        form.parts.clear();
        for part in &made.does {
            let part = self.part(declared, &one.proceeding, *part, &members).await?;
            form.parts.push(part);
        }
        if let (Some(unit), true) = (self.case.petition.unit, made.does.contains(&Part::Promise)) {
            form.form
                .values
                .entry("unit".to_owned())
                .or_insert_with(|| unit.to_string());
        }
        Ok(self.quiet(form))
    }

    /// What others are told is for officials to know beforehand.
    fn quiet(&self, form: MoveForm) -> MoveForm {
        if self.official() {
            return form;
        }
        MoveForm {
            told: Vec::new(),
            step_hint: String::new(),
            ..form
        }
    }

    fn need(&self, track: &Track, need: Need) -> Message {
        let role = |role: Code| role_name(self.reader, track, role);
        match need {
            Need::Members(of) => Message::new("need-members").with("role", role(of)),
            Need::LotCommitted(of) => Message::new("need-lot_committed").with("role", role(of)),
            Need::Meeting => Message::new("need-meeting"),
            Need::Minutes => Message::new("need-minutes"),
            Need::Majority => Message::new("need-majority"),
            Need::NoMajority => Message::new("need-no_majority"),
            Need::Inquiry => Message::new("need-inquiry"),
            Need::Replies => Message::new("need-replies"),
            Need::Promise => Message::new("need-promise"),
            Need::PromisesSettled => Message::new("need-promises_settled"),
        }
    }

    async fn part(
        &self,
        declared: &Declared,
        one: &Proceeding,
        part: Part,
        ticked: &[String],
    ) -> Result<PartForm, Fault> {
        let (reader, track) = (self.reader, &declared.track);
        let mut form = empty(reader, track, part);
        let role = part.role().and_then(|role| track.role(role));
        let full = |id: OfficialId| {
            let person = self.person(id);
            format!("{} {}", person.unit, person.name).trim().to_owned()
        };
        match (&mut form, role) {
            (
                PartForm::Appoint {
                    named, candidates, ..
                },
                Some(role),
            ) => {
                *named = one.members_of(role.code).count();
                let all = self.web.app.candidates(&self.case.petition, one, role).await?;
                *candidates = all
                    .iter()
                    .map(|candidate| self.candidate(one, role, candidate, ticked))
                    .collect();
            }
            (PartForm::Release { members, .. }, Some(role)) => {
                let row = |id: OfficialId| {
                    let person = self.person(id);
                    [format!("{}/{id}", role.code), person.name, person.unit]
                };
                *members = one.members_of(role.code).map(row).collect();
            }
            (
                PartForm::CommitLot {
                    candidates, named, ..
                },
                Some(role),
            ) => {
                *named = one.members_of(role.code).count();
                let all = self.web.app.candidates(&self.case.petition, one, role).await?;
                *candidates = all
                    .iter()
                    .filter(|one| one.free)
                    .map(|one| full(one.official))
                    .collect();
            }
            (PartForm::DrawLot { lot, candidates }, Some(role)) => {
                if let Some(open) = one.lot_of(role.code) {
                    *candidates = open.candidates.iter().map(|id| full(*id)).collect();
                    *lot = Some(lot_row(reader, track, open, String::new(), String::new()));
                }
            }
            (PartForm::Offer { busy, .. }, _) => {
                *busy = self
                    .web
                    .app
                    .hours_of(self.who, self.case.petition.id, one.no)
                    .await?;
            }
            (PartForm::Book { hours, offer }, _) => {
                if let Some(open) = one.offer.as_ref().map(|open| self.offer(open)) {
                    *hours = open.starts.iter().map(|at| (at.0.to_string(), *at)).collect();
                    *offer = Some(open);
                }
            }
            (PartForm::Cancel { meeting }, _) => {
                *meeting = one.arranged().map(|last| (last.at, self.text(last.place)));
            }
            (PartForm::Minutes { meeting }, _) => {
                *meeting = one.meetings.last().map(|last| (last.at, self.text(last.place)));
            }
            (PartForm::Vote { members }, _) => *members = one.members.len(),
            (PartForm::Reply { inquiries }, _) => {
                let open = one.inquiries.iter().filter(|inquiry| inquiry.reply.is_none());
                *inquiries = open
                    .map(|inquiry| {
                        [
                            inquiry.no.to_string(),
                            self.text(inquiry.to),
                            self.text(inquiry.what),
                        ]
                    })
                    .collect();
            }
            (PartForm::FollowUp { promises }, _) => {
                let open = one
                    .promises
                    .iter()
                    .filter(|promise| promise.state == Kept::UnderWay);
                *promises = open
                    .map(|promise| {
                        let by = show::date(reader.lang, promise.by);
                        let note = format!("{}, {by}", reader.unit(promise.unit));
                        [promise.no.to_string(), self.text(promise.what), note]
                    })
                    .collect();
            }
            (PartForm::Prolong { due: day }, _) => *day = due(one),
            _ => {}
        }
        Ok(form)
    }

    fn candidate(
        &self,
        one: &Proceeding,
        role: &Role,
        candidate: &Candidate,
        ticked: &[String],
    ) -> CandidateRow {
        let value = format!("{}/{}", role.code, candidate.official);
        let member = one
            .members
            .iter()
            .any(|member| member.official == candidate.official);
        let released = one.released.contains(&(role.code, candidate.official));
        let why = match (candidate.free, member, released) {
            (true, _, _) => None,
            (false, true, _) => Some(Message::new("proc-why-member")),
            (false, false, true) => Some(Message::new("proc-why-released")),
            (false, false, false) => Some(Message::new("proc-why-partial")),
        };
        CandidateRow {
            person: self.person(candidate.official),
            load: candidate.load,
            why,
            chosen: ticked.contains(&value),
            value,
        }
    }
}

/// The role a condition is about.
fn role_of(track: &Track, need: Need) -> Option<&Role> {
    match need {
        Need::Members(role) | Need::LotCommitted(role) => track.role(role),
        _ => None,
    }
}

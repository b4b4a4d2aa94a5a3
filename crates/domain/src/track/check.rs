//! 점검 — what is wrong with a declared track, each with its place and its cure. Empty when it can be run.
//!
//! A track is checked like a program: every name it speaks of is declared, every step is reached, from every step an end is reached, every
//! move has somebody who may make it, and whatever a condition asks for can be brought about.

use super::{Hand, Move, Need, Part, Role, Step, Survey, Tell, Track};
use crate::form::{Form, Section, Summary};
use crate::procedure::Words;
use crate::terms::{Code, Seat};
use std::collections::BTreeSet;

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub at: Place,
    /// What, and how to cure it.
    pub what: String,
}

/// 자리 — the part of a track that a problem is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The track itself.
    Top,
    /// `[opens]`.
    Opens,
    /// The nth `[[roles]]`, from 0.
    Role(usize),
    /// The nth `[[surveys]]`.
    Survey(usize),
    /// The nth `[[steps]]`.
    Step(usize),
    /// The mth `[[steps.moves]]` of the nth step.
    Move(usize, usize),
    /// The nth `[[ends]]`.
    End(usize),
}

/// Everything that is wrong with `track`.
pub fn problems(track: &Track) -> Vec<Problem> {
    let mut check = Check {
        track,
        found: Vec::new(),
    };
    check.top();
    check.roles();
    check.surveys();
    for (n, step) in track.steps.iter().enumerate() {
        check.step(n, step);
        for (m, one) in step.moves.iter().enumerate() {
            check.one(n, m, step, one);
        }
    }
    check.ends();
    check.reach();
    check.found
}

struct Check<'a> {
    track: &'a Track,
    found: Vec<Problem>,
}

impl Check<'_> {
    fn say(&mut self, at: Place, what: impl Into<String>) {
        self.found.push(Problem {
            at,
            what: what.into(),
        });
    }

    fn top(&mut self) {
        let track = self.track;
        if track.steps.is_empty() {
            self.say(Place::Top, "has no step: write at least one `[[steps]]`");
        }
        if track.version == 0 {
            self.say(Place::Top, "versions begin with 1: write `version = 1`");
        }
        if track.basis.trim().is_empty() {
            self.say(
                Place::Top,
                "names no legal basis: write it in `basis`, or the decision of the office it rests on",
            );
        }
        self.words(Place::Top, "name", &track.name);
        self.words(Place::Top, "summary", &track.summary);
        for aim in &track.aims {
            self.words(Place::Top, "aims", &aim.before);
            self.words(Place::Top, "aims", &aim.aim);
        }
        self.words(Place::Opens, "name", &track.opens.name);
        if track.opens.who.is_empty() && track.services.is_empty() {
            self.say(
                Place::Opens,
                "can never begin: name somebody in `opens.who`, or a service in `services`",
            );
        }
        self.hands(Place::Opens, &track.opens.who);
        if track.opens.who.iter().any(|hand| matches!(hand, Hand::Member(_))) {
            self.say(
                Place::Opens,
                "nobody is a member before it begins: name a seat, the handler or the petitioner in `who`",
            );
        }
        self.fields(Place::Opens, &track.opens.ask);
        self.tells(Place::Opens, &track.opens.tell);
    }

    fn roles(&mut self) {
        for (n, role) in self.track.roles.iter().enumerate() {
            let at = Place::Role(n);
            self.words(at, "name", &role.name);
            if self.track.roles[..n].iter().any(|other| other.code == role.code) {
                self.say(
                    at,
                    format!("role `{}` stands twice: give each a code of its own", role.code),
                );
            }
            if role.most == 0 || role.least > role.most {
                self.say(
                    at,
                    format!(
                        "role `{}`: `least` is greater than `most`, or `most` is 0: mend the numbers",
                        role.code
                    ),
                );
            }
            if role.seat == Seat::ExternalUser {
                self.say(
                    at,
                    "external users see what is handed to them and nothing else: choose another seat",
                );
            }
        }
    }

    fn surveys(&mut self) {
        for (n, survey) in self.track.surveys.iter().enumerate() {
            let at = Place::Survey(n);
            for words in [&survey.name, &survey.worst, &survey.best] {
                self.words(at, "name, worst and best", words);
            }
            if self.track.surveys[..n]
                .iter()
                .any(|other| other.code == survey.code)
            {
                self.say(
                    at,
                    format!(
                        "survey `{}` stands twice: give each a code of its own",
                        survey.code
                    ),
                );
            }
            if survey.questions.is_empty() {
                self.say(
                    at,
                    format!("survey `{}` asks nothing: write its `questions`", survey.code),
                );
            }
            if survey.questions.len() > Survey::QUESTIONS {
                self.say(
                    at,
                    format!(
                        "survey `{}` asks more than {} questions: leave some out",
                        survey.code,
                        Survey::QUESTIONS
                    ),
                );
            }
            for (m, question) in survey.questions.iter().enumerate() {
                self.words(at, "questions", &question.text);
                if survey.questions[..m]
                    .iter()
                    .any(|other| other.code == question.code)
                {
                    self.say(
                        at,
                        format!(
                            "question `{}` stands twice: give each a code of its own",
                            question.code
                        ),
                    );
                }
            }
            if !self.brought(|part| part == Part::Survey(survey.code)) {
                self.say(
                    at,
                    format!(
                        "survey `{}` is never asked: let a move do `{{ survey = \"{}\" }}`, or remove it",
                        survey.code, survey.code
                    ),
                );
            }
        }
    }

    /// Whether some move does it.
    fn brought(&self, wanted: impl Fn(Part) -> bool) -> bool {
        (self.track.steps.iter().flat_map(|step| &step.moves))
            .flat_map(|one| &one.does)
            .any(|part| wanted(*part))
    }

    fn step(&mut self, n: usize, step: &Step) {
        let at = Place::Step(n);
        self.words(at, "name", &step.name);
        if self.track.steps[..n].iter().any(|other| other.code == step.code) {
            self.say(
                at,
                format!("step `{}` stands twice: give each a code of its own", step.code),
            );
        }
        if step.limit.is_some() == step.no_limit.is_some() {
            self.say(
                at,
                format!(
                    "step `{}`: give either `limit` or the reason `no_limit`",
                    step.code
                ),
            );
        }
        if step.limit_basis.is_some() && step.limit.is_none() {
            self.say(
                at,
                format!("step `{}`: `limit_basis` without `limit`: remove it", step.code),
            );
        }
        for words in step.no_limit.iter().chain(&step.hint) {
            self.words(at, "no_limit and hint", words);
        }
        if step.who.is_empty() {
            self.say(
                at,
                format!(
                    "step `{}` waits for nobody: name in `who` who moves it on",
                    step.code
                ),
            );
        }
        self.hands(at, &step.who);
        for hand in &step.who {
            if !step.moves.iter().any(|one| one.who.contains(hand)) {
                self.say(
                    at,
                    format!("step `{}` waits for `{hand}`, who may make none of its moves: add one, or take them out of `who`", step.code),
                );
            }
        }
        if step.moves.is_empty() {
            self.say(
                at,
                format!("step `{}` has no move: no end is reached from it", step.code),
            );
        }
    }

    fn one(&mut self, n: usize, m: usize, step: &Step, one: &Move) {
        let at = Place::Move(n, m);
        self.words(at, "name", &one.name);
        for words in one.paper.iter().chain(&one.hint) {
            self.words(at, "paper and hint", words);
        }
        if step.moves[..m].iter().any(|other| other.code == one.code) {
            self.say(
                at,
                format!(
                    "move `{}` stands twice in step `{}`: give each a code of its own",
                    one.code, step.code
                ),
            );
        }
        if one.who.is_empty() {
            self.say(
                at,
                format!("move `{}` is nobody's: name in `who` who may", one.code),
            );
        }
        self.hands(at, &one.who);
        match (one.to, one.end) {
            (Some(_), Some(_)) => self.say(
                at,
                format!("move `{}` has both `to` and `end`: it leads to one of them", one.code),
            ),
            (Some(to), None) => match self.track.step(to) {
                None => self.say(at, format!("move `{}` leads to step `{to}`, which is not declared: add it, or mend the code", one.code)),
                Some(next) if step.outlives && !next.outlives => self.say(
                    at,
                    format!("move `{}` leads from a step that outlives the petition to `{to}`, which does not: write `outlives = true` there", one.code),
                ),
                Some(_) => {}
            },
            (None, Some(end)) if self.track.ending(end).is_none() => self.say(
                at,
                format!("move `{}` ends as `{end}`, which is not declared: add it to `[[ends]]`, or mend the code", one.code),
            ),
            (None, _) => {}
        }
        let mut met: Vec<Part> = Vec::new();
        for part in &one.does {
            if met.contains(part) {
                self.say(
                    at,
                    format!("move `{}` does the same twice: write it once", one.code),
                );
            }
            met.push(*part);
            if let Some(role) = part.role() {
                self.role_known(at, role);
            }
        }
        self.parts(at, one);
        if one.does.contains(&Part::Prolong) && step.limit.is_none() {
            self.say(
                at,
                format!(
                    "move `{}` prolongs a step without a `limit`: give it one",
                    one.code
                ),
            );
        }
        for need in &one.needs {
            self.need(at, one, *need);
        }
        self.fields(at, &one.ask);
        self.tells(at, &one.tell);
    }

    /// Parts that need another part, or a hand of their own.
    fn parts(&mut self, at: Place, one: &Move) {
        if one.does.contains(&Part::Offer) && one.who.contains(&Hand::Petitioner) {
            self.say(
                at,
                format!(
                    "move `{}` offers an official's time: take `petitioner` out of `who`",
                    one.code
                ),
            );
        }
        let meets = |part| matches!(part, Part::Meet | Part::Book);
        for (part, can, by) in [
            (Part::Book, self.brought(|part| part == Part::Offer), "offer"),
            (Part::Cancel, self.brought(meets), "meet or book"),
        ] {
            if one.does.contains(&part) && !can {
                self.say(
                    at,
                    format!(
                        "move `{}` has nothing to pick or to cancel: let another do `{by}`",
                        one.code
                    ),
                );
            }
        }
        for part in &one.does {
            if let Part::Survey(survey) = part
                && self.track.survey(*survey).is_none()
            {
                self.say(
                    at,
                    format!(
                        "survey `{survey}` is not declared: write a `[[surveys]]` with that code, or mend it"
                    ),
                );
            }
        }
    }

    /// What a condition asks for can be brought about by some move.
    fn need(&mut self, at: Place, one: &Move, need: Need) {
        let (can, by) = match need {
            Need::Members(role) => (
                self.brought(|part| part == Part::Appoint(role) || part == Part::DrawLot(role)),
                "appoint or draw_lot",
            ),
            Need::LotCommitted(role) => (self.brought(|part| part == Part::CommitLot(role)), "commit_lot"),
            Need::Meeting => (
                self.brought(|part| matches!(part, Part::Meet | Part::Book)),
                "meet or book",
            ),
            Need::Minutes => (self.brought(|part| part == Part::Minutes), "minutes"),
            Need::Majority | Need::NoMajority => (self.brought(|part| part == Part::Vote), "vote"),
            Need::Inquiry | Need::Replies => (self.brought(|part| part == Part::Inquire), "inquire"),
            Need::Promise | Need::PromisesSettled => (self.brought(|part| part == Part::Promise), "promise"),
        };
        if let Need::Members(role) | Need::LotCommitted(role) = need {
            self.role_known(at, role);
        }
        if !can {
            self.say(
                at,
                format!(
                    "move `{}` needs what no move brings about: let one do `{by}`, or drop the need",
                    one.code
                ),
            );
        }
    }

    fn ends(&mut self) {
        if self.track.ends.is_empty() {
            self.say(Place::Top, "has no ending: write at least one `[[ends]]`");
        }
        for (n, end) in self.track.ends.iter().enumerate() {
            let at = Place::End(n);
            self.words(at, "name", &end.name);
            if let Some(then) = &end.then {
                self.words(at, "then", then);
            }
            if self.track.ends[..n].iter().any(|other| other.code == end.code) {
                self.say(
                    at,
                    format!("ending `{}` stands twice: give each a code of its own", end.code),
                );
            }
            let moves = self.track.steps.iter().flat_map(|step| &step.moves);
            if !moves.into_iter().any(|one| one.end == Some(end.code)) {
                self.say(
                    at,
                    format!(
                        "ending `{}` is never used: let a move end so, or remove it",
                        end.code
                    ),
                );
            }
        }
    }

    /// Every step is reached from the first, and an end from every step.
    fn reach(&mut self) {
        let steps = &self.track.steps;
        let next = |step: &Step| -> Vec<Code> { step.moves.iter().filter_map(|one| one.to).collect() };
        let mut reached: BTreeSet<Code> = steps.first().map(|step| step.code).into_iter().collect();
        let ends = |wanted: &dyn Fn(&Move) -> bool| -> BTreeSet<Code> {
            (steps.iter())
                .filter(|step| step.moves.iter().any(|one| one.end.is_some() && wanted(one)))
                .map(|step| step.code)
                .collect()
        };
        // An answer that waits must not wait for a citizen who never comes.
        let official = |one: &Move| one.who.iter().any(|hand| *hand != Hand::Petitioner);
        let mut ending = ends(&|_| true);
        let mut ending_by_office = ends(&official);
        for _ in steps {
            for step in steps {
                if reached.contains(&step.code) {
                    reached.extend(next(step));
                }
                if next(step).iter().any(|code| ending.contains(code)) {
                    ending.insert(step.code);
                }
                let on =
                    |one: &Move| official(one) && one.to.is_some_and(|to| ending_by_office.contains(&to));
                if step.moves.iter().any(on) {
                    ending_by_office.insert(step.code);
                }
            }
        }
        for (n, step) in steps.iter().enumerate() {
            if !reached.contains(&step.code) {
                self.say(
                    Place::Step(n),
                    format!(
                        "step `{}` is unreachable: let a move lead `to` it, or remove it",
                        step.code
                    ),
                );
            }
            if !ending.contains(&step.code) && !step.moves.is_empty() {
                self.say(
                    Place::Step(n),
                    format!(
                        "from step `{}` no end is reached: let a move `end`, or lead to a step that does",
                        step.code
                    ),
                );
            } else if !ending_by_office.contains(&step.code) && !step.moves.is_empty() {
                self.say(
                    Place::Step(n),
                    format!("from step `{}` only the petitioner leads to an end: let an official close it when no word comes", step.code),
                );
            }
        }
    }

    fn role_known(&mut self, at: Place, role: Code) {
        if self.track.role(role).is_none() {
            self.say(
                at,
                format!("role `{role}` is not declared: write a `[[roles]]` with that code, or mend it"),
            );
        }
    }

    fn hands(&mut self, at: Place, hands: &[Hand]) {
        for hand in hands {
            match hand {
                Hand::Member(role) => self.role_known(at, *role),
                Hand::Seat(Seat::ExternalUser) | Hand::Lead(Seat::ExternalUser) => self.say(
                    at,
                    "external users act on what is handed to them only: name another seat",
                ),
                _ => {}
            }
        }
    }

    fn tells(&mut self, at: Place, tells: &[Tell]) {
        for tell in tells {
            if tell.who.is_empty() {
                self.say(at, "a sentence of `tell` is for nobody: name them in `who`");
            }
            self.hands(at, &tell.who);
            for (language, sentence) in [("ko", &tell.ko), ("en", &tell.en)] {
                if sentence.trim().is_empty() {
                    self.say(
                        at,
                        format!("a sentence of `tell` is empty in `{language}`: write it"),
                    );
                }
            }
        }
    }

    fn words(&mut self, at: Place, key: &str, words: &Words) {
        for (language, text) in [("ko", &words.ko), ("en", &words.en)] {
            if text.trim().is_empty() {
                self.say(at, format!("`{key}` is empty in `{language}`: write it"));
            }
        }
    }

    /// The same rules as for the forms of services.
    fn fields(&mut self, at: Place, fields: &[crate::form::Field]) {
        if fields.is_empty() {
            return;
        }
        let form = asked(self.track, fields);
        for problem in form.problems() {
            let field = problem
                .field
                .map(|field| format!("field `{field}`: "))
                .unwrap_or_default();
            self.say(at, format!("{field}{}", problem.what));
        }
        let files = fields
            .iter()
            .filter(|field| field.is == crate::form::FieldType::File);
        for field in files {
            self.say(
                at,
                format!(
                    "field `{}`: papers are handed in with the petition: ask in another way",
                    field.name
                ),
            );
        }
    }
}

/// What a move asks, as a form.
pub fn asked(track: &Track, fields: &[crate::form::Field]) -> Form {
    Form {
        code: track.code,
        version: track.version,
        services: vec![track.code],
        name: track.name.clone(),
        basis: track.basis.clone(),
        basis_sure: track.basis_sure,
        lead: None,
        summary: Summary {
            title: track.name.ko.clone(),
            body: None,
            place: None,
        },
        sections: vec![Section {
            name: track.name.clone(),
            hint: None,
            fields: fields.to_vec(),
        }],
    }
}

impl Role {
    /// Whether so many members are enough.
    pub const fn is_filled(&self, members: usize) -> bool {
        members >= self.least as usize
    }
}

//! 짧은 양식 — acts that ask for a few plain fields: what each asks for, and the act that its answers make.
//!
//! It is longer than 600 lines because one table says what each plain form asks, and one what it becomes.

use super::{
    case::Sheet,
    fields::{CARRIED, choice, day, line, needed_line, needed_text, text, told, wrong},
};
use crate::{
    citizen::attached,
    form::{Field, Read},
    security::Fault,
    view::{
        Filled, Message,
        desk::{
            act::{Ask, Choice, Input, Looks},
            case::Aside,
            timeline::Names,
        },
    },
};
use app::words::Raw;
use domain::{
    act::Act,
    decide::after::objection_more,
    id::{PetitionId, UnitId},
    life::Deed,
    terms::{Board, ChosenBy, Conversion, Opinion, Outcome, Repeat, Verdict},
    text::mask,
    time::At,
};

/// Earlier petitions a form may name.
const EARLIER: [&str; 10] = [
    "earlier-1",
    "earlier-2",
    "earlier-3",
    "earlier-4",
    "earlier-5",
    "earlier-6",
    "earlier-7",
    "earlier-8",
    "earlier-9",
    "earlier-10",
];
/// 대표자: three at most.
const NAMES: [&str; 3] = ["name-1", "name-2", "name-3"];

/// Whether the form of a deed carries files, and so comes as multipart.
pub const fn carries_files(deed: Deed) -> bool {
    matches!(
        deed,
        Deed::Supplement
            | Deed::ReplyConsult
            | Deed::MarkMass
            | Deed::Amend
            | Deed::Object
            | Deed::CorrectConclusion
            | Deed::HandOut
    )
}

/// The fields of a plain form; `None` where the deed has a form of its own, or none.
pub fn fields(deed: Deed) -> Option<Vec<Field>> {
    let reason = needed_text("reason", "desk-reason", 2_000);
    let until = |label| needed_line("until", label, 10);
    let own = match deed {
        Deed::RuleJurisdiction => vec![line("unit", "desk-unit-lead", 32), reason],
        Deed::AskConsult => vec![
            line("unit", "desk-consult-unit", 32),
            needed_text("what", "desk-consult-what", 4_000),
            until("desk-consult-until"),
        ],
        Deed::ProlongConsult => vec![line("no", "desk-consult", 4), until("desk-consult-until")],
        Deed::ReplyConsult => vec![
            line("no", "desk-consult", 4),
            line("opinion", "desk-opinion", 20),
            needed_text("what", "desk-opinion-text", 10_000),
        ],
        Deed::CancelConsult => vec![line("no", "desk-consult", 4)],
        Deed::LinkEarlier => [line("repeat", "desk-repeat", 20)]
            .into_iter()
            .chain(EARLIER.map(|name| line(name, "desk-earlier", 32)))
            .collect(),
        Deed::RecordBoard => vec![
            line("board", "desk-board", 20),
            until("desk-board-held"),
            needed_text("what", "desk-board-result", 4_000),
        ],
        Deed::Convert => vec![line("into", "desk-convert-into", 20), reason],
        Deed::Refer => vec![
            needed_line("agency", "desk-agency-refer", 200),
            reason,
            until("desk-report-by"),
        ],
        Deed::ReportBack => vec![needed_text("what", "desk-report-result", 10_000)],
        Deed::MarkMass => vec![
            needed_line("households", "desk-households", 6),
            needed_line("signers", "desk-signers", 6),
        ],
        Deed::ChooseRepresentatives => (NAMES
            .map(|name| line(name, "desk-representative", 100))
            .into_iter())
        .chain([line("by", "desk-chosen-by", 20)])
        .collect(),
        Deed::TakeIn => vec![needed_text("numbers", "desk-merge-numbers", 4_000)],
        Deed::SplitOff => vec![
            line("service", "desk-service", 16),
            needed_line("title", "title", 200),
            needed_text("what", "desk-split-body", 10_000),
            reason,
        ],
        Deed::Amend => vec![text("note", "desk-amend-note", 10_000)],
        Deed::Rectify => vec![
            needed_text("what", "desk-rectify-what", 2_000),
            needed_text("consent", "desk-rectify-consent", 1_000),
        ],
        Deed::Object => vec![
            until("desk-refusal-received"),
            needed_text("reason", "desk-objection-reason", 10_000),
        ],
        Deed::ExtendObjection => vec![needed_line("n", "desk-objection-days", 2), reason],
        Deed::DecideObjection => vec![
            line("verdict", "desk-verdict", 20),
            needed_text("reason", "desk-verdict-reason", 10_000),
            needed_text("remedies", "desk-remedies", 10_000),
        ],
        Deed::AnswerFurther => vec![needed_text("body", "desk-further-body", 20_000)],
        Deed::CorrectConclusion => vec![needed_line("to", "desk-concluded-truly", 16), reason],
        Deed::Narrow | Deed::Protect | Deed::Unprotect => vec![reason],
        Deed::Publish => vec![
            needed_line("title", "title", 200),
            needed_text("question", "desk-publish-question", 20_000),
            needed_text("answer", "desk-publish-answer", 20_000),
        ],
        Deed::TellThirdParty => vec![
            needed_line("name", "desk-third-name", 100),
            needed_text("what", "desk-third-what", 4_000),
            until("desk-third-arrived"),
        ],
        Deed::HearThirdParty => vec![
            line("no", "desk-third", 4),
            line("objects", "desk-third-objects", 4),
            needed_text("what", "desk-third-text", 10_000),
        ],
        Deed::MarkUndelivered | Deed::DeemWithdrawn | Deed::TellProgress | Deed::Unpublish => Vec::new(),
        Deed::Entrust | Deed::TakeBack | Deed::FieldNote => super::entrust::fields(deed)?,
        other => super::party::fields(other)?,
    };
    Some([CARRIED.to_vec(), own].concat())
}

fn number(read: &mut Read, name: &str, label: &str) -> Option<u32> {
    let value: Option<u32> = read.get(name).trim().parse().ok();
    if value.is_none() && !read.get(name).trim().is_empty() {
        wrong(read, name, told("desk-error-number", label));
    }
    value
}

/// The act a plain form asks for; `None` with faults beside the fields. 병합 and 분리 reach over several petitions and are
/// not made here.
pub fn act(deed: Deed, read: &mut Read) -> Option<Act<Raw>> {
    let words = |read: &Read, name: &str| Raw::text(read.get(name));
    Some(match deed {
        Deed::RuleJurisdiction => Act::RuleJurisdiction {
            unit: choice(read, "unit", "desk-unit-lead")?,
            reason: words(read, "reason"),
        },
        Deed::AskConsult => {
            let unit = choice(read, "unit", "desk-consult-unit");
            let reply_by = day(read, "until");
            Act::AskConsult {
                unit: unit?,
                what: words(read, "what"),
                reply_by: reply_by?,
            }
        }
        Deed::ProlongConsult => {
            let no = choice(read, "no", "desk-consult");
            let reply_by = day(read, "until");
            Act::ProlongConsult {
                no: no?,
                reply_by: reply_by?,
            }
        }
        Deed::ReplyConsult => {
            let no = choice(read, "no", "desk-consult");
            let opinion = choice(read, "opinion", "desk-opinion");
            let files = files(read);
            Act::ReplyConsult {
                no: no?,
                opinion: opinion?,
                text: words(read, "what"),
                files,
            }
        }
        Deed::CancelConsult => Act::CancelConsult {
            no: choice(read, "no", "desk-consult")?,
        },
        Deed::LinkEarlier => {
            let repeat = choice(read, "repeat", "desk-repeat");
            let earlier: Vec<PetitionId> = (EARLIER.iter())
                .filter_map(|name| read.get(name).parse().ok())
                .collect();
            if earlier.is_empty() {
                wrong(read, EARLIER[0], told("error-required-choice", "desk-earlier"));
            }
            Act::LinkEarlier {
                repeat: repeat?,
                earlier,
            }
        }
        Deed::RecordBoard => {
            let board = choice(read, "board", "desk-board");
            let held = day(read, "until");
            Act::RecordBoard {
                board: board?,
                held: held?,
                result: words(read, "what"),
            }
        }
        Deed::Convert => Act::Convert {
            into: choice(read, "into", "desk-convert-into")?,
            reason: words(read, "reason"),
        },
        Deed::Refer => Act::Refer {
            report_by: day(read, "until")?,
            agency: words(read, "agency"),
            reason: words(read, "reason"),
        },
        Deed::ReportBack => Act::ReportBack {
            result: words(read, "what"),
        },
        Deed::TellThirdParty => {
            let arrived = day(read, "until");
            Act::TellThirdParty {
                name: words(read, "name"),
                what: words(read, "what"),
                arrived: arrived?,
            }
        }
        Deed::HearThirdParty => {
            let no = choice(read, "no", "desk-third");
            let objects = match read.get("objects") {
                "yes" => Some(true),
                "no" => Some(false),
                _ => {
                    wrong(
                        read,
                        "objects",
                        told("error-required-choice", "desk-third-objects"),
                    );
                    None
                }
            };
            Act::HearThirdParty {
                no: no?,
                objects: objects?,
                text: words(read, "what"),
            }
        }
        Deed::MarkUndelivered => Act::MarkUndelivered,
        Deed::DeemWithdrawn => Act::DeemWithdrawn,
        Deed::TellProgress => Act::TellProgress,
        Deed::MarkMass => {
            let households = number(read, "households", "desk-households");
            let signers = number(read, "signers", "desk-signers");
            let list = files(read).pop();
            Act::MarkMass {
                households: households?,
                signers: signers?,
                list,
            }
        }
        Deed::ChooseRepresentatives => {
            let names: Vec<Raw> = NAMES
                .iter()
                .filter_map(|name| Raw::optional(read.get(name)))
                .collect();
            if names.is_empty() {
                wrong(read, NAMES[0], told("error-required", "desk-representative"));
            }
            Act::ChooseRepresentatives {
                by: choice(read, "by", "desk-chosen-by")?,
                names,
            }
        }
        Deed::Amend => {
            let files = files(read);
            if files.is_empty() && read.get("note").trim().is_empty() {
                wrong(read, "note", Message::new("error-supplement-empty"));
            }
            Act::Amend {
                note: Raw::optional(read.get("note")),
                files,
            }
        }
        Deed::Rectify => Act::Rectify {
            what: words(read, "what"),
            consent: words(read, "consent"),
        },
        Deed::Object => {
            let received = day(read, "until");
            let files = files(read);
            Act::Object {
                reason: words(read, "reason"),
                received: received?,
                files,
            }
        }
        Deed::ExtendObjection => Act::ExtendObjection {
            days: number(read, "n", "desk-objection-days")?,
            reason: words(read, "reason"),
        },
        Deed::DecideObjection => Act::DecideObjection {
            verdict: choice(read, "verdict", "desk-verdict")?,
            reason: words(read, "reason"),
            remedies: words(read, "remedies"),
        },
        Deed::AnswerFurther => Act::AnswerFurther {
            body: words(read, "body"),
        },
        Deed::CorrectConclusion => {
            let typed = read.get("to").trim().to_owned();
            let to = typed.parse::<jiff::civil::DateTime>().ok().map(At::seoul);
            if to.is_none() && !typed.is_empty() {
                wrong(read, "to", Message::new("error-date-form"));
            }
            let evidence = files(read);
            Act::CorrectConclusion {
                to: to?,
                reason: words(read, "reason"),
                evidence,
            }
        }
        Deed::Narrow => Act::Narrow {
            reason: words(read, "reason"),
        },
        Deed::Protect => Act::Protect {
            reason: words(read, "reason"),
        },
        Deed::Unprotect => Act::Unprotect {
            reason: words(read, "reason"),
        },
        Deed::Publish => Act::Publish {
            title: words(read, "title"),
            question: words(read, "question"),
            answer: words(read, "answer"),
        },
        Deed::Unpublish => Act::Unpublish,
        Deed::Entrust | Deed::TakeBack | Deed::FieldNote => return super::entrust::act(deed, read),
        other => return super::party::act(other, read),
    })
}

fn files(read: &mut Read) -> Vec<domain::event::Attached<Raw>> {
    let files = std::mem::take(&mut read.files);
    attached(files, &mut read.filled)
}

impl Sheet<'_> {
    /// What a plain form asks; `None` where the deed has none.
    pub async fn plain(&self, deed: Deed) -> Result<Option<Ask>, Fault> {
        let p = &self.case.petition;
        let reason = || Input::text("reason", "desk-reason", 4, 2_000);
        let inputs = match deed {
            Deed::RuleJurisdiction => vec![
                Input::new(
                    "unit",
                    "desk-unit-lead",
                    Looks::Groups {
                        groups: self.units_where(|_| true),
                    },
                ),
                Input::text("reason", "desk-ruling", 5, 2_000),
            ],
            Deed::AskConsult => vec![
                Input::new(
                    "unit",
                    "desk-consult-unit",
                    Looks::Groups {
                        groups: self.units_where(|unit| Some(unit) != p.unit),
                    },
                ),
                Input::text("what", "desk-consult-what", 6, 4_000),
                Input::new(
                    "until",
                    "desk-consult-until",
                    Looks::Day {
                        earliest: self.today(),
                        latest: p.due().and_then(|due| due.plus(-1).date()),
                    },
                )
                .hinted("desk-consult-until-hint"),
            ],
            Deed::ProlongConsult => vec![
                self.consults(),
                Input::new(
                    "until",
                    "desk-consult-until",
                    Looks::Day {
                        earliest: self.today(),
                        latest: None,
                    },
                )
                .hinted("desk-consult-prolong-hint"),
            ],
            Deed::ReplyConsult => vec![
                self.consults(),
                self.coded("opinion", "desk-opinion", Opinion::ALL.iter().map(|o| o.code())),
                Input::text("what", "desk-opinion-text", 8, 10_000),
                Input::files("desk-files-hint"),
            ],
            Deed::CancelConsult => vec![self.consults()],
            Deed::LinkEarlier => {
                let mut inputs =
                    vec![self.coded("repeat", "desk-repeat", Repeat::ALL.iter().map(|r| r.code()))];
                inputs.push(self.earlier().await?);
                inputs
            }
            Deed::RecordBoard => vec![
                self.coded("board", "desk-board", Board::ALL.iter().map(|b| b.code())),
                Input::new(
                    "until",
                    "desk-board-held",
                    Looks::Day {
                        earliest: None,
                        latest: self.today(),
                    },
                ),
                Input::text("what", "desk-board-result", 6, 4_000),
            ],
            Deed::Convert => vec![
                self.coded(
                    "into",
                    "desk-convert-into",
                    Conversion::ALL.iter().map(|c| c.code()),
                ),
                reason().hinted("desk-convert-hint"),
            ],
            Deed::Refer => vec![
                Input::new(
                    "agency",
                    "desk-agency-refer",
                    Looks::Line {
                        max: 200,
                        list: self.agencies(),
                    },
                ),
                reason(),
                Input::new(
                    "until",
                    "desk-report-by",
                    Looks::Day {
                        earliest: self.today(),
                        latest: None,
                    },
                ),
            ],
            Deed::ReportBack => vec![Input::text("what", "desk-report-result", 8, 10_000)],
            Deed::MarkMass => vec![
                Input::new("households", "desk-households", Looks::Number { max: 999_999 }),
                Input::new("signers", "desk-signers", Looks::Number { max: 999_999 }),
                Input::files("desk-mass-list-hint"),
            ],
            Deed::ChooseRepresentatives => (NAMES.iter().enumerate())
                .map(|(i, name)| {
                    let looks = Looks::Line {
                        max: 100,
                        list: Vec::new(),
                    };
                    let mut input = Input::new(name, "desk-representative-n", looks);
                    input.label = input.label.with("n", i + 1);
                    input.required = i == 0;
                    input
                })
                .chain([self.coded("by", "desk-chosen-by", ChosenBy::ALL.iter().map(|by| by.code()))])
                .collect(),
            Deed::TakeIn => {
                vec![Input::text("numbers", "desk-merge-numbers", 6, 4_000).hinted("desk-merge-numbers-hint")]
            }
            Deed::SplitOff => vec![
                Input::new(
                    "service",
                    "desk-service",
                    Looks::Groups {
                        groups: self.services(),
                    },
                ),
                Input::new(
                    "title",
                    "title",
                    Looks::Line {
                        max: 200,
                        list: Vec::new(),
                    },
                ),
                Input::text("what", "desk-split-body", 8, 10_000),
                reason(),
            ],
            Deed::Amend => vec![
                Input::text("note", "desk-amend-note", 6, 10_000).optional(),
                Input::files("desk-files-hint"),
            ],
            Deed::Rectify => vec![
                Input::text("what", "desk-rectify-what", 4, 2_000).hinted("desk-rectify-hint"),
                Input::text("consent", "desk-rectify-consent", 2, 1_000).hinted("desk-rectify-consent-hint"),
            ],
            Deed::Object => vec![
                Input::new(
                    "until",
                    "desk-refusal-received",
                    Looks::Day {
                        earliest: p.end.and_then(|end| end.sent_at.date()),
                        latest: self.today(),
                    },
                ),
                Input::text("reason", "desk-objection-reason", 8, 10_000),
                Input::files("desk-files-hint"),
            ],
            Deed::ExtendObjection => vec![
                Input::new(
                    "n",
                    "desk-objection-days",
                    Looks::Number {
                        max: objection_more(p.kind),
                    },
                ),
                reason(),
            ],
            Deed::DecideObjection => vec![
                self.coded("verdict", "desk-verdict", Verdict::ALL.iter().map(|v| v.code())),
                Input::text("reason", "desk-verdict-reason", 8, 10_000),
                Input::text("remedies", "desk-remedies", 4, 10_000).hinted("desk-verdict-remedies-hint"),
            ],
            Deed::AnswerFurther => vec![Input::text("body", "desk-further-body", 10, 20_000)],
            Deed::TellThirdParty => vec![
                Input::new(
                    "name",
                    "desk-third-name",
                    Looks::Line {
                        max: 100,
                        list: Vec::new(),
                    },
                ),
                Input::text("what", "desk-third-what", 4, 4_000).hinted("desk-third-what-hint"),
                Input::new(
                    "until",
                    "desk-third-arrived",
                    Looks::Day {
                        earliest: p.filed_at.date(),
                        latest: self.today(),
                    },
                )
                .hinted("desk-third-arrived-hint"),
            ],
            Deed::HearThirdParty => vec![
                Input::new(
                    "no",
                    "desk-third",
                    Looks::Choice {
                        choices: (p.third_parties.iter().filter(|party| party.heard.is_none()))
                            .map(|party| Choice {
                                value: party.no.to_string(),
                                text: format!("{}. {}", party.no, self.text(Some(party.name))),
                            })
                            .collect(),
                    },
                ),
                self.coded("objects", "desk-third-objects", ["yes", "no"].into_iter()),
                Input::text("what", "desk-third-text", 5, 10_000),
            ],
            Deed::CorrectConclusion => vec![
                Input::new("to", "desk-concluded-truly", Looks::Moment),
                reason(),
                Input::files("desk-evidence-hint"),
            ],
            Deed::Narrow => vec![reason().hinted("desk-narrow-hint")],
            Deed::Protect | Deed::Unprotect => vec![reason().hinted("desk-protect-hint")],
            Deed::Publish => vec![
                Input::new(
                    "title",
                    "title",
                    Looks::Line {
                        max: 200,
                        list: Vec::new(),
                    },
                ),
                Input::text("question", "desk-publish-question", 8, 20_000).hinted("desk-publish-hint"),
                Input::text("answer", "desk-publish-answer", 8, 20_000),
            ],
            Deed::Entrust | Deed::TakeBack | Deed::FieldNote => self.entrust_form(deed),
            other => match self.party_form(other) {
                Some(inputs) => {
                    if other == Deed::CorrectParty {
                        // The form shows names and addresses in full: that is a look of its own.
                        let call = self.clerk.asked.call("");
                        self.web.app.reveal(&self.clerk.who, p.id, &call).await?;
                    }
                    inputs
                }
                None => return Ok(None),
            },
        };
        Ok(Some(Ask::Plain {
            about: self.about(deed),
            inputs,
        }))
    }

    /// What stands above the fields: what the other side wrote.
    fn about(&self, deed: Deed) -> String {
        let p = &self.case.petition;
        match deed {
            Deed::ReplyConsult | Deed::ProlongConsult => {
                let mine = self.mine();
                (p.open_consults().filter(|consult| mine.contains(&consult.unit)))
                    .map(|consult| self.text(Some(consult.what)))
                    .collect::<Vec<_>>()
                    .join("\n\n")
            }
            Deed::DecideObjection | Deed::ExtendObjection => {
                self.text(p.objection.map(|objection| objection.reason))
            }
            Deed::AnswerFurther => self.text(p.further.map(|further| further.what)),
            _ => String::new(),
        }
    }

    /// A plain form as it begins.
    pub fn plain_started(&self, deed: Deed) -> Filled {
        let p = &self.case.petition;
        match deed {
            Deed::RuleJurisdiction => {
                let unit = p.unit.map(|unit| unit.to_string()).unwrap_or_default();
                Filled::of(&[("unit", &unit)])
            }
            Deed::DecideObjection => {
                // Where no standard text is kept, the one of the decision itself.
                let own = self.text(p.draft.and_then(|draft| draft.remedies));
                let remedy = self.web.app.remedies.of_objection(p.kind);
                Filled::of(&[("remedies", remedy.map_or(own.as_str(), |remedy| remedy.ko.trim()))])
            }
            Deed::CorrectConclusion => {
                let at = p.end.and_then(|end| end.concluded_at.civil());
                let at = at
                    .map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string())
                    .unwrap_or_default();
                Filled::of(&[("to", &at)])
            }
            Deed::Publish => {
                let name = self
                    .case
                    .contact
                    .as_ref()
                    .map(|c| c.name.as_str())
                    .unwrap_or_default();
                let masked = |text| mask(&self.text(text), &[name]);
                Filled::of(&[
                    ("title", &masked(Some(p.title))),
                    ("question", &masked(p.body)),
                    ("answer", &masked(p.draft.map(|draft| draft.body))),
                ])
            }
            Deed::ProlongConsult | Deed::ReplyConsult | Deed::CancelConsult => {
                match self.open_consults().as_slice() {
                    [only] => Filled::of(&[("no", &only.0.to_string())]),
                    _ => Filled::default(),
                }
            }
            Deed::TakeBack | Deed::FieldNote => self.entrust_started(),
            other => self.party_started(other).unwrap_or_default(),
        }
    }

    fn today(&self) -> Option<jiff::civil::Date> {
        self.web.app.now().date()
    }

    /// The departments the one who looks holds a seat in.
    fn mine(&self) -> Vec<UnitId> {
        match &self.clerk.who {
            domain::access::Who::Official(official) => official.posts.iter().map(|post| post.unit).collect(),
            domain::access::Who::Citizen(_) | domain::access::Who::System => Vec::new(),
        }
    }

    /// Requests that wait for a reply: of the own department, or all of them for the handler.
    fn open_consults(&self) -> Vec<(u32, UnitId)> {
        let p = &self.case.petition;
        let (mine, handles) = (self.mine(), p.handler.is_some() && p.handler == self.me());
        (p.open_consults())
            .filter(|consult| handles || mine.contains(&consult.unit))
            .map(|consult| (consult.no, consult.unit))
            .collect()
    }

    fn consults(&self) -> Input {
        let choices = (self.open_consults().into_iter())
            .map(|(no, unit)| Choice {
                value: no.to_string(),
                text: format!("{no}. {}", self.reader.unit(unit)),
            })
            .collect();
        Input::new("no", "desk-consult", Looks::Choice { choices })
    }

    /// A choice among codes, whose words are keyed `<name>-<code>`.
    fn coded(&self, name: &str, label: &str, codes: impl Iterator<Item = &'static str>) -> Input {
        let choices = codes
            .map(|code| Choice {
                value: code.to_owned(),
                text: self.word(&format!("{name}-{code}")),
            })
            .collect();
        Input::new(name, label, Looks::Choice { choices })
    }

    /// Earlier petitions of the same petitioner that were answered, newest first.
    async fn earlier(&self) -> Result<Input, Fault> {
        let items = self
            .web
            .app
            .answered_before(&self.clerk.who, &self.case.petition)
            .await?;
        let choices = (items.into_iter().take(EARLIER.len()))
            .map(|item| {
                let outcome = item.petition.end.map_or(Outcome::Answered, |end| end.outcome);
                let day = item
                    .petition
                    .filed_at
                    .date()
                    .map(|day| day.strftime("%Y. %-m. %-d.").to_string());
                Choice {
                    value: item.petition.id.to_string(),
                    text: format!(
                        "{} · {} · {} · {}",
                        day.unwrap_or_default(),
                        item.petition.number,
                        item.title.unwrap_or_else(|| "–".to_owned()),
                        self.word(&format!("result-{outcome}")),
                    ),
                }
            })
            .collect();
        let names = EARLIER.iter().map(|name| (*name).to_owned()).collect();
        Ok(
            Input::new("earlier-1", "desk-earlier", Looks::Boxes { names, choices })
                .hinted("desk-earlier-hint"),
        )
    }

    /// What goes on beside the main road, or did: open things first.
    pub fn asides(&self) -> Vec<Aside> {
        let p = &self.case.petition;
        let day = |day: jiff::civil::Date| day.strftime("%Y. %-m. %-d.").to_string();
        let last = |at: At| at.plus(-1).date().map(day).unwrap_or_default();
        let aside = |open: bool, what: Message, text: String| Aside { what, text, open };
        let mut all: Vec<Aside> = Vec::new();
        for consult in &p.consults {
            let named = |key: &str| {
                Message::new(key)
                    .with("no", consult.no)
                    .with("unit", self.reader.unit(consult.unit))
            };
            all.push(match consult.reply {
                None => aside(
                    true,
                    named("aside-consult").with("until", day(consult.reply_by)),
                    self.text(Some(consult.what)),
                ),
                Some((opinion, text, _)) => aside(
                    false,
                    named("aside-consult-replied").with("opinion", format!("@opinion-{opinion}")),
                    self.text(Some(text)),
                ),
            });
        }
        all.extend(self.entrusted());
        if let Some(objection) = p.objection {
            let what = match objection.decision {
                None => Message::new("aside-objection").with("until", last(objection.due)),
                Some((verdict, ..)) => {
                    Message::new("aside-objection-decided").with("verdict", format!("@verdict-{verdict}"))
                }
            };
            all.push(aside(
                objection.is_open(),
                what,
                self.text(Some(objection.reason)),
            ));
        }
        for party in &p.third_parties {
            let name = self.text(Some(party.name));
            let key = match party.heard {
                None => "aside-third-awaited",
                Some((true, _)) => "aside-third-objects",
                Some((false, _)) => "aside-third-agrees",
            };
            let what = Message::new(key)
                .with("name", name)
                .with("until", day(party.until));
            let text = self.text(party.heard.map(|(_, text)| text));
            all.push(aside(p.life.is_open() && party.heard.is_none(), what, text));
        }
        if let Some(from) = p.disclosed_from {
            let what = Message::new("aside-disclosed-from").with("from", day(from));
            all.push(aside(false, what, String::new()));
        }
        if let Some(further) = p.further {
            let what = if further.is_open() {
                Message::new("aside-further").with("until", last(further.target))
            } else {
                Message::new("aside-further-answered")
            };
            all.push(aside(further.is_open(), what, self.text(Some(further.what))));
        }
        if let Some(tracking) = p.tracking {
            let what = if tracking.is_open() {
                Message::new("aside-tracking").with("until", day(tracking.report_by))
            } else {
                Message::new("aside-reported")
            };
            let text = self.text(tracking.reported.map(|(_, text)| text));
            all.push(aside(tracking.is_open(), what, text));
        }
        if let Some(mass) = &p.mass {
            let names: Vec<String> = mass
                .representatives
                .iter()
                .map(|name| self.text(Some(*name)))
                .collect();
            let what = Message::new("aside-mass")
                .with("households", mass.households)
                .with("signers", mass.signers);
            all.push(aside(names.is_empty(), what, names.join(", ")));
        }
        if !p.children.is_empty() {
            let numbers: Vec<String> = p.children.iter().map(|child| child.number.to_string()).collect();
            let what = Message::new("aside-children").with("n", numbers.len());
            all.push(aside(false, what, numbers.join(", ")));
        }
        if !p.earlier.is_empty() {
            let what = Message::new("aside-earlier").with("n", p.earlier.len());
            all.push(aside(false, what, String::new()));
        }
        let minute = |at: At| {
            let civil = at.civil();
            civil
                .map(|at| at.strftime("%Y. %-m. %-d. %H:%M").to_string())
                .unwrap_or_default()
        };
        if let Some(since) = p.lacks_number() {
            let slow = app::records::is_slow(since, self.web.app.now());
            let key = if slow { "aside-number-slow" } else { "aside-number" };
            all.push(aside(
                true,
                Message::new(key).with("since", minute(since)),
                String::new(),
            ));
        }
        if let Some(registered) = p.line.as_ref().and_then(|line| line.registered) {
            let unit = self.reader.unit(registered.document.unit);
            let what = Message::new("aside-registered")
                .with("document", format!("{unit}-{}", registered.document.n))
                .with("on", day(registered.on));
            all.push(aside(false, what, String::new()));
        }
        if let Some(by) = p.hand_by {
            let by = by.plus(-60_000).civil();
            let by = by
                .map(|at| at.strftime("%Y. %-m. %-d. %H:%M").to_string())
                .unwrap_or_default();
            let late = p.hand_by.is_some_and(|by| by <= self.web.app.now());
            let key = if late { "aside-hand-late" } else { "aside-hand-by" };
            all.push(aside(true, Message::new(key).with("until", by), String::new()));
        }
        all.extend(self.letters_aside());
        all.sort_by_key(|aside| !aside.open);
        all
    }
}

//! 맡기기 — the forms by which a petition is handed to an external user, taken back, and answered from the field.

use super::{
    case::Sheet,
    fields::{choice, day, line, needed_line, needed_text},
};
use crate::{
    form::{Field, Read},
    view::{
        Filled, Message,
        desk::{
            act::{Choice, Input, Looks},
            case::Aside,
            timeline::Names,
        },
    },
};
use app::words::Raw;
use domain::{
    act::Act,
    decide::entrust::LONGEST,
    life::Deed,
    petition::parts::Entrusted,
    terms::{Permit, Seat},
};

/// The fields of these forms.
pub fn fields(deed: Deed) -> Option<Vec<Field>> {
    Some(match deed {
        Deed::Entrust => vec![
            line("to", "entrust-to", 32),
            line("permit", "entrust-permit", 20),
            needed_line("until", "entrust-until", 10),
            needed_text("what", "entrust-what", 4_000),
        ],
        Deed::TakeBack => vec![line("no", "entrust-which", 4)],
        Deed::FieldNote => vec![
            line("no", "entrust-which", 4),
            needed_text("what", "entrust-note", 10_000),
        ],
        _ => return None,
    })
}

/// The act such a form asks for; `None` with faults beside the fields.
pub fn act(deed: Deed, read: &mut Read) -> Option<Act<Raw>> {
    Some(match deed {
        Deed::Entrust => {
            let to = choice(read, "to", "entrust-to");
            let permit = choice(read, "permit", "entrust-permit");
            let until = day(read, "until");
            Act::Entrust {
                to: to?,
                permit: permit?,
                what: Raw::text(read.get("what")),
                until: until?,
            }
        }
        Deed::TakeBack => Act::TakeBack {
            no: choice(read, "no", "entrust-which")?,
        },
        Deed::FieldNote => Act::FieldNote {
            no: choice(read, "no", "entrust-which")?,
            text: Raw::text(read.get("what")),
        },
        _ => return None,
    })
}

impl Sheet<'_> {
    /// What the forms ask.
    pub fn entrust_form(&self, deed: Deed) -> Vec<Input> {
        match deed {
            Deed::Entrust => {
                let office = self.web.app.office();
                let people = office.holders(Seat::ExternalUser, None).into_iter();
                let people = people
                    .map(|id| Choice {
                        value: id.to_string(),
                        text: office.person(id).map_or(String::new(), |person| {
                            format!("{} {}", person.name, person.title).trim().to_owned()
                        }),
                    })
                    .collect();
                let permits = (Permit::ALL.iter())
                    .map(|permit| Choice {
                        value: permit.code().to_owned(),
                        text: self.word(&format!("permit-{permit}")),
                    })
                    .collect();
                let today = self.web.app.now().date();
                vec![
                    Input::new("to", "entrust-to", Looks::Choice { choices: people })
                        .hinted("entrust-to-hint"),
                    Input::new("permit", "entrust-permit", Looks::Choice { choices: permits }),
                    Input::new(
                        "until",
                        "entrust-until",
                        Looks::Day {
                            earliest: today,
                            latest: today
                                .and_then(|day| day.checked_add(jiff::Span::new().days(LONGEST)).ok()),
                        },
                    )
                    .hinted("entrust-until-hint"),
                    Input::text("what", "entrust-what", 6, 4_000).hinted("entrust-what-hint"),
                ]
            }
            Deed::FieldNote => vec![self.held_choice(), Input::text("what", "entrust-note", 8, 10_000)],
            _ => vec![self.held_choice()],
        }
    }

    /// Such a form as it begins: the only one there is, chosen.
    pub fn entrust_started(&self) -> Filled {
        match self.held().as_slice() {
            [only] => Filled::of(&[("no", &only.no.to_string())]),
            _ => Filled::default(),
        }
    }

    /// What was handed out and not taken back.
    fn held(&self) -> Vec<&Entrusted> {
        let given = self.case.petition.entrusted.iter();
        given.filter(|given| !given.taken_back).collect()
    }

    fn held_choice(&self) -> Input {
        let choices = (self.held().into_iter())
            .map(|given| Choice {
                value: given.no.to_string(),
                text: format!("{}. {}", given.no, self.reader.official(given.to)),
            })
            .collect();
        Input::new("no", "entrust-which", Looks::Choice { choices })
    }

    /// What was handed to whom, and what came back, as it stands on the case.
    pub fn entrusted(&self) -> Vec<Aside> {
        let today = self.web.app.now().date();
        let open = self.case.petition.life.is_open();
        let day = |day: jiff::civil::Date| day.strftime("%Y. %-m. %-d.").to_string();
        let mut all = Vec::new();
        for given in &self.case.petition.entrusted {
            let runs = open && !given.taken_back && today.is_some_and(|today| today <= given.until);
            let key = match (given.taken_back, runs) {
                (true, _) => "aside-entrusted-back",
                (false, true) => "aside-entrusted",
                (false, false) => "aside-entrusted-over",
            };
            all.push(Aside {
                open: runs,
                what: Message::new(key)
                    .with("no", given.no)
                    .with("official", self.reader.official(given.to))
                    .with("permit", format!("@permit-{}", given.permit))
                    .with("until", day(given.until)),
                text: self.text(Some(given.what)),
            });
            all.extend(given.notes.iter().map(|(text, _)| {
                Aside {
                    open: false,
                    what: Message::new("aside-field-note")
                        .with("no", given.no)
                        .with("official", self.reader.official(given.to)),
                    text: self.text(Some(*text)),
                }
            }));
        }
        all
    }
}

//! 신청인과 우편 — the forms by which officials correct who asks, and send and close letters by post; and how both stand on a case.

use super::{
    case::Sheet,
    fields::{choice, day, line, needed_text, told, wrong},
};
use crate::{
    form::{Field, Read},
    show,
    view::{
        Filled, Message,
        desk::{
            act::{Choice, Input, Looks},
            case::{Aside, Trait},
        },
    },
};
use app::{
    desk::hand::{masked_address, masked_name},
    identity::{Address, masked},
    party::{ADDRESS, NAME, Names, Wrong, names},
    words::Raw,
};
use domain::{
    act::Act,
    intake::Delivery,
    life::Deed,
    mailing::{Fate, Mail, MailState, MailWay, Mailing, RegisteredNumber, ReturnReason, Sending},
    petitioner::{Filer, Party, Power, Sort, Told},
};
use jiff::civil::Date;
use std::str::FromStr;

/// The names of a party in the order of the form, with the keys of their labels.
pub const NAMES: [(&str, &str); 14] = [
    ("party_name", "party-name"),
    ("representative", "party-representative"),
    ("corporation", "party-corporation"),
    ("business", "party-business"),
    ("guardian", "party-guardian"),
    ("relation", "party-relation"),
    ("guardian_phone", "party-guardian-phone"),
    ("agent", "party-agent"),
    ("firm", "party-firm"),
    ("licence", "party-licence"),
    ("own_reach", "party-own-reach"),
    ("zip", "party-zip"),
    ("road", "party-road"),
    ("detail", "party-detail"),
];

/// What is wrong with a name, as told beside its field.
pub fn fault(field: &str, wrong: Wrong) -> Message {
    let label = NAMES
        .iter()
        .find(|(name, _)| *name == field)
        .map_or("name", |(_, key)| key);
    match (field, wrong) {
        (_, Wrong::Missing) => told("error-required", label),
        (_, Wrong::Long) => told("party-error-long", label),
        ("corporation", _) => Message::new("party-error-corporation"),
        ("business", _) => Message::new("party-error-business"),
        ("zip", _) => Message::new("party-error-zip"),
        ("own_reach", _) => Message::new("party-error-own-reach"),
        _ => Message::new("error-phone-form"),
    }
}

/// The kinds of a party as chosen; a person in their own name where nothing was.
pub fn kinds(get: impl Fn(&str) -> String) -> Party<Raw> {
    let filer = get("filer").parse().unwrap_or(Filer::Oneself);
    let agent = filer.is_agent();
    let power = match get("power").as_str() {
        "shown" if agent => Power::Shown,
        _ if agent => Power::Missing,
        _ => Power::NotNeeded,
    };
    Party {
        sort: get("sort").parse().unwrap_or(Sort::Person),
        filer,
        power,
        may_end: agent && get("may_end") == "yes",
        told: if agent && get("told") == "both" {
            Told::Both
        } else {
            Told::Filer
        },
        principal: None,
        names: None,
    }
}

/// The party a form describes, with its names; faults go beside the fields.
pub fn party(read: &mut Read, post: bool) -> Party<Raw> {
    let mut party = kinds(|name| read.get(name).to_owned());
    let names = Names::read(party.sort, party.filer, party.told, post, |name| {
        read.get(name).to_owned()
    });
    for (field, why) in names.faults(party.sort, party.filer, party.told, post) {
        wrong(read, field, fault(field, why));
    }
    party.names = names.raw();
    party
}

/// What a form about a party or a letter reads; `None` where the deed is about neither.
pub fn fields(deed: Deed) -> Option<Vec<Field>> {
    Some(match deed {
        Deed::CorrectParty => (["sort", "filer", "power", "may_end", "told", "delivery"].into_iter())
            .map(|name| line(name, "party-title", 20))
            .chain(NAMES.map(|(name, label)| line(name, label, 300)))
            .chain([needed_text("reason", "desk-reason", 2_000)])
            .collect(),
        Deed::QueueMail => vec![line("mail", "post-mail", 20)],
        Deed::SendMail => vec![
            line("no", "post-letter", 4),
            line("until", "post-sent-on", 10),
            line("way", "post-way", 20),
            line("number", "post-number", 20),
        ],
        Deed::EndMail => vec![
            line("no", "post-letter", 4),
            line("fate", "post-fate", 20),
            line("until", "post-ended-on", 10),
        ],
        _ => return None,
    })
}

fn chosen<T: FromStr>(read: &mut Read, name: &str, label: &str) -> Option<T> {
    choice(read, name, label)
}

/// A day that must be there.
fn needed_day(read: &mut Read, label: &str) -> Option<Date> {
    if read.get("until").trim().is_empty() {
        wrong(read, "until", told("error-required", label));
    }
    day(read, "until")
}

/// 발송 as entered: the number where the post gives one.
pub fn sending(read: &mut Read, on: Option<Date>, way: Option<MailWay>, number: &str) -> Option<Sending> {
    let typed = read.get(number).trim().to_owned();
    let parsed: Option<RegisteredNumber> = typed.parse().ok();
    match way {
        Some(way) if way.is_registered() && parsed.is_none() => {
            wrong(read, number, Message::new("post-error-number"));
            None
        }
        Some(way) => Some(Sending {
            on: on?,
            way,
            number: parsed.filter(|_| way.is_registered()),
        }),
        None => None,
    }
}

/// The act such a form asks for; `None` with faults beside the fields.
pub fn act(deed: Deed, read: &mut Read) -> Option<Act<Raw>> {
    Some(match deed {
        Deed::CorrectParty => {
            let delivery: Option<Delivery> = chosen(read, "delivery", "party-delivery");
            let party = party(read, delivery == Some(Delivery::Post));
            Act::CorrectParty {
                party,
                delivery: Some(delivery?),
                reason: Raw::text(read.get("reason")),
            }
        }
        Deed::QueueMail => Act::QueueMail {
            mail: chosen::<Mail>(read, "mail", "post-mail")?,
        },
        Deed::SendMail => {
            let no: Option<u32> = chosen(read, "no", "post-letter");
            let on = needed_day(read, "post-sent-on");
            let way: Option<MailWay> = chosen(read, "way", "post-way");
            let sending = sending(read, on, way, "number");
            Act::SendMail {
                no: no?,
                sending: sending?,
            }
        }
        Deed::EndMail => {
            let no: Option<u32> = chosen(read, "no", "post-letter");
            let on = needed_day(read, "post-ended-on");
            if read.get("fate").trim().is_empty() {
                wrong(read, "fate", told("error-required-choice", "post-fate"));
            }
            let fate = fate(read.get("fate"), on?)?;
            Act::EndMail { no: no?, fate }
        }
        _ => return None,
    })
}

/// 도달, or the reason of a return.
pub fn fate(code: &str, on: Date) -> Option<Fate> {
    match code {
        "arrived" => Some(Fate::Arrived(on)),
        other => Some(Fate::Returned(on, other.parse::<ReturnReason>().ok()?)),
    }
}

fn shown(day: Date) -> String {
    day.strftime("%Y. %-m. %-d.").to_string()
}

impl Sheet<'_> {
    /// The names of the petition's party.
    pub fn names(&self) -> Names {
        names(&self.case.petition, &self.case.texts)
    }

    fn letters(&self, state: MailState) -> Input {
        let choices = (self.case.petition.mailings.iter())
            .filter(|mailing| mailing.state() == state)
            .map(|mailing| Choice {
                value: mailing.no.to_string(),
                text: format!("{}. {}", mailing.no, self.word(&format!("mail-{}", mailing.mail))),
            })
            .collect();
        Input::new("no", "post-letter", Looks::Choice { choices })
    }

    fn options(
        &self,
        name: &str,
        label: &str,
        key: &str,
        codes: impl Iterator<Item = &'static str>,
    ) -> Input {
        let choices = codes
            .map(|code| Choice {
                value: code.to_owned(),
                text: self.word(&format!("{key}-{code}")),
            })
            .collect();
        Input::new(name, label, Looks::Choice { choices })
    }

    /// What such a form asks; `None` where the deed is about neither a party nor a letter.
    pub fn party_form(&self, deed: Deed) -> Option<Vec<Input>> {
        let day = |label: &str, earliest: Option<Date>| {
            let latest = self.web.app.now().date();
            Input::new("until", label, Looks::Day { earliest, latest })
        };
        Some(match deed {
            Deed::CorrectParty => {
                let mut inputs = vec![
                    self.options("sort", "party-sort", "sort", Sort::ALL.iter().map(|s| s.code())),
                    self.options(
                        "filer",
                        "party-filer",
                        "filer",
                        Filer::ALL.iter().map(|f| f.code()),
                    ),
                    self.options("power", "party-power", "power", ["shown", "missing"].into_iter())
                        .hinted("party-only-agent")
                        .optional(),
                    self.options("may_end", "party-may-end", "may-end", ["yes", "no"].into_iter())
                        .hinted("party-only-agent")
                        .optional(),
                    self.options("told", "party-told", "told", Told::ALL.iter().map(|t| t.code()))
                        .hinted("party-only-agent")
                        .optional(),
                ];
                inputs.extend(NAMES.map(|(name, label)| {
                    let max = if matches!(name, "road" | "detail") {
                        ADDRESS
                    } else {
                        NAME
                    };
                    let max = u32::try_from(max).unwrap_or(u32::MAX);
                    let looks = Looks::Line {
                        max,
                        list: Vec::new(),
                    };
                    Input::new(name, label, looks).optional()
                }));
                inputs.push(self.options(
                    "delivery",
                    "party-delivery",
                    "delivery",
                    Delivery::ALL.iter().map(|d| d.code()),
                ));
                inputs.push(Input::text("reason", "desk-reason", 3, 2_000).hinted("party-reason-hint"));
                inputs
            }
            Deed::QueueMail => {
                vec![self.options("mail", "post-mail", "mail", Mail::ALL.iter().map(|m| m.code()))]
            }
            Deed::SendMail => vec![
                self.letters(MailState::Waiting),
                day("post-sent-on", None),
                self.options(
                    "way",
                    "post-way",
                    "mail-way",
                    MailWay::ALL.iter().map(|w| w.code()),
                ),
                Input::new(
                    "number",
                    "post-number",
                    Looks::Line {
                        max: 20,
                        list: Vec::new(),
                    },
                )
                .hinted("post-number-hint")
                .optional(),
            ],
            Deed::EndMail => {
                let codes = ["arrived"].into_iter();
                let codes = codes.chain(ReturnReason::ALL.iter().map(|r| r.code()));
                vec![
                    self.letters(MailState::Sent),
                    self.options("fate", "post-fate", "fate", codes),
                    day("post-ended-on", None),
                ]
            }
            _ => return None,
        })
    }

    /// Such a form as it begins.
    pub fn party_started(&self, deed: Deed) -> Option<Filled> {
        let (p, today) = (&self.case.petition, self.web.app.now().date());
        let today = today.map(|day| day.to_string()).unwrap_or_default();
        let only = |state| {
            let mut letters = p.mailings.iter().filter(|m| m.state() == state);
            let first = letters.next().map(|m| m.no.to_string()).unwrap_or_default();
            if letters.next().is_some() {
                String::new()
            } else {
                first
            }
        };
        Some(match deed {
            Deed::CorrectParty => {
                let (party, names) = (p.intake.party, self.names());
                let mut values = vec![
                    ("sort", party.sort.code()),
                    ("filer", party.filer.code()),
                    ("power", party.power.code()),
                    ("may_end", if party.may_end { "yes" } else { "no" }),
                    ("told", party.told.code()),
                    (
                        "delivery",
                        p.intake.delivery.unwrap_or(Delivery::Electronic).code(),
                    ),
                ];
                values.extend(names.fields());
                Filled::of(&values)
            }
            Deed::SendMail => Filled::of(&[
                ("no", &only(MailState::Waiting)),
                ("until", &today),
                ("way", MailWay::Registered.code()),
            ]),
            Deed::EndMail => Filled::of(&[("no", &only(MailState::Sent)), ("until", &today)]),
            _ => return None,
        })
    }

    /// 신청인 정보 beside the name: kinds, and what they are called. Names of people are hidden until somebody asks for them.
    pub fn traits(&self, hidden: bool) -> Vec<Trait> {
        let p = &self.case.petition;
        let (party, names) = (p.intake.party, self.names());
        let of_person = |name: &str| {
            if hidden {
                masked_name(name)
            } else {
                name.to_owned()
            }
        };
        let reach = |value: &str| match Address::parse(value) {
            Some(address) if hidden => masked(&address),
            _ => value.to_owned(),
        };
        let key = |name: &str, value: String| Trait {
            label: Message::new(name),
            value: Message::new("plain-text").with("text", value),
        };
        let word = |name: &str, value: String| Trait {
            label: Message::new(name),
            value: Message::new(value),
        };
        let mut all = vec![word("party-sort", format!("sort-{}", party.sort))];
        if party.filer.is_agent() {
            all.push(word("party-filer", format!("filer-{}", party.filer)));
            all.push(word("party-power", format!("power-{}", party.power)));
            let may_end = if party.may_end {
                "may-end-yes"
            } else {
                "may-end-no"
            };
            all.push(word("party-may-end", may_end.to_owned()));
            all.push(word("party-told", format!("told-{}", party.told)));
        }
        for ((field, value), (_, label)) in names.fields().into_iter().zip(NAMES) {
            if value.is_empty() || matches!(field, "zip" | "road" | "detail") {
                continue;
            }
            all.push(key(
                label,
                match field {
                    "party_name" if party.sort.is_body() => value.to_owned(),
                    "party_name" | "representative" | "guardian" | "agent" => of_person(value),
                    "guardian_phone" | "own_reach" => reach(value),
                    _ => value.to_owned(),
                },
            ));
        }
        if let Some(delivery) = p.intake.delivery {
            all.push(word("party-delivery", format!("delivery-{delivery}")));
        }
        if let Some(proof) = p.intake.proof {
            let means = self.word(&format!("means-{}", proof.means));
            let when = (proof.at.civil())
                .map(|when| show::datetime(self.reader.lang, when))
                .unwrap_or_default();
            let value = Message::new("identity-case-value")
                .with("means", means)
                .with("when", when);
            all.push(Trait {
                label: Message::new("identity-case"),
                value,
            });
        }
        let address = names.address().join(", ");
        if !address.is_empty() {
            let value = if hidden { masked_address(&address) } else { address };
            all.push(key("party-address", value));
        }
        all
    }

    /// 우편물, as what goes on beside the main road.
    pub fn letters_aside(&self) -> Vec<Aside> {
        (self.case.petition.mailings.iter())
            .map(|mailing| Aside {
                open: mailing.state() != MailState::Arrived,
                what: about(mailing),
                text: match mailing.fate {
                    Some(Fate::Returned(_, reason)) => self.word(next_step(reason)),
                    _ => String::new(),
                },
            })
            .collect()
    }
}

/// What is done next with a letter that came back (행정절차법14④ is only the last resort).
pub const fn next_step(reason: ReturnReason) -> &'static str {
    if reason.doubts_address() {
        "post-next-address"
    } else {
        "post-next-again"
    }
}

/// A letter in one line.
pub fn about(mailing: &Mailing) -> Message {
    let mail = format!("@mail-{}", mailing.mail);
    match (mailing.sent, mailing.fate) {
        (None, _) => Message::new("aside-mail-waiting").with("mail", mail),
        (Some(_), Some(Fate::Arrived(on))) => Message::new("aside-mail-arrived")
            .with("mail", mail)
            .with("on", shown(on)),
        (Some(_), Some(Fate::Returned(on, reason))) => Message::new("aside-mail-returned")
            .with("mail", mail)
            .with("on", shown(on))
            .with("reason", format!("@fate-{reason}")),
        (Some(sent), None) => Message::new("aside-mail-sent")
            .with("mail", mail)
            .with("on", shown(sent.on))
            .with("way", format!("@mail-way-{}", sent.way)),
    }
}

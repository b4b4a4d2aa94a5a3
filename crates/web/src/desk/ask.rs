//! 행위가 묻는 것 — what each act's form offers to choose from, and how it begins.
//!
//! It is longer than 600 lines because one match over all acts says what each form offers.
//!
//! Whether a choice is possible is not known here: each one is tried in `app` beforehand, and what would be refused for
//! its own sake is not offered.

use super::{
    case::Sheet,
    fields::{DOCUMENTS, LINE},
    past::as_choices,
};
use crate::{
    security::Fault,
    view::{
        Filled, Message,
        desk::{
            act::{
                Ask, Choice, GroundChoice, Group, HandlerChoice, Input, KindChoice, Letter, OutcomeChoice,
            },
            case::{Draft, Offer},
            timeline::Names,
        },
    },
};
use app::{
    desk::hand,
    identity::{Address, masked},
    words::Raw,
};
use domain::{
    act::{Act, Answer},
    decide::{PROLONGATIONS, SECOND_SUPPLEMENT_DAYS},
    due::{Cause, Ground, Period},
    event::Event,
    handbook::Service,
    id::{OfficialId, UnitId},
    life::{Deed, Life},
    petition::{Petition, letter::DelayCause},
    refusal::Refusal,
    terms::{Exception, Kind, Mark, Openness, Outcome, Seat},
};
use std::collections::BTreeMap;

/// The name of an act on this petition: “재배부”, “재보완 요구”, “전결” …
pub fn label(p: &Petition, deed: Deed) -> Message {
    match deed {
        Deed::AskSupplement if p.supplement.is_some() => Message::new("desk-ask-again"),
        Deed::Distribute if p.unit.is_some() => Message::new("desk-distribute-again"),
        Deed::Designate if p.handler.is_some() => Message::new("desk-designate-again"),
        Deed::Draft if p.draft.is_some() => Message::new("desk-draft-again"),
        Deed::Sign => match p.signer() {
            Some(signer) => Message::new(format!("mark-{}", signer.mark)),
            None => Message::new("deed-sign"),
        },
        _ => Message::new(format!("deed-{deed}")),
    }
}

/// The act that moves a petition on from where it stands, among those possible now.
pub fn primary(p: &Petition, deeds: &[(Deed, Result<(), Refusal>)]) -> Option<Deed> {
    let can = |deed: Deed| deeds.contains(&(deed, Ok(())));
    let drafted = p.draft.is_some();
    let lapsed = p.life == Life::Held;
    [
        (Deed::Sign, true),
        (Deed::Answer, true),
        (Deed::SendUp, true),
        (Deed::Receive, true),
        (
            Deed::Distribute,
            p.life == Life::Received || p.send_back.is_some(),
        ),
        (Deed::UnitReceive, true),
        (Deed::Designate, p.handler.is_none()),
        (Deed::Resume, true),
        (Deed::Supplement, true),
        (Deed::Draft, !drafted && !lapsed),
        (Deed::ConfirmAfter, true),
        (Deed::ReadCirculated, true),
    ]
    .into_iter()
    .find(|(deed, due)| *due && can(*deed))
    .map(|(deed, _)| deed)
}

/// What may be done now, the expected act first.
pub fn offers(p: &Petition, deeds: &[(Deed, Result<(), Refusal>)]) -> Vec<Offer> {
    let first = primary(p, deeds);
    let mut offers: Vec<Offer> = (deeds.iter())
        .filter(|(deed, possible)| possible.is_ok() && super::fields::fields(*deed).is_some())
        .map(|(deed, _)| Offer {
            label: label(p, *deed),
            primary: first == Some(*deed),
            ..Offer::of(*deed)
        })
        .collect();
    offers.sort_by_key(|offer| !offer.primary);
    offers
}

fn words(text: &str) -> Raw {
    Raw::text(text)
}

impl Sheet<'_> {
    fn possible(&self, act: &Act<Raw>) -> bool {
        (self.web.app)
            .foresee(&self.clerk.who, &self.case.petition, act)
            .is_ok()
    }

    /// The kinds a petition may be received or reclassified as, each with the period it would run by.
    fn kinds(&self, act: impl Fn(Kind, Option<Period>) -> Act<Raw>) -> (Vec<KindChoice>, bool) {
        let p = &self.case.petition;
        let mut needs_period = false;
        let mut kinds = Vec::new();
        for kind in Kind::ALL {
            let foreseen = |period| (self.web.app).foresee(&self.clerk.who, p, &act(*kind, period));
            let known = foreseen(None).ok().and_then(|events| match events.first() {
                Some(Event::Received { period, due, .. }) => Some((*period, Some(*due))),
                Some(Event::Reclassified { period, due, .. }) => period.map(|period| (period, *due)),
                _ => None,
            });
            let known =
                known.or_else(|| (p.reception.filter(|_| p.kind == *kind)).map(|r| (r.period, Some(r.due))));
            // A kind that needs a period entered is offered; one that the procedure does not handle is not.
            if known.is_none() {
                if foreseen(Some(Period::Days(7))).is_err() && p.kind != *kind {
                    continue;
                }
                needs_period = true;
            }
            kinds.push(KindChoice {
                kind: *kind,
                period: known.map(|(period, _)| self.reader.period(period)),
                due_at: known.and_then(|(_, due)| due),
            });
        }
        (kinds, needs_period)
    }

    /// The catalogue valid today, by group.
    pub fn services(&self) -> Vec<Group> {
        let mut groups: BTreeMap<&str, Vec<Choice>> = BTreeMap::new();
        for service in self.reader.office.services_today() {
            groups.entry(&service.group).or_default().push(Choice {
                value: service.code.to_string(),
                text: self.reader.pick(&service.name.ko, &service.name.en),
            });
        }
        (groups.into_iter())
            .map(|(name, choices)| Group {
                name: name.to_owned(),
                choices,
            })
            .collect()
    }

    /// Units to distribute to: the one the service is tied to first, then all where somebody works.
    fn units(&self) -> Vec<Group> {
        let (office, p) = (&self.reader.office, &self.case.petition);
        let choice = |unit: UnitId| Choice {
            value: unit.to_string(),
            text: self.reader.unit(unit),
        };
        let tied = office
            .services
            .get(&p.service)
            .and_then(|service| service.unit)
            .filter(|unit| self.possible(&Act::Distribute { unit: *unit }));
        let suggested = tied.map(|unit| Group {
            name: self.word("desk-units-suggested"),
            choices: vec![choice(unit)],
        });
        let all = self.units_where(|unit| self.possible(&Act::Distribute { unit }));
        suggested.into_iter().chain(all).collect()
    }

    /// Units where somebody works and of which that is true, under the unit above them.
    pub fn units_where(&self, fits: impl Fn(UnitId) -> bool) -> Vec<Group> {
        self.reader.units_where(fits)
    }

    /// Officials who may be designated, the least burdened first.
    async fn handlers(&self) -> Result<Vec<HandlerChoice>, Fault> {
        self.choices(|handler| Act::Designate { handler }).await
    }

    /// Officials it may be handed over to, the least burdened first.
    async fn receivers(&self) -> Result<Vec<HandlerChoice>, Fault> {
        self.choices(|to| Act::HandOver { to }).await
    }

    /// Those on the line who have not signed yet.
    fn unsigned(&self) -> Vec<Choice> {
        let line = self.case.petition.line.as_ref();
        let open = line
            .into_iter()
            .flat_map(|line| line.signers.iter().skip(line.signed_at.len()));
        open.map(|signer| {
            let person = self.reader.person(signer.official);
            Choice {
                value: person.id,
                text: format!("{} {}", person.name, person.title),
            }
        })
        .collect()
    }

    async fn choices(&self, act: impl Fn(OfficialId) -> Act<Raw>) -> Result<Vec<HandlerChoice>, Fault> {
        let possible = |official| self.possible(&act(official));
        Ok(self.reader.handlers_where(possible).await?)
    }

    /// Whom a draft may be sent up to, the own unit first.
    fn officials(&self) -> Vec<Group> {
        self.reader.colleagues(self.me())
    }

    fn outcomes(&self, deed: Deed) -> Vec<OutcomeChoice> {
        let answer = |outcome| Answer {
            outcome,
            body: words("x"),
            reasons: Some(words("x")),
            remedies: Some(words("x")),
            openness: Openness::Private,
            exception: (outcome == Outcome::Excepted).then_some(Exception::PrivateMatter),
        };
        let possible = |outcome: Outcome| {
            self.possible(&if deed == Deed::AnswerAtOnce {
                Act::AnswerAtOnce(answer(outcome))
            } else {
                Act::Draft(answer(outcome))
            })
        };
        (Outcome::ALL.iter().copied())
            .filter(|outcome| possible(*outcome))
            .map(|outcome| OutcomeChoice {
                outcome,
                owes_reasons: outcome.owes_reasons(),
            })
            .collect()
    }

    /// Agencies petitions are often transferred to: those of the districts.
    pub fn agencies(&self) -> Vec<String> {
        (self.reader.office.districts.iter())
            .map(|district| format!("{}청", district.name))
            .collect()
    }

    /// Contacts the answer goes to, masked.
    fn reach(&self) -> Vec<String> {
        let contact = self.case.contact.as_ref();
        let addresses = contact
            .into_iter()
            .flat_map(|c| [c.phone.as_ref(), c.mail.as_ref()]);
        addresses
            .flatten()
            .filter_map(|value| Address::parse(value))
            .map(|address| masked(&address))
            .collect()
    }

    /// What the form of an act asks for; `None` for what officials do not do by a form, or not now.
    pub async fn ask(
        &self,
        deed: Deed,
        form: &Filled,
        preview: Option<Letter>,
    ) -> Result<Option<Ask>, Fault> {
        let p = &self.case.petition;
        let office = &self.reader.office;
        let draft = || self.draft();
        let ask = match deed {
            Deed::Receive => {
                let (kinds, needs_period) = self.kinds(|kind, period| Act::Receive { kind, period });
                Ask::Receive { kinds, needs_period }
            }
            Deed::Reclassify => {
                let (kinds, _) = self.kinds(|kind, period| Act::Reclassify {
                    service: p.service.0,
                    kind,
                    period,
                    reason: words("x"),
                });
                Ask::Reclassify {
                    services: self.services(),
                    kinds,
                }
            }
            Deed::Distribute => {
                let suggested = self.suggested().await?;
                let first = as_choices(&suggested, self.word("learning-units"));
                Ask::Distribute {
                    units: first.into_iter().chain(self.units()).collect(),
                    suggested,
                    send_back: p.send_back.map(|unit| {
                        let reason = self
                            .case
                            .journal
                            .iter()
                            .rev()
                            .find_map(|e| match e.recorded.event {
                                Event::SendBackAsked { reason, .. } => Some(reason),
                                _ => None,
                            });
                        (self.reader.unit(unit), self.text(reason))
                    }),
                }
            }
            Deed::SendBack => Ask::SendBack { times: p.sent_back },
            Deed::Designate => Ask::Designate {
                handlers: self.handlers().await?,
            },
            Deed::AskSupplement => {
                let service = office.services.get(&p.service);
                let documents = service.map(Service::owed_documents).unwrap_or_default();
                let again = p.supplement.is_some();
                let last = jiff::Span::new().days(SECOND_SUPPLEMENT_DAYS);
                Ask::AskSupplement {
                    documents: documents.into_iter().take(DOCUMENTS.len()).collect(),
                    round: p.supplement.map_or(1, |asked| asked.round + 1),
                    earliest: office.day.tomorrow().unwrap_or(office.day),
                    latest: office.day.checked_add(last).ok().filter(|_| again),
                }
            }
            Deed::ProlongSupplement => {
                let Some(asked) = p.supplement else {
                    return Ok(None);
                };
                Ask::ProlongSupplement {
                    until: asked.until,
                    left: PROLONGATIONS.saturating_sub(asked.prolonged),
                }
            }
            Deed::Supplement => Ask::Supplement {
                what: self.text(p.supplement.map(|asked| asked.what)),
            },
            Deed::Hold => Ask::Hold {
                grounds: (Ground::ALL.iter().copied())
                    .filter(|ground| {
                        self.possible(&Act::Hold {
                            ground: *ground,
                            note: None,
                        })
                    })
                    .map(|ground| GroundChoice {
                        ground,
                        clause: if self.reader.lang == "ko" {
                            ground.clause().korean()
                        } else {
                            ground.clause().english()
                        },
                    })
                    .collect(),
            },
            Deed::Extend => {
                let Some(reception) = p.reception else {
                    return Ok(None);
                };
                let of_law = |refusal: Refusal, cause: &Cause| {
                    let act = Act::Extend {
                        n: 1,
                        ground: *cause,
                        reason: words("x"),
                    };
                    let foreseen = self.web.app.foresee(&self.clerk.who, p, &act);
                    matches!(foreseen, Err(app::act::ActError::Refused(r)) if r == refusal)
                };
                let (forbidden, rest): (Vec<Cause>, Vec<Cause>) = (Cause::ALL.iter().copied())
                    .partition(|cause| of_law(Refusal::ExtensionGroundForbidden, cause));
                let grounds = (rest.into_iter())
                    .filter(|cause| !of_law(Refusal::ExtensionGroundOfOtherTime, cause))
                    .collect();
                Ask::Extend {
                    unit: unit_of(reception.period).to_owned(),
                    max: reception.period.number(),
                    nth: u32::try_from(p.extensions.len()).unwrap_or(0) + 1,
                    grounds,
                    forbidden,
                }
            }
            Deed::Draft | Deed::AnswerAtOnce => Ask::Draft {
                exceptions: if self.outcomes(deed).iter().any(|o| o.outcome == Outcome::Excepted) {
                    Exception::ALL.to_vec()
                } else {
                    Vec::new()
                },
                outcomes: self.outcomes(deed),
                answers: self.phrases().await?,
                letter: preview,
                version: p.draft.map(|draft| draft.version).filter(|_| deed == Deed::Draft),
            },
            Deed::SendUp => {
                let Some(draft) = draft() else { return Ok(None) };
                let typed = |name: &str| form.values.get(name).is_some_and(|value| !value.is_empty());
                let used = LINE
                    .iter()
                    .rposition(|(mark, signer)| typed(mark) || typed(signer));
                let used = used.map_or(0, |last| last + 1);
                let more = form.values.get("do").is_some_and(|what| what == "more");
                let slots = if more { used + 2 } else { used.max(3) };
                Ask::SendUp {
                    slots: u32::try_from(slots.min(LINE.len())).unwrap_or(3),
                    officials: self.officials(),
                    draft,
                }
            }
            Deed::Sign => {
                let (Some(signer), Some(letter)) = (p.signer(), self.letter()?) else {
                    return Ok(None);
                };
                Ask::Sign {
                    mark: signer.mark,
                    letter,
                    line: self.line(),
                    instead_of: (self.me().filter(|me| *me != signer.official)).map(|_| {
                        let absent = self.reader.person(signer.official);
                        format!("{} {}", absent.title, absent.name)
                    }),
                }
            }
            Deed::TurnBack => {
                let Some(draft) = draft() else { return Ok(None) };
                Ask::TurnBack { draft }
            }
            Deed::Answer => {
                let Some(letter) = self.letter()? else {
                    return Ok(None);
                };
                Ask::Answer {
                    letter,
                    to: self.reach(),
                }
            }
            Deed::Transfer => Ask::Transfer {
                agencies: self.agencies(),
            },
            Deed::Withdraw => Ask::Withdraw,
            Deed::IssueAdvanceNotice => Ask::IssueAdvanceNotice,
            Deed::IssueDunning => Ask::IssueDunning,
            Deed::ReplyDunning => Ask::ReplyDunning {
                causes: DelayCause::ALL.to_vec(),
                open: p.life.is_open(),
                note: self.text(p.dunning().and_then(|letter| letter.note)),
            },
            Deed::UnitReceive
            | Deed::Resume
            | Deed::Recall
            | Deed::ConfirmAfter
            | Deed::ReadCirculated
            | Deed::MarkUndelivered
            | Deed::DeemWithdrawn
            | Deed::TellProgress
            | Deed::ConfirmDunning
            | Deed::Unpublish => Ask::Confirm,
            Deed::RecordDeemed => {
                let deemed = self.web.app.deemed(p);
                let (outcome, basis) = deemed.unwrap_or((Outcome::DeemedAccepted, String::new()));
                Ask::Plain {
                    about: format!("{} — {basis}", self.word(&format!("desk-about-{outcome}"))),
                    inputs: vec![Input::text("note", "desk-deemed-note", 4, 2_000).optional()],
                }
            }
            Deed::Reroute => {
                let Some(draft) = draft() else { return Ok(None) };
                Ask::Reroute {
                    slots: 3,
                    officials: self.officials(),
                    draft,
                    line: self.line(),
                }
            }
            Deed::ReplaceSigner => Ask::ReplaceSigner {
                from: self.unsigned(),
                officials: self.officials(),
            },
            Deed::Circulate => Ask::Circulate {
                officials: self.officials(),
            },
            Deed::HandOver => Ask::HandOver {
                handlers: self.receivers().await?,
            },
            Deed::Issue => Ask::Issue,
            Deed::HandOut => Ask::HandOut,
            Deed::DiscardUnclaimed => {
                let Some(claim) = p.claim else { return Ok(None) };
                Ask::Discard {
                    from: claim.discard_from,
                    told: claim.told,
                }
            }
            other => match self.plain(other).await? {
                Some(ask) => ask,
                None => return Ok(None),
            },
        };
        Ok(Some(ask))
    }

    /// A form as it begins: what is already known is filled in.
    pub fn started(&self, deed: Deed) -> Filled {
        let p = &self.case.petition;
        match deed {
            Deed::Receive => Filled::of(&[("kind", p.kind.code())]),
            Deed::Issue => super::given::started(&self.reader.office, p),
            Deed::HandOut => Filled::of(&[("recipient", "petitioner")]),
            Deed::Reclassify => Filled::of(&[("service", p.service.0.as_str()), ("kind", p.kind.code())]),
            Deed::Draft | Deed::AnswerAtOnce => match p.draft {
                Some(draft) => Filled::of(&[
                    ("outcome", draft.outcome.code()),
                    ("body", &self.text(Some(draft.body))),
                    ("reasons", &self.text(draft.reasons)),
                    ("remedies", &self.text(draft.remedies)),
                    ("openness", draft.openness.code()),
                    (
                        "exception",
                        draft.exception.map_or("", |exception| exception.code()),
                    ),
                ]),
                None => {
                    let outcomes = self.outcomes(deed);
                    let only = match outcomes.iter().find(|o| o.outcome == Outcome::Answered) {
                        Some(answered) => answered.outcome.code(),
                        None if outcomes.len() == 1 => outcomes[0].outcome.code(),
                        None => "",
                    };
                    Filled::of(&[("outcome", only), ("openness", p.openness.code())])
                }
            },
            Deed::SendUp => {
                let mut values = Vec::new();
                for ((mark, signer), (meant, official)) in LINE.iter().zip(self.usual_line()) {
                    values.push((*mark, meant.code().to_owned()));
                    values.push((*signer, official.to_string()));
                }
                let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
                Filled::of(&values)
            }
            Deed::IssueDunning => {
                let day = self.reader.office.calendar.working_day(self.reader.office.day, 3);
                let day = day.map(|day| day.to_string()).unwrap_or_default();
                Filled::of(&[("reply_by", &day)])
            }
            other => self.plain_started(other),
        }
    }

    /// The line the draft was last sent up on; else the unit's team lead and head, where it has them.
    fn usual_line(&self) -> Vec<(Mark, OfficialId)> {
        let last = self
            .case
            .journal
            .iter()
            .rev()
            .find_map(|e| match &e.recorded.event {
                Event::SentUp { line } => Some(line.iter().map(|s| (s.mark, s.official)).collect()),
                _ => None,
            });
        last.unwrap_or_else(|| {
            let unit = self.case.petition.unit;
            let one = |seat| {
                let mut holders = self.reader.office.holders(seat, unit);
                holders.retain(|official| Some(*official) != self.me());
                holders.sort_unstable();
                holders.first().copied()
            };
            let lead = one(Seat::TeamLead);
            let head = one(Seat::DepartmentHead).or_else(|| one(Seat::Approver));
            let lead = lead.filter(|lead| Some(*lead) != head);
            (lead.map(|lead| (Mark::Review, lead)).into_iter())
                .chain(head.map(|head| (Mark::Delegated, head)))
                .collect()
        })
    }

    /// The draft as it stands.
    pub fn draft(&self) -> Option<Draft> {
        let draft = self.case.petition.draft?;
        Some(Draft {
            version: draft.version,
            by: self.reader.by(draft.by),
            at: draft.at,
            outcome: draft.outcome,
            body: self.text(Some(draft.body)),
            reasons: self.text(draft.reasons),
            remedies: self.text(draft.remedies),
            openness: draft.openness,
        })
    }

    /// 성명 as the page shows it before anyone asked to see it.
    pub fn masked_name(&self) -> String {
        let contact = self.case.contact.as_ref();
        contact
            .map(|contact| hand::masked_name(&contact.name))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "–".to_owned())
    }
}

/// The unit an extension is given in.
const fn unit_of(period: Period) -> &'static str {
    match period {
        Period::Immediately | Period::Hours(_) => "hours",
        Period::Days(_) => "days",
        Period::Weeks(_) => "weeks",
        Period::Months(_) => "months",
        Period::Years(_) => "years",
    }
}

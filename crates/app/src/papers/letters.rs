//! 통지문과 신청서식 — what the extension, supplement and progress letters say, and the forms handed to petitioners.

use super::dress::Dress;
use super::lines;
use crate::App;
use crate::act::ActError;
use crate::desk::Case;
use documents::authorization::Authorization;
use documents::extension_notice::{Extended, ExtensionNotice};
use documents::letter::{Disclosure, Letter, Petition as About, Seat};
use documents::objection::Objection;
use documents::parts::{Party, Seal};
use documents::press::Lang;
use documents::progress_notice::ProgressNotice;
use documents::supplement_request::{Round, SupplementRequest};
use domain::event::{Event, Recorded};
use domain::id::OfficialId;
use domain::life::Life;
use domain::terms::By;
use domain::time::At;
use jiff::civil::{Date, Time};

impl App {
    /// Where the letter goes by post, its address stands beside the name, as in letters that answer petitions: “(우06234
    /// 한빛시 가람구 한빛로 12)”. It shows through a window envelope.
    fn postal(case: &Case) -> String {
        let p = &case.petition;
        if p.intake.delivery != Some(domain::intake::Delivery::Post) {
            return String::new();
        }
        let names = crate::party::names(p, &case.texts);
        if names.road.is_empty() {
            let known = case.contact.as_ref().and_then(|contact| contact.address.clone());
            return known.map_or_else(String::new, |address| format!(" ({address})"));
        }
        let detail = Some(&names.detail).filter(|detail| !detail.is_empty());
        let detail = detail.map_or_else(String::new, |detail| format!(", {detail}"));
        format!(" (우{} {}{detail})", names.zip, names.road)
    }

    /// Head and foot of a letter about this petition, issued on this day; `by` answers for it where nobody handles it yet.
    pub(super) fn letter(
        &self,
        case: &Case,
        issued: Date,
        by: Option<OfficialId>,
        lang: Lang,
    ) -> Result<Letter, ActError> {
        let p = &case.petition;
        let reception = p.reception.ok_or(ActError::NotFound)?;
        let office = self.office();
        let agency = &office.settings.agency;
        let officer = (p.handler.or(by))
            .and_then(|id| self.officer(id, lang))
            .ok_or(ActError::NotFound)?;
        let applicant = Self::applicant(case, lang);
        Ok(Letter {
            agency: agency.name.clone(),
            to: match lang {
                Lang::Ko => format!("{applicant} 귀하{}", Self::postal(case)),
                Lang::En => format!("{applicant}{}", Self::postal(case)),
            },
            via: None,
            attachments: Vec::new(),
            sender: agency.sender.clone(),
            seal: Seal::Omitted,
            signatures: Vec::new(),
            number: String::new(),
            issued,
            postcode: agency.postcode.clone(),
            address: agency.address.clone(),
            homepage: agency.homepage.clone(),
            telephone: officer.phone.clone(),
            fax: agency.fax.clone(),
            email: agency.mail.clone(),
            disclosure: Disclosure::Closed(String::new()),
            retention_years: 0,
            petition: About {
                reception_number: reception.number.to_string(),
                service: self.service_name(case, lang),
                received_at: reception.at,
            },
            officer,
            attestation: None,
        })
    }

    /// A letter that tells of an event: of its day, signed by who did it, with the statement of the event.
    fn letter_of(
        &self,
        case: &Case,
        recorded: &Recorded,
        lang: Lang,
        pick: fn(&Event) -> bool,
    ) -> Result<Letter, ActError> {
        let by = match recorded.by {
            By::Official(id) => Some(id),
            By::Citizen(_) | By::Machine(_) | By::System => None,
        };
        let issued = recorded.at().date().ok_or(ActError::NotFound)?;
        Ok(Letter {
            signatures: by
                .and_then(|id| self.signature(id, Seat::Drafter))
                .into_iter()
                .collect(),
            attestation: self.attested(case, lang, pick),
            ..self.letter(case, issued, by, lang)?
        })
    }

    /// 처리기간 연장 통지 of the last extension.
    pub(super) fn extension_notice(
        &self,
        case: &Case,
        dress: Dress,
        lang: Lang,
    ) -> Result<ExtensionNotice, ActError> {
        let is = |event: &Event| matches!(event, Event::Extended { .. });
        let recorded = last(case, is)?;
        let Event::Extended {
            ground,
            reason,
            from,
            due,
            ..
        } = &recorded.event
        else {
            return Err(ActError::NotFound);
        };
        let mut letter = self.letter_of(case, recorded, lang, is)?;
        dress.on(&mut letter);
        let words = case.texts.text(*reason).unwrap_or_default();
        Ok(ExtensionNotice {
            letter,
            of: Extended::Handling,
            due_before: *from,
            due_now: *due,
            reason: match lang {
                Lang::Ko => format!("{} ({words})", ground.korean()),
                Lang::En => words.to_owned(),
            },
        })
    }

    /// 보완 요구서 of the last demand, with the last day as it stands now.
    pub(super) fn supplement_request(
        &self,
        case: &Case,
        dress: Dress,
        lang: Lang,
    ) -> Result<SupplementRequest, ActError> {
        let is = |event: &Event| matches!(event, Event::SupplementAsked { .. });
        let recorded = last(case, is)?;
        let Event::SupplementAsked {
            what, round, until, ..
        } = &recorded.event
        else {
            return Err(ActError::NotFound);
        };
        let mut letter = self.letter_of(case, recorded, lang, is)?;
        dress.on(&mut letter);
        let prolonged = (case.journal.iter().rev())
            .map(|entry| &entry.recorded)
            .take_while(|later| later.seq > recorded.seq)
            .find_map(|later| match later.event {
                Event::SupplementProlonged { until, .. } => Some(until),
                _ => None,
            });
        let until = prolonged.unwrap_or(*until);
        let due = until.tomorrow().map_err(|_| ActError::NotFound)?;
        Ok(SupplementRequest {
            letter,
            missing: lines(case.texts.text(*what).unwrap_or_default()),
            due: At::seoul(due.to_datetime(Time::midnight())),
            round: if *round > 1 { Round::Again } else { Round::First },
        })
    }

    /// 처리진행상황 통지 as of today.
    pub(super) fn progress_notice(
        &self,
        case: &Case,
        dress: Dress,
        lang: Lang,
    ) -> Result<ProgressNotice, ActError> {
        let p = &case.petition;
        let today = self.now().date().ok_or(ActError::NotFound)?;
        let office = self.office();
        // Before a handler is designated, whoever receives for the department, or the petition office, is named.
        let seat = domain::terms::Seat::DepartmentReceiver;
        let receiver = p
            .unit
            .and_then(|unit| office.holders(seat, Some(unit)).first().copied());
        let intake = office
            .holders(domain::terms::Seat::IntegratedReceiver, None)
            .first()
            .copied();
        let mut letter = self.letter(case, today, receiver.or(intake), lang)?;
        dress.on(&mut letter);
        let unit = p.unit.and_then(|id| office.unit(id));
        let unit = unit.map(|unit| super::unit_name(unit, lang)).unwrap_or_default();
        let approved = p.line.as_ref().is_some_and(domain::petition::Line::is_approved);
        let ko = match p.life {
            Life::Filed | Life::Received => "접수하였으며, 처리할 부서를 정하고 있습니다.".to_owned(),
            Life::Distributed => format!("{unit}에 배부하였으며, 담당자를 정하고 있습니다."),
            Life::Held if p.supplement.is_some() => {
                "요구한 보완을 기다리고 있습니다. 보완에 걸리는 기간은 처리기간에 산입하지 않습니다."
                    .to_owned()
            }
            Life::Held => "처리기간에 산입하지 않는 절차를 진행하고 있습니다.".to_owned(),
            Life::InHandling if approved => "결재를 마쳤으며, 결과를 통지할 예정입니다.".to_owned(),
            Life::InHandling if p.line.is_some() => {
                format!("{unit}에서 검토를 마치고 결재를 진행하고 있습니다.")
            }
            Life::InHandling => format!("{unit}에서 검토하고 있습니다."),
            Life::Concluded => "처리를 완료하였습니다.".to_owned(),
        };
        let en = match p.life {
            Life::Filed | Life::Received => "It was received; a department is being chosen.".to_owned(),
            Life::Distributed => format!("It is with {unit}; an official is being designated."),
            Life::Held if p.supplement.is_some() => {
                "The supplement you were asked for is awaited; the time does not count.".to_owned()
            }
            Life::Held => "A step is under way whose time does not count.".to_owned(),
            Life::InHandling if approved => "It was decided; you will be notified.".to_owned(),
            Life::InHandling if p.line.is_some() => format!("{unit} has examined it; it is being approved."),
            Life::InHandling => format!("{unit} is examining it."),
            Life::Concluded => "It is completed.".to_owned(),
        };
        Ok(ProgressNotice {
            letter,
            standing: if lang == Lang::Ko { ko } else { en },
            due_at: p.due().unwrap_or(At::NEVER),
        })
    }

    fn party(case: &Case) -> Party {
        let contact = case.contact.as_ref();
        Party {
            name: contact.map(|c| c.name.clone()).unwrap_or_default(),
            address: contact.and_then(|c| c.address.clone()).unwrap_or_default(),
            contact: contact
                .and_then(|c| c.phone.clone().or(c.mail.clone()))
                .unwrap_or_default(),
        }
    }

    /// 위임장: petition and principal filled in, the rest to be written by hand.
    pub(super) fn authorization(&self, case: &Case, lang: Lang) -> Authorization {
        let office = self.office();
        Authorization {
            service: self.service_name(case, lang),
            principal: Self::party(case),
            ..Authorization::blank(&office.settings.agency.sender, self.now())
        }
    }

    /// 거부처분 이의신청서: the refused petition filled in, the objection to be written by hand.
    pub(super) fn objection(&self, case: &Case, lang: Lang) -> Objection {
        let p = &case.petition;
        let office = self.office();
        let number = p.reception.map(|r| r.number.to_string()).unwrap_or_default();
        Objection {
            applicant: Self::party(case),
            petition: match lang {
                Lang::Ko => format!("{} (접수번호 {number})", self.service_name(case, lang)),
                Lang::En => format!("{} (reception number {number})", self.service_name(case, lang)),
            },
            // The day it was read is the day it was received, where the office knows it.
            refused_on: p.end.and_then(|end| end.read_at?.date()),
            ..Objection::blank(&office.settings.agency.sender, self.now())
        }
    }
}

/// The last event of the case that is `wanted`.
fn last(case: &Case, wanted: fn(&Event) -> bool) -> Result<&Recorded, ActError> {
    let mut journal = case.journal.iter().rev().map(|entry| &entry.recorded);
    journal
        .find(|recorded| wanted(&recorded.event))
        .ok_or(ActError::NotFound)
}

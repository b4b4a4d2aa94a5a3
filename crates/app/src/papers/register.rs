//! 민원 처리부 — what was received from a day to a day, in the order of reception (영 제6조제2항, 규칙 제3조, 별지 제1호서식).
//!
//! Who prints or saves a register says why, by a code; the ledger keeps it with the number of petitions (개인정보의 안전성 확보조치
//! 기준 제8조). One sees the lines of the petitions one may see, and no others.

use crate::App;
use crate::act::{ActError, Call};
use documents::press::{Lang, Printed};
use documents::registers::{MOST, Pages, Register};
use domain::access::Who;
use domain::event::Event;
use domain::gate::Purpose;
use domain::id::{PersonId, PetitionId, UnitId};
use domain::korean;
use domain::petition::Petition;
use domain::terms::Verdict;
use domain::time::At;
use jiff::civil::{Date, Time};
use std::collections::{BTreeSet, HashMap};
use store::head::Behind;

/// Petitions read in one step.
const PIECE: u32 = 500;
/// A register is drawn up for at most so many days.
pub const DAYS: i32 = 366;

/// 출력 사유 — for what a register is printed or saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// 비치·보관
    Keeping,
    /// 확인·점검 (영 제22조)
    Inspection,
    /// 감사
    Audit,
    /// 민원인의 문의
    Enquiry,
}

impl Reason {
    /// Every reason.
    pub const ALL: &'static [Reason] = &[
        Reason::Keeping,
        Reason::Inspection,
        Reason::Audit,
        Reason::Enquiry,
    ];

    /// What it is at the gate.
    pub const fn purpose(self) -> Purpose {
        match self {
            Reason::Keeping => Purpose::Keeping,
            Reason::Inspection => Purpose::Inspection,
            Reason::Audit => Purpose::Audit,
            Reason::Enquiry => Purpose::Enquiry,
        }
    }

    /// The code in forms, locale files and the ledger.
    pub const fn code(self) -> &'static str {
        match self {
            Reason::Keeping => "register_keeping",
            Reason::Inspection => "register_inspection",
            Reason::Audit => "register_audit",
            Reason::Enquiry => "register_enquiry",
        }
    }
}

/// Which lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Of one department; `None` for all one may see.
    pub unit: Option<UnitId>,
}

impl Wanted {
    /// The moment its first day begins, and the one its last day ends. Errors: `Days`.
    fn span(self) -> Result<(At, At), NotDrawnUp> {
        let days = self.from.until(self.to).map_or(-1, |span| span.get_days());
        if !(0..DAYS).contains(&days) {
            return Err(NotDrawnUp::Days);
        }
        let begin = |day: Date| At::seoul(day.to_datetime(Time::midnight()));
        let end = self.to.tomorrow().map_err(|_| NotDrawnUp::Days)?;
        Ok((begin(self.from), begin(end)))
    }
}

/// Why a register was not drawn up.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawnUp {
    /// The last day is before the first, or more than [`DAYS`] after it.
    #[error("these days make no register")]
    Days,
    /// More lines than are set on paper; CSV takes them all.
    #[error("more lines than are set on paper")]
    TooLong,
    /// As for acts.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl App {
    /// The register with every line `who` may see. The look is in the ledger before anything is shown.
    pub async fn petition_register(
        &self,
        who: &Who,
        wanted: Wanted,
        reason: Reason,
        lang: Lang,
        call: &Call,
    ) -> Result<Pages, NotDrawnUp> {
        let petitions = self.received_between(who, wanted).await?;
        self.looked(who, reason.code(), None, petitions.len(), call)
            .await
            .map_err(ActError::from)?;
        let mut lines = Vec::with_capacity(petitions.len());
        for piece in petitions.chunks(PIECE as usize) {
            let people: Vec<PersonId> = piece.iter().map(|p| p.person).collect();
            let contacts = self.here.contacts(&people).await.map_err(ActError::from)?;
            lines.extend(piece.iter().map(|p| {
                let name = contacts.get(&p.person).map(|contact| contact.name.clone());
                self.register_line(p, name.unwrap_or_default(), lang)
            }));
        }
        let office = self.office();
        Ok(Pages {
            register: Register::Petitions,
            agency: office.settings.agency.name.clone(),
            from: wanted.from,
            to: wanted.to,
            of: (wanted.unit.and_then(|id| office.unit(id)))
                .map(|unit| super::unit_name(unit, lang))
                .unwrap_or_default(),
            lines,
            drawn_up: self.now(),
        })
    }

    /// The petitions of a register, in the order of reception; nothing of theirs is opened.
    async fn received_between(&self, who: &Who, wanted: Wanted) -> Result<Vec<Petition>, NotDrawnUp> {
        if !matches!(who, Who::Official(_)) {
            return Err(ActError::NotFound.into());
        }
        let (begin, end) = wanted.span()?;
        let sight = self.sight(who);
        let (mut petitions, mut behind): (Vec<Petition>, Option<Behind>) = (Vec::new(), None);
        loop {
            let mut piece = Vec::new();
            for place in self.shelves() {
                let more = place.received(begin, end, wanted.unit, &sight, behind, PIECE);
                piece.extend(more.await.map_err(ActError::from)?);
            }
            let received = |p: &Petition| (p.reception.map(|r| r.at), p.id);
            piece.sort_by_key(received);
            piece.dedup_by_key(|p| p.id);
            piece.truncate(PIECE as usize);
            let last = piece.last().filter(|_| piece.len() == PIECE as usize);
            behind = last.and_then(|p| {
                Some(Behind {
                    key: p.reception?.at,
                    id: p.id,
                })
            });
            // A request for disclosure is no petition and has a register of its own.
            petitions.extend(piece.into_iter().filter(|p| p.kind.is_petition()));
            if behind.is_none() {
                break;
            }
        }
        Ok(petitions)
    }

    /// How many people the register is about.
    pub async fn petition_register_people(&self, who: &Who, wanted: Wanted) -> Result<u32, NotDrawnUp> {
        Ok(people(&self.received_between(who, wanted).await?))
    }

    /// How many people the register of objections is about.
    pub async fn objection_register_people(&self, who: &Who, wanted: Wanted) -> Result<u32, NotDrawnUp> {
        let (_, seen) = self.objected_between(who, wanted).await?;
        Ok(people(&seen))
    }

    /// Objections of a register, and their petitions as far as one sees them.
    async fn objected_between(
        &self,
        who: &Who,
        wanted: Wanted,
    ) -> Result<(Vec<(PetitionId, u32)>, Vec<Petition>), NotDrawnUp> {
        if !matches!(who, Who::Official(_)) {
            return Err(ActError::NotFound.into());
        }
        let (begin, end) = wanted.span()?;
        let mut made = Vec::new();
        for place in self.shelves() {
            made.extend(place.objected(begin, end).await.map_err(ActError::from)?);
        }
        let ids: Vec<PetitionId> = made.iter().map(|(id, _)| *id).collect();
        let mut seen = if ids.is_empty() {
            Vec::new()
        } else {
            (self.petitions(&ids, &self.sight(who)).await).map_err(ActError::from)?
        };
        seen.retain(|p| {
            // An objection of 정보공개법 제18조 is none of this law.
            p.kind.is_petition() && wanted.unit.is_none_or(|unit| p.unit == Some(unit))
        });
        Ok((made, seen))
    }

    /// 이의신청처리대장 (별지 제12호서식) — the objections made from a day to a day, in their order, as far as `who` may see their
    /// petitions (영 제40조제4항). The look is in the ledger before anything is shown.
    pub async fn objection_register(
        &self,
        who: &Who,
        wanted: Wanted,
        reason: Reason,
        lang: Lang,
        call: &Call,
    ) -> Result<Pages, NotDrawnUp> {
        let place = &self.here;
        let (made, seen) = self.objected_between(who, wanted).await?;
        let seen: HashMap<PetitionId, &Petition> = seen.iter().map(|p| (p.id, p)).collect();
        self.looked(who, reason.code(), None, seen.len(), call)
            .await
            .map_err(ActError::from)?;
        let people: Vec<PersonId> = seen.values().map(|p| p.person).collect();
        let contacts = place.contacts(&people).await.map_err(ActError::from)?;
        let mut lines = Vec::with_capacity(seen.len());
        for (id, seq) in made {
            let Some(p) = seen.get(&id) else { continue };
            self.head(id).await.map_err(ActError::from)?;
            let journal = place.journal(id).await.map_err(ActError::from)?;
            let received = (journal.iter())
                .find(|entry| entry.recorded.seq == seq)
                .and_then(|entry| match entry.recorded.event {
                    Event::Objected { received, .. } => Some(received),
                    _ => None,
                });
            let name = contacts.get(&p.person).map(|contact| contact.name.clone());
            lines.push(self.objection_line(p, received, name.unwrap_or_default(), lang));
        }
        let office = self.office();
        Ok(Pages {
            register: Register::Objections,
            agency: office.settings.agency.name.clone(),
            from: wanted.from,
            to: wanted.to,
            of: (wanted.unit.and_then(|id| office.unit(id)))
                .map(|unit| super::unit_name(unit, lang))
                .unwrap_or_default(),
            lines,
            drawn_up: self.now(),
        })
    }

    fn objection_line(&self, p: &Petition, received: Option<Date>, name: String, lang: Lang) -> Vec<String> {
        let line = self.register_line(p, name, lang);
        let [number, _, service, name, unit, ..] = line.as_slice() else {
            return Vec::new();
        };
        let moment = |at: Option<At>| at.and_then(korean::moment).unwrap_or_default();
        let objection = p.objection;
        let decision = objection.and_then(|objection| objection.decision);
        let verdict = decision.map(|(verdict, _, _)| match (verdict, lang) {
            (Verdict::Upheld, Lang::Ko) => "인용",
            (Verdict::UpheldInPart, Lang::Ko) => "일부 인용",
            (Verdict::Dismissed, Lang::Ko) => "기각",
            (Verdict::Rejected, Lang::Ko) => "각하",
            (Verdict::Upheld, Lang::En) => "Upheld",
            (Verdict::UpheldInPart, Lang::En) => "Upheld in part",
            (Verdict::Dismissed, Lang::En) => "Dismissed",
            (Verdict::Rejected, Lang::En) => "Rejected",
        });
        vec![
            number.clone(),
            moment(objection.map(|objection| objection.at)),
            name.clone(),
            service.clone(),
            received.map(korean::date).unwrap_or_default(),
            unit.clone(),
            objection
                .and_then(|objection| korean::due(objection.due))
                .unwrap_or_default(),
            verdict.unwrap_or_default().to_owned(),
            moment(decision.map(|(_, _, at)| at)),
        ]
    }

    /// Prints a register. Errors: too long for paper, or the press.
    pub fn print_register(&self, pages: &Pages, lang: Lang) -> Result<Printed, NotDrawnUp> {
        if pages.lines.len() > MOST {
            return Err(NotDrawnUp::TooLong);
        }
        let press = self.press.press().map_err(ActError::from)?;
        Ok(pages.print(press, lang).map_err(ActError::from)?)
    }

    fn register_line(&self, p: &Petition, name: String, lang: Lang) -> Vec<String> {
        let office = self.office();
        let reception = p.reception;
        let service = office.services.get(&p.service);
        let group = service.map_or("", |service| &service.group);
        let service = service.map(|s| if lang == Lang::En { &s.name.en } else { &s.name.ko });
        let unit = p.unit.and_then(|id| office.unit(id));
        let moment = |at: Option<At>| at.and_then(korean::moment).unwrap_or_default();
        vec![
            reception.map(|r| r.number.to_string()).unwrap_or_default(),
            moment(reception.map(|r| r.at)),
            service.cloned().unwrap_or_default(),
            name,
            unit.map(|unit| super::unit_name(unit, lang)).unwrap_or_default(),
            reception
                .map(|r| super::words(r.period, lang))
                .unwrap_or_default(),
            reception.and_then(|r| korean::due(r.due)).unwrap_or_default(),
            p.end
                .map(|end| end.outcome.word(group)[usize::from(lang == Lang::En)].to_owned())
                .unwrap_or_default(),
            moment(p.end.map(|end| end.concluded_at)),
            moment(p.end.map(|end| end.sent_at)),
        ]
    }
}

/// How many people petitions are of.
pub(crate) fn people<'a>(petitions: impl IntoIterator<Item = &'a Petition>) -> u32 {
    let all: BTreeSet<PersonId> = petitions.into_iter().map(|p| p.person).collect();
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}

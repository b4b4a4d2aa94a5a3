//! 넘길 문서 — the facts of an approved answer for an outside document system, and how many wait there.

use crate::act::{ActError, Call};
use crate::{App, Trouble};
use documents::letter::{Authority, Disclosure, Seat};
use documents::press::Lang;
use domain::access::Who;
use domain::id::PetitionId;
use domain::time::At;
use ports::records::{Dossier, DossierId, Hand};
use store::records::Standing;

/// Counted no further.
const MOST: u32 = 1_000;
/// An outside system that has not answered for so long is called slow: a day.
const SLOW: i64 = 24 * 3_600_000;

/// How the outside document system stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exchange {
    /// Approved answers that wait for their number.
    pub waiting: u32,
    /// Since when the oldest of them waits.
    pub since: Option<At>,
    /// Answers that fit nothing and wait for a person; `None` where this process cannot look.
    pub aside: Option<u32>,
}

/// Whether an answer that waits since then waits for too long.
pub fn is_slow(since: At, now: At) -> bool {
    now.0 - since.0 >= SLOW
}

impl App {
    /// How the outside document system stands; `None` where our own series gives the numbers and nothing waits.
    pub async fn exchange(&self) -> Result<Option<Exchange>, Trouble> {
        let mut all = self.here.dossiers(Standing::Waiting, MOST).await?;
        all.extend(self.here.dossiers(Standing::Handed, MOST).await?);
        let own = self.office().settings.numbering == domain::decide::Numbering::Own;
        if own && all.is_empty() {
            return Ok(None);
        }
        let records = &self.ports.records;
        let aside = if records.outside() {
            records.aside().await.ok()
        } else {
            None
        };
        Ok(Some(Exchange {
            waiting: u32::try_from(all.len()).unwrap_or(MOST),
            since: all.iter().map(|waiting| waiting.approved_at).min(),
            aside,
        }))
    }

    /// The dossier of an approval; `None` once it no longer stands or its petition has ended without an answer.
    pub(crate) async fn dossier(&self, id: PetitionId, approval: u32) -> Result<Option<Dossier>, ActError> {
        let case = self.case(&Who::System, id, &Call::default()).await?;
        let p = &case.petition;
        let Some(line) = p.line.as_ref().filter(|line| line.approval == Some(approval)) else {
            return Ok(None);
        };
        if !p.life.is_open() && !p.answered() {
            return Ok(None);
        }
        let approved_at = p.approved_at().ok_or(ActError::NotFound)?;
        let office = self.office();
        let unit = line.document.map(|document| document.unit).or(p.unit);
        let unit = unit
            .and_then(|unit| office.unit(unit))
            .ok_or(ActError::NotFound)?;
        let mut notice = self.result_notice(&case, Lang::Ko)?;
        self.dress().await?.on(&mut notice.letter);
        let letter = &notice.letter;
        let hands = (letter.signatures.iter())
            .map(|signature| Hand {
                seat: seat(signature.seat),
                position: signature.position.clone(),
                name: signature.name.clone(),
            })
            .collect();
        let printed = notice.print(self.press.press()?, Lang::Ko)?;
        Ok(Some(Dossier {
            id: DossierId {
                petition: id,
                approval,
            },
            unit: unit.code.clone(),
            unit_name: unit.name.clone(),
            subject: notice.subject.clone(),
            to: letter.to.clone(),
            hands,
            approved_at,
            filing_number: p.number.to_string(),
            reception_number: p.reception.map(|r| r.number.to_string()).unwrap_or_default(),
            own_number: line.document.map(|_| letter.number.clone()),
            public: letter.disclosure == Disclosure::Public,
            retention_years: letter.retention_years.into(),
            pdf: printed.pdf,
        }))
    }
}

const fn seat(seat: Seat) -> &'static str {
    match seat {
        Seat::Drafter => "기안",
        Seat::Reviewer => "검토",
        Seat::Concurrer => "협조",
        Seat::Approver(Authority::Own, _) => "결재",
        Seat::Approver(Authority::Delegated, _) => "전결",
        Seat::Approver(Authority::StandIn, _) => "대결",
        Seat::Approver(Authority::DelegatedStandIn, _) => "전결·대결",
    }
}

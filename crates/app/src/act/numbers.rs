//! 번호 매기기 — which series an act takes a number from, and the number that is next there (접수번호·문서번호·독촉번호·발급번호).

use super::ActError;
use crate::office::Office;
use crate::protected::{FIRST_DOCUMENT, FIRST_RECEPTION};
use domain::access::Who;
use domain::certificate::{CheckCode, IssueNumber};
use domain::decide::Numbering;
use domain::id::UnitId;
use domain::life::Deed;
use domain::number::{DocumentNumber, LetterNumber, ReceptionNumber};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::Register;
use store::place::{Place, PlaceName};

/// The next numbers of the series an act may take from.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    pub(super) reception: ReceptionNumber,
    pub(super) reception_series: String,
    pub(super) document: DocumentNumber,
    pub(super) document_series: String,
    pub(super) letter: LetterNumber,
    pub(super) letter_series: String,
    pub(super) issue: (IssueNumber, CheckCode),
    pub(super) issue_series: String,
    /// What lies before the first number of a series, where a place begins its own higher up.
    pub(super) before_receptions: u32,
    pub(super) before_documents: u32,
    pub(super) numbering: Numbering,
}

impl Default for Numbers {
    /// For acts that take none.
    fn default() -> Numbers {
        Numbers {
            reception: ReceptionNumber {
                year: 0,
                n: 0,
                register: Register::Petitions,
            },
            reception_series: String::new(),
            document: DocumentNumber {
                unit: UnitId(uuid::Uuid::nil()),
                n: 0,
            },
            document_series: String::new(),
            letter: LetterNumber { year: 0, n: 0 },
            letter_series: String::new(),
            issue: (IssueNumber { year: 0, n: 0 }, CheckCode::new(0)),
            issue_series: String::new(),
            before_receptions: 0,
            before_documents: 0,
            numbering: Numbering::Own,
        }
    }
}

/// Which numbers an act takes, and from which series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Reception(Register),
    Document(UnitId),
    Letter,
    Issue(CheckCode),
}

/// The series that an act of this deed takes its numbers from.
pub(super) fn takes(
    office: &Office,
    who: &Who,
    before: &Petition,
    deed: Deed,
    year: i16,
    code: CheckCode,
) -> Result<Vec<(Takes, String)>, ActError> {
    let mut wanted = Vec::new();
    match deed {
        Deed::Receive => {
            let register = before.kind.register();
            let series = match register {
                Register::Petitions => format!("reception/{year}"),
                Register::Disclosure => format!("disclosure/{year}"),
            };
            wanted.push((Takes::Reception(register), series));
        }
        Deed::Sign | Deed::AnswerAtOnce | Deed::Issue => {
            if deed == Deed::Issue {
                wanted.push((Takes::Issue(code), format!("issue/{year}")));
            }
            let own = match who {
                Who::Official(official) => office.unit_of(official.id),
                Who::Citizen(_) | Who::System => None,
            };
            let unit = before.unit.or(own).ok_or(Refusal::NotNow)?;
            wanted.push((Takes::Document(unit), format!("document/{unit}/{year}")));
        }
        Deed::IssueDunning => wanted.push((Takes::Letter, format!("dunning/{year}"))),
        _ => {}
    }
    Ok(wanted)
}

impl Numbers {
    pub(super) async fn read(
        place: &Place,
        office: &Office,
        who: &Who,
        before: &Petition,
        deed: Deed,
        year: i16,
        code: CheckCode,
    ) -> Result<Numbers, ActError> {
        let mut numbers = Numbers::none_yet(place, office);
        for (which, series) in takes(office, who, before, deed, year, code)? {
            let n = place.next_number(&series).await?;
            numbers.found(which, series, n, year);
        }
        Ok(numbers)
    }

    /// Those of an act before the series were asked.
    pub(super) fn none_yet(place: &Place, office: &Office) -> Numbers {
        let mut numbers = Numbers {
            numbering: office.settings.numbering,
            ..Numbers::default()
        };
        if place.name == PlaceName::Protected {
            // Its numbers are never those of others, wherever a petition is moved.
            numbers.before_receptions = FIRST_RECEPTION;
            numbers.before_documents = FIRST_DOCUMENT;
        }
        numbers
    }

    /// The series stands at `n`.
    pub(super) fn found(&mut self, which: Takes, series: String, n: u32, year: i16) {
        let year = u16::try_from(year).unwrap_or_default();
        match which {
            Takes::Reception(register) => {
                let n = self.before_receptions + n;
                self.reception = ReceptionNumber { year, n, register };
                self.reception_series = series;
            }
            Takes::Document(unit) => {
                let n = self.before_documents + n;
                self.document = DocumentNumber { unit, n };
                self.document_series = series;
            }
            Takes::Letter => {
                let n = self.before_documents + n;
                self.letter = LetterNumber { year, n };
                self.letter_series = series;
            }
            Takes::Issue(code) => {
                self.issue = (IssueNumber { year, n }, code);
                self.issue_series = series;
            }
        }
    }
}

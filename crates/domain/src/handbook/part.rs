//! 편람의 항목 — the one table of the fields of a service (영 제10조제2항): how each stands in a cell, in what shape it is
//! entered, and what differs between two versions.

use super::choice::{self, Choices};
use super::{Fact, Service, Surety, cell};
use crate::id::UnitId;
use crate::terms::{Code, coded};
use std::collections::BTreeMap;

coded! {
    /// 항목. The code is the column of a sheet, the field of a form and the key of its word.
    Part {
        /// 민원코드.
        Code = "code",
        /// 민원명.
        Name = "name",
        /// 민원명(영문).
        NameEn = "name_en",
        /// 종.
        Family = "family",
        /// 분류.
        Group = "group",
        /// 민원의 종류.
        Kind = "kind",
        /// 처리 단위.
        Level = "level",
        /// 처리절차 코드.
        Procedure = "procedure",
        /// 처리기간.
        Period = "period",
        /// 근거법령.
        Basis = "legal_basis",
        /// 화면 서식.
        Forms = "forms",
        /// 신청서식.
        Sheets = "sheets",
        /// 구비서류.
        Documents = "documents",
        /// 기관이 확인할 사항.
        Checks = "checks",
        /// 수수료.
        Fee = "fee",
        /// 수수료 감면.
        Waivers = "waivers",
        /// 면허분 등록면허세.
        LicenceTax = "licence_tax",
        /// 주관부서(원문).
        Department = "department",
        /// 주관부서.
        Unit = "unit",
        /// 협조부서.
        Supporting = "supporting_units",
        /// 경유·협의기관.
        Via = "via",
        /// 처리절차.
        Steps = "steps",
        /// 심사기준.
        Criteria = "criteria",
        /// 전결권자.
        Approver = "approver",
        /// 수리·허가 간주.
        Deemed = "deemed",
        /// 간주 근거.
        DeemedBasis = "deemed_basis",
        /// 신원조회.
        IdentityCheck = "identity_check",
        /// 원스톱.
        OneStop = "one_stop",
        /// 구술민원.
        Oral = "oral",
        /// 사전심사.
        PreliminaryReview = "preliminary_review",
        /// 즉시민원.
        Immediate = "immediate",
        /// 복합민원.
        Compound = "compound",
        /// 온라인 신청.
        Online = "online",
        /// 본인 확인 수준.
        Assurance = "assurance",
        /// 방문 교부만.
        VisitOnly = "visit_only",
        /// 창구 단독 결정.
        Alone = "alone",
        /// 찾는 말.
        Words = "keywords",
        /// 업무 매뉴얼.
        Manual = "manual",
        /// 작성예시.
        Example = "example",
        /// 거부 문안.
        Refusals = "refusals",
        /// 안내·통지 문안.
        Notices = "notices",
        /// 비고.
        Note = "note",
        /// 시행일.
        ValidFrom = "valid_from",
    }
}

coded! {
    /// Why a cell cannot be read.
    Misfit {
        /// Something is needed here.
        Missing = "missing",
        /// 1 to 16 of A–Z a–z 0–9 - _.
        NotACode = "not_a_code",
        /// No period.
        NotAPeriod = "not_a_period",
        /// No day, as 2027-01-01.
        NotADate = "not_a_date",
        /// None of the words that may stand here.
        NotAChoice = "not_a_choice",
        /// No unit of the office has this code or name.
        UnknownUnit = "unknown_unit",
        /// A document is “이름 | 근거 | 제출”.
        NotADocument = "not_a_document",
        /// A text stands under a head “[제목]”.
        NotHeaded = "not_headed",
        /// More letters than fit.
        TooLong = "too_long",
        /// One line only.
        SeveralLines = "several_lines",
        /// It stands behind the last column that has a head.
        BeyondColumns = "beyond_columns",
    }
}

/// In what shape a part is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line of at most so many letters.
    Line(usize),
    /// Several lines.
    Text(usize),
    /// One of these codes.
    Choice(Choices),
    /// A day.
    Day,
}

/// 부서의 코드와 이름 — the units of the office, as cells name them.
#[derive(Debug, Clone, Default)]
pub struct Units {
    codes: BTreeMap<UnitId, String>,
    names: BTreeMap<UnitId, String>,
    ids: BTreeMap<String, UnitId>,
}

impl Units {
    /// From identity, code and name. A name that two units share finds neither.
    pub fn new<'a>(units: impl Iterator<Item = (UnitId, &'a str, &'a str)> + Clone) -> Units {
        let mut of_name: BTreeMap<&str, Vec<UnitId>> = BTreeMap::new();
        for (id, _, name) in units.clone() {
            of_name.entry(name).or_default().push(id);
        }
        let mut all = Units::default();
        for (name, ids) in of_name {
            if let [only] = ids.as_slice() {
                all.ids.insert(name.to_owned(), *only);
                all.names.insert(*only, name.to_owned());
            }
        }
        for (id, code, _) in units {
            all.ids.insert(code.to_owned(), id);
            all.codes.insert(id, code.to_owned());
        }
        all
    }

    fn code(&self, id: UnitId) -> String {
        self.codes.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// The name of a unit where no other has it, else its code.
    pub fn name(&self, id: UnitId) -> String {
        self.names.get(&id).cloned().unwrap_or_else(|| self.code(id))
    }

    /// The unit a cell means: a code, a name only one unit has, or an identity.
    pub fn find(&self, text: &str) -> Option<UnitId> {
        let known = self.ids.get(text.trim()).copied();
        known.or_else(|| text.trim().parse().ok().filter(|id| self.codes.contains_key(id)))
    }
}

/// A cell: the text of a part and, where facts are sure or not, how sure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// How sure; `None` where that is not asked, or nothing is known.
    pub surety: Option<Surety>,
}

/// 차이 — one part that two versions tell differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which part.
    pub part: Part,
    /// As it was.
    pub before: Cell,
    /// As it is.
    pub after: Cell,
}

/// What two versions tell differently, in the order of the parts. The first day is no content and is left out.
pub fn differences(before: &Service, after: &Service, units: &Units) -> Vec<Difference> {
    (Part::ALL.iter().copied())
        .filter(|part| *part != Part::ValidFrom)
        .map(|part| Difference {
            part,
            before: part.cell(before, units),
            after: part.cell(after, units),
        })
        .filter(|difference| difference.before != difference.after)
        .collect()
}

fn yes(holds: bool) -> String {
    if holds { "yes" } else { "no" }.to_owned()
}

fn told<T>(fact: Option<&Fact<T>>, text: impl Fn(&T) -> String) -> Cell {
    Cell {
        text: fact.map(|fact| text(&fact.value)).unwrap_or_default(),
        surety: fact.map(|fact| fact.surety),
    }
}

/// Nothing written is a fact only where somebody is sure of it: none is needed.
fn fact<T: Default>(value: Option<T>, surety: Option<Surety>) -> Option<Fact<T>> {
    let surety = surety.unwrap_or(Surety::Unsure);
    match value {
        Some(value) => Some(Fact { value, surety }),
        None if surety == Surety::Sure => Some(Fact {
            value: T::default(),
            surety,
        }),
        None => None,
    }
}

fn some_list(text: &str) -> Option<Vec<String>> {
    Some(cell::read_list(text)).filter(|items| !items.is_empty())
}

fn some_text(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn code(text: &str) -> Result<Code, Misfit> {
    text.trim().parse().map_err(|_| Misfit::NotACode)
}

impl Part {
    /// Whether a fact of this part is sure or not.
    pub const fn has_surety(self) -> bool {
        self.surety_column().is_some()
    }

    /// The column beside this one that tells how sure it is; `None` where that is not asked.
    pub const fn surety_column(self) -> Option<&'static str> {
        match self {
            Part::Period => Some("period_status"),
            Part::Basis => Some("legal_basis_status"),
            Part::Sheets => Some("sheets_status"),
            Part::Documents => Some("documents_status"),
            Part::Checks => Some("checks_status"),
            Part::Fee => Some("fee_status"),
            Part::Waivers => Some("waivers_status"),
            Part::LicenceTax => Some("licence_tax_status"),
            Part::Department => Some("department_status"),
            Part::Via => Some("via_status"),
            Part::Steps => Some("steps_status"),
            Part::Criteria => Some("criteria_status"),
            Part::Approver => Some("approver_status"),
            Part::Deemed => Some("deemed_status"),
            Part::IdentityCheck => Some("identity_check_status"),
            Part::Manual => Some("manual_status"),
            Part::Example => Some("example_status"),
            Part::Refusals => Some("refusals_status"),
            Part::Notices => Some("notices_status"),
            Part::Code
            | Part::Name
            | Part::NameEn
            | Part::Family
            | Part::Group
            | Part::Kind
            | Part::Level
            | Part::Procedure
            | Part::Forms
            | Part::Unit
            | Part::Supporting
            | Part::DeemedBasis
            | Part::OneStop
            | Part::Oral
            | Part::PreliminaryReview
            | Part::Immediate
            | Part::Compound
            | Part::Online
            | Part::Assurance
            | Part::VisitOnly
            | Part::Alone
            | Part::Words
            | Part::Note
            | Part::ValidFrom => None,
        }
    }

    /// In what shape it is entered.
    pub const fn shape(self) -> Shape {
        if let Some(choices) = choice::of(self) {
            return Shape::Choice(choices);
        }
        match self {
            Part::ValidFrom => Shape::Day,
            Part::Code | Part::Procedure | Part::Group => Shape::Line(16),
            Part::Period => Shape::Line(20),
            Part::Unit => Shape::Line(60),
            Part::Name | Part::NameEn | Part::Family | Part::Fee | Part::Department | Part::LicenceTax => {
                Shape::Line(200)
            }
            Part::Basis | Part::DeemedBasis => Shape::Line(500),
            Part::Forms | Part::Alone | Part::Supporting | Part::Sheets | Part::Words | Part::Via => {
                Shape::Text(1_000)
            }
            Part::Documents | Part::Checks | Part::Waivers | Part::Steps | Part::Note => Shape::Text(4_000),
            Part::Criteria | Part::Example => Shape::Text(8_000),
            // Beyond 32,767 letters no cell of a workbook goes.
            _ => Shape::Text(20_000),
        }
    }

    /// The Korean word: what stands at the head of its column.
    pub const fn korean(self) -> &'static str {
        match self {
            Part::Code => "민원코드",
            Part::Name => "민원명",
            Part::NameEn => "민원명(영문)",
            Part::Family => "종",
            Part::Group => "분류",
            Part::Kind => "민원의 종류",
            Part::Level => "처리 단위",
            Part::Procedure => "처리절차 코드",
            Part::Period => "처리기간",
            Part::Basis => "근거법령",
            Part::Forms => "화면 서식",
            Part::Sheets => "신청서식",
            Part::Documents => "구비서류",
            Part::Checks => "기관이 확인할 사항",
            Part::Fee => "수수료",
            Part::Waivers => "수수료 감면",
            Part::LicenceTax => "면허분 등록면허세",
            Part::Department => "주관부서(원문)",
            Part::Unit => "주관부서",
            Part::Supporting => "협조부서",
            Part::Via => "경유·협의기관",
            Part::Steps => "처리절차",
            Part::Criteria => "심사기준",
            Part::Approver => "전결권자",
            Part::Deemed => "수리·허가 간주",
            Part::DeemedBasis => "간주 근거",
            Part::IdentityCheck => "신원조회",
            Part::OneStop => "원스톱",
            Part::Oral => "구술민원",
            Part::PreliminaryReview => "사전심사",
            Part::Immediate => "즉시민원",
            Part::Compound => "복합민원",
            Part::Online => "온라인 신청",
            Part::Assurance => "본인 확인 수준",
            Part::VisitOnly => "방문 교부만",
            Part::Alone => "창구 단독 결정",
            Part::Words => "찾는 말",
            Part::Manual => "업무 매뉴얼",
            Part::Example => "작성예시",
            Part::Refusals => "거부 문안",
            Part::Notices => "안내·통지 문안",
            Part::Note => "비고",
            Part::ValidFrom => "시행일",
        }
    }

    /// The part a column's head names: its code, or its Korean word however it is spaced.
    pub fn of_column(head: &str) -> Option<Part> {
        let tight = |text: &str| text.split_whitespace().collect::<String>();
        let wanted = tight(head);
        (Part::ALL.iter().copied()).find(|part| part.code() == wanted || tight(part.korean()) == wanted)
    }

    /// The part of a service as a cell.
    pub fn cell(self, s: &Service, units: &Units) -> Cell {
        let plain = |text: String| Cell { text, surety: None };
        let lines = |fact: &Option<Fact<Vec<String>>>| told(fact.as_ref(), |items| cell::list(items));
        let line = |fact: &Option<Fact<String>>| told(fact.as_ref(), String::clone);
        match self {
            Part::Code => plain(s.code.to_string()),
            Part::Name => plain(s.name.ko.clone()),
            Part::NameEn => plain(s.name.en.clone()),
            Part::Family => plain(s.family.clone()),
            Part::Group => plain(s.group.clone()),
            Part::Kind => plain(s.kind.to_string()),
            Part::Level => plain(s.level.to_string()),
            Part::Procedure => plain(s.procedure.to_string()),
            Part::Period => told(s.period.as_ref(), ToString::to_string),
            Part::Basis => line(&s.basis),
            Part::Forms => plain(cell::list(
                &s.forms.iter().map(ToString::to_string).collect::<Vec<_>>(),
            )),
            Part::Sheets => lines(&s.sheets),
            Part::Documents => told(s.documents.as_ref(), |all| {
                cell::list(&all.iter().map(cell::document).collect::<Vec<_>>())
            }),
            Part::Checks => lines(&s.checks),
            Part::Fee => line(&s.fee),
            Part::Waivers => lines(&s.waivers),
            Part::LicenceTax => line(&s.licence_tax),
            Part::Department => line(&s.department),
            Part::Unit => plain(s.unit.map(|unit| units.code(unit)).unwrap_or_default()),
            Part::Supporting => plain(cell::list(
                &s.supporting
                    .iter()
                    .map(|unit| units.code(*unit))
                    .collect::<Vec<_>>(),
            )),
            Part::Via => lines(&s.via),
            Part::Steps => lines(&s.steps),
            Part::Criteria => lines(&s.criteria),
            Part::Approver => told(s.approver.as_ref(), ToString::to_string),
            Part::Deemed => told(s.deemed.as_ref(), ToString::to_string),
            Part::DeemedBasis => plain(s.deemed_basis.clone()),
            Part::IdentityCheck => told(s.identity_check.as_ref(), ToString::to_string),
            Part::OneStop => plain(yes(s.one_stop)),
            Part::Oral => plain(yes(s.oral)),
            Part::PreliminaryReview => plain(yes(s.preliminary_review)),
            Part::Immediate => plain(yes(s.immediate)),
            Part::Compound => plain(yes(s.compound)),
            Part::Online => plain(s.online.to_string()),
            Part::Assurance => plain(s.assurance.to_string()),
            Part::VisitOnly => plain(yes(s.visit_only)),
            Part::Alone => plain(cell::list(
                &s.alone.iter().map(ToString::to_string).collect::<Vec<_>>(),
            )),
            Part::Words => plain(cell::list(&s.words)),
            Part::Manual => told(s.manual.as_ref(), |all| cell::guides(all)),
            Part::Example => line(&s.example),
            Part::Refusals => told(s.refusals.as_ref(), |all| cell::phrases(all)),
            Part::Notices => told(s.notices.as_ref(), |all| cell::phrases(all)),
            Part::Note => plain(s.note.clone().unwrap_or_default()),
            Part::ValidFrom => plain(s.valid_from.to_string()),
        }
    }

    /// Lays what a cell says into a service. `surety` is read where the part has one; what says nothing there is not sure.
    /// Errors: the cell cannot be read; the service is as it was.
    pub fn set(
        self,
        s: &mut Service,
        text: &str,
        surety: Option<Surety>,
        units: &Units,
    ) -> Result<(), Misfit> {
        let trimmed = text.trim();
        self.fits(trimmed)?;
        let chosen = || match self.shape() {
            Shape::Choice(choices) => choice::code_of(choices, trimmed).ok_or(Misfit::NotAChoice),
            Shape::Line(_) | Shape::Text(_) | Shape::Day => Err(Misfit::NotAChoice),
        };
        let whether = || Ok::<bool, Misfit>(!trimmed.is_empty() && chosen()? == "yes");
        let unit = |text: &str| units.find(text).ok_or(Misfit::UnknownUnit);
        match self {
            Part::Code => s.code = code(trimmed)?,
            Part::Name if trimmed.is_empty() => return Err(Misfit::Missing),
            Part::Name => s.name.ko = trimmed.to_owned(),
            Part::NameEn => s.name.en = trimmed.to_owned(),
            Part::Family => s.family = trimmed.to_owned(),
            Part::Group => s.group = trimmed.to_owned(),
            Part::Kind => s.kind = parsed(chosen()?)?,
            Part::Level if trimmed.is_empty() => s.level = super::Level::City,
            Part::Level => s.level = parsed(chosen()?)?,
            Part::Procedure => s.procedure = code(trimmed)?,
            Part::Period if trimmed.is_empty() => s.period = None,
            Part::Period => {
                s.period = Some(Fact {
                    value: cell::read_period(trimmed).ok_or(Misfit::NotAPeriod)?,
                    surety: surety.unwrap_or(Surety::Unsure),
                });
            }
            Part::Basis => s.basis = fact(some_text(text), surety),
            Part::Forms => {
                s.forms = cell::read_list(text)
                    .iter()
                    .map(|c| code(c))
                    .collect::<Result<_, _>>()?
            }
            Part::Sheets => s.sheets = fact(some_list(text), surety),
            Part::Documents => {
                let all: Option<Vec<_>> = cell::read_list(text)
                    .iter()
                    .map(|d| cell::read_document(d))
                    .collect();
                let all = all.ok_or(Misfit::NotADocument)?;
                s.documents = fact(Some(all).filter(|all| !all.is_empty()), surety);
            }
            Part::Checks => s.checks = fact(some_list(text), surety),
            Part::Fee => s.fee = fact(some_text(text), surety),
            Part::Waivers => s.waivers = fact(some_list(text), surety),
            Part::LicenceTax => s.licence_tax = fact(some_text(text), surety),
            Part::Department => s.department = fact(some_text(text), surety),
            Part::Unit if trimmed.is_empty() => s.unit = None,
            Part::Unit => s.unit = Some(unit(trimmed)?),
            Part::Supporting => {
                s.supporting = cell::read_list(text)
                    .iter()
                    .map(|u| unit(u))
                    .collect::<Result<_, _>>()?;
            }
            Part::Via => s.via = fact(some_list(text), surety),
            Part::Steps => s.steps = fact(some_list(text), surety),
            Part::Criteria => s.criteria = fact(some_list(text), surety),
            Part::Approver => s.approver = chosen_fact(trimmed, chosen, surety)?,
            Part::Deemed => s.deemed = chosen_fact(trimmed, chosen, surety)?,
            Part::DeemedBasis => s.deemed_basis = trimmed.to_owned(),
            Part::IdentityCheck => s.identity_check = chosen_fact(trimmed, chosen, surety)?,
            Part::OneStop => s.one_stop = whether()?,
            Part::Oral => s.oral = whether()?,
            Part::PreliminaryReview => s.preliminary_review = whether()?,
            Part::Immediate => s.immediate = whether()?,
            Part::Compound => s.compound = whether()?,
            Part::Online => s.online = parsed(if trimmed.is_empty() { "no" } else { chosen()? })?,
            Part::Assurance if trimmed.is_empty() => s.assurance = crate::assurance::Assurance::Contact,
            Part::Assurance => s.assurance = parsed(chosen()?)?,
            Part::VisitOnly => s.visit_only = whether()?,
            Part::Alone => {
                let seats = cell::read_list(text);
                s.alone = seats.iter().map(|seat| parsed(seat)).collect::<Result<_, _>>()?;
            }
            Part::Words => s.words = cell::read_list(text),
            Part::Manual => {
                let all = cell::read_guides(text).ok_or(Misfit::NotHeaded)?;
                s.manual = fact(Some(all).filter(|all| !all.is_empty()), surety);
            }
            Part::Example => s.example = fact(some_text(text), surety),
            Part::Refusals => s.refusals = phrases(text, surety)?,
            Part::Notices => s.notices = phrases(text, surety)?,
            Part::Note => s.note = some_text(text),
            Part::ValidFrom => s.valid_from = trimmed.parse().map_err(|_| Misfit::NotADate)?,
        }
        Ok(())
    }

    /// Whether a cell keeps to its shape's bounds.
    fn fits(self, text: &str) -> Result<(), Misfit> {
        let (most, lines) = match self.shape() {
            Shape::Line(most) => (most, false),
            Shape::Text(most) => (most, true),
            Shape::Choice(_) | Shape::Day => (40, false),
        };
        if text.chars().count() > most {
            Err(Misfit::TooLong)
        } else if !lines && text.contains('\n') {
            Err(Misfit::SeveralLines)
        } else {
            Ok(())
        }
    }
}

fn parsed<T: std::str::FromStr>(code: &str) -> Result<T, Misfit> {
    code.parse().map_err(|_| Misfit::NotAChoice)
}

fn chosen_fact<T: std::str::FromStr>(
    text: &str,
    chosen: impl Fn() -> Result<&'static str, Misfit>,
    surety: Option<Surety>,
) -> Result<Option<Fact<T>>, Misfit> {
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(Fact {
        value: parsed(chosen()?)?,
        surety: surety.unwrap_or(Surety::Unsure),
    }))
}

fn phrases(text: &str, surety: Option<Surety>) -> Result<Option<Fact<Vec<super::Phrase>>>, Misfit> {
    let all = cell::read_phrases(text).ok_or(Misfit::NotHeaded)?;
    Ok(fact(Some(all).filter(|all| !all.is_empty()), surety))
}

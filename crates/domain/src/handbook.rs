//! 민원편람 — one row of the catalogue of services, as it is valid from a day (법 제13조, 영 제10조제2항).
//!
//! `part` is the one table of its fields: differences, sheets, forms and pages follow it. `fit` says what may not be
//! published, `edition` how versions follow one another, `find` what citizens' everyday words lead to.

mod cell;
pub mod choice;
pub mod edition;
pub mod find;
pub mod fit;
pub mod part;
pub mod row;

use crate::assurance::Assurance;
use crate::due::Period;
use crate::id::UnitId;
use crate::life::Life;
use crate::procedure::Words;
use crate::terms::{Code, Kind, Outcome, Seat, coded};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// Whether a fact was confirmed; what is not is shown as 확인 필요.
    Surety {
        /// Seen in its source.
        Sure = "sure",
        /// 확인 필요.
        Unsure = "unsure",
    }
}

/// A fact and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// The fact.
    pub value: T,
    /// How sure.
    pub surety: Surety,
}

coded! {
    /// 구비서류를 누가 — who brings a document: what an office can see for itself it may not ask for (법 제10조제3항).
    Supply {
        /// 민원인이 제출.
        Petitioner = "petitioner",
        /// 민원인이 보여 주는 신분증·증명서로 확인 (제1호).
        Shown = "shown",
        /// 기관의 공부나 행정정보로 확인 (제2호).
        OwnRecords = "own_records",
        /// 행정정보 공동이용으로 확인 (제3호).
        Shared = "shared",
        /// 발급기관에서 전자문서로 받음 (제4호).
        Issuer = "issuer",
    }
}

impl Supply {
    /// Whether the office looks it up, so that the citizen need not bring it.
    pub const fn is_looked_up(self) -> bool {
        match self {
            Supply::OwnRecords | Supply::Shared | Supply::Issuer => true,
            Supply::Petitioner | Supply::Shown => false,
        }
    }
}

/// 구비서류 — a document, the clause that asks for it, and who brings it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "DocumentAsWritten")]
pub struct Document {
    /// Its name, as citizens know it.
    pub name: String,
    /// 근거: law and article that ask for it; empty where none is named.
    pub basis: String,
    /// Who brings it.
    pub supply: Supply,
}

impl Document {
    /// A document the petitioner brings, without a named basis.
    pub fn named(name: impl Into<String>) -> Document {
        Document {
            name: name.into(),
            basis: String::new(),
            supply: Supply::Petitioner,
        }
    }
}

/// Versions of the first catalogue held bare names.
#[derive(Deserialize)]
#[serde(untagged)]
enum DocumentAsWritten {
    Name(String),
    Whole {
        name: String,
        #[serde(default)]
        basis: String,
        #[serde(default = "by_petitioner")]
        supply: Supply,
    },
}

fn by_petitioner() -> Supply {
    Supply::Petitioner
}

impl From<DocumentAsWritten> for Document {
    fn from(written: DocumentAsWritten) -> Document {
        match written {
            DocumentAsWritten::Name(name) => Document::named(name),
            DocumentAsWritten::Whole { name, basis, supply } => Document { name, basis, supply },
        }
    }
}

coded! {
    /// 처리 단위 — who handles it.
    Level {
        /// 시.
        City = "city",
        /// 시·자치구.
        CityAndDistrict = "city_and_district",
        /// 자치구.
        District = "district",
        /// 다른 기관.
        OtherAgency = "other_agency",
        /// 소방서.
        FireStation = "fire_station",
    }
}

coded! {
    /// 전결권자 — who decides by the office's rules on delegation (위임전결).
    Approver {
        /// 담당자.
        Handler = "handler",
        /// 팀장.
        TeamLead = "team_lead",
        /// 과장·담당관.
        DepartmentHead = "department_head",
        /// 국장·본부장.
        BureauHead = "bureau_head",
        /// 부시장.
        DeputyMayor = "deputy_mayor",
        /// 시장.
        Mayor = "mayor",
    }
}

coded! {
    /// 간주 — what a silent office has done when the period is over.
    Deemed {
        /// 간주 규정 없음.
        None = "none",
        /// 수리 간주.
        Accepted = "accepted",
        /// 허가 간주.
        Granted = "granted",
    }
}

coded! {
    /// 신원조회 — what an identity check means for the clock (행정절차법 시행규칙 제6조): only where its completion is a
    /// condition of handling does it stand still.
    IdentityCheck {
        /// 하지 않음.
        None = "none",
        /// 처리와 함께 하며 기간을 멈추지 않음.
        Alongside = "alongside",
        /// 처리의 조건: 끝날 때까지 불산입.
        Condition = "condition",
    }
}

coded! {
    /// 온라인 신청 가능 여부.
    Online {
        /// Can be filed online.
        Yes = "yes",
        /// Not: an official enters period and article at reception.
        No = "no",
    }
}

coded! {
    /// 운영 여부 — whether the service is offered from the day of this version on.
    Standing {
        /// 운영.
        Offered = "offered",
        /// 폐지.
        Closed = "closed",
    }
}

coded! {
    /// 처리 단계 — the step of handling a piece of the manual speaks of, and is shown at.
    Step {
        /// 전체.
        Whole = "whole",
        /// 접수.
        Receive = "receive",
        /// 서류 검토.
        Review = "review",
        /// 보완.
        Supplement = "supplement",
        /// 협의·조회.
        Consult = "consult",
        /// 현장 확인.
        Inspect = "inspect",
        /// 기안·결재.
        Decide = "decide",
        /// 통지·교부.
        HandOut = "hand_out",
    }
}

impl Step {
    /// The steps that are at hand while a petition lives so: what the manual shows then.
    pub const fn of(life: Life) -> &'static [Step] {
        match life {
            Life::Filed => &[Step::Receive],
            Life::Received | Life::Distributed => &[Step::Receive, Step::Review],
            Life::InHandling => &[
                Step::Review,
                Step::Supplement,
                Step::Consult,
                Step::Inspect,
                Step::Decide,
            ],
            Life::Held => &[Step::Supplement, Step::Consult],
            Life::Concluded => &[Step::HandOut],
        }
    }
}

coded! {
    /// 편람 항목 — what a piece of the manual tells (FEATURES A2: 절차·방법·유의사항).
    Aspect {
        /// 절차.
        Procedure = "procedure",
        /// 방법.
        Method = "method",
        /// 유의사항.
        Caution = "caution",
    }
}

/// 업무 매뉴얼의 한 대목.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// The step it speaks of.
    pub step: Step,
    /// What it tells.
    pub aspect: Aspect,
    /// The text; line ends are kept.
    pub text: String,
}

/// 표준문안 — a text with a title, for officials to take into a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// When it is used.
    pub title: String,
    /// The text; line ends are kept.
    pub text: String,
}

/// 민원사무 — a row of the catalogue. Every fact may be missing; what is there is sure or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Stable code.
    pub code: Code,
    /// Grows with every change.
    pub version: u32,
    /// First day it is valid.
    pub valid_from: Date,
    /// Last day it is valid.
    pub valid_to: Option<Date>,
    /// Whether it is offered from `valid_from` on, or closed.
    #[serde(default = "offered")]
    pub standing: Standing,
    /// 민원명.
    pub name: Words,
    /// 종: the kind of affair its single petitions (단위 민원) belong to; empty where it is one of its own.
    #[serde(default)]
    pub family: String,
    /// Its group in the catalogue.
    pub group: String,
    /// Kind.
    pub kind: Kind,
    /// The procedure it runs by.
    pub procedure: Code,
    /// 처리 단위.
    #[serde(default = "of_city")]
    pub level: Level,
    /// 처리기간.
    pub period: Option<Fact<Period>>,
    /// 근거법령.
    pub basis: Option<Fact<String>>,
    /// 신청서식 filled in on screen, by code.
    #[serde(default)]
    pub forms: Vec<Code>,
    /// 신청서식 as the law names it (별지 제○호서식).
    #[serde(default)]
    pub sheets: Option<Fact<Vec<String>>>,
    /// 구비서류.
    pub documents: Option<Fact<Vec<Document>>>,
    /// 기관이 확인할 사항 (영10②, 법10③2·3).
    #[serde(default)]
    pub checks: Option<Fact<Vec<String>>>,
    /// 수수료.
    pub fee: Option<Fact<String>>,
    /// 수수료 감면.
    #[serde(default)]
    pub waivers: Option<Fact<Vec<String>>>,
    /// 면허분 등록면허세.
    #[serde(default)]
    pub licence_tax: Option<Fact<String>>,
    /// 주관부서, as the starting catalogue names it.
    pub department: Option<Fact<String>>,
    /// 주관부서, once tied to a unit of the office.
    pub unit: Option<UnitId>,
    /// 협조부서.
    #[serde(default)]
    pub supporting: Vec<UnitId>,
    /// 경유기관·협의기관.
    #[serde(default)]
    pub via: Option<Fact<Vec<String>>>,
    /// 처리절차, step by step as citizens read it.
    #[serde(default)]
    pub steps: Option<Fact<Vec<String>>>,
    /// 심사기준.
    #[serde(default)]
    pub criteria: Option<Fact<Vec<String>>>,
    /// 전결권자.
    #[serde(default)]
    pub approver: Option<Fact<Approver>>,
    /// 수리·허가 간주.
    #[serde(default)]
    pub deemed: Option<Fact<Deemed>>,
    /// The article behind it; empty for none.
    #[serde(default)]
    pub deemed_basis: String,
    /// 신원조회.
    #[serde(default)]
    pub identity_check: Option<Fact<IdentityCheck>>,
    /// 원스톱: received, checked, decided and handed out by the petition office alone.
    #[serde(default)]
    pub one_stop: bool,
    /// Whether word of mouth suffices or the clerk may write it down (법8, 영10②3).
    pub oral: bool,
    /// 사전심사 대상 (법30).
    #[serde(default)]
    pub preliminary_review: bool,
    /// 즉시민원.
    #[serde(default)]
    pub immediate: bool,
    /// 복합민원 (법2 제5호).
    #[serde(default)]
    pub compound: bool,
    /// 방문 교부: handed out at the counter alone.
    #[serde(default)]
    pub visit_only: bool,
    /// 창구에서 전결로 혼자 결정하는 자리 (원스톱, 즉시 발급); empty where an approval line decides.
    #[serde(default)]
    pub alone: Vec<Seat>,
    /// Whether the citizen may file it online.
    pub online: Online,
    /// 온라인 신청에 필요한 본인 확인 수준 (전자정부법 제10조).
    #[serde(default = "by_contact")]
    pub assurance: Assurance,
    /// Everyday words people look for it by.
    pub words: Vec<String>,
    /// 업무 매뉴얼.
    #[serde(default)]
    pub manual: Option<Fact<Vec<Guide>>>,
    /// 작성예시: a filled-in form, line by line.
    #[serde(default)]
    pub example: Option<Fact<String>>,
    /// 거부 문안.
    #[serde(default)]
    pub refusals: Option<Fact<Vec<Phrase>>>,
    /// 안내·통지 문안.
    #[serde(default)]
    pub notices: Option<Fact<Vec<Phrase>>>,
    /// A remark for the reader.
    pub note: Option<String>,
}

fn offered() -> Standing {
    Standing::Offered
}

fn by_contact() -> Assurance {
    Assurance::Contact
}

fn of_city() -> Level {
    Level::City
}

impl Service {
    /// A row of which nothing is known yet but its name and how it runs.
    pub fn new(code: Code, name: Words, kind: Kind, procedure: Code, valid_from: Date) -> Service {
        Service {
            code,
            version: 1,
            valid_from,
            valid_to: None,
            standing: Standing::Offered,
            name,
            family: String::new(),
            group: String::new(),
            kind,
            procedure,
            level: Level::City,
            period: None,
            basis: None,
            forms: Vec::new(),
            sheets: None,
            documents: None,
            checks: None,
            fee: None,
            waivers: None,
            licence_tax: None,
            department: None,
            unit: None,
            supporting: Vec::new(),
            via: None,
            steps: None,
            criteria: None,
            approver: None,
            deemed: None,
            deemed_basis: String::new(),
            identity_check: None,
            one_stop: false,
            oral: false,
            preliminary_review: false,
            immediate: false,
            compound: false,
            visit_only: false,
            alone: Vec::new(),
            online: Online::No,
            assurance: Assurance::Contact,
            words: Vec::new(),
            manual: None,
            example: None,
            refusals: None,
            notices: None,
            note: None,
        }
    }

    /// Whether the row is valid on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.standing == Standing::Offered
            && self.valid_from <= day
            && self.valid_to.is_none_or(|last| day <= last)
    }

    /// The period that may be used without anybody entering one: a confirmed one.
    pub fn sure_period(&self) -> Option<Period> {
        self.period
            .as_ref()
            .filter(|p| p.surety == Surety::Sure)
            .map(|p| p.value)
    }

    /// What a petition of this service counts as once its period has passed without an answer, if a law says so.
    pub fn deemed_outcome(&self) -> Option<Outcome> {
        match self.deemed.as_ref()?.value {
            Deemed::None => None,
            Deemed::Accepted => Some(Outcome::DeemedAccepted),
            Deemed::Granted => Some(Outcome::DeemedGranted),
        }
    }

    /// The names of the documents the petitioner brings or shows: nothing else may be asked for (법10①·③).
    pub fn owed_documents(&self) -> Vec<String> {
        (self.documents.iter().flat_map(|fact| &fact.value))
            .filter(|document| !document.supply.is_looked_up())
            .map(|document| document.name.clone())
            .collect()
    }

    /// The manual's texts for a petition that lives so: those for the whole way first, then step by step.
    pub fn guides(&self, life: Life) -> impl Iterator<Item = &Guide> {
        let of = |step: Step| {
            (self.manual.iter().flat_map(|fact| &fact.value)).filter(move |guide| guide.step == step)
        };
        of(Step::Whole).chain(Step::of(life).iter().flat_map(move |step| of(*step)))
    }

    /// 종: what its single petitions are gathered under; its own name where it stands alone.
    pub fn family_name(&self) -> &str {
        if self.family.is_empty() {
            &self.name.ko
        } else {
            &self.family
        }
    }
}

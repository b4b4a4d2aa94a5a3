//! 민원편람 — one row of the catalogue of services, as it is valid from a day (영10②).

use crate::due::Period;
use crate::id::UnitId;
use crate::procedure::Words;
use crate::terms::{Code, Kind, Seat, coded};
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

/// 민원사무 — a row of the catalogue.
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
    /// 민원명.
    pub name: Words,
    /// Its group in the catalogue.
    pub group: String,
    /// Kind.
    pub kind: Kind,
    /// The procedure it runs by.
    pub procedure: Code,
    /// 처리기간.
    pub period: Option<Fact<Period>>,
    /// 근거법령.
    pub basis: Option<Fact<String>>,
    /// 구비서류.
    pub documents: Option<Fact<Vec<String>>>,
    /// 수수료.
    pub fee: Option<Fact<String>>,
    /// 주관부서, as the starting catalogue names it.
    pub department: Option<Fact<String>>,
    /// 주관부서, once tied to a unit of the office.
    pub unit: Option<UnitId>,
    /// Whether the citizen may file it online.
    pub online: Online,
    /// Whether word of mouth suffices or the clerk may write it down (법8, 영10②3).
    pub oral: bool,
    /// 창구에서 전결로 혼자 결정하는 자리 (원스톱, 즉시 발급); empty where an approval line decides.
    #[serde(default)]
    pub alone: Vec<Seat>,
    /// Everyday words people look for it by.
    pub words: Vec<String>,
    /// A remark for the reader.
    pub note: Option<String>,
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

impl Service {
    /// Whether the row is valid on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// The period that may be used without anybody entering one: a confirmed one.
    pub fn sure_period(&self) -> Option<Period> {
        self.period
            .as_ref()
            .filter(|p| p.surety == Surety::Sure)
            .map(|p| p.value)
    }
}

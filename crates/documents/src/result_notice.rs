//! 처리결과 통지 — the answer to a petition as an official letter (법 제27조, 영 제29조, 제31조).
//!
//! A refusal names its reasons and the ways of redress (법 제27조제3항); the type does not let them be left out.

use crate::body;
use crate::fill::Fill;
use crate::hwpx::Values;
use crate::letter::{Composed, Letter};
use crate::press::{Lang, NotPrinted, Press, Printed};
use domain::papers::table::RESULT;

/// The notice.
#[derive(Debug, Clone)]
pub struct ResultNotice {
    /// Head and foot.
    pub letter: Letter,
    /// 제목: “민원 처리결과 알림(도로점용 허가)”.
    pub subject: String,
    /// 본문, as the official drafted it (plain text, items marked 1. 가. 1) …).
    pub text: String,
    /// What became of the request.
    pub outcome: Outcome,
}

/// What became of the request, as far as the law asks the notice to say more.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Answered, granted, issued: the text says all.
    Answered,
    /// 거부처분
    Refused {
        /// 거부 이유, one or more.
        reasons: Vec<String>,
        /// 구제절차; which of them are open is decided by the kind of the petition.
        remedies: Vec<Remedy>,
    },
}

/// 구제절차 — a way of redress against a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// 이의신청, for statutory petitions only (법 제35조).
    Objection {
        /// Days from the day the refusal was received: 60.
        days: u16,
        /// Whom it is sent to: “서울특별시장”.
        to: String,
    },
    /// 행정심판 (행정심판법 제27조).
    AdministrativeAppeal {
        /// Days from the day one knew of the refusal: 90.
        days: u16,
        /// Whom it is sent to: “서울특별시행정심판위원회”.
        to: String,
    },
    /// 행정소송 (행정소송법 제20조).
    Lawsuit {
        /// Days from the day one knew of the refusal: 90.
        days: u16,
        /// The court: “서울행정법원”.
        to: String,
    },
    /// Any other way, in the official's words.
    Other(String),
}

impl Remedy {
    fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Remedy::Objection { days, to }, Lang::Ko) => format!(
                "이의신청: 이 거부처분을 받은 날부터 {days}일 이내에 {to}에게 문서로 이의신청을 하실 수 있습니다\
                 (「민원 처리에 관한 법률」 제35조). 이의신청을 하신 경우에는 그 결과를 통지받은 날부터 90일 이내에 \
                 행정심판 또는 행정소송을 제기하실 수 있습니다(「행정기본법」 제36조제4항)."
            ),
            (Remedy::AdministrativeAppeal { days, to }, Lang::Ko) => format!(
                "행정심판: 이의신청 여부와 관계없이 처분이 있음을 알게 된 날부터 {days}일 이내(처분이 있었던 날부터 \
                 180일 이내)에 {to}에 행정심판을 청구하실 수 있습니다(「행정심판법」 제27조)."
            ),
            (Remedy::Lawsuit { days, to }, Lang::Ko) => format!(
                "행정소송: 처분이 있음을 안 날부터 {days}일 이내(처분이 있은 날부터 1년 이내)에 {to}에 행정소송을 \
                 제기하실 수 있습니다(「행정소송법」 제20조)."
            ),
            (Remedy::Objection { days, to }, Lang::En) => format!(
                "Objection: in writing to {to} within {days} days of receiving this refusal (Civil Petitions Treatment \
                 Act, Article 35). After its result you have 90 days for an administrative appeal or a lawsuit (General \
                 Act on Public Administration, Article 36(4))."
            ),
            (Remedy::AdministrativeAppeal { days, to }, Lang::En) => format!(
                "Administrative appeal: to {to} within {days} days of learning of this refusal, and within 180 days of \
                 the refusal, whether or not you object (Administrative Appeals Act, Article 27)."
            ),
            (Remedy::Lawsuit { days, to }, Lang::En) => format!(
                "Lawsuit: at {to} within {days} days of learning of this refusal, and within one year of the refusal \
                 (Administrative Litigation Act, Article 20)."
            ),
            (Remedy::Other(words), _) => words.clone(),
        }
    }
}

impl ResultNotice {
    /// Prints the notice.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        self.letter.print(press, lang, self.composed(lang))
    }

    /// The values for a template of the office.
    pub fn values(&self) -> Values {
        self.letter.values(self.composed(Lang::Ko))
    }

    fn composed(&self, lang: Lang) -> Composed {
        let lists = match &self.outcome {
            Outcome::Answered => Vec::new(),
            Outcome::Refused { reasons, remedies } => vec![
                (RESULT.list(lang, 0), reasons.clone()),
                (
                    RESULT.list(lang, 1),
                    remedies.iter().map(|remedy| remedy.words(lang)).collect(),
                ),
            ],
        };
        Composed {
            form: &RESULT,
            subject: self.subject.clone(),
            drafted: body::read(&self.text),
            opening: String::new(),
            items: Vec::new(),
            lists,
            advice: Vec::new(),
        }
    }
}

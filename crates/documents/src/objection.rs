//! 거부처분 이의신청서 — objects to a refusal within 60 days (법 제35조제1항, 영 제40조제1항, 규칙 제12조, 별지 제11호서식).
//!
//! 서식 확인 필요: the fields are the four items of 영 제40조제1항; the drawing of form 11 was not at hand. What is empty is
//! printed as room to write in.

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::page::{Page, addressed, day_or_blank};
use crate::parts::{self, Party, Row};
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::papers::table::OBJECTION;
use domain::time::At;
use jiff::civil::Date;

/// What the objection says.
#[derive(Debug, Clone)]
pub struct Objection {
    /// 행정기관의 장: “한빛특별시장”.
    pub to: String,
    /// 접수번호와 접수일시, once received.
    pub reception: Option<(String, At)>,
    /// 신청인 (제1호)
    pub applicant: Party,
    /// 대상 민원 (제2호): its name and reception number.
    pub petition: String,
    /// 거부처분을 받은 날 (제4호)
    pub refused_on: Option<Date>,
    /// 거부처분의 내용 (제4호)
    pub refused: String,
    /// 취지 및 이유 (제3호)
    pub reasons: String,
    /// 신청한 날; `None` is left to be written in.
    pub on: Option<Date>,
    /// When the paper was drawn up.
    pub drawn_up: At,
}

impl Objection {
    /// The blank form, to be written in by hand.
    pub fn blank(to: &str, drawn_up: At) -> Objection {
        Objection {
            to: to.to_owned(),
            reception: None,
            applicant: Party::default(),
            petition: String::new(),
            refused_on: None,
            refused: String::new(),
            reasons: String::new(),
            on: None,
            drawn_up,
        }
    }

    /// Prints the objection.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        press.print(Job {
            paper: "objection",
            ident: format!("{}:{}", self.number(), self.drawn_up.0),
            drawn_up: self.drawn_up,
            facts: &self.page(lang),
            qr: None,
            seal: None,
        })
    }

    /// The values for a template of the office.
    pub fn values(&self) -> Values {
        self.page(Lang::Ko).values()
    }

    fn number(&self) -> &str {
        self.reception.as_ref().map_or("", |(number, _)| number)
    }

    fn page(&self, lang: Lang) -> Page<'_> {
        let (number, received) = self.reception.clone().map_or_else(
            || (String::new(), String::new()),
            |(number, at)| (number, parts::moment(at, lang)),
        );
        let rows = OBJECTION.rows(
            lang,
            [
                number.clone(),
                received,
                self.applicant.name.clone(),
                self.applicant.address.clone(),
                self.applicant.contact(),
                self.petition.clone(),
                self.refused_on
                    .map_or_else(String::new, |date| parts::day(date, lang)),
                self.refused.clone(),
                self.reasons.clone(),
            ],
        );
        Page {
            closing: lang.pick(
                "「민원 처리에 관한 법률」 제35조제1항에 따라 위와 같이 이의신청을 합니다.",
                "I object under Article 35(1) of the Civil Petitions Treatment Act.",
            ),
            date: day_or_blank(self.on, lang),
            signs: vec![Row::new(
                lang.pick("신청인", "Applicant"),
                self.applicant.name.clone(),
            )],
            addressed: addressed(&self.to, lang),
            ..Page::of(&OBJECTION, lang, &self.to, rows)
        }
    }
}

//! 사전심사 청구서 — asks before the formal petition whether it would be granted (법 제30조제1항, 규칙 제11조, 별지 제8호서식).
//!
//! 서식 확인 필요: the fields are those the articles name; the drawing of form 8 was not at hand. What is empty is printed
//! as room to write in.

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::page::{Page, addressed, day_or_blank};
use crate::parts::{self, Party, Row};
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::papers::table::PRELIMINARY_REQUEST;
use domain::time::At;
use jiff::civil::Date;

/// What the request says.
#[derive(Debug, Clone)]
pub struct PreliminaryRequest {
    /// 행정기관의 장: “한빛특별시장”.
    pub to: String,
    /// 접수번호와 접수일시, once received.
    pub reception: Option<(String, At)>,
    /// 처리기간: “30일”; empty on a blank form.
    pub period: String,
    /// 청구인
    pub applicant: Party,
    /// 대상 민원명
    pub service: String,
    /// 청구 내용
    pub asked: String,
    /// 구비서류
    pub documents: String,
    /// 청구한 날; `None` is left to be written in.
    pub on: Option<Date>,
    /// When the paper was drawn up.
    pub drawn_up: At,
}

impl PreliminaryRequest {
    /// The blank form, to be written in by hand.
    pub fn blank(to: &str, drawn_up: At) -> PreliminaryRequest {
        PreliminaryRequest {
            to: to.to_owned(),
            reception: None,
            period: String::new(),
            applicant: Party::default(),
            service: String::new(),
            asked: String::new(),
            documents: String::new(),
            on: None,
            drawn_up,
        }
    }

    /// Prints the request.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        press.print(Job {
            paper: "preliminary_request",
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
        let rows = PRELIMINARY_REQUEST.rows(
            lang,
            [
                number.clone(),
                received,
                self.period.clone(),
                self.applicant.name.clone(),
                self.applicant.address.clone(),
                self.applicant.contact(),
                self.service.clone(),
                self.asked.clone(),
                self.documents.clone(),
            ],
        );
        Page {
            closing: lang.pick(
                "「민원 처리에 관한 법률」 제30조제1항에 따라 위와 같이 사전심사를 청구합니다.",
                "I ask for a preliminary review under Article 30(1) of the Civil Petitions Treatment Act.",
            ),
            date: day_or_blank(self.on, lang),
            signs: vec![Row::new(
                lang.pick("청구인", "Applicant"),
                self.applicant.name.clone(),
            )],
            addressed: addressed(&self.to, lang),
            ..Page::of(&PRELIMINARY_REQUEST, lang, &self.to, rows)
        }
    }
}

//! 위임장 — by which another acts for the petitioner (영 제6조제6항, 규칙 제4조, 별지 제3호서식).
//!
//! 서식 확인 필요: the fields are those the articles name; the drawing of form 3 was not at hand. What is empty is printed
//! as room to write in, so that the blank form is the same paper. No resident number is asked for: the clerk looks at the
//! agent's proof of identity (규칙 제4조).

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::page::{Page, addressed, day_or_blank};
use crate::parts::{Party, Row};
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::papers::table::AUTHORIZATION;
use domain::time::At;
use jiff::civil::Date;

/// What a power of attorney says.
#[derive(Debug, Clone)]
pub struct Authorization {
    /// 행정기관의 장, to whom it is shown: “한빛특별시장”.
    pub to: String,
    /// 민원명
    pub service: String,
    /// 위임하는 사람
    pub principal: Party,
    /// 위임받는 사람
    pub agent: Party,
    /// 위임하는 사람과의 관계
    pub relation: String,
    /// 위임 내용
    pub entrusted: String,
    /// 위임한 날; `None` is left to be written in.
    pub on: Option<Date>,
    /// When the paper was drawn up.
    pub drawn_up: At,
}

impl Authorization {
    /// The blank form, to be written in by hand.
    pub fn blank(to: &str, drawn_up: At) -> Authorization {
        Authorization {
            to: to.to_owned(),
            service: String::new(),
            principal: Party::default(),
            agent: Party::default(),
            relation: String::new(),
            entrusted: String::new(),
            on: None,
            drawn_up,
        }
    }

    /// Prints the paper.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        press.print(Job {
            paper: "authorization",
            ident: format!("{}:{}", self.service, self.drawn_up.0),
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

    fn page(&self, lang: Lang) -> Page<'_> {
        let rows = AUTHORIZATION.rows(
            lang,
            [
                self.service.clone(),
                self.principal.name.clone(),
                self.principal.address.clone(),
                self.principal.contact(),
                self.agent.name.clone(),
                self.agent.address.clone(),
                self.agent.contact(),
                self.relation.clone(),
                self.entrusted.clone(),
            ],
        );
        Page {
            closing: lang.pick(
                "위와 같이 민원의 신청 등에 관한 일을 위임합니다.",
                "I entrust the agent with the above.",
            ),
            date: day_or_blank(self.on, lang),
            signs: vec![Row::new(
                lang.pick("위임하는 사람", "Principal"),
                self.principal.name.clone(),
            )],
            addressed: addressed(&self.to, lang),
            guidance: AUTHORIZATION.guidance(
                lang,
                [lang
                    .pick(
                        "위임받는 사람은 신분증명서를 함께 보여 주시기 바랍니다. 주민등록번호는 적지 않습니다.",
                        "The agent shows a proof of identity. Resident numbers are not written here.",
                    )
                    .to_owned()],
            ),
            ..Page::of(&AUTHORIZATION, lang, &self.to, rows)
        }
    }
}

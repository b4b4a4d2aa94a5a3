//! 인계인수서 — what an official hands over to whom, with the signatures of 인계자, 인수자 and 확인자.
//!
//! No statute draws this form; an agency may lay its own sheet in place of ours (`Press::with_sheet("handover", …)`).

use crate::parts;
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::handover::{ItemState, Part};
use domain::life::Life;
use domain::time::At;
use serde::Serialize;

/// 인계인수서.
#[derive(Debug, Clone)]
pub struct HandoverSheet {
    /// 행정기관명
    pub agency: String,
    /// What tells it from every other sheet.
    pub ident: String,
    /// 인계일시; `At::NEVER` while it is under way.
    pub handed_over_at: At,
    /// 인계자
    pub giver: Signed,
    /// 인수자
    pub receivers: Vec<Signed>,
    /// 확인자
    pub witness: Signed,
    /// What is handed over.
    pub rows: Vec<Row>,
    /// 특이사항; may be empty.
    pub note: String,
    /// When it was printed.
    pub drawn_up: At,
}

/// Somebody who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// 소속·직위·성명
    pub who: String,
    /// When they confirmed in the system; `None` leaves the place for a hand-written signature.
    pub at: Option<At>,
    /// Whether they confirmed to have read the working manuals.
    pub manuals: bool,
}

/// One petition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// 처리 or 결재.
    pub part: Part,
    /// 접수번호, else 신청번호.
    pub number: String,
    /// 제목; empty where the one who prints may not see it.
    pub title: String,
    /// 처리기한: the first moment that is late; `At::NEVER` where none runs.
    pub due: At,
    /// 상태
    pub life: Option<Life>,
    /// 비고
    pub remarks: String,
    /// 인수자
    pub receiver: String,
    /// Whether it was handed over.
    pub state: ItemState,
}

impl HandoverSheet {
    /// Prints the sheet.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        let columns = [
            ("순번", "No.", 4),
            ("구분", "What", 5),
            ("번호", "Number", 12),
            ("제목", "Title", 30),
            ("처리기한", "Due", 15),
            ("상태", "State", 8),
            ("인수자", "To", 8),
            ("비고", "Remarks", 18),
        ];
        let rows = (self.rows.iter().zip(1_usize..))
            .map(|(row, n)| row.cells(n, lang))
            .collect();
        let sign = |label: &'static str, signed: &Signed| Sign {
            label,
            who: signed.who.clone(),
            confirmed: signed.confirmed(lang),
        };
        let mut signs = vec![sign(lang.pick("인계자", "Handed over by"), &self.giver)];
        signs.extend(
            (self.receivers.iter()).map(|receiver| sign(lang.pick("인수자", "Taken over by"), receiver)),
        );
        signs.push(sign(lang.pick("확인자", "Witness"), &self.witness));
        let n = self.rows.len();
        let facts = Facts {
            lang,
            title: lang.pick("민원사무 인계인수서", "Hand-over of petitions"),
            agency: &self.agency,
            when: match lang {
                Lang::Ko => format!("인계일시 {}", parts::moment(self.handed_over_at, lang)),
                Lang::En => format!("Handed over {}", parts::moment(self.handed_over_at, lang)),
            },
            count: match lang {
                Lang::Ko => format!("모두 {n}건"),
                Lang::En => format!("{n} petitions"),
            },
            columns: (columns.into_iter())
                .map(|(ko, en, width)| Column {
                    label: lang.pick(ko, en),
                    width,
                })
                .collect(),
            rows,
            note_label: lang.pick("특이사항", "Please note"),
            note: &self.note,
            closing: lang.pick(
                "위와 같이 업무를 인계·인수하였음을 확인합니다.",
                "The work above has been handed over and taken over.",
            ),
            signs,
            sign_here: lang.pick("(서명)", "(signature)"),
            missing_note: parts::missing_note(lang),
        };
        press.print(Job {
            paper: "handover",
            ident: format!("handover:{}:{}", self.ident, self.drawn_up.0),
            drawn_up: self.drawn_up,
            facts: &facts,
            qr: None,
            seal: None,
        })
    }
}

impl Signed {
    fn confirmed(&self, lang: Lang) -> String {
        let Some(at) = self.at else {
            return String::new();
        };
        let when = parts::moment(at, lang);
        match (lang, self.manuals) {
            (Lang::Ko, false) => format!("전자 확인 {when}"),
            (Lang::Ko, true) => format!("전자 확인 {when}, 업무편람 읽음"),
            (Lang::En, false) => format!("confirmed {when}"),
            (Lang::En, true) => format!("confirmed {when}, manuals read"),
        }
    }
}

impl Row {
    fn cells(&self, n: usize, lang: Lang) -> Vec<String> {
        let part = match self.part {
            Part::Case => lang.pick("처리", "handling"),
            Part::Signature => lang.pick("결재", "signing"),
        };
        let life = self.life.map_or("-", |life| match life {
            Life::Filed => lang.pick("신청", "filed"),
            Life::Received => lang.pick("접수", "received"),
            Life::Distributed => lang.pick("배부", "distributed"),
            Life::InHandling => lang.pick("처리 중", "in handling"),
            Life::Held => lang.pick("불산입 중", "clock held"),
            Life::Concluded => lang.pick("처리 완료", "concluded"),
        });
        let refused = (self.state == ItemState::Refused)
            .then(|| lang.pick("인계하지 못함", "not handed over").to_owned());
        let remarks = [refused, Some(self.remarks.clone()).filter(|r| !r.is_empty())];
        vec![
            n.to_string(),
            part.to_owned(),
            self.number.clone(),
            if self.title.is_empty() {
                "-".to_owned()
            } else {
                self.title.clone()
            },
            parts::due(self.due, lang),
            life.to_owned(),
            self.receiver.clone(),
            remarks.into_iter().flatten().collect::<Vec<_>>().join(", "),
        ]
    }
}

#[derive(Serialize)]
struct Column {
    label: &'static str,
    width: u8,
}

#[derive(Serialize)]
struct Sign {
    label: &'static str,
    who: String,
    confirmed: String,
}

/// What the sheet reads.
#[derive(Serialize)]
struct Facts<'a> {
    lang: Lang,
    title: &'static str,
    agency: &'a str,
    when: String,
    count: String,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    note_label: &'static str,
    note: &'a str,
    closing: &'static str,
    signs: Vec<Sign>,
    sign_here: &'static str,
    missing_note: &'static str,
}

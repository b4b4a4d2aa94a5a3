//! 시행문 — the official letter all notices are sent as (행정업무의 운영 및 혁신에 관한 규정 제7조, 제13조; 시행규칙 제2조,
//! 제4조, 별지 제1호서식).
//!
//! A notice gives the text; this gives head, “끝.”, sender, drafting block, number, address, contact and disclosure.

use crate::body::{self, Block, Item};
use crate::hwpx::Values;
use crate::parts::{self, Attestation, Officer, Row, Said, Seal};
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::{korean, papers::Form, time::At};
use jiff::civil::Date;
use serde::Serialize;

/// What every letter says, whatever it is about.
#[derive(Debug, Clone)]
pub struct Letter {
    /// 행정기관명, at the head: “서울특별시”.
    pub agency: String,
    /// 수신: “홍길동 귀하”.
    pub to: String,
    /// 경유; `None` for most letters, the word is printed all the same.
    pub via: Option<String>,
    /// 붙임: “현장 사진 1부.” each.
    pub attachments: Vec<String>,
    /// 발신명의: “서울특별시장”.
    pub sender: String,
    /// 관인
    pub seal: Seal,
    /// 기안자, 검토자, 협조자, 결재권자 in the order they signed.
    pub signatures: Vec<Signature>,
    /// 문서번호: “시민봉사담당관-16175”.
    pub number: String,
    /// 시행일; also the creation date of the file.
    pub issued: Date,
    /// 우편번호
    pub postcode: String,
    /// 도로명주소
    pub address: String,
    /// 누리집
    pub homepage: String,
    /// 전화; digits get their hyphens.
    pub telephone: String,
    /// 전송 (fax); may be empty.
    pub fax: String,
    /// 전자우편
    pub email: String,
    /// 공개구분
    pub disclosure: Disclosure,
    /// 보존기간, in years; 0 where it is not said. Not printed on the letter: for templates and outside systems.
    pub retention_years: u16,
    /// The petition this letter is about.
    pub petition: Petition,
    /// 담당자 (영 제31조)
    pub officer: Officer,
    /// The signed statement by which the letter can be checked.
    pub attestation: Option<Attestation>,
}

/// The petition a letter is about.
#[derive(Debug, Clone)]
pub struct Petition {
    /// 접수번호
    pub reception_number: String,
    /// 민원명
    pub service: String,
    /// 접수일시
    pub received_at: At,
}

/// One name in the drafting block.
#[derive(Debug, Clone)]
pub struct Signature {
    /// In what part.
    pub seat: Seat,
    /// 직위(직급): “민원총괄팀장”.
    pub position: String,
    /// 성명
    pub name: String,
}

/// The part a signature plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// 기안자
    Drafter,
    /// 검토자
    Reviewer,
    /// 협조자
    Concurrer,
    /// 결재권자, by what authority and when.
    Approver(Authority, Date),
}

/// By what right the approver signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// 결재, as head of the agency.
    Own,
    /// 전결, delegated by the agency's rules.
    Delegated,
    /// 대결, for one who is absent.
    StandIn,
    /// 전결 signed 대결: the delegate was absent.
    DelegatedStandIn,
}

/// 공개구분 (공공기관의 정보공개에 관한 법률 제9조).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disclosure {
    /// 공개
    Public,
    /// 부분공개, with its ground: “6”.
    Partial(String),
    /// 비공개, with its ground.
    Closed(String),
}

impl Letter {
    /// Sets this letter with its text.
    pub(crate) fn print(&self, press: &Press, lang: Lang, text: Composed) -> Result<Printed, NotPrinted> {
        let (paper, subject) = (text.form.code, text.subject.clone());
        let facts = self.facts(lang, &subject, text);
        press.print(Job {
            paper: "letter",
            ident: format!("{paper}:{}:{}", self.number, self.issued),
            drawn_up: At::seoul(self.issued.at(0, 0, 0, 0)),
            facts: &facts,
            qr: self.attestation.as_ref().map(|said| said.statement.as_str()),
            seal: self.seal.picture(),
        })
    }

    fn facts<'a>(&'a self, lang: Lang, subject: &'a str, text: Composed) -> Facts<'a> {
        let mut body = text.body();
        let mut attachments = self.attachments.clone();
        let end = lang.pick("\u{a0}\u{a0}끝.", "\u{a0}\u{a0}End.");
        match (attachments.last_mut(), body::last_text(&mut body)) {
            (Some(last), _) | (None, Some(last)) => last.push_str(end),
            (None, None) => body.push(Block::Paragraph {
                text: end.trim().to_owned(),
            }),
        }
        Facts {
            lang,
            title: subject,
            agency: &self.agency,
            label_width: match lang {
                Lang::Ko => 3.6,
                Lang::En => 5.6,
            },
            to: Row::new(lang.pick("수신", "To"), self.to.clone()),
            via: Row::new(lang.pick("(경유)", "(Via)"), self.via.clone().unwrap_or_default()),
            subject: Row::new(lang.pick("제목", "Subject"), subject.to_owned()),
            body,
            attachments_label: lang.pick("붙임", "Attached"),
            attachments,
            sender: &self.sender,
            seal: self.seal.words(lang),
            seal_alt: lang.pick("관인", "official seal"),
            signatures: self
                .signatures
                .iter()
                .map(|signature| signature.signed(lang))
                .collect(),
            foot: self.foot(lang),
            attestation: self.attestation.as_ref().map(|said| said.said(lang)),
            missing_note: parts::missing_note(lang),
        }
    }

    /// What stands in the letter, for a template of the office: head and foot, the text whole and in its parts.
    pub(crate) fn values(&self, text: Composed) -> Values {
        let lang = Lang::Ko;
        let mut values = Values::default();
        for (name, value) in &text.items {
            values.set(name, value.as_str());
        }
        for (name, entries) in &text.lists {
            let entry = |(n, text): (usize, &String)| {
                vec![
                    ("순번".to_owned(), (n + 1).to_string()),
                    ("내용".to_owned(), text.clone()),
                ]
            };
            values.group(name, entries.iter().enumerate().map(entry).collect());
        }
        values.set("머리말", text.opening.as_str());
        values.set("안내", text.advice.join("\n"));
        let subject = text.subject.clone();
        let facts = self.facts(lang, &subject, text);
        values.set("본문", body::plain(&facts.body));
        values.set("붙임", facts.attachments.join("\n"));
        let signed = |wanted: &[&str]| {
            let of = facts
                .signatures
                .iter()
                .filter(|signed| wanted.contains(&signed.seat));
            let names = of.map(|signed| {
                let parts = [
                    signed.position,
                    signed.mark.as_deref().unwrap_or_default(),
                    signed.name,
                ];
                parts
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ")
            });
            names.collect::<Vec<_>>().join(", ")
        };
        let disclosure = self.disclosure.words(lang);
        for (name, value) in [
            ("기관명", self.agency.clone()),
            ("수신", self.to.clone()),
            ("경유", self.via.clone().unwrap_or_default()),
            ("제목", subject.clone()),
            ("발신명의", self.sender.clone()),
            ("관인", self.seal.words(lang).unwrap_or_default().to_owned()),
            ("기안자", signed(&["기안자"])),
            ("검토자", signed(&["검토자"])),
            ("협조자", signed(&["협조자"])),
            ("결재권자", signed(&["결재권자"])),
            ("문서번호", self.number.clone()),
            ("시행일", korean::plain_date(self.issued)),
            ("접수번호", self.petition.reception_number.clone()),
            ("민원명", self.petition.service.clone()),
            ("접수일시", parts::moment(self.petition.received_at, lang)),
            ("우편번호", self.postcode.clone()),
            ("주소", self.address.clone()),
            ("누리집", self.homepage.clone()),
            ("전화", korean::phone(&self.telephone)),
            ("전송", korean::phone(&self.fax)),
            ("전자우편", self.email.clone()),
            ("공개구분", disclosure),
            (
                "보존기간",
                match self.retention_years {
                    0 => String::new(),
                    years => format!("{years}년"),
                },
            ),
            ("담당자", self.officer.line()),
            (
                "진위 확인",
                self.attestation
                    .as_ref()
                    .map_or_else(String::new, |said| said.statement.clone()),
            ),
        ] {
            values.set(name, value);
        }
        values
    }

    fn foot(&self, lang: Lang) -> Vec<Vec<Row>> {
        let row = |ko, en, value: String| Row::new(lang.pick(ko, en), value);
        let issued = match lang {
            Lang::Ko => korean::plain_date(self.issued),
            Lang::En => parts::day(self.issued, lang),
        };
        let received = self
            .petition
            .received_at
            .date()
            .map_or_else(|| "-".to_owned(), |date| parts::day(date, lang));
        let disclosure = self.disclosure.words(lang);
        let mut foot = vec![
            vec![
                row(
                    "시행",
                    "Issued",
                    // A letter that is no document of its own in the register of documents has only its day.
                    if self.number.is_empty() {
                        issued
                    } else {
                        format!("{} ({issued})", self.number)
                    },
                ),
                row(
                    "접수",
                    "Received",
                    format!("{} ({received})", self.petition.reception_number),
                ),
            ],
            vec![
                row("우", "Post code", format!("{} {}", self.postcode, self.address)),
                row("", "", self.homepage.clone()),
            ],
            vec![
                row("전화", "Tel.", korean::phone(&self.telephone)),
                row("전송", "Fax", korean::phone(&self.fax)),
                row("전자우편", "Mail", self.email.clone()),
                row("", "", disclosure),
            ],
            vec![row("담당자", "Official in charge", self.officer.line())],
        ];
        for line in &mut foot {
            line.retain(|cell| !cell.value.trim().is_empty());
        }
        foot
    }
}

impl Disclosure {
    fn words(&self, lang: Lang) -> String {
        let (word, ground) = match self {
            Disclosure::Public => (lang.pick("공개", "public"), ""),
            Disclosure::Partial(ground) => (lang.pick("부분공개", "public in part"), ground.as_str()),
            Disclosure::Closed(ground) => (lang.pick("비공개", "not public"), ground.as_str()),
        };
        match (ground, lang) {
            ("", _) => word.to_owned(),
            (ground, Lang::Ko) => format!("{word}({ground})"),
            (ground, Lang::En) => format!("{word} ({ground})"),
        }
    }
}

/// The text of a letter, in its parts.
pub(crate) struct Composed {
    /// The paper.
    pub form: &'static Form,
    /// 제목
    pub subject: String,
    /// What an official drafted.
    pub drafted: Vec<Block>,
    /// The sentence that leads to the items; empty where a draft does.
    pub opening: String,
    /// Labels and values.
    pub items: Vec<(&'static str, String)>,
    /// Headings with their items.
    pub lists: Vec<(&'static str, Vec<String>)>,
    /// What else is to be said, each.
    pub advice: Vec<String>,
}

impl Composed {
    /// The whole text: the draft, and numbered items after it.
    fn body(self) -> Vec<Block> {
        let mut body = self.drafted;
        let mut items = Vec::new();
        if !self.opening.is_empty() {
            let labelled = self
                .items
                .into_iter()
                .map(|(label, value)| format!("{label}: {value}"));
            items.push((self.opening, labelled.collect()));
        }
        items.extend(
            self.lists
                .into_iter()
                .map(|(heading, texts)| (heading.to_owned(), texts)),
        );
        items.extend(self.advice.into_iter().map(|text| (text, Vec::new())));
        numbered(&mut body, items);
        body
    }
}

impl Signature {
    fn signed(&self, lang: Lang) -> Signed<'_> {
        let (seat, mark) = match self.seat {
            Seat::Drafter => (lang.pick("기안자", "Drafted"), None),
            Seat::Reviewer => (lang.pick("검토자", "Reviewed"), None),
            Seat::Concurrer => (lang.pick("협조자", "Concurred"), None),
            Seat::Approver(authority, on) => {
                let right = match authority {
                    Authority::Own => "",
                    Authority::Delegated => lang.pick("전결 ", "by delegation "),
                    Authority::StandIn => lang.pick("대결 ", "for the absent "),
                    Authority::DelegatedStandIn => lang.pick("전결(대결) ", "by delegation, for the absent "),
                };
                let on = match lang {
                    Lang::Ko => korean::plain_date(on),
                    Lang::En => parts::day(on, lang),
                };
                (lang.pick("결재권자", "Approved"), Some(format!("{right}{on}")))
            }
        };
        Signed {
            seat,
            position: &self.position,
            name: &self.name,
            mark,
        }
    }
}

/// Outermost items in a row, numbered from `first`, each with its lettered items; for texts the system writes itself.
fn numbered(body: &mut Vec<Block>, items: Vec<(String, Vec<String>)>) {
    let first = body::next_number(body);
    for (n, (text, under)) in items.into_iter().enumerate() {
        let letters = under
            .into_iter()
            .enumerate()
            .map(|(k, text)| Item {
                mark: korean::item_mark(1, k + 1).unwrap_or_default(),
                text,
                under: Vec::new(),
            })
            .collect::<Vec<_>>();
        let under = if letters.is_empty() {
            Vec::new()
        } else {
            vec![Block::Items { items: letters }]
        };
        body::add(
            body,
            0,
            Item {
                mark: format!("{}.", first + n),
                text,
                under,
            },
        );
    }
}

/// Texts as a lettered list, one a line: “가. …”.
pub(crate) fn numbered_text(texts: &[String]) -> String {
    let lines = texts.iter().enumerate().map(|(n, text)| {
        let mark = korean::item_mark(1, n + 1).unwrap_or_default();
        format!("{mark} {text}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What the letter sheet reads.
#[derive(Serialize)]
struct Facts<'a> {
    lang: Lang,
    title: &'a str,
    agency: &'a str,
    /// In em of the text: the widest label of the head.
    label_width: f64,
    to: Row,
    via: Row,
    subject: Row,
    body: Vec<Block>,
    attachments_label: &'static str,
    attachments: Vec<String>,
    sender: &'a str,
    seal: Option<&'static str>,
    seal_alt: &'static str,
    signatures: Vec<Signed<'a>>,
    foot: Vec<Vec<Row>>,
    attestation: Option<Said<'a>>,
    missing_note: &'static str,
}

#[derive(Serialize)]
struct Signed<'a> {
    seat: &'static str,
    position: &'a str,
    name: &'a str,
    mark: Option<String>,
}

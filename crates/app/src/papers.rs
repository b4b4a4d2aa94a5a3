//! 문서 — the facts of a case as papers: which of them fit it, and what each says, as PDF or in the office's template.
//!
//! Each carries a signed statement of the event it rests on, so that anyone can see later that it was not made up.

pub mod dress;
mod letters;
pub mod register;

use crate::act::{ActError, Call};
use crate::desk::Case;
use crate::{App, Trouble};
use crypto::attestation::Attestation;
use documents::authorization::Authorization;
use documents::extension_notice::ExtensionNotice;
use documents::filing_confirmation::{self, FilingConfirmation};
use documents::letter::{Authority, Disclosure, Letter, Seat, Signature};
use documents::objection::Objection;
use documents::parts::{Officer, Seal};
use documents::press::{Lang, NotPrinted, Press, Printed};
use documents::progress_notice::ProgressNotice;
use documents::receipt::{Guidance, Receipt};
use documents::result_notice::{Outcome as Result_, Remedy, ResultNotice};
use documents::supplement_request::SupplementRequest;
use domain::access::Who;
use domain::event::Event;
use domain::form::show::{self, Tongue};
use domain::id::{OfficialId, PetitionId};
use domain::petition::{Draft, Petition};
use domain::terms::{By, Kind, Mark, Openness, Outcome};
use domain::time::At;
use std::sync::OnceLock;
use store::office::Unit;

/// 인쇄실 — fonts and templates of papers, read when the first paper is asked for.
pub struct Pressroom {
    load: Box<dyn Fn() -> Result<Press, String> + Send + Sync>,
    press: OnceLock<Result<Press, String>>,
}

impl Pressroom {
    /// A press that `load` makes. `serve` asks for it at once, so that missing fonts are told at the start.
    pub fn new(load: impl Fn() -> Result<Press, String> + Send + Sync + 'static) -> Pressroom {
        Pressroom {
            load: Box::new(load),
            press: OnceLock::new(),
        }
    }

    /// The same press for papers that bear a mark. Errors: what `load` said.
    pub(crate) fn marked(room: &Pressroom, mark: &str) -> Result<Pressroom, Trouble> {
        let press = room.press()?.marked(mark);
        Ok(Pressroom {
            load: Box::new(|| Err("a marked press is there already".to_owned())),
            press: OnceLock::from(Ok(press)),
        })
    }

    /// The press. Errors: what `load` said.
    pub fn press(&self) -> Result<&Press, Trouble> {
        self.press
            .get_or_init(|| (self.load)())
            .as_ref()
            .map_err(|error| Trouble::Broken(error.clone()))
    }
}

/// A paper of a petition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 신청 확인.
    Filing,
    /// 접수증 (별지 제2호서식).
    Receipt,
    /// 위임장 (별지 제3호서식), with what is known of the petition.
    Authorization,
    /// 처리기간 연장 통지 (별지 제5호서식).
    Extension,
    /// 처리진행상황 통지 (별지 제6호서식).
    Progress,
    /// 보완 요구서.
    Supplement,
    /// 처리결과 통지; before it is sent, a preview for officials.
    Result,
    /// 거부처분 이의신청서 (별지 제11호서식), with what is known of the refusal.
    Objection,
}

impl Paper {
    /// Every paper of a petition, in the order of its life.
    pub const ALL: &'static [Paper] = &[
        Paper::Filing,
        Paper::Receipt,
        Paper::Authorization,
        Paper::Supplement,
        Paper::Extension,
        Paper::Progress,
        Paper::Result,
        Paper::Objection,
    ];

    /// The name in addresses and file names: the code of its form.
    pub const fn code(self) -> &'static str {
        match self {
            Paper::Filing => "filing_confirmation",
            Paper::Receipt => "receipt",
            Paper::Authorization => "authorization",
            Paper::Extension => "extension_notice",
            Paper::Progress => "progress_notice",
            Paper::Supplement => "supplement_request",
            Paper::Result => "result_notice",
            Paper::Objection => "objection",
        }
    }

    /// Whether there is such a paper of this petition now, for officials.
    pub fn fits(self, p: &Petition) -> bool {
        match self {
            Paper::Filing => true,
            Paper::Receipt => p.reception.is_some(),
            Paper::Authorization => p.life.is_open(),
            Paper::Extension => p.reception.is_some() && !p.extensions.is_empty(),
            // 영 제23조: after 30 days and whenever the petitioner asks, so for every petition in handling.
            Paper::Progress => p.reception.is_some() && p.life.is_open(),
            Paper::Supplement => p.reception.is_some() && p.supplements > 0,
            Paper::Result => p.reception.is_some() && p.draft.is_some(),
            // 법 제35조제1항: a statutory petition that was refused.
            Paper::Objection => {
                p.kind == Kind::Statutory
                    && p.answered()
                    && p.end
                        .is_some_and(|end| matches!(end.outcome, Outcome::Refused | Outcome::NotAccepted))
            }
        }
    }
}

impl std::str::FromStr for Paper {
    type Err = domain::terms::UnknownCode;
    fn from_str(code: &str) -> Result<Paper, Self::Err> {
        (Paper::ALL.iter().copied())
            .find(|p| p.code() == code)
            .ok_or(domain::terms::UnknownCode)
    }
}

/// A paper with its facts, to be printed or filled into a template.
enum Drawn {
    Filing(FilingConfirmation),
    Receipt(Receipt),
    Authorization(Authorization),
    Extension(ExtensionNotice),
    Progress(ProgressNotice),
    Supplement(SupplementRequest),
    Result(ResultNotice),
    Objection(Objection),
}

/// Does the same with whichever paper it is.
macro_rules! whichever {
    ($drawn:expr, $paper:ident => $what:expr) => {
        match $drawn {
            Drawn::Filing($paper) => $what,
            Drawn::Receipt($paper) => $what,
            Drawn::Authorization($paper) => $what,
            Drawn::Extension($paper) => $what,
            Drawn::Progress($paper) => $what,
            Drawn::Supplement($paper) => $what,
            Drawn::Result($paper) => $what,
            Drawn::Objection($paper) => $what,
        }
    };
}

impl From<NotPrinted> for ActError {
    fn from(error: NotPrinted) -> ActError {
        ActError::Trouble(Trouble::Broken(error.to_string()))
    }
}

impl App {
    /// Prints a paper of a petition. `NotFound` when there is nothing to print yet, or for one who may not know.
    pub async fn paper(
        &self,
        who: &Who,
        id: PetitionId,
        paper: Paper,
        lang: Lang,
        call: &Call,
    ) -> Result<Printed, ActError> {
        let drawn = self.drawn(who, id, paper, lang, call).await?;
        let press = self.press.press()?;
        Ok(whichever!(drawn, paper => paper.print(press, lang))?)
    }

    /// The same paper in Korean as a document of the word processor (.hwpx), in the office's template or the one that comes
    /// with the program.
    pub async fn paper_hwpx(
        &self,
        who: &Who,
        id: PetitionId,
        paper: Paper,
        call: &Call,
    ) -> Result<Vec<u8>, ActError> {
        let drawn = self.drawn(who, id, paper, Lang::Ko, call).await?;
        let values = whichever!(&drawn, paper => paper.values());
        let template = self.template_of(paper.code(), None).await?;
        template
            .fill(&values)
            .map_err(|unfit| Trouble::Broken(unfit.to_string()).into())
    }

    /// Prints the certificate of what was destroyed at a request, whatever of its petitions is left.
    pub fn print_erasure_certificate(
        &self,
        certificate: &documents::erasure_certificate::ErasureCertificate,
        lang: Lang,
    ) -> Result<Vec<u8>, ActError> {
        let press = self.press.press()?;
        Ok(certificate.print(press, lang)?.pdf)
    }

    async fn drawn(
        &self,
        who: &Who,
        id: PetitionId,
        paper: Paper,
        lang: Lang,
        call: &Call,
    ) -> Result<Drawn, ActError> {
        if let Some(room) = self.elsewhere(who, id).await? {
            return Box::pin(room.drawn(who, id, paper, lang, call)).await;
        }
        let case = self.case(who, id, call).await?;
        if !paper.fits(&case.petition) {
            return Err(ActError::NotFound);
        }
        let dress = self.dress().await?;
        Ok(match paper {
            Paper::Filing => Drawn::Filing(self.filing_confirmation(&case, lang)?),
            Paper::Receipt => Drawn::Receipt(Receipt {
                seal: dress.seal,
                ..self.receipt(&case, lang)?
            }),
            Paper::Authorization => Drawn::Authorization(self.authorization(&case, lang)),
            Paper::Extension => Drawn::Extension(self.extension_notice(&case, dress, lang)?),
            Paper::Progress => Drawn::Progress(self.progress_notice(&case, dress, lang)?),
            Paper::Supplement => Drawn::Supplement(self.supplement_request(&case, dress, lang)?),
            Paper::Result => {
                let sent = case.petition.end.is_some() && case.petition.line.is_some();
                if !sent && !matches!(who, Who::Official(_)) {
                    return Err(ActError::NotFound);
                }
                let mut notice = self.result_notice(&case, lang)?;
                dress.on(&mut notice.letter);
                Drawn::Result(notice)
            }
            Paper::Objection => Drawn::Objection(self.objection(&case, lang)),
        })
    }

    /// The signed statement about the last event that `pick` chooses.
    fn attested(
        &self,
        case: &Case,
        lang: Lang,
        pick: impl Fn(&Event) -> bool,
    ) -> Option<documents::parts::Attestation> {
        let entry = case.journal.iter().rfind(|entry| pick(&entry.recorded.event))?;
        let attestation = Attestation {
            petition: case.petition.id,
            seq: entry.recorded.seq.into(),
            event: entry.hash,
            commitment: case.petition.title.commitment,
            recorded_at: entry.recorded.recorded_at,
        };
        let signed = attestation.sign(&self.here.keys().signer);
        let pages = self.office().settings.agency.address_of_pages.clone();
        let how = match lang {
            Lang::Ko => format!("이 문서의 진위는 {pages}/verify 에서 확인하실 수 있습니다."),
            Lang::En => format!("Whether this paper is genuine can be checked at {pages}/verify."),
        };
        Some(documents::parts::Attestation {
            statement: attestation.to_text(&signed),
            how,
        })
    }

    fn service_name(&self, case: &Case, lang: Lang) -> String {
        let office = self.office();
        let service = office.services.get(&case.petition.service);
        service
            .map(|s| {
                if lang == Lang::En {
                    s.name.en.clone()
                } else {
                    s.name.ko.clone()
                }
            })
            .unwrap_or_default()
    }

    /// 신청인 as papers name them: a company with its representative, a minor with the guardian, an agent behind.
    fn applicant(case: &Case, lang: Lang) -> String {
        let known = case.contact.as_ref().map_or("", |c| c.name.as_str());
        let names = crate::party::names(&case.petition, &case.texts);
        let shown = names.on_paper(&case.petition.intake.party, known, lang == Lang::En);
        if shown.is_empty() { "-".to_owned() } else { shown }
    }

    fn filing_confirmation(&self, case: &Case, lang: Lang) -> Result<FilingConfirmation, ActError> {
        let p = &case.petition;
        let office = self.office();
        let expected = case.journal.first().and_then(|entry| match entry.recorded.event {
            Event::Filed { expected, .. } => expected,
            _ => None,
        });
        let period = office.services.get(&p.service).and_then(|s| s.sure_period());
        let period = period.or_else(|| office.law().period_of_kind(p.kind));
        Ok(FilingConfirmation {
            agency: office.settings.agency.name.clone(),
            filing_number: p.number.to_string(),
            service: self.service_name(case, lang),
            applicant: Self::applicant(case, lang),
            answers: (self.filled_in(p.form, &case.texts))
                .map(|(form, answers)| show::parts(form, &answers, tongue(lang)))
                .unwrap_or_default()
                .into_iter()
                .flat_map(|part| part.rows)
                .collect(),
            filed_at: p.filed_at,
            receive_by: p.receive_by.unwrap_or(At::NEVER),
            period: period
                .map(|period| words(period, lang))
                .unwrap_or_else(|| to_be_told(lang)),
            expected_due: expected.unwrap_or(At::NEVER),
            law: if p.kind.is_petition() {
                filing_confirmation::Law::Petitions
            } else {
                filing_confirmation::Law::Disclosure
            },
            attestation: self.attested(case, lang, |event| matches!(event, Event::Filed { .. })),
        })
    }

    fn receipt(&self, case: &Case, lang: Lang) -> Result<Receipt, ActError> {
        let p = &case.petition;
        let reception = p.reception.ok_or(ActError::NotFound)?;
        let office = self.office();
        let service = office.services.get(&p.service);
        let documents = service
            .map(|service| service.owed_documents().join(", "))
            .unwrap_or_default();
        let due = domain::korean::due(reception.due).unwrap_or_default();
        let (complete, procedure, visit) = match lang {
            Lang::Ko => (
                "구비서류가 없습니다.",
                "접수, 배부, 담당자 지정, 처리, 결과 통지 순서로 처리합니다.",
                "현장 확인이 필요하면 미리 알려 드립니다.",
            ),
            Lang::En => (
                "No papers are needed.",
                "Reception, distribution, handling, answer.",
                "You will be told before anyone comes to look.",
            ),
        };
        let unit = p.unit.and_then(|id| office.unit(id)).or(office.petition_office());
        Ok(Receipt {
            agency: office.settings.agency.name.clone(),
            seal: Seal::Omitted,
            reception_number: reception.number.to_string(),
            filing_number: p.number.to_string(),
            service: self.service_name(case, lang),
            applicant: Self::applicant(case, lang),
            others: 0,
            received_at: reception.at,
            period: words(reception.period, lang),
            due_at: reception.due,
            lead_unit: unit.map(|u| unit_name(u, lang)).unwrap_or_default(),
            officer: p.handler.and_then(|id| self.officer(id, lang)),
            guidance: Guidance {
                documents: if documents.is_empty() {
                    complete.to_owned()
                } else {
                    documents
                },
                procedure: procedure.to_owned(),
                expected: due,
                visit: visit.to_owned(),
            },
            attestation: self.attested(case, lang, |event| matches!(event, Event::Received { .. })),
        })
    }

    fn officer(&self, id: OfficialId, lang: Lang) -> Option<Officer> {
        let office = self.office();
        let person = office.person(id)?;
        let unit = office.unit_of(id).and_then(|unit| office.units.get(&unit));
        Some(Officer {
            unit: unit.map(|u| unit_name(u, lang)).unwrap_or_default(),
            name: person.name.clone(),
            phone: person.phone.clone(),
        })
    }

    fn signature(&self, id: OfficialId, seat: Seat) -> Option<Signature> {
        let office = self.office();
        let person = office.person(id)?;
        Some(Signature {
            seat,
            position: person.title.clone(),
            name: person.name.clone(),
        })
    }

    fn signatures(&self, case: &Case, draft: &Draft) -> Vec<Signature> {
        let mut all = Vec::new();
        if let By::Official(id) = draft.by {
            all.extend(self.signature(id, Seat::Drafter));
        }
        if let Some(line) = &case.petition.line {
            for (n, signer) in line.signers.iter().enumerate() {
                let Some(at) = line.signed_at.get(n).and_then(|at| at.date()) else {
                    continue;
                };
                // 시행규칙 제7조: who signs in the place of somebody away is named, with “대결”.
                let stood_in = line.stood_in.iter().find(|stood| stood.step as usize == n);
                let seat = match (signer.mark, stood_in) {
                    (Mark::Review, _) => Seat::Reviewer,
                    (Mark::Concur, _) => Seat::Concurrer,
                    (Mark::Delegated, None) => Seat::Approver(Authority::Delegated, at),
                    (Mark::Decide, None) => Seat::Approver(Authority::Own, at),
                    (Mark::Delegated, Some(_)) => Seat::Approver(Authority::DelegatedStandIn, at),
                    (Mark::Decide, Some(_)) => Seat::Approver(Authority::StandIn, at),
                };
                all.extend(self.signature(stood_in.map_or(signer.official, |stood| stood.by), seat));
            }
        }
        all
    }

    /// 처리결과 통지 as its draft stands. `NotFound` before there is a draft and a reception.
    pub fn result_notice(&self, case: &Case, lang: Lang) -> Result<ResultNotice, ActError> {
        let p = &case.petition;
        let draft = p.draft.ok_or(ActError::NotFound)?;
        let office = self.office();
        let text = |text: Option<domain::text::Text>| {
            text.and_then(|t| case.texts.text(t))
                .unwrap_or_default()
                .to_owned()
        };
        let document = p.line.as_ref().and_then(|line| line.document);
        let number = document.map_or_else(
            || "-".to_owned(),
            |d| {
                format!(
                    "{}-{}",
                    office.unit(d.unit).map(|u| u.name.as_str()).unwrap_or_default(),
                    d.n
                )
            },
        );
        let drafter = match draft.by {
            By::Official(id) => Some(id),
            By::Citizen(_) | By::Machine(_) | By::System => None,
        };
        let issued = p
            .end
            .map_or(draft.at, |end| end.sent_at)
            .date()
            .ok_or(ActError::NotFound)?;
        let service = self.service_name(case, lang);
        let group = office
            .services
            .get(&p.service)
            .map_or("", |service| &service.group);
        let [ko, en] = draft.outcome.word(group);
        let outcome = if draft.outcome.owes_reasons() {
            Result_::Refused {
                reasons: lines(&text(draft.reasons)),
                remedies: lines(&text(draft.remedies))
                    .into_iter()
                    .map(Remedy::Other)
                    .collect(),
            }
        } else {
            Result_::Answered
        };
        Ok(ResultNotice {
            letter: Letter {
                signatures: self.signatures(case, &draft),
                number,
                disclosure: match draft.openness {
                    Openness::Public => Disclosure::Public,
                    Openness::Private => Disclosure::Closed(String::new()),
                },
                attestation: self.attested(case, lang, |event| {
                    matches!(event, Event::Answered { .. } | Event::Drafted { .. })
                }),
                ..self.letter(case, issued, drafter, lang)?
            },
            subject: match lang {
                Lang::Ko if !p.kind.is_petition() => format!("정보공개 결정 통지({ko})"),
                Lang::En if !p.kind.is_petition() => {
                    format!("Decision on your request for disclosure ({en})")
                }
                Lang::Ko if p.kind == Kind::Statutory => format!("민원 처리결과 알림({service}: {ko})"),
                Lang::En if p.kind == Kind::Statutory => format!("Result of your petition ({service}: {en})"),
                Lang::Ko => format!("민원 처리결과 알림({service})"),
                Lang::En => format!("Result of your petition ({service})"),
            },
            text: text(Some(draft.body)),
            outcome,
        })
    }
}

fn tongue(lang: Lang) -> Tongue {
    match lang {
        Lang::Ko => Tongue::Ko,
        Lang::En => Tongue::En,
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn unit_name(unit: &Unit, lang: Lang) -> String {
    if lang == Lang::En {
        unit.name_en.clone()
    } else {
        unit.name.clone()
    }
}

pub(crate) fn words(period: domain::due::Period, lang: Lang) -> String {
    if lang == Lang::En {
        period.to_string()
    } else {
        period.korean()
    }
}

fn to_be_told(lang: Lang) -> String {
    match lang {
        Lang::Ko => "접수할 때 알려 드립니다".to_owned(),
        Lang::En => "told at reception".to_owned(),
    }
}

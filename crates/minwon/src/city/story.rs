//! 이야기 한 편 — one petition of a told past: its steps with their moments, and each step as an act of the right person.

use super::cast::{Team, who};
use super::sample::{Material, Sample};
use super::step::Step;
use super::year::Earlier;
use app::App;
use app::act::{ActError, Call, Petitioner};
use app::words::Raw;
use domain::access::Who;
use domain::act::{Act, Answer, Filing};
use domain::due::{Cause, Ground, Period};
use domain::event::Signer;
use domain::id::{OfficialId, PersonId, PetitionId, UnitId};
use domain::petition::Petition;
use domain::petition::letter::DelayCause;
use domain::terms::{District, EntryPoint, Kind, Mark, Openness, Opinion, Outcome, Repeat, Seat, Verdict};
use domain::time::At;
use jiff::ToSpan;
use std::collections::VecDeque;
use std::sync::Arc;
use store::person::Contact;

/// Who asks.
#[derive(Debug, Clone)]
pub enum Asker {
    /// A citizen with a verified telephone number, by web.
    Known(PersonId),
    /// Somebody an official writes down: name and telephone.
    Written(String, String),
}

/// One petition and what will happen to it.
pub struct Story {
    /// Its place among the stories.
    pub n: usize,
    /// Steps not yet taken, with their moments, in order.
    pub steps: VecDeque<(At, Step)>,
    /// What it is about.
    pub sample: Arc<Sample>,
    /// Where it is about.
    pub district: Option<District>,
    /// By which door.
    pub entry: EntryPoint,
    /// Who asks.
    pub asker: Asker,
    /// Who receives it for the city.
    pub clerk: OfficialId,
    /// Who handles it.
    pub team: Team,
    /// A department that is not in charge.
    pub astray: Team,
    /// The period entered at reception, where the catalogue has none confirmed.
    pub entered: Option<Period>,
    /// A number that varies what is said.
    pub flavour: usize,
    /// The petition, once filed.
    pub petition: Option<PetitionId>,
    /// What the same person filed before in the same words; for those who file again.
    pub earlier: Option<Earlier>,
}

const SEND_BACK: &[&str] = &[
    "사무분장상 우리 부서 소관이 아니므로 재배부하여 주시기 바랍니다.",
    "현장이 우리 부서 관리 구간이 아니어서 소관 부서로 다시 배부하여 주시기 바랍니다.",
];
const ASK: &[&str] = &[
    "위치를 정확히 확인할 수 있도록 주소나 약도를 보내 주시기 바랍니다.",
    "확인에 필요한 사진 또는 증빙서류를 보내 주시기 바랍니다.",
];
const GIVEN: &[&str] = &[
    "요청하신 주소는 가상대로 27, 1층 출입구 앞입니다.",
    "말씀하신 서류의 내용을 적어 보냅니다. 확인 부탁드립니다.",
];
const EXTEND: &[&str] = &[
    "현장 확인과 관계자 의견을 듣는 데 시간이 더 필요하여 처리기간을 연장합니다.",
    "관계 부서의 자료를 받아 사실관계를 확인하여야 하므로 처리기간을 연장합니다.",
];
const HOLD: &[&str] = &[
    "전문기관의 검토 결과를 기다리고 있습니다.",
    "관계인의 의견을 듣는 절차를 진행하고 있습니다.",
];
const CONSULT: &[&str] = &[
    "귀 부서가 관리하는 구간에 대한 조치 계획을 알려 주시기 바랍니다.",
    "관계 법령에 대한 귀 부서의 의견을 알려 주시기 바랍니다.",
];
const OPINION: &[&str] = &[
    "검토한 결과 이견이 없습니다.",
    "다음 달 정비 계획에 포함할 예정이니 답변에 반영하여 주시기 바랍니다.",
];
const EXCUSE: &[&str] = &[
    "현장 확인이 늦어졌습니다. 이번 주 안에 답변드리겠습니다.",
    "관계 기관의 회신을 기다리느라 늦어졌습니다. 바로 처리하겠습니다.",
];
const OBJECTION: &[&str] = &[
    "제출한 서류에 기준을 갖추었음이 나타나 있으니 다시 살펴 주십시오.",
    "같은 조건의 다른 신청은 허가된 것으로 압니다. 다시 검토하여 주십시오.",
];
const VERDICT: &[&str] =
    &["제출하신 자료를 다시 검토하였습니다. 당초 처분의 근거와 사실관계를 함께 살펴 이와 같이 결정합니다."];
const FURTHER: &[&str] = &[
    "공사가 언제 끝나는지도 알려 주십시오.",
    "말씀하신 예산이 올해 예산인지 궁금합니다.",
];
const FURTHER_ANSWER: &[&str] = &[
    "추가로 문의하신 일정은 다음 달 말까지 마칠 예정임을 알려 드립니다.",
    "올해 예산에 반영되어 있으며, 진행되는 대로 다시 안내드리겠습니다.",
];
const REFUSAL: &[&str] = &[
    "관계 법령에서 정한 시설 기준을 갖추지 못하였습니다.",
    "신청하신 장소가 법령에서 정한 제한 구역에 해당합니다.",
];
const TURN_BACK: &[&str] = &[
    "근거 조문을 함께 적어 다시 올려 주시기 바랍니다.",
    "현장 확인 결과를 답변에 구체적으로 적어 주시기 바랍니다.",
];
const REMARK: &[&str] = &["검토하였습니다.", "시민이 알기 쉽게 잘 정리하였습니다."];
const WITHDRAW: &[&str] = &[
    "문제가 해결되어 취하합니다.",
    "다른 방법으로 처리하기로 하였습니다.",
];
const AGENCIES: &[(&str, &str)] = &[
    ("가온경찰서", "교통 단속은 경찰의 사무이므로 이송합니다."),
    (
        "한빛교육지원청",
        "학교 시설에 관한 사항은 교육청 소관이므로 이송합니다.",
    ),
    (
        "국도관리사무소",
        "국도 구간의 관리는 그 기관의 소관이므로 이송합니다.",
    ),
];
/// Scores with the words that go with them; most people who rate are content.
const RATINGS: &[(u32, &str)] = &[
    (5, "빠르게 처리해 주셔서 고맙습니다."),
    (4, ""),
    (5, ""),
    (3, "답변은 이해했지만 시간이 오래 걸렸습니다."),
    (4, "설명이 자세해서 좋았습니다."),
    (5, "현장까지 나와 주셔서 감사합니다."),
    (4, "친절하게 안내해 주셨습니다."),
    (2, "제가 물은 것과 조금 다른 답변이었습니다."),
    (5, ""),
    (4, ""),
    (1, "해결된 것이 없습니다."),
    (3, ""),
    (5, "덕분에 아이들이 안전하게 다닙니다."),
    (4, ""),
];
const RETURNED: &str = "보완을 요구하였으나 정한 기간까지 보완되지 않아 처리할 수 없습니다.";
const RETURNED_ANSWER: &str = "1. 귀하께서 신청하신 민원에 대하여 안내드립니다.\n\
    2. 보완을 요구하였으나 정한 기간까지 보완되지 않아 「민원 처리에 관한 법률 시행령」 제25조제1항에 따라 되돌려 드립니다.\n\
    3. 필요한 사항을 갖추어 다시 신청하시면 처음부터 성실히 검토하겠습니다.  끝.";
const REMEDY: &str = "이 결정에 이의가 있으시면 이 통지를 받으신 날부터 90일 이내에 행정심판을 청구하시거나 행정소송을 제기하실 수 있습니다.";

impl Story {
    fn say(&self, words: &[&str]) -> Raw {
        Raw::text(words[self.flavour % words.len()])
    }

    /// One of three lets others read it.
    fn openness(&self) -> Openness {
        let shown = matches!(self.sample.kind, Kind::Inquiry | Kind::Suggestion | Kind::Other);
        if shown && self.flavour.is_multiple_of(3) {
            Openness::Public
        } else {
            Openness::Private
        }
    }

    /// Takes one step, at the moment that the story's clock shows.
    pub async fn take(&mut self, app: &App, material: &Material, step: Step) -> anyhow::Result<()> {
        let call = Call::default();
        if step == Step::File {
            let (by, petitioner, filing) = self.filing(app, material)?;
            let filed = app.file(&by, petitioner, filing, &call).await?;
            self.petition = Some(filed.id);
            if let Some(earlier) = &self.earlier
                && let Ok(mut earlier) = earlier.lock()
            {
                earlier.push(filed.id);
            }
            return Ok(());
        }
        let Some(id) = self.petition else { return Ok(()) };
        // A reading of the petition as it stands: who must sign next, what was asked.
        let p = app.places.live.head(id).await?.map(|head| head.petition);
        let p = p.ok_or_else(|| anyhow::anyhow!("a petition of the demo is missing"))?;
        let (by, act) = self.act(app, material, &p, step)?;
        match app.act(&by, id, act, &call).await {
            Ok(_) => Ok(()),
            Err(ActError::Refused(_) | ActError::NotFound) if step.is_aside() => Ok(()),
            Err(ActError::Refused(refusal)) => {
                // The story ends here, as it would for anybody; the petition stands where it stands.
                tracing::warn!(
                    ?step,
                    refusal = refusal.code(),
                    story = self.n,
                    "a step of the demo was refused"
                );
                self.steps.clear();
                Ok(())
            }
            Err(other) => Err(other.into()),
        }
    }

    /// What is filed, by whom, for whom.
    pub fn filing(&self, app: &App, material: &Material) -> anyhow::Result<(Who, Petitioner, Filing<Raw>)> {
        let (by, petitioner, person) = match &self.asker {
            Asker::Known(person) => (Who::Citizen(*person), Petitioner::Known(*person), *person),
            Asker::Written(name, phone) => {
                let contact = Contact {
                    name: name.clone(),
                    phone: Some(phone.clone()),
                    language: "ko".to_owned(),
                    ..Contact::default()
                };
                let nobody = PersonId(uuid::Uuid::nil());
                (
                    who(&app.office(), self.clerk, app.now())?,
                    Petitioner::New(contact),
                    nobody,
                )
            }
        };
        let filing = Filing {
            service: self.sample.service,
            entry: self.entry,
            field: material.field(&self.sample),
            district: self.district,
            person,
            title: Raw::text(&self.sample.title),
            body: Raw::optional(&self.sample.body),
            place: None,
            files: Vec::new(),
            form: None,
            openness: self.openness(),
            happened: None,
            split_from: None,
            intake: Default::default(),
        };
        Ok((by, petitioner, filing))
    }

    /// A step as an act, and who does it.
    pub fn act(
        &self,
        app: &App,
        material: &Material,
        p: &Petition,
        step: Step,
    ) -> anyhow::Result<(Who, Act<Raw>)> {
        let office = app.office();
        let today = app.now().date().unwrap_or_default();
        let official = |id: OfficialId| who(&office, id, app.now());
        let citizen = Who::Citizen(p.person);
        let handler = || official(self.team.handler);
        let signer = || official(p.signer().map_or(self.team.approver, |signer| signer.official));
        let later = |days: i32| today.saturating_add(days.days());
        let distribute = |unit: UnitId| Act::Distribute { unit };
        Ok(match step {
            Step::File => anyhow::bail!("a petition is filed once"),
            Step::Receive => (
                official(self.clerk)?,
                Act::Receive {
                    kind: self.sample.kind,
                    period: self.entered,
                },
            ),
            Step::DistributeAstray => (official(self.clerk)?, distribute(self.astray.unit)),
            Step::Distribute => (official(self.clerk)?, distribute(self.team.unit)),
            Step::SendBack => (
                official(self.astray.receiver)?,
                Act::SendBack {
                    reason: self.say(SEND_BACK),
                },
            ),
            Step::UnitReceive => (official(self.team.receiver)?, Act::UnitReceive),
            Step::Designate => (
                official(self.team.receiver)?,
                Act::Designate {
                    handler: self.team.handler,
                },
            ),
            Step::Ask(days) => (
                handler()?,
                Act::AskSupplement {
                    what: match &self.sample.supplement {
                        Some(what) => Raw::text(what),
                        None => self.say(ASK),
                    },
                    until: later(days),
                },
            ),
            Step::Prolong => {
                let until = p.supplement.map_or(today, |open| open.until);
                (
                    citizen,
                    Act::ProlongSupplement {
                        until: until.saturating_add(5.days()),
                    },
                )
            }
            Step::Supplement => (
                citizen,
                Act::Supplement {
                    note: Some(self.say(GIVEN)),
                    files: Vec::new(),
                },
            ),
            Step::Hold => (
                handler()?,
                Act::Hold {
                    ground: if self.sample.kind == Kind::Grievance {
                        Ground::FieldInvestigation
                    } else if self.flavour.is_multiple_of(2) {
                        Ground::Examination
                    } else {
                        Ground::Hearing
                    },
                    note: Some(self.say(HOLD)),
                },
            ),
            Step::Resume => (handler()?, Act::Resume),
            Step::Extend => {
                let period = p.reception.map_or(1, |r| r.period.number());
                (
                    handler()?,
                    Act::Extend {
                        n: period.div_ceil(2),
                        ground: self.cause(&office, p),
                        reason: self.say(EXTEND),
                    },
                )
            }
            Step::Consent => (citizen, Act::ConsentExtension),
            Step::Decline => (citizen, Act::DeclineExtension),
            Step::Draft => (handler()?, Act::Draft(self.answer(material))),
            Step::DraftReturn => (handler()?, Act::Draft(self.returned())),
            Step::SendUp => (
                handler()?,
                Act::SendUp {
                    line: vec![
                        Signer {
                            official: self.team.reviewer,
                            mark: Mark::Review,
                        },
                        Signer {
                            official: self.team.approver,
                            mark: Mark::Delegated,
                        },
                    ],
                },
            ),
            Step::SendUpWide => (
                handler()?,
                Act::SendUp {
                    line: vec![
                        Signer {
                            official: self.team.reviewer,
                            mark: Mark::Review,
                        },
                        Signer {
                            official: self.astray.handler,
                            mark: Mark::Concur,
                        },
                        Signer {
                            official: self.team.approver,
                            mark: Mark::Decide,
                        },
                    ],
                },
            ),
            Step::Sign => (
                signer()?,
                Act::Sign {
                    comment: self.flavour.is_multiple_of(4).then(|| self.say(REMARK)),
                },
            ),
            Step::TurnBack => (
                signer()?,
                Act::TurnBack {
                    reason: self.say(TURN_BACK),
                },
            ),
            Step::Recall => (handler()?, Act::Recall),
            Step::Answer => (handler()?, Act::Answer),
            Step::AnswerAtOnce => (
                official(self.clerk)?,
                Act::AnswerAtOnce(Answer {
                    outcome: Outcome::Answered,
                    ..self.answer(material)
                }),
            ),
            Step::DraftRefused => (handler()?, Act::Draft(self.refused(material))),
            Step::DraftRepeated => (handler()?, Act::Draft(self.repeated(material))),
            Step::LinkEarlier => {
                let known = self.earlier.as_ref().and_then(|known| known.lock().ok());
                let earlier = known.map_or_else(Vec::new, |known| {
                    known.iter().copied().filter(|id| *id != p.id).collect()
                });
                let repeat = Repeat::Repeated;
                (handler()?, Act::LinkEarlier { repeat, earlier })
            }
            Step::AskConsult => (
                handler()?,
                Act::AskConsult {
                    unit: self.astray.unit,
                    what: self.say(CONSULT),
                    reply_by: later(2),
                },
            ),
            Step::ReplyConsult => (
                official(self.astray.receiver)?,
                Act::ReplyConsult {
                    no: p.open_consults().next().map_or(1, |consult| consult.no),
                    opinion: Opinion::Agree,
                    text: self.say(OPINION),
                    files: Vec::new(),
                },
            ),
            Step::Dun => {
                let examiner = office.holders(Seat::Examiner, None).into_iter().min();
                (
                    official(examiner.ok_or_else(|| anyhow::anyhow!("the demo has no examiner"))?)?,
                    Act::IssueDunning {
                        reply_by: later(3),
                        note: None,
                    },
                )
            }
            Step::ConfirmDun | Step::ReplyDun => {
                let to = p.letters.last().and_then(|letter| letter.to.first().copied());
                let act = if step == Step::ConfirmDun {
                    Act::ConfirmDunning
                } else {
                    Act::ReplyDunning {
                        cause: DelayCause::ALL[self.flavour % DelayCause::ALL.len()],
                        planned: Some(later(4)),
                        text: self.say(EXCUSE),
                    }
                };
                (official(to.unwrap_or(self.team.approver))?, act)
            }
            Step::Object => (
                citizen,
                Act::Object {
                    reason: self.say(OBJECTION),
                    received: p.end.and_then(|end| end.concluded_at.date()).unwrap_or(today),
                    files: Vec::new(),
                },
            ),
            Step::DecideObjection => (
                handler()?,
                Act::DecideObjection {
                    verdict: if self.flavour.is_multiple_of(3) {
                        Verdict::Upheld
                    } else {
                        Verdict::Dismissed
                    },
                    reason: self.say(VERDICT),
                    remedies: Raw::text(REMEDY),
                },
            ),
            Step::AskFurther => (
                citizen,
                Act::AskFurther {
                    what: self.say(FURTHER),
                },
            ),
            Step::AnswerFurther => (
                handler()?,
                Act::AnswerFurther {
                    body: self.say(FURTHER_ANSWER),
                },
            ),
            Step::Publish => (
                handler()?,
                Act::Publish {
                    title: Raw::text(&self.sample.title),
                    question: Raw::text(&self.sample.body),
                    answer: Raw::text(&self.sample.answer),
                },
            ),
            Step::Read => (citizen, Act::ReadAnswer),
            Step::Rate => {
                let (score, comment) = RATINGS[self.flavour % RATINGS.len()];
                (
                    citizen,
                    Act::Rate {
                        score,
                        comment: Raw::optional(comment),
                    },
                )
            }
            Step::Withdraw => (
                citizen,
                Act::Withdraw {
                    reason: Some(self.say(WITHDRAW)),
                },
            ),
            Step::Transfer => {
                let (agency, reason) = AGENCIES[self.flavour % AGENCIES.len()];
                (
                    official(self.clerk)?,
                    Act::Transfer {
                        agency: Raw::text(agency),
                        reason: Raw::text(reason),
                        report_by: None,
                    },
                )
            }
        })
    }

    /// A ground on which this petition may be extended: the law of its reception decides.
    fn cause(&self, office: &app::office::Office, p: &Petition) -> Cause {
        let received = p.reception.and_then(|r| r.at.date()).unwrap_or_default();
        let law = office.law();
        [Cause::FactFinding, Cause::Cooperation, Cause::Unavoidable]
            .into_iter()
            .find(|cause| law.cause_applies(*cause, self.sample.kind, received).is_ok())
            .unwrap_or(Cause::FactFinding)
    }

    fn answer(&self, material: &Material) -> Answer<Raw> {
        let sample = &self.sample;
        // A return is decided only after a supplement has lapsed; otherwise the same petition is refused.
        let outcome = match (sample.outcome, sample.kind) {
            (Outcome::Returned, Kind::Statutory) => Outcome::Refused,
            (Outcome::Returned, _) => Outcome::Answered,
            (outcome, _) => outcome,
        };
        let owed = outcome.owes_reasons();
        let remedy = material.remedy(sample.kind, outcome).unwrap_or(REMEDY);
        Answer {
            outcome,
            body: Raw::text(&sample.answer),
            reasons: sample.reason.as_deref().filter(|_| owed).map(Raw::text),
            remedies: owed.then(|| Raw::text(remedy)),
            openness: self.openness(),
            exception: None,
        }
    }

    /// Refused, whatever the sample says.
    fn refused(&self, material: &Material) -> Answer<Raw> {
        let sample = &self.sample;
        let remedy = material.remedy(sample.kind, Outcome::Refused).unwrap_or(REMEDY);
        let reason = sample
            .reason
            .as_deref()
            .map_or_else(|| self.say(REFUSAL), Raw::text);
        Answer {
            outcome: Outcome::Refused,
            body: Raw::text(&format!(
                "1. 귀하께서 신청하신 “{}”에 대하여 검토한 결과를 알려 드립니다.\n2. 아래 사유로 신청하신 대로 처리할 수 없음을 \
                 알려 드리니 양해하여 주시기 바랍니다.  끝.",
                sample.title
            )),
            reasons: Some(reason),
            remedies: Some(Raw::text(remedy)),
            openness: Openness::Private,
            exception: None,
        }
    }

    fn repeated(&self, material: &Material) -> Answer<Raw> {
        let remedy = material
            .remedy(self.sample.kind, Outcome::ClosedRepeated)
            .unwrap_or(REMEDY);
        Answer {
            outcome: Outcome::ClosedRepeated,
            body: Raw::text(
                "1. 귀하께서 같은 내용으로 다시 내신 민원입니다.\n2. 이미 두 차례 답변드린 것과 사정이 달라지지 않아 「민원 처리에 관한 \
                 법률」 제23조제1항에 따라 종결합니다.  끝.",
            ),
            reasons: Some(Raw::text("같은 내용의 민원을 두 번 이상 답변드렸습니다.")),
            remedies: Some(Raw::text(remedy)),
            openness: Openness::Private,
            exception: None,
        }
    }

    fn returned(&self) -> Answer<Raw> {
        Answer {
            outcome: Outcome::Returned,
            body: Raw::text(RETURNED_ANSWER),
            reasons: Some(Raw::text(RETURNED)),
            remedies: Some(Raw::text(REMEDY)),
            openness: Openness::Private,
            exception: None,
        }
    }
}

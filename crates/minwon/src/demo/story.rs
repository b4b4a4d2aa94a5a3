//! 이야기 한 편 — one petition of the demo: its steps with their moments, and each step as an act of the right person.

use super::cast::{Team, who};
use super::fate::Step;
use super::sample::{Material, Sample};
use app::App;
use app::act::{ActError, Call, Petitioner};
use app::words::Raw;
use domain::access::Who;
use domain::act::{Act, Answer, Filing};
use domain::due::{Cause, Ground, Period};
use domain::event::Signer;
use domain::id::{OfficialId, PersonId, PetitionId, UnitId};
use domain::petition::Petition;
use domain::terms::{District, EntryPoint, Kind, Mark, Openness, Outcome};
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

    /// Takes one step, at the moment that the story's clock shows.
    pub async fn take(&mut self, app: &App, material: &Material, step: Step) -> anyhow::Result<()> {
        let call = Call::default();
        if step == Step::File {
            let filed = self.file(app, material, &call).await?;
            self.petition = Some(filed.id);
            return Ok(());
        }
        let Some(id) = self.petition else { return Ok(()) };
        // A reading of the petition as it stands: who must sign next, what was asked.
        let p = app.places.live.head(id).await?.map(|head| head.petition);
        let p = p.ok_or_else(|| anyhow::anyhow!("a petition of the demo is missing"))?;
        let (by, act) = self.act(app, material, &p, step)?;
        match app.act(&by, id, act, &call).await {
            Ok(_) => Ok(()),
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

    async fn file(&self, app: &App, material: &Material, call: &Call) -> anyhow::Result<Petition> {
        let office = app.office();
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
                    who(&office, self.clerk, app.now())?,
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
            openness: if self.flavour.is_multiple_of(3) {
                Openness::Public
            } else {
                Openness::Private
            },
            happened: None,
            split_from: None,
            intake: Default::default(),
        };
        Ok(app.file(&by, petitioner, filing, call).await?)
    }

    /// A step as an act, and who does it.
    fn act(
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

//! 민원 카드 — one petition with all that an official needs: where it stands, who asks, what for, what may be done.
//!
//! It is longer than 600 lines because the card shows everything about a petition.

use super::{
    Bar, CaseHead, Flag, HOSTILE, Here, Person, Remaining, at, endless, handbook::Manual, timeline::Entry,
    why::Why,
};
use crate::view::{
    Message, View,
    citizen::{
        filing::FileRow,
        sheet::{Part, parts_sample},
    },
    proceeding::{Panel, panel_sample},
    shared::Shares,
};
use domain::{
    due::Left,
    life::{Deed, Life},
    refusal::Refusal,
    terms::{EntryPoint, Kind, Mark, Openness, Outcome},
    time::At,
};
use jiff::civil::Date;
use serde::Serialize;

/// 민원인, masked until an official asks to see, which is logged.
#[derive(Debug, Clone, Serialize)]
pub struct Petitioner {
    /// Name, masked or not: “홍*동”.
    pub name: String,
    /// 휴대전화; empty if none.
    pub phone: String,
    /// 전자우편; empty if none.
    pub mail: String,
    /// 주소; empty if none.
    pub address: String,
    /// 민원인 구분, 대리인, 송달 방법 …
    pub traits: Vec<Trait>,
    /// Whether they are masked.
    pub masked: bool,
}

/// One thing said about the petitioner.
#[derive(Debug, Clone, Serialize)]
pub struct Trait {
    /// What.
    pub label: Message,
    /// Its value.
    pub value: Message,
}

impl Trait {
    fn samples() -> Vec<Trait> {
        let said = |label: &str, value: Message| Trait {
            label: Message::new(label),
            value,
        };
        let text = |text: &str| Message::new("plain-text").with("text", text);
        vec![
            said("party-sort", Message::new("sort-company")),
            said("party-filer", Message::new("filer-agent")),
            said("party-power", Message::new("power-missing")),
            said("party-name", text("한빛건설 주식회사")),
            said("party-business", text("123-45-67891")),
            said("party-delivery", Message::new("delivery-post")),
        ]
    }
}

/// 보완 요구, while open.
#[derive(Debug, Clone, Serialize)]
pub struct Asked {
    /// 1, or 2 for 재보완.
    pub round: u32,
    /// What is missing.
    pub what: String,
    /// 보완 기한
    pub until: Date,
    /// How often the citizen asked for more time.
    pub prolonged: u32,
    /// The day has passed without an answer.
    pub lapsed: bool,
}

/// 보완으로 받은 것.
#[derive(Debug, Clone, Serialize)]
pub struct Given {
    /// When.
    pub at: At,
    /// In words; may be empty.
    pub note: String,
    /// Papers.
    pub files: Vec<FileRow>,
}

/// 기안.
#[derive(Debug, Clone, Serialize)]
pub struct Draft {
    /// 1, 2, …
    pub version: u32,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: At,
    /// Outcome proposed.
    pub outcome: Outcome,
    /// 본문
    pub body: String,
    /// 사유; empty if none.
    pub reasons: String,
    /// 구제절차; empty if none.
    pub remedies: String,
    /// 공개 구분
    pub openness: Openness,
}

/// How a signature stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 마침
    Signed,
    /// 차례
    Awaited,
    /// 대기
    ToCome,
}

/// 결재선의 한 자리.
#[derive(Debug, Clone, Serialize)]
pub struct SignerRow {
    /// Who.
    pub person: Person,
    /// 검토, 협조, 전결, 결재
    pub mark: Mark,
    /// How it stands.
    pub standing: Standing,
    /// When it was signed.
    pub at: Option<At>,
    /// A remark; may be empty.
    pub comment: String,
    /// 대결자, who signed in their place, and when the absent one confirmed it (후결).
    pub stood_in: Option<(String, Option<At>)>,
}

/// 공람자.
#[derive(Debug, Clone, Serialize)]
pub struct ReaderRow {
    /// Who.
    pub person: Person,
    /// When they confirmed that they have read it.
    pub read_at: Option<At>,
}

/// 처리 결과.
#[derive(Debug, Clone, Serialize)]
pub struct End {
    /// 처리 완료 시각
    pub concluded_at: At,
    /// 시행·통지한 때
    pub sent_at: At,
    /// 민원인이 읽은 때
    pub read_at: Option<At>,
    /// 문서번호; empty where no document went out.
    pub document: String,
}

/// 만족도.
#[derive(Debug, Clone, Serialize)]
pub struct Rating {
    /// 1–5.
    pub score: u32,
    /// In words; may be empty.
    pub comment: String,
}

/// An act that is possible now.
#[derive(Debug, Clone, Serialize)]
pub struct Offer {
    /// Which.
    pub deed: Deed,
    /// Its name here: “재배부”, “재보완 요구”, “전결” … (see `Offer::of`).
    pub label: Message,
    /// Whether it needs nothing but the button (부서 접수, 불산입 종료, 회수).
    pub direct: bool,
    /// Whether it is the expected next one.
    pub primary: bool,
    /// Whether it is seldom done, and so stands folded away.
    pub rare: bool,
}

impl Offer {
    /// The act under its usual name.
    pub fn of(deed: Deed) -> Offer {
        Offer {
            deed,
            label: Message::new(format!("deed-{deed}")),
            direct: matches!(deed, Deed::UnitReceive | Deed::Resume | Deed::Recall),
            primary: false,
            rare: is_rare(deed),
        }
    }
}

/// Acts beside the main road: an official looks for them, and need not look past them.
const fn is_rare(deed: Deed) -> bool {
    matches!(
        deed,
        Deed::RuleJurisdiction
            | Deed::LinkEarlier
            | Deed::RecordBoard
            | Deed::Convert
            | Deed::Refer
            | Deed::MarkUndelivered
            | Deed::DeemWithdrawn
            | Deed::TellProgress
            | Deed::MarkMass
            | Deed::ChooseRepresentatives
            | Deed::TakeIn
            | Deed::SplitOff
            | Deed::Amend
            | Deed::Rectify
            | Deed::Object
            | Deed::CorrectConclusion
            | Deed::Narrow
            | Deed::Protect
            | Deed::Unprotect
            | Deed::Publish
            | Deed::Unpublish
            | Deed::Circulate
            | Deed::Entrust
            | Deed::TakeBack
            | Deed::HandOver
            | Deed::ReplaceSigner
            | Deed::CorrectParty
            | Deed::QueueMail
            | Deed::SendMail
            | Deed::EndMail
    )
}

/// 딸린 일 — what goes on beside the main road, or did.
#[derive(Debug, Clone, Serialize)]
pub struct Aside {
    /// What, with its day and state.
    pub what: Message,
    /// What was written about it; empty if nothing.
    pub text: String,
    /// Whether somebody still has to do something.
    pub open: bool,
}

/// Acts that are not possible now for one and the same reason.
#[derive(Debug, Clone, Serialize)]
pub struct NotNow {
    /// Which.
    pub deeds: Vec<Deed>,
    /// Why: the words are keyed `refusal-<code>`.
    pub refusal: Refusal,
    /// The clause; empty where the house draws the line.
    pub clause: String,
}

impl NotNow {
    /// What the domain said.
    pub fn of(deeds: &[Deed], refusal: Refusal) -> NotNow {
        NotNow {
            deeds: deeds.to_vec(),
            refusal,
            clause: refusal.clause().to_owned(),
        }
    }
}

/// 무결성 — what the journal proves.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    /// Chain and commitments were checked on this reading and hold.
    pub sound: bool,
    /// How many events.
    pub events: u32,
    /// The hash of the last one, in hexadecimal.
    pub hash: String,
    /// The root over it: its day and number; `None` while not yet sealed.
    pub root: Option<(Date, u64)>,
}

/// 민원 카드.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// The menu.
    pub bar: Bar,
    /// Numbers, title, service, life, due, what is left.
    pub head: CaseHead,
    /// The event this page was read at; acts carry it back so that a conflict is seen.
    pub seq: u32,
    /// A new idempotency key for the direct acts of this page, one per page.
    pub key: String,
    /// 표시
    pub flags: Vec<Flag>,
    /// By which door.
    pub entry: EntryPoint,
    /// 분야; may be empty.
    pub field: String,
    /// 지역; may be empty.
    pub district: String,
    /// 공개 구분 chosen by the petitioner.
    pub openness: Openness,
    /// 신청한 때
    pub filed_at: At,
    /// 접수한 때
    pub received_at: Option<At>,
    /// 처리기간: “7일”; empty before reception.
    pub period: String,
    /// The due date given at reception, where it has moved since.
    pub original_due: Option<At>,
    /// Why it is due then; `None` before reception.
    pub why: Option<Why>,
    /// 주관부서; empty before distribution.
    pub unit: String,
    /// 처리담당자
    pub handler: Option<Person>,
    /// How often it was sent back.
    pub sent_back: u32,
    /// 민원인
    pub petitioner: Petitioner,
    /// 내용
    pub body: String,
    /// 장소; may be empty.
    pub place: String,
    /// 작성된 서식; empty where the service has none.
    pub parts: Vec<Part>,
    /// 구비서류 of the form that are not there.
    pub missing: Vec<String>,
    /// 첨부
    pub files: Vec<FileRow>,
    /// 업무 매뉴얼 of the service, at the step at hand.
    pub manual: Option<Manual>,
    /// 보완으로 받은 것, oldest first.
    pub given: Vec<Given>,
    /// 보완 요구
    pub asked: Option<Asked>,
    /// 불산입 사유 while held on another ground: words keyed `ground-<code>`, and what is awaited.
    pub held: Option<(domain::due::Ground, String)>,
    /// 동의를 기다리는 연장: how much (“7일”) and why.
    pub proposal: Option<(String, String)>,
    /// 기안
    pub draft: Option<Draft>,
    /// 결재선
    pub line: Vec<SignerRow>,
    /// 공람
    pub readers: Vec<ReaderRow>,
    /// 업무대행자, who handles it while the handler is away.
    pub stand_in: Option<Person>,
    /// 처리 결과
    pub end: Option<End>,
    /// 만족도
    pub rating: Option<Rating>,
    /// 딸린 일: 협조, 이의신청, 추가답변, 결과 회보, 병합, 동일 민원
    pub asides: Vec<Aside>,
    /// 할 수 있는 일
    pub offers: Vec<Offer>,
    /// 지금은 할 수 없는 일
    pub not_now: Vec<NotNow>,
    /// 처리 경과, oldest first.
    pub entries: Vec<Entry>,
    /// 무결성
    pub proof: Proof,
    /// 지난 민원: the older register, repetition, like ones.
    pub past: super::past::Past,
    /// 행정정보 공동이용.
    pub shares: Shares,
    /// 특별절차.
    pub proceedings: Panel,
    /// 문서: names keyed `desk-paper-<name>` (`draft`, and the codes of the forms).
    pub papers: Vec<String>,
}

/// A petition's head for samples.
pub(crate) fn head(life: Life, left: Option<Left>) -> CaseHead {
    CaseHead {
        number: "20260914-7K3F2-QD2XA".into(),
        reception: (life != Life::Filed).then(|| "2026-004212".into()),
        title: "상가 앞 보도 일부를 공사 자재 적치 장소로 쓰고자 점용 허가를 신청합니다".into(),
        service: "도로점용 허가".into(),
        kind: Kind::Statutory,
        life,
        outcome: (life == Life::Concluded).then_some(Outcome::Refused),
        due_at: matches!(
            life,
            Life::Filed | Life::Received | Life::Distributed | Life::InHandling
        )
        .then(|| at(2026, 9, 29, 0, 0)),
        remaining: Remaining::of(left, life),
    }
}

impl View for Case {
    const TEMPLATE: &'static str = "desk/case.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let file = |id: &str, name: &str, size| FileRow {
            id: id.into(),
            name: name.into(),
            size,
            cleaned: false,
            standing: Some("waiting"),
        };
        let handler = || Person::sample("h1", "배도담", "주무관", "도로시설과");
        let offer = |deed, primary| Offer {
            primary,
            ..Offer::of(deed)
        };
        let handling = Case {
            bar: Bar { here: Here::Work, approvals: 4 },
            head: head(Life::InHandling, Some(Left::Days(6))),
            seq: 6,
            key: "0197c0de".into(),
            flags: vec![Flag::Supplemented],
            entry: EntryPoint::Web,
            field: "도로·교통".into(),
            district: "가람구".into(),
            openness: Openness::Private,
            filed_at: at(2026, 9, 14, 9, 12),
            received_at: Some(at(2026, 9, 14, 10, 40)),
            period: "7일".into(),
            original_due: Some(at(2026, 9, 23, 0, 0)),
            why: Some(Why::sample()),
            unit: "도로시설과".into(),
            handler: Some(handler()),
            sent_back: 1,
            petitioner: Petitioner {
                name: "남*숙".into(),
                phone: "010-****-5678".into(),
                mail: "na*****@example.com".into(),
                address: String::new(),
                traits: Trait::samples(),
                masked: true,
            },
            body: "가람로 12 상가 앞 보도 약 6㎡를 2026년 10월 12일부터 10월 30일까지 외벽 수선 공사의 자재를 두는 곳으로 쓰고자 합니다.\n\n보행자가 지나갈 폭 1.5m를 남기고 안전 울타리를 치겠습니다.".into(),
            place: "가람구 가람로 12".into(),
            parts: parts_sample(),
            missing: vec!["정관".into()],
            manual: Some(Manual::sample()),
            files: vec![file("f1", "점용 위치도.pdf", 1_500_000), file("f2", "<b>현장 사진</b>.jpg", 319_488)],
            given: vec![Given {
                at: at(2026, 9, 16, 16, 2),
                note: "위치도와 계획서를 보냅니다.".into(),
                files: vec![file("f3", "공사 계획서.hwpx", 48_200)],
            }],
            asked: None,
            held: None,
            proposal: None,
            draft: None,
            line: vec![],
            readers: vec![],
            stand_in: None,
            end: None,
            rating: None,
            asides: vec![
                Aside {
                    what: Message::new("aside-consult")
                        .with("no", 1)
                        .with("unit", "공원과")
                        .with("until", "2026. 9. 18."),
                    text: HOSTILE.into(),
                    open: true,
                },
                Aside {
                    what: Message::new("aside-earlier").with("n", 2),
                    text: String::new(),
                    open: false,
                },
            ],
            offers: vec![
                offer(Deed::Draft, true),
                offer(Deed::AskSupplement, false),
                offer(Deed::Hold, false),
                offer(Deed::Extend, false),
                offer(Deed::Reclassify, false),
                offer(Deed::Transfer, false),
            ],
            not_now: vec![
                NotNow::of(&[Deed::SendUp], Refusal::NoDraft),
                NotNow::of(&[Deed::Answer, Deed::Recall], Refusal::NotApproved),
                NotNow::of(&[Deed::Distribute], Refusal::UnitHasReceived),
            ],
            entries: super::timeline::sample(),
            proof: Proof {
                sound: true,
                events: 6,
                hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
                root: Some((jiff::civil::date(2026, 9, 16), 41)),
            },
            shares: Shares::default(),
            proceedings: Panel::default(),
            past: super::past::Past::default(),
            papers: vec!["filing_confirmation".into(), "receipt".into(), "supplement_request".into()],
        };
        let filed = Case {
            head: CaseHead {
                title: HOSTILE.into(),
                kind: Kind::Other,
                service: "불편 신고".into(),
                ..head(Life::Filed, Some(Left::Minutes(400)))
            },
            received_at: None,
            period: String::new(),
            original_due: None,
            why: None,
            unit: String::new(),
            handler: None,
            sent_back: 0,
            flags: vec![],
            body: HOSTILE.into(),
            place: String::new(),
            parts: vec![],
            missing: vec![],
            manual: None,
            files: vec![],
            given: vec![],
            offers: vec![
                offer(Deed::Receive, true),
                offer(Deed::Reclassify, false),
                offer(Deed::AnswerAtOnce, false),
            ],
            not_now: vec![NotNow::of(&[Deed::Distribute], Refusal::NotNow)],
            entries: super::timeline::sample().into_iter().take(1).collect(),
            proof: Proof {
                sound: true,
                events: 1,
                hash: "9f86d081".into(),
                root: None,
            },
            papers: vec!["filing_confirmation".into()],
            ..handling.clone()
        };
        let distributed = Case {
            head: CaseHead {
                title: endless(),
                ..head(Life::Distributed, Some(Left::Minutes(-75)))
            },
            handler: None,
            flags: vec![Flag::SendBack],
            petitioner: Petitioner {
                name: "남궁정숙".into(),
                phone: "010-1234-5678".into(),
                mail: String::new(),
                address: "한빛특별시 가람구 가람로 12, 101동 1001호".into(),
                traits: vec![],
                masked: false,
            },
            offers: vec![offer(Deed::UnitReceive, true), offer(Deed::SendBack, false)],
            ..handling.clone()
        };
        let held = Case {
            head: head(Life::Held, None),
            flags: vec![Flag::SupplementLapsed],
            asked: Some(Asked {
                round: 1,
                what: "1. 점용 위치도(축척 1/500 이상)\n2. 공사 기간을 적은 계획서".into(),
                until: jiff::civil::date(2026, 9, 18),
                prolonged: 1,
                lapsed: true,
            }),
            offers: vec![
                Offer {
                    label: Message::new("desk-ask-again"),
                    ..offer(Deed::AskSupplement, true)
                },
                offer(Deed::Supplement, false),
            ],
            ..handling.clone()
        };
        let waiting = Case {
            head: head(Life::Held, None),
            flags: vec![],
            held: Some((
                domain::due::Ground::IdentityCheck,
                "경찰서 회보를 기다립니다.".into(),
            )),
            offers: vec![offer(Deed::Resume, true)],
            shares: Shares::sample(),
            proceedings: panel_sample(),
            past: super::past::Past::sample(),
            ..handling.clone()
        };
        let draft = Draft {
            version: 2,
            by: "도로시설과 배도담".into(),
            at: at(2026, 9, 17, 10, 12),
            outcome: Outcome::Refused,
            body: "1. 귀하의 도로점용 허가 신청을 검토한 결과를 알려 드립니다.\n2. 신청하신 장소는 보도 폭이 2.0m로 점용하면 보행에 필요한 폭을 남길 수 없습니다.  끝.".into(),
            reasons: "보도의 유효 폭 1.5m를 남길 수 없음(「도로법」 제61조)".into(),
            remedies: "이 처분을 받은 날부터 60일 이내에 이의신청을 하실 수 있습니다.".into(),
            openness: Openness::Private,
        };
        let signer = |name: &str, title: &str, mark, standing, when, comment: &str| SignerRow {
            person: Person::sample(name, name, title, "도로시설과"),
            mark,
            standing,
            at: when,
            comment: comment.into(),
            stood_in: (standing == Standing::Signed).then(|| ("하태양".to_owned(), None)),
        };
        let on_line = Case {
            flags: vec![Flag::OnTheLine, Flag::Consent],
            stand_in: Some(Person::sample("h2", "오미르", "주무관", "도로시설과")),
            readers: vec![
                ReaderRow {
                    person: Person::sample("r1", "하태양", "보행정책팀장", "보행정책과"),
                    read_at: Some(at(2026, 9, 18, 10, 5)),
                },
                ReaderRow {
                    person: Person::sample("r2", "신채움", "통합민원팀장", "시민봉사담당관"),
                    read_at: None,
                },
            ],
            proposal: Some(("7일".into(), "관계 기관의 의견 회신을 기다립니다.".into())),
            draft: Some(draft.clone()),
            line: vec![
                signer(
                    "한순덕",
                    "도로관리팀장",
                    Mark::Review,
                    Standing::Signed,
                    Some(at(2026, 9, 17, 11, 30)),
                    "사유를 분명히 하였습니다.",
                ),
                signer(
                    "하태양",
                    "보행정책팀장",
                    Mark::Concur,
                    Standing::Awaited,
                    None,
                    "",
                ),
                signer(
                    "신채움",
                    "도로시설과장",
                    Mark::Delegated,
                    Standing::ToCome,
                    None,
                    "",
                ),
            ],
            offers: vec![
                Offer {
                    label: Message::new("mark-concur"),
                    ..offer(Deed::Sign, true)
                },
                offer(Deed::TurnBack, false),
            ],
            papers: vec![
                "filing_confirmation".into(),
                "receipt".into(),
                "supplement_request".into(),
                "draft".into(),
            ],
            ..handling.clone()
        };
        let concluded = Case {
            head: head(Life::Concluded, None),
            flags: vec![],
            draft: Some(draft),
            line: vec![signer(
                "신채움",
                "도로시설과장",
                Mark::Delegated,
                Standing::Signed,
                Some(at(2026, 9, 18, 9, 1)),
                "",
            )],
            end: Some(End {
                concluded_at: at(2026, 9, 18, 9, 1),
                sent_at: at(2026, 9, 18, 9, 3),
                read_at: Some(at(2026, 9, 18, 20, 44)),
                document: "도로시설과-16175".into(),
            }),
            rating: Some(Rating {
                score: 2,
                comment: "설명이 더 있었으면 합니다.".into(),
            }),
            offers: vec![],
            not_now: vec![NotNow::of(&[Deed::Withdraw], Refusal::Concluded)],
            proof: Proof {
                sound: false,
                ..handling.proof.clone()
            },
            papers: vec![
                "filing_confirmation".into(),
                "receipt".into(),
                "result_notice".into(),
            ],
            shares: Shares::default(),
            past: super::past::Past {
                similar: Some(vec![]),
                ..Default::default()
            },
            ..handling.clone()
        };
        vec![
            ("in handling", handling),
            ("filed, hostile text", filed),
            ("distributed, endless title", distributed),
            ("supplement lapsed", held),
            ("held", waiting),
            ("on the line", on_line),
            ("concluded", concluded),
        ]
    }
}

//! 낱말 — the enums that every room shares: kinds of petition, entry points, outcomes, seats, and who acts.
//!
//! It is longer than 600 lines because the words that all rooms share stand in one place.
//!
//! Each value has a stable `code` (stored, sent, used as translation key) and is never renamed; the Korean words are in
//! the glossary and the locale files.

use crate::id::{MachineId, OfficialId, PersonId};
use crate::text::plain;
use crate::time::At;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A code that names no value of the enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown code")]
pub struct UnknownCode;

/// Declares an enum whose values have stable codes; the codes are what is stored and what locale files are keyed by.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant,)* }
        impl $name {
            /// Every value, in the order of the glossary.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// The stable code: stored, sent and used as translation key.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code),* }
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::terms::UnknownCode;
            fn from_str(code: &str) -> Result<Self, $crate::terms::UnknownCode> {
                match code { $($code => Ok($name::$variant),)* _ => Err($crate::terms::UnknownCode) }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.code()) }
        }
        $crate::text::plain!($name);
    };
}
pub(crate) use coded;

coded! {
    /// 민원의 종류 (법 제2조제1호). Compound (복합민원) is always a statutory one (같은 조 제5호), so it is a property of
    /// the service, not a kind.
    Kind {
        /// 법정민원.
        Statutory = "statutory",
        /// 질의민원.
        Inquiry = "inquiry",
        /// 건의민원.
        Suggestion = "suggestion",
        /// 기타민원.
        Other = "other",
        /// 고충민원.
        Grievance = "grievance",
        /// 정보공개 청구. Not a petition: a case under its own law (공공기관의 정보공개에 관한 법률), which walks the same road
        /// with its own clock, register, outcomes and remedies, and is left out of the statistics of petitions.
        Disclosure = "disclosure",
    }
}

impl Kind {
    /// Whether it is a petition at all (법 제2조제1호); what is not has a law, a register and statistics of its own.
    pub const fn is_petition(self) -> bool {
        match self {
            Kind::Statutory | Kind::Inquiry | Kind::Suggestion | Kind::Other | Kind::Grievance => true,
            Kind::Disclosure => false,
        }
    }
}

coded! {
    /// 접수 창구 — by which door a petition came in.
    EntryPoint {
        /// 누리집.
        Web = "web",
        /// 민원실 창구.
        Counter = "counter",
        /// 전화.
        Phone = "phone",
        /// 우편.
        Post = "post",
        /// 팩스.
        Fax = "fax",
        /// 구술: spoken at the counter and written down by the clerk (영10④).
        Oral = "oral",
        /// 전자우편.
        Mail = "mail",
        /// 문자·사회관계망 메시지.
        Message = "message",
        /// 다른 시스템.
        Api = "api",
        /// 가져오기 — an older register brought in.
        Import = "import",
    }
}

impl EntryPoint {
    /// Whether the petition came as an electronic document, so that 영6⑧'s eight working hours until reception apply.
    pub const fn is_electronic(self) -> bool {
        match self {
            EntryPoint::Web | EntryPoint::Mail | EntryPoint::Message | EntryPoint::Api => true,
            EntryPoint::Counter
            | EntryPoint::Phone
            | EntryPoint::Post
            | EntryPoint::Fax
            | EntryPoint::Oral
            | EntryPoint::Import => false,
        }
    }

    /// Whether the petitioner stands at the counter: only then is a 접수증 owed (영6①~③).
    pub const fn is_visit(self) -> bool {
        matches!(self, EntryPoint::Counter | EntryPoint::Oral)
    }
}

coded! {
    /// 대장 — the register a case is entered in at reception, each with a series of numbers of its own.
    #[derive(Default)]
    Register {
        /// 민원 처리부 (법9②).
        #[default]
        Petitions = "petitions",
        /// 정보공개 청구서 처리대장 (정보공개법 시행령).
        Disclosure = "disclosure",
    }
}

impl Kind {
    /// The moment the period counts from: reception (법19), but of a request for disclosure its arrival, “청구를 받은 날부터”
    /// (정보공개법11①).
    pub fn counts_from(self, filed: At, received: At) -> At {
        if self.is_petition() { received } else { filed }
    }

    /// The register it is entered in.
    pub const fn register(self) -> Register {
        match self {
            Kind::Statutory | Kind::Inquiry | Kind::Suggestion | Kind::Other | Kind::Grievance => {
                Register::Petitions
            }
            Kind::Disclosure => Register::Disclosure,
        }
    }
}

coded! {
    /// 처리 결과 — all ends a petition can come to.
    Outcome {
        /// 허가·승인·등록.
        Granted = "granted",
        /// 조건부 허가.
        GrantedConditionally = "granted_conditionally",
        /// 일부 허가.
        GrantedInPart = "granted_in_part",
        /// 불허가.
        Refused = "refused",
        /// 수리.
        Accepted = "accepted",
        /// 불수리.
        NotAccepted = "not_accepted",
        /// 발급.
        Issued = "issued",
        /// 답변.
        Answered = "answered",
        /// 반려 (영25①).
        Returned = "returned",
        /// 취하 (법22②).
        Withdrawn = "withdrawn",
        /// 취하 간주 (영25②).
        DeemedWithdrawn = "deemed_withdrawn",
        /// 15일 미수령 (영25④).
        Unclaimed = "unclaimed",
        /// 반복·중복민원 종결 (법23).
        ClosedRepeated = "closed_repeated",
        /// 처리의 예외 (법21).
        Excepted = "excepted",
        /// 이송 (법16).
        Transferred = "transferred",
        /// 이첩 — handed down to the body in charge, its result awaited.
        Referred = "referred",
        /// 병합 (영6⑦).
        Merged = "merged",
        /// 민원 아님 (법2).
        NotAPetition = "not_a_petition",
        /// 공개 (정보공개법13).
        Disclosed = "disclosed",
        /// 부분공개 (정보공개법14).
        PartlyDisclosed = "partly_disclosed",
        /// 비공개 (정보공개법9①·13⑤).
        NotDisclosed = "not_disclosed",
        /// 정보부존재.
        NoInformation = "no_information",
        /// 수리 간주: the law deems a silent office to have accepted (행정기본법34).
        DeemedAccepted = "deemed_accepted",
        /// 허가 간주: the law deems a silent office to have granted.
        DeemedGranted = "deemed_granted",
    }
}

impl Outcome {
    /// 거부처분 등 — an outcome that must carry its reasons and remedies (법27③).
    pub const fn owes_reasons(self) -> bool {
        match self {
            Outcome::Refused
            | Outcome::NotAccepted
            | Outcome::GrantedInPart
            | Outcome::GrantedConditionally
            | Outcome::Returned
            | Outcome::Excepted
            | Outcome::PartlyDisclosed
            | Outcome::NotDisclosed
            | Outcome::NoInformation
            | Outcome::ClosedRepeated => true,
            Outcome::Granted
            | Outcome::Accepted
            | Outcome::Issued
            | Outcome::Disclosed
            | Outcome::Answered
            | Outcome::Withdrawn
            | Outcome::DeemedWithdrawn
            | Outcome::DeemedAccepted
            | Outcome::DeemedGranted
            | Outcome::Unclaimed
            | Outcome::Transferred
            | Outcome::Referred
            | Outcome::Merged
            | Outcome::NotAPetition => false,
        }
    }

    /// 거부처분 — what the petitioner may object to within sixty days (법35①). That a return (반려) is among them is our
    /// reading: it refuses what was asked for.
    pub const fn is_refusal(self) -> bool {
        matches!(
            self,
            Outcome::Refused | Outcome::NotAccepted | Outcome::GrantedInPart | Outcome::Returned
        )
    }

    /// Whether it ended by an answer of the office that went down the approval line.
    pub const fn is_answer(self) -> bool {
        match self {
            Outcome::Granted
            | Outcome::GrantedConditionally
            | Outcome::GrantedInPart
            | Outcome::Refused
            | Outcome::Accepted
            | Outcome::NotAccepted
            | Outcome::Issued
            | Outcome::Answered
            | Outcome::Disclosed
            | Outcome::PartlyDisclosed
            | Outcome::NotDisclosed
            | Outcome::NoInformation
            | Outcome::Returned
            | Outcome::ClosedRepeated
            | Outcome::Excepted => true,
            Outcome::Withdrawn
            | Outcome::DeemedWithdrawn
            | Outcome::DeemedAccepted
            | Outcome::DeemedGranted
            | Outcome::Unclaimed
            | Outcome::Transferred
            | Outcome::Referred
            | Outcome::Merged
            | Outcome::NotAPetition => false,
        }
    }

    /// 허가서·신고필증·증명서 등 — an outcome with a paper that is handed out (법27④).
    pub const fn is_handed_out(self) -> bool {
        matches!(
            self,
            Outcome::Granted
                | Outcome::GrantedConditionally
                | Outcome::GrantedInPart
                | Outcome::Accepted
                | Outcome::Issued
        )
    }

    /// The word for it on the result notice and the citizen's page, in Korean and English, by the group of the service: an
    /// office registers, reissues, permits or issues, and does not “approve” all of it alike.
    pub fn word(self, group: &str) -> [&'static str; 2] {
        match (self, group) {
            (Outcome::Granted, "reissue") => ["재교부", "Reissued"],
            (Outcome::Granted, "registration") => ["등록", "Registered"],
            (Outcome::Granted, "licence") => ["허가", "Permitted"],
            (Outcome::Granted, _) => ["허가·승인", "Granted"],
            (Outcome::GrantedConditionally, "registration") => ["조건부 등록", "Registered on conditions"],
            (Outcome::GrantedConditionally, _) => ["조건부 허가", "Granted on conditions"],
            (Outcome::GrantedInPart, _) => ["일부 허가", "Granted in part"],
            (Outcome::Refused, "reissue") => ["재교부 거부", "Reissue refused"],
            (Outcome::Refused, "registration") => ["등록 거부", "Registration refused"],
            (Outcome::Refused, "certificate") => ["발급 거부", "Issue refused"],
            (Outcome::Refused, _) => ["불허가", "Refused"],
            (Outcome::Accepted, _) => ["수리", "Accepted"],
            (Outcome::NotAccepted, _) => ["불수리", "Not accepted"],
            (Outcome::Issued, _) => ["발급", "Issued"],
            (Outcome::Answered, _) => ["답변", "Answered"],
            (Outcome::Returned, _) => ["반려", "Returned"],
            (Outcome::Withdrawn, _) => ["취하", "Withdrawn"],
            (Outcome::DeemedWithdrawn, _) => ["취하 간주", "Deemed withdrawn"],
            (Outcome::Unclaimed, _) => ["미수령 종결", "Closed unclaimed"],
            (Outcome::ClosedRepeated, _) => ["반복·중복민원 종결", "Closed as repeated"],
            (Outcome::Excepted, _) => ["처리의 예외", "Not to be handled"],
            (Outcome::Transferred, _) => ["이송", "Transferred"],
            (Outcome::Referred, _) => ["이첩", "Referred"],
            (Outcome::Merged, _) => ["병합", "Merged"],
            (Outcome::NotAPetition, _) => ["민원 아님", "No petition"],
            (Outcome::Disclosed, _) => ["공개", "Disclosed"],
            (Outcome::PartlyDisclosed, _) => ["부분공개", "Disclosed in part"],
            (Outcome::NotDisclosed, _) => ["비공개", "Not disclosed"],
            (Outcome::NoInformation, _) => ["정보부존재", "No such information"],
            (Outcome::DeemedAccepted, _) => ["수리 간주", "Deemed accepted"],
            (Outcome::DeemedGranted, _) => ["허가 간주", "Deemed granted"],
        }
    }

    /// The outcomes that an answer to a petition of `kind` may have: dispositions for statutory ones, an answer for the
    /// rest, which may also be left unhandled (법21) or closed as repeated (법23); all can be returned when a demanded
    /// supplement never came (영25①).
    pub const fn of_answer(kind: Kind) -> &'static [Outcome] {
        match kind {
            Kind::Statutory => &[
                Outcome::Granted,
                Outcome::GrantedConditionally,
                Outcome::GrantedInPart,
                Outcome::Refused,
                Outcome::Accepted,
                Outcome::NotAccepted,
                Outcome::Issued,
                Outcome::Returned,
            ],
            Kind::Inquiry | Kind::Suggestion | Kind::Other | Kind::Grievance => &[
                Outcome::Answered,
                Outcome::Returned,
                Outcome::ClosedRepeated,
                Outcome::Excepted,
            ],
            Kind::Disclosure => &[
                Outcome::Disclosed,
                Outcome::PartlyDisclosed,
                Outcome::NotDisclosed,
                Outcome::NoInformation,
            ],
        }
    }
}

coded! {
    /// 직책별 역할 — the seats of an office (TERMS §1). An official may hold several, each in one unit.
    Seat {
        /// 통합접수자.
        IntegratedReceiver = "integrated_receiver",
        /// 민원접수자 (민원실 창구).
        CounterClerk = "counter_clerk",
        /// 민원 전담직원.
        OneStopClerk = "one_stop_clerk",
        /// 부서 민원접수자.
        DepartmentReceiver = "department_receiver",
        /// 처리담당자.
        Handler = "handler",
        /// 협조부서 담당자.
        SupportingHandler = "supporting_handler",
        /// 팀장.
        TeamLead = "team_lead",
        /// 부서장.
        DepartmentHead = "department_head",
        /// 검토자.
        Reviewer = "reviewer",
        /// 결재권자.
        Approver = "approver",
        /// 민원 총괄자.
        Coordinator = "coordinator",
        /// 민원심사관.
        Examiner = "examiner",
        /// 분임 민원심사관.
        DeputyExaminer = "deputy_examiner",
        /// 인권업무 담당.
        HumanRightsOfficer = "human_rights_officer",
        /// 시민감사옴부즈만.
        Ombudsman = "ombudsman",
        /// 조사관.
        Investigator = "investigator",
        /// 시민 배심원.
        CitizenJuror = "citizen_juror",
        /// 전문가 배심원.
        ExpertJuror = "expert_juror",
        /// 상담 변호사.
        Lawyer = "lawyer",
        /// 민원후견인.
        Guardian = "guardian",
        /// 민원도우미.
        LifeHelper = "life_helper",
        /// 현장민원 살피미.
        FieldMonitor = "field_monitor",
        /// 수입증지·세외수입 담당.
        FeeOfficer = "fee_officer",
        /// 평가 담당.
        Evaluator = "evaluator",
        /// 미스터리샤퍼.
        MysteryShopper = "mystery_shopper",
        /// 교육 담당.
        TrainingOfficer = "training_officer",
        /// 시장실.
        MayorsOffice = "mayors_office",
        /// 개인정보 보호책임자.
        PrivacyOfficer = "privacy_officer",
        /// 기록물관리전문요원.
        RecordsOfficer = "records_officer",
        /// 외부 접속자.
        ExternalUser = "external_user",
        /// 업무대행자.
        StandIn = "stand_in",
        /// 전자민원담당관.
        ElectronicPetitionOfficer = "electronic_petition_officer",
        /// 시스템 관리자.
        Administrator = "administrator",
    }
}

coded! {
    /// 맡긴 범위 — what an external user may do with what was handed to them.
    Permit {
        /// 열람.
        See = "see",
        /// 열람과 현장 의견.
        Note = "note",
    }
}

coded! {
    /// 결재선의 자리 — what a signature on the approval line means.
    Mark {
        /// 검토.
        Review = "review",
        /// 협조.
        Concur = "concur",
        /// 전결 — decided by delegation.
        Delegated = "delegated",
        /// 결재 — decided by the holder of the power.
        Decide = "decide",
    }
}

impl Mark {
    /// Whether this signature ends the line.
    pub const fn is_final(self) -> bool {
        matches!(self, Mark::Delegated | Mark::Decide)
    }
}

coded! {
    /// 처리의 예외 — why a petition that is not statutory need not be handled (법 제21조 각 호).
    Exception {
        /// 1호: 고도의 정치적 판단, 국가기밀, 공무상 비밀.
        Secret = "secret",
        /// 2호: 수사·재판·형집행, 착수된 감사원 감사.
        Investigation = "investigation",
        /// 3호: 진행 중인 불복구제절차.
        Remedy = "remedy",
        /// 4호: 진행 중인 화해·알선·조정·중재.
        Mediation = "mediation",
        /// 5호: 확정된 권리관계.
        Settled = "settled",
        /// 6호: 감사위원회의의 결정을 거치는 사항.
        Audit = "audit",
        /// 7호: 선거관리위원회의 의결을 거치는 사항.
        Election = "election",
        /// 8호: 사인 간의 권리관계, 개인의 사생활.
        PrivateMatter = "private_matter",
        /// 9호: 소속 직원에 대한 인사행정상의 행위.
        Personnel = "personnel",
    }
}

coded! {
    /// 동일 민원의 갈래 (법 제23조).
    Repeat {
        /// 반복: handed in again to this office (①).
        Repeated = "repeated",
        /// 중복: handed in to several agencies and transferred here (②).
        Duplicate = "duplicate",
    }
}

coded! {
    /// 전환 — what a letter that is no petition is taken as instead.
    Conversion {
        /// 제안 (국민 제안 규정).
        Proposal = "proposal",
        /// 청원 (청원법).
        FormalPetition = "formal_petition",
        /// 정보공개 청구 (공공기관의 정보공개에 관한 법률).
        Disclosure = "disclosure",
        /// 개인정보 열람·정정·삭제·처리정지 요구 (개인정보 보호법).
        PersonalData = "personal_data",
        /// 신고·고발 under another law.
        Report = "report",
        /// 민원인에 해당하지 않음 (법2 2호, 영2①).
        NoPetitioner = "no_petitioner",
    }
}

coded! {
    /// 협조부서의 의견 (법 제20조).
    Opinion {
        /// 동의.
        Agree = "agree",
        /// 조건부 동의.
        AgreeOnTerms = "agree_on_terms",
        /// 부동의.
        Disagree = "disagree",
        /// 의견 없음.
        Nothing = "nothing",
    }
}

coded! {
    /// 민원조정위원회의 심의 사항 (법 제34조, 영 제26조·제38조).
    Board {
        /// 반복·중복 다수인관련민원의 종결 (영26).
        RepeatClosing = "repeat_closing",
        /// 장기 미해결·반복·다수인관련민원의 해소 대책.
        LongStanding = "long_standing",
        /// 거부처분에 대한 이의신청.
        Objection = "objection",
        /// 소관이 명확하지 않은 민원의 처리주무부서 지정 (영38①1).
        Jurisdiction = "jurisdiction",
    }
}

coded! {
    /// 이의신청 결정 (법 제35조제2항).
    Verdict {
        /// 인용.
        Upheld = "upheld",
        /// 일부 인용.
        UpheldInPart = "upheld_in_part",
        /// 기각.
        Dismissed = "dismissed",
        /// 각하.
        Rejected = "rejected",
    }
}

coded! {
    /// 대표자를 정한 쪽 (영 제8조).
    ChosenBy {
        /// The petitioners themselves (①).
        Petitioners = "petitioners",
        /// The office, after the time set had passed (②).
        Office = "office",
    }
}

coded! {
    /// 공개 구분 chosen by the petitioner (FEATURES, day one, 15).
    Openness {
        /// 공개.
        Public = "public",
        /// 비공개.
        Private = "private",
    }
}

coded! {
    /// 소급 등록 사유 — why an act happened before it was recorded.
    HappenedGround {
        /// 서면으로 먼저 들어옴.
        Paper = "paper",
        /// 장애 중 접수 (영6의2).
        Outage = "outage",
        /// 현장에서 통신 없이 접수.
        Offline = "offline",
        /// 이전 대장에서 옮김.
        Migrated = "migrated",
        /// 분리: part of a petition that was filed then.
        Split = "split",
    }
}

coded! {
    /// 파일 형식 — the types of attachment that are taken, told by content.
    FileType {
        /// PDF.
        Pdf = "pdf",
        /// PNG.
        Png = "png",
        /// JPEG.
        Jpeg = "jpeg",
        /// HWP 5.
        Hwp = "hwp",
        /// HWPX.
        Hwpx = "hwpx",
        /// DOCX.
        Docx = "docx",
        /// XLSX.
        Xlsx = "xlsx",
        /// Plain text.
        Text = "text",
        /// PPTX.
        Pptx = "pptx",
        /// DOC.
        Doc = "doc",
        /// XLS.
        Xls = "xls",
        /// PPT.
        Ppt = "ppt",
        /// ODT.
        Odt = "odt",
        /// ODS.
        Ods = "ods",
        /// CSV.
        Csv = "csv",
        /// GIF.
        Gif = "gif",
        /// WebP.
        Webp = "webp",
        /// HEIC.
        Heic = "heic",
        /// TIFF.
        Tiff = "tiff",
        /// ZIP.
        Zip = "zip",
        /// MP4, MOV.
        Mp4 = "mp4",
        /// MP3.
        Mp3 = "mp3",
        /// M4A.
        M4a = "m4a",
    }
}

coded! {
    /// 검사 상태 — what is known of a file and what harms whoever opens it.
    FileStanding {
        /// 검사 대기.
        Waiting = "waiting",
        /// 이상 없음.
        Clean = "clean",
        /// 악성코드 발견: kept apart.
        Infected = "infected",
        /// 검사 불가: kept apart.
        Unscannable = "unscannable",
        /// 격리 해제: an official answers for it.
        Released = "released",
        /// 파기.
        Destroyed = "destroyed",
    }
}

impl FileStanding {
    /// Whether the file is kept apart until an official has decided.
    pub const fn is_held(self) -> bool {
        matches!(self, FileStanding::Infected | FileStanding::Unscannable)
    }
}

/// 행위자 — who did it, as the journal keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The petitioner.
    Citizen(PersonId),
    /// An official, in person.
    Official(OfficialId),
    /// A program with a key of its own.
    Machine(MachineId),
    /// The system itself: a duty or a command.
    System,
}
plain!(By);

impl Seat {
    /// Whoever holds it, as an identity among those of officials and units: sixteen ASCII bytes, which no identity of ours is.
    pub fn bytes(self) -> [u8; 16] {
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(self.code().bytes()) {
            *to = from;
        }
        bytes
    }

    /// Whoever holds it in that unit.
    pub fn bytes_in(self, unit: crate::id::UnitId) -> [u8; 16] {
        let (seat, unit) = (self.bytes(), unit.bytes());
        std::array::from_fn(|n| seat[n] ^ unit[n])
    }
}

/// A short code of the office's own (services, procedures): 1 to 16 of `A–Z`, `a–z`, `0–9`, `-`, `_`. Too narrow to hold
/// a person's name by accident, so it is `Plain`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; 16]);
plain!(Code);

impl Code {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(16);
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }
}
impl FromStr for Code {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let fits = (1..=16).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if !fits {
            return Err(UnknownCode);
        }
        let mut code = [0; 16];
        code[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Code(code))
    }
}
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({})", self.as_str())
    }
}
impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}
impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?
            .parse()
            .map_err(|_| serde::de::Error::custom("a code is 1 to 16 of A-Z a-z 0-9 - _"))
    }
}

/// 분야 — a field of city life (교통, 환경 …), numbered by the office's own table of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Field(pub u32);
plain!(Field);

/// 자치구 — a district, numbered by the office's own table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct District(pub u32);
plain!(District);

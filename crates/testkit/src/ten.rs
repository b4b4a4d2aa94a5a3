//! 열 가지 민원 — the ten services that are whole: what a citizen fills in, who handles it, how it ends. Told on both engines and
//! in the browser.

use domain::form::Answers;
use domain::terms::{EntryPoint, Outcome};

/// One service played through.
#[derive(Debug, Clone, Copy)]
pub struct Played {
    /// Code of the service.
    pub service: &'static str,
    /// What is filled in: field and value; a field of several answers stands several times.
    pub answers: &'static [(&'static str, &'static str)],
    /// The title the form makes of it.
    pub title: &'static str,
    /// A word of the answers that a search finds it by; "" where the form holds no free text about the matter.
    pub word: &'static str,
    /// By which door: online where its period is confirmed, else at the counter.
    pub entry: EntryPoint,
    /// How many 구비서류 are still missing, without any file.
    pub missing: usize,
    /// How it ends.
    pub outcome: Outcome,
}

impl Played {
    /// The answers as a form takes them.
    pub fn filled(&self) -> Answers {
        let mut answers = Answers::default();
        for (field, value) in self.answers {
            let field = field.parse().expect("a name of a field");
            answers.0.entry(field).or_default().push((*value).to_owned());
        }
        answers
    }
}

/// The ten, 정보공개 청구 last.
pub const TEN: &[Played] = &[
    Played {
        service: "G001",
        answers: &[
            ("fault", "off"),
            ("detail", "사흘 전부터 어린이집 앞이 캄캄합니다."),
            ("seen", "2026-06-14"),
            ("pole", "한빛-가상-0123"),
            ("address", "중구 가상대로 12 햇살어린이집 앞"),
        ],
        title: "가로등·보안등 고장: 밤에 켜지지 않음 (중구 가상대로 12 햇살어린이집 앞)",
        word: "캄캄",
        entry: EntryPoint::Web,
        missing: 0,
        outcome: Outcome::Answered,
    },
    Played {
        service: "S004",
        answers: &[
            ("reason", "lost"),
            ("story", "이사하는 중에 잃어버렸습니다."),
            ("born", "1980-03-07"),
            ("receive", "visit"),
        ],
        title: "공인중개사 자격증 재교부(잃어버림)",
        word: "이사하는",
        entry: EntryPoint::Web,
        missing: 1,
        outcome: Outcome::Granted,
    },
    Played {
        service: "S008",
        answers: &[
            ("form", "corporation"),
            ("company", "한빛국제물류 주식회사"),
            ("head", "김한빛"),
            ("born", "1975-05-20"),
            ("business", "123-45-67891"),
            ("corporation", "110111-1234567"),
            ("office", "한빛특별시 중구 가상대로 45, 3층"),
            ("phone", "02-000-1234"),
            ("capital", "300,000,000"),
            ("insured", "yes"),
            ("foreign", "no"),
        ],
        title: "국제물류주선업 등록: 한빛국제물류 주식회사",
        word: "국제물류",
        entry: EntryPoint::Counter,
        missing: 2,
        outcome: Outcome::Granted,
    },
    Played {
        service: "S065",
        answers: &[
            ("owner", "김한빛"),
            ("site", "한빛특별시 중구 가상동 12-3"),
            ("area", "165.5"),
            ("right", "own"),
            ("work", "extend"),
            ("use", "단독주택"),
            ("floor", "84.6"),
            ("stories", "2"),
        ],
        title: "건축신고: 증축 (한빛특별시 중구 가상동 12-3)",
        word: "단독주택",
        entry: EntryPoint::Web,
        missing: 2,
        outcome: Outcome::Accepted,
    },
    Played {
        service: "S133",
        answers: &[
            ("title", "도로점용 허가 대상인지 질의합니다"),
            ("law", "도로법 제61조제1항"),
            ("question", "가게 앞에 화분을 두는 것도 허가를 받아야 합니까?"),
        ],
        title: "도로점용 허가 대상인지 질의합니다",
        word: "화분",
        entry: EntryPoint::Web,
        missing: 0,
        outcome: Outcome::Answered,
    },
    Played {
        service: "S135",
        answers: &[
            ("title", "버스정류소에 그늘막을 설치해 주시기 바랍니다"),
            ("now", "여름 한낮에 그늘이 없습니다."),
            ("wish", "이용객이 많은 정류소부터 놓아 주시기 바랍니다."),
        ],
        title: "버스정류소에 그늘막을 설치해 주시기 바랍니다",
        word: "한낮",
        entry: EntryPoint::Web,
        missing: 0,
        outcome: Outcome::Answered,
    },
    Played {
        service: "S138",
        answers: &[
            ("title", "이의를 낸 뒤 석 달째 답을 받지 못했습니다"),
            ("office", "한빛특별시 도로시설과"),
            ("what", "도로 공사로 가게 출입구가 막혔습니다."),
            ("wish", "임시 통로를 내 주시기 바랍니다."),
            ("again", "no"),
            ("pending", "appeal"),
            ("pending", "mediation"),
        ],
        title: "이의를 낸 뒤 석 달째 답을 받지 못했습니다",
        word: "출입구",
        entry: EntryPoint::Web,
        missing: 0,
        outcome: Outcome::Answered,
    },
    Played {
        service: "S038",
        answers: &[
            ("plate", "12가3456"),
            ("kind", "full"),
            ("book", "both"),
            ("copies", "1"),
            ("owner", "self"),
            ("receive", "visit"),
        ],
        title: "자동차등록원부 등본 발급 (12가3456)",
        word: "12가3456",
        entry: EntryPoint::Web,
        missing: 0,
        outcome: Outcome::Issued,
    },
    Played {
        service: "S058",
        answers: &[
            ("kind", "association"),
            ("name", "한빛책나눔"),
            ("office", "한빛특별시 중구 가상대로 77, 2층"),
            ("purpose", "헌책을 모아 작은도서관에 나눕니다."),
            ("work", "1. 헌책 수집\n2. 독서 모임 지원"),
            ("members", "120"),
            ("assets", "50,000,000"),
            ("head", "김한빛"),
            ("born", "1968-11-03"),
            ("phone", "02-000-7777"),
        ],
        title: "비영리법인 설립허가: 한빛책나눔(사단법인)",
        word: "작은도서관",
        entry: EntryPoint::Counter,
        missing: 6,
        outcome: Outcome::Refused,
    },
    Played {
        service: "S131",
        answers: &[
            ("subject", "2025년 가로등 교체 공사 내역"),
            ("what", "중구에서 교체한 가로등의 위치와 공사비"),
            ("form", "file"),
            ("receive", "online"),
            ("waiver", "no"),
        ],
        title: "정보공개 청구: 2025년 가로등 교체 공사 내역",
        word: "공사비",
        entry: EntryPoint::Web,
        missing: 0,
        outcome: Outcome::PartlyDisclosed,
    },
];

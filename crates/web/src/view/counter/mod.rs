//! 창구 화면 — the counter's pages: taking in, reading back, ten seconds, one sitting, the register, hand-outs, standard answers,
//! the queue; and what stands in the hall: kiosk, board, and the check of a code.

pub mod answers;
pub mod entry;
pub mod hall;
pub mod oral;
pub mod post;
pub mod shred;
pub mod small;

use crate::{
    route::Row,
    view::{Face, Sample, samples},
};
use serde::Serialize;

crate::routes! {
    /// The addresses of the counter and of the hall.
    Counter {
        /// 창구 접수, 원스톱, 발급
        Entry = "counter_entry" "/desk/counter";
        /// 접수하였습니다
        Done(number) = "counter_done" "/desk/counter/done/{number}";
        /// 구술민원
        Oral = "counter_oral" "/desk/counter/oral";
        /// 구술민원: 읽어 드리고 서명
        ReadBack(draft) = "counter_read_back" "/desk/counter/oral/{draft}";
        /// 10초 입력
        Small = "counter_small" "/desk/counter/small";
        /// 오작성 서식 파기 (POST counts one)
        Shred = "counter_shred" "/desk/counter/shredded";
        /// 순번 호출
        Queue = "counter_queue" "/desk/counter/queue";
        /// 교부 대기
        Claims = "counter_claims" "/desk/counter/claims";
        /// 발급대장
        Issued = "counter_issued" "/desk/counter/issued";
        /// 발급대장 CSV
        IssuedFile = "counter_issued_file" "/desk/counter/issued.csv";
        /// 발송대장
        Post = "counter_post" "/desk/post";
        /// 발송대장 as a file: pdf, csv
        PostFile(kind) = "counter_post_file" "/desk/post/{kind}";
        /// 증명서
        Certificate(number) = "counter_certificate" "/desk/counter/certificate/{number}";
        /// 표준답변
        Answers = "counter_answers" "/desk/answers";
        /// 표준답변 한 건; `new` for a new one
        Answer(code) = "counter_answer" "/desk/answers/{code}";
        /// 증명서 진위 확인 (누구나)
        Check = "check" "/check";
        /// 번호표 발권기
        Kiosk = "kiosk" "/kiosk";
        /// 뽑은 번호표
        Ticket(ticket) = "kiosk_ticket" "/kiosk/{ticket}";
        /// 민원실 전광판
        Hall = "hall" "/hall";
    }
}

/// The addresses, for the template function `url`.
pub const TABLE: &[Row] = Counter::TABLE;

/// 창구의 갈래 — which of the counter's pages one is on, and which this official may use.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Tabs {
    /// Which page this is: the end of its route's name.
    pub here: &'static str,
    /// Sits at the counter.
    pub takes_in: bool,
    /// Reads the 발급대장.
    pub register: bool,
    /// Sends letters by post.
    pub post: bool,
}

impl Tabs {
    /// All of them, for samples.
    pub(crate) fn sample(here: &'static str) -> Tabs {
        Tabs {
            here,
            takes_in: true,
            register: true,
            post: true,
        }
    }
}

/// Every sample of these pages.
pub fn gallery() -> Vec<Sample> {
    [
        samples::<entry::Entry>(Face::Desk),
        samples::<entry::Done>(Face::Desk),
        samples::<oral::Oral>(Face::Desk),
        samples::<oral::ReadBack>(Face::Desk),
        samples::<small::Small>(Face::Desk),
        samples::<shred::Shred>(Face::Desk),
        samples::<hall::Queue>(Face::Desk),
        samples::<post::Post>(Face::Desk),
        samples::<answers::Claims>(Face::Desk),
        samples::<answers::Issued>(Face::Desk),
        samples::<answers::Answers>(Face::Desk),
        samples::<answers::AnswerPage>(Face::Desk),
        samples::<hall::Check>(Face::Citizen),
        samples::<hall::Kiosk>(Face::Citizen),
        samples::<hall::TicketPage>(Face::Citizen),
        samples::<hall::Hall>(Face::Citizen),
    ]
    .into_iter()
    .flatten()
    .collect()
}

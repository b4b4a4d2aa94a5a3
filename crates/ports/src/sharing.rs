//! 행정정보 공동이용 — one item about one person or thing, asked of its holder through the centre (전자정부법 제37조제2항).

use uuid::Uuid;

/// What is asked. Codes and one way to find the record; nothing else of the petition leaves the house.
#[derive(Clone, PartialEq, Eq)]
pub struct Question {
    /// The request: the same at every attempt, so that the centre counts it once.
    pub id: Uuid,
    /// 대상정보, by code.
    pub item: String,
    /// 보유기관.
    pub holder: String,
    /// By what kind of thing the record is found: `person`, `business`, `corporation`, `place`, `vehicle`.
    pub about: String,
    /// Whose record: a name; empty where it is found without one.
    pub name: String,
    /// The day of birth, number or place it is found by.
    pub subject: String,
    /// 목적, by code.
    pub purpose: String,
    /// 근거법령.
    pub basis: String,
    /// 이용기관.
    pub agency: String,
    /// 신청번호 of the petition it is needed for.
    pub petition: String,
    /// 접근권한자, as the house knows them.
    pub official: String,
}

/// What came back.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// There is such a record, and this is what it says.
    Found(String),
    /// The holder has no such record.
    NotFound,
    /// Nobody knows yet: away, slow, out of order. The same request may be asked again.
    Later,
    /// The holder does not answer such a request.
    Refused,
}

/// 공동이용센터 — looks up shared information: over HTTPS, or the sandbox.
#[async_trait::async_trait]
pub trait Sharing: Send + Sync {
    /// Whether there is a centre at all.
    fn is_there(&self) -> bool;

    /// Asks once.
    async fn look_up(&self, question: &Question) -> Answer;
}

/// None is set up: pages say so, and every paper is brought by the petitioner.
pub struct NoSharing;

#[async_trait::async_trait]
impl Sharing for NoSharing {
    fn is_there(&self) -> bool {
        false
    }

    async fn look_up(&self, _: &Question) -> Answer {
        Answer::Later
    }
}

/// Shows codes only: questions hold names and numbers, and logs hold `Debug`.
impl std::fmt::Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Question({}, {})", self.id.simple(), self.item)
    }
}

/// Shows sizes only, for the same reason.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Answer::Found(content) => write!(f, "Found({} bytes)", content.len()),
            Answer::NotFound => f.write_str("NotFound"),
            Answer::Later => f.write_str("Later"),
            Answer::Refused => f.write_str("Refused"),
        }
    }
}

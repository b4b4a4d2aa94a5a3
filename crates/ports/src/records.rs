//! 문서시스템 — an outside document system that registers what was approved and gives it its number (행정업무의 운영 및 혁신에 관한
//! 규정 제11조).
//!
//! It is handed what was approved and answers later. Everything may happen twice and nothing may get lost: a dossier is known
//! by its petition and the event that approved it, an answer by the mark it came under.

use crate::delivery::Failed;
use domain::id::PetitionId;
use domain::time::At;
use jiff::civil::Date;

/// Which approved draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DossierId {
    /// The petition.
    pub petition: PetitionId,
    /// The event that approved its draft: a draft that was given back and approved again is another dossier.
    pub approval: u32,
}

/// One on the approval line, as the document names them.
#[derive(Clone, PartialEq, Eq)]
pub struct Hand {
    /// 기안, 검토, 협조, 전결, 결재, 대결, 전결·대결.
    pub seat: &'static str,
    /// 직위.
    pub position: String,
    /// 성명.
    pub name: String,
}

/// What is handed over.
#[derive(Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Which.
    pub id: DossierId,
    /// 처리과: its code.
    pub unit: String,
    /// 처리과명.
    pub unit_name: String,
    /// 제목.
    pub subject: String,
    /// 수신.
    pub to: String,
    /// 기안자, 검토자, 협조자, 결재권자.
    pub hands: Vec<Hand>,
    /// 결재일시.
    pub approved_at: At,
    /// 신청번호.
    pub filing_number: String,
    /// 접수번호.
    pub reception_number: String,
    /// Our own 문서번호, where the answer has gone out under one already (즉시답변, 발급).
    pub own_number: Option<String>,
    /// Whether the document is public.
    pub public: bool,
    /// 보존기간, in years.
    pub retention_years: u32,
    /// The letter.
    pub pdf: Vec<u8>,
}

/// What the outside system says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// 등록됨.
    Registered {
        /// The code of the unit whose series the number is of.
        unit: String,
        /// 일련번호.
        n: u32,
        /// 등록일.
        on: Date,
    },
    /// 등록 거절, with its reason.
    Refused {
        /// Why.
        reason: String,
    },
}

/// An answer that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Under which mark it came: settling names it.
    pub mark: String,
    /// About which dossier.
    pub id: DossierId,
    /// What it says.
    pub said: Said,
}

/// What became of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It is in the journal.
    Done,
    /// It belongs nowhere: put aside for a person, with the reason.
    Aside(String),
}

/// 문서시스템.
#[async_trait::async_trait]
pub trait Records: Send + Sync {
    /// Whether there is one at all.
    fn outside(&self) -> bool;

    /// Hands a dossier over. Handing over the same one twice is handing it over once.
    async fn hand_over(&self, dossier: &Dossier) -> Result<(), Failed>;

    /// The answers that have come and were not settled yet, in the order of their marks.
    async fn replies(&self) -> Result<Vec<Reply>, Failed>;

    /// Settles an answer: it is not given again. Settling twice is settling once.
    async fn settle(&self, reply: &Reply, how: &Settled) -> Result<(), Failed>;

    /// How many answers lie aside, waiting for a person.
    async fn aside(&self) -> Result<u32, Failed>;
}

/// None: our own series gives the numbers, and nothing is handed over.
pub struct NoRecords;

#[async_trait::async_trait]
impl Records for NoRecords {
    fn outside(&self) -> bool {
        false
    }

    async fn hand_over(&self, _: &Dossier) -> Result<(), Failed> {
        Err(Failed::Later(
            "no outside document system is set up here".to_owned(),
        ))
    }

    async fn replies(&self) -> Result<Vec<Reply>, Failed> {
        Ok(Vec::new())
    }

    async fn settle(&self, _: &Reply, _: &Settled) -> Result<(), Failed> {
        Ok(())
    }

    async fn aside(&self) -> Result<u32, Failed> {
        Ok(0)
    }
}

/// Shows sizes only: dossiers hold names, and logs hold `Debug`.
impl std::fmt::Debug for Dossier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dossier({:?}, {} bytes)", self.id, self.pdf.len())
    }
}

//! 파일 검사기 — an engine that knows what harms whoever opens a file (개인정보의 안전성 확보조치 기준 제9조).

use crate::delivery::Failed;

/// What an engine says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing known was found.
    Clean,
    /// 악성코드 발견, by the engine's own name for it.
    Infected(String),
    /// It cannot be looked into, for this reason in the engine's own words: a person has to decide.
    Unscannable(String),
}

/// 파일 검사기.
#[async_trait::async_trait]
pub trait Scanner: Send + Sync {
    /// Whether there is one at all. Where there is, no file is opened that it has not seen.
    fn there(&self) -> bool;

    /// Which engine, and what it knows, in its own words: it changes when it has learnt something new.
    async fn signatures(&self) -> Result<String, Failed>;

    /// Looks through a file. `Later` for one it could not be asked about; it will be asked again.
    async fn scan(&self, content: &[u8]) -> Result<Verdict, Failed>;
}

/// None: files are opened unscanned, and every page says so.
pub struct NoScanner;

#[async_trait::async_trait]
impl Scanner for NoScanner {
    fn there(&self) -> bool {
        false
    }

    async fn signatures(&self) -> Result<String, Failed> {
        Ok(String::new())
    }

    async fn scan(&self, _: &[u8]) -> Result<Verdict, Failed> {
        Err(Failed::Later("no scanner is set up here".to_owned()))
    }
}

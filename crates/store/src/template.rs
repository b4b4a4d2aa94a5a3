//! 기관 서식 — the office's own templates and seal, each change a version that stays (행정업무의 운영 및 혁신에 관한 규정 제14조).

use crate::batch::Batch;
use crate::engine::{Ask, ReadError, Row};
use crate::place::Place;
use domain::id::OfficialId;
use domain::time::At;

/// A version of a template, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The paper's code, or `seal`.
    pub paper: String,
    /// 1, 2, …
    pub version: u32,
    /// When it was laid down.
    pub made_at: At,
    /// By whom.
    pub made_by: OfficialId,
    /// SHA-256 of the content.
    pub digest: [u8; 32],
    /// Bytes; 0 where the paper went back to the form that comes with the program.
    pub size: u64,
}

impl Batch {
    /// Lays down a version. Two at the same time: the second is refused by the key.
    pub fn template(&mut self, version: &Version, content: &[u8]) {
        self.add(
            "INSERT INTO template (paper, version, made_at, made_by, digest, content) VALUES ($1, $2, $3, $4, $5, $6)",
            crate::params![
                &version.paper,
                version.version,
                version.made_at.0,
                version.made_by.bytes(),
                &version.digest,
                content.to_vec()
            ],
        );
    }
}

impl Place {
    /// Every version of every template, newest first within a paper.
    pub async fn templates(&self) -> Result<Vec<Version>, ReadError> {
        const SQL: &str = "SELECT paper, version, made_at, made_by, digest, length(content) FROM template \
                           ORDER BY paper, version DESC";
        let rows = self.db.query(SQL, Vec::new()).await?;
        rows.iter().map(version).collect()
    }

    /// The content of a version, or of the newest one; `None` if there is none, or it went back to the program's own.
    pub async fn template(&self, paper: &str, version: Option<u32>) -> Result<Option<Vec<u8>>, ReadError> {
        const SQL: &str = "SELECT content FROM template WHERE paper = $1 AND (version = $2 OR $2 = 0) \
                           ORDER BY version DESC LIMIT 1";
        let wanted = version.unwrap_or_default();
        let row = self.db.query_optional(SQL, crate::params![paper, wanted]).await?;
        let content = row.map(|row| row.bytes(0).map(<[u8]>::to_vec)).transpose()?;
        Ok(content.filter(|content| !content.is_empty()))
    }
}

fn version(row: &Row) -> Result<Version, ReadError> {
    Ok(Version {
        paper: row.text(0)?.to_owned(),
        version: u32::try_from(row.int(1)?).unwrap_or_default(),
        made_at: At(row.int(2)?),
        made_by: OfficialId(uuid::Uuid::from_bytes(row.id16(3)?)),
        digest: row.hash32(4)?,
        size: u64::try_from(row.int(5)?).unwrap_or_default(),
    })
}

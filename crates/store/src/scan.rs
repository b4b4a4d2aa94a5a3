//! 첨부 파일 검사 — where each file stands between coming in and being opened. It follows the journal; what an official decides
//! about a file that is kept apart stands beside it, the reason in the vault.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Write};
use crate::head::NONE;
use crate::place::Place;
use domain::event::Attached;
use domain::id::{OfficialId, PetitionId, TextId};
use domain::terms::FileStanding;
use domain::time::At;

/// A file and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Where its content lies.
    pub content: TextId,
    /// Where its name lies.
    pub name: TextId,
    /// Whose.
    pub petition: PetitionId,
    /// When it came in.
    pub came_at: At,
    /// Where it stands.
    pub standing: FileStanding,
    /// How often the scanner could not say.
    pub tries: u32,
    /// When it was last scanned; the beginning of time if never.
    pub scanned_at: At,
    /// What the scanner knew then, in its own words.
    pub signatures: String,
    /// What it found, in its own words.
    pub found: String,
    /// Who decided about it, when, and where the reason lies.
    pub decided: Option<(OfficialId, At, TextId)>,
}

const COLUMNS: &str = "content, name, petition, came_at, standing, tries, scanned_at, signatures, found, decided_by, decided_at, reason";
/// The words of a scanner are kept no longer than this.
const WORDS: usize = 100;

/// Printable letters only: a scanner reads what strangers send.
fn plain(words: &str) -> String {
    (words.chars().filter(|c| c.is_ascii_graphic() || *c == ' '))
        .take(WORDS)
        .collect()
}

impl Batch {
    /// A file that came in: it waits. One that is known already stays as it is.
    pub fn file_came(&mut self, petition: PetitionId, file: &Attached, now: At) {
        self.add(
            "INSERT INTO file_scan (content, name, petition, came_at, standing, tries, next_at, scanned_at, signatures, found, \
             decided_by, decided_at, reason) VALUES ($1, $2, $3, $4, $5, 0, $4, 0, '', '', $6, 0, $6) \
             ON CONFLICT (content) DO NOTHING",
            crate::params![
                file.content.id.bytes(),
                file.name.id.bytes(),
                petition.bytes(),
                now.0,
                FileStanding::Waiting.code(),
                NONE
            ],
        );
    }

    /// What the scanner said. A race when the file stands elsewhere by now.
    pub fn file_scanned(
        &mut self,
        scan: &Scan,
        standing: FileStanding,
        signatures: &str,
        found: &str,
        now: At,
    ) {
        let write = Write::new(
            "UPDATE file_scan SET standing = $1, signatures = $2, found = $3, scanned_at = $4 WHERE content = $5 AND standing = $6",
            crate::params![
                standing.code(),
                plain(signatures),
                plain(found),
                now.0,
                scan.content.bytes(),
                scan.standing.code()
            ],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// The scanner could not say: it is asked again at `next`.
    pub fn file_later(&mut self, scan: &Scan, next: At) {
        self.add(
            "UPDATE file_scan SET tries = tries + 1, next_at = $1 WHERE content = $2",
            crate::params![next.0, scan.content.bytes()],
        );
    }

    /// What an official decided. A race when another decided first.
    pub fn file_decided(
        &mut self,
        scan: &Scan,
        standing: FileStanding,
        by: OfficialId,
        reason: TextId,
        now: At,
    ) {
        let write = Write::new(
            "UPDATE file_scan SET standing = $1, decided_by = $2, decided_at = $3, reason = $4 WHERE content = $5 AND standing = $6",
            crate::params![
                standing.code(),
                by.bytes(),
                now.0,
                reason.bytes(),
                scan.content.bytes(),
                scan.standing.code()
            ],
        );
        self.push(Purpose::Race, write.rows(1));
    }
}

impl Place {
    /// What is known of one file; `None` for one that came in before files were scanned.
    pub async fn scan_of(&self, content: TextId) -> Result<Option<Scan>, ReadError> {
        let sql = format!("SELECT {COLUMNS} FROM file_scan WHERE content = $1");
        let rows = self.db.query_text(sql, crate::params![content.bytes()]).await?;
        rows.first().map(scan).transpose()
    }

    /// What is known of the files of a petition.
    pub async fn scans_of(&self, petition: PetitionId) -> Result<Vec<Scan>, ReadError> {
        let sql = format!("SELECT {COLUMNS} FROM file_scan WHERE petition = $1 ORDER BY came_at, content");
        let rows = self.db.query_text(sql, crate::params![petition.bytes()]).await?;
        rows.iter().map(scan).collect()
    }

    /// Files that wait and whose time has come, those that wait longest first.
    pub async fn scans_due(&self, now: At, limit: u32) -> Result<Vec<Scan>, ReadError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM file_scan WHERE standing = $1 AND next_at <= $2 ORDER BY next_at, content LIMIT $3"
        );
        let params = crate::params![FileStanding::Waiting.code(), now.0, limit];
        self.db.query_text(sql, params).await?.iter().map(scan).collect()
    }

    /// Files found clean by a scanner that knew something else than these signatures, come in since then; the newest first.
    pub async fn scans_stale(&self, since: At, signatures: &str, limit: u32) -> Result<Vec<Scan>, ReadError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM file_scan WHERE standing = $1 AND came_at >= $2 AND signatures <> $3 \
             ORDER BY came_at DESC, content DESC LIMIT $4"
        );
        let params = crate::params![FileStanding::Clean.code(), since.0, plain(signatures), limit];
        self.db.query_text(sql, params).await?.iter().map(scan).collect()
    }

    /// Files that stand so, the newest first.
    pub async fn scans_standing(&self, standing: FileStanding, limit: u32) -> Result<Vec<Scan>, ReadError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM file_scan WHERE standing = $1 ORDER BY came_at DESC, content DESC LIMIT $2"
        );
        let params = crate::params![standing.code(), limit];
        self.db.query_text(sql, params).await?.iter().map(scan).collect()
    }

    /// How many files wait.
    pub async fn scans_waiting(&self) -> Result<u64, ReadError> {
        const SQL: &str = "SELECT count(*) FROM file_scan WHERE standing = $1";
        let rows = self
            .db
            .query(SQL, crate::params![FileStanding::Waiting.code()])
            .await?;
        let counted = rows.first().map_or(Ok(0), |row| row.int(0))?;
        Ok(u64::try_from(counted).unwrap_or_default())
    }
}

fn scan(row: &Row) -> Result<Scan, ReadError> {
    let id = |at: usize| Ok::<_, ReadError>(uuid::Uuid::from_bytes(row.id16(at)?));
    let standing = row.text(4)?.parse();
    let by = row.id16(9)?;
    Ok(Scan {
        content: TextId(id(0)?),
        name: TextId(id(1)?),
        petition: PetitionId(id(2)?),
        came_at: At(row.int(3)?),
        standing: standing.map_err(|_| ReadError::Broken("a file stands nowhere".into()))?,
        tries: u32::try_from(row.int(5)?).unwrap_or_default(),
        scanned_at: At(row.int(6)?),
        signatures: row.text(7)?.to_owned(),
        found: row.text(8)?.to_owned(),
        decided: match by == NONE {
            true => None,
            false => Some((
                OfficialId(uuid::Uuid::from_bytes(by)),
                At(row.int(10)?),
                TextId(id(11)?),
            )),
        },
    })
}

//! 화면 이용 — sessions, one-time codes, throttles and citizens' saved drafts.
//!
//! A session is found by the hash of its cookie, so that a stolen database opens no session. A one-time code is kept as
//! an HMAC and dies after a few tries.

use crate::batch::{Batch, CommitFault, Purpose};
use crate::engine::{Ask, ReadError, Row, Urgency, Write};
use crate::place::Place;
use domain::account::Road;
use domain::assurance::Proof;
use domain::id::{OfficialId, PersonId, TextId};
use domain::time::At;

/// Whose session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Nobody yet.
    Guest,
    /// A citizen with a verified contact.
    Citizen(PersonId),
    /// An official.
    Official(OfficialId),
    /// An official half-way through the door: the password was right, something is still asked. Opens no page of the office.
    Entering(OfficialId),
}

/// How an official came in, and from where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coming {
    /// By which road; `None` for citizens.
    pub road: Option<Road>,
    /// Whether a second factor was given, or the road holds two by itself.
    pub factored: bool,
    /// When who it is was last shown.
    pub proven_at: Option<At>,
    /// 본인 확인: how a citizen showed who they are; `None` for officials, and for what an older program began.
    pub proof: Option<Proof>,
    /// From which address: 4 or 16 bytes, none if unknown.
    pub origin: Vec<u8>,
    /// What kind of browser: a coarse code, never the browser's own words.
    pub device: String,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie.
    pub key: [u8; 32],
    /// Whose.
    pub subject: Subject,
    /// Secret the CSRF tokens are made with.
    pub secret: [u8; 32],
    /// When it began.
    pub made_at: At,
    /// When it was last used.
    pub seen_at: At,
    /// When it ends whatever happens.
    pub ends_at: At,
    /// How it began.
    pub coming: Coming,
}

/// A one-time code as it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passcode {
    /// HMAC of the code.
    pub code: [u8; 32],
    /// Wrong tries so far.
    pub tries: u32,
    /// When it was sent.
    pub made_at: At,
    /// When it ends.
    pub ends_at: At,
}

/// A citizen's saved draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its identity, and the owner of its key.
    pub id: [u8; 16],
    /// Where its content lies.
    pub text: TextId,
    /// When it was begun.
    pub made_at: At,
    /// When it was saved last.
    pub saved_at: At,
}

fn subject_parts(subject: Subject) -> (&'static str, [u8; 16]) {
    match subject {
        Subject::Guest => ("guest", [0; 16]),
        Subject::Citizen(person) => ("citizen", person.bytes()),
        Subject::Official(official) => ("official", official.bytes()),
        Subject::Entering(official) => ("entering", official.bytes()),
    }
}

/// What a citizen's session was opened with.
fn proof(row: &Row) -> Result<Option<Proof>, ReadError> {
    let (Ok(assurance), Ok(means)) = (row.text(12)?.parse(), row.text(13)?.parse()) else {
        return Ok(None);
    };
    let at = At(row.int(9)?);
    Ok(Some(Proof { assurance, means, at }))
}

fn session(row: &Row) -> Result<Session, ReadError> {
    let id = uuid::Uuid::from_bytes(row.id16(2)?);
    let subject = match row.text(1)? {
        "citizen" => Subject::Citizen(PersonId(id)),
        "official" => Subject::Official(OfficialId(id)),
        "entering" => Subject::Entering(OfficialId(id)),
        _ => Subject::Guest,
    };
    Ok(Session {
        key: row.hash32(0)?,
        subject,
        secret: row.hash32(3)?,
        made_at: At(row.int(4)?),
        seen_at: At(row.int(5)?),
        ends_at: At(row.int(6)?),
        coming: Coming {
            road: row.text(7)?.parse().ok(),
            factored: row.int(8)? != 0,
            proven_at: Some(At(row.int(9)?)).filter(|at| at.0 != 0),
            proof: proof(row)?,
            origin: row.bytes(10)?.to_vec(),
            device: row.text(11)?.to_owned(),
        },
    })
}

impl Place {
    pub(crate) async fn store(&self, writes: impl IntoIterator<Item = Write>) -> Result<(), CommitFault> {
        let mut batch = Batch::new();
        for write in writes {
            batch.push(Purpose::Race, write);
        }
        self.commit(batch, Urgency::User).await
    }

    /// What a fall of the database may take back: nobody waits for the disk.
    async fn store_passing(&self, writes: impl IntoIterator<Item = Write>) -> Result<(), CommitFault> {
        let mut batch = Batch::new();
        for write in writes {
            batch.push(Purpose::Race, write);
        }
        self.commit(batch, Urgency::Passing).await
    }

    /// Begins a session. One that a fall takes back is begun anew by its owner.
    pub async fn begin_session(&self, s: &Session) -> Result<(), CommitFault> {
        let mut batch = Batch::new();
        batch.session_begins(s);
        self.commit(batch, Urgency::Passing).await
    }

    /// A session that has not ended.
    pub async fn session(&self, key: &[u8; 32], now: At) -> Result<Option<Session>, ReadError> {
        const SQL: &str = "SELECT key, kind, subject, secret, made_at, seen_at, ends_at, road, factored, proven_at, origin, device, \
                           assurance, means FROM session WHERE key = $1 AND ends_at > $2";
        let row = self.db.query_optional(SQL, crate::params![key, now.0]).await?;
        row.map(|row| session(&row)).transpose()
    }

    /// The open sessions of an official that were used after `used_after`, the last used first.
    pub async fn sessions_of(
        &self,
        official: OfficialId,
        now: At,
        used_after: At,
    ) -> Result<Vec<Session>, ReadError> {
        const SQL: &str = "SELECT key, kind, subject, secret, made_at, seen_at, ends_at, road, factored, proven_at, origin, device, \
                           assurance, means FROM session WHERE subject = $1 AND kind = 'official' AND ends_at > $2 AND seen_at > $3 \
                           ORDER BY seen_at DESC, key";
        let params = crate::params![official.bytes(), now.0, used_after.0];
        let rows = self.db.query(SQL, params).await?;
        rows.iter().map(session).collect()
    }

    /// Notes that a session is in use.
    pub async fn session_seen(&self, key: &[u8; 32], now: At) -> Result<(), CommitFault> {
        self.store_passing([Write::new(
            "UPDATE session SET seen_at = $1 WHERE key = $2",
            crate::params![now.0, key],
        )])
        .await
    }

    /// Ends a session.
    pub async fn end_session(&self, key: &[u8; 32]) -> Result<(), CommitFault> {
        self.store([Write::new(
            "DELETE FROM session WHERE key = $1",
            crate::params![key],
        )])
        .await
    }

    /// Forgets sessions, codes and throttles whose time is over.
    pub async fn forget_ended(&self, now: At, throttled_before: At) -> Result<(), CommitFault> {
        self.store_passing([
            Write::new("DELETE FROM session WHERE ends_at <= $1", crate::params![now.0]),
            Write::new("DELETE FROM passcode WHERE ends_at <= $1", crate::params![now.0]),
            Write::new("DELETE FROM spent WHERE ends_at <= $1", crate::params![now.0]),
            Write::new(
                "DELETE FROM throttle WHERE since <= $1",
                crate::params![throttled_before.0],
            ),
        ])
        .await
    }

    /// Keeps a one-time code; an older one of the same key is replaced.
    pub async fn keep_passcode(&self, key: &[u8; 32], p: &Passcode) -> Result<(), CommitFault> {
        self.store_passing([Write::new(
            "INSERT INTO passcode (key, code, tries, made_at, ends_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (key) DO UPDATE SET code = excluded.code, tries = excluded.tries, made_at = excluded.made_at, \
             ends_at = excluded.ends_at",
            crate::params![key, p.code, p.tries, p.made_at.0, p.ends_at.0],
        )])
        .await
    }

    /// The code that waits under a key.
    pub async fn passcode(&self, key: &[u8; 32], now: At) -> Result<Option<Passcode>, ReadError> {
        const SQL: &str =
            "SELECT code, tries, made_at, ends_at FROM passcode WHERE key = $1 AND ends_at > $2";
        let row = self.db.query_optional(SQL, crate::params![key, now.0]).await?;
        row.map(|row| {
            Ok(Passcode {
                code: row.hash32(0)?,
                tries: u32::try_from(row.int(1)?).unwrap_or(u32::MAX),
                made_at: At(row.int(2)?),
                ends_at: At(row.int(3)?),
            })
        })
        .transpose()
    }

    /// Counts a try before it is looked at; a race when another try came in between.
    pub async fn passcode_tried(&self, key: &[u8; 32], tries: u32) -> Result<(), CommitFault> {
        let write = Write::new(
            "UPDATE passcode SET tries = tries + 1 WHERE key = $1 AND tries = $2",
            crate::params![key, tries],
        );
        self.store([write.rows(1)]).await
    }

    /// Uses a code up; a race when somebody used it first.
    pub async fn use_passcode(&self, key: &[u8; 32], code: &[u8; 32]) -> Result<(), CommitFault> {
        let write = Write::new(
            "DELETE FROM passcode WHERE key = $1 AND code = $2",
            crate::params![key, code],
        );
        self.store([write.rows(1)]).await
    }

    /// How often something was tried under a key, and since when.
    pub async fn throttle(&self, key: &[u8; 32]) -> Result<Option<(u32, At)>, ReadError> {
        let row = self
            .db
            .query_optional(
                "SELECT n, since FROM throttle WHERE key = $1",
                crate::params![key],
            )
            .await?;
        row.map(|row| Ok((u32::try_from(row.int(0)?).unwrap_or(u32::MAX), At(row.int(1)?))))
            .transpose()
    }

    /// Counts one more try where `most` are not reached yet, in one step, so that tries at the same moment cannot share a
    /// count; a conflict when they are. A window that began before `window` begins anew at `now`.
    pub async fn throttle_more(
        &self,
        key: &[u8; 32],
        most: u32,
        now: At,
        window: At,
    ) -> Result<(), CommitFault> {
        let write = Write::new(
            "INSERT INTO throttle (key, n, since) VALUES ($1, 1, $2) ON CONFLICT (key) DO UPDATE SET \
             n = CASE WHEN throttle.since <= $3 THEN 1 ELSE throttle.n + 1 END, \
             since = CASE WHEN throttle.since <= $3 THEN excluded.since ELSE throttle.since END \
             WHERE throttle.n < $4 OR throttle.since <= $3",
            crate::params![key, now.0, window.0, most],
        );
        self.store([write.rows(1)]).await
    }

    /// Takes one try back: it turned out to be none of the wrong ones that are counted.
    pub async fn throttle_less(&self, key: &[u8; 32]) -> Result<(), CommitFault> {
        self.store([Write::new(
            "UPDATE throttle SET n = n - 1 WHERE key = $1 AND n > 0",
            crate::params![key],
        )])
        .await
    }

    /// Forgets the tries under a key, after a success.
    pub async fn throttle_clear(&self, key: &[u8; 32]) -> Result<(), CommitFault> {
        self.store([Write::new(
            "DELETE FROM throttle WHERE key = $1",
            crate::params![key],
        )])
        .await
    }

    /// The saved drafts of an owner (a session's key cut to 16 bytes, or a person), newest first.
    pub async fn saved_of(&self, owner: [u8; 16]) -> Result<Vec<Saved>, ReadError> {
        const SQL: &str =
            "SELECT id, text, made_at, saved_at FROM saved WHERE owner = $1 ORDER BY saved_at DESC, id DESC";
        let rows = self.db.query(SQL, crate::params![owner]).await?;
        (rows.iter())
            .map(|row| {
                Ok(Saved {
                    id: row.id16(0)?,
                    text: TextId(uuid::Uuid::from_bytes(row.id16(1)?)),
                    made_at: At(row.int(2)?),
                    saved_at: At(row.int(3)?),
                })
            })
            .collect()
    }

    /// Drafts nobody touched since `before`, for the duty that forgets them.
    pub async fn saved_before(&self, before: At, limit: u32) -> Result<Vec<[u8; 16]>, ReadError> {
        const SQL: &str = "SELECT id FROM saved WHERE saved_at < $1 ORDER BY saved_at, id LIMIT $2";
        let rows = self.db.query(SQL, crate::params![before.0, limit]).await?;
        rows.iter().map(|row| row.id16(0)).collect()
    }
}

impl Batch {
    /// Begins a session.
    pub fn session_begins(&mut self, s: &Session) {
        let (kind, subject) = subject_parts(s.subject);
        self.add(
            "INSERT INTO session (key, kind, subject, secret, made_at, seen_at, ends_at, road, factored, proven_at, origin, device, \
             assurance, means) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            crate::params![
                s.key,
                kind,
                subject,
                s.secret,
                s.made_at.0,
                s.seen_at.0,
                s.ends_at.0,
                s.coming.road.map_or("", Road::code),
                s.coming.factored,
                (s.coming.proven_at)
                    .or(s.coming.proof.map(|proof| proof.at))
                    .map_or(0, |at| at.0),
                s.coming.origin.clone(),
                &s.coming.device,
                s.coming.proof.map_or("", |proof| proof.assurance.code()),
                s.coming.proof.map_or("", |proof| proof.means.code())
            ],
        );
    }

    /// Ends a session.
    pub fn session_ends(&mut self, key: &[u8; 32]) {
        self.add("DELETE FROM session WHERE key = $1", crate::params![key]);
    }

    /// Ends every session of an official, also one half-way in, but the one with this key.
    pub fn sessions_end(&mut self, official: OfficialId, but: Option<&[u8; 32]>) {
        self.add(
            "DELETE FROM session WHERE subject = $1 AND kind IN ('official', 'entering') AND key <> $2",
            crate::params![official.bytes(), but.copied().unwrap_or_default()],
        );
    }

    /// Notes that who uses a session was shown anew.
    pub fn session_proven(&mut self, key: &[u8; 32], factored: bool, now: At) {
        self.add(
            "UPDATE session SET proven_at = $1, factored = $2 WHERE key = $3",
            crate::params![now.0, factored, key],
        );
    }

    /// A new saved draft.
    pub fn saved_first(&mut self, id: [u8; 16], owner: [u8; 16], text: TextId, now: At) {
        self.add(
            "INSERT INTO saved (id, owner, text, made_at, saved_at) VALUES ($1, $2, $3, $4, $4)",
            crate::params![id, owner, text.bytes(), now.0],
        );
    }

    /// A saved draft with new content.
    pub fn saved_next(&mut self, id: [u8; 16], owner: [u8; 16], old: TextId, new: TextId, now: At) {
        let write = Write::new(
            "UPDATE saved SET text = $1, saved_at = $2 WHERE id = $3 AND owner = $4 AND text = $5",
            crate::params![new.bytes(), now.0, id, owner, old.bytes()],
        );
        self.push(Purpose::Race, write.rows(1));
        self.drop_text(old);
    }

    /// A saved draft given to another owner: a guest who verified a contact.
    pub fn saved_moved(&mut self, from: [u8; 16], to: [u8; 16]) {
        self.add(
            "UPDATE saved SET owner = $1 WHERE owner = $2",
            crate::params![to, from],
        );
    }

    /// Forgets a saved draft, key and all.
    pub fn saved_gone(&mut self, id: [u8; 16]) {
        self.add("DELETE FROM saved WHERE id = $1", crate::params![id]);
        self.drop_key(id);
    }
}

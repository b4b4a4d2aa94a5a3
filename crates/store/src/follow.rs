//! 따라가기 — what an official keeps of their own: conditions of lists, how far they have seen, and what changed since.

use crate::batch::Batch;
use crate::engine::{Ask, ReadError, Value};
use crate::head::{NOBODY, petition};
use crate::place::Place;
use domain::event::Recorded;
use domain::id::{OfficialId, PetitionId, TextId, UnitId};
use domain::petition::Petition;
use domain::time::At;

/// A kept condition, its words still sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptFilter {
    /// Identity, and owner of the key its words are sealed under.
    pub id: [u8; 16],
    /// Where its words lie.
    pub text: TextId,
    /// Whether the list begins with it.
    pub begins: bool,
}

/// 내 것 — whose changes somebody follows: those of units, those of no unit yet, and those an official takes part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// By whom; what they did themselves is no news.
    pub official: OfficialId,
    /// 주관부서; [`crate::head::NONE`] stands for none yet.
    pub units: Vec<UnitId>,
    /// Departments that were asked their opinion.
    pub supports: Vec<UnitId>,
}

impl Place {
    /// The conditions an official keeps, oldest first.
    pub async fn kept_filters(&self, official: OfficialId) -> Result<Vec<KeptFilter>, ReadError> {
        const SQL: &str = "SELECT id, text, begins FROM kept_filter WHERE official = $1 ORDER BY made_at, id";
        let rows = self.db.query(SQL, crate::params![official.bytes()]).await?;
        (rows.iter())
            .map(|row| {
                Ok(KeptFilter {
                    id: row.id16(0)?,
                    text: TextId(uuid::Uuid::from_bytes(row.id16(1)?)),
                    begins: row.int(2)? != 0,
                })
            })
            .collect()
    }

    /// How far an official has seen what changed; `None` for one who never looked.
    pub async fn seen_until(&self, official: OfficialId) -> Result<Option<At>, ReadError> {
        const SQL: &str = "SELECT at FROM seen_until WHERE official = $1";
        let row = (self.db.query_optional(SQL, crate::params![official.bytes()])).await?;
        row.map(|row| Ok(At(row.int(0)?))).transpose()
    }

    /// The petitions somebody follows that others changed after `since`, the newest change first, at most `limit`.
    pub async fn changed(
        &self,
        followed: &Followed,
        since: At,
        limit: u32,
    ) -> Result<Vec<Petition>, ReadError> {
        let mut params = Vec::new();
        let any = followed_sql(followed, since, limit, &mut params);
        let n = params.len();
        let sql = format!(
            "SELECT state FROM head WHERE id IN ({any}) ORDER BY changed_at DESC, id DESC LIMIT ${n}"
        );
        let rows = self.db.query_text(self.literal(sql), params).await?;
        rows.iter().map(|row| petition(row, 0)).collect()
    }

    /// How many such petitions there are, no further than `most`.
    pub async fn count_changed(&self, followed: &Followed, since: At, most: u32) -> Result<u32, ReadError> {
        let mut params = Vec::new();
        let any = followed_sql(followed, since, most, &mut params);
        let sql = format!("SELECT count(*) FROM ({any}) AS together");
        let rows = self.db.query_text(self.literal(sql), params).await?;
        let counted = rows.first().map_or(Ok(0), |row| row.int(0))?;
        Ok(u32::try_from(counted).unwrap_or(most).min(most))
    }

    /// What happened to a petition after `since`, oldest first, at most `limit`.
    pub async fn events_since(
        &self,
        petition: PetitionId,
        since: At,
        limit: u32,
    ) -> Result<Vec<Recorded>, ReadError> {
        let journal = self.journal(petition).await?;
        Ok((journal.into_iter())
            .map(|entry| entry.recorded)
            .filter(|recorded| recorded.recorded_at > since)
            .take(limit as usize)
            .collect())
    }
}

/// Of all one ever took part in, so many of those filed last are looked at: somebody who has been here for ten years waits no longer than
/// somebody who came today.
const NEWEST: u32 = 300;

/// The identities of followed petitions with a change by others after `since`, as one query; each part looks at `limit` rows
/// at most. The limit is the last parameter.
fn followed_sql(followed: &Followed, since: At, limit: u32, params: &mut Vec<Value>) -> String {
    params.extend(crate::params![since.0, followed.official.bytes()]);
    let mut conditions = Vec::new();
    for unit in &followed.units {
        params.push(unit.bytes().into());
        conditions.push(format!("unit = ${}", params.len()));
    }
    // What is with oneself, however old it is.
    for column in ["handler", "signer"] {
        conditions.push(format!("is_open = 1 AND {column} = $2 AND {column} <> {NOBODY}"));
    }
    let taking_part = [followed.official.bytes()].into_iter();
    for who in taking_part.chain(followed.supports.iter().map(|unit| unit.bytes())) {
        params.push(who.into());
        conditions.push(format!(
            "id IN (SELECT petition FROM (SELECT petition FROM involved WHERE who = ${} ORDER BY petition DESC LIMIT {NEWEST}) AS newest)",
            params.len()
        ));
    }
    params.push(limit.into());
    let n = params.len();
    let others = "EXISTS (SELECT 1 FROM event e WHERE e.petition = head.id AND e.recorded_at > $1 \
                  AND NOT (e.by_kind = 'official' AND e.by_id = $2))";
    let parts: Vec<String> = (conditions.iter())
        .map(|condition| {
            format!(
                "SELECT id FROM (SELECT id FROM head WHERE {condition} AND changed_at > $1 AND {others} \
                 ORDER BY changed_at DESC LIMIT ${n}) AS part"
            )
        })
        .collect();
    parts.join(" UNION ")
}

impl Batch {
    /// A condition kept for later.
    pub fn kept_filter(&mut self, id: [u8; 16], official: OfficialId, text: TextId, now: At) {
        self.add(
            "INSERT INTO kept_filter (id, official, text, begins, made_at) VALUES ($1, $2, $3, 0, $4)",
            crate::params![id, official.bytes(), text.bytes(), now.0],
        );
    }

    /// The one condition the list begins with; none where `id` is `None`.
    pub fn begins_with(&mut self, official: OfficialId, id: Option<[u8; 16]>) {
        self.add(
            "UPDATE kept_filter SET begins = CASE WHEN id = $2 THEN 1 ELSE 0 END WHERE official = $1",
            crate::params![official.bytes(), id.unwrap_or(crate::head::NONE)],
        );
    }

    /// Forgets a kept condition, key and all.
    pub fn kept_filter_gone(&mut self, id: [u8; 16]) {
        self.add("DELETE FROM kept_filter WHERE id = $1", crate::params![id]);
        self.drop_key(id);
    }

    /// An official has seen everything up to a moment; it never goes back.
    pub fn seen_until(&mut self, official: OfficialId, at: At) {
        self.add(
            "INSERT INTO seen_until (official, at) VALUES ($1, $2) ON CONFLICT (official) DO UPDATE SET at = excluded.at \
             WHERE seen_until.at < excluded.at",
            crate::params![official.bytes(), at.0],
        );
    }
}

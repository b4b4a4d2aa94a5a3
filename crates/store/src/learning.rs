//! 길잡이 — the sealed model of suggestions and the numbers about it, contacts that were only written down, numbers of older
//! registers: each found by one whole-value HMAC or by its place, never by a word.

use crate::batch::Batch;
use crate::engine::{Ask, ReadError};
use crate::head::{petition, sight_sql};
use crate::person::ContactKind;
use crate::place::Place;
use crate::vault::VaultError;
use crypto::Fill;
use domain::access::Sight;
use domain::id::{PersonId, PetitionId, TextId};
use domain::petition::Petition;
use domain::search::fold;
use domain::time::At;
use std::collections::BTreeMap;

/// 배부 모델, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredModel {
    /// Its identity: another one means that the office has learnt anew.
    pub id: [u8; 16],
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it was made.
    pub made_at: At,
    /// Of how many petitions.
    pub lessons: u32,
}

/// What became of a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// The first department suggested was chosen.
    First,
    /// Another one of those suggested was.
    Among,
    /// None of them was.
    Other,
}

impl Choice {
    /// All of them.
    pub const ALL: [Choice; 3] = [Choice::First, Choice::Among, Choice::Other];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Choice::First => "first",
            Choice::Among => "among",
            Choice::Other => "other",
        }
    }
}

/// What the signature of a model is made over.
fn signed(hash: &[u8; 32], made_at: At, lessons: u32) -> [u8; 32] {
    let parts: [&[u8]; 3] = [hash, &made_at.0.to_be_bytes(), &lessons.to_be_bytes()];
    crypto::hash::sha256("minwon model signed", &parts)
}

impl Batch {
    /// Lays a model down in the place of `old` ones, whose keys die.
    #[expect(clippy::too_many_arguments, reason = "the parts of one row, each used once")]
    pub fn model(
        &mut self,
        place: &Place,
        id: [u8; 16],
        text: TextId,
        bytes: &[u8],
        lessons: u32,
        old: &[[u8; 16]],
        now: At,
        fill: Fill<'_>,
    ) -> Result<(), VaultError> {
        for gone in old {
            self.add("DELETE FROM model WHERE id = $1", crate::params![gone]);
            self.drop_key(*gone);
        }
        let key = self.owner_key(place, id, now, fill)?;
        self.text(&key, text, bytes, fill);
        let hash = crypto::hash::sha256("minwon model", &[bytes]);
        let signature = place.keys.signer.sign(&signed(&hash, now, lessons));
        self.add(
            "INSERT INTO model (id, text, made_at, lessons, hash, signature) VALUES ($1, $2, $3, $4, $5, $6)",
            crate::params![id, text.bytes(), now.0, lessons, hash, signature.to_vec()],
        );
        Ok(())
    }

    /// Counts what became of a suggestion.
    pub fn suggested(&mut self, choice: Choice) {
        self.add(
            "INSERT INTO suggested (choice, n) VALUES ($1, 1) ON CONFLICT (choice) DO UPDATE SET n = suggested.n + 1",
            crate::params![choice.code()],
        );
    }

    /// Remembers that a person wrote this contact down. It proves nothing; it only lets the same petitioner be seen again.
    pub fn claim(&mut self, place: &Place, kind: ContactKind, value: &str, person: PersonId) {
        self.add(
            "INSERT INTO claim (lookup, person) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            crate::params![place.claimed(kind, value), person.bytes()],
        );
    }

    /// Remembers under which number an older register had a petition.
    pub fn old_number(&mut self, place: &Place, number: &str, petition: PetitionId) {
        self.add(
            "INSERT INTO old_number (lookup, petition) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            crate::params![place.old(number), petition.bytes()],
        );
    }
}

impl Place {
    fn claimed(&self, kind: ContactKind, value: &str) -> [u8; 32] {
        let label = match kind {
            ContactKind::Phone => "claimed phone",
            ContactKind::Mail => "claimed mail",
        };
        self.keys.lookup.lookup(label, value)
    }

    /// The whole-value HMAC of an older number in its one spelling: folded, letters and digits alone.
    fn old(&self, number: &str) -> [u8; 32] {
        let spelt: String = fold(number).chars().filter(|c| c.is_alphanumeric()).collect();
        self.keys.lookup.lookup("old number", &spelt)
    }

    /// The identities of the models laid down; one at most, unless two were made at the same time.
    pub async fn models(&self) -> Result<Vec<[u8; 16]>, ReadError> {
        const SQL: &str = "SELECT id FROM model ORDER BY made_at DESC, id DESC";
        let rows = self.db.query(SQL, Vec::new()).await?;
        rows.iter().map(|row| row.id16(0)).collect()
    }

    /// The newest model. Errors: it is not the one that was signed.
    pub async fn model(&self) -> Result<Option<StoredModel>, VaultError> {
        const SQL: &str = "SELECT id, text, made_at, lessons, hash, signature FROM model ORDER BY made_at DESC, id DESC LIMIT 1";
        let Some(row) = self.db.query_optional(SQL, Vec::new()).await? else {
            return Ok(None);
        };
        let text = TextId(uuid::Uuid::from_bytes(row.id16(1)?));
        let Some(bytes) = self.open_loose(&[text]).await?.remove(&text) else {
            return Ok(None);
        };
        let (made_at, lessons) = (At(row.int(2)?), u32::try_from(row.int(3)?).unwrap_or_default());
        let hash = crypto::hash::sha256("minwon model", &[&bytes]);
        let holds = hash == row.hash32(4)?
            && (self.keys.signer.public()).verify(&signed(&hash, made_at, lessons), row.bytes(5)?);
        if !holds {
            return Err(VaultError::Altered(text));
        }
        Ok(Some(StoredModel {
            id: row.id16(0)?,
            bytes,
            made_at,
            lessons,
        }))
    }

    /// What became of suggestions so far.
    pub async fn suggested(&self) -> Result<BTreeMap<Choice, u64>, ReadError> {
        let rows = self
            .db
            .query("SELECT choice, n FROM suggested", Vec::new())
            .await?;
        let mut counts = BTreeMap::new();
        for row in rows {
            let code = row.text(0)?;
            if let Some(choice) = Choice::ALL.into_iter().find(|choice| choice.code() == code) {
                counts.insert(choice, row.int(1)?.unsigned_abs());
            }
        }
        Ok(counts)
    }

    /// Everybody who wrote this contact down without verifying it, at most `most`.
    pub async fn claimants(
        &self,
        kind: ContactKind,
        value: &str,
        most: u32,
    ) -> Result<Vec<PersonId>, ReadError> {
        const SQL: &str = "SELECT person FROM claim WHERE lookup = $1 ORDER BY person DESC LIMIT $2";
        let rows = self
            .db
            .query(SQL, crate::params![self.claimed(kind, value), most])
            .await?;
        rows.iter()
            .map(|row| Ok(PersonId(uuid::Uuid::from_bytes(row.id16(0)?))))
            .collect()
    }

    /// The petitions an older register had under this number, newest first, as far as `sight` goes, at most `most`.
    pub async fn by_old_number(
        &self,
        number: &str,
        sight: &Sight,
        most: u32,
    ) -> Result<Vec<Petition>, ReadError> {
        let mut params = crate::params![self.old(number)];
        let seen = sight_sql(sight, &mut params);
        params.push(most.into());
        let sql = format!(
            "SELECT state FROM head WHERE id IN (SELECT petition FROM old_number WHERE lookup = $1) AND {seen} \
             ORDER BY id DESC LIMIT ${}",
            params.len()
        );
        let rows = self.db.query_text(sql, params).await?;
        rows.iter().map(|row| petition(row, 0)).collect()
    }
}

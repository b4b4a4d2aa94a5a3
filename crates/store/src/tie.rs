//! 본인확인 연결 — which person an identity of a provider belongs to.
//!
//! An identity is found again by one keyed hash and by nothing else; the provider's own name for a person is kept nowhere. With
//! the person go the rows: nobody who was destroyed can be found by coming back.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Write};
use crate::place::Place;
use domain::assurance::{Assurance, Means};
use domain::id::{PersonId, TextId};
use domain::time::At;

/// 연결 하나.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The keyed hash it is found by.
    pub lookup: [u8; 32],
    /// Whose.
    pub person: PersonId,
    /// The provider's code in the configuration of that time.
    pub provider: String,
    /// What kind of provider.
    pub means: Means,
    /// How sure the office was of its word when it was last shown.
    pub assurance: Assurance,
    /// Where the name that the provider gave lies.
    pub text: TextId,
    /// Since when.
    pub made_at: At,
    /// When it was last shown.
    pub used_at: At,
}

fn tie(row: &Row) -> Result<Tie, ReadError> {
    let (means, assurance) = (row.text(3)?, row.text(4)?);
    Ok(Tie {
        lookup: row.hash32(0)?,
        person: PersonId(uuid::Uuid::from_bytes(row.id16(1)?)),
        provider: row.text(2)?.to_owned(),
        means: means
            .parse()
            .map_err(|_| ReadError::Broken(format!("{means} is no means")))?,
        assurance: assurance
            .parse()
            .map_err(|_| ReadError::Broken(format!("{assurance} is no level")))?,
        text: TextId(uuid::Uuid::from_bytes(row.id16(5)?)),
        made_at: At(row.int(6)?),
        used_at: At(row.int(7)?),
    })
}

impl Batch {
    /// Ties an identity to a person. A race where somebody has it already.
    pub fn tied(&mut self, tie: &Tie) {
        self.add(
            "INSERT INTO tie (lookup, person, provider, means, assurance, text, made_at, used_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            crate::params![
                tie.lookup,
                tie.person.bytes(),
                &tie.provider,
                tie.means.code(),
                tie.assurance.code(),
                tie.text.bytes(),
                tie.made_at.0,
                tie.used_at.0
            ],
        );
    }

    /// An identity was shown again: `now` is the tie as it stands, whose name may lie in a new text. A race where it was untied, or
    /// shown by two browsers at one moment.
    pub fn tie_shown(&mut self, before: &Tie, now: &Tie) {
        let write = Write::new(
            "UPDATE tie SET provider = $1, means = $2, assurance = $3, text = $4, used_at = $5 \
             WHERE lookup = $6 AND person = $7 AND text = $8",
            crate::params![
                &now.provider,
                now.means.code(),
                now.assurance.code(),
                now.text.bytes(),
                now.used_at.0,
                before.lookup,
                before.person.bytes(),
                before.text.bytes()
            ],
        );
        self.push(Purpose::Race, write.rows(1));
        if now.text != before.text {
            self.drop_text(before.text);
        }
    }

    /// Unties an identity. A race where it is not this person's, or is the last way in.
    pub fn untied(&mut self, tie: &Tie) {
        // Whoever unties waits for others who untie from the same person: two must not each leave the other's for the last.
        let hold = Write::new(
            "UPDATE person SET made_at = made_at WHERE id = $1",
            crate::params![tie.person.bytes()],
        );
        self.push(Purpose::Race, hold.rows(1));
        let write = Write::new(
            "DELETE FROM tie WHERE lookup = $1 AND person = $2 AND (EXISTS (SELECT 1 FROM identity i WHERE i.person = $2) \
             OR EXISTS (SELECT 1 FROM tie o WHERE o.person = $2 AND o.lookup <> $1))",
            crate::params![tie.lookup, tie.person.bytes()],
        );
        self.push(Purpose::Race, write.rows(1));
        self.drop_text(tie.text);
        // What a session was opened with is said of nobody any more.
        self.add(
            "UPDATE session SET assurance = '', means = '' WHERE subject = $1 AND kind = 'citizen'",
            crate::params![tie.person.bytes()],
        );
    }
}

impl Place {
    /// The keyed hash of an identity: the issuer that vouches for it, the claim it stands in, and what stands there.
    pub fn tie_lookup(&self, issuer: &str, claim: &str, identifier: &str) -> [u8; 32] {
        // No issuer and no name of a claim holds a line end, so that no two identities have one spelling.
        let whole = format!("{issuer}\n{claim}\n{identifier}");
        self.keys.lookup.lookup("verified identity", &whole)
    }

    /// The tie of an identity.
    pub async fn tie(&self, lookup: &[u8; 32]) -> Result<Option<Tie>, ReadError> {
        const SQL: &str = "SELECT lookup, person, provider, means, assurance, text, made_at, used_at FROM tie \
                           WHERE lookup = $1";
        let row = self.db.query_optional(SQL, crate::params![lookup]).await?;
        row.as_ref().map(tie).transpose()
    }

    /// The ties of a person, the last shown first.
    pub async fn ties_of(&self, person: PersonId) -> Result<Vec<Tie>, ReadError> {
        const SQL: &str = "SELECT lookup, person, provider, means, assurance, text, made_at, used_at FROM tie WHERE person = $1 \
                           ORDER BY used_at DESC, lookup";
        let rows = self.db.query(SQL, crate::params![person.bytes()]).await?;
        rows.iter().map(tie).collect()
    }

    /// Whether a person can come in by a one-time code to a contact of theirs.
    pub async fn has_contact(&self, person: PersonId) -> Result<bool, ReadError> {
        const SQL: &str = "SELECT 1 FROM identity WHERE person = $1 LIMIT 1";
        Ok(self
            .db
            .query_optional(SQL, crate::params![person.bytes()])
            .await?
            .is_some())
    }
}

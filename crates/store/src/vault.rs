//! 금고 — every word a citizen or an official wrote, sealed under the key of its owner; the key dies, and so do the words.
//!
//! What is sealed is a nonce and the content. The commitment in the journal is an HMAC under that nonce: while the key
//! lives it proves the text, and afterwards nothing can be tested against it.

use crate::batch::Batch;
use crate::engine::{Ask, ReadError, Value};
use crate::place::Place;
use crypto::Fill;
use crypto::place::Month;
use crypto::seal::{Key, OVERHEAD, Suite};
use domain::id::TextId;
use domain::text::Text;
use domain::time::At;
use std::collections::HashMap;

/// Whose key seals a text: a petition, a person, or a saved draft.
pub type Owner = [u8; 16];

/// A key in hand, for writing further texts of the same owner.
pub struct OwnerKey {
    /// Whose.
    pub owner: Owner,
    key: Key,
}

impl OwnerKey {
    /// The key itself, to be wrapped anew.
    pub(crate) fn key(&self) -> &Key {
        &self.key
    }
}

/// Opened texts by their identity. What could not be opened (the key is gone, or the text is not the one the journal
/// speaks of) is not among them.
#[derive(Debug, Default, Clone)]
pub struct Opened {
    texts: HashMap<TextId, Vec<u8>>,
    /// Texts that lie in the vault but are not what the journal committed to.
    pub altered: Vec<TextId>,
}

impl Opened {
    /// The bytes.
    pub fn bytes(&self, text: Text) -> Option<&[u8]> {
        self.texts.get(&text.id).map(Vec::as_slice)
    }

    /// Takes in what was opened elsewhere.
    pub fn extend(&mut self, more: Opened) {
        self.texts.extend(more.texts);
        self.altered.extend(more.altered);
    }

    /// The text; `None` when its key is gone.
    pub fn text(&self, text: Text) -> Option<&str> {
        self.bytes(text).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }
}

/// 분리 보관 — how far opening reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// What any page may open.
    Ordinary,
    /// What is kept apart, too: for the privacy officer with a reason, and for checks that show nobody anything.
    Apart,
}

/// Nonce and content of a text.
type Plain = ([u8; 32], Vec<u8>);

fn aad(id: TextId, owner: &Owner) -> Vec<u8> {
    [b"minwon vault".as_slice(), &id.bytes(), owner].concat()
}

impl Batch {
    /// Makes a new key for `owner` and stores it wrapped by the epoch key of `now`'s month.
    pub fn owner_key(
        &mut self,
        place: &Place,
        owner: Owner,
        now: At,
        fill: Fill<'_>,
    ) -> Result<OwnerKey, VaultError> {
        let month = Month::of(now).ok_or(VaultError::NoKey)?;
        let key = Key::generate(fill);
        let wrapped = place.keys.wrap(Suite::Standard, month, &owner, &key, fill)?;
        self.add(
            "INSERT INTO vault_key (owner, epoch, wrapped) VALUES ($1, $2, $3)",
            crate::params![owner, month.number(), wrapped],
        );
        Ok(OwnerKey { owner, key })
    }

    /// Lays a text into the vault and gives the reference the journal keeps.
    pub fn text(&mut self, key: &OwnerKey, id: TextId, content: &[u8], fill: Fill<'_>) -> Text {
        let mut nonce = [0; 32];
        fill(&mut nonce);
        let commitment = crypto::hash::commit(&nonce, content);
        let plain = zeroize::Zeroizing::new([nonce.as_slice(), content].concat());
        let sealed = crypto::seal::seal(Suite::Standard, &key.key, &aad(id, &key.owner), &plain, fill);
        self.add(
            crate::objects::HERE,
            crate::params![id.bytes(), key.owner, sealed],
        );
        Text { id, commitment }
    }

    /// Takes a text out of the vault for good.
    pub fn drop_text(&mut self, id: TextId) {
        self.loosen(id);
        self.add("DELETE FROM vault WHERE id = $1", crate::params![id.bytes()]);
    }

    /// Destroys an owner's key, and with it everything sealed under it.
    pub fn drop_key(&mut self, owner: Owner) {
        self.add("DELETE FROM vault_key WHERE owner = $1", crate::params![owner]);
        self.loosen_all(owner);
        self.add("DELETE FROM vault WHERE owner = $1", crate::params![owner]);
        self.add("DELETE FROM file_scan WHERE petition = $1", crate::params![owner]);
        // What could still be tested against a guess goes with it.
        self.add("DELETE FROM claim WHERE person = $1", crate::params![owner]);
        self.add(
            "DELETE FROM old_number WHERE petition = $1",
            crate::params![owner],
        );
    }
}

/// Why the vault did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The database.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The key ring.
    #[error(transparent)]
    Keys(#[from] crypto::keyring::KeyError),
    /// What was to be changed was not stored.
    #[error(transparent)]
    Written(#[from] crate::batch::CommitFault),
    /// The owner has no key: destroyed, or never made.
    #[error("the owner has no key")]
    NoKey,
    /// A sealed text does not open, or is not the one the journal speaks of.
    #[error("text {0} in the vault is not the one the journal speaks of")]
    Altered(TextId),
}

impl Place {
    /// The key of an owner, for writing more.
    pub async fn key_of(&self, owner: Owner) -> Result<OwnerKey, VaultError> {
        self.keys_of(&[owner], Reach::Ordinary)
            .await?
            .remove(&owner)
            .map(|key| OwnerKey { owner, key })
            .ok_or(VaultError::NoKey)
    }

    async fn keys_of(&self, owners: &[Owner], reach: Reach) -> Result<HashMap<Owner, Key>, VaultError> {
        let mut keys = HashMap::new();
        for chunk in owners.chunks(64) {
            let (places, params) = list(chunk);
            let sql = match reach {
                Reach::Ordinary => {
                    format!(
                        "SELECT owner, epoch, wrapped FROM vault_key WHERE owner IN ({places}) AND apart = 0"
                    )
                }
                Reach::Apart => {
                    format!("SELECT owner, epoch, wrapped FROM vault_key WHERE owner IN ({places})")
                }
            };
            for row in self.db.query_text(sql, params).await? {
                let owner = row.id16(0)?;
                let month = u32::try_from(row.int(1)?).ok().and_then(Month::from_number);
                let month = month.ok_or_else(|| ReadError::Broken("a key is wrapped in no month".into()))?;
                match self.keys.unwrap(month, &owner, row.bytes(2)?) {
                    Ok(key) => keys.insert(owner, key),
                    // A copy from beyond the horizon: its month died on purpose, and so did what it wraps.
                    Err(crypto::keyring::KeyError::Retired(_)) => None,
                    Err(error) => return Err(error.into()),
                };
            }
        }
        Ok(keys)
    }

    /// Opens these texts. Each is checked against its commitment; one that differs is named as altered and never shown,
    /// so that one bad row does not take a whole list away from the office; one whose key is gone is left out.
    pub async fn open(&self, texts: &[Text]) -> Result<Opened, VaultError> {
        self.open_within(Reach::Ordinary, texts).await
    }

    /// The same, as far as `reach` goes.
    pub async fn open_within(&self, reach: Reach, texts: &[Text]) -> Result<Opened, VaultError> {
        let wanted: HashMap<TextId, Text> = texts.iter().map(|text| (text.id, *text)).collect();
        let mut opened = Opened::default();
        for (id, plain) in self.opened(texts.iter().map(|t| t.id).collect(), reach).await? {
            match (plain, wanted.get(&id)) {
                (Some((nonce, content)), Some(text))
                    if crypto::hash::commit(&nonce, &content) == text.commitment =>
                {
                    opened.texts.insert(id, content);
                }
                _ => {
                    tracing::error!(text = %id, "a text in the vault is not the one the journal speaks of");
                    opened.altered.push(id);
                }
            }
        }
        Ok(opened)
    }

    /// Whether an owner's key is still there; once it is destroyed, missing texts are as they should be.
    pub async fn has_key(&self, owner: Owner) -> Result<bool, ReadError> {
        const SQL: &str = "SELECT 1 FROM vault_key WHERE owner = $1";
        Ok(self
            .db
            .query_optional(SQL, crate::params![owner])
            .await?
            .is_some())
    }

    /// Opens texts that no journal speaks of: contacts of persons, saved drafts.
    pub async fn open_loose(&self, ids: &[TextId]) -> Result<HashMap<TextId, Vec<u8>>, VaultError> {
        let opened = self.opened(ids.to_vec(), Reach::Ordinary).await?;
        (opened.into_iter())
            .map(|(id, plain)| Ok((id, plain.ok_or(VaultError::Altered(id))?.1)))
            .collect()
    }

    /// Nonce and content of each text that lies there and whose key lives; `None` for one that does not open.
    pub(crate) async fn opened(
        &self,
        ids: Vec<TextId>,
        reach: Reach,
    ) -> Result<Vec<(TextId, Option<Plain>)>, VaultError> {
        let mut sealed = Vec::with_capacity(ids.len());
        let bytes: Vec<Owner> = ids.iter().map(|id| id.bytes()).collect();
        for chunk in bytes.chunks(64) {
            let (places, params) = list(chunk);
            let sql = format!("SELECT id, owner, sealed, object FROM vault WHERE id IN ({places})");
            for row in self.db.query_text(sql, params).await? {
                let id = TextId(uuid::Uuid::from_bytes(row.id16(0)?));
                sealed.push((id, row.id16(1)?, row.bytes(2)?.to_vec(), row.text(3)?.to_owned()));
            }
        }
        let mut owners: Vec<Owner> = sealed.iter().map(|(_, owner, ..)| *owner).collect();
        owners.sort_unstable();
        owners.dedup();
        let keys = self.keys_of(&owners, reach).await?;
        let mut opened = Vec::with_capacity(sealed.len());
        for (id, owner, mut sealed, object) in sealed {
            let Some(key) = keys.get(&owner) else { continue };
            if !object.is_empty() {
                match self.fetch(&object).await? {
                    Some(fetched) => sealed = fetched,
                    None => {
                        tracing::error!(text = %id, object, "the object of a text is not in the store of attachments, or is another");
                        continue;
                    }
                }
            }
            let plain = crypto::seal::open(key, &aad(id, &owner), &sealed).ok();
            let plain = plain.and_then(|plain| {
                let (nonce, content) = plain.split_first_chunk::<32>()?;
                Some((*nonce, content.to_vec()))
            });
            opened.push((id, plain));
        }
        Ok(opened)
    }
}

/// How many bytes a content of `len` bytes takes in the vault.
pub const fn sealed_size(len: usize) -> usize {
    len + 32 + OVERHEAD
}

/// Places and parameters of an IN list; its length is rounded up to a power of two, so that few statements are prepared.
fn list(ids: &[Owner]) -> (String, Vec<Value>) {
    let size = ids.len().next_power_of_two();
    let places: Vec<String> = (1..=size).map(|n| format!("${n}")).collect();
    let padded = ids.iter().chain(std::iter::repeat_n(&ids[0], size - ids.len()));
    (places.join(", "), padded.map(|id| Value::from(*id)).collect())
}

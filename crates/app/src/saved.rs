//! 임시저장 — what a citizen has written but not filed yet: sealed like a petition, forgotten after thirty days.

use crate::App;
use crate::act::ActError;
use crate::words::Raw;
use domain::event::Attached;
use domain::form::Answers;
use domain::id::TextId;
use domain::refusal::Refusal;
use domain::terms::{Code, FileType};
use domain::time::At;
use serde::{Deserialize, Serialize};
use store::batch::Batch;
use store::engine::Urgency;
use store::session::{Saved, Session, Subject};

/// A draft nobody touched for so long is forgotten.
pub const KEPT: i64 = 30 * 24 * 3_600_000;
/// One person keeps at most so many; saving one more forgets the oldest.
pub const MOST: usize = 20;

/// What is saved: the fields of the form as they stand, nothing judged yet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// Code of the service.
    pub service: String,
    /// 제목.
    pub title: String,
    /// 내용.
    pub body: String,
    /// 장소.
    pub place: String,
    /// 공개 구분, as code.
    pub openness: String,
    /// 자치구, as number.
    pub district: String,
    /// 성명.
    pub name: String,
    /// Telephone or mail as typed.
    pub address: String,
    /// Attached files: identity in the vault, name, bytes.
    pub files: Vec<SavedFile>,
    /// The form it is written on: its code and version, where the service has one.
    #[serde(default)]
    pub form: Option<(Code, u32)>,
    /// What was answered so far, as typed.
    #[serde(default)]
    pub answers: Answers,
    /// 구술: what a clerk wrote down, field by field, before it is read back and signed.
    #[serde(default)]
    pub oral: std::collections::BTreeMap<String, String>,
    /// 신청인 정보, field by field, as typed.
    #[serde(default)]
    pub party: std::collections::BTreeMap<String, String>,
    /// The key that makes a repeated filing the same filing.
    pub key: String,
}

/// A file attached to a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFile {
    /// Where its content lies.
    pub id: TextId,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// What it is; `None` where an older program kept it.
    #[serde(default)]
    pub kind: Option<FileType>,
    /// Whether place and time were taken out of it.
    #[serde(default)]
    pub cleaned: bool,
    /// Which 구비서류 of the form it is, by the name of the field.
    #[serde(default)]
    pub slot: Option<Code>,
}

/// A file that comes with a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
    /// What it is; `None` for what is no attachment.
    pub kind: Option<FileType>,
    /// Whether place and time were taken out of it.
    pub cleaned: bool,
    /// Which 구비서류 of the form it is.
    pub slot: Option<Code>,
}

impl NewFile {
    /// A file that was looked at.
    pub fn new(taken: files::Taken, slot: Option<Code>) -> NewFile {
        NewFile {
            name: taken.name,
            content: taken.bytes,
            kind: Some(taken.kind),
            cleaned: taken.cleaned,
            slot,
        }
    }
}

/// What a text is recognised by, where only its being the same matters.
pub fn fingerprint(text: &[u8]) -> [u8; 32] {
    crypto::hash::sha256("minwon read back", &[text])
}

/// Whose drafts: a known person's, or a guest's by session.
pub fn owner(session: &Session) -> [u8; 16] {
    match session.subject {
        Subject::Citizen(person) => person.bytes(),
        Subject::Official(official) => official.bytes(),
        Subject::Guest | Subject::Entering(_) => guest(&session.key),
    }
}

/// The owner that a guest's session stands for.
pub fn guest(key: &[u8; 32]) -> [u8; 16] {
    let mut owner = [0; 16];
    owner.copy_from_slice(&key[..16]);
    owner
}

impl App {
    /// Saves a draft, a new one when `id` is `None` or not the owner's; gives its identity. `new_files` are laid into the
    /// vault under the draft's key and added to its list.
    pub async fn save_draft(
        &self,
        owner: [u8; 16],
        id: Option<[u8; 16]>,
        draft: &mut Draft,
        new_files: Vec<NewFile>,
    ) -> Result<[u8; 16], ActError> {
        let place = &self.places.live;
        let now = self.now();
        let mine = place.saved_of(owner).await?;
        let known = id.and_then(|id| mine.iter().find(|saved| saved.id == id).cloned());
        let mut batch = Batch::new();
        let key = match &known {
            Some(saved) => place.key_of(saved.id).await?,
            None => {
                let fill = &mut self.fill();
                place.ready(now, fill)?;
                batch.owner_key(place, *self.id().as_bytes(), now, fill)?
            }
        };
        for file in new_files {
            let text = TextId(self.id());
            batch.text(&key, text, &file.content, &mut self.fill());
            batch.lies_apart(text);
            draft.files.push(SavedFile {
                id: text,
                name: file.name,
                size: file.content.len() as u64,
                kind: file.kind,
                cleaned: file.cleaned,
                slot: file.slot,
            });
        }
        let text = TextId(self.id());
        batch.text(&key, text, &serde_json::to_vec(draft)?, &mut self.fill());
        match &known {
            Some(saved) => batch.saved_next(saved.id, owner, saved.text, text, now),
            None => batch.saved_first(key.owner, owner, text, now),
        }
        if known.is_none() && mine.len() >= MOST {
            mine[MOST - 1..].iter().for_each(|old| batch.saved_gone(old.id));
        }
        place.commit(batch, Urgency::User).await?;
        Ok(key.owner)
    }

    /// The drafts of an owner, newest first, opened.
    pub async fn drafts(&self, owner: [u8; 16]) -> Result<Vec<(Saved, Draft)>, ActError> {
        let saved = self.places.live.saved_of(owner).await?;
        let ids: Vec<TextId> = saved.iter().map(|s| s.text).collect();
        let opened = self.places.live.open_loose(&ids).await?;
        Ok((saved.into_iter())
            .filter_map(|s| Some((s.clone(), serde_json::from_slice(opened.get(&s.text)?).ok()?)))
            .collect())
    }

    /// One draft of an owner.
    pub async fn draft(&self, owner: [u8; 16], id: [u8; 16]) -> Result<Draft, ActError> {
        let all = self.drafts(owner).await?;
        all.into_iter()
            .find(|(saved, _)| saved.id == id)
            .map(|(_, draft)| draft)
            .ok_or(ActError::NotFound)
    }

    /// The content of a file attached to a draft.
    pub async fn draft_content(&self, file: &SavedFile) -> Result<Vec<u8>, ActError> {
        let mut opened = self.places.live.open_loose(&[file.id]).await?;
        opened.remove(&file.id).ok_or(ActError::NotFound)
    }

    /// A file of a draft, as it is filed. Errors: `FileUnfit` for what an older program kept and this one does not take.
    pub async fn draft_file(&self, file: &SavedFile) -> Result<Attached<Raw>, ActError> {
        let content = self.draft_content(file).await?;
        let attached = match file.kind {
            Some(kind) => crate::words::attached(files::Taken {
                name: file.name.clone(),
                kind,
                bytes: content,
                cleaned: file.cleaned,
            }),
            None => crate::words::file(&file.name, content).map_err(|_| Refusal::FileUnfit)?,
        };
        Ok(Attached {
            slot: file.slot,
            ..attached
        })
    }

    /// Forgets a draft, key and all.
    pub async fn forget_draft(&self, owner: [u8; 16], id: [u8; 16]) -> Result<(), ActError> {
        self.draft(owner, id).await?;
        let mut batch = Batch::new();
        batch.saved_gone(id);
        Ok(self.places.live.commit(batch, Urgency::User).await?)
    }

    /// Gives the drafts of a guest to the person the guest turned out to be.
    pub async fn adopt_drafts(&self, from: [u8; 16], to: [u8; 16]) -> Result<(), ActError> {
        let mut batch = Batch::new();
        batch.saved_moved(from, to);
        Ok(self.places.live.commit(batch, Urgency::User).await?)
    }

    /// Forgets drafts nobody touched for [`KEPT`]; gives how many.
    pub async fn forget_old_drafts(&self, now: At) -> Result<usize, ActError> {
        let old = self.places.live.saved_before(now.plus(-KEPT), 200).await?;
        let mut batch = Batch::new();
        old.iter().for_each(|id| batch.saved_gone(*id));
        self.places.live.commit(batch, Urgency::Bulk).await?;
        Ok(old.len())
    }
}

//! 전자우편 — letters to citizens and officials.

use crate::delivery::{Arrived, Failed};
use domain::id::OutboxId;

/// A letter ready to go: one reader, plain text.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The delivery it belongs to. The same at every attempt, and the letter's Message-ID: a mail program shows a letter that
    /// came twice once.
    pub id: OutboxId,
    /// The reader's address, like `name@example.org`.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text; lines end with `\n`.
    pub text: String,
    /// Papers that go with it.
    pub attachments: Vec<Attachment>,
}

/// A paper in a letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// File name as the reader sees it, Korean as it stands.
    pub name: String,
    /// Media type, like `application/pdf`.
    pub media_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// 우편배달부 — sends letters: SMTP, or the sandbox.
#[async_trait::async_trait]
pub trait Mailer: Send + Sync {
    /// Hands the letter over. `Ok` means the other side took responsibility for it; a connection lost before that word is
    /// [`Failed::Later`], so a letter may be handed over twice but never not at all.
    async fn send(&self, letter: &Letter) -> Result<(), Failed>;
}

/// 시험용 우편함 — what a sandbox mailer kept; the demo shows it as a page.
pub trait Mailbox: Send + Sync {
    /// The last letters, newest first.
    fn letters(&self) -> Vec<Arrived<Letter>>;
}

/// Shows sizes only: letters hold names, and logs hold `Debug`.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (text, papers) = (self.text.len(), self.attachments.len());
        write!(f, "Letter({}, {text} bytes, {papers} attachments)", self.id)
    }
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Attachment({}, {} bytes)", self.media_type, self.bytes.len())
    }
}

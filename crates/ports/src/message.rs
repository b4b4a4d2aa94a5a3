//! 문자 메시지 — short texts to telephones.

use crate::delivery::{Arrived, Failed};
use domain::id::OutboxId;

/// A text message ready to go.
#[derive(Clone, PartialEq, Eq)]
pub struct TextMessage {
    /// The delivery it belongs to: the same at every attempt, handed on as idempotency key.
    pub id: OutboxId,
    /// The telephone number, digits only, like `01012345678`.
    pub to: String,
    /// What it says.
    pub text: String,
}

/// 문자 발송 — sends text messages: a provider's HTTP interface, or the sandbox.
#[async_trait::async_trait]
pub trait Messenger: Send + Sync {
    /// Hands the message over. `Ok` means the provider accepted it, not that it was read.
    async fn send(&self, message: &TextMessage) -> Result<(), Failed>;
}

/// 시험용 문자함 — what a sandbox messenger kept; the demo shows it as a page.
pub trait Inbox: Send + Sync {
    /// The last messages, newest first.
    fn messages(&self) -> Vec<Arrived<TextMessage>>;
}

/// Shows sizes only: messages hold numbers and one-time codes, and logs hold `Debug`.
impl std::fmt::Debug for TextMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TextMessage({}, {} bytes)", self.id, self.text.len())
    }
}

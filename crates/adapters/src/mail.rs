//! 전자우편 어댑터 — letters as they go over the wire; SMTP, and the sandbox.

pub mod sandbox;
pub mod smtp;

use domain::time::At;
use lettre::{
    Message,
    address::Address,
    message::{
        Attachment as Part, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use ports::{delivery::Failed, mail::Letter};
use std::time::{Duration, UNIX_EPOCH};

/// 보내는 이 — who letters come from.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sender {
    /// The name readers see, like 서울특별시 민원실.
    pub name: String,
    /// The address, like `minwon@example.go.kr`; its domain is also that of the Message-ID.
    pub address: String,
}

/// The message as it goes over the wire. A letter that cannot be one (an address that is none) is [`Failed::Never`].
fn compose(sender: &Sender, letter: &Letter, at: At) -> Result<Message, Failed> {
    let never = |what: &str| Failed::Never(what.to_owned());
    let from: Address = sender
        .address
        .parse()
        .map_err(|_| never("the sender's address is none"))?;
    let to: Address = letter
        .to
        .parse()
        .map_err(|_| never("the reader's address is none"))?;
    let message_id = format!("<{}@{}>", letter.id, from.domain());
    let date = UNIX_EPOCH + Duration::from_millis(u64::try_from(at.0).unwrap_or(0));
    let message = Message::builder()
        .from(Mailbox::new(Some(sender.name.clone()), from))
        .to(Mailbox::new(None, to))
        // A subject is one line. (A line break in it would be encoded, not begin a header; but readers would see the code.)
        .subject(letter.subject.replace(['\r', '\n'], " "))
        .message_id(Some(message_id))
        .date(date)
        .header(AutoSubmitted);
    let text = SinglePart::plain(letter.text.clone());
    let built = if letter.attachments.is_empty() {
        message.singlepart(text)
    } else {
        let mut parts = MultiPart::mixed().singlepart(text);
        for paper in &letter.attachments {
            let media_type = ContentType::parse(&paper.media_type)
                .map_err(|_| never("an attachment's media type is none"))?;
            parts = parts.singlepart(Part::new(paper.name.clone()).body(paper.bytes.clone(), media_type));
        }
        message.multipart(parts)
    };
    built.map_err(|error| Failed::Never(format!("the letter cannot be composed: {error}")))
}

/// `Auto-Submitted: auto-generated` (RFC 3834): absence notices do not answer it.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

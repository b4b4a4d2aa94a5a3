//! 발송 — carries out the outbox: rendered in the reader's language, sent at least once under a stable id, then shown to a person.

use crate::identity::{Address, reach};
use crate::{App, Trouble};
use domain::id::OutboxId;
use domain::time::At;
use ports::delivery::Failed;
use ports::mail::Letter;
use ports::message::TextMessage;
use store::outbox::{Attempt, Effect, To};
use store::person::ContactKind;

/// Effects taken in one run.
const PIECE: u32 = 50;
/// Whoever takes an effect has so long to carry it out.
const HOLD: i64 = 2 * 60_000;
/// After so many attempts a person must look.
const ATTEMPTS: u32 = 12;

/// Sends what is due.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let place = &app.here;
    let due = place.effects_due(app.now(), PIECE).await?;
    let mut sent = 0;
    for effect in due {
        let now = app.now();
        if !place.claim(&effect, now, now.plus(HOLD)).await? {
            continue;
        }
        let (attempt, fault) = match send(app, &effect).await {
            Ok(()) => (Attempt::Sent, ""),
            Err(Unsent::Gone) => (Attempt::Failed, "no_contact"),
            Err(Unsent::Refused) => (Attempt::Failed, "refused"),
            Err(Unsent::Broken(error)) => {
                tracing::error!(effect = %effect.id, error, "a notice could not be drawn up");
                (Attempt::Failed, "not_drawn_up")
            }
            Err(Unsent::Later) if effect.attempts + 1 >= ATTEMPTS => (Attempt::Failed, "not_reached"),
            Err(Unsent::Later) => (Attempt::Again(again(app.now(), effect.attempts)), "not_reached"),
        };
        place.attempted(&effect, attempt, fault, app.now()).await?;
        sent += u64::from(attempt == Attempt::Sent);
    }
    Ok(sent)
}

/// One, two, four … minutes, at most six hours.
fn again(now: At, attempts: u32) -> At {
    now.plus((60_000_i64 << attempts.min(12)).min(6 * 3_600_000))
}

enum Unsent {
    /// There is nobody to send it to.
    Gone,
    /// The other side will never take it.
    Refused,
    /// The other side is away.
    Later,
    /// We could not write it.
    Broken(String),
}

impl From<Trouble> for Unsent {
    fn from(trouble: Trouble) -> Unsent {
        match trouble {
            Trouble::Unavailable(_) | Trouble::Unknown(_) | Trouble::Contended => Unsent::Later,
            Trouble::Broken(error) => Unsent::Broken(error),
        }
    }
}

impl From<Failed> for Unsent {
    fn from(failed: Failed) -> Unsent {
        tracing::warn!(%failed, "a notice was not taken");
        match failed {
            Failed::Later(_) => Unsent::Later,
            Failed::Never(_) => Unsent::Refused,
        }
    }
}

async fn send(app: &App, effect: &Effect) -> Result<(), Unsent> {
    let (address, language) = match effect.to {
        To::Person(person) => {
            let contact = app.contact(person).await?.ok_or(Unsent::Gone)?;
            (reach(&contact).ok_or(Unsent::Gone)?, contact.language)
        }
        To::Official(official) => {
            let office = app.office();
            let mail = office
                .officials
                .get(&official)
                .map(|o| o.mail.clone())
                .unwrap_or_default();
            (Address::parse(&mail).ok_or(Unsent::Gone)?, "ko".to_owned())
        }
    };
    let words = app.words_of(effect, &language).await?;
    let words: Vec<(&str, &str)> = words
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let name = app.notice_of(effect).await?;
    let notice = app.notices.render(&name, &language, &words)?;
    hand_over(app, effect.id, &address, notice).await
}

async fn hand_over(
    app: &App,
    id: OutboxId,
    address: &Address,
    notice: crate::notice::Notice,
) -> Result<(), Unsent> {
    let to = address.value.clone();
    match address.kind {
        ContactKind::Phone => {
            app.ports
                .messenger
                .send(&TextMessage {
                    id,
                    to,
                    text: notice.message,
                })
                .await?
        }
        ContactKind::Mail => {
            let letter = Letter {
                id,
                to,
                subject: notice.title,
                text: notice.mail,
                attachments: Vec::new(),
            };
            app.ports.mailer.send(&letter).await?;
        }
    }
    Ok(())
}

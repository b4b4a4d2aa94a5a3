//! 문서시스템 — hands approved answers to an outside document system and takes its numbers into the journal (행정업무의 운영 및 혁신에
//! 관한 규정 제11조).
//!
//! It may stop anywhere and begin again: a dossier is marked after it was handed over, an answer is settled after it was
//! committed, and both may be done twice. What belongs nowhere is put aside for a person and holds up nothing.

use crate::act::{ActError, Call};
use crate::words::Raw;
use crate::{App, Trouble};
use domain::access::Who;
use domain::act::Act;
use domain::id::PetitionId;
use domain::number::DocumentNumber;
use ports::delivery::Failed;
use ports::records::{DossierId, Reply, Said, Settled};
use store::batch::Batch;
use store::engine::Urgency;
use store::records::{Standing, Waiting};

/// Dossiers handed over in one run: each means a printed letter.
const PIECE: u32 = 20;

/// Hands over what waits, and takes in what came back.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    if !app.ports.records.outside() {
        return Ok(0);
    }
    let mut done = 0;
    for waiting in app.here.dossiers(Standing::Waiting, PIECE).await? {
        match hand_over(app, waiting).await? {
            Handed::Yes => done += 1,
            // The other side is away: the rest would fare no better.
            Handed::Later => break,
            Handed::Never => {}
        }
    }
    let replies = match app.ports.records.replies().await {
        Ok(replies) => replies,
        Err(failed) => {
            tracing::warn!(%failed, "the document system's answers cannot be read");
            return Ok(done);
        }
    };
    for reply in replies {
        let how = take_in(app, &reply).await?;
        if let Settled::Aside(why) = &how {
            tracing::warn!(petition = %reply.id.petition, why, "an answer of the document system fits nothing");
        }
        match app.ports.records.settle(&reply, &how).await {
            Ok(()) => done += 1,
            Err(failed) => {
                tracing::warn!(%failed, "an answer of the document system could not be settled");
                return Ok(done);
            }
        }
    }
    Ok(done)
}

enum Handed {
    Yes,
    Later,
    Never,
}

async fn hand_over(app: &App, waiting: Waiting) -> Result<Handed, Trouble> {
    let Waiting {
        petition, approval, ..
    } = waiting;
    let mut batch = Batch::new();
    let handed = match app.dossier(petition, approval).await {
        Ok(Some(dossier)) => match app.ports.records.hand_over(&dossier).await {
            Ok(()) => {
                batch.dossier_handed(petition, approval, app.now());
                Handed::Yes
            }
            Err(failed @ Failed::Later(_)) => {
                tracing::warn!(%failed, "the document system does not take a document");
                return Ok(Handed::Later);
            }
            Err(failed @ Failed::Never(_)) => {
                tracing::error!(%petition, %failed, "the document system will never take a document");
                return Ok(Handed::Never);
            }
        },
        Ok(None) => {
            batch.dossier_stands(petition, approval, Standing::Void);
            Handed::Never
        }
        Err(ActError::Trouble(trouble)) => {
            tracing::error!(%petition, %trouble, "a document cannot be drawn up");
            return Ok(Handed::Never);
        }
        Err(ActError::NotFound | ActError::Refused(_)) => {
            tracing::error!(%petition, "a document has nothing to be drawn up from");
            return Ok(Handed::Never);
        }
    };
    app.here.commit(batch, Urgency::Bulk).await?;
    Ok(handed)
}

async fn take_in(app: &App, reply: &Reply) -> Result<Settled, Trouble> {
    let DossierId { petition, approval } = reply.id;
    let act = match &reply.said {
        Said::Registered { unit, n, on } => {
            let office = app.office();
            let Some(known) = office.unit_by_code(unit) else {
                return Ok(Settled::Aside(format!("there is no unit `{unit}`")));
            };
            let holder = app.here.registered(known.id, on.year(), *n).await?;
            if let Some(other) = holder.filter(|holder| *holder != petition) {
                return Ok(Settled::Aside(format!(
                    "the number {unit}-{n} of {} belongs to the document of petition {other}",
                    on.year()
                )));
            }
            Act::RegisterDocument {
                approval,
                document: DocumentNumber {
                    unit: known.id,
                    n: *n,
                },
                on: *on,
            }
        }
        Said::Refused { reason } => Act::RefuseRegistration {
            approval,
            reason: Raw::text(reason),
        },
    };
    // The same answer again, after a fall between commit and settling, is the same call.
    let key = format!("{}/{approval}/{:?}", reply.mark, reply.said);
    let call = Call {
        origin: Vec::new(),
        key: Some(key.into_bytes()),
    };
    told(
        app.act(&Who::System, petition, act, &call).await.map(|_| ()),
        petition,
    )
}

fn told(done: Result<(), ActError>, petition: PetitionId) -> Result<Settled, Trouble> {
    match done {
        Ok(()) => Ok(Settled::Done),
        Err(ActError::NotFound) => Ok(Settled::Aside(format!("there is no petition {petition}"))),
        Err(ActError::Refused(refusal)) => Ok(Settled::Aside(format!(
            "it does not fit petition {petition} as it stands ({refusal})"
        ))),
        Err(ActError::Trouble(trouble)) => Err(trouble),
    }
}

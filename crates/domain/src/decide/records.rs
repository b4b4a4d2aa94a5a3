//! 문서시스템 — what an outside document system answers about an approved draft (행정업무의 운영 및 혁신에 관한 규정 제11조).

use crate::event::Event;
use crate::number::DocumentNumber;
use crate::petition::{Line, Petition, Registered};
use crate::refusal::Refusal;
use crate::text::Text;
use jiff::civil::Date;

/// The approval that was handed over is the one that stands.
fn stands(p: &Petition, approval: u32) -> Result<&Line, Refusal> {
    let line = p.line.as_ref().ok_or(Refusal::NotApproved)?;
    if line.approval == Some(approval) {
        Ok(line)
    } else {
        Err(Refusal::RegistrationUnfit)
    }
}

/// 등록: once; the same answer again is no news, another one for the same draft is a mistake of the other side.
pub(super) fn register(
    p: &Petition,
    approval: u32,
    document: DocumentNumber,
    on: Date,
    today: Date,
) -> Result<Vec<Event>, Refusal> {
    let line = stands(p, approval)?;
    if let Some(known) = line.registered {
        let same = known == Registered { document, on };
        return if same {
            Ok(Vec::new())
        } else {
            Err(Refusal::RegistrationUnfit)
        };
    }
    let approved = p
        .approved_at()
        .and_then(|at| at.date())
        .ok_or(Refusal::OutsideCalendar)?;
    if document.n == 0 || on < approved || on > today {
        return Err(Refusal::RegistrationUnfit);
    }
    Ok(vec![Event::DocumentRegistered {
        approval,
        document,
        on,
    }])
}

/// 등록 거절: what is registered already cannot be refused any more.
pub(super) fn refuse(p: &Petition, approval: u32, reason: Text) -> Result<Vec<Event>, Refusal> {
    let line = stands(p, approval)?;
    if line.registered.is_some() {
        return Err(Refusal::RegistrationUnfit);
    }
    Ok(vec![Event::RegistrationRefused { approval, reason }])
}

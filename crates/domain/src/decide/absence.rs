//! 부재와 인계 — confirming afterwards (후결), changing the line, circulating (공람), handing over, reorganising (행정업무의 운영 및 혁신에 관한 규정 제10조, 제18조).

use super::{Setting, fit_line};
use crate::absence::{Part, acting};
use crate::event::{Event, Signer};
use crate::id::{OfficialId, UnitId};
use crate::petition::Petition;
use crate::refusal::Refusal;
use crate::terms::By;
use std::collections::BTreeSet;

/// At most so many readers are named at once.
const READERS: usize = 100;

/// 결재선 변경 — only where the line cannot go on: one of those still to sign has left, or the next one is away and nobody
/// may sign in their place (규정 제10조제3항). Who has signed stays on the line.
pub(super) fn reroute(p: &Petition, rest: &[Signer], s: &Setting) -> Result<Event, Refusal> {
    let line = p.line.as_ref().ok_or(Refusal::NotOnTheLine)?;
    let (signed, open) = line
        .signers
        .split_at(line.signed_at.len().min(line.signers.len()));
    let next = open.first().ok_or(Refusal::NotOnTheLine)?.official;
    let works = |id: OfficialId| s.staff.posts.contains_key(&id);
    let signs = acting(&s.staff.absences, next, Part::Signing, s.now);
    let drafted = p.draft.is_some_and(|draft| draft.by == By::Official(signs));
    let away = (s.staff.absences.iter()).any(|a| a.official == signs && a.covers(s.now));
    let stuck = open.iter().any(|signer| !works(signer.official)) || !works(signs) || drafted || away;
    if !stuck {
        return Err(Refusal::SignerCanSign);
    }
    let whole: Vec<Signer> = signed.iter().chain(rest).copied().collect();
    if rest.is_empty() || rest.iter().any(|signer| !works(signer.official)) {
        return Err(Refusal::LineUnfit);
    }
    fit_line(
        &whole,
        |id| signed.iter().any(|signer| signer.official == id) || works(id),
        s.who.official(),
    )?;
    Ok(Event::Rerouted { rest: rest.to_vec() })
}

/// 결재자 인계 — the first place of `from` that is not signed goes to `to`, with the same mark.
pub(super) fn replace_signer(
    p: &Petition,
    from: OfficialId,
    to: OfficialId,
    s: &Setting,
) -> Result<Event, Refusal> {
    let line = p.line.as_ref().ok_or(Refusal::NotOnTheLine)?;
    let step = (line.signers.iter().enumerate())
        .skip(line.signed_at.len())
        .find(|(_, signer)| signer.official == from)
        .map(|(step, _)| step)
        .ok_or(Refusal::NotOnTheLine)?;
    let twice = line.signers.iter().any(|signer| signer.official == to);
    let own = p.handler == Some(to) || p.draft.is_some_and(|draft| draft.by == By::Official(to));
    if twice || own || !s.staff.posts.contains_key(&to) {
        return Err(Refusal::LineUnfit);
    }
    Ok(Event::SignerReplaced {
        step: step as u32,
        from,
        to,
    })
}

/// 후결(사후 보고) — the one in whose place it was signed confirms every such signature (규정 제10조제3항).
pub(super) fn confirm_after(p: &Petition, s: &Setting) -> Result<Vec<Event>, Refusal> {
    let me = s.who.official().ok_or(Refusal::NotYours)?;
    let mine = p.unconfirmed().filter(|stood| stood.absent == me);
    Ok(mine
        .map(|stood| Event::ConfirmedAfter { step: stood.step })
        .collect())
}

/// 공람 — after approval, to officials who work here; to those it was circulated to already it is not sent again.
pub(super) fn circulate(p: &Petition, readers: &[OfficialId], s: &Setting) -> Result<Event, Refusal> {
    let distinct: BTreeSet<OfficialId> = readers.iter().copied().collect();
    let known = |id: &OfficialId| p.readers.iter().any(|reader| reader.official == *id);
    let fits = (1..=READERS).contains(&readers.len())
        && distinct.len() == readers.len()
        && readers
            .iter()
            .all(|id| s.staff.posts.contains_key(id) && !known(id));
    if !fits {
        return Err(Refusal::ReadersUnfit);
    }
    Ok(Event::Circulated {
        readers: readers.to_vec(),
    })
}

/// 담당자 인계 — to somebody who handles in the lead department and does not stand on the petition's own line. Draft and line
/// go along.
pub(super) fn hand_over(p: &Petition, to: OfficialId, s: &Setting) -> Result<Event, Refusal> {
    let from = p.handler.ok_or(Refusal::NotNow)?;
    if from == to {
        return Err(Refusal::SameHandler);
    }
    if !s.staff.handles_in(to, p.unit.ok_or(Refusal::NotNow)?) {
        return Err(Refusal::HandlerNotOfUnit);
    }
    let open = |line: &crate::petition::Line| {
        !line.is_approved() && line.signers.iter().any(|signer| signer.official == to)
    };
    if p.line.as_ref().is_some_and(open) {
        return Err(Refusal::LineUnfit);
    }
    Ok(Event::HandedOver { from, to })
}

/// 조직 개편 — the petition of a closed unit goes to a unit that succeeds it and exists.
pub(super) fn succeed(p: &Petition, unit: UnitId, s: &Setting) -> Result<Event, Refusal> {
    let from = p.unit.ok_or(Refusal::NotNow)?;
    let heirs = s.staff.heirs(from);
    if s.staff.units.contains(&from) || !heirs.contains(&unit) {
        return Err(Refusal::NoSuccessor);
    }
    Ok(Event::Succeeded { from, unit })
}

//! 창구 — what may be taken in by word of mouth, decided by one official alone, issued, handed out, or destroyed unclaimed
//! (법8, 영6, 영10④, 영16, 영25④).

use super::Setting;
use crate::access::Who;
use crate::act::Filing;
use crate::certificate::{MOST_COPIES, Order};
use crate::claim::{HandOut, tell_on};
use crate::due::Period;
use crate::event::{Event, Signer};
use crate::petition::Petition;
use crate::refusal::Refusal;
use crate::terms::{EntryPoint, HappenedGround, Kind, Mark, Openness, Outcome};
use crate::text::Text;
use jiff::civil::Date;

/// Whether a filing may come by its door (법8): what is spoken is 기타민원, or the clerk has written it down and the
/// petitioner has signed it (영10④). An entry made later names a past moment and its ground (영6의2).
pub(super) fn fits_entry(filing: &Filing<Text>, s: &Setting) -> Result<(), Refusal> {
    if filing.entry == EntryPoint::Oral && s.service.kind != Kind::Other && !filing.intake.signed() {
        return Err(Refusal::MustBeSigned);
    }
    if filing.intake.copies > MOST_COPIES {
        return Err(Refusal::CopiesUnfit);
    }
    let by_official = matches!(s.who, Who::Official(_));
    match filing.happened {
        Some((at, _)) if at > s.now => Err(Refusal::HappenedUnfit),
        Some((_, HappenedGround::Migrated)) if by_official => Err(Refusal::HappenedUnfit),
        _ => Ok(()),
    }
}

/// What came by word of mouth stays 기타민원 unless it was signed: the office may not turn it into another kind (법8).
pub(super) fn written(p: &Petition, kind: Kind) -> Result<(), Refusal> {
    if kind == Kind::Other || p.intake.signed() {
        return Ok(());
    }
    match p.entry {
        EntryPoint::Phone => Err(Refusal::MustBeWritten),
        EntryPoint::Oral => Err(Refusal::MustBeSigned),
        EntryPoint::Web
        | EntryPoint::Counter
        | EntryPoint::Post
        | EntryPoint::Fax
        | EntryPoint::Mail
        | EntryPoint::Message
        | EntryPoint::Api
        | EntryPoint::Import => Ok(()),
    }
}

/// Whether the one who acts holds a seat to which the service delegates the decision (전결).
pub(super) fn decides_alone(s: &Setting) -> Result<(), Refusal> {
    let Who::Official(official) = s.who else {
        return Err(Refusal::NotYours);
    };
    if official
        .posts
        .iter()
        .any(|post| s.service.alone.contains(&post.seat))
    {
        Ok(())
    } else {
        Err(Refusal::NotAlone)
    }
}

/// 발급 — drafted, decided by delegation, entered in the register and told, in one go.
pub(super) fn issue(p: &Petition, order: &Order<Text>, s: &Setting) -> Result<Vec<Event>, Refusal> {
    decides_alone(s)?;
    let Who::Official(official) = s.who else {
        return Err(Refusal::NotYours);
    };
    if !Outcome::of_answer(p.kind).contains(&Outcome::Issued) {
        return Err(Refusal::OutcomeNotOfKind);
    }
    if !(1..=MOST_COPIES).contains(&order.copies) {
        return Err(Refusal::CopiesUnfit);
    }
    if !order.charge.fits() {
        return Err(Refusal::FeeUnfit);
    }
    let (number, code) = s.issue;
    let line = vec![Signer {
        official: official.id,
        mark: Mark::Delegated,
    }];
    Ok(vec![
        Event::Drafted {
            version: p.draft.map_or(0, |draft| draft.version) + 1,
            outcome: Outcome::Issued,
            body: order.facts,
            reasons: None,
            remedies: None,
            openness: Openness::Private,
            exception: None,
        },
        Event::SentUp { line },
        Event::Approved {
            step: 0,
            comment: None,
            document: Some(s.document_number),
        },
        Event::Issued {
            number,
            code,
            copies: order.copies,
            charge: order.charge,
            paid: order.charge.total(order.copies),
        },
        Event::Answered {
            outcome: Outcome::Issued,
            document: s.document_number,
            concluded: s.now,
        },
    ])
}

/// 교부 — somebody else than the petitioner brings a power of attorney, which is kept.
pub(super) fn hand_out(given: &HandOut) -> Result<Event, Refusal> {
    let for_another = given.recipient.needs_power();
    if for_another && (given.power.is_none() || given.name.is_none()) {
        return Err(Refusal::PowerMissing);
    }
    Ok(Event::HandedOut { given: *given })
}

/// 수령 안내 — once, from the day on that is a week before the paper may be destroyed.
pub(super) fn remind(p: &Petition, today: Date) -> Result<Vec<Event>, Refusal> {
    let claim = p.claim.ok_or(Refusal::NothingToHandOut)?;
    let early = tell_on(&claim).is_none_or(|day| today < day);
    if claim.told.is_some() || early {
        return Ok(Vec::new());
    }
    Ok(vec![Event::ClaimReminded {
        discard_from: claim.discard_from,
    }])
}

/// 폐기 — a person ends it: after the fifteen days, and after the petitioner was told on an earlier day.
pub(super) fn discard(p: &Petition, reason: Text, today: Date) -> Result<Event, Refusal> {
    let claim = p.claim.ok_or(Refusal::NothingToHandOut)?;
    if today < claim.discard_from {
        return Err(Refusal::NotUnclaimed);
    }
    if claim.told.and_then(|at| at.date()).is_none_or(|day| day >= today) {
        return Err(Refusal::ClaimNotTold);
    }
    Ok(Event::UnclaimedDiscarded { reason })
}

/// 접수증 — whether one is owed, and where not, by which clause it may be left out (법9②, 영6③).
pub fn receipt_owed(p: &Petition) -> Result<(), &'static str> {
    let immediate = p.reception.is_some_and(|r| r.period == Period::Immediately);
    if p.kind == Kind::Other {
        Err("민원 처리에 관한 법률 시행령 제6조제3항제1호")
    } else if !p.entry.is_visit() {
        Err("민원 처리에 관한 법률 시행령 제6조제3항제2호")
    } else if immediate {
        Err("민원 처리에 관한 법률 시행령 제6조제3항제3호")
    } else {
        Ok(())
    }
}

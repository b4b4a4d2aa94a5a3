//! 지금 상태 — what the petition's own state says to a deed, whatever is handed in with it.

use super::PROLONGATIONS;
use super::disclosure::can_be_objected_to;
use crate::claim::ClaimState;
use crate::life::{Deed, Life};
use crate::mailing::MailState;
use crate::petition::Petition;
use crate::petition::letter::LetterKind;
use crate::petition::parts::{Entrusted, Further, Objection, Tracking};
use crate::proceeding::Proceeding;
use crate::refusal::Refusal;
use crate::terms::{Kind, Openness, Outcome, Permit};

/// What the petition's own state says to a deed, whatever is handed in with it.
pub(super) fn allows(p: &Petition, deed: Deed) -> Result<(), Refusal> {
    let on_line = p.line.as_ref().is_some_and(|line| !line.is_approved());
    let approved = p.line.as_ref().is_some_and(|line| line.is_approved());
    let lay = |fault: bool, refusal: Refusal| if fault { Err(refusal) } else { Ok(()) };
    match deed {
        Deed::Distribute => lay(
            p.unit_received_at.is_some() && p.send_back.is_none(),
            Refusal::UnitHasReceived,
        ),
        Deed::SendBack => {
            lay(p.send_back.is_some(), Refusal::SendBackOpen)?;
            lay(p.jurisdiction_ruled, Refusal::JurisdictionRuled)?;
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line, Refusal::OnTheLine)
        }
        Deed::UnitReceive => {
            lay(p.send_back.is_some(), Refusal::SendBackOpen)?;
            lay(p.unit_received_at.is_some(), Refusal::UnitHasReceived)
        }
        Deed::Designate => {
            lay(p.send_back.is_some(), Refusal::SendBackOpen)?;
            lay(p.unit_received_at.is_none(), Refusal::UnitHasNotReceived)?;
            lay(on_line, Refusal::OnTheLine)
        }
        Deed::Reclassify | Deed::Transfer => {
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line, Refusal::OnTheLine)
        }
        Deed::AskSupplement | Deed::Hold => {
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line, Refusal::OnTheLine)?;
            match &p.supplement {
                Some(open) => lay(open.round >= 2 || deed == Deed::Hold, Refusal::SupplementOpen),
                None => lay(p.life == Life::Held, Refusal::NotNow),
            }
        }
        Deed::ProlongSupplement => {
            let open = p.supplement.as_ref().ok_or(Refusal::NoSupplementAsked)?;
            lay(approved, Refusal::ApprovedAlready)?;
            lay(open.prolonged >= PROLONGATIONS, Refusal::ProlongationSpent)
        }
        Deed::Supplement => {
            lay(p.supplement.is_none(), Refusal::NoSupplementAsked)?;
            lay(approved, Refusal::ApprovedAlready)
        }
        Deed::Resume => {
            lay(p.supplement.is_some(), Refusal::SupplementOpen)?;
            lay(
                p.open_proceedings().any(|one| one.stands.holds),
                Refusal::ProceedingHolds,
            )?;
            lay(
                p.stretches.last().is_none_or(|s| s.to.is_some()),
                Refusal::NothingHeld,
            )
        }
        Deed::Extend => {
            lay(p.proposal.is_some(), Refusal::ExtensionConsentOpen)?;
            lay(p.extensions.len() >= 2, Refusal::ExtensionSpent)?;
            lay(approved, Refusal::ApprovedAlready)
        }
        Deed::ConsentExtension | Deed::DeclineExtension => lay(p.proposal.is_none(), Refusal::NoConsentAsked),
        Deed::Draft => {
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line, Refusal::OnTheLine)?;
            lay(p.life == Life::Held && p.supplement.is_none(), Refusal::NotNow)
        }
        Deed::SendUp => {
            let draft = p.draft.as_ref().ok_or(Refusal::NoDraft)?;
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line, Refusal::OnTheLine)?;
            // While the clock is held nothing but a return can be decided: an answer drafted before waits with it.
            let waits = p.life == Life::Held && draft.outcome != Outcome::Returned;
            lay(waits && p.supplement.is_some(), Refusal::SupplementOpen)?;
            lay(waits, Refusal::NotNow)?;
            let returns = draft.outcome == Outcome::Returned;
            lay(
                !returns && p.open_proceedings().any(Proceeding::keeps_answer),
                Refusal::ProceedingWaits,
            )?;
            // What was asked of other departments is compiled first, or no longer asked (법20).
            lay(p.open_consults().next().is_some(), Refusal::ConsultsOpen)
        }
        Deed::Sign | Deed::TurnBack => lay(!on_line, Refusal::NotOnTheLine),
        Deed::Recall => {
            lay(!on_line, Refusal::NotOnTheLine)?;
            lay(
                p.line.as_ref().is_some_and(|line| !line.signed_at.is_empty()),
                Refusal::SignedAlready,
            )
        }
        Deed::Answer => {
            lay(!approved, Refusal::NotApproved)?;
            lay(p.lacks_number().is_some(), Refusal::NumberAwaited)
        }
        Deed::RegisterDocument | Deed::RefuseRegistration => lay(!approved, Refusal::NotApproved),
        Deed::TellThirdParty => {
            lay(p.kind != Kind::Disclosure, Refusal::NotInProcedure)?;
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line, Refusal::OnTheLine)
        }
        Deed::HearThirdParty => {
            let waits = p.third_parties.iter().any(|party| party.heard.is_none());
            lay(!waits, Refusal::NoThirdParty)?;
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line, Refusal::OnTheLine)
        }
        Deed::RecordDeemed => {
            lay(p.kind != Kind::Statutory, Refusal::NotDeemed)?;
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line, Refusal::OnTheLine)
        }
        Deed::Rate => {
            lay(!p.answered(), Refusal::NotAnswered)?;
            lay(p.score.is_some(), Refusal::RatedAlready)
        }
        Deed::ReadAnswer => lay(!p.answered(), Refusal::NotAnswered),
        Deed::AnswerAtOnce => {
            lay(
                p.open_proceedings().any(Proceeding::keeps_answer),
                Refusal::ProceedingWaits,
            )?;
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line, Refusal::OnTheLine)
        }
        Deed::Reroute | Deed::ReplaceSigner => lay(!on_line, Refusal::NotOnTheLine),
        Deed::Circulate => lay(!approved, Refusal::NotApproved),
        Deed::ConfirmAfter | Deed::ReadCirculated | Deed::HandOver | Deed::Succeed => Ok(()),
        Deed::Issue => {
            lay(
                p.open_proceedings().any(Proceeding::keeps_answer),
                Refusal::ProceedingWaits,
            )?;
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line, Refusal::OnTheLine)
        }
        Deed::HandOut | Deed::RemindClaim | Deed::DiscardUnclaimed => {
            let waits = p.claim.is_some_and(|claim| claim.state == ClaimState::Waiting);
            lay(!waits, Refusal::NothingToHandOut)
        }
        Deed::IssueAdvanceNotice | Deed::IssueDunning => {
            let kind = if deed == Deed::IssueDunning {
                LetterKind::Dunning
            } else {
                LetterKind::Advance
            };
            lay(p.letter(kind).is_some(), Refusal::LetterIssued)
        }
        Deed::ConfirmDunning => {
            let letter = p.dunning().ok_or(Refusal::NoLetter)?;
            lay(letter.received_at.is_some(), Refusal::NoLetter)
        }
        Deed::ReplyDunning => {
            let letter = p.dunning().ok_or(Refusal::NoLetter)?;
            lay(letter.reply.is_some(), Refusal::RepliedAlready)
        }
        Deed::RuleJurisdiction => lay(p.send_back.is_none(), Refusal::NoJurisdictionDispute),
        Deed::AskConsult => lay(approved, Refusal::ApprovedAlready),
        Deed::ProlongConsult | Deed::ReplyConsult | Deed::CancelConsult => {
            lay(p.open_consults().next().is_none(), Refusal::NoConsult)
        }
        Deed::Entrust => lay(approved, Refusal::ApprovedAlready),
        Deed::TakeBack => lay(
            p.entrusted.iter().all(|given| given.taken_back),
            Refusal::NotEntrusted,
        ),
        Deed::FieldNote => {
            let asked = |given: &Entrusted| given.permit == Permit::Note && !given.taken_back;
            lay(!p.entrusted.iter().any(asked), Refusal::NotEntrusted)
        }
        Deed::LinkEarlier => lay(p.kind == Kind::Statutory, Refusal::StatutoryExempt),
        Deed::Convert | Deed::Refer | Deed::SplitOff | Deed::Merge | Deed::TakeIn => {
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line && deed != Deed::TakeIn, Refusal::OnTheLine)?;
            lay(
                matches!(deed, Deed::Merge | Deed::TakeIn) && p.kind == Kind::Statutory,
                Refusal::MergeUnfit,
            )
        }
        Deed::ReportBack => lay(
            !p.tracking.as_ref().is_some_and(Tracking::is_open),
            Refusal::NothingTracked,
        ),
        Deed::MarkUndelivered => {
            let open = p.supplement.as_ref().ok_or(Refusal::NoSupplementAsked)?;
            lay(p.undelivered >= open.round, Refusal::SupplementNotLapsed)
        }
        Deed::DeemWithdrawn => lay(p.undelivered < 2, Refusal::NotReturnedTwice),
        Deed::MarkMass => lay(p.mass.is_some(), Refusal::MassAlready),
        Deed::ChooseRepresentatives => lay(p.mass.is_none(), Refusal::NotMass),
        Deed::Object => {
            let refused = p.end.is_some_and(|end| can_be_objected_to(p.kind, end.outcome));
            lay(!refused, Refusal::NothingToObject)?;
            lay(p.objection.is_some(), Refusal::ObjectionMade)
        }
        Deed::ExtendObjection | Deed::DecideObjection => {
            let objection = p
                .objection
                .filter(Objection::is_open)
                .ok_or(Refusal::NoObjection)?;
            lay(
                deed == Deed::ExtendObjection && objection.extended,
                Refusal::ObjectionExtensionUnfit,
            )
        }
        Deed::AskFurther => {
            lay(!p.answered(), Refusal::NotAnswered)?;
            lay(p.further.is_some(), Refusal::FurtherAsked)
        }
        Deed::AnswerFurther => lay(
            !p.further.as_ref().is_some_and(Further::is_open),
            Refusal::NoFurther,
        ),
        Deed::CorrectConclusion => lay(!p.answered(), Refusal::NotAnswered),
        Deed::Narrow => lay(p.openness == Openness::Private, Refusal::PrivateAlready),
        Deed::Protect => {
            // A case that hangs together with others cannot be taken out of their midst.
            let tied = p.merged_into.is_some() || !p.children.is_empty();
            lay(tied, Refusal::MergeUnfit)?;
            lay(p.published.is_some(), Refusal::PublishedAlready)?;
            lay(p.protected, Refusal::ProtectedAlready)
        }
        Deed::Unprotect => lay(!p.protected, Refusal::NotProtected),
        Deed::Publish => {
            lay(p.protected, Refusal::ProtectedAlready)?;
            lay(!p.answered(), Refusal::NotAnswered)?;
            lay(p.openness != Openness::Public, Refusal::NotPublic)?;
            lay(p.published.is_some(), Refusal::PublishedAlready)
        }
        Deed::Unpublish => lay(p.published.is_none(), Refusal::NotPublished),
        Deed::MoveProceeding => lay(p.open_proceedings().next().is_none(), Refusal::NoProceeding),
        Deed::SendMail => lay(!p.mails(MailState::Waiting), Refusal::NoSuchMail),
        Deed::EndMail => lay(!p.mails(MailState::Sent), Refusal::NoSuchMail),
        Deed::Amend => {
            lay(approved, Refusal::ApprovedAlready)?;
            lay(on_line, Refusal::OnTheLine)
        }
        Deed::File
        | Deed::Receive
        | Deed::Withdraw
        | Deed::RecordBoard
        | Deed::TellProgress
        | Deed::Rectify
        | Deed::CorrectParty
        | Deed::QueueMail
        | Deed::OpenProceeding
        | Deed::MoveDue => Ok(()),
    }
}

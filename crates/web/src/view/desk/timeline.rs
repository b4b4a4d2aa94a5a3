//! 처리 경과 — the journal of a petition in words: who, when, what, and by which clause.
//!
//! It is longer than 600 lines because one match tells every event, one its clause, and one sample each holds them to the words.

use super::at;
use crate::view::Message;
use domain::{
    due::Period,
    event::Event,
    id::{OfficialId, UnitId},
    mailing::Fate,
    number::DocumentNumber,
    terms::Code,
    text::Text,
    time::At,
};
use serde::Serialize;

/// One event as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// When it was recorded.
    pub at: At,
    /// When it happened, where that was another time.
    pub happened: Option<At>,
    /// Who did it: “도로시설과 배도담”, “민원인”, “시스템”.
    pub who: String,
    /// 대행·대결: in whose place it was done.
    pub instead_of: Option<String>,
    /// What happened.
    pub what: Message,
    /// What was written about it; empty if nothing.
    pub note: String,
    /// By which clause; empty where the house, not the law, has it so.
    pub clause: String,
    /// Place in the journal.
    pub seq: u32,
}

/// Names that events refer to.
pub trait Names {
    /// 부서 이름
    fn unit(&self, id: UnitId) -> String;
    /// 성명
    fn official(&self, id: OfficialId) -> String;
    /// 특별절차의 이름
    fn track(&self, code: Code, version: u32) -> String;
    /// 처리기간 in the reader's language.
    fn period(&self, period: Period) -> String;
}

/// What an event says, and the text to show under it.
pub fn tell(event: &Event, names: &impl Names) -> (Message, Option<Text>) {
    let word = Message::new;
    let left = |due: At| {
        due.plus(-60_000).civil().map_or_else(
            || "–".to_owned(),
            |m| m.strftime("%Y. %-m. %-d. %H:%M").to_string(),
        )
    };
    let day = |d: jiff::civil::Date| d.strftime("%Y. %-m. %-d.").to_string();
    match event {
        Event::Filed { number, .. } => (word("event-filed").with("number", number.to_string()), None),
        Event::Received {
            number, period, due, ..
        } => (
            word("event-received")
                .with("number", number.to_string())
                .with("period", names.period(*period))
                .with("due", left(*due)),
            None,
        ),
        Event::Reclassified {
            due: Some(due),
            reason,
            ..
        } => (
            word("event-reclassified-due").with("due", left(*due)),
            Some(*reason),
        ),
        Event::Reclassified {
            due: None, reason, ..
        } => (word("event-reclassified"), Some(*reason)),
        Event::Distributed { unit } => (word("event-distributed").with("unit", names.unit(*unit)), None),
        Event::SendBackAsked { unit, reason, .. } => (
            word("event-send_back_asked").with("unit", names.unit(*unit)),
            Some(*reason),
        ),
        Event::UnitReceived { unit } => (word("event-unit_received").with("unit", names.unit(*unit)), None),
        Event::Designated { handler } => (
            word("event-designated").with("official", names.official(*handler)),
            None,
        ),
        Event::SupplementAsked {
            what, round, until, ..
        } => (
            word(if *round > 1 {
                "event-supplement_asked-again"
            } else {
                "event-supplement_asked"
            })
            .with("until", day(*until)),
            Some(*what),
        ),
        Event::SupplementProlonged { until, times } => (
            word("event-supplement_prolonged")
                .with("until", day(*until))
                .with("times", *times),
            None,
        ),
        Event::SupplementGiven { note, due, files, .. } => (
            word("event-supplement_given")
                .with("due", left(*due))
                .with("files", files.len()),
            *note,
        ),
        Event::HoldBegan { ground, note, .. } => (word(&format!("event-hold_began-{ground}")), *note),
        Event::HoldEnded { due, .. } => (word("event-hold_ended").with("due", left(*due)), None),
        Event::ExtensionProposed { n, reason, .. } => {
            (word("event-extension_proposed").with("n", *n), Some(*reason))
        }
        Event::ExtensionDeclined {} => (word("event-extension_declined"), None),
        Event::Extended {
            from,
            due,
            reason,
            nth,
            ..
        } => (
            word("event-extended")
                .with("nth", *nth)
                .with("from", left(*from))
                .with("due", left(*due)),
            Some(*reason),
        ),
        Event::Drafted { version, .. } => (word("event-drafted").with("version", *version), None),
        Event::SentUp { line } => {
            let last = line
                .last()
                .map_or_else(String::new, |signer| names.official(signer.official));
            (
                word("event-sent_up").with("n", line.len()).with("last", last),
                None,
            )
        }
        Event::Signed { comment, .. } => (word("event-signed"), *comment),
        Event::Approved {
            document, comment, ..
        } => (
            match document {
                Some(document) => word("event-approved").with("document", numbered(*document, names)),
                None => word("event-approved-unnumbered"),
            },
            *comment,
        ),
        Event::DocumentRegistered { document, on, .. } => (
            word("event-document_registered")
                .with("document", numbered(*document, names))
                .with("on", day(*on)),
            None,
        ),
        Event::RegistrationRefused { reason, .. } => (word("event-registration_refused"), Some(*reason)),
        Event::ThirdPartyTold { what, until, .. } => (
            word("event-third_party_told").with("until", day(*until)),
            Some(*what),
        ),
        Event::ThirdPartyHeard { objects, text, .. } => (
            word(if *objects {
                "event-third_party_heard-objects"
            } else {
                "event-third_party_heard"
            }),
            Some(*text),
        ),
        Event::DisclosureSet { from } => (word("event-disclosure_set").with("from", day(*from)), None),
        Event::DeemedDecided { outcome, since, note } => (
            word("event-deemed_decided")
                .with("outcome", format!("@result-{outcome}"))
                .with("since", left(since.plus(60_000))),
            *note,
        ),
        Event::TurnedBack { reason, .. } => (word("event-turned_back"), Some(*reason)),
        Event::Recalled {} => (word("event-recalled"), None),
        Event::Answered { document, .. } => (
            word("event-answered").with(
                "document",
                names.unit(document.unit) + "-" + &document.n.to_string(),
            ),
            None,
        ),
        Event::Issued {
            number, copies, paid, ..
        } => (
            word("event-issued")
                .with("number", number.to_string())
                .with("copies", *copies)
                .with("paid", paid.to_string()),
            None,
        ),
        Event::HandedOut { given } => (word(&format!("event-handed_out-{}", given.recipient)), given.name),
        Event::ClaimReminded { discard_from } => (
            word("event-claim_reminded").with("from", day(*discard_from)),
            None,
        ),
        Event::UnclaimedDiscarded { reason } => (word("event-unclaimed_discarded"), Some(*reason)),
        Event::AnswerRead {} => (word("event-answer_read"), None),
        Event::AdvanceNoticeIssued { to, due, note, .. } => (
            word("event-advance_notice_issued")
                .with("to", officials(to, names))
                .with("due", left(*due)),
            *note,
        ),
        Event::DunningIssued {
            number,
            to,
            due,
            reply_by,
            note,
            ..
        } => (
            word("event-dunning_issued")
                .with("number", number.to_string())
                .with("to", officials(to, names))
                .with("due", left(*due))
                .with("until", day(*reply_by)),
            *note,
        ),
        Event::DunningReceived { number } => (
            word("event-dunning_received").with("number", number.to_string()),
            None,
        ),
        Event::DunningReplied {
            number,
            cause,
            planned,
            text,
        } => (
            match planned {
                Some(planned) => word(&format!("event-dunning_replied-{cause}"))
                    .with("number", number.to_string())
                    .with("planned", day(*planned)),
                None => word("event-dunning_replied").with("number", number.to_string()),
            },
            Some(*text),
        ),
        Event::Withdrawn { reason } => (word("event-withdrawn"), *reason),
        Event::Transferred { reason, .. } => (word("event-transferred"), Some(*reason)),
        Event::Rated { score, comment } => (word("event-rated").with("score", *score), *comment),
        Event::Migrated { ended, .. } => (
            word(if ended.is_some() {
                "event-migrated-ended"
            } else {
                "event-migrated"
            }),
            None,
        ),
        Event::JurisdictionRuled { unit, reason } => (
            word("event-jurisdiction_ruled").with("unit", names.unit(*unit)),
            Some(*reason),
        ),
        Event::Entrusted {
            no,
            to,
            permit,
            what,
            until,
        } => (
            word("event-entrusted")
                .with("no", *no)
                .with("official", names.official(*to))
                .with("permit", format!("@permit-{permit}"))
                .with("until", day(*until)),
            Some(*what),
        ),
        Event::TakenBack { no } => (word("event-taken_back").with("no", *no), None),
        Event::FieldNoted { no, text } => (word("event-field_noted").with("no", *no), Some(*text)),
        Event::ConsultAsked {
            no,
            unit,
            what,
            reply_by,
        } => (
            word("event-consult_asked")
                .with("no", *no)
                .with("unit", names.unit(*unit))
                .with("until", day(*reply_by)),
            Some(*what),
        ),
        Event::ConsultProlonged { no, reply_by } => (
            word("event-consult_prolonged")
                .with("no", *no)
                .with("until", day(*reply_by)),
            None,
        ),
        Event::ConsultReplied {
            no, opinion, text, ..
        } => (
            word("event-consult_replied")
                .with("no", *no)
                .with("opinion", format!("@opinion-{opinion}")),
            Some(*text),
        ),
        Event::ConsultCancelled { no } => (word("event-consult_cancelled").with("no", *no), None),
        Event::EarlierLinked { repeat, earlier } => (
            word("event-earlier_linked")
                .with("repeat", format!("@repeat-{repeat}"))
                .with("n", earlier.len()),
            None,
        ),
        Event::BoardHeld { board, held, result } => (
            word("event-board_held")
                .with("board", format!("@board-{board}"))
                .with("day", day(*held)),
            Some(*result),
        ),
        Event::Converted { into, reason } => (
            word("event-converted").with("into", format!("@into-{into}")),
            Some(*reason),
        ),
        Event::Referred {
            reason, report_by, ..
        } => (
            word("event-referred").with("until", day(*report_by)),
            Some(*reason),
        ),
        Event::ReportedBack { result } => (word("event-reported_back"), Some(*result)),
        Event::DemandReturned { times } => (word("event-demand_returned").with("times", *times), None),
        Event::DeemedWithdrawn {} => (word("event-deemed_withdrawn"), None),
        Event::ProgressTold { due, .. } => (
            match due {
                Some(due) => word("event-progress_told").with("due", left(*due)),
                None => word("event-progress_told-held"),
            },
            None,
        ),
        Event::MassMarked {
            households, signers, ..
        } => (
            word("event-mass_marked")
                .with("households", *households)
                .with("signers", *signers),
            None,
        ),
        Event::RepresentativesChosen { names: who, by } => (
            word("event-representatives_chosen")
                .with("n", who.len())
                .with("by", format!("@by-{by}")),
            None,
        ),
        Event::TookIn { children } => (word("event-took_in").with("n", children.len()), None),
        Event::Merged { number, .. } => (word("event-merged").with("number", number.to_string()), None),
        Event::PartSplitOff { number, reason, .. } => (
            word("event-part_split_off").with("number", number.to_string()),
            Some(*reason),
        ),
        Event::Amended { note, files } => (word("event-amended").with("files", files.len()), *note),
        Event::Rectified { what, .. } => (word("event-rectified"), Some(*what)),
        Event::Objected { reason, due, .. } => {
            (word("event-objected").with("due", left(*due)), Some(*reason))
        }
        Event::ObjectionExtended { days, reason, due } => (
            word("event-objection_extended")
                .with("days", *days)
                .with("due", left(*due)),
            Some(*reason),
        ),
        Event::ObjectionDecided { verdict, reason, .. } => (
            word("event-objection_decided").with("verdict", format!("@verdict-{verdict}")),
            Some(*reason),
        ),
        Event::FurtherAsked { what, target } => (
            word("event-further_asked").with("target", left(*target)),
            Some(*what),
        ),
        Event::FurtherAnswered { body } => (word("event-further_answered"), Some(*body)),
        Event::ConclusionCorrected { from, to, reason, .. } => (
            word("event-conclusion_corrected")
                .with("from", left(from.plus(60_000)))
                .with("to", left(to.plus(60_000))),
            Some(*reason),
        ),
        Event::Narrowed { reason } => (word("event-narrowed"), Some(*reason)),
        Event::Protected { reason } => (word("event-protected"), Some(*reason)),
        Event::Unprotected { reason } => (word("event-unprotected"), Some(*reason)),
        Event::Published { .. } => (word("event-published"), None),
        Event::Unpublished {} => (word("event-unpublished"), None),
        Event::DueMoved { from, due, .. } => (
            word("event-due_moved")
                .with("from", left(*from))
                .with("due", left(*due)),
            None,
        ),
        Event::Rerouted { rest } => {
            let last = rest
                .last()
                .map_or_else(String::new, |signer| names.official(signer.official));
            (
                word("event-rerouted").with("n", rest.len()).with("last", last),
                None,
            )
        }
        Event::SignerReplaced { from, to, .. } => (
            word("event-signer_replaced")
                .with("from", names.official(*from))
                .with("to", names.official(*to)),
            None,
        ),
        Event::ConfirmedAfter { .. } => (word("event-confirmed_after"), None),
        Event::Circulated { readers } => {
            let all: Vec<String> = readers.iter().map(|reader| names.official(*reader)).collect();
            (word("event-circulated").with("readers", all.join(", ")), None)
        }
        Event::CirculationRead {} => (word("event-circulation_read"), None),
        Event::HandedOver { from, to } => (
            word("event-handed_over")
                .with("from", names.official(*from))
                .with("to", names.official(*to)),
            None,
        ),
        Event::PartyCorrected { party, reason, .. } => (
            word("event-party_corrected")
                .with("sort", format!("@sort-{}", party.sort))
                .with("filer", format!("@filer-{}", party.filer)),
            Some(*reason),
        ),
        Event::MailingDue { mail, .. } => (
            word("event-mailing_due").with("mail", format!("@mail-{mail}")),
            None,
        ),
        Event::MailingSent { sending, .. } => {
            let said = match sending.number {
                Some(number) => word("event-mailing_sent-registered").with("number", number.to_string()),
                None => word("event-mailing_sent"),
            };
            (
                said.with("on", day(sending.on))
                    .with("way", format!("@mail-way-{}", sending.way)),
                None,
            )
        }
        Event::MailingEnded {
            fate: Fate::Arrived(on),
            ..
        } => (word("event-mailing_arrived").with("on", day(*on)), None),
        Event::MailingEnded {
            fate: Fate::Returned(on, reason),
            ..
        } => (
            word("event-mailing_returned")
                .with("on", day(*on))
                .with("reason", format!("@fate-{reason}")),
            None,
        ),
        Event::ProceedingOpened { track, version, .. } => (
            word("event-proceeding_opened").with("track", names.track(*track, *version)),
            None,
        ),
        // Names of steps and moves stand in the track, which the event does not name: whoever has the petition says more.
        Event::ProceedingMoved { no, .. } => (word("event-proceeding_moved").with("no", *no), None),
        Event::ProceedingEnded { no, .. } => (word("event-proceeding_ended").with("no", *no), None),
        Event::Succeeded { from, unit } => (
            word("event-succeeded")
                .with("from", names.unit(*from))
                .with("unit", names.unit(*unit)),
            None,
        ),
    }
}

/// “도로시설과-16175”.
fn numbered(document: DocumentNumber, names: &impl Names) -> String {
    format!("{}-{}", names.unit(document.unit), document.n)
}

fn officials(to: &[OfficialId], names: &impl Names) -> String {
    let all: Vec<String> = to.iter().map(|official| names.official(*official)).collect();
    all.join(", ")
}

/// The article that an event rests on, as shown beside it; empty where none does.
pub const fn clause(event: &Event) -> &'static str {
    match event {
        Event::Filed { .. } => "민원 처리에 관한 법률 제8조",
        Event::Received { .. } => "민원 처리에 관한 법률 제9조, 제19조",
        Event::Reclassified { .. } => "민원 처리에 관한 법률 제2조제1호",
        Event::Distributed { .. } | Event::SendBackAsked { .. } | Event::UnitReceived { .. } => {
            "민원 처리에 관한 법률 시행령 제13조"
        }
        Event::Designated { .. } => "민원 처리에 관한 법률 제4조",
        Event::SupplementAsked { .. } => "민원 처리에 관한 법률 제22조제1항",
        Event::SupplementProlonged { .. } => "민원 처리에 관한 법률 시행령 제24조제2항",
        Event::SupplementGiven { .. } => "행정절차법 시행령 제11조제1호",
        Event::HoldBegan { .. } | Event::HoldEnded { .. } => "민원 처리에 관한 법률 시행령 제20조",
        Event::ExtensionProposed { .. } | Event::ExtensionDeclined {} | Event::Extended { .. } => {
            "민원 처리에 관한 법률 시행령 제21조"
        }
        Event::Drafted { .. }
        | Event::SentUp { .. }
        | Event::Signed { .. }
        | Event::Approved { .. }
        | Event::TurnedBack { .. }
        | Event::Recalled {}
        | Event::Rerouted { .. }
        | Event::SignerReplaced { .. } => "행정업무의 운영 및 혁신에 관한 규정 제10조",
        Event::DocumentRegistered { .. } | Event::RegistrationRefused { .. } => {
            "행정업무의 운영 및 혁신에 관한 규정 제11조"
        }
        Event::DeemedDecided { .. } => "행정기본법 제34조",
        Event::ThirdPartyTold { .. } | Event::ThirdPartyHeard { .. } | Event::DisclosureSet { .. } => {
            "공공기관의 정보공개에 관한 법률 제21조"
        }
        Event::ConfirmedAfter { .. } => "행정업무의 운영 및 혁신에 관한 규정 제10조제3항",
        Event::Circulated { .. } | Event::CirculationRead {} => "행정업무의 운영 및 혁신에 관한 규정 제18조",
        Event::HandedOver { .. } => "민원 처리에 관한 법률 제4조",
        Event::Answered { .. } => "민원 처리에 관한 법률 제27조",
        Event::Issued { .. } => "민원 처리에 관한 법률 제27조제1항",
        Event::HandedOut { .. } => "민원 처리에 관한 법률 제27조제4항",
        Event::ClaimReminded { .. } | Event::UnclaimedDiscarded { .. } => {
            "민원 처리에 관한 법률 시행령 제25조제4항"
        }
        Event::AdvanceNoticeIssued { .. } => "민원 처리에 관한 법률 제25조제1항",
        Event::DunningIssued { .. } | Event::DunningReceived { .. } | Event::DunningReplied { .. } => {
            "민원 처리에 관한 법률 시행령 제28조제2항"
        }
        Event::Withdrawn { .. } => "민원 처리에 관한 법률 제22조제2항",
        Event::Transferred { .. } => "민원 처리에 관한 법률 제16조",
        Event::DueMoved { .. } => "관공서의 공휴일에 관한 규정 제2조",
        Event::JurisdictionRuled { .. } => "민원 처리에 관한 법률 시행령 제38조제1항제1호",
        Event::ConsultAsked { .. }
        | Event::ConsultProlonged { .. }
        | Event::ConsultReplied { .. }
        | Event::ConsultCancelled { .. } => "민원 처리에 관한 법률 제20조",
        Event::Entrusted { .. } | Event::TakenBack { .. } | Event::FieldNoted { .. } => {
            "개인정보의 안전성 확보조치 기준 제5조제1항"
        }
        Event::EarlierLinked { .. } => "민원 처리에 관한 법률 제23조",
        Event::BoardHeld { .. } => "민원 처리에 관한 법률 제34조",
        Event::Converted { .. } => "민원 처리에 관한 법률 제2조",
        Event::Referred { .. } | Event::ReportedBack { .. } => "민원 처리에 관한 법률 시행령 제13조제3항",
        Event::DemandReturned { .. } | Event::DeemedWithdrawn {} => {
            "민원 처리에 관한 법률 시행령 제25조제2항"
        }
        Event::ProgressTold { .. } => "민원 처리에 관한 법률 시행령 제23조",
        Event::MassMarked { .. } => "민원 처리에 관한 법률 제24조",
        Event::RepresentativesChosen { .. } => "민원 처리에 관한 법률 시행령 제8조",
        Event::TookIn { .. } | Event::Merged { .. } => "민원 처리에 관한 법률 시행령 제6조제7항",
        Event::Amended { .. } => "민원 처리에 관한 법률 제22조제2항",
        Event::Rectified { .. } => "민원 처리에 관한 법률 시행령 제6조제5항",
        Event::Objected { .. } | Event::ObjectionExtended { .. } | Event::ObjectionDecided { .. } => {
            "민원 처리에 관한 법률 제35조"
        }
        Event::PartyCorrected { .. } => "민원 처리에 관한 법률 시행령 제2조제1항",
        Event::MailingDue { .. } | Event::MailingSent { .. } => "행정절차법 제14조제1항",
        Event::MailingEnded { .. } => "행정절차법 제15조제1항",
        Event::AnswerRead {}
        // Its own legal basis is the track's, and stands on its page.
        | Event::ProceedingOpened { .. }
        | Event::ProceedingMoved { .. }
        | Event::ProceedingEnded { .. }
        | Event::Rated { .. }
        | Event::Succeeded { .. }
        | Event::Migrated { .. }
        | Event::PartSplitOff { .. }
        | Event::FurtherAsked { .. }
        | Event::FurtherAnswered { .. }
        | Event::ConclusionCorrected { .. }
        | Event::Narrowed { .. }
        | Event::Protected { .. }
        | Event::Unprotected { .. }
        | Event::Published { .. }
        | Event::Unpublished {} => "",
    }
}

/// A time line for samples.
pub(crate) fn sample() -> Vec<Entry> {
    let entry = |seq, d, hour, minute, who: &str, what: Message, note: &str, clause: &str| Entry {
        at: at(2026, 9, d, hour, minute),
        happened: (seq == 2).then(|| at(2026, 9, d, hour, minute - 20)),
        who: who.into(),
        instead_of: (seq == 5).then(|| "최가람".into()),
        what,
        note: note.into(),
        clause: clause.into(),
        seq,
    };
    vec![
        entry(
            1,
            14,
            9,
            12,
            "민원인",
            Message::new("event-filed").with("number", "20260914-7K3F2-QD2XA"),
            "",
            "민원 처리에 관한 법률 제8조",
        ),
        entry(
            2,
            14,
            10,
            40,
            "통합접수자 강라온",
            Message::new("event-received")
                .with("number", "2026-004212")
                .with("period", "7일")
                .with("due", "2026. 9. 22. 23:59"),
            "",
            "민원 처리에 관한 법률 제9조, 제19조",
        ),
        entry(
            3,
            14,
            10,
            44,
            "통합접수자 강라온",
            Message::new("event-distributed").with("unit", "도로시설과"),
            "",
            "민원 처리에 관한 법률 시행령 제13조",
        ),
        entry(
            4,
            14,
            11,
            20,
            "부서 민원접수자 하정숙",
            Message::new("event-designated").with("official", "배도담"),
            "",
            "민원 처리에 관한 법률 제4조",
        ),
        entry(
            5,
            15,
            9,
            30,
            "도로시설과 배도담",
            Message::new("event-supplement_asked").with("until", "2026. 9. 18."),
            "1. 점용 위치도(축척 1/500 이상)\n2. 공사 기간을 적은 계획서",
            "민원 처리에 관한 법률 제22조제1항",
        ),
        entry(
            6,
            16,
            16,
            2,
            "민원인",
            Message::new("event-supplement_given")
                .with("due", "2026. 9. 28. 23:59")
                .with("files", 2),
            "위치도와 계획서를 보냅니다.",
            "행정절차법 시행령 제11조제1호",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Pages;
    use domain::{
        due::{Cause, Ground},
        event::{OldEnd, OldRow, Signer},
        id::TextId,
        number::{FilingNumber, LetterNumber, ReceptionNumber},
        petition::letter::DelayCause,
        terms::{
            Board, ChosenBy, Conversion, EntryPoint, Kind, Mark, Openness, Opinion, Outcome, Repeat, Verdict,
        },
        text::Commitment,
    };
    use jiff::civil::date;
    use uuid::Uuid;

    struct Office;

    impl Names for Office {
        fn unit(&self, _: UnitId) -> String {
            "도로시설과".into()
        }
        fn official(&self, _: OfficialId) -> String {
            "배도담".into()
        }
        fn track(&self, _: Code, _: u32) -> String {
            "민원배심법정".into()
        }
        fn period(&self, period: Period) -> String {
            period.korean()
        }
    }

    #[test]
    fn every_event_is_told_in_every_language() {
        let pages = Pages::new().expect("pages");
        let now = at(2026, 9, 14, 10, 0);
        let due = at(2026, 9, 23, 0, 0);
        let text = Text {
            id: TextId(Uuid::nil()),
            commitment: Commitment([0; 32]),
        };
        let unit = UnitId(Uuid::nil());
        let handler = OfficialId(Uuid::nil());
        let code = |c: &str| c.parse().expect("a code");
        let document = DocumentNumber { unit, n: 16_175 };
        let (until, reason, comment) = (date(2026, 9, 18), text, Some(text));
        let reclassified = |due| Event::Reclassified {
            service: code("S1"),
            service_version: 1,
            procedure: code("ordinary"),
            procedure_version: 1,
            kind: Kind::Other,
            period: None,
            due,
            reason,
        };
        let migrated = |ended| Event::Migrated {
            kind: Kind::Other,
            unit: None,
            old: OldRow {
                number: text,
                row: [0; 32],
                received: None,
                due: None,
                handler: None,
                answer: None,
                steps: vec![],
            },
            ended,
        };
        let mut events = vec![
            Event::Filed {
                number: FilingNumber::new(now, 1).expect("a number"),
                service: code("S1"),
                service_version: 1,
                procedure: code("ordinary"),
                procedure_version: 1,
                kind: Kind::Other,
                entry: EntryPoint::Web,
                field: None,
                district: None,
                person: domain::id::PersonId(Uuid::nil()),
                title: text,
                body: None,
                place: None,
                files: vec![],
                form: None,
                openness: Openness::Private,
                receive_by: None,
                expected: None,
                split_from: None,
                intake: Default::default(),
                protected: false,
            },
            Event::Received {
                number: ReceptionNumber {
                    year: 2026,
                    n: 1,
                    register: Default::default(),
                },
                kind: Kind::Other,
                period: Period::Days(7),
                due,
                rules: until,
                calendar: 1,
                hand_by: None,
            },
            reclassified(None),
            reclassified(Some(due)),
            Event::Distributed { unit },
            Event::SendBackAsked {
                unit,
                reason,
                hand_by: None,
            },
            Event::UnitReceived { unit },
            Event::Designated { handler },
            Event::SupplementAsked {
                what: text,
                round: 1,
                sent: until,
                until,
            },
            Event::SupplementAsked {
                what: text,
                round: 2,
                sent: until,
                until,
            },
            Event::SupplementProlonged { until, times: 1 },
            Event::SupplementGiven {
                note: None,
                files: vec![],
                arrived: until,
                due,
            },
            Event::HoldEnded { to: until, due },
            Event::ExtensionProposed {
                n: 7,
                ground: Cause::Cooperation,
                reason,
            },
            Event::ExtensionDeclined {},
            Event::Extended {
                nth: 1,
                n: 7,
                ground: Cause::Cooperation,
                reason,
                from: due,
                due,
            },
            Event::Drafted {
                version: 1,
                outcome: Outcome::Answered,
                body: text,
                reasons: None,
                remedies: None,
                openness: Openness::Private,
                exception: None,
            },
            Event::SentUp {
                line: vec![Signer {
                    official: handler,
                    mark: Mark::Decide,
                }],
            },
            Event::Signed { step: 0, comment },
            Event::Approved {
                step: 1,
                comment,
                document: Some(document),
            },
            Event::Approved {
                step: 1,
                comment: None,
                document: None,
            },
            Event::DocumentRegistered {
                approval: 9,
                document,
                on: until,
            },
            Event::RegistrationRefused { approval: 9, reason },
            Event::ThirdPartyTold {
                no: 1,
                name: reason,
                what: reason,
                arrived: until,
                until,
            },
            Event::ThirdPartyHeard {
                no: 1,
                objects: true,
                text: reason,
            },
            Event::ThirdPartyHeard {
                no: 1,
                objects: false,
                text: reason,
            },
            Event::DisclosureSet { from: until },
            Event::DeemedDecided {
                outcome: Outcome::DeemedAccepted,
                since: due,
                note: comment,
            },
            Event::TurnedBack { step: 0, reason },
            Event::Recalled {},
            Event::Answered {
                outcome: Outcome::Answered,
                document,
                concluded: now,
            },
            Event::Issued {
                number: domain::certificate::IssueNumber { year: 2026, n: 1 },
                code: domain::certificate::CheckCode::new(1),
                copies: 2,
                charge: domain::fee::Charge {
                    per_copy: domain::fee::Won(600),
                    waiver: None,
                },
                paid: domain::fee::Won(1_200),
            },
            Event::ClaimReminded { discard_from: until },
            Event::UnclaimedDiscarded { reason },
            Event::AnswerRead {},
            Event::AdvanceNoticeIssued {
                to: vec![handler],
                due,
                due_version: 1,
                note: comment,
            },
            Event::DunningIssued {
                number: LetterNumber { year: 2026, n: 15 },
                to: vec![handler, handler],
                due,
                due_version: 1,
                reply_by: until,
                note: comment,
            },
            Event::DunningReceived {
                number: LetterNumber { year: 2026, n: 15 },
            },
            Event::DunningReplied {
                number: LetterNumber { year: 2026, n: 15 },
                cause: DelayCause::FactFinding,
                planned: Some(until),
                text,
            },
            Event::DunningReplied {
                number: LetterNumber { year: 2026, n: 15 },
                cause: DelayCause::Other,
                planned: None,
                text,
            },
            Event::Withdrawn { reason: comment },
            Event::Transferred {
                agency: text,
                reason,
                report_by: None,
            },
            Event::JurisdictionRuled { unit, reason },
            Event::Entrusted {
                no: 1,
                to: handler,
                permit: domain::terms::Permit::Note,
                what: text,
                until,
            },
            Event::TakenBack { no: 1 },
            Event::FieldNoted { no: 1, text },
            Event::ConsultAsked {
                no: 1,
                unit,
                what: text,
                reply_by: until,
            },
            Event::ConsultProlonged {
                no: 1,
                reply_by: until,
            },
            Event::ConsultReplied {
                no: 1,
                opinion: Opinion::Agree,
                text,
                files: Vec::new(),
            },
            Event::ConsultCancelled { no: 1 },
            Event::EarlierLinked {
                repeat: Repeat::Repeated,
                earlier: Vec::new(),
            },
            Event::BoardHeld {
                board: Board::RepeatClosing,
                held: until,
                result: text,
            },
            Event::Converted {
                into: Conversion::Proposal,
                reason,
            },
            Event::Referred {
                agency: text,
                reason,
                report_by: until,
            },
            Event::ReportedBack { result: text },
            Event::DemandReturned { times: 1 },
            Event::DeemedWithdrawn {},
            Event::ProgressTold {
                nth: 1,
                due: Some(due),
            },
            Event::ProgressTold { nth: 1, due: None },
            Event::MassMarked {
                households: 5,
                signers: 7,
                list: None,
            },
            Event::RepresentativesChosen {
                names: vec![text],
                by: ChosenBy::Office,
            },
            Event::TookIn { children: Vec::new() },
            Event::Amended {
                note: comment,
                files: Vec::new(),
            },
            Event::Rectified {
                what: text,
                consent: text,
            },
            Event::Objected {
                reason,
                received: until,
                files: Vec::new(),
                due,
            },
            Event::ObjectionExtended { days: 3, reason, due },
            Event::ObjectionDecided {
                verdict: Verdict::Dismissed,
                reason,
                remedies: text,
            },
            Event::FurtherAsked {
                what: text,
                target: due,
            },
            Event::FurtherAnswered { body: text },
            Event::ConclusionCorrected {
                from: now,
                to: due,
                reason,
                evidence: Vec::new(),
            },
            Event::Narrowed { reason },
            Event::Protected { reason },
            Event::Unprotected { reason },
            Event::Published {
                title: text,
                question: text,
                answer: text,
            },
            Event::Unpublished {},
            Event::Rated { score: 5, comment },
            Event::DueMoved {
                from: due,
                due,
                calendar: 2,
            },
            migrated(None),
            migrated(Some(OldEnd {
                outcome: Outcome::Answered,
                at: now,
            })),
            Event::Rerouted {
                rest: vec![Signer {
                    official: handler,
                    mark: Mark::Delegated,
                }],
            },
            Event::SignerReplaced {
                step: 1,
                from: handler,
                to: handler,
            },
            Event::ConfirmedAfter { step: 1 },
            Event::Circulated {
                readers: vec![handler],
            },
            Event::CirculationRead {},
            Event::HandedOver {
                from: handler,
                to: handler,
            },
            Event::Succeeded { from: unit, unit },
            Event::ProceedingOpened {
                no: 1,
                track: code("jury_court"),
                version: 1,
                asked: None,
                waits: true,
                seats: Vec::new(),
                stands: domain::proceeding::Standing {
                    step: code("suit"),
                    due: None,
                    expects: Vec::new(),
                    outlives: false,
                    holds: false,
                },
            },
            Event::ProceedingMoved {
                no: 1,
                step: code("suit"),
                code: code("accept"),
                asked: comment,
                facts: Vec::new(),
                stands: None,
            },
            Event::ProceedingEnded {
                no: 1,
                end: code("unsuitable"),
            },
            Event::PartyCorrected {
                party: domain::petitioner::Party::default(),
                delivery: None,
                reason: text,
            },
            Event::MailingDue {
                no: 1,
                mail: domain::mailing::Mail::Answer,
            },
            Event::MailingEnded {
                no: 1,
                fate: Fate::Arrived(until),
            },
            Event::MailingEnded {
                no: 1,
                fate: Fate::Returned(until, domain::mailing::ReturnReason::Absent),
            },
        ];
        for way in domain::mailing::MailWay::ALL {
            let number = "1234567890123".parse().ok();
            events.push(Event::MailingSent {
                no: 1,
                sending: domain::mailing::Sending {
                    on: until,
                    way: *way,
                    number: number.filter(|_| way.is_registered()),
                },
            });
        }
        for recipient in domain::claim::Recipient::ALL {
            events.push(Event::HandedOut {
                given: domain::claim::HandOut {
                    recipient: *recipient,
                    evidence: domain::claim::Evidence::Passport,
                    name: comment,
                    power: None,
                    signature: None,
                },
            });
        }
        for ground in Ground::ALL {
            events.push(Event::HoldBegan {
                ground: *ground,
                from: until,
                note: comment,
            });
        }
        for event in &events {
            let (what, _) = tell(event, &Office);
            for lang in crate::lang::all() {
                assert!(
                    pages.say(lang, &what).is_ok(),
                    "{lang}: {}: {what:?}",
                    event.name()
                );
            }
        }
        let said = |event: &Event| pages.say("ko", &tell(event, &Office).0).expect("words");
        assert_eq!(
            said(&events[1]),
            "접수 — 접수번호 2026-000001, 처리기간 7일, 처리기한 2026. 9. 22. 23:59"
        );
        assert_eq!(
            said(&Event::Approved {
                step: 1,
                comment,
                document: Some(document)
            }),
            "결재 — 문서번호 도로시설과-16175"
        );
    }
}

//! 생애 — the statutory life of a petition, the same for every kind: one table of moves.
//!
//! Life alone owns the clock, the due date, the reminders and the statistics. What a procedure does inside
//! "in handling" is its own business; it can offer fewer moves than this table, never more.

use crate::terms::coded;

coded! {
    /// 생애의 단계.
    Life {
        /// 신청 — filed, not yet received; only the reception clock of 영6⑧ runs.
        Filed = "filed",
        /// 접수 — received by the office; the period runs.
        Received = "received",
        /// 배부 — with a department, no handler yet.
        Distributed = "distributed",
        /// 처리 중 — with a handler.
        InHandling = "in_handling",
        /// 불산입 중 — the period does not run, on a named ground.
        Held = "held",
        /// 처리 완료 — ended.
        Concluded = "concluded",
    }
}

coded! {
    /// 행위 — what a person may do to a petition. Verbs, as on the buttons.
    Deed {
        /// 신청.
        File = "file",
        /// 접수.
        Receive = "receive",
        /// 분류 변경.
        Reclassify = "reclassify",
        /// 배부·재배부.
        Distribute = "distribute",
        /// 재배부 요청.
        SendBack = "send_back",
        /// 부서 접수.
        UnitReceive = "unit_receive",
        /// 담당자 지정·재지정.
        Designate = "designate",
        /// 보완 요구·재보완 요구.
        AskSupplement = "ask_supplement",
        /// 보완 기한 연장 요청.
        ProlongSupplement = "prolong_supplement",
        /// 보완.
        Supplement = "supplement",
        /// 불산입 시작.
        Hold = "hold",
        /// 불산입 종료.
        Resume = "resume",
        /// 처리기간 연장.
        Extend = "extend",
        /// 연장 동의.
        ConsentExtension = "consent_extension",
        /// 연장 동의하지 않음.
        DeclineExtension = "decline_extension",
        /// 기안.
        Draft = "draft",
        /// 상신.
        SendUp = "send_up",
        /// 검토·협조·결재.
        Sign = "sign",
        /// 반송.
        TurnBack = "turn_back",
        /// 회수.
        Recall = "recall",
        /// 시행·통지.
        Answer = "answer",
        /// 즉시답변.
        AnswerAtOnce = "answer_at_once",
        /// 발급: a certificate, at once.
        Issue = "issue",
        /// 교부.
        HandOut = "hand_out",
        /// 수령 안내: a duty's.
        RemindClaim = "remind_claim",
        /// 미수령 문서 폐기.
        DiscardUnclaimed = "discard_unclaimed",
        /// 답변 열람.
        ReadAnswer = "read_answer",
        /// 예고장 발급.
        IssueAdvanceNotice = "issue_advance_notice",
        /// 독촉장 발급.
        IssueDunning = "issue_dunning",
        /// 독촉장 수령 확인.
        ConfirmDunning = "confirm_dunning",
        /// 독촉장 회신.
        ReplyDunning = "reply_dunning",
        /// 취하.
        Withdraw = "withdraw",
        /// 이송.
        Transfer = "transfer",
        /// 만족도 평가.
        Rate = "rate",
        /// 맡기기 — to an external user.
        Entrust = "entrust",
        /// 맡김 거두기.
        TakeBack = "take_back",
        /// 현장 의견: an external user's.
        FieldNote = "field_note",
        /// 소관 결정 (민원조정위원회).
        RuleJurisdiction = "rule_jurisdiction",
        /// 협조 요청.
        AskConsult = "ask_consult",
        /// 협조 회신기한 연장.
        ProlongConsult = "prolong_consult",
        /// 협조 회신.
        ReplyConsult = "reply_consult",
        /// 협조 요청 취소.
        CancelConsult = "cancel_consult",
        /// 동일 민원 연결.
        LinkEarlier = "link_earlier",
        /// 민원조정위원회 심의 결과 기록.
        RecordBoard = "record_board",
        /// 민원 아님·전환.
        Convert = "convert",
        /// 이첩.
        Refer = "refer",
        /// 처리결과 회보.
        ReportBack = "report_back",
        /// 보완 요구 반송 기록.
        MarkUndelivered = "mark_undelivered",
        /// 취하 간주 종결.
        DeemWithdrawn = "deem_withdrawn",
        /// 처리진행상황 통지.
        TellProgress = "tell_progress",
        /// 다수인관련민원 지정.
        MarkMass = "mark_mass",
        /// 대표자 선정.
        ChooseRepresentatives = "choose_representatives",
        /// 병합 (대표 민원으로).
        TakeIn = "take_in",
        /// 병합됨.
        Merge = "merge",
        /// 분리.
        SplitOff = "split_off",
        /// 변경·추가 제출.
        Amend = "amend",
        /// 직권 보정.
        Rectify = "rectify",
        /// 이의신청.
        Object = "object",
        /// 이의신청 결정기간 연장.
        ExtendObjection = "extend_objection",
        /// 이의신청 결정.
        DecideObjection = "decide_objection",
        /// 추가답변 요청.
        AskFurther = "ask_further",
        /// 추가답변.
        AnswerFurther = "answer_further",
        /// 처리 완료 시각 정정.
        CorrectConclusion = "correct_conclusion",
        /// 비공개 전환.
        Narrow = "narrow",
        /// 공개 게시.
        Publish = "publish",
        /// 공개 게시 취소.
        Unpublish = "unpublish",
        /// 보안민원 지정 — moves it to where only the entitled see it.
        Protect = "protect",
        /// 보안민원 해제 — moves it back among the others.
        Unprotect = "unprotect",
        /// 기한 재계산.
        MoveDue = "move_due",
        /// 결재선 변경 — the rest of a line whose next signer cannot sign.
        Reroute = "reroute",
        /// 결재자 인계 — a place on the line goes to a successor.
        ReplaceSigner = "replace_signer",
        /// 후결(사후 보고) 확인.
        ConfirmAfter = "confirm_after",
        /// 공람.
        Circulate = "circulate",
        /// 공람 확인.
        ReadCirculated = "read_circulated",
        /// 담당자 인계·인수.
        HandOver = "hand_over",
        /// 조직 개편에 따른 주관부서 승계.
        Succeed = "succeed",
        /// 문서시스템 등록 — the outside document system gave number and day: a duty's.
        RegisterDocument = "register_document",
        /// 문서시스템 등록 거절 — the outside document system gave it back: a duty's.
        RefuseRegistration = "refuse_registration",
        /// 수리·허가 간주 기록.
        RecordDeemed = "record_deemed",
        /// 신청인 정보 정정.
        CorrectParty = "correct_party",
        /// 우편 발송 요청.
        QueueMail = "queue_mail",
        /// 우편 발송.
        SendMail = "send_mail",
        /// 우편 도달·반송.
        EndMail = "end_mail",
        /// 제3자 통지 — whom the requested information is about is told of the request (정보공개법21①).
        TellThirdParty = "tell_third_party",
        /// 제3자 의견 기록.
        HearThirdParty = "hear_third_party",
        /// 특별절차 개시.
        OpenProceeding = "open_proceeding",
        /// 특별절차 진행.
        MoveProceeding = "move_proceeding",
    }
}

/// The table: a deed, the lives it is possible in, and the life it leads to (`None`: it stays).
///
/// 법22② lets the petitioner withdraw until the end; 영6⑧'s clock ends with 접수; from 배부 on there is one lead
/// department, from 담당자 지정 on one handler.
pub const MOVES: &[(Deed, &[Life], Option<Life>)] = {
    use Life::*;
    &[
        (Deed::Receive, &[Filed], Some(Received)),
        (
            Deed::Reclassify,
            &[Filed, Received, Distributed, InHandling],
            None,
        ),
        (Deed::Distribute, &[Received, Distributed], Some(Distributed)),
        (Deed::SendBack, &[Distributed, InHandling], Some(Distributed)),
        (Deed::UnitReceive, &[Distributed], None),
        (Deed::Designate, &[Distributed, InHandling], Some(InHandling)),
        (Deed::Designate, &[Held], None),
        (Deed::AskSupplement, &[InHandling], Some(Held)),
        (Deed::AskSupplement, &[Held], None),
        (Deed::ProlongSupplement, &[Held], None),
        (Deed::Supplement, &[Held], Some(InHandling)),
        (Deed::Hold, &[InHandling], Some(Held)),
        (Deed::Resume, &[Held], Some(InHandling)),
        (Deed::Extend, &[InHandling], None),
        (Deed::ConsentExtension, &[InHandling, Held], None),
        (Deed::DeclineExtension, &[InHandling, Held], None),
        (Deed::Draft, &[InHandling, Held], None),
        (Deed::SendUp, &[InHandling, Held], None),
        (Deed::Sign, &[InHandling, Held], None),
        (Deed::TurnBack, &[InHandling, Held], None),
        (Deed::Recall, &[InHandling, Held], None),
        (Deed::Answer, &[InHandling, Held], Some(Concluded)),
        (Deed::AnswerAtOnce, &[Received, InHandling], Some(Concluded)),
        (Deed::Issue, &[Received, InHandling], Some(Concluded)),
        (Deed::HandOut, &[Concluded], None),
        (Deed::RemindClaim, &[Concluded], None),
        (Deed::DiscardUnclaimed, &[Concluded], None),
        (Deed::ReadAnswer, &[Concluded], None),
        (
            Deed::IssueAdvanceNotice,
            &[Received, Distributed, InHandling],
            None,
        ),
        (Deed::IssueDunning, &[Received, Distributed, InHandling], None),
        (
            Deed::ConfirmDunning,
            &[Received, Distributed, InHandling, Held, Concluded],
            None,
        ),
        (
            Deed::ReplyDunning,
            &[Received, Distributed, InHandling, Held, Concluded],
            None,
        ),
        (
            Deed::Withdraw,
            &[Filed, Received, Distributed, InHandling, Held],
            Some(Concluded),
        ),
        (
            Deed::Transfer,
            &[Received, Distributed, InHandling],
            Some(Concluded),
        ),
        (Deed::Rate, &[Concluded], None),
        (Deed::Reroute, &[InHandling, Held], None),
        (Deed::ReplaceSigner, &[InHandling, Held], None),
        (Deed::ConfirmAfter, &[InHandling, Held, Concluded], None),
        (Deed::Circulate, &[InHandling, Held, Concluded], None),
        (Deed::ReadCirculated, &[InHandling, Held, Concluded], None),
        (Deed::HandOver, &[InHandling, Held], None),
        (Deed::Succeed, &[Distributed, InHandling, Held], None),
        (Deed::RegisterDocument, &[InHandling, Held, Concluded], None),
        (Deed::RefuseRegistration, &[InHandling, Held, Concluded], None),
        (Deed::TellThirdParty, &[InHandling], None),
        (Deed::HearThirdParty, &[InHandling], None),
        (
            Deed::RecordDeemed,
            &[Received, Distributed, InHandling],
            Some(Concluded),
        ),
        (Deed::RuleJurisdiction, &[Distributed], None),
        (Deed::AskConsult, &[InHandling, Held], None),
        (Deed::ProlongConsult, &[InHandling, Held], None),
        (Deed::ReplyConsult, &[InHandling, Held], None),
        (Deed::CancelConsult, &[InHandling, Held], None),
        (Deed::Entrust, &[InHandling, Held], None),
        (Deed::TakeBack, &[InHandling, Held], None),
        (Deed::FieldNote, &[InHandling, Held], None),
        (
            Deed::LinkEarlier,
            &[Received, Distributed, InHandling, Held],
            None,
        ),
        (
            Deed::RecordBoard,
            &[Received, Distributed, InHandling, Held, Concluded],
            None,
        ),
        (
            Deed::Convert,
            &[Filed, Received, Distributed, InHandling],
            Some(Concluded),
        ),
        (Deed::Refer, &[Received, InHandling], Some(Concluded)),
        (Deed::ReportBack, &[Concluded], None),
        (Deed::MarkUndelivered, &[Held], None),
        (Deed::DeemWithdrawn, &[Held], Some(Concluded)),
        (
            Deed::TellProgress,
            &[Received, Distributed, InHandling, Held],
            None,
        ),
        (
            Deed::MarkMass,
            &[Filed, Received, Distributed, InHandling, Held],
            None,
        ),
        (
            Deed::ChooseRepresentatives,
            &[Filed, Received, Distributed, InHandling, Held],
            None,
        ),
        (Deed::TakeIn, &[Received, Distributed, InHandling, Held], None),
        (
            Deed::Merge,
            &[Filed, Received, Distributed, InHandling],
            Some(Concluded),
        ),
        (Deed::SplitOff, &[Received, Distributed, InHandling], None),
        (Deed::Amend, &[Filed, Received, Distributed, InHandling], None),
        (Deed::Rectify, &[Filed, Received], None),
        (Deed::Object, &[Concluded], None),
        (Deed::ExtendObjection, &[Concluded], None),
        (Deed::DecideObjection, &[Concluded], None),
        (Deed::AskFurther, &[Concluded], None),
        (Deed::AnswerFurther, &[Concluded], None),
        (Deed::CorrectConclusion, &[Concluded], None),
        (
            Deed::Narrow,
            &[Filed, Received, Distributed, InHandling, Held, Concluded],
            None,
        ),
        (Deed::Publish, &[Concluded], None),
        (Deed::Unpublish, &[Concluded], None),
        (
            Deed::Protect,
            &[Filed, Received, Distributed, InHandling, Held, Concluded],
            None,
        ),
        (
            Deed::Unprotect,
            &[Filed, Received, Distributed, InHandling, Held, Concluded],
            None,
        ),
        (
            Deed::CorrectParty,
            &[Filed, Received, Distributed, InHandling, Held, Concluded],
            None,
        ),
        (
            Deed::QueueMail,
            &[Received, Distributed, InHandling, Held, Concluded],
            None,
        ),
        (
            Deed::SendMail,
            &[Received, Distributed, InHandling, Held, Concluded],
            None,
        ),
        (
            Deed::EndMail,
            &[Received, Distributed, InHandling, Held, Concluded],
            None,
        ),
        (
            Deed::OpenProceeding,
            &[Received, Distributed, InHandling, Held],
            None,
        ),
        (
            Deed::MoveProceeding,
            &[Received, Distributed, InHandling, Held, Concluded],
            None,
        ),
        (
            Deed::MoveDue,
            &[Filed, Received, Distributed, InHandling, Held],
            None,
        ),
    ]
};

impl Deed {
    /// The article it stands on, which also says in which lives it has its place; empty where the house, not the law,
    /// draws the line.
    pub const fn clause(self) -> &'static str {
        match self {
            Deed::File => "민원 처리에 관한 법률 제8조",
            Deed::Receive => "민원 처리에 관한 법률 제9조제1항",
            Deed::Reclassify => "민원 처리에 관한 법률 제2조제1호",
            Deed::Distribute | Deed::SendBack | Deed::UnitReceive => "민원 처리에 관한 법률 시행령 제13조",
            Deed::Designate => "민원 처리에 관한 법률 제4조제1항",
            Deed::AskSupplement | Deed::Supplement | Deed::ProlongSupplement => {
                "민원 처리에 관한 법률 시행령 제24조"
            }
            Deed::MarkUndelivered | Deed::DeemWithdrawn => "민원 처리에 관한 법률 시행령 제25조",
            Deed::Hold | Deed::Resume => "민원 처리에 관한 법률 시행령 제20조",
            Deed::Extend | Deed::ConsentExtension | Deed::DeclineExtension => {
                "민원 처리에 관한 법률 시행령 제21조"
            }
            Deed::Draft | Deed::SendUp | Deed::Sign | Deed::TurnBack | Deed::Recall | Deed::ReplaceSigner => {
                "행정업무의 운영 및 혁신에 관한 규정 제10조"
            }
            Deed::Reroute | Deed::ConfirmAfter => "행정업무의 운영 및 혁신에 관한 규정 제10조제3항",
            Deed::Circulate | Deed::ReadCirculated => "행정업무의 운영 및 혁신에 관한 규정 제18조",
            Deed::Answer | Deed::ReadAnswer => "민원 처리에 관한 법률 제27조제1항",
            Deed::AnswerAtOnce => "민원 처리에 관한 법률 시행령 제19조",
            Deed::Issue | Deed::HandOut => "민원 처리에 관한 법률 제27조제4항",
            Deed::RemindClaim | Deed::DiscardUnclaimed => "민원 처리에 관한 법률 시행령 제25조제4항",
            Deed::IssueAdvanceNotice | Deed::IssueDunning | Deed::ConfirmDunning | Deed::ReplyDunning => {
                "민원 처리에 관한 법률 시행령 제28조제2항"
            }
            Deed::Withdraw | Deed::Amend => "민원 처리에 관한 법률 제22조제2항",
            Deed::Rectify => "민원 처리에 관한 법률 시행령 제6조제5항",
            Deed::Transfer => "민원 처리에 관한 법률 제16조",
            Deed::Refer | Deed::ReportBack => "민원 처리에 관한 법률 시행령 제13조제3항",
            Deed::Convert => "민원 처리에 관한 법률 제2조제1호",
            Deed::CorrectParty => "민원 처리에 관한 법률 시행령 제2조제1항",
            Deed::QueueMail | Deed::SendMail => "행정절차법 제14조제1항",
            Deed::EndMail => "행정절차법 제15조제1항",
            Deed::Rate => "민원 처리에 관한 법률 제42조",
            Deed::RuleJurisdiction => "민원 처리에 관한 법률 시행령 제38조제1항제1호",
            Deed::AskConsult | Deed::ProlongConsult | Deed::ReplyConsult | Deed::CancelConsult => {
                "민원 처리에 관한 법률 제20조"
            }
            Deed::Entrust | Deed::TakeBack | Deed::FieldNote => "개인정보의 안전성 확보조치 기준 제5조제1항",
            Deed::LinkEarlier => "민원 처리에 관한 법률 제23조",
            Deed::RecordBoard => "민원 처리에 관한 법률 시행령 제38조제1항",
            Deed::TellProgress => "민원 처리에 관한 법률 시행령 제23조",
            Deed::MarkMass => "민원 처리에 관한 법률 제2조제6호",
            Deed::ChooseRepresentatives => "민원 처리에 관한 법률 시행령 제8조",
            Deed::TakeIn | Deed::Merge | Deed::SplitOff => "민원 처리에 관한 법률 시행령 제6조제7항",
            Deed::Object | Deed::ExtendObjection | Deed::DecideObjection => "민원 처리에 관한 법률 제35조",
            Deed::MoveDue => "민원 처리에 관한 법률 제19조",
            Deed::Narrow | Deed::Publish | Deed::Unpublish | Deed::Protect | Deed::Unprotect => {
                "민원 처리에 관한 법률 제7조"
            }
            Deed::RegisterDocument | Deed::RefuseRegistration => "행정업무의 운영 및 혁신에 관한 규정 제11조",
            Deed::RecordDeemed => "행정기본법 제34조",
            Deed::TellThirdParty | Deed::HearThirdParty => "공공기관의 정보공개에 관한 법률 제21조",
            // Its own legal basis is the track's.
            Deed::OpenProceeding
            | Deed::MoveProceeding
            | Deed::AskFurther
            | Deed::AnswerFurther
            | Deed::CorrectConclusion
            | Deed::HandOver
            | Deed::Succeed => "",
        }
    }

    /// Whether it belongs to the organisation, its papers or the law of a service and not to a way of handling: no procedure
    /// has to offer it.
    pub const fn is_of_the_office(self) -> bool {
        matches!(
            self,
            Deed::MoveDue
                | Deed::Reroute
                | Deed::ReplaceSigner
                | Deed::ConfirmAfter
                | Deed::Entrust
                | Deed::TakeBack
                | Deed::FieldNote
                | Deed::Circulate
                | Deed::ReadCirculated
                | Deed::HandOver
                | Deed::Succeed
                | Deed::CorrectParty
                | Deed::Protect
                | Deed::Unprotect
                | Deed::QueueMail
                | Deed::SendMail
                | Deed::EndMail
                | Deed::IssueAdvanceNotice
                | Deed::IssueDunning
                | Deed::ConfirmDunning
                | Deed::ReplyDunning
                | Deed::RegisterDocument
                | Deed::RefuseRegistration
                | Deed::RecordDeemed
                | Deed::OpenProceeding
                | Deed::MoveProceeding
        )
    }
}

impl Life {
    /// Whether the petition has not ended.
    pub const fn is_open(self) -> bool {
        match self {
            Life::Filed | Life::Received | Life::Distributed | Life::InHandling | Life::Held => true,
            Life::Concluded => false,
        }
    }

    /// Whether `deed` is possible in this life at all; who may and what else it needs is decided elsewhere.
    pub fn allows(self, deed: Deed) -> bool {
        MOVES
            .iter()
            .any(|(d, from, _)| *d == deed && from.contains(&self))
    }

    /// The life after `deed`; `None` when this life does not allow it.
    pub fn after(self, deed: Deed) -> Option<Life> {
        MOVES
            .iter()
            .find(|(d, from, _)| *d == deed && from.contains(&self))
            .map(|(_, _, to)| to.unwrap_or(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_but_filing_has_a_place_in_the_table() {
        for deed in Deed::ALL {
            let known = MOVES.iter().any(|(d, _, _)| d == deed);
            assert_eq!(known, *deed != Deed::File, "{deed}");
        }
    }

    #[test]
    fn no_deed_stands_twice_for_the_same_life() {
        for (i, (deed, from, _)) in MOVES.iter().enumerate() {
            for (other, others, _) in &MOVES[i + 1..] {
                assert!(
                    deed != other || from.iter().all(|l| !others.contains(l)),
                    "{deed}"
                );
            }
        }
    }

    #[test]
    fn from_every_open_life_an_end_can_be_reached() {
        for start in Life::ALL {
            let mut reached = vec![*start];
            loop {
                let next: Vec<Life> = (reached.iter())
                    .flat_map(|life| Deed::ALL.iter().filter_map(|deed| life.after(*deed)))
                    .filter(|life| !reached.contains(life))
                    .collect();
                let Some(life) = next.first() else { break };
                reached.push(*life);
            }
            assert!(reached.contains(&Life::Concluded), "{start}");
        }
    }
}

//! 걸음 — the steps of a story, each an act of somebody.

/// One step of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    File,
    Receive,
    /// To a department that will send it back.
    DistributeAstray,
    Distribute,
    SendBack,
    UnitReceive,
    Designate,
    /// So many days for the citizen.
    Ask(i32),
    Prolong,
    Supplement,
    Hold,
    Resume,
    Extend,
    Consent,
    Decline,
    Draft,
    DraftReturn,
    SendUp,
    /// With a third official who concurs.
    SendUpWide,
    Sign,
    TurnBack,
    Recall,
    Answer,
    AnswerAtOnce,
    Read,
    Rate,
    Withdraw,
    Transfer,
    /// Refused, with reasons and remedies.
    DraftRefused,
    /// Closed as filed again.
    DraftRepeated,
    LinkEarlier,
    AskConsult,
    ReplyConsult,
    /// 독촉장.
    Dun,
    ConfirmDun,
    ReplyDun,
    Object,
    DecideObjection,
    AskFurther,
    AnswerFurther,
    Publish,
}

impl Step {
    /// Whether the story goes on without it where the law does not allow it.
    pub const fn is_aside(self) -> bool {
        matches!(
            self,
            Step::Extend
                | Step::Hold
                | Step::Resume
                | Step::LinkEarlier
                | Step::AskConsult
                | Step::ReplyConsult
                | Step::Dun
                | Step::ConfirmDun
                | Step::ReplyDun
                | Step::Object
                | Step::DecideObjection
                | Step::AskFurther
                | Step::AnswerFurther
                | Step::Publish
        )
    }
}

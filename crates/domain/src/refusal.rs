//! 거절 사유 — why an act is not possible, each with the clause that says so.
//!
//! A refusal is about what a person asked for and the law; what a machine did wrong is never a refusal. `code` keys the
//! translated sentence, `clause` is shown beside it.

use crate::terms::coded;

coded! {
    /// Why an act is not possible now.
    Refusal {
        /// The petition's life does not allow this act now.
        NotNow = "not_now",
        /// The petition has ended.
        Concluded = "concluded",
        /// Not for this seat or relation.
        NotYours = "not_yours",
        /// The procedure does not offer this act at this step.
        NotInProcedure = "not_in_procedure",
        /// A petition that must be in writing came by word of mouth.
        MustBeWritten = "must_be_written",
        /// What was spoken and written down by the clerk is received once the petitioner has signed it.
        MustBeSigned = "must_be_signed",
        /// An entry made later names a moment that has passed and a ground that fits.
        HappenedUnfit = "happened_unfit",
        /// The service is not decided by one official alone.
        NotAlone = "not_alone",
        /// At least one copy, and no more than can be printed.
        CopiesUnfit = "copies_unfit",
        /// A waiver lowers the fee.
        FeeUnfit = "fee_unfit",
        /// Nothing waits to be handed out.
        NothingToHandOut = "nothing_to_hand_out",
        /// Whoever fetches it for another brings a 위임장.
        PowerMissing = "power_missing",
        /// Fifteen days have not passed yet.
        NotUnclaimed = "not_unclaimed",
        /// The petitioner has not been told yet that the paper will be destroyed.
        ClaimNotTold = "claim_not_told",
        /// The service is not filed online because its period is not confirmed.
        NotOnline = "not_online",
        /// The service asks who files it online: 본인확인 first.
        NotVerified = "not_verified",
        /// The service row is not valid today.
        ServiceNotValid = "service_not_valid",
        /// A title is required.
        TitleMissing = "title_missing",
        /// What is asked must be written down.
        BodyMissing = "body_missing",
        /// Name or way of reply is missing: not clear who asks (영2①3).
        PetitionerUnclear = "petitioner_unclear",
        /// The period of this service is not known: enter it with its article.
        PeriodMissing = "period_missing",
        /// The kind of the petition is the same already.
        SameKind = "same_kind",
        /// The unit does not exist or is closed.
        UnknownUnit = "unknown_unit",
        /// The petition lies with that unit already.
        SameUnit = "same_unit",
        /// A request to redistribute is open: it must be settled first.
        SendBackOpen = "send_back_open",
        /// The department has received it: send it back instead.
        UnitHasReceived = "unit_has_received",
        /// The department has not received it yet.
        UnitHasNotReceived = "unit_has_not_received",
        /// The official does not work in the lead department.
        HandlerNotOfUnit = "handler_not_of_unit",
        /// The official handles it already.
        SameHandler = "same_handler",
        /// A reason is required.
        ReasonMissing = "reason_missing",
        /// No supplement is asked at the moment.
        NoSupplementAsked = "no_supplement_asked",
        /// The answer to the supplement is still awaited.
        SupplementOpen = "supplement_open",
        /// The second demand waits until the first has lapsed.
        SupplementNotLapsed = "supplement_not_lapsed",
        /// The second demand grants at most ten days.
        SupplementTooLong = "supplement_too_long",
        /// The time for the supplement must lie in the future.
        SupplementInPast = "supplement_in_past",
        /// The citizen has asked for more time twice already.
        ProlongationSpent = "prolongation_spent",
        /// The ground is not one of the uncounted ones the law names at this date.
        GroundUnknown = "ground_unknown",
        /// No uncounted stretch is open.
        NothingHeld = "nothing_held",
        /// The ground for extension is forbidden since 2026-05-06.
        ExtensionGroundForbidden = "extension_ground_forbidden",
        /// The ground belongs to another version of the decree than the one in force at reception.
        ExtensionGroundOfOtherTime = "extension_ground_of_other_time",
        /// Longer than the period of the petition.
        ExtensionTooLong = "extension_too_long",
        /// Extended twice already.
        ExtensionSpent = "extension_spent",
        /// The second extension waits for the citizen's consent.
        ExtensionConsentOpen = "extension_consent_open",
        /// No extension awaits a consent.
        NoConsentAsked = "no_consent_asked",
        /// The due date has passed: what has lapsed cannot be extended.
        DueHasPassed = "due_has_passed",
        /// The outcome is not one for this kind of petition.
        OutcomeNotOfKind = "outcome_not_of_kind",
        /// A refusal without reasons and remedies.
        ReasonsOwed = "reasons_owed",
        /// 반려 needs a demanded supplement that lapsed (영25①).
        NothingLapsed = "nothing_lapsed",
        /// There is no draft yet.
        NoDraft = "no_draft",
        /// The draft lies on the approval line: recall it first.
        OnTheLine = "on_the_line",
        /// The draft is not on the approval line.
        NotOnTheLine = "not_on_the_line",
        /// The approval line must end in exactly one decision.
        LineUnfit = "line_unfit",
        /// Somebody has signed: it can no longer be recalled.
        SignedAlready = "signed_already",
        /// The answer has not been approved.
        NotApproved = "not_approved",
        /// Approved already: nothing more to draft.
        ApprovedAlready = "approved_already",
        /// The period is not over: a 예고장 is possible, a 독촉장 is not.
        NotOverdue = "not_overdue",
        /// The period is over: no 예고장 any more, but a 독촉장.
        AdvanceTooLate = "advance_too_late",
        /// A letter of this kind was issued for this due date already.
        LetterIssued = "letter_issued",
        /// Nobody holds a seat that such a letter could go to.
        NobodyToWriteTo = "nobody_to_write_to",
        /// The day for the reply must not lie in the past.
        ReplyInPast = "reply_in_past",
        /// It is a protected petition already, or may not be done to one.
        ProtectedAlready = "protected_already",
        /// It is no protected petition.
        NotProtected = "not_protected",
        /// There is no dunning letter.
        NoLetter = "no_letter",
        /// The dunning letter was answered already.
        RepliedAlready = "replied_already",
        /// An open petition needs a day, not in the past, by which it will be handled.
        PlanMissing = "plan_missing",
        /// The month is not over yet.
        MonthNotOver = "month_not_over",
        /// It was done for this month already.
        DoneAlready = "done_already",
        /// There is no such finding.
        NoFinding = "no_finding",
        /// The department has not replied yet.
        NotReplied = "not_replied",
        /// Orders of the month are still open.
        OrdersOpen = "orders_open",
        /// The inspection of the month is closed.
        InspectionClosed = "inspection_closed",
        /// The answer has not been given yet.
        NotAnswered = "not_answered",
        /// Rated already.
        RatedAlready = "rated_already",
        /// A score is 1 to 5.
        ScoreUnfit = "score_unfit",
        /// Statutory petitions lie with the agency by law; only what belongs elsewhere may be transferred, with its name.
        AgencyMissing = "agency_missing",
        /// The board has ruled whose petition it is: it cannot be sent back again.
        JurisdictionRuled = "jurisdiction_ruled",
        /// The board has nothing to rule on: no department asks for redistribution.
        NoJurisdictionDispute = "no_jurisdiction_dispute",
        /// The lead department itself cannot be a supporting one.
        ConsultOwnUnit = "consult_own_unit",
        /// That department is asked already.
        ConsultOpen = "consult_open",
        /// No such request, or it is answered.
        NoConsult = "no_consult",
        /// The reply must be due within the period of handling.
        ConsultBeyondDue = "consult_beyond_due",
        /// The time for the reply has been prolonged once already, or would be more than doubled, or has run out.
        ConsultProlonged = "consult_prolonged",
        /// A supporting department has not replied yet.
        ConsultsOpen = "consults_open",
        /// It can be handed to an external user only.
        NotExternal = "not_external",
        /// That external user holds it already.
        EntrustedAlready = "entrusted_already",
        /// The last day of a hand-out lies from today on, and no further than ninety days away.
        EntrustTimeUnfit = "entrust_time_unfit",
        /// No such hand-out, or it is over, or it lets one look only.
        NotEntrusted = "not_entrusted",
        /// The law's rule is not for statutory petitions.
        StatutoryExempt = "statutory_exempt",
        /// An earlier petition named is unknown, of somebody else, the same one, or not answered.
        EarlierUnfit = "earlier_unfit",
        /// Closing as repeated takes two earlier answers to the same content.
        RepeatUnproven = "repeat_unproven",
        /// The ground of the exception is missing.
        ExceptionMissing = "exception_missing",
        /// A mass petition is closed as repeated only after the board.
        BoardOwed = "board_owed",
        /// A day that has not come yet.
        DayInFuture = "day_in_future",
        /// The demand must have come back twice, the petitioner's whereabouts being unclear.
        NotReturnedTwice = "not_returned_twice",
        /// The result of a transfer is not awaited, or has come.
        NothingTracked = "nothing_tracked",
        /// The next notice of progress is not due yet.
        ProgressNotDue = "progress_not_due",
        /// A mass petition needs five households with a common interest and five signers.
        MassTooFew = "mass_too_few",
        /// Marked already.
        MassAlready = "mass_already",
        /// Representatives are one to three of the petitioners.
        RepresentativesUnfit = "representatives_unfit",
        /// There is no list of names to choose representatives from.
        NotMass = "not_mass",
        /// Merging takes petitions of five persons with the same purpose.
        MergeTooFew = "merge_too_few",
        /// Petitions could be merged at reception only since 2023-01-01.
        MergeNotYet = "merge_not_yet",
        /// One of the petitions cannot be merged: of another kind, ended, approved, or merged itself.
        MergeUnfit = "merge_unfit",
        /// Obvious slips may be corrected by the office only since 2026-05-06, with the petitioner's consent.
        RectifyNotYet = "rectify_not_yet",
        /// Only a refusal of a statutory petition can be objected to.
        NothingToObject = "nothing_to_object",
        /// The sixty days are over.
        ObjectionLate = "objection_late",
        /// An objection has been made already.
        ObjectionMade = "objection_made",
        /// No objection is open.
        NoObjection = "no_objection",
        /// The time for the decision is extended once, by ten days at most, before it is over.
        ObjectionExtensionUnfit = "objection_extension_unfit",
        /// A further answer has been asked for already.
        FurtherAsked = "further_asked",
        /// No further answer is asked for.
        NoFurther = "no_further",
        /// The moment of conclusion must lie between reception and now, and differ from the one recorded.
        CorrectionUnfit = "correction_unfit",
        /// Private already.
        PrivateAlready = "private_already",
        /// Only what petitioner and office both left public can be published.
        NotPublic = "not_public",
        /// Published already.
        PublishedAlready = "published_already",
        /// Not published.
        NotPublished = "not_published",
        /// A text is longer than allowed.
        TooLong = "too_long",
        /// The form is not the service's, or its answers have faults.
        FormUnfit = "form_unfit",
        /// A request under a law of its own is no petition, and no petition becomes one: the kind cannot be changed across.
        OtherLaw = "other_law",
        /// The calendar does not know the year.
        OutsideCalendar = "outside_calendar",
        /// The period is beyond what can be computed.
        PeriodUnfit = "period_unfit",
        /// The next signer can sign, or somebody in their place: the line stays.
        SignerCanSign = "signer_can_sign",
        /// Readers must work here, and none may be named twice.
        ReadersUnfit = "readers_unfit",
        /// The unit is not closed, or the other one does not succeed it.
        NoSuccessor = "no_successor",
        /// The outside document system has not given the number yet.
        NumberAwaited = "number_awaited",
        /// What the document system answered does not fit: another draft, another number, or a day before the approval or to come.
        RegistrationUnfit = "registration_unfit",
        /// No law deems this service decided when its period passes.
        NotDeemed = "not_deemed",
        /// The period is not over: nothing is deemed decided yet.
        DeemedNotYet = "deemed_not_yet",
        /// Whoever acts for the petitioner ends the petition only with their consent.
        ConsentToEndMissing = "consent_to_end_missing",
        /// A letter of that kind waits already.
        MailWaiting = "mail_waiting",
        /// There is no such letter, or it is at another point of its way.
        NoSuchMail = "no_such_mail",
        /// Registered mail has a number of thirteen digits, other mail none.
        MailNumberUnfit = "mail_number_unfit",
        /// The day lies in the future or before the one it follows.
        MailDayUnfit = "mail_day_unfit",
        /// A third party may still ask that the information not be disclosed.
        ThirdPartyTime = "third_party_time",
        /// There is no such third party, or it was heard already.
        NoThirdParty = "no_third_party",
        /// The thirty days since the decision on disclosure are over.
        DisclosureObjectionLate = "disclosure_objection_late",
        /// A law or the work itself orders to keep it: it cannot be destroyed today.
        MustBeKept = "must_be_kept",
        /// It is still needed: neither destroyed nor kept apart.
        StillNeeded = "still_needed",
        /// To keep or to refuse takes a ground in law.
        BasisMissing = "basis_missing",
        /// The board: its day, its members, two of them from outside, and a new term for what is set anew.
        BoardIncomplete = "board_incomplete",
        /// Nothing of what is asked is there, or it was asked already.
        NothingToErase = "nothing_to_erase",
        /// Its destruction is decided already.
        DestroyedAlready = "destroyed_already",
        /// A file of a type that is not taken any more.
        FileUnfit = "file_unfit",
        /// The file is still being looked at for what harms whoever opens it.
        FileWaiting = "file_waiting",
        /// The file is kept apart: nobody opens it.
        FileHeld = "file_held",
        /// The file was destroyed.
        FileDestroyed = "file_destroyed",
        /// The file is not kept apart: there is nothing to decide.
        FileNotHeld = "file_not_held",
        /// Nobody consented to the look-up of shared information for this petition.
        ConsentMissing = "consent_missing",
        /// The consent is for other items, another purpose or another agency.
        ConsentNarrower = "consent_narrower",
        /// The consent was withdrawn.
        ConsentWithdrawn = "consent_withdrawn",
        /// The consent is no longer good.
        ConsentExpired = "consent_expired",
        /// A consent needs a purpose, items and the signature of the one it is about.
        ConsentUnsigned = "consent_unsigned",
        /// Not named as one who may look up this item.
        NoAccess = "no_access",
        /// What the record is found by is missing or has another form.
        SubjectUnfit = "subject_unfit",
        /// No centre for shared information is set up here.
        NoSharing = "no_sharing",
        /// The record of look-ups is asked for already.
        RecordAsked = "record_asked",
        /// There is no such special procedure here.
        ProceedingUnknown = "proceeding_unknown",
        /// The special procedure is not for a petition of this kind or protection.
        ProceedingUnfit = "proceeding_unfit",
        /// The same special procedure runs already.
        ProceedingRuns = "proceeding_runs",
        /// No such special procedure runs.
        NoProceeding = "no_proceeding",
        /// The special procedure stands in another step by now.
        MovedOn = "moved_on",
        /// The move is for somebody else in this step.
        MoveNotYours = "move_not_yours",
        /// What the move asks is not answered.
        AnswersMissing = "answers_missing",
        /// What is handed in is not what the move takes.
        PartsUnfit = "parts_unfit",
        /// Whoever is named does not hold the seat the role is filled from.
        MemberUnfit = "member_unfit",
        /// Whoever is named is a member already.
        MemberAlready = "member_already",
        /// Whoever is named has to do with the petition.
        MemberPartial = "member_partial",
        /// Whoever is to be let go is no member.
        NotAMember = "not_a_member",
        /// More than the role takes.
        MembersTooMany = "members_too_many",
        /// Fewer than the role takes.
        MembersTooFew = "members_too_few",
        /// The lot is not over exactly those who can be drawn, or does not draw as many as announced.
        LotUnfit = "lot_unfit",
        /// A lot is announced already.
        LotOpen = "lot_open",
        /// No lot is announced.
        NoLot = "no_lot",
        /// A meeting lies in the future.
        MeetingPast = "meeting_past",
        /// No meeting is arranged.
        NoMeeting = "no_meeting",
        /// No moment is offered.
        NoHours = "no_hours",
        /// The moment picked is not offered, or has passed.
        HourGone = "hour_gone",
        /// Too many moments, too short or long ones, or ones that overlap.
        HoursUnfit = "hours_unfit",
        /// The official's time is offered or booked elsewhere then.
        HourTaken = "hour_taken",
        /// Nothing is arranged that could be cancelled.
        NothingBooked = "nothing_booked",
        /// Answers to something that the survey does not ask, or none.
        SurveyUnfit = "survey_unfit",
        /// This answerer has answered the survey.
        SurveyedAlready = "surveyed_already",
        /// The minutes are not written yet.
        MinutesOwed = "minutes_owed",
        /// Minutes are written after the meeting.
        MinutesTooEarly = "minutes_too_early",
        /// No vote, or more votes than members.
        VotesUnfit = "votes_unfit",
        /// The vote was not for it.
        NoMajority = "no_majority",
        /// The vote was for it.
        MajorityThere = "majority_there",
        /// The day has passed.
        DayPassed = "day_passed",
        /// No such question is open.
        NoInquiry = "no_inquiry",
        /// A question is not replied to yet.
        RepliesOwed = "replies_owed",
        /// No such promise is open.
        NoPromise = "no_promise",
        /// A promise is neither kept nor given up yet.
        PromisesOpen = "promises_open",
        /// Only another petition of the same petitioner can be tied, and once.
        TieUnfit = "tie_unfit",
        /// The time of this step was prolonged already.
        ProlongedAlready = "prolonged_already",
        /// The answer waits for a special procedure.
        ProceedingWaits = "proceeding_waits",
        /// A special procedure holds the clock: its step lets it run again.
        ProceedingHolds = "proceeding_holds",
    }
}

impl Refusal {
    /// The clause behind it; empty where the house, not the law, draws the line.
    pub const fn clause(self) -> &'static str {
        match self {
            Refusal::FileUnfit
            | Refusal::FileWaiting
            | Refusal::FileHeld
            | Refusal::FileDestroyed
            | Refusal::FileNotHeld => "개인정보 보호법 제29조",
            Refusal::NotNow | Refusal::SameKind | Refusal::SameUnit | Refusal::SameHandler => "",
            Refusal::UnknownUnit | Refusal::TooLong | Refusal::ServiceNotValid | Refusal::TitleMissing => "",
            Refusal::MustBeKept | Refusal::StillNeeded | Refusal::BasisMissing => "개인정보 보호법 제21조",
            Refusal::NothingToErase => "개인정보 보호법 제36조",
            Refusal::DestroyedAlready => "",
            Refusal::BoardIncomplete => "공공기록물 관리에 관한 법률 제27조의2",
            Refusal::Concluded => "민원 처리에 관한 법률 제22조제2항",
            Refusal::NotYours | Refusal::ProtectedAlready | Refusal::NotProtected => {
                "민원 처리에 관한 법률 제7조"
            }
            Refusal::NotInProcedure => "민원 처리에 관한 법률 제6조제2항",
            Refusal::MustBeWritten | Refusal::BodyMissing => "민원 처리에 관한 법률 제8조",
            Refusal::NotOnline | Refusal::PeriodMissing => "민원 처리에 관한 법률 제17조",
            Refusal::NotVerified => "전자정부법 제10조",
            Refusal::MustBeSigned => "민원 처리에 관한 법률 시행령 제10조제4항",
            Refusal::HappenedUnfit => "민원 처리에 관한 법률 시행령 제6조의2",
            Refusal::NotAlone => "행정업무의 운영 및 혁신에 관한 규정 제10조제2항",
            Refusal::CopiesUnfit => "",
            Refusal::FeeUnfit => "민원 처리에 관한 법률 제29조",
            Refusal::NothingToHandOut => "민원 처리에 관한 법률 제27조제4항",
            Refusal::PowerMissing | Refusal::NotUnclaimed | Refusal::ClaimNotTold => {
                "민원 처리에 관한 법률 시행령 제25조제4항"
            }
            Refusal::PetitionerUnclear => "민원 처리에 관한 법률 시행령 제2조제1항",
            Refusal::SendBackOpen | Refusal::UnitHasReceived | Refusal::UnitHasNotReceived => {
                "민원 처리에 관한 법률 시행령 제13조"
            }
            Refusal::HandlerNotOfUnit => "민원 처리에 관한 법률 제4조",
            Refusal::ReasonMissing | Refusal::ReasonsOwed => "민원 처리에 관한 법률 제27조제3항",
            Refusal::NoSupplementAsked | Refusal::SupplementOpen | Refusal::SupplementInPast => {
                "민원 처리에 관한 법률 제22조제1항"
            }
            Refusal::FormUnfit => "민원 처리에 관한 법률 제8조",
            Refusal::OtherLaw => "민원 처리에 관한 법률 제2조제1호",
            Refusal::SupplementNotLapsed | Refusal::SupplementTooLong => {
                "민원 처리에 관한 법률 시행령 제24조제3항"
            }
            Refusal::ProlongationSpent => "민원 처리에 관한 법률 시행령 제24조제2항",
            Refusal::GroundUnknown | Refusal::NothingHeld => "민원 처리에 관한 법률 시행령 제20조",
            Refusal::ExtensionGroundForbidden => "민원 처리에 관한 법률 시행령 제21조제2항",
            Refusal::ExtensionGroundOfOtherTime
            | Refusal::ExtensionTooLong
            | Refusal::ExtensionSpent
            | Refusal::ExtensionConsentOpen
            | Refusal::NoConsentAsked
            | Refusal::DueHasPassed => "민원 처리에 관한 법률 시행령 제21조제1항",
            Refusal::OutcomeNotOfKind => "민원 처리에 관한 법률 제2조제1호",
            Refusal::NothingLapsed => "민원 처리에 관한 법률 시행령 제25조제1항",
            Refusal::NoDraft
            | Refusal::OnTheLine
            | Refusal::NotOnTheLine
            | Refusal::LineUnfit
            | Refusal::SignedAlready
            | Refusal::NotApproved
            | Refusal::ApprovedAlready => "행정업무의 운영 및 혁신에 관한 규정 제10조",
            Refusal::NotAnswered | Refusal::RatedAlready | Refusal::ScoreUnfit => {
                "민원 처리에 관한 법률 제42조"
            }
            Refusal::NotOverdue
            | Refusal::AdvanceTooLate
            | Refusal::LetterIssued
            | Refusal::NobodyToWriteTo
            | Refusal::ReplyInPast
            | Refusal::NoLetter
            | Refusal::RepliedAlready
            | Refusal::PlanMissing => "민원 처리에 관한 법률 시행령 제28조제2항",
            Refusal::MonthNotOver | Refusal::DoneAlready => "민원 처리에 관한 법률 시행규칙 제7조",
            Refusal::NoFinding | Refusal::NotReplied | Refusal::OrdersOpen | Refusal::InspectionClosed => {
                "민원 처리에 관한 법률 시행령 제22조"
            }
            Refusal::AgencyMissing => "민원 처리에 관한 법률 제16조",
            Refusal::JurisdictionRuled | Refusal::NoJurisdictionDispute => {
                "민원 처리에 관한 법률 시행령 제38조제1항제1호"
            }
            Refusal::ConsultOwnUnit
            | Refusal::ConsultOpen
            | Refusal::NoConsult
            | Refusal::ConsultBeyondDue
            | Refusal::ConsultProlonged
            | Refusal::ConsultsOpen => "민원 처리에 관한 법률 제20조",
            Refusal::NotExternal
            | Refusal::EntrustedAlready
            | Refusal::EntrustTimeUnfit
            | Refusal::NotEntrusted => "개인정보의 안전성 확보조치 기준 제5조제1항",
            Refusal::StatutoryExempt | Refusal::ExceptionMissing => "민원 처리에 관한 법률 제21조",
            Refusal::EarlierUnfit | Refusal::RepeatUnproven => "민원 처리에 관한 법률 제23조",
            Refusal::BoardOwed => "민원 처리에 관한 법률 시행령 제26조",
            Refusal::NotReturnedTwice => "민원 처리에 관한 법률 시행령 제25조제2항",
            Refusal::NothingTracked => "민원 처리에 관한 법률 시행령 제13조제3항",
            Refusal::ProgressNotDue => "민원 처리에 관한 법률 시행령 제23조",
            Refusal::MassTooFew | Refusal::MassAlready => "민원 처리에 관한 법률 제2조제6호",
            Refusal::RepresentativesUnfit | Refusal::NotMass => "민원 처리에 관한 법률 시행령 제8조",
            Refusal::MergeTooFew | Refusal::MergeNotYet | Refusal::MergeUnfit => {
                "민원 처리에 관한 법률 시행령 제6조제7항"
            }
            Refusal::RectifyNotYet => "민원 처리에 관한 법률 시행령 제6조제5항",
            Refusal::NothingToObject | Refusal::ObjectionLate => "민원 처리에 관한 법률 제35조제1항",
            Refusal::ObjectionMade | Refusal::NoObjection | Refusal::ObjectionExtensionUnfit => {
                "민원 처리에 관한 법률 제35조제2항"
            }
            Refusal::DayInFuture
            | Refusal::FurtherAsked
            | Refusal::NoFurther
            | Refusal::CorrectionUnfit
            | Refusal::PrivateAlready
            | Refusal::PublishedAlready
            | Refusal::NotPublished => "",
            Refusal::NotPublic => "민원 처리에 관한 법률 제7조",
            Refusal::OutsideCalendar => "관공서의 공휴일에 관한 규정 제2조",
            Refusal::PeriodUnfit => "민원 처리에 관한 법률 제19조",
            Refusal::SignerCanSign => "행정업무의 운영 및 혁신에 관한 규정 제10조제3항",
            Refusal::ReadersUnfit => "행정업무의 운영 및 혁신에 관한 규정 제18조",
            Refusal::NoSuccessor => "",
            Refusal::NumberAwaited | Refusal::RegistrationUnfit => {
                "행정업무의 운영 및 혁신에 관한 규정 제11조"
            }
            Refusal::NotDeemed | Refusal::DeemedNotYet => "행정기본법 제34조",
            Refusal::ConsentToEndMissing => "행정절차법 제12조제2항",
            Refusal::MailWaiting | Refusal::NoSuchMail | Refusal::MailNumberUnfit => "",
            Refusal::MailDayUnfit => "행정절차법 제15조제1항",
            Refusal::ThirdPartyTime | Refusal::NoThirdParty => "공공기관의 정보공개에 관한 법률 제21조",
            Refusal::DisclosureObjectionLate => "공공기관의 정보공개에 관한 법률 제18조제1항",
            Refusal::ConsentMissing
            | Refusal::ConsentNarrower
            | Refusal::ConsentWithdrawn
            | Refusal::ConsentExpired
            | Refusal::ConsentUnsigned => "전자정부법 제42조제1항",
            Refusal::NoAccess => "전자정부법 제39조제7항",
            Refusal::SubjectUnfit => "전자정부법 제42조제1항제2호",
            Refusal::NoSharing => "전자정부법 제37조제2항",
            Refusal::RecordAsked => "전자정부법 제43조제1항",
            Refusal::ProceedingUnknown
            | Refusal::ProceedingUnfit
            | Refusal::ProceedingRuns
            | Refusal::NoProceeding
            | Refusal::MovedOn
            | Refusal::MoveNotYours
            | Refusal::AnswersMissing
            | Refusal::PartsUnfit
            | Refusal::MemberUnfit
            | Refusal::MemberAlready
            | Refusal::MemberPartial
            | Refusal::NotAMember
            | Refusal::MembersTooMany
            | Refusal::MembersTooFew
            | Refusal::LotUnfit
            | Refusal::LotOpen
            | Refusal::NoLot
            | Refusal::MeetingPast
            | Refusal::NoMeeting
            | Refusal::NoHours
            | Refusal::HourGone
            | Refusal::HoursUnfit
            | Refusal::HourTaken
            | Refusal::NothingBooked
            | Refusal::SurveyUnfit
            | Refusal::SurveyedAlready
            | Refusal::MinutesOwed
            | Refusal::MinutesTooEarly
            | Refusal::VotesUnfit
            | Refusal::NoMajority
            | Refusal::MajorityThere
            | Refusal::DayPassed
            | Refusal::NoInquiry
            | Refusal::RepliesOwed
            | Refusal::NoPromise
            | Refusal::PromisesOpen
            | Refusal::TieUnfit
            | Refusal::ProlongedAlready
            | Refusal::ProceedingWaits
            | Refusal::ProceedingHolds => "",
        }
    }
}

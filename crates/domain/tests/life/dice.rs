//! 주사위 — what random people do next, from one number, so that a failing walk shrinks to few and small numbers.

use crate::office::{
    CLOSED, HANDLER, HEAD, INSPECTOR, LEAD, OFFICE, OTHER_HANDLER, OTHER_INSPECTOR, Office, PARKS,
    PARKS_HANDLER, ROADS, STRANGER, answer, beside, code, line, text,
};
use crate::proceedings;
use domain::access::Who;
use domain::act::{Act, Answer};
use domain::certificate::Order;
use domain::claim::{Evidence, HandOut, Recipient};
use domain::decide::offered;
use domain::due::{Cause, Ground, Period};
use domain::event::{Attached, Signer};
use domain::fee::{Charge, Waiver, Won};
use domain::intake::Delivery;
use domain::life::Deed;
use domain::mailing::{Fate, Mail, MailState, MailWay, ReturnReason, Sending};
use domain::petition::Petition;
use domain::petition::letter::DelayCause;
use domain::petitioner::{Filer, Party, Power, Sort};
use domain::terms::{
    Board, ChosenBy, Conversion, FileType, Kind, Mark, Openness, Opinion, Outcome, Permit, Repeat, Verdict,
};
use domain::text::Text;
use domain::time::At;
use jiff::ToSpan;

/// Throws from one number (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize].clone()
    }

    pub fn text(&mut self) -> Text {
        text(self.below(200) as u8)
    }

    pub fn maybe(&mut self) -> Option<Text> {
        (self.below(2) == 0).then(|| self.text())
    }

    pub fn answer(&mut self, p: &Petition) -> Answer<Text> {
        let outcome = if self.below(4) == 0 {
            self.pick(&[
                Outcome::Answered,
                Outcome::Granted,
                Outcome::Returned,
                Outcome::Withdrawn,
            ])
        } else {
            self.pick(Outcome::of_answer(p.kind))
        };
        let mut answer = answer(outcome);
        if self.below(6) == 0 {
            answer.remedies = None;
        }
        answer.openness = self.pick(Openness::ALL);
        answer
    }

    pub fn period(&mut self) -> Option<Period> {
        self.pick(&[
            None,
            None,
            Some(Period::Immediately),
            Some(Period::Hours(5)),
            Some(Period::Days(0)),
            Some(Period::Days(3)),
            Some(Period::Days(10)),
            Some(Period::Weeks(2)),
            Some(Period::Months(1)),
        ])
    }

    pub fn line(&mut self) -> Vec<Signer> {
        if self.below(2) == 0 {
            return line();
        }
        let all = [LEAD, HEAD, PARKS_HANDLER, HANDLER, OTHER_HANDLER, STRANGER];
        let mut line: Vec<Signer> = (0..self.below(3))
            .map(|_| Signer {
                official: self.pick(&all),
                mark: self.pick(&[Mark::Review, Mark::Concur]),
            })
            .collect();
        let mark = self.pick(&[Mark::Decide, Mark::Delegated, Mark::Decide, Mark::Review]);
        line.push(Signer {
            official: self.pick(&[HEAD, LEAD, PARKS_HANDLER]),
            mark,
        });
        line
    }

    /// The event that approved the draft, mostly.
    fn approval(&mut self, p: &Petition) -> u32 {
        let known = p.line.as_ref().and_then(|line| line.approval);
        known.unwrap_or_default() + u32::from(self.below(5) == 0)
    }

    /// A day near by, sensible or not.
    fn day(&mut self, now: At) -> jiff::civil::Date {
        let days = self.below(9) as i64 - 2;
        now.plus(days * 86_400_000).date().expect("within the calendar")
    }

    /// What is handed in with a deed.
    pub fn act(&mut self, deed: Deed, p: &Petition, now: At) -> Act<Text> {
        let today = now.date().expect("a day of the calendar");
        let within = |days: u64| today.checked_add((days as i64 - 2).days()).expect("a near day");
        match deed {
            Deed::File | Deed::Receive => Act::Receive {
                kind: if self.below(4) == 0 {
                    self.pick(Kind::ALL)
                } else {
                    p.kind
                },
                period: self.period(),
            },
            Deed::Reclassify => {
                let service = self.pick(&[
                    "permit", "inquiry", "idea", "other", "wrong", "quick", "rare", "badge", "extract",
                ]);
                let own = OFFICE.service(code(service)).kind;
                Act::Reclassify {
                    service: code(service),
                    kind: if self.below(4) == 0 {
                        self.pick(Kind::ALL)
                    } else {
                        own
                    },
                    period: self.period(),
                    reason: self.text(),
                }
            }
            Deed::Distribute => Act::Distribute {
                unit: self.pick(&[ROADS, ROADS, PARKS, CLOSED]),
            },
            Deed::SendBack => Act::SendBack { reason: self.text() },
            Deed::UnitReceive => Act::UnitReceive,
            Deed::Designate => Act::Designate {
                handler: self.pick(&[HANDLER, OTHER_HANDLER, PARKS_HANDLER, LEAD, STRANGER]),
            },
            Deed::AskSupplement => Act::AskSupplement {
                what: self.text(),
                until: within(self.below(16)),
            },
            Deed::ProlongSupplement => Act::ProlongSupplement {
                until: within(self.below(30)),
            },
            Deed::Supplement => Act::Supplement {
                note: self.maybe(),
                files: (0..self.below(3))
                    .map(|_| Attached {
                        content: self.text(),
                        name: self.text(),
                        size: 9,
                        kind: FileType::Pdf,
                        slot: None,
                    })
                    .collect(),
            },
            Deed::Hold => Act::Hold {
                ground: self.pick(Ground::ALL),
                note: self.maybe(),
            },
            Deed::Resume => Act::Resume,
            Deed::Extend => Act::Extend {
                n: if self.below(5) == 0 {
                    self.pick(&[0, 8, 99])
                } else {
                    1 + self.below(3) as u32
                },
                ground: self.pick(Cause::ALL),
                reason: self.text(),
            },
            Deed::ConsentExtension => Act::ConsentExtension,
            Deed::DeclineExtension => Act::DeclineExtension,
            Deed::Draft => Act::Draft(self.answer(p)),
            Deed::SendUp => Act::SendUp { line: self.line() },
            Deed::Sign => Act::Sign {
                comment: self.maybe(),
            },
            Deed::TurnBack => Act::TurnBack { reason: self.text() },
            Deed::Recall => Act::Recall,
            Deed::Answer => Act::Answer,
            Deed::AnswerAtOnce => Act::AnswerAtOnce(self.answer(p)),
            Deed::Issue => Act::Issue(Order {
                copies: self.below(45) as u32,
                charge: Charge {
                    per_copy: Won(300),
                    waiver: (self.below(3) == 0).then_some((Waiver::BasicLiving, Won(self.below(2) * 300))),
                },
                facts: self.text(),
            }),
            Deed::HandOut => Act::HandOut(HandOut {
                recipient: self.pick(Recipient::ALL),
                evidence: self.pick(Evidence::ALL),
                name: self.maybe(),
                power: None,
                signature: None,
            }),
            Deed::RemindClaim => Act::RemindClaim,
            Deed::DiscardUnclaimed => Act::DiscardUnclaimed { reason: self.text() },
            Deed::ReadAnswer => Act::ReadAnswer,
            Deed::IssueAdvanceNotice => Act::IssueAdvanceNotice { note: self.maybe() },
            Deed::IssueDunning => Act::IssueDunning {
                reply_by: self.day(now),
                note: self.maybe(),
            },
            Deed::ConfirmDunning => Act::ConfirmDunning,
            Deed::ReplyDunning => Act::ReplyDunning {
                cause: self.pick(DelayCause::ALL),
                planned: (self.below(4) > 0).then(|| self.day(now)),
                text: self.text(),
            },
            Deed::Withdraw => Act::Withdraw { reason: self.maybe() },
            Deed::Transfer => Act::Transfer {
                agency: self.text(),
                reason: self.text(),
                report_by: (self.below(2) == 0).then(|| within(self.below(30))),
            },
            Deed::RuleJurisdiction => Act::RuleJurisdiction {
                unit: self.pick(&[ROADS, PARKS, CLOSED]),
                reason: self.text(),
            },
            Deed::Entrust => Act::Entrust {
                to: self.pick(&[INSPECTOR, INSPECTOR, OTHER_INSPECTOR, HANDLER]),
                permit: self.pick(Permit::ALL),
                what: self.text(),
                until: within(self.below(12)),
            },
            Deed::TakeBack => Act::TakeBack {
                no: p.entrusted.last().map_or(1, |given| given.no),
            },
            Deed::FieldNote => Act::FieldNote {
                no: p.entrusted.last().map_or(1, |given| given.no),
                text: self.text(),
            },
            Deed::AskConsult => Act::AskConsult {
                unit: self.pick(&[ROADS, PARKS, PARKS, CLOSED]),
                what: self.text(),
                reply_by: within(self.below(12)),
            },
            Deed::ProlongConsult => {
                let open = p.open_consults().next();
                let next = open.and_then(|consult| consult.reply_by.checked_add(1.days()).ok());
                Act::ProlongConsult {
                    no: open.map_or(1, |consult| consult.no),
                    reply_by: if self.below(4) == 0 {
                        within(self.below(20))
                    } else {
                        next.unwrap_or(today)
                    },
                }
            }
            Deed::ReplyConsult => Act::ReplyConsult {
                no: p.open_consults().next().map_or(2, |consult| consult.no),
                opinion: self.pick(Opinion::ALL),
                text: self.text(),
                files: Vec::new(),
            },
            Deed::CancelConsult => Act::CancelConsult {
                no: p.open_consults().next().map_or(2, |consult| consult.no),
            },
            Deed::LinkEarlier => Act::LinkEarlier {
                repeat: self.pick(Repeat::ALL),
                earlier: (0..self.below(4)).map(|n| beside(20 + n as u128)).collect(),
            },
            Deed::RecordBoard => Act::RecordBoard {
                board: self.pick(Board::ALL),
                held: within(self.below(4)),
                result: self.text(),
            },
            Deed::Convert => Act::Convert {
                into: self.pick(Conversion::ALL),
                reason: self.text(),
            },
            Deed::Refer => Act::Refer {
                agency: self.text(),
                reason: self.text(),
                report_by: within(self.below(30)),
            },
            Deed::ReportBack => Act::ReportBack { result: self.text() },
            Deed::MarkUndelivered => Act::MarkUndelivered,
            Deed::DeemWithdrawn => Act::DeemWithdrawn,
            Deed::TellProgress => Act::TellProgress,
            Deed::MarkMass => Act::MarkMass {
                households: 3 + self.below(5) as u32,
                signers: 4 + self.below(50) as u32,
                list: None,
            },
            Deed::ChooseRepresentatives => Act::ChooseRepresentatives {
                names: (0..self.below(5)).map(|_| self.text()).collect(),
                by: self.pick(ChosenBy::ALL),
            },
            Deed::TakeIn => Act::TakeIn {
                children: (0..self.below(7)).map(|n| beside(n as u128)).collect(),
            },
            Deed::Merge => Act::Merge { into: beside(0) },
            Deed::SplitOff => Act::SplitOff {
                part: beside(9),
                number: p.number,
                reason: self.text(),
            },
            Deed::Amend => Act::Amend {
                note: self.maybe(),
                files: Vec::new(),
            },
            Deed::Rectify => Act::Rectify {
                what: self.text(),
                consent: self.text(),
            },
            Deed::Object => Act::Object {
                reason: self.text(),
                received: within(1 + self.below(2)),
                files: Vec::new(),
            },
            Deed::ExtendObjection => Act::ExtendObjection {
                days: self.below(13) as u32,
                reason: self.text(),
            },
            Deed::DecideObjection => Act::DecideObjection {
                verdict: self.pick(Verdict::ALL),
                reason: self.text(),
                remedies: self.text(),
            },
            Deed::AskFurther => Act::AskFurther { what: self.text() },
            Deed::AnswerFurther => Act::AnswerFurther { body: self.text() },
            Deed::CorrectConclusion => Act::CorrectConclusion {
                to: now.plus(-3_600_000 * self.below(20) as i64),
                reason: self.text(),
                evidence: vec![Attached {
                    content: self.text(),
                    name: self.text(),
                    size: 9,
                    kind: FileType::Pdf,
                    slot: None,
                }],
            },
            Deed::Narrow => Act::Narrow { reason: self.text() },
            Deed::Protect => Act::Protect { reason: self.text() },
            Deed::Unprotect => Act::Unprotect { reason: self.text() },
            Deed::Publish => Act::Publish {
                title: self.text(),
                question: self.text(),
                answer: self.text(),
            },
            Deed::Unpublish => Act::Unpublish,
            Deed::Rate => Act::Rate {
                score: self.below(7) as u32,
                comment: self.maybe(),
            },
            Deed::MoveDue => Act::MoveDue,
            Deed::Reroute => Act::Reroute { rest: self.line() },
            Deed::ReplaceSigner => Act::ReplaceSigner {
                from: (p.signer()).map_or_else(|| self.pick(&[LEAD, HEAD]), |signer| signer.official),
                to: self.pick(&[LEAD, HEAD, PARKS_HANDLER, OTHER_HANDLER, STRANGER]),
            },
            Deed::ConfirmAfter => Act::ConfirmAfter,
            Deed::Circulate => Act::Circulate {
                readers: vec![self.pick(&[LEAD, HEAD, PARKS_HANDLER, STRANGER])],
            },
            Deed::ReadCirculated => Act::ReadCirculated,
            Deed::HandOver => Act::HandOver {
                to: self.pick(&[HANDLER, OTHER_HANDLER, PARKS_HANDLER, LEAD]),
            },
            Deed::CorrectParty => {
                let filer = self.pick(&[Filer::Oneself, Filer::Agent]);
                let power = self.pick(&[Power::NotNeeded, Power::Shown]);
                Act::CorrectParty {
                    party: Party {
                        sort: self.pick(Sort::ALL),
                        filer,
                        power,
                        names: self.maybe(),
                        ..Party::default()
                    },
                    delivery: self.pick(&[None, Some(Delivery::Post)]),
                    reason: self.text(),
                }
            }
            Deed::QueueMail => Act::QueueMail {
                mail: self.pick(Mail::ALL),
            },
            Deed::SendMail => {
                let waiting = p.mailings.iter().find(|m| m.state() == MailState::Waiting);
                let way = self.pick(MailWay::ALL);
                let numbered = way.is_registered() != (self.below(5) == 0);
                Act::SendMail {
                    no: waiting.map_or(9, |m| m.no),
                    sending: Sending {
                        on: if self.below(4) == 0 { self.day(now) } else { today },
                        way,
                        number: numbered.then(|| "1234567890123".parse().expect("a number")),
                    },
                }
            }
            Deed::EndMail => {
                let sent = p.mailings.iter().find(|m| m.state() == MailState::Sent);
                let on = if self.below(4) == 0 { self.day(now) } else { today };
                Act::EndMail {
                    no: sent.map_or(9, |m| m.no),
                    fate: if self.below(2) == 0 {
                        Fate::Arrived(on)
                    } else {
                        Fate::Returned(on, self.pick(ReturnReason::ALL))
                    },
                }
            }
            Deed::Succeed => Act::Succeed {
                unit: self.pick(&[ROADS, PARKS, CLOSED]),
            },
            Deed::RegisterDocument => Act::RegisterDocument {
                approval: self.approval(p),
                document: domain::number::DocumentNumber {
                    unit: ROADS,
                    n: self.below(9) as u32,
                },
                on: today,
            },
            Deed::RefuseRegistration => Act::RefuseRegistration {
                approval: self.approval(p),
                reason: self.text(),
            },
            Deed::RecordDeemed => Act::RecordDeemed { note: self.maybe() },
            Deed::TellThirdParty => Act::TellThirdParty {
                name: self.text(),
                what: self.text(),
                arrived: self.day(now),
            },
            Deed::HearThirdParty => Act::HearThirdParty {
                no: self.below(3) as u32,
                objects: self.below(2) == 0,
                text: self.text(),
            },
            Deed::OpenProceeding => Act::OpenProceeding {
                track: self.pick(&[code("court"), code("court"), code("court"), code("nothing")]),
                asked: self.maybe(),
            },
            Deed::MoveProceeding => proceedings::anything(self, p, now),
        }
    }

    /// Who does which deed next: mostly something that is offered, and seldom an end.
    pub fn next_deed(&mut self, office: &Office, p: &Petition) -> (Who, Deed) {
        let everyone = office.everyone();
        if self.below(5) == 0 {
            return (self.pick(&everyone), self.pick(Deed::ALL));
        }
        let procedure = office.procedure(p.procedure.0);
        // Seldom an end, or few walks would come far.
        let (leave, conclude) = (self.below(25) == 0, self.below(3) == 0);
        // What the organisation does beside the way of handling must not crowd that out.
        let beside = self.below(5) == 0;
        let specially = self.below(2) == 0;
        let too_soon = |deed: Deed| match deed {
            Deed::Withdraw | Deed::Transfer | Deed::Refer | Deed::Convert | Deed::Merge => !leave,
            Deed::Answer | Deed::AnswerAtOnce | Deed::Issue => !conclude,
            Deed::Succeed => true,
            Deed::HandOver
            | Deed::Reroute
            | Deed::CorrectParty
            | Deed::Protect
            | Deed::Unprotect
            | Deed::QueueMail
            | Deed::SendMail
            | Deed::EndMail => !beside,
            Deed::OpenProceeding => !specially,
            _ => false,
        };
        let mut possible: Vec<(&Who, Deed)> = Vec::new();
        for who in &everyone {
            let able = |deed: &&Deed| !too_soon(**deed) && offered(p, **deed, who, procedure).is_ok();
            possible.extend(Deed::ALL.iter().filter(able).map(|deed| (who, *deed)));
        }
        if possible.is_empty() {
            (self.pick(&everyone), self.pick(Deed::ALL))
        } else {
            // First the deed, then who: otherwise the deeds of many would crowd out the deeds of one.
            let mut deeds: Vec<Deed> = possible.iter().map(|(_, deed)| *deed).collect();
            deeds.sort_unstable();
            deeds.dedup();
            // What lies at the end of long roads: a push towards it.
            let rare = [
                Deed::ConsentExtension,
                Deed::DeclineExtension,
                Deed::Extend,
                Deed::Extend,
                Deed::Extend,
                Deed::Recall,
                Deed::ReplaceSigner,
                Deed::ReplaceSigner,
                Deed::Draft,
                Deed::SendUp,
                Deed::SendUp,
                Deed::Sign,
                Deed::Sign,
                Deed::Circulate,
                Deed::ReadCirculated,
                Deed::RuleJurisdiction,
                Deed::ProlongConsult,
                Deed::ReplyConsult,
                Deed::CancelConsult,
                Deed::FieldNote,
                Deed::TakeBack,
                Deed::MarkUndelivered,
                Deed::DeemWithdrawn,
                Deed::Object,
                Deed::DecideObjection,
                Deed::Publish,
            ];
            let rare: Vec<Deed> = rare.into_iter().filter(|d| deeds.contains(d)).collect();
            let push = (!rare.is_empty() && self.below(2) == 0).then(|| self.pick(&rare));
            // Side roads are many: without a pull along the main one few walks would see its end.
            let road = [
                Deed::Receive,
                Deed::Distribute,
                Deed::UnitReceive,
                Deed::Designate,
                Deed::Draft,
                Deed::SendUp,
                Deed::Sign,
                Deed::Answer,
            ];
            let road: Vec<Deed> = road.into_iter().filter(|d| deeds.contains(d)).collect();
            let pull = (!road.is_empty() && self.below(3) == 0).then(|| self.pick(&road));
            let deed = pull.or(push).unwrap_or_else(|| self.pick(&deeds));
            let able: Vec<&Who> = possible
                .iter()
                .filter(|(_, d)| *d == deed)
                .map(|(who, _)| *who)
                .collect();
            (self.pick(&able).clone(), deed)
        }
    }

    /// How long until the next act, in milliseconds: mostly minutes and hours, now and then days.
    pub fn pause(&mut self) -> i64 {
        let minutes = match self.below(10) {
            0..=3 => self.below(30),
            4..=7 => self.below(20 * 60),
            8 => self.below(3 * 24 * 60),
            _ => self.below(15 * 24 * 60),
        };
        minutes as i64 * 60_000
    }
}

//! 우편과 대리 — letters by post from waiting to arrival or return, and those who act for others.

use crate::office::{
    COUNTER, HANDLER, KIM, NEIGHBOUR, OFFICE, RECEIVER, ROADS, Story, answer, filing, line, moment, text,
};
use crate::refusals::Row;
use domain::access::Who;
use domain::act::{Act, Filing};
use domain::event::Event;
use domain::intake::{Delivery, Intake};
use domain::life::Life;
use domain::mailing::{Fate, Mail, MailState, MailWay, ReturnReason, Sending};
use domain::petitioner::{Filer, Party, Power, Sort, Told};
use domain::refusal::Refusal;
use domain::terms::{EntryPoint, Outcome};
use domain::text::Text;
use jiff::civil::{Date, date};

/// 2026-06-15 is a Monday.
const MONDAY: &str = "2026-06-15T10:00";

fn noted(intake: Intake) -> Filing<Text> {
    Filing {
        intake,
        ..filing("permit", EntryPoint::Web)
    }
}

/// Kim files for another person, with or without their consent to end it.
fn agent(may_end: bool) -> Party {
    Party {
        filer: Filer::Agent,
        power: Power::Shown,
        may_end,
        told: Told::Both,
        principal: Some(NEIGHBOUR),
        names: Some(text(70)),
        ..Party::default()
    }
}

fn by_post() -> Filing<Text> {
    noted(Intake {
        delivery: Some(Delivery::Post),
        ..Intake::default()
    })
}

fn handled(filing: Filing<Text>) -> Story {
    Story::filed(&OFFICE, filing, MONDAY)
        .official(
            RECEIVER,
            Act::Receive {
                kind: domain::terms::Kind::Statutory,
                period: None,
            },
        )
        .official(RECEIVER, Act::Distribute { unit: ROADS })
        .official(crate::office::COORDINATOR, Act::UnitReceive)
        .official(crate::office::COORDINATOR, Act::Designate { handler: HANDLER })
}

fn demand(until: Date) -> Act<Text> {
    Act::AskSupplement {
        what: text(71),
        until,
    }
}

/// A demand for a supplement waits to be posted.
fn waiting() -> Story {
    handled(by_post()).official(HANDLER, demand(date(2026, 6, 26)))
}

fn post(no: u32, on: Date, way: MailWay) -> Act<Text> {
    Act::SendMail {
        no,
        sending: Sending {
            on,
            way,
            number: way
                .is_registered()
                .then(|| "1234567890123".parse().expect("a number")),
        },
    }
}

fn posted() -> Story {
    waiting().official(COUNTER, post(1, date(2026, 6, 15), MailWay::Registered))
}

fn back(no: u32, on: Date) -> Act<Text> {
    Act::EndMail {
        no,
        fate: Fate::Returned(on, ReturnReason::Moved),
    }
}

pub const ROWS: &[Row] = &[
    (
        "본인 동의 없는 대리인의 취하",
        Refusal::ConsentToEndMissing,
        || {
            let intake = Intake {
                party: agent(false),
                ..Intake::default()
            };
            handled(noted(intake)).not_kim(Act::Withdraw { reason: None })
        },
    ),
    ("이미 기다리는 우편물", Refusal::MailWaiting, || {
        waiting().no(
            HANDLER,
            Act::QueueMail {
                mail: Mail::Supplement,
            },
        )
    }),
    ("없는 우편물의 발송", Refusal::NoSuchMail, || {
        waiting().no(COUNTER, post(2, date(2026, 6, 15), MailWay::Plain))
    }),
    (
        "보내지 않은 우편물의 반송",
        Refusal::NoSuchMail,
        || waiting().no(COUNTER, back(1, date(2026, 6, 15))),
    ),
    (
        "등기번호 없는 등기우편",
        Refusal::MailNumberUnfit,
        || {
            waiting().no(
                COUNTER,
                Act::SendMail {
                    no: 1,
                    sending: Sending {
                        on: date(2026, 6, 15),
                        way: MailWay::Registered,
                        number: None,
                    },
                },
            )
        },
    ),
    ("앞날의 발송", Refusal::MailDayUnfit, || {
        waiting().no(COUNTER, post(1, date(2026, 6, 16), MailWay::Plain))
    }),
    ("보내기 전날의 반송", Refusal::MailDayUnfit, || {
        posted()
            .on("2026-06-17T10:00")
            .no(COUNTER, back(1, date(2026, 6, 14)))
    }),
];

#[test]
fn 우편을_원한_민원인의_통지는_발송을_기다린다() {
    let story = waiting();
    let mailing = story.petition().mailings[0];
    assert_eq!(
        (mailing.mail, mailing.state()),
        (Mail::Supplement, MailState::Waiting)
    );
    let story = handled(noted(Intake::default())).official(HANDLER, demand(date(2026, 6, 26)));
    assert_eq!(
        story.petition().mailings,
        Vec::new(),
        "whoever reads it online is owed no letter"
    );
}

#[test]
fn 결과는_한_번만_발송_대기에_오른다() {
    let story = handled(by_post())
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() })
        .official(crate::office::LEAD, Act::Sign { comment: None })
        .official(crate::office::HEAD, Act::Sign { comment: None })
        .official(HANDLER, Act::Answer);
    let p = story.petition();
    let letters: Vec<Mail> = p.mailings.iter().map(|m| m.mail).collect();
    assert_eq!((p.life, letters), (Life::Concluded, vec![Mail::Answer]));
    // 처리가 끝난 뒤에도 보내고 도달을 적는다.
    let story = story
        .on("2026-06-17T10:00")
        .official(COUNTER, post(1, date(2026, 6, 16), MailWay::Certified))
        .official(
            HANDLER,
            Act::EndMail {
                no: 1,
                fate: Fate::Arrived(date(2026, 6, 17)),
            },
        );
    assert_eq!(story.petition().mailings[0].state(), MailState::Arrived);
}

#[test]
fn 보완_요구서의_반송은_취하_간주의_반송으로_센다() {
    let story = posted()
        .on("2026-06-18T10:00")
        .official(COUNTER, back(1, date(2026, 6, 18)));
    assert_eq!(story.petition().undelivered, 1);
    let last = story.case.journal.last().map(|r| r.event.name());
    assert_eq!(last, Some("DemandReturned"));
    // 같은 요구서를 다시 보내 또 반송되어도, 한 번의 요구는 한 번으로 센다 (영25②).
    let again = story
        .official(
            HANDLER,
            Act::QueueMail {
                mail: Mail::Supplement,
            },
        )
        .official(COUNTER, post(2, date(2026, 6, 18), MailWay::Plain))
        .official(COUNTER, back(2, date(2026, 6, 18)));
    assert_eq!(again.petition().undelivered, 1);
}

#[test]
fn 신청인_정보를_고치면_그때부터_우편으로_알린다() {
    let party = Party {
        sort: Sort::Company,
        names: Some(text(72)),
        ..Party::default()
    };
    let correct = |party| Act::CorrectParty {
        party,
        delivery: Some(Delivery::Post),
        reason: text(73),
    };
    let story = handled(noted(Intake::default()));
    let unnamed = Party { names: None, ..party };
    assert_eq!(story.no(HANDLER, correct(unnamed)), Refusal::PetitionerUnclear);
    let story = handled(noted(Intake::default()))
        .official(HANDLER, correct(party))
        .official(HANDLER, demand(date(2026, 6, 26)));
    let p = story.petition();
    assert_eq!((p.intake.party.sort, p.mailings.len()), (Sort::Company, 1));
}

#[test]
fn 동의를_받은_대리인은_취하하고_이름_없는_법인은_신청하지_못한다() {
    let consented = Intake {
        party: agent(true),
        ..Intake::default()
    };
    let case = OFFICE.try_file(&Who::Citizen(KIM), &noted(consented), moment(MONDAY));
    let mut case = case.expect("a filing that is taken");
    let withdrawn = case.act(
        &OFFICE,
        &Who::Citizen(KIM),
        &Act::Withdraw { reason: None },
        moment(MONDAY),
    );
    assert_eq!(withdrawn, Ok(1));
    // 본인은 대리인과 따로 알림을 받고, 동의 없이도 스스로 취하한다.
    let without = Intake {
        party: agent(false),
        ..Intake::default()
    };
    let case = OFFICE.try_file(&Who::Citizen(KIM), &noted(without), moment(MONDAY));
    let mut case = case.expect("a filing that is taken");
    let principal = Who::Citizen(NEIGHBOUR);
    assert!(domain::access::Sight::of(&principal).admits(&case.petition));
    let withdrawn = case.act(
        &OFFICE,
        &principal,
        &Act::Withdraw { reason: None },
        moment(MONDAY),
    );
    assert_eq!(withdrawn, Ok(1));
    let nameless = Intake {
        party: Party {
            sort: Sort::Association,
            ..Party::default()
        },
        ..Intake::default()
    };
    let refused = OFFICE.try_file(&Who::Citizen(KIM), &noted(nameless), moment(MONDAY));
    assert_eq!(refused.err(), Some(Refusal::PetitionerUnclear));
}

#[test]
fn 옛_신청_사건은_본인의_신청으로_읽힌다() {
    let story = Story::web("permit", MONDAY);
    let mut old = serde_json::to_value(&story.case.journal[0].event).expect("an event");
    old["intake"].as_object_mut().expect("an intake").remove("party");
    let read: Event = serde_json::from_value(old).expect("an old event");
    assert_eq!(read, story.case.journal[0].event);
}

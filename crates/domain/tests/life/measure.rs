//! 쓴 시간과 점검 사유 — how long petitions took by the rules of their due dates, and what a month's list says of them.

use crate::office::{
    EXAMINER, HANDLER, HEAD, LEAD, OFFICE, PARKS, PARKS_RECEIVER, RECEIVER, ROADS, ROADS_RECEIVER, Story,
    answer, filing, line, moment, text,
};
use domain::act::Act;
use domain::due::{Cause, Ground, Period, working_deadline};
use domain::inspection::{Ground as Why, Month, lines};
use domain::terms::{EntryPoint, Kind, Outcome};
use jiff::civil::date;

const DAY: u64 = 480;

fn spent(story: &Story, until: &str) -> (u64, u64) {
    let spent = OFFICE
        .law()
        .spent(story.petition(), moment(until))
        .expect("within the calendar");
    (spent.allowed, spent.used)
}

fn received(period: Period, at: &str) -> Story {
    Story::web("other", at).official(
        RECEIVER,
        Act::Receive {
            kind: Kind::Inquiry,
            period: Some(period),
        },
    )
}

#[test]
fn 시간은_기한과_같은_규칙으로_센다() {
    // Tuesday, 17 July 2018, 10:00.
    let table = [
        (
            "즉시민원: 3시간 중 1시간",
            Period::Immediately,
            "2018-07-17T11:00",
            180,
            60,
        ),
        (
            "시간: 점심은 세지 않는다",
            Period::Hours(8),
            "2018-07-17T14:00",
            480,
            180,
        ),
        (
            "5일: 다음 날 같은 시각은 하루",
            Period::Days(5),
            "2018-07-18T10:00",
            5 * DAY,
            DAY,
        ),
        (
            "5일: 주말은 세지 않는다",
            Period::Days(5),
            "2018-07-23T10:00",
            5 * DAY,
            4 * DAY,
        ),
        (
            "7일: 당일은 첫째 날",
            Period::Days(7),
            "2018-07-17T18:00",
            7 * DAY,
            DAY,
        ),
        (
            "10일: 둘째 날",
            Period::Days(10),
            "2018-07-18T09:00",
            10 * DAY,
            2 * DAY,
        ),
        (
            "7일: 토요일에 끝나면 금요일까지",
            Period::Days(7),
            "2018-07-21T12:00",
            7 * DAY,
            4 * DAY,
        ),
        (
            "7일: 마지막 날",
            Period::Days(7),
            "2018-07-25T23:59",
            7 * DAY,
            7 * DAY,
        ),
        (
            "7일: 하루 늦음",
            Period::Days(7),
            "2018-07-26T09:00",
            7 * DAY,
            8 * DAY,
        ),
        // One month ends on 16 August; the 15th is a holiday: 22 working days from 17 July.
        (
            "1개월: 그 안의 근무일",
            Period::Months(1),
            "2018-07-17T18:00",
            22 * DAY,
            DAY,
        ),
        (
            "1개월: 석 달이 걸리면",
            Period::Months(1),
            "2018-10-16T18:00",
            22 * DAY,
            60 * DAY,
        ),
    ];
    for (name, period, until, allowed, used) in table {
        let story = received(period, "2018-07-17T10:00");
        assert_eq!(spent(&story, until), (allowed, used), "{name}");
    }
}

#[test]
fn 보완_기간은_쓴_시간이_아니다() {
    let story = Story::handled("permit", "2018-07-17T10:00")
        .on("2018-07-18T10:00")
        .official(
            HANDLER,
            Act::AskSupplement {
                what: text(20),
                until: date(2018, 7, 27),
            },
        )
        .on("2018-07-24T10:00")
        .kim(Act::Supplement {
            note: Some(text(21)),
            files: Vec::new(),
        });
    // 17 July counts, 18 to 24 July do not, 25 July is the second day.
    assert_eq!(spent(&story, "2018-07-25T10:00"), (7 * DAY, 2 * DAY));
}

#[test]
fn 불산입_중에_끝나면_멈춘_때까지만_쓴_것이다() {
    let story = Story::handled("permit", "2018-07-17T10:00")
        .on("2018-07-19T10:00")
        .official(
            HANDLER,
            Act::Hold {
                ground: Ground::Examination,
                note: None,
            },
        );
    assert_eq!(spent(&story, "2018-08-20T10:00"), (7 * DAY, 2 * DAY));
}

fn found(story: &Story, month: &str) -> Vec<Why> {
    let month: Month = month.parse().expect("a month");
    let law = OFFICE.law();
    let eight = |at| working_deadline(law.calendar, law.hours, at, 8).ok();
    let items = lines(&story.case.journal, (month.begins(), month.ends()), eight);
    items.into_iter().map(|item| item.ground).collect()
}

fn answered(story: Story) -> Story {
    story
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() })
        .official(LEAD, Act::Sign { comment: None })
        .official(HEAD, Act::Sign { comment: None })
        .official(HANDLER, Act::Answer)
}

#[test]
fn 점검_사유는_그_달의_사실에서_나온다() {
    let clean = answered(Story::handled("permit", "2018-07-17T10:00").on("2018-07-18T10:00"));
    assert_eq!(found(&clean, "2018-07"), []);
    let late = answered(Story::handled("permit", "2018-07-17T10:00").on("2018-08-02T10:00"));
    assert_eq!(found(&late, "2018-07"), [Why::Late], "overdue when July ended");
    assert_eq!(found(&late, "2018-08"), [Why::Late], "and handled late in August");
    assert_eq!(found(&late, "2018-09"), []);
    let slow = Story::web("permit", "2023-07-03T10:00")
        .on("2023-07-05T10:00")
        .official(
            RECEIVER,
            Act::Receive {
                kind: Kind::Statutory,
                period: None,
            },
        );
    assert_eq!(
        found(&slow, "2023-07"),
        [Why::Late, Why::ReceptionLate],
        "two days late, and then forgotten"
    );
}

#[test]
fn 접수와_보완_요구가_8근무시간을_넘으면() {
    let waiting = Story::filed(&OFFICE, filing("permit", EntryPoint::Web), "2023-07-03T10:00");
    assert_eq!(
        found(&waiting, "2023-07"),
        [Why::ReceptionLate],
        "nobody received it"
    );
    let ask = |story: Story| {
        let act = Act::AskSupplement {
            what: text(20),
            until: date(2018, 8, 10),
        };
        story.official(HANDLER, act)
    };
    let at_once = ask(Story::handled("permit", "2018-07-17T10:00").on("2018-07-18T10:00"));
    assert_eq!(found(&at_once, "2018-07"), []);
    let late = ask(Story::handled("permit", "2018-07-17T10:00").on("2018-07-18T10:01"));
    assert_eq!(found(&late, "2018-07"), [Why::SupplementLate]);
}

#[test]
fn 재배부_연장_진행상황_통지() {
    let mut story = Story::received("permit", "2018-07-17T10:00");
    for _ in 0..3 {
        story = story
            .official(RECEIVER, Act::Distribute { unit: PARKS })
            .official(PARKS_RECEIVER, Act::SendBack { reason: text(23) })
            .official(RECEIVER, Act::Distribute { unit: ROADS });
        story = story.official(ROADS_RECEIVER, Act::SendBack { reason: text(23) });
    }
    assert_eq!(found(&story, "2018-07"), [Why::Late, Why::SentBackOften]);
    let extend = |n| Act::Extend {
        n,
        ground: Cause::Unavoidable,
        reason: text(22),
    };
    let twice = Story::handled("permit", "2018-07-09T10:00")
        .on("2018-07-10T10:00")
        .official(HANDLER, extend(7))
        .official(HANDLER, extend(7))
        .kim(Act::ConsentExtension);
    assert_eq!(found(&twice, "2018-07"), [Why::ExtendedTwice]);
    assert_eq!(
        found(&twice, "2018-08"),
        [Why::Late, Why::NoProgressNotice],
        "thirty days on 8 August"
    );
}

#[test]
fn 독촉장에_회신하지_않으면() {
    let story = Story::handled("permit", "2018-07-17T10:00")
        .on("2018-07-26T10:00")
        .official(EXAMINER, crate::letters::dun());
    assert_eq!(found(&story, "2018-07"), [Why::Late, Why::DunningUnanswered]);
    let replied = story.official(HEAD, crate::letters::reply(Some(date(2018, 7, 30))));
    assert_eq!(found(&replied, "2018-07"), [Why::Late]);
}

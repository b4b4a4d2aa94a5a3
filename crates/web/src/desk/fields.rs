//! 행위의 칸 — which fields each act posts, and what they mean.
//!
//! Faults are told beside their field; whether the law allows what was entered is asked of `app`.
//!
//! It is longer than 600 lines because one match over all acts says what each form posts.

use super::{given, plain};
use crate::{
    citizen::attached,
    form::{Field, Read, Shape},
    view::{FieldError, Message},
};
use app::words::Raw;
use domain::{
    act::{Act, Answer},
    due::Period,
    event::Signer,
    id::OfficialId,
    life::Deed,
    terms::Mark,
};
use jiff::civil::Date;
use std::str::FromStr;

/// Documents a form may name.
pub const DOCUMENTS: [&str; 20] = [
    "document-1",
    "document-2",
    "document-3",
    "document-4",
    "document-5",
    "document-6",
    "document-7",
    "document-8",
    "document-9",
    "document-10",
    "document-11",
    "document-12",
    "document-13",
    "document-14",
    "document-15",
    "document-16",
    "document-17",
    "document-18",
    "document-19",
    "document-20",
];
/// 결재선: what each signature means, and whose it is.
pub const LINE: [(&str, &str); 10] = [
    ("mark-1", "signer-1"),
    ("mark-2", "signer-2"),
    ("mark-3", "signer-3"),
    ("mark-4", "signer-4"),
    ("mark-5", "signer-5"),
    ("mark-6", "signer-6"),
    ("mark-7", "signer-7"),
    ("mark-8", "signer-8"),
    ("mark-9", "signer-9"),
    ("mark-10", "signer-10"),
];

/// 공람자.
pub const READERS: [&str; 10] = [
    "reader-1",
    "reader-2",
    "reader-3",
    "reader-4",
    "reader-5",
    "reader-6",
    "reader-7",
    "reader-8",
    "reader-9",
    "reader-10",
];

/// One line that may be left empty.
pub const fn line(name: &'static str, label: &'static str, max: usize) -> Field {
    Field {
        name,
        label,
        max,
        shape: Shape::Line,
    }
}
/// One line that must be filled in.
pub const fn needed_line(name: &'static str, label: &'static str, max: usize) -> Field {
    Field {
        name,
        label,
        max,
        shape: Shape::NeededLine,
    }
}
/// Several lines that may be left empty.
pub const fn text(name: &'static str, label: &'static str, max: usize) -> Field {
    Field {
        name,
        label,
        max,
        shape: Shape::Text,
    }
}
/// Several lines that must be filled in.
pub const fn needed_text(name: &'static str, label: &'static str, max: usize) -> Field {
    Field {
        name,
        label,
        max,
        shape: Shape::NeededText,
    }
}

/// Carried by every form: what makes a repeat the same act, and the event it was opened at.
pub const CARRIED: [Field; 2] = [line("key", "send", 64), line("seq", "send", 10)];

/// The fields of an act's form; `None` for what officials do not do by a form.
pub fn fields(deed: Deed) -> Option<Vec<Field>> {
    if let Some(plain) = plain::fields(deed) {
        return Some(plain);
    }
    let period = [
        line("period_n", "desk-period-n", 4),
        line("period_unit", "desk-period-unit", 20),
    ];
    let kind = line("kind", "kind", 40);
    let own: Vec<Field> = match deed {
        Deed::Receive => [vec![kind], period.to_vec()].concat(),
        Deed::Reclassify => [
            vec![line("service", "desk-service", 16), kind],
            period.to_vec(),
            vec![needed_text("reason", "desk-reason", 2_000)],
        ]
        .concat(),
        Deed::Distribute => vec![line("unit", "desk-unit-lead", 32)],
        Deed::SendBack => vec![needed_text("reason", "desk-send-back-reason", 2_000)],
        Deed::Designate => vec![line("handler", "desk-handler", 32)],
        Deed::AskSupplement => (DOCUMENTS.iter())
            .map(|name| line(name, "desk-documents", 500))
            .chain([
                text("what", "desk-ask-what", 4_000),
                needed_line("until", "desk-until", 10),
            ])
            .collect(),
        Deed::ProlongSupplement => vec![needed_line("until", "desk-until-new", 10)],
        Deed::Supplement => vec![text("note", "supplement-text", 10_000)],
        Deed::Hold => vec![
            line("ground", "desk-ground", 40),
            text("note", "desk-hold-note", 2_000),
        ],
        Deed::Extend => vec![
            needed_line("n", "desk-extend-amount", 4),
            line("ground", "desk-cause", 40),
            needed_text("reason", "desk-reason", 2_000),
        ],
        Deed::Draft | Deed::AnswerAtOnce => vec![
            line("outcome", "desk-outcome", 40),
            line("exception", "desk-exception", 40),
            text("body", "desk-body", 20_000),
            text("reasons", "desk-reasons", 10_000),
            text("remedies", "desk-remedies", 10_000),
            line("openness", "desk-openness", 20),
            line("do", "send", 20),
            line("insert", "send", 40),
        ],
        Deed::SendUp | Deed::Reroute => (LINE.iter())
            .flat_map(|(mark, signer)| {
                [
                    line(mark, "desk-signature", 20),
                    line(signer, "desk-line-official", 32),
                ]
            })
            .chain([line("do", "send", 20)])
            .collect(),
        Deed::Sign => vec![text("comment", "desk-comment", 2_000)],
        Deed::TurnBack => vec![needed_text("reason", "desk-turn-back-reason", 2_000)],
        Deed::Transfer => vec![
            needed_line("agency", "desk-agency", 200),
            needed_text("reason", "desk-transfer-reason", 2_000),
            line("until", "desk-report-by", 10),
        ],
        Deed::IssueAdvanceNotice => vec![text("note", "sv-letter-note", 2_000)],
        Deed::IssueDunning => vec![
            needed_line("reply_by", "sv-reply-by", 10),
            text("note", "sv-letter-note", 2_000),
        ],
        Deed::ReplyDunning => vec![
            line("cause", "sv-cause", 40),
            line("planned", "sv-planned", 10),
            needed_text("text", "sv-reply-text", 4_000),
        ],
        Deed::Withdraw => vec![text("reason", "desk-reason", 2_000)],
        Deed::RecordDeemed => vec![text("note", "desk-deemed-note", 2_000)],
        Deed::UnitReceive
        | Deed::Resume
        | Deed::Recall
        | Deed::Answer
        | Deed::ConfirmAfter
        | Deed::ReadCirculated
        | Deed::ConfirmDunning => Vec::new(),
        Deed::ReplaceSigner => vec![
            line("from", "desk-replace-from", 32),
            line("to", "desk-replace-to", 32),
        ],
        Deed::Circulate => READERS
            .iter()
            .map(|name| line(name, "desk-readers", 32))
            .collect(),
        Deed::HandOver => vec![line("to", "desk-hand-over-to", 32)],
        Deed::Issue | Deed::HandOut | Deed::DiscardUnclaimed => given::fields(deed),
        _ => return None,
    };
    Some([CARRIED.to_vec(), own].concat())
}

/// Adds a fault beside a field.
pub fn wrong(read: &mut Read, field: &str, message: Message) {
    read.filled.errors.push(FieldError {
        field: field.to_owned(),
        message,
    });
}

/// A message about a field, by its label.
pub fn told(key: &str, label: &str) -> Message {
    Message::new(key).with("field", format!("@{label}"))
}

/// One of the values offered; what is wrong with it is added to the form.
pub fn choice<T: FromStr>(read: &mut Read, name: &str, label: &str) -> Option<T> {
    let value = read.get(name).trim();
    if value.is_empty() {
        wrong(read, name, told("error-required-choice", label));
        return None;
    }
    let chosen = value.parse().ok();
    if chosen.is_none() {
        wrong(read, name, told("error-choice", label));
    }
    chosen
}

/// A day, if one was entered; what is no day is a fault.
pub fn day(read: &mut Read, name: &str) -> Option<Date> {
    let value = read.get(name).trim();
    let day: Option<Date> = value.parse().ok();
    if day.is_none() && !value.is_empty() {
        wrong(read, name, Message::new("error-date-form"));
    }
    day
}

/// 처리기간 as entered: `Some(None)` when nothing was.
pub(crate) fn period(read: &mut Read) -> Option<Option<Period>> {
    let (n, unit) = (
        read.get("period_n").trim().to_owned(),
        read.get("period_unit").trim().to_owned(),
    );
    let number: Option<u32> = n.parse().ok().filter(|n| (1..=9_999).contains(n));
    match (unit.as_str(), number) {
        ("", _) if n.is_empty() => return Some(None),
        ("immediately", _) => return Some(Some(Period::Immediately)),
        ("", _) => wrong(
            read,
            "period_unit",
            told("error-required-choice", "desk-period-unit"),
        ),
        ("hours", Some(n)) => return Some(Some(Period::Hours(n))),
        ("days", Some(n)) => return Some(Some(Period::Days(n))),
        ("weeks", Some(n)) => return Some(Some(Period::Weeks(n))),
        ("months", Some(n)) => return Some(Some(Period::Months(n))),
        ("years", Some(n)) => return Some(Some(Period::Years(n))),
        ("hours" | "days" | "weeks" | "months" | "years", None) => {
            wrong(read, "period_n", told("desk-error-number", "desk-period-n"));
        }
        _ => wrong(read, "period_unit", told("error-choice", "desk-period-unit")),
    }
    None
}

/// The line as entered; lines left empty are left out.
fn signers(read: &mut Read) -> Option<Vec<Signer>> {
    let mut line = Vec::new();
    let mut sound = true;
    for (mark, signer) in LINE {
        if read.get(mark).is_empty() && read.get(signer).is_empty() {
            continue;
        }
        let meant: Option<Mark> = read.get(mark).parse().ok();
        let official = read.get(signer).parse().ok();
        match (meant, official) {
            (Some(mark), Some(official)) => line.push(Signer { official, mark }),
            _ => {
                sound = false;
                wrong(read, signer, Message::new("desk-error-line"));
            }
        }
    }
    if line.is_empty() && sound {
        wrong(read, "line", told("error-required-choice", "desk-line"));
        sound = false;
    }
    sound.then_some(line)
}

/// 공람자 as chosen; places left empty are left out.
fn readers(read: &mut Read) -> Option<Vec<OfficialId>> {
    let mut chosen = Vec::new();
    for name in READERS {
        let value = read.get(name).trim().to_owned();
        if value.is_empty() {
            continue;
        }
        match value.parse() {
            Ok(official) => chosen.push(official),
            Err(_) => wrong(read, name, told("error-choice", "desk-readers")),
        }
    }
    if chosen.is_empty() && read.sound() {
        wrong(read, READERS[0], told("error-required-choice", "desk-readers"));
    }
    read.sound().then_some(chosen)
}

/// 답변안 as entered.
pub fn answer(read: &mut Read) -> Option<Answer<Raw>> {
    let outcome = choice(read, "outcome", "desk-outcome");
    if read.get("body").trim().is_empty() {
        wrong(read, "body", told("error-required", "desk-body"));
    }
    let openness = choice(read, "openness", "desk-openness");
    let exception = if read.get("exception").is_empty() {
        Some(None)
    } else {
        choice(read, "exception", "desk-exception").map(Some)
    };
    Some(Answer {
        outcome: outcome?,
        body: Raw::text(without_end(read.get("body"))),
        reasons: Raw::optional(read.get("reasons")),
        remedies: Raw::optional(read.get("remedies")),
        openness: openness?,
        exception: exception?,
    })
}

/// “끝.” is set behind the last word of the letter, whatever that is; one typed by hand would stand there twice.
fn without_end(body: &str) -> &str {
    let body = body.trim_end();
    match body.strip_suffix("끝.") {
        Some(before) if before.ends_with(char::is_whitespace) => before.trim_end(),
        Some(_) | None => body,
    }
}

/// What is asked to be supplied: the documents chosen among those the service names, then the words.
fn demanded(read: &mut Read, documents: &[String]) -> Option<Raw> {
    let chosen: Vec<String> = (DOCUMENTS.iter())
        .map(|name| read.get(name).to_owned())
        .filter(|chosen| !chosen.is_empty())
        .collect();
    if chosen.iter().any(|chosen| !documents.contains(chosen)) {
        wrong(read, DOCUMENTS[0], told("error-choice", "desk-documents"));
        return None;
    }
    let mut parts: Vec<String> = (chosen.iter().enumerate())
        .map(|(i, document)| format!("{}. {document}", i + 1))
        .collect();
    let words = read.get("what").trim();
    if !words.is_empty() {
        if !parts.is_empty() {
            parts.push(String::new());
        }
        parts.push(words.to_owned());
    }
    let what = Raw::optional(&parts.join("\n"));
    if what.is_none() {
        wrong(read, "what", told("error-required", "desk-ask-what"));
    }
    what
}

/// The act a form asks for; `None` with faults beside the fields. `documents` are those the service names.
pub fn act(deed: Deed, read: &mut Read, documents: &[String]) -> Option<Act<Raw>> {
    let act = match deed {
        Deed::Receive => {
            let kind = choice(read, "kind", "kind");
            let period = period(read);
            Act::Receive {
                kind: kind?,
                period: period?,
            }
        }
        Deed::Reclassify => {
            let service = choice(read, "service", "desk-service");
            let kind = choice(read, "kind", "kind");
            let period = period(read);
            Act::Reclassify {
                service: service?,
                kind: kind?,
                period: period?,
                reason: Raw::text(read.get("reason")),
            }
        }
        Deed::Distribute => Act::Distribute {
            unit: choice(read, "unit", "desk-unit-lead")?,
        },
        Deed::SendBack => Act::SendBack {
            reason: Raw::text(read.get("reason")),
        },
        Deed::UnitReceive => Act::UnitReceive,
        Deed::Designate => Act::Designate {
            handler: choice(read, "handler", "desk-handler")?,
        },
        Deed::AskSupplement => {
            let what = demanded(read, documents);
            let until = day(read, "until");
            Act::AskSupplement {
                what: what?,
                until: until?,
            }
        }
        Deed::ProlongSupplement => Act::ProlongSupplement {
            until: day(read, "until")?,
        },
        Deed::Supplement => {
            let files = std::mem::take(&mut read.files);
            let sent = files.len();
            let files = attached(files, &mut read.filled);
            if sent == 0 && read.get("note").trim().is_empty() {
                wrong(read, "note", Message::new("error-supplement-empty"));
            }
            Act::Supplement {
                note: Raw::optional(read.get("note")),
                files,
            }
        }
        Deed::Hold => Act::Hold {
            ground: choice(read, "ground", "desk-ground")?,
            note: Raw::optional(read.get("note")),
        },
        Deed::Resume => Act::Resume,
        Deed::Extend => {
            let n: Option<u32> = read.get("n").trim().parse().ok();
            if n.is_none() && !read.get("n").trim().is_empty() {
                wrong(read, "n", told("desk-error-number", "desk-extend-amount"));
            }
            let ground = choice(read, "ground", "desk-cause");
            Act::Extend {
                n: n?,
                ground: ground?,
                reason: Raw::text(read.get("reason")),
            }
        }
        Deed::Draft => Act::Draft(answer(read)?),
        Deed::AnswerAtOnce => Act::AnswerAtOnce(answer(read)?),
        Deed::SendUp => Act::SendUp { line: signers(read)? },
        Deed::Reroute => Act::Reroute { rest: signers(read)? },
        Deed::ReplaceSigner => {
            let from = choice(read, "from", "desk-replace-from");
            let to = choice(read, "to", "desk-replace-to");
            Act::ReplaceSigner { from: from?, to: to? }
        }
        Deed::ConfirmAfter => Act::ConfirmAfter,
        Deed::RecordDeemed => Act::RecordDeemed {
            note: Raw::optional(read.get("note")),
        },
        Deed::Circulate => Act::Circulate {
            readers: readers(read)?,
        },
        Deed::ReadCirculated => Act::ReadCirculated,
        Deed::HandOver => Act::HandOver {
            to: choice(read, "to", "desk-hand-over-to")?,
        },
        Deed::Sign => Act::Sign {
            comment: Raw::optional(read.get("comment")),
        },
        Deed::TurnBack => Act::TurnBack {
            reason: Raw::text(read.get("reason")),
        },
        Deed::Recall => Act::Recall,
        Deed::Answer => Act::Answer,
        Deed::IssueAdvanceNotice => Act::IssueAdvanceNotice {
            note: Raw::optional(read.get("note")),
        },
        Deed::IssueDunning => Act::IssueDunning {
            reply_by: day(read, "reply_by")?,
            note: Raw::optional(read.get("note")),
        },
        Deed::ConfirmDunning => Act::ConfirmDunning,
        Deed::ReplyDunning => {
            let cause = choice(read, "cause", "sv-cause");
            let planned = day(read, "planned");
            Act::ReplyDunning {
                cause: cause?,
                planned,
                text: Raw::text(read.get("text")),
            }
        }
        Deed::Withdraw => Act::Withdraw {
            reason: Raw::optional(read.get("reason")),
        },
        Deed::Transfer => Act::Transfer {
            report_by: day(read, "until"),
            agency: Raw::text(read.get("agency")),
            reason: Raw::text(read.get("reason")),
        },
        Deed::Issue => Act::Issue(given::order(read)?),
        Deed::HandOut => Act::HandOut(given::hand_out(read)?),
        Deed::DiscardUnclaimed => Act::DiscardUnclaimed {
            reason: Raw::text(read.get("reason")),
        },
        other => plain::act(other, read)?,
    };
    read.sound().then_some(act)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::urlencoded;

    fn asked(deed: Deed, body: &str) -> (Option<Act<Raw>>, Vec<String>) {
        let fields = fields(deed).expect("a form");
        let mut read = urlencoded(body.as_bytes(), &fields).expect("a form");
        let act = act(deed, &mut read, &["점용 위치도".to_owned(), "계획서".to_owned()]);
        let wrong = read.filled.errors.into_iter().map(|error| error.field);
        (act, wrong.collect())
    }

    #[test]
    fn a_period_is_whole_or_not_there() {
        for (fields, period, wrong) in [
            ("", Some(None), vec![]),
            (
                "&period_n=7&period_unit=days",
                Some(Some(Period::Days(7))),
                vec![],
            ),
            (
                "&period_n=&period_unit=immediately",
                Some(Some(Period::Immediately)),
                vec![],
            ),
            ("&period_n=0&period_unit=days", None, vec!["period_n"]),
            ("&period_n=&period_unit=months", None, vec!["period_n"]),
            ("&period_n=3&period_unit=", None, vec!["period_unit"]),
            ("&period_n=3&period_unit=moons", None, vec!["period_unit"]),
        ] {
            let (act, faults) = asked(Deed::Receive, &format!("kind=other{fields}"));
            let expected = period.map(|period| Act::Receive {
                kind: domain::terms::Kind::Other,
                period,
            });
            assert_eq!(
                (act, faults),
                (expected, wrong.iter().map(ToString::to_string).collect()),
                "{fields}"
            );
        }
    }

    #[test]
    fn no_document_is_asked_for_that_the_service_does_not_name() {
        let (act, faults) = asked(
            Deed::AskSupplement,
            "document-2=계획서&what=도장을 찍어 주시기 바랍니다.&until=2026-09-18",
        );
        let what = Raw::text("1. 계획서\n\n도장을 찍어 주시기 바랍니다.");
        let until = jiff::civil::date(2026, 9, 18);
        assert_eq!((act, faults), (Some(Act::AskSupplement { what, until }), vec![]));
        for (form, fault) in [
            ("document-1=주민등록등본&until=2026-09-18", "document-1"),
            ("what= &until=2026-09-18", "what"),
            ("what=x&until=2026-02-30", "until"),
        ] {
            assert_eq!(
                asked(Deed::AskSupplement, form),
                (None, vec![fault.to_owned()]),
                "{form}"
            );
        }
    }

    #[test]
    fn a_line_is_read_from_top_to_bottom_without_its_gaps() {
        let (one, two) = ("a".repeat(32), "b".repeat(32));
        let (act, faults) = asked(
            Deed::SendUp,
            &format!("mark-1=review&signer-1={one}&mark-2=&signer-2=&mark-3=decide&signer-3={two}&do=send"),
        );
        let signer = |id: &str, mark| Signer {
            official: id.parse().expect("an id"),
            mark,
        };
        let line = vec![signer(&one, Mark::Review), signer(&two, Mark::Decide)];
        assert_eq!((act, faults), (Some(Act::SendUp { line }), vec![]));
        assert_eq!(asked(Deed::SendUp, "do=send").1, ["line"]);
        assert_eq!(
            asked(Deed::SendUp, "mark-1=review&signer-1=&do=send").1,
            ["signer-1"]
        );
    }

    #[test]
    fn the_end_of_a_letter_is_written_once() {
        for (typed, kept) in [
            ("1. 답변입니다.  끝.", "1. 답변입니다."),
            ("1. 답변입니다.\n끝.\n", "1. 답변입니다."),
            ("이것으로 끝.", "이것으로"),
            ("손끝.", "손끝."),
        ] {
            assert_eq!(without_end(typed), kept);
        }
    }
}

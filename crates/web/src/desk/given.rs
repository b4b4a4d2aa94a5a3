//! 발급·교부의 칸 — what the forms of issuing, handing out and destroying post, and what they mean.

use super::fields::{choice, line, needed_text, told, wrong};
use crate::{
    citizen::attached,
    form::{Field, Read},
    view::Filled,
};
use app::{office::Office, words::Raw};
use domain::{
    certificate::Order,
    claim::{Evidence, HandOut, Recipient},
    event::Attached,
    fee::{Charge, Waiver, Won},
    life::Deed,
    petition::Petition,
};

/// The name a signature drawn on the screen comes under.
pub const DRAWN: &str = "signature.png";

/// The fields of an order: on the act's own form and at the counter.
pub const ORDER: [Field; 5] = [
    line("copies", "counter-copies", 4),
    line("per_copy", "counter-per-copy", 12),
    line("waiver", "counter-waiver", 40),
    line("reduced", "counter-reduced", 12),
    super::fields::text("facts", "counter-facts", 10_000),
];

/// The fields of a hand-out.
pub const HAND_OUT: [Field; 3] = [
    line("recipient", "counter-recipient", 40),
    line("evidence", "counter-evidence", 40),
    line("name", "counter-recipient-name", 100),
];

/// The fields of these acts.
pub fn fields(deed: Deed) -> Vec<Field> {
    match deed {
        Deed::Issue => ORDER.to_vec(),
        Deed::HandOut => HAND_OUT.to_vec(),
        _ => vec![needed_text("reason", "counter-discard-reason", 2_000)],
    }
}

/// How an order begins: the copies asked for and the only fee the handbook names.
pub fn started(office: &Office, p: &Petition) -> Filled {
    let fee = office
        .services
        .get(&p.service)
        .and_then(|service| service.fee.as_ref());
    let fee = fee.and_then(|fact| Won::of_text(&fact.value));
    let copies = p.intake.copies.max(1).to_string();
    let fee = fee.map_or_else(String::new, |won| won.0.to_string());
    Filled::of(&[("copies", copies.as_str()), ("per_copy", fee.as_str())])
}

fn money(read: &mut Read, name: &str, label: &str) -> Option<Won> {
    let won = Won::typed(read.get(name));
    if won.is_none() {
        wrong(read, name, told("counter-error-money", label));
    }
    won
}

/// What is to be issued, as entered.
pub fn order(read: &mut Read) -> Option<Order<Raw>> {
    let copies: Option<u32> = read.get("copies").trim().parse().ok().filter(|n| *n > 0);
    if copies.is_none() {
        wrong(read, "copies", told("desk-error-number", "counter-copies"));
    }
    let per_copy = money(read, "per_copy", "counter-per-copy");
    let waiver = match read.get("waiver").trim() {
        "" => Some(None),
        _ => {
            let waiver: Option<Waiver> = choice(read, "waiver", "counter-waiver");
            let reduced = match read.get("reduced").trim() {
                "" => Some(Won(0)),
                _ => money(read, "reduced", "counter-reduced"),
            };
            waiver.zip(reduced).map(Some)
        }
    };
    if read.get("facts").trim().is_empty() {
        wrong(read, "facts", told("error-required", "counter-facts"));
    }
    Some(Order {
        copies: copies?,
        charge: Charge {
            per_copy: per_copy?,
            waiver: waiver?,
        },
        facts: Raw::text(read.get("facts")),
    })
}

/// To whom something is handed out, as entered. Where a 위임장 is owed the first file is that; a signature drawn on the
/// screen comes under its own name, one on paper as the other file.
pub fn hand_out(read: &mut Read) -> Option<HandOut<Raw>> {
    let recipient: Option<Recipient> = choice(read, "recipient", "counter-recipient");
    let evidence: Option<Evidence> = choice(read, "evidence", "counter-evidence");
    let parts = std::mem::take(&mut read.files);
    let (drawn, other): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.name == DRAWN);
    let drawn = attached(drawn, &mut read.filled).into_iter().next();
    let mut other: std::collections::VecDeque<Attached<Raw>> = attached(other, &mut read.filled).into();
    let power = recipient
        .filter(|r| r.needs_power())
        .and_then(|_| other.pop_front());
    Some(HandOut {
        recipient: recipient?,
        evidence: evidence?,
        name: Raw::optional(read.get("name")),
        power,
        signature: drawn.or_else(|| other.pop_front()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{FilePart, urlencoded};

    fn read(body: &str, fields: &[Field]) -> Read {
        urlencoded(body.as_bytes(), fields).expect("a form")
    }

    #[test]
    fn an_order_names_copies_fee_and_what_is_certified() {
        let whole = "copies=3&per_copy=1,000&waiver=disabled&reduced=500&facts=x";
        let got = order(&mut read(whole, &ORDER)).expect("an order");
        assert_eq!((got.copies, got.charge.total(3)), (3, Won(1_500)));
        for (body, fault) in [
            ("copies=0&per_copy=0&facts=x", "copies"),
            ("copies=1&per_copy=&facts=x", "per_copy"),
            ("copies=1&per_copy=-1&facts=x", "per_copy"),
            ("copies=1&per_copy=0&waiver=none&facts=x", "waiver"),
            ("copies=1&per_copy=9&waiver=veteran&reduced=x&facts=x", "reduced"),
            ("copies=1&per_copy=0&facts=+", "facts"),
        ] {
            let mut read = read(body, &ORDER);
            let _ = order(&mut read);
            let faults: Vec<&str> = read.filled.errors.iter().map(|e| e.field.as_str()).collect();
            assert_eq!(faults, [fault], "{body}");
        }
    }

    #[test]
    fn the_first_file_of_an_agent_is_the_power_of_attorney() {
        let part = |name: &str| FilePart {
            field: "files".into(),
            name: name.into(),
            bytes: Vec::new(),
            taken: Some(files::take(name, files::picture::smallest())),
        };
        for (recipient, files, power, signature) in [
            ("petitioner", vec![], None, None),
            ("petitioner", vec!["수령증.png"], None, Some("수령증.png")),
            (
                "agent",
                vec![DRAWN, "위임장.png"],
                Some("위임장.png"),
                Some(DRAWN),
            ),
            (
                "agent",
                vec!["위임장.png", "수령증.png"],
                Some("위임장.png"),
                Some("수령증.png"),
            ),
            ("agent", vec![DRAWN], None, Some(DRAWN)),
        ] {
            let mut read = read(
                &format!("recipient={recipient}&evidence=passport&name="),
                &HAND_OUT,
            );
            read.files = files.iter().map(|name| part(name)).collect();
            let given = hand_out(&mut read).expect("given");
            let name =
                |file: Option<Attached<Raw>>| file.map(|f| String::from_utf8(f.name.0).expect("a name"));
            let expected = (power.map(str::to_owned), signature.map(str::to_owned));
            assert_eq!(
                (name(given.power), name(given.signature)),
                expected,
                "{recipient} {files:?}"
            );
        }
    }
}

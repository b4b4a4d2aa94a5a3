//! 행위와 상태 — every act tried in every state by everyone who may, with many things handed in: what is allowed, and what is
//! refused by which clause. The table lies in `docs/generated/acts-by-state.md`; `MINWON_WRITE_TABLES=1` writes it anew.

use crate::dice::Dice;
use crate::office::{
    COORDINATOR, HANDLER, HEAD, LEAD, PARKS, RECEIVER, ROADS, ROADS_RECEIVER, Story, answer, line, moment,
    text,
};
use domain::access::may;
use domain::act::Act;
use domain::due::{Cause, Ground};
use domain::life::{Deed, Life};
use domain::refusal::Refusal;
use domain::terms::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A Monday.
const DAY: &str = "2026-06-15T10:00";
/// How many things are handed in for each act at each moment.
const THROWS: u64 = 24;
/// When it is tried: at once, before and after the due date, when thirty days and when the time to object have passed.
const LATER: &[i64] = &[0, 1, 7, 16, 31, 62];

/// The states, in the order a petition meets them.
fn states() -> Vec<(&'static str, Story)> {
    let handled = || Story::handled("permit", DAY);
    let distributed = || Story::received("permit", DAY).official(RECEIVER, Act::Distribute { unit: ROADS });
    let drafted = |outcome| handled().official(HANDLER, Act::Draft(answer(outcome)));
    let sent_up = |outcome| drafted(outcome).official(HANDLER, Act::SendUp { line: line() });
    let approved = |outcome| {
        sent_up(outcome)
            .official(LEAD, Act::Sign { comment: None })
            .official(HEAD, Act::Sign { comment: None })
    };
    let extended = || {
        handled().official(
            HANDLER,
            Act::Extend {
                n: 7,
                ground: Cause::FactFinding,
                reason: text(60),
            },
        )
    };
    vec![
        ("신청", Story::web("permit", DAY)),
        ("접수", Story::received("permit", DAY)),
        ("배부", distributed()),
        (
            "재배부 요청",
            distributed().official(ROADS_RECEIVER, Act::SendBack { reason: text(61) }),
        ),
        ("부서 접수", distributed().official(COORDINATOR, Act::UnitReceive)),
        ("처리 중", handled()),
        (
            "협조 중",
            handled().official(
                HANDLER,
                Act::AskConsult {
                    unit: PARKS,
                    what: text(62),
                    reply_by: jiff::civil::date(2026, 6, 17),
                },
            ),
        ),
        (
            "보완 요구",
            handled().official(
                HANDLER,
                Act::AskSupplement {
                    what: text(63),
                    until: jiff::civil::date(2026, 6, 25),
                },
            ),
        ),
        (
            "불산입",
            handled().official(
                HANDLER,
                Act::Hold {
                    ground: Ground::Examination,
                    note: None,
                },
            ),
        ),
        ("연장", extended()),
        (
            "연장 동의 대기",
            extended().official(
                HANDLER,
                Act::Extend {
                    n: 7,
                    ground: Cause::FactFinding,
                    reason: text(64),
                },
            ),
        ),
        ("기안", drafted(Outcome::Granted)),
        ("결재 중", sent_up(Outcome::Granted)),
        ("결재 완료", approved(Outcome::Granted)),
        (
            "처리 완료(인용)",
            approved(Outcome::Granted).official(HANDLER, Act::Answer),
        ),
        (
            "처리 완료(거부)",
            approved(Outcome::Refused).official(HANDLER, Act::Answer),
        ),
        ("취하", handled().kim(Act::Withdraw { reason: None })),
        (
            "이송",
            Story::received("permit", DAY).official(
                RECEIVER,
                Act::Transfer {
                    agency: text(65),
                    reason: text(66),
                    report_by: Some(jiff::civil::date(2026, 6, 30)),
                },
            ),
        ),
    ]
}

/// What came of an act in a state: the life it leads to, or the commonest refusal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Stays,
    Leads(Life),
    Refused(Refusal),
}

fn cell(story: &Story, deed: Deed, salt: u64) -> Cell {
    let p = story.petition();
    let office = story.office.clone().with_beside("permit", moment(DAY));
    let everyone = office.everyone();
    let able: Vec<_> = (everyone.iter())
        .filter(|who| may(who, deed, Some(p)).is_ok())
        .collect();
    if able.is_empty() {
        return Cell::Refused(match p.life {
            life if life.allows(deed) => Refusal::NotYours,
            Life::Concluded => Refusal::Concluded,
            _ => Refusal::NotNow,
        });
    }
    let mut refusals: BTreeMap<&str, (usize, Refusal)> = BTreeMap::new();
    for (turn, days) in LATER.iter().enumerate() {
        let now = story.now.plus(days * 86_400_000);
        for throw in 0..THROWS {
            let mut dice = Dice(salt ^ (turn as u64) << 32 ^ throw);
            let act = dice.act(deed, p, now);
            if act.deed() != deed {
                continue;
            }
            for who in &able {
                match office.ask(p, who, &act, now) {
                    Ok(_) => {
                        let after = p.life.after(deed).expect("what is done is in the table of moves");
                        return if after == p.life {
                            Cell::Stays
                        } else {
                            Cell::Leads(after)
                        };
                    }
                    Err(refusal) => refusals.entry(refusal.code()).or_insert((0, refusal)).0 += 1,
                }
            }
        }
    }
    let commonest = (refusals.into_values().rev()).max_by_key(|(n, _)| *n);
    Cell::Refused(commonest.expect("something was tried").1)
}

fn korean(life: Life) -> &'static str {
    match life {
        Life::Filed => "신청",
        Life::Received => "접수",
        Life::Distributed => "배부",
        Life::InHandling => "처리 중",
        Life::Held => "불산입",
        Life::Concluded => "처리 완료",
    }
}

#[test]
fn each_act_in_each_state_is_allowed_or_refused_with_its_clause() {
    let states = states();
    let mut rows: Vec<(Deed, Vec<Cell>)> = Vec::new();
    for (n, deed) in Deed::ALL.iter().enumerate() {
        if *deed == Deed::File {
            continue;
        }
        let row: Vec<Cell> = (states.iter())
            .map(|(_, story)| cell(story, *deed, n as u64 * 1_000_003))
            .collect();
        for ((name, story), cell) in states.iter().zip(&row) {
            let life = story.petition().life;
            let lawful = match cell {
                Cell::Stays | Cell::Leads(_) => life.allows(*deed),
                // What this life does not know is refused for that reason and no other.
                Cell::Refused(Refusal::NotNow | Refusal::Concluded) => true,
                Cell::Refused(_) => life.allows(*deed),
            };
            assert!(lawful, "{deed} in {name}");
        }
        rows.push((*deed, row));
    }
    let page = page(&states, &rows);
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/generated/acts-by-state.md"
    );
    if std::env::var_os("MINWON_WRITE_TABLES").is_some() {
        std::fs::write(path, &page).expect("the document can be written");
    }
    let lies_there = std::fs::read_to_string(path).unwrap_or_default();
    let differs = (page.lines().zip(lies_there.lines())).find(|(new, old)| new != old);
    assert!(
        page == lies_there,
        "docs/generated/acts-by-state.md is out of date: run this test with MINWON_WRITE_TABLES=1\n{differs:#?}"
    );
}

fn page(states: &[(&str, Story)], rows: &[(Deed, Vec<Cell>)]) -> String {
    let mut out = String::from(
        "# 행위와 상태 — each act in each state\n\n\
         Written by `MINWON_WRITE_TABLES=1 cargo nextest run --test life table`; do not edit. The same test fails when the table \
         is out of date.\n\n\
         Each act was tried in each state by everyone who may, at six moments and with many things handed in. ○: allowed, the life \
         stays; → allowed, and where it leads; otherwise the refusal. `not_now` and `concluded`: the table of lives \
         (`domain::life::MOVES`) does not know the act there, by the clause in the last column; the clauses of all others stand below.\n\n",
    );
    // Writing to a String cannot fail.
    let _ = write!(out, "| 행위 |");
    for (name, _) in states {
        let _ = write!(out, " {name} |");
    }
    let _ = writeln!(out, " 근거 |\n|---|{}---|", "---|".repeat(states.len()));
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for (deed, row) in rows {
        let _ = write!(out, "| `{deed}` |");
        for cell in row {
            let _ = match cell {
                Cell::Stays => write!(out, " ○ |"),
                Cell::Leads(life) => write!(out, " → {} |", korean(*life)),
                Cell::Refused(refusal) => {
                    met.insert(refusal.code());
                    write!(out, " {refusal} |")
                }
            };
        }
        let _ = writeln!(out, " {} |", clause(deed.clause()));
    }
    let _ = writeln!(out, "\n## 거절과 근거\n\n| 거절 | 근거 |\n|---|---|");
    for code in met {
        let refusal = (Refusal::ALL.iter()).find(|refusal| refusal.code() == code);
        let of = refusal.map_or("", |refusal| refusal.clause());
        let of = if code == Refusal::NotNow.code() {
            "행위의 근거(위 표)"
        } else {
            clause(of)
        };
        let _ = writeln!(out, "| {code} | {of} |");
    }
    out
}

fn clause(of: &str) -> &str {
    if of.is_empty() {
        "기관의 운영 규칙"
    } else {
        of
    }
}

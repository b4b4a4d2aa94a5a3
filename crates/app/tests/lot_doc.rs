//! 추첨 검산 — the few lines of docs/lot.md, which know nothing of ours, say of a lot what we say.

use domain::id::{OfficialId, TextId};
use domain::proceeding::{Drawn, Lot};
use domain::text::{Commitment, Text};
use domain::time::At;
use std::path::Path;
use std::process::Command;

fn record() -> app::lots::Record {
    let candidates: Vec<OfficialId> = (1..=9_u128)
        .map(|n| OfficialId(uuid::Uuid::from_u128(n * 7)))
        .collect();
    let (seed, word) = ([9; 32], "봄바람 7");
    let lot = Lot {
        role: "juror".parse().expect("a code"),
        commitment: app::lots::commitment(&seed, 5, &candidates),
        wanted: 5,
        committed_at: At(1),
        drawn: Some(Drawn {
            seed,
            word: Text {
                id: TextId(uuid::Uuid::nil()),
                commitment: Commitment([0; 32]),
            },
            officials: app::lots::draw(&seed, word, 5, &candidates),
            at: At(2),
        }),
        candidates,
    };
    app::lots::record("S-1", &lot, word).expect("it was drawn")
}

#[test]
fn the_lines_of_the_page_agree() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/lot.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let lines = page
        .split("```python\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("the lines");
    let folder = tempfile::tempdir().expect("a folder");
    let says = |record: &app::lots::Record| {
        let text = serde_json::to_string(record).expect("JSON");
        std::fs::write(folder.path().join("lot.json"), text).expect("written");
        let done = Command::new("python3")
            .args(["-c", lines])
            .current_dir(folder.path())
            .output()
            .expect("python3");
        done.status.success() && done.stdout == b"good\n"
    };
    let good = record();
    assert!(says(&good));
    let mut bad = record();
    bad.drawn.swap(0, 4);
    assert!(!says(&bad));
    let mut bad = record();
    bad.candidates.pop();
    assert!(!says(&bad));
}

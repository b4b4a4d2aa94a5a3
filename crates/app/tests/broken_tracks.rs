//! 고장 난 특별절차 — files with one fault each: the message names the line where an editor wants the cursor, and says what cures it.

use std::path::Path;

/// What the first line of a file promises: the line, and words of the message.
fn promised(text: &str) -> (usize, Vec<String>) {
    let first = text.lines().next().expect("a first line");
    let (line, words) = first
        .strip_prefix("# line ")
        .and_then(|rest| rest.split_once(": "))
        .expect("`# line N: words`");
    (
        line.parse().expect("a line"),
        words.split(" … ").map(str::to_owned).collect(),
    )
}

#[test]
fn every_broken_track_is_named_with_its_line_and_its_cure() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken_tracks");
    let mut files: Vec<_> = (std::fs::read_dir(&folder).expect("the folder"))
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    assert_eq!(files.len(), 24);
    let mut wrong = Vec::new();
    for file in files {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).expect("a text");
        let (line, words) = promised(&text);
        let said = match app::tracks::read(&name, &text) {
            Ok(_) => {
                wrong.push(format!("{name} is taken"));
                continue;
            }
            Err(unusable) => unusable.said,
        };
        let good = said.len() == 1
            && said[0].starts_with(&format!("{name}:{line}: "))
            && words.iter().all(|word| said[0].contains(word.as_str()))
            && said[0].contains(": ");
        if !good {
            wrong.push(format!("{name}: line {line}, {words:?} expected, said {said:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! 쓰지 않는 말 — words that stand nowhere in the repository, and Korean that a petition office does not write.

use super::{File, Finding, Tree};

/// Stand in no file. Written in two halves, so that this file may hold them.
const NOWHERE: &[(&str, &str)] = &[
    (concat!("TO", "DO"), "do it, or file an issue"),
    (concat!("FIX", "ME"), "mend it, or file an issue"),
    (concat!("XX", "X "), "mend it, or file an issue"),
    (
        concat!("crates", ".io"),
        "name the package, not the place it comes from",
    ),
    (
        concat!("npm", "js."),
        "name the package, not the place it comes from",
    ),
    (
        concat!("py", "pi.org"),
        "name the package, not the place it comes from",
    ),
    (
        concat!("deb.", "debian.org"),
        "name the package, not the place it comes from",
    ),
    (
        concat!("/work", "/main"),
        "a path of one machine: make it relative",
    ),
    (
        concat!("/work", "/shared"),
        "carry the fact over into our own files",
    ),
    (
        concat!("/work", "/target"),
        "a path of one machine: make it relative",
    ),
    (concat!("/work", "/."), "a path of one machine: make it relative"),
    (concat!("/ro", "ot/."), "a path of one machine: make it relative"),
    (
        concat!("/tmp", "/bash"),
        "a path of one machine: make it relative",
    ),
];

/// Files that programs write and that name the registry by themselves.
const WRITTEN_BY_PROGRAMS: &[&str] = &["Cargo.lock"];

/// Words a petition office does not use, and what it says instead. The law's own word wins over every other.
const KOREAN: &[(&str, &str)] = &[
    ("티켓", "민원 (세는 말은 건)"),
    ("케이스", "민원"),
    ("태스크", "업무"),
    ("홀드", "불산입 중"),
    ("SLA", "처리기간"),
    ("워크플로", "처리절차"),
    ("승인 대기", "결재 대기"),
    (
        "접수 거절",
        "접수는 거부할 수 없습니다 (법 제9조): 반려, 거부처분 중 맞는 말",
    ),
    (
        "접수 거부",
        "접수는 거부할 수 없습니다 (법 제9조): 반려, 거부처분 중 맞는 말",
    ),
    ("동의함", "동의합니다"),
    ("탄원", "민원"),
    ("접수증 발급일시", "접수일시"),
];

/// Longer words in which one of the above stands with another meaning: word, why it may stand.
const INNOCENT: &[(&str, &str)] = &[
    ("에티켓", "manners"),
    ("스케이스", "part of a loanword such as 쇼케이스"),
    ("쇼케이스", "a display case"),
    ("태스크포스", "the name of a kind of unit"),
    ("접수 거부 금지", "the heading of the law itself"),
    ("동의함에", "a clause joined on, not the name of a button"),
];

/// Endings of the familiar style (해요체); the office writes 합쇼체.
const FAMILIAR: &[&str] = &[
    "해요", "세요", "어요", "아요", "여요", "예요", "에요", "네요", "군요", "지요", "까요", "나요", "돼요",
    "죠", "려요", "셔요",
];

/// What people read: folders and endings.
const READ_BY_PEOPLE: &[(&str, &[&str])] = &[
    ("crates/web/templates/", &["html", "jinja", "j2", "txt"]),
    ("crates/web/locales/", &["ftl", "toml", "json"]),
    ("crates/documents/", &["ftl", "typ", "toml"]),
    ("crates/procedures/", &["toml", "ftl"]),
    ("data/", &["toml", "ftl", "md"]),
];

/// Where citizens speak, as citizens do: their words are shown and never ours to correct.
const WRITTEN_BY_CITIZENS: &[&str] = &["data/sample_petitions.toml"];

/// Every file for the first table; what people read for the Korean ones.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree
        .files
        .iter()
        .filter(|file| !WRITTEN_BY_PROGRAMS.contains(&file.path.as_str()))
    {
        let read_by_people = READ_BY_PEOPLE
            .iter()
            .any(|(folder, extensions)| file.path.starts_with(folder) && file.has_extension(extensions));
        let ours = !WRITTEN_BY_CITIZENS.contains(&file.path.as_str());
        for (index, line) in file.text.lines().enumerate() {
            for (word, cure) in NOWHERE.iter().filter(|(word, _)| stands(line, word)) {
                findings.push(Finding::new(file, index + 1, format!("`{word}`"), *cure));
            }
            if read_by_people && ours {
                korean(file, index + 1, line, &mut findings);
            }
        }
    }
    findings
}

/// A word of letters must stand alone; anything with a sign in it may stand anywhere.
fn stands(line: &str, word: &str) -> bool {
    let alone = word.chars().all(|c| c.is_ascii_uppercase());
    let letter = |c: Option<char>| alone && c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        !letter(line[..at].chars().next_back()) && !letter(line[at + word.len()..].chars().next())
    })
}

fn korean(file: &File, line_number: usize, line: &str, findings: &mut Vec<Finding>) {
    let mut line = line.to_owned();
    for (innocent, _) in INNOCENT {
        line = line.replace(innocent, "");
    }
    for (word, cure) in KOREAN.iter().filter(|(word, _)| stands(&line, word)) {
        findings.push(Finding::new(
            file,
            line_number,
            format!("‘{word}’ is not a word of the office"),
            *cure,
        ));
    }
    for ending in FAMILIAR {
        let ends = |(at, _): (usize, &str)| {
            let before = line[..at]
                .chars()
                .next_back()
                .is_some_and(|c| ('가'..='힣').contains(&c));
            let after = line[at + ending.len()..].chars().next();
            (before || ending.chars().count() > 1) && after.is_none_or(|c| ".!?…\"'”’<)".contains(c))
        };
        if line.match_indices(ending).any(ends) {
            let what = format!("‘…{ending}’ is the familiar style (해요체)");
            findings.push(Finding::new(
                file,
                line_number,
                what,
                "합쇼체: …합니다, …하시기 바랍니다, …하시겠습니까?",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    #[test]
    fn nothing_is_left_for_later_and_no_machine_is_named() {
        let bad = [
            concat!("// TO", "DO: later"),
            concat!("FIX", "ME"),
            concat!("see https://crates", ".io/x"),
            concat!("cd /work", "/main && ls"),
            concat!("open(\"/ro", "ot/.cargo\")"),
        ];
        for line in bad {
            assert_eq!(check(&tree(&[("docs/a.md", line)])).len(), 1, "{line}");
        }
        let good = [
            "MASTODON",
            concat!("AUTO", "TO", "DOX"),
            "GET /work/{id}",
            "the Merkle root/leaf",
            "network/maintenance",
        ];
        for line in good {
            assert_eq!(check(&tree(&[("docs/a.md", line)])), [], "{line}");
        }
        let lock = concat!(
            "source = \"registry+https://github.com/rust-lang/crates",
            ".io-index\""
        );
        assert_eq!(check(&tree(&[("Cargo.lock", lock)])), []);
    }

    #[test]
    fn the_office_uses_the_words_of_the_law() {
        let table = [
            ("state = 승인 대기", 1),
            ("state = 결재 대기", 0),
            ("p = 공공 에티켓을 지켜 주십시오.", 0),
            ("p = 티켓 번호", 1),
            ("p = SLA 초과", 1),
            ("p = TRANSLATE", 0),
            ("agree = 동의함", 1),
            ("agree = 동의합니다", 0),
        ];
        for (line, expected) in table {
            assert_eq!(
                check(&tree(&[("crates/web/locales/ko/a.ftl", line)])).len(),
                expected,
                "{line}"
            );
        }
        // The same word in code or in the glossary is nobody's business.
        assert_eq!(check(&tree(&[("docs/glossary.md", "never 티켓")])), []);
    }

    #[test]
    fn what_citizens_write_is_theirs() {
        let line = "body = \"가로등 좀 고쳐 주세요.\"";
        assert_eq!(check(&tree(&[("data/sample_petitions.toml", line)])), []);
        assert_eq!(check(&tree(&[("data/notices.toml", line)])).len(), 1);
    }

    #[test]
    fn citizens_are_spoken_to_politely() {
        let table = [
            ("a = 신청하세요.", 1),
            ("a = 기다려 주세요", 1),
            ("a = 취하할까요?", 1),
            ("a = 신청해 주시기 바랍니다.", 0),
            ("a = 필요, 중요, 개요, 소요", 0),
            ("a = 처리 소요 기간이 필요.", 0),
            ("<p>접수했어요</p>", 1),
        ];
        for (line, expected) in table {
            assert_eq!(
                check(&tree(&[("crates/web/templates/a.html", line)])).len(),
                expected,
                "{line}"
            );
        }
    }
}

//! 법령 찾아보기 — which place in the code answers for which clause, read from the comments above the items.

use crate::tidy::Tree;
use anyhow::Result;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The texts by the names our comments use: name, order, full title. Longer names first.
const LAWS: &[(&str, u8, &str)] = &[
    ("행정절차법시행규칙", 5, "행정절차법 시행규칙"),
    ("행정절차법규칙", 5, "행정절차법 시행규칙"),
    ("행정절차법시행령", 4, "행정절차법 시행령"),
    ("행정절차법영", 4, "행정절차법 시행령"),
    ("행정절차법", 3, "행정절차법"),
    ("개인정보보호법영", 7, "개인정보 보호법 시행령"),
    ("개인정보보호법", 6, "개인정보 보호법"),
    ("전자정부법영", 9, "전자정부법 시행령"),
    ("전자정부법", 8, "전자정부법"),
    ("공공기록물법영", 11, "공공기록물 관리에 관한 법률 시행령"),
    ("공공기록물법", 10, "공공기록물 관리에 관한 법률"),
    ("공휴일규정", 12, "관공서의 공휴일에 관한 규정"),
    ("공휴일법", 13, "공휴일에 관한 법률"),
    ("민법", 14, "민법"),
    ("시행규칙", 2, "민원 처리에 관한 법률 시행규칙"),
    ("시행령", 1, "민원 처리에 관한 법률 시행령"),
    ("규칙", 2, "민원 처리에 관한 법률 시행규칙"),
    ("영", 1, "민원 처리에 관한 법률 시행령"),
    ("법", 0, "민원 처리에 관한 법률"),
];

/// Nouns that follow a number which counts something instead of naming an article.
const COUNTED: &str = "가개건명번분시월일년주차회";

/// A clause: which text (its order), article, its branch (22조의2), paragraph (①), item (2호).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Clause {
    law: u8,
    article: u16,
    branch: u16,
    paragraph: u16,
    item: u16,
}

/// The whole document.
pub fn text(root: &Path) -> Result<String> {
    let tree = Tree::of(root)?;
    let mut index: BTreeMap<Clause, BTreeSet<(String, String)>> = BTreeMap::new();
    for file in tree.below("crates/", &["rs"]) {
        for (clause, item) in mentions(&file.text) {
            index.entry(clause).or_default().insert((file.path.clone(), item));
        }
    }
    let mut text = String::from(
        "# 법령 찾아보기 — from the clause to the code\n\n\
         Written by `cargo xtask gen` from the comments in the source. Not a list of what the law asks for, but of where\n\
         the code says which clause it follows.\n",
    );
    let mut law = None;
    for (clause, places) in &index {
        if law != Some(clause.law) {
            law = Some(clause.law);
            text.push_str(&format!(
                "\n## {}\n\n| clause | code |\n|---|---|\n",
                title(clause.law)
            ));
        }
        let places: Vec<String> = places
            .iter()
            .map(|(path, item)| {
                let name = path.trim_start_matches("crates/").replace("/src/", "/");
                if item.is_empty() {
                    format!("[{name}](../../{path})")
                } else {
                    format!("[{name}](../../{path}) `{item}`")
                }
            })
            .collect();
        text.push_str(&format!("| {} | {} |\n", shown(*clause), places.join("<br>")));
    }
    Ok(text)
}

fn title(law: u8) -> &'static str {
    LAWS.iter()
        .find(|(_, order, _)| *order == law)
        .map_or("", |(_, _, title)| title)
}

fn shown(clause: Clause) -> String {
    let mut text = format!("제{}조", clause.article);
    let parts = [
        ("의", clause.branch, ""),
        ("제", clause.paragraph, "항"),
        ("제", clause.item, "호"),
    ];
    for (before, number, after) in parts {
        if number > 0 {
            let space = if after.is_empty() { "" } else { " " };
            text.push_str(&format!("{space}{before}{number}{after}"));
        }
    }
    text
}

/// Every clause in a comment before the tests, with the item that the comment belongs to (empty: the file itself).
fn mentions(source: &str) -> Vec<(Clause, String)> {
    let lines: Vec<&str> = source
        .lines()
        .take_while(|line| line.trim() != "#[cfg(test)]")
        .collect();
    let mut found = Vec::new();
    let mut current = String::new();
    for (index, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        if let Some(name) = item(trimmed) {
            current = name;
        }
        let (comment, owner) = if let Some(comment) = trimmed.strip_prefix("//!") {
            (comment, String::new())
        } else if let Some(comment) = trimmed.strip_prefix("///") {
            let next = lines[index..]
                .iter()
                .map(|line| line.trim_start())
                .find(|line| !line.starts_with("//") && !line.starts_with("#[") && !line.is_empty());
            (comment, next.map(named).unwrap_or_default())
        } else if let Some((_, comment)) = line.split_once("// ") {
            (comment, current.clone())
        } else {
            continue;
        };
        found.extend(clauses(comment).into_iter().map(|clause| (clause, owner.clone())));
    }
    found
}

/// The name of the item that a line declares.
fn item(line: &str) -> Option<String> {
    const KINDS: &[&str] = &[
        "fn",
        "struct",
        "enum",
        "trait",
        "const",
        "static",
        "type",
        "mod",
        "macro_rules!",
    ];
    let mut words = line.split_whitespace();
    let mut word = words.next()?;
    while word.starts_with("pub")
        || ["async", "unsafe", "default"].contains(&word)
        || (word == "const" && line.contains(" fn "))
    {
        word = words.next()?;
    }
    KINDS
        .contains(&word)
        .then(|| words.next().map(first_name))
        .flatten()
}

/// What a documented line is called: the item it declares, or the variant, field or table row it is.
fn named(line: &str) -> String {
    item(line)
        .unwrap_or_else(|| first_name(line.trim_start_matches("pub ").trim_start_matches("pub(crate) ")))
}

fn first_name(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// Reads `법19①`, `영 제21조제1항`, `규칙 제9조의2 ①`, `행정절차법영11 3호`.
fn clauses(text: &str) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut before: Option<char> = None;
    'next: while let Some(first) = rest.chars().next() {
        if !before.is_some_and(|c| c.is_alphanumeric()) {
            for (name, law, _) in LAWS {
                if let Some((clause, after)) = rest.strip_prefix(name).and_then(|after| clause(*law, after)) {
                    found.push(clause);
                    before = rest[..rest.len() - after.len()].chars().next_back();
                    rest = after;
                    continue 'next;
                }
            }
        }
        before = Some(first);
        rest = &rest[first.len_utf8()..];
    }
    found
}

fn clause(law: u8, text: &str) -> Option<(Clause, &str)> {
    let spaced = text.strip_prefix(' ').unwrap_or(text);
    let formal = spaced.strip_prefix('제');
    let (article, mut rest) = number(formal.unwrap_or(spaced))?;
    let mut branch = 0;
    let with_article = rest.strip_prefix('조');
    rest = with_article.unwrap_or(rest);
    // `영 21일` counts days; `영 21` names an article.
    if with_article.is_none() && rest.starts_with(|c| COUNTED.contains(c)) {
        return None;
    }
    if let Some((value, after)) = rest.strip_prefix('의').and_then(number) {
        branch = value;
        rest = after;
    }
    let mut paragraph = 0;
    if let Some((value, after)) = circled(rest.trim_start()) {
        paragraph = value;
        rest = after;
    } else if let Some((value, after)) = numbered(rest, '항') {
        paragraph = value;
        rest = after;
    }
    let mut item = 0;
    if let Some((value, after)) = numbered(rest, '호') {
        item = value;
        rest = after;
    } else if paragraph > 0
        && let Some((value, after)) = number(rest)
    {
        // `영2①3` is the third item of the first paragraph.
        item = value;
        rest = after.strip_prefix('호').unwrap_or(after);
    }
    Some((
        Clause {
            law,
            article,
            branch,
            paragraph,
            item,
        },
        rest,
    ))
}

/// `제1항`, ` 1항`, `3호`.
fn numbered(text: &str, unit: char) -> Option<(u16, &str)> {
    let text = text.trim_start();
    let (value, rest) = number(text.strip_prefix('제').unwrap_or(text))?;
    Some((value, rest.strip_prefix(unit)?))
}

fn number(text: &str) -> Option<(u16, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    // Articles have at most three digits; four are a year.
    if end > 3 {
        return None;
    }
    Some((text[..end].parse().ok()?, &text[end..]))
}

fn circled(text: &str) -> Option<(u16, &str)> {
    let first = text.chars().next()?;
    let value = u32::from(first).checked_sub(u32::from('①'))?;
    (value < 20).then(|| {
        (
            u16::try_from(value).unwrap_or_default() + 1,
            &text[first.len_utf8()..],
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        clauses(text)
            .into_iter()
            .map(|clause| format!("{} {}", title(clause.law), shown(clause)))
            .collect()
    }

    #[test]
    fn clauses_are_read_in_every_form_we_write_them() {
        let table: &[(&str, &[&str])] = &[
            ("as in 법19①.", &["민원 처리에 관한 법률 제19조 제1항"]),
            (
                "(법 제22조, 규칙 제9조)",
                &[
                    "민원 처리에 관한 법률 제22조",
                    "민원 처리에 관한 법률 시행규칙 제9조",
                ],
            ),
            ("영6의2", &["민원 처리에 관한 법률 시행령 제6조의2"]),
            (
                "영 제21조제1항제2호",
                &["민원 처리에 관한 법률 시행령 제21조 제1항 제2호"],
            ),
            ("영2①3", &["민원 처리에 관한 법률 시행령 제2조 제1항 제3호"]),
            ("행정절차법영11 3호", &["행정절차법 시행령 제11조 제3호"]),
            ("공공기록물법 27", &["공공기록물 관리에 관한 법률 제27조"]),
            ("방법 3, 운영21, 영 21일, 법 2026, 규칙 2개", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(read(text), *expected, "{text}");
        }
    }

    #[test]
    fn a_mention_belongs_to_the_item_below_it() {
        let source = "//! 보완 — supplement (법22)\n\n/// Asks once (영24①).\n#[must_use]\npub const fn ask(x: u8) {\n    // The second time: 영25.\n}\n\
                      enum E {\n    /// Too long (규칙9).\n    TooLong = \"too_long\",\n}\n#[cfg(test)]\nmod tests {\n    // 영99\n}\n";
        let found: Vec<(u16, String)> = mentions(source)
            .into_iter()
            .map(|(clause, item)| (clause.article, item))
            .collect();
        let expected = [(22, ""), (24, "ask"), (25, "ask"), (9, "TooLong")];
        assert_eq!(found, expected.map(|(article, item)| (article, item.to_owned())));
    }
}

//! 칸 — how lists, documents, periods and texts of the handbook stand in one cell of a sheet or one field of a form.
//!
//! Writing and reading are inverse to one another (tested by property): a sheet that went out and came back changes
//! nothing.

use super::choice::{ASPECT, STEP, SUPPLY, code_of, korean_of};
use super::{Aspect, Document, Guide, Phrase, Step, Supply};
use crate::due::Period;

/// A list, one item a line. A single item with a semicolon in it gets a line end, so that it stays one.
pub fn list(items: &[String]) -> String {
    let text = items.join("\n");
    if items.len() == 1 && text.contains(';') {
        text + "\n"
    } else {
        text
    }
}

/// Reads a list: by lines where there is a line end, else by semicolons.
pub fn read_list(text: &str) -> Vec<String> {
    let by: &[char] = if text.contains('\n') {
        &['\n', '\r']
    } else {
        &[';']
    };
    (text.split(by).map(str::trim))
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect()
}

/// “주민등록표 초본 | 주민등록법 제29조 | 공동이용”; what is not said is left out from the end.
pub fn document(document: &Document) -> String {
    let supply = korean_of(SUPPLY, document.supply.code());
    match (document.basis.as_str(), document.supply) {
        ("", Supply::Petitioner) => document.name.clone(),
        (basis, Supply::Petitioner) => format!("{} | {basis}", document.name),
        (basis, _) => format!("{} | {basis} | {supply}", document.name),
    }
}

/// Reads a document; `None` for one without a name, with more than three pieces or with an unknown supply.
pub fn read_document(text: &str) -> Option<Document> {
    let mut pieces = text.split('|').map(str::trim);
    let name = pieces.next().filter(|name| !name.is_empty())?.to_owned();
    let basis = pieces.next().unwrap_or_default().to_owned();
    let supply = match pieces.next() {
        None | Some("") => Supply::Petitioner,
        Some(word) => code_of(SUPPLY, word)?.parse().ok()?,
    };
    pieces
        .next()
        .is_none()
        .then_some(Document { name, basis, supply })
}

/// A period by its code or in Korean: `7 days`, “7일”, “즉시”, “3근무시간”.
pub fn read_period(text: &str) -> Option<Period> {
    if let Ok(period) = text.trim().parse() {
        return Some(period);
    }
    let tight: String = text.split_whitespace().collect();
    if tight == "즉시" {
        return Some(Period::Immediately);
    }
    let digits = tight.bytes().take_while(u8::is_ascii_digit).count();
    let n: u32 = tight[..digits].parse().ok().filter(|n| *n > 0)?;
    match &tight[digits..] {
        "시간" | "근무시간" => Some(Period::Hours(n)),
        "일" => Some(Period::Days(n)),
        "주" => Some(Period::Weeks(n)),
        "월" | "개월" => Some(Period::Months(n)),
        "년" => Some(Period::Years(n)),
        _ => None,
    }
}

/// Whether a line is a head, “[…]”, behind `spaces` spaces or more.
fn head(line: &str) -> Option<(usize, &str)> {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    let inner = line[spaces..].trim_end().strip_prefix('[')?.strip_suffix(']')?;
    Some((spaces, inner.trim()))
}

/// Texts under heads: “[제목]” on a line of its own, the text below. A line of a text that looks like a head stands one
/// space further in.
fn blocks<'a>(parts: impl Iterator<Item = (String, &'a str)>) -> String {
    let mut out = String::new();
    for (title, text) in parts {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("[{title}]\n"));
        for line in text.lines() {
            if head(line).is_some() {
                out.push(' ');
            }
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Reads texts under heads; `None` where text stands before the first head, or a head has no title or no text.
fn read_blocks(text: &str) -> Option<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        match (head(line), found.last_mut()) {
            (Some((0, title)), _) if !title.is_empty() => found.push((title.to_owned(), String::new())),
            (Some((0, _)), _) => return None,
            (inner, Some((_, text))) => {
                text.push_str(if inner.is_some() { &line[1..] } else { line });
                text.push('\n');
            }
            (_, None) if line.is_empty() => {}
            (_, None) => return None,
        }
    }
    for (_, text) in &mut found {
        *text = text.trim_matches('\n').to_owned();
    }
    found.iter().all(|(_, text)| !text.is_empty()).then_some(found)
}

/// Texts with titles.
pub fn phrases(all: &[Phrase]) -> String {
    blocks(
        all.iter()
            .map(|phrase| (phrase.title.clone(), phrase.text.as_str())),
    )
}

/// Reads texts with titles.
pub fn read_phrases(text: &str) -> Option<Vec<Phrase>> {
    let all = read_blocks(text)?;
    Some(
        all.into_iter()
            .map(|(title, text)| Phrase { title, text })
            .collect(),
    )
}

/// The manual: heads “[접수 / 유의사항]”.
pub fn guides(all: &[Guide]) -> String {
    blocks(all.iter().map(|guide| {
        let step = korean_of(STEP, guide.step.code());
        let aspect = korean_of(ASPECT, guide.aspect.code());
        (format!("{step} / {aspect}"), guide.text.as_str())
    }))
}

/// Reads the manual. A head with one word is an aspect of the whole way, or a step's method.
pub fn read_guides(text: &str) -> Option<Vec<Guide>> {
    let step_of = |word: &str| code_of(STEP, word)?.parse::<Step>().ok();
    let aspect_of = |word: &str| code_of(ASPECT, word)?.parse::<Aspect>().ok();
    let guide = |(title, text): (String, String)| {
        let (step, aspect) = match title.split_once('/') {
            Some((step, aspect)) => (step_of(step)?, aspect_of(aspect)?),
            None => match (step_of(&title), aspect_of(&title)) {
                (_, Some(aspect)) => (Step::Whole, aspect),
                (step, None) => (step?, Aspect::Method),
            },
        };
        Some(Guide { step, aspect, text })
    };
    read_blocks(text)?.into_iter().map(guide).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn periods_are_read_as_officials_write_them() {
        for (text, period) in [
            ("즉시", Some(Period::Immediately)),
            ("7 days", Some(Period::Days(7))),
            ("7일", Some(Period::Days(7))),
            (" 3 근무시간 ", Some(Period::Hours(3))),
            ("2개월", Some(Period::Months(2))),
            ("0일", None),
            ("일주일", None),
            ("7일 이내", None),
            ("", None),
        ] {
            assert_eq!(read_period(text), period, "{text}");
        }
    }

    #[test]
    fn a_document_says_its_basis_and_who_brings_it() {
        let read = read_document("주민등록표 초본 | 주민등록법 제29조 | 공동이용").unwrap();
        assert_eq!(
            (read.basis.as_str(), read.supply),
            ("주민등록법 제29조", Supply::Shared)
        );
        assert_eq!(read_document("사진"), Some(Document::named("사진")));
        for wrong in ["", " | 법", "사진 | 법 | 우편", "a|b|제출|d"] {
            assert_eq!(read_document(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_manual_stands_under_its_steps() {
        let text = "[접수 / 유의사항]\n본인 확인\n\n[절차]\n접수 후 검토";
        let read = read_guides(text).unwrap();
        assert_eq!((read[0].step, read[0].aspect), (Step::Receive, Aspect::Caution));
        assert_eq!((read[1].step, read[1].aspect), (Step::Whole, Aspect::Procedure));
        for wrong in ["본문만", "[모름]\n글", "[접수 / 절차]\n", "[]\n글"] {
            assert_eq!(read_guides(wrong), None, "{wrong}");
        }
    }

    fn text() -> impl Strategy<Value = String> {
        "[가-힣a-z\\[\\];|=]{1,6}( [가-힣\\[\\]]{1,4})?"
    }

    proptest! {
        #[test]
        fn what_goes_out_comes_back(
            items in proptest::collection::vec(text(), 0..4),
            bodies in proptest::collection::vec((text(), proptest::collection::vec(text(), 1..4), 0..8_usize, 0..3_usize), 0..4),
            document in (text(), text(), 0..5_usize),
        ) {
            prop_assert_eq!(read_list(&list(&items)), items);
            let phrases: Vec<Phrase> = bodies.iter()
                .map(|(title, lines, ..)| Phrase { title: title.replace(['[', ']'], "").trim().to_owned() + "가", text: lines.join("\n") })
                .collect();
            prop_assert_eq!(read_phrases(&super::phrases(&phrases)), Some(phrases));
            let guides: Vec<Guide> = bodies.iter()
                .map(|(_, lines, step, aspect)| Guide { step: Step::ALL[*step], aspect: Aspect::ALL[*aspect], text: lines.join("\n") })
                .collect();
            prop_assert_eq!(read_guides(&super::guides(&guides)), Some(guides));
            let plain = |text: &str| text.replace(['|', ';'], "").trim().to_owned();
            let written = Document { name: plain(&document.0) + "서", basis: plain(&document.1), supply: Supply::ALL[document.2] };
            prop_assert_eq!(read_document(&super::document(&written)), Some(written));
        }
    }
}

//! 본문 — an official's plain text read into paragraphs and items (행정업무의 운영 및 혁신에 관한 규정 시행규칙 제2조).
//!
//! The marks stay as they were typed; only their depth is read, so that items stand under one another. Nothing is
//! renumbered and nothing is interpreted beyond the mark.

use domain::korean;
use serde::Serialize;

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Block {
    /// Items of one depth.
    Items {
        /// In the order typed.
        items: Vec<Item>,
    },
    /// Text without a mark.
    Paragraph {
        /// One paragraph, without line ends.
        text: String,
    },
}

/// One item with what belongs under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// “1.”, “가.”, as typed.
    pub mark: String,
    /// The words behind the mark.
    pub text: String,
    /// Further paragraphs and deeper items.
    pub under: Vec<Block>,
}

/// Reads drafted text. A line with a mark of 1. 가. 1) 가) (1) (가) ① ㉮ begins an item; an indented line without one
/// continues the item above it; any other line is a paragraph of its own; empty lines part nothing. A final “끝.” is
/// taken off, for the paper sets it itself.
pub fn read(draft: &str) -> Vec<Block> {
    let mut root: Vec<Block> = Vec::new();
    // The depths that are open, the outermost first.
    let mut open: Vec<usize> = Vec::new();
    for line in draft.lines().filter(|line| !line.trim().is_empty()) {
        if let Some((level, _, mark, text)) = korean::read_item_mark(line) {
            while open.last().is_some_and(|deepest| *deepest >= level) {
                open.pop();
            }
            let item = Item {
                mark: mark.to_owned(),
                text: text.to_owned(),
                under: Vec::new(),
            };
            add(&mut root, open.len(), item);
            open.push(level);
        } else if line.starts_with([' ', '\t', '\u{3000}']) && !open.is_empty() {
            place(&mut root, open.len()).push(paragraph(line));
        } else {
            open.clear();
            root.push(paragraph(line));
        }
    }
    take_off_end(&mut root);
    root
}

/// The text as plain lines, deeper items further in.
pub(crate) fn plain(blocks: &[Block]) -> String {
    fn put(blocks: &[Block], depth: usize, lines: &mut Vec<String>) {
        let indent = "  ".repeat(depth);
        for block in blocks {
            match block {
                Block::Paragraph { text } => lines.push(format!("{indent}{text}")),
                Block::Items { items } => {
                    for item in items {
                        lines.push(format!("{indent}{} {}", item.mark, item.text));
                        put(&item.under, depth + 1, lines);
                    }
                }
            }
        }
    }
    let mut lines = Vec::new();
    put(blocks, 0, &mut lines);
    lines.join("\n")
}

/// The number the next item of the outermost depth bears: one more than the last typed one.
pub(crate) fn next_number(blocks: &[Block]) -> usize {
    blocks
        .iter()
        .rev()
        .find_map(|block| match block {
            Block::Items { items } => items.last(),
            Block::Paragraph { .. } => None,
        })
        .and_then(|item| item.mark.strip_suffix('.')?.parse::<usize>().ok())
        .map_or(1, |n| n + 1)
}

/// Puts an item at the end of what is open at `depth`.
pub(crate) fn add(root: &mut Vec<Block>, depth: usize, item: Item) {
    let here = place(root, depth);
    match here.last_mut() {
        Some(Block::Items { items }) => items.push(item),
        Some(Block::Paragraph { .. }) | None => here.push(Block::Items { items: vec![item] }),
    }
}

/// The list of blocks `depth` items deep, along the last item of each.
fn place(blocks: &mut Vec<Block>, depth: usize) -> &mut Vec<Block> {
    if depth == 0 || !matches!(blocks.last(), Some(Block::Items { items }) if !items.is_empty()) {
        return blocks;
    }
    match blocks.last_mut() {
        Some(Block::Items { items }) => {
            let last = items.len() - 1;
            place(&mut items[last].under, depth - 1)
        }
        Some(Block::Paragraph { .. }) | None => unreachable!("the last block was just seen to hold items"),
    }
}

/// The last words of the text, wherever they stand.
pub(crate) fn last_text(blocks: &mut [Block]) -> Option<&mut String> {
    match blocks.last_mut()? {
        Block::Paragraph { text } => Some(text),
        Block::Items { items } => {
            let item = items.last_mut()?;
            if item.under.is_empty() {
                Some(&mut item.text)
            } else {
                last_text(&mut item.under)
            }
        }
    }
}

fn paragraph(line: &str) -> Block {
    Block::Paragraph {
        text: line.trim().to_owned(),
    }
}

fn take_off_end(root: &mut Vec<Block>) {
    let Some(text) = last_text(root) else { return };
    let Some(kept) = text.trim_end().strip_suffix("끝.") else {
        return;
    };
    if !kept.is_empty() && !kept.ends_with(char::is_whitespace) {
        return;
    }
    *text = kept.trim_end().to_owned();
    if text.is_empty() && matches!(root.last(), Some(Block::Paragraph { .. })) {
        root.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(blocks: &[Block], depth: usize, out: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Paragraph { text } => out.push(format!("{}{text}", "-".repeat(depth))),
                Block::Items { items } => {
                    for item in items {
                        out.push(format!("{}[{}]{}", "-".repeat(depth), item.mark, item.text));
                        outline(&item.under, depth + 1, out);
                    }
                }
            }
        }
    }

    #[test]
    fn drafts_are_read_by_their_marks() {
        for (name, draft, expected) in [
            (
                "항목 없음",
                "안녕하십니까.\n\n답변드립니다.",
                vec!["안녕하십니까.", "답변드립니다."],
            ),
            (
                "세 단계",
                "1. 귀하의 민원\r\n  가. 접수\n    1) 도로\n  나. 처리\n2. 결과",
                vec![
                    "[1.]귀하의 민원",
                    "-[가.]접수",
                    "--[1)]도로",
                    "-[나.]처리",
                    "[2.]결과",
                ],
            ),
            (
                "이어진 줄",
                "1. 첫째\n   이어서\n맺음",
                vec!["[1.]첫째", "-이어서", "맺음"],
            ),
            (
                "단계를 건너뜀",
                "1. 첫째\n① 바로 동그라미\n가. 중간",
                vec!["[1.]첫째", "-[①]바로 동그라미", "-[가.]중간"],
            ),
            (
                "끝 표시는 뗌",
                "1. 첫째\n가. 둘째  끝.",
                vec!["[1.]첫째", "-[가.]둘째"],
            ),
            ("끝 표시만 있는 줄", "본문입니다.\n끝.", vec!["본문입니다."]),
            (
                "낱말의 끝은 남김",
                "1. 공사의 시작과끝.",
                vec!["[1.]공사의 시작과끝."],
            ),
            (
                "날짜는 기호가 아님",
                "2018. 7. 17. 접수",
                vec!["2018. 7. 17. 접수"],
            ),
            ("빈 글", " \n\n", vec![]),
        ] {
            let mut seen = Vec::new();
            outline(&read(draft), 0, &mut seen);
            assert_eq!(seen, expected, "{name}");
        }
        assert_eq!(next_number(&read("1. 첫째\n2. 둘째\n가. 셋")), 3);
        assert_eq!(next_number(&read("글")), 1);
    }
}

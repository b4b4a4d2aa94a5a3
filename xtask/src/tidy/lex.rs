//! 낱말 가르기 — Rust source with its comments and literals blanked out, so that rules look at code only.

/// The same lines, with comments and the insides of string and character literals replaced by blanks.
pub fn code_only(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let next = chars.get(at + 1).copied();
        match chars[at] {
            '/' if next == Some('/') => at = blank_until(&chars, at, &mut out, |rest| rest[0] == '\n', 0),
            '/' if next == Some('*') => at = block_comment(&chars, at, &mut out),
            '"' => at = string(&chars, at, &mut out),
            'r' if !continues_word(&chars, at) => match raw_hashes(&chars, at) {
                Some(hashes) => at = raw_string(&chars, at, hashes, &mut out),
                None => at = keep(&chars, at, &mut out),
            },
            '\'' => at = quote(&chars, at, &mut out),
            _ => at = keep(&chars, at, &mut out),
        }
    }
    out
}

/// The part before the tests: by our custom tests come last in a file.
pub fn before_tests(code: &str) -> &str {
    code.split_once("#[cfg(test)]").map_or(code, |(before, _)| before)
}

fn keep(chars: &[char], at: usize, out: &mut String) -> usize {
    out.push(chars[at]);
    at + 1
}

fn blank(c: char, out: &mut String) {
    out.push(if c == '\n' { '\n' } else { ' ' });
}

/// Blanks until `ends` holds for what is left, and `extra` characters more; gives the place after.
fn blank_until(
    chars: &[char],
    from: usize,
    out: &mut String,
    ends: impl Fn(&[char]) -> bool,
    extra: usize,
) -> usize {
    let mut at = from;
    while at < chars.len() && !ends(&chars[at..]) {
        blank(chars[at], out);
        at += 1;
    }
    let end = (at + extra).min(chars.len());
    chars[at..end].iter().for_each(|&c| blank(c, out));
    end
}

fn block_comment(chars: &[char], from: usize, out: &mut String) -> usize {
    let mut depth = 0_usize;
    let mut at = from;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => depth += 1,
            ('*', Some('/')) => depth -= 1,
            _ => {
                blank(chars[at], out);
                at += 1;
                continue;
            }
        }
        out.push_str("  ");
        at += 2;
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(chars: &[char], from: usize, out: &mut String) -> usize {
    out.push('"');
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        let step = if chars[at] == '\\' { 2 } else { 1 };
        let end = (at + step).min(chars.len());
        chars[at..end].iter().for_each(|&c| blank(c, out));
        at = end;
    }
    if at < chars.len() {
        out.push('"');
    }
    at + 1
}

fn continues_word(chars: &[char], at: usize) -> bool {
    // `br"…"` and `cr"…"` begin a raw string too; any longer word does not.
    let before = |back: usize| at.checked_sub(back).and_then(|at| chars.get(at)).copied();
    let in_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if matches!(before(1), Some('b' | 'c')) {
        in_word(before(2))
    } else {
        in_word(before(1))
    }
}

fn raw_hashes(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|&&c| c == '#').count();
    (chars.get(at + 1 + hashes) == Some(&'"')).then_some(hashes)
}

fn raw_string(chars: &[char], from: usize, hashes: usize, out: &mut String) -> usize {
    let body = from + 2 + hashes;
    chars[from..body].iter().for_each(|&c| blank(c, out));
    let ends =
        |rest: &[char]| rest[0] == '"' && rest.len() > hashes && rest[1..=hashes].iter().all(|&c| c == '#');
    blank_until(chars, body, out, ends, 1 + hashes)
}

/// A character literal is blanked; the quote of a lifetime or a label stays.
fn quote(chars: &[char], from: usize, out: &mut String) -> usize {
    let literal_end = match (chars.get(from + 1), chars.get(from + 2)) {
        (Some('\\'), _) => (from + 3..chars.len()).find(|&at| chars[at] == '\''),
        (Some(_), Some('\'')) => Some(from + 2),
        _ => None,
    };
    match literal_end {
        Some(end) => {
            chars[from..=end].iter().for_each(|&c| blank(c, out));
            end + 1
        }
        None => keep(chars, from, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_is_left() {
        let table = [
            ("a // b\nc", "a     \nc"),
            ("a /* b /* c */ d */ e", "a                   e"),
            ("f(\"x // y\") // z", "f(\"      \")     "),
            ("f(\"\\\"\", g)", "f(\"  \", g)"),
            ("r#\"a \" b\"# c", "           c"),
            ("for r in x", "for r in x"),
            ("'a' 'b: '\\'' x", "    'b:      x"),
            ("&'static str", "&'static str"),
            ("b'\"' x", "b    x"),
        ];
        for (source, expected) in table {
            assert_eq!(code_only(source), expected, "{source}");
            assert_eq!(
                code_only(source).chars().count(),
                source.chars().count(),
                "{source}"
            );
        }
    }
}

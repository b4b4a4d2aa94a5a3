//! 한 번의 실수 — Korean syllables taken apart into their letters, so that one slip of a finger is one letter.

/// Whether a letter is an initial consonant typed alone, as `fold` writes it.
pub fn is_initial(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{1112}')
}

/// The initial consonants of a text as `fold` writes consonants typed alone; other letters stay.
pub fn initials(tight: &str) -> String {
    tight
        .chars()
        .map(|c| match c {
            '가'..='힣' => char::from_u32(0x1100 + (u32::from(c) - 0xAC00) / 588).unwrap_or(c),
            other => other,
        })
        .collect()
}

/// A word as letters: two or three numbers a syllable, initial, vowel and final told apart.
pub fn letters(word: &str) -> Vec<u32> {
    let mut out = Vec::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '가'..='힣' => {
                let n = u32::from(c) - 0xAC00;
                out.extend([n / 588, 100 + n % 588 / 28]);
                if !n.is_multiple_of(28) {
                    out.push(200 + n % 28);
                }
            }
            other => out.push(1_000 + u32::from(other)),
        }
    }
    out
}

/// Whether `word` begins with `asked` but for one letter changed, left out, too much, or exchanged with its neighbour.
pub fn begins_but_one(asked: &[u32], word: &[u32]) -> bool {
    let same = asked.iter().zip(word).take_while(|(a, b)| a == b).count();
    // The first letter must be right: a word found by its middle alone surprises.
    if same == 0 {
        return false;
    }
    let (a, w) = (&asked[same..], &word[same..]);
    let begins = |w: Option<&[u32]>, a: Option<&[u32]>| match (w, a) {
        (Some(w), Some(a)) => w.starts_with(a),
        (None, Some(a)) => a.is_empty(),
        (_, None) => false,
    };
    let changed = begins(w.get(1..), a.get(1..));
    let left_out = begins(w.get(1..), Some(a));
    let too_much = begins(Some(w), a.get(1..));
    let exchanged =
        matches!((a, w), ([a, b, ..], [c, d, ..]) if a == d && b == c) && begins(w.get(2..), a.get(2..));
    changed || left_out || too_much || exchanged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        for (asked, word, near) in [
            ("가로동", "가로등", true),
            ("공인중계사", "공인중개사", true),
            ("쓰래기", "쓰레기", true),
            ("자격즈", "자격증", true),
            ("불볍주차", "불법주차", true),
            ("갸르등", "가로등", false),
            ("나로등", "가로등", false),
            ("신호등", "가로등", false),
            ("주민드록", "주민등록증", true),
        ] {
            assert_eq!(
                begins_but_one(&letters(asked), &letters(word)),
                near,
                "{asked} {word}"
            );
        }
    }

    #[test]
    fn initials_are_those_that_folding_makes() {
        let folded = crate::search::fold("ㄱㄹㄷ");
        assert!(folded.chars().all(is_initial), "{folded:?}");
        assert_eq!(initials("가로등"), folded);
    }
}

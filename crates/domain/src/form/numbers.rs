//! 번호 — numbers that a person or a company is known by: which are possible, and which must not be written down.

use jiff::civil::Date;

/// The digits of a number written with hyphens and spaces; `None` where anything else stands between them.
pub fn digits(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| c.to_digit(10).and_then(|n| u8::try_from(n).ok()))
        .collect()
}

/// 사업자등록번호: ten digits, the last one a check (국세청 방식).
pub fn is_business(text: &str) -> bool {
    const WEIGHTS: [u32; 9] = [1, 3, 7, 1, 3, 7, 1, 3, 5];
    let Some(digits) = digits(text).filter(|digits| digits.len() == 10) else {
        return false;
    };
    let sum: u32 = (WEIGHTS.iter().zip(&digits))
        .map(|(w, d)| w * u32::from(*d))
        .sum();
    let sum = sum + u32::from(digits[8]) * 5 / 10;
    digits.iter().any(|d| *d != 0) && (10 - sum % 10) % 10 == u32::from(digits[9])
}

/// 법인등록번호: thirteen digits. Numbers given since 2025-01-31 have no check digit any more, so none is asked for.
pub fn is_corporation(text: &str) -> bool {
    digits(text).is_some_and(|digits| digits.len() == 13 && digits.iter().any(|d| *d != 0))
}

/// 사업자등록번호 as it is written: 123-45-67890.
pub fn business(text: &str) -> String {
    grouped(text, 10, &[3, 5])
}

/// 법인등록번호 as it is written: 110111-1234567.
pub fn corporation(text: &str) -> String {
    grouped(text, 13, &[6])
}

fn grouped(text: &str, length: usize, before: &[usize]) -> String {
    let Some(digits) = digits(text).filter(|digits| digits.len() == length) else {
        return text.trim().to_owned();
    };
    let mut out = String::new();
    for (i, digit) in digits.iter().enumerate() {
        if before.contains(&i) {
            out.push('-');
        }
        out.push(char::from(b'0' + digit));
    }
    out
}

/// Whether a text holds what looks like a 주민등록번호 or 외국인등록번호, which nobody should write into a petition
/// (개인정보 보호법 제24조의2). Numbers given since 2020-10-05 have no check digit: of people born since then the date alone
/// tells.
pub fn holds_resident(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (0..letters.len()).any(|start| {
        let begins = start == 0 || !letters[start - 1].is_ascii_digit();
        begins && resident_at(&letters[start..])
    })
}

/// Whether thirteen digits begin here, in one run or as six and seven with one mark between.
fn resident_at(letters: &[char]) -> bool {
    let mut digits = [0_u32; 13];
    let mut n = 0;
    let mut at = 0;
    while n < 13 {
        match letters.get(at) {
            Some(c) if c.is_ascii_digit() => {
                digits[n] = c.to_digit(10).unwrap_or(0);
                n += 1;
            }
            Some('-' | ' ' | '–' | '－' | '.') if n == 6 && letters[at - 1].is_ascii_digit() => {}
            Some(_) | None => return false,
        }
        at += 1;
    }
    let ends = !letters.get(at).is_some_and(char::is_ascii_digit);
    ends && is_resident(&digits)
}

fn is_resident(digits: &[u32; 13]) -> bool {
    const WEIGHTS: [u32; 12] = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    let century = match digits[6] {
        1 | 2 | 5 | 6 => 1900,
        3 | 4 | 7 | 8 => 2000,
        9 | 0 => 1800,
        _ => return false,
    };
    let two = |at: usize| i16::try_from(digits[at] * 10 + digits[at + 1]).unwrap_or(0);
    let (month, day) = (i8::try_from(two(2)), i8::try_from(two(4)));
    let (Ok(month), Ok(day)) = (month, day) else {
        return false;
    };
    let Ok(born) = Date::new(century + two(0), month, day) else {
        return false;
    };
    let sum: u32 = WEIGHTS.iter().zip(digits).map(|(w, d)| w * d).sum();
    let foreign = matches!(digits[6], 5..=8);
    let check = if foreign {
        (13 - sum % 11) % 10
    } else {
        (11 - sum % 11) % 10
    };
    check == digits[12] || born >= jiff::civil::date(2020, 10, 5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A possible 주민등록번호 of an invented person.
    fn resident(year: i16, month: i8, day: i8, sex: u32, place: u32) -> Option<String> {
        let date = Date::new(year, month, day).ok()?;
        let century = if year < 2000 { 0 } else { 2 };
        let front = date.strftime("%y%m%d").to_string();
        let head = format!("{front}{}{place:05}", sex + century);
        let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        let sum: u32 = head
            .chars()
            .zip(weights)
            .filter_map(|(c, w)| Some(c.to_digit(10)? * w))
            .sum();
        Some(format!("{head}{}", (11 - sum % 11) % 10))
    }

    #[test]
    fn business_numbers_are_told_from_mistyped_ones() {
        for (number, possible) in [
            ("123-45-67891", true),
            ("1234567891", true),
            ("123-45-67890", false),
            ("123-45-6789", false),
            ("000-00-00000", false),
            ("123-45-6789a", false),
            ("", false),
        ] {
            assert_eq!(is_business(number), possible, "{number}");
        }
        assert_eq!(business(" 1234567891"), "123-45-67891");
        assert_eq!(business("12"), "12");
        assert_eq!(corporation("1101111234567"), "110111-1234567");
        assert!(is_corporation("110111-1234567") && !is_corporation("110111-123456"));
    }

    #[test]
    fn a_resident_number_is_seen_however_it_is_written() {
        let number = resident(1985, 3, 7, 1, 12_345).unwrap();
        let (front, back) = number.split_at(6);
        for text in [
            number.clone(),
            format!("{front}-{back}"),
            format!("제 번호는 {front} {back}입니다"),
            format!("({front}–{back})"),
            "230401-3123456".to_owned(),
        ] {
            assert!(holds_resident(&text), "{text}");
        }
        for text in [
            "",
            "010-1234-5678",
            "850307",
            "850307-*******",
            "110111-1234567",
            "접수번호 2026-000123, 전화 02-000-1010",
            "999999-1234567",
            &format!("1{number}"),
            &format!("{number}9"),
            &format!("{front}--{back}"),
        ] {
            assert!(!holds_resident(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_old_resident_number_is_seen(
            year in 1930_i16..2020, month in 1_i8..=12, day in 1_i8..=28, sex in 1_u32..=2, place in 0_u32..100_000,
            before in "[가-힣 ]{0,8}", after in "[가-힣 .]{0,8}",
        ) {
            let number = resident(year, month, day, sex, place).unwrap();
            let written = format!("{before}{}-{}{after}", &number[..6], &number[6..]);
            prop_assert!(holds_resident(&written), "{written}");
        }

        #[test]
        fn one_wrong_digit_of_a_business_number_is_found(front in 100_000_000_u64..1_000_000_000, at in 0_usize..9, by in 1_u8..10) {
            let valid = (0..10).map(|last| format!("{front}{last}")).find(|n| is_business(n)).unwrap();
            let mut wrong: Vec<u8> = valid.bytes().collect();
            wrong[at] = b'0' + (wrong[at] - b'0' + by) % 10;
            let wrong = String::from_utf8(wrong).unwrap();
            // The ninth digit counts five times and a half: of its ten values two may share a check digit.
            prop_assert!(at == 8 || !is_business(&wrong), "{valid} {wrong}");
        }

        #[test]
        fn any_text_is_looked_through(text in "\\PC{0,40}") {
            let _ = (holds_resident(&text), is_business(&text), is_corporation(&text));
        }
    }
}

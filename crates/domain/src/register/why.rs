//! 들어오지 못하는 까닭 — what can be wrong with a cell of an older register, in the words its keeper reads.

use super::Column;
use crate::terms::coded;

coded! {
    /// 까닭.
    Why {
        /// Nothing there.
        Missing = "missing",
        /// Too many characters.
        TooLong = "too_long",
        /// Letters that were lost on the way.
        Garbled = "garbled",
        /// An error of the spreadsheet.
        SheetError = "sheet_error",
        /// What looks like a resident registration number.
        Resident = "resident",
        /// A number the spreadsheet rewrote.
        Mangled = "mangled",
        /// The same number stands in another row.
        Repeated = "repeated",
        /// The number was brought in with another content.
        Taken = "taken",
        /// No date.
        UnreadableDate = "unreadable_date",
        /// Before there was an office.
        TooEarly = "too_early",
        /// Later than now.
        InFuture = "in_future",
        /// Before the filing.
        BeforeFiled = "before_filed",
        /// Before the reception.
        BeforeReceived = "before_received",
        /// A department but no reception.
        ReceptionMissing = "reception_missing",
        /// An outcome or an answer but no day of it.
        ConclusionMissing = "conclusion_missing",
        /// A day of conclusion but no outcome.
        OutcomeMissing = "outcome_missing",
        /// No kind.
        UnknownKind = "unknown_kind",
        /// No outcome.
        UnknownOutcome = "unknown_outcome",
        /// Not of this kind of petition.
        NotOfKind = "not_of_kind",
        /// No department of this office.
        UnknownDepartment = "unknown_department",
        /// No service of the catalogue.
        UnknownService = "unknown_service",
        /// No telephone number.
        UnreadablePhone = "unreadable_phone",
        /// No mail address.
        UnreadableMail = "unreadable_mail",
        /// More or fewer cells than the header.
        Ragged = "ragged",
        /// A line of the history whose number no row has.
        Orphan = "orphan",
        /// Open, and its period is not known.
        PeriodMissing = "period_missing",
        /// Open, and its due date lies outside the table of holidays.
        OutsideCalendar = "outside_calendar",
    }
}

impl Why {
    /// What is wrong and how to mend it.
    pub const fn korean(self) -> &'static str {
        match self {
            Why::Missing => "값이 비어 있습니다. 값을 채워 주십시오.",
            Why::TooLong => "글이 너무 깁니다. 줄여 주십시오.",
            Why::Garbled => "깨진 글자가 있습니다. 원래 글자로 고쳐 주십시오.",
            Why::SheetError => "수식 오류(#REF! 등)가 들어 있습니다. 값으로 바꾸어 주십시오.",
            Why::Resident => {
                "주민등록번호로 보이는 숫자가 있습니다. 법령의 근거 없이 옮길 수 없으므로 지우거나 가려 주십시오(개인정보 보호법 제24조의2)."
            }
            Why::Mangled => {
                "번호가 2.02E+11처럼 바뀌어 있습니다. 셀 서식을 ‘텍스트’로 하고 원래 번호를 적어 주십시오."
            }
            Why::Repeated => "같은 번호가 다른 행에도 있습니다. 한 행만 남기거나 번호를 바로잡아 주십시오.",
            Why::Taken => "이미 옮긴 번호인데 내용이 다릅니다. 번호를 바로잡거나 이 행을 빼 주십시오.",
            Why::UnreadableDate => {
                "날짜로 읽을 수 없습니다. 2019-03-04 또는 2019-03-04 14:05처럼 적어 주십시오."
            }
            Why::TooEarly => "1948년 8월 15일보다 앞선 날짜입니다. 연도를 확인해 주십시오.",
            Why::InFuture => "아직 오지 않은 날짜입니다. 연도를 확인해 주십시오.",
            Why::BeforeFiled => "신청일보다 앞선 날짜입니다. 두 날짜를 확인해 주십시오.",
            Why::BeforeReceived => {
                "접수일(접수일이 없으면 신청일)보다 앞선 날짜입니다. 두 날짜를 확인해 주십시오."
            }
            Why::ReceptionMissing => "부서는 있으나 접수일이 없습니다. 접수일을 적어 주십시오.",
            Why::ConclusionMissing => "처리 결과나 답변은 있으나 처리일이 없습니다. 처리일을 적어 주십시오.",
            Why::OutcomeMissing => "처리일은 있으나 처리 결과가 없습니다. 처리 결과를 적어 주십시오.",
            Why::UnknownKind => {
                "민원의 종류를 알 수 없습니다. 법정·질의·건의·기타·고충 가운데 하나로 적거나 대응표에 더해 주십시오."
            }
            Why::UnknownOutcome => {
                "처리 결과를 알 수 없습니다. 허가·수리·발급·답변·반려·취하·이송 등으로 적거나 대응표에 더해 주십시오."
            }
            Why::NotOfKind => "이 종류의 민원에는 쓸 수 없는 값입니다. 민원의 종류와 함께 확인해 주십시오.",
            Why::UnknownDepartment => {
                "조직에 없는 부서입니다. 지금의 부서 이름으로 고치거나 대응표에 더해 주십시오."
            }
            Why::UnknownService => "민원사무 목록에 없는 민원사무입니다. 이름이나 부호를 확인해 주십시오.",
            Why::UnreadablePhone => {
                "전화번호로 읽을 수 없습니다. 02-000-0000처럼 지역번호부터 적어 주십시오."
            }
            Why::UnreadableMail => "전자우편 주소로 읽을 수 없습니다.",
            Why::Ragged => "칸의 수가 제목 줄과 다릅니다. 쉼표나 따옴표를 확인해 주십시오.",
            Why::Orphan => "대장에 없는 번호의 이력입니다. 번호를 확인해 주십시오.",
            Why::PeriodMissing => {
                "처리 중인 법정민원인데 민원사무의 처리기간이 확인되어 있지 않습니다. 민원편람에서 처리기간을 확인한 뒤 다시 넣어 주십시오."
            }
            Why::OutsideCalendar => "처리 중인 민원인데 처리기한이 휴일표 밖입니다. 날짜를 확인해 주십시오.",
        }
    }
}

/// 흠 — a cell that keeps its row out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where.
    pub column: Column,
    /// What.
    pub why: Why,
}

/// What is wrong with any cell, whatever it is about.
pub(super) fn unfit(cell: &str, column: Column) -> Option<Why> {
    let shown = cell.trim();
    if [
        "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    ]
    .contains(&shown)
        || (shown.len() > 5 && shown.chars().all(|c| c == '#'))
    {
        return Some(Why::SheetError);
    }
    if shown.contains('\u{FFFD}')
        || shown
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    {
        return Some(Why::Garbled);
    }
    // Numbers of registers and telephones may happen to look like one.
    let of_digits = matches!(column, Column::Number | Column::Phone);
    (!of_digits && holds_resident_number(shown)).then_some(Why::Resident)
}

/// Whether a text holds what looks like a resident registration number: a day of birth, a digit from 1 to 8 and six more.
fn holds_resident_number(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).and_then(|c| c.to_digit(10));
    (0..letters.len()).any(|start| {
        if start > 0 && letters[start - 1].is_ascii_digit() {
            return false;
        }
        let two = |at: usize| Some(digit(at)? * 10 + digit(at + 1)?);
        let mut rest = start + 6;
        while letters.get(rest).is_some_and(|c| matches!(c, '-' | ' ' | '–')) && rest < start + 9 {
            rest += 1;
        }
        let born = (two(start), two(start + 2), two(start + 4));
        let (Some(_), Some(1..=12), Some(1..=31)) = born else {
            return false;
        };
        let sex = matches!(digit(rest), Some(1..=8));
        sex && (1..7).all(|n| digit(rest + n).is_some()) && digit(rest + 7).is_none()
    })
}

/// Whether a spreadsheet has rewritten a long number: “2.02E+11”.
pub(super) fn is_mangled(number: &str) -> bool {
    let Some((mantissa, exponent)) = number.split_once(['E', 'e']) else {
        return false;
    };
    mantissa.parse::<f64>().is_ok()
        && exponent
            .strip_prefix('+')
            .is_some_and(|digits| digits.parse::<u32>().is_ok())
}

/// The digits of a Korean telephone number; `None` for anything else.
pub(super) fn phone(text: &str) -> Option<String> {
    let clean = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '.' | '(' | ')' | '+'));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = match digits.strip_prefix("82") {
        Some(rest) if text.trim_start().starts_with('+') => format!("0{}", rest.trim_start_matches('0')),
        _ => digits,
    };
    let own = digits.starts_with('0') && (9..=12).contains(&digits.len());
    let shared = digits.len() == 8 && ["15", "16", "18"].iter().any(|two| digits.starts_with(two));
    (clean && (own || shared)).then_some(digits)
}

/// Whether a text has the form of a mail address.
pub(super) fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let good =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "._-+".contains(c));
    good(name) && good(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
}

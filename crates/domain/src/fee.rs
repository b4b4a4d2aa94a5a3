//! 수수료 — money in whole won, what copies cost, and on what ground it is waived (법29, 영11).

use crate::terms::coded;
use crate::text::plain;
use serde::{Deserialize, Serialize};

/// 원 — an amount of money; no fractions, never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Won(pub u64);
plain!(Won);

impl Won {
    /// The only amount a text of the handbook names: “2,000원”, “없음”. `None` where it names none, or several.
    pub fn of_text(text: &str) -> Option<Won> {
        if matches!(text.trim(), "없음" | "무료") {
            return Some(Won(0));
        }
        let mut found = None;
        for part in text.split('원') {
            let start = part
                .char_indices()
                .rev()
                .take_while(|(_, c)| c.is_ascii_digit() || *c == ',')
                .last()
                .map_or(part.len(), |(at, _)| at);
            let digits: String = part[start..].chars().filter(char::is_ascii_digit).collect();
            if digits.is_empty() || start + part[start..].len() != part.len() {
                continue;
            }
            let amount = digits.parse().ok()?;
            if found.replace(amount).is_some() {
                return None;
            }
        }
        text.contains('원').then_some(found).flatten().map(Won)
    }

    /// As typed into a field: digits, with or without commas and 원.
    pub fn typed(text: &str) -> Option<Won> {
        let digits: String = text.trim().trim_end_matches('원').trim().replace(',', "");
        if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok().map(Won)
    }
}

impl std::fmt::Display for Won {
    /// “2,000원”.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let amount = i64::try_from(self.0).unwrap_or(i64::MAX);
        write!(f, "{}원", crate::korean::number(amount))
    }
}

coded! {
    /// 감면 사유.
    Waiver {
        /// 국민기초생활 수급자.
        BasicLiving = "basic_living",
        /// 국가유공자 등과 그 유족.
        Veteran = "veteran",
        /// 장애인.
        Disabled = "disabled",
        /// 한부모가족.
        SingleParent = "single_parent",
        /// 국가·지방자치단체의 공용.
        PublicUse = "public_use",
        /// 그 밖에 법령이나 조례로 정한 경우.
        ByLaw = "by_law",
    }
}

/// 수수료의 계산 — what is charged for the copies of one issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// 1통의 수수료.
    pub per_copy: Won,
    /// 감면 사유, and what a copy costs under it (0 for 면제).
    pub waiver: Option<(Waiver, Won)>,
}
plain!(Charge);

impl Charge {
    /// What is to be paid for so many copies.
    pub fn total(self, copies: u32) -> Won {
        let each = self.waiver.map_or(self.per_copy, |(_, reduced)| reduced);
        Won(each.0.saturating_mul(u64::from(copies)))
    }

    /// A waiver lowers the fee, or it is none.
    pub fn fits(self) -> bool {
        self.waiver.is_none_or(|(_, reduced)| reduced < self.per_copy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handbook_names_one_amount_or_the_clerk_enters_it() {
        for (text, amount) in [
            ("2,000원", Some(2_000)),
            ("수수료 500원", Some(500)),
            ("없음", Some(0)),
            ("무료", Some(0)),
            ("발급 300원·열람 100원", None),
            ("400원(열람 300원)", None),
            ("", None),
            ("면적에 따라 다름", None),
            ("원본 1부", None),
        ] {
            assert_eq!(Won::of_text(text).map(|w| w.0), amount, "{text}");
        }
        for (text, amount) in [
            ("2,000", Some(2_000)),
            (" 300원 ", Some(300)),
            ("0", Some(0)),
            ("", None),
            ("-5", None),
            ("3.5", None),
            ("9999999999", None),
        ] {
            assert_eq!(Won::typed(text).map(|w| w.0), amount, "{text}");
        }
        assert_eq!(Won(12_000).to_string(), "12,000원");
    }

    #[test]
    fn copies_cost_what_the_fee_and_the_waiver_say() {
        let fee = |waiver| Charge {
            per_copy: Won(600),
            waiver,
        };
        for (waiver, copies, total) in [
            (None, 1, 600),
            (None, 3, 1_800),
            (Some((Waiver::BasicLiving, Won(0))), 3, 0),
            (Some((Waiver::ByLaw, Won(300))), 3, 900),
        ] {
            assert_eq!(fee(waiver).total(copies), Won(total), "{waiver:?} × {copies}");
            assert!(fee(waiver).fits());
        }
        assert!(!fee(Some((Waiver::ByLaw, Won(600)))).fits(), "no waiver at all");
    }
}

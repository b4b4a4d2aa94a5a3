//! 비율 — an exact fraction; it is rounded, half up, only where it is shown.

use std::cmp::Ordering;
use std::fmt;

/// A fraction in lowest terms with a denominator above 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    n: i128,
    d: i128,
}

impl Ratio {
    /// 0.
    pub const ZERO: Ratio = Ratio { n: 0, d: 1 };
    /// 1.
    pub const ONE: Ratio = Ratio { n: 1, d: 1 };

    /// `n ÷ d`; `None` where `d` is 0.
    pub fn new(n: i128, d: i128) -> Option<Ratio> {
        if d == 0 {
            return None;
        }
        let common = gcd(n.unsigned_abs(), d.unsigned_abs());
        let common = i128::try_from(common).ok()?;
        let (n, d) = (n / common, d / common);
        Some(if d < 0 {
            Ratio { n: -n, d: -d }
        } else {
            Ratio { n, d }
        })
    }

    /// A whole number.
    pub const fn whole(n: i64) -> Ratio {
        Ratio { n: n as i128, d: 1 }
    }

    /// The sum; `None` beyond what 128 bits hold.
    pub fn plus(self, other: Ratio) -> Option<Ratio> {
        let left = self.n.checked_mul(other.d)?;
        let right = other.n.checked_mul(self.d)?;
        Ratio::new(left.checked_add(right)?, self.d.checked_mul(other.d)?)
    }

    /// The difference.
    pub fn minus(self, other: Ratio) -> Option<Ratio> {
        self.plus(Ratio {
            n: other.n.checked_neg()?,
            d: other.d,
        })
    }

    /// The product.
    pub fn times(self, other: Ratio) -> Option<Ratio> {
        Ratio::new(self.n.checked_mul(other.n)?, self.d.checked_mul(other.d)?)
    }

    /// Divided by a whole number; `None` for 0.
    pub fn over(self, n: i128) -> Option<Ratio> {
        Ratio::new(self.n, self.d.checked_mul(n)?)
    }

    /// No less than `low` and no more than `high`.
    pub fn within(self, low: Ratio, high: Ratio) -> Ratio {
        self.max(low).min(high)
    }

    /// Times 100 with one digit behind the point, half up: `62.0`, `-12.5`.
    pub fn hundredths(self) -> String {
        self.tenths(1_000)
    }

    /// With one digit behind the point, half up: `90.0`.
    pub fn points(self) -> String {
        self.tenths(10)
    }

    /// How many `1 ÷ scale` it comes to, half up (a half goes away from zero).
    pub fn rounded(self, scale: i128) -> i128 {
        let whole = self.n.saturating_mul(scale).saturating_mul(2);
        let half = if self.n < 0 { -self.d } else { self.d };
        (whole.saturating_add(half)) / self.d.saturating_mul(2)
    }

    fn tenths(self, scale: i128) -> String {
        let n = self.rounded(scale);
        let sign = if n < 0 { "-" } else { "" };
        format!("{sign}{}.{}", n.unsigned_abs() / 10, n.unsigned_abs() % 10)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        // Both denominators are above 0; the figures of an office are far from where these products saturate.
        let left = self.n.saturating_mul(other.d);
        left.cmp(&other.n.saturating_mul(self.d))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.n, self.d)
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

//! 일회용 번호 — the six digits of an authenticator app (RFC 6238: HMAC-SHA-1, 30 seconds, as every such app computes them).

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// One number holds so long, in milliseconds.
pub const STEP: i64 = 30_000;
/// Bytes of a secret: as many as SHA-1 gives (RFC 4226 §4).
pub const SECRET: usize = 20;
/// A clock may be so many steps before or behind ours.
const AWRY: u64 = 1;

/// The number of a step: six digits.
pub fn code(secret: &[u8], step: u64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 15);
    let four = [digest[at] & 127, digest[at + 1], digest[at + 2], digest[at + 3]];
    format!("{:06}", u32::from_be_bytes(four) % 1_000_000)
}

/// The step that `said` is the number of: the one of `now` (milliseconds since 1970), the one before or the one after. Who
/// keeps the step and takes no step again that is not later takes every number once.
pub fn step_of(secret: &[u8], now: i64, said: &str) -> Option<u64> {
    let present = u64::try_from(now / STEP).ok()?;
    (present.saturating_sub(AWRY)..=present + AWRY)
        .rfind(|step| bool::from(code(secret, *step).as_bytes().ct_eq(said.as_bytes())))
}

/// Base32 without padding (RFC 4648), as authenticator apps take a secret.
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    bytes
        .chunks(5)
        .flat_map(|chunk| {
            let mut five = [0; 8];
            five[3..3 + chunk.len()].copy_from_slice(chunk);
            let bits = u64::from_be_bytes(five);
            let letters = (chunk.len() * 8).div_ceil(5);
            (0..letters).map(move |n| char::from(LETTERS[(bits >> (35 - 5 * n) & 31) as usize]))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the last six of eight digits.
    #[test]
    fn the_published_numbers_come_out() {
        for (second, digits) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(b"12345678901234567890", second / 30), digits, "{second}");
        }
    }

    #[test]
    fn a_clock_may_be_one_step_awry_and_no_more() {
        let secret = b"12345678901234567890";
        let now = 1_111_111_109_000;
        let present = 1_111_111_109 / 30;
        for (step, taken) in [
            (present - 2, None),
            (present - 1, Some(present - 1)),
            (present, Some(present)),
            (present + 1, Some(present + 1)),
            (present + 2, None),
        ] {
            assert_eq!(step_of(secret, now, &code(secret, step)), taken, "{step}");
        }
        for wrong in ["", "08180", "0818044", "08180a", "０８１８０４"] {
            assert_eq!(step_of(secret, now, wrong), None, "{wrong}");
        }
    }

    /// RFC 4648 §10, without padding.
    #[test]
    fn base32_is_the_published_one() {
        for (plain, letters) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), letters);
        }
    }
}

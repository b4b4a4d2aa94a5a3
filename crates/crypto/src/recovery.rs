//! 복구 조각 — the root key in shares on paper: any `threshold` of them give it back, fewer tell nothing.
//!
//! Shamir's scheme over GF(2⁸) (the field of AES), byte by byte. It is sixty lines here and not a dependency: the crates
//! that offer it are built for curve scalars or draw their own chance, and a share must be readable in thirty years from
//! this file alone. A printed share is 40 bytes in base32 (digits and letters without I, L, O, U), in groups of four:
//! `version and threshold (½ byte each) ‖ number ‖ set (2) ‖ 32 bytes ‖ checksum (4)`.

use crate::{Fill, hash, seal::Key};
use std::{fmt, str::FromStr};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// How many shares give the key back, unless an operator decides otherwise.
pub const THRESHOLD: u8 = 3;
/// How many shares there are, unless an operator decides otherwise.
pub const SHARES: u8 = 5;

/// 조각 — one share. `Display` writes what is printed on paper; `Debug` shows only its number.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Share {
    threshold: u8,
    number: u8,
    set: [u8; 2],
    bytes: [u8; 32],
}

/// Why shares do not give a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unrecoverable {
    /// Two to fifteen of at most 255, and not more than there are.
    #[error(
        "of {shares} shares, {threshold} cannot be asked for: at least 2, at most 15, and not more than there are"
    )]
    Impossible {
        /// How many should be needed.
        threshold: u8,
        /// How many there should be.
        shares: u8,
    },
    /// The text is no share, or was copied wrongly.
    #[error("this is not a share as it was printed: check each group of four signs")]
    Mistyped,
    /// The shares were printed at different times.
    #[error("the shares come from different prints; use those of one print only")]
    Mixed,
    /// The same share was given twice.
    #[error("share number {0} was given twice")]
    Twice(u8),
    /// Not enough of them.
    #[error("{have} shares are here and {need} are needed")]
    TooFew {
        /// How many there are.
        have: usize,
        /// How many it takes.
        need: u8,
    },
}

/// Splits a key into `shares` shares, any `threshold` of which give it back.
pub fn split(key: &Key, threshold: u8, shares: u8, fill: Fill<'_>) -> Result<Vec<Share>, Unrecoverable> {
    if !(2..=15).contains(&threshold) || threshold > shares {
        return Err(Unrecoverable::Impossible { threshold, shares });
    }
    let mut set = [0; 2];
    fill(&mut set);
    // A polynomial for each byte: the key's byte at 0, the other coefficients by chance.
    let mut coefficients = Zeroizing::new(vec![[0; 32]; usize::from(threshold) - 1]);
    coefficients.iter_mut().for_each(|row| fill(row));
    Ok((1..=shares)
        .map(|number| {
            let mut bytes = [0; 32];
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte = coefficients
                    .iter()
                    .rev()
                    .fold(0, |sum, row| mul(sum ^ row[at], number))
                    ^ key.expose()[at];
            }
            Share {
                threshold,
                number,
                set,
                bytes,
            }
        })
        .collect())
}

/// The key from enough shares of one print, in any order. More than enough is fine.
pub fn recover(shares: &[Share]) -> Result<Key, Unrecoverable> {
    let Some(first) = shares.first() else {
        return Err(Unrecoverable::TooFew {
            have: 0,
            need: THRESHOLD,
        });
    };
    for (at, share) in shares.iter().enumerate() {
        if (share.set, share.threshold) != (first.set, first.threshold) {
            return Err(Unrecoverable::Mixed);
        }
        if shares[..at].iter().any(|other| other.number == share.number) {
            return Err(Unrecoverable::Twice(share.number));
        }
    }
    if shares.len() < usize::from(first.threshold) {
        return Err(Unrecoverable::TooFew {
            have: shares.len(),
            need: first.threshold,
        });
    }
    let used = &shares[..usize::from(first.threshold)];
    let mut key = Zeroizing::new([0; 32]);
    for share in used {
        // Lagrange's basis at 0; subtraction in this field is exclusive or.
        let weight = used
            .iter()
            .filter(|other| other.number != share.number)
            .fold(1, |weight, other| {
                mul(weight, mul(other.number, inverse(other.number ^ share.number)))
            });
        for (byte, part) in key.iter_mut().zip(share.bytes) {
            *byte ^= mul(part, weight);
        }
    }
    Ok(Key::from_bytes(*key))
}

impl Share {
    /// Its number, from 1: printed beside it, so that people can say which ones are in the room.
    pub fn number(&self) -> u8 {
        self.number
    }

    /// How many shares of its print are needed.
    pub fn threshold(&self) -> u8 {
        self.threshold
    }

    fn body(&self) -> Zeroizing<Vec<u8>> {
        let mut body = Zeroizing::new(Vec::with_capacity(40));
        body.extend_from_slice(&[VERSION << 4 | self.threshold, self.number]);
        body.extend_from_slice(&self.set);
        body.extend_from_slice(&self.bytes);
        body
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Share({} of {} needed, …)", self.number, self.threshold)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut body = self.body();
        let sum = checksum(&body);
        body.extend_from_slice(&sum);
        let text = Zeroizing::new(base32(&body));
        for at in (0..text.len()).step_by(4) {
            write!(f, "{}{}", if at == 0 { "" } else { "-" }, &text[at..at + 4])?;
        }
        Ok(())
    }
}

impl FromStr for Share {
    type Err = Unrecoverable;

    /// Reads what was printed; groups, spaces, line breaks and case do not matter, O is read as 0, I and L as 1.
    fn from_str(text: &str) -> Result<Share, Unrecoverable> {
        let bytes = Zeroizing::new(unbase32(text).ok_or(Unrecoverable::Mistyped)?);
        let bytes: &[u8; 40] = bytes.as_slice().try_into().map_err(|_| Unrecoverable::Mistyped)?;
        let (body, sum) = bytes.split_at(36);
        if checksum(body) != *sum
            || body[0] >> 4 != VERSION
            || !(2..=15).contains(&(body[0] & 15))
            || body[1] == 0
        {
            return Err(Unrecoverable::Mistyped);
        }
        let mut share = Share {
            threshold: body[0] & 15,
            number: body[1],
            set: [body[2], body[3]],
            bytes: [0; 32],
        };
        share.bytes.copy_from_slice(&body[4..]);
        Ok(share)
    }
}

const VERSION: u8 = 1;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn checksum(body: &[u8]) -> [u8; 4] {
    let [a, b, c, d, ..] = hash::sha256("recovery share", &[body]);
    [a, b, c, d]
}

/// Base32 in Crockford's alphabet, most significant bit first, the last sign filled up with zero bits.
pub(crate) fn base32(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut held, mut bits) = (0u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(ALPHABET[(held >> bits) as usize & 31]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(char::from(ALPHABET[(held << (5 - bits)) as usize & 31]));
    }
    out
}

/// The bytes behind [`base32`] text, `None` for a foreign sign or filling bits that are not zero.
pub(crate) fn unbase32(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 5 / 8);
    let (mut held, mut bits) = (0u32, 0);
    for sign in text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'-') {
        let sign = match sign.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let value = ALPHABET.iter().position(|known| *known == sign)?;
        held = held << 5 | value as u32;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    (bits < 5 && held == 0).then_some(out)
}

/// Multiplication in GF(2⁸) modulo x⁸+x⁴+x³+x+1, in a time that does not depend on the values.
fn mul(a: u8, b: u8) -> u8 {
    let (mut a, mut product) = (a, 0);
    for bit in 0..8 {
        product ^= a & (b >> bit & 1).wrapping_neg();
        a = a << 1 ^ 0x1b & (a >> 7).wrapping_neg();
    }
    product
}

/// a⁻¹ = a²⁵⁴: six times squared and multiplied gives a¹²⁷, and its square is the inverse. Share numbers are public and
/// never equal, so `a` is never 0.
fn inverse(a: u8) -> u8 {
    let power = (0..6).fold(a, |power, _| mul(mul(power, power), a));
    mul(power, power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::tests::counting;
    use proptest::prelude::*;

    /// FIPS 197 §4.2: {57}·{83} = {c1}, {57}·{13} = {fe}; and every number has its inverse.
    #[test]
    fn the_field_is_that_of_aes() {
        assert_eq!(mul(0x57, 0x83), 0xc1);
        assert_eq!(mul(0x57, 0x13), 0xfe);
        for a in 1..=255 {
            assert_eq!(mul(a, inverse(a)), 1, "{a}");
        }
    }

    #[test]
    fn any_three_of_five_give_the_key_and_two_do_not() {
        let mut fill = counting(1);
        let key = Key::generate(&mut fill);
        let shares = split(&key, THRESHOLD, SHARES, &mut fill).unwrap();
        for a in 0..5 {
            for b in 0..5 {
                for c in 0..5 {
                    let three = [&shares[a], &shares[b], &shares[c]].map(Clone::clone);
                    if a == b || b == c || a == c {
                        assert!(matches!(recover(&three), Err(Unrecoverable::Twice(_))));
                    } else {
                        assert_eq!(recover(&three), Ok(key.clone()), "{a} {b} {c}");
                    }
                }
            }
        }
        assert_eq!(recover(&shares), Ok(key));
        assert_eq!(
            recover(&shares[..2]),
            Err(Unrecoverable::TooFew { have: 2, need: 3 })
        );
        assert_eq!(recover(&[]), Err(Unrecoverable::TooFew { have: 0, need: 3 }));
    }

    /// With two shares in hand every key is still possible: for each guess of a byte there is a third share that fits.
    #[test]
    fn two_shares_tell_nothing() {
        let shares = split(&Key::from_bytes([42; 32]), 3, 3, &mut counting(2)).unwrap();
        let mut seen = [false; 256];
        for third in 0..=255 {
            let mut forged = shares[2].clone();
            forged.bytes = [third; 32];
            let key = recover(&[shares[0].clone(), shares[1].clone(), forged]).unwrap();
            seen[usize::from(key.expose()[0])] = true;
        }
        assert!(seen.iter().all(|seen| *seen));
    }

    #[test]
    fn a_share_survives_paper_and_bad_handwriting() {
        let shares = split(&Key::from_bytes([5; 32]), 2, 3, &mut counting(3)).unwrap();
        let printed = shares[0].to_string();
        assert_eq!(printed.len(), 79, "16 groups of four: {printed}");
        assert_eq!(printed.parse(), Ok(shares[0].clone()));
        let sloppy = printed
            .to_lowercase()
            .replace('-', " \n")
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(sloppy.parse(), Ok(shares[0].clone()));
        for at in 0..printed.len() {
            for sign in ["A", "7", "한", "U"] {
                let mut wrong = printed.clone();
                if &wrong[at..=at] == sign || &wrong[at..=at] == "-" {
                    continue;
                }
                wrong.replace_range(at..=at, sign);
                assert_eq!(wrong.parse::<Share>(), Err(Unrecoverable::Mistyped), "{wrong}");
            }
        }
        for bad in ["", "-", &printed[..74], &format!("{printed}-0000")] {
            assert_eq!(bad.parse::<Share>(), Err(Unrecoverable::Mistyped), "{bad}");
        }
        assert!(!format!("{:?}", shares[0]).contains(&printed[10..14]));
    }

    #[test]
    fn shares_of_two_prints_are_not_mixed() {
        let mut fill = counting(4);
        let key = Key::generate(&mut fill);
        let (old, new) = (
            split(&key, 2, 3, &mut fill).unwrap(),
            split(&key, 2, 3, &mut fill).unwrap(),
        );
        assert_eq!(
            recover(&[old[0].clone(), new[1].clone()]),
            Err(Unrecoverable::Mixed)
        );
        for (threshold, shares) in [(0, 5), (1, 5), (6, 5), (16, 20)] {
            let refused = split(&key, threshold, shares, &mut fill);
            assert_eq!(refused, Err(Unrecoverable::Impossible { threshold, shares }));
        }
    }

    proptest! {
        #[test]
        fn the_key_comes_back(key: [u8; 32], threshold in 2u8..=15, more in 0u8..=20, seed: u64) {
            let key = Key::from_bytes(key);
            let mut shares = split(&key, threshold, threshold + more, &mut counting(seed)).unwrap();
            shares.rotate_left(usize::from(more) / 2);
            let typed: Vec<Share> = shares.iter().map(|share| share.to_string().parse().unwrap()).collect();
            prop_assert_eq!(recover(&typed[typed.len() - usize::from(threshold)..]), Ok(key));
        }

        #[test]
        fn base32_comes_back(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            prop_assert_eq!(unbase32(&base32(&bytes)), Some(bytes));
        }
    }
}

//! 지문 — SHA-256 over framed parts, the chain of events, commitments and HMAC.
//!
//! Framing: every part is preceded by its length (8 bytes, big-endian) and the first part is the label of the use. Two
//! different lists of parts therefore never give the same bytes, and a hash made for one use fits no other.

use domain::text::Commitment;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::seal::Key;

/// SHA-256 of `parts` under `label` (see the framing above).
pub fn sha256(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    framed(label, parts, |bytes| hash.update(bytes));
    hash.finalize().into()
}

/// 사슬 — the next link: the hash of `fields` that also covers everything before, through `previous`. The first link of a
/// chain has 32 zero bytes before it.
pub fn chain(previous: &[u8; 32], label: &str, fields: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"chain");
    hash.update(previous);
    framed(label, fields, |bytes| hash.update(bytes));
    hash.finalize().into()
}

/// 확약 — ties the journal to a text without telling it: HMAC-SHA-256 of the text under a nonce that lies in the vault,
/// sealed beside the text. With the nonce gone nobody can test a guess.
pub fn commit(nonce: &[u8; 32], text: &[u8]) -> Commitment {
    Commitment(hmac(nonce, "commitment", &[text]))
}

/// HMAC-SHA-256 of framed `parts` under `key`: for signed cookies, CSRF marks and one-time codes at rest.
pub fn mac(key: &Key, label: &str, parts: &[&[u8]]) -> [u8; 32] {
    hmac(key.expose(), label, parts)
}

/// Whether two values are equal, in a time that does not depend on where they differ (only on their lengths).
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// SHA-256 of the bytes alone, as other programs compute it: for files and for what is compared outside.
pub fn plain_sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 of everything a reader gives, as other programs compute it, and how many bytes that were.
pub fn sha256_of(mut from: impl std::io::Read) -> std::io::Result<(u64, [u8; 32])> {
    let (mut hasher, mut piece, mut bytes) = (Sha256::new(), vec![0; 1 << 16], 0);
    loop {
        match from.read(&mut piece)? {
            0 => return Ok((bytes, hasher.finalize().into())),
            n => {
                hasher.update(&piece[..n]);
                bytes += n as u64;
            }
        }
    }
}

/// Derives a key for one use from `master`: HKDF-SHA-256 (RFC 5869) without salt, `label` and `context` framed as info.
pub fn derive(master: &Key, label: &str, context: &[&[u8]]) -> Key {
    let mut info = Vec::new();
    framed(label, context, |bytes| info.extend_from_slice(bytes));
    let mut out = zeroize::Zeroizing::new([0; 32]);
    hkdf::Hkdf::<Sha256>::new(None, master.expose())
        .expand(&info, &mut *out)
        .expect("32 bytes are within the 8,160 that HKDF-SHA-256 gives");
    Key::from_bytes(*out)
}

/// An HMAC-SHA-256 ready to take its message.
pub(crate) fn hmac_under(key: &[u8; 32]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

/// Hands `label` and `parts` to `out`, each after its length.
pub(crate) fn framed(label: &str, parts: &[&[u8]], mut out: impl FnMut(&[u8])) {
    for part in std::iter::once(&label.as_bytes()).chain(parts) {
        out(&(part.len() as u64).to_be_bytes());
        out(part);
    }
}

fn hmac(key: &[u8; 32], label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = hmac_under(key);
    framed(label, parts, |bytes| mac.update(bytes));
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::text::hex;
    use proptest::prelude::*;

    /// Bytes from digits, any even number of them.
    pub fn unhex(text: &str) -> Vec<u8> {
        (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
            .collect()
    }

    /// Chance for tests: SHA-256 in counter mode from a seed, never the same bytes twice.
    pub fn counting(seed: u64) -> impl FnMut(&mut [u8]) {
        let mut count = 0u64;
        move |out| {
            for piece in out.chunks_mut(32) {
                count += 1;
                piece.copy_from_slice(
                    &sha256("test chance", &[&seed.to_be_bytes(), &count.to_be_bytes()])[..piece.len()],
                );
            }
        }
    }

    /// FIPS 180-4 ("abc"), RFC 4231 test case 2 and RFC 5869 test case 3: the bare algorithms below our framing.
    #[test]
    fn the_algorithms_give_the_published_answers() {
        assert_eq!(
            hex(&plain_sha256(b"abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let mut mac = Hmac::<Sha256>::new_from_slice(b"Jefe").unwrap();
        mac.update(b"what do ya want for nothing?");
        assert_eq!(
            hex(&mac.finalize().into_bytes()),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        let mut okm = [0; 42];
        hkdf::Hkdf::<Sha256>::new(None, &[0x0b; 22])
            .expand(b"", &mut okm)
            .unwrap();
        assert_eq!(
            hex(&okm),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        );
    }

    /// The framing itself is part of what is stored for decades: it must not change by accident.
    #[test]
    fn the_framing_stays_as_it_is() {
        let mut bytes = Vec::new();
        framed("ab", &[b"", b"\x01"], |part| bytes.extend_from_slice(part));
        assert_eq!(
            hex(&bytes),
            "00000000000000026162".to_owned() + "0000000000000000" + "000000000000000101"
        );
        assert_eq!(sha256("ab", &[b"", b"\x01"]), plain_sha256(&bytes));
        let mut linked = b"chain".to_vec();
        linked.extend_from_slice(&[0; 32]);
        linked.extend_from_slice(&bytes);
        assert_eq!(chain(&[0; 32], "ab", &[b"", b"\x01"]), plain_sha256(&linked));
    }

    #[test]
    fn a_commitment_holds_to_text_and_nonce() {
        let said = commit(&[1; 32], "보도블록이 깨졌습니다".as_bytes());
        assert_eq!(said, commit(&[1; 32], "보도블록이 깨졌습니다".as_bytes()));
        assert_ne!(said, commit(&[1; 32], "보도블록이 깨졌습니까".as_bytes()));
        assert_ne!(said, commit(&[2; 32], "보도블록이 깨졌습니다".as_bytes()));
    }

    proptest! {
        /// Cutting the same bytes into parts at another place, or naming another use, is another hash.
        #[test]
        fn parts_are_not_run_together(bytes in proptest::collection::vec(any::<u8>(), 1..40), cut: usize, other: usize) {
            let (cut, other) = (cut % (bytes.len() + 1), other % (bytes.len() + 1));
            let a = sha256("event", &[&bytes[..cut], &bytes[cut..]]);
            let b = sha256("event", &[&bytes[..other], &bytes[other..]]);
            prop_assert_eq!(a == b, cut == other);
            prop_assert_ne!(a, sha256("event", &[&bytes]));
            prop_assert_ne!(a, sha256("root", &[&bytes[..cut], &bytes[cut..]]));
        }

        #[test]
        fn keys_of_different_uses_differ(master: [u8; 32], place in "[a-z]{1,9}") {
            let master = Key::from_bytes(master);
            let index = derive(&master, "index", &[place.as_bytes()]);
            prop_assert!(index == derive(&master, "index", &[place.as_bytes()]));
            prop_assert!(index != derive(&master, "lookup", &[place.as_bytes()]));
            prop_assert!(index != derive(&master, "index", &[place.as_bytes(), b""]));
            prop_assert!(index != master);
        }
    }
}

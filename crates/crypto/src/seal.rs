//! 봉인 — authenticated encryption under keys of 32 bytes; each ciphertext names its suite.
//!
//! A sealed value is `suite (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`. The suite byte is part of the authenticated data,
//! so a ciphertext cannot be passed off as one of another suite. Nonces are drawn at random: a petition's key seals a
//! few dozen texts, an epoch key wraps a few million keys, both far below the 2³² messages NIST SP 800-38D allows.

use crate::Fill;
use aes_gcm::{
    Aes256Gcm, AesGcm,
    aead::{Aead, KeyInit, Payload, array::Array, consts::U12},
};
use aria::Aria256;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// What sealing adds to a text, in bytes: suite, nonce and tag.
pub const OVERHEAD: usize = 1 + NONCE + TAG;

const NONCE: usize = 12;
const TAG: usize = 16;

/// 암호 모음 — a named set of algorithms. Its number is the first byte of everything it sealed and never changes meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum Suite {
    /// AES-256-GCM.
    #[default]
    Standard = 1,
    /// ARIA-256-GCM (KS X 1213-1; the block cipher that validated modules of the Korean programme, KCMVP, offer).
    Aria = 2,
}

impl Suite {
    /// Every suite this build can open.
    pub const ALL: [Suite; 2] = [Suite::Standard, Suite::Aria];

    /// The suite with this number, `None` for a number no build of ours has used yet.
    pub fn from_number(number: u8) -> Option<Suite> {
        Suite::ALL.into_iter().find(|suite| *suite as u8 == number)
    }
}

/// 열쇠 — 32 secret bytes. Wiped when dropped, compared in constant time, absent from `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    /// A new key out of 32 bytes of chance.
    pub fn generate(fill: Fill<'_>) -> Key {
        let mut key = Key([0; 32]);
        fill(&mut key.0);
        key
    }

    /// The key with these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Key {
        Key(bytes)
    }

    /// The key with these bytes, `None` unless there are 32.
    pub fn from_slice(bytes: &[u8]) -> Option<Key> {
        bytes.try_into().ok().map(Key)
    }

    /// The secret itself: for wrapping it, splitting it into shares or deriving from it; never for showing it.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}
impl Eq for Key {}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// A sealed value that does not open. Which of the reasons it is must not be told apart by whoever made the bytes,
/// save for a suite this build does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsealable {
    /// Another key, another context (`aad`), or bytes changed or cut off.
    #[error("the sealed value does not open: it was changed, or belongs to another key or another place")]
    Broken,
    /// Sealed by a suite of a later version.
    #[error("the sealed value names suite {0}, which this version does not know")]
    UnknownSuite(u8),
}

/// Seals `plain` under `key`, bound to the context `aad` (which row, which column: it is not stored, and must be said
/// again when opening).
pub fn seal(suite: Suite, key: &Key, aad: &[u8], plain: &[u8], fill: Fill<'_>) -> Vec<u8> {
    let mut nonce = [0; NONCE];
    fill(&mut nonce);
    seal_with_nonce(suite, key, &nonce, aad, plain)
}

/// Opens what [`seal`] made, given the same key and context.
pub fn open(key: &Key, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealable> {
    let (&number, rest) = sealed.split_first().ok_or(Unsealable::Broken)?;
    let suite = Suite::from_number(number).ok_or(Unsealable::UnknownSuite(number))?;
    let (nonce, body) = rest.split_first_chunk::<NONCE>().ok_or(Unsealable::Broken)?;
    let aad = bound(suite, aad);
    let payload = Payload { msg: body, aad: &aad };
    match suite {
        Suite::Standard => cipher::<Aes256Gcm>(key).decrypt(&Array(*nonce), payload),
        Suite::Aria => cipher::<AriaGcm>(key).decrypt(&Array(*nonce), payload),
    }
    .map(Zeroizing::new)
    .map_err(|_| Unsealable::Broken)
}

type AriaGcm = AesGcm<Aria256, U12>;

fn seal_with_nonce(suite: Suite, key: &Key, nonce: &[u8; NONCE], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    let aad = bound(suite, aad);
    let payload = Payload {
        msg: plain,
        aad: &aad,
    };
    let body = match suite {
        Suite::Standard => cipher::<Aes256Gcm>(key).encrypt(&Array(*nonce), payload),
        Suite::Aria => cipher::<AriaGcm>(key).encrypt(&Array(*nonce), payload),
    }
    .expect("GCM refuses only texts above 64 GiB, which no memory of ours holds");
    let mut out = Vec::with_capacity(1 + NONCE + body.len());
    out.push(suite as u8);
    out.extend_from_slice(nonce);
    out.extend_from_slice(&body);
    out
}

fn bound(suite: Suite, aad: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(1 + aad.len());
    out.push(suite as u8);
    out.extend_from_slice(aad);
    out
}

fn cipher<C: KeyInit>(key: &Key) -> C {
    C::new_from_slice(&key.0).expect("every cipher here takes 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::tests::{counting, unhex};
    use aes_gcm::aead::array::Array;
    use aria::cipher::BlockCipherEncrypt;
    use proptest::prelude::*;

    /// GCM specification (McGrew, Viega), test case 16: AES-256 with associated data; the bare cipher below our framing.
    #[test]
    fn aes_256_gcm_gives_the_published_answer() {
        let key = Key::from_slice(&unhex(
            "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        ))
        .unwrap();
        let nonce: [u8; 12] = unhex("cafebabefacedbaddecaf888").try_into().unwrap();
        let plain = unhex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        );
        let aad = unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        let out = cipher::<Aes256Gcm>(&key)
            .encrypt(
                &Array(nonce),
                Payload {
                    msg: &plain,
                    aad: &aad,
                },
            )
            .unwrap();
        assert_eq!(
            out,
            unhex(concat!(
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
                "76fc6ece0f4e1768cddf8853bb2d551b"
            ))
        );
    }

    /// RFC 5794, appendix A.3: ARIA with a key of 256 bits.
    #[test]
    fn aria_256_gives_the_published_answer() {
        let key = unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        let mut block = Array::<u8, _>::try_from(&unhex("00112233445566778899aabbccddeeff")[..]).unwrap();
        Aria256::new_from_slice(&key).unwrap().encrypt_block(&mut block);
        assert_eq!(block[..], unhex("f92bd7c79fb72e2f2b8f80c1972d24fc")[..]);
    }

    /// What is stored for decades: suite, nonce, and the bare cipher's output over the context with the suite before it.
    #[test]
    fn the_stored_form_stays_as_it_is() {
        let (key, nonce) = (Key::from_bytes([1; 32]), [2; NONCE]);
        for suite in Suite::ALL {
            let context = [&[suite as u8][..], b"context"].concat();
            let payload = Payload {
                msg: b"text",
                aad: &context,
            };
            let bare = match suite {
                Suite::Standard => cipher::<Aes256Gcm>(&key).encrypt(&Array(nonce), payload),
                Suite::Aria => cipher::<AriaGcm>(&key).encrypt(&Array(nonce), payload),
            };
            let stored = [&[suite as u8][..], &nonce, &bare.unwrap()].concat();
            assert_eq!(seal_with_nonce(suite, &key, &nonce, b"context", b"text"), stored);
        }
        assert_eq!((Suite::Standard as u8, Suite::Aria as u8), (1, 2));
    }

    #[test]
    fn a_change_of_any_bit_is_seen() {
        for suite in Suite::ALL {
            let mut fill = counting(7);
            let key = Key::generate(&mut fill);
            let sealed = seal(
                suite,
                &key,
                b"title of petition 1",
                "가로등이 꺼졌습니다".as_bytes(),
                &mut fill,
            );
            assert_eq!(sealed.len(), "가로등이 꺼졌습니다".len() + OVERHEAD);
            assert_eq!(sealed[0], suite as u8);
            for at in 0..sealed.len() {
                for bit in 0..8 {
                    let mut bad = sealed.clone();
                    bad[at] ^= 1 << bit;
                    assert!(
                        open(&key, b"title of petition 1", &bad).is_err(),
                        "{suite:?} byte {at} bit {bit}"
                    );
                }
            }
            for len in 0..sealed.len() {
                assert!(
                    open(&key, b"title of petition 1", &sealed[..len]).is_err(),
                    "{suite:?} cut to {len}"
                );
            }
            assert_eq!(
                open(&key, b"title of petition 2", &sealed),
                Err(Unsealable::Broken),
                "moved to another row"
            );
            assert_eq!(
                open(&Key::generate(&mut fill), b"title of petition 1", &sealed),
                Err(Unsealable::Broken)
            );
        }
    }

    #[test]
    fn a_suite_of_the_future_is_named() {
        let key = Key::from_bytes([1; 32]);
        assert_eq!(open(&key, b"", &[9; 64]), Err(Unsealable::UnknownSuite(9)));
        assert_eq!(open(&key, b"", &[]), Err(Unsealable::Broken));
    }

    #[test]
    fn a_key_does_not_show_itself() {
        assert_eq!(format!("{:?}", Key::from_bytes([0xab; 32])), "Key(…)");
        assert_ne!(Key::from_bytes([0; 32]), Key::from_bytes([1; 32]));
        assert_eq!(Key::from_slice(&[0; 31]), None);
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens(text in proptest::collection::vec(any::<u8>(), 0..300), aad: [u8; 20], seed: u64, aria: bool) {
            let suite = if aria { Suite::Aria } else { Suite::Standard };
            let mut fill = counting(seed);
            let key = Key::generate(&mut fill);
            let sealed = seal(suite, &key, &aad, &text, &mut fill);
            prop_assert_eq!(&*open(&key, &aad, &sealed).unwrap(), &text);
            // The same text twice never looks the same.
            prop_assert_ne!(seal(suite, &key, &aad, &text, &mut fill), sealed);
        }
    }
}

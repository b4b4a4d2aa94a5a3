//! 암호 — the one place of ciphers, hashes, signatures and keys.
//!
//! What is absent: nothing here reads a clock or draws chance by itself (it is handed a [`Fill`]), nothing knows the
//! database, and no other crate of the house names a cipher. Every ciphertext begins with the number of its
//! [`Suite`](seal::Suite), so that a second suite can be taken into use without touching what the first one sealed.
//! Secrets are wiped when dropped and never show in `Debug`.
//!
//! | room | what |
//! |---|---|
//! | [`seal`] | keys of 32 bytes, authenticated encryption, the suites |
//! | [`hash`] | framed SHA-256, chains, commitments, HMAC |
//! | [`merkle`] | the tree under the daily root, with proofs |
//! | [`sign`] | ECDSA P-256 |
//! | [`attestation`] | what a receipt and a daily root say, signed |
//! | [`password`] | argon2id |
//! | [`totp`] | one-time codes of an authenticator (RFC 6238) |
//! | [`passkey`] | passkeys (Web Authentication): what a browser sent, checked |
//! | [`token`] | keyed tokens of the blind index and whole-value look-ups |
//! | [`keyring`] | the keys outside the database: root, epochs, places |
//! | [`proof`] | the files anyone can keep and check: roots, and the proof of a receipt |
//! | [`place`] | live, archive, protected; months |
//! | [`recovery`] | the root key in shares on paper |

pub mod attestation;
pub mod hash;
pub mod keyring;
pub mod merkle;
pub mod passkey;
pub mod password;
pub mod place;
pub mod proof;
pub mod recovery;
pub mod seal;
pub mod sign;
pub mod token;
pub mod totp;

/// The source of chance, handed in by the caller: fills the slice with unpredictable bytes. With `ports::Chance` at hand
/// it is `&mut |out| chance.fill(out)`.
pub type Fill<'a> = &'a mut dyn FnMut(&mut [u8]);

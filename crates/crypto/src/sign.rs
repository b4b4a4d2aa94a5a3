//! 서명 — ECDSA on P-256 with SHA-256 (FIPS 186-5), nonces derived from the message (RFC 6979), so signing needs no chance.

use crate::{Fill, hash, seal::Key};
use p256::{
    ecdsa::{
        Signature, SigningKey, VerifyingKey,
        signature::{Signer as _, Verifier as _},
    },
    pkcs8::{DecodePublicKey, EncodePublicKey, LineEnding},
};

/// 64 bytes: r ‖ s, each 32 bytes big-endian (IEEE P1363).
pub type SignatureBytes = [u8; 64];

/// 서명키 — a secret signing key. The scalar is wiped when dropped; `Debug` shows the public key's id only.
pub struct Signer(SigningKey);

impl Signer {
    /// A new key. Draws until the bytes are a valid scalar, which in practice is once.
    pub fn generate(fill: Fill<'_>) -> Signer {
        loop {
            if let Some(signer) = Signer::from_key(&Key::generate(fill)) {
                return signer;
            }
        }
    }

    /// From the 32 bytes of [`Signer::to_key`]; `None` for zero or a number not below the order of the curve.
    pub fn from_key(key: &Key) -> Option<Signer> {
        SigningKey::from_slice(key.expose()).ok().map(Signer)
    }

    /// The secret scalar, to be sealed and kept.
    pub fn to_key(&self) -> Key {
        Key::from_bytes(self.0.to_bytes().into())
    }

    /// The key that checks this one's signatures.
    pub fn public(&self) -> Public {
        Public(*self.0.verifying_key())
    }

    /// Signs SHA-256 of `message`.
    pub fn sign(&self, message: &[u8]) -> SignatureBytes {
        let signature: Signature = self.0.sign(message);
        signature.to_bytes().into()
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer(… of {:?})", self.public())
    }
}

/// 공개키 — checks signatures; may be shown and published.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Public(VerifyingKey);

impl Public {
    /// From a SEC1 point, compressed (33 bytes) or not (65); `None` if it is no point of the curve.
    pub fn from_sec1(bytes: &[u8]) -> Option<Public> {
        VerifyingKey::from_sec1_bytes(bytes).ok().map(Public)
    }

    /// The compressed SEC1 point, 33 bytes.
    pub fn to_sec1(&self) -> Vec<u8> {
        self.0.to_sec1_point(true).as_bytes().to_vec()
    }

    /// From `-----BEGIN PUBLIC KEY-----`.
    pub fn from_pem(pem: &str) -> Option<Public> {
        VerifyingKey::from_public_key_pem(pem).ok().map(Public)
    }

    /// As `-----BEGIN PUBLIC KEY-----` (SubjectPublicKeyInfo), to publish and to check with other programs.
    pub fn to_pem(&self) -> String {
        self.0
            .to_public_key_pem(LineEnding::LF)
            .expect("a point of P-256 always has a PEM form")
    }

    /// 8 bytes that name this key in a signed statement.
    pub fn id(&self) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h, ..] = hash::sha256("public key", &[&self.to_sec1()]);
        [a, b, c, d, e, f, g, h]
    }

    /// Whether `signature` (64 bytes) over `message` was made by the secret half of this key.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }
}

impl std::fmt::Debug for Public {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Public({})", domain::text::hex(&self.id()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::tests::{counting, unhex};

    /// RFC 6979, appendix A.2.5 (P-256, SHA-256, message "sample"): key, public point and signature. The RFC's s stands
    /// as it is: the curve's implementation does not fold it into the lower half.
    #[test]
    fn the_signature_is_that_of_rfc_6979() {
        let secret = unhex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
        let signer = Signer::from_key(&Key::from_slice(&secret).unwrap()).unwrap();
        assert_eq!(
            signer.public().to_sec1()[1..],
            unhex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6")[..]
        );
        let expected = unhex(concat!(
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
            "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
        ));
        assert_eq!(signer.sign(b"sample")[..], expected[..]);
        assert!(signer.public().verify(b"sample", &expected));
    }

    #[test]
    fn a_signature_holds_to_message_key_and_every_bit() {
        let mut fill = counting(3);
        let signer = Signer::generate(&mut fill);
        let public = signer.public();
        let signature = signer.sign("접수증".as_bytes());
        assert!(public.verify("접수증".as_bytes(), &signature));
        assert!(!public.verify("접수 증".as_bytes(), &signature));
        assert!(
            !Signer::generate(&mut fill)
                .public()
                .verify("접수증".as_bytes(), &signature)
        );
        for at in 0..64 {
            let mut bad = signature;
            bad[at] ^= 1;
            assert!(!public.verify("접수증".as_bytes(), &bad), "byte {at}");
        }
        assert!(!public.verify("접수증".as_bytes(), &signature[..63]));
        assert!(!public.verify("접수증".as_bytes(), &[0; 64]));
    }

    #[test]
    fn keys_are_kept_and_published_and_come_back_the_same() {
        let signer = Signer::generate(&mut counting(4));
        let public = signer.public();
        assert_eq!(Signer::from_key(&signer.to_key()).unwrap().public(), public);
        assert_eq!(Public::from_sec1(&public.to_sec1()), Some(public));
        assert_eq!(Public::from_pem(&public.to_pem()), Some(public));
        assert!(public.to_pem().starts_with("-----BEGIN PUBLIC KEY-----\n"));
        assert!(Signer::from_key(&Key::from_bytes([0; 32])).is_none());
        assert!(Signer::from_key(&Key::from_bytes([0xff; 32])).is_none());
        assert_eq!(Public::from_sec1(&[4; 65]), None, "no point of the curve");
        assert!(!format!("{signer:?}").contains(&domain::text::hex(signer.to_key().expose())));
    }
}

//! 증명 — what 신청 확인 and 접수증 say about an event, and what a daily root says about all of them, signed by the place's key.
//!
//! A statement has one byte form (framed, see [`hash`](crate::hash)); the signature is over that form. A citizen who keeps
//! the receipt can show later that the office had this event, with this content, at this time: the event's hash lies under a root
//! drawn after it, and the roots are chained and deposited outside.

use crate::{
    hash,
    merkle::Hash,
    recovery::{base32, unbase32},
    sign::{Public, SignatureBytes, Signer},
};
use domain::{id::PetitionId, text::Commitment, time::At};

/// 접수 증명 — the statement on a receipt: this event is in our journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attestation {
    /// The petition.
    pub petition: PetitionId,
    /// The event's number within the petition.
    pub seq: u64,
    /// The event's link in the petition's chain.
    pub event: Hash,
    /// What ties the event to the text it speaks of.
    pub commitment: Commitment,
    /// When it was recorded.
    pub recorded_at: At,
}

/// 일일 뿌리 — the statement of a drawn root over the leaves sealed since the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RootStatement {
    /// Which place's (its name: `live`, `archive`, `protected`).
    pub place: &'static str,
    /// Its number, from 1, without gaps.
    pub number: u64,
    /// The number of its first leaf.
    pub first_leaf: u64,
    /// How many leaves lie under it; 0 on a day without events.
    pub leaves: u64,
    /// The root over them.
    pub root: Hash,
    /// [`RootStatement::link`] of the root before, 32 zero bytes for the first.
    pub previous: Hash,
    /// When it was drawn, by the sealer's clock.
    pub drawn_at: At,
}

/// A signature and the id of the key that made it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// [`Public::id`].
    pub key: [u8; 8],
    /// r ‖ s.
    pub signature: SignatureBytes,
}

impl Attestation {
    /// Signs the statement. The same statement and key always give the same signature.
    pub fn sign(&self, signer: &Signer) -> Signed {
        sign(signer, &self.message())
    }

    /// Whether `signed` is this statement's signature by the holder of `public`.
    pub fn verify(&self, public: &Public, signed: &Signed) -> bool {
        verify(public, &self.message(), signed)
    }

    /// Statement and signature as one text for the paper and its QR code: `MW1` and base32 (capital letters and digits only).
    pub fn to_text(&self, signed: &Signed) -> String {
        let mut bytes = Vec::with_capacity(TEXT);
        bytes.extend_from_slice(&self.petition.bytes());
        bytes.extend_from_slice(&self.seq.to_be_bytes());
        bytes.extend_from_slice(&self.event);
        bytes.extend_from_slice(&self.commitment.0);
        bytes.extend_from_slice(&self.recorded_at.0.to_be_bytes());
        bytes.extend_from_slice(&signed.key);
        bytes.extend_from_slice(&signed.signature);
        format!("MW1{}", base32(&bytes))
    }

    /// Reads [`Attestation::to_text`]; `None` if it is no such text. It is not verified yet.
    pub fn from_text(text: &str) -> Option<(Attestation, Signed)> {
        let bytes = unbase32(text.trim().strip_prefix("MW1")?)?;
        if bytes.len() != TEXT {
            return None;
        }
        let (petition, rest) = bytes.split_at(16);
        let (seq, rest) = rest.split_first_chunk()?;
        let (event, rest) = rest.split_first_chunk()?;
        let (commitment, rest) = rest.split_first_chunk()?;
        let (recorded_at, rest) = rest.split_first_chunk()?;
        let (key, rest) = rest.split_first_chunk()?;
        let attestation = Attestation {
            petition: PetitionId::from_slice(petition)?,
            seq: u64::from_be_bytes(*seq),
            event: *event,
            commitment: Commitment(*commitment),
            recorded_at: At(i64::from_be_bytes(*recorded_at)),
        };
        Some((
            attestation,
            Signed {
                key: *key,
                signature: rest.try_into().ok()?,
            },
        ))
    }

    fn message(&self) -> Vec<u8> {
        message(
            "minwon receipt 1",
            &[
                &self.petition.bytes(),
                &self.seq.to_be_bytes(),
                &self.event,
                &self.commitment.0,
                &self.recorded_at.0.to_be_bytes(),
            ],
        )
    }
}

impl RootStatement {
    /// Signs the statement.
    pub fn sign(&self, signer: &Signer) -> Signed {
        sign(signer, &self.message())
    }

    /// Whether `signed` is this statement's signature by the holder of `public`.
    pub fn verify(&self, public: &Public, signed: &Signed) -> bool {
        verify(public, &self.message(), signed)
    }

    /// What the next root names as `previous`.
    pub fn link(&self) -> Hash {
        hash::sha256("root link", &[&self.message()])
    }

    fn message(&self) -> Vec<u8> {
        message(
            "minwon root 1",
            &[
                self.place.as_bytes(),
                &self.number.to_be_bytes(),
                &self.first_leaf.to_be_bytes(),
                &self.leaves.to_be_bytes(),
                &self.root,
                &self.previous,
                &self.drawn_at.0.to_be_bytes(),
            ],
        )
    }
}

impl Signed {
    /// 72 bytes, as they are stored.
    pub fn to_bytes(&self) -> [u8; 72] {
        let mut out = [0; 72];
        out[..8].copy_from_slice(&self.key);
        out[8..].copy_from_slice(&self.signature);
        out
    }

    /// From the stored bytes; `None` unless there are 72.
    pub fn from_slice(bytes: &[u8]) -> Option<Signed> {
        let (key, signature) = bytes.split_first_chunk()?;
        Some(Signed {
            key: *key,
            signature: signature.try_into().ok()?,
        })
    }
}

impl std::fmt::Debug for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signed(by {})", domain::text::hex(&self.key))
    }
}

const TEXT: usize = 16 + 8 + 32 + 32 + 8 + 8 + 64;

fn sign(signer: &Signer, message: &[u8]) -> Signed {
    Signed {
        key: signer.public().id(),
        signature: signer.sign(message),
    }
}

fn verify(public: &Public, message: &[u8], signed: &Signed) -> bool {
    signed.key == public.id() && public.verify(message, &signed.signature)
}

fn message(label: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    hash::framed(label, parts, |bytes| out.extend_from_slice(bytes));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::tests::counting;
    use uuid::Uuid;

    fn receipt() -> Attestation {
        Attestation {
            petition: PetitionId(Uuid::from_u128(77)),
            seq: 2,
            event: [1; 32],
            commitment: Commitment([2; 32]),
            recorded_at: At(1_531_790_000_000),
        }
    }

    #[test]
    fn a_receipt_proves_what_it_says_and_nothing_else() {
        let signer = Signer::generate(&mut counting(1));
        let signed = receipt().sign(&signer);
        assert!(receipt().verify(&signer.public(), &signed));
        let others = [
            Attestation {
                petition: PetitionId(Uuid::from_u128(78)),
                ..receipt()
            },
            Attestation { seq: 3, ..receipt() },
            Attestation {
                event: [3; 32],
                ..receipt()
            },
            Attestation {
                commitment: Commitment([3; 32]),
                ..receipt()
            },
            Attestation {
                recorded_at: At(1_531_790_000_001),
                ..receipt()
            },
        ];
        for other in others {
            assert!(!other.verify(&signer.public(), &signed), "{other:?}");
        }
        let stranger = Signer::generate(&mut counting(2));
        assert!(!receipt().verify(&stranger.public(), &signed));
        assert!(!receipt().verify(
            &signer.public(),
            &Signed {
                key: [0; 8],
                ..signed
            }
        ));
        assert_eq!(Signed::from_slice(&signed.to_bytes()), Some(signed));
        assert_eq!(Signed::from_slice(&signed.to_bytes()[1..]), None);
    }

    #[test]
    fn a_receipt_is_read_back_from_its_paper() {
        let signer = Signer::generate(&mut counting(3));
        let signed = receipt().sign(&signer);
        let text = receipt().to_text(&signed);
        assert!(
            text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()),
            "fits a QR code's short mode"
        );
        assert_eq!(Attestation::from_text(&text), Some((receipt(), signed)));
        for at in 3..text.len() {
            let mut bad = text.clone();
            bad.replace_range(at..=at, if &text[at..=at] == "X" { "Y" } else { "X" });
            let passes = Attestation::from_text(&bad).is_some_and(|(a, s)| a.verify(&signer.public(), &s));
            assert!(!passes, "sign {at} changed");
        }
        for bad in ["", "MW1", "MW2AAAA", &text[..text.len() - 1]] {
            assert_eq!(Attestation::from_text(bad), None, "{bad}");
        }
    }

    #[test]
    fn roots_are_chained_and_a_change_breaks_link_and_signature() {
        let signer = Signer::generate(&mut counting(4));
        let first = RootStatement {
            place: "live",
            number: 1,
            first_leaf: 0,
            leaves: 10,
            root: [5; 32],
            previous: [0; 32],
            drawn_at: At(1_531_790_000_000),
        };
        let signed = first.sign(&signer);
        assert!(first.verify(&signer.public(), &signed));
        let others = [
            RootStatement {
                place: "protected",
                ..first
            },
            RootStatement { number: 2, ..first },
            RootStatement {
                first_leaf: 1,
                ..first
            },
            RootStatement { leaves: 11, ..first },
            RootStatement {
                root: [6; 32],
                ..first
            },
            RootStatement {
                previous: [1; 32],
                ..first
            },
            RootStatement {
                drawn_at: At(0),
                ..first
            },
        ];
        for other in others {
            assert!(!other.verify(&signer.public(), &signed), "{other:?}");
            assert_ne!(other.link(), first.link(), "{other:?}");
        }
    }
}

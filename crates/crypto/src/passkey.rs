//! 패스키 — what a browser sends of a passkey, checked as Web Authentication Level 3 (§7.1, §7.2) asks for passkeys without attestation.
//!
//! A passkey is taken with user verification only, so that it is two factors by itself: the device and what unlocks it. Where
//! it was made is not asked (attestation "none"): what an office needs to know is that the same key comes back.
//! Signatures are checked by `ring`, which is in the house for TLS: ECDSA P-256, Ed25519, and RSA for older Windows Hello.

mod cbor;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cbor::{Item, Reader};
use ring::signature;
use serde::Deserialize;

/// What we ask a signature for, in the order we like them: ES256, EdDSA, RS256 (COSE).
pub const ALGORITHMS: [i64; 3] = [-7, -8, -257];
/// The longest name of a credential (§4).
const LONGEST_ID: usize = 1023;

/// Where a passkey is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The host without its port.
    pub host: String,
    /// Scheme, host and port, as a browser says them.
    pub origin: String,
}

/// A passkey as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// What the browser calls it.
    pub id: Vec<u8>,
    /// Its public key: one byte for the algorithm, then the key.
    pub key: Vec<u8>,
    /// How often it signed, where it counts.
    pub count: u32,
}

/// What a browser sent when it was asked to sign.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// `clientDataJSON`.
    pub client: &'a [u8],
    /// `authenticatorData`.
    pub device: &'a [u8],
    /// `signature`.
    pub signature: &'a [u8],
}

/// Why a passkey is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is not what a browser sends.
    #[error("it cannot be read")]
    Unreadable,
    /// It was made for something else: another challenge, page or purpose.
    #[error("it was made for something else")]
    Elsewhere,
    /// The device did not ask who is there.
    #[error("nobody was verified")]
    Unverified,
    /// The key is of a kind that is not taken.
    #[error("the kind of key is not taken")]
    UnknownKey,
    /// The signature is wrong.
    #[error("the signature is wrong")]
    Forged,
    /// It counted less than before: there may be a copy.
    #[error("it counts less than before")]
    Copied,
}

#[derive(Deserialize)]
struct Client {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
}

/// What the device said.
struct Device<'a> {
    count: u32,
    rest: &'a [u8],
}

const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;
const ATTESTED: u8 = 64;

fn client(bytes: &[u8], kind: &str, challenge: &[u8], site: &Site) -> Result<(), Refused> {
    let client: Client = serde_json::from_slice(bytes).map_err(|_| Refused::Unreadable)?;
    let ours = client.r#type == kind
        && client.challenge == URL_SAFE_NO_PAD.encode(challenge)
        && client.origin == site.origin
        && !client.cross_origin;
    if ours { Ok(()) } else { Err(Refused::Elsewhere) }
}

fn device<'a>(bytes: &'a [u8], site: &Site) -> Result<(u8, Device<'a>), Refused> {
    let (host, rest) = bytes.split_first_chunk::<32>().ok_or(Refused::Unreadable)?;
    let (&flags, rest) = rest.split_first().ok_or(Refused::Unreadable)?;
    let (count, rest) = rest.split_first_chunk::<4>().ok_or(Refused::Unreadable)?;
    if *host != crate::hash::plain_sha256(site.host.as_bytes()) {
        return Err(Refused::Elsewhere);
    }
    if flags & PRESENT == 0 || flags & VERIFIED == 0 {
        return Err(Refused::Unverified);
    }
    let count = u32::from_be_bytes(*count);
    Ok((flags, Device { count, rest }))
}

/// A passkey just made (§7.1): `client` is `clientDataJSON`, `attestation` is `attestationObject`.
pub fn made(
    client_data: &[u8],
    attestation: &[u8],
    challenge: &[u8],
    site: &Site,
) -> Result<Passkey, Refused> {
    client(client_data, "webauthn.create", challenge, site)?;
    let data = Reader::whole(attestation)
        .and_then(|item| item.under(&Item::Text("authData"))?.bytes())
        .ok_or(Refused::Unreadable)?;
    let (flags, Device { count, rest }) = device(data, site)?;
    if flags & ATTESTED == 0 {
        return Err(Refused::Unreadable);
    }
    let rest = rest.get(16..).ok_or(Refused::Unreadable)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(Refused::Unreadable)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (id, rest) = rest.split_at_checked(length).ok_or(Refused::Unreadable)?;
    if id.is_empty() || id.len() > LONGEST_ID {
        return Err(Refused::Unreadable);
    }
    let key = Reader::new(rest).next().ok_or(Refused::Unreadable)?;
    Ok(Passkey {
        id: id.to_vec(),
        key: public_key(&key).ok_or(Refused::UnknownKey)?,
        count,
    })
}

/// The count after a signature that is right (§7.2).
pub fn signed(sent: Signed<'_>, challenge: &[u8], site: &Site, passkey: &Passkey) -> Result<u32, Refused> {
    client(sent.client, "webauthn.get", challenge, site)?;
    let (_, Device { count, .. }) = device(sent.device, site)?;
    let message = [sent.device, &crate::hash::plain_sha256(sent.client)].concat();
    if !verifies(&passkey.key, &message, sent.signature) {
        return Err(Refused::Forged);
    }
    if (count != 0 || passkey.count != 0) && count <= passkey.count {
        return Err(Refused::Copied);
    }
    Ok(count)
}

const ES256: u8 = 7;
const ED25519: u8 = 8;
const RS256: u8 = 1;

/// A COSE key (RFC 9053) as it is kept: P-256 as 65 bytes, Ed25519 as 32, RSA as the length of the modulus, modulus, exponent.
fn public_key(key: &Item<'_>) -> Option<Vec<u8>> {
    let number = |label| key.under(&Item::Number(label))?.number();
    let bytes = |label| key.under(&Item::Number(label))?.bytes();
    match (number(1)?, number(3)?) {
        (2, -7) if number(-1)? == 1 => {
            let (x, y) = (bytes(-2)?, bytes(-3)?);
            (x.len() == 32 && y.len() == 32).then(|| [&[ES256, 4], x, y].concat())
        }
        (1, -8) if number(-1)? == 6 => {
            let x = bytes(-2)?;
            (x.len() == 32).then(|| [&[ED25519], x].concat())
        }
        (3, -257) => {
            let (n, e) = (bytes(-1)?, bytes(-2)?);
            let length = u16::try_from(n.len())
                .ok()
                .filter(|_| (256..=1024).contains(&n.len()))?;
            (e.len() <= 8).then(|| [&[RS256], &length.to_be_bytes()[..], n, e].concat())
        }
        _ => None,
    }
}

fn verifies(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let check = |algorithm, key| {
        signature::UnparsedPublicKey::new(algorithm, key)
            .verify(message, signature)
            .is_ok()
    };
    match key.split_first() {
        Some((&ES256, key)) => check(
            &signature::ECDSA_P256_SHA256_ASN1 as &dyn signature::VerificationAlgorithm,
            key,
        ),
        Some((&ED25519, key)) => check(&signature::ED25519, key),
        Some((&RS256, rest)) => {
            let parts = rest
                .split_first_chunk::<2>()
                .and_then(|(length, rest)| rest.split_at_checked(usize::from(u16::from_be_bytes(*length))));
            parts.is_some_and(|(n, e)| {
                signature::RsaPublicKeyComponents { n, e }
                    .verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signature)
                    .is_ok()
            })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;

//! 패스키 시험 — a device of our own making signs; every promise of §7 is broken once.

use super::*;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use proptest::prelude::*;

const CHALLENGE: &[u8] = b"thirty-two bytes nobody can guess";

fn site() -> Site {
    Site {
        host: "office.hanbit.example".into(),
        origin: "https://office.hanbit.example".into(),
    }
}

fn client_data(kind: &str, challenge: &[u8], origin: &str, cross: bool) -> Vec<u8> {
    let challenge = URL_SAFE_NO_PAD.encode(challenge);
    format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":{cross}}}"#)
        .into_bytes()
}

fn device_data(host: &str, flags: u8, count: u32) -> Vec<u8> {
    let mut data = crate::hash::plain_sha256(host.as_bytes()).to_vec();
    data.push(flags);
    data.extend(count.to_be_bytes());
    data
}

fn cose(key: &SigningKey) -> Vec<u8> {
    let point = key.verifying_key().to_sec1_point(false);
    let (x, y) = (point.x().unwrap(), point.y().unwrap());
    [
        &[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32],
        &x[..],
        &[0x22, 0x58, 32],
        &y[..],
    ]
    .concat()
}

fn attestation(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap().to_be_bytes();
    [
        &[0xa3, 0x63][..],
        b"fmt",
        &[0x64],
        b"none",
        &[0x67],
        b"attStmt",
        &[0xa0, 0x68],
        b"authData",
        &[0x59],
        &length,
        data,
    ]
    .concat()
}

fn made_by(key: &SigningKey, flags: u8) -> Vec<u8> {
    let mut data = device_data("office.hanbit.example", flags, 0);
    data.extend([0; 16]);
    data.extend([0, 4]);
    data.extend(b"name");
    data.extend(cose(key));
    attestation(&data)
}

fn key() -> SigningKey {
    SigningKey::from_slice(&[7; 32]).unwrap()
}

fn passkey() -> Passkey {
    let client = client_data("webauthn.create", CHALLENGE, &site().origin, false);
    made(
        &client,
        &made_by(&key(), PRESENT | VERIFIED | ATTESTED),
        CHALLENGE,
        &site(),
    )
    .unwrap()
}

fn sign(client: &[u8], device: &[u8]) -> Vec<u8> {
    let message = [device, &crate::hash::plain_sha256(client)[..]].concat();
    let signature: Signature = key().sign(&message);
    signature.to_der().as_bytes().to_vec()
}

#[test]
fn a_passkey_is_made_and_signs() {
    let passkey = passkey();
    assert_eq!((passkey.id.as_slice(), passkey.count), (&b"name"[..], 0));
    let client = client_data("webauthn.get", CHALLENGE, &site().origin, false);
    let device = device_data("office.hanbit.example", PRESENT | VERIFIED, 1);
    let signature = sign(&client, &device);
    let sent = Signed {
        client: &client,
        device: &device,
        signature: &signature,
    };
    assert_eq!(signed(sent, CHALLENGE, &site(), &passkey), Ok(1));
    let seen = Passkey { count: 1, ..passkey };
    assert_eq!(signed(sent, CHALLENGE, &site(), &seen), Err(Refused::Copied));
}

#[test]
fn whatever_was_made_for_something_else_is_refused() {
    let passkey = passkey();
    let host = "office.hanbit.example";
    let origin = site().origin;
    let both = PRESENT | VERIFIED;
    for (kind, challenge, origin, cross, host, flags, expected) in [
        (
            "webauthn.create",
            CHALLENGE,
            origin.as_str(),
            false,
            host,
            both,
            Refused::Elsewhere,
        ),
        (
            "webauthn.get",
            b"another",
            &origin,
            false,
            host,
            both,
            Refused::Elsewhere,
        ),
        (
            "webauthn.get",
            CHALLENGE,
            "https://evil.example",
            false,
            host,
            both,
            Refused::Elsewhere,
        ),
        (
            "webauthn.get",
            CHALLENGE,
            "http://office.hanbit.example",
            false,
            host,
            both,
            Refused::Elsewhere,
        ),
        (
            "webauthn.get",
            CHALLENGE,
            &origin,
            true,
            host,
            both,
            Refused::Elsewhere,
        ),
        (
            "webauthn.get",
            CHALLENGE,
            &origin,
            false,
            "evil.example",
            both,
            Refused::Elsewhere,
        ),
        (
            "webauthn.get",
            CHALLENGE,
            &origin,
            false,
            host,
            PRESENT,
            Refused::Unverified,
        ),
        (
            "webauthn.get",
            CHALLENGE,
            &origin,
            false,
            host,
            VERIFIED,
            Refused::Unverified,
        ),
    ] {
        let client = client_data(kind, challenge, origin, cross);
        let device = device_data(host, flags, 1);
        let signature = sign(&client, &device);
        let sent = Signed {
            client: &client,
            device: &device,
            signature: &signature,
        };
        assert_eq!(
            signed(sent, CHALLENGE, &site(), &passkey),
            Err(expected),
            "{kind} {origin} {host} {flags}"
        );
    }
}

#[test]
fn a_signature_of_another_key_or_message_is_forged() {
    let client = client_data("webauthn.get", CHALLENGE, &site().origin, false);
    let device = device_data("office.hanbit.example", PRESENT | VERIFIED, 1);
    let right = sign(&client, &device);
    let mut other = passkey();
    let last = other.key.len() - 1;
    other.key[last] ^= 1;
    let sent = |signature| Signed {
        client: &client,
        device: &device,
        signature,
    };
    assert_eq!(
        signed(sent(&right), CHALLENGE, &site(), &other),
        Err(Refused::Forged)
    );
    assert_eq!(
        signed(sent(&[]), CHALLENGE, &site(), &passkey()),
        Err(Refused::Forged)
    );
    let wrong = sign(b"{}", &device);
    assert_eq!(
        signed(sent(&wrong), CHALLENGE, &site(), &passkey()),
        Err(Refused::Forged)
    );
}

#[test]
fn an_unverified_or_unreadable_passkey_is_not_made() {
    let client = client_data("webauthn.create", CHALLENGE, &site().origin, false);
    let made_with = |flags| made(&client, &made_by(&key(), flags), CHALLENGE, &site());
    assert_eq!(made_with(PRESENT | ATTESTED), Err(Refused::Unverified));
    assert_eq!(made_with(PRESENT | VERIFIED), Err(Refused::Unreadable));
    let whole = made_by(&key(), PRESENT | VERIFIED | ATTESTED);
    for end in 0..whole.len() {
        assert!(made(&client, &whole[..end], CHALLENGE, &site()).is_err(), "{end}");
    }
}

proptest! {
    #[test]
    fn hostile_bytes_are_refused_and_nothing_breaks(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let client = client_data("webauthn.create", CHALLENGE, &site().origin, false);
        prop_assert!(made(&client, &bytes, CHALLENGE, &site()).is_err());
        prop_assert!(made(&client, &attestation(&bytes), CHALLENGE, &site()).is_err());
        prop_assert!(made(&bytes, &bytes, CHALLENGE, &site()).is_err());
        prop_assert!(!verifies(&bytes, b"message", &bytes));
    }
}

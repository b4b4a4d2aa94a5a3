//! 비밀번호 — argon2id at 19 MiB, two passes, one lane (some 20 ms): hashes as PHC strings.
//!
//! Whoever calls this keeps at most two at work at a time, so that a flood of log-ins takes neither memory nor both cores.

use crate::Fill;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::atomic::{AtomicU64, Ordering};

/// Memory in KiB, passes and lanes (OWASP's minimum for argon2id).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// The longest password taken, in bytes: enough for any sentence, too little to be a load.
pub const LONGEST: usize = 1024;

/// The PHC string of `password` under a fresh salt of 16 bytes. Passwords above [`LONGEST`] bytes never verify.
pub fn hash(password: &str, fill: Fill<'_>) -> String {
    let mut salt = [0; 16];
    fill(&mut salt);
    hash_with_salt(password, &salt)
}

/// Whether `password` is the one `phc` was made of. A string that is no PHC string of argon2 verifies nothing.
pub fn verify(password: &str, phc: &str) -> bool {
    password.len() <= LONGEST
        && PasswordVerifier::<str>::verify_password(&argon2(), password.as_bytes(), phc).is_ok()
}

/// 저울 — weighs passwords: one run of argon2 for every question, whoever is asked about and whatever is kept of them, so that
/// time does not tell whether a log-in exists or has a password. It counts its runs, so that this can be shown.
#[derive(Debug, Default)]
pub struct Scale {
    runs: AtomicU64,
}

impl Scale {
    /// Whether `password` is the one `phc` was made of; never, where there is no PHC string.
    pub fn weigh(&self, password: &str, phc: Option<&str>) -> bool {
        let phc = phc.filter(|phc| PasswordHash::new(phc).is_ok() && password.len() <= LONGEST);
        let right = match phc {
            Some(phc) => {
                PasswordVerifier::<str>::verify_password(&argon2(), password.as_bytes(), phc).is_ok()
            }
            None => {
                let short = if password.len() <= LONGEST { password } else { "" };
                std::hint::black_box(hash_with_salt(short, b"nobody's salt..."));
                false
            }
        };
        self.runs.fetch_add(1, Ordering::Relaxed);
        right
    }

    /// How often argon2 ran.
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }
}

/// Whether `phc` was made at another cost or by another algorithm than today's, and should be made anew at the next log-in.
pub fn outdated(phc: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(phc) else {
        return true;
    };
    let cost = |name| parsed.params.get_decimal(name);
    parsed.algorithm.as_str() != "argon2id"
        || (cost("m"), cost("t"), cost("p")) != (Some(COST.0), Some(COST.1), Some(COST.2))
}

fn hash_with_salt(password: &str, salt: &[u8; 16]) -> String {
    argon2()
        .hash_password_with_salt(password.as_bytes(), salt)
        .expect("argon2 takes any password below 4 GiB and a salt of 16 bytes")
        .to_string()
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(COST.0, COST.1, COST.2, None).expect("the cost above is within argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::tests::{counting, unhex};
    use argon2::ParamsBuilder;

    /// RFC 9106 §5.3: the published answer of argon2id.
    #[test]
    fn argon2id_gives_the_published_answer() {
        let params = ParamsBuilder::new()
            .m_cost(32)
            .t_cost(3)
            .p_cost(4)
            .data(argon2::AssociatedData::new(&[4; 12]).unwrap())
            .build()
            .unwrap();
        let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
        let mut out = [0; 32];
        argon2.hash_password_into(&[1; 32], &[2; 16], &mut out).unwrap();
        assert_eq!(
            out[..],
            unhex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")[..]
        );
    }

    #[test]
    fn a_password_opens_its_own_hash_only() {
        let mut fill = counting(5);
        let phc = hash("맑은 물 4", &mut fill);
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(verify("맑은 물 4", &phc));
        assert!(!verify("맑은 물 5", &phc));
        assert!(!verify("", &phc));
        assert_ne!(hash("맑은 물 4", &mut fill), phc, "salted");
        assert!(!outdated(&phc));
        assert!(outdated(&phc.replace("t=2", "t=1")));
        assert!(outdated(&phc.replace("argon2id", "argon2i")));
    }

    /// A password that is too long, an account without a password and nobody at all cost one run like everybody else.
    #[test]
    fn whoever_is_asked_about_one_run_is_made() {
        let phc = hash("맑은 물 4", &mut counting(7));
        let long = "가".repeat(LONGEST);
        let scale = Scale::default();
        let cases = [
            ("맑은 물 4", Some(phc.as_str()), true),
            ("맑은 물 5", Some(&phc), false),
            (&long, Some(&phc), false),
            ("맑은 물 4", Some(""), false),
            ("", Some("!"), false),
            ("맑은 물 4", None, false),
            (&long, None, false),
        ];
        for (n, (password, kept, right)) in (1..).zip(cases) {
            assert_eq!(scale.weigh(password, kept), right, "{kept:?}");
            assert_eq!(scale.runs(), n, "{kept:?}");
        }
    }

    #[test]
    fn what_is_no_hash_verifies_nothing() {
        for broken in [
            "",
            "!",
            "plain",
            "$argon2id$v=19$m=19456,t=2,p=1$",
            "$2b$12$abcdefghijklmnopqrstuv",
        ] {
            assert!(!verify("", broken), "{broken}");
            assert!(outdated(broken), "{broken}");
        }
        let long = "가".repeat(LONGEST);
        assert!(!verify(&long, &hash(&long, &mut counting(6))));
        let scale = Scale::default();
        assert!(!scale.weigh(&long, Some(&hash(&long, &mut counting(6)))));
    }
}

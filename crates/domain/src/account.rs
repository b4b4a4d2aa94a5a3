//! 계정 — what a password must be, which seats need a second factor, and how a network is counted (개인정보의 안전성 확보조치 기준 제5조, 제6조).

use crate::access::{Breadth, Post, breadth};
use crate::organisation::Fault;
use crate::terms::{Seat, coded};
use serde::{Deserialize, Serialize};

coded! {
    /// By which road an official came in.
    Road {
        /// Password, and a second factor where there is one.
        Password = "password",
        /// Passkey.
        Passkey = "passkey",
        /// The agency's single sign-on.
        Sso = "sso",
    }
}

/// The shortest password taken, in characters.
pub const SHORTEST: usize = 10;
/// The longest password taken, in bytes.
pub const LONGEST: usize = 1024;

/// Beginnings of passwords that are guessed first, in small letters; what follows them does not make them better.
const GUESSED_FIRST: &[&str] = &[
    "0123456789",
    "1029384756",
    "111111111",
    "11223344",
    "12341234",
    "123456789",
    "1q2w3e4r",
    "1qaz2wsx",
    "987654321",
    "a123456789",
    "aa12345678",
    "abc1234567",
    "abcd1234",
    "abcdefghij",
    "admin12345",
    "administrator",
    "asdfasdf",
    "asdfghjkl",
    "changeme",
    "default123",
    "dkssudgktpdy",
    "iloveyou",
    "letmein",
    "minwon1234",
    "passw0rd",
    "password",
    "p@ssw0rd",
    "p@ssword",
    "q1w2e3r4",
    "qawsedrf",
    "qazwsxedc",
    "qkrrmsgP",
    "qlalfqjsgh",
    "qwe123qwe",
    "qweasdzxc",
    "qwer1234",
    "qwerasdf",
    "qwertyuiop",
    "rhksfl",
    "sarang1234",
    "tkfkdgody",
    "tkfkdgo",
    "test1234",
    "welcome123",
    "zaq12wsx",
    "zxcvbnm",
    "관리자관리자",
    "비밀번호비밀번호",
    "비밀번호1234",
    "사랑해사랑해",
    "안녕하세요안녕하세요",
    "가나다라마바사",
];

/// What a log-in asks for, as an agency sets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignInRules {
    /// Seats that need a second factor.
    pub second_factor: Vec<Seat>,
    /// Whether a password that somebody else set is changed at the first log-in.
    pub change_initial: bool,
    /// Whether officials may log in with passwords of ours.
    pub passwords: bool,
    /// Where officials find the pages, where that is another address than citizens' (scheme and host, no slash at the end);
    /// passkeys are bound to it.
    pub address: String,
}

impl Default for SignInRules {
    /// As real offices work: whoever sees the whole agency, changes the office, keeps its secrets or comes in from outside
    /// needs two factors.
    fn default() -> SignInRules {
        SignInRules {
            second_factor: Seat::ALL
                .iter()
                .copied()
                .filter(|seat| is_weighty(*seat))
                .collect(),
            change_initial: true,
            passwords: true,
            address: String::new(),
        }
    }
}

impl SignInRules {
    /// As the demo works: everybody comes in with the one password that is told to everybody.
    pub fn of_the_demo() -> SignInRules {
        SignInRules {
            second_factor: Vec::new(),
            change_initial: false,
            ..SignInRules::default()
        }
    }

    /// Whether an official with these seats needs a second factor.
    pub fn needs_second_factor(&self, posts: &[Post]) -> bool {
        posts.iter().any(|post| self.second_factor.contains(&post.seat))
    }
}

/// Seats whose log-in is worth most to a thief.
fn is_weighty(seat: Seat) -> bool {
    breadth(seat) == Breadth::Agency
        || matches!(
            seat,
            Seat::ExternalUser | Seat::Administrator | Seat::PrivacyOfficer | Seat::RecordsOfficer
        )
}

/// What is wrong with a password for this log-in name.
pub fn fits(password: &str, login: &str) -> Result<(), Fault> {
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        return Err(Fault::PasswordUnfit);
    }
    let small = password.to_lowercase();
    let login = login.to_lowercase();
    if !login.is_empty() && (small == login || (login.chars().count() >= 4 && small.contains(&login))) {
        return Err(Fault::PasswordIsLogin);
    }
    let mut letters: Vec<char> = small.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let guessed = GUESSED_FIRST.iter().any(|known| small.starts_with(known));
    if guessed || letters.len() < 4 {
        return Err(Fault::PasswordCommon);
    }
    Ok(())
}

/// The network a request is counted under: an IPv4 address, or the first 64 bits of an IPv6 address, since who has one has
/// all of them.
pub fn network(origin: &[u8]) -> &[u8] {
    match origin.len() {
        16 => &origin[..8],
        _ => origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::UnitId;

    #[test]
    fn passwords_are_long_not_guessed_first_and_not_the_login() {
        for (password, login, expected) in [
            ("맑은 물 네 잔 주세요", "kim", Ok(())),
            ("correct horse battery", "kim", Ok(())),
            ("짧은 비밀번호", "kim", Err(Fault::PasswordUnfit)),
            ("가나다라마바사아자", "kim", Err(Fault::PasswordUnfit)),
            ("qwertyuiop", "kim", Err(Fault::PasswordCommon)),
            ("Password1234!", "kim", Err(Fault::PasswordCommon)),
            ("aaaaaaaaaaaa", "kim", Err(Fault::PasswordCommon)),
            ("1212121212121", "kim", Err(Fault::PasswordCommon)),
            (
                "road.facilities.1",
                "road.facilities.1",
                Err(Fault::PasswordIsLogin),
            ),
            (
                "Road.Facilities.1!!",
                "road.facilities.1",
                Err(Fault::PasswordIsLogin),
            ),
            ("나는 kim 이라고 합니다", "kim", Ok(())),
        ] {
            assert_eq!(fits(password, login), expected, "{password}");
        }
        assert_eq!(fits(&"가나다라".repeat(100), "kim"), Err(Fault::PasswordUnfit));
    }

    #[test]
    fn the_weighty_seats_need_two_factors() {
        let rules = SignInRules::default();
        let needs = |seat| {
            rules.needs_second_factor(&[Post {
                seat,
                unit: UnitId(uuid::Uuid::nil()),
            }])
        };
        for seat in [
            Seat::ExternalUser,
            Seat::Administrator,
            Seat::PrivacyOfficer,
            Seat::RecordsOfficer,
            Seat::Examiner,
            Seat::IntegratedReceiver,
        ] {
            assert!(needs(seat), "{seat}");
        }
        for seat in [Seat::Handler, Seat::DepartmentHead, Seat::TeamLead] {
            assert!(!needs(seat), "{seat}");
        }
        assert!(!rules.needs_second_factor(&[]));
        assert!(SignInRules::of_the_demo().second_factor.is_empty());
    }

    #[test]
    fn who_has_one_address_of_a_network_has_all() {
        assert_eq!(network(&[192, 0, 2, 1]), [192, 0, 2, 1]);
        let six: Vec<u8> = (0..16).collect();
        assert_eq!(network(&six), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(network(&[]), [0; 0]);
    }
}

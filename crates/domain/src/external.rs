//! 외부 접속 — from which networks and at which times an account from outside is let in, and until when (개인정보의 안전성 확보조치
//! 기준 제5조, 제6조).

use crate::terms::coded;
use crate::time::At;
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// 접속 대역 — addresses with the same first bits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network {
    /// 4 or 16 bytes; those behind the prefix are nought.
    address: Vec<u8>,
    /// How many bits count.
    bits: u32,
}

/// What is no network, or one so wide that it keeps nobody out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an address with its prefix, as in 203.0.113.0/24 or 2001:db8::/48; at least /8, or /19 for IPv6")]
pub struct NoNetwork;

impl FromStr for Network {
    type Err = NoNetwork;
    fn from_str(text: &str) -> Result<Network, NoNetwork> {
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().map_err(|_| NoNetwork)?)),
            None => (text.trim(), None),
        };
        let address = match address.parse::<core::net::IpAddr>().map_err(|_| NoNetwork)? {
            core::net::IpAddr::V4(v4) => v4.octets().to_vec(),
            core::net::IpAddr::V6(v6) => v6.octets().to_vec(),
        };
        let (most, least) = if address.len() == 4 { (32, 8) } else { (128, 19) };
        let bits: u32 = bits.unwrap_or(most);
        if !(least..=most).contains(&bits) {
            return Err(NoNetwork);
        }
        let network = Network { address, bits };
        // What stands behind the prefix would only be misread.
        let masked = (0_u32..)
            .zip(&network.address)
            .map(|(n, byte)| byte & network.mask(n))
            .collect();
        Ok(Network {
            address: masked,
            ..network
        })
    }
}

impl TryFrom<String> for Network {
    type Error = NoNetwork;
    fn try_from(text: String) -> Result<Network, NoNetwork> {
        text.parse()
    }
}

impl From<Network> for String {
    fn from(network: Network) -> String {
        network.to_string()
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Ok(v4) = <[u8; 4]>::try_from(self.address.as_slice()) {
            write!(f, "{}/{}", core::net::Ipv4Addr::from(v4), self.bits)
        } else if let Ok(v6) = <[u8; 16]>::try_from(self.address.as_slice()) {
            write!(f, "{}/{}", core::net::Ipv6Addr::from(v6), self.bits)
        } else {
            Ok(())
        }
    }
}

impl Network {
    /// Which bits of the `n`th byte count.
    const fn mask(&self, n: u32) -> u8 {
        match self.bits.saturating_sub(n * 8) {
            0 => 0,
            left if left >= 8 => 0xFF,
            left => 0xFF << (8 - left),
        }
    }

    /// Whether an address of 4 or 16 bytes lies in it. An unknown address lies nowhere.
    pub fn contains(&self, address: &[u8]) -> bool {
        address.len() == self.address.len()
            && (0_u32..)
                .zip(self.address.iter().zip(address))
                .all(|(n, (own, other))| (own ^ other) & self.mask(n) == 0)
    }
}

/// Reads networks, one a line; empty lines do not count.
pub fn networks(text: &str) -> Result<Vec<Network>, NoNetwork> {
    (text.lines().map(str::trim))
        .filter(|line| !line.is_empty())
        .map(str::parse)
        .collect()
}

/// 접속 시간 — days of the week, from one time to another on the same day, in Seoul.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Days, Monday is 1.
    pub days: Vec<i8>,
    /// The first minute.
    pub from: Time,
    /// The first minute that is too late.
    pub to: Time,
}

impl Hours {
    /// Whether a moment lies in them.
    pub fn hold(&self, now: At) -> bool {
        let Some(local) = now.civil() else { return false };
        let day: Weekday = local.date().weekday();
        self.days.contains(&day.to_monday_one_offset()) && (self.from..self.to).contains(&local.time())
    }
}

/// 접속 조건 — how an external user is let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The last day of the account.
    pub until: Date,
    /// From where.
    pub networks: Vec<Network>,
    /// When.
    pub hours: Hours,
}

coded! {
    /// Why an external user is kept out, or conditions cannot be set so.
    Outside {
        /// No conditions were set: nobody is let in without.
        Unset = "unset",
        /// The account's last day is over.
        Over = "over",
        /// From an address outside the networks.
        Network = "network",
        /// At a time outside the hours.
        Hour = "hour",
        /// Without a second factor.
        Factor = "factor",
        /// The last day lies in the past or more than a year away.
        UntilUnfit = "until_unfit",
        /// No network, or too many.
        NetworksUnfit = "networks_unfit",
        /// No day, or the time ends before it begins.
        HoursUnfit = "hours_unfit",
        /// The account holds another seat than that of an external user, or not that one.
        NotExternal = "not_external",
    }
}

/// So many networks at most.
pub const NETWORKS: usize = 32;

impl Entry {
    /// Whether somebody is let in from this address now.
    pub fn lets_in(&self, origin: &[u8], now: At) -> Result<(), Outside> {
        if now.date().is_none_or(|today| today > self.until) {
            return Err(Outside::Over);
        }
        if !self.networks.iter().any(|network| network.contains(origin)) {
            return Err(Outside::Network);
        }
        if !self.hours.hold(now) {
            return Err(Outside::Hour);
        }
        Ok(())
    }

    /// Whether conditions may be set so: an end within a year, networks, hours.
    pub fn fits(&self, today: Date) -> Result<(), Outside> {
        let last = today.checked_add(jiff::Span::new().years(1));
        if self.until < today || last.is_ok_and(|last| self.until > last) {
            return Err(Outside::UntilUnfit);
        }
        if self.networks.is_empty() || self.networks.len() > NETWORKS {
            return Err(Outside::NetworksUnfit);
        }
        let days = self.hours.days.iter().all(|day| (1..=7).contains(day));
        if self.hours.days.is_empty() || !days || self.hours.from >= self.hours.to {
            return Err(Outside::HoursUnfit);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime, time};

    #[test]
    fn a_network_holds_what_begins_like_it() {
        let table: &[(&str, &[u8], bool)] = &[
            ("203.0.113.0/24", &[203, 0, 113, 255], true),
            ("203.0.113.77/24", &[203, 0, 113, 1], true),
            ("203.0.113.0/24", &[203, 0, 114, 1], false),
            ("203.0.113.128/25", &[203, 0, 113, 127], false),
            ("203.0.113.128/25", &[203, 0, 113, 128], true),
            ("203.0.113.9", &[203, 0, 113, 9], true),
            ("203.0.113.9", &[203, 0, 113, 8], false),
            ("203.0.113.0/24", &[], false),
            ("203.0.113.0/24", &[0; 16], false),
            (
                "2001:db8::/48",
                &[0x20, 1, 0xd, 0xb8, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9],
                true,
            ),
            (
                "2001:db8::/48",
                &[0x20, 1, 0xd, 0xb8, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9],
                false,
            ),
        ];
        for (network, address, within) in table {
            let network: Network = network.parse().expect("a network");
            assert_eq!(network.contains(address), *within, "{network} {address:?}");
        }
        for wrong in [
            "",
            "x",
            "0.0.0.0/0",
            "10.0.0.0/7",
            "10.0.0.0/33",
            "::/0",
            "10.0.0.0/-1",
            "10.0.0/8",
        ] {
            assert_eq!(wrong.parse::<Network>(), Err(NoNetwork), "{wrong}");
        }
        let shown: Network = "203.0.113.77/24".parse().expect("a network");
        assert_eq!(shown.to_string(), "203.0.113.0/24");
        assert_eq!(
            networks(" 10.0.0.0/8 \n\n203.0.113.9\n").map(|all| all.len()),
            Ok(2)
        );
    }

    #[test]
    fn somebody_from_outside_is_let_in_on_days_and_at_hours() {
        let entry = Entry {
            until: date(2026, 6, 19),
            networks: vec!["203.0.113.0/24".parse().expect("a network")],
            hours: Hours {
                days: vec![1, 2, 3, 4, 5],
                from: time(9, 0, 0, 0),
                to: time(18, 0, 0, 0),
            },
        };
        let at = |day, hour, minute| At::seoul(datetime(2026, 6, day, hour, minute, 0, 0));
        let (inside, outside): (&[u8], &[u8]) = (&[203, 0, 113, 5], &[203, 0, 112, 5]);
        let table = [
            (inside, at(15, 9, 0), Ok(())),
            (inside, at(15, 8, 59), Err(Outside::Hour)),
            (inside, at(15, 17, 59), Ok(())),
            (inside, at(15, 18, 0), Err(Outside::Hour)),
            (inside, at(14, 10, 0), Err(Outside::Hour)),
            (outside, at(15, 10, 0), Err(Outside::Network)),
            (&[], at(15, 10, 0), Err(Outside::Network)),
            (inside, at(19, 10, 0), Ok(())),
            (inside, at(22, 10, 0), Err(Outside::Over)),
        ];
        for (origin, now, wanted) in table {
            assert_eq!(entry.lets_in(origin, now), wanted, "{origin:?} {now:?}");
        }
        let today = date(2026, 6, 15);
        let with = |change: &dyn Fn(&mut Entry)| {
            let mut changed = entry.clone();
            change(&mut changed);
            changed.fits(today)
        };
        assert_eq!(with(&|_| ()), Ok(()));
        assert_eq!(with(&|e| e.until = date(2026, 6, 14)), Err(Outside::UntilUnfit));
        assert_eq!(with(&|e| e.until = date(2027, 6, 15)), Ok(()));
        assert_eq!(with(&|e| e.until = date(2027, 6, 16)), Err(Outside::UntilUnfit));
        assert_eq!(with(&|e| e.networks.clear()), Err(Outside::NetworksUnfit));
        assert_eq!(with(&|e| e.hours.days.clear()), Err(Outside::HoursUnfit));
        assert_eq!(with(&|e| e.hours.to = time(9, 0, 0, 0)), Err(Outside::HoursUnfit));
    }
}

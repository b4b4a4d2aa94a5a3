//! 본인 확인 수준 — how sure the office is of who files online, by what it was shown, and what a service needs (전자정부법 제10조).
//!
//! The law lets an office ask who somebody is where that has to be known for the petition (전자정부법 제10조제1항), and names no
//! service: which ones need it is the agency's own decision, row by row in the handbook. Whoever comes to the counter, writes or
//! telephones is never asked for it.

use crate::id::PersonId;
use crate::terms::{EntryPoint, coded};
use crate::text::plain;
use crate::time::At;
use serde::{Deserialize, Serialize};

coded! {
    /// 확인 수준, the weaker first.
    Assurance {
        /// 확인하지 않음.
        None = "none",
        /// 연락처 확인: a one-time code came back from a telephone or a mailbox.
        Contact = "contact",
        /// 본인확인: a provider says who it is.
        Verified = "verified",
    }
}

impl Assurance {
    /// Whether this is enough where `needed` is asked.
    pub fn suffices(self, needed: Assurance) -> bool {
        self >= needed
    }

    /// What a filing comes with. Whoever files on our pages has shown a contact, also where an older program wrote nothing down.
    pub fn of(proof: Option<Proof>) -> Assurance {
        proof.map_or(Assurance::Contact, |proof| proof.assurance)
    }

    /// What is asked of a filing that comes in by this door: nothing where an official stands at it, or paper comes through.
    pub fn asked_at(self, entry: EntryPoint) -> Assurance {
        match entry {
            EntryPoint::Web => self,
            _ => Assurance::None,
        }
    }
}

coded! {
    /// 확인 수단 — what showed it.
    Means {
        /// 인증번호.
        Code = "code",
        /// 본인확인 (휴대전화 등).
        Identity = "identity",
        /// 간편인증.
        Simple = "simple",
        /// 모바일 신분증.
        MobileId = "mobile_id",
        /// 인증서.
        Certificate = "certificate",
    }
}

impl Means {
    /// The means a word of the configuration names: its code, or the Korean word however it is spaced. A one-time code is no
    /// provider's.
    pub fn of_provider(word: &str) -> Option<Means> {
        let tight: String = word.split_whitespace().collect();
        match tight.as_str() {
            "identity" | "본인확인" => Some(Means::Identity),
            "simple" | "간편인증" => Some(Means::Simple),
            "mobile_id" | "모바일신분증" => Some(Means::MobileId),
            "certificate" | "인증서" => Some(Means::Certificate),
            _ => None,
        }
    }
}

/// 확인 — what was shown, by what, when. It names nobody: neither the provider's own name for the person nor the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// How sure.
    pub assurance: Assurance,
    /// By what.
    pub means: Means,
    /// When.
    pub at: At,
}
plain!(Proof);

/// What becomes of an identity that a provider has just shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tying {
    /// Nobody has it: it is tied to whom it is shown for.
    New,
    /// It is theirs already.
    Own,
    /// Somebody else has it. Persons are never made one behind their backs, also not where name or number are the same.
    Taken,
}

/// What becomes of an identity that `holder` has, shown by `person`.
pub fn tying(holder: Option<PersonId>, person: PersonId) -> Tying {
    match holder {
        None => Tying::New,
        Some(holder) if holder == person => Tying::Own,
        Some(_) => Tying::Taken,
    }
}

/// Whether one of `ties` may be untied: never the last way back to one's own petitions.
pub const fn may_untie(ties: usize, has_contact: Contacted) -> bool {
    match has_contact {
        Contacted::Yes => ties >= 1,
        Contacted::No => ties >= 2,
    }
}

/// Whether a person can come in by a one-time code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contacted {
    /// A telephone or mailbox is theirs, shown by a code.
    Yes,
    /// None is.
    No,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stronger_level_does_for_a_weaker_one_and_never_the_other_way() {
        use Assurance::{Contact, None, Verified};
        for (given, needed, enough) in [
            (None, None, true),
            (None, Contact, false),
            (None, Verified, false),
            (Contact, None, true),
            (Contact, Contact, true),
            (Contact, Verified, false),
            (Verified, None, true),
            (Verified, Contact, true),
            (Verified, Verified, true),
        ] {
            assert_eq!(given.suffices(needed), enough, "{given} for {needed}");
        }
    }

    #[test]
    fn only_the_web_asks() {
        for entry in EntryPoint::ALL {
            let asked = Assurance::Verified.asked_at(*entry);
            let expected = if *entry == EntryPoint::Web {
                Assurance::Verified
            } else {
                Assurance::None
            };
            assert_eq!(asked, expected, "{entry}");
        }
    }

    #[test]
    fn what_an_older_program_filed_counts_as_a_shown_contact() {
        assert_eq!(Assurance::of(None), Assurance::Contact);
        for assurance in Assurance::ALL {
            let proof = Proof {
                assurance: *assurance,
                means: Means::Simple,
                at: At(0),
            };
            assert_eq!(Assurance::of(Some(proof)), *assurance);
        }
    }

    #[test]
    fn means_are_named_by_code_or_by_the_official_word() {
        for (word, means) in [
            ("본인확인", Some(Means::Identity)),
            ("본인 확인", Some(Means::Identity)),
            ("간편인증", Some(Means::Simple)),
            ("모바일 신분증", Some(Means::MobileId)),
            ("모바일신분증", Some(Means::MobileId)),
            ("mobile_id", Some(Means::MobileId)),
            ("인증서", Some(Means::Certificate)),
            ("code", None),
            ("인증번호", None),
            ("", None),
        ] {
            assert_eq!(Means::of_provider(word), means, "{word}");
        }
    }

    #[test]
    fn an_identity_is_one_persons_or_nobodys() {
        let (kim, lee) = (
            PersonId(uuid::Uuid::from_u128(1)),
            PersonId(uuid::Uuid::from_u128(2)),
        );
        assert_eq!(tying(None, kim), Tying::New);
        assert_eq!(tying(Some(kim), kim), Tying::Own);
        assert_eq!(tying(Some(lee), kim), Tying::Taken);
    }

    #[test]
    fn the_last_way_in_is_not_untied() {
        for (ties, contacted, may) in [
            (0, Contacted::Yes, false),
            (1, Contacted::Yes, true),
            (2, Contacted::Yes, true),
            (0, Contacted::No, false),
            (1, Contacted::No, false),
            (2, Contacted::No, true),
        ] {
            assert_eq!(may_untie(ties, contacted), may, "{ties} {contacted:?}");
        }
    }
}

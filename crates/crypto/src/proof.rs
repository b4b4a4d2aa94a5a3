//! 증빙 파일 — what anyone can keep outside and check without this program's data: the file of published roots, and the proof of one
//! receipt under one of them.
//!
//! Both are plain text, a line a fact, so that another program of fifty lines can check them. A roots file that was kept earlier must be
//! the beginning of a later one: whoever rewrites the past must also reach every copy outside.
//!
//! ```text
//! minwon-roots 1
//! key live 03a1…                          place, public key (SEC1, hex)
//! root live 1 0 42 9f… 00… 1531753200000 6b…
//!      place, number, first leaf, leaves, root, link of the root before, drawn at (ms UTC), signature (r ‖ s)
//!
//! minwon-receipt 1
//! statement MW1…                          as it stands on the receipt
//! leaf 17                                 its number among the leaves of the place
//! path 5c… 0a…                            from the leaf upwards
//! root live 1 0 42 …                      the root it lies under
//! ```

use crate::{
    attestation::{Attestation, RootStatement, Signed},
    merkle::{self, Hash},
    place::Place,
    sign::Public,
};
use domain::{
    text::{hex, unhex},
    time::At,
};
use std::{collections::BTreeSet, fmt};

/// A root with its signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedRoot {
    /// What is signed.
    pub statement: RootStatement,
    /// By whom.
    pub signed: Signed,
}

/// 뿌리값 파일 — keys and roots of the places that publish any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RootsFile {
    /// The key of each place.
    pub keys: Vec<(Place, Public)>,
    /// Roots, each place's in their order.
    pub roots: Vec<SignedRoot>,
}

/// 접수증의 증빙.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The statement on the receipt, and its signature.
    pub statement: (Attestation, Signed),
    /// The number of its event's leaf.
    pub leaf: u64,
    /// From the leaf upwards.
    pub path: Vec<Hash>,
    /// The root it lies under.
    pub root: SignedRoot,
}

/// What does not hold, for a person to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// Not a file of this form.
    #[error("line {0} cannot be read: this is no such file, or it was cut off")]
    Unreadable(usize),
    /// No key of that place is in the roots file.
    #[error("the roots file has no key of the place {0}")]
    NoKey(&'static str),
    /// The statement on the receipt does not bear the signature of the office's key.
    #[error("the statement on the receipt was not signed by the office's key")]
    NotSigned,
    /// A root does not bear the signature of the office's key.
    #[error("root {number} of {place} was not signed by the office's key")]
    RootNotSigned {
        /// Its place.
        place: &'static str,
        /// Its number.
        number: u64,
    },
    /// A root does not follow from the one before: a number, a leaf or the link is another.
    #[error("root {number} of {place} does not follow from the one before it")]
    Broken {
        /// Its place.
        place: &'static str,
        /// Its number.
        number: u64,
    },
    /// The receipt's event does not lie under the root.
    #[error("the event of the receipt does not lie under root {0}")]
    NotUnder(u64),
    /// The root of the proof is another one than the file has under that number.
    #[error("root {0} of the proof is another one than the roots file has")]
    OtherRoot(u64),
    /// The later file does not begin with the earlier one.
    #[error(
        "root {number} of {place} is not in the later file as it was in the earlier one: the past was rewritten"
    )]
    Rewritten {
        /// Its place.
        place: &'static str,
        /// Its number.
        number: u64,
    },
    /// The key of a place is another one.
    #[error("the key of {0} is another one than in the earlier file")]
    OtherKey(&'static str),
}

impl fmt::Display for SignedRoot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = &self.statement;
        write!(
            f,
            "root {} {} {} {} {} {} {} {}",
            s.place,
            s.number,
            s.first_leaf,
            s.leaves,
            hex(&s.root),
            hex(&s.previous),
            s.drawn_at.0,
            hex(&self.signed.to_bytes())
        )
    }
}

fn place_of(name: &str) -> Option<Place> {
    Place::ALL.into_iter().find(|place| place.name() == name)
}

/// Bytes of any length from their hexadecimal digits.
fn bytes(text: &str) -> Option<Vec<u8>> {
    (text.len().is_multiple_of(2) && text.len() <= 1_024 && text.is_ascii()).then_some(())?;
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

impl SignedRoot {
    fn read(line: &str) -> Option<SignedRoot> {
        let mut parts = line.strip_prefix("root ")?.split(' ');
        let mut next = || parts.next();
        let place = place_of(next()?)?.name();
        let statement = RootStatement {
            place,
            number: next()?.parse().ok()?,
            first_leaf: next()?.parse().ok()?,
            leaves: next()?.parse().ok()?,
            root: unhex(next()?)?,
            previous: unhex(next()?)?,
            drawn_at: At(next()?.parse().ok()?),
        };
        let signed = Signed::from_slice(&bytes(next()?)?)?;
        next().is_none().then_some(SignedRoot { statement, signed })
    }
}

impl fmt::Display for RootsFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "minwon-roots 1")?;
        for (place, key) in &self.keys {
            writeln!(f, "key {} {}", place.name(), hex(&key.to_sec1()))?;
        }
        for root in &self.roots {
            writeln!(f, "{root}")?;
        }
        Ok(())
    }
}

impl RootsFile {
    /// Reads a file. Errors: the first line that cannot be read.
    pub fn parse(text: &str) -> Result<RootsFile, Doubt> {
        let mut file = RootsFile::default();
        let mut lines = (1..).zip(text.lines());
        if lines.next().map(|(_, line)| line.trim_end()) != Some("minwon-roots 1") {
            return Err(Doubt::Unreadable(1));
        }
        for (n, line) in lines {
            let line = line.trim_end();
            if line.is_empty() {
                continue;
            }
            if let Some(root) = SignedRoot::read(line) {
                file.roots.push(root);
                continue;
            }
            let key = line.strip_prefix("key ").and_then(|rest| {
                let (place, key) = rest.split_once(' ')?;
                Some((place_of(place)?, Public::from_sec1(&bytes(key)?)?))
            });
            // A place signs with one key: with two, it would be a matter of order which of them speaks.
            let key = key.filter(|(place, _)| file.key(place.name()).is_err());
            file.keys.push(key.ok_or(Doubt::Unreadable(n))?);
        }
        Ok(file)
    }

    /// The key of a place.
    pub fn key(&self, place: &'static str) -> Result<&Public, Doubt> {
        (self.keys.iter())
            .find(|(of, _)| of.name() == place)
            .map(|(_, key)| key)
            .ok_or(Doubt::NoKey(place))
    }

    fn of(&self, place: Place) -> impl Iterator<Item = &SignedRoot> {
        (self.roots.iter()).filter(move |root| root.statement.place == place.name())
    }

    /// Whether every root is signed by its place's key and follows from the one before it. Gives how many there are.
    pub fn check(&self) -> Result<usize, Doubt> {
        for place in Place::ALL {
            let (mut number, mut leaf, mut previous) = (0, 0, [0; 32]);
            for root in self.of(place) {
                let s = &root.statement;
                if !s.verify(self.key(place.name())?, &root.signed) {
                    return Err(Doubt::RootNotSigned {
                        place: s.place,
                        number: s.number,
                    });
                }
                if s.number != number + 1 || s.first_leaf != leaf || s.previous != previous {
                    return Err(Doubt::Broken {
                        place: s.place,
                        number: s.number,
                    });
                }
                (number, leaf, previous) = (s.number, s.first_leaf.saturating_add(s.leaves), s.link());
            }
        }
        Ok(self.roots.len())
    }

    /// Whether this file only adds to one that was kept `earlier`. Gives how many roots were added.
    pub fn extends(&self, earlier: &RootsFile) -> Result<usize, Doubt> {
        for (place, key) in &earlier.keys {
            if self.key(place.name())? != key {
                return Err(Doubt::OtherKey(place.name()));
            }
        }
        for root in &earlier.roots {
            let s = &root.statement;
            let same = (self.roots.iter())
                .find(|other| other.statement.place == s.place && other.statement.number == s.number);
            // The signature may be another one of the same key; what it says may not.
            if same.is_none_or(|other| other.statement != *s) {
                return Err(Doubt::Rewritten {
                    place: s.place,
                    number: s.number,
                });
            }
        }
        // Not a difference of lengths: a file that names a root twice (it does not pass `check`) can be the longer one.
        let named = |root: &SignedRoot| (root.statement.place, root.statement.number);
        let kept: BTreeSet<_> = earlier.roots.iter().map(named).collect();
        Ok(self
            .roots
            .iter()
            .filter(|root| !kept.contains(&named(root)))
            .count())
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (statement, signed) = &self.statement;
        writeln!(f, "minwon-receipt 1")?;
        writeln!(f, "statement {}", statement.to_text(signed))?;
        writeln!(f, "leaf {}", self.leaf)?;
        let path: Vec<String> = self.path.iter().map(|hash| hex(hash)).collect();
        writeln!(f, "path {}", path.join(" "))?;
        writeln!(f, "{}", self.root)
    }
}

impl Receipt {
    /// Reads a proof. Errors: the first line that cannot be read.
    pub fn parse(text: &str) -> Result<Receipt, Doubt> {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let line = |n: usize, head: &str| {
            let line = lines.get(n - 1).and_then(|line| line.strip_prefix(head));
            line.ok_or(Doubt::Unreadable(n))
        };
        if !line(1, "minwon-receipt 1")?.is_empty() {
            return Err(Doubt::Unreadable(1));
        }
        let statement = Attestation::from_text(line(2, "statement ")?).ok_or(Doubt::Unreadable(2))?;
        let leaf = line(3, "leaf ")?.parse().map_err(|_| Doubt::Unreadable(3))?;
        let path: Option<Vec<Hash>> = (line(4, "path")?.split_whitespace()).map(unhex).collect();
        let root = SignedRoot::read(lines.get(4).copied().unwrap_or_default()).ok_or(Doubt::Unreadable(5))?;
        Ok(Receipt {
            statement,
            leaf,
            path: path.ok_or(Doubt::Unreadable(4))?,
            root,
        })
    }

    /// Whether the office's key signed the statement and the root, the event lies under the root, and the root is the one that
    /// `kept` has under its number. Gives whether `kept` has that root at all: where it has not, its signature alone speaks for it.
    pub fn check(&self, kept: &RootsFile) -> Result<bool, Doubt> {
        let (statement, signed) = &self.statement;
        let s = &self.root.statement;
        let key = kept.key(s.place)?;
        if !statement.verify(key, signed) {
            return Err(Doubt::NotSigned);
        }
        if !s.verify(key, &self.root.signed) {
            return Err(Doubt::RootNotSigned {
                place: s.place,
                number: s.number,
            });
        }
        let index = self
            .leaf
            .checked_sub(s.first_leaf)
            .filter(|index| *index < s.leaves);
        let leaf = merkle::leaf(&statement.event);
        let under =
            index.is_some_and(|index| merkle::verify_inclusion(&s.root, s.leaves, index, &leaf, &self.path));
        if !under {
            return Err(Doubt::NotUnder(s.number));
        }
        let known = (kept.roots.iter())
            .find(|root| root.statement.place == s.place && root.statement.number == s.number);
        match known {
            None => Ok(false),
            Some(root) if root.statement == *s => Ok(true),
            Some(_) => Err(Doubt::OtherRoot(s.number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::Signer;
    use domain::{id::PetitionId, text::Commitment};

    fn signer(n: u8) -> Signer {
        Signer::generate(&mut |out: &mut [u8]| out.fill(n))
    }

    fn statement(n: u8) -> Attestation {
        Attestation {
            petition: PetitionId::from_slice(&[n; 16]).unwrap(),
            seq: 1,
            event: [n; 32],
            commitment: Commitment([9; 32]),
            recorded_at: At(1_000),
        }
    }

    /// Two roots over five and three leaves, and the proof of the event `n` of the second.
    fn office(signer: &Signer) -> (RootsFile, Receipt) {
        let leaves: Vec<Hash> = (0..8).map(|n| merkle::leaf(&[n; 32])).collect();
        let root = |number, first: usize, next: usize, previous| {
            let statement = RootStatement {
                place: "live",
                number,
                first_leaf: first as u64,
                leaves: (next - first) as u64,
                root: merkle::root(&leaves[first..next]),
                previous,
                drawn_at: At(5_000),
            };
            SignedRoot {
                statement,
                signed: statement.sign(signer),
            }
        };
        let first = root(1, 0, 5, [0; 32]);
        let second = root(2, 5, 8, first.statement.link());
        let said = statement(6);
        let receipt = Receipt {
            statement: (said, said.sign(signer)),
            leaf: 6,
            path: merkle::inclusion(&leaves[5..8], 1).unwrap(),
            root: second,
        };
        let file = RootsFile {
            keys: vec![(Place::Live, signer.public())],
            roots: vec![first, second],
        };
        (file, receipt)
    }

    #[test]
    fn files_read_back_as_they_were_written() {
        let (file, receipt) = office(&signer(1));
        assert_eq!(RootsFile::parse(&file.to_string()), Ok(file.clone()));
        assert_eq!(Receipt::parse(&receipt.to_string()), Ok(receipt));
        assert_eq!(RootsFile::parse("minwon-roots 2\n"), Err(Doubt::Unreadable(1)));
        let cut = file.to_string().replace(" 5000 ", " 5000\n");
        assert_eq!(RootsFile::parse(&cut), Err(Doubt::Unreadable(3)));
        assert_eq!(Receipt::parse(""), Err(Doubt::Unreadable(1)));
    }

    /// Found by reading it again: a root named twice took more away than there was, and which of two keys spoke was a matter of order.
    #[test]
    fn a_line_that_stands_twice_is_no_trap() {
        let (file, _) = office(&signer(1));
        let mut doubled = file.clone();
        doubled.roots.push(file.roots[1]);
        assert_eq!(file.extends(&doubled), Ok(0));
        assert!(doubled.check().is_err());
        let mut keys = file.clone();
        keys.keys.push((Place::Live, signer(2).public()));
        assert_eq!(RootsFile::parse(&keys.to_string()), Err(Doubt::Unreadable(3)));
    }

    #[test]
    fn a_sound_receipt_holds_under_the_root_that_was_kept() {
        let (file, receipt) = office(&signer(1));
        assert_eq!(file.check(), Ok(2));
        assert_eq!(receipt.check(&file), Ok(true));
        let mut older = file.clone();
        older.roots.pop();
        assert_eq!(receipt.check(&older), Ok(false), "signed, and not kept yet");
        assert_eq!(file.extends(&older), Ok(1));
        assert_eq!(file.extends(&file), Ok(0));
    }

    #[test]
    fn nothing_can_be_exchanged() {
        let (file, receipt) = office(&signer(1));
        let (others, theirs) = office(&signer(2));
        let doubt = |change: &dyn Fn(&mut Receipt)| {
            let mut changed = receipt.clone();
            change(&mut changed);
            changed.check(&file).unwrap_err()
        };
        assert_eq!(doubt(&|r| r.statement.0.recorded_at = At(999)), Doubt::NotSigned);
        assert_eq!(doubt(&|r| r.statement = theirs.statement), Doubt::NotSigned);
        let not_signed = Doubt::RootNotSigned {
            place: "live",
            number: 2,
        };
        assert_eq!(doubt(&|r| r.root.statement.root[0] ^= 1), not_signed);
        assert_eq!(doubt(&|r| r.leaf = 5), Doubt::NotUnder(2));
        assert_eq!(doubt(&|r| r.leaf = 4), Doubt::NotUnder(2));
        assert_eq!(doubt(&|r| r.leaf = u64::MAX), Doubt::NotUnder(2));
        assert_eq!(doubt(&|r| r.path[0][0] ^= 1), Doubt::NotUnder(2));
        assert_eq!(doubt(&|r| r.path.clear()), Doubt::NotUnder(2));
        let replayed = statement(7);
        let said = (replayed, replayed.sign(&signer(1)));
        assert_eq!(
            doubt(&|r| r.statement = said),
            Doubt::NotUnder(2),
            "another receipt's proof"
        );
        assert_eq!(
            receipt.check(&others),
            Err(Doubt::NotSigned),
            "another office's key"
        );
        assert_eq!(receipt.check(&RootsFile::default()), Err(Doubt::NoKey("live")));
    }

    #[test]
    fn a_past_that_was_rewritten_is_seen() {
        let office_key = signer(1);
        let (file, _) = office(&office_key);
        let broken = |number| {
            Err(Doubt::Broken {
                place: "live",
                number,
            })
        };
        let mut gap = file.clone();
        gap.roots.remove(0);
        assert_eq!(gap.check(), broken(2));
        let mut swapped = file.clone();
        swapped.roots.swap(0, 1);
        assert_eq!(swapped.check(), broken(2));
        // Whoever holds the key can make a new past; it does not extend the one that was kept.
        let mut rewritten = file.clone();
        let mut first = rewritten.roots[0].statement;
        first.root = [5; 32];
        let mut second = rewritten.roots[1].statement;
        second.previous = first.link();
        rewritten.roots = [first, second]
            .map(|statement| SignedRoot {
                statement,
                signed: statement.sign(&office_key),
            })
            .to_vec();
        assert_eq!(rewritten.check(), Ok(2), "sound by itself");
        let seen = Doubt::Rewritten {
            place: "live",
            number: 1,
        };
        assert_eq!(rewritten.extends(&file), Err(seen));
        let mut shorter = file.clone();
        shorter.roots.pop();
        assert_eq!(
            shorter.extends(&file),
            Err(Doubt::Rewritten {
                place: "live",
                number: 2
            })
        );
        let (others, _) = office(&signer(2));
        assert_eq!(others.extends(&file), Err(Doubt::OtherKey("live")));
    }
}

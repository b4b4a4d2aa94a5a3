//! 색인표 — keyed tokens of the blind index, and whole-value look-ups of names, telephone and other numbers.
//!
//! Both let the database compare without reading. They leak what equality leaks: which petitions share a word, and
//! through frequency some common words to whoever holds the index but not the key. Names and numbers have a key of their
//! own and are looked up whole only.

use crate::{
    hash::{derive, framed, hmac_under},
    seal::Key,
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// 색인 열쇠 — makes the tokens of words and bigrams. Holds HMAC's inner state ready: a token costs two compressions.
#[derive(Clone)]
pub struct IndexKey(Hmac<Sha256>);

impl IndexKey {
    /// The index key of the place with this master key.
    pub fn of(place: &Key) -> IndexKey {
        IndexKey(hmac_under(derive(place, "index", &[]).expose()))
    }

    /// The token of a word or bigram: the first 8 bytes of HMAC-SHA-256, as the databases hold it.
    pub fn token(&self, word: &str) -> i64 {
        let mut mac = self.0.clone();
        mac.update(word.as_bytes());
        let [a, b, c, d, e, f, g, h, ..] = <[u8; 32]>::from(mac.finalize().into_bytes());
        i64::from_be_bytes([a, b, c, d, e, f, g, h])
    }
}

/// 조회 열쇠 — makes the whole-value look-ups of one place.
#[derive(Clone)]
pub struct LookupKey(Hmac<Sha256>);

impl LookupKey {
    /// The look-up key of the place with this master key.
    pub fn of(place: &Key) -> LookupKey {
        LookupKey(hmac_under(derive(place, "lookup", &[]).expose()))
    }

    /// The look-up of a whole value of a kind (`"phone"`, `"mail"`, `"login"`): bring it into its one spelling before.
    pub fn lookup(&self, kind: &str, value: &str) -> [u8; 32] {
        let mut mac = self.0.clone();
        framed(kind, &[value.as_bytes()], |bytes| mac.update(bytes));
        mac.finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for IndexKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IndexKey(…)")
    }
}
impl std::fmt::Debug for LookupKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LookupKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn tokens_are_the_same_in_one_place_and_unrelated_in_another() {
        let live = IndexKey::of(&Key::from_bytes([1; 32]));
        let protected = IndexKey::of(&Key::from_bytes([2; 32]));
        assert_eq!(
            live.token("가로"),
            IndexKey::of(&Key::from_bytes([1; 32])).token("가로")
        );
        assert_ne!(live.token("가로"), live.token("로등"));
        assert_ne!(live.token("가로"), protected.token("가로"));
    }

    #[test]
    fn no_two_of_all_bigrams_of_ten_thousand_words_meet() {
        let key = IndexKey::of(&Key::from_bytes([3; 32]));
        let words: Vec<String> = (0..10_000).map(|i| format!("낱말{i}")).collect();
        let tokens: HashSet<i64> = words.iter().map(|word| key.token(word)).collect();
        assert_eq!(tokens.len(), words.len());
        assert!(
            tokens.iter().any(|token| *token < 0) && tokens.iter().any(|token| *token > 0),
            "all 64 bits are used"
        );
    }

    #[test]
    fn a_number_is_looked_up_whole_and_by_kind() {
        let place = Key::from_bytes([4; 32]);
        let key = LookupKey::of(&place);
        assert_eq!(
            key.lookup("phone", "01012345678"),
            LookupKey::of(&place).lookup("phone", "01012345678")
        );
        assert_ne!(
            key.lookup("phone", "01012345678"),
            key.lookup("phone", "01012345679")
        );
        assert_ne!(
            key.lookup("phone", "01012345678"),
            key.lookup("login", "01012345678")
        );
        assert_ne!(key.lookup("a", "bc"), key.lookup("ab", "c"));
        assert_eq!(
            format!("{key:?} {:?}", IndexKey::of(&place)),
            "LookupKey(…) IndexKey(…)"
        );
    }
}

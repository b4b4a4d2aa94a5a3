//! 씨보르 CBOR — the little of RFC 8949 that devices send: numbers, bytes, texts, lists and maps of a length said beforehand, not deep.

/// How deep lists and maps may lie in one another.
const DEEPEST: u8 = 6;
/// How many pieces a list or map may have.
const MOST: u64 = 64;

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item<'a> {
    /// A whole number.
    Number(i64),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A text.
    Text(&'a str),
    /// A list.
    List(Vec<Item<'a>>),
    /// Pairs in the order they came.
    Map(Vec<(Item<'a>, Item<'a>)>),
    /// false, true, null.
    Simple(u8),
}

impl<'a> Item<'a> {
    /// What stands under `key` in a map; nothing where the key stands twice.
    pub fn under(&self, key: &Item<'_>) -> Option<&Item<'a>> {
        let Item::Map(pairs) = self else { return None };
        let mut found = pairs.iter().filter(|(name, _)| name == key);
        let (_, value) = found.next()?;
        found.next().is_none().then_some(value)
    }

    /// As bytes.
    pub fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Item::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// As a number.
    pub fn number(&self) -> Option<i64> {
        match self {
            Item::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// Reads items one after another.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// At the beginning of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    /// The one item `bytes` are, with nothing behind it.
    pub fn whole(bytes: &'a [u8]) -> Option<Item<'a>> {
        let mut reader = Reader::new(bytes);
        let item = reader.next()?;
        reader.rest.is_empty().then_some(item)
    }

    /// The next item.
    pub fn next(&mut self) -> Option<Item<'a>> {
        self.item(0)
    }

    fn take(&mut self, n: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(usize::try_from(n).ok()?)?;
        self.rest = rest;
        Some(taken)
    }

    fn item(&mut self, depth: u8) -> Option<Item<'a>> {
        if depth > DEEPEST {
            return None;
        }
        let first = self.take(1)?[0];
        let (kind, short) = (first >> 5, first & 31);
        let n = match short {
            0..=23 => u64::from(short),
            24..=27 => (self.take(1 << (short - 24))?.iter()).fold(0, |n, byte| n << 8 | u64::from(*byte)),
            _ => return None,
        };
        Some(match kind {
            0 => Item::Number(i64::try_from(n).ok()?),
            1 => Item::Number(-1 - i64::try_from(n).ok()?),
            2 => Item::Bytes(self.take(n)?),
            3 => Item::Text(std::str::from_utf8(self.take(n)?).ok()?),
            4 if n <= MOST => Item::List((0..n).map(|_| self.item(depth + 1)).collect::<Option<_>>()?),
            5 if n <= MOST => {
                let pair = |_| Some((self.item(depth + 1)?, self.item(depth + 1)?));
                Item::Map((0..n).map(pair).collect::<Option<_>>()?)
            }
            7 if short <= 23 => Item::Simple(short),
            _ => return None,
        })
    }
}

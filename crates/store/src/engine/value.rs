//! 값과 행 — what goes into a database and what comes out, the same for both engines.

use super::ReadError;

/// One parameter, or one column of a row.
///
/// Booleans are integers 0 and 1; identities are 16 bytes; times are ms UTC as integers; JSON is text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// SQL NULL, for a parameter of any type.
    Null,
    /// `BIGINT` (and `INTEGER` or `SMALLINT` where it fits).
    Int(i64),
    /// `TEXT`, without NUL characters.
    Text(String),
    /// `BYTEA` / `BLOB`.
    Bytes(Vec<u8>),
    /// `BIGINT[]`; PostgreSQL only, on SQLite it is `Broken`.
    Ints(Vec<i64>),
}

impl Value {
    /// Whether this is a text no engine may be given: PostgreSQL cannot store NUL, and SQLite would cut at it.
    pub(super) fn holds_nul(&self) -> bool {
        matches!(self, Value::Text(text) if text.as_bytes().contains(&0))
    }

    fn kind(&self) -> &'static str {
        match self {
            Value::Null => "NULL",
            Value::Int(_) => "an integer",
            Value::Text(_) => "a text",
            Value::Bytes(_) => "bytes",
            Value::Ints(_) => "integers",
        }
    }
}

macro_rules! from {
    ($($type:ty => |$value:ident| $made:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Value {
                $made
            }
        }
    )*};
}

from! {
    i64 => |value| Value::Int(value);
    i32 => |value| Value::Int(value.into());
    u32 => |value| Value::Int(value.into());
    u16 => |value| Value::Int(value.into());
    u8 => |value| Value::Int(value.into());
    bool => |value| Value::Int(value.into());
    &str => |value| Value::Text(value.to_owned());
    String => |value| Value::Text(value);
    &String => |value| Value::Text(value.clone());
    [u8; 16] => |value| Value::Bytes(value.to_vec());
    [u8; 32] => |value| Value::Bytes(value.to_vec());
    &[u8; 16] => |value| Value::Bytes(value.to_vec());
    &[u8; 32] => |value| Value::Bytes(value.to_vec());
    &[u8] => |value| Value::Bytes(value.to_vec());
    Vec<u8> => |value| Value::Bytes(value);
    Vec<i64> => |value| Value::Ints(value);
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

/// The parameters of a statement, each made into a [`Value`]: `params![id, "title", Some(3_i64)]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { ::std::vec![$($crate::engine::Value::from($value)),*] };
}

/// One statement of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// An INSERT, UPDATE or DELETE without RETURNING, parameters as `$1`, `$2`, ….
    pub sql: &'static str,
    /// One value for each parameter.
    pub params: Vec<Value>,
    /// What must be true of it, or the whole list is undone.
    pub expect: Expect,
}

/// What the author of a write believes about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Nothing.
    Any,
    /// Exactly so many rows inserted, changed or deleted.
    Rows(u64),
}

impl Write {
    /// A statement without expectation.
    pub fn new(sql: &'static str, params: Vec<Value>) -> Write {
        Write {
            sql,
            params,
            expect: Expect::Any,
        }
    }

    /// The same, expecting exactly so many rows inserted, changed or deleted.
    pub fn rows(self, rows: u64) -> Write {
        Write {
            expect: Expect::Rows(rows),
            ..self
        }
    }
}

/// One row of an answer. Columns are asked by position, from 0, with the type they have; anything else is `Broken`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// An integer.
    pub fn int(&self, at: usize) -> Result<i64, ReadError> {
        match self.at(at)? {
            Value::Int(value) => Ok(*value),
            other => Err(wrong(at, "an integer", other)),
        }
    }

    /// An integer or NULL.
    pub fn opt_int(&self, at: usize) -> Result<Option<i64>, ReadError> {
        self.unless_null(at, Row::int)
    }

    /// A truth value, stored as 0 or 1.
    pub fn bool(&self, at: usize) -> Result<bool, ReadError> {
        match self.at(at)? {
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            other => Err(wrong(at, "0 or 1", other)),
        }
    }

    /// A value as it is, to be written elsewhere.
    pub(crate) fn value(&self, at: usize) -> Result<Value, ReadError> {
        self.at(at).cloned()
    }

    /// A text.
    pub fn text(&self, at: usize) -> Result<&str, ReadError> {
        match self.at(at)? {
            Value::Text(value) => Ok(value),
            other => Err(wrong(at, "a text", other)),
        }
    }

    /// A text or NULL.
    pub fn opt_text(&self, at: usize) -> Result<Option<&str>, ReadError> {
        self.unless_null(at, Row::text)
    }

    /// Bytes of any length.
    pub fn bytes(&self, at: usize) -> Result<&[u8], ReadError> {
        match self.at(at)? {
            Value::Bytes(value) => Ok(value),
            other => Err(wrong(at, "bytes", other)),
        }
    }

    /// Bytes of any length, or NULL.
    pub fn opt_bytes(&self, at: usize) -> Result<Option<&[u8]>, ReadError> {
        self.unless_null(at, Row::bytes)
    }

    /// An identity: exactly 16 bytes.
    pub fn id16(&self, at: usize) -> Result<[u8; 16], ReadError> {
        self.exactly(at)
    }

    /// An identity, or NULL.
    pub fn opt_id16(&self, at: usize) -> Result<Option<[u8; 16]>, ReadError> {
        self.unless_null(at, Row::id16)
    }

    /// A hash: exactly 32 bytes.
    pub fn hash32(&self, at: usize) -> Result<[u8; 32], ReadError> {
        self.exactly(at)
    }

    /// A hash, or NULL.
    pub fn opt_hash32(&self, at: usize) -> Result<Option<[u8; 32]>, ReadError> {
        self.unless_null(at, Row::hash32)
    }

    /// A `BIGINT[]` (PostgreSQL only).
    pub fn ints(&self, at: usize) -> Result<&[i64], ReadError> {
        match self.at(at)? {
            Value::Ints(value) => Ok(value),
            other => Err(wrong(at, "integers", other)),
        }
    }

    fn at(&self, at: usize) -> Result<&Value, ReadError> {
        self.0
            .get(at)
            .ok_or_else(|| ReadError::Broken(format!("column {at} of a row with {} columns", self.0.len())))
    }

    fn exactly<const N: usize>(&self, at: usize) -> Result<[u8; N], ReadError> {
        let bytes = self.bytes(at)?;
        bytes.try_into().map_err(|_| {
            ReadError::Broken(format!("column {at}: {N} bytes expected, {} stored", bytes.len()))
        })
    }

    fn unless_null<'a, T>(
        &'a self,
        at: usize,
        get: impl Fn(&'a Row, usize) -> Result<T, ReadError>,
    ) -> Result<Option<T>, ReadError> {
        match self.at(at)? {
            Value::Null => Ok(None),
            _ => get(self, at).map(Some),
        }
    }
}

/// The stored value itself stays out of the message: it may be personal.
fn wrong(at: usize, expected: &str, found: &Value) -> ReadError {
    ReadError::Broken(format!(
        "column {at}: {expected} expected, {} found",
        found.kind()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_getter_takes_its_own_type_only() {
        let row = Row(params![
            7_i64,
            "민원",
            vec![1_u8, 2],
            [9_u8; 16],
            None::<i64>,
            true
        ]);
        assert_eq!(row.int(0), Ok(7));
        assert_eq!(row.text(1), Ok("민원"));
        assert_eq!(row.bytes(2), Ok(&[1_u8, 2][..]));
        assert_eq!(row.id16(3), Ok([9; 16]));
        assert_eq!((row.opt_int(4), row.opt_int(0)), (Ok(None), Ok(Some(7))));
        assert_eq!(row.bool(5), Ok(true));
        let refusals = [
            row.int(1).map(drop),
            row.int(4).map(drop),
            row.text(0).map(drop),
            row.id16(2).map(drop),
            row.hash32(3).map(drop),
            row.bool(0).map(drop),
            row.opt_text(2).map(drop),
            row.int(6).map(drop),
        ];
        for refusal in refusals {
            assert!(matches!(refusal, Err(ReadError::Broken(_))), "{refusal:?}");
        }
    }

    #[test]
    fn a_message_never_shows_the_stored_value() {
        let row = Row(params!["홍길동"]);
        assert!(!row.int(0).unwrap_err().to_string().contains("홍길동"));
    }
}

//! 방언 — where the two engines truly differ, and the one text that serves both.
//!
//! What the text keeps to: parameters are `$1`, `$2`, … (SQLite would number `$n` by first use, so they become `?n`
//! there); `?`, backquotes, brackets as quotes, `E'…'` and `$$` are not used; sums are cast (`CAST(SUM(x) AS BIGINT)`:
//! PostgreSQL gives NUMERIC otherwise); a parameter whose type PostgreSQL cannot tell from its place is cast
//! (`CAST($1 AS BIGINT)`); `ON CONFLICT` instead of `INSERT OR …`; keyset paging is `(a, b) < ($1, $2)`.

use std::fmt::Write as _;

/// Which engine a text runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// The same text with every `$n` outside quotes and comments written as `?n`.
pub fn for_sqlite(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    let mut before = ' ';
    while let Some(next) = rest.chars().next() {
        let taken = match next {
            '\'' | '"' => quoted(rest, next),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '$' if !(before.is_alphanumeric() || before == '_') => {
                let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
                if digits > 0 {
                    // Writing into a String cannot fail.
                    let _ = write!(out, "?{}", &rest[1..=digits]);
                    rest = &rest[1 + digits..];
                    before = '0';
                    continue;
                }
                1
            }
            other => other.len_utf8(),
        };
        out.push_str(&rest[..taken]);
        before = rest[..taken].chars().next_back().unwrap_or(' ');
        rest = &rest[taken..];
    }
    out
}

/// The length of the quoted run at the start of `rest`. A doubled quote reads as two runs side by side, which is the same.
fn quoted(rest: &str, quote: char) -> usize {
    rest[1..].find(quote).map_or(rest.len(), |end| end + 2)
}

#[cfg(test)]
mod tests {
    use super::for_sqlite;

    #[test]
    fn parameters_are_rewritten_and_nothing_else() {
        let cases = [
            ("SELECT 1", "SELECT 1"),
            ("a = $1 AND b=$12", "a = ?1 AND b=?12"),
            ("($2, $1), ($2)", "(?2, ?1), (?2)"),
            ("a = '$1' AND b = $1", "a = '$1' AND b = ?1"),
            ("a = 'it''s $1' AND b = $1", "a = 'it''s $1' AND b = ?1"),
            (r#""$1" = $1"#, r#""$1" = ?1"#),
            ("a -- $1 민원\n= $1", "a -- $1 민원\n= ?1"),
            ("a /* $1 */ = $1", "a /* $1 */ = ?1"),
            ("a$1 = $1", "a$1 = ?1"),
            ("'민원' || $1 || '접수", "'민원' || ?1 || '접수"),
            ("cost > '$' || $3", "cost > '$' || ?3"),
            ("$1", "?1"),
            ("a - $1 / $2", "a - ?1 / ?2"),
            ("-- only $1", "-- only $1"),
        ];
        for (written, expected) in cases {
            assert_eq!(for_sqlite(written), expected, "{written}");
        }
    }
}

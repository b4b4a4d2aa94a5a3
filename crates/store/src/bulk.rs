//! 한꺼번에 쓰기 — the lists of many acts as one list, which is stored whole or not at all.
//!
//! A commit costs a sync, whatever is in it: thousands of acts of a told past share one. What each act would do to a series of
//! numbers is done once for all of them, and the same statements stand together, so that the engine can take them as one.

use crate::batch::{Batch, FIRST_NUMBER, NEXT_NUMBER, Purpose};
use crate::engine::{Value, Write};
use std::collections::{BTreeMap, HashMap};

/// Many lists in the making.
#[derive(Debug, Default)]
pub struct Bulk {
    batch: Batch,
    /// The next number of each series, as it will be.
    next: HashMap<String, u32>,
    /// The next number that is stored, of each series that has moved since.
    stored: BTreeMap<String, u32>,
}

impl Bulk {
    /// Nothing yet, over series that stand like this.
    pub fn new(series: HashMap<String, u32>) -> Bulk {
        Bulk {
            next: series,
            ..Bulk::default()
        }
    }

    /// The next number of a series.
    pub fn next_number(&self, series: &str) -> u32 {
        self.next.get(series).copied().unwrap_or(1)
    }

    /// Takes the list of one more act.
    pub fn take(&mut self, list: Batch) {
        let (writes, purposes) = list.into_parts();
        for (write, purpose) in writes.into_iter().zip(purposes) {
            match (write.sql, write.params.first()) {
                (FIRST_NUMBER | NEXT_NUMBER, Some(Value::Text(series))) => {
                    let next = self.next_number(series);
                    self.stored.entry(series.clone()).or_insert(next);
                    self.next.insert(series.clone(), next + 1);
                }
                _ => self.batch.push(purpose, write),
            }
        }
    }

    /// How many writes wait.
    pub fn len(&self) -> usize {
        self.batch.len()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.batch.is_empty() && self.stored.is_empty()
    }

    /// Everything that waits as one list; the series stand where they stand.
    pub fn drain(&mut self) -> Batch {
        let mut list = std::mem::take(&mut self.batch);
        for (series, stored) in std::mem::take(&mut self.stored) {
            let next = self.next_number(&series);
            let write = if stored == 1 {
                Write::new(
                    "INSERT INTO series (name, next) VALUES ($1, $2)",
                    crate::params![series, next],
                )
            } else {
                Write::new(
                    "UPDATE series SET next = $2 WHERE name = $1 AND next = $3",
                    crate::params![series, next, stored],
                )
                .rows(1)
            };
            list.push(Purpose::Race, write);
        }
        together(list)
    }
}

/// The same writes, those of one statement behind one another. Within one statement the order stays; between two it does not
/// matter to rows of different petitions, and of one petition each row is written once.
fn together(list: Batch) -> Batch {
    let (writes, purposes) = list.into_parts();
    let mut order: Vec<&'static str> = Vec::new();
    let mut kinds: HashMap<&'static str, Vec<(Purpose, Write)>> = HashMap::new();
    for (write, purpose) in writes.into_iter().zip(purposes) {
        let kind = kinds.entry(write.sql).or_insert_with(|| {
            order.push(write.sql);
            Vec::new()
        });
        kind.push((purpose, write));
    }
    let mut list = Batch::new();
    for sql in order {
        for (purpose, write) in kinds.remove(sql).into_iter().flatten() {
            list.push(purpose, write);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_taken_one_by_one_are_stored_at_once() {
        let mut bulk = Bulk::new(HashMap::from([("old".to_owned(), 7)]));
        for n in [1, 2, 3] {
            let mut list = Batch::new();
            list.take_number("new", n);
            list.setting("said", "so");
            bulk.take(list);
        }
        let mut list = Batch::new();
        list.take_number("old", 7);
        bulk.take(list);
        assert_eq!((bulk.next_number("new"), bulk.next_number("old")), (4, 8));
        let writes = bulk.drain().into_writes();
        let series: Vec<_> = (writes.iter())
            .filter(|write| write.sql.contains("series"))
            .map(|write| write.params.clone())
            .collect();
        assert_eq!(
            series,
            [crate::params!["new", 4_u32], crate::params!["old", 8_u32, 7_u32]]
        );
        assert!(bulk.is_empty() && bulk.next_number("old") == 8);
    }

    #[test]
    fn the_same_statements_stand_together_in_their_order() {
        let mut bulk = Bulk::default();
        for n in 0..3_i64 {
            let mut list = Batch::new();
            list.add("A", crate::params![n]);
            list.add("B", crate::params![n]);
            bulk.take(list);
        }
        let writes = bulk.drain().into_writes();
        let told: Vec<_> = writes.iter().map(|w| (w.sql, w.params[0].clone())).collect();
        let wanted: Vec<_> = ["A", "B"]
            .into_iter()
            .flat_map(|sql| (0..3_i64).map(move |n| (sql, Value::Int(n))))
            .collect();
        assert_eq!(told, wanted);
    }
}

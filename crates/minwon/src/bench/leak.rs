//! 색인이 새는 것 — how much of the words a thief of the index guesses, who has no key but a pile of other petitions like these.
//!
//! The index shows which petitions share tokens and how many have each. Two attacks, on titles read from a file: by rank (the most
//! frequent token is taken for the most frequent word of the other half, and so on), and by known petitions (the thief knows the words
//! of some petitions in it, their own, and so the tokens of these words).

use anyhow::Context;
use domain::search::tokens;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// Reads titles, one a line or the column `title` of a CSV, and prints the tables.
pub fn run(file: &Path) -> anyhow::Result<()> {
    let titles = titles(file)?;
    let (stolen, like): (Vec<_>, Vec<_>) = titles.iter().enumerate().partition(|(n, _)| n % 2 == 0);
    let words = |half: Vec<(usize, &String)>| -> Vec<BTreeSet<String>> {
        half.into_iter().map(|(_, title)| tokens(title)).collect()
    };
    let (stolen, like) = (words(stolen), words(like));
    println!(
        "\nIndex of {} titles stolen, {} others like them at hand.\n",
        stolen.len(),
        like.len()
    );
    let (of_index, of_pile) = (ranked(&stolen), ranked(&like));
    println!("| guessed by rank | right | of all tokens' occurrences |\n|---|---|---|");
    let occurrences: usize = of_index.iter().map(|(_, n)| n).sum();
    let mut right = (0, 0);
    let mut next = 0;
    let marks = [10, 50, 200, 1_000, 10_000, of_index.len()];
    for (rank, ((token, n), (word, _))) in of_index.iter().zip(&of_pile).enumerate() {
        if token == word {
            right = (right.0 + 1, right.1 + n);
        }
        while next < marks.len() && rank + 1 == marks[next].min(of_index.len()) {
            let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
            println!(
                "| the {} most frequent | {} ({:.1} %) | {:.1} % |",
                rank + 1,
                right.0,
                share(right.0, rank + 1),
                share(right.1, occurrences)
            );
            next += 1;
        }
    }
    println!(
        "\n| petitions whose words the thief knows | median share of another title's tokens known | titles known whole |\n|---|---|---|"
    );
    for known in [1, 10, 100, 1_000, 10_000] {
        if known >= stolen.len() {
            break;
        }
        let step = stolen.len() / known;
        let learnt: BTreeSet<&String> = stolen.iter().step_by(step).take(known).flatten().collect();
        let others = stolen
            .iter()
            .enumerate()
            .filter(|(n, _)| n % step != 0 || n / step >= known);
        let mut shares: Vec<(f64, bool)> = others
            .filter(|(_, words)| !words.is_empty())
            .map(|(_, words)| {
                let hits = words.iter().filter(|word| learnt.contains(word)).count();
                (100.0 * hits as f64 / words.len() as f64, hits == words.len())
            })
            .collect();
        shares.sort_by(|a, b| a.0.total_cmp(&b.0));
        let whole = shares.iter().filter(|(_, whole)| *whole).count();
        let median = shares.get(shares.len() / 2).map_or(0.0, |(share, _)| *share);
        let percent = 100.0 * whole as f64 / shares.len().max(1) as f64;
        println!("| {known} | {median:.0} % | {whole} ({percent:.1} %) |");
    }
    Ok(())
}

fn titles(file: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let csv = text
        .lines()
        .next()
        .is_some_and(|head| head.split(',').any(|name| name == "title"));
    if !csv {
        return Ok(text.lines().map(str::to_owned).collect());
    }
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader
        .headers()?
        .iter()
        .position(|name| name == "title")
        .unwrap_or_default();
    reader
        .records()
        .map(|row| Ok(row?.get(at).unwrap_or_default().to_owned()))
        .collect()
}

/// Tokens by how many titles have them, the most frequent first.
fn ranked(titles: &[BTreeSet<String>]) -> Vec<(&String, usize)> {
    let mut counts: HashMap<&String, usize> = HashMap::new();
    for word in titles.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut ranked: Vec<(&String, usize)> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    ranked
}

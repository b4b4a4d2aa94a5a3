//! HWPX — an agency's own template filled with the facts of a paper (KS X 6101 OWPML: a zip of XML).
//!
//! A template is an ordinary document of the office's word processor in which `{{접수번호}}` stands where the value shall
//! stand. Marks are found also where the word processor has split them into pieces; a table row that holds marks of a
//! group, `{{보완할 사항.내용}}`, is repeated for each of its entries. Values are text and never markup. What comes from
//! outside is bounded: number, size and ratio of the parts, depth of the XML, no document type, no encryption.

pub mod names;
mod package;
pub mod starter;
mod tree;

use crate::letter::numbered_text;
use package::Package;
use std::collections::{BTreeMap, BTreeSet};
use tree::{Element, Node};

/// The values of a paper by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    single: BTreeMap<String, String>,
    groups: BTreeMap<String, Vec<Vec<(String, String)>>>,
}

impl Values {
    /// A single value; line ends stay line ends.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.single.insert(name.to_owned(), value.into());
    }

    /// The entries of a group, each as names and values; the name in a template is `group.name`. Outside of table rows
    /// `{{group}}` alone stands for all entries as a lettered list.
    pub fn group(&mut self, group: &str, entries: Vec<Vec<(String, String)>>) {
        let texts = entries
            .iter()
            .filter_map(|entry| entry.last())
            .map(|(_, value)| value.clone())
            .collect::<Vec<_>>();
        self.single.insert(group.to_owned(), numbered_text(&texts));
        self.groups.insert(group.to_owned(), entries);
    }

    /// Every name a template may use.
    pub fn names(&self) -> BTreeSet<String> {
        let of_groups = self.groups.iter().flat_map(|(group, entries)| {
            let names = entries.first().into_iter().flatten();
            names.map(move |(name, _)| format!("{group}.{name}"))
        });
        self.single.keys().cloned().chain(of_groups).collect()
    }
}

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Not a zip, or not one of this kind of document.
    #[error("this is no HWPX document")]
    NotHwpx,
    /// Encrypted, or protected by a password.
    #[error("the document is encrypted")]
    Encrypted,
    /// Too many parts, a part too large, or packed suspiciously tight.
    #[error("the document is too large: {0}")]
    TooLarge(String),
    /// A part that is no well-formed XML, or declares a document type.
    #[error("{part} cannot be read: {why}")]
    Broken {
        /// Which part of the document.
        part: String,
        /// What is wrong with it.
        why: String,
    },
    /// Marks that no paper of this kind has a value for.
    #[error("unknown marks: {}", .0.join(", "))]
    Unknown(Vec<String>),
    /// `{{` without its `}}` in the same paragraph.
    #[error("a mark is not closed: {0}")]
    Unclosed(String),
    /// A repeated row with cells that reach into other rows.
    #[error("a repeated row has cells that reach into other rows")]
    MergedRow,
}

/// A template, read and checked.
#[derive(Debug, Clone)]
pub struct Template {
    package: Package,
    marks: BTreeSet<String>,
}

impl Template {
    /// Reads a template. Errors: what makes it unfit, whatever its marks are called.
    pub fn read(bytes: &[u8]) -> Result<Template, Unfit> {
        let package = Package::read(bytes)?;
        let mut marks = BTreeSet::new();
        for (name, part) in package.texts() {
            let mut root = tree::read(name, part)?;
            let mut fault = None;
            each_paragraph(&mut root, &mut |paragraph| match marks_of(&text_of(paragraph)) {
                Ok(found) => marks.extend(found),
                Err(unfit) => fault = fault.take().or(Some(unfit)),
            });
            if let Some(unfit) = fault {
                return Err(unfit);
            }
            if rows_reach(&root) {
                return Err(Unfit::MergedRow);
            }
        }
        Ok(Template { package, marks })
    }

    /// The names between the braces.
    pub fn marks(&self) -> &BTreeSet<String> {
        &self.marks
    }

    /// Whether every mark is one of `known`. Errors: [`Unfit::Unknown`] with those that are not.
    pub fn check(&self, known: &BTreeSet<String>) -> Result<(), Unfit> {
        let unknown: Vec<String> = self.marks.difference(known).cloned().collect();
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(Unfit::Unknown(unknown))
        }
    }

    /// The document with these values; a mark without a value is filled with nothing.
    pub fn fill(&self, values: &Values) -> Result<Vec<u8>, Unfit> {
        let mut package = self.package.clone();
        let mut preview = String::new();
        let names: Vec<String> = package.texts().map(|(name, _)| name.to_owned()).collect();
        for name in names {
            let Some(part) = package.text(&name) else { continue };
            let mut root = tree::read(&name, part)?;
            repeat_rows(&mut root, values);
            one_paragraph_a_line(&mut root, &values.single);
            each_paragraph(&mut root, &mut |paragraph| {
                // A value that looks like a mark is a value all the same: what is filled is not looked at again.
                if !paragraph.filled && text_of(paragraph).contains("{{") {
                    fill_paragraph(paragraph, &values.single);
                }
                let text = text_of(paragraph);
                if !text.trim().is_empty() {
                    preview.push_str(&text);
                    preview.push_str("\r\n");
                }
            });
            // The line breaks the word processor remembers are those of the template: without them it sets anew.
            root.remove_everywhere("linesegarray");
            package.put(&name, tree::write(&root));
        }
        package.preview(&preview);
        package.write()
    }
}

/// The mark names in a paragraph's text.
fn marks_of(text: &str) -> Result<Vec<String>, Unfit> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("{{") {
        let shown = || after.chars().take(20).collect::<String>();
        let (name, next) = after.split_once("}}").ok_or_else(|| Unfit::Unclosed(shown()))?;
        if name.contains("{{") || name.contains('\n') {
            return Err(Unfit::Unclosed(shown()));
        }
        found.push(name.trim().to_owned());
        rest = next;
    }
    Ok(found)
}

/// The words of a paragraph, without those of the paragraphs inside it (tables, notes).
fn text_of(paragraph: &Element) -> String {
    let mut text = String::new();
    for piece in pieces(paragraph) {
        text.push_str(&piece);
    }
    text
}

/// The texts of the runs of a paragraph, in order. A tab or a line break inside is a piece of its own.
fn pieces(paragraph: &Element) -> Vec<String> {
    let mut all = Vec::new();
    for run in paragraph.children_named("run") {
        for t in run.children_named("t") {
            for node in &t.children {
                match node {
                    Node::Text(text) => all.push(text.clone()),
                    Node::Element(e) if matches!(e.local(), "tab" | "lineBreak") => all.push("\n".to_owned()),
                    Node::Element(_) | Node::Raw(_) => {}
                }
            }
        }
    }
    all
}

/// Puts values in place of marks. A mark may begin in one piece and end in another: its value stands where it begins.
fn fill_paragraph(paragraph: &mut Element, values: &BTreeMap<String, String>) {
    paragraph.filled = true;
    let text = text_of(paragraph);
    // Where in the joined text each mark stands (bytes), and what goes there.
    let mut cuts: Vec<(usize, usize, &str)> = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        let Some(end) = text[start..].find("}}").map(|at| start + at + 2) else {
            break;
        };
        let name = text[start + 2..end - 2].trim();
        cuts.push((start, end, values.get(name).map_or("", String::as_str)));
        from = end;
    }
    let mut at = 0;
    for run in paragraph.children.iter_mut().filter_map(Node::element_mut) {
        if run.local() != "run" {
            continue;
        }
        for t in run.children.iter_mut().filter_map(Node::element_mut) {
            if t.local() != "t" {
                continue;
            }
            let prefix = t.prefix().to_owned();
            let mut filled = Vec::with_capacity(t.children.len());
            for node in std::mem::take(&mut t.children) {
                match node {
                    Node::Text(piece) => {
                        let here = at..at + piece.len();
                        at = here.end;
                        filled.extend(lines(&cut(&piece, here, &cuts), &prefix));
                    }
                    Node::Element(e) => {
                        if matches!(e.local(), "tab" | "lineBreak") {
                            at += 1;
                        }
                        filled.push(Node::Element(e));
                    }
                    Node::Raw(raw) => filled.push(Node::Raw(raw)),
                }
            }
            t.children = filled;
        }
    }
}

/// A paragraph that is one mark and nothing else becomes as many paragraphs as its value has lines: so a word processor sets
/// them, and readers that stop at a break within a paragraph miss nothing.
fn one_paragraph_a_line(element: &mut Element, values: &BTreeMap<String, String>) {
    let mut children = Vec::with_capacity(element.children.len());
    for mut child in std::mem::take(&mut element.children) {
        if let Node::Element(e) = &mut child {
            if e.local() == "p" {
                let text = text_of(e);
                let name = (text.trim().strip_prefix("{{"))
                    .and_then(|rest| rest.strip_suffix("}}"))
                    .filter(|name| !name.contains("{{"))
                    .map(|name| name.trim().to_owned());
                let value = name.as_ref().and_then(|name| values.get(name));
                if let (Some(name), Some(value)) = (name, value.filter(|value| value.contains('\n'))) {
                    for (n, line) in value.split('\n').enumerate() {
                        let mut paragraph = e.clone();
                        if n > 0 {
                            // What stands once in a section, at its first paragraph.
                            paragraph.remove_everywhere("secPr");
                            paragraph.remove_everywhere("ctrl");
                        }
                        fill_paragraph(&mut paragraph, &BTreeMap::from([(name.clone(), line.to_owned())]));
                        children.push(Node::Element(paragraph));
                    }
                    continue;
                }
            }
            one_paragraph_a_line(e, values);
        }
        children.push(child);
    }
    element.children = children;
}

/// One piece after its share of the cuts.
fn cut(piece: &str, here: std::ops::Range<usize>, cuts: &[(usize, usize, &str)]) -> String {
    let mut out = String::with_capacity(piece.len());
    let mut at = here.start;
    for &(start, end, value) in cuts {
        if end <= here.start || start >= here.end {
            continue;
        }
        if start >= here.start {
            out.push_str(&piece[at - here.start..start - here.start]);
            out.push_str(value);
        }
        at = end.min(here.end);
    }
    out.push_str(&piece[at - here.start..]);
    out
}

/// A text as nodes: each line end becomes the element the format has for it.
fn lines(text: &str, prefix: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            nodes.push(Node::Element(Element::new(&qualified(prefix, "lineBreak"))));
        }
        if !line.is_empty() {
            // Characters XML cannot hold at all are left out.
            let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
            nodes.push(Node::Text(line));
        }
    }
    nodes
}

fn qualified(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}:{name}")
    }
}

/// Visits every paragraph, those inside tables and notes too, the outer one first.
fn each_paragraph(element: &mut Element, visit: &mut impl FnMut(&mut Element)) {
    if element.local() == "p" {
        visit(element);
    }
    for child in element.children.iter_mut().filter_map(Node::element_mut) {
        each_paragraph(child, visit);
    }
}

/// The group whose marks stand in a table row, if any: the part before the point.
fn group_of(row: &Element) -> Option<String> {
    let mut row = row.clone();
    let mut group = None;
    each_paragraph(&mut row, &mut |paragraph| {
        let marks = marks_of(&text_of(paragraph)).unwrap_or_default();
        let found = marks.iter().find_map(|mark| mark.split_once('.'));
        group = group
            .take()
            .or_else(|| found.map(|(group, _)| group.trim().to_owned()));
    });
    group
}

/// Whether a row to repeat has a cell that reaches into another row, or another row reaches into it.
fn rows_reach(element: &Element) -> bool {
    if element.local() == "tbl" {
        let rows: Vec<&Element> = element.children_named("tr").collect();
        for (n, row) in rows.iter().enumerate() {
            let reach = |row: &Element| row.children_named("tc").map(row_span).max().unwrap_or(1);
            let reached = rows[..n]
                .iter()
                .enumerate()
                .any(|(above, row)| above + reach(row) > n);
            if group_of(row).is_some() && (reach(row) > 1 || reached) {
                return true;
            }
        }
    }
    element.elements().any(rows_reach)
}

fn row_span(cell: &Element) -> usize {
    let span = cell.children_named("cellSpan").next();
    span.and_then(|span| span.attribute("rowSpan")?.parse().ok())
        .unwrap_or(1)
}

/// Repeats the rows of groups, and numbers rows and cells anew.
fn repeat_rows(element: &mut Element, values: &Values) {
    for child in element.children.iter_mut().filter_map(Node::element_mut) {
        repeat_rows(child, values);
    }
    if element.local() != "tbl" {
        return;
    }
    let (mut repeated, mut grown) = (false, 0);
    let mut children = Vec::with_capacity(element.children.len());
    for node in std::mem::take(&mut element.children) {
        let group = match &node {
            Node::Element(row) if row.local() == "tr" => group_of(row),
            _ => None,
        };
        let (Some(group), Node::Element(row)) = (group, &node) else {
            children.push(node);
            continue;
        };
        repeated = true;
        let none = Vec::new();
        let entries = values.groups.get(&group).filter(|entries| !entries.is_empty());
        // A group without entries keeps one row, empty: a table must have rows.
        grown += row_height(row) * entries.map_or(0, |entries| entries.len() - 1);
        for entry in entries.unwrap_or(&vec![none]) {
            let mut row = row.clone();
            let mut own = values.single.clone();
            own.extend(
                entry
                    .iter()
                    .map(|(name, value)| (format!("{group}.{name}"), value.clone())),
            );
            each_paragraph(&mut row, &mut |paragraph| {
                if !paragraph.filled {
                    fill_paragraph(paragraph, &own);
                }
            });
            children.push(Node::Element(row));
        }
    }
    element.children = children;
    if repeated {
        let mut n = 0;
        for row in element.children.iter_mut().filter_map(Node::element_mut) {
            if row.local() != "tr" {
                continue;
            }
            for cell in row.children.iter_mut().filter_map(Node::element_mut) {
                for address in cell.children.iter_mut().filter_map(Node::element_mut) {
                    if address.local() == "cellAddr" {
                        address.set("rowAddr", &n.to_string());
                    }
                }
            }
            n += 1;
        }
        element.set("rowCnt", &n.to_string());
        // The table's own height must follow, or readers press the rows together.
        for size in element.children.iter_mut().filter_map(Node::element_mut) {
            if size.local() == "sz" {
                let height = size
                    .attribute("height")
                    .and_then(|height| height.parse::<usize>().ok());
                size.set("height", &(height.unwrap_or_default() + grown).to_string());
            }
        }
    }
}

fn row_height(row: &Element) -> usize {
    let heights = row.children_named("tc").filter_map(|cell| {
        let size = cell.children_named("cellSz").next()?;
        size.attribute("height")?.parse().ok()
    });
    heights.max().unwrap_or(0)
}

#[cfg(test)]
mod tests;

//! 나무 — a part of the document as elements and texts: read strictly, written back as it was.
//!
//! Attributes are kept as they stand between the quotation marks, escaped; texts are held unescaped.

use super::Unfit;
use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::Event;

/// Elements may lie so deep in one another. Tables in tables need some forty.
const DEPTH: usize = 200;

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    /// In order.
    pub children: Vec<Node>,
    /// Of a paragraph: its marks have their values. Not part of the document.
    pub filled: bool,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
    /// A comment or an instruction, as it came.
    Raw(String),
}

impl Node {
    pub fn element_mut(&mut self) -> Option<&mut Element> {
        match self {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Raw(_) => None,
        }
    }
}

impl Element {
    pub fn new(name: &str) -> Element {
        Element {
            name: name.to_owned(),
            attributes: Vec::new(),
            children: Vec::new(),
            filled: false,
        }
    }

    /// The name without its prefix.
    pub fn local(&self) -> &str {
        self.name.rsplit_once(':').map_or(&self.name, |(_, local)| local)
    }

    /// The prefix of its name; may be empty.
    pub fn prefix(&self) -> &str {
        self.name.rsplit_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// An attribute by its full name, escaped as it stands.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Sets an attribute to a value that needs no escaping.
    pub fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value.to_owned(),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Raw(_) => None,
        })
    }

    pub fn children_named<'a>(&'a self, local: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.local() == local)
    }

    /// Removes every element of this name, however deep.
    pub fn remove_everywhere(&mut self, local: &str) {
        self.children
            .retain(|node| !matches!(node, Node::Element(element) if element.local() == local));
        for child in self.children.iter_mut().filter_map(Node::element_mut) {
            child.remove_everywhere(local);
        }
    }
}

/// Reads a part. Errors: not well-formed, deeper than [`DEPTH`], a document type, an entity of its own.
pub(super) fn read(part: &str, text: &str) -> Result<Element, Unfit> {
    let broken = |why: String| Unfit::Broken {
        part: part.to_owned(),
        why,
    };
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element> = vec![Element::new("")];
    loop {
        let event = reader.read_event().map_err(|error| broken(error.to_string()))?;
        let here = open.len() - 1;
        match event {
            Event::Start(start) => {
                if open.len() > DEPTH {
                    return Err(broken("elements lie too deep in one another".to_owned()));
                }
                open.push(element(&start).map_err(broken)?);
            }
            Event::Empty(start) => open[here]
                .children
                .push(Node::Element(element(&start).map_err(broken)?)),
            Event::End(_) => {
                // The reader has checked that an element of this name is open.
                let done = open
                    .pop()
                    .ok_or_else(|| broken("an end without a beginning".to_owned()))?;
                let parent = open.last_mut();
                let parent = parent.ok_or_else(|| broken("an end without a beginning".to_owned()))?;
                parent.children.push(Node::Element(done));
            }
            Event::Text(text) => push_text(&mut open[here], &text.xml10_content()),
            Event::CData(text) => push_text(&mut open[here], &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = reference
                    .resolve_char_ref()
                    .map_err(|error| broken(error.to_string()))?;
                let name = reference.xml10_content();
                match (character, resolve_predefined_entity(&name)) {
                    (Some(character), _) => push_text(&mut open[here], &character.to_string()),
                    (None, Some(text)) => push_text(&mut open[here], text),
                    (None, None) => return Err(broken(format!("the entity {name} is not one of XML's own"))),
                }
            }
            Event::Comment(comment) => open[here]
                .children
                .push(Node::Raw(format!("<!--{}-->", &*comment))),
            Event::PI(instruction) => open[here]
                .children
                .push(Node::Raw(format!("<?{}?>", &*instruction))),
            Event::DocType(_) => return Err(broken("it declares a document type".to_owned())),
            Event::Decl(_) => {}
            Event::Eof => break,
        }
    }
    let world = open.pop().filter(|_| open.is_empty());
    let roots = world.map(|world| world.children).unwrap_or_default();
    let mut elements = roots.into_iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) | Node::Raw(_) => None,
    });
    match (elements.next(), elements.next()) {
        (Some(root), None) => Ok(root),
        _ => Err(broken("it has not exactly one root".to_owned())),
    }
}

fn element(start: &quick_xml::events::BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element::new(start.name().into_inner());
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let (name, value) = (
            attribute.key.into_inner().to_owned(),
            attribute.value.into_owned(),
        );
        element.attributes.push((name, value));
    }
    Ok(element)
}

/// Adds text; pieces that only an entity had parted become one.
fn push_text(element: &mut Element, text: &str) {
    match element.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => element.children.push(Node::Text(text.to_owned())),
    }
}

/// The part as XML in UTF-8.
pub(super) fn write(root: &Element) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\" ?>");
    put(root, &mut out);
    out
}

fn put(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(&element.name);
    for (name, value) in &element.attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        // It may have stood between apostrophes.
        out.push_str(&value.replace('"', "&quot;"));
        out.push('"');
    }
    if element.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for node in &element.children {
        match node {
            Node::Element(child) => put(child, out),
            Node::Text(text) => out.push_str(&escape(text.as_str())),
            Node::Raw(raw) => out.push_str(raw),
        }
    }
    out.push_str("</");
    out.push_str(&element.name);
    out.push('>');
}

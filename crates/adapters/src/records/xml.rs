//! 교환 문서 — the XML that goes out, and the one that comes back. What comes back is read by a parser that expands nothing: a
//! document type, an entity of its own or a second root makes it unreadable.

use ports::records::{Dossier, DossierId, Said};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// A reason is at most so long.
const REASON: usize = 2_000;

/// The name of a dossier's files.
pub(super) fn name(id: DossierId) -> String {
    format!("{}-{}", id.petition, id.approval)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// The dossier as the outside system reads it.
pub(super) fn written(dossier: &Dossier) -> String {
    let element = |name: &str, text: &str| format!("  <{name}>{}</{name}>\n", escaped(text));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<dossier version=\"1\">\n");
    xml.push_str(&element("petition", &dossier.id.petition.to_string()));
    xml.push_str(&element("approval", &dossier.id.approval.to_string()));
    xml.push_str(&element("unit-code", &dossier.unit));
    xml.push_str(&element("unit", &dossier.unit_name));
    xml.push_str(&element("subject", &dossier.subject));
    xml.push_str(&element("to", &dossier.to));
    for hand in &dossier.hands {
        let (seat, position) = (escaped(hand.seat), escaped(&hand.position));
        let person = escaped(&hand.name);
        xml.push_str(&format!(
            "  <signer seat=\"{seat}\" position=\"{position}\">{person}</signer>\n"
        ));
    }
    let approved = dossier
        .approved_at
        .civil()
        .map(|at| at.strftime("%Y-%m-%dT%H:%M:%S+09:00").to_string());
    xml.push_str(&element("approved", &approved.unwrap_or_default()));
    xml.push_str(&element("filing-number", &dossier.filing_number));
    xml.push_str(&element("reception-number", &dossier.reception_number));
    if let Some(number) = &dossier.own_number {
        xml.push_str(&element("own-number", number));
    }
    let disclosure = if dossier.public { "public" } else { "closed" };
    xml.push_str(&element("disclosure", disclosure));
    xml.push_str(&element("retention-years", &dossier.retention_years.to_string()));
    xml.push_str(&element("letter", &format!("{}.pdf", name(dossier.id))));
    xml.push_str("</dossier>\n");
    xml
}

/// Reads an answer: `registered` or `refused` with its elements, each once, in any order, without markup inside. Errors: what
/// is wrong, for a person.
pub fn read(text: &str) -> Result<(DossierId, Said), String> {
    let (root, fields) = elements(text)?;
    let value = |name: &str| -> Result<&str, String> {
        (fields.get(name).map(|value| value.trim()))
            .filter(|value| !value.is_empty())
            .ok_or_else(|| format!("<{name}> is missing or empty"))
    };
    let number = |name: &str| -> Result<u32, String> {
        value(name)?
            .parse()
            .ok()
            .filter(|n| *n > 0)
            .ok_or_else(|| format!("<{name}> is no number from 1"))
    };
    let id = DossierId {
        petition: (value("petition")?.parse()).map_err(|_| "<petition> is no identity of ours".to_owned())?,
        approval: number("approval")?,
    };
    let said = match root.as_str() {
        "registered" => Said::Registered {
            unit: value("unit-code")?.to_owned(),
            n: number("number")?,
            on: (value("date")?.parse()).map_err(|_| "<date> is no day like 2026-06-16".to_owned())?,
        },
        "refused" => Said::Refused {
            reason: value("reason")?.chars().take(REASON).collect(),
        },
        other => return Err(format!("<{other}> is neither <registered> nor <refused>")),
    };
    Ok((id, said))
}

/// The name of the root, and its elements with their text.
fn elements(text: &str) -> Result<(String, BTreeMap<String, String>), String> {
    let broken = |what: &str| format!("not well-formed: {what}");
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let (mut root, mut fields) = (None, BTreeMap::<String, String>::new());
    loop {
        let event = reader.read_event().map_err(|error| broken(&error.to_string()))?;
        match event {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                match path.len() {
                    0 if root.is_none() => root = Some(name.clone()),
                    1 if fields.insert(name.clone(), String::new()).is_none() => {}
                    1 => return Err(format!("<{name}> stands twice")),
                    _ => return Err(broken("elements stand where text or nothing is expected")),
                }
                path.push(name);
            }
            Event::Empty(_) if path.len() == 1 => {}
            Event::Empty(_) => return Err(broken("an empty element in a wrong place")),
            Event::End(_) => {
                path.pop();
            }
            Event::Text(text) => {
                take(&path, &mut fields, &text.xml10_content())?;
            }
            Event::CData(text) => {
                take(&path, &mut fields, &text.xml10_content())?;
            }
            Event::GeneralRef(reference) => {
                let character = (reference.resolve_char_ref()).map_err(|error| broken(&error.to_string()))?;
                let name = reference.xml10_content();
                let said = match character {
                    Some(c) => c.to_string(),
                    None => resolve_predefined_entity(&name)
                        .ok_or_else(|| format!("the entity &{name}; is not allowed"))?
                        .to_owned(),
                };
                take(&path, &mut fields, &said)?;
            }
            Event::DocType(_) => return Err("a document type (DOCTYPE) is not allowed".to_owned()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if !path.is_empty() {
        return Err(broken("it ends too early"));
    }
    root.map(|root| (root, fields))
        .ok_or_else(|| "it is empty".to_owned())
}

fn take(path: &[String], fields: &mut BTreeMap<String, String>, text: &str) -> Result<(), String> {
    match path {
        [_, field] => {
            if let Some(value) = fields.get_mut(field) {
                value.push_str(text);
            }
            Ok(())
        }
        _ if text.trim().is_empty() => Ok(()),
        _ => Err("not well-formed: text stands outside the elements".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "00000000000000000000000000000007";

    fn registered(number: &str, date: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<registered>\n<number>{number}</number><date>{date}</date><petition>{ID}</petition>\
             <approval>2</approval><unit-code>road_facilities</unit-code></registered>"
        )
    }

    #[test]
    fn what_comes_back_is_read() {
        let (id, said) = read(&registered("16175", " 2026-06-16 ")).unwrap();
        assert_eq!(id.approval, 2);
        let Said::Registered { unit, n, on } = said else {
            panic!("{said:?}")
        };
        assert_eq!(
            (unit.as_str(), n, on.to_string()),
            ("road_facilities", 16_175, "2026-06-16".into())
        );
        let refused = format!(
            "<refused><petition>{ID}</petition><approval>1</approval><reason>서식 &lt;별지&gt; &#49;호가 <![CDATA[없음]]></reason></refused>"
        );
        let (_, said) = read(&refused).unwrap();
        let reason = "서식 <별지> 1호가 없음".to_owned();
        assert_eq!(said, Said::Refused { reason });
    }

    #[test]
    fn what_is_malformed_is_named() {
        let bomb = format!(
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>{}",
            registered("&b;", "2026-06-16")
        );
        let cases = [
            (registered("0", "2026-06-16"), "<number> is no number from 1"),
            (registered("x", "2026-06-16"), "<number> is no number from 1"),
            (registered("1", "어제"), "<date> is no day like 2026-06-16"),
            (
                registered("1</number><number>2", "2026-06-16"),
                "<number> stands twice",
            ),
            (registered("<b>1</b>", "2026-06-16"), "not well-formed: elements"),
            (bomb, "a document type (DOCTYPE) is not allowed"),
            (registered("&b;", "2026-06-16"), "the entity &b; is not allowed"),
            (
                registered("1", "2026-06-16").replace("</registered>", ""),
                "not well-formed",
            ),
            (registered("1", "2026-06-16") + "<registered/>", "not well-formed"),
            (
                registered("1", "2026-06-16").replace(ID, "누구"),
                "<petition> is no identity of ours",
            ),
            (
                registered("1", "2026-06-16").replace("registered>", "other>"),
                "<other> is neither",
            ),
            (String::new(), "it is empty"),
            (
                registered("1", "2026-06-16").replace("<approval>2</approval>", ""),
                "<approval> is missing or empty",
            ),
        ];
        for (text, wanted) in cases {
            let said = read(&text).unwrap_err();
            assert!(said.starts_with(wanted), "{said} instead of {wanted}");
        }
    }
}

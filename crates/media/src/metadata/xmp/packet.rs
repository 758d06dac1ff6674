//! A packet as elements: only those of our namespaces are kept, and nothing without a limit. No entity is expanded but
//! XML's own five.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::element::Element;
use super::scope::{Name, Namespace, Scope, declared_by};

/// Deepest nesting of elements. A structure in a list in a structure is eight below the packet's top.
const MAX_DEPTH: usize = 48;

/// Most attributes of one element. Raw converters write some three hundred settings as such.
const MAX_ATTRIBUTES: usize = 1024;

/// Most properties of our namespaces. All that there are come to some hundred.
const MAX_PROPERTIES: usize = 1024;

/// Most tags, attributes, texts and references of a packet. Retouching leaves some ten thousand elements, each with two
/// tags and the space around them.
const MAX_PARTS: usize = 100_000;

/// What was read of a packet.
#[derive(Default)]
pub(super) struct Packet {
    /// The properties of ours, each as an element; an attribute is one with nothing but text.
    pub(super) properties: Vec<Element>,
    /// Whether the reading stopped before the end: what is not XML, declares entities, or is past a limit.
    pub(super) broken: bool,
}

/// Reads a packet until its end or its first fault.
pub(super) fn read(octets: &[u8]) -> Packet {
    let text = decoded(octets);
    let mut reading = Reading::default();
    let whole = reading.run(&text).is_some() && reading.open.is_empty();
    Packet { properties: reading.properties, broken: !whole }
}

/// UTF-8, which it is in photos, or UTF-16, which the standard allows elsewhere.
fn decoded(octets: &[u8]) -> Cow<'_, str> {
    let utf_16 = |unit: fn([u8; 2]) -> u16| {
        let units = octets.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(unit));
        char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    let text = match octets {
        [0xfe, 0xff, ..] | [0, b'<', ..] => Cow::Owned(utf_16(u16::from_be_bytes)),
        [0xff, 0xfe, ..] | [b'<', 0, ..] => Cow::Owned(utf_16(u16::from_le_bytes)),
        _ => String::from_utf8_lossy(octets),
    };
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Cow::Owned(text) => Cow::Owned(text),
    }
}

/// An element that has begun and not ended.
struct Open {
    /// It, if it is part of a property of ours.
    kept: Option<Element>,
    /// Whether it is an `rdf:Description` below `rdf:RDF`, whose children are properties.
    describes: bool,
    /// Whether it is `rdf:RDF`.
    rdf: bool,
    /// The prefixes before it.
    scope: usize,
}

#[derive(Default)]
struct Reading {
    scope: Scope,
    open: Vec<Open>,
    properties: Vec<Element>,
    parts: usize,
}

impl Reading {
    fn run(&mut self, text: &str) -> Option<()> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        loop {
            self.count(1)?;
            match reader.read_event().ok()? {
                Event::Start(start) => self.begin(&start)?,
                Event::Empty(start) => {
                    self.begin(&start)?;
                    self.end()?;
                }
                Event::End(_) => self.end()?,
                Event::Text(text) => self.add(&text.xml10_content()),
                Event::CData(text) => self.add(&text.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                    Some(char) => self.add(char.encode_utf8(&mut [0; 4])),
                    None => self.add(resolve_predefined_entity(&reference)?),
                },
                Event::DocType(_) => return None,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => return Some(()),
            }
        }
    }

    fn count(&mut self, parts: usize) -> Option<()> {
        self.parts = self.parts.checked_add(parts).filter(|&parts| parts <= MAX_PARTS)?;
        Some(())
    }

    fn begin(&mut self, start: &BytesStart<'_>) -> Option<()> {
        if self.open.len() >= MAX_DEPTH {
            return None;
        }
        let scope = self.scope.mark();
        let mut raw = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            self.count(1)?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            if let Some(prefix) = declared_by(attribute.key.as_ref()) {
                self.scope.declare(prefix, &value)?;
            } else if raw.len() < MAX_ATTRIBUTES {
                raw.push((attribute.key, value));
            } else {
                return None;
            }
        }

        let name = self.scope.element(start.name().as_ref());
        let attributes = raw.into_iter().map(|(key, value)| (self.scope.attribute(key.as_ref()), value));
        let parent = self.open.last();
        let describes = parent.is_some_and(|parent| parent.rdf) && name.is(Namespace::Rdf, "Description");
        if describes {
            for (name, value) in attributes.filter(|(name, _)| is_ours(name)) {
                let (text, attributes, children) = (value.into_owned(), Vec::new(), Vec::new());
                self.properties.push(Element { name, attributes, text, children });
            }
            self.open.push(Open { kept: None, describes, rdf: false, scope });
            return Some(());
        }
        let kept = parent.is_some_and(|parent| parent.kept.is_some() || parent.describes && is_ours(&name));
        let rdf = name.is(Namespace::Rdf, "RDF");
        let kept = kept.then(|| Element {
            attributes: attributes.map(|(name, value)| (name, value.into_owned())).collect(),
            name,
            text: String::new(),
            children: Vec::new(),
        });
        self.open.push(Open { kept, describes, rdf, scope });
        Some(())
    }

    fn end(&mut self) -> Option<()> {
        let Some(ended) = self.open.pop() else { return Some(()) };
        self.scope.back_to(ended.scope);
        if let Some(element) = ended.kept {
            match self.open.last_mut().and_then(|parent| parent.kept.as_mut()) {
                Some(parent) => parent.children.push(element),
                None => self.properties.push(element),
            }
        }
        // What an element had as attributes has a limit of its own.
        (self.properties.len() <= MAX_PROPERTIES).then_some(())
    }

    fn add(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut().and_then(|open| open.kept.as_mut()) {
            element.text.push_str(text);
        }
    }
}

fn is_ours(name: &Name) -> bool {
    !matches!(name.namespace, Namespace::Rdf | Namespace::Xml | Namespace::Foreign)
}

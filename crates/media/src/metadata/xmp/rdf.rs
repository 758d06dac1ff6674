//! What an element of RDF means, however it is spelt: a text, a list, or a structure.

use super::element::Element;
use super::scope::{Name, Namespace};

/// The value of a property, of an item of a list, or of a member of a structure.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Node<'a> {
    Text(&'a str),
    Items(Vec<Item<'a>>),
    Members(Vec<(&'a Name, Node<'a>)>),
}

/// An item of a list, with its language if the list is one of translations.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item<'a> {
    pub(super) language: Option<&'a str>,
    pub(super) node: Node<'a>,
}

impl<'a> Node<'a> {
    /// The meaning of an element. It recurs no deeper than a packet may nest.
    pub(super) fn of(element: &'a Element) -> Self {
        if let Some(list) = element.rdf_child(&["Alt", "Bag", "Seq"]) {
            let items = list.children.iter().filter(|child| child.name.is(Namespace::Rdf, "li"));
            return Self::Items(items.map(Item::of).collect());
        }
        if let Some(structure) = element.rdf_child(&["Description"]) {
            return Self::structure(structure);
        }
        if element.attribute(Namespace::Rdf, "parseType") == Some("Resource") {
            return Self::structure(element);
        }
        if let Some(address) = element.attribute(Namespace::Rdf, "resource") {
            return Self::Text(address);
        }
        match Self::structure(element) {
            Self::Members(members) if members.is_empty() => Self::Text(&element.text),
            structure => structure,
        }
    }

    /// The members that the element has as attributes and as children. If one is `rdf:value`, it is the value and the
    /// others are remarks on it.
    fn structure(element: &'a Element) -> Self {
        if let Some(value) = element.attribute(Namespace::Rdf, "value") {
            return Self::Text(value);
        }
        if let Some(value) = element.rdf_child(&["value"]) {
            return Self::of(value);
        }
        let is_member = |name: &Name| !matches!(name.namespace, Namespace::Rdf | Namespace::Xml);
        let attributes = element.attributes.iter().map(|(name, value)| (name, Self::Text(value)));
        let children = element.children.iter().map(|child| (&child.name, Self::of(child)));
        Self::Members(attributes.chain(children).filter(|(name, _)| is_member(name)).collect())
    }

    /// The text; of a list the one for whoever speaks another language, or else the first.
    pub(super) fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Self::Items(items) => {
                let default = items.iter().find(|item| item.language == Some("x-default"));
                default.or(items.first()).and_then(|item| item.node.text())
            }
            Self::Members(_) => None,
        }
    }

    /// The text of a member of a structure.
    pub(super) fn member(&self, namespace: Namespace, local: &str) -> Option<String> {
        let Self::Members(members) = self else { return None };
        let (_, node) = members.iter().find(|(name, _)| name.is(namespace, local))?;
        node.text().map(str::to_owned)
    }

    /// The value once, or each of a list.
    pub(super) fn each(self) -> Vec<Self> {
        match self {
            Self::Items(items) => items.into_iter().map(|item| item.node).collect(),
            one => vec![one],
        }
    }
}

impl<'a> Item<'a> {
    fn of(element: &'a Element) -> Self {
        Self { language: element.attribute(Namespace::Xml, "lang"), node: Node::of(element) }
    }
}

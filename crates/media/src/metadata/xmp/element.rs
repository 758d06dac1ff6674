//! An element of XML, whole: what a property is made of before it is known what it means.

use super::scope::{Name, Namespace};

/// An element with all that is in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: Name,
    pub(super) attributes: Vec<(Name, String)>,
    /// All text directly in it.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, namespace: Namespace, local: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name.is(namespace, local)).map(|(_, value)| value.as_str())
    }

    /// The first child of RDF's namespace with one of these names.
    pub(super) fn rdf_child(&self, locals: &[&str]) -> Option<&Self> {
        self.children.iter().find(|child| locals.iter().any(|local| child.name.is(Namespace::Rdf, local)))
    }
}

//! Names and what their prefixes stand for: the namespaces of ours by kind, all others as one.

/// A namespace that a photo desk's properties are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Namespace {
    Rdf,
    Xml,
    DublinCore,
    Photoshop,
    Rights,
    Plus,
    IptcCore,
    IptcExtension,
    /// Any other, or none.
    Foreign,
}

impl Namespace {
    fn of(uri: &str) -> Self {
        match uri {
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#" => Self::Rdf,
            "http://purl.org/dc/elements/1.1/" => Self::DublinCore,
            "http://ns.adobe.com/photoshop/1.0/" => Self::Photoshop,
            "http://ns.adobe.com/xap/1.0/rights/" => Self::Rights,
            "http://ns.useplus.org/ldf/xmp/1.0/" => Self::Plus,
            "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" => Self::IptcCore,
            "http://iptc.org/std/Iptc4xmpExt/2008-02-29/" => Self::IptcExtension,
            _ => Self::Foreign,
        }
    }
}

/// The name of an element or attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) namespace: Namespace,
    pub(super) local: String,
}

impl Name {
    pub(super) fn is(&self, namespace: Namespace, local: &str) -> bool {
        self.namespace == namespace && self.local == local
    }
}

/// The prefix that an attribute of this name declares, if it does: none at all is one too.
pub(super) fn declared_by(attribute: &str) -> Option<&str> {
    match attribute.strip_prefix("xmlns")? {
        "" => Some(""),
        rest => rest.strip_prefix(':'),
    }
}

/// The prefixes that are declared where the reading is.
#[derive(Default)]
pub(super) struct Scope {
    declared: Vec<(String, Namespace)>,
}

impl Scope {
    /// Most prefixes at a time. Programs declare each that they know, some thirty, at the top.
    const MAX_PREFIXES: usize = 128;

    /// How many prefixes there are: what to go back to at the element's end.
    pub(super) fn mark(&self) -> usize {
        self.declared.len()
    }

    /// Forgets what was declared since the mark.
    pub(super) fn back_to(&mut self, mark: usize) {
        self.declared.truncate(mark);
    }

    /// Takes a prefix; `None` where it is one too many.
    pub(super) fn declare(&mut self, prefix: &str, uri: &str) -> Option<()> {
        if self.declared.len() >= Self::MAX_PREFIXES {
            return None;
        }
        self.declared.push((prefix.to_owned(), Namespace::of(uri)));
        Some(())
    }

    /// What the name of an element means here.
    pub(super) fn element(&self, name: &str) -> Name {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        self.named(prefix, local)
    }

    /// What the name of an attribute means here: without a prefix it is in no namespace.
    pub(super) fn attribute(&self, name: &str) -> Name {
        match name.split_once(':') {
            Some(("xml", local)) => Name { namespace: Namespace::Xml, local: local.to_owned() },
            Some((prefix, local)) => self.named(prefix, local),
            None => Name { namespace: Namespace::Foreign, local: name.to_owned() },
        }
    }

    fn named(&self, prefix: &str, local: &str) -> Name {
        let declared = self.declared.iter().rev().find(|(declared, _)| declared == prefix);
        let namespace = declared.map_or(Namespace::Foreign, |&(_, namespace)| namespace);
        Name { namespace, local: local.to_owned() }
    }
}

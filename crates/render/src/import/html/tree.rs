//! The tree that the HTML parser builds: nodes in one list, which name each other by place, so that no depth of
//! nesting can exhaust a stack.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName};

/// A node by its place.
pub(crate) type NodeId = usize;

/// What a node is.
#[derive(Debug)]
pub(crate) enum Node {
    /// The whole.
    Root,
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
}

/// An element with its attributes.
#[derive(Debug)]
pub(crate) struct Element {
    name: QualName,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// Its name, in lower case.
    pub(crate) fn name(&self) -> &str {
        &self.name.local
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes().find(|(given, _)| *given == name).map(|(_, value)| value)
    }

    /// All attributes.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[derive(Debug)]
struct Place {
    node: Node,
    parent: Option<NodeId>,
    children: Vec<NodeId>,
    /// How many elements stood around it when it came.
    depth: usize,
    line: usize,
}

/// A tree. The parser only sees it shared, hence the cells.
#[derive(Debug)]
pub(crate) struct Tree {
    places: RefCell<Vec<Place>>,
    line: Cell<usize>,
    deepest: Cell<usize>,
}

/// A tree that is read.
#[derive(Debug)]
pub(crate) struct Grown(Vec<Place>);

impl Grown {
    /// The node of a place.
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.0[id].node
    }

    /// The element of a place, if it is one.
    pub(crate) fn element(&self, id: NodeId) -> Option<&Element> {
        match self.node(id) {
            Node::Element(element) => Some(element),
            Node::Root | Node::Text(_) => None,
        }
    }

    /// What is directly inside a node.
    pub(crate) fn children(&self, id: NodeId) -> &[NodeId] {
        &self.0[id].children
    }

    /// The line of the source on which a node begins.
    pub(crate) fn line(&self, id: NodeId) -> usize {
        self.0[id].line
    }

    /// All nodes below one, itself included, in the order of the source.
    pub(crate) fn below(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut waiting = vec![id];
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            waiting.extend(self.children(next).iter().rev());
            Some(next)
        })
    }

    /// How many elements stand in each other below the root, as the tree is now.
    pub(crate) fn depth(&self) -> usize {
        let mut deepest = 0;
        let mut waiting = vec![(Tree::ROOT, 0)];
        while let Some((id, depth)) = waiting.pop() {
            deepest = deepest.max(depth);
            waiting.extend(self.children(id).iter().map(|&child| (child, depth + 1)));
        }
        deepest
    }
}

impl Tree {
    /// The place of the whole.
    pub(crate) const ROOT: NodeId = 0;

    pub(crate) fn new() -> Self {
        let root = Place { node: Node::Root, parent: None, children: Vec::new(), depth: 0, line: 1 };
        Self { places: RefCell::new(vec![root]), line: Cell::new(1), deepest: Cell::new(0) }
    }

    /// How many elements have come so far.
    pub(crate) fn len(&self) -> usize {
        self.places.borrow().len()
    }

    /// The deepest place at which an element came so far.
    pub(crate) fn deepest(&self) -> usize {
        self.deepest.get()
    }

    fn add(&self, node: Node) -> NodeId {
        let mut places = self.places.borrow_mut();
        places.push(Place { node, parent: None, children: Vec::new(), depth: 0, line: self.line.get() });
        places.len() - 1
    }

    /// Puts `child` into `parent` before the child at `at`.
    fn put(&self, parent: NodeId, at: usize, child: NodeOrText<NodeId>) {
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => {
                let mut places = self.places.borrow_mut();
                let before = at.checked_sub(1).map(|at| places[parent].children[at]);
                if let Some(Node::Text(written)) = before.map(|id| &mut places[id].node) {
                    written.push_str(&text);
                    return;
                }
                drop(places);
                self.add(Node::Text(text.to_string()))
            }
        };
        self.remove_from_parent(&child);
        let mut places = self.places.borrow_mut();
        let depth = places[parent].depth + 1;
        (places[child].parent, places[child].depth) = (Some(parent), depth);
        let at = at.min(places[parent].children.len());
        places[parent].children.insert(at, child);
        self.deepest.set(self.deepest.get().max(depth));
    }
}

/// The name of an element, for the parser.
#[derive(Debug)]
pub(crate) struct Named(QualName);

impl ElemName for Named {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Tree {
    type Handle = NodeId;
    type Output = Grown;
    type ElemName<'a> = Named;

    fn finish(self) -> Grown {
        Grown(self.places.into_inner())
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        Self::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Named {
        match &self.places.borrow()[*target].node {
            Node::Element(element) => Named(element.name.clone()),
            // The parser asks for elements only.
            Node::Root | Node::Text(_) => {
                Named(QualName::new(None, Namespace::from(""), LocalName::from("")))
            }
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        let attributes = attributes
            .into_iter()
            .map(|Attribute { name, value }| (name.local.to_string(), value.to_string()));
        self.add(Node::Element(Element { name, attributes: attributes.collect() }))
    }

    /// A comment is for nobody: it is there, empty, and never shown.
    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.add(Node::Root)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.add(Node::Root)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let end = self.places.borrow()[*parent].children.len();
        self.put(*parent, end, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.places.borrow()[*element].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let Some(parent) = self.places.borrow()[*sibling].parent else { return };
        // From the end, where the parser is at work.
        let at = self.places.borrow()[parent].children.iter().rposition(|child| child == sibling);
        self.put(parent, at.unwrap_or_default(), child);
    }

    fn add_attrs_if_missing(&self, _: &NodeId, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &NodeId) {
        let mut places = self.places.borrow_mut();
        let Some(parent) = places[*target].parent.take() else { return };
        if let Some(at) = places[parent].children.iter().rposition(|child| child == target) {
            places[parent].children.remove(at);
        }
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut places = self.places.borrow_mut();
        let moved = std::mem::take(&mut places[*node].children);
        for child in &moved {
            places[*child].parent = Some(*new_parent);
        }
        places[*new_parent].children.extend(moved);
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(usize::try_from(line).unwrap_or(usize::MAX));
    }
}

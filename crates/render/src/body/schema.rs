//! How delivered blocks and marks describe themselves: one named object per kind, told apart by `type`.

use domain::block::code::Code;
use domain::block::embed::Embed;
use domain::block::id::BlockId;
use domain::language::Language;
use domain::schema::{Schemas, Tagged, add, object, one_of, reference};
use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{Object, ObjectBuilder, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::photo::{Gallery, PhotoBlock};
use super::span::{Link, LinkedArticle, Mark};
use super::{
    Block, Cell, FactBox, Heading, List, ListItem, Paragraph, Quote, Related, SimpleBlock, Table, Update,
};

/// A kind of block, without its id.
struct Kind {
    name: &'static str,
    title: &'static str,
    object: Object,
    inside: fn(&mut Schemas),
}

fn kind<T: ToSchema>(name: &'static str, title: &'static str) -> Kind {
    Kind { name, title, object: object::<T>(), inside: T::schemas }
}

/// A break between parts.
#[derive(ToSchema)]
struct Divider {}

/// Kinds that may stand inside other blocks.
fn simple_kinds() -> Vec<Kind> {
    vec![
        kind::<Paragraph>("paragraph", "Paragraph"),
        kind::<Heading>("heading", "Heading"),
        kind::<List>("list", "List"),
        kind::<Quote>("quote", "Quote"),
    ]
}

fn all_kinds() -> Vec<Kind> {
    let mut kinds = simple_kinds();
    kinds.extend([
        kind::<Quote>("pull_quote", "PullQuote"),
        kind::<PhotoBlock>("photo", "Photo"),
        kind::<Gallery>("gallery", "Gallery"),
        kind::<Embed>("embed", "Embed"),
        kind::<FactBox>("fact_box", "FactBox"),
        kind::<Related>("related", "Related"),
        kind::<Table>("table", "Table"),
        kind::<Code>("code", "Code"),
        kind::<Divider>("divider", "Divider"),
        kind::<Update>("update", "Update"),
    ]);
    kinds
}

/// Blocks of a body: `DeliveredParagraphBlock`.
fn of_body() -> Vec<Tagged> {
    let tagged = |Kind { name, title, mut object, inside: _ }| {
        object.properties.shift_insert(0, "id".to_owned(), reference::<BlockId>());
        object.required.push("id".to_owned());
        for example in &mut object.examples {
            example["id"] = Value::from(BlockId::EXAMPLE);
        }
        Tagged::new(name, format!("Delivered{title}Block"), object)
    };
    all_kinds().into_iter().map(tagged).collect()
}

/// Blocks inside blocks: `DeliveredSimpleParagraph`.
fn inside() -> Vec<Tagged> {
    let tagged = |Kind { name, title, object, inside: _ }| {
        Tagged::new(name, format!("DeliveredSimple{title}"), object)
    };
    simple_kinds().into_iter().map(tagged).collect()
}

fn collect(found: &mut Schemas, tagged: Vec<Tagged>, kinds: Vec<Kind>) {
    found.extend(tagged.into_iter().map(Tagged::component));
    for kind in kinds {
        (kind.inside)(found);
    }
    // A list is inside its own items, so nothing that was collected so far has come to them.
    add::<ListItem>(found);
    add::<Cell>(found);
    found.push((List::name().into_owned(), List::schema()));
}

impl PartialSchema for Block {
    fn schema() -> RefOr<Schema> {
        one_of("A block of a delivered body.", &of_body())
    }
}

impl ToSchema for Block {
    fn name() -> std::borrow::Cow<'static, str> {
        "DeliveredBlock".into()
    }

    fn schemas(found: &mut Schemas) {
        add::<BlockId>(found);
        collect(found, of_body(), all_kinds());
    }
}

impl PartialSchema for SimpleBlock {
    fn schema() -> RefOr<Schema> {
        one_of("A block inside a fact box or an update.", &inside())
    }
}

impl ToSchema for SimpleBlock {
    fn name() -> std::borrow::Cow<'static, str> {
        "DeliveredSimpleBlock".into()
    }

    fn schemas(found: &mut Schemas) {
        collect(found, inside(), simple_kinds());
    }
}

/// Marks by their names, each with what it says.
fn marks() -> [Tagged; 3] {
    let plain = ObjectBuilder::new().description(Some("A mark that says all by its name.")).build();
    let language = ObjectBuilder::new()
        .description(Some("In another language than the text around it."))
        .property("tag", reference::<Language>())
        .required("tag")
        .build();
    let names = vec!["strong", "emphasis", "strikethrough", "code", "superscript", "subscript"];
    [
        Tagged::of_names(names, "DeliveredPlainMark".to_owned(), plain),
        Tagged::new("link", "DeliveredLinkMark".to_owned(), object::<Link>()),
        Tagged::new("language", "DeliveredLanguageMark".to_owned(), language),
    ]
}

impl PartialSchema for Mark {
    fn schema() -> RefOr<Schema> {
        one_of("What is said about a stretch of text, with the address of a link.", &marks())
    }
}

impl ToSchema for Mark {
    fn name() -> std::borrow::Cow<'static, str> {
        "DeliveredMark".into()
    }

    fn schemas(found: &mut Schemas) {
        found.extend(marks().map(Tagged::component));
        add::<LinkedArticle>(found);
        add::<Language>(found);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::samples::{components, delivered};

    #[test]
    fn every_delivered_block_is_as_its_schema_says() {
        let mut found = Schemas::new();
        add::<Block>(&mut found);
        let validator = components(found, "DeliveredBlock");
        for block in delivered() {
            let json = serde_json::to_value(&block).unwrap();
            let faults: Vec<_> = validator.iter_errors(&json).map(|fault| fault.to_string()).collect();
            assert!(faults.is_empty(), "{json:#}: {faults:?}");
            let mut strange = json;
            strange["html"] = json!("<b>");
            assert!(!validator.is_valid(&strange), "{strange:#}");
        }
    }
}

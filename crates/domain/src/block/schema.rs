//! How blocks describe themselves: one named object per kind, told apart by `type`.

use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{Object, ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::code::Code;
use super::embed::Embed;
use super::fact_box::FactBox;
use super::gallery::Gallery;
use super::heading::Heading;
use super::id::BlockId;
use super::list::List;
use super::photo::PhotoBlock;
use super::quote::Quote;
use super::related::Related;
use super::simple::SimpleBlock;
use super::table::Table;
use super::unsupported::Unsupported;
use super::update::Update;
use super::{Block, NewBlock, Paragraph};
use crate::schema::{Schemas, Tagged, add, object, one_of, reference};

/// A kind of block, without what it has by its place: `type` and id.
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

/// Kinds that stand in a body only.
fn body_kinds() -> Vec<Kind> {
    vec![
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
        kind::<Unsupported>("unsupported", "Unsupported"),
    ]
}

/// Blocks with their ids: `ParagraphBlock`.
fn kept() -> Vec<Tagged> {
    tagged(
        simple_kinds().into_iter().chain(body_kinds()),
        |title| format!("{title}Block"),
        |mut object| {
            object.required.push("id".to_owned());
            object.properties.shift_insert(0, "id".to_owned(), reference::<BlockId>());
            for example in &mut object.examples {
                example["id"] = Value::from(BlockId::EXAMPLE);
            }
            object
        },
    )
}

/// Blocks as an editor sends them: `NewParagraphBlock`.
fn sent() -> Vec<Tagged> {
    tagged(
        simple_kinds().into_iter().chain(body_kinds()),
        |title| format!("New{title}Block"),
        |mut object| {
            let id = OneOfBuilder::new()
                .item(ObjectBuilder::new().schema_type(Type::Null))
                .item(reference::<BlockId>());
            object.properties.shift_insert(0, "id".to_owned(), id.into());
            object
        },
    )
}

/// Blocks inside blocks: `SimpleParagraph`.
fn inside() -> Vec<Tagged> {
    tagged(simple_kinds(), |title| format!("Simple{title}"), |object| object)
}

fn tagged(
    kinds: impl IntoIterator<Item = Kind>,
    component: fn(&str) -> String,
    finish: fn(Object) -> Object,
) -> Vec<Tagged> {
    let tagged = |Kind { name, title, object, .. }| Tagged::new(name, component(title), finish(object));
    kinds.into_iter().map(tagged).collect()
}

fn collect(found: &mut Schemas, tagged: Vec<Tagged>, kinds: impl IntoIterator<Item = Kind>) {
    found.extend(tagged.into_iter().map(Tagged::component));
    kinds.into_iter().for_each(|kind| (kind.inside)(found));
}

impl PartialSchema for Block {
    fn schema() -> RefOr<Schema> {
        one_of("A block of a body.", &kept())
    }
}

impl ToSchema for Block {
    fn schemas(found: &mut Schemas) {
        add::<BlockId>(found);
        collect(found, kept(), simple_kinds().into_iter().chain(body_kinds()));
    }
}

impl PartialSchema for NewBlock {
    fn schema() -> RefOr<Schema> {
        one_of(
            "A block of a body as an editor sends it. One without id takes the id of the equal block of the revision \
             before, else a new one.",
            &sent(),
        )
    }
}

impl ToSchema for NewBlock {
    fn name() -> std::borrow::Cow<'static, str> {
        "NewBlock".into()
    }

    fn schemas(found: &mut Schemas) {
        add::<BlockId>(found);
        collect(found, sent(), simple_kinds().into_iter().chain(body_kinds()));
    }
}

impl PartialSchema for SimpleBlock {
    fn schema() -> RefOr<Schema> {
        one_of("A block inside a fact box or an update: text only, without an id.", &inside())
    }
}

impl ToSchema for SimpleBlock {
    fn schemas(found: &mut Schemas) {
        collect(found, inside(), simple_kinds());
    }
}

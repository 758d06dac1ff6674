//! How Portable Text describes itself: one named object per kind, told apart by `_type`.

use domain::schema::{Schemas, add, object};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{Discriminator, Object, ObjectBuilder, OneOfBuilder, Ref, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::shapes::{
    PortableArticle, PortableBlock, PortableCode, PortableDivider, PortableEmbed, PortableFactBox,
    PortableGallery, PortableInner, PortablePhoto, PortableRelated, PortableTable, PortableText,
    PortableUpdate,
};
use crate::body::ArticleRef;

/// The member that tells kinds apart.
const TYPE: &str = "_type";

/// A kind of block.
struct Kind {
    name: &'static str,
    component: String,
    object: Object,
    inside: fn(&mut Schemas),
}

fn kind<T: ToSchema>(name: &'static str) -> Kind {
    Kind {
        name,
        component: format!("{}Block", T::name()),
        object: tagged(name, object::<T>()),
        inside: T::schemas,
    }
}

/// `object` with its name.
fn tagged(name: &'static str, mut object: Object) -> Object {
    let tag = ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some("Which kind it is."))
        .enum_values(Some([name]))
        .examples([name]);
    object.properties.shift_insert(0, TYPE.to_owned(), tag.into());
    object.required.insert(0, TYPE.to_owned());
    object
}

fn kinds() -> Vec<Kind> {
    vec![
        kind::<PortableText>("block"),
        kind::<PortablePhoto>("photo"),
        kind::<PortableGallery>("gallery"),
        kind::<PortableEmbed>("embed"),
        kind::<PortableFactBox>("fact_box"),
        kind::<PortableRelated>("related"),
        kind::<PortableTable>("table"),
        kind::<PortableCode>("code"),
        kind::<PortableDivider>("divider"),
        kind::<PortableUpdate>("update"),
    ]
}

fn one_of(doc: &str, kinds: &[Kind]) -> RefOr<Schema> {
    let to = |kind: &Kind| Ref::from_schema_name(&kind.component);
    let mapping = kinds.iter().map(|kind| (kind.name, to(kind).ref_location));
    let one = OneOfBuilder::new()
        .description(Some(doc))
        .discriminator(Some(Discriminator::with_mapping(TYPE, mapping)));
    kinds.iter().fold(one, |one, kind| one.item(to(kind))).into()
}

fn collect(found: &mut Schemas, kinds: Vec<Kind>) {
    for Kind { name: _, component, object, inside } in kinds {
        found.push((component, object.into()));
        inside(found);
    }
}

impl PartialSchema for PortableBlock {
    fn schema() -> RefOr<Schema> {
        one_of("A part of a body in Portable Text.", &kinds())
    }
}

impl ToSchema for PortableBlock {
    fn schemas(found: &mut Schemas) {
        collect(found, kinds());
    }
}

impl PartialSchema for PortableInner {
    fn schema() -> RefOr<Schema> {
        one_of("Running text inside another block.", &[kind::<PortableText>("block")])
    }
}

impl ToSchema for PortableInner {
    fn schemas(found: &mut Schemas) {
        collect(found, vec![kind::<PortableText>("block")]);
    }
}

impl PartialSchema for PortableArticle {
    fn schema() -> RefOr<Schema> {
        let mut article = tagged("article", object::<ArticleRef>());
        let key = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("Unique in the body."))
            .examples(["b7.0"]);
        article.properties.shift_insert(1, "_key".to_owned(), key.into());
        article.required.push("_key".to_owned());
        article.into()
    }
}

impl ToSchema for PortableArticle {
    fn schemas(found: &mut Schemas) {
        add::<ArticleRef>(found);
    }
}

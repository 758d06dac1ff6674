//! How the types of this crate describe themselves in the OpenAPI document: each limit there is the constant that
//! enforces it. Which operations read or answer them is not here.

use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, Discriminator, Object, ObjectBuilder, OneOfBuilder, Ref, Schema, Type,
};
use utoipa::openapi::{KnownFormat, RefOr, SchemaFormat};

/// Named schemas that another one refers to, as [`ToSchema::schemas`] collects them.
pub type Schemas = Vec<(String, RefOr<Schema>)>;

/// Gives a type a schema under its own name, with the types that the schema refers to.
macro_rules! described {
    ($type:ty: $schema:expr $(, with $($inner:ty),+)?) => {
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $schema.into()
            }
        }

        impl utoipa::ToSchema for $type {
            $(fn schemas(found: &mut $crate::schema::Schemas) {
                $($crate::schema::add::<$inner>(found);)+
            })?
        }
    };
}

/// Gives a closed set of values its JSON: the name that `$name` tells of each, out of `ALL`.
macro_rules! named {
    ($enum:ident by $name:ident: $doc:expr) => {
        impl serde::Serialize for $enum {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$name())
            }
        }

        $crate::schema::described!($enum: $crate::schema::names($doc, <$enum>::ALL.iter().map(|value| value.$name())));
    };
}

pub(crate) use {described, named};

/// Adds what `T` is and all that it refers to.
pub fn add<T: ToSchema>(found: &mut Schemas) {
    found.push((T::name().into_owned(), T::schema()));
    T::schemas(found);
}

/// A reference to `T`.
pub fn reference<T: ToSchema>() -> RefOr<Schema> {
    Ref::from_schema_name(T::name()).into()
}

/// The object by which `T` describes itself, to be extended; empty where it is no object.
pub fn object<T: ToSchema>() -> Object {
    match T::schema() {
        RefOr::T(Schema::Object(object)) => object,
        _ => Object::new(),
    }
}

/// A text of `min` to `max` characters.
pub(crate) fn text(doc: &str, min: usize, max: usize, example: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(prose(doc)))
        .min_length(Some(min))
        .max_length(Some(max))
        .examples([example])
}

/// One of `names`, each of which may be told with what it means.
pub(crate) fn names(doc: &str, names: impl IntoIterator<Item = &'static str>) -> ObjectBuilder {
    let names: Vec<_> = names.into_iter().collect();
    let first = names.first().copied();
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(prose(doc)))
        .enum_values(Some(names))
        .examples(first)
}

/// A whole number of `min` or more.
pub(crate) fn count_from(min: u8, doc: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .description(Some(prose(doc)))
        .minimum(Some(min))
        .examples([min])
}

/// A list of up to `max` items of `T`.
pub(crate) fn list<T: ToSchema>(doc: &str, max: usize) -> ArrayBuilder {
    ArrayBuilder::new().items(reference::<T>()).description(Some(prose(doc))).max_items(Some(max))
}

/// An object that `type` tells from others of its family.
pub struct Tagged {
    names: Vec<&'static str>,
    component: String,
    object: Object,
}

impl Tagged {
    /// `object` under the name `component`, with `name` in its member `type`. It has no members but its own.
    pub fn new(name: &'static str, component: String, object: Object) -> Self {
        Self::of_names(vec![name], component, object)
    }

    /// Several kinds that differ in nothing but their names.
    pub fn of_names(names: Vec<&'static str>, component: String, mut object: Object) -> Self {
        let tag = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("Which kind it is."))
            .enum_values(Some(names.clone()))
            .examples(names.first().copied());
        object.properties.shift_insert(0, TYPE.to_owned(), tag.into());
        object.required.insert(0, TYPE.to_owned());
        for example in &mut object.examples {
            example[TYPE] = Value::from(names.first().copied());
        }
        object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        Self { names, component, object }
    }

    /// It under its name.
    pub fn component(self) -> (String, RefOr<Schema>) {
        (self.component, self.object.into())
    }
}

/// The member that tells kinds apart.
const TYPE: &str = "type";

/// One of a family.
pub fn one_of(doc: &str, family: &[Tagged]) -> RefOr<Schema> {
    let to = |component: &str| Ref::from_schema_name(component);
    let mapping = family.iter().flat_map(|tagged| {
        let location = to(&tagged.component).ref_location;
        tagged.names.iter().map(move |name| (*name, location.clone()))
    });
    let one = OneOfBuilder::new()
        .description(Some(prose(doc)))
        .discriminator(Some(Discriminator::with_mapping(TYPE, mapping)));
    family.iter().fold(one, |one, tagged| one.item(to(&tagged.component))).into()
}

/// A doc comment as prose.
pub(crate) fn prose(doc: &str) -> String {
    doc.trim().to_owned()
}

#[cfg(test)]
mod tests;

//! The properties of XMP that a photo desk reads, and what of our fields each is.

use domain::photo::file_metadata::MetadataSource;

use super::element::Element;
use super::rdf::Node;
use super::scope::Namespace::{self, DublinCore, IptcCore, IptcExtension, Photoshop, Plus, Rights};
use crate::metadata::found::{Alternative, Field, Found, Party, Place, Value};

/// What a property holds.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    Translations,
    Texts,
    Licensors,
    Suppliers,
    Places,
}

/// Each property, the field that it is, and what it holds.
const PROPERTIES: [(Namespace, &str, Field, Holds); 25] = [
    (DublinCore, "description", Field::Caption, Holds::Translations),
    (Photoshop, "CaptionWriter", Field::CaptionWriter, Holds::Text),
    (Photoshop, "Headline", Field::Headline, Holds::Text),
    (DublinCore, "creator", Field::Creators, Holds::Texts),
    (Photoshop, "AuthorsPosition", Field::CreatorTitle, Holds::Text),
    (Photoshop, "Credit", Field::CreditLine, Holds::Text),
    (Photoshop, "Source", Field::Supplied, Holds::Text),
    (DublinCore, "rights", Field::CopyrightNotice, Holds::Translations),
    (Photoshop, "Instructions", Field::Instructions, Holds::Text),
    (Rights, "UsageTerms", Field::UsageTerms, Holds::Translations),
    (Rights, "WebStatement", Field::WebStatementUrl, Holds::Text),
    (Plus, "Licensor", Field::Licensors, Holds::Licensors),
    (Plus, "ImageSupplier", Field::Suppliers, Holds::Suppliers),
    (Plus, "ImageSupplierImageID", Field::SupplierImageId, Holds::Text),
    (IptcCore, "AltTextAccessibility", Field::Alt, Holds::Translations),
    (IptcCore, "ExtDescrAccessibility", Field::ExtendedDescription, Holds::Translations),
    (Photoshop, "DateCreated", Field::TakenAt, Holds::Text),
    (IptcExtension, "LocationShown", Field::PlacesShown, Holds::Places),
    (IptcExtension, "LocationCreated", Field::PlaceTaken, Holds::Places),
    (IptcExtension, "PersonInImage", Field::PeopleShown, Holds::Texts),
    (DublinCore, "subject", Field::Keywords, Holds::Texts),
    (Photoshop, "TransmissionReference", Field::JobId, Holds::Text),
    (IptcExtension, "DigitalSourceType", Field::DigitalSourceType, Holds::Text),
    (Plus, "ModelReleaseStatus", Field::ModelRelease, Holds::Text),
    (Plus, "PropertyReleaseStatus", Field::PropertyRelease, Holds::Text),
];

/// The fields that the elements give, in the order of the table, the first of each with something in it.
pub(super) fn found(elements: &[Element]) -> Vec<Found> {
    let first = |namespace, local, holds| {
        elements
            .iter()
            .filter(|element| element.name.is(namespace, local))
            .find_map(|element| value(element, holds))
    };
    let mut found: Vec<_> = PROPERTIES
        .iter()
        .filter_map(|&(namespace, local, field, holds)| Some((field, first(namespace, local, holds)?)))
        .collect();
    let text = |namespace, local| match first(namespace, local, Holds::Text) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    };
    // The place by the fields of old lies in five properties.
    let place = Place {
        sublocation: text(IptcCore, "Location"),
        city: text(Photoshop, "City"),
        province_state: text(Photoshop, "State"),
        country: text(Photoshop, "Country"),
        country_code: text(IptcCore, "CountryCode"),
        ..Place::default()
    };
    if place != Place::default() {
        found.push((Field::Place, Value::Places(vec![place])));
    }
    found.into_iter().map(|(field, value)| Found { field, source: MetadataSource::Xmp, value }).collect()
}

/// What an element holds, if it holds anything.
fn value(element: &Element, holds: Holds) -> Option<Value> {
    let node = Node::of(element);
    Some(match holds {
        Holds::Text => Value::Text(node.text()?.to_owned()),
        Holds::Translations => Value::Alternatives(some(translations(&node))?),
        Holds::Texts => {
            Value::Texts(some(node.each().iter().filter_map(Node::text).map(str::to_owned).collect())?)
        }
        Holds::Licensors => Value::Parties(some(structures(node, licensor))?),
        Holds::Suppliers => Value::Parties(some(structures(node, supplier))?),
        Holds::Places => Value::Places(some(structures(node, place))?),
    })
}

fn some<T>(values: Vec<T>) -> Option<Vec<T>> {
    (!values.is_empty()).then_some(values)
}

fn translations(node: &Node<'_>) -> Vec<Alternative> {
    let alternative = |language: Option<&str>, text: &str| Alternative {
        language: language.unwrap_or("x-default").to_owned(),
        text: text.to_owned(),
    };
    match node {
        Node::Items(items) => {
            items.iter().filter_map(|item| Some(alternative(item.language, item.node.text()?))).collect()
        }
        one => one.text().map(|text| alternative(None, text)).into_iter().collect(),
    }
}

/// The structures that say anything.
fn structures<T: Default + PartialEq>(node: Node<'_>, read: fn(&Node<'_>) -> T) -> Vec<T> {
    node.each().iter().map(read).filter(|read| *read != T::default()).collect()
}

fn licensor(node: &Node<'_>) -> Party {
    Party {
        name: node.member(Plus, "LicensorName"),
        id: node.member(Plus, "LicensorID"),
        url: node.member(Plus, "LicensorURL"),
    }
}

fn supplier(node: &Node<'_>) -> Party {
    Party {
        name: node.member(Plus, "ImageSupplierName"),
        id: node.member(Plus, "ImageSupplierID"),
        url: None,
    }
}

fn place(node: &Node<'_>) -> Place {
    let member = |local| node.member(IptcExtension, local);
    Place {
        id: member("LocationId"),
        name: member("LocationName"),
        sublocation: member("Sublocation"),
        city: member("City"),
        province_state: member("ProvinceState"),
        country: member("CountryName"),
        country_code: member("CountryCode"),
        world_region: member("WorldRegion"),
    }
}

//! What a file's metadata tells, as it stands there: each value with its field and its source, nothing decided yet.

use domain::photo::file_metadata::{MetadataField, MetadataSource};

/// What a value is about. The property, dataset and tag behind each stand with the readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// What the picture shows, as readers are told.
    Caption,
    /// Who wrote the caption.
    CaptionWriter,
    /// A few words that sum the picture up.
    Headline,
    /// Who made the picture.
    Creators,
    /// What the creator is: staff, contributor.
    CreatorTitle,
    /// The credit line, as its supplier wants it.
    CreditLine,
    /// Who owns or supplied the picture at first.
    Supplied,
    /// Whose rights it is under.
    CopyrightNotice,
    /// What the supplier asks of editors.
    Instructions,
    /// What it may be used for.
    UsageTerms,
    /// A web page about its rights.
    WebStatementUrl,
    /// Who grants a licence.
    Licensors,
    /// Who supplied it last.
    Suppliers,
    /// The number that its supplier gave it.
    SupplierImageId,
    /// A text instead of the picture.
    Alt,
    /// A longer one.
    ExtendedDescription,
    /// When it was taken.
    TakenAt,
    /// What places it shows.
    PlacesShown,
    /// Where the camera was.
    PlaceTaken,
    /// The place, by the fields of old that do not say which of the two it is.
    Place,
    /// Who is in it.
    PeopleShown,
    /// What it is found by.
    Keywords,
    /// The number of the order or transmission.
    JobId,
    /// Whether it was photographed, drawn or generated: an address of the IPTC's vocabulary.
    DigitalSourceType,
    /// Whether the people in it have agreed: an address of PLUS's vocabulary.
    ModelRelease,
    /// Whether the owners of what is in it have agreed.
    PropertyRelease,
}

/// A value with its field and its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is about.
    pub field: Field,
    /// Where it stands.
    pub source: MetadataSource,
    /// It.
    pub value: Value,
}

/// A value as its source has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// One text.
    Text(String),
    /// Several, in their order.
    Texts(Vec<String>),
    /// One text in several languages.
    Alternatives(Vec<Alternative>),
    /// People or companies.
    Parties(Vec<Party>),
    /// Places.
    Places(Vec<Place>),
}

impl Field {
    /// The field of the photo that it is part of.
    pub const fn belongs_to(self) -> MetadataField {
        match self {
            Self::Caption => MetadataField::Caption,
            Self::CaptionWriter => MetadataField::CaptionWriter,
            Self::Headline => MetadataField::Headline,
            Self::Creators => MetadataField::Creators,
            Self::CreatorTitle => MetadataField::CreatorTitle,
            Self::CreditLine => MetadataField::CreditLine,
            Self::Supplied => MetadataField::Source,
            Self::CopyrightNotice => MetadataField::CopyrightNotice,
            Self::Instructions => MetadataField::Instructions,
            Self::UsageTerms => MetadataField::UsageTerms,
            Self::WebStatementUrl => MetadataField::WebStatementUrl,
            Self::Licensors => MetadataField::Licensors,
            Self::Suppliers | Self::SupplierImageId => MetadataField::Supplier,
            Self::Alt => MetadataField::Alt,
            Self::ExtendedDescription => MetadataField::ExtendedDescription,
            Self::TakenAt => MetadataField::TakenAt,
            Self::PlacesShown | Self::PlaceTaken | Self::Place => MetadataField::Location,
            Self::PeopleShown => MetadataField::PeopleShown,
            Self::Keywords => MetadataField::Keywords,
            Self::JobId => MetadataField::JobId,
            Self::DigitalSourceType => MetadataField::DigitalSourceType,
            Self::ModelRelease => MetadataField::ModelRelease,
            Self::PropertyRelease => MetadataField::PropertyRelease,
        }
    }
}

impl Value {
    /// What it says to whoever speaks no language of it in particular: one text, or one for each entry of a list.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Alternatives(alternatives) => {
                let default = alternatives.iter().find(|one| one.language == "x-default");
                default.or(alternatives.first()).map(|one| one.text.clone()).into_iter().collect()
            }
            other => other.all_texts(),
        }
    }

    /// The same in all languages.
    pub fn all_texts(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            Self::Texts(texts) => texts.clone(),
            Self::Alternatives(alternatives) => alternatives.iter().map(|one| one.text.clone()).collect(),
            Self::Parties(parties) => parties.iter().map(Party::in_words).collect(),
            Self::Places(places) => places.iter().map(Place::in_words).collect(),
        }
    }
}

impl Party {
    fn in_words(&self) -> String {
        let Self { name, id, url } = self;
        in_words(&[name, id, url])
    }
}

impl Place {
    fn in_words(&self) -> String {
        let Self { id, name, sublocation, city, province_state, country, country_code, world_region } = self;
        in_words(&[name, sublocation, city, province_state, country, country_code, world_region, id])
    }
}

fn in_words(parts: &[&Option<String>]) -> String {
    parts.iter().filter_map(|part| part.as_deref()).collect::<Vec<_>>().join(", ")
}

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The tag of the language, `x-default` for whoever speaks another.
    pub language: String,
    /// The text.
    pub text: String,
}

/// Who supplies or licenses a picture.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Party {
    /// The name.
    pub name: Option<String>,
    /// A number or address that names it.
    pub id: Option<String>,
    /// Where it can be reached on the web.
    pub url: Option<String>,
}

/// A place, from its narrowest name to its widest. Of coordinates there are none, on purpose.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Place {
    /// An address that names it in some vocabulary.
    pub id: Option<String>,
    /// A name of the whole: a building, a park.
    pub name: Option<String>,
    /// A part of a city, or a place outside of one.
    pub sublocation: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The state or province.
    pub province_state: Option<String>,
    /// The country's name.
    pub country: Option<String>,
    /// The country's code, of two or three letters.
    pub country_code: Option<String>,
    /// The continent or region.
    pub world_region: Option<String>,
}

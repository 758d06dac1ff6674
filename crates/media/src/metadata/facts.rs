//! The values that are believed, as fields of a photo: cleaned, cut to what fits, left out where nothing of them does.

use domain::block::photo::{AltText, PhotoCaption};
use domain::photo::credit::{CreatorName, Credit, RawCredit};
use domain::photo::digital_source::DigitalSourceType;
use domain::photo::file_metadata::{FileMetadata, MetadataField, RawValue};
use domain::photo::lists::{Keywords, Licensors, PeopleShown};
use domain::photo::place::{PhotoLocation, PlaceName};
use domain::photo::provenance::{Licensor, PartyName, PartyNumber, Supplier};
use domain::photo::rights::Release;
use domain::photo::taken::TakenAt;
use domain::photo::texts::{
    CaptionWriter, CopyrightNotice, CreatorTitle, ExtendedDescription, Instructions, JobId, Keyword,
    PersonShown, PhotoHeadline, UsageTerms,
};
use domain::web_url::WebUrl;

use super::clean::{as_line, as_lines, as_name, cut, lines, one_line};
use super::found::{Field, Found, Party, Place, Value};
use super::precedence::Ranked;
use super::{country, taken};

/// What the ranked values say of a photo, with all that were found.
pub(super) fn of(ranked: &Ranked<'_>, found: &[Found]) -> FileMetadata {
    use MetadataField as F;
    let texts = |field| ranked.value(field).map(Value::texts).unwrap_or_default();
    let text = |field| texts(field).into_iter().next().unwrap_or_default();
    FileMetadata {
        caption: as_lines(&text(F::Caption), PhotoCaption::MAX_CHARS, PhotoCaption::parse),
        caption_writer: as_name(&text(F::CaptionWriter), CaptionWriter::MAX_CHARS, CaptionWriter::parse),
        headline: as_line(&text(F::Headline), PhotoHeadline::MAX_CHARS, PhotoHeadline::parse),
        creators: creators(&texts(F::Creators)),
        creator_title: as_name(&text(F::CreatorTitle), CreatorTitle::MAX_CHARS, CreatorTitle::parse),
        credit_line: as_line(&text(F::CreditLine), RawCredit::MAX_CHARS, RawCredit::parse),
        source: as_line(&text(F::Source), RawCredit::MAX_CHARS, RawCredit::parse),
        copyright_notice: as_line(
            &text(F::CopyrightNotice),
            CopyrightNotice::MAX_CHARS,
            CopyrightNotice::parse,
        ),
        instructions: as_lines(&text(F::Instructions), Instructions::MAX_CHARS, Instructions::parse),
        usage_terms: as_lines(&text(F::UsageTerms), UsageTerms::MAX_CHARS, UsageTerms::parse),
        web_statement_url: web_url(&text(F::WebStatementUrl)),
        licensors: licensors(ranked),
        supplier: supplier(ranked),
        alt: as_line(&text(F::Alt), AltText::MAX_CHARS, AltText::parse),
        extended_description: as_lines(
            &text(F::ExtendedDescription),
            ExtendedDescription::MAX_CHARS,
            ExtendedDescription::parse,
        ),
        taken_at: taken_at(ranked),
        location: location(ranked),
        people_shown: PeopleShown::of_file(
            texts(F::PeopleShown)
                .iter()
                .filter_map(|name| as_name(name, PersonShown::MAX_CHARS, PersonShown::parse)),
        ),
        keywords: Keywords::of_file(
            texts(F::Keywords).iter().filter_map(|word| as_line(word, Keyword::MAX_CHARS, Keyword::parse)),
        ),
        job_id: as_line(&text(F::JobId), JobId::MAX_CHARS, JobId::parse),
        digital_source_type: DigitalSourceType::parse(&one_line(&text(F::DigitalSourceType))).ok(),
        model_release: release(&text(F::ModelRelease)),
        property_release: release(&text(F::PropertyRelease)),
        raw: raw(found),
        conflicts: ranked.conflicts(),
    }
}

/// Each name once, as many as a credit has.
fn creators(texts: &[String]) -> Vec<CreatorName> {
    let mut names = Vec::new();
    for name in texts.iter().filter_map(|name| as_name(name, CreatorName::MAX_CHARS, CreatorName::parse)) {
        if names.len() < Credit::MAX_CREATORS && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn licensors(ranked: &Ranked<'_>) -> Licensors {
    Licensors::of_file(parties(ranked.part(Field::Licensors)).iter().filter_map(|Party { name, id, url }| {
        let licensor = Licensor {
            name: name.as_deref().and_then(party_name),
            id: id.as_deref().and_then(party_number),
            url: url.as_deref().and_then(web_url),
        };
        let says_something = licensor.name.is_some() || licensor.id.is_some() || licensor.url.is_some();
        says_something.then_some(licensor)
    }))
}

/// The first supplier, and the number that they gave the photo.
fn supplier(ranked: &Ranked<'_>) -> Option<Supplier> {
    let number = ranked.part(Field::SupplierImageId).and_then(|value| value.texts().into_iter().next());
    let supplier = Supplier {
        name: parties(ranked.part(Field::Suppliers))
            .iter()
            .find_map(|party| party_name(party.name.as_deref()?)),
        image_id: number.as_deref().and_then(party_number),
    };
    (supplier.name.is_some() || supplier.image_id.is_some()).then_some(supplier)
}

fn parties(value: Option<&Value>) -> &[Party] {
    match value {
        Some(Value::Parties(parties)) => parties,
        _ => &[],
    }
}

fn party_name(name: &str) -> Option<PartyName> {
    as_name(name, PartyName::MAX_CHARS, PartyName::parse)
}

fn party_number(number: &str) -> Option<PartyNumber> {
    as_line(number, PartyNumber::MAX_CHARS, PartyNumber::parse)
}

/// An address as agencies write it, which may be without its scheme.
fn web_url(text: &str) -> Option<WebUrl> {
    let text = one_line(text);
    let bare = !text.is_empty() && !text.contains(':');
    if bare { WebUrl::parse(&format!("https://{text}")).ok() } else { WebUrl::parse(&text).ok() }
}

/// The most exact of the hours that agree with the one that is believed.
fn taken_at(ranked: &Ranked<'_>) -> Option<TakenAt> {
    let hours = ranked.agreeing(MetadataField::TakenAt);
    let hours = hours.filter_map(|value| taken::read(value.texts().first()?));
    hours.reduce(|best, next| if next.as_str().len() > best.as_str().len() { next } else { best })
}

fn location(ranked: &Ranked<'_>) -> Option<PhotoLocation> {
    let Value::Places(places) = ranked.value(MetadataField::Location)? else { return None };
    let Place { id: _, name, sublocation, city, province_state, country, country_code, world_region: _ } =
        places.first()?;
    let named = |name: &Option<String>| as_name(name.as_deref()?, PlaceName::MAX_CHARS, PlaceName::parse);
    let location = PhotoLocation {
        spot: named(sublocation).or_else(|| named(name)),
        city: named(city),
        region: named(province_state),
        country: named(country),
        country_code: country_code.as_deref().and_then(country::code),
    };
    location.is_something().then_some(location)
}

/// The status of a release by the last word of its address in the vocabulary of PLUS: `MR-UMR`, `PR-NON`.
fn release(text: &str) -> Option<Release> {
    match text.trim().rsplit(['/', ':']).next()? {
        "MR-NON" | "PR-NON" => Some(Release::None),
        "MR-NAP" | "PR-NAP" => Some(Release::NotApplicable),
        "MR-UMR" | "PR-UPR" => Some(Release::Unlimited),
        "MR-LMR" | "PR-LPR" => Some(Release::Limited),
        _ => None,
    }
}

/// Every value, to the letter as far as letters can be kept.
fn raw(found: &[Found]) -> Vec<RawValue> {
    let values = found.iter().flat_map(|found| {
        found.value.all_texts().into_iter().map(|text| RawValue {
            field: found.field.belongs_to(),
            source: found.source,
            value: cut(&lines(&text), RawValue::MAX_CHARS).to_owned(),
        })
    });
    values.filter(|raw| !raw.value.is_empty()).take(FileMetadata::MAX_RAW).collect()
}

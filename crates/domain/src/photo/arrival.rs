//! What is said of a photo that has just come in: what its file says, put in order. What editors make of it is beside.

use super::CreditFrom;
use super::credit::agencies::Agencies;
use super::credit::caption::{Parted, part};
use super::credit::line::{Confidence, Known, Reading, as_file, read};
use super::credit::notice::{Meaning, Notice};
use super::credit::{Chain, Creator, Credit, OrganizationName};
use super::facts::PhotoFacts;
use super::file_metadata::FileMetadata;
use super::lists::Territories;
use super::rights::Rights;
use super::texts::Instructions;
use crate::block::photo::PhotoCaption;

/// The facts of a file, and which part of it named the credit.
///
/// A credit line of its own and the creators beside it come before a credit at the end of the caption, which goes off
/// the caption either way: it shows once.
pub fn of_file(metadata: &FileMetadata, agencies: &Agencies) -> (PhotoFacts, CreditFrom) {
    let known = Known { agencies, creators: &metadata.creators };
    let text = metadata.caption.as_ref().map_or("", PhotoCaption::as_str);
    let Parted { caption, credit: at_the_end, mut notices, confidence } = part(text, known);
    let (credit, credit_confidence, from) = match of_fields(metadata, known) {
        Some(Reading { credit, notices: of_line, confidence }) => {
            notices.extend(of_line);
            (Some(of_archive(credit, &notices)), confidence, CreditFrom::File)
        }
        None => (at_the_end, confidence, CreditFrom::Caption),
    };
    let mut rights = Rights {
        model_release: metadata.model_release,
        property_release: metadata.property_release,
        ..Rights::default()
    };
    let mut instructions = metadata.instructions.clone();
    heed(&notices, &mut rights, &mut instructions);
    let facts = PhotoFacts {
        caption: PhotoCaption::parse(&caption).ok(),
        caption_writer: metadata.caption_writer.clone(),
        headline: metadata.headline.clone(),
        alt: metadata.alt.clone(),
        extended_description: metadata.extended_description.clone(),
        credit,
        credit_confidence,
        copyright_notice: metadata.copyright_notice.clone(),
        usage_terms: metadata.usage_terms.clone(),
        instructions,
        web_statement_url: metadata.web_statement_url.clone(),
        licensors: metadata.licensors.clone(),
        supplier: metadata.supplier.clone(),
        taken_at: metadata.taken_at.clone(),
        location: metadata.location.clone(),
        people_shown: metadata.people_shown.clone(),
        keywords: metadata.keywords.clone(),
        job_id: metadata.job_id.clone(),
        digital_source_type: metadata.digital_source_type.clone(),
        rights,
        focal_point: None,
    };
    (facts, from)
}

/// The credit that fields of its own tell: the line, with the creators where it names none, and the creators and the
/// source where there is no line.
fn of_fields(metadata: &FileMetadata, known: Known<'_>) -> Option<Reading> {
    let creators = metadata.creators.iter().take(Credit::MAX_CREATORS);
    let creators: Vec<_> = creators.map(|name| Creator { name: name.clone(), contributor: None }).collect();
    let line = metadata.credit_line.as_ref().and_then(|line| read(line.as_str(), known));
    let confidence = line.as_ref().map_or(Confidence::High, |reading| reading.confidence);
    let mut notices = Vec::new();
    let chain = match line {
        Some(reading) => {
            notices = reading.notices;
            reading.credit.into_chain()
        }
        None if creators.is_empty() => return None,
        None => {
            let source =
                metadata.source.as_ref().and_then(|name| OrganizationName::parse(name.as_str()).ok());
            let own = |name: &OrganizationName| {
                creators.iter().any(|creator| creator.name.as_str() == name.as_str())
            };
            Chain {
                organizations: source.into_iter().filter(|name| !own(name)).collect(),
                ..Chain::default()
            }
        }
    };
    let creators = if chain.creators.is_empty() { creators } else { chain.creators };
    // Who made the photo is no agency through whose hands it came.
    let organizations = chain.organizations.into_iter();
    let organizations = organizations
        .filter(|name| creators.iter().all(|creator| creator.name.as_str() != name.as_str()))
        .collect();
    let credit = Credit::parse(Chain { creators, organizations, ..chain }).ok()?;
    Some(Reading { credit, notices, confidence })
}

/// A credit of a photo whose caption may tell that it is out of the archive.
pub(super) fn of_archive(credit: Credit, notices: &[Notice]) -> Credit {
    if notices.iter().any(Notice::is_file) { as_file(credit) } else { credit }
}

/// Does as the notices of a caption or a credit line say; what no field of the rights holds, editors read among the instructions.
pub(super) fn heed(notices: &[Notice], rights: &mut Rights, instructions: &mut Option<Instructions>) {
    for Notice { text, meaning } in notices {
        match meaning {
            Meaning::MandatoryCredit => rights.mandatory_credit = true,
            Meaning::NoArchive => rights.no_archive = true,
            Meaning::Out(countries) => {
                let excluded = rights.excluded_territories.as_slice().iter().copied();
                rights.excluded_territories = Territories::of_file(excluded.chain(countries.iter().copied()));
            }
            Meaning::FilePhoto => {}
            Meaning::Other => {
                let told = instructions.as_ref().map_or("", Instructions::as_str);
                if !told.contains(text.as_str()) {
                    let more = format!("{told}\n{text}");
                    *instructions = Instructions::parse(&more).ok().or(instructions.take());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::credit::CreditKind;
    use crate::photo::credit::house_style::{CreditStyle, line};

    fn arrived(caption: &str, creators: &[&str], credit_line: Option<&str>) -> (PhotoFacts, CreditFrom) {
        let metadata = FileMetadata {
            caption: Some(PhotoCaption::parse(caption).unwrap()),
            creators: creators
                .iter()
                .map(|name| super::super::credit::CreatorName::parse(name).unwrap())
                .collect(),
            credit_line: credit_line.map(|line| super::super::credit::RawCredit::parse(line).unwrap()),
            ..FileMetadata::default()
        };
        of_file(&metadata, &Agencies::known())
    }

    #[test]
    fn a_credit_at_the_end_of_a_caption_shows_once() {
        let text =
            "People watch the tide in Varn, 01 January 2018. (Photo by NAME-NAME/EPA-EFE/REX/Shutterstock)";
        let (facts, from) = arrived(text, &[], None);
        assert_eq!(facts.caption.unwrap().as_str(), "People watch the tide in Varn, 01 January 2018.");
        let credit = facts.credit.unwrap();
        assert_eq!((credit.creators().len(), credit.organizations().len()), (1, 3));
        assert_eq!(line(&credit, CreditStyle::Slash), "Photo by NAME-NAME/EPA-EFE/REX/Shutterstock");
        assert_eq!(from, CreditFrom::Caption);
    }

    #[test]
    fn the_fields_of_a_file_come_before_the_end_of_its_caption() {
        let text = "The tide in Varn. MANDATORY CREDIT (Photo by Ivo Grane/Getty Images)";
        let (facts, from) = arrived(text, &["Ivo Grane"], Some("Getty Images"));
        assert_eq!(from, CreditFrom::File);
        assert_eq!(facts.caption.unwrap().as_str(), "The tide in Varn.");
        let credit = facts.credit.unwrap();
        let organizations: Vec<_> = credit.organizations().iter().map(OrganizationName::as_str).collect();
        assert_eq!((credit.creators()[0].name.as_str(), organizations), ("Ivo Grane", vec!["Getty Images"]));
        assert!(facts.rights.mandatory_credit);
    }

    #[test]
    fn a_photo_out_of_the_archive_is_one_whatever_field_names_its_credit() {
        let kind = |caption| arrived(caption, &["Ivo Grane"], Some("Nordwire")).0.credit.unwrap().kind();
        assert_eq!(kind("FILE - The ferry leaves Varn."), CreditKind::File);
        assert_eq!(kind("The ferry leaves Varn. FILE PHOTO"), CreditKind::File);
        assert_eq!(kind("The ferry leaves Varn."), CreditKind::Photo);
    }

    #[test]
    fn a_notice_within_the_credit_line_of_a_file_is_heeded_and_names_nobody() {
        let (facts, _) = arrived("The tide.", &[], Some("Ivo Grane - MANDATORY CREDIT, NO ARCHIVE/AP"));
        let credit = facts.credit.unwrap();
        assert_eq!(line(&credit, CreditStyle::Slash), "Photo by Ivo Grane/AP");
        assert!(facts.rights.mandatory_credit && facts.rights.no_archive);
    }

    #[test]
    fn a_guess_is_told_as_one() {
        let confidence = |line| arrived("The tide.", &[], Some(line)).0.credit_confidence;
        assert_eq!(confidence("Nordwire"), Confidence::Low);
        assert_eq!(confidence("Ivo Grane/Nordwire"), Confidence::High);
    }
}

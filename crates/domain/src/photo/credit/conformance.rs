//! Runs the captions and lines of `conformance.toml`: what each leaves, whom it names, what it tells editors.

use std::fmt::Write;

use serde::Deserialize;

use super::agencies::Agencies;
use super::caption;
use super::line::{self, Confidence, Known};
use super::notice::{Meaning, Notice};
use super::{CreatorName, Credit, CreditKind};

#[derive(Deserialize)]
struct File {
    caption: Vec<Case>,
    line: Vec<Case>,
}

/// One text and what it says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    left: Option<String>,
    #[serde(default)]
    file_creators: Vec<CreatorName>,
    #[serde(flatten)]
    said: Said,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Said {
    #[serde(default)]
    creators: Vec<String>,
    #[serde(default)]
    organizations: Vec<String>,
    qualifier: Option<String>,
    #[serde(default)]
    kind: CreditKind,
    #[serde(default)]
    notices: Vec<String>,
    #[serde(default)]
    out: Vec<String>,
    #[serde(default)]
    guess: bool,
}

impl Said {
    fn by(credit: Option<&Credit>, notices: &[Notice], confidence: Confidence) -> Self {
        let mut said = Self {
            creators: Vec::new(),
            organizations: Vec::new(),
            qualifier: None,
            kind: CreditKind::Photo,
            notices: Vec::new(),
            out: Vec::new(),
            guess: confidence == Confidence::Low,
        };
        if let Some(credit) = credit {
            said.creators =
                credit.creators().iter().map(|creator| creator.name.as_str().to_owned()).collect();
            said.organizations = credit.organizations().iter().map(|name| name.as_str().to_owned()).collect();
            said.qualifier = credit.qualifier().map(|text| text.as_str().to_owned());
            said.kind = credit.kind();
        }
        for notice in notices {
            let name = match &notice.meaning {
                Meaning::MandatoryCredit => "mandatory_credit",
                Meaning::NoArchive => "no_archive",
                Meaning::FilePhoto => "file_photo",
                Meaning::Other => "other",
                Meaning::Out(countries) => {
                    said.out.extend(countries.iter().map(|&code| String::from(code)));
                    continue;
                }
            };
            said.notices.push(name.to_owned());
        }
        said
    }
}

#[test]
fn every_caption_and_line_reads_as_written_here() {
    let file: File = toml::from_str(include_str!("conformance.toml")).unwrap();
    let agencies = Agencies::known();
    let mut differences = String::new();
    let mut compare = |text: &str, wanted: (&str, &Said), got: (&str, &Said)| {
        if wanted != got {
            writeln!(differences, "\n{text}\n  wanted {wanted:?}\n  got    {got:?}").unwrap();
        }
    };
    for case in &file.caption {
        let parted = caption::part(&case.text, Known { agencies: &agencies, creators: &case.file_creators });
        let said = Said::by(parted.credit.as_ref(), &parted.notices, parted.confidence);
        let left = case.left.as_ref().unwrap_or(&case.text);
        compare(&case.text, (left, &case.said), (&parted.caption, &said));
    }
    for case in &file.line {
        let read =
            line::read(&case.text, Known { agencies: &agencies, creators: &case.file_creators }).unwrap();
        let said = Said::by(Some(&read.credit), &read.notices, read.confidence);
        compare(&case.text, ("", &case.said), ("", &said));
    }
    assert!(differences.is_empty(), "{differences}");
}

//! IPTC-IIM: datasets one after another, each of a record, a number and octets in a character set that is seldom told.

use domain::photo::file_metadata::MetadataSource;

use super::found::{Field, Found, Place, Value};
use super::text::{self, Charset};

/// What each dataset begins with.
const MARKER: u8 = 0x1c;

/// The record about the transmission, of which the character set matters.
const ENVELOPE: u8 = 1;

/// The record about the picture.
const APPLICATION: u8 = 2;

/// The dataset of the envelope that tells the character set.
const CODED_CHARACTER_SET: u8 = 90;

/// What stands there for UTF-8.
const UTF_8: &[u8] = b"\x1b%G";

/// Most datasets that are read; keywords and creators are one each.
const MAX_DATASETS: usize = 4096;

/// Datasets of the application record that hold one text, and the fields they are.
const TEXTS: [(u8, Field); 9] = [
    (120, Field::Caption),
    (122, Field::CaptionWriter),
    (105, Field::Headline),
    (85, Field::CreatorTitle),
    (110, Field::CreditLine),
    (115, Field::Supplied),
    (116, Field::CopyrightNotice),
    (40, Field::Instructions),
    (103, Field::JobId),
];

/// Datasets of the application record that are repeated, a text each time.
const LISTS: [(u8, Field); 2] = [(80, Field::Creators), (25, Field::Keywords)];

/// Most octets of a field, where IIM has a limit: a longer value of XMP stands here cut to them.
pub const fn max_octets(field: Field) -> Option<usize> {
    match field {
        Field::Caption => Some(2000),
        Field::Headline | Field::Instructions => Some(256),
        Field::CopyrightNotice => Some(128),
        Field::Keywords => Some(64),
        Field::CaptionWriter
        | Field::Creators
        | Field::CreatorTitle
        | Field::CreditLine
        | Field::Supplied
        | Field::JobId => Some(32),
        _ => None,
    }
}

/// What a block of IIM tells, and whether it broke off: what stands behind a fault is not read.
pub fn read(block: &[u8]) -> (Vec<Found>, bool) {
    let Datasets { datasets, broken } = Datasets::read(block);
    let declared = datasets.iter().any(|set| set.is(ENVELOPE, CODED_CHARACTER_SET) && set.octets == UTF_8);
    let charset = if declared { Charset::Utf8 } else { Charset::Untold };
    let all = |number| {
        let sets = datasets.iter().filter(move |set| set.is(APPLICATION, number));
        sets.map(|set| text::decoded(set.octets, charset)).filter(|text| !text.is_empty()).collect::<Vec<_>>()
    };
    let one = |number| all(number).into_iter().next();

    let texts = TEXTS.iter().filter_map(|&(number, field)| Some((field, Value::Text(one(number)?))));
    let lists = LISTS.iter().map(|&(number, field)| (field, Value::Texts(all(number))));
    let place = Place {
        sublocation: one(92),
        city: one(90),
        province_state: one(95),
        country: one(101),
        country_code: one(100),
        ..Place::default()
    };
    let place = (place != Place::default()).then(|| (Field::Place, Value::Places(vec![place])));
    let taken = one(55).map(|date| (Field::TakenAt, Value::Text(moment(&date, one(60).as_deref()))));
    let found = texts
        .chain(lists.filter(|(_, value)| *value != Value::Texts(Vec::new())))
        .chain(place)
        .chain(taken)
        .map(|(field, value)| Found { field, source: MetadataSource::Iim, value })
        .collect();
    (found, broken)
}

/// Date and time as XMP spells them: `20180101` and `120000+0100` are `2018-01-01T12:00:00+01:00`. What is not spelt
/// as the standard says stays as it is.
fn moment(date: &str, time: Option<&str>) -> String {
    let digits = |text: &str, len| text.len() == len && text.bytes().all(|octet| octet.is_ascii_digit());
    let date = match (date.get(..4), date.get(4..6), date.get(6..)) {
        (Some(year), Some(month), Some(day)) if digits(date, 8) => format!("{year}-{month}-{day}"),
        _ => date.to_owned(),
    };
    let Some(time) = time else { return date };
    let (clock, offset) = time.split_at_checked(6).unwrap_or((time, ""));
    let clock = match (clock.get(..2), clock.get(2..4), clock.get(4..)) {
        (Some(hour), Some(minute), Some(second)) if digits(clock, 6) => format!("{hour}:{minute}:{second}"),
        _ => clock.to_owned(),
    };
    let offset = match (offset.get(..3), offset.get(3..)) {
        (Some(hours), Some(minutes)) if digits(minutes, 2) => format!("{hours}:{minutes}"),
        _ => offset.to_owned(),
    };
    format!("{date}T{clock}{offset}")
}

/// One dataset, in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dataset<'a> {
    record: u8,
    number: u8,
    octets: &'a [u8],
}

impl Dataset<'_> {
    fn is(&self, record: u8, number: u8) -> bool {
        self.record == record && self.number == number
    }
}

/// The datasets of a block until one breaks off or is none.
struct Datasets<'a> {
    datasets: Vec<Dataset<'a>>,
    broken: bool,
}

impl<'a> Datasets<'a> {
    fn read(mut block: &'a [u8]) -> Self {
        let mut datasets = Vec::new();
        // Programs fill up with zeros.
        while block.first().is_some_and(|&octet| octet != 0) && datasets.len() < MAX_DATASETS {
            let Some((dataset, rest)) = next(block) else { break };
            datasets.push(dataset);
            block = rest;
        }
        Self { datasets, broken: block.iter().any(|&octet| octet != 0) }
    }
}

/// One dataset and what follows it. A length of more than 32,767 is told in as many octets as the short one says.
fn next(block: &[u8]) -> Option<(Dataset<'_>, &[u8])> {
    let (&[marker, record, number], rest) = block.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    if marker != MARKER {
        return None;
    }
    let short = u16::from_be_bytes(*length);
    let (length, rest) = if short < 0x8000 {
        (usize::from(short), rest)
    } else {
        let (octets, rest) = rest.split_at_checked(usize::from(short & 0x7fff))?;
        let add = |length: usize, &octet: &u8| length.checked_mul(256)?.checked_add(octet.into());
        (octets.iter().try_fold(0, add)?, rest)
    };
    let (octets, rest) = rest.split_at_checked(length)?;
    Some((Dataset { record, number, octets }, rest))
}

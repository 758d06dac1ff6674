//! `[media]`: where the bytes of photos lie, and what a file may ask of us.

use std::fmt;
use std::str::FromStr;

use media::limits::Limits;
use media::objects::{Account, Addressing, Location};

use super::masked::Masked;
use super::reader::Section;
use super::switch::Switch;

/// The settings of photos.
#[derive(Debug, Clone)]
pub struct Media {
    /// Where the bytes lie.
    pub url: Place,
    /// Whether a directory is one that all nodes see.
    pub shared: Switch,
    /// Who speaks to the bucket, where it is one.
    pub account: Option<Account>,
    /// What a file may ask of us.
    pub limits: Limits,
    /// How many files are worked on at once.
    pub at_once: usize,
    /// How long a file may take to arrive, in seconds; then 408.
    pub upload_deadline_s: u32,
}

impl Media {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let usual = Limits::DEFAULT;
        let url = section.key(
            "url",
            Place(Location::Files("media".into())),
            "file:DIRECTORY or s3://BUCKET/PREFIX, where the bytes of photos lie",
        );
        let shared = section.key(
            "shared",
            Switch::Off,
            "`on` says that all nodes see the directory of `url`; PostgreSQL, which may have several, needs it said",
        );
        let region = section.key("s3_region", "us-east-1".to_owned(), "S3: the region of the bucket");
        let endpoint =
            section.key("s3_endpoint", String::new(), "S3: the address of another service than Amazon's");
        let key = section.key("s3_access_key_id", String::new(), "S3: the name of the key");
        let secret = section.key("s3_secret_access_key", Masked::default(), "S3: the secret of the key");
        let account = (!key.is_empty()).then(|| Account {
            region,
            endpoint: (!endpoint.is_empty()).then_some(endpoint),
            access_key_id: key,
            secret_access_key: secret.0,
            addressing: Addressing::Path,
        });
        let limits = Limits {
            max_bytes: section.number(
                "max_file_bytes",
                usual.max_bytes,
                1024..=1_073_741_824,
                "Largest file of a photo in octets; past it 413",
            ),
            max_pixels: section.number(
                "max_pixels",
                usual.max_pixels,
                1..=1_000_000_000,
                "Most pixels of a picture; past it 422",
            ),
            ..usual
        };
        Self {
            url,
            shared,
            account,
            limits,
            at_once: section.number("at_once", 2, 1..=64, "How many files of photos are worked on at once"),
            upload_deadline_s: section.number(
                "upload_deadline_s",
                300,
                1..=3600,
                "Seconds in which the whole file of a photo must arrive; then 408",
            ),
        }
    }
}

/// A place for bytes, as a setting.
#[derive(Debug, Clone)]
pub struct Place(pub Location);

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Location::parse(text).map(Self).map_err(|fault| fault.to_string())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

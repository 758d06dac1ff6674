//! Where files become photos: decoded on threads of their own, a few at once, so that no reader waits for it.

use std::fmt;
use std::io::{Read, Seek};
use std::sync::Arc;

use bytes::Bytes;
use domain::block::photo::{FocalPoint, Share};
use domain::photo::arrival::of_file;
use domain::photo::credit::Credit;
use domain::photo::credit::house_style::{CreditStyle, line};
use domain::photo::facts::PhotoFacts;
use domain::photo::file::{PhotoFile, Rendition, RenditionStatus};
use domain::photo::file_metadata::FileMetadata;
use domain::photo::hash::ContentHash;
use domain::photo::variant::{RenditionFormat, Variant};
use domain::photo::{CreditFrom, Photo};
use media::limits::Limits;
use media::objects::{Key, ObjectError, Objects};
use media::pixels::Picture;
use media::renditions::{Licensor, Made, Notice, make, placeholder};
use media::{metadata, sniff};

use super::workbench::Workbench;
use super::{AGENCIES, Incoming};
use crate::error::Error;

/// The darkroom of a newsroom. Clones share it.
#[derive(Clone)]
pub struct Darkroom(Arc<Room>);

struct Room {
    limits: Limits,
    objects: Objects,
    style: CreditStyle,
    bench: Workbench,
}

impl fmt::Debug for Darkroom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Darkroom").field("limits", &self.0.limits).finish_non_exhaustive()
    }
}

/// A file that became a photo, whose bytes lie where they are to lie.
#[derive(Debug, Clone)]
pub struct Developed {
    /// What was found by looking at it.
    pub file: PhotoFile,
    /// What it says of itself.
    pub metadata: FileMetadata,
    /// What the picture desk says of it at first.
    pub facts: PhotoFacts,
    /// Who said whom its credit names.
    pub credit_from: CreditFrom,
    /// Its renditions.
    pub renditions: Vec<Rendition>,
}

impl Darkroom {
    /// A darkroom that works on `at_once` files at a time and keeps bytes among `objects`.
    pub fn new(limits: Limits, objects: Objects, style: CreditStyle, at_once: usize) -> Self {
        Self(Arc::new(Room { limits, objects, style, bench: Workbench::new(at_once) }))
    }

    /// Most octets of a file.
    pub fn most_octets(&self) -> u64 {
        self.0.limits.max_bytes
    }

    /// Where the bytes lie.
    pub fn objects(&self) -> &Objects {
        &self.0.objects
    }

    /// Makes a photo of a file that was sent: read, decoded, rendered as JPEG and WebP, and its bytes stored. Objects come
    /// before rows: what no row names in the end is swept.
    pub(super) async fn develop(&self, incoming: &Incoming) -> Result<Developed, Error> {
        let (style, limits) = (self.0.style, self.0.limits);
        let (hash, name) = (incoming.hash, incoming.name.clone());
        let mut file = incoming.file.try_clone().map_err(|cause| unreadable(&cause))?;
        let (bytes, mut developed, made) = self
            .0
            .bench
            .alone(move || {
                let mut bytes = Vec::new();
                let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
                read.map_err(|cause| unreadable(&cause))?;
                let format = sniff::look(&bytes, &limits)?.format;
                let picture = Picture::read(&bytes, &limits)?;
                let metadata = metadata::read(std::io::Cursor::new(&bytes[..])).unwrap_or_default();
                let (facts, credit_from) = of_file(&metadata, &AGENCIES);
                let made = made(&picture, &facts, style, &[RenditionFormat::Jpeg, RenditionFormat::Webp])?;
                let (thumbhash, color) = placeholder(&picture)?;
                let file = PhotoFile {
                    hash,
                    format,
                    octets: bytes.len() as u64,
                    name,
                    pixels: picture.full_size(),
                    orientation: picture.orientation(),
                    dominant_color: Some(color),
                    thumbhash: Some(thumbhash),
                    status: RenditionStatus::Ready,
                };
                Ok((bytes, Developed { file, metadata, facts, credit_from, renditions: Vec::new() }, made))
            })
            .await?;
        self.0.objects.put(&Key::Original(hash), Bytes::from(bytes)).await?;
        developed.renditions = self.keep(made).await?;
        Ok(developed)
    }

    /// All renditions of a photo, AVIF too, anew from the file that came in.
    pub(super) async fn render(&self, photo: Photo) -> Result<Vec<Rendition>, Error> {
        let (style, limits) = (self.0.style, self.0.limits);
        let bytes = self.0.objects.read(&Key::Original(photo.file.hash), limits.max_bytes).await?;
        let made = self
            .0
            .bench
            .alone(move || {
                let picture = Picture::read(&bytes, &limits)?;
                let formats = [RenditionFormat::Jpeg, RenditionFormat::Webp, RenditionFormat::Avif];
                made(&picture, &photo.facts, style, &formats)
            })
            .await?;
        self.keep(made).await
    }

    async fn keep(&self, made: Vec<Made>) -> Result<Vec<Rendition>, Error> {
        let mut renditions = Vec::with_capacity(made.len());
        for Made { variant, pixels, bytes } in made {
            let (hash, octets) = (ContentHash::of(&bytes), bytes.len() as u64);
            self.0.objects.put(&Key::Rendition(hash, variant), Bytes::from(bytes)).await?;
            renditions.push(Rendition { variant, hash, octets, pixels });
        }
        Ok(renditions)
    }
}

fn unreadable(cause: &std::io::Error) -> Error {
    Error::Unavailable(cause.to_string())
}

/// The renditions of a picture in these formats.
fn made(
    picture: &Picture,
    facts: &PhotoFacts,
    style: CreditStyle,
    formats: &[RenditionFormat],
) -> Result<Vec<Made>, Error> {
    let notice = notice(facts, style);
    let half = Share::parse(0.5).unwrap_or(Share::NONE);
    let focus = facts.focal_point.unwrap_or(FocalPoint { x: half, y: half });
    let wanted = Variant::ALL.iter().filter(|variant| formats.contains(&variant.format()));
    let made = wanted.map(|&variant| make(picture, variant, focus, &notice).map_err(Error::from));
    made.filter_map(Result::transpose).collect()
}

/// What each rendition says of its rights.
fn notice(facts: &PhotoFacts, style: CreditStyle) -> Notice {
    let creators = facts.credit.iter().flat_map(Credit::creators);
    let licensors = facts.licensors.as_slice().iter();
    Notice {
        creators: creators.map(|creator| creator.name.as_str().to_owned()).collect(),
        credit: facts.credit.as_ref().map(|credit| line(credit, style)),
        copyright: facts.copyright_notice.as_ref().map(|notice| notice.as_str().to_owned()),
        web_statement: facts.web_statement_url.as_ref().map(|url| url.as_str().to_owned()),
        licensors: licensors
            .map(|licensor| Licensor {
                name: licensor.name.as_ref().map(|name| name.as_str().to_owned()),
                url: licensor.url.as_ref().map(|url| url.as_str().to_owned()),
            })
            .collect(),
    }
}

impl From<ObjectError> for Error {
    fn from(error: ObjectError) -> Self {
        match error {
            ObjectError::Missing => Self::Missing,
            other => Self::Unavailable(other.to_string()),
        }
    }
}

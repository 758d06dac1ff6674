//! Where files become photos: decoded and written by hands of its own, a few at once, so that no reader waits for it.

use std::fmt;
use std::io::{self, Read, Seek};
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
use domain::photo::variant::{RenditionFormat, Size, Variant};
use domain::photo::{CreditFrom, Photo};
use media::limits::Limits;
use media::objects::{Key, ObjectError, Objects};
use media::pixels::Picture;
use media::renditions::{Licensor, Made, Notice, make, placeholder};
use media::{metadata, sniff};

use super::hands::Hands;
use super::keep::Wet;
use super::workbench::Workbench;
use super::{AGENCIES, Incoming, unreadable};
use crate::error::Error;

/// The darkroom of a newsroom. Clones share it.
#[derive(Clone)]
pub struct Darkroom(Arc<Room>);

struct Room {
    limits: Limits,
    objects: Objects,
    style: CreditStyle,
    bench: Workbench,
    hands: Hands,
}

impl fmt::Debug for Darkroom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Darkroom").field("limits", &self.0.limits).finish_non_exhaustive()
    }
}

/// A file that became a photo.
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

/// The renditions that are made before an upload is answered; a worker makes the others.
pub(super) fn at_once(variant: Variant) -> bool {
    variant.format() != RenditionFormat::Avif
}

impl Darkroom {
    /// A darkroom that works on `at_once` files at a time and keeps bytes among `objects`.
    pub fn new(limits: Limits, objects: Objects, style: CreditStyle, at_once: usize) -> io::Result<Self> {
        let (bench, hands) = (Workbench::new(at_once), Hands::hire()?);
        Ok(Self(Arc::new(Room { limits, objects, style, bench, hands })))
    }

    /// Most octets of a file.
    pub fn most_octets(&self) -> u64 {
        self.0.limits.max_bytes
    }

    /// Who does its work.
    pub(super) fn hands(&self) -> &Hands {
        &self.0.hands
    }

    /// Where the bytes lie.
    pub fn objects(&self) -> &Objects {
        &self.0.objects
    }

    /// Makes a photo of a file: read, decoded, and those renditions made that are `wanted`, round the point that was said
    /// along with it. Nothing is kept of it.
    pub(super) async fn develop(
        &self,
        incoming: &Incoming,
        wanted: impl Fn(Variant) -> bool + Send + 'static,
    ) -> Result<(Developed, Wet), Error> {
        let (style, limits) = (self.0.style, self.0.limits);
        let (hash, name, said) = (incoming.hash, incoming.name.clone(), incoming.patch.clone());
        let mut file = incoming.file.try_clone().map_err(|cause| unreadable(&cause))?;
        let work = move || {
            let mut bytes = Vec::new();
            let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
            read.map_err(|cause| unreadable(&cause))?;
            let format = sniff::look(&bytes, &limits)?.format;
            let picture = Picture::read(&bytes, &limits)?;
            let metadata = metadata::read(io::Cursor::new(&bytes[..])).unwrap_or_default();
            let (facts, credit_from) = of_file(&metadata, &AGENCIES);
            let shown = facts.clone().patched(said);
            let made = made(&picture, &shown, style, wanted)?;
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
            let renditions = made.iter().map(|(rendition, _)| *rendition).collect();
            let developed = Developed { file, metadata, facts, credit_from, renditions };
            Ok((developed, Wet { original: Some((hash, Bytes::from(bytes))), made }))
        };
        self.0.bench.alone(&self.0.hands, work).await
    }

    /// All renditions of a photo, AVIF too, anew from the file that came in.
    pub(super) async fn render(&self, photo: Photo) -> Result<Wet, Error> {
        self.print(photo, |_| true).await
    }

    /// The crops of a photo as JPEG and WebP, anew from the file that came in.
    pub(super) async fn crop(&self, photo: Photo) -> Result<Wet, Error> {
        self.print(photo, |variant| matches!(variant.size(), Size::Crop { .. }) && at_once(variant)).await
    }

    /// Those renditions of a photo that are `wanted`.
    async fn print(
        &self,
        photo: Photo,
        wanted: impl Fn(Variant) -> bool + Send + 'static,
    ) -> Result<Wet, Error> {
        let (style, limits) = (self.0.style, self.0.limits);
        let bytes = self.0.objects.read(&Key::Original(photo.file.hash), limits.max_bytes).await?;
        let work = move || {
            let picture = Picture::read(&bytes, &limits)?;
            made(&picture, &photo.facts, style, wanted)
        };
        let made = self.0.bench.alone(&self.0.hands, work).await?;
        Ok(Wet { original: None, made })
    }

    /// Puts bytes among the objects, one after another.
    pub(super) async fn put(&self, all: Vec<(Key, Bytes)>) -> Result<(), Error> {
        let objects = self.0.objects.clone();
        let errand = async move {
            for (key, bytes) in all {
                objects.put(&key, bytes).await?;
            }
            Ok(())
        };
        self.0.hands.run(errand).await?
    }
}

/// Those renditions of a picture that are `wanted`.
fn made(
    picture: &Picture,
    facts: &PhotoFacts,
    style: CreditStyle,
    wanted: impl Fn(Variant) -> bool,
) -> Result<Vec<(Rendition, Bytes)>, Error> {
    let notice = notice(facts, style);
    let half = Share::parse(0.5).unwrap_or(Share::NONE);
    let focus = facts.focal_point.unwrap_or(FocalPoint { x: half, y: half });
    let wanted = Variant::ALL.iter().filter(|&&variant| wanted(variant));
    let made = wanted.map(|&variant| make(picture, variant, focus, &notice).map_err(Error::from));
    made.filter_map(Result::transpose).map(|made| made.map(named)).collect()
}

/// A rendition by what is in it.
fn named(Made { variant, pixels, bytes }: Made) -> (Rendition, Bytes) {
    let (hash, octets) = (ContentHash::of(&bytes), bytes.len() as u64);
    (Rendition { variant, hash, octets, pixels }, Bytes::from(bytes))
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

//! An article as the newsroom gets it.

use domain::article::aggregate::{Article, InternalNote};
use domain::article::content::texts::Headline;
use domain::article::content::{ArticleKind, Content};
use domain::article::correction::{Correction, CorrectionKind, CorrectionText};
use domain::article::embargo::{Embargo, EmbargoNote};
use domain::article::publication::{ChangeKind, Publication, PublicationState};
use domain::article::revision::{Revision, RevisionNote, RevisionNumber};
use domain::article::stage::Stage;
use domain::article::withdrawal::{Withdrawal, WithdrawalKind, WithdrawalReason};
use domain::block::id::BlockId;
use domain::block::photo::{AltText, PhotoCaption};
use domain::contributor::Contributor;
use domain::id::{ArticleId, CorrectionId, PhotoId, SectionId, UserId};
use domain::language::Language;
use domain::photo::credit::Credit;
use domain::photo::file::{RenditionStatus, ThumbHash};
use domain::section::Section;
use domain::slug::Slug;
use domain::tag::Tag;
use domain::time::Moment;
use domain::version::Version;
use newsroom::articles::{Resolved, Summary, WorkingCopy};
use newsroom::photos::Print;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::photos::photo_out::RenditionOut;
use crate::settings::Settings;

/// A working copy: `content` in the shape in which it is sent, and beside it what its ids mean.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Article)]
pub(super) struct ArticleOut {
    #[serde(flatten)]
    envelope: Envelope,
    content: Content,
    resolved: ResolvedOut,
}

/// An article in a list of the newsroom.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ArticleListing)]
pub(super) struct ListedOut {
    #[serde(flatten)]
    envelope: Envelope,
    headline: Headline,
    slug: Slug,
    kind: ArticleKind,
    language: Language,
    section: Option<SectionId>,
}

/// An article without its content.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ArticleEnvelope)]
struct Envelope {
    id: ArticleId,
    version: Version,
    /// How far the working copy is.
    stage: Stage,
    /// What readers see and will see; `null` while nothing of it was published or scheduled.
    publication: Option<PublicationOut>,
    /// Whether the working copy differs from what is scheduled or else live.
    has_unpublished_changes: bool,
    /// Until when it must not be shown, whatever is scheduled.
    embargo: Option<EmbargoOut>,
    /// What the newsroom tells itself; readers never get it.
    internal_note: Option<InternalNote>,
    owner: UserId,
    /// Who may edit it as its owner may.
    writers: Vec<UserId>,
    /// The revision that the working copy is.
    revision: RevisionNumber,
    created_at: Moment,
    updated_at: Moment,
}

/// What readers see of an article and will see.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Publication)]
struct PublicationOut {
    /// Follows from the clock when it is asked.
    state: PublicationState,
    live: Option<LiveOut>,
    next: Option<NextOut>,
    /// When readers no longer see any of it, what is to take over included.
    expires_at: Option<Moment>,
    first_published_at: Option<Moment>,
    published_at: Option<Moment>,
    updated_at: Option<Moment>,
    withdrawal: Option<WithdrawalOut>,
}

/// What readers see.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LiveRevision)]
struct LiveOut {
    revision: RevisionNumber,
    since: Moment,
}

/// What readers will see.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NextRevision)]
struct NextOut {
    revision: RevisionNumber,
    goes_live_at: Moment,
    change: ChangeKind,
}

/// Why an article was taken away.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Withdrawal)]
struct WithdrawalOut {
    kind: WithdrawalKind,
    public_reason: WithdrawalReason,
    internal_reason: Option<WithdrawalReason>,
    replacement: Option<ArticleId>,
}

/// A prohibition to show an article.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Embargo)]
struct EmbargoOut {
    /// Without it, it holds until it is lifted.
    until: Option<Moment>,
    note: Option<EmbargoNote>,
}

/// What the ids of a content mean now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Resolved)]
struct ResolvedOut {
    section: Option<MeaningOut>,
    /// Its tags, those that were merged as what they became.
    tags: Vec<MeaningOut>,
    /// Those of its bylines who have a profile.
    contributors: Vec<MeaningOut>,
    photos: Vec<PhotoMeaningOut>,
}

/// What an id means.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Meaning)]
pub(super) struct MeaningOut {
    /// Its identity.
    #[schema(examples("01970000-0000-7000-8000-000000000001"))]
    id: Uuid,
    slug: Slug,
    /// Its name.
    #[schema(examples("World"))]
    name: String,
}

/// What the id of a photo means: what its uses take over that do not say it themselves.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PhotoMeaning)]
struct PhotoMeaningOut {
    id: PhotoId,
    #[schema(required)]
    caption: Option<PhotoCaption>,
    #[schema(required)]
    alt: Option<AltText>,
    #[schema(required)]
    credit: Option<Credit>,
    status: RenditionStatus,
    /// In pixels.
    #[schema(minimum = 1, examples(4000))]
    width: u32,
    /// In pixels.
    #[schema(minimum = 1, examples(2667))]
    height: u32,
    #[schema(required)]
    thumbhash: Option<ThumbHash>,
    /// Those that exist, whether or not readers see them.
    #[schema(max_items = 30)]
    renditions: Vec<RenditionOut>,
}

impl PhotoMeaningOut {
    fn of(print: Print, settings: &Settings, now: Moment) -> Self {
        let renditions = RenditionOut::all_of(&print, settings, now);
        let photo = print.photo;
        let (file, facts) = (photo.file, photo.facts);
        Self {
            id: photo.id,
            caption: facts.caption,
            alt: facts.alt,
            credit: facts.credit,
            status: file.status,
            width: file.pixels.width,
            height: file.pixels.height,
            thumbhash: file.thumbhash,
            renditions,
        }
    }
}

/// A correction, as the newsroom gets it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Correction)]
pub(super) struct CorrectionOut {
    id: CorrectionId,
    kind: CorrectionKind,
    text: CorrectionText,
    /// The block that it is about.
    block: Option<BlockId>,
    published_at: Moment,
    author: UserId,
    /// What took its place.
    superseded_by: Option<CorrectionId>,
    /// The scheduled revision with which readers get it; `null` for one that they have.
    waits_for: Option<RevisionNumber>,
}

/// A save of a working copy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RevisionListing)]
pub(super) struct SavedOut {
    pub(super) number: RevisionNumber,
    pub(super) author: UserId,
    pub(super) note: Option<RevisionNote>,
    pub(super) saved_at: Moment,
}

/// A save of a working copy, with what it says.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Revision)]
pub(super) struct RevisionOut {
    number: RevisionNumber,
    author: UserId,
    note: Option<RevisionNote>,
    saved_at: Moment,
    content: Content,
}

impl ArticleOut {
    pub(super) fn of(copy: WorkingCopy, settings: &Settings, now: Moment) -> Self {
        let WorkingCopy { article, revision, resolved } = copy;
        let Resolved { section, tags, contributors, photos } = resolved;
        let resolved = ResolvedOut {
            section: section.map(|Section { id, slug, name, .. }| meaning(id.uuid(), slug, name.into())),
            tags: tags
                .into_iter()
                .map(|Tag { id, slug, name, .. }| meaning(id.uuid(), slug, name.into()))
                .collect(),
            contributors: contributors
                .into_iter()
                .map(|Contributor { id, slug, name, .. }| meaning(id.uuid(), slug, name.into()))
                .collect(),
            photos: photos.into_iter().map(|print| PhotoMeaningOut::of(print, settings, now)).collect(),
        };
        Self { envelope: Envelope::of(article, now), content: revision.content, resolved }
    }
}

/// An id with the slug and the name of what it means.
pub(super) const fn meaning(id: Uuid, slug: Slug, name: String) -> MeaningOut {
    MeaningOut { id, slug, name }
}

impl ListedOut {
    pub(super) fn of(summary: Summary, now: Moment) -> Self {
        let Summary { article, headline, slug, kind, language, section } = summary;
        Self { envelope: Envelope::of(article, now), headline, slug, kind, language, section }
    }
}

impl Envelope {
    fn of(article: Article, now: Moment) -> Self {
        let publication = article.publication.as_ref().map(|told| PublicationOut::of(&article, told, now));
        let has_unpublished_changes = article.has_unpublished_changes();
        let Article {
            id,
            version,
            owner,
            writers,
            stage,
            publication: _,
            embargo,
            internal_note,
            revision,
            last_revision: _,
            created_at,
            updated_at,
        } = article;
        Self {
            id,
            version,
            stage,
            publication,
            has_unpublished_changes,
            embargo: embargo.map(|Embargo { until, note }| EmbargoOut { until, note }),
            internal_note,
            owner,
            writers: writers.into(),
            revision,
            created_at,
            updated_at,
        }
    }
}

impl PublicationOut {
    fn of(article: &Article, publication: &Publication, now: Moment) -> Self {
        let times = publication.times();
        let withdrawal = publication.withdrawal().cloned();
        Self {
            state: publication.state(article.embargo.as_ref(), now),
            live: publication.live().map(|live| LiveOut { revision: live.revision, since: live.since }),
            next: publication.next.map(|next| NextOut {
                revision: next.revision,
                goes_live_at: next.goes_live_at,
                change: next.change,
            }),
            expires_at: publication.ends_at(),
            first_published_at: times.map(|times| times.first_published_at),
            published_at: times.map(|times| times.published_at),
            updated_at: times.map(|times| times.updated_at),
            withdrawal: withdrawal.map(|Withdrawal { kind, public_reason, internal_reason, replacement }| {
                WithdrawalOut { kind, public_reason, internal_reason, replacement }
            }),
        }
    }
}

/// The tag of a working copy: its version and, once something of it was published, the state of that, which follows
/// from the clock (ruling 19).
pub(super) fn tag(article: &Article, now: Moment) -> String {
    let version = article.version;
    match article.publication_state(now) {
        Some(state) => format!("\"{version}.{}\"", state.name()),
        None => format!("\"{version}\""),
    }
}

impl From<Correction> for CorrectionOut {
    fn from(correction: Correction) -> Self {
        let Correction { id, kind, text, block, published_at, author, superseded_by, waits_for } = correction;
        Self { id, kind, text, block, published_at, author, superseded_by, waits_for }
    }
}

impl From<Revision> for RevisionOut {
    fn from(Revision { number, author, note, saved_at, content }: Revision) -> Self {
        Self { number, author, note, saved_at, content }
    }
}

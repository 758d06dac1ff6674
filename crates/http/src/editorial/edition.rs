//! The bodies of the API as an importer of editions reads them: by the readers of the requests that take them.

use domain::article::content::patch::ContentPatch;
use domain::article::publish::Publish;
use domain::article::revision::RevisionNote;
use domain::article::withdrawal::Withdrawal;
use domain::comment::settings::ThreadOverride;
use domain::comment::text::CommentText;
use domain::photo::patch::PhotoPatch;
use domain::violation::Faults;
use newsroom::articles::NewCorrection;
use newsroom::comments::Submission;
use newsroom::fronts::FrontPatch;
use newsroom::references::contributors::ContributorPatch;
use newsroom::references::sections::SectionPatch;
use newsroom::references::tags::TagPatch;
use serde_json::Value;

use super::comments::policy::PolicyIn;
use super::comments::reply::ReplyIn;
use super::content_in::ContentIn;
use super::fronts::NewFront;
use super::orders::{Noted, PublishOrder};
use crate::read::members::read;

/// The body of `POST /v1/editorial/sections`.
pub fn section(body: Value) -> Result<SectionPatch, Faults> {
    read(body)
}

/// The body of `POST /v1/editorial/tags`.
pub fn tag(body: Value) -> Result<TagPatch, Faults> {
    read(body)
}

/// The body of `POST /v1/editorial/contributors`.
pub fn contributor(body: Value) -> Result<ContributorPatch, Faults> {
    read(body)
}

/// The body of `POST /v1/editorial/fronts`.
pub fn front(body: Value) -> Result<FrontPatch, Faults> {
    read(body).map(|NewFront(patch)| patch)
}

/// The part `photo` of `POST /v1/editorial/photos`.
pub fn photo(body: Value) -> Result<PhotoPatch, Faults> {
    read(body)
}

/// The body of `POST /v1/editorial/articles`, and of `PATCH`.
pub fn article(body: Value) -> Result<(ContentPatch, Option<RevisionNote>), Faults> {
    read(body).map(|ContentIn { patch, note }| (patch, note))
}

/// The body of `POST …/publish`.
pub fn publish(body: Value) -> Result<(Publish, Option<NewCorrection>), Faults> {
    read(body).map(|PublishOrder { publish, correction }| (publish, correction))
}

/// The body of `POST …/withdraw`.
pub fn withdraw(body: Value) -> Result<Withdrawal, Faults> {
    read(body)
}

/// The body of `POST …/corrections`.
pub fn correction(body: Value) -> Result<NewCorrection, Faults> {
    read(body)
}

/// The body of `POST …/submit` and `…/approve`.
pub fn note(body: Value) -> Result<Option<RevisionNote>, Faults> {
    read(body).map(|Noted(note)| note)
}

/// The body of `POST /v1/articles/{name}/comments`.
pub fn comment(body: Value) -> Result<Submission, Faults> {
    read(body)
}

/// The body of `POST /v1/editorial/comments/{id}/replies`.
pub fn comment_reply(body: Value) -> Result<CommentText, Faults> {
    read(body).map(|ReplyIn(text)| text)
}

/// The body of `PUT …/comment-policy`.
pub fn comment_policy(body: Value) -> Result<ThreadOverride, Faults> {
    read(body).map(|PolicyIn(own)| own)
}

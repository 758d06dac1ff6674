//! What editors order to be done with an article.

use domain::article::content::change::Change;
use domain::article::correction::{CorrectionKind, CorrectionText};
use domain::article::embargo::{Embargo, EmbargoNote};
use domain::article::publication::ChangeKind;
use domain::article::publish::{Expiry, Publish};
use domain::article::revision::RevisionNote;
use domain::article::withdrawal::{Withdrawal, WithdrawalKind, WithdrawalReason};
use domain::block::id::BlockId;
use domain::id::ArticleId;
use domain::time::Moment;
use domain::violation::Faults;
use newsroom::articles::NewCorrection;
use serde_json::Value;

use super::content_in::optional;
use crate::read::members::Members;

/// `{goes_live_at?, expires_at?, change?, published_at?}`.
pub(super) fn publish(body: Value) -> Result<Publish, Faults> {
    let mut members = Members::of(body)?;
    let order = Publish {
        goes_live_at: optional(members.text("goes_live_at", Moment::parse)),
        expires: match members.text("expires_at", Moment::parse) {
            Change::Keep => Expiry::Keep,
            Change::Clear => Expiry::Never,
            Change::Set(at) => Expiry::At(at),
        },
        change: optional(members.text("change", ChangeKind::parse)).unwrap_or(ChangeKind::Update),
        published_at: optional(members.text("published_at", Moment::parse)),
    };
    members.finish(Some(order))
}

/// `{kind, public_reason, internal_reason?, replacement?}`.
pub(super) fn withdraw(body: Value) -> Result<Withdrawal, Faults> {
    let mut members = Members::of(body)?;
    let kind = members.required("kind", WithdrawalKind::parse);
    let public_reason = members.required("public_reason", WithdrawalReason::parse);
    let internal_reason = optional(members.text("internal_reason", WithdrawalReason::parse));
    let replacement = optional(members.text("replacement", ArticleId::parse));
    let withdrawal =
        (|| Some(Withdrawal { kind: kind?, public_reason: public_reason?, internal_reason, replacement }))();
    members.finish(withdrawal)
}

/// `{kind, text, block?}`.
pub(super) fn correction(body: Value) -> Result<NewCorrection, Faults> {
    let mut members = Members::of(body)?;
    let kind = members.required("kind", CorrectionKind::parse);
    let text = members.required("text", CorrectionText::parse);
    let block = optional(members.text("block", BlockId::parse));
    members.finish(kind.zip(text).map(|(kind, text)| NewCorrection { kind, text, block }))
}

/// `{until?, note?}`.
pub(super) fn embargo(body: Value) -> Result<Embargo, Faults> {
    let mut members = Members::of(body)?;
    let embargo = Embargo {
        until: optional(members.text("until", Moment::parse)),
        note: optional(members.text("note", EmbargoNote::parse)),
    };
    members.finish(Some(embargo))
}

/// `{note?}`.
pub(super) fn note(body: Value) -> Result<Option<RevisionNote>, Faults> {
    let mut members = Members::of(body)?;
    let note = optional(members.text("note", RevisionNote::parse));
    members.finish(Some(note))
}

/// Nothing at all.
pub(super) fn nothing(body: Value) -> Result<(), Faults> {
    Members::of(body)?.finish(Some(()))
}

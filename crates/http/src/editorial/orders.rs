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
use newsroom::articles::{Amend, NewCorrection};
use serde_json::{Value, json};

use super::content_in::ContentIn;
use crate::read::members::{Input, Members};

/// The order to publish, and what readers are told with it.
pub(super) struct PublishOrder {
    pub(super) publish: Publish,
    pub(super) correction: Option<NewCorrection>,
}

impl Input for PublishOrder {
    const NAME: Option<&'static str> = Some("PublishOrder");
    const ABOUT: Option<&'static str> =
        Some("When readers see the working copy, until when, and what it means to them.");

    fn read(members: &mut Members) -> Option<Self> {
        let publish = Publish {
            goes_live_at: members.text("goes_live_at", Moment::parse).or(None),
            expires: match members.text("expires_at", Moment::parse) {
                Change::Keep => Expiry::Keep,
                Change::Clear => Expiry::Never,
                Change::Set(at) => Expiry::At(at),
            },
            change: members.lasting_text("change", ChangeKind::parse).or(None).unwrap_or(ChangeKind::Update),
            published_at: members.text("published_at", Moment::parse).or(None),
        };
        Some(Self { publish, correction: members.object("correction").or(None) })
    }

    fn example() -> Option<Value> {
        Some(json!({"change": "update"}))
    }
}

impl Input for Amend {
    const NAME: Option<&'static str> = Some("AmendOrder");
    const ABOUT: Option<&'static str> =
        Some("What readers are to see otherwise, and what they are told of it.");

    fn read(members: &mut Members) -> Option<Self> {
        let patch = members.required_object::<ContentIn>("patch");
        let change = members.lasting_text("change", ChangeKind::parse).or(None).unwrap_or(ChangeKind::Update);
        let correction = members.object("correction").or(None);
        let ContentIn { patch, note } = patch?;
        Some(Self { patch, change, correction, note })
    }

    fn example() -> Option<Value> {
        let correction =
            json!({"kind": "correction", "text": "The talks broke off on Monday, not on Sunday."});
        Some(json!({
            "patch": {"headline": "Harbour talks break off"}, "change": "update", "correction": correction,
        }))
    }
}

impl Input for Withdrawal {
    const NAME: Option<&'static str> = Some("WithdrawOrder");
    const ABOUT: Option<&'static str> = Some("Why an article is withdrawn.");

    fn read(members: &mut Members) -> Option<Self> {
        let kind = members.required("kind", WithdrawalKind::parse);
        let public_reason = members.required("public_reason", WithdrawalReason::parse);
        let internal_reason = members.text("internal_reason", WithdrawalReason::parse).or(None);
        let replacement = members.text("replacement", ArticleId::parse).or(None);
        Some(Self { kind: kind?, public_reason: public_reason?, internal_reason, replacement })
    }

    fn example() -> Option<Value> {
        Some(json!({"kind": "error", "public_reason": "The figures in this article were wrong."}))
    }
}

impl Input for NewCorrection {
    const NAME: Option<&'static str> = Some("CorrectionOrder");
    const ABOUT: Option<&'static str> = Some("What readers are told of a mistake.");

    fn read(members: &mut Members) -> Option<Self> {
        let kind = members.required("kind", CorrectionKind::parse);
        let text = members.required("text", CorrectionText::parse);
        let block = members.text("block", BlockId::parse).or(None);
        Some(Self { kind: kind?, text: text?, block })
    }

    fn example() -> Option<Value> {
        Some(json!({"kind": "correction", "text": "Thirty-two seals were counted, not thirty-one."}))
    }
}

impl Input for Embargo {
    const NAME: Option<&'static str> = Some("EmbargoOrder");
    const ABOUT: Option<&'static str> = Some("Until when an article must not be shown, and why.");

    fn read(members: &mut Members) -> Option<Self> {
        Some(Self {
            until: members.text("until", Moment::parse).or(None),
            note: members.text("note", EmbargoNote::parse).or(None),
        })
    }
}

/// What somebody notes about what they do.
pub(super) struct Noted(pub(super) Option<RevisionNote>);

impl Input for Noted {
    const NAME: Option<&'static str> = Some("Note");
    const ABOUT: Option<&'static str> = Some("What one tells the others about it.");

    fn read(members: &mut Members) -> Option<Self> {
        Some(Self(members.text("note", RevisionNote::parse).or(None)))
    }
}

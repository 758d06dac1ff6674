//! The audit log: who did what to what, when and from where. Entries are only ever added; how is the store's business.

use std::net::IpAddr;

use serde_json::Value;

use crate::codes::codes;
use crate::id::{ApiKeyId, AuditId, RequestId, UserId};
use crate::thing::Thing;
use crate::time::Moment;

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// Its identity.
    pub id: AuditId,
    /// When.
    pub at: Moment,
    /// Who; `None` for an operator at the command line and for strangers.
    pub actor: Option<UserId>,
    /// With which of their API keys; `None` where they had signed in.
    pub api_key: Option<ApiKeyId>,
    /// From where; `None` for an operator at the command line.
    pub address: Option<IpAddr>,
    /// By which request.
    pub request: Option<RequestId>,
    /// What was done.
    pub action: AuditAction,
    /// To what.
    pub subject: Thing,
    /// What was before and is after, as far as it is short: never a text of an article, never a secret.
    pub detail: Value,
}

codes! {
    /// An act that leaves an entry.
    pub enum AuditAction {
        /// An article was begun.
        ArticleCreated = "article.created",
        /// A working copy was changed.
        ArticleEdited = "article.edited",
        /// An earlier revision was restored into the working copy.
        ArticleRestored = "article.restored",
        /// A draft was handed in.
        ArticleSubmitted = "article.submitted",
        /// An article was returned to its writers.
        ArticleReturned = "article.returned",
        /// An article was declared ready.
        ArticleApproved = "article.approved",
        /// An article was published.
        ArticlePublished = "article.published",
        /// An article was scheduled.
        ArticleScheduled = "article.scheduled",
        /// What was scheduled was dropped.
        ArticleUnscheduled = "article.unscheduled",
        /// The live article was amended.
        ArticleAmended = "article.amended",
        /// An article was taken down.
        ArticleUnpublished = "article.unpublished",
        /// An article was withdrawn.
        ArticleWithdrawn = "article.withdrawn",
        /// A withdrawal was taken back.
        ArticleReinstated = "article.reinstated",
        /// An embargo was set.
        ArticleEmbargoed = "article.embargoed",
        /// An embargo was lifted.
        ArticleEmbargoLifted = "article.embargo_lifted",
        /// Owner or writers changed.
        ArticleAssigned = "article.assigned",
        /// An internal note changed.
        ArticleNoted = "article.noted",
        /// An article was deleted.
        ArticleDeleted = "article.deleted",
        /// A correction was posted.
        CorrectionPosted = "correction.posted",
        /// A correction took the place of another.
        CorrectionSuperseded = "correction.superseded",
        /// A link to a working copy was made.
        PreviewTokenCreated = "preview_token.created",
        /// A link to a working copy was revoked.
        PreviewTokenRevoked = "preview_token.revoked",
        /// A photo came in.
        PhotoCreated = "photo.created",
        /// What is said of a photo changed.
        PhotoChanged = "photo.changed",
        /// A photo got another file.
        PhotoReplaced = "photo.replaced",
        /// A photo was deleted.
        PhotoDeleted = "photo.deleted",
        /// The right to use a photo ended, and it went from what readers see.
        PhotoRightsEnded = "photo.rights_ended",
        /// The picture desk changed a photo of an article.
        PhotoPlaced = "article.photo_placed",
        /// A comment was shown to readers.
        CommentApproved = "comment.approved",
        /// A comment was not let through.
        CommentRejected = "comment.rejected",
        /// A comment was called spam.
        CommentMarkedSpam = "comment.marked_spam",
        /// A comment was taken away.
        CommentRemoved = "comment.removed",
        /// The newsroom replied to a comment.
        CommentReplied = "comment.replied",
        /// A comment was recommended.
        CommentFeatured = "comment.featured",
        /// A comment is no longer recommended.
        CommentUnfeatured = "comment.unfeatured",
        /// Commenters were banned.
        CommentersBanned = "comment_ban.created",
        /// A ban was lifted.
        BanLifted = "comment_ban.lifted",
        /// All that was kept of a commenter was told to an admin.
        CommenterExported = "commenter.exported",
        /// All that was kept of a commenter was forgotten.
        CommenterForgotten = "commenter.forgotten",
        /// What an article says of its comments was changed.
        CommentPolicyChanged = "article.comment_policy_changed",
        /// A section was made.
        SectionCreated = "section.created",
        /// A section was changed.
        SectionChanged = "section.changed",
        /// A section was deleted.
        SectionDeleted = "section.deleted",
        /// A tag was made.
        TagCreated = "tag.created",
        /// A tag was changed.
        TagChanged = "tag.changed",
        /// A tag was merged into another.
        TagMerged = "tag.merged",
        /// A tag was deleted.
        TagDeleted = "tag.deleted",
        /// A contributor was made.
        ContributorCreated = "contributor.created",
        /// A contributor was changed.
        ContributorChanged = "contributor.changed",
        /// A contributor was merged into another.
        ContributorMerged = "contributor.merged",
        /// A contributor was deleted.
        ContributorDeleted = "contributor.deleted",
        /// A front was made.
        FrontCreated = "front.created",
        /// A front was changed.
        FrontChanged = "front.changed",
        /// A front was deleted.
        FrontDeleted = "front.deleted",
        /// A user was made by an operator.
        UserCreated = "user.created",
        /// A user's name or role changed.
        UserChanged = "user.changed",
        /// A user can no longer sign in.
        UserDisabled = "user.disabled",
        /// A user can sign in again.
        UserEnabled = "user.enabled",
        /// A user changed their password.
        PasswordChanged = "user.password_changed",
        /// Somebody was invited.
        InvitationCreated = "invitation.created",
        /// An invitation became a user.
        InvitationAccepted = "invitation.accepted",
        /// An invitation was revoked.
        InvitationRevoked = "invitation.revoked",
        /// Somebody signed in.
        SignedIn = "session.signed_in",
        /// A sign-in was refused.
        SignInRefused = "session.refused",
        /// Somebody signed out.
        SignedOut = "session.signed_out",
        /// A sign-in was ended from elsewhere.
        SessionRevoked = "session.revoked",
        /// All sign-ins of a user were ended.
        AllSessionsRevoked = "session.all_revoked",
        /// A refresh token was used again, and its family revoked.
        RefreshTokenReused = "session.refresh_token_reused",
        /// An API key was made.
        ApiKeyCreated = "api_key.created",
        /// An API key was changed.
        ApiKeyChanged = "api_key.changed",
        /// An API key was taken back.
        ApiKeyRevoked = "api_key.revoked",
        /// A webhook was made.
        WebhookCreated = "webhook.created",
        /// A webhook was changed.
        WebhookChanged = "webhook.changed",
        /// A webhook was switched off, by an admin or because it answered that it is gone.
        WebhookDisabled = "webhook.disabled",
        /// A webhook was switched on again.
        WebhookEnabled = "webhook.enabled",
        /// A webhook got another secret.
        WebhookSecretRotated = "webhook.secret_rotated",
        /// A webhook was deleted.
        WebhookDeleted = "webhook.deleted",
        /// A webhook was sent an event that only tries whether it is reached.
        WebhookTested = "webhook.tested",
        /// A webhook was sent an event once more.
        WebhookRedelivered = "webhook.redelivered",
        /// An edition was imported.
        SiteImported = "site.imported",
        /// The settings changed.
        SettingsChanged = "site.settings_changed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audit_codes_are_unique() {
        let mut codes: Vec<_> = AuditAction::ALL.iter().map(|action| action.name()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), AuditAction::ALL.len());
    }
}

//! The groups of operations in the document.

/// A group of operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Delivery,
    SignIn,
    Articles,
    Publishing,
    Revisions,
    Photos,
    Comments,
    References,
    Fronts,
    Administration,
    Webhooks,
    Site,
}

impl Tag {
    /// All groups, in the order of the document.
    pub(crate) const ALL: [Self; 12] = [
        Self::Delivery,
        Self::SignIn,
        Self::Articles,
        Self::Publishing,
        Self::Revisions,
        Self::Photos,
        Self::Comments,
        Self::References,
        Self::Fronts,
        Self::Administration,
        Self::Webhooks,
        Self::Site,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Delivery => "delivery",
            Self::SignIn => "sign-in",
            Self::Articles => "editorial articles",
            Self::Publishing => "publishing",
            Self::Revisions => "revisions",
            Self::Photos => "photos",
            Self::Comments => "comments",
            Self::References => "sections, tags and contributors",
            Self::Fronts => "fronts",
            Self::Administration => "administration",
            Self::Webhooks => "webhooks",
            Self::Site => "site",
        }
    }

    pub(crate) const fn description(self) -> &'static str {
        match self {
            Self::Delivery => "What readers see: public, read-only, cacheable, and the same for everybody.",
            Self::SignIn => "Access tokens, refresh tokens, sessions and passwords.",
            Self::Articles => {
                "Working copies: written, changed and reviewed without readers seeing any of it."
            }
            Self::Publishing => "What readers see and when: publish, schedule, embargo, correct, withdraw.",
            Self::Revisions => "Every save is kept: read, compared and restored.",
            Self::Photos => {
                "The picture desk: photos with caption, credit and rights, and where they are used."
            }
            Self::Comments => "What readers write below articles, and what moderators decide about it.",
            Self::References => "What articles refer to: sections, tags and contributors.",
            Self::Fronts => "Lists of articles that editors put in order, such as the front page.",
            Self::Administration => "Users, invitations, API keys, webhooks and the audit log.",
            Self::Webhooks => {
                "What is sent to programs elsewhere when something happens, as the webhooks of admins ask for it."
            }
            Self::Site => "The document, the keys, the pages of problems, and whether the server is well.",
        }
    }
}

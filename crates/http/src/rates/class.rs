//! What requests are counted as: few classes, to one of which each operation belongs by its registration.

use crate::api::operation::{Access, Verb};

/// Requests that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// What everybody may read.
    Reads,
    /// Renditions of photos, of which one page shows many.
    Media,
    /// Both, by a program with an API key.
    KeyedReads,
    /// What is handed in by those who are not signed in: comments, sign-ins.
    AnonymousWrites,
    /// What is read by those who are signed in.
    EditorReads,
    /// What is changed by those who are signed in.
    EditorWrites,
}

impl Class {
    /// All of them.
    pub(crate) const ALL: [Self; 6] = [
        Self::Reads,
        Self::Media,
        Self::KeyedReads,
        Self::AnonymousWrites,
        Self::EditorReads,
        Self::EditorWrites,
    ];

    /// Its name, as the settings, the metrics and `RateLimit` have it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Media => "media",
            Self::KeyedReads => "keyed_reads",
            Self::AnonymousWrites => "anonymous_writes",
            Self::EditorReads => "editor_reads",
            Self::EditorWrites => "editor_writes",
        }
    }

    /// That of an operation; `None` where nothing is counted: whoever watches a node must always reach it.
    pub(crate) fn of(access: Access, verb: Verb, path: &str) -> Option<Self> {
        match (access, verb) {
            _ if path.starts_with("/health/") => None,
            (Access::SignedIn, Verb::Get) => Some(Self::EditorReads),
            (Access::SignedIn, _) => Some(Self::EditorWrites),
            (Access::Anyone | Access::Holder, Verb::Get) if path.starts_with("/media/") => Some(Self::Media),
            (Access::Anyone | Access::Holder, Verb::Get) => Some(Self::Reads),
            (Access::Anyone | Access::Holder, _) => Some(Self::AnonymousWrites),
        }
    }

    /// Whether every answer tells where its client stands. What is for all readers alike is kept by caches, and tells of
    /// none of them (ruling 20).
    pub(crate) const fn is_told(self) -> bool {
        match self {
            Self::Reads | Self::Media | Self::KeyedReads => false,
            Self::AnonymousWrites | Self::EditorReads | Self::EditorWrites => true,
        }
    }
}

/// The classes of what one path takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Classes {
    /// That of `GET` and `HEAD`.
    pub(crate) reading: Option<Class>,
    /// That of every other method, also of one that the path does not have.
    pub(crate) writing: Option<Class>,
}

impl Classes {
    /// Those of a path that these may call.
    pub(crate) fn of(access: Access, path: &str) -> Self {
        Self { reading: Class::of(access, Verb::Get, path), writing: Class::of(access, Verb::Post, path) }
    }
}

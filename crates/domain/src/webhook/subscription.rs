//! Of which events a webhook is told.

use crate::event::{Audience, EventKind};
use crate::violation::{Rule, Violation};

/// Of which events a webhook is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subscription {
    /// All that change what readers see, those too that later releases add.
    Readers,
    /// These; what only the newsroom knows is told to those alone who ask for it by name.
    Kinds(Vec<EventKind>),
}

impl Subscription {
    /// Most kinds that one can name: all of them.
    pub const MAX: usize = EventKind::ALL.len();

    /// These kinds, each once; none is refused.
    pub fn of(mut kinds: Vec<EventKind>) -> Result<Self, Violation> {
        if kinds.is_empty() {
            return Err(Violation::limited(Rule::TooFew, 1, "names nothing"));
        }
        kinds.sort_unstable();
        if kinds.windows(2).any(|two| two[0] == two[1]) {
            return Err(Violation::new(Rule::Duplicate, "names one twice"));
        }
        Ok(Self::Kinds(kinds))
    }

    /// Whether it wants events of this kind.
    pub fn wants(&self, kind: EventKind) -> bool {
        match self {
            Self::Readers => kind.audience() == Audience::Readers,
            Self::Kinds(kinds) => kinds.contains(&kind),
        }
    }

    /// The kinds that it names; `None` where it wants what readers see.
    pub fn kinds(&self) -> Option<&[EventKind]> {
        match self {
            Self::Readers => None,
            Self::Kinds(kinds) => Some(kinds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_the_newsroom_knows_is_told_by_name_alone() {
        assert!(Subscription::Readers.wants(EventKind::ArticlePublished));
        assert!(!Subscription::Readers.wants(EventKind::ArticleScheduled));
        assert!(!Subscription::Readers.wants(EventKind::CommentSubmitted));
        let named = Subscription::of(vec![EventKind::CommentSubmitted]).unwrap();
        assert!(named.wants(EventKind::CommentSubmitted) && !named.wants(EventKind::ArticlePublished));
        assert_eq!(Subscription::of(Vec::new()).unwrap_err().rule, Rule::TooFew);
        let twice = vec![EventKind::TagChanged, EventKind::TagDeleted, EventKind::TagChanged];
        assert_eq!(Subscription::of(twice).unwrap_err().rule, Rule::Duplicate);
    }
}

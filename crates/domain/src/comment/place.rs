//! Where a comment stands in its thread: the ids from the first comment down to it. Threads are listed in this order.

use crate::id::CommentId;
use crate::violation::{Rule, Violation};
use uuid::Uuid;

/// The ids of those above a comment, from the one that begins the conversation, and its own. As octets, places compare
/// as the thread is read: a reply behind what it replies to, and conversations by their beginning. Ids are in the order of time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    above: Vec<CommentId>,
    own: CommentId,
}

/// Octets of an id.
const OCTETS: usize = 16;

impl Place {
    /// Deepest place that the settings allow, from 0.
    pub const DEEPEST: u8 = 10;

    /// The place of a comment that replies to none.
    pub fn first(id: CommentId) -> Self {
        Self { above: Vec::new(), own: id }
    }

    /// The place of a reply to the comment at this place. Where that would lie deeper than `deepest`, the reply hangs on
    /// the ancestor that is deep enough.
    #[must_use]
    pub fn reply(&self, id: CommentId, deepest: u8) -> Self {
        let above = self.above.iter().copied().chain([self.own]).take(deepest.into());
        Self { above: above.collect(), own: id }
    }

    /// The comment that stands there.
    pub const fn id(&self) -> CommentId {
        self.own
    }

    /// How many stand above it.
    pub fn depth(&self) -> u8 {
        u8::try_from(self.above.len()).unwrap_or(Self::DEEPEST)
    }

    /// Those above it, from the first.
    pub fn ancestors(&self) -> &[CommentId] {
        &self.above
    }

    /// The one that it hangs on.
    pub fn parent(&self) -> Option<CommentId> {
        self.above.last().copied()
    }

    /// Its octets, by which a thread is listed from its oldest conversation.
    pub fn octets(&self) -> Vec<u8> {
        self.above.iter().chain([&self.own]).flat_map(|id| *id.uuid().as_bytes()).collect()
    }

    /// The octets by which a thread is listed from its newest conversation; within one, the order stays that of time.
    pub fn newest_first(&self) -> Vec<u8> {
        let mut octets = self.octets();
        octets.iter_mut().take(OCTETS).for_each(|octet| *octet = !*octet);
        octets
    }

    /// Takes over [`Place::octets`].
    pub fn parse(octets: &[u8]) -> Result<Self, Violation> {
        let (ids, rest) = octets.as_chunks::<OCTETS>();
        let mut ids: Vec<_> = ids.iter().map(|id| CommentId::new(Uuid::from_bytes(*id))).collect();
        match ids.pop() {
            Some(own) if rest.is_empty() && ids.len() <= usize::from(Self::DEEPEST) => {
                Ok(Self { above: ids, own })
            }
            _ => Err(Violation::new(Rule::BadFormat, "must be 1 to 11 ids")),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(n: u8) -> CommentId {
        CommentId::new(Uuid::from_u128(n.into()))
    }

    #[test]
    fn a_reply_stands_behind_what_it_replies_to_and_before_the_next_conversation() {
        let (first, next) = (Place::first(id(1)), Place::first(id(3)));
        let reply = first.reply(id(4), 3);
        assert!(first.octets() < reply.octets() && reply.octets() < next.octets());
        assert!(next.newest_first() < first.newest_first() && first.newest_first() < reply.newest_first());
        assert_eq!((reply.depth(), reply.parent()), (1, Some(id(1))));
    }

    proptest! {
        #[test]
        fn no_reply_is_deeper_than_allowed_and_all_are_read_back(deepest in 0..=Place::DEEPEST, replies in 0_u8..20) {
            let mut place = Place::first(id(1));
            for n in 0..replies {
                let reply = place.reply(id(2 + n), deepest);
                prop_assert_eq!(reply.depth(), (place.depth() + 1).min(deepest));
                prop_assert_eq!(Place::parse(&reply.octets()), Ok(reply.clone()));
                place = reply;
            }
        }
    }
}

//! Links that show a working copy to whoever has them, for a time. Their secrets are made elsewhere.

use chrono::TimeDelta;

use crate::id::{ArticleId, PreviewTokenId, UserId};
use crate::time::Moment;
use crate::violation::{Fault, Rule, Violation};

/// A link that shows the working copy of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewToken {
    /// Its identity, which opens nothing.
    pub id: PreviewTokenId,
    /// The article that it shows.
    pub article: ArticleId,
    /// Who made it. It shows the article only as long as they may make one.
    pub created_by: UserId,
    /// When.
    pub created_at: Moment,
    /// Until when it shows the article.
    pub expires_at: Moment,
    /// When somebody revoked it.
    pub revoked_at: Option<Moment>,
}

impl PreviewToken {
    /// How long a link lasts unless somebody says otherwise: a working week and a weekend.
    pub const USUAL_LIFE: TimeDelta = TimeDelta::days(7);

    /// How long a link may last: past it, somebody should be let in rather than a draft left open.
    pub const LONGEST_LIFE: TimeDelta = TimeDelta::days(30);

    /// Whether it shows the article at `now`.
    pub fn is_open(&self, now: Moment) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// How long a link is asked to last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lasts {
    /// As long as usual.
    #[default]
    Usually,
    /// Until this instant.
    Until(Moment),
    /// For so many seconds.
    Seconds(u32),
}

impl Lasts {
    /// The end of a link made at `now`.
    pub fn end(self, now: Moment) -> Result<Moment, Fault> {
        let (end, pointer) = match self {
            Self::Usually => return Ok(now.plus(PreviewToken::USUAL_LIFE)),
            Self::Until(end) => (end, "/expires_at"),
            Self::Seconds(seconds) => (now.plus(TimeDelta::seconds(seconds.into())), "/ttl_s"),
        };
        if end <= now || end > now.plus(PreviewToken::LONGEST_LIFE) {
            let detail = "must lie in the next 30 days";
            return Err(Violation::new(Rule::OutOfRange, detail).at(pointer));
        }
        Ok(end)
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn a_link_lasts_as_asked_and_at_most_thirty_days() {
        let now = Moment::new(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        let day = 24 * 60 * 60;
        assert_eq!(Lasts::Usually.end(now).unwrap(), now.plus(TimeDelta::days(7)));
        assert_eq!(Lasts::Seconds(30 * day).end(now).unwrap(), now.plus(TimeDelta::days(30)));
        assert_eq!(
            Lasts::Until(now.plus(TimeDelta::days(1))).end(now).unwrap(),
            now.plus(TimeDelta::days(1))
        );
        for refused in [Lasts::Seconds(0), Lasts::Seconds(30 * day + 1), Lasts::Until(now)] {
            assert!(refused.end(now).is_err(), "{refused:?}");
        }
    }
}

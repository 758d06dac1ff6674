//! The order of what a search finds.

/// The place of an article among those that a search finds: first those whose headline has all of it, then the others;
/// the newest first among both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Among which.
    pub tier: Tier,
    /// Its number there, which rises with the date of publication.
    pub key: i64,
}

/// Where the words of a search stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// All of them in the headline.
    Headline,
    /// Not all of them there.
    Elsewhere,
}

impl Place {
    /// It as octets, for a cursor.
    pub fn octets(self) -> Vec<u8> {
        let tier = match self.tier {
            Tier::Headline => 0,
            Tier::Elsewhere => 1,
        };
        std::iter::once(tier).chain(self.key.to_be_bytes()).collect()
    }

    /// It from its octets; `None` for others.
    pub fn parse(octets: &[u8]) -> Option<Self> {
        let (tier, key) = octets.split_first()?;
        let tier = match tier {
            0 => Tier::Headline,
            1 => Tier::Elsewhere,
            _ => return None,
        };
        Some(Self { tier, key: i64::from_be_bytes(key.try_into().ok()?) })
    }
}

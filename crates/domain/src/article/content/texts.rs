//! The short texts around a body, each with its longest length.

use serde::{Deserialize, Serialize};

use crate::bounded::bounded;
use crate::schema::{self, described};
use crate::span::Span;
use crate::span::Spans;
use crate::violation::{Rule, Violation};

bounded! {
    /// The headline.
    Headline: one_line up to 200, "what a front page of three lines can set",
        like "Sea gates of Varn hold against the storm";
    /// The headline for narrow columns and push messages.
    ShortHeadline: one_line up to 80, "one line of a phone's lock screen, doubled",
        like "Sea gates hold";
    /// The headline for search engines, which cut it off after about 60.
    SeoHeadline: one_line up to 70, "slightly more than search engines show",
        like "Varn sea gates hold against winter storm";
    /// The headline for social networks.
    SocialHeadline: one_line up to 120, "what previews of links show",
        like "The sea gates of Varn held. What comes next?";
    /// A word or two above the headline.
    Kicker: one_line up to 40, "half a line above a headline",
        like "Harbour";
    /// What an article says in short.
    Summary: lines up to 300, "what search engines and previews show, with some reserve",
        like "Eleven gates kept the winter storm out of the old town.";
}

/// The text between headline and body; may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Spans", into = "Spans")]
pub struct Standfirst(Spans);

impl Standfirst {
    /// Longest, in Unicode scalar values over all spans: a paragraph of large print.
    pub const MAX_CHARS: usize = 400;

    /// Takes over text of up to [`Standfirst::MAX_CHARS`].
    pub fn parse(content: Spans) -> Result<Self, Violation> {
        let chars = content.text().chars().count();
        if chars > Self::MAX_CHARS {
            let detail = format!("has {chars} characters, at most {} fit", Self::MAX_CHARS);
            return Err(Violation::limited(Rule::TooLong, Self::MAX_CHARS, detail));
        }
        Ok(Self(content))
    }

    /// The text with its marks.
    pub const fn spans(&self) -> &Spans {
        &self.0
    }
}

described!(Standfirst: schema::list::<Span>(
    &format!("The text between headline and body, at most {} characters over all spans.", Self::MAX_CHARS), Spans::MAX,
), with Span);

impl TryFrom<Spans> for Standfirst {
    type Error = Violation;

    fn try_from(content: Spans) -> Result<Self, Violation> {
        Self::parse(content)
    }
}

impl From<Standfirst> for Spans {
    fn from(standfirst: Standfirst) -> Self {
        standfirst.0
    }
}

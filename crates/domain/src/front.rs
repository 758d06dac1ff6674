//! Fronts: lists of articles that editors put in order, such as the front page. What of one readers see at which instant is
//! not here.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::Value;

use crate::article::content::texts::Headline;
use crate::bounded::bounded;
use crate::id::{ArticleId, FrontId, SectionId, TagId};
use crate::json::{FromJson, here};
use crate::schema::{self, described};
use crate::slug::Slug;
use crate::time::Moment;
use crate::version::Version;
use crate::violation::{Faults, Rule, Violation};

/// A front. It has no draft: readers see it from the moment when it is made, with those of its articles that they may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Front {
    /// Its identity.
    pub id: FrontId,
    /// How often it was written.
    pub version: Version,
    /// Its address; former ones redirect.
    pub slug: Slug,
    /// What readers call it.
    pub name: FrontName,
    /// What editors have put on it, in its order.
    pub items: FrontItems,
    /// Where the rest of it comes from; `None` where it ends with its items.
    pub fill_from: Option<FillFrom>,
    /// When it was made.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
}

bounded! {
    /// The name of a front.
    FrontName: name up to 80, "a heading of one line",
        like "Front page";
}

/// An article on a front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontItem {
    /// Which, whether or not readers see it.
    pub article: ArticleId,
    /// What is shown on this front in place of its headline.
    pub headline: Option<Headline>,
}

/// The articles of a front in their order, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontItems(Vec<FrontItem>);

impl FrontItems {
    /// Most articles: more than anybody puts in order by hand, and as many as a page of a list has at most.
    pub const MAX: usize = 100;

    /// Takes over up to [`FrontItems::MAX`] items of different articles. Faults begin at the list.
    pub fn parse(items: Vec<FrontItem>) -> Result<Self, Faults> {
        if items.len() > Self::MAX {
            return Err(here(Violation::limited(Rule::TooMany, Self::MAX, "at most 100 articles fit")));
        }
        let (mut faults, mut met) = (Faults::new(), HashSet::new());
        for (i, item) in items.iter().enumerate() {
            if !met.insert(item.article) {
                let twice = Violation::new(Rule::Duplicate, "stands on the front already");
                faults.push(twice.at(format!("/{i}/article")));
            }
        }
        faults.or(Some(Self(items)))
    }

    /// All of them in order.
    pub fn as_slice(&self) -> &[FrontItem] {
        &self.0
    }

    /// Their articles in order.
    pub fn articles(&self) -> impl Iterator<Item = ArticleId> {
        self.0.iter().map(|item| item.article)
    }

    /// Those of them whose articles `fits`.
    #[must_use]
    pub fn only(mut self, fits: impl Fn(ArticleId) -> bool) -> Self {
        self.0.retain(|item| fits(item.article));
        self
    }
}

/// Where the rest of a front comes from: behind its items stand the newest articles that are not among them, until it has
/// its length. Without section and tag they come from the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FillFrom {
    /// Only from this section and those below it.
    pub section: Option<SectionId>,
    /// Only with this tag.
    pub tag: Option<TagId>,
    /// How many articles readers see on the front, those of its items included.
    pub up_to: FrontLength,
}

/// A number of articles on a front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FrontLength(u16);

impl FrontLength {
    /// The longest: as many as it can have items.
    pub const MAX: u16 = 100;

    /// Takes over a number from 1 to [`FrontLength::MAX`].
    pub fn parse(raw: u16) -> Result<Self, Violation> {
        if (1..=Self::MAX).contains(&raw) {
            return Ok(Self(raw));
        }
        let detail = format!("must be a whole number from 1 to {}", Self::MAX);
        Err(Violation::limited(Rule::OutOfRange, Self::MAX.into(), detail))
    }

    /// The number.
    pub const fn number(self) -> u16 {
        self.0
    }
}

impl FromJson for FrontLength {
    fn from_json(json: Value) -> Result<Self, Faults> {
        Self::parse(u16::from_json(json)?).map_err(here)
    }
}

described!(FrontLength: schema::count_from(
    1, "How many articles readers see on the front, those that editors put there included.",
).maximum(Some(Self::MAX)).examples([12]));

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::json::tests::assert_faults;

    fn item(n: u128) -> FrontItem {
        FrontItem { article: ArticleId::new(Uuid::from_u128(n)), headline: None }
    }

    #[test]
    fn an_article_stands_once_on_a_front_and_each_repetition_is_named() {
        let faults = FrontItems::parse([1, 2, 1, 3, 2].map(item).to_vec()).unwrap_err();
        let told: Vec<_> = faults.iter().map(|fault| (&fault.place, fault.violation.rule)).collect();
        let at = |pointer: &str| crate::violation::Place::Pointer(pointer.to_owned());
        assert_eq!(told, [(&at("/2/article"), Rule::Duplicate), (&at("/4/article"), Rule::Duplicate)]);
    }

    #[test]
    fn a_hundred_articles_fit() {
        assert!(FrontItems::parse((0..100).map(item).collect()).is_ok());
        let faults = FrontItems::parse((0..101).map(item).collect()).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.violation.limit).collect::<Vec<_>>(), [Some(100)]);
    }

    // abuse: IN-08
    #[test]
    fn a_front_is_one_to_a_hundred_articles_long() {
        for (json, code) in
            [(json!(0), "out_of_range"), (json!(101), "out_of_range"), (json!("12"), "wrong_type")]
        {
            assert_faults!(FrontLength, json, ("", code));
        }
        assert_eq!(FrontLength::from_json(json!(100)), FrontLength::parse(100).map_err(here));
    }
}

//! The names under which caches keep answers, so that a change can purge exactly what shows it (ruling 16).

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use uuid::Uuid;

use crate::change::{Resource, ResourceKind};
use crate::id::{ArticleId, ContributorId, FrontId, PhotoId, SectionId, TagId, has_id_shape};
use crate::schema::{self, described};
use crate::slug::Slug;
use crate::violation::{Rule, Violation};

/// One name in a `Surrogate-Key` field: short, visible ASCII, without spaces.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct SurrogateKey(String);

described!(SurrogateKey: schema::text(
    "A name under which caches keep what shows something: let go of all that is kept under it.",
    1, Self::MOST_OCTETS, "a:harbour-talks-resume",
).pattern(Some("^[!-~]+$")));

impl SurrogateKey {
    /// Longest key, in octets: the letter of an article, a colon and its slug.
    pub const MOST_OCTETS: usize = 2 + Slug::MAX_CHARS;

    /// Longest field, in octets: common proxies refuse heads of 8 KiB, and the field is not alone there.
    pub const MOST_FIELD_OCTETS: usize = 4096;

    /// What shows this article.
    pub fn article(id: ArticleId) -> Self {
        Self::of('a', id.uuid())
    }

    /// What answers an article's address, be it "not found". No slug is shaped like an id, so the two never meet.
    pub fn article_address(slug: &Slug) -> Self {
        Self(format!("a:{slug}"))
    }

    /// Whether it names an article by its slug, which somebody wrote.
    pub fn is_address(&self) -> bool {
        self.0.strip_prefix("a:").is_some_and(|named| !has_id_shape(named))
    }

    /// What shows this photo.
    pub fn photo(id: PhotoId) -> Self {
        Self::of('p', id.uuid())
    }

    /// What shows the comments of this article.
    pub fn thread(id: ArticleId) -> Self {
        Self::of('d', id.uuid())
    }

    /// What shows this section.
    pub fn section(id: SectionId) -> Self {
        Self::of('s', id.uuid())
    }

    /// What shows this tag.
    pub fn tag(id: TagId) -> Self {
        Self::of('t', id.uuid())
    }

    /// What shows this contributor.
    pub fn contributor(id: ContributorId) -> Self {
        Self::of('c', id.uuid())
    }

    /// What shows this front.
    pub fn front(id: FrontId) -> Self {
        Self::of('f', id.uuid())
    }

    /// Every list that is not a front of items alone: it may change with any article.
    pub fn lists() -> Self {
        Self("l".to_owned())
    }

    /// What a rename of a section, tag, contributor or front may change.
    pub fn renames() -> Self {
        Self("r".to_owned())
    }

    /// What tells of the site itself. It goes by the settings, which change with a start alone: no event names it, and
    /// operators may.
    pub fn site() -> Self {
        Self("site".to_owned())
    }

    /// Takes over a key from the store.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        if raw.is_empty() || !raw.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Violation::new(Rule::BadFormat, "must be visible ASCII without spaces"));
        }
        Ok(Self(raw.to_owned()))
    }

    /// The resource that it names, if it names one and nothing else of it.
    pub fn resource(&self) -> Option<Resource> {
        let (kind, id) = self.0.split_once(':')?;
        let kind = match kind {
            "a" => ResourceKind::Article,
            "p" => ResourceKind::Photo,
            "s" => ResourceKind::Section,
            "t" => ResourceKind::Tag,
            "c" => ResourceKind::Contributor,
            "f" => ResourceKind::Front,
            _ => return None,
        };
        // No slug is shaped like an id.
        Some(Resource::named(kind, Uuid::try_parse(id).ok()?))
    }

    /// The key as it stands in the field.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// These keys as the field says them, apart by spaces; `None` where it would be longer than caches take.
    pub fn field(keys: &BTreeSet<Self>) -> Option<String> {
        let names: Vec<_> = keys.iter().map(Self::as_str).collect();
        Some(names.join(" ")).filter(|field| field.len() <= Self::MOST_FIELD_OCTETS)
    }

    /// Without hyphens, since the whole field must stay below 4 KiB.
    fn of(kind: char, id: Uuid) -> Self {
        Self(format!("{kind}:{}", id.simple()))
    }
}

impl fmt::Display for SurrogateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_of_an_article_is_the_key_of_another() {
        let id = ArticleId::new(Uuid::from_u128(0x0197_f7a0_0000_7000_8000_0000_0000_0000));
        let key = SurrogateKey::article(id);
        assert!(Slug::parse(key.as_str().trim_start_matches("a:")).is_err());
        assert_eq!(SurrogateKey::parse(key.as_str()), Ok(key.clone()));
        assert!(!key.is_address() && !SurrogateKey::lists().is_address());
        assert!(SurrogateKey::article_address(&Slug::parse("tides").unwrap()).is_address());
    }

    #[test]
    fn a_key_names_the_resource_that_it_was_made_of() {
        let id = Uuid::from_u128(0x0197_f7a0_0000_7000_8000_0000_0000_0000);
        let slug = Slug::parse("sea-gates-of-varn-hold").unwrap();
        assert_eq!(SurrogateKey::tag(TagId::new(id)).resource(), Some(Resource::Tag(TagId::new(id))));
        assert_eq!(
            SurrogateKey::article(ArticleId::new(id)).resource(),
            Some(Resource::Article(ArticleId::new(id)))
        );
        for key in [
            SurrogateKey::article_address(&slug),
            SurrogateKey::thread(ArticleId::new(id)),
            SurrogateKey::lists(),
            SurrogateKey::renames(),
            SurrogateKey::site(),
        ] {
            assert_eq!(key.resource(), None, "{key}");
        }
    }

    #[test]
    fn a_field_of_too_many_keys_is_none() {
        let keys = |n: u128| (0..n).map(|n| SurrogateKey::photo(PhotoId::new(Uuid::from_u128(n)))).collect();
        assert_eq!(SurrogateKey::field(&keys(2)).unwrap().len(), 2 * 34 + 1);
        assert!(SurrogateKey::field(&keys(117)).is_some_and(|field| field.len() <= 4096));
        assert_eq!(SurrogateKey::field(&keys(118)), None);
    }
}

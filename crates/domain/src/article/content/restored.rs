//! A content of before, to be saved again: what it names may have been merged or deleted since.

use super::names::{ById, Known};
use super::patch::NewByline;
use super::reference::Ref;
use super::{Content, resolve};
use crate::article::byline::Byline;
use crate::violation::Faults;

impl Content {
    /// This content as it can be saved again. `known` tells what of [`Content::names`] exists: what was merged is named as
    /// its survivor, and what is gone is a fault, with a pointer into this content.
    pub fn restored(self, known: &Known) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        resolve::articles_and_photos(&ById::of_content(&self), known, &mut faults);
        let section = self.section.and_then(|id| resolve::section(&Ref::Id(id), known, &mut faults));
        let tags: Vec<_> = self.tags.as_slice().iter().copied().map(Ref::Id).collect();
        let tags = resolve::tags(&tags, known, &mut faults);
        let bylines = self.bylines.as_slice().iter().cloned().map(as_sent).collect();
        let bylines = resolve::bylines(bylines, known, &mut faults);
        let content = tags.zip(bylines).map(|(tags, bylines)| Self { section, tags, bylines, ..self });
        faults.or(content)
    }
}

/// A byline as an editor sends it who keeps the name that was published.
fn as_sent(byline: Byline) -> NewByline {
    let Byline { role, contributor, name, affiliation, location } = byline;
    NewByline { role, contributor: contributor.map(Ref::Id), name: Some(name), affiliation, location }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::article::byline::{BylineName, BylineRole, Bylines};
    use crate::article::content::body::Body;
    use crate::article::content::names::{KnownContributor, Names};
    use crate::article::content::tags::Tags;
    use crate::article::content::texts::Headline;
    use crate::block::id::BlockId;
    use crate::block::photo::PhotoUse;
    use crate::block::related::RelatedArticles;
    use crate::id::{ArticleId, ContributorId, PhotoId, SectionId, TagId};
    use crate::json::FromJson;
    use crate::language::Language;
    use crate::slug::Slug;
    use crate::violation::{Place, Rule};

    const ONE: Uuid = Uuid::from_u128(1);
    const TWO: Uuid = Uuid::from_u128(2);

    fn byline(contributor: Uuid) -> Byline {
        Byline {
            role: BylineRole::Author,
            contributor: Some(ContributorId::new(contributor)),
            name: BylineName::parse("M. Lind").unwrap(),
            affiliation: None,
            location: None,
        }
    }

    /// In a section, with two tags, by a contributor, with a photo at its head, and leading to an article.
    fn content() -> Content {
        let photo = json!({"photo": PhotoId::new(ONE)});
        let link = json!([{"text": "there", "marks": [{"type": "link", "article": ArticleId::new(TWO)}]}]);
        let body = json!([
            {"id": "a", "type": "paragraph", "content": link},
            {"id": "b", "type": "photo", "photo": PhotoId::new(ONE), "size": "wide"},
        ]);
        let blocks = crate::json::list(body, Body::MAX_BLOCKS).unwrap();
        let headline = Headline::parse("Reef recovers").unwrap();
        let begun = Content::begun(headline, Slug::parse("reef").unwrap(), Language::parse("en").unwrap());
        Content {
            section: Some(SectionId::new(ONE)),
            tags: Tags::parse(vec![TagId::new(ONE), TagId::new(TWO)]).unwrap(),
            bylines: Bylines::parse(vec![byline(ONE)]).unwrap(),
            related: RelatedArticles::parse(vec![ArticleId::new(ONE)]).unwrap(),
            lead_photo: Some(PhotoUse::from_json(photo).unwrap()),
            body: Body::assemble(blocks, &Body::default(), || BlockId::parse("c").unwrap()).unwrap(),
            ..begun
        }
    }

    /// All that it names, where its first tag became its second one, and its contributor another one.
    fn merged() -> Known {
        let mara =
            KnownContributor { id: ContributorId::new(TWO), name: BylineName::parse("Mara Grane").unwrap() };
        Known {
            sections: [(Ref::Id(SectionId::new(ONE)), SectionId::new(ONE))].into(),
            tags: [ONE, TWO].map(|tag| (Ref::Id(TagId::new(tag)), TagId::new(TWO))).into(),
            contributors: [(Ref::Id(ContributorId::new(ONE)), mara)].into(),
            articles: [ONE, TWO].map(ArticleId::new).into(),
            photos: [PhotoId::new(ONE)].into(),
        }
    }

    #[test]
    fn a_content_names_all_that_a_patch_of_the_same_would() {
        let names = Names {
            section: Some(Ref::Id(SectionId::new(ONE))),
            tags: [ONE, TWO].map(|tag| Ref::Id(TagId::new(tag))).into(),
            contributors: [Ref::Id(ContributorId::new(ONE))].into(),
            articles: [ONE, TWO].map(ArticleId::new).into(),
            photos: [PhotoId::new(ONE)].into(),
        };
        assert_eq!(content().names(), names);
    }

    #[test]
    fn what_is_gone_is_told_at_its_place() {
        let faults = content().restored(&Known::default()).unwrap_err();
        let told: Vec<_> = faults.into_iter().map(|fault| (fault.place, fault.violation.rule)).collect();
        let places = [
            "/related/0",
            "/lead_photo/photo",
            "/body/0/content/0/marks/0/article",
            "/body/1/photo",
            "/section",
            "/tags/0",
            "/tags/1",
            "/bylines/0/contributor",
        ];
        assert_eq!(told, places.map(|at| (Place::Pointer(at.to_owned()), Rule::UnknownReference)));
    }

    #[test]
    fn what_was_merged_is_its_survivor_under_the_name_that_was_printed() {
        let restored = content().restored(&merged()).unwrap();
        let survivors = Content {
            tags: Tags::parse(vec![TagId::new(TWO)]).unwrap(),
            bylines: Bylines::parse(vec![byline(TWO)]).unwrap(),
            ..content()
        };
        assert_eq!(restored, survivors);
    }
}

//! The rows of fronts and of what stands on them.

use diesel::{AsChangeset, Insertable, Queryable};
use domain::article::content::texts::Headline;
use domain::front::{FillFrom, Front, FrontItem, FrontItems, FrontLength, FrontName};
use domain::id::{ArticleId, FrontId, SectionId, TagId};
use domain::slug::Slug;
use domain::version::Version;

use super::stored;
use crate::error::Error;
use crate::fronts::{ListedFront, LiveFront};
use crate::schema::{front_items, fronts};
use crate::sql::{At, Key};

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = fronts, treat_none_as_null = true)]
pub(crate) struct FrontRow {
    id: Key,
    version: i64,
    slug: String,
    name: String,
    fill_up_to: Option<i32>,
    fill_section_id: Option<Key>,
    fill_tag_id: Option<Key>,
    created_at: At,
    updated_at: At,
}

impl FrontRow {
    pub(crate) fn of(front: &Front, version: Version) -> Self {
        let Front { id, version: _, slug, name, items: _, fill_from, created_at, updated_at } = front;
        Self {
            id: Key(id.uuid()),
            version: version.number(),
            slug: slug.as_str().to_owned(),
            name: name.as_str().to_owned(),
            fill_up_to: fill_from.map(|fill| fill.up_to.number().into()),
            fill_section_id: fill_from.and_then(|fill| fill.section).map(|id| Key(id.uuid())),
            fill_tag_id: fill_from.and_then(|fill| fill.tag).map(|id| Key(id.uuid())),
            created_at: At(*created_at),
            updated_at: At(*updated_at),
        }
    }

    pub(crate) fn front(self, items: Vec<ItemRow>) -> Result<Front, Error> {
        let items = items.into_iter().map(ItemRow::item).collect::<Result<_, _>>()?;
        let items = FrontItems::parse(items)
            .map_err(|faults| Error::defect(format!("a stored front is refused: {faults:?}")))?;
        let (created_at, updated_at) = (self.created_at.0, self.updated_at.0);
        let version = stored(Version::parse(self.version))?;
        let LiveFront { id, slug, name, fill_from } = self.live()?;
        Ok(Front { id, version, slug, name, items, fill_from, created_at, updated_at })
    }

    pub(crate) fn listed(self) -> Result<ListedFront, Error> {
        let (created_at, updated_at) = (self.created_at.0, self.updated_at.0);
        let version = stored(Version::parse(self.version))?;
        let LiveFront { id, slug, name, fill_from: _ } = self.live()?;
        Ok(ListedFront { id, version, slug, name, created_at, updated_at })
    }

    pub(crate) fn live(self) -> Result<LiveFront, Error> {
        let fill_from = self.fill_up_to.map(|up_to| {
            let up_to = u16::try_from(up_to).map_err(Error::defect)?;
            Ok::<_, Error>(FillFrom {
                section: self.fill_section_id.map(|key| SectionId::new(key.0)),
                tag: self.fill_tag_id.map(|key| TagId::new(key.0)),
                up_to: stored(FrontLength::parse(up_to))?,
            })
        });
        Ok(LiveFront {
            id: FrontId::new(self.id.0),
            slug: stored(Slug::parse(&self.slug))?,
            name: stored(FrontName::parse(&self.name))?,
            fill_from: fill_from.transpose()?,
        })
    }
}

/// An item without its place, which is told by the order.
#[derive(Queryable)]
pub(crate) struct ItemRow {
    article_id: Key,
    headline: Option<String>,
}

impl ItemRow {
    pub(crate) fn item(self) -> Result<FrontItem, Error> {
        let headline = self.headline.map(|text| stored(Headline::parse(&text))).transpose()?;
        Ok(FrontItem { article: ArticleId::new(self.article_id.0), headline })
    }
}

/// SQLite adds many rows in one statement only where each gives every column a value.
#[derive(Insertable)]
#[diesel(table_name = front_items, treat_none_as_default_value = false)]
pub(crate) struct NewItemRow {
    front_id: Key,
    position: i32,
    article_id: Key,
    headline: Option<String>,
}

impl NewItemRow {
    /// The rows of all items of a front.
    pub(crate) fn all_of(front: &Front) -> Vec<Self> {
        let row = |(position, item): (i32, &FrontItem)| Self {
            front_id: Key(front.id.uuid()),
            position,
            article_id: Key(item.article.uuid()),
            headline: item.headline.as_ref().map(|headline| headline.as_str().to_owned()),
        };
        (0..).zip(front.items.as_slice()).map(row).collect()
    }
}

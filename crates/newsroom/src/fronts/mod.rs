//! Fronts: made, put in order, deleted. What of one readers see is not here.

mod named;

use std::collections::{HashMap, HashSet};

use domain::actor::Actor;
use domain::article::content::reference::Ref;
use domain::article::content::texts::Headline;
use domain::article::publication::PublicationState;
use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::front::{FillFrom, Front, FrontItems};
use domain::id::{ArticleId, FrontId, TagId};
use domain::paging::{From, Slice};
use domain::policy::right::{EditFronts, ReadArticles, ReadFronts};
use domain::policy::{Action, allows_all, grant_house};
use domain::section::Section;
use domain::slug::Slug;
use domain::surrogate_key::SurrogateKey;
use domain::tag::Tag;
use domain::thing::Thing;
use domain::time::Moment;
use domain::version::Seen;
use serde_json::json;
use store::articles::{ArticleFilter, Glance};
use store::fronts::ListedFront;
use store::lock::Rule as Held;
use store::tx::Tx;

use crate::cx::{Cx, Deed, News, Recorded};
use crate::error::Error;

pub use named::{FrontPatch, NamedFill, NamedItem};

/// A front as somebody of the newsroom sees it: of its items those whose articles they may read.
#[derive(Debug, Clone)]
pub struct Composed {
    /// It.
    pub front: Front,
    /// What its items are, in their order.
    pub articles: Vec<Placed>,
    /// The section from which it is filled.
    pub section: Option<Section>,
    /// The tag from which it is filled.
    pub tag: Option<Tag>,
}

/// An article that stands on a front.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Its identity.
    pub id: ArticleId,
    /// The slug of its working copy.
    pub slug: Slug,
    /// The headline of its working copy.
    pub headline: Headline,
    /// Readers see it on the front while it is live.
    pub publication: Option<PublicationState>,
}

impl Composed {
    fn of(tx: &mut dyn Tx, actor: &Actor, front: Front, now: Moment) -> Result<Self, Error> {
        let ids: Vec<_> = front.items.articles().collect();
        let most = u16::try_from(ids.len()).unwrap_or(u16::MAX);
        let own_of = (!allows_all(actor, Action::ReadArticles)).then_some(actor.user);
        let filter = ArticleFilter { own_of, ids: Some(ids), ..ArticleFilter::default() };
        let mut placed = HashMap::new();
        for (article, Glance { headline, slug, kind: _, language: _, section: _ }) in
            tx.articles(&filter, most)?
        {
            let article = article.grant::<ReadArticles>(actor)?.into_inner().settled(now);
            let publication = article.publication_state(now);
            placed.insert(article.id, Placed { id: article.id, slug, headline, publication });
        }
        let front = Front { items: front.items.only(|id| placed.contains_key(&id)), ..front };
        let section = match front.fill_from.and_then(|fill| fill.section) {
            Some(id) => tx.section(id)?,
            None => None,
        };
        let tag = match front.fill_from.and_then(|fill| fill.tag) {
            Some(id) => tx.tag(id)?,
            None => None,
        };
        let articles = front.items.articles().filter_map(|id| placed.remove(&id)).collect();
        Ok(Self { front, articles, section, tag })
    }
}

/// The front of an id or slug, with what of it the actor may read.
pub fn read(tx: &mut dyn Tx, actor: &Actor, name: &Ref<FrontId>, now: Moment) -> Result<Composed, Error> {
    grant_house::<ReadFronts>(actor)?;
    let front = stored(tx, name)?;
    Composed::of(tx, actor, front, now)
}

/// A page of the fronts, by slug.
pub fn list(
    tx: &mut dyn Tx,
    actor: &Actor,
    from: Option<&From<Slug>>,
    limit: u16,
) -> Result<Slice<ListedFront, Slug>, Error> {
    grant_house::<ReadFronts>(actor)?;
    let found = tx.fronts(from, limit.saturating_add(1))?;
    Ok(Slice::cut(found, limit, from, |front| front.slug.clone()))
}

/// Makes a front, which readers see at once.
pub fn create(cx: &mut Cx<'_>, patch: &FrontPatch) -> Result<Recorded<Composed>, Error> {
    let editor = cx.house::<EditFronts>()?;
    cx.tx.hold(Held::References)?;
    let front = named::begun(cx, patch)?;
    cx.tx.add_front(&editor, &front)?;
    recorded(cx, AuditAction::FrontCreated, &FrontItems::default(), front)
}

/// Changes a front. Its items are replaced as a whole.
pub fn change(
    cx: &mut Cx<'_>,
    name: &Ref<FrontId>,
    seen: Seen,
    patch: &FrontPatch,
) -> Result<Recorded<Composed>, Error> {
    let editor = cx.house::<EditFronts>()?;
    cx.tx.hold(Held::References)?;
    let before = stored(cx.tx, name)?;
    if !seen.covers(before.version) {
        return Err(Error::Stale(before.version));
    }
    let items = before.items.clone();
    let mut front = named::changed(cx, before, patch)?;
    front.updated_at = cx.now;
    front.version = cx.tx.change_front(&editor, &front, seen)?;
    recorded(cx, AuditAction::FrontChanged, &items, front)
}

/// Deletes a front. Its slugs are free again.
pub fn delete(cx: &mut Cx<'_>, name: &Ref<FrontId>, seen: Seen) -> Result<Recorded<()>, Error> {
    let editor = cx.house::<EditFronts>()?;
    cx.tx.hold(Held::References)?;
    let front = stored(cx.tx, name)?;
    cx.tx.delete_front(&editor, &front, seen)?;
    let deed = Deed {
        action: AuditAction::FrontDeleted,
        subject: Thing::Front(front.id),
        detail: json!({"slug": front.slug, "name": front.name}),
    };
    cx.record(deed, Some(news(EventKind::FrontDeleted, front.id)), ())
}

/// Records that a front is filled from another tag, into which the one was merged.
pub(crate) fn refilled(cx: &mut Cx<'_>, id: FrontId, tag: TagId) -> Result<(), Error> {
    let deed = Deed {
        action: AuditAction::FrontChanged,
        subject: Thing::Front(id),
        detail: json!({"fill_from": {"tag": tag}}),
    };
    cx.record(deed, Some(news(EventKind::FrontChanged, id)), ()).map(Recorded::into_inner)
}

/// Records that an article which readers never saw stands on a front no longer. Nothing that they have is different.
pub(crate) fn left(cx: &mut Cx<'_>, id: FrontId, article: ArticleId) -> Result<(), Error> {
    let deed = Deed {
        action: AuditAction::FrontChanged,
        subject: Thing::Front(id),
        detail: json!({"removed": [article]}),
    };
    cx.record(deed, None, ()).map(Recorded::into_inner)
}

fn stored(tx: &mut dyn Tx, name: &Ref<FrontId>) -> Result<Front, Error> {
    let id = match name {
        Ref::Id(id) => Some(*id),
        Ref::Slug(slug) => tx.front_of_slug(slug)?,
    };
    tx.front(id.ok_or(Error::NotFound)?)?.ok_or(Error::NotFound)
}

/// What of the site may be different once a front is: it, the list of fronts, and their addresses. A front that shows so much
/// that its keys do not fit in one field is kept outside as a list.
fn news(kind: EventKind, id: FrontId) -> News {
    News { kind, keys: vec![SurrogateKey::front(id), SurrogateKey::lists(), SurrogateKey::renames()] }
}

fn recorded(
    cx: &mut Cx<'_>,
    action: AuditAction,
    before: &FrontItems,
    front: Front,
) -> Result<Recorded<Composed>, Error> {
    let less = |from: &FrontItems, without: &FrontItems| {
        let without: HashSet<_> = without.articles().collect();
        from.articles().filter(|id| !without.contains(id)).collect::<Vec<_>>()
    };
    let fill_from = front.fill_from.map(
        |FillFrom { section, tag, up_to }| json!({"section": section, "tag": tag, "up_to": up_to.number()}),
    );
    let deed = Deed {
        action,
        subject: Thing::Front(front.id),
        detail: json!({
            "slug": front.slug,
            "name": front.name,
            "items": front.items.as_slice().len(),
            "placed": less(&front.items, before),
            "removed": less(before, &front.items),
            "fill_from": fill_from,
        }),
    };
    let news = news(EventKind::FrontChanged, front.id);
    let (actor, now) = (cx.actor, cx.now);
    let composed = Composed::of(cx.tx, &actor, front, now)?;
    cx.record(deed, Some(news), composed)
}

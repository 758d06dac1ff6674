//! The thread of an article as readers see it: what a form must know, and a page of comments, in one answer.

use std::sync::Arc;

use domain::article::content::reference::Ref;
use domain::comment::conflict::ClosedBecause;
use domain::comment::name::CommenterName;
use domain::comment::place::Place;
use domain::comment::settings::{CommentSettings, MaxDepth, MaxLength, Moderation, ThreadPolicy};
use domain::comment::text::CommentText;
use domain::id::{ArticleId, CommentId};
use domain::paging::{From, Slice};
use domain::time::Moment;
use render::comment::html;
use serde::Serialize;
use store::live::{Found, Live, LiveArticle, LiveComment, LiveThread, OwnThread, Said, ThreadOrder};
use utoipa::ToSchema;

use crate::Delivery;
use crate::error::Error;
use crate::single::Answer;

/// Comments of the page that comes with an article: as many as a page has where nothing is said of that.
const FIRST_PAGE: u16 = 20;

/// The members that a comment must have.
pub(crate) const REQUIRES: [&str; 3] = ["author_name", "author_email", "body"];

/// What a form must know of a thread.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ThreadFacts)]
pub struct Facts {
    /// How many comments readers see.
    #[schema(minimum = 0, examples(12))]
    pub count: u64,
    /// Whether the article has comments.
    pub enabled: bool,
    /// Whether it takes more.
    pub accepting: bool,
    /// Why it takes none; `null` while it does.
    pub reason: Option<ClosedBecause>,
    /// When it stops to; `null` where no time is set.
    pub closes_at: Option<Moment>,
    /// When readers see a comment that comes in.
    pub moderation: Moderation,
    /// Most characters of a comment.
    pub max_length: MaxLength,
    /// How deep replies stand.
    pub max_depth: MaxDepth,
    /// How long a commenter can change a comment, in seconds.
    #[schema(minimum = 0, examples(900))]
    pub edit_window_s: u32,
    /// The members that a comment must have.
    #[schema(max_items = 10, examples("author_name"))]
    pub requires: Vec<&'static str>,
}

/// A comment. One that readers do not see, above others that they do, has no author and no body.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Comment)]
pub struct PublicComment {
    /// Its identity.
    pub id: CommentId,
    /// The comment that it hangs on; `null` where it begins a conversation.
    pub parent_id: Option<CommentId>,
    /// How many stand above it.
    #[schema(minimum = 0, maximum = 10, examples(0))]
    pub depth: u8,
    /// Who wrote it; `null` of one that is not shown.
    pub author: Option<PublicAuthor>,
    /// What it says, as plain text; `null` of one that is not shown.
    pub body: Option<CommentText>,
    /// The same as HTML of paragraphs, line breaks and links, in which nothing of the writer's runs.
    #[schema(required, examples("<p>The ferry was full by seven.</p>"))]
    pub body_html: Option<String>,
    /// Whether it is not shown and only holds the place above its replies.
    pub tombstone: bool,
    /// Whether the newsroom recommends it.
    pub featured: bool,
    /// When it came in.
    pub created_at: Moment,
    /// When its writer last changed it.
    pub edited_at: Option<Moment>,
}

/// Who wrote a comment, as they say.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CommentAuthor)]
pub struct PublicAuthor {
    /// The name that they gave.
    pub name: CommenterName,
    /// Whether they are of the newsroom: that is proven.
    pub staff: bool,
}

/// The order of a thread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The conversation that began first, first.
    #[default]
    Oldest,
    /// The conversation that began last, first.
    Newest,
}

/// A page of a thread as readers ask for it.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// In which order.
    pub order: Order,
    /// Only what lies there in that order.
    pub from: Option<From<Place>>,
    /// Most comments of a page.
    pub limit: u16,
}

/// A page of a thread.
#[derive(Debug, Clone)]
pub struct Thread {
    /// What a form must know.
    pub facts: Facts,
    /// The comments.
    pub slice: Slice<PublicComment, Place>,
    /// When something of it is different by the clock alone: the article goes, or the thread takes no more.
    pub shown_until: Option<Moment>,
}

impl Delivery {
    /// A page of the thread of the article at an address.
    pub async fn thread(&self, name: Ref<ArticleId>, asked: Asked) -> Result<Answer<Thread>, Error> {
        let (now, site) = (self.clock.now(), Arc::clone(&self.site));
        self.read(now, move |live| {
            Ok(match live.live_thread(&name, now)? {
                None => Answer::Nothing,
                Some(Found::Moved(slug)) => Answer::Moved(slug),
                Some(Found::Withdrawn { at, kind, public_reason, replacement, stands_in: _ }) => {
                    Answer::Withdrawn { at, kind, public_reason, replacement }
                }
                Some(Found::Visible(thread)) => match name {
                    Ref::Slug(slug) if slug != thread.slug => Answer::Moved(thread.slug),
                    Ref::Slug(_) | Ref::Id(_) => {
                        Answer::Article(page(live, &site.comments, &thread, &asked, now)?)
                    }
                },
            })
        })
        .await
    }
}

/// How many comments readers see below an article.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CommentCount {
    /// The article.
    pub id: ArticleId,
    /// How many.
    #[schema(minimum = 0, examples(12))]
    pub count: u64,
}

impl Delivery {
    /// The counts of those of these articles that readers see, in the order given.
    pub async fn comment_counts(&self, ids: Vec<ArticleId>) -> Result<Vec<CommentCount>, Error> {
        let (now, site) = (self.clock.now(), Arc::clone(&self.site));
        self.read(now, move |live| {
            let mut seen = live.live_publications(&ids, now)?;
            let threads = live.comment_counts_of_live(&ids)?;
            let counted = ids.iter().filter_map(|id| {
                let published_at = seen.remove(id)?;
                let own = threads.get(id).cloned().unwrap_or_default();
                let policy = ThreadPolicy::of(&site.comments, &own.policy, published_at);
                Some(CommentCount { id: *id, count: if policy.is_shown() { own.visible } else { 0 } })
            });
            Ok(counted.collect())
        })
        .await
    }
}

/// The first page of the thread of an article that is shown itself.
pub(crate) fn first_page(
    live: &mut dyn Live,
    site: &CommentSettings,
    article: &LiveArticle,
    own: OwnThread,
    now: Moment,
) -> Result<Thread, Error> {
    let thread = LiveThread {
        article: article.id,
        slug: article.slug.clone(),
        published_at: article.times.published_at,
        expires_at: article.expires_at,
        own,
    };
    page(live, site, &thread, &Asked { limit: FIRST_PAGE, ..Asked::default() }, now)
}

/// A page of a thread.
fn page(
    live: &mut dyn Live,
    site: &CommentSettings,
    thread: &LiveThread,
    asked: &Asked,
    now: Moment,
) -> Result<Thread, Error> {
    let policy = ThreadPolicy::of(site, &thread.own.policy, thread.published_at);
    let Asked { order, from, limit } = asked;
    let order = match order {
        Order::Oldest => ThreadOrder::OldestFirst,
        Order::Newest => ThreadOrder::NewestFirst,
    };
    let found = if policy.is_shown() {
        live.comments_of_live(thread.article, order, from.as_ref(), limit.saturating_add(1))?
    } else {
        Vec::new()
    };
    let slice = Slice::cut(found, *limit, from.as_ref(), |comment| comment.place.clone()).map(public);
    let shown_until = [thread.expires_at, policy.open_until(now)].into_iter().flatten().min();
    Ok(Thread { facts: facts(site, &policy, thread.own.visible, now), slice, shown_until })
}

fn facts(site: &CommentSettings, policy: &ThreadPolicy, visible: u64, now: Moment) -> Facts {
    let reason = policy.closed(now);
    Facts {
        count: if policy.is_shown() { visible } else { 0 },
        enabled: policy.is_shown(),
        accepting: reason.is_none(),
        reason,
        closes_at: policy.closes_at.filter(|_| policy.is_shown()),
        moderation: policy.moderation,
        max_length: policy.max_length,
        max_depth: policy.max_depth,
        edit_window_s: site.edit_window_s,
        requires: REQUIRES.to_vec(),
    }
}

fn public(comment: LiveComment) -> PublicComment {
    let LiveComment { place, said, created_at } = comment;
    let tombstone = said.is_none();
    let (mut author, mut body, mut featured, mut edited_at) = (None, None, false, None);
    if let Some(Said { name, by_staff, text, is_featured, edited_at: edited }) = said {
        author = Some(PublicAuthor { name, staff: by_staff });
        (body, featured, edited_at) = (Some(text), is_featured, edited);
    }
    PublicComment {
        id: place.id(),
        parent_id: place.parent(),
        depth: place.depth(),
        author,
        body_html: body.as_ref().map(html),
        body,
        tombstone,
        featured,
        created_at,
        edited_at,
    }
}

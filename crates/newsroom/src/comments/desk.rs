//! What moderators read: the queue, and one comment with all that is known of it.

use domain::actor::Actor;
use domain::comment::Comment;
use domain::comment::private::Private;
use domain::comment::search::{CommentFilter, Edit, QueueOrder, Reports};
use domain::id::{CommentId, SectionId};
use domain::paging::{From, Slice};
use domain::policy::grant_house;
use domain::policy::right::{ReadCommenters, ReadComments};
use domain::section::tree::Tree;
use domain::slug::Slug;
use store::tx::Tx;

use crate::articles::Count;
use crate::error::Error;

/// Most reasons for reports that are told of one comment, since readers write them as they like.
pub const MOST_REASONS: u16 = 100;

/// A comment with all that is known of it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// It.
    pub comment: Comment,
    /// What it said before its writer changed it, oldest first.
    pub edits: Vec<Edit>,
    /// Why readers reported it, at any time, the reason that most gave first; who they were is told to nobody.
    pub reports: Vec<Reports>,
    /// What is private of it, for those who may see that.
    pub private: Option<Private>,
}

/// The comment of an id.
pub fn read(tx: &mut dyn Tx, actor: &Actor, id: CommentId) -> Result<Dossier, Error> {
    grant_house::<ReadComments>(actor)?;
    let comment = tx.comment(id)?.ok_or(Error::NotFound)?.grant::<ReadComments>(actor)?.into_inner();
    let private = match grant_house::<ReadCommenters>(actor) {
        Ok(granted) => tx.private_of(&granted, id)?,
        Err(_) => None,
    };
    let (edits, reports) = (tx.edits_of_comment(id)?, tx.reports_of_comment(id, MOST_REASONS)?);
    Ok(Dossier { comment, edits, reports, private })
}

/// Which comments are asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The filter, and where the page lies.
    pub filter: CommentFilter,
    /// Only about articles of this section and those below it.
    pub section: Option<Slug>,
    /// Only by the writer of this comment.
    pub commenter_of: Option<CommentId>,
    /// Most comments of a page.
    pub limit: u16,
    /// Whether they are counted.
    pub count: Count,
}

/// A page of comments.
#[derive(Debug)]
pub struct Page {
    /// The page.
    pub slice: Slice<Comment, CommentId>,
    /// Where what comes in later than all of it will lie; `None` of an empty list.
    pub newer: Option<From<CommentId>>,
    /// How many there are in all, where that was asked for.
    pub total: Option<i64>,
}

/// A page of the comments of all threads. A section or a commenter that there is not gives an empty page.
pub fn list(tx: &mut dyn Tx, actor: &Actor, asked: &Asked) -> Result<Page, Error> {
    grant_house::<ReadComments>(actor)?;
    let Asked { filter, section, commenter_of, limit, count } = asked;
    let mut filter = filter.clone();
    let empty = Page {
        slice: Slice { items: Vec::new(), prev: None, next: None },
        newer: None,
        total: (*count == Count::Exact).then_some(0),
    };
    if let Some(slug) = section {
        filter.sections = within(tx, slug)?;
        if filter.sections.is_empty() {
            return Ok(empty);
        }
    }
    if let Some(id) = commenter_of {
        filter.commenter = tx.traces_of(*id)?.and_then(|traces| traces.email);
        if filter.commenter.is_none() {
            return Ok(empty);
        }
    }
    let found = tx.comments(&filter, limit.saturating_add(1))?;
    let total = match count {
        Count::Exact => Some(tx.count_comments(&filter)?),
        Count::No => None,
    };
    let mut comments = Vec::with_capacity(found.len());
    for comment in found {
        comments.push(comment.grant::<ReadComments>(actor)?.into_inner());
    }
    let slice = Slice::cut(comments, *limit, filter.from.as_ref(), |comment| comment.id);
    let newer = newer(&slice.items, &filter);
    Ok(Page { slice, newer, total })
}

/// Where what comes in later than these will lie: beside the newest of them or, where there are none, where they would be.
fn newer(found: &[Comment], filter: &CommentFilter) -> Option<From<CommentId>> {
    let asked = filter.from.map(|(From::Behind(id) | From::Before(id))| id);
    match filter.order {
        QueueOrder::OldestFirst => found.last().map(|comment| comment.id).or(asked).map(From::Behind),
        QueueOrder::NewestFirst => found.first().map(|comment| comment.id).or(asked).map(From::Before),
    }
}

/// A section and those below it; none where there is no such section.
fn within(tx: &mut dyn Tx, slug: &Slug) -> Result<Vec<SectionId>, Error> {
    let Some(id) = tx.section_of_slug(slug)? else { return Ok(Vec::new()) };
    let sections = tx.sections()?;
    let tree = Tree::new(sections.iter().map(|section| (section.id, section.parent)));
    Ok(tree.below(id).into_iter().chain([id]).collect())
}

//! The site itself as a frontend must know it, so that it need not be told again there. What only the newsroom goes by is
//! not here: who approves, what is held back from readers and why.

use std::collections::BTreeSet;

use domain::comment::settings::{CommentSettings, MaxDepth, MaxLength, Mode, Moderation, OpenDays};
use domain::language::Language;
use domain::photo::credit::house_style::CreditStyle;
use domain::site::time_zone::TimeZone;
use domain::site::{ArticleUrl, Site, SiteName};
use domain::surrogate_key::SurrogateKey;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Delivery;
use crate::comments::REQUIRES;

/// What a frontend must know of the site.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Site)]
pub struct PublicSite {
    /// Its name.
    pub name: SiteName,
    /// Who publishes it.
    pub publisher: SiteName,
    /// The language of an article that names none.
    pub language: Language,
    /// The languages in which it is written, the usual one among them; none where it may be any.
    pub languages: Vec<Language>,
    /// Where its articles are read.
    pub article_url: ArticleUrl,
    /// The time zone of its readers, in which to tell them times: those of the API are in UTC.
    pub time_zone: TimeZone,
    /// How its credit lines of photos read, for those that a frontend composes itself.
    pub credit_style: CreditStyle,
    /// What holds for the comments of an article that says nothing else.
    pub comments: SiteComments,
}

/// What holds for the comments of an article that says nothing else; what holds for one is told with its thread.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SiteComments {
    /// Whether articles have comments.
    pub mode: Mode,
    /// When readers see a comment that comes in.
    pub moderation: Moderation,
    /// For how many days after its publication an article takes comments; `null` for ever.
    pub open_days: Option<OpenDays>,
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

impl Delivery {
    /// The site as its settings have it.
    pub fn site(&self) -> PublicSite {
        if let Some(notes) = &self.notes {
            notes.add(BTreeSet::from([SurrogateKey::site()]), self.now(), None);
        }
        public(&self.site)
    }
}

fn public(site: &Site) -> PublicSite {
    let Site {
        name,
        publisher,
        languages,
        article_url,
        time_zone,
        approval: _,
        drafts: _,
        credit_style,
        comments,
        territory: _,
    } = site;
    PublicSite {
        name: name.clone(),
        publisher: publisher.clone(),
        language: languages.usual().clone(),
        languages: languages.named().to_vec(),
        article_url: article_url.clone(),
        time_zone: *time_zone,
        credit_style: *credit_style,
        comments: of_comments(comments),
    }
}

/// What a form must know, and nothing of that by which a comment is held back.
fn of_comments(comments: &CommentSettings) -> SiteComments {
    let CommentSettings {
        mode,
        moderation,
        open_days,
        max_depth,
        max_length,
        max_links: _,
        words: _,
        edit_window_s,
        reports_to_hold: _,
        min_fill_ms: _,
        flood_most: _,
        flood_window_s: _,
        keep_addresses_days: _,
    } = comments;
    SiteComments {
        mode: *mode,
        moderation: *moderation,
        open_days: *open_days,
        max_length: *max_length,
        max_depth: *max_depth,
        edit_window_s: *edit_window_s,
        requires: REQUIRES.to_vec(),
    }
}

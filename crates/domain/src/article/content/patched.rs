//! A patch, applied: every member at once, or all its faults.

use super::change::Change;
use super::names::{ById, Known};
use super::patch::ContentPatch;
use super::{ArticleKind, Content, body::Body, resolve};
use crate::block::id::BlockId;
use crate::site::languages::Languages;
use crate::slug::Slug;
use crate::violation::{Faults, Rule, Violation};

impl Content {
    /// This content after `patch` (ruling 4). `known` tells what of [`ContentPatch::names`] exists, `languages`
    /// those of the site; `fresh` gives ids to blocks that have none.
    ///
    /// All faults are found at once, with pointers into what the editor sent.
    pub fn patched(
        self,
        patch: ContentPatch,
        known: &Known,
        languages: &Languages,
        fresh: impl FnMut() -> BlockId,
    ) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        resolve::articles_and_photos(&ById::of_patch(&patch), known, &mut faults);
        let ContentPatch {
            headline,
            headline_variants,
            slug,
            kind,
            kicker,
            standfirst,
            summary,
            language,
            section,
            tags,
            related,
            canonical_url,
            noindex,
            dateline,
            bylines,
            byline_override,
            no_byline,
            lead_photo,
            body,
        } = patch;
        let headline = faults.at("/headline", kept(headline, self.headline));
        // What is in another language already may stay so: a site may stop to write in one.
        if let Some(language) = language.set().filter(|&language| *language != self.language) {
            faults.at("/language", languages.admits(language));
        }
        let language = faults.at("/language", kept(language, self.language));
        let slug = match (slug, &headline) {
            (Change::Keep, _) => Some(self.slug),
            (Change::Set(slug), _) => Some(slug),
            (Change::Clear, Some(headline)) => {
                let made = Slug::from_text(headline.as_str());
                faults.at("/slug", made.ok_or_else(Violation::required))
            }
            (Change::Clear, None) => None,
        };
        let section = match section {
            Change::Set(named) => resolve::section(&named, known, &mut faults),
            Change::Keep => self.section,
            Change::Clear => None,
        };
        let tags = changed(tags, self.tags, |named| resolve::tags(&named, known, &mut faults));
        let bylines = changed(bylines, self.bylines, |entries| resolve::bylines(entries, known, &mut faults));
        let body = match body {
            Change::Keep => Some(self.body),
            Change::Clear => Some(Body::default()),
            Change::Set(blocks) => match Body::assemble(blocks, &self.body, fresh) {
                Ok(body) => Some(body),
                Err(found) => {
                    faults.extend(found);
                    None
                }
            },
        };
        let no_byline = no_byline.or_default(self.no_byline);
        if no_byline && bylines.as_ref().is_some_and(|bylines| !bylines.as_slice().is_empty()) {
            let both =
                Violation::new(Rule::Inconsistent, "says that there is no byline, but there are bylines");
            faults.push(both.at("/no_byline"));
        }
        let content = (|| {
            Some(Self {
                headline: headline?,
                headline_variants: headline_variants.or_default(self.headline_variants),
                slug: slug?,
                kind: kind.or(Some(self.kind)).unwrap_or(ArticleKind::News),
                kicker: kicker.or(self.kicker),
                standfirst: standfirst.or_default(self.standfirst),
                summary: summary.or(self.summary),
                language: language?,
                section,
                tags: tags?,
                related: related.or_default(self.related),
                canonical_url: canonical_url.or(self.canonical_url),
                noindex: noindex.or_default(self.noindex),
                dateline: dateline.or(self.dateline),
                bylines: bylines?,
                byline_override: byline_override.or(self.byline_override),
                no_byline,
                lead_photo: lead_photo.or(self.lead_photo),
                body: body?,
            })
        })();
        faults.or(content)
    }
}

/// A member that cannot be cleared.
fn kept<T>(change: Change<T>, before: T) -> Result<T, Violation> {
    change.or(Some(before)).ok_or_else(Violation::required)
}

/// A list whose new value must be resolved first; `None` where that found faults.
fn changed<New, T: Default>(
    change: Change<New>,
    before: T,
    resolve: impl FnOnce(New) -> Option<T>,
) -> Option<T> {
    match change {
        Change::Keep => Some(before),
        Change::Clear => Some(T::default()),
        Change::Set(new) => resolve(new),
    }
}

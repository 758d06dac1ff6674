//! A delivered body as HTML. Every tag and attribute here is written by us and named in the code; what people wrote is
//! only ever text or the value of an attribute, escaped.

mod figure;
pub(crate) mod page;
mod running;

use domain::block::code::Code;
use domain::block::embed::Embed;
use domain::block::quote::Attribution;

use self::figure::figure;
use self::page::Page;
use self::running::running;
use crate::body::photo::{Gallery, PhotoBlock};
use crate::body::{
    ArticleRef, Block, BlockKind, FactBox, Heading, List, Paragraph, Quote, Related, SimpleBlock, Table,
    Update,
};

/// What every link to elsewhere says: the page that it opens gets no hold of ours.
const ELSEWHERE: &str = "noopener";

/// The body as HTML, to be put below the headline.
pub fn html(blocks: &[Block]) -> String {
    let mut page = Page::default();
    for block in blocks {
        whole(&mut page, &block.kind);
    }
    page.into_html()
}

fn whole(page: &mut Page, kind: &BlockKind) {
    match kind {
        BlockKind::Paragraph(text) => paragraph(page, text),
        BlockKind::Heading(subhead) => heading(page, subhead),
        BlockKind::Quote(words) => quote(page, &[], words),
        BlockKind::PullQuote(words) => quote(page, &[("class", "pull-quote")], words),
        BlockKind::List(items) => list(page, items),
        BlockKind::Photo(block) => {
            let PhotoBlock { photo, size } = &**block;
            figure(page, &format!("photo {}", size.name()), photo);
        }
        BlockKind::Gallery(Gallery { photos }) => {
            page.element("div", &[("class", "gallery")], |page| {
                for photo in photos {
                    figure(page, "photo", photo);
                }
            });
        }
        BlockKind::Embed(embed) => stand_in(page, embed),
        BlockKind::FactBox(FactBox { title, blocks }) => {
            page.element("aside", &[("class", "fact-box")], |page| {
                page.element("h3", &[], |page| page.text(title.as_str()));
                simple(page, blocks);
            });
        }
        BlockKind::Related(Related { articles }) => related(page, articles),
        BlockKind::Table(cells) => table(page, cells),
        BlockKind::Code(lines) => code(page, lines),
        BlockKind::Divider => page.empty("hr"),
        BlockKind::Update(Update { time, title, blocks }) => {
            page.element("section", &[("class", "update")], |page| {
                let time = time.to_string();
                page.element("p", &[], |page| {
                    page.element("time", &[("datetime", &time)], |page| page.text(&time));
                });
                if let Some(title) = title {
                    page.element("h3", &[], |page| page.text(title.as_str()));
                }
                simple(page, blocks);
            });
        }
    }
}

fn simple(page: &mut Page, blocks: &[SimpleBlock]) {
    for block in blocks {
        match block {
            SimpleBlock::Paragraph(text) => paragraph(page, text),
            SimpleBlock::Heading(subhead) => heading(page, subhead),
            SimpleBlock::List(items) => list(page, items),
            SimpleBlock::Quote(words) => quote(page, &[], words),
        }
    }
}

fn paragraph(page: &mut Page, Paragraph { content }: &Paragraph) {
    page.element("p", &[], |page| running(page, content));
}

fn heading(page: &mut Page, Heading { level, anchor, content }: &Heading) {
    let tag = match level.number() {
        2 => "h2",
        3 => "h3",
        _ => "h4",
    };
    let id: Vec<_> = anchor.iter().map(|anchor| ("id", anchor.as_str())).collect();
    page.element(tag, &id, |page| running(page, content));
}

fn quote(page: &mut Page, marked: &[(&'static str, &str)], Quote { content, attribution }: &Quote) {
    page.element("blockquote", marked, |page| {
        if !content.is_empty() {
            page.element("p", &[], |page| running(page, content));
        }
        if let Some(attribution) = attribution {
            page.element("footer", &[], |page| attributed(page, attribution));
        }
    });
}

fn attributed(page: &mut Page, Attribution { name, title, source_url }: &Attribution) {
    page.element("cite", &[], |page| match source_url {
        Some(url) => {
            let to = [("href", url.as_str()), ("rel", ELSEWHERE)];
            page.element("a", &to, |page| page.text(name.as_str()));
        }
        None => page.text(name.as_str()),
    });
    if let Some(title) = title {
        page.text(", ");
        page.text(title.as_str());
    }
}

/// The depth is that of the block model.
fn list(page: &mut Page, List { ordered, items }: &List) {
    page.element(if *ordered { "ol" } else { "ul" }, &[], |page| {
        for item in items {
            page.element("li", &[], |page| {
                running(page, &item.content);
                if let Some(below) = &item.list {
                    list(page, below);
                }
            });
        }
    });
}

/// A link with the words that stand for what a provider would show. Markup of a provider never passes through us.
fn stand_in(page: &mut Page, embed: &Embed) {
    page.element("p", &[("class", "embed")], |page| {
        let to = [("href", embed.url().as_str()), ("rel", ELSEWHERE)];
        page.element("a", &to, |page| page.text(embed.fallback_text().as_str()));
    });
}

fn related(page: &mut Page, articles: &[ArticleRef]) {
    page.element("ul", &[("class", "related")], |page| {
        for ArticleRef { id: _, slug: _, url, headline } in articles {
            page.element("li", &[], |page| {
                page.element("a", &[("href", url)], |page| page.text(headline.as_str()));
            });
        }
    });
}

fn table(page: &mut Page, Table { caption, header_rows, rows }: &Table) {
    let (head, body) = rows.split_at(*header_rows.min(&rows.len()));
    page.element("table", &[], |page| {
        if let Some(caption) = caption {
            page.element("caption", &[], |page| page.text(caption.as_str()));
        }
        let parts = [("thead", "th", &[("scope", "col")][..], head), ("tbody", "td", &[], body)];
        for (part, cell, says, rows) in parts.into_iter().filter(|(.., rows)| !rows.is_empty()) {
            page.element(part, &[], |page| {
                for row in rows {
                    page.element("tr", &[], |page| {
                        for text in row {
                            page.element(cell, says, |page| running(page, &text.content));
                        }
                    });
                }
            });
        }
    });
}

/// The class is that by which highlighters know the language, where its name is one word.
fn code(page: &mut Page, Code { language, text }: &Code) {
    let class = language.as_ref().map(|name| format!("language-{}", name.as_str()));
    let class = class.filter(|class| !class.contains(char::is_whitespace));
    let says: Vec<_> = class.iter().map(|class| ("class", class.as_str())).collect();
    page.element("pre", &[], |page| page.element("code", &says, |page| page.text(text.as_str())));
}

#[cfg(test)]
mod tests;

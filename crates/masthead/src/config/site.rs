//! `[site]`: what the site is called, and where its articles are read.

use domain::article::publish::Approval;
use domain::site::{ArticleUrl, Site, SiteName};

use super::reader::Section;
use super::switch::Switch;

/// The site, if all that is said of it is good.
pub(super) fn read(section: &mut Section<'_>) -> Option<Site> {
    let name = section.parsed("name", "Masthead", "Name of the site, as readers know it", SiteName::parse);
    let own_name = name.as_ref().map_or("Masthead", SiteName::as_str).to_owned();
    let publisher = section.parsed("publisher", &own_name, "Who publishes the site", SiteName::parse);
    let article_url = section.parsed(
        "article_url",
        "http://localhost:3000/{slug}",
        "Where readers find an article on the frontend; {slug} or {id} stands for its own",
        ArticleUrl::parse,
    );
    let approval = match section.key(
        "require_approval",
        Switch::Off,
        "Whether an article must be approved before it is published",
    ) {
        Switch::On => Approval::Required,
        Switch::Off => Approval::Optional,
    };
    Some(Site { name: name?, publisher: publisher?, article_url: article_url?, approval })
}

//! `[site]`: what the site is called, in which languages it is written, where its articles are read, and its rules.

use domain::article::content::dateline::CountryCode;
use domain::article::publish::Approval;
use domain::comment::settings::CommentSettings;
use domain::language::Language;
use domain::photo::credit::house_style::CreditStyle;
use domain::site::languages::Languages;
use domain::site::time_zone::TimeZone;
use domain::site::{ArticleUrl, Drafts, Site, SiteName};
use domain::violation::Violation;

use super::reader::Section;
use super::switch::Switch;

/// The site, if all that is said of it is good.
pub(super) fn read(section: &mut Section<'_>, comments: Option<CommentSettings>) -> Option<Site> {
    let name = section.parsed("name", "Masthead", "Name of the site, as readers know it", SiteName::parse);
    let own_name = name.as_ref().map_or("Masthead", SiteName::as_str).to_owned();
    let publisher = section.parsed("publisher", &own_name, "Who publishes the site", SiteName::parse);
    let usual = section.parsed("language", "en", "Language of an article that names none", Language::parse);
    let languages = section.parsed(
        "languages",
        "",
        "Languages that an article may name, apart by commas; empty for any",
        |text| languages(usual.as_ref(), text),
    );
    let article_url = section.parsed(
        "article_url",
        "http://localhost:3000/{slug}",
        "Where readers find an article on the frontend; {slug} or {id} stands for its own",
        ArticleUrl::parse,
    );
    let time_zone = section.parsed(
        "time_zone",
        "UTC",
        "Time zone of its readers (Europe/Oslo), in which frontends tell times",
        TimeZone::parse,
    );
    let approval = match section.key(
        "require_approval",
        Switch::Off,
        "Whether an article must be approved before it is published",
    ) {
        Switch::On => Approval::Required,
        Switch::Off => Approval::Optional,
    };
    let drafts = match section.key(
        "private_drafts",
        Switch::Off,
        "Whether reporters may read only what they own or write",
    ) {
        Switch::On => Drafts::Private,
        Switch::Off => Drafts::Shared,
    };
    let credit_style = section.parsed(
        "credit_style",
        "slash",
        "How credit lines of photos read: slash (Photo by A/Agency), via (A/Agency via B) or photograph (Photograph: A/Agency)",
        CreditStyle::parse,
    );
    let territory = section.parsed(
        "territory",
        "",
        "Country (two letters) in which the site is read, for photos that may not be shown there; empty: it does not say",
        |text| if text.is_empty() { Ok(None) } else { CountryCode::parse(text).map(Some) },
    );
    Some(Site {
        name: name?,
        publisher: publisher?,
        languages: languages??,
        article_url: article_url?,
        time_zone: time_zone?,
        approval,
        drafts,
        credit_style: credit_style?,
        comments: comments?,
        territory: territory?,
    })
}

/// The languages of the site; `None` where the usual one is none, which is told already.
fn languages(usual: Option<&Language>, text: &str) -> Result<Option<Languages>, Violation> {
    let named = text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(Language::parse);
    let named = named.collect::<Result<_, _>>()?;
    usual.map(|usual| Languages::parse(usual.clone(), named)).transpose()
}

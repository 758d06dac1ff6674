//! Embeds: things that a known provider shows. Never HTML of theirs.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::bounded::bounded;
use crate::codes::codes;
use crate::violation::{Rule, Violation};
use crate::web_url::WebUrl;

codes! {
    /// Who shows an embed: the allow-list.
    pub enum Provider {
        /// Bluesky.
        Bluesky = "bluesky",
        /// Datawrapper.
        Datawrapper = "datawrapper",
        /// Facebook.
        Facebook = "facebook",
        /// Flourish.
        Flourish = "flourish",
        /// Instagram.
        Instagram = "instagram",
        /// OpenStreetMap.
        Openstreetmap = "openstreetmap",
        /// `SoundCloud`.
        Soundcloud = "soundcloud",
        /// Spotify.
        Spotify = "spotify",
        /// `TikTok`.
        Tiktok = "tiktok",
        /// Vimeo.
        Vimeo = "vimeo",
        /// X.
        X = "x",
        /// `YouTube`.
        Youtube = "youtube",
    }
}

impl Provider {
    /// The hosts of its pages, exactly.
    pub const fn hosts(self) -> &'static [&'static str] {
        match self {
            Self::Bluesky => &["bsky.app"],
            Self::Datawrapper => &["datawrapper.dwcdn.net", "www.datawrapper.de"],
            Self::Facebook => &["www.facebook.com"],
            Self::Flourish => &["public.flourish.studio", "flo.uri.sh"],
            Self::Instagram => &["www.instagram.com"],
            Self::Openstreetmap => &["www.openstreetmap.org"],
            Self::Soundcloud => &["soundcloud.com"],
            Self::Spotify => &["open.spotify.com"],
            Self::Tiktok => &["www.tiktok.com"],
            Self::Vimeo => &["vimeo.com", "player.vimeo.com"],
            Self::X => &["x.com", "twitter.com"],
            Self::Youtube => {
                &["www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"]
            }
        }
    }
}

/// A page of a provider, and the words that stand for it where it cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "RawEmbed", deny_unknown_fields)]
#[schema(examples(json!({
    "provider": "youtube", "url": "https://www.youtube.com/watch?v=varn", "fallback_text": "A film of the tide",
})))]
pub struct Embed {
    /// Who shows it.
    provider: Provider,
    /// Where it is: an https address of the provider.
    url: WebUrl,
    /// What stands for it where it cannot be shown.
    fallback_text: FallbackText,
}

bounded! {
    /// What stands for an embed where it cannot be shown.
    FallbackText: one_line up to 500, "a post of a social network and who wrote it",
        like "A post of the harbour office about the tide";
}

impl Embed {
    /// Takes over an `https` address of the provider; any other is a [`Rule::BadUrl`].
    pub fn parse(provider: Provider, url: WebUrl, fallback_text: FallbackText) -> Result<Self, Violation> {
        let theirs = url.as_str().strip_prefix("https://").and_then(|rest| rest.split('/').next());
        if !theirs.is_some_and(|host| provider.hosts().contains(&host)) {
            let detail = format!("must be an https address of {}", provider.hosts().join(", "));
            return Err(Violation::new(Rule::BadUrl, detail));
        }
        Ok(Self { provider, url, fallback_text })
    }

    /// Who shows it.
    pub const fn provider(&self) -> Provider {
        self.provider
    }

    /// Where it is.
    pub const fn url(&self) -> &WebUrl {
        &self.url
    }

    /// What stands for it where it cannot be shown.
    pub const fn fallback_text(&self) -> &FallbackText {
        &self.fallback_text
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEmbed {
    provider: Provider,
    url: WebUrl,
    fallback_text: FallbackText,
}

impl TryFrom<RawEmbed> for Embed {
    type Error = Violation;

    fn try_from(RawEmbed { provider, url, fallback_text }: RawEmbed) -> Result<Self, Violation> {
        Self::parse(provider, url, fallback_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // abuse: OUT-02
    #[test]
    fn an_address_that_is_not_the_providers_is_refused() {
        for raw in [
            "http://www.youtube.com/watch?v=a",
            "https://www.youtube.com.evil.example/",
            "https://evil.example/?www.youtube.com",
            "https://www.youtube.com:8443/",
            "https://vimeo.com/1",
        ] {
            let fallback = FallbackText::parse("A film").unwrap();
            let refused = Embed::parse(Provider::Youtube, WebUrl::parse(raw).unwrap(), fallback).unwrap_err();
            assert_eq!(refused.rule, Rule::BadUrl, "{raw}");
        }
    }
}

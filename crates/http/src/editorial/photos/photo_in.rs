//! What an editor sends of a photo.

use domain::block::photo::{AltText, CreditDisplay, PhotoCaption, PhotoUse};
use domain::id::PhotoId;
use domain::photo::digital_source::DigitalSourceType;
use domain::photo::patch::PhotoPatch;
use domain::photo::taken::TakenAt;
use domain::photo::texts::{
    CaptionWriter, CopyrightNotice, ExtendedDescription, Instructions, JobId, PhotoHeadline, UsageTerms,
};
use domain::web_url::WebUrl;

use serde_json::{Value, json};

use crate::read::members::{Input, Members};

impl Input for PhotoPatch {
    const NAME: Option<&'static str> = Some("PhotoPatch");

    fn example() -> Option<Value> {
        Some(json!({
            "caption": "The sea gates of Varn at high tide on Friday.",
            "alt": "Waves break against closed steel gates",
            "credit": {"kind": "photo", "creators": [{"name": "Ivo Grane"}], "organizations": ["Nordwire"]},
        }))
    }

    fn read(members: &mut Members) -> Option<Self> {
        Some(Self {
            caption: members.text("caption", PhotoCaption::parse),
            caption_writer: members.text("caption_writer", CaptionWriter::parse),
            headline: members.text("headline", PhotoHeadline::parse),
            alt: members.text("alt", AltText::parse),
            extended_description: members.text("extended_description", ExtendedDescription::parse),
            credit: members.value("credit"),
            copyright_notice: members.text("copyright_notice", CopyrightNotice::parse),
            usage_terms: members.text("usage_terms", UsageTerms::parse),
            instructions: members.text("instructions", Instructions::parse),
            web_statement_url: members.text("web_statement_url", WebUrl::parse),
            licensors: members.value("licensors"),
            supplier: members.value("supplier"),
            taken_at: members.text("taken_at", TakenAt::parse),
            location: members.value("location"),
            people_shown: members.value("people_shown"),
            keywords: members.value("keywords"),
            job_id: members.text("job_id", JobId::parse),
            digital_source_type: members.text("digital_source_type", DigitalSourceType::parse),
            rights: members.value("rights"),
            focal_point: members.value("focal_point"),
        })
    }
}

impl Input for PhotoUse {
    const NAME: Option<&'static str> = Some("PhotoPlacing");

    fn read(members: &mut Members) -> Option<Self> {
        let photo = members.required("photo", PhotoId::parse);
        let caption = members.text("caption", PhotoCaption::parse).or(None);
        let alt = members.text("alt", AltText::parse).or(None);
        let credit_display = members.text("credit_display", CreditDisplay::parse).or(None);
        let focal_point = members.value("focal_point").or(None);
        let crop = members.value("crop").or(None);
        let decorative = members.flag("decorative").or(None).unwrap_or_default();
        Some(Self { photo: photo?, caption, alt, credit_display, focal_point, crop, decorative })
    }
}

//! Fills in what a file cannot know: ids of articles, and instants counted from the import.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::id::{ArticleId, PhotoId};
use domain::time::Moment;
use serde_json::Value;

/// Members in which `slug:…` stands for the id of an article.
const NAMING: [&str; 4] = ["article", "articles", "related", "replacement"];

/// The member in which `photo:…` stands for the id of a photo.
const PHOTO: &str = "photo";

/// Members in which `now…` stands for an instant.
const TIMES: [&str; 5] = ["published_at", "goes_live_at", "expires_at", "until", "time"];

/// What was made so far, by the names that stand for it.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Articles by their slugs.
    pub(super) articles: BTreeMap<String, ArticleId>,
    /// Photos by the names of their files.
    pub(super) photos: BTreeMap<String, PhotoId>,
}

/// Replaces what stands for ids and instants, wherever it is in `body`. A name that is not known, or a time that is none,
/// is told.
pub(super) fn fill(body: &mut Value, known: &Known, now: Moment) -> Result<(), String> {
    fill_in("", body, &|member, text| {
        if let (true, Some(slug)) = (NAMING.contains(&member), text.strip_prefix("slug:")) {
            let id = known.articles.get(slug);
            let id = id.ok_or_else(|| format!("no article before it has the slug {slug}"))?;
            return Ok(Some(id.to_string()));
        }
        if let (PHOTO, Some(file)) = (member, text.strip_prefix("photo:")) {
            let id = known.photos.get(file).ok_or_else(|| format!("there is no photo {file}"))?;
            return Ok(Some(id.to_string()));
        }
        if TIMES.contains(&member) && text.starts_with("now") {
            let at = instant(text, now).ok_or_else(|| format!("{text:?} is no time"))?;
            return Ok(Some(at.to_string()));
        }
        Ok(None)
    })
}

/// Goes through the texts of `value`, each with the name of the member in which it or its list stands.
fn fill_in(
    member: &str,
    value: &mut Value,
    filled: &impl Fn(&str, &str) -> Result<Option<String>, String>,
) -> Result<(), String> {
    match value {
        Value::String(text) => {
            if let Some(new) = filled(member, text)? {
                *text = new;
            }
            Ok(())
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| fill_in(member, item, filled)),
        Value::Object(members) => {
            members.iter_mut().try_for_each(|(name, value)| fill_in(name, value, filled))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

/// `now`, or `now` and a sign, a number, and `m`, `h` or `d`.
fn instant(text: &str, now: Moment) -> Option<Moment> {
    let offset = text.strip_prefix("now")?;
    if offset.is_empty() {
        return Some(now);
    }
    let (sign, offset) = offset.split_at_checked(1)?;
    let (number, unit) = offset.split_at_checked(offset.len().checked_sub(1)?)?;
    let number: u32 = number.parse().ok()?;
    let minutes = match unit {
        "m" => 1,
        "h" => 60,
        "d" => 24 * 60,
        _ => return None,
    };
    let away = TimeDelta::minutes(i64::from(number) * minutes);
    match sign {
        "-" => Some(now.plus(-away)),
        "+" => Some(now.plus(away)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn ids_and_instants_stand_only_where_they_are_asked_for() {
        let now = Moment::parse("2026-01-09T06:00:00Z").unwrap();
        let id = ArticleId::new(Uuid::from_u128(7));
        let photo = PhotoId::new(Uuid::from_u128(8));
        let known = Known {
            articles: BTreeMap::from([("reef".to_owned(), id)]),
            photos: BTreeMap::from([("reef.jpg".to_owned(), photo)]),
        };
        let mut body = json!({
            "headline": "now-or-never", "related": ["slug:reef"], "text": "slug:reef",
            "lead_photo": {"photo": "photo:reef.jpg", "caption": "photo:reef.jpg"},
            "body": [{"type": "update", "time": "now-90m"}], "goes_live_at": "now+2d", "published_at": "now",
        });
        fill(&mut body, &known, now).unwrap();
        assert_eq!(
            body,
            json!({
                "headline": "now-or-never", "related": [id.to_string()], "text": "slug:reef",
                "lead_photo": {"photo": photo.to_string(), "caption": "photo:reef.jpg"},
                "body": [{"type": "update", "time": "2026-01-09T04:30:00.000Z"}],
                "goes_live_at": "2026-01-11T06:00:00.000Z", "published_at": "2026-01-09T06:00:00.000Z",
            })
        );
        assert!(fill(&mut json!({"related": ["slug:tide"]}), &known, now).is_err());
        assert!(fill(&mut json!({"photo": "photo:tide.jpg"}), &known, now).is_err());
        for wrong in ["now-", "now-3", "now-h", "now*3h", "nowadays"] {
            assert!(fill(&mut json!({"time": wrong}), &known, now).is_err(), "{wrong}");
        }
    }
}

//! Every write of the API with a body that it takes: what is tried with one body is tried with all of them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::client::Client;
use crate::comments::said;
use crate::contract;
use crate::pictures::png;
use crate::request::Request;
use crate::site::Site;

/// A write that the site would carry out for an admin, or refuse for its state alone.
#[derive(Debug, Clone)]
pub struct Write {
    /// The method.
    pub method: &'static str,
    /// The path, of something that is there.
    pub path: String,
    /// A body with every member that it takes.
    pub body: Value,
    /// The token that it asks for, where that is not a sign-in.
    pub token: Option<String>,
}

impl Write {
    /// The request with its conditions and another body.
    pub fn with<'a>(&self, by: &'a Client<'a>, body: impl Into<Vec<u8>>) -> Request<'a> {
        let request = by.request(self.method, &self.path);
        let request = match &self.token {
            Some(token) => request.bearing(token),
            None => request,
        };
        let request = if self.has_a_version() { request.if_match("*") } else { request };
        request.body("application/json", body)
    }

    /// The request without a body, whatever version there is.
    pub fn bare<'a>(&self, by: &'a Client<'a>) -> Request<'a> {
        let request = by.request(self.method, &self.path).if_match("*");
        match &self.token {
            Some(token) => request.bearing(token),
            None => request,
        }
    }

    /// Sends it with another body of JSON.
    #[track_caller]
    pub fn send(&self, by: &Client<'_>, body: &Value) -> Answer {
        self.with(by, body.to_string()).send()
    }

    /// Whether it changes a thing that has versions, and so says which of them was seen.
    fn has_a_version(&self) -> bool {
        let (_, operation) = contract::operation(self.method, &self.path).expect("a write of the document");
        let parameters = operation["parameters"].as_array();
        parameters
            .is_some_and(|parameters| parameters.iter().any(|parameter| parameter["name"] == "If-Match"))
    }

    /// Whether it takes a body that is smaller than usual, because anybody may send it.
    pub fn is_small(&self) -> bool {
        self.is_sign_in()
            || ["/v1/articles/", "/v1/editorial/commenters/"].iter().any(|begin| self.path.starts_with(begin))
    }

    /// Whether it is about who is signed in, where passwords are private and bodies small.
    pub fn is_sign_in(&self) -> bool {
        self.path.starts_with("/v1/auth/")
    }
}

/// An article with every member, and a block of every kind but photos.
pub fn full_article(section: &str, tag: &str, contributor: &str, other: &str) -> Value {
    let text = |text: &str| json!([{"text": text, "marks": []}]);
    let simple = json!([
        {"type": "paragraph", "content": text("The gates close at nine.")},
        {"type": "heading", "level": 3, "content": text("Gates")},
        {"type": "list", "ordered": false, "items": [{"content": text("Eleven")}]},
        {"type": "quote", "content": text("We wait."), "attribution": {"name": "Ivo Grane", "title": "pilot"}},
    ]);
    json!({
        "headline": "Harbour talks resume",
        "headline_variants": {"short": "Talks resume", "seo": "Harbour talks resume in Varn", "social": "They talk again"},
        "slug": "harbour-talks-resume-again", "kind": "news", "language": "en", "kicker": "Harbour",
        "standfirst": [{"text": "Both sides come back", "marks": [{"type": "strong"}]}],
        "summary": "Both sides come back to the table.",
        "section": section, "tags": [tag], "related": [other],
        "canonical_url": "https://courier.varn.example/harbour", "noindex": false,
        "dateline": {"place": "Varn", "country_code": "NO", "source": "Nordwire"},
        "bylines": [
            {"role": "author", "contributor": contributor, "location": "Varn"},
            {"role": "with", "name": "A. Guest", "affiliation": "Nordwire"},
        ],
        "byline_override": "From our own people", "no_byline": false,
        "body": [
            {"type": "paragraph", "content": [
                {"text": "Talks resume ", "marks": [{"type": "emphasis"}]},
                {"text": "here", "marks": [{"type": "link", "href": "https://varn.example/talks"}]},
                {"text": "là", "marks": [{"type": "language", "tag": "fr"}]},
            ]},
            {"type": "heading", "level": 2, "content": text("A rare chance")},
            {"type": "quote", "content": text("We wait."), "attribution": {"name": "Ivo Grane", "title": "pilot"}},
            {"type": "pull_quote", "content": text("We wait."), "attribution": null},
            {"type": "list", "ordered": true, "items": [
                {"content": text("One"), "list": {"ordered": false, "items": [{"content": text("Inner")}]}},
            ]},
            {"type": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "fallback_text": "A film of the gates"},
            {"type": "fact_box", "title": "The gates", "blocks": simple},
            {"type": "related", "articles": [other]},
            {"type": "table", "caption": "Tides", "header_rows": 1, "rows": [[{"content": text("Day")}], [{"content": text("One")}]]},
            {"type": "code", "language": "rust", "text": "fn main() {}"},
            {"type": "divider"},
            {"type": "update", "time": "2026-01-01T10:00:00Z", "title": "At ten", "blocks": simple},
        ],
        "note": "as the desk asked",
    })
}

/// What is said of a photo, with every member.
fn full_photo() -> Value {
    json!({
        "caption": "The sea gates of Varn.", "caption_writer": "ml", "headline": "Sea gates", "alt": "Waves break",
        "extended_description": "Eleven gates stand in a row.",
        "credit": {"raw": "Photo by Ivo Grane/Nordwire", "kind": "photo", "creators": [{"name": "Ivo Grane", "contributor": null}],
            "organizations": ["Nordwire"], "qualifier": "Pool", "display": "Photo by Ivo Grane/Nordwire, Pool"},
        "copyright_notice": "© 2026 Nordwire", "usage_terms": "Editorial use only.", "instructions": "Handle with care.",
        "web_statement_url": "https://nordwire.example/rights",
        "licensors": [{"name": "Nordwire", "id": "NW-1", "url": "https://nordwire.example/licences"}],
        "supplier": {"name": "Nordwire", "image_id": "NW-1-2"}, "taken_at": "2026-01-09T08:30:00+01:00",
        "location": {"spot": "West mole", "city": "Varn", "region": "Ås", "country": "Norway", "country_code": "NO"},
        "people_shown": ["Ivo Grane"], "keywords": ["storm"], "job_id": "VRN104",
        "digital_source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
        "rights": {"use_until": "2030-01-01T00:00:00Z", "embargo_until": "2026-01-02T00:00:00Z", "mandatory_credit": true,
            "no_archive": false, "excluded_territories": ["SE"], "model_release": "none", "property_release": "unlimited"},
        "focal_point": {"x": 0.5, "y": 0.25},
    })
}

impl Site {
    /// Every write, to things that this call has made.
    #[track_caller]
    pub fn writes(&self) -> Vec<Write> {
        let editor = self.editor();
        let make = |list: &str, name: &str| {
            editor.post(&format!("/v1/editorial/{list}"), json!({"name": name})).status(201)
        };
        make("sections", "World");
        make("fronts", "Home");
        let (tag, _) = (make("tags", "Ports"), make("tags", "Harbours"));
        let (mara, _) = (make("contributors", "Mara Lind"), make("contributors", "M. Lind"));
        let other = editor.draft("Another story");
        let article = editor.draft("A story to write to");
        let article = format!("/v1/editorial/articles/{}", article.id());
        let correction = other.id();
        let user = self.reporter().get("/v1/auth/me").status(200).id();
        let content = full_article("world", &tag.id(), &mara.id(), &other.id());
        let link = editor.post(&format!("{article}/preview-tokens"), json!({})).status(201).id();
        let guest = json!({"email": "guest@varn.example", "name": "A. Guest", "role": "reporter"});
        let invitation = self.admin().post("/v1/editorial/invitations", guest).status(201).id();
        let guest = json!({"email": "another@varn.example", "name": "Another Guest", "role": "reporter"});
        let key = self.admin().post("/v1/editorial/api-keys", json!({"name": "Wire", "scopes": ["read"]}));
        let key = format!("/v1/editorial/api-keys/{}", key.status(201).id());
        let session = self.admin().get("/v1/auth/sessions").status(200).text_at("/data/0/id");
        let markdown =
            json!({"headline": "Ferry late", "body": {"markdown": "The gates *close* at nine.\n\n- One\n"}});
        let html = json!({"body": {"html": "<p>The gates <em>close</em> at nine.</p>"}});
        let note = json!({"note": "read again"});
        let correct = json!({"kind": "correction", "text": "It was nine.", "block": "b1"});
        let photo_id = editor.upload(&png(9, 7, 1, None)).status(201).id();
        let photo = format!("/v1/editorial/photos/{photo_id}");
        let commented = self.published("A story to comment on").id();
        let commented = format!("/v1/articles/{commented}/comments");
        let comment =
            self.reader().post(&commented, said("Tom", "The first one to say so.")).status(201).id();
        let own_comment =
            self.reader().post(&commented, said("Vera", "The second one to say so.")).status(201);
        let item = json!({"id": comment, "version": 1});
        let comment = format!("/v1/editorial/comments/{comment}");
        let ban = json!({"kind": "domain", "pattern": "spam.example", "until": "2027-01-01T10:00:00Z", "note": "Sells watches."});
        let other_ban = json!({"kind": "domain", "pattern": "bulk.example"});
        let banned = self.admin().post("/v1/editorial/comment-bans", other_ban).status(201).id();
        let comment_policy = json!({"mode": "open", "moderation": "post", "closes_at": null, "open_days": 30, "max_depth": 2,
            "max_length": 1000, "max_links": 1, "words": ["miracle cure"]});
        let mut comment_said = said("Una", "It was never this full.");
        comment_said["parent_id"] = json!(null);
        comment_said["website"] = json!("");
        comment_said["filled_in_ms"] = json!(41_500);
        let because = json!({"reason": "Names a private person."});
        let used = json!({"photo": photo_id, "caption": "Gates.", "alt": "Waves", "credit_display": "Nordwire",
            "focal_point": {"x": 0.5, "y": 0.25}, "crop": {"x": 0.0, "y": 0.0, "width": 0.5, "height": 0.5}, "decorative": false});
        let section = json!({"name": "Ports", "slug": "the-ports", "description": "Of ships", "parent": "world", "position": 3});
        let topic = json!({"name": "Reef", "slug": "the-reef", "kind": "topic", "description": "Below the sea",
            "same_as": ["https://varn.example/reef"]});
        let front = json!({"name": "Front page", "slug": "front-page", "items": [{"article": other.id(), "headline": "They talk again"}],
            "fill_from": {"section": "world", "tag": "harbours", "up_to": 12}});
        let person = json!({"name": "Ivo Grane", "sort_name": "Grane, Ivo", "slug": "ivo", "kind": "person", "title": "Pilot",
            "affiliation": "Port of Varn", "bio": "Has piloted ships", "links": [{"label": "Notes", "url": "https://varn.example/ivo"}],
            "active": true, "email": "ivo@varn.example", "notes": "rings back"});
        let hook = json!({"name": "Rebuild", "url": "http://127.0.0.1:65000/hook", "events": ["tag.changed", "tag.deleted"]});
        let webhook = self.admin().post("/v1/editorial/webhooks", hook.clone()).status(201).id();
        let webhook = format!("/v1/editorial/webhooks/{webhook}");
        let mut other_hook = hook.clone();
        other_hook["disabled"] = json!(false);
        let delivery = self.admin().post(&format!("{webhook}/test"), json!({})).status(200).id();
        let writes = [
            ("POST", "/v1/editorial/webhooks".to_owned(), hook),
            ("PATCH", webhook.clone(), other_hook),
            ("POST", format!("{webhook}/rotate-secret"), json!({"former_lasts_s": 3600})),
            (
                "POST",
                "/v1/auth/login".to_owned(),
                json!({"email": "a@varn.example", "password": "not the one that it is"}),
            ),
            ("POST", "/v1/auth/refresh".to_owned(), json!({"refresh_token": "none"})),
            (
                "POST",
                "/v1/auth/password".to_owned(),
                json!({"current_password": "not the one that it is", "new_password": "nor this one, which is new"}),
            ),
            (
                "POST",
                "/v1/auth/accept-invitation".to_owned(),
                json!({"token": format!("mhi_{}", "0".repeat(64)), "name": "Ivo Grane", "password": "a lamp at the end of the mole"}),
            ),
            ("POST", "/v1/editorial/articles".to_owned(), content.clone()),
            ("POST", "/v1/editorial/articles".to_owned(), markdown),
            ("PATCH", article.clone(), content.clone()),
            ("PATCH", article.clone(), html),
            (
                "POST",
                format!("{article}/amend"),
                json!({"patch": content, "change": "update", "correction": correct}),
            ),
            ("PUT", format!("{article}/assignment"), json!({"owner": user, "writers": [user]})),
            ("PUT", format!("{article}/internal-note"), json!({"text": "calls back on Friday"})),
            ("POST", format!("{article}/preview-tokens"), json!({"expires_at": "2026-01-03T10:00:00Z"})),
            ("POST", format!("{article}/preview-tokens"), json!({"ttl_s": 60})),
            ("POST", "/v1/editorial/invitations".to_owned(), guest),
            (
                "POST",
                "/v1/editorial/api-keys".to_owned(),
                json!({"name": "Wires", "role": "editor", "scopes": ["read", "write"], "expires_at": "2026-02-01T10:00:00Z"}),
            ),
            (
                "PATCH",
                key.clone(),
                json!({"name": "Wires", "scopes": ["publish"], "expires_at": "2026-02-01T10:00:00Z"}),
            ),
            ("POST", format!("{article}/submit"), note.clone()),
            ("POST", format!("{article}/return"), note.clone()),
            ("POST", format!("{article}/approve"), note.clone()),
            (
                "POST",
                format!("{article}/publish"),
                json!({"goes_live_at": "2027-01-01T10:00:00Z", "expires_at": "2028-01-01T10:00:00Z", "change": "update", "published_at": "2025-01-01T10:00:00Z",
                    "correction": correct}),
            ),
            (
                "POST",
                format!("{article}/withdraw"),
                json!({"kind": "error", "public_reason": "It was wrong.", "internal_reason": "We know why.", "replacement": other.id()}),
            ),
            (
                "PUT",
                format!("{article}/embargo"),
                json!({"until": "2027-01-01T10:00:00Z", "note": "the ministry asks"}),
            ),
            ("POST", format!("{article}/corrections"), correct.clone()),
            ("POST", format!("{article}/corrections/{correction}/supersede"), correct),
            ("POST", format!("{article}/revisions/1/restore"), note),
            ("POST", "/v1/editorial/sections".to_owned(), section.clone()),
            ("PATCH", "/v1/editorial/sections/world".to_owned(), section),
            ("POST", "/v1/editorial/tags".to_owned(), topic.clone()),
            ("PATCH", "/v1/editorial/tags/ports".to_owned(), topic),
            ("POST", "/v1/editorial/tags/ports/merge".to_owned(), json!({"into": "harbours"})),
            ("POST", "/v1/editorial/contributors".to_owned(), person.clone()),
            ("PATCH", "/v1/editorial/contributors/mara-lind".to_owned(), person),
            ("POST", "/v1/editorial/contributors/mara-lind/merge".to_owned(), json!({"into": "m-lind"})),
            ("POST", "/v1/editorial/fronts".to_owned(), front.clone()),
            ("PATCH", "/v1/editorial/fronts/home".to_owned(), front),
            ("PATCH", photo.clone(), full_photo()),
            ("PUT", format!("{article}/photo-uses/lead"), used),
            ("POST", commented.clone(), comment_said),
            (
                "POST",
                "/v1/editorial/comments/batch".to_owned(),
                json!({"action": "approve", "reason": "Fits.", "items": [item]}),
            ),
            ("POST", "/v1/editorial/comment-bans".to_owned(), ban),
            ("PUT", format!("{article}/comment-policy"), comment_policy),
            (
                "POST",
                format!("{commented}/{}/reports", own_comment.id()),
                json!({"reason": "An address of somebody else."}),
            ),
            ("POST", format!("{comment}/replies"), json!({"body": "We have asked the ferry line."})),
            ("PUT", format!("{comment}/feature"), json!({})),
            (
                "POST",
                "/v1/editorial/commenters/export".to_owned(),
                json!({"email": "nobody@post.example", "after": own_comment.id()}),
            ),
            ("POST", "/v1/editorial/commenters/erase".to_owned(), json!({"email": "nobody@post.example"})),
            ("POST", format!("{comment}/approve"), because.clone()),
            ("POST", format!("{comment}/reject"), because.clone()),
            ("POST", format!("{comment}/spam"), because.clone()),
            ("POST", format!("{comment}/remove"), because),
            (
                "PATCH",
                format!("/v1/editorial/users/{user}"),
                json!({"email": "mara@varn.example", "name": "Mara L.", "role": "editor", "disabled": false}),
            ),
        ];
        let writes = writes.into_iter().map(|(method, path, body)| Write { method, path, body, token: None });
        // Writes that say nothing take an empty object, and nothing else.
        let silent = ["unschedule", "unpublish", "reinstate"].map(|action| format!("{article}/{action}"));
        let silent = silent.into_iter().chain(["/v1/auth/logout", "/v1/auth/logout-all"].map(str::to_owned));
        let silent =
            silent.chain([format!("{webhook}/test"), format!("{webhook}/deliveries/{delivery}/redeliver")]);
        let silent = silent.map(|path| Write { method: "POST", path, body: json!({}), token: None });
        let deletes = [
            "/v1/editorial/sections/world".to_owned(),
            "/v1/editorial/tags/ports".to_owned(),
            "/v1/editorial/fronts/home".to_owned(),
            "/v1/editorial/contributors/mara-lind".to_owned(),
            format!("/v1/editorial/invitations/{invitation}"),
            format!("/v1/auth/sessions/{session}"),
            key,
            format!("{article}/preview-tokens/{link}"),
            format!("{article}/embargo"),
            format!("/v1/editorial/comment-bans/{banned}"),
            format!("{comment}/feature"),
            photo,
            article,
            webhook,
        ];
        let deletes =
            deletes.into_iter().map(|path| Write { method: "DELETE", path, body: json!({}), token: None });
        let own = [("PATCH", json!({"body": "The third one."})), ("DELETE", json!({}))];
        let own = own.map(|(method, body)| {
            let token = Some(own_comment.text_at("/edit_token"));
            Write { method, path: format!("{commented}/{}", own_comment.id()), body, token }
        });
        let writes: Vec<_> = writes.chain(own).chain(silent).chain(deletes).collect();
        hold_complete(&writes);
        writes
    }
}

/// Panics where the document has a write that is not among these.
#[track_caller]
fn hold_complete(writes: &[Write]) {
    let told: BTreeSet<_> = contract::writes();
    let ours = writes.iter().map(|write| {
        let (template, _) = contract::operation(write.method, &write.path).expect("a write of the document");
        (write.method.to_owned(), template.to_owned())
    });
    let ours: BTreeSet<_> = ours.collect();
    let missing: Vec<_> = told.difference(&ours).collect();
    assert!(missing.is_empty(), "no test sends these, which the OpenAPI document has: {missing:?}");
}

/// The JSON pointers of all values in `value` for which `fits` holds.
pub fn pointers(value: &Value, fits: &dyn Fn(&Value) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    gather(value, String::new(), fits, &mut found);
    found
}

fn gather(value: &Value, at: String, fits: &dyn Fn(&Value) -> bool, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, inner)| gather(inner, format!("{at}/{name}"), fits, found));
        }
        Value::Array(items) => {
            (0..)
                .zip(items)
                .for_each(|(i, inner): (usize, _)| gather(inner, format!("{at}/{i}"), fits, found));
        }
        _ => {}
    }
    if fits(value) {
        found.push(at);
    }
}

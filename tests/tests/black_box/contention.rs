//! Many who write at once, beside readers who take long.

use masthead_tests::on_both;
use masthead_tests::together::together;
use serde_json::json;

/// How many write.
const WRITERS: usize = 64;

/// How many read long lists meanwhile.
const READERS: usize = 8;

on_both! {
    // abuse: OP-04
    fn many_writers_beside_readers_meet_no_lock(site: &Site) {
        let token = site.editor().token().map(str::to_owned).unwrap_or_default();
        let refused: Vec<_> = together(WRITERS + READERS, |n| {
            let client = site.bearer(&token);
            if n >= WRITERS {
                let lists = (0..20).map(|_| client.get("/v1/editorial/articles?limit=100&count=exact"));
                return lists.filter(|answer| answer.status != 200).map(|answer| answer.to_string()).collect();
            }
            let article = json!({"headline": format!("Story {n}"), "slug": format!("story-{n}")});
            let begun = client.post("/v1/editorial/articles", article);
            let (path, mut etag) = (format!("/v1/editorial/articles/{}", begun.id()), begun.etag().to_owned());
            let mut refused = Vec::new();
            for save in 0..5 {
                let saved = client.patch(&path, &etag, json!({"summary": format!("Save {save}")}));
                match saved.status {
                    200 => saved.etag().clone_into(&mut etag),
                    _ => refused.push(saved.to_string()),
                }
            }
            refused
        })
        .into_iter()
        .flatten()
        .collect();
        assert!(refused.is_empty(), "{} of {} were refused: {}", refused.len(), WRITERS * 5, refused[0]);
        let all = site.editor().get("/v1/editorial/articles?limit=1&count=exact").ok();
        all.says("/page/total", WRITERS);
    }
}

//! Bodies over HTTP: what editors send as blocks, Markdown or HTML, and what readers get as blocks, HTML, text and
//! Portable Text.

use std::time::{Duration, Instant};

use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// An article as a newsroom writes it: headings, quotes with whose words they are, typographic marks, many alphabets.
const NIGHT: &str = include_str!("a_night_without_lamps.md");

/// Begins an article with this body in a section of its own.
fn sent(site: &Site, headline: &str, body: &Value) -> Answer {
    let sections = site.editor().get("/v1/editorial/sections").ok().json();
    if sections["data"].as_array().is_none_or(Vec::is_empty) {
        site.editor().post("/v1/editorial/sections", json!({"name": "City"})).status(201);
    }
    let draft = json!({"headline": headline, "section": "city", "no_byline": true, "body": body});
    site.editor().post("/v1/editorial/articles", draft)
}

fn published(site: &Site, headline: &str, body: &Value) -> Answer {
    let draft = sent(site, headline, body).status(201);
    site.editor().publish(&draft).status(200)
}

fn plain(text: &str) -> Value {
    json!([{"text": text, "marks": []}])
}

/// The fixture, read by the simplest reader that can: a line is a block, and one with a dash belongs to the quote above.
fn blocks_of(source: &str) -> Vec<Value> {
    let mut blocks: Vec<Value> = Vec::new();
    for line in source.lines().filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("## ") {
            blocks.push(json!({"type": "heading", "level": 2, "content": plain(heading)}));
        } else if let Some(words) = line.strip_prefix("> ") {
            blocks.push(json!({"type": "quote", "content": plain(words), "attribution": null}));
        } else if let Some(by) = line.strip_prefix("— ") {
            let (name, title) = by.split_once(", ").unwrap();
            blocks.last_mut().unwrap()["attribution"] =
                json!({"name": name, "title": title, "source_url": null});
        } else {
            blocks.push(json!({"type": "paragraph", "content": plain(line)}));
        }
    }
    blocks
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;")
}

fn without_ids(blocks: &Value) -> Vec<Value> {
    let blocks = blocks.as_array().expect("blocks").iter().cloned();
    blocks
        .map(|mut block| {
            let members = block.as_object_mut().unwrap();
            members.remove("id").unwrap();
            members.remove("anchor");
            block
        })
        .collect()
}

on_both! {
    fn a_real_article_comes_out_to_the_letter(site: &Site) {
        let blocks = blocks_of(NIGHT);
        let count = |kind: &str| blocks.iter().filter(|block| block["type"] == kind).count();
        assert_eq!((count("paragraph"), count("heading"), count("quote")), (16, 3, 2));
        published(site, "The night the lamps of Ålhavn went out", &json!(blocks));
        let slug = "the-night-the-lamps-of-alhavn-went-out";
        let read = site.reader().get(&format!("/v1/articles/{slug}?include=html,text,portable_text")).status(200);
        assert_eq!(without_ids(&read.json()["body"]), blocks);

        let html: String = blocks.iter().map(|block| {
            let text = escaped(block["content"][0]["text"].as_str().unwrap());
            match block["type"].as_str().unwrap() {
                "heading" => format!("<h2>{text}</h2>"),
                "quote" => {
                    let by = |member: &str| escaped(block["attribution"][member].as_str().unwrap());
                    format!("<blockquote><p>{text}</p><footer><cite>{}</cite>, {}</footer></blockquote>", by("name"), by("title"))
                }
                _ => format!("<p>{text}</p>"),
            }
        }).collect();
        let anchors = ["what-failed-and-when", "eleven-ships-in-the-dark", "who-pays-and-what-changes"];
        let told = anchors.iter().fold(read.text_at("/body_html"), |told, anchor| told.replace(&format!("<h2 id=\"{anchor}\">"), "<h2>"));
        assert_eq!(told, html);

        let text = NIGHT.trim_end().replace("## ", "").replace("> ", "");
        assert_eq!(read.text_at("/body_text"), text);

        let portable = read.json()["body_portable_text"].clone();
        let texts: Vec<_> = portable.as_array().unwrap().iter().map(|block| block["children"][0]["text"].clone()).collect();
        assert_eq!(texts, blocks.iter().map(|block| block["content"][0]["text"].clone()).collect::<Vec<_>>());
    }

    fn markdown_and_html_become_the_same_blocks(site: &Site) {
        let markdown = NIGHT.replace("\n— ", "\n>\n> — ");
        let html: String = blocks_of(NIGHT).iter().map(|block| {
            let text = escaped(block["content"][0]["text"].as_str().unwrap());
            match block["type"].as_str().unwrap() {
                "heading" => format!("<h2>{text}</h2>\n"),
                "quote" => {
                    let by = |member: &str| escaped(block["attribution"][member].as_str().unwrap());
                    format!("<blockquote>{text}<footer>— {}, {}</footer></blockquote>\n", by("name"), by("title"))
                }
                _ => format!("<p class=\"story\">{text}</p>\n"),
            }
        }).collect();
        for body in [json!({"markdown": markdown}), json!({"html": html})] {
            let draft = sent(site, "The night the lamps went out", &body).status(201);
            assert_eq!(without_ids(&draft.json()["content"]["body"]), blocks_of(NIGHT));
            let path = format!("/v1/editorial/articles/{}", draft.id());
            let edited = site.editor().patch(&path, draft.etag(), json!({"body": body})).status(200);
            assert_eq!(edited.etag(), draft.etag(), "the same text is no new version");
        }
    }

    fn what_is_not_asked_for_is_null_and_the_type_of_a_member_never_changes(site: &Site) {
        let body = json!([{"type": "paragraph", "content": plain("It grows.")}]);
        let reef = published(site, "Reef recovers", &body);
        let draft = sent(site, "Seals return", &body).status(201);
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let draft = site.editor().patch(&path, draft.etag(), json!({"related": [reef.id()]})).status(200);
        site.editor().publish(&draft).status(200);
        let read = |query: &str| site.reader().get(&format!("/v1/articles/seals-return{query}")).status(200);
        let bare = read("");
        for member in ["body_html", "body_text", "body_portable_text", "related_articles"] {
            assert_eq!(bare.json().get(member), Some(&Value::Null), "{member}");
        }
        let short = json!([{"id": reef.id(), "slug": "reef-recovers", "headline": "Reef recovers", "url": bare.json()["related"][0]["url"]}]);
        let all = read("?body=none&include=html,text,portable_text,related");
        let all = all.says("/body", Value::Null).says("/body_html", "<p>It grows.</p>").says("/body_text", "It grows.");
        let all = all.says("/body_portable_text/0/_type", "block").says("/related", short.clone());
        let all = all.says("/related_articles/0/slug", "reef-recovers").says("/related_articles/0/word_count", 2);
        assert_eq!(all.json()["related_articles"][0].get("body"), None);
        bare.says("/related", short);
        let unknown = site.reader().get("/v1/articles/seals-return?include=html,pdf");
        unknown.refused(422, "validation_failed").names("include", "unknown_value");
    }

    // abuse: OUT-01
    // abuse: OUT-02
    // abuse: OUT-03
    // abuse: OUT-04
    fn markup_is_text_or_refused_with_its_place(site: &Site) {
        let evil = "\"><img src=x onerror=alert(1)></p><script>alert(1)</script>{{7*7}}";
        published(site, "Reef recovers", &json!([{"type": "paragraph", "content": plain(evil)}]));
        let read = site.reader().get("/v1/articles/reef-recovers?include=html,text").status(200);
        let read = read.says("/body/0/content/0/text", evil).says("/body_text", evil);
        let html = read.text_at("/body_html");
        assert_eq!(html.matches('<').count(), 2, "{html}");
        for (body, place, code, line) in [
            (json!({"html": "<p>a</p>\n<svg><style><img onerror=x></style></svg>"}), "/body/html", "unsupported_markup", "line 2"),
            (json!({"html": "<p><a href='java\tscript:x'>a</a></p>"}), "/body/html", "bad_url", "line 1"),
            (json!({"html": "<p onclick='x'>a</p>"}), "/body/html", "unsupported_markup", "onclick"),
            (json!({"html": "<h1>a</h1>"}), "/body/html", "unsupported_markup", "h1"),
            (json!({"markdown": "a\n\n<script>x</script>"}), "/body/markdown", "unsupported_markup", "line 3"),
            (json!({"markdown": "[a](javascript:x)"}), "/body/markdown", "bad_url", "line 1"),
            (json!({"markdown": "![a](https://a.example/b.jpg)"}), "/body/markdown", "unsupported_markup", "image"),
            (json!([{"type": "paragraph", "content": [{"text": "a", "marks": [{"type": "link", "href": "javascript:x"}]}]}]), "/body/0/content/0/marks/0/href", "bad_url", ""),
            (json!({"markdown": "a", "html": "b"}), "/body", "inconsistent", ""),
            (json!({}), "/body", "required", ""),
            (json!({"markdwn": "a"}), "/body/markdwn", "unknown_field", "markdown"),
            (json!({"markdown": 7}), "/body/markdown", "wrong_type", ""),
            (json!("a"), "/body", "wrong_type", ""),
        ] {
            let refused = sent(site, "Reef in peril", &body).refused(422, "validation_failed");
            let errors = refused.json()["errors"].clone();
            let found = errors.as_array().unwrap().iter().any(|error| {
                error["pointer"] == place && error["code"] == code && error["detail"].as_str().unwrap().contains(line)
            });
            assert!(found, "{body}: wanted {code} at {place}, got {errors:#}");
        }
    }

    // abuse: OUT-03
    // abuse: OUT-04
    fn no_body_takes_long_to_be_read(site: &Site) {
        let many = |piece: &str, times: usize| piece.repeat(times);
        sent(site, "Reef recovers", &json!([])).status(201);
        for body in [
            json!({"html": many("<div>", 100_000)}),
            json!({"html": many("<a><b><p>", 50_000)}),
            json!({"markdown": many("[", 50_000)}),
            json!({"markdown": many("> ", 25_000)}),
            json!({"markdown": many("*a ", 17_000)}),
            json!({"markdown": many("![](", 12_500)}),
            json!({"markdown": (0..200).map(|n| format!("{}- a\n", " ".repeat(n))).collect::<String>()}),
        ] {
            let begun = Instant::now();
            let answer = sent(site, "Reef recovers", &body);
            let took = begun.elapsed();
            assert!(matches!(answer.status, 201 | 422), "{answer}");
            assert!(took < Duration::from_secs(5), "{took:?}: {:.60}", body.to_string());
        }
    }

    // abuse: AZ-05
    fn nothing_leads_from_a_live_article_to_a_draft(site: &Site) {
        let body = json!([{"type": "paragraph", "content": plain("It grows.")}]);
        let hidden = published(site, "Secret plans", &body);
        let open = published(site, "Reef recovers", &body);
        let link = |id: &str| json!([{"text": "See ", "marks": []}, {"text": "there", "marks": [{"type": "link", "article": id}]}]);
        let leading = json!([
            {"type": "paragraph", "content": link(&hidden.id())},
            {"type": "related", "articles": [hidden.id(), open.id()]},
            {"type": "fact_box", "title": "More", "blocks": [{"type": "paragraph", "content": link(&hidden.id())}]},
            {"type": "list", "ordered": true, "items": [{"content": link(&open.id())}]},
        ]);
        let draft = sent(site, "Seals return", &leading).status(201);
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let related = json!({"related": [hidden.id(), open.id()], "standfirst": link(&hidden.id())});
        let draft = site.editor().patch(&path, draft.etag(), related).status(200);
        site.editor().publish(&draft).status(200);
        let hidden = site.editor().working_copy(&hidden.id()).status(200);
        site.editor().act(&hidden, "unpublish", json!({})).status(200);
        let lists = ["/v1/articles", "/v1/articles/seals-return?include=html,text,portable_text,related"];
        for address in lists {
            let answer = site.reader().get(address).status(200);
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            assert!(!body.contains(&hidden.id()) && !body.to_lowercase().contains("secret"), "{answer}");
        }
        let read = site.reader().get("/v1/articles/seals-return?include=related").status(200);
        let read = read.says("/body/0/content", plain("See there")).says("/standfirst", plain("See there"));
        let read = read.says("/body/1/articles/0/headline", "Reef recovers").says("/related/0/slug", "reef-recovers");
        assert_eq!(read.json()["related_articles"].as_array().unwrap().len(), 1);
        let href = read.json()["body"][3]["items"][0]["content"][1]["marks"][0].clone();
        assert_eq!(href["article"]["slug"], "reef-recovers");
        assert_eq!(href["href"], read.json()["related"][0]["url"]);
    }

    // abuse: OUT-02
    fn no_address_that_could_run_or_mislead_is_taken_anywhere(site: &Site) {
        sent(site, "Reef recovers", &json!([])).status(201);
        let article = |member: &str, value: Value| {
            let mut draft = json!({"headline": "Reef recovers"});
            draft[member] = value;
            ("/v1/editorial/articles", draft)
        };
        let marked = |url: &str| json!([{"text": "a", "marks": [{"type": "link", "href": url}]}]);
        let by = |url: &str| json!({"name": "Ivo Grane", "source_url": url});
        let embed = |url: &str| json!({"type": "embed", "provider": "youtube", "url": url, "fallback_text": "A film"});
        let long = format!("https://varn.example/{}", "a".repeat(10_000));
        for url in [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x",
            "vbscript:x", "//evil.example", "\\\\evil.example", "https://varn@evil.example", "file:///etc/passwd", &long,
        ] {
            for ((path, body), places) in [
                (article("body", json!([{"type": "paragraph", "content": marked(url)}])), ["/body/0/content/0/marks/0/href", ""]),
                (article("standfirst", marked(url)), ["/standfirst/0/marks/0/href", "/standfirst"]),
                (article("canonical_url", json!(url)), ["/canonical_url", ""]),
                (article("body", json!([{"type": "quote", "content": [], "attribution": by(url)}])), ["/body/0/attribution/source_url", ""]),
                (article("body", json!([embed(url)])), ["/body/0/url", ""]),
                (article("body", json!({"html": format!("<p><a href=\"{url}\">a</a></p>")})), ["/body/html", ""]),
                (article("body", json!({"markdown": format!("[a](<{url}>)")})), ["/body/markdown", ""]),
                (("/v1/editorial/contributors", json!({"name": "Mara Lind", "links": [{"url": url}]})), ["/links/0/url", "/links"]),
                (("/v1/editorial/tags", json!({"name": "Reef", "same_as": [url]})), ["/same_as/0", "/same_as"]),
            ] {
                let refused = site.editor().post(path, body.clone()).refused(422, "validation_failed");
                let errors = refused.json()["errors"].clone();
                let named = errors.as_array().unwrap().iter().any(|error| {
                    places.contains(&error["pointer"].as_str().unwrap())
                        && ["bad_url", "too_long", "control_character"].contains(&error["code"].as_str().unwrap())
                });
                assert!(named, "{:.200}: {errors:#}", body.to_string());
            }
        }
        let kept = sent(site, "Reef recovers", &json!({"markdown": "[a](https://bücher.example)"})).status(201);
        kept.says("/content/body/0/content/0/marks/0/href", "https://xn--bcher-kva.example/");
    }
}

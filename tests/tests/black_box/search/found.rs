//! What is found, by which words, and how it is shown.

use chrono::TimeDelta;
use masthead_tests::on_both;
use serde_json::{Value, json};

use super::{found, found_with, live, search};
use crate::abuse::story::paragraph;

on_both! {
    fn every_text_that_readers_see_is_found_from_the_next_request_on(site: &Site) {
        let photo = site.photo_editor().upload_whole(1);
        let whole = json!({
            "standfirst": [{"text": "Eleven months of "}, {"text": "silt", "marks": [{"type": "strong"}]}, {"text": "ation."}],
            "no_byline": false, "bylines": [{"role": "author", "name": "Mara Lind"}], "lead_photo": {"photo": photo.id()},
            "body": [
                paragraph("The dredgers came."),
                {"type": "list", "ordered": false, "items": [{"content": [{"text": "pumps"}]}]},
                {"type": "table", "caption": "Tonnage", "header_rows": 0, "rows": [[{"content": [{"text": "Gravel"}]}]]},
                {"type": "photo", "photo": photo.id(), "caption": "A barge.", "credit_display": "Photo by Ada Oe", "size": "wide"},
                {"type": "quote", "content": [{"text": "Enough."}], "attribution": {"name": "Ivo Harbourmaster"}},
            ],
        });
        assert_eq!(found(site, "dredgers"), [""; 0]);
        live(site, "Harbour reopens", "", &whole);
        for word in [
            "harbours", "siltation", "Lind", "dredger", "pump", "tonnage", "gravel", "tide", "grane", "NORDWIRE", "barge",
            "Oe", "enough", "harbourmaster", "mara dredgers tide", "\"sea gates of Varn\"", "\"mara lind\" \"high tide\"",
        ] {
            assert_eq!(found(site, word), ["Harbour reopens"], "{word}");
        }
        for word in ["harbour strike", "\"gates sea\"", "\"dredgers came pumps\"", "lindx", "waves", "wide", "world"] {
            assert_eq!(found(site, word), [""; 0], "{word}");
        }
    }

    // abuse: OUT-01
    fn what_was_found_is_marked_and_all_else_is_escaped(site: &Site) {
        let body = "</mark><script>alert(1)</script> & the gates \"hold\".";
        live(site, "Gates <b>hold</b>", body, &json!({}));
        let answer = search(site, "gate", "").status(200)
            .says("/data/0/slug", "gates-b-hold-b")
            .says("/data/0/section/slug", "world")
            .says("/data/0/highlight/headline", "<mark>Gates</mark> &lt;b&gt;hold&lt;/b&gt;")
            .says(
                "/data/0/highlight/passage",
                "&lt;/mark&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; the <mark>gates</mark> &quot;hold&quot;.",
            )
            .says("/page/total", Value::Null);
        assert_eq!(
            answer.header("cache-control"),
            "public, max-age=5, s-maxage=10, stale-while-revalidate=10, stale-if-error=600"
        );
        let path = "/v1/search?q=gate";
        let tag = site.reader().get(path).etag().to_owned();
        assert!(site.reader().request("GET", path).if_none_match(&tag).send().status(304).body.is_empty());
        live(site, "Long", &format!("{} a gate {}", "word ".repeat(200), "word ".repeat(200)), &json!({}));
        let long = search(site, "gate", "&slug=long").status(200).says("/data/0/highlight/headline", "Long");
        let passage = long.text_at("/data/0/highlight/passage");
        assert!(passage.starts_with("…word ") && passage.ends_with(" word…"), "{passage}");
        assert!(passage.contains("a <mark>gate</mark> word") && passage.len() < 300, "{passage}");
        search(site, "long", "").says("/data/0/highlight/passage", Value::Null);
    }

    fn an_article_that_says_it_in_its_headline_comes_first_and_the_newest_among_equals(site: &Site) {
        for (headline, body) in [
            ("Gates of Varn", "They hold."),
            ("A day at sea", "The gates of Varn hold."),
            ("Varn and its gates", "They leak."),
            ("Varn at night", "Behind the gates it is quiet."),
        ] {
            live(site, headline, body, &json!({}));
            site.wait(TimeDelta::seconds(1));
        }
        assert_eq!(found(site, "gates varn"), ["Varn and its gates", "Gates of Varn", "Varn at night", "A day at sea"]);
        assert_eq!(found(site, "\"gates of varn\""), ["Gates of Varn", "A day at sea"]);
    }

    fn words_are_found_in_each_of_their_forms_in_the_language_of_the_article(site: &Site) {
        for (language, headline, body) in [
            ("de", "Häfen gesperrt", "Die großen Schiffe blieben draußen."),
            ("fr", "Élections à Évian", "L’eau d’Évian coule encore."),
            ("ru", "Выборы в Варне", "Жители голосовали до полуночи."),
            ("ja", "東京都知事選挙", "投票は日曜日に行われる。"),
            ("ko", "서울시장 선거", "투표는 일요일이다."),
            ("th", "ข่าวการเลือกตั้ง", "วันอาทิตย์"),
            ("tlh", "tlhIngan Hol", "Qapla'"),
        ] {
            live(site, headline, body, &json!({"language": language, "slug": format!("in-{language}")}));
        }
        for (text, headline) in [
            ("hafen", "Häfen gesperrt"), ("HÄFEN", "Häfen gesperrt"), ("grossen schiff", "Häfen gesperrt"),
            ("election", "Élections à Évian"), ("eau", "Élections à Évian"), ("d'évian", "Élections à Évian"),
            ("выборами", "Выборы в Варне"), ("жителей", "Выборы в Варне"),
            ("知事", "東京都知事選挙"), ("日曜日", "東京都知事選挙"), ("서울", "서울시장 선거"), ("เลือกตั้ง", "ข่าวการเลือกตั้ง"),
            ("tlhingan", "tlhIngan Hol"),
        ] {
            assert_eq!(found(site, text), [headline], "{text}");
        }
        for text in ["事知", "日日", "울서"] {
            assert_eq!(found(site, text), [""; 0], "{text}");
        }
        assert_eq!(found_with(site, "hafen", "&language=de"), ["Häfen gesperrt"]);
        assert_eq!(found_with(site, "hafen", "&language=fr"), [""; 0]);
    }

    fn a_search_takes_the_filters_of_lists(site: &Site) {
        let editor = site.editor();
        live(site, "Old tide", "High.", &json!({"tags": []}));
        let sections = [json!({"name": "Sea", "parent": "world"}), json!({"name": "City"})];
        for section in sections {
            editor.post("/v1/editorial/sections", section).status(201);
        }
        for name in ["Ports", "Reef", "Docks"] {
            editor.post("/v1/editorial/tags", json!({"name": name})).status(201);
        }
        for name in ["Mara Lind", "M. Lind"] {
            editor.post("/v1/editorial/contributors", json!({"name": name})).status(201);
        }
        let by_mara = json!({
            "section": "sea", "tags": ["ports", "reef"], "kind": "opinion", "language": "en-GB", "no_byline": false,
            "bylines": [{"role": "author", "contributor": "mara-lind"}],
        });
        site.wait(TimeDelta::hours(1));
        let tide = live(site, "New tide", "High.", &by_mara);
        let (before, id) = (site.now() - TimeDelta::seconds(1), tide.id());
        let before = before.format("%Y-%m-%dT%H:%M:%SZ");
        site.wait(TimeDelta::hours(1));
        live(site, "City tide", "High.", &json!({"section": "city"}));
        for (filter, expected) in [
            (String::new(), vec!["City tide", "New tide", "Old tide"]),
            ("section=world".into(), vec!["New tide", "Old tide"]),
            ("section=sea".into(), vec!["New tide"]),
            ("section=none".into(), vec![]),
            ("tag=ports".into(), vec!["New tide"]),
            ("tag=ports,reef".into(), vec!["New tide"]),
            ("tag=ports,docks".into(), vec![]),
            ("contributor=mara-lind".into(), vec!["New tide"]),
            ("contributor=m-lind".into(), vec![]),
            ("kind=opinion".into(), vec!["New tide"]),
            ("kind=review".into(), vec![]),
            ("language=en-GB".into(), vec!["New tide"]),
            (format!("published_after={before}"), vec!["City tide", "New tide"]),
            (format!("published_before={before}"), vec!["Old tide"]),
            (format!("updated_after={before}&kind=opinion"), vec!["New tide"]),
            (format!("updated_after={before}&section=world"), vec!["New tide"]),
            (format!("id={id}"), vec!["New tide"]),
            ("slug=old-tide,city-tide,none".into(), vec!["City tide", "Old tide"]),
            ("slug=none".into(), vec![]),
        ] {
            assert_eq!(found_with(site, "tide", &format!("&{filter}")), expected, "{filter}");
        }
        // What the article names has become something else.
        let merge = |list: &str, old: &str, new: &str| {
            let editor = site.editor();
            let stored = editor.get(&format!("/v1/editorial/{list}/{old}")).status(200);
            let path = format!("/v1/editorial/{list}/{old}/merge");
            editor.request("POST", &path).if_match(stored.etag()).json(&json!({"into": new})).send().status(200);
        };
        merge("tags", "ports", "docks");
        merge("contributors", "mara-lind", "m-lind");
        for filter in ["tag=docks", "tag=ports,reef", "contributor=m-lind", "contributor=mara-lind"] {
            assert_eq!(found_with(site, "tide", &format!("&{filter}")), ["New tide"], "{filter}");
        }
    }
}

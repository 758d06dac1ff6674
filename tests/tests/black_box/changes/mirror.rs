//! A copy of what readers see, kept by following the feed from its beginning; and editors who change all they can meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::{Value, json};

/// The copy: what it has, and how far it came. It is kept as one.
#[derive(Debug, Clone, Default)]
pub(super) struct Mirror {
    cursor: Option<String>,
    things: BTreeMap<(String, String), Value>,
}

impl Mirror {
    /// Reads one page and puts it in its place; `true` at the end.
    #[track_caller]
    pub(super) fn follow_a_page(&mut self, site: &Site, node: usize, limit: usize) -> bool {
        let cursor = self.cursor.as_ref().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let page = site.reader().at_node(node).get(&format!("/v1/changes?limit={limit}{cursor}")).status(200);
        assert_eq!(page.header("cache-control"), "private, no-store");
        let page = page.json();
        for item in page["data"].as_array().unwrap() {
            self.put(item);
        }
        self.cursor = Some(page["cursor"].as_str().unwrap().to_owned());
        page["is_end"].as_bool().unwrap()
    }

    pub(super) fn put(&mut self, item: &Value) {
        let text = |name: &str| item[name].as_str().unwrap().to_owned();
        let name = (text("type"), text("id"));
        assert_eq!(item["gone"] == true, item["resource"].is_null(), "{item:#}");
        if item["gone"] == true {
            self.things.remove(&name);
        } else {
            self.things.insert(name, item["resource"].clone());
        }
    }

    #[track_caller]
    pub(super) fn follow(&mut self, site: &Site) {
        while !self.follow_a_page(site, 0, 7) {}
    }

    fn of_kind(&self, kind: &str) -> BTreeMap<&str, &Value> {
        let own = self.things.iter().filter(|((of, _), _)| of == kind);
        own.map(|((_, id), thing)| (id.as_str(), thing)).collect()
    }

    /// Asserts that it is what the API gives, to the last member.
    #[track_caller]
    pub(super) fn is_what_readers_see(&self, site: &Site) {
        let reader = site.reader();
        let ids = |items: &[Value]| -> BTreeSet<String> {
            items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
        };
        let articles = all(site, "/v1/articles");
        assert_eq!(self.ids("article"), ids(&articles), "articles");
        let mut pictures = BTreeSet::new();
        for (id, article) in self.of_kind("article") {
            let shown = reader.get(&format!("/v1/articles/{id}")).status(200).json();
            assert_eq!(*article, shown, "the article {id}");
            pictures.extend(shown["lead_photo"]["id"].as_str().map(str::to_owned));
        }
        let tags = all(site, "/v1/tags");
        assert_eq!(self.ids("tag"), ids(&tags), "tags");
        for tag in &tags {
            assert_eq!(self.of_kind("tag")[tag["id"].as_str().unwrap()], tag);
        }
        let people = all(site, "/v1/contributors");
        assert_eq!(self.ids("contributor"), ids(&people), "contributors");
        for person in &people {
            assert_eq!(self.of_kind("contributor")[person["id"].as_str().unwrap()], person);
            pictures.extend(person["photo"].as_str().map(str::to_owned));
        }
        assert_eq!(self.ids("photo"), pictures, "photos");
        for (id, photo) in self.of_kind("photo") {
            assert_eq!(*photo, reader.get(&format!("/v1/photos/{id}")).status(200).json(), "the photo {id}");
        }
        let fronts = all(site, "/v1/fronts");
        assert_eq!(self.ids("front"), ids(&fronts), "fronts");
        for (id, front) in self.of_kind("front") {
            let shown =
                reader.get(&format!("/v1/fronts/{}", front["slug"].as_str().unwrap())).status(200).json();
            let places = shown["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|article| json!({"id": article["id"], "front_headline": article["front_headline"]}));
            assert_eq!(front["articles"], places.collect::<Value>(), "the front {id}");
        }
        let tree = reader.get("/v1/sections").status(200).json()["data"].clone();
        assert_eq!(self.below(&Value::Null), tree, "sections");
    }

    fn ids(&self, kind: &str) -> BTreeSet<String> {
        self.of_kind(kind).into_keys().map(str::to_owned).collect()
    }

    /// The tree of sections, as a frontend makes it of their leaves.
    fn below(&self, parent: &Value) -> Value {
        let mut leaves: Vec<_> = self.of_kind("section").into_values().collect();
        leaves.retain(|leaf| leaf["parent_id"] == *parent);
        leaves.sort_by_key(|leaf| (leaf["position"].as_i64(), leaf["name"].as_str().map(str::to_owned)));
        let nodes = leaves.into_iter().map(|leaf| {
            let mut node = leaf.clone();
            let node = node.as_object_mut().unwrap();
            node.remove("parent_id");
            node.remove("position");
            node.insert("sections".to_owned(), self.below(&leaf["id"]));
            Value::Object(node.clone())
        });
        nodes.collect()
    }
}

/// All items of a list.
fn all(site: &Site, path: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = site.reader().get(&format!("{path}?limit=100{cursor}")).status(200).json();
        items.extend(page["data"].as_array().unwrap().iter().cloned());
        match page["page"]["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

/// Numbers that are the same in each run.
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn one_of<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        if things.is_empty() { None } else { Some(&things[self.roll(things.len())]) }
    }
}

/// An editor who does one thing after the other. What is refused, since another was faster, is no matter.
struct Editor<'a> {
    site: &'a Site,
    dice: Dice,
    name: usize,
    done: usize,
}

impl Editor<'_> {
    fn act(&mut self) {
        self.done += 1;
        match self.dice.roll(21) {
            0..=4 => self.publish_new(),
            5..=7 => self.on_article("publish", &json!({})),
            8 => self.on_article("unpublish", &json!({})),
            9 => self.on_article("withdraw", &json!({"kind": "legal", "public_reason": "A court says so."})),
            10 => self.on_article(
                "corrections",
                &json!({"kind": "correction", "text": format!("Not {}.", self.done)}),
            ),
            11 => self.schedule(),
            12..=14 => self.rename(),
            15 => self.merge("tags"),
            16 => self.merge("contributors"),
            17 => self.caption(),
            19 => self.arrange(),
            18 => self.move_section(),
            _ => self.edit(),
        }
    }

    fn ids(&self, list: &str) -> Vec<Value> {
        let page = if list == "sections" { "" } else { "?limit=100" };
        let list = self.site.editor().get(&format!("/v1/editorial/{list}{page}")).status(200).json();
        list["data"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect()
    }

    /// One of a list of all, as it is now.
    fn one(&mut self, list: &str) -> Option<Answer> {
        let ids = self.ids(list);
        let id = self.dice.one_of(&ids)?.as_str()?.to_owned();
        Some(self.site.editor().get(&format!("/v1/editorial/{list}/{id}")))
            .filter(|answer| answer.status == 200)
    }

    fn content(&mut self) -> Value {
        let (name, done) = (self.name, self.done);
        let site = self.site;
        let make = |list: &str| {
            let name = json!({"name": format!("{list} {name} {done}")});
            site.editor().post(&format!("/v1/editorial/{list}"), name).status(201).json()["id"].clone()
        };
        let any = |dice: &mut Dice, list: &str, known: &[Value]| match dice.one_of(known) {
            Some(id) if dice.roll(3) > 0 => id.clone(),
            _ => make(list),
        };
        let (sections, tags, people) = (self.ids("sections"), self.ids("tags"), self.ids("contributors"));
        let (articles, photos) = (self.ids("articles"), self.ids("photos"));
        let dice = &mut self.dice;
        let lead = dice.one_of(&photos).map(|id| json!({"photo": id}));
        let mut content = json!({
            "headline": format!("Story {name} {done}"),
            "section": any(dice, "sections", &sections),
            "tags": [any(dice, "tags", &tags)],
            "bylines": [{"role": "author", "contributor": any(dice, "contributors", &people)}],
            "lead_photo": lead,
            "body": [{"type": "paragraph", "content": [{"text": format!("Take {done}.")}]}],
        });
        if let Some(linked) = dice.one_of(&articles) {
            content["related"] = json!([linked]);
        }
        content
    }

    fn publish_new(&mut self) {
        let content = self.content();
        let draft = self.site.editor().post("/v1/editorial/articles", content);
        if draft.status == 201 {
            self.site.editor().publish(&draft);
        }
    }

    fn edit(&mut self) {
        let content = self.content();
        if let Some(article) = self.one("articles") {
            let path = format!("/v1/editorial/articles/{}", article.id());
            let edited = self.site.editor().patch(&path, article.etag(), content);
            if edited.status == 200 {
                self.site.editor().publish(&edited);
            }
        }
    }

    fn on_article(&mut self, action: &str, order: &Value) {
        if let Some(article) = self.one("articles") {
            self.site.editor().act(&article, action, order.clone());
        }
    }

    fn schedule(&mut self) {
        let at = |minutes| self.site.now() + TimeDelta::minutes(minutes);
        let (appears, ends) = (at(1), at(2));
        let order = if self.dice.roll(2) == 0 {
            json!({"goes_live_at": appears.to_rfc3339(), "expires_at": ends.to_rfc3339()})
        } else {
            json!({"expires_at": appears.to_rfc3339()})
        };
        self.on_article("publish", &order);
    }

    fn rename(&mut self) {
        let list = ["sections", "tags", "contributors"][self.dice.roll(3)];
        let name = format!("Renamed {} {}", self.name, self.done);
        if let Some(thing) = self.one(list) {
            let slug = name.to_lowercase().replace(' ', "-");
            let path = format!("/v1/editorial/{list}/{}", thing.id());
            self.site.editor().patch(&path, thing.etag(), json!({"name": name, "slug": slug}));
        }
    }

    fn merge(&mut self, list: &str) {
        if let (Some(one), Some(other)) = (self.one(list), self.one(list)) {
            let path = format!("/v1/editorial/{list}/{}/merge", one.id());
            let by = self.site.editor();
            by.request("POST", &path).if_match(one.etag()).json(&json!({"into": other.id()})).send();
        }
    }

    fn arrange(&mut self) {
        let articles = self.ids("articles");
        let item = |id: &Value| json!({"article": id});
        let items: Vec<_> = articles.iter().filter(|_| self.dice.roll(3) == 0).take(4).map(item).collect();
        self.site.editor().patch("/v1/editorial/fronts/home", "*", json!({"items": items}));
    }

    fn move_section(&mut self) {
        if let (Some(one), Some(other)) = (self.one("sections"), self.one("sections")) {
            let path = format!("/v1/editorial/sections/{}", one.id());
            let parent = if self.dice.roll(3) == 0 { Value::Null } else { json!(other.id()) };
            let moved = json!({"parent": parent, "position": self.dice.roll(5)});
            self.site.editor().patch(&path, one.etag(), moved);
        }
    }

    fn caption(&mut self) {
        let caption = format!("Gates, {} {}.", self.name, self.done);
        if let Some(photo) = self.one("photos") {
            let path = format!("/v1/editorial/photos/{}", photo.id());
            self.site.editor().patch(&path, photo.etag(), json!({"caption": caption}));
        }
        if let (Some(photo), Some(person)) = (self.one("photos"), self.one("contributors")) {
            let path = format!("/v1/editorial/contributors/{}", person.id());
            self.site.editor().patch(&path, person.etag(), json!({"portrait": photo.id()}));
        }
    }
}

on_both! {
    fn a_copy_is_what_readers_see_whatever_was_done_and_however_often_it_was_killed(site: &Site) {
        for shade in 1..2 {
            site.photo_editor().upload_whole(shade);
        }
        let filled = json!({"name": "Home", "fill_from": {"up_to": 5}});
        site.editor().post("/v1/editorial/fronts", filled).status(201);
        let mut editor = Editor { site, dice: Dice(11), name: 1, done: 0 };
        let (mut mirror, mut kept) = (Mirror::default(), Mirror::default());
        for round in 0..12 {
            (0..8).for_each(|_| editor.act());
            if round % 3 == 2 {
                site.wait(TimeDelta::seconds(90));
            }
            site.work();
            // Now and then it is killed, and begins again with what it had kept.
            match editor.dice.roll(3) {
                0 => mirror = kept.clone(),
                1 => kept = mirror.clone(),
                _ => {}
            }
            mirror.follow(site);
            mirror.is_what_readers_see(site);
        }
        let mut late = Mirror::default();
        late.follow(site);
        late.is_what_readers_see(site);
    }

    fn a_follower_misses_nothing_while_many_write_at_once(database: Database) {
        let site = &Site::of_two_nodes(database);
        for shade in 1..2 {
            site.photo_editor().upload_whole(shade);
        }
        site.editor();
        let mirrors = together(4, |n| {
            let mut mirror = Mirror::default();
            if n < 2 {
                let mut editor = Editor { site, dice: Dice(u64::try_from(n).unwrap() + 3), name: n, done: 0 };
                (0..25).for_each(|_| editor.act());
            } else {
                for _ in 0..30 {
                    if n == 2 {
                        site.work();
                    }
                    mirror.follow_a_page(site, n, 5);
                }
            }
            mirror
        });
        site.wait(TimeDelta::minutes(5));
        site.work();
        for mut mirror in mirrors {
            mirror.follow(site);
            mirror.is_what_readers_see(site);
        }
    }
}

//! Counts are right whatever is done, in whatever order, and at once.

use masthead_tests::comments::said;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::{Value, json};

/// A comment as the test believes it to be.
struct Believed {
    id: String,
    parent: Option<usize>,
    visible: bool,
}

/// Numbers that are the same in each run of a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }
}

/// What readers must see: each comment that is visible or stands above one that is, in thread order.
fn expected(all: &[Believed], parent: Option<usize>) -> Vec<(String, bool)> {
    let mut listed = Vec::new();
    for (i, comment) in all.iter().enumerate().filter(|(_, comment)| comment.parent == parent) {
        let below = expected(all, Some(i));
        if comment.visible || !below.is_empty() {
            listed.push((comment.id.clone(), comment.visible));
            listed.extend(below);
        }
    }
    listed
}

fn hold(site: &Site, all: &[Believed], told: &str) {
    let thread = site.reader().get("/v1/articles/reef-recovers/comments?limit=100").status(200).json();
    let listed: Vec<_> = thread["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|comment| (comment["id"].as_str().unwrap().to_owned(), comment["tombstone"] == json!(false)))
        .collect();
    assert_eq!(listed, expected(all, None), "{told}");
    let visible = all.iter().filter(|comment| comment.visible).count();
    assert_eq!(thread["thread"]["count"], visible, "{told}");
}

fn live(site: &Site, seed: u64) {
    let (mut dice, mut all) = (Dice(seed), Vec::<Believed>::new());
    for step in 0..40 {
        let deed = dice.below(10);
        if deed < 4 || all.is_empty() {
            let mut body = said(&format!("Reader {step}"), &format!("Word {step}"));
            let visible: Vec<_> = (0..all.len()).filter(|i| all[*i].visible).collect();
            let parent = if visible.is_empty() || dice.below(3) == 0 {
                None
            } else {
                Some(visible[dice.below(visible.len())])
            };
            // No deeper than a comment may stand, so that where it hangs is known here.
            let parent =
                parent.filter(|parent| all[*parent].parent.is_none_or(|above| all[above].parent.is_none()));
            body["parent_id"] = parent.map_or(Value::Null, |parent| json!(all[parent].id));
            let sent = site.reader().comment("reef-recovers", body).status(201);
            all.push(Believed { id: sent.id(), parent, visible: false });
        } else {
            let (at, verb) =
                (dice.below(all.len()), ["approve", "approve", "reject", "spam", "remove"][dice.below(5)]);
            let answer = site.moderator().decide(&all[at].id, verb);
            if answer.status == 200 {
                all[at].visible = verb == "approve";
            } else {
                answer.refused(409, "conflict");
            }
        }
        if step % 4 == 3 {
            hold(site, &all, &format!("seed {seed}, step {step}"));
        }
    }
}

on_both! {
    fn counts_and_places_are_right_after_any_sequence(site: &Site) {
        site.published("Reef recovers");
        live(site, 0x9E37_79B9_7F4A_7C15);
    }

    fn of_sixty_four_at_once_none_is_lost_and_none_doubled(database: Database) {
        let site = Site::with(database, &[("MASTHEAD_COMMENTS_MODERATION", "post"), ("MASTHEAD_COMMENTS_FLOOD_MOST", "1000")]);
        let live = site.published("Reef recovers");
        let sent = together(64, |n| {
            let body = said(&format!("Reader {n}"), &format!("Word {n}"));
            let key = format!("019ba157-1f00-7c3d-9a41-{n:012x}");
            let reader = site.reader();
            let send = || reader.request("POST", "/v1/articles/reef-recovers/comments").idempotent(&key).json(&body).send();
            let first = send().status(201).id();
            assert_eq!(send().status(201).id(), first);
            first
        });
        let thread = site.reader().get("/v1/articles/reef-recovers/comments?limit=100").status(200).says("/thread/count", 64);
        let mut listed: Vec<_> = thread.json()["data"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap().to_owned()).collect();
        let mut sent = sent;
        listed.sort();
        sent.sort();
        assert_eq!(listed, sent);
        let counts = format!("/v1/comment-counts?id={}", live.id());
        site.reader().get(&counts).status(200).says("/data", json!([{"id": live.id(), "count": 64}]));
    }
}

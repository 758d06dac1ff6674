//! What the doctor asks of a database: that it finds threads whose counts or places are wrong.

use domain::comment::name::CommenterName;
use domain::comment::place::Place;
use domain::comment::private::{Private, Traces};
use domain::comment::state::{CommentState, Decided};
use domain::comment::step::Step;
use domain::comment::text::CommentText;
use domain::comment::{Author, Comment, Decision};
use domain::id::CommentId;
use domain::version::Version;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use store::error::Error;
use store::examine::examine;
use uuid::Uuid;

use crate::articles::{begin, id, tell};
use crate::own::{Own, at, wait};

fn comment(n: u128, place: Place) -> Comment {
    Comment {
        id: CommentId::new(Uuid::from_u128(n)),
        version: Version::FIRST,
        article: id(1),
        place,
        author: Author::Reader(CommenterName::parse("Ines").unwrap()),
        text: Some(CommentText::parse("It was full.").unwrap()),
        state: CommentState::Visible,
        visible_below: 0,
        step: Step::Policy,
        decision: Decision { by: Decided::Step(Step::Policy), reason: None, at: at(1) },
        featured_at: None,
        reports: 0,
        created_at: at(1),
        edited_at: None,
    }
}

/// A comment, a reply, and a reply to that, below the article.
fn add_thread(own: &Own) {
    let nobodys = || Private { email: None, address: None, traces: Traces::default(), edit_hash: None };
    let written = own.store.write(move |tx| {
        let first = Place::first(CommentId::new(Uuid::from_u128(11)));
        let reply = first.reply(CommentId::new(Uuid::from_u128(12)), 3);
        let deeper = reply.reply(CommentId::new(Uuid::from_u128(13)), 3);
        for (n, place) in [(11, first), (12, reply), (13, deeper)] {
            tx.add_comment(&comment(n, place), &nobodys())?;
        }
        Ok::<_, Error>(())
    });
    wait(written).unwrap();
}

/// What spoils the database, what mends it, and which rules it breaks how often.
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, i64)]);

/// The rules that do not hold, by their first words, with how many rows break each.
fn broken(own: &Own) -> Vec<(String, i64)> {
    let found = examine(&own.options.location).unwrap();
    let broken = found.into_iter().filter(|finding| finding.broken > 0);
    broken.map(|finding| (finding.rule, finding.broken)).collect()
}

on_both! {
    fn threads_that_count_or_stand_wrong_are_found(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| begin(tx, 1, "Reef recovers"))).unwrap();
        add_thread(&own);
        assert_eq!(broken(&own), []);
        let counts = "a thread counts the comments that readers see and those that wait";
        let below = "a comment counts those below it that readers see";
        let listed = "a comment stands in its thread while readers see it or one below it";
        let cases: [Case<'_>; 6] = [
            ("UPDATE comment_threads SET visible = 4", "UPDATE comment_threads SET visible = 3", &[(counts, 1)]),
            ("UPDATE comment_threads SET pending = 1", "UPDATE comment_threads SET pending = 0", &[(counts, 1)]),
            (
                "UPDATE comments SET visible_below = 0 WHERE visible_below = 2",
                "UPDATE comments SET visible_below = 2 WHERE length(place) = 16",
                &[(below, 1)],
            ),
            (
                "UPDATE comments SET visible_below = 7 WHERE length(place) = 48",
                "UPDATE comments SET visible_below = 0 WHERE length(place) = 48",
                &[(below, 1)],
            ),
            (
                "UPDATE comments SET listed = (1 = 0) WHERE length(place) = 16",
                "UPDATE comments SET listed = (1 = 1)",
                &[(listed, 1)],
            ),
            (
                "DELETE FROM comments WHERE length(place) = 32",
                "DELETE FROM comments",
                &[(counts, 1), (below, 2), ("a reply stands behind a comment of the same thread", 1)],
            ),
        ];
        for (spoiled, mended, expected) in cases {
            own.alter(spoiled);
            let expected: Vec<_> = expected.iter().map(|(rule, rows)| ((*rule).to_owned(), *rows)).collect();
            assert_eq!(broken(&own), expected, "{spoiled}");
            own.alter(mended);
        }
        own.alter("DELETE FROM comment_threads");
        add_thread(&own);
        own.alter("UPDATE comments SET place = (SELECT place FROM comments WHERE length(place) = 16)");
        let rules: Vec<_> = broken(&own).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules, [below, "no two comments stand at one place", "the place of a comment ends with itself"]);
    }

    fn a_search_that_finds_too_little_or_too_much_is_found(database: Database) {
        let own = Own::open(database);
        tell(&own, 1, "Reef recovers", at(1));
        let of_search = || broken(&own).into_iter().filter(|(rule, _)| rule.contains("search")).collect::<Vec<_>>();
        assert_eq!(of_search(), []);
        own.alter("DELETE FROM published_languages");
        assert_eq!(of_search(), [("search knows each language of what readers see".to_owned(), 1)]);
        own.alter("INSERT INTO published_languages VALUES ('en')");
        own.alter("UPDATE search_rows SET place = 2");
        let rules: Vec<_> = of_search().into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules.len(), 2, "{rules:?}");
        own.alter("DELETE FROM search_rows");
        assert!(of_search().iter().any(|(rule, _)| rule.starts_with("search finds what readers see")));
        // Then a worker is told, as a migration does.
        own.alter("INSERT INTO search_jobs SELECT DISTINCT article_id FROM live_articles");
        assert!(of_search().iter().all(|(rule, _)| rule.starts_with("the terms of search")));
        if database == Database::Sqlite {
            own.alter("DELETE FROM search_index WHERE rowid IN (SELECT rowid FROM search_index)");
        }
        assert_eq!(wait(own.store.write(|tx| tx.carry_out_search_jobs(20))).unwrap(), [id(1)]);
        assert_eq!(of_search(), []);
    }
}

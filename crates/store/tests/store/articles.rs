//! Articles: working copies, slugs, publication, and lists by state.

use domain::article::aggregate::{Article, Writers};
use domain::article::content::Content;
use domain::article::content::tags::Tags;
use domain::article::content::texts::Headline;
use domain::article::publication::{ChangeKind, Publication, PublicationState};
use domain::article::publish::{Approval, Expiry, Publish, WorkingCopy};
use domain::article::revision::{Revision, RevisionNumber};
use domain::id::{ArticleId, TagId};
use domain::language::Language;
use domain::policy::right::{AssignArticles, CreateArticles, DeleteArticles, EditArticles, PublishArticles};
use domain::policy::{Granted, grant_house};
use domain::slug::Slug;
use domain::time::Moment;
use domain::version::{Seen, Version};
use masthead_tests::on_both;
use store::articles::{Amendment, ArticleFilter};
use store::error::{Error, Unique};
use store::live::LiveFilter;
use store::tx::Tx;
use uuid::Uuid;

use crate::own::{Own, actor, admin, at, wait};

pub(crate) fn id(n: u128) -> ArticleId {
    ArticleId::new(Uuid::from_u128(n))
}

fn revision(number: u32, headline: &str) -> Revision {
    let headline = Headline::parse(headline).unwrap();
    let slug = Slug::from_text(headline.as_str()).unwrap();
    Revision {
        number: RevisionNumber::parse(number).unwrap(),
        author: admin(1, "ada@varn.example").id,
        note: None,
        saved_at: at(0),
        content: Content::begun(headline, slug, Language::parse("en").unwrap()),
    }
}

pub(crate) fn begin(tx: &mut dyn Tx, n: u128, headline: &str) -> Result<(), Error> {
    let owner = admin(1, "ada@varn.example");
    if tx.user(owner.id)?.is_none() {
        tx.add_user(&owner, None)?;
    }
    let granted: Granted<_, CreateArticles> = grant_house(&actor()).unwrap();
    tx.begin_article(&granted.map(|_| Article::begun(id(n), owner.id, at(0))), &revision(1, headline))
}

pub(crate) fn publish(
    tx: &mut dyn Tx,
    n: u128,
    goes_live_at: Option<Moment>,
    expires: Expiry,
    now: Moment,
) -> Result<Version, Error> {
    let article: Granted<_, PublishArticles> = tx.hold_article(id(n))?.unwrap().grant(&actor()).unwrap();
    let order = Publish { goes_live_at, expires, change: ChangeKind::Update, published_at: None };
    let published = article.map(|article| article.published(order, Approval::Optional, now).unwrap());
    tx.save_publication(&published.allowed(), Seen::Any, now)
}

/// Begins an article, and publishes it for good.
pub(crate) fn tell(own: &Own, n: u128, headline: &str, now: Moment) {
    let headline = headline.to_owned();
    let told = own.store.write(move |tx| {
        begin(tx, n, &headline)?;
        publish(tx, n, None, Expiry::Keep, now)
    });
    wait(told).unwrap();
}

/// Saves the working copy anew under another headline.
pub(crate) fn save(tx: &mut dyn Tx, n: u128, seen: Seen, headline: &str) -> Result<Version, Error> {
    let article: Granted<_, EditArticles> = tx.hold_article(id(n))?.unwrap().grant(&actor()).unwrap();
    let before = tx.revision(id(n), article.revision)?.unwrap();
    let after = revision(article.last_revision.next().number(), headline);
    let saved = article.map(|mut article| {
        article.last_revision = article.last_revision.next();
        article.revision = article.last_revision;
        article
    });
    tx.save_working_copy(&saved.allowed(), seen, &before, &after)
}

/// Saves the working copy anew with other tags.
pub(crate) fn save_tagged(tx: &mut dyn Tx, n: u128, tags: &[TagId]) -> Result<Version, Error> {
    let article: Granted<_, EditArticles> = tx.hold_article(id(n))?.unwrap().grant(&actor()).unwrap();
    let before = tx.revision(id(n), article.revision)?.unwrap();
    let mut after = before.clone();
    after.number = article.last_revision.next();
    after.content.tags = Tags::parse(tags.to_vec()).unwrap();
    let saved = article.map(|mut article| {
        article.last_revision = article.last_revision.next();
        article.revision = article.last_revision;
        article
    });
    tx.save_working_copy(&saved.allowed(), Seen::Any, &before, &after)
}

on_both! {
    fn an_article_is_read_back_as_it_was_begun(database: Database) {
        let own = Own::open(database);
        let (article, saved) = wait(own.store.write(|tx| {
            begin(tx, 7, "Ålhavn: “the sea”")?;
            Ok::<_, Error>((tx.article(id(7))?.unwrap(), tx.revision(id(7), RevisionNumber::FIRST)?.unwrap()))
        }))
        .unwrap();
        let article: Granted<_, EditArticles> = article.grant(&actor()).unwrap();
        assert_eq!(*article, Article::begun(id(7), admin(1, "ada@varn.example").id, at(0)));
        assert_eq!(saved, revision(1, "Ålhavn: “the sea”"));
    }

    fn a_publication_that_no_command_makes_is_a_defect_and_not_shown(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| begin(tx, 7, "Reef recovers"))).unwrap();
        wait(own.store.write(|tx| {
            let article: Granted<_, PublishArticles> = tx.hold_article(id(7))?.unwrap().grant(&actor()).unwrap();
            let nothing = Publication { shown: None, next: None, expires_at: None };
            let broken = article.map(|article| Article { publication: Some(nothing), ..article });
            tx.save_publication(&broken.allowed(), Seen::Any, at(1))
        }))
        .unwrap();
        let read = wait(own.store.read(|tx| tx.article(id(7)).map(|_| ())));
        assert!(matches!(read, Err(Error::Defect(_))), "{read:?}");
    }

    fn what_somebody_owns_or_writes_is_found_and_nothing_else(database: Database) {
        let own = Own::open(database);
        let writer = admin(2, "ivo@varn.example");
        let (owner, writer_id) = (admin(1, "ada@varn.example").id, writer.id);
        wait(own.store.write(move |tx| {
            tx.add_user(&writer, None)?;
            for n in 7..10 {
                begin(tx, n, &format!("Reef {n}"))?;
            }
            for (n, writers) in [(7, vec![writer_id]), (8, vec![writer_id]), (8, Vec::new())] {
                let article: Granted<_, AssignArticles> = tx.hold_article(id(n))?.unwrap().grant(&actor()).unwrap();
                let writers = Writers::parse(writers).unwrap();
                let assigned = article.map(|article| article.assigned(owner, writers, at(1)));
                tx.save_article(&assigned.allowed(), Seen::Any)?;
            }
            Ok::<_, Error>(())
        }))
        .unwrap();
        let of = |user| {
            let filter = ArticleFilter { own_of: Some(user), ..ArticleFilter::default() };
            let found = wait(own.store.read(move |tx| Ok::<_, Error>((tx.articles(&filter, 10)?, tx.count_articles(&filter)?))));
            let (found, count) = found.unwrap();
            assert_eq!(found.len(), usize::try_from(count).unwrap());
            let headlines = found.into_iter().map(|(_, glance)| glance.headline.as_str().to_owned());
            headlines.collect::<Vec<_>>()
        };
        assert_eq!(of(writer_id), ["Reef 7"]);
        assert_eq!(of(owner).len(), 3);
        wait(own.store.write(|tx| {
            let article: Granted<_, DeleteArticles> = tx.hold_article(id(7))?.unwrap().grant(&actor()).unwrap();
            tx.delete_article(&article, Seen::Any)
        }))
        .unwrap();
        assert!(of(writer_id).is_empty());
    }

    // abuse: CC-04
    fn of_many_saves_of_one_version_one_wins(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| begin(tx, 7, "Reef recovers"))).unwrap();
        let seen = Seen::Version(Version::FIRST);
        let saves = (0..32).map(|n| own.store.write(move |tx| save(tx, 7, seen, &format!("Reef recovers {n}"))));
        let results = wait(futures_util::future::join_all(saves));
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        assert!(results.iter().filter_map(|result| result.as_ref().err()).all(|error| matches!(error, Error::Stale { .. })));
        let revisions = wait(own.store.read(|tx| tx.revisions(id(7), None, 10))).unwrap();
        assert_eq!(revisions.iter().map(|saved| saved.number.number()).collect::<Vec<_>>(), [2, 1]);
    }

    fn a_slug_belongs_to_one_article_and_a_reserved_one_becomes_free(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| begin(tx, 7, "Reef recovers"))).unwrap();
        let taken = wait(own.store.write(|tx| begin(tx, 8, "Reef recovers")));
        assert!(matches!(taken, Err(Error::Taken(Unique::ArticleSlug))), "{taken:?}");
        wait(own.store.write(|tx| save(tx, 7, Seen::Any, "Reef in peril"))).unwrap();
        wait(own.store.write(|tx| begin(tx, 8, "Reef recovers"))).unwrap();
        wait(own.store.write(|tx| publish(tx, 7, None, Expiry::Keep, at(1)))).unwrap();
        wait(own.store.write(|tx| save(tx, 7, Seen::Any, "Reef dies"))).unwrap();
        let kept = wait(own.store.write(|tx| begin(tx, 9, "Reef in peril")));
        assert!(matches!(kept, Err(Error::Taken(Unique::ArticleSlug))), "{kept:?}");
    }

    fn an_amendment_is_seen_and_the_working_copy_follows_as_far_as_it_can(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| {
            begin(tx, 7, "Reef recovers")?;
            publish(tx, 7, None, Expiry::Keep, at(1))?;
            save(tx, 7, Seen::Any, "Reef recovers at last")
        }))
        .unwrap();
        let amend = |tx: &mut dyn Tx, working: WorkingCopy| {
            let article: Granted<_, PublishArticles> = tx.hold_article(id(7))?.unwrap().grant(&actor()).unwrap();
            let before = tx.revision(id(7), article.revision)?.unwrap();
            let article = article.map(|article| article.amended(ChangeKind::Minor, working, at(5)).unwrap());
            let live = article.publication.as_ref().and_then(Publication::live).unwrap().revision;
            let amended = revision(live.number(), &format!("Reef amended {live}"));
            let after = revision(article.revision.number(), &format!("Reef to come {}", article.revision));
            let working = (working == WorkingCopy::TakesItOver).then_some((&before, &after));
            tx.save_amendment(&article.allowed(), Seen::Any, &Amendment { revision: &amended, working }, at(5))
        };
        wait(own.store.write(move |tx| amend(tx, WorkingCopy::Stays))).unwrap();
        wait(own.store.write(move |tx| amend(tx, WorkingCopy::TakesItOver))).unwrap();
        let numbers = wait(own.store.read(|tx| tx.revisions(id(7), None, 10))).unwrap();
        assert_eq!(numbers.iter().map(|saved| saved.number.number()).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
        let seen = wait(own.store.read(|tx| tx.live_articles(&LiveFilter::default(), 10, at(6)))).unwrap();
        assert_eq!((seen.len(), seen[0].revision.number(), seen[0].slug.as_str()), (1, 4, "reef-amended-4"));
        let (_, glance) = wait(own.store.read(|tx| tx.articles(&ArticleFilter::default(), 10))).unwrap().remove(0);
        assert_eq!(glance.headline.as_str(), "Reef to come 5");
        let taken = wait(own.store.write(|tx| begin(tx, 8, "Reef amended 3")));
        assert!(matches!(taken, Err(Error::Taken(Unique::ArticleSlug))), "readers saw it there: {taken:?}");
    }

    fn the_list_knows_the_state_at_each_instant(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| {
            begin(tx, 7, "Reef recovers")?;
            begin(tx, 8, "A draft of 100% wool")?;
            publish(tx, 7, Some(at(10)), Expiry::At(at(20)), at(1))
        }))
        .unwrap();
        let in_state = |state, second| {
            let filter = ArticleFilter { publication: Some((state, at(second))), ..ArticleFilter::default() };
            let found = wait(own.store.read(move |tx| tx.articles(&filter, 10))).unwrap();
            found.into_iter().map(|(_, glance)| glance.slug.as_str().to_owned()).collect::<Vec<_>>()
        };
        for (state, second) in [
            (PublicationState::Scheduled, 9),
            (PublicationState::Live, 10),
            (PublicationState::Live, 19),
            (PublicationState::Expired, 20),
        ] {
            for &other in PublicationState::ALL {
                let expected = if other == state { vec!["reef-recovers"] } else { vec![] };
                assert_eq!(in_state(other, second), expected, "{other:?} at {second}");
            }
        }
        let with = |words: &str| {
            let filter = ArticleFilter { words: Some(words.to_owned()), ..ArticleFilter::default() };
            wait(own.store.read(move |tx| tx.count_articles(&filter))).unwrap()
        };
        assert_eq!((with("100% WOOL"), with("r%f"), with("")), (1, 0, 2));
    }
}

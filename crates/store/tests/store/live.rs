//! What readers see: at each instant exactly what is visible then, and nothing that tells of the rest.

use std::collections::BTreeSet;

use domain::article::content::reference::Ref;
use domain::article::publish::Expiry;
use domain::article::withdrawal::{Withdrawal, WithdrawalKind, WithdrawalReason};
use domain::id::{ArticleId, TagId};
use domain::paging::From;
use domain::policy::Granted;
use domain::policy::grant_house;
use domain::policy::right::WithdrawArticles;
use domain::slug::Slug;
use domain::tag::{SameAs, Tag, TagKind, TagName};
use domain::time::Moment;
use domain::version::{Seen, Version};
use masthead_tests::on_both;
use store::error::Error;
use store::live::{Found, Live, LiveFilter, Order};
use store::references::Editor;
use store::tx::Tx;
use uuid::Uuid;

use crate::articles::{begin, id, publish, save};
use crate::own::{Own, actor, at, wait};

fn slug(raw: &str) -> Ref<ArticleId> {
    Ref::Slug(Slug::parse(raw).unwrap())
}

fn told(live: &mut dyn Live, name: &str, now: Moment) -> Result<String, Error> {
    Ok(match live.live_article(&slug(name), now)? {
        None => "nothing".to_owned(),
        Some(Found::Visible(article)) => article.content.headline.as_str().to_owned(),
        Some(Found::Moved(slug)) => format!("see {slug}"),
        Some(Found::Withdrawn { public_reason, .. }) => public_reason.as_str().to_owned(),
    })
}

fn tag(tx: &mut dyn Tx, n: u128, name: &str) -> Result<TagId, Error> {
    let editor: Editor = grant_house(&actor()).unwrap();
    let tag = Tag {
        id: TagId::new(Uuid::from_u128(n)),
        version: Version::FIRST,
        kind: TagKind::Topic,
        slug: Slug::from_text(name).unwrap(),
        name: TagName::parse(name).unwrap(),
        description: None,
        same_as: SameAs::default(),
        created_at: at(0),
        updated_at: at(0),
    };
    tx.add_tag(&editor, &tag)?;
    Ok(tag.id)
}

on_both! {
    // abuse: AZ-02
    // abuse: AZ-03
    fn a_scheduled_article_is_nothing_until_its_instant_and_after_its_end(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| {
            begin(tx, 7, "Reef recovers")?;
            publish(tx, 7, Some(at(10)), Expiry::At(at(20)), at(1))
        }))
        .unwrap();
        for (second, expected) in [(9, "nothing"), (10, "Reef recovers"), (19, "Reef recovers"), (20, "nothing")] {
            let seen = wait(own.store.read(move |tx| told(tx, "reef-recovers", at(second)))).unwrap();
            assert_eq!(seen, expected, "at {second}");
            let count = wait(own.store.read(move |tx| tx.count_live_articles(&LiveFilter::default(), at(second)))).unwrap();
            assert_eq!(count == 1, expected != "nothing", "at {second}");
        }
    }

    // abuse: AZ-07
    fn an_address_of_an_update_tells_nothing_before_its_time_and_redirects_after(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| {
            begin(tx, 7, "Reef recovers")?;
            publish(tx, 7, None, Expiry::Keep, at(1))?;
            save(tx, 7, Seen::Any, "Reef in peril")?;
            publish(tx, 7, Some(at(10)), Expiry::Keep, at(2))
        }))
        .unwrap();
        for (second, old, new) in [(9, "Reef recovers", "nothing"), (10, "see reef-in-peril", "Reef in peril")] {
            let seen = wait(own.store.read(move |tx| {
                Ok::<_, Error>((told(tx, "reef-recovers", at(second))?, told(tx, "reef-in-peril", at(second))?))
            }));
            assert_eq!(seen.unwrap(), (old.to_owned(), new.to_owned()), "at {second}");
        }
    }

    fn a_withdrawn_article_leaves_its_reason_at_each_of_its_addresses(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| {
            begin(tx, 7, "Reef recovers")?;
            publish(tx, 7, None, Expiry::Keep, at(1))?;
            let article: Granted<_, WithdrawArticles> = tx.hold_article(id(7))?.unwrap().grant(&actor()).unwrap();
            let withdrawal = Withdrawal {
                kind: WithdrawalKind::Error,
                public_reason: WithdrawalReason::parse("it was wrong").unwrap(),
                internal_reason: None,
                replacement: None,
            };
            let withdrawn = article.map(|article| article.withdrawn(withdrawal.clone(), at(5)).unwrap());
            tx.save_publication(&withdrawn.allowed(), Seen::Any, at(5))
        }))
        .unwrap();
        let seen = wait(own.store.read(|tx| told(tx, "reef-recovers", at(6)))).unwrap();
        assert_eq!(seen, "it was wrong");
    }

    fn paging_finds_each_article_once_in_each_order(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| {
            for n in 1..=7 {
                begin(tx, n, &format!("Story {n}"))?;
                // Several share an instant, so that ids part them.
                publish(tx, n, None, Expiry::Keep, at(i64::try_from(n / 3).unwrap()))?;
            }
            Ok::<_, Error>(())
        }))
        .unwrap();
        for order in [Order::NewestFirst, Order::OldestFirst, Order::LastUpdatedFirst] {
            let mut filter = LiveFilter { order, ..LiveFilter::default() };
            let mut seen = Vec::new();
            loop {
                let asked = filter.clone();
                let page = wait(own.store.read(move |tx| tx.live_articles(&asked, 2, at(100)))).unwrap();
                let Some(last) = page.last() else { break };
                filter.from = Some(From::Behind((last.times.published_at, last.id)));
                seen.extend(page.into_iter().map(|article| (article.times.published_at, article.id)));
            }
            let mut expected = seen.clone();
            expected.sort_unstable();
            if order != Order::OldestFirst {
                expected.reverse();
            }
            assert_eq!(seen, expected, "{order:?}");
            assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 7, "{order:?}");
        }
    }

    fn a_tag_is_known_while_a_visible_article_has_it_and_survives_its_merging(database: Database) {
        let own = Own::open(database);
        let (reef, sea) = wait(own.store.write(|tx| {
            let (reef, sea) = (tag(tx, 1, "Reef")?, tag(tx, 2, "Sea")?);
            begin(tx, 7, "Reef recovers")?;
            crate::articles::save_tagged(tx, 7, &[reef])?;
            Ok::<_, Error>((reef, sea))
        }))
        .unwrap();
        let known = |name: &str| {
            let name = Ref::Slug(Slug::parse(name).unwrap());
            wait(own.store.read(move |tx| tx.live_tag(&name, at(100)))).unwrap().map(|tag| tag.id)
        };
        assert_eq!(known("reef"), None);
        wait(own.store.write(|tx| publish(tx, 7, None, Expiry::Keep, at(1)))).unwrap();
        assert_eq!((known("reef"), known("sea")), (Some(reef), None));
        let used = wait(own.store.write(move |tx| {
            let editor: Editor = grant_house(&actor()).unwrap();
            tx.merge_tag(&editor, reef, sea)?;
            tx.articles_of_tag(sea, 10)
        }));
        assert_eq!(used.unwrap(), [id(7)]);
        assert_eq!((known("reef"), known("sea")), (Some(sea), Some(sea)));
        let of_article = wait(own.store.read(move |tx| tx.tags_of_live(&[reef]))).unwrap();
        assert_eq!(of_article[&reef].id, sea);
        let listed = wait(own.store.read(move |tx| {
            let filter = LiveFilter { tags: vec![sea], ..LiveFilter::default() };
            tx.count_live_articles(&filter, at(100))
        }));
        assert_eq!(listed.unwrap(), 1);
    }
}

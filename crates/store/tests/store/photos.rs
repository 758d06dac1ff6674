//! Photos: the same bytes once, what is found, and that none goes that an article uses.

use domain::article::content::Content;
use domain::block::photo::PhotoUse;
use domain::id::PhotoId;
use domain::photo::credit::{Chain, Creator, CreatorName, Credit, OrganizationName};
use domain::photo::facts::PhotoFacts;
use domain::photo::file::{Orientation, PhotoFile, Pixels, Rendition, RenditionStatus};
use domain::photo::file_metadata::FileMetadata;
use domain::photo::hash::ContentHash;
use domain::photo::search::{Lack, PhotoFilter, Used, UsedIn};
use domain::photo::taken::TakenAt;
use domain::photo::variant::{Format, Variant};
use domain::photo::{CreditFrom, Photo, Printed};
use domain::policy::right::{CreatePhotos, DeletePhotos, EditArticles, EditPhotos};
use domain::policy::{Granted, Guarded};
use domain::time::Moment;
use domain::version::{Seen, Version};
use masthead_tests::on_both;
use store::error::{Error, Unique};
use store::tx::Tx;
use uuid::Uuid;

use crate::articles::{begin, id, publish};
use crate::own::{Own, actor, admin, at, wait};

fn photo_id(n: u128) -> PhotoId {
    PhotoId::new(Uuid::from_u128(n))
}

fn rendition(n: u8) -> Rendition {
    let pixels = Pixels { width: 320, height: 200 };
    Rendition { variant: Variant::W320Webp, hash: ContentHash::of(&[n]), octets: 7, pixels }
}

pub(crate) fn photo(n: u8) -> Photo {
    let file = PhotoFile {
        hash: ContentHash::of(&[n]),
        format: Format::Jpeg,
        octets: 1,
        name: None,
        pixels: Pixels { width: 400, height: 250 },
        orientation: Orientation::UPRIGHT,
        dominant_color: None,
        thumbhash: None,
        status: RenditionStatus::Ready,
    };
    let chain = Chain {
        creators: vec![Creator { name: CreatorName::parse("Ivo Grane").unwrap(), contributor: None }],
        organizations: vec![OrganizationName::parse("Nordwire").unwrap()],
        ..Chain::default()
    };
    let facts = PhotoFacts {
        credit: Some(Credit::parse(chain).unwrap()),
        taken_at: Some(TakenAt::parse("2026-01").unwrap()),
        ..PhotoFacts::default()
    };
    Photo {
        id: photo_id(n.into()),
        version: Version::FIRST,
        owner: admin(1, "ada@varn.example").id,
        printed: Printed::NotYet,
        file,
        facts,
        credit_from: CreditFrom::File,
        created_at: at(0),
        updated_at: at(0),
    }
}

pub(crate) fn add(tx: &mut dyn Tx, photo: Photo, n: u8) -> Result<(), Error> {
    let owner = admin(1, "ada@varn.example");
    if tx.user(owner.id)?.is_none() {
        tx.add_user(&owner, None)?;
    }
    let granted: Granted<_, CreatePhotos> = Guarded::new(photo).grant(&actor()).unwrap();
    tx.add_photo(&granted, &FileMetadata::default(), &[rendition(n)])
}

/// Saves the working copy of an article with a lead photo.
fn lead(tx: &mut dyn Tx, n: u128, photo: PhotoId) -> Result<(), Error> {
    let article: Granted<_, EditArticles> = tx.hold_article(id(n))?.unwrap().grant(&actor()).unwrap();
    let before = tx.revision(id(n), article.revision)?.unwrap();
    let mut after = before.clone();
    after.number = article.last_revision.next();
    let used = PhotoUse {
        photo,
        caption: None,
        alt: None,
        credit_display: None,
        focal_point: None,
        crop: None,
        decorative: false,
    };
    after.content = Content { lead_photo: Some(used), ..after.content };
    let saved = article.map(|mut article| {
        article.last_revision = article.last_revision.next();
        article.revision = article.last_revision;
        article
    });
    tx.save_working_copy(&saved.allowed(), Seen::Any, &before, &after).map(|_| ())
}

fn found(tx: &mut dyn Tx, filter: &PhotoFilter) -> Result<Vec<PhotoId>, Error> {
    let found = tx.photos(filter, 10)?;
    assert_eq!(tx.count_photos(filter)?, i64::try_from(found.len()).unwrap());
    Ok(found.into_iter().map(|photo| open(photo).id).collect())
}

fn open(photo: Guarded<Photo>) -> Granted<Photo, EditPhotos> {
    photo.grant(&actor()).unwrap()
}

on_both! {
    fn the_same_bytes_are_one_photo(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| add(tx, photo(7), 7))).unwrap();
        let again = wait(own.store.write(|tx| add(tx, Photo { id: photo_id(8), ..photo(7) }, 7)));
        assert!(matches!(again, Err(Error::Taken(Unique::PhotoHash))), "{again:?}");
        let read = wait(own.store.read(|tx| {
            let found = tx.photo_of_hash(&ContentHash::of(&[7]))?;
            let renditions = tx.renditions_of(&[photo_id(7), photo_id(8)])?;
            Ok::<_, Error>((found, open(tx.photo(photo_id(7))?.unwrap()).into_inner(), renditions))
        }));
        let (found, read, renditions) = read.unwrap();
        assert_eq!((found, read), (Some(photo_id(7)), photo(7)));
        assert_eq!(renditions.into_iter().collect::<Vec<_>>(), [(photo_id(7), vec![rendition(7)])]);
    }

    fn a_photo_is_found_by_whom_it_names_what_it_lacks_and_where_it_is_used(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| {
            let mut bare = photo(8);
            (bare.facts.credit, bare.facts.taken_at) = (None, None);
            add(tx, photo(7), 7)?;
            add(tx, bare, 8)?;
            begin(tx, 1, "Reef recovers")?;
            lead(tx, 1, photo_id(7))
        }))
        .unwrap();
        let (seven, eight) = (vec![photo_id(7)], vec![photo_id(8)]);
        wait(own.store.read(move |tx| {
            let any = PhotoFilter::default;
            for (filter, expected) in [
                (any(), vec![photo_id(8), photo_id(7)]),
                (PhotoFilter { words: Some("ivo GR".to_owned()), ..any() }, seven.clone()),
                (PhotoFilter { words: Some("%".to_owned()), ..any() }, vec![]),
                (PhotoFilter { creator: Some("IVO GRANE".to_owned()), ..any() }, seven.clone()),
                (PhotoFilter { creator: Some("Nordwire".to_owned()), ..any() }, vec![]),
                (PhotoFilter { organization: Some("nordwire".to_owned()), ..any() }, seven.clone()),
                (PhotoFilter { taken_from: Some("2026-01-01".to_owned()), ..any() }, seven.clone()),
                (PhotoFilter { taken_from: Some("2026-01-02".to_owned()), ..any() }, vec![]),
                (PhotoFilter { taken_until: Some("2025-12-31".to_owned()), ..any() }, vec![]),
                (PhotoFilter { used: Some(Used::Somewhere), ..any() }, seven.clone()),
                (PhotoFilter { used: Some(Used::Nowhere), ..any() }, eight.clone()),
                (PhotoFilter { lacking: vec![Lack::Credit], ..any() }, eight.clone()),
                (PhotoFilter { rights_end_before: Some(at(9)), ..any() }, vec![]),
            ] {
                assert_eq!(found(tx, &filter)?, expected, "{filter:?}");
            }
            Ok::<_, Error>(())
        }))
        .unwrap();
    }

    fn a_photo_that_an_article_uses_does_not_go(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| {
            add(tx, photo(7), 7)?;
            begin(tx, 1, "Reef recovers")?;
            lead(tx, 1, photo_id(7))?;
            publish(tx, 1, None, domain::article::publish::Expiry::Keep, at(1)).map(|_| ())
        }))
        .unwrap();
        let delete = || {
            wait(own.store.write(|tx| {
                let held = tx.hold_photo(photo_id(7))?.unwrap();
                let photo: Granted<_, DeletePhotos> = held.grant(&actor()).unwrap();
                tx.delete_photo(&photo, Seen::Any)
            }))
        };
        assert!(matches!(delete(), Err(Error::Referenced)));
        wait(own.store.read(|tx| {
            let uses = tx.uses_of_photo(photo_id(7), &store::photos::UseFilter::default(), 10)?;
            assert_eq!(uses, [(id(1), vec![UsedIn::WorkingCopy, UsedIn::Publication])]);
            assert_eq!(open(tx.photo(photo_id(7))?.unwrap()).printed, Printed::Already);
            assert_eq!(tx.shown_with_photo(photo_id(7), at(2))?.len(), 1);
            Ok::<_, Error>(())
        }))
        .unwrap();
    }

    // abuse: MED-09
    fn readers_see_a_photo_while_an_article_shows_it_and_its_rights_stand(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| {
            let mut limited = photo(7);
            limited.facts.rights.embargo_until = Some(at(10));
            limited.facts.rights.use_until = Some(at(20));
            add(tx, limited, 7)?;
            begin(tx, 1, "Reef recovers")?;
            lead(tx, 1, photo_id(7))
        }))
        .unwrap();
        let seen = |now: Moment| {
            wait(own.store.read(move |tx| {
                let of = tx.photos_of_live(&[photo_id(7)], now)?.len();
                Ok::<_, Error>((tx.live_photo(photo_id(7), now)?.is_some(), of))
            }))
            .unwrap()
        };
        assert_eq!(seen(at(15)), (false, 1), "nothing is published");
        wait(own.store.write(|tx| publish(tx, 1, None, domain::article::publish::Expiry::Keep, at(1)))).unwrap();
        for (second, shown) in [(9, (false, 0)), (10, (true, 1)), (19, (true, 1)), (20, (false, 0))] {
            assert_eq!(seen(at(second)), shown, "at second {second}");
        }
    }

    fn what_rights_do_by_the_clock_is_announced_once(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| {
            let mut limited = photo(7);
            limited.facts.rights.use_until = Some(at(8 * 24 * 3600));
            add(tx, limited, 7)
        }))
        .unwrap();
        let due = |now: Moment| wait(own.store.read(move |tx| tx.due_photo_changes(now, 10))).unwrap();
        assert!(due(at(24 * 3600 - 1)).is_empty());
        let ending = due(at(24 * 3600));
        assert_eq!(ending.iter().map(|change| change.kind.name()).collect::<Vec<_>>(), ["photo.rights_ending"]);
        let take = || {
            let ending = ending.clone();
            wait(own.store.write(move |tx| tx.take_photo_change(&ending[0]))).unwrap()
        };
        assert_eq!((take(), take()), (true, false));
        assert_eq!(due(at(9 * 24 * 3600)).len(), 1);
    }
}

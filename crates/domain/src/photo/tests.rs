//! What a photo is, held against what it must be: times, variants, rights, hashes and whose it is.

use serde_json::json;
use uuid::Uuid;

use super::hash::ContentHash;
use super::rights::{Rights, Standing};
use super::taken::TakenAt;
use super::variant::{RenditionFormat, Size, Variant};
use crate::json::FromJson;
use crate::json::tests::assert_faults;
use crate::time::Moment;
use crate::violation::Rule;

#[test]
fn a_time_is_kept_as_exactly_as_it_is_known() {
    for (raw, on, first) in [
        ("2026", "2026", "2026-01-01"),
        ("2026-02", "2026-02", "2026-02-01"),
        ("2026-02-28", "2026-02-28", "2026-02-28"),
        ("2026-02-28T08:30", "2026-02-28", "2026-02-28"),
        ("2026-02-28T08:30:00.25", "2026-02-28", "2026-02-28"),
        ("2026-02-28T23:30:00-11:00", "2026-02-28", "2026-02-28"),
    ] {
        let taken = TakenAt::parse(raw).unwrap();
        assert_eq!((taken.as_str(), taken.on(), taken.first_day().as_str()), (raw, on, first));
    }
    for raw in [
        "",
        "26",
        "2026-13",
        "2026-02-30",
        "2026-02-28 08:30",
        "2026-02-28T25:00",
        "2026-2-28",
        "+026-02-28",
        "2026-02-2é",
        "20…6-02-28T08:30",
    ] {
        assert!(TakenAt::parse(raw).is_err(), "{raw}");
    }
    assert_eq!(TakenAt::parse("1799").unwrap_err().rule, Rule::OutOfRange);
}

// abuse: MED-09
#[test]
fn there_are_thirty_variants_and_each_is_read_by_its_name_alone() {
    assert_eq!(Variant::ALL.len(), 30);
    for &variant in Variant::ALL {
        assert_eq!(Variant::parse(variant.name()), Ok(variant));
    }
    assert_eq!(Variant::W960Avif.size(), Size::Width(960));
    assert_eq!(Variant::WideWebp.format(), RenditionFormat::Webp);
    for raw in
        ["w1.webp", "w4000.webp", "W320.jpg", "w320.jpeg", "w320", "w320.gif", "3x4.jpg", "w0320.jpg", ""]
    {
        assert!(Variant::parse(raw).is_err(), "{raw}");
    }
}

#[test]
fn rights_forbid_before_the_embargo_ends_and_from_the_last_instant_on() {
    let at = |raw: &str| Moment::parse(raw).unwrap();
    let rights = Rights {
        embargo_until: Some(at("2026-01-01T00:00:00Z")),
        use_until: Some(at("2026-02-01T00:00:00Z")),
        ..Rights::default()
    };
    for (now, standing) in [
        ("2025-12-31T23:59:59.999Z", Standing::Embargoed),
        ("2026-01-01T00:00:00Z", Standing::Free),
        ("2026-01-31T23:59:59.999Z", Standing::Free),
        ("2026-02-01T00:00:00Z", Standing::Ended),
    ] {
        assert_eq!(rights.standing(at(now)), standing, "{now}");
    }
    let backwards = json!({"use_until": "2026-01-01T00:00:00Z", "embargo_until": "2026-01-01T00:00:00Z"});
    assert_faults!(Rights, backwards, ("/use_until", "inconsistent"));
    assert_faults!(
        Rights,
        json!({"excluded_territories": ["NO", "NO"]}),
        ("/excluded_territories", "duplicate")
    );
    assert!(Rights::from_json(json!({})).is_ok());
}

#[test]
fn a_hash_has_one_spelling() {
    let hash = ContentHash::of(b"reef");
    assert_eq!(ContentHash::parse(&hash.to_string()), Ok(hash));
    let (upper, short) = (hash.to_string().to_uppercase(), &hash.to_string()[1..]);
    assert!(ContentHash::parse(&upper).is_err() && ContentHash::parse(short).is_err());
}

#[test]
fn a_photo_is_its_owners_to_change_until_readers_have_it() {
    use super::{Photo, Printed};
    use crate::id::{PhotoId, UserId};
    use crate::policy::{Relation, Subject};

    let (owner, other) = (UserId::new(Uuid::from_u128(1)), UserId::new(Uuid::from_u128(2)));
    let mut photo = Photo::sample(PhotoId::new(Uuid::from_u128(3)), owner);
    assert_eq!((photo.relation(owner), photo.relation(other)), (Relation::OwnUntilReady, Relation::Others));
    photo.printed = Printed::Already;
    assert_eq!(photo.relation(owner), Relation::Own);
}

impl super::Photo {
    /// A photo about which nothing is known.
    pub(super) fn sample(id: crate::id::PhotoId, owner: crate::id::UserId) -> Self {
        use super::file::{Orientation, Pixels, RenditionStatus};
        use super::variant::Format;
        let at = Moment::parse("2026-01-09T06:00:00Z").unwrap();
        let file = super::PhotoFile {
            hash: ContentHash::of(b"reef"),
            format: Format::Jpeg,
            octets: 4,
            name: None,
            pixels: Pixels { width: 1, height: 1 },
            orientation: Orientation::UPRIGHT,
            dominant_color: None,
            thumbhash: None,
            status: RenditionStatus::Ready,
        };
        let facts = super::PhotoFacts::default();
        let version = crate::version::Version::FIRST;
        Self {
            id,
            version,
            owner,
            printed: super::Printed::NotYet,
            file,
            facts,
            credit_from: super::CreditFrom::File,
            created_at: at,
            updated_at: at,
        }
    }
}

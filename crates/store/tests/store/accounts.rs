//! Users and sessions: uniqueness, versions, standing.

use domain::account::{Session, Standing};
use domain::id::SessionId;
use domain::user::{Email, Role};
use domain::version::{Seen, Version};
use masthead_tests::on_both;
use store::accounts::{Family, Rotation};
use store::error::{Error, Unique};
use uuid::Uuid;

use crate::own::{Own, admin, at, wait};

fn family(n: u128) -> Family {
    let session = Session {
        id: SessionId::new(Uuid::from_u128(n)),
        user: admin(1, "ada@varn.example").id,
        address: Some("192.0.2.7".parse().unwrap()),
        agent: None,
        created_at: at(0),
        last_used_at: at(0),
        expires_at: at(100),
        revoked_at: None,
    };
    let rotation = Rotation { generation: 0, rotated_at: None };
    Family { session, rotation }
}

on_both! {
    fn two_users_never_share_an_address(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| tx.add_user(&admin(1, "ada@varn.example"), None))).unwrap();
        let again = wait(own.store.write(|tx| tx.add_user(&admin(2, "ada@varn.example"), None)));
        assert!(matches!(again, Err(Error::Taken(Unique::Email))), "{again:?}");
        let users = wait(own.store.read(|tx| tx.users(None, 10))).unwrap();
        assert_eq!(users, [admin(1, "ada@varn.example")]);
    }

    fn a_hash_that_is_made_anew_never_brings_an_old_password_back(database: Database) {
        let own = Own::open(database);
        let ada = admin(1, "ada@varn.example");
        let id = ada.id;
        wait(own.store.write(move |tx| tx.add_user(&ada, Some("old hash")))).unwrap();
        let hash = || wait(own.store.read(move |tx| Ok::<_, Error>(tx.user(id)?.unwrap()))).unwrap();
        wait(own.store.write(move |tx| tx.rehash_password(id, "old hash", "dear hash"))).unwrap();
        assert_eq!(hash().password_hash.as_deref(), Some("dear hash"));
        assert_eq!(hash().user.version, Version::FIRST, "nothing of the user has changed");
        wait(own.store.write(move |tx| tx.set_password(id, "new password", at(1)))).unwrap();
        wait(own.store.write(move |tx| tx.rehash_password(id, "dear hash", "dearer hash"))).unwrap();
        assert_eq!(hash().password_hash.as_deref(), Some("new password"));
    }

    fn of_two_changes_to_one_version_the_second_is_stale(database: Database) {
        let own = Own::open(database);
        let ada = admin(1, "ada@varn.example");
        wait(own.store.write(|tx| tx.add_user(&admin(1, "ada@varn.example"), None))).unwrap();
        let mut moved = ada.clone();
        moved.email = Email::parse("a.varn@varn.example").unwrap();
        let seen = Seen::Version(Version::FIRST);
        let change = |user: domain::account::User| own.store.write(move |tx| tx.change_user(&user, seen));
        assert_eq!(wait(change(moved)).unwrap(), Version::FIRST.next());
        let stale = wait(change(ada.clone()));
        assert!(matches!(stale, Err(Error::Stale { current }) if current == Version::FIRST.next()), "{stale:?}");
        let overwritten = own.store.write(move |tx| tx.change_user(&ada, Seen::Any));
        assert_eq!(wait(overwritten).unwrap(), Version::FIRST.next().next());
    }

    fn a_session_stands_until_it_ends_or_its_user_is_disabled(database: Database) {
        let own = Own::open(database);
        let ada = admin(1, "ada@varn.example");
        wait(own.store.write(|tx| {
            tx.add_user(&admin(1, "ada@varn.example"), Some("hash"))?;
            tx.add_session(&family(1))?;
            tx.add_session(&family(2))
        }))
        .unwrap();
        let standing = |n, second| wait(own.store.read(move |tx| tx.standing(family(n).session.id, at(second)))).unwrap();
        let stands = Some(Standing { user: ada.id, role: Role::Admin });
        assert_eq!((standing(1, 99), standing(1, 100)), (stands, None));
        let ended = wait(own.store.write(move |tx| tx.end_sessions(ada.id, Some(family(2).session.id), at(50)))).unwrap();
        assert_eq!(ended, [family(1).session.id]);
        assert_eq!((standing(1, 99), standing(2, 99)), (None, stands));
        let mut disabled = ada.clone();
        disabled.disabled_at = Some(at(60));
        wait(own.store.write(move |tx| tx.change_user(&disabled, Seen::Any))).unwrap();
        assert_eq!(standing(2, 99), None);
        assert_eq!(wait(own.store.read(|tx| tx.enabled_admins())).unwrap(), 0);
    }

    fn a_rotated_session_is_read_back_as_it_was_written(database: Database) {
        let own = Own::open(database);
        let next = Rotation { generation: 1, rotated_at: Some(at(30)) };
        let read = wait(own.store.write(move |tx| {
            tx.add_user(&admin(1, "ada@varn.example"), None)?;
            tx.add_session(&family(1))?;
            tx.rotate(family(1).session.id, &next, at(200), at(30))?;
            tx.session(family(1).session.id)
        }))
        .unwrap()
        .unwrap();
        assert_eq!(read.rotation, next);
        assert_eq!((read.session.last_used_at, read.session.expires_at), (at(30), at(200)));
    }
}

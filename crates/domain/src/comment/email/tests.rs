//! That one mailbox has one canonical address, and that only addresses are addresses.

use proptest::prelude::*;

use super::*;

fn canonical(raw: &str) -> String {
    CommenterEmail::parse(raw).unwrap_or_else(|e| panic!("{raw}: {e}")).canonical().as_str().to_owned()
}

// abuse: CM-07
#[test]
fn another_spelling_of_a_banned_address_is_the_same_address() {
    for raw in [
        "ines.m@varn.example",
        "Ines.M@VARN.example",
        " ines.m@varn.example ",
        "ines.m+again@varn.example",
        "INES.M+a+b@varn.example",
        "ｉｎｅｓ.m@varn.example",
        "ines.m@varn。example",
        "ines.m@ｖａｒｎ.example",
    ] {
        assert_eq!(canonical(raw), "ines.m@varn.example", "{raw}");
    }
    for raw in ["ines.m@gmail.com", "inesm@gmail.com", "I.N.E.S.M+news@googlemail.com"] {
        assert_eq!(canonical(raw), "inesm@gmail.com", "{raw}");
    }
    for raw in
        ["kai@bücher.example", "kai@bu\u{308}cher.example", "kai@BÜCHER.example", "kai@xn--bcher-kva.example"]
    {
        assert_eq!(canonical(raw), "kai@xn--bcher-kva.example", "{raw}");
    }
}

#[test]
fn what_may_be_two_mailboxes_stays_two() {
    assert_ne!(canonical("ines.m@varn.example"), canonical("inesm@varn.example"));
    assert_ne!(canonical("ines@varn.example"), canonical("ines@mail.varn.example"));
    assert_eq!(canonical("+tag@varn.example"), "+tag@varn.example");
}

#[test]
fn mail_goes_to_the_address_as_it_was_given() {
    assert_eq!(
        CommenterEmail::parse("Ines.M+News@Bücher.example").unwrap().address(),
        "Ines.M+News@xn--bcher-kva.example"
    );
}

#[test]
fn what_is_no_address_of_the_usual_kind_is_refused() {
    let long = format!("{}@varn.example", "a".repeat(65));
    let longer = format!("ines@{}example", "varn.".repeat(60));
    for raw in [
        "",
        "ines",
        "ines@",
        "@varn.example",
        "ines@varn",
        "ines@@varn.example",
        "in es@varn.example",
        "ines@varn.example,kai@varn.example",
        "Ines <ines@varn.example>",
        "\"ines\"@varn.example",
        "ines@[192.0.2.1]",
        "ines@192.0.2.1",
        "ines@varn.1",
        "ines@0x7f.1",
        "i..m@varn.example",
        ".ines@varn.example",
        "ines.@varn.example",
        "ines(x)@varn.example",
        "ines@-varn.example",
        "ines@varn-.example",
        "ines@varn..example",
        "ines@varn.example.",
        "ines@varn%2eexample",
        "ines@varn_x.example",
        "іnes@varn.example",
        "ines\u{202e}@varn.example",
        "ines@varn.example\nBcc: kai@varn.example",
        "ines@xn--a.example",
        &long,
        &longer,
    ] {
        assert!(CommenterEmail::parse(raw).is_err(), "{raw}");
    }
}

#[test]
fn an_address_shows_in_no_log() {
    let email = CommenterEmail::parse("ines@varn.example").unwrap();
    for told in [format!("{email:?}"), format!("{:?}", email.canonical()), format!("{:?}", email.host())] {
        assert!(!told.contains("ines") && !told.contains("varn"), "{told}");
    }
}

#[test]
fn a_domain_lies_in_those_above_it() {
    let host = EmailHost::parse("a.mail.varn.example").unwrap();
    assert_eq!(
        host.suffixes().collect::<Vec<_>>(),
        ["a.mail.varn.example", "mail.varn.example", "varn.example"]
    );
}

proptest! {
    #[test]
    fn an_address_is_read_back_and_its_canonical_form_is_one(
        raw in "[a-zA-Z.+]{1,12}@([a-zA-Zäß-]{1,8}\\.){1,3}[a-z]{2,4}|\\PC{0,20}@\\PC{0,20}",
    ) {
        if let Ok(email) = CommenterEmail::parse(&raw) {
            let address = email.address();
            prop_assert!(address.is_ascii() && address.len() <= Email::MAX_OCTETS);
            prop_assert_eq!(CommenterEmail::parse(&address), Ok(email.clone()));
            let (local, host) = address.split_once('@').unwrap();
            let shouted = CommenterEmail::parse(&format!("{}@{host}", local.to_uppercase())).unwrap();
            prop_assert_eq!(shouted.canonical(), email.canonical());
            if let Ok(tagged) = CommenterEmail::parse(&format!("{local}+x@{host}")) {
                prop_assert_eq!(tagged.canonical() == email.canonical(), !local.starts_with('+'));
            }
        }
    }
}

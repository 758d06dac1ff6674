//! A comment as it comes in: what is parsed is read back, no text is too strange to be judged, and its HTML has no markup
//! but ours.

#![no_main]

use std::net::{IpAddr, Ipv4Addr};

use domain::comment::ban::{BanKind, BanPattern};
use domain::comment::email::CommenterEmail;
use domain::comment::name::CommenterName;
use domain::comment::text::CommentText;
use domain::comment::words::{ListedWord, WordList};
use domain::comment::{links, repeat};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &str| {
    if let Ok(name) = CommenterName::parse(raw) {
        assert_eq!(CommenterName::parse(name.as_str()), Ok(name));
    }
    if let Ok(email) = CommenterEmail::parse(raw) {
        assert_eq!(CommenterEmail::parse(&email.address()), Ok(email.clone()));
        let ban = BanPattern::parse(BanKind::Email, raw).expect("an address can be banned");
        assert!(ban.meets(&email, IpAddr::V4(Ipv4Addr::LOCALHOST)));
    }
    for kind in BanKind::ALL {
        let _ = BanPattern::parse(*kind, raw);
    }
    if let Ok(word) = ListedWord::parse(raw)
        && let Ok(list) = WordList::parse(vec![word])
    {
        assert!(list.find(&[raw]).is_some());
    }
    let Ok(text) = CommentText::parse(raw) else { return };
    assert_eq!(CommentText::parse(text.as_str()), Ok(text.clone()));
    assert!(!repeat::normal_form(&text).is_empty());
    assert!(links::count(text.as_str()) <= text.as_str().len());
    let html = render::comment::html(&text);
    let tags = html.split('<').skip(1).map(|rest| rest.split(['>', ' ']).next().unwrap_or_default());
    tags.for_each(|tag| assert!(["p", "/p", "br", "a", "/a"].contains(&tag), "{html}"));
});

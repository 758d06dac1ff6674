//! Addresses of webhooks: one that is taken is read back as it is, and none that is written as a network address leads inside.

#![no_main]

use std::sync::Arc;

use domain::webhook::network::is_public;
use domain::webhook::target::{Schemes, TargetHost, TargetRules, TargetUrl};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &str| {
    let Ok(url) = TargetUrl::parse(raw) else { return };
    assert_eq!(TargetUrl::parse(url.as_str()), Ok(url.clone()));
    let rules = TargetRules { schemes: Schemes::HttpToo, ports: vec![1..=u16::MAX], allowed: Arc::new(|_| false) };
    if rules.check(&url).is_ok()
        && let TargetHost::Address(address) = url.host()
    {
        assert!(is_public(address));
    }
});

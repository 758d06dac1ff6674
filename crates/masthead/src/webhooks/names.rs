//! How the names of webhooks are looked up: by the machine, unless a test tells the addresses in a file.

use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::webhook::target::{Schemes, TargetRules};
use newsroom::webhooks::{Found, Targets};
use tokio::net::lookup_host;

use crate::config::switch::Switch;
use crate::config::webhooks::Webhooks;
use crate::config::{Config, Purpose};
use crate::house::HouseFault;

/// To where webhooks may lead by these settings.
pub(crate) fn targets(config: &Config) -> Result<Targets, HouseFault> {
    let Webhooks { allow_networks, ports, http, names_file } = config.webhooks.clone();
    let rules = TargetRules {
        schemes: match http {
            Switch::On => Schemes::HttpToo,
            Switch::Off => Schemes::Https,
        },
        ports: ports.0.into_iter().map(|ports| ports.0).collect(),
        allowed: Arc::new(move |address| allow_networks.0.iter().any(|network| network.contains(address))),
    };
    match (names_file.0, config.purpose) {
        (None, _) => Ok(Targets::new(rules, asked)),
        (Some(file), Purpose::Test) => Ok(Targets::new(rules, move |name| told(&file, name))),
        (Some(_), Purpose::Work) => Err(HouseFault::NamesOfATest),
    }
}

/// What the machine finds.
fn asked(name: &str) -> Found {
    let name = name.to_owned();
    Box::pin(async move { Ok(lookup_host((name, 0)).await?.map(|found| found.ip()).collect()) })
}

/// What the file tells now: a name and its addresses in each line.
fn told(file: &Path, name: &str) -> Found {
    let (file, name): (PathBuf, _) = (file.to_owned(), name.to_owned());
    Box::pin(async move {
        let text = std::fs::read_to_string(file)?;
        let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        let line = lines.into_iter().find(|words| words.first() == Some(&name.as_str()));
        let addresses = line.unwrap_or_default().into_iter().skip(1).map(str::parse::<IpAddr>);
        addresses.collect::<Result<_, _>>().map_err(io::Error::other)
    })
}

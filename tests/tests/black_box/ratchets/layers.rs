//! Which crate may use which: the table of docs/ARCHITECTURE.md.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// Each of our crates with those of ours that it may use.
const LAYERS: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("identity", &["domain"]),
    ("render", &["domain"]),
    ("newsroom", &["domain", "store", "identity", "render"]),
    ("delivery", &["domain", "store", "render"]),
    ("masthead-http", &["domain", "newsroom", "delivery", "identity"]),
    ("masthead", &["domain", "store", "identity", "render", "newsroom", "delivery", "masthead-http"]),
    ("masthead-tests", &["masthead"]),
];

/// What others wrote and only these of ours may use.
const HOMES: [(&str, &[&str]); 9] = [
    ("diesel", &["store"]),
    ("diesel_migrations", &["store"]),
    ("libsqlite3-sys", &["store"]),
    ("pq-sys", &["store"]),
    ("actix-web", &["masthead-http", "masthead"]),
    ("utoipa", &["masthead-http"]),
    ("argon2", &["identity"]),
    ("jsonwebtoken", &["identity"]),
    ("getrandom", &["identity", "masthead"]),
];

#[test]
fn every_crate_uses_only_the_layers_below_it() {
    let faults = faults_of(&dependencies());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_step_upwards_is_told() {
    let crates = [("domain", vec!["store"]), ("newsroom", vec!["domain", "diesel"]), ("gossip", vec![])];
    let crates = crates.map(|(name, uses)| (name.to_owned(), uses.into_iter().map(str::to_owned).collect()));
    assert_eq!(
        faults_of(&crates.into()),
        [
            "domain may not use store",
            "gossip is not in the table of layers",
            "newsroom may not use diesel: its home is store",
        ]
    );
}

fn faults_of(crates: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let is_ours = |name: &str| LAYERS.iter().any(|(ours, _)| *ours == name);
    let mut faults = Vec::new();
    for (name, uses) in crates {
        let Some((_, below)) = LAYERS.iter().find(|(ours, _)| ours == name) else {
            faults.push(format!("{name} is not in the table of layers"));
            continue;
        };
        for used in uses {
            if is_ours(used) && !below.contains(&used.as_str()) {
                faults.push(format!("{name} may not use {used}"));
            }
            if let Some((_, homes)) = HOMES.iter().find(|(foreign, _)| foreign == used)
                && !homes.contains(&name.as_str())
            {
                faults.push(format!("{name} may not use {used}: its home is {}", homes.join(" and ")));
            }
        }
    }
    faults
}

/// Every crate of the workspace with all that it names in its manifest, for tests and builds too.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo starts");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let metadata: Value = serde_json::from_slice(&told.stdout).expect("JSON");
    let name = |of: &Value| of["name"].as_str().expect("a name").to_owned();
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let uses = package["dependencies"].as_array().expect("dependencies");
            (name(package), uses.iter().map(name).collect())
        })
        .collect()
}

//! Which crate may use which: the table of docs/ARCHITECTURE.md.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// The document with the table.
const ARCHITECTURE: &str = include_str!("../../../../docs/ARCHITECTURE.md");

/// Crates with what each uses, or may use.
type Uses = BTreeMap<String, Vec<String>>;

/// What others wrote and only these of ours may use.
const HOMES: [(&str, &[&str]); 14] = [
    ("diesel", &["store"]),
    ("diesel_migrations", &["store"]),
    ("libsqlite3-sys", &["store"]),
    ("pq-sys", &["store"]),
    ("actix-web", &["masthead-http", "masthead"]),
    ("actix-http", &["masthead-http"]),
    ("actix-service", &["masthead-http"]),
    ("utoipa", &["delivery", "domain", "masthead-http", "render"]),
    ("argon2", &["identity"]),
    ("jsonwebtoken", &["identity"]),
    ("getrandom", &["identity", "masthead"]),
    ("opentelemetry", &["masthead-http", "masthead"]),
    ("opentelemetry_sdk", &["masthead"]),
    ("opentelemetry-otlp", &["masthead"]),
];

/// What runs the others, and is used by their tests only.
const HARNESSES: [&str; 2] = ["masthead-bench", "masthead-tests"];

#[test]
fn every_crate_uses_only_the_layers_below_it() {
    let faults = faults_of(&layers(ARCHITECTURE), &dependencies());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_step_upwards_is_told() {
    let table = "| `domain` | rules | nothing of ours |\n| `newsroom` | use cases | domain |\n| `masthead` | the binary | all |";
    let crates = uses(&[
        ("domain", &["newsroom"]),
        ("newsroom", &["domain", "diesel"]),
        ("gossip", &[]),
        ("masthead", &["domain", "newsroom"]),
    ]);
    assert_eq!(
        faults_of(&layers(table), &crates),
        [
            "domain may not use newsroom",
            "gossip is not in the table of layers",
            "newsroom may not use diesel: its home is store",
        ]
    );
}

fn uses(crates: &[(&str, &[&str])]) -> Uses {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    crates.iter().map(|(name, names)| ((*name).to_owned(), owned(names))).collect()
}

/// The table's rows: `| crate | what it holds | what it may use |`. Where all may be used, that is all but the tests.
fn layers(table: &str) -> Uses {
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let name = |row: &Vec<&str>| package(row[0].trim_matches('`'));
    let all = rows.iter().map(name).filter(|name| !HARNESSES.contains(&name.as_str())).collect::<Vec<_>>();
    let below = |row: &Vec<&str>| match row[2] {
        "nothing of ours" => Vec::new(),
        "all" => all.clone(),
        listed => listed.split(", ").map(package).collect(),
    };
    rows.iter().map(|row| (name(row), below(row))).collect()
}

/// Three crates have a longer name for cargo than for us.
fn package(name: &str) -> String {
    match name {
        "bench" | "http" | "tests" => format!("masthead-{name}"),
        _ => name.to_owned(),
    }
}

fn faults_of(layers: &Uses, crates: &Uses) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, uses) in crates {
        let Some(below) = layers.get(name) else {
            faults.push(format!("{name} is not in the table of layers"));
            continue;
        };
        for used in uses {
            if layers.contains_key(used) && !below.contains(used) {
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

/// Every crate of the workspace with all that it names in its manifest, for tests and builds too; but the harness is
/// for the tests of all.
fn dependencies() -> Uses {
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
            let is_harness = |of: &&Value| {
                of["kind"] == "dev" && of["name"].as_str().is_some_and(|name| HARNESSES.contains(&name))
            };
            (name(package), uses.iter().filter(|of| !is_harness(of)).map(name).collect())
        })
        .collect()
}

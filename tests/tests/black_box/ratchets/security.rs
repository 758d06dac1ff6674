//! docs/security.md names, for each case, the tests that cite it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The document with the table of cases.
const SECURITY: &str = include_str!("../../../../docs/security.md");

/// The sorts of cases, each with how many there are, which are numbered from one. A case that has no row would be missed by
/// nobody.
const CASES: [(&str, u8); 10] = [
    ("AUTH", 14),
    ("AZ", 15),
    ("CA", 6),
    ("CC", 5),
    ("CM", 8),
    ("IN", 14),
    ("MED", 9),
    ("OP", 12),
    ("OUT", 9),
    ("WH", 8),
];

/// What a row says whose case nothing of ours can meet yet.
const NOTHING_TO_TEST: &str = "We write no such files.";

#[test]
fn every_test_that_cites_a_case_stands_beside_it_and_every_case_has_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let sources = ["bench", "crates", "tests"].into_iter().flat_map(|dir| rust_files(&root.join(dir)));
    let cited: BTreeSet<_> =
        sources.flat_map(|file| citations(&fs::read_to_string(file).expect("a source file"))).collect();
    let told: Vec<_> = SECURITY.lines().filter_map(case_of).map(|(case, ..)| case.to_owned()).collect();
    let numbered =
        |(sort, last): (&str, u8)| (1..=last).map(move |n| format!("{sort}-{n:02}")).collect::<Vec<_>>();
    let all: BTreeSet<_> = CASES.into_iter().flat_map(numbered).collect();
    assert_eq!(told.len(), all.len(), "a row stands twice, or none is there");
    assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), all, "the cases of docs/security.md");
    let faults = faults(SECURITY, &cited);
    assert!(faults.is_empty(), "docs/security.md and the tests differ:\n{}", faults.join("\n"));
}

#[test]
fn a_citation_without_a_place_in_the_table_is_found() {
    let source = "// abuse: AZ-1, AZ-2\n#[test]\nfn nobody_gets_in() {}\nfn helper() {}\n";
    let cited: BTreeSet<_> = citations(source).into_iter().collect();
    let row = |case: &str, what: &str, tests: &str| format!("| {case} | {what} | {tests} |\n");
    let whole = row("AZ-1", "what", "`nobody_gets_in`") + &row("AZ-2", "what", "`nobody_gets_in`");
    assert_eq!(faults(&whole, &cited), [""; 0]);
    assert_eq!(
        faults(&row("AZ-1", "what", "`nobody_gets_in`"), &cited),
        ["AZ-2: nobody_gets_in is not named"]
    );
    let gone = whole.clone() + &row("AZ-3", "what", "`nobody_got_in`");
    assert_eq!(faults(&gone, &cited), ["AZ-3: nobody_got_in does not cite it"]);
    assert_eq!(faults(&(whole.clone() + &row("AZ-3", "what", "")), &cited), ["AZ-3: no test"]);
    assert_eq!(faults(&(whole + &row("AZ-3", "We write no such files.", "")), &cited), [""; 0]);
}

/// Where the table and the citations do not tell the same.
fn faults(table: &str, cited: &BTreeSet<(String, String)>) -> Vec<String> {
    let named: BTreeSet<_> = table
        .lines()
        .filter_map(case_of)
        .flat_map(|(case, _, tests)| {
            // Names stand between backticks.
            tests.split('`').skip(1).step_by(2).map(move |test| (case.to_owned(), test.to_owned()))
        })
        .collect();
    let unnamed = cited.difference(&named).map(|(case, test)| format!("{case}: {test} is not named"));
    let gone = named.difference(cited).map(|(case, test)| format!("{case}: {test} does not cite it"));
    let bare = table.lines().filter_map(case_of).filter(|(case, what, _)| {
        !named.iter().any(|(known, _)| known == case) && !what.contains(NOTHING_TO_TEST)
    });
    unnamed.chain(gone).chain(bare.map(|(case, ..)| format!("{case}: no test"))).collect()
}

/// The case of a row, what it says, and its tests.
fn case_of(row: &str) -> Option<(&str, &str, &str)> {
    let (case, rest) = row.strip_prefix("| ")?.split_once(" | ")?;
    let (what, tests) = rest.rsplit_once(" | ")?;
    let (kind, number) = case.split_once('-')?;
    let is_case = kind.bytes().all(|letter| letter.is_ascii_uppercase()) && number.parse::<u8>().is_ok();
    is_case.then_some((case, what, tests))
}

/// The cases that comments cite, with the function behind each.
fn citations(source: &str) -> Vec<(String, String)> {
    let (mut found, mut waiting) = (Vec::new(), Vec::new());
    for line in source.lines().map(str::trim) {
        if let Some(cases) = line.strip_prefix("// abuse: ") {
            waiting.extend(cases.split(',').map(|case| case.trim().to_owned()));
        } else if let Some(rest) = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ") {
            let name = rest.split('(').next().unwrap_or_default();
            found.extend(waiting.drain(..).map(|case| (case, name.to_owned())));
        }
    }
    found
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(dir).expect("a directory of ours").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                rust_files(&path)
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("security.rs")
            {
                vec![path]
            } else {
                Vec::new()
            }
        })
        .collect()
}

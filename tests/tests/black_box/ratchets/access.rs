//! Every operation of the OpenAPI document, as a stranger, in each role and with API keys, on one's own things and on
//! others': the answer is what docs/permissions.md says, which is printed from the policy table.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};

use masthead_tests::answer::Answer;
use masthead_tests::client::Client;
use masthead_tests::contract::document;
use masthead_tests::on_both;
use masthead_tests::people::{
    ADMIN, EDITOR, MODERATOR, OTHER_REPORTER, PASSWORD, PHOTO_EDITOR, Person, REPORTER,
};
use masthead_tests::pictures::{form, png};
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// One in each role.
const ROLES: [Person; 5] = [REPORTER, PHOTO_EDITOR, MODERATOR, EDITOR, ADMIN];

/// An id that names nothing.
const NOTHING: &str = "01970000-0000-7000-8000-00000000ffff";

/// An operation of the document.
struct Operation {
    method: String,
    path: String,
    id: String,
    /// What it asks of the policy; `None` where anybody may call it.
    action: Option<String>,
    /// What an API key needs for it.
    scope: Option<String>,
    secured: bool,
    needs_version: bool,
    body: Option<Value>,
    /// Whether it takes a file.
    is_form: bool,
}

/// Whose the thing is that is acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Own,
    Others,
}

fn operations() -> Vec<Operation> {
    let paths = document()["paths"].as_object().expect("paths");
    let each = paths.iter().flat_map(|(path, item)| {
        item.as_object().expect("operations").iter().map(move |(method, told)| Operation {
            method: method.to_uppercase(),
            path: path.clone(),
            id: told["operationId"].as_str().expect("an id").to_owned(),
            action: told["x-action"].as_str().map(str::to_owned),
            scope: told["x-scope"].as_str().map(str::to_owned),
            secured: told["security"].as_array().is_some_and(|security| !security.is_empty()),
            needs_version: told["parameters"]
                .as_array()
                .is_some_and(|parameters| parameters.iter().any(|parameter| parameter["name"] == "If-Match")),
            body: told.pointer("/requestBody/content/application~1json/example").cloned(),
            is_form: told.pointer("/requestBody/content/multipart~1form-data").is_some(),
        })
    });
    each.collect()
}

/// What docs/permissions.md grants: by action and role, `yes`, `own`, `own draft` or `–`.
fn granted() -> HashMap<(String, String), String> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/permissions.md");
    let text = std::fs::read_to_string(file).expect("docs/permissions.md");
    let rows: Vec<Vec<_>> = text
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| {
            line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect()
        })
        .collect();
    let roles = &rows[0];
    let mut granted = HashMap::new();
    for row in &rows[2..] {
        for (role, cell) in roles.iter().zip(row).skip(1).take(5) {
            granted.insert((row[0].clone(), role.clone()), cell.clone());
        }
    }
    granted
}

/// What docs/permissions.md says that API keys need: the scope of each action; `None` for those that are for no key.
fn scopes() -> HashMap<String, Option<String>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/permissions.md");
    let text = std::fs::read_to_string(file).expect("docs/permissions.md");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let cell = |row: &str, n: usize| {
        row.trim_matches('|').split('|').nth(n).expect("a cell").trim().trim_matches('`').to_owned()
    };
    rows.map(|row| (cell(row, 0), Some(cell(row, 6)).filter(|scope| scope != "–"))).collect()
}

/// A key of the admin's with these scopes.
fn key(site: &Site, scopes: &[String]) -> String {
    let made = site.admin().post("/v1/editorial/api-keys", json!({"name": "Program", "scopes": scopes}));
    made.status(201).text_at("/key")
}

/// Calls an operation on things that are there.
fn call(site: &Site, by: &Client<'_>, operation: &Operation, things: &Things) -> Answer {
    let mut path =
        operation.path.replace("{n}", "1").replace("{code}", "not_found").replace("{token}", "bGluaw");
    for (name, value) in [
        ("{cid}", NOTHING),
        ("{tid}", NOTHING),
        ("{did}", NOTHING),
        ("{slug}", "world"),
        ("{spot}", "lead"),
        ("{format}", "rss"),
        ("{part}", "2026-01"),
    ] {
        path = path.replace(name, value);
    }
    let named = match path.split('/').nth(3) {
        Some("articles") => things.article.clone(),
        Some("photos") if path.starts_with("/v1/editorial") => things.photo.clone(),
        Some("comments") => things.comment.clone(),
        Some("users") => site.signed_in(OTHER_REPORTER).get("/v1/auth/me").ok().id(),
        Some(kind @ ("sections" | "tags" | "contributors" | "fronts"))
            if path.starts_with("/v1/editorial") =>
        {
            things.of(kind)
        }
        _ => NOTHING.to_owned(),
    };
    let path = path.replace("{id}", &named).replace("{name}", &named);
    let mut request = by.request(&operation.method, &path);
    if operation.needs_version {
        request = request.if_match("*");
    }
    if let Some(body) = &operation.body {
        request = request.json(body);
    }
    if operation.is_form {
        let (kind, body) = form(&[("file", None, &another_picture())]);
        request = request.body(&kind, body);
    }
    request.send()
}

/// A picture that no other call sends.
fn another_picture() -> Vec<u8> {
    static SENT: AtomicU32 = AtomicU32::new(0);
    png(8 + SENT.fetch_add(1, Ordering::Relaxed), 8, 0, None)
}

/// A comment that no other call hands in.
fn another_word() -> String {
    static SAID: AtomicU32 = AtomicU32::new(0);
    format!("Word {}", SAID.fetch_add(1, Ordering::Relaxed))
}

/// New things for one call, which may delete them.
struct Things {
    article: String,
    photo: String,
    comment: String,
    references: HashMap<&'static str, String>,
}

impl Things {
    fn new(site: &Site, operation: &Operation, actor: Option<Person>, whose: Whose) -> Self {
        let mut references = HashMap::new();
        let mut article = NOTHING.to_owned();
        if operation.path.contains("/articles/{id}") {
            article = match (actor, whose) {
                (Some(person), Whose::Own) => site.signed_in(person).draft("The tide clerk").id(),
                _ => site.signed_in(OTHER_REPORTER).draft("The tide clerk").id(),
            };
        }
        let mut photo = NOTHING.to_owned();
        if operation.path.starts_with("/v1/editorial/photos/{id}") {
            let owner = match (actor, whose) {
                (Some(person), Whose::Own) => person,
                _ => OTHER_REPORTER,
            };
            photo = site.signed_in(owner).upload(&another_picture()).status(201).id();
        }
        let mut comment = NOTHING.to_owned();
        if operation.path.starts_with("/v1/editorial/comments/{id}") {
            comment = site.commented(&another_word());
        }
        for kind in ["sections", "tags", "contributors", "fronts"] {
            if operation.path.starts_with(&format!("/v1/editorial/{kind}/")) {
                let name = format!("Thing of {} {}", operation.id, references.len());
                let made = site.admin().post(&format!("/v1/editorial/{kind}"), json!({"name": name}));
                let id = match made.status {
                    201 => made.id(),
                    _ => site.admin().get(&format!("/v1/editorial/{kind}/{}", slug(&name))).ok().id(),
                };
                references.insert(kind, id);
            }
        }
        Self { article, photo, comment, references }
    }

    fn of(&self, kind: &str) -> String {
        self.references.get(kind).cloned().unwrap_or_else(|| NOTHING.to_owned())
    }
}

fn slug(name: &str) -> String {
    name.to_lowercase().replace([' ', '_'], "-")
}

/// Whether the role may do it to what stands so to them.
fn allowed(grant: &str, whose: Whose) -> bool {
    match grant {
        // This site shares its drafts; `site_rules` tries one that does not.
        "yes" | "shared" => true,
        // A new article is a draft of its owner's.
        "own" | "own draft" => whose == Whose::Own,
        "–" => false,
        other => panic!("docs/permissions.md grants `{other}`"),
    }
}

/// Whoever ends a session does so with one of their own.
fn client<'a>(site: &'a Site, operation: &Operation, person: Person) -> Client<'a> {
    if operation.path.starts_with("/v1/auth/") && operation.method != "GET" {
        let tokens =
            site.reader().post("/v1/auth/login", json!({"email": person.email, "password": PASSWORD}));
        return site.bearer(&tokens.ok().text_at("/access_token"));
    }
    site.signed_in(person)
}

on_both! {
    // abuse: AZ-01
    fn every_operation_answers_each_role_as_the_policy_says(site: &Site) {
        let (granted, scopes) = (granted(), scopes());
        let all: BTreeSet<String> = scopes.values().flatten().cloned().collect();
        let only: HashMap<_, _> = all.iter().map(|scope| (scope, key(site, std::slice::from_ref(scope)))).collect();
        let but = |scope: Option<&String>| all.iter().filter(|other| Some(*other) != scope).cloned().collect::<Vec<_>>();
        let but: HashMap<_, _> = all.iter().map(Some).chain([None]).map(|scope| (scope, key(site, &but(scope)))).collect();
        // Somebody signs out everywhere on the way.
        site.forget_tokens();
        let mut cells = 0;
        for operation in operations() {
            let things = Things::new(site, &operation, None, Whose::Others);
            let stranger = call(site, &site.reader(), &operation, &things);
            cells += 1;
            // A refresh token is a credential too, though it stands in the body.
            let needs_credential = operation.secured || operation.id == "refresh_session";
            assert_eq!(stranger.status == 401 && stranger.json()["code"] == "unauthenticated", needs_credential,
                "{} as a stranger: {stranger}", operation.id);
            let scope = operation.action.as_ref().and_then(|action| scopes[action].clone());
            assert_eq!(operation.scope, scope, "{}", operation.id);
            let Some(action) = &operation.action else {
                let by_token = operation.path.ends_with("/comments/{cid}");
                assert!(!operation.secured || by_token, "{} is secured, but asks for no action of the policy", operation.id);
                continue;
            };
            // The key of an admin that is for this alone may, and one that is for all else may not.
            let things = Things::new(site, &operation, None, Whose::Others);
            if let Some(scope) = &scope {
                let answer = call(site, &site.bearer(&only[scope]), &operation, &things);
                let missing = answer.status == 404 && names_nothing(&operation);
                assert!(!is_denial(&answer) || missing, "{} with a key to {scope}: {answer}", operation.id);
            }
            let answer = call(site, &site.bearer(&but[&scope.as_ref()]), &operation, &things);
            assert_eq!(answer.status, 403, "{} with a key to all but {scope:?}: {answer}", operation.id);
            cells += 2;
            for person in ROLES {
                let thing = if operation.path.contains("/photos/{id}") { "photos" } else { "articles" };
                let may_own = granted[&(format!("{thing}:create"), person.role.to_owned())] == "yes";
                let whose = if operation.path.contains(&format!("/{thing}/{{id}}")) && may_own {
                    vec![Whose::Own, Whose::Others]
                } else {
                    vec![Whose::Others]
                };
                for whose in whose {
                    let things = Things::new(site, &operation, Some(person), whose);
                    let answer = call(site, &client(site, &operation, person), &operation, &things);
                    let grant = &granted[&(action.clone(), person.role.to_owned())];
                    let told = format!("{} as {} on {whose:?}: {answer}", operation.id, person.role);
                    cells += 1;
                    if allowed(grant, whose) {
                        // What is named beside the thing may be missing; the thing itself is there.
                        let missing = answer.status == 404 && names_nothing(&operation);
                        assert!(!is_denial(&answer) || missing, "{told}");
                    } else {
                        assert_eq!(answer.status, 403, "{told}");
                    }
                }
            }
        }
        println!("{cells} cells of the permission matrix");
        assert!(cells > 300, "only {cells} cells");
    }
}

/// Whether an answer keeps somebody out. A password in the body that is wrong is a 401 of its own.
fn is_denial(answer: &Answer) -> bool {
    match answer.status {
        403 | 404 => true,
        401 => answer.json()["code"] == "unauthenticated",
        _ => false,
    }
}

/// Whether the call names something that is not there: a session, a correction, a link.
fn names_nothing(operation: &Operation) -> bool {
    [
        "{cid}",
        "{tid}",
        "sessions/{id}",
        "invitations/{id}",
        "api-keys/{id}",
        "comment-bans/{id}",
        "webhooks/{id}",
        "{token}",
    ]
    .iter()
    .any(|name| operation.path.contains(name))
}

//! `docs/permissions.md`: the policy table as people read it.

use domain::policy::{Action, Reach, reach};
use domain::scope::Scope;
use domain::user::Role;

const OPENING: &str = "\
# Who may do what

Printed from the policy table by `make docs`; change `crates/domain/src/policy.rs`, not this file.

**yes**: everything. **own**: as owner or writer. **own draft**: as owner or writer, until somebody has declared it
ready. **shared**: everything, or what is own where the site sets `site.private_drafts`. **–**: never; the answer is 403, or 404 where the role may not know that the thing exists. Whoever is not signed
in may do none of it: 401.

An API key acts for its owner, in a role that they could give, and only as far as its scopes go; without the scope of an action
the answer is 403, whatever it is about. What is for no key (**–** below *scope*) needs somebody who is signed in.

";

/// The whole document.
pub fn text() -> String {
    let roles = Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(" | ");
    let rule = " --- |".repeat(Role::ALL.len());
    let rows: String = Action::ALL.iter().copied().map(row).collect();
    let scopes: String = Scope::ALL.iter().copied().map(scope).collect();
    format!(
        "{OPENING}| action | {roles} | scope | meaning |\n| --- |{rule} --- | --- |\n{rows}\nThe scopes:\n\n{scopes}"
    )
}

fn row(action: Action) -> String {
    let reaches = Role::ALL.iter().map(|&role| word(reach(role, action))).collect::<Vec<_>>().join(" | ");
    let scope = action.scope().map_or_else(|| "–".to_owned(), |scope| format!("`{}`", scope.name()));
    format!("| `{}` | {reaches} | {scope} | {} |\n", action.code(), action.meaning().trim())
}

fn scope(scope: Scope) -> String {
    let actions = Action::ALL.iter().filter(|action| action.scope() == Some(scope));
    let actions = actions.map(|action| format!("`{}`", action.code())).collect::<Vec<_>>().join(", ");
    format!("- `{}`: {actions}\n", scope.name())
}

const fn word(reach: Reach) -> &'static str {
    match reach {
        Reach::Never => "–",
        Reach::OwnUntilReady => "own draft",
        Reach::Own => "own",
        Reach::Shared => "shared",
        Reach::Any => "yes",
    }
}

//! `docs/permissions.md`: the policy table as people read it.

use domain::policy::{Action, Reach, reach};
use domain::user::Role;

const OPENING: &str = "\
# Who may do what

Printed from the policy table by `make docs`; change `crates/domain/src/policy.rs`, not this file.

**yes**: everything. **own**: as owner or writer. **own draft**: as owner or writer, until somebody has declared it
ready. **shared**: everything, or what is own where the site sets `site.private_drafts`. **–**: never; the answer is 403, or 404 where the role may not know that the thing exists. Whoever is not signed
in may do none of it: 401.

";

/// The whole document.
pub fn text() -> String {
    let roles = Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(" | ");
    let rule = " --- |".repeat(Role::ALL.len());
    let rows: String = Action::ALL.iter().copied().map(row).collect();
    format!("{OPENING}| action | {roles} | meaning |\n| --- |{rule} --- |\n{rows}")
}

fn row(action: Action) -> String {
    let reaches = Role::ALL.iter().map(|&role| word(reach(role, action))).collect::<Vec<_>>().join(" | ");
    format!("| `{}` | {reaches} | {} |\n", action.code(), action.meaning().trim())
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

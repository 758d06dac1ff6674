//! Who may do what: one table of actions and roles, and the only door through it.
//!
//! The store answers a [`Guarded`] value that shows nothing. [`Guarded::grant`] opens it for one [`Right`], and each
//! write of the store asks for the [`Granted`] that fits it: a forgotten or wrong check does not compile.
//! `docs/permissions.md` is printed from [`Action::ALL`] and [`reach`].

use std::marker::PhantomData;

use crate::actor::{Actor, Credential};
use crate::id::UserId;
use crate::schema::named;
use crate::scope::Scope;
use crate::site::Drafts;
use crate::user::Role;

/// How far a role's right to an action goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Not at all.
    Never,
    /// What is the actor's own, while nobody has declared it ready.
    OwnUntilReady,
    /// What is the actor's own.
    Own,
    /// What is the actor's own, and that of others unless the site keeps drafts private.
    Shared,
    /// Everything.
    Any,
}

/// What an actor is to the thing that an action is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Owner or writer of it, and it is not yet declared ready.
    OwnUntilReady,
    /// Owner or writer of it.
    Own,
    /// Somebody else's.
    Others,
}

/// A thing that actions are about, as the policy sees it.
pub trait Subject {
    /// What `user` is to it.
    fn relation(&self, user: UserId) -> Relation;

    /// The action that decides whether an actor may know that it exists.
    const SEE: Action;
}

/// A thing that belongs to the whole newsroom: a section, a tag, the list of users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct House;

impl Subject for House {
    fn relation(&self, _: UserId) -> Relation {
        Relation::Others
    }

    const SEE: Action = Action::SignIn;
}

/// One kind of [`Action`], as a type, so that a grant for one cannot serve for another.
pub trait Right {
    /// The row of the table that decides.
    const ACTION: Action;
}

/// The scope of a row; `Nobody` is none.
macro_rules! scope {
    (Nobody) => {
        None
    };
    ($scope:ident) => {
        Some(Scope::$scope)
    };
}

macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal for $scope:ident: [$reporter:ident $photo:ident $moderator:ident $editor:ident $admin:ident])+) => {
        /// Something that a signed-in actor may or may not do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {$(
            $(#[doc = $doc])+
            $name,
        )+}

        impl Action {
            /// Every action, in the order of the printed table.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in `docs/permissions.md`, in the audit log and in a refusal.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The scope that an API key needs for it; `None` where no key may do it at all.
            pub const fn scope(self) -> Option<Scope> {
                match self { $(Self::$name => scope!($scope)),+ }
            }

            /// What it means, for `docs/permissions.md`.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+)),+ }
            }
        }

        /// How far `role` may go in `action`: the policy table.
        pub const fn reach(role: Role, action: Action) -> Reach {
            let row = match action {
                $(Action::$name => [Reach::$reporter, Reach::$photo, Reach::$moderator, Reach::$editor, Reach::$admin]),+
            };
            row[role as usize]
        }

        /// The rights as types.
        pub mod right {
            use super::{Action, Right};
            $(
                $(#[doc = $doc])+
                #[derive(Debug, Clone, Copy)]
                pub enum $name {}

                impl Right for $name {
                    const ACTION: Action = Action::$name;
                }
            )+
        }
    };
}

actions! {
    // An action is for the API keys that have its scope, or for nobody's. The columns are: reporter, photo_editor, moderator,
    // editor, admin.
    /// Sign in, and keep one's own sign-ins and password.
    SignIn = "sign_in" for Nobody: [Any Any Any Any Any]
    /// Read working copies, their revisions and their checks.
    ReadArticles = "articles:read" for Read: [Shared Any Any Any Any]
    /// Begin an article, as its owner.
    CreateArticles = "articles:create" for Write: [Any Never Never Any Any]
    /// Change a working copy, and restore an earlier revision into it.
    EditArticles = "articles:edit" for Write: [OwnUntilReady Never Never Any Any]
    /// Delete an article that was never published.
    DeleteArticles = "articles:delete" for Write: [OwnUntilReady Never Never Any Any]
    /// Hand a draft in for review.
    SubmitArticles = "articles:submit" for Write: [Own Never Never Any Any]
    /// Return an article to its writer, or approve it as ready.
    ReviewArticles = "articles:review" for Publish: [Never Never Never Any Any]
    /// Publish, schedule, unschedule, amend and unpublish.
    PublishArticles = "articles:publish" for Publish: [Never Never Never Any Any]
    /// Withdraw what was published, for a stated reason.
    WithdrawArticles = "articles:withdraw" for Publish: [Never Never Never Any Any]
    /// Take a withdrawal back.
    ReinstateArticles = "articles:reinstate" for Publish: [Never Never Never Never Any]
    /// Set and lift an embargo, and set the comment policy.
    RestrictArticles = "articles:restrict" for Publish: [Never Never Never Any Any]
    /// Change the owner and the writers of an article.
    AssignArticles = "articles:assign" for Write: [Never Never Never Any Any]
    /// Correct what was published.
    CorrectArticles = "articles:correct" for Publish: [Never Never Never Any Any]
    /// Make and revoke links that show a working copy.
    PreviewArticles = "articles:preview" for Write: [Own Never Never Any Any]
    /// Place photos in an article: its lead photo and photo blocks.
    PlacePhotos = "articles:photos" for Photos: [OwnUntilReady Any Never Any Any]
    /// Read photos, all that is said of them, and their files.
    ReadPhotos = "photos:read" for Read: [Any Any Any Any Any]
    /// Bring photos in.
    CreatePhotos = "photos:create" for Photos: [Any Any Never Any Any]
    /// Change what is said of a photo, and replace its file; one's own photos until readers have them.
    EditPhotos = "photos:edit" for Photos: [OwnUntilReady Any Never Any Any]
    /// Delete a photo that nothing uses.
    DeletePhotos = "photos:delete" for Photos: [OwnUntilReady Any Never Any Any]
    /// Read sections, tags and contributors as the newsroom keeps them.
    ReadReferences = "references:read" for Read: [Any Any Any Any Any]
    /// Create, change, merge and delete sections, tags and contributors.
    EditReferences = "references:edit" for References: [Never Never Never Any Any]
    /// Read fronts as the newsroom keeps them, with what of them readers do not see.
    ReadFronts = "fronts:read" for Read: [Any Any Any Any Any]
    /// Create, change and delete fronts: which articles stand on them, in which order.
    EditFronts = "fronts:edit" for Publish: [Never Never Never Any Any]
    /// See the private email and notes of contributors.
    ReadContributorContacts = "contributors:contacts" for References: [Never Never Never Any Any]
    /// Read the comments of all articles in whatever state, and what became of them.
    ReadComments = "comments:read" for Moderate: [Never Never Any Any Any]
    /// Approve, reject and remove comments, call them spam, and recommend them.
    ModerateComments = "comments:moderate" for Moderate: [Never Never Any Any Any]
    /// Reply to comments for the newsroom.
    ReplyToComments = "comments:reply" for Moderate: [Never Never Any Any Any]
    /// Ban commenters, and lift bans.
    BanCommenters = "comments:ban" for Moderate: [Never Never Any Never Any]
    /// See the private email and network address of commenters.
    ReadCommenters = "comments:pii" for Commenters: [Never Never Any Never Any]
    /// Export what is kept of a commenter, and forget it.
    ForgetCommenters = "comments:forget" for Commenters: [Never Never Never Never Any]
    /// Read, invite, change and disable users.
    ManageUsers = "users:manage" for Nobody: [Never Never Never Never Any]
    /// Make, change and take back API keys.
    ManageApiKeys = "api_keys:manage" for Nobody: [Never Never Never Never Any]
    /// Read, make, change and try webhooks, and send their events again.
    ManageWebhooks = "webhooks:manage" for Nobody: [Never Never Never Never Any]
    /// Read the audit log.
    ReadAudit = "audit:read" for Audit: [Never Never Never Never Any]
}

named! {
    Action by code: "Something that somebody signed in may or may not do."
}

/// Whether `actor` may do `action` to something that stands in `relation` to them.
pub fn allows(actor: &Actor, action: Action, relation: Relation) -> bool {
    in_scope(actor, action).is_ok() && role_allows(actor, action, relation)
}

/// Refuses an action for which the API key of `actor` is not, whatever it is about. Who has signed in is refused nothing
/// here.
pub fn in_scope(actor: &Actor, action: Action) -> Result<(), Denied> {
    match actor.with {
        Credential::Session(_) | Credential::Nothing => Ok(()),
        Credential::ApiKey(_, scopes) if action.scope().is_some_and(|scope| scopes.has(scope)) => Ok(()),
        Credential::ApiKey(..) => Err(Denied { action, hidden: false }),
    }
}

/// Whether `actor` may know of a `T` that stands in `relation` to them. That a key is not for reading hides nothing: it acts
/// for somebody who may know.
pub fn knows<T: Subject>(actor: &Actor, relation: Relation) -> bool {
    role_allows(actor, T::SEE, relation)
}

fn role_allows(actor: &Actor, action: Action, relation: Relation) -> bool {
    match reach(actor.role, action) {
        Reach::Never => false,
        Reach::OwnUntilReady => relation == Relation::OwnUntilReady,
        Reach::Own => matches!(relation, Relation::Own | Relation::OwnUntilReady),
        Reach::Shared => actor.drafts == Drafts::Shared || relation != Relation::Others,
        Reach::Any => true,
    }
}

/// Whether somebody in the role `giver` may make somebody else a `role`: nobody gives more than they have themselves
/// (abuse AZ-12). The one rule for users, invitations and keys.
pub fn may_give(giver: Role, role: Role) -> bool {
    Action::ALL.iter().all(|&action| reach(role, action) <= reach(giver, action))
}

/// Whether `actor` may do `action` to all things of its kind, those of others too. Lists are narrowed where not.
pub fn allows_all(actor: &Actor, action: Action) -> bool {
    allows(actor, action, Relation::Others)
}

/// The refusal of a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Denied {
    /// What was asked for.
    pub action: Action,
    /// Whether the actor may not even know that the thing exists.
    pub hidden: bool,
}

/// Something from the store that nobody has been allowed to see yet.
#[derive(Debug)]
pub struct Guarded<T>(T);

impl<T: Subject> Guarded<T> {
    /// Closes the door on `subject`. The store calls this on everything that it loads.
    pub const fn new(subject: T) -> Self {
        Self(subject)
    }

    /// Whether `actor` holds the right of `action` to it; what it is stays hidden.
    pub fn allows(&self, action: Action, actor: &Actor) -> Result<(), Denied> {
        let relation = self.0.relation(actor.user);
        if allows(actor, action, relation) {
            return Ok(());
        }
        Err(Denied { action, hidden: !knows::<T>(actor, relation) })
    }

    /// The only way from a stored thing to one that can be read or written.
    pub fn grant<R: Right>(self, actor: &Actor) -> Result<Granted<T, R>, Denied> {
        self.allows(R::ACTION, actor)?;
        Ok(Granted { subject: self.0, right: PhantomData })
    }
}

/// Proof that an actor holds the right `R` to `T`, which can now be read.
#[derive(Debug)]
pub struct Granted<T, R> {
    subject: T,
    right: PhantomData<R>,
}

impl<T, R> Granted<T, R> {
    /// The thing itself, once nothing more is written by this grant.
    pub fn into_inner(self) -> T {
        self.subject
    }

    /// The same right to a changed form of the same thing.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Granted<U, R> {
        Granted { subject: change(self.subject), right: PhantomData }
    }
}

impl<T, R: Right> Granted<T, R> {
    /// The subject after a change that may be refused, under the same right.
    pub fn try_map<U, E>(self, change: impl FnOnce(T) -> Result<U, E>) -> Result<Granted<U, R>, E> {
        Ok(Granted { subject: change(self.subject)?, right: PhantomData })
    }

    /// Forgets which right opened the door, for a write that several rights fit.
    pub fn allowed(self) -> Allowed<T> {
        Allowed(self.subject)
    }
}

/// A subject that somebody has been granted, by whichever right: what is written by several use cases asks for it.
#[derive(Debug)]
pub struct Allowed<T>(T);

impl<T> Allowed<T> {
    /// The subject, to be shown.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> std::ops::Deref for Allowed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T, R> std::ops::Deref for Granted<T, R> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.subject
    }
}

/// Grants a right that concerns the whole newsroom.
pub fn grant_house<R: Right>(actor: &Actor) -> Result<Granted<House, R>, Denied> {
    Guarded::new(House).grant(actor)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::id::ApiKeyId;
    use crate::scope::Scopes;

    #[test]
    fn nobody_below_editor_publishes() {
        for role in [Role::Reporter, Role::PhotoEditor, Role::Moderator] {
            assert_eq!(reach(role, Action::PublishArticles), Reach::Never, "{role:?}");
        }
    }

    #[test]
    fn private_drafts_are_hidden_from_other_reporters_and_from_nobody_else() {
        for &role in Role::ALL {
            let actor =
                |drafts| Actor { user: UserId::new(Uuid::nil()), role, with: Credential::Nothing, drafts };
            assert!(allows_all(&actor(Drafts::Shared), Action::ReadArticles), "{role:?}");
            let hidden = role == Role::Reporter;
            assert_eq!(allows_all(&actor(Drafts::Private), Action::ReadArticles), !hidden, "{role:?}");
            assert!(allows(&actor(Drafts::Private), Action::ReadArticles, Relation::Own), "{role:?}");
        }
    }

    #[test]
    fn an_admin_may_do_everything() {
        assert!(Action::ALL.iter().all(|&action| reach(Role::Admin, action) == Reach::Any));
    }

    // abuse: AZ-12
    #[test]
    fn nobody_gives_more_than_they_have() {
        for &role in Role::ALL {
            assert!(may_give(Role::Admin, role) && may_give(role, role), "{role:?}");
            // A moderator sees who commented, which an editor does not.
            let more = matches!(role, Role::Moderator | Role::Admin);
            assert_eq!(may_give(Role::Editor, role), !more, "{role:?}");
        }
        assert!(!may_give(Role::Reporter, Role::PhotoEditor));
    }

    // abuse: AZ-12
    #[test]
    fn a_key_does_what_its_scopes_and_its_role_say_and_never_keeps_sign_ins_users_or_keys() {
        let with = |role, scopes| {
            let with = Credential::ApiKey(ApiKeyId::new(Uuid::nil()), scopes);
            Actor { user: UserId::new(Uuid::nil()), role, with, drafts: Drafts::Shared }
        };
        let all = Scopes::parse(Scope::ALL).unwrap();
        let nobodys = [Action::SignIn, Action::ManageUsers, Action::ManageApiKeys, Action::ManageWebhooks];
        for &action in Action::ALL {
            let nobody = nobodys.contains(&action);
            assert_eq!(action.scope().is_none(), nobody, "{action:?}");
            assert_eq!(allows_all(&with(Role::Admin, all), action), !nobody, "{action:?}");
            assert!(!allows_all(&with(Role::Admin, Scopes::default()), action), "{action:?}");
            for &scope in Scope::ALL {
                let one = with(Role::Admin, Scopes::parse(&[scope]).unwrap());
                assert_eq!(allows_all(&one, action), action.scope() == Some(scope), "{action:?} {scope:?}");
            }
        }
        assert!(!allows_all(&with(Role::Reporter, all), Action::PublishArticles));
        let used = |scope| Action::ALL.iter().any(|action| action.scope() == Some(scope));
        assert!(Scope::ALL.iter().all(|&scope| used(scope)), "each scope is for something");
    }

    #[test]
    fn action_codes_are_unique() {
        let mut codes: Vec<_> = Action::ALL.iter().map(|action| action.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Action::ALL.len());
    }
}

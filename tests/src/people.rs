//! The staff of every site: one user per role and a second reporter, signed in when a test first asks for them.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::client::Client;
use crate::site::Site;

/// The password of all of them.
pub const PASSWORD: &str = "the harbour lies still tonight";

/// How old a cached access token may be: well below its lifetime of 15 minutes.
const TOKEN_AGE: TimeDelta = TimeDelta::minutes(10);

/// One of the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// The address to sign in with.
    pub email: &'static str,
    /// The name on the door.
    pub name: &'static str,
    /// The role's name in the API.
    pub role: &'static str,
}

/// Writes articles and hands them in.
pub const REPORTER: Person = Person { email: "mara.lind@varn.example", name: "Mara Lind", role: "reporter" };
/// Another reporter, to whom the articles of the first are a stranger's.
pub const OTHER_REPORTER: Person =
    Person { email: "ivo.grane@varn.example", name: "Ivo Grane", role: "reporter" };
/// Keeps the photos.
pub const PHOTO_EDITOR: Person =
    Person { email: "tove.ask@varn.example", name: "Tove Ask", role: "photo_editor" };
/// Keeps the comments.
pub const MODERATOR: Person = Person { email: "jon.vik@varn.example", name: "Jon Vik", role: "moderator" };
/// Publishes.
pub const EDITOR: Person = Person { email: "sela.orn@varn.example", name: "Sela Orn", role: "editor" };
/// May do everything.
pub const ADMIN: Person = Person { email: "arvid.holm@varn.example", name: "Arvid Holm", role: "admin" };

/// All of them.
pub const STAFF: [Person; 6] = [REPORTER, OTHER_REPORTER, PHOTO_EDITOR, MODERATOR, EDITOR, ADMIN];

/// A token with the time of its making.
#[derive(Debug)]
pub(crate) struct SignedIn {
    email: &'static str,
    pub(crate) token: String,
    at: DateTime<Utc>,
}

impl Site {
    /// Mara Lind, who writes.
    #[track_caller]
    pub fn reporter(&self) -> Client<'_> {
        self.signed_in(REPORTER)
    }

    /// Ivo Grane, who writes too.
    #[track_caller]
    pub fn other_reporter(&self) -> Client<'_> {
        self.signed_in(OTHER_REPORTER)
    }

    /// Tove Ask, who keeps the photos.
    #[track_caller]
    pub fn photo_editor(&self) -> Client<'_> {
        self.signed_in(PHOTO_EDITOR)
    }

    /// Jon Vik, who keeps the comments.
    #[track_caller]
    pub fn moderator(&self) -> Client<'_> {
        self.signed_in(MODERATOR)
    }

    /// Sela Orn, who publishes.
    #[track_caller]
    pub fn editor(&self) -> Client<'_> {
        self.signed_in(EDITOR)
    }

    /// Arvid Holm, who may do everything.
    #[track_caller]
    pub fn admin(&self) -> Client<'_> {
        self.signed_in(ADMIN)
    }

    /// Forgets who is signed in, so that whoever acts next signs in anew.
    pub fn forget_tokens(&self) {
        self.tokens().clear();
    }

    /// This person with a token that is still good.
    #[track_caller]
    pub fn signed_in(&self, person: Person) -> Client<'_> {
        let now = self.now();
        let mut known = self.tokens();
        known.retain(|signed_in| (now - signed_in.at).abs() < TOKEN_AGE);
        if let Some(signed_in) = known.iter().find(|signed_in| signed_in.email == person.email) {
            return self.bearer(&signed_in.token);
        }
        let answer =
            self.reader().post("/v1/auth/login", json!({"email": person.email, "password": PASSWORD}));
        let token = answer.ok().text_at("/access_token");
        known.push(SignedIn { email: person.email, token: token.clone(), at: now });
        self.bearer(&token)
    }
}

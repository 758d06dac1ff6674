//! One operation as the document tells of it.

use actix_web::{Route, web};
use domain::policy::Action;
use serde_json::Value;

use super::shape::{Components, Shape};
use super::tag::Tag;
use crate::problem::catalogue::Code;
use crate::rates::Class;

/// A method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Verb {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    pub(crate) fn route(self) -> Route {
        match self {
            Self::Get => web::get(),
            Self::Post => web::post(),
            Self::Put => web::put(),
            Self::Patch => web::patch(),
            Self::Delete => web::delete(),
        }
    }
}

/// Who may call an operation at all. What they may do there is the policy's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Anybody.
    Anyone,
    /// Who holds what came with the thing: the handler asks.
    Holder,
    /// Somebody who is signed in: the gate asks before anything else of the request is looked at.
    SignedIn,
}

/// For whom the answers of an operation are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// For whoever asks: nothing of us keeps them.
    OneByOne,
    /// For all who ask the same: they are kept (`crate::keep`).
    Everybody,
}

/// Whether the document tells of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listing {
    /// It does.
    Listed,
    /// It does not: a part of a page, of no use by itself.
    Unlisted,
}

/// A body that an operation takes.
#[derive(Debug, Clone)]
pub(crate) struct BodyIn {
    pub(crate) media_type: &'static str,
    pub(crate) schema: Value,
    pub(crate) required: bool,
}

/// An answer of success.
#[derive(Debug, Clone)]
pub(crate) struct Success {
    pub(crate) status: u16,
    pub(crate) description: &'static str,
    /// The media type and the schema of its body; `None` where there is none.
    pub(crate) content: Option<(&'static str, Value)>,
    pub(crate) headers: Vec<Header>,
}

/// A header of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Header {
    ETag,
    Location,
    CacheControl,
    SurrogateKey,
    LastModified,
    Link,
    AcceptRanges,
    ContentRange,
    Replayed,
    Vary,
    RateLimit,
    RateLimitPolicy,
}

/// An operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) verb: Verb,
    pub(crate) path: &'static str,
    pub(crate) id: &'static str,
    pub(crate) tag: Tag,
    pub(crate) summary: &'static str,
    pub(crate) description: &'static str,
    pub(crate) access: Access,
    pub(crate) audience: Audience,
    pub(crate) action: Option<Action>,
    /// Whether the document tells of it.
    pub(crate) listing: Listing,
    pub(crate) query: Shape,
    pub(crate) body: Option<BodyIn>,
    pub(crate) headers_in: Vec<&'static str>,
    pub(crate) successes: Vec<Success>,
    pub(crate) refusals: Vec<Code>,
    /// Schemas that the body refers to.
    pub(crate) taken: Components,
    /// Schemas that the answers refer to.
    pub(crate) given: Components,
}

impl Operation {
    pub(super) fn new(
        verb: Verb,
        path: &'static str,
        id: &'static str,
        access: Access,
        audience: Audience,
    ) -> Self {
        let refusals = vec![
            Code::MalformedRequest,
            Code::NotAcceptable,
            Code::UriTooLong,
            Code::UnsupportedMediaType,
            Code::Internal,
            Code::Overloaded,
            Code::StorageUnavailable,
        ];
        Self {
            verb,
            path,
            id,
            tag: Tag::Site,
            summary: "",
            description: "",
            access,
            audience,
            action: None,
            listing: Listing::Listed,
            query: Shape::default(),
            body: None,
            headers_in: Vec::new(),
            successes: Vec::new(),
            refusals,
            taken: Components::default(),
            given: Components::default(),
        }
    }

    /// Its group, what it does in a few words, and in sentences.
    pub(crate) fn told(&mut self, tag: Tag, summary: &'static str, description: &'static str) -> &mut Self {
        self.tag = tag;
        self.summary = summary;
        self.description = description;
        self
    }

    /// The document does not tell of it.
    pub(crate) fn unlisted(&mut self) -> &mut Self {
        self.listing = Listing::Unlisted;
        self
    }

    /// The action of the policy that it asks for.
    pub(crate) fn asks(&mut self, action: Action) -> &mut Self {
        self.action = Some(action);
        self.refuses(&[Code::Forbidden])
    }

    /// What it is counted as.
    pub(crate) fn class(&self) -> Option<Class> {
        Class::of(self.access, self.verb, self.path)
    }

    /// Further problems that it answers, beside those that follow from what it reads.
    pub(crate) fn refuses(&mut self, codes: &[Code]) -> &mut Self {
        self.refusals
            .extend(codes.iter().copied().filter(|code| !self.refusals.contains(code)).collect::<Vec<_>>());
        self
    }
}

//! What a path names.

use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use domain::article::content::reference::Ref;
use domain::violation::Violation;

use crate::problem::Problem;
use crate::problem::catalogue::Code;

/// Something that a segment of a path can name.
pub(crate) trait Segment: Sized + 'static {
    /// Parses a segment.
    fn parse(raw: &str) -> Result<Self, Violation>;
}

/// The things that a path names, in the order of its parameters. A handler asks for them when all else of the request
/// has been looked at: what cannot be a name is answered as a name of nothing is (ruling 24).
pub(crate) struct At<T> {
    segments: Vec<String>,
    names: PhantomData<T>,
}

impl<T> At<T> {
    fn segment<S: Segment>(&self, i: usize) -> Result<S, Problem> {
        let raw = self.segments.get(i).map(String::as_str).unwrap_or_default();
        S::parse(raw).map_err(|_| Problem::new(Code::NotFound))
    }
}

impl<T: Segment> At<T> {
    /// The one thing that the path names.
    pub(crate) fn one(&self) -> Result<T, Problem> {
        self.segment(0)
    }
}

impl<A: Segment, B: Segment> At<(A, B)> {
    /// The two things that the path names.
    pub(crate) fn both(&self) -> Result<(A, B), Problem> {
        Ok((self.segment(0)?, self.segment(1)?))
    }
}

impl<A: Segment, B: Segment, C: Segment> At<(A, B, C)> {
    /// The three things that the path names.
    pub(crate) fn three(&self) -> Result<(A, B, C), Problem> {
        Ok((self.segment(0)?, self.segment(1)?, self.segment(2)?))
    }
}

impl<T: 'static> FromRequest for At<T> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let segments = request.match_info().iter().map(|(_, value)| value.to_owned()).collect();
        std::future::ready(Ok(Self { segments, names: PhantomData }))
    }
}

macro_rules! segments {
    ($($type:ty: $parse:expr;)+) => {$(
        impl Segment for $type {
            fn parse(raw: &str) -> Result<Self, Violation> {
                $parse(raw)
            }
        }
    )+};
}

segments! {
    domain::id::ApiKeyId: Self::parse;
    domain::id::ArticleId: Self::parse;
    domain::id::BanId: Self::parse;
    domain::id::CommentId: Self::parse;
    domain::id::CorrectionId: Self::parse;
    domain::id::DeliveryId: Self::parse;
    domain::id::InvitationId: Self::parse;
    domain::id::PhotoId: Self::parse;
    domain::id::PreviewTokenId: Self::parse;
    domain::photo::hash::ContentHash: Self::parse;
    domain::photo::variant::Variant: Self::parse;
    domain::id::SessionId: Self::parse;
    domain::id::UserId: Self::parse;
    domain::id::WebhookId: Self::parse;
    delivery::sitemaps::Part: Self::parse;
    domain::slug::Slug: Self::parse;
    domain::feed::FeedFormat: Self::parse;
    Ref<domain::id::ArticleId>: |raw| Self::parse(raw, domain::id::ArticleId::parse);
    Ref<domain::id::ContributorId>: |raw| Self::parse(raw, domain::id::ContributorId::parse);
    Ref<domain::id::FrontId>: |raw| Self::parse(raw, domain::id::FrontId::parse);
    Ref<domain::id::SectionId>: |raw| Self::parse(raw, domain::id::SectionId::parse);
    Ref<domain::id::TagId>: |raw| Self::parse(raw, domain::id::TagId::parse);
    domain::article::revision::RevisionNumber: number;
    String: |raw: &str| Ok(raw.to_owned());
}

/// The number of a revision in its one spelling.
pub(crate) fn number(raw: &str) -> Result<domain::article::revision::RevisionNumber, Violation> {
    let plain = raw.parse().ok().filter(|n: &u32| n.to_string() == raw);
    domain::article::revision::RevisionNumber::parse(plain.unwrap_or_default())
}

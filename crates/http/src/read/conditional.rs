//! Headers that stand once: conditions of requests (RFC 9110, 13.1), and who asks (RFC 6750).

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderName, IF_MATCH};
use actix_web::{FromRequest, HttpRequest};
use domain::version::{Seen, Version};

use crate::problem::Problem;
use crate::problem::catalogue::Code;

/// The version that the client saw, which a change of what exists must name.
pub(crate) struct IfMatch(pub(crate) Seen);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(if_match(request).map(Self))
    }
}

/// The version of `If-Match`, which a change of what exists must have. Of a tag with a state only the version counts.
fn if_match(request: &HttpRequest) -> Result<Seen, Problem> {
    let malformed =
        || Problem::new(Code::MalformedRequest).because("If-Match takes one strong entity tag, or *");
    let text = one(request.headers(), &IF_MATCH)?.ok_or_else(|| Problem::new(Code::IfMatchRequired))?;
    if text == "*" {
        return Ok(Seen::Any);
    }
    let tag = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or_else(malformed)?;
    let number = tag.split('.').next().unwrap_or_default();
    let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let version = number.parse().ok().filter(|_| plain).and_then(|number| Version::parse(number).ok());
    Ok(Seen::Version(version.ok_or_else(malformed)?))
}

/// A header that stands at most once.
pub(crate) fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Problem> {
    let malformed =
        || Problem::new(Code::MalformedRequest).because(format!("{name} must stand once, in ASCII"));
    let mut values = headers.get_all(name);
    let Some(first) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(malformed());
    }
    first.to_str().map(|text| Some(text.trim())).map_err(|_| malformed())
}

/// What stands in the one `Authorization: Bearer`; `None` without one, or where it is of another scheme.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(header) = one(headers, &AUTHORIZATION)? else { return Ok(None) };
    let presented = header.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    Ok(presented.map(|(_, token)| token))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(value: &str) -> Result<Seen, Code> {
        if_match(&TestRequest::default().insert_header((IF_MATCH, value)).to_http_request())
            .map_err(|problem| problem.code())
    }

    #[test]
    fn only_a_strong_tag_of_ours_or_the_star_is_a_condition() {
        assert_eq!(seen("*"), Ok(Seen::Any));
        assert_eq!(seen("\"7\""), Ok(Seen::Version(Version::parse(7).unwrap())));
        assert_eq!(seen("\"7.live\""), seen("\"7\""));
        for value in
            ["7", "W/\"7\"", "\"7\", \"8\"", "\"\"", "\"+7\"", "\"0\"", "\"x\"", "\"99999999999999999999\""]
        {
            assert_eq!(seen(value), Err(Code::MalformedRequest), "{value}");
        }
        let none = TestRequest::default().to_http_request();
        assert_eq!(if_match(&none).unwrap_err().code(), Code::IfMatchRequired);
    }
}

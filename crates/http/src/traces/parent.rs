//! What a caller says of the trace to which its request belongs: the headers of
//! [W3C Trace Context](https://www.w3.org/TR/trace-context/), and what of them is believed.
//!
//! The parser is ours: that of the OpenTelemetry SDK takes ids that are too short, versions of one digit, signs in the place
//! of digits, and what stands behind the last field of version 00.

use std::str::FromStr;

use actix_web::http::header::{HeaderMap, HeaderName};
use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceId, TraceState};

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// Most octets of a `tracestate` that are passed on: as many as the recommendation asks everybody for (3.3.1.5). A longer
/// one is left out whole.
const MOST_STATE_OCTETS: usize = 512;

/// Most members of a `tracestate` (3.3.1.1). One with more is left out whole.
const MOST_STATE_MEMBERS: usize = 32;

/// The span of the caller, where it names one. What is malformed, or stands twice, names none: a trace begins here then.
pub(super) fn of(headers: &HeaderMap) -> Option<SpanContext> {
    let mut given = headers.get_all(TRACEPARENT);
    let (Some(parent), None) = (given.next(), given.next()) else { return None };
    let (trace, span, flags) = parse(parent.to_str().ok()?)?;
    Some(SpanContext::new(trace, span, flags, true, state(headers)))
}

/// Reads a `traceparent` (3.2.2). Of a version that is not known yet it reads the fields of version 00, which later ones
/// begin with. Of the flags only `sampled` is kept: nobody knows what the others will mean.
fn parse(text: &str) -> Option<(TraceId, SpanId, TraceFlags)> {
    let mut fields = text.splitn(5, '-');
    let mut next = |digits| fields.next().filter(|field| field.len() == digits && is_hex(field));
    let (version, trace, span, flags) = (next(2)?, next(32)?, next(16)?, next(2)?);
    let ends = fields.next().is_none();
    if version == "ff" || (version == "00" && !ends) {
        return None;
    }
    let (trace, span) = (TraceId::from_hex(trace).ok()?, SpanId::from_hex(span).ok()?);
    let flags = TraceFlags::new(u8::from_str_radix(flags, 16).ok()?) & TraceFlags::SAMPLED;
    (trace != TraceId::INVALID && span != SpanId::INVALID).then_some((trace, span, flags))
}

fn is_hex(field: &str) -> bool {
    field.bytes().all(|octet| octet.is_ascii_digit() || (b'a'..=b'f').contains(&octet))
}

/// What systems on the way have noted, of which we understand nothing; empty where it is malformed.
fn state(headers: &HeaderMap) -> TraceState {
    let given: Option<Vec<_>> = headers.get_all(TRACESTATE).map(|value| value.to_str().ok()).collect();
    let whole = given.unwrap_or_default().join(",");
    let members = whole.split(',').filter(|member| !member.trim().is_empty()).count();
    if whole.len() > MOST_STATE_OCTETS || members > MOST_STATE_MEMBERS {
        return TraceState::NONE;
    }
    TraceState::from_str(&whole).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const SPAN: &str = "00f067aa0ba902b7";

    fn headers(fields: &[(HeaderName, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.append(name.clone(), HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn read(text: &str) -> Option<(String, String, bool)> {
        parse(text).map(|(trace, span, flags)| (trace.to_string(), span.to_string(), flags.is_sampled()))
    }

    /// The grammar of the recommendation by the places of its octets, for comparison.
    fn fits(text: &str) -> bool {
        let octets = text.as_bytes();
        if octets.len() < 55 {
            return false;
        }
        let field = |from: usize, to: usize| &octets[from..to];
        let hex = |field: &[u8]| field.iter().all(|octet| b"0123456789abcdef".contains(octet));
        let digits = [field(0, 2), field(3, 35), field(36, 52), field(53, 55)];
        let zero = |field: &[u8]| field.iter().all(|octet| *octet == b'0');
        let more = octets.get(55);
        [2, 35, 52].into_iter().all(|place| octets[place] == b'-')
            && digits.into_iter().all(hex)
            && !zero(digits[1])
            && !zero(digits[2])
            && digits[0] != b"ff"
            && more.is_none_or(|next| *next == b'-' && digits[0] != b"00")
    }

    // abuse: OP-12
    #[test]
    fn a_parent_is_read_by_the_letter_or_not_at_all() {
        let sampled = Some((TRACE.to_owned(), SPAN.to_owned(), true));
        let not_sampled = Some((TRACE.to_owned(), SPAN.to_owned(), false));
        assert_eq!(read(&format!("00-{TRACE}-{SPAN}-01")), sampled);
        assert_eq!(read(&format!("00-{TRACE}-{SPAN}-00")), not_sampled);
        assert_eq!(read(&format!("00-{TRACE}-{SPAN}-03")), sampled, "other flags say nothing");
        assert_eq!(read(&format!("00-{TRACE}-{SPAN}-fe")), not_sampled);
        assert_eq!(read(&format!("cc-{TRACE}-{SPAN}-01")), sampled, "a version to come");
        assert_eq!(read(&format!("cc-{TRACE}-{SPAN}-01-what-comes")), sampled);
        for malformed in [
            String::new(),
            "00".to_owned(),
            format!("ff-{TRACE}-{SPAN}-01"),
            format!("0-{TRACE}-{SPAN}-01"),
            format!("+0-{TRACE}-{SPAN}-01"),
            format!("00-{TRACE}-{SPAN}-01-"),
            format!("00-{TRACE}-{SPAN}-01-more"),
            format!("cc-{TRACE}-{SPAN}-01.more"),
            format!("00-{TRACE}-{SPAN}"),
            format!("00-{TRACE}-{SPAN}-1"),
            format!("00-{TRACE}-{SPAN}-.0"),
            format!("00-{}-{SPAN}-01", "0".repeat(32)),
            format!("00-{TRACE}-{}-01", "0".repeat(16)),
            format!("00-{}-{SPAN}-01", &TRACE[1..]),
            format!("00-{TRACE}0-{SPAN}-01"),
            format!("00-{TRACE}-{}-01", &SPAN[1..]),
            format!("00-{}-{SPAN}-01", TRACE.to_uppercase()),
            format!("00-{TRACE}-{}-01", SPAN.to_uppercase()),
            format!("00-{TRACE}-{SPAN}-0A"),
            format!(" 00-{TRACE}-{SPAN}-01"),
            format!("00_{TRACE}_{SPAN}_01"),
        ] {
            assert_eq!(read(&malformed), None, "{malformed}");
        }
    }

    #[test]
    fn a_parent_that_stands_twice_is_none() {
        let parent = format!("00-{TRACE}-{SPAN}-01");
        assert!(of(&headers(&[(TRACEPARENT, &parent)])).is_some());
        assert_eq!(of(&headers(&[(TRACEPARENT, &parent), (TRACEPARENT, &parent)])), None);
        assert_eq!(of(&headers(&[(TRACESTATE, "varn=1")])), None);
    }

    #[test]
    fn a_state_is_passed_on_whole_or_not_at_all() {
        let parent = format!("00-{TRACE}-{SPAN}-01");
        let state = |states: &[&str]| {
            let states = states.iter().map(|state| (TRACESTATE, *state));
            let fields: Vec<_> = [(TRACEPARENT, parent.as_str())].into_iter().chain(states).collect();
            of(&headers(&fields)).unwrap().trace_state().header()
        };
        assert_eq!(state(&["varn=t61rcWkgMzE, ravik=00f067"]), "varn=t61rcWkgMzE,ravik=00f067");
        assert_eq!(state(&["varn=1", "ravik=2"]), "varn=1,ravik=2");
        assert_eq!(state(&[]), "");
        assert_eq!(state(&["varn"]), "");
        assert_eq!(state(&["Varn=1"]), "");
        let many = |members: usize| (0..members).map(|n| format!("v{n}=1")).collect::<Vec<_>>().join(",");
        assert_eq!(state(&[&many(32)]), many(32));
        assert_eq!(state(&[&many(33)]), "");
        assert_eq!(state(&[&format!("varn={}", "a".repeat(600))]), "");
    }

    proptest! {
        #[test]
        fn what_is_well_formed_is_read(
            version in 0_u8..255,
            trace in 1_u128..,
            span in 1_u64..,
            flags in any::<u8>(),
            more in "(-[ -~]{0,20})?",
        ) {
            let more = if version == 0 { "" } else { &more };
            let text = format!("{version:02x}-{trace:032x}-{span:016x}-{flags:02x}{more}");
            let wanted = (TraceId::from(trace), SpanId::from(span), TraceFlags::new(flags & 1));
            prop_assert_eq!(parse(&text), Some(wanted));
        }

        #[test]
        fn what_is_nearly_so_is_read_only_where_it_is(
            trace in any::<u128>(),
            span in any::<u64>(),
            version in prop_oneof![Just(0_u8), Just(1), Just(255)],
            edits in prop::collection::vec((0_usize..56, "[0-9a-gA-F+. -]{0,2}"), 0..3),
        ) {
            let mut text = format!("{version:02x}-{trace:032x}-{span:016x}-01");
            for (place, put) in edits {
                let place = place.min(text.len());
                let end = (place + 1).min(text.len());
                text.replace_range(place..end, &put);
            }
            prop_assert_eq!(parse(&text).is_some(), fits(&text), "{}", text);
        }
    }
}

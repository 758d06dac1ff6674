//! Publications as the store gives them back: what no command can have made is refused, not shown to readers.

use serde::Deserialize;

use super::{Next, Shown, Standing};
use crate::time::Moment;
use crate::violation::{Rule, Violation};

/// A publication as it was written.
#[derive(Deserialize)]
pub(super) struct Publication {
    shown: Option<Shown>,
    next: Option<Next>,
    expires_at: Option<Moment>,
}

/// Times as they were written.
#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names are those of the document")]
pub(super) struct Times {
    first_published_at: Moment,
    published_at: Moment,
    updated_at: Moment,
}

impl TryFrom<Publication> for super::Publication {
    type Error = Violation;

    fn try_from(Publication { shown, next, expires_at }: Publication) -> Result<Self, Violation> {
        let refused = |why: &str| Err(Violation::new(Rule::Inconsistent, why));
        match (shown.as_ref().map(|shown| &shown.standing), &next) {
            (None, None) => return refused("nothing of it was shown and nothing will be"),
            (Some(Standing::Withdrawn { .. }), Some(_)) => {
                return refused("it is withdrawn, and yet something is scheduled");
            }
            (None | Some(Standing::Withdrawn { .. } | Standing::Unpublished { .. }), _)
                if expires_at.is_some() =>
            {
                return refused("nothing of it can be seen, and yet that ends");
            }
            _ => {}
        }
        if let Some(Next { goes_live_at, published_at, expires_at, .. }) = next {
            if expires_at.is_some_and(|end| end <= goes_live_at) {
                return refused("what is scheduled would be over before it begins");
            }
            if published_at.is_some_and(|date| date > goes_live_at) {
                return refused("what is scheduled is dated after it goes live");
            }
        }
        Ok(Self { shown, next, expires_at })
    }
}

impl TryFrom<Times> for super::Times {
    type Error = Violation;

    fn try_from(Times { first_published_at, published_at, updated_at }: Times) -> Result<Self, Violation> {
        if first_published_at > published_at || published_at > updated_at {
            return Err(Violation::new(
                Rule::Inconsistent,
                "its times are in another order than they happened",
            ));
        }
        Ok(Self { first_published_at, published_at, updated_at })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::article::publication::Publication;

    fn at(hour: u8) -> String {
        format!("2026-01-09T{hour:02}:00:00.000Z")
    }

    fn times(first: u8, published: u8, updated: u8) -> Value {
        json!({"first_published_at": at(first), "published_at": at(published), "updated_at": at(updated)})
    }

    fn shown(standing: &Value) -> Value {
        json!({"standing": standing, "times": times(6, 6, 6)})
    }

    fn next(goes_live_at: u8, published_at: Option<u8>, expires_at: Option<u8>) -> Value {
        json!({
            "revision": 1,
            "goes_live_at": at(goes_live_at),
            "change": "update",
            "published_at": published_at.map(at),
            "expires_at": expires_at.map(at),
        })
    }

    fn publication(shown: &Value, next: &Value, expires_at: Option<u8>) -> bool {
        let stored = json!({"shown": shown, "next": next, "expires_at": expires_at.map(at)});
        serde_json::from_value::<Publication>(stored).is_ok()
    }

    #[test]
    fn a_publication_that_no_command_makes_is_not_read() {
        let none = Value::Null;
        let live = shown(&json!({"live": {"revision": 1, "since": at(6)}}));
        let down = shown(&json!({"unpublished": {"at": at(7)}}));
        let withdrawal = json!({"kind": "legal", "public_reason": "A court forbade it."});
        let gone = shown(&json!({"withdrawn": {"at": at(7), "withdrawal": withdrawal}}));
        assert!(
            publication(&live, &none, Some(9))
                && publication(&down, &none, None)
                && publication(&gone, &none, None)
        );
        assert!(publication(&none, &next(8, Some(6), Some(9)), None));
        assert!(publication(&down, &next(8, None, Some(9)), None));
        assert!(publication(&live, &next(8, None, Some(9)), Some(7)), "an end of what is live before");
        assert!(!publication(&none, &none, None), "of nothing");
        assert!(!publication(&gone, &next(8, None, None), None), "withdrawn and scheduled");
        assert!(
            !publication(&gone, &none, Some(9)) && !publication(&down, &next(8, None, None), Some(9)),
            "an end of nothing"
        );
        assert!(!publication(&none, &next(8, None, Some(8)), None), "over before it begins");
        assert!(!publication(&none, &next(8, Some(9), None), None), "dated after it goes live");
        for (times, ordered) in [(times(6, 7, 8), true), (times(7, 6, 8), false), (times(6, 8, 7), false)] {
            let mut stored = live.clone();
            stored["times"] = times;
            assert_eq!(publication(&stored, &none, None), ordered, "{stored}");
        }
    }
}

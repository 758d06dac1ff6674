//! How long a connection to PostgreSQL waits for a machine that is gone without a word. Left to itself TCP sends again for a
//! quarter of an hour, and for an answer it would wait for ever.

/// The address `url`, of a connection that gives its server up when nothing was heard of it for so many seconds: on its way
/// there, and later. Whatever the address says of these deadlines itself, ours stand behind it and count.
///
/// `tcp_user_timeout` covers what was sent and is not acknowledged. While an answer is waited for, nothing is: keepalives
/// cover that. They are acknowledged by the system of the server, so that a statement may take as long as it takes.
pub(crate) fn bounded(url: &str, patience_s: u32) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    let unacknowledged_ms = patience_s.saturating_mul(1000);
    // One that is lost on its way is no reason to give up, where there is time for more.
    let idle_s = (patience_s / 2).max(1);
    let probes = patience_s.saturating_sub(idle_s).max(1);
    format!(
        "{url}{joint}connect_timeout={patience_s}&tcp_user_timeout={unacknowledged_ms}&keepalives=1\
         &keepalives_idle={idle_s}&keepalives_interval=1&keepalives_count={probes}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    // abuse: OP-05
    #[test]
    fn a_machine_that_is_gone_is_given_up_whatever_the_address_says() {
        let ours = "connect_timeout=5&tcp_user_timeout=5000&keepalives=1\
                    &keepalives_idle=2&keepalives_interval=1&keepalives_count=3";
        assert_eq!(bounded("postgres://db/news", 5), format!("postgres://db/news?{ours}"));
        let own = "postgres://db/news?tcp_user_timeout=0&keepalives=0";
        // The last of a name counts.
        assert_eq!(bounded(own, 5), format!("{own}&{ours}"));
    }

    #[test]
    fn a_short_patience_asks_at_least_once() {
        let bounded = bounded("postgres://db/news", 1);
        assert!(
            bounded.ends_with("&keepalives_idle=1&keepalives_interval=1&keepalives_count=1"),
            "{bounded}"
        );
    }
}

//! `[limits]`: what one request may cost, and how long we wait for it.

use super::reader::Section;

/// The limits of requests.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Largest JSON body, in octets. Sign-in routes have a smaller one of their own.
    pub body_bytes: usize,
    /// Time for a whole request body to arrive, in seconds; then 408.
    pub body_deadline_s: u32,
    /// How many clients may wait for a change at once, by long polls and event streams together; then 503.
    pub followers: usize,
    /// How many of them may be of one client address.
    pub followers_per_address: usize,
    /// Time for a request's headers to arrive, in seconds; then 408.
    pub header_deadline_s: u32,
    /// How long an answer is kept for a repeated `Idempotency-Key`, in seconds.
    pub idempotency_ttl_s: u32,
    /// How long `/health/ready` answers 503 before new connections are refused, in seconds.
    pub leaving_s: u32,
    /// How long running requests may take after the order to stop, in seconds.
    pub shutdown_s: u32,
}

impl Limits {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            body_bytes: section.number(
                "body_bytes",
                1_048_576,
                1024..=16_777_216,
                "Largest JSON body in octets; past it 413",
            ),
            body_deadline_s: section.number(
                "body_deadline_s",
                30,
                1..=300,
                "Seconds in which a whole request body must arrive; then 408",
            ),
            followers: section.number(
                "followers",
                1000,
                1..=100_000,
                "Clients that may wait for a change at once, by long polls and event streams; then 503",
            ),
            followers_per_address: section.number(
                "followers_per_address",
                20,
                1..=100_000,
                "How many of them may be of one client address",
            ),
            header_deadline_s: section.number(
                "header_deadline_s",
                10,
                1..=60,
                "Seconds in which the headers of a request must arrive; then 408",
            ),
            idempotency_ttl_s: section.number(
                "idempotency_ttl_s",
                86_400,
                1..=604_800,
                "Seconds for which a repeated Idempotency-Key gives the stored answer",
            ),
            leaving_s: section.number(
                "leaving_s",
                0,
                0..=60,
                "Seconds after the order to stop in which requests are still taken, while /health/ready says 503",
            ),
            shutdown_s: section.number(
                "shutdown_s",
                30,
                1..=30,
                "Seconds that running requests may take after the order to stop",
            ),
        }
    }
}

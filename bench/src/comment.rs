//! The comments of the load: each of another reader, from another address, with another text, so that nothing of them looks
//! like a flood or a repetition.

use std::io;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::connection::{Connection, from_reader};
use crate::node::refused;

/// What a comment says, beside the number that tells one from the next.
const TEXT: &str = "I take the ferry at seven, and it is full before the second bell. Nobody counts the bicycles, and so \
    nobody knows that there are forty of them on a Monday.\\n\\nGive us the lower deck back, and put the crates of the fish \
    hall on the boat at nine, which sails empty. My neighbour says so too, and she has worked on the Mole for thirty years.";

/// How many were handed in.
static HANDED_IN: AtomicU32 = AtomicU32::new(0);

/// Hands in the next comment on the article with this slug.
pub async fn hand_in(connection: &mut Connection, slug: &str) -> io::Result<()> {
    let number = HANDED_IN.fetch_add(1, Ordering::Relaxed);
    let path = format!("/v1/articles/{slug}/comments");
    let answer = connection.exchange(&from_reader(address(number), &path, &body(number))).await?;
    if answer.status == 201 { Ok(()) } else { Err(refused(&answer)) }
}

/// An address of the network that nobody routes.
fn address(number: u32) -> Ipv4Addr {
    let [_, a, b, c] = number.to_be_bytes();
    Ipv4Addr::new(10, a, b, c)
}

fn body(number: u32) -> String {
    format!(
        r#"{{"author_name":"Reader {number}","author_email":"reader.{number}@post.example","body":"{number:08} {TEXT}","filled_in_ms":60000}}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_comments_are_of_one_reader() {
        let said: serde_json::Value = serde_json::from_str(&body(70_000)).unwrap();
        assert_eq!(said["author_email"], "reader.70000@post.example");
        assert!(said["body"].as_str().unwrap().starts_with("00070000 I take the ferry"));
        assert_eq!(address(70_000), Ipv4Addr::new(10, 1, 17, 112));
    }
}

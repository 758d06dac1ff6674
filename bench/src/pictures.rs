//! The photos of the load: small ones, of which no two are the same, and how a file is sent.

use masthead_tests::pictures::{form, png};

/// A small picture that no other number has, in its pixels too, so that its renditions are its own.
pub fn small(number: u64) -> Vec<u8> {
    let [shade, width, height, ..] = number.to_le_bytes();
    png(100 + u32::from(width), 80 + u32::from(height), shade, Some(&format!("Photo {number} of the load")))
}

/// A request that sends a file.
pub fn send(method: &str, path: &str, token: &str, if_match: Option<&str>, file: &[u8]) -> Vec<u8> {
    let (kind, body) = form(&[("file", Some("load.png"), file)]);
    let seen = if_match.map(|etag| format!("If-Match: {etag}\r\n")).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n{seen}\
         Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), &body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_numbers_are_the_same_picture() {
        let all: std::collections::HashSet<_> = (0..600).map(small).collect();
        assert_eq!(all.len(), 600);
    }
}

//! A kept-alive HTTP/1.1 connection: as much of the protocol as our own server's answers need.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection, and what was read of the next answer.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The `ETag`, where there is one.
    pub etag: Option<String>,
    /// The path of the `Location`, where there is one.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::with_capacity(1 << 14) })
    }

    /// Sends a request and waits for its answer.
    pub async fn exchange(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.stream.write_all(request).await?;
        loop {
            if let Some((answer, octets)) = parse(&self.read)? {
                self.read.drain(..octets);
                return Ok(answer);
            }
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

/// A request with a JSON body; the token and the version that was seen where they are given.
pub fn request(method: &str, path: &str, token: Option<&str>, if_match: Option<&str>, body: &str) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: bench\r\n");
    if let Some(token) = token {
        head += &format!("Authorization: Bearer {token}\r\n");
    }
    if let Some(etag) = if_match {
        head += &format!("If-Match: {etag}\r\n");
    }
    if !body.is_empty() {
        head += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
    }
    (head + "\r\n" + body).into_bytes()
}

/// A request with a JSON body, as a proxy that is trusted passes it on from a reader at this address.
pub fn from_reader(address: Ipv4Addr, path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nX-Forwarded-For: {address}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// A whole answer at the beginning of `octets`, and how long it is.
fn parse(octets: &[u8]) -> io::Result<Option<(Answer, usize)>> {
    let Some(end) = octets.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let malformed = || io::Error::new(io::ErrorKind::InvalidData, "an answer that is no HTTP/1.1");
    let head = std::str::from_utf8(&octets[..end]).map_err(|_| malformed())?;
    let mut lines = head.split("\r\n");
    let status_line = lines.next().ok_or_else(malformed)?;
    let status = status_line.split(' ').nth(1).and_then(|text| text.parse().ok()).ok_or_else(malformed)?;
    let (mut etag, mut location, mut length) = (None, None, 0);
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().map_err(|_| malformed())?;
        } else if name.eq_ignore_ascii_case("etag") {
            etag = Some(value.to_owned());
        } else if name.eq_ignore_ascii_case("location") {
            let path = value.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
            location = Some(path.unwrap_or(value).to_owned());
        }
    }
    let whole = end + 4 + length;
    let Some(body) = octets.get(end + 4..whole) else { return Ok(None) };
    Ok(Some((Answer { status, etag, location, body: body.to_vec() }, whole)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_or_not_yet_there() {
        let octets = b"HTTP/1.1 201 Created\r\ncontent-length: 2\r\nETag: \"1\"\r\n\
            Location: http://127.0.0.1:1/v1/editorial/articles/7\r\n\r\n{}HTTP/1.1 2";
        let (answer, length) = parse(octets).unwrap().unwrap();
        assert_eq!(&octets[length..], b"HTTP/1.1 2");
        assert_eq!((answer.status, answer.etag.as_deref()), (201, Some("\"1\"")));
        assert_eq!(answer.location.as_deref(), Some("/v1/editorial/articles/7"));
        for cut in 0..length {
            assert_eq!(parse(&octets[..cut]).unwrap(), None);
        }
    }
}

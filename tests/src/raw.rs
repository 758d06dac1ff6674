//! A client that writes bytes to the socket, for requests that no HTTP library would send.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// A connection on which anything can be written.
#[derive(Debug)]
pub struct RawConnection {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer as its bytes say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAnswer {
    /// The status of the status line.
    pub status: u16,
    /// The lines of the header block, in lower case.
    pub headers: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl RawAnswer {
    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
    }
}

impl RawConnection {
    pub(crate) fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).expect("a socket");
        Self { stream, read: Vec::new() }
    }

    /// Writes; `false` where the server has closed the connection.
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).is_ok()
    }

    /// Says that nothing more will be written.
    pub fn end(&mut self) {
        // Refused where the server has closed already.
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    /// The next answer, or `None` where the server closes without one. Panics when neither comes within `within`.
    #[track_caller]
    pub fn answer(&mut self, within: Duration) -> Option<RawAnswer> {
        let deadline = Instant::now() + within;
        loop {
            if let Some((answer, octets)) = parse(&self.read) {
                self.read.drain(..octets);
                return Some(answer);
            }
            if !self.fill(deadline) {
                return None;
            }
        }
    }

    /// Whether the server closes within this time without a further answer.
    #[track_caller]
    pub fn closes(&mut self, within: Duration) -> bool {
        self.answer(within).is_none()
    }

    /// Reads some more; `false` at the end.
    #[track_caller]
    fn fill(&mut self, deadline: Instant) -> bool {
        let left = deadline.saturating_duration_since(Instant::now());
        assert!(
            !left.is_zero(),
            "neither an answer nor an end; so far: {}",
            String::from_utf8_lossy(&self.read)
        );
        self.stream.set_read_timeout(Some(left)).expect("a socket");
        let mut chunk = [0; 4096];
        match self.stream.read(&mut chunk) {
            Ok(0) => false,
            Ok(octets) => {
                self.read.extend_from_slice(&chunk[..octets]);
                true
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => true,
            Err(_) => false,
        }
    }
}

/// A whole answer at the beginning of `bytes`, with its length. A body has a `Content-Length` or is empty: ours are
/// never chunked on a refusal.
fn parse(bytes: &[u8]) -> Option<(RawAnswer, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let mut lines = head.split("\r\n").map(str::to_owned);
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let mut answer = RawAnswer { status, headers: lines.collect(), body: Vec::new() };
    let octets = answer.header("content-length").and_then(|octets| octets.parse().ok()).unwrap_or(0);
    answer.body = bytes.get(end + 4..end + 4 + octets)?.to_vec();
    Some((answer, end + 4 + octets))
}

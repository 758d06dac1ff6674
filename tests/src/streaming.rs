//! A connection over which the server sends events (WHATWG HTML, 9.2).

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::site::Site;

/// A stream of events.
#[derive(Debug)]
pub struct EventStream {
    reader: BufReader<TcpStream>,
    /// The status of the answer.
    pub status: u16,
    /// Its header lines, in lower case.
    pub headers: Vec<String>,
    text: String,
}

/// An event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// What it says.
    pub data: Value,
}

impl Site {
    /// Opens a stream at `path`; `last` is the id of the last event that was seen.
    #[track_caller]
    pub fn stream(&self, path: &str, last: Option<&str>) -> EventStream {
        let mut stream =
            TcpStream::connect(self.address().trim_start_matches("http://")).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_millis(100))).expect("a socket");
        let last = last.map(|id| format!("last-event-id: {id}\r\n")).unwrap_or_default();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: masthead\r\naccept: text/event-stream\r\n{last}\r\n")
            .expect("a request");
        let mut opened = EventStream {
            reader: BufReader::new(stream),
            status: 0,
            headers: Vec::new(),
            text: String::new(),
        };
        let deadline = Instant::now() + Duration::from_secs(20);
        let first = opened.line(deadline).expect("an answer");
        opened.status = first.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        while let Some(line) = opened.line(deadline).filter(|line| !line.is_empty()) {
            opened.headers.push(line.to_lowercase());
        }
        opened
    }
}

impl EventStream {
    /// The id that stands first, without an event; `None` where none comes within this time, or an event does.
    pub fn place(&mut self, within: Duration) -> Option<String> {
        let block = self.block(Instant::now() + within)?;
        if field(&block, "data").is_none() { field(&block, "id") } else { None }
    }

    /// The next event; `None` where none comes within this time, or the server ends the stream.
    pub fn next(&mut self, within: Duration) -> Option<Event> {
        let deadline = Instant::now() + within;
        loop {
            let block = self.block(deadline)?;
            if let Some(data) = field(&block, "data") {
                let data = serde_json::from_str(&data).expect("JSON");
                return Some(Event { id: field(&block, "id").expect("an id"), data });
            }
        }
    }

    /// The lines before the next empty one; `None` where that does not come before the deadline.
    fn block(&mut self, deadline: Instant) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            let chunk = self.chunk(deadline)?;
            self.text.push_str(&chunk);
        }
    }

    /// The next chunk of the body; `None` at its end, or past the deadline.
    fn chunk(&mut self, deadline: Instant) -> Option<String> {
        let length = usize::from_str_radix(&self.line(deadline)?, 16).ok()?;
        if length == 0 {
            return None;
        }
        let mut octets = vec![0; length + 2];
        let mut read = 0;
        while read < octets.len() {
            match self.reader.read(&mut octets[read..]) {
                Ok(0) => return None,
                Ok(more) => read += more,
                Err(_) if Instant::now() < deadline + Duration::from_secs(20) => {}
                Err(_) => return None,
            }
        }
        octets.truncate(length);
        String::from_utf8(octets).ok()
    }

    /// A line without its end; `None` where none comes before the deadline, or the connection is closed.
    fn line(&mut self, deadline: Instant) -> Option<String> {
        let mut line = Vec::new();
        loop {
            match self.reader.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.ends_with(b"\r\n") => {
                    line.truncate(line.len() - 2);
                    return String::from_utf8(line).ok();
                }
                Ok(_) => {}
                Err(_) if Instant::now() < deadline => {}
                Err(_) => return None,
            }
        }
    }
}

/// What a block says in this field.
fn field(block: &str, name: &str) -> Option<String> {
    block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).map(str::to_owned)
}

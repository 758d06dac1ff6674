//! A CDN that writes down what it is told to let go of.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// An order, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Method and path.
    pub line: String,
    /// Its headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: String,
    /// The same where it is no text.
    pub octets: Vec<u8>,
}

impl Order {
    /// The value of a header; empty where it has none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }
}

#[derive(Debug, Default)]
struct Book {
    orders: Mutex<Vec<Order>>,
    away: AtomicBool,
    closed: AtomicBool,
}

impl Book {
    fn orders(&self) -> MutexGuard<'_, Vec<Order>> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One that listens until it is dropped.
#[derive(Debug)]
pub struct Cdn {
    address: SocketAddr,
    book: Arc<Book>,
    thread: Option<JoinHandle<()>>,
}

impl Cdn {
    /// Starts one.
    #[track_caller]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let book = Arc::<Book>::default();
        let own = Arc::clone(&book);
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if own.closed.load(Ordering::SeqCst) {
                    return;
                }
                // Whoever went away in between is none of its business.
                let _ = stream.and_then(|stream| answer(stream, &own));
            }
        });
        Self { address, book, thread: Some(thread) }
    }

    /// Where it takes orders.
    pub fn url(&self) -> String {
        format!("http://{}/service/a1/purge", self.address)
    }

    /// Refuses every order from now on, or takes them again.
    pub fn is_away(&self, away: bool) {
        self.book.away.store(away, Ordering::SeqCst);
    }

    /// The orders that it took since it was last asked.
    pub fn took(&self) -> Vec<Order> {
        std::mem::take(&mut *self.book.orders())
    }
}

impl Drop for Cdn {
    fn drop(&mut self) {
        self.book.closed.store(true, Ordering::SeqCst);
        // It looks when somebody comes.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(mut stream: TcpStream, book: &Book) -> io::Result<()> {
    let order = read(&stream)?;
    let away = book.away.load(Ordering::SeqCst);
    if !away {
        book.orders().push(order);
    }
    let status = if away { "503 Service Unavailable" } else { "200 OK" };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}")
}

/// Reads a request, which tells how long it is.
pub(crate) fn read(stream: impl Read) -> io::Result<Order> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let line = lines.first().ok_or(io::ErrorKind::UnexpectedEof)?.replace(" HTTP/1.1", "");
    let headers = lines.iter().skip(1).filter_map(|line| line.split_once(": "));
    let headers: Vec<_> = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(Ok(0), |(_, value)| value.parse()).map_err(io::Error::other)?;
    let mut octets = vec![0; length];
    reader.read_exact(&mut octets)?;
    Ok(Order { line, headers, body: String::from_utf8_lossy(&octets).into_owned(), octets })
}

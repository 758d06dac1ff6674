//! Stands between a site and PostgreSQL, and loses what is asked of it: the answer to a commit that was made.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::scratch;

/// Where a server of PostgreSQL listens in the directory of its socket.
const SOCKET: &str = ".s.PGSQL.5432";

/// A commit as it is sent: the text of a simple query, with its end.
const COMMIT: &[u8] = b"COMMIT\0";

/// A way to a database on which an answer can be lost.
#[derive(Debug)]
pub struct Between {
    dir: PathBuf,
    url: String,
    losing: Arc<AtomicBool>,
    ended: Arc<AtomicBool>,
}

impl Between {
    /// A way to the database at `url`.
    #[track_caller]
    pub fn to(url: &str) -> Self {
        let dir = scratch::new_dir("masthead-between-");
        let listener = UnixListener::bind(dir.join(SOCKET)).expect("our own directory");
        let (losing, ended) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        let way = (url.to_owned(), Arc::clone(&losing), Arc::clone(&ended));
        thread::spawn(move || {
            let (url, losing, ended) = way;
            for client in listener.incoming().flatten() {
                if ended.load(Ordering::Acquire) {
                    return;
                }
                carry(client, server(&url), Arc::clone(&losing));
            }
        });
        // Of two hosts the last one counts.
        let mark = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{mark}host={}&port=5432", dir.display());
        Self { dir, url, losing, ended }
    }

    /// The address of the database on this way.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Lets the next commit be made, and its connection be cut before the answer.
    pub fn lose_next_answer(&self) {
        self.losing.store(true, Ordering::Release);
    }
}

impl Drop for Between {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Release);
        // So that whoever waits for a connection sees it.
        drop(UnixStream::connect(self.dir.join(SOCKET)));
        // Else it is left for the system to sweep.
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// A connection to the server of `url`.
fn server(url: &str) -> File {
    let parameters = url.split_once('?').map_or("", |(_, parameters)| parameters);
    let of = |name: &str| {
        parameters
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|pair| pair.0 == name)
            .map(|pair| pair.1)
    };
    let fd = match of("host") {
        Some(dir) if dir.starts_with('/') => {
            let socket = Path::new(dir).join(format!(".s.PGSQL.{}", of("port").unwrap_or("5432")));
            OwnedFd::from(UnixStream::connect(socket).expect("PostgreSQL listens"))
        }
        _ => {
            let (_, rest) = url.split_once("://").expect("an address");
            let authority = rest.split(['/', '?']).next().unwrap_or_default();
            let place = authority.rsplit('@').next().unwrap_or_default();
            let place = if place.contains(':') { place.to_owned() } else { format!("{place}:5432") };
            OwnedFd::from(TcpStream::connect(place).expect("PostgreSQL listens"))
        }
    };
    File::from(fd)
}

/// Carries what a client and a server say to each other.
fn carry(mut client: UnixStream, mut server: File, losing: Arc<AtomicBool>) {
    let (mut to_client, mut to_server) =
        (client.try_clone().expect("a socket"), server.try_clone().expect("a socket"));
    let lost = Arc::<AtomicBool>::default();
    let is_lost = Arc::clone(&lost);
    thread::spawn(move || {
        let mut octets = [0; 16_384];
        while let Some(said) = heard(&mut client, &mut octets) {
            let commits = said.windows(COMMIT.len()).any(|part| part == COMMIT);
            if commits && losing.swap(false, Ordering::AcqRel) {
                lost.store(true, Ordering::Release);
            }
            if to_server.write_all(said).is_err() {
                return;
            }
        }
    });
    thread::spawn(move || {
        let mut octets = [0; 16_384];
        while let Some(said) = heard(&mut server, &mut octets) {
            if is_lost.load(Ordering::Acquire) || to_client.write_all(said).is_err() {
                break;
            }
        }
        let _ = to_client.shutdown(Shutdown::Both);
    });
}

/// What is said next; `None` at the end.
fn heard<'a>(from: &mut impl Read, octets: &'a mut [u8]) -> Option<&'a [u8]> {
    match from.read(octets) {
        Ok(0) | Err(_) => None,
        Ok(n) => Some(&octets[..n]),
    }
}

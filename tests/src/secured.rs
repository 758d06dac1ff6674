//! A receiver of webhooks that speaks TLS, under [`crate::webhooks::NAME`] and no other name. It takes everything.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use native_tls::{Identity, TlsAcceptor};

use crate::cdn::{Order, read};

/// The file with its certificate, which no authority has signed but it itself: until 2120 it is good for those who trust it.
pub const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/tls/certificate.pem");

/// How long anybody may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// One that listens.
#[derive(Debug)]
pub struct Secured {
    port: u16,
    /// `None` once nobody listens to it any more.
    came: Option<Receiver<Option<Order>>>,
    thread: Option<JoinHandle<()>>,
}

impl Secured {
    /// Starts one.
    #[track_caller]
    pub fn start() -> Self {
        let (certificate, key) =
            (include_bytes!("../fixtures/tls/certificate.pem"), include_bytes!("../fixtures/tls/key.pem"));
        let identity = Identity::from_pkcs8(certificate, key).expect("a certificate with its key");
        let tls = TlsAcceptor::new(identity).expect("the machine has TLS");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (comes, came) = channel();
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                let told = serve(stream.expect("a connection"), &tls);
                if comes.send(told).is_err() {
                    return;
                }
            }
        });
        Self { port, came: Some(came), thread: Some(thread) }
    }

    /// Its port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// What the next who connected said; `None` where they went away before both spoke TLS.
    #[track_caller]
    pub fn next(&self) -> Option<Order> {
        let came = self.came.as_ref().expect("we still listen");
        came.recv_timeout(PATIENCE).expect("somebody comes")
    }
}

impl Drop for Secured {
    fn drop(&mut self) {
        drop(self.came.take());
        // Its thread looks whether we listen when somebody comes.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(stream: TcpStream, tls: &TlsAcceptor) -> Option<Order> {
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
    let mut stream = tls.accept(stream).ok()?;
    let order = read(&mut stream).expect("a request");
    stream
        .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .expect("they listen");
    Some(order)
}

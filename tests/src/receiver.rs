//! A receiver of webhooks that writes down what it is told, and answers as a test wants it to.

use std::fmt;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;

use crate::cdn::{Order, read};
use crate::contract::faults_of_told;

/// Something that it was told.
#[derive(Debug, Clone)]
pub struct Told {
    /// The request.
    pub order: Order,
    /// When it was there.
    pub at: Instant,
}

impl Told {
    /// Its body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.order.body).expect("JSON")
    }

    /// The type of the event.
    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap_or_default().to_owned()
    }

    /// The id of what it happened to.
    pub fn resource(&self) -> String {
        self.json()["data"]["id"].as_str().unwrap_or_default().to_owned()
    }

    /// The place of the event.
    pub fn seq(&self) -> i64 {
        self.json()["data"]["seq"].as_i64().unwrap_or_default()
    }

    /// By what a repetition is known.
    pub fn id(&self) -> &str {
        self.order.header("webhook-id")
    }

    /// Whether one of its signatures is that of a secret, as Standard Webhooks has it.
    #[track_caller]
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").expect("a secret")).expect("base64");
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any key");
        let order = &self.order;
        let signed = format!("{}.{}.{}", self.id(), order.header("webhook-timestamp"), order.body);
        mac.update(signed.as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        order.header("webhook-signature").split(' ').any(|signature| signature == expected)
    }
}

/// How a receiver answers.
type Manner = Arc<dyn Fn(&mut TcpStream) -> io::Result<()> + Send + Sync>;

struct Desk {
    told: Mutex<Vec<Told>>,
    manner: Mutex<Manner>,
    connections: AtomicUsize,
    closed: AtomicBool,
}

/// One that listens until it is dropped.
pub struct Receiver {
    address: SocketAddr,
    desk: Arc<Desk>,
    thread: Option<JoinHandle<()>>,
}

impl Receiver {
    /// Starts one that takes everything.
    #[track_caller]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let desk = Arc::new(Desk {
            told: Mutex::default(),
            manner: Mutex::new(answer("200 OK", "")),
            connections: AtomicUsize::new(0),
            closed: AtomicBool::new(false),
        });
        let own = Arc::clone(&desk);
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if own.closed.load(Ordering::SeqCst) {
                    return;
                }
                own.connections.fetch_add(1, Ordering::SeqCst);
                let own = Arc::clone(&own);
                // Whoever went away in between is none of its business.
                thread::spawn(move || stream.and_then(|stream| serve(stream, &own)));
            }
        });
        Self { address, desk, thread: Some(thread) }
    }

    /// Where it is told.
    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// Its port.
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers with this status from now on, such as `503 Service Unavailable`, and these lines of headers.
    pub fn answers(&self, status: &str, headers: &str) {
        self.acts(answer(status, headers));
    }

    /// Does this with each connection from now on, once the request was read.
    pub fn acts(&self, manner: Manner) {
        *self.desk.manner.lock().unwrap_or_else(PoisonError::into_inner) = manner;
    }

    /// What it was told since it was last asked. All of it is held against the webhooks of the OpenAPI document.
    #[track_caller]
    pub fn took(&self) -> Vec<Told> {
        let told = std::mem::take(&mut *self.desk.told.lock().unwrap_or_else(PoisonError::into_inner));
        for Told { order, at: _ } in &told {
            let faults = faults_of_told(order);
            assert!(faults.is_empty(), "not as the OpenAPI document says: {faults:#?}\n{order:#?}");
        }
        told
    }

    /// How many connections came to it.
    pub fn connections(&self) -> usize {
        self.desk.connections.load(Ordering::SeqCst)
    }

    /// What it was sent since it was last asked, where it is no receiver of webhooks: a collector of traces, or a CDN.
    pub fn took_exports(&self) -> Vec<Told> {
        std::mem::take(&mut *self.desk.told.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Receiver({})", self.address)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.desk.closed.store(true, Ordering::SeqCst);
        // It looks when somebody comes.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// An answer with this status and these lines of headers, each with its line break.
pub fn answer(status: &str, headers: &str) -> Manner {
    let text = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: 2\r\nConnection: close\r\n\r\n{{}}");
    Arc::new(move |stream| stream.write_all(text.as_bytes()))
}

/// The same text again and again, with a pause before each, until the other side goes away.
pub fn drip(begin: &'static str, again: &'static str, pause: Duration) -> Manner {
    Arc::new(move |stream| {
        stream.write_all(begin.as_bytes())?;
        loop {
            thread::sleep(pause);
            stream.write_all(again.as_bytes())?;
        }
    })
}

fn serve(mut stream: TcpStream, desk: &Desk) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let order = read(&stream)?;
    let told = Told { order, at: Instant::now() };
    desk.told.lock().unwrap_or_else(PoisonError::into_inner).push(told);
    let manner = Arc::clone(&desk.manner.lock().unwrap_or_else(PoisonError::into_inner));
    manner(&mut stream)
}

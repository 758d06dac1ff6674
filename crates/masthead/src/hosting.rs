//! An HTTP server in a thread of its own, so that who starts it goes on.

use std::io;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use actix_web::dev::{Server, ServerHandle};
use actix_web::rt::System;

/// A server that runs.
#[derive(Debug)]
pub(crate) struct Hosted {
    /// By which it is told to stop.
    pub(crate) handle: ServerHandle,
    thread: JoinHandle<io::Result<()>>,
}

impl Hosted {
    /// Runs what `make` makes, on a thread of this name. It returns as soon as that listens, or with why it does not.
    pub(crate) fn start(
        name: &str,
        make: impl FnOnce() -> io::Result<Server> + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let thread = thread::Builder::new().name(name.into()).spawn(move || {
            System::new().block_on(async move {
                let server = make()?;
                // Fails only where nobody waits for the handle any more.
                let _ = sender.send(server.handle());
                server.await
            })
        })?;
        match receiver.recv() {
            Ok(handle) => Ok(Self { handle, thread }),
            Err(mpsc::RecvError) => Err(match ended(thread) {
                Err(cause) => cause,
                Ok(()) => io::Error::other("the server's thread ended"),
            }),
        }
    }

    /// Returns when it has ended.
    pub(crate) fn end(self) -> io::Result<()> {
        ended(self.thread)
    }
}

fn ended(thread: JoinHandle<io::Result<()>>) -> io::Result<()> {
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the server's thread panicked")))
}

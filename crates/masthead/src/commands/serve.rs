//! `masthead serve`: runs the server until a signal ends it.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Failure;
use crate::clock;
use crate::config::Config;
use crate::server::{self, Running};

/// Serves until SIGTERM or SIGINT; running requests then finish, unless a second signal ends them.
pub(super) fn serve(config: &Config, clock_file: Option<&Path>) -> Result<(), Failure> {
    let clock = clock::of(clock_file, config.purpose)?;
    // Before the server starts, so that a signal during the start is not lost.
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let signals = Signals::listen(&runtime)?;
    let running = server::start(config, clock)?;
    tracing::info!(address = %running.address(), "listening");
    // Nobody may be reading any more; the server goes on.
    let _ = writeln!(io::stdout(), "Masthead answers at {}", running.public_url());
    let leaving = Duration::from_secs(config.limits.leaving_s.into());
    let stopped = runtime.block_on(until_stopped(running, signals, leaving));
    // A request that a second signal cut off may still hold the thread that waits for it.
    runtime.shutdown_background();
    Ok(stopped?)
}

async fn until_stopped(running: Running, mut signals: Signals, leaving: Duration) -> io::Result<()> {
    signals.next().await;
    running.leave();
    // Whoever spreads requests over nodes needs a while to see it; a second signal does not wait for them.
    let _ = tokio::time::timeout(leaving, signals.next()).await;
    tracing::info!("stopping: running requests finish");
    let breaker = running.breaker();
    let stopped = tokio::task::spawn_blocking(|| running.stop());
    tokio::select! {
        stopped = stopped => stopped.unwrap_or_else(|panic| Err(io::Error::other(panic))),
        () = signals.next() => {
            breaker.end();
            Err(io::Error::other("ended by a second signal, with requests still running"))
        }
    }
}

/// The signals that ask for an end.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen(runtime: &Runtime) -> io::Result<Self> {
        let _inside = runtime.enter();
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

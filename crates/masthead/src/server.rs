//! Starts and stops the server. What it answers is in `http`.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::ServerHandle;
use domain::time::Clock;
use http::settings::Leaving;
use newsroom::Newsroom;
use newsroom::upkeep::Upkept;
use store::open::OpenError;
use store::options::Company;
use store::records::Sequenced;

use crate::cdn::Purger;
use crate::config::{Config, Purpose};
use crate::follow::Following;
use crate::hosting::Hosted;
use crate::house::{self, House, HouseFault};
use crate::metrics::{self, Telling};
use crate::traces::Sender;
use crate::webhooks::Messenger;
use crate::workers::{self, WorkFault, Workers};

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is in use, not ours, or needs rights that we lack.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// The configured address.
        address: SocketAddr,
        /// What the system said.
        cause: io::Error,
    },
    /// The database or the keys cannot be used.
    #[error(transparent)]
    House(#[from] HouseFault),
    /// The machine gives no thread or no event queue.
    #[error("cannot run: {0}")]
    Run(#[from] io::Error),
}

impl StartError {
    /// Whether another server uses the database, as one does that is just ending: it is worth another try.
    pub const fn is_in_use(&self) -> bool {
        matches!(self, Self::House(HouseFault::Store(OpenError::InUse)))
    }
}

/// A server that answers.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    public_url: String,
    leaving: Leaving,
    hosted: Hosted,
    newsroom: Newsroom,
    following: Following,
    purger: Option<Purger>,
    messenger: Messenger,
    /// None where nobody is told.
    telling: Option<Telling>,
    /// None where no spans are sent.
    sender: Option<Sender>,
    /// None where a test says when they work.
    upkeep: Option<Workers>,
}

impl Running {
    /// Where it listens; with port 0 configured, the port that was free.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base of the links that it gives.
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Where it tells its metrics, if it does.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.telling.as_ref().map(Telling::address)
    }

    /// How many SQL statements it has sent: tests hold that a request needs a constant number.
    pub fn statements(&self) -> u64 {
        self.newsroom.statements()
    }

    /// Does once what the workers do; for tests, in which they do nothing by themselves.
    pub fn work(&self) -> Result<Upkept, WorkFault> {
        workers::work(&self.newsroom, self.purger.as_ref(), &self.messenger)
    }

    /// What its outbox holds for followers behind the place `after`, in order; for tests, which follow by hand.
    pub fn events(&self, after: i64) -> Result<Vec<Sequenced>, WorkFault> {
        workers::events(&self.newsroom, after)
    }

    /// A hand on the server for whoever must end it while another waits for [`Running::stop`].
    pub fn breaker(&self) -> Breaker {
        Breaker(self.hosted.handle.clone())
    }

    /// Says at `/health/ready` that it is about to stop, and goes on serving.
    pub fn leave(&self) {
        self.leaving.begin();
    }

    /// Takes no new connection, lets running requests finish within `limits.shutdown_s`, and returns when the last
    /// is done and its spans are sent, for which it waits a few seconds at most.
    pub fn stop(self) -> io::Result<()> {
        self.leave();
        // The order is given by the call; its future only tells when it is carried out, as the thread's end does.
        drop(self.hosted.handle.stop(true));
        drop(self.upkeep);
        drop(self.following);
        drop(self.purger);
        drop(self.messenger);
        drop(self.telling);
        drop(self.newsroom);
        let ended = self.hosted.end();
        // After the last request, whose span is sent too.
        drop(self.sender);
        ended
    }
}

/// Ends a server at once.
#[derive(Debug)]
pub struct Breaker(ServerHandle);

impl Breaker {
    /// Closes every connection, whatever is running on it.
    pub fn end(&self) {
        drop(self.0.stop(false));
    }
}

/// Starts the server in a thread of its own and returns as soon as it listens.
pub fn start(config: &Config, clock: Clock) -> Result<Running, StartError> {
    let listener = bind(config.server.listen)?;
    let metrics = config.metrics.listen.address().map(bind).transpose()?;
    let address = listener.local_addr()?;
    let public_url = config.server.public_url.or_address(address);
    let House { edge: parts, store, purger, messenger, sender } =
        house::open(config, clock, &public_url, Company::Alone)?;
    let following = Following::start(store, parts.answers.clone())?;
    let newsroom = parts.newsroom.clone();
    let registry = || metrics::registry(&parts, purger.as_ref(), &messenger, sender.as_ref());
    let telling = metrics.map(|listener| Telling::start(listener, registry())).transpose()?;
    let upkeep = match config.purpose {
        Purpose::Work => Some(Workers::start(newsroom.clone(), purger.clone(), messenger.clone())?),
        Purpose::Test => None,
    };
    let leaving = parts.settings.leaving.clone();
    let (workers, limits) = (config.server.workers, config.limits.clone());
    let hosted = Hosted::start("server", move || {
        let server = HttpServer::new(move || http::app(parts.clone()))
            .workers(workers)
            .client_request_timeout(Duration::from_secs(limits.header_deadline_s.into()))
            .shutdown_timeout(limits.shutdown_s.into())
            .disable_signals()
            .listen(listener)?;
        Ok(server.run())
    })?;
    Ok(Running {
        address,
        public_url,
        leaving,
        hosted,
        newsroom,
        following,
        purger,
        messenger,
        telling,
        sender,
        upkeep,
    })
}

fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).map_err(|cause| StartError::Listen { address, cause })
}

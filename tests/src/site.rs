//! A site: a server in this process with a database, a directory and a clock of its own; or two servers that share them.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use masthead::config::Config;
use masthead::server::{self, Running};
use masthead::users::{self, Described};

use crate::client::{self, Client};
use crate::database::{Database, OwnDatabase, TakenAway};
use crate::people::{PASSWORD, Person, STAFF, SignedIn};
use crate::raw::RawConnection;
use crate::webhooks::NAME;
use crate::{log, scratch};

/// When every site begins, unless its test moves the clock.
const FIRST_MOMENT: &str = "2026-01-01T12:00:00Z";

/// A running site. Dropping it stops the server and holds its log against the house rules.
#[derive(Debug)]
pub struct Site {
    /// Empty only while it is being stopped.
    running: Vec<Running>,
    /// Where each of its nodes listens.
    addresses: Vec<SocketAddr>,
    public_url: String,
    agent: ureq::Agent,
    dir: PathBuf,
    config: Config,
    logged_from: usize,
    tokens: Mutex<Vec<SignedIn>>,
    /// Dropped after the server has ended.
    database: OwnDatabase,
}

impl Site {
    /// A site with the tests' usual settings.
    #[track_caller]
    pub fn start(database: Database) -> Self {
        Self::with(database, &[])
    }

    /// A site with settings of its own, as environment variables: `("MASTHEAD_LIMITS_BODY_BYTES", "2048")`.
    #[track_caller]
    pub fn with(database: Database, settings: &[(&str, &str)]) -> Self {
        Self::of_nodes(database, 1, settings)
    }

    /// A site of two nodes where the database allows two. On SQLite, which is one process, both are the same one, so
    /// that a test can be told once for both.
    #[track_caller]
    pub fn of_two_nodes(database: Database) -> Self {
        let nodes = match database {
            Database::Sqlite => 1,
            Database::Postgres => 2,
        };
        // What a token names as its issuer must be the same on every node.
        Self::of_nodes(database, nodes, &[("MASTHEAD_SERVER_PUBLIC_URL", "http://masthead.example")])
    }

    #[track_caller]
    fn of_nodes(database: Database, nodes: usize, settings: &[(&str, &str)]) -> Self {
        log::keep();
        let dir = next_dir();
        let own = database.empty(&dir);
        let config = config(&dir, own.url(), settings);
        let logged_from = log::mark();
        hire(&config);
        set_clock(&dir, FIRST_MOMENT.parse().expect("an instant"));
        let running: Vec<_> = (0..nodes).map(|_| run(&dir, &config)).collect();
        Self {
            addresses: running.iter().map(Running::address).collect(),
            public_url: running[0].public_url().to_owned(),
            running,
            agent: client::agent(),
            dir,
            config,
            logged_from,
            tokens: Mutex::default(),
            database: own,
        }
    }

    /// Stops its nodes and starts them with settings of its own, as an operator does who changes them. It listens elsewhere
    /// then, where everybody signs in anew.
    #[track_caller]
    pub fn restart_with(&mut self, settings: &[(&str, &str)]) {
        let nodes = self.running.len();
        for node in self.running.drain(..) {
            node.stop().expect("the server stops in order");
        }
        self.config = config(&self.dir, self.database.url(), settings);
        self.running = (0..nodes).map(|_| run(&self.dir, &self.config)).collect();
        self.addresses = self.running.iter().map(Running::address).collect();
        self.public_url = self.running[0].public_url().to_owned();
        self.forget_tokens();
    }

    /// How many SQL statements its nodes have sent so far.
    pub fn statements(&self) -> u64 {
        self.running.iter().map(Running::statements).sum()
    }

    /// The base of its addresses.
    pub fn address(&self) -> String {
        self.address_of(0)
    }

    /// The base of the addresses at which node `n` listens; nodes are counted round.
    pub(crate) fn address_of(&self, n: usize) -> String {
        format!("http://{}", self.addresses[n % self.addresses.len()])
    }

    /// The base of the links that it gives.
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Someone who is not signed in.
    pub const fn reader(&self) -> Client<'_> {
        Client::new(self, None)
    }

    /// Someone who holds this token.
    pub fn bearer(&self, token: &str) -> Client<'_> {
        Client::new(self, Some(token.to_owned()))
    }

    /// A connection for requests that no HTTP library would send.
    pub fn raw(&self) -> RawConnection {
        RawConnection::open(self.addresses[0])
    }

    /// Adds a signing key, as an operator does while the nodes run.
    #[track_caller]
    pub fn rotate_keys(&self) {
        masthead::keys::rotate(&self.config).unwrap_or_else(|error| panic!("{error}"));
    }

    /// The time that the server sees.
    pub fn now(&self) -> DateTime<Utc> {
        let text = fs::read_to_string(self.dir.join("clock")).expect("our own clock");
        text.parse().expect("what we wrote")
    }

    /// Lets time pass for the server.
    pub fn wait(&self, time: TimeDelta) {
        set_clock(&self.dir, self.now() + time);
    }

    /// Its settings, for what an operator does beside it.
    pub(crate) const fn config(&self) -> &Config {
        &self.config
    }

    /// Lets the workers of each node do all that is due, and tells how many changes they announced and how many rows
    /// they forgot together.
    #[track_caller]
    pub fn work(&self) -> (usize, usize) {
        let done = self.running.iter().map(|node| node.work().unwrap_or_else(|error| panic!("{error}")));
        done.fold((0, 0), |(announced, swept), done| (announced + done.announced, swept + done.swept))
    }

    /// Why what its first node does is not done in whole; `None` where it is.
    pub fn why_no_work(&self) -> Option<String> {
        self.node().work().err().map(|why| why.to_string())
    }

    /// The first of its nodes.
    pub(crate) fn node(&self) -> &Running {
        &self.running[0]
    }

    /// What its first node tells of itself, where `MASTHEAD_METRICS_LISTEN` is set.
    #[track_caller]
    pub fn metrics(&self) -> String {
        let address = self.node().metrics_address().expect("it tells its metrics");
        let mut answer = self.agent.get(format!("http://{address}/metrics")).call().expect("an answer");
        answer.body_mut().read_to_string().expect("text")
    }

    /// Tells its nodes that they are about to stop.
    pub fn leave(&self) {
        self.running.iter().for_each(Running::leave);
    }

    /// The files of the site: its keys and, with SQLite, its database.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether its database holds this text anywhere, as it is or as octets.
    pub fn keeps(&self, text: &str) -> bool {
        let everything = self.database.everything();
        let hexadecimal: String = text.bytes().map(|octet| format!("{octet:02x}")).collect();
        [text, &hexadecimal]
            .iter()
            .any(|text| everything.windows(text.len()).any(|octets| octets == text.as_bytes()))
    }

    /// Why no second server starts beside this one on the same database; `None` where one does.
    pub fn why_no_second_server(&self) -> Option<String> {
        let clock =
            masthead::clock::told_by(&self.dir.join("clock"), self.config.purpose).expect("our own clock");
        match server::start(&self.config, clock) {
            Ok(second) => {
                second.stop().expect("the server stops in order");
                None
            }
            Err(why) => Some(why.to_string()),
        }
    }

    /// Why no worker starts that has another secret than its nodes, as after a restore without it.
    #[track_caller]
    pub fn why_no_work_with_other_keys(&self) -> String {
        let file = self.dir.join("secrets/server.secret");
        let own = fs::read_to_string(&file).expect("our own keys");
        fs::write(&file, format!("{}\n", "A".repeat(43))).expect("our own directory");
        let clock =
            masthead::clock::told_by(&self.dir.join("clock"), self.config.purpose).expect("our own clock");
        let refused = masthead::workers::once(&self.config, clock).expect_err("it has other keys");
        fs::write(&file, own).expect("our own directory");
        refused.to_string()
    }

    /// Cuts the connections over which its nodes are told what others commit.
    #[track_caller]
    pub fn cut_followers(&self) {
        self.database.cut_followers();
    }

    /// Cuts all connections of its nodes to its database, as a restart of PostgreSQL does.
    #[track_caller]
    pub fn cut_connections(&self) {
        self.database.cut_all();
    }

    /// The address of its database.
    pub fn database_url(&self) -> &str {
        self.database.url()
    }

    /// Takes its database away until what this gives is dropped.
    #[track_caller]
    pub fn take_database_away(&self) -> TakenAway {
        self.database.take_away()
    }

    /// The tokens that this site has given its staff.
    pub(crate) fn tokens(&self) -> MutexGuard<'_, Vec<SignedIn>> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) const fn agent(&self) -> &ureq::Agent {
        &self.agent
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let stopped: Vec<_> = self.running.drain(..).map(Running::stop).collect();
        if std::thread::panicking() {
            return;
        }
        for stopped in stopped {
            stopped.expect("the server stops in order");
        }
        // abuse.md, G4: the log is JSON lines and tells no secret.
        let log = log::since(self.logged_from);
        for line in log.lines() {
            let parsed = serde_json::from_str::<serde_json::Value>(line);
            assert!(parsed.is_ok_and(|event| event.is_object()), "not a JSON line in the log: {line}");
        }
        assert!(!log.contains(PASSWORD), "the log tells a password");
        for signed_in in self.tokens().iter() {
            assert!(!log.contains(&signed_in.token), "the log tells an access token");
        }
    }
}

/// The tests' usual settings with some of a test's own.
#[track_caller]
fn config(dir: &Path, database_url: &str, own: &[(&str, &str)]) -> Config {
    let secrets = dir.join("secrets").display().to_string();
    let media = format!("file:{}", dir.join("media").display());
    let names = dir.join("names").display().to_string();
    fs::write(&names, format!("{NAME} 127.0.0.1\n")).expect("our own directory");
    let usual = [
        ("MASTHEAD_ENV", "test"),
        ("MASTHEAD_SERVER_LISTEN", "127.0.0.1:0"),
        ("MASTHEAD_SERVER_WORKERS", "1"),
        ("MASTHEAD_DATABASE_URL", database_url),
        ("MASTHEAD_DATABASE_POOL_SIZE", "4"),
        // The clock of a site is its test's.
        ("MASTHEAD_DATABASE_MOST_SKEW_MS", "0"),
        ("MASTHEAD_SECRETS_DIR", &secrets),
        ("MASTHEAD_MEDIA_URL", &media),
        ("MASTHEAD_MEDIA_SHARED", "on"),
        // The cost of a hash is a setting; what is tested here is what it guards.
        ("MASTHEAD_AUTH_HASH_MEMORY_KIB", "64"),
        ("MASTHEAD_AUTH_HASH_PASSES", "1"),
        ("MASTHEAD_LIMITS_SHUTDOWN_S", "5"),
        // A test sends as much as it likes, and its clock may stand still.
        ("MASTHEAD_RATES_READS", "0"),
        ("MASTHEAD_RATES_MEDIA", "0"),
        ("MASTHEAD_RATES_KEYED_READS", "0"),
        ("MASTHEAD_RATES_ANONYMOUS_WRITES", "0"),
        ("MASTHEAD_RATES_EDITOR_READS", "0"),
        ("MASTHEAD_RATES_EDITOR_WRITES", "0"),
        // Receivers of webhooks listen on this machine, and on any port.
        ("MASTHEAD_WEBHOOKS_ALLOW_NETWORKS", "127.0.0.1"),
        ("MASTHEAD_WEBHOOKS_HTTP", "on"),
        ("MASTHEAD_WEBHOOKS_PORTS", "443,1024-65535"),
        ("MASTHEAD_WEBHOOKS_NAMES_FILE", &names),
        // All readers of a test come from one network.
        ("MASTHEAD_COMMENTS_FLOOD_MOST", "1000"),
    ];
    let settings = usual.iter().chain(own).map(|&(name, value)| (name.to_owned(), value.to_owned()));
    // Empty, so that no file of the machine is read.
    let file = dir.join("masthead.toml");
    fs::write(&file, "").expect("our own directory");
    Config::load(Some(&file), settings).unwrap_or_else(|error| panic!("{error}"))
}

/// Makes the keys, and lets the staff sign in.
#[track_caller]
fn hire(config: &Config) {
    masthead::keys::init(config).unwrap_or_else(|error| panic!("{error}"));
    let staff = STAFF.map(|Person { email, name, role }| Described { email, name, role, password: PASSWORD });
    users::add(config, masthead::clock::machine(), &staff).unwrap_or_else(|error| panic!("{error}"));
}

/// Starts a server that goes by the site's clock. A program that another test starts has all files of this process until it
/// has begun, and with them the lock of a server that has ended.
#[track_caller]
fn run(dir: &Path, config: &Config) -> Running {
    let clock = masthead::clock::told_by(&dir.join("clock"), config.purpose).expect("our own clock");
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match server::start(config, clock.clone()) {
            Err(error) if error.is_in_use() && Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(1));
            }
            started => return started.unwrap_or_else(|error| panic!("{error}")),
        }
    }
}

fn next_dir() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let dir = scratch::run_dir().join(NEXT.fetch_add(1, Ordering::Relaxed).to_string());
    fs::create_dir(&dir).expect("our own directory");
    dir
}

/// Written whole: a reader sees the old instant or the new one.
fn set_clock(dir: &Path, now: DateTime<Utc>) {
    let half = dir.join("clock.new");
    fs::write(&half, now.to_rfc3339()).expect("our own directory");
    fs::rename(half, dir.join("clock")).expect("our own directory");
}

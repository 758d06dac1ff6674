//! Opens what the commands work with: the store, the keys, the newsroom and what readers see.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use delivery::Delivery;
use domain::time::Clock;
use http::Parts as Edge;
use http::changes::followers::Followers;
use http::keep::Answers;
use http::metrics::Metrics;
use http::rates::{Quotas, Rates};
use http::settings::{Leaving, Naming, Settings};
use http::sight::Sight;
use identity::access::{AccessTokens, Unsigned};
use identity::hashing::{Cost, Hashing, NotHashed};
use identity::keys::KeyFault;
use identity::throttle::Budget;
use identity::webhook::Vault;
use media::objects::{Location as Place, ObjectError, Objects};
use newsroom::asked::Ids;
use newsroom::photos::Darkroom;
use newsroom::webhooks::Post;
use newsroom::{Newsroom, Parts};
use store::Store;
use store::live::LiveStore;
use store::open::OpenError;
use store::options::{Company, GroupCommit, Location, Options, Purging, Timing};
use uuid::Uuid;

use crate::cdn::Purger;
use crate::config::Config;
use crate::config::cdn::Form;
use crate::config::database::DatabaseUrl;
use crate::config::switch::Switch;
use crate::keys;
use crate::traces::{Sender, Tracing, Unsendable};
use crate::webhooks::{self, Messenger};

/// How long a statement, a lock or a place in the queue is waited for.
const PATIENCE_MS: u32 = 5000;

/// How many requests may wait for the database before others are refused.
const WAITING: usize = 4096;

/// Whom access tokens are for: the API of this site, and nobody else who trusts its keys.
const AUDIENCE: &str = "masthead";

/// Why the house cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum HouseFault {
    /// The database.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// The keys.
    #[error("{0}")]
    Keys(#[from] KeyFault),
    /// They are not those of the database.
    #[error(
        "the keys are not those that this database knows: copy the secrets of another node, or run `masthead keys init` once"
    )]
    OtherKeys,
    /// The database does not tell which keys it knows.
    #[error(transparent)]
    Known(#[from] store::error::Error),
    /// The machine gives no thread.
    #[error(transparent)]
    Machine(#[from] std::io::Error),
    /// Where the bytes of photos are to lie.
    #[error("cannot keep photos: {0}")]
    Objects(#[from] ObjectError),
    /// Another node would not find the photos of this one.
    #[error(
        "photos in a directory beside PostgreSQL: say `media.shared = on` if all nodes see it, or keep them in a bucket"
    )]
    NotShared,
    /// The client for a CDN.
    #[error("cannot tell a CDN what to let go of: {0}")]
    NoClient(String),
    /// The client for webhooks.
    #[error("cannot tell webhooks of events: {0}")]
    NoMessenger(String),
    /// The way to a collector of traces.
    #[error("cannot send traces: {0}")]
    NoTraces(#[from] Unsendable),
    /// A newsroom's names are looked up.
    #[error("webhooks.names_file is for tests: it is refused unless MASTHEAD_ENV=test")]
    NamesOfATest,
    /// The signing key.
    #[error(transparent)]
    Signing(#[from] Unsigned),
    /// The hashing of passwords.
    #[error(transparent)]
    Hashing(#[from] NotHashed),
}

/// Where the database of these settings is.
pub(crate) fn location(config: &Config) -> Location {
    match &config.database.url {
        DatabaseUrl::Sqlite(file) => Location::Sqlite(file.clone()),
        DatabaseUrl::Postgres(url) => Location::Postgres(url.expose().to_owned()),
    }
}

/// How the store of these settings is opened.
pub(crate) fn options(config: &Config, company: Company) -> Options {
    let database = &config.database;
    Options {
        location: location(config),
        connections: database.pool_size,
        waiting: WAITING,
        patience_ms: PATIENCE_MS,
        max_pages: database.max_pages,
        group_commit: match database.group_commit {
            Switch::On => GroupCommit::Shared,
            Switch::Off => GroupCommit::Single,
        },
        company,
        purging: Purging::nobody(),
        timing: Timing::nobody(),
    }
}

/// Refuses a directory for photos where there may be other nodes, unless it was said that they see it (ruling 26).
fn check_shared(config: &Config) -> Result<(), HouseFault> {
    let several = matches!(config.database.url, DatabaseUrl::Postgres(_));
    let own = matches!(config.media.url.0, Place::Files(_)) && config.media.shared == Switch::Off;
    if several && own { Err(HouseFault::NotShared) } else { Ok(()) }
}

/// What was opened.
pub(crate) struct House {
    /// What the routes work with.
    pub(crate) edge: Edge,
    /// Where everything is stored.
    pub(crate) store: Arc<Store>,
    /// Who tells the CDN, if there is one.
    pub(crate) purger: Option<Purger>,
    /// Who tells webhooks.
    pub(crate) messenger: Messenger,
    /// Who sends the spans of requests, if anybody does.
    pub(crate) sender: Option<Sender>,
}

/// How long this node may answer readers while it does not see what others do.
fn sight(config: &Config) -> Sight {
    match config.database.url {
        DatabaseUrl::Sqlite(_) => Sight::alone(),
        DatabaseUrl::Postgres(_) => Sight::of_others(Duration::from_secs(config.cache.blind_s.into())),
    }
}

/// How many requests a client may send.
fn quotas(config: &Config) -> Quotas {
    let rates = &config.rates;
    Quotas {
        reads: NonZeroU32::new(rates.reads),
        media: NonZeroU32::new(rates.media),
        keyed_reads: NonZeroU32::new(rates.keyed_reads),
        anonymous_writes: NonZeroU32::new(rates.anonymous_writes),
        editor_reads: NonZeroU32::new(rates.editor_reads),
        editor_writes: NonZeroU32::new(rates.editor_writes),
    }
}

/// Opens everything. `public_url` is the base of our own addresses, and the issuer of tokens.
pub(crate) fn open(
    config: &Config,
    clock: Clock,
    public_url: &str,
    company: Company,
) -> Result<House, HouseFault> {
    check_shared(config)?;
    let answers = Answers::new(config.cache.octets(), clock.clone(), sight(config));
    let purged = answers.clone();
    let purging = Purging::new(move |keys| purged.purge(keys));
    let Tracing { sender, traces, timing } = Tracing::of(config, public_url, company)?;
    let store = Arc::new(Store::open(&Options { purging, timing, ..options(config, company) })?);
    let keys = keys::of_node(config, &store)?;
    let auth = &config.auth;
    let ids = Ids::new(Uuid::now_v7);
    let cost = Cost { memory_kib: auth.hash_memory_kib, passes: auth.hash_passes };
    let seconds = |s: u32| TimeDelta::seconds(s.into());
    let newsroom = Newsroom::new(Parts {
        store: Arc::clone(&store),
        clock: clock.clone(),
        ids: ids.clone(),
        site: config.site.clone(),
        hashing: Hashing::new(cost, auth.hashes_at_once, auth.hashes_waiting)?,
        darkroom: Darkroom::new(
            config.media.limits,
            Objects::open(&config.media.url.0, config.media.account.as_ref())?,
            config.site.credit_style,
            config.media.at_once,
        )?,
        tokens: AccessTokens::new(
            public_url,
            AUDIENCE,
            seconds(auth.access_ttl_s),
            &keys,
            keys::source(&config.secrets.dir),
        )?,
        comment_key: keys.secret().derive("commenters"),
        refresh_key: keys.secret().derive("refresh tokens"),
        session_idle: seconds(auth.session_idle_s),
        session_max: seconds(auth.session_max_s),
        most_skew: match (&config.database.url, config.database.most_skew_ms) {
            // A file has no clock of its own.
            (DatabaseUrl::Sqlite(_), _) | (DatabaseUrl::Postgres(_), 0) => None,
            (DatabaseUrl::Postgres(_), most) => Some(TimeDelta::milliseconds(most.into())),
        },
        invitation_life: seconds(auth.invitation_ttl_s),
        answers_kept: seconds(config.limits.idempotency_ttl_s),
        post: Post {
            vault: Vault::new(&keys.secret().derive("secrets of webhooks")),
            targets: webhooks::targets(config)?,
        },
        login_budget: Budget {
            per_account: auth.login_per_account,
            per_address: auth.login_per_address,
            window_s: auth.login_window_s,
        },
    });
    let base = public_url.to_owned();
    let media = Arc::new(move |photo, edition, variant| {
        format!("{base}{}", http::media::path(photo, edition, variant))
    });
    let outside = config.cdn.clone().map(|cdn| Purger::new(cdn, Arc::clone(&store), clock.clone()));
    let outside = outside.transpose().map_err(|fault| HouseFault::NoClient(fault.to_string()))?;
    let delivery =
        Delivery::new(LiveStore::of(Arc::clone(&store)), clock.clone(), Arc::new(config.site.clone()), media);
    let proxies = config.server.trusted_proxies.clone();
    let settings = Settings {
        public_url: public_url.to_owned(),
        cors_origins: config.server.cors_origins.0.iter().map(|origin| origin.as_str().to_owned()).collect(),
        trusts: Arc::new(move |peer| proxies.0.iter().any(|network| network.contains(peer))),
        body_bytes: config.limits.body_bytes,
        body_deadline_s: config.limits.body_deadline_s,
        file_octets: usize::try_from(config.media.limits.max_bytes).unwrap_or(usize::MAX),
        upload_deadline_s: config.media.upload_deadline_s,
        media_key: keys.secret().derive("addresses of photos"),
        credit_style: config.site.credit_style,
        cursor_key: keys.secret().derive("cursors"),
        ids,
        naming: match config.cdn.as_ref().map(|cdn| cdn.form) {
            Some(Form::Cloudflare) => Naming::CacheTagToo,
            Some(Form::Fastly | Form::Varnish) | None => Naming::SurrogateKey,
        },
        leaving: Leaving::default(),
        traces,
    };
    let limits = &config.limits;
    let followers = Followers::new(limits.followers, limits.followers_per_address);
    let messenger =
        Messenger::new(newsroom.clone()).map_err(|fault| HouseFault::NoMessenger(fault.to_string()))?;
    let metrics = Metrics::default();
    let rates = Rates::new(quotas(config), clock, newsroom.clone(), metrics.clone());
    Ok(House {
        edge: Edge { settings, newsroom, delivery, answers, metrics, followers, rates },
        store,
        purger: outside,
        messenger,
        sender,
    })
}

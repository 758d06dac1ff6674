//! `make test-cluster`: three nodes on one PostgreSQL, of which some are cut off, stopped and killed. Prints what it
//! measured, and fails where a promise is not kept.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Instant;

use masthead_bench::cluster::figures::Figures;
use masthead_bench::cluster::leases::{self, Desk};
use masthead_bench::cluster::observer::Observer;
use masthead_bench::cluster::staleness::{self, Trouble};
use masthead_bench::cluster::{Cluster, due};
use masthead_tests::database::Database;
use masthead_tests::receiver::Receiver;
use masthead_tests::{postgres, scratch};

/// Lets nodes tell receivers on this machine.
const NEIGHBOURS: [(&str, &str); 3] = [
    ("MASTHEAD_WEBHOOKS_ALLOW_NETWORKS", "127.0.0.1"),
    ("MASTHEAD_WEBHOOKS_HTTP", "on"),
    ("MASTHEAD_WEBHOOKS_PORTS", "1024-65535"),
];

/// The passes of the first part.
const TROUBLES: [(&str, Trouble); 3] =
    [("quiet", Trouble::None), ("cuts", Trouble::Cuts), ("standstills", Trouble::Standstills)];

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<ExitCode> {
    let mut given = std::env::args_os().skip(1);
    let program = PathBuf::from(given.next().ok_or_else(|| io::Error::other("which binary?"))?);
    // All parts, unless some are named.
    let named: Vec<_> = given.filter_map(|name| name.into_string().ok()).collect();
    let is_wanted = |name: &str| named.is_empty() || named.iter().any(|own| own == name);
    postgres::keep_commits();
    let (dir, began, mut figures) = (scratch::run_dir(), Instant::now(), Figures::default());
    let troubles: Vec<_> = TROUBLES.into_iter().filter(|(name, _)| is_wanted(name)).collect();
    if !troubles.is_empty() {
        stale(&program, &dir.join("stale"), troubles, &mut figures).await?;
    }
    if is_wanted("due") {
        figures.part("due");
        let (database, receiver) = (Database::Postgres.empty(dir), Receiver::start());
        let mut cluster = Cluster::start(&program, &dir.join("due"), database.url(), &NEIGHBOURS).await?;
        due::measure(&mut cluster, database.url(), &receiver, &mut figures).await?;
    }
    if is_wanted("leases") {
        figures.part("leases");
        let (database, webhook, cdn) = (Database::Postgres.empty(dir), Desk::open(), Desk::open());
        let url = cdn.receiver.url();
        let own = [
            ("MASTHEAD_CDN_PURGE_URL", url.as_str()),
            ("MASTHEAD_CDN_FORM", "varnish"),
            ("MASTHEAD_LIMITS_IDEMPOTENCY_TTL_S", "5"),
        ];
        let own = [&NEIGHBOURS[..], &own[..]].concat();
        let mut cluster = Cluster::start(&program, &dir.join("leases"), database.url(), &own).await?;
        leases::measure(&mut cluster, database.url(), &webhook, &cdn, &mut figures).await?;
    }
    figures.part("all");
    figures.tell("took_s", began.elapsed().as_secs());
    figures.tell("broken_promises", figures.broken());
    Ok(if figures.broken() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The first part, on one cluster.
async fn stale(
    program: &Path,
    dir: &Path,
    troubles: Vec<(&'static str, Trouble)>,
    figures: &mut Figures,
) -> io::Result<()> {
    let database = Database::Postgres.empty(dir);
    let cluster = Cluster::start(program, dir, database.url(), &[]).await?;
    staleness::prepare(&cluster).await?;
    let observer = Rc::<Observer>::default();
    for (name, trouble) in troubles {
        figures.part(name);
        staleness::measure(&cluster, database.url(), trouble, &observer, figures).await?;
    }
    cluster.examine()
}

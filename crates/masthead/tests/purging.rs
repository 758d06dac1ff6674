//! The binary is stopped in order while a CDN does not answer it. What it had to tell another tells at once.

#![expect(clippy::unwrap_used, reason = "a test ends where what it stands on is not there")]

use std::collections::BTreeSet;
use std::io::Read;
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use masthead_bench::node::Site;
use masthead_tests::receiver::{Receiver, Told};
use masthead_tests::{on_both, scratch};
use tokio::runtime::Builder;

/// How long a node may take until it tells of what was committed.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a CDN was told to let go of.
fn names(told: &[Told]) -> BTreeSet<&str> {
    told.iter().flat_map(|told| told.order.header("xkey-purge").split(' ')).collect()
}

on_both! {
    // abuse: OP-09
    fn what_a_node_had_to_tell_a_cdn_another_tells_once_it_has_stopped(database: Database) {
        let dir = scratch::new_dir("masthead-purging-");
        let (own, cdn) = (database.empty(&dir), Receiver::start());
        let url = cdn.url();
        let settings = [("MASTHEAD_CDN_PURGE_URL", url.as_str()), ("MASTHEAD_CDN_FORM", "varnish")];
        let site = Site::new(Path::new(env!("CARGO_BIN_EXE_masthead")), &dir.join("site"), own.url(), &settings);
        site.found().unwrap();
        // What happens from now on is told.
        site.work().unwrap();
        let (comes, came) = channel();
        cdn.acts(Arc::new(move |stream: &mut TcpStream| {
            let _ = comes.send(());
            // It has no answer for as long as the node waits for one.
            stream.read_to_end(&mut Vec::new()).map(drop)
        }));
        let node = site.start().unwrap();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(node.target()).unwrap();
        came.recv_timeout(PATIENCE).unwrap();
        node.stop().unwrap();
        let untold = cdn.took_exports();
        cdn.answers("200 OK", "");
        site.work().unwrap();
        let told = cdn.took_exports();
        assert!(!untold.is_empty() && names(&told).is_superset(&names(&untold)), "{untold:?}, and then {told:?}");
        drop(own);
        std::fs::remove_dir_all(dir).unwrap();
    }
}

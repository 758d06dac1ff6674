//! How a server starts and stops.

use std::net::TcpStream;

use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::site::Site;

on_both! {
    fn what_is_not_there_is_not_found(site: &Site) {
        site.reader().get("/nothing").status(404);
    }

    fn a_node_says_in_one_word_that_it_lives_and_is_ready(site: &Site) {
        for (path, word) in [("/health/live", "live"), ("/health/ready", "ready")] {
            let told = site.reader().get(path).status(200);
            assert_eq!((told.body.as_slice(), told.header("cache-control")), (word.as_bytes(), "no-store"));
        }
    }

    // abuse: OP-09
    fn a_node_that_is_about_to_stop_says_so_first(site: &Site) {
        site.leave();
        site.reader().get("/health/ready").refused(503, "not_ready");
        site.reader().get("/health/live").status(200);
        site.reader().get("/v1/articles").status(200);
    }

    // abuse: OP-07
    fn a_node_whose_clock_is_wrong_is_not_ready(database: Database) {
        let site = Site::with(database, &[("MASTHEAD_DATABASE_MOST_SKEW_MS", "500")]);
        let told = site.reader().get("/health/ready");
        match database {
            // It has the clock of its node.
            Database::Sqlite => told.status(200),
            Database::Postgres => told.refused(503, "not_ready"),
        };
    }

    fn a_stopped_server_is_gone_at_the_socket(database: Database) {
        let site = Site::start(database);
        let address = site.address().trim_start_matches("http://").to_owned();
        drop(site);
        assert!(TcpStream::connect(address).is_err());
    }
}

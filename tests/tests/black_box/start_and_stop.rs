//! How a server starts and stops.

use std::net::TcpStream;

use masthead_tests::on_both;
use masthead_tests::site::Site;

on_both! {
    fn what_is_not_there_is_not_found(site: &Site) {
        site.reader().get("/nothing").status(404);
    }

    fn a_stopped_server_is_gone_at_the_socket(database: Database) {
        let site = Site::start(database);
        let address = site.address().trim_start_matches("http://").to_owned();
        drop(site);
        assert!(TcpStream::connect(address).is_err());
    }
}

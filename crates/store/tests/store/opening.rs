//! Opening a database: the migrations, and who else may use a file.

use masthead_tests::database::Database;
use masthead_tests::on_both;
use store::Store;
use store::open::OpenError;
use store::options::{Company, Options};

use crate::own::Own;

on_both! {
    fn nodes_that_start_at_once_migrate_once(database: Database) {
        let own = Own::open(database);
        let options = Options { company: Company::Beside, ..own.options.clone() };
        let nodes: Vec<_> = (0..4)
            .map(|_| {
                let options = options.clone();
                std::thread::spawn(move || Store::open(&options).map(drop))
            })
            .collect();
        for node in nodes {
            node.join().unwrap().unwrap();
        }
    }
}

#[test]
fn a_second_server_on_one_file_is_refused() {
    let own = Own::open(Database::Sqlite);
    assert!(matches!(Store::open(&own.options), Err(OpenError::InUse)));
    let beside = Options { company: Company::Beside, ..own.options.clone() };
    assert!(Store::open(&beside).is_ok());
}

//! The macro that runs the same test on SQLite and on PostgreSQL, each as a test of its own.

/// Makes of each function two tests, `<name>::sqlite` and `<name>::postgres`.
///
/// The function takes `site: &Site`, one that was started for it alone; or `database: Database`, where the test
/// starts sites itself, with other settings or more than one.
#[macro_export]
macro_rules! on_both {
    () => {};
    ($(#[$about:meta])* fn $name:ident($site:ident: &Site) $story:block $($rest:tt)*) => {
        $(#[$about])*
        mod $name {
            use super::*;

            fn story($site: &$crate::site::Site) $story

            #[test]
            fn sqlite() {
                story(&$crate::site::Site::start($crate::database::Database::Sqlite));
            }

            #[test]
            fn postgres() {
                story(&$crate::site::Site::start($crate::database::Database::Postgres));
            }
        }
        $crate::on_both! { $($rest)* }
    };
    ($(#[$about:meta])* fn $name:ident($database:ident: Database) $story:block $($rest:tt)*) => {
        $(#[$about])*
        mod $name {
            use super::*;

            fn story($database: $crate::database::Database) $story

            #[test]
            fn sqlite() {
                story($crate::database::Database::Sqlite);
            }

            #[test]
            fn postgres() {
                story($crate::database::Database::Postgres);
            }
        }
        $crate::on_both! { $($rest)* }
    };
}

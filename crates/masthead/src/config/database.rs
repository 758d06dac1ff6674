//! `[database]`: which database, and how it is used. How it is spoken to is the store's matter.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use url::Url;

use super::masked::masked;
use super::reader::Section;
use super::switch::Switch;

/// The settings of the database.
#[derive(Debug, Clone)]
pub struct Database {
    /// Which one.
    pub url: DatabaseUrl,
    /// Whether waiting writes share one commit on SQLite.
    pub group_commit: Switch,
    /// Connections that are kept open.
    pub pool_size: u32,
    /// How far our clock may be from that of PostgreSQL before the node is not ready, in milliseconds; 0 does not ask.
    pub most_skew_ms: u32,
    /// Largest size of a SQLite file, in pages of 4 KiB; past it writes are refused as `storage_full`.
    pub max_pages: u32,
}

impl Database {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            url: section.key(
                "url",
                DatabaseUrl::Sqlite(PathBuf::from("masthead.db")),
                "sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME",
            ),
            group_commit: section.key(
                "group_commit",
                Switch::On,
                "SQLite: writes that wait share one commit and one fsync; every answer still waits for it",
            ),
            pool_size: section.number("pool_size", 16, 1..=1000, "Connections that are kept open"),
            most_skew_ms: section.number(
                "most_skew_ms",
                500,
                0..=60_000,
                "PostgreSQL: milliseconds by which our clock may differ from its before the node is not ready; 0: any",
            ),
            max_pages: section.number(
                "max_pages",
                MOST_PAGES,
                100..=MOST_PAGES,
                "SQLite: largest size of the file in pages of 4 KiB; past it writes are refused as storage_full",
            ),
        }
    }
}

/// What SQLite itself allows (`SQLITE_MAX_PAGE_COUNT`), about 16 TiB.
const MOST_PAGES: u32 = 4_294_967_294;

/// Which database. Shown without its password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// The SQLite file at this path.
    Sqlite(PathBuf),
    /// The PostgreSQL server and database of this address.
    Postgres(PostgresUrl),
}

/// Address and credentials of a PostgreSQL database.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl(Url);

impl PostgresUrl {
    /// The whole address with its password, for the connection and nothing else.
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for DatabaseUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "must be sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME";
        match text.split_once(':') {
            Some(("sqlite", file)) if file.contains('?') || matches!(file, "" | ":memory:") => {
                Err("must name a file, without parameters")
            }
            Some(("sqlite", file)) => {
                let file = file.strip_prefix("//").unwrap_or(file);
                Ok(Self::Sqlite(Path::new(file).to_owned()))
            }
            Some(("postgres" | "postgresql", _)) => {
                Url::parse(text).map(PostgresUrl).map(Self::Postgres).map_err(|_| FORM)
            }
            _ => Err(FORM),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => write!(f, "sqlite:{}", file.display()),
            Self::Postgres(url) => f.write_str(&masked(&url.0)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_for_the_connection_and_is_never_shown() {
        let text = "postgres://mara:geheim@db.varn.example:5433/news?sslmode=require&sslpassword=geheim";
        let url: DatabaseUrl = text.parse().unwrap();
        assert!(!format!("{url} {url:?}").contains("geheim"), "{url}");
        let DatabaseUrl::Postgres(postgres) = url else { panic!("not a PostgreSQL address") };
        assert_eq!(postgres.expose(), text);
    }

    // abuse: OP-02
    #[test]
    fn an_address_cannot_weaken_sqlite() {
        for text in
            ["sqlite:a.db?synchronous=OFF", "sqlite:a.db?journal_mode=MEMORY", "sqlite::memory:", "sqlite:"]
        {
            assert!(text.parse::<DatabaseUrl>().is_err(), "{text}");
        }
    }
}

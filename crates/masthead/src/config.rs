//! Everything that can be set, typed and checked before anything starts. What each setting does is decided where it is used.
//!
//! A setting comes from its default, then from `masthead.toml`, then from the environment
//! (`MASTHEAD_<SECTION>_<KEY>`); the last one wins. Each section states its keys once, with default, range and
//! meaning; parsing, the list of known keys and `masthead config` all come from that one statement.

use std::path::Path;

use domain::site::Site;

pub mod auth;
pub mod cache;
pub mod cdn;
mod comments;
pub mod database;
pub mod fault;
pub mod limits;
pub mod list;
pub mod log;
mod masked;
pub mod media;
pub mod metrics;
pub mod network;
mod print;
pub mod rates;
mod raw;
mod reader;
pub mod secrets;
pub mod server;
mod site;
pub mod switch;
pub mod traces;
pub mod webhooks;

use auth::Auth;
use cache::Cache;
use cdn::Cdn;
use database::Database;
use fault::ConfigError;
use limits::Limits;
use log::Log;
use media::Media;
use metrics::Metrics;
use rates::Rates;
use raw::Raw;
use reader::{InForce, Reader};
use secrets::Secrets;
use server::Server;
use traces::Traces;
use webhooks::Webhooks;

/// The file that is read where `--config` names no other. It may be absent.
pub const DEFAULT_FILE: &str = "masthead.toml";

/// What this process is for. Test seams are refused outside [`Purpose::Test`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A newsroom works with it.
    Work,
    /// A test drives it (`MASTHEAD_ENV=test`).
    Test,
}

/// All settings in force.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where we listen and whom we believe.
    pub server: Server,
    /// Where articles are kept.
    pub database: Database,
    /// Where keys are kept.
    pub secrets: Secrets,
    /// The site: its name, its publisher, where its articles are read.
    pub site: Site,
    /// Sign-in: lifetimes, cost and budgets.
    pub auth: Auth,
    /// What one request may cost.
    pub limits: Limits,
    /// How many requests a client may send.
    pub rates: Rates,
    /// Photos: where their bytes lie, and what a file may ask.
    pub media: Media,
    /// What is kept of what was composed for readers.
    pub cache: Cache,
    /// The CDN that is told what to let go of, if one is.
    pub cdn: Option<Cdn>,
    /// To where events may be told.
    pub webhooks: Webhooks,
    /// Where a node tells how it fares.
    pub metrics: Metrics,
    /// To whom requests are told of as spans, if to anybody.
    pub traces: Option<Traces>,
    /// How much is logged.
    pub log: Log,
    /// Work or test.
    pub purpose: Purpose,
    in_force: Vec<InForce>,
}

impl Config {
    /// Reads the settings. `file` is the one that was named, or `None` for [`DEFAULT_FILE`] where that exists;
    /// `environment` is that of the process (variables that do not begin with `MASTHEAD_` are ignored).
    ///
    /// All faults are told at once, unknown keys with the known one that is closest.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut raw = Raw::default();
        match file {
            Some(path) => raw.add_file(path)?,
            None if Path::new(DEFAULT_FILE).exists() => raw.add_file(Path::new(DEFAULT_FILE))?,
            None => {}
        }
        raw.add_environment(environment);
        Self::read(raw)
    }

    fn read(raw: Raw) -> Result<Self, ConfigError> {
        let purpose = raw.purpose();
        let mut reader = Reader::new(raw);
        let server = Server::read(&mut reader.section("server"));
        let database = Database::read(&mut reader.section("database"));
        let secrets = Secrets::read(&mut reader.section("secrets"));
        let comments = comments::read(&mut reader.section("comments"));
        let site = site::read(&mut reader.section("site"), comments);
        let auth = Auth::read(&mut reader.section("auth"));
        let limits = Limits::read(&mut reader.section("limits"));
        let rates = Rates::read(&mut reader.section("rates"));
        let media = Media::read(&mut reader.section("media"));
        let cache = Cache::read(&mut reader.section("cache"));
        let cdn = Cdn::read(&mut reader.section("cdn"));
        let webhooks = Webhooks::read(&mut reader.section("webhooks"));
        let metrics = Metrics::read(&mut reader.section("metrics"));
        let traces = Traces::read(&mut reader.section("traces"));
        let log = Log::read(&mut reader.section("log"));
        let (site, in_force) = reader.finish(site)?;
        Ok(Self {
            server,
            database,
            secrets,
            site,
            auth,
            limits,
            rates,
            media,
            cache,
            cdn,
            webhooks,
            metrics,
            traces,
            log,
            purpose,
            in_force,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(toml: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let mut raw = Raw::default();
        raw.add_text("masthead.toml", toml)?;
        raw.add_environment(environment.iter().map(|(key, value)| ((*key).into(), (*value).into())));
        Config::read(raw)
    }

    fn faults(toml: &str, environment: &[(&str, &str)]) -> String {
        from(toml, environment).unwrap_err().to_string()
    }

    #[test]
    fn defaults_run() {
        let config = from("", &[]).unwrap();
        assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.database.url.to_string(), "sqlite:masthead.db");
        assert_eq!(config.purpose, Purpose::Work);
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let toml = "[server]\nlisten = \"127.0.0.1:1\"\n[site]\nname = \"The Varn Post\"";
        let config = from(toml, &[("MASTHEAD_SERVER_LISTEN", "127.0.0.1:2"), ("HOME", "/")]).unwrap();
        assert_eq!(config.server.listen.port(), 2);
        assert_eq!(config.site.name.as_str(), "The Varn Post");
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_the_one_meant() {
        let told =
            faults("[server]\nlisten_on = \"x\"\n[databse]\nurl = \"x\"", &[("MASTHEAD_SERVER_LISTN", "x")]);
        assert!(
            told.contains("masthead.toml: server.listen_on: unknown setting; did you mean `listen`?"),
            "{told}"
        );
        assert!(told.contains("masthead.toml: databse: unknown section; did you mean `database`?"), "{told}");
        assert!(
            told.contains("MASTHEAD_SERVER_LISTN: unknown setting; did you mean MASTHEAD_SERVER_LISTEN?"),
            "{told}"
        );
    }

    #[test]
    fn all_bad_values_are_told_at_once_and_none_is_echoed() {
        let toml = "[server]\nlisten = \"nowhere\"\nworkers = 0\n[database]\nurl = \"mysql://u:geheim@h/d\"\ngroup_commit = 3";
        let told = faults(toml, &[]);
        for name in ["server.listen", "server.workers", "database.url", "database.group_commit"] {
            assert!(told.contains(name), "{name} is missing in: {told}");
        }
        assert!(!told.contains("geheim"), "{told}");
    }

    #[test]
    fn what_is_printed_can_be_read_back_and_masks_secrets() {
        let url = "postgres://mara:geheim@db.varn.example/news?sslpassword=geheim";
        let cdn = "purge_url = \"https://mara:geheim@cdn.varn.example/purge?key=geheim&geheim\"\ntoken = \"geheim\"";
        let toml = format!("[server]\nworkers = 3\n[cdn]\n{cdn}");
        let config = from(&toml, &[("MASTHEAD_DATABASE_URL", url)]).unwrap();
        let printed = config.to_string();
        assert!(!printed.contains("geheim") && !format!("{config:?}").contains("geheim"), "{printed}");
        assert!(printed.contains("workers = 3"), "{printed}");
        assert!(printed.contains("https://mara:***@cdn.varn.example/purge?key=***&***"), "{printed}");
        let again = from(&printed, &[]).unwrap();
        assert_eq!(again.server.workers, 3);
    }

    #[test]
    fn a_collector_is_told_with_its_secrets_masked() {
        let toml = "[traces]\nendpoint = \"https://otlp.varn.example\"\nheaders = [\"api-key=geheim\"]\nsample = 0.25";
        let config = from(toml, &[]).unwrap();
        let printed = config.to_string();
        assert!(!printed.contains("geheim") && !format!("{config:?}").contains("geheim"), "{printed}");
        let again = from(&printed, &[]).unwrap().traces.unwrap();
        assert_eq!(
            (again.address().as_str(), again.sample.get()),
            ("https://otlp.varn.example/v1/traces", 0.25)
        );
        assert!(from("", &[("MASTHEAD_TRACES_SAMPLE", "0.5")]).unwrap().traces.is_none());
        let told = faults("", &[("MASTHEAD_TRACES_HEADERS", "geheim"), ("MASTHEAD_TRACES_SAMPLE", "2")]);
        assert!(told.contains("TRACES_HEADERS") && told.contains("TRACES_SAMPLE"), "{told}");
        assert!(!told.contains("geheim"), "{told}");
    }

    #[test]
    fn a_site_is_published_under_its_own_name_unless_told() {
        assert_eq!(
            from("[site]\nname = \"The Varn Post\"", &[]).unwrap().site.publisher.as_str(),
            "The Varn Post"
        );
        assert!(
            faults("", &[("MASTHEAD_SITE_ARTICLE_URL", "/{slug}")]).contains("MASTHEAD_SITE_ARTICLE_URL")
        );
    }

    #[test]
    fn only_the_word_test_makes_a_test() {
        assert_eq!(from("", &[("MASTHEAD_ENV", "test")]).unwrap().purpose, Purpose::Test);
        assert!(faults("", &[("MASTHEAD_ENV", "tset")]).contains("MASTHEAD_ENV"));
    }
}

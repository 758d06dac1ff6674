//! A PostgreSQL cluster for this run, from the installed server binaries; or the server that
//! `MASTHEAD_TEST_POSTGRES_URL` names.

use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use crate::scratch;

/// Makes the cluster, says `ready`, waits until the tests' process is gone (its end closes our standard input, even
/// when it is killed), and leaves nothing behind. Its databases sort text by a language, and as if there were no spaces
/// and hyphens, so that a test sees where the order of a database makes a difference.
const SUPERVISOR: &str = r#"
bin=$1 dir=$2 durable=$3 buffers=$4
trap '"$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1; cd /; rm -rf "$dir"' EXIT
fail() { cat "$dir/log"; exit 1; }
"$bin/initdb" -D "$dir/data" -U masthead -A trust -E UTF8 --locale=C --locale-provider=icu --icu-locale=en-u-ka-shifted \
  --no-sync >"$dir/log" 2>&1 </dev/null || fail
"$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w start >"$dir/start" 2>&1 </dev/null -o "-c listen_addresses= \
  -c unix_socket_directories=$dir -c fsync=$durable -c full_page_writes=$durable -c synchronous_commit=$durable \
  -c max_connections=400 -c shared_buffers=$buffers -c autovacuum=off" || fail
echo ready
cat >/dev/null
"#;

/// Drops what this run has made on a server that is not ours, when the tests' process is gone.
const SWEEPER: &str = r#"
cat >/dev/null
"$1" --no-psqlrc -qAt -d "$2" <<SQL
SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database WHERE starts_with(datname, '$3') \gexec
SQL
"#;

/// Whether the cluster of this run keeps what it has committed over a failure of power.
static DURABLE: OnceLock<()> = OnceLock::new();

/// Lets the cluster keep what it has committed, at the pace of the disk, and gives it memory as a server of its own has it; to
/// be said before the first database. Tests have no use for that, measurements do.
pub fn keep_commits() {
    DURABLE.get_or_init(|| ());
}

/// Whether the cluster of this run keeps its commits, and how much memory it keeps pages in.
fn care() -> [String; 2] {
    let care = |durable: &str, megabytes| [durable.to_owned(), format!("{megabytes}MB")];
    if DURABLE.get().is_some() { care("on", quarter_of_memory().unwrap_or(512)) } else { care("off", 64) }
}

/// In MB. What the manual of PostgreSQL has a server begin with (<https://www.postgresql.org/docs/15/runtime-config-resource.html>);
/// `None` where the machine does not say what it has.
fn quarter_of_memory() -> Option<u64> {
    let told = fs::read_to_string("/proc/meminfo").ok()?;
    let total = told.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB"))?;
    Some(total.parse::<u64>().ok()? / 1024 / 4)
}

/// How to reach PostgreSQL in this run.
struct Server {
    /// The address of a database from which others can be made.
    url: String,
    psql: PathBuf,
    /// Held for as long as we live: its standard input is what ends it.
    _supervisor: Child,
}

/// How the names of this run's databases begin: other runs may share the server.
pub(crate) fn prefix() -> String {
    format!("masthead_test_{}_", std::process::id())
}

/// The address of the database `name`.
pub(crate) fn url_of(name: &str) -> String {
    let url = &server().url;
    let (base, parameters) =
        url.split_once('?').map_or((url.as_str(), None), |(base, rest)| (base, Some(rest)));
    let (base, _) = base.rsplit_once('/').expect("an address with the name of a database");
    parameters.map_or_else(|| format!("{base}/{name}"), |parameters| format!("{base}/{name}?{parameters}"))
}

/// Runs statements that make and drop databases.
#[track_caller]
pub(crate) fn administer(statements: &[&str]) {
    let Server { url, psql, .. } = server();
    let mut command = Command::new(psql);
    command.args(["--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", url]);
    for statement in statements {
        command.args(["-c", statement]);
    }
    let done = command.stdin(Stdio::null()).output().expect("psql starts");
    assert!(done.status.success(), "{statements:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// What a query of the database at `url` gives, a line for each row.
#[track_caller]
pub fn ask(url: &str, query: &str) -> Vec<String> {
    let mut command = Command::new(&server().psql);
    command.args(["--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", query]);
    let done = command.stdin(Stdio::null()).output().expect("psql starts");
    assert!(done.status.success(), "{query}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).lines().map(str::to_owned).collect()
}

/// A transaction that stands open until this is dropped.
#[derive(Debug)]
pub struct Open(Child);

/// Begins one in the database at `url` with a statement, and leaves it open.
#[track_caller]
pub fn hold_open(url: &str, statement: &str) -> Open {
    let mut command = Command::new(&server().psql);
    command.args(["--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", url]);
    let mut psql = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("psql starts");
    let stdin = psql.stdin.as_mut().expect("piped");
    stdin.write_all(format!("BEGIN;\n{statement};\n\\echo done\n").as_bytes()).expect("psql listens");
    let mut said = String::new();
    BufReader::new(psql.stdout.take().expect("piped")).read_line(&mut said).expect("psql answers");
    assert_eq!(said, "done\n", "{statement}");
    Open(psql)
}

impl Drop for Open {
    fn drop(&mut self) {
        // The end of what it is told is its own end, and that of the transaction.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// Every row of every table of the database at `url`, as text.
#[track_caller]
pub(crate) fn rows_of(url: &str) -> Vec<u8> {
    const SCRIPT: &str = r"SELECT format('SELECT t::text FROM %I.%I t', schemaname, tablename) FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') \gexec
";
    let mut command = Command::new(&server().psql);
    command.args(["--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", url]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().expect("psql starts");
    running.stdin.take().expect("piped").write_all(SCRIPT.as_bytes()).expect("psql listens");
    let done = running.wait_with_output().expect("psql ends");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    // Inside a row, quotation marks stand twice.
    String::from_utf8_lossy(&done.stdout).replace("\"\"", "\"").into_bytes()
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    SERVER.get_or_init(|| named().map_or_else(throwaway, Ok)).as_ref().unwrap_or_else(|why| panic!("{why}"))
}

/// The server that the environment names.
fn named() -> Option<Server> {
    #[expect(clippy::disallowed_methods, reason = "a setting of the tests, not of the server")]
    let url = std::env::var("MASTHEAD_TEST_POSTGRES_URL").ok()?;
    let psql = programs().map_or_else(|| "psql".into(), |bin| bin.join("psql"));
    let mut sweeper = Command::new("sh");
    sweeper.args(["-c", SWEEPER, "sweeper"]).arg(&psql).args([&url, &prefix()]);
    let sweeper = sweeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    Some(Server { url, psql, _supervisor: sweeper.spawn().expect("sh starts") })
}

fn throwaway() -> Result<Server, String> {
    let bin = programs().ok_or(
        "the tests need PostgreSQL: `apt-get install postgresql` (or your system's package with initdb and psql) \
         brings the server binaries, of which each run makes a cluster of its own; or set \
         MASTHEAD_TEST_POSTGRES_URL to a server where databases may be created",
    )?;
    let dir = scratch::new_dir("masthead-postgres-");
    let mut supervisor = Command::new("sh");
    supervisor.args(["-c", SUPERVISOR, "supervisor"]).args([&bin, &dir]).args(care()).current_dir(&dir);
    if fs::metadata(&dir).is_ok_and(|dir| dir.uid() == 0) {
        // PostgreSQL refuses to run as root.
        let (user, group) = unprivileged()?;
        chown(&dir, Some(user), Some(group)).map_err(|error| format!("{}: {error}", dir.display()))?;
        supervisor.uid(user).gid(group);
    }
    let mut supervisor = supervisor
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .map_err(|error| format!("sh does not start: {error}"))?;
    let mut said = Vec::new();
    for line in BufReader::new(supervisor.stdout.take().expect("piped")).lines() {
        match line.as_deref() {
            Ok("ready") => {
                let url = format!("postgres:///postgres?host={}&user=masthead", dir.display());
                return Ok(Server { url, psql: bin.join("psql"), _supervisor: supervisor });
            }
            Ok(line) => said.push(line.to_owned()),
            Err(_) => break,
        }
    }
    Err(format!("the PostgreSQL of {} does not start:\n{}", bin.display(), said.join("\n")))
}

/// Where the server binaries are: on the path, or where Debian keeps them, the newest.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .collect();
    debian.sort_by_key(|bin| version_of(bin));
    std::env::split_paths(&path)
        .chain(debian.into_iter().rev())
        .find(|bin| ["initdb", "pg_ctl", "psql"].iter().all(|program| bin.join(program).is_file()))
}

fn version_of(bin: &Path) -> Option<u32> {
    bin.parent()?.file_name()?.to_str()?.parse().ok()
}

/// User and group that may run PostgreSQL when we are root.
fn unprivileged() -> Result<(u32, u32), String> {
    let accounts = fs::read_to_string("/etc/passwd").map_err(|error| format!("/etc/passwd: {error}"))?;
    let ids = |name: &str| {
        let account = accounts.lines().find(|account| account.split(':').next() == Some(name))?;
        let mut fields = account.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    ids("postgres").or_else(|| ids("nobody")).ok_or_else(|| "there is no user postgres or nobody".to_owned())
}

//! One server as a process of its own, with an empty database in a directory of its own.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::Value;

use crate::connection::{Answer, Connection, request};
use crate::load::Target;

/// The address with which the load signs in.
const EMAIL: &str = "bench@varn.example";

/// Its password.
const PASSWORD: &str = "eleven gates and one lamp";

/// Where it keeps its keys, in its directory.
const KEYS: &str = "secrets";

/// More requests than any measurement sends in a minute.
const MANY: &str = "1000000000";

/// Where a node finds what it needs to start, again and again.
#[derive(Debug, Clone)]
pub struct Site {
    /// The binary.
    pub program: PathBuf,
    /// Its directory.
    pub dir: PathBuf,
    /// Its settings, as environment variables.
    pub settings: Vec<(String, String)>,
}

/// A node that answers.
#[derive(Debug)]
pub struct Node {
    process: Child,
    /// Where it answers.
    pub address: SocketAddr,
}

impl Site {
    /// A site in `dir` on this database, with settings of its own.
    pub fn new(program: &Path, dir: &Path, database_url: &str, own: &[(&str, &str)]) -> Self {
        let usual = [
            ("MASTHEAD_SERVER_LISTEN", "127.0.0.1:0"),
            ("MASTHEAD_DATABASE_URL", database_url),
            ("MASTHEAD_LOG_FILTER", "warn"),
            ("MASTHEAD_MEDIA_SHARED", "on"),
            // The load is one client. What counting costs is measured too.
            ("MASTHEAD_RATES_READS", MANY),
            ("MASTHEAD_RATES_MEDIA", MANY),
            ("MASTHEAD_RATES_KEYED_READS", MANY),
            ("MASTHEAD_RATES_ANONYMOUS_WRITES", MANY),
            ("MASTHEAD_RATES_EDITOR_READS", MANY),
            ("MASTHEAD_RATES_EDITOR_WRITES", MANY),
        ];
        let owned = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
        let settings = usual.iter().chain(own).map(owned).collect();
        Self { program: program.to_owned(), dir: dir.to_owned(), settings }
    }

    /// A command of the binary; `before` stands in front of it, as `strace` does.
    fn command(&self, before: &[&str]) -> Command {
        let mut line =
            before.iter().map(|part| (*part).into()).chain([self.program.clone().into_os_string()]);
        let mut command = Command::new(line.next().unwrap_or_default());
        command.args(line).env_clear().envs(self.settings.iter().cloned()).current_dir(&self.dir);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Makes the directory, the keys and one admin.
    pub fn found(&self) -> io::Result<()> {
        fs::create_dir_all(&self.dir)?;
        succeed(self.command(&[]).args(["keys", "init"]))?;
        let mut adding = self
            .command(&[])
            .args(["user", "add", EMAIL, "--name", "Bench", "--role", "admin", "--password-stdin"])
            .stdin(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = adding.stdin.take() {
            stdin.write_all(PASSWORD.as_bytes())?;
        }
        told(adding.wait_with_output()?)
    }

    /// Takes over the keys of another, of whose database this one has a copy.
    pub fn take_keys_of(&self, other: &Self) -> io::Result<()> {
        let keys = |site: &Self| site.dir.join(KEYS);
        fs::create_dir_all(keys(self))?;
        for key in fs::read_dir(keys(other))? {
            let key = key?;
            fs::copy(key.path(), keys(self).join(key.file_name()))?;
        }
        Ok(())
    }

    /// Imports the demo edition.
    pub fn import_demo(&self) -> io::Result<()> {
        succeed(self.command(&[]).args(["import", "demo"]))
    }

    /// Lets `masthead doctor` examine the database; what is broken is the error.
    pub fn examine(&self) -> io::Result<()> {
        let output = self.command(&[]).arg("doctor").output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(io::Error::other(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()))
    }

    /// Lets `masthead worker --once` do what is due.
    pub fn work(&self) -> io::Result<()> {
        succeed(self.command(&[]).args(["worker", "--once"]))
    }

    /// The same as if it were then, an RFC 3339 instant.
    pub fn work_at(&self, instant: &str) -> io::Result<()> {
        let clock = self.dir.join("clock");
        fs::write(&clock, instant)?;
        let mut command = self.command(&[]);
        // The database has another clock.
        command.env("MASTHEAD_ENV", "test").env("MASTHEAD_DATABASE_MOST_SKEW_MS", "0");
        succeed(command.args(["worker", "--once", "--clock-file"]).arg(clock))
    }

    /// Starts the server and returns when it listens.
    pub fn start(&self) -> io::Result<Node> {
        self.start_under(&[])
    }

    /// Starts the server below another program.
    pub fn start_under(&self, before: &[&str]) -> io::Result<Node> {
        let mut process = self.command(before).arg("serve").spawn()?;
        let stdout = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut said = String::new();
        BufReader::new(stdout).read_line(&mut said)?;
        match said.trim().rsplit_once("http://").and_then(|(_, address)| address.parse().ok()) {
            Some(address) => {
                if let Some(stderr) = process.stderr.take() {
                    pass_on(stderr);
                }
                Ok(Node { process, address })
            }
            None => Err(told(process.wait_with_output()?).err().unwrap_or(io::ErrorKind::InvalidData.into())),
        }
    }
}

/// A measurement that ends, or fails, leaves no server behind that would take part in the next.
impl Drop for Node {
    fn drop(&mut self) {
        // It has ended where it was stopped in order.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Node {
    /// Ends it as a power failure would.
    pub fn kill(mut self) -> io::Result<()> {
        self.process.kill()?;
        self.process.wait().map(|_| ())
    }

    /// Ends it in order.
    pub fn stop(mut self) -> io::Result<()> {
        self.signal("TERM")?;
        self.process.wait().map(|_| ())
    }

    /// Stops it where it is, in the middle of whatever it does.
    pub fn freeze(&self) -> io::Result<()> {
        self.signal("STOP")
    }

    /// Lets it go on where it was stopped.
    pub fn go_on(&self) -> io::Result<()> {
        self.signal("CONT")
    }

    fn signal(&self, name: &str) -> io::Result<()> {
        succeed(Command::new("kill").args(["-s", name, &self.server()?.to_string()]))
    }

    /// How much memory the server has in use, in KiB.
    pub fn resident_kib(&self) -> io::Result<u64> {
        self.memory_kib("VmRSS:")
    }

    /// How much it has had at most.
    pub fn most_resident_kib(&self) -> io::Result<u64> {
        self.memory_kib("VmHWM:")
    }

    fn memory_kib(&self, name: &str) -> io::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server()?))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok())
            .ok_or(io::ErrorKind::NotFound.into())
    }

    /// The id of the server: the process itself, or its child where it was started below another program.
    fn server(&self) -> io::Result<u32> {
        let id = self.process.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
        Ok(children.split_whitespace().next().and_then(|child| child.parse().ok()).unwrap_or(id))
    }

    /// Signs in and makes what the load needs.
    pub async fn target(&self) -> io::Result<Target> {
        let token = self.token().await?;
        self.section(&token).await?;
        Ok(Target { address: self.address, token })
    }

    /// Signs in.
    pub async fn token(&self) -> io::Result<String> {
        let body = format!(r#"{{"email":"{EMAIL}","password":"{PASSWORD}"}}"#);
        let sign_in = request("POST", "/v1/auth/login", None, None, &body);
        let answer = Connection::open(self.address).await?.exchange(&sign_in).await?;
        let told: Value = serde_json::from_slice(&answer.body)?;
        told["access_token"].as_str().map(str::to_owned).ok_or_else(|| refused(&answer))
    }

    /// Makes the section of the load, unless it is there.
    pub async fn section(&self, token: &str) -> io::Result<()> {
        let body = r#"{"name":"Bench","slug":"bench"}"#;
        let make = request("POST", "/v1/editorial/sections", Some(token), None, body);
        let answer = Connection::open(self.address).await?.exchange(&make).await?;
        if matches!(answer.status, 201 | 409 | 422) { Ok(()) } else { Err(refused(&answer)) }
    }
}

/// An answer that stops a measurement.
pub fn refused(answer: &Answer) -> io::Error {
    io::Error::other(format!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body)))
}

fn succeed(command: &mut Command) -> io::Result<()> {
    told(command.output()?)
}

/// Shows what a command complained of, and makes it the error of one that failed.
fn told(output: std::process::Output) -> io::Result<()> {
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() {
        eprint!("{complaints}");
        return Ok(());
    }
    Err(io::Error::other(complaints))
}

/// Shows what a node complains of, so that nothing waits for a pipe that nobody reads.
fn pass_on(stderr: ChildStderr) {
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            eprintln!("{line}");
        }
    });
}

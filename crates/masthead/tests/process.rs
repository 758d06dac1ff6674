//! The binary as a process: what it prints, how it refuses, how signals end it. What it answers is tested over HTTP
//! in the crate `masthead-tests`.

#![expect(clippy::unwrap_used, reason = "a test ends where what it stands on is not there")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use masthead_tests::database::Database;

/// A command in an empty directory, with no setting from outside.
fn masthead(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    command.env_clear().current_dir(dir).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn refusal(command: &mut Command) -> String {
    let Output { status, stderr, .. } = command.output().unwrap();
    assert_eq!(status.code(), Some(1));
    String::from_utf8(stderr).unwrap()
}

/// A server on a free port, when it has said where.
fn serving(dir: &Path) -> (Child, SocketAddr) {
    // Nobody reads what it logs, and it would wait for that.
    let settings = [("MASTHEAD_SERVER_LISTEN", "127.0.0.1:0"), ("MASTHEAD_LOG_FILTER", "warn")];
    let mut child = masthead(dir).arg("serve").envs(settings).spawn().unwrap();
    let said = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    let address = said.rsplit_once("http://").unwrap().1.parse().unwrap();
    (child, address)
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn a_wrong_setting_is_told_before_anything_starts() {
    let dir = tempfile::tempdir().unwrap();
    let told = refusal(masthead(dir.path()).arg("serve").env("MASTHEAD_SERVER_LISTN", "127.0.0.1:0"));
    assert!(told.contains("did you mean MASTHEAD_SERVER_LISTEN?"), "{told}");
}

#[test]
fn photos_in_a_directory_of_one_node_are_told_where_there_may_be_others() {
    let dir = tempfile::tempdir().unwrap();
    let mut node = masthead(dir.path());
    let node = node.arg("serve").env("MASTHEAD_SERVER_LISTEN", "127.0.0.1:0");
    // Nobody listens there, which is what the second start finds out.
    let told = refusal(node.env("MASTHEAD_DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing"));
    assert!(told.contains("media.shared = on"), "{told}");
    let told = refusal(node.env("MASTHEAD_MEDIA_SHARED", "on"));
    assert!(!told.contains("media.shared"), "{told}");
}

/// A quarter of them crashed, while the pool opened a connection that nobody waited for.
#[test]
fn a_short_command_ends_in_order_on_postgresql() {
    for _ in 0..12 {
        let dir = tempfile::tempdir().unwrap();
        let own = Database::Postgres.empty(dir.path());
        let mut command = masthead(dir.path());
        let command = command.args(["keys", "init"]).env("MASTHEAD_DATABASE_URL", own.url());
        let output = command.env("MASTHEAD_MEDIA_SHARED", "on").output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
}

#[test]
fn a_taken_address_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let told = refusal(masthead(dir.path()).arg("serve").env("MASTHEAD_SERVER_LISTEN", &address));
    assert!(told.contains(&format!("cannot listen on {address}")), "{told}");
}

#[test]
fn the_clock_of_a_newsroom_is_its_machines() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("clock"), "2026-01-01T12:00:00Z").unwrap();
    for command in [&["serve"][..], &["worker", "--once"]] {
        let told = refusal(masthead(dir.path()).args(command).args(["--clock-file", "clock"]));
        assert!(told.contains("MASTHEAD_ENV=test"), "{command:?}: {told}");
    }
}

#[test]
fn the_settings_are_printed_without_secrets() {
    let dir = tempfile::tempdir().unwrap();
    let url = "postgres://mara:geheim@db.varn.example/news";
    let output = masthead(dir.path()).arg("config").env("MASTHEAD_DATABASE_URL", url).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        printed.contains("postgres://mara:***@db.varn.example/news") && !printed.contains("geheim"),
        "{printed}"
    );
}

// abuse: AUTH-14
#[test]
fn a_user_is_added_by_an_invitation_that_is_printed_once() {
    let dir = tempfile::tempdir().unwrap();
    let add = ["user", "add", "mara@varn.example", "--name", "Mara Lind", "--role", "admin"];
    let output = masthead(dir.path()).args(add).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let secret = printed.lines().last().unwrap();
    assert!(output.status.success() && secret.starts_with("mhi_") && secret.len() == 68, "{printed}");
    let kept = std::fs::read(dir.path().join("masthead.db")).unwrap();
    assert!(!kept.windows(secret.len()).any(|window| window == secret.as_bytes()), "the secret is kept");
    assert!(!String::from_utf8(output.stderr).unwrap().contains(secret));
}

// abuse: OP-09
#[test]
fn a_signal_ends_the_server_in_order() {
    for name in ["TERM", "INT"] {
        let dir = tempfile::tempdir().unwrap();
        let (mut child, address) = serving(dir.path());
        // Open and idle: nothing is running on it, so nothing waits for it.
        let _idle = TcpStream::connect(address).unwrap();
        signal(&child, name);
        assert!(child.wait().unwrap().success(), "{name}");
        assert!(TcpStream::connect(address).is_err(), "{name}");
    }
}

/// Asks one question after another, on a new connection once the last was closed, until none is taken, and tells of each answer.
/// One of which a part is missing is a failure.
fn ask_until_the_end(address: SocketAddr, answered: &Sender<()>) {
    while let Ok(stream) = TcpStream::connect(address) {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut stream = BufReader::new(stream);
        while stream.get_mut().write_all(b"GET /v1/articles HTTP/1.1\r\nHost: varn\r\n\r\n").is_ok() {
            let mut line = String::new();
            if !stream.read_line(&mut line).is_ok_and(|octets| octets > 0) {
                assert_eq!(line, "", "an answer ends in its first line");
                break;
            }
            let mut octets = 0;
            while line != "\r\n" {
                line.clear();
                assert!(stream.read_line(&mut line).unwrap() > 0, "an answer ends in its head");
                if let Some(length) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    octets = length.trim().parse().unwrap();
                }
            }
            stream.read_exact(&mut vec![0; octets]).unwrap();
            // After the signal nobody counts them.
            let _ = answered.send(());
        }
    }
}

// abuse: OP-09
#[test]
fn a_signal_under_load_cuts_no_answer_off() {
    let dir = tempfile::tempdir().unwrap();
    let (mut child, address) = serving(dir.path());
    let (answers, clients): (Vec<_>, Vec<_>) = (0..50)
        .map(|_| {
            let (answered, answers) = channel();
            (answers, std::thread::spawn(move || ask_until_the_end(address, &answered)))
        })
        .unzip();
    for answers in answers {
        answers.recv_timeout(Duration::from_secs(20)).unwrap();
    }
    signal(&child, "TERM");
    let ended = child.wait().unwrap();
    for client in clients {
        client.join().unwrap();
    }
    assert!(ended.success(), "{ended}");
}

// abuse: OP-10
#[test]
fn an_announcement_waits_for_no_sweep() {
    let dir = tempfile::tempdir().unwrap();
    let (mut child, _) = serving(dir.path());
    let tasks = format!("/proc/{}/task", child.id());
    let has_own_thread = |worker: &str| {
        let threads = std::fs::read_dir(&tasks).unwrap().map(|thread| thread.unwrap().path().join("comm"));
        // One may have ended since.
        threads.filter_map(|comm| std::fs::read_to_string(comm).ok()).any(|name| name.trim() == worker)
    };
    let began = Instant::now();
    let all = || ["announcer", "sweeper"].into_iter().all(has_own_thread);
    // A thread names itself once it runs.
    while !all() && began.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let at_work = all();
    signal(&child, "TERM");
    assert!(child.wait().unwrap().success());
    assert!(at_work, "they share one thread");
}

// abuse: AUTH-14
#[test]
fn a_second_start_makes_no_second_admin() {
    let dir = tempfile::tempdir().unwrap();
    let mut said = Vec::new();
    for email in ["admin@varn.example", "admin@varn.example", "other@varn.example"] {
        let output = masthead(dir.path()).args(["user", "first", email, "--name", "Admin"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        said.push(String::from_utf8(output.stdout).unwrap());
    }
    assert!(said[0].starts_with("admin@varn.example can sign in as admin."), "{said:?}");
    assert_eq!(said[1..], ["There is an admin already; nobody was added\n"; 2]);
}

#[test]
fn the_demo_edition_comes_from_the_binary_alone() {
    let dir = tempfile::tempdir().unwrap();
    assert!(refusal(masthead(dir.path()).args(["import", "demo"])).contains("`masthead user add` makes one"));
    let mut said = Vec::new();
    for command in
        [&["user", "first", "a@varn.example", "--name", "A"][..], &["import", "demo"], &["import", "demo"]]
    {
        let output = masthead(dir.path()).args(command).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        said.push(String::from_utf8(output.stdout).unwrap());
    }
    assert!(
        said[1].contains("  scheduled  the-beekeeper-of-holm\n") && said[1].ends_with("Imported\n"),
        "{said:?}"
    );
    assert!(said[2].contains("there already"), "{said:?}");
}

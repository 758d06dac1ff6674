//! The tour of README.md, run as a reader would paste it.

use std::io::Write;
use std::process::{Command, Stdio};

use masthead::import::How;
use masthead_tests::on_both;
use masthead_tests::people::{ADMIN, PASSWORD};
use masthead_tests::site::Site;

/// The document.
const README: &str = include_str!("../../../README.md");

/// The shell lines of the tour, in their order.
fn tour() -> String {
    let (_, tour) = README.split_once("\n## Five minutes with curl\n").expect("the tour");
    let tour = tour.split("\n## ").next().unwrap_or_default();
    let blocks = tour.split("\n```sh\n").skip(1).map(|rest| rest.split("\n```").next().unwrap_or_default());
    blocks.collect::<Vec<_>>().join("\n") + "\n"
}

/// What the lines print, as a terminal shows it.
fn run(site: &Site, lines: &str) -> String {
    let mut shell = Command::new("bash")
        .args(["--noprofile", "--norc", "-e", "-u", "-o", "pipefail"])
        .envs([("URL", site.address().as_str()), ("EMAIL", ADMIN.email), ("PASSWORD", PASSWORD)])
        .envs([("NO_PROXY", "*"), ("TMPDIR", &site.dir().display().to_string())])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("bash starts");
    let mut stdin = shell.stdin.take().expect("piped");
    stdin.write_all(lines.as_bytes()).expect("bash reads");
    drop(stdin);
    let done = shell.wait_with_output().expect("bash ends");
    let printed = String::from_utf8(done.stdout).expect("text");
    assert!(done.status.success(), "{printed}\n{}", String::from_utf8_lossy(&done.stderr));
    printed
}

on_both! {
    fn the_tour_of_the_readme_does_what_it_says(site: &Site) {
        site.import_demo(How::Kept);
        let printed = run(site, &tour());
        let statuses: Vec<_> = printed.lines().filter(|line| line.len() == 3).collect();
        assert_eq!(statuses, ["404", "304", "200", "412"], "{printed}");
        assert!(printed.contains(r#""publishable":true"#), "{printed}");
        assert!(printed.contains("Thirty-one were counted on Tuesday."), "{printed}");
        assert!(printed.contains("Thirty-two seals were counted, not thirty-one."), "{printed}");
        site.reader().article("seals-return").ok().says("/headline", "Seals return to the bank");
    }
}

#[test]
fn a_tour_of_another_shape_is_not_taken_for_none() {
    assert!(tour().lines().filter(|line| line.contains("status ")).count() >= 4, "{}", tour());
}

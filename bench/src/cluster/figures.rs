//! Prints what was measured, a line each: `name=value`; and remembers what was promised and not kept.

use std::time::Duration;

/// What was measured.
#[derive(Debug, Default)]
pub struct Figures {
    part: &'static str,
    broken: usize,
}

impl Figures {
    /// What is measured from now on belongs to this part.
    pub fn part(&mut self, name: &'static str) {
        self.part = name;
    }

    /// A measure of which nothing is promised.
    pub fn tell(&self, name: &str, value: impl std::fmt::Display) {
        println!("{}.{name}={value}", self.part);
    }

    /// A count that must be `right`.
    pub fn exactly(&mut self, name: &str, value: usize, right: usize) {
        self.tell(name, value);
        self.hold(name, value == right, &format!("it is to be {right}"));
    }

    /// A time that may be `most` at most; `None` where it did not come about at all.
    pub fn within(&mut self, name: &str, value: Option<Duration>, most: Duration) {
        match value {
            Some(value) => self.tell(&format!("{name}_ms"), value.as_millis()),
            None => self.tell(&format!("{name}_ms"), "never"),
        }
        let kept = value.is_some_and(|value| value <= most);
        self.hold(name, kept, &format!("at most {} ms were promised", most.as_millis()));
    }

    /// Median, 99th of a hundred and longest of some times.
    pub fn times(&self, name: &str, mut times: Vec<Duration>) {
        times.sort_unstable();
        let at = |of_thousand: usize| {
            let place = (times.len() * of_thousand / 1000).min(times.len().saturating_sub(1));
            times.get(place).copied().unwrap_or_default().as_millis()
        };
        self.tell(&format!("{name}.count"), times.len());
        for (place, of_thousand) in [("median", 500), ("p99", 990), ("longest", 1000)] {
            self.tell(&format!("{name}.{place}_ms"), at(of_thousand));
        }
    }

    fn hold(&mut self, name: &str, kept: bool, promise: &str) {
        if !kept {
            self.broken += 1;
            eprintln!("broken: {}.{name}: {promise}", self.part);
        }
    }

    /// How many promises were broken.
    pub const fn broken(&self) -> usize {
        self.broken
    }
}

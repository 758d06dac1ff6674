//! `wrk`: 64 kept-alive connections that ask as fast as they are answered.

use std::io;
use std::process::Command;

/// Connections, as in all of our measurements.
const CONNECTIONS: u32 = 64;

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Answers per second.
    pub per_second: f64,
    /// How long 99 of 100 waited at most, in milliseconds.
    pub p99_ms: f64,
}

/// Asks `url` for so many seconds.
pub fn run(url: &str, headers: &[String], seconds: u32) -> io::Result<Pace> {
    let mut command = Command::new("wrk");
    command.args(["--latency", "-t2", &format!("-c{CONNECTIONS}"), &format!("-d{seconds}s")]);
    for header in headers {
        command.args(["-H", header]);
    }
    let output = command.arg(url).output()?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() || told.contains("Non-2xx") || told.contains("Socket errors") {
        return Err(io::Error::other(format!("{url}: {told}{}", String::from_utf8_lossy(&output.stderr))));
    }
    read(&told).ok_or_else(|| io::Error::other(told))
}

fn read(told: &str) -> Option<Pace> {
    let behind = |name: &str| told.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    Some(Pace { per_second: behind("Requests/sec:")?.parse().ok()?, p99_ms: milliseconds(behind("99%")?)? })
}

fn milliseconds(text: &str) -> Option<f64> {
    let unit = |unit: &str, factor: f64| Some(text.strip_suffix(unit)?.parse::<f64>().ok()? * factor);
    unit("us", 0.001).or_else(|| unit("ms", 1.0)).or_else(|| unit("s", 1000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_prints_is_read() {
        let told = "  Latency Distribution\n     50%    0.90ms\n     99%  812.00us\n  9 requests in 1s\nRequests/sec:  65432.10\n";
        assert_eq!(read(told), Some(Pace { per_second: 65432.10, p99_ms: 0.812 }));
        assert_eq!(milliseconds("1.50s"), Some(1500.0));
        assert_eq!(read("Requests/sec: 1"), None);
    }
}

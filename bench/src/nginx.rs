//! nginx with files to serve: what the server is held against. Its access log is off and its files are in memory.

use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(5);

/// One that serves; it ends with this value.
#[derive(Debug)]
pub struct Nginx {
    process: Child,
    root: PathBuf,
    /// Where it answers.
    pub address: SocketAddr,
}

impl Nginx {
    /// Starts one in an empty directory.
    pub fn start(dir: &Path) -> io::Result<Self> {
        let root = dir.join("root");
        fs::create_dir_all(&root)?;
        // Free a moment ago; nobody else starts servers while it is measured.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let conf = dir.join("nginx.conf");
        fs::write(&conf, settings(dir, &root, address))?;
        let mut process = Command::new("nginx")
            .args(["-e", "stderr", "-p"])
            .arg(dir)
            .arg("-c")
            .arg(&conf)
            .stdin(Stdio::null())
            .spawn()?;
        let began = Instant::now();
        while TcpStream::connect(address).is_err() {
            if let Some(status) = process.try_wait()? {
                return Err(io::Error::other(format!("nginx does not start: {status}")));
            }
            if began.elapsed() > PATIENCE {
                return Err(io::ErrorKind::TimedOut.into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(Self { process, root, address })
    }

    /// Serves these octets under this name.
    pub fn serve(&self, name: &str, octets: &[u8]) -> io::Result<()> {
        fs::write(self.root.join(name), octets)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // In order, so that its workers end with it.
        let _ = Command::new("kill").args(["-s", "TERM", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
    }
}

fn settings(dir: &Path, root: &Path, address: SocketAddr) -> String {
    let (dir, root) = (dir.display(), root.display());
    format!(
        "user root;\ndaemon off;\nworker_processes auto;\npid {dir}/nginx.pid;\nerror_log stderr;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\n access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; etag on;\n\
         open_file_cache max=100; default_type application/json;\n\
         client_body_temp_path {dir}/body; proxy_temp_path {dir}/proxy; fastcgi_temp_path {dir}/fastcgi;\n\
         uwsgi_temp_path {dir}/uwsgi; scgi_temp_path {dir}/scgi;\n\
         server {{ listen {address}; root {root}; }}\n}}\n"
    )
}

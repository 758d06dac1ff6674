//! A bucket for the photos of a site: a server that speaks S3 on a socket of this machine, and keeps what it is given in
//! files. It can go away, and it can be made to wait in the middle of something.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder as Connections;
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s::{S3Result, s3_error};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::{oneshot, watch};

use crate::scratch;

const NAME: &str = "photos";
const KEY: &str = "desk";
const SECRET: &str = "the secret of the desk";

/// The bucket. It ends with this.
#[derive(Debug)]
pub struct Bucket {
    address: SocketAddr,
    directory: PathBuf,
    keeper: Arc<Keeper>,
    _open: oneshot::Sender<()>,
}

/// Who lets requests in.
#[derive(Debug)]
struct Keeper {
    away: AtomicBool,
    held: Mutex<Option<Held>>,
}

/// What requests of one kind wait for.
#[derive(Debug, Clone)]
struct Held {
    /// What their operation's name begins with.
    operation: &'static str,
    arrived: SyncSender<()>,
    released: watch::Receiver<bool>,
}

/// Requests of one kind that are made to wait until this is dropped.
#[derive(Debug)]
pub struct Hold {
    keeper: Arc<Keeper>,
    arrived: Receiver<()>,
    release: watch::Sender<bool>,
}

impl Bucket {
    /// Opens an empty one.
    #[track_caller]
    pub fn open() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let root = scratch::run_dir().join(format!("bucket-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
        let directory = root.join(NAME);
        fs::create_dir_all(&directory).expect("our own directory");
        let keeper = Arc::new(Keeper { away: AtomicBool::new(false), held: Mutex::default() });
        let (open, closed) = oneshot::channel();
        let (told, address) = sync_channel(1);
        let served = Arc::clone(&keeper);
        thread::spawn(move || {
            let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
            let runtime = runtime.expect("a thread");
            runtime.block_on(async {
                tokio::select! {
                    ended = serve(&root, served, told) => ended.expect("a socket"),
                    _ = closed => {}
                }
            });
            runtime.shutdown_background();
        });
        Self { address: address.recv().expect("it listens"), directory, keeper, _open: open }
    }

    /// The settings by which a site keeps its photos there.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("MASTHEAD_MEDIA_URL", format!("s3://{NAME}/varn")),
            ("MASTHEAD_MEDIA_S3_ENDPOINT", format!("http://{}", self.address)),
            ("MASTHEAD_MEDIA_S3_ACCESS_KEY_ID", KEY.to_owned()),
            ("MASTHEAD_MEDIA_S3_SECRET_ACCESS_KEY", SECRET.to_owned()),
        ]
    }

    /// The files of all that it keeps.
    pub fn objects(&self) -> Vec<PathBuf> {
        let mut found = below(&self.directory.join("varn"));
        found.sort();
        found
    }

    /// Lets nobody in until it is back.
    pub fn leave(&self) {
        self.keeper.away.store(true, Ordering::SeqCst);
    }

    /// Lets everybody in again.
    pub fn come_back(&self) {
        self.keeper.away.store(false, Ordering::SeqCst);
    }

    /// Makes requests wait whose operation's name begins so: "Delete".
    #[must_use]
    pub fn hold(&self, operation: &'static str) -> Hold {
        let (arrival, arrived) = sync_channel(64);
        let (release, released) = watch::channel(false);
        *self.keeper.held() = Some(Held { operation, arrived: arrival, released });
        Hold { keeper: Arc::clone(&self.keeper), arrived, release }
    }
}

impl Hold {
    /// Waits until such a request has come.
    #[track_caller]
    pub fn wait(&self) {
        self.arrived.recv().expect("the bucket is open");
    }
}

impl Drop for Hold {
    /// Lets them go on, and all that come later.
    fn drop(&mut self) {
        *self.keeper.held() = None;
        self.release.send_replace(true);
    }
}

impl Keeper {
    fn held(&self) -> std::sync::MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keeper at the door, of whom the server knows no more than this.
struct Door(Arc<Keeper>);

#[async_trait::async_trait]
impl S3Access for Door {
    async fn check(&self, request: &mut S3AccessContext<'_>) -> S3Result<()> {
        if request.credentials().is_none() {
            return Err(s3_error!(AccessDenied));
        }
        if self.0.away.load(Ordering::SeqCst) {
            return Err(s3_error!(ServiceUnavailable));
        }
        let held = self.0.held().clone().filter(|held| request.s3_op().name().starts_with(held.operation));
        if let Some(Held { arrived, mut released, .. }) = held {
            // Nobody may be looking any more.
            let _ = arrived.try_send(());
            let _ = released.wait_for(|released| *released).await;
        }
        Ok(())
    }
}

async fn serve(root: &Path, keeper: Arc<Keeper>, told: SyncSender<SocketAddr>) -> io::Result<()> {
    let files = FileSystem::new(root).map_err(|error| io::Error::other(format!("{error:?}")))?;
    let mut service = S3ServiceBuilder::new(files);
    service.set_auth(SimpleAuth::from_single(KEY, SECRET));
    service.set_access(Door(Arc::clone(&keeper)));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    told.send(listener.local_addr()?).map_err(io::Error::other)?;
    loop {
        let (socket, _) = listener.accept().await?;
        if keeper.away.load(Ordering::SeqCst) {
            continue;
        }
        let service = service.clone();
        tokio::spawn(async move {
            let connections = Connections::new(TokioExecutor::new());
            drop(connections.serve_connection(TokioIo::new(socket), service).await);
        });
    }
}

/// All files below a directory; none where there is no such.
fn below(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let entries = entries.map(|entry| entry.expect("our own directory").path());
    entries.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

//! SQLite: a pool of connections that only read, and the writer's thread.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, TrySendError, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, ManageConnection, Pool};
use diesel::{Connection, RunQueryDsl, SqliteConnection, declare_sql_function, select};

use super::count::Statements;
use super::gate::Gate;
use super::job::{Job, Waiting};
use super::told::Teller;
use super::{Write, writer};
use crate::error::{Error, Failure};
use crate::open::OpenError;
use crate::options::{Company, GroupCommit, Options};
use crate::tx::Tx;

/// Before this version a defect of the write-ahead log could lose acknowledged commits.
const OLDEST_VERSION: [u32; 3] = [3, 51, 3];

/// Most writes that share one commit. More save nothing and let the first wait longer.
const MOST_TOGETHER: usize = 128;

/// Pages of the write-ahead log after which it is written back into the file: 32 MiB. Each time costs two more fsyncs,
/// so a busy writer must not meet it at every other commit.
const CHECKPOINT_PAGES: u32 = 8192;

/// Most memory for pages that the writer keeps, in KiB. It fills only as writes come.
const WRITER_CACHE_KIB: u32 = 16_384;

/// A SQLite database in use.
#[derive(Debug)]
pub(crate) struct Sqlite {
    readers: Pool<Readers>,
    // Dropped after the readers, for which it waits, and before the claim.
    _closing: Closing,
    gate: Gate,
    jobs: Option<SyncSender<Box<dyn Job>>>,
    writer: Option<JoinHandle<()>>,
    _claim: Option<File>,
}

impl Sqlite {
    pub(crate) fn open(
        file: &Path,
        options: &Options,
        statements: &Statements,
        teller: Teller,
    ) -> Result<Self, OpenError> {
        let claim = match options.company {
            Company::Alone => Some(claim(file)?),
            Company::Beside => None,
        };
        let mut conn = connect(file, options)?;
        statements.watch(&mut conn);
        let (jobs, waiting) = sync_channel::<Box<dyn Job>>(options.waiting.max(1));
        let most = match options.group_commit {
            GroupCommit::Shared => MOST_TOGETHER,
            GroupCommit::Single => 1,
        };
        let writer = thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || writer::run(&mut conn, &waiting, most, &teller))
            .map_err(|cause| OpenError::Unavailable(cause.to_string()))?;
        let patience = Duration::from_millis(options.patience_ms.into());
        let (open, closed) = channel();
        let closing = Closing { closed: Mutex::new(closed), patience };
        let manager = ConnectionManager::new(file.to_string_lossy());
        let readers = Pool::builder()
            .max_size(options.connections)
            .min_idle(Some(1))
            .connection_timeout(patience)
            .test_on_check_out(false)
            .build(Readers { manager, statements: statements.clone(), open })
            .map_err(|cause| OpenError::Unavailable(cause.to_string()))?;
        let places = usize::try_from(options.connections).unwrap_or(usize::MAX);
        Ok(Self {
            readers,
            _closing: closing,
            gate: Gate::new(places, options.waiting, patience),
            jobs: Some(jobs),
            writer: Some(writer),
            _claim: claim,
        })
    }

    pub(crate) async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
    {
        let _place = self.gate.enter().await?;
        let readers = self.readers.clone();
        let done = tokio::task::spawn_blocking(move || {
            let mut reader = readers.get().map_err(|cause| Error::Unavailable(cause.to_string()))?;
            let conn = &mut reader.conn;
            conn.batch_execute("BEGIN").map_err(Error::from)?;
            let result = work(conn);
            conn.batch_execute("ROLLBACK").map_err(Error::from)?;
            result
        });
        done.await.unwrap_or_else(|panic| Err(Error::defect(panic).into()))
    }

    /// Runs `work` at once, on this thread and outside a transaction, or gives it back where no connection is free.
    pub(crate) fn peek<T, E, W>(&self, work: W) -> Result<Result<T, E>, W>
    where
        W: FnOnce(&mut dyn Tx) -> Result<T, E>,
    {
        match self.readers.try_get() {
            Some(mut reader) => Ok(work(&mut reader.conn)),
            None => Err(work),
        }
    }

    pub(crate) async fn write<T, E>(&self, work: Box<Write<T, E>>) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
    {
        let (job, answer) = Waiting::new(work);
        let jobs = self.jobs.as_ref().ok_or_else(|| Error::defect("the writer has ended"))?;
        match jobs.try_send(Box::new(job)) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(Error::Overloaded.into()),
            Err(TrySendError::Disconnected(_)) => return Err(Error::defect("the writer has ended").into()),
        }
        answer.await.unwrap_or_else(|_| Err(Error::defect("the writer dropped a write").into()))
    }
}

impl Drop for Sqlite {
    /// Lets the writer finish what waits.
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has nothing left to finish.
            let _ = writer.join();
        }
    }
}

/// The end of the connections of a pool. The pool opens them on threads of its own, which may outlive it: the last to
/// close the file writes the log back, and whoever opened it meanwhile would find it locked.
#[derive(Debug)]
struct Closing {
    closed: Mutex<Receiver<()>>,
    patience: Duration,
}

impl Drop for Closing {
    /// Returns when all are closed, or after as long as anybody waits for a lock.
    fn drop(&mut self) {
        let closed = self.closed.get_mut().unwrap_or_else(PoisonError::into_inner);
        // Nothing is ever sent: it ends by the last of those who could.
        let _ = closed.recv_timeout(self.patience);
    }
}

/// Between two tries to set a connection up, in milliseconds: SQLite does not wait by itself for another process that
/// is just closing the file.
const BETWEEN_TRIES_MS: u32 = 20;

/// A connection that writes. What it deletes and writes over it fills with zeros: a commenter who was forgotten must not be
/// found in the file. Beside the fsync of a commit that costs nothing that could be measured (docs/comments.md).
pub(crate) fn connect(file: &Path, options: &Options) -> Result<SqliteConnection, OpenError> {
    let unavailable = |cause: &dyn std::fmt::Display| OpenError::Unavailable(cause.to_string());
    let mut conn =
        SqliteConnection::establish(&file.to_string_lossy()).map_err(|cause| unavailable(&cause))?;
    check_version(&mut conn)?;
    let setup = format!(
        "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA max_page_count = {}; \
         PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}; PRAGMA cache_size = -{WRITER_CACHE_KIB}; \
         PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;",
        options.patience_ms, options.max_pages,
    );
    let mut left = options.patience_ms / BETWEEN_TRIES_MS;
    while let Err(cause) = conn.batch_execute(&setup) {
        if left == 0 {
            return Err(unavailable(&cause));
        }
        left -= 1;
        thread::sleep(Duration::from_millis(BETWEEN_TRIES_MS.into()));
    }
    Ok(conn)
}

#[declare_sql_function]
extern "SQL" {
    fn sqlite_version() -> Text;
}

fn check_version(conn: &mut SqliteConnection) -> Result<(), OpenError> {
    let text = select(sqlite_version()).get_result::<String>(conn);
    let text = text.map_err(|cause| OpenError::Unavailable(cause.to_string()))?;
    let version: Vec<u32> = text.split('.').filter_map(|part| part.parse().ok()).collect();
    if version.as_slice() < OLDEST_VERSION.as_slice() {
        return Err(OpenError::TooOld(text));
    }
    Ok(())
}

/// The file's lock of the server that uses it. It ends with the process, however that ends.
fn claim(file: &Path) -> Result<File, OpenError> {
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    let unavailable = |cause: std::io::Error| OpenError::Unavailable(cause.to_string());
    let lock = File::options().create(true).truncate(false).write(true).open(&name).map_err(unavailable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse),
        Err(TryLockError::Error(cause)) => Err(unavailable(cause)),
    }
}

/// Opens the connections of the pool, which cannot write.
#[derive(Debug)]
struct Readers {
    manager: ConnectionManager<SqliteConnection>,
    statements: Statements,
    open: Sender<()>,
}

/// A connection of the pool.
struct Reader {
    conn: SqliteConnection,
    /// Dropped after it, so that the other end knows when all are closed.
    _open: Sender<()>,
}

impl ManageConnection for Readers {
    type Connection = Reader;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Reader, diesel::r2d2::Error> {
        let mut conn = self.manager.connect()?;
        conn.batch_execute(
            "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON; PRAGMA foreign_keys = ON; \
             PRAGMA trusted_schema = OFF;",
        )
        .map_err(diesel::r2d2::Error::QueryError)?;
        self.statements.watch(&mut conn);
        Ok(Reader { conn, _open: self.open.clone() })
    }

    fn is_valid(&self, reader: &mut Reader) -> Result<(), diesel::r2d2::Error> {
        self.manager.is_valid(&mut reader.conn)
    }

    fn has_broken(&self, reader: &mut Reader) -> bool {
        self.manager.has_broken(&mut reader.conn)
    }
}

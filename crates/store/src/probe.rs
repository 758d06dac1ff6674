//! A connection beside the others that only asks whether the database is there: that the others are busy is no reason to
//! say that it is not.

use std::sync::Arc;

use domain::time::Moment;
use tokio::sync::Mutex;

use crate::beside::Beside;
use crate::error::Error;
use crate::options::Location;

/// What PostgreSQL is told of who is connected.
const NAME: &str = "masthead_probe";

/// Asks one question at a time, on a connection that is made when it is first asked and after each failure.
#[derive(Debug)]
pub(crate) struct Probe {
    location: Location,
    conn: Arc<Mutex<Option<Beside>>>,
}

impl Probe {
    pub(crate) fn new(location: Location) -> Self {
        Self { location, conn: Arc::default() }
    }

    /// What the database's clock says, where it has one.
    pub(crate) async fn time(&self) -> Result<Option<Moment>, Error> {
        let (location, mut held) = (self.location.clone(), Arc::clone(&self.conn).lock_owned().await);
        let asked = tokio::task::spawn_blocking(move || {
            // One that was made before may have been cut since; a new one tells the truth.
            if let Some(told) = held.take().and_then(|conn| asked(conn, &mut held).ok()) {
                return Ok(told);
            }
            asked(Beside::open(&location, NAME)?, &mut held)
        });
        asked.await.unwrap_or_else(|panic| Err(Error::defect(panic)))
    }
}

/// Asks, and keeps the connection if it answers.
fn asked(mut conn: Beside, kept: &mut Option<Beside>) -> Result<Option<Moment>, Error> {
    let told = conn.tx().time()?;
    *kept = Some(conn);
    Ok(told)
}

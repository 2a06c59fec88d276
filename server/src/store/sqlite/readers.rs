//! The connections that read. Each call that reads has one of them to itself, and with it one state
//! of the database, however much is written meanwhile.

use super::{
    PATIENCE,
    driver::{Conn, SqlError, in_place},
};
use std::{
    ops::{Deref, DerefMut},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// What a connection is told that reads: to write nothing, and to read the file where the system has
/// it in memory. The rows of a list lie all over a large file, and a page that has to be copied first
/// costs more than what is looked up in it. The size is a ceiling, as high as SQLite was built for.
const PRAGMAS: &str = "PRAGMA query_only = ON; PRAGMA mmap_size = 1099511627776;"; // 1 TiB

/// Hands connections to those who read, in the order in which they ask.
#[derive(Clone)]
pub(super) struct Readers(Arc<Inner>);

struct Inner {
    path: PathBuf,
    most: u32,
    /// As many permits as there may be connections.
    turns: Arc<Semaphore>,
    /// Those that nobody has. The one given back last has the most in its caches and goes first.
    free: Mutex<Vec<Conn>>,
}

/// A transaction that only reads: one state of the database for all its statements. It ends where it
/// is dropped, also in the middle of a call that went away.
pub struct Read {
    conn: Option<Conn>,
    readers: Readers,
    /// Given back last, when the connection is there again.
    _turn: OwnedSemaphorePermit,
}

impl Readers {
    /// Opens the first one, and the others when they are wanted.
    pub(super) fn open(path: PathBuf, most: u32) -> Result<Self, SqlError> {
        let most = most.max(1);
        let turns = Arc::new(Semaphore::new(usize::try_from(most).unwrap_or(1)));
        let free = Mutex::new(vec![Conn::open(&path, PRAGMAS, PATIENCE)?]);
        Ok(Self(Arc::new(Inner { path, most, turns, free })))
    }

    pub(super) async fn begin(&self) -> Result<Read, SqlError> {
        let turn = timeout(PATIENCE, self.0.turns.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| SqlError::TimedOut)?.map_err(|_| SqlError::Closed)?;
        let free = self.0.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut conn = match free {
            Some(conn) => conn,
            None => in_place(|| Conn::open(&self.0.path, PRAGMAS, PATIENCE))?,
        };
        conn.run("BEGIN")?;
        Ok(Read { conn: Some(conn), readers: self.clone(), _turn: turn })
    }

    /// Waits for all who read and closes the connections.
    pub(super) async fn close(&self) {
        // Whoever is still reading after so long keeps the connection until then.
        let _ = timeout(PATIENCE, self.0.turns.acquire_many(self.0.most)).await;
        self.0.turns.close();
        self.0.free.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Drop for Read {
    fn drop(&mut self) {
        let Some(mut conn) = self.conn.take() else { return };
        let ended = conn.run("ROLLBACK");
        // One that cannot end what it began is closed, and another is opened in its place.
        if ended.is_ok() && !conn.is_in_transaction() && !self.readers.0.turns.is_closed() {
            self.readers.0.free.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        }
    }
}

impl Deref for Read {
    type Target = Conn;

    #[expect(
        clippy::expect_used,
        reason = "the connection leaves only with the transaction itself"
    )]
    fn deref(&self) -> &Conn {
        self.conn.as_ref().expect("a transaction has its connection")
    }
}

impl DerefMut for Read {
    #[expect(
        clippy::expect_used,
        reason = "the connection leaves only with the transaction itself"
    )]
    fn deref_mut(&mut self) -> &mut Conn {
        self.conn.as_mut().expect("a transaction has its connection")
    }
}

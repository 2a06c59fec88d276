//! The one connection that writes, and how calls at the same time share a commit.
//!
//! A commit waits for the disk, and that wait is nearly all that a small write costs. So each call
//! works in a savepoint of its own, one after the other; when its work is done it steps aside, and
//! those already waiting go before the commit that then makes the work of all of them last. Nobody
//! is told "done" before that commit. A call that fails takes back its own savepoint alone.

use super::{
    PATIENCE, StoreError,
    driver::{Conn, SqlError, in_place},
};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{Mutex, OwnedMutexGuard, watch},
    time::{Instant, sleep, timeout},
};

/// The longest pause between two tries for a lock that another process has.
const LONGEST_PAUSE: Duration = Duration::from_millis(50);

/// What became of a batch; nothing while it is open.
type Outcome = Option<Result<(), Arc<SqlError>>>;

/// Hands the connection to one call after the other, in the order in which they ask.
#[derive(Clone)]
pub(super) struct Writer {
    desk: Arc<Mutex<Desk>>,
    /// Counts the commits, for those who wait for news.
    commits: Arc<watch::Sender<u64>>,
}

/// The connection and what is open on it.
struct Desk {
    conn: Conn,
    batch: Option<Batch>,
}

/// Calls that one commit will make last.
struct Batch {
    finished: usize,
    outcome: watch::Sender<Outcome>,
}

/// A call's part of a batch. Dropped without [`Tx::commit`], it leaves nothing.
pub struct Tx {
    desk: Option<OwnedMutexGuard<Desk>>,
    writer: Writer,
}

impl Writer {
    pub(super) fn new(conn: Conn) -> Result<Self, SqlError> {
        // Whoever waits for another process does it in `Desk::begin`, where no thread waits along.
        conn.wait_for_locks(Duration::ZERO)?;
        let desk = Desk { conn, batch: None };
        let commits = Arc::new(watch::Sender::new(0));
        Ok(Self { desk: Arc::new(Mutex::new(desk)), commits })
    }

    /// Ticks after each commit that changed something.
    pub(super) fn commits(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    pub(super) async fn begin(&self) -> Result<Tx, StoreError> {
        let desk = timeout(PATIENCE, self.desk.clone().lock_owned()).await;
        let desk = desk.map_err(|_| SqlError::TimedOut)?;
        // Already a transaction's guard: should this call go away half way, it tidies up after it.
        let mut tx = Tx { desk: Some(desk), writer: self.clone() };
        let desk = tx.desk()?;
        if desk.batch.is_none() {
            desk.begin().await?;
        }
        desk.conn.run("SAVEPOINT call")?;
        Ok(tx)
    }

    /// Commits the open batch. Those who asked for the connection before this did are part of it.
    async fn flush(self) {
        let mut desk = self.desk.lock().await;
        let Some(batch) = desk.batch.take() else { return };
        let outcome = match in_place(|| desk.conn.run("COMMIT")) {
            Ok(()) => {
                self.commits.send_modify(|commits| *commits += 1);
                Ok(())
            }
            Err(error) => {
                // Fails where the disk's refusal has already ended the transaction.
                let _ = desk.conn.run("ROLLBACK");
                Err(Arc::new(error))
            }
        };
        batch.outcome.send_replace(Some(outcome));
    }

    /// Waits for whoever writes, and moves the write-ahead log into the file.
    pub(super) async fn close(&self) -> Result<(), SqlError> {
        self.clone().flush().await;
        let mut desk = self.desk.lock().await;
        in_place(|| {
            desk.conn.wait_for_locks(PATIENCE)?;
            let moved = desk.conn.run("PRAGMA wal_checkpoint(TRUNCATE)");
            desk.conn.wait_for_locks(Duration::ZERO)?;
            moved
        })
    }
}

impl Desk {
    /// Takes the file's lock for a new batch.
    async fn begin(&mut self) -> Result<(), SqlError> {
        let (start, mut pause) = (Instant::now(), Duration::from_millis(1));
        loop {
            match self.conn.run("BEGIN IMMEDIATE") {
                Ok(()) => break,
                Err(error) if error.is_busy() && start.elapsed() < PATIENCE => sleep(pause).await,
                Err(error) => return Err(error),
            }
            pause = LONGEST_PAUSE.min(pause * 2);
        }
        self.batch = Some(Batch { finished: 0, outcome: watch::Sender::new(None) });
        Ok(())
    }

    /// Undoes what a call left that did not finish. Where nothing else is in the batch, it ends.
    fn take_back(&mut self) {
        let Some(batch) = &self.batch else { return };
        let undone = self.conn.run("ROLLBACK TO call").and_then(|()| self.conn.run("RELEASE call"));
        // Without the savepoint either the call never set it or SQLite has ended the transaction
        // by itself, as it does on a full disk; only a batch of others' work has to be told.
        let error = match undone {
            Ok(()) if batch.finished > 0 => return,
            Ok(()) => None,
            Err(error) => Some(error),
        };
        let _ = self.conn.run("ROLLBACK");
        if let Some(error) = error {
            batch.outcome.send_replace(Some(Err(Arc::new(error))));
        }
        self.batch = None;
    }
}

impl Tx {
    fn desk(&mut self) -> Result<&mut Desk, SqlError> {
        self.desk.as_deref_mut().ok_or(SqlError::Closed)
    }

    /// Makes it last. When this returns, it is on disk.
    ///
    /// Must also be called before telling somebody what this transaction merely read: it may come
    /// from a call of the same batch, which is not on disk yet.
    ///
    /// # Errors
    /// When the disk refuses; nothing was stored then.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        let desk = self.desk()?;
        desk.conn.run("RELEASE call")?;
        let Some(batch) = &mut desk.batch else { return Err(SqlError::Closed.into()) };
        batch.finished += 1;
        let first = batch.finished == 1;
        let mut outcome = batch.outcome.subscribe();
        self.desk = None;
        if first {
            // A task of its own, so that the others' commit does not hang on this caller's patience.
            tokio::spawn(self.writer.clone().flush());
        }
        let outcome = outcome.wait_for(Option::is_some).await;
        match outcome.ok().and_then(|outcome| outcome.clone()) {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) => Err(StoreError::Commit(error)),
            None => Err(SqlError::Closed.into()),
        }
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if let Some(mut desk) = self.desk.take() {
            desk.take_back();
        }
    }
}

impl Deref for Tx {
    type Target = Conn;

    #[expect(clippy::expect_used, reason = "the guard leaves only with the transaction itself")]
    fn deref(&self) -> &Conn {
        &self.desk.as_ref().expect("a transaction has its connection").conn
    }
}

impl DerefMut for Tx {
    #[expect(clippy::expect_used, reason = "the guard leaves only with the transaction itself")]
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.desk.as_mut().expect("a transaction has its connection").conn
    }
}

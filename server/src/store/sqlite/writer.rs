//! The one connection that writes, and how calls at the same time share a commit.
//!
//! A commit waits for the disk, and that wait is nearly all that a small write costs. So each call
//! works in a savepoint of its own, one after the other; when its work is done it steps aside, and
//! those already waiting go before the commit that then makes the work of all of them last. Nobody
//! is told "done" before that commit. A call that fails takes back its own savepoint alone.

use super::{Conn, PATIENCE, StoreError};
use sqlx::{SqliteConnection, query};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};
use tokio::{
    runtime::Handle,
    sync::{Mutex, OwnedMutexGuard, watch},
    time::timeout,
};

/// What became of a batch; nothing while it is open.
type Outcome = Option<Result<(), Arc<sqlx::Error>>>;

/// Hands the connection to one call after the other, in the order in which they ask.
#[derive(Clone)]
pub(super) struct Writer {
    desk: Arc<Mutex<Desk>>,
    /// Counts the commits, for those who wait for news.
    commits: Arc<watch::Sender<u64>>,
}

/// The connection and what is open on it.
struct Desk {
    conn: SqliteConnection,
    batch: Option<Batch>,
    /// The call before this one went away in the middle; its savepoint may still be there.
    abandoned: bool,
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
    pub(super) fn new(conn: SqliteConnection) -> Self {
        let desk = Desk { conn, batch: None, abandoned: false };
        Self { desk: Arc::new(Mutex::new(desk)), commits: Arc::new(watch::Sender::new(0)) }
    }

    /// Ticks after each commit that changed something.
    pub(super) fn commits(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    pub(super) async fn begin(&self) -> Result<Tx, StoreError> {
        let desk = timeout(PATIENCE, self.desk.clone().lock_owned()).await;
        let desk = desk.map_err(|_| sqlx::Error::PoolTimedOut)?;
        // Already a transaction's guard: should this call go away half way, it is tidied up after.
        let mut tx = Tx { desk: Some(desk), writer: self.clone() };
        let desk = tx.desk()?;
        if desk.abandoned {
            desk.take_back().await;
        }
        if desk.batch.is_none() {
            desk.batch = Some(Batch { finished: 0, outcome: watch::Sender::new(None) });
            if let Err(error) = query("BEGIN IMMEDIATE").execute(&mut desk.conn).await {
                desk.batch = None;
                return Err(error.into());
            }
        }
        query("SAVEPOINT call").execute(&mut desk.conn).await?;
        Ok(tx)
    }

    /// Commits the open batch. Those who asked for the connection before this did are part of it.
    async fn flush(self) {
        let mut desk = self.desk.lock().await;
        if desk.abandoned {
            desk.take_back().await;
        }
        let Some(batch) = desk.batch.take() else { return };
        let outcome = match query("COMMIT").execute(&mut desk.conn).await {
            Ok(_) => {
                self.commits.send_modify(|commits| *commits += 1);
                Ok(())
            }
            Err(error) => {
                // Fails where the disk's refusal has already ended the transaction.
                let _ = query("ROLLBACK").execute(&mut desk.conn).await;
                Err(Arc::new(error))
            }
        };
        batch.outcome.send_replace(Some(outcome));
    }

    /// Waits for whoever writes and closes the connection.
    pub(super) async fn close(&self) -> Result<(), sqlx::Error> {
        self.clone().flush().await;
        let mut desk = self.desk.lock().await;
        query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut desk.conn).await?;
        Ok(())
    }
}

impl Desk {
    /// Undoes what a call left that did not finish. Where nothing else is in the batch, it ends.
    async fn take_back(&mut self) {
        self.abandoned = false;
        let undone = async {
            query("ROLLBACK TO call").execute(&mut self.conn).await?;
            query("RELEASE call").execute(&mut self.conn).await
        };
        let undone = undone.await;
        let Some(batch) = &self.batch else { return };
        // Without the savepoint either the call never set it or SQLite has ended the transaction
        // by itself, as it does on a full disk; only a batch of others' work has to be told.
        let error = match undone {
            Ok(_) if batch.finished > 0 => return,
            Ok(_) => None,
            Err(error) => Some(error),
        };
        let _ = query("ROLLBACK").execute(&mut self.conn).await;
        if let Some(error) = error {
            batch.outcome.send_replace(Some(Err(Arc::new(error))));
        }
        self.batch = None;
    }
}

impl Tx {
    fn desk(&mut self) -> Result<&mut Desk, sqlx::Error> {
        self.desk.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
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
        query("RELEASE call").execute(&mut desk.conn).await?;
        let Some(batch) = &mut desk.batch else { return Err(sqlx::Error::PoolClosed.into()) };
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
            None => Err(sqlx::Error::WorkerCrashed.into()),
        }
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        let Some(mut desk) = self.desk.take() else { return };
        desk.abandoned = true;
        // At the end of a process nobody is there to tidy up; the next opening does it.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move { desk.take_back().await });
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

//! All that is SQLite's alone: opening, pragmas, connections, transactions, lock errors.
//!
//! One connection writes ([`writer`]) and takes the lock at `BEGIN IMMEDIATE`, so that a transaction
//! never fails half way for want of it; several others ([`readers`]) read the last committed state
//! without waiting. With `synchronous = FULL` a commit that was answered is on disk. How statements
//! reach SQLite is in [`driver`], full-text search in [`texts`].

use super::StoreError;
use driver::in_place;
use readers::Readers;
use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};
use tokio::sync::watch;
use writer::Writer;

pub(super) mod dialect;
pub(super) mod directory;
mod driver;
mod migrations;
mod readers;
pub(super) mod texts;
mod writer;

pub(super) use driver::transparent;
pub use driver::{
    Builder, Conn, Done, FromColumn, FromRow, Query, QueryAs, QueryScalar, Row, Sql, SqlError,
    ToValue, Value, ValueRef, query, query_as, query_scalar,
};
pub use migrations::MigrationError;
pub use readers::Read;
pub use writer::Tx;

/// How long a statement waits for a lock of another process, and a request for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long it is before a file is tried again that another process is just making.
const PAUSE: Duration = Duration::from_millis(20);

/// What the connection that writes is told.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON;";

/// The database.
#[derive(Clone)]
pub struct Store {
    writer: Writer,
    readers: Readers,
}

impl Store {
    /// Opens or makes the file and brings its tables up to date.
    ///
    /// # Errors
    /// When the address is not SQLite's, or the file cannot be used.
    pub async fn open(url: &str, readers: u32) -> Result<Self, StoreError> {
        let path = path(url).ok_or_else(|| StoreError::Address(url.to_owned()))?;
        in_place(|| {
            let mut conn = open_to_write(&path)?;
            migrations::run(&mut conn)?;
            Ok(Self { writer: Writer::new(conn)?, readers: Readers::open(path, readers)? })
        })
    }

    /// Begins to write; waits for whoever else does.
    ///
    /// # Errors
    /// When the lock cannot be had in time.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        self.writer.begin().await
    }

    /// Ticks after each commit.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.writer.commits()
    }

    /// Begins to read.
    ///
    /// # Errors
    /// When no connection is free in time.
    pub async fn read(&self) -> Result<Read, StoreError> {
        Ok(self.readers.begin().await?)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut read = self.read().await?;
        query("SELECT id FROM requests LIMIT 1").execute(&mut read).await?;
        Ok(())
    }

    /// Moves the write-ahead log into the file and closes it; the last act of a graceful stop.
    pub async fn close(&self) {
        self.readers.close().await;
        if let Err(error) = self.writer.close().await {
            tracing::warn!(%error, "the write-ahead log stays beside the database");
        }
    }
}

/// Opens the connection that writes. When several processes open a new file at once, one of them gives it its
/// log, and SQLite does not let the others wait for that by itself.
fn open_to_write(path: &Path) -> Result<Conn, SqlError> {
    let start = Instant::now();
    loop {
        match Conn::open(path, PRAGMAS, PATIENCE) {
            Err(error) if error.is_busy() && start.elapsed() < PATIENCE => thread::sleep(PAUSE),
            opened => return opened,
        }
    }
}

/// The file of an address: `sqlite://` and its path.
fn path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
    // Parameters and a database in memory, which cannot be shared, are SQLite's and not ours.
    let file = !path.is_empty() && !path.starts_with(':') && !path.contains('?');
    file.then(|| PathBuf::from(path))
}

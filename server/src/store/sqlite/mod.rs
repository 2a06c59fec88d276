//! All that is SQLite's alone: opening, pragmas, pools, transactions, lock errors.
//!
//! One connection writes ([`writer`]) and takes the lock at `BEGIN IMMEDIATE`, so that a transaction
//! never fails half way for want of it; several others read the last committed state without
//! waiting. With `synchronous = FULL` a commit that was answered is on disk. Full-text search is in
//! [`texts`].

use super::StoreError;
use sqlx::{
    ConnectOptions, Sqlite, SqliteConnection, SqlitePool, Transaction,
    error::DatabaseError,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    ops::{Deref, DerefMut},
    str::FromStr,
    time::Duration,
};
use tokio::sync::watch;
use writer::Writer;

pub(super) mod dialect;
pub(super) mod directory;
pub(super) mod texts;
mod writer;

pub use writer::Tx;

/// A row as the driver gives it.
pub(super) type Row = sqlx::sqlite::SqliteRow;
/// Puts a statement together whose shape depends on what is asked.
pub(super) type Builder = sqlx::QueryBuilder<Sqlite>;

/// What a statement runs on, be it inside a write or a read.
pub type Conn = SqliteConnection;

/// How long a statement waits for a lock of another process, and a request for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// Prepared statements that a connection keeps. Lists and searches have many shapes.
const STATEMENTS: usize = 300;

/// The database.
#[derive(Clone)]
pub struct Store {
    writer: Writer,
    readers: SqlitePool,
}

/// A transaction that only reads: one state of the database for all its statements.
pub struct Read(Transaction<'static, Sqlite>);

impl Store {
    /// Opens or makes the file and brings its tables up to date.
    ///
    /// # Errors
    /// When the address is not SQLite's, or the file cannot be used.
    pub async fn open(url: &str, readers: u32) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .statement_cache_capacity(STATEMENTS)
            .disable_statement_logging();
        let mut writer = options.clone().connect().await?;
        let migrations = sqlx::migrate!();
        // SQLite has no lock for migrations. When two processes open a new file at once, one is
        // refused half way, leaves nothing behind, and finds the work done at its second look.
        if migrations.run(&mut writer).await.is_err() {
            migrations.run(&mut writer).await?;
        }
        // A connection that rests is kept: reopening would lose its prepared statements.
        let readers = SqlitePoolOptions::new()
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .max_connections(readers.max(1))
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        let writer = Writer::new(writer);
        Ok(Self { writer, readers })
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
        Ok(Read(self.readers.begin().await?))
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT id FROM requests LIMIT 1").fetch_optional(&self.readers).await?;
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

impl Deref for Read {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Read {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

/// Whether SQLite gave up waiting for a lock (`SQLITE_BUSY` and its extended codes).
pub(super) fn is_busy(error: &dyn DatabaseError) -> bool {
    error.code().and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == 5)
}

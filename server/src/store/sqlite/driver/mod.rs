//! The thin layer between SQL and SQLite: statements with their values, rows to structs.
//!
//! Statements run where they are called, on the task's own thread. A statement here takes some ten
//! microseconds; handing it and every row of its answer to another thread and back took five times
//! that. So nothing in this folder waits for anything but SQLite. What may take long (a commit, a
//! search) is told to the runtime by [`in_place`].

mod builder;
mod error;
mod query;
mod row;
mod value;

use rusqlite::{Connection, OpenFlags};
use std::{path::Path, time::Duration};
use tokio::runtime::{Handle, RuntimeFlavor};

pub use builder::{Builder, Separated};
pub use error::SqlError;
pub use query::{Done, Query, QueryAs, QueryScalar, query, query_as, query_scalar};
pub use row::{FromColumn, FromRow, Row};
pub use value::{ToValue, Value};

pub(crate) use value::transparent;

/// Compiled statements that a connection keeps. Lists and searches have many shapes.
const STATEMENTS: usize = 300;

/// A connection to the database, which one task at a time has.
#[derive(Debug)]
pub struct Conn(Connection);

impl Conn {
    /// Opens a file that exists.
    ///
    /// # Errors
    /// When it cannot be used, or a pragma is refused.
    pub(super) fn open(path: &Path, patience: Duration, pragmas: &str) -> Result<Self, SqlError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags)?;
        conn.set_prepared_statement_cache_capacity(STATEMENTS);
        conn.busy_timeout(patience)?;
        conn.execute_batch(pragmas)?;
        Ok(Self(conn))
    }

    /// Runs one statement that takes and gives nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn run(&mut self, sql: &'static str) -> Result<(), SqlError> {
        query(sql).run(self).map(|_| ())
    }

    /// Whether a transaction is open.
    pub(super) fn is_in_transaction(&self) -> bool {
        !self.0.is_autocommit()
    }
}

/// Does something during which this thread waits for the disk or computes for long. The runtime's
/// other tasks go on elsewhere meanwhile; in a runtime of one thread there is no elsewhere.
pub(in crate::store) fn in_place<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}

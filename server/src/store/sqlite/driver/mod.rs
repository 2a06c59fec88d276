//! The thin layer between SQL and SQLite: statements with their values, rows to structs.
//!
//! Statements run where they are called, on the task's own thread. A statement here takes some ten
//! microseconds; handing it and every row of its answer to another thread and back took five times
//! that. So nothing in this folder waits for anything but SQLite. What may take long (a commit, a
//! search) tells the runtime, by [`in_place`] or [`Query::taking_long`].

mod builder;
mod error;
mod query;
mod row;
mod statement;
mod value;

#[cfg(test)]
mod tests;

use rusqlite::{Connection, OpenFlags};
use std::{fmt, path::Path, time::Duration};
use tokio::runtime::{Handle, RuntimeFlavor};

pub use builder::Builder;
pub use error::SqlError;
pub use query::{Query, QueryAs, QueryScalar, query, query_as, query_scalar};
pub use row::{FromColumn, FromRow, Row};
pub use rusqlite::types::ValueRef;
pub use statement::{Done, Sql};
pub use value::{ToValue, Value};

pub(in crate::store) use value::transparent;

/// Compiled statements that a connection keeps. Lists and searches have many shapes.
const STATEMENTS: usize = 300;

/// A connection to the database, which one task at a time has.
pub struct Conn(Connection);

impl Conn {
    /// Opens a file, which is made when it is missing.
    ///
    /// # Errors
    /// When it cannot be used, or a pragma is refused; so for every function here.
    pub(super) fn open(path: &Path, pragmas: &str, patience: Duration) -> Result<Self, SqlError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            // One task at a time has it, so SQLite need not see to that.
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Self(Connection::open_with_flags(path, flags)?);
        conn.0.set_prepared_statement_cache_capacity(STATEMENTS);
        conn.wait_for_locks(patience)?;
        conn.0.execute_batch(pragmas)?;
        Ok(conn)
    }

    /// How long a statement waits for what another process has locked. The thread waits with it.
    pub(super) fn wait_for_locks(&self, patience: Duration) -> Result<(), SqlError> {
        Ok(self.0.busy_timeout(patience)?)
    }

    /// Runs one statement that takes and gives nothing.
    pub(super) fn run(&mut self, sql: &'static str) -> Result<(), SqlError> {
        query(sql).run(self).map(|_| ())
    }

    /// Runs several statements, which are not kept.
    pub(super) fn run_all(&mut self, sql: &str) -> Result<(), SqlError> {
        Ok(self.0.execute_batch(sql)?)
    }

    /// Whether a transaction is open.
    pub(super) fn is_in_transaction(&self) -> bool {
        !self.0.is_autocommit()
    }
}

impl fmt::Debug for Conn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Conn")
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

//! What can go wrong between a statement and its rows.

use rusqlite::ErrorCode;
use std::error::Error;

/// A statement, or the way to a connection, failed.
#[derive(Debug, thiserror::Error)]
pub enum SqlError {
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error("a row was expected, and there was none")]
    RowNotFound,
    #[error("no connection was free in time")]
    TimedOut,
    #[error("the database is closed")]
    Closed,
    /// A value of another kind than its column should have.
    #[error("column {column}: {source}")]
    Column { column: String, source: Box<dyn Error + Send + Sync> },
    #[error("the statement's parameter {0} has no value")]
    Unbound(usize),
    #[error("a value cannot be written: {0}")]
    Encode(Box<dyn Error + Send + Sync>),
}

impl SqlError {
    /// Whether a lock was not to be had in time, so that trying again may help.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match self {
            Self::TimedOut => true,
            Self::Sqlite(error) => error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy),
            _ => false,
        }
    }
}

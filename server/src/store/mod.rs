//! What is kept, and the SQL that keeps it: one file an aggregate, each function one statement.
//!
//! SQL is portable text with `$1` placeholders; what is SQLite's alone stands in [`sqlite`]. Rows
//! become plain structs here. No rule about who may do what belongs in this layer.

pub mod attachments;
pub mod ccs;
pub mod comments;
pub mod events;
pub mod files;
pub mod folder;
pub mod idempotency;
pub mod ids;
pub mod job_statuses;
pub mod keys;
pub mod memberships;
pub mod organizations;
pub mod requests;
pub mod sqlite;
pub mod subscriptions;
pub mod texts;
pub mod tokens;
pub mod uploads;
pub mod users;
pub mod window;

mod clauses;
mod row;

pub use ids::{AttachmentId, CommentId, EventId, OrganizationId, RequestId, UploadId, UserId};
pub use sqlite::{Conn, Read, Store, Tx};

use sqlite::{MigrationError, SqlError};

/// The database failed, or the folder of files.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Sql(#[from] SqlError),
    #[error(transparent)]
    Migration(#[from] MigrationError),
    #[error("{0} is not sqlite:// and the path of a file")]
    Address(String),
    #[error("the folder of files: {0}")]
    File(#[from] std::io::Error),
    /// The commit that several calls shared was refused.
    #[error("commit: {0}")]
    Commit(std::sync::Arc<SqlError>),
}

impl StoreError {
    /// Whether trying again in a moment may help.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Sql(error) => error.is_busy(),
            Self::Commit(error) => error.is_busy(),
            _ => false,
        }
    }
}

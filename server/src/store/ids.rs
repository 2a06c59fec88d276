//! Ids, each of its own type so that a user's cannot be taken for a request's.

use super::sqlite::transparent;
use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        transparent!($name(i64));

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// A person: end user, agent or placeholder.
    UserId
);
id!(
    /// A customer.
    OrganizationId
);
id!(
    /// A request, which agents call a ticket; the number that people are told.
    RequestId
);
id!(
    /// A comment or private note.
    CommentId
);
id!(
    /// An audit.
    EventId
);
id!(
    /// A token's row: files that wait for a comment.
    UploadId
);
id!(
    /// A file that waits for a comment or hangs on one.
    AttachmentId
);

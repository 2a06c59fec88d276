//! Ours: what happened to a request beside what was said, as its people may know it.

use crate::{Time, comment::Author, page::Place, priority::Priority, request::Status};
use serde::{Deserialize, Serialize};

/// What one call changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelineEntry {
    /// Ids grow in the order in which things happened.
    pub id: i64,
    /// Who did it; null when nobody did, as when a solved request is closed in time.
    pub author_id: Option<i64>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub created_at: Time,
    /// At least one.
    pub changes: Vec<TimelineChange>,
}

/// A change that people of a request may know of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum TimelineChange {
    Status {
        from: Option<Status>,
        to: Status,
    },
    /// `first_reply` is what that did to the clock; null when the reply had come before.
    Priority {
        from: Priority,
        to: Priority,
        first_reply: Option<Moved>,
    },
    /// Who was copied, and who is no more.
    Cc {
        added: Vec<i64>,
        removed: Vec<i64>,
    },
    /// Who works on it.
    AssigneeId {
        from: Option<i64>,
        to: Option<i64>,
    },
    /// Whose request it is.
    RequesterId {
        from: Option<i64>,
        to: Option<i64>,
    },
}

/// A due time that was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Moved {
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub from: Time,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schemars(with = "Time"))]
    pub to: Time,
}

/// A part of what happened, oldest first unless asked otherwise. A part may hold fewer entries than
/// were asked for, also none, when there is more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Timeline {
    pub timeline: Vec<TimelineEntry>,
    /// Everybody whom the entries name.
    pub users: Vec<Author>,
    #[serde(flatten)]
    pub place: Place,
}

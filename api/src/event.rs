//! Ours: what the event stream tells, one JSON object an event. Small and stable; whoever wants to
//! know more asks for the request.

use crate::Time;
use serde::{Deserialize, Serialize};

/// `data` of an event named `request`: something happened to a request that the caller may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestEvent {
    /// The cursor behind this event; ids grow in the order in which things happened.
    pub id: i64,
    pub kind: EventKind,
    pub request_id: i64,
    /// Who did it.
    pub author_id: i64,
    /// What became different, as far as the caller may see it: `comment`, `cc`, or the name of a
    /// field such as `status` and `priority`. Empty for a new request.
    pub changes: Vec<String>,
    #[serde(with = "crate::time")]
    pub created_at: Time,
}

/// Kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    #[serde(rename = "request.created")]
    Created,
    #[serde(rename = "request.updated")]
    Updated,
}

/// `data` of `ready` (from here on events come as they happen) and of `reset` (more happened since
/// the caller's cursor than is told; read the lists anew).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Everything up to here was told, or is not told.
    pub cursor: i64,
}

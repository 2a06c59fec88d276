//! A time zone as a table of offsets, so that the widget needs no time zone database: the server
//! fills the table from one and sends the slice that matters.
//!
//! It must not turn local times into instants. Everything here asks the other way round, "what
//! does the wall clock show at this instant?", which always has exactly one answer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A time zone: a name for people and its offsets from UTC.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Zone {
    /// The IANA name, such as `Europe/Berlin`. Only shown, never looked up here.
    pub name: String,
    /// The offsets, by strictly increasing instant. The first also holds for all instants before
    /// it, the last for all after it; an empty table is UTC.
    #[serde(default)]
    pub transitions: Vec<Transition>,
}

/// From an instant on, an offset holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Transition {
    /// The first instant with the new offset, in unix seconds.
    pub at: i64,
    /// Local time less UTC in seconds, positive to the east.
    pub offset: i32,
}

/// Why a table of offsets cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZoneError {
    /// The table is not sorted, or an instant is there twice.
    #[error("the transitions of zone {zone:?} are not in increasing order at {at}")]
    Unordered {
        /// The zone's name.
        zone: String,
        /// The instant, in unix seconds, that is not later than the one before it.
        at: i64,
    },
    /// An offset of a day or more; the widest on record is just under 16 hours.
    #[error("zone {zone:?} has an offset of {offset} seconds, which is a day or more")]
    WideOffset {
        /// The zone's name.
        zone: String,
        /// The offset in seconds.
        offset: i32,
    },
}

impl Default for Zone {
    /// UTC.
    fn default() -> Self {
        Self { name: "UTC".to_owned(), transitions: Vec::new() }
    }
}

impl Zone {
    /// Local time less UTC at an instant, in seconds.
    pub fn offset_at(&self, instant: DateTime<Utc>) -> i32 {
        self.reign(instant.timestamp()).0
    }

    /// The same zone with only the transitions that matter from `from` to `to`, both included.
    ///
    /// Every instant of that window has the offset that it has in the whole table; instants outside
    /// it may not. Transitions that change nothing (real tables have them, where only the
    /// abbreviation changed) are left out. If `to` is before `from`, the window is `from` alone.
    pub fn slice(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        let (from, to) = (from.timestamp(), to.timestamp());
        let mut kept: Vec<Transition> = Vec::new();
        for &transition in &self.transitions {
            if transition.at <= from {
                kept.clear();
            } else if transition.at > to && !kept.is_empty() {
                break;
            }
            if kept.last().is_none_or(|last| last.offset != transition.offset) {
                kept.push(transition);
            }
        }
        Self { name: self.name.clone(), transitions: kept }
    }

    /// Tells the first mistake in the table. An unchecked table never panics or hangs, but an
    /// unordered one has no defined offsets.
    pub fn validate(&self) -> Result<(), ZoneError> {
        let mut before: Option<i64> = None;
        for transition in &self.transitions {
            if before.is_some_and(|before| transition.at <= before) {
                return Err(ZoneError::Unordered { zone: self.name.clone(), at: transition.at });
            }
            if transition.offset.unsigned_abs() >= 86_400 {
                return Err(ZoneError::WideOffset {
                    zone: self.name.clone(),
                    offset: transition.offset,
                });
            }
            before = Some(transition.at);
        }
        Ok(())
    }

    /// The offset at an instant, and the later instant at which it next may change.
    pub(crate) fn reign(&self, at: i64) -> (i32, i64) {
        let later = self.transitions.partition_point(|entry| entry.at <= at);
        let offset = self.transitions.get(later.saturating_sub(1));
        let until = self.transitions.get(later).map_or(i64::MAX, |next| next.at);
        // The floor is for unordered tables only: whoever walks by reigns must get on.
        (offset.map_or(0, |entry| entry.offset), until.max(at.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests;

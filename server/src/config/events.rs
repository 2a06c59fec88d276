//! The event stream: how many may listen, and how often they are told that nothing happened.

use super::ConfigError;
use serde::Deserialize;

/// Limits of the event stream.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Events {
    /// Seconds between two signs of life.
    pub beat_seconds: u32,
    /// Streams of one person at a time.
    pub streams_per_person: usize,
    /// Streams at a time, in all.
    pub streams: usize,
}

impl Default for Events {
    fn default() -> Self {
        Self { beat_seconds: 20, streams_per_person: 10, streams: 5000 }
    }
}

impl Events {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.beat_seconds == 0 {
            return Err(ConfigError::value("events", "beat_seconds must be above zero"));
        }
        Ok(())
    }
}

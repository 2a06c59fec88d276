//! How long a connection may be silent before it is closed.

use super::ConfigError;
use serde::Deserialize;
use std::time::Duration;

/// Patience with slow and idle connections, in seconds.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Connections {
    /// Until the head of a call is complete, counted from the connection or the last answer.
    pub idle_seconds: u32,
    /// For the whole of a JSON body, and between two pieces of any other.
    pub body_seconds: u32,
    /// Without taking a byte of an answer that waits to be sent.
    pub write_seconds: u32,
}

impl Default for Connections {
    fn default() -> Self {
        // Proxies keep idle connections for 60 seconds, and a call must not meet one closing.
        Self { idle_seconds: 75, body_seconds: 30, write_seconds: 60 }
    }
}

impl Connections {
    /// See [`Self::idle_seconds`].
    #[must_use]
    pub fn idle(&self) -> Duration {
        Duration::from_secs(self.idle_seconds.into())
    }

    /// See [`Self::body_seconds`].
    #[must_use]
    pub fn body(&self) -> Duration {
        Duration::from_secs(self.body_seconds.into())
    }

    /// See [`Self::write_seconds`].
    #[must_use]
    pub fn write(&self) -> Duration {
        Duration::from_secs(self.write_seconds.into())
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.idle_seconds == 0 || self.body_seconds == 0 || self.write_seconds == 0 {
            return Err(ConfigError::value("connections", "zero leaves no time for anything"));
        }
        Ok(())
    }
}

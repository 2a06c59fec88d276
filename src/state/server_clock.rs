//! The server's time, seen from a machine whose own clock may be wrong.

use api::{Time, time::from_unix};

/// How far the server's clock is ahead of the machine's, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServerClock {
    ahead: i64,
}

impl ServerClock {
    /// From an answer that said what time it is, and the machine's clock when the answer came.
    #[must_use]
    pub const fn new(server: Time, machine_unix: i64) -> Self {
        Self { ahead: server.timestamp().saturating_sub(machine_unix) }
    }

    /// What the server's clock shows while the machine's shows this.
    #[must_use]
    pub fn at(self, machine_unix: i64) -> Time {
        from_unix(machine_unix.saturating_add(self.ahead))
    }
}

#[cfg(test)]
mod tests {
    use super::{ServerClock, from_unix};

    #[test]
    fn a_wrong_machine_clock_is_put_right() {
        let clock = ServerClock::new(from_unix(1_000), 4_600);
        assert_eq!(clock.at(4_660), from_unix(1_060));
        assert_eq!(ServerClock::default().at(5), from_unix(5));
    }
}

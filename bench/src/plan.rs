//! What a run does and how long each part of it takes.

use std::time::Duration;

/// Connections at which everything is measured.
pub(crate) const CONNECTIONS: [usize; 3] = [1, 16, 64];
/// Requests of the small database, which lists are compared with.
pub(crate) const SMALL: u32 = 10_000;

/// Lengths and counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Every cell of the table is measured once a round, so that what disturbs hits all alike.
    pub(crate) rounds: usize,
    /// How long the server is called in each cell of a round.
    pub(crate) call: Duration,
    /// How long bare SQLite reads in each.
    pub(crate) bare: Duration,
    /// What goes before, unmeasured, for each scenario.
    pub(crate) warm_up: Duration,
    /// Calls of each scenario that the server is listened to for.
    pub(crate) heard: usize,
    /// Requests that bare SQLite writes in a round.
    pub(crate) written: usize,
}

impl Plan {
    pub(crate) fn whole() -> Self {
        Self {
            rounds: 3,
            call: Duration::from_millis(1_500),
            bare: Duration::from_millis(600),
            warm_up: Duration::from_millis(700),
            heard: 2_000,
            written: 2_000,
        }
    }

    /// Enough to see whether something became much slower, and no more.
    pub(crate) fn quick() -> Self {
        Self {
            rounds: 1,
            call: Duration::from_millis(500),
            bare: Duration::from_millis(250),
            warm_up: Duration::from_millis(200),
            heard: 400,
            written: 500,
        }
    }

    /// Requests that bare SQLite writes altogether, with the warm-up.
    pub(crate) fn all_written(&self) -> usize {
        (self.rounds + 1) * self.written
    }
}

//! Clock and randomness, handed in so that tests can hold both still.
//!
//! This is the edge: the only file that asks the machine for the time or for random bytes.

use api::Time;
use chrono::{SubsecRound, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::sync::{Arc, Mutex, PoisonError};

/// Where the time comes from.
type Clock = dyn Fn() -> Time + Send + Sync;

/// The server's view of time and chance.
#[derive(Clone)]
pub struct Env {
    clock: Arc<Clock>,
    rng: Arc<Mutex<StdRng>>,
}

impl Env {
    /// The machine's own clock and entropy.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the edge")]
    pub fn system() -> Self {
        Self { clock: Arc::new(Utc::now), rng: Arc::new(Mutex::new(rand::make_rng())) }
    }

    /// A clock of the caller's choosing and a reproducible stream of randomness; for tests.
    #[must_use]
    pub fn fixed(clock: impl Fn() -> Time + Send + Sync + 'static, seed: u64) -> Self {
        let rng = StdRng::seed_from_u64(seed);
        Self { clock: Arc::new(clock), rng: Arc::new(Mutex::new(rng)) }
    }

    /// The present instant in whole seconds, as everything that is stored has it.
    #[must_use]
    pub fn now(&self) -> Time {
        (self.clock)().trunc_subsecs(0)
    }

    /// Random bytes, fit for secrets.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// Random lower-case hex of `2 * N` characters.
    #[must_use]
    pub fn hex<const N: usize>(&self) -> String {
        hex(&self.bytes::<N>())
    }
}

/// Bytes as lower-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

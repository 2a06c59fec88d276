//! Limits on how often somebody may call.
//!
//! People are counted by their id once they are known, everybody else by address. All of it lives in
//! memory and is bounded there: a restart forgets it, which costs nobody anything.
//!
//! The `governor` crate was looked at first. Its keyed stores grow with every key until somebody
//! sweeps all of them, a call cannot be given back, and a clock that goes backwards locks everybody
//! out for as long as it went; what would be left of it is the arithmetic in `bucket`.

mod bucket;
mod recent;
mod tally;

pub use bucket::Standing;
pub use tally::{HEADERS, REQUEST_CREATE, REQUEST_UPDATE, Tally};

use crate::{
    config::{Rate, Rates},
    store::{RequestId, UserId},
};
use api::Time;
use bucket::{Bucket, Pace};
use recent::Recent;
use sha2::{Digest, Sha256};
use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Credentials that held are known for an hour after their last use.
const HELD: i64 = 3600;

/// All limits of the server.
#[derive(Debug)]
pub struct Limiter {
    pub person: Limit<UserId>,
    pub agent: Limit<UserId>,
    pub request_create: Limit<UserId>,
    pub request_update: Limit<(UserId, RequestId)>,
    pub address: Limit<Place>,
    pub wrong_credentials: Limit<Place>,
    pub anonymous_create: Limit<Place>,
    pub anonymous_upload: Limit<Place>,
    held: Mutex<Recent<[u8; 32], ()>>,
}

/// One limit, with where everybody stands.
#[derive(Debug)]
pub struct Limit<K>(Option<(Pace, Mutex<Recent<K, Bucket>>)>);

/// Where a call came from, as far as addresses are told apart: one of version 6 stands for its /64,
/// since any household has 2^64 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place(IpAddr);

impl From<IpAddr> for Place {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => {
                Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()
            }
        })
    }
}

impl Limiter {
    /// Limits at the configured rates.
    #[must_use]
    pub fn new(rates: &Rates) -> Self {
        Self {
            person: Limit::new(rates.person),
            agent: Limit::new(rates.agent),
            request_create: Limit::new(rates.request_create),
            request_update: Limit::new(rates.request_update),
            address: Limit::new(rates.address),
            wrong_credentials: Limit::new(rates.wrong_credentials),
            anonymous_create: Limit::new(rates.anonymous_create),
            anonymous_upload: Limit::new(rates.anonymous_upload),
            held: Mutex::new(Recent::new(HELD)),
        }
    }

    /// Whether these credentials held not long ago.
    #[must_use]
    pub fn have_held(&self, credentials: &str, now: Time) -> bool {
        locked(&self.held).contains(&digest(credentials), now)
    }

    /// Remembers that these credentials hold.
    pub fn hold(&self, credentials: &str, now: Time) {
        locked(&self.held).entry(digest(credentials), now);
    }
}

impl<K: Eq + Hash + Copy> Limit<K> {
    fn new(rate: Rate) -> Self {
        Self(Pace::new(rate).map(|pace| (pace, Mutex::new(Recent::new(pace.memory())))))
    }

    /// Counts a call, unless it is one too many. None when there is no limit.
    #[must_use]
    pub fn take(&self, key: K, now: Time) -> Option<Standing> {
        let (pace, recent) = self.0.as_ref()?;
        Some(pace.take(locked(recent).entry(key, now), now))
    }

    /// Counts a call no more.
    pub fn give_back(&self, key: K, now: Time) {
        if let Some((pace, recent)) = &self.0 {
            pace.give_back(locked(recent).entry(key, now));
        }
    }
}

fn digest(credentials: &str) -> [u8; 32] {
    Sha256::digest(credentials.as_bytes()).into()
}

/// What is behind the lock is whole after every statement, so a panic elsewhere spoils nothing.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::Place;
    use std::net::IpAddr;

    #[test]
    fn addresses_of_version_6_are_told_apart_by_their_network() {
        let place = |text: &str| Place::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(place("2001:db8:1:2::1"), place("2001:db8:1:2:ffff::9"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_ne!(place("192.0.2.1"), place("192.0.2.2"));
        assert_eq!(place("192.0.2.1"), place("::ffff:192.0.2.1"));
    }
}

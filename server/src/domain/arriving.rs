//! Bytes of files that are still on their way, by owner.
//!
//! They are in no table, so without this somebody could fill the disk by beginning many files at once.

use super::uploads::Owner;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// How much is on its way from whom.
#[derive(Clone, Debug, Default)]
pub struct Arriving(Arc<Mutex<HashMap<Owner, u64>>>);

/// The part of one file. Dropped, it is on its way no more.
#[derive(Debug)]
pub struct Part {
    arriving: Arriving,
    owner: Owner,
    bytes: u64,
}

impl Arriving {
    /// A file of somebody's, of which nothing is here yet.
    #[must_use]
    pub fn begin(&self, owner: Owner) -> Part {
        Part { arriving: self.clone(), owner, bytes: 0 }
    }
}

impl Part {
    /// Counts more bytes and says how many are on their way from this owner in all.
    pub fn add(&mut self, bytes: u64) -> u64 {
        self.bytes += bytes;
        let mut all = self.arriving.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sum = all.entry(self.owner).or_default();
        *sum += bytes;
        *sum
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let mut all = self.arriving.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sum) = all.get_mut(&self.owner) {
            *sum = sum.saturating_sub(self.bytes);
            if *sum == 0 {
                all.remove(&self.owner);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Arriving;
    use crate::store::UserId;

    #[test]
    fn what_has_come_or_broken_off_is_on_its_way_no_more() {
        let arriving = Arriving::default();
        let (ana, ben) = (Some(UserId(1)), Some(UserId(2)));
        let mut one = arriving.begin(ana);
        let mut two = arriving.begin(ana);
        assert_eq!(one.add(10), 10);
        assert_eq!(two.add(5), 15);
        assert_eq!(arriving.begin(ben).add(1), 1);
        drop(one);
        assert_eq!(two.add(1), 6);
        drop(two);
        assert!(arriving.0.lock().unwrap().is_empty());
    }
}

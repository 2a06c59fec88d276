//! A map that forgets: what was not touched for a while is gone, and it never holds more than its
//! bound, however many keys somebody invents.
//!
//! Two generations: what is touched moves to the young one; when that is full, or old enough, it
//! becomes the old one, and the old one is dropped whole. So there is no sweep and no list.

use api::Time;
use std::{collections::HashMap, hash::Hash, mem};

/// Entries of one generation. Twice as many are held at most: a few megabytes.
const GENERATION: usize = 65_536;

#[derive(Debug)]
pub(super) struct Recent<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    /// Unix seconds at which the young generation began.
    since: i64,
    /// Seconds that an entry is held at least, unless there are too many.
    memory: i64,
}

impl<K: Eq + Hash + Copy, V: Default> Recent<K, V> {
    pub(super) fn new(memory: i64) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), since: 0, memory }
    }

    /// The entry of a key, new if it is not remembered.
    pub(super) fn entry(&mut self, key: K, now: Time) -> &mut V {
        self.age(now);
        if self.young.len() >= GENERATION && !self.young.contains_key(&key) {
            self.turn(now);
        }
        let old = &mut self.old;
        self.young.entry(key).or_insert_with(|| old.remove(&key).unwrap_or_default())
    }

    /// Whether a key is remembered.
    pub(super) fn contains(&mut self, key: &K, now: Time) -> bool {
        self.age(now);
        self.young.contains_key(key) || self.old.contains_key(key)
    }

    fn age(&mut self, now: Time) {
        let age = now.timestamp() - self.since;
        if age > 2 * self.memory {
            self.turn(now);
            self.turn(now);
        } else if age > self.memory || age < 0 {
            self.turn(now);
        }
    }

    fn turn(&mut self, now: Time) {
        self.old = mem::take(&mut self.young);
        self.since = now.timestamp();
    }
}

#[cfg(test)]
mod tests {
    use super::{GENERATION, Recent};
    use api::{Time, time::from_unix};

    fn at(second: i64) -> Time {
        from_unix(1_772_439_245 + second)
    }

    #[test]
    fn what_is_touched_is_kept_and_the_rest_is_forgotten() {
        let mut recent: Recent<i32, i32> = Recent::new(60);
        *recent.entry(1, at(0)) = 1;
        *recent.entry(2, at(0)) = 2;
        assert_eq!(*recent.entry(1, at(61)), 1);
        assert!(recent.contains(&2, at(61)));
        assert_eq!(*recent.entry(1, at(122)), 1);
        assert!(!recent.contains(&2, at(122)));
        assert_eq!(*recent.entry(2, at(122)), 0);
    }

    #[test]
    fn after_a_long_silence_nothing_is_remembered() {
        let mut recent: Recent<i32, i32> = Recent::new(60);
        *recent.entry(1, at(0)) = 1;
        assert!(recent.contains(&1, at(60)));
        assert!(!recent.contains(&1, at(200)));
    }

    #[test]
    fn however_many_keys_there_are_its_size_is_bounded() {
        let mut recent: Recent<usize, u8> = Recent::new(60);
        for key in 0..GENERATION * 5 {
            *recent.entry(key, at(0)) = 1;
            assert!(recent.young.len() + recent.old.len() <= 2 * GENERATION);
        }
        // Those of the last generation at least are there.
        assert!(recent.contains(&(GENERATION * 4 + 1), at(0)));
    }
}
